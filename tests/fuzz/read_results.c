/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program writes and reads again: logs, replays, sessions, results, unsaved changes.
 * Nobody types such files, but disks fail and people edit. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "core/arena.h"
#include "core/file_in.h"
#include "core/file_out.h"
#include "drill/findings.h"
#include "drill/log_jsonl.h"
#include "drill/tabletop/tabletop_findings.h"
#include "edit/document.h"
#include "edit/journal.h"
#include "fuzz.h"
#include "muster/tabletop.h"
#include "study/results.h"
#include "study/results_csv.h"
#include "study/store_schema.h"
#include "verify/floor_wkt.h"
#include "verify/replay.h"
#include "verify/replay_form.h"

static void check_order(const mu_log *log) {
    for (uint32_t i = 0; i < mu_log_count(log); i++) {
        const mu_record *record = mu_log_get(log, i);
        fuzz_require(record->kind < MU_RECORD_KIND_COUNT);
        fuzz_require(record->cause == MU_NO_RECORD || record->cause < i);
        fuzz_require(i == 0 || record->time_us >= mu_log_get(log, i - 1)->time_us);
    }
}

void fuzz_log(const uint8_t *data, size_t size) {
    const mu_plan *plan = fuzz_small();
    const char *path = fuzz_file("log.jsonl", data, size);
    mu_diags *diags = mu_diags_create();
    mu_log *log;
    mu_log_origin origin;
    mu_run_end end;
    const mu_status status = mu_log_read(plan, path, &log, &origin, &end, diags);
    fuzz_require(status == MU_OK || status == MU_ERR_INPUT);
    fuzz_require((status == MU_OK) == (mu_diags_count(diags, MU_ERROR) == 0));
    fuzz_check_diags(diags);
    fuzz_reach(FUZZ_READ);
    if (status == MU_OK) {
        check_order(log);
        fuzz_reach(FUZZ_PASSED);
        mu_replicate replicate;
        fuzz_require(mu_replicate_read(plan, log, end.end_us, end.quiet, end.state_hash, 0,
                                       &replicate) == MU_OK);
        mu_replicate_destroy(&replicate);
        mu_log_destroy(log);
        fuzz_reach(FUZZ_ENDED);
    }
    mu_diags_destroy(diags);
}

static void ask_all(mu_replay *replay) {
    const mu_replay_head *head = mu_replay_head_of(replay);
    mu_track_place *frame = calloc((size_t)head->persons + 1, sizeof *frame);
    fuzz_require(frame != NULL);
    for (uint32_t f = mu_replay_frames(replay); f-- > 0;) {
        mu_replay_frame(replay, f, frame);
        for (uint32_t p = 0; p < head->persons; p++) {
            fuzz_require(frame[p].level == MU_NONE || frame[p].level < head->levels);
        }
    }
    free(frame);
}

/* The hash at the end is set right first, or nothing but the hash would ever be looked at. */
void fuzz_replay(const uint8_t *data, size_t size) {
    uint8_t *bytes = malloc(size + 1);
    fuzz_require(bytes != NULL);
    memcpy(bytes, data, size);
    if (size >= MU_REPLAY_MAGIC_BYTES + MU_REPLAY_TAIL_BYTES) {
        memcpy(bytes, MU_REPLAY_MAGIC, MU_REPLAY_MAGIC_BYTES);
        const uint64_t hash = mu_replay_hash(MU_REPLAY_HASH_START, bytes, size - 8);
        for (int k = 0; k < 8; k++) {
            bytes[size - 8 + (size_t)k] = (uint8_t)(hash >> (8 * k));
        }
    }
    mu_diags *diags = mu_diags_create();
    mu_replay *replay = mu_replay_parse(bytes, size, "fuzz", diags);
    fuzz_require((replay != NULL) != (mu_diags_count(diags, MU_ERROR) > 0));
    fuzz_check_diags(diags);
    fuzz_reach(replay != NULL ? FUZZ_PASSED : FUZZ_READ);
    if (replay != NULL) {
        ask_all(replay);
    }
    mu_replay_destroy(replay);
    mu_diags_destroy(diags);
    free(bytes);
}

static mu_tabletop_def session_def(void) {
    return (mu_tabletop_def){.session = mu_default_session_def(fuzz_small()),
                             .path = fuzz_path("session.jsonl"),
                             .incident = "incident.json",
                             .program = "fuzz",
                             .wall_s = 1000};
}

