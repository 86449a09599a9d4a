/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The head of the window: that this is an exercise, which one, how people fare, the alert level,
 * and the clock. And what lies over the plan: tabs of levels, zoom, scale and north. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/audience.h"
#include "render/clocks.h"
#include "render/i18n.h"
#include "render/screen.h"

static double draw_tag(mu_screen *view, double x, double middle) {
    const mu_pen *pen = &view->pen;
    const char *text = MU_EXERCISE_TAG;
    const double width = mu_pen_width(pen, 13, true, text) + 20 * pen->unit;
    const double height = 28 * pen->unit;
    mu_draw_round_rect(
        pen->list, (mu_box){(float)x, (float)(middle - height / 2), (float)width, (float)height},
        3 * pen->unit, pen->theme->accent);
    mu_pen_text(pen, x + width / 2, middle + 4.7 * pen->unit, MU_ALIGN_MIDDLE, 13, true,
                pen->theme->on_accent, text);
    return x + width + 14 * pen->unit;
}

static void draw_title(mu_screen *view, double x, double most) {
    const mu_pen *pen = &view->pen;
    char text[256], short_text[256];
    mu_type_shorten(pen->type, mu_pen_font(pen, 17, true),
                    mu_text_in(view->scene->incident, pen->language), most, short_text,
                    sizeof short_text);
    mu_pen_text(pen, x, 26 * pen->unit, MU_ALIGN_LEFT, 17, true, pen->theme->ink, short_text);
    const char *site = mu_text_in(view->scene->site, pen->language);
    if (view->frame->recorded) {
        (void)snprintf(text, sizeof text, _("a recording, made by %s: where people were"), site);
    } else {
        (void)snprintf(text, sizeof text, _("%s · simulated run %u, seed %llu"), site,
                       view->def.replication, (unsigned long long)view->def.seed);
    }
    mu_type_shorten(pen->type, mu_pen_font(pen, 11.5, false), text, most, short_text,
                    sizeof short_text);
    mu_pen_text(pen, x, 45 * pen->unit, MU_ALIGN_LEFT, 11.5, false, pen->theme->soft, short_text);
}

/* Returns where it begins. */
static double draw_clock(mu_screen *view) {
    const mu_pen *pen = &view->pen;
    char text[32], below[64], day[32];
    const double right = view->width - 20 * pen->unit;
    mu_clock_text(view->frame->time_us, text, sizeof text);
    mu_pen_text(pen, right, 33 * pen->unit, MU_ALIGN_RIGHT, 29, true, pen->theme->ink, text);
    const char *state = view->frame->over ? view->frame->recorded ? _("the recording is over")
                                                                  : _("the run is over")
                        : view->seeking ? _("working …")
                        : view->playing   ? NULL
                                          : _("paused");
    const bool has_day =
        mu_time_of_day(view->scene->starts_at, view->frame->time_us, day, sizeof day);
    (void)snprintf(below, sizeof below, "%s%s%s", has_day ? day : "",
                   has_day && state != NULL ? " · " : "", state != NULL ? state : "");
    mu_pen_text(pen, right, 50 * pen->unit, MU_ALIGN_RIGHT, 12, state != NULL, pen->theme->soft,
                below);
    return right - fmax(136 * pen->unit, mu_pen_width(pen, 29, true, text));
}

static double draw_alert(mu_screen *view, double right) {
    const mu_pen *pen = &view->pen;
    const mu_theme *t = pen->theme;
    const bool none = view->frame->alert == MU_ALERT_NONE;
    char text[64];
    (void)snprintf(text, sizeof text, "%s", none ? _("no alert") : view->frame->alert_name);
    text[0] = (char)(text[0] >= 'a' && text[0] <= 'z' ? text[0] - 'a' + 'A' : text[0]);
    const double width = fmax(mu_pen_width(pen, 15, true, text) + 26 * pen->unit, 84 * pen->unit);
    const mu_box box = {(float)(right - width), (float)(13 * pen->unit), (float)width,
                        (float)(34 * pen->unit)};
    const mu_colour fill = none ? t->panel : t->alert[view->frame->alert];
    mu_draw_round_rect(pen->list, box, 4 * pen->unit, none ? t->line : fill);
    if (none) {
        const float e = (float)pen->unit;
        mu_draw_round_rect(pen->list,
                           (mu_box){box.x + e, box.y + e, box.width - 2 * e, box.height - 2 * e},
                           3 * pen->unit, fill);
    }
    mu_pen_text(pen, (double)box.x + width / 2, 35.3 * pen->unit, MU_ALIGN_MIDDLE, 15, true,
                none ? t->soft : t->alert_ink[view->frame->alert], text);
    return right - width - 22 * pen->unit;
}

