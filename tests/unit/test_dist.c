/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws against closed forms: mean, variance and three quantiles of each distribution, and what
 * must hold of every draw. */
#include <check.h>
#include <float.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>
#include <math.h>
#include <stdlib.h>

#include "core/dist.h"
#include "core/dist_form.h"
#include "runner.h"

enum { DRAWS = 200000 };

static const struct {
    mu_dist dist;
    double mean, variance;
    double quartiles[3]; /* at 1/4, 1/2, 3/4 */
} known[] = {
    {{MU_DIST_CONSTANT, 12.5, 0, 0, NULL}, 12.5, 0, {12.5, 12.5, 12.5}},
    {{MU_DIST_UNIFORM, 10, 30, 0, NULL}, 20, 400.0 / 12, {15, 20, 25}},
    /* Kotz and van Dorp 2004: mean (a+m+b)/3, variance (a2+m2+b2-am-ab-mb)/18. */
    {{MU_DIST_TRIANGULAR, 0, 3, 12, NULL}, 5, 6.5, {3, 12 - 7.348469228, 12 - 5.196152423}},
    {{MU_DIST_TRIANGULAR, 2, 2, 4, NULL}, 8.0 / 3, 4.0 / 18, {4 - 1.732050808, 4 - 1.414213562, 3}},
    {{MU_DIST_NORMAL, 60, 5, 0, NULL}, 60, 25, {56.627551, 60, 63.372449}},
    /* Median 30, sigma 0.7: mean 30 exp(0.245), variance mean2 (exp(0.49) - 1). */
    {{MU_DIST_LOGNORMAL, 30, 0.7, 0, NULL},
     38.32863945,
     928.9260,
     {30 * 0.623665, 30, 30 * 1.603425}},
    {{MU_DIST_EXPONENTIAL, 40, 0, 0, NULL},
     40,
     1600,
     {40 * 0.287682072, 40 * 0.693147181, 40 * 1.386294361}},
    /* Shape 4, scale 5; quartiles of the chi-squared law with 8 degrees of freedom, times 5/2. */
    {{MU_DIST_GAMMA, 20, 10, 0, NULL}, 20, 100, {2.5 * 5.070640, 2.5 * 7.344121, 2.5 * 10.218855}},
    /* Shape 2 is Rayleigh's law: mean scale sqrt(pi)/2, variance scale2 (1 - pi/4). */
    {{MU_DIST_WEIBULL, 10, 2, 0, NULL},
     8.862269255,
     21.46018366,
     {5.363600213, 8.325546112, 11.774100226}},
};

static double *draw_many(const mu_dist *dist, unsigned long seed) {
    double *values = malloc(DRAWS * sizeof *values);
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    ck_assert(values && rng);
    gsl_rng_set(rng, seed);
    for (size_t i = 0; i < DRAWS; i++) {
        values[i] = mu_dist_draw(dist, rng);
    }
    gsl_rng_free(rng);
    return values;
}

START_TEST(quantiles_are_those_of_the_closed_forms) {
    for (size_t k = 0; k < sizeof known / sizeof known[0]; k++) {
        for (int q = 0; q < 3; q++) {
            const double found = mu_dist_quantile(&known[k].dist, 0.25 * (q + 1));
            ck_assert_double_eq_tol(found, known[k].quartiles[q], 2e-5 * known[k].quartiles[q]);
        }
    }
    /* Cut at 0, half of a normal around 0 remains: its median is the third quartile of the whole.
     */
    const mu_dist half = {MU_DIST_NORMAL, 0, 10, 0, NULL};
    ck_assert_double_eq_tol(mu_dist_quantile(&half, 0.5), 6.744898, 1e-5);
}
END_TEST

START_TEST(moments_are_those_of_the_closed_forms) {
    const double mean = known[_i].mean, variance = known[_i].variance;
    double *values = draw_many(&known[_i].dist, 20260915);
    /* Five standard errors of the mean; the variance, whose error depends on the fourth moment,
     * within 5 %. Seeds are fixed: this does not fail by chance. */
    ck_assert_double_eq_tol(gsl_stats_mean(values, 1, DRAWS), mean,
                            5 * sqrt(variance / DRAWS) + 1e-12);
    ck_assert_double_eq_tol(gsl_stats_variance_m(values, 1, DRAWS, mean), variance,
                            0.05 * variance + 1e-12);
    ck_assert_double_eq_tol(mu_dist_mean(&known[_i].dist), mean, 1e-6 * mean);
    free(values);
}
END_TEST

