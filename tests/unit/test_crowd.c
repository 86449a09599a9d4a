/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People in a run: where they begin, what they are told and learn, which way they take, and that
 * nobody is ever lost. */
#include "stage.h"

#include "crowd/beliefs.h"
#include "runner.h"

static int inspect(stage *s) {
    stage_inspect(s);
    return 0;
}

/* The first record of a kind about a person, or NULL. */
static const mu_record *find_record(const stage *s, mu_record_kind kind, uint32_t person,
                                    uint32_t *id) {
    *id = stage_find(s, kind, person);
    return *id == MU_NO_RECORD ? NULL : mu_log_get(s->sim.log, *id);
}

/* An office with two doors to the open, one in the west and one in the east, the assembly point in
 * the west; a second building far away. */
typedef struct office {
    uint32_t room, open, annex, west, east, link;
} office;

static office office_site(stage *s) {
    office o;
    o.room = stage_room(s, MU_USE_OFFICE, 0, 0, 0, 20, 10);
    o.open = stage_room(s, MU_USE_OUTDOOR, 0, -40, -40, 60, 0);
    o.annex = stage_room(s, MU_USE_OFFICE, 0, 100, 0, 120, 10);
    const uint32_t yard = stage_room(s, MU_USE_OUTDOOR, 0, 60, -40, 130, 0);
    o.west = stage_portal(s, MU_PORTAL_DOOR, o.room, o.open, 2, 0, 3, 0);
    o.east = stage_portal(s, MU_PORTAL_DOOR, o.room, o.open, 17, 0, 18, 0);
    stage_portal(s, MU_PORTAL_DOOR, o.annex, yard, 105, 0, 106, 0);
    o.link = stage_portal(s, MU_PORTAL_OPENING, o.open, yard, 60, -30, 60, -10);
    stage_assembly(s, o.open, -10, -20);
    return o;
}

START_TEST(everyone_in_place) {
    stage *s = stage_new();
    const office o = office_site(s);
    stage_group(s, "staff", "staff", 150, o.room); /* 0.75 per m2 */
    stage_group(s, "outside", "visitor", 20, o.open);
    stage_member(s, "guards", "guard", stage_post(s, o.open, 2.5, -3))->count = 5;
    stage_open(s, 42, 0);
    const mu_body *bodies = mu_bodies(&s->sim);
    ck_assert_uint_eq(mu_crowd(&s->sim)->in_state[MU_OCCUPANT_INSIDE], 170);
    ck_assert(mu_crowd_conserved(&s->sim));
    for (uint32_t i = 0; i < s->people.list.count; i++) {
        ck_assert_uint_eq(bodies[i].mode, MU_BODY_RESTING);
        ck_assert_uint_eq(bodies[i].area, s->people.list.items[i].space);
        ck_assert(mu_area_contains(s->walkable, bodies[i].area, bodies[i].at));
        for (uint32_t k = 0; k < i; k++) {
            const double apart =
                hypot(bodies[i].at.x - bodies[k].at.x, bodies[i].at.y - bodies[k].at.y);
            ck_assert(bodies[i].area != bodies[k].area ||
                      apart >= (double)bodies[i].radius_m + (double)bodies[k].radius_m);
        }
        if (s->people.list.items[i].kind == MU_PERSON_MEMBER) {
            ck_assert_double_lt(hypot(bodies[i].at.x - 2.5, bodies[i].at.y + 3), 1.3);
        }
    }
    stage_close(s);
}
END_TEST

