/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands on the plan: posts by letter, assembly points, roads in, and the item with the two
 * distances that the report compares: the policy's and the card's. */
#include <math.h>

#include "core/i18n.h"
#include "drill/report/plan_map.h"
#include "drill/report/words.h"

enum { LEGEND_LINE = 16 };

typedef struct post_mark {
    const char *letter;
    const char *meaning;
} post_mark;

static const post_mark post_marks[] = {
    [MU_POST_GUARD] = {"G", N_("guard post")},
    [MU_POST_KEY] = {"K", N_("key post")},
    [MU_POST_OUTER_CORDON] = {"O", N_("outer cordon")},
    [MU_POST_INNER_CORDON] = {"I", N_("inner cordon")},
    [MU_POST_COMMAND] = {"C", N_("command post")},
    [MU_POST_MEDICAL] = {"M", N_("medical staging point")},
    [MU_POST_DESK] = {"D", N_("desk")},
    [MU_POST_NEGOTIATION] = {"N", N_("negotiation point")},
};

enum { POST_KINDS = sizeof post_marks / sizeof post_marks[0] };

static uint32_t level_of(const mu_view *view, const mu_ref *space) {
    return view->plan->site.spaces.items[space->index].level.index;
}

/* On this drawing? The ground as a whole leaves out what stands indoors: it would hide the
 * building. */
static bool is_shown(const mu_view *view, const mu_plan_map *map, uint32_t level,
                     const mu_ref *space, mu_point at) {
    return level_of(view, space) == level && mu_map_shows(map, mu_map(map, at)) &&
           (map->close || mu_space_is_open_air(&view->plan->site.spaces.items[space->index]));
}

uint32_t mu_plan_mark_places(const mu_view *view, uint32_t level, mu_point *out) {
    const mu_site *site = &view->plan->site;
    const mu_item_plan *item = &view->plan->threat.item;
    uint32_t count = 0;
    for (uint32_t i = 0; i < site->posts.count; i++) {
        if (level_of(view, &site->posts.items[i].space) == level) {
            out[count++] = site->posts.items[i].at;
        }
    }
    for (uint32_t i = 0; i < site->assembly_points.count; i++) {
        if (level_of(view, &site->assembly_points.items[i].space) == level) {
            out[count++] = site->assembly_points.items[i].at;
        }
    }
    for (uint32_t i = 0; i < site->refuges.count; i++) {
        if (level_of(view, &site->refuges.items[i].space) == level) {
            out[count++] = site->refuges.items[i].at;
        }
    }
    if (item->given != NULL && item->level == level) {
        out[count++] = item->given->at;
    }
    return count;
}

static void draw_post(mu_page *page, mu_point at, const char *letter) {
    mu_svg_circle(page, "plan-post", at.x, at.y, 6);
    mu_svg_text(page, "plan-letter", at.x, at.y + 3, "middle", letter);
}

static void draw_assembly(mu_page *page, mu_point at) {
    mu_svg_rect(page, "plan-assembly", at.x - 8, at.y - 8, 16, 16);
    mu_svg_text(page, "plan-assembly-letter", at.x, at.y + 4, "middle", "A");
}

static void draw_refuge(mu_page *page, mu_point at) {
    mu_svg_rect(page, "plan-refuge", at.x - 6, at.y - 6, 12, 12);
    mu_svg_text(page, "plan-refuge-letter", at.x, at.y + 3.5, "middle", "R");
}

static void draw_road(mu_page *page, mu_point at) {
    const mu_point arrow[] = {{at.x, at.y - 7}, {at.x + 7, at.y + 6}, {at.x - 7, at.y + 6}};
    mu_svg_shape(page, "plan-road", arrow, 3, true);
}

static void draw_item(mu_page *page, mu_point at) {
    mu_svg_circle(page, "plan-item", at.x, at.y, 7);
    mu_svg_line(page, "plan-item-cross", at.x - 4, at.y - 4, at.x + 4, at.y + 4);
    mu_svg_line(page, "plan-item-cross", at.x - 4, at.y + 4, at.x + 4, at.y - 4);
}

