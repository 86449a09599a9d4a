/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A round walked on the site as it is: from stop to stop by the ways that people with a key take.
 * So a larger site takes longer rounds, and a round says which spaces it comes through. */
#include <stdlib.h>

#include "core/i18n.h"
#include "readiness/year_plan.h"
#include "site/route.h"

/* Mean of adults: FDS+Evac Technical Reference, table of default speeds (1.25 +- 0.30 m/s). */
#define WALKING_MPS 1.25

typedef struct walker {
    const mu_year_plan *plan;
    const mu_walkable *walkable;
    mu_route_cache *routes;
    uint8_t *seen; /* one per space */
} walker;

static const mu_post *post_of(const mu_year_plan *plan, const mu_patrol *patrol, uint32_t stop) {
    return &plan->site.posts.items[patrol->stops.items[stop].post.index];
}

static void see(const walker *w, uint32_t area) {
    const uint32_t space = mu_walkable_area(w->walkable, area)->space;
    if (space != MU_NONE) {
        w->seen[space] = 1;
    }
}

/* Metres from one post to another; 0 where there is no way: the guard is simply there. */
static double walk(const walker *w, const mu_post *from, const mu_post *to) {
    static const mu_walker_class guard = {.access = MU_ACCESS_KEY, .lifts = MU_LIFTS_ALL};
    const mu_goal goal = {.kind = MU_GOAL_POINT, .area = to->space.index, .at = to->at};
    double metres, rest;
    mu_point target;
    uint32_t area = from->space.index;
    see(w, area);
    uint32_t gate = mu_route_next(w->routes, &goal, guard, NULL, area, from->at, &metres, &target);
    const uint32_t most = mu_walkable_gate_count(w->walkable);
    for (uint32_t k = 0; gate != MU_NONE && k < most; k++) {
        const mu_gate *through = mu_walkable_gate(w->walkable, gate);
        const int side = through->area[0] == area ? 1 : 0;
        area = through->area[side];
        if (area == MU_NONE) {
            break;
        }
        see(w, area);
        const uint32_t next =
            mu_route_after(w->routes, &goal, guard, NULL, gate, side, &rest, &target);
        gate = next == gate ? MU_NONE : next;
    }
    return metres < 1e6 ? metres : 0;
}

static double round_hours(const walker *w, const mu_patrol *patrol) {
    double seconds = 0;
    for (uint32_t s = 0; s < patrol->stops.count; s++) {
        const uint32_t next = (s + 1) % patrol->stops.count;
        seconds +=
            patrol->stops.items[s].stays_s +
            walk(w, post_of(w->plan, patrol, s), post_of(w->plan, patrol, next)) / WALKING_MPS;
    }
    return seconds / 3600;
}

static double share_seen(const walker *w) {
    uint32_t all = 0, seen = 0;
    for (uint32_t s = 0; s < w->plan->site.spaces.count; s++) {
        if (w->plan->site.spaces.items[s].use != MU_USE_LIFT) {
            all++;
            seen += w->seen[s];
        }
    }
    return all == 0 ? 0 : (double)seen / all;
}

static void walk_duty(const walker *w, mu_duty_plan *duty) {
    for (uint32_t s = 0; s < w->plan->site.spaces.count; s++) {
        w->seen[s] = 0;
    }
    for (uint32_t p = 0; p < w->plan->roster.patrols.count; p++) {
        if (duty->given->whole_site || duty->given->patrol.index == p) {
            duty->walk_h += round_hours(w, &w->plan->roster.patrols.items[p]);
        }
    }
    duty->covers = share_seen(w);
}

static bool walks(const mu_duty_plan *duty) {
    return duty->given->whole_site || duty->given->patrol.id != NULL;
}

static mu_status walk_all(mu_year_plan *plan, mu_diags *diags) {
    mu_walkable *walkable = mu_walkable_create(&plan->site, diags);
    if (walkable == NULL) {
        return mu_diags_count(diags, MU_ERROR) > 0 ? MU_ERR_INPUT : MU_ERR_MEMORY;
    }
    walker w = {.plan = plan,
                .walkable = walkable,
                .routes = mu_route_cache_create(walkable),
                .seen = calloc((size_t)plan->site.spaces.count + 1, 1)};
    const bool fine = w.routes != NULL && w.seen != NULL;
    for (uint32_t d = 0; fine && d < plan->duties.count; d++) {
        if (walks(&plan->duties.items[d])) {
            walk_duty(&w, &plan->duties.items[d]);
        }
    }
    free(w.seen);
    mu_route_cache_destroy(w.routes);
    mu_walkable_destroy(walkable);
    return fine ? MU_OK : MU_ERR_MEMORY;
}

mu_status mu_year_rounds(mu_year_plan *plan, mu_diags *diags) {
    for (uint32_t d = 0; d < plan->duties.count; d++) {
        if (walks(&plan->duties.items[d])) {
            return walk_all(plan, diags);
        }
    }
    return MU_OK;
}
