/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks a field at a point: first what can be seen from it. Who stands in an opening or too close to
 * a wall is asked as if a step off it. Only where nothing is seen, in narrow gaps, do the nodes'
 * distances decide. */
#include "site/field.h"
#include "site/grid.h"
#include "site/look.h"
#include "site/plane.h"
#include "site/sight.h"
#include "site/walls.h"

static const double STEP_OFF = 3.0;   /* how much a step off the wall turns the way */
static const double FLATTEST = 0.05;  /* metres for each: less says nothing */
static const double FREE_SHARE = 0.9; /* of the room that one has, all the way to a node */
static const double AT_NODE_M = 0.05; /* this near, one has reached it */
enum { NODES_ABOUT = 2 };             /* nodes so many steps away are asked */

/* The four nodes of a cell that nothing runs through; false where something does. */
static bool clean_nodes(const mu_area *area, const mu_area_parts *parts, mu_grid_cell in,
                        const float *metres, double value[4]) {
    uint32_t place = in.j * area->columns + in.i, node = parts->node_at[place];
    if (node == MU_NONE || !(parts->links[node] & MU_NODE_CLEAN)) {
        return false;
    }
    uint32_t above = parts->node_at[place + area->columns];
    value[0] = (double)metres[node];
    value[1] = (double)metres[node + 1]; /* nodes of a row follow each other */
    value[2] = (double)metres[above];
    value[3] = (double)metres[above + 1];
    return true;
}

/* A corner of the cell that can be reached straight from the point; MU_NONE if it cannot. */
static uint32_t corner_node(const mu_area *area, const mu_area_parts *parts, mu_grid_cell in,
                            int corner, mu_point at) {
    uint32_t i = in.i + (uint32_t)(corner & 1), j = in.j + (uint32_t)(corner >> 1);
    if (i >= area->columns || j >= area->rows) {
        return MU_NONE;
    }
    uint32_t node = parts->node_at[j * area->columns + i];
    if (node == MU_NONE ||
        mu_walls_between(area, parts, at, mu_grid_point(area, parts->place[node]), false)) {
        return MU_NONE;
    }
    return node;
}

static double weight_of(mu_grid_cell in, int corner) {
    return (corner & 1 ? in.u : 1 - in.u) * (corner >> 1 ? in.v : 1 - in.v);
}

static double linked(const mu_area *area, const mu_area_parts *parts, const float *metres,
                     uint32_t node, int k, mu_point *way) {
    static const int ways[8][2] = {{1, 0}, {0, 1},  {-1, 0},  {0, -1},
                                   {1, 1}, {-1, 1}, {-1, -1}, {1, -1}};
    *way = mu_plane_unit((mu_point){ways[k][0], ways[k][1]});
    if (!(parts->links[node] & (1U << k))) {
        return INFINITY;
    }
    int64_t place = (int64_t)parts->place[node] + ways[k][0] + (int64_t)ways[k][1] * area->columns;
    return (double)metres[parts->node_at[place]];
}

/* The way down the field from a node: against the front that reached it. */
static mu_point way_from_node(const mu_area *area, const mu_area_parts *parts,
                              const mu_field_grid *field, const mu_field_ways *ways,
                              uint32_t node) {
    double here = (double)ways->metres[node], steepest = 0;
    mu_point sum = {0, 0}, best = {0, 0};
    for (int k = 0; k < 8; k++) {
        mu_point way;
        double there = linked(area, parts, ways->metres, node, k, &way);
        double fall = here - there;
        if (!(fall > 0)) {
            continue;
        }
        double slope = k < 4 ? fall : fall / sqrt(2.0);
        if (k < 4) {
            sum = mu_plane_along(sum, way, fall);
        }
        if (slope > steepest) {
            steepest = slope;
            best = way;
        }
    }
    if (sum.x != 0 || sum.y != 0) {
        return mu_plane_unit(sum);
    }
    if (steepest > 0) {
        return best;
    }
    mu_point at = mu_grid_point(area, parts->place[node]);
    return mu_plane_unit(mu_plane_sub(mu_sight_nearest(&field->sight, at), at));
}

/* Where no node of the cell can be reached straight: to the nearest that there is. */
static mu_point way_back(const mu_area *area, const mu_area_parts *parts,
                         const mu_field_grid *field, mu_point at) {
    const mu_field_ways *ways = mu_field_ways_of(field);
    uint32_t node = mu_grid_nearest(area, parts, at);
    if (ways == NULL || node == MU_NONE || !(ways->metres[node] < INFINITY)) {
        return (mu_point){0, 0};
    }
    mu_point way = mu_plane_unit(mu_plane_sub(mu_grid_point(area, parts->place[node]), at));
    return way.x == 0 && way.y == 0 ? way_from_node(area, parts, field, ways, node) : way;
}

