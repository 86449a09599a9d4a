/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Logs and clauses typed in by hand, as after a real drill: what the tests of judging stand on.
 * Words are given as text; times in seconds. */
#ifndef TESTS_UNIT_TYPED_LOG_H
#define TESTS_UNIT_TYPED_LOG_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "core/log.h"
#include "policy/judge.h"

static const char *typed_word_list[] = {
    "all",   "area",   "core",         "ert",           "guard", "item",     "leaders", "orange",
    "outer", "police", "police_radio", "policy_radius", "red",   "security", "site",    "yellow"};
static const mu_words typed_words = {.items = typed_word_list,
                                     .count = sizeof typed_word_list / sizeof typed_word_list[0],
                                     .sealed = 1};

static inline mu_handle word(const char *text) {
    const uint32_t number = mu_words_find(&typed_words, text, strlen(text));
    ck_assert_msg(number != MU_NONE, "word '%s' is not in the list", text);
    return MU_HANDLE(MU_THING_WORD, number);
}

static inline mu_time seconds(double s) {
    return mu_time_from_s(s);
}

static inline uint32_t type_record(mu_log *log, double at_s, mu_record_kind kind, uint32_t cause,
                                   const char *object, const char *place) {
    const mu_record record = {.time_us = seconds(at_s),
                              .kind = (uint16_t)kind,
                              .cause = cause,
                              .object = object == NULL ? 0 : word(object),
                              .place = place == NULL ? 0 : word(place)};
    return mu_log_append(log, &record);
}

/* A milestone that nobody says the cause of. */
static inline uint32_t type_event(mu_log *log, double at_s, mu_record_kind kind,
                                  const char *object) {
    return type_record(log, at_s, kind, MU_NO_RECORD, object, NULL);
}

typedef struct typed_clause {
    mu_clause clause;
    mu_demand demand;
    int judged_by[1];
    mu_judged_clause judged;
} typed_clause;

static inline mu_term typed_term(const char *text) {
    return mu_term_read(text, &typed_words);
}

/* `start` and `end` may be NULL. */
static inline void make_clause(typed_clause *out, mu_clause_kind kind, const char *start,
                               const char *end, const char *demand, double value,
                               const char *unit) {
    memset(out, 0, sizeof *out);
    out->demand = (mu_demand){demand, value, unit};
    out->judged_by[0] = MU_HOW_SIMULATED;
    out->clause.id = "1.1a";
    out->clause.kind = kind;
    out->clause.severity = 3;
    out->clause.statistic = MU_STATISTIC_FIRST;
    out->clause.demands.items = &out->demand;
    out->clause.demands.count = 1;
    out->clause.judged_by.items = out->judged_by;
    out->clause.judged_by.count = 1;
    out->clause.start = start;
    out->clause.end = end;
    out->judged.clause = &out->clause;
    out->judged.has_start = start != NULL;
    out->judged.has_end = end != NULL;
    out->judged.can_end = true;
    out->judged.same_as = MU_NONE;
    for (int d = 0; d < MU_DEMANDS_MOST; d++) {
        out->judged.demand_word[d] = MU_NONE;
    }
    if (start != NULL) {
        out->judged.start = typed_term(start);
    }
    if (end != NULL) {
        out->judged.end = typed_term(end);
    }
}

static inline void make_deadline(typed_clause *out, const char *start, const char *end,
                                 double limit_s) {
    make_clause(out, MU_CLAUSE_DEADLINE, start, end, "limit", limit_s, "s");
}

static inline mu_judgement judge_it(const typed_clause *clause, const mu_log *log, double end_s,
                                    bool quiet) {
    mu_judgement out;
    const mu_run_facts facts = {.end_us = seconds(end_s), .quiet = quiet};
    mu_judge(&clause->judged, 1, log, &facts, &out);
    return out;
}

#endif
