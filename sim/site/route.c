/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A route table holds, for every gate and side, the cost from its middle, about to be passed from
 * that side, to the goal. Who stands somewhere compares the few gates of that area, and has the
 * search go on only as far as it takes to know the cheapest. */
#include "site/route.h"

#include <stdlib.h>

#include "site/assembly.h"
#include "site/field.h"
#include "site/plane.h"
#include "site/route_table.h"
#include "site/shared.h"
#include "site/sight.h"
#include "site/walkable_parts.h"

typedef struct point_field {
    uint32_t area;
    mu_point target;
    mu_field_grid *field;
} point_field;

typedef struct asked_field {
    uint32_t area;
    mu_point target;
    const mu_field_grid *field;
} asked_field;

/* The point asked about last, and how far the gates of its area are from it: the same point is
 * asked about again with other gates closed. */
#define GATES_KEPT 64U
typedef struct asked_point {
    uint32_t area;
    mu_point at;
    uint64_t known; /* a bit for each gate of the area */
    double metres[GATES_KEPT];
} asked_point;

struct mu_route_cache {
    const mu_walkable *walkable;
    mu_route_tables tables;
    point_field fields[MU_ROUTE_FIELDS];
    uint32_t field_count, next_field;
    asked_field last_field;
    asked_point last_point;
    mu_route_line lines[MU_ROUTE_LINES];
};

mu_route_cache *mu_route_cache_create(const mu_walkable *walkable) {
    mu_route_cache *made = calloc(1, sizeof *made);
    if (!made) {
        return NULL;
    }
    made->walkable = walkable;
    if (!mu_route_tables_create(&made->tables, walkable)) {
        mu_route_cache_destroy(made);
        return NULL;
    }
    return made;
}

void mu_route_cache_destroy(mu_route_cache *cache) {
    if (!cache) {
        return;
    }
    mu_route_tables_destroy(&cache->tables);
    for (uint32_t f = 0; f < cache->field_count; f++) {
        mu_field_destroy(cache->fields[f].field);
    }
    free(cache);
}

/* Spares are no part of what a walkable says. */
static _Atomic(struct mu_route_cache *) *spares_of(const mu_walkable *walkable) {
    return ((mu_walkable *)(uintptr_t)walkable)->spare_routes;
}

mu_route_cache *mu_route_cache_borrow(const mu_walkable *walkable) {
    for (int k = 0; k < MU_ROUTES_SPARE; k++) {
        mu_route_cache *spare =
            atomic_exchange_explicit(&spares_of(walkable)[k], NULL, memory_order_acq_rel);
        if (spare) {
            return spare;
        }
    }
    return mu_route_cache_create(walkable);
}

void mu_route_cache_give_back(mu_route_cache *cache) {
    for (int k = 0; cache && k < MU_ROUTES_SPARE; k++) {
        mu_route_cache *none = NULL;
        if (atomic_compare_exchange_strong_explicit(&spares_of(cache->walkable)[k], &none, cache,
                                                    memory_order_acq_rel, memory_order_relaxed)) {
            return;
        }
    }
    mu_route_cache_destroy(cache);
}

void mu_route_cache_destroy_spares(mu_walkable *walkable) {
    for (int k = 0; k < MU_ROUTES_SPARE; k++) {
        mu_route_cache_destroy(atomic_load(&walkable->spare_routes[k]));
    }
}

static const mu_field_grid *remember(mu_route_cache *cache, uint32_t area, mu_point target,
                                     const mu_field_grid *field) {
    cache->last_field = (asked_field){area, target, field};
    return field;
}

/* A field that nobody else has made, from this run's own. */
static const mu_field_grid *own_field(const mu_route_cache *cache, uint32_t area, mu_point target) {
    for (uint32_t f = 0; f < cache->field_count; f++) {
        const point_field *known = &cache->fields[f];
        if (known->area == area && known->target.x == target.x && known->target.y == target.y) {
            return known->field;
        }
    }
    return NULL;
}

/* Keeps it among this run's own, in the place of the oldest. */
static void keep_own(mu_route_cache *cache, uint32_t area, mu_point target, mu_field_grid *made) {
    const uint32_t at = cache->next_field;
    if (at < cache->field_count) {
        mu_field_destroy(cache->fields[at].field);
    } else {
        cache->field_count++;
    }
    cache->fields[at] = (point_field){area, target, made};
    cache->next_field = (at + 1) % MU_ROUTE_FIELDS;
}

