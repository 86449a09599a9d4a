/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Queues at lanes against theory, sensors by themselves, and clauses that are judged on numbers. */
#include <math.h>

#include "core/random.h"
#include "policy/measure.h"
#include "runner.h"
#include "site/lane.h"
#include "threat/intruder.h"
#include "typed_log.h"

/* A lane by itself: Poisson arrivals, and a service that is drawn or always the same. */
typedef struct lane_run {
    double arrivals_per_s, service_s;
    uint32_t lanes;
    bool fixed;
} lane_run;

enum { SERVED = 200000, LANES_MOST = 8 };

/* Where a run stands. */
typedef struct lane_state {
    mu_lane_queue queue;
    mu_stream arrivals, services;
    mu_time now_us, next_us;
    mu_time done_us[LANES_MOST]; /* MU_NEVER: idle */
} lane_state;

static mu_time draw_exponential(mu_stream *stream, double mean_s) {
    return mu_time_from_s(-mean_s * log(1 - mu_stream_uniform(stream)));
}

static uint32_t first_done(const lane_state *state, uint32_t lanes) {
    uint32_t first = 0;
    for (uint32_t k = 1; k < lanes; k++) {
        first = state->done_us[k] < state->done_us[first] ? k : first;
    }
    return first;
}

/* The next arrival or the next end of a check, whichever comes first. */
static void advance(lane_state *state, const lane_run *run) {
    const uint32_t lane = first_done(state, run->lanes);
    if (state->next_us <= state->done_us[lane]) {
        state->now_us = state->next_us;
        ck_assert(mu_lane_join(&state->queue, state->now_us));
        state->next_us += draw_exponential(&state->arrivals, 1 / run->arrivals_per_s);
    } else {
        state->now_us = state->done_us[lane];
        state->done_us[lane] = MU_NEVER;
        state->queue.busy--;
    }
}

static void begin_check(lane_state *state, const lane_run *run) {
    uint32_t idle = 0;
    while (state->done_us[idle] != MU_NEVER) {
        idle++;
    }
    state->done_us[idle] =
        state->now_us + (run->fixed ? mu_time_from_s(run->service_s)
                                    : draw_exponential(&state->services, run->service_s));
}

/* Mean wait of many customers. */
static double play(const lane_run *run) {
    static lane_state state;
    memset(&state, 0, sizeof state);
    mu_stream_open(&state.arrivals, 11, 0, MU_PURPOSE_LANE, 1, 0);
    mu_stream_open(&state.services, 11, 0, MU_PURPOSE_LANE_SERVICE, 1, 0);
    for (uint32_t k = 0; k < run->lanes; k++) {
        state.done_us[k] = MU_NEVER;
    }
    state.next_us = draw_exponential(&state.arrivals, 1 / run->arrivals_per_s);
    double waited_s = 0;
    uint32_t served = 0;
    while (served < SERVED) {
        advance(&state, run);
        mu_time since_us;
        while (mu_lane_call(&state.queue, run->lanes, &since_us)) {
            begin_check(&state, run);
            waited_s += mu_time_to_s(state.now_us - since_us);
            served++;
        }
    }
    return waited_s / served;
}

START_TEST(formulas_give_their_published_numbers) {
    /* M/M/1: rho s / (1 - rho). */
    ck_assert_double_eq_tol(mu_wait_mmc(0.8, 1, 1), 4, 1e-12);
    /* Erlang C of two servers at one erlang is 1/3 (Kleinrock 1975, section 3.5): W = 1/3. */
    ck_assert_double_eq_tol(mu_wait_mmc(1, 1, 2), 1.0 / 3, 1e-12);
    /* M/D/1 waits half as long as M/M/1 (Pollaczek and Khinchine). */
    ck_assert_double_eq_tol(mu_wait_mdc(0.8, 1, 1), 2, 1e-12);
    ck_assert(isinf(mu_wait_mmc(3, 1, 3)));
}
END_TEST

START_TEST(lanes_wait_as_theory_says) {
    /* The policy's mean of 15 s a person, at three lanes that are used to 80 %. */
    const lane_run markov = {.arrivals_per_s = 0.16, .service_s = 15, .lanes = 3};
    const double expected_s = mu_wait_mmc(0.16, 15, 3);
    ck_assert_double_eq_tol(play(&markov), expected_s, 0.05 * expected_s);
    const lane_run fixed = {.arrivals_per_s = 0.16, .service_s = 15, .lanes = 3, .fixed = true};
    const double half_s = mu_wait_mdc(0.16, 15, 3);
    ck_assert_double_eq_tol(play(&fixed), half_s, 0.06 * half_s);
    const lane_run one = {.arrivals_per_s = 0.05, .service_s = 15, .lanes = 1, .fixed = true};
    const double single_s = mu_wait_mdc(0.05, 15, 1);
    ck_assert_double_eq_tol(play(&one), single_s, 0.05 * single_s);
}
END_TEST

