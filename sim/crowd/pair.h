/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A point, or both numbers of a vector, in one register: what is done to them is done to both at
 * once, and rounded as it would be one by one. */
#ifndef MU_CROWD_PAIR_H
#define MU_CROWD_PAIR_H

#include <string.h>

#include "site/plane.h"

typedef double mu_pair __attribute__((vector_size(16)));
typedef float mu_pairf __attribute__((vector_size(8)));

static inline mu_pair mu_pair_read(const mu_point *p) {
    mu_pair v;
    memcpy(&v, p, sizeof v);
    return v;
}
static inline void mu_pair_write(mu_point *p, mu_pair v) {
    memcpy(p, &v, sizeof v);
}
/* From and to single precision. */
static inline mu_pair mu_pair_of(float x, float y) {
    return (mu_pair){(double)x, (double)y};
}
static inline mu_pairf mu_pair_narrow(mu_pair p) {
    return __builtin_convertvector(p, mu_pairf);
}
static inline double mu_pair_dot(mu_pair a, mu_pair b) {
    const mu_pair product = a * b;
    return product[0] + product[1];
}

#endif