const mu_field_grid *mu_route_field(mu_route_cache *cache, uint32_t area, mu_point target) {
    const asked_field *last = &cache->last_field; /* as a rule */
    if (last->field && last->area == area && last->target.x == target.x &&
        last->target.y == target.y) {
        return last->field;
    }
    const mu_field_grid *known = mu_assembly_field(cache->walkable, area, target);
    known = known || !mu_area_exists(cache->walkable, area)
                ? known
                : mu_shared_field(cache->walkable, area, target);
    known = known ? known : own_field(cache, area, target);
    if (known) {
        return remember(cache, area, target, known);
    }
    mu_field_grid *made = mu_field_to_point(cache->walkable, area, target);
    if (!made) {
        return NULL;
    }
    known = mu_shared_keep(cache->walkable, area, target, made);
    if (!known) {
        keep_own(cache, area, target, made);
        known = made;
    }
    return remember(cache, area, target, known);
}

mu_route_line *mu_route_line_of(mu_route_cache *cache, mu_point from, uint32_t mouth) {
    mu_route_line *line = &cache->lines[mu_shared_hash(mouth, from) % MU_ROUTE_LINES];
    if (line->mouth != mouth || line->from.x != from.x || line->from.y != from.y) {
        *line = (mu_route_line){.from = from, .mouth = mouth};
    }
    return line;
}

/* Level metres from a point of an area to a point of it. */
static double cost_to_point(mu_route_cache *cache, uint32_t area, mu_point from, mu_point to) {
    const mu_field_grid *field = mu_route_field(cache, area, to);
    if (!field) {
        return INFINITY;
    }
    return cache->walkable->areas[area].slope *
           mu_field_distance(cache->walkable, area, field, from);
}

/* From a point of an area to the goal without leaving the area; infinite if it is not in there. */
static double cost_inside(mu_route_cache *cache, const mu_goal *goal, uint32_t area, mu_point from,
                          mu_point *target) {
    const mu_site *site = cache->walkable->site;
    double least = INFINITY;
    switch ((mu_goal_kind)goal->kind) {
    case MU_GOAL_NONE:
        break;
    case MU_GOAL_POINT:
        *target = goal->at;
        return goal->area == area ? cost_to_point(cache, area, from, goal->at) : INFINITY;
    case MU_GOAL_ASSEMBLY:
        for (uint32_t p = 0; p < site->assembly_points.count; p++) {
            const mu_assembly *point = &site->assembly_points.items[p];
            const bool used = p >= MU_ASSEMBLY_MOST || (goal->area >> p & 1) == 0;
            double cost = used && point->space.index == area
                              ? cost_to_point(cache, area, from, point->at)
                              : INFINITY;
            if (cost < least) {
                least = cost;
                *target = point->at;
            }
        }
        break;
    case MU_GOAL_OUTSIDE:
        *target = from;
        return cache->walkable->areas[area].outdoor ? 0 : INFINITY;
    }
    return least;
}

/* From a gate, passed from `side`, to the goal in the area beyond. */
static double cost_beyond(mu_route_cache *cache, const mu_goal *goal, const mu_gate *gate, int side,
                          mu_point *target) {
    uint32_t area = gate->area[1 - side];
    mu_point middle = mu_plane_scale(mu_plane_add(gate->a[1 - side], gate->b[1 - side]), 0.5);
    *target = middle;
    if (area == MU_NONE) {
        return goal->kind == MU_GOAL_OUTSIDE ? 0 : INFINITY;
    }
    return cost_inside(cache, goal, area, middle, target);
}

/* No field says that a point is so much nearer than it is in a straight line: it asks from a step
 * off walls, takes jambs by their chord, and interpolates between nodes. */
static double straight_less(const mu_area *in, double metres) {
    return in->slope * mu_plane_max(metres - (1.0 + 2 * in->step_m), 0);
}

/* What it costs from a node that leads into the area of a point is known once the search comes to
 * it: until then, no more than this. */
static void put_before_point(const mu_route_cache *cache, const mu_goal *goal,
                             mu_route_table *table, uint32_t node) {
    const mu_gate *gate = &cache->walkable->gates[node / 2];
    const int beyond = 1 - (int)(node % 2);
    const mu_area *in = &cache->walkable->areas[gate->area[beyond]];
    const mu_point middle = mu_plane_scale(mu_plane_add(gate->a[beyond], gate->b[beyond]), 0.5);
    mu_route_table_guess(table, node, straight_less(in, mu_plane_distance(middle, goal->at)));
}

