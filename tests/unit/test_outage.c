/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What fails meanwhile: who is blind or cannot be reached as long as it does, when it is back, and
 * what is refused. On the wing of the hostage tests. */
#include "wing.h"

#include "runner.h"

#define MAINS(FROM, UNTIL) "{\"at_s\":" FROM ",\"until_s\":" UNTIL ",\"mains\":true}"
#define CUT(CHANNEL, FROM, UNTIL)                                                                  \
    "{\"at_s\":" FROM ",\"until_s\":" UNTIL ",\"channel\":\"" CHANNEL "\"}"
/* Nobody but the camera notices. */
#define WATCHED                                                                                    \
    "{\"space\":\"place\",\"at\":[7,20],\"seized_at_s\":10,\"notice_s\":80000,\"call_s\":80000,"   \
    "\"camera_notice_chance\":1,\"camera_notice_s\":5,\"button_chance\":0}"
#define LOCK                                                                                       \
    "{\"id\":\"lock\",\"when\":{\"all\":[\"noticed:hostage\"]},\"who\":{\"role\":\"operator\"},"   \
    "\"verb\":\"lock_down\",\"object\":\"store\",\"over\":[\"pa\"],\"takes_s\":5}"
#define LONG                                                                                       \
    "{\"id\":\"long\",\"when\":{\"all\":[\"seized:hostage\"]},\"who\":{\"role\":\"operator\"},"    \
    "\"verb\":\"verify\",\"object\":\"x\",\"takes_s\":1000}"
#define LEAVE                                                                                      \
    "{\"id\":\"leave\",\"when\":{\"all\":[\"noticed:hostage\"]},\"who\":{\"role\":\"operator\"},"  \
    "\"verb\":\"evacuate\",\"object\":\"wing\",\"over\":[\"pa\"],\"takes_s\":5}"
#define ASK                                                                                        \
    "{\"id\":\"ask\",\"when\":{\"all\":[\"secured:store\"]},\"who\":{\"role\":\"operator\"},"      \
    "\"verb\":\"notify\",\"object\":\"inside\",\"to\":\"@sheltering\",\"over\":[\"sms\"],"         \
    "\"takes_s\":10,\"reply_chance\":1,\"replies_s\":20}"
#define OUTAGES ",\"outages\":["

static mu_log *play(wing *w) {
    mu_log *log = mu_log_create();
    mu_run_end end;
    ck_assert_int_eq(mu_run(w->plan, 1, 0, log, &end), MU_OK);
    return log;
}

static void close_all(wing *w, mu_log *log) {
    mu_log_destroy(log);
    wing_close(w);
}

START_TEST(of_two_that_overlap_the_last_end_counts) {
    wing w =
        wing_load(WING_HOSTAGE OUTAGES CUT("pa", "20", "100") "," CUT("pa", "50", "200") "]", LONG);
    mu_log *log = play(&w);
    ck_assert_uint_eq(wing_count(log, MU_RECORD_BACK), 1);
    ck_assert_int_eq(wing_find(log, MU_RECORD_BACK, 0)->time_us, 200 * MU_SECOND);
    close_all(&w, log);
}
END_TEST

static void needs_power(wing *w, bool whether) {
    for (uint32_t e = 0; e < w->plan->site.equipment.count; e++) {
        w->plan->site.equipment.items[e].needs_power = whether;
    }
}

/* It sees as soon as it has power: within a minute of it. */
START_TEST(a_camera_without_power_is_blind) {
    wing w = wing_load(WATCHED OUTAGES MAINS("5", "300") "]", LOCK);
    needs_power(&w, true);
    mu_log *log = play(&w);
    const mu_time noticed = wing_find(log, MU_RECORD_NOTICED, 0)->time_us;
    ck_assert_int_ge(noticed, 300 * MU_SECOND);
    ck_assert_int_le(noticed, 360 * MU_SECOND);
    mu_log_destroy(log);
    needs_power(&w, false);
    log = play(&w);
    ck_assert_int_eq(wing_find(log, MU_RECORD_NOTICED, 0)->time_us, 15 * MU_SECOND);
    close_all(&w, log);
}
END_TEST

START_TEST(who_is_asked_over_a_channel_that_is_down_does_not_hear_it) {
    wing w = wing_load(WING_HOSTAGE OUTAGES CUT("sms", "0", "0") "]", LOCK "," ASK);
    mu_log *log = play(&w);
    ck_assert_ptr_nonnull(wing_find(log, MU_RECORD_NOTIFIED, 0));
    ck_assert_uint_eq(wing_count(log, MU_RECORD_REPLIED), 0);
    close_all(&w, log);
}
END_TEST

/* Told to leave, and not yet gone when the run ends: on the way, and not of those told to stay. */
START_TEST(who_is_about_to_leave_did_not_stay) {
    wing w = wing_load(WING_HOSTAGE, LEAVE);
    w.plan->incident.horizon_s = 22;
    mu_log *log = play(&w);
    uint32_t about_to = 0;
    for (uint32_t i = 0; i < mu_log_count(log); i++) {
        const mu_record *record = mu_log_get(log, i);
        if (record->kind == MU_RECORD_REMAINS) {
            ck_assert_uint_ne(record->value, MU_REMAINS_STAYED);
            about_to += record->value == MU_REMAINS_ON_THE_WAY;
        }
    }
    ck_assert_uint_gt(about_to, 0);
    close_all(&w, log);
}
END_TEST

START_TEST(an_outage_names_one_thing_and_ends_after_it_began) {
    static const struct {
        const char *outage, *code;
    } wrong[] = {{"{\"at_s\":5}", "incident.outage-of-what"},
                 {"{\"at_s\":5,\"mains\":true,\"channel\":\"pa\"}", "incident.outage-of-what"},
                 {MAINS("50", "20"), "incident.outage-ends-before"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char hostage[512];
        (void)snprintf(hostage, sizeof hostage, "%s%s%s]", WING_HOSTAGE, OUTAGES, wrong[i].outage);
        wing w = wing_try(hostage, LOCK);
        ck_assert_ptr_null(w.plan);
        ck_assert(wing_has_diag(&w, wrong[i].code));
        wing_close(&w);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("outage");
    TCase *tc = tcase_create("what fails");
    tcase_add_test(tc, of_two_that_overlap_the_last_end_counts);
    tcase_add_test(tc, a_camera_without_power_is_blind);
    tcase_add_test(tc, who_is_asked_over_a_channel_that_is_down_does_not_hear_it);
    tcase_add_test(tc, who_is_about_to_leave_did_not_stay);
    tcase_add_test(tc, an_outage_names_one_thing_and_ends_after_it_began);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
