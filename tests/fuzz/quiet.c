/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparisons told to nobody. libFuzzer learns from them what bytes a reader looks for, which helps
 * with bytes; where JSON is mutated by the tables of fields they take two thirds of the time, most
 * of it within the simulation. The linker puts these in the place of libFuzzer's (--wrap,
 * meson.build). */
#include <stdint.h>

#define QUIET(name, type)                                                                          \
    void name(type one, type two);                                                                 \
    void name(type one, type two) {                                                                \
        (void)one;                                                                                 \
        (void)two;                                                                                 \
    }

QUIET(__wrap___sanitizer_cov_trace_cmp1, uint8_t)
QUIET(__wrap___sanitizer_cov_trace_cmp2, uint16_t)
QUIET(__wrap___sanitizer_cov_trace_cmp4, uint32_t)
QUIET(__wrap___sanitizer_cov_trace_cmp8, uint64_t)
QUIET(__wrap___sanitizer_cov_trace_const_cmp1, uint8_t)
QUIET(__wrap___sanitizer_cov_trace_const_cmp2, uint16_t)
QUIET(__wrap___sanitizer_cov_trace_const_cmp4, uint32_t)
QUIET(__wrap___sanitizer_cov_trace_const_cmp8, uint64_t)
