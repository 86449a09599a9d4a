/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stages of loading a plan that have a file of their own. */
#ifndef MU_DRILL_PLAN_INSIDE_H
#define MU_DRILL_PLAN_INSIDE_H

#include "drill/plan.h"

/* What the incident alone can get wrong, once the site is sound. */
MU_MUST_USE mu_status mu_incident_check(const mu_plan *plan, const char *file, mu_diags *diags);
/* The words of all clauses' terms; faults in their grammar. */
MU_MUST_USE mu_status mu_clauses_collect(mu_plan *plan, mu_diags *diags);
/* Clauses made ready for judging; words sealed, response compiled. */
MU_MUST_USE mu_status mu_clauses_compile(mu_plan *plan);
/* The item, its words and the rings that are watched around it. */
void mu_threat_compile(mu_plan *plan);

#endif
