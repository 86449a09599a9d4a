/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Those on duty: people down, hours across. Hours are painted with the mouse or typed; above stands
 * at once what nobody is there for, hour by hour of the week. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/easel.h"
#include "render/i18n.h"

enum { HOURS_ID = 4100, GAPS_SHOWN = 6 };

typedef struct sheet {
    const mu_duty *duty;
    mu_box box;
    double u, left, cell, line, top;
} sheet;

static const char *day_name(uint32_t day) {
    const char *const names[] = {_("Mon"), _("Tue"), _("Wed"), _("Thu"),
                                 _("Fri"), _("Sat"), _("Sun"), _("Every day")};
    return names[day];
}

/* How much of an hour of the day that is shown is on: 0 none, 1 some days, 2 all. */
static uint32_t share_of(const mu_easel *e, const bool on[MU_HOURS_A_WEEK], uint32_t hour) {
    if (e->tables.day < MU_DAYS_A_WEEK) {
        return on[e->tables.day * 24 + hour] ? 2 : 0;
    }
    uint32_t days = 0;
    for (uint32_t d = 0; d < MU_DAYS_A_WEEK; d++) {
        days += on[d * 24 + hour];
    }
    return days == MU_DAYS_A_WEEK ? 2 : days > 0;
}

/* --- what is not covered --- */

static void say_gap(const mu_duty_cover *c, char *out, size_t room) {
    const char *const forms[] = {[MU_DUTY_POST] = _("post %s"),
                                 [MU_DUTY_ROLE] = _("role %s"),
                                 [MU_DUTY_SKILL] = _("skill %s")};
    (void)snprintf(out, room, forms[c->need], c->title);
}

/* A strip of the week, a notch for each hour with nobody. */
static void draw_week(const mu_easel *e, const sheet *s, const mu_duty_cover *c, double y) {
    const double wide = (double)(s->box.x + s->box.width) - s->left, hour = wide / MU_HOURS_A_WEEK;
    for (uint32_t h = 0; h < MU_HOURS_A_WEEK; h++) {
        uint32_t last = h;
        while (last + 1 < MU_HOURS_A_WEEK && (c->persons[last + 1] == 0) == (c->persons[h] == 0)) {
            last++;
        }
        mu_draw_rect(e->pen.list,
                     (mu_box){(float)(s->left + h * hour), (float)(y + 4 * s->u),
                              (float)((last + 1 - h) * hour), (float)(11 * s->u)},
                     c->persons[h] == 0 ? e->pen.theme->missed : mu_fade(e->pen.theme->met, 90));
        h = last;
    }
}

static double draw_gaps(mu_easel *e, const sheet *s, double y) {
    const double u = s->u;
    char text[200];
    (void)snprintf(text, sizeof text,
                   s->duty->gap_count == 0
                       ? _("Everything is covered at every hour of the week")
                       : P_("%u thing is not covered at every hour",
                            "%u things are not covered at every hour", s->duty->gap_count),
                   s->duty->gap_count);
    mu_pen_text(&e->pen, s->box.x, y + 12 * u, MU_ALIGN_LEFT, 13, true,
                s->duty->gap_count == 0 ? e->pen.theme->met : e->pen.theme->missed, text);
    const double wide = (double)(s->box.x + s->box.width) - s->left;
    for (uint32_t d = 0; s->duty->gap_count > 0 && d < MU_DAYS_A_WEEK; d++) {
        mu_pen_text(&e->pen, s->left + (d + 0.5) * wide / MU_DAYS_A_WEEK, y + 12 * u,
                    MU_ALIGN_MIDDLE, 10.5, false, e->pen.theme->soft, day_name(d));
    }
    y += 18 * u;
    const uint32_t shown = s->duty->gap_count < GAPS_SHOWN ? s->duty->gap_count : GAPS_SHOWN;
    for (uint32_t k = 0; k < shown; k++) {
        const mu_duty_cover *c = &s->duty->covers[k];
        char name[120], shortened[160];
        say_gap(c, name, sizeof name);
        (void)snprintf(text, sizeof text,
                       c->gaps == MU_HOURS_A_WEEK ? _("%s: nobody at all") : _("%s: %u h a week"),
                       name, c->gaps);
        mu_type_shorten(e->pen.type, mu_pen_font(&e->pen, 12, false), text,
                        s->left - (double)s->box.x - 12 * u, shortened, sizeof shortened);
        mu_pen_text(&e->pen, s->box.x, y + 14 * u, MU_ALIGN_LEFT, 12, false, e->pen.theme->ink,
                    shortened);
        draw_week(e, s, c, y);
        const mu_box row = {s->box.x, (float)y, s->box.width, (float)(18 * u)};
        if (mu_ui_over(&e->ui, row)) {
            e->hint = c->need == MU_DUTY_POST   ? _("Somebody holds this post at other hours")
                      : c->need == MU_DUTY_ROLE ? _("A step of the playbook asks for this role")
                                                : _("A step of the playbook asks for this skill");
        }
        y += 18 * u;
    }
    if (s->duty->gap_count > shown) {
        (void)snprintf(text, sizeof text, _("and %u more"), s->duty->gap_count - shown);
        mu_pen_text(&e->pen, s->box.x, y + 12 * u, MU_ALIGN_LEFT, 11.5, false, e->pen.theme->soft,
                    text);
        y += 16 * u;
    }
    return y + 6 * u;
}

