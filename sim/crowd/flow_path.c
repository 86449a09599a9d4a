/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way across an area as a line with few bends, found by asking the distance field: a straight
 * piece is as long as every metre of it brings one a metre nearer. Paths are kept with what they
 * were made for, and made again when that is different. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "crowd/flow.h"
#include "site/plane.h"

#define HALVINGS 8

static void list_mouths(const mu_crowd_scratch *scratch, mu_flow_room *room) {
    uint32_t count = 0;
    for (uint32_t a = 0; a < scratch->area_count; a++) {
        room->mouth_first[a] = count;
        for (uint32_t k = 0; k < mu_walkable_area(scratch->walkable, a)->gate_count; k++) {
            int inner = 0;
            const uint32_t gate = mu_area_gate(scratch->walkable, a, k, &inner);
            room->mouths[count++] = gate * 2 + (uint32_t)inner;
        }
    }
    room->mouth_first[scratch->area_count] = count;
}

mu_flow_room *mu_flow_room_make(const mu_sim *sim) {
    mu_crowd_scratch *scratch = sim->scratch;
    mu_flow_room *room = calloc(1, sizeof *room);
    if (room != NULL) {
        room->paths = calloc((size_t)scratch->people_count + 1, sizeof *room->paths);
        room->seen = calloc((size_t)scratch->area_count + 1, sizeof *room->seen);
        room->ring = calloc((size_t)scratch->area_count + 2, sizeof *room->ring);
        room->mouth_first = calloc((size_t)scratch->area_count + 1, sizeof *room->mouth_first);
        room->mouths =
            calloc(2 * (size_t)mu_walkable_gate_count(scratch->walkable) + 1, sizeof *room->mouths);
        room->ahead = calloc(MU_FLOW_AHEAD, sizeof *room->ahead);
        room->turns =
            calloc(2 * (size_t)mu_walkable_gate_count(scratch->walkable) + 1, sizeof *room->turns);
    }
    if (room == NULL || room->paths == NULL || room->seen == NULL || room->ring == NULL ||
        room->mouth_first == NULL || room->mouths == NULL || room->turns == NULL ||
        room->ahead == NULL) {
        mu_flow_room_destroy(room);
        mu_world_clock(&sim->world)->status = MU_ERR_MEMORY;
        return NULL;
    }
    list_mouths(scratch, room);
    for (uint32_t m = 0; m < 2 * mu_walkable_gate_count(scratch->walkable); m++) {
        room->turns[m].came = MU_NONE;
    }
    mu_flow_forget(room);
    scratch->flow = room;
    return room;
}

void mu_flow_room_destroy(mu_flow_room *room) {
    if (room != NULL) {
        free(room->paths);
        free(room->seen);
        free(room->ring);
        free(room->mouth_first);
        free(room->mouths);
        free(room->turns);
        free(room->ahead);
        free(room);
    }
}

typedef struct tracer {
    const mu_sim *sim;
    uint32_t area;
    const mu_field_grid *field;
    mu_point end;
} tracer;

static mu_point ahead(mu_point p, mu_point way, double metres) {
    return (mu_point){p.x + way.x * metres, p.y + way.y * metres};
}

/* Is every metre of a straight piece one nearer to the end? */
static bool is_straight(const tracer *t, mu_point p, mu_point way, double metres, double left) {
    const mu_point q = ahead(p, way, metres);
    return mu_area_contains(t->sim->walkable, t->area, q) &&
           mu_field_distance(t->sim->walkable, t->area, t->field, q) <= left - 0.98 * metres + 0.05;
}

/* The next bend from a point with so much left to walk. */
static mu_point next_bend(const tracer *t, mu_point p, double left) {
    const mu_point way = mu_field_direction(t->sim->walkable, t->area, t->field, p);
    double good = 0, most = left;
    if (is_straight(t, p, way, 0.98 * left, left)) {
        return t->end;
    }
    for (int k = 0; k < HALVINGS; k++) {
        const double middle = (good + most) / 2;
        *(is_straight(t, p, way, middle, left) ? &good : &most) = middle;
    }
    return good > 0 ? ahead(p, way, good) : t->end;
}

static void add(mu_flow_path *path, mu_point p) {
    const double before = path->count > 0 ? path->metres[path->count - 1] : 0;
    path->metres[path->count] =
        path->count > 0 ? before + mu_plane_distance(path->at[path->count - 1], p) : 0;
    path->at[path->count++] = p;
}

