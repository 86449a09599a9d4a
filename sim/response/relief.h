/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shifts change, whatever is going on: whoever relieves somebody comes in by road, walks to them,
 * and takes over face to face, which takes both of them for a while. A post that is held is handed
 * over there; whoever is at other work finishes it first, and then hands over before anything else.
 * Then the one relieved goes. */
#ifndef MU_RESPONSE_RELIEF_H
#define MU_RESPONSE_RELIEF_H

#include "response/response.h"

/* As the incident file gives it: a change of shift that no roster says. */
typedef struct mu_shift_change {
    double at_s;          /* from the start of the incident */
    mu_string_list roles; /* whose; empty = of all who have a relief */
    double gap_s;         /* those on duty go then, and their relief comes so much later */
} mu_shift_change;

extern const struct mu_record_type mu_shift_change_type;

typedef enum mu_relief_stage {
    MU_RELIEF_NONE,
    MU_RELIEF_COMING,  /* to the place of the one relieved */
    MU_RELIEF_WAITING, /* there, and the other is busy */
    MU_RELIEF_MEETING, /* walks up to the other */
    MU_RELIEF_TALKING, /* hands over, or takes over */
    MU_RELIEF_LEAVING  /* off duty, on the way out */
} mu_relief_stage;

typedef struct mu_relief_now {
    uint32_t stage;   /* mu_relief_stage */
    uint32_t partner; /* who is relieved, or who relieves; MU_NONE */
    uint32_t last;    /* record that what comes next is caused by */
    uint32_t count;   /* handovers so far: occasion of their draws */
    uint32_t goes;    /* 1 = goes as soon as free, without waiting for anybody */
    uint32_t padding;
} mu_relief_now;

/* Who relieves whom, checked; `out` has one entry per person. */
MU_MUST_USE mu_status mu_relief_compile(const mu_people *people, mu_arena *arena, mu_diags *diags,
                                        uint32_t **out);
void mu_relief_register(const mu_people *people, mu_layout *layout);
void mu_relief_begin(mu_sim *sim);
/* Somebody's task is over: hands over first if their relief is there. True: no longer free. */
bool mu_relief_freed(mu_sim *sim, uint32_t person);
/* A walk of somebody who comes or goes is over; false: it was something else. */
bool mu_relief_arrived(mu_sim *sim, uint32_t person);
/* Is somebody there for the work: on the site, and neither off duty nor still to take over? */
bool mu_is_on_duty(const mu_sim *sim, uint32_t person);

/* Handlers. */
void mu_relief_on_due(mu_sim *sim, const mu_event *event);  /* subject: who comes */
void mu_relief_on_goes(mu_sim *sim, const mu_event *event); /* subject: who goes */
void mu_relief_on_done(mu_sim *sim, const mu_event *event); /* subject: who has taken over */

#endif
