/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A button that opens a list of words, of which one is chosen. The list is drawn after everything
 * else, and hears of a press before everything else. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/easel.h"
#include "render/i18n.h"

enum { ROWS_SHOWN = 14 };
static const double LINE = 24;

static uint32_t shown_of(const mu_easel_menu *m) {
    return m->count < ROWS_SHOWN ? m->count : ROWS_SHOWN;
}

/* Below its button, or above where there is no room. */
static mu_box box_of(const mu_easel *e) {
    const mu_easel_menu *m = &e->menu;
    const double u = e->pen.unit, tall = (shown_of(m) * LINE + 4) * u;
    double y = (double)(m->button.y + m->button.height) + 2 * u;
    if (y + tall > e->height - 30 * u) {
        y = fmax(48 * u, (double)m->button.y - 2 * u - tall);
    }
    const double width = fmin(fmax((double)m->button.width, m->wide), e->width * 0.6);
    const double x = fmin((double)m->button.x, e->width - width - 8 * u);
    return (mu_box){(float)x, (float)y, (float)width, (float)tall};
}

static void draw_arrow(const mu_easel *e, mu_box box) {
    const float r = (float)(4 * e->pen.unit), x = box.x + box.width - 3 * r;
    const float y = box.y + box.height / 2;
    const mu_vec p[3] = {{x - r, y - r / 2}, {x + r, y - r / 2}, {x, y + r * 0.7F}};
    mu_draw_polygon(e->pen.list, e->pen.theme->soft, p, 3);
}

static void draw_button(mu_easel *e, mu_box box, const char *text, bool on) {
    const mu_pen *pen = &e->pen;
    const double u = pen->unit;
    char shown[300];
    mu_draw_round_rect(pen->list, box, 4 * u, on ? pen->theme->accent : pen->theme->line);
    const mu_box inner = {box.x + (float)u, box.y + (float)u, box.width - (float)(2 * u),
                          box.height - (float)(2 * u)};
    mu_draw_round_rect(pen->list, inner, 3 * u,
                       mu_ui_over(&e->ui, box) ? pen->theme->hover : pen->theme->panel);
    mu_type_shorten(pen->type, mu_pen_font(pen, 12.5, false), text, (double)box.width - 28 * u,
                    shown, sizeof shown);
    mu_pen_text(pen, (double)box.x + 8 * u, (double)box.y + (double)box.height / 2 + 4.6 * u,
                MU_ALIGN_LEFT, 12.5, false, pen->theme->ink, shown);
    draw_arrow(e, box);
}

/* Remembers what the open list is made of, for the end of the drawing. */
static void keep_words(mu_easel *e, mu_box box, const char *const *words, uint32_t count) {
    mu_easel_menu *m = &e->menu;
    m->button = box;
    m->count = count < MU_EASEL_MENU_MOST ? count : MU_EASEL_MENU_MOST;
    m->wide = 0;
    for (uint32_t k = 0; k < m->count; k++) {
        m->words[k] = words[k];
        m->wide = fmax(m->wide, mu_pen_width(&e->pen, 12.5, false, words[k]) + 28 * e->pen.unit);
    }
    const uint32_t shown = shown_of(m);
    m->first = m->first + shown > m->count ? m->count - shown : m->first;
}

uint32_t mu_easel_pick(mu_easel *e, uint32_t id, mu_box box, const char *text,
                       const char *const *words, uint32_t count) {
    mu_easel_menu *m = &e->menu;
    if (m->chosen_of == id) {
        m->chosen_of = 0;
        return m->chosen;
    }
    draw_button(e, box, text, m->id == id);
    if (mu_ui_clicked(&e->ui, box)) {
        m->id = m->id == id ? 0 : id;
        m->first = 0;
        e->ui.focus = 0;
    }
    if (m->id == id) {
        m->is_drawn = true;
        keep_words(e, box, words, count);
    }
    return MU_NOWHERE;
}

void mu_easel_draw_menu(mu_easel *e) {
    mu_easel_menu *m = &e->menu;
    m->id = m->is_drawn ? m->id : 0; /* its button is no longer there */
    m->is_drawn = false;
    if (m->id == 0 || m->count == 0) {
        return;
    }
    const mu_pen *pen = &e->pen;
    const double u = pen->unit;
    const mu_box box = box_of(e);
    mu_draw_round_rect(pen->list, box, 4 * u, pen->theme->accent);
    mu_draw_round_rect(pen->list,
                       (mu_box){box.x + (float)u, box.y + (float)u, box.width - (float)(2 * u),
                                box.height - (float)(2 * u)},
                       3 * u, pen->theme->panel);
    for (uint32_t k = 0; k < shown_of(m); k++) {
        const mu_box row = {box.x + (float)(2 * u), box.y + (float)((2 + k * LINE) * u),
                            box.width - (float)(4 * u), (float)(LINE * u)};
        if (mu_ui_over(&e->ui, row)) {
            mu_draw_round_rect(pen->list, row, 3 * u, pen->theme->hover);
        }
        char shown[300];
        mu_type_shorten(pen->type, mu_pen_font(pen, 12.5, false), m->words[m->first + k],
                        (double)row.width - 16 * u, shown, sizeof shown);
        mu_pen_text(pen, (double)row.x + 7 * u, (double)row.y + 16.5 * u, MU_ALIGN_LEFT, 12.5,
                    false, pen->theme->ink, shown);
    }
    if (m->count > ROWS_SHOWN) {
        const double part = (double)box.height / m->count;
        mu_draw_round_rect(pen->list,
                           (mu_box){box.x + box.width - (float)(7 * u),
                                    box.y + (float)(m->first * part), (float)(4 * u),
                                    (float)(ROWS_SHOWN * part)},
                           2 * u, pen->theme->soft);
    }
}

bool mu_easel_take_menu(mu_easel *e) {
    mu_easel_menu *m = &e->menu;
    if (m->id == 0) {
        return false;
    }
    const mu_box box = box_of(e);
    if (mu_box_has(box, e->ui.press_x, e->ui.press_y) && (e->ui.pressed || e->ui.released)) {
        const double at = (e->ui.y - (double)box.y) / e->pen.unit - 2;
        const uint32_t row = m->first + (uint32_t)fmax(0, at / LINE);
        if (e->ui.released && row < m->count && mu_ui_over(&e->ui, box)) {
            m->chosen_of = m->id;
            m->chosen = row;
            m->id = 0;
            e->ui.again = true;
        }
        return true;
    }
    if (e->ui.pressed && !mu_box_has(m->button, e->ui.press_x, e->ui.press_y)) {
        m->id = 0;
    }
    return false;
}

bool mu_easel_scroll_menu(mu_easel *e, double wheel) {
    mu_easel_menu *m = &e->menu;
    if (m->id == 0 || !mu_box_has(box_of(e), e->x, e->y)) {
        return false;
    }
    const double first = (double)m->first - 3 * wheel;
    m->first = (uint32_t)fmin(fmax(first, 0), m->count - shown_of(m));
    return true;
}
