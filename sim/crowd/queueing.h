/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a queue makes people do: whoever stands in one asks from time to time whether another way
 * that they know would be quicker, and leaves the queue once if it would be. Without this a whole
 * building takes the one stair that is nearest to the assembly point. */
#ifndef MU_CROWD_QUEUEING_H
#define MU_CROWD_QUEUEING_H

#include "core/sim.h"

/* For somebody who walks towards a gate; the step calls it, and it looks every few seconds, at
 * moments that are the person's own. */
void mu_crowd_reconsider(mu_sim *sim, uint32_t person);

#endif
