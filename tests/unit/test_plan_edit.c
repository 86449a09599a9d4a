/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is drawn on the plan besides rooms and doors, and what the plan tells. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "drawn_floor.h"
#include "edit/check.h"
#include "edit/project.h"
#include "edit/project_plane.h"
#include "runner.h"
#include "site/field_of_view.h"

static mu_grip grips[400];

static bool has_id(const char *list, const char *id) {
    char quoted[100];
    snprintf(quoted, sizeof quoted, "\"%s\"", id);
    return list != NULL && strstr(list, quoted) != NULL;
}

static uint32_t count_of(const char *text, const char *part) {
    uint32_t count = 0;
    for (const char *at = text; (at = strstr(at, part)) != NULL; at++) {
        count++;
    }
    return count;
}

static bool is_told(mu_project *p, const char *part) {
    uint32_t count;
    bool told = false;
    ck_assert(mu_project_check(p, true));
    const mu_fault *faults = mu_project_faults(p, &count);
    for (uint32_t k = 0; k < count; k++) {
        told = told || strstr(faults[k].text, part) != NULL;
    }
    return told;
}

START_TEST(a_camera_sees_through_doors_and_not_through_walls) {
    mu_project *p = open(path);
    draw_floor(p);
    char id[80];
    /* at the end of the corridor, looking along it: 60 degrees wide */
    ck_assert(mu_project_add_camera(p, "camera", 0, (mu_point){0.2, 1}, 0, 1.0472, 20, id));
    char *covers = mu_project_value(p, 0, "/equipment/camera.1/covers");
    ck_assert(has_id(covers, "corridor.1"));
    ck_assert(!has_id(covers, "office.1")); /* through its door less than a square metre is seen */
    free(covers);
    const mu_scenery *scene = mu_project_scene(p);
    ck_assert_uint_eq(scene->view_count, 1);
    mu_point ring[MU_VIEW_POINTS];
    const uint32_t count =
        mu_scenery_look(scene, 0, (mu_point){0.2, 1}, 0, 1.0472, 20, ring, MU_VIEW_POINTS);
    ck_assert_uint_gt(count, 10);
    double farthest = 0;
    for (uint32_t k = 0; k < count; k++) {
        farthest = fmax(farthest, ring[k].x);
        ck_assert_double_le(ring[k].y, 8.21); /* the far wall of an office, through its door */
        ck_assert_double_ge(ring[k].y, -12.01);
    }
    ck_assert_double_eq_tol(farthest, 16.2, 0.05); /* the end of the corridor, not its reach */
    /* turned to the wall it sees less; the grip at its end turns it */
    const mu_subject camera = mu_project_subject(p, "/equipment/camera.1");
    const uint32_t all = mu_project_grips(p, camera, grips, 400);
    ck_assert_uint_eq(all, 3);
    ck_assert_int_eq(grips[0].kind, MU_GRIP_AIM);
    ck_assert(mu_project_move_grip(p, camera, &grips[0], (mu_point){0.2, 11}));
    char *faces = mu_project_value(p, 0, "/equipment/camera.1/faces_deg");
    ck_assert_str_eq(faces, "90");
    free(faces);
    ck_assert(mu_project_undo(p)); /* one step */
    ck_assert(mu_project_undo(p)); /* and the camera another */
    ck_assert_uint_eq(mu_project_scene(p)->mark_count, 1);
    mu_project_close(p, false);
}
END_TEST

START_TEST(a_run_sees_what_the_picture_shows) {
    mu_project *p = open(path);
    draw_floor(p);
    ck_assert(mu_project_add_camera(p, "camera", 0, (mu_point){0.2, 1}, 0, 1.0472, 20, NULL));
    ck_assert_int_eq(
        mu_project_set(p, 0, "/equipment/camera.1/covers", "[\"corridor.1\", \"office.1\"]"),
        MU_OK);
    const mu_plan *plan = mu_project_checked(p)->evacuation;
    ck_assert_ptr_nonnull(plan);
    const mu_equipment *camera = &plan->site.equipment.items[0];
    uint32_t corridor = 0, office = 0, other = 0;
    for (uint32_t s = 0; s < plan->site.spaces.count; s++) {
        const char *id = plan->site.spaces.items[s].id;
        corridor = strcmp(id, "corridor.1") == 0 ? s : corridor;
        office = strcmp(id, "office.1") == 0 ? s : office;
        other = strcmp(id, "office.2") == 0 ? s : other;
    }
    const mu_walkable *w = plan->walkable;
    ck_assert(mu_view_sees(w, camera, corridor, (mu_point){15, 1}));
    ck_assert(!mu_view_sees(w, camera, corridor, (mu_point){0.3, 1.9})); /* beside its picture */
    ck_assert(mu_view_sees(w, camera, office, (mu_point){6, 2.7}));      /* through the door */
    ck_assert(!mu_view_sees(w, camera, office, (mu_point){7.5, 2.6}));   /* behind the wall */
    ck_assert(!mu_view_sees(w, camera, other, (mu_point){12, 2.6}));     /* not covered */
    mu_project_close(p, false);
}
END_TEST

START_TEST(what_a_camera_sees_is_a_sector) {
    const mu_equipment camera = {.at = {10, 10}, .faces_deg = 90, .view_deg = 60, .reach_m = 5};
    ck_assert(mu_view_holds(&camera, (mu_point){10, 14.9}));
    ck_assert(!mu_view_holds(&camera, (mu_point){10, 15.1}));
    ck_assert(mu_view_holds(&camera, (mu_point){12, 10 + 2 * 1.7330})); /* 30 degrees off */
    ck_assert(!mu_view_holds(&camera, (mu_point){12, 10 + 2 * 1.7310}));
    ck_assert(!mu_view_holds(&camera, (mu_point){10, 9}));
    const mu_equipment all = {.at = {10, 10}};
    ck_assert(mu_view_holds(&all, (mu_point){500, -500})); /* no width is given */
}
END_TEST

START_TEST(a_lane_is_a_strip_that_is_kept_free) {
    mu_project *p = open(path);
    draw_floor(p);
    const mu_point course[3] = {{-5, -10}, {10, -10}, {22, -10}};
    char id[80];
    ck_assert(mu_project_add_road(p, 0, course, 3, 4, id));
    ck_assert_uint_eq(count_faults(p, MU_WARNING), 0);
    ck_assert_uint_eq(mu_project_scene(p)->strip_count, 1);
    const mu_subject road = mu_project_subject(p, "/roads/road.1");
    /* drawn over the assembly point at (20, -8) it is told; narrower than 4 m as well */
    const uint32_t count = mu_project_grips(p, road, grips, 400);
    ck_assert_uint_eq(count, 5); /* three points, and two between */
    ck_assert(mu_project_move_grip(p, road, &grips[2], (mu_point){22, -7}));
    ck_assert(is_told(p, "stands in the fire lane"));
    char *at = mu_project_value(p, 0, "/roads/road.1/at");
    ck_assert_str_eq(at, "[22, -7]"); /* where help enters goes along */
    free(at);
    ck_assert(mu_project_undo(p));
    ck_assert_int_eq(mu_project_set(p, 0, "/roads/road.1/width_m", "3"), MU_OK);
    ck_assert(is_told(p, "GB 50016"));
    mu_project_close(p, false);
}
END_TEST

