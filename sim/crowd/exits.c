/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bound to a door, and how one comes to be. What is drawn is drawn from the person's own stream,
 * once: whether they go back to the door they came in by, whether they are one who follows others,
 * and whether they notice one sign. */
#include "crowd/exits.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "crowd/beliefs.h"
#include "crowd/guides.h"
#include "crowd/minds.h"
#include "crowd/scratch.h"
#include "hazard/smoke.h"

#define LOOKS_AFTER_S 1.0  /* what others do is seen once they do it … */
#define LOOKS_TIMES   10U  /* … and looked for so often */
#define OTHERS_SEEN_M 20.0 /* as far as one makes out where somebody goes */
#define LIGHT_SEEN    8.0  /* lit signs are seen through 8 / K of smoke (Jin 1978) */
#define HOPS_MOST     64U
/* Occasions of MU_PURPOSE_EXIT; signs have numbers of their own. */
#define OCCASION_CAME_BY 0U
#define OCCASION_FOLLOWS 1U

const char *mu_exit_why_name(mu_exit_why why) {
    static const char *const names[MU_EXIT_WHY_COUNT] = {
        "undecided", "nearest", "came_by", "sign", "others", "party", "queue", "guide"};
    return names[why < MU_EXIT_WHY_COUNT ? why : MU_EXIT_UNDECIDED];
}

static bool is_open_air(const mu_walkable *walkable, uint32_t area) {
    return area == MU_NONE || mu_walkable_area(walkable, area)->outdoor;
}

/* A bit for every way out of the site's buildings; NULL without memory. */
static const uint64_t *exits_of(const mu_sim *sim) {
    mu_crowd_scratch *scratch = sim->scratch;
    const uint32_t portals = sim->site->portals.count;
    if (scratch->exits == NULL) {
        scratch->exits = calloc((size_t)mu_belief_words(portals) + 1, sizeof *scratch->exits);
        if (scratch->exits == NULL) {
            mu_walkable_note_no_memory(sim->walkable);
        }
        for (uint32_t p = 0; scratch->exits != NULL && p < portals; p++) {
            if (mu_site_leads_out(sim->site, p)) {
                scratch->exits[p / 64] |= UINT64_C(1) << (p % 64);
            }
        }
    }
    return scratch->exits;
}

static bool has_bit(const uint64_t *set, uint32_t portal) {
    return (set[portal / 64] >> (portal % 64) & 1) != 0;
}

static bool is_exit(const mu_sim *sim, uint32_t portal) {
    const uint64_t *exits = exits_of(sim);
    return exits != NULL && portal < sim->site->portals.count && has_bit(exits, portal);
}

static bool is_indoors(const mu_sim *sim, uint32_t person) {
    const mu_body *body = &mu_bodies(sim)[person];
    return body->mode != MU_BODY_ABSENT && !mu_walkable_area(sim->walkable, body->area)->outdoor;
}

/* Everything is closed that they believe closed, and every way out but one (MU_NONE: but none). */
static mu_belief by_one_exit(const mu_sim *sim, mu_belief known, uint32_t portal) {
    uint64_t *set = mu_scratch_own_belief(sim->scratch, sim->site, known);
    const uint64_t *exits = exits_of(sim);
    if (set == NULL || exits == NULL) {
        return known;
    }
    const bool open = portal != MU_NONE && !has_bit(known, portal);
    for (uint32_t w = 0; w < mu_belief_words(sim->site->portals.count); w++) {
        set[w] |= exits[w];
    }
    if (open) {
        set[portal / 64] &= ~(UINT64_C(1) << (portal % 64));
    }
    return set;
}

static mu_belief without(const mu_sim *sim, mu_belief known, uint32_t avoid, uint32_t avoid_too) {
    if (avoid != MU_NONE) {
        known = mu_scratch_belief(sim->scratch, sim->site, known, avoid);
    }
    if (avoid_too != MU_NONE) {
        known = mu_scratch_belief(sim->scratch, sim->site, known, avoid_too);
    }
    return known;
}

mu_belief mu_exit_belief(const mu_sim *sim, uint32_t person, const mu_goal *goal, uint32_t avoid,
                         uint32_t avoid_too, bool *bound) {
    const mu_mind *mind = &mu_minds(sim)[person];
    mu_belief known = mu_belief_of(sim, mind->belief);
    if (!mu_goal_leads_out(goal) || mind->evacuating == 0) {
        *bound = false;
    } else if (mind->left_record == MU_NO_RECORD) {
        *bound = mind->exit != MU_NONE && is_indoors(sim, person) && avoid != mind->exit &&
                 avoid_too != mind->exit && !has_bit(known, mind->exit);
    } else {
        *bound = !is_indoors(sim, person); /* who has left does not go back in */
    }
    if (*bound) {
        known = by_one_exit(sim, known, mind->left_record == MU_NO_RECORD ? mind->exit : MU_NONE);
    }
    return without(sim, known, avoid, avoid_too);
}