typedef struct figure {
    const char *text;
    uint32_t number;
    mu_frame_person like; /* whose symbol stands beside it */
    bool always;          /* else only where there is somebody */
} figure;

static double draw_figure(mu_screen *view, double right, const figure *one) {
    const mu_pen *pen = &view->pen;
    char number[16];
    (void)snprintf(number, sizeof number, "%u", one->number);
    const double width = fmax(mu_pen_width(pen, 19, true, number) + 16 * pen->unit,
                              mu_pen_width(pen, 11, false, one->text));
    const double left = right - width;
    mu_symbol_person(pen, (mu_vec){(float)(left + 5 * pen->unit), (float)(21.5 * pen->unit)},
                     (mu_vec){0, 0}, 4.4 * pen->unit, &one->like);
    mu_pen_text(pen, left + 15 * pen->unit, 28 * pen->unit, MU_ALIGN_LEFT, 19, true,
                pen->theme->ink, number);
    mu_pen_text(pen, left, 46 * pen->unit, MU_ALIGN_LEFT, 11, false, pen->theme->soft, one->text);
    return left - 20 * pen->unit;
}

static double draw_figures(mu_screen *view, double right) {
    const mu_frame_counts *c = &view->frame->counts;
    const figure figures[] = {
        {_("responders"),
         c->responders,
         {.kind = MU_FRAME_MEMBER, .doing = MU_DOING_WORKING},
         true},
        {_("taken away"), c->taken, {.doing = MU_DOING_OUT}, false},
        {_("hurt"), c->hurt, {.doing = MU_DOING_HURT}, false},
        {_("out"), c->out, {.doing = MU_DOING_OUT}, true},
        {_("held"), c->held, {.doing = MU_DOING_HELD}, false},
        {_("sheltering"), c->sheltering, {.doing = MU_DOING_SHELTERING}, false},
        {_("at a refuge"), c->refuge, {.doing = MU_DOING_REFUGE, .wheels = 1}, false},
        {_("stuck"), c->stuck, {.doing = MU_DOING_STUCK}, false},
        {_("leaving"), c->leaving, {.doing = MU_DOING_LEAVING}, true},
        {_("told"), c->told, {.doing = MU_DOING_TOLD}, true},
        {_("not told"), c->usual, {.doing = MU_DOING_USUAL}, true},
    };
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++) {
        if (figures[i].always || figures[i].number > 0) {
            right = draw_figure(view, right, &figures[i]);
        }
    }
    return right;
}

void mu_panel_header(mu_screen *view) {
    const mu_pen *pen = &view->pen;
    const mu_box box = mu_screen_header_box(view);
    mu_draw_rect(pen->list, box, pen->theme->panel);
    mu_draw_rect(pen->list, (mu_box){0, box.height - (float)pen->unit, box.width, (float)pen->unit},
                 pen->theme->line);
    double right = draw_clock(view);
    if (view->frame->recorded) {
        right =
            draw_figure(view, right - 12 * pen->unit,
                        &(figure){.text = _("on the site"), .number = view->frame->people_count});
    } else {
        right = draw_alert(view, right);
        right = draw_figures(view, right);
    }
    const double left = draw_tag(view, 18 * pen->unit, (double)box.height / 2);
    draw_title(view, left, right - left);
}

