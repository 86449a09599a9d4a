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
    for (uint32_t c = 0; series->values != NULL && c < series->width; c++) {
        free(series->values[c]);
    }
    free(series->values);
    free(series->judged);
    *series = (mu_series){0};
}

/* How many runs, and the longest row of letters. */
static mu_status measure(mu_store *store, uint32_t cell, mu_series *out, mu_diags *diags) {
    sqlite3_stmt *statement = mu_store_prepare(
        store, "SELECT count(*), max(length(verdicts)) FROM run WHERE cell = ?1", diags);
    if (statement == NULL) {
        return MU_ERR_IO;
    }
    sqlite3_bind_int64(statement, 1, cell);
    mu_status status = MU_OK;
    if (sqlite3_step(statement) == SQLITE_ROW) {
        out->count = out->room = (uint32_t)sqlite3_column_int64(statement, 0);
        out->width = (uint32_t)sqlite3_column_int64(statement, 1);
    } else {
        status = mu_store_complain(store, diags);
    }
    sqlite3_finalize(statement);
    return status;
}

static bool allocate(mu_series *out) {
    const size_t count = (size_t)out->count + 1, width = (size_t)out->width + 1;
    out->replications = malloc(count * sizeof *out->replications);
    out->measures = malloc(count * sizeof *out->measures);
    out->curves = malloc(count * sizeof *out->curves);
    out->letters = malloc(count * width);
    out->values = calloc(width, sizeof *out->values);
    out->judged = calloc(width, sizeof *out->judged);
    return out->replications != NULL && out->measures != NULL && out->curves != NULL &&
           out->letters != NULL && out->values != NULL && out->judged != NULL;
}

/* The value of a clause in a run. False without memory. */
static bool keep_value(mu_series *out, uint32_t clause, uint32_t run, double value) {
    if (out->values[clause] == NULL) {
        out->values[clause] = malloc(((size_t)out->room + 1) * sizeof **out->values);
        for (uint32_t r = 0; out->values[clause] != NULL && r < out->room; r++) {
            out->values[clause][r] = (double)NAN;
        }
    }
    if (out->values[clause] != NULL) {
        out->values[clause][run] = value;
    }
    return out->values[clause] != NULL;
}

static void read_blob(sqlite3_stmt *statement, int column, void *out, size_t most) {
    const void *blob = sqlite3_column_blob(statement, column);
    const size_t bytes = (size_t)sqlite3_column_bytes(statement, column);
    if (blob != NULL) {
        memcpy(out, blob, bytes < most ? bytes : most);
    }
}

/* Letters of a run, and the values of those that have one, which follow each other. */
static bool read_verdicts(sqlite3_stmt *statement, mu_series *out, uint32_t run) {
    const char *letters = (const char *)sqlite3_column_text(statement, 1);
    const size_t length = letters != NULL ? strlen(letters) : 0;
    const char *values = sqlite3_column_blob(statement, 2);
    const size_t count =
        values != NULL ? (size_t)sqlite3_column_bytes(statement, 2) / sizeof(double) : 0;
    size_t next = 0;
    bool enough = true;
    for (uint32_t c = 0; c < out->width; c++) {
        const char letter = c < length ? letters[c] : '.';
        out->letters[(size_t)c * out->room + run] = letter;
        if (letter == 'm' || letter == 'x' || letter == 'u') {
            double value = (double)NAN;
            if (next < count) {
                memcpy(&value, values + next * sizeof value, sizeof value);
            }
            next++;
            out->judged[c]++;
            enough = keep_value(out, c, run, value) && enough;
        }
    }
    return enough;
}

static bool read_run(sqlite3_stmt *statement, mu_series *out, uint32_t run) {
    const bool enough = read_verdicts(statement, out, run);
    out->replications[run] = (uint32_t)sqlite3_column_int64(statement, 0);
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
    return enough;
}

static mu_status read_runs(mu_store *store, mu_series *out, mu_diags *diags) {
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
    bool enough = true;
    while (enough && run < out->count && (stepped = sqlite3_step(statement)) == SQLITE_ROW) {
        enough = read_run(statement, out, run++);
    }
    out->count = run; /* should another program have taken some away meanwhile */
    const mu_status status =
        stepped == SQLITE_DONE || stepped == SQLITE_ROW ? MU_OK : mu_store_complain(store, diags);
    sqlite3_finalize(statement);
    return enough ? status : MU_ERR_MEMORY;
}

mu_status mu_series_read(mu_store *store, uint32_t cell, mu_series *out, mu_diags *diags) {
    *out = (mu_series){.cell = cell};
    mu_status status = measure(store, cell, out, diags);
    if (status == MU_OK && !allocate(out)) {
        status = MU_ERR_MEMORY;
    }
    if (status == MU_OK) {
        status = read_runs(store, out, diags);
    }
    if (status != MU_OK) {
        mu_series_free(out);
    }
    return status;
}

double mu_series_value(const mu_series *series, uint32_t run, uint32_t clause) {
    const double *values = clause < series->width ? series->values[clause] : NULL;
    return values != NULL ? values[run] : (double)NAN;
}