START_TEST(a_pillar_is_drawn_moved_and_removed) {
    mu_project *p = open(path);
    draw_floor(p);
    char *before = strdup(mu_project_text(p, 0));
    const uint32_t office = mu_project_subject(p, "/spaces/office.1").index;
    const mu_point ring[4] = {{3, 4}, {4, 4}, {4, 5}, {3, 5}};
    ck_assert(!mu_project_add_hole(p, 9999, ring, 4)); /* no such room */
    ck_assert(mu_project_add_hole(p, office, ring, 4));
    ck_assert_uint_eq(count_faults(p, MU_WARNING), 0);
    mu_subject hole = mu_project_subject(p, "/spaces/office.1/holes/0");
    ck_assert_uint_eq(hole.kind, MU_SUBJECT_HOLE);
    ck_assert_double_eq_tol(mu_project_area(p, office), 47, 1e-9);
    ck_assert(mu_project_move(p, &hole, 1, (mu_point){1, 0.5}));
    ck_assert(mu_project_fit_hole(p, hole.index, (mu_point){5, 5}, (mu_point){2, 1}));
    const mu_scenery *scene = mu_project_scene(p);
    const mu_point far = scene->points[scene->rings[hole.index].first + 2];
    ck_assert_double_eq_tol(far.x, 7, 1e-9);
    ck_assert_double_eq_tol(far.y, 6, 1e-9);
    ck_assert_uint_eq(mu_project_grips(p, hole, grips, 400), 8);
    ck_assert(mu_project_drop_grip(p, hole, &grips[0])); /* a triangle is left, */
    ck_assert_uint_eq(mu_project_grips(p, hole, grips, 400), 6);
    ck_assert(!mu_project_drop_grip(p, hole, &grips[0])); /* and less would be no shape */
    ck_assert(mu_project_delete(p, &hole, 1));
    ck_assert_double_eq_tol(mu_project_area(p, office), 48, 1e-9);
    for (int k = 0; k < 5; k++) {
        ck_assert(mu_project_undo(p));
    }
    ck_assert_str_eq(before, mu_project_text(p, 0));
    free(before);
    mu_project_close(p, false);
}
END_TEST

static double area_at(mu_project *p, const char *pointer) {
    const mu_subject room = mu_project_subject(p, pointer);
    ck_assert_uint_eq(room.kind, MU_SUBJECT_ROOM);
    return mu_project_area(p, room.index);
}

START_TEST(a_lift_is_drawn_and_goes) {
    mu_project *p = open(path);
    draw_floor(p);
    ck_assert(mu_project_add_level(p, 4, NULL));
    mu_subject rooms[3] = {mu_project_subject(p, "/spaces/office.1"),
                           mu_project_subject(p, "/spaces/office.2"),
                           mu_project_subject(p, "/spaces/corridor.1")};
    uint32_t count = 3;
    /* the floor once more, a level up, with the doors between */
    ck_assert(mu_project_copy(p, rooms, &count, (mu_point){0, 0}, 1));
    ck_assert_uint_eq(count, 3);
    const mu_scenery *scene = mu_project_scene(p);
    ck_assert_uint_eq(scene->room_count, 7);
    ck_assert_uint_eq(scene->portal_count, 5); /* the door to the yard stays below */
    const mu_point foot[2] = {{1, 0.5}, {1, 1.7}}, head[2] = {{5, 0.5}, {5, 1.7}};
    ck_assert(mu_project_add_stair(p, 0, foot, 1, head, NULL));
    char *before = strdup(mu_project_text(p, 0)), id[80];
    /* in a corner of an office: it is cut out of it on both levels */
    ck_assert(mu_project_add_lift(p, (mu_point){6, 2.2}, (mu_point){8, 4.2}, UINT64_MAX, id));
    ck_assert_str_eq(id, "lift.1.G");
    ck_assert_uint_eq(count_faults(p, MU_ERROR), 0);
    scene = mu_project_scene(p);
    ck_assert_uint_eq(scene->lift_count, 1);
    ck_assert_uint_eq(scene->lifts[0].cars.count, 2);
    ck_assert_uint_eq(scene->portal_count, 6 + 3); /* a door on each level, and the ride */
    ck_assert_double_eq_tol(mu_project_area(p, mu_project_subject(p, "/spaces/office.1").index), 44,
                            1e-9);
    mu_subject car = mu_project_subject(p, "/spaces/lift.1.G");
    ck_assert(mu_project_delete(p, &car, 1)); /* it goes as a whole */
    scene = mu_project_scene(p);
    ck_assert_uint_eq(scene->lift_count, 0);
    ck_assert_uint_eq(mu_project_subject(p, "/spaces/lift.1.L1").kind, MU_SUBJECT_NOTHING);
    ck_assert_uint_eq(scene->portal_count, 6);
    /* and the floor is whole again */
    const mu_scenery_room *whole = &scene->rooms[mu_project_subject(p, "/spaces/office.1").index];
    ck_assert_uint_eq(scene->rings[whole->rings.first].count, 4);
    ck_assert_double_eq_tol(mu_project_area(p, (uint32_t)(whole - scene->rooms)), 48, 1e-9);
    ck_assert_uint_eq(count_faults(p, MU_ERROR), 0);
    ck_assert(mu_project_undo(p));
    ck_assert(mu_project_undo(p));
    ck_assert_str_eq(before, mu_project_text(p, 0));
    /* too small for two rides */
    ck_assert(!mu_project_add_lift(p, (mu_point){6, 2.2}, (mu_point){7, 3.2}, UINT64_MAX, id));
    ck_assert_str_eq(before, mu_project_text(p, 0));
    free(before);
    mu_project_close(p, false);
}
END_TEST

/* In the middle of a room a lift is a hole in it, beside a pillar that stays when it goes. */
START_TEST(a_lift_within_a_room_is_a_hole) {
    mu_project *p = open(path);
    draw_floor(p);
    ck_assert(mu_project_add_level(p, 4, NULL));
    mu_subject rooms[1] = {mu_project_subject(p, "/spaces/office.1")};
    uint32_t count = 1;
    ck_assert(mu_project_copy(p, rooms, &count, (mu_point){0, 0}, 1));
    const mu_point pillar[4] = {{0.5, 7}, {1, 7}, {1, 7.5}, {0.5, 7.5}};
    for (int with_pillar = 0; with_pillar < 2; with_pillar++) {
        const uint32_t office = mu_project_subject(p, "/spaces/office.1").index;
        ck_assert(with_pillar == 0 || mu_project_add_hole(p, office, pillar, 4));
        const double whole = with_pillar == 0 ? 48 : 47.75;
        ck_assert(mu_project_add_lift(p, (mu_point){3, 4}, (mu_point){5, 6}, UINT64_MAX, NULL));
        ck_assert_double_eq_tol(area_at(p, "/spaces/office.1"), whole - 4, 1e-9);
        ck_assert_double_eq_tol(area_at(p, "/spaces/office.3"), 44, 1e-9);
        ck_assert_uint_eq(count_faults(p, MU_ERROR), 0);
        mu_subject car = mu_project_subject(p, "/spaces/lift.1.G");
        ck_assert(mu_project_delete(p, &car, 1));
        ck_assert_double_eq_tol(area_at(p, "/spaces/office.1"), whole, 1e-9);
        ck_assert_double_eq_tol(area_at(p, "/spaces/office.3"), 48, 1e-9);
        char *holes = mu_project_value(p, 0, "/spaces/office.1/holes");
        ck_assert(with_pillar == 0 ? holes == NULL : strstr(holes, "0.5, 7") != NULL);
        free(holes);
        ck_assert_ptr_null(mu_project_value(p, 0, "/spaces/office.3/holes"));
        ck_assert_uint_eq(count_faults(p, MU_ERROR), 0);
    }
    mu_project_close(p, false);
}
END_TEST

/* Names of cars and rides that something else has already are passed over; where no room borders on
 * a car there is none, and nothing has changed. */
START_TEST(a_lift_finds_names_and_rooms) {
    mu_project *p = open(path);
    draw_floor(p);
    ck_assert(mu_project_add_level(p, 4, NULL));
    ck_assert(mu_project_add_level(p, 4, NULL)); /* nothing is drawn there */
    mu_subject rooms[1] = {mu_project_subject(p, "/spaces/office.1")};
    uint32_t count = 1;
    ck_assert(mu_project_copy(p, rooms, &count, (mu_point){0, 0}, 1));
    char name[] = "lift.1.G";
    ck_assert_int_eq(mu_project_set(p, 0, "/spaces/office.2/id", "\"lift.1.G\""), MU_OK);
    ck_assert_int_eq(mu_project_set(p, 0, "/portals/door.1/id", "\"ride.lift.1.2\""), MU_OK);
    const uint32_t portals = mu_project_scene(p)->portal_count;
    ck_assert(mu_project_add_lift(p, (mu_point){3, 4}, (mu_point){5, 6}, 3, NULL));
    const mu_scenery *scene = mu_project_scene(p);
    ck_assert_uint_eq(scene->lift_count, 1);
    ck_assert_uint_eq(scene->portal_count, portals + 3);
    ck_assert_double_eq_tol(area_at(p, "/spaces/lift.1.G"), 48, 1e-9); /* still the office */
    const uint32_t car = mu_project_room_at(p, 0, (mu_point){4, 5});
    mu_place own;
    ck_assert(mu_project_pointer(p, (mu_subject){MU_SUBJECT_ROOM, car}, own, sizeof own));
    ck_assert_str_ne(own, "/spaces/lift.1.G");
    ck_assert_uint_eq(mu_project_lift_levels(p, car), 3);
    ck_assert_ptr_nonnull(strstr(mu_project_text(p, 0), name));
    char *before = strdup(mu_project_text(p, 0));
    ck_assert(!mu_project_set_lift_levels(p, car, 7));
    ck_assert_str_eq(before, mu_project_text(p, 0));
    free(before);
    mu_project_close(p, false);
}
END_TEST

