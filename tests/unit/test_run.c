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
#include "response/screening.h"
#include "runner.h"

/* One run that is played before the tests: they look at it, or hold theirs against it. On the way
 * its states are counted after every event, and copies of its world are taken. */
enum { SEED = 9, COPIES = 3 };
static const double copied_at_min[COPIES] = {2, 6, 12};
static mu_log *first_log;
static mu_sim first;
static mu_run_end first_end;
static bool first_conserved;
static mu_world copies[COPIES];

static void play(uint32_t replication, mu_log *log, mu_sim *sim) {
    ck_assert_int_eq(mu_run_begin(plan, SEED, replication, log, sim), MU_OK);
    while (mu_run_next(sim)) {
    }
    ck_assert_int_eq(mu_run_status(sim), MU_OK);
}

static void play_first(const char *incident) {
    load_incident(incident);
    first_log = mu_log_create();
    first_conserved = true;
    ck_assert_int_eq(mu_run_begin(plan, SEED, 0, first_log, &first), MU_OK);
    uint32_t copied = 0;
    while (mu_run_next(&first)) {
        first_conserved = first_conserved && mu_crowd_conserved(&first);
        if (copied < COPIES &&
            mu_world_clock(&first.world)->now_us >= mu_time_from_s(60 * copied_at_min[copied])) {
            ck_assert_int_eq(mu_world_copy(&first.world, &copies[copied++]), MU_OK);
        }
    }
    ck_assert_uint_eq(copied, COPIES);
    ck_assert_int_eq(mu_run_status(&first), MU_OK);
    mu_run_result(&first, &first_end);
}

static void play_package(void) {
    play_first("scenarios/head-office/package.json");
}

static void play_explosion(void) {
    play_first("scenarios/head-office/explosion.json");
}

static void drop_first(void) {
    for (uint32_t i = 0; i < COPIES; i++) {
        mu_world_destroy(&copies[i]);
    }
    mu_run_destroy(&first);
    mu_log_destroy(first_log);
    drop_plan();
}

START_TEST(states_sum_to_all_occupants_at_every_event) {
    ck_assert(first_conserved);
    ck_assert(mu_crowd_conserved(&first));
}
END_TEST

static const char *const campus[] = {
    "scenarios/campus/chlorine.json",   "scenarios/campus/hostage.json",
    "scenarios/campus/explosion.json",  "scenarios/campus/package.json",
    "scenarios/campus/evacuation.json", "scenarios/campus/intruder.json"};
enum { CAMPUS = EFFORT(6, 0), COUNTED_EVERY = 64 };

static void play_counted(const char *incident) {
    mu_log *log = mu_log_create();
    mu_sim sim;
    ck_assert_int_eq(mu_run_begin(plan, 1, 0, log, &sim), MU_OK);
    for (uint64_t event = 0; mu_run_next(&sim); event++) {
        ck_assert_msg(event % COUNTED_EVERY != 0 || mu_crowd_conserved(&sim), "%s", incident);
    }
    ck_assert_int_eq(mu_run_status(&sim), MU_OK);
    ck_assert_msg(mu_crowd_conserved(&sim), "%s", incident);
    mu_run_destroy(&sim);
    mu_log_destroy(log);
}

/* The same on the campus, which is large: a sum that is wrong once stays wrong, so a later count
 * sees it as well. Its walking distances are found once for all incidents. */
START_TEST(states_sum_in_incidents_of_the_campus) {
    mu_plan *near = NULL;
    for (int i = 0; i < CAMPUS; i++) {
        load_incident_near(campus[i], near);
        plan->incident.motion = MU_MOTION_FLOW;
        play_counted(campus[i]);
        if (near == NULL) {
            near = plan;
        } else {
            ck_assert(plan->borrows_walkable);
            drop_plan();
        }
    }
    mu_plan_destroy(near);
}
END_TEST

/* A lane that people have been ordered out of draws no more arrivals: nobody waits for them, and
 * the run does not go on for their sake. */
