/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantiles: by order statistics, and their paired differences. */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"
#include "study/stats.h"

enum { BOOTSTRAP_MOST = 20000, SECTIONS = 50 };

uint64_t mu_stat_rank(double q, uint64_t count) {
    const double exact = q * (double)count;
    uint64_t rank = (uint64_t)ceil(exact - 1e-9); /* q n may be a whole number but for rounding */
    rank = rank < 1 ? 1 : rank;
    return rank > count ? count : rank;
}

double mu_stat_quantile_coverage(uint64_t count, double q, uint64_t low, uint64_t high) {
    return gsl_cdf_binomial_P((unsigned)(high - 1), q, (unsigned)count) -
           (low > 0 ? gsl_cdf_binomial_P((unsigned)(low - 1), q, (unsigned)count) : 0);
}

/* Widens by turns on the side where there is more to gain. */
bool mu_stat_quantile_ranks(uint64_t count, double q, double level, uint64_t *low, uint64_t *high,
                            double *coverage) {
    if (count < 2) {
        return false;
    }
    uint64_t l = mu_stat_rank(q, count), u = l < count ? l + 1 : count;
    l = u == l ? l - 1 : l;
    while (mu_stat_quantile_coverage(count, q, l, u) < level && (l > 1 || u < count)) {
        const double below = l > 1 ? mu_stat_quantile_coverage(count, q, l - 1, l) : -1;
        const double above = u < count ? mu_stat_quantile_coverage(count, q, u, u + 1) : -1;
        if (below > above) {
            l--;
        } else {
            u++;
        }
    }
    *low = l;
    *high = u;
    *coverage = mu_stat_quantile_coverage(count, q, l, u);
    return *coverage >= level;
}

static int compare_numbers(const void *a, const void *b) {
    const double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static double quantile(double *sorted, uint64_t count, double q) {
    return sorted[mu_stat_rank(q, count) - 1];
}

/* Places of values in order, for bootstraps that count instead of sorting. */
typedef struct placed {
    double value;
    uint32_t place;
} placed;

static int compare_placed(const void *a, const void *b) {
    const placed *left = a, *right = b;
    const int by_value = (left->value > right->value) - (left->value < right->value);
    return by_value != 0 ? by_value : (left->place > right->place) - (left->place < right->place);
}

static placed *put_in_order(const double *values, uint64_t count) {
    placed *order = malloc((size_t)count * sizeof *order);
    for (uint64_t i = 0; order != NULL && i < count; i++) {
        order[i] = (placed){values[i], (uint32_t)i};
    }
    if (order != NULL) {
        qsort(order, (size_t)count, sizeof *order, compare_placed);
    }
    return order;
}

/* The quantile of a sample that has each value as often as it was drawn. */
static double drawn_quantile(const placed *order, const uint32_t *times, uint64_t rank) {
    uint64_t so_far = 0;
    for (uint64_t i = 0;; i++) {
        so_far += times[order[i].place];
        if (so_far >= rank) {
            return order[i].value;
        }
    }
}

static bool bootstrap(const double *x, const double *y, uint64_t count, double q, uint32_t draws,
                      uint64_t key, double *differences) {
    placed *order_x = put_in_order(x, count), *order_y = put_in_order(y, count);
    uint32_t *times = malloc((size_t)count * sizeof *times);
    const bool enough = order_x != NULL && order_y != NULL && times != NULL;
    const uint64_t rank = mu_stat_rank(q, count);
    for (uint32_t k = 0; enough && k < draws; k++) {
        mu_stream stream;
        mu_stream_open(&stream, key, k, MU_PURPOSE_STUDY, count, 0);
        memset(times, 0, (size_t)count * sizeof *times);
        for (uint64_t i = 0; i < count; i++) {
            times[(uint64_t)(mu_stream_uniform(&stream) * (double)count)]++;
        }
        differences[k] =
            drawn_quantile(order_y, times, rank) - drawn_quantile(order_x, times, rank);
    }
    free(order_x);
    free(order_y);
    free(times);
    return enough;
}

/* Sections keep the order of replications; each gives one difference. */
static void by_sections(const double *x, const double *y, uint64_t count, double q, double level,
                        double *scratch, mu_stat_quantile *out) {
    const uint64_t each = count / SECTIONS;
    mu_stat_running running = {0};
    for (uint64_t s = 0; s < SECTIONS; s++) {
        memcpy(scratch, y + s * each, each * sizeof *scratch);
        qsort(scratch, each, sizeof *scratch, compare_numbers);
        const double of_y = quantile(scratch, each, q);
        memcpy(scratch, x + s * each, each * sizeof *scratch);
        qsort(scratch, each, sizeof *scratch, compare_numbers);
        mu_stat_add(&running, of_y - quantile(scratch, each, q));
    }
    const double half = mu_stat_half_width(&running, level);
    out->low = out->difference - half;
    out->high = out->difference + half;
}

bool mu_stat_quantile_difference(const double *x, const double *y, uint64_t count, double q,
                                 double level, uint32_t draws, uint64_t key,
                                 mu_stat_quantile *out) {
    const uint64_t room = count > draws ? count : draws;
    double *scratch = malloc(((size_t)room + 1) * sizeof *scratch);
    if (scratch == NULL || count == 0) {
        free(scratch);
        return false;
    }
    memcpy(scratch, x, count * sizeof *scratch);
    qsort(scratch, count, sizeof *scratch, compare_numbers);
    out->x = quantile(scratch, count, q);
    memcpy(scratch, y, count * sizeof *scratch);
    qsort(scratch, count, sizeof *scratch, compare_numbers);
    out->y = quantile(scratch, count, q);
    out->difference = out->y - out->x;
    bool done = true;
    if (count > BOOTSTRAP_MOST) {
        by_sections(x, y, count, q, level, scratch, out);
    } else {
        done = bootstrap(x, y, count, q, draws, key, scratch);
        if (done) {
            qsort(scratch, draws, sizeof *scratch, compare_numbers);
            out->low = quantile(scratch, draws, (1 - level) / 2);
            out->high = quantile(scratch, draws, (1 + level) / 2);
        }
    }
    free(scratch);
    return done;
}

uint32_t mu_stat_wilks_one(double share, double confidence) {
    uint32_t runs = 1;
    while (1 - pow(share, runs) < confidence) {
        runs++;
    }
    return runs;
}

uint32_t mu_stat_wilks_two(double share, double confidence) {
    uint32_t runs = 2;
    while (1 - runs * pow(share, runs - 1) + (runs - 1) * pow(share, runs) < confidence) {
        runs++;
    }
    return runs;
}
