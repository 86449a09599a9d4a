/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/read_real.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char DIGITS[] = "0123456789";

/* How long the number is, 0 = there is none; and where its point stands. */
static size_t length_of(const char *text, const char **point) {
    const char *at = text + (*text == '+' || *text == '-');
    const size_t before = strspn(at, DIGITS);
    at += before;
    *point = *at == '.' ? at : NULL;
    const size_t behind = *at == '.' ? strspn(at + 1, DIGITS) : 0;
    at += *at == '.' ? 1 + behind : 0;
    if (before + behind == 0) {
        return 0;
    }
    if (*at == 'e' || *at == 'E') {
        const char *power = at + 1 + (at[1] == '+' || at[1] == '-');
        const size_t digits = strspn(power, DIGITS);
        at = digits > 0 ? power + digits : at;
    }
    return (size_t)(at - text);
}

double mu_read_real(const char *text, const char **end) {
    const char *from = text + strspn(text, " \t\r\n"), *point = NULL;
    const size_t length = length_of(from, &point);
    *end = text;
    if (length == 0) {
        return 0;
    }
    /* strtod reads exactly, but wants the locale's point. */
    char few[80];
    const char *own = localeconv()->decimal_point;
    const size_t room = length + strlen(own) + 1;
    char *copy = room > sizeof few ? malloc(room) : few;
    if (copy == NULL) {
        return 0;
    }
    const int whole = (int)(point != NULL ? (size_t)(point - from) : length);
    (void)snprintf(copy, room, "%.*s%s%.*s", whole, from, point != NULL ? own : "",
                   (int)length - whole - (point != NULL), point != NULL ? point + 1 : "");
    const double value = strtod(copy, NULL);
    if (copy != few) {
        free(copy);
    }
    *end = from + length;
    return value;
}
