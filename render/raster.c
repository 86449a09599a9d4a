/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Polygons are filled by summing signed areas: each edge adds to every pixel that it crosses how
 * much of the pixel lies to its right, and a running sum along a row is then the coverage. Rows
 * remember which pixels were touched, so that a long thin line costs its length and not its box.
 *
 * The sum is taken of whole rings: the first one counts as covered, the others as not, whichever
 * way round they run. */
#include "render/raster.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "render/damage.h"
#include "render/stamp.h"

enum { TILE = 64 }; /* pixels */

typedef struct touched {
    int low, high; /* pixels of a row, high excluded */
} touched;

struct mu_raster {
    mu_stamps stamps;
    float *sums; /* (width + 2) a row */
    touched *rows;
    int width, height; /* what the two have room for */
    /* The same for what is small, which most polygons are: it stays in the nearest cache. */
    float tile_sums[(TILE + 2) * TILE];
    touched tile_rows[TILE];
    /* While drawing: */
    mu_image *image;
    int left, top, right, bottom; /* clip */
    int first_row, last_row;      /* touched by the present polygon */
    float *used_sums;             /* of the present polygon: at (from_x, from_y) … */
    touched *used_rows;           /* … and its rows */
    int from_x, from_y, stride;
};

mu_raster *mu_raster_create(void) {
    mu_raster *raster = calloc(1, sizeof *raster);
    for (int y = 0; raster != NULL && y < TILE; y++) {
        raster->tile_rows[y] = (touched){INT_MAX, 0};
    }
    return raster;
}

void mu_raster_destroy(mu_raster *raster) {
    if (raster != NULL) {
        mu_stamps_free(&raster->stamps);
        free(raster->sums);
        free(raster->rows);
        free(raster);
    }
}

static bool make_room(mu_raster *r, const mu_image *image) {
    if (image->width <= r->width && image->height <= r->height) {
        return true;
    }
    free(r->sums);
    free(r->rows);
    r->sums = calloc((size_t)(image->width + 2) * (size_t)image->height, sizeof *r->sums);
    r->rows = calloc((size_t)image->height, sizeof *r->rows);
    r->width = image->width;
    r->height = image->height;
    for (int y = 0; r->rows != NULL && y < image->height; y++) {
        r->rows[y] = (touched){INT_MAX, 0};
    }
    if (r->sums == NULL || r->rows == NULL) {
        r->width = r->height = 0;
        return false;
    }
    return true;
}

static int lesser(int a, int b) {
    return a < b ? a : b;
}

static int greater(int a, int b) {
    return a > b ? a : b;
}

/* As fmin and fmax, which are calls here. */
static double lower(double a, double b) {
    return a < b ? a : b;
}

static double higher(double a, double b) {
    return a > b ? a : b;
}

static float *row_of(mu_raster *r, int y) {
    return r->used_sums + (ptrdiff_t)(y - r->from_y) * r->stride - r->from_x;
}

static uint32_t blend(uint32_t below, mu_colour c, uint32_t alpha) {
    const uint32_t keep = 255 - alpha;
    const uint32_t red_blue = (below & 0xff00ff) * keep + ((uint32_t)c.r << 16 | c.b) * alpha;
    const uint32_t green = (below & 0xff00) * keep + ((uint32_t)c.g << 8) * alpha;
    const uint32_t rb = (red_blue + 0x800080 + ((red_blue >> 8) & 0xff00ff)) >> 8;
    const uint32_t g = (green + 0x8000 + ((green >> 8) & 0xff00)) >> 8;
    return 0xff000000U | (rb & 0xff00ff) | (g & 0xff00);
}

static void touch(mu_raster *r, int y, int low, int high) {
    touched *row = &r->used_rows[y - r->from_y];
    row->low = low < row->low ? low : row->low;
    row->high = high > row->high ? high : row->high;
}

