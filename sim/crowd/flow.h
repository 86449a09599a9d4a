/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside the flow model: a network of areas that hold so many and gates that pass so many in a
 * second. Nothing happens but at events: somebody sets off across an area, gets to a gate or to the
 * end of the walk, or passes a gate. Where people are in between is worked out when it is asked.
 *
 * All functions may be called whatever the motion model is: they do nothing under another. */
#ifndef MU_CROWD_FLOW_H
#define MU_CROWD_FLOW_H

#include "core/fetch.h"
#include "crowd/crowd.h"
#include "crowd/flow_rules.h"
#include "crowd/scratch.h"

typedef enum mu_flow_doing {
    MU_FLOW_NOTHING,  /* does not walk */
    MU_FLOW_CHOOSING, /* is about to choose a way, at this very moment */
    MU_FLOW_CROSSING, /* walks across the area */
    MU_FLOW_WAITING   /* stands in the queue of a mouth */
} mu_flow_doing;

/* One person's way across the area that they are in. body.at is where it began. */
typedef struct mu_flow_leg {
    mu_time start_us;
    mu_time reach_us; /* when its end is reached, if nothing happens */
    double metres;    /* to the gate's line or to the target */
    double mps;
    uint32_t number;         /* of this leg: events of earlier ones are stale */
    uint32_t doing;          /* mu_flow_doing */
    uint32_t mouth;          /* that it leads to; MU_NONE */
    uint32_t from;           /* mouth by which they came in, while they are crossing; MU_NONE */
    uint32_t came;           /* mouth by which they came in, until they choose again; MU_NONE */
    uint32_t ticket;         /* place in the queue, counted from the first who ever waited there */
    uint32_t next, previous; /* in the queue; MU_NONE */
} mu_flow_leg;

/* One side of a gate: those who wait to pass out of its area. */
typedef struct mu_flow_side {
    uint32_t first, last; /* MU_NONE */
    uint32_t waiting;
    uint32_t coming;  /* persons who make for it, the waiting ones included */
    uint32_t entered; /* persons who came in by it and are crossing the area */
    uint32_t padding;
    uint32_t tickets; /* given out */
    uint32_t blocked; /* 1 = the first cannot pass because the area beyond is full */
    mu_time since_us; /* when that began */
    mu_time slow_us;  /* a flight: when the last who entered it will be at this end */
    mu_time gap_us;   /* between two persons who pass out here */
} mu_flow_side;

/* Both sides share the opening. Index: as mu_walkable_gate; a side's mouth is gate * 2 + side. */
typedef struct mu_flow_gate {
    mu_flow_side side[2];
    mu_time free_us; /* when the next may pass */
    uint32_t due;    /* 1 = a FLOW_GATE event is scheduled … */
    uint32_t padding;
    mu_time due_us; /* … for then */
} mu_flow_gate;

typedef struct mu_flow_area {
    uint32_t walkers; /* who walk in it, waiting or not */
    uint32_t resting;
    uint32_t waiting;  /* in queues */
    uint32_t blocked;  /* mouths into it whose first cannot pass because it is full */
    uint32_t blocking; /* mouths out of it whose first cannot pass: the area beyond is full */
    uint32_t room;     /* persons that it holds */
    double ground_m2;  /* that people walk on: not along the walls */
} mu_flow_area;

static inline bool mu_flow_is_on(const mu_sim *sim) {
    return mu_crowd(sim)->motion == MU_MOTION_FLOW;
}
static inline mu_flow_rules *mu_flow_rules_now(const mu_sim *sim) {
    return (mu_flow_rules *)mu_world_section(&sim->world, MU_SECTION_FLOW);
}
static inline mu_flow_leg *mu_flow_legs(const mu_sim *sim) {
    return (mu_flow_leg *)mu_world_section(&sim->world, MU_SECTION_FLOW_LEG);
}
static inline mu_flow_gate *mu_flow_gates(const mu_sim *sim) {
    return (mu_flow_gate *)mu_world_section(&sim->world, MU_SECTION_FLOW_GATE);
}
static inline mu_flow_area *mu_flow_areas(const mu_sim *sim) {
    return (mu_flow_area *)mu_world_section(&sim->world, MU_SECTION_FLOW_AREA);
}
static inline mu_flow_side *mu_flow_side_of(const mu_sim *sim, uint32_t mouth) {
    return &mu_flow_gates(sim)[mouth / 2].side[mouth % 2];
}

