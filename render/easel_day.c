/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People over the hours of a day: all of them as columns, and below a row for each group, whose
 * hours are typed into, or for each use of rooms with what its rooms hold. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/easel.h"
#include "render/i18n.h"

enum { CURVE_IDS = 5000, CELL_ID = 4000 };

typedef struct sheet {
    const mu_day *day;
    mu_box box;
    double u, left, cell, line, top; /* pixels: where hours begin, their width, of a row */
} sheet;

const char *mu_easel_curve_name(const char *curve) {
    return curve[0] == '\0' ? _("own curve") : mu_project_word("day", curve);
}

static void text_in(const mu_easel *e, double x, double y, double width, double size,
                    mu_colour colour, const char *text) {
    char shown[200];
    mu_type_shorten(e->pen.type, mu_pen_font(&e->pen, size, false), text, width, shown,
                    sizeof shown);
    mu_pen_text(&e->pen, x, y, MU_ALIGN_LEFT, size, false, colour, shown);
}

static uint32_t hour_at(const mu_easel *e, const sheet *s) {
    const double at = (e->ui.x - s->left) / s->cell;
    return at >= 0 && at < MU_HOURS_A_DAY ? (uint32_t)at : MU_NOWHERE;
}

/* --- columns --- */

static void draw_hours(const mu_easel *e, const sheet *s, double y) {
    for (uint32_t h = 0; h < MU_HOURS_A_DAY; h++) {
        char text[8];
        (void)snprintf(text, sizeof text, "%u", h);
        mu_pen_text(&e->pen, s->left + (h + 0.5) * s->cell, y, MU_ALIGN_MIDDLE, 10.5, false,
                    e->pen.theme->soft, text);
    }
}

static void draw_begin(const mu_easel *e, const sheet *s, double top, double bottom) {
    const mu_day *day = s->day;
    const bool weekend = day->begins_on >= 5;
    if (day->begins_h < 0 || weekend != e->tables.weekend) {
        return;
    }
    const double x = s->left + day->begins_h * s->cell;
    char text[80];
    mu_draw_rect(e->pen.list,
                 (mu_box){(float)(x - s->u), (float)top, (float)(2 * s->u), (float)(bottom - top)},
                 e->pen.theme->item);
    (void)snprintf(text, sizeof text, _("incident, %d:%02d"), (int)day->begins_h,
                   (int)lround((day->begins_h - floor(day->begins_h)) * 60) % 60);
    const bool right = x < s->left + 20 * s->cell;
    mu_pen_text(&e->pen, x + (right ? 5 : -5) * s->u, top + 9 * s->u,
                right ? MU_ALIGN_LEFT : MU_ALIGN_RIGHT, 11, true, e->pen.theme->item, text);
}

static double draw_columns(mu_easel *e, const sheet *s, double top, double tall) {
    const double u = s->u, base = top + tall;
    const uint32_t most = s->day->most > 0 ? s->day->most : 1;
    const uint32_t hover = e->ui.y > top && e->ui.y < base ? hour_at(e, s) : MU_NOWHERE;
    for (int k = 0; k <= 2; k++) {
        const double y = base - (tall - 24 * u) * k / 2;
        char text[20];
        (void)snprintf(text, sizeof text, "%u", most * (uint32_t)k / 2);
        mu_draw_rect(e->pen.list,
                     (mu_box){(float)s->left, (float)y, (float)(24 * s->cell), (float)u},
                     e->pen.theme->line);
        mu_pen_text(&e->pen, s->left - 8 * u, y + 4 * u, MU_ALIGN_RIGHT, 11, false,
                    e->pen.theme->soft, text);
    }
    for (uint32_t h = 0; h < MU_HOURS_A_DAY; h++) {
        const double high = (tall - 24 * u) * s->day->total[h] / most;
        mu_draw_rect(e->pen.list,
                     (mu_box){(float)(s->left + h * s->cell + 2 * u), (float)(base - high),
                              (float)(s->cell - 4 * u), (float)high},
                     h == hover ? e->pen.theme->accent : mu_fade(e->pen.theme->accent, 170));
        char text[20];
        (void)snprintf(text, sizeof text, "%u", s->day->total[h]);
        if (s->day->total[h] > 0) {
            mu_pen_text(&e->pen, s->left + (h + 0.5) * s->cell, base - high - 4 * u,
                        MU_ALIGN_MIDDLE, 10.5, h == hover, e->pen.theme->ink, text);
        }
    }
    draw_begin(e, s, top - 12 * u, base);
    draw_hours(e, s, base + 14 * u);
    return base + 20 * u;
}

