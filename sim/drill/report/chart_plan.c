/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan of a level from the site's polygons: grounds first, walls over them, then the gaps that
 * doors leave in the walls, and last the marks and names. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "drill/report/chart.h"
#include "drill/report/plan_map.h"
#include "drill/report/words.h"

enum { HIGHEST = 860 };

static const double PILLAR_M2 = 2; /* holes up to this are drawn solid */

static bool is_on(const mu_view *view, uint32_t space, uint32_t level) {
    return view->plan->site.spaces.items[space].level.index == level;
}

static bool is_of(const mu_space *space, const char *building) {
    return space->building != NULL && strcmp(space->building, building) == 0;
}

static void widen(mu_plan_map *map, mu_point p) {
    map->low.x = fmin(map->low.x, p.x);
    map->low.y = fmin(map->low.y, p.y);
    map->high.x = fmax(map->high.x, p.x);
    map->high.y = fmax(map->high.y, p.y);
}

/* The bounds of what a cut is about; of nothing where low is above high. */
static mu_plan_map bounds(const mu_view *view, uint32_t level, mu_plan_cut cut,
                          const char *building) {
    mu_plan_map map = {.low = {INFINITY, INFINITY}, .high = {-INFINITY, -INFINITY}};
    for (uint32_t s = 0; s < view->plan->site.spaces.count; s++) {
        const mu_space *space = &view->plan->site.spaces.items[s];
        if (!is_on(view, s, level) || (cut == MU_PLAN_CLOSE && mu_space_is_open_air(space)) ||
            (building != NULL && !is_of(space, building))) {
            continue;
        }
        for (uint32_t i = 0; i < space->polygon.count; i++) {
            widen(&map, space->polygon.items[i]);
        }
    }
    return map;
}

static double extent(const mu_plan_map *map) {
    return fmax(map->high.x - map->low.x, map->high.y - map->low.y);
}

/* Two rooms or more: a hut is seen well enough on the ground's plan. */
static bool is_worth_its_own(const mu_view *view, uint32_t level, const char *building) {
    uint32_t rooms = 0;
    for (uint32_t s = 0; s < view->plan->site.spaces.count; s++) {
        const mu_space *space = &view->plan->site.spaces.items[s];
        rooms += is_on(view, s, level) && !mu_space_is_open_air(space) && is_of(space, building);
    }
    return rooms > 1;
}

uint32_t mu_chart_plan_buildings(const mu_view *view, uint32_t level, const char **labels,
                                 uint32_t most) {
    uint32_t count = 0;
    for (uint32_t s = 0; s < view->plan->site.spaces.count && count < most; s++) {
        const char *label = view->plan->site.spaces.items[s].building;
        bool is_new = is_on(view, s, level) && label != NULL;
        for (uint32_t k = 0; k < count && is_new; k++) {
            is_new = strcmp(labels[k], label) != 0;
        }
        if (is_new && is_worth_its_own(view, level, label)) {
            labels[count++] = label;
        }
    }
    return count > 1 ? count : 0;
}

static bool has_ground(const mu_view *view, uint32_t level) {
    for (uint32_t s = 0; s < view->plan->site.spaces.count; s++) {
        if (is_on(view, s, level) && mu_space_is_open_air(&view->plan->site.spaces.items[s])) {
            return true;
        }
    }
    return false;
}

bool mu_chart_plan_is_worth(const mu_view *view, uint32_t level, mu_plan_cut cut) {
    const mu_plan_map all = bounds(view, level, MU_PLAN_GROUND, NULL);
    const mu_plan_map built = bounds(view, level, MU_PLAN_CLOSE, NULL);
    const bool is_built = built.low.x <= built.high.x;
    if (cut == MU_PLAN_CLOSE) {
        return is_built;
    }
    const char *labels[2];
    return has_ground(view, level) && (!is_built || extent(&built) < 0.85 * extent(&all) ||
                                       mu_chart_plan_buildings(view, level, labels, 2) > 1);
}

