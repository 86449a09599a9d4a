/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks of a site that walkable.c makes besides mu_site_check, and how faults name things. */
#ifndef MU_SITE_SITE_CHECK_H
#define MU_SITE_SITE_CHECK_H

#include "site/site.h"

/* Outlines that cross themselves or hold no area, spaces that overlap. `sound` (one per space) is
 * set where a space's outline can be used. False without memory. */
bool mu_site_check_outlines(const mu_site *site, bool *sound, mu_diags *diags);

/* Is this portal whole: known spaces, the right number of sides and points, a way between levels
 * that its kind allows? The faults of those that are not are mu_site_check's to tell. */
bool mu_portal_is_whole(const mu_site *site, uint32_t portal);

#endif
