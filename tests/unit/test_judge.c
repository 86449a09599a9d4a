/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every kind of clause and every verdict, on logs typed in by hand. */
#include <math.h>

#include "policy/by_kind.h"
#include "runner.h"
#include "typed_log.h"

static mu_log *log_;
static typed_clause clause;

static void setup(void) {
    log_ = mu_log_create();
}

static void teardown(void) {
    mu_log_destroy(log_);
}

static void expect(const mu_judgement *j, mu_verdict verdict, double value) {
    ck_assert_str_eq(mu_verdict_name(j->verdict), mu_verdict_name(verdict));
    ck_assert_int_eq(j->reason, MU_REASON_NONE);
    if (isinf(value)) {
        ck_assert(isinf(j->value) && j->value_us == MU_NEVER);
    } else {
        ck_assert_double_eq_tol(j->value, value, 1e-12);
    }
}

static void expect_not(const mu_judgement *j, mu_reason reason) {
    ck_assert_str_eq(mu_verdict_name(j->verdict), "not_exercised");
    ck_assert_str_eq(mu_reason_name(j->reason), mu_reason_name(reason));
}

START_TEST(deadline_is_met_up_to_its_limit) {
    make_deadline(&clause, "declared:red", "notified:police", 60);
    type_event(log_, 5, MU_RECORD_NOTIFIED, "police"); /* before: does not count */
    type_event(log_, 100, MU_RECORD_DECLARED, "yellow");
    const uint32_t start = type_event(log_, 110, MU_RECORD_DECLARED, "red");
    type_event(log_, 120, MU_RECORD_NOTIFIED, "ert");
    const uint32_t end = type_event(log_, 170, MU_RECORD_NOTIFIED, "police");
    type_event(log_, 180, MU_RECORD_NOTIFIED, "police");
    mu_judgement j = judge_it(&clause, log_, 1000, true);
    expect(&j, MU_VERDICT_MET, 60);
    ck_assert_uint_eq(j.start, start);
    ck_assert_uint_eq(j.end, end);
    clause.demand.value = 59.999999;
    j = judge_it(&clause, log_, 1000, true);
    expect(&j, MU_VERDICT_MISSED, 60);
}
END_TEST

START_TEST(deadline_unit_is_the_demands_own) {
    make_deadline(&clause, "declared:red", "notified:police", 2);
    type_event(log_, 0, MU_RECORD_DECLARED, "red");
    type_event(log_, 7200, MU_RECORD_NOTIFIED, "police");
    const struct {
        const char *unit;
        double limit, value;
        mu_verdict verdict;
    } rows[] = {{"s", 7200, 7200, MU_VERDICT_MET},
                {"min", 119, 120, MU_VERDICT_MISSED},
                {"min", 120, 120, MU_VERDICT_MET},
                {"h", 2, 2, MU_VERDICT_MET},
                {"d", 0.08, 7200.0 / 86400, MU_VERDICT_MISSED}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        clause.demand = (mu_demand){"limit", rows[i].limit, rows[i].unit};
        const mu_judgement j = judge_it(&clause, log_, 9000, true);
        expect(&j, rows[i].verdict, rows[i].value);
        ck_assert_str_eq(mu_judge_unit(&clause.clause), rows[i].unit);
    }
    clause.demand = (mu_demand){"limit", 3, "months"}; /* no fixed length */
    const mu_judgement j = judge_it(&clause, log_, 9000, true);
    expect_not(&j, MU_REASON_NO_MEASURE);
}
END_TEST

