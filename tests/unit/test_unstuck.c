/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small scenes out of plans in which somebody once stood for ever: what a walker makes for must be
 * to be reached by a body. */
#include "stage.h"

#include "runner.h"

/* One person, of whom it is known where they stand and how broad they are. */
static void put_one(stage *s, mu_point at, float radius_m) {
    mu_body *body = &mu_bodies(&s->sim)[0];
    body->at = at;
    body->radius_m = radius_m;
}

/* A plan may draw a door twice. In by the one and out by the other costs nothing, so it must be no
 * way: people would go in and out for ever. */
START_TEST(a_door_that_is_drawn_twice) {
    stage *s = stage_new();
    const uint32_t corridor = stage_room(s, MU_USE_CORRIDOR, 0, 0, 0, 24, 3);
    const uint32_t closet = stage_room(s, MU_USE_OFFICE, 0, 10.8, 3, 13, 4.1);
    const uint32_t open = stage_room(s, MU_USE_OUTDOOR, 0, 24, -10, 40, 13);
    stage_portal(s, MU_PORTAL_DOOR, corridor, closet, 11.4, 3, 12.2, 3);
    stage_portal(s, MU_PORTAL_DOOR, corridor, closet, 12.2, 3, 11.4, 3);
    stage_portal(s, MU_PORTAL_DOOR, corridor, open, 24, 1, 24, 2.5);
    stage_assembly(s, open, 32, 2);
    stage_group(s, "staff", "staff", 1, corridor);
    stage_open(s, 3, 0);
    stage_move_by(s, _i % 2 == 0 ? MU_MOTION_WALK : MU_MOTION_FLOW);
    put_one(s, (mu_point){4, 2.75 - 0.25 * (_i / 2)}, 0.22F);
    stage_evacuate(s, MU_GOAL_ASSEMBLY);
    stage_run(s, 60);
    ck_assert_uint_eq(s->arrived, 1);
    stage_close(s);
}
END_TEST

/* Out of a row of seats two ways are nearly as long, and where they part nothing is seen of either:
 * whoever stands there is to take one, and not to walk into a bench. */
START_TEST(where_two_ways_part_in_a_row_of_seats) {
    stage *s = stage_new();
    const double x = 8.48 + 0.05 * (_i % 5), y = 8.27, end = x + 16.5 + (_i / 5);
    const mu_point hall[8] = {{8.48, y},         {36.48, y},       {36.48, y + 8.24},
                              {8.48, y + 8.24},  {8.48, y + 5.24}, {19.33, y + 5.24},
                              {19.33, y + 4.98}, {8.48, y + 4.98}};
    mu_point front[4] = {
        {x + 5.44, y + 2.62}, {x + 5.44, y + 2.85}, {x + 22, y + 2.85}, {x + 22, y + 2.62}};
    mu_point back[4] = {{x + 5.45, y + 3.48}, {x + 5.45, y + 3.7}, {end, y + 3.7}, {end, y + 3.48}};
    mu_point wall[4] = {{21.33, y + 4.98}, {21.33, y + 5.24}, {30.11, y + 5.24}, {30.11, y + 4.98}};
    mu_ring seats[3] = {{front, 4}, {back, 4}, {wall, 4}};
    const uint32_t in = stage_polygon(s, MU_USE_OFFICE, hall, 8);
    const uint32_t open = stage_room(s, MU_USE_OUTDOOR, 0, 8.48, y + 8.24, 36.48, y + 20);
    s->spaces[in].holes.items = seats;
    s->spaces[in].holes.count = 3;
    stage_portal(s, MU_PORTAL_DOOR, in, open, 32.52, y + 8.24, 34.52, y + 8.24);
    stage_assembly(s, open, 33, 23);
    stage_group(s, "class", "class", 1, in);
    stage_open(s, 3, 0);
    const mu_field_grid *field = mu_walkable_field(s->walkable, in, 0);
    for (double at_y = y + 3.05; at_y < y + 3.28; at_y += 0.02) {
        for (double at_x = x + 5.46; at_x < end - 0.1; at_x += 0.02) {
            const mu_point at = {at_x, at_y};
            const mu_point way = mu_field_direction(s->walkable, in, field, at);
            const mu_point then = {at.x + 0.15 * way.x, at.y + 0.15 * way.y};
            ck_assert_msg(mu_area_sees(s->walkable, in, at, then, 0.12),
                          "from (%.2f, %.2f) by (%.2f, %.2f)", at.x, at.y, way.x, way.y);
        }
    }
    put_one(s, (mu_point){x + 5.52, y + 3.26}, 0.202F);
    stage_evacuate(s, MU_GOAL_ASSEMBLY);
    stage_run(s, 90);
    ck_assert_uint_eq(s->arrived, 1);
    stage_close(s);
}
END_TEST

/* More people than the ground has room for: who can get no nearer to the assembly point has
 * arrived, however far it is, and though one is pushed to and fro there. */
