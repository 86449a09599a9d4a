/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Type: how wide text is and what its letters look like. The window has real fonts behind this
 * (platform_sdl.c); tests and the SVG writer have estimates that need none. */
#ifndef MU_RENDER_TYPE_H
#define MU_RENDER_TYPE_H

#include "render/draw.h"

/* A text's coverage, 0 … 255, with the base line `ascent` rows below its top. */
typedef struct mu_mask {
    const uint8_t *alpha;
    int width, height, stride;
    int left;   /* where it begins, from the text's start */
    int ascent; /* rows above the base line */
} mu_mask;

typedef struct mu_type {
    void *with;
    double (*width)(void *with, mu_font font, const char *text, size_t bytes);
    /* False where there is nothing to draw; the mask is borrowed until the next call. */
    bool (*mask)(void *with, mu_font font, double outline, const char *text, size_t bytes,
                 mu_mask *out);
} mu_type;

/* Widths by rule: an em for a Chinese letter, about half of one for a Latin one. No letters. */
mu_type mu_type_plain(void);

/* The next letter of UTF-8: its length in bytes (1 for a broken one) and its code point. */
size_t mu_utf8_step(const char *text, size_t bytes, uint32_t *letter);

/* Bytes of `text` that fit into `width` without breaking a word: after a blank, or between Chinese
 * letters, but not before a mark that may not begin a line, nor after one that may not end it. If
 * not even one word fits, as many letters as do, at least one. */
size_t mu_type_fit(const mu_type *type, mu_font font, const char *text, size_t bytes, double width);

typedef struct mu_text_line {
    const char *text;
    size_t bytes; /* without blanks at its end */
} mu_text_line;
/* Breaks a text into at most `most` lines and returns how many it would take. */
uint32_t mu_type_wrap(const mu_type *type, mu_font font, const char *text, double width,
                      mu_text_line *out, uint32_t most);
/* Copies `text` into `out`, ending in … where it is wider than `width`. */
void mu_type_shorten(const mu_type *type, mu_font font, const char *text, double width, char *out,
                     size_t room);

#endif
