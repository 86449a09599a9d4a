/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The walk model's inner loops for any processor. */
#define LANES 4
#include "crowd/walk_kernel_code.h"

const mu_kernel mu_kernel_plain = {find, fill, turn, ahead};

const mu_kernel *mu_kernel_best(void) {
#if defined(MU_HAS_AVX2)
    if (__builtin_cpu_supports("avx2")) {
        return &mu_kernel_avx2;
    }
#endif
    return &mu_kernel_plain;
}
