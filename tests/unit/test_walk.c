/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The walk model on small scenes: speeds as given, doors and corners passed by all, nobody through
 * a wall, nobody stuck. Every run also recounts the occupants and looks for bodies outside their
 * area at every event (stage.h). */
#include "stage.h"

#include "crowd/scratch.h"
#include "crowd/walk_numbers.h"
#include "effort.h"
#include "runner.h"

static int inspect(stage *s) {
    stage_inspect(s);
    return 0;
}

/* Times at which occupants are first seen in an area, in order. */
typedef struct crossing {
    uint32_t area, count;
    double at_s[1024];
    bool seen[1024];
} crossing;
static crossing crossed;

static int inspect_crossing(stage *s) {
    stage_inspect(s);
    const mu_body *bodies = mu_bodies(&s->sim);
    for (uint32_t i = 0; i < s->people.list.count; i++) {
        if (!crossed.seen[i] && bodies[i].area == crossed.area) {
            crossed.seen[i] = true;
            crossed.at_s[crossed.count++] = mu_time_to_s(mu_sim_now(&s->sim));
        }
    }
    return 0;
}

/* Persons per second between the 20 % and the 80 % crossing. */
static double steady_flow(void) {
    const uint32_t first = crossed.count / 5, last = crossed.count * 4 / 5;
    return (last - first) / (crossed.at_s[last] - crossed.at_s[first]);
}

START_TEST(one_person_40_m) {
    /* IMO MSC.1/Circ.1533, Appendix, test 1: 40 m at 1.0 m/s take 40 s, and a moment to start. */
    stage *s = stage_new();
    const uint32_t corridor = stage_room(s, MU_USE_CORRIDOR, 0, 0, 0, 50, 2);
    stage_member(s, "walker", "guard", stage_post(s, corridor, 1, 1));
    stage_open(s, 1, 0);
    mu_bodies(&s->sim)[0].level_mps = 1.0F;
    mu_crowd_send(&s->sim, 0, stage_point(corridor, 41, 1), 0, MU_NO_RECORD);
    const double took_s = stage_run(s, 100);
    ck_assert_double_eq_tol(took_s, 40 + (double)MU_WALK_START_S, 0.0501);
    ck_assert_double_eq_tol(mu_bodies(&s->sim)[0].at.x, 41, 0.06);
    ck_assert_uint_eq(s->arrived, 1);
    ck_assert_uint_eq(mu_world_clock(&s->sim.world)->pending, 0);
    stage_close(s);
}
END_TEST

static double entered_s, left_s;

static int watch_flight(stage *s) {
    const bool on_flight =
        mu_walkable_area(s->walkable, mu_bodies(&s->sim)[0].area)->stair != MU_NONE;
    const double now = mu_time_to_s(mu_sim_now(&s->sim));
    if (on_flight && entered_s < 0) {
        entered_s = now;
    }
    if (!on_flight && entered_s >= 0 && left_s < 0) {
        left_s = now;
    }
    return inspect(s);
}

/* IMO tests 2 and 3: a stair at the speed of its direction. */
START_TEST(stairs_up_and_down) {
    const bool up = _i == 0;
    stage *s = stage_new();
    const uint32_t lower = stage_room(s, MU_USE_LOBBY, 0, 0, 0, 6, 4);
    const uint32_t upper = stage_room(s, MU_USE_LOBBY, 1, 14, 0, 20, 4);
    stage_stair(s, lower, upper, (mu_point){6, 1}, (mu_point){6, 3}, (mu_point){14, 1},
                (mu_point){14, 3}, 10);
    stage_member(s, "walker", "guard",
                 up ? stage_post(s, lower, 1, 2) : stage_post(s, upper, 19, 2));
    stage_open(s, 1, 0);
    mu_body *body = mu_bodies(&s->sim);
    body->level_mps = 1.3F;
    body->up_mps = 0.5F;
    body->down_mps = 0.8F;
    entered_s = left_s = -1;
    s->watch = watch_flight;
    mu_crowd_send(&s->sim, 0, up ? stage_point(upper, 19, 2) : stage_point(lower, 1, 2), 0.1,
                  MU_NO_RECORD);
    stage_run(s, 100);
    ck_assert_uint_eq(s->arrived, 1);
    ck_assert_double_eq_tol(left_s - entered_s, up ? 10 / 0.5 : 10 / 0.8, 0.15);
    ck_assert_uint_eq(s->outside, 0);
    stage_close(s);
}
END_TEST

