/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events are plain data and their queue is a plain 4-ary heap in the world, ordered by time and
 * then by sequence number. Nothing is ever searched for and deleted: whoever changes a plan bumps
 * its stamp, and the dispatcher drops events made under an older one. */
#ifndef MU_CORE_EVENT_H
#define MU_CORE_EVENT_H

#include <stdint.h>

#include "core/world.h"

/* What an event's subject is, and so which stamp it is checked against. */
typedef enum mu_stamped {
    MU_STAMPED_NOTHING,
    MU_STAMPED_PERSON,
    MU_STAMPED_STEP,
    MU_STAMPED_PORTAL,
    MU_STAMPED_COUNT
} mu_stamped;

typedef struct mu_event {
    mu_time time_us;
    uint32_t sequence; /* breaks ties: first scheduled, first handled */
    uint32_t cause;    /* id of the log record that brought it about */
    uint16_t kind;     /* mu_event_kind */
    uint16_t stamp;    /* of the subject's plan when it was scheduled */
    uint32_t subject;  /* index of a person, a step, … as the kind says */
    uint64_t argument; /* meaning depends on the kind */
} mu_event;
_Static_assert(sizeof(mu_event) == 32, "an event is 32 bytes");

/* Every kind of event: MU_EVENT(NAME, what its subject is stamped as). The handlers stand in one
 * table in drill/handlers.c. */
