/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over the text with a stack of open lists and objects instead of recursion. The keys of
 * all open objects stand on one more stack; when an object closes, its keys are sorted by hash so
 * that a key given twice stands beside itself. */
#include "core/json_scan.h"

#include <stdlib.h>
#include <string.h>

#include "core/grow.h"
#include "core/i18n.h"
#include "core/json_lex.h"

typedef struct open_value {
    uint32_t node, first_key;
    bool is_list;
} open_value;

typedef struct key_seen {
    uint64_t hash;
    const char *text; /* behind the opening quote */
    uint32_t node;    /* its value */
} key_seen;

typedef struct scan {
    mu_json_cursor cursor;
    open_value open[MU_JSON_DEPTH_MOST];
    uint32_t depth;
    key_seen *keys;
    uint32_t key_count, key_room;
} scan;

static char peek(const scan *s) {
    return s->cursor.doc->text[s->cursor.at];
}

/* FNV-1a over characters, so that "a" and "\u0061" are one key. */
static uint64_t hash_key(const char *text) {
    uint64_t hash = 14695981039346656037u;
    for (int32_t c = mu_json_next_char(&text); c >= 0; c = mu_json_next_char(&text)) {
        hash = (hash ^ (uint64_t)c) * 1099511628211u;
    }
    return hash;
}

static int compare_texts(const char *left, const char *right) {
    int32_t a = 0, b = 0;
    do {
        a = mu_json_next_char(&left);
        b = mu_json_next_char(&right);
    } while (a == b && a >= 0);
    return a < b ? -1 : a > b;
}

static int compare_keys(const void *left, const void *right) {
    const key_seen *a = left, *b = right;
    if (a->hash != b->hash) {
        return a->hash < b->hash ? -1 : 1;
    }
    const int by_text = compare_texts(a->text, b->text);
    return by_text ? by_text : a->node < b->node ? -1 : a->node > b->node;
}

static bool push_key(scan *s, uint32_t key_at, uint32_t node) {
    key_seen *keys = mu_grow(s->keys, s->key_count, &s->key_room, sizeof *keys);
    if (keys == NULL) {
        s->cursor.doc->no_memory = true;
        return false;
    }
    s->keys = keys;
    const char *text = s->cursor.doc->text + key_at + 1;
    s->keys[s->key_count++] = (key_seen){hash_key(text), text, node};
    return true;
}

static void complain_duplicate(mu_json_doc *doc, uint32_t node, uint32_t first) {
    const uint32_t at = doc->values[node].key_at;
    const mu_where place = mu_json_doc_place(doc, doc->values[first].key_at);
    mu_json_doc_complain(doc, node, at, "json.duplicate-key", _("keep one of the two"),
                         _("this key stands in line %u, column %u already"), place.line,
                         place.column);
}

/* Looks through the keys of the object that is being closed and takes them off the stack. */
static void check_keys(scan *s, uint32_t first_key) {
    const uint32_t count = s->key_count - first_key;
    if (count == 0) {
        return; /* there may be no stack yet */
    }
    key_seen *keys = s->keys + first_key;
    if (count > 1) {
        qsort(keys, count, sizeof *keys, compare_keys);
    }
    uint32_t first = 0;
    for (uint32_t i = 1; i < count; i++) {
        if (keys[i].hash != keys[first].hash || compare_texts(keys[i].text, keys[first].text)) {
            first = i;
        } else {
            complain_duplicate(s->cursor.doc, keys[i].node, keys[first].node);
        }
    }
    s->key_count = first_key;
}

static void close_value(scan *s) {
    mu_json_doc *doc = s->cursor.doc;
    const open_value *closed = &s->open[--s->depth];
    doc->values[closed->node].end = doc->value_count;
    if (!closed->is_list) {
        check_keys(s, closed->first_key);
    }
    s->cursor.at++;
    s->cursor.node = s->depth ? s->open[s->depth - 1].node : 0;
}

static bool open_list_or_object(scan *s, uint32_t node) {
    if (s->depth == MU_JSON_DEPTH_MOST) {
        mu_json_doc_complain(s->cursor.doc, node, s->cursor.at, "json.depth", NULL,
                             _("lists and objects more than %d levels deep"),
                             (int)MU_JSON_DEPTH_MOST);
        return false;
    }
    s->open[s->depth++] = (open_value){node, s->key_count, peek(s) == '['};
    s->cursor.at++;
    return true;
}

/* A key and its colon, up to its value. */
static bool scan_key(scan *s, uint32_t *key_at) {
    mu_json_skip_space(&s->cursor);
    *key_at = s->cursor.at;
    if (peek(s) != '"') {
        return mu_json_refuse(&s->cursor, _("a key"), _("keys are written in double quotes"));
    }
    if (!mu_json_skip_string(&s->cursor)) {
        return false;
    }
    mu_json_skip_space(&s->cursor);
    if (peek(s) != ':') {
        return mu_json_refuse(&s->cursor, _("a colon behind the key"), NULL);
    }
    s->cursor.at++;
    return true;
}

