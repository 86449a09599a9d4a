/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Corner by corner, every standpoint is looked at as one bit; then the bits are turned round into a
 * list of corners for each standpoint. Lists are short: a node sees a few of an area's corners. */
#include "site/panorama.h"

#include <stdlib.h>

#include "site/grid.h"
#include "site/plane.h"
#include "site/sight.h"
#include "site/walls.h"

enum { WORD = 64 };

void mu_panorama_nodes(const mu_area *area, const mu_area_parts *parts, uint32_t first,
                       uint32_t count, double *x, double *y) {
    if (count == 0) {
        return;
    }
    uint32_t row = parts->place[first] / area->columns, row_end = (row + 1) * area->columns;
    for (uint32_t n = 0; n < count; n++) {
        const uint32_t place = parts->place[first + n];
        for (; place >= row_end; row_end += area->columns) {
            row++;
        }
        x[n] = area->low.x + area->step_m * (place - (row_end - area->columns));
        y[n] = area->low.y + area->step_m * row;
    }
}

static bool find_steps_off(const mu_area *area, const mu_area_parts *parts, mu_panorama *views,
                           mu_arena *arena) {
    for (uint32_t n = 0; n < parts->node_count; n++) {
        views->off_count += (double)parts->clear[n] < MU_BODY_EASE_M;
    }
    views->off_node = mu_arena_array(arena, views->off_count + 1U, sizeof *views->off_node);
    views->off_x = mu_arena_array(arena, views->off_count + 1U, sizeof *views->off_x);
    views->off_y = mu_arena_array(arena, views->off_count + 1U, sizeof *views->off_y);
    if (!views->off_node || !views->off_x || !views->off_y) {
        return false;
    }
    uint32_t count = 0;
    for (uint32_t n = 0; n < parts->node_count; n++) {
        if ((double)parts->clear[n] < MU_BODY_EASE_M) {
            const mu_point at = mu_walls_step_off(area, parts, mu_grid_point(area, parts->place[n]),
                                                  MU_BODY_EASE_M);
            views->off_node[count] = n;
            views->off_x[count] = at.x;
            views->off_y[count++] = at.y;
        }
    }
    return true;
}

/* Words of bits for all standpoints; those off the walls begin a new word. */
static uint32_t words_for(uint32_t points) {
    return (points + WORD - 1) / WORD;
}

/* [word][corner], so that what is turned round lies together. */
static void look_round(const mu_area *area, const mu_area_parts *parts, const mu_views *from,
                       uint64_t *bits) {
    const mu_panorama *views = &from->panorama;
    const uint32_t corners = from->corner_count, node_words = words_for(parts->node_count);
    double x[WORD], y[WORD];
    for (uint32_t w = 0; w < node_words; w++) {
        const uint32_t left = parts->node_count - w * WORD, count = left < WORD ? left : WORD;
        mu_panorama_nodes(area, parts, w * WORD, count, x, y);
        for (uint32_t c = 0; c < corners; c++) {
            mu_sight_seen(&from->corners[c].sight, count, x, y, &bits[(size_t)w * corners + c]);
        }
    }
    bits += (size_t)node_words * corners;
    for (uint32_t w = 0; w < words_for(views->off_count); w++) {
        const uint32_t left = views->off_count - w * WORD, count = left < WORD ? left : WORD;
        for (uint32_t c = 0; c < corners; c++) {
            mu_sight_seen(&from->corners[c].sight, count, views->off_x + w * WORD,
                          views->off_y + w * WORD, &bits[(size_t)w * corners + c]);
        }
    }
}

/* Writes the corners of `count` standpoints, or, without `out`, how many each one has. */
static void turn_round(const uint64_t *bits, uint32_t corners, uint32_t points, uint32_t *first,
                       uint16_t *out) {
    for (uint32_t w = 0; w < words_for(points); w++) {
        for (uint32_t c = 0; c < corners; c++) {
            for (uint64_t left = bits[(size_t)w * corners + c]; left != 0; left &= left - 1) {
                uint32_t *at = &first[w * WORD + (uint32_t)__builtin_ctzll(left)];
                if (out != NULL) {
                    out[*at] = (uint16_t)c;
                }
                (*at)++;
            }
        }
    }
}

static bool list_corners(uint32_t nodes, uint32_t corners, mu_panorama *views, const uint64_t *bits,
                         mu_arena *arena) {
    const uint32_t points = nodes + views->off_count;
    const uint64_t *bits_off = bits + (size_t)words_for(nodes) * corners;
    views->first = mu_arena_array(arena, points + 2U, sizeof *views->first);
    if (!views->first) {
        return false;
    }
    uint32_t *first = views->first + 1; /* one further on while it counts and fills */
    turn_round(bits, corners, nodes, first, NULL);
    turn_round(bits_off, corners, views->off_count, first + nodes, NULL);
    uint32_t sum = 0;
    for (uint32_t p = 0; p < points; p++) {
        const uint32_t count = first[p];
        first[p] = sum;
        sum += count;
    }
    views->corners = mu_arena_array(arena, sum + 1U, sizeof *views->corners);
    if (!views->corners) {
        return false;
    }
    turn_round(bits, corners, nodes, first, views->corners);
    turn_round(bits_off, corners, views->off_count, first + nodes, views->corners);
    return true;
}

bool mu_panorama_make(const mu_walkable *walkable, uint32_t area, mu_views *views) {
    const mu_area *in = &walkable->areas[area];
    const mu_area_parts *parts = &walkable->parts[area];
    mu_panorama *made = &views->panorama;
    if (!find_steps_off(in, parts, made, views->arena)) {
        return false;
    }
    const size_t words = (size_t)words_for(parts->node_count) + words_for(made->off_count);
    uint64_t *bits = calloc(words * views->corner_count + 1, sizeof *bits);
    if (bits == NULL) {
        return false;
    }
    look_round(in, parts, views, bits);
    const bool done =
        list_corners(parts->node_count, views->corner_count, made, bits, views->arena);
    free(bits);
    return done;
}