/* --- cells --- */

static void enter_cell(mu_easel *e, const sheet *s) {
    mu_easel_tables *t = &e->tables;
    char *end = NULL;
    const unsigned long persons = strtoul(t->cell.text, &end, 10);
    t->is_cell = false;
    if (t->row >= s->day->group_count || t->cell.text[0] == '\0') {
        return;
    }
    char group[MU_EASEL_POINTER];
    (void)snprintf(group, sizeof group, "%s", s->day->groups[t->row].pointer);
    if (*end != '\0' || persons > 100000 ||
        (persons != s->day->groups[t->row].persons[t->at] &&
         mu_project_set_persons(e->def.project, group, t->at, (uint32_t)persons) != MU_OK)) {
        mu_easel_say(e, true, "%s", _("a number of persons is wanted here"));
    }
    e->ui.again = true;
}

/* Empty: what is typed takes the place of what is there, nothing leaves it. */
static void open_cell(mu_easel *e, uint32_t row, uint32_t hour) {
    mu_easel_tables *t = &e->tables;
    mu_edit_set(&t->cell, "");
    t->is_cell = hour < MU_HOURS_A_DAY;
    t->row = row;
    t->at = hour;
    e->ui.focus = t->is_cell ? CELL_ID : 0;
    e->ui.again = true;
}

/* Enter, Tab and a press elsewhere take over; Tab goes on to the next hour. */
static void type_cell(mu_easel *e, const sheet *s, mu_box box) {
    const uint32_t row = e->tables.row, at = e->tables.at;
    if (e->ui.wants_next) {
        e->ui.wants_next = false;
        enter_cell(e, s);
        open_cell(e, row, at + 1);
        return;
    }
    (void)mu_ui_field(&e->ui, CELL_ID, box, "", &e->tables.cell);
    if (e->tables.cell.length == 0) {
        char text[20];
        (void)snprintf(text, sizeof text, "%u", s->day->groups[row].persons[at]);
        mu_pen_text(&e->pen, (double)(box.x + box.width) - 6 * s->u, (double)box.y + 17 * s->u,
                    MU_ALIGN_RIGHT, 12, false, mu_fade(e->pen.theme->soft, 150), text);
    }
    const bool elsewhere = e->ui.pressed && !mu_ui_over(&e->ui, box);
    if (elsewhere || mu_ui_take_key(&e->ui, MU_KEY_ENTER)) {
        enter_cell(e, s);
        e->ui.focus = 0;
    }
}

static void draw_cells(mu_easel *e, const sheet *s, const uint32_t *persons, uint32_t most,
                       uint32_t load, double y) {
    const double u = s->u;
    for (uint32_t h = 0; h < MU_HOURS_A_DAY; h++) {
        const mu_box cell = {(float)(s->left + h * s->cell + u), (float)(y + u),
                             (float)(s->cell - 2 * u), (float)(s->line - 2 * u)};
        const bool over = load > 0 && persons[h] > load;
        const int alpha = most > 0 ? (int)(150.0 * persons[h] / most) : 0;
        mu_draw_round_rect(e->pen.list, cell, 2 * u, mu_fade(e->pen.theme->line, 70));
        mu_draw_round_rect(e->pen.list, cell, 2 * u,
                           over ? mu_fade(e->pen.theme->missed, 60)
                                : mu_fade(e->pen.theme->doing[MU_DOING_LEAVING], alpha));
        char text[16];
        (void)snprintf(text, sizeof text, "%u", persons[h]);
        mu_pen_text(&e->pen, s->left + (h + 0.5) * s->cell, y + 15.5 * u, MU_ALIGN_MIDDLE,
                    persons[h] > 999 ? 9.5 : 11, over,
                    persons[h] == 0 ? mu_fade(e->pen.theme->soft, 120)
                    : over          ? e->pen.theme->missed
                                    : e->pen.theme->ink,
                    text);
    }
}

/* --- groups --- */