/* The part of an edge within one row: from x0 to x1, `cover` of the row's height (signed). */
static void add_run(mu_raster *r, int y, double xa, double xb, double cover) {
    const double least = r->left, most = r->right;
    xa = lower(higher(xa, least), most);
    xb = lower(higher(xb, least), most);
    const double x0 = lower(xa, xb), x1 = higher(xa, xb);
    const int i0 = (int)floor(x0), i1 = (int)ceil(x1);
    float *sums = row_of(r, y);
    touch(r, y, i0, i1 + 1 > i0 + 2 ? i1 + 1 : i0 + 2);
    if (i1 <= i0 + 1) {
        const double past = 0.5 * (x0 + x1) - i0;
        sums[i0] += (float)(cover * (1 - past));
        sums[i0 + 1] += (float)(cover * past);
        return;
    }
    const double slope = 1 / (x1 - x0), f0 = x0 - i0, f1 = x1 - i1 + 1;
    const double a0 = 0.5 * slope * (1 - f0) * (1 - f0), am = 0.5 * slope * f1 * f1;
    sums[i0] += (float)(cover * a0);
    if (i1 == i0 + 2) {
        sums[i0 + 1] += (float)(cover * (1 - a0 - am));
    } else {
        const double a1 = slope * (1.5 - f0);
        sums[i0 + 1] += (float)(cover * (a1 - a0));
        for (int i = i0 + 2; i < i1 - 1; i++) {
            sums[i] += (float)(cover * slope);
        }
        const double a2 = a1 + (i1 - i0 - 3) * slope;
        sums[i1 - 1] += (float)(cover * (1 - a2 - am));
    }
    sums[i1] += (float)(cover * am);
}

static void add_edge(mu_raster *r, mu_vec from, mu_vec to, double sign) {
    double x0 = from.x, y0 = from.y, x1 = to.x, y1 = to.y;
    if (y0 > y1) {
        const double x = x0, y = y0;
        x0 = x1, y0 = y1, x1 = x, y1 = y;
        sign = -sign;
    }
    if (!(y1 > y0) || y1 <= r->top || y0 >= r->bottom) {
        return;
    }
    const double slope = (x1 - x0) / (y1 - y0);
    if (y0 < r->top) {
        x0 += slope * (r->top - y0);
        y0 = r->top;
    }
    y1 = lower(y1, r->bottom);
    double x = x0;
    for (int y = (int)floor(y0); y < y1; y++) {
        const double above = higher(y0, y), below = lower(y1, y + 1.0);
        const double next = x + slope * (below - above);
        add_run(r, y, x, next, sign * (below - above));
        x = next;
    }
    r->first_row = (int)floor(y0) < r->first_row ? (int)floor(y0) : r->first_row;
    r->last_row = (int)ceil(y1) > r->last_row ? (int)ceil(y1) : r->last_row;
}

static double area_of(const mu_vec *points, uint32_t count) {
    double twice = 0;
    for (uint32_t i = 0, j = count - 1; i < count; j = i++) {
        twice +=
            (double)points[j].x * (double)points[i].y - (double)points[i].x * (double)points[j].y;
    }
    return twice;
}

static void add_ring(mu_raster *r, const mu_vec *points, uint32_t count, bool is_hole) {
    const double sign = (area_of(points, count) < 0) == is_hole ? 1 : -1;
    for (uint32_t i = 0, j = count - 1; count >= 3 && i < count; j = i++) {
        add_edge(r, points[j], points[i], sign);
    }
}

/* The first pixel from `x` on whose sum changes; `most` where none does. */
static int next_change(const float *sums, int x, int most) {
    while (x + 8 <= most) {
        uint64_t words[4];
        memcpy(words, sums + x, sizeof words);
        if ((words[0] | words[1] | words[2] | words[3]) != 0) {
            break;
        }
        x += 8;
    }
    while (x < most && !(sums[x] < 0 || sums[x] > 0)) {
        x++;
    }
    return x;
}

/* Pixels that are covered alike. */
static void fill_run(uint32_t *out, int count, mu_colour colour, uint32_t alpha) {
    if (alpha == 255) {
        const uint32_t solid = blend(0, colour, 255);
        for (int x = 0; x < count; x++) {
            out[x] = solid;
        }
    } else if (alpha > 0) {
        for (int x = 0; x < count; x++) {
            out[x] = blend(out[x], colour, alpha);
        }
    }
}

static void fill_row(mu_raster *r, int y, mu_colour colour) {
    touched *row = &r->used_rows[y - r->from_y];
    float *sums = row_of(r, y);
    uint32_t *out = r->image->pixels + (size_t)y * (size_t)r->image->width;
    const int most = row->high < r->right ? row->high : r->right;
    double sum = 0;
    for (int x = row->low; x < most;) {
        sum += (double)sums[x];
        sums[x] = 0;
        const int next = next_change(sums, x + 1, most);
        fill_run(out + x, next - x, colour, (uint32_t)(lower(fabs(sum), 1) * colour.a + 0.5));
        x = next;
    }
    for (int x = most > row->low ? most : row->low; x < row->high; x++) {
        sums[x] = 0; /* right of the clip */
    }
    row->low = INT_MAX;
    row->high = 0;
}

