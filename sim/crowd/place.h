/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where bodies are put when nobody has walked there: at the start, and on entering the site. */
#ifndef MU_CROWD_PLACE_H
#define MU_CROWD_PLACE_H

#include "crowd/crowd.h"

/* Draws body, speeds and first place of everyone. Occupants, and members without a post, stand in
 * their space where bodies and walls leave room; where it is too full, in the best of a number of
 * places tried. Members with a post stand at it, several round it. Units are absent. */
MU_MUST_USE mu_status mu_place_everyone(mu_sim *sim);

/* A free place for this body at or near a point of an area: the point itself, else the nearest of
 * the places around it that are free and in sight. */
mu_point mu_place_near(const mu_sim *sim, uint32_t person, uint32_t area, mu_point at);

#endif
