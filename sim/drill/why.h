/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why did this person take this way? One run is played, and at every moment that mattered to one
 * person it is noted what they did, why, and what the ways out that they knew would have cost. */
#ifndef MU_DRILL_WHY_H
#define MU_DRILL_WHY_H

#include "crowd/exits.h"
#include "drill/plan.h"

typedef enum mu_why_what {
    MU_WHY_ALERTED,
    MU_WHY_READY, /* pre-movement is over */
    MU_WHY_SETS_OUT,
    MU_WHY_CHOSE,  /* another door than simply the nearest, or than before */
    MU_WHY_CLOSED, /* learned that a portal is closed */
    MU_WHY_QUEUE,  /* left a queue */
    MU_WHY_WAITS,  /* for the others of the party */
    MU_WHY_STUCK,  /* knows no way that is open */
    MU_WHY_LEFT,   /* crossed the last door */
    MU_WHY_STATE,  /* of the occupant */
    MU_WHY_COUNT
} mu_why_what;
/* The word that files use. */
const char *mu_why_name(mu_why_what what);

enum { MU_WHY_OPTIONS = 4 };

typedef struct mu_why_moment {
    mu_time time_us;
    uint32_t what;                          /* mu_why_what */
    mu_handle object;                       /* a portal, a channel; 0 */
    mu_handle place;                        /* where they are */
    uint32_t state;                         /* mu_occupant_state, of MU_WHY_STATE */
    uint32_t because;                       /* mu_exit_why */
    uint32_t door;                          /* that they make for then; MU_NONE */
    mu_exit_option options[MU_WHY_OPTIONS]; /* the cheapest, and the one taken */
    uint32_t option_count;
} mu_why_moment;

typedef struct mu_why {
    MU_LIST_OF(mu_why_moment) moments; /* in the order of time */
    uint32_t room;
} mu_why;

/* Plays one run to its end and notes what one person did. */
MU_MUST_USE mu_status mu_why_ask(const mu_plan *plan, uint64_t seed, uint32_t replication,
                                 uint32_t person, mu_why *out);
void mu_why_clear(mu_why *why);

/* A reason in words (marked with N_()). */
const char *mu_why_because(mu_exit_why why);

#endif
