/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A suspicious item: it stands somewhere, until somebody or a camera notices it. Who notices it and
 * when follows from who comes near it and sees it. Whether it explodes is the planner's to say. */
#ifndef MU_THREAT_ITEM_H
#define MU_THREAT_ITEM_H

#include "core/dist.h"
#include "core/given.h"
#include "core/sim.h"
#include "crowd/crowd.h"
#include "hazard/standoff.h"
#include "threat/blast.h"

/* As the incident file gives it. */
typedef struct mu_item_given {
    int category; /* mu_item_category: what it looks like, distances only */
    mu_ref space;
    mu_point at;
    double appears_at_s;        /* from the start of the incident */
    double notice_radius_m;     /* within which staff and guards may notice it */
    mu_dist staff_notice_s;     /* time spent in sight of it until one member of staff notices */
    double guard_notice_chance; /* that a guard notices it at first sight on coming near, 0..1 */
    mu_explosion_given explosion;
} mu_item_given;

/* The record that a file gives it in. */
extern const struct mu_record_type mu_item_type;

/* Made ready: where it is, and the words to speak of it. */
typedef struct mu_item_plan {
    const mu_item_given *given; /* NULL: this incident has none */
    uint32_t area, level;       /* of the item */
    uint32_t word_item, word_staff, word_guard, word_camera;
    double ring_m[2]; /* radii that are watched: the policy's, the card's mandatory one; 0 = no */
    uint32_t word_ring[2]; /* "policy_radius", "card_mandatory" */
} mu_item_plan;

typedef struct mu_item_now {
    uint32_t placed;    /* record; MU_NO_RECORD */
    uint32_t noticed;   /* record */
    uint32_t inside[2]; /* occupants inside each ring at the last look */
    uint32_t gone;      /* record that ended it; MU_NO_RECORD: it stands there */
    uint32_t seen_by;   /* so many witnesses are inside (mu_witness) */
} mu_item_now;

/* What one person has seen of it so far. */
typedef struct mu_witness {
    double seen_s;   /* time spent in sight of it, within the radius */
    uint32_t passes; /* times a guard came into the radius */
    uint32_t inside; /* 1 = is within the radius and sees it */
} mu_witness;

/* How often it is looked at who is near: noticing and ring counts are exact to this. */
#define MU_ITEM_LOOK_US (MU_SECOND / 2)

void mu_item_register(const mu_item_plan *plan, const mu_people *people, mu_layout *layout);
void mu_item_begin(mu_sim *sim, uint32_t started);

/* Does it stand there without anybody having noticed it yet? */
bool mu_item_is_open(const mu_sim *sim);

/* It is no longer there; nobody can notice it or be near it. */
void mu_item_end(mu_sim *sim, uint32_t cause);

/* Looks at who is near, every MU_ITEM_LOOK_US from its appearing on, after now and up to a moment;
 * where nothing can have changed since the last look there is none. True as soon as a look has left
 * a trace: the clock stands there then. */
bool mu_item_watch_on(mu_sim *sim, mu_time until_us);
static inline bool mu_item_watch(mu_sim *sim, mu_time until_us) {
    const bool calm = mu_sim_now(sim) >= sim->calm_from_us && until_us < sim->calm_until_us;
    return !calm && mu_item_watch_on(sim, until_us);
}

/* Handlers. */
void mu_item_on_appears(mu_sim *sim, const mu_event *event);
void mu_item_on_noticed(mu_sim *sim, const mu_event *event);

#endif
