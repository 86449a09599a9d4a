/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700 /* realpath */
#include "edit/document.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/file_in.h"
#include "core/file_out.h"
#include "core/given.h"
#include "core/grow.h"
#include "core/i18n.h"
#include "core/json_edit.h"
#include "core/json_scan.h"
#include "edit/journal.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* --- texts and cuts --- */

/* Scans a text (taken over) and puts it in the old one's place; false, and nothing changed, where
 * it is malformed. */
static bool take_text(mu_document *d, char *text, size_t length) {
    mu_json_doc *scan = mu_json_doc_create(d->path, text, length);
    if (scan == NULL) {
        return false;
    }
    if (length > MU_JSON_BYTES_MOST || mu_json_scan(scan) != MU_OK) {
        mu_json_doc_destroy(scan);
        return false;
    }
    mu_json_doc_destroy(d->scan);
    d->scan = scan;
    d->version++;
    return true;
}

static char *copy_bytes(const char *from, size_t length) {
    char *copy = malloc(length + 1);
    if (copy != NULL) {
        memcpy(copy, from, length);
        copy[length] = '\0';
    }
    return copy;
}

static bool replace(mu_document *d, uint32_t at, uint32_t removed, const char *inserted,
                    uint32_t added) {
    const size_t length = d->scan->length - removed + added;
    char *text = malloc(length + 1);
    if (text == NULL) {
        return false;
    }
    memcpy(text, d->scan->text, at);
    memcpy(text + at, inserted, added);
    memcpy(text + at + added, d->scan->text + at + removed, d->scan->length - at - removed);
    text[length] = '\0';
    return take_text(d, text, length);
}

static void drop_cuts(mu_document *d, uint32_t from) {
    for (uint32_t k = from; k < d->cut_count; k++) {
        free(d->cuts[k].removed);
        free(d->cuts[k].inserted);
    }
    d->cut_count = from < d->cut_count ? from : d->cut_count;
    d->saved = d->saved != UINT32_MAX && d->saved > d->cut_count ? UINT32_MAX : d->saved;
}

static bool room_for_cut(mu_document *d) {
    mu_cut *cuts = mu_grow(d->cuts, d->cut_count, &d->cut_room, sizeof *cuts);
    if (cuts == NULL) {
        return false;
    }
    d->cuts = cuts;
    return true;
}

mu_status mu_document_cut(mu_document *document, uint32_t at, uint32_t removed,
                          const char *inserted) {
    mu_document *d = document;
    if (at > d->scan->length || removed > d->scan->length - at) {
        return MU_ERR_INPUT;
    }
    const uint32_t added = (uint32_t)strlen(inserted);
    if (added == removed && memcmp(d->scan->text + at, inserted, added) == 0) {
        return MU_OK;
    }
    drop_cuts(d, d->done);
    mu_cut cut = {.step = d->step,
                  .at = at,
                  .removed_length = removed,
                  .inserted_length = added,
                  .removed = copy_bytes(d->scan->text + at, removed),
                  .inserted = copy_bytes(inserted, added)};
    const bool room = cut.removed != NULL && cut.inserted != NULL && room_for_cut(d);
    if (!room || !replace(d, at, removed, inserted, added)) {
        free(cut.removed);
        free(cut.inserted);
        return room ? MU_ERR_INPUT : MU_ERR_MEMORY;
    }
    d->cuts[d->cut_count++] = cut;
    d->done = d->cut_count;
    mu_journal_cut(d->journal, d->step, at, removed, inserted, added);
    return MU_OK;
}

uint64_t mu_document_undo_step(const mu_document *document) {
    return document->done > 0 ? document->cuts[document->done - 1].step : 0;
}

uint64_t mu_document_redo_step(const mu_document *document) {
    return document->done < document->cut_count ? document->cuts[document->done].step : 0;
}

bool mu_document_undo(mu_document *document, uint64_t step) {
    mu_document *d = document;
    bool any = false;
    while (d->done > 0 && d->cuts[d->done - 1].step == step) {
        const mu_cut *cut = &d->cuts[d->done - 1];
        if (!replace(d, cut->at, cut->inserted_length, cut->removed, cut->removed_length)) {
            /* in the middle of a step a text may be malformed only where memory ran out */
            return false;
        }
        d->done--;
        any = true;
    }
    if (any) {
        mu_journal_word(d->journal, 'U', step);
    }
    return any;
}

bool mu_document_redo(mu_document *document, uint64_t step) {
    mu_document *d = document;
    bool any = false;
    while (d->done < d->cut_count && d->cuts[d->done].step == step) {
        const mu_cut *cut = &d->cuts[d->done];
        if (!replace(d, cut->at, cut->removed_length, cut->inserted, cut->inserted_length)) {
            return false;
        }
        d->done++;
        any = true;
    }
    if (any) {
        mu_journal_word(d->journal, 'R', step);
    }
    return any;
}

