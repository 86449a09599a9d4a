/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scenes of the motion benchmark, as the field's comparisons define them: people alike, of
 * radius 0.2 m and free speed 1.2 m/s, on a uniform grid. */
#include <math.h>

#include "verify/scene.h"

static const double SIDE_M = 50, EDGE_M = 0.5, DOOR_M = 5, CORRIDOR_M = 9;
static const double RADIUS_M = 0.2, SPEED_MPS = 1.2, STAIR_SHARE = 0.6;
static const double CROWD_PER_M2 = 2;
enum { PILLARS = 10, STOREYS = 10 };

static void make_alike(mu_scene *scene, uint32_t person) {
    mu_body *body = &mu_bodies(&scene->sim)[person];
    body->radius_m = (float)RADIUS_M;
    body->level_mps = (float)SPEED_MPS;
    body->down_mps = body->up_mps = (float)(STAIR_SHARE * SPEED_MPS);
}

/* `count` persons from `first` on, over a grid as square as the box, off the walls. */
static void put_on_grid(mu_scene *scene, uint32_t first, uint32_t count, uint32_t area,
                        mu_point low, mu_point high) {
    const double width = high.x - low.x, height = high.y - low.y;
    const uint32_t columns = (uint32_t)ceil(sqrt(count * width / height));
    const uint32_t rows = (count + columns - 1) / columns;
    for (uint32_t k = 0; k < count; k++) {
        const double u = columns > 1 ? (double)(k % columns) / (columns - 1) : 0.5;
        const double v = rows > 1 ? (double)(k / columns) / (rows - 1) : 0.5;
        const mu_point at = {low.x + u * width, low.y + v * height};
        mu_point clear = at;
        (void)mu_area_clamp(scene->walkable, area, at, RADIUS_M, &clear);
        make_alike(scene, first + k);
        mu_scene_put(scene, first + k, area, clear);
    }
}

/* A square room, its door in the middle of the east wall. */
static void draw_room(mu_scene *scene, double side, bool pillars) {
    const double low = (side - DOOR_M) / 2, high = (side + DOOR_M) / 2;
    const uint32_t level = mu_scene_level(scene, 0);
    const uint32_t room =
        mu_scene_room(scene, MU_USE_ASSEMBLY, level, (mu_point){0, 0}, (mu_point){side, side});
    const uint32_t corridor = mu_scene_room(scene, MU_USE_CORRIDOR, level, (mu_point){side, low},
                                            (mu_point){side + CORRIDOR_M, high});
    (void)mu_scene_portal(scene, MU_PORTAL_OPENING, room, corridor, (mu_point){side, low},
                          (mu_point){side, high});
    (void)mu_scene_portal(scene, MU_PORTAL_OUTDOOR_EDGE, corridor, MU_NONE,
                          (mu_point){side + CORRIDOR_M, low}, (mu_point){side + CORRIDOR_M, high});
    for (int k = 0; pillars && k < PILLARS * PILLARS; k++) {
        const double x = 2.5 + 5 * (k % PILLARS), y = 2.5 + 5 * (k / PILLARS);
        const mu_point ring[4] = {
            {x - 0.5, y - 0.5}, {x + 0.5, y - 0.5}, {x + 0.5, y + 0.5}, {x - 0.5, y + 0.5}};
        mu_scene_hole(scene, room, ring, 4);
    }
}

static void make_room(mu_scene *scene, double side, bool pillars, uint32_t count, uint64_t seed) {
    draw_room(scene, side, pillars);
    if (mu_scene_open(scene, count, seed) == MU_OK) {
        put_on_grid(scene, 0, count, 0, (mu_point){EDGE_M, EDGE_M},
                    (mu_point){side - EDGE_M, side - EDGE_M});
        mu_scene_send_all(scene, MU_GOAL_OUTSIDE);
    }
}

/* One storey: an open-plan office between two stair halls. Returns its first space: the office,
 * then the halls to the west and to the east. */
static uint32_t draw_storey(mu_scene *scene, uint32_t level) {
    const uint32_t office =
        mu_scene_room(scene, MU_USE_OFFICE, level, (mu_point){0, 0}, (mu_point){60, 24});
    const uint32_t west =
        mu_scene_room(scene, MU_USE_STAIR, level, (mu_point){-6, 8}, (mu_point){0, 14});
    const uint32_t east =
        mu_scene_room(scene, MU_USE_STAIR, level, (mu_point){60, 8}, (mu_point){66, 14});
    (void)mu_scene_portal(scene, MU_PORTAL_DOOR, office, west, (mu_point){0, 9},
                          (mu_point){0, 10.4});
    (void)mu_scene_portal(scene, MU_PORTAL_DOOR, office, east, (mu_point){60, 9},
                          (mu_point){60, 10.4});
    return office;
}

/* A flight of 1.4 m between two halls, its foot and head in their north walls. */
static void draw_flight(mu_scene *scene, uint32_t lower, uint32_t upper, double x) {
    const mu_point foot[2] = {{x + 0.8, 14}, {x + 2.2, 14}};
    const mu_point head[2] = {{x + 3.8, 14}, {x + 5.2, 14}};
    (void)mu_scene_stair(scene, lower, upper, foot, head, 8);
}

static void make_tower(mu_scene *scene, uint32_t count, uint64_t seed) {
    uint32_t below = MU_NONE;
    for (uint32_t s = 0; s < STOREYS; s++) {
        const uint32_t office = draw_storey(scene, mu_scene_level(scene, 3.5 * s));
        if (below != MU_NONE) {
            draw_flight(scene, below + 1, office + 1, -6);
            draw_flight(scene, below + 2, office + 2, 60);
        }
        below = office;
    }
    const mu_point round[8] = {{-80, -80}, {140, -80}, {140, 8}, {60, 8},
                               {60, 0},    {0, 0},     {0, 8},   {-80, 8}};
    const uint32_t open = mu_scene_space(scene, MU_USE_OUTDOOR, 0, round, 8);
    const double doors[3] = {-5, 30, 61};
    for (uint32_t d = 0; d < 3; d++) { /* of the west hall, the office and the east hall */
        const double y = d == 1 ? 0 : 8;
        (void)mu_scene_portal(scene, MU_PORTAL_DOOR,
                              d == 0   ? 1
                              : d == 1 ? 0
                                       : 2,
                              open, (mu_point){doors[d], y}, (mu_point){doors[d] + 2, y});
    }
    (void)mu_scene_assembly(scene, open, (mu_point){30, -40}, count);
    if (mu_scene_open(scene, count, seed) != MU_OK) {
        return;
    }
    for (uint32_t s = 0, put = 0; s < STOREYS; s++) {
        const uint32_t here = (count - put) / (STOREYS - s);
        put_on_grid(scene, put, here, 3 * s, (mu_point){1, 1}, (mu_point){59, 23});
        put += here;
    }
    mu_scene_send_all(scene, MU_GOAL_ASSEMBLY);
}

mu_scene *mu_bench_scene_create(mu_bench_scene kind, uint32_t count, uint64_t seed) {
    mu_scene *scene = mu_scene_create();
    if (scene == NULL) {
        return NULL;
    }
    switch (kind) {
    case MU_BENCH_S1:
    case MU_BENCH_S2:
        make_room(scene, SIDE_M, kind == MU_BENCH_S2, count, seed);
        break;
    case MU_BENCH_S1L:
        make_room(scene, sqrt(count / CROWD_PER_M2), false, count, seed);
        break;
    case MU_BENCH_S4:
        make_tower(scene, count, seed);
        break;
    }
    return scene;
}