START_TEST(too_full_is_still_in_place) {
    stage *s = stage_new();
    const uint32_t room = stage_room(s, MU_USE_OFFICE, 0, 0, 0, 4, 4);
    const uint32_t open = stage_room(s, MU_USE_OUTDOOR, 0, -10, -20, 14, 0);
    stage_portal(s, MU_PORTAL_DOOR, room, open, 1, 0, 2, 0);
    stage_assembly(s, open, 0, -10);
    stage_group(s, "staff", "staff", 90, room); /* 5.6 per m2: more than there is room for */
    stage_open(s, 1, 0);
    s->watch = inspect;
    stage_evacuate(s, MU_GOAL_ASSEMBLY);
    stage_run(s, 300);
    ck_assert_uint_eq(s->arrived, 90);
    ck_assert_uint_eq(s->outside, 0);
    stage_close(s);
}
END_TEST

/* Alerts everyone at time 0 and plays to the end. */
static void evacuate_all(stage *s) {
    for (uint32_t i = 0; i < s->people.list.count; i++) {
        mu_crowd_alert(&s->sim, i, 0, 1, (mu_goal){.kind = MU_GOAL_ASSEMBLY}, MU_NO_RECORD);
    }
    stage_run(s, 1000);
}

static uint64_t hash_after(uint64_t seed, uint32_t replication, uint32_t *records) {
    stage *s = stage_new();
    const office o = office_site(s);
    stage_group(s, "staff", "staff", 40, o.room);
    stage_open(s, seed, replication);
    evacuate_all(s);
    ck_assert_uint_eq(mu_crowd(&s->sim)->in_state[MU_OCCUPANT_OUT], 40);
    const uint64_t hash = mu_world_hash(&s->sim.world);
    *records = mu_log_count(s->sim.log);
    stage_close(s);
    return hash;
}

START_TEST(same_seed_same_world) {
    uint32_t records, again, others;
    const uint64_t hash = hash_after(7, 3, &records);
    ck_assert_uint_eq(hash_after(7, 3, &again), hash);
    ck_assert_uint_eq(records, again);
    ck_assert_uint_ne(hash_after(8, 3, &others), hash);
    ck_assert_uint_ne(hash_after(7, 4, &others), hash);
}
END_TEST

static double stop_at_s;
static int stop(stage *s) {
    return mu_time_to_s(mu_sim_now(&s->sim)) >= stop_at_s;
}

START_TEST(snapshot_goes_on_the_same) {
    stage *s = stage_new();
    const office o = office_site(s);
    stage_group(s, "staff", "staff", 40, o.room);
    stage_open(s, 5, 0);
    for (uint32_t i = 0; i < 40; i++) {
        mu_crowd_alert(&s->sim, i, 0, 1, (mu_goal){.kind = MU_GOAL_ASSEMBLY}, MU_NO_RECORD);
    }
    stop_at_s = 55 + 3 * _i;
    s->watch = stop;
    stage_run(s, 1000);
    ck_assert_uint_gt(mu_crowd(&s->sim)->walking, 0);
    mu_world kept;
    ck_assert_int_eq(mu_world_copy(&s->sim.world, &kept), MU_OK);
    s->watch = NULL;
    stage_run(s, 1000);
    const uint64_t hash = mu_world_hash(&s->sim.world);
    /* Back to the snapshot with the scratch of the future, then with a fresh one. */
    for (int fresh = 0; fresh < 2; fresh++) {
        mu_world copy;
        ck_assert_int_eq(mu_world_copy(&kept, &copy), MU_OK);
        mu_world_destroy(&s->sim.world);
        s->sim.world = copy;
        mu_log_truncate(s->sim.log, mu_world_clock(&copy)->log_count);
        if (fresh) {
            mu_crowd_scratch_destroy(s->sim.scratch);
            s->sim.scratch = mu_crowd_scratch_create(s->walkable, &s->people);
        }
        stage_run(s, 1000);
        ck_assert_uint_eq(mu_world_hash(&s->sim.world), hash);
    }
    mu_world_destroy(&kept);
    stage_close(s);
}
END_TEST

