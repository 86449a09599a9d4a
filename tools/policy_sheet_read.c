/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading it. The rows become the text of a policy file, which is read like any other: whatever the
 * table of fields refuses is refused here too, and named by the cell that it came from. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/csv_out.h"
#include "core/file_out.h"
#include "core/i18n.h"
#include "core/json_out.h"
#include "core/near.h"
#include "folder.h"
#include "policy_sheet.h"
#include "sheet_in.h"

enum { HEADING_ROWS = 5 };

typedef struct reading {
    const char *path;
    mu_sheet_in sheet;
    mu_policy_column columns[MU_POLICY_COLUMNS_MOST];
    uint32_t at[MU_POLICY_COLUMNS_MOST]; /* where each stands in the sheet; MU_NONE */
    uint32_t count, head;                /* columns; row of the headings */
    uint32_t *first;                     /* of each clause: its first row; owned */
    uint32_t clause_count;
    mu_diags *diags;
} reading;

static const char *cell_of(const reading *r, uint32_t row, uint32_t column) {
    if (r->at[column] == MU_NONE) {
        return "";
    }
    const char *cell = mu_sheet_cell(&r->sheet.rows[row], r->at[column]);
    return cell[0] == '\'' && cell[1] != '\0' && mu_csv_is_formula(cell + 1) ? cell + 1 : cell;
}

static uint32_t column_named(const reading *r, const char *heading) {
    for (uint32_t c = 0; c < r->count; c++) {
        if (strcmp(r->columns[c].heading, heading) == 0) {
            return c;
        }
    }
    return MU_NONE;
}

static void complain(const reading *r, uint32_t row, uint32_t at, const char *advice,
                     const char *text) {
    char cell[16];
    const mu_where where = {.file = r->path, .line = r->sheet.rows[row].number};
    mu_sheet_name(&r->sheet.rows[row], at, cell);
    mu_diags_add(r->diags, MU_ERROR, "sheet.cell", &where, advice, "%s: %s", cell, text);
}

/* The headings are the first row that has "id" among them. */
static bool find_head(reading *r) {
    const mu_where where = {.file = r->path};
    for (r->head = 0; r->head < r->sheet.count && r->head < HEADING_ROWS; r->head++) {
        if (mu_sheet_column(&r->sheet.rows[r->head], "id") != MU_NONE) {
            return true;
        }
    }
    mu_diags_add(r->diags, MU_ERROR, "sheet.head", &where,
                 _("'muster export policy FILE -o policy.csv' writes a sheet with all columns"),
                 _("no row of headings was found: none of the first %d has a column \"id\""),
                 HEADING_ROWS);
    return false;
}

/* A heading without a language ("note") stands for every language that has no column of its own. */
static uint32_t find_column(const mu_sheet_row *head, const mu_policy_column *column) {
    const uint32_t at = mu_sheet_column(head, column->heading);
    return at == MU_NONE && column->language != NULL ? mu_sheet_column(head, column->field->name)
                                                     : at;
}

static bool is_read(const reading *r, uint32_t at) {
    bool read = column_named(r, mu_sheet_cell(&r->sheet.rows[r->head], at)) != MU_NONE;
    for (uint32_t c = 0; c < r->count; c++) {
        read = read || r->at[c] == at;
    }
    return read;
}

static void find_columns(reading *r) {
    const mu_sheet_row *head = &r->sheet.rows[r->head];
    char said[200], advice[300];
    r->count = mu_policy_columns(r->columns);
    for (uint32_t c = 0; c < r->count; c++) {
        r->at[c] = find_column(head, &r->columns[c]);
    }
    for (uint32_t s = 0; s < head->count; s++) {
        const char *heading = mu_sheet_cell(head, s);
        if (heading[0] == '\0' || is_read(r, s)) {
            continue;
        }
        mu_near near = mu_near_start(heading);
        for (uint32_t c = 0; c < r->count; c++) {
            mu_near_offer(&near, r->columns[c].heading);
        }
        (void)snprintf(said, sizeof said, _("there is no column \"%.80s\""), heading);
        complain(r, r->head, s, mu_near_advise(&near, advice, sizeof advice) ? advice : NULL, said);
    }
}

