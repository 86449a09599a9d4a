/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The response by itself: triggers, competition for people, equipment and lines, failure, holding,
 * repetition, portals, help from outside. Every time below is a sum of constants; the alarm comes
 * at 10 s. */
#include "runner.h"
#include "tiny_plan.h"

#define STEP(id, when, rest) "{\"id\":\"" id "\",\"when\":{" when "}," rest "}"
#define ON_ALARM             "\"all\":[\"alarm:general\"]"
#define RECORD               "\"verb\":\"record\",\"object\":\"log\""

START_TEST(all_of_waits_for_the_last_and_any_of_for_the_first) {
    tiny t = tiny_play(STEP("a", ON_ALARM, RECORD ",\"takes_s\":5") "," STEP(
        "b", ON_ALARM,
        RECORD
        ",\"takes_s\":20") "," STEP("all", "\"all\":[\"step:a\",\"step:b\"]",
                                    RECORD) "," STEP("any",
                                                     "\"any\":[\"step:a\",\"step:b\"],\"wait_s\":2",
                                                     RECORD));
    ck_assert_double_eq(tiny_when(&t, MU_RECORD_STEP, "a"), 15);
    ck_assert_double_eq(tiny_when(&t, MU_RECORD_DUE, "all"), 30);
    ck_assert_double_eq(tiny_when(&t, MU_RECORD_DUE, "any"), 17);
    const mu_record *due = tiny_find(&t, MU_RECORD_DUE, "all", 0);
    ck_assert_ptr_eq(mu_log_get(t.log, due->cause), tiny_find(&t, MU_RECORD_STEP, "b", 0));
    due = tiny_find(&t, MU_RECORD_DUE, "any", 0);
    ck_assert_ptr_eq(mu_log_get(t.log, due->cause), tiny_find(&t, MU_RECORD_STEP, "a", 0));
    ck_assert_uint_eq(tiny_count(&t, MU_RECORD_DUE, "any"), 1);
    tiny_close(&t);
}
END_TEST

#define OPERATOR "\"who\":{\"role\":\"operator\",\"count\":1},"

START_TEST(one_person_does_one_thing_at_a_time_by_priority) {
    tiny t = tiny_play(
        STEP("first", ON_ALARM, OPERATOR RECORD ",\"takes_s\":20,\"priority\":1") "," STEP(
            "low", ON_ALARM ",\"wait_s\":1",
            OPERATOR RECORD
            ",\"takes_s\":5,\"priority\":1") "," STEP("high", ON_ALARM ",\"wait_s\":2",
                                                      OPERATOR RECORD
                                                      ",\"takes_s\":5,\"priority\":9"));
    ck_assert_double_eq(tiny_when(&t, MU_RECORD_GRANTED, "first"), 10);
    ck_assert_double_eq(tiny_when(&t, MU_RECORD_REQUESTED, "low"), 11);
    ck_assert_double_eq(tiny_when(&t, MU_RECORD_GRANTED, "high"), 30);
    ck_assert_double_eq(tiny_when(&t, MU_RECORD_GRANTED, "low"), 35);
    const mu_record *high = tiny_find(&t, MU_RECORD_GRANTED, "high", 0);
    ck_assert_str_eq(mu_plan_id(t.plan, high->holder), "first");
    const mu_record *low = tiny_find(&t, MU_RECORD_GRANTED, "low", 0);
    ck_assert_str_eq(mu_plan_id(t.plan, low->holder), "high");
    tiny_close(&t);
}
END_TEST

START_TEST(only_who_has_the_skill_is_sent) {
    tiny t = tiny_play(STEP("care", ON_ALARM,
                            "\"who\":{\"role\":\"team\",\"skill\":\"medic\",\"count\":1}," RECORD
                            ",\"takes_s\":1"));
    const mu_record *grant = tiny_find(&t, MU_RECORD_GRANTED, "care", 0);
    ck_assert_str_eq(mu_plan_id(t.plan, grant->subject), "medic");
    tiny_close(&t);
}
END_TEST

#define NEEDS_KIT "\"needs\":[{\"equipment\":\"medical_kit\",\"count\":1}],"