/* Three floors alike. */
static void draw_tower(mu_project *p) {
    draw_floor(p);
    ck_assert(mu_project_add_level(p, 4, NULL));
    ck_assert(mu_project_add_level(p, 4, NULL));
    for (uint32_t level = 1; level < 3; level++) {
        mu_subject rooms[3] = {mu_project_subject(p, "/spaces/office.1"),
                               mu_project_subject(p, "/spaces/office.2"),
                               mu_project_subject(p, "/spaces/corridor.1")};
        uint32_t count = 3;
        ck_assert(mu_project_copy(p, rooms, &count, (mu_point){0, 0}, level));
        ck_assert_uint_eq(count, 3);
    }
}

START_TEST(a_lift_s_levels_and_place_are_changed) {
    mu_project *p = open(path);
    draw_tower(p);
    ck_assert(mu_project_add_lift(p, (mu_point){6, 2.2}, (mu_point){8, 4.2}, 3, NULL));
    ck_assert_int_eq(mu_project_set(p, 0, "/lifts/lift.1/name", "\"Goods\""), MU_OK);
    char *two = strdup(mu_project_text(p, 0));
    mu_subject car = mu_project_subject(p, "/spaces/lift.1.G");
    ck_assert_uint_eq(mu_project_lift_levels(p, car.index), 3);
    ck_assert_uint_eq(mu_project_lift_levels(p, mu_project_room_at(p, 0, (mu_point){1, 1})), 0);
    ck_assert(mu_project_set_lift_levels(p, car.index, 7));
    ck_assert_uint_eq(count_faults(p, MU_ERROR), 0);
    const mu_scenery *scene = mu_project_scene(p);
    ck_assert_uint_eq(scene->lifts[0].cars.count, 3);
    char name[200];
    mu_project_call(p, mu_project_subject(p, "/spaces/lift.1.G"), "en", name, sizeof name);
    ck_assert_str_eq(name, "Goods · Ground floor");
    ck_assert_str_eq(scene->lifts[0].name.en, "Goods");
    ck_assert_uint_eq(scene->portal_count, 3 + 2 + 2 + 3 + 2); /* three doors, two rides */
    ck_assert_double_eq_tol(area_at(p, "/spaces/office.5"), 44, 1e-9);
    /* without the one in the middle: one ride past it, and its floor is whole */
    car = mu_project_subject(p, "/spaces/lift.1.G");
    ck_assert(mu_project_set_lift_levels(p, car.index, 5));
    ck_assert_uint_eq(count_faults(p, MU_ERROR), 0);
    scene = mu_project_scene(p);
    ck_assert_uint_eq(scene->lifts[0].cars.count, 2);
    ck_assert_uint_eq(scene->portal_count, 3 + 2 + 2 + 2 + 1);
    ck_assert_double_eq_tol(area_at(p, "/spaces/office.3"), 48, 1e-9);
    car = mu_project_subject(p, "/spaces/lift.1.G");
    char *five = strdup(mu_project_text(p, 0));
    /* the middle again: the ride past it goes, and there is one to each neighbour */
    ck_assert(mu_project_set_lift_levels(p, car.index, 7));
    scene = mu_project_scene(p);
    ck_assert_uint_eq(scene->lifts[0].cars.count, 3);
    ck_assert_uint_eq(scene->portal_count, 3 + 2 + 2 + 3 + 2);
    ck_assert_uint_eq(count_faults(p, MU_ERROR), 0);
    ck_assert(mu_project_undo(p));
    ck_assert_str_eq(five, mu_project_text(p, 0));
    free(five);
    car = mu_project_subject(p, "/spaces/lift.1.G");
    ck_assert(!mu_project_set_lift_levels(p, car.index, 1)); /* one is no lift */
    ck_assert(!mu_project_add_lift(p, (mu_point){12, 4}, (mu_point){14, 6}, 0, NULL));
    ck_assert_uint_eq(mu_project_scene(p)->lifts[0].cars.count, 2); /* nor is anything taken back */
    /* into the other office: the first floor is whole, and doors are there again */
    ck_assert(mu_project_move(p, &car, 1, (mu_point){2.2, 0}));
    ck_assert_uint_eq(count_faults(p, MU_ERROR), 0);
    ck_assert_double_eq_tol(area_at(p, "/spaces/office.1"), 48, 1e-9);
    ck_assert_double_eq_tol(area_at(p, "/spaces/office.2"), 44, 1e-9);
    ck_assert_uint_eq(mu_project_scene(p)->portal_count, 3 + 2 + 2 + 2 + 1);
    for (int k = 0; k < 3; k++) {
        ck_assert(mu_project_undo(p));
    }
    ck_assert_str_eq(two, mu_project_text(p, 0));
    free(two);
    mu_project_close(p, false);
}
END_TEST

/* Moved into the wall between two offices a lift leaves no room for its door, which slides along
 * that wall to other rooms: it is none of the lift's then, and goes. */
START_TEST(a_lift_s_door_that_slides_away_goes) {
    mu_project *p = open(path);
    draw_tower(p);
    ck_assert(mu_project_add_lift(p, (mu_point){6, 2.2}, (mu_point){8, 4.2}, 3, NULL));
    const mu_subject car = mu_project_subject(p, "/spaces/lift.1.G");
    ck_assert_uint_eq(mu_project_scene(p)->portal_count, 3 + 2 + 2 + 2 + 1);
    ck_assert(mu_project_move(p, &car, 1, (mu_point){1.1, 0.7}));
    ck_assert_uint_eq(count_faults(p, MU_ERROR), 0);
    ck_assert_uint_eq(mu_project_scene(p)->portal_count, 3 + 2 + 2 + 2 + 1);
    char *portals = mu_project_value(p, 0, "/portals"); /* a ride, and a door of its own */
    ck_assert_uint_eq(count_of(portals, "\"lift.1.G\""), 2);
    ck_assert_uint_eq(count_of(portals, "\"lift.1.L1\""), 2);
    free(portals);
    mu_project_close(p, false);
}
END_TEST

/* Where a door of the floor above stands, the wall of this one is a wall. */
START_TEST(a_camera_sees_through_doors_of_its_own_level_only) {
    mu_project *p = open(path);
    draw_tower(p);
    mu_point ring[MU_VIEW_POINTS];
    const mu_door_place place = mu_project_find_door(p, 1, (mu_point){2, 2.1}, 1.2);
    ck_assert(place.found && mu_project_add_door(p, "door", &place, NULL));
    for (uint32_t level = 0; level < 2; level++) {
        const uint32_t count = mu_scenery_look(mu_project_scene(p), level, (mu_point){2, 1}, 1.5708,
                                               0.2, 20, ring, MU_VIEW_POINTS);
        double farthest = 0;
        for (uint32_t k = 0; k < count; k++) {
            farthest = fmax(farthest, ring[k].y);
        }
        ck_assert_double_eq_tol(farthest, level == 0 ? 2 : 8.2, 0.05);
    }
    mu_project_close(p, false);
}
END_TEST

