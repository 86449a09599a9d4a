/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scan says where every value stands, so a change is a cut in the text: what is not changed
 * keeps its bytes, and numbers keep their digits. */
#include "core/json_edit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/given.h"
#include "core/json_scan.h"

/* Longest token of a pointer, decoded. */
enum { TOKEN_MOST = 400 };

static uint32_t string_end(const char *text, uint32_t at) {
    for (at++; text[at] != '"'; at++) {
        at += text[at] == '\\';
    }
    return at + 1;
}

static uint32_t nested_end(const char *text, uint32_t at) {
    int depth = 0;
    do {
        if (text[at] == '"') {
            at = string_end(text, at);
            continue;
        }
        depth += (text[at] == '{' || text[at] == '[') - (text[at] == '}' || text[at] == ']');
        at++;
    } while (depth > 0);
    return at;
}

uint32_t mu_json_value_end(const mu_json_doc *doc, uint32_t node) {
    const uint32_t at = doc->values[node].at;
    if (doc->text[at] == '"') {
        return string_end(doc->text, at);
    }
    if (doc->text[at] == '{' || doc->text[at] == '[') {
        return nested_end(doc->text, at);
    }
    return at + (uint32_t)strcspn(doc->text + at, " \t\r\n,]}");
}

/* The next token of a pointer, decoded; NULL where it is too long. `*pointer` stands on its '/'. */
static const char *next_token(const char **pointer, char token[TOKEN_MOST + 1]) {
    const char *from = *pointer + 1;
    size_t length = 0;
    for (; *from != '\0' && *from != '/'; from++) {
        if (length == TOKEN_MOST) {
            return NULL;
        }
        if (from[0] == '~' && (from[1] == '0' || from[1] == '1')) {
            token[length++] = *++from == '0' ? '~' : '/';
        } else {
            token[length++] = *from;
        }
    }
    token[length] = '\0';
    *pointer = from;
    return token;
}

static bool is_text(const mu_json_doc *doc, uint32_t at, const char *text) {
    const size_t length = strlen(text);
    return doc->text[at] == '"' && strncmp(doc->text + at + 1, text, length) == 0 &&
           doc->text[at + 1 + length] == '"';
}

/* The item of a list by its id, else by its index; 0. */
static uint32_t find_item(const mu_json_doc *doc, uint32_t list, const char *token) {
    const uint32_t end = doc->values[list].end;
    const bool by_index = token[0] == '#';
    token += by_index;
    for (uint32_t item = list + 1; !by_index && item < end; item = doc->values[item].end) {
        const uint32_t id =
            doc->text[doc->values[item].at] == '{' ? mu_json_member(doc, item, "id") : 0;
        if (id != 0 && is_text(doc, doc->values[id].at, token)) {
            return item;
        }
    }
    char *rest;
    const unsigned long index = strtoul(token, &rest, 10);
    if (token[0] < '0' || token[0] > '9' || *rest != '\0' || (token[0] == '0' && token[1] != 0)) {
        return 0;
    }
    uint32_t item = list + 1;
    for (unsigned long k = 0; k < index && item < end; k++) {
        item = doc->values[item].end;
    }
    return item < end ? item : 0;
}

static uint32_t find_child(const mu_json_doc *doc, uint32_t node, const char *token) {
    const char opens = doc->text[doc->values[node].at];
    return opens == '{'   ? mu_json_member(doc, node, token)
           : opens == '[' ? find_item(doc, node, token)
                          : 0;
}

uint32_t mu_json_find(const mu_json_doc *doc, const char *pointer) {
    char room[TOKEN_MOST + 1];
    uint32_t node = 0;
    while (*pointer == '/') {
        const char *token = next_token(&pointer, room);
        node = token != NULL ? find_child(doc, node, token) : 0;
        if (node == 0) {
            return MU_NONE;
        }
    }
    return *pointer == '\0' ? node : MU_NONE;
}

/* A text with the bytes from..to replaced by up to three pieces. */
static mu_status cut(const mu_json_doc *doc, uint32_t from, uint32_t to,
                     const char *const pieces[3], char **out, size_t *out_length) {
    size_t added = 0;
    for (int k = 0; k < 3; k++) {
        added += strlen(pieces[k]);
    }
    char *text = malloc(doc->length - (to - from) + added + 1);
    if (text == NULL) {
        return MU_ERR_MEMORY;
    }
    memcpy(text, doc->text, from);
    size_t at = from;
    for (int k = 0; k < 3; k++) {
        memcpy(text + at, pieces[k], strlen(pieces[k]));
        at += strlen(pieces[k]);
    }
    memcpy(text + at, doc->text + to, doc->length - to);
    *out_length = at + doc->length - to;
    text[*out_length] = '\0';
    *out = text;
    return MU_OK;
}

