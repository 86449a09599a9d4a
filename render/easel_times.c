/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens, where and when: the kind, a place by a click, and a line of time on which
 * everything that has a time can be dragged, typed, added and taken away. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/easel.h"
#include "render/i18n.h"

enum { TIME_ID = 4200, STARTS_ID = 4201 };

typedef struct sheet {
    const mu_happenings *m;
    mu_box box;
    double u, left, right, line, top, span_s;
} sheet;

static const char *const kinds[] = {"package", "chemical", "hostage",   "intrusion",
                                    "call",    "vehicle",  "evacuation"};

static mu_colour colour_of(const mu_easel *e, mu_happening_of of) {
    const mu_theme *t = e->pen.theme;
    const mu_colour colours[MU_HAPPENING_OF_COUNT] = {[MU_HAPPENING_EVENT] = t->item,
                                                      [MU_HAPPENING_OUTAGE] = t->cordon,
                                                      [MU_HAPPENING_TIP] = t->doing[MU_DOING_TOLD],
                                                      [MU_HAPPENING_SHIFT] = t->assembly,
                                                      [MU_HAPPENING_INJECT] =
                                                          t->doing[MU_DOING_LEAVING]};
    return colours[of];
}

static const char *name_of(mu_happening_of of) {
    const char *const names[MU_HAPPENING_OF_COUNT] = {[MU_HAPPENING_EVENT] = _("What happens"),
                                                      [MU_HAPPENING_OUTAGE] = _("Outage"),
                                                      [MU_HAPPENING_TIP] = _("Report"),
                                                      [MU_HAPPENING_SHIFT] = _("Change of shift"),
                                                      [MU_HAPPENING_INJECT] = _("Inject")};
    return names[of];
}

static void print_time(double s, char out[48]) {
    const long whole = lround(s);
    (void)snprintf(out, 48, "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
}

/* "1:30:00", "12:30" minutes and seconds, or seconds alone; below 0: it cannot be read. */
static double read_time(const char *text) {
    double value = 0;
    for (int part = 0; part < 3; part++) {
        char *end = NULL;
        const double number = strtod(text, &end);
        if (end == text || number < 0) {
            return -1;
        }
        value = value * 60 + number;
        if (*end == '\0') {
            return value;
        }
        if (*end != ':') {
            return -1;
        }
        text = end + 1;
    }
    return -1;
}

/* Round, and with room behind the last. */
static double span_of(const mu_happenings *m) {
    static const double rounds[] = {600,   1800,  3600,   7200,   14400, 28800,
                                    43200, 86400, 172800, 259200, 604800};
    size_t k = 0;
    while (k + 1 < sizeof rounds / sizeof rounds[0] && rounds[k] < m->last_s * 1.2) {
        k++;
    }
    return rounds[k];
}

/* --- kind and place --- */

static void open_record(mu_easel *e, const char *pointer, bool make) {
    char own[MU_EASEL_POINTER];
    (void)snprintf(own, sizeof own, "%s", pointer);
    char *there = mu_project_value(e->def.project, e->papers[e->page], own);
    if (there == NULL && make &&
        mu_project_set(e->def.project, e->papers[e->page], own, "{}") != MU_OK) {
        mu_easel_say(e, true, "%s", _("It cannot be added"));
        free(there);
        return;
    }
    free(there);
    e->list[0] = '\0';
    mu_easel_show_form(&e->whole, e->papers[e->page], own);
    memset(e->whole.rows, 0, sizeof e->whole.rows);
    e->ui.again = true;
}

static void choose_kind(mu_easel *e, const char *kind) {
    bool added = false;
    if (mu_project_set_kind(e->def.project, kind, &added) != MU_OK) {
        mu_easel_say(e, true, "%s",
                     _("An incident needs a room indoors and open ground with a road in"));
    } else {
        mu_easel_say(e, false, "%s",
                     added ? _("A first playbook for it was put beside the site")
                           : _("Changed; Ctrl+Z takes it back"));
    }
    e->ui.again = true;
}

static bool chip(mu_easel *e, double *x, double y, const char *text, mu_ui_look look) {
    const double u = e->pen.unit, w = mu_ui_button_width(&e->ui, text) - 6 * u;
    const mu_box box = {(float)*x, (float)y, (float)w, (float)(26 * u)};
    *x += w + 6 * u;
    return mu_ui_button(&e->ui, box, text, look);
}

static void draw_kinds(mu_easel *e, const sheet *s) {
    double x = (double)s->box.x;
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        const bool on = strcmp(kinds[k], s->m->kind) == 0;
        if (chip(e, &x, (double)s->box.y, mu_project_word("kind", kinds[k]),
                 on ? MU_UI_ON : MU_UI_PLAIN) &&
            !on) {
            choose_kind(e, kinds[k]);
            return;
        }
    }
}

