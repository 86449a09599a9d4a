/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tree of branches, and two of them side by side: how many are out over time, and how each
 * clause fares in either. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/desk.h"
#include "render/i18n.h"

static uint32_t depth_of(const mu_desk *d, uint32_t branch) {
    uint32_t depth = 0;
    for (uint32_t b = mu_tabletop_branch(d->table, branch)->parent; b != MU_NOWHERE;
         b = mu_tabletop_branch(d->table, b)->parent) {
        depth++;
    }
    return depth;
}

static double draw_branch(mu_desk *d, double x, double y, double width, uint32_t branch) {
    const mu_pen *pen = &d->view->pen;
    const mu_theme *t = pen->theme;
    const double u = pen->unit, indent = fmin(depth_of(d, branch) * 16.0, 120) * u;
    const mu_branch *one = mu_tabletop_branch(d->table, branch);
    const bool here = branch == mu_tabletop_here(d->table);
    char name[120], below[160], parted[32], lived[32];
    if (mu_ui_row(&d->ui,
                  (mu_box){(float)(x - 6 * u), (float)y, (float)(width + 12 * u), (float)(44 * u)},
                  here)) {
        mu_desk_pause(d);
        mu_desk_look_at_branch(d, branch);
    }
    if (one->parent != MU_NOWHERE) { /* where it hangs */
        mu_draw_path(pen->list, t->soft, 1.4 * u, false);
        mu_draw_point(pen->list, x + indent - 8 * u, y - 4 * u);
        mu_draw_point(pen->list, x + indent - 8 * u, y + 14 * u);
        mu_draw_point(pen->list, x + indent + 2 * u, y + 14 * u);
    }
    mu_draw_disc(pen->list, x + indent + 8 * u, y + 14 * u, 5 * u, here ? t->accent : t->soft);
    mu_type_shorten(pen->type, mu_pen_font(pen, 14, true), one->name, width - indent - 30 * u, name,
                    sizeof name);
    mu_pen_text(pen, x + indent + 20 * u, y + 19 * u, MU_ALIGN_LEFT, 14, true, t->ink, name);
    mu_clock_text(one->parted_us, parted, sizeof parted);
    mu_clock_text(one->lived_us, lived, sizeof lived);
    if (one->parent == MU_NOWHERE) {
        (void)snprintf(below, sizeof below, _("from the beginning to %s"), lived);
    } else {
        (void)snprintf(below, sizeof below, _("parted at %s, played to %s"), parted, lived);
    }
    mu_pen_text(pen, x + indent + 20 * u, y + 36 * u, MU_ALIGN_LEFT, 11.5, false, t->soft, below);
    return 50 * u;
}

/* A parent, then what hangs on it. */
static double draw_tree(mu_desk *d, double x, double y, double width, double bottom,
                        uint32_t parent) {
    const double top = y;
    for (uint32_t b = 0; b < mu_tabletop_branch_count(d->table); b++) {
        if (mu_tabletop_branch(d->table, b)->parent == parent &&
            y + 44 * d->view->pen.unit < bottom) {
            y += draw_branch(d, x, y, width, b);
            y += draw_tree(d, x, y, width, bottom, b);
        }
    }
    return y - top;
}

void mu_desk_draw_branches(mu_desk *desk, mu_box box) {
    mu_desk *d = desk;
    const double u = d->view->pen.unit, x = box.x, width = box.width;
    const double bottom = (double)(box.y + box.height) - 42 * u;
    (void)draw_tree(d, x, (double)box.y + 4 * u, width, bottom, MU_NOWHERE);
    const float half = (float)(width / 2 - 4 * u);
    if (mu_ui_button(&d->ui, (mu_box){(float)x, (float)(bottom + 8 * u), half, (float)(32 * u)},
                     _("Branch … (F8)"), MU_UI_MAIN) &&
        mu_desk_begin(d)) {
        mu_desk_open_form(d, MU_ENTRY_BRANCH);
    }
    if (mu_ui_button(&d->ui,
                     (mu_box){(float)x + half + (float)(8 * u), (float)(bottom + 8 * u), half,
                              (float)(32 * u)},
                     _("Compare (F9)"),
                     mu_tabletop_branch_count(d->table) > 1 ? MU_UI_PLAIN : MU_UI_OFF)) {
        mu_desk_compare(d, true);
    }
}

/* --- two branches --- */

