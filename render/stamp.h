/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stamps: the coverage of a small disc whose middle lies at one of a few places within a pixel.
 * People are discs, thousands of the same few sizes. */
#ifndef MU_RENDER_STAMP_H
#define MU_RENDER_STAMP_H

#include <stdint.h>

enum { MU_STAMP_MOST = 40, MU_STAMP_STEPS = 8, MU_STAMP_SIZES = 32 };

typedef struct mu_stamp {
    uint8_t cover[MU_STAMP_MOST * MU_STAMP_MOST];
    uint8_t left[MU_STAMP_MOST], right[MU_STAMP_MOST]; /* of a row: touched */
    uint8_t from[MU_STAMP_MOST], to[MU_STAMP_MOST];    /* of a row: all covered; none where equal */
    int size;                                          /* rows and columns; 0 = not made yet */
} mu_stamp;

typedef struct mu_stamps {
    struct mu_stamp_size {
        float radius;
        mu_stamp *at; /* MU_STAMP_STEPS squared; NULL = not used */
    } sizes[MU_STAMP_SIZES];
    uint32_t next; /* replaced next */
} mu_stamps;

/* How much of a pixel `square` (of the distance) from the middle lies between two circles. */
double mu_disc_cover(double square, double radius, double inner);

/* The stamp of a disc with its middle at (x, y), to an eighth of a pixel, and the pixel of its
 * corner. NULL where the disc is too large for one, or without memory. */
const mu_stamp *mu_stamps_find(mu_stamps *stamps, double x, double y, double radius, int *column,
                               int *row);
void mu_stamps_free(mu_stamps *stamps);

#endif