START_TEST(equipment_is_waited_for_and_comes_back) {
    tiny t = tiny_play(STEP("one", ON_ALARM, NEEDS_KIT RECORD ",\"takes_s\":30") "," STEP(
        "two", ON_ALARM ",\"wait_s\":1", NEEDS_KIT RECORD ",\"takes_s\":1"));
    ck_assert_double_eq(tiny_when(&t, MU_RECORD_GRANTED, "one"), 10);
    ck_assert_double_eq(tiny_when(&t, MU_RECORD_GRANTED, "two"), 40);
    ck_assert_str_eq(mu_plan_id(t.plan, tiny_find(&t, MU_RECORD_GRANTED, "two", 0)->holder), "one");
    tiny_close(&t);
}
END_TEST

/* Two lines of `needs` that one and the same place has to serve count together. */
START_TEST(a_place_gives_no_more_than_it_has) {
    tiny t = tiny_play(STEP("greedy", ON_ALARM,
                            "\"needs\":[{\"equipment\":\"medical_kit\",\"count\":1},"
                            "{\"equipment\":\"medical_kit\",\"count\":1}]," RECORD));
    ck_assert_ptr_nonnull(tiny_find(&t, MU_RECORD_REQUESTED, "greedy", 0));
    ck_assert_ptr_null(tiny_find(&t, MU_RECORD_GRANTED, "greedy", 0));
    tiny_close(&t);
    t = tiny_play(STEP("fair", ON_ALARM,
                       "\"needs\":[{\"equipment\":\"blast_blanket\",\"count\":1},"
                       "{\"equipment\":\"blast_blanket\",\"count\":1}]," RECORD));
    ck_assert_double_eq(tiny_when(&t, MU_RECORD_GRANTED, "fair"), 10);
    tiny_close(&t);
}
END_TEST

#define CALL(over)                                                                                 \
    "\"verb\":\"notify\",\"object\":\"head\",\"to\":\"head\",\"over\":[" over "],\"takes_s\":10"

START_TEST(a_call_takes_a_line_and_the_receivers_time) {
    tiny t = tiny_play(STEP(
        "busy", ON_ALARM,
        "\"who\":{\"role\":\"head\",\"count\":1}," RECORD
        ",\"takes_s\":50") "," STEP("call", ON_ALARM,
                                    OPERATOR CALL(
                                        "\"phone\"")) "," STEP("other", ON_ALARM ",\"wait_s\":1",
                                                               "\"who\":{\"role\":\"team\","
                                                               "\"skill\":\"eod\",\"count\":1}"
                                                               "," CALL("\"phone\"")));
    ck_assert_double_eq(tiny_when(&t, MU_RECORD_SENT, "call"), 10);
    ck_assert_double_eq(tiny_when(&t, MU_RECORD_DELIVERED, "call"), 12);
    ck_assert_double_eq(tiny_when(&t, MU_RECORD_NOTIFIED, "call"), 70); /* 60, then they talk */
    const mu_record *answer = tiny_find(&t, MU_RECORD_GRANTED, "call", 1);
    ck_assert_str_eq(mu_plan_id(t.plan, answer->holder), "busy");
    /* The only line is free at 70. */
    ck_assert_double_eq(tiny_when(&t, MU_RECORD_SENT, "other"), 70);
    const mu_record *line = tiny_find(&t, MU_RECORD_GRANTED, "other", 1);
    ck_assert_str_eq(mu_plan_id(t.plan, line->holder), "call");
    tiny_close(&t);
}
END_TEST

START_TEST(a_lost_message_goes_out_again_over_the_next_channel) {
    tiny t = tiny_play(STEP("call", ON_ALARM, OPERATOR CALL("\"dead\",\"radio\"")));
    ck_assert_double_eq(tiny_when(&t, MU_RECORD_LOST, "call"), 14);
    ck_assert_double_eq(tiny_when(&t, MU_RECORD_DELIVERED, "call"), 15);
    ck_assert_double_eq(tiny_when(&t, MU_RECORD_NOTIFIED, "call"), 25);
    tiny_close(&t);
}
END_TEST