/* Puts the nodes next to the goal into the front of a table: those that lead into its area; for
 * goals that may be anywhere, all of them are asked. */
static void begin(mu_route_cache *cache, const mu_goal *goal, mu_route_table *table) {
    const mu_walkable *walkable = cache->walkable;
    const bool point = goal->kind == MU_GOAL_POINT;
    const mu_area *in =
        point && goal->area < walkable->area_count ? &walkable->areas[goal->area] : NULL;
    const uint32_t count = !point ? 2 * walkable->gate_count : in ? in->gate_count : 0;
    table->begun = true;
    for (uint32_t n = 0; n < count; n++) {
        const uint32_t node = in ? walkable->gate_of[in->first_gate + n] ^ 1U : n;
        const mu_gate *gate = &walkable->gates[node / 2];
        const int side = (int)(node % 2);
        if (!mu_route_may_pass(walkable, gate, side, table->walker, table->closed)) {
            continue;
        }
        mu_point target;
        const double cost = in ? INFINITY : cost_beyond(cache, goal, gate, side, &target);
        if (in) {
            put_before_point(cache, goal, table, node);
        } else if (cost < INFINITY) {
            mu_route_table_put(table, node, cost + walkable->tolls[node]);
        }
    }
}

/* The search goes on by one node, which is returned once it is settled. */
static uint32_t go_on(mu_route_cache *cache, const mu_goal *goal, mu_route_table *table) {
    bool guess;
    const uint32_t node = mu_route_table_go_on(&cache->tables, table, &guess);
    if (!guess) {
        return node;
    }
    mu_point target;
    const double cost =
        cost_beyond(cache, goal, &cache->walkable->gates[node / 2], (int)(node % 2), &target) +
        cache->walkable->tolls[node];
    if (cost < table->cost[node]) {
        mu_route_table_put(table, node, cost);
    }
    return MU_NONE;
}

/* What is sought: the cheapest way out of an area, from a point of it or from one of its gates. */
typedef struct search {
    const mu_walkable *walkable;
    asked_point *asked;
    uint32_t area;
    uint32_t from; /* its k in the area's list; MU_NONE: from the point */
    mu_point at;
    double cost;   /* the least so far */
    uint32_t best; /* k of the gate; MU_NONE: none is cheaper than to stay in the area */
} search;

/* Metres from the point to the area's k-th gate. */
static double to_gate(search *s, uint32_t k) {
    asked_point *asked = s->asked;
    const mu_field_grid *field = &s->walkable->parts[s->area].fields[k];
    if (k >= GATES_KEPT) {
        return mu_field_distance(s->walkable, s->area, field, s->at);
    }
    if (asked->area != s->area || asked->at.x != s->at.x || asked->at.y != s->at.y) {
        asked->area = s->area;
        asked->at = s->at;
        asked->known = 0;
    }
    if ((asked->known >> k & 1) == 0) {
        asked->known |= UINT64_C(1) << k;
        asked->metres[k] = mu_field_distance(s->walkable, s->area, field, s->at);
    }
    return asked->metres[k];
}

/* What the way over the area's k-th gate costs at least, so much being left beyond it. */
static double least_over(const search *s, uint32_t k, double beyond) {
    const mu_area *in = &s->walkable->areas[s->area];
    const mu_field_grid *field = &s->walkable->parts[s->area].fields[k];
    return s->from != MU_NONE ? beyond
                              : beyond + straight_less(in, mu_sight_metres(&field->sight, s->at));
}

/* The way over the area's k-th gate. Of ways that cost the same the one over the first gate of the
 * list counts. */
static void try_gate(search *s, uint32_t k, double beyond) {
    if (!(beyond <= s->cost) || beyond == INFINITY || least_over(s, k, beyond) > s->cost) {
        return;
    }
    const mu_area *in = &s->walkable->areas[s->area];
    const double metres =
        s->from != MU_NONE ? mu_field_gate_metres(s->walkable, s->area, s->from, k) : to_gate(s, k);
    const double whole = beyond + in->slope * metres;
    if (whole < s->cost || (whole == s->cost && s->best != MU_NONE && k < s->best)) {
        s->cost = whole;
        s->best = k;
    }
}

/* The gates that the search has settled, the likeliest first: most others then need not be asked
 * for. */
