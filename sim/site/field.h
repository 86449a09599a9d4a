/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walking-distance fields: making them. */
#ifndef MU_SITE_FIELD_H
#define MU_SITE_FIELD_H

#include "site/walkable_parts.h"

/* Fields to every gate of an area that has its grid, and the distances from gate to gate. False
 * without memory. */
bool mu_field_make_all(mu_walkable *walkable, uint32_t area);
/* What a field to a point of an area takes. */
size_t mu_field_bytes(const mu_walkable *walkable, uint32_t area, const mu_field_grid *field);

#endif
