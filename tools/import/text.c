/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names and ids: what other people's plans call things becomes Latin text for names and short ASCII
 * words for ids, so that an id can be typed and stays the same from one import to the next. */
#include "tools/import/draft.h"

#include <ctype.h>
#include <string.h>

#define NAME_MOST 200 /* bytes, about */

/* U+0430 to U+044F; BGN/PCGN 1947 as used for Russian names, without apostrophes. */
static const char *const cyrillic[32] = {
    "a", "b", "v", "g", "d", "e",  "zh", "z",  "i",  "y",    "k", "l", "m", "n", "o",  "p",
    "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "",  "y", "",  "e", "yu", "ya"};

/* Decodes one UTF-8 character; 0 for a broken one. */
static uint32_t next_character(const unsigned char **at) {
    const unsigned char *byte = *at;
    uint32_t code = *byte;
    int more = code >= 0xf0 ? 3 : code >= 0xe0 ? 2 : code >= 0xc0 ? 1 : 0;
    code = more == 3 ? code & 0x07U : more == 2 ? code & 0x0fU : more == 1 ? code & 0x1fU : code;
    byte++;
    bool broken = more == 0 && code >= 0x80;
    for (; more > 0 && (*byte & 0xc0U) == 0x80U; more--) {
        code = (code << 6) | (*byte++ & 0x3fU);
    }
    *at = byte;
    return broken || more > 0 ? 0 : code;
}

/* The Latin letters of a Cyrillic one, or NULL. */
static const char *latin_of(uint32_t code, bool *upper) {
    *upper = code >= 0x0410 && code <= 0x042f;
    if (code == 0x0401 || code == 0x0451) {
        *upper = code == 0x0401;
        return "yo";
    }
    uint32_t lower = *upper ? code + 0x20 : code;
    return lower >= 0x0430 && lower <= 0x044f ? cyrillic[lower - 0x0430] : NULL;
}

static bool is_trimmed(char byte) {
    return byte == ' ' || byte == '-' || byte == '\t' || byte == '\n';
}

const char *mu_text_latin(mu_draft *draft, const char *text) {
    char *out = mu_draft_alloc(draft, 4 * strlen(text) + 1, 1);
    size_t length = 0;
    const unsigned char *at = (const unsigned char *)text;
    while (*at != '\0' && length < NAME_MOST) {
        const unsigned char *start = at;
        bool upper = false;
        uint32_t code = next_character(&at);
        const char *latin = latin_of(code, &upper);
        if (latin != NULL) {
            size_t more = strlen(latin);
            memcpy(out + length, latin, more);
            if (upper && more > 0) {
                out[length] = (char)toupper((unsigned char)out[length]);
            }
            length += more;
        } else if (code >= 0x20 && (code < 0x7f || code >= 0xa0)) {
            memcpy(out + length, start, (size_t)(at - start));
            length += (size_t)(at - start);
        }
    }
    while (length > 0 && is_trimmed(out[length - 1])) {
        length--;
    }
    out[length] = '\0';
    return out + strspn(out, " \t\n");
}

const char *mu_text_slug(mu_draft *draft, const char *text, size_t most) {
    const char *latin = mu_text_latin(draft, text);
    char *out = mu_draft_alloc(draft, strlen(latin) + 1, 1);
    size_t length = 0;
    for (const char *at = latin; *at != '\0'; at++) {
        unsigned char byte = (unsigned char)*at;
        if (byte < 0x80 && isalnum(byte)) {
            out[length++] = (char)tolower(byte);
        } else if (length > 0 && out[length - 1] != '-') {
            out[length++] = '-';
        }
    }
    if (length > most) {
        size_t cut = most;
        while (cut > 0 && out[cut] != '-') {
            cut--;
        }
        length = cut > 0 ? cut : most;
    }
    while (length > 0 && out[length - 1] == '-') {
        length--;
    }
    out[length] = '\0';
    return out;
}

/* 8-4-4-4-12 hexadecimal digits. */
static bool is_uuid(const char *text) {
    for (size_t i = 0; i < 36; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : isxdigit((unsigned char)text[i]) == 0) {
            return false;
        }
    }
    return text[36] == '\0';
}

const char *mu_text_tag(mu_draft *draft, const char *source_id, bool longer) {
    if (!longer && is_uuid(source_id)) {
        return mu_text_slug(draft, mu_draft_print(draft, "u%.4s", source_id), 5);
    }
    uint64_t hash = mu_hash_bytes(MU_HASH_START, source_id, strlen(source_id));
    hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdU; /* spreads what the last byte changed */
    hash ^= hash >> 33;
    return longer ? mu_draft_print(draft, "x%08llx", (unsigned long long)(hash >> 32))
                  : mu_draft_print(draft, "x%04llx", (unsigned long long)(hash >> 48));
}

bool mu_text_is_category(const char *category, const char *word) {
    size_t length = strlen(word);
    return strncmp(category, word, length) == 0 &&
           (category[length] == '\0' || category[length] == '.');
}
