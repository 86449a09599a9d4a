/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ways out, traced as somebody walks them who knows the building: from the middle of each room
 * along the walking-distance fields, over the gates that the route table gives, to the stairs or
 * into the open. And what playbooks hold, close or clear, in lines that show in black and white. */
#include <math.h>

#include "core/i18n.h"
#include "drill/report/plan_map.h"
#include "drill/report/words.h"
#include "site/route.h"

enum { STEPS_MOST = 4000, LEGEND_STEP = 17, POINTS_MOST = 600 };

static const double STEP_M = 0.4;
static const double LEAST_M2 = 8;
static const double OUTSIDE_M = 4; /* so far a close-up shows the way in the open */

typedef struct tracer {
    const mu_view *view;
    const mu_plan_map *map;
    const mu_walkable *walkable;
    mu_route_cache *cache;
    uint32_t level;
    mu_point points[POINTS_MOST]; /* on the page */
    uint32_t count;
} tracer;

static bool is_start(const mu_view *view, const mu_plan_map *map, uint32_t space, uint32_t level) {
    const mu_space *one = &view->plan->site.spaces.items[space];
    const mu_area *area = mu_walkable_area(view->plan->walkable, space);
    return one->level.index == level && area->walkable && !area->outdoor &&
           area->area_m2 >= LEAST_M2 && one->use != MU_USE_CORRIDOR && one->use != MU_USE_STAIR &&
           one->use != MU_USE_LIFT && one->use != MU_USE_PLANT && one->use != MU_USE_STORE &&
           mu_map_shows(map, mu_map(map, one->polygon.items[0]));
}

static mu_point middle(const mu_ring *ring) {
    mu_point sum = {0, 0};
    for (uint32_t i = 0; i < ring->count; i++) {
        sum = (mu_point){sum.x + ring->items[i].x, sum.y + ring->items[i].y};
    }
    return (mu_point){sum.x / ring->count, sum.y / ring->count};
}

static void add(tracer *t, mu_point at) {
    if (t->count < POINTS_MOST) {
        t->points[t->count++] = mu_map(t->map, at);
    }
}

/* One step towards a gate, or to the goal itself; false where there is no way on. */
static bool step(const tracer *t, uint32_t area, uint32_t gate, mu_point target, mu_point at,
                 mu_point *next) {
    const mu_field_grid *field = gate != MU_NONE ? mu_walkable_field(t->walkable, area, gate)
                                                 : mu_route_field(t->cache, area, target);
    if (field == NULL) {
        return false;
    }
    const mu_point way = mu_field_direction(t->walkable, area, field, at);
    *next = (mu_point){at.x + STEP_M * way.x, at.y + STEP_M * way.y};
    return hypot(way.x, way.y) > 0.5 &&
           (gate != MU_NONE || hypot(target.x - at.x, target.y - at.y) > STEP_M);
}

/* Walks from a point of an area until the way leaves what is drawn. */
static void trace(tracer *t, uint32_t area, mu_point at) {
    const mu_goal goal = {.kind = MU_GOAL_ASSEMBLY};
    const mu_walker_class walker = {.access = MU_ACCESS_FREE, .evacuating = true, .alarm = true};
    double outside_m = 0, cost = 0;
    mu_point target = at, next;
    uint32_t gate = mu_route_next(t->cache, &goal, walker, NULL, area, at, &cost, &target);
    t->count = 0;
    for (int i = 0; i < STEPS_MOST && isfinite(cost); i++) {
        add(t, at);
        if (!step(t, area, gate, target, at, &next)) {
            break;
        }
        outside_m += mu_walkable_area(t->walkable, area)->outdoor ? STEP_M : 0;
        if (t->map->close && outside_m > OUTSIDE_M) {
            break;
        }
        const mu_gate *door = gate == MU_NONE ? NULL : mu_walkable_gate(t->walkable, gate);
        const int side = door != NULL && door->area[0] != area;
        if (door == NULL || !mu_gate_reached(door, side, at, next)) {
            at = next;
            continue;
        }
        add(t, next);
        area = door->area[1 - side];
        if (area == MU_NONE || mu_walkable_area(t->walkable, area)->space == MU_NONE ||
            mu_walkable_area(t->walkable, area)->level != t->level) {
            break; /* off the site, or onto the stairs */
        }
        const mu_point in = door->inward[1 - side];
        at = mu_gate_map(door, side, next);
        at = (mu_point){at.x + 0.1 * in.x, at.y + 0.1 * in.y};
        gate = mu_route_next(t->cache, &goal, walker, NULL, area, at, &cost, &target);
    }
}

static void draw_tip(mu_page *page, mu_point from, mu_point at) {
    const double dx = at.x - from.x, dy = at.y - from.y, length = hypot(dx, dy);
    if (length < 1e-6) {
        return;
    }
    const mu_point u = {dx / length, dy / length};
    const mu_point tip[] = {{at.x + 5 * u.x, at.y + 5 * u.y},
                            {at.x - 4 * u.x - 4.5 * u.y, at.y - 4 * u.y + 4.5 * u.x},
                            {at.x - 4 * u.x + 4.5 * u.y, at.y - 4 * u.y - 4.5 * u.x}};
    mu_svg_shape(page, "plan-route-tip", tip, 3, true);
}

