/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From logs to findings and to metrics.json, with a plan of five people and a few clauses made by
 * hand. */
#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>

#include "drill/metrics_json.h"
#include "runner.h"
#include "typed_plan.h"

static mu_findings *find(const double *told_s, uint32_t reps, bool quiet) {
    mu_replicate *replicates = calloc(reps, sizeof *replicates);
    for (uint32_t i = 0; i < reps; i++) {
        mu_log *log = make_log(told_s[i]);
        ck_assert_int_eq(mu_replicate_read(&plan, log, seconds(60) + seconds(told_s[i] + 1), quiet,
                                           1000 + i, i, &replicates[i]),
                         MU_OK);
        mu_log_destroy(log);
    }
    mu_findings *findings;
    ck_assert_int_eq(mu_findings_create(&plan, 7, replicates, reps, &findings), MU_OK);
    for (uint32_t i = 0; i < reps; i++) {
        mu_log *log = make_log(told_s[i]);
        ck_assert_int_eq(mu_findings_explain(findings, i, log), MU_OK);
        mu_log_destroy(log);
    }
    return findings;
}

START_TEST(one_run_is_read) {
    mu_log *log = make_log(70);
    put(log, 85, MU_RECORD_LEFT, 5, 0, 0); /* was in the open from the start: left no building */
    mu_replicate one;
    ck_assert_int_eq(mu_replicate_read(&plan, log, seconds(100), true, 5, 3, &one), MU_OK);
    ck_assert_uint_eq(one.replication, 3);
    ck_assert_uint_eq(one.in_state[MU_OCCUPANT_INSIDE], 3);
    ck_assert_uint_eq(one.in_state[MU_OCCUPANT_OUT], 2);
    ck_assert_uint_eq(one.left, 3);
    ck_assert_int_eq(one.left_sum_us, seconds(90));
    ck_assert_int_eq(one.left_last_us, seconds(40));
    ck_assert_int_eq(one.left_us[3], MU_NEVER);
    ck_assert_uint_eq(one.reached, 4);
    ck_assert_int_eq(one.reached_50_us, seconds(13)); /* the third of five */
    ck_assert_int_eq(one.reached_95_us, MU_NEVER);
    ck_assert_uint_eq(one.alerted_by[0], 0);
    ck_assert_uint_eq(one.alerted_by[2], 1); /* by SMS first, whatever came later */
    ck_assert_uint_eq(one.alerted_by[4], MU_NONE);
    ck_assert_uint_eq(one.sent, 5);
    ck_assert_uint_eq(one.delivered, 1);
    ck_assert_uint_eq(one.channel_lost[0], 1);
    ck_assert_int_eq(one.ordered_us, seconds(10));
    ck_assert_uint_eq(one.exposed_peak, 3);
    ck_assert_int_eq(one.exposed_peak_at_us, seconds(50));
    ck_assert_double_eq_tol(one.exposed_person_s, 3 * 2 + 1 * 48, 1e-9);
    mu_replicate_destroy(&one);
    mu_log_destroy(log);
}
END_TEST

START_TEST(people_are_summed_over_runs) {
    const double told[2] = {50, 70};
    mu_findings *f = find(told, 2, true);
    ck_assert_uint_eq(f->occupants, 5);
    ck_assert_uint_eq(f->indoors, 4);
    ck_assert_double_eq_tol(f->evacuation_mean_s, 30, 1e-12);
    ck_assert_double_eq_tol(f->evacuation_p95_s, 40, 1e-12);
    ck_assert_double_eq_tol(f->evacuation_last_s, 40, 1e-12);
    ck_assert_double_eq_tol(f->evacuated_share, 0.75, 1e-12);
    ck_assert_double_eq_tol(f->ordered_s, 10, 1e-12);
    ck_assert_double_eq_tol(f->reached_share, 0.8, 1e-12);
    ck_assert_double_eq_tol(f->t50_s, 13, 1e-12);
    ck_assert(isinf(f->t95_s));
    ck_assert_uint_eq(f->t95_never, 2);
    ck_assert_double_eq_tol(f->channel_share[0], 0.4, 1e-12);
    ck_assert_double_eq_tol(f->channel_share[1], 0.4, 1e-12);
    double sum = 0;
    for (int s = 0; s < MU_OCCUPANT_STATE_COUNT; s++) {
        sum += f->by_state[s];
    }
    ck_assert_double_eq_tol(sum, 5, 1e-12);
    mu_findings_destroy(f);
}
END_TEST

