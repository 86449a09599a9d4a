/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A draw list: a picture as a list of small plain commands, in pixels, y down. Who makes one knows
 * no window; who carries it out (raster.h, draw_svg.h) knows nothing of sites and people. */
#ifndef MU_RENDER_DRAW_H
#define MU_RENDER_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "muster/scenery.h"

typedef struct mu_colour {
    uint8_t r, g, b, a; /* a: 255 = opaque */
} mu_colour;

typedef struct mu_vec {
    float x, y;
} mu_vec;

typedef struct mu_box {
    float x, y, width, height;
} mu_box;

typedef enum mu_draw_kind {
    MU_DRAW_CLIP, /* nothing outside `box` from here on */
    MU_DRAW_FILL, /* a polygon: the first ring less the others */
    MU_DRAW_LINE, /* through points, `width` wide */
    MU_DRAW_DISC,
    MU_DRAW_RING, /* a circle's line */
    MU_DRAW_TEXT
} mu_draw_kind;

typedef enum mu_align { MU_ALIGN_LEFT, MU_ALIGN_MIDDLE, MU_ALIGN_RIGHT } mu_align;

typedef struct mu_draw {
    uint8_t kind;  /* mu_draw_kind */
    uint8_t align; /* mu_align, of a text */
    uint8_t bold;
    uint8_t closed; /* a line that goes back to its first point */
    mu_colour colour;
    float x, y;      /* clip: corner; disc and ring: centre; text: start of its base line */
    float width;     /* clip; line and ring: of the stroke; text: of its outline, 0 = none */
    float height;    /* clip */
    float radius;    /* disc, ring */
    float size;      /* text: of the letters, as fonts count it */
    float dash, gap; /* line, ring: 0 = solid */
    mu_span part;    /* fill: of rings; line: of points; text: of bytes */
} mu_draw;

typedef struct mu_draw_list {
    mu_draw *items;
    mu_vec *points;
    mu_span *rings; /* of points */
    char *text;
    uint32_t count, point_count, ring_count, text_count;
    uint32_t capacity, point_capacity, ring_capacity, text_capacity;
    bool no_memory; /* sticky: something is missing */
} mu_draw_list;

void mu_draw_clear(mu_draw_list *list);
void mu_draw_free(mu_draw_list *list);

void mu_draw_clip(mu_draw_list *list, mu_box box);

/* A polygon: begin, then each ring with its points. Rings of fewer than three points are dropped by
 * whoever draws. */
void mu_draw_fill(mu_draw_list *list, mu_colour colour);
void mu_draw_ring_start(mu_draw_list *list);
void mu_draw_point(mu_draw_list *list, double x, double y);
void mu_draw_polygon(mu_draw_list *list, mu_colour colour, const mu_vec *points, uint32_t count);
void mu_draw_rect(mu_draw_list *list, mu_box box, mu_colour colour);
void mu_draw_round_rect(mu_draw_list *list, mu_box box, double radius, mu_colour colour);

/* A line: begin, then mu_draw_point. */
void mu_draw_path(mu_draw_list *list, mu_colour colour, double width, bool closed);
void mu_draw_dashed(mu_draw_list *list, double dash, double gap); /* the command begun last */
void mu_draw_segment(mu_draw_list *list, mu_colour colour, double width, double x0, double y0,
                     double x1, double y1);
void mu_draw_frame(mu_draw_list *list, mu_box box, double width, mu_colour colour);

void mu_draw_disc(mu_draw_list *list, double x, double y, double radius, mu_colour colour);
void mu_draw_circle(mu_draw_list *list, double x, double y, double radius, double width,
                    mu_colour colour);

typedef struct mu_font {
    float size;
    bool bold;
} mu_font;
void mu_draw_text(mu_draw_list *list, double x, double y, mu_align align, mu_font font,
                  mu_colour colour, const char *text, size_t bytes);
/* The same with an outline in `halo` under it, so that it can be read over lines. */
void mu_draw_label(mu_draw_list *list, double x, double y, mu_align align, mu_font font,
                   mu_colour colour, mu_colour halo, const char *text, size_t bytes);

static inline bool mu_box_has(mu_box box, double x, double y) {
    return x >= (double)box.x && y >= (double)box.y && x < (double)box.x + (double)box.width &&
           y < (double)box.y + (double)box.height;
}

#endif
