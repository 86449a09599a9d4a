/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Curves of people out and people reached over time. Each run's curve is a step function; what is
 * shown at a time is its mean over runs and the band of nine runs in ten. Whoever never leaves
 * keeps the curve below one for good. */
#include <stdlib.h>

#include "drill/findings_inside.h"

/* About this many times; a step of 1, 2 or 5 times a power of ten gives between half and all. */
#define TIMES_WANTED 120

typedef struct curve {
    double *share, *low, *high; /* per time, over runs */
} curve;

/* Where a curve's numbers come from: the times of those who count, in order. */
typedef struct source {
    const mu_findings *findings;
    uint32_t *people; /* of the occupants that count: the place in left_us or alerted_us */
    uint32_t count;
    bool of_leaving;
} source;

static const mu_time *times_of(const source *from, uint32_t replicate) {
    const mu_replicate *one = &from->findings->replicates[replicate];
    return from->of_leaving ? one->left_us : one->alerted_us;
}

static mu_time last_event(const mu_findings *findings) {
    mu_time last = 0;
    for (uint32_t i = 0; i < findings->reps; i++) {
        const mu_replicate *one = &findings->replicates[i];
        for (uint32_t k = 0; k < findings->occupants; k++) {
            const mu_time left = one->left_us[k], alerted = one->alerted_us[k];
            last = left != MU_NEVER && left > last ? left : last;
            last = alerted != MU_NEVER && alerted > last ? alerted : last;
        }
    }
    return last;
}

/* The smallest of 0.1 s, 0.2 s, 0.5 s, 1 s, … that covers the time in as many steps as wanted. */
static mu_time round_step(mu_time last_us) {
    mu_time step = MU_SECOND / 10;
    for (int k = 0; step * TIMES_WANTED < last_us; k++) {
        step = k % 3 == 1 ? step / 2 * 5 : step * 2;
    }
    return step;
}

static int compare_times(const void *a, const void *b) {
    const mu_time left = *(const mu_time *)a, right = *(const mu_time *)b;
    return (left > right) - (left < right);
}

static int compare_shares(const void *a, const void *b) {
    const double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* One run's curve into every reps-th place of `shares`. */
static void draw_run(const source *from, uint32_t replicate, mu_time step_us, mu_time *sorted,
                     double *shares) {
    const mu_findings *findings = from->findings;
    const mu_time *times = times_of(from, replicate);
    for (uint32_t i = 0; i < from->count; i++) {
        sorted[i] = times[from->people[i]];
    }
    qsort(sorted, from->count, sizeof *sorted, compare_times);
    uint32_t passed = 0;
    for (uint32_t t = 0; t < findings->curve_count; t++) {
        while (passed < from->count && sorted[passed] <= step_us * t) {
            passed++;
        }
        shares[(size_t)t * findings->reps + replicate] = (double)passed / from->count;
    }
}

static void sum_up(const mu_findings *findings, double *shares, curve out) {
    const uint32_t reps = findings->reps;
    for (uint32_t t = 0; t < findings->curve_count; t++) {
        double *at = &shares[(size_t)t * reps], sum = 0;
        qsort(at, reps, sizeof *at, compare_shares);
        for (uint32_t i = 0; i < reps; i++) {
            sum += at[i];
        }
        out.share[t] = sum / reps;
        out.low[t] = at[mu_percentile_rank(5, reps) - 1];
        out.high[t] = at[mu_percentile_rank(95, reps) - 1];
    }
}

static mu_status draw(const source *from, mu_time step_us, curve out) {
    const mu_findings *findings = from->findings;
    if (from->count == 0) {
        return MU_OK; /* nobody: the curves stay at zero */
    }
    double *shares = malloc((size_t)findings->curve_count * findings->reps * sizeof *shares);
    mu_time *sorted = malloc(from->count * sizeof *sorted);
    const bool done = shares != NULL && sorted != NULL;
    if (done) {
        for (uint32_t i = 0; i < findings->reps; i++) {
            draw_run(from, i, step_us, sorted, shares);
        }
        sum_up(findings, shares, out);
    }
    free(shares);
    free(sorted);
    return done ? MU_OK : MU_ERR_MEMORY;
}

/* Lists the occupants who count. */
static void choose(source *from) {
    const mu_people *people = &from->findings->plan->people;
    uint32_t occupant = 0;
    for (uint32_t p = 0; p < people->list.count; p++) {
        if (people->list.items[p].kind == MU_PERSON_OCCUPANT) {
            if (!from->of_leaving || mu_person_starts_indoors(from->findings->plan, p)) {
                from->people[from->count++] = occupant;
            }
            occupant++;
        }
    }
}

static mu_status draw_both(mu_findings *findings, mu_time step_us) {
    const curve left = {findings->left_share, findings->left_low, findings->left_high};
    const curve alerted = {findings->alerted_share, findings->alerted_low, findings->alerted_high};
    mu_status status = MU_OK;
    for (int of_leaving = 0; of_leaving < 2 && status == MU_OK; of_leaving++) {
        source from = {.findings = findings, .of_leaving = of_leaving != 0};
        from.people = malloc((findings->occupants + 1) * sizeof *from.people);
        if (from.people == NULL) {
            return MU_ERR_MEMORY;
        }
        choose(&from);
        status = draw(&from, step_us, of_leaving != 0 ? left : alerted);
        free(from.people);
    }
    return status;
}

mu_status mu_findings_draw(mu_findings *findings) {
    const mu_time last_us = last_event(findings);
    const mu_time step_us = round_step(last_us);
    const uint32_t count = (uint32_t)((last_us + step_us - 1) / step_us) + 1;
    double **lines[] = {&findings->curve_s,     &findings->left_share,    &findings->left_low,
                        &findings->left_high,   &findings->alerted_share, &findings->alerted_low,
                        &findings->alerted_high};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        *lines[i] = calloc(count, sizeof **lines[i]);
        if (*lines[i] == NULL) {
            return MU_ERR_MEMORY;
        }
    }
    findings->curve_count = count;
    for (uint32_t t = 0; t < count; t++) {
        findings->curve_s[t] = mu_time_to_s(step_us * t);
    }
    return draw_both(findings, step_us);
}