#define MU_EVENTS                                                                                  \
    MU_EVENT(INCIDENT_STARTS, NOTHING)                                                             \
    MU_EVENT(ALARM_RAISED, NOTHING)                                                                \
    MU_EVENT(ITEM_APPEARS, NOTHING)                                                                \
    MU_EVENT(ITEM_NOTICED, NOTHING) /* subject: equipment; a camera's analytics alarm */           \
    MU_EVENT(GAS_LEAKS, NOTHING)                                                                   \
    MU_EVENT(GAS_LOOKED, NOTHING)     /* what everybody has breathed */                            \
    MU_EVENT(GAS_NOTICED, NOTHING)    /* subject: a detector; MU_NONE: the plant's instruments */  \
    MU_EVENT(VENT_MOVED, NOTHING)     /* a unit is shut, or runs; argument: state, step */         \
    MU_EVENT(WASH_LOOKED, NOTHING)    /* who has to go to a decontamination line */                \
    MU_EVENT(WASH_DONE, NOTHING)      /* a person at a station; argument: which */                 \
    MU_EVENT(WASH_FREED, NOTHING)     /* a shower head is ready again */                           \
    MU_EVENT(CROWD_STEP, NOTHING)     /* one step of the motion model */                           \
    MU_EVENT(PERSON_MOVES, PERSON)    /* pre-movement is over */                                   \
    MU_EVENT(PERSON_ARRIVED, PERSON)  /* at the goal of a walk */                                  \
    MU_EVENT(PERSON_ALERTED, NOTHING) /* a broadcast message is there; argument: channel, step */  \
    MU_EVENT(ROUTINE_STARTS, NOTHING) /* background work of a person */                            \
    MU_EVENT(ROUTINE_ENDS, NOTHING)                                                                \
    MU_EVENT(PATROL_STARTS, NOTHING)                                                               \
    MU_EVENT(PATROL_NEXT, PERSON)                                                                  \
    MU_EVENT(STEP_DUE, STEP)                                                                       \
    MU_EVENT(STEP_WORKED, STEP)                                                                    \
    MU_EVENT(MESSAGE_ARRIVES, STEP)                                                                \
    MU_EVENT(MESSAGE_RETRIED, STEP)                                                                \
    MU_EVENT(UNIT_SETS_OUT, NOTHING)                                                               \
    MU_EVENT(UNIT_ON_SITE, NOTHING)                                                                \
    MU_EVENT(PORTAL_MOVED, PORTAL)       /* a door, gate or bollard is where it was ordered */     \
    MU_EVENT(ZONE_WATCHED, NOTHING)      /* who of a zone is still inside */                       \
    MU_EVENT(CASUALTY_WATCHED, NOTHING)  /* who sees those who lie unfound */                      \
    MU_EVENT(CASUALTY_REPORTED, NOTHING) /* subject: person; a bystander's report gets through */  \
    MU_EVENT(BLAST_DUE, NOTHING)         /* subject: which item */                                 \
    MU_EVENT(SMOKE_CLEARS, NOTHING)      /* subject: space */                                      \
    MU_EVENT(ROUND_WORKED, NOTHING)      /* subject: first of a team; argument: which round */     \
    MU_EVENT(ROUND_DELIVERED, NOTHING)   /* an ambulance is at the hospital */                     \
    MU_EVENT(ROUND_BACK, NOTHING)        /* … and is here again */                               \
    MU_EVENT(SECOND_APPEARS, NOTHING)                                                              \
    MU_EVENT(HOSTAGE_SEIZES, NOTHING)                                                              \
    MU_EVENT(HOSTAGE_SEEN, NOTHING)    /* subject: person; a witness runs and can tell of it */    \
    MU_EVENT(HOSTAGE_NOTICED, NOTHING) /* subject: equipment; MU_NONE: a call from inside */       \
    MU_EVENT(HOSTAGE_LETS_GO, NOTHING) /* subject: which release */                                \
    MU_EVENT(PERSON_ASKED, NOTHING)    /* a message to one in shelter; argument: channel, step */  \
    MU_EVENT(PERSON_REPLIES, NOTHING)  /* and the answer */                                        \
    MU_EVENT(DOOR_LOCKED, NOTHING)     /* by hand; subject: portal; argument: room, person */      \
    MU_EVENT(INTRUDER_MOVES, NOTHING)  /* subject: a leg of the path; argument: stage of it */     \
    MU_EVENT(INTRUDER_DETECTED, NOTHING) /* subject: equipment */                                  \
    MU_EVENT(ALARM_FALSE, NOTHING)       /* subject: equipment */                                  \
    MU_EVENT(ALARM_ASSESSED, NOTHING)    /* subject: equipment; an operator is through with it */  \
    MU_EVENT(OUTAGE_BEGINS, NOTHING)     /* subject: which */                                      \
    MU_EVENT(OUTAGE_ENDS, NOTHING)                                                                 \
    MU_EVENT(STANDBY_STARTS, NOTHING) /* by itself */                                              \
    MU_EVENT(CALL_OVER, NOTHING)      /* a threat by telephone has been taken */                   \
    MU_EVENT(VEHICLE_ARRIVES, NOTHING)                                                             \
    MU_EVENT(VEHICLE_NOTICED, NOTHING)                                                             \
    MU_EVENT(VEHICLE_DRIVES, NOTHING)                                                              \
    MU_EVENT(LANE_ARRIVES, NOTHING)    /* subject: lane; argument: luck with the time of day */    \
    MU_EVENT(LANE_CHECKED, NOTHING)    /* subject: lane; argument: when the check began */         \
    MU_EVENT(LANE_LEAVES, NOTHING)     /* subject: lane; one who came in that way */               \
    MU_EVENT(SUPPRESSION_DUE, NOTHING) /* subject: equipment */                                    \
    MU_EVENT(HORIZON, NOTHING)                                                                     \
    MU_EVENT(FLOW_PERSON, NOTHING)  /* motion model flow: chooses, or has got there; arg: leg */   \
    MU_EVENT(FLOW_GATE, NOTHING)    /* motion model flow: a gate can let somebody through */       \
    MU_EVENT(PERSON_LOOKS, NOTHING) /* where others go; argument: tries left */                    \
    MU_EVENT(LIFT_ACTS, NOTHING) /* doors have opened or closed, the car has come; arg: serial */  \
    MU_EVENT(HELP_CALLED, NOTHING) /* subject: at a refuge; the call gets through, or not */       \
    MU_EVENT(PARTY_LOOKS, NOTHING) /* subject: party; whether it is together */                    \
    MU_EVENT(RELIEF_DUE, NOTHING)  /* subject: who comes; argument: 1 = every day */               \
    MU_EVENT(RELIEF_GOES, NOTHING) /* subject: whose shift is over, relieved or not */             \
    MU_EVENT(RELIEF_DONE, NOTHING) /* subject: who has taken over */                               \
    MU_EVENT(PROVISIONS_LOOKED, NOTHING) /* how much is left */                                    \
    MU_EVENT(STEP_ISSUED, STEP)     /* handed out of a store; argument: which need */              \
    MU_EVENT(YEAR_COMES, NOTHING)   /* subject: duty; its next time by the calendar */             \
    MU_EVENT(YEAR_DUE, NOTHING)     /* subject: job; argument: its serial number */                \
    MU_EVENT(YEAR_LAPSES, NOTHING)  /* subject: job; argument: its serial number */                \
    MU_EVENT(YEAR_DONE, NOTHING)    /* subject: job; argument: its serial number */                \
    MU_EVENT(YEAR_SHIFT, NOTHING)   /* subject: kind of staff; a shift or the offices begin */     \
    MU_EVENT(YEAR_WEEK, NOTHING)    /* a week is over */                                           \
    MU_EVENT(YEAR_ILL, NOTHING)     /* subject: person */                                          \
    MU_EVENT(YEAR_LEAVE, NOTHING)   /* subject: person; argument: days */                          \
    MU_EVENT(YEAR_BACK, NOTHING)    /* subject: person */                                          \
    MU_EVENT(YEAR_RESIGNS, NOTHING) /* subject: person */                                          \
    MU_EVENT(YEAR_JOINS, NOTHING)   /* subject: person */                                          \
    MU_EVENT(YEAR_FAILS, NOTHING)   /* subject: asset */                                           \
    MU_EVENT(YEAR_TELLS, NOTHING)   /* subject: asset; argument: its fault's number */             \
    MU_EVENT(YEAR_OCCURS, NOTHING)  /* subject: occasion */                                        \
    MU_EVENT(YEAR_EXPIRES, NOTHING) /* subject: lot */                                             \
    MU_EVENT(YEAR_STOCKED, NOTHING) /* subject: lot */                                             \
    MU_EVENT(YEAR_ENDS, NOTHING)                                                                   \
    MU_EVENT(PASS_ASKED, NOTHING)    /* subject: who asks; argument: space, whether they do */     \
    MU_EVENT(CLIMATE_WARM, NOTHING)  /* subject: sensor; argument: the outage */                   \
    MU_EVENT(CLIMATE_ALARM, NOTHING)                                                               \
    MU_EVENT(TIP_COMES, NOTHING)  /* subject: report to the intelligence desk */                   \
    MU_EVENT(TIP_OTHER, NOTHING)  /* one that comes to nothing */                                  \
    MU_EVENT(TIP_WORKED, NOTHING) /* subject: report; an analyst is through with it */             \
    MU_EVENT(ACT_DUE, NOTHING)     /* subject: kind of act; argument: what, and by how much */    \
    MU_EVENT(DESK_READY, NOTHING)  /* subject: who has logged on at another desk */