START_TEST(flights_and_lifts_are_copied_up) {
    mu_project *p = open(path);
    draw_tower(p);
    const mu_point foot[2] = {{1, 0.5}, {1, 1.7}}, head[2] = {{5, 0.5}, {5, 1.7}};
    ck_assert(mu_project_add_stair(p, 0, foot, 1, head, NULL));
    ck_assert(mu_project_add_lift(p, (mu_point){6, 2.2}, (mu_point){8, 4.2}, 3, NULL));
    mu_subject things[2] = {mu_project_subject(p, "/portals/stair.1"),
                            mu_project_subject(p, "/spaces/lift.1.G")};
    uint32_t count = 2;
    ck_assert(mu_project_copy(p, things, &count, (mu_point){0, 0}, 2));
    ck_assert_uint_eq(count, 1); /* nothing is above for the flight; the lift goes there, too */
    ck_assert_uint_eq(mu_project_lift_levels(p, mu_project_subject(p, "/spaces/lift.1.G").index),
                      7);
    things[0] = mu_project_subject(p, "/portals/stair.1");
    count = 1;
    ck_assert(mu_project_copy(p, things, &count, (mu_point){0, 0}, 1));
    ck_assert_uint_eq(count, 1);
    char *between = mu_project_value(p, 0, "/portals/stair.2/between");
    ck_assert_str_eq(between, "[\"corridor.2\", \"corridor.3\"]");
    free(between);
    ck_assert_uint_eq(count_faults(p, MU_WARNING), 0);
    mu_project_close(p, false);
}
END_TEST

START_TEST(a_door_keeps_to_walls) {
    mu_project *p = open(path);
    draw_floor(p);
    mu_subject door = mu_project_subject(p, "/portals/door.1");
    ck_assert(mu_project_move(p, &door, 1, (mu_point){1.3, 0.4}));
    const mu_scenery *scene = mu_project_scene(p);
    const mu_point *line = scene->portals[door.index].line;
    ck_assert_double_eq_tol((line[0].x + line[1].x) / 2, 5.3, 1e-6);
    ck_assert_double_ge(line[0].y, 2 - 1e-9);
    ck_assert_double_le(line[0].y, 2.2 + 1e-9); /* on one of the two faces of the wall */
    ck_assert_uint_eq(count_faults(p, MU_WARNING), 0);
    /* an end that is drawn away stays on the wall: wider, and nothing else */
    ck_assert_uint_eq(mu_project_grips(p, door, grips, 400), 2);
    const mu_grip end = line[0].x < line[1].x ? grips[1] : grips[0];
    ck_assert(mu_project_move_grip(p, door, &end, (mu_point){7, 3.5}));
    bool regulatory;
    double width;
    const double flow = mu_project_flow(p, door.index, &width, &regulatory);
    ck_assert_double_eq_tol(width, 7 - 4.7, 1e-6);
    ck_assert(!regulatory);
    ck_assert_double_gt(flow, width);
    ck_assert_double_lt(flow, 2 * width);
    ck_assert_uint_eq(count_faults(p, MU_WARNING), 0);
    mu_project_close(p, false);
}
END_TEST

START_TEST(things_are_aligned) {
    mu_project *p = open(path);
    draw_floor(p);
    ck_assert(mu_project_add_thing(p, "posts", "guard", 0, (mu_point){2, 1}, NULL));
    ck_assert(mu_project_add_thing(p, "posts", "guard", 0, (mu_point){9, 0.5}, NULL));
    const mu_subject both[2] = {mu_project_subject(p, "/posts/guard.1"),
                                mu_project_subject(p, "/posts/guard.2")};
    ck_assert(mu_project_align(p, both, 2, MU_ALIGNED_TOP));
    char *at = mu_project_value(p, 0, "/posts/guard.2/at");
    ck_assert_str_eq(at, "[9, 1]");
    free(at);
    mu_project_close(p, false);
}
END_TEST

/* A room and what became of another: the sides or middles that an alignment makes equal, and
 * nothing across it. Doors and pillars are aligned in the same way. */
START_TEST(rooms_are_aligned_every_way) {
    mu_project *p = open(path);
    add_room(p, "office", 0, 0, 8, 6);
    add_room(p, "office", 20, 11, 4, 3);
    const mu_subject both[2] = {mu_project_subject(p, "/spaces/office.1"),
                                mu_project_subject(p, "/spaces/office.2")};
    static const mu_point lows[MU_ALIGNED_COUNT] = {
        [MU_ALIGNED_LEFT] = {0, 11},   [MU_ALIGNED_RIGHT] = {4, 11},
        [MU_ALIGNED_TOP] = {20, 3},    [MU_ALIGNED_BOTTOM] = {20, 0},
        [MU_ALIGNED_ACROSS] = {2, 11}, [MU_ALIGNED_ALONG] = {20, 1.5},
    };
    for (mu_aligned how = 0; how < MU_ALIGNED_COUNT; how++) {
        ck_assert(mu_project_align(p, both, 2, how));
        const mu_scenery_room *moved = &mu_project_scene(p)->rooms[both[1].index];
        ck_assert_double_eq_tol(moved->low.x, lows[how].x, 1e-9);
        ck_assert_double_eq_tol(moved->low.y, lows[how].y, 1e-9);
        ck_assert_double_eq_tol(moved->high.x - moved->low.x, 4, 1e-9);
        ck_assert(mu_project_undo(p));
    }
    ck_assert(!mu_project_align(p, both, 0, MU_ALIGNED_LEFT));
    const mu_point one[4] = {{1, 1}, {2, 1}, {2, 2}, {1, 2}},
                   other[4] = {{4, 3}, {5, 3}, {5, 4}, {4, 4}};
    ck_assert(mu_project_add_hole(p, both[0].index, one, 4));
    ck_assert(mu_project_add_hole(p, both[0].index, other, 4));
    const mu_subject pillars[2] = {mu_project_subject(p, "/spaces/office.1/holes/0"),
                                   mu_project_subject(p, "/spaces/office.1/holes/1")};
    ck_assert(mu_project_align(p, pillars, 2, MU_ALIGNED_LEFT));
    char *ring = mu_project_value(p, 0, "/spaces/office.1/holes/1");
    ck_assert_str_eq(ring, "[[1, 3], [2, 3], [2, 4], [1, 4]]");
    free(ring);
    mu_project_close(p, false);
}
END_TEST

START_TEST(doors_are_aligned_along_their_wall) {
    mu_project *p = open(path);
    draw_floor(p);
    add_door(p, 6, -0.1);
    const mu_subject doors[2] = {mu_project_subject(p, "/portals/door.1"),
                                 mu_project_subject(p, "/portals/door.4")};
    ck_assert(mu_project_align(p, doors, 2, MU_ALIGNED_ACROSS));
    const mu_scenery *scene = mu_project_scene(p);
    const mu_point *line = scene->portals[doors[1].index].line;
    ck_assert_double_eq_tol((line[0].x + line[1].x) / 2, 4, 1e-6);
    ck_assert_uint_eq(count_faults(p, MU_WARNING), 0);
    mu_project_close(p, false);
}
END_TEST

START_TEST(many_rooms_are_changed_in_one_step) {
    mu_project *p = open(path);
    draw_floor(p);
    const mu_subject rooms[2] = {mu_project_subject(p, "/spaces/office.1"),
                                 mu_project_subject(p, "/spaces/office.2")};
    ck_assert(mu_project_set_all(p, rooms, 2, "use", "\"meeting\""));
    for (int k = 0; k < 2; k++) {
        char *use =
            mu_project_value(p, 0, k == 0 ? "/spaces/office.1/use" : "/spaces/office.2/use");
        ck_assert_str_eq(use, "\"meeting\"");
        free(use);
    }
    ck_assert(mu_project_undo(p));
    char *use = mu_project_value(p, 0, "/spaces/office.1/use");
    ck_assert_str_eq(use, "\"office\"");
    free(use);
    const uint32_t room = rooms[0].index;
    ck_assert(!mu_project_fit_room(p, room, (mu_point){0, 2.2}, (mu_point){0, 6}));
    ck_assert(mu_project_fit_room(p, room, (mu_point){-1, 2.2}, (mu_point){9, 5}));
    ck_assert_double_eq_tol(mu_project_area(p, room), 45, 1e-9);
    ck_assert_double_eq_tol(mu_project_scene(p)->rooms[room].low.x, -1, 1e-9);
    /* The middle of a side, drawn away, is a corner of its own. */
    const uint32_t all = mu_project_grips(p, rooms[0], grips, 400);
    ck_assert_uint_eq(all, 8);
    uint32_t between = 0;
    while (between < all &&
           (grips[between].kind != MU_GRIP_BETWEEN || fabs(grips[between].at.y - 7.2) > 1e-9)) {
        between++;
    }
    ck_assert_uint_lt(between, all);
    ck_assert(mu_project_move_grip(p, rooms[0], &grips[between], (mu_point){3.5, 9.2}));
    ck_assert_double_eq_tol(mu_project_area(p, room), 45 + 9, 1e-9);
    ck_assert_uint_eq(mu_project_grips(p, rooms[0], grips, 400), 10);
    mu_project_close(p, false);
}
END_TEST

