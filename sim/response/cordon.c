/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A cordon that means something: while a step that closes portals holds, nobody but responders goes
 * in through them; whoever is inside may leave. */
#include "response/inside.h"

/* Doors that somebody has locked, or that are closed, stay so. */
static bool is_free_to(const mu_portal_now *portal) {
    return portal->state == MU_PORTAL_OPEN || portal->state == MU_PORTAL_WAIT;
}

void mu_cordon_close(mu_sim *sim, uint32_t step, uint32_t cause) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    for (uint32_t i = 0; i < plan->cordon.count; i++) {
        mu_portal_now *portal = &mu_portals(sim)[plan->cordon.items[i].portal];
        if (is_free_to(portal)) {
            *portal = (mu_portal_now){.state = MU_PORTAL_EXIT_ONLY,
                                      .target = MU_PORTAL_EXIT_ONLY,
                                      .order = cause,
                                      .cause = cause,
                                      .from = plan->cordon.items[i].inside};
            mu_crowd_on_portal(sim, plan->cordon.items[i].portal);
        }
    }
}

void mu_cordon_open(mu_sim *sim, uint32_t step, uint32_t cause) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    for (uint32_t i = 0; i < plan->cordon.count; i++) {
        const uint32_t index = plan->cordon.items[i].portal;
        const mu_portal *given = &sim->site->portals.items[index];
        mu_portal_now *portal = &mu_portals(sim)[index];
        if (portal->state == MU_PORTAL_EXIT_ONLY && given->state != MU_PORTAL_EXIT_ONLY) {
            *portal = (mu_portal_now){.state = (uint32_t)given->state,
                                      .target = (uint32_t)given->state,
                                      .order = cause,
                                      .cause = cause,
                                      .from = given->between.items[0].index};
            mu_crowd_on_portal(sim, index);
        }
    }
}
