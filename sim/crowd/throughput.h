/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Portals that let only so many through in a second, whatever the crowd: lanes of a turnstile until
 * an alarm releases them, belts of escalators while they run. And how fast a belt carries whoever
 * is on it. */
#ifndef MU_CROWD_THROUGHPUT_H
#define MU_CROWD_THROUGHPUT_H

#include "crowd/crowd.h"

/* Persons per hour that a belt takes, for planning the flow: EN 115-1, annex H, table H.1, between
 * its columns by the width (0.6, 0.8, 1.0 m) and the speed (0.50, 0.65, 0.75 m/s). */
double mu_belt_per_hour(double width_m, double mps);

/* Persons a second that a portal takes now; infinite where nothing but its width limits it. */
double mu_portal_most_per_s(const mu_sim *sim, uint32_t portal);
/* Has the site any portal that an alarm changes? */
bool mu_throughput_matters(const mu_sim *sim);
/* The alarm has come: limits are off. */
void mu_throughput_released(mu_sim *sim);

/* Does the belt of this flight run now? */
bool mu_belt_runs(const mu_sim *sim, uint32_t portal);
/* Metres a second along a running belt, upwards or downwards, of somebody who would walk a stair
 * with `own_mps`. Against it they get on slowly. */
double mu_belt_speed(const mu_sim *sim, uint32_t portal, bool upwards, double own_mps);

#endif