/* As the window and the report of a session do. */
static void look_at_session(mu_tabletop *tabletop) {
    mu_public seen;
    (void)mu_tabletop_public(tabletop, "zh", &seen);
    for (uint32_t i = 0; i < mu_tabletop_inject_count(tabletop); i++) {
        fuzz_require(mu_tabletop_inject(tabletop, i, "en").state <= MU_INJECT_SKIPPED);
    }
    for (uint32_t e = 0; e < mu_tabletop_entry_count(tabletop); e++) {
        fuzz_require(mu_tabletop_entry(tabletop, e)->kind < MU_ENTRY_KIND_COUNT);
        (void)mu_tabletop_belongs(tabletop, e, mu_tabletop_branch_count(tabletop) - 1);
    }
    fuzz_reach(FUZZ_PLAYED);
    mu_findings *findings = NULL;
    mu_session *judged = NULL;
    mu_run_end end;
    if (mu_tabletop_judge(tabletop, 0, &findings, &judged, &end) == MU_OK) {
        mu_findings_destroy(findings);
        mu_session_destroy(judged);
        fuzz_reach(FUZZ_ENDED);
    }
}

/* The first line names the small plan's files by their hashes: it is ours, the rest is the input.
 */
void fuzz_session(const uint8_t *data, size_t size) {
    static char *head;
    static size_t head_length;
    mu_diags *diags = mu_diags_create();
    const mu_tabletop_def def = session_def();
    mu_tabletop *tabletop = NULL;
    if (head == NULL) {
        fuzz_require(mu_tabletop_create(&def, &tabletop, diags) == MU_OK);
        mu_tabletop_destroy(tabletop);
        head = mu_file_in_read(def.path, MU_FILE_IN_BYTES_MOST, &head_length);
        fuzz_require(head != NULL);
        head_length = strcspn(head, "\n") + 1;
    }
    uint8_t *whole = malloc(head_length + size);
    fuzz_require(whole != NULL);
    memcpy(whole, head, head_length);
    memcpy(whole + head_length, data, size);
    (void)fuzz_file("session.jsonl", whole, head_length + size);
    free(whole);
    const mu_status status = mu_tabletop_resume(&def, &tabletop, diags);
    fuzz_require((status == MU_OK) == (mu_diags_count(diags, MU_ERROR) == 0));
    fuzz_check_diags(diags);
    fuzz_reach(status == MU_OK ? FUZZ_PASSED : FUZZ_READ);
    if (status == MU_OK) {
        look_at_session(tabletop);
        mu_tabletop_destroy(tabletop);
    }
    mu_diags_destroy(diags);
}

/* A results file is written here from lines "table|value|value…" into the tables of the real
 * schema: mutated pages of SQLite would test SQLite. A value is a number, 'a text, #hex digits or
 * nothing. */
enum { VALUES_MOST = 64, LINES_MOST = 400 };

static int digit(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : 0;
}

static void bind_value(sqlite3_stmt *statement, int at, char *value) {
    if (value[0] == '\'') {
        sqlite3_bind_text(statement, at, value + 1, -1, SQLITE_TRANSIENT);
    } else if (value[0] == '#') {
        const size_t length = strlen(value + 1) / 2;
        char *bytes = value; /* what is written is behind what is read */
        for (size_t i = 0; i < length; i++) {
            bytes[i] = (char)(digit(value[1 + 2 * i]) * 16 + digit(value[2 + 2 * i]));
        }
        sqlite3_bind_blob(statement, at, bytes, (int)length, SQLITE_TRANSIENT);
    } else if (strpbrk(value, ".en") != NULL) {
        sqlite3_bind_double(statement, at, strtod(value, NULL));
    } else if (value[0] != '\0') {
        sqlite3_bind_int64(statement, at, strtoll(value, NULL, 10));
    }
}

static void insert(sqlite3 *db, char *line) {
    static const char *const tables[] = {"study", "incident", "arm",    "setting", "cell",
                                         "input", "clause",   "demand", "measure", "run"};
    char *values[VALUES_MOST], *table = fuzz_part(&line, '|');
    int count = 0;
    while (count < VALUES_MOST && line != NULL) {
        values[count++] = fuzz_part(&line, '|');
    }
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
        if (strcmp(tables[t], table) == 0) {
            char sql[400];
            int length = snprintf(sql, sizeof sql, "INSERT OR REPLACE INTO %s VALUES(?", table);
            for (int k = 1; k < count; k++) {
                length += snprintf(sql + length, sizeof sql - (size_t)length, ",?");
            }
            snprintf(sql + length, sizeof sql - (size_t)length, ")");
            sqlite3_stmt *statement = NULL;
            if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK) {
                for (int k = 0; k < count; k++) {
                    bind_value(statement, k + 1, values[k]);
                }
                (void)sqlite3_step(statement);
            }
            sqlite3_finalize(statement);
        }
    }
}

