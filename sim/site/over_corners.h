/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shortest ways from the standpoints of a panorama over the corners that they see. */
#ifndef MU_SITE_OVER_CORNERS_H
#define MU_SITE_OVER_CORNERS_H

#include "site/walkable_parts.h"

/* A corner as those see it who look for the shortest way over one. */
typedef struct mu_lead {
    double x, y;
    double behind; /* metres from it to the target; infinite where it leads nowhere */
    uint32_t rank; /* in the order of that: of equally short ways the one over the first counts */
    uint32_t padding;
} mu_lead;

/* Standpoints of one word of the panorama: those that ask, as one bit each. */
typedef struct mu_askers {
    uint64_t bits;
    const double *x, *y;
} mu_askers;

/* Sets, by bit, the metres and the corner of those who ask among the standpoints of a word;
 * infinite and MU_VIA_NONE where there is no way. `leads` are by corner. */
void mu_over_corners(const mu_panorama *views, const mu_lead *leads, uint32_t word,
                     const mu_askers *from, double *metres, uint16_t *via);

#endif