static mu_point way_over_nodes(const mu_area *area, const mu_area_parts *parts,
                               const mu_field_grid *field, const mu_field_ways *ways,
                               mu_grid_cell in, mu_point at) {
    mu_point sum = {0, 0}, best = {0, 0};
    double least = INFINITY;
    for (int corner = 0; corner < 4; corner++) {
        uint32_t node = corner_node(area, parts, in, corner, at);
        if (node == MU_NONE || !(ways->metres[node] < INFINITY)) {
            continue;
        }
        mu_point way = way_from_node(area, parts, field, ways, node);
        sum = mu_plane_along(sum, way, weight_of(in, corner) + 1e-3);
        mu_point to = mu_plane_sub(mu_grid_point(area, parts->place[node]), at);
        double metres = (double)ways->metres[node] + mu_plane_length(to);
        if (metres < least) {
            least = metres;
            best = mu_plane_length(to) > 1e-3 ? mu_plane_unit(to) : way;
        }
    }
    if (!(least < INFINITY)) {
        return way_back(area, parts, field, at);
    }
    /* Ways that cancel each other say little: then to the best corner. */
    return mu_plane_dot(sum, sum) > 0.04 ? mu_plane_unit(sum) : best;
}

/* On or just behind the line of a gate in the border: on through it. */
static bool is_passing(const mu_walkable *walkable, uint32_t area, const mu_sight *sight,
                       mu_point at) {
    mu_point off = mu_plane_sub(at, sight->a);
    double u = mu_plane_dot(off, sight->along), v = mu_plane_dot(off, sight->ahead);
    return !sight->both && v <= 0 && v > -MU_BEYOND_M && u > -MU_BODY_CLEAR_M &&
           u < sight->length + MU_BODY_CLEAR_M && !mu_area_contains(walkable, area, at);
}

/* The room that a way is to have from here on. */
static double room_at(const mu_area *area, const mu_area_parts *parts, mu_point at) {
    return FREE_SHARE * mu_plane_min(mu_walls_off(area, parts, at), MU_BODY_CLEAR_M);
}

/* Over the node close by that makes the shortest way, of those to which a body can go straight;
 * false if there is none. */
static bool way_to_node(const mu_field_grid *field, const mu_field_ways *ways, mu_point at,
                        mu_point *way) {
    const mu_area *area = &field->walkable->areas[field->area];
    const mu_area_parts *parts = &field->walkable->parts[field->area];
    const double room = room_at(area, parts, at);
    const mu_grid_window about = mu_grid_around(area, at, at, NODES_ABOUT * area->step_m);
    double least = INFINITY;
    for (uint32_t j = about.south; j <= about.north; j++) {
        for (uint32_t i = about.west; i <= about.east; i++) {
            const uint32_t place = j * area->columns + i, node = parts->node_at[place];
            const mu_point there = mu_grid_point(area, place);
            const double off = mu_plane_distance(at, there);
            if (node != MU_NONE && off > AT_NODE_M && (double)ways->metres[node] + off < least &&
                mu_area_sees(field->walkable, field->area, at, there, room)) {
                least = (double)ways->metres[node] + off;
                *way = mu_plane_unit(mu_plane_sub(there, at));
            }
        }
    }
    return least < INFINITY;
}

/* Down the field in a cell that nothing runs through; false where it says nothing: where it is
 * flat, and where a body could not go so for the length of a cell, as between walls where two ways
 * part.
 */
static bool way_downhill(const mu_field_grid *field, const mu_field_ways *ways, mu_grid_cell in,
                         mu_point at, mu_point *way) {
    const mu_area *area = &field->walkable->areas[field->area];
    const mu_area_parts *parts = &field->walkable->parts[field->area];
    double value[4];
    if (!clean_nodes(area, parts, in, ways->metres, value)) {
        return false;
    }
    const mu_point down = {(1 - in.v) * (value[0] - value[1]) + in.v * (value[2] - value[3]),
                           (1 - in.u) * (value[0] - value[2]) + in.u * (value[1] - value[3])};
    if (!(mu_plane_length(down) > FLATTEST * area->step_m)) {
        return false;
    }
    *way = mu_plane_unit(down);
    return mu_area_sees(field->walkable, field->area, at, mu_plane_along(at, *way, area->step_m),
                        room_at(area, parts, at));
}

/* Down the field from node to node. */
static mu_point way_down(const mu_area *area, const mu_area_parts *parts,
                         const mu_field_grid *field, mu_point at) {
    const mu_field_ways *ways = mu_field_ways_of(field);
    const mu_grid_cell in = mu_grid_cell_of(area, at);
    mu_point way = {0, 0};
    if (ways == NULL || way_downhill(field, ways, in, at, &way) ||
        way_to_node(field, ways, at, &way)) {
        return way;
    }
    return way_over_nodes(area, parts, field, ways, in, at);
}