static void draw_way(mu_page *page, const tracer *t) {
    if (t->count < 4) {
        return;
    }
    mu_svg_shape(page, "plan-route-halo", t->points, t->count, false);
    mu_svg_shape(page, "plan-route", t->points, t->count, false);
    mu_svg_circle(page, "plan-route-from", t->points[0].x, t->points[0].y, 2.4);
    const uint32_t back = t->count > 4 ? 4 : t->count - 1;
    draw_tip(page, t->points[t->count - 1 - back], t->points[t->count - 1]);
}

/* From the rooms of this drawing; on the ground as a whole from the doors of the buildings. */
static void draw_ways(mu_page *page, tracer *t) {
    const mu_site *site = &t->view->plan->site;
    for (uint32_t s = 0; t->map->close && s < site->spaces.count; s++) {
        mu_point from;
        if (is_start(t->view, t->map, s, t->level) &&
            mu_area_clamp(t->walkable, s, middle(&site->spaces.items[s].polygon), 0.4, &from)) {
            trace(t, s, from);
            draw_way(page, t);
        }
    }
    for (uint32_t g = 0; !t->map->close && g < mu_walkable_gate_count(t->walkable); g++) {
        const mu_gate *gate = mu_walkable_gate(t->walkable, g);
        for (int side = 0; gate->area[1] != MU_NONE && side < 2; side++) {
            const mu_area *in = mu_walkable_area(t->walkable, gate->area[1 - side]);
            const mu_area *out = mu_walkable_area(t->walkable, gate->area[side]);
            if (out->outdoor && !in->outdoor && in->space != MU_NONE && out->level == t->level) {
                const mu_point at = {(gate->a[side].x + gate->b[side].x) / 2 + gate->inward[side].x,
                                     (gate->a[side].y + gate->b[side].y) / 2 +
                                         gate->inward[side].y};
                trace(t, gate->area[side], at);
                draw_way(page, t);
            }
        }
    }
}

static void draw_portal(mu_page *page, const mu_view *view, const mu_plan_map *map, uint32_t level,
                        uint32_t portal) {
    const mu_portal *one = &view->plan->site.portals.items[portal];
    const uint32_t space = one->between.count > 0 ? one->between.items[0].index : MU_NONE;
    if (one->line.count == 2 && space != MU_NONE &&
        view->plan->site.spaces.items[space].level.index == level) {
        const mu_point a = mu_map(map, one->line.items[0]), b = mu_map(map, one->line.items[1]);
        mu_svg_line(page, "plan-cordon-door", a.x, a.y, b.x, b.y);
    }
}

static bool is_cordon(const mu_step_plan *step) {
    return step->verb == MU_VERB_CORDON || step->verb == MU_VERB_EVACUATE;
}

static void draw_held(mu_page *page, const mu_view *view, const mu_plan_map *map, uint32_t level,
                      const mu_step_plan *step) {
    for (uint32_t i = 0; i < step->cordon.count; i++) {
        draw_portal(page, view, map, level, step->cordon.items[i].portal);
    }
    for (uint32_t i = 0; step->verb == MU_VERB_CLOSE && i < step->portals.count; i++) {
        draw_portal(page, view, map, level, step->portals.items[i]);
    }
    for (uint32_t i = 0; step->verb == MU_VERB_CORDON && i < step->posts.count; i++) {
        const mu_post *post = &view->plan->site.posts.items[step->posts.items[i]];
        const mu_point at = mu_map(map, post->at);
        if (view->plan->site.spaces.items[post->space.index].level.index == level) {
            mu_svg_rect(page, "plan-cordon-post", at.x - 8, at.y - 8, 16, 16);
        }
    }
    if (is_cordon(step) && step->given->radius_m > 0 && step->place == MU_PLACE_POINT &&
        step->level == level) {
        const mu_point at = mu_map(map, step->at.at);
        mu_svg_circle(page, "plan-cordon", at.x, at.y, step->given->radius_m * map->scale);
    }
}

void mu_plan_routes(mu_page *page, const mu_view *view, const mu_plan_map *map, uint32_t level) {
    tracer t = {.view = view, .map = map, .walkable = view->plan->walkable, .level = level};
    t.cache = mu_route_cache_create(t.walkable);
    if (t.cache == NULL) {
        page->no_memory = true;
        return;
    }
    draw_ways(page, &t);
    mu_route_cache_destroy(t.cache);
    for (uint32_t s = 0; s < view->plan->response.steps.count; s++) {
        draw_held(page, view, map, level, &view->plan->response.steps.items[s]);
    }
}

double mu_plan_routes_legend(mu_page *page, const mu_view *view, const mu_plan_map *map, double y) {
    (void)view;
    (void)map;
    const double at = y + 8;
    mu_svg_line(page, "plan-route", 1, at, 22, at);
    draw_tip(page, (mu_point){20, at}, (mu_point){24, at});
    mu_svg_text(page, "plan-legend", 36, at + 4, "start", _("way out"));
    mu_svg_line(page, "plan-cordon-door", 150, at, 168, at);
    mu_svg_text(page, "plan-legend", 176, at + 4, "start", _("closed or held by the playbooks"));
    mu_svg_rect(page, "plan-cordon-post", 430, at - 8, 16, 16);
    mu_svg_text(page, "plan-legend", 452, at + 4, "start", _("post of a cordon"));
    mu_svg_line(page, "plan-cordon", 590, at, 612, at);
    mu_svg_text(page, "plan-legend", 620, at + 4, "start", _("to be cleared"));
    return LEGEND_STEP;
}
