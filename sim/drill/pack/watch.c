/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Concrete milestones instead of the terms of clauses: "declared" and "declared:red" are then one
 * box, and what is typed into it is found by both. */
#include "drill/pack/watch.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/grow.h"
#include "drill/findings.h"
#include "policy/measure.h"

static mu_handle word_of(mu_handle handle) {
    return mu_handle_thing(handle) == MU_THING_WORD ? handle : 0;
}

bool mu_watch_is(const mu_watch *watch, const mu_record *record) {
    switch ((mu_watch_what)watch->what) {
    case MU_WATCH_TIME:
    case MU_WATCH_NUMBER:
        return record->kind == watch->kind && word_of(record->object) == watch->object &&
               word_of(record->place) == watch->place;
    case MU_WATCH_BEGAN:
    case MU_WATCH_DONE:
        return record->kind == watch->kind && record->step == MU_HANDLE(MU_THING_STEP, watch->step);
    case MU_WATCH_PEOPLE:
        break;
    }
    return false;
}

/* The record that a watch stands for, as far as terms can see. */
static mu_record as_record(const mu_watch *watch) {
    return (mu_record){
        .kind = (uint16_t)watch->kind, .object = watch->object, .place = watch->place};
}

static bool is_milestone(const mu_watch *watch) {
    return watch->what == MU_WATCH_TIME || watch->what == MU_WATCH_NUMBER;
}

bool mu_watch_starts(const mu_plan *plan, const mu_watch *watch, uint32_t clause) {
    const mu_judged_clause *one = &plan->clauses[clause];
    const mu_record record = as_record(watch);
    return is_milestone(watch) && !one->clause->off && one->has_start &&
           mu_term_matches(&one->start, &record);
}

bool mu_watch_ends(const mu_plan *plan, const mu_watch *watch, uint32_t clause) {
    const mu_judged_clause *one = &plan->clauses[clause];
    const mu_record record = as_record(watch);
    if (watch->what == MU_WATCH_PEOPLE) {
        return one->clause->kind == MU_CLAUSE_COVERAGE && !one->clause->off && one->has_start &&
               !one->has_end;
    }
    return is_milestone(watch) && !one->clause->off && one->has_end &&
           mu_term_matches(&one->end, &record);
}

uint32_t mu_watch_find_start(const mu_plan *plan, const mu_watch_list *list, uint32_t clause) {
    for (uint32_t w = 0; w < list->count; w++) {
        if (mu_watch_starts(plan, &list->items[w], clause)) {
            return w;
        }
    }
    return MU_NONE;
}

uint32_t mu_watch_find_end(const mu_plan *plan, const mu_watch_list *list, uint32_t clause) {
    for (uint32_t w = 0; w < list->count; w++) {
        if (mu_watch_ends(plan, &list->items[w], clause)) {
            return w;
        }
    }
    return MU_NONE;
}

void mu_watch_term(const mu_plan *plan, const mu_watch *watch, char out[256]) {
    const char *token = mu_record_token((mu_record_kind)watch->kind);
    if (watch->what == MU_WATCH_BEGAN || watch->what == MU_WATCH_DONE) {
        (void)snprintf(out, 256, "%s:%.200s", token,
                       plan->response.steps.items[watch->step].given->id);
    } else {
        (void)snprintf(out, 256, "%s%s%.100s%s%.100s", token, watch->object != 0 ? ":" : "",
                       watch->object != 0 ? mu_plan_id(plan, watch->object) : "",
                       watch->place != 0 ? "@" : "",
                       watch->place != 0 ? mu_plan_id(plan, watch->place) : "");
    }
}

/* Building the list. */

typedef struct builder {
    const mu_plan *plan;
    const mu_watched_run *runs;
    mu_watch_list *list;
    uint32_t room;
    double *values; /* one per run */
} builder;

static mu_status add(builder *b, const mu_watch *watch) {
    mu_watch_list *list = b->list;
    mu_watch *items = mu_grow(list->items, list->count, &b->room, sizeof *items);
    if (items == NULL) {
        return MU_ERR_MEMORY;
    }
    list->items = items;
    list->items[list->count++] = *watch;
    return MU_OK;
}

/* The watch that a record calls for; false if for none. */
static bool watch_of(const mu_record *record, mu_watch *out) {
    *out = (mu_watch){.what = MU_WATCH_TIME, .kind = record->kind, .step = MU_NONE};
    if (record->kind == MU_RECORD_BEGAN || record->kind == MU_RECORD_STEP) {
        out->what = record->kind == MU_RECORD_BEGAN ? MU_WATCH_BEGAN : MU_WATCH_DONE;
        out->step = mu_handle_index(record->step);
        return record->step != 0;
    }
    if (record->kind == MU_RECORD_MEASURED) {
        out->what = MU_WATCH_NUMBER;
    }
    out->object = word_of(record->object);
    out->place = word_of(record->place);
    if (record->step != 0) {
        out->step = mu_handle_index(record->step);
    }
    return true;
}

