/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Somebody comes in over the perimeter and goes along a path that the planner gives, point by
 * point. Nothing here chooses or improves the path: what is asked is when the site's sensors find
 * out, when somebody knows, and how far along the path that is. */
#ifndef MU_THREAT_INTRUDER_H
#define MU_THREAT_INTRUDER_H

#include "core/dist.h"
#include "core/given.h"
#include "core/sim.h"
#include "site/walkable.h"

/* How a leg gets into its space. */
typedef enum mu_leg_how {
    MU_LEG_WALKS,   /* nothing is in the way but what the site has closed */
    MU_LEG_CLIMBS,  /* over the perimeter */
    MU_LEG_FORCES,  /* a door */
    MU_LEG_FOLLOWS, /* close behind somebody with a pass */
    MU_LEG_BADGES   /* with a pass of somebody's, alone */
} mu_leg_how;

typedef struct mu_leg {
    mu_ref space;    /* that it leads into */
    mu_point at;     /* where it ends */
    const char *as;  /* what the space is to the site: a word of terms */
    int how;         /* mu_leg_how */
    mu_ref through;  /* portal; may be absent */
    mu_dist delay_s; /* that what is in the way holds, as the planner knows or assumes it */
    double stays_s;  /* in the space, before the next leg */
} mu_leg;

/* As the incident file gives it. */
typedef struct mu_intruder_given {
    double starts_at_s; /* at the end of the first leg's way, before what is in it */
    double speed_mps;
    bool dark; /* it is dark outdoors */
    MU_LIST_OF(mu_leg) path;
} mu_intruder_given;

extern const struct mu_record_type mu_intruder_type;

/* Kinds of sensors that can find a person. */
typedef enum mu_sensor_kind {
    MU_SENSOR_VIBRATION,
    MU_SENSOR_CONTACT,
    MU_SENSOR_INFRARED,
    MU_SENSOR_THERMAL,
    MU_SENSOR_CAMERA,
    MU_SENSOR_KIND_COUNT
} mu_sensor_kind;
/* The kind of a piece of equipment; MU_SENSOR_KIND_COUNT: it finds nobody. */
mu_sensor_kind mu_sensor_kind_of(const mu_equipment *thing);

/* What a sensor may notice on one leg. */
typedef enum mu_touch { MU_TOUCH_FENCE, MU_TOUCH_DOOR, MU_TOUCH_PRESENCE } mu_touch;
/* Is this for the sensor: a fence in its stretch, its door, somebody in its view? */
bool mu_sensor_minds(const mu_walkable *walkable, const mu_equipment *thing, const mu_leg *leg,
                     mu_touch touch);
/* The chance that it finds somebody then. */
double mu_sensor_chance(const mu_equipment *thing, bool dark_outdoors);

typedef struct mu_intruder_plan {
    const mu_intruder_given *given; /* NULL: this incident has none */
    uint32_t *word_as;              /* per leg */
    uint32_t *word_guards;          /* per piece of equipment; MU_NONE */
    uint32_t word_kind[MU_EQUIPMENT_KIND_COUNT];
    uint32_t word_fence, word_door, word_dark, word_light, word_target, word_intrusion;
    uint32_t word_turnstile, word_two_person, word_passage, word_persons, word_locks, word_per_pass,
        word_height, word_top, word_suspect, word_interlock;
} mu_intruder_plan;

typedef struct mu_intruder_now {
    uint32_t leg;     /* that they are on */
    uint32_t last;    /* record that what comes next is caused by */
    uint32_t over;    /* record that ended it; MU_NO_RECORD */
    uint32_t awaited; /* the record that says that somebody waits at the end of the path */
    uint32_t area;    /* space that they are in; MU_NONE: not in yet */
    uint32_t padding;
    mu_time held_us;  /* what comes next is put off by so much */
} mu_intruder_now;

void mu_intruder_register(const mu_intruder_plan *plan, mu_layout *layout);
void mu_intruder_begin(mu_sim *sim, uint32_t started);
/* A milestone was written: have they been caught? */
void mu_intruder_hear(mu_sim *sim, uint32_t record);
bool mu_intruder_is_open(const mu_sim *sim);

/* The space that they are in; MU_NONE. */
uint32_t mu_intruder_space(const mu_sim *sim);
/* Somebody keeps them for so long. */
void mu_intruder_hold(mu_sim *sim, mu_time long_us);

/* Handlers. */
void mu_intruder_on_moves(mu_sim *sim, const mu_event *event);
void mu_intruder_on_detected(mu_sim *sim, const mu_event *event);

#endif
