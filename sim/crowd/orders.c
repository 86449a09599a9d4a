/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeping clear is believing: a portal into a shunned area counts as closed, so that every route
 * that this person ever takes goes round it. */
#include "crowd/orders.h"

#include <math.h>
#include <string.h>

#include "crowd/beliefs.h"
#include "crowd/minds.h"
#include "crowd/parties.h"

#define WORDS_MOST ((unsigned)MU_SHUN_PORTALS_MOST / 64U)

mu_shun mu_shun_of(const mu_site *site, const mu_walkable *walkable, const bool *areas,
                   uint64_t *portals) {
    for (uint32_t g = 0; g < mu_walkable_gate_count(walkable); g++) {
        const mu_gate *gate = mu_walkable_gate(walkable, g);
        const bool closed = site->portals.items[gate->portal].state == MU_PORTAL_CLOSED;
        for (int side = 0; side < 2 && !closed; side++) {
            if (gate->area[side] != MU_NONE && areas[gate->area[side]]) {
                portals[gate->portal / 64] |= UINT64_C(1) << (gate->portal % 64);
            }
        }
    }
    return (mu_shun){.areas = areas, .portals = portals};
}

uint32_t mu_crowd_leave_at_once(mu_sim *sim, uint32_t person, mu_goal goal, uint32_t cause) {
    mu_mind *mind = &mu_minds(sim)[person];
    const uint32_t moves =
        mu_sim_record(sim, MU_RECORD_MOVES, cause, MU_HANDLE(MU_THING_PERSON, person), 0,
                      mu_body_place(sim, person));
    mind->moves_record = moves;
    mind->evacuating = 1;
    mu_party_leave(sim, person);
    mu_crowd_set_state(sim, person, MU_OCCUPANT_INSIDE, moves);
    mu_crowd_send(sim, person, goal, 1.0, moves);
    return moves;
}

void mu_crowd_stay(mu_sim *sim, uint32_t person) {
    mu_mind *mind = &mu_minds(sim)[person];
    mu_crowd_send(sim, person, (mu_goal){.kind = MU_GOAL_NONE}, 0, mind->walk_record);
    mind->evacuating = 0;
    if (mind->stuck != MU_STUCK_NOT) {
        mind->stuck = MU_STUCK_NOT;
        mu_crowd(sim)->stuck--;
    }
}

static void believe(mu_sim *sim, uint32_t person, mu_belief portals, bool closed) {
    mu_mind *mind = &mu_minds(sim)[person];
    mu_body *body = &mu_bodies(sim)[person];
    const uint32_t belief = mu_belief_with_all(sim, mind->belief, portals, closed);
    if (belief != mind->belief && body->mode == MU_BODY_WALKING) {
        body->gate = MU_GATE_UNCHOSEN;
    }
    mind->belief = belief;
}

static void clear_bit(uint64_t *set, uint32_t portal) {
    set[portal / 64] &= ~(UINT64_C(1) << (portal % 64));
}

/* The set without the portals that lead out of one shunned area straight into an open one. */
static void spare_ways_out(const mu_sim *sim, const mu_shun *shun, uint32_t area, uint64_t *set) {
    for (uint32_t k = 0; k < mu_walkable_area(sim->walkable, area)->gate_count; k++) {
        int side = 0;
        const mu_gate *gate =
            mu_walkable_gate(sim->walkable, mu_area_gate(sim->walkable, area, k, &side));
        const uint32_t beyond = gate->area[1 - side];
        if (beyond == MU_NONE || !shun->areas[beyond]) {
            clear_bit(set, gate->portal);
        }
    }
}

/* The next gate of the shortest way that keeps clear, and its cost. */
static uint32_t find_clear_way(mu_sim *sim, uint32_t person, const mu_shun *shun, mu_goal goal,
                               double *cost) {
    mu_mind *mind = &mu_minds(sim)[person];
    const mu_body *body = &mu_bodies(sim)[person];
    const uint32_t before = mind->belief;
    if (shun->areas != NULL) {
        uint64_t set[WORDS_MOST];
        memcpy(set, shun->portals, mu_belief_words(sim->site->portals.count) * sizeof *set);
        if (shun->areas[body->area]) {
            spare_ways_out(sim, shun, body->area, set);
        }
        mind->belief = mu_belief_with_all(sim, before, set, true);
    }
    mu_point target;
    const uint32_t gate = mu_mind_next_gate(sim, person, &goal, mu_mind_class(sim, person),
                                            body->at, MU_NONE, MU_NONE, cost, &target);
    mind->belief = before;
    return gate;
}

double mu_crowd_clear_way(mu_sim *sim, uint32_t person, const mu_shun *shun, mu_goal goal) {
    double cost = INFINITY;
    if (mu_bodies(sim)[person].mode != MU_BODY_ABSENT) {
        (void)find_clear_way(sim, person, shun, goal, &cost);
    }
    return cost;
}

bool mu_crowd_keep_clear(mu_sim *sim, uint32_t person, const mu_shun *shun, mu_goal goal) {
    const uint32_t words = mu_belief_words(sim->site->portals.count);
    if (shun->areas == NULL) {
        return true;
    }
    double cost = INFINITY;
    const uint32_t gate = find_clear_way(sim, person, shun, goal, &cost);
    uint64_t set[WORDS_MOST];
    memcpy(set, shun->portals, words * sizeof *set);
    if (shun->areas[mu_bodies(sim)[person].area]) {
        if (gate == MU_NONE) {
            return false; /* in the middle of it: any way is better than none */
        }
        clear_bit(set, mu_walkable_gate(sim->walkable, gate)->portal);
    }
    believe(sim, person, set, true);
    return isfinite(cost);
}

void mu_crowd_need_not(mu_sim *sim, uint32_t person, const mu_shun *shun) {
    if (shun->areas != NULL) {
        believe(sim, person, shun->portals, false);
    }
}