/* The rows of each clause follow each other; those after the first have its id, or none. */
static bool find_clauses(reading *r) {
    const uint32_t id = column_named(r, "id");
    r->first = calloc((size_t)r->sheet.count + 1, sizeof *r->first);
    if (r->first == NULL) {
        return false;
    }
    for (uint32_t row = r->head + 1; row < r->sheet.count; row++) {
        bool empty = true;
        for (uint32_t c = 0; c < r->count; c++) {
            empty = empty && cell_of(r, row, c)[0] == '\0';
        }
        const char *own = cell_of(r, row, id);
        const bool starts =
            r->clause_count == 0 ||
            (own[0] != '\0' && strcmp(own, cell_of(r, r->first[r->clause_count - 1], id)) != 0);
        if (starts && !empty) {
            r->first[r->clause_count++] = row;
        }
    }
    r->first[r->clause_count] = r->sheet.count;
    return true;
}

/* A further row of a clause says nothing else than its number. */
static void check_further(const reading *r, uint32_t first, uint32_t row) {
    for (uint32_t c = 0; c < r->count; c++) {
        const char *cell = cell_of(r, row, c);
        if (!r->columns[c].is_demand && cell[0] != '\0' &&
            strcmp(cell, cell_of(r, first, c)) != 0) {
            complain(r, row, r->at[c], _("leave it empty, or give the row an id of its own"),
                     _("this row is a further number of the clause above, which says something "
                       "else here"));
        }
    }
}

static bool is_one_of(const char *cell, const char *const *words) {
    for (; *words != NULL; words++) {
        if (strcmp(cell, *words) == 0) {
            return true;
        }
    }
    return false;
}

static void put_bool(mu_json_out *out, const char *key, const char *cell) {
    static const char *const yes[] = {"yes", "true", "TRUE", "1", "x", "是", NULL};
    static const char *const no[] = {"no", "false", "FALSE", "0", "否", NULL};
    if (is_one_of(cell, yes) || is_one_of(cell, no)) {
        mu_json_put_bool(out, key, is_one_of(cell, yes));
    } else {
        mu_json_put_string(out, key, cell); /* refused when it is read */
    }
}

static void put_number(mu_json_out *out, const char *key, const char *cell) {
    char *end;
    const double value = strtod(cell, &end);
    if (*end == '\0' && (isdigit((unsigned char)cell[0]) || cell[0] == '-' || cell[0] == '.')) {
        mu_json_put_real(out, key, value);
    } else {
        mu_json_put_string(out, key, cell);
    }
}

static void put_list(mu_json_out *out, const char *key, const char *cell) {
    char word[100];
    mu_json_open_flat(out, key, '[');
    for (const char *at = cell; *at != '\0';) {
        const size_t length = strcspn(at, " ,;\n");
        if (length > 0) {
            (void)snprintf(word, sizeof word, "%.*s", (int)length, at);
            mu_json_put_string(out, NULL, word);
        }
        at += length + (at[length] != '\0');
    }
    mu_json_close(out, ']');
}

static void put_cell(mu_json_out *out, const mu_field *field, const char *key, const char *cell) {
    if ((field->flags & MU_FIELD_LIST) != 0) {
        put_list(out, key, cell);
    } else if (field->kind == MU_FIELD_BOOL) {
        put_bool(out, key, cell);
    } else if (field->kind == MU_FIELD_INT || field->kind == MU_FIELD_REAL) {
        put_number(out, key, cell);
    } else {
        mu_json_put_string(out, key, cell);
    }
}

static void put_text(const reading *r, mu_json_out *out, uint32_t row, uint32_t column) {
    const char *en = cell_of(r, row, column), *zh = cell_of(r, row, column + 1);
    if (en[0] == '\0' && zh[0] == '\0') {
        return;
    }
    mu_json_open_flat(out, r->columns[column].field->name, '{');
    if (en[0] != '\0') {
        mu_json_put_string(out, "en", en);
    }
    if (zh[0] != '\0') {
        mu_json_put_string(out, "zh", zh);
    }
    mu_json_close(out, '}');
}

static void put_demand(const reading *r, mu_json_out *out, uint32_t row) {
    bool any = false;
    for (uint32_t c = 0; c < r->count; c++) {
        any = any || (r->columns[c].is_demand && cell_of(r, row, c)[0] != '\0');
    }
    if (!any) {
        return;
    }
    mu_json_open_flat(out, NULL, '{');
    for (uint32_t c = 0; c < r->count; c++) {
        const char *cell = cell_of(r, row, c);
        if (r->columns[c].is_demand && cell[0] != '\0') {
            put_cell(out, r->columns[c].field, r->columns[c].field->name, cell);
        }
    }
    mu_json_close(out, '}');
}

