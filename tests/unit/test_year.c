/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The year against theory: alternating renewal, periodic and imperfect inspection, detection by
 * patrol, k of n, forgetting between courses, a queue of repairs. Each within three standard errors
 * of a closed form, with fixed seeds. And the calendar. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "effort.h"
#include "loaded_year.h"
#include "runner.h"
#include "study/year.h"

static mu_year_plan *load(const char *rest) {
    return load_year("2026-01-01", NULL, rest);
}

static mu_year_results study(const mu_year_plan *plan, uint32_t reps) {
    mu_year_results results;
    const mu_year_asked asked = {.seed = 7, .reps = reps, .jobs = 1};
    mu_diags *diags = mu_diags_create();
    ck_assert_int_eq(mu_year_study(plan, NULL, &asked, diags, &results), MU_OK);
    mu_diags_destroy(diags);
    return results;
}

static void within_three_errors(mu_year_mean found, uint32_t reps, double expected) {
    const double error = found.sd / sqrt(reps);
    ck_assert_msg(fabs(found.mean - expected) <= 3 * error, "%.6f +- %.6f instead of %.6f",
                  found.mean, error, expected);
}

#define CREW                                                                                       \
    "\"staff\": [{\"id\": \"crew\", \"count\": 300, \"pattern\": \"rota\", \"teams\": 1, "         \
    "\"shift_h\": 24}]"
#define MEND                                                                                       \
    "{\"id\": \"mend\", \"staff\": \"crew\", \"after\": \"fault_found\", \"does\": \"mend\"}"

/* From new: mu/(l+m) + l/((l+m)^2 T) (1 - exp(-(l+m) T)) = 0.980497 for 100 d and 2 d. */
START_TEST(alternating_renewal) {
    mu_year_plan *plan =
        load("\"days\": 365, " CREW ", \"duties\": [" MEND "], \"equipment\": [{\"id\": "
             "\"thing\", \"count\": 100, \"life_d\": {\"dist\": \"exponential\", \"mean\": 100}, "
             "\"repair_h\": {\"dist\": \"exponential\", \"mean\": 48}, \"tells\": true}]");
    const uint32_t reps = EFFORT(12, 10);
    mu_year_results results = study(plan, reps);
    within_three_errors(results.wears[0].available, reps, 0.980497);
    /* Expected failures T / (MTBF + MTTR) = 3.578 of each, and the first one a little sooner. */
    ck_assert_double_eq_tol(results.wears[0].faults.mean / 100, 3.59, 0.2);
    mu_year_results_destroy(&results);
    mu_year_plan_destroy(plan);
}
END_TEST

static void check_inspection(double finds, double expected) {
    char text[1024];
    snprintf(text, sizeof text,
             "\"days\": 3650, " CREW ", \"duties\": [" MEND
             ", {\"id\": \"look\", \"staff\": \"crew\", \"every\": 30, \"period\": \"day\", "
             "\"does\": \"look\", \"finds\": %g}], \"equipment\": [{\"id\": \"thing\", \"count\": "
             "100, \"life_d\": {\"dist\": \"exponential\", \"mean\": 365}}]",
             finds);
    mu_year_plan *plan = load(text);
    const uint32_t reps = EFFORT(12, 10);
    mu_year_results results = study(plan, reps);
    within_three_errors(results.wears[0].available, reps, expected);
    mu_year_results_destroy(&results);
    mu_year_plan_destroy(plan);
}

/* (1 - exp(-lT)) / (lT) = 0.960007 for T = 30 d and 1/l = 365 d. */
START_TEST(periodic_inspection) {
    check_inspection(1, 0.960007);
}
END_TEST

/* (1/l) / (T (1/(1 - exp(-lT)) + (1 - p)/p)) = 0.928605 for p = 0.7. */
START_TEST(imperfect_inspection) {
    check_inspection(0.7, 0.928605);
}
END_TEST

/* A patrol every T finds with chance p: T (1/p - 1/2) = 45 min for 60 min and 0.8. */
START_TEST(patrol_detection) {
    mu_year_plan *plan =
        load("\"days\": 200, " CREW ", \"duties\": [" MEND
             ", {\"id\": \"round\", \"staff\": \"crew\", \"every\": 1, \"period\": \"hour\", "
             "\"does\": \"look\", \"finds\": 0.8}], \"equipment\": [{\"id\": \"thing\", \"count\": "
             "200, \"life_d\": {\"dist\": \"exponential\", \"mean\": 20}}]");
    const uint32_t reps = EFFORT(8, 3);
    mu_year_results results = study(plan, reps);
    mu_year_mean minutes = results.wears[0].hidden_d;
    minutes.mean *= 1440;
    minutes.sd *= 1440;
    within_three_errors(minutes, reps, 45);
    mu_year_results_destroy(&results);
    mu_year_plan_destroy(plan);
}
END_TEST

