/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Estimate of adversary sequence interruption (Bennett 1977, SAND76-0500; Garcia, The Design and
 * Evaluation of Physical Protection Systems, 2nd edition 2008, chapter 13): the chance that one
 * path that is given is interrupted. A sanity check of detection, delay and response; it looks for
 * no path.
 *
 *     P(first detection at i) = P(D_i) prod_{j<i} (1 - P(D_j))
 *     P(R|A_i) = Phi((TR_i - RFT) / sqrt(var TR_i + var RFT))
 *     P(I) = P(C) sum_i P(first detection at i) P(R|A_i)
 *
 * TR_i is the delay that remains: all of task i where it is detected at its beginning, half of it
 * in its middle, none of it at its end, and all later tasks. P(C) is one common factor, as in
 * Garcia's spreadsheet, which alone gives the published 0.476. */
#ifndef MU_AUDIT_EASI_H
#define MU_AUDIT_EASI_H

#include <stdint.h>

#include "core/given.h"
#include "core/loader.h"

typedef enum mu_easi_where { MU_EASI_BEGINS, MU_EASI_MIDDLE, MU_EASI_ENDS } mu_easi_where;

typedef struct mu_easi_task {
    mu_text name;
    double detection; /* 0..1 */
    int where;        /* mu_easi_where */
    double delay_s;
    double delay_sd_s; /* 0 = thirty in a hundred of the delay, the usual convention */
} mu_easi_task;

typedef struct mu_easi {
    const char *id;
    mu_text name;
    mu_text story;
    double communication; /* that an alarm reaches the guards, 0..1 */
    double response_s, response_sd_s;
    double unsure; /* how unsure each number is: standard deviation as a share of it */
    MU_LIST_OF(mu_easi_task) tasks;
} mu_easi;

/* The file kind "muster.easi". */
extern const mu_file_kind mu_easi_file;

enum { MU_EASI_TASKS_MOST = 64 };

typedef struct mu_easi_row {
    double first; /* chance that this is where it is first detected */
    double remaining_s, remaining_sd_s;
    double in_time; /* P(R|A) */
} mu_easi_row;

typedef struct mu_easi_card {
    mu_easi_row rows[MU_EASI_TASKS_MOST];
    double interrupted; /* P(I) */
    uint32_t critical;  /* last task whose remaining mean delay exceeds the response; MU_NONE */
    double timely;      /* chance of detection up to there: what a point estimate would claim */
    double played, played_error; /* the same by Monte Carlo, and its standard error */
    double low, median, high;    /* 5, 50 and 95 % of P(I) where the numbers are unsure */
} mu_easi_card;

/* The closed form. */
void mu_easi_score(const mu_easi *given, mu_easi_card *out);
/* … and by Monte Carlo: `reps` sequences played, and `reps` cards with other numbers within what is
 * unsure. At most MU_EASI_TASKS_MOST tasks. MU_ERR_MEMORY. */
MU_MUST_USE mu_status mu_easi_play(const mu_easi *given, uint64_t seed, uint32_t reps,
                                   mu_easi_card *out);

#endif
