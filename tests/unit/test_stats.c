/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The statistics against published worked examples and tables. */
#include <check.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>

#include "core/random.h"
#include "runner.h"
#include "study/compare.h"

/* Law and Kelton's inventory example: five runs of two policies. */
static const double policy_1[] = {126.97, 124.31, 126.68, 122.66, 127.23};
static const double policy_2[] = {118.21, 120.22, 122.45, 122.68, 119.40};

START_TEST(paired_example) {
    const mu_stat_paired pair = mu_stat_pair(policy_2, policy_1, 5, 0.90);
    ck_assert_double_eq_tol(pair.mean, 4.978, 5e-4);
    ck_assert_double_eq_tol(pair.variance / 5, 2.43827, 5e-6);
    ck_assert_double_eq_tol(pair.low, 1.649, 5e-4);
    ck_assert_double_eq_tol(pair.high, 8.307, 5e-4);
    ck_assert_double_eq_tol(pair.correlation, -0.57, 5e-3);
    ck_assert(pair.reduction < 1); /* pairing made it worse here */
    ck_assert_uint_eq(pair.differing, 5);
}
END_TEST

START_TEST(welch_example) {
    const mu_stat_welch two = mu_stat_two(policy_2, 5, policy_1, 5, 0.90);
    ck_assert_double_eq_tol(two.degrees, 7.992, 5e-4);
    ck_assert_double_eq_tol(two.low, 2.661, 5e-4);
    ck_assert_double_eq_tol(two.high, 7.295, 5e-4);
}
END_TEST

START_TEST(nothing_differs) {
    const mu_stat_paired same = mu_stat_pair(policy_1, policy_1, 5, 0.95);
    ck_assert(same.mean == 0 && same.low == 0 && same.high == 0 && same.p == 1);
    ck_assert_uint_eq(same.differing, 0);
    ck_assert(isnan(same.reduction));
    const mu_stat_paired one = mu_stat_pair(policy_1, policy_2, 1, 0.95);
    ck_assert(isinf(one.low) && isinf(one.high) && one.p == 1);
}
END_TEST

START_TEST(sequential_example) {
    ck_assert_uint_eq(mu_stat_runs_absolute(0.31, 10, 0.25, 0.90), 16);
    ck_assert_uint_eq(mu_stat_runs_relative(2.03, 0.31, 10, 0.10, 0.90), 27);
    ck_assert_uint_eq(mu_stat_runs_absolute(0, 10, 0.25, 0.90), 10);
}
END_TEST

START_TEST(bonferroni_example) {
    ck_assert_double_eq_tol(mu_stat_t(mu_stat_bonferroni(0.90, 4), 9), 2.68501, 5e-6);
}
END_TEST

START_TEST(kim_nelson_table) {
    static const struct {
        uint32_t k, n0;
        double eta, h2;
    } rows[] = {{2, 10, 0.334050, 6.01290},
                {5, 10, 0.634967, 11.42940},
                {5, 20, 0.237238, 9.01506},
                {10, 20, 0.302934, 11.51150}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ck_assert_double_eq_tol(mu_stat_kn_eta(rows[i].k, rows[i].n0, 0.05), rows[i].eta, 5e-7);
        ck_assert_double_eq_tol(mu_stat_kn_h2(rows[i].k, rows[i].n0, 0.05), rows[i].h2, 2e-5);
    }
    const double h2 = mu_stat_kn_h2(5, 10, 0.05);
    ck_assert_uint_eq(mu_stat_kn_runs(h2, 40, 2), 114);
    ck_assert_double_eq_tol(mu_stat_kn_width(h2, 40, 2, 10), 10.4294, 5e-5);
    ck_assert(mu_stat_kn_width(h2, 40, 2, 200) == 0);
}
END_TEST

START_TEST(two_stage_constants) {
    ck_assert_double_eq_tol(mu_stat_dudewicz(2, 20, 0.90), 1.896, 6e-4);
    ck_assert_double_eq_tol(mu_stat_dudewicz(3, 20, 0.90), 2.342, 6e-4);
    ck_assert_double_eq_tol(mu_stat_dudewicz(5, 20, 0.90), 2.747, 6e-4);
    ck_assert_double_eq_tol(mu_stat_dudewicz(2, 20, 0.95), 2.452, 6e-4);
    ck_assert_double_eq_tol(mu_stat_dudewicz(5, 20, 0.95), 3.258, 6e-4);
    ck_assert_double_eq_tol(mu_stat_rinott(2, 20, 0.95), 2.452, 6e-4);
    ck_assert_double_eq_tol(mu_stat_rinott(5, 20, 0.95), 3.385, 6e-4);
    ck_assert_double_eq_tol(mu_stat_rinott(10, 20, 0.95), 3.875, 6e-4);
}
END_TEST

