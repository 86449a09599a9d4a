/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields to the assembly points: everybody goes there in the end, in every run of a site, so they
 * are made once with the walkable. */
#ifndef MU_SITE_ASSEMBLY_H
#define MU_SITE_ASSEMBLY_H

#include "site/walkable_parts.h"

/* False without memory. */
bool mu_assembly_fields_make(mu_walkable *walkable);
void mu_assembly_fields_destroy(mu_walkable *walkable);
/* The field to a point if an assembly point is there, else NULL. */
const mu_field_grid *mu_assembly_field(const mu_walkable *walkable, uint32_t area, mu_point at);

#endif