static const struct {
    double width_m, room_m;
    int64_t people;
} exits[] = {{0.9, 9, 60}, {1.0, 10, 100}, {3.0, 14, 200}};
enum { EXITS = EFFORT(3, 1) };

START_TEST(room_through_a_door) {
    const double w = exits[_i].width_m, size = exits[_i].room_m;
    stage *s = stage_new();
    const uint32_t room = stage_room(s, MU_USE_OFFICE, 0, 0, 0, size, size);
    const uint32_t open = stage_room(s, MU_USE_OUTDOOR, 0, -20, -40, size + 20, 0);
    stage_portal(s, MU_PORTAL_DOOR, room, open, size / 2 - w / 2, 0, size / 2 + w / 2, 0);
    stage_assembly(s, open, size / 2, -25);
    stage_group(s, "staff", "staff", exits[_i].people, room);
    stage_open(s, 11, 0);
    crossed = (crossing){.area = open};
    s->watch = inspect_crossing;
    stage_evacuate(s, MU_GOAL_ASSEMBLY);
    stage_run(s, 600);
    const double specific = steady_flow() / w;
    printf("door of %.1f m: %.2f persons/(m s), worst overlap %.3f m\n", w, specific,
           s->worst_overlap);
    ck_assert_uint_eq(s->arrived, (uint32_t)exits[_i].people);
    ck_assert_uint_eq(mu_crowd(&s->sim)->in_state[MU_OCCUPANT_OUT], (uint32_t)exits[_i].people);
    ck_assert_uint_eq(s->outside, 0);
    ck_assert_double_le(s->worst_overlap, PACKED_M);
    /* Published for doors and bottlenecks: from 0.9 (SFPE with boundary layers) to 2.4 (HERMES). */
    ck_assert(specific > 0.9 && specific < 2.4);
    stage_close(s);
}
END_TEST

/* The same doors in the mode that regulators reckon with: the limit is reached, and not passed. */
START_TEST(a_metered_door) {
    const double w = exits[_i].width_m, size = exits[_i].room_m;
    stage *s = stage_new();
    const uint32_t room = stage_room(s, MU_USE_OFFICE, 0, 0, 0, size, size);
    const uint32_t open = stage_room(s, MU_USE_OUTDOOR, 0, -20, -40, size + 20, 0);
    stage_portal(s, MU_PORTAL_DOOR, room, open, size / 2 - w / 2, 0, size / 2 + w / 2, 0);
    stage_assembly(s, open, size / 2, -25);
    stage_group(s, "staff", "staff", exits[_i].people, room);
    stage_open(s, 11, 0);
    mu_crowd(&s->sim)->motion_mode = MU_MOTION_REGULATORY;
    crossed = (crossing){.area = open};
    s->watch = inspect_crossing;
    stage_evacuate(s, MU_GOAL_ASSEMBLY);
    stage_run(s, 600);
    const double specific = steady_flow() / w;
    printf("metered door of %.1f m: %.2f persons/(m s)\n", w, specific);
    ck_assert_uint_eq(s->arrived, (uint32_t)exits[_i].people);
    ck_assert_uint_eq(s->outside, 0);
    ck_assert(specific > 0.9 * MU_REGULATORY_FLOW && specific < 1.02 * MU_REGULATORY_FLOW);
    stage_close(s);
}
END_TEST

START_TEST(door_in_both_directions) {
    const uint32_t each = EFFORT(100, 40);
    stage *s = stage_new();
    const uint32_t west = stage_room(s, MU_USE_OFFICE, 0, 0, 0, 12, 12);
    const uint32_t east = stage_room(s, MU_USE_OFFICE, 0, 12, 0, 24, 12);
    stage_portal(s, MU_PORTAL_DOOR, west, east, 12, 5.55, 12, 6.45);
    stage_group(s, "east", "staff", each, east);
    stage_group(s, "west", "staff", each, west);
    stage_open(s, (uint64_t)_i, 0);
    s->watch = inspect;
    for (uint32_t i = 0; i < 2 * each; i++) {
        const mu_body *body = &mu_bodies(&s->sim)[i];
        const bool in_west = body->area == west;
        mu_crowd_send(
            &s->sim, i,
            stage_point(in_west ? east : west, body->at.x + (in_west ? 12 : -12), body->at.y), 0.5,
            MU_NO_RECORD);
    }
    const double took_s = stage_run(s, 900);
    printf("2 x %u through 0.9 m: %.0f s, worst overlap %.3f m\n", each, took_s, s->worst_overlap);
    ck_assert_uint_eq(s->arrived, 2 * each);
    ck_assert_uint_eq(s->outside, 0);
    /* Squeezed past each other they are half a body deep, not a body broad; those whom a lock of
     * 15 s has made give way are half of that, 0.11 m from each other, less one step's push. */
    ck_assert_double_le(s->worst_overlap, 0.34);
    ck_assert_double_lt(took_s, 600);
    stage_close(s);
}
END_TEST

