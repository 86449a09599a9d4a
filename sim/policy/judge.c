/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Judging reads the log from its first record on and pairs starts with ends; what kind of demand a
 * clause makes only decides how a pair becomes a verdict. */
#include "policy/judge.h"

#include <math.h>
#include <string.h>

#include "policy/measure.h"

/* The pairs of one clause in one log. */
typedef struct tally {
    uint32_t starts, ends; /* `ends` of the starts have ended */
    mu_time sum_us;        /* of those that ended */
    mu_time worst_us;
    uint32_t worst_start, worst_end;
    uint32_t open; /* the earliest start that has not ended; MU_NO_RECORD */
} tally;

const char *mu_verdict_name(mu_verdict verdict) {
    static const char *const names[] = {"not_exercised", "met", "missed", "undecided"};
    return names[verdict];
}

const char *mu_reason_name(mu_reason reason) {
    static const char *const names[] = {"none",       "off",      "not_here",
                                        "no_measure", "no_start", "no_step"};
    return names[reason];
}

double mu_judge_seconds(const char *unit) {
    static const struct {
        const char *name;
        double seconds;
    } units[] = {{"s", 1}, {"min", 60}, {"h", 3600}, {"d", 86400}};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (strcmp(unit, units[i].name) == 0) {
            return units[i].seconds;
        }
    }
    return 0;
}

static const mu_demand *limit_of(const mu_clause *clause) {
    return clause->demands.count > 0 ? &clause->demands.items[0] : NULL;
}

bool mu_judge_is_number(const mu_clause *clause) {
    static const char measured[] = "measured";
    return clause->end != NULL && strncmp(clause->end, measured, sizeof measured - 1) == 0;
}

const char *mu_judge_unit(const mu_clause *clause) {
    const mu_demand *limit = limit_of(clause);
    if (mu_judge_is_number(clause)) {
        return limit == NULL ? "1" : limit->unit;
    }
    if (clause->kind == MU_CLAUSE_COVERAGE) {
        return "1";
    }
    const bool own = clause->kind == MU_CLAUSE_DEADLINE || clause->kind == MU_CLAUSE_RATE;
    return own && limit != NULL && mu_judge_seconds(limit->unit) > 0 ? limit->unit : "s";
}

static double in_unit(const mu_clause *clause, mu_time value_us) {
    return value_us == MU_NEVER ? (double)INFINITY
                                : mu_time_to_s(value_us) / mu_judge_seconds(mu_judge_unit(clause));
}

mu_judgement mu_judgement_of(mu_verdict verdict, mu_reason reason) {
    return (mu_judgement){
        .verdict = verdict, .reason = reason, .start = MU_NO_RECORD, .end = MU_NO_RECORD};
}

static mu_judgement not_exercised(mu_reason reason) {
    return mu_judgement_of(MU_VERDICT_NOT_EXERCISED, reason);
}

static mu_time time_of(const mu_by_kind *log, uint32_t id) {
    return mu_log_get(log->log, id)->time_us;
}

/* Being there, not coming, is what is demanded. */
static bool is_presence(mu_record_kind kind) {
    return kind == MU_RECORD_ARRIVED || kind == MU_RECORD_ON_SITE;
}

/* What lasts once it is there, until something else undoes it. */
static bool lasts(mu_record_kind kind) {
    return kind == MU_RECORD_CLOSED || kind == MU_RECORD_CORDONED;
}

static bool undoes(const mu_term *end, const mu_record *record) {
    const mu_term opened = {MU_RECORD_OPENED, end->object, end->place};
    return end->kind == MU_RECORD_CORDONED ? record->kind == MU_RECORD_ALL_CLEAR
                                           : mu_term_matches(&opened, record);
}

/* What was closed before the start and has not been opened since is closed, and a cordon stands
 * until the all-clear; MU_NO_RECORD. */
static uint32_t still_there(const mu_by_kind *log, const mu_term *end, uint32_t start) {
    uint32_t there = MU_NO_RECORD;
    for (uint32_t id = 0; id < start; id++) {
        const mu_record *record = mu_log_get(log->log, id);
        there = mu_term_matches(end, record) ? id : undoes(end, record) ? MU_NO_RECORD : there;
    }
    return there;
}

/* The first end that belongs to a start. `from` is where the search for the one before came to:
 * ends are found in order, so that all starts together read the log once. */
