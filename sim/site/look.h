/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way to a field's target as it is seen from a point. */
#ifndef MU_SITE_LOOK_H
#define MU_SITE_LOOK_H

#include "site/walkable_parts.h"

typedef struct mu_look {
    double metres;
    mu_point way; /* unit vector; (0,0) on the target */
} mu_look;

/* Each sets *best and returns true where a way is seen. */

/* With room for a body all the way. */
bool mu_look_from(const mu_area *area, const mu_area_parts *parts, const mu_field_grid *field,
                  mu_point at, mu_look *best);
/* In or just before an opening of the border: out of it round its jamb. */
bool mu_look_opening(const mu_area *area, const mu_area_parts *parts, const mu_field_grid *field,
                     mu_point at, mu_look *best);
/* With less room than a body needs, but nothing between, over a short distance. */
bool mu_look_squeezed(const mu_walkable *walkable, uint32_t area, const mu_field_grid *field,
                      mu_point at, mu_look *best);

#endif