static void try_settled(const mu_route_table *table, search *s) {
    const mu_area *in = &s->walkable->areas[s->area];
    const uint32_t *nodes = &s->walkable->gate_of[in->first_gate];
    const double settled = mu_route_table_front(table);
    uint32_t likely = MU_NONE;
    double least = INFINITY;
    for (uint32_t k = 0; s->from == MU_NONE && in->gate_count > 1 && k < in->gate_count; k++) {
        const double beyond = table->cost[nodes[k]];
        if (beyond <= settled && beyond < least && beyond < s->cost) {
            const double whole = least_over(s, k, beyond);
            likely = whole < least ? k : likely;
            least = whole < least ? whole : least;
        }
    }
    if (likely != MU_NONE) {
        try_gate(s, likely, table->cost[nodes[likely]]);
    }
    for (uint32_t k = 0; k < in->gate_count; k++) {
        if (k != likely && table->cost[nodes[k]] <= settled) {
            try_gate(s, k, table->cost[nodes[k]]);
        }
    }
}

/* Lets the table's search go on until no gate that it has not come to can be on a cheaper way, or
 * on one that costs less than `most`, or until there is a way that costs less than `enough`. */
static void seek(mu_route_cache *cache, const mu_goal *goal, mu_route_table *table, double most,
                 double enough, search *s) {
    if (!table->begun) {
        begin(cache, goal, table);
    }
    try_settled(table, s);
    while (mu_route_table_front(table) <= s->cost && mu_route_table_front(table) < most &&
           !(s->cost < enough)) {
        const uint32_t node = go_on(cache, goal, table);
        if (node != MU_NONE && s->walkable->gates[node / 2].area[node % 2] == s->area) {
            try_gate(s, s->walkable->gate_at[node], table->cost[node]);
        }
    }
    if (table->lacks_memory) {
        mu_walkable_note_no_memory(s->walkable);
    }
}

static uint32_t gate_found(const search *s, double *cost) {
    *cost = s->cost;
    const uint32_t first = s->walkable->areas[s->area].first_gate;
    return s->best == MU_NONE ? MU_NONE : s->walkable->gate_of[first + s->best] / 2;
}

/* Is a point of the same area surely as far away as `most`, without leaving the area? */
static bool is_beyond_reach(const mu_walkable *walkable, const mu_goal *goal, uint32_t area,
                            mu_point at, double most) {
    return most < INFINITY && goal->kind == MU_GOAL_POINT && goal->area == area &&
           straight_less(&walkable->areas[area], mu_plane_distance(at, goal->at)) >= most;
}

/* mu_route_within for one goal, without its substitute. */
static uint32_t next_gate(mu_route_cache *cache, const mu_goal *goal, mu_walker_class walker,
                          mu_belief closed, uint32_t area, mu_point at, double most, double *cost,
                          mu_point *target) {
    const mu_walkable *walkable = cache->walkable;
    search s = {walkable, &cache->last_point, area, MU_NONE, at, INFINITY, MU_NONE};
    if (walkable->areas[area].walkable) {
        mu_route_table *table = mu_route_table_of(&cache->tables, goal, walker, closed);
        if (!is_beyond_reach(walkable, goal, area, at, most)) {
            s.cost = cost_inside(cache, goal, area, at, target);
        }
        if (table) {
            seek(cache, goal, table, most, 0, &s);
        }
    }
    return gate_found(&s, cost);
}

/* As next_gate, from the middle of a gate of the area, with the distances between gates. */
static uint32_t gate_after(mu_route_cache *cache, const mu_goal *goal, mu_walker_class walker,
                           mu_belief closed, uint32_t node, double *cost, mu_point *target) {
    const mu_walkable *walkable = cache->walkable;
    search s = {.walkable = walkable,
                .area = walkable->gates[node / 2].area[node % 2],
                .from = walkable->gate_at[node],
                .best = MU_NONE};
    mu_route_table *table = mu_route_table_of(&cache->tables, goal, walker, closed);
    mu_table_answer *kept = table ? mu_route_table_answer(&cache->tables, table, node) : NULL;
    if (kept && kept->known) {
        *cost = kept->cost;
        return kept->gate;
    }
    s.cost = cost_beyond(cache, goal, &walkable->gates[node / 2], 1 - (int)(node % 2), target);
    if (table) {
        seek(cache, goal, table, INFINITY, 0, &s);
    }
    const uint32_t gate = gate_found(&s, cost);
    if (kept && gate != MU_NONE) {
        *kept = (mu_table_answer){.cost = *cost, .gate = gate, .known = true};
    }
    return gate;
}