/* Positions of the staff by id after some time, with or without people in the annex. */
static void play_with_bystanders(int64_t bystanders, mu_body *staff_bodies) {
    stage *s = stage_new();
    const office o = office_site(s);
    if (bystanders > 0) {
        stage_group(s, "annex", "staff", bystanders, o.annex); /* sorts before the staff */
    }
    stage_group(s, "staff", "staff", 30, o.room);
    stage_open(s, 9, 0);
    for (uint32_t i = 0; i < s->people.list.count; i++) {
        mu_crowd_alert(&s->sim, i, 0, 1, (mu_goal){.kind = MU_GOAL_ASSEMBLY}, MU_NO_RECORD);
    }
    /* Everyone from the annex is still far away when this ends. */
    stage_run(s, 63);
    for (uint32_t k = 0; k < 30; k++) {
        char id[32];
        snprintf(id, sizeof id, "staff/%03u", k + 1);
        staff_bodies[k] = mu_bodies(&s->sim)[stage_person(s, id)];
    }
    stage_close(s);
}

START_TEST(bystanders_change_nobodys_luck) {
    mu_body alone[30], together[30];
    play_with_bystanders(0, alone);
    play_with_bystanders(25, together);
    uint32_t walking = 0;
    for (uint32_t k = 0; k < 30; k++) {
        walking += alone[k].mode == MU_BODY_WALKING;
        ck_assert(stage_same(&alone[k], &together[k], sizeof alone[k]));
    }
    ck_assert_uint_gt(walking, 5);
}
END_TEST

START_TEST(from_alarm_to_assembly_point) {
    stage *s = stage_new();
    const office o = office_site(s);
    stage_group(s, "staff", "staff", 10, o.room);
    stage_open(s, 4, 0);
    s->watch = inspect;
    bool in_the_west[10];
    for (uint32_t i = 0; i < 10; i++) {
        in_the_west[i] = mu_bodies(&s->sim)[i].at.x < 8;
    }
    const uint32_t alarm = mu_sim_record(&s->sim, MU_RECORD_ALARM, MU_NO_RECORD, 0, 0, 0);
    const mu_handle siren = MU_HANDLE(MU_THING_CHANNEL, 0);
    for (uint32_t i = 0; i < 10; i++) {
        ck_assert_uint_ne(
            mu_crowd_alert(&s->sim, i, siren, 1, (mu_goal){.kind = MU_GOAL_ASSEMBLY}, alarm),
            MU_NO_RECORD);
        ck_assert_uint_eq(
            mu_crowd_alert(&s->sim, i, siren, 1, (mu_goal){.kind = MU_GOAL_ASSEMBLY}, alarm),
            MU_NO_RECORD);
    }
    stage_run(s, 1000);
    ck_assert_uint_eq(mu_crowd(&s->sim)->in_state[MU_OCCUPANT_OUT], 10);
    ck_assert_uint_eq(s->outside, 0);
    for (uint32_t i = 0; i < 10; i++) {
        uint32_t alerted, moves, left, out;
        const mu_record *a = find_record(s, MU_RECORD_ALERTED, i, &alerted);
        const mu_record *m = find_record(s, MU_RECORD_MOVES, i, &moves);
        const mu_record *l = find_record(s, MU_RECORD_LEFT, i, &left);
        const mu_record *t = find_record(s, MU_RECORD_STATE, i, &out);
        ck_assert(a != NULL && m != NULL && l != NULL && t != NULL);
        ck_assert_uint_eq(a->cause, alarm);
        ck_assert_uint_eq(a->place, siren);
        ck_assert_uint_eq(m->cause, alerted);
        ck_assert_uint_eq(l->cause, moves);
        if (in_the_west[i]) {
            ck_assert_uint_eq(l->object, MU_HANDLE(MU_THING_PORTAL, o.west)); /* the nearer way */
        }
        ck_assert_uint_eq(t->cause, moves);
        ck_assert_uint_eq(t->value, MU_OCCUPANT_OUT);
        /* PD 7974-6, A-M1, incremental: log-normal of median 52 s between 30 and 90 s. */
        ck_assert(m->time_us > 20 * MU_SECOND && m->time_us < 130 * MU_SECOND);
        ck_assert_int_ge(l->time_us, m->time_us);
        ck_assert_int_ge(t->time_us, l->time_us);
    }
    ck_assert_uint_eq(stage_count(s, MU_RECORD_LEFT), 10);
    stage_close(s);
}
END_TEST

