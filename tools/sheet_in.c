/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV is read here (RFC 4180, and what spreadsheets make of it elsewhere); a workbook in
 * sheet_book.c. */
#include "sheet_in.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/field.h"
#include "core/file_in.h"
#include "core/grow.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "readers.h"

bool mu_sheet_add_row(mu_sheet_in *sheet, uint32_t number) {
    mu_sheet_row *rows = mu_grow(sheet->rows, sheet->count, &sheet->room, sizeof *rows);
    if (rows == NULL) {
        return false;
    }
    sheet->rows = rows;
    sheet->rows[sheet->count++] = (mu_sheet_row){.number = number};
    return true;
}

bool mu_sheet_add_cell(mu_sheet_in *sheet, const char *text, size_t length) {
    mu_sheet_row *row = &sheet->rows[sheet->count - 1];
    char **cells = realloc(row->cells, (row->count + 1) * sizeof *cells);
    if (cells == NULL) {
        return false;
    }
    row->cells = cells;
    while (length > 0 && strchr(" \t\r\n", text[length - 1]) != NULL) {
        length--;
    }
    while (length > 0 && strchr(" \t\r\n", text[0]) != NULL) {
        text++;
        length--;
    }
    cells[row->count] = strndup(text, length);
    return cells[row->count++] != NULL;
}

void mu_sheet_destroy(mu_sheet_in *sheet) {
    for (uint32_t r = 0; r < sheet->count; r++) {
        for (uint32_t c = 0; c < sheet->rows[r].count; c++) {
            free(sheet->rows[r].cells[c]);
        }
        free(sheet->rows[r].cells);
    }
    free(sheet->rows);
    *sheet = (mu_sheet_in){0};
}

bool mu_sheet_row_fits(const mu_sheet_in *sheet, const char *path, uint32_t cells,
                       mu_diags *diags) {
    const mu_where where = {.file = path, .line = sheet->count + 1};
    return mu_limit_holds(MU_LIMIT_SHEET_ROWS, (uint64_t)sheet->count + 1, diags, &where) &&
           mu_limit_holds(MU_LIMIT_SHEET_COLUMNS, cells, diags, &where);
}

mu_status mu_sheet_complain(const char *path, mu_diags *diags, const char *advice,
                            const char *what) {
    const mu_where where = {.file = path};
    mu_diags_add(diags, MU_ERROR, "sheet.read", &where, advice, "%s", what);
    return MU_ERR_INPUT;
}

/* What stands between cells: whichever the first line has most of. */
static char separator_of(const char *text) {
    uint32_t commas = 0, semicolons = 0, tabs = 0;
    for (const char *c = text; *c != 0 && *c != '\n'; c++) {
        commas += *c == ',';
        semicolons += *c == ';';
        tabs += *c == '\t';
    }
    return tabs > commas && tabs > semicolons ? '\t' : semicolons > commas ? ';' : ',';
}

/* One cell into `cell`; returns what follows it. */
static const char *take_cell(const char *at, char separator, char *cell, size_t *length) {
    *length = 0;
    const bool quoted = *at == '"';
    at += quoted;
    for (; *at != 0; at++) {
        if (quoted && *at == '"') {
            if (at[1] != '"') {
                at++;
                break;
            }
            at++;
        } else if (!quoted && (*at == separator || *at == '\n')) {
            break;
        }
        cell[(*length)++] = *at;
    }
    while (*at != 0 && *at != separator && *at != '\n') {
        at++;
    }
    return at;
}

static mu_status read_csv(const char *path, mu_sheet_in *sheet, mu_diags *diags) {
    size_t size = 0;
    char *text = mu_file_in_read(path, MU_FILE_IN_BYTES_MOST, &size);
    char *cell = text == NULL ? NULL : malloc(size + 1);
    if (text == NULL || cell == NULL) {
        free(text);
        const mu_where where = {.file = path};
        mu_diags_add(diags, MU_ERROR, "file.read", &where, NULL, _("the file cannot be read: %s"),
                     strerror(errno));
        return MU_ERR_IO;
    }
    const char *at = strncmp(text, "\xef\xbb\xbf", 3) == 0 ? text + 3 : text;
    const char separator = separator_of(at);
    mu_status status = MU_OK;
    for (uint32_t number = 1; status == MU_OK && *at != 0; number++) {
        status = !mu_sheet_row_fits(sheet, path, 0, diags) ? MU_ERR_INPUT
                 : mu_sheet_add_row(sheet, number)         ? MU_OK
                                                           : MU_ERR_MEMORY;
        uint32_t cells = 0;
        for (bool more = true; status == MU_OK && more;) {
            size_t length = 0;
            at = take_cell(at, separator, cell, &length);
            const mu_where where = {.file = path, .line = number};
            status = !mu_limit_holds(MU_LIMIT_SHEET_COLUMNS, ++cells, diags, &where) ? MU_ERR_INPUT
                     : mu_sheet_add_cell(sheet, cell, length)                        ? MU_OK
                                                              : MU_ERR_MEMORY;
            more = *at == separator;
            at += *at != 0;
        }
    }
    free(cell);
    free(text);
    return status;
}

static mu_status read_workbook(const char *path, mu_sheet_in *sheet, mu_diags *diags) {
    const mu_readers *readers = mu_readers_of();
    return readers != NULL
               ? readers->workbook(path, sheet, diags)
               : mu_sheet_complain(path, diags, _("save it as CSV (UTF-8) and give that"),
                                   _("GDAL, which reads workbooks, is not part of this program"));
}

mu_status mu_sheet_read(const char *path, mu_sheet_in *out, mu_diags *diags) {
    mu_sheet_in sheet = {0};
    const char *ending = strrchr(path, '.');
    const bool book = ending != NULL && strcmp(ending, ".xlsx") == 0;
    const mu_status status =
        book ? read_workbook(path, &sheet, diags) : read_csv(path, &sheet, diags);
    if (status != MU_OK) {
        mu_sheet_destroy(&sheet);
        return status;
    }
    *out = sheet;
    return MU_OK;
}

const char *mu_sheet_cell(const mu_sheet_row *row, uint32_t column) {
    return column < row->count ? row->cells[column] : "";
}

uint32_t mu_sheet_column(const mu_sheet_row *row, const char *heading) {
    for (uint32_t c = 0; c < row->count; c++) {
        if (strcmp(row->cells[c], heading) == 0) {
            return c;
        }
    }
    return MU_NONE;
}

void mu_sheet_name(const mu_sheet_row *row, uint32_t column, char out[16]) {
    const char first = (char)('A' + column % 26);
    if (column < 26) {
        (void)snprintf(out, 16, "%c%u", first, row->number);
    } else {
        (void)snprintf(out, 16, "%c%c%u", (char)('A' + (column / 26 - 1) % 26), first, row->number);
    }
}
