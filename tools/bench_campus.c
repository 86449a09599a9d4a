/* SPDX-License-Identifier: GPL-3.0-or-later */
/* S3 of `muster bench motion`: the campus, evacuated by day as `muster run` plays it, with its
 * response and to the end of the run. Loading is not timed. */

#include "bench.h"
#include "core/i18n.h"
#include "crowd/motion.h"
#include "drill/run.h"
#include "language.h"

static const char incident[] = "scenarios/campus/evacuation.json";

/* Is the next event a step of the walk model? Then so many people take part in it. */
static uint32_t walkers_of_next(const mu_sim *sim) {
    const mu_queue_view queue = mu_queue_of(&sim->world);
    return queue.clock->pending > 0 && mu_queue_first(queue)->kind == MU_EVENT_CROWD_STEP
               ? mu_crowd(sim)->walking
               : 0;
}

static bool play(const mu_plan *plan, mu_bench_whole *out) {
    mu_log *log = mu_log_create();
    mu_sim sim;
    if (log == NULL || mu_run_begin(plan, 1, 0, log, &sim) != MU_OK) {
        mu_log_destroy(log);
        return false;
    }
    *out = (mu_bench_whole){.people = sim.people->list.count};
    const double before = mu_bench_now();
    do {
        out->person_steps += walkers_of_next(&sim);
    } while (mu_run_next(&sim));
    out->cpu_s = mu_bench_now() - before;
    out->simulated_s = mu_time_to_s(mu_sim_now(&sim));
    out->dt_s = mu_time_to_s(mu_crowd(&sim)->step_us);
    out->events = (double)mu_world_clock(&sim.world)->dispatched;
    out->inside = mu_crowd(&sim)->walking;
    out->bytes_per_person = mu_crowd(&sim)->motion == MU_MOTION_FLOW
                                ? mu_bench_flow_bytes(&sim)
                                : (double)mu_crowd_bytes(&sim) / out->people;
    const bool done = mu_run_status(&sim) == MU_OK;
    mu_run_destroy(&sim);
    mu_log_destroy(log);
    return done;
}

static bool measure(const char *file, mu_motion_kind motion, uint64_t repeats,
                    mu_bench_whole *best) {
    mu_diags *diags = mu_diags_create();
    mu_plan *plan = diags != NULL ? mu_plan_load(file, NULL, diags) : NULL;
    bool done = plan != NULL;
    if (done) {
        plan->incident.motion = (int)motion;
    }
    for (uint64_t r = 0; done && r < repeats; r++) {
        mu_bench_whole now;
        done = play(plan, &now);
        if (done && (r == 0 || now.cpu_s < best->cpu_s)) {
            *best = now;
        }
    }
    mu_plan_destroy(plan);
    mu_diags_destroy(diags);
    return done;
}

mu_bench_outcome mu_bench_campus(const mu_bench_request *request, mu_motion_kind motion,
                                 mu_bench_whole *best) {
    char file[MU_DATA_PATH_MOST];
    if (!mu_data_find(incident, file)) {
        (void)fprintf(stderr, _("S3 is left out: %s is not installed here\n"), incident);
        return MU_BENCH_LEFT_OUT;
    }
    return measure(file, motion, request->repeats, best) ? MU_BENCH_MEASURED : MU_BENCH_FAILED;
}