/* What a polygon's points reach. */
typedef struct extent {
    float left, top, right, bottom;
} extent;

static const extent nothing = {INFINITY, INFINITY, -INFINITY, -INFINITY};

static void widen(extent *box, const mu_vec *points, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        box->left = points[i].x < box->left ? points[i].x : box->left;
        box->right = points[i].x > box->right ? points[i].x : box->right;
        box->top = points[i].y < box->top ? points[i].y : box->top;
        box->bottom = points[i].y > box->bottom ? points[i].y : box->bottom;
    }
}

static void start_polygon(mu_raster *r, const extent *box) {
    const double left = higher(box->left, r->left), top = higher(box->top, r->top);
    const bool small = lower(box->right, r->right) - left < TILE - 2 &&
                       lower(box->bottom, r->bottom) - top < TILE - 2 && left < r->right &&
                       top < r->bottom;
    r->used_sums = small ? r->tile_sums : r->sums;
    r->used_rows = small ? r->tile_rows : r->rows;
    r->from_x = small ? (int)left : 0;
    r->from_y = small ? (int)top : 0;
    r->stride = small ? TILE + 2 : r->width + 2;
    r->first_row = r->bottom;
    r->last_row = r->top;
}

static void finish_polygon(mu_raster *r, mu_colour colour) {
    for (int y = r->first_row; y < r->last_row; y++) {
        fill_row(r, y, colour);
    }
}

static void draw_fill(mu_raster *r, const mu_draw_list *list, const mu_draw *d) {
    extent box = nothing;
    for (uint32_t i = 0; i < d->part.count; i++) {
        const mu_span ring = list->rings[d->part.first + i];
        widen(&box, list->points + ring.first, ring.count);
    }
    start_polygon(r, &box);
    for (uint32_t i = 0; i < d->part.count; i++) {
        const mu_span ring = list->rings[d->part.first + i];
        if (ring.count >= 3) {
            add_ring(r, list->points + ring.first, ring.count, i > 0);
        }
    }
    finish_polygon(r, d->colour);
}

/* A straight stroke as a rectangle, longer at its ends by `cap`. */
static void draw_stroke(mu_raster *r, mu_vec a, mu_vec b, double width, double cap,
                        mu_colour colour) {
    const double dx = (double)b.x - (double)a.x, dy = (double)b.y - (double)a.y;
    const double length = sqrt(dx * dx + dy * dy);
    if (length < 1e-6) {
        return;
    }
    const double ux = dx / length, uy = dy / length, h = width / 2;
    const double ax = (double)a.x - ux * cap, ay = (double)a.y - uy * cap;
    const double bx = (double)b.x + ux * cap, by = (double)b.y + uy * cap;
    const mu_vec corners[4] = {{(float)(ax - uy * h), (float)(ay + ux * h)},
                               {(float)(bx - uy * h), (float)(by + ux * h)},
                               {(float)(bx + uy * h), (float)(by - ux * h)},
                               {(float)(ax + uy * h), (float)(ay - ux * h)}};
    extent box = nothing;
    widen(&box, corners, 4);
    start_polygon(r, &box);
    add_ring(r, corners, 4, false);
    finish_polygon(r, colour);
}

/* Walks along a line with a pen that goes up and down. */
typedef struct pen {
    double dash, gap;
    double left; /* until it changes */
    bool down;
} pen;

static void draw_dashes(mu_raster *r, mu_vec a, mu_vec b, const mu_draw *d, pen *now) {
    const double dx = (double)b.x - (double)a.x, dy = (double)b.y - (double)a.y;
    const double length = sqrt(dx * dx + dy * dy);
    double at = 0;
    while (at < length) {
        const double step = lower(now->left, length - at);
        if (now->down) {
            const double s = at / length, t = (at + step) / length;
            draw_stroke(r, (mu_vec){(float)((double)a.x + dx * s), (float)((double)a.y + dy * s)},
                        (mu_vec){(float)((double)a.x + dx * t), (float)((double)a.y + dy * t)},
                        d->width, 0, d->colour);
        }
        at += step;
        now->left -= step;
        if (now->left <= 0) {
            now->down = !now->down;
            now->left = now->down ? now->dash : now->gap;
        }
    }
}

static void draw_disc(mu_raster *r, double x, double y, double radius, double inner,
                      mu_colour colour);

