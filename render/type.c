/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Breaking lines. Chinese breaks between any two letters save around punctuation: what closes may
 * not begin a line and what opens may not end one (kinsoku, as GB/T 15834 asks of punctuation). */
#include "render/type.h"

#include <string.h>

size_t mu_utf8_step(const char *text, size_t bytes, uint32_t *letter) {
    const unsigned char *t = (const unsigned char *)text;
    const size_t length = t[0] < 0x80 ? 1 : t[0] < 0xc0 ? 1 : t[0] < 0xe0 ? 2 : t[0] < 0xf0 ? 3 : 4;
    static const unsigned char first[5] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    *letter = length == 1 ? t[0] : t[0] & first[length];
    for (size_t i = 1; i < length; i++) {
        if (i >= bytes || (t[i] & 0xc0) != 0x80) {
            *letter = 0xfffd;
            return 1;
        }
        *letter = *letter << 6 | (t[i] & 0x3f);
    }
    return length;
}

static double plain_width(void *with, mu_font font, const char *text, size_t bytes) {
    (void)with;
    double ems = 0;
    for (size_t at = 0; at < bytes;) {
        uint32_t letter;
        at += mu_utf8_step(text + at, bytes - at, &letter);
        ems += letter >= 0x2e80 ? 1 : letter == ' ' || letter == '.' || letter == ':' ? 0.28 : 0.56;
    }
    return ems * (double)font.size * (font.bold ? 1.04 : 1);
}

static bool plain_mask(void *with, mu_font font, double outline, const char *text, size_t bytes,
                       mu_mask *out) {
    (void)with, (void)font, (void)outline, (void)text, (void)bytes, (void)out;
    return false;
}

mu_type mu_type_plain(void) {
    return (mu_type){.width = plain_width, .mask = plain_mask};
}

static bool is_one_of(uint32_t letter, const char *set) {
    const size_t bytes = strlen(set);
    for (size_t at = 0; at < bytes;) {
        uint32_t one;
        at += mu_utf8_step(set + at, bytes - at, &one);
        if (one == letter) {
            return true;
        }
    }
    return false;
}

static bool may_begin(uint32_t letter) {
    return !is_one_of(letter, "，。、；：？！）》」』”’】〕…—·%,.;:?!)]}");
}

static bool may_end(uint32_t letter) {
    return !is_one_of(letter, "（《「『“‘【〔([{");
}

static bool breaks_between(uint32_t before, uint32_t after) {
    if (before == ' ') {
        return after != ' ';
    }
    const bool wide = before >= 0x2e80 || after >= 0x2e80;
    return wide && after != ' ' && may_end(before) && may_begin(after);
}

size_t mu_type_fit(const mu_type *type, mu_font font, const char *text, size_t bytes,
                   double width) {
    size_t at = 0, word = 0, letters = 0;
    uint32_t before = 0;
    while (at < bytes) {
        uint32_t letter;
        const size_t step = mu_utf8_step(text + at, bytes - at, &letter);
        if (at > 0 && breaks_between(before, letter)) {
            word = at;
        }
        const bool fits = type->width(type->with, font, text, at + step) <= width;
        if (!fits && letter != ' ') {
            return word > 0 ? word : letters > 0 ? letters : step;
        }
        at += step;
        letters = at;
        before = letter;
    }
    return bytes;
}

/* Where a line that would leave but one Chinese letter (and what closes behind it) for the next is
 * broken instead: one place before. */
static size_t leave_more(const mu_type *type, mu_font font, const char *text, size_t left,
                         size_t taken) {
    uint32_t letter;
    size_t at = taken + mu_utf8_step(text + taken, left - taken, &letter);
    bool alone = letter >= 0x2e80;
    while (alone && at < left) {
        at += mu_utf8_step(text + at, left - at, &letter);
        alone = !may_begin(letter);
    }
    if (!alone) {
        return taken;
    }
    const double less = type->width(type->with, font, text, taken) - 0.5;
    const size_t before = mu_type_fit(type, font, text, taken, less);
    return before > 0 && before < taken ? before : taken;
}

uint32_t mu_type_wrap(const mu_type *type, mu_font font, const char *text, double width,
                      mu_text_line *out, uint32_t most) {
    size_t left = strlen(text);
    uint32_t count = 0;
    while (left > 0) {
        size_t taken = mu_type_fit(type, font, text, left, width);
        taken = taken < left ? leave_more(type, font, text, left, taken) : taken;
        size_t shown = taken;
        while (shown > 0 && text[shown - 1] == ' ') {
            shown--;
        }
        if (count < most) {
            out[count] = (mu_text_line){text, shown};
        }
        count++;
        text += taken;
        left -= taken;
    }
    return count;
}

void mu_type_shorten(const mu_type *type, mu_font font, const char *text, double width, char *out,
                     size_t room) {
    const size_t bytes = strlen(text);
    size_t kept = 0;
    if (bytes < room && type->width(type->with, font, text, bytes) <= width) {
        memcpy(out, text, bytes + 1);
        return;
    }
    const double dots = type->width(type->with, font, "…", 3);
    for (size_t at = 0; at < bytes && at + 8 < room;) {
        uint32_t letter;
        at += mu_utf8_step(text + at, bytes - at, &letter);
        if (type->width(type->with, font, text, at) + dots > width) {
            break;
        }
        kept = at;
    }
    memcpy(out, text, kept);
    memcpy(out + kept, "…", 4);
}
