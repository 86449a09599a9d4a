/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/row.h"

#include <math.h>
#include <stdlib.h>

#include "drill/run.h"

/* A time in seconds, or the share or number that the clause is about; NAN: nothing was measured. */
static double value_of(const mu_clause *clause, const mu_judgement *judged) {
    switch (mu_clause_value_of(clause)) {
    case MU_VALUE_SHARE:
        return judged->value;
    case MU_VALUE_NUMBER:
        return judged->verdict == MU_VERDICT_UNDECIDED ? (double)NAN : judged->value;
    case MU_VALUE_TIME:
        break;
    }
    return judged->value_us == MU_NEVER ? (double)INFINITY : mu_time_to_s(judged->value_us);
}

/* The clause in whose place another is judged, where one is: its value is the other's. */
static const mu_clause *judged_clause(const mu_plan *plan, uint32_t index) {
    const uint32_t count = plan->policy.clauses.count;
    uint32_t at = index;
    for (uint32_t k = 0; k < count && plan->clauses[at].same_as < count; k++) {
        at = plan->clauses[at].same_as;
    }
    return &plan->policy.clauses.items[at];
}

/* Letters and values in the order of the results' clauses. `at` has room for `width` of them. */
static void fill_verdicts(const mu_plan *plan, const mu_replicate *run, const uint32_t *map,
                          uint32_t width, uint32_t *at, mu_run_row *out) {
    static const char letters[] = {[MU_VERDICT_NOT_EXERCISED] = '-',
                                   [MU_VERDICT_MET] = 'm',
                                   [MU_VERDICT_MISSED] = 'x',
                                   [MU_VERDICT_UNDECIDED] = 'u'};
    for (uint32_t c = 0; c < width; c++) {
        at[c] = MU_NONE;
    }
    for (uint32_t i = 0; i < plan->policy.clauses.count; i++) {
        at[map[i]] = i;
    }
    for (uint32_t c = 0; c < width; c++) {
        const mu_judgement *judged = at[c] != MU_NONE ? &run->judgements[at[c]] : NULL;
        out->verdicts[c] = judged != NULL ? letters[judged->verdict] : '.';
        if (judged != NULL && judged->verdict != MU_VERDICT_NOT_EXERCISED) {
            out->values[out->value_count++] = value_of(judged_clause(plan, at[c]), judged);
        }
    }
    out->verdicts[width] = '\0';
}

static mu_status read_row(const mu_plan *plan, const mu_replicate *run, const uint32_t *map,
                          mu_run_row *out) {
    uint32_t width = 0;
    for (uint32_t i = 0; i < plan->policy.clauses.count; i++) {
        width = map[i] + 1 > width ? map[i] + 1 : width;
    }
    uint32_t *at = malloc(((size_t)width + 1) * sizeof *at);
    out->verdicts = malloc((size_t)width + 1);
    out->values = malloc(((size_t)plan->policy.clauses.count + 1) * sizeof *out->values);
    const bool enough = at != NULL && out->verdicts != NULL && out->values != NULL;
    if (enough) {
        fill_verdicts(plan, run, map, width, at, out);
    }
    free(at);
    return enough ? mu_measure_read(plan, run, out->measures, out->curve) : MU_ERR_MEMORY;
}

mu_status mu_row_play(const mu_plan *plan, uint64_t seed, uint32_t replication, const uint32_t *map,
                      mu_run_row *out) {
    mu_log *log = mu_log_create();
    mu_run_end end;
    mu_replicate run = {0};
    *out = (mu_run_row){.replication = replication};
    mu_status status = log == NULL ? MU_ERR_MEMORY : mu_run(plan, seed, replication, log, &end);
    if (status == MU_OK) {
        status =
            mu_replicate_read(plan, log, end.end_us, end.quiet, end.state_hash, replication, &run);
    }
    if (status == MU_OK) {
        out->state_hash = end.state_hash;
        out->end_s = mu_time_to_s(end.end_us);
        out->quiet = end.quiet;
        status = read_row(plan, &run, map, out);
        mu_replicate_destroy(&run);
    }
    mu_log_destroy(log);
    if (status != MU_OK) {
        mu_run_row_free(out);
    }
    return status;
}
