/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which areas have a way out, and why the others have none. */
#ifndef MU_SITE_WAY_OUT_H
#define MU_SITE_WAY_OUT_H

#include "site/walkable_parts.h"

/* Sets every area's way_out, and warns of spaces without one: once for those that hang together.
 * False without memory. */
bool mu_way_out_find(mu_walkable *walkable, mu_diags *diags);

#endif
