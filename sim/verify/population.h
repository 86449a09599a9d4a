/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast the people of a scene are, and how broad. */
#ifndef MU_VERIFY_POPULATION_H
#define MU_VERIFY_POPULATION_H

#include "core/dist.h"
#include "core/sim.h"

typedef struct mu_population {
    mu_dist speed_mps;
    double least_mps, most_mps; /* drawn again until within; both 0 = no limits */
    double radius_m;            /* 0 = as the crowd draws it */
    double up_mps, down_mps;    /* along stairs; 0 = the crowd's share of the level speed */
} mu_population;

/* Healthy adults who take part in an experiment: Normal 1.34 / 0.26 m/s (Weidmann 1993), within
 * 0.5 and 2.2; bodies and stairs as the crowd draws them. The one population of all experiments. */
extern const mu_population mu_population_laboratory;

/* Gives a person, who is already drawn, this population's speeds; from the person's own stream. */
void mu_population_make(const mu_sim *sim, uint32_t person, const mu_population *population);

#endif