/* A ring's number sits on the ring, at the first angle at which it is on the drawing. */
static bool find_number(const mu_plan_map *map, mu_point middle, double radius, mu_point *out) {
    for (int k = 0; k < 24; k++) {
        const int turn = (k + 1) / 2 * (k % 2 == 0 ? 1 : -1); /* 0, -1, 1, -2, 2, … */
        const double angle = turn * 3.14159265 / 12;
        const mu_point p = {middle.x + radius * sin(angle), middle.y - radius * cos(angle)};
        if (mu_map_shows(map, (mu_point){p.x - 16, p.y - 14}) &&
            mu_map_shows(map, (mu_point){p.x + 16, p.y + 6})) {
            *out = p;
            return true;
        }
    }
    return false;
}

static void draw_ring(mu_page *page, const mu_view *view, const mu_plan_map *map, mu_point middle,
                      double radius_m, const char *class_name) {
    const double radius = radius_m * map->scale;
    mu_svg_circle(page, class_name, middle.x, middle.y, radius);
    mu_point number;
    if (find_number(map, middle, radius, &number)) {
        mu_svg_text(page, "plan-ring-label", number.x, number.y + 4, "middle",
                    mu_say(view, "%g m", radius_m));
    }
}

/* The number of a ring as places in metres: it is wider than a mark. */
static uint32_t number_places(const mu_plan_map *map, mu_point at, double radius_m, mu_point *out) {
    mu_point p;
    if (radius_m <= 0 || !find_number(map, mu_map(map, at), radius_m * map->scale, &p)) {
        return 0;
    }
    const mu_point number = {map->low.x + (p.x - map->left) / map->scale,
                             map->high.y - p.y / map->scale};
    const double aside = 10 / map->scale;
    out[0] = (mu_point){number.x - aside, number.y};
    out[1] = number;
    out[2] = (mu_point){number.x + aside, number.y};
    return 3;
}

uint32_t mu_plan_number_places(const mu_view *view, const mu_plan_map *map, uint32_t level,
                               mu_point *out) {
    const mu_item_plan *item = &view->plan->threat.item;
    const mu_release_plan *release = &view->plan->threat.release;
    uint32_t count = 0;
    for (int r = 0; map->dress != MU_PLAN_BARE && r < 2; r++) {
        if (item->given != NULL && item->level == level) {
            count += number_places(map, item->given->at, item->ring_m[r], out + count);
        }
    }
    if (map->dress != MU_PLAN_BARE && !map->close && release->given != NULL &&
        release->level == level && release->has_erg) {
        count += number_places(map, release->given->at, release->erg.isolate_m, out + count);
    }
    return count;
}

static void draw_threat(mu_page *page, const mu_view *view, const mu_plan_map *map,
                        uint32_t level) {
    const mu_item_plan *item = &view->plan->threat.item;
    if (item->given == NULL || item->level != level) {
        return;
    }
    const mu_point at = mu_map(map, item->given->at);
    if (item->ring_m[1] > 0) {
        draw_ring(page, view, map, at, item->ring_m[1], "plan-ring-card");
    }
    if (item->ring_m[0] > 0) {
        draw_ring(page, view, map, at, item->ring_m[0], "plan-ring-policy");
    }
    draw_item(page, at);
}

/* An arrow with the wind, from upwind to the leak. */
static void draw_wind(mu_page *page, mu_point at, double from_deg) {
    const double angle = from_deg * 3.14159265358979 / 180;
    const mu_point up = {sin(angle), -cos(angle)}, side = {-up.y, up.x};
    const mu_point tip = {at.x + 12 * up.x, at.y + 12 * up.y};
    const mu_point barb = {tip.x + 12 * up.x, tip.y + 12 * up.y};
    const mu_point head[] = {tip,
                             {barb.x + 6 * side.x, barb.y + 6 * side.y},
                             {barb.x - 6 * side.x, barb.y - 6 * side.y}};
    mu_svg_line(page, "plan-wind-line", at.x + 46 * up.x, at.y + 46 * up.y, barb.x, barb.y);
    mu_svg_shape(page, "plan-wind", head, 3, true);
}

