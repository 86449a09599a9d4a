/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the field in use can be, as a list below it: words as people say them, or ids with the names
 * of what they lead to. What is typed narrows the list. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "render/easel.h"

enum { CHOICES_SHOWN = 10 };

void mu_easel_open_choices(mu_easel *e, uint32_t id, mu_box box, const char *typed, bool all) {
    if (e->open_row != id) {
        e->choice_at = 0;
    }
    e->open_row = id;
    e->choices_x = (double)box.x;
    e->choices_y = (double)(box.y + box.height);
    e->choices_width = (double)box.width;
    const char *comma = strrchr(typed, ',');
    typed = comma != NULL ? comma + 1 + strspn(comma + 1, " ") : typed;
    (void)snprintf(e->choices_text, sizeof e->choices_text, "%s", all ? "" : typed);
}

/* Which form, and which of its rows, an id of a field belongs to. */
enum { SIDE_IDS = 1000, WHOLE_IDS = 2000 };

static mu_easel_form *form_of(mu_easel *e, uint32_t id, uint32_t *row) {
    *row = id >= WHOLE_IDS ? id - WHOLE_IDS : id - SIDE_IDS;
    return id >= WHOLE_IDS ? &e->whole : &e->side;
}

/* The row whose field is open: borrowed until the next form; NULL where it has no choices. */
static const mu_form_row *open_row_of(mu_easel *e) {
    uint32_t k;
    if (e->open_row == MU_NOWHERE) {
        return NULL;
    }
    const mu_form *rows = mu_easel_form_rows(e, form_of(e, e->open_row, &k));
    return rows != NULL && k < rows->row_count && rows->rows[k].choices != NULL ? &rows->rows[k]
                                                                                : NULL;
}

/* What is written for a choice. */
static const char *choice_text(const mu_form_row *row, uint32_t k) {
    return row->labels != NULL ? row->labels[k] : row->choices[k];
}

/* The name of what an id leads to; "" where it has no other than the id. */
static void name_choice(const mu_easel *e, const mu_form_row *row, uint32_t k, char *out,
                        size_t room) {
    char pointer[MU_EASEL_POINTER];
    out[0] = '\0';
    if (row->of_list != NULL && row->of_paper != MU_NOWHERE) {
        (void)snprintf(pointer, sizeof pointer, "/%s/%s", row->of_list, row->choices[k]);
        mu_project_title(e->def.project, row->of_paper, pointer, e->pen.language, out, room);
        out[strcmp(out, row->choices[k]) == 0 ? 0 : strlen(out)] = '\0';
    }
}

static bool has_letters(const char *text, const char *sought) {
    const size_t length = strlen(sought);
    while (*text != '\0' && strncasecmp(text, sought, length) != 0) {
        text++;
    }
    return *text != '\0';
}

/* Does a choice go with what is typed: its word, what people say, or its name? */
static bool fits(const mu_easel *e, const mu_form_row *row, uint32_t k) {
    const char *typed = e->choices_text;
    char name[120];
    if (typed[0] == '\0' || has_letters(row->choices[k], typed) ||
        (row->labels != NULL && has_letters(row->labels[k], typed))) {
        return true;
    }
    name_choice(e, row, k, name, sizeof name);
    return has_letters(name, typed);
}

/* Which choice is the so-many-th of those that go with what is typed; MU_NOWHERE. */
static uint32_t choice_of(const mu_easel *e, const mu_form_row *row, uint32_t wanted,
                          uint32_t *count) {
    uint32_t found = MU_NOWHERE;
    *count = 0;
    for (uint32_t k = 0; row != NULL && row->choices[k] != NULL; k++) {
        if (fits(e, row, k)) {
            found = *count == wanted ? k : found;
            (*count)++;
        }
    }
    return found;
}

static void draw_choice(mu_easel *e, const mu_form_row *row, uint32_t k, mu_box box, bool at) {
    const mu_pen *pen = &e->pen;
    const double u = pen->unit, size = 13;
    char name[120], shown[120];
    if (at || mu_ui_over(&e->ui, box)) {
        mu_draw_round_rect(pen->list, box, 3 * u, pen->theme->hover);
    }
    const double y = (double)box.y + 16.5 * u, room = (double)box.width - 16 * u;
    const char *text = choice_text(row, k);
    mu_pen_text(pen, (double)box.x + 8 * u, y, MU_ALIGN_LEFT, size, false, pen->theme->ink, text);
    name_choice(e, row, k, name, sizeof name);
    const double left = room - mu_pen_width(pen, size, false, text) - 10 * u;
    if (name[0] != '\0' && left > 20 * u) {
        mu_type_shorten(pen->type, mu_pen_font(pen, 12, false), name, left, shown, sizeof shown);
        mu_pen_text(pen, (double)box.x + 8 * u + room, y, MU_ALIGN_RIGHT, 12, false,
                    pen->theme->soft, shown);
    }
}

