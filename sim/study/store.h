/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The results of a study: one SQLite file, which any tool opens. Its tables are described in
 * docs/results.md. Runs are keyed by cell and replication, so the file does not depend on the order
 * in which they were done; they are written in transactions, so that whatever ends the program, the
 * file holds whole runs only and the study can go on from there. */
#ifndef MU_STUDY_STORE_H
#define MU_STUDY_STORE_H

#include "study/cell.h"
#include "study/measure.h"

typedef struct mu_store mu_store;

/* One run as it is kept. */
typedef struct mu_run_row {
    uint32_t cell, replication;
    uint64_t state_hash;
    double end_s;
    bool quiet;
    double measures[MU_MEASURE_COUNT]; /* NAN: nothing to say; INFINITY: never */
    double curve[MU_CURVE_POINTS];
    char *verdicts; /* one letter per clause of the results: m met, x missed, u undecided, - not
                       exercised, . not in this policy; owned */
    double *values; /* of those with m, x or u, in order: what was judged, in seconds, INFINITY for
                       never; of a coverage the share; owned */
    uint32_t value_count;
} mu_run_row;

/* How a study's file begins: who made it and from what. */
typedef struct mu_store_origin {
    const char *program; /* "0.1.0" */
    const mu_study_plan *study;
    uint32_t shard, shards; /* this file has the replications k with k mod shards = shard; shards 1:
                               all */
} mu_store_origin;

/* Opens the results to write: makes the file, or goes on with one of the same study. MU_ERR_INPUT:
 * it is another study's; MU_ERR_IO. */
MU_MUST_USE mu_status mu_store_open(const char *path, const mu_store_origin *origin,
                                    mu_diags *diags, mu_store **out);
/* Takes away the file and what SQLite keeps beside it, which must not outlive it: it would be read
 * as part of the next file of this name. */
void mu_store_remove(const char *path);
/* Whether the file is there and of this study: mu_store_open would go on with it. */
bool mu_store_is_of(const char *path, const mu_store_origin *origin);
/* Opens results to read. */
MU_MUST_USE mu_status mu_store_read(const char *path, mu_diags *diags, mu_store **out);
void mu_store_close(mu_store *store);

/* Notes a cell and what it consists of; `map` gets, for each clause of its policy, the clause's
 * number in the results. MU_ERR_INPUT: it is noted already, but its files have changed since. */
MU_MUST_USE mu_status mu_store_cell(mu_store *store, const mu_study_plan *study, uint32_t cell,
                                    const mu_plan *plan, uint32_t *map, mu_diags *diags);
/* Sets present[k] for each replication k < count that is there. */
MU_MUST_USE mu_status mu_store_present(mu_store *store, uint32_t cell, uint32_t count,
                                       uint8_t *present, mu_diags *diags);
/* Adds a run to the transaction in progress. */
MU_MUST_USE mu_status mu_store_put(mu_store *store, const mu_run_row *row, mu_diags *diags);
/* Ends the transaction: what has been put is safe. */
MU_MUST_USE mu_status mu_store_commit(mu_store *store, mu_diags *diags);
/* The same for good: afterwards the store is closed. Until then the last runs stand in a log beside
 * the file, and closing, which takes them over, does not tell if it could not: who copies the file
 * would lose them. And a file with such a log cannot be read where nothing can be written. */
MU_MUST_USE mu_status mu_store_settle(mu_store *store, mu_diags *diags);
/* Notes that a cell has all the runs that it will get. */
MU_MUST_USE mu_status mu_store_finish(mu_store *store, uint32_t cell, uint32_t runs,
                                      mu_diags *diags);
void mu_run_row_free(mu_run_row *row);

/* Goes through the pairs of runs of two cells (the same one twice is allowed) below `count`, in
 * order of replication. A measure is restricted to the horizon; `number` is that of a measure, or
 * MU_MEASURE_COUNT plus a clause's: 1 met, 0 missed. Pairs in which either says nothing are left
 * out. */
typedef void mu_pair_visitor(void *context, double a, double b);
MU_MUST_USE mu_status mu_store_pairs(mu_store *store, uint32_t cell_a, uint32_t cell_b,
                                     uint32_t count, uint32_t number, mu_pair_visitor *visit,
                                     void *context, mu_diags *diags);
/* The number of a clause in the results; MU_NONE. */
uint32_t mu_store_clause(mu_store *store, const char *id);

/* The hash of the state in which a run ended, as text; empty where the run is not there. */
enum { MU_STORE_STATE_ROOM = 20 };
MU_MUST_USE mu_status mu_store_state(mu_store *store, uint32_t cell, uint32_t replication,
                                     char out[MU_STORE_STATE_ROOM], mu_diags *diags);

#endif
