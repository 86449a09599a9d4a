/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far the people of a party still have to go, and by which door: asked of each of them every
 * second. */
#ifndef MU_CROWD_PARTY_WAYS_H
#define MU_CROWD_PARTY_WAYS_H

#include "crowd/crowd.h"

/* What the answers for one person were worked out for, and they. Part of the scratch, no state. */
typedef struct mu_party_known {
    bool known;
    bool has_door;                                 /* and the door has been asked for, too */
    bool alarm, all_by_lift, evacuating, burdened; /* what their class of walkers depends on */
    uint32_t leg, area, belief, avoid, exit;
    mu_goal goal;
    mu_point at;   /* of somebody who stands */
    double beyond; /* level metres from the gate of that leg on, or from there */
    uint32_t door;
} mu_party_known;

/* Level metres that somebody has still to go to where they make for; infinite if there is no way.
 * By `flow`, who is on their way across an area has the rest of it before them, and what is beyond
 * the gate that they make for. */
double mu_party_way(mu_sim *sim, uint32_t person);
/* mu_exit_of. */
uint32_t mu_party_door(mu_sim *sim, uint32_t person);
/* The same of somebody whose way has just been asked for, and who has not changed since. */
uint32_t mu_party_door_again(mu_sim *sim, uint32_t person);

#endif
