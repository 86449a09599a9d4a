/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files about the store share. */
#ifndef MU_STUDY_STORE_INSIDE_H
#define MU_STUDY_STORE_INSIDE_H

#include <sqlite3.h>

#include "study/store.h"

struct mu_store {
    sqlite3 *db;
    char *path;
    sqlite3_stmt *put; /* a run; NULL until needed */
    int failed; /* why a question (mu_store_ask, mu_store_key) found no answer; 0 = none failed */
};

/* Opens the file; on failure *out may still have to be closed. */
MU_MUST_USE mu_status mu_store_connect(const char *path, int flags, mu_diags *diags,
                                       mu_store **out);
/* Says in `diags` what SQLite complains of. */
mu_status mu_store_complain(mu_store *store, mu_diags *diags);
/* Says that rows are missing or are not what the program writes. */
MU_MUST_USE mu_status mu_store_complain_damage(mu_store *store, mu_diags *diags);
/* Says where the results have other metrics than this program measures. */
MU_MUST_USE mu_status mu_store_check_metrics(mu_store *store, mu_diags *diags);
MU_MUST_USE mu_status mu_store_run(mu_store *store, const char *sql, mu_diags *diags);
/* Complains where something could not be asked, or a text not be bound: nothing is kept that rests
 * on it. */
MU_MUST_USE mu_status mu_store_answered(mu_store *store, mu_diags *diags);
/* After a question: notes in `failed` whether it could be asked. */
void mu_store_note(mu_store *store);
/* NULL with the reason in `diags`. */
sqlite3_stmt *mu_store_prepare(mu_store *store, const char *sql, mu_diags *diags);
/* Steps once and finalizes; NULL is an error. */
MU_MUST_USE mu_status mu_store_finish_statement(mu_store *store, sqlite3_stmt *statement,
                                                mu_diags *diags);
void mu_store_bind_text(mu_store *store, sqlite3_stmt *statement, int place, const char *text);
void mu_store_bind_hash(mu_store *store, sqlite3_stmt *statement, int place, uint64_t hash);
/* The first column of the first row; -1 where there is none. */
int64_t mu_store_ask(mu_store *store, const char *sql);
/* A value of the table `study`. */
bool mu_store_key(mu_store *store, const char *key, char *out, size_t room);

#endif
