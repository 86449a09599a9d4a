/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of rooms. A name is set inside its room, in up to three lines, where it fits; else the room
 * gets a number and the name stands in the key. Nothing is made smaller than can be read. */
#include <math.h>
#include <string.h>

#include "drill/report/plan_map.h"
#include "drill/report/words.h"
#include "site/plane.h"

enum { LINES_MOST = 3, KEY_COLUMNS_MOST = 4, KEY_LINE = 14 };

#define FONT    9.0
#define LEADING 10.5

typedef struct box {
    double x, y; /* middle, on the page */
    double width, height;
} box;

typedef struct lines {
    const char *text[LINES_MOST];
    int count;
} lines;

bool mu_plan_contains(const mu_ring *ring, mu_point p) {
    bool inside = false;
    for (uint32_t i = 0, j = ring->count - 1; i < ring->count; j = i++) {
        const mu_point a = ring->items[i], b = ring->items[j];
        if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) {
            inside = !inside;
        }
    }
    return inside;
}

typedef MU_LIST_OF(mu_point) mark_list;

/* One of a level's rooms, as labels see it. */
typedef struct site_room {
    const mu_plan_map *map;
    const mu_space *space;
    mark_list marks; /* in it or close by */
} site_room;

/* So far from a mark a name keeps, on paper. */
#define MARK_ROOM 9.0

static bool is_marked(const site_room *room, mu_point p) {
    const double apart = MARK_ROOM / room->map->scale;
    for (uint32_t m = 0; m < room->marks.count; m++) {
        if (fabs(room->marks.items[m].x - p.x) < apart &&
            fabs(room->marks.items[m].y - p.y) < apart) {
            return true;
        }
    }
    return false;
}

/* On the drawing, in the room, in none of its holes, and not under a mark. */
static bool is_free(const site_room *room, mu_point p) {
    const mu_space *space = room->space;
    bool free_here =
        mu_map_shows(room->map, mu_map(room->map, p)) && mu_plan_contains(&space->polygon, p);
    for (uint32_t h = 0; free_here && h < space->holes.count; h++) {
        free_here = !mu_plan_contains((const mu_ring *)&space->holes.items[h], p);
    }
    return free_here && !is_marked(room, p);
}

/* How far one can go from `p` before leaving what is free, at most `most`. */
static double reach(const site_room *room, mu_point p, double dx, double dy, double most) {
    const double step = 3 / room->map->scale;
    double far = 0;
    while (far < most && is_free(room, (mu_point){p.x + dx * far, p.y + dy * far})) {
        far += step;
    }
    return far;
}

/* The box around `p` that a name could fill: as tall as the room lets it be for three lines, and as
 * wide as its narrowest line. */
static box box_at(const site_room *room, mu_point p) {
    const double scale = room->map->scale, most = 60 / scale;
    const double up = reach(room, p, 0, 1, 18 / scale), down = reach(room, p, 0, -1, 18 / scale);
    const double half = fmin(up, down);
    double wide = most;
    for (int line = -1; line <= 1; line++) {
        const mu_point q = {p.x, p.y + line * half * 0.8};
        wide = fmin(wide, fmin(reach(room, q, -1, 0, most), reach(room, q, 1, 0, most)));
    }
    return (box){mu_map_x(room->map, p.x), mu_map_y(room->map, p.y), 2 * wide * scale,
                 2 * half * scale};
}

static void find_bounds(const mu_ring *ring, mu_point *low, mu_point *high) {
    *low = *high = ring->items[0];
    for (uint32_t i = 1; i < ring->count; i++) {
        mu_plane_grow(low, high, ring->items[i]);
    }
}

/* Of a level's marks those that matter to a room, into `near`. */
static mark_list marks_near(const site_room *room, const mark_list *all, mu_point *near) {
    const double apart = 1.001 * MARK_ROOM / room->map->scale;
    mark_list out = {near, 0};
    mu_point low, high;
    find_bounds(&room->space->polygon, &low, &high);
    for (uint32_t m = 0; m < all->count; m++) {
        const mu_point p = all->items[m];
        if (p.x > low.x - apart && p.x < high.x + apart && p.y > low.y - apart &&
            p.y < high.y + apart) {
            out.items[out.count++] = p;
        }
    }
    return out;
}

/* The best place of a grid of points; a box of no width if none is free. */
static box roomiest_of(const site_room *room, int points) {
    mu_point low, high;
    find_bounds(&room->space->polygon, &low, &high);
    box best = {0};
    double best_score = -INFINITY;
    for (int i = 0; i < points * points; i++) {
        const int column = i % points, row = i / points;
        const mu_point p = {low.x + (high.x - low.x) * (column + 1) / (points + 1),
                            low.y + (high.y - low.y) * (row + 1) / (points + 1)};
        if (!is_free(room, p)) {
            continue;
        }
        const box here = box_at(room, p);
        const double off_centre =
            (fabs(column - 0.5 * (points - 1)) + fabs(row - 0.5 * (points - 1))) * 13 / points;
        const double score = fmin(here.width, 100) * fmin(here.height, 32) - 6 * off_centre;
        if (score > best_score) {
            best = here;
            best_score = score;
        }
    }
    return best;
}

/* A coarse grid finds the middle of most rooms, a fine one that of a winding passage. */
static box roomiest(const site_room *room) {
    const box coarse = roomiest_of(room, 13);
    return coarse.width > 8 ? coarse : roomiest_of(room, 45);
}