static void draw_points(mu_raster *r, const mu_vec *points, uint32_t count, const mu_draw *d) {
    const uint32_t segments = d->closed ? count : count - 1;
    pen now = {d->dash, d->gap, d->dash, true};
    for (uint32_t i = 0; count > 1 && i < segments; i++) {
        const mu_vec a = points[i], b = points[(i + 1) % count];
        if (d->dash > 0 && d->gap > 0) {
            draw_dashes(r, a, b, d, &now);
            continue;
        }
        draw_stroke(r, a, b, d->width, 0, d->colour);
        const bool joins = d->closed || i + 1 < segments;
        if (joins && d->width > 1.5F && d->colour.a == 255) {
            draw_disc(r, b.x, b.y, d->width / 2, 0, d->colour);
        }
    }
}

/* All between two circles; a whole disc if the inner one has no radius. */
static void draw_between(mu_raster *r, double x, double y, double radius, double inner,
                         mu_colour colour) {
    const int top = (int)higher(floor(y - radius - 1), r->top);
    const int bottom = (int)lower(ceil(y + radius + 1), r->bottom);
    const double outer = radius + 0.5, solid = inner <= 0 ? higher(radius - 0.5, 0) : 0;
    for (int row = top; row < bottom; row++) {
        uint32_t *out = r->image->pixels + (size_t)row * (size_t)r->image->width;
        const double dy = row + 0.5 - y, half = sqrt(higher(outer * outer - dy * dy, 0));
        const int left = (int)higher(floor(x - half - 0.5), r->left);
        const int right = (int)lower(ceil(x + half + 0.5), r->right);
        const double full = solid * solid - dy * dy; /* the middle of the row is all covered */
        const double reach = full > 0 ? sqrt(full) : -1;
        const int from = reach < 0 ? right : (int)higher(ceil(x - reach - 0.5), left);
        const int to = reach < 0 ? right : (int)lower(floor(x + reach - 0.5) + 1, right);
        for (int column = left; column < right; column++) {
            if (column == from && to > from) {
                fill_run(out + from, to - from, colour, colour.a);
                column = to - 1;
                continue;
            }
            const double dx = column + 0.5 - x;
            const double cover = mu_disc_cover(dx * dx + dy * dy, radius, inner);
            if (cover > 0) {
                out[column] = blend(out[column], colour, (uint32_t)(cover * colour.a + 0.5));
            }
        }
    }
}

static uint32_t part_of(uint32_t alpha, uint32_t cover) {
    const uint32_t product = alpha * cover + 128;
    return (product + (product >> 8)) >> 8;
}

static void put_stamp_row(const mu_raster *r, const mu_stamp *s, int row, int x0, uint32_t *out,
                          mu_colour colour) {
    const uint8_t *cover = s->cover + row * MU_STAMP_MOST;
    const int left = greater(s->left[row], r->left - x0),
              right = lesser(s->right[row], r->right - x0);
    const int from = lesser(greater(s->from[row], left), right);
    const int to = lesser(greater(s->to[row], from), right);
    for (int column = left; column < from; column++) {
        out[x0 + column] = blend(out[x0 + column], colour, part_of(colour.a, cover[column]));
    }
    if (to > from) {
        fill_run(out + x0 + from, to - from, colour, colour.a);
    }
    for (int column = to; column < right; column++) {
        out[x0 + column] = blend(out[x0 + column], colour, part_of(colour.a, cover[column]));
    }
}

static bool put_stamp(mu_raster *r, double x, double y, double radius, mu_colour colour) {
    int column, row;
    const mu_stamp *s = mu_stamps_find(&r->stamps, x, y, radius, &column, &row);
    if (s == NULL) {
        return false;
    }
    const int first = greater(0, r->top - row), end = lesser(s->size, r->bottom - row);
    for (int k = first; k < end; k++) {
        put_stamp_row(r, s, k, column,
                      r->image->pixels + (size_t)(row + k) * (size_t)r->image->width, colour);
    }
    return true;
}

static void draw_disc(mu_raster *r, double x, double y, double radius, double inner,
                      mu_colour colour) {
    const bool near =
        x > r->left - 64.0 && x < r->right + 64.0 && y > r->top - 64.0 && y < r->bottom + 64.0;
    if (inner > 0 || !near || radius < 0.5 || !put_stamp(r, x, y, radius, colour)) {
        draw_between(r, x, y, radius, inner, colour);
    }
}