START_TEST(response_factor_scales_premovement) {
    mu_time moves_us[2];
    for (int k = 0; k < 2; k++) {
        stage *s = stage_new();
        const office o = office_site(s);
        stage_group(s, "staff", "staff", 1, o.room);
        stage_open(s, 4, 0);
        mu_crowd_alert(&s->sim, 0, 0, k == 0 ? 1 : 2, (mu_goal){.kind = MU_GOAL_ASSEMBLY},
                       MU_NO_RECORD);
        stage_run(s, 1000);
        uint32_t id;
        moves_us[k] = find_record(s, MU_RECORD_MOVES, 0, &id)->time_us;
        stage_close(s);
    }
    ck_assert_int_le(llabs(moves_us[1] - 2 * moves_us[0]), 1);
}
END_TEST

START_TEST(a_closed_door_is_learned_on_sight) {
    stage *s = stage_new();
    const office o = office_site(s);
    stage_group(s, "staff", "staff", 30, o.room);
    stage_open(s, 4, 0);
    s->watch = inspect;
    const uint32_t order = mu_sim_record(&s->sim, MU_RECORD_DUE, MU_NO_RECORD, 0, 0, 0);
    mu_portals(&s->sim)[o.west].state = MU_PORTAL_CLOSED;
    mu_portals(&s->sim)[o.west].order = order;
    stage_evacuate(s, MU_GOAL_ASSEMBLY);
    stage_run(s, 300);
    ck_assert_uint_eq(mu_crowd(&s->sim)->in_state[MU_OCCUPANT_OUT], 30);
    ck_assert_uint_eq(s->outside, 0);
    /* Those nearer to the east door head for the assembly point by it from the start. */
    const uint32_t rerouted = stage_count(s, MU_RECORD_REROUTED);
    ck_assert(rerouted > 10 && rerouted <= 30);
    for (uint32_t i = 0; i < 30; i++) {
        uint32_t id, left;
        const mu_record *r = find_record(s, MU_RECORD_REROUTED, i, &id);
        if (r != NULL) {
            ck_assert_uint_eq(r->cause, order);
            ck_assert_uint_eq(r->object, MU_HANDLE(MU_THING_PORTAL, o.west));
        }
        ck_assert_uint_eq(find_record(s, MU_RECORD_LEFT, i, &left)->object,
                          MU_HANDLE(MU_THING_PORTAL, o.east));
    }
    /* One thing learned by many is one set. */
    ck_assert_uint_eq(mu_crowd(&s->sim)->beliefs, 2);
    stage_close(s);
}
END_TEST

START_TEST(without_a_way_they_wait_and_are_counted) {
    stage *s = stage_new();
    const office o = office_site(s);
    s->portals[o.west].state = MU_PORTAL_CLOSED;
    s->portals[o.east].state = MU_PORTAL_CLOSED;
    stage_group(s, "staff", "staff", 5, o.room);
    stage_open(s, 4, 0);
    stage_evacuate(s, MU_GOAL_ASSEMBLY);
    stage_run(s, 100);
    ck_assert_uint_eq(s->no_way, 5);
    ck_assert_uint_eq(mu_crowd(&s->sim)->stuck, 5);
    ck_assert_uint_eq(mu_crowd(&s->sim)->in_state[MU_OCCUPANT_INSIDE], 5);
    ck_assert_uint_eq(mu_minds(&s->sim)[0].stuck, MU_STUCK_NO_WAY);
    ck_assert_uint_eq(mu_world_clock(&s->sim.world)->pending, 0);
    ck_assert(isinf(mu_crowd_way(&s->sim, 0, (mu_goal){.kind = MU_GOAL_ASSEMBLY})));
    /* Somebody opens a door and tells them. */
    mu_portals(&s->sim)[o.east].state = MU_PORTAL_OPEN;
    for (uint32_t i = 0; i < 5; i++) {
        mu_crowd_learn(&s->sim, i, o.east, false);
    }
    stage_run(s, 300);
    ck_assert_uint_eq(mu_crowd(&s->sim)->stuck, 0);
    ck_assert_uint_eq(mu_crowd(&s->sim)->in_state[MU_OCCUPANT_OUT], 5);
    stage_close(s);
}
END_TEST

