/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way to a field's target for those who ask at every step: directions and the distance to the
 * nearest wall are kept at the grid's places, packed into one word each, to be interpolated by
 * whoever asks for many at once (crowd/walk_kernel.h). A word is made when it is first needed, from
 * the exact answer at its node; it is a pure function of the site, so it does not matter which run
 * makes it, and all share it. Near corners, where the nodes around disagree, the exact answer has
 * to be asked instead; those are kept as well, for parts of a cell. */
#ifndef MU_SITE_STEER_H
#define MU_SITE_STEER_H

#include "site/field.h"

/* A word, from its high end: 1 bit, that it is made; 5 bits, how far walls and the gates of the
 * border are, in parts of a metre; 4 bits, which corners of the cell to the north-east can speak
 * for it; 11 bits each of y and x of the way. */
enum {
    MU_STEER_BIAS = 1024,
    MU_STEER_PART = 0x7ff,
    MU_STEER_PART_BITS = 11,
    MU_STEER_USE_AT = 22,
    MU_STEER_USE_ALL = 0xf,
    MU_STEER_CLEAR_AT = 26,
    MU_STEER_CLEAR_MOST = 31
};
#define MU_STEER_CLEAR_M       0.06F   /* a part of the clear distance: all are more than 1.6 m */
#define MU_STEER_UNITS         1023.0F /* parts of the way in a unit vector */
#define MU_STEER_AGREE         0.8F    /* of the square of what nodes that agree would give */
#define MU_STEER_WEIGHT_LEAST  0.1F    /* of the nodes that can speak for a cell */
#define MU_STEER_HALF_DIAGONAL 0.7072  /* of a cell, in sides of it */

/* The words of a field, over an area's grid. */
typedef struct mu_steer_grid {
    const _Atomic uint32_t *words; /* row by row; 0 = not made yet */
    uint32_t columns, rows;
    float per_m;  /* nodes per metre */
    float step_m; /* between nodes */
} mu_steer_grid;

/* False where the grid has no cells, and without memory. */
static inline bool mu_steer_grid_of(const mu_walkable *walkable, uint32_t area,
                                    const mu_field_grid *field, mu_steer_grid *out) {
    const mu_area *in = &walkable->areas[area];
    *out = (mu_steer_grid){mu_field_steer(field), in->columns, in->rows,
                           (float)walkable->parts[area].nodes_per_m, (float)in->step_m};
    return out->words != NULL && in->columns > 1 && in->rows > 1;
}

/* Makes the words around a point, given in metres from the area's low corner, as far as they are
 * needed. */
void mu_steer_prepare(const mu_walkable *walkable, uint32_t area, const mu_field_grid *field,
                      float x, float y);

/* The way where the nodes around have no answer, and a distance within which there is no wall. */
typedef struct mu_steer {
    mu_point way;
    float clear_m;
} mu_steer;
mu_steer mu_steer_exactly(const mu_walkable *walkable, uint32_t area, const mu_field_grid *field,
                          mu_point at);

/* Which nodes of each cell can speak for it. False without memory. */
bool mu_steer_make(const mu_area *area, mu_area_parts *parts, mu_arena *arena);

#endif
