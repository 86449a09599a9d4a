/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How each kind of distribution is written in a file: the names of its parameters and their
 * bounds. The reader, the schema and the reference documentation share this table. */
#ifndef MU_CORE_DIST_FORM_H
#define MU_CORE_DIST_FORM_H

#include <stdbool.h>

#include "core/dist.h"

typedef enum mu_dist_rule {
    MU_DIST_VALUE,    /* within the field's range */
    MU_DIST_POSITIVE, /* within the field's range and above 0 */
    MU_DIST_SPREAD,   /* 0 to the field's largest value */
    MU_DIST_SIGMA,    /* 0..5, of a logarithm */
    MU_DIST_SHAPE     /* 0.1..20 */
} mu_dist_rule;

enum { MU_DIST_KIND_COUNT = MU_DIST_WEIBULL + 1, MU_DIST_PARAMETERS_MOST = 3 };

typedef struct mu_dist_parameter {
    const char *name;
    mu_dist_rule rule;
} mu_dist_parameter;

typedef struct mu_dist_form {
    const char *word;                                      /* the value of "dist" */
    const char *meaning;                                   /* marked with N_() */
    mu_dist_parameter parameters[MU_DIST_PARAMETERS_MOST]; /* a, b, c; name NULL = not used */
} mu_dist_form;

typedef struct mu_dist_bounds {
    double least, most; /* inclusive, */
    bool above_least;   /* but for `least` itself */
} mu_dist_bounds;

/* The rows in the order of mu_dist_kind. */
const mu_dist_form *mu_dist_form_get(mu_dist_kind kind);
/* The words, NULL-terminated. */
const char *const *mu_dist_words(void);
/* The bounds of a parameter in a field whose values lie within least..most. */
mu_dist_bounds mu_dist_form_bounds(mu_dist_rule rule, double least, double most);

#endif