START_TEST(wheelchairs_do_not_take_stairs) {
    stage *s = stage_new();
    const uint32_t upper = stage_room(s, MU_USE_OFFICE, 1, 14, 0, 24, 10);
    const uint32_t lower = stage_room(s, MU_USE_LOBBY, 0, 0, 0, 6, 10);
    const uint32_t open = stage_room(s, MU_USE_OUTDOOR, 0, -30, 0, 0, 10);
    stage_stair(s, lower, upper, (mu_point){6, 4}, (mu_point){6, 5.5}, (mu_point){14, 4},
                (mu_point){14, 5.5}, 9);
    stage_portal(s, MU_PORTAL_DOOR, lower, open, 0, 4, 0, 5.2);
    stage_assembly(s, open, -20, 5);
    mu_group *staff = stage_group(s, "staff", "staff", 10, upper);
    s->shares[0] = (mu_mobility_share){MU_MOBILITY_WHEELCHAIR, 0.2};
    staff->mobility.items = s->shares;
    staff->mobility.count = 1;
    stage_open(s, 4, 0);
    s->watch = inspect;
    stage_evacuate(s, MU_GOAL_ASSEMBLY);
    stage_run(s, 300);
    ck_assert_uint_eq(mu_crowd(&s->sim)->in_state[MU_OCCUPANT_OUT], 8);
    ck_assert_uint_eq(mu_crowd(&s->sim)->stuck, 2);
    ck_assert_uint_eq(s->outside, 0);
    for (uint32_t i = 0; i < 10; i++) {
        const bool wheels = s->people.list.items[i].mobility == MU_MOBILITY_WHEELCHAIR;
        ck_assert_uint_eq(mu_minds(&s->sim)[i].stuck, wheels ? MU_STUCK_STAIRS : MU_STUCK_NOT);
    }
    stage_close(s);
}
END_TEST

START_TEST(doors_open_for_those_who_may) {
    stage *s = stage_new();
    const office o = office_site(s);
    s->portals[o.west].access = MU_ACCESS_PASS;
    s->portals[o.east].access = MU_ACCESS_KEY;
    stage_group(s, "guests", "visitor", 1, o.room);
    stage_group(s, "staff", "staff", 1, o.room);
    stage_member(s, "warden", "guard", stage_post(s, o.room, 16, 5));
    stage_open(s, 4, 0);
    const uint32_t guest = stage_person(s, "guests/001"), staff = stage_person(s, "staff/001");
    const uint32_t warden = stage_person(s, "warden");
    const mu_goal yard = stage_point(o.open, 17.5, -5);
    ck_assert(isinf(mu_crowd_way(&s->sim, guest, yard)));
    ck_assert(isfinite(mu_crowd_way(&s->sim, staff, yard)));
    /* The warden takes the east door, for which only he has the key. */
    ck_assert_double_lt(mu_crowd_way(&s->sim, warden, yard), 13);
    mu_minds(&s->sim)[guest].evacuating = 1;
    ck_assert(isfinite(mu_crowd_way(&s->sim, guest, yard)));
    stage_close(s);
}
END_TEST