static void draw_tabs(mu_screen *view) {
    const mu_pen *pen = &view->pen;
    const mu_box plan = view->camera.view;
    const double y = (double)plan.y + 10 * pen->unit, height = 26 * pen->unit;
    double x = (double)plan.x + 14 * pen->unit;
    if (view->scene->level_count < 2) {
        return;
    }
    x += mu_widget_chip(view, x, y, height, _("All levels"), view->level == MU_NOWHERE,
                        MU_ACTION_LEVEL, -1) +
         6 * pen->unit;
    for (uint32_t l = 0; l < view->scene->level_count; l++) {
        const char *name = mu_text_in(view->scene->levels[l].name, pen->language);
        x += mu_widget_chip(view, x, y, height, name[0] != 0 ? name : view->scene->levels[l].id,
                            view->level == l, MU_ACTION_LEVEL, (int32_t)l) +
             6 * pen->unit;
    }
}

static void draw_zoom(mu_screen *view) {
    const mu_box plan = view->camera.view;
    const double u = view->pen.unit;
    static const struct {
        mu_icon icon;
        mu_action action;
    } buttons[] = {{MU_ICON_PLUS, MU_ACTION_ZOOM_IN},
                   {MU_ICON_MINUS, MU_ACTION_ZOOM_OUT},
                   {MU_ICON_FIT, MU_ACTION_FIT}};
    for (int i = 0; i < 3; i++) {
        const mu_box box = {plan.x + plan.width - (float)((110 - 33 * i) * u),
                            plan.y + (float)(10 * u), (float)(28 * u), (float)(26 * u)};
        mu_widget_button(view, box, buttons[i].icon, buttons[i].action);
    }
}

/* A bar of a round number of metres, and which way north is. */
void mu_panel_scale(mu_screen *view) {
    const mu_pen *pen = &view->pen;
    const mu_box plan = view->camera.view;
    double metres = 1;
    for (int i = 0; metres * view->camera.scale < 70 * pen->unit && i < 20; i++) {
        metres *= i % 3 == 1 ? 2.5 : 2;
    }
    const double x = (double)plan.x + 44 * pen->unit;
    const double y = (double)(plan.y + plan.height) - 18 * pen->unit;
    const double length = metres * view->camera.scale, tick = 4 * pen->unit;
    const mu_colour ink = pen->theme->ink;
    mu_draw_round_rect(pen->list,
                       (mu_box){(float)(x - 34 * pen->unit), (float)(y - 34 * pen->unit),
                                (float)(length + 48 * pen->unit), (float)(46 * pen->unit)},
                       4 * pen->unit, mu_fade(pen->theme->paper, 215));
    mu_draw_segment(pen->list, ink, 1.5 * pen->unit, x, y, x + length, y);
    mu_draw_segment(pen->list, ink, 1.5 * pen->unit, x, y - tick, x, y + tick);
    mu_draw_segment(pen->list, ink, 1.5 * pen->unit, x + length, y - tick, x + length, y + tick);
    char text[32];
    (void)snprintf(text, sizeof text, _("%g m"), metres);
    mu_draw_label(pen->list, x + length / 2, y - 6 * pen->unit, MU_ALIGN_MIDDLE,
                  mu_pen_font(pen, 11, false), ink, pen->theme->paper, text, strlen(text));
    const double nx = (double)plan.x + 24 * pen->unit, s = 7 * pen->unit;
    const mu_vec west[3] = {{(float)nx, (float)(y - 2.4 * s)},
                            {(float)nx, (float)(y + 0.4 * s)},
                            {(float)(nx - 0.8 * s), (float)(y + s)}};
    const mu_vec east[3] = {{(float)nx, (float)(y - 2.4 * s)},
                            {(float)nx, (float)(y + 0.4 * s)},
                            {(float)(nx + 0.8 * s), (float)(y + s)}};
    mu_draw_polygon(pen->list, ink, west, 3);
    mu_draw_polygon(pen->list, pen->theme->line, east, 3);
    mu_pen_text(pen, nx, y - 2.7 * s, MU_ALIGN_MIDDLE, 10.5, true, ink, _("N"));
}

void mu_panel_tools(mu_screen *view) {
    draw_tabs(view);
    draw_zoom(view);
    mu_panel_scale(view);
}