static mu_plan_map fit(const mu_view *view, uint32_t level, mu_plan_cut cut, const char *building) {
    mu_plan_map map = bounds(view, level, cut, building);
    const double wide = fmax(map.high.x - map.low.x, 1), high = fmax(map.high.y - map.low.y, 1);
    const double margin = 0.02 * fmax(wide, high); /* so that walls at the edge show in full */
    map.close = cut == MU_PLAN_CLOSE;
    map.building = building;
    map.low = (mu_point){map.low.x - margin, map.low.y - margin};
    map.high = (mu_point){map.high.x + margin, map.high.y + margin};
    map.scale = fmin(MU_SVG_WIDTH / (wide + 2 * margin), HIGHEST / (high + 2 * margin));
    map.width = (wide + 2 * margin) * map.scale;
    map.height = (high + 2 * margin) * map.scale;
    map.left = (MU_SVG_WIDTH - map.width) / 2;
    return map;
}

static const char *class_of(mu_use use) {
    switch (use) {
    case MU_USE_OUTDOOR:
        return "plan-open";
    case MU_USE_PARKING:
    case MU_USE_ROOF:
        return "plan-deck";
    case MU_USE_CORRIDOR:
    case MU_USE_LOBBY:
        return "plan-way";
    case MU_USE_STAIR:
        return "plan-stair";
    case MU_USE_LIFT:
    case MU_USE_PLANT:
    case MU_USE_STORE:
        return "plan-dim";
    case MU_USE_CONTROL_ROOM:
    case MU_USE_COMMAND:
        return "plan-key";
    default:
        return "plan-room";
    }
}

static void put_ring(mu_page *page, const mu_plan_map *map, const mu_ring *ring) {
    for (uint32_t i = 0; i < ring->count; i++) {
        mu_page_print(page, "%s%.2f %.2f", i == 0 ? "M" : "L", mu_map_x(map, ring->items[i].x),
                      mu_map_y(map, ring->items[i].y));
    }
    mu_page_put(page, "Z");
}

static void draw_space(mu_page *page, const mu_plan_map *map, const mu_space *space,
                       const char *class_name) {
    mu_page_print(page, "<path class=\"%s\" fill-rule=\"evenodd\" d=\"", class_name);
    put_ring(page, map, &space->polygon);
    for (uint32_t h = 0; h < space->holes.count; h++) {
        put_ring(page, map, (const mu_ring *)&space->holes.items[h]);
    }
    mu_page_put(page, "\"/>\n");
}

static double area_of(const mu_ring *ring) {
    double twice = 0;
    for (uint32_t i = 0; i < ring->count; i++) {
        const mu_point a = ring->items[i], b = ring->items[(i + 1) % ring->count];
        twice += a.x * b.y - a.y * b.x;
    }
    return fabs(twice) / 2;
}

static mu_point middle_of(const mu_ring *ring) {
    mu_point sum = {0, 0};
    for (uint32_t i = 0; i < ring->count; i++) {
        sum = (mu_point){sum.x + ring->items[i].x, sum.y + ring->items[i].y};
    }
    return (mu_point){sum.x / ring->count, sum.y / ring->count};
}

/* Does a room stand in it? */
static bool is_built_on(const mu_view *view, uint32_t level, const mu_ring *hole) {
    for (uint32_t s = 0; s < view->plan->site.spaces.count; s++) {
        const mu_space *space = &view->plan->site.spaces.items[s];
        if (space->level.index == level && !mu_space_is_open_air(space) &&
            mu_plan_contains(hole, middle_of(&space->polygon))) {
            return true;
        }
    }
    return false;
}

