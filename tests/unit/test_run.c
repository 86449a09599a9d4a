/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole runs of the head-office incidents: what must hold at every event, and that a run is a pure
 * function of plan, seed and replication. MUSTER_SOURCE names the source folder. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drill/run.h"
#include "effort.h"
#include "loaded_plan.h"
#include "runner.h"

static void load_plan(void) {
    load_incident("scenarios/head-office/package.json");
}

static void load_explosion(void) {
    load_incident("scenarios/head-office/explosion.json");
}

static void check_same_log(const mu_log *a, const mu_log *b) {
    ck_assert_uint_eq(mu_log_count(a), mu_log_count(b));
    for (uint32_t i = 0; i < mu_log_count(a); i++) {
        ck_assert_mem_eq(mu_log_get(a, i), mu_log_get(b, i), sizeof(mu_record));
    }
}

/* A whole run; states sum to all occupants at every event. */
static void play_conserved(void) {
    mu_log *log = mu_log_create();
    mu_sim sim;
    ck_assert_int_eq(mu_run_begin(plan, 1, 0, log, &sim), MU_OK);
    do {
        ck_assert(mu_crowd_conserved(&sim));
    } while (mu_run_next(&sim));
    ck_assert_int_eq(mu_run_status(&sim), MU_OK);
    ck_assert(mu_crowd_conserved(&sim));
    mu_run_destroy(&sim);
    mu_log_destroy(log);
}

START_TEST(states_sum_to_all_occupants_at_every_event) {
    play_conserved();
}
END_TEST

static const char *const campus[] = {
    "scenarios/campus/chlorine.json",   "scenarios/campus/hostage.json",
    "scenarios/campus/explosion.json",  "scenarios/campus/package.json",
    "scenarios/campus/evacuation.json", "scenarios/campus/intruder.json"};
enum { CAMPUS = EFFORT(6, 0) };

/* The same on the campus, by the model that is cheap enough to look after each event. */
START_TEST(states_sum_in_incidents_of_the_campus) {
    load_incident(campus[_i]);
    plan->incident.motion = MU_MOTION_FLOW;
    play_conserved();
    drop_plan();
}
END_TEST

START_TEST(same_seed_same_log_and_hash) {
    for (uint32_t replication = 0; replication < EFFORT(2, 1); replication++) {
        mu_log *a = mu_log_create(), *b = mu_log_create();
        mu_run_end end_a, end_b;
        ck_assert_int_eq(mu_run(plan, 9, replication, a, &end_a), MU_OK);
        ck_assert_int_eq(mu_run(plan, 9, replication, b, &end_b), MU_OK);
        ck_assert_uint_eq(end_a.state_hash, end_b.state_hash);
        check_same_log(a, b);
        mu_log_destroy(a);
        mu_log_destroy(b);
    }
}
END_TEST

/* Stop, put back, go on: as if never stopped. Twice from each of several moments. */
START_TEST(restore_in_mid_incident_changes_nothing) {
    mu_log *whole = mu_log_create(), *log = mu_log_create();
    mu_run_end expected, got;
    ck_assert_int_eq(mu_run(plan, 3, 0, whole, &expected), MU_OK);
    mu_sim sim;
    ck_assert_int_eq(mu_run_begin(plan, 3, 0, log, &sim), MU_OK);
    for (uint64_t part = 1; part < EFFORT(4, 2); part++) {
        while (mu_world_clock(&sim.world)->dispatched < expected.events * part / 4) {
            ck_assert(mu_run_next(&sim));
        }
        mu_world snapshot;
        ck_assert_int_eq(mu_world_copy(&sim.world, &snapshot), MU_OK);
        while (mu_run_next(&sim)) {
        }
        mu_run_result(&sim, &got);
        ck_assert_uint_eq(got.state_hash, expected.state_hash);
        check_same_log(log, whole);
        ck_assert_int_eq(mu_run_restore(&sim, &snapshot), MU_OK);
        ck_assert_uint_eq(mu_world_hash(&sim.world), mu_world_hash(&snapshot));
        mu_world_destroy(&snapshot);
    }
    mu_run_destroy(&sim);
    mu_log_destroy(log);
    mu_log_destroy(whole);
}
END_TEST

