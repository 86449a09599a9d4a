/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many runs of one plan on many threads: one world per thread, each result in its own place, summed
 * up in order of replication, so that nothing in the findings depends on how many threads there
 * were. */
#ifndef MU_STUDY_REPLICATIONS_H
#define MU_STUDY_REPLICATIONS_H

#include <stdatomic.h>

#include "drill/findings.h"

/* How far a study is; may be read from another thread while it runs. */
typedef struct mu_study_progress {
    _Atomic uint32_t done; /* replications finished */
} mu_study_progress;

enum { MU_STUDY_REPS_MOST = 1000000 };

/* The number of threads that `jobs` = 0 stands for: one per processor; 1 without OpenMP. */
uint32_t mu_study_jobs(void);

/* Runs replications 0 … reps-1 (at least 1), then those that are typical of a clause once more for
 * their cause chains. `jobs` threads, 0 = mu_study_jobs(); without OpenMP always one. `progress`
 * may be NULL. On failure the first replication that could not go on is named in `diags`. The plan
 * must outlive the findings, which the caller destroys. */
MU_MUST_USE mu_status mu_study_run(const mu_plan *plan, uint64_t seed, uint32_t reps, uint32_t jobs,
                                   mu_study_progress *progress, mu_findings **out, mu_diags *diags);

#endif