static void draw_circle(mu_raster *r, const mu_draw *d) {
    enum { MOST = 360 };
    if (d->radius < 40 && d->dash <= 0) {
        draw_disc(r, d->x, d->y, d->radius + d->width / 2, d->radius - d->width / 2, d->colour);
        return;
    }
    mu_vec points[MOST];
    const uint32_t count = (uint32_t)lower(MOST, higher(48, (double)d->radius));
    for (uint32_t i = 0; i < count; i++) {
        const double angle = 6.283185307179586 * i / count;
        points[i] =
            (mu_vec){d->x + d->radius * (float)cos(angle), d->y + d->radius * (float)sin(angle)};
    }
    mu_draw line = *d;
    line.closed = 1;
    draw_points(r, points, count, &line);
}

static void draw_text(mu_raster *r, const mu_draw_list *list, const mu_draw *d,
                      const mu_type *type) {
    const char *text = list->text + d->part.first;
    const mu_font font = {d->size, d->bold != 0};
    mu_mask mask;
    if (!type->mask(type->with, font, d->width, text, d->part.count, &mask)) {
        return;
    }
    const double width =
        d->align == MU_ALIGN_LEFT ? 0 : type->width(type->with, font, text, d->part.count);
    const double start = (double)d->x - (d->align == MU_ALIGN_MIDDLE ? width / 2 : width);
    const int x0 = (int)lround(start) + mask.left, y0 = (int)lround(d->y) - mask.ascent;
    for (int row = 0; row < mask.height; row++) {
        const int y = y0 + row;
        if (y < r->top || y >= r->bottom) {
            continue;
        }
        uint32_t *out = r->image->pixels + (size_t)y * (size_t)r->image->width;
        const uint8_t *alpha = mask.alpha + (size_t)row * (size_t)mask.stride;
        for (int column = 0; column < mask.width; column++) {
            const int x = x0 + column;
            if (alpha[column] != 0 && x >= r->left && x < r->right) {
                out[x] = blend(out[x], d->colour, (uint32_t)alpha[column] * d->colour.a / 255);
            }
        }
    }
}

static void set_clip(mu_raster *r, const mu_draw *d) {
    r->left = (int)lower(higher(floor(d->x), 0), r->image->width);
    r->top = (int)lower(higher(floor(d->y), 0), r->image->height);
    r->right = (int)lower(higher(ceil(d->x + d->width), r->left), r->image->width);
    r->bottom = (int)lower(higher(ceil(d->y + d->height), r->top), r->image->height);
}

static void draw_one(mu_raster *r, const mu_draw_list *list, const mu_draw *d,
                     const mu_type *type) {
    switch ((mu_draw_kind)d->kind) {
    case MU_DRAW_CLIP:
        set_clip(r, d);
        break;
    case MU_DRAW_FILL:
        draw_fill(r, list, d);
        break;
    case MU_DRAW_LINE:
        draw_points(r, list->points + d->part.first, d->part.count, d);
        break;
    case MU_DRAW_DISC:
        draw_disc(r, d->x, d->y, d->radius, 0, d->colour);
        break;
    case MU_DRAW_RING:
        draw_circle(r, d);
        break;
    case MU_DRAW_TEXT:
        draw_text(r, list, d, type);
        break;
    }
}

static bool start(mu_raster *r, const mu_draw_list *list, mu_image *image) {
    if (!make_room(r, image) || list->no_memory) {
        return false;
    }
    r->image = image;
    r->left = r->top = 0;
    r->right = image->width;
    r->bottom = image->height;
    return true;
}

bool mu_raster_draw(mu_raster *raster, const mu_draw_list *list, const mu_type *type,
                    mu_image *image) {
    if (!start(raster, list, image)) {
        return false;
    }
    for (uint32_t i = 0; i < list->count; i++) {
        draw_one(raster, list, &list->items[i], type);
    }
    return true;
}

static bool meet(mu_box a, mu_box b) {
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height &&
           b.y < a.y + a.height;
}

bool mu_raster_draw_near(mu_raster *raster, const mu_draw_list *list, const mu_type *type,
                         mu_image *image, mu_box box) {
    if (!start(raster, list, image)) {
        return false;
    }
    for (uint32_t i = 0; i < list->count; i++) {
        const mu_draw *d = &list->items[i];
        if (d->kind == MU_DRAW_CLIP || meet(mu_damage_reach(list, d), box)) {
            draw_one(raster, list, d, type);
        }
    }
    return true;
}
