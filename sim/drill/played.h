/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A replication that has been played and can be looked at again without playing all of it: its log,
 * how it ended, and copies of its world along the way. */
#ifndef MU_DRILL_PLAYED_H
#define MU_DRILL_PLAYED_H

#include "drill/run.h"

/* A copy of the world between two events. */
typedef struct mu_copy {
    mu_world world;
    mu_time time_us; /* its clock: every event up to then that had been queued has been handled */
    uint32_t acts;   /* of the tabletop, that had been carried out */
} mu_copy;

typedef struct mu_copies {
    MU_LIST_OF(mu_copy) list; /* in the order of time */
    uint32_t capacity;
    mu_time spacing_us;         /* between two; doubled whenever they fill the memory */
    mu_time next_us;            /* when the next one is due */
    uint64_t bytes, bytes_most; /* of all; two are always kept */
    uint32_t acts;              /* that the world to be copied has seen */
    /* Where `cost_most` is given, one is due as well once so much has been done since the last:
     * playing it again is what going back costs. Doubled with the spacing. */
    uint64_t cost, cost_most;
} mu_copies;

/* Copies the world if that is due. One that there is no memory for is left out: going back is
 * slower then, not wrong. */
void mu_copies_keep(mu_copies *copies, const mu_world *world);
/* The last copy at or before a time; NULL if there is none. */
const mu_copy *mu_copies_before(const mu_copies *copies, mu_time time);
/* Drops those after a time: what they show will not come about. */
void mu_copies_cut(mu_copies *copies, mu_time time);
void mu_copies_destroy(mu_copies *copies);

typedef struct mu_played {
    uint32_t replication;
    mu_log *log;
    mu_run_end end;
    mu_copies copies;
    bool log_only; /* nobody looks at it again: no copies are kept */
} mu_played;

/* Nothing played yet, of a replication that is to be. */
mu_played mu_played_of(uint32_t replication);
void mu_played_destroy(mu_played *played);

/* As mu_run, with copies kept on the way; `copies` may be NULL. */
MU_MUST_USE mu_status mu_run_with_copies(const mu_plan *plan, uint64_t seed, uint32_t replication,
                                         mu_log *log, mu_copies *copies, mu_run_end *out);

#endif
