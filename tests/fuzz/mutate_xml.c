/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mutation of XML that mostly leaves it well-formed: elements doubled, moved and taken away whole,
 * values of attributes and texts changed for others of the same file, numbers for their edges. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "fuzz.h"

enum { TOKENS_MOST = 4000, SPAN_MOST = 1 << 14 };

/* A tag, or the text between two. */
typedef struct token {
    size_t from, to;
} token;

typedef struct text {
    uint8_t *data;
    size_t size, most;
    token tokens[TOKENS_MOST];
    unsigned count;
    uint64_t luck;
} text;

static size_t below(text *t, size_t count) {
    return count == 0 ? 0 : (size_t)(fuzz_draw(&t->luck) % count);
}

static bool split(text *t) {
    t->count = 0;
    for (size_t at = 0; at < t->size && t->count < TOKENS_MOST;) {
        const bool tag = t->data[at] == '<';
        const uint8_t *end = memchr(t->data + at, tag ? '>' : '<', t->size - at);
        const size_t to = end == NULL ? t->size : (size_t)(end - t->data) + tag;
        t->tokens[t->count++] = (token){at, to};
        at = to;
    }
    return t->count > 2 && t->count < TOKENS_MOST;
}

static bool is_open(const text *t, unsigned k) {
    const token *at = &t->tokens[k];
    return t->data[at->from] == '<' && at->to - at->from > 2 &&
           (isalpha(t->data[at->from + 1]) != 0);
}

/* A tag that begins an element, and the place behind the end of it; false where none was met. */
static bool pick_element(text *t, token *out) {
    for (int tries = 0; tries < 20; tries++) {
        const unsigned first = (unsigned)below(t, t->count);
        int depth = 0;
        for (unsigned k = first; is_open(t, first) && k < t->count; k++) {
            const token *at = &t->tokens[k];
            const bool closes = t->data[at->from] == '<' && t->data[at->from + 1] == '/';
            depth += is_open(t, k) && t->data[at->to - 2] != '/';
            depth -= closes;
            if (depth <= 0) {
                *out = (token){t->tokens[first].from, at->to};
                return at->to - out->from <= SPAN_MOST;
            }
        }
    }
    return false;
}

/* The value of some attribute, or a text between tags; without its quotes. */
static bool pick_value(text *t, token *out) {
    for (int tries = 0; tries < 20; tries++) {
        const token *at = &t->tokens[below(t, t->count)];
        if (t->data[at->from] != '<') {
            *out = *at;
            return at->to - at->from <= SPAN_MOST;
        }
        size_t quotes[64];
        unsigned count = 0;
        for (size_t i = at->from; i < at->to && count < 64; i++) {
            quotes[count] = i;
            count += t->data[i] == '"' || t->data[i] == '\'';
        }
        if (count >= 2) {
            const size_t pair = 2 * below(t, count / 2);
            *out = (token){quotes[pair] + 1, quotes[pair + 1]};
            return true;
        }
    }
    return false;
}

static size_t change_with(text *t, token at, const void *with, size_t length) {
    return fuzz_splice(t->data, t->size, t->most, at.from, at.to, with, length);
}

static size_t copy_value(text *t) {
    uint8_t with[SPAN_MOST];
    token into, from;
    if (!pick_value(t, &into) || !pick_value(t, &from)) {
        return 0;
    }
    memcpy(with, t->data + from.from, from.to - from.from);
    return change_with(t, into, with, from.to - from.from);
}

static size_t odd_value(text *t) {
    static const char *const odd[] = {
        "",           "0",         "-1",   "1e308",        "nan",  "65536",
        "4294967296", "&lt;&amp;", "A1",   "XFD1048576",   "true", "s",
        "str",        "inlineStr", "a b",  "\xe6\xb1\x89", "1.5",  "0.001",
        "http://x",   "../../x",   "&#0;", "&#x10ffff;"};
    token into;
    const char *with = odd[below(t, sizeof odd / sizeof odd[0])];
    return pick_value(t, &into) ? change_with(t, into, with, strlen(with)) : 0;
}

static size_t change_number(text *t) {
    for (int tries = 0; tries < 30; tries++) {
        token at;
        if (!pick_value(t, &at)) {
            return 0;
        }
        size_t first = at.from;
        while (first < at.to && isdigit(t->data[first]) == 0) {
            first++;
        }
        size_t end = first;
        while (end < at.to && (isdigit(t->data[end]) != 0 || t->data[end] == '.')) {
            end++;
        }
        if (end > first && end - first < 20) {
            char now[24], next[40];
            snprintf(now, sizeof now, "%.*s", (int)(end - first), (const char *)t->data + first);
            const double value = strtod(now, NULL);
            const double values[] = {value + 1, value - 1,    value * 2,           value / 2,
                                     0,         value * 1000, (double)below(t, 50)};
            snprintf(next, sizeof next, "%.9g", values[below(t, sizeof values / sizeof values[0])]);
            return change_with(t, (token){first, end}, next, strlen(next));
        }
    }
    return 0;
}

static size_t double_element(text *t) {
    uint8_t with[SPAN_MOST];
    token one;
    if (!pick_element(t, &one)) {
        return 0;
    }
    const size_t length = one.to - one.from;
    memcpy(with, t->data + one.from, length);
    const size_t to = below(t, 2) == 0 ? one.to : t->tokens[below(t, t->count)].to;
    return change_with(t, (token){to, to}, with, length);
}

static size_t remove_element(text *t) {
    token one;
    return pick_element(t, &one) ? change_with(t, one, "", 0) : 0;
}

static size_t replace_element(text *t) {
    uint8_t with[SPAN_MOST];
    token into, from;
    if (!pick_element(t, &into) || !pick_element(t, &from)) {
        return 0;
    }
    memcpy(with, t->data + from.from, from.to - from.from);
    return change_with(t, into, with, from.to - from.from);
}

static size_t remove_token(text *t) {
    return change_with(t, t->tokens[below(t, t->count)], "", 0);
}

size_t fuzz_mutate_xml(uint8_t *data, size_t size, size_t most, unsigned seed) {
    static size_t (*const ways[])(text *) = {
        change_number,  change_number,  change_number,  copy_value,      copy_value, odd_value,
        double_element, double_element, remove_element, replace_element, odd_value,  remove_token};
    static text t;
    t.data = data;
    t.size = size;
    t.most = most;
    t.luck = seed;
    size_t length = 0;
    for (size_t times = 1 + below(&t, 3); times > 0 && split(&t); times--) {
        const size_t made = ways[below(&t, sizeof ways / sizeof ways[0])](&t);
        t.size = length = made > 0 ? made : t.size;
    }
    return length;
}