START_TEST(a_crowd_on_too_little_ground) {
    stage *s = stage_new();
    const uint32_t hall = stage_room(s, MU_USE_OFFICE, 0, 40, 0, 60, 20);
    const uint32_t yard = stage_room(s, MU_USE_OUTDOOR, 0, 0, 0, 40, 2);
    stage_portal(s, MU_PORTAL_DOOR, hall, yard, 40, 0.2, 40, 1.8);
    stage_assembly(s, yard, 2, 1);
    stage_group(s, "staff", "staff", 300, hall);
    stage_open(s, (uint64_t)_i + 1, 0);
    stage_evacuate(s, MU_GOAL_ASSEMBLY);
    stage_run(s, 1000);
    ck_assert_uint_eq(s->arrived, 300);
    stage_close(s);
}
END_TEST

/* A wall with a gap in it, the nearer door behind it: nobody makes for a gap that they cannot pass,
 * and the check says where it is. */
START_TEST(a_gap_for_nobody) {
    static const double widths[4] = {0.1, 0.25, 0.31, 0.6};
    static const float radii[2] = {0.2F, 0.25F};
    const double half = widths[_i / 2] / 2;
    const bool open_gap = widths[_i / 2] > 0.5;
    stage *s = stage_new();
    mu_point south[4] = {{5, 0.1}, {5, 3 - half}, {5.2, 3 - half}, {5.2, 0.1}};
    mu_point north[4] = {{5, 3 + half}, {5, 5.9}, {5.2, 5.9}, {5.2, 3 + half}};
    mu_ring walls[2] = {{south, 4}, {north, 4}};
    const uint32_t hall = stage_room(s, MU_USE_OFFICE, 0, 0, 0, 10, 6);
    const uint32_t west = stage_room(s, MU_USE_OUTDOOR, 0, -8, 0, 0, 6);
    const uint32_t beyond = stage_room(s, MU_USE_OUTDOOR, 0, 0, 6, 10, 14);
    s->spaces[hall].holes.items = walls;
    s->spaces[hall].holes.count = 2;
    const uint32_t far = stage_portal(s, MU_PORTAL_DOOR, hall, west, 0, 1, 0, 2);
    stage_portal(s, MU_PORTAL_DOOR, hall, beyond, 6, 6, 7, 6);
    stage_group(s, "staff", "staff", 1, hall);
    stage_open(s, 3, 0);
    ck_assert_int_eq(isfinite(mu_gate_distance(s->walkable, hall, 0, 1)), open_gap);
    bool told = false;
    for (size_t i = 0; i < mu_diags_count(s->diags, MU_WARNING); i++) {
        const mu_diag *d = mu_diags_get(s->diags, i);
        told |= strcmp(d->code, "site.cut-off") == 0 && strstr(d->text, "(5.") != NULL;
    }
    ck_assert_int_eq(told, !open_gap);
    put_one(s, (mu_point){4.4, 3}, radii[_i % 2]);
    stage_evacuate(s, MU_GOAL_OUTSIDE);
    stage_run(s, 60);
    ck_assert_uint_eq(s->arrived, 1);
    const uint32_t left = stage_find(s, MU_RECORD_LEFT, 0);
    ck_assert_uint_ne(left, MU_NO_RECORD);
    const mu_handle door = mu_log_get(s->sim.log, left)->object;
    ck_assert_int_eq(door == MU_HANDLE(MU_THING_PORTAL, far), !open_gap);
    stage_close(s);
}
END_TEST

/* The same gap beside a passage: one goes round. */
START_TEST(a_gap_beside_a_passage) {
    static const double widths[3] = {0.2, 0.31, 0.34};
    const double half = widths[_i] / 2;
    stage *s = stage_new();
    mu_point south[4] = {{5, 0.1}, {5, 1.5 - half}, {5.2, 1.5 - half}, {5.2, 0.1}};
    mu_point north[4] = {{5, 1.5 + half}, {5, 6}, {5.2, 6}, {5.2, 1.5 + half}};
    mu_ring walls[2] = {{south, 4}, {north, 4}};
    const uint32_t hall = stage_room(s, MU_USE_OFFICE, 0, 0, 0, 10, 8);
    const uint32_t open = stage_room(s, MU_USE_OUTDOOR, 0, 10, 0, 18, 8);
    s->spaces[hall].holes.items = walls;
    s->spaces[hall].holes.count = 2;
    stage_portal(s, MU_PORTAL_DOOR, hall, open, 10, 1, 10, 2);
    stage_group(s, "staff", "staff", 1, hall);
    stage_open(s, 3, 0);
    put_one(s, (mu_point){4.6, 1.5}, 0.25F);
    stage_evacuate(s, MU_GOAL_OUTSIDE);
    stage_run(s, 60);
    ck_assert_uint_eq(s->arrived, 1);
    stage_close(s);
}
END_TEST

static Suite *suite(void) {
    Suite *made = suite_create("unstuck");
    TCase *tc = tcase_create("scenes");
    tcase_set_timeout(tc, 60); /* a crowd under sanitizers on a busy machine */
    tcase_add_loop_test(tc, a_door_that_is_drawn_twice, 0, 4);
    tcase_add_loop_test(tc, where_two_ways_part_in_a_row_of_seats, 0, 15);
    tcase_add_loop_test(tc, a_crowd_on_too_little_ground, 0, 3);
    tcase_add_loop_test(tc, a_gap_for_nobody, 0, 8);
    tcase_add_loop_test(tc, a_gap_beside_a_passage, 0, 3);
    suite_add_tcase(made, tc);
    return made;
}

int main(void) {
    return run_suite(suite());
}
