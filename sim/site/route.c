/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A route table holds, for every gate and side, the cost from its middle, about to be passed from
 * that side, to the goal. Dijkstra's search runs backwards from the goal over gates; who stands
 * somewhere then compares the few gates of that area. */
#include "site/route.h"

#include <stdlib.h>
#include <string.h>

#include "site/assembly.h"
#include "site/plane.h"
#include "site/shared.h"
#include "site/walkable_parts.h"

/* What mu_route_after has answered for a gate and side. */
typedef struct onward {
    double cost;
    uint32_t gate;
    bool known;
} onward;

/* What a table is a function of; compared byte by byte, so it is zeroed before it is filled in. */
typedef struct table_key {
    uint32_t kind, area;
    uint64_t x, y; /* bits of the point */
    uint32_t access, evacuating, no_stairs, lifts;
} table_key;

typedef struct table {
    table_key key;
    uint64_t *closed; /* words of the belief */
    double *cost;     /* [gate * 2 + side] */
    onward *onward;   /* the same index; NULL until one is asked for */
} table;

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

/* The point asked about last, and how far the gates of its area are from it: the same point is asked
 * about again with other gates closed. */
#define GATES_KEPT 64U
typedef struct asked_point {
    uint32_t area;
    mu_point at;
    uint64_t known; /* a bit for each gate of the area */
    double metres[GATES_KEPT];
} asked_point;

struct mu_route_cache {
    const mu_walkable *walkable;
    uint32_t words;
    table *tables;    /* room for `table_room` */
    uint64_t *hashes; /* of the tables, side by side */
    uint32_t *bucket; /* `buckets` of them: the newest table with such a hash; MU_NONE */
    uint32_t *older;  /* per table: the next one in its bucket */
    uint32_t buckets; /* a power of two */
    uint32_t table_room, table_count, next_table;
    uint32_t last_table, table_before; /* the two asked for last */
    point_field fields[MU_ROUTE_FIELDS];
    uint32_t field_count, next_field;
    asked_field last_field;
    asked_point last_point;
    uint32_t *heap; /* gate * 2 + side, the cheapest first */
    uint32_t *place;
    uint32_t heap_count;
};

/* As many as fit into the bytes that all may take, at least MU_ROUTE_TABLES. */
static uint32_t room_for_tables(const mu_walkable *walkable, uint32_t words) {
    const uint64_t each = 2 * (sizeof(double) + sizeof(onward)) * walkable->gate_count +
                          sizeof(uint64_t) * words + sizeof(table) + sizeof(uint64_t);
    const uint64_t room = MU_ROUTE_TABLE_BYTES / each;
    return room < MU_ROUTE_TABLES        ? MU_ROUTE_TABLES
           : room < MU_ROUTE_TABLES_MOST ? (uint32_t)room
                                         : MU_ROUTE_TABLES_MOST;
}

mu_route_cache *mu_route_cache_create(const mu_walkable *walkable) {
    mu_route_cache *made = calloc(1, sizeof *made);
    if (!made) {
        return NULL;
    }
    made->walkable = walkable;
    made->words = mu_belief_words(walkable->site->portals.count);
    made->heap = calloc(2 * walkable->gate_count + 1U, sizeof *made->heap);
    made->place = calloc(2 * walkable->gate_count + 1U, sizeof *made->place);
    made->table_room = room_for_tables(walkable, made->words);
    made->tables = calloc(made->table_room, sizeof *made->tables);
    made->hashes = calloc(made->table_room, sizeof *made->hashes);
    made->older = calloc(made->table_room, sizeof *made->older);
    for (made->buckets = 64; made->buckets < made->table_room;) {
        made->buckets *= 2;
    }
    made->bucket = malloc(made->buckets * sizeof *made->bucket);
    if (made->bucket) {
        memset(made->bucket, 0xff, made->buckets * sizeof *made->bucket); /* MU_NONE */
    }
    if (!made->heap || !made->place || !made->tables || !made->hashes || !made->older ||
        !made->bucket) {
        mu_route_cache_destroy(made);
        return NULL;
    }
    return made;
}

