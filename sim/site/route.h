/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ways over gates, as somebody believes them to be: the walking cost from every gate to a goal,
 * given the portals that this person believes closed and what they have access to. Tables are pure
 * functions of their key and are cached per run. */
#ifndef MU_SITE_ROUTE_H
#define MU_SITE_ROUTE_H

#include "site/walkable.h"

typedef enum mu_goal_kind {
    MU_GOAL_NONE,
    MU_GOAL_POINT,    /* a point of an area */
    MU_GOAL_ASSEMBLY, /* the assembly point that is nearest by cost; if none can be reached: as
                         MU_GOAL_OUTSIDE */
    MU_GOAL_OUTSIDE   /* any outdoor area or the edge of the model */
} mu_goal_kind;

typedef struct mu_goal {
    uint32_t kind; /* mu_goal_kind */
    uint32_t area; /* MU_GOAL_POINT; MU_GOAL_ASSEMBLY: a bit for each assembly point that is not to
                      be used, 0 = all may be */
    mu_point at;
} mu_goal;

/* Out of the site's buildings? */
static inline bool mu_goal_leads_out(const mu_goal *goal) {
    return goal->kind == MU_GOAL_ASSEMBLY || goal->kind == MU_GOAL_OUTSIDE;
}

/* Which lifts somebody gets into; out of one everybody may. */
typedef enum mu_lifts_used {
    MU_LIFTS_NONE,
    MU_LIFTS_EVACUATION, /* helpers with somebody whom they bring down, after an alarm */
    MU_LIFTS_ALL
} mu_lifts_used;

/* Who goes: decides which doors open for them (access) and the cost of stairs. */
typedef struct mu_walker_class {
    mu_access access; /* up to and including */
    bool evacuating;  /* pass-controlled doors open for all in an evacuation */
    bool no_stairs;   /* cannot use stairs at all (wheelchair, unassisted) */
    bool alarm;       /* belts that stop in an alarm stand: they are stairs, both ways */
    uint8_t lifts;    /* mu_lifts_used */
} mu_walker_class;
static inline bool mu_walkers_alike(mu_walker_class p, mu_walker_class q) {
    return p.access == q.access && p.evacuating == q.evacuating && p.no_stairs == q.no_stairs &&
           p.alarm == q.alarm && p.lifts == q.lifts;
}

/* Level metres that cost as much time as one metre along a flight: 1.20 / 0.62, level and stair
 * speeds of the same adults (MSC.1/Circ.1533, Annex 3, Tables 3.4 and 3.5, mid-points, downwards).
 */
#define MU_STAIR_COST 1.9

/* Level metres that a lift costs before it moves: the wait for it, and its doors. Half a minute at
 * 1.25 m/s: an interval between cars of 30 s is the usual aim for offices (CIBSE Guide D). */
#define MU_LIFT_COST_M    37.5
#define MU_LIFT_LEVEL_MPS 1.25 /* what a second on the way is worth */

/* One bit per portal of the site: believed closed. Length mu_belief_words(portal count). */
typedef const uint64_t *mu_belief;
static inline uint32_t mu_belief_words(uint32_t portals) {
    return (portals + 63) / 64;
}

/* Which gates can be passed: those of portals not believed closed, that open for the class, in the
 * direction that the site gives a one-way portal. A flight is part of its portal: whoever is on it
 * gets off at either end, closed or not. Gates off the site serve MU_GOAL_OUTSIDE only. */

/* Tables and fields to points; the oldest goes when another is needed, of lines the one whose place
 * it takes. There is room for as many tables as fit into MU_ROUTE_TABLE_BYTES, within the two
 * bounds, for MU_ROUTE_FIELDS fields besides those that all runs share (shared.h), and for
 * MU_ROUTE_LINES lines. What is asked never depends on what was asked before, so a run may go on
 * with what another has found. One cache per run at a time. MU_ROUTE_TABLES_MOST is full after some
 * 50 runs, and nearly all that runs have in common is in there: four times as many fill over
 * hundreds of runs, with 85 MB a thread instead of 22, and 30 explosions on the campus took no less
 * time with them (9.2 s; 9.1 s with these). */
