/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many occupants are within rings around a point, asked four times a second for hours. By
 * `flow`, whoever stands or sits is counted once and again only when the fingerprint of places says
 * that somebody has moved house or begun or ceased to walk; in between only those who walk, or are
 * carried, are looked at. By `walk` those who stand may be pushed, so everyone is looked at. */
#include "crowd/within.h"

#include <math.h>
#include <stdlib.h>

#include "crowd/flow.h"
#include "crowd/scratch.h"

typedef struct asked {
    uint32_t level;
    mu_point at;
    double metres[MU_RINGS], most_m;
} asked;

static void count_one(const mu_sim *sim, const asked *a, uint32_t person,
                      uint32_t inside[MU_RINGS]) {
    if (mu_crowd_is_within(sim, person, a->level, a->at, a->most_m)) {
        const double metres = mu_crowd_distance(sim, person, a->level, a->at);
        for (int ring = 0; ring < MU_RINGS; ring++) {
            inside[ring] += metres <= a->metres[ring];
        }
    }
}

static void count_all(const mu_sim *sim, const asked *a, uint32_t inside[MU_RINGS]) {
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (sim->people->list.items[p].kind == MU_PERSON_OCCUPANT) {
            count_one(sim, a, p, inside);
        }
    }
}

static bool is_same(const mu_ring_watch *watch, const asked *a) {
    bool same = watch->level == a->level && watch->at.x == a->at.x && watch->at.y == a->at.y;
    for (int ring = 0; ring < MU_RINGS; ring++) {
        same = same && watch->metres[ring] == a->metres[ring];
    }
    return same;
}

/* What is asked for has changed: which areas are near. */
static void ask_anew(const mu_sim *sim, const asked *a, mu_ring_watch *watch) {
    watch->level = a->level;
    watch->at = a->at;
    for (int ring = 0; ring < MU_RINGS; ring++) {
        watch->metres[ring] = a->metres[ring];
    }
    for (uint32_t area = 0; area < sim->scratch->area_count; area++) {
        watch->near[area] = mu_area_may_be_within(sim->walkable, area, a->level, a->at, a->most_m);
    }
}

/* Counts those who stand, and lists those who may be elsewhere in a moment. */
static void make(const mu_sim *sim, const asked *a, mu_ring_watch *watch) {
    const mu_body *bodies = mu_bodies(sim);
    watch->moving_count = 0;
    for (int ring = 0; ring < MU_RINGS; ring++) {
        watch->still[ring] = 0;
    }
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        const uint32_t mode = bodies[p].mode;
        if (mode == MU_BODY_ABSENT || !watch->near[bodies[p].area] ||
            sim->people->list.items[p].kind != MU_PERSON_OCCUPANT) {
            continue;
        }
        if (mode == MU_BODY_RESTING) {
            count_one(sim, a, p, watch->still);
        } else {
            watch->moving[watch->moving_count++] = p;
        }
    }
    watch->places = mu_crowd(sim)->places;
}

static bool has_room(const mu_sim *sim, mu_ring_watch *watch) {
    if (watch->moving == NULL) {
        watch->moving = malloc(((size_t)sim->people->list.count + 1) * sizeof *watch->moving);
    }
    if (watch->near == NULL) {
        watch->near = malloc((size_t)sim->scratch->area_count + 1);
    }
    return watch->moving != NULL && watch->near != NULL;
}

void mu_crowd_count_within(const mu_sim *sim, uint32_t level, mu_point at,
                           const double metres[MU_RINGS], uint32_t inside[MU_RINGS]) {
    asked a = {.level = level, .at = at};
    mu_ring_watch *watch = &sim->scratch->rings;
    for (int ring = 0; ring < MU_RINGS; ring++) {
        a.metres[ring] = metres[ring];
        a.most_m = fmax(a.most_m, metres[ring]);
        inside[ring] = 0;
    }
    if (!mu_flow_is_on(sim) || !has_room(sim, watch)) {
        count_all(sim, &a, inside);
        return;
    }
    const bool anew = !watch->made || !is_same(watch, &a);
    if (anew) {
        ask_anew(sim, &a, watch);
    }
    if (anew || watch->places != mu_crowd(sim)->places) {
        make(sim, &a, watch);
        watch->made = true;
    }
    for (int ring = 0; ring < MU_RINGS; ring++) {
        inside[ring] = watch->still[ring];
    }
    for (uint32_t k = 0; k < watch->moving_count; k++) {
        count_one(sim, &a, watch->moving[k], inside);
    }
}
