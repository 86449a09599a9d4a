/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A cell that a spreadsheet would take for a formula gets an apostrophe in CSV: what planners type
 * may begin with "=" or "+". In a workbook cells are texts and need none. */
#include "grid.h"

#include <stdlib.h>
#include <string.h>

#include "core/csv_out.h"
#include "core/file_out.h"
#include "core/grow.h"
#include "core/i18n.h"
#include "workbook.h"

void mu_grid_put(mu_grid *grid, const char *cell) {
    char **cells = mu_grow(grid->cells, grid->count, &grid->room, sizeof *cells);
    if (cells == NULL) {
        grid->no_memory = true;
        return;
    }
    grid->cells = cells;
    char *copy = strdup(cell);
    grid->no_memory = grid->no_memory || copy == NULL;
    if (copy != NULL) {
        grid->cells[grid->count++] = copy;
    }
}

void mu_grid_destroy(mu_grid *grid) {
    for (uint32_t i = 0; i < grid->count; i++) {
        free(grid->cells[i]);
    }
    free(grid->cells);
    grid->cells = NULL;
    grid->count = grid->room = 0;
}

static void put_csv(FILE *out, const char *cell, bool last) {
    mu_csv_put(out, cell, false);
    (void)fputs(last ? "\r\n" : ",", out);
}

mu_status mu_grid_csv(const mu_grid *grid, const char *path, mu_diags *diags) {
    mu_file_out file;
    if (grid->no_memory) {
        return MU_ERR_MEMORY;
    }
    const mu_status status = mu_file_out_open(path, &file, diags);
    if (status != MU_OK) {
        return status;
    }
    (void)fputs("\xef\xbb\xbf", file.stream);
    for (uint32_t c = 0; c < grid->column_count; c++) {
        put_csv(file.stream, grid->columns[c].heading, c + 1 == grid->column_count);
    }
    for (uint32_t i = 0; i < grid->count; i++) {
        put_csv(file.stream, grid->cells[i], (i + 1) % grid->column_count == 0);
    }
    return mu_file_out_commit(&file, diags);
}

#ifdef MU_HAS_XLSX

#include <xlsxwriter.h>

typedef struct formats {
    lxw_format *head, *wrap, *band, *hand;
} formats;

static formats make_formats(lxw_workbook *book) {
    const formats f = {.head = workbook_add_format(book),
                       .wrap = workbook_add_format(book),
                       .band = workbook_add_format(book),
                       .hand = workbook_add_format(book)};
    format_set_bold(f.head);
    format_set_bottom(f.head, LXW_BORDER_THIN);
    format_set_text_wrap(f.head);
    format_set_text_wrap(f.wrap);
    format_set_align(f.wrap, LXW_ALIGN_VERTICAL_TOP);
    format_set_bold(f.band);
    format_set_text_wrap(f.hand);
    format_set_align(f.hand, LXW_ALIGN_VERTICAL_TOP);
    format_set_num_format(f.hand, "@");
    format_set_border(f.hand, LXW_BORDER_THIN);
    format_set_bg_color(f.hand, 0xF7F4E4);
    return f;
}

static void write_grid(lxw_workbook *book, const mu_grid *grid, const formats *f) {
    lxw_worksheet *sheet = workbook_add_worksheet(book, grid->name);
    const lxw_row_t head = grid->band != NULL;
    if (grid->band != NULL) {
        (void)worksheet_write_string(sheet, 0, 0, grid->band, f->band);
    }
    for (uint32_t c = 0; c < grid->column_count; c++) {
        const lxw_col_t at = (lxw_col_t)c;
        (void)worksheet_write_string(sheet, head, at, grid->columns[c].heading, f->head);
        (void)worksheet_set_column(sheet, at, at, grid->columns[c].width, NULL);
    }
    for (uint32_t i = 0; i < grid->count; i++) {
        const uint32_t c = i % grid->column_count;
        const lxw_row_t row = head + 1 + (lxw_row_t)(i / grid->column_count);
        (void)worksheet_write_string(sheet, row, (lxw_col_t)c, grid->cells[i],
                                     grid->columns[c].hand ? f->hand : f->wrap);
        if (grid->columns[c].hand && grid->cells[i][0] == 0) {
            (void)worksheet_write_blank(sheet, row, (lxw_col_t)c, f->hand);
        }
    }
    worksheet_freeze_panes(sheet, head + 1, 0);
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, 9); /* A4 */
    (void)worksheet_fit_to_pages(sheet, 1, 0);
    (void)worksheet_repeat_rows(sheet, 0, head);
    if (!grid->plain) {
        (void)worksheet_set_header(sheet, "&C&\"Arial,Bold\"EXERCISE / 演练");
    }
    (void)worksheet_set_footer(sheet, "&C&P / &N");
}

mu_status mu_grid_xlsx(const mu_grid *grids, uint32_t count, const char *path, mu_diags *diags) {
    lxw_error error = LXW_ERROR_MEMORY_MALLOC_FAILED;
    mu_file_out file;
    for (uint32_t g = 0; g < count; g++) {
        if (grids[g].no_memory) {
            return MU_ERR_MEMORY;
        }
    }
    const mu_status status = mu_file_out_open(path, &file, diags);
    if (status != MU_OK) {
        return status;
    }
    lxw_workbook *book = workbook_new(mu_workbook_path(&file));
    if (book != NULL) {
        lxw_doc_properties same = {.created = 946684800}; /* the same bytes every time */
        (void)workbook_set_properties(book, &same);
        const formats f = make_formats(book);
        for (uint32_t g = 0; g < count; g++) {
            write_grid(book, &grids[g], &f);
        }
        error = workbook_close(book);
    }
    return mu_workbook_finish(&file, (int)error, diags);
}

#else

mu_status mu_grid_xlsx(const mu_grid *grids, uint32_t count, const char *path, mu_diags *diags) {
    (void)grids;
    (void)count;
    return mu_workbook_failed(path, 0, diags);
}

#endif
