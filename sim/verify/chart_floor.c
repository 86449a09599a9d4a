/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sketches of floors, as large as they fit. */
#include <math.h>

#include "core/i18n.h"
#include "verify/case_play.h"
#include "verify/chart.h"

enum { WIDE = 260, HIGH_MOST = 190, EDGE = 10, POINTS_MOST = 256 };

typedef struct sketch {
    mu_point low, high;
    double scale;
} sketch;

static void widen(sketch *s, const mu_ring *ring) {
    for (uint32_t i = 0; i < ring->count; i++) {
        s->low.x = fmin(s->low.x, ring->items[i].x);
        s->low.y = fmin(s->low.y, ring->items[i].y);
        s->high.x = fmax(s->high.x, ring->items[i].x);
        s->high.y = fmax(s->high.y, ring->items[i].y);
    }
}

static mu_point place(const sketch *s, mu_point p) {
    return (mu_point){EDGE + (p.x - s->low.x) * s->scale, EDGE + (s->high.y - p.y) * s->scale};
}

static void open_sketch(mu_page *page, sketch *s, const char *title) {
    const double wide = fmax(s->high.x - s->low.x, 0.1), high = fmax(s->high.y - s->low.y, 0.1);
    s->scale = fmin((WIDE - 2 * EDGE) / wide, (HIGH_MOST - 2 * EDGE) / high);
    mu_svg_open(page, WIDE, high * s->scale + 2 * EDGE, title);
}

static void draw_ring(mu_page *page, const sketch *s, const char *class_name, const mu_ring *ring) {
    mu_point points[POINTS_MOST];
    const uint32_t count = ring->count < POINTS_MOST ? ring->count : POINTS_MOST;
    for (uint32_t i = 0; i < count; i++) {
        points[i] = place(s, ring->items[i]);
    }
    if (count > 0) {
        mu_svg_shape(page, class_name, points, count, true);
    }
}

static void draw_line(mu_page *page, const sketch *s, const char *class_name, mu_point a,
                      mu_point b) {
    const mu_point p = place(s, a), q = place(s, b);
    mu_svg_line(page, class_name, p.x, p.y, q.x, q.y);
}

static void draw_dots(mu_page *page, const sketch *s, const mu_ring *points, double radius) {
    for (uint32_t i = 0; i < points->count; i++) {
        const mu_point p = place(s, points->items[i]);
        mu_svg_circle(page, "at", p.x, p.y, radius);
    }
}

static void draw_case_door(mu_page *page, const sketch *s, const mu_case_door *door) {
    const mu_point *line = door->line.items;
    if (door->to == NULL) {
        draw_line(page, s, "way-out", line[0], line[1]);
    } else if (door->upper_line.count == 2) {
        draw_line(page, s, "flight", line[0], line[1]);
        draw_line(page, s, "flight", door->upper_line.items[0], door->upper_line.items[1]);
        draw_line(page, s, "door-line", line[0], door->upper_line.items[0]);
        draw_line(page, s, "door-line", line[1], door->upper_line.items[1]);
    } else {
        draw_line(page, s, "door", line[0], line[1]);
        draw_line(page, s, "door-line", line[0], line[1]);
    }
}

bool mu_chart_scene(mu_page *page, const mu_case *given, uint32_t scene) {
    const mu_case_scene what = mu_case_whole_scene(given, scene);
    sketch s = {.low = {INFINITY, INFINITY}, .high = {-INFINITY, -INFINITY}};
    for (uint32_t i = 0; i < what.spaces.count; i++) {
        widen(&s, &what.spaces.items[i].outline);
    }
    if (what.spaces.count == 0) {
        return false;
    }
    open_sketch(page, &s, _("Sketch of the scene"));
    for (uint32_t i = 0; i < what.spaces.count; i++) {
        draw_ring(page, &s, "floor", &what.spaces.items[i].outline);
        for (uint32_t h = 0; h < what.spaces.items[i].holes.count; h++) {
            draw_ring(page, &s, "hole", &what.spaces.items[i].holes.items[h]);
        }
    }
    for (uint32_t i = 0; i < what.people.count; i++) {
        draw_ring(page, &s, "start", &what.people.items[i].area);
        draw_dots(page, &s, &what.people.items[i].at, 2);
    }
    for (uint32_t i = 0; i < what.doors.count; i++) {
        draw_case_door(page, &s, &what.doors.items[i]);
    }
    mu_svg_close(page);
    return true;
}

bool mu_chart_experiment(mu_page *page, const mu_experiment *e) {
    sketch s = {.low = {INFINITY, INFINITY}, .high = {-INFINITY, -INFINITY}};
    widen(&s, &e->walkable);
    open_sketch(page, &s, _("Floor of the experiment"));
    draw_ring(page, &s, "floor", &e->walkable);
    for (uint32_t o = 0; o < e->obstacles.count; o++) {
        draw_ring(page, &s, "hole", &e->obstacles.items[o]);
    }
    draw_ring(page, &s, "start", &e->area);
    for (uint32_t i = 0; i < e->agents.count; i++) {
        const mu_point p = place(&s, e->agents.items[i].at);
        mu_svg_circle(page, "at", p.x, p.y, 1.2);
    }
    for (uint32_t k = 0; k < e->line_count; k++) {
        draw_line(page, &s, "line", e->lines[k].line.a, e->lines[k].line.b);
    }
    for (uint32_t k = 0; k < e->exit_count; k++) {
        draw_line(page, &s, "way-out", e->exits[k].line.a, e->exits[k].line.b);
    }
    mu_svg_close(page);
    return true;
}
