/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A replay as trajectory files: one for each level that is asked for, frame by frame. */
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "run_track.h"
#include "tools/export/export.h"
#include "verify/replay.h"

static mu_status write_level(mu_replay *replay, uint32_t level, const char *file,
                             mu_track_place *frame, mu_diags *diags) {
    const mu_replay_head *head = mu_replay_head_of(replay);
    const mu_trajectory_def def = {.frame_s = 1e-6 * (double)head->frame_us,
                                   .persons = head->persons,
                                   .level = head->levels == 1 ? MU_NONE : level,
                                   .wkt = head->level[level].wkt,
                                   .title = head->title,
                                   .program = head->program,
                                   .names = head->names};
    mu_trajectory *out = mu_trajectory_open(&def, file, diags);
    if (out == NULL) {
        return MU_ERR_IO;
    }
    for (uint32_t f = 0; f < mu_replay_frames(replay); f++) {
        mu_replay_frame(replay, f, frame);
        mu_trajectory_put(out, frame);
    }
    return mu_trajectory_close(out, diags);
}

mu_status mu_export_replay(const char *source, const char *level, const char *file, mu_arena *arena,
                           mu_diags *diags) {
    mu_replay *replay = mu_replay_read(source, diags);
    if (replay == NULL) {
        return MU_ERR_INPUT;
    }
    const mu_replay_head *head = mu_replay_head_of(replay);
    mu_track_place *frame = calloc((size_t)head->persons + 1, sizeof *frame);
    mu_status status = frame != NULL ? MU_OK : MU_ERR_MEMORY;
    bool found = false;
    for (uint32_t l = 0; status == MU_OK && l < head->levels; l++) {
        if (level != NULL && strcmp(level, head->level[l].id) != 0) {
            continue;
        }
        const bool alone = level != NULL || head->levels == 1;
        const char *to = alone ? file : mu_track_file_of(arena, file, head->level[l].id);
        status = to != NULL ? write_level(replay, l, to, frame, diags) : MU_ERR_MEMORY;
        found = true;
    }
    if (status == MU_OK && !found) {
        const mu_where where = {.file = source};
        mu_diags_add(diags, MU_ERROR, "replay.level", &where, NULL, _("there is no level '%s'"),
                     level != NULL ? level : "");
        status = MU_ERR_INPUT;
    }
    free(frame);
    mu_replay_destroy(replay);
    return status;
}
