/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lifts, belts, lanes and places of refuge, under both motion models. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "crowd/carry.h"
#include "crowd/throughput.h"
#include "runner.h"
#include "stage.h"

/* Rooms of 10 by 10 m, one above the other, a lift of one car beside them, and the open ground in
 * front of the lowest. */
typedef struct tower {
    uint32_t halls[4], cars[4], open, levels;
    mu_ref refs[4];
    mu_lift lift;
    mu_refuge refuge;
    mu_channel channel;
} tower;

static stage *tower_site(tower *t, uint32_t levels, int64_t capacity) {
    stage *s = stage_new();
    *t = (tower){.levels = levels};
    for (uint32_t l = 0; l < levels; l++) {
        s->levels[l].elevation_m = 3.5 * l;
        t->halls[l] = stage_room(s, MU_USE_LOBBY, l, 0, 0, 10, 10);
        t->cars[l] = stage_room(s, MU_USE_LIFT, l, 10, 4, 12, 6);
        stage_portal(s, MU_PORTAL_DOOR, t->halls[l], t->cars[l], 10, 4.4, 10, 5.6);
        t->refs[l] = (mu_ref){s->spaces[t->cars[l]].id, t->cars[l]};
        if (l > 0) {
            const double low = l % 2 == 1 ? 4.1 : 5.1;
            stage_portal(s, MU_PORTAL_LIFT, t->cars[l - 1], t->cars[l], 12, low, 12, low + 0.8);
        }
    }
    t->open = stage_room(s, MU_USE_OUTDOOR, 0, -20, 0, 0, 10);
    stage_portal(s, MU_PORTAL_DOOR, t->halls[0], t->open, 0, 4.5, 0, 5.5);
    t->lift =
        (mu_lift){.id = "lift", .capacity = capacity, .speed_mps = 1, .doors_s = 3, .stays_s = 1};
    t->lift.cars.items = t->refs;
    t->lift.cars.count = levels;
    s->site.lifts.items = &t->lift;
    s->site.lifts.count = 1;
    return s;
}

static void open_by(stage *s, int model) {
    stage_open(s, 5, 0);
    stage_move_by(s, model);
}

static uint32_t count_in(const stage *s, uint32_t area) {
    uint32_t count = 0;
    for (uint32_t p = 0; p < s->people.list.count; p++) {
        count += mu_bodies(&s->sim)[p].mode != MU_BODY_ABSENT && mu_bodies(&s->sim)[p].area == area;
    }
    return count;
}

/* NIST TN 1822, Verif.2.7, with the sizes of the catalogue: 8 s of walking, the lift comes 3.5 m,
 * doors, in, doors, 3.5 m, doors, and 11 s of walking, 36 s in all. */
START_TEST(one_person_calls_rides_and_leaves) {
    tower t;
    stage *s = tower_site(&t, 2, 8);
    stage_member(s, "rider", "guard", stage_post(s, t.halls[1], 2, 5));
    open_by(s, _i);
    mu_bodies(&s->sim)[0].level_mps = 1;
    mu_crowd_send(&s->sim, 0, stage_point(t.halls[0], 0.3, 5), 0, MU_NO_RECORD);
    const double took_s = stage_run(s, 200);
    ck_assert_uint_eq(s->arrived, 1);
    ck_assert_uint_eq(mu_bodies(&s->sim)[0].area, t.halls[0]);
    const mu_record *left = mu_log_get(s->sim.log, mu_log_count(s->sim.log) - 1);
    ck_assert_int_eq(left->kind, MU_RECORD_LEFT_LIFT);
    const double rest_s = 10; /* from the door to the way out, at 1 m/s */
    ck_assert_double_eq_tol(mu_time_to_s(left->time_us) + rest_s, 36, 3.6);
    ck_assert_double_ge(took_s, 30);
    stage_close(s);
}
END_TEST

static int capacity_now;

static int watch_capacity(stage *s) {
    ck_assert_uint_le(mu_lifts(&s->sim)[0].riders, (uint32_t)capacity_now);
    return 0;
}

