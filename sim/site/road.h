/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fire lanes: the strip of ground that a road in takes. */
#ifndef MU_SITE_ROAD_H
#define MU_SITE_ROAD_H

#include "muster/diag.h"
#include "site/site.h"

/* Metres from a point to the middle of a road's lane; infinite where it has none. */
double mu_road_off(const mu_road *road, mu_point at);
/* Lanes that are too narrow, end elsewhere, or have something standing in them. */
void mu_road_check(const mu_site *site, mu_diags *diags);

#endif
