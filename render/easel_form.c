/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form of any record, row by row as the project gives them. What is typed is taken over by Enter
 * or by leaving the field; a field that can only be one of several things lists them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/easel.h"
#include "render/i18n.h"

static const double ROW = 50, LINES = 38; /* units that a field takes, and more lines of it */

void mu_easel_show_form(mu_easel_form *form, uint32_t paper, const char *pointer) {
    if (form->paper != paper || strcmp(form->pointer, pointer) != 0) {
        form->scroll = 0;
    }
    form->paper = paper;
    (void)snprintf(form->pointer, sizeof form->pointer, "%s", pointer);
    form->version = 0;
}

const mu_form *mu_easel_form_rows(mu_easel *e, const mu_easel_form *form) {
    return form->pointer[0] == '-'
               ? NULL
               : mu_project_form(e->def.project, form->paper, form->pointer, e->pen.language);
}

/* --- taking over --- */

/* A record that is shown by its id goes by the new one. */
static void follow_name(mu_easel *e, mu_easel_form *form, const char *id) {
    char *last = strrchr(form->pointer, '/');
    if (last == NULL || last[1] == '#' || (last[1] >= '0' && last[1] <= '9')) {
        return;
    }
    (void)snprintf(last + 1, sizeof form->pointer - (size_t)(last + 1 - form->pointer), "%s", id);
    if (form == &e->side) { /* rooms are known by their place in the order of ids */
        mu_easel_choose(e, mu_project_subject(e->def.project, form->pointer), false);
    }
}

/* What is each thing's own, and never given to several. */
static bool is_own(const char *key) {
    static const char *const own[] = {"id", "polygon", "holes", "line",    "upper_line",
                                      "at", "course",  "space", "between", "interlock"};
    for (size_t k = 0; k < sizeof own / sizeof own[0]; k++) {
        if (strcmp(own[k], key) == 0) {
            return true;
        }
    }
    return false;
}

/* Is it the form of the first of those that are chosen now? */
static bool is_first(mu_easel *e, const mu_easel_form *form) {
    char pointer[MU_EASEL_POINTER];
    return mu_project_pointer(e->def.project, e->chosen[0], pointer, sizeof pointer) &&
           strcmp(pointer, form->pointer) == 0;
}

/* The same to the others that are chosen. */
static void enter_others(mu_easel *e, const mu_easel_form *form, const char *key, const char *text,
                         const char *other) {
    char pointer[MU_EASEL_POINTER], why[200];
    uint32_t count = 1;
    for (uint32_t k = 0; k < e->chosen_count; k++) {
        if (mu_project_pointer(e->def.project, e->chosen[k], pointer, sizeof pointer) &&
            strcmp(pointer, form->pointer) != 0) {
            count += mu_project_enter(e->def.project, form->paper, pointer, key, text, other, why,
                                      sizeof why) == MU_OK;
        }
    }
    mu_easel_say(e, false, P_("%u thing changed", "%u things changed", count), count);
}

void mu_easel_enter(mu_easel *e, mu_easel_form *form, const mu_form_row *row, uint32_t k) {
    char why[200] = "";
    const char *other = row->kind == MU_FORM_TEXT ? form->rows[k + 64].edit.text : NULL;
    char key[80], meaning[160], text[MU_EDIT_BYTES];
    (void)snprintf(key, sizeof key, "%s", row->key);
    (void)snprintf(meaning, sizeof meaning, "%s", row->meaning);
    (void)snprintf(text, sizeof text, "%s", form->rows[k].edit.text);
    form->rows[k].typed = form->rows[k + 64].typed = false;
    mu_project_begin(e->def.project);
    const bool fine = mu_project_enter(e->def.project, form->paper, form->pointer, key, text, other,
                                       why, sizeof why) == MU_OK;
    if (fine && form == &e->side && e->chosen_count > 1 && is_first(e, form) && !is_own(key)) {
        enter_others(e, form, key, text, other);
    }
    mu_project_end(e->def.project);
    if (!fine) {
        mu_easel_say(e, true, _("%s: %s"), meaning, why);
    } else if (strcmp(key, "id") == 0) {
        follow_name(e, form, text);
    }
    form->version = 0;
    e->ui.again = true;
}

void mu_easel_enter_all(mu_easel *e, mu_easel_form *form) {
    for (uint32_t k = 0; k < 64; k++) {
        if (form->rows[k].typed || form->rows[k + 64].typed) {
            const mu_form *rows = mu_easel_form_rows(e, form);
            if (rows != NULL && k < rows->row_count) {
                mu_easel_enter(e, form, &rows->rows[k], k);
            }
        }
    }
}

