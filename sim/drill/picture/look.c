/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is seen of a level from a point: rays to the first wall that is no door. */
#include <math.h>
#include <stdbool.h>

#include "muster/scenery.h"

static const double DOOR_OFF_M = 0.6; /* a door's line may lie so far from a wall (walkable.h) */
static const double START_M = 0.05;   /* a camera hangs on a wall, which it does not see */
static const double STEP = 0.03490658503988659; /* radians between rays at the most: 2 degrees */

enum { WALLS_MOST = 4096 };

typedef struct piece {
    mu_point a, b;
} piece;

typedef struct looking {
    const mu_scenery *scene;
    uint32_t level;
    mu_point from;
    double reach;
    piece walls[WALLS_MOST]; /* within reach */
    uint32_t wall_count;
} looking;

static double off(piece w, mu_point p) {
    const double dx = w.b.x - w.a.x, dy = w.b.y - w.a.y, square = dx * dx + dy * dy;
    const double t =
        square > 0 ? fmin(fmax(((p.x - w.a.x) * dx + (p.y - w.a.y) * dy) / square, 0), 1) : 0;
    return hypot(w.a.x + t * dx - p.x, w.a.y + t * dy - p.y);
}

static void gather(looking *l) {
    const mu_scenery *scene = l->scene;
    for (uint32_t r = 0; r < scene->room_count; r++) {
        const mu_scenery_room *room = &scene->rooms[r];
        const bool near = room->level == l->level && room->low.x < l->from.x + l->reach &&
                          room->high.x > l->from.x - l->reach &&
                          room->low.y < l->from.y + l->reach && room->high.y > l->from.y - l->reach;
        for (uint32_t k = 0; near && k < room->rings.count; k++) {
            const mu_span ring = scene->rings[room->rings.first + k];
            for (uint32_t i = 0; i < ring.count; i++) {
                const piece w = {scene->points[ring.first + i],
                                 scene->points[ring.first + (i + 1) % ring.count]};
                if (l->wall_count < WALLS_MOST && off(w, l->from) < l->reach) {
                    l->walls[l->wall_count++] = w;
                }
            }
        }
    }
}

/* Does a way lead through the wall here? */
static bool is_open(const looking *l, mu_point at) {
    for (uint32_t p = 0; p < l->scene->portal_count; p++) {
        const mu_scenery_portal *portal = &l->scene->portals[p];
        const bool flat = portal->level == portal->upper_level;
        if (!flat || portal->level != l->level || portal->look == MU_PORTAL_LOOK_RIDE ||
            portal->look == MU_PORTAL_LOOK_EDGE) {
            continue;
        }
        const mu_point a = portal->line[0], b = portal->line[1];
        const double dx = b.x - a.x, dy = b.y - a.y, length = hypot(dx, dy);
        const double along = length > 0 ? ((at.x - a.x) * dx + (at.y - a.y) * dy) / length : -1;
        const double beside = length > 0 ? ((at.x - a.x) * dy - (at.y - a.y) * dx) / length : 1;
        if (along >= 0 && along <= length && fabs(beside) <= DOOR_OFF_M) {
            return true;
        }
    }
    return false;
}

/* Metres to a wall along a unit vector; infinite where it is not met. */
static double meet(piece w, mu_point from, double x, double y) {
    const double ex = w.b.x - w.a.x, ey = w.b.y - w.a.y, across = x * ey - y * ex;
    if (fabs(across) < 1e-12) {
        return INFINITY;
    }
    const double ax = w.a.x - from.x, ay = w.a.y - from.y;
    const double away = (ax * ey - ay * ex) / across, along = (ax * y - ay * x) / across;
    return along >= 0 && along <= 1 && away > START_M ? away : INFINITY;
}

static double first_wall(const looking *l, double x, double y) {
    double best = l->reach;
    for (uint32_t k = 0; k < l->wall_count; k++) {
        const double away = meet(l->walls[k], l->from, x, y);
        if (away < best && !is_open(l, (mu_point){l->from.x + x * away, l->from.y + y * away})) {
            best = away;
        }
    }
    return best;
}

uint32_t mu_scenery_look(const mu_scenery *scene, uint32_t level, mu_point from, double faces,
                         double wide, double reach_m, mu_point *out, uint32_t most) {
    looking l = {.scene = scene, .level = level, .from = from, .reach = reach_m};
    gather(&l);
    const uint32_t room = most - 2;
    uint32_t rays = (uint32_t)ceil(wide / STEP) * 2;
    rays = rays < 8 ? 8 : rays > room ? room : rays;
    uint32_t count = 0;
    out[count++] = from;
    for (uint32_t k = 0; k <= rays && count < most; k++) {
        const double angle = faces + wide * ((double)k / rays - 0.5);
        const double x = cos(angle), y = sin(angle), away = first_wall(&l, x, y);
        out[count++] = (mu_point){from.x + x * away, from.y + y * away};
    }
    return count;
}
