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
/* What somebody who helps another has in their hands. */
typedef enum mu_burden {
    MU_BURDEN_NONE,
    MU_BURDEN_STRETCHER,
    MU_BURDEN_EVACUATION_CHAIR,
    MU_BURDEN_CARRY_CHAIR,
    MU_BURDEN_BY_HAND, /* the person in their own wheelchair, or in their arms */
    MU_BURDEN_COUNT
} mu_burden;
/* The word that records use, untranslated. */
const char *mu_burden_name(mu_burden burden);

/* Speed down stairs with it, and how many it takes at least. Adams & Galea 2011, 'An experimental
 * evaluation of movement devices used to assist people with reduced mobility in high-rise building
 * evacuations', Pedestrian and Evacuation Dynamics 2010, pp. 129-138 (11 floors of a hospital, 32
 * trials), as means are quoted from it: evacuation chair 0.81, carry chair 0.57, stretcher 0.57
 * m/s. By hand: as the slower of these, a planning assumption. */
double mu_burden_stair_mps(mu_burden burden);
uint32_t mu_burden_bearers(mu_burden burden);

/* Has it in their hands, or nothing any longer. */
void mu_crowd_burden(mu_sim *sim, uint32_t person, mu_burden burden);
/* Leaves the site in a vehicle: absent from now on. */
void mu_crowd_take_away(mu_sim *sim, uint32_t person);

/* Share of their free speed that smoke and a stretcher leave somebody where they are, 0..1; on a
 * belt that runs, what it makes of the speed. */
double mu_crowd_pace(const mu_sim *sim, uint32_t person);

/* Parts of a step (step.c): before the motion model, and after it. */
void mu_crowd_set_paces(mu_sim *sim);
void mu_crowd_bring_along(mu_sim *sim);

#endif
