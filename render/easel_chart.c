/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A playbook as a chart: a lane for each role, from left to right what comes after what. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/easel.h"
#include "render/i18n.h"

enum { LANES_MOST = 64 };

typedef struct layout {
    mu_box box;
    double left, top, column, line; /* pixels */
    double lane_top[LANES_MOST], lane_height[LANES_MOST];
    uint32_t slot[600]; /* of each step in its lane and column */
} layout;

static void lay_out(const mu_easel *e, const mu_chart *chart, mu_box box, layout *l) {
    const double u = e->pen.unit;
    *l = (layout){.box = box, .left = (double)box.x + 118 * u, .top = (double)box.y + 58 * u};
    l->line = 30 * u;
    l->column = fmax(150 * u, fmin(190 * u, ((double)(box.x + box.width) - l->left) /
                                                fmax(1, chart->column_count)));
    uint32_t tallest[LANES_MOST] = {0};
    for (uint32_t s = 0; s < chart->step_count && s < 600; s++) {
        const mu_chart_step *step = &chart->steps[s];
        for (uint32_t k = 0; k < s; k++) {
            l->slot[s] +=
                chart->steps[k].lane == step->lane && chart->steps[k].column == step->column;
        }
        if (step->lane < LANES_MOST && l->slot[s] + 1 > tallest[step->lane]) {
            tallest[step->lane] = l->slot[s] + 1;
        }
    }
    double y = l->top - e->items_scroll * u;
    for (uint32_t k = 0; k < chart->role_count && k < LANES_MOST; k++) {
        l->lane_top[k] = y;
        l->lane_height[k] = tallest[k] * l->line + 8 * u;
        y += l->lane_height[k];
    }
}

static mu_box box_of(const mu_easel *e, const mu_chart *chart, const layout *l, uint32_t s) {
    const double u = e->pen.unit;
    const mu_chart_step *step = &chart->steps[s];
    const uint32_t lane = step->lane < LANES_MOST ? step->lane : LANES_MOST - 1;
    return (mu_box){(float)(l->left + step->column * l->column - e->whole.scroll * u),
                    (float)(l->lane_top[lane] + 4 * u + l->slot[s] * l->line),
                    (float)(l->column - 16 * u), (float)(26 * u)};
}

static void draw_lanes(const mu_easel *e, const mu_chart *chart, const layout *l) {
    const mu_pen *pen = &e->pen;
    for (uint32_t k = 0; k < chart->role_count && k < LANES_MOST; k++) {
        const mu_box lane = {l->box.x, (float)l->lane_top[k], l->box.width,
                             (float)l->lane_height[k]};
        if (k % 2 == 0) {
            mu_draw_rect(pen->list, lane, mu_fade(pen->theme->line, 60));
        }
    }
}

static void draw_names(const mu_easel *e, const mu_chart *chart, const layout *l) {
    const mu_pen *pen = &e->pen;
    const double u = pen->unit;
    for (uint32_t k = 0; k < chart->role_count && k < LANES_MOST; k++) {
        const mu_box plate = {l->box.x, (float)l->lane_top[k], (float)(112 * u),
                              (float)l->lane_height[k]};
        mu_draw_rect(pen->list, plate, pen->theme->paper);
        char shown[80];
        const char *role = chart->roles[k][0] != '\0' ? chart->role_names[k] : _("the plan itself");
        mu_type_shorten(pen->type, mu_pen_font(pen, 12, true), role, 104 * u, shown, sizeof shown);
        mu_pen_text(pen, (double)plate.x + 4 * u, l->lane_top[k] + 20 * u, MU_ALIGN_LEFT, 12, true,
                    chart->held[k] ? pen->theme->ink : pen->theme->missed, shown);
        if (!chart->held[k] && l->lane_height[k] > 34 * u) {
            mu_pen_text(pen, (double)plate.x + 4 * u, l->lane_top[k] + 34 * u, MU_ALIGN_LEFT, 10.5,
                        false, pen->theme->missed, _("nobody has it"));
        }
    }
}