START_TEST(curves_rise_on_a_round_grid_and_keep_who_never_left) {
    const double told[3] = {50, 55, 70};
    mu_findings *f = find(told, 3, true);
    ck_assert_uint_gt(f->curve_count, 40);
    ck_assert_uint_le(f->curve_count, 122);
    ck_assert_double_eq_tol(f->curve_s[1], 0.5, 1e-12); /* 40 s in steps of half a second */
    ck_assert_double_eq_tol(f->curve_s[f->curve_count - 1], 40, 1e-12);
    for (uint32_t t = 0; t < f->curve_count; t++) {
        const double at = f->curve_s[t];
        const double left = (at >= 20) + (at >= 30) + (at >= 40);
        const double reached = (at >= 11) + (at >= 12) + (at >= 13) + (at >= 15);
        ck_assert_double_eq_tol(f->left_share[t], left / 4, 1e-12);
        ck_assert_double_eq_tol(f->alerted_share[t], reached / 5, 1e-12);
        ck_assert_double_eq_tol(f->left_low[t], left / 4, 1e-12);
        ck_assert_double_eq_tol(f->left_high[t], left / 4, 1e-12);
    }
    mu_findings_destroy(f);
}
END_TEST

START_TEST(nobody_leaves) {
    mu_log *log = mu_log_create();
    mu_replicate *one = calloc(1, sizeof *one);
    ck_assert_int_eq(mu_replicate_read(&plan, log, seconds(1), true, 0, 0, one), MU_OK);
    mu_findings *f;
    ck_assert_int_eq(mu_findings_create(&plan, 1, one, 1, &f), MU_OK);
    ck_assert(isnan(f->evacuation_mean_s) && isnan(f->evacuation_last_s));
    ck_assert_uint_eq(f->evacuation_runs, 0);
    ck_assert_double_eq_tol(f->evacuated_share, 0, 1e-12);
    ck_assert(isinf(f->t50_s));
    ck_assert_uint_eq(f->curve_count, 1);
    ck_assert_int_eq(f->clauses[0].verdict, MU_VERDICT_NOT_EXERCISED);
    ck_assert_int_eq(f->clauses[0].reason, MU_REASON_NO_START);
    ck_assert_int_eq(f->clauses[0].rating, 'N');
    ck_assert_uint_eq(f->clauses[0].typical, MU_NONE);
    ck_assert(isnan(f->clauses[0].share));
    mu_findings_destroy(f);
    mu_log_destroy(log);
}
END_TEST

START_TEST(verdict_is_by_share) {
    double told[20];
    for (int i = 0; i < 20; i++) {
        told[i] = i < 18 ? 42 + i % 3 : 61 + i; /* 18 of 20 meet 60 s: just enough */
    }
    mu_findings *f = find(told, 20, true);
    const mu_clause_finding *c = &f->clauses[POLICE_TOLD];
    ck_assert_int_eq(c->verdict, MU_VERDICT_MET);
    ck_assert_uint_eq(c->runs, 20);
    ck_assert_uint_eq(c->met, 18);
    ck_assert_int_eq(c->rating, 'S'); /* the interval reaches below 0.9 */
    ck_assert_int_eq(c->how, MU_HOW_SIMULATED);
    ck_assert_double_eq(c->limit, 60);
    ck_assert_uint_eq(c->typical, 18); /* of the two that missed the lower */
    ck_assert_double_eq_tol(c->p90, 44, 1e-9);
    ck_assert_double_eq_tol(c->median, 43, 1e-9);
    told[17] = 62;
    mu_findings_destroy(f);
    f = find(told, 20, true);
    ck_assert_int_eq(f->clauses[POLICE_TOLD].verdict, MU_VERDICT_MISSED);
    ck_assert_int_eq(f->clauses[POLICE_TOLD].rating, 'M');
    mu_findings_destroy(f);
}
END_TEST

START_TEST(never_is_counted_and_kept) {
    const double told[4] = {50, -1, -1, 80};
    mu_findings *f = find(told, 4, true);
    const mu_clause_finding *c = &f->clauses[POLICE_TOLD];
    ck_assert_int_eq(c->verdict, MU_VERDICT_MISSED);
    ck_assert_uint_eq(c->met, 1);
    ck_assert_uint_eq(c->never, 2);
    ck_assert_double_eq_tol(c->median, 80, 1e-9);
    ck_assert(isinf(c->p90) && isinf(c->mean));
    ck_assert_int_eq(c->rating, 'U');
    ck_assert_uint_eq(c->typical, 3); /* the only one that missed and ended */
    ck_assert(c->has_chain);
    ck_assert_int_eq(c->chain_us, seconds(80));
    mu_findings_destroy(f);
    const double never[2] = {-1, -1};
    f = find(never, 2, true);
    ck_assert_uint_eq(f->clauses[POLICE_TOLD].typical, 0);
    ck_assert(!f->clauses[POLICE_TOLD].has_chain);
    mu_findings_destroy(f);
    f = find(never, 2, false); /* stopped at 60 s, limit at 70 s */
    ck_assert_int_eq(f->clauses[POLICE_TOLD].verdict, MU_VERDICT_UNDECIDED);
    ck_assert_uint_eq(f->clauses[POLICE_TOLD].undecided, 2);
    ck_assert_int_eq(f->clauses[POLICE_TOLD].rating, 'N');
    mu_findings_destroy(f);
}
END_TEST

