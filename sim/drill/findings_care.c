/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Casualties and roll-calls over all runs. Runs without casualties say nothing about care, and are
 * left out; so are runs without a roll-call. */
#include <math.h>
#include <stdlib.h>

#include "drill/findings.h"

#define TIMES_WANTED 120

static int compare_times(const void *a, const void *b) {
    const mu_time left = *(const mu_time *)a, right = *(const mu_time *)b;
    return (left > right) - (left < right);
}

/* How long each casualty of a run waited for a stage, in order; MU_NEVER at the end. Those who play
 * 'deceased' are found and sorted, and then no longer counted. Returns how many count. */
static uint32_t list_delays(const mu_care_result *care, int stage, mu_time *out) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < care->count; i++) {
        const mu_care_case *one = &care->cases[i];
        if (stage <= MU_CARE_TAGGED || one->plays != MU_START_BLACK) {
            out[count++] =
                one->at_us[stage] == MU_NEVER ? MU_NEVER : one->at_us[stage] - one->injured_us;
        }
    }
    qsort(out, count, sizeof *out, compare_times);
    return count;
}

static uint32_t most_cases(const mu_findings *findings) {
    uint32_t most = 0;
    for (uint32_t i = 0; i < findings->reps; i++) {
        const uint32_t count = findings->replicates[i].care.count;
        most = count > most ? count : most;
    }
    return most;
}

/* A mean of those runs that have the value. */
typedef struct mean {
    double sum;
    uint32_t count;
} mean;

static void add_time(mean *m, mu_time value_us) {
    if (value_us != MU_NEVER) {
        m->sum += mu_time_to_s(value_us);
        m->count++;
    }
}

static double value_of(const mean *m, double without) {
    return m->count > 0 ? m->sum / m->count : without;
}

static void sum_stage(mu_findings *findings, int stage, mu_time *delays) {
    mean share = {0}, half = {0}, most = {0}, last = {0};
    for (uint32_t i = 0; i < findings->reps; i++) {
        const mu_care_result *care = &findings->replicates[i].care;
        const uint32_t count = list_delays(care, stage, delays);
        if (count == 0) {
            continue;
        }
        uint32_t reached = 0;
        while (reached < count && delays[reached] != MU_NEVER) {
            reached++;
        }
        share.sum += (double)reached / count;
        share.count++;
        add_time(&half, delays[mu_percentile_rank(50, count) - 1]);
        add_time(&most, delays[mu_percentile_rank(95, count) - 1]);
        add_time(&last, reached > 0 ? delays[reached - 1] : MU_NEVER);
    }
    findings->care.stages[stage] = (mu_care_sum){.share = value_of(&share, 0),
                                                 .t50_s = value_of(&half, (double)INFINITY),
                                                 .t95_s = value_of(&most, (double)INFINITY),
                                                 .t50_never = share.count - half.count,
                                                 .t95_never = share.count - most.count,
                                                 .last_s = value_of(&last, (double)NAN)};
}

static void sum_counts(mu_findings *findings) {
    mu_care_findings *care = &findings->care;
    for (uint32_t i = 0; i < findings->reps; i++) {
        const mu_care_result *one = &findings->replicates[i].care;
        care->runs += one->count > 0;
        care->count += one->count;
        for (uint32_t k = 0; k < one->count; k++) {
            care->by_tag[one->cases[k].plays % MU_START_TAG_COUNT] += 1;
        }
    }
    const double runs = care->runs > 0 ? care->runs : 1;
    care->count /= runs;
    for (int tag = 0; tag < MU_START_TAG_COUNT; tag++) {
        care->by_tag[tag] /= runs;
    }
}

/* The smallest of 1 s, 2 s, 5 s, 10 s, … that covers the time in as many steps as wanted. */
static mu_time round_step(mu_time last_us) {
    mu_time step = MU_SECOND;
    for (int k = 0; step * TIMES_WANTED < last_us; k++) {
        step = k % 3 == 1 ? step / 2 * 5 : step * 2;
    }
    return step;
}

static mu_time last_delay(const mu_findings *findings, mu_time *delays) {
    mu_time last = 0;
    for (uint32_t i = 0; i < findings->reps; i++) {
        const mu_care_result *care = &findings->replicates[i].care;
        for (int stage = 0; stage < MU_CARE_STAGE_COUNT; stage++) {
            const uint32_t count = list_delays(care, stage, delays);
            for (uint32_t k = 0; k < count && delays[k] != MU_NEVER; k++) {
                last = delays[k] > last ? delays[k] : last;
            }
        }
    }
    return last;
}

