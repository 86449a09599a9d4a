/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The foot of the window: what happened last, the timeline, and the controls. */
#include <math.h>
#include <stdio.h>

#include "render/i18n.h"
#include "render/screen.h"

static const double SMALL = 11;

mu_box mu_screen_timeline_box(const mu_screen *view) {
    const mu_box foot = mu_screen_footer_box(view);
    const float u = (float)view->pen.unit;
    return (mu_box){foot.x + 20 * u, foot.y + 26 * u, foot.width - 40 * u, 34 * u};
}

double mu_screen_timeline_x(const mu_screen *view, mu_time time) {
    const mu_box box = mu_screen_timeline_box(view);
    const double share = (double)(time - view->from_us) / (double)(view->to_us - view->from_us);
    return (double)box.x + share * (double)box.width;
}

mu_time mu_screen_timeline_at(const mu_screen *view, double x) {
    const mu_box box = mu_screen_timeline_box(view);
    const double share = fmin(fmax((x - (double)box.x) / (double)box.width, 0), 1);
    return view->from_us + (mu_time)(share * (double)(view->to_us - view->from_us));
}

mu_time mu_timeline_step(mu_time span, double most) {
    static const int seconds[] = {1,   2,   5,    10,   15,   30,    60,    120,  300,
                                  600, 900, 1800, 3600, 7200, 14400, 28800, 86400};
    const size_t count = sizeof seconds / sizeof seconds[0];
    for (size_t i = 0; i < count; i++) {
        if ((double)span / ((double)seconds[i] * (double)MU_SECOND) <= most) {
            return seconds[i] * MU_SECOND;
        }
    }
    return span > 0 ? span : MU_SECOND;
}

static void draw_ticks(mu_screen *view, mu_box box, double line) {
    const mu_pen *pen = &view->pen;
    const mu_time step =
        mu_timeline_step(view->to_us - view->from_us, (double)box.width / (70 * pen->unit));
    for (mu_time t = (view->from_us + step - 1) / step * step; t <= view->to_us; t += step) {
        const double x = mu_screen_timeline_x(view, t);
        char text[32];
        mu_clock_text(t, text, sizeof text);
        mu_draw_segment(pen->list, pen->theme->line, pen->unit, x, line + 3 * pen->unit, x,
                        line + 8 * pen->unit);
        const double half = mu_pen_width(pen, 10, false, text) / 2; /* the window's edge is near */
        mu_pen_text(pen, fmin(x, view->width - half - 4 * pen->unit), line + 19 * pen->unit,
                    MU_ALIGN_MIDDLE, 10, false, pen->theme->soft, text);
    }
}

static void draw_moment(mu_screen *view, const mu_moment *moment, double line) {
    const mu_pen *pen = &view->pen;
    const mu_theme *t = pen->theme;
    const double x = mu_screen_timeline_x(view, moment->time_us), u = pen->unit;
    switch ((mu_moment_kind)moment->kind) {
    case MU_MOMENT_ALERT:
        mu_draw_segment(pen->list, t->ink, 1.2 * u, x, line - 16 * u, x, line);
        mu_draw_rect(pen->list,
                     (mu_box){(float)x, (float)(line - 16 * u), (float)(10 * u), (float)(7 * u)},
                     t->alert[moment->alert]);
        break;
    case MU_MOMENT_THREAT:
        mu_widget_icon(pen, MU_ICON_WARNING, x, line - 7 * u, 9 * u, t->item);
        break;
    case MU_MOMENT_HELP:
        mu_draw_disc(pen->list, x, line - 7 * u, 3.6 * u, t->unit);
        break;
    case MU_MOMENT_ORDER:
        mu_draw_segment(pen->list, t->doing[MU_DOING_LEAVING], 2.6 * u, x, line - 12 * u, x,
                        line - 2 * u);
        break;
    case MU_MOMENT_STEP:
        mu_draw_segment(pen->list, mu_fade(t->soft, 150), u, x, line - 7 * u, x, line - 2 * u);
        break;
    case MU_MOMENT_ACT:
        mu_draw_segment(pen->list, t->accent, 1.6 * u, x, line - 14 * u, x, line + 5 * u);
        mu_draw_disc(pen->list, x, line - 14 * u, 3.4 * u, t->accent);
        break;
    case MU_MOMENT_END:
        mu_draw_segment(pen->list, t->ink, 2 * u, x, line - 9 * u, x, line + 4 * u);
        break;
    }
}

