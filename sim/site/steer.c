/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site/steer.h"

#include "site/grid.h"
#include "site/plane.h"
#include "site/walls.h"

static uint32_t word_of(mu_point way, double clear_m, uint32_t use) {
    const double clear = mu_plane_min(clear_m / (double)MU_STEER_CLEAR_M, MU_STEER_CLEAR_MOST);
    const uint32_t x = (uint32_t)(way.x * (double)MU_STEER_UNITS + MU_STEER_BIAS + 0.5);
    const uint32_t y = (uint32_t)(way.y * (double)MU_STEER_UNITS + MU_STEER_BIAS + 0.5);
    return UINT32_C(0x80000000) | (uint32_t)clear << MU_STEER_CLEAR_AT | use << MU_STEER_USE_AT |
           y << MU_STEER_PART_BITS | x;
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
    atomic_store_explicit(&mu_field_steer(field)[place], word, memory_order_relaxed);
    return word;
}

static uint32_t word_at(const mu_walkable *walkable, uint32_t area, const mu_field_grid *field,
                        uint32_t place) {
    const uint32_t word = atomic_load_explicit(&mu_field_steer(field)[place], memory_order_relaxed);
    return word != 0 ? word : make_word(walkable, area, field, place);
}

/* The cell of a point along one side. */
static uint32_t along(float metres, float per_m, uint32_t nodes) {
    const float at = metres * per_m, most = (float)(nodes - 2);
    return !(at > 0) ? 0 : at > most ? nodes - 2 : (uint32_t)at;
}

void mu_steer_prepare(const mu_walkable *walkable, uint32_t area, const mu_field_grid *field,
                      float x, float y) {
    mu_steer_grid grid;
    if (!mu_steer_grid_of(walkable, area, field, &grid)) {
        return;
    }
    const uint32_t i = along(x, grid.per_m, grid.columns), j = along(y, grid.per_m, grid.rows);
    const uint32_t place = j * grid.columns + i;
    const uint32_t word = word_at(walkable, area, field, place);
    for (uint32_t c = 1; c < 4 && (word >> MU_STEER_USE_AT & MU_STEER_USE_ALL) != 0; c++) {
        (void)word_at(walkable, area, field, place + c % 2 + c / 2 * grid.columns);
    }
}

/* Answers for a quarter of a cell are those for its middle, if that is in sight. They are kept in a
 * table that is shorter than the plan has quarters: whoever was asked for last is in a place. An
 * entry is its key and a word, so that others in other threads see both or neither. */
enum { FINE = 2, FINE_LEAST = 64, FINE_MOST = 65536, FINE_FIELDS = 255, FINE_PLACES = 1 << 20 };

/* The key of a point's part of its cell, and the middle of that; false if none can be kept. */
static bool fine_key(const mu_walkable *walkable, uint32_t area, const mu_field_grid *field,
                     mu_point at, uint32_t *key, mu_point *middle) {
    const mu_area *in = &walkable->areas[area];
    const mu_area_parts *parts = &walkable->parts[area];
    const uintptr_t offset = (uintptr_t)field - (uintptr_t)parts->fields;
    const uintptr_t number = offset / sizeof *field;
    const double x = (at.x - in->low.x) * parts->nodes_per_m;
    const double y = (at.y - in->low.y) * parts->nodes_per_m;
    if (number >= in->gate_count || number >= FINE_FIELDS || !(x >= 0) || !(y >= 0) ||
        x >= in->columns - 1.0 || y >= in->rows - 1.0) {
        return false;
    }
    const uint32_t i = (uint32_t)x, j = (uint32_t)y, place = j * in->columns + i;
    const uint32_t node = parts->node_at[place];
    const bool clean = node != MU_NONE && (parts->links[node] & MU_NODE_CLEAN) != 0;
    const uint32_t a = (uint32_t)((x - i) * FINE), b = (uint32_t)((y - j) * FINE);
    *key = (uint32_t)number << 24 | place << 4 | (b * FINE + a);
    *middle = (mu_point){in->low.x + in->step_m * (i + (a + 0.5) / FINE),
                         in->low.y + in->step_m * (j + (b + 0.5) / FINE)};
    return place < FINE_PLACES && (clean || !mu_walls_between(in, parts, at, *middle, false));
}

/* Where in the table: quarters that are next to each other share a line of the cache. */
static uint32_t fine_place(uint32_t key, uint32_t count) {
    const uint32_t field = key >> 24, place = key >> 4 & (FINE_PLACES - 1), quarter = key & 3;
    return (place * FINE * FINE + quarter + field * UINT32_C(0x9e3779b1)) & (count - 1);
}

static mu_steer read_fine(uint32_t word, double half_m) {
    const int x = (int)(word & MU_STEER_PART) - MU_STEER_BIAS;
    const int y = (int)(word >> MU_STEER_PART_BITS & MU_STEER_PART) - MU_STEER_BIAS;
    const double clear =
        (double)MU_STEER_CLEAR_M * (word >> MU_STEER_CLEAR_AT & MU_STEER_CLEAR_MOST);
    return (mu_steer){mu_plane_unit((mu_point){x, y}), (float)mu_plane_max(clear - half_m, 0)};
}

mu_steer mu_steer_exactly(const mu_walkable *walkable, uint32_t area, const mu_field_grid *field,
                          mu_point at) {
    const mu_area_parts *parts = &walkable->parts[area];
    const mu_area *in = &walkable->areas[area];
    uint32_t key;
    mu_point middle;
    if (!fine_key(walkable, area, field, at, &key, &middle)) {
        return (mu_steer){mu_field_direction(walkable, area, field, at), 0};
    }
    _Atomic uint64_t *kept = &parts->fine[fine_place(key, parts->fine_count)];
    uint64_t entry = atomic_load_explicit(kept, memory_order_relaxed);
    if (entry == 0 || entry >> 32 != key) {
        const mu_point way = mu_field_direction(walkable, area, field, middle);
        entry = (uint64_t)key << 32 | word_of(way, mu_walls_off_pieces(in, parts, middle), 0);
        atomic_store_explicit(kept, entry, memory_order_relaxed);
    }
    const mu_steer steer = read_fine((uint32_t)entry, MU_STEER_HALF_DIAGONAL * in->step_m / FINE);
    return steer.way.x != 0 || steer.way.y != 0
               ? steer
               : (mu_steer){mu_field_direction(walkable, area, field, at), 0};
}

/* The nodes that there are at the corners of a cell, if each can be reached from each inside it. */
static uint8_t use_of(const mu_area *area, const mu_area_parts *parts, uint32_t place) {
    const uint32_t node[4] = {parts->node_at[place], parts->node_at[place + 1],
                              parts->node_at[place + area->columns],
                              parts->node_at[place + area->columns + 1]};
    if (node[0] != MU_NONE && (parts->links[node[0]] & MU_NODE_CLEAN) != 0) {
        return MU_STEER_USE_ALL; /* nothing is between any two of them */
    }
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
    for (parts->fine_count = FINE_LEAST;
         parts->fine_count < places && parts->fine_count < FINE_MOST;) {
        parts->fine_count *= 2;
    }
    parts->fine = mu_arena_array(arena, parts->fine_count, sizeof *parts->fine);
    if (parts->cell_use == NULL || parts->fine == NULL) {
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
