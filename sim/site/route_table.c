/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dijkstra's search, kept with its front so that it can go on. A node may be in the front more than
 * once; only its cheapest entry counts. */
#include "site/route_table.h"

#include <stdlib.h>
#include <string.h>

#include "site/field.h"

/* As many as fit into the bytes that all may take, at least MU_ROUTE_TABLES. */
static uint32_t room_for_tables(const mu_walkable *walkable, uint32_t words) {
    const uint64_t each = 2 * (sizeof(double) + sizeof(mu_table_answer)) * walkable->gate_count +
                          sizeof(uint64_t) * words + sizeof(mu_route_table) + sizeof(uint64_t);
    const uint64_t room = MU_ROUTE_TABLE_BYTES / each;
    return room < MU_ROUTE_TABLES        ? MU_ROUTE_TABLES
           : room < MU_ROUTE_TABLES_MOST ? (uint32_t)room
                                         : MU_ROUTE_TABLES_MOST;
}

bool mu_route_tables_create(mu_route_tables *tables, const mu_walkable *walkable) {
    *tables = (mu_route_tables){.walkable = walkable,
                                .words = mu_belief_words(walkable->site->portals.count)};
    tables->room = room_for_tables(walkable, tables->words);
    tables->items = calloc(tables->room, sizeof *tables->items);
    tables->hashes = calloc(tables->room, sizeof *tables->hashes);
    tables->older = calloc(tables->room, sizeof *tables->older);
    for (tables->buckets = 64; tables->buckets < tables->room;) {
        tables->buckets *= 2;
    }
    tables->bucket = malloc(tables->buckets * sizeof *tables->bucket);
    if (tables->bucket) {
        memset(tables->bucket, 0xff, tables->buckets * sizeof *tables->bucket); /* MU_NONE */
    }
    return tables->items && tables->hashes && tables->older && tables->bucket;
}

