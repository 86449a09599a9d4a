/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SQLite form of a trajectory file (trajectory.h). */
#ifndef MU_VERIFY_TRAJECTORY_SQLITE_H
#define MU_VERIFY_TRAJECTORY_SQLITE_H

#include "verify/trajectory.h"

typedef struct mu_trajectory_sqlite mu_trajectory_sqlite;

/* Into a file beside the one asked for, which takes its name when it is closed. */
mu_trajectory_sqlite *mu_trajectory_sqlite_open(const mu_trajectory_def *def, const char *file,
                                                mu_diags *diags);
void mu_trajectory_sqlite_put(mu_trajectory_sqlite *out, const mu_track_place *frame);
MU_MUST_USE mu_status mu_trajectory_sqlite_close(mu_trajectory_sqlite *out, mu_diags *diags);
void mu_trajectory_sqlite_abandon(mu_trajectory_sqlite *out);

#endif
