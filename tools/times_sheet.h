/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sheet that observed times are typed into: written with a pack, read again by `muster
 * observe`. */
#ifndef MUSTER_TOOLS_TIMES_SHEET_H
#define MUSTER_TOOLS_TIMES_SHEET_H

#include "drill/findings.h"
#include "drill/pack/pack.h"

/* Rows before the boxes. */
#define MU_TIMES_START "START"
#define MU_TIMES_END   "END"
#define MU_TIMES_OVER  "OVER"

/* Its columns, in order. */
enum {
    MU_TIMES_BOX,
    MU_TIMES_WHAT,
    MU_TIMES_CLAUSES,
    MU_TIMES_EXPECTED,
    MU_TIMES_CLOCK,
    MU_TIMES_OBSERVED,
    MU_TIMES_VALUE,
    MU_TIMES_NOTE,
    MU_TIMES_COLUMNS
};

/* times.csv, and times.xlsx where workbooks can be written, in this folder. */
MU_MUST_USE mu_status mu_times_write(const mu_pack_def *def, const char *folder, mu_diags *diags);

/* What is heard of each run while it is played. */
typedef struct mu_heard {
    const mu_plan *plan;
    mu_watched_run *runs; /* one per replication */
} mu_heard;

/* Plays the incident and makes the list of what is to be watched. On failure nothing is left. */
MU_MUST_USE mu_status mu_play_heard(const mu_plan *plan, uint64_t seed, uint32_t reps,
                                    uint32_t jobs, bool quiet, mu_findings **findings,
                                    mu_watch_list *watches, mu_diags *diags);

#endif
