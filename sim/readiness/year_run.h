/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One year from plan to log. */
#ifndef MU_READINESS_YEAR_RUN_H
#define MU_READINESS_YEAR_RUN_H

#include "readiness/year_state.h"

/* Begins a year; `facts` are records that stand in the log already (the audit's), or none. The plan
 * and the log must outlive it. */
MU_MUST_USE mu_status mu_year_begin(const mu_year_plan *plan, uint64_t seed, uint32_t replication,
                                    mu_log *log, mu_year_sim *out);
/* Handles events up to `until_us` or the end of the year. */
MU_MUST_USE mu_status mu_year_play(mu_year_sim *y, mu_time until_us);
void mu_year_destroy(mu_year_sim *y);

/* Whole, and judged: one judgement per clause of the policy. */
MU_MUST_USE mu_status mu_year_run(const mu_year_plan *plan, uint64_t seed, uint32_t replication,
                                  mu_log *log, mu_year_sim *out);

/* What a number of a clause was like in a year under way or over. */
static inline mu_time mu_year_end_us(const mu_year_plan *plan) {
    return plan->calendar.days * MU_DAY;
}

#endif
