/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people do on an order, whoever gave it: leave at once, stay where they are, keep out of
 * sight of a place. */
#ifndef MU_CROWD_ORDERS_H
#define MU_CROWD_ORDERS_H

#include "crowd/crowd.h"

/* Areas that nobody who knows of it goes into. Lists in the plan's memory. */
typedef struct mu_shun {
    const bool *areas;       /* per area of the walkable; NULL: none */
    const uint64_t *portals; /* set of the portals that have a side in one of them */
} mu_shun;

/* The shun of these areas. `portals` is room for a set, zeroed. Portals that are closed from the
 * start are left out: that is known anyhow, and is not to be forgotten with the rest. */
mu_shun mu_shun_of(const mu_site *site, const mu_walkable *walkable, const bool *areas,
                   uint64_t *portals);

/* Starts to leave for `goal` now, without pre-movement; writes MOVES and returns it. */
uint32_t mu_crowd_leave_at_once(mu_sim *sim, uint32_t person, mu_goal goal, uint32_t cause);
/* Stands where they are and wants to go nowhere; pending events of the person become stale. */
void mu_crowd_stay(mu_sim *sim, uint32_t person);

/* From now on believes every portal into the areas closed, on a way to `goal`. Whoever is in one of
 * them keeps the one portal that leads out of all of them by the shortest way, and is bound by
 * nothing if none does. False if there is no way to the goal that keeps clear. */
bool mu_crowd_keep_clear(mu_sim *sim, uint32_t person, const mu_shun *shun, mu_goal goal);
/* Cost in level metres of the way to a goal that keeps clear; infinite if there is none. */
double mu_crowd_clear_way(mu_sim *sim, uint32_t person, const mu_shun *shun, mu_goal goal);
/* Need keep clear no longer: what was believed for that reason is forgotten. */
void mu_crowd_need_not(mu_sim *sim, uint32_t person, const mu_shun *shun);

#endif
