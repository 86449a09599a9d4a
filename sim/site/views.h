/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The corners of an area and what is seen of them. Most areas are rooms in which everybody sees
 * the door: these are never asked, and never made. */
#ifndef MU_SITE_VIEWS_H
#define MU_SITE_VIEWS_H

#include "site/walkable_parts.h"

/* Made with the first call, by whichever run comes first; whoever makes them makes the same. NULL
 * without memory. */
const mu_views *mu_views_of(const mu_walkable *walkable, uint32_t area);
void mu_views_destroy(const mu_views *views);

#endif
