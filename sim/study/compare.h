/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a results file says about two arms of one incident: pairs of runs with the same luck. The
 * incidents of a study are never compared with each other. */
#ifndef MU_STUDY_COMPARE_H
#define MU_STUDY_COMPARE_H

#include "study/stats.h"
#include "study/store.h"

/* The runs of one cell in memory, in order of replication. */
typedef struct mu_series {
    uint32_t cell, count;
    uint32_t *replications;
    double (*measures)[MU_MEASURE_COUNT];
    double (*curves)[MU_CURVE_POINTS];
    char *letters;    /* width × room, clause by clause: whoever compares goes along a clause */
    double **values;  /* per clause: of each run, NAN where it was not exercised; NULL: of none */
    uint32_t *judged; /* per clause: runs that have a value of it; most clauses have none at all */
    uint32_t width;   /* clauses */
    uint32_t room;    /* runs for which there is room */
} mu_series;
MU_MUST_USE mu_status mu_series_read(mu_store *store, uint32_t cell, mu_series *out,
                                     mu_diags *diags);
void mu_series_free(mu_series *series);
/* What a run says of a clause: '.' where it does not know it. */
static inline char mu_series_letter(const mu_series *series, uint32_t run, uint32_t clause) {
    return clause < series->width ? series->letters[(size_t)clause * series->room + run] : '.';
}
/* The value of a clause in a run; NAN where it was not exercised. */
double mu_series_value(const mu_series *series, uint32_t run, uint32_t clause);

typedef enum mu_finding_kind {
    MU_FINDING_CLAUSE,      /* the share of runs that meet it */
    MU_FINDING_CLAUSE_TIME, /* how long what it judges took, or the share or number that it is */
    MU_FINDING_MEASURE,
    MU_FINDING_KIND_COUNT
} mu_finding_kind;

/* What the value of a clause is in these results. */
typedef struct mu_clause_scale {
    mu_value_kind kind;
    mu_better better;
    char unit[24];
} mu_clause_scale;

/* One thing compared. x is the base, y the other arm. */
typedef struct mu_pair_finding {
    mu_finding_kind kind;
    uint32_t number;  /* of the clause or measure */
    const char *unit; /* "s", "1" a share, "persons", "number"; of the difference */
    bool is_elapsed;  /* a time that passed: less is sooner, and it may never end */
    mu_better better;
    mu_stat_paired pair;       /* of a clause: 1 met, 0 missed */
    uint64_t never_x, never_y; /* of a time: runs in which it never came, counted as the horizon */
    uint64_t gained, lost;     /* of a clause: pairs that went from missed to met, and back */
    double p_holm;             /* pair.p corrected over all that this comparison tests */
    bool has_quantiles;
    mu_stat_quantile median, p90;
    double limit_x, limit_y; /* of a clause's value; NAN */
} mu_pair_finding;

/* Two cells of one incident. */
typedef struct mu_comparison {
    uint32_t incident, arm_x, arm_y;
    uint32_t pairs; /* replications that both have */
    mu_pair_finding *findings;
    uint32_t count;
} mu_comparison;

typedef struct mu_compare_given {
    const mu_series *x, *y;
    double horizon_s; /* times that never come count as this (restricted mean: Royston and Parmar
                         2013, BMC Medical Research Methodology 13: 152) */
    uint32_t clauses; /* of the results */
    const double *limit_x, *limit_y; /* per clause; NAN */
    const mu_clause_scale *scales;   /* per clause */
    double level;
    uint32_t draws; /* of each bootstrap, at the most: fewer where there are many pairs; 0: no
                       quantiles */
} mu_compare_given;

/* Compares two series; the findings are got from malloc. False without memory. */
bool mu_compare(const mu_compare_given *given, mu_comparison *out);
void mu_comparison_free(mu_comparison *comparison);

/* Does this finding survive: is it unlikely to be luck, after correction? */
bool mu_finding_survives(const mu_pair_finding *finding);
/* +1 the other arm is better in this, -1 worse, 0 neither can be said. */
int mu_finding_sign(const mu_pair_finding *finding);

#endif