START_TEST(deadline_without_end_depends_on_why_the_run_stopped) {
    make_deadline(&clause, "declared:red", "notified:police", 60);
    type_event(log_, 10, MU_RECORD_DECLARED, "red");
    mu_judgement j = judge_it(&clause, log_, 20, true); /* quiet: it will never come */
    expect(&j, MU_VERDICT_MISSED, INFINITY);
    ck_assert_uint_eq(j.start, 0);
    ck_assert_uint_eq(j.end, MU_NO_RECORD);
    j = judge_it(&clause, log_, 69.999999, false); /* horizon, limit not passed */
    expect(&j, MU_VERDICT_UNDECIDED, INFINITY);
    j = judge_it(&clause, log_, 70, false);
    expect(&j, MU_VERDICT_MISSED, INFINITY);
    clause.judged.can_end = false;
    j = judge_it(&clause, log_, 20, true);
    expect_not(&j, MU_REASON_NO_STEP);
}
END_TEST

START_TEST(an_end_counts_even_if_no_step_could_bring_it_about) {
    make_deadline(&clause, "declared:red", "notified:police", 60);
    clause.judged.can_end = false; /* typed in: somebody acted outside the playbook */
    type_event(log_, 10, MU_RECORD_DECLARED, "red");
    type_event(log_, 20, MU_RECORD_NOTIFIED, "police");
    const mu_judgement j = judge_it(&clause, log_, 20, true);
    expect(&j, MU_VERDICT_MET, 10);
}
END_TEST

START_TEST(no_start_is_not_exercised) {
    make_deadline(&clause, "declared:red", "notified:police", 60);
    clause.judged.can_end = false;
    type_event(log_, 10, MU_RECORD_DECLARED, "orange");
    type_event(log_, 20, MU_RECORD_NOTIFIED, "police");
    mu_judgement j = judge_it(&clause, log_, 100, true);
    expect_not(&j, MU_REASON_NO_START);
    ck_assert_uint_eq(j.start, MU_NO_RECORD);
    clause.clause.off = true;
    j = judge_it(&clause, log_, 100, true);
    expect_not(&j, MU_REASON_OFF);
}
END_TEST

START_TEST(same_moment_counts_but_an_event_is_not_its_own_end) {
    make_deadline(&clause, "declared", "declared:red", 60);
    type_event(log_, 10, MU_RECORD_DECLARED, "red");
    mu_judgement j = judge_it(&clause, log_, 20, true);
    expect(&j, MU_VERDICT_MISSED, INFINITY);
    type_event(log_, 10, MU_RECORD_DECLARED, "red");
    j = judge_it(&clause, log_, 20, true);
    expect(&j, MU_VERDICT_MET, 0);
}
END_TEST

START_TEST(each_judges_the_worst_occurrence) {
    make_deadline(&clause, "noticed:item", "notified:security", 30);
    clause.clause.statistic = MU_STATISTIC_EACH;
    type_event(log_, 0, MU_RECORD_NOTICED, "item");
    type_event(log_, 10, MU_RECORD_NOTIFIED, "security");
    const uint32_t slow = type_event(log_, 100, MU_RECORD_NOTICED, "item");
    type_event(log_, 105, MU_RECORD_NOTICED, "item");
    type_event(log_, 129, MU_RECORD_NOTIFIED, "security");
    mu_judgement j = judge_it(&clause, log_, 200, true);
    expect(&j, MU_VERDICT_MET, 29);
    ck_assert_uint_eq(j.start, slow);
    clause.demand.value = 28;
    j = judge_it(&clause, log_, 200, true);
    expect(&j, MU_VERDICT_MISSED, 29);
    clause.clause.statistic = MU_STATISTIC_FIRST;
    j = judge_it(&clause, log_, 200, true);
    expect(&j, MU_VERDICT_MET, 10);
}
END_TEST

