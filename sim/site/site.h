/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The site as its file gives it: levels of polygonal spaces joined by portals, and what stands in
 * them. Immutable after loading; lists are sorted by id. Geometry made from it is in walkable.h. */
#ifndef MU_SITE_SITE_H
#define MU_SITE_SITE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/dist.h"
#include "core/given.h"
#include "core/loader.h"
#include "site/lift.h"
#include "site/intelligence_desk.h"
#include "site/lane.h"
#include "site/ventilation.h"

typedef struct mu_level {
    mu_origin origin;
    const char *id;
    mu_text name;
    double elevation_m; /* of the floor above the site's datum */
} mu_level;

typedef enum mu_use {
    MU_USE_OFFICE,
    MU_USE_LOBBY,
    MU_USE_CORRIDOR,
    MU_USE_STAIR, /* a landing or stair hall: people pass, none are placed there */
    MU_USE_MEETING,
    MU_USE_CLASSROOM,
    MU_USE_ASSEMBLY, /* auditorium, hall, canteen */
    MU_USE_RETAIL,
    MU_USE_LABORATORY,
    MU_USE_LIBRARY,
    MU_USE_SANITARY,
    MU_USE_STORE,
    MU_USE_PLANT,
    MU_USE_CONTROL_ROOM,
    MU_USE_COMMAND,
    MU_USE_DATA_CENTRE,
    MU_USE_ARCHIVE,
    MU_USE_LIFT, /* a lift's car on one level; not walkable unless a lift names it (lift.h) */
    MU_USE_PARKING,
    MU_USE_ROOF,
    MU_USE_OUTDOOR, /* in the open: whoever is here has left the building */
    MU_USE_OTHER,
    MU_USE_COUNT
} mu_use;

typedef struct mu_space {
    mu_origin origin;
    const char *id;
    mu_text name;
    mu_ref level;
    mu_use use;
    const char *building; /* free label that groups spaces in reports; may be NULL */
    mu_ring polygon;
    MU_LIST_OF(mu_ring) holes; /* pillars, voids */
    int64_t capacity;          /* persons allowed; 0 = not given */
} mu_space;

typedef enum mu_portal_kind {
    MU_PORTAL_DOOR,
    MU_PORTAL_GATE,
    MU_PORTAL_OPENING,      /* always open, no leaf */
    MU_PORTAL_STAIR,        /* a flight: `line` at its foot, `upper_line` at its head */
    MU_PORTAL_OUTDOOR_EDGE, /* the edge of the model: `between` names one space; beyond is off site
                             */
    MU_PORTAL_ESCALATOR,    /* a flight whose belt runs one way until an alarm stops it */
    MU_PORTAL_LIFT,         /* the ride between two cars of a lift, the lower first */
    MU_PORTAL_TURNSTILE     /* a row of lanes, released by an alarm */
} mu_portal_kind;

/* Which way an escalator's belt runs. */
typedef enum mu_belt { MU_BELT_UP, MU_BELT_DOWN } mu_belt;

typedef enum mu_portal_state {
    MU_PORTAL_OPEN,
    MU_PORTAL_CLOSED,    /* people who learn of it find another way */
    MU_PORTAL_WAIT,      /* closed for the moment: people wait in front of it */
    MU_PORTAL_EXIT_ONLY, /* out of the first space of `between` into the second only */
    MU_PORTAL_ONE_WAY,   /* as exit_only, as a rule of circulation */
    MU_PORTAL_LOCKED     /* by hand, from one side: during a run only, never in a file */
} mu_portal_state;

typedef enum mu_access {
    MU_ACCESS_FREE,
    MU_ACCESS_PASS, /* members of staff only; opens for all in an evacuation */
    MU_ACCESS_KEY   /* responders only */
} mu_access;