START_TEST(round_a_corner) {
    stage *s = stage_new();
    const mu_point bend[6] = {{0, 0}, {12, 0}, {12, 12}, {10, 12}, {10, 2}, {0, 2}};
    const uint32_t room = stage_room(s, MU_USE_OFFICE, 0, -8, -3, 0, 5);
    const uint32_t corridor = stage_polygon(s, MU_USE_CORRIDOR, bend, 6);
    const uint32_t open = stage_room(s, MU_USE_OUTDOOR, 0, 0, 12, 22, 30);
    stage_portal(s, MU_PORTAL_OPENING, room, corridor, 0, 0, 0, 2);
    stage_portal(s, MU_PORTAL_OPENING, corridor, open, 10, 12, 12, 12);
    stage_assembly(s, open, 11, 22);
    stage_group(s, "staff", "staff", 40, room);
    stage_open(s, 5, 0);
    crossed = (crossing){.area = open};
    s->watch = inspect_crossing;
    stage_evacuate(s, MU_GOAL_ASSEMBLY);
    stage_run(s, 300);
    ck_assert_uint_eq(s->arrived, 40);
    ck_assert_uint_eq(s->outside, 0);
    ck_assert_double_le(s->worst_overlap, PACKED_M);
    ck_assert_double_gt(steady_flow() / 2, 0.8);
    stage_close(s);
}
END_TEST

/* Up and down one narrow flight at once: the hardest press there is. */
START_TEST(crowds_meet_on_a_stair) {
    const uint32_t each = 40;
    stage *s = stage_new();
    const uint32_t lower = stage_room(s, MU_USE_LOBBY, 0, 0, 0, 8, 8);
    const uint32_t upper = stage_room(s, MU_USE_LOBBY, 1, 0, 8, 8, 16);
    stage_stair(s, lower, upper, (mu_point){3, 8}, (mu_point){4.4, 8}, (mu_point){3.5, 8},
                (mu_point){4.9, 8}, 6);
    stage_group(s, "down", "staff", each, upper);
    stage_group(s, "up", "staff", each, lower);
    stage_open(s, 2, 0);
    s->watch = inspect;
    for (uint32_t i = 0; i < 2 * each; i++) {
        const mu_body *body = &mu_bodies(&s->sim)[i];
        const bool up = body->area == lower;
        mu_crowd_send(&s->sim, i,
                      stage_point(up ? upper : lower, body->at.x, up ? 16 - body->at.y : 0.5), 0.5,
                      MU_NO_RECORD);
    }
    stage_run(s, 900);
    ck_assert_uint_eq(s->arrived, 2 * each);
    ck_assert_uint_eq(s->outside, 0);
    stage_close(s);
}
END_TEST

/* Thirty people on one spot, in the worst of places: however hard they push each other apart,
 * nobody may come out beyond a wall, or through a gate that is not theirs. */
static const struct {
    bool on_flight;
    double x, y;
} crushes[] = {{true, 0.02, 5.98},  {true, 1.38, 5.98},  {true, 1.38, 0.02},  {true, 0.02, 3},
               {false, 4.45, 7.98}, {false, 2.95, 7.98}, {false, 0.02, 0.02}, {false, 3.7, 7.98}};

