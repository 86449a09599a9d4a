/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a queue makes people do: whoever stands in one asks from time to time whether another way
 * that they know would be quicker, and leaves the queue if it plainly would be. Without this a
 * whole building takes the one stair that is nearest to the assembly point. */
#ifndef MU_CROWD_QUEUEING_H
#define MU_CROWD_QUEUEING_H

#include "crowd/crowd.h"
#include "crowd/scratch.h"

/* Slower than this share of the free speed counts as standing in a queue. */
#define MU_QUEUE_STANDING 0.3
/* Nobody leaves one for less than so many seconds. */
#define MU_QUEUE_GAIN_LEAST_S 20.0
/* Those who stand in one look this often. */
#define MU_QUEUE_LOOK_S 5.0

/* For somebody who stands in front of a gate, every MU_QUEUE_LOOK_S at moments of their own. */
void mu_crowd_reconsider(mu_sim *sim, uint32_t person);

/* Seconds until so many have passed out of a mouth, as people reckon it. */
double mu_crowd_wait_s(const mu_sim *sim, const mu_mouth *m, uint32_t before);
/* Would it be plainly quicker for somebody at a point of their area to leave the queue at `m`,
 * where they would wait so long, for another way that they know or see? */
bool mu_crowd_has_better(mu_sim *sim, uint32_t person, mu_point at, const mu_mouth *m,
                         double wait_s);

#endif
