/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The measures of one run, from what its log left behind. */
#ifndef MU_STUDY_MEASURE_H
#define MU_STUDY_MEASURE_H

#include "drill/findings.h"
#include "study/measure_list.h"

typedef enum mu_better {
    MU_BETTER_NONE, /* a count that is neither good nor bad by itself */
    MU_BETTER_LESS,
    MU_BETTER_MORE
} mu_better;

/* "none", "less", "more" */
extern const char *const mu_better_words[];

typedef enum mu_measure {
#define MU_MEASURE(name, unit, better, censored, meaning) MU_MEASURE_##name,
    MU_MEASURES
#undef MU_MEASURE
        MU_MEASURE_COUNT
} mu_measure;

typedef struct mu_measure_info {
    const char *name, *unit;
    mu_better better;
    bool censored;       /* a time that may not come within the run: INFINITY then */
    const char *meaning; /* marked with N_() */
} mu_measure_info;

/* which < MU_MEASURE_COUNT */
mu_measure_info mu_measure_get(uint32_t which);
/* MU_MEASURE_COUNT where there is none of this name. */
uint32_t mu_measure_find(const char *name);

/* What the value of a clause is, by which it is judged. */
typedef enum mu_value_kind {
    MU_VALUE_TIME,  /* that passed, in seconds; it may never end */
    MU_VALUE_SHARE, /* of those to be reached */
    MU_VALUE_NUMBER /* measured, in the unit of the demand */
} mu_value_kind;
/* The word that result files use: "time", "share", "number". */
extern const char *const mu_value_words[];
mu_value_kind mu_clause_value_of(const mu_clause *clause);
/* "number" where a measured number has no unit. */
const char *mu_clause_value_unit(const mu_clause *clause);
mu_better mu_clause_better(const mu_clause *clause);

enum { MU_CURVE_POINTS = 20 };

/* All measures of a run; NAN where a run has nothing to say (no casualties, no gas). `curve` gets
 * the times at which 5, 10, … 100 % of those indoors had left, INFINITY where they did not. */
MU_MUST_USE mu_status mu_measure_read(const mu_plan *plan, const mu_replicate *run,
                                      double out[MU_MEASURE_COUNT], double curve[MU_CURVE_POINTS]);

#endif
