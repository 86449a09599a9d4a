/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Robust questions about polygons, answered by GEOS: is an outline proper, how much do two overlap.
 * Only faults come of it; what people walk on is made without GEOS, so that a run's result does not
 * depend on its version. */
#ifndef MU_SITE_GEOMETRY_GEOS_H
#define MU_SITE_GEOMETRY_GEOS_H

#include "core/arena.h"
#include "site/site.h"

typedef struct mu_geometry mu_geometry;

typedef enum mu_outline {
    MU_OUTLINE_PROPER,
    MU_OUTLINE_CROSSES, /* a ring crosses or touches itself or another */
    MU_OUTLINE_HOLE,    /* a hole is not inside, or cuts the space in two */
    MU_OUTLINE_EMPTY    /* too few points, or coordinates that are no numbers */
} mu_outline;

/* Polygons of all spaces of a site. NULL only where there is no memory. */
mu_geometry *mu_geometry_create(const mu_site *site);
void mu_geometry_destroy(mu_geometry *geometry);

/* What is wrong with a space's outline, and where. */
mu_outline mu_geometry_outline(mu_geometry *geometry, uint32_t space, mu_point *at);
/* A polygon with holes. */
typedef struct mu_floor {
    mu_ring outline;
    MU_LIST_OF(mu_ring) holes;
} mu_floor;
typedef MU_LIST_OF(mu_floor) mu_floor_list;

/* What is covered by any of some rings and by none of some others, in pieces, in the arena.
 * MU_ERR_INPUT: a ring that GEOS cannot use. */
MU_MUST_USE mu_status mu_geometry_cut(mu_arena *arena, const mu_ring *covered,
                                      uint32_t covered_count, const mu_ring *cut,
                                      uint32_t cut_count, mu_floor_list *out);

/* Square metres that two spaces with proper outlines share, and a point of that. */
double mu_geometry_overlap(mu_geometry *geometry, uint32_t first, uint32_t second, mu_point *at);

#endif
