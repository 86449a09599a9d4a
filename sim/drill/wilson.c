/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small statistics of repeated runs: a proportion's interval, a percentile's rank, a rating. */
#include <math.h>

#include "drill/findings.h"

void mu_wilson(uint32_t met, uint32_t runs, double *low, double *high) {
    const double z = 1.959963984540054; /* 0.975 quantile of the standard normal */
    const double n = runs, share = met / n, square = z * z;
    const double middle = (share + square / (2 * n)) / (1 + square / n);
    const double half = z / (1 + square / n) * sqrt(share * (1 - share) / n + square / (4 * n * n));
    *low = met == 0 ? 0 : middle - half;
    *high = met == runs ? 1 : middle + half;
}

uint32_t mu_percentile_rank(uint32_t p, uint32_t n) {
    const uint64_t rank = ((uint64_t)p * n + 99) / 100;
    return rank < 1 ? 1 : (uint32_t)rank;
}

char mu_rate(uint32_t met, uint32_t runs, double required_share) {
    if (runs == 0) {
        return 'N';
    }
    double low, high;
    mu_wilson(met, runs, &low, &high);
    const double share = (double)met / runs;
    if (share >= required_share) {
        return low >= required_share ? 'P' : 'S';
    }
    return share >= 0.5 ? 'M' : 'U';
}
