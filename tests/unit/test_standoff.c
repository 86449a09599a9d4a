/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stand-off card (DHS and FBI, as published by NCTC and ODNI) row by row, and the advice at and
 * around its distances. */
#include <check.h>
#include <stdlib.h>

#include "hazard/standoff.h"
#include "runner.h"

START_TEST(card_rows_are_as_published) {
    static const struct {
        mu_item_category category;
        double mandatory_m, preferred_m;
    } rows[] = {
        {MU_ITEM_PIPE, 21, 366},     {MU_ITEM_VEST, 34, 518},
        {MU_ITEM_SUITCASE, 46, 564}, {MU_ITEM_CAR, 98, 580},
        {MU_ITEM_VAN, 122, 732},     {MU_ITEM_SMALL_TRUCK, 195, 1159},
        {MU_ITEM_TANKER, 263, 1555}, {MU_ITEM_SEMITRAILER, 479, 2835},
    };
    ck_assert_uint_eq(sizeof rows / sizeof *rows, MU_ITEM_CATEGORY_COUNT);
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        ck_assert_double_eq(mu_standoff_of(rows[r].category)->mandatory_m, rows[r].mandatory_m);
        ck_assert_double_eq(mu_standoff_of(rows[r].category)->preferred_m, rows[r].preferred_m);
    }
}
END_TEST

START_TEST(advice_follows_place_and_distance) {
    ck_assert_int_eq(mu_standoff_at(MU_ITEM_SUITCASE, 40, false), MU_STANDOFF_LEAVE);
    ck_assert_int_eq(mu_standoff_at(MU_ITEM_SUITCASE, 100, false), MU_STANDOFF_SHELTER);
    ck_assert_int_eq(mu_standoff_at(MU_ITEM_SUITCASE, 100, true), MU_STANDOFF_LEAVE);
    ck_assert_int_eq(mu_standoff_at(MU_ITEM_SUITCASE, 564, true), MU_STANDOFF_CLEAR);
    ck_assert_int_eq(mu_standoff_at(MU_ITEM_PIPE, 366, true), MU_STANDOFF_CLEAR);
    ck_assert_int_eq(mu_standoff_at(MU_ITEM_PIPE, 21, false), MU_STANDOFF_LEAVE);
    ck_assert_int_eq(mu_standoff_at(MU_ITEM_PIPE, 22, false), MU_STANDOFF_SHELTER);
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("standoff");
    tcase_add_test(tcase, card_rows_are_as_published);
    tcase_add_test(tcase, advice_follows_place_and_distance);
    Suite *suite = suite_create("standoff");
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
