/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of cause chains, over whole runs: the parts of every judged time touch, are named and
 * add up; a step that waits for all of several things is caused by the last of them, one that waits
 * for any by the first; whatever was granted was requested, and a wait names who or what held it.
 *
 * MUSTER_CHAIN_RUNS is the number of runs of each incident, MUSTER_CHAIN_INCIDENTS which incidents
 * of the campus (names with commas between them). Over all of them for fifty runs each:
 *   MUSTER_CHAIN_RUNS=50 MUSTER_CHAIN_INCIDENTS=$(cd scenarios/campus && grep -l muster.incident \
 *     *.json | sed 's/.json//' | paste -sd,) */
#include <string.h>

#include "drill/findings.h"
#include "drill/run.h"
#include "effort.h"
#include "loaded_plan.h"
#include "runner.h"

enum { PARTS_MOST = 512, RUNS = EFFORT(3, 1) };
#define INCIDENTS "package-patrol,hostage-night,chlorine"

typedef struct tally {
    uint32_t chains, steps, waits, faults;
} tally;

static const char *name_of(const mu_step_plan *step) {
    return step->given->id;
}

static void fault(tally *t, const char *what, const char *who, uint32_t record) {
    t->faults++;
    fprintf(stderr, "%s: %s (record %u)\n", what, who, record);
}

static mu_time time_of(const mu_log *log, uint32_t id) {
    return id == MU_NO_RECORD ? 0 : mu_log_get(log, id)->time_us;
}

/* Every judged time of the run, not only those that a report would show. */
static void check_chain(tally *t, const mu_log *log, const mu_judgement *j, const char *clause) {
    static mu_chain_part parts[PARTS_MOST];
    const uint32_t count = mu_chain(log, j->start, j->end, parts, PARTS_MOST);
    const mu_time begun_us = time_of(log, j->start), ended_us = time_of(log, j->end);
    mu_time at_us = begun_us;
    for (uint32_t i = 0; i < count; i++) {
        if (parts[i].from_us != at_us || parts[i].to_us <= at_us) {
            fault(t, "a gap, an overlap or nothing", clause, parts[i].record);
        }
        if (parts[i].part <= MU_PART_NONE || parts[i].part >= MU_PART_COUNT ||
            parts[i].record >= mu_log_count(log)) {
            fault(t, "a part without a name", clause, parts[i].record);
        }
        at_us = parts[i].to_us;
    }
    if (ended_us > begun_us && at_us != ended_us) {
        fault(t, "the parts do not add up", clause, j->end);
    }
    t->chains += count > 0;
}

static void check_chains(tally *t, const mu_log *log, const mu_run_end *end, uint32_t replication) {
    mu_replicate replicate;
    ck_assert_int_eq(mu_replicate_read(plan, log, end->end_us, end->quiet, end->state_hash,
                                       replication, &replicate),
                     MU_OK);
    for (uint32_t i = 0; i < plan->policy.clauses.count; i++) {
        if (replicate.judgements[i].end != MU_NO_RECORD) {
            check_chain(t, log, &replicate.judgements[i], plan->policy.clauses.items[i].id);
        }
    }
    mu_replicate_destroy(&replicate);
}

static uint32_t first_of(const mu_log *log, uint32_t term) {
    return mu_log_find(log, &plan->response.terms.items[term].term, 0, 0);
}

/* The record that completes the trigger: the last of all, the first of any; MU_NO_RECORD where the
 * log does not meet it. */
static uint32_t completes(const mu_log *log, const mu_step_plan *step) {
    uint32_t last = 0, any = MU_NO_RECORD;
    for (uint32_t i = 0; i < step->all_count; i++) {
        const uint32_t met = first_of(log, step->all[i]);
        last = met > last ? met : last; /* MU_NO_RECORD is the greatest of all */
    }
    for (uint32_t i = 0; i < step->any_count; i++) {
        const uint32_t met = first_of(log, step->any[i]);
        any = met < any ? met : any;
    }
    return step->any_count > 0 && any > last ? any : last;
}