/* --- files --- */

static uint64_t hash_of(const char *text, size_t length) {
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ (unsigned char)text[i]) * 1099511628211u;
    }
    return hash;
}

static mu_status complain(const char *path, const char *code, const char *advice, const char *text,
                          mu_diags *diags) {
    const mu_where where = {.file = path};
    mu_diags_add(diags, MU_ERROR, code, &where, advice, "%s", text);
    return MU_ERR_INPUT;
}

/* Says where a text is malformed. */
static mu_status complain_form(const char *path, const char *text, mu_diags *diags) {
    char *copy = strdup(text);
    mu_json_doc *doc = copy != NULL ? mu_json_doc_create(path, copy, strlen(copy)) : NULL;
    mu_arena *arena = mu_arena_create();
    if (doc != NULL && arena != NULL) {
        if (mu_json_scan(doc) != MU_OK) {
            mu_json_doc_report(doc, diags, arena);
        }
    }
    mu_json_doc_destroy(doc);
    mu_arena_destroy(arena);
    return MU_ERR_INPUT;
}

mu_status mu_document_start(const char *path, const char *text, mu_document *out) {
    *out = (mu_document){.path = strdup(path), .step = 1};
    char *copy = strdup(text);
    if (out->path == NULL || copy == NULL) {
        free(copy);
        mu_document_close(out);
        return MU_ERR_MEMORY;
    }
    if (!take_text(out, copy, strlen(text))) {
        mu_document_close(out);
        return MU_ERR_INPUT;
    }
    out->saved = UINT32_MAX; /* there is no file that holds it */
    return MU_OK;
}

mu_status mu_document_open(const char *path, mu_document *out, mu_diags *diags) {
    size_t length;
    *out = (mu_document){0};
    char *text = mu_file_in_read(path, MU_JSON_BYTES_MOST, &length);
    if (text == NULL) {
        return complain(path, "file.read", NULL, _("the file cannot be read"), diags);
    }
    const uint64_t hash = hash_of(text, length);
    const mu_status status = mu_document_start(path, text, out);
    if (status == MU_OK) {
        out->has_mark = strncmp(text, BYTE_ORDER_MARK, 3) == 0;
        out->hash_saved = hash;
        out->saved = 0;
    } else if (status == MU_ERR_INPUT) {
        (void)complain_form(path, text, diags);
    }
    free(text);
    return status;
}

void mu_document_close(mu_document *document) {
    drop_cuts(document, 0);
    free(document->cuts);
    mu_json_doc_destroy(document->scan);
    free(document->path);
    *document = (mu_document){0};
}

const char *mu_document_text(const mu_document *document, size_t *length) {
    if (length != NULL) {
        *length = document->scan->length;
    }
    return document->scan->text;
}

bool mu_document_is_changed(const mu_document *document) {
    return document->done != document->saved;
}

/* Whether the file is still as it was read or written last. */
static bool is_own(const mu_document *d) {
    size_t length;
    char *text = mu_file_in_read(d->path, MU_JSON_BYTES_MOST, &length);
    if (text == NULL) { /* whatever it is, nobody has read it */
        return access(d->path, F_OK) != 0;
    }
    const bool same = hash_of(text, length) == d->hash_saved;
    free(text);
    return same;
}

mu_status mu_document_save(mu_document *document, bool anyway, mu_diags *diags) {
    mu_document *d = document;
    if (!mu_document_is_changed(d)) {
        return MU_OK;
    }
    if (!anyway && !is_own(d)) {
        return complain(d->path, "file.changed",
                        _("save once more to write over it, or keep yours under another name"),
                        _("somebody else has changed the file since it was opened"), diags);
    }
    const size_t mark = d->has_mark ? 3 : 0, length = d->scan->length + mark;
    char *whole = malloc(length + 1);
    if (whole == NULL) {
        return MU_ERR_MEMORY;
    }
    memcpy(whole, BYTE_ORDER_MARK, mark);
    memcpy(whole + mark, d->scan->text, d->scan->length);
    /* A person who edits a file through a link means the file. */
    char *real = realpath(d->path, NULL);
    const mu_status status = mu_file_out_write(real != NULL ? real : d->path, whole, length, diags);
    free(real);
    if (status == MU_OK) {
        d->hash_saved = hash_of(whole, length);
        d->saved = d->done;
        mu_journal_restart(d->journal, d->hash_saved);
    }
    free(whole);
    return status;
}