static void draw_release(mu_page *page, const mu_view *view, const mu_plan_map *map,
                         uint32_t level) {
    const mu_release_plan *release = &view->plan->threat.release;
    if (release->given == NULL || release->level != level) {
        return;
    }
    const mu_point at = mu_map(map, release->given->at);
    if (!mu_map_shows(map, at)) {
        return;
    }
    if (release->has_erg && !map->close) {
        draw_ring(page, view, map, at, release->erg.isolate_m, "plan-ring-policy");
    }
    draw_wind(page, at, release->wind->from_deg);
    draw_item(page, at);
}

/* The level that people are held on; MU_NONE. */
static uint32_t hostage_level(const mu_view *view) {
    const mu_hostage_plan *hostage = &view->plan->threat.hostage;
    return hostage->given == NULL ? MU_NONE : level_of(view, &hostage->given->space);
}

/* What is in sight of the place, tinted, and the place itself. */
static void draw_hostage(mu_page *page, const mu_view *view, const mu_plan_map *map,
                         uint32_t level) {
    const mu_hostage_plan *hostage = &view->plan->threat.hostage;
    if (hostage_level(view) != level || !map->close) {
        return;
    }
    for (uint32_t s = 0; s < view->plan->site.spaces.count; s++) {
        const mu_ring *ring = &view->plan->site.spaces.items[s].polygon;
        if (!hostage->exposed[s]) {
            continue;
        }
        mu_page_put(page, "<polygon class=\"plan-sight\" points=\"");
        for (uint32_t k = 0; k < ring->count; k++) {
            const mu_point p = mu_map(map, ring->items[k]);
            mu_page_print(page, "%.1f,%.1f ", p.x, p.y);
        }
        mu_page_put(page, "\"/>\n");
    }
    if (mu_map_shows(map, mu_map(map, hostage->given->at))) {
        draw_item(page, mu_map(map, hostage->given->at));
    }
}

void mu_plan_marks(mu_page *page, const mu_view *view, const mu_plan_map *map, uint32_t level) {
    const mu_site *site = &view->plan->site;
    const bool bare = map->dress == MU_PLAN_BARE;
    if (!bare) {
        draw_hostage(page, view, map, level);
    }
    for (uint32_t i = 0; i < site->roads.count; i++) {
        const mu_road *road = &site->roads.items[i];
        if (is_shown(view, map, level, &road->space, road->at)) {
            draw_road(page, mu_map(map, road->at));
        }
    }
    for (uint32_t i = 0; i < site->posts.count; i++) {
        const mu_post *post = &site->posts.items[i];
        if (is_shown(view, map, level, &post->space, post->at)) {
            draw_post(page, mu_map(map, post->at), post_marks[post->kind].letter);
        }
    }
    for (uint32_t i = 0; i < site->assembly_points.count; i++) {
        const mu_assembly *assembly = &site->assembly_points.items[i];
        if (is_shown(view, map, level, &assembly->space, assembly->at)) {
            draw_assembly(page, mu_map(map, assembly->at));
        }
    }
    for (uint32_t i = 0; i < site->refuges.count; i++) {
        const mu_refuge *refuge = &site->refuges.items[i];
        if (is_shown(view, map, level, &refuge->space, refuge->at)) {
            draw_refuge(page, mu_map(map, refuge->at));
        }
    }
    if (!bare) {
        draw_threat(page, view, map, level);
        draw_release(page, view, map, level);
    }
}

/* Where the next entry of the legend goes: entries follow each other and wrap. */
typedef struct legend {
    mu_page *page;
    double x, y;
} legend;

static mu_point place(legend *now, const char *text) {
    const double width = 30 + mu_text_width(text, 10.5);
    if (now->x + width > MU_SVG_WIDTH) {
        now->x = 0;
        now->y += LEGEND_LINE;
    }
    const mu_point at = {now->x + 10, now->y};
    mu_svg_text(now->page, "plan-legend", at.x + 14, at.y + 4, "start", text);
    now->x += width + 14;
    return at;
}

