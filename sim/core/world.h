/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The world: all that can change during a run, in one relocatable block without pointers. A
 * snapshot is a copy of the block, a restore is a copy back, and the state's hash is a hash of its
 * bytes. Rooms register what they need as sections before the world is made. */
#ifndef MU_CORE_WORLD_H
#define MU_CORE_WORLD_H

#include <stddef.h>
#include <stdint.h>

#include "muster/status.h"
#include "muster/time.h"

/* Who owns which part of the block. Order is the order in memory. */
typedef enum mu_section {
    MU_SECTION_CLOCK,      /* one mu_clock */
    MU_SECTION_QUEUE,      /* mu_event: the heap of what is still to happen */
    MU_SECTION_STAMP,      /* uint16_t per stamped thing (event.h) */
    MU_SECTION_BODY,       /* crowd: one per person */
    MU_SECTION_MIND,       /* crowd: one per person: goal, knowledge, occupant state */
    MU_SECTION_CROWD,      /* crowd: one, counts */
    MU_SECTION_BELIEF,     /* crowd: sets of portals believed closed */
    MU_SECTION_PORTAL,     /* site: one per portal: its state now */
    MU_SECTION_HAND,       /* response: one per person: task and availability */
    MU_SECTION_STOCK,      /* response: one per piece of equipment: how many are free */
    MU_SECTION_STEP,       /* response: one per step */
    MU_SECTION_TERM,       /* response: first record that met each term */
    MU_SECTION_LINE,       /* response: one per channel: lines in use */
    MU_SECTION_UNIT,       /* response: one per unit from outside */
    MU_SECTION_ZONE,       /* response: one per zone that has been ordered to clear */
    MU_SECTION_ITEM,       /* threat: one, the item */
    MU_SECTION_WITNESS,    /* threat: one per person: what they have seen of it */
    MU_SECTION_VENT,       /* site: one per air-handling unit: runs or is shut */
    MU_SECTION_RELEASE,    /* threat: one, the gas */
    MU_SECTION_AIR,        /* threat: doubles, a state of hazard/air.h */
    MU_SECTION_BREATH,     /* threat: one per person: what they have breathed */
    MU_SECTION_SENSOR,     /* threat: one per piece of equipment: gas detectors */
    MU_SECTION_WASH,       /* response: one per decontamination line */
    MU_SECTION_WASHED,     /* response: one per person */
    MU_SECTION_SMOKE,      /* hazard: one per space: extinction coefficient */
    MU_SECTION_CASUALTY,   /* threat: one per person: the care that they need and have had */
    MU_SECTION_CASUALTIES, /* threat: one, how many there are */
    MU_SECTION_SECOND,     /* threat: one, the second item */
    MU_SECTION_ORDER,      /* response: one per person: the order that they follow */
    MU_SECTION_HOSTAGE,    /* threat: one, the hostage incident */
    MU_SECTION_CAPTIVE,    /* threat: one per person: what they have to do with it */
    MU_SECTION_ROUND,      /* response: one per person: what their team does for whom */
    MU_SECTION_ROLL,       /* response: one per person: counted, missing, last seen where */
    MU_SECTION_INTRUDER,   /* threat: one, the intruder */
    MU_SECTION_ALARM,      /* response: one per piece of equipment: alarms at the desk */
    MU_SECTION_SERVICE,    /* site: power, then one per channel */
    MU_SECTION_WATCH,      /* response: one, numbers that clauses ask for */
    MU_SECTION_LANE,       /* response: one per lane */
    MU_SECTION_METER,      /* crowd: one per gate: when the next may pass (mode regulatory) */
    MU_SECTION_FLOW,       /* crowd, motion model flow: one, its rules */
    MU_SECTION_FLOW_LEG,   /* one per person: how far on the way */
    MU_SECTION_FLOW_GATE,  /* one per gate: its queues */
    MU_SECTION_FLOW_AREA,  /* one per area: how full it is */
    MU_SECTION_LIFT,       /* crowd: one per lift */
    MU_SECTION_HELP,       /* crowd: one per person: the refuge where they wait for help */
    MU_SECTION_PARTY,      /* crowd: one per party that keeps together */
    MU_SECTION_RELIEF,     /* response: one per person: comes to relieve somebody, or goes */
    MU_SECTION_GUIDE,      /* crowd: those who lead to a door */
    MU_SECTION_PROVISIONS, /* response: one, food, water and medicine */
    MU_SECTION_YEAR,         /* readiness: one, the year */
    MU_SECTION_YEAR_STAFF,   /* one per kind of staff */
    MU_SECTION_YEAR_PERSON,  /* one per person */
    MU_SECTION_YEAR_DUTY,    /* one per duty */
    MU_SECTION_YEAR_SERVE,   /* one per number of a clause that a duty serves */
    MU_SECTION_YEAR_JOB,     /* what is waited for or being done */
    MU_SECTION_YEAR_STATION, /* one per station */
    MU_SECTION_YEAR_ASSET,   /* one per piece of equipment that can fail */
    MU_SECTION_YEAR_WEAR,    /* one per kind of it */
    MU_SECTION_YEAR_SKILL,   /* one per person and topic */
    MU_SECTION_YEAR_ROLL,    /* one byte per person and duty that keeps a list */
    MU_SECTION_YEAR_LOT,     /* MU_YEAR_LOTS per store */
    MU_SECTION_YEAR_SCORE,   /* one per department */
    MU_SECTION_HOSPITAL,     /* one per hospital */
    MU_SECTION_ROAD,         /* response: one per road: whether its lane is free */
    MU_SECTION_YEAR_CONDUCT, /* one per person */
    MU_SECTION_YEAR_RATING,  /* one per person and duty that rates */
    MU_SECTION_YEAR_TOPIC,   /* one per topic */
    MU_SECTION_TIP,          /* response: one per report at the intelligence desk */
    MU_SECTION_COUNT
} mu_section;

