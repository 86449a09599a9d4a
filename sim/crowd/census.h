/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts of people that are asked for again and again: only who has changed area, mode or state
 * since is looked at again. Part of the scratch, no state. */
#ifndef MU_CROWD_CENSUS_H
#define MU_CROWD_CENSUS_H

#include "crowd/within.h"

#define MU_CENSUSES_KEPT 8U

typedef struct mu_census {
    mu_person_counts counts; /* NULL = not in use */
    const void *of;
    uint64_t *who; /* a bit per person */
    uint32_t count;
    uint64_t seen; /* changes in the scratch, up to which it holds */
} mu_census;

void mu_census_free(mu_census *census);

/* How many people count, as `counts` says of them, which depends on nothing but given data and
 * their area, mode and state. *first is the lowest by index of those, and left alone without any.
 */
uint32_t mu_crowd_census(const mu_sim *sim, mu_person_counts counts, const void *of,
                         uint32_t *first);
/* The first of them by index from one on; MU_NONE without any. */
uint32_t mu_crowd_census_next(const mu_sim *sim, mu_person_counts counts, const void *of,
                              uint32_t from);

#endif