START_TEST(each_with_one_still_open) {
    make_deadline(&clause, "noticed:item", "notified:security", 30);
    clause.clause.statistic = MU_STATISTIC_EACH;
    type_event(log_, 0, MU_RECORD_NOTICED, "item");
    type_event(log_, 10, MU_RECORD_NOTIFIED, "security");
    type_event(log_, 100, MU_RECORD_NOTICED, "item");
    mu_judgement j = judge_it(&clause, log_, 120, false);
    expect(&j, MU_VERDICT_UNDECIDED, INFINITY);
    j = judge_it(&clause, log_, 130, false);
    expect(&j, MU_VERDICT_MISSED, INFINITY);
    j = judge_it(&clause, log_, 120, true);
    expect(&j, MU_VERDICT_MISSED, INFINITY);
    clause.demand.value = 9; /* the first has missed it, whatever comes of the second */
    j = judge_it(&clause, log_, 105, false);
    expect(&j, MU_VERDICT_MISSED, 10);
}
END_TEST

START_TEST(mean_is_over_all_occurrences) {
    make_deadline(&clause, "noticed:item", "notified:security", 20);
    clause.clause.statistic = MU_STATISTIC_MEAN;
    type_event(log_, 0, MU_RECORD_NOTICED, "item");
    type_event(log_, 10, MU_RECORD_NOTIFIED, "security");
    type_event(log_, 100, MU_RECORD_NOTICED, "item");
    type_event(log_, 130, MU_RECORD_NOTIFIED, "security");
    mu_judgement j = judge_it(&clause, log_, 200, true);
    expect(&j, MU_VERDICT_MET, 20);
    ck_assert_uint_eq(j.start, 2); /* the slowest explains most */
    type_event(log_, 200, MU_RECORD_NOTICED, "item");
    j = judge_it(&clause, log_, 215, false); /* (10 + 30 + 15 so far) / 3 < 20 */
    expect(&j, MU_VERDICT_UNDECIDED, INFINITY);
    j = judge_it(&clause, log_, 221, false);
    expect(&j, MU_VERDICT_MISSED, INFINITY);
    j = judge_it(&clause, log_, 215, true);
    expect(&j, MU_VERDICT_MISSED, INFINITY);
}
END_TEST

START_TEST(process_has_only_to_happen) {
    const mu_clause_kind kinds[] = {MU_CLAUSE_PROCESS, MU_CLAUSE_PHYSICAL, MU_CLAUSE_STOCK,
                                    MU_CLAUSE_DISTANCE};
    for (size_t k = 0; k < 4; k++) {
        make_clause(&clause, kinds[k], "declared:red", "cleared:site", "required", 1, "1");
        mu_log *log = mu_log_create();
        type_event(log, 10, MU_RECORD_DECLARED, "red");
        mu_judgement j = judge_it(&clause, log, 86400, false);
        expect(&j, MU_VERDICT_UNDECIDED, INFINITY);
        j = judge_it(&clause, log, 86400, true);
        expect(&j, MU_VERDICT_MISSED, INFINITY);
        type_event(log, 910, MU_RECORD_CLEARED, "site");
        j = judge_it(&clause, log, 86400, false);
        expect(&j, MU_VERDICT_MET, 900);
        ck_assert_str_eq(mu_judge_unit(&clause.clause), "s");
        mu_log_destroy(log);
    }
}
END_TEST

START_TEST(an_end_without_a_start_is_met_or_not_exercised) {
    make_clause(&clause, MU_CLAUSE_PROCESS, NULL, "cleared:site", "required", 1, "1");
    mu_judgement j = judge_it(&clause, log_, 100, true);
    expect_not(&j, MU_REASON_NO_START);
    type_event(log_, 40, MU_RECORD_CLEARED, "site");
    j = judge_it(&clause, log_, 100, true);
    expect(&j, MU_VERDICT_MET, 40);
    make_deadline(&clause, NULL, "cleared:site", 60); /* a limit needs a clock */
    j = judge_it(&clause, log_, 100, true);
    expect_not(&j, MU_REASON_NO_MEASURE);
}
END_TEST

