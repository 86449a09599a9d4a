/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a door can be: on a stretch of a room's border that faces another room's, at most a wall
 * apart. The engine brings a door's line onto both borders within 0.6 m (site/walkable.h). */
#include <math.h>

#include "edit/project.h"
#include "edit/project_plane.h"

static const double WALL_MOST_M = 0.55;
static const double LOOKS_M = 3; /* from the point to the border */
static const double NARROWEST_M = 0.5;

typedef struct edge {
    mu_point a, b, along; /* unit vector from a to b */
    double length;
} edge;

static edge edge_of(const mu_scenery *scene, mu_span ring, uint32_t i) {
    edge e = {.a = scene->points[ring.first + i],
              .b = scene->points[ring.first + (i + 1) % ring.count]};
    e.length = hypot(e.b.x - e.a.x, e.b.y - e.a.y);
    e.along = e.length > 0 ? (mu_point){(e.b.x - e.a.x) / e.length, (e.b.y - e.a.y) / e.length}
                           : (mu_point){0, 0};
    return e;
}

/* A point along an edge, in metres from its start, and beside it. */
static mu_point in_frame(const edge *e, mu_point p) {
    const double x = p.x - e->a.x, y = p.y - e->a.y;
    return (mu_point){x * e->along.x + y * e->along.y, x * e->along.y - y * e->along.x};
}

typedef struct search {
    const mu_scenery *scene;
    uint32_t level;
    mu_point at;
    double width, best;
    mu_door_place found;
} search;

/* The stretch from..to of an edge that another edge runs along, a wall apart at most. */
static bool shared(const edge *e, const edge *other, double *from, double *to) {
    const mu_point a = in_frame(e, other->a), b = in_frame(e, other->b);
    if (fabs(a.y) > WALL_MOST_M || fabs(b.y) > WALL_MOST_M || fabs(a.y - b.y) > 0.1) {
        return false;
    }
    *from = fmax(0, fmin(a.x, b.x));
    *to = fmin(e->length, fmax(a.x, b.x));
    return *to - *from >= NARROWEST_M;
}

static void offer(search *s, const edge *e, double from, double to, uint32_t room, uint32_t other) {
    const double width = fmin(s->width, to - from);
    const mu_point p = in_frame(e, s->at);
    const double centre = fmin(fmax(p.x, from + width / 2), to - width / 2);
    const double away = hypot(p.x - centre, p.y);
    if (!(away < s->best)) {
        return;
    }
    s->best = away;
    const double ends[2] = {centre - width / 2, centre + width / 2};
    for (int k = 0; k < 2; k++) {
        s->found.line[k] = (mu_point){e->a.x + e->along.x * ends[k], e->a.y + e->along.y * ends[k]};
    }
    s->found.rooms[0] = room;
    s->found.rooms[1] = other;
    s->found.found = true;
}

static bool is_near(const search *s, const mu_scenery_room *room, double more) {
    return room->level == s->level && s->at.x > room->low.x - more &&
           s->at.x < room->high.x + more && s->at.y > room->low.y - more &&
           s->at.y < room->high.y + more;
}

static void look_across(search *s, const edge *e, uint32_t room) {
    const mu_scenery *scene = s->scene;
    for (uint32_t k = 0; k < scene->room_count; k++) {
        const mu_scenery_room *other = &scene->rooms[k];
        if (k == room || !is_near(s, other, LOOKS_M + 1)) {
            continue;
        }
        for (uint32_t r = 0; r < other->rings.count; r++) {
            const mu_span ring = scene->rings[other->rings.first + r];
            for (uint32_t i = 0; i < ring.count; i++) {
                const edge facing = edge_of(scene, ring, i);
                double from, to;
                if (shared(e, &facing, &from, &to)) {
                    offer(s, e, from, to, room, k);
                }
            }
        }
    }
}

mu_door_place mu_project_find_door(mu_project *project, uint32_t level, mu_point at,
                                   double width_m) {
    const mu_scenery *scene = mu_project_scene(project);
    search s = {.scene = scene, .level = level, .at = at, .width = width_m, .best = LOOKS_M};
    for (uint32_t k = 0; k < scene->room_count; k++) {
        const mu_scenery_room *room = &scene->rooms[k];
        if (!is_near(&s, room, LOOKS_M)) {
            continue;
        }
        for (uint32_t r = 0; r < room->rings.count; r++) {
            const mu_span ring = scene->rings[room->rings.first + r];
            for (uint32_t i = 0; i < ring.count; i++) {
                const edge e = edge_of(scene, ring, i);
                const mu_point p = in_frame(&e, at);
                if (fabs(p.y) < s.best && p.x > -s.best && p.x < e.length + s.best) {
                    look_across(&s, &e, k);
                }
            }
        }
    }
    return s.found;
}
