/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/merge.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "study/store_inside.h"
#include "study/store_schema.h"

/* Tables that every part has alike. */
static const char *const alike[] = {"incident", "arm",     "setting", "cell",
                                    "input",    "measure", "clause",  "demand"};
enum { ALIKE = sizeof alike / sizeof *alike };

static mu_status refuse(const char *file, mu_diags *diags, const char *text) {
    const mu_where where = {.file = file};
    mu_diags_add(diags, MU_ERROR, "results.merge", &where, NULL, "%s", text);
    return MU_ERR_INPUT;
}

static mu_status attach(mu_store *store, const char *part, mu_diags *diags) {
    mu_store *check = NULL; /* says what is wrong with a file that is none of ours */
    mu_status status = mu_store_read(part, diags, &check);
    if (status == MU_OK) {
        status = mu_store_check_metrics(check, diags);
    }
    mu_store_close(check);
    if (status != MU_OK) {
        return status;
    }
    sqlite3_stmt *statement = mu_store_prepare(store, "ATTACH DATABASE ?1 AS part", diags);
    if (statement != NULL) {
        mu_store_bind_text(store, statement, 1, part);
    }
    return mu_store_finish_statement(store, statement, diags);
}

/* Which part of how many an attached file is. */
static bool read_shard(mu_store *store, uint32_t *shard, uint32_t *shards) {
    *shard = (uint32_t)mu_store_ask(
        store, "SELECT CAST(value AS INTEGER) FROM part.study WHERE key = 'shard'");
    *shards = (uint32_t)mu_store_ask(store,
                                     "SELECT CAST(substr(value, instr(value, '/') + 1) AS INTEGER) "
                                     "FROM part.study WHERE key = 'shard'");
    return *shards >= 1 && *shard < *shards;
}

/* Only the machine's own: of everything else the cause is what stands in the file that is read. */
static bool is_of_machine(int code) {
    return code == SQLITE_NOMEM || code == SQLITE_FULL || code == SQLITE_IOERR ||
           code == SQLITE_READONLY || code == SQLITE_CANTOPEN || code == SQLITE_BUSY ||
           code == SQLITE_LOCKED;
}

/* Copies from the attached part. What does not fit together there is said of the part, not of what
 * is made. */
static mu_status copy(mu_store *store, const char *part, const char *sql, mu_diags *diags) {
    const int code = sqlite3_exec(store->db, sql, NULL, NULL, NULL) & 0xff;
    if (code == SQLITE_OK) {
        return MU_OK;
    }
    return is_of_machine(code)
               ? mu_store_complain(store, diags)
               : refuse(part, diags, _("this part is damaged: take it away, and play it again"));
}

static mu_status take_first(mu_store *store, const char *part, mu_diags *diags) {
    mu_status status = copy(
        store, part,
        "INSERT INTO main.study SELECT key, CASE key WHEN 'shard' THEN '0/1' ELSE value END FROM "
        "part.study",
        diags);
    for (int k = 0; k < ALIKE && status == MU_OK; k++) {
        char sql[120];
        (void)snprintf(sql, sizeof sql, "INSERT INTO main.%s SELECT * FROM part.%s", alike[k],
                       alike[k]);
        status = copy(store, part, sql, diags);
    }
    return status;
}

static bool is_alike(mu_store *store) {
    bool same =
        mu_store_ask(store, "SELECT count(*) FROM (SELECT * FROM main.study WHERE key <> 'shard' "
                            "EXCEPT SELECT * FROM part.study)") == 0;
    for (int k = 0; k < ALIKE && same; k++) {
        char sql[400];
        (void)snprintf(sql, sizeof sql,
                       "SELECT (SELECT count(*) FROM (SELECT * FROM main.%s EXCEPT SELECT * FROM "
                       "part.%s)) + (SELECT count(*) FROM (SELECT * FROM part.%s EXCEPT SELECT * "
                       "FROM main.%s))",
                       alike[k], alike[k], alike[k], alike[k]);
        same = mu_store_ask(store, sql) == 0;
    }
    return same;
}

/* Takes over the runs of the attached part. `seen` has one byte for each part. */
static mu_status take_part(mu_store *store, const char *part, uint32_t count, uint8_t *seen,
                           bool first, mu_diags *diags) {
    uint32_t shard, shards;
    if (!read_shard(store, &shard, &shards) || shards != count) {
        return refuse(part, diags, _("the study was not cut into as many parts as are given here"));
    }
    if (seen[shard]) {
        return refuse(part, diags, _("this part is there twice"));
    }
    if (mu_store_ask(store, "SELECT count(*) FROM part.cell WHERE runs IS NULL") != 0) {
        return refuse(part, diags, _("this part is not complete: start its command again"));
    }
    seen[shard] = 1;
    mu_status status = first ? take_first(store, part, diags) : MU_OK;
    if (!first && !is_alike(store)) {
        return refuse(part, diags, _("this is part of another study, or of other files"));
    }
    return status == MU_OK ? copy(store, part, "INSERT INTO main.run SELECT * FROM part.run", diags)
                           : status;
}

static mu_status take_all(mu_store *store, const char *const *parts, uint32_t count,
                          mu_diags *diags) {
    uint8_t *seen = calloc((size_t)count + 1, 1);
    mu_status status = seen != NULL ? mu_store_run(store, mu_store_schema, diags) : MU_ERR_MEMORY;
    for (uint32_t i = 0; i < count && status == MU_OK; i++) {
        status = attach(store, parts[i], diags);
        if (status == MU_OK) {
            status = mu_store_run(store, "BEGIN", diags);
        }
        if (status == MU_OK) {
            status = take_part(store, parts[i], count, seen, i == 0, diags);
        }
        if (status == MU_OK) {
            status = mu_store_run(store, "COMMIT; DETACH DATABASE part", diags);
        }
    }
    free(seen);
    return status;
}

mu_status mu_results_merge(const char *const *parts, uint32_t count, const char *path,
                           mu_diags *diags) {
    const size_t room = strlen(path) + 16;
    char *beside = malloc(room);
    mu_store *store = NULL;
    if (beside == NULL) {
        return MU_ERR_MEMORY;
    }
    (void)snprintf(beside, room, "%s.merging", path);
    mu_store_remove(beside);
    mu_status status =
        mu_store_connect(beside, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, diags, &store);
    if (status == MU_OK) {
        status = take_all(store, parts, count, diags);
    }
    mu_store_close(store);
    if (status == MU_OK) {
        mu_store_remove(path);
        status = rename(beside, path) == 0
                     ? MU_OK
                     : refuse(path, diags, _("the file cannot be given its name"));
    }
    if (status != MU_OK) {
        mu_store_remove(beside);
    }
    free(beside);
    return status;
}
