/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/audience.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/clocks.h"
#include "render/i18n.h"
#include "render/widget.h"

/* In parts of the picture's height: a font's letters with their descenders are about 0.93 of its
 * size, figures 0.73. */
static const double TEXT = 0.0345, HEAD = 0.0385, CLOCK = 0.1135;
static const double PAUSED = 0.115; /* of the band that says so */
/* The plan's own letters are made for a desk; this makes them as large as the others. */
static const double PLAN_UNITS = 2.5; /* 10.5 of 720 are the smallest */
static const double APART = 0.18;     /* of levels: room for their names in such letters */

bool mu_audience_create(const mu_scenery *scene, const mu_type *type, const mu_theme *theme,
                        mu_audience *out) {
    *out = (mu_audience){.scene = scene, .pen = {.type = type, .theme = theme}};
    out->camera.apart = APART;
    return mu_art_create(scene, &out->art);
}

void mu_audience_destroy(mu_audience *audience) {
    mu_art_destroy(&audience->art);
    mu_draw_free(&audience->under);
    mu_draw_free(&audience->over);
}

/* Sizes of text are given in parts of the height: */
static double size(const mu_audience *a, double part) {
    return part * a->height / a->pen.unit;
}

static void text(const mu_audience *a, double x, double y, mu_align align, double part, bool bold,
                 mu_colour colour, const char *said) {
    mu_pen_text(&a->pen, x, y, align, size(a, part), bold, colour, said);
}

static double wide(const mu_audience *a, double part, bool bold, const char *said) {
    return mu_pen_width(&a->pen, size(a, part), bold, said);
}

static void short_text(const mu_audience *a, double x, double y, double width, double part,
                       bool bold, mu_colour colour, const char *said) {
    char shown[512];
    mu_type_shorten(a->pen.type, mu_pen_font(&a->pen, size(a, part), bold), said, width, shown,
                    sizeof shown);
    text(a, x, y, MU_ALIGN_LEFT, part, bold, colour, shown);
}

static void fill(const mu_audience *a, double x, double y, double width, double height,
                 mu_colour colour) {
    mu_draw_rect(a->pen.list, (mu_box){(float)x, (float)y, (float)width, (float)height}, colour);
}

/* A filled tag with text; returns its width. */
static double tag(const mu_audience *a, double x, double middle, mu_colour ground, mu_colour ink,
                  const char *said) {
    const double height = 0.062 * a->height;
    const double width = wide(a, HEAD, true, said) + 0.036 * a->height;
    mu_draw_round_rect(
        a->pen.list, (mu_box){(float)x, (float)(middle - height / 2), (float)width, (float)height},
        0.008 * a->height, ground);
    text(a, x + width / 2, middle + 0.36 * HEAD * a->height, MU_ALIGN_MIDDLE, HEAD, true, ink,
         said);
    return width;
}

/* --- the head: exercise, alert, clock --- */

static void draw_head(const mu_audience *a, const mu_public *shown, const mu_look *look,
                      double height) {
    const mu_theme *t = a->pen.theme;
    const double gap = 0.022 * a->height, middle = height / 2;
    fill(a, 0, 0, a->width, height, t->panel);
    fill(a, 0, height - 0.002 * a->height, a->width, 0.002 * a->height, t->line);
    char clock[32], day[32];
    mu_clock_text(shown->frame.time_us, clock, sizeof clock);
    double right = a->width - gap;
    text(a, right, middle + 0.365 * CLOCK * a->height, MU_ALIGN_RIGHT, CLOCK, true, t->ink, clock);
    right -= wide(a, CLOCK, true, clock) + gap;
    if (mu_time_of_day(shown->scene->starts_at, shown->frame.time_us, day, sizeof day)) {
        day[5] = 0; /* the minute is enough */
        text(a, right, middle - 0.006 * a->height, MU_ALIGN_RIGHT, HEAD, true, t->ink, day);
        text(a, right, middle + 0.036 * a->height, MU_ALIGN_RIGHT, TEXT, false, t->soft,
             look->playing ? _("running") : _("paused"));
        right -= fmax(wide(a, HEAD, true, day), wide(a, TEXT, false, _("running"))) + gap;
    }
    double x = gap + tag(a, gap, middle, t->accent, t->on_accent, MU_EXERCISE_TAG) + gap;
    if (shown->frame.alert != MU_ALERT_NONE) {
        char alert[64];
        (void)snprintf(alert, sizeof alert, "%s", shown->frame.alert_name);
        alert[0] = (char)(alert[0] >= 'a' && alert[0] <= 'z' ? alert[0] - 'a' + 'A' : alert[0]);
        x += tag(a, x, middle, t->alert[shown->frame.alert], t->alert_ink[shown->frame.alert],
                 alert) +
             gap;
    }
    char name[300];
    (void)snprintf(name, sizeof name, "%s", mu_text_in(shown->scene->incident, a->pen.language));
    short_text(a, x, middle + 0.36 * HEAD * a->height, right - x, HEAD, true, t->ink, name);
}

