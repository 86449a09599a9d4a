/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing it. Headings stay English words whatever the language: they are what is looked for. */
#include "policy_sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/json_out.h"
#include "workbook.h"

enum { CELL_MOST = 16384, SHORT = 14, LONG = 44 };

static const mu_field *find_field(const mu_record_type *type, const char *name) {
    for (uint32_t i = 0; i < type->field_count; i++) {
        if (strcmp(type->fields[i].name, name) == 0) {
            return &type->fields[i];
        }
    }
    return NULL;
}

static void add_column(mu_policy_column *out, uint32_t *count, const mu_field *field,
                       const char *language, bool is_demand) {
    mu_policy_column *column = &out[(*count)++];
    *column = (mu_policy_column){.field = field, .language = language, .is_demand = is_demand};
    (void)snprintf(column->heading, sizeof column->heading, "%s%s%s%s", is_demand ? "demand_" : "",
                   field->name, language != NULL ? "_" : "", language != NULL ? language : "");
}

uint32_t mu_policy_columns(mu_policy_column out[MU_POLICY_COLUMNS_MOST]) {
    const mu_record_type *demand = find_field(&mu_clause_type, "demands")->record;
    uint32_t count = 0;
    for (uint32_t i = 0; i < mu_clause_type.field_count; i++) {
        const mu_field *field = &mu_clause_type.fields[i];
        if (field->kind == MU_FIELD_TEXT) {
            add_column(out, &count, field, "en", false);
            add_column(out, &count, field, "zh", false);
        } else if (field->kind == MU_FIELD_RECORD) {
            for (uint32_t d = 0; d < demand->field_count; d++) {
                add_column(out, &count, &demand->fields[d], NULL, true);
            }
        } else {
            add_column(out, &count, field, NULL, false);
        }
    }
    return count;
}

static const char *or_empty(const char *text) {
    return text != NULL ? text : "";
}

/* Words of a closed list with blanks between. */
static void put_words(const mu_field *field, const mu_list *list, char *cell) {
    const int *items = list->items;
    for (uint32_t i = 0; i < list->count; i++) {
        const size_t length = strlen(cell);
        (void)snprintf(cell + length, CELL_MOST - length, "%s%s", i > 0 ? " " : "",
                       field->names[items[i]]);
    }
}

static void fill_cell(const mu_policy_column *column, const char *record, char *cell) {
    const char *at = record + column->field->offset;
    cell[0] = '\0';
    if ((column->field->flags & MU_FIELD_LIST) != 0) {
        put_words(column->field, (const mu_list *)(const void *)at, cell);
        return;
    }
    switch (column->field->kind) {
    case MU_FIELD_BOOL:
        (void)snprintf(cell, CELL_MOST, "%s", *(const bool *)(const void *)at ? "yes" : "no");
        break;
    case MU_FIELD_INT:
        (void)snprintf(cell, CELL_MOST, "%lld", (long long)*(const int64_t *)(const void *)at);
        break;
    case MU_FIELD_REAL:
        mu_json_print_real(*(const double *)(const void *)at, cell);
        break;
    case MU_FIELD_ENUM:
        (void)snprintf(cell, CELL_MOST, "%s", column->field->names[*(const int *)(const void *)at]);
        break;
    case MU_FIELD_TEXT: {
        const mu_text *text = (const mu_text *)(const void *)at;
        (void)snprintf(cell, CELL_MOST, "%s",
                       or_empty(column->language[0] == 'z' ? text->zh : text->en));
        break;
    }
    case MU_FIELD_REF:
        (void)snprintf(cell, CELL_MOST, "%s", or_empty(((const mu_ref *)(const void *)at)->id));
        break;
    default:
        (void)snprintf(cell, CELL_MOST, "%s", or_empty(*(const char *const *)(const void *)at));
        break;
    }
}

