/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sites drawn by hand in memory: polygons of any shape, doors by their lines. What the tests of the
 * site's geometry stand on. Indices come back in the order of drawing. */
#ifndef TESTS_UNIT_SKETCH_H
#define TESTS_UNIT_SKETCH_H

#include <check.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "site/route.h"
#include "site/walkable.h"

typedef struct sketch {
    mu_arena *arena;
    mu_diags *diags;
    mu_site site;
    mu_walkable *walkable;
} sketch;

enum { SKETCH_MOST = 1200 };

static inline const char *sketch_id(sketch *s, char letter, uint32_t number) {
    return mu_arena_print(s->arena, "%c%u", letter, number);
}

static inline mu_origin sketch_origin(sketch *s, const char *list, uint32_t number) {
    mu_where *where = mu_arena_alloc(s->arena, sizeof *where);
    *where = (mu_where){.file = "sketch",
                        .path = mu_arena_print(s->arena, "$.%s[%u]", list, number),
                        .line = number + 1};
    return where;
}

/* With levels 0, 1, 2 … three metres apart. */
static inline sketch sketch_new(void) {
    sketch s = {.arena = mu_arena_create(), .diags = mu_diags_create()};
    mu_site *site = &s.site;
    site->id = "sketch";
    site->levels.items = mu_arena_array(s.arena, 8, sizeof(mu_level));
    for (uint32_t l = 0; l < 8; l++) {
        site->levels.items[l] = (mu_level){.id = sketch_id(&s, 'l', l), .elevation_m = 3.0 * l};
    }
    site->levels.count = 8;
    site->spaces.items = mu_arena_array(s.arena, SKETCH_MOST, sizeof(mu_space));
    site->portals.items = mu_arena_array(s.arena, SKETCH_MOST, sizeof(mu_portal));
    site->posts.items = mu_arena_array(s.arena, 8, sizeof(mu_post));
    site->assembly_points.items = mu_arena_array(s.arena, 8, sizeof(mu_assembly));
    return s;
}

static inline void sketch_free(sketch *s) {
    mu_walkable_destroy(s->walkable);
    mu_diags_destroy(s->diags);
    mu_arena_destroy(s->arena);
}

static inline mu_ring sketch_ring(sketch *s, uint32_t count, const double *xy) {
    mu_ring ring = {mu_arena_array(s->arena, count, sizeof(mu_point)), count};
    for (uint32_t i = 0; i < count; i++) {
        ring.items[i] = (mu_point){xy[2 * i], xy[2 * i + 1]};
    }
    return ring;
}

static inline uint32_t sketch_space(sketch *s, mu_use use, uint32_t level, uint32_t count,
                                    const double *xy) {
    uint32_t i = s->site.spaces.count++;
    s->site.spaces.items[i] = (mu_space){.origin = sketch_origin(s, "spaces", i),
                                         .id = sketch_id(s, 's', i),
                                         .level = {"l", level},
                                         .use = use,
                                         .polygon = sketch_ring(s, count, xy)};
    return i;
}

static inline uint32_t sketch_room(sketch *s, mu_use use, uint32_t level, double x0, double y0,
                                   double x1, double y1) {
    const double xy[8] = {x0, y0, x1, y0, x1, y1, x0, y1};
    return sketch_space(s, use, level, 4, xy);
}

static inline void sketch_hole(sketch *s, uint32_t space, uint32_t count, const double *xy) {
    mu_space *in = &s->site.spaces.items[space];
    mu_ring *holes = mu_arena_array(s->arena, in->holes.count + 1U, sizeof(mu_ring));
    for (uint32_t h = 0; h < in->holes.count; h++) {
        holes[h] = in->holes.items[h];
    }
    holes[in->holes.count] = sketch_ring(s, count, xy);
    in->holes.items = holes;
    in->holes.count++;
}

/* `to` MU_NONE: the edge of the model. */
static inline uint32_t sketch_door(sketch *s, uint32_t from, uint32_t to, double x0, double y0,
                                   double x1, double y1) {
    uint32_t i = s->site.portals.count++;
    const double xy[4] = {x0, y0, x1, y1};
    mu_ref *between = mu_arena_array(s->arena, 2, sizeof(mu_ref));
    between[0] = (mu_ref){"s", from};
    between[1] = (mu_ref){"s", to};
    mu_portal *made = &s->site.portals.items[i];
    *made = (mu_portal){.origin = sketch_origin(s, "portals", i),
                        .id = sketch_id(s, 'p', i),
                        .kind = to == MU_NONE ? MU_PORTAL_OUTDOOR_EDGE : MU_PORTAL_DOOR,
                        .line = sketch_ring(s, 2, xy)};
    made->between.items = between;
    made->between.count = to == MU_NONE ? 1 : 2;
    return i;
}

/* From x0, y0 - x1, y1 on the lower space's level to the same or another line above. */
static inline uint32_t sketch_stair(sketch *s, uint32_t lower, uint32_t upper, const double line[4],
                                    const double upper_line[4]) {
    uint32_t i = sketch_door(s, lower, upper, line[0], line[1], line[2], line[3]);
    s->site.portals.items[i].kind = MU_PORTAL_STAIR;
    s->site.portals.items[i].upper_line = sketch_ring(s, 2, upper_line);
    return i;
}

static inline const mu_diag *sketch_find(const sketch *s, const char *code, uint32_t *count) {
    const mu_diag *found = NULL;
    uint32_t seen = 0;
    for (size_t d = 0; d < mu_diags_count(s->diags, MU_NOTE); d++) {
        const mu_diag *diag = mu_diags_get(s->diags, d);
        if (strcmp(diag->code, code) == 0) {
            found = found ? found : diag;
            seen++;
        }
    }
    if (count) {
        *count = seen;
    }
    return found;
}

static inline void sketch_print(const sketch *s) {
    for (size_t d = 0; d < mu_diags_count(s->diags, MU_NOTE); d++) {
        const mu_diag *diag = mu_diags_get(s->diags, d);
        fprintf(stderr, "%d %s %s: %s (%s)\n", (int)diag->severity, diag->code,
                diag->where.path ? diag->where.path : "-", diag->text,
                diag->advice ? diag->advice : "");
    }
}

/* Makes the walkable; the site must be without faults. */
static inline void sketch_open(sketch *s) {
    s->walkable = mu_walkable_create(&s->site, s->diags);
    if (!s->walkable) {
        sketch_print(s);
    }
    ck_assert_ptr_nonnull(s->walkable);
}

/* Least distance of a point to the walls of an area, by looking at all of them. */
static inline double sketch_off_walls(const sketch *s, uint32_t area, mu_point p) {
    const mu_area *in = mu_walkable_area(s->walkable, area);
    const mu_wall *walls = mu_area_walls(s->walkable, area);
    double least = INFINITY;
    for (uint32_t w = 0; w < in->wall_count; w++) {
        double dx = walls[w].b.x - walls[w].a.x, dy = walls[w].b.y - walls[w].a.y;
        double t = ((p.x - walls[w].a.x) * dx + (p.y - walls[w].a.y) * dy) / (dx * dx + dy * dy);
        t = t < 0 ? 0 : t > 1 ? 1 : t;
        double ox = walls[w].a.x + t * dx - p.x, oy = walls[w].a.y + t * dy - p.y;
        least = fmin(least, sqrt(ox * ox + oy * oy));
    }
    return least;
}

/* Repeatable numbers in [0,1). */
static inline double sketch_random(uint64_t *state) {
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*state >> 11) / 9007199254740992.0;
}

#endif