/* The moment under the pointer, else the last one before now; MU_NOWHERE if there is none. */
static uint32_t moment_to_tell(const mu_screen *view, mu_box box, bool *pointed) {
    uint32_t count;
    const mu_moment *moments = mu_session_moments(view->def.session, &count);
    double nearest = 5 * view->pen.unit;
    uint32_t best = MU_NOWHERE;
    *pointed = false;
    for (uint32_t i = 0; mu_box_has(box, view->x, view->y) && i < count; i++) {
        const double away = fabs(mu_screen_timeline_x(view, moments[i].time_us) - view->x);
        if (away < nearest) {
            nearest = away;
            best = i;
            *pointed = true;
        }
    }
    for (uint32_t i = 0; best == MU_NOWHERE && i < count; i++) {
        if (i + 1 == count || moments[i + 1].time_us > view->frame->time_us) {
            best = moments[i].time_us <= view->frame->time_us ? i : MU_NOWHERE;
            break;
        }
    }
    return best;
}

static void draw_last(mu_screen *view, mu_box box, double y) {
    const mu_pen *pen = &view->pen;
    bool pointed;
    uint32_t count;
    const mu_moment *moments = mu_session_moments(view->def.session, &count);
    const uint32_t moment = moment_to_tell(view, box, &pointed);
    if (moment == MU_NOWHERE) {
        return;
    }
    char clock[32];
    mu_clock_text(moments[moment].time_us, clock, sizeof clock);
    const double x = (double)box.x;
    mu_pen_text(pen, x, y, MU_ALIGN_LEFT, 12, true, pointed ? pen->theme->accent : pen->theme->soft,
                clock);
    mu_pen_text(pen, x + mu_pen_width(pen, 12, true, clock) + 8 * pen->unit, y, MU_ALIGN_LEFT, 12,
                false, pen->theme->ink,
                mu_session_say_moment(view->def.session, moment, pen->language));
}

void mu_panel_timeline(mu_screen *view, mu_box box) {
    const mu_pen *pen = &view->pen;
    const mu_theme *t = pen->theme;
    const double line = (double)box.y + 16 * pen->unit, u = pen->unit;
    const double left = (double)box.x, right = (double)(box.x + box.width);
    const double now =
        mu_screen_timeline_x(view, view->seeking ? view->wanted : view->frame->time_us);
    const double known =
        fmin(mu_screen_timeline_x(view, mu_session_known(view->def.session)), right);
    mu_draw_segment(pen->list, mu_fade(t->line, 120), 5 * u, left, line, right, line);
    mu_draw_segment(pen->list, t->line, 5 * u, left, line, fmax(known, left), line);
    if (now > left) {
        mu_draw_segment(pen->list, t->accent, 5 * u, left, line, fmin(now, right), line);
    }
    draw_ticks(view, box, line);
    uint32_t count;
    const mu_moment *moments = mu_session_moments(view->def.session, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (moments[i].time_us >= view->from_us && moments[i].time_us <= view->to_us) {
            draw_moment(view, &moments[i], line - 1.5 * u);
        }
    }
    if (now >= left - 1 && now <= right + 1) {
        mu_draw_disc(pen->list, now, line, 8 * u, t->panel);
        mu_draw_disc(pen->list, now, line, 6.5 * u, t->accent);
    }
    mu_widget_spot(view, box, MU_ACTION_SCRUB, 0);
}

static double draw_speed(mu_screen *view, double x, double y, double height) {
    const mu_pen *pen = &view->pen;
    const float u = (float)pen->unit;
    mu_widget_button(view, (mu_box){(float)x, (float)y, 28 * u, (float)height}, MU_ICON_MINUS,
                     MU_ACTION_SLOWER);
    char text[32];
    const int speed = view->film > 0 ? view->film : mu_speeds[view->speed];
    if (speed > 0) {
        (void)snprintf(text, sizeof text, "%d×", speed);
    } else {
        (void)snprintf(text, sizeof text, "%s", _("fastest"));
    }
    mu_pen_text(pen, x + 58 * pen->unit, y + height / 2 + 5 * pen->unit, MU_ALIGN_MIDDLE, 14, true,
                pen->theme->ink, text);
    mu_widget_button(view, (mu_box){(float)x + 88 * u, (float)y, 28 * u, (float)height},
                     MU_ICON_PLUS, MU_ACTION_FASTER);
    return x + 116 * pen->unit;
}

