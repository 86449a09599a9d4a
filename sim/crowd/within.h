/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MU_CROWD_WITHIN_H
#define MU_CROWD_WITHIN_H

#include "crowd/crowd.h"

#define MU_RINGS 2

/* What was counted last; part of the scratch. */
typedef struct mu_ring_watch {
    bool made;
    uint32_t level;
    mu_point at;
    double metres[MU_RINGS];
    uint8_t *near;            /* per area: may anybody in it be within? */
    uint64_t places;          /* fingerprint that it holds for */
    uint32_t still[MU_RINGS]; /* who stand or sit within */
    uint32_t *moving;         /* room for everyone: who have to be looked at each time */
    uint32_t moving_count;
} mu_ring_watch;

/* Occupants within each of two distances of a point of a level. */
void mu_crowd_count_within(const mu_sim *sim, uint32_t level, mu_point at,
                           const double metres[MU_RINGS], uint32_t inside[MU_RINGS]);

#endif
