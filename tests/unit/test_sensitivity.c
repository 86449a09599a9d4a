/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Morris's effects and Sobol's indices of functions whose answers are known. */
#include <check.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_qrng.h>
#include <math.h>
#include <stdlib.h>

#include "runner.h"
#include "study/sensitivity.h"

enum { FACTORS = 3, TRAJECTORIES = 12, SAMPLES = 4096 };

static double plane(const double *x) {
    return 3 * x[0] - 2 * x[1];
}

/* A plane has the same effect everywhere; what is not in it has none. */
START_TEST(morris_of_a_plane) {
    const uint32_t count = mu_morris_points(FACTORS, TRAJECTORIES);
    double *y = calloc(count, sizeof *y), x[FACTORS];
    mu_sensitivity of[FACTORS];
    for (uint32_t p = 0; p < count; p++) {
        mu_morris_point(11, FACTORS, p, x);
        for (int k = 0; k < FACTORS; k++) {
            ck_assert(x[k] > -1e-12 && x[k] < 1 + 1e-12);
        }
        y[p] = plane(x);
    }
    mu_morris_effects(11, FACTORS, TRAJECTORIES, y, of);
    ck_assert_double_eq_tol(of[0].total, 3, 1e-9);
    ck_assert_double_eq_tol(of[0].first, 3, 1e-9);
    ck_assert_double_eq_tol(of[1].total, 2, 1e-9);
    ck_assert_double_eq_tol(of[1].first, -2, 1e-9);
    ck_assert_double_eq_tol(of[2].total, 0, 1e-9);
    ck_assert_double_eq_tol(of[0].spread, 0, 1e-9);
    free(y);
}
END_TEST

/* Effects of both signs cancel in the mean and not in the mean of sizes. */
START_TEST(morris_of_an_interaction) {
    const uint32_t count = mu_morris_points(2, 40);
    double *y = calloc(count, sizeof *y), x[2];
    mu_sensitivity of[2];
    for (uint32_t p = 0; p < count; p++) {
        mu_morris_point(5, 2, p, x);
        y[p] = (x[0] - 0.5) * (x[1] - 0.5);
    }
    mu_morris_effects(5, 2, 40, y, of);
    ck_assert_double_gt(of[0].total, 0.2);
    ck_assert_double_lt(fabs(of[0].first), of[0].total / 2);
    ck_assert_double_gt(of[0].spread, 0.2);
    free(y);
}
END_TEST

/* Ishigami and Homma (1990) with a = 7, b = 0.1: S = 0.3139, 0.4424, 0; total 0.5576, 0.4424,
 * 0.2437 (Saltelli et al. 2008, 'Global Sensitivity Analysis. The Primer', section 4.6). */
static double ishigami(const double *share) {
    double x[FACTORS];
    for (int k = 0; k < FACTORS; k++) {
        x[k] = M_PI * (2 * share[k] - 1);
    }
    return sin(x[0]) + 7 * sin(x[1]) * sin(x[1]) + 0.1 * pow(x[2], 4) * sin(x[0]);
}

START_TEST(indices_of_ishigami) {
    const uint32_t count = mu_indices_points(FACTORS, SAMPLES);
    double *y = calloc(count, sizeof *y), sample[2 * FACTORS], x[FACTORS];
    mu_sensitivity of[FACTORS];
    gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, 2 * FACTORS);
    for (uint32_t p = 0; p < count; p++) {
        if (p % (FACTORS + 2) == 0) {
            (void)gsl_qrng_get(sequence, sample);
        }
        mu_indices_point(FACTORS, p, sample, x);
        y[p] = ishigami(x);
    }
    gsl_qrng_free(sequence);
    mu_indices(FACTORS, SAMPLES, y, of);
    static const double first[] = {0.3139, 0.4424, 0}, total[] = {0.5576, 0.4424, 0.2437};
    for (int k = 0; k < FACTORS; k++) {
        ck_assert_double_eq_tol(of[k].first, first[k], 0.02);
        ck_assert_double_eq_tol(of[k].total, total[k], 0.02);
    }
    free(y);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("sensitivity");
    TCase *tests = tcase_create("sensitivity");
    tcase_add_test(tests, morris_of_a_plane);
    tcase_add_test(tests, morris_of_an_interaction);
    tcase_add_test(tests, indices_of_ishigami);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
