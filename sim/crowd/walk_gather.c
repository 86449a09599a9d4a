/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who matters in this step, in the order in which the kernel wants them: by area, then by rows and
 * columns of cells as wide as the cut-off, then by person. The three rows of cells around a walker
 * are then three runs of neighbours, found by sweeping along the rows: no table of cells, whatever
 * the size of the area. Bodies near an open gate are also put, as images, into the area beyond. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "crowd/walk.h"

static uint32_t cells_along(double metres) {
    return (uint32_t)(metres / MU_WALK_CUTOFF_M) + 1;
}

mu_walk_room *mu_walk_room_create(const mu_walkable *walkable, uint32_t people_count) {
    const uint32_t areas = mu_walkable_area_count(walkable);
    uint32_t rows = 1, columns = 1;
    for (uint32_t a = 0; a < areas; a++) {
        const mu_area *area = mu_walkable_area(walkable, a);
        const uint32_t r = cells_along(area->high.y - area->low.y);
        const uint32_t c = cells_along(area->high.x - area->low.x);
        rows = r > rows ? r : rows;
        columns = c > columns ? c : columns;
    }
    mu_walk_room *room = calloc(1, sizeof *room);
    if (room == NULL) {
        return NULL;
    }
    room->areas = calloc((size_t)areas + 1, sizeof *room->areas);
    room->start = calloc((size_t)areas + 2, sizeof *room->start);
    room->slot_of = calloc((size_t)areas + 1, sizeof *room->slot_of);
    room->by_column = calloc((size_t)columns + 2, sizeof *room->by_column);
    room->by_row = calloc((size_t)rows + 2, sizeof *room->by_row);
    room->place_of = calloc((size_t)people_count + 1, sizeof *room->place_of);
    if (room->areas == NULL || room->start == NULL || room->slot_of == NULL ||
        room->by_column == NULL || room->by_row == NULL || room->place_of == NULL) {
        mu_walk_room_destroy(room);
        return NULL;
    }
    memset(room->slot_of, 0xff, ((size_t)areas + 1) * sizeof *room->slot_of);
    return room;
}

void mu_walk_room_destroy(mu_walk_room *room) {
    if (room != NULL) {
        free(room->areas);
        free(room->start);
        free(room->slot_of);
        free(room->who);
        free(room->at);
        free(room->window);
        free(room->stride);
        free(room->next);
        free(room->shift);
        free(room->contact);
        free(room->raw);
        free(room->slot);
        free(room->order);
        free(room->other);
        free(room->column);
        free(room->by_column);
        free(room->by_row);
        free(room->place_of);
        free(room);
    }
}

size_t mu_walk_room_bytes(const mu_walk_room *room) {
    return room->capacity * (2 * sizeof(mu_walker) + sizeof(mu_walk_window) + sizeof(mu_stride) + 3 * sizeof(mu_point) + (MU_WALK_CONTACTS + 4) * sizeof(uint32_t));
}

/* Enlarges one array; what it held before this step is of no use. */
#define RESIZE(array, n) (free(array), ((array) = calloc((n), sizeof *(array))) != NULL)

/* The arrays grow with the largest crowd so far, so that a step as a rule allocates nothing. */
static bool make_room(mu_walk_room *room, uint32_t count) {
    if (count <= room->capacity) {
        return true;
    }
    const size_t n = (size_t)count + count / 2 + 64;
    mu_walker *raw = realloc(room->raw, n * sizeof *raw); /* half filled */
    room->raw = raw != NULL ? raw : room->raw;
    uint32_t *slot = realloc(room->slot, n * sizeof *slot);
    room->slot = slot != NULL ? slot : room->slot;
    const bool whole = raw != NULL && slot != NULL && RESIZE(room->who, n) && RESIZE(room->at, n) &&
                       RESIZE(room->window, n) && RESIZE(room->stride, n) &&
                       RESIZE(room->next, n) && RESIZE(room->shift, n) &&
                       RESIZE(room->contact, n * MU_WALK_CONTACTS) && RESIZE(room->order, n) &&
                       RESIZE(room->other, n) && RESIZE(room->column, n);
    room->capacity = whole ? (uint32_t)n : 0;
    return whole;
}

static bool is_within_reach(const mu_mouth *m, mu_point p) {
    const double depth = mu_mouth_depth(m, p), across = mu_mouth_across(m, p);
    return fabs(depth) < MU_WALK_CUTOFF_M && across > -MU_WALK_CUTOFF_M &&
           across < m->width_m + MU_WALK_CUTOFF_M;
}

