/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places and faults of one JSON file. A value is known by its preorder number alone: its line,
 * column and path are worked out from that number only when a message needs them. */
#include "core/json_doc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/grow.h"
#include "core/i18n.h"

enum { KEY_SHOWN_MOST = 60, PATH_ROOM = MU_JSON_DEPTH_MOST * (KEY_SHOWN_MOST + 8) };

/* Doubles an array when it is full. Sets `no_memory` and returns false where there is none. */
static bool grow(mu_json_doc *doc, void **items, uint32_t count, uint32_t *room, size_t size) {
    void *grown = mu_grow(*items, count, room, size);
    if (!grown) {
        doc->no_memory = true;
        return false;
    }
    *items = grown;
    return true;
}

mu_json_doc *mu_json_doc_create(const char *file, char *text, size_t length) {
    mu_json_doc *doc = calloc(1, sizeof *doc);
    if (!doc) {
        free(text);
        return NULL;
    }
    if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) { /* a byte order mark, of no use */
        length -= 3;
        memmove(text, text + 3, length + 1);
    }
    doc->file = file;
    doc->text = text;
    doc->length = (uint32_t)length;
    return doc;
}

static void drop_faults(mu_json_doc *doc) {
    for (uint32_t i = 0; i < doc->fault_count; i++) {
        free(doc->faults[i].text);
        free(doc->faults[i].advice);
    }
    doc->fault_count = 0;
    doc->faults_unlisted = 0;
}

void mu_json_doc_destroy(mu_json_doc *doc) {
    if (!doc) {
        return;
    }
    drop_faults(doc);
    free(doc->faults);
    free(doc->values);
    free(doc->lines);
    free(doc->text);
    free(doc);
}

uint32_t mu_json_doc_push(mu_json_doc *doc, uint32_t at, uint32_t key_at) {
    void *values = doc->values;
    if (!grow(doc, &values, doc->value_count, &doc->value_room, sizeof *doc->values)) {
        return 0;
    }
    doc->values = values;
    const uint32_t node = doc->value_count++;
    doc->values[node] = (mu_json_value){.at = at, .key_at = key_at, .end = node + 1};
    return node;
}

void mu_json_doc_add_line(mu_json_doc *doc, uint32_t at) {
    void *lines = doc->lines;
    if (grow(doc, &lines, doc->line_count, &doc->line_room, sizeof *doc->lines)) {
        doc->lines = lines;
        doc->lines[doc->line_count++] = at;
    }
}

mu_where mu_json_doc_place(const mu_json_doc *doc, uint32_t at) {
    uint32_t low = 0, high = doc->line_count; /* lines[low - 1] <= at < lines[high] */
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (doc->lines[middle] <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    const uint32_t start = low ? doc->lines[low - 1] : 0;
    return (mu_where){.file = doc->file, .line = low + 1, .column = at - start + 1};
}

static bool is_plain_key(const char *key, size_t length) {
    for (size_t i = 0; i < length; i++) {
        const char c = key[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
              (i > 0 && c >= '0' && c <= '9'))) {
            return false;
        }
    }
    return length > 0;
}

/* Appends ".key", or "["the key"]" where it is no plain word; long keys are cut. */
static size_t print_key(char *out, size_t room, const char *key) {
    size_t length = 0;
    while (key[length] != '"') {
        length += key[length] == '\\' ? 2 : 1;
    }
    size_t shown = length > KEY_SHOWN_MOST ? KEY_SHOWN_MOST : length;
    while (shown < length && shown > 0 && ((unsigned char)key[shown] & 0xc0) == 0x80) {
        shown--; /* not within a character */
    }
    const char *format = is_plain_key(key, length) ? ".%.*s%s" : "[\"%.*s%s\"]";
    return (size_t)snprintf(out, room, format, (int)shown, key, shown < length ? "..." : "");
}

const char *mu_json_doc_path(const mu_json_doc *doc, uint32_t node, mu_arena *arena) {
    char path[PATH_ROOM] = "$";
    size_t length = 1;
    uint32_t within = 0;
    while (within != node && node < doc->value_count) {
        const bool is_list = doc->text[doc->values[within].at] == '[';
        uint32_t child = within + 1, index = 0;
        while (doc->values[child].end <= node) {
            child = doc->values[child].end;
            index++;
        }
        if (is_list) {
            length += (size_t)snprintf(path + length, sizeof path - length, "[%u]", index);
        } else {
            const char *key = doc->text + doc->values[child].key_at + 1;
            length += print_key(path + length, sizeof path - length, key);
        }
        within = child;
    }
    return mu_arena_copy(arena, path);
}

static char *print_text(const char *format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = length < 0 ? NULL : malloc((size_t)length + 1);
    if (text) {
        vsnprintf(text, (size_t)length + 1, format, arguments);
    }
    return text;
}

/* Takes the strings over. */
static void add_fault(mu_json_doc *doc, mu_json_fault fault) {
    void *faults = doc->faults;
    if (!fault.text || doc->fault_count >= MU_JSON_FAULTS_MOST ||
        !grow(doc, &faults, doc->fault_count, &doc->fault_room, sizeof *doc->faults)) {
        doc->faults_unlisted++;
        free(fault.text);
        free(fault.advice);
        return;
    }
    doc->faults = faults;
    doc->faults[doc->fault_count++] = fault;
}

void mu_json_doc_complain(mu_json_doc *doc, uint32_t node, uint32_t at, const char *code,
                          const char *advice, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = print_text(format, arguments);
    va_end(arguments);
    char *copy = advice ? strdup(advice) : NULL;
    doc->no_memory = doc->no_memory || !text || (advice && !copy);
    add_fault(doc, (mu_json_fault){at, node, code, text, copy});
}

uint32_t mu_json_doc_faults(const mu_json_doc *doc) {
    return doc->fault_count + doc->faults_unlisted;
}

static int compare_faults(const void *left, const void *right) {
    const mu_json_fault *a = left, *b = right;
    if (a->at != b->at) {
        return a->at < b->at ? -1 : 1;
    }
    const int by_code = strcmp(a->code, b->code);
    return by_code ? by_code : strcmp(a->text, b->text);
}

void mu_json_doc_report(mu_json_doc *doc, mu_diags *diags, mu_arena *arena) {
    if (doc->fault_count) {
        qsort(doc->faults, doc->fault_count, sizeof *doc->faults, compare_faults);
    }
    for (uint32_t i = 0; i < doc->fault_count; i++) {
        const mu_json_fault *fault = &doc->faults[i];
        mu_where where = mu_json_doc_place(doc, fault->at);
        where.path = mu_json_doc_path(doc, fault->node, arena);
        mu_diags_add(diags, MU_ERROR, fault->code, &where, fault->advice, "%s", fault->text);
    }
    if (doc->faults_unlisted) {
        const mu_where where = {.file = doc->file};
        mu_diags_add(diags, MU_ERROR, "json.more", &where, _("mend those above and check again"),
                     _("and %u more, not listed"), doc->faults_unlisted);
    }
    if (doc->no_memory) { /* what is said is not all that there is to say */
        mu_diags_add(diags, MU_ERROR, "memory", NULL, NULL, _("there is not enough memory"));
    }
    drop_faults(doc);
}