START_TEST(a_message_that_never_arrives_is_given_up_and_frees_the_sender) {
    tiny t = tiny_play(STEP("call", ON_ALARM, OPERATOR CALL("\"dead\"")) "," STEP(
        "next", ON_ALARM ",\"wait_s\":1", OPERATOR RECORD));
    ck_assert_uint_eq(tiny_count(&t, MU_RECORD_LOST, "call"), 50);
    ck_assert_double_eq(tiny_when(&t, MU_RECORD_ABANDONED, "call"), 210);
    ck_assert_ptr_null(tiny_find(&t, MU_RECORD_NOTIFIED, "call", 0));
    ck_assert_double_eq(tiny_when(&t, MU_RECORD_STEP, "next"), 210);
    tiny_close(&t);
}
END_TEST

START_TEST(work_that_fails_is_tried_again_then_abandoned) {
    tiny t = tiny_play(
        STEP("try", ON_ALARM, OPERATOR RECORD ",\"takes_s\":6,\"chance\":0,\"tries\":3") "," STEP(
            "next", ON_ALARM ",\"wait_s\":1", OPERATOR RECORD));
    ck_assert_uint_eq(tiny_count(&t, MU_RECORD_FAILED, "try"), 3);
    ck_assert_double_eq(tiny_when(&t, MU_RECORD_ABANDONED, "try"), 28);
    ck_assert_ptr_null(tiny_find(&t, MU_RECORD_RECORDED, "try", 0));
    ck_assert_double_eq(tiny_when(&t, MU_RECORD_GRANTED, "next"), 28);
    tiny_close(&t);
}
END_TEST

START_TEST(who_holds_a_place_is_busy_until_its_end) {
    tiny t = tiny_play(
        STEP("hold", ON_ALARM, OPERATOR RECORD ",\"holds\":true,\"until\":\"step:end\"") "," STEP(
            "end", ON_ALARM, RECORD ",\"takes_s\":40") "," STEP("next", ON_ALARM ",\"wait_s\":1",
                                                                OPERATOR RECORD));
    ck_assert_double_eq(tiny_when(&t, MU_RECORD_STEP, "hold"), 10);
    ck_assert_double_eq(tiny_when(&t, MU_RECORD_GRANTED, "next"), 50);
    tiny_close(&t);
}
END_TEST

START_TEST(a_repeated_step_keeps_its_rhythm_until_its_end) {
    tiny t = tiny_play(STEP(
        "again", ON_ALARM,
        RECORD ",\"takes_s\":3,\"every_s\":20,\"until\":\"step:end\"") "," STEP("end", ON_ALARM,
                                                                                RECORD
                                                                                ",\"takes_s\":65"));
    ck_assert_uint_eq(tiny_count(&t, MU_RECORD_STEP, "again"), 4);
    for (uint32_t n = 0; n < 4; n++) {
        const mu_record *r = tiny_find(&t, MU_RECORD_DUE, "again", n);
        ck_assert_double_eq(mu_time_to_s(r->time_us), 10 + 20.0 * n);
    }
    tiny_close(&t);
}
END_TEST

START_TEST(a_zone_is_closed_with_its_last_portal) {
    tiny t = tiny_play(
        STEP("close", ON_ALARM, "\"verb\":\"close\",\"object\":\"core\",\"takes_s\":2") "," STEP(
            "open", "\"all\":[\"closed:core\"]",
            "\"verb\":\"open\",\"object\":\"core\",\"takes_s\":1"));
    const mu_record *closed = tiny_find(&t, MU_RECORD_CLOSED, "close", 0);
    ck_assert_double_eq(mu_time_to_s(closed->time_us), 19); /* 10 + 2 + the slower door's 7 */
    ck_assert_str_eq(mu_plan_id(t.plan, closed->subject), "door");
    ck_assert_double_eq(tiny_when(&t, MU_RECORD_OPENED, "open"), 27);
    tiny_close(&t);
}
END_TEST

