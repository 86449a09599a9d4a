/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells are taken a few at a time: their plans are loaded, and threads take the next run of any of
 * them. With stop rules the study goes round by round, a block of replications of every open cell
 * in each; the rules are looked at between rounds, from the file alone, so that an interrupted
 * study decides as one that was not. */
#include "study/batch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#ifdef _OPENMP
#include <omp.h>
#endif

#include "core/i18n.h"
#include "drill/run.h"
#include "study/replications.h"
#include "study/stop.h"

enum { CELLS_AT_ONCE = 16 };

/* A cell whose runs are being played. */
typedef struct open_cell {
    uint32_t cell;
    mu_plan *plan;
    bool borrowed; /* the plan is the incident's first, kept elsewhere */
    uint32_t *map; /* clauses of its policy to those of the results */
    uint8_t *present;
} open_cell;

typedef struct batch {
    const mu_store_origin *origin;
    const mu_study_plan *study;
    mu_store *store;
    mu_batch_control *control;
    mu_batch_end *out;
    mu_diags *diags;
    uint32_t jobs;
    open_cell cells[CELLS_AT_ONCE];
    uint32_t cell_count;
    mu_plan *first; /* of the incident in hand */
    uint32_t first_incident;
    _Atomic int status;
    uint32_t *runs; /* per cell: how many it gets at the most, lowered when it stops */
} batch;

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