static uint32_t find_end(const mu_judged_clause *clause, const mu_by_kind *log, uint32_t start,
                         uint32_t *from) {
    const mu_time at_us = time_of(log, start);
    uint32_t end = mu_by_kind_find(log, &clause->end, *from, at_us);
    *from = end == MU_NO_RECORD ? mu_log_count(log->log) : end;
    if (end == start) { /* an event is not its own end */
        end = mu_by_kind_find(log, &clause->end, start + 1, at_us);
    }
    if (end == MU_NO_RECORD && lasts(clause->end.kind)) {
        end = still_there(log, &clause->end, start);
    }
    if (end == MU_NO_RECORD && is_presence(clause->end.kind)) {
        end = mu_by_kind_find(log, &clause->end, 0, INT64_MIN);
    }
    return end;
}

static tally no_pairs(void) {
    return (tally){.worst_start = MU_NO_RECORD, .worst_end = MU_NO_RECORD, .open = MU_NO_RECORD};
}

static void add_pair(tally *sum, const mu_by_kind *log, uint32_t start, uint32_t end) {
    sum->starts++;
    if (end == MU_NO_RECORD) {
        sum->open = sum->open == MU_NO_RECORD ? start : sum->open;
        return;
    }
    const mu_time took = time_of(log, end) - time_of(log, start);
    const mu_time took_us = took > 0 ? took : 0;
    sum->ends++;
    sum->sum_us += took_us;
    if (sum->worst_end == MU_NO_RECORD || took_us > sum->worst_us) {
        sum->worst_us = took_us;
        sum->worst_start = start;
        sum->worst_end = end;
    }
}

static tally pair_up(const mu_judged_clause *clause, const mu_by_kind *log) {
    tally sum = no_pairs();
    const bool first_only = clause->clause->statistic == MU_STATISTIC_FIRST;
    uint32_t from = 0;
    uint32_t start = mu_by_kind_find(log, &clause->start, 0, INT64_MIN);
    while (start != MU_NO_RECORD) {
        add_pair(&sum, log, start, find_end(clause, log, start, &from));
        start =
            first_only ? MU_NO_RECORD : mu_by_kind_find(log, &clause->start, start + 1, INT64_MIN);
    }
    return sum;
}

static mu_judgement with_value(mu_judgement j, const mu_clause *clause, mu_time value_us) {
    j.value_us = value_us;
    j.value = in_unit(clause, value_us);
    return j;
}

static mu_judgement judge_worst(const mu_judged_clause *clause, const tally *sum, mu_time value_us,
                                mu_time limit_us) {
    mu_judgement j =
        mu_judgement_of(value_us <= limit_us ? MU_VERDICT_MET : MU_VERDICT_MISSED, MU_REASON_NONE);
    j.start = sum->worst_start;
    j.end = sum->worst_end;
    return with_value(j, clause->clause, value_us);
}

/* The earliest open start: missed if it is late already or will never end, else undecided. Of a
 * mean it is judged what it comes to at the least. */
static mu_judgement judge_open(const mu_judged_clause *clause, const mu_by_kind *log,
                               const mu_run_facts *facts, const tally *sum, mu_time limit_us) {
    const mu_time waited_us = facts->end_us - time_of(log, sum->open);
    const bool mean = clause->clause->statistic == MU_STATISTIC_MEAN;
    const bool late = (mean ? (sum->sum_us + waited_us) / sum->starts : waited_us) >= limit_us;
    if (!facts->quiet && !late && !mean && sum->worst_us > limit_us) {
        return judge_worst(clause, sum, sum->worst_us, limit_us);
    }
    mu_judgement j = mu_judgement_of(
        facts->quiet || late ? MU_VERDICT_MISSED : MU_VERDICT_UNDECIDED, MU_REASON_NONE);
    j.start = sum->open;
    return with_value(j, clause->clause, MU_NEVER);
}

/* Deadlines, and with a limit of MU_NEVER whatever just has to happen. */
static mu_judgement judge_pairs(const mu_judged_clause *clause, const mu_by_kind *log,
                                const mu_run_facts *facts, mu_time limit_us) {
    const tally sum = pair_up(clause, log);
    if (sum.starts == 0) {
        return not_exercised(MU_REASON_NO_START);
    }
    if (sum.ends == 0 && !clause->can_end) {
        return not_exercised(MU_REASON_NO_STEP);
    }
    if (sum.open != MU_NO_RECORD) {
        return judge_open(clause, log, facts, &sum, limit_us);
    }
    const bool mean = clause->clause->statistic == MU_STATISTIC_MEAN;
    return judge_worst(clause, &sum, mean ? sum.sum_us / sum.starts : sum.worst_us, limit_us);
}

