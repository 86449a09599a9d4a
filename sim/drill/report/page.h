/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text that grows, and the escapes that keep other people's words from becoming markup. */
#ifndef MU_DRILL_REPORT_PAGE_H
#define MU_DRILL_REPORT_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "muster/status.h"

typedef struct mu_page {
    char *text; /* NULL while empty */
    size_t length, room;
    bool no_memory; /* sticky */
} mu_page;

/* As it is: our own markup only. */
void mu_page_put(mu_page *page, const char *markup);
void mu_page_print(mu_page *page, const char *format, ...) MU_PRINTF(2, 3);
/* Escaped for HTML and SVG, in text and in quoted attributes. Control and bidirectional characters
 * come out as "[U+202E]", bytes that are not UTF-8 as U+FFFD. */
void mu_page_text(mu_page *page, const char *text);
/* printf, then escaped for HTML as a whole. */
void mu_page_say(mu_page *page, const char *format, ...) MU_PRINTF(2, 3);
/* Escaped for Markdown (CommonMark with tables); line breaks become blanks. */
void mu_page_mark(mu_page *page, const char *text);

/* The text, to be freed with free(); NULL if memory ran out. The page is empty afterwards. */
char *mu_page_take(mu_page *page);

/* Length in bytes of the UTF-8 character at `text`, and the character; 1 and -1 where the bytes are
 * not UTF-8. `text` must not be at its end. */
size_t mu_utf8_next(const char *text, long *character);
/* Width of a text set in a sans-serif face of this size, roughly: for fitting labels. */
double mu_text_width(const char *text, double font_size);

#endif
