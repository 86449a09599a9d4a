/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Carries out a draw list in memory: every edge smooth, every pixel the same from run to run,
 * whether it then goes to a window or into a file. */
#ifndef MU_RENDER_RASTER_H
#define MU_RENDER_RASTER_H

#include "render/type.h"

typedef struct mu_image mu_image;
struct mu_image {
    uint32_t *pixels; /* 0xffRRGGBB */
    int width, height;
};

typedef struct mu_raster mu_raster;

/* NULL only where there is no memory. */
mu_raster *mu_raster_create(void);
void mu_raster_destroy(mu_raster *raster);

/* Draws the list over what the image holds. False where there is no memory. */
bool mu_raster_draw(mu_raster *raster, const mu_draw_list *list, const mu_type *type,
                    mu_image *image);
/* Only what touches a box: in there every pixel is what it is of the whole, outside some is
 * missing. */
bool mu_raster_draw_near(mu_raster *raster, const mu_draw_list *list, const mu_type *type,
                         mu_image *image, mu_box box);

#endif
