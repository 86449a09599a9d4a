/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shelter and people held, summed up over runs; and everybody's state over time, as means over runs
 * at times that lie closer together at the start, where most happens. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "drill/findings_inside.h"

#define TIMES 120U

/* A mean of those values that there are. */
typedef struct mean {
    double sum;
    uint32_t count;
} mean;

static void add(mean *m, mu_time from_us, mu_time to_us) {
    if (from_us != MU_NEVER && to_us != MU_NEVER && to_us >= from_us) {
        m->sum += mu_time_to_s(to_us - from_us);
        m->count++;
    }
}

static double value_of(const mean *m) {
    return m->count > 0 ? m->sum / m->count : (double)NAN;
}

static int compare(const void *a, const void *b) {
    const double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

static void sum_resolution(mu_findings *findings, double *hours_s) {
    mu_siege_finding *out = &findings->siege;
    uint32_t count = 0;
    mean lasted = {0};
    for (uint32_t i = 0; i < findings->reps; i++) {
        const mu_siege *one = &findings->replicates[i].siege;
        if (one->seized_us != MU_NEVER && one->resolved_us != MU_NEVER) {
            add(&lasted, one->seized_us, one->resolved_us);
            hours_s[count++] = mu_time_to_s(one->resolved_us - one->seized_us);
        }
    }
    qsort(hours_s, count, sizeof *hours_s, compare);
    out->resolved_runs = count;
    out->lasted_mean_s = value_of(&lasted);
    out->lasted_median_s = count > 0 ? hours_s[mu_percentile_rank(50, count) - 1] : (double)NAN;
    out->lasted_p95_s = count > 0 ? hours_s[mu_percentile_rank(95, count) - 1] : (double)NAN;
}

static void sum_counts(mu_findings *findings) {
    mu_siege_finding *out = &findings->siege;
    mean secured = {0}, known = {0};
    for (uint32_t i = 0; i < findings->reps; i++) {
        const mu_siege *one = &findings->replicates[i].siege;
        out->seized_runs += one->seized_us != MU_NEVER;
        out->locked_down_runs += one->locked_down_us != MU_NEVER;
        add(&secured, one->locked_down_us, one->secured_us);
        add(&known, one->locked_down_us, one->known_half_us);
        out->held += one->held;
        out->let_go += one->let_go;
        out->held_person_s += one->held_person_s;
        out->sheltered += one->sheltered;
        out->stayed_in += one->stayed_in;
        out->doors += one->doors;
        out->crossed_told += one->crossed_told;
        out->crossed_untold += one->crossed_untold;
        out->asked += one->asked;
        out->known += one->known;
    }
    double *const sums[] = {
        &out->held,  &out->let_go,       &out->held_person_s,  &out->sheltered, &out->stayed_in,
        &out->doors, &out->crossed_told, &out->crossed_untold, &out->asked,     &out->known};
    for (size_t k = 0; k < sizeof sums / sizeof *sums; k++) {
        *sums[k] /= findings->reps;
    }
    out->secured_runs = secured.count;
    out->secured_s = value_of(&secured);
    out->known_half_runs = known.count;
    out->known_half_s = value_of(&known);
}

static mu_time last_change(const mu_findings *findings) {
    mu_time last = 0;
    for (uint32_t i = 0; i < findings->reps; i++) {
        const mu_siege *one = &findings->replicates[i].siege;
        if (one->change_count > 0 && one->changes[one->change_count - 1].time_us > last) {
            last = one->changes[one->change_count - 1].time_us;
        }
    }
    return last;
}

/* Whole seconds, each after the one before. */
static void choose_times(mu_findings *findings) {
    const double last_s = ceil(mu_time_to_s(last_change(findings)));
    double *times = findings->state_s;
    times[0] = 0;
    findings->state_count = 1;
    for (uint32_t k = 1; k <= TIMES; k++) {
        const double share = (double)k / TIMES;
        const double at_s = ceil(last_s * share * share * share);
        if (at_s > times[findings->state_count - 1]) {
            times[findings->state_count++] = at_s;
        }
    }
}

static void add_run(mu_findings *findings, const mu_siege *one) {
    int64_t now[MU_OCCUPANT_STATE_COUNT] = {0};
    const mu_people *people = &findings->plan->people;
    for (uint32_t p = 0; p < people->list.count; p++) {
        const mu_person *person = &people->list.items[p];
        now[mu_occupant_state_at_first(person)] += person->kind == MU_PERSON_OCCUPANT;
    }
    uint32_t next = 0;
    for (uint32_t t = 0; t < findings->state_count; t++) {
        const mu_time until_us = mu_time_from_s(findings->state_s[t]);
        for (; next < one->change_count && one->changes[next].time_us <= until_us; next++) {
            now[one->changes[next].from]--;
            now[one->changes[next].to]++;
        }
        for (int s = 0; s < MU_OCCUPANT_STATE_COUNT; s++) {
            findings->state_at[t][s] += (double)now[s] / findings->reps;
        }
    }
}

mu_status mu_findings_sum_siege(mu_findings *findings) {
    double *lasted_s = malloc(findings->reps * sizeof *lasted_s);
    findings->state_s = calloc(TIMES + 2, sizeof *findings->state_s);
    findings->state_at = calloc(TIMES + 2, sizeof *findings->state_at);
    if (lasted_s == NULL || findings->state_s == NULL || findings->state_at == NULL) {
        free(lasted_s);
        return MU_ERR_MEMORY;
    }
    sum_counts(findings);
    sum_resolution(findings, lasted_s);
    choose_times(findings);
    for (uint32_t i = 0; i < findings->reps; i++) {
        add_run(findings, &findings->replicates[i].siege);
    }
    free(lasted_s);
    return MU_OK;
}