/* The time up to which both are shown: as far as both were played, or each to its end. */
static mu_time until(const mu_desk *d, uint32_t side) {
    const mu_session *session = mu_tabletop_session(d->table, d->pair[side]);
    if (d->to_the_end) {
        return mu_session_known(session);
    }
    const mu_time a = mu_tabletop_branch(d->table, d->pair[0])->lived_us;
    const mu_time b = mu_tabletop_branch(d->table, d->pair[1])->lived_us;
    return a < b ? a : b;
}

void mu_desk_compare_tick(mu_desk *desk, bool (*more)(void *), void *with) {
    mu_desk *d = desk;
    d->compared = true;
    for (uint32_t side = 0; side < 2; side++) {
        mu_session *session = mu_tabletop_session(d->table, d->pair[side]);
        while (d->to_the_end && !mu_session_end_is_known(session) && more(with)) {
            (void)mu_session_look_ahead(session, 4);
        }
        bool there = false;
        do {
            there = mu_session_seek(session, until(d, side), 16);
        } while (!there && more(with));
        d->compared = d->compared && there && (!d->to_the_end || mu_session_end_is_known(session));
    }
}

static mu_colour colour_of(const mu_desk *d, uint32_t side) {
    const mu_theme *t = d->view->pen.theme;
    return side == 0 ? t->accent : t->late;
}

/* How many had left by then, as a curve from the log. */
static void draw_curve(const mu_desk *d, mu_box box, uint32_t side, mu_time span, double most) {
    const mu_pen *pen = &d->view->pen;
    const mu_session *session = mu_tabletop_session(d->table, d->pair[side]);
    const mu_log *log = mu_session_log(session);
    uint32_t left = 0;
    double drawn = -10;
    mu_draw_path(pen->list, colour_of(d, side), (side == 0 ? 3.0 : 2.2) * pen->unit, false);
    mu_draw_point(pen->list, box.x, (double)(box.y + box.height));
    for (uint32_t r = 0; r < mu_log_count(log); r++) {
        const mu_record *record = mu_log_get(log, r);
        if (record->kind != MU_RECORD_LEFT) {
            continue;
        }
        left++;
        const double x = (double)box.x + (double)record->time_us / (double)span * (double)box.width;
        if (x > drawn + pen->unit) {
            mu_draw_point(pen->list, x,
                          (double)(box.y + box.height) - left / most * (double)box.height);
            drawn = x;
        }
    }
    const double end =
        (double)box.x + fmin((double)until(d, side) / (double)span, 1) * (double)box.width;
    mu_draw_point(pen->list, end, (double)(box.y + box.height) - left / most * (double)box.height);
    if (side == 1) {
        mu_draw_dashed(pen->list, 9 * pen->unit, 5 * pen->unit);
    }
}

/* The last who left in either branch, and some room: what comes after is a straight line. Whole
 * steps of the axis. */
static mu_time span_of(const mu_desk *d, mu_time *step) {
    mu_time last = 60 * MU_SECOND;
    for (uint32_t side = 0; side < 2; side++) {
        const mu_log *log = mu_session_log(mu_tabletop_session(d->table, d->pair[side]));
        for (uint32_t r = mu_log_count(log); r > 0; r--) {
            const mu_record *record = mu_log_get(log, r - 1);
            if (record->kind == MU_RECORD_LEFT) {
                last = record->time_us > last ? record->time_us : last;
                break;
            }
        }
    }
    last += last / 8;
    *step = mu_timeline_step(last, 5);
    return (last + *step - 1) / *step * *step;
}

/* 1, 2 or 5 times a power of ten: at most five steps. */
static double step_of(double most) {
    double step = 1;
    for (int k = 0; step * 5 < most; k++) {
        step *= k % 3 == 1 ? 2.5 : 2;
    }
    return step;
}

