/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over a log: only records that some watch could be of are kept. */
#include <stdlib.h>
#include <string.h>

#include "core/grow.h"
#include "drill/pack/watch.h"

/* The first of these makes the incident known. */
static bool makes_known(uint32_t kind) {
    return kind == MU_RECORD_NOTICED || kind == MU_RECORD_ALARM || kind == MU_RECORD_RECEIVED ||
           kind == MU_RECORD_DETECTED || kind == MU_RECORD_SEIZED || kind == MU_RECORD_OUTAGE;
}

/* Kinds that clauses do not name and the judge or a fit asks for. */
static bool is_wanted(uint32_t kind) {
    return kind == MU_RECORD_STARTED || kind == MU_RECORD_OPENED || kind == MU_RECORD_ALL_CLEAR ||
           kind == MU_RECORD_DISPATCHED || kind == MU_RECORD_ON_SITE || kind == MU_RECORD_BEGAN ||
           kind == MU_RECORD_STEP || makes_known(kind);
}

static bool is_named(const mu_plan *plan, const mu_record *record) {
    for (uint32_t c = 0; c < plan->policy.clauses.count; c++) {
        const mu_judged_clause *clause = &plan->clauses[c];
        if (!clause->clause->off &&
            ((clause->has_start && mu_term_matches(&clause->start, record)) ||
             (clause->has_end && mu_term_matches(&clause->end, record)))) {
            return true;
        }
    }
    return false;
}

static bool keep(mu_watched_run *run, const mu_record *record) {
    mu_record *records = mu_grow(run->records, run->count, &run->room, sizeof *records);
    if (records == NULL) {
        return false;
    }
    run->records = records;
    run->records[run->count++] = *record;
    return true;
}

/* When the order came that a clause about reaching people counts from; MU_NEVER. */
static mu_time counted_from(const mu_plan *plan, const mu_log *log) {
    for (uint32_t c = 0; c < plan->policy.clauses.count; c++) {
        const mu_judged_clause *clause = &plan->clauses[c];
        if (clause->clause->kind == MU_CLAUSE_COVERAGE && !clause->clause->off &&
            clause->has_start && !clause->has_end) {
            const uint32_t start = mu_log_find(log, &clause->start, 0, INT64_MIN);
            return start == MU_NO_RECORD ? MU_NEVER : mu_log_get(log, start)->time_us;
        }
    }
    return MU_NEVER;
}

enum { HAS_LEFT = 1, IS_TOLD = 2 };

/* Who was there when the order came, and how many of them have been told by the end. */
static bool count_people(const mu_plan *plan, const mu_log *log, mu_watched_run *run) {
    const mu_time order_us = counted_from(plan, log);
    if (order_us == MU_NEVER) {
        return true;
    }
    uint8_t *of = calloc((size_t)plan->people.list.count + 1, 1);
    if (of == NULL) {
        return false;
    }
    for (uint32_t id = 0; id < mu_log_count(log); id++) {
        const mu_record *record = mu_log_get(log, id);
        const uint32_t who = mu_handle_index(record->subject);
        const bool is_person = mu_handle_thing(record->subject) == MU_THING_PERSON;
        if (is_person && record->kind == MU_RECORD_LEFT && record->time_us < order_us) {
            of[who] |= HAS_LEFT;
        } else if (is_person && record->kind == MU_RECORD_ALERTED) {
            of[who] |= IS_TOLD;
            run->reached_us = record->time_us;
        }
    }
    for (uint32_t p = 0; p < plan->people.list.count; p++) {
        const bool counts =
            plan->people.list.items[p].kind == MU_PERSON_OCCUPANT && (of[p] & HAS_LEFT) == 0;
        run->present += counts;
        run->reached += counts && (of[p] & IS_TOLD) != 0;
    }
    run->ordered_us = order_us;
    free(of);
    return true;
}

mu_status mu_watch_hear(const mu_plan *plan, const mu_log *log, const mu_run_end *end,
                        mu_watched_run *out) {
    mu_watched_run run = {.known_us = MU_NEVER, .ordered_us = MU_NEVER, .end_us = end->end_us};
    bool fine = count_people(plan, log, &run);
    for (uint32_t id = 0; fine && id < mu_log_count(log); id++) {
        const mu_record *record = mu_log_get(log, id);
        if (makes_known(record->kind) && run.known_us == MU_NEVER) {
            run.known_us = record->time_us;
        }
        if (is_wanted(record->kind) || is_named(plan, record)) {
            fine = keep(&run, record);
        }
    }
    if (!fine) {
        mu_watched_run_destroy(&run);
        return MU_ERR_MEMORY;
    }
    *out = run;
    return MU_OK;
}

void mu_watched_run_destroy(mu_watched_run *run) {
    free(run->records);
    *run = (mu_watched_run){0};
}
