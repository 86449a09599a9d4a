/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing the sheet. A box that may come several times has several rows of the same number. */
#include "times_sheet.h"

#include <math.h>

#include "core/i18n.h"
#include "drill/pack/words_watch.h"
#include "grid.h"
#include "workbook.h"

enum { REPEATS_MOST = 4 };

/* The headings stay English words whatever the language: they are what is looked for. */
static const mu_grid_column columns[MU_TIMES_COLUMNS] = {
    {"box", 8, false},       {"what", 52, false},     {"clauses", 18, false},
    {"expected", 24, false}, {"by_clock", 12, false}, {"observed", 20, true},
    {"value", 12, true},     {"note", 34, true}};

static void put_row(mu_grid *grid, const char *const cells[MU_TIMES_COLUMNS]) {
    for (int c = 0; c < MU_TIMES_COLUMNS; c++) {
        mu_grid_put(grid, cells[c]);
    }
}

static void put_head(mu_grid *grid, const mu_view *view) {
    const char *start = view->plan->incident.starts_at;
    put_row(grid, (const char *const[]){MU_TIMES_START,
                                        _("Start of the exercise: date and time of day "
                                          "(2026-09-15 10:00:00), or time of day alone"),
                                        "", "", start != NULL ? mu_say_day_time(view, 0) : "", "",
                                        "", ""});
    put_row(grid,
            (const char *const[]){MU_TIMES_END, _("End of the exercise"), "", "", "", "", "", ""});
    put_row(grid,
            (const char *const[]){MU_TIMES_OVER,
                                  _("Played to its end, so that what has not come would never "
                                    "have come? yes or no"),
                                  "", "", "", "", "no", ""});
}

static void put_watch(mu_grid *grid, const mu_view *view, const mu_watch *watch, uint32_t again) {
    const bool number = watch->what == MU_WATCH_NUMBER || watch->what == MU_WATCH_PEOPLE;
    const char *what = mu_say_watch(view, watch);
    put_row(grid, (const char *const[]){
                      watch->code, again > 0 ? mu_say(view, _("%s (again)"), what) : what,
                      mu_say_watch_clauses(view, watch),
                      again > 0 ? ""
                      : number  ? mu_say(view, "%.4g", watch->value)
                                : mu_say_expected(view, watch),
                      again > 0 ? "" : mu_say_day_time(view, watch->from_start_s), "", "", ""});
}

mu_status mu_times_write(const mu_pack_def *def, const char *folder, mu_diags *diags) {
    mu_view view;
    if (mu_view_create(&def->report, &view) != MU_OK) {
        return MU_ERR_MEMORY;
    }
    mu_grid grid = {.name = "times", .columns = columns, .column_count = MU_TIMES_COLUMNS};
    put_head(&grid, &view);
    for (uint32_t w = 0; w < def->watches->count; w++) {
        const mu_watch *watch = &def->watches->items[w];
        put_watch(&grid, &view, watch, 0);
        for (uint32_t k = 1; k < watch->most && k < REPEATS_MOST &&
                             (watch->what == MU_WATCH_TIME || watch->what == MU_WATCH_NUMBER);
             k++) {
            put_watch(&grid, &view, watch, k);
        }
    }
    mu_status status = mu_grid_csv(&grid, mu_say(&view, "%s/times.csv", folder), diags);
    if (status == MU_OK && mu_workbook_can()) {
        status = mu_grid_xlsx(&grid, 1, mu_say(&view, "%s/times.xlsx", folder), diags);
    }
    mu_grid_destroy(&grid);
    mu_view_destroy(&view);
    return status;
}
