/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The changes that people make, as cuts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "core/given.h"
#include "core/json_edit.h"
#include "core/json_scan.h"
#include "edit/document.h"
#include "edit/layout.h"

static const char BLANKS[] = " \t\r\n";

static bool is_list(const mu_json_doc *doc, uint32_t node) {
    return doc->text[doc->values[node].at] == '[';
}

static bool is_object(const mu_json_doc *doc, uint32_t node) {
    return doc->text[doc->values[node].at] == '{';
}

/* --- places in a text --- */

/* Blanks before the line that a byte stands on, and letters before the byte. */
static int indent_at(const mu_json_doc *doc, uint32_t at, int *column) {
    uint32_t start = at;
    while (start > 0 && doc->text[start - 1] != '\n') {
        start--;
    }
    *column = mu_layout_letters(doc->text + start, at - start);
    return (int)strspn(doc->text + start, " ");
}

/* Does a part begin its line? */
static bool begins_line(const mu_json_doc *doc, uint32_t at) {
    while (at > 0 && strchr(" \t", doc->text[at - 1]) != NULL) {
        at--;
    }
    return at > 0 && doc->text[at - 1] == '\n';
}

/* The record that a value belongs to: what stands in a list of the file's root, or the root's own
 * member. */
static uint32_t record_of(const mu_json_doc *doc, uint32_t node) {
    uint32_t found = 0;
    for (uint32_t top = 1; top < doc->values[0].end; top = doc->values[top].end) {
        if (node < top || node >= doc->values[top].end) {
            continue;
        }
        found = top;
        if (is_list(doc, top)) {
            for (uint32_t item = top + 1; item < doc->values[top].end;
                 item = doc->values[item].end) {
                found = node >= item && node < doc->values[item].end ? item : found;
            }
        }
    }
    return found;
}

static char *laid_out(const mu_json_doc *doc, uint32_t node) {
    char *text = NULL;
    size_t length = 0;
    int column;
    const uint32_t at = doc->values[node].at, end = mu_json_value_end(doc, node);
    const int indent = indent_at(doc, at, &column);
    FILE *out = open_memstream(&text, &length);
    if (out != NULL) {
        mu_layout_print(doc, node, indent, column, doc->text[end] == ',', out);
        if (fclose(out) != 0) {
            free(text);
            text = NULL;
        }
    }
    return text;
}

static bool is_laid_out(const mu_json_doc *doc, uint32_t node) {
    const uint32_t at = doc->values[node].at, length = mu_json_value_end(doc, node) - at;
    char *text = laid_out(doc, node);
    const bool same =
        text != NULL && strlen(text) == length && memcmp(text, doc->text + at, length) == 0;
    free(text);
    return same;
}

/* --- keeping records laid out --- */

/* Where a record begins; what is cut inside it leaves that as it is. `inside`: the value itself
 * stays, and something in it changes. */
typedef struct keeping {
    bool on;
    uint32_t at;
} keeping;

static keeping keep(const mu_document *d, uint32_t node, bool inside) {
    const uint32_t record = node == 0 ? 0 : record_of(d->scan, node);
    const bool is_whole_list = record == node && is_list(d->scan, node);
    const bool on =
        record != 0 && !is_whole_list && (inside || record != node) && is_laid_out(d->scan, record);
    return (keeping){on, on ? d->scan->values[record].at : 0};
}