mu_belief mu_exit_unbound(const mu_sim *sim, uint32_t person, uint32_t avoid, uint32_t avoid_too) {
    return without(sim, mu_belief_of(sim, mu_minds(sim)[person].belief), avoid, avoid_too);
}

double mu_exit_cost(mu_sim *sim, uint32_t person, const mu_goal *goal, uint32_t portal) {
    const mu_belief known = mu_belief_of(sim, mu_minds(sim)[person].belief);
    double cost = INFINITY;
    mu_point target;
    if (!has_bit(known, portal)) {
        (void)mu_route_next(sim->routes, goal, mu_mind_class(sim, person),
                            by_one_exit(sim, known, portal), mu_bodies(sim)[person].area,
                            mu_crowd_at(sim, person), &cost, &target);
    }
    return cost;
}

static double cost_by(mu_sim *sim, uint32_t person, uint32_t portal) {
    return mu_exit_cost(sim, person, &mu_minds(sim)[person].goal, portal);
}

static void choose_again(mu_sim *sim, uint32_t person) {
    const mu_body *body = &mu_bodies(sim)[person];
    if (body->mode == MU_BODY_WALKING && body->gate != MU_GATE_UNCHOSEN) {
        mu_mind_look_again(sim, person);
    }
}

bool mu_exit_bind(mu_sim *sim, uint32_t person, uint32_t portal, mu_exit_why why, uint32_t cause) {
    mu_mind *mind = &mu_minds(sim)[person];
    if (mind->exit == portal) {
        return true;
    }
    if (!is_indoors(sim, person) || !mu_goal_leads_out(&mind->goal) ||
        mind->left_record != MU_NO_RECORD || isinf(cost_by(sim, person, portal))) {
        return false;
    }
    mind->exit = portal;
    mind->exit_why = (uint16_t)why;
    (void)mu_sim_write(sim, (mu_record){.kind = MU_RECORD_CHOSE,
                                        .cause = cause,
                                        .subject = MU_HANDLE(MU_THING_PERSON, person),
                                        .object = MU_HANDLE(MU_THING_PORTAL, portal),
                                        .place = mu_body_place(sim, person),
                                        .value = (uint32_t)why});
    choose_again(sim, person);
    return true;
}

static const mu_group *group_of(const mu_sim *sim, uint32_t person) {
    const mu_person *who = &sim->people->list.items[person];
    return who->kind == MU_PERSON_OCCUPANT ? &sim->people->roster->groups.items[who->from] : NULL;
}

static void open_stream(const mu_sim *sim, uint32_t person, uint32_t occasion, mu_stream *out) {
    mu_sim_stream(sim, out, MU_PURPOSE_EXIT, sim->people->list.items[person].hash, occasion);
}

/* One who follows others looks what they do, a moment after having set out. */
static void watch_others(mu_sim *sim, uint32_t person, const mu_group *group) {
    mu_stream stream;
    open_stream(sim, person, OCCASION_FOLLOWS, &stream);
    if (group->follows_share > 0 && mu_stream_uniform(&stream) < group->follows_share) {
        mu_sim_schedule(sim, mu_time_from_s(LOOKS_AFTER_S), MU_EVENT_PERSON_LOOKS, person,
                        mu_minds(sim)[person].walk_record, LOOKS_TIMES);
    }
}

/* An entrance may have several doors beside each other. */
static uint32_t nearest_of(mu_sim *sim, uint32_t person, const mu_ref_list *doors) {
    uint32_t best = MU_NONE;
    double least = INFINITY;
    for (uint32_t i = 0; i < doors->count; i++) {
        const double cost = cost_by(sim, person, doors->items[i].index);
        if (cost < least) {
            least = cost;
            best = doors->items[i].index;
        }
    }
    return best;
}

