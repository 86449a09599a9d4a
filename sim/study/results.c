/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading what a results file is about, and going through its comparisons with only two cells in
 * memory at a time. */
#include "study/results.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "study/store_inside.h"

static const char *copy(mu_arena *arena, sqlite3_stmt *row, int column) {
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text != NULL ? mu_arena_copy(arena, text) : NULL;
}

static mu_text copy_text(mu_arena *arena, sqlite3_stmt *row, int column) {
    return (mu_text){.en = copy(arena, row, column), .zh = copy(arena, row, column + 1)};
}

static uint32_t count_rows(mu_store *store, const char *sql) {
    const int64_t count = mu_store_ask(store, sql);
    return count > 0 ? (uint32_t)count : 0;
}

/* One row; false where it lacks what the program has always written. */
typedef bool row_reader(mu_arena *arena, sqlite3_stmt *row, void *out);

static bool read_incident(mu_arena *arena, sqlite3_stmt *row, void *out) {
    mu_results_incident *incident = out;
    *incident = (mu_results_incident){.id = copy(arena, row, 1),
                                      .file = copy(arena, row, 2),
                                      .starts_at = copy(arena, row, 3),
                                      .name = copy_text(arena, row, 4),
                                      .horizon_s = sqlite3_column_double(row, 6)};
    return incident->id != NULL && incident->file != NULL && isfinite(incident->horizon_s);
}

static bool read_arm(mu_arena *arena, sqlite3_stmt *row, void *out) {
    mu_results_arm *arm = out;
    *arm = (mu_results_arm){
        .id = copy(arena, row, 1), .policy = copy(arena, row, 2), .name = copy_text(arena, row, 3)};
    return arm->id != NULL;
}

static bool read_clause(mu_arena *arena, sqlite3_stmt *row, void *out) {
    mu_results_clause *clause = out;
    *clause = (mu_results_clause){.id = copy(arena, row, 1),
                                  .title = copy_text(arena, row, 2),
                                  .severity = sqlite3_column_int(row, 4)};
    return clause->id != NULL;
}

static void note_memory(mu_store *store, const mu_arena *arena) {
    if (sqlite3_errcode(store->db) == SQLITE_NOMEM || mu_arena_lacks_memory(arena)) {
        store->failed = SQLITE_NOMEM;
    }
}

/* Rows whose first column numbers them from 0 on, into an array. */
static mu_status read_rows(mu_store *store, mu_arena *arena, const char *sql, size_t size,
                           uint32_t count, row_reader *read, void **out, mu_diags *diags) {
    sqlite3_stmt *statement = mu_store_prepare(store, sql, diags);
    char *rows = mu_arena_array(arena, (size_t)count + 1, size);
    if (statement == NULL || rows == NULL) {
        sqlite3_finalize(statement);
        return statement == NULL ? MU_ERR_IO : MU_ERR_MEMORY;
    }
    uint32_t seen = 0;
    int stepped = SQLITE_DONE;
    while (seen < count && (stepped = sqlite3_step(statement)) == SQLITE_ROW &&
           sqlite3_column_int64(statement, 0) == seen &&
           read(arena, statement, rows + (size_t)seen * size)) {
        note_memory(store, arena); /* a text may be missing that there is */
        seen++;
    }
    note_memory(store, arena);
    mu_status status = MU_OK;
    if (store->failed == SQLITE_NOMEM) {
        status = MU_ERR_MEMORY;
    } else if (stepped != SQLITE_ROW && stepped != SQLITE_DONE) {
        status = mu_store_complain(store, diags);
    } else if (seen < count) {
        status = mu_store_complain_damage(store, diags);
    }
    sqlite3_finalize(statement);
    *out = rows;
    return status;
}

static const char *read_key(mu_store *store, mu_arena *arena, const char *key) {
    char value[400] = "";
    return mu_store_key(store, key, value, sizeof value) && value[0] != 0
               ? mu_arena_copy(arena, value)
               : NULL;
}

mu_status mu_results_read(mu_store *store, mu_arena *arena, mu_diags *diags, mu_results *out) {
    *out = (mu_results){
        .store = store,
        .study = read_key(store, arena, "study"),
        .program = read_key(store, arena, "program"),
        .seed = read_key(store, arena, "seed"),
        .name = {.en = read_key(store, arena, "name_en"), .zh = read_key(store, arena, "name_zh")},
        .runs = count_rows(store, "SELECT count(*) FROM run")};
    out->incidents.count = count_rows(store, "SELECT count(*) FROM incident");
    out->arms.count = count_rows(store, "SELECT count(*) FROM arm");
    out->clauses.count = count_rows(store, "SELECT count(*) FROM clause");
    out->complete = count_rows(store, "SELECT count(*) FROM cell WHERE runs IS NULL") == 0;
    mu_status status = mu_store_check_metrics(store, diags);
    if (status == MU_OK) {
        status = read_rows(store, arena,
                           "SELECT incident, id, file, starts_at, name_en, name_zh, "
                           "horizon_s FROM incident ORDER BY 1",
                           sizeof(mu_results_incident), out->incidents.count, read_incident,
                           (void **)(void *)&out->incidents.items, diags);
    }
    if (status == MU_OK) {
        status = read_rows(store, arena,
                           "SELECT arm, name, policy, name_en, name_zh FROM arm ORDER BY 1",
                           sizeof(mu_results_arm), out->arms.count, read_arm,
                           (void **)(void *)&out->arms.items, diags);
    }
    if (status == MU_OK) {
        status = read_rows(store, arena,
                           "SELECT clause, id, title_en, title_zh, severity FROM clause ORDER BY 1",
                           sizeof(mu_results_clause), out->clauses.count, read_clause,
                           (void **)(void *)&out->clauses.items, diags);
    }
    status = status == MU_OK ? mu_store_answered(store, diags) : status;
    return status == MU_OK && mu_arena_lacks_memory(arena) ? MU_ERR_MEMORY : status;
}