/* Two of three at 0.95 each: 3 A^2 - 2 A^3 = 0.992750. */
START_TEST(two_of_three) {
    mu_year_plan *plan =
        load("\"days\": 3650, " CREW ", \"duties\": [" MEND "], \"equipment\": [{\"id\": "
             "\"thing\", \"count\": 3, \"needs\": 2, \"life_d\": {\"dist\": \"exponential\", "
             "\"mean\": 19}, \"repair_h\": {\"dist\": \"exponential\", \"mean\": 24}, \"tells\": "
             "true}]");
    const uint32_t reps = EFFORT(40, 12);
    mu_year_results results = study(plan, reps);
    within_three_errors(results.wears[0].whole, reps, 0.992750);
    within_three_errors(results.wears[0].available, reps, 0.95);
    mu_year_results_destroy(&results);
    mu_year_plan_destroy(plan);
}
END_TEST

/* Taught every T with half-life h: (1 - 2^(-T/h)) h / (T ln 2) = 0.7387 for 6 and 6.5 months. */
START_TEST(training_decay) {
    mu_year_plan *plan =
        load("\"days\": 720, \"staff\": [{\"id\": \"crew\", \"count\": 5, \"pattern\": \"rota\", "
             "\"teams\": 1, \"shift_h\": 24}], \"topics\": [{\"id\": \"it\", \"half_life_d\": "
             "195}], \"duties\": [{\"id\": \"course\", \"staff\": \"crew\", \"every\": 180, "
             "\"period\": \"day\", \"does\": \"teach\", \"topic\": \"it\", \"attends\": "
             "[\"crew\"]}]");
    mu_year_results results = study(plan, 1);
    ck_assert_double_eq_tol(results.topics[0].known.mean, 0.7387, 1e-4);
    ck_assert_double_eq_tol(results.topics[0].at_end.mean, exp2(-180.0 / 195), 1e-9);
    mu_year_results_destroy(&results);
    mu_year_plan_destroy(plan);
}
END_TEST

/* Mean time from falling due to done in one year's log, in hours. */
static double mean_stay_h(const mu_log *log) {
    double sum = 0, count = 0;
    for (uint32_t id = 0; id < mu_log_count(log); id++) {
        const mu_record *record = mu_log_get(log, id);
        if (record->kind == MU_RECORD_DONE) {
            sum += mu_time_to_s(record->time_us - mu_log_get(log, record->cause)->time_us) / 3600;
            count++;
        }
    }
    return sum / count;
}

/* M/M/2, 20 a day, 2 h each: C(2, 5/3) = 0.757576, Wq = C / (2 mu - lambda) = 4.5455 h. */
START_TEST(queue_of_repairs) {
    mu_year_plan *plan =
        load("\"days\": 730, \"staff\": [{\"id\": \"crew\", \"count\": 2, \"pattern\": \"rota\", "
             "\"teams\": 1, \"shift_h\": 24}], \"occasions\": [{\"id\": \"call\", \"per_year\": "
             "7305}], \"duties\": [{\"id\": \"answer\", \"staff\": \"crew\", \"after\": \"call\", "
             "\"hours\": {\"dist\": \"exponential\", \"mean\": 2}}]");
    const uint32_t reps = EFFORT(10, 4);
    double sum = 0, squares = 0;
    for (uint32_t r = 0; r < reps; r++) {
        mu_log *log = mu_log_create();
        mu_year_sim y;
        ck_assert_int_eq(mu_year_run(plan, 3, r, log, &y), MU_OK);
        const double stay = mean_stay_h(log);
        sum += stay;
        squares += stay * stay;
        mu_year_destroy(&y);
        mu_log_destroy(log);
    }
    const double mean = sum / reps, sd = sqrt((squares - reps * mean * mean) / (reps - 1));
    within_three_errors((mu_year_mean){mean, sd}, reps, 4.545455 + 2);
    mu_year_plan_destroy(plan);
}
END_TEST

