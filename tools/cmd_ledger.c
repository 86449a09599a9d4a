/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster ledger`: hazard ledgers read, put together and followed up. Rows with the same number are
 * one hazard, and the later file's row stands; a clause that a later exercise missed again after
 * its hazard was accepted is said, since then it was not mended. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "command.h"
#include "core/grow.h"
#include "core/i18n.h"
#include "core/json_out.h"
#include "diagnose.h"
#include "ledger.h"
#include "options.h"
#include "sheet_in.h"
#include "table.h"

enum { OPTION_OUTPUT, OPTION_ON, OPTION_JSON };

static const mu_option options[] = {
    {'o', "output", N_("FILE"), N_("write all rows as one ledger (.xlsx or .csv)")},
    {0, "on", N_("DATE"), N_("the day that it is looked at from (today)")},
    {0, "json", NULL, N_("print the rows as JSON")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "ledger",
    .synopsis = N_("LEDGER.csv|xlsx… [OPTION]…"),
    .summary =
        N_("Follows up hazard ledgers: what is open, overdue, without an owner, an action or a "
           "deadline, done and not accepted, and what was missed again after it had been accepted. "
           "Several ledgers are put together by the number of the hazard; the later file stands."),
    .details = N_("Exit status: 0 nothing is overdue or incomplete; 1 something is; 2 wrong usage, "
                  "or input that cannot be used."),
    .options = options,
};

const mu_grid_column mu_ledger_columns[MU_LEDGER_COLUMNS] = {
    {"id", 20, false},        {"found_on", 12, false},   {"source", 26, false},
    {"clause", 9, false},     {"finding", 46, false},    {"severity", 9, false},
    {"interim", 24, true},    {"action", 34, true},      {"element", 14, true},
    {"owner", 20, true},      {"deadline", 12, true},    {"status", 10, true},
    {"acceptance", 28, true}, {"accepted_by", 16, true}, {"accepted_on", 12, true},
    {"note", 28, true}};

typedef enum standing {
    STANDING_ACCEPTED,
    STANDING_DONE, /* and waits to be accepted */
    STANDING_OPEN,
    STANDING_INCOMPLETE, /* no owner, action or deadline */
    STANDING_OVERDUE,
    STANDING_AGAIN, /* missed again after it had been accepted */
    STANDING_COUNT
} standing;

typedef struct hazard {
    char *cells[MU_LEDGER_COLUMNS];
    standing standing;
} hazard;

typedef struct ledger {
    hazard *items;
    uint32_t count, room;
    uint32_t faults;
    bool no_memory;
} ledger;

static const char *say_standing(standing s) {
    static const char *const words[STANDING_COUNT] = {N_("accepted"), N_("done, not accepted"),
                                                      N_("open"),     N_("incomplete"),
                                                      N_("overdue"),  N_("missed again")};
    return _(words[s]);
}

static bool is_date(const char *text) {
    int year = 0, month = 0, day = 0, length = 0;
    return sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &length) == 3 && text[length] == 0 &&
           length == 10 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static hazard *find(const ledger *all, const char *id) {
    for (uint32_t i = 0; i < all->count; i++) {
        if (strcmp(all->items[i].cells[MU_LEDGER_ID], id) == 0) {
            return &all->items[i];
        }
    }
    return NULL;
}

static hazard *new_hazard(ledger *all) {
    hazard *items = mu_grow(all->items, all->count, &all->room, sizeof *items);
    if (items == NULL) {
        return NULL;
    }
    all->items = items;
    hazard *one = &all->items[all->count++];
    *one = (hazard){0};
    return one;
}

static void complain(ledger *all, const char *file, const mu_sheet_row *row, uint32_t column,
                     mu_diags *diags, const char *what) {
    char cell[16];
    const mu_where where = {.file = file, .line = row->number};
    mu_sheet_name(row, column, cell);
    mu_diags_add(diags, MU_ERROR, "ledger.cell", &where, NULL, _("cell %s: %s"), cell, what);
    all->faults++;
}

static void check_row(ledger *all, const char *file, const mu_sheet_row *row, const uint32_t *at,
                      mu_diags *diags) {
    static const int dates[] = {MU_LEDGER_FOUND, MU_LEDGER_DEADLINE, MU_LEDGER_ACCEPTED_ON};
    const char *status = mu_sheet_cell(row, at[MU_LEDGER_STATUS]);
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++) {
        const char *text = mu_sheet_cell(row, at[dates[i]]);
        if (text[0] != 0 && !is_date(text)) {
            complain(all, file, row, at[dates[i]], diags, _("write the date as 2026-09-15"));
        }
    }
    if (status[0] != 0 && strcmp(status, "open") != 0 && strcmp(status, "done") != 0 &&
        strcmp(status, "accepted") != 0) {
        complain(all, file, row, at[MU_LEDGER_STATUS], diags, _("write open, done or accepted"));
    }
}

static void take_row(ledger *all, const mu_sheet_row *row, const uint32_t *at) {
    hazard *one = find(all, mu_sheet_cell(row, at[MU_LEDGER_ID]));
    one = one != NULL ? one : new_hazard(all);
    for (int c = 0; one != NULL && c < MU_LEDGER_COLUMNS; c++) {
        free(one->cells[c]);
        one->cells[c] = strdup(mu_sheet_cell(row, at[c]));
        all->no_memory = all->no_memory || one->cells[c] == NULL;
    }
    all->no_memory = all->no_memory || one == NULL;
}

static bool read_file(ledger *all, const char *file, mu_diags *diags) {
    mu_sheet_in sheet;
    uint32_t at[MU_LEDGER_COLUMNS], head = MU_NONE;
    if (mu_sheet_read(file, &sheet, diags) != MU_OK) {
        return false;
    }
    for (uint32_t r = 0; r < sheet.count && head == MU_NONE; r++) {
        bool whole = true;
        for (int c = 0; c < MU_LEDGER_COLUMNS; c++) {
            at[c] = mu_sheet_column(&sheet.rows[r], mu_ledger_columns[c].heading);
            whole = whole && at[c] != MU_NONE;
        }
        head = whole ? r : MU_NONE;
    }
    if (head == MU_NONE) {
        const mu_where where = {.file = file};
        mu_diags_add(diags, MU_ERROR, "ledger.head", &where,
                     _("begin with the hazards.xlsx that muster observe writes"),
                     _("the columns of a hazard ledger are missing"));
        all->faults++;
    }
    for (uint32_t r = head == MU_NONE ? sheet.count : head + 1; r < sheet.count && !all->no_memory;
         r++) {
        if (mu_sheet_cell(&sheet.rows[r], at[MU_LEDGER_ID])[0] != 0) {
            check_row(all, file, &sheet.rows[r], at, diags);
            take_row(all, &sheet.rows[r], at);
        }
    }
    mu_sheet_destroy(&sheet);
    return all->faults == 0;
}

static bool is_accepted(const hazard *one) {
    return strcmp(one->cells[MU_LEDGER_STATUS], "accepted") == 0;
}

/* Was the same clause missed again on a later day, after this one had been accepted? */
static bool came_again(const ledger *all, const hazard *one) {
    for (uint32_t i = 0; i < all->count && is_accepted(one); i++) {
        const hazard *other = &all->items[i];
        if (other != one &&
            strcmp(other->cells[MU_LEDGER_CLAUSE], one->cells[MU_LEDGER_CLAUSE]) == 0 &&
            strcmp(other->cells[MU_LEDGER_FOUND], one->cells[MU_LEDGER_ACCEPTED_ON]) > 0) {
            return true;
        }
    }
    return false;
}

/* Dates as they are written sort as they follow each other. */
static standing stand(const ledger *all, const hazard *one, const char *today) {
    const char *deadline = one->cells[MU_LEDGER_DEADLINE];
    if (is_accepted(one)) {
        return came_again(all, one) ? STANDING_AGAIN : STANDING_ACCEPTED;
    }
    if (strcmp(one->cells[MU_LEDGER_STATUS], "done") == 0) {
        return STANDING_DONE;
    }
    if (deadline[0] != 0 && strcmp(deadline, today) < 0) {
        return STANDING_OVERDUE;
    }
    return deadline[0] == 0 || one->cells[MU_LEDGER_OWNER][0] == 0 ||
                   one->cells[MU_LEDGER_ACTION][0] == 0
               ? STANDING_INCOMPLETE
               : STANDING_OPEN;
}

static void print_text(const ledger *all) {
    mu_table *table = mu_table_create(5);
    uint32_t counts[STANDING_COUNT] = {0};
    mu_table_add(table, _("state"), _("hazard"), _("deadline"), _("owner"), _("finding"));
    for (int s = STANDING_COUNT - 1; s >= 0; s--) {
        for (uint32_t i = 0; i < all->count; i++) {
            const hazard *one = &all->items[i];
            if (one->standing == (standing)s) {
                counts[s]++;
                mu_table_add(table, say_standing(one->standing), one->cells[MU_LEDGER_ID],
                             one->cells[MU_LEDGER_DEADLINE], one->cells[MU_LEDGER_OWNER],
                             one->cells[MU_LEDGER_FINDING]);
            }
        }
    }
    mu_table_print(table, stdout);
    mu_table_destroy(table);
    (void)putchar('\n');
    for (int s = STANDING_COUNT - 1; s >= 0; s--) {
        printf("%s%s %u", s == STANDING_COUNT - 1 ? "" : " · ", say_standing((standing)s),
               counts[s]);
    }
    (void)putchar('\n');
}

static void print_json(const ledger *all) {
    static const char *const words[STANDING_COUNT] = {"accepted",   "done",    "open",
                                                      "incomplete", "overdue", "again"};
    mu_json_out out = {.stream = stdout};
    mu_json_open(&out, NULL, '{');
    mu_json_open(&out, "hazards", '[');
    for (uint32_t i = 0; i < all->count; i++) {
        mu_json_open(&out, NULL, '{');
        mu_json_put_string(&out, "standing", words[all->items[i].standing]);
        for (int c = 0; c < MU_LEDGER_COLUMNS; c++) {
            mu_json_put_string(&out, mu_ledger_columns[c].heading, all->items[i].cells[c]);
        }
        mu_json_close(&out, '}');
    }
    mu_json_close(&out, ']');
    mu_json_close(&out, '}');
}

static mu_status write_out(const ledger *all, const char *path, mu_diags *diags) {
    const char *ending = strrchr(path, '.');
    mu_grid grid = {
        .name = "hazards", .columns = mu_ledger_columns, .column_count = MU_LEDGER_COLUMNS};
    for (uint32_t i = 0; i < all->count; i++) {
        for (int c = 0; c < MU_LEDGER_COLUMNS; c++) {
            mu_grid_put(&grid, all->items[i].cells[c]);
        }
    }
    const mu_status status = ending != NULL && strcmp(ending, ".xlsx") == 0
                                 ? mu_grid_xlsx(&grid, 1, path, diags)
                                 : mu_grid_csv(&grid, path, diags);
    mu_grid_destroy(&grid);
    return status;
}

static int refuse(mu_status status, const mu_diags *diags) {
    mu_diags_print(diags, 0, MU_WARNING, stderr);
    return mu_refuse_status(usage.command, status, diags);
}

static int follow_up(ledger *all, const mu_given_options *given, const char *today,
                     mu_diags *diags) {
    bool fine = true;
    for (int f = 0; f < given->operand_count; f++) {
        fine = read_file(all, given->operands[f], diags) && fine;
    }
    if (all->no_memory) {
        return mu_refuse(usage.command, _("there is not enough memory"));
    }
    if (!fine) {
        return refuse(MU_ERR_MEMORY, diags); /* where nothing else has been said */
    }
    bool calm = true;
    for (uint32_t i = 0; i < all->count; i++) {
        all->items[i].standing = stand(all, &all->items[i], today);
        calm = calm && all->items[i].standing < STANDING_INCOMPLETE;
    }
    const mu_status written = given->value[OPTION_OUTPUT] != NULL
                                  ? write_out(all, given->value[OPTION_OUTPUT], diags)
                                  : MU_OK;
    if (written != MU_OK) {
        return refuse(written, diags);
    }
    if (given->value[OPTION_JSON] != NULL) {
        print_json(all);
    } else {
        print_text(all);
    }
    return calm ? MU_EXIT_DONE : MU_EXIT_NO;
}

int mu_ledger_main(int argc, char **argv) {
    mu_given_options given;
    int status = MU_EXIT_DONE;
    ledger all = {0};
    char now[16];
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
    if (given.operand_count == 0) {
        return mu_refuse_usage(usage.command, _("name at least one ledger"));
    }
    const time_t clock = time(NULL);
    struct tm local;
    (void)strftime(now, sizeof now, "%Y-%m-%d", localtime_r(&clock, &local));
    const char *today = given.value[OPTION_ON] != NULL ? given.value[OPTION_ON] : now;
    if (!is_date(today)) {
        return mu_refuse_usage(usage.command, _("--on is '%s'; write it as 2026-09-15"), today);
    }
    mu_diags *diags = mu_diags_create();
    status = diags == NULL ? mu_refuse(usage.command, _("there is not enough memory"))
                           : follow_up(&all, &given, today, diags);
    for (uint32_t i = 0; i < all.count; i++) {
        for (int c = 0; c < MU_LEDGER_COLUMNS; c++) {
            free(all.items[i].cells[c]);
        }
    }
    free(all.items);
    mu_diags_destroy(diags);
    return status;
}