START_TEST(who_is_there_already_need_not_come) {
    make_clause(&clause, MU_CLAUSE_PROCESS, "declared:red", "arrived:ert@item", "required", 1, "1");
    type_record(log_, 5, MU_RECORD_ARRIVED, MU_NO_RECORD, "ert", "item");
    type_event(log_, 10, MU_RECORD_DECLARED, "red");
    mu_judgement j = judge_it(&clause, log_, 100, true);
    expect(&j, MU_VERDICT_MET, 0);
    type_record(log_, 30, MU_RECORD_ARRIVED, MU_NO_RECORD, "ert", "item");
    j = judge_it(&clause, log_, 100, true);
    expect(&j, MU_VERDICT_MET, 20);
    /* So does a cordon, until the all-clear. */
    make_clause(&clause, MU_CLAUSE_PROCESS, "declared:red", "cordoned:outer", "required", 1, "1");
    mu_log *cordon = mu_log_create();
    type_event(cordon, 5, MU_RECORD_CORDONED, "outer");
    type_event(cordon, 10, MU_RECORD_DECLARED, "red");
    j = judge_it(&clause, cordon, 100, true);
    expect(&j, MU_VERDICT_MET, 0);
    mu_log_destroy(cordon);
    cordon = mu_log_create();
    type_event(cordon, 5, MU_RECORD_CORDONED, "outer");
    type_event(cordon, 7, MU_RECORD_ALL_CLEAR, "site");
    type_event(cordon, 10, MU_RECORD_DECLARED, "red");
    j = judge_it(&clause, cordon, 100, true);
    expect(&j, MU_VERDICT_MISSED, INFINITY);
    mu_log_destroy(cordon);
    /* What was done before is not done again: only being there lasts. */
    make_clause(&clause, MU_CLAUSE_PROCESS, "declared:red", "reported:leaders", "required", 1, "1");
    mu_log *log = mu_log_create();
    type_event(log, 5, MU_RECORD_REPORTED, "leaders");
    type_event(log, 10, MU_RECORD_DECLARED, "red");
    j = judge_it(&clause, log, 100, true);
    expect(&j, MU_VERDICT_MISSED, INFINITY);
    mu_log_destroy(log);
}
END_TEST

static void make_rate(double interval_s) {
    make_clause(&clause, MU_CLAUSE_RATE, "declared:orange", "reported:leaders", "interval",
                interval_s, "s");
}

START_TEST(rate_bounds_every_interval) {
    make_rate(30);
    type_event(log_, 100, MU_RECORD_DECLARED, "orange");
    type_event(log_, 130, MU_RECORD_REPORTED, "leaders");
    const uint32_t from = type_event(log_, 150, MU_RECORD_REPORTED, "leaders");
    const uint32_t to = type_event(log_, 180, MU_RECORD_REPORTED, "leaders");
    mu_judgement j = judge_it(&clause, log_, 209, false);
    expect(&j, MU_VERDICT_MET, 30);
    make_rate(29);
    j = judge_it(&clause, log_, 208, false);
    expect(&j, MU_VERDICT_MISSED, 30);
    ck_assert_uint_eq(j.start, 0); /* the first of the longest */
    make_rate(30);
    j = judge_it(&clause, log_, 210, false); /* one was due at 210 */
    expect(&j, MU_VERDICT_MISSED, INFINITY);
    ck_assert_uint_eq(j.start, to);
    (void)from;
}
END_TEST

START_TEST(rate_without_any_report) {
    make_rate(30);
    mu_judgement j = judge_it(&clause, log_, 500, true);
    expect_not(&j, MU_REASON_NO_START);
    type_event(log_, 100, MU_RECORD_DECLARED, "orange");
    j = judge_it(&clause, log_, 129, true); /* over before one was due */
    expect(&j, MU_VERDICT_UNDECIDED, INFINITY);
    j = judge_it(&clause, log_, 130, true);
    expect(&j, MU_VERDICT_MISSED, INFINITY);
    clause.judged.can_end = false;
    j = judge_it(&clause, log_, 500, true);
    expect_not(&j, MU_REASON_NO_STEP);
}
END_TEST

