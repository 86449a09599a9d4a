/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people do of their own accord when something happens before their eyes or ears. */
#ifndef MU_CROWD_FLEE_H
#define MU_CROWD_FLEE_H

#include "crowd/crowd.h"

/* Sees, hears or feels it: ALERTED by `senses`, unless alerted before. Returns what caused what they
 * do next: that record, or `cause`. */
uint32_t mu_crowd_sense(mu_sim *sim, uint32_t person, mu_handle senses, uint32_t cause);
/* Runs off at once, without pre-movement; ALERTED by `senses` unless alerted before. Who stands at
 * an assembly point goes too, and stays out. No-op for who cannot move, or is no occupant. */
void mu_crowd_flee(mu_sim *sim, uint32_t person, mu_goal goal, mu_handle senses, uint32_t cause);
/* Will not go through this space on any way, unless there is no other. No-op for who is in it. */
void mu_crowd_shun(mu_sim *sim, uint32_t person, uint32_t space, mu_goal goal);

#endif
