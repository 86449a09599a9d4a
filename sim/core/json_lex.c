/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strict JSON tokens. cJSON lets much pass that is no JSON or cannot be kept (1e999, bare control
 * characters, broken UTF-8), so each token is checked here before cJSON sees the text, and what
 * people commonly write in its place gets advice of its own. */
#include "core/json_lex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"

enum { NUMBER_MOST = 63 }; /* characters of a number that cJSON 1.7.15 takes */

static char peek(const mu_json_cursor *cursor) {
    return cursor->doc->text[cursor->at];
}

static bool is_end(const mu_json_cursor *cursor) {
    return cursor->at >= cursor->doc->length;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_word_char(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool mu_json_refuse(const mu_json_cursor *cursor, const char *expected, const char *advice) {
    const unsigned char c = (unsigned char)peek(cursor);
    char found[32];
    if (is_end(cursor)) {
        mu_json_doc_complain(cursor->doc, cursor->node, cursor->at, "json.truncated",
                             _("the end of the file seems to be missing"),
                             _("the file ends where %s was expected"), expected);
        return false;
    }
    if (c > ' ' && c < 0x7f) {
        snprintf(found, sizeof found, "'%c'", c);
    } else {
        snprintf(found, sizeof found, "0x%02x", c);
    }
    mu_json_doc_complain(cursor->doc, cursor->node, cursor->at, "json.syntax", advice,
                         _("expected %s, found %s"), expected, found);
    return false;
}

void mu_json_skip_space(mu_json_cursor *cursor) {
    for (;; cursor->at++) {
        const char c = peek(cursor);
        if (c == '\n') {
            mu_json_doc_add_line(cursor->doc, cursor->at + 1);
        } else if (c != ' ' && c != '\t' && c != '\r') {
            return;
        }
    }
}

/* The length of the well-formed UTF-8 sequence at `at` (RFC 3629: shortest form, no surrogates, at
 * most U+10FFFF); 0 if there is none. The 0 behind the text ends every sequence. */
static uint32_t utf8_length(const unsigned char *at) {
    const unsigned char c = at[0];
    if (c < 0x80) {
        return 1;
    }
    const uint32_t length = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
    if (c < 0xc2 || c > 0xf4 || (c == 0xe0 && at[1] < 0xa0) || (c == 0xed && at[1] > 0x9f) ||
        (c == 0xf0 && at[1] < 0x90) || (c == 0xf4 && at[1] > 0x8f)) {
        return 0;
    }
    for (uint32_t i = 1; i < length; i++) {
        if ((at[i] & 0xc0) != 0x80) {
            return 0;
        }
    }
    return length;
}

/* Four hexadecimal digits as a number; -1 if they are not. */
static int32_t hex4(const char *at) {
    int32_t value = 0;
    for (int i = 0; i < 4; i++) {
        const char c = at[i];
        const int digit = is_digit(c)            ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0) {
            return -1;
        }
        value = value * 16 + digit;
    }
    return value;
}

static bool is_high_surrogate(int32_t unit) {
    return unit >= 0xd800 && unit <= 0xdbff;
}

static bool is_low_surrogate(int32_t unit) {
    return unit >= 0xdc00 && unit <= 0xdfff;
}

/* Behind "\u": one unit, or two where the first opens a surrogate pair. */
static bool skip_unicode(mu_json_cursor *cursor) {
    const char *at = cursor->doc->text + cursor->at;
    const int32_t unit = hex4(at);
    if (unit < 0) {
        return mu_json_refuse(cursor, _("four hexadecimal digits behind \\u"), NULL);
    }
    if (unit == 0) {
        return mu_json_refuse(cursor, _("a character other than \\u0000"), NULL);
    }
    cursor->at += 4;
    if (!is_high_surrogate(unit) && !is_low_surrogate(unit)) {
        return true;
    }
    if (is_low_surrogate(unit) || at[4] != '\\' || at[5] != 'u' ||
        !is_low_surrogate(hex4(at + 6))) {
        return mu_json_refuse(cursor, _("both halves of a surrogate pair"),
                              _("write the character itself in UTF-8"));
    }
    cursor->at += 6;
    return true;
}

static bool skip_escape(mu_json_cursor *cursor) {
    cursor->at++;
    const char c = peek(cursor);
    if (c == 'u') {
        cursor->at++;
        return skip_unicode(cursor);
    }
    if (c == '\0' || !strchr("\"\\/bfnrt", c)) {
        return mu_json_refuse(cursor, _("one of \" \\ / b f n r t u behind a backslash"),
                              _("write a backslash itself as \\\\"));
    }
    cursor->at++;
    return true;
}

static bool refuse_in_string(mu_json_cursor *cursor, uint32_t opened_at) {
    const unsigned char c = (unsigned char)peek(cursor);
    if (is_end(cursor) || c == '\n') {
        const uint32_t at = is_end(cursor) ? opened_at : cursor->at;
        mu_json_doc_complain(cursor->doc, cursor->node, at,
                             is_end(cursor) ? "json.truncated" : "json.syntax",
                             _("write a line break within a text as \\n"),
                             _("a text in quotes is not closed on its line"));
    } else if (c < ' ') {
        mu_json_doc_complain(cursor->doc, cursor->node, cursor->at, "json.control",
                             _("write a tab as \\t, and leave other control characters out"),
                             _("control character 0x%02x within a text"), c);
    } else {
        mu_json_doc_complain(cursor->doc, cursor->node, cursor->at, "json.encoding",
                             _("save the file as UTF-8"), _("byte 0x%02x is not valid UTF-8 here"),
                             c);
    }
    return false;
}

bool mu_json_skip_string(mu_json_cursor *cursor) {
    const uint32_t opened_at = cursor->at++;
    for (;;) {
        const unsigned char c = (unsigned char)peek(cursor);
        if (c == '"') {
            cursor->at++;
            return true;
        }
        if (c == '\\') {
            if (!skip_escape(cursor)) {
                return false;
            }
            continue;
        }
        const uint32_t length = utf8_length((const unsigned char *)cursor->doc->text + cursor->at);
        if (c < ' ' || length == 0) {
            return refuse_in_string(cursor, opened_at);
        }
        cursor->at += length;
    }
}

/* Whether the decimal number in [at, end) rounds to infinity. It is read as 0.DDD… times a power of
 * ten; the largest double is 0.17976931348623157… times 10^309, and from half a unit above it,
 * given here to 20 digits, everything rounds up. Needs no strtod, hence no locale. */
static bool is_too_large(const char *at, const char *end) {
    static const char least_infinite[] = "17976931348623158079";
    char digits[sizeof least_infinite] = "";
    long power = 0;
    size_t count = 0;
    bool behind_point = false;
    for (; at < end && *at != 'e' && *at != 'E'; at++) {
        if (*at == '.') {
            behind_point = true;
        }
        if (!is_digit(*at)) {
            continue;
        }
        const bool leads = count == 0 && *at == '0';
        power += behind_point ? (leads ? -1 : 0) : (leads ? 0 : 1);
        if (!leads && count < sizeof digits - 1) {
            digits[count++] = *at;
        }
    }
    if (count == 0) {
        return false; /* zero, whatever its exponent */
    }
    const long exponent = at < end ? strtol(at + 1, NULL, 10) : 0;
    power += exponent > 9999 ? 9999 : exponent < -9999 ? -9999 : exponent;
    return power > 309 || (power == 309 && strcmp(digits, least_infinite) >= 0);
}

static bool skip_digits(mu_json_cursor *cursor, const char *expected) {
    if (!is_digit(peek(cursor))) {
        return mu_json_refuse(cursor, _(expected), NULL); /* asked for only where it is said */
    }
    while (is_digit(peek(cursor))) {
        cursor->at++;
    }
    return true;
}

static bool skip_number_parts(mu_json_cursor *cursor) {
    if (peek(cursor) == '-') {
        cursor->at++;
    }
    const uint32_t first = cursor->at;
    if (!skip_digits(cursor, N_("a digit"))) {
        return false;
    }
    if (cursor->doc->text[first] == '0' && cursor->at > first + 1) {
        cursor->at = first;
        return mu_json_refuse(cursor, _("a number without leading zeros"), NULL);
    }
    if (peek(cursor) == '.') {
        cursor->at++;
        if (!skip_digits(cursor, N_("a digit behind the decimal point"))) {
            return false;
        }
    }
    if (peek(cursor) == 'e' || peek(cursor) == 'E') {
        cursor->at++;
        if (peek(cursor) == '+' || peek(cursor) == '-') {
            cursor->at++;
        }
        return skip_digits(cursor, N_("a digit of the exponent"));
    }
    return true;
}

bool mu_json_skip_number(mu_json_cursor *cursor) {
    const uint32_t start = cursor->at;
    if (!skip_number_parts(cursor)) {
        return false;
    }
    const char *text = cursor->doc->text;
    if (cursor->at - start > NUMBER_MOST) {
        mu_json_doc_complain(cursor->doc, cursor->node, start, "json.number",
                             _("17 digits are all that a number can keep"),
                             _("a number of more than %d characters"), (int)NUMBER_MOST);
        return false;
    }
    if (is_too_large(text + start, text + cursor->at)) {
        mu_json_doc_complain(cursor->doc, cursor->node, start, "json.number", NULL,
                             _("%.*s is too large to be kept as a number"),
                             (int)(cursor->at - start), text + start);
    }
    return true;
}

/* Advice on what people write that JSON has no form for. */
static const char *advice_on_word(const char *word, size_t length) {
    static const struct {
        const char *word, *advice;
    } known[] = {
        {"NaN", N_("JSON has no such number; leave the key out")},
        {"nan", N_("JSON has no such number; leave the key out")},
        {"Infinity", N_("JSON has no such number; leave the key out")},
        {"inf", N_("JSON has no such number; leave the key out")},
        {"True", N_("write true")},
        {"TRUE", N_("write true")},
        {"yes", N_("write true")},
        {"False", N_("write false")},
        {"FALSE", N_("write false")},
        {"no", N_("write false")},
        {"None", N_("leave the key out")},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strlen(known[i].word) == length && strncmp(known[i].word, word, length) == 0) {
            return _(known[i].advice);
        }
    }
    return _("text is written in double quotes");
}

