/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A frame: one moment of a run as plain data, all that a picture of it needs beside the scene. It
 * is made from the world and the log between two events, and changes nothing. */
#ifndef MUSTER_FRAME_H
#define MUSTER_FRAME_H

#include <stdbool.h>
#include <stdint.h>

#include "muster/point.h"
#include "muster/scenery.h"
#include "muster/time.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mu_frame_kind {
    MU_FRAME_OCCUPANT,
    MU_FRAME_MEMBER, /* of the site's own response */
    MU_FRAME_UNIT    /* from outside */
} mu_frame_kind;

/* What somebody is doing: first the occupants', then the responders'. */
typedef enum mu_doing {
    MU_DOING_USUAL, /* has not been told */
    MU_DOING_TOLD,  /* knows, and has not set out yet */
    MU_DOING_LEAVING,
    MU_DOING_STUCK, /* wants to go and knows no way */
    MU_DOING_SHELTERING,
    MU_DOING_REFUGE, /* cannot use stairs: waits at a place of refuge, or is brought down */
    MU_DOING_HELD,
    MU_DOING_HURT,
    MU_DOING_OUT,
    MU_DOING_ON_DUTY, /* at the post, on a round, or on the way back */
    MU_DOING_ROUTINE, /* background work */
    MU_DOING_GOING,   /* to a step of the playbook */
    MU_DOING_WORKING, /* on a step */
    MU_DOING_HOLDING, /* stays at what the step has reached: a cordon, a post */
    MU_DOING_TALKING, /* listens to a message */
    MU_DOING_COUNT
} mu_doing;

/* What is known of a casualty: the tag on their card, once a medic has sorted them. */
typedef enum mu_tag {
    MU_TAG_NONE,    /* is no casualty */
    MU_TAG_UNFOUND, /* is one, and nobody of the response knows */
    MU_TAG_FOUND,   /* not sorted yet */
    MU_TAG_GREEN,   /* from here on START's, in its order */
    MU_TAG_YELLOW,
    MU_TAG_RED,
    MU_TAG_BLACK,
    MU_TAG_COUNT
} mu_tag;

typedef struct mu_frame_person {
    mu_point at;      /* on its level's plan */
    mu_point heading; /* unit vector of the last walk; (0,0) where there was none */
    mu_point
        next; /* where the present walk leads next: a door, a stair or the goal; `at` if none */
    uint32_t person; /* index of the plan */
    uint16_t level;
    uint16_t team;   /* index into frame.teams */
    uint8_t kind;    /* mu_frame_kind */
    uint8_t doing;   /* mu_doing */
    uint8_t walking; /* 1 = walks now */
    uint8_t wheels;  /* 1 = uses a wheelchair */
    uint8_t tag;     /* mu_tag */
    uint8_t lying;   /* 1 = on the ground or on a stretcher */
    uint8_t carried; /* 1 = on a stretcher */
    uint8_t waits;   /* 1 = stands in one of frame.queues */
    float radius_m, speed_mps;
} mu_frame_person;

/* One role of the site, or one unit from outside. */
typedef struct mu_frame_team {
    const char *name; /* in the frame's language */
    uint32_t kind;    /* mu_frame_kind */
    uint32_t on_site;
} mu_frame_team;

/* Those of one team who do the same step now. */
typedef struct mu_frame_crew {
    const char *name; /* of the team */
    const char *does; /* the step's name */
    uint32_t team, count;
    uint32_t doing; /* GOING, WORKING or HOLDING: that of most of them */
    uint32_t level;
    mu_point at; /* of the one nearest to their middle */
} mu_frame_crew;

typedef enum mu_door {
    MU_DOOR_OPEN,
    MU_DOOR_SHUT,    /* whoever learns of it finds another way */
    MU_DOOR_WAIT,    /* for the moment */
    MU_DOOR_ONE_WAY, /* a closed cordon: out, and nobody in */
    MU_DOOR_LOCKED   /* from inside, against whoever is outside */
} mu_door;

typedef struct mu_frame_portal {
    uint8_t state;  /* mu_door */
    uint8_t moving; /* 1 = ordered, and on the way to it */
    uint8_t locked; /* 1 = responders only; 2 = staff only until an evacuation */
    uint8_t lost;   /* 1 = destroyed */
    mu_point out;   /* one way and locked: unit vector the way it can be passed; (0,0) elsewhere */
} mu_frame_portal;

/* How bad the air of a room is: bands of the guideline levels for an hour (AEGL). */
typedef enum mu_gas_level {
    MU_GAS_NONE,
    MU_GAS_SMELT, /* can be noticed, and is below the first band */
    MU_GAS_BAND_1,
    MU_GAS_BAND_2,
    MU_GAS_BAND_3,
    MU_GAS_LEVEL_COUNT
} mu_gas_level;

/* By how far one sees in it: from 3 / extinction (Jin 1978). */
typedef enum mu_smoke_level {
    MU_SMOKE_NONE,
    MU_SMOKE_THIN,   /* less than 30 m */
    MU_SMOKE_MEDIUM, /* 5 m and less */
    MU_SMOKE_THICK,  /* 2 m and less */
    MU_SMOKE_LEVEL_COUNT
} mu_smoke_level;

/* A room and the place where people are held. */
typedef enum mu_sight { MU_SIGHT_NONE, MU_SIGHT_SEEN, MU_SIGHT_HELD } mu_sight;

/* Of a room that a lift's car stands in at times. */
typedef enum mu_car { MU_CAR_NONE, MU_CAR_ELSEWHERE, MU_CAR_HERE, MU_CAR_RIDDEN } mu_car;

