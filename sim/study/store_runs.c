/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells and runs in a results file. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "policy/judge.h"
#include "study/store_inside.h"

void mu_run_row_free(mu_run_row *row) {
    free(row->verdicts);
    free(row->values);
    row->verdicts = NULL;
    row->values = NULL;
}

/* One row of numbers and texts; ends the statement. */
static mu_status put_incident(mu_store *store, const mu_study_plan *study, uint32_t incident,
                              const mu_plan *plan, mu_diags *diags) {
    sqlite3_stmt *statement = mu_store_prepare(
        store, "INSERT OR IGNORE INTO incident VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", diags);
    if (statement != NULL) {
        sqlite3_bind_int64(statement, 1, incident);
        mu_store_bind_text(store, statement, 2, study->incidents.items[incident]);
        mu_store_bind_text(store, statement, 3, plan->incident.id);
        mu_store_bind_text(store, statement, 4, plan->incident.name.en);
        mu_store_bind_text(store, statement, 5, plan->incident.name.zh);
        mu_store_bind_text(store, statement, 6, plan->incident.starts_at);
        sqlite3_bind_double(statement, 7, plan->incident.horizon_s);
        sqlite3_bind_int64(statement, 8, plan->people.occupants);
    }
    return mu_store_finish_statement(store, statement, diags);
}

static mu_status put_inputs(mu_store *store, uint32_t cell, const mu_plan *plan, mu_diags *diags) {
    mu_status status = MU_OK;
    for (uint32_t i = 0; i < plan->files.count && status == MU_OK; i++) {
        sqlite3_stmt *statement =
            mu_store_prepare(store, "INSERT INTO input VALUES(?1, ?2, ?3, ?4)", diags);
        if (statement != NULL) {
            sqlite3_bind_int64(statement, 1, cell);
            sqlite3_bind_int64(statement, 2, i);
            mu_store_bind_text(store, statement, 3, plan->files.items[i].name);
            mu_store_bind_hash(store, statement, 4, plan->files.items[i].hash);
        }
        status = mu_store_finish_statement(store, statement, diags);
    }
    return status;
}

uint32_t mu_store_clause(mu_store *store, const char *id) {
    sqlite3_stmt *statement = NULL;
    uint32_t found = MU_NONE;
    if (sqlite3_prepare_v2(store->db, "SELECT clause FROM clause WHERE id = ?1", -1, &statement,
                           NULL) == SQLITE_OK) {
        mu_store_bind_text(store, statement, 1, id);
        if (sqlite3_step(statement) == SQLITE_ROW) {
            found = (uint32_t)sqlite3_column_int64(statement, 0);
        }
    }
    mu_store_note(store);
    sqlite3_finalize(statement);
    return found;
}

/* Adds the clause unless it is there. Numbers are given in the order of cells, so they are the same
 * however often the study was interrupted. */
static mu_status put_clause(mu_store *store, const mu_clause *clause, uint32_t *number,
                            mu_diags *diags) {
    *number = mu_store_clause(store, clause->id);
    if (*number != MU_NONE) {
        return MU_OK;
    }
    sqlite3_stmt *statement = mu_store_prepare(
        store, "INSERT INTO clause SELECT count(*), ?1, ?2, ?3, ?4 FROM clause", diags);
    if (statement != NULL) {
        mu_store_bind_text(store, statement, 1, clause->id);
        mu_store_bind_text(store, statement, 2, clause->title.en);
        mu_store_bind_text(store, statement, 3, clause->title.zh);
        sqlite3_bind_int64(statement, 4, clause->severity);
    }
    const mu_status status = mu_store_finish_statement(store, statement, diags);
    *number = mu_store_clause(store, clause->id);
    return status == MU_OK ? mu_store_answered(store, diags) : status;
}

/* The limit against which the clause's value is judged, in the unit of that value; NAN where there
 * is none, or where several numbers have one each. */
