/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of walk_kernel_code.h that looks up which way to go and how much is clear, for LANES
 * walkers at once; included by it. No include guard on purpose, as there. */
static inline lane_bits words_at(const _Atomic uint32_t *words, const uint32_t *place) {
#define WORD(k) (int32_t) atomic_load_explicit(&words[place[k]], memory_order_relaxed)
#if LANES == 8
    return (lane_bits){WORD(0), WORD(1), WORD(2), WORD(3), WORD(4), WORD(5), WORD(6), WORD(7)};
#else
    return (lane_bits){WORD(0), WORD(1), WORD(2), WORD(3)};
#endif
#undef WORD
}

static inline lane_bits lane_bits_less(lane_bits a, lane_bits b) {
    const lane_bits less = a < b;
    return (a & less) | (b & ~less);
}

/* One corner's part: its weight, 0 if it cannot speak for the cell. */
static inline lanes weight_of(lanes u, lanes v, lane_bits use, int corner) {
    const lane_bits speaks = (use & (1 << corner)) != 0;
    return (lanes)((lane_bits)(u * v) & speaks);
}

/* How far walls and gates are at least from a point, by what is known at one corner; x and y are
 * the way there, in sides of a cell. */
static inline lanes clear_by(lane_bits word, lanes x, lanes y, float step_m) {
    const lane_bits parts = word >> MU_STEER_CLEAR_AT & MU_STEER_CLEAR_MOST;
    return lanes_number(parts) * MU_STEER_CLEAR_M - lanes_root(x * x + y * y) * step_m;
}

/* What the corner says that says most: mostly the one opposite the wall, which is exact. */
static inline lanes clear_at(const lane_bits word[4], lanes u, lanes v, float step_m) {
    const lanes one = lanes_of(1);
    const lanes south =
        lanes_more(clear_by(word[0], u, v, step_m), clear_by(word[1], one - u, v, step_m));
    const lanes north = lanes_more(clear_by(word[2], u, one - v, step_m),
                                   clear_by(word[3], one - u, one - v, step_m));
    return lanes_more(south, north);
}

/* LANES points among a grid's nodes: the words around each, and where it is between them. */
typedef struct among {
    lane_bits word[4];
    lanes u, v;
} among;

static ALWAYS_INLINE void look_up(const mu_steer_grid *grid, const float *x, const float *y,
                                  among *out) {
    const uint32_t row = grid->columns;
    const lanes zero = lanes_of(0);
    const lanes gx = lanes_less(lanes_more(lanes_load(x) * grid->per_m, zero),
                                lanes_of((float)(grid->columns - 1)));
    const lanes gy = lanes_less(lanes_more(lanes_load(y) * grid->per_m, zero),
                                lanes_of((float)(grid->rows - 1)));
    const lane_bits i = lane_bits_less(lanes_whole(gx), lane_bits_of((int32_t)row - 2));
    const lane_bits j = lane_bits_less(lanes_whole(gy), lane_bits_of((int32_t)grid->rows - 2));
    const lane_bits places = j * (int32_t)row + i;
    uint32_t place[LANES];
    memcpy(place, &places, sizeof place);
    out->word[0] = words_at(grid->words, place);
    out->word[1] = words_at(grid->words + 1, place);
    out->word[2] = words_at(grid->words + row, place);
    out->word[3] = words_at(grid->words + row + 1, place);
    out->u = gx - lanes_number(i);
    out->v = gy - lanes_number(j);
}

static ALWAYS_INLINE void point_way(const among *at, float step_m, float *wx, float *wy,
                                    float *clear_m) {
    const lanes zero = lanes_of(0), one = lanes_of(1), u = at->u, v = at->v;
    const lane_bits *word = at->word;
    const lane_bits use = word[0] >> MU_STEER_USE_AT & MU_STEER_USE_ALL;
    const lanes weight[4] = {weight_of(one - u, one - v, use, 0), weight_of(u, one - v, use, 1),
                             weight_of(one - u, v, use, 2), weight_of(u, v, use, 3)};
    lanes px[4], py[4];
    lane_bits made = lane_bits_of(-1);
    for (int c = 0; c < 4; c++) {
        px[c] = weight[c] * lanes_number((word[c] & MU_STEER_PART) - MU_STEER_BIAS);
        py[c] = weight[c] *
                lanes_number((word[c] >> MU_STEER_PART_BITS & MU_STEER_PART) - MU_STEER_BIAS);
        made &= word[c];
    }
    const lanes sx = (px[0] + px[1]) + (px[2] + px[3]);
    const lanes sy = (py[0] + py[1]) + (py[2] + py[3]);
    const lanes whole = (weight[0] + weight[1]) + (weight[2] + weight[3]);
    const lanes square = sx * sx + sy * sy;
    const lane_bits agree =
        (made < 0) & (whole >= MU_STEER_WEIGHT_LEAST) &
        (square >= MU_STEER_AGREE * MU_STEER_UNITS * MU_STEER_UNITS * (whole * whole));
    const lanes inverse = one / lanes_root(lanes_pick(agree, square, one));
    const lane_bits all_made = (made < 0) | ((word[0] < 0) & (use == 0)); /* as many as matter */
    const lanes ask = lanes_pick(all_made, lanes_of(MU_KERNEL_ASK), lanes_of(MU_KERNEL_PREPARE));
    const lanes off = lanes_more(clear_at(word, u, v, step_m), zero);
    const lanes known = lanes_pick(use == MU_STEER_USE_ALL, off, zero);
    lanes_store(wx, sx * inverse);
    lanes_store(wy, sy * inverse);
    lanes_store(clear_m, lanes_pick(agree, known, ask));
}

/* Words are looked up for some before the first are read: they come from all over the area. */
#define LOOKED_UP 8U
static void steer(const mu_steer_grid *grid, uint32_t count, const float *x, const float *y,
                  float *wx, float *wy, float *clear_m) {
    among at[LOOKED_UP];
    for (uint32_t first = 0; first < count; first += LOOKED_UP * LANES) {
        uint32_t n = 0;
        for (uint32_t k = first; k < count && n < LOOKED_UP; k += LANES) {
            look_up(grid, x + k, y + k, &at[n++]);
        }
        for (uint32_t m = 0, k = first; m < n; m++, k += LANES) {
            point_way(&at[m], grid->step_m, wx + k, wy + k, clear_m + k);
        }
    }
}
