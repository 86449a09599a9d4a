/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields to points that are asked for more than once: posts, stops of patrols, places where people
 * wait. They are kept with the walkable, and all runs of a site share them. A field is a pure
 * function of the site, so it does not matter which run makes it, or whether it is kept. */
#ifndef MU_SITE_SHARED_H
#define MU_SITE_SHARED_H

#include "site/walkable_parts.h"

/* False without memory. */
bool mu_shared_create(mu_walkable *walkable);
void mu_shared_destroy(mu_walkable *walkable);

/* What points are told apart by in tables. */
uint64_t mu_shared_hash(uint32_t area, mu_point at);

/* The kept field to a point, or NULL. */
const mu_field_grid *mu_shared_field(const mu_walkable *walkable, uint32_t area, mu_point at);
/* A field to a point has been made: is it worth keeping, having been made before? Then it is kept,
 * and the one that is to be used is returned, which may be another's; NULL: it stays the caller's.
 */
const mu_field_grid *mu_shared_keep(const mu_walkable *walkable, uint32_t area, mu_point at,
                                    mu_field_grid *made);

#endif
