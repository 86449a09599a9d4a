/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures of a comparison: one SVG element each. */
#ifndef MU_STUDY_RESULTS_CHARTS_H
#define MU_STUDY_RESULTS_CHARTS_H

#include "drill/report/page.h"
#include "study/results.h"

/* A value with its interval. */
typedef struct mu_forest_row {
    mu_said label, value;
    double low, mean, high;
    int sign;  /* 1 good, -1 bad, 0 neither can be said */
    bool sure; /* the scale is made for these, where there are any */
} mu_forest_row;
/* One row each around a line at nothing, in the unit of `like`. */
void mu_forest_draw(mu_page *page, const mu_forest_row *rows, uint32_t count,
                    const mu_pair_finding *like, const char *title);
/* The looks of both, and of what is better or worse in a table. */
#define MU_FOREST_STYLE                                                                            \
    ".forest-good{stroke:var(--good);fill:var(--good);stroke-width:2}"                             \
    ".forest-bad{stroke:var(--bad);fill:var(--bad);stroke-width:2}"                                \
    ".forest-open{stroke:var(--soft);fill:var(--soft);stroke-width:2}\n"                           \
    "td.better{color:var(--good);font-weight:700}td.worse{color:var(--bad);font-weight:700}\n"

/* Differences with their intervals, one row each, around a line of no difference. All findings have
 * the same unit. */
void mu_results_forest(mu_page *page, const mu_results *results,
                       const mu_pair_finding *const *findings, uint32_t count,
                       const char *language);

/* The names of the two arms. */
typedef struct mu_arm_names {
    const char *x, *y;
} mu_arm_names;

/* How the times of one clause are spread over the runs of both arms: for each time the share of
 * runs in which it had been done, with the limits. */
void mu_results_distribution(mu_page *page, const mu_compare_given *given,
                             const mu_pair_finding *finding, const mu_arm_names *names);

/* Share of those indoors who have left against time: the median over runs, and the band from 5 % to
 * 95 % of them. False where nobody leaves in either arm: nothing is drawn. */
bool mu_results_bands(mu_page *page, const mu_compare_given *given, const mu_arm_names *names);

#endif