/* Beds outdoors, pillars and voids indoors. Rooms that fill a hole are drawn over it. */
static void draw_holes(mu_page *page, const mu_view *view, const mu_plan_map *map,
                       const mu_space *space) {
    for (uint32_t h = 0; h < space->holes.count; h++) {
        const mu_ring *hole = (const mu_ring *)&space->holes.items[h];
        mu_page_print(page, "<path class=\"%s\" d=\"",
                      area_of(hole) <= PILLAR_M2 ? "plan-pillar"
                      : mu_space_is_open_air(space) && !is_built_on(view, space->level.index, hole)
                          ? "plan-bed"
                          : "plan-void");
        put_ring(page, map, hole);
        mu_page_put(page, "\"/>\n");
    }
}

/* A cross, as lift shafts are drawn, from corner to corner of its outline. */
static void draw_shaft(mu_page *page, const mu_plan_map *map, const mu_ring *ring) {
    for (uint32_t i = 0; ring->count == 4 && i < 2; i++) {
        const mu_point a = mu_map(map, ring->items[i]), b = mu_map(map, ring->items[i + 2]);
        mu_svg_line(page, "plan-shaft", a.x, a.y, b.x, b.y);
    }
}

/* Open ground lies lowest, then what is next door: the building's own walls lie on top. */
static int layer_of(const mu_plan_map *map, const mu_space *space) {
    return mu_space_is_open_air(space) ? 0 : mu_space_is_beside(map, space) ? 1 : 2;
}

static void draw_layer(mu_page *page, const mu_view *view, const mu_plan_map *map, uint32_t level,
                       int layer) {
    for (uint32_t s = 0; s < view->plan->site.spaces.count; s++) {
        const mu_space *space = &view->plan->site.spaces.items[s];
        if (is_on(view, s, level) && layer_of(map, space) == layer) {
            draw_holes(page, view, map, space);
        }
    }
    for (uint32_t s = 0; s < view->plan->site.spaces.count; s++) {
        const mu_space *space = &view->plan->site.spaces.items[s];
        if (is_on(view, s, level) && layer_of(map, space) == layer) {
            draw_space(page, map, space, class_of(space->use));
            if (space->use == MU_USE_LIFT) {
                draw_shaft(page, map, &space->polygon);
            }
        }
    }
}

static void draw_spaces(mu_page *page, const mu_view *view, const mu_plan_map *map,
                        uint32_t level) {
    draw_layer(page, view, map, level, 0);
    mu_page_put(page, "<g class=\"plan-beside\">\n");
    draw_layer(page, view, map, level, 1);
    mu_page_put(page, "</g>\n");
    draw_layer(page, view, map, level, 2);
}

static void draw_ends(mu_page *page, const mu_plan_map *map, const char *class_name,
                      const mu_ring *line) {
    if (line->count == 2) {
        const mu_point a = mu_map(map, line->items[0]), b = mu_map(map, line->items[1]);
        mu_svg_line(page, class_name, a.x, a.y, b.x, b.y);
    }
}

/* Does it lead from a building into the open? */
static bool is_exit(const mu_view *view, const mu_portal *portal) {
    return portal->between.count == 2 &&
           mu_space_is_open_air(&view->plan->site.spaces.items[portal->between.items[0].index]) !=
               mu_space_is_open_air(&view->plan->site.spaces.items[portal->between.items[1].index]);
}

static void draw_portal(mu_page *page, const mu_view *view, const mu_plan_map *map,
                        const mu_portal *portal) {
    if (mu_portal_is_flight(portal) || portal->kind == MU_PORTAL_LIFT) {
        return; /* drawn with its treads; nothing to be seen of a ride */
    }
    if (portal->kind == MU_PORTAL_OUTDOOR_EDGE) {
        draw_ends(page, map, "plan-edge", &portal->line);
        return;
    }
    const bool shut = portal->state == MU_PORTAL_CLOSED || portal->state == MU_PORTAL_WAIT;
    draw_ends(page, map, "plan-gap", &portal->line);
    draw_ends(page, map,
              shut                                                                    ? "plan-shut"
              : is_exit(view, portal)                                                 ? "plan-exit"
              : portal->kind == MU_PORTAL_GATE || portal->kind == MU_PORTAL_TURNSTILE ? "plan-gate"
              : portal->kind == MU_PORTAL_OPENING ? "plan-opening"
                                                  : "plan-door",
              &portal->line);
}

