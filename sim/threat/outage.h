/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the planner lets fail during any incident: mains power, or a channel (cut, or jammed so that
 * nothing gets through). */
#ifndef MU_THREAT_OUTAGE_H
#define MU_THREAT_OUTAGE_H

#include "core/dist.h"
#include "core/given.h"
#include "core/sim.h"
#include "site/site.h"

/* As the incident file gives it. */
typedef struct mu_outage {
    double at_s;    /* from the start of the incident */
    double until_s; /* back by itself then; 0 = not */
    bool mains;     /* mains power */
    bool standby_fails; /* and the standby supply does not start by itself either */
    mu_ref channel; /* else this one */
} mu_outage;

extern const struct mu_record_type mu_outage_type;

typedef struct mu_outage_plan {
    const mu_outage *items;
    uint32_t count;
    uint32_t word_mains, word_standby, word_primary;
    uint32_t *word_channel; /* per channel */
} mu_outage_plan;

void mu_outage_begin(mu_sim *sim, uint32_t started);
/* A milestone was written: does it bring something back? */
void mu_outage_hear(mu_sim *sim, uint32_t record);

/* Handlers. */
void mu_outage_on_begins(mu_sim *sim, const mu_event *event); /* subject: which */
void mu_outage_on_ends(mu_sim *sim, const mu_event *event);
void mu_outage_on_standby(mu_sim *sim, const mu_event *event);

#endif
