/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Playing a whole study into a results file. Every arm of an incident meets the same seed and the
 * same replications, so the same luck. Each run goes to the file as it ends and is forgotten:
 * memory does not grow with their number. What is in the file already is not played again. */
#ifndef MU_STUDY_BATCH_H
#define MU_STUDY_BATCH_H

#include <stdatomic.h>

#include "study/store.h"

typedef struct mu_batch_control {
    _Atomic uint32_t done;         /* runs finished now or before */
    _Atomic uint32_t total;        /* runs that are wanted, as far as is known */
    _Atomic bool stop;             /* set it to end after the runs in progress */
    bool (*is_due)(void *context); /* asked after each run: shall what is there be made safe? NULL:
                                      only at the end of a round of cells */
    void *context;
} mu_batch_control;

typedef struct mu_batch_end {
    bool stopped;    /* before all was done */
    uint64_t played; /* runs, this time */
    uint32_t done;   /* runs, now or before */
} mu_batch_end;

/* `jobs` threads, 0 = one per processor. MU_OK also when stopped. Whatever is returned, finished
 * runs that were committed are in the file. */
MU_MUST_USE mu_status mu_batch_run(const mu_store_origin *origin, const char *results,
                                   uint32_t jobs, mu_batch_control *control, mu_batch_end *out,
                                   mu_diags *diags);

#endif
