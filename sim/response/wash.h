/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decontamination lines in a run (hazard/decon.h): who was exposed and has come out is sent there,
 * queues, passes the stations and goes back to where people gather. The step that set a line up
 * works until nobody is left who needs it. */
#ifndef MU_RESPONSE_WASH_H
#define MU_RESPONSE_WASH_H

#include "hazard/decon.h"
#include "response/response.h"

typedef struct mu_wash_now {
    mu_decon_now line;
    uint32_t step;    /* that runs it; MU_NONE: it is not set up */
    uint32_t opened;  /* record; MU_NO_RECORD */
    uint32_t arrived; /* so far: numbers those who queue */
    uint32_t last;    /* record of the last one to leave; MU_NO_RECORD */
    uint32_t inside;  /* who are on their way, in the queue or at a station */
} mu_wash_now;

typedef enum mu_washed_state {
    MU_WASHED_NOT,
    MU_WASHED_COMING,
    MU_WASHED_QUEUES,
    MU_WASHED_AT, /* at a station */
    MU_WASHED_CLEAN
} mu_washed_state;

typedef struct mu_washed {
    uint32_t state; /* mu_washed_state */
    uint32_t line;  /* of the site */
    uint32_t stage; /* mu_decon_stage, while at one */
    uint32_t done;  /* 1 = done there, and waits for room at the next */
    uint32_t order; /* in which they came */
    uint32_t last;  /* record that what comes next is caused by */
} mu_washed;

static inline mu_wash_now *mu_washes(const mu_sim *sim) {
    return (mu_wash_now *)mu_world_section(&sim->world, MU_SECTION_WASH);
}
static inline mu_washed *mu_washed_of(const mu_sim *sim) {
    return (mu_washed *)mu_world_section(&sim->world, MU_SECTION_WASHED);
}

void mu_wash_register(const mu_site *site, const mu_people *people, mu_layout *layout);
void mu_wash_begin(mu_sim *sim);
/* The line of a step is set up. */
void mu_wash_open(mu_sim *sim, uint32_t step, uint32_t cause);
/* Somebody has come to the end of a walk: true if it was to a line. */
bool mu_wash_arrived(mu_sim *sim, uint32_t person, const mu_event *event);

/* Handlers. */
void mu_wash_on_looked(mu_sim *sim, const mu_event *event); /* who needs it now */
void mu_wash_on_done(mu_sim *sim, const mu_event *event);   /* a person at a station */
void mu_wash_on_freed(mu_sim *sim, const mu_event *event);  /* a shower head is ready again */

#endif
