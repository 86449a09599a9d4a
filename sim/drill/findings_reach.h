/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who was not reached by an alarm or order, and why: a share that is missed is explained by people
 * and places, not by a chain of times. */
#ifndef MU_DRILL_FINDINGS_REACH_H
#define MU_DRILL_FINDINGS_REACH_H

#include <stdbool.h>
#include <stdint.h>

#include "response/response.h"

/* The word that result files use. */
const char *mu_unreached_name(mu_unreached_why why);

enum { MU_UNREACHED_PLACES = 8 };

typedef struct mu_unreached_place {
    uint32_t space;
    double persons; /* mean over runs */
} mu_unreached_place;

/* Occupants who had not left at the first order and were never reached: means over the runs with an
 * order. */
typedef struct mu_reach_finding {
    uint32_t runs;  /* with an alarm or order */
    double persons; /* not reached */
    double why[MU_UNREACHED_WHY_COUNT];
    mu_unreached_place places[MU_UNREACHED_PLACES]; /* most first */
    uint32_t place_count;
} mu_reach_finding;

#endif
