/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An incident as it would begin on a day of the year. */
#ifndef MUSTER_TOOLS_FROM_YEAR_H
#define MUSTER_TOOLS_FROM_YEAR_H

#include "drill/plan.h"
#include "readiness/year_plan.h"

typedef struct mu_from_year {
    const char *command;
    const char *incident, *policy;
    const char *year; /* file */
    const char *day;  /* "2026-03-02"; NULL: a working day by chance */
    uint64_t seed;    /* of the year's luck */
} mu_from_year;

/* What came of it, for the report; in the incident's plan. */
typedef struct mu_started {
    const char *options; /* that name this day */
    const char **said;   /* what is otherwise than in the files */
    uint32_t said_count;
} mu_started;

/* The year of the organisation whose incident this is. NULL: the reason is in `diags`. */
mu_year_plan *mu_from_year_plan(const mu_plan *incident, const char *year, mu_diags *diags);
/* The hour at which it begins; ten where it does not say. */
double mu_from_year_hour(const mu_plan *plan);

/* The incident's plan with site and roster as they stand then; says on standard error what is
 * otherwise than in the files. NULL: the reason is in `diags`. */
mu_plan *mu_from_year_load(const mu_from_year *asked, mu_started *started, mu_diags *diags);

#endif
