/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names and ids: what other people's plans call things becomes Latin text for names and short ASCII
 * words for ids, so that an id can be typed and stays the same from one import to the next. */
#include "tools/import/draft.h"

#include <ctype.h>
#include <string.h>

/* U+0430 to U+044F; BGN/PCGN 1947 as used for Russian names, without apostrophes. */
static const char *const cyrillic[32] = {"a", "b", "v", "g", "d", "e",  "zh", "z",  "i",    "y", "k",
                                         "l", "m", "n", "o", "p", "r",  "s",  "t",  "u",    "f", "kh",
                                         "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya"};

/* Decodes one UTF-8 character; a broken byte stands for itself. */
static uint32_t next_character(const unsigned char **at) {
    const unsigned char *byte = *at;
    uint32_t code = *byte;
    int more = code >= 0xf0 ? 3 : code >= 0xe0 ? 2 : code >= 0xc0 ? 1 : 0;
    code = more == 3 ? code & 0x07U : more == 2 ? code & 0x0fU : more == 1 ? code & 0x1fU : code;
    byte++;
    for (; more > 0 && (*byte & 0xc0U) == 0x80U; more--) {
        code = (code << 6) | (*byte++ & 0x3fU);
    }
    *at = byte;
    return code;
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
    while (*at != '\0') {
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
        } else if (code >= 0x20 && code != 0x7f) {
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

const char *mu_text_tag(mu_draft *draft, const char *source_id, size_t digits) {
    char *out = mu_draft_alloc(draft, digits + 2, 1);
    size_t length = 0;
    out[length++] = 'u';
    for (const char *at = source_id; *at != '\0' && length <= digits; at++) {
        if (isalnum((unsigned char)*at)) {
            out[length++] = (char)tolower((unsigned char)*at);
        }
    }
    return out;
}

bool mu_text_is_category(const char *category, const char *word) {
    size_t length = strlen(word);
    return strncmp(category, word, length) == 0 &&
           (category[length] == '\0' || category[length] == '.');
}