/* ISO 20414:2020, test 20: ten people and a car for four. */
START_TEST(ten_people_need_three_trips) {
    tower t;
    stage *s = tower_site(&t, 2, 4);
    stage_group(s, "g", "staff", 10, t.halls[1]);
    open_by(s, _i);
    capacity_now = 4;
    s->watch = watch_capacity;
    for (uint32_t p = 0; p < 10; p++) {
        mu_crowd_send(&s->sim, p, (mu_goal){.kind = MU_GOAL_OUTSIDE}, 0, MU_NO_RECORD);
    }
    stage_run(s, 600);
    ck_assert_uint_eq(count_in(s, t.open), 10);
    ck_assert_uint_eq(mu_lifts(&s->sim)[0].trips, 3);
    ck_assert_uint_le(mu_lifts(&s->sim)[0].most, 4);
    ck_assert_uint_eq(stage_count(s, MU_RECORD_ENTERED_LIFT), 10);
    ck_assert_uint_eq(stage_count(s, MU_RECORD_LEFT_LIFT), 10);
    stage_close(s);
}
END_TEST

/* A plate that promises more than bodies have room for: whoever stands before a car that is full
 * calls it in vain, and it goes. */
START_TEST(a_car_that_nobody_else_fits_into_goes) {
    tower t;
    stage *s = tower_site(&t, 2, 60);
    stage_group(s, "g", "staff", 60, t.halls[1]);
    open_by(s, _i);
    for (uint32_t p = 0; p < 60; p++) {
        mu_crowd_send(&s->sim, p, (mu_goal){.kind = MU_GOAL_OUTSIDE}, 0, MU_NO_RECORD);
    }
    stage_run(s, 900);
    ck_assert_uint_eq(count_in(s, t.open), 60);
    stage_close(s);
}
END_TEST

/* People of every level on their way to every other; nobody is lost, and all get there. */
START_TEST(a_car_goes_up_and_down_for_all) {
    tower t;
    stage *s = tower_site(&t, 4, 5);
    for (uint32_t l = 0; l < 4; l++) {
        stage_group(s, stage_id(s, 'g', l), "staff", 6, t.halls[l]);
    }
    open_by(s, _i);
    capacity_now = 5;
    s->watch = watch_capacity;
    for (uint32_t p = 0; p < 24; p++) {
        const uint32_t to = (p / 6 + 1 + p % 3) % 4;
        mu_crowd_send(&s->sim, p, stage_point(t.halls[to], 2 + p % 5, 2), 0.5, MU_NO_RECORD);
    }
    stage_run(s, 3000);
    ck_assert_uint_eq(s->arrived, 24);
    for (uint32_t p = 0; p < 24; p++) {
        ck_assert_uint_eq(mu_bodies(&s->sim)[p].area, t.halls[(p / 6 + 1 + p % 3) % 4]);
    }
    stage_close(s);
}
END_TEST

static int ride_to_stop_at, rides_seen;

static int stop_in_ride(stage *s) {
    const mu_lift_now *now = &mu_lifts(&s->sim)[0];
    rides_seen += now->phase == MU_LIFT_MOVING && now->riders > 0;
    return rides_seen >= ride_to_stop_at;
}

/* A copy of the world made in the middle of a ride goes on to the same end. */
START_TEST(a_copy_in_the_middle_of_a_ride_goes_on_alike) {
    tower t;
    stage *s = tower_site(&t, 3, 4);
    stage_group(s, "g", "staff", 12, t.halls[2]);
    open_by(s, _i % 2);
    rides_seen = 0;
    ride_to_stop_at = 1 + 7 * (_i / 2);
    s->watch = stop_in_ride;
    for (uint32_t p = 0; p < 12; p++) {
        mu_crowd_send(&s->sim, p, (mu_goal){.kind = MU_GOAL_OUTSIDE}, 0, MU_NO_RECORD);
    }
    stage_run(s, 600);
    ck_assert_uint_eq(mu_lifts(&s->sim)[0].phase, MU_LIFT_MOVING);
    mu_world kept;
    ck_assert_int_eq(mu_world_copy(&s->sim.world, &kept), MU_OK);
    s->watch = NULL;
    stage_run(s, 600);
    ck_assert_uint_eq(count_in(s, t.open), 12);
    const uint64_t hash = mu_world_hash(&s->sim.world);
    mu_world_destroy(&s->sim.world);
    s->sim.world = kept;
    mu_log_truncate(s->sim.log, mu_world_clock(&kept)->log_count);
    mu_crowd_scratch_destroy(s->sim.scratch);
    s->sim.scratch = mu_crowd_scratch_create(s->walkable, &s->people);
    stage_run(s, 600);
    ck_assert_uint_eq(mu_world_hash(&s->sim.world), hash);
    stage_close(s);
}
END_TEST