void mu_route_tables_destroy(mu_route_tables *tables) {
    for (uint32_t t = 0; tables->items && t < tables->count; t++) {
        free(tables->items[t].closed);
        free(tables->items[t].cost);
        free(tables->items[t].front);
        free(tables->items[t].answers);
    }
    free(tables->items);
    free(tables->hashes);
    free(tables->older);
    free(tables->bucket);
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

bool mu_route_may_pass(const mu_walkable *walkable, const mu_gate *gate, int side,
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

static bool is_before(const mu_table_front *p, const mu_table_front *q) {
    return p->cost < q->cost || (p->cost == q->cost && p->node < q->node);
}

static bool grow_front(mu_route_table *table) {
    const uint32_t room = 2 * table->front_room + 32;
    mu_table_front *front = realloc(table->front, room * sizeof *front);
    if (front) {
        table->front = front;
        table->front_room = room;
    }
    return front != NULL;
}

static void enter(mu_route_table *table, mu_table_front put) {
    if (table->front_count == table->front_room && !grow_front(table)) {
        table->front_count = 0; /* what is not settled has no way */
        table->lacks_memory = true;
        return;
    }
    uint32_t at = table->front_count++;
    for (; at > 0 && is_before(&put, &table->front[(at - 1) / 2]); at = (at - 1) / 2) {
        table->front[at] = table->front[(at - 1) / 2];
    }
    table->front[at] = put;
}

void mu_route_table_put(mu_route_table *table, uint32_t node, double cost) {
    enter(table, (mu_table_front){cost, node, 0});
    table->cost[node] = cost;
}

void mu_route_table_guess(mu_route_table *table, uint32_t node, double cost) {
    enter(table, (mu_table_front){cost, node, 1});
}

mu_table_front mu_route_table_take(mu_route_table *table) {
    mu_table_front *front = table->front;
    const mu_table_front first = front[0], last = front[--table->front_count];
    uint32_t at = 0;
    while (2 * at + 1 < table->front_count) {
        uint32_t child = 2 * at + 1;
        if (child + 1 < table->front_count && is_before(&front[child + 1], &front[child])) {
            child++;
        }
        if (!is_before(&front[child], &last)) {
            break;
        }
        front[at] = front[child];
        at = child;
    }
    front[at] = last;
    return first;
}

/* Offers the way over `node` to all gates through which one enters the area before it. */
static void offer(const mu_walkable *walkable, mu_route_table *table, uint32_t node) {
    const uint32_t area = walkable->gates[node / 2].area[node % 2];
    const mu_area *in = &walkable->areas[area];
    const uint32_t to = walkable->gate_at[node];
    for (uint32_t k = 0; k < in->gate_count; k++) {
        const uint32_t out = walkable->gate_of[in->first_gate + k], before = out ^ 1U;
        if (k == to || !(table->cost[node] < table->cost[before])) {
            continue; /* the usual case: that one has been settled */
        }
        const double there = mu_field_gate_metres(walkable, area, k, to) * in->slope +
                             table->cost[node] + walkable->tolls[before];
        if (there < table->cost[before] &&
            mu_route_may_pass(walkable, &walkable->gates[out / 2], (int)(before % 2), table->walker,
                              table->closed)) {
            mu_route_table_put(table, before, there);
        }
    }
}

uint32_t mu_route_table_go_on(const mu_route_tables *tables, mu_route_table *table, bool *guess) {
    const mu_table_front first = mu_route_table_take(table);
    *guess = first.guess != 0;
    if (*guess) {
        return first.node;
    }
    if (table->cost[first.node] < first.cost) {
        return MU_NONE;
    }
    offer(tables->walkable, table, first.node);
    return first.node;
}

/* A word more; the product's upper half, where all bits have met, comes down. */
static uint64_t mix(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ (hash >> 32);
}

static uint64_t hash_of(const mu_table_key *key, mu_belief closed, uint32_t words) {
    uint64_t hash = mix((uint64_t)key->kind << 32 | key->area, key->x);
    hash = mix(hash, key->y);
    hash = mix(hash, (uint64_t)key->lifts << 8 | (uint64_t)key->access << 2 | key->evacuating << 1 |
                         key->no_stairs);
    for (uint32_t w = 0; w < words; w++) {
        hash = mix(hash, closed ? closed[w] : 0);
    }
    return hash;
}

static mu_table_key key_of(const mu_goal *goal, mu_walker_class walker) {
    mu_table_key key = {0};
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

static bool is_same(const mu_route_tables *tables, const mu_route_table *known,
                    const mu_table_key *key, mu_belief closed) {
    /* Four words side by side: no call for so little. */
    const mu_table_key *k = &known->key;
    if (((k->x ^ key->x) | (k->y ^ key->y) | (k->kind ^ key->kind) | (k->area ^ key->area) |
         (k->access ^ key->access) | (k->evacuating ^ key->evacuating) |
         (k->no_stairs ^ key->no_stairs) | (k->lifts ^ key->lifts)) != 0) {
        return false;
    }
    for (uint32_t w = 0; w < tables->words; w++) {
        if (known->closed[w] != (closed ? closed[w] : 0)) {
            return false;
        }
    }
    return true;
}

static uint32_t *bucket_of(const mu_route_tables *tables, uint64_t hash) {
    return &tables->bucket[hash & (tables->buckets - 1)];
}

/* Takes the oldest table out of its bucket, so that another can have its place. */
static void forget(mu_route_tables *tables, uint32_t at) {
    uint32_t *link = bucket_of(tables, tables->hashes[at]);
    while (*link != at) {
        link = &tables->older[*link];
    }
    *link = tables->older[at];
}

/* The place for another table; MU_NONE where there is no memory. */
static uint32_t room_for_table(mu_route_tables *tables) {
    const uint32_t at = tables->next;
    mu_route_table *made = &tables->items[at];
    if (at == tables->count) {
        made->closed = calloc(tables->words + 1U, sizeof *made->closed);
        made->cost = calloc(2 * tables->walkable->gate_count + 1U, sizeof *made->cost);
        if (!made->closed || !made->cost) {
            free(made->closed);
            free(made->cost);
            return MU_NONE;
        }
        tables->count++;
    } else {
        forget(tables, at);
    }
    tables->next = (at + 1) % tables->room;
    return at;
}

static void begin(const mu_route_tables *tables, mu_route_table *table, const mu_table_key *key,
                  mu_walker_class walker, mu_belief closed) {
    table->key = *key;
    table->walker = walker;
    table->front_count = 0;
    table->begun = false;
    table->lacks_memory = false;
    for (uint32_t w = 0; w < tables->words; w++) {
        table->closed[w] = closed ? closed[w] : 0;
    }
    for (uint32_t node = 0; node < 2 * tables->walkable->gate_count; node++) {
        table->cost[node] = INFINITY;
    }
    free(table->answers);
    table->answers = NULL;
}

static mu_route_table *use(mu_route_tables *tables, uint32_t at) {
    if (at != tables->last) {
        tables->before = tables->last;
        tables->last = at;
    }
    return &tables->items[at];
}

mu_table_answer *mu_route_table_answer(const mu_route_tables *tables, mu_route_table *table,
                                       uint32_t node) {
    if (!table->answers) {
        table->answers = calloc(2 * tables->walkable->gate_count + 1U, sizeof *table->answers);
    }
    return table->answers ? &table->answers[node] : NULL;
}

mu_route_table *mu_route_table_of(mu_route_tables *tables, const mu_goal *goal,
                                  mu_walker_class walker, mu_belief closed) {
    const mu_table_key key = key_of(goal, walker);
    if (tables->count > 0) { /* one of the two asked for last, as a rule */
        if (is_same(tables, &tables->items[tables->last], &key, closed)) {
            return &tables->items[tables->last];
        }
        if (is_same(tables, &tables->items[tables->before], &key, closed)) {
            return use(tables, tables->before);
        }
    }
    const uint64_t hash = hash_of(&key, closed, tables->words);
    for (uint32_t t = *bucket_of(tables, hash); t != MU_NONE; t = tables->older[t]) {
        if (tables->hashes[t] == hash && is_same(tables, &tables->items[t], &key, closed)) {
            return use(tables, t);
        }
    }
    const uint32_t at = room_for_table(tables);
    if (at == MU_NONE) {
        mu_walkable_note_no_memory(tables->walkable);
        return NULL;
    }
    tables->hashes[at] = hash;
    tables->older[at] = *bucket_of(tables, hash);
    *bucket_of(tables, hash) = at;
    begin(tables, &tables->items[at], &key, walker, closed);
    return use(tables, at);
}
