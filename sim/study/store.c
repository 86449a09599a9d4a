/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening a results file, and going on with one. */
#include "study/store.h"

#include <inttypes.h>
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "study/store_inside.h"
#include "study/store_schema.h"

mu_status mu_store_complain(mu_store *store, mu_diags *diags) {
    const int code = sqlite3_errcode(store->db);
    const mu_where where = {.file = store->path};
    const char *advice =
        code == SQLITE_FULL || code == SQLITE_IOERR
            ? _("make room on the disk and start the same command again: it goes on "
                "with the runs that are missing")
        : code == SQLITE_BUSY || code == SQLITE_LOCKED ? _("another program is writing to it")
        : code == SQLITE_CORRUPT || code == SQLITE_NOTADB
            ? _("the file is damaged: take it away, and play the study again")
            : NULL;
    mu_diags_add(diags, MU_ERROR, "results", &where, advice, _("the results: %s"),
                 sqlite3_errmsg(store->db));
    return code == SQLITE_NOMEM ? MU_ERR_MEMORY : MU_ERR_IO;
}

mu_status mu_store_complain_damage(mu_store *store, mu_diags *diags) {
    const mu_where where = {.file = store->path};
    mu_diags_add(diags, MU_ERROR, "results.damaged", &where, _("make it again with 'muster batch'"),
                 _("the results are damaged: rows are missing, or are not what Muster writes"));
    return MU_ERR_INPUT;
}

mu_status mu_store_run(mu_store *store, const char *sql, mu_diags *diags) {
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK
               ? MU_OK
               : mu_store_complain(store, diags);
}

sqlite3_stmt *mu_store_prepare(mu_store *store, const char *sql, mu_diags *diags) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) != SQLITE_OK) {
        (void)mu_store_complain(store, diags);
        return NULL;
    }
    return statement;
}

mu_status mu_store_answered(mu_store *store, mu_diags *diags) {
    if (store->failed == 0) {
        return MU_OK;
    }
    const mu_where where = {.file = store->path};
    mu_diags_add(diags, MU_ERROR, store->failed == SQLITE_NOMEM ? "memory" : "results", &where,
                 NULL, _("the results: %s"), sqlite3_errstr(store->failed));
    return store->failed == SQLITE_NOMEM ? MU_ERR_MEMORY : MU_ERR_IO;
}

mu_status mu_store_finish_statement(mu_store *store, sqlite3_stmt *statement, mu_diags *diags) {
    if (statement == NULL) {
        return MU_ERR_IO;
    }
    mu_status status = mu_store_answered(store, diags); /* a text that was not bound is missing */
    if (status == MU_OK) {
        const int stepped = sqlite3_step(statement);
        status = stepped == SQLITE_DONE || stepped == SQLITE_ROW ? MU_OK
                                                                 : mu_store_complain(store, diags);
    }
    sqlite3_finalize(statement);
    return status;
}

void mu_store_bind_text(mu_store *store, sqlite3_stmt *statement, int place, const char *text) {
    const int code =
        text != NULL ? sqlite3_bind_text(statement, place, text, -1, SQLITE_TRANSIENT) : SQLITE_OK;
    if (code != SQLITE_OK) {
        store->failed = code;
    }
}

void mu_store_bind_hash(mu_store *store, sqlite3_stmt *statement, int place, uint64_t hash) {
    char text[20];
    (void)snprintf(text, sizeof text, "%016" PRIx64, hash);
    mu_store_bind_text(store, statement, place, text);
}

/* Whoever asks for a lot looks once at the end whether all could be answered. */
void mu_store_note(mu_store *store) {
    const int code = sqlite3_errcode(store->db);
    if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE) {
        store->failed = code;
    }
}

int64_t mu_store_ask(mu_store *store, const char *sql) {
    sqlite3_stmt *statement = NULL;
    int64_t value = -1;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        value = sqlite3_column_int64(statement, 0);
    }
    mu_store_note(store);
    sqlite3_finalize(statement);
    return value;
}

static mu_status put_key(mu_store *store, const char *key, const char *value, mu_diags *diags) {
    sqlite3_stmt *statement =
        mu_store_prepare(store, "INSERT OR REPLACE INTO study VALUES(?1, ?2)", diags);
    if (statement != NULL) {
        mu_store_bind_text(store, statement, 1, key);
        mu_store_bind_text(store, statement, 2, value);
    }
    return mu_store_finish_statement(store, statement, diags);
}

