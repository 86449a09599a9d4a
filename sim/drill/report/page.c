/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text is appended with doubling; a page without memory swallows what follows and says so once, at
 * the end, so that code that writes pages runs straight. */
#include "drill/report/page.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool make_room(mu_page *page, size_t more) {
    if (page->no_memory || more > SIZE_MAX / 4 - page->length) {
        page->no_memory = true;
        return false;
    }
    const size_t wanted = page->length + more + 1;
    if (wanted <= page->room) {
        return true;
    }
    const size_t room = 2 * wanted + 1024;
    char *text = realloc(page->text, room);
    if (text == NULL) {
        page->no_memory = true;
        return false;
    }
    page->text = text;
    page->room = room;
    return true;
}

static void put_bytes(mu_page *page, const char *bytes, size_t length) {
    if (make_room(page, length)) {
        memcpy(page->text + page->length, bytes, length);
        page->length += length;
        page->text[page->length] = 0;
    }
}

void mu_page_put(mu_page *page, const char *markup) {
    put_bytes(page, markup, strlen(markup));
}

static char *print_new(const char *format, va_list *arguments) {
    va_list again;
    va_copy(again, *arguments);
    const int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = length < 0 ? NULL : malloc((size_t)length + 1);
    if (text != NULL) {
        (void)vsnprintf(text, (size_t)length + 1, format, *arguments);
    }
    return text;
}

typedef void (*put_function)(mu_page *page, const char *text);

static void print_through(mu_page *page, put_function put, const char *format, va_list *arguments) {
    char *text = print_new(format, arguments);
    if (text == NULL) {
        page->no_memory = true;
        return;
    }
    put(page, text);
    free(text);
}

void mu_page_print(mu_page *page, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    print_through(page, mu_page_put, format, &arguments);
    va_end(arguments);
}

static bool is_continuation(const char *at) {
    return ((unsigned char)*at & 0xc0U) == 0x80U;
}

size_t mu_utf8_next(const char *text, long *character) {
    const unsigned char first = (unsigned char)text[0];
    const size_t length = first < 0x80   ? 1
                          : first < 0xc2 ? 0
                          : first < 0xe0 ? 2
                          : first < 0xf0 ? 3
                          : first < 0xf5 ? 4
                                         : 0;
    long c = length == 1 ? first : first & (0x7f >> length);
    for (size_t i = 1; i < length; i++) {
        if (!is_continuation(text + i)) {
            *character = -1;
            return 1;
        }
        c = c << 6 | ((unsigned char)text[i] & 0x3f);
    }
    const bool bad = length == 0 || (length == 3 && c < 0x800) || (length == 4 && c < 0x10000) ||
                     c > 0x10ffff || (c >= 0xd800 && c < 0xe000);
    *character = bad ? -1 : c;
    return bad ? 1 : length;
}

/* What could turn a line around or hide in it. */
static bool is_hidden(long c) {
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0) || c == 0x61c ||
           c == 0x180e || (c >= 0x200b && c <= 0x200f) || (c >= 0x2060 && c <= 0x2064) ||
           (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

/* Writes a character that may not stand as it is; false if it may. */
static bool put_hidden(mu_page *page, long c) {
    if (c == -1) {
        mu_page_put(page, "\xef\xbf\xbd");
    } else if (is_hidden(c)) {
        mu_page_print(page, "[U+%04lX]", (unsigned long)c);
    } else {
        return false;
    }
    return true;
}

void mu_page_text(mu_page *page, const char *text) {
    while (*text != 0) {
        long c = 0;
        const size_t length = mu_utf8_next(text, &c);
        if (c == '&') {
            mu_page_put(page, "&amp;");
        } else if (c == '<') {
            mu_page_put(page, "&lt;");
        } else if (c == '>') {
            mu_page_put(page, "&gt;");
        } else if (c == '"') {
            mu_page_put(page, "&quot;");
        } else if (c == '\'') {
            mu_page_put(page, "&#39;");
        } else if (!put_hidden(page, c)) {
            put_bytes(page, text, length);
        }
        text += length;
    }
}

void mu_page_say(mu_page *page, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    print_through(page, mu_page_text, format, &arguments);
    va_end(arguments);
}

/* ASCII punctuation that can mean something in CommonMark; a backslash before it takes that away.
 * '-'
 * '+' '.' ')' '=' matter at the start of a line only, where our own text stands. */
static bool is_markdown(long c) {
    return c > 0 && c < 0x80 && strchr("\\`*_{}[]<>#|~&!$", (int)c) != NULL;
}

void mu_page_mark(mu_page *page, const char *text) {
    while (*text != 0) {
        long c = 0;
        const size_t length = mu_utf8_next(text, &c);
        if (c == '\n' || c == '\t') {
            mu_page_put(page, " ");
        } else if (!put_hidden(page, c)) {
            if (is_markdown(c)) {
                mu_page_put(page, "\\");
            }
            put_bytes(page, text, length);
        }
        text += length;
    }
}

char *mu_page_take(mu_page *page) {
    char *text = page->text;
    if (page->no_memory) {
        free(text);
        text = NULL;
    } else if (text == NULL) {
        text = calloc(1, 1);
    }
    *page = (mu_page){0};
    return text;
}

double mu_text_width(const char *text, double font_size) {
    double ems = 0;
    while (*text != 0) {
        long c = 0;
        text += mu_utf8_next(text, &c);
        ems += c >= 0x2e80 ? 1.0 : c >= 'A' && c <= 'Z' ? 0.66 : 0.54;
    }
    return ems * font_size;
}
