/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens in an incident: the means that the planner gives, each a concept of its own in a
 * file of its own. A plan holds what each needs, made ready; a means whose `given` is NULL is not
 * part of this incident. Threats write records and change states; they never know who listens. */
#ifndef MU_THREAT_THREAT_H
#define MU_THREAT_THREAT_H

#include "threat/call.h"
#include "threat/casualty.h"
#include "threat/hostage.h"
#include "threat/intruder.h"
#include "threat/item.h"
#include "threat/outage.h"
#include "threat/release.h"
#include "threat/second.h"
#include "threat/vehicle.h"

typedef struct mu_threat_plan {
    mu_item_plan item;
    mu_release_plan release;
    mu_blast_plan blasts[MU_BLASTS];
    mu_second_plan second;
    uint32_t word_casualty; /* "casualty" */
    mu_hostage_plan hostage;
    mu_intruder_plan intruder;
    mu_outage_plan outage;
    mu_call_plan call;
    mu_vehicle_plan vehicle;
} mu_threat_plan;

/* The handle of a word that the plan is sure to have. */
static inline mu_handle mu_word(uint32_t index) {
    return MU_HANDLE(MU_THING_WORD, index);
}

void mu_threat_register(const mu_threat_plan *plan, const mu_site *site, const mu_people *people,
                        mu_layout *layout);
/* Before anything has happened. */
void mu_threat_clear(mu_sim *sim);
/* The incident starts: `started` is the record of it. */
void mu_threat_begin(mu_sim *sim, uint32_t started);
/* A milestone was written; somebody has walked: whatever listens to it does. */
void mu_threat_hear(mu_sim *sim, uint32_t record);
void mu_threat_look(mu_sim *sim);
/* Is anything still to come of it without the response's doing? */
bool mu_threat_is_open(const mu_sim *sim);

#endif
