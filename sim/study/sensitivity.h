/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which unknown input matters most. Morris's screening (1991, Technometrics 33: 161; the mean of
 * absolute effects after Campolongo, Cariboni and Saltelli 2007, Environmental Modelling & Software
 * 22: 1509) costs few points; Sobol's indices say which share of the variance each input explains,
 * alone (first order: Saltelli et al. 2010, Computer Physics Communications 181: 259, table 2 b)
 * and with all its interactions (total: Jansen 1999). Points are shares of the factors' ranges. */
#ifndef MU_STUDY_SENSITIVITY_H
#define MU_STUDY_SENSITIVITY_H

#include "study/store.h"

enum { MU_SENSITIVITY_FACTORS = 20 }; /* at the most: a Sobol sequence of GSL has 40 dimensions */

typedef struct mu_sensitivity {
    uint32_t factor;
    double first;  /* Morris: mean effect of the whole range; else the first-order index */
    double total;  /* Morris: mean absolute effect; else the total index */
    double spread; /* Morris: standard deviation of the effects: interactions, or a bend; else of
                      the output */
    double half_width; /* of the 95 % interval of `total` */
} mu_sensitivity;

uint32_t mu_morris_points(uint32_t factors, uint32_t trajectories);
/* Point number `point`, from 0: trajectories of factors + 1 points, one factor changed at a time.
 */
void mu_morris_point(uint64_t seed, uint32_t factors, uint32_t point, double *out);
/* From the outputs at all points; `out` has one entry for each factor, in order. */
void mu_morris_effects(uint64_t seed, uint32_t factors, uint32_t trajectories, const double *y,
                       mu_sensitivity *out);

uint32_t mu_indices_points(uint32_t factors, uint32_t samples);
/* Point number `point`; `sample` is number point / (factors + 2) of a sequence of 2 x factors
 * dimensions. */
void mu_indices_point(uint32_t factors, uint32_t point, const double *sample, double *out);
void mu_indices(uint32_t factors, uint32_t samples, const double *y, mu_sensitivity *out);

/* From the means over the runs of each arm of a study of such a design, in order of what matters
 * most. `number` as in mu_store_pairs. *said: every arm says something of it. */
MU_MUST_USE mu_status mu_sensitivity_measure(const mu_study_plan *study, mu_store *store,
                                             uint32_t incident, uint32_t number,
                                             mu_sensitivity *out, bool *said, mu_diags *diags);

#endif
