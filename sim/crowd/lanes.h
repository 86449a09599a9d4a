/* SPDX-License-Identifier: GPL-3.0-or-later */
/* LANES numbers at a time, by the compiler's own vectors, so that every machine does the same
 * arithmetic on each of them. Only packing a comparison into bits, and the square root, which is
 * exact everywhere, have a short way on x86. LANES is 4 or 8; 8 needs AVX2. */
#include <math.h>
#include <stdint.h>
#include <string.h>
#if defined(__SSE2__)
#include <immintrin.h>
#endif

typedef float four __attribute__((vector_size(16)));
typedef int32_t four_bits __attribute__((vector_size(16)));

#if LANES == 8
typedef float lanes __attribute__((vector_size(32)));
typedef int32_t lane_bits __attribute__((vector_size(32)));
static const lane_bits lane_numbers = {0, 1, 2, 3, 4, 5, 6, 7};

static inline lanes lanes_of(float f) {
    return (lanes){f, f, f, f, f, f, f, f};
}
static inline lane_bits lane_bits_of(int32_t n) {
    return (lane_bits){n, n, n, n, n, n, n, n};
}
static inline uint32_t lanes_mask(lane_bits bits) {
    return (uint32_t)_mm256_movemask_ps((__m256)bits);
}
static inline lanes lanes_root(lanes v) {
    return (lanes)_mm256_sqrt_ps((__m256)v);
}
#else
typedef four lanes;
typedef four_bits lane_bits;
static const lane_bits lane_numbers = {0, 1, 2, 3};

static inline lanes lanes_of(float f) {
    return (lanes){f, f, f, f};
}
static inline lane_bits lane_bits_of(int32_t n) {
    return (lane_bits){n, n, n, n};
}
static inline uint32_t lanes_mask(lane_bits bits) {
#if defined(__SSE2__)
    return (uint32_t)_mm_movemask_ps((__m128)bits);
#else
    return (bits[0] < 0) | (uint32_t)(bits[1] < 0) << 1 | (uint32_t)(bits[2] < 0) << 2 |
           (uint32_t)(bits[3] < 0) << 3;
#endif
}
static inline lanes lanes_root(lanes v) {
#if defined(__SSE2__)
    return (lanes)_mm_sqrt_ps((__m128)v);
#else
    return (lanes){sqrtf(v[0]), sqrtf(v[1]), sqrtf(v[2]), sqrtf(v[3])};
#endif
}
#endif

static inline lanes lanes_load(const float *from) {
    lanes v;
    memcpy(&v, from, sizeof v);
    return v;
}
static inline void lanes_store(float *to, lanes v) {
    memcpy(to, &v, sizeof v);
}
/* a where the bits are set, else b. */
static inline lanes lanes_pick(lane_bits bits, lanes a, lanes b) {
    return (lanes)((bits & (lane_bits)a) | (~bits & (lane_bits)b));
}
static inline lanes lanes_more(lanes a, lanes b) {
    return lanes_pick(a > b, a, b);
}
static inline lanes lanes_less(lanes a, lanes b) {
    return lanes_pick(a < b, a, b);
}
static inline lanes lanes_size(lanes v) {
    return (lanes)((lane_bits)v & lane_bits_of(0x7fffffff));
}
static inline lane_bits lanes_whole(lanes v) {
    return __builtin_convertvector(v, lane_bits);
}
static inline int32_t lane_bits_sum(lane_bits v) {
    int32_t sum = 0;
    for (int k = 0; k < LANES; k++) {
        sum += v[k];
    }
    return sum;
}
static inline float lanes_least(lanes v) {
    float least = v[0];
    for (int k = 1; k < LANES; k++) {
        least = v[k] < least ? v[k] : least;
    }
    return least;
}

/* Appends to a list those of LANES indices from `first` on that the mask leaves; writes LANES
 * always, so that nothing branches. */
static inline uint32_t lanes_append(const mu_kernel_packing *packing, uint32_t *list,
                                    uint32_t count, uint32_t first, uint32_t mask) {
#if LANES == 8
    const __m128i packed = _mm_loadl_epi64((const __m128i *)packing->lane[mask]);
    const lane_bits at = (lane_bits)_mm256_cvtepu8_epi32(packed) + (int32_t)first;
    memcpy(list + count, &at, sizeof at);
#else
    for (int k = 0; k < LANES; k++) {
        list[count + (uint32_t)k] = first + packing->lane[mask][k];
    }
#endif
    return count + packing->count[mask];
}

static inline four four_load(const float *from) {
    four v;
    memcpy(&v, from, sizeof v);
    return v;
}
static inline void four_transpose(four v[4]) {
#if defined(__SSE2__)
    __m128 a = (__m128)v[0], b = (__m128)v[1], c = (__m128)v[2], d = (__m128)v[3];
    _MM_TRANSPOSE4_PS(a, b, c, d);
    v[0] = (four)a;
    v[1] = (four)b;
    v[2] = (four)c;
    v[3] = (four)d;
#else
    four out[4];
    for (int k = 0; k < 4; k++) {
        out[k] = (four){v[0][k], v[1][k], v[2][k], v[3][k]};
    }
    memcpy(v, out, sizeof out);
#endif
}

/* Eight numbers each of LANES records that are side by side in memory: of[n] gets every n-th. */
static inline void lanes_gather(const float *records, const uint32_t *which, lanes of[8]) {
    four part[LANES / 4][8];
    for (int half = 0; half < LANES / 4; half++) {
        for (int k = 0; k < 4; k++) {
            const float *record = records + 8 * (size_t)which[4 * half + k];
            part[half][k] = four_load(record);
            part[half][4 + k] = four_load(record + 4);
        }
        four_transpose(part[half]);
        four_transpose(part[half] + 4);
    }
    for (int n = 0; n < 8; n++) {
#if LANES == 8
        of[n] = (lanes)_mm256_set_m128((__m128)part[1][n], (__m128)part[0][n]);
#else
        of[n] = part[0][n];
#endif
    }
}