START_TEST(closed_lanes_expect_nobody) {
    load_incident("scenarios/campus/package.json");
    plan->incident.motion = MU_MOTION_FLOW;
    ck_assert_uint_gt(plan->site.lanes.count, 0);
    mu_log *log = mu_log_create();
    mu_sim sim;
    ck_assert_int_eq(mu_run_begin(plan, 1, 0, log, &sim), MU_OK);
    const mu_lane_now *lane = mu_lanes_now(&sim);
    while (lane->closed == 0 && mu_run_next(&sim)) {
        lane = mu_lanes_now(&sim);
    }
    ck_assert_uint_ne(lane->closed, 0);
    const uint32_t drawn = lane->arrivals;
    const mu_time closed_us = mu_world_clock(&sim.world)->now_us;
    ck_assert_uint_gt(drawn, 0);
    while (mu_run_next(&sim)) {
    }
    ck_assert_int_gt(mu_world_clock(&sim.world)->now_us, closed_us + 600 * MU_SECOND);
    ck_assert_uint_eq(mu_lanes_now(&sim)->arrivals, drawn);
    mu_run_destroy(&sim);
    mu_log_destroy(log);
    drop_plan();
}
END_TEST

/* Under the sanitizers the test that puts back does it, too. */
enum { SAME = EFFORT(1, 0) };

START_TEST(same_seed_same_log_and_hash) {
    mu_log *log = mu_log_create();
    mu_run_end end;
    ck_assert_int_eq(mu_run(plan, SEED, 0, log, &end), MU_OK);
    ck_assert_uint_eq(end.state_hash, first_end.state_hash);
    ck_assert_uint_eq(mu_log_count(log), mu_log_count(first_log));
    for (uint32_t i = 0; i < mu_log_count(log); i++) {
        ck_assert_mem_eq(mu_log_get(log, i), mu_log_get(first_log, i), sizeof(mu_record));
    }
    mu_log_destroy(log);
}
END_TEST

/* Puts the first run back to a copy and plays on to where the next was taken, or to the end. */
static void play_on_from(uint32_t copy, const mu_record *records) {
    ck_assert_int_eq(mu_run_restore(&first, &copies[copy]), MU_OK);
    ck_assert_uint_eq(mu_world_hash(&first.world), mu_world_hash(&copies[copy]));
    const bool last = copy + 1 == COPIES;
    const uint64_t until = last ? UINT64_MAX : mu_world_clock(&copies[copy + 1])->dispatched;
    while (mu_world_clock(&first.world)->dispatched < until && mu_run_next(&first)) {
    }
    if (!last) {
        ck_assert_uint_eq(mu_world_hash(&first.world), mu_world_hash(&copies[copy + 1]));
    }
    for (uint32_t i = 0; i < mu_log_count(first_log); i++) {
        ck_assert_mem_eq(&records[i], mu_log_get(first_log, i), sizeof(mu_record));
    }
}

/* Stop, put back, go on: as if never stopped, from the end and from the middle. Steps from copy to
 * copy and from the last to the end are together a whole run. */
START_TEST(restore_in_mid_incident_changes_nothing) {
    const uint32_t count = mu_log_count(first_log);
    mu_record *records = calloc(count, sizeof *records);
    ck_assert_ptr_nonnull(records);
    for (uint32_t i = 0; i < count; i++) {
        records[i] = *mu_log_get(first_log, i);
    }
    mu_run_end got;
    for (uint32_t copy = EFFORT(0, COPIES - 1); copy < COPIES; copy++) {
        play_on_from(copy, records);
    }
    mu_run_result(&first, &got);
    ck_assert_uint_eq(got.state_hash, first_end.state_hash);
    ck_assert_uint_eq(got.events, first_end.events);
    ck_assert_uint_eq(mu_log_count(first_log), count);
    free(records);
}
END_TEST

/* Time never runs back, and nothing is caused by what comes after it. */
START_TEST(causes_come_before_effects) {
    const mu_log *log = first_log;
    for (uint32_t i = 0; i < mu_log_count(log); i++) {
        const mu_record *record = mu_log_get(log, i);
        ck_assert(i == 0 || mu_log_get(log, i - 1)->time_us <= record->time_us);
        ck_assert(record->cause == MU_NO_RECORD || record->cause < i);
    }
}
END_TEST