/* flow.c: sections and counts. */

/* Sections without elements; they grow when flow is chosen. */
void mu_flow_register(mu_layout *layout);
/* What it needs: where it is known beforehand that people move by flow, the world is made with it
 * and need not grow. */
void mu_flow_count(const mu_walkable *walkable, const mu_people *people, mu_layout *layout);
/* Sets everything up from where people are now. The world grows. */
MU_MUST_USE mu_status mu_flow_begin(mu_sim *sim);
/* Takes other rules than the mode's; before anyone walks. */
void mu_flow_follow(mu_sim *sim, const mu_flow_rules *rules);
/* A body in its area is about to change its mode. */
void mu_flow_on_mode(mu_sim *sim, uint32_t person, mu_body_mode from, mu_body_mode to);
/* Do counts, queues and legs agree with each other, and is nobody left waiting for nothing? */
bool mu_flow_is_sound(const mu_sim *sim);

/* flow_leg.c: across an area, and through the gate behind it. */

/* Stops somebody where they are now: out of the queue, body.at is their place. */
void mu_flow_halt(mu_sim *sim, uint32_t person);
/* Somebody who walks and has been halted is to choose a way, now, after what else happens. */
void mu_flow_set_off(mu_sim *sim, uint32_t person);
/* The way has been chosen (body.gate, body.target): on it. `from` is the mouth just passed through
 * into the area, or MU_NONE; `pressed` whether others went through just before. */
void mu_flow_start_leg(mu_sim *sim, uint32_t person, uint32_t from, bool pressed);

/* Somebody who was crossing no longer is. */
void mu_flow_end_crossing(mu_sim *sim, uint32_t person);
/* Sends for what the next event will ask for; or for what will be asked about somebody. */
void mu_flow_foresee(const mu_sim *sim);
static inline void mu_flow_expect(const mu_sim *sim, uint32_t person) {
    mu_fetch(&mu_flow_legs(sim)[person]);
    mu_fetch(&mu_bodies(sim)[person]);
    mu_fetch((const char *)&mu_bodies(sim)[person] + 64);
    mu_fetch(&mu_minds(sim)[person]);
}
/* Takes the first from the queue of a mouth and moves them through the gate. */
void mu_flow_pass_first(mu_sim *sim, uint32_t mouth);

/* flow_queue.c: the queues of mouths. */

void mu_flow_join(mu_sim *sim, uint32_t person, uint32_t mouth);
void mu_flow_leave_queue(mu_sim *sim, uint32_t person);
/* The first of a mouth waits for room, or does no longer. */
void mu_flow_block(mu_sim *sim, uint32_t mouth, mu_time since_us);
void mu_flow_unblock(mu_sim *sim, uint32_t mouth);

/* flow_gate.c: through gates. */

/* Lets pass whoever may now, and sees to it that the next follow. */
void mu_flow_serve(mu_sim *sim, uint32_t gate);
/* Has FLOW_GATE happen at a time, or when the gate is free, unless it is due before. */
void mu_flow_call(mu_sim *sim, uint32_t gate, mu_time at_us);
/* Part of an area that those who stand about leave to those who walk. */
#define MU_FLOW_WALKERS_SHARE 8U
/* How many more walkers an area has room for; off site there is room for all. */
static inline uint32_t mu_flow_places(const mu_sim *sim, uint32_t area) {
    if (area == MU_NONE) {
        return UINT32_MAX;
    }
    const mu_flow_area *now = &mu_flow_areas(sim)[area];
    const uint32_t left = now->room > now->resting ? now->room - now->resting : 0;
    const uint32_t least = now->room / MU_FLOW_WALKERS_SHARE + 1;
    const uint32_t most = left > least ? left : least;
    return now->walkers < most ? most - now->walkers : 0;
}
/* So many places are left, and some wait for one: calls the gate that has waited longest. */
void mu_flow_give_room(mu_sim *sim, uint32_t area, uint32_t places);
static inline void mu_flow_offer_room(mu_sim *sim, uint32_t area) {
    const uint32_t places = mu_flow_areas(sim)[area].blocked == 0 ? 0 : mu_flow_places(sim, area);
    if (places > 0) {
        mu_flow_give_room(sim, area, places);
    }
}

/* flow_jam.c: rings of full areas. */

/* The first at a mouth waits for room: if areas wait for each other in a ring, all of the ring's
 * first ones change places at once. */