/* Bytes of `text` that fit into `width`, broken after a blank or between Chinese characters. */
static size_t fitting(const char *text, double width) {
    double used = 0;
    size_t at = 0, last = 0;
    while (text[at] != 0) {
        long c = 0;
        char one[8] = {0};
        const size_t length = mu_utf8_next(text + at, &c);
        memcpy(one, text + at, length);
        used += mu_text_width(one, FONT);
        if (used > width) {
            return last;
        }
        at += length;
        if (c == ' ' || c >= 0x2e80) {
            last = at;
        }
    }
    return at;
}

static bool break_lines(const mu_view *view, const char *text, const box *room, lines *out) {
    const int most = (int)fmin(LINES_MOST, floor((room->height - 2) / LEADING));
    out->count = 0;
    while (*text != 0) {
        const size_t length = fitting(text, room->width - 4);
        if (length == 0 || out->count >= most) {
            return false;
        }
        out->text[out->count++] = mu_say(view, "%.*s", (int)length, text);
        text += length;
    }
    return out->count > 0;
}

static void draw_lines(mu_page *page, const box *room, const lines *said) {
    double y = room->y - LEADING * (said->count - 1) / 2 + FONT * 0.36;
    for (int i = 0; i < said->count; i++) {
        mu_svg_text(page, "plan-name", room->x, y, "middle", said->text[i]);
        y += LEADING;
    }
}

/* Rooms that got a number, in order. */
typedef struct numbered {
    const char **names;
    uint32_t count;
} numbered;

/* As many columns as the longest name lets there be. Returns the height taken. */
static double draw_key(mu_page *page, const mu_view *view, const numbered *rooms, double y) {
    double widest = 0;
    for (uint32_t i = 0; i < rooms->count; i++) {
        widest = fmax(widest, mu_text_width(rooms->names[i], 10.5) + 32);
    }
    const uint32_t columns =
        (uint32_t)fmax(1, fmin(KEY_COLUMNS_MOST, floor(MU_SVG_WIDTH / fmax(widest, 1))));
    const uint32_t rows = (rooms->count + columns - 1) / columns;
    for (uint32_t i = 0; i < rooms->count; i++) { /* down the columns */
        mu_svg_text(page, "plan-key-entry", MU_SVG_WIDTH / columns * (i / rows),
                    y + KEY_LINE * (i % rows + 1.0), "start",
                    mu_say(view, "%u  %s", i + 1, rooms->names[i]));
    }
    return rows == 0 ? 4 : KEY_LINE * (double)rows + 8;
}

/* Each building's name in its middle; on the plan of the ground. */
static void draw_buildings(mu_page *page, const mu_view *view, const mu_plan_map *map,
                           uint32_t level) {
    const mu_site *site = &view->plan->site;
    for (uint32_t b = 0; b < site->buildings.count; b++) {
        const mu_building *building = &site->buildings.items[b];
        mu_point low = {INFINITY, INFINITY}, high = {-INFINITY, -INFINITY};
        for (uint32_t s = 0; s < site->spaces.count; s++) {
            const mu_space *space = &site->spaces.items[s];
            const bool is_part = space->level.index == level && space->building != NULL &&
                                 strcmp(space->building, building->label) == 0;
            for (uint32_t i = 0; is_part && i < space->polygon.count; i++) {
                mu_plane_grow(&low, &high, space->polygon.items[i]);
            }
        }
        if ((high.x - low.x) * map->scale > 40) {
            const mu_point middle =
                mu_map(map, (mu_point){(low.x + high.x) / 2, (low.y + high.y) / 2});
            mu_svg_text(page, "plan-building", middle.x, middle.y + 4, "middle",
                        mu_say_text(view, &building->name));
        }
    }
}

/* Lift shafts carry their sign instead. */
static bool is_named(const mu_space *space, const mu_plan_map *map, uint32_t level) {
    return space->level.index == level && space->polygon.count >= 3 &&
           map->close != mu_space_is_open_air(space) && space->use != MU_USE_LIFT &&
           !mu_space_is_beside(map, space);
}

double mu_plan_labels(mu_page *page, const mu_view *view, const mu_plan_map *map, uint32_t level,
                      double y) {
    const mu_site *site = &view->plan->site;
    numbered key = {mu_arena_array(view->arena, site->spaces.count + 1U, sizeof *key.names), 0};
    const uint32_t marks_most = site->posts.count + site->assembly_points.count +
                                site->refuges.count + 1U + MU_PLAN_NUMBER_PLACES;
    mark_list marks = {mu_arena_array(view->arena, marks_most, sizeof *marks.items), 0};
    mu_point *near = mu_arena_array(view->arena, marks_most, sizeof *near);
    const bool whole = key.names != NULL && marks.items != NULL && near != NULL;
    if (whole) {
        marks.count = mu_plan_mark_places(view, level, marks.items);
        marks.count += mu_plan_number_places(view, map, level, marks.items + marks.count);
    }
    for (uint32_t s = 0; s < site->spaces.count && whole; s++) {
        const mu_space *space = &site->spaces.items[s];
        if (!is_named(space, map, level)) {
            continue;
        }
        const char *name = mu_say_text(view, &space->name);
        name = name[0] != 0 ? name : space->id;
        site_room here = {.map = map, .space = space};
        here.marks = marks_near(&here, &marks, near);
        const box room = roomiest(&here);
        lines said;
        if (break_lines(view, name, &room, &said)) {
            draw_lines(page, &room, &said);
        } else if (room.width >= 8 && room.height >= 8) {
            key.names[key.count++] = name;
            said = (lines){.text = {mu_say(view, "%u", key.count)}, .count = 1};
            draw_lines(page, &room, &said);
        }
    }
    if (!map->close) {
        draw_buildings(page, view, map, level);
    }
    return draw_key(page, view, &key, y);
}
