/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People who could not use stairs, and what lifts carried: of one run, read from its log alone, and
 * over all runs. */
#ifndef MU_DRILL_ASSISTED_H
#define MU_DRILL_ASSISTED_H

#include "crowd/carry.h"
#include "drill/plan.h"

typedef struct mu_assisted {
    uint32_t reached;               /* a place of refuge */
    uint32_t called;                /* got through */
    uint32_t brought;               /* out */
    uint32_t with[MU_BURDEN_COUNT]; /* of those who were helped */
    double waited_s;                /* from the refuge until in the chair: sum over those helped */
    double out_s;                   /* from the refuge until out: sum over those brought */
    mu_time last_us;   /* the last of them is out, since the start of the run; MU_NEVER */
    uint32_t entered;  /* into lifts */
    uint32_t recalled; /* 1 = lifts were recalled */
} mu_assisted;

void mu_assisted_read(const mu_log *log, mu_assisted *out);

/* Means over runs unless said otherwise. */
typedef struct mu_assisted_finding {
    uint32_t runs; /* in which anybody was at a refuge; what follows is over these */
    double reached, called, brought, with[MU_BURDEN_COUNT];
    double waited_s, out_s; /* means over persons; NAN without */
    double last_s;          /* NAN: nobody was brought out in any */
    double entered;         /* into lifts: over all runs */
    uint32_t recalled_runs;
} mu_assisted_finding;

struct mu_findings;
void mu_findings_sum_assisted(struct mu_findings *findings);
/* The word that result files use: "evacuation_chair", "by_hand". */
const char *mu_burden_word(mu_burden burden);

#endif
