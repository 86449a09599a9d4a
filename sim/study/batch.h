/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Playing a whole study into a results file. Every arm of an incident meets the same seed and the
 * same replications, so the same luck. Each run goes to the file as it ends and is forgotten:
 * memory does not grow with their number. What is in the file already is not played again. */
#ifndef MU_STUDY_BATCH_H
#define MU_STUDY_BATCH_H

#include <stdatomic.h>

#include "study/store.h"

/* A run that somebody else is to play. */
typedef struct mu_batch_task {
    uint32_t cell, replication;
    uint32_t clauses;    /* length of the list: */
    const uint32_t *map; /* clauses of the cell's policy to those of the results */
} mu_batch_task;

/* Others who play runs, in other processes or on other machines. */
typedef struct mu_batch_team {
    void *context;
    /* Hands a run to somebody who has room; false: nobody has. */
    bool (*give)(void *context, const mu_batch_task *task);
    /* A run that has come back, `wait`: the next one to come, with how it ended; the row is then
     * the caller's. False: none. */
    bool (*take)(void *context, bool wait, mu_run_row *row, mu_status *status);
} mu_batch_team;

typedef struct mu_batch_control {
    _Atomic uint32_t done;         /* runs finished now or before */
    _Atomic uint32_t total;        /* runs that are wanted, as far as is known */
    _Atomic bool stop;             /* set it to end after the runs in progress */
    bool (*is_due)(void *context); /* asked after each run: shall what is there be made safe? NULL:
                                      only at the end of a round of cells */
    void *context;
    struct mu_plan *first; /* that of the first incident and arm, if loaded already; taken over */
    const mu_batch_team *team; /* NULL: threads of this process only; else this process is one of
                                  the players, with one thread */
} mu_batch_control;

typedef struct mu_batch_end {
    bool stopped;    /* before all was done */
    uint64_t played; /* runs, this time */
    uint32_t done;   /* runs, now or before */
} mu_batch_end;

/* Who plays what a team's leader hands out: keeps the plans of the cells that it has met last. */
typedef struct mu_batch_player mu_batch_player;
/* NULL without memory. The study and the diags must outlive it. */
mu_batch_player *mu_batch_player_create(const mu_study_plan *study, mu_diags *diags);
/* Loads the first plan that will be asked for, while whoever leads loads its own. */
void mu_batch_player_warm(mu_batch_player *player);
void mu_batch_player_destroy(mu_batch_player *player);
MU_MUST_USE mu_status mu_batch_player_play(mu_batch_player *player, const mu_batch_task *task,
                                           mu_run_row *out);

/* `jobs` threads, 0 = one per processor. MU_OK also when stopped. Whatever is returned, finished
 * runs that were committed are in the file. */
MU_MUST_USE mu_status mu_batch_run(const mu_store_origin *origin, const char *results,
                                   uint32_t jobs, mu_batch_control *control, mu_batch_end *out,
                                   mu_diags *diags);

#endif
