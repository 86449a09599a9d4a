/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gates as servers. Who may pass does, one after the other at the gate's own pace; of its two sides
 * the one whose first has waited longer goes first. Who finds the area beyond full waits for a
 * place there, and places go to whoever has waited for one longest. */
#include "crowd/flow.h"

/* How many firsts have waited longer than this mouth's for a place in the area beyond. */
static uint32_t count_older(const mu_sim *sim, uint32_t mouth) {
    const uint32_t area = sim->scratch->mouths[mouth].beyond;
    const mu_flow_side *own = mu_flow_side_of(sim, mouth);
    if (area == MU_NONE || mu_flow_areas(sim)[area].blocked == own->blocked) {
        return 0; /* nobody else waits */
    }
    const mu_flow_room *room = mu_flow_room_of(sim);
    const mu_flow_gate *gates = mu_flow_gates(sim);
    const uint32_t *next = room == NULL ? NULL : &room->mouths[room->mouth_first[area]];
    uint32_t older = 0;
    for (uint32_t left = next == NULL ? 0 : mu_flow_areas(sim)[area].blocked; left > 0; next++) {
        const uint32_t other = *next ^ 1U;
        const mu_flow_side *side = &gates[other / 2].side[other % 2];
        left -= side->blocked;
        older += side->blocked != 0 && other != mouth &&
                 (own->blocked == 0 || side->since_us < own->since_us ||
                  (side->since_us == own->since_us && other < mouth));
    }
    return older;
}

void mu_flow_call(mu_sim *sim, uint32_t gate, mu_time at_us) {
    mu_flow_gate *now = &mu_flow_gates(sim)[gate];
    const mu_time when_us = at_us > now->free_us ? at_us : now->free_us;
    if (now->due == 0 || now->due_us > when_us) {
        now->due = 1;
        now->due_us = when_us;
        mu_sim_schedule(sim, when_us - mu_sim_now(sim), MU_EVENT_FLOW_GATE, gate, MU_NO_RECORD, 0);
    }
}

void mu_flow_give_room(mu_sim *sim, uint32_t area, uint32_t places) {
    const mu_flow_room *room = mu_flow_room_of(sim);
    const mu_flow_gate *gates = mu_flow_gates(sim);
    const uint32_t *next = room == NULL ? NULL : &room->mouths[room->mouth_first[area]];
    uint32_t best = MU_NONE;
    mu_time best_us = MU_NEVER;
    for (uint32_t left = next == NULL ? 0 : mu_flow_areas(sim)[area].blocked; left > 0; next++) {
        const uint32_t mouth = *next ^ 1U;
        const mu_flow_side *side = &gates[mouth / 2].side[mouth % 2];
        left -= side->blocked;
        if (side->blocked != 0 && gates[mouth / 2].due == 0 && side->since_us < best_us) {
            best = mouth;
            best_us = side->since_us;
        }
    }
    /* Places for those who are called already, however long their gates take, stay theirs. */
    if (best != MU_NONE &&
        (mu_flow_areas(sim)[area].blocked <= places || count_older(sim, best) < places)) {
        mu_flow_expect(sim, mu_flow_side_of(sim, best)->first);
        mu_flow_call(sim, best / 2, mu_sim_now(sim));
    }
}

/* Is the gate open to the first of those who wait at a mouth? There is one. */
static bool lets_first(const mu_sim *sim, uint32_t mouth) {
    return mu_mouth_lets(sim, &sim->scratch->mouths[mouth],
                         &mu_bodies(sim)[mu_flow_side_of(sim, mouth)->first]);
}

/* May the first of a mouth pass now? If only for want of room, that is noted. */
static bool may_pass(mu_sim *sim, uint32_t mouth) {
    const mu_mouth *m = &sim->scratch->mouths[mouth];
    if (mu_flow_side_of(sim, mouth)->waiting == 0) {
        return false;
    }
    if (!lets_first(sim, mouth)) {
        mu_flow_unblock(sim, mouth);
        return false;
    }
    const uint32_t places = mu_flow_places(sim, m->beyond);
    if (places == 0 || places <= count_older(sim, mouth)) {
        if (mu_flow_side_of(sim, mouth)->blocked == 0) {
            mu_flow_block(sim, mouth, mu_sim_now(sim));
            mu_flow_untie(sim, mouth);
        }
        return false;
    }
    return true;
}

/* The mouth of a gate whose first is to pass next; MU_NONE. */
static uint32_t next_mouth(mu_sim *sim, uint32_t gate) {
    const bool one = may_pass(sim, gate * 2), other = may_pass(sim, gate * 2 + 1);
    if (!one || !other) {
        return one ? gate * 2 : other ? gate * 2 + 1 : MU_NONE;
    }
    const mu_flow_leg *legs = mu_flow_legs(sim);
    const uint32_t p = mu_flow_side_of(sim, gate * 2)->first;
    const uint32_t q = mu_flow_side_of(sim, gate * 2 + 1)->first;
    const bool first =
        legs[p].reach_us != legs[q].reach_us ? legs[p].reach_us < legs[q].reach_us : p < q;
    return first ? gate * 2 : gate * 2 + 1;
}

/* Sees to it that the next follow, as far as it is the gate that they wait for; and that a place
 * that is left over is offered to others. Whoever is to find the area beyond full waits for it
 * already, without an event of its own to find out; unless a ring might be closed, which is looked
 * for when the time has come. */
static void call_next(mu_sim *sim, uint32_t gate) {
    const mu_time now_us = mu_sim_now(sim), free_us = mu_flow_gates(sim)[gate].free_us;
    const mu_time next_us = free_us > now_us ? free_us : now_us;
    for (uint32_t m = gate * 2; m <= gate * 2 + 1; m++) {
        const mu_flow_side *side = mu_flow_side_of(sim, m);
        const mu_mouth *mouth = &sim->scratch->mouths[m];
        if (side->waiting > 0 && side->blocked == 0 && lets_first(sim, m)) {
            if (mu_flow_places(sim, mouth->beyond) == 0 && !mu_flow_closes_ring(sim, m)) {
                mu_flow_block(sim, m, next_us);
            } else {
                mu_flow_call(sim, gate, next_us);
            }
        }
        if (mouth->beyond != MU_NONE) {
            mu_flow_offer_room(sim, mouth->beyond);
        }
    }
}

void mu_flow_serve(mu_sim *sim, uint32_t gate) {
    mu_flow_gate *now = &mu_flow_gates(sim)[gate];
    if (now->free_us > mu_sim_now(sim)) {
        mu_flow_call(sim, gate, now->free_us);
        return;
    }
    const uint32_t mouth = next_mouth(sim, gate);
    if (mouth != MU_NONE && now->free_us <= mu_sim_now(sim)) {
        mu_flow_pass_first(sim, mouth);
    }
    call_next(sim, gate);
}

void mu_crowd_on_flow_gate(mu_sim *sim, const mu_event *event) {
    mu_flow_gate *now = &mu_flow_gates(sim)[event->subject];
    mu_flow_foresee(sim);
    if (now->due != 0 && now->due_us == mu_sim_now(sim)) {
        now->due = 0;
        mu_flow_serve(sim, event->subject);
    }
}
