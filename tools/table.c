/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables for terminals. Cells are kept until printing, since the widest decides. */
#include "table.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "command.h"
#include "core/i18n.h"

struct mu_table {
    int columns;
    char **cells;
    size_t count, room; /* cells */
    bool lacks_memory;
};

mu_table *mu_table_create(int columns) {
    mu_table *table = calloc(1, sizeof *table);
    if (table != NULL) {
        table->columns = columns;
    }
    return table;
}

void mu_table_destroy(mu_table *table) {
    if (table == NULL) {
        return;
    }
    for (size_t i = 0; i < table->count; i++) {
        free(table->cells[i]);
    }
    free(table->cells);
    free(table);
}

static bool make_room(mu_table *table) {
    const size_t wanted = table->count + (size_t)table->columns;
    if (wanted <= table->room) {
        return true;
    }
    const size_t room = 2 * wanted + 64;
    char **cells = realloc(table->cells, room * sizeof *cells);
    if (cells == NULL) {
        return false;
    }
    table->cells = cells;
    table->room = room;
    return true;
}

void mu_table_add(mu_table *table, ...) {
    if (table == NULL) {
        return;
    }
    if (!make_room(table)) {
        table->lacks_memory = true;
        return;
    }
    va_list cells;
    va_start(cells, table);
    for (int i = 0; i < table->columns; i++) {
        /* NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): started just above */
        char *cell = strdup(va_arg(cells, const char *));
        table->lacks_memory = table->lacks_memory || cell == NULL;
        table->cells[table->count++] = cell;
    }
    va_end(cells);
}

static bool is_unsafe(wchar_t c) {
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x061c || c == 0x180e ||
           (c >= 0x200b && c <= 0x200f) || (c >= 0x2060 && c <= 0x2064) ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* The next character of a text that has not ended; '?' for what must not be printed. */
static wchar_t next(const char **text, mbstate_t *state) {
    wchar_t c = 0;
    const size_t length = mbrtowc(&c, *text, strlen(*text), state);
    if (length == (size_t)-1 || length == (size_t)-2) {
        memset(state, 0, sizeof *state);
        (*text)++;
        return L'?';
    }
    *text += length;
    return is_unsafe(c) ? L'?' : c;
}

int mu_text_columns(const char *text) {
    mbstate_t state;
    memset(&state, 0, sizeof state);
    int columns = 0;
    while (*text != 0) {
        const int width = wcwidth(next(&text, &state));
        columns += width > 0 ? width : 0;
    }
    return columns;
}

void mu_text_print(const char *text, FILE *out) {
    mbstate_t state;
    memset(&state, 0, sizeof state);
    while (*text != 0) {
        const char *start = text;
        if (next(&text, &state) == L'?') {
            (void)fputc('?', out);
        } else {
            (void)fwrite(start, 1, (size_t)(text - start), out);
        }
    }
}

void mu_text_print_line(const char *text, FILE *out) {
    mu_text_print(text, out);
    (void)fputc('\n', out);
}

void mu_text_printf(FILE *out, const char *format, ...) {
    char *text = NULL;
    size_t length = 0;
    FILE *made = open_memstream(&text, &length);
    va_list arguments;
    va_start(arguments, format);
    if (made != NULL) {
        (void)vfprintf(made, format, arguments);
        (void)fclose(made);
    }
    va_end(arguments);
    char *line = text;
    for (char *end; line != NULL && (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = 0;
        mu_text_print_line(line, out);
    }
    if (line != NULL) {
        mu_text_print(line, out);
    } else {
        (void)mu_refuse(NULL, _("there is not enough memory"));
    }
    free(text);
}

static const char *cell(const mu_table *table, size_t index) {
    return table->cells[index] != NULL ? table->cells[index] : "";
}

void mu_table_print(const mu_table *table, FILE *out) {
    if (table == NULL || table->lacks_memory) {
        (void)mu_refuse(NULL, _("there was not enough memory to print all of this table"));
    }
    if (table == NULL) {
        return;
    }
    int width[MU_TABLE_COLUMNS_MOST] = {0};
    for (size_t i = 0; i < table->count; i++) {
        const int columns = mu_text_columns(cell(table, i));
        int *widest = &width[i % (size_t)table->columns];
        *widest = columns > *widest ? columns : *widest;
    }
    for (size_t i = 0; i < table->count; i++) {
        const size_t column = i % (size_t)table->columns;
        mu_text_print(cell(table, i), out);
        if (column + 1 == (size_t)table->columns) {
            (void)fputc('\n', out);
        } else {
            (void)fprintf(out, "%*s", width[column] - mu_text_columns(cell(table, i)) + 2, "");
        }
    }
}
