/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timeline of a run, read from logs that are typed in by hand. */
#include "drill/workload.h"

#include "runner.h"
#include "typed_plan.h"

enum { GUARD, OFFICER, ROLES };
enum { CORDON, CALL, STEPS };

static const char *roles[ROLES] = {"guard", "officer"};
static mu_step given[STEPS];
static mu_step_plan steps[STEPS];
static mu_unit unit;
static mu_log *typed;
static mu_timeline timeline;

static void make(void) {
    make_plan();
    plan.people.roles.items = roles;
    plan.people.roles.count = ROLES;
    people[1].kind = people[2].kind = MU_PERSON_MEMBER;
    people[2].role = OFFICER;
    given[CORDON] = (mu_step){.id = "cordon", .holds = true};
    given[CALL] = (mu_step){.id = "call"};
    steps[CORDON] = (mu_step_plan){.given = &given[CORDON], .role = GUARD};
    steps[CALL] = (mu_step_plan){.given = &given[CALL], .role = MU_NONE, .by_actor = true};
    plan.response.steps.items = steps;
    plan.response.steps.count = STEPS;
    plan.response.word_all = mu_handle_index(word("all"));
    unit = (mu_unit){.id = "patrol", .role = "police"};
    plan.roster.units.items = &unit;
    plan.roster.units.count = 1;
    typed = mu_log_create();
}

static void drop(void) {
    mu_timeline_destroy(&timeline);
    mu_log_destroy(typed);
    drop_plan();
}

static uint32_t note(double at_s, mu_record_kind kind, uint32_t step, mu_handle subject) {
    const mu_record record = {.time_us = seconds(at_s),
                              .kind = (uint16_t)kind,
                              .cause = MU_NO_RECORD,
                              .subject = subject,
                              .step = MU_HANDLE(MU_THING_STEP, step)};
    return mu_log_append(typed, &record);
}

static void read_log(double end_s) {
    ck_assert_int_eq(mu_timeline_read(&plan, typed, seconds(end_s), 3, &timeline), MU_OK);
    ck_assert_uint_eq(timeline.replication, 3);
}

static void expect_stage(uint32_t i, uint32_t task, mu_activity activity, double from_s,
                         double to_s) {
    ck_assert_uint_lt(i, timeline.stage_count);
    const mu_stage_time *stage = &timeline.stages[i];
    ck_assert_uint_eq(stage->task, task);
    ck_assert_uint_eq(stage->activity, (uint32_t)activity);
    ck_assert_int_eq(stage->from_us, seconds(from_s));
    ck_assert_int_eq(stage->to_us, seconds(to_s));
}

static mu_handle person(uint32_t index) {
    return MU_HANDLE(MU_THING_PERSON, index);
}

static void type_cordon(double released_s) {
    note(10, MU_RECORD_DUE, CORDON, 0);
    note(10, MU_RECORD_REQUESTED, CORDON, 0);
    note(25, MU_RECORD_GRANTED, CORDON, person(0));
    note(25, MU_RECORD_SET_OUT, CORDON, person(0));
    note(25, MU_RECORD_SET_OUT, CORDON, person(1));
    note(40, MU_RECORD_REACHED, CORDON, person(0));
    note(40, MU_RECORD_SET_OUT, CORDON, person(0)); /* had to fetch something first */
    note(70, MU_RECORD_REACHED, CORDON, person(0));
    note(70, MU_RECORD_BEGAN, CORDON, 0);
    note(100, MU_RECORD_WORKED, CORDON, 0);
    note(100, MU_RECORD_STEP, CORDON, 0);
    if (released_s > 0) {
        note(released_s, MU_RECORD_RELEASED, CORDON, person(0));
        note(released_s, MU_RECORD_RELEASED, CORDON, person(1));
    }
}