/* What is in the air of one room, and what can be seen from it. */
typedef struct mu_frame_room {
    float gas_ppm, smoke_per_m;
    uint8_t gas;   /* mu_gas_level */
    uint8_t smoke; /* mu_smoke_level */
    uint8_t sight; /* mu_sight, while people are held */
    uint8_t car;   /* mu_car: RIDDEN with somebody in it */
} mu_frame_room;

typedef enum mu_hazard_kind {
    MU_HAZARD_ITEM,
    MU_HAZARD_SECOND,  /* an item that waits elsewhere */
    MU_HAZARD_BLAST,   /* one of them has exploded here */
    MU_HAZARD_HOSTAGE, /* people are held here */
    MU_HAZARD_GAS,     /* it leaks here */
    MU_HAZARD_INTRUDER, /* who comes in where nobody should */
    MU_HAZARD_KIND_COUNT
} mu_hazard_kind;
typedef enum mu_ring_kind {
    MU_RING_POLICY, /* the distance that the policy demands */
    MU_RING_CARD,   /* the mandatory distance of the stand-off card */
    MU_RING_ISOLATE /* the initial isolation distance of the guidebook */
} mu_ring_kind;
enum { MU_RINGS_MOST = 4 };

typedef struct mu_frame_ring {
    double radius_m;
    uint32_t kind;   /* mu_ring_kind */
    uint32_t inside; /* occupants within it at the last look */
} mu_frame_ring;

typedef struct mu_frame_hazard {
    uint32_t kind; /* mu_hazard_kind */
    uint32_t level;
    mu_point at;
    bool noticed; /* false: nobody on the site knows of it yet */
    bool over;    /* those who were held are free; the gas is gone */
    bool windy;   /* gas: the wind is given: */
    double wind_from_deg, wind_mps;
    double protect_m; /* side of the square downwind in which people are protected; 0 = none */
    uint32_t of;      /* blast: 0 = the item, 1 = the second one */
    uint32_t ring_count;
    mu_frame_ring rings[MU_RINGS_MOST];
} mu_frame_hazard;

typedef enum mu_clock_state {
    MU_CLOCK_RUNNING,
    MU_CLOCK_LATE, /* running, and over its limit */
    MU_CLOCK_MET,
    MU_CLOCK_MISSED
} mu_clock_state;

/* A clause with a deadline that has started. */
typedef struct mu_frame_clock {
    const char *id, *title;
    uint32_t clause; /* of the policy */
    uint32_t state;  /* mu_clock_state */
    mu_time started_us, limit_us;
    mu_time took_us; /* until it ended, or until now */
} mu_frame_clock;

/* What a queue waits for. */
typedef enum mu_queue_kind {
    MU_QUEUE_AT_DOOR, /* any opening that is none of the next two */
    MU_QUEUE_AT_STAIR,
    MU_QUEUE_AT_LIFT,
    MU_QUEUE_AT_DESK, /* a station where people are dealt with one by one: decontamination */
    MU_QUEUE_AT_LANE /* a check, whose queue is counted and drawn as tokens */
} mu_queue_kind;

typedef struct mu_frame_queue {
    uint32_t kind;   /* mu_queue_kind */
    uint32_t portal; /* that it waits for; MU_NOWHERE at a desk or a lane */
    uint32_t level, count;
    mu_point at;     /* its head: the middle of the opening, on this side */
    mu_point middle; /* of those who stand in it */
} mu_frame_queue;

/* One who waits at a lane: counted by the model, which gives them no place. */
typedef struct mu_frame_token {
    mu_point at;
    mu_point along; /* unit vector: the way the queue moves */
    uint32_t level;
    uint32_t vehicle; /* 1 = is one */
} mu_frame_token;

/* Occupants by state, and responders on the site. */
typedef struct mu_frame_counts {
    uint32_t occupants, expected, usual, told, leaving, stuck, sheltering, held, hurt, out, taken;
    uint32_t refuge;
    uint32_t responders;
} mu_frame_counts;

/* How grave the declared level is: drawn as a colour and said as a word. */
typedef enum mu_alert {
    MU_ALERT_NONE,
    MU_ALERT_YELLOW,
    MU_ALERT_ORANGE,
    MU_ALERT_RED,
    MU_ALERT_OTHER, /* a level that the playbook names otherwise */
    MU_ALERT_OVER   /* all-clear */
} mu_alert;

typedef struct mu_frame {
    mu_time time_us;
    bool over;      /* the run has ended */
    bool recorded;  /* of a recording that holds where people are, and nothing else */
    uint32_t alert; /* mu_alert */
    const char *alert_name;
    mu_frame_counts counts;
    const mu_frame_person *people; /* those on the site, in the plan's order */
    const mu_frame_team *teams;
    const mu_frame_crew *crews;
    const mu_frame_portal *portals; /* one per portal of the scene */
    const mu_frame_room *rooms;     /* one per room of the scene */
    const uint8_t *manned;          /* per mark of the scene: 1 = a post held for a step, a lane at
                                       work, a line set up; assembly points: see `gathered` */
    const uint32_t *gathered;       /* per mark of the scene: assembly points: occupants there */
    const mu_frame_hazard *hazards;
    const mu_frame_clock *clocks; /* in the order in which they started */
    const mu_frame_queue *queues; /* by opening; then those at lanes */
    const mu_frame_token *tokens;
    uint32_t people_count, team_count, crew_count, hazard_count, clock_count, queue_count;
    uint32_t token_count;
} mu_frame;

#ifdef __cplusplus
}
#endif
#endif
