/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One JSON file that is being edited. What is kept is its text: a change is a cut, bytes taken out
 * and bytes put in, so that what nobody touched keeps its bytes, every change can be taken back
 * exactly, and a diff shows just what was changed. Pointers are those of core/json_edit.h.
 *
 * A record whose text is as layout.h would print it stays so; another keeps its own look, and only
 * what is changed is printed anew. */
#ifndef MU_EDIT_DOCUMENT_H
#define MU_EDIT_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/json_doc.h"

struct mu_journal;

/* One cut. */
typedef struct mu_cut {
    uint64_t step; /* cuts of one step are taken back together */
    uint32_t at, removed_length, inserted_length;
    char *removed, *inserted; /* owned */
} mu_cut;

typedef struct mu_document {
    char *path;        /* owned; of the file */
    mu_json_doc *scan; /* of the present text; its text is the document's */
    bool has_mark;     /* the file begins with a byte order mark, which the text has not */
    mu_cut *cuts;      /* what was changed since it was opened; the first `done` are in force */
    uint32_t cut_count, done, cut_room;
    uint32_t saved;      /* `done` when it was saved; UINT32_MAX: no such state can be had again */
    uint64_t step;       /* of the next cut: set by whoever groups cuts */
    uint64_t version;    /* another after every change */
    uint64_t hash_saved; /* of the file's bytes when it was read or written; 0 = no file yet */
    struct mu_journal *journal; /* told of every change; may be NULL */
} mu_document;

/* Reads a file; faults of its form go to `diags`. */
MU_MUST_USE mu_status mu_document_open(const char *path, mu_document *out, mu_diags *diags);
/* A file that does not exist yet, with this text. */
MU_MUST_USE mu_status mu_document_start(const char *path, const char *text, mu_document *out);
void mu_document_close(mu_document *document);

const char *mu_document_text(const mu_document *document, size_t *length);
bool mu_document_is_changed(const mu_document *document);
/* Writes it, if it is changed. Refuses ("file.changed") where somebody else wrote the file since,
 * unless `anyway`. */
MU_MUST_USE mu_status mu_document_save(mu_document *document, bool anyway, mu_diags *diags);

/* The four changes. A value is JSON text. MU_ERR_INPUT, and nothing changed: the pointer leads
 * nowhere, or the value is malformed. */
/* Replaces a value, or adds a member; `order` are the keys in the order in which a new one is put
 * among them, NULL-terminated (may be NULL: at the end). */
MU_MUST_USE mu_status mu_document_set(mu_document *document, const char *pointer, const char *value,
                                      const char *const *order);
MU_MUST_USE mu_status mu_document_remove(mu_document *document, const char *pointer);
/* A new item of a list, before the item `index` (or last). */
MU_MUST_USE mu_status mu_document_insert(mu_document *document, const char *list, uint32_t index,
                                         const char *value);
MU_MUST_USE mu_status mu_document_cut(mu_document *document, uint32_t at, uint32_t removed,
                                      const char *inserted);

/* Takes back, or makes again, all cuts of the step at the top; false where there is none. */
bool mu_document_undo(mu_document *document, uint64_t step);
bool mu_document_redo(mu_document *document, uint64_t step);
/* The step of the last cut in force, and of the first that was taken back; 0 = none. */
uint64_t mu_document_undo_step(const mu_document *document);
uint64_t mu_document_redo_step(const mu_document *document);

/* Reading. MU_NONE and NULL where the pointer leads nowhere. */
uint32_t mu_document_find(const mu_document *document, const char *pointer);
/* The text of a value, on one line; the caller frees it. */
char *mu_document_value(const mu_document *document, const char *pointer);
/* A string's text without quotes and escapes; the caller frees it. NULL: it is no string. */
char *mu_document_string(const mu_document *document, const char *pointer);
/* Items of a list or members of an object. */
uint32_t mu_document_count(const mu_document *document, const char *pointer);

#endif