/* Marks where somebody walks, and what lies beyond the gates that they are near. */
static void mark_areas(const mu_sim *sim, mu_walk_room *room) {
    const mu_crowd_scratch *scratch = sim->scratch;
    const mu_body *bodies = mu_bodies(sim);
    for (uint32_t w = 0; w < scratch->walker_count; w++) {
        const mu_body *body = &bodies[scratch->walkers[w]];
        room->slot_of[body->area] = 0;
        uint32_t count = 0;
        const uint32_t *near = mu_mouths_near(scratch, body->area, body->at, &count);
        for (uint32_t k = 0; k < count; k++) {
            const mu_mouth *m = &scratch->mouths[near[k]];
            if (m->beyond != MU_NONE && is_within_reach(m, body->at)) {
                room->slot_of[m->beyond] = 0;
            }
        }
    }
    room->area_count = 0;
    for (uint32_t a = 0; a < scratch->area_count; a++) {
        if (room->slot_of[a] != MU_NONE) {
            room->slot_of[a] = room->area_count;
            room->areas[room->area_count++] = a;
        }
    }
}

static void add_raw(mu_walk_room *room, uint32_t slot, const mu_walker *walker) {
    room->raw[room->count] = *walker;
    room->slot[room->count++] = slot;
}

static mu_walker walker_of(const mu_crowd_scratch *scratch, const mu_body *body, uint32_t person) {
    const bool stands = body->mode != MU_BODY_WALKING;
    return (mu_walker){
        .x = body->at.x,
        .y = body->at.y,
        .vx = stands ? 0 : body->heading.x * body->speed_mps,
        .vy = stands ? 0 : body->heading.y * body->speed_mps,
        .ex = (float)body->heading.x,
        .ey = (float)body->heading.y,
        .radius = (float)mu_walk_radius(body),
        .stands = stands ? 1 : 0,
        .stream = mu_body_mouth(scratch, body),
        .person = person,
        .via = MU_NONE,
    };
}

static void add_image(mu_walk_room *room, const mu_walkable *walkable, uint32_t mouth,
                      const mu_mouth *m, const mu_walker *real) {
    const mu_gate *gate = mu_walkable_gate(walkable, mouth / 2);
    const int side = (int)(mouth % 2);
    mu_walker image = *real;
    const mu_point at = mu_gate_map(gate, side, (mu_point){real->x, real->y});
    const mu_point v = mu_gate_turn(gate, side, (mu_point){real->vx, real->vy});
    const mu_point e = mu_gate_turn(gate, side, (mu_point){real->ex, real->ey});
    image.x = at.x;
    image.y = at.y;
    image.vx = v.x;
    image.vy = v.y;
    image.ex = (float)e.x;
    image.ey = (float)e.y;
    image.via = mouth ^ 1U;
    add_raw(room, room->slot_of[m->beyond], &image);
}

/* The bodies of one area, and their images beyond its open gates. */
static bool add_members(const mu_sim *sim, mu_walk_room *room, uint32_t area) {
    const mu_crowd_scratch *scratch = sim->scratch;
    const mu_body *bodies = mu_bodies(sim);
    for (uint32_t k = scratch->area_first[area]; k < scratch->area_first[area + 1]; k++) {
        const uint32_t person = scratch->members[k];
        const mu_body *body = &bodies[person];
        const mu_walker real = walker_of(scratch, body, person);
        uint32_t count = 0;
        const uint32_t *near = mu_mouths_near(scratch, area, body->at, &count);
        if (!make_room(room, room->count + 1 + count)) {
            return false;
        }
        add_raw(room, room->slot_of[area], &real);
        for (uint32_t g = 0; g < count; g++) {
            const mu_mouth *m = &scratch->mouths[near[g]];
            if (m->beyond != MU_NONE && room->slot_of[m->beyond] != MU_NONE &&
                is_within_reach(m, body->at) && !mu_mouth_is_shut(sim, m)) {
                add_image(room, sim->walkable, near[g], m, &real);
            }
        }
    }
    return true;
}

static uint32_t cell_at(double metres, uint32_t cells) {
    if (!(metres > 0)) {
        return 0;
    }
    const double cell = metres / MU_WALK_CUTOFF_M;
    return cell >= cells ? cells - 1 : (uint32_t)cell;
}

static void sort_by_slot(mu_walk_room *room) {
    memset(room->start, 0, ((size_t)room->area_count + 2) * sizeof *room->start);
    for (uint32_t i = 0; i < room->count; i++) {
        room->start[room->slot[i] + 2]++;
    }
    for (uint32_t s = 0; s < room->area_count; s++) {
        room->start[s + 2] += room->start[s + 1];
    }
    for (uint32_t i = 0; i < room->count; i++) {
        room->order[room->start[room->slot[i] + 1]++] = i;
    }
}