static void put_clause(const reading *r, mu_json_out *out, uint32_t k) {
    const uint32_t first = r->first[k];
    mu_json_open(out, NULL, '{');
    for (uint32_t c = 0; c < r->count; c++) {
        const mu_policy_column *column = &r->columns[c];
        if (column->language != NULL) {
            if (column->language[0] == 'e') {
                put_text(r, out, first, c);
            }
        } else if (!column->is_demand && cell_of(r, first, c)[0] != '\0') {
            put_cell(out, column->field, column->field->name, cell_of(r, first, c));
        }
    }
    mu_json_open(out, "demands", '[');
    for (uint32_t row = first; row < r->first[k + 1]; row++) {
        put_demand(r, out, row);
    }
    mu_json_close(out, ']');
    mu_json_close(out, '}');
}

static void put_head(mu_json_out *out, const char *based_on) {
    mu_json_open(out, NULL, '{');
    mu_json_put_string(out, "format", mu_policy_file.format);
    mu_json_put_int(out, "version", mu_policy_file.version);
    mu_json_put_string(out, "id", "ours");
    if (based_on != NULL) {
        mu_json_put_string(out, "based_on", based_on);
    }
}

/* --- faults, by cell --- */

/* The cell of "$.clauses[3].demands[1].value": row and column of the sheet; false: of none. */
static bool cell_of_path(const reading *r, const char *path, uint32_t *row, uint32_t *at) {
    unsigned clause = 0, demand = 0;
    int length = 0;
    char name[40] = "id";
    if (path == NULL || sscanf(path, "$.clauses[%u]%n", &clause, &length) != 1 ||
        clause >= r->clause_count) {
        return false;
    }
    const char *rest = path + length;
    *row = r->first[clause];
    if (sscanf(rest, ".demands[%u]%n", &demand, &length) == 1) {
        const char *field = rest + length;
        (void)snprintf(name, sizeof name, "demand_%s", field[0] == '.' ? field + 1 : "name");
        *row = *row + demand < r->first[clause + 1] ? *row + demand : *row;
    } else if (rest[0] == '.') {
        const int field = (int)strcspn(rest + 1, ".[");
        const char *language = rest + 1 + field;
        (void)snprintf(name, sizeof name, language[0] == '.' ? "%.*s_%s" : "%.*s", field, rest + 1,
                       language + (language[0] == '.'));
    }
    uint32_t column = column_named(r, name);
    for (uint32_t c = 0; c < r->count && column == MU_NONE; c++) {
        column = strcmp(r->columns[c].field->name, name) == 0 ? c : column;
    }
    *at = column != MU_NONE && r->at[column] != MU_NONE ? r->at[column] : 0;
    return true;
}

static void tell(const reading *r, const mu_diags *found) {
    for (size_t i = 0; i < mu_diags_count(found, MU_NOTE); i++) {
        const mu_diag *diag = mu_diags_get(found, i);
        uint32_t row, at;
        if (diag->severity != MU_ERROR) {
            continue;
        }
        if (cell_of_path(r, diag->where.path, &row, &at)) {
            complain(r, row, at, diag->advice, diag->text);
        } else {
            const mu_where where = {.file = r->path};
            mu_diags_add(r->diags, MU_ERROR, "sheet.policy", &where, diag->advice, "%s",
                         diag->text);
        }
    }
}

/* Clauses named as judged elsewhere are in the sheet or in the other policy. */
static void check_same_as(const reading *r, const mu_loader *loader) {
    const uint32_t column = column_named(r, "same_as");
    for (uint32_t k = 0; k < r->clause_count; k++) {
        const char *same = cell_of(r, r->first[k], column);
        if (same[0] != '\0' && mu_loader_find(loader, MU_ENTITY_CLAUSE, same) == MU_NONE) {
            complain(r, r->first[k], r->at[column], NULL,
                     _("there is no clause of this id, here or in the other policy"));
        }
    }
}

/* Reads the text as a policy, with the clauses of the other one known for "same_as". */
static mu_status check(const reading *r, const char *text, size_t length, const char *based_on,
                       mu_arena *arena) {
    mu_diags *found = mu_diags_create();
    mu_loader *loader = found != NULL ? mu_loader_create(arena, found) : NULL;
    mu_policy own, base;
    mu_status status = loader != NULL ? MU_OK : MU_ERR_MEMORY;
    if (status == MU_OK) {
        status = mu_loader_read_text(loader, r->path, text, length, &mu_policy_file, &own);
    }
    if (status == MU_OK && based_on == NULL) {
        status = mu_loader_resolve(loader);
    } else if (status == MU_OK) {
        status = mu_policy_read(loader, arena, based_on, found, &base);
        check_same_as(r, loader);
    }
    if (found != NULL) {
        tell(r, found);
    }
    mu_loader_destroy(loader);
    mu_diags_destroy(found);
    return status;
}

/* --- what differs from another policy --- */