START_TEST(quantile_intervals) {
    ck_assert_double_eq_tol(mu_stat_quantile_coverage(100, 0.5, 40, 61), 0.9648, 5e-5);
    ck_assert_double_eq_tol(mu_stat_quantile_coverage(100, 0.9, 84, 96), 0.95569, 5e-6);
    ck_assert_double_eq_tol(mu_stat_quantile_coverage(200, 0.95, 184, 197), 0.96715, 5e-6);
    ck_assert_double_eq_tol(mu_stat_quantile_coverage(1000, 0.95, 936, 964), 0.95810, 5e-6);
    uint64_t low, high;
    double coverage;
    ck_assert(mu_stat_quantile_ranks(100, 0.5, 0.95, &low, &high, &coverage));
    ck_assert(coverage >= 0.95 && high - low <= 21);
    ck_assert(!mu_stat_quantile_ranks(10, 0.99, 0.95, &low, &high, &coverage));
    ck_assert_uint_eq(mu_stat_wilks_one(0.95, 0.95), 59);
    ck_assert_uint_eq(mu_stat_wilks_two(0.95, 0.95), 93);
}
END_TEST

/* Approval of a prime minister asked twice of 1,600 persons (Agresti, Categorical Data Analysis,
 * section 10.1): 150 changed to no and 86 to yes. */
START_TEST(paired_proportions) {
    double low, high;
    mu_stat_paired_shares(1600, 86, 150, false, 0.95, &low, &high);
    ck_assert_double_eq_tol(low, -0.0587, 1e-4);
    ck_assert_double_eq_tol(high, -0.0213, 1e-4);
    ck_assert(mu_stat_mcnemar(86, 150) < 1e-4);
    ck_assert_double_eq_tol(mu_stat_mcnemar(0, 5), 0.0625, 1e-12); /* 2 / 2^5 */
    ck_assert_double_eq_tol(mu_stat_mcnemar(1, 4), 0.375, 1e-12);  /* 2 (1 + 5) / 2^5 */
    ck_assert(mu_stat_mcnemar(0, 0) == 1 && mu_stat_mcnemar(3, 3) == 1);
    mu_stat_paired_shares(20, 0, 0, true, 0.95, &low, &high);
    ck_assert(low < 0 && high > 0); /* no change seen is not certainty of none */
}
END_TEST

START_TEST(holm_steps_down) {
    double p[] = {0.04, 0.01, 0.03, 0.005};
    ck_assert(mu_stat_holm(p, 4));
    ck_assert_double_eq_tol(p[3], 0.02, 1e-12);
    ck_assert_double_eq_tol(p[1], 0.03, 1e-12);
    ck_assert_double_eq_tol(p[2], 0.06, 1e-12);
    ck_assert_double_eq_tol(p[0], 0.06, 1e-12); /* never below one before it */
}
END_TEST

enum { STUDIES = 1000, RUNS = 60 };

/* Pairs that share most of their luck, skewed as times are; the mean difference is 5, and the
 * difference of medians as well. */
static void draw(uint32_t study, double *x, double *y) {
    mu_stream stream;
    mu_stream_open(&stream, 7, study, MU_PURPOSE_STUDY, 1, 0);
    for (int i = 0; i < RUNS; i++) {
        const double shared = gsl_ran_gamma(&stream.rng, 4, 20);
        x[i] = shared + gsl_ran_gaussian(&stream.rng, 10);
        y[i] = shared + 5 + gsl_ran_gaussian(&stream.rng, 10);
    }
}

START_TEST(intervals_cover) {
    double x[RUNS], y[RUNS];
    int mean = 0, median = 0, welch = 0;
    for (uint32_t study = 0; study < STUDIES; study++) {
        draw(study, x, y);
        const mu_stat_paired pair = mu_stat_pair(x, y, RUNS, 0.95);
        mean += pair.low <= 5 && 5 <= pair.high;
        const mu_stat_welch two = mu_stat_two(x, RUNS, y, RUNS, 0.95);
        welch += two.low <= 5 && 5 <= two.high;
        mu_stat_quantile quantile;
        ck_assert(mu_stat_quantile_difference(x, y, RUNS, 0.5, 0.95, 400, study, &quantile));
        median += quantile.low <= 5 && 5 <= quantile.high;
    }
    ck_assert_msg(930 <= mean && mean <= 970, "%d", mean);
    ck_assert_msg(930 <= median && median <= 970, "%d", median);
    ck_assert_msg(welch > 990, "%d", welch); /* blind to what the pairs share */
}
END_TEST

