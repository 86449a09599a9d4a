/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of rooms. A name is set inside its room, in up to three lines, where it fits; else the room
 * gets a number and the name stands in the key. Nothing is made smaller than can be read. */
#include <math.h>
#include <string.h>

#include "drill/report/plan_map.h"
#include "drill/report/words.h"

enum { LINES_MOST = 3, KEY_COLUMNS = 4, KEY_LINE = 14 };

#define FONT   9.0
#define LEADING 10.5

typedef struct box {
    double x, y; /* middle, on the page */
    double width, height;
} box;

typedef struct lines {
    const char *text[LINES_MOST];
    int count;
} lines;

static bool contains(const mu_ring *ring, mu_point p) {
    bool inside = false;
    for (uint32_t i = 0, j = ring->count - 1; i < ring->count; j = i++) {
        const mu_point a = ring->items[i], b = ring->items[j];
        if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) {
            inside = !inside;
        }
    }
    return inside;
}

static bool is_free(const mu_space *space, mu_point p) {
    bool free_here = contains(&space->polygon, p);
    for (uint32_t h = 0; h < space->holes.count; h++) {
        free_here = free_here && !contains((const mu_ring *)&space->holes.items[h], p);
    }
    return free_here;
}

/* How far a box around `p` can reach sideways (or up and down) before it leaves the room. */
static double reach(const mu_space *space, mu_point p, double dx, double dy, double step) {
    double far = 0;
    while (far < 400 * step && is_free(space, (mu_point){p.x + dx * far, p.y + dy * far})) {
        far += step;
    }
    return far;
}

/* A wide place in the room: the best of a grid of points, by the width of a text-high strip. */
static box roomiest(const mu_space *space, const mu_plan_map *map) {
    mu_point low = space->polygon.items[0], high = low;
    for (uint32_t i = 1; i < space->polygon.count; i++) {
        const mu_point p = space->polygon.items[i];
        low = (mu_point){fmin(low.x, p.x), fmin(low.y, p.y)};
        high = (mu_point){fmax(high.x, p.x), fmax(high.y, p.y)};
    }
    box best = {0};
    const double step = 4 / map->scale;
    for (int i = 1; i < 12; i++) {
        for (int j = 1; j < 12; j++) {
            const mu_point p = {low.x + (high.x - low.x) * i / 12, low.y + (high.y - low.y) * j / 12};
            const double left = reach(space, p, -1, 0, step), right = reach(space, p, 1, 0, step);
            const double up = reach(space, p, 0, 1, step), down = reach(space, p, 0, -1, step);
            const double wide = 2 * fmin(left, right) * map->scale;
            const double tall = 2 * fmin(up, down) * map->scale;
            if (fmin(wide, 90) * fmin(tall, 34) > fmin(best.width, 90) * fmin(best.height, 34)) {
                best = (box){mu_map_x(map, p.x), mu_map_y(map, p.y), wide, tall};
            }
        }
    }
    return best;
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

static void draw_key_entry(mu_page *page, const mu_view *view, uint32_t number, const char *name,
                           double y) {
    const double column = MU_SVG_WIDTH / KEY_COLUMNS;
    const uint32_t at = number - 1;
    mu_svg_text(page, "plan-key-entry", column * (at % KEY_COLUMNS),
                y + KEY_LINE * (double)(at / KEY_COLUMNS + 1), "start",
                mu_say(view, "%u  %s", number, name));
}

double mu_plan_labels(mu_page *page, const mu_view *view, const mu_plan_map *map, uint32_t level,
                      double y) {
    uint32_t numbered = 0;
    for (uint32_t s = 0; s < view->plan->site.spaces.count; s++) {
        const mu_space *space = &view->plan->site.spaces.items[s];
        if (space->level.index != level || space->polygon.count < 3) {
            continue;
        }
        const char *name = mu_say_text(view, &space->name);
        name = name[0] != 0 ? name : space->id;
        const box room = roomiest(space, map);
        lines said;
        if (break_lines(view, name, &room, &said)) {
            draw_lines(page, &room, &said);
        } else if (room.width >= 8 && room.height >= 8) {
            draw_key_entry(page, view, ++numbered, name, y);
            said = (lines){.text = {mu_say(view, "%u", numbered)}, .count = 1};
            draw_lines(page, &room, &said);
        }
    }
    return numbered == 0 ? 4 : KEY_LINE * ((numbered + KEY_COLUMNS - 1) / KEY_COLUMNS) + 8.0;
}
