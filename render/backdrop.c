/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/backdrop.h"

#include <math.h>
#include <stdlib.h>

void mu_backdrop_free(mu_backdrop *backdrop) {
    free(backdrop->image.pixels);
    *backdrop = (mu_backdrop){0};
}

void mu_backdrop_scale(mu_backdrop *backdrop, mu_point a, mu_point b, double metres) {
    const double now = hypot(b.x - a.x, b.y - a.y);
    if (!(now > 0) || !(metres > 0)) {
        return;
    }
    const double by = metres / now;
    backdrop->metres_per_pixel *= by;
    backdrop->corner =
        (mu_point){a.x + (backdrop->corner.x - a.x) * by, a.y + (backdrop->corner.y - a.y) * by};
}

static uint32_t mixed(uint32_t pixel, mu_colour paper, double strength) {
    const double keep = 1 - strength;
    const uint32_t r = (uint32_t)((pixel >> 16 & 0xff) * strength + paper.r * keep);
    const uint32_t g = (uint32_t)((pixel >> 8 & 0xff) * strength + paper.g * keep);
    const uint32_t b = (uint32_t)((pixel & 0xff) * strength + paper.b * keep);
    return 0xff000000U | r << 16 | g << 8 | b;
}

/* The mean of the picture's pixels from (x0, y0) to (x1, y1): a scan that is shown small keeps its
 * thin lines. */
static uint32_t mean(const mu_image *image, double x0, double y0, double x1, double y1) {
    const int left = (int)fmax(floor(x0), 0), top = (int)fmax(floor(y0), 0);
    const int right = (int)fmin(fmax(ceil(x1), left + 1), image->width);
    const int bottom = (int)fmin(fmax(ceil(y1), top + 1), image->height);
    const int step = right - left > 8 ? (right - left) / 8 : 1;
    uint32_t r = 0, g = 0, b = 0, count = 0;
    for (int y = top; y < bottom; y += step) {
        for (int x = left; x < right; x += step) {
            const uint32_t pixel = image->pixels[(size_t)y * (size_t)image->width + (size_t)x];
            r += pixel >> 16 & 0xff;
            g += pixel >> 8 & 0xff;
            b += pixel & 0xff;
            count++;
        }
    }
    return count == 0 ? 0 : 0xff000000U | (r / count) << 16 | (g / count) << 8 | b / count;
}

/* The part of the window that the picture may come to lie in. */
typedef struct range {
    int left, top, right, bottom;
} range;

static range range_of(const mu_backdrop *b, double per_pixel, const mu_image *target) {
    const double c = cos(b->turned), s = sin(b->turned);
    const double wide = b->image.width / per_pixel, tall = b->image.height / per_pixel;
    const double x[4] = {0, wide * c, wide * c + tall * s, tall * s};
    const double y[4] = {0, -wide * s, tall * c - wide * s, tall * c};
    double left = 0, top = 0, right = 0, bottom = 0;
    for (int k = 1; k < 4; k++) {
        left = fmin(left, x[k]);
        right = fmax(right, x[k]);
        top = fmin(top, y[k]);
        bottom = fmax(bottom, y[k]);
    }
    return (range){
        (int)fmax(fmax((double)b->view.x, floor(b->left + left)), 0),
        (int)fmax(fmax((double)b->view.y, floor(b->top + top)), 0),
        (int)fmin(fmin((double)(b->view.x + b->view.width), ceil(b->left + right)), target->width),
        (int)fmin(fmin((double)(b->view.y + b->view.height), ceil(b->top + bottom)),
                  target->height)};
}

static void lay(const mu_backdrop *b, mu_image *target) {
    const double per_pixel =
        1 / (b->scale * b->metres_per_pixel); /* of the picture, a pixel here */
    const double c = cos(b->turned) * per_pixel, s = sin(b->turned) * per_pixel;
    const range r = range_of(b, per_pixel, target);
    for (int y = r.top; y < r.bottom; y++) {
        for (int x = r.left; x < r.right; x++) {
            const double dx = x - b->left, dy = y - b->top;
            const double from_x = dx * c - dy * s, from_y = dx * s + dy * c;
            if (from_x < 0 || from_y < 0 || from_x >= b->image.width || from_y >= b->image.height) {
                continue;
            }
            target->pixels[(size_t)y * (size_t)target->width + (size_t)x] =
                mixed(mean(&b->image, from_x, from_y, from_x + per_pixel, from_y + per_pixel),
                      b->paper, b->strength);
        }
    }
}

void mu_backdrop_paint(const mu_backdrop *backdrop, bool shown, mu_image *target) {
    const mu_colour p = backdrop->paper;
    const uint32_t paper = 0xff000000U | (uint32_t)p.r << 16 | (uint32_t)p.g << 8 | p.b;
    const size_t count = (size_t)target->width * (size_t)target->height;
    for (size_t i = 0; i < count; i++) {
        target->pixels[i] = paper;
    }
    if (shown && backdrop->image.pixels != NULL && backdrop->metres_per_pixel > 0 &&
        backdrop->scale > 0) {
        lay(backdrop, target);
    }
}
