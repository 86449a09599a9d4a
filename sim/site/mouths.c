/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mouths near each cell are listed by a counting sort, so that their order is that of the area's
 * gates and nothing else. */
#include "site/mouths.h"

#include <math.h>
#include <string.h>

#include "site/walkable_parts.h"

#define MOUTH_CELL_M     2.0
#define MOUTH_CELLS_MOST 4096U

static void make_mouth(const mu_walkable *walkable, uint32_t gate_index, int side, mu_mouth *out) {
    const mu_gate *gate = mu_walkable_gate(walkable, gate_index);
    if (gate->area[side] == MU_NONE) {
        *out = (mu_mouth){.area = MU_NONE, .beyond = MU_NONE, .portal = gate->portal};
        return;
    }
    const mu_point a = gate->a[side], b = gate->b[side], inward = gate->inward[side];
    const double dx = b.x - a.x, dy = b.y - a.y, width = sqrt(dx * dx + dy * dy);
    *out = (mu_mouth){
        .a = a,
        .along = {width > 0 ? dx / width : 0, width > 0 ? dy / width : 0},
        .inward = inward,
        .width_m = width,
        .field = mu_walkable_field(walkable, gate->area[side], gate_index),
        .area = gate->area[side],
        .beyond = gate->area[1 - side],
        .portal = gate->portal,
        .on_border = !gate->standing[side],
        .from_flight = mu_walkable_area(walkable, gate->area[side])->stair != MU_NONE,
    };
}

static uint32_t cell_of(double metres, double per_cell, uint32_t cells) {
    if (!(metres > 0)) {
        return 0;
    }
    const double cell = metres * per_cell;
    return cell >= cells ? cells - 1 : (uint32_t)cell;
}

static mu_mouth_grid plan_grid(const mu_area *area) {
    const double width = fmax(area->high.x - area->low.x, 0.1);
    const double height = fmax(area->high.y - area->low.y, 0.1);
    double cell_m = MOUTH_CELL_M;
    while (ceil(width / cell_m) * ceil(height / cell_m) > MOUTH_CELLS_MOST) {
        cell_m *= 2;
    }
    const double columns = ceil(width / cell_m), rows = ceil(height / cell_m);
    return (mu_mouth_grid){.low = area->low,
                           .per_cell = 1 / cell_m,
                           .last_column = columns - 1,
                           .last_row = rows - 1,
                           .columns = (uint32_t)columns,
                           .rows = (uint32_t)rows};
}

/* Cells of the area's grid that lie within reach of a mouth's bounding box. */
typedef struct cell_box {
    uint32_t left, right, bottom, top;
} cell_box;

static cell_box box_of(const mu_area *area, const mu_mouth_grid *grid, const mu_mouth *m) {
    const double bx = m->a.x + m->width_m * m->along.x, by = m->a.y + m->width_m * m->along.y;
    const double low_x = fmin(m->a.x, bx) - MU_MOUTH_NEAR_M - area->low.x;
    const double high_x = fmax(m->a.x, bx) + MU_MOUTH_NEAR_M - area->low.x;
    const double low_y = fmin(m->a.y, by) - MU_MOUTH_NEAR_M - area->low.y;
    const double high_y = fmax(m->a.y, by) + MU_MOUTH_NEAR_M - area->low.y;
    return (cell_box){cell_of(low_x, grid->per_cell, grid->columns),
                      cell_of(high_x, grid->per_cell, grid->columns),
                      cell_of(low_y, grid->per_cell, grid->rows),
                      cell_of(high_y, grid->per_cell, grid->rows)};
}

/* Puts every mouth of an area into the cells near it, or, without `items`, counts them. */
static void scatter(const mu_walkable *walkable, uint32_t area_index, uint32_t *start,
                    uint32_t *items) {
    const mu_area *area = mu_walkable_area(walkable, area_index);
    const mu_mouth_grid *grid = &walkable->mouths.grids[area_index];
    for (uint32_t k = 0; k < area->gate_count; k++) {
        int side = 0;
        const uint32_t gate = mu_area_gate(walkable, area_index, k, &side);
        const uint32_t mouth = gate * 2 + (uint32_t)side;
        const cell_box box = box_of(area, grid, &walkable->mouths.items[mouth]);
        for (uint32_t row = box.bottom; row <= box.top; row++) {
            for (uint32_t column = box.left; column <= box.right; column++) {
                uint32_t *cell = &start[row * grid->columns + column];
                if (items != NULL) {
                    items[*cell] = mouth;
                }
                (*cell)++;
            }
        }
    }
}

static bool make_grids(mu_walkable *walkable) {
    mu_mouths *mouths = &walkable->mouths;
    uint32_t cells = 0;
    for (uint32_t a = 0; a < walkable->area_count; a++) {
        mouths->grids[a] = plan_grid(&walkable->areas[a]);
        mouths->grids[a].first = cells;
        cells += mouths->grids[a].columns * mouths->grids[a].rows + 1;
    }
    uint32_t *start = mu_arena_array(walkable->arena, (size_t)cells + 1, sizeof *start);
    mouths->start = start;
    if (start == NULL) {
        return false;
    }
    uint32_t items = 0;
    for (uint32_t a = 0; a < walkable->area_count; a++) {
        scatter(walkable, a, start + mouths->grids[a].first, NULL);
    }
    for (uint32_t c = 0; c < cells; c++) {
        const uint32_t count = start[c];
        start[c] = items;
        items += count;
    }
    mouths->near = mu_arena_array(walkable->arena, (size_t)items + 1, sizeof *mouths->near);
    if (mouths->near == NULL) {
        return false;
    }
    for (uint32_t a = 0; a < walkable->area_count; a++) {
        scatter(walkable, a, start + mouths->grids[a].first, mouths->near);
    }
    /* Scattering moved every start to its end, the start of the next. */
    memmove(start + 1, start, (size_t)cells * sizeof *start);
    start[0] = 0;
    return true;
}

bool mu_mouths_make(mu_walkable *walkable) {
    mu_mouths *mouths = &walkable->mouths;
    const uint32_t count = 2 * walkable->gate_count;
    mouths->items = mu_arena_array(walkable->arena, (size_t)count + 1, sizeof *mouths->items);
    mouths->grids =
        mu_arena_array(walkable->arena, (size_t)walkable->area_count + 1, sizeof *mouths->grids);
    if (mouths->items == NULL || mouths->grids == NULL) {
        return false;
    }
    for (uint32_t m = 0; m < count; m++) {
        make_mouth(walkable, m / 2, (int)(m % 2), &mouths->items[m]);
    }
    return make_grids(walkable);
}

const mu_mouths *mu_walkable_mouths(const mu_walkable *walkable) {
    return &walkable->mouths;
}