static void draw_group(mu_easel *e, const sheet *s, uint32_t row, double y) {
    const mu_day_group *g = &s->day->groups[row];
    const double u = s->u, x = (double)s->box.x;
    const mu_box name = {(float)x, (float)y, (float)(150 * u), (float)(s->line - 2 * u)};
    if (mu_ui_row(&e->ui, name, false)) { /* the whole record as a form */
        (void)snprintf(e->list, sizeof e->list, "/groups");
        mu_easel_show_form(&e->whole, e->papers[e->page], g->pointer);
        memset(e->whole.rows, 0, sizeof e->whole.rows);
        e->ui.again = true;
        return;
    }
    text_in(e, x + 6 * u, y + 15.5 * u, 140 * u, 12, e->pen.theme->ink, g->title);
    char count[20];
    (void)snprintf(count, sizeof count, "%u", g->count);
    mu_pen_text(&e->pen, x + 190 * u, y + 15.5 * u, MU_ALIGN_RIGHT, 12, false, e->pen.theme->soft,
                count);
    const mu_box curve = {(float)(x + 200 * u), (float)(y + u), (float)(112 * u),
                          (float)(s->line - 3 * u)};
    const char *const *words = mu_project_curves();
    const char *names[16];
    uint32_t words_count = 0;
    for (; words_count < 16 && words[words_count] != NULL; words_count++) {
        names[words_count] = mu_easel_curve_name(words[words_count]);
    }
    const uint32_t chosen =
        mu_easel_pick(e, CURVE_IDS + row, curve, mu_easel_curve_name(g->curve), names, words_count);
    if (chosen != MU_NOWHERE) {
        char group[MU_EASEL_POINTER];
        (void)snprintf(group, sizeof group, "%s", g->pointer);
        if (mu_project_set_curve(e->def.project, group, words[chosen]) != MU_OK) {
            mu_easel_say(e, true, "%s", _("this cannot be read"));
        }
        e->ui.again = true;
        return;
    }
    draw_cells(e, s, g->persons, g->count, 0, y);
    const mu_box cells = {(float)s->left, (float)y, (float)(24 * s->cell), (float)s->line};
    const uint32_t hour = hour_at(e, s);
    if (e->ui.y >= s->top && mu_ui_clicked(&e->ui, cells) && hour != MU_NOWHERE) {
        open_cell(e, row, hour);
    }
    if (e->tables.is_cell && e->tables.row == row) {
        const mu_box cell = {(float)(s->left + e->tables.at * s->cell - 8 * u), (float)(y - u),
                             (float)(s->cell + 16 * u), (float)(s->line + 2 * u)};
        type_cell(e, s, cell);
    }
}

static void draw_use(mu_easel *e, const sheet *s, uint32_t row, double y) {
    const mu_day_use *use = &s->day->uses[row];
    const double u = s->u, x = (double)s->box.x;
    char text[80];
    text_in(e, x + 6 * u, y + 15.5 * u, 90 * u, 12, e->pen.theme->ink,
            mu_project_word("use", use->use));
    (void)snprintf(text, sizeof text, "%u", use->rooms);
    mu_pen_text(&e->pen, x + 128 * u, y + 15.5 * u, MU_ALIGN_RIGHT, 12, false, e->pen.theme->soft,
                text);
    (void)snprintf(text, sizeof text, "%.0f", use->area_m2);
    mu_pen_text(&e->pen, x + 192 * u, y + 15.5 * u, MU_ALIGN_RIGHT, 12, false, e->pen.theme->soft,
                text);
    (void)snprintf(text, sizeof text, use->metres_each > 0 ? "%.3g" : "–", use->metres_each);
    mu_pen_text(&e->pen, x + 252 * u, y + 15.5 * u, MU_ALIGN_RIGHT, 12, false, e->pen.theme->soft,
                text);
    (void)snprintf(text, sizeof text, use->metres_each > 0 ? "%u" : "–", use->load);
    mu_pen_text(&e->pen, x + 306 * u, y + 15.5 * u, MU_ALIGN_RIGHT, 12, true, e->pen.theme->ink,
                text);
    uint32_t most = use->load;
    for (uint32_t h = 0; h < MU_HOURS_A_DAY; h++) {
        most = use->persons[h] > most ? use->persons[h] : most;
    }
    draw_cells(e, s, use->persons, most, use->load, y);
}

/* --- the page --- */

static bool chip(mu_easel *e, double *x, double y, const char *text, bool on) {
    const double u = e->pen.unit, w = mu_ui_button_width(&e->ui, text);
    const mu_box box = {(float)*x, (float)y, (float)w, (float)(26 * u)};
    *x += w + 6 * u;
    return mu_ui_button(&e->ui, box, text, on ? MU_UI_ON : MU_UI_PLAIN);
}

