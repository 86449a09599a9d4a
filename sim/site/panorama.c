/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Corner by corner, every standpoint is looked at as one bit; then each word of standpoints gets
 * the list of the corners that anybody in it sees. Lists are short: a node sees a few of an area's
 * corners, and its neighbours see the same. */
#include "site/panorama.h"

#include <stdlib.h>

#include "site/grid.h"
#include "site/plane.h"
#include "site/sight.h"
#include "site/walls.h"

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

/* Where all standpoints are, in whole words, and what is seen from them: needed only for a while.
 */
typedef struct crowd {
    uint32_t words, points;
    double *x, *y;
    uint64_t *bits; /* [corner][word] */
} crowd;

static bool make_room(crowd *all, uint32_t words, uint32_t corners) {
    all->words = words;
    all->points = words * MU_STANDPOINTS;
    all->x = malloc((all->points + 1U) * sizeof *all->x);
    all->y = malloc((all->points + 1U) * sizeof *all->y);
    all->bits = calloc((size_t)words * corners + 1, sizeof *all->bits);
    return all->x && all->y && all->bits;
}

static void forget(const crowd *all) {
    free(all->x);
    free(all->y);
    free(all->bits);
}

/* Fills the last word of so many standpoints up with its first one. */
static void fill_up(const crowd *all, uint32_t first_word, uint32_t count) {
    for (uint32_t n = count; n < mu_panorama_words(count) * MU_STANDPOINTS; n++) {
        const uint32_t at = first_word * MU_STANDPOINTS + n;
        all->x[at] = all->x[at / MU_STANDPOINTS * MU_STANDPOINTS];
        all->y[at] = all->y[at / MU_STANDPOINTS * MU_STANDPOINTS];
    }
}

static mu_box box_of(const double *x, const double *y) {
    mu_box box = {{x[0], y[0]}, {x[0], y[0]}};
    for (uint32_t n = 1; n < MU_BOXED; n++) {
        box.low.x = mu_plane_min(box.low.x, x[n]);
        box.low.y = mu_plane_min(box.low.y, y[n]);
        box.high.x = mu_plane_max(box.high.x, x[n]);
        box.high.y = mu_plane_max(box.high.y, y[n]);
    }
    return box;
}

static void gather(const mu_area *area, const mu_area_parts *parts, mu_panorama *views,
                   const crowd *all) {
    const uint32_t node_words = mu_panorama_words(parts->node_count);
    mu_panorama_nodes(area, parts, 0, parts->node_count, all->x, all->y);
    for (uint32_t n = 0; n < views->off_count; n++) {
        all->x[node_words * MU_STANDPOINTS + n] = views->off_x[n];
        all->y[node_words * MU_STANDPOINTS + n] = views->off_y[n];
    }
    fill_up(all, 0, parts->node_count);
    fill_up(all, node_words, views->off_count);
    for (uint32_t b = 0; b < all->points / MU_BOXED; b++) {
        views->boxes[b] = box_of(all->x + b * MU_BOXED, all->y + b * MU_BOXED);
    }
}

/* Keeps of each word the corners that somebody sees. */
static bool list_corners(const crowd *all, uint32_t corners, mu_panorama *views, mu_arena *arena) {
    size_t count = 0;
    for (size_t k = 0; k < (size_t)corners * all->words; k++) {
        count += all->bits[k] != 0;
    }
    views->first = mu_arena_array(arena, all->words + 1U, sizeof *views->first);
    views->corners = mu_arena_array(arena, count + 1, sizeof *views->corners);
    views->seen = mu_arena_array(arena, count + 1, sizeof *views->seen);
    if (!views->first || !views->corners || !views->seen) {
        return false;
    }
    uint32_t at = 0;
    for (uint32_t w = 0; w < all->words; w++) {
        views->first[w] = at;
        for (uint32_t c = 0; c < corners; c++) {
            const uint64_t seen = all->bits[(size_t)c * all->words + w];
            if (seen != 0) {
                views->corners[at] = (uint16_t)c;
                views->seen[at++] = seen;
            }
        }
    }
    views->first[all->words] = at;
    return true;
}

bool mu_panorama_make(const mu_walkable *walkable, uint32_t area, mu_views *views) {
    const mu_area *in = &walkable->areas[area];
    const mu_area_parts *parts = &walkable->parts[area];
    mu_panorama *made = &views->panorama;
    if (!find_steps_off(in, parts, made, views->arena)) {
        return false;
    }
    const uint32_t words =
        mu_panorama_words(parts->node_count) + mu_panorama_words(made->off_count);
    made->boxes =
        mu_arena_array(views->arena, words * (MU_STANDPOINTS / MU_BOXED) + 1U, sizeof *made->boxes);
    crowd all;
    bool done = make_room(&all, words, views->corner_count) && made->boxes;
    if (done) {
        gather(in, parts, made, &all);
        for (uint32_t c = 0; c < views->corner_count; c++) {
            mu_sight_runs runs;
            mu_sight_runs_make(&views->corners[c].sight, &runs);
            mu_sight_seen(&views->corners[c].sight, &runs, words, all.x, all.y, made->boxes,
                          all.bits + (size_t)c * words);
        }
        done = list_corners(&all, views->corner_count, made, views->arena);
    }
    forget(&all);
    return done;
}
