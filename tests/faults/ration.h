/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory on ration: every request for memory by our own code, by cJSON and by SQLite is counted,
 * and the n-th can be refused, alone or with all that follow. What was given out and not given back
 * is known, so that a leak shows without a sanitizer. The linker puts these in the place of the
 * real functions (--wrap); what other libraries ask for (GEOS, GSL, Cairo, SDL) is not counted. */
#ifndef TESTS_FAULTS_RATION_H
#define TESTS_FAULTS_RATION_H

#include <stdbool.h>
#include <stdint.h>

enum { RATION_FRAMES = 10, RATION_KEPT = 4 };

/* Kept up to date as it goes, so that it outlives the process where it is shared memory. */
typedef struct ration_told {
    uint64_t requests, kept;    /* kept: given out since ration_begin and not given back */
    bool has_refused, returned; /* returned: the command itself, so that it had to tidy up */
    int depth;
    void *refused[RATION_FRAMES];              /* the calls that led to the first refused request */
    void *kept_by[RATION_KEPT][RATION_FRAMES]; /* set by ration_end after ration_trace */
} ration_told;

/* Requests are counted from here on; the n-th (from 1) is refused, 0: none. */
void ration_begin(ration_told *told, uint64_t refuse, bool and_all_after);
/* No more refusals; what is kept is looked through. */
void ration_end(void);

/* From here on it is known, at some cost, who asked for what is kept. */
void ration_trace(void);
/* Told of every request while it is set: its number, and a hash of the calls that led to it. */
typedef void ration_listener(uint64_t request, uint64_t from);
void ration_listen(ration_listener *listener);

#endif