/* Several steps may bring about the same: then it is called by none of them. */
static bool is_known(const builder *b, const mu_record *record) {
    for (uint32_t w = 0; w < b->list->count; w++) {
        mu_watch *watch = &b->list->items[w];
        if (mu_watch_is(watch, record)) {
            if (record->step != MU_HANDLE(MU_THING_STEP, watch->step)) {
                watch->step = MU_NONE;
            }
            return true;
        }
    }
    return false;
}

static mu_status add_seen(builder *b) {
    for (uint32_t r = 0; r < b->list->runs; r++) {
        for (uint32_t i = 0; i < b->runs[r].count; i++) {
            mu_watch watch;
            if (!is_known(b, &b->runs[r].records[i]) && watch_of(&b->runs[r].records[i], &watch) &&
                add(b, &watch) != MU_OK) {
                return MU_ERR_MEMORY;
            }
        }
    }
    return MU_OK;
}

static mu_handle word_handle(uint32_t word) {
    return word == MU_NONE ? 0 : MU_HANDLE(MU_THING_WORD, word);
}

/* Ends that no run brought about although they could have come: there is a box for them, too. */
static mu_status add_missed(builder *b) {
    for (uint32_t c = 0; c < b->plan->policy.clauses.count; c++) {
        const mu_judged_clause *clause = &b->plan->clauses[c];
        if (!clause->has_end || !clause->can_end || clause->clause->off ||
            mu_watch_find_end(b->plan, b->list, c) != MU_NONE ||
            (clause->has_start && mu_watch_find_start(b->plan, b->list, c) == MU_NONE)) {
            continue;
        }
        const mu_record record = {.kind = (uint16_t)clause->end.kind,
                                  .object = word_handle(clause->end.object),
                                  .place = word_handle(clause->end.place)};
        mu_watch watch;
        if (watch_of(&record, &watch) && add(b, &watch) != MU_OK) {
            return MU_ERR_MEMORY;
        }
    }
    return MU_OK;
}

static mu_status add_people(builder *b) {
    bool counted = false;
    for (uint32_t r = 0; r < b->list->runs; r++) {
        counted = counted || b->runs[r].ordered_us != MU_NEVER;
    }
    const mu_watch there = {.what = MU_WATCH_PEOPLE, .kind = MU_RECORD_ORDERED, .step = MU_NONE};
    const mu_watch told = {.what = MU_WATCH_PEOPLE, .kind = MU_RECORD_ALERTED, .step = MU_NONE};
    return !counted || (add(b, &there) == MU_OK && add(b, &told) == MU_OK) ? MU_OK : MU_ERR_MEMORY;
}

uint32_t mu_watch_judged(const mu_plan *plan, const mu_watch *watch) {
    for (uint32_t c = 0; c < plan->policy.clauses.count; c++) {
        if (watch->what == MU_WATCH_NUMBER && mu_watch_ends(plan, watch, c)) {
            return c;
        }
    }
    return MU_NONE;
}

double mu_watch_counts(const mu_plan *plan, const mu_watched_run *run, const mu_watch *watch) {
    const uint32_t c = mu_watch_judged(plan, watch);
    const mu_judged_clause *clause = c == MU_NONE ? NULL : &plan->clauses[c];
    const mu_record as = as_record(watch);
    mu_measured all = {0};
    bool started = clause != NULL && !clause->has_start;
    for (uint32_t i = 0; clause != NULL && i < run->count; i++) {
        const mu_record *record = &run->records[i];
        started = started || mu_term_matches(&clause->start, record);
        if (started && mu_watch_is(watch, record)) {
            mu_measure_take(&all, clause, mu_measure_demand(clause, &as), i,
                            record->value / MU_MEASURE_PARTS);
        }
    }
    return all.count > 0 ? mu_measure_value(&all, clause) : (double)NAN;
}

/* What one run says of a watch; false: it did not come. */
static bool look(const builder *b, const mu_watched_run *run, const mu_watch *watch,
                 mu_time *time_us, double *value, uint32_t *times) {
    *times = 0;
    if (watch->what == MU_WATCH_PEOPLE) {
        *time_us = watch->kind == MU_RECORD_ORDERED ? run->ordered_us : run->reached_us;
        *value = watch->kind == MU_RECORD_ORDERED ? run->present : run->reached;
        *times = 1;
        return run->ordered_us != MU_NEVER;
    }
    for (uint32_t i = 0; i < run->count; i++) {
        if (mu_watch_is(watch, &run->records[i]) && (*times)++ == 0) {
            *time_us = run->records[i].time_us;
        }
    }
    *value = watch->what == MU_WATCH_NUMBER ? mu_watch_counts(b->plan, run, watch) : 0;
    return *times > 0;
}