/* Takes a value away, with its key and one comma. */
static mu_status take_away(const mu_json_doc *doc, uint32_t node, char **out, size_t *out_length) {
    static const char *const nothing[3] = {"", "", ""};
    uint32_t from = doc->values[node].key_at, to = mu_json_value_end(doc, node);
    const uint32_t behind = to + (uint32_t)strspn(doc->text + to, " \t\r\n");
    if (doc->text[behind] == ',') {
        return cut(doc, from, behind + 1, nothing, out, out_length);
    }
    uint32_t before = from;
    while (before > 0 && strchr(" \t\r\n", doc->text[before - 1]) != NULL) {
        before--;
    }
    from = before > 0 && doc->text[before - 1] == ',' ? before - 1 : from;
    return cut(doc, from, to, nothing, out, out_length);
}

/* A new last item of a list. */
static mu_status append(const mu_json_doc *doc, uint32_t list, const char *value, char **out,
                        size_t *out_length) {
    const uint32_t end = mu_json_value_end(doc, list) - 1;
    const bool empty = doc->values[list].end == list + 1;
    const char *const pieces[3] = {empty ? "" : ", ", value, ""};
    return cut(doc, end, end, pieces, out, out_length);
}

/* A new first member of an object. */
static mu_status add_member(const mu_json_doc *doc, uint32_t object, const char *key,
                            const char *value, char **out, size_t *out_length) {
    char quoted[TOKEN_MOST + 8];
    if (strpbrk(key, "\"\\") != NULL) {
        return MU_OK; /* no key of ours has such letters */
    }
    (void)snprintf(quoted, sizeof quoted, "\"%s\": ", key);
    const uint32_t at = doc->values[object].at + 1;
    const bool empty = doc->values[object].end == object + 1;
    const char *const pieces[3] = {quoted, value, empty ? "" : ", "};
    return cut(doc, at, at, pieces, out, out_length);
}

/* The last token leads to no value: it may stand for a new one. */
static mu_status add(const mu_json_doc *doc, uint32_t parent, const char *token, const char *value,
                     char **out, size_t *out_length) {
    const char opens = doc->text[doc->values[parent].at];
    if (opens == '[' && strcmp(token, "-") == 0) {
        return append(doc, parent, value, out, out_length);
    }
    return opens == '{' ? add_member(doc, parent, token, value, out, out_length) : MU_OK;
}

static mu_status edit_doc(const mu_json_doc *doc, const char *pointer, const char *value,
                          char **out, size_t *out_length) {
    const bool takes_away = strcmp(value, "null") == 0;
    char room[TOKEN_MOST + 1];
    uint32_t node = 0;
    while (*pointer == '/') {
        const char *token = next_token(&pointer, room);
        const uint32_t child = token != NULL ? find_child(doc, node, token) : 0;
        if (child == 0) {
            return token == NULL || *pointer != '\0' || takes_away
                       ? MU_OK
                       : add(doc, node, token, value, out, out_length);
        }
        node = child;
    }
    if (node == 0) {
        return MU_OK; /* not the whole file */
    }
    if (takes_away) {
        return take_away(doc, node, out, out_length);
    }
    const char *const pieces[3] = {value, "", ""};
    return cut(doc, doc->values[node].at, mu_json_value_end(doc, node), pieces, out, out_length);
}

/* NULL and a status other than MU_OK where the text cannot be read. */
static mu_json_doc *scan_copy(const char *text, size_t length, mu_status *status) {
    char *copy = malloc(length + 1);
    *status = MU_ERR_MEMORY;
    if (copy == NULL) {
        return NULL;
    }
    memcpy(copy, text, length);
    copy[length] = '\0';
    mu_json_doc *doc = mu_json_doc_create("", copy, length);
    if (doc == NULL) {
        return NULL;
    }
    *status = mu_json_scan(doc);
    if (*status != MU_OK) {
        mu_json_doc_destroy(doc);
        return NULL;
    }
    return doc;
}

mu_status mu_json_edit(const char *text, size_t length, const char *pointer, const char *value,
                       char **out, size_t *out_length) {
    mu_status status;
    *out = NULL;
    *out_length = 0;
    mu_json_doc *doc = scan_copy(text, length, &status);
    if (doc != NULL) {
        status = edit_doc(doc, pointer, value, out, out_length);
        mu_json_doc_destroy(doc);
    }
    return status;
}

mu_status mu_json_pick(const char *text, size_t length, const char *pointer, char **out) {
    char room[TOKEN_MOST + 1];
    mu_status status;
    *out = NULL;
    mu_json_doc *doc = scan_copy(text, length, &status);
    if (doc == NULL) {
        return status;
    }
    uint32_t node = 0;
    bool leads = true;
    while (leads && *pointer == '/') {
        const char *token = next_token(&pointer, room);
        node = token != NULL ? find_child(doc, node, token) : 0;
        leads = node != 0;
    }
    if (leads) {
        const uint32_t from = doc->values[node].at, size = mu_json_value_end(doc, node) - from;
        *out = malloc(size + 1);
        status = *out == NULL ? MU_ERR_MEMORY : MU_OK;
        if (*out != NULL) {
            memcpy(*out, doc->text + from, size);
            (*out)[size] = '\0';
        }
    }
    mu_json_doc_destroy(doc);
    return status;
}
