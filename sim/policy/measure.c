/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over what was measured for each demand of the clause; the first that does not hold is
 * told. */
#include "policy/measure.h"

#include <string.h>

bool mu_demand_is_most(const mu_clause *clause, uint32_t demand) {
    switch (clause->statistic) {
    case MU_STATISTIC_LEAST:
        return false;
    case MU_STATISTIC_MOST:
        return true;
    case MU_STATISTIC_FIRST:
    case MU_STATISTIC_EACH:
    case MU_STATISTIC_MEAN:
        break;
    }
    const mu_demand *given = &clause->demands.items[demand];
    const bool often = strcmp(given->unit, "per_year") == 0 ||
                       strcmp(given->unit, "hours_per_week") == 0 || strcmp(given->unit, "1") == 0;
    return strcmp(given->name, "interval") == 0 || strcmp(given->name, "limit") == 0 ||
           clause->kind == MU_CLAUSE_DEADLINE || clause->kind == MU_CLAUSE_DISTANCE ||
           (clause->kind == MU_CLAUSE_RATE && !often);
}

bool mu_measure_is_most(const mu_clause *clause) {
    return mu_demand_is_most(clause, 0);
}

uint32_t mu_measure_demand(const mu_judged_clause *clause, const mu_record *record) {
    for (uint32_t d = 0; d < clause->clause->demands.count && d < MU_DEMANDS_MOST; d++) {
        if (clause->demand_word[d] != MU_NONE &&
            record->place == MU_HANDLE(MU_THING_WORD, clause->demand_word[d])) {
            return d;
        }
    }
    return 0;
}

static void take(mu_measured *out, bool most, bool only_first, uint32_t id, double value) {
    const bool worse = most ? value > out->value : value < out->value;
    if (out->count == 0 || (worse && !only_first)) {
        out->value = value;
        out->record = id;
    }
    out->sum += value;
    out->count++;
}

void mu_measure_take(mu_measured *out, const mu_judged_clause *clause, uint32_t demand, uint32_t id,
                     double value) {
    take(out, mu_demand_is_most(clause->clause, demand),
         clause->clause->statistic == MU_STATISTIC_FIRST, id, value);
}

double mu_measure_value(const mu_measured *all, const mu_judged_clause *clause) {
    const bool mean = clause->clause->statistic == MU_STATISTIC_MEAN;
    return mean && all->count > 0 ? all->sum / all->count : all->value;
}

static mu_measured find_worst(const mu_judged_clause *clause, const mu_by_kind *log, uint32_t from,
                              uint32_t demand) {
    const bool most = mu_demand_is_most(clause->clause, demand);
    const bool only_first = clause->clause->statistic == MU_STATISTIC_FIRST;
    mu_measured out = {.record = MU_NO_RECORD};
    uint32_t id = mu_by_kind_find(log, &clause->end, from, INT64_MIN);
    for (; id != MU_NO_RECORD; id = mu_by_kind_find(log, &clause->end, id + 1, INT64_MIN)) {
        const mu_record *record = mu_log_get(log->log, id);
        if (mu_measure_demand(clause, record) == demand) {
            take(&out, most, only_first, id, record->value / MU_MEASURE_PARTS);
        }
    }
    out.value = mu_measure_value(&out, clause);
    return out;
}

static mu_judgement judged(const mu_judged_clause *clause, const mu_by_kind *log, uint32_t start,
                           const mu_measured *found, uint32_t demand) {
    const double limit = clause->clause->demands.items[demand].value;
    const bool met =
        mu_demand_is_most(clause->clause, demand) ? found->value <= limit : found->value >= limit;
    const mu_time end_us = mu_log_get(log->log, found->record)->time_us;
    mu_judgement j = mu_judgement_of(met ? MU_VERDICT_MET : MU_VERDICT_MISSED, MU_REASON_NONE);
    j.value = found->value;
    j.start = start == MU_NO_RECORD ? found->record : start;
    j.end = found->record;
    j.value_us = end_us - mu_log_get(log->log, j.start)->time_us;
    return j;
}

mu_judgement mu_judge_measured(const mu_judged_clause *clause, const mu_by_kind *log,
                               const mu_run_facts *facts) {
    const uint32_t start =
        clause->has_start ? mu_by_kind_find(log, &clause->start, 0, INT64_MIN) : MU_NO_RECORD;
    if (clause->clause->demands.count == 0) {
        return mu_judgement_of(MU_VERDICT_NOT_EXERCISED, MU_REASON_NO_MEASURE);
    }
    if (clause->has_start && start == MU_NO_RECORD) {
        return mu_judgement_of(MU_VERDICT_NOT_EXERCISED, MU_REASON_NO_START);
    }
    mu_judgement first = mu_judgement_of(MU_VERDICT_NOT_EXERCISED, MU_REASON_NONE);
    for (uint32_t d = 0; d < clause->clause->demands.count && d < MU_DEMANDS_MOST; d++) {
        const mu_measured found = find_worst(clause, log, start == MU_NO_RECORD ? 0 : start, d);
        if (found.count > 0) {
            const mu_judgement j = judged(clause, log, start, &found, d);
            if (j.verdict == MU_VERDICT_MISSED) {
                return j;
            }
            first = first.end == MU_NO_RECORD ? j : first;
        }
    }
    if (first.end != MU_NO_RECORD) {
        return first;
    }
    if (clause->can_end && !facts->quiet) {
        return mu_judgement_of(MU_VERDICT_UNDECIDED, MU_REASON_NONE);
    }
    /* An incident has nothing to do with what cannot end and has no start. */
    return mu_judgement_of(MU_VERDICT_NOT_EXERCISED, !clause->can_end && clause->has_start
                                                         ? MU_REASON_NO_STEP
                                                         : MU_REASON_NO_START);
}
