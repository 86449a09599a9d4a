/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where everyone was in one run of an incident, as a trajectory file. */
#ifndef MU_TOOLS_RUN_TRACK_H
#define MU_TOOLS_RUN_TRACK_H

#include "drill/plan.h"

/* What is to be written. */
typedef struct mu_run_track {
    const char *file; /* its ending says the form; a site of several levels has one file for each,
                         with the level's name before the ending, but one replay of all */
    uint64_t seed;
    uint32_t replication;
    uint32_t frames_per_s;
} mu_run_track;

/* Plays that run again and writes its files. */
MU_MUST_USE mu_status mu_run_track_write(const mu_plan *plan, const mu_run_track *track,
                                         mu_diags *diags);

/* The file of one level. NULL without memory. */
const char *mu_track_file_of(mu_arena *arena, const char *file, const char *level);
/* Is it the compact form (verify/replay.h)? */
bool mu_track_is_replay(const char *file);

#endif
