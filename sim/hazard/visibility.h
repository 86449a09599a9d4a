/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What smoke does to those who walk in it: how slowly, and how far they see. Smoke is given by the
 * planner as an extinction coefficient per space; nothing here says where it comes from. */
#ifndef MU_HAZARD_VISIBILITY_H
#define MU_HAZARD_VISIBILITY_H

/* Share of the free walking speed that is left in smoke of this extinction coefficient (1/m):
 * max(0.1, 1 + beta K / alpha) with alpha = 0.706 m/s and beta = -0.057 m2/s (Frantzich and Nilsson
 * 2003, as in FDS+Evac, equation 11). K = 1: 0.919; K = 5: 0.596; K = 10: 0.193. */
double mu_smoke_pace(double extinction_per_m);
/* How far one sees things that only reflect light: 3 / K (Jin 1978, as in Fridolf et al. 2019);
 * infinite without smoke. */
double mu_smoke_sight_m(double extinction_per_m);

#endif
