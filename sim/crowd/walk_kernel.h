/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inner loops of the walk model: of runs of walkers, those who are near one and not behind; and
 * what these do to the one's direction and speed. Several at a time and without branches, which
 * depend on luck here and would cost more than the arithmetic.
 *
 * There are two builds of them, with four lanes for any processor and with eight for those that
 * have AVX2; both do the same arithmetic on each pair of walkers, and what is added up is added in
 * whole numbers, so they give the same bits. */
#ifndef MU_CROWD_WALK_KERNEL_H
#define MU_CROWD_WALK_KERNEL_H

#include <stdbool.h>
#include <stdint.h>

#define MU_KERNEL_MOST 160U /* rooms in a list, including what a vector may write beyond its last */
#define MU_KERNEL_PADDING 16U /* walkers that a vector may read beyond the last */

/* What neighbours see of a walker; lengths are metres from the low corner of the area. */
typedef struct mu_walker {
    float x, y, vx, vy;
    float ex, ey; /* heading */
    float radius;
    float stands; /* 1, or 0 */
} mu_walker;

/* Who looks, and which way. */
typedef struct mu_kernel_eye {
    const float *x, *y; /* of all walkers: again, packed for the search */
    const mu_walker *walkers;
    uint32_t me;
    float wx, wy, ex, ey; /* who is behind for both directions does not matter */
    float cutoff_m;
    float touch_m; /* nearer than this is a contact */
} mu_kernel_eye;

/* Those who are near, one array for each of what is known of them. */
typedef struct mu_kernel_view {
    uint32_t count;
    uint32_t found[MU_KERNEL_MOST];
    _Alignas(32) float dx[MU_KERNEL_MOST];
    _Alignas(32) float dy[MU_KERNEL_MOST];
    _Alignas(32) float vx[MU_KERNEL_MOST];
    _Alignas(32) float vy[MU_KERNEL_MOST];
    _Alignas(32) float ex[MU_KERNEL_MOST];
    _Alignas(32) float ey[MU_KERNEL_MOST];
    _Alignas(32) float radius[MU_KERNEL_MOST];
    _Alignas(32) float stands[MU_KERNEL_MOST];
} mu_kernel_view;

/* The free way along a heading. */
typedef struct mu_kernel_way {
    float room_m;
    bool followed, opposed; /* somebody who goes the same way is in it; somebody else, close by */
} mu_kernel_way;

typedef struct mu_kernel {
    /* Lists those within the cut-off in view->found, and contacts in a list of at most `most`, which
     * is a multiple of 8 beyond 16. Returns the number of contacts. */
    uint32_t (*find)(mu_kernel_view *view, const mu_kernel_eye *eye, const uint32_t first[3],
                     const uint32_t end[3], uint32_t *contacts, uint32_t most);
    /* Fills the arrays from the list of those found. */
    void (*fill)(mu_kernel_view *view, const mu_kernel_eye *eye);
    /* How strongly they turn one of this radius aside who would go along (wx, wy) and anticipates
     * gaps with the velocity (ax, ay): a tangent, positive to the left. */
    float (*turn)(const mu_kernel_view *view, float radius, float wx, float wy, float ax, float ay);
    /* How far one can go along a heading, at most `sight_m`. */
    mu_kernel_way (*ahead)(const mu_kernel_view *view, float radius, float wx, float wy, float ex,
                           float ey, float sight_m);
} mu_kernel;

extern const mu_kernel mu_kernel_plain, mu_kernel_avx2;
/* The faster one that this processor can run. */
const mu_kernel *mu_kernel_best(void);

#endif
