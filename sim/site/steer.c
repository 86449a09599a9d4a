/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site/steer.h"

#include "site/grid.h"
#include "site/plane.h"
#include "site/walls.h"

/* A word, from its high end: 1 bit, that it is made; 5 bits, how far walls are, in tenths of a
 * metre; 4 bits, which corners of the cell to the north-east can speak for it; 11 bits each of y
 * and x of the way. */
static const double CLEAR_PER_M = 10;
static const float UNITS = 1023;
enum { CLEAR_MOST = 31, BIAS = 1024, PART = 0x7ff, PART_BITS = 11, USE_AT = 22, CLEAR_AT = 26 };
static const float AGREE = 0.8F;        /* of the square of what nodes that agree would give */
static const float WEIGHT_LEAST = 0.1F; /* of the nodes that can speak for a cell */
static const double HALF_DIAGONAL = 0.7072;

static uint32_t word_of(mu_point way, double clear_m, uint32_t use) {
    const double clear = mu_plane_min(clear_m * CLEAR_PER_M, CLEAR_MOST);
    const uint32_t x = (uint32_t)(way.x * (double)UNITS + BIAS + 0.5);
    const uint32_t y = (uint32_t)(way.y * (double)UNITS + BIAS + 0.5);
    return UINT32_C(0x80000000) | (uint32_t)clear << CLEAR_AT | use << USE_AT | y << PART_BITS | x;
}

/* Whoever makes it makes the same. */
static uint32_t make_word(const mu_walkable *walkable, uint32_t area, const mu_field_grid *field,
                          uint32_t place) {
    const mu_area *in = &walkable->areas[area];
    const mu_area_parts *parts = &walkable->parts[area];
    mu_point way = {0, 0};
    double clear_m = 0;
    if (parts->node_at[place] != MU_NONE) {
        const mu_point at = mu_grid_point(in, place);
        way = mu_field_direction(walkable, area, field, at);
        clear_m = mu_walls_off_pieces(in, parts, at);
    }
    const uint32_t word = word_of(way, clear_m, parts->cell_use[place]);
    atomic_store_explicit(&field->steer[place], word, memory_order_relaxed);
    return word;
}

static inline uint32_t word_at(const mu_walkable *walkable, uint32_t area,
                               const mu_field_grid *field, uint32_t place) {
    const uint32_t word = atomic_load_explicit(&field->steer[place], memory_order_relaxed);
    return word != 0 ? word : make_word(walkable, area, field, place);
}

static mu_steer ask(const mu_walkable *walkable, uint32_t area, const mu_field_grid *field,
                    mu_point at, double clear_m) {
    return (mu_steer){mu_field_direction(walkable, area, field, at), clear_m};
}

typedef float four __attribute__((vector_size(16)));
typedef int32_t four_words __attribute__((vector_size(16)));

static float sum_of(four v) {
    return (v[0] + v[1]) + (v[2] + v[3]);
}

static double along(double metres, double per_m, double most) {
    const double at = metres * per_m;
    return !(at > 0) ? 0 : at > most ? most : at;
}

/* No corner of the cell is further from a point in it than half a diagonal or so. */
static double clear_of(const mu_area *area, four_words words) {
    const four_words clear = words >> CLEAR_AT & CLEAR_MOST;
    const int32_t below = clear[0] < clear[1] ? clear[0] : clear[1];
    const int32_t above = clear[2] < clear[3] ? clear[2] : clear[3];
    const int32_t least = below < above ? below : above;
    return mu_plane_max(least / CLEAR_PER_M - HALF_DIAGONAL * area->step_m, 0);
}

