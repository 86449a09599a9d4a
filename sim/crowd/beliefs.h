/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people believe closed: distinct sets of portals, each stored once in the world and referred
 * to by index, so that a hundred people who learn the same thing share one set. Set 0 is what is
 * known at the start: the portals that are closed then. Sets are never changed or removed. */
#ifndef MU_CROWD_BELIEFS_H
#define MU_CROWD_BELIEFS_H

#include "core/sim.h"
#include "site/route.h"
#include "site/site.h"

/* Free sets that are kept ready for one handler, and how many there can be in all. */
#define MU_BELIEFS_SPARE 64
#define MU_BELIEFS_MOST  4096

void mu_belief_register(const mu_site *site, mu_layout *layout);
/* Writes set 0 from the portals' states. */
void mu_belief_begin(mu_sim *sim);
/* Borrowed until the world grows or is restored. */
mu_belief mu_belief_of(const mu_sim *sim, uint32_t index);
/* The index of `index`'s set with one portal believed closed or open. Without room for a new set:
 * the nearest set in use that agrees about this portal (counted in mu_crowd_now.rounded), or
 * `index` itself if none does. */
uint32_t mu_belief_with(mu_sim *sim, uint32_t index, uint32_t portal, bool closed);
/* The index of the set with all of `portals` (a set of the same length) believed closed as well, or
 * none of them. Without room: `index` itself (counted as above). */
uint32_t mu_belief_with_all(mu_sim *sim, uint32_t index, mu_belief portals, bool closed);
/* Makes room for MU_BELIEFS_SPARE more sets. Between events only. */
MU_MUST_USE mu_status mu_belief_reserve(mu_sim *sim);

#endif