static bool scan_scalar(scan *s) {
    const char c = peek(s);
    if (c == '"') {
        return mu_json_skip_string(&s->cursor);
    }
    if (c == '-' || (c >= '0' && c <= '9')) {
        return mu_json_skip_number(&s->cursor);
    }
    return mu_json_skip_word(&s->cursor);
}

/* A value, and before it its key if it stands in an object. `*opened` says that it goes on inside.
 */
static bool scan_item(scan *s, bool *opened) {
    mu_json_doc *doc = s->cursor.doc;
    const bool has_key = s->depth > 0 && !s->open[s->depth - 1].is_list;
    uint32_t key_at = 0;
    if (has_key && !scan_key(s, &key_at)) {
        return false;
    }
    mu_json_skip_space(&s->cursor);
    if (doc->value_count == MU_JSON_VALUES_MOST) {
        mu_json_doc_complain(doc, 0, s->cursor.at, "json.size", NULL,
                             _("more than %d values in one file"), (int)MU_JSON_VALUES_MOST);
        return false;
    }
    const uint32_t node = mu_json_doc_push(doc, s->cursor.at, has_key ? key_at : s->cursor.at);
    if (doc->no_memory || (has_key && !push_key(s, key_at, node))) {
        return false;
    }
    s->cursor.node = node;
    *opened = peek(s) == '[' || peek(s) == '{';
    return *opened ? open_list_or_object(s, node) : scan_scalar(s);
}

/* Behind a value: closes what closes here, until a comma says that another value follows. */
static bool scan_closings(scan *s, bool just_opened) {
    for (; s->depth > 0; just_opened = false) {
        const bool is_list = s->open[s->depth - 1].is_list;
        s->cursor.node = s->open[s->depth - 1].node;
        mu_json_skip_space(&s->cursor);
        if (peek(s) == (is_list ? ']' : '}')) {
            close_value(s);
            continue;
        }
        if (just_opened) {
            return true;
        }
        if (peek(s) != ',') {
            return mu_json_refuse(&s->cursor, is_list ? _("\",\" or \"]\"") : _("\",\" or \"}\""),
                                  NULL);
        }
        const uint32_t comma_at = s->cursor.at++;
        mu_json_skip_space(&s->cursor);
        if (peek(s) == ']' || peek(s) == '}') {
            mu_json_doc_complain(s->cursor.doc, s->cursor.node, comma_at, "json.syntax",
                                 _("remove the comma"), _("a comma behind the last item"));
            return false;
        }
        return true;
    }
    return true;
}

static bool scan_text(scan *s) {
    mu_json_skip_space(&s->cursor);
    if (s->cursor.at == s->cursor.doc->length) {
        mu_json_doc_complain(s->cursor.doc, 0, 0, "json.truncated", NULL, _("the file is empty"));
        return false;
    }
    do {
        bool opened = false;
        if (!scan_item(s, &opened) || !scan_closings(s, opened)) {
            return false;
        }
    } while (s->depth > 0);
    mu_json_skip_space(&s->cursor);
    if (s->cursor.at < s->cursor.doc->length) {
        mu_json_doc_complain(s->cursor.doc, 0, s->cursor.at, "json.trailing",
                             _("a file holds one object; remove what follows it"),
                             _("something follows the end of the JSON text"));
        return false;
    }
    return true;
}

/* UTF-16 and UTF-32, which some editors write, have zero bytes in their first four. */
static bool is_wide(const mu_json_doc *doc) {
    const size_t looked_at = doc->length < 4 ? doc->length : 4;
    return doc->length > 1 && memchr(doc->text, 0, looked_at) != NULL;
}

mu_status mu_json_scan(mu_json_doc *doc) {
    if (is_wide(doc)) {
        mu_json_doc_complain(doc, 0, 0, "json.encoding", _("save the file as UTF-8"),
                             _("this is not UTF-8 text"));
        return MU_ERR_INPUT;
    }
    scan s = {.cursor = {.doc = doc}};
    const bool well_formed = scan_text(&s);
    while (s.depth > 0) { /* so that paths can be told of what has been read */
        doc->values[s.open[--s.depth].node].end = doc->value_count;
    }
    free(s.keys);
    if (doc->no_memory) {
        return MU_ERR_MEMORY;
    }
    return well_formed ? MU_OK : MU_ERR_INPUT;
}

static bool has_key(const mu_json_doc *doc, uint32_t node, const char *key) {
    const size_t length = strlen(key);
    const char *found = doc->text + doc->values[node].key_at + 1;
    return strncmp(found, key, length) == 0 && found[length] == '"';
}

uint32_t mu_json_member(const mu_json_doc *doc, uint32_t node, const char *key) {
    const mu_json_value *values = doc->values;
    if (node >= doc->value_count || doc->text[values[node].at] != '{') {
        return 0;
    }
    for (uint32_t child = node + 1; child < values[node].end; child = values[child].end) {
        if (has_key(doc, child, key)) {
            return child;
        }
    }
    return 0;
}