static double limit_of(const mu_clause *clause) {
    const mu_demand *limit = clause->demands.count > 0 ? &clause->demands.items[0] : NULL;
    const mu_value_kind kind = mu_clause_value_of(clause);
    if (limit == NULL || (kind == MU_VALUE_NUMBER && clause->demands.count > 1)) {
        return (double)NAN;
    }
    if (kind != MU_VALUE_TIME) {
        return limit->value;
    }
    const bool has_limit = clause->kind == MU_CLAUSE_DEADLINE || clause->kind == MU_CLAUSE_RATE;
    const double seconds = has_limit ? mu_judge_seconds(limit->unit) : 0;
    return seconds > 0 ? limit->value * seconds : (double)NAN;
}

static void bind_real(sqlite3_stmt *statement, int place, double value) {
    if (isnan(value)) {
        sqlite3_bind_null(statement, place);
    } else {
        sqlite3_bind_double(statement, place, value);
    }
}

static mu_status put_demand(mu_store *store, uint32_t cell, uint32_t number,
                            const mu_clause *clause, mu_diags *diags) {
    sqlite3_stmt *statement = mu_store_prepare(
        store, "INSERT OR IGNORE INTO demand VALUES(?1, ?2, ?3, ?4, ?5, ?6)", diags);
    if (statement != NULL) {
        sqlite3_bind_int64(statement, 1, cell);
        sqlite3_bind_int64(statement, 2, number);
        bind_real(statement, 3, limit_of(clause));
        mu_store_bind_text(store, statement, 4, mu_clause_value_unit(clause));
        mu_store_bind_text(store, statement, 5, mu_value_words[mu_clause_value_of(clause)]);
        mu_store_bind_text(store, statement, 6, mu_better_words[mu_clause_better(clause)]);
    }
    return mu_store_finish_statement(store, statement, diags);
}

static mu_status put_clauses(mu_store *store, uint32_t cell, const mu_plan *plan, uint32_t *map,
                             mu_diags *diags) {
    mu_status status = MU_OK;
    for (uint32_t i = 0; i < plan->policy.clauses.count && status == MU_OK; i++) {
        const mu_clause *clause = &plan->policy.clauses.items[i];
        status = put_clause(store, clause, &map[i], diags);
        if (status == MU_OK) {
            status = put_demand(store, cell, map[i], clause, diags);
        }
    }
    return status;
}

/* 1 the cell is there with the same hash, 0 it is not there, -1 its hash is another. */
static int find_cell(mu_store *store, uint32_t cell, const mu_plan *plan) {
    sqlite3_stmt *statement = NULL;
    int found = 0;
    if (sqlite3_prepare_v2(store->db, "SELECT hash = ?2 FROM cell WHERE cell = ?1", -1, &statement,
                           NULL) == SQLITE_OK) {
        sqlite3_bind_int64(statement, 1, cell);
        mu_store_bind_hash(store, statement, 2, mu_cell_hash(plan));
        if (sqlite3_step(statement) == SQLITE_ROW) {
            found = sqlite3_column_int(statement, 0) != 0 ? 1 : -1;
        }
    }
    mu_store_note(store);
    sqlite3_finalize(statement);
    return found;
}

static mu_status put_cell(mu_store *store, const mu_study_plan *study, uint32_t cell,
                          const mu_plan *plan, mu_diags *diags) {
    sqlite3_stmt *statement =
        mu_store_prepare(store, "INSERT INTO cell VALUES(?1, ?2, ?3, ?4, ?5, ?6, NULL)", diags);
    if (statement != NULL) {
        sqlite3_bind_int64(statement, 1, cell);
        sqlite3_bind_int64(statement, 2, cell / study->arms.count);
        sqlite3_bind_int64(statement, 3, cell % study->arms.count);
        mu_store_bind_hash(store, statement, 4, mu_cell_hash(plan));
        mu_store_bind_text(store, statement, 5, mu_motion_words[plan->incident.motion]);
        mu_store_bind_text(store, statement, 6, mu_motion_mode_words[plan->incident.motion_mode]);
    }
    return mu_store_finish_statement(store, statement, diags);
}

