/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranking and selection. The constants of two-stage procedures are roots of an integral over the
 * chi-square or t distribution, found by Gauss-Legendre quadrature and bisection. */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_randist.h>
#include <math.h>

#include "study/stats.h"

double mu_stat_kn_eta(uint32_t systems, uint32_t first, double alpha) {
    return 0.5 * (pow(2 * alpha / (systems - 1), -2.0 / (first - 1)) - 1);
}

double mu_stat_kn_h2(uint32_t systems, uint32_t first, double alpha) {
    return 2 * mu_stat_kn_eta(systems, first, alpha) * (first - 1);
}

uint64_t mu_stat_kn_runs(double h2, double variance, double indifference) {
    return (uint64_t)floor(h2 * variance / (indifference * indifference));
}

double mu_stat_kn_width(double h2, double variance, double indifference, uint64_t runs) {
    const double r = (double)runs;
    return fmax(0, indifference / (2 * r) * (h2 * variance / (indifference * indifference) - r));
}

enum { NODES = 128 }; /* GSL has the table for this number ready */

/* An integral from `from` to `to`. */
static double integrate(double (*f)(double x, const double *p), const double *p, double from,
                        double to) {
    gsl_integration_glfixed_table *table = gsl_integration_glfixed_table_alloc(NODES);
    double sum = 0;
    for (size_t i = 0; table != NULL && i < NODES; i++) {
        double x, weight;
        (void)gsl_integration_glfixed_point(from, to, i, &x, &weight, table);
        sum += weight * f(x, p);
    }
    if (table != NULL) {
        gsl_integration_glfixed_table_free(table);
    }
    return sum;
}

/* p: h, degrees, k; then for the inner integral the outer variable. */
static double dudewicz_at(double x, const double *p) {
    return pow(gsl_cdf_tdist_P(x + p[0], p[1]), p[2] - 1) * gsl_ran_tdist_pdf(x, p[1]);
}

static double rinott_inner(double y, const double *p) {
    return gsl_cdf_ugaussian_P(p[0] / sqrt(p[1] * (1 / p[3] + 1 / y))) * gsl_ran_chisq_pdf(y, p[1]);
}

static double chisq_end(double degrees) {
    return gsl_cdf_chisq_Pinv(1 - 1e-12, degrees);
}

static double rinott_at(double x, const double *p) {
    const double inner[4] = {p[0], p[1], p[2], x};
    return pow(integrate(rinott_inner, inner, 1e-9, chisq_end(p[1])), p[2] - 1) *
           gsl_ran_chisq_pdf(x, p[1]);
}

/* The h at which the integral reaches the probability. */
static double root(double (*f)(double x, const double *p), double degrees, uint32_t systems,
                   double from, double to, double probability) {
    double low = 0, high = 20;
    while (high - low > 1e-5) {
        const double h = (low + high) / 2;
        const double p[3] = {h, degrees, systems};
        if (integrate(f, p, from, to) < probability) {
            low = h;
        } else {
            high = h;
        }
    }
    return high;
}

double mu_stat_rinott(uint32_t systems, uint32_t first, double probability) {
    return root(rinott_at, first - 1, systems, 1e-9, chisq_end(first - 1), probability);
}

double mu_stat_dudewicz(uint32_t systems, uint32_t first, double probability) {
    return root(dudewicz_at, first - 1, systems, -30, 30, probability);
}