/* Is a member of a clause another than in the policy that comes with Muster? */
static bool is_other(const mu_easel *e, const mu_easel_form *form, const char *key) {
    char place[MU_EASEL_POINTER + 90];
    bool differs = false;
    if (mu_project_paper(e->def.project, form->paper).kind == MU_PAPER_POLICY) {
        (void)snprintf(place, sizeof place, "%s/%s", form->pointer, key);
        free(mu_project_shipped_value(e->def.project, form->paper, place, &differs));
    }
    return differs;
}

/* The string behind a key of JSON on one line, "" where there is none; its end is at the quote. */
static const char *string_of(const char *json, const char *key, int *length) {
    char sought[40];
    (void)snprintf(sought, sizeof sought, "\"%s\": \"", key);
    const char *found = strstr(json, sought);
    found = found != NULL ? found + strlen(sought) : "";
    *length = (int)strcspn(found, "\"");
    return found;
}

/* What a value says, without the marks of JSON: of a text what stands in this language, of demands
 * the first. */
static void print_plain(const char *key, const char *json, const char *language, char *out,
                        size_t room) {
    const char *number = strstr(json, "\"value\": ");
    int length = 0;
    if (json[0] == '"') {
        char word[200];
        (void)snprintf(word, sizeof word, "%.*s", (int)strlen(json) - 2, json + 1);
        (void)snprintf(out, room, "%s", mu_project_word(key, word));
    } else if (json[0] == '[' && number != NULL) {
        const char *unit = string_of(json, "unit", &length);
        (void)snprintf(out, room, "%.*s %.*s", (int)strcspn(number + 9, ",}"), number + 9, length,
                       unit);
    } else if (json[0] == '{') {
        const char *said = string_of(json, language, &length);
        (void)snprintf(out, room, "%.*s", length, said);
    } else {
        (void)snprintf(out, room, "%s", mu_project_word(key, json));
    }
}

/* Beside the label: what is there instead, and a way back. True where it was taken. */
static bool draw_shipped(mu_easel *e, mu_easel_form *form, const mu_form_row *row, mu_box box) {
    char place[MU_EASEL_POINTER + 90], text[200], shown[120];
    const double u = e->pen.unit;
    bool differs;
    (void)snprintf(place, sizeof place, "%s/%s", form->pointer, row->key);
    char *there = mu_project_shipped_value(e->def.project, form->paper, place, &differs);
    char plain[140] = "";
    print_plain(row->key, there != NULL ? there : "", e->pen.language, plain, sizeof plain);
    (void)snprintf(text, sizeof text, _("baseline: %s  ‹ back"),
                   there != NULL ? plain : _("nothing"));
    free(there);
    mu_type_shorten(e->pen.type, mu_pen_font(&e->pen, 11.5, true), text, (double)box.width * 0.55,
                    shown, sizeof shown);
    const double width = mu_pen_width(&e->pen, 11.5, true, shown) + 8 * u;
    const mu_box link = {box.x + box.width - (float)width, box.y - (float)(17 * u), (float)width,
                         (float)(16 * u)};
    mu_draw_round_rect(e->pen.list, link, 3 * u,
                       mu_ui_over(&e->ui, link) ? e->pen.theme->hover : e->pen.theme->paper);
    mu_pen_text(&e->pen, (double)(link.x + link.width) - 4 * u, (double)box.y - 5 * u,
                MU_ALIGN_RIGHT, 11.5, true, e->pen.theme->late, shown);
    if (!mu_ui_clicked(&e->ui, link)) {
        return false;
    }
    if (mu_project_take_shipped(e->def.project, form->paper, place) == MU_OK) {
        mu_easel_say(e, false, "%s", _("As in the baseline again; Ctrl+Z takes it back"));
    }
    form->version = 0;
    memset(form->rows, 0, sizeof form->rows);
    e->ui.again = true;
    return true;
}

void mu_easel_take_shipped(mu_easel *e) {
    mu_easel_form *form = &e->whole;
    const mu_form *rows = e->page == MU_EASEL_POLICY ? mu_easel_form_rows(e, form) : NULL;
    if (rows == NULL) {
        return;
    }
    const bool field = e->ui.focus >= 2000 && (e->ui.focus - 2000) % 64 < rows->row_count;
    char place[MU_EASEL_POINTER + 90];
    (void)snprintf(place, sizeof place, "%s%s%s", form->pointer, field ? "/" : "",
                   field ? rows->rows[(e->ui.focus - 2000) % 64].key : "");
    bool differs;
    char *there = mu_project_shipped_value(e->def.project, form->paper, place, &differs);
    const bool is_new = there == NULL && !field;
    free(there);
    if (!differs || is_new ||
        mu_project_take_shipped(e->def.project, form->paper, place) != MU_OK) {
        mu_easel_say(e, false, "%s",
                     is_new ? _("It is not in the baseline") : _("It is as in the baseline"));
        return;
    }
    mu_easel_say(e, false, "%s", _("As in the baseline again; Ctrl+Z takes it back"));
    memset(form->rows, 0, sizeof form->rows);
    form->version = 0;
    e->ui.focus = 0;
}

