/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A spreadsheet that people have filled in, as texts: CSV with commas, semicolons or tabs, or the
 * first sheet of an Excel workbook (through GDAL). */
#ifndef MUSTER_TOOLS_SHEET_IN_H
#define MUSTER_TOOLS_SHEET_IN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "muster/diag.h"

typedef struct mu_sheet_row {
    char **cells;
    uint32_t count;
    uint32_t number; /* of the row in the file, from 1 */
} mu_sheet_row;

typedef struct mu_sheet_in {
    mu_sheet_row *rows;
    uint32_t count, room;
} mu_sheet_in;

/* MU_ERR_IO, MU_ERR_INPUT (why is in `diags`), MU_ERR_MEMORY: nothing is left to destroy. */
MU_MUST_USE mu_status mu_sheet_read(const char *path, mu_sheet_in *out, mu_diags *diags);
void mu_sheet_destroy(mu_sheet_in *sheet);

/* For who reads one: a row more, a cell more in the last one (the text is copied, without blanks at
 * its ends); whether there may be one more row, and one of so many cells. */
bool mu_sheet_add_row(mu_sheet_in *sheet, uint32_t number);
bool mu_sheet_add_cell(mu_sheet_in *sheet, const char *text, size_t length);
bool mu_sheet_row_fits(const mu_sheet_in *sheet, const char *path, uint32_t cells, mu_diags *diags);
mu_status mu_sheet_complain(const char *path, mu_diags *diags, const char *advice,
                            const char *what);
/* Through GDAL (sheet_book.c), which only `mu_readers_of` knows. */
MU_MUST_USE mu_status mu_sheet_read_book(const char *path, mu_sheet_in *sheet, mu_diags *diags);

/* A cell without the blanks about it; "" where the row ends before. */
const char *mu_sheet_cell(const mu_sheet_row *row, uint32_t column);
/* The column with this heading in a row; MU_NONE. */
uint32_t mu_sheet_column(const mu_sheet_row *row, const char *heading);
/* "F12": how a spreadsheet calls a cell. */
void mu_sheet_name(const mu_sheet_row *row, uint32_t column, char out[16]);

#endif
