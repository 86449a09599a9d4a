/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each team had to carry in one run: its time by task, how much was wanted of it at once, and
 * who waited for whom. Made from the timeline alone. */
#ifndef MU_DRILL_WORKLOAD_H
#define MU_DRILL_WORKLOAD_H

#include "drill/timeline.h"

/* One role of the plan's people. */
typedef struct mu_role_load {
    uint32_t tasks;
    double busy_s[MU_ACTIVITY_COUNT]; /* person-seconds; MU_ACTIVITY_WAITING stays 0 */
    uint32_t peak;                    /* persons wanted at once, at most, */
    mu_time peak_us;                  /* and when that began */
    double short_s;                   /* how long more of them were wanted than are on duty */
} mu_role_load;

typedef struct mu_workload {
    mu_role_load *roles; /* per role of the plan's people */
    mu_wait_time *waits; /* copies, in the order in which they ended */
    uint32_t wait_count;
    mu_time from_us, to_us; /* from the first task to the all-clear, or to the end of the run */
} mu_workload;

MU_MUST_USE mu_status mu_workload_of(const mu_plan *plan, const mu_timeline *timeline,
                                     mu_workload *out);
void mu_workload_destroy(mu_workload *workload);

/* Members at work at the start, and everybody of the units. */
uint32_t mu_workload_on_duty(const mu_plan *plan, uint32_t role);
/* How many persons a task wants: those who set out, or those whom its step asks for. */
uint32_t mu_workload_persons(const mu_plan *plan, const mu_task *task);
/* Does it want them at this moment? A task that is never given anybody wants them to its end. */
bool mu_workload_wants(const mu_task *task, mu_time at_us);

#endif
