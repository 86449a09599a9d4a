/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trajectory files: a trail as text that every tool reads, or as the SQLite file that JuPedSim
 * writes and PedPy reads (version 2 of its schema: the newest that PedPy takes).
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

typedef struct mu_trajectory_def {
    const mu_trail *trail;
    const char *wkt;     /* of the floor */
    const char *title;   /* one line */
    const char *program; /* "muster 0.1.0" */
    bool one_level;      /* only who is on `level` of the site */
    uint32_t level;
    const char *const *names; /* of the persons; NULL = they have none */
} mu_trajectory_def;

/* By the name: ".sqlite", ".sqlite3" and ".db" are SQLite, everything else is text. */
MU_MUST_USE mu_status mu_trajectory_write(const mu_trajectory_def *def, const char *file,
                                          mu_diags *diags);

#endif
