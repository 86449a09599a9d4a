/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Initial isolation and protective action distances of the Emergency Response Guidebook 2024, green
 * pages (US DOT PHMSA, Transport Canada, SCT), Tables 1 and 3. The isolation distance is a circle
 * around the spill; the protective action zone is a square downwind of it whose side is the
 * protective distance. Day is from sunrise to sunset. */
#ifndef MU_HAZARD_ERG_H
#define MU_HAZARD_ERG_H

#include <stdbool.h>

#include "core/given.h"
#include "hazard/aegl.h"

/* What it comes from. The Guidebook does not give every container for every substance. */
typedef enum mu_spill {
    MU_SPILL_SMALL, /* up to 208 litres: Table 1 */
    MU_SPILL_RAIL_TANK_CAR,
    MU_SPILL_HIGHWAY_TANK,
    MU_SPILL_TON_CYLINDERS,   /* chlorine: several ton cylinders */
    MU_SPILL_SMALL_CYLINDERS, /* several small ones; chlorine: or a single ton cylinder */
    MU_SPILL_NURSE_TANK,      /* ammonia: agricultural nurse tank */
    MU_SPILL_COUNT
} mu_spill;

typedef struct mu_erg {
    double isolate_m, protect_m;
    bool at_least; /* the Guidebook prints '+': it may have to be more */
} mu_erg;

/* False where the Guidebook's pages used here have no such row. Wind: below 10 km/h low, to 20
 * moderate, above high; a small spill has one distance for all. */
bool mu_erg_of(mu_substance substance, mu_spill spill, bool night, double wind_mps, mu_erg *out);

typedef enum mu_wind_side {
    MU_WIND_UPWIND,    /* not downwind of the spill */
    MU_WIND_CROSSWIND, /* downwind, but beside the protective action zone or beyond it */
    MU_WIND_DOWNWIND,  /* in that zone */
    MU_WIND_ISOLATED   /* in the isolation circle */
} mu_wind_side;

/* Where a point lies. `from_deg` is where the wind blows from, clockwise from north (y). */
mu_wind_side mu_erg_side(const mu_erg *erg, double from_deg, mu_point spill, mu_point at);

#endif