START_TEST(off_the_site) {
    stage *s = stage_new();
    const uint32_t room = stage_room(s, MU_USE_OFFICE, 0, 0, 0, 10, 10);
    stage_portal(s, MU_PORTAL_OUTDOOR_EDGE, room, MU_NONE, 4, 0, 5.5, 0);
    stage_group(s, "staff", "staff", 25, room);
    stage_open(s, 4, 0);
    s->watch = inspect;
    stage_evacuate(s, MU_GOAL_ASSEMBLY); /* there is none: the open air */
    stage_run(s, 300);
    ck_assert_uint_eq(mu_crowd(&s->sim)->in_state[MU_OCCUPANT_OUT], 25);
    ck_assert_uint_eq(s->arrived, 25);
    ck_assert_uint_eq(stage_count(s, MU_RECORD_LEFT), 25);
    for (uint32_t i = 0; i < 25; i++) {
        ck_assert_uint_eq(mu_bodies(&s->sim)[i].mode, MU_BODY_ABSENT);
    }
    ck_assert(isinf(mu_crowd_distance(&s->sim, 0, 0, (mu_point){0, 0})));
    stage_close(s);
}
END_TEST

START_TEST(into_the_open_and_room_for_the_next) {
    stage *s = stage_new();
    const uint32_t room = stage_room(s, MU_USE_OFFICE, 0, 0, 0, 10, 10);
    const uint32_t open = stage_room(s, MU_USE_OUTDOOR, 0, -20, -30, 30, 0);
    stage_portal(s, MU_PORTAL_DOOR, room, open, 4, 0, 5, 0);
    stage_group(s, "staff", "staff", 80, room);
    stage_open(s, 4, 0);
    s->watch = inspect;
    stage_evacuate(s, MU_GOAL_OUTSIDE);
    const double took_s = stage_run(s, 300);
    ck_assert_uint_eq(mu_crowd(&s->sim)->in_state[MU_OCCUPANT_OUT], 80);
    ck_assert_uint_eq(s->outside, 0);
    ck_assert_double_lt(took_s, 80);
    stage_close(s);
}
END_TEST

START_TEST(a_unit_enters_and_finds_its_place) {
    stage *s = stage_new();
    const office o = office_site(s);
    s->units[0] =
        (mu_unit){.id = "police", .name = {"Police", "Police"}, .role = "police", .count = 6};
    s->roster.units.count = 1;
    stage_group(s, "staff", "staff", 1, o.room);
    stage_open(s, 4, 0);
    s->watch = inspect;
    const mu_point road = {-20, -20};
    for (uint32_t i = 0; i < s->people.list.count; i++) {
        if (s->people.list.items[i].kind == MU_PERSON_UNIT) {
            ck_assert_uint_eq(mu_minds(&s->sim)[i].state, MU_OCCUPANT_EXPECTED);
            mu_crowd_enter(&s->sim, i, o.open, road);
            ck_assert_uint_eq(mu_minds(&s->sim)[i].state, MU_OCCUPANT_INSIDE);
            ck_assert_double_lt(mu_crowd_distance(&s->sim, i, 0, road), 1.5);
            mu_crowd_send(&s->sim, i, stage_point(o.room, 10, 5), 0.3, MU_NO_RECORD);
        }
    }
    ck_assert_uint_eq(mu_crowd(&s->sim)->in_state[MU_OCCUPANT_INSIDE], 1);
    stage_inspect(s);
    ck_assert_double_le(s->worst_overlap, 0);
    stage_run(s, 200);
    /* All six are at the point or as near as the others let them. */
    ck_assert_uint_eq(s->arrived, 6);
    stage_close(s);
}
END_TEST

