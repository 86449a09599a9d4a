/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shortest ways among walls are straight from corner to corner (Lozano-Pérez and Wesley 1979, CACM
 * 22(10)). Where the border turns away from the walkable side, a body goes round at a little
 * distance: that place, and what can be seen from it, is made once and serves every field. */
#include "site/corners.h"

#include "site/border.h"
#include "site/plane.h"
#include "site/sight.h"
#include "site/walls.h"

static const double LEAST_TURN = 0.05; /* sine: flatter bends are seen round */
static const double MOST_OFF_M = 0.36; /* of the place from the corner */
static const double APART_M = 0.2;     /* places nearer to each other than this are one */

/* The place a little off the corner between two edges; false if it is none, or there is no room. */
static bool place_at(const mu_walkable *walkable, uint32_t area, mu_wall in, mu_wall out,
                     mu_point *place) {
    mu_point before = mu_plane_unit(mu_plane_sub(in.b, in.a));
    mu_point after = mu_plane_unit(mu_plane_sub(out.b, out.a));
    if (mu_plane_cross(before, after) > -LEAST_TURN) {
        return false;
    }
    mu_point bisector = mu_plane_unit(mu_plane_add(mu_plane_left(before), mu_plane_left(after)));
    double slant = mu_plane_max(mu_plane_dot(bisector, mu_plane_left(before)), 0.1);
    double off = mu_plane_min(MU_BODY_EASE_M / slant, MOST_OFF_M), best = MU_BODY_WIDE_M;
    bool found = false;
    for (int n = 0; n < 4; n++, off *= 0.75) { /* nearer to the corner where the way is narrow */
        mu_point p = mu_plane_along(in.b, bisector, off);
        double clear = mu_walls_off(&walkable->areas[area], &walkable->parts[area], p);
        if (clear > best && mu_area_contains(walkable, area, p)) {
            best = clear;
            *place = p;
            found = true;
        }
    }
    return found;
}

static bool is_new(const mu_views *views, mu_point place) {
    for (uint32_t c = 0; c < views->corner_count; c++) {
        if (mu_plane_distance(views->corners[c].at, place) < APART_M) {
            return false;
        }
    }
    return views->corner_count < MU_CORNERS_MOST;
}

static bool find_corners(const mu_walkable *walkable, uint32_t area, mu_views *views) {
    const mu_area_parts *parts = &walkable->parts[area];
    const mu_border border = {parts->edges, parts->edge_count};
    views->corners = mu_arena_array(views->arena, parts->edge_count + 1U, sizeof *views->corners);
    for (uint32_t e = 0; views->corners && e < parts->edge_count; e++) {
        mu_wall next = parts->edges[mu_border_next(&border, e, true)];
        mu_point place;
        if (place_at(walkable, area, parts->edges[e], next, &place) && is_new(views, place)) {
            views->corners[views->corner_count++].at = place;
        }
    }
    return views->corners != NULL;
}

static bool look_around(const mu_walkable *walkable, uint32_t area, mu_views *views) {
    const mu_area *in = &walkable->areas[area];
    for (uint32_t c = 0; c < views->corner_count; c++) {
        mu_corner *corner = &views->corners[c];
        corner->sight = mu_sight_of_point(corner->at);
        size_t floats = mu_sight_floats(in, &corner->sight);
        float *memory = mu_arena_array(views->arena, floats, sizeof *memory);
        if (!memory) {
            return false;
        }
        mu_sight_make(in, &walkable->parts[area], &corner->sight, memory);
    }
    return true;
}

bool mu_corners_make(const mu_walkable *walkable, uint32_t area, mu_views *views) {
    if (!find_corners(walkable, area, views) || !look_around(walkable, area, views)) {
        return false;
    }
    const mu_corner *corners = views->corners;
    size_t count = views->corner_count;
    views->corner_metres = mu_arena_array(views->arena, count * count + 1, sizeof(float));
    for (size_t c = 0; views->corner_metres && c < count; c++) {
        for (size_t k = 0; k < count; k++) {
            double metres;
            mu_point way;
            bool sees = mu_sight_sees(&corners[c].sight, corners[k].at, &metres, &way) ||
                        mu_sight_sees(&corners[k].sight, corners[c].at, &metres, &way);
            views->corner_metres[c * count + k] = sees ? (float)metres : INFINITY;
        }
    }
    return views->corner_metres != NULL;
}