bool mu_store_key(mu_store *store, const char *key, char *out, size_t room) {
    sqlite3_stmt *statement = NULL;
    bool found = false;
    if (sqlite3_prepare_v2(store->db, "SELECT value FROM study WHERE key = ?1", -1, &statement,
                           NULL) == SQLITE_OK) {
        mu_store_bind_text(store, statement, 1, key);
        found = sqlite3_step(statement) == SQLITE_ROW;
        if (found) {
            const char *text = (const char *)sqlite3_column_text(statement, 0);
            (void)snprintf(out, room, "%s", text != NULL ? text : "");
        }
    }
    mu_store_note(store);
    sqlite3_finalize(statement);
    return found;
}

/* What must be the same for a study to go on. */
typedef struct key_value {
    const char *key;
    char value[200];
} key_value;
enum { KEYS = 8 };

static void keys_of(const mu_store_origin *origin, key_value keys[KEYS]) {
    const mu_study_plan *study = origin->study;
    static const char *const names[KEYS] = {"format", "program", "study", "study_hash",
                                            "seed",   "reps",    "block", "shard"};
    for (int k = 0; k < KEYS; k++) {
        keys[k].key = names[k];
    }
    const size_t room = sizeof keys[0].value;
    (void)snprintf(keys[0].value, room, "muster.results %s", MU_STORE_VERSION);
    (void)snprintf(keys[1].value, room, "muster %s", origin->program);
    (void)snprintf(keys[2].value, room, "%s", study->given.id);
    (void)snprintf(keys[3].value, room, "%016" PRIx64, study->hash);
    (void)snprintf(keys[4].value, room, "%" PRId64, study->given.seed);
    (void)snprintf(keys[5].value, room, "%" PRId64, study->given.reps);
    (void)snprintf(keys[6].value, room, "%" PRId64, study->given.block);
    (void)snprintf(keys[7].value, room, "%u/%u", origin->shard, origin->shards);
}

static mu_status put_measures(mu_store *store, mu_diags *diags) {
    mu_status status = MU_OK;
    for (uint32_t k = 0; k < MU_MEASURE_COUNT && status == MU_OK; k++) {
        const mu_measure_info info = mu_measure_get(k);
        sqlite3_stmt *statement =
            mu_store_prepare(store, "INSERT INTO measure VALUES(?1, ?2, ?3, ?4, ?5)", diags);
        if (statement != NULL) {
            sqlite3_bind_int64(statement, 1, k);
            mu_store_bind_text(store, statement, 2, info.name);
            mu_store_bind_text(store, statement, 3, info.unit);
            mu_store_bind_text(store, statement, 4, mu_better_words[info.better]);
            mu_store_bind_text(store, statement, 5, info.meaning);
        }
        status = mu_store_finish_statement(store, statement, diags);
    }
    return status;
}

static mu_status put_setting(mu_store *store, uint32_t arm, const mu_factor *factor,
                             const char *value, mu_diags *diags) {
    sqlite3_stmt *statement =
        mu_store_prepare(store, "INSERT INTO setting VALUES(?1, ?2, ?3, ?4, ?5)", diags);
    if (statement != NULL) {
        sqlite3_bind_int64(statement, 1, arm);
        mu_store_bind_text(store, statement, 2, factor->id);
        mu_store_bind_text(store, statement, 3, mu_factor_words[factor->in]);
        mu_store_bind_text(store, statement, 4, factor->pointer);
        mu_store_bind_text(store, statement, 5, value);
    }
    return mu_store_finish_statement(store, statement, diags);
}

/* The name that a row of the design gives an arm, for people. */
static const mu_text *arm_text(const mu_study_plan *study, const mu_arm *arm) {
    for (uint32_t i = 0; i < study->given.rows.count; i++) {
        if (strcmp(study->given.rows.items[i].id, arm->name) == 0) {
            return &study->given.rows.items[i].name;
        }
    }
    return NULL;
}

/* What an arm changes, by the names that its factors have for people; false where one has none, or
 * where there are too many for a name. */
static bool name_settings(const mu_study_plan *study, const mu_arm *arm, const char *language,
                          char *out, size_t room) {
    enum { NAMED_MOST = 3 };
    const bool zh = language[0] == 'z';
    const char *taken_away = zh ? "去掉" : "taken away";
    size_t length = 0;
    int named = 0;
    for (uint32_t k = 0; arm->settings != NULL && k < study->given.factors.count; k++) {
        const char *name = mu_text_in(study->given.factors.items[k].name, language);
        const char *value = arm->settings[k];
        if (value == NULL) {
            continue;
        }
        if (name[0] == '\0' || named == NAMED_MOST || length + 300 > room) {
            return false;
        }
        length += (size_t)snprintf(out + length, room - length,
                                   zh ? "%s%.240s：%.40s" : "%s%.240s: %.40s",
                                   named++ == 0 ? ""
                                   : zh         ? "；"
                                                : "; ",
                                   name, strcmp(value, "null") == 0 ? taken_away : value);
    }
    return named > 0;
}

