/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of distributions as files write them. Means, medians and scales are in the unit of the
 * field, so that a planner can compare them with a stop-watch. */
#include "core/dist_form.h"

#include "core/i18n.h"

static const mu_dist_form forms[MU_DIST_KIND_COUNT] = {
    [MU_DIST_CONSTANT] = {"constant", N_("always the same"), {{"value", MU_DIST_VALUE}}},
    [MU_DIST_UNIFORM] = {"uniform",
                         N_("anywhere between low and high"),
                         {{"low", MU_DIST_VALUE}, {"high", MU_DIST_VALUE}}},
    [MU_DIST_TRIANGULAR] = {"triangular",
                            N_("between low and high, most often near mode"),
                            {{"low", MU_DIST_VALUE},
                             {"mode", MU_DIST_VALUE},
                             {"high", MU_DIST_VALUE}}},
    [MU_DIST_NORMAL] = {"normal",
                        N_("around a mean, drawn again until it is not negative"),
                        {{"mean", MU_DIST_VALUE}, {"sd", MU_DIST_SPREAD}}},
    [MU_DIST_LOGNORMAL] = {"lognormal",
                           N_("half below the median, with a long tail above it"),
                           {{"median", MU_DIST_POSITIVE}, {"sigma", MU_DIST_SIGMA}}},
    [MU_DIST_EXPONENTIAL] = {"exponential",
                             N_("time to something that may happen at any moment"),
                             {{"mean", MU_DIST_POSITIVE}}},
    [MU_DIST_GAMMA] = {"gamma",
                       N_("a sum of waiting times, given by mean and standard deviation"),
                       {{"mean", MU_DIST_POSITIVE}, {"sd", MU_DIST_POSITIVE}}},
    [MU_DIST_WEIBULL] = {"weibull",
                         N_("time to failure: shape above 1 where age tells"),
                         {{"scale", MU_DIST_POSITIVE}, {"shape", MU_DIST_SHAPE}}},
};

static const char *const words[] = {"constant",    "uniform", "triangular", "normal", "lognormal",
                                    "exponential", "gamma",   "weibull",    NULL};

const mu_dist_form *mu_dist_form_get(mu_dist_kind kind) {
    return &forms[kind];
}

const char *const *mu_dist_words(void) {
    return words;
}

mu_dist_bounds mu_dist_form_bounds(mu_dist_rule rule, double least, double most) {
    switch (rule) {
    case MU_DIST_VALUE:
        break;
    case MU_DIST_POSITIVE:
        return (mu_dist_bounds){least, most, least <= 0};
    case MU_DIST_SPREAD:
        return (mu_dist_bounds){0, most, false};
    case MU_DIST_SIGMA:
        return (mu_dist_bounds){0, 5, false};
    case MU_DIST_SHAPE:
        return (mu_dist_bounds){0.1, 20, false};
    }
    return (mu_dist_bounds){least, most, false};
}
