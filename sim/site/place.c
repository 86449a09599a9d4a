/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places for people: somewhere in an area with room around, or as near as can be to a given point.
 */
#include "site/grid.h"
#include "site/plane.h"
#include "site/walls.h"

static const double EASE_M = 1e-6; /* clear distances are met with this to spare */
enum { PUSHES = 16, HALVINGS = 4 };

static bool is_clear(const mu_walkable *walkable, uint32_t area, mu_point p, double clear_m) {
    return mu_area_contains(walkable, area, p) &&
           mu_walls_off(&walkable->areas[area], &walkable->parts[area], p) >= clear_m;
}

/* How many of the nodes, the roomiest first, have that much room. */
static uint32_t count_clear(const mu_area_parts *parts, double clear_m) {
    uint32_t low = 0, high = parts->roomy_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if ((double)parts->clear[parts->roomy[middle]] >= clear_m) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

mu_point mu_area_sample(const mu_walkable *walkable, uint32_t area, double clear_m, double u,
                        double v) {
    const mu_area *in = &walkable->areas[area];
    if (!in->walkable) {
        return in->low;
    }
    const mu_area_parts *parts = &walkable->parts[area];
    double wanted = mu_plane_min(clear_m, MU_WALL_REACH_M - 0.01);
    uint32_t count = count_clear(parts, wanted + EASE_M);
    if (count == 0) {
        return parts->pole;
    }
    double share = mu_plane_clamp(u, 0, 1) * count;
    uint32_t k = share < count ? (uint32_t)share : count - 1;
    mu_point node = mu_grid_point(in, parts->place[parts->roomy[k]]);
    /* Anywhere in the node's cell, drawn towards the node until there is room. */
    mu_point aside = {(share - k - 0.5) * in->step_m, (mu_plane_clamp(v, 0, 1) - 0.5) * in->step_m};
    for (int n = 0; n < HALVINGS; n++) {
        mu_point p = mu_plane_add(node, aside);
        if (is_clear(walkable, area, p, wanted)) {
            return p;
        }
        aside = mu_plane_scale(aside, 0.5);
    }
    return node;
}

/* One push: off the nearest wall, to the side that is walkable; or back over the border. */
static mu_point push(const mu_walkable *walkable, uint32_t area, mu_point p, double clear_m) {
    const mu_area_parts *parts = &walkable->parts[area];
    bool inside = mu_area_contains(walkable, area, p);
    uint32_t count = inside ? 0 : parts->edge_count;
    const mu_wall *pieces = inside ? parts->pieces : parts->edges;
    const uint32_t *near = NULL;
    if (inside) {
        near = mu_area_walls_near(walkable, area, p, &count);
    }
    mu_wall nearest = {p, p};
    double least = INFINITY;
    for (uint32_t k = 0; k < count; k++) {
        mu_wall wall = pieces[near ? near[k] : k];
        double off = mu_plane_off(wall.a, wall.b, p);
        if (off < least) {
            least = off;
            nearest = wall;
        }
    }
    mu_point on = mu_plane_nearest(nearest.a, nearest.b, p);
    mu_point way = mu_plane_unit(mu_plane_sub(p, on));
    if (!inside || (way.x == 0 && way.y == 0)) {
        way = mu_plane_left(mu_plane_unit(mu_plane_sub(nearest.b, nearest.a)));
    }
    return mu_plane_along(on, way, clear_m + EASE_M);
}

/* The nearest node with that much room, looked for in growing squares. */
static bool nearest_clear(const mu_area *area, const mu_area_parts *parts, mu_point p,
                          double clear_m, mu_point *out) {
    double least = INFINITY, across = area->high.x - area->low.x + area->high.y - area->low.y;
    for (double within = 1; least == INFINITY && within < 4 * across + 4; within *= 2) {
        mu_grid_window window = mu_grid_around(area, p, p, within);
        for (uint32_t j = window.south; j <= window.north; j++) {
            for (uint32_t i = window.west; i <= window.east; i++) {
                uint32_t place = j * area->columns + i, node = parts->node_at[place];
                if (node == MU_NONE || (double)parts->clear[node] < clear_m) {
                    continue;
                }
                mu_point at = mu_grid_point(area, place);
                double metres = mu_plane_distance(p, at);
                if (metres < least) {
                    least = metres;
                    *out = at;
                }
            }
        }
    }
    return least < INFINITY;
}

bool mu_area_clamp(const mu_walkable *walkable, uint32_t area, mu_point point, double clear_m,
                   mu_point *out) {
    if (!mu_area_exists(walkable, area)) {
        return false;
    }
    const mu_area_parts *parts = &walkable->parts[area];
    double wanted = mu_plane_clamp(clear_m, 0, MU_WALL_REACH_M - 0.01);
    mu_point p = point;
    for (int n = 0; n < PUSHES; n++) {
        if (is_clear(walkable, area, p, wanted)) {
            *out = p;
            return true;
        }
        p = push(walkable, area, p, wanted);
    }
    if (parts->node_count > 0 &&
        nearest_clear(&walkable->areas[area], parts, point, wanted + EASE_M, out)) {
        return true;
    }
    if (parts->node_count > 0 && parts->pole_clear >= wanted) {
        *out = parts->pole;
        return true;
    }
    return false;
}
