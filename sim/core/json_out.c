/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stack of 'is there something before me?' is all the state that commas need. */
#include "core/json_out.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void put(mu_json_out *out, const char *text) {
    (void)fputs(text, out->stream);
}

static void break_line(mu_json_out *out) {
    if (out->compact || (out->flat > 0 && out->depth >= out->flat)) {
        return;
    }
    (void)fputc('\n', out->stream);
    for (int i = 0; i < out->depth; i++) {
        put(out, "  ");
    }
}

/* Comma, line and key before a value. */
static void lead_in(mu_json_out *out, const char *key) {
    if (out->depth > 0) {
        bool *filled = &out->filled[out->depth - 1];
        const bool flat = out->flat > 0 && out->depth >= out->flat;
        if (*filled) {
            put(out, flat && !out->compact ? ", " : ",");
        }
        break_line(out);
        *filled = true;
    }
    if (key != NULL) {
        (void)fprintf(out->stream, "\"%s\":%s", key, out->compact ? "" : " ");
    }
}

void mu_json_open(mu_json_out *out, const char *key, char bracket) {
    lead_in(out, key);
    (void)fputc(bracket, out->stream);
    assert(out->depth < MU_JSON_OUT_DEPTH_MOST);
    out->filled[out->depth++] = false;
}

void mu_json_open_flat(mu_json_out *out, const char *key, char bracket) {
    mu_json_open(out, key, bracket);
    if (out->flat == 0) {
        out->flat = out->depth;
    }
}

void mu_json_close(mu_json_out *out, char bracket) {
    const bool was_flat = out->flat > 0;
    const bool filled = out->filled[--out->depth];
    if (filled && !was_flat) {
        break_line(out);
    }
    if (out->flat > out->depth) {
        out->flat = 0;
    }
    (void)fputc(bracket, out->stream);
    if (out->depth == 0) {
        (void)fputc('\n', out->stream);
    }
}

void mu_json_put_null(mu_json_out *out, const char *key) {
    lead_in(out, key);
    put(out, "null");
}

void mu_json_put_bool(mu_json_out *out, const char *key, bool value) {
    lead_in(out, key);
    put(out, value ? "true" : "false");
}

void mu_json_put_int(mu_json_out *out, const char *key, int64_t value) {
    lead_in(out, key);
    (void)fprintf(out->stream, "%" PRId64, value);
}

void mu_json_put_count(mu_json_out *out, const char *key, uint64_t value) {
    lead_in(out, key);
    (void)fprintf(out->stream, "%" PRIu64, value);
}

void mu_json_print_real(double value, char out[32]) {
    for (int digits = 15; digits <= 17; digits++) {
        (void)snprintf(out, 32, "%.*g", digits, value);
        if (strtod(out, NULL) == value) {
            break;
        }
    }
    /* The decimal point is the only character that a locale changes. */
    char *other = out + strspn(out, "+-0123456789eE");
    if (*other != 0 && *other != '.') {
        const size_t more = strcspn(other, "0123456789");
        *other = '.';
        memmove(other + 1, other + more, strlen(other + more) + 1);
    }
}

void mu_json_put_real(mu_json_out *out, const char *key, double value) {
    if (!isfinite(value)) {
        mu_json_put_null(out, key);
        return;
    }
    char digits[32];
    mu_json_print_real(value == 0 ? 0 : value, digits); /* no negative zero */
    lead_in(out, key);
    put(out, digits);
}

/* Length of the UTF-8 character at `text` (RFC 3629); 0 where there is none. */
static size_t utf8_length(const unsigned char *text) {
    static const struct {
        unsigned char first_least, first_most, second_least, second_most, length;
    } rows[] = {
        {0x00, 0x7f, 0x80, 0xbf, 1}, {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
        {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
        {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4}};
    for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
        if (text[0] < rows[r].first_least || text[0] > rows[r].first_most) {
            continue;
        }
        for (size_t i = 1; i < rows[r].length; i++) {
            const unsigned char least = i == 1 ? rows[r].second_least : 0x80;
            const unsigned char most = i == 1 ? rows[r].second_most : 0xbf;
            if (text[i] < least || text[i] > most) {
                return 0;
            }
        }
        return rows[r].length;
    }
    return 0;
}

static void put_character(FILE *stream, const unsigned char *at, size_t length) {
    if (length == 0) {
        (void)fputs("\xEF\xBF\xBD", stream);
    } else if (*at == '"' || *at == '\\') {
        (void)fprintf(stream, "\\%c", *at);
    } else if (*at == '\n') {
        (void)fputs("\\n", stream);
    } else if (*at < 0x20 || *at == 0x7f) {
        (void)fprintf(stream, "\\u%04x", *at);
    } else {
        (void)fwrite(at, 1, length, stream);
    }
}

static void put_quoted(FILE *stream, const char *text) {
    (void)fputc('"', stream);
    const unsigned char *at = (const unsigned char *)text;
    while (*at != 0) {
        const size_t length = utf8_length(at);
        put_character(stream, at, length);
        at += length == 0 ? 1 : length;
    }
    (void)fputc('"', stream);
}

void mu_json_put_string(mu_json_out *out, const char *key, const char *text) {
    if (text == NULL) {
        mu_json_put_null(out, key);
        return;
    }
    lead_in(out, key);
    put_quoted(out->stream, text);
}

void mu_json_put_hash(mu_json_out *out, const char *key, uint64_t hash) {
    lead_in(out, key);
    (void)fprintf(out->stream, "\"%016" PRIx64 "\"", hash);
}

void mu_json_put_text(mu_json_out *out, const char *key, const mu_text *text) {
    const char *en = text->en != NULL ? text->en : text->zh;
    if (en == NULL) {
        mu_json_put_null(out, key);
        return;
    }
    mu_json_open_flat(out, key, '{');
    mu_json_put_string(out, "en", en);
    mu_json_put_string(out, "zh", text->zh != NULL ? text->zh : en);
    mu_json_close(out, '}');
}
