/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/stamp.h"

#include <math.h>
#include <stdlib.h>

double mu_disc_cover(double square, double radius, double inner) {
    const double solid = radius - 0.5;
    if (inner <= 0 && solid > 0 && square <= solid * solid) {
        return 1; /* most pixels of a disc: no root needed */
    }
    const double away = sqrt(square);
    const double cover = fmin(radius + 0.5 - away, 1);
    return inner > 0 ? fmin(cover, fmin(away - inner + 0.5, 1)) : cover;
}

/* The middle lies `fx`, `fy` right of and below the corner of the pixel at (middle, middle). */
static void make_stamp(mu_stamp *out, double radius, double fx, double fy) {
    const int middle = (int)ceil(radius + 1);
    out->size = 2 * middle + 1;
    for (int row = 0; row < out->size; row++) {
        uint8_t *cover = out->cover + row * MU_STAMP_MOST;
        int left = out->size, right = 0, from = out->size, to = 0;
        for (int column = 0; column < out->size; column++) {
            const double dx = column + 0.5 - middle - fx, dy = row + 0.5 - middle - fy;
            const double share = mu_disc_cover(dx * dx + dy * dy, radius, 0);
            cover[column] = share > 0 ? (uint8_t)(share * 255 + 0.5) : 0;
            if (cover[column] != 0) {
                left = column < left ? column : left;
                right = column + 1;
            }
            if (cover[column] == 255) {
                from = column < from ? column : from;
                to = column + 1;
            }
        }
        out->left[row] = (uint8_t)(right > left ? left : 0);
        out->right[row] = (uint8_t)right;
        out->from[row] = (uint8_t)(to > from ? from : right);
        out->to[row] = (uint8_t)(to > from ? to : right);
    }
}

/* The stamps of a radius; the one that was made longest ago gives way. NULL without memory. */
static mu_stamp *stamps_of(mu_stamps *r, double radius) {
    const float wanted = (float)radius;
    for (uint32_t i = 0; i < MU_STAMP_SIZES; i++) {
        if (r->sizes[i].at != NULL && !(r->sizes[i].radius < wanted) &&
            !(r->sizes[i].radius > wanted)) {
            return r->sizes[i].at;
        }
    }
    struct mu_stamp_size *size = &r->sizes[r->next];
    r->next = (r->next + 1) % MU_STAMP_SIZES;
    if (size->at == NULL) {
        size->at = malloc(MU_STAMP_STEPS * MU_STAMP_STEPS * sizeof *size->at);
    }
    for (uint32_t i = 0; size->at != NULL && i < MU_STAMP_STEPS * MU_STAMP_STEPS; i++) {
        size->at[i].size = 0;
    }
    size->radius = wanted;
    return size->at;
}

const mu_stamp *mu_stamps_find(mu_stamps *stamps, double x, double y, double radius, int *column,
                               int *row) {
    mu_stamp *all = radius + 1 < (MU_STAMP_MOST - 3) / 2 ? stamps_of(stamps, radius) : NULL;
    if (all == NULL) {
        return NULL;
    }
    const double qx = floor(x * MU_STAMP_STEPS + 0.5) / MU_STAMP_STEPS;
    const double qy = floor(y * MU_STAMP_STEPS + 0.5) / MU_STAMP_STEPS;
    const double left = floor(qx), top = floor(qy);
    const int i = (int)((qx - left) * MU_STAMP_STEPS), j = (int)((qy - top) * MU_STAMP_STEPS);
    mu_stamp *s = &all[j * MU_STAMP_STEPS + i];
    if (s->size == 0) {
        make_stamp(s, radius, (double)i / MU_STAMP_STEPS, (double)j / MU_STAMP_STEPS);
    }
    *column = (int)left - s->size / 2;
    *row = (int)top - s->size / 2;
    return s;
}

void mu_stamps_free(mu_stamps *stamps) {
    for (uint32_t i = 0; i < MU_STAMP_SIZES; i++) {
        free(stamps->sizes[i].at);
    }
}
