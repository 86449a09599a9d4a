/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way on from a mouth. All who come in by it stand at the same point of the network, and most
 * of them want and know the same: what was answered last is kept with everything that it follows
 * from. Beliefs are told apart by their numbers, so another world begins with nothing kept. */
#include <math.h>
#include <string.h>

#include "crowd/exits.h"
#include "crowd/flow.h"

static mu_flow_ahead asked_by(const mu_sim *sim, uint32_t person, mu_walker_class walker,
                              uint32_t mouth, uint32_t avoid_too) {
    const mu_mind *mind = &mu_minds(sim)[person];
    return (mu_flow_ahead){
        .goal = mind->goal,
        .mouth = mouth,
        .belief = mind->belief,
        .avoid = mind->avoid,
        .avoid_too = avoid_too,
        .exit = mind->exit,
        .walker = (uint32_t)walker.access << 8 | (uint32_t)walker.lifts << 4 |
                  (uint32_t)walker.evacuating << 3 | (uint32_t)walker.no_stairs << 2 |
                  (uint32_t)walker.alarm << 1 | (mind->left_record != MU_NO_RECORD),
        .leaving = mind->evacuating,
    };
}

static bool is_same(const mu_flow_ahead *a, const mu_flow_ahead *b) {
    return a->mouth == b->mouth && a->belief == b->belief && a->avoid == b->avoid &&
           a->avoid_too == b->avoid_too && a->exit == b->exit && a->walker == b->walker &&
           a->leaving == b->leaving && a->goal.kind == b->goal.kind &&
           a->goal.area == b->goal.area && a->goal.at.x == b->goal.at.x &&
           a->goal.at.y == b->goal.at.y;
}

/* Bound to a door of their own, or else by any. */
static void answer(mu_sim *sim, uint32_t person, mu_walker_class walker, mu_flow_ahead *out) {
    const uint32_t gate = out->mouth / 2;
    const int side = (int)(out->mouth % 2);
    bool bound;
    mu_belief known = mu_exit_belief(sim, person, &out->goal, out->avoid, out->avoid_too, &bound);
    out->gate = mu_route_after(sim->routes, &out->goal, walker, known, gate, side, &out->cost,
                               &out->target);
    if (bound && isinf(out->cost)) {
        known = mu_exit_unbound(sim, person, out->avoid, out->avoid_too);
        out->gate = mu_route_after(sim->routes, &out->goal, walker, known, gate, side, &out->cost,
                                   &out->target);
    }
}

uint32_t mu_flow_way_on(mu_sim *sim, uint32_t person, mu_walker_class walker, uint32_t mouth,
                        uint32_t avoid_too, double *cost, mu_point *target) {
    const mu_flow_ahead asked = asked_by(sim, person, walker, mouth, avoid_too);
    mu_flow_room *room = mu_flow_room_of(sim);
    mu_flow_ahead own = {.mouth = MU_NONE};
    mu_flow_ahead *kept =
        room != NULL ? &room->ahead[(mouth * 5 + asked.avoid + 3 * asked.belief + 7 * asked.exit) &
                                    (MU_FLOW_AHEAD - 1)]
                     : &own;
    if (!is_same(kept, &asked)) {
        *kept = asked;
        answer(sim, person, walker, kept);
    }
    *cost = kept->cost;
    *target = kept->target;
    return kept->gate;
}

void mu_flow_forget(mu_flow_room *room) {
    for (uint32_t k = 0; k < MU_FLOW_AHEAD; k++) {
        room->ahead[k].mouth = MU_NONE;
    }
}
