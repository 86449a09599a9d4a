/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the border beyond an exit is, and what is built behind it. */
#include "verify/experiment_floor.h"

#include <math.h>

#include "core/i18n.h"
#include "site/geometry_geos.h"
#include "site/plane.h"

#define RUN_OUT_M   3.0  /* how far people walk on behind the border */
#define SILL_M      0.2  /* depth of a door in the border */
#define ASIDE_M     1.5  /* how much wider it is behind a door, to each side */
#define ON_BORDER_M 0.05 /* an exit line no further from the border lies in it */
#define OUTWARD     0.9  /* of a border's normal, along the way out */

enum { RINGS_MOST = 1 + 2 * MU_EXPERIMENT_EXITS_MOST };

/* A way through the border: to the left of somebody who looks from a to b is the floor. */
typedef struct opening {
    mu_point a, b, out; /* unit vector */
    bool door;          /* less than the whole edge: the exit line itself */
} opening;

static mu_point middle_of(mu_point a, mu_point b) {
    return (mu_point){(a.x + b.x) / 2, (a.y + b.y) / 2};
}

static mu_point middle_of_agents(const mu_experiment *e) {
    mu_point sum = {0, 0};
    for (uint32_t i = 0; i < e->agents.count; i++) {
        sum = mu_plane_add(sum, e->agents.items[i].at);
    }
    return mu_plane_scale(sum, 1.0 / e->agents.count);
}

/* Edge k of the walkable area, so that the floor is to its left. */
static opening edge_of(const mu_experiment *e, uint32_t k) {
    const mu_ring *ring = &e->walkable;
    double twice = 0;
    for (uint32_t i = 0; i < ring->count; i++) {
        twice += mu_plane_cross(ring->items[i], ring->items[(i + 1) % ring->count]);
    }
    const mu_point p = ring->items[k], q = ring->items[(k + 1) % ring->count];
    opening edge = twice > 0 ? (opening){.a = p, .b = q} : (opening){.a = q, .b = p};
    edge.out = mu_plane_scale(mu_plane_left(mu_plane_unit(mu_plane_sub(edge.b, edge.a))), -1);
    return edge;
}

/* The border that one comes to by going on from a point; its distance, or infinity. */
static double find_border(const mu_experiment *e, mu_point from, mu_point way, opening *out) {
    double nearest = INFINITY;
    for (uint32_t k = 0; k < e->walkable.count; k++) {
        const opening edge = edge_of(e, k);
        const double facing = mu_plane_dot(edge.out, way);
        if (facing < OUTWARD) {
            continue;
        }
        const double distance = mu_plane_dot(mu_plane_sub(edge.a, from), edge.out) / facing;
        const mu_point at = mu_plane_along(from, way, distance);
        const mu_point along = mu_plane_sub(edge.b, edge.a);
        const double part = mu_plane_dot(mu_plane_sub(at, edge.a), along);
        if (distance > -ON_BORDER_M && distance < nearest && part >= 0 &&
            part <= mu_plane_dot(along, along)) {
            nearest = distance;
            *out = edge;
        }
    }
    return nearest;
}

/* The way out beyond an exit line: the whole edge of the border there, or the line itself where it
 * lies in the border. */
static bool find_opening(const mu_experiment *e, const mu_line *exit, opening *out) {
    const mu_point middle = middle_of(exit->a, exit->b);
    mu_point way = mu_plane_left(mu_plane_unit(mu_plane_sub(exit->b, exit->a)));
    if (mu_plane_dot(way, mu_plane_sub(middle, middle_of_agents(e))) < 0) {
        way = mu_plane_scale(way, -1);
    }
    const double distance = find_border(e, middle, way, out);
    if (isinf(distance)) {
        return false;
    }
    if (fabs(distance) <= ON_BORDER_M &&
        mu_plane_distance(exit->a, exit->b) < mu_plane_distance(out->a, out->b) - ON_BORDER_M) {
        const mu_point along = mu_plane_unit(mu_plane_sub(out->b, out->a));
        const double p = mu_plane_dot(mu_plane_sub(exit->a, out->a), along);
        const double q = mu_plane_dot(mu_plane_sub(exit->b, out->a), along);
        const mu_point base = out->a;
        out->a = mu_plane_along(base, along, mu_plane_min(p, q));
        out->b = mu_plane_along(base, along, mu_plane_max(p, q));
        out->door = true;
    }
    return true;
}

/* The border furthest that way. */
static bool find_end(const mu_experiment *e, mu_point way, opening *out) {
    double furthest = -INFINITY;
    for (uint32_t k = 0; k < e->walkable.count; k++) {
        const opening edge = edge_of(e, k);
        const double far = mu_plane_dot(middle_of(edge.a, edge.b), way);
        if (mu_plane_dot(edge.out, way) >= OUTWARD && far > furthest) {
            furthest = far;
            *out = edge;
        }
    }
    return !isinf(furthest);
}