START_TEST(a_crush_stays_inside) {
    const uint32_t people = 30;
    stage *s = stage_new();
    const uint32_t lower = stage_room(s, MU_USE_LOBBY, 0, 0, 0, 8, 8);
    const uint32_t upper = stage_room(s, MU_USE_LOBBY, 1, 0, 8, 8, 16);
    const uint32_t stair = stage_stair(s, lower, upper, (mu_point){3, 8}, (mu_point){4.4, 8},
                                       (mu_point){3.5, 8}, (mu_point){4.9, 8}, 6);
    stage_group(s, "crush", "staff", people, lower);
    stage_open(s, 2, 0);
    uint32_t flight = 0;
    while (mu_walkable_area(s->walkable, flight)->stair != stair) {
        flight++;
    }
    for (uint32_t i = 0; i < people; i++) {
        mu_body *body = &mu_bodies(&s->sim)[i];
        body->at = (mu_point){crushes[_i].x, crushes[_i].y};
        body->area = crushes[_i].on_flight ? flight : lower;
        mu_crowd_send(&s->sim, i, stage_point(lower, 1, 1), 0.5, MU_NO_RECORD);
    }
    s->watch = inspect;
    stage_run(s, 3);
    for (uint32_t i = 0; i < people; i++) {
        ck_assert_uint_ne(mu_bodies(&s->sim)[i].area, upper);
    }
    ck_assert_uint_eq(s->outside, 0);
    stage_run(s, 120);
    ck_assert_uint_eq(s->arrived, people);
    stage_close(s);
}
END_TEST

START_TEST(who_stands_in_a_door_steps_aside) {
    stage *s = stage_new();
    const uint32_t room = stage_room(s, MU_USE_OFFICE, 0, 0, 0, 8, 8);
    const uint32_t open = stage_room(s, MU_USE_OUTDOOR, 0, -10, -20, 18, 0);
    stage_portal(s, MU_PORTAL_DOOR, room, open, 3.5, 0, 4.4, 0);
    stage_assembly(s, open, 4, -12);
    stage_group(s, "staff", "staff", 20, room);
    stage_member(s, "guard", "guard",
                 _i == 0 ? stage_post(s, room, 3.95, 0.3) : stage_post(s, open, 3.95, -0.3));
    stage_open(s, 3, 0);
    s->watch = inspect;
    stage_evacuate(s, MU_GOAL_ASSEMBLY);
    const double took_s = stage_run(s, 300);
    ck_assert_uint_eq(s->arrived, 20);
    ck_assert_double_lt(took_s, 60);
    ck_assert_uint_eq(s->outside, 0);
    const mu_body *guard = &mu_bodies(&s->sim)[stage_person(s, "guard")];
    ck_assert_uint_eq(guard->area, _i == 0 ? room : open);
    ck_assert_uint_eq(guard->mode, MU_BODY_RESTING);
    stage_close(s);
}
END_TEST

START_TEST(the_faster_overtakes) {
    stage *s = stage_new();
    const uint32_t corridor = stage_room(s, MU_USE_CORRIDOR, 0, 0, 0, 60, 3);
    stage_member(s, "fast", "guard", stage_post(s, corridor, 1, 1.5));
    stage_member(s, "slow", "guard", stage_post(s, corridor, 3, 1.5));
    stage_open(s, 1, 0);
    const uint32_t fast = stage_person(s, "fast"), slow = stage_person(s, "slow");
    mu_bodies(&s->sim)[fast].level_mps = 1.5F;
    mu_bodies(&s->sim)[slow].level_mps = 0.8F;
    mu_crowd_send(&s->sim, fast, stage_point(corridor, 58, 1.5), 0.3, MU_NO_RECORD);
    mu_crowd_send(&s->sim, slow, stage_point(corridor, 58, 1.5), 0.3, MU_NO_RECORD);
    s->watch = inspect;
    stage_run(s, 30);
    /* 57 m at 1.5 m/s are 38 s: hardly held up. */
    ck_assert_double_gt(mu_bodies(&s->sim)[fast].at.x, 1 + 1.5 * 28);
    ck_assert_double_eq_tol(mu_bodies(&s->sim)[slow].at.x, 3 + 0.8 * 30, 1);
    ck_assert_double_le(s->worst_overlap, 0.05);
    stage_close(s);
}
END_TEST

