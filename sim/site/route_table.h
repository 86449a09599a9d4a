/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Costs from every gate and side to a goal, for one kind of walker and one belief. The search runs
 * backwards from the goal and stops as soon as whoever asks knows enough; who asks from further
 * away later lets it go on. A cost is the same however far the search has gone. */
#ifndef MU_SITE_ROUTE_TABLE_H
#define MU_SITE_ROUTE_TABLE_H

#include <math.h>

#include "site/route.h"
#include "site/walkable_parts.h"

/* What a table is a function of; all of it is compared. */
typedef struct mu_table_key {
    uint32_t kind, area;
    uint64_t x, y; /* bits of the point */
    uint32_t access, evacuating, no_stairs, lifts;
} mu_table_key;

/* A node (gate * 2 + side) that the search has come to. It may be there again, cheaper. */
typedef struct mu_table_front {
    double cost;
    uint32_t node;
    uint32_t guess; /* 1 = the cost is no more than that, and not known yet */
} mu_table_front;

/* What mu_route_after has answered for a node. */
typedef struct mu_table_answer {
    double cost;
    uint32_t gate;
    bool known;
} mu_table_answer;

typedef struct mu_route_table {
    mu_table_key key;
    uint64_t *closed; /* words of the belief */
    mu_walker_class walker;
    double *cost; /* [gate * 2 + side]; the least so far, final up to that of the front's first */
    mu_table_front *front; /* a heap */
    uint32_t front_count, front_room;
    mu_table_answer *answers; /* as `cost`; NULL until one is kept */
    bool begun;               /* the nodes next to the goal are in the front */
    bool lacks_memory;        /* for its front: not all is found that could be */
} mu_route_table;

typedef struct mu_route_tables {
    const mu_walkable *walkable;
    uint32_t words;        /* of a belief */
    mu_route_table *items; /* room for `room` */
    uint64_t *hashes;      /* of the tables, side by side */
    uint32_t *bucket;      /* `buckets` of them: the newest table with such a hash; MU_NONE */
    uint32_t *older;       /* per table: the next one in its bucket */
    uint32_t buckets;      /* a power of two */
    uint32_t room, count, next;
    uint32_t last, before; /* the two asked for last */
} mu_route_tables;

bool mu_route_tables_create(mu_route_tables *tables, const mu_walkable *walkable);
void mu_route_tables_destroy(mu_route_tables *tables);

/* The table for a goal: known, or another in the place of the oldest, not begun. NULL without
 * memory. */
mu_route_table *mu_route_table_of(mu_route_tables *tables, const mu_goal *goal,
                                  mu_walker_class walker, mu_belief closed);

/* Can the gate be passed from its `side`, as somebody believes it to be? */
bool mu_route_may_pass(const mu_walkable *walkable, const mu_gate *gate, int side,
                       mu_walker_class walker, mu_belief closed);

/* Puts a node that is next to the goal into the front of a table that begins; as a guess, until the
 * search comes to it. */
void mu_route_table_put(mu_route_table *table, uint32_t node, double cost);
void mu_route_table_guess(mu_route_table *table, uint32_t node, double cost);
/* The place for an answer of a table; NULL without memory. */
mu_table_answer *mu_route_table_answer(const mu_route_tables *tables, mu_route_table *table,
                                       uint32_t node);
/* What the next node costs that the search will settle; infinite once it has settled all. */
static inline double mu_route_table_front(const mu_route_table *table) {
    return table->front_count > 0 ? table->front[0].cost : INFINITY;
}
/* Takes the front's first, of which there has to be one. */
mu_table_front mu_route_table_take(mu_route_table *table);
/* Settles one node and returns it; MU_NONE: one that had been settled before. The search has come
 * to one that was a guess: *guess is set, and it is the caller who puts it in with its cost. */
uint32_t mu_route_table_go_on(const mu_route_tables *tables, mu_route_table *table, bool *guess);

#endif
