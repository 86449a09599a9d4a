/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantiles: by order statistics, and their paired differences. */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"
#include "study/stats.h"

enum { BOOTSTRAP_MOST = 2000, SECTIONS = 50 };

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

/* Cumulative weights of Harrell and Davis's estimator: that of the first k values in order. */
static double *weigh(uint64_t count, double q) {
    double *weights = malloc(((size_t)count + 1) * sizeof *weights);
    const double n = (double)count;
    for (uint64_t k = 0; weights != NULL && k <= count; k++) {
        weights[k] = gsl_cdf_beta_P((double)k / n, (n + 1) * q, (n + 1) * (1 - q));
    }
    return weights;
}

/* The quantile of a sample that has each value as often as it was drawn. */
static double drawn_quantile(const placed *order, const uint32_t *times, const double *weights,
                             uint64_t count) {
    uint64_t so_far = 0;
    double sum = 0;
    for (uint64_t i = 0; i < count; i++) {
        const uint64_t next = so_far + times[order[i].place];
        sum += (weights[next] - weights[so_far]) * order[i].value;
        so_far = next;
    }
    return sum;
}

typedef struct bootstrap {
    placed *order_x, *order_y;
    uint32_t *times;
    double *weights;
} bootstrap;

static void draw_pairs(const bootstrap *b, uint64_t count, uint32_t draws, uint64_t key,
                       double *differences) {
    for (uint32_t k = 0; k < draws; k++) {
        mu_stream stream;
        mu_stream_open(&stream, key, k, MU_PURPOSE_STUDY, count, 0);
        memset(b->times, 0, (size_t)count * sizeof *b->times);
        for (uint64_t i = 0; i < count; i++) {
            b->times[(uint64_t)(mu_stream_uniform(&stream) * (double)count)]++;
        }
        differences[k] = drawn_quantile(b->order_y, b->times, b->weights, count) -
                         drawn_quantile(b->order_x, b->times, b->weights, count);
    }
}

static void estimate(const bootstrap *b, uint64_t count, mu_stat_quantile *out) {
    for (uint64_t i = 0; i < count; i++) {
        b->times[i] = 1;
    }
    out->x = drawn_quantile(b->order_x, b->times, b->weights, count);
    out->y = drawn_quantile(b->order_y, b->times, b->weights, count);
    out->difference = out->y - out->x;
}

/* Student's t on the bootstrap's standard error. Its percentiles cover more than they say: they
 * smooth an estimator that is smooth already. */
static double half_width(const double *differences, uint32_t draws, uint64_t count, double level) {
    mu_stat_running running = {0};
    for (uint32_t k = 0; k < draws; k++) {
        mu_stat_add(&running, differences[k]);
    }
    return count > 1 ? mu_stat_t(level, (double)count - 1) * sqrt(mu_stat_variance(&running))
                     : (double)INFINITY;
}

static bool by_bootstrap(const double *x, const double *y, uint64_t count, double q, double level,
                         uint32_t draws, uint64_t key, mu_stat_quantile *out) {
    const bootstrap b = {.order_x = put_in_order(x, count),
                         .order_y = put_in_order(y, count),
                         .times = malloc((size_t)count * sizeof *b.times),
                         .weights = weigh(count, q)};
    double *differences = malloc((size_t)draws * sizeof *differences);
    const bool enough = b.order_x != NULL && b.order_y != NULL && b.times != NULL &&
                        b.weights != NULL && differences != NULL;
    if (enough) {
        estimate(&b, count, out);
        draw_pairs(&b, count, draws, key, differences);
        const double half = half_width(differences, draws, count, level);
        out->low = out->difference - half;
        out->high = out->difference + half;
    }
    free(b.order_x);
    free(b.order_y);
    free(b.times);
    free(b.weights);
    free(differences);
    return enough;
}

static void swap(double *a, double *b) {
    const double kept = *a;
    *a = *b;
    *b = kept;
}

/* The value that stands at `place` (from 0) once they are in order (Hoare's selection; the middle
 * of three is the pivot). The values are moved about. */
static double select_place(double *values, uint64_t count, uint64_t place) {
    uint64_t low = 0, high = count - 1;
    while (low < high) {
        const uint64_t middle = low + (high - low) / 2;
        if (values[middle] < values[low]) {
            swap(&values[middle], &values[low]);
        }
        if (values[high] < values[low]) {
            swap(&values[high], &values[low]);
        }
        if (values[high] < values[middle]) {
            swap(&values[high], &values[middle]);
        }
        const double pivot = values[middle];
        uint64_t i = low, j = high;
        while (i <= j) {
            while (values[i] < pivot) {
                i++;
            }
            while (values[j] > pivot) {
                j--;
            }
            if (i <= j) {
                swap(&values[i++], &values[j]);
                if (j-- == 0) {
                    break;
                }
            }
        }
        if (place <= j && j < count) {
            high = j;
        } else if (place >= i) {
            low = i;
        } else {
            break;
        }
    }
    return values[place];
}

static double quantile_of(const double *values, uint64_t count, double q, double *scratch) {
    memcpy(scratch, values, (size_t)count * sizeof *scratch);
    return select_place(scratch, count, mu_stat_rank(q, count) - 1);
}

/* Sections keep the order of replications; each gives one difference. */
static bool by_sections(const double *x, const double *y, uint64_t count, double q, double level,
                        mu_stat_quantile *out) {
    double *scratch = malloc((size_t)count * sizeof *scratch);
    if (scratch == NULL) {
        return false;
    }
    out->x = quantile_of(x, count, q, scratch);
    out->y = quantile_of(y, count, q, scratch);
    out->difference = out->y - out->x;
    const uint64_t each = count / SECTIONS;
    mu_stat_running running = {0};
    for (uint64_t s = 0; s < SECTIONS; s++) {
        mu_stat_add(&running, quantile_of(y + s * each, each, q, scratch) -
                                  quantile_of(x + s * each, each, q, scratch));
    }
    const double half = mu_stat_half_width(&running, level);
    out->low = out->difference - half;
    out->high = out->difference + half;
    free(scratch);
    return true;
}

bool mu_stat_quantile_difference(const double *x, const double *y, uint64_t count, double q,
                                 double level, uint32_t draws, uint64_t key,
                                 mu_stat_quantile *out) {
    if (count == 0) {
        return false;
    }
    return count > BOOTSTRAP_MOST ? by_sections(x, y, count, q, level, out)
                                  : by_bootstrap(x, y, count, q, level, draws, key, out);
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