static mu_ring rectangle(mu_arena *arena, mu_point a, mu_point b, mu_point out, double from,
                         double to) {
    mu_point *corner = mu_arena_array(arena, 4, sizeof *corner);
    if (corner == NULL) {
        return (mu_ring){NULL, 0};
    }
    corner[0] = mu_plane_along(a, out, from);
    corner[1] = mu_plane_along(a, out, to);
    corner[2] = mu_plane_along(b, out, to);
    corner[3] = mu_plane_along(b, out, from);
    return (mu_ring){corner, 4};
}

/* What is built behind an opening; returns the number of rings, and the line of its far end. */
static uint32_t build_run_out(mu_arena *arena, const opening *o, mu_ring *rings, mu_line *far) {
    if (!o->door) {
        rings[0] = rectangle(arena, o->a, o->b, o->out, 0, RUN_OUT_M);
        *far = (mu_line){mu_plane_along(o->a, o->out, RUN_OUT_M),
                         mu_plane_along(o->b, o->out, RUN_OUT_M)};
        return 1;
    }
    const mu_point along = mu_plane_unit(mu_plane_sub(o->b, o->a));
    const mu_point a = mu_plane_along(o->a, along, -ASIDE_M);
    const mu_point b = mu_plane_along(o->b, along, ASIDE_M);
    rings[0] = rectangle(arena, o->a, o->b, o->out, 0, SILL_M);
    rings[1] = rectangle(arena, a, b, o->out, SILL_M, SILL_M + RUN_OUT_M);
    *far = (mu_line){mu_plane_along(a, o->out, SILL_M + RUN_OUT_M),
                     mu_plane_along(b, o->out, SILL_M + RUN_OUT_M)};
    return 2;
}

static mu_status refuse(mu_diags *diags, const char *code, const char *text) {
    mu_diags_add(diags, MU_ERROR, code, NULL, NULL, "%s", text);
    return MU_ERR_INPUT;
}

/* The piece of the floor that most people begin on. */
static const mu_floor *choose_floor(const mu_experiment *e, const mu_floor_list *pieces) {
    const mu_floor *best = NULL;
    uint32_t most = 0;
    for (uint32_t i = 0; i < pieces->count; i++) {
        uint32_t inside = 0;
        for (uint32_t a = 0; a < e->agents.count; a++) {
            inside += mu_measure_inside(&pieces->items[i].outline, e->agents.items[a].at);
        }
        if (best == NULL || inside > most) {
            best = &pieces->items[i];
            most = inside;
        }
    }
    return best;
}

static mu_status draw(const mu_experiment *e, const mu_ring *rings, uint32_t ring_count,
                      const mu_line *far, mu_scene *scene, mu_diags *diags,
                      mu_experiment_floor *out) {
    mu_floor_list pieces;
    const mu_status status = mu_geometry_cut(scene->arena, rings, ring_count, e->obstacles.items,
                                             e->obstacles.count, &pieces);
    if (status != MU_OK) {
        return status != MU_ERR_INPUT
                   ? status
                   : refuse(diags, "experiment.floor",
                            _("the walkable area or an obstacle crosses itself"));
    }
    const mu_floor *floor = choose_floor(e, &pieces);
    if (floor == NULL) {
        return refuse(diags, "experiment.floor", _("the obstacles leave no floor"));
    }
    const uint32_t space = mu_scene_space(scene, MU_USE_ASSEMBLY, mu_scene_level(scene, 0),
                                          floor->outline.items, floor->outline.count);
    for (uint32_t h = 0; h < floor->holes.count; h++) {
        mu_scene_hole(scene, space, floor->holes.items[h].items, floor->holes.items[h].count);
    }
    for (uint32_t k = 0; k < out->exit_count; k++) {
        out->portal[k] =
            mu_scene_portal(scene, MU_PORTAL_OUTDOOR_EDGE, space, MU_NONE, far[k].a, far[k].b);
        out->middle[k] = middle_of(far[k].a, far[k].b);
    }
    return MU_OK;
}

mu_status mu_experiment_draw(const mu_experiment *e, mu_scene *scene, mu_diags *diags,
                             mu_experiment_floor *out) {
    mu_ring rings[RINGS_MOST] = {e->walkable};
    mu_line far[MU_EXPERIMENT_EXITS_MOST];
    uint32_t ring_count = 1;
    *out = (mu_experiment_floor){.exit_count = e->exit_count > 0 ? e->exit_count : e->way_count};
    for (uint32_t k = 0; k < out->exit_count; k++) {
        opening found = {.door = false};
        const bool is_there = e->exit_count > 0 ? find_opening(e, &e->exits[k].line, &found)
                                                : find_end(e, e->ways[k], &found);
        if (!is_there) {
            return refuse(diags, "experiment.exit",
                          _("there is no border of the walkable area beyond the exit"));
        }
        ring_count += build_run_out(scene->arena, &found, &rings[ring_count], &far[k]);
    }
    return draw(e, rings, ring_count, far, scene, diags, out);
}
