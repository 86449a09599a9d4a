/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many points at once: of most boxes of them it is told from a few runs of bins that none of them
 * sees the line, or all. */
#include "site/plane.h"
#include "site/sight.h"

void mu_sight_runs_make(const mu_sight *sight, mu_sight_runs *made) {
    for (uint32_t q = 0; q < (sight->both ? 4 : 2); q++) {
        const float *fan = sight->fan + (size_t)q * sight->bins;
        for (uint32_t first = 0; first < sight->bins; first += MU_SIGHT_RUN) {
            const uint32_t end =
                sight->bins - first < MU_SIGHT_RUN ? sight->bins : first + MU_SIGHT_RUN;
            float low = fan[first], high = fan[first];
            for (uint32_t k = first + 1; k < end; k++) {
                low = fan[k] < low ? fan[k] : low;
                high = fan[k] > high ? fan[k] : high;
            }
            made->low[q][first / MU_SIGHT_RUN] = low;
            made->high[q][first / MU_SIGHT_RUN] = high;
        }
    }
}

/* The run of a direction, so many bins on. */
static uint32_t run_at(double sideways, double forwards, uint32_t bins, int on) {
    const int32_t bin = (int32_t)(forwards / (sideways + forwards) * bins) + on;
    return (uint32_t)mu_plane_clamp(bin, 0, bins - 1.0) / MU_SIGHT_RUN;
}

static const double SLOP_M = 1e-6;    /* more than rounding makes of any distance */
static const double TOO_NEAR_M = 0.1; /* where so little would turn the direction by a bin */

mu_glance mu_sight_glance(const mu_sight *sight, const mu_sight_runs *runs, const mu_box *box,
                          uint32_t *fan) {
    const mu_point middle = mu_plane_scale(mu_plane_add(box->low, box->high), 0.5);
    const mu_point half = mu_plane_sub(box->high, middle), off = mu_plane_sub(middle, sight->a);
    const double u = mu_plane_dot(off, sight->along), v = mu_plane_dot(off, sight->ahead);
    const double du = fabs(sight->along.x) * half.x + fabs(sight->along.y) * half.y + SLOP_M;
    const double dv = fabs(sight->ahead.x) * half.x + fabs(sight->ahead.y) * half.y + SLOP_M;
    const double aside = u < 0 ? -u : u - sight->length, ahead = fabs(v);
    *fan = MU_NO_FAN;
    if (!sight->both && v + dv < 0) {
        return MU_NONE_SEES;
    }
    const mu_point near = {aside - du, ahead - dv}, far = {aside + du, ahead + dv};
    if (near.x <= 0 || near.y <= 0 || near.x + near.y < TOO_NEAR_M) {
        return MU_SOME_SEE;
    }
    *fan = 2U * (v < 0) + (u >= 0);
    float low = INFINITY, high = 0;
    const uint32_t last = run_at(near.x, far.y, sight->bins, 1);
    for (uint32_t r = run_at(far.x, near.y, sight->bins, -1); r <= last; r++) {
        low = runs->low[*fan][r] < low ? runs->low[*fan][r] : low;
        high = runs->high[*fan][r] > high ? runs->high[*fan][r] : high;
    }
    if (mu_plane_length(near) > (double)high + MU_SIGHT_ROUNDING_M) {
        return MU_NONE_SEES;
    }
    const bool clear = mu_plane_length(far) < (double)low;
    return clear && (sight->both || near.y > MU_BODY_CLEAR_M) ? MU_ALL_SEE : MU_SOME_SEE;
}

/* Written out for a point, which sees to all sides in straight lines: first arithmetic on all of a
 * box without a branch, then the look-ups. `fan` may be MU_NO_FAN. */
static inline uint64_t look_one_by_one(const mu_sight *sight, const double *x, const double *y,
                                       uint32_t fan) {
    double metres[MU_BOXED];
    int32_t bin[MU_BOXED];
    const double bins = sight->bins, most = bins - 0.5, ax = sight->a.x, ay = sight->a.y;
    for (uint32_t n = 0; n < MU_BOXED; n++) {
        const double dx = x[n] - ax, dy = y[n] - ay;
        const double forwards = fabs(dy), sum = fabs(dx) + forwards;
        bin[n] = (int32_t)mu_plane_min(forwards / (sum > 0 ? sum : 1) * bins, most);
        metres[n] = sqrt(dx * dx + dy * dy);
    }
    uint64_t seen = 0;
    for (uint32_t n = 0; n < MU_BOXED; n++) {
        const uint32_t in = fan != MU_NO_FAN ? fan : 2U * (y[n] < ay) + (x[n] >= ax);
        const float reach = sight->fan[in * sight->bins + (uint32_t)bin[n]];
        seen |= (uint64_t)(metres[n] < (double)reach + MU_SIGHT_ROUNDING_M) << n;
    }
    return seen;
}

void mu_sight_seen(const mu_sight *sight, const mu_sight_runs *runs, uint32_t words,
                   const double *x, const double *y, const mu_box *boxes, uint64_t *seen) {
    enum { PARTS = MU_STANDPOINTS / MU_BOXED };
    for (uint32_t w = 0; w < words; w++) {
        seen[w] = 0;
        for (uint32_t k = 0; k < PARTS; k++) {
            const uint32_t box = w * PARTS + k, n = box * MU_BOXED;
            uint32_t fan;
            const mu_glance found = mu_sight_glance(sight, runs, &boxes[box], &fan);
            uint64_t part = found == MU_ALL_SEE ? (UINT64_C(1) << MU_BOXED) - 1 : 0;
            if (found == MU_SOME_SEE) {
                part = fan == MU_NO_FAN ? look_one_by_one(sight, x + n, y + n, MU_NO_FAN)
                                        : look_one_by_one(sight, x + n, y + n, fan);
            }
            seen[w] |= part << k * MU_BOXED;
        }
    }
}
