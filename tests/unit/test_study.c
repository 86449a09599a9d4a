/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes in the text of files, the bounds of what a study may vary, and designs. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "core/json_edit.h"
#include "runner.h"
#include "study/results.h"
#include "study/study.h"

static const char text[] = "{\"id\": \"x\", \"list\": [{\"id\": \"a\", \"n\": 1}, "
                           "{\"id\": \"b/c\", \"n\": 2.50}, 7], \"last\": {}}";

static void expect(const char *pointer, const char *value, const char *wanted) {
    char *out;
    size_t length;
    ck_assert_int_eq(mu_json_edit(text, strlen(text), pointer, value, &out, &length), MU_OK);
    if (wanted == NULL) {
        ck_assert_ptr_null(out);
        return;
    }
    ck_assert_ptr_nonnull(out);
    ck_assert_uint_eq(length, strlen(out));
    ck_assert_msg(strstr(out, wanted) != NULL, "%s", out);
    free(out);
}

START_TEST(edits) {
    expect("/list/a/n", "12", "{\"id\": \"a\", \"n\": 12}, {\"id\": \"b/c\", \"n\": 2.50}");
    expect("/list/b~1c/n", "[1, 2]", "\"n\": [1, 2]}, 7]");
    expect("/list/0/n", "3", "\"n\": 3}, {\"id\": \"b/c\"");
    expect("/list/2", "\"seven\"", "2.50}, \"seven\"]");
    expect("/list/-", "8", ", 7, 8]");
    expect("/list/a/m", "4", "[{\"m\": 4, \"id\": \"a\"");
    expect("/last/k", "true", "\"last\": {\"k\": true}}");
    expect("/list/a", "null", "[ {\"id\": \"b/c\"");
    expect("/list/2", "null", "2.50}], \"last\"");
    expect("/last", "null", "7]}");
    expect("/id", "null", "{ \"list\"");
}
END_TEST

START_TEST(edits_that_lead_nowhere) {
    expect("", "1", NULL);
    expect("list", "1", NULL);
    expect("/list/z/n", "1", NULL);
    expect("/list/3", "1", NULL);
    expect("/list/00", "1", NULL);
    expect("/list/2/n", "1", NULL);
    expect("/none/n", "1", NULL);
    expect("/list/a/m", "null", NULL);
    char *out;
    size_t length;
    ck_assert_int_ne(mu_json_edit("{\"a\": ", 6, "/a", "1", &out, &length), MU_OK);
    ck_assert_ptr_null(out);
}
END_TEST

static bool is_refused(int in, const char *pointer) {
    const mu_factor factor = {.id = "f", .in = in, .pointer = pointer};
    return mu_factor_refusal(&factor) != NULL;
}

START_TEST(bounds) {
    ck_assert(is_refused(MU_FACTOR_SITE, "/spaces/lobby/polygon"));
    ck_assert(is_refused(MU_FACTOR_SITE, "/spaces/lobby"));
    ck_assert(is_refused(MU_FACTOR_SITE, "/spaces"));
    ck_assert(is_refused(MU_FACTOR_SITE, "/levels/G/elevation_m"));
    ck_assert(is_refused(MU_FACTOR_SITE, "/portals"));
    ck_assert(is_refused(MU_FACTOR_SITE, "/portals/door/id"));
    ck_assert(is_refused(MU_FACTOR_SITE, ""));
    ck_assert(is_refused(MU_FACTOR_EQUIPMENT, "/spaces/lobby/use"));
    ck_assert(is_refused(MU_FACTOR_EQUIPMENT, "/portals/door/width_m"));
    ck_assert(is_refused(MU_FACTOR_POLICY, "/based_on"));
    ck_assert(is_refused(MU_FACTOR_ROSTER, "/format"));
    ck_assert(is_refused(MU_FACTOR_ROSTER, "members/0"));
    ck_assert(!is_refused(MU_FACTOR_SITE, "/portals/door/closes_in_s"));
    ck_assert(!is_refused(MU_FACTOR_EQUIPMENT, "/equipment/camera.1/count"));
    ck_assert(!is_refused(MU_FACTOR_ROSTER, "/members/operator.2/count"));
    ck_assert(!is_refused(MU_FACTOR_POLICY, "/required_share"));
    ck_assert(!is_refused(MU_FACTOR_PLAYBOOK, "/steps/call/takes_s"));
}
END_TEST

