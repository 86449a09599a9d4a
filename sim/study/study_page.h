/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages about what levers do and which unknown matters, in the style of the reports. */
#ifndef MU_STUDY_STUDY_PAGE_H
#define MU_STUDY_STUDY_PAGE_H

#include "study/levers.h"
#include "study/results.h"
#include "study/sensitivity.h"

/* What `muster fix` found. */
typedef struct mu_fix_report {
    const mu_levers *catalogue;
    const mu_results *results; /* of each lever alone; its store is open */
    const mu_lever_effect *effects;
    uint32_t count;
    const bool *fits; /* per lever of the catalogue */
    uint64_t reps;
    bool has_budget; /* a set was looked for */
    double budget;   /* HUGE_VAL: none */
    const bool *chosen;
    uint32_t sets, left;
    double closed, low, high; /* of the chosen set, played together */
    uint64_t selected_runs;
    double indifference;
    const char *language, *version;
} mu_fix_report;
/* The caller frees it; NULL without memory, or with the reason in `diags`. */
char *mu_fix_html(const mu_fix_report *report, mu_diags *diags);

/* What `muster sensitivity` found; `of` has the study's factors for each incident in turn. */
typedef struct mu_unknowns_report {
    const mu_study_plan *study;
    const mu_results *results;
    uint32_t number; /* what is explained, as in mu_store_pairs */
    const mu_sensitivity *of;
    const char *language, *version;
} mu_unknowns_report;
char *mu_unknowns_html(const mu_unknowns_report *report);
/* What is explained: a measure, or how often a clause is met. */
const char *mu_unknowns_say(const mu_unknowns_report *r, mu_said out);

#endif