static mu_status put_arm(mu_store *store, const mu_study_plan *study, uint32_t index,
                         mu_diags *diags) {
    const mu_arm *arm = &study->arms.items[index];
    const mu_text *text = arm_text(study, arm);
    sqlite3_stmt *statement =
        mu_store_prepare(store, "INSERT INTO arm VALUES(?1, ?2, ?3, ?4, ?5)", diags);
    char en[1200], zh[1200];
    const bool named = text == NULL && study->given.policies.count <= 1 &&
                       name_settings(study, arm, "en", en, sizeof en) &&
                       name_settings(study, arm, "zh", zh, sizeof zh);
    if (statement != NULL) {
        sqlite3_bind_int64(statement, 1, index);
        mu_store_bind_text(store, statement, 2, arm->name);
        mu_store_bind_text(store, statement, 3, arm->policy);
        mu_store_bind_text(store, statement, 4, text != NULL ? text->en : named ? en : NULL);
        mu_store_bind_text(store, statement, 5, text != NULL ? text->zh : named ? zh : NULL);
    }
    mu_status status = mu_store_finish_statement(store, statement, diags);
    for (uint32_t k = 0; k < study->given.factors.count && status == MU_OK; k++) {
        if (arm->settings != NULL && arm->settings[k] != NULL) {
            status =
                put_setting(store, index, &study->given.factors.items[k], arm->settings[k], diags);
        }
    }
    return status;
}

static mu_status fill(mu_store *store, const mu_store_origin *origin, mu_diags *diags) {
    key_value keys[KEYS];
    keys_of(origin, keys);
    mu_status status = MU_OK;
    for (int k = 0; k < KEYS && status == MU_OK; k++) {
        status = put_key(store, keys[k].key, keys[k].value, diags);
    }
    if (status == MU_OK) {
        status = put_key(store, "name_en", origin->study->given.name.en, diags);
    }
    if (status == MU_OK) {
        status = put_key(store, "name_zh", origin->study->given.name.zh, diags);
    }
    if (status == MU_OK) {
        status = put_measures(store, diags);
    }
    for (uint32_t a = 0; a < origin->study->arms.count && status == MU_OK; a++) {
        status = put_arm(store, origin->study, a, diags);
    }
    return status;
}

static mu_status create(mu_store *store, const mu_store_origin *origin, mu_diags *diags) {
    mu_status status = mu_store_run(store, "BEGIN IMMEDIATE", diags);
    if (status == MU_OK) {
        status = mu_store_run(store, mu_store_schema, diags);
    }
    if (status == MU_OK) {
        status = fill(store, origin, diags);
    }
    return status == MU_OK ? mu_store_run(store, "COMMIT", diags) : status;
}

/* Whether the file is of the same study, in all that its results depend on. */
static mu_status check_same(mu_store *store, const mu_store_origin *origin, mu_diags *diags) {
    key_value keys[KEYS];
    keys_of(origin, keys);
    for (int k = 0; k < KEYS; k++) {
        char there[200] = "";
        (void)mu_store_key(store, keys[k].key, there, sizeof there);
        if (strcmp(there, keys[k].value) != 0) {
            const mu_where where = {.file = store->path};
            mu_diags_add(
                diags, MU_ERROR, "results.other", &where,
                _("give another file, or take this one away"),
                _("these are the results of something else: %s is '%s' there and '%s' here"),
                keys[k].key, there, keys[k].value);
            return MU_ERR_INPUT;
        }
    }
    return MU_OK;
}

/* Which metrics are the file's: in its list under their own number, with values in the runs. */
static void find_metrics(mu_store *store, bool has[MU_MEASURE_COUNT]) {
    static const char sql[] = "SELECT measure, measure.name FROM measure "
                              "JOIN pragma_table_info('run') AS has ON has.name = measure.name";
    sqlite3_stmt *row = NULL;
    const bool asks = sqlite3_prepare_v2(store->db, sql, -1, &row, NULL) == SQLITE_OK;
    while (asks && sqlite3_step(row) == SQLITE_ROW) {
        const int64_t number = sqlite3_column_int64(row, 0);
        const char *name = (const char *)sqlite3_column_text(row, 1);
        if (number >= 0 && number < MU_MEASURE_COUNT && name != NULL) {
            has[number] = has[number] || strcmp(name, mu_measure_get((uint32_t)number).name) == 0;
        }
    }
    mu_store_note(store);
    sqlite3_finalize(row);
}

