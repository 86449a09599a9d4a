/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Screening lanes and vehicle checks while the incident goes on: who arrives by the time of day
 * waits, is checked and goes in, more slowly once the checks are tightened, and not at all once
 * people are ordered out. Who comes this way is counted and not placed in the model. */
#ifndef MU_RESPONSE_SCREENING_H
#define MU_RESPONSE_SCREENING_H

#include "response/response.h"
#include "site/lane.h"

typedef struct mu_lane_now {
    mu_lane_queue queue;
    uint32_t arrivals; /* drawn so far, also those that the time of day does not bring */
    uint32_t served;
    uint32_t admitted; /* that went in and are there */
    uint32_t tight;    /* 1 = checked as at orange */
    uint32_t orange;   /* 1 = orange has been declared */
    uint32_t closed;   /* 1 = people have been ordered out */
    uint32_t crowded;  /* record; MU_NO_RECORD */
    uint32_t stays;    /* drawn so far */
} mu_lane_now;

static inline const mu_lane_now *mu_lanes_now(const mu_sim *sim) {
    return (const mu_lane_now *)mu_world_section(&sim->world, MU_SECTION_LANE);
}

void mu_screening_register(const mu_site *site, mu_layout *layout);
void mu_screening_begin(mu_sim *sim);
void mu_screening_hear(mu_sim *sim, uint32_t record);

/* Handlers; subject: which lane. */
void mu_screening_on_arrives(mu_sim *sim, const mu_event *event);
void mu_screening_on_checked(mu_sim *sim, const mu_event *event); /* argument: when it began */
void mu_screening_on_leaves(mu_sim *sim, const mu_event *event);

#endif
