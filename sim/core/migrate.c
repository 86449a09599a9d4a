/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/migrate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/json_edit.h"
#include "core/json_scan.h"
#include "core/loader.h"

static mu_status copy_text(const char *text, size_t length, char **out) {
    *out = malloc(length + 1);
    if (*out == NULL) {
        return MU_ERR_MEMORY;
    }
    memcpy(*out, text, length);
    (*out)[length] = '\0';
    return MU_OK;
}

/* Scans a copy of the text; *out is NULL where it is malformed, which is no failure here. */
static mu_status scan(const char *text, size_t length, mu_json_doc **out) {
    char *copy;
    *out = NULL;
    if (copy_text(text, length, &copy) != MU_OK) {
        return MU_ERR_MEMORY;
    }
    mu_json_doc *doc = mu_json_doc_create("", copy, length);
    if (doc == NULL) {
        return MU_ERR_MEMORY;
    }
    const bool fine = mu_json_scan(doc) == MU_OK, no_memory = doc->no_memory;
    if (fine && !no_memory) {
        *out = doc;
    } else {
        mu_json_doc_destroy(doc);
    }
    return no_memory ? MU_ERR_MEMORY : MU_OK;
}

/* The version of a file of this kind; 0 where it is another kind, or no version. */
static int version_of(const mu_json_doc *doc, const mu_file_kind *kind) {
    const uint32_t format = mu_json_find(doc, "/format"), version = mu_json_find(doc, "/version");
    const size_t length = strlen(kind->format);
    if (format == MU_NONE || version == MU_NONE) {
        return 0;
    }
    const char *word = doc->text + doc->values[format].at;
    const bool is_kind =
        word[0] == '"' && strncmp(word + 1, kind->format, length) == 0 && word[1 + length] == '"';
    return is_kind ? (int)strtol(doc->text + doc->values[version].at, NULL, 10) : 0;
}

/* From a version to the next: the text in *text is replaced. */
static mu_status step(const mu_migration *row, int version, char **text, size_t *length) {
    mu_json_doc *doc;
    char *other = NULL, *numbered = NULL, number[16];
    size_t other_length = 0, numbered_length = 0;
    if (scan(*text, *length, &doc) != MU_OK || doc == NULL) { /* it was well formed before */
        return MU_ERR_MEMORY;
    }
    mu_status status = row->make(doc, *text, &other, &other_length);
    mu_json_doc_destroy(doc);
    if (other != NULL) {
        free(*text);
        *text = other;
        *length = other_length;
    }
    (void)snprintf(number, sizeof number, "%d", version + 1);
    if (status == MU_OK) {
        status = mu_json_edit(*text, *length, "/version", number, &numbered, &numbered_length);
    }
    if (numbered != NULL) {
        free(*text);
        *text = numbered;
        *length = numbered_length;
    }
    return status;
}

mu_status mu_migrate(const mu_file_kind *kind, const char *text, size_t length, char **out,
                     size_t *out_length, int *from) {
    *out = NULL;
    if (kind->older == NULL) {
        return MU_OK;
    }
    mu_json_doc *doc;
    if (scan(text, length, &doc) != MU_OK) {
        return MU_ERR_MEMORY;
    }
    const int version = doc != NULL ? version_of(doc, kind) : 0;
    mu_json_doc_destroy(doc);
    if (version < 1 || version >= kind->version) {
        return MU_OK;
    }
    char *now;
    mu_status status = copy_text(text, length, &now);
    for (int v = version; status == MU_OK && v < kind->version; v++) {
        status = step(&kind->older[v - 1], v, &now, &length);
    }
    if (status != MU_OK) {
        free(now);
        return status;
    }
    *from = version;
    *out = now;
    *out_length = length;
    return MU_OK;
}
