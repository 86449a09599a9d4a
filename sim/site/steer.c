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

/* The word of a node, made if need be. Whoever makes it makes the same. */
static uint32_t word_at(const mu_walkable *walkable, uint32_t area, const mu_field_grid *field,
                        uint32_t node) {
    uint32_t word = atomic_load_explicit(&field->steer[node], memory_order_relaxed);
    if (word == 0) {
        const mu_area *in = &walkable->areas[area];
        const mu_area_parts *parts = &walkable->parts[area];
        const mu_point at = mu_grid_point(in, parts->place[node]);
        word = word_of(mu_field_direction(walkable, area, field, at),
                       mu_walls_off_pieces(in, parts, at));
        atomic_store_explicit(&field->steer[node], word, memory_order_relaxed);
    }
    return word;
}

static mu_steer ask(const mu_walkable *walkable, uint32_t area, const mu_field_grid *field,
                    mu_point at, double clear_m) {
    return (mu_steer){mu_field_direction(walkable, area, field, at), clear_m};
}

mu_steer mu_field_steer(const mu_walkable *walkable, uint32_t area, const mu_field_grid *field,
                        mu_point at) {
    const mu_area *in = &walkable->areas[area];
    const mu_area_parts *parts = &walkable->parts[area];
    const mu_grid_cell cell = mu_grid_cell_of(in, at);
    const uint32_t place = cell.j * in->columns + cell.i, use = parts->cell_use[place];
    if (use == 0) {
        return ask(walkable, area, field, at, 0);
    }
    const double weight[4] = {(1 - cell.u) * (1 - cell.v), cell.u * (1 - cell.v),
                              (1 - cell.u) * cell.v, cell.u * cell.v};
    const uint32_t beside[4] = {place, place + 1, place + in->columns, place + in->columns + 1};
    mu_point way = {0, 0};
    double whole = 0;
    uint32_t least = CLEAR_MOST;
    for (int k = 0; k < 4; k++) {
        if ((use >> k & 1U) != 0) {
            const uint32_t word = word_at(walkable, area, field, parts->node_at[beside[k]]);
            const uint32_t clear = word >> 24 & 0x7fU;
            way.x += weight[k] * (double)((int)(word & FIELD) - BIAS);
            way.y += weight[k] * (double)((int)(word >> 12 & FIELD) - BIAS);
            whole += weight[k];
            least = clear < least ? clear : least;
        }
    }
    const double clear_m =
        use == 0xf ? mu_plane_max(least / CLEAR_PER_M - HALF_DIAGONAL * in->step_m, 0) : 0;
    const double square = mu_plane_dot(way, way);
    if (whole < WEIGHT_LEAST || square < AGREE * UNITS * UNITS * whole * whole) {
        return ask(walkable, area, field, at, clear_m);
    }
    return (mu_steer){mu_plane_scale(way, 1 / sqrt(square)), clear_m};
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