/* The other policy as rows of the same columns. */
typedef struct base {
    mu_grid grid;
    uint32_t rows;
} base;

static const char *base_cell(const base *b, uint32_t row, uint32_t column) {
    return b->grid.cells[row * b->grid.column_count + column];
}

static uint32_t base_row(const reading *r, const base *b, const char *id) {
    const uint32_t column = column_named(r, "id");
    for (uint32_t row = 0; row < b->rows; row++) {
        if (strcmp(base_cell(b, row, column), id) == 0) {
            return row;
        }
    }
    return MU_NONE;
}

/* Of a text that the sheet has without a language: what it was in the other one. */
static bool same_text(const reading *r, const base *b, const char *now, uint32_t base_at,
                      uint32_t c) {
    const mu_policy_column *column = &r->columns[c];
    const char *heading = mu_sheet_cell(&r->sheet.rows[r->head], r->at[c]);
    return column->language != NULL && strcmp(heading, column->field->name) == 0 &&
           strcmp(now, base_cell(b, base_at, column->language[0] == 'e' ? c + 1 : c - 1)) == 0;
}

static bool same_cell(const reading *r, const base *b, uint32_t row, uint32_t base_at, uint32_t c) {
    const char *now = cell_of(r, row, c), *was = base_cell(b, base_at, c);
    const mu_field *field = r->columns[c].field;
    if (r->at[c] == MU_NONE || strcmp(now, was) == 0) {
        return true; /* a column that the sheet has not leaves everything as it is */
    }
    if (same_text(r, b, now, base_at, c)) {
        return true;
    }
    if (field->kind == MU_FIELD_INT || field->kind == MU_FIELD_REAL) {
        char *end;
        const double a = strtod(now, &end), z = strtod(was, NULL);
        return now[0] != '\0' && *end == '\0' && !(a < z || a > z);
    }
    return false;
}

typedef enum difference { SAME, NUMBERS, WHOLE } difference;

/* Whether a clause is as it was, has other numbers or is switched, or is another. */
static difference compare(const reading *r, const base *b, uint32_t k) {
    const uint32_t first = r->first[k], id = column_named(r, "id");
    const uint32_t was = base_row(r, b, cell_of(r, first, id));
    const uint32_t rows = r->first[k + 1] - first;
    difference out = SAME;
    if (was == MU_NONE) {
        return WHOLE;
    }
    for (uint32_t d = 0; d < rows; d++) {
        if (was + d >= b->rows || strcmp(base_cell(b, was + d, id), cell_of(r, first, id)) != 0) {
            return WHOLE;
        }
        for (uint32_t c = 0; c < r->count; c++) {
            const char *heading = r->columns[c].heading;
            if ((c == id && d > 0) || same_cell(r, b, first + d, was + d, c)) {
                continue;
            }
            if (strcmp(heading, "demand_value") != 0 && strcmp(heading, "demand_unit") != 0 &&
                strcmp(heading, "off") != 0) {
                return WHOLE;
            }
            out = NUMBERS;
        }
    }
    const bool longer =
        was + rows < b->rows && strcmp(base_cell(b, was + rows, id), cell_of(r, first, id)) == 0;
    return longer ? WHOLE : out;
}

static void put_changes(const reading *r, const base *b, mu_json_out *out, uint32_t k) {
    const uint32_t id = column_named(r, "id"), name = column_named(r, "demand_name"),
                   value = column_named(r, "demand_value"), unit = column_named(r, "demand_unit"),
                   off = column_named(r, "off"), first = r->first[k];
    const uint32_t was = base_row(r, b, cell_of(r, first, id));
    if (!same_cell(r, b, first, was, off)) {
        mu_json_open_flat(out, NULL, '{');
        mu_json_put_string(out, "clause", cell_of(r, first, id));
        mu_json_put_bool(out, "switches", true);
        put_bool(out, "off", cell_of(r, first, off));
        mu_json_close(out, '}');
    }
    for (uint32_t row = first; row < r->first[k + 1]; row++) {
        const uint32_t base_at = was + row - first;
        const bool same_unit = same_cell(r, b, row, base_at, unit);
        if (same_cell(r, b, row, base_at, value) && same_unit) {
            continue;
        }
        mu_json_open_flat(out, NULL, '{');
        mu_json_put_string(out, "clause", cell_of(r, first, id));
        mu_json_put_string(out, "demand", base_cell(b, base_at, name));
        put_number(out, "value", cell_of(r, row, value));
        if (!same_unit) {
            mu_json_put_string(out, "unit", cell_of(r, row, unit));
        }
        mu_json_close(out, '}');
    }
}