/* --- painting --- */

static uint32_t hour_at(const mu_easel *e, const sheet *s) {
    const double at = floor((e->ui.x - s->left) / s->cell);
    return (uint32_t)fmin(fmax(at, 0), 23);
}

static bool is_painted(const mu_easel *e, uint32_t row, uint32_t hour) {
    const mu_easel_tables *t = &e->tables;
    const uint32_t low = t->painted_from < t->painted_to ? t->painted_from : t->painted_to;
    const uint32_t high = t->painted_from < t->painted_to ? t->painted_to : t->painted_from;
    return t->painting && t->painted_row == row && hour >= low && hour <= high;
}

static void take_paint(mu_easel *e, const mu_duty_row *row, uint32_t number) {
    bool on[MU_HOURS_A_WEEK];
    memcpy(on, row->on, sizeof on);
    for (uint32_t h = 0; h < MU_HOURS_A_WEEK; h++) {
        const bool of_day = e->tables.day == MU_DAYS_A_WEEK || e->tables.day == h / 24;
        if (of_day && is_painted(e, number, h % 24)) {
            on[h] = e->tables.paints;
        }
    }
    char member[MU_EASEL_POINTER];
    (void)snprintf(member, sizeof member, "%s", row->pointer);
    e->tables.painting = false;
    e->ui.again = true;
    if (mu_project_set_duty(e->def.project, member, on) != MU_OK) {
        mu_easel_say(e, true, "%s",
                     _("Nobody is on the roster for no hour at all: remove them on the form"));
    }
}

static void paint(mu_easel *e, const sheet *s, const mu_duty_row *row, uint32_t number,
                  mu_box cells) {
    mu_easel_tables *t = &e->tables;
    if (e->ui.pressed && e->ui.y > s->top && mu_ui_over(&e->ui, cells)) {
        t->painting = true;
        t->painted_row = number;
        t->painted_from = t->painted_to = hour_at(e, s);
        t->paints = share_of(e, row->on, t->painted_from) != 2;
    }
    if (t->painting && t->painted_row == number) {
        t->painted_to = hour_at(e, s);
        if (!e->ui.down) {
            take_paint(e, row, number);
        }
    }
}

/* --- rows --- */

