/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The nodes of an area: where distances are kept, how near the walls are, and which neighbours can
 * be reached in a straight step. */
#ifndef MU_SITE_GRID_H
#define MU_SITE_GRID_H

#include "site/walkable_parts.h"

/* Makes nodes, links and the list of roomy places of an area that has its walls, gates and buckets.
 * Chooses the step: 0.25 m, finer (to 0.1 m) in small areas and where a coarser grid would lose a
 * gate or a passage that a body fits through, coarser where area times gates is large. False
 * without memory. */
bool mu_grid_make(mu_walkable *walkable, uint32_t area);
/* How many places and values of fields an area will have, about. */
double mu_grid_load(const mu_area *area);

static inline mu_point mu_grid_point(const mu_area *area, uint32_t place) {
    uint32_t row = place / area->columns, column = place % area->columns;
    return (mu_point){area->low.x + area->step_m * column, area->low.y + area->step_m * row};
}
/* The nearest node that can be reached straight from a point, best one with room for a body; or
 * else the nearest; MU_NONE where the area has none. */
uint32_t mu_grid_nearest(const mu_area *area, const mu_area_parts *parts, mu_point point);
/* Is the straight way from node `node` to the nearest point of a line free, and at most `within_m`?
 */
bool mu_grid_touches(const mu_area *area, const mu_area_parts *parts, uint32_t node,
                     const mu_sight *line, double within_m, double *metres);

/* The cell around a point: its lower left place, and where in it the point is. */
typedef struct mu_grid_cell {
    uint32_t i, j;
    double u, v; /* 0..1 */
} mu_grid_cell;
static inline mu_grid_cell mu_grid_cell_of(const mu_area *area, mu_point at) {
    double x = (at.x - area->low.x) / area->step_m, y = (at.y - area->low.y) / area->step_m;
    double east = area->columns - 1.0, north = area->rows - 1.0;
    x = !(x > 0) ? 0 : x > east ? east : x;
    y = !(y > 0) ? 0 : y > north ? north : y;
    uint32_t i = (uint32_t)x, j = (uint32_t)y;
    return (mu_grid_cell){i, j, x - i, y - j};
}

/* A range of columns and rows, both ends included. */
typedef struct mu_grid_window {
    uint32_t west, east, south, north;
} mu_grid_window;
/* All places within `within_m` of the box around two points, as far as the grid goes. */
mu_grid_window mu_grid_around(const mu_area *area, mu_point p, mu_point q, double within_m);

#endif
