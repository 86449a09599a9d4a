/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The smoke that stands in each space now. A section of the world that only plans with smoke have:
 * without it every space is clear. */
#ifndef MU_HAZARD_SMOKE_H
#define MU_HAZARD_SMOKE_H

#include "core/sim.h"
#include "site/site.h"

void mu_smoke_register(const mu_site *site, mu_layout *layout);
/* Extinction coefficient in 1/m; 0 in the open, on stairs and where there is none. */
double mu_smoke_in(const mu_sim *sim, uint32_t space);
void mu_smoke_set(mu_sim *sim, uint32_t space, double extinction_per_m);

#endif
