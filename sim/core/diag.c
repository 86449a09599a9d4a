/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of diagnostics: a growing array that owns copies of every string. A diagnostic that
 * finds no memory is still counted, so that a fault can never pass for success. */
#include "muster/diag.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEVERITY_COUNT = MU_ERROR + 1 };

struct mu_diags {
    mu_diag *items;
    size_t count, room;
    size_t by_severity[SEVERITY_COUNT]; /* the lost ones as well */
    bool lacks_memory;
};

static char *copy_text(const char *text) {
    return text ? strdup(text) : NULL;
}

static void free_diag(mu_diag *diag) {
    free((char *)diag->where.file);
    free((char *)diag->where.path);
    free(diag->text);
    free(diag->advice);
}

static bool make_room(mu_diags *diags) {
    if (diags->count < diags->room) {
        return true;
    }
    size_t room = diags->room ? 2 * diags->room : 16;
    mu_diag *items = realloc(diags->items, room * sizeof *items);
    if (!items) {
        return false;
    }
    diags->items = items;
    diags->room = room;
    return true;
}

static char *print_text(const char *format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = length < 0 ? NULL : malloc((size_t)length + 1);
    if (text) {
        vsnprintf(text, (size_t)length + 1, format, arguments);
    }
    return text;
}

mu_diags *mu_diags_create(void) {
    return calloc(1, sizeof(mu_diags));
}

void mu_diags_destroy(mu_diags *diags) {
    if (!diags) {
        return;
    }
    for (size_t i = 0; i < diags->count; i++) {
        free_diag(&diags->items[i]);
    }
    free(diags->items);
    free(diags);
}

void mu_diags_add(mu_diags *diags, mu_severity severity, const char *code, const mu_where *where,
                  const char *advice, const char *format, ...) {
    diags->by_severity[severity]++;
    mu_diag diag = {.severity = severity, .code = code};
    va_list arguments;
    va_start(arguments, format);
    diag.text = print_text(format, arguments);
    va_end(arguments);
    diag.advice = copy_text(advice);
    if (where) {
        diag.where = *where;
        diag.where.file = copy_text(where->file);
        diag.where.path = copy_text(where->path);
    }
    diags->lacks_memory = diags->lacks_memory || strcmp(code, "memory") == 0;
    if (!diag.text || !make_room(diags)) {
        diags->lacks_memory = true;
        free_diag(&diag);
        return;
    }
    diags->items[diags->count++] = diag;
}

size_t mu_diags_count(const mu_diags *diags, mu_severity least) {
    size_t count = 0;
    if (least == MU_NOTE) {
        return diags->count; /* what mu_diags_get can reach */
    }
    for (int severity = (int)least; severity < SEVERITY_COUNT; severity++) {
        count += diags->by_severity[severity];
    }
    return count;
}

bool mu_diags_lacks_memory(const mu_diags *diags) {
    return diags->lacks_memory;
}

const mu_diag *mu_diags_get(const mu_diags *diags, size_t index) {
    return index < diags->count ? &diags->items[index] : NULL;
}