typedef struct laid {
    mu_arena *arena;
    mu_diags *diags;
    mu_study_plan plan;
    mu_status status;
} laid;

static laid lay(const char *body) {
    laid out = {.arena = mu_arena_create(), .diags = mu_diags_create()};
    char *whole = mu_arena_print(out.arena,
                                 "{\"format\":\"muster.study\",\"version\":1,\"id\":\"s\","
                                 "\"incidents\":[\"i.json\"],%s}",
                                 body);
    mu_loader *loader = mu_loader_create(out.arena, out.diags);
    out.status = mu_loader_read_text(loader, "s.json", whole, strlen(whole), &mu_study_file,
                                     &out.plan.given);
    mu_loader_destroy(loader);
    if (out.status == MU_OK) {
        out.status = mu_study_lay_out(&out.plan, out.arena, out.diags);
    }
    return out;
}

static void put_away(laid *study) {
    mu_diags_destroy(study->diags);
    mu_arena_destroy(study->arena);
}

#define TWO_FACTORS                                                                                \
    "\"factors\":[{\"id\":\"n\",\"in\":\"roster\",\"pointer\":\"/members/a/count\","               \
    "\"values\":[1,2,3]},{\"id\":\"d\",\"in\":\"roster\",\"pointer\":\"/units/p/distance_m\","     \
    "\"least\":500,\"most\":1500,\"levels\":2}]"

START_TEST(grid) {
    laid study = lay(TWO_FACTORS ",\"design\":\"grid\"");
    ck_assert_int_eq(study.status, MU_OK);
    ck_assert_uint_eq(study.plan.arms.count, 6);
    ck_assert_str_eq(study.plan.arms.items[0].name, "n=1; d=500");
    ck_assert_str_eq(study.plan.arms.items[5].name, "n=3; d=1500");
    put_away(&study);
    study = lay(TWO_FACTORS ",\"design\":\"grid\",\"policies\":[\"a.json\",\"x/b.json\"]");
    ck_assert_uint_eq(study.plan.arms.count, 12);
    ck_assert_str_eq(study.plan.arms.items[6].name, "b.json; n=1; d=500");
    put_away(&study);
}
END_TEST

START_TEST(one_at_a_time) {
    laid study = lay(TWO_FACTORS);
    ck_assert_uint_eq(study.plan.arms.count, 6);
    ck_assert_str_eq(study.plan.arms.items[0].name, "as given");
    ck_assert_str_eq(study.plan.arms.items[3].name, "n=3");
    ck_assert_str_eq(study.plan.arms.items[5].name, "d=1500");
    ck_assert_ptr_null(study.plan.arms.items[5].settings[0]);
    put_away(&study);
}
END_TEST

/* The first points of a Sobol sequence are known: 1/2, 1/2; 3/4, 1/4; 1/4, 3/4. */
START_TEST(sobol) {
    laid study = lay(TWO_FACTORS ",\"design\":\"sobol\",\"points\":3");
    ck_assert_uint_eq(study.plan.arms.count, 4);
    ck_assert_str_eq(study.plan.arms.items[1].name, "n=2; d=1000");
    ck_assert_str_eq(study.plan.arms.items[2].name, "n=3; d=750");
    ck_assert_str_eq(study.plan.arms.items[3].name, "n=1; d=1250");
    put_away(&study);
}
END_TEST