typedef struct mu_portal {
    mu_origin origin;
    const char *id;
    mu_text name;
    mu_portal_kind kind;
    mu_ref_list between; /* two spaces; a stair: lower then upper; an outdoor edge: one */
    mu_ring line;        /* two points, in the frame of the first space's level */
    mu_ring upper_line;  /* stairs: two points in the upper space's level; else empty */
    double width_m;      /* clear width; 0 = the line's length */
    double length_m;     /* stairs: along the slope; 0 = from the lines and the levels */
    mu_portal_state state;
    mu_access access;
    bool non_essential; /* closed when the plan says 'close non-essential passages' */
    mu_dist closes_in_s; /* setting: from order to closed (a bollard's rise, a door's swing) */
    int64_t needs_persons; /* that have to show their passes together; 0 and 1: no such rule */
    int64_t locks;         /* that have to be opened one after the other */
    double stops_t;        /* gates: mass of a vehicle that it stops when closed; 0 = none */
    bool one_per_pass;     /* a turnstile that lets nobody follow */
    mu_ref interlock;       /* other door of the lock: this one opens only while that is shut */
    bool lockable;       /* doors: whoever is inside can lock it by hand, */
    mu_dist locks_in_s;  /* in this time (site/lock.h); constant 0 = not given */
    const char *zone;    /* label used by close and open orders; may be NULL */
    mu_belt belt;        /* escalators: which way, */
    double belt_mps;     /* how fast, */
    bool belt_walked;    /* whether people walk on it, */
    bool belt_stops;     /* and whether an alarm makes it a stair */
    double per_hour;     /* escalators: persons; 0 = from width and speed (mu_belt_per_hour) */
    int64_t lanes;       /* turnstiles: how many, */
    double lane_per_min; /* and how many persons pass each in a minute */
} mu_portal;

#define MU_BELT_MPS 0.5
/* TCRP Report 100 (Transit Capacity and Quality of Service Manual, 2nd edition), part 7, fare
 * control portals: card readers 25 to 40 persons a minute. */
#define MU_LANE_PER_MIN 32.0

/* A flight: an area of its own between its two ends. */
static inline bool mu_portal_is_flight(const mu_portal *portal) {
    return portal->kind == MU_PORTAL_STAIR || portal->kind == MU_PORTAL_ESCALATOR;
}

/* Does an escalator's belt carry whoever gets on at this end: side 0, its foot, or its head? */
static inline bool mu_belt_goes(const mu_portal *portal, int side) {
    return (portal->belt == MU_BELT_UP) == (side == 0);
}

typedef enum mu_equipment_kind {
    MU_EQUIPMENT_CAMERA,
    MU_EQUIPMENT_BLAST_BLANKET,
    MU_EQUIPMENT_EOD_KIT,
    MU_EQUIPMENT_PROTECTIVE_KIT,
    MU_EQUIPMENT_MEDICAL_KIT,
    MU_EQUIPMENT_RADIO,
    MU_EQUIPMENT_BARRIER_TAPE,
    MU_EQUIPMENT_GENERATOR,
    MU_EQUIPMENT_GAS_DETECTOR,
    MU_EQUIPMENT_DURESS_BUTTON, /* pressed unseen, raises a silent alarm */
    MU_EQUIPMENT_STRETCHER,
    MU_EQUIPMENT_EVACUATION_CHAIR, /* runs down stairs on a belt, guided by one */
    MU_EQUIPMENT_CARRY_CHAIR,      /* carried by its handles */
    MU_EQUIPMENT_VIBRATION_CABLE, /* on the perimeter fence or wall */
    MU_EQUIPMENT_DOOR_CONTACT,
    MU_EQUIPMENT_INFRARED,
    MU_EQUIPMENT_THERMAL_CAMERA,
    MU_EQUIPMENT_SUPPRESSION, /* inert gas; see response/suppression.h */
    MU_EQUIPMENT_CLIMATE_SENSOR,   /* temperature and humidity; see response/climate.h */
    MU_EQUIPMENT_PARKING_GUIDANCE, /* knows how full a car park is */
    MU_EQUIPMENT_OTHER,
    MU_EQUIPMENT_KIND_COUNT
} mu_equipment_kind;

