/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A results file as it is reported: what it is about, and each comparison in it. */
#ifndef MU_STUDY_RESULTS_H
#define MU_STUDY_RESULTS_H

#include "study/compare.h"

typedef struct mu_results_arm {
    const char *id; /* "as given", "operators=2" */
    mu_text name;   /* NULL where the study gives none */
    const char *policy;
} mu_results_arm;

typedef struct mu_results_incident {
    const char *id, *file, *starts_at;
    mu_text name;
    double horizon_s;
} mu_results_incident;

typedef struct mu_results_clause {
    const char *id;
    mu_text title;
    int severity;
} mu_results_clause;

/* Everything but the runs. Memory is the arena's. */
typedef struct mu_results {
    mu_store *store;
    const char *study, *program, *seed;
    mu_text name;
    MU_LIST_OF(mu_results_incident) incidents;
    MU_LIST_OF(mu_results_arm) arms;
    MU_LIST_OF(mu_results_clause) clauses;
    uint64_t runs;
    bool complete; /* every cell has all the runs that it was to get */
} mu_results;
MU_MUST_USE mu_status mu_results_read(mu_store *store, mu_arena *arena, mu_diags *diags,
                                      mu_results *out);

typedef struct mu_compare_options {
    uint32_t base;  /* arm that the others are compared with */
    uint32_t other; /* only this one; MU_NONE: all */
    uint32_t draws; /* of each bootstrap; 0: no quantiles */
} mu_compare_options;

/* Called once for each incident and arm, with the runs of both at hand. */
typedef void mu_comparison_visitor(void *context, const mu_results *results,
                                   const mu_comparison *comparison, const mu_compare_given *given);
MU_MUST_USE mu_status mu_results_compare(const mu_results *results,
                                         const mu_compare_options *options,
                                         mu_comparison_visitor *visit, void *context,
                                         mu_diags *diags);

/* What people read; `language` is "zh" or "en". Texts are written into `out`. */
enum { MU_SAID_ROOM = 400 };
typedef char mu_said[MU_SAID_ROOM];
void mu_results_say_name(const mu_results *results, const mu_pair_finding *finding,
                         const char *language, mu_said out);
const char *mu_results_arm_name(const mu_results *results, uint32_t arm, const char *language);
/* A value, or with a sign a difference, in the finding's unit. */
void mu_results_say_value(const mu_pair_finding *finding, double value, bool sign, mu_said out);
/* Both means; the mean difference, with its sign or without; its interval. Times that are read
 * beside each other are said in one unit. */
void mu_results_say_means(const mu_pair_finding *finding, mu_said x, mu_said y);
void mu_results_say_difference(const mu_pair_finding *finding, bool sign, mu_said out);
void mu_results_say_interval(const mu_pair_finding *finding, mu_said out);
/* A number of no unit, or from one such to another, with signs; what rounds to zero has none. */
void mu_results_say_number(double value, bool sign, mu_said out);
void mu_results_say_range(double low, double high, mu_said out);
void mu_results_say_p(double p, mu_said out);
/* "better", "worse" or "": translated. */
const char *mu_results_say_sign(const mu_pair_finding *finding);
/* One sentence for a finding that survives. */
void mu_results_say(const mu_results *results, const mu_pair_finding *finding, const char *language,
                    mu_said out);

/* One HTML page about all comparisons. Above 0 `improvement_share` is the share of runs in which a
 * clause has to be met, and the page is written as before and after. The caller frees it; NULL with
 * the reason in `diags`. */
char *mu_results_html(const mu_results *results, const mu_compare_options *options,
                      const char *language, double improvement_share, const char *version,
                      mu_diags *diags);

#endif