/* An alarm: the car goes to the ground without stopping, opens, stays; nobody gets in any more. */
START_TEST(an_alarm_recalls_the_car) {
    tower t;
    stage *s = tower_site(&t, 3, 4);
    stage_stair(s, t.halls[0], t.halls[1], (mu_point){0, 9}, (mu_point){1.5, 9}, (mu_point){0, 9.9},
                (mu_point){1.5, 9.9}, 40);
    stage_stair(s, t.halls[1], t.halls[2], (mu_point){8, 0.5}, (mu_point){9.5, 0.5},
                (mu_point){8, 0.1}, (mu_point){9.5, 0.1}, 40);
    stage_group(s, "g", "staff", 12, t.halls[2]);
    open_by(s, _i);
    rides_seen = 0;
    ride_to_stop_at = 1;
    s->watch = stop_in_ride;
    for (uint32_t p = 0; p < 12; p++) {
        mu_crowd_send(&s->sim, p, (mu_goal){.kind = MU_GOAL_OUTSIDE}, 0, MU_NO_RECORD);
    }
    stage_run(s, 600);
    const uint32_t riders = mu_lifts(&s->sim)[0].riders;
    ck_assert_uint_gt(riders, 0);
    const uint32_t entered = stage_count(s, MU_RECORD_ENTERED_LIFT);
    mu_crowd_raise_alarm(&s->sim, MU_NO_RECORD);
    s->watch = NULL;
    stage_run(s, 600);
    ck_assert_uint_eq(count_in(s, t.open), 12);
    ck_assert_uint_eq(stage_count(s, MU_RECORD_ENTERED_LIFT), entered);
    ck_assert_uint_eq(stage_count(s, MU_RECORD_LEFT_LIFT), entered);
    ck_assert_uint_eq(stage_count(s, MU_RECORD_LIFT_STANDS), 1);
    ck_assert_uint_eq(mu_lifts(&s->sim)[0].phase, MU_LIFT_PARKED);
    ck_assert_uint_eq(mu_lifts(&s->sim)[0].car, 0);
    stage_close(s);
}
END_TEST

/* The riders are let out where they should not be, told on the way down to keep clear of it, or
 * having made for a refuge of the floor that they left: they go out by the door in front of them.
 */
START_TEST(who_is_let_out_below_goes_out) {
    for (int wheels = 0; wheels < 2; wheels++) {
        tower t;
        stage *s = tower_site(&t, 3, 4);
        mu_mobility_share share = {MU_MOBILITY_WHEELCHAIR, 1};
        stage_stair(s, t.halls[0], t.halls[1], (mu_point){0, 9}, (mu_point){1.5, 9},
                    (mu_point){0, 9.9}, (mu_point){1.5, 9.9}, 8);
        mu_group *group = stage_group(s, "g", "staff", 1, t.halls[2]);
        group->mobility.items = wheels != 0 ? &share : NULL;
        group->mobility.count = wheels != 0;
        t.refuge = (mu_refuge){.id = "refuge",
                               .space = {s->spaces[t.halls[1]].id, t.halls[1]},
                               .at = {9, 9},
                               .capacity = 1};
        s->site.refuges.items = &t.refuge;
        s->site.refuges.count = 1;
        open_by(s, _i);
        rides_seen = 0;
        ride_to_stop_at = 1;
        s->watch = stop_in_ride;
        mu_crowd(&s->sim)->all_by_lift = 1;
        stage_evacuate(s, MU_GOAL_OUTSIDE);
        stage_run(s, 600);
        ck_assert_uint_gt(mu_lifts(&s->sim)[0].riders, 0);
        if (wheels == 0) { /* of the car, on the ground floor */
            mu_crowd_learn(&s->sim, 0, 0, true);
        } else {
            mu_helps(&s->sim)[0].refuge = 0;
            mu_minds(&s->sim)[0].goal = stage_point(t.halls[1], 9, 9);
        }
        mu_crowd_raise_alarm(&s->sim, MU_NO_RECORD);
        s->watch = NULL;
        stage_run(s, 600);
        ck_assert_uint_eq(mu_crowd(&s->sim)->in_state[MU_OCCUPANT_OUT], 1);
        stage_close(s);
    }
}
END_TEST

