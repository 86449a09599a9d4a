/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a walk ends: the very place that one makes for in the last area, and when one is there. */
#ifndef MU_CROWD_END_H
#define MU_CROWD_END_H

#include "crowd/crowd.h"

/* Chooses the place, once the goal is in the person's area. `point` is the goal's point as the
 * route gives it (unused in the open without an assembly point). */
void mu_end_choose(mu_sim *sim, uint32_t person, mu_point point);
/* Whoever sees their place, once near, goes straight for it. */
void mu_end_look(mu_sim *sim, uint32_t person);
/* Is the person there, or as near as the others let them come? */
bool mu_end_is_reached(mu_sim *sim, uint32_t person);

#endif
