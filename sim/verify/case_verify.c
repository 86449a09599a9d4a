/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All scenes of a case with one seed after another: everything is measured while the runs of a seed
 * are at hand, so that no more than those are kept. */
#include <math.h>
#include <stdlib.h>

#include "verify/case_measure.h"
#include "verify/measure.h"

/* What a check has given so far. */
typedef struct tally {
    mu_samples pool;
    double *each; /* seed by seed; NAN = nothing */
    uint32_t seeds;
} tally;

bool mu_case_check_holds(const mu_case_check *check, double measured) {
    return !isnan(measured) && measured >= check->least && measured <= check->most;
}

static bool measure(const mu_case *given, const mu_case_run *runs, tally *tallies) {
    bool whole = true;
    for (uint32_t c = 0; whole && c < given->checks.count; c++) {
        const mu_case_check *check = &given->checks.items[c];
        const uint32_t scene = mu_case_find_scene(given, check->scene);
        const uint32_t with = check->with != NULL ? mu_case_find_scene(given, check->with) : scene;
        tally *t = &tallies[c];
        const uint32_t before = t->pool.count;
        whole = mu_case_sample(given, check, &runs[scene], &runs[with], &t->pool);
        if (whole && !check->pooled) {
            t->each[t->seeds++] =
                mu_case_statistic_of(given, check, t->pool.items + before, t->pool.count - before);
            t->pool.count = before;
        }
    }
    return whole;
}

/* A measure of what other checks have measured, against their values. */
static double of_others(const mu_case *given, const mu_case_check *check,
                        const mu_case_result *results) {
    const uint32_t n = check->of.count;
    double off = 0, largest = -INFINITY, at = NAN;
    double sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
    for (uint32_t k = 0; k < n; k++) {
        const uint32_t other = mu_case_find_check(given, check->of.items[k]);
        const double x = given->checks.items[other].value, y = results[other].measured;
        off += fabs(y - x) / n;
        at = y > largest ? x : at;
        largest = y > largest ? y : largest;
        sx += x / n;
        sy += y / n;
        sxx += x * x / n;
        syy += y * y / n;
        sxy += x * y / n;
    }
    const double both = sxy - sx * sy;
    switch (check->measure) {
    case MU_CASE_DEVIATION:
        return off;
    case MU_CASE_LARGEST:
        return largest;
    case MU_CASE_LARGEST_AT:
        return at;
    default:
        return both * both / ((sxx - sx * sx) * (syy - sy * sy));
    }
}

/* Mean or median over the seeds; every one of them has to give a number. */
static double sum_up(tally *t, bool median) {
    double sum = 0;
    for (uint32_t k = 0; k < t->seeds; k++) {
        sum += t->each[k];
    }
    if (isnan(sum) || !median) {
        return t->seeds > 0 ? sum / t->seeds : NAN;
    }
    mu_measure_sort(t->each, t->seeds);
    return mu_measure_quantile(t->each, t->seeds, 0.5);
}

static double spread_of(const tally *t) {
    const double mean = mu_measure_mean(t->each, t->seeds);
    double squares = 0;
    for (uint32_t k = 0; k < t->seeds; k++) {
        squares += (t->each[k] - mean) * (t->each[k] - mean);
    }
    return t->seeds > 1 ? sqrt(squares / (t->seeds - 1)) : NAN;
}

static void conclude(const mu_case *given, tally *tallies, mu_case_result *results) {
    for (uint32_t c = 0; c < given->checks.count; c++) {
        const mu_case_check *check = &given->checks.items[c];
        tally *t = &tallies[c];
        double value = sum_up(t, check->median), spread = spread_of(t);
        if (check->pooled) {
            value = mu_case_statistic_of(given, check, t->pool.items, t->pool.count);
            spread = NAN;
        }
        if (check->of.count > 0) {
            value = of_others(given, check, results);
        }
        const uint32_t over = mu_case_find_check(given, check->over);
        const uint32_t less = mu_case_find_check(given, check->less);
        if (over != MU_NONE || less != MU_NONE) {
            spread = NAN;
        }
        value = less != MU_NONE ? value - results[less].measured : value;
        value = over != MU_NONE ? value / results[over].measured : value;
        results[c] = (mu_case_result){.measured = value,
                                      .spread = spread,
                                      .judged = check->least > -MU_CASE_NO_LIMIT ||
                                                check->most < MU_CASE_NO_LIMIT,
                                      .holds = mu_case_check_holds(check, value)};
    }
}

static mu_status play_seed(const mu_case *given, uint64_t seed, mu_diags *diags, mu_case_run *runs,
                           tally *tallies) {
    mu_status status = MU_OK;
    for (uint32_t s = 0; status == MU_OK && s < given->scenes.count; s++) {
        status = mu_case_play(given, s, seed, diags, &runs[s]);
    }
    return status == MU_OK && !measure(given, runs, tallies) ? MU_ERR_MEMORY : status;
}

mu_status mu_case_verify(const mu_case *given, uint64_t first_seed, uint32_t seeds, mu_diags *diags,
                         mu_case_result *results, mu_case_run *first) {
    tally *tallies = calloc((size_t)given->checks.count + 1, sizeof *tallies);
    mu_case_run *runs = calloc((size_t)given->scenes.count + 1, sizeof *runs);
    mu_status status = tallies == NULL || runs == NULL ? MU_ERR_MEMORY : MU_OK;
    for (uint32_t c = 0; status == MU_OK && c < given->checks.count; c++) {
        tallies[c].each = calloc(seeds, sizeof(double));
        status = tallies[c].each == NULL ? MU_ERR_MEMORY : MU_OK;
    }
    for (uint32_t k = 0; status == MU_OK && k < seeds; k++) {
        status = play_seed(given, first_seed + k, diags, runs, tallies);
        for (uint32_t s = 0; s < given->scenes.count; s++) {
            if (k == 0 && s == 0 && first != NULL) {
                *first = runs[0];
                runs[0] = (mu_case_run){0};
            }
            mu_case_run_clear(&runs[s]);
        }
    }
    if (status == MU_OK) {
        conclude(given, tallies, results);
    }
    for (uint32_t c = 0; tallies != NULL && c < given->checks.count; c++) {
        free(tallies[c].pool.items);
        free(tallies[c].each);
    }
    free(tallies);
    free(runs);
    return status;
}