/* Time never runs back, and nothing is caused by what comes after it. */
START_TEST(causes_come_before_effects) {
    mu_log *log = mu_log_create();
    mu_run_end end;
    ck_assert_int_eq(mu_run(plan, 4, 0, log, &end), MU_OK);
    for (uint32_t i = 0; i < mu_log_count(log); i++) {
        const mu_record *record = mu_log_get(log, i);
        ck_assert(i == 0 || mu_log_get(log, i - 1)->time_us <= record->time_us);
        ck_assert(record->cause == MU_NO_RECORD || record->cause < i);
    }
    mu_log_destroy(log);
}
END_TEST

/* Every casualty is found, sorted and, unless they play 'deceased', taken away; everybody else is
 * out or was never told. */
START_TEST(after_an_explosion_everyone_is_accounted_for) {
    for (uint32_t replication = 0; replication < EFFORT(2, 1); replication++) {
        mu_log *log = mu_log_create();
        mu_sim sim;
        ck_assert_int_eq(mu_run_begin(plan, 12, replication, log, &sim), MU_OK);
        while (mu_run_next(&sim)) {
        }
        uint32_t hurt = 0;
        for (uint32_t p = 0; p < plan->people.list.count; p++) {
            const mu_casualty_now *c = &mu_casualties(&sim)[p];
            if (plan->people.list.items[p].kind != MU_PERSON_OCCUPANT) {
                ck_assert_uint_eq(c->injured, MU_NO_RECORD);
            } else if (c->injured != MU_NO_RECORD) {
                hurt++;
                ck_assert_uint_ne(c->tagged, MU_NO_RECORD);
                ck_assert_uint_eq(c->tag, c->plays);
                ck_assert_uint_eq(mu_minds(&sim)[p].state, c->plays == MU_START_BLACK
                                                               ? MU_OCCUPANT_CASUALTY
                                                               : MU_OCCUPANT_TAKEN);
            } else {
                ck_assert_uint_eq(mu_minds(&sim)[p].state, MU_OCCUPANT_OUT);
            }
        }
        ck_assert_uint_gt(hurt, 0);
        ck_assert(mu_world_clock(&sim.world)->quiet);
        mu_run_destroy(&sim);
        mu_log_destroy(log);
    }
}
END_TEST

/* Nobody is left on the way: who was told to leave is out, and who is inside was never told. */
START_TEST(everyone_who_was_told_is_out_at_the_end) {
    for (uint32_t replication = 0; replication < EFFORT(6, 1); replication++) {
        mu_log *log = mu_log_create();
        mu_sim sim;
        ck_assert_int_eq(mu_run_begin(plan, 11, replication, log, &sim), MU_OK);
        while (mu_run_next(&sim)) {
        }
        for (uint32_t p = 0; p < plan->people.list.count; p++) {
            const mu_mind *mind = &mu_minds(&sim)[p];
            if (plan->people.list.items[p].kind == MU_PERSON_OCCUPANT) {
                ck_assert(mind->state == MU_OCCUPANT_OUT || mind->alerted_record == MU_NO_RECORD);
            }
        }
        ck_assert(mu_world_clock(&sim.world)->quiet);
        mu_run_destroy(&sim);
        mu_log_destroy(log);
    }
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("run");
    tcase_set_timeout(tcase, 240);
    tcase_add_unchecked_fixture(tcase, load_plan, drop_plan);
    tcase_add_test(tcase, states_sum_to_all_occupants_at_every_event);
    tcase_add_test(tcase, same_seed_same_log_and_hash);
    tcase_add_test(tcase, restore_in_mid_incident_changes_nothing);
    tcase_add_test(tcase, causes_come_before_effects);
    tcase_add_test(tcase, everyone_who_was_told_is_out_at_the_end);
    TCase *explosion = tcase_create("explosion");
    tcase_set_timeout(explosion, 240);
    tcase_add_unchecked_fixture(explosion, load_explosion, drop_plan);
    tcase_add_test(explosion, states_sum_to_all_occupants_at_every_event);
    tcase_add_test(explosion, same_seed_same_log_and_hash);
    tcase_add_test(explosion, restore_in_mid_incident_changes_nothing);
    tcase_add_test(explosion, causes_come_before_effects);
    tcase_add_test(explosion, after_an_explosion_everyone_is_accounted_for);
    TCase *whole = tcase_create("campus");
    tcase_set_timeout(whole, 240);
    tcase_add_loop_test(whole, states_sum_in_incidents_of_the_campus, 0, CAMPUS);
    Suite *suite = suite_create("run");
    suite_add_tcase(suite, tcase);
    suite_add_tcase(suite, explosion);
    suite_add_tcase(suite, whole);
    return run_suite(suite);
}
