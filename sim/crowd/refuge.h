/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People who cannot use stairs and have no other way out: they make for the nearest place of
 * refuge, wait there, and call for help over its call point or their own telephone. Who comes, and
 * how they are brought down, is for the response. */
#ifndef MU_CROWD_REFUGE_H
#define MU_CROWD_REFUGE_H

#include "crowd/crowd.h"

typedef struct mu_help {
    uint32_t refuge;   /* that they make for or wait at; MU_NONE */
    uint32_t reached;  /* record; MU_NO_RECORD */
    uint32_t called;   /* record: somebody knows that they wait; MU_NO_RECORD */
    uint32_t tries;    /* calls made: occasion of their draws */
    uint32_t helper;   /* first of the team that comes for them or carries them; MU_NONE */
    uint32_t given_up; /* 1 = nobody got to them */
} mu_help;

static inline mu_help *mu_helps(const mu_sim *sim) {
    return (mu_help *)mu_world_section(&sim->world, MU_SECTION_HELP);
}

void mu_refuge_register(const mu_people *people, mu_layout *layout);
void mu_refuge_begin(mu_sim *sim);

/* Somebody has no way out but stairs, which they cannot use: the point that they make for instead,
 * with room for them; false if there is none. */
bool mu_refuge_seek(mu_sim *sim, uint32_t person, mu_goal *goal);
/* It cannot be reached any more: they make for the open again. No-op for those who wait there. */
void mu_refuge_drop(mu_sim *sim, uint32_t person);
/* PERSON_ARRIVED: at the refuge, perhaps. */
void mu_refuge_arrived(mu_sim *sim, const mu_event *event);
/* HELP_CALLED */
void mu_refuge_on_called(mu_sim *sim, const mu_event *event);

#endif