START_TEST(rate_stops_at_the_all_clear) {
    make_rate(30);
    type_event(log_, 100, MU_RECORD_DECLARED, "orange");
    type_event(log_, 120, MU_RECORD_REPORTED, "leaders");
    type_event(log_, 140, MU_RECORD_ALL_CLEAR, "site");
    type_event(log_, 400, MU_RECORD_REPORTED, "leaders");
    mu_judgement j = judge_it(&clause, log_, 500, true);
    expect(&j, MU_VERDICT_MET, 20);
    make_rate(19);
    j = judge_it(&clause, log_, 500, true);
    expect(&j, MU_VERDICT_MISSED, INFINITY);
}
END_TEST

/* Four occupants; the last has left before red is declared. */
static mu_judgement judge_coverage(const mu_time alerted_us[4], const mu_time left_us[4],
                                   bool quiet) {
    mu_judgement out;
    const mu_run_facts facts = {.end_us = seconds(100),
                                .quiet = quiet,
                                .occupants = 4,
                                .alerted_us = alerted_us,
                                .left_us = left_us};
    mu_judge(&clause.judged, 1, log_, &facts, &out);
    return out;
}

START_TEST(coverage_is_of_those_who_were_there) {
    const mu_time left_us[4] = {MU_NEVER, seconds(50), seconds(10), seconds(9)};
    mu_time alerted_us[4] = {seconds(5), seconds(20), MU_NEVER, MU_NEVER};
    make_clause(&clause, MU_CLAUSE_COVERAGE, "declared:red", "notified:all", "coverage", 1, "1");
    mu_judgement j = judge_coverage(alerted_us, left_us, true);
    expect_not(&j, MU_REASON_NO_START);
    type_event(log_, 10, MU_RECORD_DECLARED, "red");
    const uint32_t last = type_event(log_, 20, MU_RECORD_ALERTED, NULL);
    j = judge_coverage(alerted_us, left_us, true);
    expect(&j, MU_VERDICT_MISSED, 2.0 / 3);
    ck_assert_uint_eq(j.end, last);
    ck_assert_int_eq(j.value_us, seconds(10));
    j = judge_coverage(alerted_us, left_us, false);
    expect(&j, MU_VERDICT_UNDECIDED, 2.0 / 3);
    alerted_us[2] = seconds(30);
    j = judge_coverage(alerted_us, left_us, false); /* reached: decided, horizon or not */
    expect(&j, MU_VERDICT_MET, 1);
    ck_assert_str_eq(mu_judge_unit(&clause.clause), "1");
}
END_TEST

START_TEST(coverage_of_other_things_is_not_measured) {
    const mu_time never[4] = {MU_NEVER, MU_NEVER, MU_NEVER, MU_NEVER};
    type_event(log_, 10, MU_RECORD_DECLARED, "red");
    make_clause(&clause, MU_CLAUSE_COVERAGE, "declared:red", "notified:all", "persons", 2, "1");
    mu_judgement j = judge_coverage(never, never, true);
    expect_not(&j, MU_REASON_NO_MEASURE);
    make_clause(&clause, MU_CLAUSE_COVERAGE, "declared:red", "notified:all", "coverage", 1, "1");
    clause.judged.can_end = false; /* nothing in the plan alerts anybody */
    j = judge_coverage(never, never, true);
    expect_not(&j, MU_REASON_NO_STEP);
}
END_TEST