/* Sorts the walkers of one area into cells. by_row[r + 1] is then where row r ends. */
static void sort_by_cell(mu_walk_room *room, const mu_area *area, uint32_t from, uint32_t to) {
    const uint32_t columns = cells_along(area->high.x - area->low.x);
    const uint32_t rows = cells_along(area->high.y - area->low.y);
    memset(room->by_column, 0, ((size_t)columns + 1) * sizeof *room->by_column);
    memset(room->by_row, 0, ((size_t)rows + 2) * sizeof *room->by_row);
    for (uint32_t i = from; i < to; i++) {
        const mu_walker *w = &room->raw[room->order[i]];
        room->by_column[cell_at(w->x - area->low.x, columns) + 1]++;
        room->by_row[cell_at(w->y - area->low.y, rows) + 2]++;
    }
    for (uint32_t c = 0; c < columns; c++) {
        room->by_column[c + 1] += room->by_column[c];
    }
    for (uint32_t r = 0; r < rows; r++) {
        room->by_row[r + 2] += room->by_row[r + 1];
    }
    for (uint32_t i = from; i < to; i++) {
        const mu_walker *w = &room->raw[room->order[i]];
        const uint32_t column = cell_at(w->x - area->low.x, columns);
        room->other[from + room->by_column[column]++] = room->order[i];
    }
    for (uint32_t i = from; i < to; i++) {
        const mu_walker *w = &room->raw[room->other[i]];
        const uint32_t at = from + room->by_row[cell_at(w->y - area->low.y, rows) + 1]++;
        room->who[at] = *w;
        room->at[at] = (mu_point){w->x, w->y};
        room->column[at] = cell_at(w->x - area->low.x, columns);
    }
}

/* Finds for each walker of one area the runs of walkers in the cells around, by sweeping. */
static void find_windows(mu_walk_room *room, const mu_area *area, uint32_t from) {
    const uint32_t rows = cells_along(area->high.y - area->low.y);
    for (uint32_t r = 0; r < rows; r++) {
        const uint32_t below = r > 0 ? room->by_row[r - 1] : 0;
        const uint32_t begin = room->by_row[r], end = room->by_row[r + 1];
        const uint32_t above = r + 1 < rows ? room->by_row[r + 2] : end;
        const uint32_t first[3] = {from + below, from + begin, from + end};
        const uint32_t last[3] = {from + begin, from + end, from + above};
        mu_walk_window w = {{first[0], first[1], first[2]}, {first[0], first[1], first[2]}};
        for (uint32_t i = from + begin; i < from + end; i++) {
            const uint32_t column = room->column[i];
            for (int k = 0; k < 3; k++) {
                while (w.from[k] < last[k] && room->column[w.from[k]] + 1 < column) {
                    w.from[k]++;
                }
                w.to[k] = w.to[k] < w.from[k] ? w.from[k] : w.to[k];
                while (w.to[k] < last[k] && room->column[w.to[k]] <= column + 1) {
                    w.to[k]++;
                }
            }
            room->window[i] = w;
        }
    }
}

/* Images follow the walker they are of. */
static void tie_images(mu_walk_room *room) {
    for (uint32_t i = 0; i < room->count; i++) {
        if (room->who[i].via == MU_NONE) {
            room->who[i].real = i;
            room->place_of[room->who[i].person] = i;
        }
    }
    for (uint32_t i = 0; i < room->count; i++) {
        room->who[i].real = room->place_of[room->who[i].person];
    }
}

bool mu_walk_gather(mu_sim *sim) {
    mu_crowd_scratch *scratch = sim->scratch;
    mu_walk_room *room = scratch->walk;
    bool whole = true;
    mu_scratch_refresh(scratch, sim);
    mark_areas(sim, room);
    room->count = 0;
    for (uint32_t s = 0; s < room->area_count && whole; s++) {
        whole = add_members(sim, room, room->areas[s]);
    }
    if (whole) {
        sort_by_slot(room);
        for (uint32_t s = 0; s < room->area_count; s++) {
            const mu_area *area = mu_walkable_area(sim->walkable, room->areas[s]);
            sort_by_cell(room, area, room->start[s], room->start[s + 1]);
            find_windows(room, area, room->start[s]);
        }
        tie_images(room);
    }
    for (uint32_t s = 0; s < room->area_count; s++) {
        room->slot_of[room->areas[s]] = MU_NONE;
    }
    return whole;
}