typedef struct mu_equipment {
    mu_origin origin;
    const char *id;
    mu_text name;
    mu_equipment_kind kind;
    mu_ref space;
    mu_point at;
    int64_t count;          /* pieces kept here */
    mu_ref_list covers;     /* cameras: spaces in view; gas detectors: where they draw air */
    mu_dist detects_in_s;   /* cameras with analytics: left item to alarm; gas detectors: reached
                               level to alarm */
    double detect_chance;   /* that analytics, or a gas detector, alarm at all, 0..1; 0 = none */
    double alarm_ppm;       /* gas detectors: the level */
    const char *guards;     /* intrusion sensors: what they protect, a word of terms */
    mu_ref_list watches;    /* door contacts: their portals */
    double spots_chance;    /* cameras: that analytics find a person where nobody should be; 0 = no */
    mu_dist spots_in_s;
    double dark_share;      /* of a chance that is left outdoors in the dark */
    double person_days;     /* food, water and medicine: for one person, so many days */
    bool needs_power;       /* sensors and cameras: blind without it */
    double false_per_day;   /* intrusion sensors and cameras: alarms without a cause */
    double usual_c, alarm_c, rise_c_per_min; /* climate sensors: the room's temperature, the level,
                                                and how it rises without power to cool it */
    double usual_rh, dry_rh, damp_rh;        /* relative humidity, a share, and the levels; 0 = none */
    double air_changes_per_h, outside_dew_c; /* what comes in meanwhile */
    int64_t tier;           /* of the stock: 1 on the spot, 2 of a department, 3 central; 0 = none */
    const char *issued_by;  /* role that opens the store; NULL = whoever fetches it takes it */
    int64_t issue_persons;  /* so many of them together */
    mu_dist issue_s;        /* handing it out and entering it */
    double faces_deg;       /* cameras: the middle of what they see, from the x axis to the left, */
    double view_deg;        /* how wide that is (0: all that they cover), */
    double reach_m;         /* and how far they see */
} mu_equipment;

/* How far a camera sees whose file does not say. A picture of 1,920 pixels that is 60 degrees wide
 * has 66 pixels a metre at 25 m; EN 62676-4:2015 asks for 62.5 to observe people. */
#define MU_VIEW_REACH_M 25.0

typedef enum mu_post_kind {
    MU_POST_GUARD,
    MU_POST_KEY,          /* a key post of clause 4.2.1b */
    MU_POST_OUTER_CORDON,
    MU_POST_INNER_CORDON,
    MU_POST_COMMAND,      /* where the command centre assembles */
    MU_POST_MEDICAL,      /* medical staging point */
    MU_POST_DESK,         /* a control-room desk, a reception */
    MU_POST_NEGOTIATION   /* where negotiators talk from */
} mu_post_kind;

typedef struct mu_post {
    mu_origin origin;
    const char *id;
    mu_text name;
    mu_post_kind kind;
    mu_ref space;
    mu_point at;
} mu_post;

/* Of an exit sign, where a site gives no other: 38 in 100 who do not know the building notice a
 * static sign straight in front of them (Galea, Xie and Lawrence 2014), and 97 in 100 of those
 * follow it (Xie, Filippidis, Galea, Blackshields and Lawrence 2012). */
#define MU_SIGN_NOTICED  0.38
#define MU_SIGN_FOLLOWED 0.97

/* An exit sign: shows whoever does not know the building a door to the open. */
typedef struct mu_sign {
    mu_origin origin;
    const char *id;
    mu_ref space;
    mu_point at;
    mu_ref to;             /* the door to the open that it points to */
    double seen_m;         /* from so far, in clear air */
    double noticed_share;  /* of those who have it in sight */
    double followed_share; /* of those who notice it */
} mu_sign;

typedef struct mu_assembly {
    mu_origin origin;
    const char *id;
    mu_text name;
    mu_ref space;
    mu_point at;
    int64_t capacity; /* persons; 0 = not given */
} mu_assembly;

/* Where help from outside enters the model. */
typedef struct mu_road {
    mu_origin origin;
    const char *id;
    mu_text name;
    mu_ref space;
    mu_point at;
    double blocked_chance; /* that a parked car stands in its lane, 0..1 */
    mu_dist cleared_s;     /* until that is out of the way */
    mu_ref watched_by;     /* camera over the lane; optional */
    double caught_share;   /* of such cars that are moved in time while it works, 0..1 */
    mu_ring course;        /* middle of its fire lane on the site, as far as `at`; may be empty */
    double width_m;        /* of the lane */
} mu_road;

/* GB 50016-2014 (2018), 7.1.8: a fire lane is at least so wide. */
#define MU_FIRE_LANE_M 4.0

/* The name behind a label that spaces carry. */
typedef struct mu_building {
    mu_origin origin;
    const char *label;
    mu_text name;
} mu_building;

