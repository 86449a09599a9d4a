/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The side of the window: clauses whose clocks run, what has been asked, and the legend. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/clocks.h"
#include "render/i18n.h"
#include "render/screen.h"

enum { ROWS_MOST = 32 };

static double heading(mu_screen *view, double x, double y, double width, const char *text,
                      const char *right) {
    const mu_pen *pen = &view->pen;
    mu_pen_text(pen, x, y + 14 * pen->unit, MU_ALIGN_LEFT, 13, true, pen->theme->ink, text);
    if (right != NULL) {
        mu_pen_text(pen, x + width, y + 14 * pen->unit, MU_ALIGN_RIGHT, 11.5, false,
                    pen->theme->soft, right);
    }
    return y + 24 * pen->unit;
}

static void draw_clock(mu_screen *view, double x, double y, double width,
                       const mu_frame_clock *clock) {
    const mu_pen *pen = &view->pen;
    const mu_theme *t = pen->theme;
    const double u = pen->unit;
    char time[48], limit[32], text[160], below[96];
    const mu_box box = {(float)(x - 6 * u), (float)(y - 2 * u), (float)(width + 12 * u),
                        (float)(40 * u)};
    const bool chosen =
        view->chosen.kind == MU_SUBJECT_CLAUSE && view->chosen.index == clock->clause;
    if (chosen || mu_widget_hover(view, box)) {
        mu_draw_round_rect(pen->list, box, 4 * u, t->hover);
    }
    mu_clock_sign(pen, x + 6 * u, y + 9 * u, 10 * u, clock->state);
    mu_clock_say(clock, time, sizeof time);
    const double number = mu_pen_width(pen, 15, true, time);
    mu_type_shorten(pen->type, mu_pen_font(pen, 12.5, true), clock->title, width - number - 28 * u,
                    text, sizeof text);
    mu_pen_text(pen, x + 18 * u, y + 13.5 * u, MU_ALIGN_LEFT, 12.5, true, t->ink, text);
    mu_pen_text(pen, x + width, y + 14 * u, MU_ALIGN_RIGHT, 15, true,
                mu_clock_colour(t, clock->state), time);
    mu_clock_text(clock->limit_us, limit, sizeof limit);
    (void)snprintf(below, sizeof below, _("%s · limit %s"), clock->id, limit);
    mu_pen_text(pen, x + 18 * u, y + 29 * u, MU_ALIGN_LEFT, 10.5, false, t->soft, below);
    const double share = fmin((double)clock->took_us / (double)clock->limit_us, 1);
    const double left = x + width - 110 * u, line = y + 25.5 * u;
    mu_draw_segment(pen->list, t->line, 4 * u, left, line, x + width, line);
    mu_draw_segment(pen->list, mu_clock_colour(t, clock->state), 4 * u, left, line,
                    left + share * 110 * u, line);
    mu_widget_spot(view, box, MU_ACTION_CLAUSE, (int32_t)clock->clause);
}

void mu_panel_clauses(mu_screen *view, mu_box box) {
    const mu_pen *pen = &view->pen;
    const double x = box.x, width = box.width, row = 43 * pen->unit;
    const mu_frame_clock *rows[ROWS_MOST];
    const uint32_t count = mu_clocks_by_urgency(view->frame, rows, ROWS_MOST);
    uint32_t met = 0, missed = 0;
    for (uint32_t i = 0; i < view->frame->clock_count; i++) {
        met += view->frame->clocks[i].state == MU_CLOCK_MET;
        missed += view->frame->clocks[i].state == MU_CLOCK_MISSED ||
                  view->frame->clocks[i].state == MU_CLOCK_LATE;
    }
    char sum[96];
    (void)snprintf(sum, sizeof sum, _("%u met, %u late or missed"), met, missed);
    double y = heading(view, x, box.y, width, _("Clauses on the clock"), sum);
    const double bottom = (double)(box.y + box.height);
    for (uint32_t i = 0; i < count; i++) {
        const bool last = y + row + 17 * pen->unit > bottom && i + 1 < count;
        if (last || y + row > bottom + pen->unit) {
            char more[64];
            const uint32_t left = count - i;
            (void)snprintf(more, sizeof more, P_("and %u more", "and %u more", left), left);
            mu_pen_text(pen, x, y + 12 * pen->unit, MU_ALIGN_LEFT, 11.5, false, pen->theme->soft,
                        more);
            return;
        }
        draw_clock(view, x, y, width, rows[i]);
        y += row;
    }
    if (count == 0) {
        mu_pen_text(pen, x, y + 12 * pen->unit, MU_ALIGN_LEFT, 12, false, pen->theme->soft,
                    _("None is running."));
    }
}