static void type_hours(mu_easel *e, const sheet *s, const mu_duty_row *row, uint32_t number,
                       double y) {
    mu_easel_tables *t = &e->tables;
    const double u = s->u;
    const mu_box box = {(float)((double)s->box.x + 262 * u), (float)y, (float)(104 * u),
                        (float)(s->line - 2 * u)};
    if (!t->is_cell || t->row != number) {
        char shown[80];
        mu_type_shorten(e->pen.type, mu_pen_font(&e->pen, 11.5, false), row->hours, 98 * u, shown,
                        sizeof shown);
        if (mu_ui_over(&e->ui, box)) {
            mu_draw_round_rect(e->pen.list, box, 3 * u, e->pen.theme->hover);
        }
        mu_pen_text(&e->pen, (double)box.x + 4 * u, y + 15.5 * u, MU_ALIGN_LEFT, 11.5, false,
                    row->is_given ? e->pen.theme->ink : e->pen.theme->soft, shown);
        if (e->ui.y > s->top && mu_ui_clicked(&e->ui, box)) {
            t->is_cell = true;
            t->row = number;
            mu_edit_set(&t->cell, row->is_given ? row->hours : "");
            e->ui.focus = HOURS_ID;
        }
        return;
    }
    (void)mu_ui_field(&e->ui, HOURS_ID, box, "", &t->cell);
    e->hint = _("Hours on duty, such as 8-20, or mon-fri 9-17, sat 10-14; empty: always");
    const bool elsewhere = e->ui.pressed && !mu_ui_over(&e->ui, box);
    if (elsewhere || mu_ui_take_key(&e->ui, MU_KEY_ENTER)) {
        char member[MU_EASEL_POINTER];
        (void)snprintf(member, sizeof member, "%s", row->pointer);
        t->is_cell = false;
        e->ui.focus = 0;
        e->ui.again = true;
        if (strcmp(t->cell.text, row->is_given ? row->hours : "") != 0 &&
            mu_project_set_shifts(e->def.project, member, t->cell.text) != MU_OK) {
            mu_easel_say(e, true, "%s", _("Hours are typed like 8-20, or mon-fri 9-17, sat 10-14"));
        }
    }
}

static void draw_name(mu_easel *e, const sheet *s, const mu_duty_row *row, double y) {
    const double u = s->u, x = (double)s->box.x;
    char shown[160], text[260];
    (void)snprintf(text, sizeof text, row->count > 1 ? "%s ×%u" : "%s", row->title, row->count);
    mu_type_shorten(e->pen.type, mu_pen_font(&e->pen, 12, false), text, 164 * u, shown,
                    sizeof shown);
    const mu_box name = {(float)x, (float)y, (float)(172 * u), (float)(s->line - 2 * u)};
    if (e->ui.y > s->top && mu_ui_row(&e->ui, name, false)) {
        (void)snprintf(e->list, sizeof e->list, "/members");
        mu_easel_show_form(&e->whole, e->papers[e->page], row->pointer);
        memset(e->whole.rows, 0, sizeof e->whole.rows);
        e->ui.again = true;
        return;
    }
    mu_pen_text(&e->pen, x + 6 * u, y + 15.5 * u, MU_ALIGN_LEFT, 12, false, e->pen.theme->ink,
                shown);
    (void)snprintf(text, sizeof text, "%s%s%s", row->role_name, row->skills[0] != '\0' ? " · " : "",
                   row->skills);
    mu_type_shorten(e->pen.type, mu_pen_font(&e->pen, 11, false), text, 80 * u, shown,
                    sizeof shown);
    mu_pen_text(&e->pen, x + 176 * u, y + 15.5 * u, MU_ALIGN_LEFT, 11, false, e->pen.theme->soft,
                shown);
    if (mu_ui_over(&e->ui, (mu_box){(float)x, (float)y, (float)(258 * u), (float)s->line})) {
        e->hint = row->title;
    }
}

static void draw_row(mu_easel *e, const sheet *s, uint32_t number, double y) {
    const mu_duty_row *row = &s->duty->rows[number];
    const double u = s->u;
    draw_name(e, s, row, y);
    for (uint32_t h = 0; h < MU_HOURS_A_DAY; h++) {
        const mu_box cell = {(float)(s->left + h * s->cell + u), (float)(y + 2 * u),
                             (float)(s->cell - 2 * u), (float)(s->line - 5 * u)};
        uint32_t share = share_of(e, row->on, h);
        share = !is_painted(e, number, h) ? share : e->tables.paints ? 2 : 0;
        mu_draw_round_rect(e->pen.list, cell, 2 * u,
                           share == 2   ? mu_fade(e->pen.theme->accent, row->is_given ? 230 : 130)
                           : share == 1 ? mu_fade(e->pen.theme->accent, 70)
                                        : mu_fade(e->pen.theme->line, 90));
    }
    const mu_box cells = {(float)s->left, (float)y, (float)(24 * s->cell), (float)s->line};
    type_hours(e, s, row, number, y);
    if (!e->ui.again) {
        paint(e, s, row, number, cells);
    }
}