START_TEST(arrivals_follow_the_time_of_day) {
    mu_arrivals rows[] = {{7, 9, 400}, {9, 17, 100}};
    mu_lane lane = {0};
    lane.arrivals.items = rows;
    lane.arrivals.count = 2;
    ck_assert_double_eq(mu_lane_rate(&lane, 8), 400);
    ck_assert_double_eq(mu_lane_rate(&lane, 9), 100);
    ck_assert_double_eq(mu_lane_rate(&lane, 3), 0);
}
END_TEST

START_TEST(sensors_mind_what_is_theirs) {
    mu_ref spaces[] = {{"yard", 4}}, doors[] = {{"door", 9}};
    mu_equipment cable = {
        .kind = MU_EQUIPMENT_VIBRATION_CABLE, .detect_chance = 0.9, .dark_share = 1};
    cable.covers.items = spaces;
    cable.covers.count = 1;
    mu_equipment contact = {.kind = MU_EQUIPMENT_DOOR_CONTACT};
    contact.watches.items = doors;
    contact.watches.count = 1;
    mu_equipment camera = {
        .kind = MU_EQUIPMENT_CAMERA, .detect_chance = 1, .spots_chance = 0.8, .dark_share = 0.25};
    camera.covers = cable.covers;
    const mu_leg into_yard = {.space = {"yard", 4}, .through = {"door", 9}};
    const mu_leg elsewhere = {.space = {"hall", 5}};
    ck_assert(mu_sensor_minds(NULL, &cable, &into_yard, MU_TOUCH_FENCE));
    ck_assert(!mu_sensor_minds(NULL, &cable, &into_yard, MU_TOUCH_PRESENCE));
    ck_assert(!mu_sensor_minds(NULL, &cable, &elsewhere, MU_TOUCH_FENCE));
    ck_assert(mu_sensor_minds(NULL, &contact, &into_yard, MU_TOUCH_DOOR));
    ck_assert(!mu_sensor_minds(NULL, &contact, &elsewhere, MU_TOUCH_DOOR));
    ck_assert(mu_sensor_minds(NULL, &camera, &into_yard, MU_TOUCH_PRESENCE));
    ck_assert_double_eq_tol(mu_sensor_chance(&camera, false), 0.8, 1e-12);
    ck_assert_double_eq_tol(mu_sensor_chance(&camera, true), 0.2, 1e-12);
    camera.spots_chance = 0; /* it looks for things that are left, not for people */
    ck_assert_int_eq(mu_sensor_kind_of(&camera), MU_SENSOR_KIND_COUNT);
}
END_TEST

static void put_number(mu_log *log, double at_s, const char *of, const char *place, double value) {
    const mu_record record = {.time_us = seconds(at_s),
                              .kind = MU_RECORD_MEASURED,
                              .cause = MU_NO_RECORD,
                              .object = word(of),
                              .place = place == NULL ? 0 : word(place),
                              .value = (uint32_t)lround(value * MU_MEASURE_PARTS)};
    (void)mu_log_append(log, &record);
}

static mu_judgement judge(const typed_clause *clause, const mu_log *log, bool quiet) {
    return judge_it(clause, log, 1000, quiet);
}

START_TEST(numbers_are_compared_with_the_demand) {
    mu_log *log = mu_log_create();
    put_number(log, 10, "guard", NULL, 2);
    put_number(log, 500, "guard", NULL, 1.5);
    put_number(log, 600, "guard", NULL, 4);
    typed_clause clause;
    make_clause(&clause, MU_CLAUSE_STOCK, NULL, "measured:guard", "persons", 2, "persons");
    clause.clause.statistic = MU_STATISTIC_LEAST;
    ck_assert_int_eq(judge(&clause, log, true).verdict, MU_VERDICT_MISSED);
    ck_assert_double_eq_tol(judge(&clause, log, true).value, 1.5, 1e-9);
    clause.demand.value = 1.5; /* equal to the limit meets it; the value stays as it is */
    ck_assert_int_eq(judge(&clause, log, true).verdict, MU_VERDICT_MET);
    ck_assert_double_eq_tol(judge(&clause, log, true).value, 1.5, 1e-9);
    clause.clause.statistic = MU_STATISTIC_MOST;
    clause.demand.value = 3.9;
    ck_assert_int_eq(judge(&clause, log, true).verdict, MU_VERDICT_MISSED);
    clause.clause.statistic = MU_STATISTIC_MEAN;
    clause.clause.kind = MU_CLAUSE_DEADLINE;
    clause.demand.value = 2.5;
    ck_assert_double_eq_tol(judge(&clause, log, true).value, 2.5, 1e-9);
    ck_assert_int_eq(judge(&clause, log, true).verdict, MU_VERDICT_MET);
    ck_assert_str_eq(mu_judge_unit(&clause.clause), "persons");
    mu_log_destroy(log);
}
END_TEST