START_TEST(clauses_without_terms) {
    make_clause(&clause, MU_CLAUSE_RATE, NULL, NULL, "interval", 1, "months");
    clause.judged_by[0] = MU_HOW_SCHEDULED;
    mu_judgement j = judge_it(&clause, log_, 10, true);
    expect_not(&j, MU_REASON_NOT_HERE);
    clause.judged_by[0] = MU_HOW_SIMULATED; /* an incident should, and cannot yet */
    j = judge_it(&clause, log_, 10, true);
    expect_not(&j, MU_REASON_NO_MEASURE);
    make_clause(&clause, MU_CLAUSE_RATE, "declared:red", "reported:leaders", "count", 2, "1");
    j = judge_it(&clause, log_, 10, true); /* a rate without an interval */
    expect_not(&j, MU_REASON_NO_MEASURE);
    make_clause(&clause, MU_CLAUSE_PROCESS, "declared:red", NULL, "required", 1, "1");
    j = judge_it(&clause, log_, 10, true); /* nothing is to happen */
    expect_not(&j, MU_REASON_NO_MEASURE);
    make_clause(&clause, MU_CLAUSE_PROCESS, NULL, "measured:team", "required", 1, "1");
    clause.clause.demands.count = 0;
    j = judge_it(&clause, log_, 10, true); /* a number, and nothing to hold it against */
    expect_not(&j, MU_REASON_NO_MEASURE);
    make_clause(&clause, MU_CLAUSE_OUTCOME, "declared:red", "cleared:site", "metrics", 3, "1");
    type_event(log_, 1, MU_RECORD_DECLARED, "red");
    type_event(log_, 2, MU_RECORD_CLEARED, "site");
    j = judge_it(&clause, log_, 10, true);
    expect_not(&j, MU_REASON_NO_MEASURE);
}
END_TEST

/* Without memory for the order of kinds the log itself is searched, and finds the same. */
START_TEST(a_log_is_searched_alike_with_and_without_its_order) {
    static const char *const terms[] = {"declared:red", "notified:police", "declared",
                                        "notified:ert", "cleared:site"};
    for (int k = 0; k < 60; k++) {
        type_event(log_, k * 0.5, k % 3 == 0 ? MU_RECORD_DECLARED : MU_RECORD_NOTIFIED,
                   k % 3 == 0   ? (k % 2 == 0 ? "red" : "yellow")
                   : k % 7 == 0 ? "police"
                                : "ert");
    }
    mu_by_kind sorted = mu_by_kind_make(log_);
    ck_assert_ptr_nonnull(sorted.ids);
    const mu_by_kind bare = {.log = log_};
    uint32_t found = 0;
    for (size_t t = 0; t < sizeof terms / sizeof terms[0]; t++) {
        const mu_term term = typed_term(terms[t]);
        for (uint32_t from = 0; from <= 60; from++) {
            const mu_time at_us = from % 5 == 0 ? INT64_MIN : seconds(from / 3.0);
            const uint32_t id = mu_by_kind_find(&sorted, &term, from, at_us);
            ck_assert_uint_eq(mu_by_kind_find(&bare, &term, from, at_us), id);
            found += id != MU_NO_RECORD;
        }
    }
    ck_assert_uint_gt(found, 100);
    mu_by_kind_free(&sorted);
}
END_TEST

START_TEST(same_as_copies_the_verdict) {
    typed_clause three[3];
    mu_judged_clause judged[3];
    mu_judgement out[3];
    make_deadline(&three[0], "declared:red", "notified:ert", 1); /* of its own it would miss */
    make_deadline(&three[1], "declared:red", "notified:police", 60);
    make_deadline(&three[2], "declared:red", "notified:ert", 1);
    for (int i = 0; i < 3; i++) {
        judged[i] = three[i].judged;
        judged[i].clause = &three[i].clause;
    }
    judged[0].same_as = 1;
    judged[2].same_as = 0; /* over two steps */
    type_event(log_, 0, MU_RECORD_DECLARED, "red");
    type_event(log_, 30, MU_RECORD_NOTIFIED, "police");
    const mu_run_facts facts = {.end_us = seconds(100), .quiet = true};
    mu_judge(judged, 3, log_, &facts, out);
    for (int i = 0; i < 3; i++) {
        expect(&out[i], MU_VERDICT_MET, 30);
    }
    three[0].clause.off = true;
    three[2].clause.off = false;
    mu_judge(judged, 3, log_, &facts, out);
    expect_not(&out[0], MU_REASON_OFF);
    expect(&out[2], MU_VERDICT_MET, 30);
    three[1].clause.off = true; /* the one judged for all is off: the others stand for themselves */
    mu_judge(judged, 3, log_, &facts, out);
    expect_not(&out[1], MU_REASON_OFF);
    expect(&out[2], MU_VERDICT_MISSED, INFINITY);
    judged[1].same_as = 0; /* a ring must not hang */
    mu_judge(judged, 3, log_, &facts, out);
}
END_TEST

