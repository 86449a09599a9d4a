/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is on the site, as the roster file gives it: groups of occupants, named members of staff who
 * respond, units that come from outside, and patrols. Lists are sorted by id. */
#ifndef MU_CROWD_ROSTER_H
#define MU_CROWD_ROSTER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/dist.h"
#include "core/given.h"
#include "core/loader.h"

/* Management level of PD 7974-6: how well people are trained and led in an alarm. */
typedef enum mu_training { MU_TRAINING_M1, MU_TRAINING_M2, MU_TRAINING_M3 } mu_training;

enum { MU_PARTY_WAITS_S = 120 }; /* where a roster says nothing */

/* Level-walking speeds: see crowd/speed.h for the published tables. */
typedef enum mu_mobility {
    MU_MOBILITY_ADULT,
    MU_MOBILITY_ELDERLY,
    MU_MOBILITY_STICK,
    MU_MOBILITY_CRUTCHES,
    MU_MOBILITY_FRAME,
    MU_MOBILITY_WHEELCHAIR
} mu_mobility;

typedef struct mu_mobility_share {
    mu_mobility kind;
    double share; /* 0..1 of the group; the rest is `adult` */
} mu_mobility_share;

/* Curves of a day (crowd/presence.h): which share of a group is there at which hour. */
typedef enum mu_day_kind {
    MU_DAY_ALWAYS,
    MU_DAY_OFFICE,
    MU_DAY_SHOP,
    MU_DAY_SCHOOL,
    MU_DAY_HOSPITAL,
    MU_DAY_KIND_COUNT
} mu_day_kind;

/* A group of occupants, spread over spaces in proportion to their area. */
typedef struct mu_group {
    mu_origin origin;
    const char *id;
    mu_text name;
    const char *role; /* "staff", "visitor", "contractor": a word that playbooks use */
    int64_t count;
    mu_ref_list in;      /* spaces */
    bool familiar;       /* knows the building (PD 7974-6 category A against B) */
    mu_training training;
    double registered_share; /* are on the roster of staff or were entered on coming in, 0..1 */
    double phone_share;  /* carry a phone that gets SMS and chat, 0..1 */
    MU_LIST_OF(mu_mobility_share) mobility;
    mu_ref_list came_by;  /* doors to the open of the entrance that they came in by */
    double came_by_share; /* of them goes back that way, whatever is nearer, 0..1 */
    double follows_share; /* of them goes where most others in sight go, 0..1 */
    int64_t party;        /* so many of them keep together (parties.h); 0 = each alone */
    mu_ref host;          /* group of which each party has one with it; optional */
    double party_waits_s; /* how long a party waits for its own, in all */
    mu_ref arrives_by;    /* road: is not there at first, and comes in by it; optional */
    int day;              /* mu_day_kind: which share of `count` is there at which hour */
    MU_LIST_OF(double) by_hour; /* the planner's own shares, 24 from midnight on; instead of `day` */
} mu_group;

/* Hours on duty, on these days of the week or on all. */
typedef struct mu_shift {
    MU_LIST_OF(int) days; /* 0 = Monday */
    double from_h, to_h;  /* to_h <= from_h: into the next day */
} mu_shift;

/* Background work that keeps a member of staff busy: what a request may have to wait for. */
typedef struct mu_routine {
    mu_dist every_s; /* from the end of one to the start of the next; constant 0 = none */
    mu_dist lasts_s;
} mu_routine;

/* A responder on duty: a guard, an operator, a head of department, one of the response team. */
typedef struct mu_member {
    mu_origin origin;
    const char *id;
    mu_text name;
    const char *role;      /* "guard", "operator", "duty_head", "ert", … */
    mu_string_list skills; /* "eod", "medic", "negotiator", … */
    int64_t count;         /* that many alike: id, then id/2, id/3, … */
    mu_ref post;           /* stands here when idle; or */
    mu_ref space;          /* is somewhere in this space */
    bool radio, phone;
    bool radio_works; /* false: nobody knows that it does not */
    int64_t radios_away, radios_dead; /* of that many of them, the last ones: none; does not work */
    mu_ref patrol;         /* walks it when idle; optional */
    mu_routine routine;
    bool off_duty;         /* not on the site at first: comes to relieve somebody */
    mu_ref relieves;       /* those of this member, one each, when their shift begins; optional */
    double comes_at_h;     /* time of day at which that is; -1 = only where the incident says so */
    mu_dist handover_s;    /* of one to the other, face to face */
    mu_ref road;           /* where they come in and go */
    MU_LIST_OF(mu_shift) shifts; /* hours on duty; none: always */
} mu_member;

typedef struct mu_stop {
    mu_ref post;
    double stays_s;
} mu_stop;

typedef struct mu_patrol {
    mu_origin origin;
    const char *id;
    mu_text name;
    MU_LIST_OF(mu_stop) stops; /* walked in order, then rested until the next round */
    double every_s;            /* from the start of one round to the start of the next */
} mu_patrol;

/* Help from outside: police, ambulance, fire service. Comes when it has been notified. */
typedef struct mu_unit {
    mu_origin origin;
    const char *id;
    mu_text name;
    const char *role; /* "police", "medical", "fire" */
    mu_string_list skills;
    int64_t count;         /* persons */
    mu_ref road;           /* where they enter */
    mu_dist dispatched_in_s; /* from being told to setting out */
    double distance_m;     /* of the road to the site */
    mu_dist speed_mps;     /* mean driving speed of one trip */
    int64_t patients;      /* that their vehicle carries at once */
    double hospital_m;     /* of the road to the hospital where the roster lists none; 0 = as
                              far as they came */
    mu_dist handover_s;    /* at the hospital, until they are free again */
} mu_unit;

/* Work passes and visitors' badges: who wears them, who asks those who do not. */
typedef struct mu_passes {
    const char *challenged_by; /* role; NULL: nobody asks */
    mu_string_list buildings;  /* labels: where passes are worn */
    double worn_share;         /* of staff, 0..1; everybody else wears a badge if registered */
    double challenge_chance;   /* that whoever has the task looks for them, 0..1 */
    mu_dist challenge_s;       /* for each one who is asked */
    mu_dist holds_s;           /* that being asked keeps a stranger */
} mu_passes;

/* Where ambulances take patients, and for how many of each tag it has places. */
typedef struct mu_hospital {
    mu_origin origin;
    const char *id;
    mu_text name;
    double road_m;   /* from the site */
    double onward_m; /* to another hospital, where it has to send patients on */
    int64_t red, yellow, green;
} mu_hospital;

/* What people call a role. */
typedef struct mu_role_name {
    const char *role;
    mu_text name;
} mu_role_name;

typedef struct mu_roster {
    const char *id;
    mu_text name;
    mu_text story;
    MU_LIST_OF(mu_role_name) roles;
    MU_LIST_OF(mu_group) groups;
    MU_LIST_OF(mu_member) members;
    MU_LIST_OF(mu_unit) units;
    MU_LIST_OF(mu_patrol) patrols;
    MU_LIST_OF(mu_hospital) hospitals;
    mu_passes passes;
} mu_roster;

/* The file kind "muster.roster"; its root struct is mu_roster. */
extern const mu_file_kind mu_roster_file;
/* Words of the file: days of the week from Monday on, and of mu_day_kind. NULL-terminated. */
extern const char *const mu_weekday_words[], *const mu_day_kind_words[];
extern const mu_migration mu_roster_older[]; /* roster_older.c */

/* What the roster calls a role, or NULL. */
const mu_text *mu_roster_role_name(const mu_roster *roster, const char *role);

#endif
