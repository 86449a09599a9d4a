/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of texts that goes to a file: as CSV (UTF-8 with a byte-order mark, which spreadsheets
 * ask for) or as a sheet of a workbook. */
#ifndef MUSTER_TOOLS_GRID_H
#define MUSTER_TOOLS_GRID_H

#include <stdbool.h>
#include <stdint.h>

#include "muster/diag.h"

typedef struct mu_grid_column {
    const char *heading;
    double width; /* characters */
    bool hand;    /* to be filled in: marked in a workbook, and kept as text */
} mu_grid_column;

typedef struct mu_grid {
    const char *name; /* of the sheet */
    bool plain;       /* no paper of an exercise: not marked as one */
    const char *band; /* line above the headings of a workbook; NULL = none */
    const mu_grid_column *columns;
    uint32_t column_count;
    char **cells; /* row by row; owned */
    uint32_t count, room;
    bool no_memory; /* sticky */
} mu_grid;

/* Cells follow each other; a row is full after as many as there are columns. */
void mu_grid_put(mu_grid *grid, const char *cell);
void mu_grid_destroy(mu_grid *grid);

MU_MUST_USE mu_status mu_grid_csv(const mu_grid *grid, const char *path, mu_diags *diags);
/* All grids as sheets of one workbook. */
MU_MUST_USE mu_status mu_grid_xlsx(const mu_grid *grids, uint32_t count, const char *path,
                                   mu_diags *diags);

#endif