/* --- the column: clocks, people, decisions --- */

static double draw_clock(const mu_audience *a, double x, double y, double width,
                         const mu_frame_clock *clock) {
    const mu_theme *t = a->pen.theme;
    const mu_colour colour = mu_clock_colour(t, clock->state);
    const double h = a->height;
    char said[48], limit[32], of[64];
    mu_clock_say(clock, said, sizeof said);
    mu_clock_text(clock->limit_us, limit, sizeof limit);
    (void)snprintf(of, sizeof of, _("of %s"), limit);
    const double base = y + (0.048 + 0.083) * h, of_wide = wide(a, TEXT, false, of);
    /* A limit of many hours has no room beside the clock: it goes beside the title. */
    const bool beside = (0.078 + 0.02) * h + wide(a, CLOCK, true, said) + of_wide <= width;
    short_text(a, x, y + TEXT * h, beside ? width : width - of_wide - 0.02 * h, TEXT, true, t->ink,
               clock->title);
    mu_clock_sign(&a->pen, x + 0.032 * h, base - 0.041 * h, 0.052 * h, clock->state);
    text(a, x + 0.078 * h, base, MU_ALIGN_LEFT, CLOCK, true, colour, said);
    text(a, x + width, beside ? base : y + TEXT * h, MU_ALIGN_RIGHT, TEXT, false, t->soft, of);
    const double line = base + 0.015 * h;
    const double share =
        fmin((double)clock->took_us / (double)(clock->limit_us > 0 ? clock->limit_us : 1), 1);
    fill(a, x, line, width, 0.006 * h, t->line);
    fill(a, x, line, width * share, 0.006 * h, colour);
    return line + 0.026 * h - y;
}

typedef struct figure {
    const char *said;
    uint32_t number;
    mu_frame_person like;
} figure;

static double draw_people(const mu_audience *a, double x, double y, double width,
                          const mu_frame_counts *c) {
    const figure figures[] = {
        {_("not told"), c->usual, {.doing = MU_DOING_USUAL}},
        {_("told"), c->told, {.doing = MU_DOING_TOLD}},
        {_("leaving"), c->leaving + c->stuck, {.doing = MU_DOING_LEAVING}},
        {_("out"), c->out + c->taken, {.doing = MU_DOING_OUT}},
        {_("sheltering"), c->sheltering + c->refuge, {.doing = MU_DOING_SHELTERING}},
        {_("held"), c->held, {.doing = MU_DOING_HELD}},
        {_("hurt"), c->hurt, {.doing = MU_DOING_HURT}},
    };
    const double h = a->height, row = 0.052 * h;
    double at = y;
    uint32_t column = 0;
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++) {
        if (i >= 4 && figures[i].number == 0) {
            continue;
        }
        char said[96];
        (void)snprintf(said, sizeof said, "%u %s", figures[i].number, figures[i].said);
        const double left = x + column * width / 2;
        mu_symbol_person(&a->pen, (mu_vec){(float)(left + 0.016 * h), (float)(at + 0.024 * h)},
                         (mu_vec){0, 0}, 0.0125 * h, &figures[i].like);
        short_text(a, left + 0.042 * h, at + 0.036 * h, width / 2 - 0.05 * h, TEXT, false,
                   a->pen.theme->ink, said);
        at += column == 1 ? row : 0;
        column = 1 - column;
    }
    return at + (column == 1 ? row : 0) - y;
}

