/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People are held somewhere: who is there at that moment, who sees it and gets away, how the site
 * learns of it, who is let go, and the end. Whoever holds them is no model of ours: the planner
 * gives place, time, number and what brings the end about, and nothing here decides anything. */
#ifndef MU_THREAT_HOSTAGE_H
#define MU_THREAT_HOSTAGE_H

#include "core/dist.h"
#include "core/given.h"
#include "core/sim.h"
#include "crowd/crowd.h"
#include "crowd/orders.h"

/* What ends it. */
typedef enum mu_hostage_ends {
    MU_HOSTAGE_ENDS_NEGOTIATED, /* a step has negotiated it: negotiated:hostage */
    MU_HOSTAGE_ENDS_CONTAINED   /* the police declare it: contained:hostage */
} mu_hostage_ends;

/* Some are let go before the end. */
typedef struct mu_let_go {
    double at_s;  /* from the start of the incident */
    double share; /* of those who are held then, 0..1, rounded up */
} mu_let_go;

/* As the incident file gives it. */
typedef struct mu_hostage_given {
    mu_ref space;
    mu_point at;
    double seized_at_s;        /* from the start of the incident */
    mu_ref_list holds_in;      /* whoever is in these spaces then; empty: in `space` */
    int64_t holds;             /* the nearest so many of them; 0 = all */
    bool holds_responders;     /* those on duty who are there as well */
    mu_ref_list line_of_sight; /* spaces in sight of it beside those that geometry gives */
    mu_dist notice_s;          /* of one who sees it and gets away: until able to tell */
    double
        camera_notice_chance; /* that it is seen over a camera that covers the place, each 0..1 */
    mu_dist camera_notice_s;
    double button_chance; /* that a duress button in the place is pressed, each 0..1 */
    mu_dist button_s;
    mu_dist call_s; /* until a call from inside tells of it; constant 0 = no call */
    int ends;       /* mu_hostage_ends */
    double agreed_after_s; /* talks come to no end before then, from the start; 0 = they may */
    MU_LIST_OF(mu_let_go) lets_go;
} mu_hostage_given;

/* The record that a file gives it in. */
extern const mu_record_type mu_hostage_type;

/* Made ready. Lists are per area of the walkable. */
typedef struct mu_hostage_plan {
    const mu_hostage_given *given; /* NULL: this incident has none */
    uint32_t area;
    const bool *core;    /* where people are held */
    const bool *exposed; /* what is seen from the place if every door stands open */
    mu_shun shun;        /* those who know keep out of what is exposed */
    mu_goal approach;    /* the nearest place out of sight of it, for those who close it off */
    uint32_t word_hostage, word_staff, word_visitor, word_guard, word_camera, word_button,
        word_call, word_sight;
} mu_hostage_plan;

typedef struct mu_hostage_now {
    uint32_t seized, noticed, resolved; /* records; MU_NO_RECORD */
    uint32_t in_sight;                  /* occupants in sight of it, not held, at the last look */
} mu_hostage_now;

/* One per person. */
typedef struct mu_captive {
    uint32_t in_sight; /* the exposed area that they were in at the last look, plus 1; 0 = none */
    uint32_t sees;     /* 1 = saw it happen */
} mu_captive;

void mu_hostage_register(const mu_hostage_plan *plan, const mu_people *people, mu_layout *layout);
void mu_hostage_begin(mu_sim *sim, uint32_t started);
/* A milestone was written: does it bring the end? */
void mu_hostage_hear(mu_sim *sim, uint32_t record);
/* Somebody has walked: who has come into sight of it? */
void mu_hostage_look(mu_sim *sim);

/* The spaces in sight, and the place to close it off from, once the site is sound: lists in the
 * arena. False without memory. */
bool mu_hostage_survey(const mu_site *site, const mu_walkable *walkable,
                       const mu_hostage_given *given, mu_arena *arena, mu_hostage_plan *out);

/* Handlers. */
void mu_hostage_on_seizes(mu_sim *sim, const mu_event *event);
void mu_hostage_on_seen(mu_sim *sim, const mu_event *event);    /* subject: person */
void mu_hostage_on_noticed(mu_sim *sim, const mu_event *event); /* subject: equipment, or MU_NONE */
void mu_hostage_on_lets_go(mu_sim *sim, const mu_event *event); /* subject: which */

#endif