void mu_exit_decide(mu_sim *sim, uint32_t person) {
    mu_mind *mind = &mu_minds(sim)[person];
    const mu_group *group = group_of(sim, person);
    if (group == NULL || mind->exit_why != MU_EXIT_UNDECIDED || mind->evacuating == 0 ||
        !mu_goal_leads_out(&mind->goal) || !is_indoors(sim, person)) {
        return;
    }
    mind->exit_why = MU_EXIT_NEAREST;
    if (group->came_by.count > 0) {
        mu_stream stream;
        open_stream(sim, person, OCCASION_CAME_BY, &stream);
        const uint32_t door = mu_stream_uniform(&stream) < group->came_by_share
                                  ? nearest_of(sim, person, &group->came_by)
                                  : MU_NONE;
        if (door != MU_NONE) {
            (void)mu_exit_bind(sim, person, door, MU_EXIT_CAME_BY, mind->walk_record);
        }
    }
    mu_exit_look_for_signs(sim, person, mu_crowd_at(sim, person));
    watch_others(sim, person, group);
}

static bool sees_sign(const mu_sim *sim, uint32_t area, mu_point from, const mu_sign *sign) {
    const double smoke = mu_smoke_in(sim, area);
    const double dx = sign->at.x - from.x, dy = sign->at.y - from.y;
    const double most = smoke > 0 ? fmin(sign->seen_m, LIGHT_SEEN / smoke) : sign->seen_m;
    return sign->space.index == area && dx * dx + dy * dy <= most * most &&
           mu_area_sees(sim->walkable, area, from, sign->at, 0);
}

/* Does somebody who sees this sign notice it and go by it? */
static bool goes_by(const mu_sim *sim, uint32_t person, const mu_sign *sign) {
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_SIGN,
                  mu_hash_with(sim->people->list.items[person].hash, mu_name_hash(sign->id)), 0);
    return mu_stream_uniform(&stream) < sign->noticed_share &&
           mu_stream_uniform(&stream) < sign->followed_share;
}

void mu_exit_look_for_signs(mu_sim *sim, uint32_t person, mu_point from) {
    const mu_mind *mind = &mu_minds(sim)[person];
    mu_exit_look_for_guides(sim, person, from);
    const uint32_t area = mu_bodies(sim)[person].area;
    if (sim->site->signs.count == 0 || mind->exit_why != MU_EXIT_CAME_BY) {
        return; /* whoever goes to the nearest door needs no sign */
    }
    const mu_sign *best = NULL;
    double nearest = INFINITY;
    for (uint32_t s = 0; s < sim->site->signs.count; s++) {
        const mu_sign *sign = &sim->site->signs.items[s];
        const double dx = sign->at.x - from.x, dy = sign->at.y - from.y, off = dx * dx + dy * dy;
        if (off < nearest && sees_sign(sim, area, from, sign) && goes_by(sim, person, sign)) {
            nearest = off;
            best = sign;
        }
    }
    if (best != NULL) {
        (void)mu_exit_bind(sim, person, best->to.index, MU_EXIT_SIGN, mind->walk_record);
    }
}

/* The next gate of a way, from where somebody is or from beyond the gate before. */
static uint32_t next_on_way(mu_sim *sim, uint32_t person, uint32_t mouth) {
    const mu_mind *mind = &mu_minds(sim)[person];
    const mu_body *body = &mu_bodies(sim)[person];
    const mu_walker_class walker = mu_mind_class(sim, person);
    double cost;
    mu_point target;
    bool bound;
    if (mouth == MU_NONE) {
        return body->gate < MU_GATE_UNCHOSEN
                   ? body->gate
                   : mu_mind_next_gate(sim, person, &mind->goal, walker, mu_crowd_at(sim, person),
                                       mind->avoid, MU_NONE, &cost, &target);
    }
    const uint32_t gate =
        mu_route_after(sim->routes, &mind->goal, walker,
                       mu_exit_belief(sim, person, &mind->goal, mind->avoid, MU_NONE, &bound),
                       mouth / 2, (int)(mouth % 2), &cost, &target);
    if (!bound || !isinf(cost)) {
        return gate;
    }
    return mu_route_after(sim->routes, &mind->goal, walker,
                          mu_exit_unbound(sim, person, mind->avoid, MU_NONE), mouth / 2,
                          (int)(mouth % 2), &cost, &target);
}

uint32_t mu_exit_of(mu_sim *sim, uint32_t person) {
    uint32_t mouth = MU_NONE, area = mu_bodies(sim)[person].area;
    if (!is_indoors(sim, person) || !mu_goal_leads_out(&mu_minds(sim)[person].goal)) {
        return MU_NONE;
    }
    for (uint32_t hop = 0; hop < HOPS_MOST; hop++) {
        const uint32_t gate = next_on_way(sim, person, mouth);
        if (gate >= MU_GATE_UNCHOSEN) {
            return MU_NONE;
        }
        const uint32_t here = mu_mouth_in(sim->scratch, area, gate);
        const mu_mouth *m = &sim->scratch->mouths[here];
        area = m->beyond;
        if (is_open_air(sim->walkable, area)) {
            return m->portal;
        }
        mouth = here ^ 1U;
    }
    return MU_NONE;
}