static double line_at(const mu_audience *a, double x, double y, double width) {
    fill(a, x, y, width, 0.002 * a->height, a->pen.theme->line);
    return y + 0.016 * a->height;
}

static void draw_decisions(const mu_audience *a, double x, double y, double width, double bottom,
                           const mu_public *shown) {
    const mu_theme *t = a->pen.theme;
    const double h = a->height, leading = 0.047 * h;
    char since[64], said[1200], clock[32];
    if (y + 2 * leading > bottom) {
        return;
    }
    text(a, x, y + TEXT * h, MU_ALIGN_LEFT, TEXT, true, t->ink, _("Decisions"));
    if (shown->since_decision_us != MU_NEVER && shown->since_decision_us >= 0) {
        mu_clock_text(shown->since_decision_us, clock, sizeof clock);
        (void)snprintf(since, sizeof since, _("%s ago"), clock);
        text(a, x + width, y + TEXT * h, MU_ALIGN_RIGHT, TEXT, false, t->soft, since);
    }
    y += leading;
    if (shown->decision_count == 0) {
        text(a, x, y + TEXT * h, MU_ALIGN_LEFT, TEXT, false, t->soft, _("none yet"));
    }
    for (uint32_t d = 0; d < shown->decision_count && y + leading <= bottom; d++) {
        const mu_public_line *one = &shown->decisions[d];
        mu_clock_text(one->time_us, clock, sizeof clock);
        const int at = snprintf(said, sizeof said, "%s  ", clock);
        (void)snprintf(said + at, sizeof said - (size_t)at, one->who[0] != 0 ? _("%s: %s") : "%s%s",
                       one->who, one->what);
        const uint32_t most = (uint32_t)fmin(fmax((bottom - y) / leading, 1), 3);
        y +=
            mu_pen_paragraph(&a->pen, x, y, width, size(a, TEXT), false, t->ink, said, most, true) +
            0.006 * h;
    }
}

static void draw_column(const mu_audience *a, const mu_public *shown, mu_box box) {
    const double pad = 0.022 * a->height;
    const double x = (double)box.x + pad, width = (double)box.width - 2 * pad;
    const double bottom = (double)(box.y + box.height) - 0.01 * a->height;
    double y = (double)box.y + 0.016 * a->height;
    mu_draw_rect(a->pen.list, box, a->pen.theme->panel);
    fill(a, box.x, box.y, 0.002 * a->height, box.height, a->pen.theme->line);
    const mu_frame_clock *rows[16];
    const uint32_t all = mu_clocks_by_urgency(&shown->frame, rows, 16);
    const uint32_t most = shown->decision_count > 0 ? 2 : 3;
    const uint32_t count = all < most ? all : most;
    for (uint32_t i = 0; i < count; i++) {
        y += draw_clock(a, x, y, width, rows[i]);
    }
    if (count == 0) {
        text(a, x, y + TEXT * a->height, MU_ALIGN_LEFT, TEXT, false, a->pen.theme->soft,
             _("No clause is on the clock."));
        y += 0.06 * a->height;
    }
    if (all > count) {
        char more[64];
        (void)snprintf(more, sizeof more, P_("and %u more", "and %u more", all - count),
                       all - count);
        text(a, x, y + TEXT * a->height, MU_ALIGN_LEFT, TEXT, false, a->pen.theme->soft, more);
        y += 0.052 * a->height;
    }
    y = line_at(a, x, y, width);
    y += draw_people(a, x, y, width, &shown->frame.counts) + 0.01 * a->height;
    y = line_at(a, x, y, width);
    draw_decisions(a, x, y, width, bottom, shown);
}

/* --- the strip below the plan: what has just been said, and what is asked --- */

static double inject_height(const mu_audience *a, const mu_public *shown, double width) {
    const double pad = 0.022 * a->height;
    if (!shown->has_inject) {
        return 0;
    }
    double height = 2 * pad + 0.052 * a->height;
    height += mu_pen_paragraph(&a->pen, 0, 0, width - 2 * pad, size(a, HEAD), false,
                               a->pen.theme->ink, shown->inject.what, 3, false);
    if (shown->inject.question[0] != 0) {
        height += 0.01 * a->height + mu_pen_paragraph(&a->pen, 0, 0, width - 2 * pad, size(a, HEAD),
                                                      true, a->pen.theme->ink,
                                                      shown->inject.question, 2, false);
    }
    return height;
}

