/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The walk model's inner loops for any processor. */
#define LANES 4
#include "crowd/walk_kernel_code.h"

const mu_kernel mu_kernel_plain = {find, judge,      surround,      seek,         decide,
                                   take, list,       list_touching, pace,         steer,
                                   head, near_walls, measure_walls, crossed_lines};

void mu_kernel_make_packing(mu_kernel_packing *out) {
    for (uint32_t set = 0; set < 256; set++) {
        uint32_t count = 0;
        for (uint8_t lane = 0; lane < 8; lane++) {
            if ((set >> lane & 1U) != 0) {
                out->lane[set][count++] = lane;
            }
        }
        out->count[set] = (uint8_t)count;
        while (count < 8) {
            out->lane[set][count++] = 0;
        }
    }
}

const mu_kernel *mu_kernel_best(void) {
#if defined(MU_HAS_AVX2)
    if (__builtin_cpu_supports("avx2")) {
        return &mu_kernel_avx2;
    }
#endif
    return &mu_kernel_plain;
}