/* Before the alarm a wheelchair user takes the lift; after it, a place of refuge, known as such. */
START_TEST(who_cannot_use_stairs_waits_at_a_refuge) {
    for (int alarm = 0; alarm < 2; alarm++) {
        tower t;
        stage *s = tower_site(&t, 2, 8);
        mu_mobility_share wheels = {MU_MOBILITY_WHEELCHAIR, 1};
        stage_stair(s, t.halls[0], t.halls[1], (mu_point){0, 9}, (mu_point){1.5, 9},
                    (mu_point){0, 9.9}, (mu_point){1.5, 9.9}, 8);
        mu_group *group = stage_group(s, "w", "staff", 1, t.halls[1]);
        group->mobility.items = &wheels;
        group->mobility.count = 1;
        stage_group(s, "x", "staff", 3, t.halls[1]);
        t.channel = (mu_channel){.id = "call", .kind = MU_CHANNEL_TELEPHONE, .delivery_chance = 1};
        s->site.channels.items = &t.channel;
        s->site.channels.count = 1;
        t.refuge = (mu_refuge){.id = "refuge",
                               .space = {s->spaces[t.halls[1]].id, t.halls[1]},
                               .at = {9, 9},
                               .capacity = 1,
                               .calls = {"call", 0}};
        s->site.refuges.items = &t.refuge;
        s->site.refuges.count = 1;
        open_by(s, _i);
        if (alarm != 0) {
            mu_crowd_raise_alarm(&s->sim, MU_NO_RECORD);
        }
        stage_evacuate(s, MU_GOAL_OUTSIDE);
        mu_services(&s->sim)[1].down = 1; /* nobody hears a call over a channel that is down */
        stage_run(s, 300);
        ck_assert_uint_eq(stage_count(s, MU_RECORD_HELP_CALLED), 0);
        mu_services(&s->sim)[1].down = 0;
        stage_run(s, 600);
        const uint32_t person = stage_person(s, "w/001");
        const mu_crowd_now *now = mu_crowd(&s->sim);
        ck_assert_uint_eq(now->in_state[MU_OCCUPANT_OUT], alarm != 0 ? 3 : 4);
        ck_assert_uint_eq(now->in_state[MU_OCCUPANT_REFUGE], alarm != 0 ? 1 : 0);
        ck_assert_uint_eq(now->stuck, 0);
        ck_assert_uint_eq(mu_minds(&s->sim)[person].state,
                          alarm != 0 ? MU_OCCUPANT_REFUGE : MU_OCCUPANT_OUT);
        ck_assert_uint_eq(stage_count(s, MU_RECORD_REFUGE), alarm != 0);
        ck_assert_uint_eq(stage_count(s, MU_RECORD_HELP_CALLED), alarm != 0);
        ck_assert_uint_eq(stage_count(s, MU_RECORD_ENTERED_LIFT), alarm == 0);
        mu_crowd_record_remaining(&s->sim);
        if (alarm != 0) {
            const mu_record *last = mu_log_get(s->sim.log, mu_log_count(s->sim.log) - 1);
            ck_assert_int_eq(last->kind, MU_RECORD_REMAINS);
            ck_assert_uint_eq(last->value, MU_REMAINS_REFUGE);
        }
        stage_close(s);
    }
}
END_TEST

/* Down stairs two bearers of a stretcher have the speed that was measured, as others with a burden
 * have theirs (carry.h). */
