/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Before and after (5.4.3): what a comparison says more where its second arm is what came of the
 * first. */
#ifndef MU_STUDY_RESULTS_IMPROVEMENT_H
#define MU_STUDY_RESULTS_IMPROVEMENT_H

#include "drill/report/page.h"
#include "study/results.h"

typedef struct mu_improvement {
    const mu_results *results;
    const mu_comparison *comparison;
    const mu_compare_given *given;
    double share; /* of runs in which a clause has to be met */
    const char *language;
} mu_improvement;

/* Clauses missed a run, before and after. */
void mu_improvement_headline(mu_page *page, const mu_improvement *of);
/* Settings that differ between the two, policies, and limits of clauses. */
MU_MUST_USE mu_status mu_improvement_changes(mu_page *page, const mu_improvement *of,
                                             mu_diags *diags);
/* Gaps that are closed, that remain, and new ones. */
void mu_improvement_gaps(mu_page *page, const mu_improvement *of);
/* "−42 %" of what it was before; empty where that says nothing. */
void mu_improvement_relative(const mu_pair_finding *finding, mu_said out);

#endif
