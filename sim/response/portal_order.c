/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders to close or open the portals of a zone: each moves in its own time, and the milestone
 * comes with the last. */
#include "response/inside.h"

void mu_portal_order(mu_sim *sim, uint32_t step, uint32_t cause, mu_portal_state target) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    mu_step_now *now = mu_step_of(sim, step);
    now->state = MU_STEP_MOVING;
    now->missing = plan->portals.count;
    for (uint32_t i = 0; i < plan->portals.count; i++) {
        const uint32_t portal = plan->portals.items[i];
        const mu_portal *given = &sim->site->portals.items[portal];
        mu_portal_now *door = &mu_portals(sim)[portal];
        door->target = (uint32_t)(target == MU_PORTAL_OPEN ? given->state : target);
        door->target = door->lost != 0 ? (uint32_t)MU_PORTAL_CLOSED : door->target;
        door->order = cause;
        mu_stream stream;
        mu_sim_stream(sim, &stream, MU_PURPOSE_MECHANISM, mu_name_hash(given->id), now->runs);
        mu_sim_schedule(sim, mu_time_from_s(mu_dist_draw(&given->closes_in_s, &stream.rng)),
                        MU_EVENT_PORTAL_MOVED, portal, cause, step);
    }
}

void mu_response_on_portal_moved(mu_sim *sim, const mu_event *event) {
    const uint32_t step = (uint32_t)event->argument;
    mu_portal_now *door = &mu_portals(sim)[event->subject];
    door->state = door->target;
    door->cause = event->cause;
    mu_crowd_on_portal(sim, event->subject);
    mu_step_now *now = mu_step_of(sim, step);
    if (--now->missing == 0) {
        const uint32_t milestone =
            mu_step_record(sim, step, mu_verb_milestone(mu_step_plan_of(sim, step)->verb),
                           event->cause, MU_HANDLE(MU_THING_PORTAL, event->subject));
        mu_step_finish(sim, step, milestone);
        mu_step_retry_waiting(sim);
    }
}