/* A whole number: each of 1 to 4 has a quarter of the way. */
START_TEST(whole_numbers) {
    laid study =
        lay("\"factors\":[{\"id\":\"n\",\"in\":\"roster\",\"pointer\":\"/members/a/count\","
            "\"least\":1,\"most\":4,\"whole\":true}],\"design\":\"sobol\",\"points\":3");
    ck_assert_int_eq(study.status, MU_OK);
    ck_assert_uint_eq(study.plan.arms.count, 4);
    ck_assert_str_eq(study.plan.arms.items[1].name, "n=3");
    ck_assert_str_eq(study.plan.arms.items[2].name, "n=4");
    ck_assert_str_eq(study.plan.arms.items[3].name, "n=2");
    put_away(&study);
}
END_TEST

START_TEST(list) {
    laid study = lay(TWO_FACTORS ",\"design\":\"list\",\"rows\":[{\"id\":\"r\",\"set\":"
                                 "[{\"factor\":\"n\",\"value\":null}]}]");
    ck_assert_uint_eq(study.plan.arms.count, 2);
    ck_assert_str_eq(study.plan.arms.items[1].name, "r");
    ck_assert_str_eq(study.plan.arms.items[1].settings[0], "null");
    put_away(&study);
    study = lay(TWO_FACTORS ",\"design\":\"list\",\"rows\":[{\"id\":\"r\",\"set\":"
                            "[{\"factor\":\"z\",\"value\":1}]}]");
    ck_assert_int_eq(study.status, MU_ERR_INPUT);
    put_away(&study);
}
END_TEST

static void expect_refused(const char *body, const char *code) {
    laid study = lay(body);
    ck_assert_int_ne(study.status, MU_OK);
    ck_assert_uint_gt(mu_diags_count(study.diags, MU_ERROR), 0);
    ck_assert_str_eq(mu_diags_get(study.diags, 0)->code, code);
    put_away(&study);
}

START_TEST(refusals) {
    expect_refused("\"factors\":[{\"id\":\"n\",\"in\":\"incident\",\"pointer\":\"/item/space\","
                   "\"values\":[\"lobby\"]}]",
                   "json.enum");
    expect_refused(
        "\"factors\":[{\"id\":\"n\",\"in\":\"site\",\"pointer\":\"/spaces/lobby/polygon\","
        "\"values\":[1]}]",
        "study.refused");
    expect_refused(
        "\"factors\":[{\"id\":\"n\",\"in\":\"roster\",\"pointer\":\"/members/a/count\"}]",
        "study.no-values");
    expect_refused("\"factors\":[{\"id\":\"n\",\"in\":\"roster\",\"pointer\":\"/members/a/count\","
                   "\"least\":2,\"most\":1}]",
                   "study.range");
    expect_refused("\"stop\":[{\"half_width\":1}]", "study.stop");
    expect_refused("\"stop\":[{\"metric\":\"luck\",\"half_width\":1}]", "study.stop");
}
END_TEST

START_TEST(times_beside_each_other) {
    const mu_pair_finding finding = {
        .kind = MU_FINDING_CLAUSE_TIME,
        .unit = "s",
        .is_elapsed = true,
        .pair = {.mean = 92.2, .low = 84.3, .high = 108, .mean_x = 68, .mean_y = 160.2}};
    mu_said x, y, by, interval;
    mu_results_say_means(&finding, x, y);
    mu_results_say_difference(&finding, false, by);
    mu_results_say_interval(&finding, interval);
    ck_assert_str_eq(x, "1 min 08 s");
    ck_assert_str_eq(y, "2 min 40 s");
    ck_assert_str_eq(by, "1 min 32 s");
    ck_assert_str_eq(interval, "+1 min 24 s to +1 min 48 s");
}
END_TEST

int main(void) {
    Suite *suite = suite_create("study");
    TCase *tests = tcase_create("study");
    tcase_add_test(tests, edits);
    tcase_add_test(tests, edits_that_lead_nowhere);
    tcase_add_test(tests, bounds);
    tcase_add_test(tests, grid);
    tcase_add_test(tests, one_at_a_time);
    tcase_add_test(tests, sobol);
    tcase_add_test(tests, whole_numbers);
    tcase_add_test(tests, list);
    tcase_add_test(tests, refusals);
    tcase_add_test(tests, times_beside_each_other);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