mu_status mu_store_check_metrics(mu_store *store, mu_diags *diags) {
    const mu_where where = {.file = store->path};
    bool has[MU_MEASURE_COUNT] = {false};
    find_metrics(store, has);
    const mu_status status = mu_store_answered(store, diags);
    for (uint32_t k = 0; k < MU_MEASURE_COUNT && status == MU_OK; k++) {
        if (!has[k]) {
            mu_diags_add(diags, MU_ERROR, "results.metrics", &where,
                         _("play the study again with this program, into another file"),
                         _("these results have other metrics than this program: '%s' is not where "
                           "it should be"),
                         mu_measure_get(k).name);
            return MU_ERR_INPUT;
        }
    }
    return status;
}

mu_status mu_store_connect(const char *path, int flags, mu_diags *diags, mu_store **out) {
    mu_store *store = calloc(1, sizeof *store);
    char *kept = strdup(path);
    *out = store;
    if (store == NULL || kept == NULL) {
        free(kept);
        free(store);
        *out = NULL;
        return MU_ERR_MEMORY;
    }
    store->path = kept;
    if (sqlite3_open_v2(path, &store->db, flags, NULL) != SQLITE_OK) {
        return mu_store_complain(store, diags);
    }
    sqlite3_busy_timeout(store->db, 5000);
    return MU_OK;
}

mu_status mu_store_open(const char *path, const mu_store_origin *origin, mu_diags *diags,
                        mu_store **out) {
    mu_store *store = NULL;
    mu_status status =
        mu_store_connect(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, diags, &store);
    int64_t tables = 0;
    if (status == MU_OK) { /* before anything is changed: it may be another program's */
        tables = mu_store_ask(store, "SELECT count(*) FROM sqlite_master");
        status = tables < 0   ? mu_store_complain(store, diags)
                 : tables > 0 ? check_same(store, origin, diags)
                              : MU_OK;
    }
    if (status == MU_OK && tables > 0) {
        status = mu_store_check_metrics(store, diags);
    }
    if (status == MU_OK) {
        status = mu_store_run(store, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;", diags);
    }
    if (status == MU_OK && tables == 0) {
        status = create(store, origin, diags);
    }
    if (status == MU_OK) {
        status = mu_store_run(store, "BEGIN IMMEDIATE", diags);
    }
    if (status != MU_OK) {
        mu_store_close(store);
        return status;
    }
    *out = store;
    return MU_OK;
}

void mu_store_remove(const char *path) {
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    const size_t room = strlen(path) + 16;
    char *name = malloc(room);
    for (size_t k = 0; name != NULL && k < sizeof endings / sizeof *endings; k++) {
        (void)snprintf(name, room, "%s%s", path, endings[k]);
        (void)remove(name);
    }
    free(name);
}

bool mu_store_is_of(const char *path, const mu_store_origin *origin) {
    mu_store *store = NULL;
    mu_diags *unread = mu_diags_create();
    const bool same = unread != NULL &&
                      mu_store_connect(path, SQLITE_OPEN_READWRITE, unread, &store) == MU_OK &&
                      check_same(store, origin, unread) == MU_OK;
    mu_store_close(store);
    mu_diags_destroy(unread);
    return same;
}

/* Nothing could be read: that does not tell whose file it is. */
static bool is_barred(int code) {
    return code == SQLITE_CANTOPEN || code == SQLITE_IOERR || code == SQLITE_READONLY;
}

mu_status mu_store_read(const char *path, mu_diags *diags, mu_store **out) {
    mu_store *store = NULL;
    char format[64] = "";
    mu_status status = mu_store_connect(path, SQLITE_OPEN_READWRITE, diags, &store);
    if (status == MU_OK && !mu_store_key(store, "format", format, sizeof format) &&
        is_barred(store->failed)) {
        status = mu_store_complain(store, diags);
    }
    if (status == MU_OK && strcmp(format, "muster.results " MU_STORE_VERSION) != 0) {
        const mu_where where = {.file = path};
        mu_diags_add(diags, MU_ERROR, "results.format", &where, _("make one with 'muster batch'"),
                     _("this is no file of results"));
        status = MU_ERR_INPUT;
    }
    if (status != MU_OK) {
        mu_store_close(store);
        return status;
    }
    *out = store;
    return MU_OK;
}

void mu_store_close(mu_store *store) {
    if (store != NULL) {
        sqlite3_finalize(store->put);
        sqlite3_close(store->db); /* rolls back what was not committed */
        free(store->path);
        free(store);
    }
}
