/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walls, some at a time and without branches: which of them are near, and which lines a way leads
 * over. What is to be done about those few is not done here. Included by walk_kernel_code.h. */

#define WIDE (LANES / 2) /* positions in a plan need double precision */
#if LANES == 8
typedef double wide __attribute__((vector_size(32)));
typedef int64_t wide_bits __attribute__((vector_size(32)));
static inline wide wide_of(double d) {
    return (wide){d, d, d, d};
}
static inline uint32_t wide_mask(wide_bits bits) {
    return (uint32_t)_mm256_movemask_pd((__m256d)bits);
}
#else
typedef double wide __attribute__((vector_size(16)));
typedef int64_t wide_bits __attribute__((vector_size(16)));
static inline wide wide_of(double d) {
    return (wide){d, d};
}
static inline uint32_t wide_mask(wide_bits bits) {
#if defined(__SSE2__)
    return (uint32_t)_mm_movemask_pd((__m128d)bits);
#else
    return (bits[0] < 0) | (uint32_t)(bits[1] < 0) << 1;
#endif
}
#endif

static inline wide wide_pick(wide_bits bits, wide a, wide b) {
    return (wide)((bits & (wide_bits)a) | (~bits & (wide_bits)b));
}

/* The lines that some walls are on: a point, and the way to the other end. */
typedef struct lines {
    wide ax, ay, wx, wy;
} lines;

/* WIDE walls; of fewer, the last one again. */
static inline lines lines_of(const mu_wall *walls, const uint32_t *which, uint32_t left) {
    const mu_wall *w[WIDE];
    for (uint32_t k = 0; k < WIDE; k++) {
        w[k] = &walls[which[k < left ? k : left - 1]];
    }
#if LANES == 8
    const wide ax = {w[0]->a.x, w[1]->a.x, w[2]->a.x, w[3]->a.x};
    const wide ay = {w[0]->a.y, w[1]->a.y, w[2]->a.y, w[3]->a.y};
    const wide bx = {w[0]->b.x, w[1]->b.x, w[2]->b.x, w[3]->b.x};
    const wide by = {w[0]->b.y, w[1]->b.y, w[2]->b.y, w[3]->b.y};
#else
    const wide ax = {w[0]->a.x, w[1]->a.x}, ay = {w[0]->a.y, w[1]->a.y};
    const wide bx = {w[0]->b.x, w[1]->b.x}, by = {w[0]->b.y, w[1]->b.y};
#endif
    return (lines){ax, ay, bx - ax, by - ay};
}

/* The ways to a point from the nearest points of some walls, and where along these those are. */
typedef struct ways_off {
    wide x, y, square, part;
} ways_off;

static inline ways_off ways_off_of(const lines *l, mu_point at) {
    const wide zero = wide_of(0), one = wide_of(1);
    const wide px = at.x - l->ax, py = at.y - l->ay;
    const wide square = l->wx * l->wx + l->wy * l->wy, along = px * l->wx + py * l->wy;
    const wide inside = wide_pick(along >= square, one, along / square);
    const wide t = wide_pick((along > zero) & (square > zero), inside, zero);
    const wide nx = px - t * l->wx, ny = py - t * l->wy;
    return (ways_off){nx, ny, nx * nx + ny * ny, t};
}

/* The bits of those of WIDE that there are. */
static inline uint32_t there_are(uint32_t left) {
    return left < WIDE ? (1U << left) - 1 : (1U << WIDE) - 1;
}

static uint64_t near_walls(const mu_wall *walls, const uint32_t *which, uint32_t count, mu_point at,
                           double reach) {
    const wide far_off = wide_of(reach * reach);
    uint64_t near = 0;
    for (uint32_t k = 0; k < count; k += WIDE) {
        const lines l = lines_of(walls, which + k, count - k);
        const ways_off off = ways_off_of(&l, at);
        const uint32_t bits = wide_mask(off.square < far_off) & there_are(count - k);
        near |= (uint64_t)bits << k;
    }
    return near;
}

static void measure_walls(const mu_wall *walls, const uint32_t *which, uint32_t count, mu_point at,
                          const double reach[2], mu_kernel_walls *out) {
    const wide near_by = wide_of(reach[0] * reach[0]), far_off = wide_of(reach[1] * reach[1]);
    out->within[0] = out->within[1] = out->beside = 0;
    for (uint32_t k = 0; k < count; k += WIDE) {
        const lines l = lines_of(walls, which + k, count - k);
        const ways_off off = ways_off_of(&l, at);
        const uint32_t all = there_are(count - k);
        const wide_bits beside = (off.part > wide_of(0)) & (off.part < wide_of(1));
        memcpy(out->x + k, &off.x, sizeof off.x);
        memcpy(out->y + k, &off.y, sizeof off.y);
        memcpy(out->square + k, &off.square, sizeof off.square);
        out->within[0] |= (uint64_t)(wide_mask(off.square < near_by) & all) << k;
        out->within[1] |= (uint64_t)(wide_mask(off.square < far_off) & all) << k;
        out->beside |= (uint64_t)(wide_mask(beside) & all) << k;
    }
}

static uint64_t crossed_lines(const mu_wall *walls, const uint32_t *which, uint32_t count,
                              mu_point from, mu_point to) {
    const wide zero = wide_of(0);
    uint64_t crossed = 0;
    for (uint32_t k = 0; k < count; k += WIDE) {
        const lines l = lines_of(walls, which + k, count - k);
        const wide before = l.wx * (from.y - l.ay) - l.wy * (from.x - l.ax);
        const wide after = l.wx * (to.y - l.ay) - l.wy * (to.x - l.ax);
        const uint32_t bits = wide_mask((before >= zero) & (after < zero)) & there_are(count - k);
        crossed |= (uint64_t)bits << k;
    }
    return crossed;
}
