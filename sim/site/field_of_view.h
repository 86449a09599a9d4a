/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a camera sees of the spaces that it covers, where its file says which way it looks. */
#ifndef MU_SITE_FIELD_OF_VIEW_H
#define MU_SITE_FIELD_OF_VIEW_H

#include "site/walkable.h"

/* Is a point within the picture of a camera, whatever stands between? True where its picture has no
 * width. */
bool mu_view_holds(const mu_equipment *camera, mu_point at);
/* Does it see a point of a space: one that it covers, within its picture, and in straight sight
 * with every door open? `walkable` NULL: whatever stands between. */
bool mu_view_sees(const mu_walkable *walkable, const mu_equipment *camera, uint32_t space,
                  mu_point at);

#endif