static void trace(const tracer *t, mu_point from, mu_flow_path *path) {
    mu_point p = from;
    path->count = 0;
    add(path, from);
    while (path->count < MU_ROUTE_BENDS - 1 && (p.x != t->end.x || p.y != t->end.y)) {
        const double left = mu_field_distance(t->sim->walkable, t->area, t->field, p);
        p = isfinite(left) && left > 0.1 ? next_bend(t, p, left) : t->end;
        add(path, p);
    }
    if (p.x != t->end.x || p.y != t->end.y || path->count == 1) {
        add(path, t->end);
    }
}

/* Where a leg ends: in the gate, straight before somebody who is within its width; or the target.
 */
static mu_point end_of(const mu_sim *sim, const mu_body *body, uint32_t mouth) {
    if (mouth == MU_NONE) {
        return body->target;
    }
    const mu_mouth *m = &sim->scratch->mouths[mouth];
    const double keep = m->width_m / 2 < 0.25 ? m->width_m / 2 : 0.25;
    double across = mu_mouth_across(m, body->at);
    across = across < keep ? keep : across > m->width_m - keep ? m->width_m - keep : across;
    return (mu_point){m->a.x + across * m->along.x + 0.02 * m->inward.x,
                      m->a.y + across * m->along.y + 0.02 * m->inward.y};
}

/* From the first bend from which the place can be seen, straight to it. */
static void turn_off(const tracer *t, mu_point place, mu_flow_path *path) {
    uint32_t k = 1;
    while (k + 1 < path->count && !mu_area_sees(t->sim->walkable, t->area, path->at[k], place, 0)) {
        k++;
    }
    path->count = k < MU_ROUTE_BENDS - 1 ? k + 1 : k;
    add(path, place);
}

static void make(const mu_sim *sim, uint32_t person, mu_flow_path *path) {
    const mu_body *body = &mu_bodies(sim)[person];
    const mu_mind *mind = &mu_minds(sim)[person];
    const uint32_t mouth = mu_flow_legs(sim)[person].mouth;
    tracer t = {.sim = sim, .area = body->area, .end = end_of(sim, body, mouth)};
    const bool sees =
        mouth == MU_NONE && mu_area_sees(sim->walkable, body->area, body->at, t.end, 0);
    if (sees || mind->straight != 0) {
        path->count = 0;
        add(path, body->at);
        add(path, t.end);
        return;
    }
    if (mouth == MU_NONE) {
        t.end = mind->gathering;
        t.field = mu_route_field(sim->routes, body->area, mind->gathering);
    } else {
        t.field = mu_walkable_field(sim->walkable, body->area, mouth / 2);
    }
    if (t.field != NULL) {
        trace(&t, body->at, path);
        if (mouth == MU_NONE) {
            turn_off(&t, body->target, path);
        }
    }
}

/* Whoever comes in by one gate and makes for another takes the way of those before, in other runs,
 * too. */
static void make_or_copy(const mu_sim *sim, uint32_t person, mu_flow_path *path) {
    const mu_flow_leg *leg = &mu_flow_legs(sim)[person];
    if (leg->mouth == MU_NONE || leg->came == MU_NONE || mu_minds(sim)[person].straight != 0) {
        make(sim, person, path);
        return;
    }
    mu_route_line *line = mu_route_line_of(sim->routes, path->from, leg->mouth);
    if (line->count == 0) {
        make(sim, person, path);
        line->count = path->count;
        memcpy(line->at, path->at, sizeof line->at);
        memcpy(line->metres, path->metres, sizeof line->metres);
        return;
    }
    path->count = line->count;
    memcpy(path->at, line->at, sizeof path->at);
    memcpy(path->metres, line->metres, sizeof path->metres);
}

const mu_flow_path *mu_flow_path_of(const mu_sim *sim, uint32_t person) {
    mu_flow_room *room = mu_flow_room_of(sim);
    if (room == NULL) {
        return NULL;
    }
    const mu_body *body = &mu_bodies(sim)[person];
    const mu_flow_leg *leg = &mu_flow_legs(sim)[person];
    mu_flow_path *path = &room->paths[person];
    const bool same = path->count > 0 && path->start_us == leg->start_us &&
                      path->area == body->area && path->gate == body->gate &&
                      path->from.x == body->at.x && path->from.y == body->at.y &&
                      path->target.x == body->target.x && path->target.y == body->target.y;
    if (!same) {
        *path = (mu_flow_path){.from = body->at,
                               .target = body->target,
                               .start_us = leg->start_us,
                               .area = body->area,
                               .gate = body->gate,
                               .number = ++room->made};
        make_or_copy(sim, person, path);
    }
    return path->count > 0 ? path : NULL;
}
