/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Means, proportions and corrections; quantiles are in stats_quantile.c, selection in
 * stats_select.c. */
#include "study/stats.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

void mu_stat_add(mu_stat_running *running, double value) {
    const double before = value - running->mean;
    running->count++;
    running->mean += before / (double)running->count;
    running->squares += before * (value - running->mean);
}

double mu_stat_variance(const mu_stat_running *running) {
    return running->count < 2 ? 0 : running->squares / (double)(running->count - 1);
}

double mu_stat_t(double level, double degrees) {
    return gsl_cdf_tdist_Pinv(0.5 + level / 2, degrees);
}

double mu_stat_half_width(const mu_stat_running *running, double level) {
    if (running->count < 2) {
        return (double)INFINITY;
    }
    const double count = (double)running->count;
    return mu_stat_t(level, count - 1) * sqrt(mu_stat_variance(running) / count);
}

/* Two-sided p of a mean that is `mean` with this variance. */
static double p_of_mean(double mean, double variance, double count) {
    if (variance <= 0) {
        return mean == 0 ? 1 : 0;
    }
    return 2 * gsl_cdf_tdist_Q(fabs(mean) / sqrt(variance / count), count - 1);
}

mu_stat_paired mu_stat_pair(const double *x, const double *y, uint64_t count, double level) {
    mu_stat_running a = {0}, b = {0}, d = {0};
    double together = 0;
    uint64_t differing = 0;
    for (uint64_t i = 0; i < count; i++) {
        const double before = x[i] - a.mean;
        mu_stat_add(&a, x[i]);
        mu_stat_add(&b, y[i]);
        mu_stat_add(&d, y[i] - x[i]);
        together += before * (y[i] - b.mean);
        differing += x[i] != y[i];
    }
    mu_stat_paired out = {.count = count,
                          .mean_x = a.mean,
                          .mean_y = b.mean,
                          .mean = d.mean,
                          .variance = mu_stat_variance(&d),
                          .low = (double)-INFINITY,
                          .high = (double)INFINITY,
                          .p = 1,
                          .correlation = (double)NAN,
                          .reduction = (double)NAN,
                          .differing = differing};
    if (count >= 2) {
        const double half = mu_stat_half_width(&d, level);
        out.low = d.mean - half;
        out.high = d.mean + half;
        out.p = p_of_mean(d.mean, out.variance, (double)count);
    }
    if (a.squares > 0 && b.squares > 0) {
        out.correlation = together / sqrt(a.squares * b.squares);
    }
    if (d.squares > 0) {
        out.reduction = (a.squares + b.squares) / d.squares;
    }
    return out;
}

static mu_stat_running sum_up(const double *values, uint64_t count) {
    mu_stat_running running = {0};
    for (uint64_t i = 0; i < count; i++) {
        mu_stat_add(&running, values[i]);
    }
    return running;
}

mu_stat_welch mu_stat_two(const double *x, uint64_t count_x, const double *y, uint64_t count_y,
                          double level) {
    const mu_stat_running a = sum_up(x, count_x), b = sum_up(y, count_y);
    const double part_a = mu_stat_variance(&a) / (double)count_x;
    const double part_b = mu_stat_variance(&b) / (double)count_y;
    const double both = part_a + part_b;
    const double degrees =
        both * both /
        (part_a * part_a / (double)(count_x - 1) + part_b * part_b / (double)(count_y - 1));
    const double half = mu_stat_t(level, degrees) * sqrt(both);
    return (mu_stat_welch){
        .degrees = degrees, .low = b.mean - a.mean - half, .high = b.mean - a.mean + half};
}

enum { RUNS_MOST = 100000000 };

static double half_of(double variance, uint64_t count, double level) {
    return mu_stat_t(level, (double)(count - 1)) * sqrt(variance / (double)count);
}

/* The half-width falls with the number of runs, so it is found by halving. */
static uint64_t fewest_runs(double variance, uint64_t count, double wanted, double level) {
    uint64_t low = count < 2 ? 2 : count, high = low;
    while (high < RUNS_MOST && half_of(variance, high, level) > wanted) {
        low = high + 1;
        high *= 2;
    }
    while (low < high) {
        const uint64_t middle = low + (high - low) / 2;
        if (half_of(variance, middle, level) <= wanted) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return high;
}

uint64_t mu_stat_runs_absolute(double variance, uint64_t count, double absolute, double level) {
    return fewest_runs(variance, count, absolute, level);
}

uint64_t mu_stat_runs_relative(double mean, double variance, uint64_t count, double relative,
                               double level) {
    return fewest_runs(variance, count, fabs(mean) * relative / (1 + relative), level);
}

double mu_stat_mcnemar(uint64_t gained, uint64_t lost) {
    const uint64_t all = gained + lost, fewer = gained < lost ? gained : lost;
    if (all == 0) {
        return 1;
    }
    const double tail = gsl_cdf_binomial_P((unsigned)fewer, 0.5, (unsigned)all);
    return fmin(1, 2 * tail);
}

void mu_stat_paired_shares(uint64_t pairs, uint64_t gained, uint64_t lost, bool adjusted,
                           double level, double *low, double *high) {
    const double extra = adjusted ? 0.5 : 0;
    const double n = (double)pairs + 4 * extra;
    const double b = (double)gained + extra, c = (double)lost + extra;
    const double difference = (b - c) / n;
    const double half =
        gsl_cdf_ugaussian_Pinv(0.5 + level / 2) * sqrt(fmax(0, b + c - (b - c) * (b - c) / n)) / n;
    *low = fmax(-1, difference - half);
    *high = fmin(1, difference + half);
}

typedef struct ranked {
    double p;
    uint32_t place;
} ranked;

static int compare_ranked(const void *a, const void *b) {
    const ranked *left = a, *right = b;
    const int by_p = (left->p > right->p) - (left->p < right->p);
    return by_p != 0 ? by_p : (left->place > right->place) - (left->place < right->place);
}

bool mu_stat_holm(double *p, uint32_t count) {
    ranked *order = malloc(((size_t)count + 1) * sizeof *order);
    if (order == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        order[i] = (ranked){p[i], i};
    }
    qsort(order, count, sizeof *order, compare_ranked);
    double greatest = 0;
    for (uint32_t i = 0; i < count; i++) {
        greatest = fmax(greatest, fmin(1, (double)(count - i) * order[i].p));
        p[order[i].place] = greatest;
    }
    free(order);
    return true;
}

double mu_stat_bonferroni(double level, uint32_t comparisons) {
    return 1 - (1 - level) / comparisons;
}
