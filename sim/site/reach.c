/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dijkstra's search forwards over gates about to be passed, with the distances and the tolls of the
 * route tables, whose heap and costs it uses. */
#include "site/reach.h"

#include <stdlib.h>

#include "site/field.h"
#include "site/route_table.h"

typedef struct reach {
    const mu_walkable *walkable;
    mu_route_table table; /* cost: up to a gate's middle */
    double *metres;
    double most; /* what costs as much is not looked for */
} reach;

/* Somebody gets to the middle of an area's k-th gate, and may pass it. */
static void come_to(reach *r, uint32_t area, uint32_t k, double cost) {
    const uint32_t node = r->walkable->gate_of[r->walkable->areas[area].first_gate + k];
    if (cost < r->most && cost < r->table.cost[node] &&
        mu_route_may_pass(r->walkable, &r->walkable->gates[node / 2], (int)(node % 2),
                          r->table.walker, r->table.closed)) {
        mu_route_table_put(&r->table, node, cost);
    }
}

static void pass(reach *r, uint32_t node, double cost) {
    const mu_walkable *walkable = r->walkable;
    const uint32_t area = walkable->gates[node / 2].area[1 - node % 2];
    if (area == MU_NONE) {
        return;
    }
    const mu_area *in = &walkable->areas[area];
    const uint32_t from = walkable->gate_at[node ^ 1U];
    r->metres[area] = cost < r->metres[area] ? cost : r->metres[area];
    for (uint32_t k = 0; k < in->gate_count; k++) {
        if (k != from) {
            come_to(r, area, k, cost + in->slope * mu_field_gate_metres(walkable, area, from, k));
        }
    }
}

static void search(reach *r, uint32_t area, mu_point at) {
    const mu_walkable *walkable = r->walkable;
    const mu_area *in = &walkable->areas[area];
    for (uint32_t n = 0; n < 2 * walkable->gate_count; n++) {
        r->table.cost[n] = INFINITY;
    }
    for (uint32_t a = 0; a < walkable->area_count; a++) {
        r->metres[a] = INFINITY;
    }
    r->metres[area] = 0;
    for (uint32_t k = 0; k < in->gate_count; k++) {
        const mu_field_grid *field = &walkable->parts[area].fields[k];
        come_to(r, area, k, in->slope * mu_field_distance(walkable, area, field, at));
    }
    while (r->table.front_count > 0) {
        const mu_table_front first = mu_route_table_take(&r->table);
        if (first.cost <= r->table.cost[first.node]) {
            pass(r, first.node, first.cost + walkable->tolls[first.node]);
        }
    }
}

bool mu_reach_areas(const mu_walkable *walkable, mu_walker_class walker, mu_belief closed,
                    uint32_t area, mu_point at, double most, double *metres) {
    reach r = {.walkable = walkable,
               .metres = metres,
               .most = most,
               .table = {.walker = walker,
                         .closed = (uint64_t *)(uintptr_t)closed,
                         .cost = malloc((2 * (size_t)walkable->gate_count + 1) * sizeof(double))}};
    const bool done = r.table.cost != NULL;
    if (done) {
        search(&r, area, at);
    }
    free(r.table.cost);
    free(r.table.front);
    return done;
}
