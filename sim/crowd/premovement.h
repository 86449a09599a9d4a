/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pre-movement time: from hearing of an alarm to starting to walk. PD 7974-6 (2004 Table C.1; 2019
 * annex): first (1st percentile) and last (99th percentile) occupants by familiarity, management
 * level and complexity of the building; a log-normal through the two. */
#ifndef MU_CROWD_PREMOVEMENT_H
#define MU_CROWD_PREMOVEMENT_H

#include <stdbool.h>

#include "crowd/roster.h"

typedef struct mu_premovement {
    double first_s, last_s; /* 1st and 99th percentile */
    double mu, sigma;       /* of the logarithm of seconds */
} mu_premovement;

/* Category A (awake, familiar) or B (awake, unfamiliar), management level M1 … M3, building
 * complexity 1 … 3 (B1 … B3: adds 0 / 30 / 60 s for B, 0 / 0 / 30 s for A). `incremental`: the last
 * occupants at first + spread (the conservative reading); else the 99th value is absolute. M3 rows
 * read '>15': first 15 min, and the same relative spread as M2. */
mu_premovement mu_premovement_of(bool familiar, mu_training training, int complexity,
                                 bool incremental);

#endif
