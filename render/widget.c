/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small set of widgets. Whatever is drawn says where it can be pressed; a press looks that up. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "render/screen.h"

void mu_widget_spot(mu_screen *view, mu_box box, mu_action action, int32_t value) {
    if (view->spot_count < MU_SPOTS_MOST) {
        view->spots[view->spot_count++] = (mu_spot){box, action, value};
    }
}

bool mu_widget_hover(const mu_screen *view, mu_box box) {
    return mu_box_has(box, view->x, view->y) && !view->dragging;
}

double mu_widget_chip(mu_screen *view, double x, double y, double height, const char *text, bool on,
                      mu_action action, int32_t value) {
    const mu_pen *pen = &view->pen;
    const mu_theme *t = pen->theme;
    const double size = 12.5;
    const double width = mu_pen_width(pen, size, on, text) + 18 * pen->unit;
    const mu_box box = {(float)x, (float)y, (float)width, (float)height};
    const bool hover = mu_widget_hover(view, box);
    const double r = 4 * pen->unit;
    mu_draw_round_rect(pen->list, box, r, on ? t->accent : t->line);
    if (!on) {
        const float edge = (float)pen->unit;
        mu_draw_round_rect(
            pen->list,
            (mu_box){box.x + edge, box.y + edge, box.width - 2 * edge, box.height - 2 * edge},
            r - pen->unit, hover ? t->hover : t->panel);
    }
    mu_pen_text(pen, x + width / 2, y + height / 2 + size * 0.36 * pen->unit, MU_ALIGN_MIDDLE, size,
                on, on ? t->on_accent : t->ink, text);
    mu_widget_spot(view, box, action, value);
    return width;
}

static void triangle(const mu_pen *pen, double x, double y, double r, double side,
                     mu_colour colour) {
    const mu_vec p[3] = {{(float)(x + side * r), (float)y},
                         {(float)(x - side * r * 0.7), (float)(y - r)},
                         {(float)(x - side * r * 0.7), (float)(y + r)}};
    mu_draw_polygon(pen->list, colour, p, 3);
}

static void rect(const mu_pen *pen, double x, double y, double width, double height,
                 mu_colour colour) {
    mu_draw_rect(pen->list, (mu_box){(float)x, (float)y, (float)width, (float)height}, colour);
}

static void corners(const mu_pen *pen, double x, double y, double r, double w, mu_colour colour) {
    for (int k = 0; k < 4; k++) {
        const double sx = k % 2 == 0 ? -1 : 1, sy = k < 2 ? -1 : 1;
        mu_draw_path(pen->list, colour, w, false);
        mu_draw_point(pen->list, x + sx * r, y + sy * r * 0.3);
        mu_draw_point(pen->list, x + sx * r, y + sy * r);
        mu_draw_point(pen->list, x + sx * r * 0.3, y + sy * r);
    }
}

void mu_widget_icon(const mu_pen *pen, mu_icon icon, double x, double y, double size,
                    mu_colour colour) {
    const double r = size / 2, w = fmax(1.5, size * 0.16);
    switch (icon) {
    case MU_ICON_PLAY:
        triangle(pen, x, y, r, 1, colour);
        break;
    case MU_ICON_PAUSE:
        rect(pen, x - r * 0.75, y - r, r * 0.5, 2 * r, colour);
        rect(pen, x + r * 0.25, y - r, r * 0.5, 2 * r, colour);
        break;
    case MU_ICON_NEXT:
    case MU_ICON_PREVIOUS: {
        const double side = icon == MU_ICON_NEXT ? 1 : -1;
        triangle(pen, x - side * r * 0.2, y, r * 0.9, side, colour);
        rect(pen, x + side * r * 0.85 - r * 0.14, y - r * 0.9, r * 0.28, r * 1.8, colour);
        break;
    }
    case MU_ICON_PLUS:
        rect(pen, x - w / 2, y - r, w, 2 * r, colour);
        rect(pen, x - r, y - w / 2, 2 * r, w, colour);
        break;
    case MU_ICON_MINUS:
        rect(pen, x - r, y - w / 2, 2 * r, w, colour);
        break;
    case MU_ICON_FIT:
    case MU_ICON_FULL_SCREEN:
        corners(pen, x, y, r, w, colour);
        if (icon == MU_ICON_FIT) {
            rect(pen, x - r * 0.3, y - r * 0.3, r * 0.6, r * 0.6, colour);
        }
        break;
    case MU_ICON_CHECK:
        mu_draw_path(pen->list, colour, w, false);
        mu_draw_point(pen->list, x - r, y);
        mu_draw_point(pen->list, x - r * 0.25, y + r * 0.75);
        mu_draw_point(pen->list, x + r, y - r * 0.8);
        break;
    case MU_ICON_CROSS:
        mu_draw_segment(pen->list, colour, w, x - r * 0.8, y - r * 0.8, x + r * 0.8, y + r * 0.8);
        mu_draw_segment(pen->list, colour, w, x - r * 0.8, y + r * 0.8, x + r * 0.8, y - r * 0.8);
        break;
    case MU_ICON_WARNING: {
        const mu_vec p[3] = {{(float)x, (float)(y - r)},
                             {(float)(x + r), (float)(y + r * 0.85)},
                             {(float)(x - r), (float)(y + r * 0.85)}};
        mu_draw_polygon(pen->list, colour, p, 3);
        break;
    }
    }
}

void mu_widget_button(mu_screen *view, mu_box box, mu_icon icon, mu_action action) {
    const mu_pen *pen = &view->pen;
    const mu_theme *t = pen->theme;
    mu_draw_round_rect(pen->list, box, 4 * pen->unit, t->line);
    const float edge = (float)pen->unit;
    mu_draw_round_rect(
        pen->list,
        (mu_box){box.x + edge, box.y + edge, box.width - 2 * edge, box.height - 2 * edge},
        3 * pen->unit, mu_widget_hover(view, box) ? t->hover : t->panel);
    mu_widget_icon(pen, icon, box.x + box.width / 2, box.y + box.height / 2, 12 * pen->unit,
                   t->ink);
    mu_widget_spot(view, box, action, 0);
}