/* What each section needs; filled in by the rooms through mu_layout_add. */
typedef struct mu_layout {
    uint32_t size[MU_SECTION_COUNT];  /* bytes of one element, 0 = section not used */
    uint32_t count[MU_SECTION_COUNT]; /* elements */
} mu_layout;

typedef struct mu_clock {
    mu_time now_us;
    uint64_t dispatched; /* events handled */
    uint64_t dropped;    /* stale events dropped */
    uint32_t next_sequence;
    uint32_t pending;   /* events in the queue */
    uint32_t log_count; /* records written: the block's cursor into the log */
    uint32_t status;    /* mu_status, sticky */
    uint32_t replication;
    uint32_t over;  /* 1 once the run has ended */
    uint32_t quiet; /* 1 if it ended because nothing was left to happen */
    uint32_t hole;  /* 1 = the queue's root was taken, and nothing has come into its place yet */
    uint64_t seed;
    mu_time look_us; /* when to look again whether all is quiet */
} mu_clock;

typedef struct mu_world {
    unsigned char *block; /* NULL = no world */
} mu_world;

void mu_layout_add(mu_layout *layout, mu_section section, size_t size, uint32_t count);

/* A zeroed world with room for the layout. */
MU_MUST_USE mu_status mu_world_create(const mu_layout *layout, mu_world *out);
void mu_world_destroy(mu_world *world);

/* The block begins with two words, and then where each section lies in it. */
#define MU_WORLD_OFFSETS 16
/* The elements of a section, valid until the world grows, is restored or destroyed. */
static inline void *mu_world_section(const mu_world *world, mu_section section) {
    const uint64_t *offset =
        (const uint64_t *)(const void *)(world->block + MU_WORLD_OFFSETS); /* world.c: header */
    return world->block + offset[section];
}
/* … then how large its elements are, and how many it has. */
#define MU_WORLD_COUNTS (MU_WORLD_OFFSETS + MU_SECTION_COUNT * (sizeof(uint64_t) + sizeof(uint32_t)))
static inline uint32_t mu_world_count(const mu_world *world, mu_section section) {
    const uint32_t *count =
        (const uint32_t *)(const void *)(world->block + MU_WORLD_COUNTS); /* world.c: header */
    return count[section];
}
static inline mu_clock *mu_world_clock(const mu_world *world) {
    return (mu_clock *)mu_world_section(world, MU_SECTION_CLOCK);
}

/* Makes room for at least `count` elements; the block may move. Call between events only. */
MU_MUST_USE mu_status mu_world_grow(mu_world *world, mu_section section, uint32_t count);

size_t mu_world_bytes(const mu_world *world);
/* An exact copy, which goes on by itself: a snapshot or a branch. */
MU_MUST_USE mu_status mu_world_copy(const mu_world *world, mu_world *out);
/* Checks that `bytes` is a whole image of a world with this layout, and takes it over; on failure
 * the world is untouched. */
MU_MUST_USE mu_status mu_world_load(mu_world *world, const void *image, size_t bytes);
/* 64-bit hash of the whole state. Equal states give equal hashes on one kind of processor. */
uint64_t mu_world_hash(const mu_world *world);

#endif
