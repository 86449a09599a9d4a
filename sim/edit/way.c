/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way out from a point, as it is walked: gate by gate over the plan that was checked. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "crowd/flow_rules.h"
#include "edit/check.h"
#include "edit/project_plane.h"
#include "site/route.h"

static const double STEP_M = 0.25;
static const double KEPT_M = 0.5; /* between points that are told */
enum { GATES_MOST = 200, STEPS_MOST = 8000 };

typedef struct walk {
    mu_project *project;
    const mu_scenery *scene;
    const mu_plan *plan;
    mu_route_cache *routes;
    mu_way *out;
    uint32_t area;
    mu_point at;
    uint32_t steps;
} walk;

/* The level of the scene: of the site's, in the order of height. */
static uint32_t scene_level(const walk *w, uint32_t level) {
    for (uint32_t l = 0; l < w->scene->level_count; l++) {
        if (strcmp(w->scene->levels[l].id, w->plan->site.levels.items[level].id) == 0) {
            return l;
        }
    }
    return 0;
}

static void tell(walk *w, bool anyway) {
    mu_way *out = w->out;
    uint32_t level;
    const mu_point p = mu_area_on_plan(w->plan->walkable, w->area, w->at, &level);
    const uint32_t shown = scene_level(w, level);
    const mu_point *last = out->count > 0 ? &out->points[out->count - 1] : NULL;
    if (out->count < MU_WAY_POINTS &&
        (anyway || last == NULL || out->levels[out->count - 1] != shown ||
         hypot(p.x - last->x, p.y - last->y) >= KEPT_M)) {
        out->points[out->count] = p;
        out->levels[out->count++] = shown;
    }
}

static void count_metres(walk *w, double metres) {
    if (mu_walkable_area(w->plan->walkable, w->area)->stair != MU_NONE) {
        w->out->stair_m += metres;
    } else {
        w->out->level_m += metres;
    }
}

/* Across the area to a gate, and through it. False: not reached. */
static bool to_gate(walk *w, uint32_t gate) {
    const mu_walkable *walkable = w->plan->walkable;
    const mu_gate *g = mu_walkable_gate(walkable, gate);
    const int side = g->area[0] == w->area ? 0 : 1;
    const mu_field_grid *field = mu_walkable_field(walkable, w->area, gate);
    double left = field != NULL ? mu_field_distance(walkable, w->area, field, w->at) : INFINITY;
    count_metres(w, isfinite(left) ? left : 0);
    while (isfinite(left) && w->steps++ < STEPS_MOST) {
        const mu_point way = mu_field_direction(walkable, w->area, field, w->at);
        const mu_point to = {w->at.x + way.x * STEP_M, w->at.y + way.y * STEP_M};
        const bool met = mu_gate_reached(g, side, w->at, to);
        w->at = met ? w->at : to;
        tell(w, met);
        if (met || (way.x == 0 && way.y == 0)) {
            w->at = mu_gate_map(g, side, w->at);
            w->area = g->area[1 - side];
            return met && w->area != MU_NONE;
        }
    }
    return false;
}

static uint32_t scene_portal(const walk *w, uint32_t portal) {
    const char *id = w->plan->site.portals.items[portal].id;
    for (uint32_t p = 0; p < w->scene->portal_count; p++) {
        if (strcmp(w->scene->portals[p].id, id) == 0) {
            return p;
        }
    }
    return MU_NOWHERE;
}

/* Until the building is left. */
static void go(walk *w) {
    const mu_goal goal = {.kind = MU_GOAL_OUTSIDE};
    const mu_walker_class walker = {.access = MU_ACCESS_FREE, .evacuating = true, .alarm = true};
    tell(w, true);
    for (uint32_t k = 0; k < GATES_MOST; k++) {
        double cost;
        mu_point target;
        const uint32_t gate =
            mu_route_next(w->routes, &goal, walker, NULL, w->area, w->at, &cost, &target);
        if (gate == MU_NONE) {
            w->out->is_there = isfinite(cost) && k > 0;
            return;
        }
        w->out->exit = scene_portal(w, mu_walkable_gate(w->plan->walkable, gate)->portal);
        w->out->walk_s = k == 0 ? cost / MU_LIFT_LEVEL_MPS : w->out->walk_s;
        const bool off_site = mu_walkable_gate(w->plan->walkable, gate)->area[1] == MU_NONE;
        if (!to_gate(w, gate)) {
            w->out->is_there = off_site;
            return;
        }
    }
}

static void tell_straight(const walk *w, uint32_t level, mu_point from) {
    mu_way *out = w->out;
    out->straight_m = (double)NAN;
    if (out->exit != MU_NOWHERE && w->scene->portals[out->exit].level == level) {
        const mu_point *line = w->scene->portals[out->exit].line;
        out->straight_m =
            hypot((line[0].x + line[1].x) / 2 - from.x, (line[0].y + line[1].y) / 2 - from.y);
    }
}

/* The space of the plan at a point of the scene; MU_NONE. */
static uint32_t space_at(const walk *w, uint32_t level, mu_point at) {
    const uint32_t room = mu_room_at(w->scene, level, at);
    for (uint32_t s = 0; room != MU_NOWHERE && s < w->plan->site.spaces.count; s++) {
        if (strcmp(w->plan->site.spaces.items[s].id, w->scene->rooms[room].id) == 0) {
            return s;
        }
    }
    return MU_NONE;
}

bool mu_project_way_out(mu_project *project, uint32_t level, mu_point at, mu_way *out) {
    mu_checked *checked = mu_project_checked_now(project);
    *out = (mu_way){.exit = MU_NOWHERE};
    if (checked == NULL || checked->evacuation == NULL) {
        return false;
    }
    if (checked->routes == NULL) {
        checked->routes = mu_route_cache_create(checked->evacuation->walkable);
    }
    walk w = {.project = project,
              .scene = mu_project_scene(project),
              .plan = checked->evacuation,
              .routes = checked->routes,
              .out = out};
    w.area = space_at(&w, level, at);
    if (w.routes == NULL || w.area == MU_NONE ||
        !mu_walkable_area(w.plan->walkable, w.area)->walkable ||
        mu_walkable_area(w.plan->walkable, w.area)->outdoor ||
        !mu_area_clamp(w.plan->walkable, w.area, at, 0.2, &w.at)) {
        return false;
    }
    go(&w);
    tell_straight(&w, level, at);
    return true;
}

double mu_project_flow(mu_project *project, uint32_t portal, double *width_m, bool *regulatory) {
    (void)mu_project_scene(project);
    const uint32_t incident = mu_project_find_paper(project, MU_PAPER_INCIDENT);
    char *mode =
        incident != MU_NOWHERE ? mu_project_string(project, incident, "/motion_mode") : NULL;
    *regulatory = mode != NULL && strcmp(mode, "regulatory") == 0;
    free(mode);
    const mu_portal *p = &project->site.portals.items[portal];
    const mu_flow_rules rules = mu_flow_rules_of(*regulatory);
    *width_m = p->width_m > 0 ? p->width_m
                              : hypot(p->line.items[1].x - p->line.items[0].x,
                                      p->line.items[1].y - p->line.items[0].y);
    if (p->kind == MU_PORTAL_TURNSTILE) {
        return (double)p->lanes * p->lane_per_min / 60;
    }
    return mu_flow_capacity(
        &rules, mu_portal_is_flight(p) ? rules.down_flow : mu_flow_door(&rules, *width_m),
        *width_m);
}
