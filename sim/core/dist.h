/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A distribution as a planner writes it, and one draw from it through GSL. */
#ifndef MU_CORE_DIST_H
#define MU_CORE_DIST_H

#include <gsl/gsl_rng.h>

typedef enum mu_dist_kind {
    MU_DIST_CONSTANT,    /* a = value */
    MU_DIST_UNIFORM,     /* a = low, b = high */
    MU_DIST_TRIANGULAR,  /* a = low, b = mode, c = high */
    MU_DIST_NORMAL,      /* a = mean, b = sd; redrawn until not negative */
    MU_DIST_LOGNORMAL,   /* a = median, b = sigma of the logarithm */
    MU_DIST_EXPONENTIAL, /* a = mean */
    MU_DIST_GAMMA,       /* a = mean, b = sd */
    MU_DIST_WEIBULL      /* a = scale, b = shape */
} mu_dist_kind;

/* The unit is that of the field that holds it (seconds, where the field's name ends in _s). */
typedef struct mu_dist {
    mu_dist_kind kind;
    double a, b, c;
    const char *source; /* where the numbers come from; may be NULL */
} mu_dist;

/* One draw, never negative, never NaN. A mu_dist of zeros is the constant 0. */
double mu_dist_draw(const mu_dist *dist, const gsl_rng *rng);
/* The mean, in closed form. For the normal: the mean before truncation. */
double mu_dist_mean(const mu_dist *dist);
/* What a share (0 < share < 1) of the draws lie below. For the normal: of what is not negative. */
double mu_dist_quantile(const mu_dist *dist, double share);

#endif
