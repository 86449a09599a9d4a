/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run from plan to log. mu_run does it whole; begin, next and end let others step, look between
 * events, take a snapshot and go on. */
#ifndef MU_DRILL_RUN_H
#define MU_DRILL_RUN_H

#include "core/sim.h"
#include "drill/plan.h"

typedef struct mu_run_end {
    mu_time end_us;
    bool quiet;          /* nothing was left to happen; else it was stopped at the horizon */
    uint64_t state_hash; /* of the world at the end */
    uint64_t events;     /* handled */
} mu_run_end;

/* Runs one replication and writes its log (which must be empty). */
MU_MUST_USE mu_status mu_run(const mu_plan *plan, uint64_t seed, uint32_t replication, mu_log *log,
                             mu_run_end *out);

/* Makes a world and schedules the beginning. The plan and the log must outlive the sim. */
MU_MUST_USE mu_status mu_run_begin(const mu_plan *plan, uint64_t seed, uint32_t replication,
                                   mu_log *log, mu_sim *out);
/* Handles one event. 0 once the run has ended (or cannot go on: see mu_run_status). */
int mu_run_next(mu_sim *sim);
/* The same, where it comes until then; 0 also where it does not. */
int mu_run_next_until(mu_sim *sim, mu_time until_us);
/* Ends the run here, as the horizon does; nothing where it is over. */
void mu_run_stop(mu_sim *sim);
mu_status mu_run_status(const mu_sim *sim);
void mu_run_result(const mu_sim *sim, mu_run_end *out);
void mu_run_destroy(mu_sim *sim);

/* Puts the sim back to a copy of its world taken earlier with mu_world_copy; the log is cut back to
 * where that world stood. The copy stays the caller's. */
MU_MUST_USE mu_status mu_run_restore(mu_sim *sim, const mu_world *snapshot);

#endif
