/* SPDX-License-Identifier: GPL-3.0-or-later */
/* To shun a space is to believe its doors closed: then every later choice of a way, and what others
 * are told, follows by itself. */
#include "crowd/flee.h"

#include <math.h>

#include "crowd/minds.h"
#include "crowd/parties.h"

static bool can_run(const mu_sim *sim, uint32_t person) {
    const uint32_t state = mu_minds(sim)[person].state;
    return sim->people->list.items[person].kind == MU_PERSON_OCCUPANT &&
           mu_bodies(sim)[person].mode != MU_BODY_ABSENT &&
           (state == MU_OCCUPANT_INSIDE || state == MU_OCCUPANT_SHELTERING ||
            state == MU_OCCUPANT_OUT);
}

uint32_t mu_crowd_sense(mu_sim *sim, uint32_t person, mu_handle senses, uint32_t cause) {
    mu_mind *mind = &mu_minds(sim)[person];
    if (mind->alerted_record != MU_NO_RECORD) {
        return cause;
    }
    mind->alerted_record =
        mu_sim_record(sim, MU_RECORD_ALERTED, cause, MU_HANDLE(MU_THING_PERSON, person), 0, senses);
    return mind->alerted_record;
}

void mu_crowd_flee(mu_sim *sim, uint32_t person, mu_goal goal, mu_handle senses, uint32_t cause) {
    mu_mind *mind = &mu_minds(sim)[person];
    if (!can_run(sim, person)) {
        return;
    }
    cause = mu_crowd_sense(sim, person, senses, cause);
    mind->moves_record =
        mu_sim_record(sim, MU_RECORD_MOVES, cause, MU_HANDLE(MU_THING_PERSON, person), 0,
                      mu_body_place(sim, person));
    mind->evacuating = 1;
    mu_party_leave(sim, person);
    mind->told = goal;
    if (mind->state == MU_OCCUPANT_SHELTERING) {
        mu_crowd_set_state(sim, person, MU_OCCUPANT_INSIDE, mind->moves_record);
    }
    mu_crowd_send(sim, person, goal, 0, mind->moves_record);
}

static bool leads_into(const mu_portal *portal, uint32_t space) {
    return portal->between.items[0].index == space ||
           (portal->between.count > 1 && portal->between.items[1].index == space);
}

void mu_crowd_shun(mu_sim *sim, uint32_t person, uint32_t space, mu_goal goal) {
    if (!can_run(sim, person) || mu_bodies(sim)[person].area == space) {
        return;
    }
    mu_mind *mind = &mu_minds(sim)[person];
    const uint32_t before = mind->belief;
    for (uint32_t p = 0; p < sim->site->portals.count; p++) {
        if (leads_into(&sim->site->portals.items[p], space)) {
            mu_crowd_learn(sim, person, p, true);
        }
    }
    if (isinf(mu_crowd_way(sim, person, goal))) {
        mind->belief = before;
    }
}
