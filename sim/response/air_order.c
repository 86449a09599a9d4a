/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders to shut or to start air-handling units: each takes its own time, and the milestone comes
 * with the last. Until then the air moves as it did. */
#include "response/inside.h"
#include "site/vent_state.h"
#include "threat/release.h"

static mu_air_unit_state target_of(const mu_sim *sim, const mu_step_plan *plan, uint32_t unit) {
    if (plan->verb == MU_VERB_SHUT_VENTILATION) {
        return MU_AIR_UNIT_SHUT;
    }
    return plan->all_units ? (mu_air_unit_state)sim->site->air_units.items[unit].state
                           : MU_AIR_UNIT_RUNNING;
}

void mu_air_order(mu_sim *sim, uint32_t step, uint32_t cause) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    mu_step_now *now = mu_step_of(sim, step);
    now->state = MU_STEP_MOVING;
    now->missing = plan->units.count;
    for (uint32_t i = 0; i < plan->units.count; i++) {
        const uint32_t unit = plan->units.items[i];
        const mu_air_unit *given = &sim->site->air_units.items[unit];
        const mu_air_unit_state target = target_of(sim, plan, unit);
        mu_stream stream;
        mu_sim_stream(sim, &stream, MU_PURPOSE_MECHANISM,
                      mu_hash_with(mu_name_hash(given->id), (uint64_t)target), now->runs);
        const double takes_s = mu_dist_draw(
            target == MU_AIR_UNIT_SHUT ? &given->shuts_in_s : &given->starts_in_s, &stream.rng);
        const bool there = mu_vents(sim)[unit].state == (uint32_t)target;
        mu_sim_schedule(sim, there ? 0 : mu_time_from_s(takes_s), MU_EVENT_VENT_MOVED, unit, cause,
                        (uint64_t)target << 32 | step);
    }
}

void mu_response_on_vent_moved(mu_sim *sim, const mu_event *event) {
    const uint32_t step = (uint32_t)event->argument;
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    mu_release_settle(sim);
    mu_vents(sim)[event->subject] =
        (mu_vent_now){.state = (uint32_t)(event->argument >> 32), .cause = event->cause};
    const char *unit = sim->site->air_units.items[event->subject].id;
    mu_sim_write(sim, (mu_record){.kind = MU_RECORD_AIR_UNIT,
                                  .cause = event->cause,
                                  .object = mu_word_named(sim, unit),
                                  .step = MU_HANDLE(MU_THING_STEP, step),
                                  .value = (uint32_t)(event->argument >> 32)});
    if (--mu_step_of(sim, step)->missing == 0) {
        mu_step_finish(sim, step,
                       mu_step_record(sim, step, mu_verb_milestone(plan->verb), event->cause, 0));
        mu_step_retry_waiting(sim);
    }
}
