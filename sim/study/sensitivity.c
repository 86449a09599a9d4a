/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/sensitivity.h"

#include <gsl/gsl_qrng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"
#include "study/stats.h"

/* Levels of Morris's grid, and the step across half of it that he recommends: p / (2 (p - 1)). */
enum { LEVELS = 4 };
#define STEP (LEVELS / (2.0 * (LEVELS - 1)))

uint32_t mu_morris_points(uint32_t factors, uint32_t trajectories) {
    return trajectories * (factors + 1);
}

/* The order in which a trajectory changes the factors. */
static void shuffle(mu_stream *stream, uint32_t *order, uint32_t count) {
    for (uint32_t k = 0; k < count; k++) {
        order[k] = k;
    }
    for (uint32_t k = count; k > 1; k--) {
        const uint32_t other = (uint32_t)(mu_stream_uniform(stream) * k);
        const uint32_t kept = order[k - 1];
        order[k - 1] = order[other < k ? other : k - 1];
        order[other < k ? other : k - 1] = kept;
    }
}

void mu_morris_point(uint64_t seed, uint32_t factors, uint32_t point, double *out) {
    const uint32_t trajectory = point / (factors + 1), steps = point % (factors + 1);
    uint32_t order[MU_SENSITIVITY_FACTORS];
    mu_stream stream;
    mu_stream_open(&stream, seed, trajectory, MU_PURPOSE_STUDY, 0x4d6f7272, 0);
    bool down[MU_SENSITIVITY_FACTORS];
    for (uint32_t k = 0; k < factors; k++) {
        const uint32_t level = (uint32_t)(mu_stream_uniform(&stream) * (LEVELS / 2));
        down[k] = mu_stream_uniform(&stream) < 0.5;
        out[k] = level / (LEVELS - 1.0) + (down[k] ? STEP : 0);
    }
    shuffle(&stream, order, factors);
    for (uint32_t s = 0; s < steps; s++) {
        out[order[s]] += down[order[s]] ? -STEP : STEP;
    }
}

/* The factor in which two neighbours on a trajectory differ. */
static uint32_t changed(const double *a, const double *b, uint32_t factors) {
    uint32_t k = 0;
    while (k + 1 < factors && fabs(a[k] - b[k]) < STEP / 2) {
        k++;
    }
    return k;
}

void mu_morris_effects(uint64_t seed, uint32_t factors, uint32_t trajectories, const double *y,
                       mu_sensitivity *out) {
    mu_stat_running signs[MU_SENSITIVITY_FACTORS] = {{0}}, sizes[MU_SENSITIVITY_FACTORS] = {{0}};
    for (uint32_t t = 0; t < trajectories; t++) {
        for (uint32_t s = 0; s < factors; s++) {
            const uint32_t point = t * (factors + 1) + s;
            double from[MU_SENSITIVITY_FACTORS], to[MU_SENSITIVITY_FACTORS];
            mu_morris_point(seed, factors, point, from);
            mu_morris_point(seed, factors, point + 1, to);
            const uint32_t k = changed(from, to, factors);
            const double effect = (y[point + 1] - y[point]) / (to[k] - from[k]);
            mu_stat_add(&signs[k], effect);
            mu_stat_add(&sizes[k], fabs(effect));
        }
    }
    for (uint32_t k = 0; k < factors; k++) {
        out[k] = (mu_sensitivity){.factor = k,
                                  .first = signs[k].mean,
                                  .total = sizes[k].mean,
                                  .spread = sqrt(mu_stat_variance(&signs[k])),
                                  .half_width = mu_stat_half_width(&sizes[k], 0.95)};
    }
}

uint32_t mu_indices_points(uint32_t factors, uint32_t samples) {
    return samples * (factors + 2);
}

/* Of each sample: A, B, and A with one column of B after the other. */
void mu_indices_point(uint32_t factors, uint32_t point, const double *sample, double *out) {
    const uint32_t which = point % (factors + 2);
    for (uint32_t k = 0; k < factors; k++) {
        const bool from_b = which == 1 || which == k + 2;
        out[k] = sample[from_b ? factors + k : k];
    }
}

static double variance_of(const double *y, uint32_t factors, uint32_t samples) {
    mu_stat_running all = {0};
    for (uint32_t j = 0; j < samples; j++) {
        mu_stat_add(&all, y[j * (factors + 2)]);
        mu_stat_add(&all, y[j * (factors + 2) + 1]);
    }
    return mu_stat_variance(&all);
}

void mu_indices(uint32_t factors, uint32_t samples, const double *y, mu_sensitivity *out) {
    const double variance = variance_of(y, factors, samples);
    for (uint32_t k = 0; k < factors; k++) {
        mu_stat_running first = {0}, total = {0};
        for (uint32_t j = 0; j < samples; j++) {
            const double *row = y + (size_t)j * (factors + 2);
            const double difference = row[2 + k] - row[0];
            mu_stat_add(&first, row[1] * difference);
            mu_stat_add(&total, difference * difference / 2);
        }
        const bool varies = variance > 0;
        out[k] = (mu_sensitivity){.factor = k,
                                  .first = varies ? first.mean / variance : 0,
                                  .total = varies ? total.mean / variance : 0,
                                  .spread = varies ? sqrt(variance) : 0,
                                  .half_width =
                                      varies ? mu_stat_half_width(&total, 0.95) / variance : 0};
    }
}

static int by_total(const void *a, const void *b) {
    const mu_sensitivity *x = a, *y = b;
    const int by = (x->total < y->total) - (x->total > y->total);
    return by != 0 ? by : (x->factor > y->factor) - (x->factor < y->factor);
}

typedef struct summing {
    double sum;
    uint32_t count;
} summing;

static void add(void *context, double a, double b) {
    summing *s = context;
    (void)b;
    s->sum += a;
    s->count++;
}

mu_status mu_sensitivity_measure(const mu_study_plan *study, mu_store *store, uint32_t incident,
                                 uint32_t number, mu_sensitivity *out, bool *said,
                                 mu_diags *diags) {
    const uint32_t factors = study->given.factors.count, arms = study->arms.count;
    double *y = calloc((size_t)arms + 1, sizeof *y);
    mu_status status = y == NULL ? MU_ERR_MEMORY : MU_OK;
    *said = true;
    for (uint32_t a = 1; a < arms && status == MU_OK; a++) {
        const uint32_t cell = incident * arms + a;
        summing s = {0};
        status =
            mu_store_pairs(store, cell, cell, (uint32_t)study->given.reps, number, add, &s, diags);
        *said = *said && s.count > 0;
        y[a - 1] = s.count > 0 ? s.sum / s.count : 0;
    }
    if (status == MU_OK && *said) {
        if (study->given.design == MU_DESIGN_MORRIS) {
            mu_morris_effects((uint64_t)study->given.design_seed, factors,
                              (uint32_t)study->given.points, y, out);
        } else {
            mu_indices(factors, (uint32_t)study->given.points, y, out);
        }
        qsort(out, factors, sizeof *out, by_total);
    }
    free(y);
    return status;
}
