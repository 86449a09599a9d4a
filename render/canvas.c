/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/canvas.h"

#include <stdlib.h>
#include <string.h>

#include "render/backdrop.h"

bool mu_canvas_resize(mu_canvas *canvas, int width, int height) {
    const size_t bytes = (size_t)width * (size_t)height * sizeof(uint32_t);
    free(canvas->under.pixels);
    free(canvas->whole.pixels);
    canvas->under = (mu_image){malloc(bytes), width, height};
    canvas->whole = (mu_image){malloc(bytes), width, height};
    canvas->version = 0;
    return canvas->under.pixels != NULL && canvas->whole.pixels != NULL;
}

bool mu_canvas_open(mu_canvas *canvas, int width, int height) {
    *canvas = (mu_canvas){.raster = mu_raster_create()};
    return canvas->raster != NULL && mu_canvas_resize(canvas, width, height);
}

void mu_canvas_close(mu_canvas *canvas) {
    mu_raster_destroy(canvas->raster);
    free(canvas->under.pixels);
    free(canvas->whole.pixels);
    *canvas = (mu_canvas){0};
}

bool mu_canvas_paint(mu_canvas *canvas, const mu_type *type, const mu_draw_list *under,
                     uint32_t version, const mu_draw_list *over) {
    const size_t bytes =
        (size_t)canvas->whole.width * (size_t)canvas->whole.height * sizeof *canvas->whole.pixels;
    if (canvas->kept != under || canvas->version != version ||
        canvas->showed_backdrop != canvas->shows_backdrop) {
        if (canvas->backdrop != NULL) {
            mu_backdrop_paint(canvas->backdrop, canvas->shows_backdrop, &canvas->under);
        } else {
            memset(canvas->under.pixels, 0xff, bytes);
        }
        canvas->showed_backdrop = canvas->shows_backdrop;
        if (!mu_raster_draw(canvas->raster, under, type, &canvas->under)) {
            return false;
        }
        canvas->kept = under;
        canvas->version = version;
    }
    memcpy(canvas->whole.pixels, canvas->under.pixels, bytes);
    return mu_raster_draw(canvas->raster, over, type, &canvas->whole);
}
