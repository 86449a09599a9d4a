/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Symbols of what the threat does: each hazard has a shape of its own, and a casualty's tag a
 * letter beside its colour. */
#include <math.h>

#include "render/pen.h"

static void star(const mu_pen *pen, mu_vec at, double r, int points, double inner,
                 mu_colour colour) {
    mu_draw_fill(pen->list, colour);
    mu_draw_ring_start(pen->list);
    for (int i = 0; i < 2 * points; i++) {
        const double angle = 3.141592653589793 * i / points;
        const double away = i % 2 == 0 ? r : r * inner;
        mu_draw_point(pen->list, (double)at.x + away * sin(angle),
                      (double)at.y - away * cos(angle));
    }
}

/* A sign on its corner, filled once the site knows of it and no more once it is over. */
static void sign(const mu_pen *pen, mu_vec at, double r, mu_colour colour, bool filled) {
    star(pen, at, r * 1.75, 4, 0.7071, pen->theme->panel);
    star(pen, at, r * 1.55, 4, 0.7071, colour);
    if (!filled) {
        star(pen, at, r * 1.2, 4, 0.7071, pen->theme->panel);
    }
}

static void second(const mu_pen *pen, mu_vec at, double r, bool noticed) {
    const mu_theme *t = pen->theme;
    mu_draw_disc(pen->list, at.x, at.y, r * 1.25, t->panel);
    mu_draw_disc(pen->list, at.x, at.y, r, t->item);
    if (!noticed) {
        mu_draw_disc(pen->list, at.x, at.y, r * 0.8, t->panel);
    }
    mu_symbol_letter(pen, at, r, noticed ? t->panel : t->item, "2");
}

/* Three strokes, the way smoke is drawn on signs. */
static void vapour(const mu_pen *pen, mu_vec at, double r, mu_colour colour) {
    for (int i = -1; i <= 1; i++) {
        mu_draw_path(pen->list, colour, fmax(1.2, r * 0.2), false);
        for (int k = 0; k <= 8; k++) {
            mu_draw_point(pen->list, (double)at.x + r * (0.5 * i + 0.14 * sin(k * 0.7854)),
                          (double)at.y + r * (0.6 - 0.15 * k));
        }
    }
}

void mu_symbol_hazard(const mu_pen *pen, mu_vec at, double r, const mu_frame_hazard *hazard) {
    const mu_theme *t = pen->theme;
    const bool filled = hazard->noticed && !hazard->over;
    switch ((mu_hazard_kind)hazard->kind) {
    case MU_HAZARD_ITEM:
        mu_symbol_item(pen, at, r, hazard->noticed);
        break;
    case MU_HAZARD_SECOND:
        second(pen, at, r, hazard->noticed);
        break;
    case MU_HAZARD_BLAST:
        star(pen, at, r * 2, 9, 0.55, t->panel);
        star(pen, at, r * 1.7, 9, 0.55, t->item);
        mu_draw_disc(pen->list, at.x, at.y, r * 0.45, t->panel);
        break;
    case MU_HAZARD_HOSTAGE:
        sign(pen, at, r, t->item, filled);
        mu_symbol_letter(pen, at, r, filled ? t->panel : t->item, "H");
        break;
    case MU_HAZARD_GAS:
        sign(pen, at, r, t->leak, filled);
        vapour(pen, at, r, filled ? t->panel : t->leak);
        break;
    case MU_HAZARD_INTRUDER:
        sign(pen, at, r, t->item, filled);
        mu_symbol_letter(pen, at, r, filled ? t->panel : t->item, "!");
        break;
    case MU_HAZARD_KIND_COUNT:
        break;
    }
}

/* One body, from the side if it lies. */
static void body(const mu_pen *pen, mu_vec at, double r, bool lying, double extra,
                 mu_colour colour) {
    if (!lying) {
        mu_draw_disc(pen->list, at.x, at.y, r + extra, colour);
        return;
    }
    mu_draw_disc(pen->list, (double)at.x - r * 1.5, at.y, r * 0.62 + extra, colour);
    mu_draw_segment(pen->list, colour, r * 1.1 + 2 * extra, (double)at.x - r * 0.8, at.y,
                    (double)at.x + r * 1.7, at.y);
}

void mu_symbol_tag(const mu_pen *pen, mu_vec at, double r, uint32_t tag) {
    static const char *const letters[MU_TAG_COUNT] = {
        [MU_TAG_NONE] = "",    [MU_TAG_UNFOUND] = "?", [MU_TAG_FOUND] = "!", [MU_TAG_GREEN] = "G",
        [MU_TAG_YELLOW] = "Y", [MU_TAG_RED] = "R",     [MU_TAG_BLACK] = "B"};
    const mu_theme *t = pen->theme;
    const bool open = tag == MU_TAG_UNFOUND || tag == MU_TAG_FOUND;
    const mu_colour colour = t->tag[tag];
    const mu_box edge = {(float)((double)at.x - r - 1), (float)((double)at.y - r - 1),
                         (float)(2 * r + 2), (float)(2 * r + 2)};
    const mu_box card = {(float)((double)at.x - r), (float)((double)at.y - r), (float)(2 * r),
                         (float)(2 * r)};
    mu_draw_round_rect(pen->list, edge, r * 0.3, open ? colour : t->panel);
    mu_draw_round_rect(pen->list, card, r * 0.3, open ? t->panel : colour);
    mu_symbol_letter(pen, at, r,
                     tag == MU_TAG_YELLOW ? t->ink
                     : open               ? colour
                                          : t->panel,
                     letters[tag]);
}

void mu_symbol_casualty(const mu_pen *pen, mu_vec at, double r, const mu_frame_person *person) {
    const mu_theme *t = pen->theme;
    const mu_colour colour = t->tag[person->tag];
    const double edge = fmax(0.9, r * 0.18);
    if (person->carried != 0) { /* on a stretcher, beside whoever has it in hand */
        at.y -= (float)(r * 2.2);
        mu_draw_segment(pen->list, t->ink, fmax(1.4, r * 0.3), (double)at.x - r * 2.6,
                        (double)at.y + r * 0.9, (double)at.x + r * 2.6, (double)at.y + r * 0.9);
    }
    body(pen, at, r, person->lying != 0, edge, t->panel);
    body(pen, at, r, person->lying != 0, 0, colour);
    mu_symbol_tag(pen, (mu_vec){at.x + (float)(r * 0.4), at.y - (float)(r * 1.1)},
                  fmax(r * 0.95, 4.6 * pen->unit), person->tag);
}