double mu_panel_answer(mu_screen *view, double x, double y, double width, double most) {
    const mu_pen *pen = &view->pen;
    const double top = y, u = pen->unit;
    mu_answer answer;
    if (!mu_session_ask(view->def.session, mu_screen_chosen(view), pen->language, &answer)) {
        const bool gone = view->chosen.kind != MU_SUBJECT_NOTHING;
        y += mu_pen_paragraph(pen, x, y, width, 12, false, pen->theme->soft,
                              gone ? _("What was chosen is not on the site now.")
                                   : _("Click on a person, a door, a post or a room to ask what "
                                       "it is."),
                              3, true);
        return y - top;
    }
    y += mu_pen_paragraph(pen, x, y, width, 15, true, pen->theme->ink, answer.title, 2, true);
    y += mu_pen_paragraph(pen, x, y, width, 11, false, pen->theme->soft, answer.kind, 2, true);
    y += 6 * u;
    for (uint32_t i = 0; i < answer.line_count && y - top < most; i++) {
        const double room = most - (y - top);
        const uint32_t lines = (uint32_t)fmin(fmax(room / (12.5 * 1.42 * u), 1), 6);
        y += mu_pen_paragraph(pen, x, y, width, 12.5, false, pen->theme->ink, answer.lines[i],
                              lines, true) +
             3 * u;
    }
    return y - top;
}

/* From above: what has been asked; the clauses; at the bottom the legend. */
void mu_panel_side(mu_screen *view) {
    const mu_pen *pen = &view->pen;
    const mu_theme *t = pen->theme;
    const mu_box box = mu_screen_side_box(view);
    const double u = pen->unit, pad = 18 * u;
    const double x = (double)box.x + pad, width = (double)box.width - 2 * pad;
    const float top = mu_screen_header_box(view).height; /* above it may be a strip of tabs */
    const float height = box.y + box.height - top;
    mu_draw_rect(pen->list, (mu_box){box.x, top, box.width, height}, t->panel);
    mu_draw_rect(pen->list, (mu_box){box.x, top, (float)u, height}, t->line);
    double bottom = (double)(box.y + box.height) - 8 * u;
    if (view->legend) {
        const double legend = mu_panel_legend(view, x, 0, width, false);
        bottom -= legend;
        (void)mu_panel_legend(view, x, bottom, width, true);
        mu_draw_segment(pen->list, t->line, u, x, bottom - 6 * u, x + width, bottom - 6 * u);
        bottom -= 12 * u;
    }
    double y = (double)box.y + 12 * u;
    if (view->frame->recorded) { /* it has no clauses: all the room is for what is asked */
        (void)mu_panel_answer(view, x, y, width, bottom - y);
        return;
    }
    const double asked =
        view->chosen.kind == MU_SUBJECT_NOTHING ? 0 : fmax((bottom - y) * 0.62, 120 * u);
    y += mu_panel_answer(view, x, y, width, asked > 0 ? asked : 60 * u) + 12 * u;
    mu_draw_segment(pen->list, t->line, u, x, y, x + width, y);
    y += 8 * u;
    if (bottom - y > 40 * u) {
        mu_panel_clauses(view, (mu_box){(float)x, (float)y, (float)width, (float)(bottom - y)});
    }
}
