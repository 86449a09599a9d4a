/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People who come back from a closed door say so: those within earshot who do not know yet learn it
 * from them. Without this, a crowd that turns back and a crowd that presses on block a doorway. */
#ifndef MU_CROWD_HEARSAY_H
#define MU_CROWD_HEARSAY_H

#include "core/sim.h"

/* Lets everyone who walks tell those near them what they know to be closed. The step calls it; it
 * does its work once a second. */
void mu_crowd_share(mu_sim *sim);

/* One lets another know what they know to be closed. */
void mu_crowd_tell(mu_sim *sim, uint32_t teller, uint32_t listener);
/* Somebody finds out that a portal is closed to them, and takes another way: told in the log. */
void mu_crowd_find_closed(mu_sim *sim, uint32_t person, uint32_t portal);

#endif
