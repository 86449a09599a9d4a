/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a case's checks measure, and whether they hold. */
#ifndef MU_VERIFY_CASE_MEASURE_H
#define MU_VERIFY_CASE_MEASURE_H

#include "verify/case_play.h"

typedef struct mu_samples {
    uint32_t count, room;
    double *items;
} mu_samples;

/* What a check measures in one run, a value for each person, moment or run: appended to `out`.
 * `with` is the run compared with (MU_CASE_APART_M). False without memory. */
bool mu_case_sample(const mu_case *given, const mu_case_check *check, const mu_case_run *run,
                    const mu_case_run *with, mu_samples *out);

/* The statistic of some samples, which are sorted on the way; NAN of nothing. */
double mu_case_statistic_of(const mu_case *given, const mu_case_check *check, double *samples,
                            uint32_t count);

/* The chance that samples at least as far from a distribution come of it, by Kolmogorov and Smirnov
 * (Stephens 1970, J. R. Stat. Soc. B 32:115, for the number of samples). `samples` ascending. */
double mu_measure_ks(const double *samples, uint32_t count, const mu_dist *dist, double least,
                     double most);

typedef struct mu_case_result {
    double measured; /* mean over the seeds; NAN = nothing was measured */
    double spread;   /* standard deviation between seeds; NAN */
    bool judged;     /* has a limit */
    bool holds;
} mu_case_result;

bool mu_case_check_holds(const mu_case_check *check, double measured);

/* Plays all scenes with all seeds and fills in a result for each check. `first` gets the first
 * scene's first run, to be cleared by the caller; may be NULL. */
MU_MUST_USE mu_status mu_case_verify(const mu_case *given, uint64_t first_seed, uint32_t seeds,
                                     mu_diags *diags, mu_case_result *results, mu_case_run *first);

#endif