/* What stands in a room and the door beside it go to the level above, into its rooms and walls. */
START_TEST(doors_and_posts_are_copied_up) {
    mu_project *p = open(path);
    draw_tower(p);
    ck_assert(mu_project_add_thing(p, "posts", "guard", 0, (mu_point){2, 1}, NULL));
    ck_assert(mu_project_add_thing(p, "posts", "guard", 0, (mu_point){20, -6}, NULL));
    mu_subject things[3] = {mu_project_subject(p, "/portals/door.1"),
                            mu_project_subject(p, "/posts/guard.1"),
                            mu_project_subject(p, "/posts/guard.2")};
    mu_subject door = things[0];
    const uint32_t before = mu_project_scene(p)->portal_count;
    uint32_t count = 3;
    ck_assert(mu_project_copy(p, things, &count, (mu_point){3, 0}, 1));
    ck_assert_uint_eq(count, 2); /* above the yard there is nothing to stand on */
    ck_assert_uint_eq(mu_project_scene(p)->portal_count, before + 1);
    char *space = mu_project_value(p, 0, "/posts/guard.3/space");
    ck_assert_str_eq(space, "\"corridor.2\"");
    free(space);
    const mu_scenery *scene = mu_project_scene(p);
    const mu_scenery_portal *copy = &scene->portals[things[0].index],
                            *own = &scene->portals[door.index];
    ck_assert_uint_eq(copy->level, 1);
    ck_assert_double_eq_tol(copy->line[0].x, own->line[0].x + 3, 1e-6);
    ck_assert_uint_eq(count_faults(p, MU_ERROR), 0);
    mu_project_close(p, false);
}
END_TEST

/* A lift by itself, in the yard beside the house: copied, it is another lift with cars of its own.
 */
START_TEST(a_lift_is_copied_beside_itself) {
    mu_project *p = open(path);
    draw_tower(p);
    ck_assert(mu_project_add_lift(p, (mu_point){6, 2.2}, (mu_point){8, 4.2}, 7, NULL));
    mu_subject car = mu_project_subject(p, "/spaces/lift.1.G");
    uint32_t count = 1;
    ck_assert(mu_project_copy(p, &car, &count, (mu_point){20, 20}, MU_NOWHERE));
    ck_assert_uint_eq(count, 1);
    const mu_scenery *scene = mu_project_scene(p);
    ck_assert_uint_eq(scene->lift_count, 2);
    ck_assert_uint_eq(scene->lifts[1].cars.count, scene->lifts[0].cars.count);
    char *own = mu_project_value(p, 0, "/lifts/lift.1/cars"),
         *copied = mu_project_value(p, 0, "/lifts/lift.2/cars");
    ck_assert_str_ne(own, copied);
    ck_assert(has_id(own, "lift.1.G") && !has_id(copied, "lift.1.G"));
    free(own);
    free(copied);
    mu_project_close(p, false);
}
END_TEST

