/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the sheet that observed times were typed into. Every fault is named by its cell. */
#ifndef MUSTER_TOOLS_TIMES_READ_H
#define MUSTER_TOOLS_TIMES_READ_H

#include "drill/pack/observed.h"

typedef struct mu_times {
    mu_observation *items; /* owned */
    uint32_t count, room;
    int64_t start_s; /* time of day, or days from 1970 as seconds where a date was given */
    bool has_date;   /* … which it was */
    mu_time end_us;  /* since the start */
    bool quiet;
} mu_times;

/* MU_ERR_INPUT: faults are in `diags`, and nothing is left to destroy. */
MU_MUST_USE mu_status mu_times_read(const char *path, const mu_pack_given *pack, mu_times *out,
                                    mu_diags *diags);
void mu_times_destroy(mu_times *times);

/* Writes times.csv filled in with these observations, as if the exercise had started at
 * `start_s` of the day. */
MU_MUST_USE mu_status mu_times_fill(const char *path, const mu_pack_given *pack,
                                    const mu_observation *items, uint32_t count,
                                    const mu_run_end *end, int64_t start_s, mu_diags *diags);

#endif
