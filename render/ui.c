/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/ui.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/screen.h"

static const double TEXT = 13, LABEL = 11.5;

/* --- input --- */

/* SDL waits 300 ms for an input method to say whether a key is its own. From a slower one (the
 * first word of the day, a busy machine) letters come twice: as if typed, and in what is composed.
 * One that is typed while something is composed is left out; those that a composition follows, with
 * no other key between, are taken back. */
static bool is_letter(int key) {
    return (key >= 'a' && key <= 'z') || (key >= 'A' && key <= 'Z');
}

void mu_ui_down(mu_ui *ui, int key) {
    ui->fresh = is_letter(key) ? key : 0;
    ui->doubtful = is_letter(key) ? ui->doubtful : 0;
}

static bool is_bare(const mu_ui *ui, const char *text) {
    return is_letter(text[0]) && text[1] == 0 && (text[0] | 32) == (ui->fresh | 32);
}

/* While an input method composes, keys are its own; those that come here all the same mean nothing,
 * and the one for giving up ends it. */
void mu_ui_key(mu_ui *ui, int key) {
    if (ui->composing[0] != 0) {
        ui->composing[0] = key == MU_KEY_ESCAPE ? 0 : ui->composing[0];
        return;
    }
    if (ui->key_count < MU_UI_KEYS) {
        ui->keys[ui->key_count++] = key;
    }
}

static void append(char *text, size_t room, const char *more) {
    const size_t have = strlen(text), add = strlen(more);
    if (have + add < room) {
        memcpy(text + have, more, add + 1);
    }
}

void mu_ui_type(mu_ui *ui, const char *text) {
    const bool bare = is_bare(ui, text);
    ui->fresh = 0;
    if (bare && ui->composing[0] != 0) {
        return;
    }
    ui->doubtful = bare ? ui->doubtful + 1 : 0;
    append(ui->text, sizeof ui->text, text);
    ui->composing[0] = 0;
}

void mu_ui_compose(mu_ui *ui, const char *text) {
    for (; ui->doubtful > 0 && text[0] != 0 && ui->key_count < MU_UI_KEYS; ui->doubtful--) {
        ui->keys[ui->key_count++] = MU_KEY_BACKSPACE;
    }
    (void)snprintf(ui->composing, sizeof ui->composing, "%s", text);
}

void mu_ui_move(mu_ui *ui, double x, double y) {
    ui->x = x;
    ui->y = y;
}

void mu_ui_press(mu_ui *ui, double x, double y) {
    mu_ui_move(ui, x, y);
    ui->pressed = ui->down = true;
    ui->press_x = x;
    ui->press_y = y;
    ui->composing[0] = 0; /* whoever presses elsewhere has given it up */
    ui->doubtful = 0;
}

void mu_ui_release(mu_ui *ui, double x, double y) {
    mu_ui_move(ui, x, y);
    ui->released = true;
    ui->down = false;
}

void mu_ui_begin(mu_ui *ui, const mu_pen *pen) {
    ui->pen = *pen;
    ui->first = ui->last = ui->before = 0;
    ui->again = ui->typing = false;
    ui->wants_next = mu_ui_take_key(ui, '\t');
    ui->wants_before = mu_ui_take_key(ui, MU_KEY_BACK_TAB);
}

void mu_ui_end(mu_ui *ui) {
    if (ui->wants_next && ui->first != 0) { /* behind the last field comes the first */
        ui->focus = ui->first;
        ui->again = true;
    }
    if (ui->wants_before && ui->last != 0) {
        ui->focus = ui->before != 0 ? ui->before : ui->last;
        ui->again = true;
    }
    if (!ui->typing) {
        ui->focus = ui->again ? ui->focus : 0;
        ui->composing[0] = 0;
    }
    ui->again = ui->again || ui->pressed || ui->released;
    ui->pressed = ui->released = false;
    ui->key_count = 0;
    ui->text[0] = 0;
}

bool mu_ui_take_key(mu_ui *ui, int key) {
    for (uint32_t k = 0; k < ui->key_count; k++) {
        if (ui->keys[k] == key) {
            memmove(&ui->keys[k], &ui->keys[k + 1], (--ui->key_count - k) * sizeof *ui->keys);
            ui->again = true; /* what it changes may have been drawn already */
            return true;
        }
    }
    return false;
}

bool mu_ui_over(const mu_ui *ui, mu_box box) {
    return mu_box_has(box, ui->x, ui->y);
}

bool mu_ui_clicked(mu_ui *ui, mu_box box) {
    if (!ui->released || !mu_ui_over(ui, box) || !mu_box_has(box, ui->press_x, ui->press_y)) {
        return false;
    }
    ui->released = false;
    ui->again = true;
    return true;
}