static void draw_chart(mu_desk *d, mu_box box, uint32_t occupants) {
    const mu_pen *pen = &d->view->pen;
    const mu_theme *t = pen->theme;
    const double u = pen->unit, most = occupants > 0 ? occupants : 1;
    const double step = step_of(most);
    mu_time tick;
    const mu_time span = span_of(d, &tick);
    char said[64];
    mu_draw_rect(pen->list, box, t->paper);
    for (double n = 0; n <= most; n += step) {
        const double y = (double)(box.y + box.height) - (double)box.height * n / most;
        mu_draw_segment(pen->list, t->line, u, box.x, y, (double)(box.x + box.width), y);
        (void)snprintf(said, sizeof said, "%.0f", n);
        mu_pen_text(pen, (double)box.x - 8 * u, y + 4 * u, MU_ALIGN_RIGHT, 12, false, t->soft,
                    said);
    }
    for (mu_time at = 0; at <= span; at += tick) {
        const double x = (double)box.x + (double)box.width * (double)at / (double)span;
        mu_clock_text(at, said, sizeof said);
        mu_pen_text(pen, x, (double)(box.y + box.height) + 18 * u, MU_ALIGN_MIDDLE, 12, false,
                    t->soft, said);
    }
    mu_pen_text(pen, box.x, (double)box.y - 8 * u, MU_ALIGN_LEFT, 13, true, t->ink,
                _("Have left the building"));
    draw_curve(d, box, 0, span, most);
    draw_curve(d, box, 1, span, most);
}

static const mu_frame_clock *clock_of(const mu_frame *frame, uint32_t clause) {
    for (uint32_t c = 0; c < frame->clock_count; c++) {
        if (frame->clocks[c].clause == clause) {
            return &frame->clocks[c];
        }
    }
    return NULL;
}

static void draw_cell(const mu_desk *d, double x, double y, const mu_frame_clock *clock) {
    const mu_pen *pen = &d->view->pen;
    char said[48];
    if (clock == NULL) {
        mu_pen_text(pen, x + 18 * pen->unit, y, MU_ALIGN_LEFT, 14, false, pen->theme->soft, "–");
        return;
    }
    mu_clock_say(clock, said, sizeof said);
    mu_clock_sign(pen, x + 6 * pen->unit, y - 5 * pen->unit, 11 * pen->unit, clock->state);
    mu_pen_text(pen, x + 18 * pen->unit, y, MU_ALIGN_LEFT, 14, true,
                mu_clock_colour(pen->theme, clock->state), said);
}

/* Rows in the order of the first branch, then what only the second one has. Those in which the two
 * differ have a mark. */
static void draw_clauses(mu_desk *d, mu_box box, const mu_frame *a, const mu_frame *b) {
    const mu_pen *pen = &d->view->pen;
    const mu_theme *t = pen->theme;
    const double u = pen->unit, row = 27 * u;
    const double first = (double)(box.x + box.width) - 230 * u, second = first + 120 * u;
    double y = (double)box.y + 20 * u;
    mu_pen_text(pen, box.x, y, MU_ALIGN_LEFT, 13, true, t->ink, _("Clauses on the clock"));
    for (uint32_t side = 0; side < 2; side++) {
        mu_pen_text(pen, side == 0 ? first : second, y, MU_ALIGN_LEFT, 14, true, colour_of(d, side),
                    mu_tabletop_branch(d->table, d->pair[side])->name);
    }
    y += 10 * u;
    uint32_t seen = 0;
    for (int pass = 0; pass < 2; pass++) {
        const mu_frame *of = pass == 0 ? a : b;
        for (uint32_t c = 0; c < of->clock_count && y + row < (double)(box.y + box.height); c++) {
            const mu_frame_clock *own = &of->clocks[c];
            const mu_frame_clock *one = clock_of(a, own->clause), *other = clock_of(b, own->clause);
            if ((pass == 1 && one != NULL) || seen++ < d->scroll) {
                continue;
            }
            const bool differ = one == NULL || other == NULL || one->state != other->state;
            char title[256];
            if (differ) {
                mu_draw_rect(pen->list,
                             (mu_box){box.x - (float)(8 * u), (float)(y + 3 * u),
                                      box.width + (float)(8 * u), (float)(row - 3 * u)},
                             t->hover);
            }
            mu_type_shorten(pen->type, mu_pen_font(pen, 13, differ), own->title,
                            first - (double)box.x - 16 * u, title, sizeof title);
            mu_pen_text(pen, box.x, y + 19 * u, MU_ALIGN_LEFT, 13, differ, t->ink, title);
            draw_cell(d, first, y + 19 * u, one);
            draw_cell(d, second, y + 19 * u, other);
            y += row;
        }
    }
}