mu_status mu_store_cell(mu_store *store, const mu_study_plan *study, uint32_t cell,
                        const mu_plan *plan, uint32_t *map, mu_diags *diags) {
    const int found = find_cell(store, cell, plan);
    if (found < 0) {
        const mu_where where = {.file = store->path};
        mu_diags_add(diags, MU_ERROR, "results.changed", &where,
                     _("give another file for the new results"),
                     _("the files of the arm \"%s\" have changed since these runs were made"),
                     study->arms.items[cell % study->arms.count].name);
        return MU_ERR_INPUT;
    }
    mu_status status = MU_OK;
    if (found == 0) {
        status = put_incident(store, study, cell / study->arms.count, plan, diags);
    }
    if (found == 0 && status == MU_OK) {
        status = put_cell(store, study, cell, plan, diags);
    }
    if (found == 0 && status == MU_OK) {
        status = put_inputs(store, cell, plan, diags);
    }
    return status == MU_OK ? put_clauses(store, cell, plan, map, diags) : status;
}

mu_status mu_store_present(mu_store *store, uint32_t cell, uint32_t count, uint8_t *present,
                           mu_diags *diags) {
    sqlite3_stmt *statement = mu_store_prepare(
        store, "SELECT replication FROM run WHERE cell = ?1 AND replication < ?2", diags);
    if (statement == NULL) {
        return MU_ERR_IO;
    }
    sqlite3_bind_int64(statement, 1, cell);
    sqlite3_bind_int64(statement, 2, count);
    int stepped;
    while ((stepped = sqlite3_step(statement)) == SQLITE_ROW) {
        present[sqlite3_column_int64(statement, 0)] = 1;
    }
    const mu_status status = stepped == SQLITE_DONE ? MU_OK : mu_store_complain(store, diags);
    sqlite3_finalize(statement);
    return status;
}

mu_status mu_store_state(mu_store *store, uint32_t cell, uint32_t replication,
                         char out[MU_STORE_STATE_ROOM], mu_diags *diags) {
    sqlite3_stmt *statement = mu_store_prepare(
        store, "SELECT state_hash FROM run WHERE cell = ?1 AND replication = ?2", diags);
    out[0] = '\0';
    if (statement == NULL) {
        return MU_ERR_IO;
    }
    sqlite3_bind_int64(statement, 1, cell);
    sqlite3_bind_int64(statement, 2, replication);
    if (sqlite3_step(statement) == SQLITE_ROW) {
        (void)sqlite3_snprintf(MU_STORE_STATE_ROOM, out, "%s",
                               (const char *)sqlite3_column_text(statement, 0));
    }
    sqlite3_finalize(statement);
    return MU_OK;
}

static mu_status prepare_put(mu_store *store, mu_diags *diags) {
    if (store->put != NULL) {
        return MU_OK;
    }
    char sql[64 + 8 * (8 + MU_MEASURE_COUNT)] = "INSERT INTO run VALUES(?";
    size_t length = strlen(sql);
    for (uint32_t k = 1; k < 8 + MU_MEASURE_COUNT; k++) {
        length += (size_t)snprintf(sql + length, sizeof sql - length, ", ?");
    }
    (void)snprintf(sql + length, sizeof sql - length, ")");
    store->put = mu_store_prepare(store, sql, diags);
    return store->put != NULL ? MU_OK : MU_ERR_IO;
}

mu_status mu_store_put(mu_store *store, const mu_run_row *row, mu_diags *diags) {
    if (prepare_put(store, diags) != MU_OK) {
        return MU_ERR_IO;
    }
    sqlite3_stmt *put = store->put;
    int place = 1;
    sqlite3_bind_int64(put, place++, row->cell);
    sqlite3_bind_int64(put, place++, row->replication);
    mu_store_bind_hash(store, put, place++, row->state_hash);
    sqlite3_bind_double(put, place++, row->end_s);
    sqlite3_bind_int(put, place++, row->quiet);
    for (uint32_t k = 0; k < MU_MEASURE_COUNT; k++) {
        bind_real(put, place++, row->measures[k]);
    }
    sqlite3_bind_blob(put, place++, row->curve, sizeof row->curve, SQLITE_STATIC);
    sqlite3_bind_text(put, place++, row->verdicts, -1, SQLITE_STATIC);
    sqlite3_bind_blob(put, place++, row->value_count > 0 ? (const void *)row->values : "",
                      (int)(row->value_count * sizeof *row->values), SQLITE_STATIC);
    const mu_status status =
        sqlite3_step(put) == SQLITE_DONE ? MU_OK : mu_store_complain(store, diags);
    (void)sqlite3_reset(put);
    (void)sqlite3_clear_bindings(put);
    return status;
}

