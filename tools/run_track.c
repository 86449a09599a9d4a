/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The run is played again by itself, from the same seed: the runs of a study are not slowed down.
 * Its frames go through a ring to whoever writes them, so no step waits for a disk either. */
#include "run_track.h"

#include <stdlib.h>
#include <string.h>

#include "core/event.h"
#include "crowd/people.h"
#include "drill/run.h"
#include "track_ring.h"
#include "verify/replay.h"

/* The files that frames are written to: one replay, or a trajectory of each level. */
typedef struct track_files {
    mu_replay_writer *replay;
    mu_trajectory **level;
    uint32_t levels;
} track_files;

/* Until when nothing more happens; the largest time if nothing will. */
static mu_time quiet_until(const mu_sim *sim) {
    return mu_world_clock(&sim->world)->pending > 0
               ? mu_queue_first(mu_queue_of(&sim->world))->time_us
               : INT64_MAX;
}

/* Frames that lie before the next event are taken as things stand; the world's clock is set to each
 * for that, since who walks by `flow` is where the time says. */
static void take_frames(mu_sim *sim, mu_track_ring *ring, mu_time *next_us, mu_time frame_us,
                        mu_time until_us) {
    mu_clock *clock = mu_world_clock(&sim->world);
    const mu_time now_us = clock->now_us;
    for (; *next_us < until_us; *next_us += frame_us) {
        clock->now_us = *next_us;
        mu_track_take(sim, mu_track_ring_next(ring));
        mu_track_ring_push(ring);
    }
    clock->now_us = now_us;
}

static mu_status follow(mu_sim *sim, mu_track_ring *ring, mu_time frame_us) {
    mu_time next_us = 0;
    do {
        const mu_time until_us = quiet_until(sim);
        if (until_us != INT64_MAX) {
            take_frames(sim, ring, &next_us, frame_us, until_us);
        }
    } while (mu_run_next(sim) != 0);
    take_frames(sim, ring, &next_us, frame_us, mu_sim_now(sim) + 1);
    return mu_run_status(sim);
}

/* "run.sqlite" of level "ground": "run.ground.sqlite". */
const char *mu_track_file_of(mu_arena *arena, const char *file, const char *level) {
    const char *slash = strrchr(file, '/'), *dot = strrchr(slash != NULL ? slash : file, '.');
    const int stem = (int)(dot != NULL ? (size_t)(dot - file) : strlen(file));
    return mu_arena_print(arena, "%.*s.%s%s", stem, file, level, dot != NULL ? dot : "");
}

bool mu_track_is_replay(const char *file) {
    const size_t length = strlen(file), ending = strlen(MU_REPLAY_ENDING);
    return length > ending && strcmp(file + length - ending, MU_REPLAY_ENDING) == 0;
}

static bool open_replay(const mu_run_track *track, const mu_replay_head *head, track_files *files,
                        mu_diags *diags) {
    files->replay = mu_replay_writer_open(head, track->file, diags);
    return files->replay != NULL;
}

static bool open_levels(const mu_plan *plan, const mu_run_track *track, const mu_replay_head *head,
                        track_files *files, mu_diags *diags) {
    const bool alone = head->levels == 1;
    files->level = calloc((size_t)head->levels + 1, sizeof(mu_trajectory *));
    bool open = files->level != NULL;
    for (uint32_t l = 0; open && l < head->levels; l++) {
        const mu_trajectory_def def = {.frame_s = 1.0 / track->frames_per_s,
                                       .persons = head->persons,
                                       .level = alone ? MU_NONE : l,
                                       .wkt = head->level[l].wkt,
                                       .title = head->title,
                                       .program = head->program,
                                       .names = head->names};
        const char *file =
            alone ? track->file : mu_track_file_of(plan->arena, track->file, head->level[l].id);
        files->level[l] = file == NULL ? NULL : mu_trajectory_open(&def, file, diags);
        open = files->level[l] != NULL;
        files->levels += open;
    }
    return open;
}

static void write_frame(void *with, const mu_track_place *frame) {
    const track_files *files = with;
    if (files->replay != NULL) {
        mu_replay_writer_put(files->replay, frame);
    }
    for (uint32_t l = 0; l < files->levels; l++) {
        mu_trajectory_put(files->level[l], frame);
    }
}

/* All of them get their names, or what is not written yet is dropped. */
static mu_status close_files(track_files *files, mu_status status, mu_diags *diags) {
    if (files->replay != NULL && status == MU_OK) {
        status = mu_replay_writer_close(files->replay, diags);
    } else {
        mu_replay_writer_abandon(files->replay);
    }
    for (uint32_t l = 0; l < files->levels; l++) {
        if (status == MU_OK) {
            status = mu_trajectory_close(files->level[l], diags);
        } else {
            mu_trajectory_abandon(files->level[l]);
        }
    }
    free(files->level);
    return status;
}

/* What the files say once; levels without a floor are empty. NULL lists: no memory. */
static mu_replay_head head_of(const mu_plan *plan, const mu_sim *sim, const mu_run_track *track) {
    const uint32_t persons = sim->people->list.count, levels = plan->site.levels.count;
    const char **names = mu_arena_array(plan->arena, persons + 1U, sizeof *names);
    mu_replay_level *level = mu_arena_array(plan->arena, levels + 1U, sizeof *level);
    for (uint32_t p = 0; names != NULL && p < persons; p++) {
        names[p] = sim->people->list.items[p].id;
    }
    for (uint32_t l = 0; level != NULL && l < levels; l++) {
        char *wkt = mu_trajectory_wkt(&plan->site, l);
        const char *kept = mu_arena_print(plan->arena, "%s", wkt != NULL ? wkt : "POLYGON EMPTY");
        level[l] = (mu_replay_level){plan->site.levels.items[l].id, kept != NULL ? kept : ""};
        free(wkt);
    }
    return (mu_replay_head){.frame_us = (uint64_t)(MU_SECOND / (mu_time)track->frames_per_s),
                            .persons = persons,
                            .levels = levels,
                            .title = plan->incident.id,
                            .program = "muster " MU_VERSION,
                            .level = level,
                            .names = names};
}

static mu_status track(const mu_plan *plan, const mu_run_track *asked, mu_sim *sim,
                       mu_diags *diags) {
    const mu_replay_head head = head_of(plan, sim, asked);
    track_files files = {.replay = NULL};
    if (head.names == NULL || head.level == NULL) {
        return MU_ERR_MEMORY;
    }
    const bool open = mu_track_is_replay(asked->file)
                          ? open_replay(asked, &head, &files, diags)
                          : open_levels(plan, asked, &head, &files, diags);
    mu_track_ring *ring = open ? mu_track_ring_start(head.persons, write_frame, &files) : NULL;
    mu_status status = !open ? MU_ERR_IO : MU_ERR_MEMORY;
    if (ring != NULL) {
        status = follow(sim, ring, (mu_time)head.frame_us);
        (void)mu_track_ring_finish(ring);
    }
    return close_files(&files, status, diags);
}

mu_status mu_run_track_write(const mu_plan *plan, const mu_run_track *asked, mu_diags *diags) {
    mu_sim sim;
    mu_log *log = mu_log_create();
    mu_status status = log == NULL ? MU_ERR_MEMORY
                                   : mu_run_begin(plan, asked->seed, asked->replication, log, &sim);
    if (status == MU_OK) {
        status = track(plan, asked, &sim, diags);
        mu_run_destroy(&sim);
    }
    mu_log_destroy(log);
    return status;
}
