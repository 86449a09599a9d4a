/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The border of a space as directed edges: rings without doubled or needless points, the inside
 * always to the left, whatever the file's order. */
#ifndef MU_SITE_BORDER_H
#define MU_SITE_BORDER_H

#include "core/arena.h"
#include "site/walkable.h"

typedef MU_LIST_OF(mu_wall) mu_border;

/* Rings end to end, each edge starting where the one before ends. False without memory. */
bool mu_border_make(const mu_space *space, mu_arena *arena, mu_border *out);
/* Even-odd rule over all rings. */
bool mu_border_contains(const mu_border *border, mu_point point);
/* Metres from a point to the nearest edge. */
double mu_border_off(const mu_border *border, mu_point point);
/* The next edge of the same ring, backwards or forwards. */
uint32_t mu_border_next(const mu_border *border, uint32_t edge, bool forward);
double mu_border_area(const mu_border *border);

#endif