mu_status mu_store_commit(mu_store *store, mu_diags *diags) {
    mu_status status = mu_store_answered(store, diags);
    if (status == MU_OK) {
        status = mu_store_run(store, "COMMIT", diags);
    }
    return status == MU_OK ? mu_store_run(store, "BEGIN IMMEDIATE", diags) : status;
}

mu_status mu_store_settle(mu_store *store, mu_diags *diags) {
    mu_status status = mu_store_answered(store, diags);
    if (status == MU_OK) {
        status = mu_store_run(store, "COMMIT", diags);
    }
    if (status != MU_OK) {
        return status;
    }
    int code = sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    if (code == SQLITE_OK) {
        code = sqlite3_exec(store->db, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
    }
    return code == SQLITE_OK || code == SQLITE_BUSY /* whoever reads it now takes them over */
               ? MU_OK
               : mu_store_complain(store, diags);
}

mu_status mu_store_finish(mu_store *store, uint32_t cell, uint32_t runs, mu_diags *diags) {
    sqlite3_stmt *statement =
        mu_store_prepare(store, "UPDATE cell SET runs = ?2 WHERE cell = ?1", diags);
    if (statement != NULL) {
        sqlite3_bind_int64(statement, 1, cell);
        sqlite3_bind_int64(statement, 2, runs);
    }
    return mu_store_finish_statement(store, statement, diags);
}

/* What one side of a pair says: NAN nothing. */
static double value_of(sqlite3_stmt *statement, int column, uint32_t number, double horizon_s) {
    if (number >= MU_MEASURE_COUNT) {
        const unsigned char *letter = sqlite3_column_text(statement, column);
        return letter == NULL     ? (double)NAN
               : letter[0] == 'm' ? 1
               : letter[0] == 'x' ? 0
                                  : (double)NAN;
    }
    if (sqlite3_column_type(statement, column) == SQLITE_NULL) {
        return (double)NAN;
    }
    const double value = sqlite3_column_double(statement, column);
    return mu_measure_get(number).censored ? fmin(value, horizon_s) : value;
}

mu_status mu_store_pairs(mu_store *store, uint32_t cell_a, uint32_t cell_b, uint32_t count,
                         uint32_t number, mu_pair_visitor *visit, void *context, mu_diags *diags) {
    char column[80], sql[600];
    if (number < MU_MEASURE_COUNT) {
        (void)sqlite3_snprintf(sizeof column, column, "%s", mu_measure_get(number).name);
    } else {
        (void)sqlite3_snprintf(sizeof column, column, "verdicts, %u, 1",
                               number - MU_MEASURE_COUNT + 1);
    }
    const char *function = number < MU_MEASURE_COUNT ? "(" : "substr(";
    (void)sqlite3_snprintf(
        sizeof sql, sql,
        "SELECT %sa.%s), %sb.%s), incident.horizon_s FROM run a JOIN run b ON "
        "a.replication = b.replication JOIN cell ON cell.cell = a.cell JOIN incident ON "
        "incident.incident = cell.incident WHERE a.cell = ?1 AND b.cell = ?2 AND "
        "a.replication < ?3 ORDER BY a.replication",
        function, column, function, column);
    sqlite3_stmt *statement = mu_store_prepare(store, sql, diags);
    if (statement == NULL) {
        return MU_ERR_IO;
    }
    sqlite3_bind_int64(statement, 1, cell_a);
    sqlite3_bind_int64(statement, 2, cell_b);
    sqlite3_bind_int64(statement, 3, count);
    int stepped;
    while ((stepped = sqlite3_step(statement)) == SQLITE_ROW) {
        const double horizon_s = sqlite3_column_double(statement, 2);
        const double a = value_of(statement, 0, number, horizon_s);
        const double b = value_of(statement, 1, number, horizon_s);
        if (!isnan(a) && !isnan(b)) {
            visit(context, a, b);
        }
    }
    const mu_status status = stepped == SQLITE_DONE ? MU_OK : mu_store_complain(store, diags);
    sqlite3_finalize(statement);
    return status;
}
