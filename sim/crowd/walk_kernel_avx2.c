/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The walk model's inner loops for processors with AVX2; built with the compiler told so. */
#define LANES 8
#include "crowd/walk_kernel_code.h"

const mu_kernel mu_kernel_avx2 = {find, judge,      surround,      seek,         decide,
                                  take, list,       list_touching, pace,         steer,
                                  head, near_walls, measure_walls, crossed_lines};