uint32_t mu_route_after(mu_route_cache *cache, const mu_goal *goal, mu_walker_class walker,
                        mu_belief closed, uint32_t gate, int side, double *cost, mu_point *target) {
    const uint32_t node = 2 * gate + (uint32_t)side;
    uint32_t next = gate_after(cache, goal, walker, closed, node, cost, target);
    if (goal->kind == MU_GOAL_ASSEMBLY && !(*cost < INFINITY)) {
        const mu_goal outside = {.kind = MU_GOAL_OUTSIDE};
        next = gate_after(cache, &outside, walker, closed, node, cost, target);
    }
    return next;
}

double mu_route_through(mu_route_cache *cache, const mu_goal *goal, mu_walker_class walker,
                        mu_belief closed, uint32_t gate, int side) {
    double cost = INFINITY;
    mu_point target;
    if (cache->walkable->gates[gate].area[1 - side] != MU_NONE) {
        (void)mu_route_after(cache, goal, walker, closed, gate, 1 - side, &cost, &target);
    }
    return cost + cache->walkable->tolls[2 * gate + (uint32_t)side];
}

/* A way in sight, or else over gates, or else inside the area: what costs least to know first. */
static bool is_there(mu_route_cache *cache, const mu_goal *goal, mu_walker_class walker,
                     mu_belief closed, uint32_t area, mu_point at) {
    const mu_walkable *walkable = cache->walkable;
    const bool inside = goal->kind != MU_GOAL_POINT || goal->area == area;
    search s = {walkable, &cache->last_point, area, MU_NONE, at, INFINITY, MU_NONE};
    mu_point target, way;
    double metres;
    if (!walkable->areas[area].walkable) {
        return false;
    }
    const mu_field_grid *field =
        inside && goal->kind == MU_GOAL_POINT ? mu_route_field(cache, area, goal->at) : NULL;
    if (field && mu_field_sees(field, at, &metres, &way)) {
        return true;
    }
    mu_route_table *table = mu_route_table_of(&cache->tables, goal, walker, closed);
    if (table) {
        seek(cache, goal, table, INFINITY, INFINITY, &s);
    }
    return s.cost < INFINITY || (inside && cost_inside(cache, goal, area, at, &target) < INFINITY);
}

bool mu_route_exists(mu_route_cache *cache, const mu_goal *goal, mu_walker_class walker,
                     mu_belief closed, uint32_t area, mu_point at) {
    if (goal->kind == MU_GOAL_NONE || area >= cache->walkable->area_count) {
        return false;
    }
    const mu_goal outside = {.kind = MU_GOAL_OUTSIDE};
    return is_there(cache, goal, walker, closed, area, at) ||
           (goal->kind == MU_GOAL_ASSEMBLY && is_there(cache, &outside, walker, closed, area, at));
}

uint32_t mu_route_next(mu_route_cache *cache, const mu_goal *goal, mu_walker_class walker,
                       mu_belief closed, uint32_t area, mu_point at, double *cost,
                       mu_point *target) {
    return mu_route_within(cache, goal, walker, closed, area, at, INFINITY, cost, target);
}

uint32_t mu_route_within(mu_route_cache *cache, const mu_goal *goal, mu_walker_class walker,
                         mu_belief closed, uint32_t area, mu_point at, double most, double *cost,
                         mu_point *target) {
    *cost = INFINITY;
    *target = at;
    if (goal->kind == MU_GOAL_NONE || area >= cache->walkable->area_count) {
        return MU_NONE;
    }
    uint32_t gate = next_gate(cache, goal, walker, closed, area, at, most, cost, target);
    if (goal->kind == MU_GOAL_ASSEMBLY && !(*cost < INFINITY) && !(most < INFINITY)) {
        const mu_goal outside = {.kind = MU_GOAL_OUTSIDE};
        gate = next_gate(cache, &outside, walker, closed, area, at, most, cost, target);
    }
    return gate;
}

bool mu_route_is_within(mu_route_cache *cache, const mu_goal *goal, mu_walker_class walker,
                        mu_belief closed, uint32_t area, mu_point at, double most) {
    const mu_walkable *walkable = cache->walkable;
    search s = {walkable, &cache->last_point, area, MU_NONE, at, most, MU_NONE};
    mu_point target;
    if (area >= walkable->area_count || !walkable->areas[area].walkable) {
        return false;
    }
    if (!is_beyond_reach(walkable, goal, area, at, most) &&
        cost_inside(cache, goal, area, at, &target) < most) {
        return true;
    }
    mu_route_table *table = mu_route_table_of(&cache->tables, goal, walker, closed);
    if (table) {
        seek(cache, goal, table, most, most, &s);
    }
    return s.cost < most;
}