static void draw_ways(const mu_easel *e, const mu_chart *chart, const layout *l, uint32_t hover) {
    for (uint32_t s = 0; s < chart->step_count && s < 600; s++) {
        const mu_box to = box_of(e, chart, l, s);
        const mu_chart_step *step = &chart->steps[s];
        for (uint32_t k = 0; k < step->count; k++) {
            const uint32_t before = chart->before[step->first + k];
            const mu_box from = box_of(e, chart, l, before);
            const bool on = s == hover || before == hover;
            const double x0 = (double)(from.x + from.width), x1 = (double)to.x;
            const double y0 = (double)(from.y + from.height / 2);
            const double y1 = (double)(to.y + to.height / 2), turn = x1 - 7 * e->pen.unit;
            mu_draw_path(e->pen.list, on ? e->pen.theme->accent : mu_fade(e->pen.theme->soft, 110),
                         (on ? 2 : 1) * e->pen.unit, false);
            mu_draw_point(e->pen.list, x0, y0);
            mu_draw_point(e->pen.list, turn, y0);
            mu_draw_point(e->pen.list, turn, y1);
            mu_draw_point(e->pen.list, x1, y1);
        }
    }
}

static void draw_step(const mu_easel *e, const mu_chart_step *step, mu_box box, bool on) {
    const mu_pen *pen = &e->pen;
    const double u = pen->unit;
    const bool bad = step->is_dead || step->is_in_loop;
    mu_draw_round_rect(pen->list, box, 5 * u,
                       bad  ? pen->theme->missed
                       : on ? pen->theme->accent
                            : pen->theme->line);
    mu_draw_round_rect(pen->list,
                       (mu_box){box.x + (float)u, box.y + (float)u, box.width - (float)(2 * u),
                                box.height - (float)(2 * u)},
                       4 * u, on ? pen->theme->hover : pen->theme->panel);
    char shown[120];
    mu_type_shorten(pen->type, mu_pen_font(pen, 11.5, false), step->title,
                    (double)box.width - 12 * u, shown, sizeof shown);
    mu_pen_text(pen, (double)box.x + 6 * u, (double)box.y + 17 * u, MU_ALIGN_LEFT, 11.5, false,
                bad ? pen->theme->missed : pen->theme->ink, shown);
}

static void draw_head(const mu_easel *e, const mu_chart *chart, mu_box box) {
    char text[300];
    const double u = e->pen.unit;
    const bool good = chart->dead + chart->loops + chart->unheld == 0;
    (void)snprintf(text, sizeof text,
                   _("%u steps · %u never begin · %u wait for themselves · %u "
                     "roles that nobody has"),
                   chart->step_count, chart->dead, chart->loops, chart->unheld);
    mu_pen_text(&e->pen, (double)box.x, (double)box.y + 18 * u, MU_ALIGN_LEFT, 14, true,
                good ? e->pen.theme->met : e->pen.theme->missed, text);
    mu_pen_text(&e->pen, (double)box.x, (double)box.y + 38 * u, MU_ALIGN_LEFT, 12, false,
                e->pen.theme->soft,
                _("From left to right what comes after what. Point at a step to see what it waits "
                  "for; click to change it."));
}

void mu_easel_draw_chart(mu_easel *e, mu_box box) {
    const mu_chart *chart = mu_project_chart(e->def.project, e->papers[e->page], e->pen.language);
    layout l;
    if (chart == NULL) {
        return;
    }
    lay_out(e, chart, box, &l);
    const double u = e->pen.unit;
    draw_head(e, chart, box);
    const mu_box plan = {box.x, box.y + (float)(52 * u), box.width, box.height - (float)(52 * u)};
    mu_draw_clip(e->pen.list, plan);
    draw_lanes(e, chart, &l);
    uint32_t hover = MU_NOWHERE;
    for (uint32_t s = 0; s < chart->step_count && s < 600; s++) {
        hover = mu_ui_over(&e->ui, box_of(e, chart, &l, s)) && e->ui.y > (double)plan.y ? s : hover;
    }
    draw_ways(e, chart, &l, hover);
    for (uint32_t s = 0; s < chart->step_count && s < 600; s++) {
        draw_step(e, &chart->steps[s], box_of(e, chart, &l, s), s == hover);
    }
    draw_names(e, chart, &l);
    e->hint =
        hover == MU_NOWHERE ? NULL
        : chart->steps[hover].is_dead
            ? _("It waits for something that no step and nothing in the incident brings about")
        : chart->steps[hover].is_in_loop ? _("It waits, by other steps, for itself")
                                         : chart->steps[hover].title;
    mu_draw_clip(e->pen.list, (mu_box){0, 0, (float)e->width, (float)e->height});
    if (hover != MU_NOWHERE && mu_ui_clicked(&e->ui, box_of(e, chart, &l, hover))) {
        (void)snprintf(e->list, sizeof e->list, "/steps");
        mu_easel_show_form(&e->whole, e->papers[e->page], chart->steps[hover].pointer);
        memset(e->whole.rows, 0, sizeof e->whole.rows);
    }
}