START_TEST(a_stretcher_has_its_speed_on_stairs) {
    tower t;
    stage *s = tower_site(&t, 2, 8);
    (void)stage_stair(s, t.halls[0], t.halls[1], (mu_point){0, 9}, (mu_point){1.5, 9},
                      (mu_point){0, 9.9}, (mu_point){1.5, 9.9}, 8);
    stage_group(s, "b", "staff", 1, t.halls[1]);
    stage_open(s, 3, 0);
    mu_body *body = &mu_bodies(&s->sim)[0];
    mu_crowd_burden(&s->sim, 0, MU_BURDEN_STRETCHER);
    ck_assert_double_eq_tol(mu_crowd_pace(&s->sim, 0), 0.7, 1e-6);
    while (mu_walkable_area(s->walkable, body->area)->stair == MU_NONE) {
        body->area++;
    }
    ck_assert_double_eq_tol(mu_crowd_pace(&s->sim, 0) * (double)body->down_mps, 0.57, 1e-6);
    stage_close(s);
}
END_TEST

/* ISO 20414:2020, test 21: 10 m of belt at 0.5 m/s, standing, walking with 0.6 m/s, and stopped. */
static double seconds_on_belt(int model, bool walks, bool stopped) {
    stage *s = stage_new();
    s->levels[1].elevation_m = 5;
    const uint32_t lower = stage_room(s, MU_USE_LOBBY, 0, -10, 0, 0, 2);
    const uint32_t upper = stage_room(s, MU_USE_LOBBY, 1, 8.66, 0, 20, 2);
    const uint32_t belt = stage_stair(s, lower, upper, (mu_point){0, 0.5}, (mu_point){0, 1.5},
                                      (mu_point){8.66, 0.5}, (mu_point){8.66, 1.5}, 10);
    s->portals[belt].kind = MU_PORTAL_ESCALATOR;
    s->portals[belt].belt = MU_BELT_UP;
    s->portals[belt].belt_mps = 0.5;
    s->portals[belt].belt_walked = walks;
    s->portals[belt].belt_stops = true;
    stage_member(s, "rider", "guard", stage_post(s, lower, -5, 1));
    open_by(s, model);
    mu_bodies(&s->sim)[0].level_mps = 1;
    mu_bodies(&s->sim)[0].up_mps = 0.6F;
    if (stopped) {
        mu_crowd_raise_alarm(&s->sim, MU_NO_RECORD);
    }
    mu_crowd_send(&s->sim, 0, stage_point(upper, 12.66, 1), 0, MU_NO_RECORD);
    const double took_s = stage_run(s, 200);
    ck_assert_uint_eq(s->arrived, 1);
    stage_close(s);
    return took_s - 9; /* 5 m before it and 4 m after it */
}

START_TEST(a_belt_carries_whoever_stands_on_it) {
    ck_assert_double_eq_tol(seconds_on_belt(_i, false, false), 20, 0.5);
    ck_assert_double_eq_tol(seconds_on_belt(_i, true, false), 10 / 1.1, 0.3);
    ck_assert_double_eq_tol(seconds_on_belt(_i, false, true), 10 / 0.6, 0.4);
}
END_TEST

START_TEST(belts_take_what_the_standard_says) {
    ck_assert_double_eq_tol(mu_belt_per_hour(0.6, 0.5), 3600, 1e-9);
    ck_assert_double_eq_tol(mu_belt_per_hour(1.0, 0.5), 6000, 1e-9);
    ck_assert_double_eq_tol(mu_belt_per_hour(0.8, 0.65), 5900, 1e-9);
    ck_assert_double_eq_tol(mu_belt_per_hour(1.2, 0.75), 8200, 1e-9);
    ck_assert_double_eq_tol(mu_belt_per_hour(0.9, 0.5), 5400, 1e-9);
}
END_TEST

/* Seconds between the first and the last of 31 people through one lane. */
static double seconds_through_lane(int model, bool alarm) {
    stage *s = stage_new();
    const uint32_t room = stage_room(s, MU_USE_LOBBY, 0, 0, 0, 8, 8);
    const uint32_t open = stage_room(s, MU_USE_OUTDOOR, 0, 8, 0, 60, 8);
    const uint32_t lane = stage_portal(s, MU_PORTAL_TURNSTILE, room, open, 8, 3.5, 8, 4.5);
    s->portals[lane].lanes = 1;
    s->portals[lane].lane_per_min = 30;
    stage_group(s, "g", "staff", 31, room);
    open_by(s, model);
    if (alarm) {
        mu_crowd_raise_alarm(&s->sim, MU_NO_RECORD);
    }
    stage_evacuate(s, MU_GOAL_OUTSIDE);
    stage_run(s, 300);
    ck_assert_uint_eq(mu_crowd(&s->sim)->in_state[MU_OCCUPANT_OUT], 31);
    double first_s = -1, last_s = 0;
    for (uint32_t r = 0; r < mu_log_count(s->sim.log); r++) {
        const mu_record *record = mu_log_get(s->sim.log, r);
        if (record->kind == MU_RECORD_LEFT) {
            last_s = mu_time_to_s(record->time_us);
            first_s = first_s < 0 ? last_s : first_s;
        }
    }
    stage_close(s);
    return last_s - first_s;
}

