/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a queue makes people do: whoever stands in one asks from time to time whether another way
 * that they know would be quicker, and leaves the queue once if it would be. Without this a whole
 * building takes the one stair that is nearest to the assembly point. */
#ifndef MU_CROWD_QUEUEING_H
#define MU_CROWD_QUEUEING_H

#include "core/sim.h"

/* Slower than this share of the free speed counts as standing in a queue. */
#define MU_QUEUE_STANDING 0.3
/* Those who stand in one look this often. */
#define MU_QUEUE_LOOK_S 5.0

/* For somebody who stands in front of a gate, every MU_QUEUE_LOOK_S at moments of their own. */
void mu_crowd_reconsider(mu_sim *sim, uint32_t person);

#endif
