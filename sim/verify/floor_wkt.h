/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A floor as mu_trajectory_wkt writes it, read again: POLYGON, MULTIPOLYGON, or either of them
 * EMPTY. */
#ifndef MU_VERIFY_FLOOR_WKT_H
#define MU_VERIFY_FLOOR_WKT_H

#include "core/arena.h"
#include "site/geometry_geos.h"

/* Rings come without the last point, which repeats the first. MU_ERR_INPUT where it is nothing of
 * the kind. */
MU_MUST_USE mu_status mu_floor_read_wkt(const char *wkt, mu_arena *arena, mu_floor_list *out);

#endif