static void draw_inject(const mu_audience *a, const mu_public *shown, mu_box box) {
    const mu_theme *t = a->pen.theme;
    const double pad = 0.022 * a->height, x = (double)box.x + pad;
    const double width = (double)box.width - 2 * pad;
    double y = (double)box.y + pad;
    mu_draw_rect(a->pen.list, box, t->panel);
    fill(a, box.x, box.y, box.width, 0.008 * a->height, t->accent);
    char clock[32], said[300];
    mu_clock_text(shown->inject.time_us, clock, sizeof clock);
    (void)snprintf(said, sizeof said,
                   shown->inject.who[0] != 0 ? _("Message, %s, from %s") : _("Message, %s"), clock,
                   shown->inject.who);
    short_text(a, x, y + TEXT * a->height, width, TEXT, true, t->accent, said);
    y += 0.052 * a->height;
    y += mu_pen_paragraph(&a->pen, x, y, width, size(a, HEAD), false, t->ink, shown->inject.what, 3,
                          true);
    if (shown->inject.question[0] != 0) {
        y += 0.01 * a->height;
        (void)mu_pen_paragraph(&a->pen, x, y, width, size(a, HEAD), true, t->ink,
                               shown->inject.question, 2, true);
    }
}

/* --- the plan --- */

static void look_at(mu_audience *a, const mu_look *look, mu_box plan) {
    const double head = (look->paused ? PAUSED : 0) * a->height + 0.07 * a->height;
    const bool moved = memcmp(&plan, &a->plan, sizeof plan) != 0 ||
                       a->camera.built != look->built || fabs(a->camera.head - head) > 0.5;
    if (!a->laid || moved || look->level != a->level) {
        a->plan = a->camera.view = plan;
        a->camera.head = head;
        a->level = look->level;
        a->camera.built = look->built;
        mu_camera_lay(&a->camera, a->scene, look->level);
        a->laid = true;
    }
    mu_camera_fit(&a->camera);
    if (look->zoom > 1.05) {
        a->camera.scale *= look->zoom;
        a->camera.x = look->x;
        a->camera.y = look->y;
    }
}

static void draw_under(mu_audience *a, const mu_pen *pen, uint32_t layers) {
    mu_audience_key key;
    memset(&key, 0, sizeof key);
    key.camera = a->camera;
    key.layers = layers & MU_LAYER_NAMES;
    key.theme = pen->theme;
    (void)snprintf(key.language, sizeof key.language, "%s", pen->language);
    if (a->under.count > 0 && memcmp(&key, &a->key, sizeof key) == 0) {
        return;
    }
    a->key = key;
    a->under_version++;
    mu_draw_clear(&a->under);
    mu_pen under = *pen;
    under.list = &a->under;
    mu_art_under(&under, &a->art, &a->camera, layers);
}

static void draw_plan(mu_audience *a, const mu_public *shown, const mu_look *look) {
    mu_pen pen = a->pen;
    pen.unit *= PLAN_UNITS;
    draw_under(a, &pen, look->layers);
    mu_draw_clip(pen.list, a->camera.view);
    mu_art_air(&pen, &a->art, &a->camera, &shown->frame);
    if ((look->layers & MU_LAYER_DENSITY) != 0) {
        mu_art_density(&pen, &a->camera, shown->scene, &shown->frame);
    }
    mu_art_lifts(&pen, &a->art, &a->camera, &shown->frame);
    mu_art_doors(&pen, &a->art, &a->camera, &shown->frame);
    mu_pen small = a->pen; /* signs need not be as large as letters */
    small.unit *= 1.5;
    /* Without posts: their letters would be too small, and who stands there is drawn anyway. */
    mu_art_marks(&pen, &a->art, &a->camera, &shown->frame, 0);
    if ((look->layers & MU_LAYER_TRAILS) != 0 && look->wake != NULL) {
        mu_art_trails(&small, &a->camera, &shown->frame, look->wake);
    }
    if ((look->layers & MU_LAYER_QUEUES) != 0) {
        mu_art_waiting(&small, &a->camera, &shown->frame);
    }
    mu_art_people(&small, &a->camera, &shown->frame, look->layers, MU_NOWHERE);
    mu_art_hazards(&pen, &a->camera, &shown->frame, look->layers);
    if ((look->layers & MU_LAYER_CORDON) != 0) {
        mu_art_ring_numbers(&pen, &a->art, &a->camera, &shown->frame);
    }
    mu_art_gathered(&pen, &a->art, &a->camera, &shown->frame);
    if ((look->layers & MU_LAYER_QUEUES) != 0) {
        mu_art_queues(&pen, &a->art, &a->camera, &shown->frame);
    }
    if ((look->layers & MU_LAYER_TEAMS) != 0) {
        mu_art_crews(&pen, &a->art, &a->camera, &shown->frame, look->layers);
    }
    mu_draw_clip(a->pen.list, (mu_box){0, 0, (float)a->width, (float)a->height});
}

