/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pre-movement times against the published rows of PD 7974-6, and free speeds against the tables
 * they are taken from. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "crowd/premovement.h"
#include "crowd/speed.h"
#include "runner.h"

static const double normal_95 = 1.6448536269514722;

/* First and last percentile, parameters of the logarithm, median, mean and 95th percentile, worked
 * out by hand from the rows of PD 7974-6:2004, Table C.1. */
static const struct {
    double first_s, last_s, mu, sigma, median_s, mean_s, p95_s;
    mu_training training;
    bool familiar, incremental;
} rows[] = {
    {30, 60, 3.74777, 0.148978, 42.426, 42.900, 54.207, MU_TRAINING_M1, true, false},
    {30, 90, 3.95050, 0.236124, 51.962, 53.430, 76.623, MU_TRAINING_M1, true, true},
    {60, 120, 4.44092, 0.148978, 84.853, 85.800, 108.415, MU_TRAINING_M2, true, false},
    {30, 120, 4.09434, 0.297955, 60.000, 62.723, 97.948, MU_TRAINING_M1, false, false},
    {30, 150, 4.20592, 0.345915, 67.082, 71.218, 118.498, MU_TRAINING_M1, false, true},
    {60, 180, 4.64365, 0.236124, 103.923, 106.861, 153.245, MU_TRAINING_M2, false, false},
};

START_TEST(published_rows) {
    const mu_premovement p =
        mu_premovement_of(rows[_i].familiar, rows[_i].training, 1, rows[_i].incremental);
    ck_assert_double_eq_tol(p.first_s, rows[_i].first_s, 1e-9);
    ck_assert_double_eq_tol(p.last_s, rows[_i].last_s, 1e-9);
    ck_assert_double_eq_tol(p.mu, rows[_i].mu, 1e-5);
    ck_assert_double_eq_tol(p.sigma, rows[_i].sigma, 1e-6);
    ck_assert_double_eq_tol(exp(p.mu), rows[_i].median_s, 1e-3);
    ck_assert_double_eq_tol(exp(p.mu + p.sigma * p.sigma / 2), rows[_i].mean_s, 1e-3);
    ck_assert_double_eq_tol(exp(p.mu + normal_95 * p.sigma), rows[_i].p95_s, 1e-3);
}
END_TEST

START_TEST(percentiles_come_back) {
    const double normal_99 = 2.3263478740408408;
    for (int familiar = 0; familiar < 2; familiar++) {
        for (int t = MU_TRAINING_M1; t <= MU_TRAINING_M3; t++) {
            for (int b = 1; b <= 3; b++) {
                const mu_premovement p = mu_premovement_of(familiar, (mu_training)t, b, _i);
                ck_assert_double_lt(p.first_s, p.last_s);
                ck_assert_double_eq_tol(exp(p.mu - normal_99 * p.sigma), p.first_s, 1e-6);
                ck_assert_double_eq_tol(exp(p.mu + normal_99 * p.sigma), p.last_s, 1e-6);
            }
        }
    }
}
END_TEST

START_TEST(complexity_adds_way_finding) {
    const double first_b[3] = {30, 60, 90}, first_a[3] = {30, 30, 60};
    for (int b = 1; b <= 3; b++) {
        const mu_premovement unfamiliar = mu_premovement_of(false, MU_TRAINING_M1, b, false);
        const mu_premovement familiar = mu_premovement_of(true, MU_TRAINING_M1, b, false);
        ck_assert_double_eq_tol(unfamiliar.first_s, first_b[b - 1], 1e-9);
        ck_assert_double_eq_tol(unfamiliar.last_s - unfamiliar.first_s, 90, 1e-9);
        ck_assert_double_eq_tol(familiar.first_s, first_a[b - 1], 1e-9);
    }
    /* Out of range counts as the nearest grade. */
    ck_assert_double_eq(mu_premovement_of(false, MU_TRAINING_M1, 9, false).first_s, 90);
    ck_assert_double_eq(mu_premovement_of(false, MU_TRAINING_M1, 0, false).first_s, 30);
}
END_TEST