static const char *advice_on_value(char c, const char *word, size_t length) {
    switch (c) {
    case '\'':
        return _("text is written in double quotes");
    case '/':
    case '#':
        return _("JSON has no comments; most records take a \"story\" or \"note\" instead");
    case '+':
        return _("write the number without its sign");
    case '.':
        return _("write a 0 before the decimal point");
    default:
        return length ? advice_on_word(word, length) : NULL;
    }
}

bool mu_json_skip_word(mu_json_cursor *cursor) {
    const char *word = cursor->doc->text + cursor->at;
    size_t length = 0;
    while (is_word_char(word[length])) {
        length++;
    }
    if ((length == 4 && (memcmp(word, "true", 4) == 0 || memcmp(word, "null", 4) == 0)) ||
        (length == 5 && memcmp(word, "false", 5) == 0)) {
        cursor->at += (uint32_t)length;
        return true;
    }
    return mu_json_refuse(cursor, _("a value"), advice_on_value(word[0], word, length));
}

static int32_t next_escaped(const char **at) {
    static const char letters[] = "bfnrt", meanings[] = "\b\f\n\r\t";
    const char c = *(*at)++;
    if (c != 'u') {
        const char *letter = strchr(letters, c);
        return letter ? meanings[letter - letters] : c;
    }
    int32_t unit = hex4(*at);
    *at += 4;
    if (is_high_surrogate(unit)) {
        unit = 0x10000 + ((unit - 0xd800) << 10) + (hex4(*at + 2) - 0xdc00);
        *at += 6;
    }
    return unit;
}

int32_t mu_json_next_char(const char **at) {
    const unsigned char c = (unsigned char)**at;
    if (c == '"') {
        return -1;
    }
    (*at)++;
    if (c == '\\') {
        return next_escaped(at);
    }
    if (c < 0x80) {
        return c;
    }
    const int more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : 1;
    int32_t value = c & (0x3f >> more);
    for (int i = 0; i < more; i++) {
        value = value << 6 | (*(*at)++ & 0x3f);
    }
    return value;
}