START_TEST(resting_and_being_sent_elsewhere) {
    stage *s = stage_new();
    const office o = office_site(s);
    stage_group(s, "staff", "staff", 1, o.room);
    stage_open(s, 4, 0);
    mu_crowd_send(&s->sim, 0, stage_point(o.room, 19, 9), 0.3, MU_NO_RECORD);
    stage_run(s, 1);
    mu_crowd_send(&s->sim, 0, stage_point(o.room, 1, 1), 0.3, 77);
    stage_run(s, 2);
    mu_crowd_rest(&s->sim, 0);
    stage_run(s, 60);
    ck_assert_uint_eq(s->arrived + s->no_way, 0);
    ck_assert_uint_eq(mu_bodies(&s->sim)[0].mode, MU_BODY_RESTING);
    ck_assert_uint_eq(mu_world_clock(&s->sim.world)->pending, 0);
    mu_crowd_send(&s->sim, 0, stage_point(o.room, 1, 1), 0.3, 78);
    stage_run(s, 120);
    ck_assert_uint_eq(s->arrived, 1);
    ck_assert_uint_eq(mu_minds(&s->sim)[0].walk_record, 78);
    ck_assert_double_eq_tol(mu_crowd_distance(&s->sim, 0, 0, (mu_point){1, 1}), 0, 0.3);
    ck_assert(isinf(mu_crowd_distance(&s->sim, 0, 1, (mu_point){1, 1})));
    ck_assert_double_eq_tol(mu_crowd_way(&s->sim, 0, stage_point(o.room, 11, 1)),
                            hypot(mu_bodies(&s->sim)[0].at.x - 11, mu_bodies(&s->sim)[0].at.y - 1),
                            0.3);
    stage_close(s);
}
END_TEST

START_TEST(many_go_to_one_point) {
    stage *s = stage_new();
    const office o = office_site(s);
    stage_group(s, "staff", "staff", 60, o.room);
    stage_open(s, 4, 0);
    s->watch = inspect;
    for (uint32_t i = 0; i < 60; i++) {
        mu_minds(&s->sim)[i].evacuating = 1;
        mu_crowd_send(&s->sim, i, stage_point(o.open, 10, -20), 0.5, MU_NO_RECORD);
    }
    stage_run(s, 200);
    ck_assert_uint_eq(s->arrived, 60);
    ck_assert_double_le(s->worst_overlap, PACKED_M);
    for (uint32_t i = 0; i < 60; i++) {
        ck_assert_double_lt(mu_crowd_distance(&s->sim, i, 0, (mu_point){10, -20}), 6);
    }
    /* A point is not the open air: they are still on the site. */
    ck_assert_uint_eq(mu_crowd(&s->sim)->in_state[MU_OCCUPANT_INSIDE], 60);
    stage_close(s);
}
END_TEST

START_TEST(beliefs_are_shared_and_rounded) {
    stage *s = stage_new();
    const uint32_t room = stage_room(s, MU_USE_OFFICE, 0, 0, 0, 60, 10);
    const uint32_t open = stage_room(s, MU_USE_OUTDOOR, 0, 0, -20, 60, 0);
    for (int d = 0; d < 20; d++) {
        stage_portal(s, MU_PORTAL_DOOR, room, open, 3 * d + 1, 0, 3 * d + 2, 0);
    }
    s->portals[19].state = MU_PORTAL_CLOSED;
    stage_group(s, "staff", "staff", 1, room);
    stage_open(s, 4, 0);
    mu_sim *sim = &s->sim;
    ck_assert_uint_eq(mu_belief_of(sim, 0)[0], UINT64_C(1) << 19);
    const uint32_t one = mu_belief_with(sim, 0, 1, true), two = mu_belief_with(sim, one, 2, true);
    ck_assert_uint_eq(mu_belief_with(sim, 0, 1, true), one);
    ck_assert_uint_eq(mu_belief_with(sim, mu_belief_with(sim, 0, 2, true), 1, true), two);
    ck_assert_uint_eq(mu_belief_with(sim, one, 1, false), 0);
    ck_assert_uint_eq(mu_belief_with(sim, 0, 5, false), 0);
    ck_assert_uint_eq(mu_crowd(sim)->beliefs, 4);
    /* Fill it up without going back to the run loop. */
    for (uint32_t a = 0; a < 19; a++) {
        for (uint32_t b = a + 1; b < 19; b++) {
            const uint32_t set = mu_belief_with(sim, mu_belief_with(sim, 0, a, true), b, true);
            ck_assert(mu_belief_of(sim, set)[0] >> b & 1); /* what was learned last holds */
        }
    }
    ck_assert_uint_eq(mu_crowd(sim)->beliefs, mu_world_count(&sim->world, MU_SECTION_BELIEF));
    ck_assert_uint_gt(mu_crowd(sim)->rounded, 0);
    ck_assert_uint_eq(mu_belief_of(sim, 0)[0], UINT64_C(1) << 19);
    ck_assert_int_eq(mu_crowd_reserve(sim), MU_OK);
    const uint32_t rounded = mu_crowd(sim)->rounded;
    mu_belief_with(sim, mu_belief_with(sim, 0, 17, true), 18, true);
    ck_assert_uint_eq(mu_crowd(sim)->rounded, rounded);
    stage_close(s);
}
END_TEST