static void make_results(const char *path, const uint8_t *data, size_t size) {
    static uint8_t *empty; /* a file with the tables and nothing in them */
    static size_t empty_length;
    sqlite3 *db;
    if (empty == NULL) {
        (void)unlink(path);
        fuzz_require(sqlite3_open(path, &db) == SQLITE_OK);
        fuzz_require(sqlite3_exec(db, mu_store_schema, NULL, NULL, NULL) == SQLITE_OK);
        sqlite3_close(db);
        empty = (uint8_t *)mu_file_in_read(path, MU_FILE_IN_BYTES_MOST, &empty_length);
        fuzz_require(empty != NULL);
    }
    (void)fuzz_file("results.sqlite", empty, empty_length);
    fuzz_require(sqlite3_open(path, &db) == SQLITE_OK);
    (void)sqlite3_exec(db, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN", NULL, NULL,
                       NULL);
    char *text = strndup((const char *)data, size), *rest = text;
    fuzz_require(text != NULL);
    int lines = 0;
    for (char *line; lines < LINES_MOST && (line = fuzz_part(&rest, '\n')) != NULL; lines++) {
        insert(db, line);
    }
    free(text);
    (void)sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    sqlite3_close(db);
}

static void look(void *context, const mu_results *results, const mu_comparison *comparison,
                 const mu_compare_given *given) {
    (void)given;
    (void)context;
    for (uint32_t f = 0; f < comparison->count; f++) {
        mu_said said;
        mu_results_say_name(results, &comparison->findings[f], "en", said);
        (void)mu_finding_sign(&comparison->findings[f]);
    }
}

static void read_results(mu_store *store, mu_diags *diags) {
    mu_arena *arena = mu_arena_create();
    mu_results results;
    if (mu_results_read(store, arena, diags, &results) == MU_OK) {
        fuzz_reach(FUZZ_PASSED);
        const mu_compare_options options = {.base = 0, .other = MU_NONE, .draws = 10};
        if (results.arms.count > 1 &&
            mu_results_compare(&results, &options, look, NULL, diags) == MU_OK) {
            fuzz_reach(FUZZ_PLAYED);
            free(mu_results_html(&results, &options, "en", 0.9, "fuzz", diags));
        }
        if (mu_results_csv(store, fuzz_path("results.csv"), diags) == MU_OK) {
            fuzz_reach(FUZZ_ENDED);
        }
    }
    mu_arena_destroy(arena);
}

void fuzz_results(const uint8_t *data, size_t size) {
    const char *path = fuzz_path("results.sqlite");
    if (size > 16 && memcmp(data, "SQLite format 3", 16) == 0) {
        (void)fuzz_file("results.sqlite", data, size);
    } else {
        make_results(path, data, size);
    }
    mu_diags *diags = mu_diags_create();
    mu_store *store = NULL;
    const mu_status status = mu_store_read(path, diags, &store);
    fuzz_require((status == MU_OK) == (mu_diags_count(diags, MU_ERROR) == 0));
    fuzz_reach(FUZZ_READ);
    if (status == MU_OK) {
        read_results(store, diags);
        mu_store_close(store);
    }
    fuzz_check_diags(diags);
    mu_diags_destroy(diags);
}

void fuzz_floor(const uint8_t *data, size_t size) {
    char *wkt = strndup((const char *)data, size);
    fuzz_require(wkt != NULL);
    mu_arena *arena = mu_arena_create();
    mu_floor_list floors = {0};
    const mu_status status = mu_floor_read_wkt(wkt, arena, &floors);
    fuzz_require(status == MU_OK || status == MU_ERR_INPUT);
    fuzz_reach(status == MU_OK ? FUZZ_PASSED : FUZZ_READ);
    mu_arena_destroy(arena);
    free(wkt);
}

/* Recovering never makes a text that is no JSON, and the file left behind can be read again. */
void fuzz_journal(const uint8_t *data, size_t size) {
    static const char text[] =
        "{\n  \"id\": \"a\",\n  \"list\": [1, 2, 3],\n  \"at\": {\"x\": 1}\n}\n";
    const char *path = fuzz_file("edited.json", (const uint8_t *)text, strlen(text));
    mu_diags *diags = mu_diags_create();
    mu_document document;
    fuzz_require(mu_document_open(path, &document, diags) == MU_OK);
    char head[64];
    const int head_length = snprintf(head, sizeof head, "muster unsaved changes 1 %016llx\n",
                                     (unsigned long long)document.hash_saved);
    uint8_t *whole = malloc((size_t)head_length + size);
    fuzz_require(whole != NULL);
    memcpy(whole, head, (size_t)head_length);
    memcpy(whole + head_length, data, size);
    (void)fuzz_file(".edited.json.unsaved", whole, (size_t)head_length + size);
    free(whole);
    uint32_t changes = 0;
    long holder = 0;
    const mu_journal_state state = mu_journal_open(&document, &changes, &holder);
    fuzz_require(state != MU_JOURNAL_TAKEN && state != MU_JOURNAL_NONE);
    fuzz_reach(changes > 0 ? FUZZ_PASSED : FUZZ_READ);
    size_t length = 0;
    const char *now = mu_document_text(&document, &length);
    mu_document again = {0};
    fuzz_require(mu_document_start("again.json", now, &again) == MU_OK);
    mu_document_close(&again);
    mu_journal_close(&document, false);
    mu_document_close(&document);
    mu_diags_destroy(diags);
}
