/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/grow.h"

/* Pairs in hand: the runs of both arms that have the same replication. */
typedef struct pairing {
    const mu_compare_given *given;
    uint32_t *run_x, *run_y;
    uint32_t count;
    double *x, *y; /* scratch */
    mu_comparison *out;
    uint32_t room;
} pairing;

static void match(pairing *p) {
    const mu_series *x = p->given->x, *y = p->given->y;
    for (uint32_t i = 0, j = 0; i < x->count && j < y->count;) {
        if (x->replications[i] < y->replications[j]) {
            i++;
        } else if (x->replications[i] > y->replications[j]) {
            j++;
        } else {
            p->run_x[p->count] = i++;
            p->run_y[p->count++] = j++;
        }
    }
}

static bool keep(pairing *p, const mu_pair_finding *finding) {
    mu_comparison *out = p->out;
    mu_pair_finding *findings = mu_grow(out->findings, out->count, &p->room, sizeof *findings);
    if (findings == NULL) {
        return false;
    }
    out->findings = findings;
    out->findings[out->count++] = *finding;
    return true;
}

static bool add_quantiles(const pairing *p, uint64_t count, uint64_t key,
                          mu_pair_finding *finding) {
    const mu_compare_given *given = p->given;
    /* What never differs has no quantile that could. */
    finding->has_quantiles = given->draws > 0 && finding->pair.differing > 0;
    if (!finding->has_quantiles) {
        return true;
    }
    const uint64_t affordable = 400000 / count > 200 ? 400000 / count : 200;
    const uint32_t draws = affordable < given->draws ? (uint32_t)affordable : given->draws;
    return mu_stat_quantile_difference(p->x, p->y, count, 0.5, given->level, draws, key,
                                       &finding->median) &&
           mu_stat_quantile_difference(p->x, p->y, count, 0.9, given->level, draws, key,
                                       &finding->p90);
}

/* A number of both runs, restricted to the horizon where it is a time. */
static double restrict_to(double value, double horizon_s, uint64_t *never) {
    *never += isinf(value);
    return isinf(value) ? horizon_s : fmin(value, horizon_s);
}

static bool compare_measure(pairing *p, uint32_t measure) {
    const mu_measure_info info = mu_measure_get(measure);
    mu_pair_finding found = {.kind = MU_FINDING_MEASURE,
                             .number = measure,
                             .unit = info.unit,
                             .is_elapsed = info.censored,
                             .better = info.better,
                             .limit_x = (double)NAN,
                             .limit_y = (double)NAN};
    uint64_t count = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        double x = p->given->x->measures[p->run_x[i]][measure];
        double y = p->given->y->measures[p->run_y[i]][measure];
        if (isnan(x) || isnan(y)) {
            continue;
        }
        p->x[count] = info.censored ? restrict_to(x, p->given->horizon_s, &found.never_x) : x;
        p->y[count++] = info.censored ? restrict_to(y, p->given->horizon_s, &found.never_y) : y;
    }
    if (count < 2) {
        return true;
    }
    found.pair = mu_stat_pair(p->x, p->y, count, p->given->level);
    return (!info.censored || add_quantiles(p, count, measure, &found)) && keep(p, &found);
}

static bool decides(char letter) {
    return letter == 'm' || letter == 'x';
}

static bool compare_clause(pairing *p, uint32_t clause) {
    mu_pair_finding found = {.kind = MU_FINDING_CLAUSE,
                             .number = clause,
                             .unit = "1",
                             .better = MU_BETTER_MORE,
                             .limit_x = p->given->limit_x[clause],
                             .limit_y = p->given->limit_y[clause]};
    uint64_t count = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        const char x = mu_series_letter(p->given->x, p->run_x[i], clause);
        const char y = mu_series_letter(p->given->y, p->run_y[i], clause);
        if (decides(x) && decides(y)) {
            p->x[count] = x == 'm';
            p->y[count++] = y == 'm';
            found.gained += x == 'x' && y == 'm';
            found.lost += x == 'm' && y == 'x';
        }
    }
    if (count < 2) {
        return true;
    }
    found.pair = mu_stat_pair(p->x, p->y, count, p->given->level);
    mu_stat_paired_shares(count, found.gained, found.lost, true, p->given->level, &found.pair.low,
                          &found.pair.high);
    found.pair.p = mu_stat_mcnemar(found.gained, found.lost);
    return keep(p, &found);
}