/* --- buttons and rows --- */

static mu_box within(mu_box box, double edge) {
    const float e = (float)edge;
    return (mu_box){box.x + e, box.y + e, box.width - 2 * e, box.height - 2 * e};
}

double mu_ui_button_width(const mu_ui *ui, const char *text) {
    return mu_pen_width(&ui->pen, TEXT, true, text) + 24 * ui->pen.unit;
}

bool mu_ui_button(mu_ui *ui, mu_box box, const char *text, mu_ui_look look) {
    const mu_pen *pen = &ui->pen;
    const mu_theme *t = pen->theme;
    const bool full = look == MU_UI_MAIN || look == MU_UI_ON || look == MU_UI_GRAVE;
    const bool over = look != MU_UI_OFF && mu_ui_over(ui, box);
    const mu_colour fill = look == MU_UI_GRAVE ? t->stop : full ? t->accent : t->line;
    mu_draw_round_rect(pen->list, box, 5 * pen->unit, fill);
    if (!full) {
        mu_draw_round_rect(pen->list, within(box, pen->unit), 4 * pen->unit,
                           over ? t->hover : t->panel);
    } else if (over) {
        mu_draw_round_rect(pen->list, within(box, pen->unit), 4 * pen->unit,
                           mu_fade(t->on_accent, 40));
    }
    char shown[256];
    mu_type_shorten(pen->type, mu_pen_font(pen, TEXT, true), text,
                    (double)box.width - 8 * pen->unit, shown, sizeof shown);
    mu_pen_text(pen, (double)box.x + (double)box.width / 2,
                (double)box.y + (double)box.height / 2 + TEXT * 0.36 * pen->unit, MU_ALIGN_MIDDLE,
                TEXT, true,
                full ? (look == MU_UI_GRAVE ? t->on_stop : t->on_accent)
                     : (look == MU_UI_OFF ? t->soft : t->ink),
                shown);
    return look != MU_UI_OFF && mu_ui_clicked(ui, box);
}

bool mu_ui_row(mu_ui *ui, mu_box box, bool on) {
    const mu_theme *t = ui->pen.theme;
    if (on || mu_ui_over(ui, box)) {
        mu_draw_round_rect(ui->pen.list, box, 4 * ui->pen.unit, t->hover);
    }
    if (on) {
        mu_draw_rect(ui->pen.list, (mu_box){box.x, box.y, (float)(3 * ui->pen.unit), box.height},
                     t->accent);
    }
    return mu_ui_clicked(ui, box);
}

/* --- fields --- */

void mu_edit_set(mu_edit *edit, const char *text) {
    (void)snprintf(edit->text, sizeof edit->text, "%s", text);
    edit->length = edit->cursor = (uint32_t)strlen(edit->text);
}

/* Bytes of the letter before the cursor. */
static uint32_t letter_before(const mu_edit *edit) {
    uint32_t at = edit->cursor;
    while (at > 0 && ((uint8_t)edit->text[--at] & 0xC0U) == 0x80U) {
    }
    return edit->cursor - at;
}

static uint32_t letter_after(const mu_edit *edit) {
    uint32_t letter;
    return edit->cursor >= edit->length
               ? 0
               : (uint32_t)mu_utf8_step(edit->text + edit->cursor, edit->length - edit->cursor,
                                        &letter);
}

static void cut(mu_edit *edit, uint32_t from, uint32_t bytes) {
    memmove(edit->text + from, edit->text + from + bytes, edit->length - from - bytes + 1);
    edit->length -= bytes;
    edit->cursor = from;
}

static bool insert(mu_edit *edit, const char *text) {
    const uint32_t bytes = (uint32_t)strlen(text);
    if (bytes == 0 || edit->length + bytes >= sizeof edit->text) {
        return false;
    }
    memmove(edit->text + edit->cursor + bytes, edit->text + edit->cursor,
            edit->length - edit->cursor + 1);
    memcpy(edit->text + edit->cursor, text, bytes);
    edit->length += bytes;
    edit->cursor += bytes;
    return true;
}

