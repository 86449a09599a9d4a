/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Telling is symmetric and needs no will: whoever walks within earshot, in sight or across the gate
 * that one of them heads for, ends up knowing what the other knows to be closed. */
#include "crowd/hearsay.h"

#include "crowd/beliefs.h"
#include "crowd/crowd.h"
#include "crowd/minds.h"
#include "crowd/scratch.h"

#define EARSHOT_M 2.0

static double square_between(mu_point p, mu_point q) {
    return (p.x - q.x) * (p.x - q.x) + (p.y - q.y) * (p.y - q.y);
}

/* The same place at a gate, seen from either of its areas. */
static bool meets_at_gate(const mu_sim *sim, const mu_body *teller, const mu_body *listener) {
    const uint32_t mouth = mu_body_mouth(sim->scratch, teller);
    if (mouth == MU_NONE || sim->scratch->mouths[mouth].beyond != listener->area) {
        return false;
    }
    const mu_mouth *near = &sim->scratch->mouths[mouth], *far = &sim->scratch->mouths[mouth ^ 1U];
    return !mu_mouth_is_shut(sim, near) &&
           square_between(teller->at, near->a) <= EARSHOT_M * EARSHOT_M &&
           square_between(listener->at, far->a) <= EARSHOT_M * EARSHOT_M;
}

static bool is_in_earshot(const mu_sim *sim, const mu_body *teller, const mu_body *listener) {
    if (teller->area != listener->area) {
        return meets_at_gate(sim, teller, listener);
    }
    return square_between(teller->at, listener->at) <= EARSHOT_M * EARSHOT_M &&
           mu_area_sees(sim->walkable, teller->area, teller->at, listener->at, 0);
}

bool mu_person_has_phone(const mu_sim *sim, uint32_t person) {
    const mu_person *p = &sim->people->list.items[person];
    if (p->kind != MU_PERSON_OCCUPANT) {
        return p->phone_given != 0;
    }
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_PHONE, p->hash, 0);
    return mu_stream_uniform(&stream) < sim->people->roster->groups.items[p->from].phone_share;
}

void mu_crowd_find_closed(mu_sim *sim, uint32_t person, uint32_t portal) {
    const uint32_t before = mu_minds(sim)[person].belief;
    mu_crowd_learn(sim, person, portal, true);
    if (mu_minds(sim)[person].belief != before) {
        (void)mu_sim_record(sim, MU_RECORD_REROUTED, mu_portals(sim)[portal].order,
                            MU_HANDLE(MU_THING_PERSON, person), MU_HANDLE(MU_THING_PORTAL, portal),
                            mu_body_place(sim, person));
    }
}

/* The first portal from `from` on that one of them believes closed and the other does not. */
static uint32_t next_news(const mu_sim *sim, uint32_t teller, uint32_t listener, uint32_t from) {
    const mu_belief known = mu_belief_of(sim, mu_minds(sim)[teller].belief);
    const mu_belief own = mu_belief_of(sim, mu_minds(sim)[listener].belief);
    const uint32_t words = mu_belief_words(sim->site->portals.count);
    for (uint32_t w = from / 64; w < words; w++) {
        const uint64_t news = known[w] & ~own[w] & (UINT64_MAX << (w == from / 64 ? from % 64 : 0));
        if (news != 0) {
            return w * 64 + (uint32_t)__builtin_ctzll(news);
        }
    }
    return MU_NONE;
}

void mu_crowd_tell(mu_sim *sim, uint32_t teller, uint32_t listener) {
    for (uint32_t p = next_news(sim, teller, listener, 0); p != MU_NONE;
         p = next_news(sim, teller, listener, p + 1)) {
        if (mu_portals(sim)[p].state == MU_PORTAL_CLOSED) {
            mu_crowd_find_closed(sim, listener, p);
        }
    }
}

static void tell_those_in(mu_sim *sim, uint32_t teller, uint32_t area) {
    const mu_crowd_scratch *scratch = sim->scratch;
    for (uint32_t k = scratch->area_first[area]; k < scratch->area_first[area + 1]; k++) {
        const uint32_t listener = scratch->members[k];
        const mu_body *body = &mu_bodies(sim)[listener];
        if (listener != teller && body->mode == MU_BODY_WALKING &&
            mu_minds(sim)[listener].belief != mu_minds(sim)[teller].belief &&
            is_in_earshot(sim, &mu_bodies(sim)[teller], body)) {
            mu_crowd_tell(sim, teller, listener);
        }
    }
}

static void tell_those_near(mu_sim *sim, uint32_t teller) {
    const mu_body *body = &mu_bodies(sim)[teller];
    const uint32_t mouth = mu_body_mouth(sim->scratch, body);
    tell_those_in(sim, teller, body->area);
    if (mouth != MU_NONE && sim->scratch->mouths[mouth].beyond != MU_NONE) {
        tell_those_in(sim, teller, sim->scratch->mouths[mouth].beyond);
    }
}

void mu_crowd_share(mu_sim *sim) {
    if (mu_sim_now(sim) % MU_SECOND != 0) {
        return; /* at whole seconds, so that when others walk does not shift anyone's */
    }
    const mu_crowd_scratch *scratch = sim->scratch;
    for (uint32_t w = 0; w < scratch->walker_count; w++) {
        if (mu_minds(sim)[scratch->walkers[w]].belief != 0) {
            tell_those_near(sim, scratch->walkers[w]);
        }
    }
}
