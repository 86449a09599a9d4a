/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Locking a door by hand: how long it takes whoever is inside. */
#ifndef MU_SITE_LOCK_H
#define MU_SITE_LOCK_H

#include "core/random.h"
#include "site/site.h"

/* Can whoever is in a room lock this portal? Doors with a leaf, unless the site says no. */
bool mu_lock_is_there(const mu_portal *portal);

/* Seconds, one draw: as the site gives it, else uniform between 5 and 30 s, the band that drill
 * planners use for each door of a lockdown. No measurement behind it was found; a site that has
 * timed its own doors should give `locks_in_s`. */
#define MU_LOCK_LOW_S  5.0
#define MU_LOCK_HIGH_S 30.0
double mu_lock_draw(const mu_portal *portal, mu_stream *stream);

#endif