/* Plays one replication of one cell and reads it as a row, but for the number of the cell. */
static mu_status play_row(const mu_plan *plan, uint64_t seed, uint32_t replication,
                          const uint32_t *map, mu_run_row *out) {
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

/* Called by one thread at a time. */
static void keep_row(batch *b, const mu_run_row *row) {
    mu_status status = mu_store_put(b->store, row, b->diags);
    if (status == MU_OK && b->control->is_due != NULL && b->control->is_due(b->control->context)) {
        status = mu_store_commit(b->store, b->diags);
    }
    if (status != MU_OK) {
        atomic_store(&b->status, (int)status);
    }
    b->out->played++;
    atomic_fetch_add(&b->control->done, 1);
}

static void complain_of_run(const batch *b, const open_cell *cell, uint32_t replication,
                            mu_status status) {
    const char *arm = b->study->arms.items[cell->cell % b->study->arms.count].name;
    mu_diags_add(b->diags, MU_ERROR, status == MU_ERR_MEMORY ? "memory" : "run.stopped", NULL,
                 status == MU_ERR_MEMORY ? _("run fewer jobs at the same time") : NULL,
                 _("replication %u of the arm \"%s\" could not go on"), replication, arm);
}

static bool is_over(const batch *b) {
    return atomic_load(&b->control->stop) || atomic_load(&b->status) != MU_OK;
}

static void play_one(batch *b, const open_cell *cell, uint32_t replication) {
    mu_run_row row;
    const mu_status status =
        play_row(cell->plan, (uint64_t)b->study->given.seed, replication, cell->map, &row);
    row.cell = cell->cell;
#ifdef _OPENMP
#pragma omp critical
#endif
    {
        if (status == MU_OK && atomic_load(&b->status) == MU_OK) {
            keep_row(b, &row);
        } else if (status != MU_OK) {
            complain_of_run(b, cell, replication, status);
            atomic_store(&b->status, (int)status);
        }
    }
    mu_run_row_free(&row);
}

static bool is_mine(const batch *b, uint32_t replication) {
    return replication % b->origin->shards == b->origin->shard;
}

/* Replications first … end-1 of the cells in hand that are not there yet. */
static void play_cells(batch *b, uint32_t first, uint32_t end) {
    const uint32_t each = end - first;
    const int64_t tasks = (int64_t)each * b->cell_count;
#ifdef _OPENMP
#pragma omp parallel for schedule(dynamic, 1) num_threads((int)b->jobs)
#endif
    for (int64_t i = 0; i < tasks; i++) {
        const open_cell *cell = &b->cells[i / each];
        const uint32_t replication = first + (uint32_t)(i % each);
        if (replication < b->runs[cell->cell] && is_mine(b, replication) &&
            !cell->present[replication] && !is_over(b)) {
            play_one(b, cell, replication);
        }
    }
}

static void close_cells(batch *b) {
    for (uint32_t i = 0; i < b->cell_count; i++) {
        if (!b->cells[i].borrowed) {
            mu_plan_destroy(b->cells[i].plan);
        }
        free(b->cells[i].map);
        free(b->cells[i].present);
    }
    b->cell_count = 0;
}

/* The plan of the incident's first arm is kept as long as the incident is in hand: the others share
 * its walking distances. */
static mu_status open_first(batch *b, uint32_t incident) {
    if (b->first != NULL && b->first_incident == incident) {
        return MU_OK;
    }
    mu_plan_destroy(b->first);
    b->first_incident = incident;
    b->first = mu_cell_load(b->study, incident, 0, NULL, b->diags);
    return b->first != NULL ? MU_OK : MU_ERR_INPUT;
}

static mu_status open_one(batch *b, uint32_t cell) {
    open_cell *opened = &b->cells[b->cell_count];
    const uint32_t arm = cell % b->study->arms.count, incident = cell / b->study->arms.count;
    *opened = (open_cell){.cell = cell};
    mu_status status = open_first(b, incident);
    if (status != MU_OK) {
        return status;
    }
    opened->borrowed = arm == 0;
    opened->plan = arm == 0 ? b->first : mu_cell_load(b->study, incident, arm, b->first, b->diags);
    if (opened->plan == NULL) {
        return MU_ERR_INPUT;
    }
    b->cell_count++;
    opened->map = calloc((size_t)opened->plan->policy.clauses.count + 1, sizeof *opened->map);
    opened->present = calloc((size_t)b->study->given.reps, 1);
    if (opened->map == NULL || opened->present == NULL) {
        return MU_ERR_MEMORY;
    }
    status = mu_store_cell(b->store, b->study, cell, opened->plan, opened->map, b->diags);
    return status == MU_OK ? mu_store_present(b->store, cell, (uint32_t)b->study->given.reps,
                                              opened->present, b->diags)
                           : status;
}

/* Plays one round of up to CELLS_AT_ONCE open cells of one incident, from *next on. */
static mu_status play_some(batch *b, uint32_t *next, uint32_t all, uint32_t first, uint32_t end) {
    mu_status status = MU_OK;
    const uint32_t arms = b->study->arms.count, incident = *next / arms;
    while (*next < all && *next / arms == incident && b->cell_count < CELLS_AT_ONCE &&
           status == MU_OK) {
        if (b->runs[*next] > first) {
            status = open_one(b, *next);
        }
        (*next)++;
    }
    if (status == MU_OK) {
        play_cells(b, first, end);
        status = (mu_status)atomic_load(&b->status);
    }
    close_cells(b);
    return status == MU_OK ? mu_store_commit(b->store, b->diags) : status;
}

static uint64_t count_wanted(const batch *b, uint32_t cells) {
    uint64_t wanted = 0;
    for (uint32_t c = 0; c < cells; c++) {
        const uint32_t runs = b->runs[c], shard = b->origin->shard;
        wanted += runs > shard ? (runs - shard - 1) / b->origin->shards + 1 : 0;
    }
    return wanted;
}

static mu_status play_all(batch *b, uint32_t cells) {
    const uint32_t reps = (uint32_t)b->study->given.reps;
    const bool rules = b->study->given.stop.count > 0;
    const uint32_t block = rules ? (uint32_t)b->study->given.block : reps;
    mu_status status = MU_OK;
    for (uint32_t first = 0; first < reps && status == MU_OK && !is_over(b); first += block) {
        const uint32_t end = reps - first < block ? reps : first + block;
        for (uint32_t next = 0; next < cells && status == MU_OK && !is_over(b);) {
            status = play_some(b, &next, cells, first, end);
        }
        if (rules && status == MU_OK && !is_over(b)) {
            status = mu_stop_look(b->study, b->store, end, b->runs, b->diags);
            atomic_store(&b->control->total, (uint32_t)count_wanted(b, cells));
        }
    }
    return status;
}

static mu_status count_done(batch *b, uint32_t cells) {
    uint32_t done = 0;
    uint8_t *present = malloc((size_t)b->study->given.reps);
    mu_status status = present != NULL ? MU_OK : MU_ERR_MEMORY;
    for (uint32_t c = 0; c < cells && status == MU_OK; c++) {
        memset(present, 0, (size_t)b->study->given.reps);
        status = mu_store_present(b->store, c, (uint32_t)b->study->given.reps, present, b->diags);
        for (int64_t k = 0; k < b->study->given.reps && status == MU_OK; k++) {
            done += present[k];
        }
    }
    free(present);
    atomic_store(&b->control->done, done);
    return status;
}

static mu_status finish(batch *b, uint32_t cells) {
    mu_status status = MU_OK;
    for (uint32_t c = 0; c < cells && status == MU_OK; c++) {
        status = mu_store_finish(b->store, c, b->runs[c], b->diags);
    }
    return status == MU_OK ? mu_store_commit(b->store, b->diags) : status;
}

mu_status mu_batch_run(const mu_store_origin *origin, const char *results, uint32_t jobs,
                       mu_batch_control *control, mu_batch_end *out, mu_diags *diags) {
    const mu_study_plan *study = origin->study;
    const uint32_t cells = study->incidents.count * study->arms.count;
    batch b = {.origin = origin,
               .study = study,
               .control = control,
               .out = out,
               .diags = diags,
               .jobs = jobs == 0 ? mu_study_jobs() : jobs,
               .runs = malloc(((size_t)cells + 1) * sizeof *b.runs)};
    *out = (mu_batch_end){0};
    mu_status status = b.runs == NULL ? MU_ERR_MEMORY : MU_OK;
    for (uint32_t c = 0; c < cells && status == MU_OK; c++) {
        b.runs[c] = (uint32_t)study->given.reps;
    }
    if (status == MU_OK) {
        status = mu_store_open(results, origin, diags, &b.store);
    }
    if (status == MU_OK) {
        atomic_store(&control->total, (uint32_t)count_wanted(&b, cells));
        status = count_done(&b, cells);
    }
    if (status == MU_OK) {
        status = play_all(&b, cells);
    }
    out->stopped = atomic_load(&control->stop);
    out->done = atomic_load(&control->done);
    if (status == MU_OK && !out->stopped) {
        status = finish(&b, cells);
    }
    mu_plan_destroy(b.first);
    mu_store_close(b.store);
    free(b.runs);
    return status;
}