static void add_line(legend *now, const char *class_name, const char *text) {
    const mu_point at = place(now, text);
    mu_svg_line(now->page, class_name, at.x - 9, at.y, at.x + 9, at.y);
}

static bool has_post(const mu_view *view, const mu_plan_map *map, mu_post_kind kind,
                     uint32_t level) {
    const mu_site *site = &view->plan->site;
    for (uint32_t i = 0; i < site->posts.count; i++) {
        const mu_post *post = &site->posts.items[i];
        if (post->kind == kind && is_shown(view, map, level, &post->space, post->at)) {
            return true;
        }
    }
    return false;
}

static void list_marks(legend *now, const mu_view *view, const mu_plan_map *map, uint32_t level) {
    const mu_site *site = &view->plan->site;
    for (int kind = 0; kind < POST_KINDS; kind++) {
        if (has_post(view, map, (mu_post_kind)kind, level)) {
            draw_post(now->page, place(now, _(post_marks[kind].meaning)), post_marks[kind].letter);
        }
    }
    for (uint32_t i = 0; i < site->assembly_points.count; i++) {
        const mu_assembly *assembly = &site->assembly_points.items[i];
        if (is_shown(view, map, level, &assembly->space, assembly->at)) {
            draw_assembly(now->page, place(now, _("assembly point")));
            break;
        }
    }
    for (uint32_t i = 0; i < site->roads.count; i++) {
        const mu_road *road = &site->roads.items[i];
        if (is_shown(view, map, level, &road->space, road->at)) {
            draw_road(now->page, place(now, _("road in")));
            break;
        }
    }
    for (uint32_t i = 0; i < site->refuges.count; i++) {
        const mu_refuge *refuge = &site->refuges.items[i];
        if (is_shown(view, map, level, &refuge->space, refuge->at)) {
            draw_refuge(now->page, place(now, _("place of refuge")));
            break;
        }
    }
}

double mu_plan_legend(mu_page *page, const mu_view *view, const mu_plan_map *map, uint32_t level,
                      double y) {
    const mu_item_plan *item = &view->plan->threat.item;
    legend now = {.page = page, .y = y + 8};
    add_line(&now, "plan-door", _("door"));
    add_line(&now, "plan-exit", _("way into the open"));
    add_line(&now, "plan-shut", _("closed"));
    const mu_point flight = place(&now, _("stairs"));
    mu_svg_rect(page, "plan-flight", flight.x - 9, flight.y - 4, 18, 8);
    for (int tread = -2; tread <= 2; tread++) {
        mu_svg_line(page, "plan-tread", flight.x + 3 * tread, flight.y - 4, flight.x + 3 * tread,
                    flight.y + 4);
    }
    list_marks(&now, view, map, level);
    if (map->dress == MU_PLAN_BARE) {
        return now.y - y + LEGEND_LINE;
    }
    if (hostage_level(view) == level && map->close) {
        draw_item(page, place(&now, _("where people are held")));
        const mu_point swatch = place(&now, _("in sight of it if every door stands open"));
        mu_svg_rect(page, "plan-sight", swatch.x - 9, swatch.y - 5, 18, 10);
    }
    if (item->given != NULL && item->level == level) {
        draw_item(page, place(&now, _("the item")));
        if (item->ring_m[0] > 0) {
            add_line(&now, "plan-ring-policy",
                     mu_say(view, _("distance that the policy demands, %g m"), item->ring_m[0]));
        }
        if (item->ring_m[1] > 0) {
            add_line(
                &now, "plan-ring-card",
                mu_say(view, _("mandatory distance of the stand-off card, %g m"), item->ring_m[1]));
        }
    }
    const mu_release_plan *release = &view->plan->threat.release;
    if (release->given != NULL && release->level == level &&
        mu_map_shows(map, mu_map(map, release->given->at))) {
        draw_item(page, place(&now, _("the leak, and the wind")));
        if (release->has_erg && !map->close) {
            add_line(&now, "plan-ring-policy",
                     mu_say(view, _("to be kept clear (ERG 2024), %g m"), release->erg.isolate_m));
        }
    }
    return now.y - y + LEGEND_LINE;
}