/* The judge against a plain recount, on random logs. */
START_TEST(first_deadline_agrees_with_a_recount) {
    uint32_t seed = 12345;
    for (int round = 0; round < 300; round++) {
        mu_log *log = mu_log_create();
        double at = 0, start = -1, end = -1;
        for (int i = 0; i < 40; i++) {
            seed = seed * 1664525U + 1013904223U;
            at += (double)(seed >> 30);
            const bool is_start = (seed >> 20 & 7) == 0, is_end = (seed >> 20 & 7) == 1;
            type_event(log, at, is_start ? MU_RECORD_DECLARED : MU_RECORD_NOTIFIED,
                       is_start ? "red"
                       : is_end ? "police"
                                : "ert");
            start = is_start && start < 0 ? at : start;
            end = is_end && start >= 0 && end < 0 ? at : end;
        }
        mu_log *again = mu_log_create(); /* an end at the start's time may stand before it */
        for (uint32_t id = 0; id < mu_log_count(log); id++) {
            const mu_record *r = mu_log_get(log, id);
            if (start >= 0 && r->time_us == seconds(start) && r->kind == MU_RECORD_NOTIFIED &&
                r->object == word("police")) {
                end = start;
            }
            mu_log_append(again, r);
        }
        make_deadline(&clause, "declared:red", "notified:police", 15);
        const mu_judgement j = judge_it(&clause, again, at + 100, true);
        if (start < 0) {
            expect_not(&j, MU_REASON_NO_START);
        } else if (end < 0) {
            expect(&j, MU_VERDICT_MISSED, INFINITY);
        } else {
            expect(&j, end - start <= 15 ? MU_VERDICT_MET : MU_VERDICT_MISSED, end - start);
        }
        mu_log_destroy(log);
        mu_log_destroy(again);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("judge");
    TCase *one = tcase_create("clauses");
    tcase_add_checked_fixture(one, setup, teardown);
    tcase_add_test(one, deadline_is_met_up_to_its_limit);
    tcase_add_test(one, deadline_unit_is_the_demands_own);
    tcase_add_test(one, deadline_without_end_depends_on_why_the_run_stopped);
    tcase_add_test(one, an_end_counts_even_if_no_step_could_bring_it_about);
    tcase_add_test(one, no_start_is_not_exercised);
    tcase_add_test(one, same_moment_counts_but_an_event_is_not_its_own_end);
    tcase_add_test(one, each_judges_the_worst_occurrence);
    tcase_add_test(one, each_with_one_still_open);
    tcase_add_test(one, mean_is_over_all_occurrences);
    tcase_add_test(one, process_has_only_to_happen);
    tcase_add_test(one, an_end_without_a_start_is_met_or_not_exercised);
    tcase_add_test(one, who_is_there_already_need_not_come);
    tcase_add_test(one, rate_bounds_every_interval);
    tcase_add_test(one, rate_without_any_report);
    tcase_add_test(one, rate_stops_at_the_all_clear);
    tcase_add_test(one, coverage_is_of_those_who_were_there);
    tcase_add_test(one, coverage_of_other_things_is_not_measured);
    tcase_add_test(one, clauses_without_terms);
    tcase_add_test(one, a_log_is_searched_alike_with_and_without_its_order);
    tcase_add_test(one, same_as_copies_the_verdict);
    tcase_add_test(one, first_deadline_agrees_with_a_recount);
    suite_add_tcase(suite, one);
    return run_suite(suite);
}