START_TEST(quartiles_are_those_of_the_closed_forms) {
    double *values = draw_many(&known[_i].dist, 4);
    gsl_sort(values, 1, DRAWS);
    for (int i = 0; i < 3; i++) {
        const double at = gsl_stats_quantile_from_sorted_data(values, 1, DRAWS, 0.25 * (i + 1));
        ck_assert_double_eq_tol(at, known[_i].quartiles[i], 0.02 * known[_i].quartiles[i]);
    }
    free(values);
}
END_TEST

START_TEST(normal_is_redrawn_until_not_negative) {
    const mu_dist dist = {MU_DIST_NORMAL, 1, 2, 0, NULL};
    double *values = draw_many(&dist, 5);
    /* The mean of a normal cut at 0: m + s phi(a)/(1 - Phi(a)), a = -m/s. */
    const double a = -0.5;
    const double cut_mean = 1 + 2 * exp(-a * a / 2) / sqrt(2 * acos(-1)) / gsl_cdf_ugaussian_Q(a);
    ck_assert_double_ge(gsl_stats_min(values, 1, DRAWS), 0);
    ck_assert_double_eq_tol(gsl_stats_mean(values, 1, DRAWS), cut_mean, 0.02);
    ck_assert_double_eq(mu_dist_mean(&dist), 1);
    free(values);
}
END_TEST

/* Whatever stands in the struct, a draw is a number and not negative. */
START_TEST(draws_are_never_negative_or_nan) {
    static const double parameters[] = {0, 1e-300, 1e-9, 0.5, 1, 20, 1e9, 1e300, -3};
    enum { COUNT = sizeof parameters / sizeof parameters[0] };
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    for (int kind = 0; kind < MU_DIST_KIND_COUNT; kind++) {
        for (int i = 0; i < COUNT * COUNT; i++) {
            mu_dist dist = {(mu_dist_kind)kind, parameters[i / COUNT], parameters[i % COUNT], 0,
                            NULL};
            for (int j = 0; j < 20; j++) {
                const double value = mu_dist_draw(&dist, rng);
                ck_assert_msg(value >= 0 && value <= DBL_MAX, "kind %d, a %g, b %g: %g", kind,
                              dist.a, dist.b, value);
            }
        }
    }
    gsl_rng_free(rng);
}
END_TEST

START_TEST(zeros_are_the_constant_zero) {
    const mu_dist none = {0};
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    ck_assert_double_eq(mu_dist_draw(&none, rng), 0);
    ck_assert_double_eq(mu_dist_mean(&none), 0);
    gsl_rng_free(rng);
}
END_TEST

START_TEST(forms_name_every_parameter) {
    for (int kind = 0; kind < MU_DIST_KIND_COUNT; kind++) {
        const mu_dist_form *form = mu_dist_form_get((mu_dist_kind)kind);
        ck_assert_str_eq(form->word, mu_dist_words()[kind]);
        ck_assert_ptr_nonnull(form->parameters[0].name);
    }
    ck_assert_ptr_null(mu_dist_words()[MU_DIST_KIND_COUNT]);
    ck_assert(mu_dist_form_bounds(MU_DIST_POSITIVE, 0, 9).above_least);
    ck_assert(!mu_dist_form_bounds(MU_DIST_POSITIVE, 0.1, 9).above_least);
}
END_TEST

int main(void) {
    enum { KNOWN = sizeof known / sizeof known[0] };
    Suite *suite = suite_create("dist");
    TCase *draws = tcase_create("draws");
    tcase_set_timeout(draws, 30);
    tcase_add_test(draws, quantiles_are_those_of_the_closed_forms);
    tcase_add_loop_test(draws, moments_are_those_of_the_closed_forms, 0, KNOWN);
    tcase_add_loop_test(draws, quartiles_are_those_of_the_closed_forms, 0, KNOWN);
    tcase_add_test(draws, normal_is_redrawn_until_not_negative);
    tcase_add_test(draws, draws_are_never_negative_or_nan);
    tcase_add_test(draws, zeros_are_the_constant_zero);
    tcase_add_test(draws, forms_name_every_parameter);
    suite_add_tcase(suite, draws);
    return run_suite(suite);
}