mu_steer mu_field_steer(const mu_walkable *walkable, uint32_t area, const mu_field_grid *field,
                        mu_point at) {
    const mu_area *in = &walkable->areas[area];
    const mu_area_parts *parts = &walkable->parts[area];
    const double x = along(at.x - in->low.x, parts->nodes_per_m, in->columns - 1.0);
    const double y = along(at.y - in->low.y, parts->nodes_per_m, in->rows - 1.0);
    const uint32_t i = (uint32_t)x, j = (uint32_t)y, place = j * in->columns + i;
    const uint32_t first = word_at(walkable, area, field, place), use = first >> USE_AT & 0xf;
    if (use == 0) {
        return ask(walkable, area, field, at, 0);
    }
    const uint32_t above = place + in->columns;
    const four_words words = {(int32_t)first, (int32_t)word_at(walkable, area, field, place + 1),
                              (int32_t)word_at(walkable, area, field, above),
                              (int32_t)word_at(walkable, area, field, above + 1)};
    const float u = (float)(x - i), v = (float)(y - j);
    four weight = (four){1 - u, u, 1 - u, u} * (four){1 - v, 1 - v, v, v};
    float whole = 1;
    double clear_m = 0;
    if (use == 0xf) {
        clear_m = clear_of(in, words);
    } else {
        const four_words used = {use & 1U, use >> 1 & 1U, use >> 2 & 1U, use >> 3 & 1U};
        weight *= __builtin_convertvector(used, four);
        whole = sum_of(weight);
    }
    const float wx = sum_of(weight * __builtin_convertvector((words & PART) - BIAS, four));
    const float wy =
        sum_of(weight * __builtin_convertvector((words >> PART_BITS & PART) - BIAS, four));
    const float square = wx * wx + wy * wy;
    if (whole < WEIGHT_LEAST || square < AGREE * UNITS * UNITS * whole * whole) {
        return ask(walkable, area, field, at, clear_m);
    }
    const float inverse = 1 / sqrtf(square);
    return (mu_steer){{(double)(wx * inverse), (double)(wy * inverse)}, clear_m};
}

/* The nodes that there are at the corners of a cell, if each can be reached from each inside it. */
static uint8_t use_of(const mu_area *area, const mu_area_parts *parts, uint32_t place) {
    const uint32_t node[4] = {parts->node_at[place], parts->node_at[place + 1],
                              parts->node_at[place + area->columns],
                              parts->node_at[place + area->columns + 1]};
    static const struct {
        uint8_t from, to;
        uint16_t link;
    } links[6] = {{0, 1, MU_NODE_EAST}, {0, 2, MU_NODE_NORTH},      {1, 3, MU_NODE_NORTH},
                  {2, 3, MU_NODE_EAST}, {0, 3, MU_NODE_NORTH_EAST}, {1, 2, MU_NODE_NORTH_WEST}};
    uint32_t use = 0, joined = 0;
    for (int k = 0; k < 4; k++) {
        if (node[k] != MU_NONE) {
            use |= 1U << k;
            joined = joined == 0 ? 1U << k : joined;
        }
    }
    for (int round = 0; round < 3; round++) {
        for (int l = 0; l < 6; l++) {
            const uint32_t from = 1U << links[l].from, to = 1U << links[l].to;
            if ((use & from) != 0 && (use & to) != 0 &&
                (parts->links[node[links[l].from]] & links[l].link) != 0 &&
                (joined & (from | to)) != 0) {
                joined |= from | to;
            }
        }
    }
    return joined == use ? (uint8_t)use : 0;
}

bool mu_steer_make(const mu_area *area, mu_area_parts *parts, mu_arena *arena) {
    parts->nodes_per_m = 1 / area->step_m;
    const size_t places = (size_t)area->columns * area->rows;
    parts->cell_use = mu_arena_array(arena, places + 1, sizeof *parts->cell_use);
    if (parts->cell_use == NULL) {
        return false;
    }
    for (uint32_t j = 0; j + 1 < area->rows; j++) {
        for (uint32_t i = 0; i + 1 < area->columns; i++) {
            const uint32_t place = j * area->columns + i;
            parts->cell_use[place] = use_of(area, parts, place);
        }
    }
    return true;
}