static void draw_stage(mu_findings *findings, int stage, mu_time step_us, mu_time *delays) {
    mu_care_findings *care = &findings->care;
    for (uint32_t i = 0; i < findings->reps; i++) {
        const mu_care_result *one = &findings->replicates[i].care;
        const uint32_t count = list_delays(one, stage, delays);
        uint32_t passed = 0;
        for (uint32_t t = 0; t < care->curve_count && count > 0; t++) {
            while (passed < count && delays[passed] <= step_us * t) {
                passed++;
            }
            care->curves[stage][t] += (double)passed / count / care->runs;
        }
    }
}

static mu_status draw(mu_findings *findings, mu_time *delays) {
    mu_care_findings *care = &findings->care;
    const mu_time last_us = last_delay(findings, delays), step_us = round_step(last_us);
    const uint32_t count = (uint32_t)((last_us + step_us - 1) / step_us) + 1;
    care->curve_s = calloc(count, sizeof *care->curve_s);
    if (care->curve_s == NULL) {
        return MU_ERR_MEMORY;
    }
    care->curve_count = count;
    for (uint32_t t = 0; t < count; t++) {
        care->curve_s[t] = mu_time_to_s(step_us * t);
    }
    for (int stage = 0; stage < MU_CARE_STAGE_COUNT; stage++) {
        care->curves[stage] = calloc(count, sizeof *care->curves[stage]);
        if (care->curves[stage] == NULL) {
            return MU_ERR_MEMORY;
        }
        draw_stage(findings, stage, step_us, delays);
    }
    return MU_OK;
}

static void sum_roll(mu_findings *findings) {
    mu_care_findings *care = &findings->care;
    mean compared = {0}, closed = {0};
    for (uint32_t i = 0; i < findings->reps; i++) {
        const mu_roll_result *roll = &findings->replicates[i].care.roll;
        if (roll->compared_us == MU_NEVER) {
            continue;
        }
        add_time(&compared, roll->compared_us);
        add_time(&closed, roll->closed_us);
        care->roll_present += roll->present;
        care->roll_unlisted += roll->unlisted;
        care->roll_known += roll->known;
        care->roll_missing += roll->missing;
        care->roll_found += roll->found;
    }
    const double runs = compared.count > 0 ? compared.count : 1;
    double *counts[] = {&care->roll_present, &care->roll_unlisted, &care->roll_known,
                        &care->roll_missing, &care->roll_found};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        *counts[i] /= runs;
    }
    care->roll_runs = compared.count;
    care->roll_compared_s = value_of(&compared, (double)NAN);
    care->roll_closed_runs = closed.count;
    care->roll_closed_s = value_of(&closed, (double)NAN);
}

static void add_hospitals(const mu_care_result *one, uint32_t hospitals, mu_hospital_sum *out) {
    for (uint32_t k = 0; k < one->count; k++) {
        const mu_care_case *patient = &one->cases[k];
        if (patient->hospital < hospitals) {
            const uint32_t tag = patient->tag < MU_START_TAG_COUNT ? patient->tag : patient->plays;
            out[patient->hospital].by_tag[tag % MU_START_TAG_COUNT]++;
            out[patient->hospital].patients++;
        }
    }
    for (uint32_t h = 0; h < hospitals && one->count > 0; h++) {
        out[h].sent_on += one->sent_on[h];
    }
}

static mu_status sum_hospitals(mu_findings *findings) {
    const uint32_t count = findings->plan->roster.hospitals.count;
    mu_hospital_sum *sums = calloc((size_t)count + 1, sizeof *sums);
    if (sums == NULL) {
        return MU_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < findings->reps; i++) {
        add_hospitals(&findings->replicates[i].care, count, sums);
    }
    const double runs = findings->care.runs > 0 ? findings->care.runs : 1;
    for (uint32_t h = 0; h < count; h++) {
        for (int tag = 0; tag < MU_START_TAG_COUNT; tag++) {
            sums[h].by_tag[tag] /= runs;
        }
        sums[h].patients /= runs;
        sums[h].sent_on /= runs;
    }
    findings->care.hospitals = sums;
    return MU_OK;
}

mu_status mu_findings_sum_care(mu_findings *findings) {
    sum_counts(findings);
    if (sum_hospitals(findings) != MU_OK) {
        return MU_ERR_MEMORY;
    }
    sum_roll(findings);
    mu_time *delays = calloc((size_t)most_cases(findings) + 1, sizeof *delays);
    if (delays == NULL) {
        return MU_ERR_MEMORY;
    }
    for (int stage = 0; stage < MU_CARE_STAGE_COUNT; stage++) {
        sum_stage(findings, stage, delays);
    }
    const mu_status status = findings->care.runs > 0 ? draw(findings, delays) : MU_OK;
    free(delays);
    return status;
}

void mu_care_findings_destroy(mu_care_findings *care) {
    free(care->curve_s);
    free(care->hospitals);
    for (int stage = 0; stage < MU_CARE_STAGE_COUNT; stage++) {
        free(care->curves[stage]);
    }
}
