/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What levers did, from the runs of their study: a difference for each replication, over all
 * incidents, so that what the incidents share in luck counts as shared. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/levers.h"
#include "study/results.h"
#include "study/store_inside.h"

typedef struct measuring {
    const mu_levers *levers;
    const mu_results *results;
    mu_lever_effect *effects; /* per arm but the first */
    double *sums;             /* per arm but the first and replication */
    uint32_t *incidents;      /* the same: in how many it was played */
    uint32_t reps;
} measuring;

static void add_pairs(measuring *m, const mu_comparison *comparison,
                      const mu_compare_given *given) {
    const mu_series *x = given->x, *y = given->y;
    const size_t row = (size_t)(comparison->arm_y - 1) * m->reps;
    for (uint32_t i = 0, j = 0; i < x->count && j < y->count;) {
        const uint32_t a = x->replications[i], b = y->replications[j];
        if (a == b && a < m->reps) {
            m->sums[row + a] += x->measures[i][MU_MEASURE_clauses_missed] -
                                y->measures[j][MU_MEASURE_clauses_missed];
            m->incidents[row + a]++;
        }
        i += a <= b;
        j += b <= a;
    }
}

static void visit(void *context, const mu_results *results, const mu_comparison *comparison,
                  const mu_compare_given *given) {
    measuring *m = context;
    mu_lever_effect *effect = &m->effects[comparison->arm_y - 1];
    (void)results;
    add_pairs(m, comparison, given);
    for (uint32_t i = 0; i < comparison->count; i++) {
        const mu_pair_finding *finding = &comparison->findings[i];
        if (finding->kind == MU_FINDING_CLAUSE || finding->kind == MU_FINDING_CLAUSE_TIME) {
            effect->better += mu_finding_sign(finding) > 0;
            effect->worse += mu_finding_sign(finding) < 0;
        }
    }
}

/* Replications that every incident has. */
static uint64_t gather(const measuring *m, uint32_t arm, double *values) {
    uint64_t count = 0;
    for (uint32_t k = 0; k < m->reps; k++) {
        const size_t at = (size_t)arm * m->reps + k;
        if (m->incidents[at] == m->results->incidents.count) {
            values[count++] = m->sums[at];
        }
    }
    return count;
}

static uint32_t find_lever(const mu_levers *levers, const char *id) {
    uint32_t k = 0;
    while (k < levers->levers.count && strcmp(levers->levers.items[k].id, id) != 0) {
        k++;
    }
    return k < levers->levers.count ? k : MU_NONE;
}

static int by_closed(const void *a, const void *b) {
    const mu_lever_effect *left = a, *right = b;
    const int by_value = (left->closed < right->closed) - (left->closed > right->closed);
    return by_value != 0 ? by_value : (left->lever > right->lever) - (left->lever < right->lever);
}

static bool sum_up(measuring *m, uint32_t arms) {
    double *values = malloc(((size_t)m->reps + 1) * sizeof *values);
    double *zeros = calloc((size_t)m->reps + 1, sizeof *zeros);
    double *p = malloc(((size_t)arms + 1) * sizeof *p);
    const bool enough = values != NULL && zeros != NULL && p != NULL;
    for (uint32_t a = 0; enough && a < arms; a++) {
        const uint64_t count = gather(m, a, values);
        const mu_stat_paired pair = mu_stat_pair(zeros, values, count, 0.95);
        m->effects[a].lever = find_lever(m->levers, m->results->arms.items[a + 1].id);
        m->effects[a].arm = a + 1;
        m->effects[a].pairs = count;
        m->effects[a].closed = pair.mean;
        m->effects[a].low = pair.low;
        m->effects[a].high = pair.high;
        p[a] = pair.p;
    }
    const bool done = enough && mu_stat_holm(p, arms);
    for (uint32_t a = 0; done && a < arms; a++) {
        m->effects[a].p = p[a];
    }
    free(values);
    free(zeros);
    free(p);
    return done;
}

mu_status mu_levers_measure(const mu_levers *levers, const struct mu_results *results,
                            mu_lever_effect *effects, uint32_t *count, mu_diags *diags) {
    const uint32_t arms = results->arms.count - 1;
    const int64_t last = mu_store_ask(results->store, "SELECT max(replication) FROM run");
    const mu_status answered = mu_store_answered(results->store, diags);
    if (answered != MU_OK) {
        return answered;
    }
    const uint32_t reps = (uint32_t)(last + 1);
    measuring m = {.levers = levers,
                   .results = results,
                   .effects = effects,
                   .reps = reps,
                   .sums = calloc((size_t)arms * reps + 1, sizeof *m.sums),
                   .incidents = calloc((size_t)arms * reps + 1, sizeof *m.incidents)};
    const mu_compare_options options = {.base = 0, .other = MU_NONE, .draws = 0};
    memset(effects, 0, arms * sizeof *effects);
    mu_status status = m.sums != NULL && m.incidents != NULL ? MU_OK : MU_ERR_MEMORY;
    if (status == MU_OK) {
        status = mu_results_compare(results, &options, visit, &m, diags);
    }
    if (status == MU_OK) {
        status = sum_up(&m, arms) ? MU_OK : MU_ERR_MEMORY;
    }
    if (status == MU_OK) {
        qsort(effects, arms, sizeof *effects, by_closed);
        *count = arms;
    }
    free(m.sums);
    free(m.incidents);
    return status;
}