static int by_value(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double share_of(double *values, uint32_t count, uint32_t percent) {
    if (count == 0) {
        return (double)NAN;
    }
    qsort(values, count, sizeof *values, by_value);
    return values[mu_percentile_rank(percent, count) - 1];
}

enum { FROM_START, FROM_KNOWN, VALUE };

/* One number of each run in which the watch came. */
static uint32_t collect(const builder *b, const mu_watch *watch, int which) {
    uint32_t count = 0;
    for (uint32_t r = 0; r < b->list->runs; r++) {
        mu_time time_us = 0;
        double value = 0;
        uint32_t times = 0;
        const mu_time known_us = b->runs[r].known_us;
        if (!look(b, &b->runs[r], watch, &time_us, &value, &times) ||
            (which == FROM_KNOWN && known_us == MU_NEVER) || (which == VALUE && isnan(value))) {
            continue;
        }
        b->values[count++] = which == VALUE        ? value
                             : which == FROM_START ? mu_time_to_s(time_us)
                                                   : mu_time_to_s(time_us - known_us);
    }
    return count;
}

static void sum_up(const builder *b, mu_watch *watch) {
    for (uint32_t r = 0; r < b->list->runs; r++) {
        mu_time time_us = 0;
        double value = 0;
        uint32_t times = 0;
        watch->seen += look(b, &b->runs[r], watch, &time_us, &value, &times);
        watch->most = times > watch->most ? times : watch->most;
    }
    watch->from_start_s = share_of(b->values, collect(b, watch, FROM_START), 50);
    const uint32_t known = collect(b, watch, FROM_KNOWN);
    watch->low_s = share_of(b->values, known, 10);
    watch->typical_s = share_of(b->values, known, 50);
    watch->high_s = share_of(b->values, known, 90);
    watch->value = share_of(b->values, collect(b, watch, VALUE), 50);
}

/* Order: milestones by time, numbers, people, then step by step. */
static int part_of(const mu_watch *watch) {
    return watch->what == MU_WATCH_BEGAN || watch->what == MU_WATCH_DONE ? 3 : (int)watch->what;
}

static int by_order(const void *a, const void *b) {
    const mu_watch *x = a, *y = b;
    if (part_of(x) != part_of(y)) {
        return part_of(x) - part_of(y);
    }
    if (x->order_s != y->order_s) {
        return x->order_s < y->order_s ? -1 : 1;
    }
    if (part_of(x) == 3 && x->step != y->step) {
        return x->step < y->step ? -1 : 1;
    }
    return x->what != y->what       ? (x->what < y->what ? -1 : 1)
           : x->kind != y->kind     ? (x->kind < y->kind ? -1 : 1)
           : x->object != y->object ? (x->object < y->object ? -1 : 1)
                                    : (x->place > y->place) - (x->place < y->place);
}

/* Both watches of a step stand where the earlier one does. */
static void set_order(const mu_watch_list *list, mu_watch *watch) {
    watch->order_s = isnan(watch->typical_s) ? (double)INFINITY : watch->typical_s;
    for (uint32_t w = 0; part_of(watch) == 3 && w < list->count; w++) {
        const mu_watch *other = &list->items[w];
        if (part_of(other) == 3 && other->step == watch->step) {
            watch->order_s = fmin(watch->order_s, other->typical_s);
        }
    }
}

static void number(mu_watch_list *list) {
    static const char letters[] = "PNCS";
    uint32_t numbers[4] = {0};
    for (uint32_t w = 0; w < list->count; w++) {
        mu_watch *watch = &list->items[w];
        const int part = part_of(watch);
        const bool same = part == 3 && w > 0 && part_of(&list->items[w - 1]) == 3 &&
                          list->items[w - 1].step == watch->step;
        numbers[part] += !same;
        (void)snprintf(watch->code, sizeof watch->code, "%c%02u%s", letters[part], numbers[part],
                       watch->what == MU_WATCH_BEGAN  ? "a"
                       : watch->what == MU_WATCH_DONE ? "b"
                                                      : "");
    }
}

mu_status mu_watch_make(const mu_plan *plan, const mu_watched_run *runs, uint32_t count,
                        mu_watch_list *out) {
    mu_watch_list list = {.runs = count};
    builder b = {.plan = plan, .runs = runs, .list = &list};
    b.values = calloc((size_t)count + 1, sizeof *b.values);
    mu_status status = b.values == NULL ? MU_ERR_MEMORY : add_seen(&b);
    status = status == MU_OK ? add_missed(&b) : status;
    status = status == MU_OK ? add_people(&b) : status;
    if (status == MU_OK) {
        for (uint32_t w = 0; w < list.count; w++) {
            sum_up(&b, &list.items[w]);
        }
        for (uint32_t w = 0; w < list.count; w++) {
            set_order(&list, &list.items[w]);
        }
        uint32_t known = 0;
        for (uint32_t r = 0; r < count; r++) {
            if (runs[r].known_us != MU_NEVER) {
                b.values[known++] = mu_time_to_s(runs[r].known_us);
            }
        }
        list.known_s = share_of(b.values, known, 50);
        qsort(list.items, list.count, sizeof *list.items, by_order);
        number(&list);
        *out = list;
    } else {
        mu_watch_list_destroy(&list);
    }
    free(b.values);
    return status;
}

void mu_watch_list_destroy(mu_watch_list *list) {
    free(list->items);
    *list = (mu_watch_list){0};
}