START_TEST(a_step_is_cut_into_stages) {
    type_cordon(300);
    read_log(1000);
    ck_assert_uint_eq(timeline.task_count, 1);
    ck_assert_uint_eq(timeline.tasks[0].role, GUARD);
    ck_assert_uint_eq(timeline.tasks[0].persons, 2);
    ck_assert_uint_eq(timeline.tasks[0].end, MU_TASK_DONE);
    ck_assert_int_eq(timeline.tasks[0].from_us, seconds(10));
    ck_assert_int_eq(timeline.tasks[0].to_us, seconds(300));
    ck_assert_uint_eq(timeline.stage_count, 4);
    expect_stage(0, 0, MU_ACTIVITY_WAITING, 10, 25);
    expect_stage(1, 0, MU_ACTIVITY_WALKING, 25, 70);
    expect_stage(2, 0, MU_ACTIVITY_WORKING, 70, 100);
    expect_stage(3, 0, MU_ACTIVITY_HOLDING, 100, 300);
}
END_TEST

/* One guard is on duty; the cordon takes one from 10 to 60 s, the call one more from 20 to 30. */
START_TEST(what_is_wanted_at_once_is_more_than_there_is) {
    people[0].kind = MU_PERSON_MEMBER;
    people[0].role = GUARD;
    people[1].role = OFFICER;
    steps[CORDON].crew = steps[CALL].crew = 1;
    steps[CALL].role = GUARD;
    note(10, MU_RECORD_DUE, CORDON, 0);
    note(10, MU_RECORD_BEGAN, CORDON, 0);
    note(20, MU_RECORD_DUE, CALL, 0);
    note(20, MU_RECORD_REQUESTED, CALL, 0);
    note(30, MU_RECORD_CALLED_OFF, CALL, 0);
    note(60, MU_RECORD_STEP, CORDON, 0);
    read_log(60);
    mu_workload load;
    ck_assert_int_eq(mu_workload_of(&plan, &timeline, &load), MU_OK);
    ck_assert_uint_eq(mu_workload_on_duty(&plan, GUARD), 1);
    ck_assert_uint_eq(load.roles[GUARD].tasks, 2);
    ck_assert_double_eq_tol(load.roles[GUARD].busy_s[MU_ACTIVITY_WORKING], 50, 1e-9);
    ck_assert_uint_eq(load.roles[GUARD].peak, 2);
    ck_assert_int_eq(load.roles[GUARD].peak_us, seconds(20));
    ck_assert_double_eq_tol(load.roles[GUARD].short_s, 10, 1e-9);
    ck_assert_uint_eq(load.wait_count, 1);
    ck_assert_uint_eq(load.waits[0].subject, 0);
    ck_assert_int_eq(load.waits[0].to_us - load.waits[0].from_us, seconds(10));
    mu_workload_destroy(&load);
}
END_TEST

START_TEST(what_is_held_at_the_end_stays_open) {
    type_cordon(0);
    read_log(1000);
    ck_assert_uint_eq(timeline.tasks[0].end, MU_TASK_OPEN);
    expect_stage(3, 0, MU_ACTIVITY_HOLDING, 100, 1000);
}
END_TEST

/* The one who calls is named by the grant; the one who answers has a task of their own. */
START_TEST(a_call_is_talking_on_both_sides) {
    note(0, MU_RECORD_DUE, CALL, 0);
    note(5, MU_RECORD_GRANTED, CALL, person(0));
    note(5, MU_RECORD_BEGAN, CALL, 0);
    note(5, MU_RECORD_SENT, CALL, person(0));
    note(8, MU_RECORD_DELIVERED, CALL, 0);
    note(8, MU_RECORD_REQUESTED, CALL, 0);
    note(20, MU_RECORD_GRANTED, CALL, person(2));
    note(50, MU_RECORD_WORKED, CALL, 0);
    note(50, MU_RECORD_RELEASED, CALL, person(2));
    note(50, MU_RECORD_STEP, CALL, 0);
    read_log(60);
    ck_assert_uint_eq(timeline.task_count, 2);
    ck_assert_uint_eq(timeline.tasks[0].role, GUARD);
    ck_assert(!timeline.tasks[0].answers);
    ck_assert_uint_eq(timeline.tasks[1].role, OFFICER);
    ck_assert(timeline.tasks[1].answers);
    ck_assert_int_eq(timeline.tasks[1].from_us, seconds(20));
    ck_assert_int_eq(timeline.tasks[1].to_us, seconds(50));
    ck_assert_uint_eq(timeline.stage_count, 5);
    expect_stage(0, 0, MU_ACTIVITY_WAITING, 0, 5);
    expect_stage(1, 0, MU_ACTIVITY_TALKING, 5, 8);
    expect_stage(2, 0, MU_ACTIVITY_WAITING, 8, 20);
    expect_stage(3, 1, MU_ACTIVITY_TALKING, 20, 50);
    expect_stage(4, 0, MU_ACTIVITY_TALKING, 20, 50);
}
END_TEST

