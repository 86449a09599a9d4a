/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By `flow` most looks of a party find nothing: between events its people stand, or go along ways
 * whose rest is known for every moment. A party sleeps through such looks, and is woken, for the
 * next whole second of its own, by whatever changes one of its people or a queue before them. */
#ifndef MU_CROWD_PARTY_SLEEP_H
#define MU_CROWD_PARTY_SLEEP_H

#include "crowd/crowd.h"
#include "crowd/flow.h"
#include "crowd/scratch.h"

#define MU_PARTY_LOOKS_US MU_SECOND
#define MU_PARTY_TOGETHER 0.5 /* goes on when the last is no further behind than this share */

/* Has the next look come so many looks from now. */
void mu_party_sleep(mu_sim *sim, uint32_t party, uint32_t looks);

/* One of a party as a look has left them: how far they have to go now and later. */
typedef struct mu_party_course {
    double way_m; /* of somebody who stands, or has come to the queue */
    double metres, most, mps, slope;
    mu_time start_us;
    bool goes;      /* way_m is what is beyond the leg */
    bool waits;     /* stands until the others have come */
    bool may_stand; /* walks, and would wait if far ahead */
} mu_party_course;

/* Somebody's course, who has so far to go now; false if it is not known for later. */
bool mu_party_course_of(const mu_sim *sim, uint32_t person, double way_m, mu_party_course *out);
/* How many looks from now is the first at which one of them may have to stand or to go on, `most`
 * at the most; who is further than most_m before the last stands while they are patient. */
uint32_t mu_party_quiet_looks(const mu_sim *sim, const mu_party_course *courses, uint32_t count,
                              double most_m, bool patient, uint32_t most);
/* Who queues before them: the party is to hear of it when that changes. */
void mu_party_mind_queue(const mu_sim *sim, uint32_t person);

void mu_party_wake(mu_sim *sim, uint32_t person);
void mu_party_wake_at(mu_sim *sim, uint32_t mouth);
void mu_party_wake_all(mu_sim *sim);

/* Somebody is, knows or does something else than before. */
static inline void mu_party_stir(mu_sim *sim, uint32_t person) {
    if ((sim->scratch->given[person] & MU_GIVEN_PARTY) != 0) {
        mu_party_wake(sim, person);
    }
}
/* A queue has grown or moved on. */
static inline void mu_party_stir_queue(mu_sim *sim, uint32_t mouth) {
    if (mu_flow_side_of(sim, mouth)->minded != 0) {
        mu_party_wake_at(sim, mouth);
    }
}

#endif
