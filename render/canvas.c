/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/canvas.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "render/damage.h"

bool mu_canvas_resize(mu_canvas *canvas, int width, int height) {
    const size_t bytes = (size_t)width * (size_t)height * sizeof(uint32_t);
    free(canvas->under.pixels);
    free(canvas->whole.pixels);
    canvas->under = (mu_image){malloc(bytes), width, height};
    canvas->whole = (mu_image){malloc(bytes), width, height};
    canvas->version = 0;
    canvas->is_whole = false;
    return canvas->under.pixels != NULL && canvas->whole.pixels != NULL;
}

bool mu_canvas_open(mu_canvas *canvas, int width, int height) {
    *canvas = (mu_canvas){.raster = mu_raster_create()};
    return canvas->raster != NULL && mu_canvas_resize(canvas, width, height);
}

void mu_canvas_close(mu_canvas *canvas) {
    mu_raster_destroy(canvas->raster);
    mu_draw_free(&canvas->painted);
    free(canvas->under.pixels);
    free(canvas->whole.pixels);
    *canvas = (mu_canvas){0};
}

/* A backdrop, or white; into a picture that is drawn over. */
static void lay(const mu_canvas *canvas, mu_image *image) {
    if (canvas->backdrop != NULL) {
        mu_backdrop_paint(canvas->backdrop, canvas->shows_backdrop, image);
    } else {
        memset(image->pixels, 0xff,
               (size_t)image->width * (size_t)image->height * sizeof *image->pixels);
    }
}

static bool is_laid_the_same(const mu_canvas *canvas) {
    static const mu_backdrop none = {0};
    const mu_backdrop *now = canvas->backdrop != NULL ? canvas->backdrop : &none;
    return canvas->is_whole && canvas->showed_backdrop == canvas->shows_backdrop &&
           memcmp(now, &canvas->laid, sizeof *now) == 0;
}

static void keep(mu_canvas *canvas, const mu_draw_list *under) {
    memset(&canvas->laid, 0, sizeof canvas->laid);
    if (canvas->backdrop != NULL) { /* with what lies between members */
        memcpy(&canvas->laid, canvas->backdrop, sizeof canvas->laid);
    }
    canvas->is_whole = mu_damage_keep(under, &canvas->painted);
    canvas->showed_backdrop = canvas->shows_backdrop;
}

/* Puts the rows and columns of a box of one picture into the other. */
static void copy_box(const mu_image *from, mu_image *to, mu_box box) {
    const int left = (int)fmaxf(floorf(box.x), 0), top = (int)fmaxf(floorf(box.y), 0);
    const int right = (int)fminf(ceilf(box.x + box.width), (float)to->width);
    const int bottom = (int)fminf(ceilf(box.y + box.height), (float)to->height);
    for (int y = top; y < bottom && left < right; y++) {
        const size_t at = (size_t)y * (size_t)to->width + (size_t)left;
        memcpy(to->pixels + at, from->pixels + at, (size_t)(right - left) * sizeof *to->pixels);
    }
}

/* `whole` is drawn over afterwards, and serves as a sheet of scratch. */
static bool paint_under(mu_canvas *canvas, const mu_type *type, const mu_draw_list *under) {
    mu_box box;
    if (is_laid_the_same(canvas) && mu_damage_between(&canvas->painted, under, &box)) {
        if (!(box.width > 0)) {
            return true;
        }
        lay(canvas, &canvas->whole);
        const bool drawn = mu_raster_draw_near(canvas->raster, under, type, &canvas->whole, box);
        copy_box(&canvas->whole, &canvas->under, box);
        return drawn;
    }
    lay(canvas, &canvas->under);
    return mu_raster_draw(canvas->raster, under, type, &canvas->under);
}

bool mu_canvas_paint(mu_canvas *canvas, const mu_type *type, const mu_draw_list *under,
                     uint32_t version, const mu_draw_list *over) {
    const size_t bytes =
        (size_t)canvas->whole.width * (size_t)canvas->whole.height * sizeof *canvas->whole.pixels;
    if (canvas->kept != under || canvas->version != version ||
        canvas->showed_backdrop != canvas->shows_backdrop) {
        if (!paint_under(canvas, type, under)) {
            canvas->is_whole = false;
            return false;
        }
        keep(canvas, under);
        canvas->kept = under;
        canvas->version = version;
    }
    memcpy(canvas->whole.pixels, canvas->under.pixels, bytes);
    return mu_raster_draw(canvas->raster, over, type, &canvas->whole);
}