static void draw_paused(const mu_audience *a) {
    const mu_theme *t = a->pen.theme;
    const mu_box plan = a->camera.view;
    const double height = PAUSED * a->height;
    fill(a, plan.x, plan.y, plan.width, height, t->alert[MU_ALERT_YELLOW]);
    text(a, (double)plan.x + (double)plan.width / 2, (double)plan.y + 0.084 * a->height,
         MU_ALIGN_MIDDLE, 0.085, true, t->alert_ink[MU_ALERT_YELLOW], _("PAUSED"));
}

/* --- whole pictures --- */

static const char *part_name(uint32_t part) {
    const char *const names[] = {_("Facilitator"), _("Safety officer"), _("Evaluators"),
                                 _("Players"), _("Observers")};
    return names[part < 5 ? part : 4];
}

static double draw_roles(const mu_pen *pen, double x, double y, double width, double letters,
                         const mu_opening *opening) {
    const double top = y;
    for (uint32_t part = 0; part < 5; part++) {
        char said[800] = "";
        for (uint32_t r = 0; r < opening->role_count; r++) {
            const size_t have = strlen(said);
            if (opening->parts[r] == part && have < sizeof said) {
                (void)snprintf(said + have, sizeof said - have, "%s%s",
                               have == 0                 ? ""
                               : pen->language[0] == 'z' ? "、"
                                                         : ", ",
                               mu_text_in(opening->roles[r], pen->language));
            }
        }
        if (said[0] != 0) {
            y += mu_pen_paragraph(pen, x, y, width, letters, true, pen->theme->accent,
                                  part_name(part), 1, true);
            y +=
                mu_pen_paragraph(pen, x, y, width, letters, false, pen->theme->ink, said, 3, true) +
                letters * 0.45 * pen->unit;
        }
    }
    return y - top;
}

/* Its words stay on one line: blanks that do not break. */
static void keep_together(const char *text, char *out, size_t room) {
    static const char blank[] = "\u00a0";
    size_t at = 0;
    for (; *text != 0 && at + sizeof blank < room; text++) {
        const bool is_blank = *text == ' ';
        memcpy(out + at, is_blank ? blank : text, is_blank ? sizeof blank - 1 : 1);
        at += is_blank ? sizeof blank - 1 : 1;
    }
    out[at] = 0;
}

void mu_draw_opening(const mu_pen *pen, mu_box box, const mu_opening *opening,
                     const char *stop_word, double letters) {
    const double gap = letters * 1.6 * pen->unit;
    const double left = (double)box.width * (opening->role_count > 0 ? 0.55 : 1) - gap;
    double y = box.y;
    if (opening->goal_count > 0) {
        y += mu_pen_paragraph(pen, box.x, y, left, letters, true, pen->theme->accent, _("Goals"), 1,
                              true);
    }
    for (uint32_t g = 0; g < opening->goal_count; g++) {
        char number[16];
        (void)snprintf(number, sizeof number, "%u", g + 1);
        mu_pen_text(pen, box.x, y + letters * 1.05 * pen->unit, MU_ALIGN_LEFT, letters, true,
                    pen->theme->accent, number);
        y += mu_pen_paragraph(pen, (double)box.x + gap, y, left - gap, letters, false,
                              pen->theme->ink, mu_text_in(opening->goals[g], pen->language), 4,
                              true) +
             letters * 0.4 * pen->unit;
    }
    if (stop_word[0] != 0) {
        char said[400], whole[240];
        keep_together(stop_word, whole, sizeof whole);
        (void)snprintf(said, sizeof said, _("Anybody may stop the exercise at any time: \"%s\""),
                       whole);
        y += letters * 0.8 * pen->unit;
        (void)mu_pen_paragraph(pen, box.x, y, left, letters, true, pen->theme->missed, said, 3,
                               true);
    }
    (void)draw_roles(pen, (double)box.x + left + gap, box.y, (double)box.width - left - gap,
                     letters, opening);
}

