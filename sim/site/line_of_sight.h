/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be seen from a point across rooms, if every door stands open: the safe side of not
 * knowing which do. Straight lines on one level, through doors, openings and gates; walls have no
 * windows, and what is on another level is not seen. */
#ifndef MU_SITE_LINE_OF_SIGHT_H
#define MU_SITE_LINE_OF_SIGHT_H

#include "site/walkable.h"

/* Is q, in area `to`, seen from p in area `from`? */
bool mu_line_of_sight_has(const mu_walkable *walkable, uint32_t from, mu_point p, uint32_t to,
                          mu_point q);
/* Marks in `seen`, one per area, every area of which any point is seen from p: points a metre apart
 * are tried. Marks only; those marked before stay. */
void mu_line_of_sight_mark(const mu_walkable *walkable, uint32_t from, mu_point p, bool *seen);

#endif