START_TEST(nobody_in_charge) {
    const mu_premovement p = mu_premovement_of(true, MU_TRAINING_M3, 1, false);
    const mu_premovement m2 = mu_premovement_of(true, MU_TRAINING_M2, 1, false);
    ck_assert_double_eq(p.first_s, 900);
    ck_assert_double_eq_tol(p.sigma, m2.sigma, 1e-12);
}
END_TEST

/* Mean and range of many draws. */
static const struct {
    mu_mobility mobility;
    double least_mps, most_mps, mean_mps, tolerance_mps;
} gaits[] = {
    {MU_MOBILITY_ADULT, 0.95, 1.55, 1.25, 0.01},
    {MU_MOBILITY_ELDERLY, 0.50, 1.10, 0.80, 0.01},
    /* Truncation moves the mean: by at most half a standard deviation here. */
    {MU_MOBILITY_STICK, 0.26, 1.60, 0.84, 0.04},
    {MU_MOBILITY_CRUTCHES, 0.63, 1.35, 0.97, 0.04},
    {MU_MOBILITY_FRAME, 0.10, 1.02, 0.57, 0.03},
    {MU_MOBILITY_WHEELCHAIR, 0.13, 1.35, 0.72, 0.04},
};

START_TEST(free_speeds) {
    enum { DRAWS = 20000 };
    double sum = 0;
    for (uint32_t d = 0; d < DRAWS; d++) {
        mu_stream stream;
        mu_stream_open(&stream, 7, 0, MU_PURPOSE_BODY, d, 0);
        const mu_gait gait = mu_gait_draw(gaits[_i].mobility, &stream);
        ck_assert_double_ge(gait.level_mps, gaits[_i].least_mps);
        ck_assert_double_le(gait.level_mps, gaits[_i].most_mps);
        if (gaits[_i].mobility == MU_MOBILITY_WHEELCHAIR) {
            ck_assert_double_eq(gait.down_mps, 0);
            ck_assert_double_eq(gait.up_mps, 0);
            ck_assert_double_eq(gait.radius_m, 0.35);
        } else {
            ck_assert_double_gt(gait.down_mps, gait.up_mps);
            ck_assert_double_lt(gait.down_mps, gait.level_mps);
            ck_assert(gait.radius_m >= 0.20 && gait.radius_m <= 0.25);
        }
        sum += gait.level_mps;
    }
    ck_assert_double_eq_tol(sum / DRAWS, gaits[_i].mean_mps, gaits[_i].tolerance_mps);
}
END_TEST

START_TEST(stairs_as_in_the_tables) {
    /* An adult of 1.24125 m/s, the mean mid-point of the four rows of MSC.1/Circ.1533, walks
     * stairs at the mean mid-points of the same rows. */
    mu_stream stream;
    mu_stream_open(&stream, 1, 0, MU_PURPOSE_BODY, 1, 0);
    const mu_gait gait = mu_gait_draw(MU_MOBILITY_ADULT, &stream);
    ck_assert_double_eq_tol(1.24125 * gait.down_mps / gait.level_mps, 0.81625, 1e-9);
    ck_assert_double_eq_tol(1.24125 * gait.up_mps / gait.level_mps, 0.63, 1e-9);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("premovement");
    TCase *tc = tcase_create("published");
    tcase_add_loop_test(tc, published_rows, 0, (int)(sizeof rows / sizeof rows[0]));
    tcase_add_loop_test(tc, percentiles_come_back, 0, 2);
    tcase_add_test(tc, complexity_adds_way_finding);
    tcase_add_test(tc, nobody_in_charge);
    tcase_add_loop_test(tc, free_speeds, 0, (int)(sizeof gaits / sizeof gaits[0]));
    tcase_add_test(tc, stairs_as_in_the_tables);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
