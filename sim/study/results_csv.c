/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/results_csv.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/csv_out.h"
#include "core/file_out.h"
#include "core/json_out.h"
#include "study/store_inside.h"


typedef struct clause_names {
    char *ids[MU_CLAUSES_MOST];
    uint32_t count;
} clause_names;

static mu_status read_clauses(mu_store *store, clause_names *names, mu_diags *diags) {
    sqlite3_stmt *statement =
        mu_store_prepare(store, "SELECT id FROM clause ORDER BY clause", diags);
    if (statement == NULL) {
        return MU_ERR_IO;
    }
    while (sqlite3_step(statement) == SQLITE_ROW && names->count < MU_CLAUSES_MOST) {
        const char *id = (const char *)sqlite3_column_text(statement, 0);
        names->ids[names->count] = id != NULL ? strdup(id) : NULL;
        if (names->ids[names->count] == NULL) {
            sqlite3_finalize(statement);
            return id != NULL ? MU_ERR_MEMORY : mu_store_complain_damage(store, diags);
        }
        names->count++;
    }
    sqlite3_finalize(statement);
    return MU_OK;
}

static void put_quoted(FILE *out, const char *text) {
    mu_csv_put(out, text != NULL ? text : "", true);
}

/* The columns that say which run it is. */
static void put_run(FILE *out, sqlite3_stmt *run) {
    put_quoted(out, (const char *)sqlite3_column_text(run, 0));
    (void)fputc(',', out);
    put_quoted(out, (const char *)sqlite3_column_text(run, 1));
    (void)fprintf(out, ",%lld,", (long long)sqlite3_column_int64(run, 2));
}

static void put_real(FILE *out, double value) {
    char text[32];
    if (isinf(value)) {
        (void)fputs("Inf", out);
    } else {
        mu_json_print_real(value, text);
        (void)fputs(text, out);
    }
}

static void put_measures(FILE *out, sqlite3_stmt *run) {
    for (uint32_t k = 0; k < MU_MEASURE_COUNT; k++) {
        if (sqlite3_column_type(run, 5 + (int)k) != SQLITE_NULL) {
            put_run(out, run);
            (void)fprintf(out, "%s,%s,", mu_measure_get(k).name, mu_measure_get(k).unit);
            put_real(out, sqlite3_column_double(run, 5 + (int)k));
            (void)fputs(",\r\n", out);
        }
    }
}

static void put_verdicts(FILE *out, sqlite3_stmt *run, const clause_names *names) {
    const char *letters = (const char *)sqlite3_column_text(run, 3);
    const char *values = sqlite3_column_blob(run, 4);
    const int bytes = sqlite3_column_bytes(run, 4);
    int at = 0;
    for (uint32_t c = 0; letters != NULL && letters[c] != '\0' && c < names->count; c++) {
        const char letter = letters[c];
        if (strchr("mxu", letter) == NULL || at + (int)sizeof(double) > bytes) {
            continue;
        }
        double value;
        memcpy(&value, values + at, sizeof value);
        at += (int)sizeof value;
        put_run(out, run);
        (void)fprintf(out, "clause %s,,", names->ids[c]);
        if (!isnan(value)) {
            put_real(out, value);
        }
        (void)fprintf(out, ",%s\r\n",
                      letter == 'm'   ? "met"
                      : letter == 'x' ? "missed"
                                      : "undecided");
    }
}

static sqlite3_stmt *select_runs(mu_store *store, mu_diags *diags) {
#define MU_MEASURE(name, unit, better, censored, meaning) ", run." #name
    return mu_store_prepare(
        store,
        "SELECT incident.id, arm.name, run.replication, run.verdicts, run.clause_values" MU_MEASURES
        " FROM run JOIN cell ON cell.cell = run.cell JOIN incident ON incident.incident = "
        "cell.incident JOIN arm ON arm.arm = cell.arm ORDER BY run.cell, run.replication",
        diags);
#undef MU_MEASURE
}

mu_status mu_results_csv(mu_store *store, const char *path, mu_diags *diags) {
    clause_names names = {.count = 0};
    mu_file_out file;
    mu_status status = read_clauses(store, &names, diags);
    sqlite3_stmt *run = status == MU_OK ? select_runs(store, diags) : NULL;
    status = status != MU_OK ? status
             : run == NULL   ? MU_ERR_IO
                             : mu_file_out_open(path, &file, diags);
    if (status == MU_OK) {
        (void)fputs("incident,arm,replication,name,unit,value,verdict\r\n", file.stream);
        int stepped;
        while ((stepped = sqlite3_step(run)) == SQLITE_ROW) {
            put_measures(file.stream, run);
            put_verdicts(file.stream, run, &names);
        }
        status = stepped == SQLITE_DONE ? mu_file_out_commit(&file, diags)
                                        : mu_store_complain(store, diags);
        if (stepped != SQLITE_DONE) {
            mu_file_out_abandon(&file);
        }
    }
    sqlite3_finalize(run);
    for (uint32_t c = 0; c < names.count; c++) {
        free(names.ids[c]);
    }
    return status;
}