static bool compare_clause_time(pairing *p, uint32_t clause) {
    const mu_clause_scale *scale = &p->given->scales[clause];
    mu_pair_finding found = {.kind = MU_FINDING_CLAUSE_TIME,
                             .number = clause,
                             .unit = scale->unit,
                             .is_elapsed = scale->kind == MU_VALUE_TIME,
                             .better = scale->better,
                             .limit_x = p->given->limit_x[clause],
                             .limit_y = p->given->limit_y[clause]};
    uint64_t count = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        const double x = mu_series_value(p->given->x, p->run_x[i], clause);
        const double y = mu_series_value(p->given->y, p->run_y[i], clause);
        if (!isnan(x) && !isnan(y)) {
            p->x[count] =
                found.is_elapsed ? restrict_to(x, p->given->horizon_s, &found.never_x) : x;
            p->y[count++] =
                found.is_elapsed ? restrict_to(y, p->given->horizon_s, &found.never_y) : y;
        }
    }
    if (count < 2) {
        return true;
    }
    found.pair = mu_stat_pair(p->x, p->y, count, p->given->level);
    if (found.pair.mean_x == 0 && found.pair.mean_y == 0) {
        return true; /* at once in every run */
    }
    return add_quantiles(p, count, MU_MEASURE_COUNT + clause, &found) && keep(p, &found);
}

/* Whatever is the same in every pair tests nothing, and so is not counted against the rest. */
static bool correct(mu_comparison *out) {
    double *p = malloc(((size_t)out->count + 1) * sizeof *p);
    uint32_t count = 0;
    for (uint32_t i = 0; p != NULL && i < out->count; i++) {
        out->findings[i].p_holm = 1;
        if (out->findings[i].pair.differing > 0) {
            p[count++] = out->findings[i].pair.p;
        }
    }
    const bool done = p != NULL && mu_stat_holm(p, count);
    count = 0;
    for (uint32_t i = 0; done && i < out->count; i++) {
        if (out->findings[i].pair.differing > 0) {
            out->findings[i].p_holm = p[count++];
        }
    }
    free(p);
    return done;
}

static bool is_judged(const mu_series *series, uint32_t clause) {
    return clause < series->width && series->judged[clause] > 0;
}

bool mu_compare(const mu_compare_given *given, mu_comparison *out) {
    const size_t most = given->x->count < given->y->count ? given->x->count : given->y->count;
    pairing p = {.given = given,
                 .run_x = malloc((most + 1) * sizeof *p.run_x),
                 .run_y = malloc((most + 1) * sizeof *p.run_y),
                 .x = malloc((most + 1) * sizeof *p.x),
                 .y = malloc((most + 1) * sizeof *p.y),
                 .out = out};
    out->findings = NULL;
    out->count = 0;
    bool done = p.run_x != NULL && p.run_y != NULL && p.x != NULL && p.y != NULL;
    if (done) {
        match(&p);
    }
    out->pairs = p.count;
    for (uint32_t c = 0; c < given->clauses && done; c++) {
        if (!is_judged(given->x, c) || !is_judged(given->y, c)) {
            continue;
        }
        done = compare_clause(&p, c) && compare_clause_time(&p, c);
    }
    for (uint32_t m = 0; m < MU_MEASURE_COUNT && done; m++) {
        done = compare_measure(&p, m);
    }
    done = done && correct(out);
    free(p.run_x);
    free(p.run_y);
    free(p.x);
    free(p.y);
    if (!done) {
        mu_comparison_free(out);
    }
    return done;
}

void mu_comparison_free(mu_comparison *comparison) {
    free(comparison->findings);
    comparison->findings = NULL;
    comparison->count = 0;
}

bool mu_finding_survives(const mu_pair_finding *finding) {
    return finding->pair.differing > 0 && finding->p_holm < 0.05;
}

int mu_finding_sign(const mu_pair_finding *finding) {
    if (!mu_finding_survives(finding) || finding->better == MU_BETTER_NONE ||
        finding->pair.mean == 0) {
        return 0;
    }
    return (finding->pair.mean > 0) == (finding->better == MU_BETTER_MORE) ? 1 : -1;
}