START_TEST(each_repetition_is_a_task) {
    for (int k = 0; k < 3; k++) {
        note(100 * k, MU_RECORD_DUE, CALL, 0);
        note(100 * k, MU_RECORD_BEGAN, CALL, 0);
        note(100 * k + 30, MU_RECORD_STEP, CALL, 0);
    }
    note(300, MU_RECORD_DUE, CALL, 0);
    note(310, MU_RECORD_ABANDONED, CALL, 0);
    note(320, MU_RECORD_RELEASED, CALL, person(0)); /* of nothing that is open */
    read_log(400);
    ck_assert_uint_eq(timeline.task_count, 4);
    ck_assert_int_eq(timeline.tasks[2].from_us, seconds(200));
    ck_assert_int_eq(timeline.tasks[2].to_us, seconds(230));
    ck_assert_uint_eq(timeline.tasks[3].end, MU_TASK_ABANDONED);
    ck_assert_int_eq(timeline.tasks[3].to_us, seconds(310));
}
END_TEST

START_TEST(a_unit_is_told_sets_out_and_comes) {
    const uint32_t told = type_event(typed, 30, MU_RECORD_NOTIFIED, "police");
    const mu_record set_out = {.time_us = seconds(90),
                               .kind = MU_RECORD_DISPATCHED,
                               .cause = told,
                               .subject = MU_HANDLE(MU_THING_UNIT, 0)};
    (void)mu_log_append(typed, &set_out);
    read_log(1000);
    ck_assert_int_eq(timeline.units[0].told_us, seconds(30));
    ck_assert_int_eq(timeline.units[0].set_out_us, seconds(90));
    ck_assert_int_eq(timeline.units[0].on_site_us, MU_NEVER);
}
END_TEST

START_TEST(levels_and_moments_are_told_once) {
    type_event(typed, 1, MU_RECORD_DECLARED, "yellow");
    type_event(typed, 2, MU_RECORD_DECLARED, "yellow");
    type_event(typed, 3, MU_RECORD_DECLARED, "red");
    type_event(typed, 4, MU_RECORD_CLEARED, "area");
    type_event(typed, 5, MU_RECORD_CLEARED, "area");
    type_event(typed, 6, MU_RECORD_ACCOUNTED, "guard"); /* one of many */
    type_event(typed, 7, MU_RECORD_ACCOUNTED, "all");
    type_event(typed, 8, MU_RECORD_ALL_CLEAR, NULL);
    read_log(10);
    ck_assert_uint_eq(timeline.alert_count, 3);
    ck_assert_int_eq(timeline.alerts[1].time_us, seconds(3));
    ck_assert_uint_eq(timeline.moment_count, 5);
    ck_assert_int_eq(timeline.moments[2].time_us, seconds(4));
    ck_assert_int_eq(timeline.moments[3].time_us, seconds(7));
}
END_TEST

int main(void) {
    Suite *suite = suite_create("timeline");
    TCase *all = tcase_create("all");
    tcase_add_checked_fixture(all, make, drop);
    tcase_add_test(all, a_step_is_cut_into_stages);
    tcase_add_test(all, what_is_wanted_at_once_is_more_than_there_is);
    tcase_add_test(all, what_is_held_at_the_end_stays_open);
    tcase_add_test(all, a_call_is_talking_on_both_sides);
    tcase_add_test(all, each_repetition_is_a_task);
    tcase_add_test(all, a_unit_is_told_sets_out_and_comes);
    tcase_add_test(all, levels_and_moments_are_told_once);
    suite_add_tcase(suite, all);
    return run_suite(suite);
}
