/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A threat that comes by telephone: somebody calls and names a place. Whether it is true is not
 * modelled: the site has to act on it until it has searched. */
#ifndef MU_THREAT_CALL_H
#define MU_THREAT_CALL_H

#include "core/dist.h"
#include "core/given.h"
#include "core/sim.h"

typedef struct mu_call_given {
    double at_s;      /* from the start of the incident */
    mu_dist lasts_s;  /* the call */
    const char *role; /* whose telephone rings */
    mu_ref space;     /* that the caller names */
    mu_point at;
} mu_call_given;

extern const struct mu_record_type mu_call_type;

typedef struct mu_call_plan {
    const mu_call_given *given; /* NULL: this incident has none */
    uint32_t word_threat;
} mu_call_plan;

void mu_call_begin(mu_sim *sim, uint32_t started);
void mu_call_on_over(mu_sim *sim, const mu_event *event);

#endif
