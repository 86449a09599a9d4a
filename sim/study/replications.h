/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many runs of one plan on many threads: one world per thread, each result in its own place, summed
 * up in order of replication, so that nothing in the findings depends on how many threads there
 * were. */
#ifndef MU_STUDY_REPLICATIONS_H
#define MU_STUDY_REPLICATIONS_H

#include <stdatomic.h>

#include "drill/findings.h"
#include "drill/played.h"
#include "study/jobs.h"

/* How far a study is; may be read from another thread while it runs. */
typedef struct mu_study_progress {
    _Atomic uint32_t done; /* replications finished */
} mu_study_progress;

/* Hears the log of every replication once it has been read: from any thread, in any order. */
typedef struct mu_study_hearer {
    mu_status (*hear)(void *to, const mu_log *log, const mu_run_end *end, uint32_t replication);
    void *to;
} mu_study_hearer;

/* mu_study_run (muster/drill.h) that also hands over one of its replications as it was played: the
 * log and the copies of `watched`, whose replication is set. NULL: none. */
MU_MUST_USE mu_status mu_study_run_watched(const mu_plan *plan, uint64_t seed, uint32_t reps,
                                           uint32_t jobs, mu_study_progress *progress,
                                           mu_played *watched, mu_findings **out, mu_diags *diags);
/* The same, with somebody who hears all logs; NULL: nobody. */
MU_MUST_USE mu_status mu_study_run_heard(const mu_plan *plan, uint64_t seed, uint32_t reps,
                                         uint32_t jobs, mu_study_progress *progress,
                                         mu_played *watched, const mu_study_hearer *hearer,
                                         mu_findings **out, mu_diags *diags);

#endif
