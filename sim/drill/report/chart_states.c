/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everybody's state against time, twice: the first minutes, where most of it happens, and the whole
 * of it. Lines are told apart by dash as well as by colour. */
#include <math.h>

#include "core/i18n.h"
#include "drill/report/chart.h"
#include "drill/report/words.h"

enum { TOP = 30, PLOT_HEIGHT = 190, BOTTOM = 64, LEFT = 46, GAP = 56, RIGHT = 8 };
#define FIRST_S 1200.0

typedef struct line {
    mu_occupant_state state;
    const char *class_name, *name;
} line;

static const line lines[] = {
    {MU_OCCUPANT_INSIDE, "curve-inside", N_("inside, free to move")},
    {MU_OCCUPANT_SHELTERING, "curve-shelter", N_("in shelter")},
    {MU_OCCUPANT_HELD, "curve-held", N_("held")},
    {MU_OCCUPANT_OUT, "curve-out", N_("out")},
};
#define LINES (sizeof lines / sizeof *lines)

typedef struct panel {
    double left, width, right_s, most;
} panel;

static double x_of(const panel *p, double seconds) {
    return p->left + p->width * seconds / p->right_s;
}

static double y_of(const panel *p, double persons) {
    return TOP + PLOT_HEIGHT * (1 - persons / p->most);
}

static const char *say_clock(const mu_view *view, double seconds) {
    return seconds >= 3600 || fmod(seconds, 60) == 0
               ? mu_say(view, "%d:%02d", (int)(seconds / 3600), (int)fmod(seconds / 60, 60))
               : mu_say(view, "0:%02d:%02d", (int)(seconds / 60), (int)fmod(seconds, 60));
}

/* 1, 2 or 5 times a power of ten, so that there are about four lines. */
static double person_step(double most) {
    double step = pow(10, floor(log10(most / 2)));
    while (most / step > 5) {
        step *= most / step > 10 ? 5 : 2;
    }
    return step < 1 ? 1 : step;
}

static void draw_axes(mu_page *page, const mu_view *view, const panel *p, const char *title) {
    const double step = person_step(p->most);
    for (int k = 0; step * k <= p->most; k++) {
        const double y = y_of(p, step * k);
        mu_svg_line(page, k == 0 ? "axis" : "grid", p->left, y, p->left + p->width, y);
        mu_svg_text(page, "tick", p->left - 8, y + 4, "end", mu_say(view, "%.0f", step * k));
    }
    const double tick = mu_svg_time_step(p->right_s, 5);
    for (int k = 0; tick * k <= p->right_s; k++) {
        const double x = x_of(p, tick * k);
        mu_svg_line(page, "axis", x, TOP + PLOT_HEIGHT, x, TOP + PLOT_HEIGHT + 4);
        mu_svg_text(page, "tick", x, TOP + PLOT_HEIGHT + 18, "middle", say_clock(view, tick * k));
    }
    mu_svg_text(page, "axis-title", p->left, TOP - 12, "start", title);
}

/* What is known lies at a few times: up to the edge, the value before it holds. */
static void draw_line(mu_page *page, const mu_findings *f, const panel *p, const line *one) {
    double value = f->state_at[0][one->state];
    mu_page_print(page, "<polyline class=\"%s\" points=\"", one->class_name);
    for (uint32_t t = 0; t < f->state_count && f->state_s[t] <= p->right_s; t++) {
        value = f->state_at[t][one->state];
        mu_page_print(page, "%.2f,%.2f ", x_of(p, f->state_s[t]), y_of(p, value));
    }
    mu_page_print(page, "%.2f,%.2f\"/>\n", p->left + p->width, y_of(p, value));
}

static void draw_panel(mu_page *page, const mu_view *view, const panel *p, const char *title) {
    draw_axes(page, view, p, title);
    for (size_t k = 0; k < LINES; k++) {
        draw_line(page, view->findings, p, &lines[k]);
    }
}

static void draw_key(mu_page *page) {
    const double y = TOP + PLOT_HEIGHT + 46;
    for (size_t k = 0; k < LINES; k++) {
        const double x = LEFT + 170.0 * (double)k;
        mu_svg_line(page, lines[k].class_name, x, y - 4, x + 26, y - 4);
        mu_svg_text(page, "label", x + 32, y, "start", _(lines[k].name));
    }
}

void mu_chart_states(mu_page *page, const mu_view *view) {
    const mu_findings *f = view->findings;
    const double last_s = f->state_count > 0 ? f->state_s[f->state_count - 1] : 0;
    if (last_s <= 0 || f->occupants == 0) {
        return;
    }
    const double width = (MU_SVG_WIDTH - LEFT - GAP - RIGHT) / 2;
    const panel first = {
        .left = LEFT, .width = width, .right_s = fmin(FIRST_S, last_s), .most = f->occupants};
    const panel whole = {
        .left = LEFT + width + GAP, .width = width, .right_s = last_s, .most = f->occupants};
    mu_svg_open(page, MU_SVG_WIDTH, TOP + PLOT_HEIGHT + BOTTOM,
                _("Occupants by their state against time"));
    draw_panel(page, view, &first, _("the first minutes, h:min"));
    draw_panel(page, view, &whole, _("all of it, h:min"));
    draw_key(page);
    mu_svg_close(page);
}