typedef struct limits {
    double *x, *y;
    mu_clause_scale *scales;
} limits;

static bool says(sqlite3_stmt *row, int column, const char *word) {
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text != NULL && strcmp(text, word) == 0;
}

static void read_scale(sqlite3_stmt *row, mu_clause_scale *out) {
    const char *unit = (const char *)sqlite3_column_text(row, 2);
    (void)snprintf(out->unit, sizeof out->unit, "%s", unit != NULL ? unit : "s");
    out->kind = says(row, 3, mu_value_words[MU_VALUE_SHARE])    ? MU_VALUE_SHARE
                : says(row, 3, mu_value_words[MU_VALUE_NUMBER]) ? MU_VALUE_NUMBER
                                                                : MU_VALUE_TIME;
    out->better = says(row, 4, mu_better_words[MU_BETTER_MORE]) ? MU_BETTER_MORE : MU_BETTER_LESS;
}

static mu_status read_limits(const mu_results *results, uint32_t cell, double *out,
                             mu_clause_scale *scales, mu_diags *diags) {
    for (uint32_t c = 0; c < results->clauses.count; c++) {
        out[c] = (double)NAN;
    }
    sqlite3_stmt *statement = mu_store_prepare(
        results->store, "SELECT clause, value, unit, of, better FROM demand WHERE cell = ?1",
        diags);
    if (statement == NULL) {
        return MU_ERR_IO;
    }
    sqlite3_bind_int64(statement, 1, cell);
    int stepped;
    while ((stepped = sqlite3_step(statement)) == SQLITE_ROW) {
        const int64_t clause = sqlite3_column_int64(statement, 0);
        if (clause >= 0 && clause < results->clauses.count) {
            read_scale(statement, &scales[clause]);
            if (sqlite3_column_type(statement, 1) != SQLITE_NULL) {
                out[clause] = sqlite3_column_double(statement, 1);
            }
        }
    }
    const mu_status status =
        stepped == SQLITE_DONE ? MU_OK : mu_store_complain(results->store, diags);
    sqlite3_finalize(statement);
    return status;
}

static mu_status compare_arm(const mu_results *results, const mu_compare_options *options,
                             const mu_series *x, uint32_t incident, uint32_t arm, limits *l,
                             mu_comparison_visitor *visit, void *context, mu_diags *diags) {
    const uint32_t cell = incident * results->arms.count + arm;
    mu_series y;
    mu_status status = mu_series_read(results->store, cell, &y, diags);
    if (status != MU_OK) {
        return status;
    }
    status = read_limits(results, cell, l->y, l->scales, diags);
    const mu_compare_given given = {.x = x,
                                    .y = &y,
                                    .horizon_s = results->incidents.items[incident].horizon_s,
                                    .clauses = results->clauses.count,
                                    .limit_x = l->x,
                                    .limit_y = l->y,
                                    .scales = l->scales,
                                    .level = 0.95,
                                    .draws = options->draws};
    mu_comparison comparison = {.incident = incident, .arm_x = options->base, .arm_y = arm};
    if (status == MU_OK) {
        status = mu_compare(&given, &comparison) ? MU_OK : MU_ERR_MEMORY;
    }
    if (status == MU_OK) {
        visit(context, results, &comparison, &given);
        mu_comparison_free(&comparison);
    }
    mu_series_free(&y);
    return status;
}

static mu_status compare_incident(const mu_results *results, const mu_compare_options *options,
                                  uint32_t incident, limits *l, mu_comparison_visitor *visit,
                                  void *context, mu_diags *diags) {
    mu_series x;
    const uint32_t base = incident * results->arms.count + options->base;
    mu_status status = mu_series_read(results->store, base, &x, diags);
    if (status != MU_OK) {
        return status;
    }
    status = read_limits(results, base, l->x, l->scales, diags);
    for (uint32_t arm = 0; arm < results->arms.count && status == MU_OK; arm++) {
        if (arm != options->base && (options->other == MU_NONE || options->other == arm)) {
            status = compare_arm(results, options, &x, incident, arm, l, visit, context, diags);
        }
    }
    mu_series_free(&x);
    return status;
}

mu_status mu_results_compare(const mu_results *results, const mu_compare_options *options,
                             mu_comparison_visitor *visit, void *context, mu_diags *diags) {
    const size_t clauses = (size_t)results->clauses.count + 1;
    limits l = {.x = malloc(clauses * sizeof *l.x),
                .y = malloc(clauses * sizeof *l.y),
                .scales = calloc(clauses, sizeof *l.scales)};
    mu_status status = l.x != NULL && l.y != NULL && l.scales != NULL ? MU_OK : MU_ERR_MEMORY;
    for (uint32_t i = 0; i < results->incidents.count && status == MU_OK; i++) {
        status = compare_incident(results, options, i, &l, visit, context, diags);
    }
    free(l.x);
    free(l.y);
    free(l.scales);
    return status;
}