mu_point mu_field_direction(const mu_walkable *walkable, uint32_t area, const mu_field_grid *field,
                            mu_point at) {
    const mu_area *in = &walkable->areas[area];
    const mu_area_parts *parts = &walkable->parts[area];
    const mu_sight *sight = &field->sight;
    mu_look best;
    if (mu_look_from(in, parts, field, at, &best)) {
        bool on_line = best.way.x == 0 && best.way.y == 0 && sight->length > 0;
        return on_line ? mu_plane_scale(sight->ahead, -1) : best.way;
    }
    if (is_passing(walkable, area, sight, at)) {
        return mu_plane_scale(sight->ahead, -1);
    }
    if (mu_look_opening(in, parts, field, at, &best)) {
        return best.way;
    }
    mu_point off = mu_walls_step_off(in, parts, at, MU_BODY_EASE_M);
    mu_point step = mu_plane_sub(off, at);
    if ((step.x != 0 || step.y != 0) && mu_look_from(in, parts, field, off, &best)) {
        return mu_plane_unit(mu_plane_along(best.way, step, STEP_OFF));
    }
    if (!mu_area_contains(walkable, area, at)) {
        return way_back(in, parts, field, at);
    }
    if (!mu_look_squeezed(walkable, area, field, at, &best)) {
        best.way = way_down(in, parts, field, at);
    }
    return mu_plane_unit(mu_plane_along(best.way, step, STEP_OFF));
}

static double distance_over_nodes(const mu_area *area, const mu_area_parts *parts,
                                  const mu_field_ways *ways, mu_grid_cell in, mu_point at) {
    double least = INFINITY;
    bool any = false;
    for (int corner = 0; corner < 4; corner++) {
        uint32_t node = corner_node(area, parts, in, corner, at);
        if (node != MU_NONE) {
            double there = mu_plane_distance(at, mu_grid_point(area, parts->place[node]));
            least = mu_plane_min(least, (double)ways->metres[node] + there);
            any = true;
        }
    }
    uint32_t nearest = any ? MU_NONE : mu_grid_nearest(area, parts, at);
    if (nearest != MU_NONE) {
        double there = mu_plane_distance(at, mu_grid_point(area, parts->place[nearest]));
        least = (double)ways->metres[nearest] + there;
    }
    return least;
}

double mu_field_distance(const mu_walkable *walkable, uint32_t area, const mu_field_grid *field,
                         mu_point at) {
    const mu_area *in = &walkable->areas[area];
    const mu_area_parts *parts = &walkable->parts[area];
    mu_look best;
    if (mu_look_from(in, parts, field, at, &best)) {
        return best.metres;
    }
    if (is_passing(walkable, area, &field->sight, at)) {
        return 0;
    }
    if (mu_look_opening(in, parts, field, at, &best)) {
        return best.metres;
    }
    mu_point off = mu_walls_step_off(in, parts, at, MU_BODY_EASE_M);
    if ((off.x != at.x || off.y != at.y) && mu_look_from(in, parts, field, off, &best)) {
        return best.metres + mu_plane_distance(at, off);
    }
    const mu_field_ways *ways = mu_field_ways_of(field);
    if (ways == NULL) {
        return INFINITY;
    }
    mu_grid_cell of = mu_grid_cell_of(in, at);
    double value[4];
    if (clean_nodes(in, parts, of, ways->metres, value)) {
        if (!(value[0] < INFINITY)) { /* then none of the four has a way */
            return INFINITY;
        }
        return (1 - of.v) * ((1 - of.u) * value[0] + of.u * value[1]) +
               of.v * ((1 - of.u) * value[2] + of.u * value[3]);
    }
    return distance_over_nodes(in, parts, ways, of, at);
}

/* Do two gates of an area lie in the same place and lead to the same area? A plan may draw a door
 * twice. */
static bool are_twins(const mu_walkable *walkable, uint32_t area, uint32_t from, uint32_t to) {
    int side, other;
    const mu_gate *p = &walkable->gates[mu_area_gate(walkable, area, from, &side)];
    const mu_gate *q = &walkable->gates[mu_area_gate(walkable, area, to, &other)];
    const mu_point middle = mu_plane_scale(mu_plane_add(p->a[side], p->b[side]), 0.5);
    return p != q && p->area[1 - side] == q->area[1 - other] && p->area[1 - side] != MU_NONE &&
           mu_plane_off(q->a[other], q->b[other], middle) < MU_BODY_CLEAR_M;
}

/* In by a door and out by the same one drawn again leads nowhere: it would cost nothing, and people
 * would go in and out for ever. */
double mu_field_measure_gate(const mu_walkable *walkable, uint32_t area, uint32_t from,
                             uint32_t to) {
    const mu_area_parts *parts = &walkable->parts[area];
    int side;
    const mu_gate *gate = &walkable->gates[mu_area_gate(walkable, area, from, &side)];
    mu_point middle = mu_plane_scale(mu_plane_add(gate->a[side], gate->b[side]), 0.5);
    const float metres = are_twins(walkable, area, from, to)
                             ? INFINITY
                             : (float)mu_field_distance(walkable, area, &parts->fields[to], middle);
    const size_t at = (size_t)from * walkable->areas[area].gate_count + to;
    atomic_store_explicit(&parts->gate_metres[at], metres, memory_order_relaxed);
    return (double)metres;
}
