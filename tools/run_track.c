/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The run is played again by itself, from the same seed: the runs of a study are not slowed down,
 * and no step waits for a disk. */
#include "run_track.h"

#include <stdlib.h>
#include <string.h>

#include "core/event.h"
#include "crowd/people.h"
#include "drill/run.h"
#include "verify/trajectory.h"

/* Until when nothing more happens; the largest time if nothing will. */
static mu_time quiet_until(const mu_sim *sim) {
    return mu_world_clock(&sim->world)->pending > 0 ? mu_queue_of(&sim->world).heap[0].time_us
                                                    : INT64_MAX;
}

/* Frames that lie before the next event are taken as things stand; the world's clock is set to each
 * for that, since who walks by `flow` is where the time says. */
static void take_frames(mu_sim *sim, mu_trail *trail, mu_time frame_us, mu_time until_us) {
    mu_clock *clock = mu_world_clock(&sim->world);
    const mu_time now_us = clock->now_us;
    while ((mu_time)trail->frames * frame_us < until_us && !trail->no_memory) {
        clock->now_us = (mu_time)trail->frames * frame_us;
        mu_trail_take(trail, sim);
    }
    clock->now_us = now_us;
}

static mu_status follow(mu_sim *sim, mu_trail *trail, mu_time frame_us) {
    do {
        const mu_time next_us = quiet_until(sim);
        if (next_us != INT64_MAX) {
            take_frames(sim, trail, frame_us, next_us);
        }
    } while (!trail->no_memory && mu_run_next(sim) != 0);
    take_frames(sim, trail, frame_us, mu_sim_now(sim) + 1);
    return trail->no_memory ? MU_ERR_MEMORY : mu_run_status(sim);
}

/* "run.sqlite" of level "ground": "run.ground.sqlite". */
static const char *file_of_level(const mu_plan *plan, const char *file, uint32_t level) {
    const char *slash = strrchr(file, '/'), *dot = strrchr(slash != NULL ? slash : file, '.');
    const int stem = (int)(dot != NULL ? (size_t)(dot - file) : strlen(file));
    const char *id = plan->site.levels.items[level].id;
    return mu_arena_print(plan->arena, "%.*s.%s%s", stem, file, id, dot != NULL ? dot : "");
}

static mu_status write_level(const mu_plan *plan, const mu_run_track *track, mu_trajectory_def *def,
                             uint32_t level, mu_diags *diags) {
    const bool alone = plan->site.levels.count == 1;
    const char *file = alone ? track->file : file_of_level(plan, track->file, level);
    char *wkt = mu_trajectory_wkt(&plan->site, level);
    def->one_level = !alone;
    def->level = level;
    def->wkt = wkt != NULL ? wkt : "POLYGON EMPTY"; /* a level without floor */
    const mu_status status = file == NULL ? MU_ERR_MEMORY : mu_trajectory_write(def, file, diags);
    free(wkt);
    return status;
}

static mu_status write_levels(const mu_plan *plan, const mu_run_track *track, const mu_sim *sim,
                              const mu_trail *trail, mu_diags *diags) {
    const uint32_t count = sim->people->list.count;
    const char **names = calloc((size_t)count + 1, sizeof *names);
    mu_status status = names != NULL ? MU_OK : MU_ERR_MEMORY;
    for (uint32_t p = 0; status == MU_OK && p < count; p++) {
        names[p] = sim->people->list.items[p].id;
    }
    mu_trajectory_def def = {.trail = trail,
                             .title = plan->incident.id,
                             .program = "muster " MU_VERSION,
                             .names = names};
    for (uint32_t l = 0; status == MU_OK && l < plan->site.levels.count; l++) {
        status = write_level(plan, track, &def, l, diags);
    }
    free(names);
    return status;
}

mu_status mu_run_track_write(const mu_plan *plan, const mu_run_track *track, mu_diags *diags) {
    mu_sim sim;
    mu_log *log = mu_log_create();
    mu_status status = log == NULL ? MU_ERR_MEMORY
                                   : mu_run_begin(plan, track->seed, track->replication, log, &sim);
    if (status != MU_OK) {
        mu_log_destroy(log);
        return status;
    }
    mu_trail *trail = mu_trail_create(sim.people->list.count, 0, 1.0 / track->frames_per_s);
    status = trail == NULL ? MU_ERR_MEMORY
                           : follow(&sim, trail, MU_SECOND / (mu_time)track->frames_per_s);
    if (status == MU_OK) {
        status = write_levels(plan, track, &sim, trail, diags);
    }
    mu_trail_destroy(trail);
    mu_run_destroy(&sim);
    mu_log_destroy(log);
    return status;
}