START_TEST(mean_clause_is_judged_on_the_mean) {
    const double told[4] = {42, 42, 43, 70}; /* mean 49.25; one of four beyond 50 */
    mu_findings *f = find(told, 4, true);
    const mu_clause_finding *c = &f->clauses[ON_AVERAGE];
    ck_assert_double_eq_tol(c->mean, 49.25, 1e-9);
    ck_assert_double_eq_tol(c->share, 0.75, 1e-12);
    ck_assert_int_eq(c->verdict, MU_VERDICT_MET);
    ck_assert_int_eq(c->rating, 'S');
    mu_findings_destroy(f);
    const double slow[4] = {42, 42, 43, 74}; /* mean 50.25 */
    f = find(slow, 4, true);
    ck_assert_int_eq(f->clauses[ON_AVERAGE].verdict, MU_VERDICT_MISSED);
    ck_assert_int_eq(f->clauses[ON_AVERAGE].rating, 'M');
    mu_findings_destroy(f);
    const double steady[4] = {42, 42.1, 42.2, 42.3};
    f = find(steady, 4, true);
    ck_assert_int_eq(f->clauses[ON_AVERAGE].rating, 'P');
    mu_findings_destroy(f);
}
END_TEST

START_TEST(coverage_and_copies) {
    const double told[2] = {50, 70};
    mu_findings *f = find(told, 2, true);
    const mu_clause_finding *c = &f->clauses[REACHED_ALL];
    ck_assert_int_eq(c->verdict, MU_VERDICT_MET); /* four of five, 0.8 wanted */
    ck_assert_double_eq_tol(c->median, 0.8, 1e-12);
    const mu_clause_finding *a = &f->clauses[POLICE_TOLD], *b = &f->clauses[POLICE_TOLD_TOO];
    ck_assert_uint_eq(a->met, b->met);
    ck_assert_uint_eq(a->typical, b->typical);
    ck_assert_uint_eq(a->chain_count, b->chain_count);
    mu_findings_destroy(f);
}
END_TEST

/* Of a share the small values are the bad ones. */
START_TEST(percentiles_of_a_coverage_run_from_good_to_bad) {
    mu_replicate *replicates = calloc(10, sizeof *replicates);
    for (uint32_t i = 0; i < 10; i++) {
        mu_log *log = make_log(50);
        ck_assert_int_eq(mu_replicate_read(&plan, log, seconds(100), true, 0, i, &replicates[i]),
                         MU_OK);
        mu_judgement *j = &replicates[i].judgements[REACHED_ALL];
        j->value = (i + 1) / 10.0;
        j->verdict = j->value >= 0.8 ? MU_VERDICT_MET : MU_VERDICT_MISSED;
        mu_log_destroy(log);
    }
    mu_findings *f;
    ck_assert_int_eq(mu_findings_create(&plan, 7, replicates, 10, &f), MU_OK);
    const mu_clause_finding *c = &f->clauses[REACHED_ALL];
    ck_assert_uint_eq(c->met, 3);
    ck_assert_double_eq_tol(c->median, 0.6, 1e-12); /* five runs reached that much or more */
    ck_assert_double_eq_tol(c->p90, 0.2, 1e-12);
    ck_assert_double_eq_tol(c->mean, 0.55, 1e-12);
    mu_findings_destroy(f);
}
END_TEST

START_TEST(wilson_published) {
    double low, high;
    mu_wilson(90, 100, &low, &high);
    ck_assert_double_eq_tol(low, 0.825634, 5e-7);
    ck_assert_double_eq_tol(high, 0.944771, 5e-7);
    mu_wilson(0, 50, &low, &high);
    ck_assert_double_eq(low, 0);
    ck_assert_double_eq_tol(high, 0.07135, 5e-6);
    mu_wilson(50, 50, &low, &high);
    ck_assert_double_eq(high, 1);
    ck_assert_double_eq_tol(low, 1 - 0.07135, 5e-6);
    for (uint32_t n = 1; n < 60; n++) { /* holds the share, and mirrors */
        for (uint32_t k = 0; k <= n; k++) {
            double other_low, other_high;
            mu_wilson(k, n, &low, &high);
            mu_wilson(n - k, n, &other_low, &other_high);
            const double share = (double)k / n;
            ck_assert(0 <= low && low <= share && share <= high && high <= 1);
            ck_assert_double_eq_tol(low, 1 - other_high, 1e-12);
        }
    }
}
END_TEST