static void draw_portals(mu_page *page, const mu_view *view, const mu_plan_map *map,
                         uint32_t level) {
    for (uint32_t p = 0; p < view->plan->site.portals.count; p++) {
        const mu_portal *portal = &view->plan->site.portals.items[p];
        for (uint32_t side = 0; side < portal->between.count; side++) {
            const uint32_t s = portal->between.items[side].index;
            if (is_on(view, s, level) &&
                !mu_space_is_beside(map, &view->plan->site.spaces.items[s])) {
                draw_portal(page, view, map, portal);
                break;
            }
        }
    }
}

/* A bar of a round number of metres, about a sixth of the width. */
static void draw_scale(mu_page *page, const mu_view *view, const mu_plan_map *map, double y) {
    double metres = 1;
    for (int i = 0; metres * map->scale < 70; i++) {
        metres *= i % 3 == 1 ? 2.5 : 2;
    }
    const double x = map->left + 6;
    mu_svg_line(page, "plan-scale", x, y, x + metres * map->scale, y);
    mu_svg_line(page, "plan-scale", x, y - 4, x, y + 4);
    mu_svg_line(page, "plan-scale", x + metres * map->scale, y - 4, x + metres * map->scale, y + 4);
    mu_svg_text(page, "tick", x + metres * map->scale + 8, y + 4, "start",
                mu_say(view, "%g m", metres));
}

static void draw_map(mu_page *page, const mu_view *view, const mu_plan_map *map, uint32_t level) {
    const char *clip = mu_say(view, "clip%u%s", level,
                              map->building != NULL ? map->building
                              : map->close          ? "-c"
                                                    : "-g");
    mu_page_print(page,
                  "<clipPath id=\"%s\"><rect x=\"%.2f\" y=\"0\" width=\"%.2f\" "
                  "height=\"%.2f\"/></clipPath>\n<g class=\"%s\" clip-path=\"url(#%s)\">\n",
                  clip, map->left, map->width, map->height, map->close ? "plan-close" : "plan-far",
                  clip);
    draw_spaces(page, view, map, level);
    mu_plan_flights(page, view, map, level);
    draw_portals(page, view, map, level);
    if (map->dress == MU_PLAN_ROUTES) {
        mu_plan_routes(page, view, map, level);
    }
    mu_plan_marks(page, view, map, level);
    mu_page_put(page, "</g>\n");
}

void mu_chart_plan(mu_page *page, const mu_view *view, uint32_t level, mu_plan_cut cut,
                   const char *building) {
    mu_chart_plan_dressed(page, view, level, cut, building, MU_PLAN_REPORT);
}

void mu_chart_plan_dressed(mu_page *page, const mu_view *view, uint32_t level, mu_plan_cut cut,
                           const char *building, mu_plan_dress dress) {
    mu_plan_map map = fit(view, level, cut, building);
    map.dress = dress;
    mu_page body = {0}; /* drawn first, since the key below decides the height */
    draw_map(&body, view, &map, level);
    double y = map.height + 18;
    draw_scale(&body, view, &map, y);
    y += 16;
    y += mu_plan_legend(&body, view, &map, level, y);
    if (dress == MU_PLAN_ROUTES) {
        y += mu_plan_routes_legend(&body, view, &map, y);
    }
    y += mu_plan_labels(&body, view, &map, level, y);
    mu_svg_open(page, MU_SVG_WIDTH, y,
                mu_say(view, _("Plan of %s"),
                       mu_say_text(view, &view->plan->site.levels.items[level].name)));
    char *drawn = mu_page_take(&body);
    if (drawn == NULL) {
        page->no_memory = true;
        return;
    }
    mu_page_put(page, drawn);
    free(drawn);
    mu_svg_close(page);
}