static void take_start(mu_easel *e, const sheet *s) {
    char why[200] = "";
    if (strcmp(e->tables.starts.text, s->m->starts_at) != 0 &&
        mu_project_enter(e->def.project, e->papers[e->page], "", "starts_at", e->tables.starts.text,
                         NULL, why, sizeof why) != MU_OK) {
        mu_easel_say(e, true, "%s", why);
    }
    e->ui.again = true;
}

static void draw_start(mu_easel *e, const sheet *s, double x, double y) {
    const double u = s->u;
    const mu_box box = {(float)x, (float)y, (float)(150 * u), (float)(26 * u)};
    if (e->ui.focus != STARTS_ID) {
        mu_edit_set(&e->tables.starts, s->m->starts_at);
    }
    (void)mu_ui_field(&e->ui, STARTS_ID, box, _("Begins: date and time"), &e->tables.starts);
    if (e->ui.focus == STARTS_ID) {
        e->hint = _("Such as 2026-09-15T10:00: it says who is there, and who is on duty");
        if (mu_ui_take_key(&e->ui, MU_KEY_ENTER) || (e->ui.pressed && !mu_ui_over(&e->ui, box))) {
            take_start(e, s);
            e->ui.focus = 0;
        }
    }
}

/* Where it is, and the forms of what belongs to it. */
static void draw_place(mu_easel *e, const sheet *s) {
    const double u = s->u, y = (double)s->box.y + 56 * u;
    double x = (double)s->box.x;
    draw_start(e, s, x, y);
    x += 164 * u;
    if (s->m->place[0] != '\0') {
        char text[260], pointer[120], name[200];
        (void)snprintf(pointer, sizeof pointer, "/spaces/%.100s", s->m->space);
        mu_project_call(e->def.project, mu_project_subject(e->def.project, pointer),
                        e->pen.language, name, sizeof name);
        (void)snprintf(text, sizeof text, _("Place: %s"), name[0] != '\0' ? name : s->m->space);
        mu_pen_text(&e->pen, x, y - 5 * u, MU_ALIGN_LEFT, 11.5, true, e->pen.theme->soft, text);
        if (chip(e, &x, y, _("Point at it on the plan"), MU_UI_MAIN)) {
            mu_easel_pick_place(e, e->papers[e->page], s->m->place);
            return;
        }
        char record[80];
        (void)snprintf(record, sizeof record, "/%.*s", (int)strcspn(s->m->place + 1, "/"),
                       s->m->place + 1);
        if (chip(e, &x, y, _("All its fields ›"), MU_UI_PLAIN)) {
            open_record(e, record, false);
            return;
        }
    }
    if (chip(e, &x, y, _("Wind ›"), MU_UI_PLAIN)) {
        open_record(e, "/wind", true);
        return;
    }
    if (strcmp(s->m->kind, "package") == 0 &&
        chip(e, &x, y, _("Explosion and exercise casualties ›"), MU_UI_PLAIN)) {
        open_record(e, "/item/explosion", true);
        return;
    }
    if (chip(e, &x, y, _("Tabletop ›"), MU_UI_PLAIN)) {
        open_record(e, "/exercise", true);
    }
}

static void draw_adds(mu_easel *e, const sheet *s, double y) {
    double x = (double)s->box.x;
    for (int of = MU_HAPPENING_INJECT; of >= MU_HAPPENING_OUTAGE; of--) {
        char text[80], pointer[MU_EASEL_POINTER];
        (void)snprintf(text, sizeof text, "+ %s", name_of((mu_happening_of)of));
        if (!chip(e, &x, y, text, MU_UI_PLAIN)) {
            continue;
        }
        if (mu_project_add_happening(e->def.project, (mu_happening_of)of,
                                     fmin(s->m->last_s + 60, 604800), pointer,
                                     sizeof pointer) == MU_OK) {
            (void)snprintf(e->tables.record, sizeof e->tables.record, "%s", pointer);
            mu_easel_say(e, false, "%s",
                         _("Added: drag it to its time, click its name to fill it in"));
        } else {
            mu_easel_say(e, true, "%s", _("It cannot be added"));
        }
        e->ui.again = true;
        return;
    }
    (void)mu_pen_paragraph(
        &e->pen, x + 10 * s->u, y - 3 * s->u, (double)(s->box.x + s->box.width) - x - 10 * s->u,
        11.5, false, e->pen.theme->soft,
        _("Drag a mark to another time, or click the time and type it (h:mm:ss). "
          "Delete takes away what is chosen."),
        2, true);
}

/* --- the line of time --- */

static double x_of(const sheet *s, double at_s) {
    return s->left + (s->right - s->left) * fmin(at_s / s->span_s, 1);
}

