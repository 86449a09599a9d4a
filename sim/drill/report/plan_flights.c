/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stairs as they are drawn on plans: the strip of each flight with its treads and an arrow up, and
 * the well around it where it turns. */
#include <math.h>

#include "drill/report/plan_map.h"
#include "site/flight.h"
#include "site/plane.h"

static const double TREAD_M = 0.6;   /* of slope between two lines: every other tread */
static const double LEAST_PX = 2.2;  /* nearer lines run into each other */
static const double OUTLINE_M = 0.3; /* between points of the outline */

enum { OUTLINE_MOST = 400 };

typedef struct strip {
    const mu_walkable *walkable;
    const mu_plan_map *map;
    uint32_t area;
    double wide, length;
} strip;

static mu_point at(const strip *s, double across, double along) {
    uint32_t level;
    return mu_map(
        s->map, mu_area_on_plan(s->walkable, s->area, (mu_point){across * s->wide, along}, &level));
}

/* The walls around a flight that turns, as far as it reaches. */
static void draw_well(mu_page *page, const strip *s) {
    mu_point low = at(s, 0, 0), high = low;
    for (uint32_t i = 0; i <= 64; i++) {
        for (int side = 0; side <= 1; side++) {
            mu_plane_grow(&low, &high, at(s, side, s->length * i / 64));
        }
    }
    mu_svg_rect(page, "plan-stair", low.x, low.y, high.x - low.x, high.y - low.y);
}

static void draw_outline(mu_page *page, const strip *s) {
    mu_point points[OUTLINE_MOST];
    uint32_t steps = (uint32_t)fmax(2, fmin(s->length / OUTLINE_M, OUTLINE_MOST / 2.0 - 1)), n = 0;
    for (uint32_t i = 0; i <= steps; i++) {
        points[n++] = at(s, 0, s->length * i / steps);
    }
    for (uint32_t i = 0; i <= steps; i++) {
        points[n++] = at(s, 1, s->length * (steps - i) / steps);
    }
    mu_svg_shape(page, "plan-flight", points, n, true);
}

static void draw_treads(mu_page *page, const strip *s) {
    const double step = fmax(TREAD_M, LEAST_PX / s->map->scale);
    for (double y = step; y < s->length - step / 2; y += step) {
        const mu_point a = at(s, 0, y), b = at(s, 1, y);
        mu_svg_line(page, "plan-tread", a.x, a.y, b.x, b.y);
    }
}

static void draw_arrow(mu_page *page, const strip *s) {
    mu_point points[OUTLINE_MOST];
    const uint32_t steps = 24;
    for (uint32_t i = 0; i <= steps; i++) {
        points[i] = at(s, 0.5, s->length * (0.06 + 0.88 * i / steps));
    }
    mu_svg_shape(page, "plan-up", points, steps + 1, false);
    const mu_point tip = points[steps], back = at(s, 0.5, s->length * 0.94 - 0.7);
    const mu_point along = {(tip.x - back.x), (tip.y - back.y)};
    const mu_point head[] = {tip,
                             {back.x - along.y * 0.4, back.y + along.x * 0.4},
                             {back.x + along.y * 0.4, back.y - along.x * 0.4}};
    mu_svg_shape(page, "plan-tip", head, 3, true);
}

void mu_plan_flights(mu_page *page, const mu_view *view, const mu_plan_map *map, uint32_t level) {
    const mu_walkable *walkable = view->plan->walkable;
    const mu_site *site = &view->plan->site;
    for (uint32_t a = 0; walkable != NULL && a < mu_walkable_area_count(walkable); a++) {
        const mu_area *area = mu_walkable_area(walkable, a);
        if (area->space != MU_NONE || area->gate_count != 2) {
            continue;
        }
        const mu_ref_list *between = &site->portals.items[area->stair].between;
        const mu_space *below = &site->spaces.items[between->items[0].index];
        const mu_space *above = &site->spaces.items[between->items[1].index];
        const bool foot = below->level.index == level, head = above->level.index == level;
        const bool beside = mu_space_is_beside(map, below) && mu_space_is_beside(map, above);
        if ((!foot && !head) || beside) {
            continue;
        }
        const strip s = {walkable, map, a, area->high.x, area->high.y};
        if (mu_flight_turns(walkable, a)) {
            draw_well(page, &s);
        }
        draw_outline(page, &s);
        draw_treads(page, &s);
        if (foot && map->close) {
            draw_arrow(page, &s);
        }
    }
}
