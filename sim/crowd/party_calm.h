/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a party's next look can find anything: most parties stand and wait for somebody, or walk
 * close together, and are looked at every second. */
#ifndef MU_CROWD_PARTY_CALM_H
#define MU_CROWD_PARTY_CALM_H

#include "crowd/crowd.h"

/* What a look that changed nothing has left; part of the scratch, no state. */
typedef struct mu_party_calm {
    bool known;
    bool waiting;     /* somebody stands until the others have caught up */
    uint32_t mood;    /* of the party: what a look depends on besides its people */
    uint64_t seen;    /* how its people stood */
    mu_time until_us; /* no look before this changes anything either while they stand so */
} mu_party_calm;

/* Would a look change nothing, as the last one did? What that one left; NULL: it may. */
const mu_party_calm *mu_party_is_calm(const mu_sim *sim, uint32_t party, uint32_t mood);
/* A look has changed nothing, and none will until then, unless one of them does something else. */
void mu_party_keep_calm(const mu_sim *sim, uint32_t party, uint32_t mood, bool waiting,
                        mu_time until_us);

/* When one who makes for a gate, or stands, can have come so many level metres nearer to where they
 * go than another has, at the soonest; or when it is time to ask again. */
mu_time mu_party_gains_us(const mu_sim *sim, uint32_t one, uint32_t other, double metres);

#endif