/* How many are on duty each hour of the day that is shown: the fewest, where that is all. */
static double draw_totals(const mu_easel *e, const sheet *s, double y) {
    const double u = s->u;
    mu_pen_text(&e->pen, (double)s->box.x + 6 * u, y + 14 * u, MU_ALIGN_LEFT, 11, true,
                e->pen.theme->soft, _("Member"));
    mu_pen_text(&e->pen, (double)s->box.x + 176 * u, y + 14 * u, MU_ALIGN_LEFT, 11, true,
                e->pen.theme->soft, _("role, skills"));
    mu_pen_text(&e->pen, (double)s->box.x + 266 * u, y + 14 * u, MU_ALIGN_LEFT, 11, true,
                e->pen.theme->soft, _("on duty"));
    for (uint32_t h = 0; h < MU_HOURS_A_DAY; h++) {
        char text[16];
        uint32_t fewest = UINT32_MAX;
        for (uint32_t d = 0; d < MU_DAYS_A_WEEK; d++) {
            const uint32_t there = s->duty->persons[d * 24 + h];
            const bool shown = e->tables.day == MU_DAYS_A_WEEK || e->tables.day == d;
            fewest = shown && there < fewest ? there : fewest;
        }
        (void)snprintf(text, sizeof text, "%u", h);
        mu_pen_text(&e->pen, s->left + (h + 0.5) * s->cell, y + 4 * u, MU_ALIGN_MIDDLE, 10, false,
                    e->pen.theme->soft, text);
        (void)snprintf(text, sizeof text, "%u", fewest);
        mu_pen_text(&e->pen, s->left + (h + 0.5) * s->cell, y + 17 * u, MU_ALIGN_MIDDLE, 11, true,
                    fewest == 0 ? e->pen.theme->missed : e->pen.theme->ink, text);
    }
    return y + 24 * u;
}

static void draw_days(mu_easel *e, mu_box box) {
    const double u = e->pen.unit;
    double x = (double)box.x;
    for (uint32_t k = 0; k <= MU_DAYS_A_WEEK; k++) {
        const uint32_t day = (k + MU_DAYS_A_WEEK) % (MU_DAYS_A_WEEK + 1);
        const double w = mu_ui_button_width(&e->ui, day_name(day)) - 8 * u;
        const mu_box button = {(float)x, box.y, (float)w, (float)(26 * u)};
        if (mu_ui_button(&e->ui, button, day_name(day),
                         e->tables.day == day ? MU_UI_ON : MU_UI_PLAIN)) {
            e->tables.day = day;
        }
        x += w + 5 * u;
    }
    (void)mu_pen_paragraph(&e->pen, x + 12 * u, (double)box.y - 3 * u,
                           (double)(box.x + box.width) - x - 12 * u, 11.5, false,
                           e->pen.theme->soft,
                           _("Drag over hours to put them on or take them off; or click the hours "
                             "and type. Pale: not said here, but who relieves whom."),
                           2, true);
}

void mu_easel_draw_duty(mu_easel *e, mu_box box) {
    const mu_duty *duty = mu_project_duty(e->def.project, e->pen.language);
    if (duty == NULL) {
        return;
    }
    const double u = e->pen.unit, bottom = (double)(box.y + box.height);
    sheet s = {.duty = duty, .box = box, .u = u, .left = (double)box.x + 372 * u, .line = 24 * u};
    s.cell = ((double)(box.x + box.width) - s.left) / MU_HOURS_A_DAY;
    draw_days(e, box);
    s.top = draw_gaps(e, &s, (double)box.y + 40 * u);
    s.top = draw_totals(e, &s, s.top + 6 * u);
    const double most = fmax(0, duty->row_count * 24.0 + 30 - (bottom - s.top) / u);
    e->items_scroll = fmin(e->items_scroll, most);
    mu_draw_clip(e->pen.list, (mu_box){box.x, (float)s.top, box.width, (float)(bottom - s.top)});
    for (uint32_t k = 0; k < duty->row_count && !e->ui.again; k++) {
        const double y = s.top + k * s.line - e->items_scroll * u;
        if (y + s.line > s.top && y < bottom) {
            draw_row(e, &s, k, y);
        }
    }
    mu_draw_clip(e->pen.list, (mu_box){0, 0, (float)e->width, (float)e->height});
}