START_TEST(numbers_before_the_start_do_not_count) {
    mu_log *log = mu_log_create();
    put_number(log, 10, "guard", NULL, 0);
    typed_clause clause;
    make_clause(&clause, MU_CLAUSE_STOCK, "declared:red", "measured:guard", "persons", 2,
                "persons");
    clause.clause.statistic = MU_STATISTIC_LEAST;
    ck_assert_int_eq(judge(&clause, log, true).reason, MU_REASON_NO_START);
    (void)type_event(log, 100, MU_RECORD_DECLARED, "red");
    ck_assert_int_eq(judge(&clause, log, false).verdict, MU_VERDICT_UNDECIDED);
    put_number(log, 200, "guard", NULL, 3);
    ck_assert_int_eq(judge(&clause, log, false).verdict, MU_VERDICT_MET);
    mu_log_destroy(log);
}
END_TEST

START_TEST(every_demand_of_a_clause_has_to_hold) {
    mu_log *log = mu_log_create();
    put_number(log, 0, "ert", "all", 20);
    put_number(log, 0, "ert", "guard", 4);
    typed_clause clause;
    make_clause(&clause, MU_CLAUSE_STOCK, NULL, "measured:ert", "all", 20, "persons");
    mu_demand demands[] = {{"all", 20, "persons"}, {"guard", 5, "persons"}};
    clause.clause.demands.items = demands;
    clause.clause.demands.count = 2;
    clause.clause.statistic = MU_STATISTIC_LEAST;
    clause.judged.demand_word[0] = mu_handle_index(word("all"));
    clause.judged.demand_word[1] = mu_handle_index(word("guard"));
    ck_assert_int_eq(judge(&clause, log, true).verdict, MU_VERDICT_MISSED);
    ck_assert_double_eq_tol(judge(&clause, log, true).value, 4, 1e-9);
    demands[1].value = 4;
    ck_assert_int_eq(judge(&clause, log, true).verdict, MU_VERDICT_MET);
    ck_assert_double_eq_tol(judge(&clause, log, true).value, 20, 1e-9);
    mu_log_destroy(log);
}
END_TEST

START_TEST(what_is_closed_already_is_closed) {
    mu_log *log = mu_log_create();
    (void)type_event(log, 10, MU_RECORD_CLOSED, "area");
    (void)type_event(log, 20, MU_RECORD_DECLARED, "red");
    typed_clause clause;
    make_clause(&clause, MU_CLAUSE_DEADLINE, "declared:red", "closed:area", "limit", 30, "s");
    ck_assert_int_eq(judge(&clause, log, true).verdict, MU_VERDICT_MET);
    ck_assert_double_eq(judge(&clause, log, true).value, 0);
    mu_log_truncate(log, 1);
    (void)type_event(log, 15, MU_RECORD_OPENED, "area");
    (void)type_event(log, 20, MU_RECORD_DECLARED, "red");
    ck_assert_int_eq(judge(&clause, log, true).verdict, MU_VERDICT_MISSED);
    mu_log_destroy(log);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("systems");
    TCase *lanes = tcase_create("lanes");
    tcase_set_timeout(lanes, 60);
    tcase_add_test(lanes, formulas_give_their_published_numbers);
    tcase_add_test(lanes, lanes_wait_as_theory_says);
    tcase_add_test(lanes, arrivals_follow_the_time_of_day);
    suite_add_tcase(suite, lanes);
    TCase *sensors = tcase_create("sensors");
    tcase_add_test(sensors, sensors_mind_what_is_theirs);
    suite_add_tcase(suite, sensors);
    TCase *numbers = tcase_create("numbers");
    tcase_add_test(numbers, numbers_are_compared_with_the_demand);
    tcase_add_test(numbers, numbers_before_the_start_do_not_count);
    tcase_add_test(numbers, every_demand_of_a_clause_has_to_hold);
    tcase_add_test(numbers, what_is_closed_already_is_closed);
    suite_add_tcase(suite, numbers);
    return run_suite(suite);
}