START_TEST(police_come_when_they_are_told) {
    tiny t = tiny_play(STEP(
        "call", ON_ALARM,
        OPERATOR "\"verb\":\"notify\",\"object\":\"police\",\"to\":\"police\",\"over\":[\"phone\"],"
                 "\"takes_s\":10"));
    ck_assert_double_eq(tiny_when(&t, MU_RECORD_NOTIFIED, "call"), 22);
    double dispatched = 0, on_site = 0;
    for (uint32_t i = 0; i < mu_log_count(t.log); i++) {
        const mu_record *r = mu_log_get(t.log, i);
        dispatched = r->kind == MU_RECORD_DISPATCHED ? mu_time_to_s(r->time_us) : dispatched;
        on_site = r->kind == MU_RECORD_ON_SITE ? mu_time_to_s(r->time_us) : on_site;
    }
    ck_assert_double_eq(dispatched, 52);
    ck_assert_double_eq(on_site, 102); /* 500 m at 10 m/s */
    tiny_close(&t);
}
END_TEST

/* Nobody alive has this role on site before help comes: the step waits, and starts when it does. */
START_TEST(a_step_for_help_from_outside_waits_for_it) {
    tiny t = tiny_play(STEP(
        "call", ON_ALARM,
        OPERATOR "\"verb\":\"notify\",\"object\":\"police\",\"to\":\"police\",\"over\":[\"phone\"],"
                 "\"takes_s\":10") "," STEP("cordon", ON_ALARM,
                                            "\"who\":{\"role\":\"police\",\"count\":1},\"verb\":"
                                            "\"cordon\",\"object\":\"outer\""));
    ck_assert_double_eq(tiny_when(&t, MU_RECORD_GRANTED, "cordon"), 102);
    const mu_record *grant = tiny_find(&t, MU_RECORD_GRANTED, "cordon", 0);
    ck_assert_int_eq(mu_log_get(t.log, grant->cause)->kind, MU_RECORD_ON_SITE);
    tiny_close(&t);
}
END_TEST

/* A change that concerns nobody here leaves every draw and so every record as it was. */
START_TEST(a_step_that_never_starts_changes_nothing) {
    const char *base =
        STEP("out", ON_ALARM, "\"verb\":\"evacuate\",\"object\":\"site\",\"over\":[\"radio\"]");
    char more[1024];
    snprintf(more, sizeof more, "%s,%s", base,
             STEP("zzz", "\"all\":[\"declared:red\"]", OPERATOR RECORD));
    tiny a = tiny_play(base), b = tiny_play(more);
    ck_assert_uint_eq(mu_log_count(a.log), mu_log_count(b.log));
    for (uint32_t i = 0; i < mu_log_count(a.log); i++) {
        ck_assert_int_eq(mu_log_get(a.log, i)->time_us, mu_log_get(b.log, i)->time_us);
        ck_assert_int_eq(mu_log_get(a.log, i)->kind, mu_log_get(b.log, i)->kind);
    }
    tiny_close(&a);
    tiny_close(&b);
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("response");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, all_of_waits_for_the_last_and_any_of_for_the_first);
    tcase_add_test(tests, one_person_does_one_thing_at_a_time_by_priority);
    tcase_add_test(tests, only_who_has_the_skill_is_sent);
    tcase_add_test(tests, equipment_is_waited_for_and_comes_back);
    tcase_add_test(tests, a_place_gives_no_more_than_it_has);
    tcase_add_test(tests, a_call_takes_a_line_and_the_receivers_time);
    tcase_add_test(tests, a_lost_message_goes_out_again_over_the_next_channel);
    tcase_add_test(tests, a_message_that_never_arrives_is_given_up_and_frees_the_sender);
    tcase_add_test(tests, work_that_fails_is_tried_again_then_abandoned);
    tcase_add_test(tests, who_holds_a_place_is_busy_until_its_end);
    tcase_add_test(tests, a_repeated_step_keeps_its_rhythm_until_its_end);
    tcase_add_test(tests, a_zone_is_closed_with_its_last_portal);
    tcase_add_test(tests, police_come_when_they_are_told);
    tcase_add_test(tests, a_step_for_help_from_outside_waits_for_it);
    tcase_add_test(tests, a_step_that_never_starts_changes_nothing);
    Suite *suite = suite_create("response");
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
