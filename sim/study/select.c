/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The procedure of Kim and Nelson (2001), looked at after blocks instead of after every run: fewer
 * looks drop nobody whom it would not have dropped. Variances are those of the first block. The sum
 * over the incidents of a replication is one observation. */
#include "study/select.h"

#include <math.h>
#include <stdlib.h>

#include "study/stats.h"

#define ALPHA 0.05

/* Clauses missed, all incidents together: per arm and replication; NAN where not all are there. */
typedef struct observations {
    double *of;
    uint32_t arms, count, next;
    uint32_t arm;
} observations;

static void add(void *context, double a, double b) {
    observations *o = context;
    (void)b;
    if (o->next < o->count) {
        o->of[(size_t)o->arm * o->count + o->next++] += a;
    }
}

static mu_status read_all(const mu_study_plan *study, mu_store *store, const bool *in,
                          observations *o, mu_diags *diags) {
    mu_status status = MU_OK;
    for (uint32_t i = 0; i < study->incidents.count; i++) {
        for (o->arm = 1; o->arm < o->arms && status == MU_OK; o->arm++) {
            const uint32_t cell = i * o->arms + o->arm;
            o->next = 0;
            if (in[o->arm]) {
                status = mu_store_pairs(store, cell, cell, o->count, MU_MEASURE_clauses_missed, add,
                                        o, diags);
            }
        }
    }
    return status;
}

static double mean_of(const double *values, uint32_t count) {
    double sum = 0;
    for (uint32_t k = 0; k < count; k++) {
        sum += values[k];
    }
    return sum / count;
}

static double variance_of_difference(const double *a, const double *b, uint32_t first) {
    mu_stat_running running = {0};
    for (uint32_t k = 0; k < first; k++) {
        mu_stat_add(&running, a[k] - b[k]);
    }
    return mu_stat_variance(&running);
}

/* Is arm i so much worse than some other one that it cannot be the best? */
static bool falls_behind(const observations *o, const bool *in, uint32_t i, uint32_t first,
                         double h2, double indifference, bool *decided) {
    const double *own = o->of + (size_t)i * o->count;
    bool behind = false;
    for (uint32_t l = 1; l < o->arms; l++) {
        const double *other = o->of + (size_t)l * o->count;
        if (l == i || !in[l]) {
            continue;
        }
        const double variance = variance_of_difference(own, other, first);
        const double width = mu_stat_kn_width(h2, variance, indifference, o->count);
        behind = behind || mean_of(own, o->count) > mean_of(other, o->count) + width;
        *decided = *decided && o->count > mu_stat_kn_runs(h2, variance, indifference);
    }
    return behind;
}

static void stop_arm(const mu_study_plan *study, uint32_t arm, uint32_t count, uint32_t *runs) {
    for (uint32_t i = 0; i < study->incidents.count; i++) {
        const uint32_t cell = i * study->arms.count + arm;
        runs[cell] = count < runs[cell] ? count : runs[cell];
    }
}

static void drop(const mu_study_plan *study, const observations *o, const bool *in, uint32_t first,
                 uint32_t *runs) {
    uint32_t systems = o->arms - 1, left = 0;
    const double h2 = systems > 1 ? mu_stat_kn_h2(systems, first, ALPHA) : 0;
    bool decided = true;
    for (uint32_t i = 1; i < o->arms; i++) {
        if (in[i] && systems > 1 &&
            falls_behind(o, in, i, first, h2, study->given.indifference, &decided)) {
            stop_arm(study, i, o->count, runs);
        } else {
            left += in[i];
        }
    }
    if (systems > 1 && (left <= 1 || decided)) {
        for (uint32_t i = 0; i < o->arms; i++) {
            stop_arm(study, i, o->count, runs);
        }
    }
}

mu_status mu_select_look(const mu_study_plan *study, mu_store *store, uint32_t count,
                         uint32_t *runs, mu_diags *diags) {
    observations o = {.arms = study->arms.count, .count = count};
    bool *in = calloc((size_t)o.arms + 1, sizeof *in);
    o.of = calloc((size_t)o.arms * count + 1, sizeof *o.of);
    mu_status status = in == NULL || o.of == NULL ? MU_ERR_MEMORY : MU_OK;
    for (uint32_t i = 1; i < o.arms && status == MU_OK; i++) {
        in[i] = runs[i] > count || runs[i] == (uint32_t)study->given.reps;
    }
    if (status == MU_OK) {
        status = read_all(study, store, in, &o, diags);
    }
    if (status == MU_OK) {
        drop(study, &o, in, (uint32_t)study->given.block, runs);
    }
    free(in);
    free(o.of);
    return status;
}
