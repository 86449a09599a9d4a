/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The picture of a floor plan, a scan say, under what is drawn over it. */
#ifndef MU_RENDER_BACKDROP_H
#define MU_RENDER_BACKDROP_H

#include "muster/point.h"
#include "render/raster.h"

typedef struct mu_backdrop mu_backdrop;
struct mu_backdrop {
    mu_image image; /* owned; no pixels = there is none */
    /* Where the picture's upper left corner lies, in metres of the plan, and how large a pixel is.
     */
    mu_point corner;
    double metres_per_pixel;
    double turned; /* about that corner, radians to the left */
    uint32_t level;
    bool hidden;
    /* As it is shown: pixels of the window a metre, the corner in the window, and how much of it.
     */
    double scale, left, top;
    mu_box view;
    mu_colour paper;
    double strength; /* 0 … 1 */
};

/* Fills the target with paper, and lays the picture on it where it is shown. */
void mu_backdrop_paint(const mu_backdrop *backdrop, bool shown, mu_image *target);
void mu_backdrop_free(mu_backdrop *backdrop);
/* Two points of the plan, `metres` apart: the picture is scaled about the first. */
void mu_backdrop_scale(mu_backdrop *backdrop, mu_point a, mu_point b, double metres);

#endif