START_TEST(states_are_counted) {
    stage *s = stage_new();
    const office o = office_site(s);
    stage_group(s, "staff", "staff", 3, o.room);
    stage_member(s, "guard", "guard", stage_post(s, o.room, 10, 5));
    stage_open(s, 4, 0);
    const uint32_t guard = stage_person(s, "guard");
    const uint32_t staff = stage_person(s, "staff/001");
    mu_crowd_set_state(&s->sim, staff, MU_OCCUPANT_HELD, 5);
    mu_crowd_set_state(&s->sim, staff, MU_OCCUPANT_HELD, 5);
    mu_crowd_set_state(&s->sim, guard, MU_OCCUPANT_OUT, 5);
    ck_assert_uint_eq(stage_count(s, MU_RECORD_STATE), 1);
    ck_assert_uint_eq(mu_crowd(&s->sim)->in_state[MU_OCCUPANT_HELD], 1);
    ck_assert(mu_crowd_conserved(&s->sim));
    /* Who is held is told, but does not move. */
    ck_assert_uint_ne(
        mu_crowd_alert(&s->sim, staff, 0, 1, (mu_goal){.kind = MU_GOAL_ASSEMBLY}, MU_NO_RECORD),
        MU_NO_RECORD);
    ck_assert_uint_eq(mu_world_clock(&s->sim.world)->pending, 0);
    mu_crowd(&s->sim)->in_state[MU_OCCUPANT_OUT]++;
    ck_assert(!mu_crowd_conserved(&s->sim));
    stage_close(s);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("crowd");
    TCase *tc = tcase_create("people in a run");
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, everyone_in_place);
    tcase_add_test(tc, too_full_is_still_in_place);
    tcase_add_test(tc, same_seed_same_world);
    tcase_add_loop_test(tc, snapshot_goes_on_the_same, 0, 3);
    tcase_add_test(tc, bystanders_change_nobodys_luck);
    tcase_add_test(tc, from_alarm_to_assembly_point);
    tcase_add_test(tc, response_factor_scales_premovement);
    tcase_add_test(tc, a_closed_door_is_learned_on_sight);
    tcase_add_test(tc, without_a_way_they_wait_and_are_counted);
    tcase_add_test(tc, wheelchairs_do_not_take_stairs);
    tcase_add_test(tc, doors_open_for_those_who_may);
    tcase_add_test(tc, off_the_site);
    tcase_add_test(tc, into_the_open_and_room_for_the_next);
    tcase_add_test(tc, a_unit_enters_and_finds_its_place);
    tcase_add_test(tc, resting_and_being_sent_elsewhere);
    tcase_add_test(tc, many_go_to_one_point);
    tcase_add_test(tc, beliefs_are_shared_and_rounded);
    tcase_add_test(tc, states_are_counted);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