START_TEST(two_face_to_face_in_a_narrow_corridor) {
    stage *s = stage_new();
    const uint32_t corridor = stage_room(s, MU_USE_CORRIDOR, 0, 0, 0, 20, 1.2);
    stage_member(s, "a", "guard", stage_post(s, corridor, 1, 0.6));
    stage_member(s, "b", "guard", stage_post(s, corridor, 19, 0.6));
    stage_open(s, 1, 0);
    mu_crowd_send(&s->sim, stage_person(s, "a"), stage_point(corridor, 19, 0.6), 0.3, MU_NO_RECORD);
    mu_crowd_send(&s->sim, stage_person(s, "b"), stage_point(corridor, 1, 0.6), 0.3, MU_NO_RECORD);
    s->watch = inspect;
    const double took_s = stage_run(s, 100);
    ck_assert_uint_eq(s->arrived, 2);
    ck_assert_double_lt(took_s, 30);
    stage_close(s);
}
END_TEST

/* Three who want past each other and have turned so that each takes the next one for somebody who
 * walks ahead of them: as once met in the crowd of an assembly point, where they stood for good. */
static const struct {
    mu_point at, heading, wish;
    float radius;
} ring[] = {
    {{11.79, 10.22}, {0.479, 0.878}, {2.1, 24.1}, 0.243F},
    {{11.51, 10.31}, {0.685, -0.729}, {26.5, 14.8}, 0.207F},
    {{11.76, 10.48}, {-0.971, -0.239}, {9.9, 2.2}, 0.247F},
};

START_TEST(a_ring_of_three_comes_undone) {
    stage *s = stage_new();
    const uint32_t yard = stage_room(s, MU_USE_OUTDOOR, 0, 0, 0, 30, 30);
    const uint32_t post = stage_post(s, yard, 5, 5);
    for (int i = 0; i < 3; i++) {
        stage_member(s, stage_id(s, 'm', (uint32_t)i), "guard", post);
    }
    stage_open(s, 1, 0);
    for (uint32_t i = 0; i < 3; i++) {
        mu_body *body = &mu_bodies(&s->sim)[i];
        mu_crowd_send(&s->sim, i, stage_point(yard, ring[i].wish.x, ring[i].wish.y), 0.3,
                      MU_NO_RECORD);
        body->at = ring[i].at;
        body->heading = ring[i].heading;
        body->radius_m = ring[i].radius;
        body->packed_ms = body->queued_ms = MU_WALK_PACK_MS;
        body->speed_mps = 0;
    }
    s->watch = inspect;
    stage_run(s, 60);
    ck_assert_uint_eq(s->arrived, 3);
    stage_close(s);
}
END_TEST

START_TEST(waiting_in_front_of_a_door) {
    stage *s = stage_new();
    const uint32_t room = stage_room(s, MU_USE_OFFICE, 0, 0, 0, 8, 8);
    const uint32_t open = stage_room(s, MU_USE_OUTDOOR, 0, -10, -20, 18, 0);
    const uint32_t door = stage_portal(s, MU_PORTAL_DOOR, room, open, 3.5, 0, 4.5, 0);
    stage_assembly(s, open, 4, -12);
    stage_group(s, "staff", "staff", 15, room);
    stage_open(s, 3, 0);
    s->watch = inspect;
    mu_portals(&s->sim)[door].state = MU_PORTAL_WAIT;
    stage_evacuate(s, MU_GOAL_ASSEMBLY);
    stage_run(s, 60);
    ck_assert_uint_eq(s->arrived + s->no_way, 0);
    for (uint32_t i = 0; i < 15; i++) {
        const mu_body *body = &mu_bodies(&s->sim)[i];
        ck_assert_uint_eq(body->area, room);
        ck_assert_uint_eq(body->gate == MU_NONE, 0);
        ck_assert_uint_le(body->held_ms, 1000); /* nobody presses */
        ck_assert_double_lt(hypot(body->at.x - 4, body->at.y), 4);
    }
    mu_portals(&s->sim)[door].state = MU_PORTAL_OPEN;
    stage_run(s, 150);
    ck_assert_uint_eq(s->arrived, 15);
    ck_assert_uint_eq(s->outside, 0);
    stage_close(s);
}
END_TEST