/* What a row says: in the words of people, where it is one of several. */
static const char *said(const mu_form_row *row) {
    return row->shown != NULL ? row->shown : row->value != NULL ? row->value : "";
}

/* Reads values into the fields, but for those that are being typed into. */
static void refresh(mu_easel *e, mu_easel_form *form, const mu_form *rows) {
    const uint64_t version = mu_project_version(e->def.project) + 1;
    if (form->version == version && strcmp(form->language, e->pen.language) == 0) {
        return;
    }
    for (uint32_t k = 0; k < rows->row_count && k < 64; k++) {
        const mu_form_row *row = &rows->rows[k];
        if (!form->rows[k].typed) {
            mu_edit_set(&form->rows[k].edit, row->is_given ? said(row) : "");
        }
        form->rows[k].differs = is_other(e, form, row->key);
        if (row->other != NULL && !form->rows[k + 64].typed) {
            mu_edit_set(&form->rows[k + 64].edit, row->other);
        }
    }
    form->version = version;
    (void)snprintf(form->language, sizeof form->language, "%s", e->pen.language);
}

/* --- rows --- */

static void label_of(const mu_form_row *row, char *out, size_t room) {
    const bool has_unit = row->unit != NULL && strcmp(row->unit, "1") != 0;
    (void)snprintf(out, room, "%s%s%s%s%s", row->meaning, has_unit ? " (" : "",
                   has_unit ? mu_project_word("unit", row->unit) : "", has_unit ? ")" : "",
                   row->is_required ? " *" : "");
}

/* One field; true where Enter was pressed in it. */
static bool field(mu_easel *e, uint32_t id, mu_box box, const char *label, mu_easel_row *row) {
    char shown[300];
    mu_type_shorten(e->pen.type, mu_pen_font(&e->pen, 11.5, true), label, (double)box.width, shown,
                    sizeof shown);
    row->typed = mu_ui_field(&e->ui, id, box, shown, &row->edit) || row->typed;
    return e->ui.focus == id && mu_ui_take_key(&e->ui, MU_KEY_ENTER);
}

static bool is_in_use(const mu_easel *e, uint32_t id) {
    return e->ui.focus == id || e->ui.focus == id + 64;
}

static void draw_arrow(const mu_easel *e, double x, double y) {
    const float r = (float)(4 * e->pen.unit);
    const mu_vec p[3] = {{(float)x - r, (float)y - r / 2},
                         {(float)x + r, (float)y - r / 2},
                         {(float)x, (float)y + r * 0.7F}};
    mu_draw_polygon(e->pen.list, e->pen.theme->soft, p, 3);
}

/* A point of a space can be pointed at; the field is narrower by the button. True: it was pressed.
 */
static bool draw_place(mu_easel *e, mu_easel_form *form, const mu_form_row *row, mu_box *box) {
    if (row->kind != MU_FORM_POINTS || strcmp(row->key, "at") != 0 || form != &e->whole) {
        return false;
    }
    const float width = (float)(150 * e->pen.unit);
    box->width -= width + (float)(6 * e->pen.unit);
    const mu_box button = {box->x + box->width + (float)(6 * e->pen.unit), box->y, width,
                           (float)(28 * e->pen.unit)};
    if (!mu_ui_button(&e->ui, button, _("Point at it"), MU_UI_PLAIN)) {
        return false;
    }
    mu_easel_pick_place(e, form->paper, form->pointer);
    return true;
}

static void go_into(mu_easel *e, mu_easel_form *form, const char *key) {
    char pointer[MU_EASEL_POINTER];
    (void)snprintf(pointer, sizeof pointer, "%.300s/%.80s", form->pointer, key);
    if (form == &e->side) { /* what is inside has room on its own page */
        e->whole.paper = form->paper;
        e->papers[MU_EASEL_SITE] = form->paper;
        mu_easel_open_page(e, MU_EASEL_SITE);
    }
    mu_easel_show_form(&e->whole, form->paper, pointer);
    e->ui.again = true;
}

