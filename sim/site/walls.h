/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walls of an area: its border without the gates in it, and how to find them fast. */
#ifndef MU_SITE_WALLS_H
#define MU_SITE_WALLS_H

#include "site/border.h"
#include "site/walkable_parts.h"

/* Appends what is left of a border between the gates' ends; `out` has room for `room` pieces.
 * Returns how many there are, or MU_NONE where the room does not do. */
uint32_t mu_walls_cut(const mu_border *border, const mu_wall *spans, uint32_t span_count,
                      mu_wall *out, uint32_t room);

/* Buckets and bands of an area whose edges, pieces and bounding box are set. False without memory.
 */
bool mu_walls_index(const mu_area *area, mu_area_parts *parts, mu_arena *arena);

/* Exact metres to the nearest wall, at most MU_WALL_REACH_M. */
double mu_walls_off(const mu_area *area, const mu_area_parts *parts, mu_point point);
/* The same to the nearest piece: the spans of gates count as walls. */
double mu_walls_off_pieces(const mu_area *area, const mu_area_parts *parts, mu_point point);
/* The same to the nearest span. */
double mu_walls_off_spans(const mu_area *area, const mu_area_parts *parts, mu_point point);
/* The place beside `point` that is `clear_m` off the nearest walls, if there is room for that; the
 * point itself if it is clear. Walls have two sides: nothing steps through one. */
mu_point mu_walls_step_off(const mu_area *area, const mu_area_parts *parts, mu_point point,
                           double clear_m);
/* The piece that is the span of a gate whose opening a point is in: before its line by less than
 * `within_m`, or as far behind as one can be passing it. MU_NONE if there is none. */
uint32_t mu_walls_opening(const mu_area *area, const mu_area_parts *parts, mu_point point,
                          double within_m);
/* Does going from p to q, at most MU_WALL_REACH_M apart, cross a wall (or, with `spans`, a gate)?
 */
bool mu_walls_between(const mu_area *area, const mu_area_parts *parts, mu_point p, mu_point q,
                      bool spans);

#endif