void mu_easel_draw_choices(mu_easel *e) {
    uint32_t count = 0;
    const mu_form_row *open = open_row_of(e);
    (void)choice_of(e, open, 0, &count);
    if (count == 0) {
        e->choices_box = (mu_box){0};
        return;
    }
    const mu_pen *pen = &e->pen;
    const double u = pen->unit, line = 24 * u;
    e->choice_at = e->choice_at < count ? e->choice_at : count - 1;
    const uint32_t first = e->choice_at >= CHOICES_SHOWN ? e->choice_at - CHOICES_SHOWN + 1 : 0;
    e->choices_shown = first;
    const uint32_t shown = count - first < CHOICES_SHOWN ? count - first : CHOICES_SHOWN;
    double y = e->choices_y + 2 * u;
    if (y + shown * line > e->height - 30 * u) {
        y = e->choices_y - 30 * u - shown * line;
    }
    e->choices_box = (mu_box){(float)e->choices_x, (float)y, (float)e->choices_width,
                              (float)(shown * line + 4 * u)};
    mu_draw_round_rect(pen->list, e->choices_box, 4 * u, pen->theme->accent);
    mu_draw_round_rect(pen->list,
                       (mu_box){e->choices_box.x + 1, e->choices_box.y + 1,
                                e->choices_box.width - 2, e->choices_box.height - 2},
                       4 * u, pen->theme->panel);
    for (uint32_t k = 0; k < shown; k++) {
        uint32_t ignored;
        const uint32_t choice = choice_of(e, open, first + k, &ignored);
        const mu_box row = {e->choices_box.x + (float)(2 * u), (float)(y + 2 * u + k * line),
                            e->choices_box.width - (float)(4 * u), (float)line};
        draw_choice(e, open, choice, row, first + k == e->choice_at);
    }
}

void mu_easel_choose_word(mu_easel *e, uint32_t wanted) {
    uint32_t k, count;
    mu_easel_form *form = form_of(e, e->open_row, &k);
    const mu_form_row *row = open_row_of(e);
    uint32_t found = choice_of(e, row, wanted, &count);
    const bool by_key = wanted == 0 && !e->ui.released;
    for (uint32_t i = 0; by_key && found != MU_NOWHERE && row->choices[i] != NULL; i++) {
        if (strcmp(row->choices[i], e->choices_text) == 0) { /* its word in full goes first */
            found = i;
        }
    }
    if (found == MU_NOWHERE) {
        return;
    }
    const char *choice = choice_text(row, found);
    char text[MU_EDIT_BYTES];
    const char *before = form->rows[k].edit.text, *comma = strrchr(before, ',');
    const int kept = row->kind != MU_FORM_WORDS ? 0 /* in a list it comes behind the others */
                     : !form->rows[k].typed     ? (int)strlen(before)
                     : comma != NULL            ? (int)(comma - before)
                                                : 0;
    (void)snprintf(text, sizeof text, "%.*s%s%s", kept, before, kept > 0 ? ", " : "", choice);
    mu_edit_set(&form->rows[k].edit, text);
    mu_easel_enter(e, form, row, k);
    e->open_row = MU_NOWHERE;
    e->ui.focus = 0;
}

/* Before anything else is drawn: a press into the open list is for nothing below it. */
bool mu_easel_take_choice(mu_easel *e) {
    if (e->open_row == MU_NOWHERE) {
        return false;
    }
    if (mu_ui_take_key(&e->ui, MU_KEY_DOWN)) {
        e->choice_at++;
        e->ui.again = true;
    }
    if (mu_ui_take_key(&e->ui, MU_KEY_UP) && e->choice_at > 0) {
        e->choice_at--;
        e->ui.again = true;
    }
    const mu_box box = e->choices_box;
    if (mu_box_has(box, e->ui.press_x, e->ui.press_y) && (e->ui.pressed || e->ui.released)) {
        if (e->ui.released) {
            const double line = 24 * e->pen.unit;
            const double at = (e->ui.y - (double)box.y - 2 * e->pen.unit) / line;
            mu_easel_choose_word(e, e->choices_shown + (uint32_t)fmax(at, 0));
        }
        return true;
    }
    if (e->ui.pressed) { /* elsewhere */
        e->open_row = MU_NOWHERE;
        e->choices_box = (mu_box){0};
    }
    return false;
}
