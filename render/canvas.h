/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture in memory that is kept between drawings: what lies under everything that moves is
 * drawn only where it has changed. */
#ifndef MU_RENDER_CANVAS_H
#define MU_RENDER_CANVAS_H

#include "render/backdrop.h"

typedef struct mu_canvas {
    mu_raster *raster;
    mu_image under, whole;
    const mu_draw_list *kept; /* the list that `under` shows, and which state of it */
    uint32_t version;
    mu_draw_list painted;               /* what `under` shows: a change is drawn where it is */
    mu_backdrop laid;                   /* and the backdrop of it */
    bool is_whole;                      /* `under` shows `painted` */
    const struct mu_backdrop *backdrop; /* below `under`; NULL = white */
    bool shows_backdrop;                /* with its picture */
    bool showed_backdrop;
} mu_canvas;

/* False without memory; mu_canvas_close is to be called in either case. */
bool mu_canvas_open(mu_canvas *canvas, int width, int height);
void mu_canvas_close(mu_canvas *canvas);
bool mu_canvas_resize(mu_canvas *canvas, int width, int height);
/* `version` changes whenever `under` does; it is never 0. */
bool mu_canvas_paint(mu_canvas *canvas, const mu_type *type, const mu_draw_list *under,
                     uint32_t version, const mu_draw_list *over);

#endif