START_TEST(a_lane_passes_so_many_until_an_alarm) {
    ck_assert_double_eq_tol(seconds_through_lane(_i, false), 60, 1);
    ck_assert_double_lt(seconds_through_lane(_i, true), 30);
}
END_TEST

/* The kinds of fault that a lift can have, each explained once. */
static size_t count_faults(stage *s, const char *code) {
    mu_lift_check(&s->site, s->diags);
    size_t count = 0;
    for (size_t i = 0; i < mu_diags_count(s->diags, MU_NOTE); i++) {
        count += strcmp(mu_diags_get(s->diags, i)->code, code) == 0;
    }
    return count;
}

START_TEST(faults_of_lifts_are_explained) {
    tower t;
    stage *s = tower_site(&t, 2, 4);
    ck_assert_uint_eq(count_faults(s, "site.lift-levels"), 0);
    ck_assert_uint_eq(mu_diags_count(s->diags, MU_NOTE), 0);
    t.lift.cars.count = 1;
    ck_assert_uint_eq(count_faults(s, "site.lift-levels"), 1);
    ck_assert_uint_eq(count_faults(s, "site.ride-nowhere"), 2);
    stage_close(s);
    s = tower_site(&t, 2, 4);
    s->spaces[t.cars[1]].use = MU_USE_STORE;
    ck_assert_uint_eq(count_faults(s, "site.lift-car"), 1);
    stage_close(s);
    s = tower_site(&t, 3, 4);
    t.refs[1] = t.refs[2];
    ck_assert_uint_eq(count_faults(s, "site.lift-shared"), 1);
    stage_close(s);
    s = tower_site(&t, 2, 4);
    s->levels[1].elevation_m = 0;
    ck_assert_uint_eq(count_faults(s, "site.lift-order"), 1);
    stage_close(s);
    s = tower_site(&t, 2, 4);
    s->portals[2].kind = MU_PORTAL_OPENING;
    ck_assert_uint_eq(count_faults(s, "site.lift-ride"), 1);
    stage_close(s);
    s = tower_site(&t, 2, 4);
    t.lift.recall = (mu_ref){s->spaces[t.halls[0]].id, t.halls[0]};
    ck_assert_uint_eq(count_faults(s, "site.lift-recall"), 1);
    stage_close(s);
}
END_TEST

static Suite *suite(void) {
    Suite *s = suite_create("lift");
    TCase *t = tcase_create("lift");
    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, one_person_calls_rides_and_leaves, 0, 2);
    tcase_add_loop_test(t, ten_people_need_three_trips, 0, 2);
    tcase_add_loop_test(t, a_car_that_nobody_else_fits_into_goes, 0, 2);
    tcase_add_loop_test(t, a_car_goes_up_and_down_for_all, 0, 2);
    tcase_add_loop_test(t, a_copy_in_the_middle_of_a_ride_goes_on_alike, 0, 4);
    tcase_add_loop_test(t, an_alarm_recalls_the_car, 0, 2);
    tcase_add_loop_test(t, who_is_let_out_below_goes_out, 0, 2);
    tcase_add_loop_test(t, who_cannot_use_stairs_waits_at_a_refuge, 0, 2);
    tcase_add_test(t, a_stretcher_has_its_speed_on_stairs);
    tcase_add_loop_test(t, a_belt_carries_whoever_stands_on_it, 0, 2);
    tcase_add_test(t, belts_take_what_the_standard_says);
    tcase_add_loop_test(t, a_lane_passes_so_many_until_an_alarm, 0, 2);
    tcase_add_test(t, faults_of_lifts_are_explained);
    suite_add_tcase(s, t);
    return s;
}

int main(void) {
    return run_suite(suite());
}