/* What the keyboard does to the text; whether it has changed. */
static bool edit_by_keys(mu_ui *ui, mu_edit *edit) {
    bool changed = insert(edit, ui->text);
    while (mu_ui_take_key(ui, MU_KEY_BACKSPACE)) {
        const uint32_t bytes = letter_before(edit);
        cut(edit, edit->cursor - bytes, bytes);
        changed = changed || bytes > 0;
    }
    while (mu_ui_take_key(ui, MU_KEY_DELETE)) {
        const uint32_t bytes = letter_after(edit);
        cut(edit, edit->cursor, bytes);
        changed = changed || bytes > 0;
    }
    while (mu_ui_take_key(ui, MU_KEY_LEFT)) {
        edit->cursor -= letter_before(edit);
    }
    while (mu_ui_take_key(ui, MU_KEY_RIGHT)) {
        edit->cursor += letter_after(edit);
    }
    if (mu_ui_take_key(ui, MU_KEY_HOME)) {
        edit->cursor = 0;
    }
    if (mu_ui_take_key(ui, MU_KEY_END)) {
        edit->cursor = edit->length;
    }
    return changed;
}

static void find_focus(mu_ui *ui, uint32_t id, mu_box box) {
    ui->first = ui->first == 0 ? id : ui->first;
    if (ui->wants_next && ui->last != 0 && ui->last == ui->focus) {
        ui->focus = id;
        ui->wants_next = false;
        ui->again = true;
    }
    if (ui->focus == id) {
        ui->before = ui->last;
    }
    if (ui->pressed && mu_box_has(box, ui->press_x, ui->press_y)) {
        ui->focus = id;
        ui->again = true;
    }
    ui->last = id;
}

/* What is being composed has a line under it, on each line of text that it is on. */
static void underline(const mu_ui *ui, mu_font font, const char *line, size_t from, size_t to,
                      double left, double base) {
    const mu_type *type = ui->pen.type;
    const double u = ui->pen.unit, x = left + type->width(type->with, font, line, from);
    const double width = type->width(type->with, font, line + from, to - from);
    mu_draw_rect(ui->pen.list,
                 (mu_box){(float)x, (float)(base + 3 * u), (float)width, (float)(1.5 * u)},
                 ui->pen.theme->accent);
}

/* The text up to the cursor, what is being composed, and the rest, in lines. */
static void draw_text(mu_ui *ui, mu_box box, const mu_edit *edit, bool focused) {
    enum { LINES = 8 };
    const mu_pen *pen = &ui->pen;
    const mu_font font = mu_pen_font(pen, TEXT, false);
    char whole[MU_EDIT_BYTES + MU_UI_TEXT];
    const char *composing = focused ? ui->composing : "";
    (void)snprintf(whole, sizeof whole, "%.*s%s%s", (int)edit->cursor, edit->text, composing,
                   edit->text + edit->cursor);
    const size_t mark = edit->cursor + strlen(composing);
    const double left = (double)box.x + 8 * pen->unit, width = (double)box.width - 16 * pen->unit;
    const double leading = TEXT * 1.4 * pen->unit;
    double y = (double)box.y + 7 * pen->unit;
    size_t at = 0;
    const size_t length = strlen(whole);
    bool placed = false;
    do {
        const size_t bytes = mu_type_fit(pen->type, font, whole + at, length - at, width);
        mu_draw_text(pen->list, left, y + TEXT * pen->unit, MU_ALIGN_LEFT, font, pen->theme->ink,
                     whole + at, bytes);
        if (mark > edit->cursor && edit->cursor < at + bytes && mark > at) {
            underline(ui, font, whole + at, edit->cursor > at ? edit->cursor - at : 0,
                      (mark < at + bytes ? mark : at + bytes) - at, left, y + TEXT * pen->unit);
        }
        if (focused && !placed && mark <= at + bytes) {
            const double x = left + pen->type->width(pen->type->with, font, whole + at, mark - at);
            ui->caret = (mu_box){(float)x, (float)y, (float)(1.6 * pen->unit),
                                 (float)(TEXT * 1.25 * pen->unit)};
            mu_draw_rect(pen->list, ui->caret, pen->theme->accent);
            placed = true;
        }
        at += bytes;
        y += leading;
    } while (at < length && y + leading < (double)(box.y + box.height));
}

bool mu_ui_field(mu_ui *ui, uint32_t id, mu_box box, const char *label, mu_edit *edit) {
    const mu_pen *pen = &ui->pen;
    const mu_theme *t = pen->theme;
    find_focus(ui, id, box);
    const bool focused = ui->focus == id;
    bool changed = false;
    if (focused) {
        ui->typing = true;
        changed = edit_by_keys(ui, edit);
    }
    mu_pen_text(pen, box.x, (double)box.y - 5 * pen->unit, MU_ALIGN_LEFT, LABEL, true,
                focused ? t->accent : t->soft, label);
    mu_draw_round_rect(pen->list, box, 4 * pen->unit, focused ? t->accent : t->line);
    mu_draw_round_rect(pen->list, within(box, focused ? 2 * pen->unit : pen->unit), 3 * pen->unit,
                       t->panel);
    draw_text(ui, box, edit, focused);
    return changed;
}
