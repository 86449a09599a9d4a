/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stages in which findings.c sums up replicates; nobody else needs them. */
#ifndef MU_DRILL_FINDINGS_INSIDE_H
#define MU_DRILL_FINDINGS_INSIDE_H

#include "drill/findings.h"

/* findings_people.c: states, leaving, notification, messages, exposure. */
void mu_findings_sum_people(mu_findings *findings);
/* findings_reach.c: who was not reached, and why. */
MU_MUST_USE mu_status mu_findings_sum_unreached(mu_findings *findings);
/* findings_siege.c: shelter, people held, states over time. */
MU_MUST_USE mu_status mu_findings_sum_siege(mu_findings *findings);
/* findings_curves.c: the curves over time, on a grid of a round step. */
MU_MUST_USE mu_status mu_findings_draw(mu_findings *findings);
/* findings_clauses.c: the verdict on each clause. */
MU_MUST_USE mu_status mu_findings_judge(mu_findings *findings);

#endif
