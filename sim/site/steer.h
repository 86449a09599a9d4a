/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way to a field's target for those who ask at every step: directions and the distance to the
 * nearest wall are kept at the grid's places, packed into one word each, and interpolated. A word
 * is made when it is first needed, from the exact answer at its node; it is a pure function of the
 * site, so it does not matter which run makes it, and all share it. Near corners, where the nodes
 * around disagree, the exact answer is given instead. */
#ifndef MU_SITE_STEER_H
#define MU_SITE_STEER_H

#include "site/walkable_parts.h"

typedef struct mu_steer {
    mu_point way;   /* unit vector; (0,0) where there is none */
    double clear_m; /* no wall, and no gate of the border, is nearer than this */
} mu_steer;

mu_steer mu_field_steer(const mu_walkable *walkable, uint32_t area, const mu_field_grid *field,
                        mu_point at);

/* Which nodes of each cell can speak for it. False without memory. */
bool mu_steer_make(const mu_area *area, mu_area_parts *parts, mu_arena *arena);

#endif
