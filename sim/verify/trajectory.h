/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trajectory files: where everyone was, as text that every tool reads, or as the SQLite file that
 * JuPedSim writes and PedPy reads (version 2 of its schema: the newest that PedPy takes). Frames
 * are written as they come, in batches; no more than the last three are held.
 *
 * Text: lines "#framerate: 20", "#id frame x/m y/m", then one line for each person and frame.
 * SQLite: trajectory_data (frame, id, pos_x, pos_y, ori_x, ori_y), metadata (version, fps, xmin …),
 * geometry (hash, wkt), frame_data (frame, geometry_hash); where people have names, ours beside
 * them: persons (id, name). */
#ifndef MU_VERIFY_TRAJECTORY_H
#define MU_VERIFY_TRAJECTORY_H

#include "verify/trail.h"

/* The floor of a level as WKT, to be freed with free(); NULL without memory, or where GEOS cannot
 * join it. */
char *mu_trajectory_wkt(const mu_site *site, uint32_t level);

/* Where one person is in a frame. */
typedef struct mu_track_place {
    double x, y;    /* on the plan of its level */
    uint32_t level; /* MU_NONE: not on the site */
    uint32_t padding;
} mu_track_place;

/* One whole frame of a run as it stands: a place for every person. */
void mu_track_take(const mu_sim *sim, mu_track_place *frame);

typedef struct mu_trajectory_def {
    double start_s, frame_s; /* time of frame 0, and between frames */
    uint32_t persons;
    uint32_t level;           /* only who is on this level of the site; MU_NONE: everyone */
    const char *wkt;          /* of the floor */
    const char *title;        /* one line */
    const char *program;      /* "muster 0.1.0" */
    const char *const *names; /* of the persons; NULL = they have none */
} mu_trajectory_def;

typedef struct mu_trajectory mu_trajectory;

/* By the name: ".sqlite", ".sqlite3" and ".db" are SQLite, everything else is text. What `def`
 * points to is borrowed. NULL: the reason is in `diags`. */
mu_trajectory *mu_trajectory_open(const mu_trajectory_def *def, const char *file, mu_diags *diags);
/* The next frame: `persons` places. A failure is told by close. */
void mu_trajectory_put(mu_trajectory *file, const mu_track_place *frame);
/* Only now does the file have its name; on failure nothing is left of it. */
MU_MUST_USE mu_status mu_trajectory_close(mu_trajectory *file, mu_diags *diags);
void mu_trajectory_abandon(mu_trajectory *file);

/* A trail as a whole. */
MU_MUST_USE mu_status mu_trajectory_write(const mu_trajectory_def *def, const mu_trail *trail,
                                          const char *file, mu_diags *diags);

#endif
