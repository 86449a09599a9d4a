/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Most corners that a box of standpoints sees are out of the question for all of it: only the
 * others are asked from each. */
#include "site/over_corners.h"

#include "site/plane.h"

static const double SLOP_M = 1e-6; /* more than rounding makes of any distance */

/* The ways over a corner, where they are shorter than those found before; of equally short ones the
 * way over the corner that is nearest to the target. */
static void look_over(const mu_lead *leads, uint32_t corner, uint64_t bits, const mu_askers *from,
                      double *metres, uint16_t *via) {
    const mu_lead over = leads[corner];
    for (uint64_t left = bits; left != 0; left &= left - 1) {
        const int n = __builtin_ctzll(left);
        const double dx = over.x - from->x[n], dy = over.y - from->y[n];
        const double there = over.behind + sqrt(dx * dx + dy * dy);
        if (there < metres[n] ||
            (there == metres[n] && via[n] != MU_VIA_NONE && over.rank < leads[via[n]].rank)) {
            metres[n] = there;
            via[n] = (uint16_t)corner;
        }
    }
}

/* Metres over a corner from a point, if it sees it. */
static double metres_over(const mu_lead *over, mu_point from) {
    return over->behind + mu_plane_distance(from, (mu_point){over->x, over->y});
}

/* A box of standpoints and the shortest way from its middle over a corner that all askers see. */
typedef struct stand {
    mu_point middle, rim[4]; /* the box's corners */
    double radius;
    const mu_lead *best; /* NULL: none is seen by all */
    double metres;       /* over it from the middle */
    double at_rim[4];    /* and from the rim */
} stand;

static stand stand_in(const mu_box *box) {
    stand made = {
        .middle = mu_plane_scale(mu_plane_add(box->low, box->high), 0.5),
        .rim = {box->low, {box->high.x, box->low.y}, {box->low.x, box->high.y}, box->high},
        .metres = INFINITY};
    made.radius = mu_plane_distance(box->low, made.middle) + SLOP_M;
    return made;
}

/* Is the way over a corner longer from everywhere in the box than over the best? Distances are
 * convex: this one is nowhere less than its tangent at the middle says, that one nowhere more than
 * what is between those of the rim. */
static bool is_longer(const stand *in, const mu_lead *over, double metres) {
    const mu_point off = mu_plane_sub(in->middle, (mu_point){over->x, over->y});
    const double distance = mu_plane_length(off);
    if (in->best == NULL || distance < in->radius || in->best == over) {
        return false;
    }
    const mu_point slope = mu_plane_scale(off, 1 / distance);
    for (int k = 0; k < 4; k++) {
        const double rise = mu_plane_dot(slope, mu_plane_sub(in->rim[k], in->middle));
        if (metres + rise <= in->at_rim[k] + SLOP_M) {
            return false;
        }
    }
    return true;
}

/* The shortest ways over corners that are seen from the askers of a box. */
static void look_from_box(const mu_panorama *views, const mu_lead *leads, uint32_t word,
                          const mu_box *box, const mu_askers *from, double *metres, uint16_t *via) {
    const uint32_t first = views->first[word], count = views->first[word + 1] - first;
    double there[MU_CORNERS_MOST];
    stand in = stand_in(box);
    for (uint32_t k = 0; k < count; k++) {
        const mu_lead *over = &leads[views->corners[first + k]];
        there[k] = metres_over(over, in.middle);
        if (there[k] < in.metres && (from->bits & ~views->seen[first + k]) == 0) {
            in.best = over;
            in.metres = there[k];
        }
    }
    for (int k = 0; in.best != NULL && k < 4; k++) {
        in.at_rim[k] = metres_over(in.best, in.rim[k]);
    }
    for (uint32_t k = 0; k < count; k++) {
        const uint32_t corner = views->corners[first + k];
        const uint64_t bits = views->seen[first + k] & from->bits;
        if (bits != 0 && there[k] <= in.metres + 2 * in.radius &&
            !is_longer(&in, &leads[corner], there[k])) {
            look_over(leads, corner, bits, from, metres, via);
        }
    }
}

void mu_over_corners(const mu_panorama *views, const mu_lead *leads, uint32_t word,
                     const mu_askers *from, double *metres, uint16_t *via) {
    const mu_box *boxes = views->boxes + word * (MU_STANDPOINTS / MU_BOXED);
    for (uint64_t left = from->bits; left != 0; left &= left - 1) {
        metres[__builtin_ctzll(left)] = INFINITY;
        via[__builtin_ctzll(left)] = MU_VIA_NONE;
    }
    for (uint32_t k = 0; k < MU_STANDPOINTS / MU_BOXED; k++) {
        const uint64_t boxed = ((UINT64_C(1) << MU_BOXED) - 1) << k * MU_BOXED;
        const mu_askers some = {from->bits & boxed, from->x, from->y};
        if (some.bits != 0) {
            look_from_box(views, leads, word, &boxes[k], &some, metres, via);
        }
    }
}