#define MU_ROUTE_TABLES      512U
#define MU_ROUTE_TABLES_MOST 1024U
#define MU_ROUTE_TABLE_BYTES (UINT64_C(128) << 20)
#define MU_ROUTE_FIELDS      128U
#define MU_ROUTE_LINES       2048U

typedef struct mu_route_cache mu_route_cache;
/* NULL only where there is no memory. */
mu_route_cache *mu_route_cache_create(const mu_walkable *walkable);
void mu_route_cache_destroy(mu_route_cache *cache);
/* The same, but one that a run over the same walkable has done with is taken, and kept for the next
 * run. Any thread may. */
mu_route_cache *mu_route_cache_borrow(const mu_walkable *walkable);
void mu_route_cache_give_back(mu_route_cache *cache);
/* Of a walkable that is going to be destroyed. */
void mu_route_cache_destroy_spares(mu_walkable *walkable);

/* The next gate from a point of an area towards a goal, and the whole way's cost in level metres.
 * Returns MU_NONE with a finite cost where the goal is in this area (then go straight to *target),
 * and MU_NONE with an infinite cost where there is no way. For MU_GOAL_ASSEMBLY *target is set once
 * the assembly point is in this area; for MU_GOAL_OUTSIDE, in the open, it is `at`. `closed` may be
 * NULL: nothing is. */
uint32_t mu_route_next(mu_route_cache *cache, const mu_goal *goal, mu_walker_class walker,
                       mu_belief closed, uint32_t area, mu_point at, double *cost,
                       mu_point *target);

/* The same, but a way that costs `most` or more may be missed: then the cost is that or more, and
 * neither gate nor target say anything. Cheap where `most` is small. Of MU_GOAL_ASSEMBLY no
 * substitute is looked for. */
uint32_t mu_route_within(mu_route_cache *cache, const mu_goal *goal, mu_walker_class walker,
                         mu_belief closed, uint32_t area, mu_point at, double most, double *cost,
                         mu_point *target);

/* Is there a way to a point that costs less than `most`? Which one, and what it costs, is not found
 * out. */
bool mu_route_is_within(mu_route_cache *cache, const mu_goal *goal, mu_walker_class walker,
                        mu_belief closed, uint32_t area, mu_point at, double most);

/* Is there any way at all? As mu_route_next with a finite cost, which it need not know. */
bool mu_route_exists(mu_route_cache *cache, const mu_goal *goal, mu_walker_class walker,
                     mu_belief closed, uint32_t area, mu_point at);

/* The same from the middle of a gate of the area that is on its `side`: for somebody who has just
 * come in by it. Cheaper, since the distances between gates are known, and answers are kept; the
 * gate itself may be the answer. *target holds only where no gate is returned. */
uint32_t mu_route_after(mu_route_cache *cache, const mu_goal *goal, mu_walker_class walker,
                        mu_belief closed, uint32_t gate, int side, double *cost, mu_point *target);
/* The cost from the middle of a gate that is about to be passed from `side`; infinite off the site.
 */
double mu_route_through(mu_route_cache *cache, const mu_goal *goal, mu_walker_class walker,
                        mu_belief closed, uint32_t gate, int side);

/* The way from a point across its area to one side of a gate (gate * 2 + side), as whoever makes it
 * keeps it here: the place for it, with the count 0 if it is not known. Valid until the next call.
 * It has to follow from the point and the gate alone. */
#define MU_ROUTE_BENDS 8U
typedef struct mu_route_line {
    mu_point from;
    uint32_t mouth;
    uint32_t count; /* of bends, the ends among them */
    mu_point at[MU_ROUTE_BENDS];
    double metres[MU_ROUTE_BENDS]; /* from the first */
} mu_route_line;
mu_route_line *mu_route_line_of(mu_route_cache *cache, mu_point from, uint32_t mouth);

/* Field to a point goal, cached; valid until the next call with this cache. NULL without memory. */
const mu_field_grid *mu_route_field(mu_route_cache *cache, uint32_t area, mu_point target);

#endif
