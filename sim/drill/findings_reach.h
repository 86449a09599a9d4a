/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who was not reached by an alarm or order, and why: a share that is missed is explained by people
 * and places, not by a chain of times. */
#ifndef MU_DRILL_FINDINGS_REACH_H
#define MU_DRILL_FINDINGS_REACH_H

#include <stdbool.h>
#include <stdint.h>

/* Why a message did not reach somebody; as the value of a record 'unreached' a bit each. */
typedef enum mu_unreached_why {
    MU_UNREACHED_LOST,       /* sent to them, and lost over every channel */
    MU_UNREACHED_NO_SPEAKER, /* no loudspeaker and no phone: where they were none is heard */
    MU_UNREACHED_NO_PHONE,   /* … and they carry none, or it has no signal there */
    MU_UNREACHED_LEFT_OUT,   /* no order was meant for them, or the run ended before it came */
    MU_UNREACHED_WHY_COUNT
} mu_unreached_why;

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
