/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The corners of an area round which shortest ways lead, and which of them see each other. */
#ifndef MU_SITE_CORNERS_H
#define MU_SITE_CORNERS_H

#include "site/walkable_parts.h"

/* Makes the corners of an area that has its walls and buckets. False without memory. */
bool mu_corners_make(const mu_walkable *walkable, uint32_t area, mu_views *views);

#endif
