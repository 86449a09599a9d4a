/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runs of a cell, read from the results. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/compare.h"
#include "study/store_inside.h"

void mu_series_free(mu_series *series) {
    free(series->replications);
    free(series->measures);
    free(series->curves);
    free(series->letters);
    free(series->places);
    free(series->values);
    free(series->starts);
    free(series->judged);
    *series = (mu_series){0};
}

/* How many runs, the longest row of letters, and the bytes of all values. */
static mu_status measure(mu_store *store, uint32_t cell, mu_series *out, uint64_t *values,
                         mu_diags *diags) {
    sqlite3_stmt *statement = mu_store_prepare(
        store,
        "SELECT count(*), max(length(verdicts)), total(length(clause_values)) FROM run "
        "WHERE cell = ?1",
        diags);
    if (statement == NULL) {
        return MU_ERR_IO;
    }
    sqlite3_bind_int64(statement, 1, cell);
    mu_status status = MU_OK;
    if (sqlite3_step(statement) == SQLITE_ROW) {
        out->count = (uint32_t)sqlite3_column_int64(statement, 0);
        out->width = (uint32_t)sqlite3_column_int64(statement, 1);
        *values = (uint64_t)(sqlite3_column_double(statement, 2) / sizeof(double));
    } else {
        status = mu_store_complain(store, diags);
    }
    sqlite3_finalize(statement);
    return status;
}

static bool allocate(mu_series *out, uint64_t values) {
    const size_t count = (size_t)out->count + 1;
    out->replications = malloc(count * sizeof *out->replications);
    out->measures = malloc(count * sizeof *out->measures);
    out->curves = malloc(count * sizeof *out->curves);
    out->letters = malloc(count * ((size_t)out->width + 1));
    out->places = malloc(count * ((size_t)out->width + 1) * sizeof *out->places);
    out->values = malloc((values + 1) * sizeof *out->values);
    out->starts = malloc(count * sizeof *out->starts);
    out->judged = calloc((size_t)out->width + 1, sizeof *out->judged);
    return out->replications != NULL && out->measures != NULL && out->curves != NULL &&
           out->letters != NULL && out->places != NULL && out->values != NULL &&
           out->starts != NULL && out->judged != NULL;
}

static void read_blob(sqlite3_stmt *statement, int column, void *out, size_t most) {
    const void *blob = sqlite3_column_blob(statement, column);
    const size_t bytes = (size_t)sqlite3_column_bytes(statement, column);
    if (blob != NULL) {
        memcpy(out, blob, bytes < most ? bytes : most);
    }
}

static void read_run(sqlite3_stmt *statement, mu_series *out, uint32_t run, uint64_t room) {
    out->replications[run] = (uint32_t)sqlite3_column_int64(statement, 0);
    const char *letters = (const char *)sqlite3_column_text(statement, 1);
    const size_t length = letters != NULL ? strlen(letters) : 0;
    char *row = out->letters + (size_t)run * out->width;
    memset(row, '.', out->width);
    memcpy(row, letters != NULL ? letters : "", length < out->width ? length : out->width);
    uint16_t *places = out->places + (size_t)run * out->width, next = 0;
    for (uint32_t c = 0; c < out->width; c++) {
        const bool judged = row[c] == 'm' || row[c] == 'x' || row[c] == 'u';
        places[c] = judged ? next++ : UINT16_MAX;
        out->judged[c] += judged;
    }
    const uint64_t start = out->starts[run];
    const uint64_t bytes = (uint64_t)sqlite3_column_bytes(statement, 2);
    read_blob(statement, 2, out->values + start, (size_t)((room - start) * sizeof *out->values));
    out->starts[run + 1] = start + bytes / sizeof *out->values;
    for (uint32_t k = 0; k < MU_CURVE_POINTS; k++) {
        out->curves[run][k] = (double)NAN;
    }
    read_blob(statement, 3, out->curves[run], sizeof out->curves[run]);
    for (uint32_t k = 0; k < MU_MEASURE_COUNT; k++) {
        const int column = 4 + (int)k;
        out->measures[run][k] = sqlite3_column_type(statement, column) == SQLITE_NULL
                                    ? (double)NAN
                                    : sqlite3_column_double(statement, column);
    }
}

static mu_status read_runs(mu_store *store, mu_series *out, uint64_t values, mu_diags *diags) {
#define MU_MEASURE(name, unit, better, censored, meaning) ", " #name
    sqlite3_stmt *statement =
        mu_store_prepare(store,
                         "SELECT replication, verdicts, clause_values, curve" MU_MEASURES
                         " FROM run WHERE cell = ?1 ORDER BY replication",
                         diags);
#undef MU_MEASURE
    if (statement == NULL) {
        return MU_ERR_IO;
    }
    sqlite3_bind_int64(statement, 1, out->cell);
    uint32_t run = 0;
    int stepped = SQLITE_DONE;
    while (run < out->count && (stepped = sqlite3_step(statement)) == SQLITE_ROW) {
        read_run(statement, out, run++, values);
    }
    out->count = run; /* should another program have taken some away meanwhile */
    const mu_status status =
        stepped == SQLITE_DONE || stepped == SQLITE_ROW ? MU_OK : mu_store_complain(store, diags);
    sqlite3_finalize(statement);
    return status;
}

mu_status mu_series_read(mu_store *store, uint32_t cell, mu_series *out, mu_diags *diags) {
    uint64_t values = 0;
    *out = (mu_series){.cell = cell};
    mu_status status = measure(store, cell, out, &values, diags);
    if (status == MU_OK && !allocate(out, values)) {
        status = MU_ERR_MEMORY;
    }
    if (status == MU_OK) {
        out->starts[0] = 0;
        status = read_runs(store, out, values, diags);
    }
    if (status != MU_OK) {
        mu_series_free(out);
    }
    return status;
}

double mu_series_value(const mu_series *series, uint32_t run, uint32_t clause) {
    const uint16_t place =
        clause < series->width ? series->places[(size_t)run * series->width + clause] : UINT16_MAX;
    const uint64_t at = series->starts[run] + place;
    return place != UINT16_MAX && at < series->starts[run + 1] ? series->values[at] : (double)NAN;
}