/* The first time that a step is due: repetitions are caused by the time before, and who brings
 * people down is also called by whoever needs it. */
static void check_due(tally *t, const mu_log *log) {
    bool *seen = calloc(plan->response.steps.count, sizeof *seen);
    ck_assert_ptr_nonnull(seen);
    for (uint32_t id = 0; id < mu_log_count(log); id++) {
        const mu_record *record = mu_log_get(log, id);
        if (record->kind != MU_RECORD_DUE || seen[mu_handle_index(record->step)]) {
            continue;
        }
        const mu_step_plan *step = &plan->response.steps.items[mu_handle_index(record->step)];
        const uint32_t wanted = completes(log, step);
        seen[mu_handle_index(record->step)] = true;
        if (wanted == MU_NO_RECORD && step->brings_down) {
            continue;
        }
        t->steps++;
        if (record->cause != wanted) {
            fault(t, "not the last of all or the first of any", name_of(step), id);
        }
    }
    free(seen);
}

static void check_grants(tally *t, const mu_log *log) {
    for (uint32_t id = 0; id < mu_log_count(log); id++) {
        const mu_record *record = mu_log_get(log, id);
        if (record->kind != MU_RECORD_GRANTED || record->step == 0) {
            continue;
        }
        const char *step = mu_plan_id(plan, record->step);
        const mu_record *cause =
            record->cause == MU_NO_RECORD ? NULL : mu_log_get(log, record->cause);
        const bool asked = cause != NULL && cause->kind == MU_RECORD_REQUESTED;
        if (cause == NULL || (!asked && cause->kind != MU_RECORD_ON_SITE) ||
            (asked && cause->step != record->step)) {
            fault(t, "granted what was not requested", step, id);
        } else if (asked && record->time_us > cause->time_us) {
            t->waits++;
            if (record->holder == 0) {
                fault(t, "a wait that nobody held", step, id);
            }
        }
    }
}

static tally check_incident(const char *name, uint32_t runs) {
    char file[256];
    (void)snprintf(file, sizeof file, "scenarios/campus/%s.json", name);
    load_incident(file);
    plan->incident.motion = MU_MOTION_FLOW;
    tally t = {0};
    for (uint32_t k = 0; k < runs; k++) {
        mu_log *log = mu_log_create();
        mu_run_end end;
        ck_assert_int_eq(mu_run(plan, (uint64_t)plan->incident.seed, k, log, &end), MU_OK);
        const uint32_t before = t.faults;
        check_chains(&t, log, &end, k);
        check_due(&t, log);
        check_grants(&t, log);
        mu_log_destroy(log);
        if (t.faults > before) {
            fprintf(stderr, "… in run %u of %s\n", k, name);
        }
    }
    drop_plan();
    printf("%s, %u runs: %u chains, %u steps, %u waits, %u faults\n", name, runs, t.chains, t.steps,
           t.waits, t.faults);
    (void)fflush(stdout);
    return t;
}

START_TEST(the_rules_hold_over_whole_runs) {
    const char *runs = getenv("MUSTER_CHAIN_RUNS"), *asked = getenv("MUSTER_CHAIN_INCIDENTS");
    char names[1024];
    ck_assert_int_lt(snprintf(names, sizeof names, "%s", asked == NULL ? INCIDENTS : asked),
                     sizeof names);
    tally all = {0};
    for (char *name = strtok(names, ","); name != NULL; name = strtok(NULL, ",")) {
        const tally t = check_incident(name, runs == NULL ? RUNS : (uint32_t)atoi(runs));
        all = (tally){all.chains + t.chains, all.steps + t.steps, all.waits + t.waits,
                      all.faults + t.faults};
    }
    ck_assert_uint_eq(all.faults, 0);
    ck_assert(asked != NULL || (all.chains > 0 && all.steps > 0 && all.waits > 0));
}
END_TEST

int main(void) {
    Suite *suite = suite_create("chain rules");
    TCase *tcase = tcase_create("chain rules");
    tcase_add_test(tcase, the_rules_hold_over_whole_runs);
    tcase_set_timeout(tcase, 0);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