void mu_draw_stopped(const mu_pen *pen, double width, double height, const char *stop_word,
                     const char *how_to_go_on) {
    const mu_theme *t = pen->theme;
    const double unit = height / pen->unit;
    mu_draw_rect(pen->list, (mu_box){0, 0, (float)width, (float)height}, t->stop);
    mu_pen_text(pen, width / 2, height * 0.2, MU_ALIGN_MIDDLE, 0.05 * unit, true, t->on_stop,
                MU_EXERCISE_TAG);
    const char *said = _("EXERCISE PAUSED FOR SAFETY");
    double letters = 0.12 * unit;
    const double needed = mu_pen_width(pen, letters, true, said);
    letters *= fmin(1, width * 0.9 / fmax(needed, 1));
    mu_pen_text(pen, width / 2, height * 0.45, MU_ALIGN_MIDDLE, letters, true, t->on_stop, said);
    mu_pen_text(pen, width / 2, height * 0.58, MU_ALIGN_MIDDLE, 0.05 * unit, false, t->on_stop,
                _("Everybody stays where they are. Nothing that is said now is part of it."));
    if (stop_word[0] != 0) {
        mu_pen_text(pen, width / 2, height * 0.7, MU_ALIGN_MIDDLE, 0.05 * unit, true, t->on_stop,
                    stop_word);
    }
    mu_pen_text(pen, width / 2, height * 0.86, MU_ALIGN_MIDDLE, 0.036 * unit, false, t->on_stop,
                how_to_go_on);
}

static void draw_goals(const mu_audience *a, const mu_public *shown, const mu_opening *opening) {
    const mu_theme *t = a->pen.theme;
    const double pad = 0.06 * a->height;
    fill(a, 0, 0, a->width, a->height, t->panel);
    (void)tag(a, pad, 0.09 * a->height, t->accent, t->on_accent, MU_EXERCISE_TAG);
    short_text(a, pad, 0.22 * a->height, a->width - 2 * pad, 0.07, true, t->ink,
               mu_text_in(shown->scene->incident, a->pen.language));
    short_text(a, pad, 0.28 * a->height, a->width - 2 * pad, TEXT, false, t->soft,
               mu_text_in(shown->scene->site, a->pen.language));
    mu_draw_opening(&a->pen,
                    (mu_box){(float)pad, (float)(0.34 * a->height), (float)(a->width - 2 * pad),
                             (float)(0.6 * a->height)},
                    opening, shown->stop_word, size(a, HEAD));
}

void mu_audience_draw(mu_audience *audience, const mu_public *shown, const mu_opening *opening,
                      const mu_look *look, double width, double height) {
    mu_audience *a = audience;
    a->width = width;
    a->height = height;
    a->pen.unit = height / 720;
    a->pen.list = &a->over;
    mu_draw_clear(&a->over);
    if (shown->stopped) {
        mu_draw_stopped(&a->pen, width, height, shown->stop_word,
                        _("The facilitator goes on when it is safe."));
        return;
    }
    if (opening->shown) {
        draw_goals(a, shown, opening);
        return;
    }
    const double head = 0.128 * height, column = fmin(0.6 * height, 0.4 * width);
    const double said = inject_height(a, shown, width - column);
    const mu_box plan = {0, (float)head, (float)(width - column), (float)(height - head - said)};
    look_at(a, look, plan);
    draw_plan(a, shown, look);
    if (look->paused) {
        draw_paused(a);
    }
    if (shown->has_inject) {
        draw_inject(a, shown,
                    (mu_box){0, (float)(height - said), (float)(width - column), (float)said});
    }
    draw_column(
        a, shown,
        (mu_box){(float)(width - column), (float)head, (float)column, (float)(height - head)});
    draw_head(a, shown, look, head);
}