void mu_route_cache_destroy(mu_route_cache *cache) {
    if (!cache) {
        return;
    }
    for (uint32_t t = 0; cache->tables && t < cache->table_count; t++) {
        free(cache->tables[t].closed);
        free(cache->tables[t].cost);
        free(cache->tables[t].onward);
    }
    for (uint32_t f = 0; f < cache->field_count; f++) {
        mu_field_destroy(cache->fields[f].field);
    }
    free(cache->tables);
    free(cache->hashes);
    free(cache->older);
    free(cache->bucket);
    free(cache->heap);
    free(cache->place);
    free(cache);
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

static bool is_closed(mu_belief closed, uint32_t portal) {
    return closed && (closed[portal / 64] >> (portal % 64) & 1);
}

/* Onto a belt at its foot (side 0) or its head, the way it runs. */
static bool belt_takes(const mu_portal *portal, int side, mu_walker_class walker) {
    return (walker.alarm && portal->belt_stops) || mu_belt_goes(portal, side);
}

/* Into a lift, or on in one; out of it everybody may. */
static bool lift_takes(const mu_walkable *walkable, const mu_gate *gate, int side,
                       mu_walker_class walker) {
    const uint32_t into = gate->area[1 - side];
    const uint32_t lift = into == MU_NONE ? MU_NONE : walkable->areas[into].lift;
    return lift == MU_NONE || walker.lifts == MU_LIFTS_ALL ||
           (walker.lifts == MU_LIFTS_EVACUATION && walkable->site->lifts.items[lift].evacuation);
}

static bool may_pass(const mu_walkable *walkable, const mu_gate *gate, int side,
                     mu_walker_class walker, mu_belief closed) {
    const mu_portal *portal = &walkable->site->portals.items[gate->portal];
    bool one_way = portal->state == MU_PORTAL_EXIT_ONLY || portal->state == MU_PORTAL_ONE_WAY;
    if (gate->area[side] == MU_NONE || (one_way && side != 0)) {
        return false;
    }
    if (walkable->areas[gate->area[side]].space == MU_NONE) {
        return true; /* off a flight, always */
    }
    if (is_closed(closed, gate->portal) || (walker.no_stairs && mu_portal_is_flight(portal)) ||
        (portal->kind == MU_PORTAL_ESCALATOR && !belt_takes(portal, side, walker)) ||
        !lift_takes(walkable, gate, side, walker)) {
        return false;
    }
    return portal->access <= walker.access ||
           (walker.evacuating && portal->access == MU_ACCESS_PASS);
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

static bool is_before(const double *cost, uint32_t p, uint32_t q) {
    return cost[p] < cost[q] || (cost[p] == cost[q] && p < q);
}

static void rise(mu_route_cache *cache, const double *cost, uint32_t node) {
    uint32_t at = cache->place[node];
    if (at == MU_NONE) {
        at = cache->heap_count++;
    }
    for (; at > 0 && is_before(cost, node, cache->heap[(at - 1) / 2]); at = (at - 1) / 2) {
        cache->heap[at] = cache->heap[(at - 1) / 2];
        cache->place[cache->heap[at]] = at;
    }
    cache->heap[at] = node;
    cache->place[node] = at;
}

static uint32_t take_first(mu_route_cache *cache, const double *cost) {
    uint32_t first = cache->heap[0], last = cache->heap[--cache->heap_count], at = 0;
    while (2 * at + 1 < cache->heap_count) {
        uint32_t child = 2 * at + 1;
        if (child + 1 < cache->heap_count &&
            is_before(cost, cache->heap[child + 1], cache->heap[child])) {
            child++;
        }
        if (!is_before(cost, cache->heap[child], last)) {
            break;
        }
        cache->heap[at] = cache->heap[child];
        cache->place[cache->heap[at]] = at;
        at = child;
    }
    if (cache->heap_count > 0) {
        cache->heap[at] = last;
        cache->place[last] = at;
    }
    return first;
}

/* Offers the way over `node` to all gates through which one enters the area before it. */
static void offer(mu_route_cache *cache, uint32_t node, mu_walker_class walker, mu_belief closed,
                  double *cost) {
    const mu_walkable *walkable = cache->walkable;
    uint32_t area = walkable->gates[node / 2].area[node % 2];
    const mu_area *in = &walkable->areas[area];
    const float *metres = walkable->parts[area].gate_metres;
    uint32_t to = walkable->gate_at[node];
    for (uint32_t k = 0; k < in->gate_count; k++) {
        int side;
        uint32_t gate = mu_area_gate(walkable, area, k, &side);
        uint32_t before = 2 * gate + (uint32_t)(1 - side);
        double there = (double)metres[(size_t)k * in->gate_count + to] * in->slope + cost[node] +
                       walkable->tolls[before];
        if (k != to && there < cost[before] &&
            may_pass(walkable, &walkable->gates[gate], 1 - side, walker, closed)) {
            cost[before] = there;
            rise(cache, cost, before);
        }
    }
}

static void search(mu_route_cache *cache, const mu_goal *goal, mu_walker_class walker,
                   mu_belief closed, double *cost) {
    const mu_walkable *walkable = cache->walkable;
    cache->heap_count = 0;
    for (uint32_t node = 0; node < 2 * walkable->gate_count; node++) {
        const mu_gate *gate = &walkable->gates[node / 2];
        int side = (int)(node % 2);
        cost[node] = INFINITY;
        cache->place[node] = MU_NONE;
        if (may_pass(walkable, gate, side, walker, closed)) {
            mu_point target;
            cost[node] = cost_beyond(cache, goal, gate, side, &target) + walkable->tolls[node];
        }
    }
    for (uint32_t node = 0; node < 2 * walkable->gate_count; node++) {
        if (cost[node] < INFINITY) {
            rise(cache, cost, node);
        }
    }
    while (cache->heap_count > 0) {
        offer(cache, take_first(cache, cost), walker, closed, cost);
    }
}

/* A word more; the product's upper half, where all bits have met, comes down. */
static uint64_t mix(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ (hash >> 32);
}

static uint64_t hash_of(const table_key *key, mu_belief closed, uint32_t words) {
    uint64_t hash = mix((uint64_t)key->kind << 32 | key->area, key->x);
    hash = mix(hash, key->y);
    hash = mix(hash, (uint64_t)key->lifts << 8 | (uint64_t)key->access << 2 | key->evacuating << 1 |
                         key->no_stairs);
    for (uint32_t w = 0; w < words; w++) {
        hash = mix(hash, closed ? closed[w] : 0);
    }
    return hash;
}

static table_key key_of(const mu_goal *goal, mu_walker_class walker) {
    table_key key;
    memset(&key, 0, sizeof key);
    key.kind = goal->kind;
    if (goal->kind == MU_GOAL_POINT) {
        key.area = goal->area;
        memcpy(&key.x, &goal->at.x, sizeof key.x);
        memcpy(&key.y, &goal->at.y, sizeof key.y);
    } else if (goal->kind == MU_GOAL_ASSEMBLY) {
        key.area = goal->area;
    }
    key.access = (uint32_t)walker.access;
    key.evacuating = walker.evacuating;
    key.no_stairs = walker.no_stairs;
    key.lifts = walker.lifts * 2U + walker.alarm;
    return key;
}

static bool is_same(const mu_route_cache *cache, const table *known, const table_key *key,
                    mu_belief closed) {
    if (memcmp(&known->key, key, sizeof *key) != 0) {
        return false;
    }
    for (uint32_t w = 0; w < cache->words; w++) {
        if (known->closed[w] != (closed ? closed[w] : 0)) {
            return false;
        }
    }
    return true;
}

static uint32_t *bucket_of(const mu_route_cache *cache, uint64_t hash) {
    return &cache->bucket[hash & (cache->buckets - 1)];
}

/* Takes the oldest table out of its bucket, so that another can have its place. */
static void forget(mu_route_cache *cache, uint32_t at) {
    uint32_t *link = bucket_of(cache, cache->hashes[at]);
    while (*link != at) {
        link = &cache->older[*link];
    }
    *link = cache->older[at];
}

/* The place for another table; MU_NONE where there is no memory. */
static uint32_t room_for_table(mu_route_cache *cache) {
    uint32_t at = cache->next_table;
    table *made = &cache->tables[at];
    if (at == cache->table_count) {
        made->closed = calloc(cache->words + 1U, sizeof *made->closed);
        made->cost = calloc(2 * cache->walkable->gate_count + 1U, sizeof *made->cost);
        if (!made->closed || !made->cost) {
            free(made->closed);
            free(made->cost);
            return MU_NONE;
        }
        cache->table_count++;
    } else {
        forget(cache, at);
    }
    cache->next_table = (at + 1) % cache->table_room;
    return at;
}

static table *use(mu_route_cache *cache, uint32_t at) {
    if (at != cache->last_table) {
        cache->table_before = cache->last_table;
        cache->last_table = at;
    }
    return &cache->tables[at];
}

/* Costs to the goal per gate and side; NULL without memory. */
static table *table_of(mu_route_cache *cache, const mu_goal *goal, mu_walker_class walker,
                       mu_belief closed) {
    table_key key = key_of(goal, walker);
    if (cache->table_count > 0) { /* one of the two asked for last, as a rule */
        if (is_same(cache, &cache->tables[cache->last_table], &key, closed)) {
            return &cache->tables[cache->last_table];
        }
        if (is_same(cache, &cache->tables[cache->table_before], &key, closed)) {
            return use(cache, cache->table_before);
        }
    }
    const uint64_t hash = hash_of(&key, closed, cache->words);
    for (uint32_t t = *bucket_of(cache, hash); t != MU_NONE; t = cache->older[t]) {
        if (cache->hashes[t] == hash && is_same(cache, &cache->tables[t], &key, closed)) {
            return use(cache, t);
        }
    }
    uint32_t at = room_for_table(cache);
    if (at == MU_NONE) {
        return NULL;
    }
    table *made = &cache->tables[at];
    cache->hashes[at] = hash;
    cache->older[at] = *bucket_of(cache, hash);
    *bucket_of(cache, hash) = at;
    made->key = key;
    for (uint32_t w = 0; w < cache->words; w++) {
        made->closed[w] = closed ? closed[w] : 0;
    }
    free(made->onward);
    made->onward = NULL;
    search(cache, goal, walker, closed, made->cost);
    return use(cache, at);
}

/* Metres from a point of an area to its gate number k. */
static double to_gate(mu_route_cache *cache, uint32_t area, mu_point at, uint32_t k) {
    asked_point *asked = &cache->last_point;
    const mu_field_grid *field = &cache->walkable->parts[area].fields[k];
    if (k >= GATES_KEPT) {
        return mu_field_distance(cache->walkable, area, field, at);
    }
    if (asked->area != area || asked->at.x != at.x || asked->at.y != at.y) {
        asked->area = area;
        asked->at = at;
        asked->known = 0;
    }
    if ((asked->known >> k & 1) == 0) {
        asked->known |= UINT64_C(1) << k;
        asked->metres[k] = mu_field_distance(cache->walkable, area, field, at);
    }
    return asked->metres[k];
}

/* mu_route_next for one goal, without its substitute. */
static uint32_t next_gate(mu_route_cache *cache, const mu_goal *goal, mu_walker_class walker,
                          mu_belief closed, uint32_t area, mu_point at, double *cost,
                          mu_point *target) {
    const mu_walkable *walkable = cache->walkable;
    const mu_area *in = &walkable->areas[area];
    const table *found = table_of(cache, goal, walker, closed);
    const double *costs = found ? found->cost : NULL;
    uint32_t best = MU_NONE;
    *cost = in->walkable ? cost_inside(cache, goal, area, at, target) : INFINITY;
    for (uint32_t k = 0; costs && in->walkable && k < in->gate_count; k++) {
        int side;
        uint32_t gate = mu_area_gate(walkable, area, k, &side);
        double beyond = costs[2 * gate + (uint32_t)side];
        if (!(beyond < *cost)) {
            continue;
        }
        double whole = beyond + in->slope * to_gate(cache, area, at, k);
        if (whole < *cost) {
            *cost = whole;
            best = gate;
        }
    }
    return best;
}

/* The place for one answer of a table; NULL without memory. */
static onward *onward_of(const mu_route_cache *cache, table *of, uint32_t node) {
    if (!of->onward) {
        of->onward = calloc(2 * cache->walkable->gate_count + 1U, sizeof *of->onward);
    }
    return of->onward ? &of->onward[node] : NULL;
}

/* As next_gate, from the middle of a gate of the area, with the distances between gates. Where a
 * gate is the answer, `target` is left alone. */
static uint32_t gate_after(mu_route_cache *cache, const mu_goal *goal, mu_walker_class walker,
                           mu_belief closed, uint32_t node, double *cost, mu_point *target) {
    const mu_walkable *walkable = cache->walkable;
    const uint32_t area = walkable->gates[node / 2].area[node % 2];
    const mu_area *in = &walkable->areas[area];
    table *found = table_of(cache, goal, walker, closed);
    const double *costs = found ? found->cost : NULL;
    onward *kept = found ? onward_of(cache, found, node) : NULL;
    if (kept && kept->known) {
        *cost = kept->cost;
        return kept->gate;
    }
    const float *metres =
        walkable->parts[area].gate_metres + (size_t)walkable->gate_at[node] * in->gate_count;
    uint32_t best = MU_NONE;
    *cost = cost_beyond(cache, goal, &walkable->gates[node / 2], 1 - (int)(node % 2), target);
    for (uint32_t k = 0; costs && k < in->gate_count; k++) {
        const uint32_t out = walkable->gate_of[in->first_gate + k];
        const double whole = costs[out] + in->slope * (double)metres[k];
        if (whole < *cost) {
            *cost = whole;
            best = out / 2;
        }
    }
    if (kept && best != MU_NONE) {
        *kept = (onward){.cost = *cost, .gate = best, .known = true};
    }
    return best;
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

uint32_t mu_route_next(mu_route_cache *cache, const mu_goal *goal, mu_walker_class walker,
                       mu_belief closed, uint32_t area, mu_point at, double *cost,
                       mu_point *target) {
    *cost = INFINITY;
    *target = at;
    if (goal->kind == MU_GOAL_NONE || area >= cache->walkable->area_count) {
        return MU_NONE;
    }
    uint32_t gate = next_gate(cache, goal, walker, closed, area, at, cost, target);
    if (goal->kind == MU_GOAL_ASSEMBLY && !(*cost < INFINITY)) {
        const mu_goal outside = {.kind = MU_GOAL_OUTSIDE};
        gate = next_gate(cache, &outside, walker, closed, area, at, cost, target);
    }
    return gate;
}