START_TEST(who_stands_elsewhere_is_left_alone) {
    stage *s = stage_new();
    const uint32_t hall = stage_room(s, MU_USE_ASSEMBLY, 0, 0, 0, 20, 20);
    const uint32_t corridor = stage_room(s, MU_USE_CORRIDOR, 0, 0, 20, 40, 23);
    stage_portal(s, MU_PORTAL_DOOR, hall, corridor, 5, 20, 6, 20);
    stage_group(s, "staff", "staff", 150, hall);
    stage_member(s, "guard", "guard", stage_post(s, corridor, 10, 21.5));
    stage_open(s, 3, 0);
    const uint32_t guard = stage_person(s, "guard"), people = s->people.list.count;
    mu_body *before = malloc(people * sizeof *before);
    memcpy(before, mu_bodies(&s->sim), people * sizeof *before);
    mu_crowd_send(&s->sim, guard, stage_point(corridor, 38, 21.5), 0.3, MU_NO_RECORD);
    stage_run(s, 100);
    ck_assert_uint_eq(s->arrived, 1);
    for (uint32_t i = 0; i < people; i++) {
        ck_assert(i == guard || stage_same(&before[i], &mu_bodies(&s->sim)[i], sizeof *before));
    }
    free(before);
    stage_close(s);
}
END_TEST

/* Where five who stand too close end up as somebody walks past, and the one who walks: with so many
 * more who stand in a far corner of the yard. */
static void pass_by(uint32_t bystanders, double aside, mu_point *at) {
    static const char *const ids[] = {"a", "b", "c", "d", "e", "walker"};
    stage *s = stage_new();
    const uint32_t yard = stage_room(s, MU_USE_OUTDOOR, 0, 0, 0, 200, 200);
    for (uint32_t i = 0; i < 6; i++) {
        stage_member(s, ids[i], "guard", stage_post(s, yard, 40, 50));
    }
    stage_group(s, "staff", "staff", bystanders, yard);
    stage_open(s, 3, 0);
    for (uint32_t i = 0; i < s->people.list.count; i++) {
        const uint32_t row = i / 20, place = i % 20;
        mu_bodies(&s->sim)[i].at = (mu_point){100 + place, 190 + row};
    }
    for (uint32_t i = 0; i < 6; i++) {
        mu_bodies(&s->sim)[stage_person(s, ids[i])].at =
            i < 5 ? (mu_point){50 + 0.2 * i, 50} : (mu_point){40, 50 + aside};
    }
    mu_crowd_send(&s->sim, stage_person(s, "walker"), stage_point(yard, 60, 50 + aside), 0.3,
                  MU_NO_RECORD);
    stage_run(s, 60);
    ck_assert_uint_eq(s->arrived, 1);
    for (uint32_t i = 0; i < 6; i++) {
        at[i] = mu_bodies(&s->sim)[stage_person(s, ids[i])].at;
    }
    stage_close(s);
}

START_TEST(who_stands_far_away_changes_nothing) {
    const double aside[] = {0.5, 2, 25};
    mu_point alone[6], with_others[6];
    pass_by(0, aside[_i], alone);
    for (uint32_t bystanders = 20; bystanders <= 100; bystanders += 80) {
        pass_by(bystanders, aside[_i], with_others);
        ck_assert(stage_same(alone, with_others, sizeof alone));
    }
    ck_assert_int_eq(alone[0].x < 50, _i == 0); /* set off the next where somebody comes near */
}
END_TEST

int main(void) {
    Suite *suite = suite_create("walk");
    TCase *tc = tcase_create("scenes");
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, one_person_40_m);
    tcase_add_loop_test(tc, stairs_up_and_down, 0, 2);
    tcase_add_loop_test(tc, room_through_a_door, 0, EXITS);
    tcase_add_loop_test(tc, a_metered_door, 0, EXITS);
    tcase_add_loop_test(tc, door_in_both_directions, 0, EFFORT(2, 1));
    tcase_add_test(tc, round_a_corner);
    tcase_add_test(tc, crowds_meet_on_a_stair);
    tcase_add_loop_test(tc, a_crush_stays_inside, 0, (int)(sizeof crushes / sizeof crushes[0]));
    tcase_add_loop_test(tc, who_stands_in_a_door_steps_aside, 0, 2);
    tcase_add_test(tc, the_faster_overtakes);
    tcase_add_test(tc, two_face_to_face_in_a_narrow_corridor);
    tcase_add_test(tc, a_ring_of_three_comes_undone);
    tcase_add_test(tc, waiting_in_front_of_a_door);
    tcase_add_test(tc, who_stands_elsewhere_is_left_alone);
    tcase_add_loop_test(tc, who_stands_far_away_changes_nothing, 0, 3);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