static void draw_axis(const mu_easel *e, const sheet *s, double bottom) {
    for (int k = 0; k <= 6; k++) {
        char text[48];
        const double x = s->left + (s->right - s->left) * k / 6;
        print_time(s->span_s * k / 6, text);
        mu_draw_rect(
            e->pen.list,
            (mu_box){(float)x, (float)(s->top - 2 * s->u), (float)s->u, (float)(bottom - s->top)},
            e->pen.theme->line);
        mu_pen_text(&e->pen, x, s->top - 8 * s->u, k == 6 ? MU_ALIGN_RIGHT : MU_ALIGN_MIDDLE, 10.5,
                    false, e->pen.theme->soft, text);
    }
}

static void drag(mu_easel *e, const sheet *s, const mu_happening *m, mu_box row, double *shown) {
    mu_easel_tables *t = &e->tables;
    const bool own = strcmp(t->record, m->record) == 0 && t->row == (uint32_t)(m - s->m->list);
    if (e->ui.pressed && mu_ui_over(&e->ui, row) && e->ui.x > s->left - 8 * s->u &&
        fabs(e->ui.x - x_of(s, m->at_s)) < 12 * s->u) {
        t->dragging = true;
        t->row = (uint32_t)(m - s->m->list);
        t->dragged_s = m->at_s;
        (void)snprintf(t->record, sizeof t->record, "%s", m->record);
        return;
    }
    if (!t->dragging || !own) {
        return;
    }
    const double step = s->span_s > 14400 ? 60 : 5;
    const double at = (e->ui.x - s->left) / (s->right - s->left) * s->span_s;
    if (fabs(e->ui.x - e->ui.press_x) > 3 * s->u) {
        t->dragged_s = fmin(fmax(round(at / step) * step, 0), s->span_s);
    }
    *shown = t->dragged_s;
    if (!e->ui.down) {
        t->dragging = false;
        e->ui.again = true;
        if (t->dragged_s != m->at_s &&
            mu_project_move_happening(e->def.project, m, t->dragged_s) != MU_OK) {
            mu_easel_say(e, true, "%s", _("this cannot be read"));
        }
    }
}

static void type_time(mu_easel *e, const sheet *s, const mu_happening *m, double y) {
    mu_easel_tables *t = &e->tables;
    const double u = s->u;
    const uint32_t number = (uint32_t)(m - s->m->list);
    const mu_box box = {(float)(s->left - 86 * u), (float)(y + u), (float)(70 * u),
                        (float)(24 * u)};
    if (!t->is_cell || t->row != number) {
        char text[48];
        print_time(m->at_s, text);
        if (mu_ui_over(&e->ui, box)) {
            mu_draw_round_rect(e->pen.list, box, 3 * u, e->pen.theme->hover);
        }
        mu_pen_text(&e->pen, (double)(box.x + box.width) - 4 * u, y + 17 * u, MU_ALIGN_RIGHT, 12,
                    true, e->pen.theme->ink, text);
        if (e->ui.y > s->top && mu_ui_clicked(&e->ui, box)) {
            t->is_cell = true;
            t->row = number;
            mu_edit_set(&t->cell, "");
            e->ui.focus = TIME_ID;
        }
        return;
    }
    (void)mu_ui_field(&e->ui, TIME_ID, box, "", &t->cell);
    if (mu_ui_take_key(&e->ui, MU_KEY_ENTER) || (e->ui.pressed && !mu_ui_over(&e->ui, box))) {
        const double at = read_time(t->cell.text);
        t->is_cell = false;
        e->ui.focus = 0;
        e->ui.again = true;
        if (t->cell.length > 0 &&
            (at < 0 || mu_project_move_happening(e->def.project, m, at) != MU_OK)) {
            mu_easel_say(e, true, "%s", _("A time is typed like 1:30:00, 12:30 or 90"));
        }
    }
}

static void open_moment(mu_easel *e, const mu_happening *m) {
    char record[MU_EASEL_POINTER];
    (void)snprintf(record, sizeof record, "%s", m->record);
    open_record(e, record, false);
}

