/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What everyone who draws is given: the list to draw into, the look, the type, and how many pixels
 * a unit of the design is (a design is made for 1280 by 720). */
#ifndef MU_RENDER_PEN_H
#define MU_RENDER_PEN_H

#include "render/camera.h"
#include "render/theme.h"
#include "render/type.h"

typedef struct mu_pen {
    mu_draw_list *list;
    const mu_theme *theme;
    const mu_type *type;
    double unit;
    const char *language; /* "zh" or "en" */
} mu_pen;

static inline mu_font mu_pen_font(const mu_pen *pen, double size, bool bold) {
    return (mu_font){(float)(size * pen->unit), bold};
}

/* symbols.c: what stands for what, on the plan and in the legend alike. `r` is the radius in
 * pixels. */
void mu_symbol_person(const mu_pen *pen, mu_vec at, mu_vec heading, double r,
                      const mu_frame_person *person);
void mu_symbol_mark(const mu_pen *pen, mu_vec at, double r, uint32_t kind, bool manned);
/* One letter in the middle of a symbol. */
void mu_symbol_letter(const mu_pen *pen, mu_vec at, double r, mu_colour colour, const char *said);
void mu_symbol_item(const mu_pen *pen, mu_vec at, double r, bool noticed);
/* art_queues.c: the spot under somebody who waits. */
void mu_symbol_waiting(const mu_pen *pen, mu_vec at, double r);
/* One who waits at a lane; `along` a unit vector of the picture. */
void mu_symbol_token(const mu_pen *pen, mu_vec at, mu_vec along, double r, bool vehicle);
/* art_doors.c: a door that is lost, locked or one way; a and b are its ends. */
void mu_symbol_door(const mu_pen *pen, mu_vec a, mu_vec b, const mu_frame_portal *now);
/* symbols_threat.c */
void mu_symbol_hazard(const mu_pen *pen, mu_vec at, double r, const mu_frame_hazard *hazard);
void mu_symbol_tag(const mu_pen *pen, mu_vec at, double r, uint32_t tag); /* mu_tag */
void mu_symbol_casualty(const mu_pen *pen, mu_vec at, double r, const mu_frame_person *person);

/* In design units, before `unit`. */
void mu_pen_text(const mu_pen *pen, double x, double y, mu_align align, double size, bool bold,
                 mu_colour colour, const char *text);
double mu_pen_width(const mu_pen *pen, double size, bool bold, const char *text);
/* The text in lines below each other; returns the height used. `most` lines at the most, the last
 * one shortened with …; draws nothing where `draw` is false. */
double mu_pen_paragraph(const mu_pen *pen, double x, double y, double width, double size, bool bold,
                        mu_colour colour, const char *text, uint32_t most, bool draw);

#endif
