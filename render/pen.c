/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pen.h"

#include <string.h>

void mu_pen_text(const mu_pen *pen, double x, double y, mu_align align, double size, bool bold,
                 mu_colour colour, const char *text) {
    mu_draw_text(pen->list, x, y, align, mu_pen_font(pen, size, bold), colour, text, strlen(text));
}

double mu_pen_width(const mu_pen *pen, double size, bool bold, const char *text) {
    return pen->type->width(pen->type->with, mu_pen_font(pen, size, bold), text, strlen(text));
}

double mu_pen_paragraph(const mu_pen *pen, double x, double y, double width, double size, bool bold,
                        mu_colour colour, const char *text, uint32_t most, bool draw) {
    enum { LINES = 16 };
    mu_text_line lines[LINES];
    const mu_font font = mu_pen_font(pen, size, bold);
    most = most < LINES ? most : LINES;
    const uint32_t wanted = mu_type_wrap(pen->type, font, text, width, lines, most);
    const uint32_t shown = wanted < most ? wanted : most;
    const double leading = size * 1.42 * pen->unit;
    for (uint32_t i = 0; draw && i < shown; i++) {
        const double base = y + leading * i + size * 1.05 * pen->unit;
        if (i + 1 == shown && wanted > shown) {
            char last[512];
            mu_type_shorten(pen->type, font, lines[i].text, width, last, sizeof last);
            mu_draw_text(pen->list, x, base, MU_ALIGN_LEFT, font, colour, last, strlen(last));
        } else {
            mu_draw_text(pen->list, x, base, MU_ALIGN_LEFT, font, colour, lines[i].text,
                         lines[i].bytes);
        }
    }
    return leading * shown;
}