static void draw_moment(mu_easel *e, const sheet *s, uint32_t number, double y) {
    const mu_happening *m = &s->m->list[number];
    const double u = s->u;
    const mu_box row = {s->box.x, (float)y, s->box.width, (float)(s->line - 2 * u)};
    const bool on = strcmp(e->tables.record, m->record) == 0;
    if (on) {
        mu_draw_round_rect(e->pen.list, row, 4 * u, e->pen.theme->hover);
    }
    char shown[160], text[48];
    const mu_box name = {s->box.x, (float)y, (float)(s->left - (double)s->box.x - 92 * u),
                         (float)(s->line - 2 * u)};
    const mu_box dot = {(float)((double)s->box.x + 6 * u), (float)(y + 8 * u), (float)(10 * u),
                        (float)(10 * u)};
    mu_draw_round_rect(e->pen.list, dot, 3 * u, colour_of(e, m->of));
    mu_type_shorten(e->pen.type, mu_pen_font(&e->pen, 12.5, on), m->title,
                    (double)name.width - 26 * u, shown, sizeof shown);
    mu_pen_text(&e->pen, (double)s->box.x + 22 * u, y + 17 * u, MU_ALIGN_LEFT, 12.5, on,
                mu_ui_over(&e->ui, name) ? e->pen.theme->accent : e->pen.theme->ink, shown);
    if (e->ui.y > s->top && mu_ui_clicked(&e->ui, name)) {
        open_moment(e, m);
        return;
    }
    if (mu_ui_over(&e->ui, row)) {
        e->hint = m->meaning;
    }
    double at = m->at_s;
    drag(e, s, m, row, &at);
    const double x = x_of(s, at);
    mu_draw_rect(e->pen.list,
                 (mu_box){(float)s->left, (float)(y + 12.5 * u), (float)(x - s->left), (float)u},
                 mu_fade(colour_of(e, m->of), 120));
    mu_draw_round_rect(
        e->pen.list,
        (mu_box){(float)(x - 6 * u), (float)(y + 5 * u), (float)(12 * u), (float)(16 * u)}, 4 * u,
        colour_of(e, m->of));
    if (e->tables.dragging && on) {
        print_time(at, text);
        mu_pen_text(&e->pen, x + 10 * u, y + 17 * u, MU_ALIGN_LEFT, 12, true, e->pen.theme->accent,
                    text);
    }
    type_time(e, s, m, y);
}

static void remove_chosen(mu_easel *e, const sheet *s) {
    for (uint32_t k = 0; k < s->m->count; k++) {
        const mu_happening *m = &s->m->list[k];
        if (strcmp(m->record, e->tables.record) != 0) {
            continue;
        }
        char record[MU_EASEL_POINTER];
        (void)snprintf(record, sizeof record, "%s", m->record);
        if (!m->can_go) {
            mu_easel_say(
                e, true, "%s",
                _("It belongs to what happens; choose another kind, or remove it on its form"));
        } else if (mu_project_remove(e->def.project, e->papers[e->page], record) == MU_OK) {
            mu_easel_say(e, false, "%s", _("Removed; Ctrl+Z brings it back"));
        }
        e->tables.record[0] = '\0';
        e->ui.again = true;
        return;
    }
}

static void draw_rows(mu_easel *e, const sheet *s) {
    const double u = s->u, bottom = (double)(s->box.y + s->box.height);
    double y = s->top + 4 * u - e->items_scroll * u;
    mu_happening_of of = MU_HAPPENING_OF_COUNT;
    mu_draw_clip(e->pen.list,
                 (mu_box){s->box.x, (float)(s->top), s->box.width, (float)(bottom - s->top)});
    for (uint32_t k = 0; k < s->m->count && !e->ui.again; k++) {
        if (s->m->list[k].of != of) {
            of = s->m->list[k].of;
            mu_pen_text(&e->pen, (double)s->box.x + 6 * u, y + 14 * u, MU_ALIGN_LEFT, 11, true,
                        e->pen.theme->soft, name_of(of));
            y += 20 * u;
        }
        if (y + s->line > s->top && y < bottom) {
            draw_moment(e, s, k, y);
        }
        y += s->line;
    }
    mu_draw_clip(e->pen.list, (mu_box){0, 0, (float)e->width, (float)e->height});
    const double most = (y + e->items_scroll * u - bottom) / u + 10;
    e->items_scroll = fmin(e->items_scroll, fmax(0, most));
}

void mu_easel_draw_times(mu_easel *e, mu_box box) {
    const mu_happenings *m = mu_project_happenings(e->def.project, e->pen.language);
    if (m == NULL) {
        return;
    }
    const double u = e->pen.unit;
    const sheet s = {.m = m,
                     .box = box,
                     .u = u,
                     .left = (double)box.x + 380 * u,
                     .right = (double)(box.x + box.width) - 24 * u,
                     .line = 28 * u,
                     .top = (double)box.y + 154 * u,
                     .span_s = span_of(m)};
    if (!e->tables.is_cell && e->ui.focus != STARTS_ID && mu_ui_take_key(&e->ui, MU_KEY_DELETE)) {
        remove_chosen(e, &s);
        return;
    }
    draw_kinds(e, &s);
    if (!e->ui.again) {
        draw_place(e, &s);
    }
    if (!e->ui.again) {
        draw_adds(e, &s, (double)box.y + 96 * u);
    }
    if (!e->ui.again) {
        draw_axis(e, &s, (double)(box.y + box.height));
        draw_rows(e, &s);
    }
}