typedef enum mu_channel_kind {
    MU_CHANNEL_PA,        /* public address: reaches spaces */
    MU_CHANNEL_SMS,       /* reaches whoever has a phone */
    MU_CHANNEL_CHAT,      /* reaches staff with a phone */
    MU_CHANNEL_RADIO,     /* reaches whoever carries a radio */
    MU_CHANNEL_TELEPHONE, /* one to one */
    MU_CHANNEL_SATELLITE, /* one to one, independent of the site */
    MU_CHANNEL_IN_PERSON, /* whoever is in the same space as the speaker */
    MU_CHANNEL_ALARM      /* a sounder: reaches spaces, says nothing */
} mu_channel_kind;

typedef struct mu_channel {
    mu_origin origin;
    const char *id;
    mu_text name;
    mu_channel_kind kind;
    mu_dist latency_s;       /* from sending to being there, per receiver */
    double delivery_chance;  /* that one message reaches one receiver in reach, 0..1 */
    int64_t lines;           /* one-to-one messages at the same time; 0 = no limit */
    mu_ref_list dead_spaces; /* spaces that it does not reach */
    double response_factor;  /* on the pre-movement of those it alerts: live voice 1, tone 2 and up */
    bool needs_power;        /* silent while neither mains nor standby supply work */
    mu_dist retry_s;         /* one-to-one: until a lost message is noticed and sent again */
    int64_t relief_lines;    /* lines that it has once it was brought up again by other means, a
                                mobile base station; 0 = as many as before */
} mu_channel;

/* Who looks at the alarms of sensors, one after the other. */
typedef struct mu_alarm_desk {
    const char *role; /* NULL: nobody does */
    mu_dist assess_s; /* from turning to an alarm to knowing what it is */
    mu_ref_list reserve;  /* desks elsewhere, for when the air drives people from theirs */
    mu_dist takes_over_s; /* logging on there, and having the telephones put through */
} mu_alarm_desk;

typedef struct mu_site {
    const char *id;
    mu_text name;
    mu_text story;
    mu_text source; /* of the geometry, and its licence */
    MU_LIST_OF(mu_level) levels;
    MU_LIST_OF(mu_space) spaces;
    MU_LIST_OF(mu_portal) portals;
    MU_LIST_OF(mu_equipment) equipment;
    MU_LIST_OF(mu_post) posts;
    MU_LIST_OF(mu_assembly) assembly_points;
    MU_LIST_OF(mu_road) roads;
    MU_LIST_OF(mu_channel) channels;
    MU_LIST_OF(mu_airspace) air_zones; /* ventilation.h */
    MU_LIST_OF(mu_air_unit) air_units;
    MU_LIST_OF(mu_air_path) air_flows;
    MU_LIST_OF(mu_wash) decontamination;
    MU_LIST_OF(mu_building) buildings;
    MU_LIST_OF(mu_sign) signs;
    MU_LIST_OF(mu_lift) lifts; /* lift.h */
    MU_LIST_OF(mu_refuge) refuges;
    mu_alarm_desk alarm_desk;
    mu_intelligence_desk intelligence_desk;
    double wall_height_m; /* of the perimeter; 0 = not stated */
    MU_LIST_OF(mu_lane) lanes;
    bool standby_starts; /* the standby supply starts by itself when the mains fail, */
    mu_dist standby_s;   /* after this time */
    bool wall_topped;     /* with what keeps people from climbing it */
} mu_site;

/* The keywords of mu_use, mu_equipment_kind and mu_post_kind, NULL-terminated. */
extern const char *const mu_use_words[];
extern const char *const mu_equipment_words[];
extern const char *const mu_post_words[];

/* The file kind "muster.site"; its root struct is mu_site. */
extern const mu_file_kind mu_site_file;

/* Does a portal lead from indoors to the open or off the site? */
bool mu_site_leads_out(const mu_site *site, uint32_t portal);
/* The space that `portal` leads to from `space`; MU_NONE: off site, or not a side of it. */
uint32_t mu_site_beyond(const mu_site *site, uint32_t portal, uint32_t space);

/* Checks what no single field can: portals with the right number of sides and points, points inside
 * their space, levels that fit. Faults go to `diags`. mu_walkable_create does this itself. */
void mu_site_check(const mu_site *site, mu_diags *diags);

#endif