static uint32_t node_at(const mu_json_doc *doc, uint32_t at) {
    uint32_t low = 0, high = doc->value_count;
    while (low < high) { /* values stand in the order of their places */
        const uint32_t middle = (low + high) / 2;
        if (doc->values[middle].at < at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < doc->value_count && doc->values[low].at == at ? low : MU_NONE;
}

static mu_status lay_again(mu_document *d, keeping k) {
    const uint32_t node = k.on ? node_at(d->scan, k.at) : MU_NONE;
    char *text = node != MU_NONE ? laid_out(d->scan, node) : NULL;
    if (text == NULL) {
        return MU_OK;
    }
    const uint32_t length = mu_json_value_end(d->scan, node) - k.at;
    const mu_status status = mu_document_cut(d, k.at, length, text);
    free(text);
    return status;
}

/* --- the changes --- */

/* A pointer's last token, decoded, and what stands before it. */
static bool split(const char *pointer, char **parent, char **last) {
    const char *slash = strrchr(pointer, '/');
    if (slash == NULL) {
        return false;
    }
    *parent = strndup(pointer, (size_t)(slash - pointer));
    *last = strdup(slash + 1);
    char *to = *last;
    for (const char *from = *last; from != NULL && *from != '\0'; from++) {
        *to++ = from[0] == '~' && from[1] == '1' ? '/' : from[0];
        from += from[0] == '~';
    }
    if (to != NULL) {
        *to = '\0';
    }
    if (*parent != NULL && *last != NULL) {
        return true;
    }
    free(*parent);
    free(*last);
    *parent = *last = NULL;
    return false;
}

static char *joined(const char *a, const char *b, const char *c, const char *d) {
    const size_t room = strlen(a) + strlen(b) + strlen(c) + strlen(d) + 1;
    char *text = malloc(room);
    if (text != NULL) {
        (void)snprintf(text, room, "%s%s%s%s", a, b, c, d);
    }
    return text;
}

/* Puts a part (a member with its key, or an item) into an object or list: behind `before`, or first
 * where that is 0. */
static mu_status put_part(mu_document *d, uint32_t holder, uint32_t before, const char *key,
                          const char *value) {
    const mu_json_doc *doc = d->scan;
    const uint32_t first = holder + 1;
    const bool empty = doc->values[holder].end == first;
    const uint32_t place = before != 0 ? before : empty ? holder : first;
    const bool own_line = !empty && begins_line(doc, doc->values[place].key_at);
    int column, indent = indent_at(doc, doc->values[place].key_at, &column);
    char line[80] = " ";
    if (own_line) {
        indent = indent < 70 ? indent : 70;
        (void)snprintf(line, sizeof line, "\n%*s", indent, "");
    }
    const int key_letters = mu_layout_letters(key, strlen(key));
    char *laid = own_line ? mu_layout_text(value, indent, indent + key_letters, 1)
                          : mu_layout_text(value, 0, -100000, 0);
    uint32_t at;
    char *text;
    if (laid == NULL) {
        return MU_ERR_INPUT;
    }
    if (before != 0) {
        at = mu_json_value_end(doc, before);
        text = joined(",", line, key, laid);
    } else {
        at = empty ? doc->values[holder].at + 1 : doc->values[first].key_at;
        text = joined(key, laid, empty ? "" : ",", empty ? "" : line);
    }
    const mu_status status = text != NULL ? mu_document_cut(d, at, 0, text) : MU_ERR_MEMORY;
    free(text);
    free(laid);
    return status;
}

/* The member behind which a new one comes: the last of those that stand before it in `order`. */
static uint32_t member_before(const mu_json_doc *doc, uint32_t object, const char *key,
                              const char *const *order) {
    uint32_t found = 0;
    for (uint32_t m = object + 1; m < doc->values[object].end; m = doc->values[m].end) {
        found = order == NULL ? m : found;
    }
    for (uint32_t k = 0; order != NULL && order[k] != NULL && strcmp(order[k], key) != 0; k++) {
        const uint32_t member = mu_json_member(doc, object, order[k]);
        found = member != 0 ? member : found;
    }
    const uint32_t version = mu_json_member(doc, object, "version");
    return found == 0 && version != 0 ? version : found;
}

static mu_status add_member(mu_document *d, const char *pointer, const char *value,
                            const char *const *order) {
    char *parent = NULL, *key = NULL;
    mu_status status = split(pointer, &parent, &key) ? MU_OK : MU_ERR_INPUT;
    const uint32_t object = status == MU_OK ? mu_document_find(d, parent) : MU_NONE;
    if (object == MU_NONE || !is_object(d->scan, object) || strpbrk(key, "\"\\") != NULL) {
        status = MU_ERR_INPUT;
    } else {
        char *quoted = joined("\"", key, "\": ", "");
        status = quoted == NULL ? MU_ERR_MEMORY
                                : put_part(d, object, member_before(d->scan, object, key, order),
                                           quoted, value);
        free(quoted);
    }
    free(parent);
    free(key);
    return status;
}

static mu_status replace_value(mu_document *d, uint32_t node, const char *value) {
    const mu_json_doc *doc = d->scan;
    const uint32_t at = doc->values[node].at, end = mu_json_value_end(doc, node);
    int column;
    const int indent = indent_at(doc, at, &column);
    char *laid = mu_layout_text(value, indent, column, 1);
    const mu_status status = laid != NULL ? mu_document_cut(d, at, end - at, laid) : MU_ERR_INPUT;
    free(laid);
    return status;
}

mu_status mu_document_set(mu_document *document, const char *pointer, const char *value,
                          const char *const *order) {
    mu_document *d = document;
    const uint32_t node = mu_document_find(d, pointer);
    char *parent = NULL, *key = NULL;
    if (node == 0 || !split(pointer, &parent, &key)) {
        return MU_ERR_INPUT;
    }
    const uint32_t within = node != MU_NONE ? node : mu_document_find(d, parent);
    free(key);
    if (within == MU_NONE) {
        free(parent);
        return MU_ERR_INPUT;
    }
    const keeping k = keep(d, within, node == MU_NONE);
    free(parent);
    const mu_status status =
        node != MU_NONE ? replace_value(d, node, value) : add_member(d, pointer, value, order);
    return status == MU_OK ? lay_again(d, k) : status;
}

mu_status mu_document_insert(mu_document *document, const char *list, uint32_t index,
                             const char *value) {
    mu_document *d = document;
    const uint32_t node = mu_document_find(d, list);
    if (node == MU_NONE || !is_list(d->scan, node)) {
        return MU_ERR_INPUT;
    }
    uint32_t before = 0, n = 0;
    for (uint32_t item = node + 1; item < d->scan->values[node].end && n < index;
         item = d->scan->values[item].end, n++) {
        before = item;
    }
    const keeping k = keep(d, node, true);
    if (d->scan->values[node].end == node + 1 && !k.on) {
        char *whole = joined("[", value, "]", "");
        const mu_status status = whole != NULL ? replace_value(d, node, whole) : MU_ERR_MEMORY;
        free(whole);
        return status;
    }
    const mu_status status = put_part(d, node, before, "", value);
    return status == MU_OK ? lay_again(d, k) : status;
}

mu_status mu_document_remove(mu_document *document, const char *pointer) {
    mu_document *d = document;
    const uint32_t node = mu_document_find(d, pointer);
    if (node == MU_NONE || node == 0) {
        return MU_ERR_INPUT;
    }
    const mu_json_doc *doc = d->scan;
    const keeping k = keep(d, node, false);
    uint32_t from = doc->values[node].key_at, to = mu_json_value_end(doc, node);
    const uint32_t behind = to + (uint32_t)strspn(doc->text + to, BLANKS);
    uint32_t before = from;
    while (before > 0 && strchr(BLANKS, doc->text[before - 1]) != NULL) {
        before--;
    }
    if (doc->text[before - 1] == ',') { /* with the comma in front of it and what lies between */
        from = before - 1;
    } else if (doc->text[behind] == ',') { /* the first of several: up to the next */
        to = behind + 1 + (uint32_t)strspn(doc->text + behind + 1, BLANKS);
    } else { /* the only one */
        from = before;
        to = behind;
    }
    const mu_status status = mu_document_cut(d, from, to - from, "");
    return status == MU_OK ? lay_again(d, k) : status;
}

/* --- reading --- */

uint32_t mu_document_find(const mu_document *document, const char *pointer) {
    return mu_json_find(document->scan, pointer);
}

char *mu_document_value(const mu_document *document, const char *pointer) {
    const uint32_t node = mu_document_find(document, pointer);
    char *text = NULL;
    size_t length = 0;
    FILE *out = node != MU_NONE ? open_memstream(&text, &length) : NULL;
    if (out == NULL) {
        return NULL;
    }
    mu_layout_print_flat(document->scan, node, out);
    if (fclose(out) != 0) {
        free(text);
        return NULL;
    }
    return text;
}

char *mu_document_string(const mu_document *document, const char *pointer) {
    char *text = mu_document_value(document, pointer);
    cJSON *json = text != NULL ? cJSON_Parse(text) : NULL;
    char *string = cJSON_IsString(json) ? strdup(json->valuestring) : NULL;
    cJSON_Delete(json);
    free(text);
    return string;
}

uint32_t mu_document_count(const mu_document *document, const char *pointer) {
    const uint32_t node = mu_document_find(document, pointer);
    uint32_t count = 0;
    for (uint32_t part = node + 1; node != MU_NONE && part < document->scan->values[node].end;
         part = document->scan->values[part].end) {
        count++;
    }
    return count;
}