START_TEST(a_round_leads_from_post_to_post) {
    mu_project *p = open(path);
    draw_floor(p);
    ck_assert(mu_project_add_thing(p, "posts", "guard", 0, (mu_point){2, 1}, NULL));
    ck_assert(mu_project_add_thing(p, "posts", "guard", 0, (mu_point){14, 1}, NULL));
    const mu_subject stops[2] = {mu_project_subject(p, "/posts/guard.2"),
                                 mu_project_subject(p, "/posts/guard.1")};
    char id[80];
    ck_assert(mu_project_add_beat(p, stops, 2, id));
    uint32_t count;
    const mu_beat *beats = mu_project_beats(p, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_uint_eq(beats[0].count, 2);
    ck_assert_str_eq(mu_project_scene(p)->marks[beats[0].marks[0]].id, "guard.2");
    ck_assert_uint_eq(count_faults(p, MU_ERROR), 0);
    mu_project_close(p, false);
}
END_TEST

START_TEST(the_way_out_is_told) {
    mu_project *p = open(path);
    draw_floor(p);
    static mu_way way;
    ck_assert(!mu_project_way_out(p, 0, (mu_point){4, 7}, &way)); /* not checked yet */
    ck_assert(mu_project_check(p, true));
    ck_assert(mu_project_way_out(p, 0, (mu_point){4, 7}, &way));
    ck_assert(way.is_there);
    ck_assert_str_eq(mu_project_scene(p)->portals[way.exit].id, "door.3");
    /* down to the office's door, and along the corridor to that of the yard: 5 m and about 4.5 m */
    ck_assert_double_gt(way.level_m, 8.0);
    ck_assert_double_lt(way.level_m, 10.5);
    ck_assert_double_eq_tol(way.stair_m, 0, 1e-9);
    ck_assert_double_eq_tol(way.straight_m, hypot(4, 7.1), 0.2);
    ck_assert_double_eq_tol(way.walk_s, way.level_m / 1.25, 0.5);
    ck_assert_double_lt(way.points[way.count - 1].y, 0.3);
    ck_assert_double_eq_tol(
        mu_project_metres_each(p, mu_project_subject(p, "/spaces/office.1").index), 13.9, 1e-9);
    /* and a try says when each room was empty */
    const mu_preview *preview = mu_project_preview(p);
    ck_assert_uint_eq(preview->room_count, 4);
    const uint32_t corridor = mu_project_subject(p, "/spaces/corridor.1").index;
    const uint32_t office = mu_project_subject(p, "/spaces/office.1").index;
    ck_assert_double_gt(preview->rooms[office].last_s, 0);
    ck_assert_double_ge(preview->rooms[corridor].last_s, preview->rooms[office].last_s);
    ck_assert_double_le(preview->rooms[corridor].last_s, preview->last_s + 1);
    ck_assert_double_eq_tol(preview->rooms[office].most_per_m2, 3 / 48.0, 0.02);
    mu_project_close(p, false);
}
END_TEST

START_TEST(gaps_have_their_place) {
    char file[4200];
    snprintf(file, sizeof file, "%s/scenarios/head-office/package.json", getenv("MUSTER_SOURCE"));
    mu_project *p = open(file);
    const mu_outcome *outcome = mu_project_run(p, 2, "en");
    ck_assert_ptr_nonnull(outcome);
    bool at_the_gate = false;
    ck_assert_uint_gt(outcome->gap_count, 0);
    uint32_t placed = 0, known = 0;
    for (uint32_t k = 0; k < outcome->gap_count; k++) {
        const mu_outcome_gap *gap = &outcome->gaps[k];
        ck_assert_uint_gt(strlen(gap->cause), 0);
        ck_assert_uint_gt(strlen(gap->limit), 0);
        placed += gap->level != MU_NOWHERE;
        known += gap->place_is_known;
        if (strcmp(gap->clause, "3.5.3a") == 0) { /* the bollards come up too late */
            ck_assert_str_eq(gap->place, "gate.vehicle");
            ck_assert(gap->place_is_known);
            ck_assert_double_lt(fabs(gap->at.y - 10), 0.5); /* between street and forecourt */
            at_the_gate = true;
        }
    }
    ck_assert(at_the_gate);
    ck_assert_uint_eq(placed, outcome->gap_count); /* at the incident, where the log says nothing */
    ck_assert_uint_lt(known, outcome->gap_count);
    mu_project_close(p, false);
}
END_TEST

/* A camera that sees it too late is where the gap is. */
START_TEST(a_gap_is_at_the_camera_that_ends_it) {
    mu_project *p = open(path);
    draw_floor(p);
    ck_assert(mu_project_add_camera(p, "camera", 0, (mu_point){0.2, 1}, 0, 1.0472, 20, NULL));
    ck_assert_int_eq(mu_project_set(p, 0, "/equipment/camera.1/detects_in_s", "30"), MU_OK);
    ck_assert_int_eq(mu_project_set(p, 0, "/equipment/camera.1/detect_chance", "1"), MU_OK);
    const uint32_t incident = mu_project_add_incident(p, "package", "corridor.1", (mu_point){8, 1});
    const uint32_t own = mu_project_find_paper(p, MU_PAPER_POLICY);
    ck_assert_int_eq(mu_project_set(p, incident, "/item/staff_notice_s", "100000"), MU_OK);
    ck_assert_int_eq(mu_project_set(p, incident, "/item/guard_notice_chance", "0"), MU_OK);
    ck_assert_int_eq(mu_project_set(p, own, "/clauses/4.2.3a/start", "\"placed:item\""), MU_OK);
    ck_assert_int_eq(mu_project_set(p, own, "/clauses/4.2.3a/end", "\"noticed:item\""), MU_OK);
    ck_assert_int_eq(mu_project_set(p, own, "/clauses/4.2.3a/demands/#0/value", "20"), MU_OK);
    ck_assert_uint_eq(count_faults(p, MU_ERROR), 0);
    const mu_outcome *outcome = mu_project_run(p, 1, "en");
    ck_assert_ptr_nonnull(outcome);
    uint32_t k = 0;
    while (k < outcome->gap_count && strcmp(outcome->gaps[k].clause, "4.2.3a") != 0) {
        k++;
    }
    ck_assert_uint_lt(k, outcome->gap_count);
    ck_assert_str_eq(outcome->gaps[k].place, "camera.1");
    ck_assert(outcome->gaps[k].place_is_known);
    ck_assert_double_eq_tol(outcome->gaps[k].at.x, 0.2, 1e-9);
    mu_project_close(p, false);
}
END_TEST

START_TEST(pictures_are_kept_beside_the_site) {
    mu_project *p = open(path);
    draw_floor(p);
    ck_assert_int_eq(mu_project_save(p, false, diags), MU_OK);
    char *before = strdup(mu_project_text(p, 0)), file[200];
    snprintf(file, sizeof file, "%s/plan.png", folder);
    const mu_tracing given = {.file = file,
                              .level = 0,
                              .at = {-1.5, 20},
                              .metres_per_pixel = 0.05,
                              .turned_deg = 2.5,
                              .strength = 0.6,
                              .hidden = true};
    FILE *picture = fopen(file, "wb"); /* it only has to be there */
    ck_assert_ptr_nonnull(picture);
    fclose(picture);
    ck_assert(mu_project_keep_tracings(p, &given, 1));
    ck_assert(!mu_project_is_changed(p)); /* the site's file is as it was */
    mu_project_close(p, false);
    p = open(path);
    ck_assert_str_eq(before, mu_project_text(p, 0));
    free(before);
    uint32_t count;
    const mu_tracing *kept = mu_project_tracings(p, &count, diags);
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(kept[0].file, file);
    ck_assert_double_eq_tol(kept[0].at.x, -1.5, 1e-12);
    ck_assert_double_eq_tol(kept[0].metres_per_pixel, 0.05, 1e-12);
    ck_assert_double_eq_tol(kept[0].turned_deg, 2.5, 1e-12);
    ck_assert_double_eq_tol(kept[0].strength, 0.6, 1e-12);
    ck_assert(kept[0].hidden);
    /* the same once more is no step that could be taken back */
    const bool could = mu_project_can_undo(p);
    ck_assert(mu_project_change_tracings(p, &given, 1));
    ck_assert(mu_project_can_undo(p) == could);
    /* moved, between two other steps: each is taken back in its turn, and done again */
    mu_tracing moved = given;
    add_room(p, "store", 40, 0, 4, 4);
    moved.at = (mu_point){3, 4};
    ck_assert(mu_project_change_tracings(p, &moved, 1));
    add_room(p, "store", 50, 0, 4, 4);
    const uint64_t version = mu_project_tracings_version(p);
    ck_assert(mu_project_undo(p));
    ck_assert_uint_eq(mu_project_subject(p, "/spaces/store.2").kind, MU_SUBJECT_NOTHING);
    ck_assert_uint_eq(mu_project_tracings_version(p), version);
    ck_assert(mu_project_undo(p));
    ck_assert_uint_ne(mu_project_tracings_version(p), version);
    ck_assert_double_eq_tol(mu_project_tracings(p, &count, diags)[0].at.x, -1.5, 1e-12);
    ck_assert_uint_eq(mu_project_subject(p, "/spaces/store.1").kind, MU_SUBJECT_ROOM);
    ck_assert(mu_project_redo(p));
    ck_assert_double_eq_tol(mu_project_tracings(p, &count, diags)[0].at.x, 3, 1e-12);
    ck_assert(mu_project_redo(p));
    ck_assert_uint_eq(mu_project_subject(p, "/spaces/store.2").kind, MU_SUBJECT_ROOM);
    ck_assert(mu_project_change_tracings(p, NULL, 0)); /* none: the file goes, */
    (void)mu_project_tracings(p, &count, diags);
    ck_assert_uint_eq(count, 0);
    ck_assert(mu_project_undo(p)); /* and comes back */
    (void)mu_project_tracings(p, &count, diags);
    ck_assert_uint_eq(count, 1);
    ck_assert(mu_project_keep_tracings(p, NULL, 0));
    ck_assert_int_eq(unlink(file), 0);
    mu_project_close(p, false);
}
END_TEST

static void add_portal(mu_project *p, const char *json) {
    ck_assert_int_eq(mu_project_insert(p, 0, "/portals", UINT32_MAX, json), MU_OK);
}

START_TEST(things_without_a_name_are_called_by_what_they_are) {
    mu_project *p = open(path);
    draw_tower(p);
    ck_assert(mu_project_add_lift(p, (mu_point){6, 2.2}, (mu_point){8, 4.2}, 3, NULL));
    char name[200];
    mu_project_call(p, mu_project_subject(p, "/spaces/lift.1.L1"), "en", name, sizeof name);
    ck_assert_str_eq(name, "Lift 1 · L1");
    add_portal(p, "{\"id\": \"edge.1\", \"kind\": \"outdoor_edge\", \"between\": [\"outdoor.1\"], "
                  "\"line\": [[-6, -10], [-6, -6]]}");
    mu_project_call(p, mu_project_subject(p, "/portals/edge.1"), "en", name, sizeof name);
    ck_assert_str_eq(name, "edge.1");
    mu_project_close(p, false);
}
END_TEST

START_TEST(stairs_have_grips_on_both_levels) {
    mu_project *p = open(path);
    draw_tower(p);
    const mu_point foot[2] = {{1, 0.5}, {1, 1.7}}, head[2] = {{5, 0.5}, {5, 1.7}};
    char id[80], pointer[100];
    ck_assert(mu_project_add_stair(p, 0, foot, 1, head, id));
    snprintf(pointer, sizeof pointer, "/portals/%s", id);
    const mu_subject stair = mu_project_subject(p, pointer);
    ck_assert_uint_eq(stair.kind, MU_SUBJECT_PORTAL);
    const uint32_t count = mu_project_grips(p, stair, grips, 400);
    ck_assert_uint_eq(count, 4);
    uint32_t upper = 0;
    for (uint32_t k = 0; k < count; k++) {
        const mu_point wanted = strncmp(grips[k].member, "upper_line", 10) == 0
                                    ? head[grips[k].member[11] - '0']
                                    : foot[grips[k].member[5] - '0'];
        upper += grips[k].level == 1;
        ck_assert_double_eq(grips[k].at.x, wanted.x);
        ck_assert_double_eq(grips[k].at.y, wanted.y);
        /* a flight's line may be drawn anywhere, a door's keeps to its wall */
        const mu_point to = mu_project_grip_to(p, stair, &grips[k], (mu_point){7, 9});
        ck_assert(to.x == 7 && to.y == 9);
    }
    ck_assert_uint_eq(upper, 2);
    mu_project_close(p, false);
}
END_TEST

/* A door whose width was typed: once its line is pulled, the line counts again. */
START_TEST(a_width_that_was_typed_goes_with_the_line) {
    mu_project *p = open(path);
    draw_floor(p);
    const mu_subject door = mu_project_subject(p, "/portals/door.1");
    ck_assert_int_eq(mu_project_set(p, 0, "/portals/door.1/width_m", "0.9"), MU_OK);
    double width = 0;
    bool regulatory = true;
    const double narrow = mu_project_flow(p, door.index, &width, &regulatory);
    ck_assert_double_eq(width, 0.9);
    ck_assert(!regulatory);
    ck_assert_uint_eq(mu_project_grips(p, door, grips, 400), 2);
    const double on = grips[1].at.x > grips[0].at.x ? 0.5 : -0.5;
    const mu_point to =
        mu_project_grip_to(p, door, &grips[1], (mu_point){grips[1].at.x + on, grips[1].at.y + 3});
    ck_assert_double_eq_tol(to.y, grips[0].at.y, 1e-9);
    ck_assert(mu_project_move_grip(p, door, &grips[1], to));
    ck_assert_ptr_null(mu_project_value(p, 0, "/portals/door.1/width_m"));
    ck_assert_double_gt(mu_project_flow(p, door.index, &width, &regulatory), narrow);
    ck_assert_double_gt(width, 1.2);
    mu_project_close(p, false);
}
END_TEST

/* The grips at the sides of a camera's picture open and close it. */
START_TEST(a_camera_is_opened_by_its_side) {
    mu_project *p = open(path);
    draw_floor(p);
    ck_assert(mu_project_add_camera(p, "camera", 0, (mu_point){4, 1}, 0, 1.0472, 10, NULL));
    const mu_subject camera = mu_project_subject(p, "/equipment/camera.1");
    const uint32_t count = mu_project_grips(p, camera, grips, 400);
    uint32_t sides = 0;
    for (uint32_t k = 0; k < count; k++) {
        mu_grip own[400];
        ck_assert_uint_eq(mu_project_grips(p, camera, own, 400), count);
        if (own[k].kind != MU_GRIP_AIM) {
            /* 45 degrees off where it looks: 90 wide */
            ck_assert(mu_project_move_grip(p, camera, &own[k], (mu_point){5, sides == 0 ? 2 : 0}));
            char *wide = mu_project_value(p, 0, "/equipment/camera.1/view_deg");
            char *faces = mu_project_value(p, 0, "/equipment/camera.1/faces_deg");
            ck_assert_double_eq_tol(strtod(wide, NULL), 90, 0.01);
            ck_assert_double_eq_tol(strtod(faces, NULL), 0, 0.01);
            free(wide);
            free(faces);
            sides++;
        }
    }
    ck_assert_uint_eq(sides, 2);
    mu_project_close(p, false);
}
END_TEST

/* What there is not is passed over where many things are changed, and nothing else is. */
START_TEST(what_is_not_there_is_passed_over) {
    mu_project *p = open(path);
    draw_floor(p);
    const mu_subject some[3] = {mu_project_subject(p, "/spaces/office.1"),
                                {MU_SUBJECT_ROOM, 999},
                                mu_project_subject(p, "/spaces/office.2")};
    ck_assert(mu_project_set_all(p, some, 3, "height_m", "3"));
    char *first = mu_project_value(p, 0, "/spaces/office.1/height_m");
    char *second = mu_project_value(p, 0, "/spaces/office.2/height_m");
    ck_assert_str_eq(first, "3");
    ck_assert_str_eq(second, "3");
    free(first);
    free(second);
    ck_assert(mu_project_add_thing(p, "posts", "guard", 0, (mu_point){2, 1}, NULL));
    ck_assert(mu_project_add_thing(p, "posts", "guard", 0, (mu_point){5, 1.5}, NULL));
    const mu_subject posts[3] = {mu_project_subject(p, "/posts/guard.1"),
                                 {MU_SUBJECT_ROOM, 999},
                                 mu_project_subject(p, "/posts/guard.2")};
    ck_assert(mu_project_align(p, posts, 3, MU_ALIGNED_LEFT));
    char *at = mu_project_value(p, 0, "/posts/guard.2/at");
    ck_assert_double_eq_tol(strtod(at + 1, NULL), 2, 1e-9);
    free(at);
    mu_project_close(p, false);
}
END_TEST

/* Both cars of a lift are one lift that is moved; outdoors gives way to a room that stands in it.
 */
START_TEST(cars_and_rooms_that_overlap) {
    mu_project *p = open(path);
    draw_tower(p);
    ck_assert(mu_project_add_lift(p, (mu_point){6, 2.2}, (mu_point){8, 4.2}, 7, NULL));
    const mu_subject cars[3] = {mu_project_subject(p, "/spaces/lift.1.G"),
                                mu_project_subject(p, "/spaces/lift.1.L1"),
                                mu_project_subject(p, "/spaces/lift.1.L2")};
    ck_assert(mu_project_move(p, cars, 3, (mu_point){0, 4}));
    const mu_scenery *scene = mu_project_scene(p);
    ck_assert_uint_eq(scene->lift_count, 1);
    for (int k = 0; k < 3; k++) {
        ck_assert_double_eq_tol(scene->rooms[cars[k].index].low.y, 6.2, 1e-9);
    }
    ck_assert_uint_eq(count_faults(p, MU_ERROR), 0);
    /* a kiosk in the yard, whose number comes before the yard's or behind it */
    const mu_point ring[4] = {{0, -8}, {2, -8}, {2, -6}, {0, -6}};
    static const char *const uses[] = {"shop", "parking"};
    for (int k = 0; k < 2; k++) {
        char id[80], pointer[100];
        ck_assert(mu_project_add_space(p, 0, uses[k], ring, 4, id));
        snprintf(pointer, sizeof pointer, "/spaces/%s", id);
        const mu_subject kiosk = mu_project_subject(p, pointer);
        ck_assert_uint_eq(mu_project_room_at(p, 0, (mu_point){1, -7}), kiosk.index);
        ck_assert(mu_project_delete(p, &kiosk, 1));
    }
    mu_project_close(p, false);
}
END_TEST

START_TEST(levels_find_a_name_of_their_own) {
    mu_project *p = open(path);
    draw_floor(p);
    char id[80];
    ck_assert(mu_project_add_level(p, 4, id));
    ck_assert_str_eq(id, "L1");
    ck_assert_int_eq(mu_project_set(p, 0, "/levels/L1/id", "\"L2\""), MU_OK);
    ck_assert(mu_project_add_level(p, 4, id)); /* the third: "L2" is taken */
    ck_assert_str_ne(id, "L2");
    const mu_scenery *scene = mu_project_scene(p);
    ck_assert_uint_eq(scene->level_count, 3);
    ck_assert_str_eq(scene->levels[2].id, id);
    ck_assert_double_eq(scene->levels[2].elevation_m, 8);
    mu_project_close(p, false);
}
END_TEST

/* What a turnstile lets through is said by its lanes, and a stair's metres count for themselves. */
START_TEST(ways_over_stairs_and_through_turnstiles) {
    mu_project *p = open(path);
    draw_tower(p);
    const mu_point foot[2] = {{1, 0.5}, {1, 1.7}}, head[2] = {{5, 0.5}, {5, 1.7}};
    ck_assert(mu_project_add_stair(p, 0, foot, 1, head, NULL));
    add_portal(p, "{\"id\": \"gate.1\", \"kind\": \"turnstile\", \"between\": [\"corridor.1\", "
                  "\"outdoor.1\"], \"line\": [[12, -0.1], [14, -0.1]], \"lanes\": 3, "
                  "\"lane_per_min\": 20}");
    double width;
    bool regulatory;
    ck_assert_double_eq_tol(
        mu_project_flow(p, mu_project_subject(p, "/portals/gate.1").index, &width, &regulatory), 1,
        1e-9);
    mu_way way;
    ck_assert(mu_project_check(p, true));
    ck_assert(mu_project_way_out(p, 1, (mu_point){8, 1}, &way));
    ck_assert(way.is_there);
    ck_assert_double_ge(way.stair_m, 4); /* 4 m up, and 4 m along at least */
    ck_assert_double_ge(way.level_m, 3);
    mu_project_close(p, false);
}
END_TEST

/* A site without levels has nothing that could be drawn; taken back, all is there again. */
START_TEST(without_levels_nothing_is_drawn) {
    mu_project *p = open(path);
    draw_floor(p);
    ck_assert_int_eq(mu_project_set(p, 0, "/levels", "[]"), MU_OK);
    const mu_scenery *scene = mu_project_scene(p);
    ck_assert_uint_eq(scene->room_count + scene->portal_count + scene->mark_count, 0);
    ck_assert(mu_project_undo(p));
    scene = mu_project_scene(p);
    ck_assert_uint_eq(scene->room_count, 4);
    ck_assert_uint_eq(scene->portal_count, 3);
    ck_assert_uint_eq(scene->mark_count, 1);
    mu_project_close(p, false);
}
END_TEST

/* The end of a door keeps to its wall; that of a stair, and what is no portal, goes where it is
 * drawn. */
START_TEST(only_the_ends_of_doors_are_held) {
    mu_project *p = open(path);
    draw_tower(p);
    const mu_point foot[2] = {{1, 0.5}, {1, 1.7}}, head[2] = {{5, 0.5}, {5, 1.7}},
                   to = {3.21, 4.56};
    char stair[80], pointer[100];
    ck_assert(mu_project_add_stair(p, 0, foot, 1, head, stair));
    snprintf(pointer, sizeof pointer, "/portals/%s", stair);
    const mu_grip grip = {.member = "line/0"};
    const mu_subject free[3] = {mu_project_subject(p, pointer),
                                mu_project_subject(p, "/spaces/corridor.1"),
                                {MU_SUBJECT_PORTAL, 999}};
    for (int k = 0; k < 3; k++) {
        const mu_point at = mu_project_grip_to(p, free[k], &grip, to);
        ck_assert_double_eq(at.x, to.x);
        ck_assert_double_eq(at.y, to.y);
    }
    const mu_point held =
        mu_project_grip_to(p, mu_project_subject(p, "/portals/door.1"), &grip, to);
    ck_assert(held.x != to.x || held.y != to.y);
    mu_project_close(p, false);
}
END_TEST

/* A door that leads off the site is a way out; its far side has no room. */
START_TEST(a_door_off_the_site_is_a_way_out) {
    mu_project *p = open(path);
    add_room(p, "office", 0, 2.2, 8, 6);
    add_portal(p, "{\"id\": \"off\", \"kind\": \"outdoor_edge\", \"between\": "
                  "[\"office.1\"], \"line\": [[3, 8.2], [5, 8.2]]}");
    mu_way way;
    (void)mu_project_check(p, true);
    ck_assert(mu_project_way_out(p, 0, (mu_point){4, 4}, &way));
    ck_assert(way.is_there);
    ck_assert_str_eq(mu_project_scene(p)->portals[way.exit].id, "off");
    mu_project_close(p, false);
}
END_TEST

/* A ride finds another id where a portal has its own already. */
START_TEST(rides_find_a_name) {
    mu_project *p = open(path);
    draw_tower(p);
    const uint32_t before = mu_project_scene(p)->portal_count;
    ck_assert_int_eq(mu_project_set(p, 0, "/portals/door.1/id", "\"ride.lift.1.G\""), MU_OK);
    ck_assert(mu_project_add_lift(p, (mu_point){6, 2.2}, (mu_point){8, 4.2}, 3, NULL));
    const mu_scenery *scene = mu_project_scene(p);
    uint32_t own = 0, rides = 0;
    for (uint32_t k = 0; k < scene->portal_count; k++) {
        own += strcmp(scene->portals[k].id, "ride.lift.1.G") == 0;
        rides += strncmp(scene->portals[k].id, "ride.lift.1.G", 13) == 0;
    }
    ck_assert_uint_gt(scene->portal_count, before);
    ck_assert_uint_eq(own, 1);
    ck_assert_uint_eq(rides, 2);
    ck_assert_uint_eq(count_faults(p, MU_ERROR), 0);
    mu_project_close(p, false);
}
END_TEST

/* Two lifts are moved together, each of them one shaft; where one finds no room, nothing moves. */
START_TEST(two_lifts_are_moved) {
    mu_project *p = open(path);
    draw_tower(p);
    ck_assert(mu_project_add_lift(p, (mu_point){6, 2.2}, (mu_point){8, 4.2}, 3, NULL));
    ck_assert(mu_project_add_lift(p, (mu_point){0, 2.2}, (mu_point){2, 4.2}, 3, NULL));
    const mu_subject cars[4] = {
        mu_project_subject(p, "/spaces/lift.1.G"), mu_project_subject(p, "/spaces/lift.2.G"),
        mu_project_subject(p, "/spaces/lift.1.L1"), mu_project_subject(p, "/spaces/lift.2.L1")};
    ck_assert(mu_project_move(p, cars, 4, (mu_point){0, 4}));
    const mu_scenery *scene = mu_project_scene(p);
    ck_assert_uint_eq(scene->lift_count, 2);
    for (int k = 0; k < 4; k++) {
        ck_assert_double_eq_tol(scene->rooms[cars[k].index].low.y, 6.2, 1e-9);
    }
    ck_assert_uint_eq(count_faults(p, MU_ERROR), 0);
    char *before = strdup(mu_project_text(p, 0));
    ck_assert(!mu_project_move(p, cars, 4, (mu_point){300, 0}));
    ck_assert_str_eq(mu_project_text(p, 0), before);
    free(before);
    mu_project_close(p, false);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("plan_edit");
    TCase *plan = tcase_create("plan");
    tcase_add_checked_fixture(plan, setup, teardown);
    tcase_set_timeout(plan, 120);
    tcase_add_test(plan, a_camera_sees_through_doors_and_not_through_walls);
    tcase_add_test(plan, a_run_sees_what_the_picture_shows);
    tcase_add_test(plan, what_a_camera_sees_is_a_sector);
    tcase_add_test(plan, a_lane_is_a_strip_that_is_kept_free);
    tcase_add_test(plan, a_pillar_is_drawn_moved_and_removed);
    tcase_add_test(plan, a_lift_is_drawn_and_goes);
    tcase_add_test(plan, a_lift_within_a_room_is_a_hole);
    tcase_add_test(plan, a_lift_finds_names_and_rooms);
    tcase_add_test(plan, things_without_a_name_are_called_by_what_they_are);
    tcase_add_test(plan, stairs_have_grips_on_both_levels);
    tcase_add_test(plan, a_width_that_was_typed_goes_with_the_line);
    tcase_add_test(plan, a_camera_is_opened_by_its_side);
    tcase_add_test(plan, what_is_not_there_is_passed_over);
    tcase_add_test(plan, cars_and_rooms_that_overlap);
    tcase_add_test(plan, levels_find_a_name_of_their_own);
    tcase_add_test(plan, ways_over_stairs_and_through_turnstiles);
    tcase_add_test(plan, without_levels_nothing_is_drawn);
    tcase_add_test(plan, only_the_ends_of_doors_are_held);
    tcase_add_test(plan, a_door_off_the_site_is_a_way_out);
    tcase_add_test(plan, rides_find_a_name);
    tcase_add_test(plan, two_lifts_are_moved);
    tcase_add_test(plan, a_lift_s_levels_and_place_are_changed);
    tcase_add_test(plan, a_lift_s_door_that_slides_away_goes);
    tcase_add_test(plan, a_camera_sees_through_doors_of_its_own_level_only);
    tcase_add_test(plan, a_gap_is_at_the_camera_that_ends_it);
    tcase_add_test(plan, flights_and_lifts_are_copied_up);
    tcase_add_test(plan, a_door_keeps_to_walls);
    tcase_add_test(plan, things_are_aligned);
    tcase_add_test(plan, rooms_are_aligned_every_way);
    tcase_add_test(plan, doors_are_aligned_along_their_wall);
    tcase_add_test(plan, many_rooms_are_changed_in_one_step);
    tcase_add_test(plan, doors_and_posts_are_copied_up);
    tcase_add_test(plan, a_lift_is_copied_beside_itself);
    tcase_add_test(plan, a_round_leads_from_post_to_post);
    tcase_add_test(plan, the_way_out_is_told);
    tcase_add_test(plan, gaps_have_their_place);
    tcase_add_test(plan, pictures_are_kept_beside_the_site);
    suite_add_tcase(suite, plan);
    return run_suite(suite);
}
