/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site/steer.h"

#include "site/grid.h"
#include "site/plane.h"
#include "site/walls.h"

/* A word: valid, 7 bits of distance in fiftieths of a metre, 12 bits each of y and x. */
static const double CLEAR_PER_M = 50, UNITS = 2047;
enum { CLEAR_MOST = 127, BIAS = 2048, FIELD = 0xfff };
static const double AGREE = 0.8;        /* of the square of what nodes that agree would give */
static const double WEIGHT_LEAST = 0.1; /* of the nodes that can speak for a cell */
static const double HALF_DIAGONAL = 0.7072;

static uint32_t word_of(mu_point way, double clear_m) {
    const double clear = mu_plane_min(clear_m * CLEAR_PER_M, CLEAR_MOST);
    const uint32_t x = (uint32_t)(way.x * UNITS + BIAS + 0.5);
    const uint32_t y = (uint32_t)(way.y * UNITS + BIAS + 0.5);
    return UINT32_C(0x80000000) | (uint32_t)clear << 24 | y << 12 | x;
}

/* Whoever makes it makes the same. */
static uint32_t make_word(const mu_walkable *walkable, uint32_t area, const mu_field_grid *field,
                          uint32_t node) {
    const mu_area *in = &walkable->areas[area];
    const mu_area_parts *parts = &walkable->parts[area];
    const mu_point at = mu_grid_point(in, parts->place[node]);
    const uint32_t word = word_of(mu_field_direction(walkable, area, field, at),
                                  mu_walls_off_pieces(in, parts, at));
    atomic_store_explicit(&field->steer[node], word, memory_order_relaxed);
    return word;
}

static inline uint32_t word_at(const mu_walkable *walkable, uint32_t area, const mu_field_grid *field,
                        uint32_t node) {
    const uint32_t word = atomic_load_explicit(&field->steer[node], memory_order_relaxed);
    return word != 0 ? word : make_word(walkable, area, field, node);
}

static mu_steer ask(const mu_walkable *walkable, uint32_t area, const mu_field_grid *field,
                    mu_point at, double clear_m) {
    return (mu_steer){mu_field_direction(walkable, area, field, at), clear_m};
}

/* What the nodes of a cell say together. */
typedef struct blend {
    double x, y, weight;
    uint32_t clear;
} blend;

static void add_word(blend *sum, uint32_t word, double weight) {
    const uint32_t clear = word >> 24 & 0x7fU;
    sum->x += weight * (double)((int)(word & FIELD) - BIAS);
    sum->y += weight * (double)((int)(word >> 12 & FIELD) - BIAS);
    sum->weight += weight;
    sum->clear = clear < sum->clear ? clear : sum->clear;
}

static double along(double metres, double per_m, double most) {
    const double at = metres * per_m;
    return !(at > 0) ? 0 : at > most ? most : at;
}

mu_steer mu_field_steer(const mu_walkable *walkable, uint32_t area, const mu_field_grid *field,
                        mu_point at) {
    const mu_area *in = &walkable->areas[area];
    const mu_area_parts *parts = &walkable->parts[area];
    const double x = along(at.x - in->low.x, parts->nodes_per_m, in->columns - 1.0);
    const double y = along(at.y - in->low.y, parts->nodes_per_m, in->rows - 1.0);
    const uint32_t i = (uint32_t)x, j = (uint32_t)y, place = j * in->columns + i;
    const uint32_t use = parts->cell_use[place];
    if (use == 0) {
        return ask(walkable, area, field, at, 0);
    }
    const double u = x - i, v = y - j;
    const double weight[4] = {(1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v};
    blend sum = {0, 0, 0, CLEAR_MOST};
    double clear_m = 0;
    if (use == 0xf) { /* nodes of a row follow each other */
        const uint32_t below = parts->node_at[place], above = parts->node_at[place + in->columns];
        add_word(&sum, word_at(walkable, area, field, below), weight[0]);
        add_word(&sum, word_at(walkable, area, field, below + 1), weight[1]);
        add_word(&sum, word_at(walkable, area, field, above), weight[2]);
        add_word(&sum, word_at(walkable, area, field, above + 1), weight[3]);
        clear_m = mu_plane_max(sum.clear / CLEAR_PER_M - HALF_DIAGONAL * in->step_m, 0);
    } else {
        const uint32_t beside[4] = {place, place + 1, place + in->columns, place + in->columns + 1};
        for (int k = 0; k < 4; k++) {
            if ((use >> k & 1U) != 0) {
                add_word(&sum, word_at(walkable, area, field, parts->node_at[beside[k]]),
                         weight[k]);
            }
        }
    }
    const double square = sum.x * sum.x + sum.y * sum.y;
    if (sum.weight < WEIGHT_LEAST ||
        square < AGREE * UNITS * UNITS * sum.weight * sum.weight) {
        return ask(walkable, area, field, at, clear_m);
    }
    const double length = 1 / sqrt(square);
    return (mu_steer){{sum.x * length, sum.y * length}, clear_m};
}

/* The nodes that there are at the corners of a cell, if each can be reached from each inside it. */
static uint8_t use_of(const mu_area *area, const mu_area_parts *parts, uint32_t place) {
    const uint32_t node[4] = {parts->node_at[place], parts->node_at[place + 1],
                              parts->node_at[place + area->columns],
                              parts->node_at[place + area->columns + 1]};
    static const struct {
        uint8_t from, to;
        uint16_t link;
    } links[6] = {{0, 1, MU_NODE_EAST},       {0, 2, MU_NODE_NORTH},     {1, 3, MU_NODE_NORTH},
                  {2, 3, MU_NODE_EAST},       {0, 3, MU_NODE_NORTH_EAST}, {1, 2, MU_NODE_NORTH_WEST}};
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
