/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exercise casualties. The planner says how many there are, where, and what each kind plays, as for
 * the role-players of a real drill; no model decides who is hurt or how badly. They stay people:
 * they lie where they were, or walk if they can, until somebody sees them, sorts them, treats them
 * and takes them away. */
#ifndef MU_THREAT_CASUALTY_H
#define MU_THREAT_CASUALTY_H

#include "core/dist.h"
#include "core/given.h"
#include "core/sim.h"
#include "crowd/crowd.h"
#include "hazard/start.h"

/* As an incident file gives them. */
typedef struct mu_casualties_given {
    int64_t red, yellow, green, black; /* how many play each */
    mu_ref_list in;   /* spaces in which they are; empty: the space where it happens */
    double within_m;  /* too few people there: the nearest others within this too; 0 = none */
    mu_dist report_s; /* until an unhurt person who saw one has told somebody; constant 0: nobody
                         does */
} mu_casualties_given;

/* The record that a file gives them in. */
extern const struct mu_record_type mu_casualties_type;

/* What one casualty needs and has had; every record is MU_NO_RECORD until then. */
typedef struct mu_casualty_now {
    uint32_t injured; /* MU_NO_RECORD: is none */
    uint32_t plays;   /* mu_start_tag as the planner gave it */
    mu_start_findings findings;
    uint32_t found;  /* somebody knows of them */
    uint32_t tagged; /* sorted by a medic; from then on: */
    uint32_t tag;    /* mu_start_tag on their card */
    uint32_t treated;
    uint32_t gathered; /* at the collection point, carried or on their own feet */
    uint32_t taken;    /* left the site */
    uint32_t carer;    /* person who is at work on them or on the way to it; MU_NONE */
    uint32_t given_up; /* 1 = there is no way to them */
} mu_casualty_now;

typedef struct mu_casualties_now {
    uint32_t count;
    uint32_t unfound;
    uint32_t watching; /* 1 while CASUALTY_WATCHED events are scheduled */
    uint32_t fresh;    /* since the last look: those who stand by have not seen them yet */
} mu_casualties_now;

/* How often it is looked at who sees the unfound: finding is exact to this. */
#define MU_CASUALTY_LOOK_US MU_SECOND

void mu_casualty_register(const mu_people *people, mu_layout *layout);
void mu_casualty_clear(mu_sim *sim);

static inline mu_casualty_now *mu_casualties(const mu_sim *sim) {
    return (mu_casualty_now *)mu_world_section(&sim->world, MU_SECTION_CASUALTY);
}
static inline mu_casualties_now *mu_casualties_total(const mu_sim *sim) {
    return (mu_casualties_now *)mu_world_section(&sim->world, MU_SECTION_CASUALTIES);
}
static inline bool mu_is_casualty(const mu_sim *sim, uint32_t person) {
    return mu_casualties(sim)[person].injured != MU_NO_RECORD;
}

/* Is anybody about to see them? */
bool mu_casualty_is_open(const mu_sim *sim);

/* An occupant becomes a casualty that plays this tag: INJURED, caused by `cause`. Who cannot walk
 * lies down; nobody knows of them until FOUND. Returns the INJURED record; MU_NO_RECORD if they are
 * no occupant, not on the site, or one already. */
uint32_t mu_casualty_add(mu_sim *sim, uint32_t person, mu_start_tag tag, uint32_t cause);
/* Draws the given mix among those who are in the given spaces (in `space` if none are given), and
 * near the point `at` of it if they are too few. Each person's luck is their own. Returns how many
 * there were. */
uint32_t mu_casualties_draw(mu_sim *sim, const mu_casualties_given *given, uint32_t space,
                            mu_point at, uint32_t cause);
/* Somebody has seen them or heard of them. `by`: a person, or nobody (MU_NONE). No-op for those who
 * have been found before. */
void mu_casualty_find(mu_sim *sim, uint32_t person, uint32_t by, uint32_t cause);

/* Handlers. */
void mu_casualty_on_watched(mu_sim *sim, const mu_event *event);
void mu_casualty_on_reported(mu_sim *sim, const mu_event *event);

#endif