/* Whoever is at a station does no duty; who is alone at it cannot be in two places. */
START_TEST(stations_come_first) {
    mu_year_plan *plan =
        load("\"days\": 28, \"staff\": [{\"id\": \"guard\", \"count\": 2, \"pattern\": \"rota\", "
             "\"teams\": 1, \"shift_h\": 12}], \"stations\": [{\"id\": \"gate\", \"staff\": "
             "\"guard\", \"persons\": 2, \"serves\": [\"2.1.2a\"]}], \"duties\": [{\"id\": "
             "\"round\", \"staff\": \"guard\", \"hours\": 0.5, \"every\": 1, \"period\": \"hour\", "
             "\"serves\": [\"2.2.3a\"]}]");
    mu_year_results results = study(plan, 1);
    ck_assert_double_eq_tol(results.stations[0].mean, 1, 1e-12);
    ck_assert_double_eq(results.duties[0].done.mean, 0);
    for (uint32_t c = 0; c < plan->policy.clauses.count; c++) {
        const char *id = plan->policy.clauses.items[c].id;
        const mu_verdict verdict = results.clauses[c].verdict;
        if (strcmp(id, "2.1.2a") == 0) {
            ck_assert_int_eq(verdict, MU_VERDICT_MET);
        } else if (strcmp(id, "2.2.3a") == 0) {
            ck_assert_int_eq(verdict, MU_VERDICT_MISSED);
        }
    }
    mu_year_results_destroy(&results);
    mu_year_plan_destroy(plan);
}
END_TEST

START_TEST(same_seed_same_year) {
    mu_year_plan *plan =
        load("\"days\": 60, " CREW ", \"duties\": [" MEND "], \"equipment\": [{\"id\": "
             "\"thing\", \"count\": 20, \"life_d\": {\"dist\": \"exponential\", \"mean\": 10}, "
             "\"repair_h\": 5, \"tells\": true}]");
    mu_year_results one = study(plan, 3), two = study(plan, 3);
    ck_assert_uint_eq(one.state_hash, two.state_hash);
    ck_assert_uint_eq(one.events, two.events);
    mu_year_results_destroy(&one);
    mu_year_results_destroy(&two);
    mu_year_plan_destroy(plan);
}
END_TEST

START_TEST(dates) {
    int64_t year;
    int month, day;
    ck_assert_int_eq(mu_date_days(1970, 1, 1), 0);
    ck_assert_int_eq(mu_date_days(2000, 3, 1) - mu_date_days(2000, 2, 28), 2); /* a leap year */
    ck_assert_int_eq(mu_date_days(2100, 3, 1) - mu_date_days(2100, 2, 28), 1);
    for (int64_t days = -200000; days < 200000; days += 97) {
        mu_date_of(days, &year, &month, &day);
        ck_assert_int_eq(mu_date_days(year, month, day), days);
    }
    mu_time clock_us;
    ck_assert_int_eq(mu_date_read("2026-03-02T09:30", &clock_us), mu_date_days(2026, 3, 2));
    ck_assert_int_eq(clock_us, 9 * MU_HOUR + MU_HOUR / 2);
}
END_TEST

/* 2026 begins on a Thursday; New Year's Day is a holiday here, and the Friday is not. */
START_TEST(calendar) {
    mu_year_plan *plan = load("\"days\": 365, \"holidays\": [\"2026-01-01\"], \"opens_h\": 9, "
                              "\"closes_h\": 17, " CREW);
    const mu_calendar *c = &plan->calendar;
    ck_assert_int_eq(mu_calendar_office(c, 0), MU_DAY + 9 * MU_HOUR);
    ck_assert_int_eq(mu_calendar_office(c, MU_DAY + 17 * MU_HOUR), 4 * MU_DAY + 9 * MU_HOUR);
    /* Twelve hours of work from Friday noon: five on Friday, seven on Monday. */
    ck_assert_int_eq(mu_calendar_add_office(c, MU_DAY + 12 * MU_HOUR, 12 * MU_HOUR),
                     4 * MU_DAY + 16 * MU_HOUR);
    ck_assert_double_eq_tol(
        mu_calendar_working_days(c, MU_DAY + 12 * MU_HOUR, 4 * MU_DAY + 16 * MU_HOUR), 1.5, 1e-12);
    ck_assert_int_eq(mu_calendar_period(c, MU_PERIOD_WEEK, 3 * MU_DAY), 0);
    ck_assert_int_eq(mu_calendar_period(c, MU_PERIOD_WEEK, 4 * MU_DAY), 1);
    ck_assert_int_eq(mu_calendar_begins(c, MU_PERIOD_MONTH, 2), 59 * MU_DAY);
    ck_assert_int_eq(mu_calendar_period(c, MU_PERIOD_MONTH, 59 * MU_DAY - 1), 1);
    mu_year_plan_destroy(plan);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("year");
    TCase *tcase = tcase_create("theory");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, alternating_renewal);
    tcase_add_test(tcase, periodic_inspection);
    tcase_add_test(tcase, imperfect_inspection);
    tcase_add_test(tcase, patrol_detection);
    tcase_add_test(tcase, two_of_three);
    tcase_add_test(tcase, training_decay);
    tcase_add_test(tcase, queue_of_repairs);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("rules");
    tcase_add_test(tcase, stations_come_first);
    tcase_add_test(tcase, same_seed_same_year);
    tcase_add_test(tcase, dates);
    tcase_add_test(tcase, calendar);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