START_TEST(percentile_ranks) {
    const uint32_t rows[][3] = {{50, 1, 1},   {50, 2, 1},   {50, 3, 2},    {50, 4, 2},
                                {95, 20, 19}, {95, 21, 20}, {95, 100, 95}, {90, 10, 9},
                                {5, 20, 1},   {5, 21, 2},   {100, 7, 7},   {1, 100, 1}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ck_assert_uint_eq(mu_percentile_rank(rows[i][0], rows[i][1]), rows[i][2]);
    }
}
END_TEST

START_TEST(rating_rule) {
    ck_assert_int_eq(mu_rate(0, 0, 0.9), 'N');
    ck_assert_int_eq(mu_rate(100, 100, 0.9), 'P'); /* lower bound 0.963 */
    ck_assert_int_eq(mu_rate(20, 20, 0.9), 'S');   /* lower bound 0.839 */
    ck_assert_int_eq(mu_rate(90, 100, 0.9), 'S');
    ck_assert_int_eq(mu_rate(89, 100, 0.9), 'M');
    ck_assert_int_eq(mu_rate(50, 100, 0.9), 'M');
    ck_assert_int_eq(mu_rate(49, 100, 0.9), 'U');
}
END_TEST

static cJSON *print_metrics(const mu_findings *findings, char **text) {
    size_t length = 0;
    FILE *stream = open_memstream(text, &length);
    ck_assert_ptr_nonnull(stream);
    mu_metrics_print(findings, "0.1.0", stream);
    ck_assert_int_eq(fclose(stream), 0);
    cJSON *json = cJSON_Parse(*text);
    ck_assert_msg(json != NULL, "not JSON: %s", *text);
    return json;
}

static const cJSON *at(const cJSON *json, const char *key) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, key);
    ck_assert_msg(item != NULL, "no '%s'", key);
    return item;
}

START_TEST(metrics_are_json_and_chains_sum) {
    const double told[3] = {50, -1, 70};
    mu_findings *f = find(told, 3, true);
    char *text = NULL, *again = NULL;
    cJSON *json = print_metrics(f, &text);
    f->jobs = 8; /* must not show */
    cJSON *same = print_metrics(f, &again);
    ck_assert_str_eq(text, again);
    ck_assert_ptr_null(strstr(text, "inf"));
    ck_assert_ptr_null(strstr(text, "nan"));
    ck_assert_str_eq(at(json, "format")->valuestring, "muster.metrics");
    ck_assert(cJSON_IsNull(at(at(json, "notification"), "t95_s")));
    ck_assert_int_eq(at(at(json, "notification"), "t95_never")->valueint, 3);
    const cJSON *clause = cJSON_GetArrayItem(at(json, "clauses"), POLICE_TOLD);
    ck_assert(cJSON_IsNull(at(clause, "mean")));
    ck_assert_int_eq(at(clause, "never")->valueint, 1);
    ck_assert_double_eq_tol(at(clause, "median")->valuedouble, 70, 1e-9);
    ck_assert_int_eq(cJSON_GetArraySize(at(clause, "ci95")), 2);
    const cJSON *chain = at(clause, "cause_chain"), *part;
    double sum = 0;
    cJSON_ArrayForEach(part, at(chain, "parts")) {
        sum += at(part, "duration_us")->valuedouble;
        ck_assert_str_ne(at(part, "part")->valuestring, "none");
    }
    ck_assert_double_eq(sum, at(chain, "total_us")->valuedouble);
    ck_assert_double_eq(sum, 70e6);
    cJSON_Delete(json);
    cJSON_Delete(same);
    free(text);
    free(again);
    mu_findings_destroy(f);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("findings");
    TCase *one = tcase_create("findings");
    tcase_add_checked_fixture(one, make_plan, drop_plan);
    tcase_add_test(one, one_run_is_read);
    tcase_add_test(one, people_are_summed_over_runs);
    tcase_add_test(one, curves_rise_on_a_round_grid_and_keep_who_never_left);
    tcase_add_test(one, nobody_leaves);
    tcase_add_test(one, verdict_is_by_share);
    tcase_add_test(one, never_is_counted_and_kept);
    tcase_add_test(one, mean_clause_is_judged_on_the_mean);
    tcase_add_test(one, coverage_and_copies);
    tcase_add_test(one, percentiles_of_a_coverage_run_from_good_to_bad);
    tcase_add_test(one, metrics_are_json_and_chains_sum);
    suite_add_tcase(suite, one);
    TCase *small = tcase_create("statistics");
    tcase_add_test(small, wilson_published);
    tcase_add_test(small, percentile_ranks);
    tcase_add_test(small, rating_rule);
    suite_add_tcase(suite, small);
    return run_suite(suite);
}
