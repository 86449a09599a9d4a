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

static Suite *suite(void) {
    Suite *made = suite_create("unstuck");
    TCase *tc = tcase_create("scenes");
    tcase_add_loop_test(tc, a_door_that_is_drawn_twice, 0, 4);
    suite_add_tcase(made, tc);
    return made;
}

int main(void) {
    return run_suite(suite());
}
