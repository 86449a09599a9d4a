/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "policy/measure.h"

mu_measure_info mu_measure_get(uint32_t which) {
    static const mu_measure_info infos[MU_MEASURE_COUNT] = {
#define MU_MEASURE(name, unit, better, censored, meaning)                                          \
    {#name, unit, MU_BETTER_##better, censored, meaning},
        MU_MEASURES
#undef MU_MEASURE
    };
    return infos[which];
}

uint32_t mu_measure_find(const char *name) {
    uint32_t k = 0;
    while (k < MU_MEASURE_COUNT && strcmp(mu_measure_get(k).name, name) != 0) {
        k++;
    }
    return k;
}

const char *const mu_better_words[] = {
    [MU_BETTER_NONE] = "none", [MU_BETTER_LESS] = "less", [MU_BETTER_MORE] = "more"};

const char *const mu_value_words[] = {
    [MU_VALUE_TIME] = "time", [MU_VALUE_SHARE] = "share", [MU_VALUE_NUMBER] = "number"};

mu_value_kind mu_clause_value_of(const mu_clause *clause) {
    return mu_judge_is_number(clause)           ? MU_VALUE_NUMBER
           : clause->kind == MU_CLAUSE_COVERAGE ? MU_VALUE_SHARE
                                                : MU_VALUE_TIME;
}

const char *mu_clause_value_unit(const mu_clause *clause) {
    switch (mu_clause_value_of(clause)) {
    case MU_VALUE_TIME:
        return "s";
    case MU_VALUE_SHARE:
        return "1";
    case MU_VALUE_NUMBER:
        break;
    }
    const char *unit = mu_judge_unit(clause);
    return strcmp(unit, "1") == 0 ? "number" : unit;
}

mu_better mu_clause_better(const mu_clause *clause) {
    const mu_value_kind kind = mu_clause_value_of(clause);
    const bool less =
        kind == MU_VALUE_TIME || (kind == MU_VALUE_NUMBER && mu_measure_is_most(clause));
    return less ? MU_BETTER_LESS : MU_BETTER_MORE;
}

static double seconds(mu_time time_us) {
    return time_us == MU_NEVER ? (double)INFINITY : mu_time_to_s(time_us);
}

static int compare_times(const void *a, const void *b) {
    const mu_time left = *(const mu_time *)a, right = *(const mu_time *)b;
    return (left > right) - (left < right);
}

/* The times at which those who were indoors left, in order; the caller frees them. */
static mu_time *leaving_times(const mu_plan *plan, const mu_replicate *run, uint32_t *count) {
    mu_time *times = malloc(((size_t)plan->people.occupants + 1) * sizeof *times);
    uint32_t occupant = 0;
    *count = 0;
    for (uint32_t p = 0; times != NULL && p < plan->people.list.count; p++) {
        if (plan->people.list.items[p].kind != MU_PERSON_OCCUPANT) {
            continue;
        }
        if (mu_person_starts_indoors(plan, p)) {
            times[(*count)++] = run->left_us[occupant];
        }
        occupant++;
    }
    if (*count > 1) {
        qsort(times, *count, sizeof *times, compare_times);
    }
    return times;
}

static double share(double part, double whole) {
    return whole > 0 ? part / whole : (double)NAN;
}

static void read_leaving(const mu_time *times, uint32_t count, const mu_replicate *run, double *out,
                         double curve[MU_CURVE_POINTS]) {
    for (uint32_t k = 0; k < MU_CURVE_POINTS; k++) {
        const uint32_t percent = 100 * (k + 1) / MU_CURVE_POINTS;
        curve[k] =
            count == 0 ? (double)NAN : seconds(times[mu_percentile_rank(percent, count) - 1]);
    }
    out[MU_MEASURE_ordered_s] = seconds(run->ordered_us);
    out[MU_MEASURE_left_50_s] = curve[MU_CURVE_POINTS / 2 - 1];
    out[MU_MEASURE_left_95_s] = curve[MU_CURVE_POINTS - 2];
    out[MU_MEASURE_left_all_s] = curve[MU_CURVE_POINTS - 1];
    out[MU_MEASURE_left_share] = share(run->left, count);
}

static void read_care(const mu_replicate *run, double *out) {
    const mu_care_result *care = &run->care;
    mu_time treated = 0, taken = 0;
    uint32_t count = 0, patients = 0;
    for (uint32_t i = 0; i < care->count; i++) {
        const mu_care_case *patient = &care->cases[i];
        if (patient->plays == MU_START_BLACK) {
            continue; /* nobody treats or takes away the dead while others wait */
        }
        patients++;
        count += patient->at_us[MU_CARE_TREATED] != MU_NEVER;
        treated =
            patient->at_us[MU_CARE_TREATED] > treated ? patient->at_us[MU_CARE_TREATED] : treated;
        taken = patient->at_us[MU_CARE_TAKEN] > taken ? patient->at_us[MU_CARE_TAKEN] : taken;
    }
    out[MU_MEASURE_treated_share] = share(count, patients);
    if (patients > 0) {
        out[MU_MEASURE_treated_s] = seconds(treated);
        out[MU_MEASURE_taken_s] = seconds(taken);
    }
    if (care->roll.compared_us != MU_NEVER) {
        out[MU_MEASURE_roll_compared_s] = seconds(care->roll.compared_us);
        out[MU_MEASURE_roll_closed_s] = seconds(care->roll.closed_us);
    }
}

static void read_siege(const mu_siege *siege, double *out) {
    if (siege->seized_us != MU_NEVER) {
        out[MU_MEASURE_held_person_s] = siege->held_person_s;
        out[MU_MEASURE_secured_s] = seconds(siege->secured_us);
        out[MU_MEASURE_known_half_s] = seconds(siege->known_half_us);
    }
}

static void read_gas(const mu_gas_reading *gas, double *out) {
    if (gas->is_given) {
        double persons = 0;
        for (uint32_t band = 2; band < MU_GAS_BANDS; band++) {
            persons += gas->occupants[band];
        }
        out[MU_MEASURE_aegl2_persons] = persons;
        out[MU_MEASURE_aegl2_person_s] = gas->above_s[1];
    }
}

static void read_clauses(const mu_plan *plan, const mu_replicate *run, double *out) {
    double met = 0, missed = 0;
    for (uint32_t i = 0; i < plan->policy.clauses.count; i++) {
        met += run->judgements[i].verdict == MU_VERDICT_MET;
        missed += run->judgements[i].verdict == MU_VERDICT_MISSED;
    }
    out[MU_MEASURE_clauses_met] = met;
    out[MU_MEASURE_clauses_missed] = missed;
}

mu_status mu_measure_read(const mu_plan *plan, const mu_replicate *run,
                          double out[MU_MEASURE_COUNT], double curve[MU_CURVE_POINTS]) {
    for (uint32_t k = 0; k < MU_MEASURE_COUNT; k++) {
        out[k] = (double)NAN;
    }
    uint32_t count;
    mu_time *times = leaving_times(plan, run, &count);
    if (times == NULL) {
        return MU_ERR_MEMORY;
    }
    read_leaving(times, count, run, out, curve);
    free(times);
    const double occupants = plan->people.occupants - run->in_state[MU_OCCUPANT_EXPECTED];
    out[MU_MEASURE_reached_50_s] = seconds(run->reached_50_us);
    out[MU_MEASURE_reached_95_s] = seconds(run->reached_95_us);
    out[MU_MEASURE_reached_share] = share(run->reached, occupants);
    out[MU_MEASURE_messages_sent] = run->sent;
    out[MU_MEASURE_messages_lost] = run->lost;
    if (plan->incident.kind == MU_INCIDENT_PACKAGE) {
        out[MU_MEASURE_exposed_peak] = run->exposed_peak;
        out[MU_MEASURE_exposed_person_s] = run->exposed_person_s;
    }
    read_care(run, out);
    read_siege(&run->siege, out);
    read_gas(&run->gas, out);
    read_clauses(plan, run, out);
    return MU_OK;
}