static mu_judgement judge_end_alone(const mu_judged_clause *clause, const mu_by_kind *log) {
    const uint32_t end = mu_by_kind_find(log, &clause->end, 0, INT64_MIN);
    if (end == MU_NO_RECORD) {
        return not_exercised(MU_REASON_NO_START);
    }
    mu_judgement j = mu_judgement_of(MU_VERDICT_MET, MU_REASON_NONE);
    j.end = end;
    return with_value(j, clause->clause, time_of(log, end));
}

static mu_judgement judge_happening(const mu_judged_clause *clause, const mu_by_kind *log,
                                    const mu_run_facts *facts) {
    if (!clause->has_end) {
        return not_exercised(MU_REASON_NO_MEASURE);
    }
    return clause->has_start ? judge_pairs(clause, log, facts, MU_NEVER)
                             : judge_end_alone(clause, log);
}

static mu_time limit_us_of(const mu_clause *clause) {
    const mu_demand *limit = limit_of(clause);
    if (limit == NULL) {
        return MU_NEVER;
    }
    const double seconds = mu_judge_seconds(limit->unit);
    return seconds > 0 ? mu_time_from_s(limit->value * seconds) : MU_NEVER;
}

static mu_judgement judge_deadline(const mu_judged_clause *clause, const mu_by_kind *log,
                                   const mu_run_facts *facts) {
    const mu_time limit_us = limit_us_of(clause->clause);
    if (!clause->has_start || !clause->has_end || limit_us == MU_NEVER) {
        return not_exercised(MU_REASON_NO_MEASURE);
    }
    return judge_pairs(clause, log, facts, limit_us);
}

/* A rate is demanded until the all-clear, or the end of the run. */
static mu_time demanded_until(const mu_by_kind *log, const mu_run_facts *facts, uint32_t start) {
    const mu_term all_clear = {MU_RECORD_ALL_CLEAR, MU_NONE, MU_NONE};
    const uint32_t over = mu_by_kind_find(log, &all_clear, start, INT64_MIN);
    return over == MU_NO_RECORD ? facts->end_us : time_of(log, over);
}

/* The intervals between the start and the ends that follow it until `until_us`; *last is the last
 * of those ends. */
static tally intervals_of(const mu_judged_clause *clause, const mu_by_kind *log, uint32_t start,
                          mu_time until_us, uint32_t *last) {
    tally sum = no_pairs();
    *last = start;
    uint32_t from = 0;
    uint32_t end = find_end(clause, log, start, &from);
    while (end != MU_NO_RECORD && time_of(log, end) <= until_us) {
        add_pair(&sum, log, *last, end);
        *last = end;
        end = mu_by_kind_find(log, &clause->end, end + 1, INT64_MIN);
    }
    return sum;
}

static mu_judgement judge_rate(const mu_judged_clause *clause, const mu_by_kind *log,
                               const mu_run_facts *facts) {
    const mu_time limit_us = limit_us_of(clause->clause);
    if (!clause->has_start || !clause->has_end || limit_us == MU_NEVER) {
        return not_exercised(MU_REASON_NO_MEASURE);
    }
    const uint32_t start = mu_by_kind_find(log, &clause->start, 0, INT64_MIN);
    if (start == MU_NO_RECORD) {
        return not_exercised(MU_REASON_NO_START);
    }
    const mu_time until_us = demanded_until(log, facts, start);
    uint32_t last;
    const tally sum = intervals_of(clause, log, start, until_us, &last);
    if (sum.ends == 0 && !clause->can_end) {
        return not_exercised(MU_REASON_NO_STEP);
    }
    const bool overdue = until_us - time_of(log, last) >= limit_us;
    if (sum.ends > 0 && !overdue) {
        return judge_worst(clause, &sum, sum.worst_us, limit_us);
    }
    mu_judgement j =
        mu_judgement_of(overdue ? MU_VERDICT_MISSED : MU_VERDICT_UNDECIDED, MU_REASON_NONE);
    j.start = last;
    return with_value(j, clause->clause, MU_NEVER);
}

/* The last ALERTED record at or after a time. */
static uint32_t last_alerted(const mu_by_kind *log, mu_time at_us) {
    uint32_t id = mu_log_count(log->log);
    while (id-- > 0) {
        const mu_record *record = mu_log_get(log->log, id);
        if (record->time_us < at_us) {
            break;
        }
        if (record->kind == MU_RECORD_ALERTED) {
            return id;
        }
    }
    return MU_NO_RECORD;
}