mu_exit_why mu_exit_because(const mu_sim *sim, uint32_t person, uint32_t door) {
    const mu_mind *mind = &mu_minds(sim)[person];
    if (door == mind->exit && door != MU_NONE) {
        return (mu_exit_why)mind->exit_why;
    }
    return mind->avoid != MU_NONE ? MU_EXIT_QUEUE : MU_EXIT_NEAREST;
}

static uint32_t count_heading_for(const mu_sim *sim, uint32_t portal) {
    uint32_t count = 0;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        const mu_body *body = &mu_bodies(sim)[p];
        count += body->mode == MU_BODY_WALKING && body->gate < MU_GATE_UNCHOSEN &&
                 mu_walkable_gate(sim->walkable, body->gate)->portal == portal;
    }
    return count;
}

uint32_t mu_exit_options(mu_sim *sim, uint32_t person, mu_exit_option *out, uint32_t most) {
    uint32_t count = 0;
    if (!is_indoors(sim, person) || !mu_goal_leads_out(&mu_minds(sim)[person].goal)) {
        return 0;
    }
    for (uint32_t p = 0; p < sim->site->portals.count; p++) {
        const double cost = is_exit(sim, p) ? cost_by(sim, person, p) : INFINITY;
        uint32_t place = count;
        while (place > 0 && cost < out[place - 1].cost) {
            place--;
        }
        if (isinf(cost) || place == most) {
            continue;
        }
        count += count < most;
        memmove(out + place + 1, out + place, (count - 1 - place) * sizeof *out);
        out[place] = (mu_exit_option){.portal = p, .cost = cost};
    }
    for (uint32_t k = 0; k < count; k++) {
        out[k].waiting = count_heading_for(sim, out[k].portal);
    }
    return count;
}

static bool sees_going(const mu_sim *sim, uint32_t person, uint32_t other) {
    const mu_body *body = &mu_bodies(sim)[other];
    if (other == person || body->mode != MU_BODY_WALKING ||
        body->area != mu_bodies(sim)[person].area || mu_minds(sim)[other].evacuating == 0) {
        return false;
    }
    const mu_point from = mu_crowd_at(sim, person), at = mu_crowd_at(sim, other);
    const double smoke = mu_smoke_in(sim, body->area), dx = at.x - from.x, dy = at.y - from.y;
    const double most = smoke > 0 ? fmin(OTHERS_SEEN_M, LIGHT_SEEN / smoke) : OTHERS_SEEN_M;
    return dx * dx + dy * dy <= most * most && mu_area_sees(sim->walkable, body->area, from, at, 0);
}

/* The door that most of those in sight make for; of equals the first by name. */
static uint32_t exit_of_most(mu_sim *sim, uint32_t person) {
    uint32_t doors[8], votes[8] = {0}, count = 0;
    const uint32_t area = mu_bodies(sim)[person].area;
    for (uint32_t p = mu_room_next(sim, area, 0); p != MU_NONE;
         p = mu_room_next(sim, area, p + 1)) {
        const uint32_t door = sees_going(sim, person, p) ? mu_exit_of(sim, p) : MU_NONE;
        uint32_t k = 0;
        while (k < count && doors[k] != door) {
            k++;
        }
        if (door != MU_NONE && k < 8) {
            doors[k] = door;
            votes[k]++;
            count += k == count;
        }
    }
    uint32_t best = MU_NONE, most = 0;
    for (uint32_t k = 0; k < count; k++) {
        if (votes[k] > most || (votes[k] == most && doors[k] < best)) {
            best = doors[k];
            most = votes[k];
        }
    }
    return best;
}

void mu_crowd_on_looks(mu_sim *sim, const mu_event *event) {
    const uint32_t person = event->subject;
    const mu_mind *mind = &mu_minds(sim)[person];
    if (mu_bodies(sim)[person].mode != MU_BODY_WALKING || !is_indoors(sim, person) ||
        mind->evacuating == 0 || mind->exit_why == MU_EXIT_PARTY) {
        return;
    }
    const uint32_t door = exit_of_most(sim, person);
    if (door != MU_NONE) {
        if (door != mu_exit_of(sim, person)) {
            (void)mu_exit_bind(sim, person, door, MU_EXIT_OTHERS, event->cause);
        }
    } else if (event->argument > 1) {
        mu_sim_schedule(sim, mu_time_from_s(LOOKS_AFTER_S), MU_EVENT_PERSON_LOOKS, person,
                        event->cause, event->argument - 1);
    }
}
