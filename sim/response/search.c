/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whoever goes through a space finds everyone who lies there, and a second item with a chance. Then
 * the place has not been searched to the end: 'searched' means searched and nothing found. */
#include "response/inside.h"

static uint32_t first_of_crew(const mu_sim *sim, uint32_t step) {
    uint32_t crew[MU_CREW_MOST];
    return mu_crew_list(sim, step, crew) > 0 ? crew[0] : MU_NONE;
}

void mu_search_people(mu_sim *sim, uint32_t space, uint32_t by, uint32_t cause) {
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (mu_is_casualty(sim, p) && mu_bodies(sim)[p].mode != MU_BODY_ABSENT &&
            (space == MU_NONE || mu_bodies(sim)[p].area == space)) {
            mu_casualty_find(sim, p, by, cause);
        }
    }
}

static bool search_space(mu_sim *sim, uint32_t step, uint32_t space, uint32_t cause) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    const uint32_t by = first_of_crew(sim, step);
    mu_search_people(sim, space, by, cause);
    return mu_second_search(sim, space, mu_hash_with(plan->hash, space),
                            mu_step_of(sim, step)->runs,
                            by == MU_NONE ? 0 : MU_HANDLE(MU_THING_PERSON, by),
                            mu_word_handle(plan->place_word), cause) != MU_NO_RECORD;
}

bool mu_search_finds(mu_sim *sim, uint32_t step, uint32_t cause) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    if (plan->verb == MU_VERB_SWEEP) {
        mu_search_people(sim, MU_NONE, first_of_crew(sim, step), cause);
        return false;
    }
    if (plan->verb != MU_VERB_SEARCH || plan->rounds) {
        return false;
    }
    bool found = plan->place == MU_PLACE_POINT && search_space(sim, step, plan->at.area, cause);
    for (uint32_t i = 0; i < plan->given->spaces.count; i++) {
        found = search_space(sim, step, plan->given->spaces.items[i].index, cause) || found;
    }
    return found;
}
