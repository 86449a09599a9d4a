/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People who cannot walk: they lie, are carried, are taken away. And what slows those who can:
 * smoke and the stretcher in their hands. */
#ifndef MU_CROWD_CARRY_H
#define MU_CROWD_CARRY_H

#include "crowd/crowd.h"

/* Stops and lies down there; whatever they were about to do is off. */
void mu_crowd_lie(mu_sim *sim, uint32_t person);
/* Gets up. No-op for those who do not lie. */
void mu_crowd_get_up(mu_sim *sim, uint32_t person);
/* From now on the patient is wherever the carrier is. */
void mu_crowd_lift(mu_sim *sim, uint32_t patient, uint32_t carrier);
/* Laid down where the carrier stands. No-op for those who are not carried. */
void mu_crowd_lay_down(mu_sim *sim, uint32_t patient);
/* Has a hand on a stretcher, or no longer. */
void mu_crowd_burden(mu_sim *sim, uint32_t person, bool burdened);
/* Leaves the site in a vehicle: absent from now on. */
void mu_crowd_take_away(mu_sim *sim, uint32_t person);

/* Share of their free speed that smoke and a stretcher leave somebody where they are, 0..1. */
double mu_crowd_pace(const mu_sim *sim, uint32_t person);

/* Parts of a step (step.c): before the motion model, and after it. */
void mu_crowd_set_paces(mu_sim *sim);
void mu_crowd_bring_along(mu_sim *sim);

#endif
