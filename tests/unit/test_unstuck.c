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

static Suite *suite(void) {
    Suite *made = suite_create("unstuck");
    TCase *tc = tcase_create("scenes");
    tcase_add_loop_test(tc, a_door_that_is_drawn_twice, 0, 4);
    tcase_add_loop_test(tc, where_two_ways_part_in_a_row_of_seats, 0, 15);
    suite_add_tcase(made, tc);
    return made;
}

int main(void) {
    return run_suite(suite());
}
