/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where on the plan a point of a flight lies. A flight whose head lies beside its foot on one wall
 * turns at a half landing; any other runs straight from foot to head. */
#ifndef MU_SITE_FLIGHT_H
#define MU_SITE_FLIGHT_H

#include "site/walkable.h"

/* `p` is in the flight's own frame: x across, y along the slope from the foot up. */
mu_point mu_flight_on_plan(const mu_walkable *walkable, uint32_t area, mu_point p);
/* Does it turn? */
bool mu_flight_turns(const mu_walkable *walkable, uint32_t area);

#endif
