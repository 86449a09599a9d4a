/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The intelligence desk. What the police, open sources or the staff report is screened, then
 * assessed, then confirmed, each by an analyst who is free, and each that bears it out raises a
 * level: yellow, orange, red. Reports that come to nothing take the same people's time. What a
 * report says ages from when it was seen on, and one too old is put aside, whatever it was worth.
 */
#ifndef MU_RESPONSE_INTELLIGENCE_H
#define MU_RESPONSE_INTELLIGENCE_H

#include "response/response.h"

/* A report as the incident file gives it. */
typedef struct mu_tip {
    const char *id;
    double at_s;       /* it comes in, from the start of the incident */
    const char *from;  /* word: police, open_source, staff */
    mu_dist age_s;     /* from what it tells of having been seen until then */
    int level;         /* how far the desk's work bears it out: mu_tip_level */
    double good_for_s; /* what it says is of no use once it is older; 0 = always of use */
} mu_tip;

typedef enum mu_tip_level { MU_TIP_YELLOW, MU_TIP_ORANGE, MU_TIP_RED, MU_TIP_LEVELS } mu_tip_level;

extern const struct mu_record_type mu_tip_type;

typedef enum mu_tip_state {
    MU_TIP_NOT_HERE, /* yet, or any more */
    MU_TIP_WAITS,    /* for an analyst */
    MU_TIP_WORKED
} mu_tip_state;

/* Those that come to nothing and have not been dealt with; more than that are not looked at. */
enum { MU_TIP_OTHERS_MOST = 32 };

/* One per report of the incident, then the others. */
typedef struct mu_tip_now {
    mu_time seen_us;  /* what it tells of */
    uint32_t state;   /* mu_tip_state */
    uint32_t level;   /* that the work now is about */
    uint32_t request; /* record */
    uint32_t granted; /* record */
    uint32_t person;  /* who works on it; MU_NONE */
    uint32_t serial;  /* of the others: which */
    uint32_t left;    /* 1 = is dealt with */
    uint32_t come;    /* of the first of the others: how many have come so far */
} mu_tip_now;

/* The desk is played where the incident gives reports. */
void mu_intelligence_register(const mu_response_plan *plan, mu_layout *layout);
void mu_intelligence_begin(mu_sim *sim);
/* Somebody may be free: what is furthest on, then what has waited longest, goes first. */
void mu_intelligence_retry(mu_sim *sim);
/* Is a report of the incident still to come, or not dealt with? */
bool mu_intelligence_waits(const mu_sim *sim);

/* Handlers. */
void mu_intelligence_on_tip(mu_sim *sim, const mu_event *event);
void mu_intelligence_on_other(mu_sim *sim, const mu_event *event);
void mu_intelligence_on_worked(mu_sim *sim, const mu_event *event);

#endif