void mu_flow_untie(mu_sim *sim, uint32_t mouth);
/* Would there be such a ring, if the first at this mouth waited for room? */
bool mu_flow_closes_ring(mu_sim *sim, uint32_t mouth);
/* flow_place.c: where people are on their way. */

/* Metres from the gate at which somebody stands with so many before them. */
double mu_flow_queue_m(const mu_sim *sim, uint32_t mouth, uint32_t before);
/* So many have room in the queue of a mouth that nobody stands further away from it. */
uint32_t mu_flow_queue_within(const mu_sim *sim, uint32_t mouth, double metres);
/* Where somebody who makes for a mouth stands in its queue, roughly: straight back from the gate.
 */
mu_point mu_flow_near_gate(const mu_sim *sim, uint32_t person);
/* Metres that somebody who crosses an area or waits still has to its gate or to their place. */
double mu_flow_left_m(const mu_sim *sim, uint32_t person);
/* Metres from body.at to body.target within their area. */
double mu_flow_end_metres(const mu_sim *sim, uint32_t person);

/* flow_path.c: the bends of a way. */

typedef struct mu_flow_path {
    /* What it was made for. */
    mu_point from, target;
    mu_time start_us;
    uint32_t area, gate;

    uint32_t number; /* of all ways that were made, counted from 1 */
    uint32_t count;  /* 0 = not made yet */
    mu_point at[MU_ROUTE_BENDS];
    double metres[MU_ROUTE_BENDS]; /* from the first */
} mu_flow_path;

/* How long somebody who came into an area by one mouth takes to turn back out by another: worked
 * out when first asked for, and kept for the one who came that way last. */
typedef struct mu_flow_turn {
    uint32_t came; /* mouth; MU_NONE: not asked yet */
    uint32_t padding;
    mu_time us; /* 0: they do not turn back */
} mu_flow_turn;

/* The way on from a mouth that was answered last: what it follows from, and the answer. */
typedef struct mu_flow_ahead {
    mu_goal goal;
    uint32_t mouth; /* MU_NONE: nothing kept */
    uint32_t belief, avoid, avoid_too, exit;
    uint32_t walker; /* bits of mu_walker_class, and whether they have left */
    uint32_t leaving;
    uint32_t gate;
    double cost;
    mu_point target;
} mu_flow_ahead;
#define MU_FLOW_AHEAD 1024U /* kept; a power of two */

/* Part of the scratch, no state. */
typedef struct mu_flow_room {
    mu_flow_path *paths; /* per person */
    uint32_t *seen;      /* per area: the search that came there last */
    uint32_t *ring;      /* per area: mouths of the ring that is looked for */
    uint32_t search;
    uint32_t made;         /* ways, so far */
    uint32_t *mouth_first; /* per area, and one more: into mouths */
    uint32_t *mouths;      /* of each area, seen from inside it */
    mu_flow_turn *turns;   /* per mouth */
    mu_flow_ahead *ahead;  /* MU_FLOW_AHEAD */
} mu_flow_room;
mu_flow_room *mu_flow_room_make(const mu_sim *sim);
/* NULL without memory: then the run's status says so. */
static inline mu_flow_room *mu_flow_room_of(const mu_sim *sim) {
    return sim->scratch->flow != NULL ? sim->scratch->flow : mu_flow_room_make(sim);
}
void mu_flow_room_destroy(mu_flow_room *room);
/* The world is another one now (mu_scratch_forget). */
void mu_flow_forget(mu_flow_room *room);

/* flow_ahead.c: the next gate, cost and point from the middle of a mouth by which somebody has come
 * in, as mu_route_after tells it. */
uint32_t mu_flow_way_on(mu_sim *sim, uint32_t person, mu_walker_class walker, uint32_t mouth,
                        uint32_t avoid_too, double *cost, mu_point *target);

/* The way that somebody who crosses an area or waits takes: from body.at to its end. */
const mu_flow_path *mu_flow_path_of(const mu_sim *sim, uint32_t person);
/* Metres of its line for one metre of the leg: a way to a point ends as far before it as is near
 * enough, others are walked to their end. */
double mu_flow_stretch(const mu_sim *sim, uint32_t person, const mu_flow_path *path);
/* How far along its line they are, and the point that is so far along. */
double mu_flow_along(const mu_sim *sim, uint32_t person, const mu_flow_path *path);
mu_point mu_flow_point(const mu_flow_path *path, double along);

#endif