static double draw_layers(mu_screen *view, double x, double y, double height) {
    const struct {
        const char *text;
        uint32_t layer;
        mu_action action;
    } chips[] = {{_("Names"), MU_LAYER_NAMES, MU_ACTION_NAMES},
                 {_("Cordon"), MU_LAYER_CORDON, MU_ACTION_CORDON},
                 {_("Teams"), MU_LAYER_TEAMS, MU_ACTION_TEAMS},
                 {_("Routes"), MU_LAYER_ROUTES, MU_ACTION_ROUTES},
                 {_("Density"), MU_LAYER_DENSITY, MU_ACTION_DENSITY},
                 {_("Paths"), MU_LAYER_TRAILS, MU_ACTION_TRAILS},
                 {_("Queues"), MU_LAYER_QUEUES, MU_ACTION_QUEUES},
                 {_("Equipment"), MU_LAYER_EQUIPMENT, MU_ACTION_EQUIPMENT}};
    mu_pen_text(&view->pen, x, y + height / 2 + 4 * view->pen.unit, MU_ALIGN_LEFT, SMALL + 1, false,
                view->pen.theme->soft, _("Show"));
    x += mu_pen_width(&view->pen, SMALL + 1, false, _("Show")) + 8 * view->pen.unit;
    for (size_t i = 0; i < sizeof chips / sizeof chips[0]; i++) {
        if (view->frame->recorded && (chips[i].layer & (MU_LAYER_DENSITY | MU_LAYER_TRAILS)) == 0) {
            continue; /* a recording has none of the others */
        }
        x += mu_widget_chip(view, x, y, height, chips[i].text, (view->layers & chips[i].layer) != 0,
                            chips[i].action, 0) +
             6 * view->pen.unit;
    }
    return x;
}

/* From the right: help, full screen, language, and whether somebody is followed. */
static void draw_window_controls(mu_screen *view, double y, double height) {
    const mu_pen *pen = &view->pen;
    const double u = pen->unit;
    double x = view->width - 20 * u;
    const char *other = pen->language[0] == 'z' ? "English" : "中文";
    x -= mu_pen_width(pen, 12.5, view->help, _("Help")) + 18 * u;
    (void)mu_widget_chip(view, x, y, height, _("Help"), view->help, MU_ACTION_HELP, 0);
    x -= mu_pen_width(pen, 12.5, false, other) + 24 * u;
    (void)mu_widget_chip(view, x, y, height, other, false, MU_ACTION_LANGUAGE, 0);
    x -= 34 * u;
    mu_widget_button(view, (mu_box){(float)x, (float)y, (float)(28 * u), (float)height},
                     MU_ICON_FULL_SCREEN, MU_ACTION_FULL_SCREEN);
    if (view->chosen.kind == MU_SUBJECT_PERSON) {
        x -= mu_pen_width(pen, 12.5, view->following, _("Follow")) + 24 * u;
        (void)mu_widget_chip(view, x, y, height, _("Follow"), view->following, MU_ACTION_FOLLOW, 0);
    }
}

void mu_panel_footer(mu_screen *view) {
    const mu_pen *pen = &view->pen;
    const mu_box box = mu_screen_footer_box(view);
    const float u = (float)pen->unit;
    mu_draw_rect(pen->list, box, pen->theme->panel);
    mu_draw_rect(pen->list, (mu_box){0, box.y, box.width, u}, pen->theme->line);
    const mu_box line = mu_screen_timeline_box(view);
    draw_last(view, line, (double)box.y + 17 * pen->unit);
    mu_panel_timeline(view, line);
    const double y = (double)box.y + 67 * pen->unit, height = 28 * pen->unit;
    double x = (double)box.x + 20 * pen->unit;
    if (!view->frame->recorded) { /* else there are no events to go to */
        mu_widget_button(view, (mu_box){(float)x, (float)y, 32 * u, (float)height},
                         MU_ICON_PREVIOUS, MU_ACTION_PREVIOUS);
        mu_widget_button(view, (mu_box){(float)x + 88 * u, (float)y, 32 * u, (float)height},
                         MU_ICON_NEXT, MU_ACTION_NEXT);
    }
    mu_widget_button(view, (mu_box){(float)x + 38 * u, (float)y, 44 * u, (float)height},
                     view->playing ? MU_ICON_PAUSE : MU_ICON_PLAY, MU_ACTION_PLAY);
    x = draw_speed(view, x + 138 * pen->unit, y, height);
    (void)draw_layers(view, x + 26 * pen->unit, y, height);
    draw_window_controls(view, y, height);
}
