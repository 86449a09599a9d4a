/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parties keep together: a family, visitors with their host, a class. Whoever of a party is ready
 * to leave goes to the others and waits; they set out once all are there, all by the same door, at
 * the pace of the slowest; whoever gets ahead stands until the rest have caught up, though not on
 * stairs. As in FDS+Evac (Korhonen, technical reference, 3.6: a group first
 * gathers, then leaves as one) with the waiting on the way that NIST TN 1822, Verif.2.9, asks for.
 * A party waits only so long
 * (group.party_waits_s, in all); then each goes alone. */
#ifndef MU_CROWD_PARTIES_H
#define MU_CROWD_PARTIES_H

#include "crowd/crowd.h"

typedef enum mu_party_phase {
    MU_PARTY_IDLE,    /* nobody is ready yet */
    MU_PARTY_GATHERS, /* some wait for the others */
    MU_PARTY_WALKS,
    MU_PARTY_OVER /* each for themselves */
} mu_party_phase;

/* One party during a run. */
typedef struct mu_party_now {
    mu_time since_us;  /* since when it gathers */
    mu_time waited_us; /* on the way */
    uint32_t phase;    /* mu_party_phase */
    uint32_t exit;     /* door to the open that it makes for; MU_NONE */
} mu_party_now;

/* Whether somebody who stood there was near enough to where the party gathered: asked every second,
 * and most of them stand and wait. Part of the scratch, no state. */
typedef struct mu_party_near {
    bool known, near;
    uint32_t area, to_area;
    uint32_t belief, avoid;
    mu_point at, to;
    mu_walker_class walker;
} mu_party_near;

/* What somebody does for their party: bits of mind.keeps. */
enum {
    MU_KEEPS_READY = 1, /* would leave, and keeps together with the others */
    MU_KEEPS_JOINS = 2, /* walks to the others */
    MU_KEEPS_WAITS = 4  /* stands on the way until the others have caught up */
};

void mu_party_register(const mu_people *people, mu_layout *layout);
void mu_party_begin(mu_sim *sim);

/* Somebody's pre-movement is over. True: their party keeps them, and sends them off in time. */
bool mu_party_takes(mu_sim *sim, uint32_t person);
/* They no longer care for their party: run from danger, or follow another order. */
void mu_party_leave(mu_sim *sim, uint32_t person);
/* On the way with others of their party. */
bool mu_party_keeps(const mu_sim *sim, uint32_t person);
/* Share of their own pace that keeping together leaves somebody, 0..1. */
double mu_party_slowest(const mu_sim *sim, uint32_t person);
static inline double mu_party_pace(const mu_sim *sim, uint32_t person) {
    return (mu_minds(sim)[person].keeps & MU_KEEPS_READY) == 0 ? 1 : mu_party_slowest(sim, person);
}

/* PARTY_LOOKS: once a second while a party is about. */
void mu_crowd_on_party(mu_sim *sim, const mu_event *event);

#endif