/* Every casualty is found, sorted and, unless they play 'deceased', taken away; everybody else is
 * out or was never told. */
static void check_all_cared_for(const mu_sim *sim) {
    uint32_t hurt = 0;
    for (uint32_t p = 0; p < plan->people.list.count; p++) {
        const mu_casualty_now *c = &mu_casualties(sim)[p];
        if (plan->people.list.items[p].kind != MU_PERSON_OCCUPANT) {
            ck_assert_uint_eq(c->injured, MU_NO_RECORD);
        } else if (c->injured != MU_NO_RECORD) {
            hurt++;
            ck_assert_uint_ne(c->tagged, MU_NO_RECORD);
            ck_assert_uint_eq(c->tag, c->plays);
            ck_assert_uint_eq(mu_minds(sim)[p].state, c->plays == MU_START_BLACK
                                                          ? MU_OCCUPANT_CASUALTY
                                                          : MU_OCCUPANT_TAKEN);
        } else {
            ck_assert_uint_eq(mu_minds(sim)[p].state, MU_OCCUPANT_OUT);
        }
    }
    ck_assert_uint_gt(hurt, 0);
    ck_assert(mu_world_clock(&sim->world)->quiet);
}

/* Nobody is left on the way: who was told to leave is out, and who is inside was never told. */
static void check_all_told_are_out(const mu_sim *sim) {
    for (uint32_t p = 0; p < plan->people.list.count; p++) {
        const mu_mind *mind = &mu_minds(sim)[p];
        if (plan->people.list.items[p].kind == MU_PERSON_OCCUPANT) {
            ck_assert(mind->state == MU_OCCUPANT_OUT || mind->alerted_record == MU_NO_RECORD);
        }
    }
    ck_assert(mu_world_clock(&sim->world)->quiet);
}

/* The ends of the first run and of others with other luck. */
static void check_ends(void (*check)(const mu_sim *sim), uint32_t replications) {
    check(&first);
    for (uint32_t replication = 1; replication < replications; replication++) {
        mu_log *log = mu_log_create();
        mu_sim sim;
        play(replication, log, &sim);
        check(&sim);
        mu_run_destroy(&sim);
        mu_log_destroy(log);
    }
}

START_TEST(after_an_explosion_everyone_is_accounted_for) {
    check_ends(check_all_cared_for, EFFORT(2, 1));
}
END_TEST

START_TEST(everyone_who_was_told_is_out_at_the_end) {
    check_ends(check_all_told_are_out, EFFORT(3, 1));
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("run");
    tcase_set_timeout(tcase, 240);
    tcase_add_unchecked_fixture(tcase, play_package, drop_first);
    tcase_add_test(tcase, states_sum_to_all_occupants_at_every_event);
    tcase_add_loop_test(tcase, same_seed_same_log_and_hash, 0, SAME);
    tcase_add_test(tcase, restore_in_mid_incident_changes_nothing);
    tcase_add_test(tcase, causes_come_before_effects);
    tcase_add_test(tcase, everyone_who_was_told_is_out_at_the_end);
    TCase *explosion = tcase_create("explosion");
    tcase_set_timeout(explosion, 240);
    tcase_add_unchecked_fixture(explosion, play_explosion, drop_first);
    tcase_add_test(explosion, states_sum_to_all_occupants_at_every_event);
    tcase_add_loop_test(explosion, same_seed_same_log_and_hash, 0, SAME);
    tcase_add_test(explosion, restore_in_mid_incident_changes_nothing);
    tcase_add_test(explosion, causes_come_before_effects);
    tcase_add_test(explosion, after_an_explosion_everyone_is_accounted_for);
    TCase *whole = tcase_create("campus");
    tcase_set_timeout(whole, 240);
    tcase_add_loop_test(whole, states_sum_in_incidents_of_the_campus, 0, CAMPUS > 0);
    tcase_add_test(whole, closed_lanes_expect_nobody);
    Suite *suite = suite_create("run");
    suite_add_tcase(suite, tcase);
    suite_add_tcase(suite, explosion);
    suite_add_tcase(suite, whole);
    return run_suite(suite);
}
