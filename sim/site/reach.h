/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How near each area is to somebody: one search for all goals, where each goal's own search would
 * have to come all the way to them. */
#ifndef MU_SITE_REACH_H
#define MU_SITE_REACH_H

#include "site/route.h"

/* Level metres from a point to where one first sets foot in each area; infinite where that is
 * `most` or more. No way to any point of an area costs less than this, but for rounding. `metres`
 * has room for all areas. False without memory. */
bool mu_reach_areas(const mu_walkable *walkable, mu_walker_class walker, mu_belief closed,
                    uint32_t area, mu_point at, double most, double *metres);

#endif