/* A number that may vary: beside its field the way to how it does. True: it was taken. */
static bool draw_spread(mu_easel *e, mu_easel_form *form, const mu_form_row *row, mu_box *box) {
    char place[MU_EASEL_POINTER], key[80];
    if (row->kind != MU_FORM_SPREAD) {
        return false;
    }
    const float gap = (float)(6 * e->pen.unit);
    const float width = (float)(mu_ui_button_width(&e->ui, _("Varies ›")) + 8 * e->pen.unit);
    box->width -= width + gap;
    const mu_box button = {box->x + box->width + gap, box->y, width, (float)(28 * e->pen.unit)};
    if (!mu_ui_button(&e->ui, button, _("Varies ›"), MU_UI_PLAIN)) {
        return false;
    }
    (void)snprintf(key, sizeof key, "%s", row->key);
    (void)snprintf(place, sizeof place, "%.300s/%.80s", form->pointer, key);
    if (mu_project_spread(e->def.project, form->paper, place) == MU_OK) {
        go_into(e, form, key);
    }
    return true;
}

static void draw_field(mu_easel *e, mu_easel_form *form, const mu_form_row *row, uint32_t k,
                       mu_box box, uint32_t id) {
    char label[300];
    label_of(row, label, sizeof label);
    const double u = e->pen.unit;
    const bool two = row->kind == MU_FORM_TEXT;
    const float half = (box.width - (float)(6 * u)) / 2;
    if (form->rows[k].differs && box.x > 0 && draw_shipped(e, form, row, box)) {
        return;
    }
    const bool placed = draw_place(e, form, row, &box) || draw_spread(e, form, row, &box);
    const mu_box first = {box.x, box.y, two ? half : box.width, box.height};
    if (placed) {
        return;
    }
    bool entered = field(e, id, first, label, &form->rows[k]);
    if (two) {
        const mu_box second = {box.x + half + (float)(6 * u), box.y, half, box.height};
        entered = field(e, id + 64, second, "中文", &form->rows[k + 64]) || entered;
    }
    const char *const *choices = row->choices;
    if (!row->is_given && form->rows[k].edit.length == 0 && e->ui.focus != id) {
        char shown[120]; /* what holds where nothing is said */
        mu_type_shorten(e->pen.type, mu_pen_font(&e->pen, 13, false), said(row),
                        (double)first.width - 16 * u, shown, sizeof shown);
        mu_pen_text(&e->pen, (double)box.x + 8 * u, (double)box.y + 20 * u, MU_ALIGN_LEFT, 13,
                    false, mu_fade(e->pen.theme->soft, 150), shown);
    }
    if (choices != NULL && choices[0] != NULL) {
        draw_arrow(e, (double)(first.x + first.width) - 14 * u, (double)(first.y) + 14 * u);
        if (e->ui.focus == id) {
            mu_easel_open_choices(e, id, first, form->rows[k].edit.text, !form->rows[k].typed);
            if (entered && e->choices_box.height > 0) { /* else a word that is not in the list */
                mu_easel_choose_word(e, e->choice_at);
                return;
            }
        } else if (e->open_row == id) {
            e->open_row = MU_NOWHERE;
        }
    }
    if (is_in_use(e, id)) {
        e->hint = row->meaning;
    }
    const bool left = !is_in_use(e, id) && (form->rows[k].typed || form->rows[k + 64].typed);
    if (entered || left) {
        mu_easel_enter(e, form, row, k);
    }
}

/* Is it a form of its own below this one? */
static bool is_inner(const mu_form_row *row) {
    return row->kind == MU_FORM_RECORD || row->kind == MU_FORM_RECORDS ||
           (row->kind == MU_FORM_SPREAD && row->shown != NULL);
}

