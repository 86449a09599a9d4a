/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "edit/layout.h"

#include <stdlib.h>
#include <string.h>

#include "core/json_edit.h"
#include "core/json_scan.h"

typedef struct printing {
    const mu_json_doc *doc;
    FILE *out; /* NULL: only counted */
    int letters;
} printing;

/* Chinese letters and their punctuation, U+2E80 and up, are as wide as two others; they and only
 * they begin with a byte from 0xE2 0xBA on. */
static bool is_wide(const char *text) {
    const unsigned char first = (unsigned char)text[0], second = (unsigned char)text[1];
    return first > 0xE2U || (first == 0xE2U && second >= 0xBAU);
}

int mu_layout_letters(const char *text, size_t bytes) {
    int letters = 0;
    for (size_t i = 0; i < bytes; i++) {
        const bool begins = ((unsigned char)text[i] & 0xC0U) != 0x80U;
        letters += begins ? 1 + is_wide(text + i) : 0;
    }
    return letters;
}

static void put(printing *p, const char *text, size_t bytes) {
    p->letters += mu_layout_letters(text, bytes);
    if (p->out != NULL) {
        (void)fwrite(text, 1, bytes, p->out);
    }
}

static void put_range(printing *p, uint32_t from, uint32_t to) {
    put(p, p->doc->text + from, to - from);
}

static bool is_nested(const mu_json_doc *doc, uint32_t node) {
    const char first = doc->text[doc->values[node].at];
    return first == '{' || first == '[';
}

static const char *closing(const mu_json_doc *doc, uint32_t node) {
    return doc->text[doc->values[node].at] == '{' ? "}" : "]";
}

static void put_flat(printing *p, uint32_t node, bool with_key);

static void put_parts_flat(printing *p, uint32_t node) {
    const uint32_t end = p->doc->values[node].end;
    put_range(p, p->doc->values[node].at, p->doc->values[node].at + 1);
    for (uint32_t part = node + 1; part < end; part = p->doc->values[part].end) {
        if (part != node + 1) {
            put(p, ", ", 2);
        }
        put_flat(p, part, true);
    }
    put(p, closing(p->doc, node), 1);
}

static void put_key(printing *p, uint32_t node) {
    const mu_json_value *v = &p->doc->values[node];
    if (v->key_at == v->at) {
        return;
    }
    uint32_t end = v->key_at + 1;
    while (p->doc->text[end] != '"') {
        end += p->doc->text[end] == '\\' ? 2 : 1;
    }
    put_range(p, v->key_at, end + 1);
    put(p, ": ", 2);
}

static void put_flat(printing *p, uint32_t node, bool with_key) {
    if (with_key) {
        put_key(p, node);
    }
    if (is_nested(p->doc, node)) {
        put_parts_flat(p, node);
    } else {
        put_range(p, p->doc->values[node].at, mu_json_value_end(p->doc, node));
    }
}

static int flat_letters(const mu_json_doc *doc, uint32_t node, bool with_key) {
    printing counting = {.doc = doc};
    put_flat(&counting, node, with_key);
    return counting.letters;
}

static void new_line(printing *p, int indent) {
    put(p, "\n", 1);
    for (int i = 0; i < indent; i++) {
        put(p, " ", 1);
    }
    p->letters = indent;
}

static void put_value(printing *p, uint32_t node, int indent, int behind);

/* Parts one after the other, as many on a line as it holds; what is broken itself stands alone. */
static void put_parts_filled(printing *p, uint32_t node, int indent) {
    const uint32_t end = p->doc->values[node].end;
    bool fresh = true; /* the next part begins a line */
    for (uint32_t part = node + 1; part < end; part = p->doc->values[part].end) {
        const int letters = flat_letters(p->doc, part, true);
        const int behind = p->doc->values[part].end < end;
        const bool is_broken =
            is_nested(p->doc, part) && indent + letters + behind > MU_LAYOUT_WIDTH;
        if (part != node + 1) {
            put(p, ",", 1);
        }
        if (fresh || is_broken || p->letters + 1 + letters + behind > MU_LAYOUT_WIDTH) {
            new_line(p, indent);
        } else {
            put(p, " ", 1);
        }
        put_key(p, part);
        put_value(p, part, indent, behind);
        fresh = is_broken;
    }
}

static void put_value(printing *p, uint32_t node, int indent, int behind) {
    const bool is_empty = p->doc->values[node].end == node + 1;
    if (!is_nested(p->doc, node) || is_empty ||
        p->letters + flat_letters(p->doc, node, false) + behind <= MU_LAYOUT_WIDTH) {
        put_flat(p, node, false);
        return;
    }
    put_range(p, p->doc->values[node].at, p->doc->values[node].at + 1);
    put_parts_filled(p, node, indent + 2);
    new_line(p, indent);
    put(p, closing(p->doc, node), 1);
}

void mu_layout_print(const mu_json_doc *doc, uint32_t node, int indent, int column, int behind,
                     FILE *out) {
    printing p = {.doc = doc, .out = out, .letters = column};
    put_value(&p, node, indent, behind);
}

void mu_layout_print_flat(const mu_json_doc *doc, uint32_t node, FILE *out) {
    printing p = {.doc = doc, .out = out};
    put_flat(&p, node, false);
}

char *mu_layout_text(const char *text, int indent, int column, int behind) {
    char *copy = strdup(text), *result = NULL;
    mu_json_doc *doc = copy != NULL ? mu_json_doc_create("", copy, strlen(copy)) : NULL;
    size_t length = 0;
    FILE *out = doc != NULL && mu_json_scan(doc) == MU_OK ? open_memstream(&result, &length) : NULL;
    if (out != NULL) {
        mu_layout_print(doc, 0, indent, column, behind, out);
        if (fclose(out) != 0) {
            free(result);
            result = NULL;
        }
    }
    mu_json_doc_destroy(doc);
    return result;
}
