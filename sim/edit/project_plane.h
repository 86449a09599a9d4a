/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Points of a scene, and how they are written. */
#ifndef MU_EDIT_PROJECT_PLANE_H
#define MU_EDIT_PROJECT_PLANE_H

#include <stdbool.h>

#include "muster/scenery.h"

/* "[1.25, 3]", to a millimetre. */
void mu_point_print(mu_point at, char out[80]);
/* A list of points; the caller frees it. NULL without memory. */
char *mu_ring_print(const mu_point *points, uint32_t count);

bool mu_room_holds(const mu_scenery *scene, const mu_scenery_room *room, mu_point p);
/* The room of a level that holds a point; MU_NOWHERE. */
uint32_t mu_room_at(const mu_scenery *scene, uint32_t level, mu_point at);

#endif
