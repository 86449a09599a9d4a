/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Points of a scene, and how they are written. */
#ifndef MU_EDIT_PROJECT_PLANE_H
#define MU_EDIT_PROJECT_PLANE_H

#include <stdbool.h>

#include "muster/project.h"

/* "[1.25, 3]", to a millimetre. */
void mu_point_print(mu_point at, char out[80]);
/* A list of points; the caller frees it. NULL without memory. */
char *mu_ring_print(const mu_point *points, uint32_t count);

/* The mark of a subject; NULL. */
const mu_scenery_mark *mu_mark_of(const mu_scenery *scene, mu_subject subject);

/* A point that lies in a room: its middle, or as near a one as is found. */
mu_point mu_room_point(const mu_scenery *scene, const mu_scenery_room *room);
/* The room of a level that holds a point; MU_NOWHERE. */
uint32_t mu_room_at(const mu_scenery *scene, uint32_t level, mu_point at);

/* A list, and an id or a number in it: things are known by index only while nothing changes. */
typedef char mu_place[200];
/* The place of each; the caller frees them. NULL without memory. */
mu_place *mu_project_places(mu_project *project, const mu_subject *subjects, uint32_t count);
/* Everything that goes with some things: doors with the rooms that they join, the other cars of a
 * lift, and what stands in a room with that. The caller frees it. NULL without memory. */
mu_subject *mu_project_company(mu_project *project, const mu_subject *subjects, uint32_t count,
                               uint32_t *all);
struct cJSON;
/* Every point in a value moved by so much. */
void mu_points_shift(struct cJSON *json, mu_point by);

#endif
