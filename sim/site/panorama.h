/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which corners each node of an area sees, made once and used by every field: from the node itself,
 * and where that is too near a wall to see from, from a step off it. */
#ifndef MU_SITE_PANORAMA_H
#define MU_SITE_PANORAMA_H

#include "site/walkable_parts.h"

/* Of an area that has its grid and its corners. False without memory. */
bool mu_panorama_make(const mu_walkable *walkable, uint32_t area, mu_views *views);

/* How many words so many standpoints take; those off the walls begin a new one. */
static inline uint32_t mu_panorama_words(uint32_t standpoints) {
    return (standpoints + MU_STANDPOINTS - 1) / MU_STANDPOINTS;
}

/* Where `count` nodes from `first` on are. */
void mu_panorama_nodes(const mu_area *area, const mu_area_parts *parts, uint32_t first,
                       uint32_t count, double *x, double *y);

#endif
