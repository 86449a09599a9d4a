/* SPDX-License-Identifier: GPL-3.0-or-later */
/* START (Hoag Memorial Hospital and Newport Beach Fire Department, edition of 1993) row by row, and
 * what smoke does to walking. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hazard/start.h"
#include "hazard/visibility.h"
#include "runner.h"

/* The rows of the published table, and its two limits on either side. */
START_TEST(start_goes_by_its_table) {
    static const struct {
        mu_start_findings findings;
        mu_start_tag tag;
    } rows[] = {
        {{.walks = 1}, MU_START_GREEN},
        {{.walks = 1, .breaths_per_min = 40, .obeys = 0}, MU_START_GREEN},
        {{.breathes = 0, .breathes_after_airway = 0}, MU_START_BLACK},
        {{.breathes = 0, .breathes_after_airway = 1, .breaths_per_min = 12}, MU_START_RED},
        {{0, 1, 0, 31, 1, 1500, 1}, MU_START_RED},
        {{0, 1, 0, 30, 0, 1500, 1}, MU_START_RED},
        {{0, 1, 0, 30, 1, 2001, 1}, MU_START_RED},
        {{0, 1, 0, 30, 1, 1500, 0}, MU_START_RED},
        {{0, 1, 0, 30, 1, 1500, 1}, MU_START_YELLOW},
        {{0, 1, 0, 30, 1, 2000, 1}, MU_START_YELLOW},
        {{0, 1, 0, 12, 1, 2000, 1}, MU_START_YELLOW},
    };
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        ck_assert_msg(mu_start_of(&rows[r].findings) == rows[r].tag, "row %zu", r);
    }
}
END_TEST

/* Whatever is drawn, role-players show what the planner asked them to play. */
START_TEST(findings_fit_the_tag_that_is_played) {
    uint32_t different = 0;
    mu_start_findings first = {0};
    for (uint32_t k = 0; k < 200; k++) {
        for (int tag = 0; tag < MU_START_TAG_COUNT; tag++) {
            mu_stream stream;
            mu_stream_open(&stream, 1, k, MU_PURPOSE_CASUALTY, 7, 0);
            const mu_start_findings played = mu_start_play((mu_start_tag)tag, &stream);
            ck_assert_int_eq(mu_start_of(&played), tag);
            if (tag == MU_START_RED) {
                first = k == 0 ? played : first;
                different += memcmp(&first, &played, sizeof first) != 0;
            }
        }
    }
    ck_assert_uint_gt(different, 100);
}
END_TEST

/* Published factors of Frantzich and Nilsson, and the floor; Jin's sight in smoke. */
START_TEST(smoke_slows_and_hides) {
    ck_assert_double_eq(mu_smoke_pace(0), 1);
    ck_assert_double_eq_tol(mu_smoke_pace(1), 0.91926, 1e-5);
    ck_assert_double_eq_tol(mu_smoke_pace(5), 0.59632, 1e-5);
    ck_assert_double_eq_tol(mu_smoke_pace(10), 0.19264, 1e-5);
    ck_assert_double_gt(mu_smoke_pace(11.1), 0.1);
    ck_assert_double_eq(mu_smoke_pace(11.2), 0.1);
    ck_assert_double_eq(mu_smoke_pace(50), 0.1);
    ck_assert(isinf(mu_smoke_sight_m(0)));
    ck_assert_double_eq(mu_smoke_sight_m(1), 3);
    ck_assert_double_eq(mu_smoke_sight_m(3), 1);
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("care");
    tcase_add_test(tcase, start_goes_by_its_table);
    tcase_add_test(tcase, findings_fit_the_tag_that_is_played);
    tcase_add_test(tcase, smoke_slows_and_hides);
    Suite *suite = suite_create("care");
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