static mu_judgement judge_coverage(const mu_judged_clause *clause, const mu_by_kind *log,
                                   const mu_run_facts *facts) {
    const mu_demand *limit = limit_of(clause->clause);
    if (!clause->has_start || limit == NULL || strcmp(limit->name, "coverage") != 0) {
        return not_exercised(MU_REASON_NO_MEASURE);
    }
    mu_judgement j = mu_judgement_of(MU_VERDICT_MET, MU_REASON_NONE);
    j.start = mu_by_kind_find(log, &clause->start, 0, INT64_MIN);
    if (j.start == MU_NO_RECORD) {
        return not_exercised(MU_REASON_NO_START);
    }
    const mu_time at_us = time_of(log, j.start);
    uint32_t there = 0, reached = 0;
    for (uint32_t i = 0; i < facts->occupants; i++) {
        if (facts->left_us[i] >= at_us) {
            there++;
            reached += facts->alerted_us[i] != MU_NEVER;
        }
    }
    if (there == 0) {
        return not_exercised(MU_REASON_NO_MEASURE);
    }
    if (reached == 0 && !clause->can_end) {
        return not_exercised(MU_REASON_NO_STEP);
    }
    j.value = (double)reached / (double)there;
    j.verdict = j.value >= limit->value ? MU_VERDICT_MET
                : facts->quiet          ? MU_VERDICT_MISSED
                                        : MU_VERDICT_UNDECIDED;
    j.end = last_alerted(log, at_us);
    j.value_us = j.end == MU_NO_RECORD ? 0 : time_of(log, j.end) - at_us;
    return j;
}

static bool judged_by(const mu_clause *clause, mu_how how) {
    for (uint32_t i = 0; i < clause->judged_by.count; i++) {
        if (clause->judged_by.items[i] == (int)how) {
            return true;
        }
    }
    return false;
}

static mu_judgement judge_one(const mu_judged_clause *clause, const mu_by_kind *log,
                              const mu_run_facts *facts) {
    if (clause->clause->off) {
        return not_exercised(MU_REASON_OFF);
    }
    if (!clause->has_start && !clause->has_end) {
        return not_exercised(judged_by(clause->clause, MU_HOW_SIMULATED) ? MU_REASON_NO_MEASURE
                                                                         : MU_REASON_NOT_HERE);
    }
    if (mu_is_measured(clause)) {
        return mu_judge_measured(clause, log, facts);
    }
    switch (clause->clause->kind) {
    case MU_CLAUSE_DEADLINE:
        return judge_deadline(clause, log, facts);
    case MU_CLAUSE_RATE:
        return judge_rate(clause, log, facts);
    case MU_CLAUSE_COVERAGE:
        return judge_coverage(clause, log, facts);
    case MU_CLAUSE_STOCK:
    case MU_CLAUSE_PHYSICAL:
    case MU_CLAUSE_DISTANCE:
    case MU_CLAUSE_PROCESS:
        return judge_happening(clause, log, facts);
    case MU_CLAUSE_OUTCOME:
        break;
    }
    return not_exercised(MU_REASON_NO_MEASURE);
}

/* The clause that is judged in place of this one; itself where there is none, where that one is
 * switched off, or where references run in a ring. */
static uint32_t judged_instead(const mu_judged_clause *clauses, uint32_t count, uint32_t index) {
    uint32_t at = index;
    for (uint32_t steps = 0; steps < count; steps++) {
        const uint32_t next = clauses[at].same_as;
        if (next >= count) {
            return clauses[at].clause->off ? index : at;
        }
        at = next;
    }
    return index;
}

void mu_judge(const mu_judged_clause *clauses, uint32_t count, const mu_log *log,
              const mu_run_facts *facts, mu_judgement *out) {
    mu_by_kind sorted = mu_by_kind_make(log);
    for (uint32_t i = 0; i < count; i++) {
        if (judged_instead(clauses, count, i) == i) {
            out[i] = judge_one(&clauses[i], &sorted, facts);
        }
    }
    mu_by_kind_free(&sorted);
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t instead = judged_instead(clauses, count, i);
        if (instead != i) {
            out[i] = clauses[i].clause->off ? not_exercised(MU_REASON_OFF) : out[instead];
        }
    }
}
