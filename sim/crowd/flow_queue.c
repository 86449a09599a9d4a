/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queue of a mouth: a list through the legs of those who stand in it, first come first, and of
 * those who come at the same moment the lower index first. */
#include "crowd/flow.h"

void mu_flow_join(mu_sim *sim, uint32_t person, uint32_t mouth) {
    mu_flow_side *side = mu_flow_side_of(sim, mouth);
    mu_flow_leg *legs = mu_flow_legs(sim);
    mu_flow_leg *leg = &legs[person];
    uint32_t before = side->last;
    while (before != MU_NONE && legs[before].reach_us == leg->reach_us && before > person) {
        before = legs[before].previous;
    }
    const uint32_t after = before == MU_NONE ? side->first : legs[before].next;
    leg->previous = before;
    leg->next = after;
    *(before == MU_NONE ? &side->first : &legs[before].next) = person;
    *(after == MU_NONE ? &side->last : &legs[after].previous) = person;
    leg->ticket = side->tickets++;
    leg->doing = MU_FLOW_WAITING;
    side->waiting++;
    mu_flow_areas(sim)[sim->scratch->mouths[mouth].area].waiting++;
    mu_rings_stir(sim, sim->scratch->mouths[mouth].area);
}

void mu_flow_block(mu_sim *sim, uint32_t mouth, mu_time since_us) {
    mu_flow_side *side = mu_flow_side_of(sim, mouth);
    const mu_mouth *m = &sim->scratch->mouths[mouth];
    side->blocked = 1;
    side->since_us = since_us;
    mu_flow_areas(sim)[m->beyond].blocked++;
    mu_flow_areas(sim)[m->area].blocking++;
}

void mu_flow_unblock(mu_sim *sim, uint32_t mouth) {
    mu_flow_side *side = mu_flow_side_of(sim, mouth);
    const mu_mouth *m = &sim->scratch->mouths[mouth];
    if (side->blocked != 0) {
        side->blocked = 0;
        mu_flow_areas(sim)[m->beyond].blocked--;
        mu_flow_areas(sim)[m->area].blocking--;
    }
}

void mu_flow_leave_queue(mu_sim *sim, uint32_t person) {
    mu_flow_leg *legs = mu_flow_legs(sim);
    mu_flow_leg *leg = &legs[person];
    mu_flow_side *side = mu_flow_side_of(sim, leg->mouth);
    if (side->first == person) {
        mu_flow_unblock(sim, leg->mouth);
    }
    *(leg->previous == MU_NONE ? &side->first : &legs[leg->previous].next) = leg->next;
    *(leg->next == MU_NONE ? &side->last : &legs[leg->next].previous) = leg->previous;
    leg->next = leg->previous = MU_NONE;
    side->waiting--;
    mu_flow_areas(sim)[sim->scratch->mouths[leg->mouth].area].waiting--;
    mu_rings_stir(sim, sim->scratch->mouths[leg->mouth].area);
}
