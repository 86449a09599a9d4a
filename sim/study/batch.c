/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells are taken a few at a time: their plans are loaded, and threads take the next run of any of
 * them. With stop rules the study goes round by round, a block of replications of every open cell
 * in each; the rules are looked at between rounds, from the file alone, so that an interrupted
 * study decides as one that was not. */
#include "study/batch.h"

#include <stdlib.h>
#include <string.h>

#ifdef _OPENMP
#include <omp.h>
#endif

#include "core/i18n.h"
#include "study/jobs.h"
#include "study/row.h"
#include "study/select.h"
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
    const mu_batch_team *team; /* may be NULL */
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
        mu_row_play(cell->plan, (uint64_t)b->study->given.seed, replication, cell->map, &row);
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

static bool is_wanted(const batch *b, const open_cell *cell, uint32_t replication) {
    return replication < b->runs[cell->cell] && is_mine(b, replication) &&
           !cell->present[replication] && !is_over(b);
}

/* A run that has come back from the team. */
static void keep_from_team(batch *b, const open_cell *cells, mu_run_row *row, mu_status status) {
    const open_cell *cell = cells;
    while (cell->cell != row->cell) {
        cell++;
    }
    if (status != MU_OK) {
        complain_of_run(b, cell, row->replication, status);
        atomic_store(&b->status, (int)status);
    } else if (atomic_load(&b->status) == MU_OK) {
        keep_row(b, row);
    }
    mu_run_row_free(row);
}

/* Gives runs to whoever has room, plays one itself, keeps what has come back. */
static void play_with_team(batch *b, uint32_t first, uint32_t end) {
    const mu_batch_team *team = b->team;
    const uint32_t each = end - first;
    const int64_t tasks = (int64_t)each * b->cell_count;
    uint32_t away = 0;
    mu_run_row row;
    mu_status status;
    for (int64_t i = 0, given = 0; i < tasks || away > 0;) {
        while (away > 0 && team->take(team->context, i >= tasks, &row, &status)) {
            keep_from_team(b, b->cells, &row, status);
            away--;
        }
        for (bool room = true; i < tasks && room;) {
            const open_cell *cell = &b->cells[i / each];
            const uint32_t replication = first + (uint32_t)(i % each);
            const mu_batch_task task = {cell->cell, replication, cell->plan->policy.clauses.count,
                                        cell->map};
            const bool wanted = is_wanted(b, cell, replication);
            room = !wanted || team->give(team->context, &task);
            away += wanted && room;
            i += room;
        }
        given = i;
        if (given < tasks) {
            const open_cell *cell = &b->cells[given / each];
            const uint32_t replication = first + (uint32_t)(given % each);
            i++;
            if (is_wanted(b, cell, replication)) {
                play_one(b, cell, replication);
            }
        }
    }
}

/* Replications first … end-1 of the cells in hand that are not there yet. */
static void play_cells(batch *b, uint32_t first, uint32_t end) {
    if (b->team != NULL) {
        play_with_team(b, first, end);
        return;
    }
    const uint32_t each = end - first;
    const int64_t tasks = (int64_t)each * b->cell_count;
#ifdef _OPENMP
#pragma omp parallel for schedule(dynamic, 1) num_threads((int)b->jobs)
#endif
    for (int64_t i = 0; i < tasks; i++) {
        const open_cell *cell = &b->cells[i / each];
        const uint32_t replication = first + (uint32_t)(i % each);
        if (is_wanted(b, cell, replication)) {
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
    const bool selects = b->study->given.indifference > 0;
    const bool rules = selects || b->study->given.stop.count > 0;
    const uint32_t block = rules ? (uint32_t)b->study->given.block : reps;
    mu_status status = MU_OK;
    for (uint32_t first = 0; first < reps && status == MU_OK && !is_over(b); first += block) {
        const uint32_t end = reps - first < block ? reps : first + block;
        for (uint32_t next = 0; next < cells && status == MU_OK && !is_over(b);) {
            status = play_some(b, &next, cells, first, end);
        }
        if (rules && status == MU_OK && !is_over(b)) {
            status = selects ? mu_select_look(b->study, b->store, end, b->runs, b->diags)
                             : mu_stop_look(b->study, b->store, end, b->runs, b->diags);
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
    return status;
}

mu_status mu_batch_run(const mu_store_origin *origin, const char *results, uint32_t jobs,
                       mu_batch_control *control, mu_batch_end *out, mu_diags *diags) {
    const mu_study_plan *study = origin->study;
    const uint32_t cells = study->incidents.count * study->arms.count;
    batch b = {.origin = origin,
               .study = study,
               .control = control,
               .team = control->team,
               .out = out,
               .diags = diags,
               .first = control->first,
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
    if (status == MU_OK) {
        status = mu_store_settle(b.store, diags);
    }
    mu_plan_destroy(b.first);
    mu_store_close(b.store);
    free(b.runs);
    return status;
}