/* A record inside this one: made when it is first gone into. */
static void draw_inner(mu_easel *e, mu_easel_form *form, const mu_form_row *row, mu_box box) {
    char text[300], place[MU_EASEL_POINTER];
    const double u = e->pen.unit;
    mu_type_shorten(e->pen.type, mu_pen_font(&e->pen, 11.5, true), row->meaning, (double)box.width,
                    text, sizeof text);
    mu_pen_text(&e->pen, (double)box.x, (double)box.y - 5 * u, MU_ALIGN_LEFT, 11.5, true,
                e->pen.theme->soft, text);
    if (row->kind == MU_FORM_SPREAD) {
        mu_type_shorten(e->pen.type, mu_pen_font(&e->pen, 13, false), row->shown,
                        (double)box.width - 116 * u, text, sizeof text - 8);
        (void)snprintf(text + strlen(text), 8, " ›");
    } else if (row->kind == MU_FORM_RECORDS) {
        (void)snprintf(text, sizeof text, P_("%u entry ›", "%u entries ›", row->count), row->count);
    } else {
        (void)snprintf(text, sizeof text, "%s ›", row->is_given ? _("Open it") : _("Add it"));
    }
    mu_box button = box;
    button.width = row->is_given && !row->is_required ? box.width - (float)(80 * u) : box.width;
    (void)snprintf(place, sizeof place, "%.300s/%.80s", form->pointer, row->key);
    if (mu_ui_button(&e->ui, button, text, MU_UI_PLAIN)) {
        char key[80];
        (void)snprintf(key, sizeof key, "%s", row->key);
        if (!row->is_given && row->kind == MU_FORM_RECORD &&
            mu_project_set(e->def.project, form->paper, place, "{}") != MU_OK) {
            return;
        }
        go_into(e, form, key);
        return;
    }
    button.x += button.width + (float)(6 * u);
    button.width = (float)(74 * u);
    if (row->is_given && !row->is_required &&
        mu_ui_button(&e->ui, button, _("Remove"), MU_UI_PLAIN) &&
        mu_project_remove(e->def.project, form->paper, place) == MU_OK) {
        e->ui.again = true;
    }
}

/* Sentences have three lines. */
static double height_of(const mu_form_row *row) {
    const bool is_long = row->kind == MU_FORM_TEXT && row->value != NULL &&
                         (strlen(row->value) > 44 || strlen(row->other) > 60);
    return ROW + (is_long ? LINES : 0);
}

static double top_of(const mu_form *rows, uint32_t row) {
    double top = 0;
    for (uint32_t k = 0; k < row && k < rows->row_count; k++) {
        top += height_of(&rows->rows[k]);
    }
    return top;
}

/* Keeps the field that has the keyboard in view. */
static void follow_focus(mu_easel *e, mu_easel_form *form, uint32_t first_id, double visible) {
    if (e->ui.focus < first_id || e->ui.focus >= first_id + 128 || !e->ui.again) {
        return;
    }
    const mu_form *rows = mu_easel_form_rows(e, form);
    if (rows != NULL) {
        const double top = top_of(rows, (e->ui.focus - first_id) % 64);
        form->scroll = fmin(form->scroll, top);
        form->scroll = fmax(form->scroll, top + ROW - visible);
    }
}

void mu_easel_draw_form(mu_easel *e, mu_easel_form *form, mu_box box, uint32_t first_id) {
    const double u = e->pen.unit;
    const mu_form *rows = mu_easel_form_rows(e, form);
    if (rows == NULL) {
        return;
    }
    refresh(e, form, rows);
    form->height = top_of(rows, rows->row_count) + 10;
    form->scroll = fmin(form->scroll, fmax(0, form->height - (double)box.height / u));
    mu_draw_clip(e->pen.list, box);
    double top = 20;
    for (uint32_t k = 0; k < rows->row_count && k < 64; k++) {
        const double y = (double)box.y + (top - form->scroll) * u;
        const double tall = height_of(&rows->rows[k]);
        const mu_box row = {box.x + (float)(2 * u), (float)y, box.width - (float)(4 * u),
                            (float)((tall - ROW + 28) * u)};
        const bool hidden = y < (double)box.y + 4 * u || y + 20 * u > (double)(box.y + box.height);
        top += tall;
        if (hidden && !is_in_use(e, first_id + k)) {
            /* still one of the fields that the tabulator goes through */
            const mu_box away = {-9999, -9999, 10, 10};
            if (!is_inner(&rows->rows[k])) {
                draw_field(e, form, &rows->rows[k], k, away, first_id + k);
            }
        } else if (is_inner(&rows->rows[k])) {
            if (form->rows[k].differs && draw_shipped(e, form, &rows->rows[k], row)) {
                break;
            }
            draw_inner(e, form, &rows->rows[k], row);
        } else {
            draw_field(e, form, &rows->rows[k], k, row, first_id + k);
        }
        if (form->version == 0) {
            break; /* the rows are of a state that is gone */
        }
    }
    follow_focus(e, form, first_id, (double)box.height / u);
    mu_draw_clip(e->pen.list, (mu_box){0, 0, (float)e->width, (float)e->height});
    if (form->height * u > (double)box.height) {
        const double share = (double)box.height / (form->height * u);
        mu_draw_round_rect(e->pen.list,
                           (mu_box){box.x + box.width + (float)(2 * u),
                                    box.y + (float)(form->scroll * u * share), (float)(4 * u),
                                    (float)((double)box.height * share)},
                           2 * u, e->pen.theme->line);
    }
}
