/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lifts during a run, the same under both motion models. A car stands in one of its spaces at a
 * time; people walk into it there, and when it moves, everyone in that space is taken into the
 * next. It answers calls on its way, turns where nobody wants to go further, and takes no more than
 * its capacity. An alarm calls it to its recall level, where it opens and stays.
 *
 * Doors, rides and calls are portals and people who wait at them, so nothing here knows how people
 * walk. */
#ifndef MU_CROWD_LIFT_H
#define MU_CROWD_LIFT_H

#include "crowd/crowd.h"

typedef enum mu_lift_phase {
    MU_LIFT_IDLE, /* stands with its doors closed */
    MU_LIFT_OPENING,
    MU_LIFT_OPEN,
    MU_LIFT_CLOSING,
    MU_LIFT_MOVING, /* to the next car's space */
    MU_LIFT_PARKED  /* recalled: stands open and takes nobody */
} mu_lift_phase;

typedef enum mu_lift_heading { MU_LIFT_NOWHERE, MU_LIFT_UP, MU_LIFT_DOWN } mu_lift_heading;

typedef struct mu_lift_now {
    uint32_t phase;    /* mu_lift_phase */
    uint32_t car;      /* where it stands, or what it leaves */
    uint32_t heading;  /* mu_lift_heading */
    uint32_t serial;   /* of what it is doing: events of earlier doings are stale */
    uint32_t recalled; /* record; MU_NO_RECORD */
    uint32_t riders;   /* in the car */
    uint32_t most;     /* at one time, so far */
    uint32_t trips;    /* rides between two stops with somebody in it */
    uint32_t loaded;   /* 1 = has ridden with somebody since its doors closed */
    uint32_t full;  /* 1 = nobody else has got in, whatever the plate says; until somebody is out */
    uint64_t calls; /* a bit for each car's space where somebody waits */
    mu_time since_us; /* the doors are open, or somebody has passed them */
} mu_lift_now;

static inline mu_lift_now *mu_lifts(const mu_sim *sim) {
    return (mu_lift_now *)mu_world_section(&sim->world, MU_SECTION_LIFT);
}

void mu_lift_register(const mu_site *site, mu_layout *layout);
/* Each stands at its recall level with its doors closed. */
void mu_lift_begin(mu_sim *sim);
/* Puts an idle one at another level: before anyone walks. */
void mu_lift_place(mu_sim *sim, uint32_t lift, uint32_t car);

/* Somebody stands before a mouth that is closed for the moment: if it is a lift's, it is called, or
 * told where to go. */
void mu_lift_wait(mu_sim *sim, uint32_t person, uint32_t mouth);
/* Somebody has passed out of a mouth: a lift counts who is in it. */
void mu_lift_passed(mu_sim *sim, uint32_t person, uint32_t mouth);

/* All lifts are recalled, belts stop, turnstiles are released: once. */
void mu_crowd_raise_alarm(mu_sim *sim, uint32_t cause);

/* LIFT_ACTS */
void mu_lift_on_acts(mu_sim *sim, const mu_event *event);

/* Is everyone in a car counted, and nobody too many? For tests. */
bool mu_lift_is_sound(const mu_sim *sim);

#endif
