/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scene made from a plan's site. */
#ifndef MU_DRILL_PICTURE_SCENERY_H
#define MU_DRILL_PICTURE_SCENERY_H

#include "drill/plan.h"
#include "muster/scenery.h"

/* Of a site alone. Every reference from spaces to levels, from portals and marks to spaces must be
 * resolved. */
MU_MUST_USE mu_status mu_scenery_of_site(const mu_site *site, mu_arena *arena, mu_scenery *out);
/* Fills the scene; lists are in the arena, strings the plan's. */
MU_MUST_USE mu_status mu_scenery_make(const mu_plan *plan, mu_arena *arena, mu_scenery *out);

#endif