typedef enum mu_event_kind {
#define MU_EVENT(NAME, stamped) MU_EVENT_##NAME,
    MU_EVENTS
#undef MU_EVENT
        MU_EVENT_KIND_COUNT
} mu_event_kind;

static inline mu_stamped mu_event_stamped(mu_event_kind kind) {
    static const uint8_t stamped[MU_EVENT_KIND_COUNT] = {
#define MU_EVENT(NAME, stamped) MU_STAMPED_##stamped,
        MU_EVENTS
#undef MU_EVENT
    };
    return (mu_stamped)stamped[kind];
}

/* The stamp section holds persons, then steps, then portals. */
typedef struct mu_stamp_layout {
    uint32_t first[MU_STAMPED_COUNT];
} mu_stamp_layout;

/* Room that the queue keeps for one handler; the run loop grows it between events. */
typedef struct mu_queue_view {
    mu_clock *clock;
    mu_event *heap;
    uint32_t capacity;
} mu_queue_view;

static inline mu_queue_view mu_queue_of(const mu_world *world) {
    return (mu_queue_view){
        .clock = mu_world_clock(world),
        .heap = (mu_event *)mu_world_section(world, MU_SECTION_QUEUE),
        .capacity = mu_world_count(world, MU_SECTION_QUEUE),
    };
}
/* Adds an event; sets its sequence number. Full: the clock's status becomes MU_ERR_LIMIT. It is
 * written where it belongs straight from the caller's registers: through memory, bit by bit, the
 * whole of it would have to be waited for. */
mu_event *mu_queue_make_room(mu_event *heap, mu_clock *clock, mu_time time_us);
static inline void mu_queue_push(mu_queue_view queue, mu_event event) {
    if (queue.clock->pending == queue.capacity) {
        queue.clock->status = MU_ERR_LIMIT;
        return;
    }
    event.sequence = queue.clock->next_sequence++;
    *mu_queue_make_room(queue.heap, queue.clock, event.time_us) = event;
}
/* Takes the earliest event; there must be one (clock->pending > 0). */
void mu_queue_close_hole(mu_event *heap, uint32_t count);
static inline mu_event mu_queue_pop(mu_queue_view queue) {
    if (queue.clock->hole != 0) {
        mu_queue_close_hole(queue.heap, queue.clock->pending);
    }
    const mu_event first = queue.heap[0];
    queue.clock->hole = --queue.clock->pending > 0;
    if (queue.clock->hole == 0) {
        queue.heap[0] = (mu_event){.time_us = 0};
    }
    return first;
}
/* The earliest event, left where it is, until something is pushed; there must be one. */
const mu_event *mu_queue_first_below(mu_event *heap, uint32_t count); /* a hole at the root */
static inline const mu_event *mu_queue_first(mu_queue_view queue) {
    return queue.clock->hole == 0 ? queue.heap
                                  : mu_queue_first_below(queue.heap, queue.clock->pending);
}
/* All that are pending, in no order that means anything. */
static inline const mu_event *mu_queue_all(mu_queue_view queue) {
    return queue.heap + queue.clock->hole;
}

#endif