/* Yes or no in pairs: 0.6 met in both, 0.15 gained, 0.05 lost, so the difference is 0.1. */
START_TEST(share_intervals_cover) {
    int covered = 0;
    for (uint32_t study = 0; study < STUDIES; study++) {
        uint64_t gained = 0, lost = 0;
        double low, high;
        mu_stream stream;
        mu_stream_open(&stream, 8, study, MU_PURPOSE_STUDY, 3, 0);
        for (int i = 0; i < 200; i++) {
            const double luck = mu_stream_uniform(&stream);
            gained += luck < 0.15;
            lost += luck >= 0.15 && luck < 0.2;
        }
        mu_stat_paired_shares(200, gained, lost, true, 0.95, &low, &high);
        covered += low <= 0.1 && 0.1 <= high;
    }
    ck_assert_msg(930 <= covered && covered <= 970, "%d", covered);
}
END_TEST

START_TEST(sections_of_many) {
    const uint64_t count = 40000;
    double *x = malloc(count * sizeof *x), *y = malloc(count * sizeof *y);
    mu_stream stream;
    mu_stream_open(&stream, 3, 0, MU_PURPOSE_STUDY, 2, 0);
    for (uint64_t i = 0; i < count; i++) {
        x[i] = gsl_ran_exponential(&stream.rng, 100);
        y[i] = x[i] * 1.1;
    }
    mu_stat_quantile q;
    ck_assert(mu_stat_quantile_difference(x, y, count, 0.95, 0.95, 400, 1, &q));
    ck_assert(q.low < q.difference && q.difference < q.high);
    ck_assert_double_eq_tol(q.difference, 0.1 * 299.573, 1.0); /* -100 ln 0.05, a tenth of it */
    ck_assert(q.low > 25 && q.high < 35);
    uint64_t below = 0; /* the 95 % quantile is the 38,000th in order */
    for (uint64_t i = 0; i < count; i++) {
        below += x[i] <= q.x;
    }
    ck_assert_uint_eq(below, 38000);
    free(x);
    free(y);
}
END_TEST

/* Runs 1, 2 and 4 are in both series; what the others measured counts nowhere. */
START_TEST(only_the_same_luck_is_paired) {
    static uint32_t of_x[] = {0, 1, 2, 4}, of_y[] = {1, 2, 3, 4, 9};
    static const double x[] = {500, 10, 20, 40}, y[] = {11, 22, 900, 41, 900};
    double in_x[4][MU_MEASURE_COUNT], in_y[5][MU_MEASURE_COUNT];
    for (uint32_t m = 0; m < MU_MEASURE_COUNT; m++) {
        for (uint32_t i = 0; i < 5; i++) {
            in_x[i < 4 ? i : 3][m] = in_y[i][m] = (double)NAN;
        }
    }
    for (uint32_t i = 0; i < 4; i++) {
        in_x[i][0] = x[i];
    }
    for (uint32_t i = 0; i < 5; i++) {
        in_y[i][0] = y[i];
    }
    const mu_series one = {.count = 4, .replications = of_x, .measures = in_x};
    const mu_series other = {.count = 5, .replications = of_y, .measures = in_y};
    for (int turned = 0; turned < 2; turned++) {
        mu_comparison found = {0};
        ck_assert(mu_compare(&(mu_compare_given){.x = turned ? &other : &one,
                                                 .y = turned ? &one : &other,
                                                 .horizon_s = 1000,
                                                 .level = 0.95},
                             &found));
        ck_assert_uint_eq(found.pairs, 3);
        ck_assert_uint_eq(found.count, 1);
        ck_assert_double_eq_tol(found.findings[0].pair.mean, (turned ? -4 : 4) / 3.0, 1e-9);
        mu_comparison_free(&found);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("stats");
    TCase *tests = tcase_create("stats");
    tcase_add_test(tests, paired_example);
    tcase_add_test(tests, welch_example);
    tcase_add_test(tests, nothing_differs);
    tcase_add_test(tests, sequential_example);
    tcase_add_test(tests, bonferroni_example);
    tcase_add_test(tests, kim_nelson_table);
    tcase_add_test(tests, two_stage_constants);
    tcase_add_test(tests, quantile_intervals);
    tcase_add_test(tests, paired_proportions);
    tcase_add_test(tests, holm_steps_down);
    tcase_add_test(tests, intervals_cover);
    tcase_add_test(tests, share_intervals_cover);
    tcase_add_test(tests, sections_of_many);
    tcase_add_test(tests, only_the_same_luck_is_paired);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
