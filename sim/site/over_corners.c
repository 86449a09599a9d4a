/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Most corners that a box of standpoints sees are out of the question for all of it: only the
 * others are asked from each. */
#include "site/over_corners.h"

#include "site/plane.h"

static const double SLOP_M = 1e-6; /* more than rounding makes of any distance */

/* Corners that askers see and that lead somewhere. */
typedef struct choice {
    uint32_t count;
    double x[MU_CORNERS_MOST], y[MU_CORNERS_MOST], behind[MU_CORNERS_MOST];
    uint64_t seen[MU_CORNERS_MOST]; /* by which askers */
    uint16_t corner[MU_CORNERS_MOST];
} choice;

static double metres_over(const choice *of, uint32_t k, mu_point from) {
    return of->behind[k] + mu_plane_distance(from, (mu_point){of->x[k], of->y[k]});
}

static void add(choice *to, mu_lead over, uint16_t corner, uint64_t seen) {
    const uint32_t k = to->count++;
    to->x[k] = over.x;
    to->y[k] = over.y;
    to->behind[k] = over.behind;
    to->seen[k] = seen;
    to->corner[k] = corner;
}

/* A box of standpoints and the shortest way from its middle over a corner that all askers see. */
typedef struct stand {
    mu_point middle, rim[4]; /* the box's corners */
    double radius;
    uint32_t best;                 /* MU_NONE: none is seen by all */
    double metres;                 /* over it from the middle */
    double at_rim[4];              /* and from the rim */
    double there[MU_CORNERS_MOST]; /* over each from the middle */
} stand;

static void stand_in(const mu_box *box, uint64_t bits, const choice *of, stand *in) {
    in->middle = mu_plane_scale(mu_plane_add(box->low, box->high), 0.5);
    in->radius = mu_plane_distance(box->low, in->middle) + SLOP_M;
    in->best = MU_NONE;
    in->metres = INFINITY;
    for (uint32_t k = 0; k < of->count; k++) {
        in->there[k] = metres_over(of, k, in->middle);
    }
    for (uint32_t k = 0; k < of->count; k++) {
        if (in->there[k] < in->metres && (bits & ~of->seen[k]) == 0) {
            in->best = k;
            in->metres = in->there[k];
        }
    }
}

/* Is the way over a corner longer from the nearest of the box than that over the best from the
 * farthest? */
static bool is_far_longer(const stand *in, uint32_t k) {
    return in->there[k] > in->metres + 2 * in->radius;
}

static void measure_rim(const mu_box *box, const choice *of, stand *in) {
    const mu_point rim[4] = {
        box->low, {box->high.x, box->low.y}, {box->low.x, box->high.y}, box->high};
    for (int r = 0; r < 4; r++) {
        in->rim[r] = rim[r];
        in->at_rim[r] = in->best != MU_NONE ? metres_over(of, in->best, rim[r]) : INFINITY;
    }
}

/* Is it longer from everywhere in the box? Distances are convex: this one is nowhere less than its
 * tangent at the middle says, that one nowhere more than what is between those of the rim. */
static bool is_longer(const stand *in, const choice *of, uint32_t k) {
    const mu_point off = mu_plane_sub(in->middle, (mu_point){of->x[k], of->y[k]});
    const double distance = mu_plane_length(off);
    if (distance < in->radius || k == in->best) {
        return false;
    }
    const mu_point slope = mu_plane_scale(off, 1 / distance);
    for (int r = 0; r < 4; r++) {
        const double rise = mu_plane_dot(slope, mu_plane_sub(in->rim[r], in->middle));
        if (in->there[k] + rise <= in->at_rim[r] + SLOP_M) {
            return false;
        }
    }
    return true;
}

/* The ways over a corner, where they are shorter than those found before; of equally short ones the
 * way over the corner that is nearest to the target. */
static void look_over(const mu_lead *leads, uint16_t corner, uint64_t bits, const mu_askers *from,
                      double *metres, uint16_t *via) {
    const mu_lead over = leads[corner];
    for (uint64_t left = bits; left != 0; left &= left - 1) {
        const int n = __builtin_ctzll(left);
        const double dx = over.x - from->x[n], dy = over.y - from->y[n];
        const double there = over.behind + sqrt(dx * dx + dy * dy);
        if (there < metres[n] ||
            (there == metres[n] && via[n] != MU_VIA_NONE && over.rank < leads[via[n]].rank)) {
            metres[n] = there;
            via[n] = corner;
        }
    }
}

static void look_from_box(const mu_lead *leads, const mu_box *box, const choice *of,
                          const mu_askers *from, double *metres, uint16_t *via) {
    stand in;
    stand_in(box, from->bits, of, &in);
    measure_rim(box, of, &in);
    for (uint32_t k = 0; k < of->count; k++) {
        const uint64_t bits = of->seen[k] & from->bits;
        if (bits != 0 && !is_far_longer(&in, k) && !is_longer(&in, of, k)) {
            look_over(leads, of->corner[k], bits, from, metres, via);
        }
    }
}

/* Those of a word's corners that are not out of the question for all who ask. */
static void choose(const mu_panorama *views, const mu_lead *leads, uint32_t word, uint64_t bits,
                   choice *out) {
    const mu_box *boxes = views->boxes + word * (MU_STANDPOINTS / MU_BOXED);
    mu_box all = boxes[0];
    for (uint32_t k = 1; k < MU_STANDPOINTS / MU_BOXED; k++) {
        all.low = (mu_point){mu_plane_min(all.low.x, boxes[k].low.x),
                             mu_plane_min(all.low.y, boxes[k].low.y)};
        all.high = (mu_point){mu_plane_max(all.high.x, boxes[k].high.x),
                              mu_plane_max(all.high.y, boxes[k].high.y)};
    }
    out->count = 0;
    for (uint32_t k = views->first[word]; k < views->first[word + 1]; k++) {
        const mu_lead over = leads[views->corners[k]];
        if ((views->seen[k] & bits) != 0 && over.behind < INFINITY) {
            add(out, over, views->corners[k], views->seen[k]);
        }
    }
    stand in;
    stand_in(&all, bits, out, &in);
    const uint32_t count = out->count;
    out->count = 0;
    for (uint32_t k = 0; k < count; k++) {
        if (!is_far_longer(&in, k)) {
            add(out, leads[out->corner[k]], out->corner[k], out->seen[k]);
        }
    }
}

void mu_over_corners(const mu_panorama *views, const mu_lead *leads, uint32_t word,
                     const mu_askers *from, double *metres, uint16_t *via) {
    choice of;
    choose(views, leads, word, from->bits, &of);
    for (uint64_t left = from->bits; left != 0; left &= left - 1) {
        metres[__builtin_ctzll(left)] = INFINITY;
        via[__builtin_ctzll(left)] = MU_VIA_NONE;
    }
    for (uint32_t k = 0; k < MU_STANDPOINTS / MU_BOXED; k++) {
        const uint64_t boxed = ((UINT64_C(1) << MU_BOXED) - 1) << k * MU_BOXED;
        const mu_askers some = {from->bits & boxed, from->x, from->y};
        if (some.bits != 0 && of.count > 0) {
            const mu_box *box = &views->boxes[word * (MU_STANDPOINTS / MU_BOXED) + k];
            look_from_box(leads, box, &of, &some, metres, via);
        }
    }
}