static void draw_choice(mu_desk *d, double x, double y, uint32_t side) {
    const mu_pen *pen = &d->view->pen;
    const double u = pen->unit;
    mu_draw_segment(pen->list, colour_of(d, side), 4 * u, x, y + 15 * u, x + 26 * u, y + 15 * u);
    x += 36 * u;
    for (uint32_t b = 0; b < mu_tabletop_branch_count(d->table); b++) {
        const char *name = mu_tabletop_branch(d->table, b)->name;
        const double width = fmin(mu_ui_button_width(&d->ui, name), 160 * u);
        const bool other = d->pair[1 - side] == b;
        if (mu_ui_button(&d->ui, (mu_box){(float)x, (float)y, (float)width, (float)(30 * u)}, name,
                         d->pair[side] == b ? MU_UI_ON
                         : other            ? MU_UI_OFF
                                            : MU_UI_PLAIN)) {
            d->pair[side] = b;
            d->compared = false;
        }
        x += width + 6 * u;
    }
}

/* Of what moment the two are compared. */
static void say_when(const mu_desk *d, double x, double y) {
    const mu_pen *pen = &d->view->pen;
    char clock[32], said[96];
    mu_clock_text(until(d, 0), clock, sizeof clock);
    (void)snprintf(said, sizeof said, _("as both stood at %s"), clock);
    mu_pen_text(pen, x, y, MU_ALIGN_LEFT, 13, false, pen->theme->soft,
                !d->compared    ? _("working …")
                : d->to_the_end ? _("each at its end")
                                : said);
}

static void draw_head(mu_desk *d, double pad) {
    const mu_pen *pen = &d->view->pen;
    const double u = pen->unit, w = d->view->width;
    const double tag = mu_pen_width(pen, 14, true, MU_EXERCISE_TAG) + 20 * u;
    mu_draw_round_rect(pen->list,
                       (mu_box){(float)pad, (float)(20 * u), (float)tag, (float)(30 * u)}, 4 * u,
                       pen->theme->accent);
    mu_pen_text(pen, pad + tag / 2, 40 * u, MU_ALIGN_MIDDLE, 14, true, pen->theme->on_accent,
                MU_EXERCISE_TAG);
    mu_pen_text(pen, pad + tag + 16 * u, 43 * u, MU_ALIGN_LEFT, 22, true, pen->theme->ink,
                _("Two branches compared"));
    say_when(d, pad + tag + 32 * u + mu_pen_width(pen, 22, true, _("Two branches compared")),
             43 * u);
    const char *back = _("Back (Esc)");
    const char *end = d->to_the_end ? _("as far as both were played") : _("both to their end");
    const double first = mu_ui_button_width(&d->ui, back);
    const double second = mu_ui_button_width(&d->ui, end);
    if (mu_ui_button(
            &d->ui,
            (mu_box){(float)(w - pad - first), (float)(20 * u), (float)first, (float)(32 * u)},
            back, MU_UI_PLAIN)) {
        mu_desk_compare(d, false);
    }
    if (mu_ui_button(&d->ui,
                     (mu_box){(float)(w - pad - first - second - 10 * u), (float)(20 * u),
                              (float)second, (float)(32 * u)},
                     end, MU_UI_PLAIN)) {
        d->to_the_end = !d->to_the_end;
        d->compared = false;
    }
}

void mu_desk_draw_compare(mu_desk *desk) {
    mu_desk *d = desk;
    const mu_pen *pen = &d->view->pen;
    const double u = pen->unit, w = d->view->width, h = d->view->height, pad = 36 * u;
    const uint32_t count = mu_tabletop_branch_count(d->table);
    d->pair[0] = d->pair[0] < count ? d->pair[0] : 0;
    d->pair[1] = d->pair[1] < count ? d->pair[1] : count - 1;
    mu_draw_rect(pen->list, (mu_box){0, 0, (float)w, (float)h}, pen->theme->panel);
    draw_head(d, pad);
    draw_choice(d, pad, 70 * u, 0);
    draw_choice(d, w / 2, 70 * u, 1);
    const mu_frame *frames[2];
    for (uint32_t side = 0; side < 2; side++) {
        mu_session *session = mu_tabletop_session(d->table, d->pair[side]);
        frames[side] = mu_session_frame(session, pen->language);
        if (frames[side] == NULL) {
            d->view->over.no_memory = true;
            return;
        }
    }
    draw_chart(d,
               (mu_box){(float)(pad + 34 * u), (float)(140 * u), (float)(w / 2 - pad - 70 * u),
                        (float)(h - 200 * u)},
               frames[0]->counts.occupants);
    draw_clauses(
        d, (mu_box){(float)(w / 2), (float)(112 * u), (float)(w / 2 - pad), (float)(h - 130 * u)},
        frames[0], frames[1]);
}