static void draw_head(mu_easel *e, mu_box box) {
    const double u = e->pen.unit;
    double x = (double)box.x;
    mu_easel_tables *t = &e->tables;
    if (chip(e, &x, box.y, _("Groups"), !t->by_use) ||
        chip(e, &x, box.y, _("Use of rooms"), t->by_use)) {
        t->by_use = !t->by_use;
        t->is_cell = false;
        e->items_scroll = 0;
    }
    x += 14 * u;
    if (chip(e, &x, box.y, _("Weekday"), !t->weekend) ||
        chip(e, &x, box.y, _("Weekend"), t->weekend)) {
        t->weekend = !t->weekend;
        t->is_cell = false;
    }
    (void)mu_pen_paragraph(
        &e->pen, x + 12 * u, (double)box.y - 3 * u, (double)(box.x + box.width) - x - 12 * u, 11.5,
        false, e->pen.theme->soft,
        t->by_use
            ? _("Persons per room by area: International Building Code 2021, table 1004.5. "
                "More than the rooms hold is red.")
            : _("Curves: DOE prototype buildings (ASHRAE 90.1). A run takes the hour at which "
                "the incident begins. Click an hour and type how many are there."),
        2, true);
}

static void draw_titles(const mu_easel *e, const sheet *s, double y) {
    const double u = s->u, x = (double)s->box.x;
    const mu_colour c = e->pen.theme->soft;
    if (!e->tables.by_use) {
        mu_pen_text(&e->pen, x + 6 * u, y, MU_ALIGN_LEFT, 11, true, c, _("Group"));
        mu_pen_text(&e->pen, x + 190 * u, y, MU_ALIGN_RIGHT, 11, true, c, _("in all"));
        mu_pen_text(&e->pen, x + 206 * u, y, MU_ALIGN_LEFT, 11, true, c, _("curve"));
        return;
    }
    mu_pen_text(&e->pen, x + 6 * u, y, MU_ALIGN_LEFT, 11, true, c, _("Use"));
    mu_pen_text(&e->pen, x + 128 * u, y, MU_ALIGN_RIGHT, 11, true, c, _("rooms"));
    mu_pen_text(&e->pen, x + 192 * u, y, MU_ALIGN_RIGHT, 11, true, c, "m²");
    mu_pen_text(&e->pen, x + 252 * u, y, MU_ALIGN_RIGHT, 11, true, c, _("m² each"));
    mu_pen_text(&e->pen, x + 306 * u, y, MU_ALIGN_RIGHT, 11, true, c, _("room for"));
}

void mu_easel_draw_day(mu_easel *e, mu_box box) {
    const mu_day *day = mu_project_day(e->def.project, e->tables.weekend ? 5 : 0, e->pen.language);
    if (day == NULL) {
        return;
    }
    const double u = e->pen.unit;
    sheet s = {.day = day, .box = box, .u = u, .left = (double)box.x + 322 * u, .line = 24 * u};
    s.cell = ((double)(box.x + box.width) - s.left) / MU_HOURS_A_DAY;
    draw_head(e, box);
    const double tall = fmin(150 * u, (double)box.height * 0.28);
    s.top = draw_columns(e, &s, (double)box.y + 54 * u, tall);
    draw_titles(e, &s, s.top - 6 * u);
    const uint32_t count = e->tables.by_use ? day->use_count : day->group_count;
    const double bottom = (double)(box.y + box.height);
    const double most = fmax(0, count * 24.0 + 30 - (bottom - s.top) / u);
    e->items_scroll = fmin(e->items_scroll, most);
    mu_draw_clip(e->pen.list, (mu_box){box.x, (float)s.top, box.width, (float)(bottom - s.top)});
    for (uint32_t k = 0; k < count; k++) {
        const double y = s.top + k * s.line - e->items_scroll * u;
        if (y + s.line > s.top && y < bottom) {
            if (e->tables.by_use) {
                draw_use(e, &s, k, y);
            } else {
                draw_group(e, &s, k, y);
            }
        }
        if (e->ui.again) {
            break; /* the day is another now */
        }
    }
    mu_draw_clip(e->pen.list, (mu_box){0, 0, (float)e->width, (float)e->height});
}