void mu_policy_rows(const mu_policy *policy, mu_grid *grid) {
    mu_policy_column columns[MU_POLICY_COLUMNS_MOST];
    const uint32_t count = mu_policy_columns(columns);
    char cell[CELL_MOST];
    for (uint32_t i = 0; i < policy->clauses.count; i++) {
        const mu_clause *clause = &policy->clauses.items[i];
        const uint32_t rows = clause->demands.count > 1 ? clause->demands.count : 1;
        for (uint32_t d = 0; d < rows; d++) {
            const bool has_demand = d < clause->demands.count;
            for (uint32_t c = 0; c < count; c++) {
                const bool is_id = columns[c].field->kind == MU_FIELD_ID;
                cell[0] = '\0';
                if (columns[c].is_demand && has_demand) {
                    fill_cell(&columns[c], (const char *)&clause->demands.items[d], cell);
                } else if (!columns[c].is_demand && (d == 0 || is_id)) {
                    fill_cell(&columns[c], (const char *)clause, cell);
                }
                mu_grid_put(grid, cell);
            }
        }
    }
}

/* What stands in a column, for whoever fills it in. */
static void describe(const mu_policy_column *column, mu_grid *grid) {
    char words[1000] = "";
    const mu_field *field = column->field;
    const mu_field_limits limits = mu_field_number_limits(field);
    for (uint32_t i = 0; field->kind == MU_FIELD_ENUM && field->names[i] != NULL; i++) {
        const size_t length = strlen(words);
        (void)snprintf(words + length, sizeof words - length, "%s%s", i > 0 ? ", " : "",
                       field->names[i]);
    }
    if (field->kind == MU_FIELD_BOOL) {
        (void)snprintf(words, sizeof words, "yes, no");
    } else if (field->kind == MU_FIELD_INT || field->kind == MU_FIELD_REAL) {
        (void)snprintf(words, sizeof words, _("a number from %g to %g"), limits.least, limits.most);
    }
    mu_grid_put(grid, column->heading);
    mu_grid_put(grid, _(field->meaning));
    mu_grid_put(grid, (field->flags & MU_FIELD_REQUIRED) != 0 ? _("needed") : "");
    mu_grid_put(grid, words);
}

static mu_status write_grids(const mu_policy *policy, const char *out, mu_diags *diags) {
    static const mu_grid_column told[] = {
        {"column", 18, false}, {"meaning", 70, false}, {"needed", 10, false}, {"words", 50, false}};
    mu_policy_column columns[MU_POLICY_COLUMNS_MOST];
    mu_grid_column heads[MU_POLICY_COLUMNS_MOST];
    const uint32_t count = mu_policy_columns(columns);
    for (uint32_t c = 0; c < count; c++) {
        heads[c] = (mu_grid_column){columns[c].heading, columns[c].language != NULL ? LONG : SHORT,
                                    columns[c].is_demand};
    }
    mu_grid grids[] = {{.name = "policy", .columns = heads, .column_count = count, .plain = true},
                       {.name = "columns", .columns = told, .column_count = 4, .plain = true}};
    mu_policy_rows(policy, &grids[0]);
    for (uint32_t c = 0; c < count; c++) {
        describe(&columns[c], &grids[1]);
    }
    const char *ending = strrchr(out, '.');
    const bool book = ending != NULL && strcmp(ending, ".xlsx") == 0;
    const mu_status status =
        book ? mu_grid_xlsx(grids, 2, out, diags) : mu_grid_csv(&grids[0], out, diags);
    mu_grid_destroy(&grids[0]);
    mu_grid_destroy(&grids[1]);
    return status;
}

mu_status mu_policy_sheet_write(const char *policy, const char *out, mu_arena *arena,
                                mu_diags *diags) {
    mu_loader *loader = mu_loader_create(arena, diags);
    mu_policy *read = mu_arena_alloc(arena, sizeof *read);
    if (loader == NULL || read == NULL) {
        mu_loader_destroy(loader);
        return MU_ERR_MEMORY;
    }
    mu_status status = mu_policy_read(loader, arena, policy, diags, read);
    status = status == MU_OK ? mu_loader_resolve(loader) : status;
    if (status == MU_OK) {
        mu_policy_apply(read, diags);
        status = mu_diags_count(diags, MU_ERROR) > 0 ? MU_ERR_INPUT : write_grids(read, out, diags);
    }
    mu_loader_destroy(loader);
    return status;
}
