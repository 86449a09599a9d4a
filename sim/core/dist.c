/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws by GSL. A file gives moments that a planner can measure; here they become the parameters
 * that GSL's functions take. */
#include "core/dist.h"

#include <float.h>
#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

/* By the inverse of the distribution function. */
static double triangular_at(const mu_dist *dist, double u) {
    const double low = dist->a, mode = dist->b, high = dist->c;
    const double width = high - low;
    if (width <= 0) {
        return low;
    }
    const double share = (mode - low) / width; /* of the probability below the mode */
    return u < share ? low + sqrt(u * width * (mode - low))
                     : high - sqrt((1 - u) * width * (high - mode));
}

/* A mean that is not negative makes at least every other draw a good one; the bound only keeps a
 * struct filled in by hand from running on for ever. */
static double draw_normal(const mu_dist *dist, const gsl_rng *rng) {
    for (int i = 0; i < 256; i++) {
        const double value = dist->a + gsl_ran_gaussian(rng, dist->b);
        if (value >= 0) {
            return value;
        }
    }
    return 0;
}

/* With mean m and standard deviation s: shape (m/s)^2, scale s^2/m. Below a spread of a millionth
 * it is the mean, to six digits, and the shape would leave the range of GSL's method. */
static double draw_gamma(const mu_dist *dist, const gsl_rng *rng) {
    const double mean = dist->a, sd = dist->b;
    if (!(sd > 1e-6 * mean)) {
        return mean;
    }
    return gsl_ran_gamma(rng, (mean / sd) * (mean / sd), sd / mean * sd);
}

static double draw(const mu_dist *dist, const gsl_rng *rng) {
    switch (dist->kind) {
    case MU_DIST_CONSTANT:
        return dist->a;
    case MU_DIST_UNIFORM:
        return dist->a + (dist->b - dist->a) * gsl_rng_uniform(rng);
    case MU_DIST_TRIANGULAR:
        return triangular_at(dist, gsl_rng_uniform(rng));
    case MU_DIST_NORMAL:
        return draw_normal(dist, rng);
    case MU_DIST_LOGNORMAL:
        return dist->a * exp(gsl_ran_gaussian(rng, dist->b));
    case MU_DIST_EXPONENTIAL:
        return gsl_ran_exponential(rng, dist->a);
    case MU_DIST_GAMMA:
        return draw_gamma(dist, rng);
    case MU_DIST_WEIBULL:
        return gsl_ran_weibull(rng, dist->a, dist->b);
    }
    return 0;
}

double mu_dist_draw(const mu_dist *dist, const gsl_rng *rng) {
    const double value = draw(dist, rng);
    return value > 0 ? fmin(value, DBL_MAX) : 0; /* the comparison turns NaN into 0 as well */
}

double mu_dist_mean(const mu_dist *dist) {
    switch (dist->kind) {
    case MU_DIST_CONSTANT:
    case MU_DIST_NORMAL:
    case MU_DIST_EXPONENTIAL:
    case MU_DIST_GAMMA:
        return dist->a;
    case MU_DIST_UNIFORM:
        return (dist->a + dist->b) / 2;
    case MU_DIST_TRIANGULAR:
        return (dist->a + dist->b + dist->c) / 3;
    case MU_DIST_LOGNORMAL:
        return dist->a * exp(dist->b * dist->b / 2);
    case MU_DIST_WEIBULL:
        return dist->a * tgamma(1 + 1 / dist->b);
    }
    return 0;
}

static double normal_quantile(const mu_dist *dist, double share) {
    if (dist->b <= 0) {
        return dist->a;
    }
    const double below = gsl_cdf_gaussian_P(-dist->a, dist->b); /* what is drawn again */
    return dist->a + gsl_cdf_gaussian_Pinv(below + share * (1 - below), dist->b);
}

double mu_dist_quantile(const mu_dist *dist, double share) {
    switch (dist->kind) {
    case MU_DIST_CONSTANT:
        return dist->a;
    case MU_DIST_UNIFORM:
        return dist->a + (dist->b - dist->a) * share;
    case MU_DIST_TRIANGULAR:
        return triangular_at(dist, share);
    case MU_DIST_NORMAL:
        return normal_quantile(dist, share);
    case MU_DIST_LOGNORMAL:
        return dist->a * exp(dist->b * gsl_cdf_ugaussian_Pinv(share));
    case MU_DIST_EXPONENTIAL:
        return gsl_cdf_exponential_Pinv(share, dist->a);
    case MU_DIST_GAMMA:
        return dist->b > 1e-6 * dist->a
                   ? gsl_cdf_gamma_Pinv(share, (dist->a / dist->b) * (dist->a / dist->b),
                                        dist->b / dist->a * dist->b)
                   : dist->a;
    case MU_DIST_WEIBULL:
        return gsl_cdf_weibull_Pinv(share, dist->a, dist->b);
    }
    return 0;
}