static void put_differences(const reading *r, const base *b, mu_json_out *out) {
    mu_json_open(out, "changes", '[');
    for (uint32_t k = 0; k < r->clause_count; k++) {
        if (compare(r, b, k) == NUMBERS) {
            put_changes(r, b, out, k);
        }
    }
    mu_json_close(out, ']');
    mu_json_open(out, "clauses", '[');
    for (uint32_t k = 0; k < r->clause_count; k++) {
        if (compare(r, b, k) == WHOLE) {
            put_clause(r, out, k);
        }
    }
    mu_json_close(out, ']');
}

static mu_status read_base(const char *path, base *out, mu_policy_column *columns,
                           mu_grid_column *heads, mu_arena *arena, mu_diags *diags) {
    mu_loader *loader = mu_loader_create(arena, diags);
    mu_policy policy;
    if (loader == NULL) {
        return MU_ERR_MEMORY;
    }
    mu_status status = mu_policy_read(loader, arena, path, diags, &policy);
    status = status == MU_OK ? mu_loader_resolve(loader) : status;
    if (status == MU_OK && policy.based_on != NULL) {
        const mu_where where = {.file = path};
        mu_diags_add(diags, MU_ERROR, "policy.based-twice", &where,
                     _("base it on the first of them"), _("'%s' is based on another policy itself"),
                     path);
        status = MU_ERR_INPUT;
    }
    if (status == MU_OK) {
        const uint32_t count = mu_policy_columns(columns);
        out->grid = (mu_grid){.columns = heads, .column_count = count};
        mu_policy_rows(&policy, &out->grid);
        out->rows = out->grid.count / count;
        status = out->grid.no_memory ? MU_ERR_MEMORY : MU_OK;
    }
    mu_loader_destroy(loader);
    return status;
}

/* --- all of it --- */

static mu_status print_policy(reading *r, const base *b, const char *based_on, char **text,
                              size_t *length) {
    mu_json_out out = {.stream = open_memstream(text, length)};
    if (out.stream == NULL) {
        return MU_ERR_MEMORY;
    }
    put_head(&out, based_on);
    if (b != NULL) {
        put_differences(r, b, &out);
    } else {
        mu_json_open(&out, "clauses", '[');
        for (uint32_t k = 0; k < r->clause_count; k++) {
            put_clause(r, &out, k);
        }
        mu_json_close(&out, ']');
    }
    mu_json_close(&out, '}');
    return fclose(out.stream) == 0 && *text != NULL ? MU_OK : MU_ERR_MEMORY;
}

static mu_status take(reading *r, const char *based_on, const char *out, mu_arena *arena) {
    char *whole = NULL, *less = NULL;
    size_t length = 0;
    mu_grid_column heads[MU_POLICY_COLUMNS_MOST] = {0};
    mu_policy_column columns[MU_POLICY_COLUMNS_MOST];
    base b = {0};
    mu_status status = print_policy(r, NULL, NULL, &whole, &length);
    status = status == MU_OK ? check(r, whole, length, based_on, arena) : status;
    if (status == MU_OK && based_on != NULL) {
        status = read_base(based_on, &b, columns, heads, arena, r->diags);
        status = status == MU_OK
                     ? print_policy(r, &b, mu_path_beside(arena, out, based_on), &less, &length)
                     : status;
    }
    if (status == MU_OK && mu_diags_count(r->diags, MU_ERROR) > 0) {
        status = MU_ERR_INPUT;
    }
    if (status == MU_OK) {
        status = mu_file_out_write(out, less != NULL ? less : whole, length, r->diags);
    }
    mu_grid_destroy(&b.grid);
    free(whole);
    free(less);
    return status;
}

mu_status mu_policy_sheet_read(const char *path, const char *based_on, const char *out,
                               mu_arena *arena, mu_diags *diags) {
    reading r = {.path = path, .diags = diags};
    mu_status status = mu_sheet_read(path, &r.sheet, diags);
    if (status != MU_OK) {
        return status;
    }
    status = find_head(&r) ? MU_OK : MU_ERR_INPUT;
    if (status == MU_OK) {
        find_columns(&r);
        status = find_clauses(&r) ? MU_OK : MU_ERR_MEMORY;
    }
    for (uint32_t k = 0; status == MU_OK && k < r.clause_count; k++) {
        for (uint32_t row = r.first[k] + 1; row < r.first[k + 1]; row++) {
            check_further(&r, r.first[k], row);
        }
    }
    if (status == MU_OK) {
        status = take(&r, based_on, out, arena);
    }
    free(r.first);
    mu_sheet_destroy(&r.sheet);
    return status;
}
