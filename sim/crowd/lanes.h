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
/* The larger of two, and the smaller; b of equals, as the instruction has it. */
static inline lanes lanes_more(lanes a, lanes b) {
#if LANES == 8
    return (lanes)_mm256_max_ps((__m256)a, (__m256)b);
#elif defined(__SSE2__)
    return (lanes)_mm_max_ps((__m128)a, (__m128)b);
#else
    return lanes_pick(a > b, a, b);
#endif
}
static inline lanes lanes_less(lanes a, lanes b) {
#if LANES == 8
    return (lanes)_mm256_min_ps((__m256)a, (__m256)b);
#elif defined(__SSE2__)
    return (lanes)_mm_min_ps((__m128)a, (__m128)b);
#else
    return lanes_pick(a < b, a, b);
#endif
}
static inline lanes lanes_size(lanes v) {
    return (lanes)((lane_bits)v & lane_bits_of(0x7fffffff));
}
static inline lane_bits lanes_whole(lanes v) {
    return __builtin_convertvector(v, lane_bits);
}
static inline lanes lanes_number(lane_bits v) {
    return __builtin_convertvector(v, lanes);
}
/* The two halves of eight lanes; of four, the same twice. */
static inline four lanes_half(lanes v, int half) {
    four part;
    memcpy(&part, (const char *)&v + (LANES == 8 ? 16 * half : 0), sizeof part);
    return part;
}
static inline int32_t lane_bits_sum(lane_bits v) {
#if LANES == 8
    const four_bits sum = (four_bits)lanes_half((lanes)v, 0) + (four_bits)lanes_half((lanes)v, 1);
#else
    const four_bits sum = v;
#endif
    return (sum[0] + sum[2]) + (sum[1] + sum[3]);
}
static inline float lanes_least(lanes v) {
    const four a = lanes_half(v, 0), b = lanes_half(v, 1);
    const four_bits less = a < b;
    const four part = (four)((less & (four_bits)a) | (~less & (four_bits)b));
    const float even = part[0] < part[2] ? part[0] : part[2];
    const float odd = part[1] < part[3] ? part[1] : part[3];
    return even < odd ? even : odd;
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

/* Writes those of LANES indices that the mask leaves, and whatever behind them, LANES in all;
 * returns how many they are. */
static inline uint32_t lanes_keep(const mu_kernel_packing *packing, uint32_t *to, lane_bits from,
                                  uint32_t mask) {
#if LANES == 8
    const __m128i packed = _mm_loadl_epi64((const __m128i *)packing->lane[mask]);
    const __m256i kept = _mm256_permutevar8x32_epi32((__m256i)from, _mm256_cvtepu8_epi32(packed));
    memcpy(to, &kept, sizeof kept);
    return (uint32_t)_mm_popcnt_u32(mask);
#else
    for (int k = 0; k < LANES; k++) {
        to[k] = (uint32_t)from[packing->lane[mask][k]];
    }
    return packing->count[mask];
#endif
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

#if LANES == 8
/* Transposes each half of four vectors on its own. */
static inline void halves_transpose(__m256 v[4], lanes out[4]) {
    const __m256 a = _mm256_unpacklo_ps(v[0], v[1]), b = _mm256_unpackhi_ps(v[0], v[1]);
    const __m256 c = _mm256_unpacklo_ps(v[2], v[3]), d = _mm256_unpackhi_ps(v[2], v[3]);
    out[0] = (lanes)_mm256_shuffle_ps(a, c, 0x44);
    out[1] = (lanes)_mm256_shuffle_ps(a, c, 0xee);
    out[2] = (lanes)_mm256_shuffle_ps(b, d, 0x44);
    out[3] = (lanes)_mm256_shuffle_ps(b, d, 0xee);
}
#endif

/* Eight numbers each of LANES records that are side by side in memory: of[n] gets every n-th. */
static inline void lanes_gather(const float *records, const uint32_t *which, lanes of[8]) {
#if LANES == 8
    __m256 low[4], high[4];
    for (int k = 0; k < 4; k++) {
        const float *one = records + 8 * (size_t)which[k];
        const float *other = records + 8 * (size_t)which[4 + k];
        low[k] = _mm256_set_m128(_mm_loadu_ps(other), _mm_loadu_ps(one));
        high[k] = _mm256_set_m128(_mm_loadu_ps(other + 4), _mm_loadu_ps(one + 4));
    }
    halves_transpose(low, of);
    halves_transpose(high, of + 4);
#else
    for (int k = 0; k < 4; k++) {
        const float *record = records + 8 * (size_t)which[k];
        of[k] = four_load(record);
        of[4 + k] = four_load(record + 4);
    }
    four_transpose(of);
    four_transpose(of + 4);
#endif
}
