/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster observe`: times that evaluators wrote down at a real exercise, judged as runs are, held
 * against what the runs predict. */
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "core/file_out.h"
#include "core/i18n.h"
#include "core/json_out.h"
#include "diagnose.h"
#include "drill/log_jsonl.h"
#include "drill/report/words.h"
#include "folder.h"
#include "language.h"
#include "ledger.h"
#include "options.h"
#include "study/observe.h"
#include "table.h"
#include "times_read.h"
#include "times_sheet.h"
#include "to_pdf.h"
#include "workbook.h"

enum {
    OPTION_OUTPUT,
    OPTION_INCIDENT,
    OPTION_POLICY,
    OPTION_FROM_LOG,
    OPTION_JOBS,
    OPTION_JSON,
    OPTION_NO_PDF,
    OPTION_QUIET
};

static const mu_option options[] = {
    {'o', "output", N_("DIR"),
     N_("folder that the report is written to; with --from-log the sheet (needed)")},
    {0, "incident", N_("FILE"), N_("where the incident's file is now (where the pack says)")},
    {'p', "policy", N_("FILE"), N_("judge by this policy instead of the pack's")},
    {0, "from-log", N_("LOG"),
     N_("fill in a sheet from the log of a run or a tabletop, to rehearse with")},
    {'j', "jobs", N_("N"), N_("threads; 0 = one per processor (0)")},
    {0, "json", NULL, N_("print each clause's verdict as JSON")},
    {0, "no-pdf", NULL, N_("write pages of HTML only")},
    {'q', "quiet", NULL, N_("no progress on standard error")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "observe",
    .synopsis = N_("PACK TIMES.csv|xlsx [OPTION]… -o DIR"),
    .summary =
        N_("Judges the times that evaluators wrote down at a real exercise by the rules by which "
           "runs are judged, and holds them against the runs of the pack, clause by clause: the "
           "evaluation report, which settings would explain a difference, corrective actions in a "
           "hazard ledger (hazards.xlsx, for muster ledger), and measured times for muster fit. A "
           "value that cannot be is named by its cell."),
    .details = N_("Exit status: 0 done; 2 wrong usage, or input that cannot be used (then nothing "
                  "is written)."),
    .options = options,
};

typedef struct job {
    const char *folder, *times_file, *out; /* pack, sheet, output */
    const char *incident, *policy, *log;
    bool json, no_pdf, quiet;
    uint64_t jobs;
    mu_arena *arena;
    mu_pack_given pack;
    mu_plan *plan;
    mu_times times;
    mu_observed sheet;
    mu_findings *runs, *observed;
    mu_watch_list watches;
    mu_diags *diags;
    size_t told; /* of diags */
} job;

static const char *path_in(const job *j, const char *folder, const char *name) {
    return name[0] == '/' ? name : mu_arena_print(j->arena, "%s/%s", folder, name);
}

/* A file that the pack names, by its shortest path. */
static const char *find_file(const job *j, const char *name) {
    char whole[PATH_MAX];
    const char *path = path_in(j, j->folder, name);
    return realpath(path, whole) != NULL ? mu_arena_copy(j->arena, whole) : path;
}

static mu_status read_pack(job *j) {
    mu_loader *loader = mu_loader_create(j->arena, j->diags);
    if (loader == NULL) {
        return MU_ERR_MEMORY;
    }
    const mu_status status =
        mu_loader_read(loader, path_in(j, j->folder, "pack.json"), &mu_pack_kind, &j->pack);
    mu_loader_destroy(loader);
    return status;
}

/* Boxes mean what they meant only while the files are the same; else it is said. */
static void compare_inputs(const job *j) {
    for (uint32_t i = 0; i < j->plan->files.count && i < j->pack.inputs.count; i++) {
        char hash[24];
        (void)snprintf(hash, sizeof hash, "%016llx",
                       (unsigned long long)j->plan->files.items[i].hash);
        if (strcmp(hash, j->pack.inputs.items[i].hash) != 0) {
            const mu_where where = {.file = j->plan->files.items[i].name};
            mu_diags_add(j->diags, MU_WARNING, "observe.other-inputs", &where,
                         _("predictions are those of the files as they are now"),
                         _("the file is not as it was when the pack was made"));
        }
    }
}

static mu_status load(job *j) {
    mu_status status = read_pack(j);
    if (status != MU_OK) {
        return status;
    }
    const char *incident = j->incident != NULL ? j->incident : find_file(j, j->pack.incident);
    const char *policy = j->policy != NULL        ? j->policy
                         : j->pack.policy != NULL ? find_file(j, j->pack.policy)
                                                  : NULL;
    j->incident = incident;
    j->policy = policy;
    j->plan = mu_plan_load(incident, policy, j->diags);
    if (j->plan == NULL) {
        return MU_ERR_INPUT;
    }
    if (j->pack.motion > 0) {
        j->plan->incident.motion = j->pack.motion - 1;
    }
    if (j->pack.motion_mode > 0) {
        j->plan->incident.motion_mode = j->pack.motion_mode - 1;
    }
    compare_inputs(j);
    return MU_OK;
}

/* What has not been told yet. */
static void tell(job *j) {
    mu_diags_print(j->diags, j->told, MU_WARNING, stderr);
    j->told = mu_diags_count(j->diags, MU_NOTE);
}

static int refuse(job *j, mu_status status) {
    tell(j);
    return mu_refuse_status(usage.command, status, j->diags);
}

static int fill_sheet(job *j) {
    mu_log *log = NULL;
    mu_log_origin origin;
    mu_run_end end;
    mu_observation *items = NULL;
    uint32_t count = 0;
    mu_status status = mu_log_read(j->plan, j->log, &log, &origin, &end, j->diags);
    if (status == MU_OK) {
        status = mu_observed_from_log(j->plan, &j->pack, log, &end, &items, &count);
    }
    if (status == MU_OK) {
        status = mu_times_fill(j->out, &j->pack, items, count, &end,
                               llround(j->plan->response.start_h * 3600), j->diags);
    }
    free(items);
    mu_log_destroy(log);
    return status == MU_OK ? MU_EXIT_DONE : refuse(j, status);
}

static mu_status judge(job *j) {
    mu_status status = mu_times_read(j->times_file, &j->pack, &j->times, j->diags);
    if (status != MU_OK) {
        return status;
    }
    j->sheet = (mu_observed){.plan = j->plan,
                             .pack = &j->pack,
                             .items = j->times.items,
                             .count = j->times.count,
                             .end_us = j->times.end_us,
                             .quiet = j->times.quiet};
    status = mu_observed_judge(&j->sheet, &j->observed);
    if (status == MU_ERR_INPUT) {
        const mu_where where = {.file = path_in(j, j->folder, "pack.json")};
        mu_diags_add(j->diags, MU_ERROR, "observe.unknown-box", &where,
                     _("make the pack again from these files"),
                     _("the pack has a box that the incident's files do not know"));
    }
    if (status == MU_OK) {
        status = mu_play_heard(j->plan, (uint64_t)j->pack.seed, (uint32_t)j->pack.reps,
                               (uint32_t)j->jobs, j->quiet, &j->runs, &j->watches, j->diags);
    }
    return status;
}

/* "2026-09-15 10:00", `after_s` later; NULL where the sheet gives no date. */
static const char *say_date(const job *j, int64_t after_s, bool with_time) {
    if (!j->times.has_date) {
        return NULL;
    }
    const int64_t all = j->times.start_s + after_s;
    int64_t z = all / 86400 + 719468; /* as days_of, backwards */
    const int64_t era = z / 146097, of_era = z - era * 146097;
    const int64_t year_of = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const int64_t of_year = of_era - (365 * year_of + year_of / 4 - year_of / 100);
    const int64_t m = (5 * of_year + 2) / 153, day = of_year - (153 * m + 2) / 5 + 1;
    const int64_t month = m < 10 ? m + 3 : m - 9, year = year_of + era * 400 + (month <= 2);
    return with_time ? mu_arena_print(j->arena, "%04d-%02d-%02d %02d:%02d", (int)year, (int)month,
                                      (int)day, (int)(all % 86400 / 3600), (int)(all / 60 % 60))
                     : mu_arena_print(j->arena, "%04d-%02d-%02d", (int)year, (int)month, (int)day);
}

static const mu_clause *clause_named(const mu_plan *plan, const char *id) {
    for (uint32_t c = 0; c < plan->policy.clauses.count; c++) {
        if (strcmp(plan->policy.clauses.items[c].id, id) == 0) {
            return &plan->policy.clauses.items[c];
        }
    }
    return NULL;
}

/* When the report has to be there, by the policy's own limit from the end of the exercise. */
static const char *say_due(const job *j) {
    const mu_clause *clause = clause_named(j->plan, "4.1.3c");
    const double unit_s = clause == NULL || clause->demands.count == 0
                              ? 0
                              : mu_judge_seconds(clause->demands.items[0].unit);
    return unit_s > 0 ? say_date(j,
                                 j->times.end_us / MU_SECOND +
                                     (int64_t)(clause->demands.items[0].value * unit_s),
                                 true)
                      : NULL;
}

static mu_status write_text(const job *j, const char *name, char *text) {
    const mu_status status =
        text == NULL ? MU_ERR_MEMORY
                     : mu_file_out_write(path_in(j, j->out, name), text, strlen(text), j->diags);
    free(text);
    return status;
}

static void put_hazard(const job *j, const mu_observe_def *def, mu_view *view, mu_grid *grid,
                       uint32_t clause, const mu_compared *one) {
    const mu_clause *given = mu_view_clause(view, clause);
    const char *date = def->date != NULL ? def->date : "";
    const char *cells[MU_LEDGER_COLUMNS] = {
        [MU_LEDGER_ID] = mu_say(view, "%s-%s", date[0] != 0 ? date : "EX", given->id),
        [MU_LEDGER_FOUND] = date,
        [MU_LEDGER_SOURCE] = mu_say_text(view, &view->plan->incident.name),
        [MU_LEDGER_CLAUSE] = given->id,
        [MU_LEDGER_FINDING] =
            mu_say(view, _("%s: observed %s, limit %s"), mu_say_text(view, &given->title),
                   isnan(one->value) ? "–" : mu_say_value(view, clause, one->value),
                   mu_say_limit(view, clause)),
        [MU_LEDGER_SEVERITY] = mu_say(view, "%lld", (long long)given->severity),
        [MU_LEDGER_OWNER] = mu_say_role(view, given->owner),
        [MU_LEDGER_DEADLINE] = say_date(j, 30 * 86400LL, false),
        [MU_LEDGER_STATUS] = "open",
        [MU_LEDGER_ACCEPTANCE] =
            mu_say(view, _("%s at the next exercise"), mu_say_limit(view, clause)),
    };
    for (int c = 0; c < MU_LEDGER_COLUMNS; c++) {
        mu_grid_put(grid, cells[c] != NULL ? cells[c] : "");
    }
}

/* Every missed clause becomes a row, once. */
static mu_status write_hazards(const job *j, const mu_observe_def *def) {
    mu_view view;
    if (mu_view_create(&def->report, &view) != MU_OK) {
        return MU_ERR_MEMORY;
    }
    const mu_compared *compared = mu_observe_compare(def, view.arena);
    mu_grid grid = {
        .name = "hazards", .columns = mu_ledger_columns, .column_count = MU_LEDGER_COLUMNS};
    for (uint32_t c = 0; compared != NULL && c < j->plan->policy.clauses.count; c++) {
        const uint32_t same = j->plan->clauses[c].same_as;
        if (compared[c].observed == MU_VERDICT_MISSED &&
            (same == MU_NONE || compared[same].observed != MU_VERDICT_MISSED)) {
            put_hazard(j, def, &view, &grid, c, &compared[c]);
        }
    }
    const bool whole = compared != NULL && !mu_arena_lacks_memory(view.arena);
    mu_status status =
        whole ? mu_grid_csv(&grid, path_in(j, j->out, "hazards.csv"), j->diags) : MU_ERR_MEMORY;
    if (status == MU_OK && mu_workbook_can()) {
        status = mu_grid_xlsx(&grid, 1, path_in(j, j->out, "hazards.xlsx"), j->diags);
    }
    mu_grid_destroy(&grid);
    mu_view_destroy(&view);
    return status;
}

/* One file for steps and one for units: each goes into its own file of settings. */
static mu_status write_measured(const job *j, const char *prefix, const char *name) {
    const mu_measured_settings list = mu_observed_settings(&j->sheet, j->arena);
    mu_file_out file;
    if (mu_arena_lacks_memory(j->arena)) {
        return MU_ERR_MEMORY;
    }
    mu_status status = mu_file_out_open(path_in(j, j->out, name), &file, j->diags);
    if (status != MU_OK) {
        return status;
    }
    (void)fputs("setting,value\n", file.stream);
    for (uint32_t i = 0; i < list.count; i++) {
        if (strncmp(list.items[i].pointer, prefix, strlen(prefix)) == 0) {
            (void)fprintf(file.stream, "%s,%.6g\n", list.items[i].pointer, list.items[i].value);
        }
    }
    return mu_file_out_commit(&file, j->diags);
}

static void print_json(const job *j, const mu_compared *compared) {
    mu_json_out out = {.stream = stdout};
    static const char *const fits[] = {"unknown", "within", "better", "worse"};
    mu_json_open(&out, NULL, '{');
    mu_json_open(&out, "clauses", '[');
    for (uint32_t c = 0; c < j->plan->policy.clauses.count; c++) {
        mu_json_open_flat(&out, NULL, '{');
        mu_json_put_string(&out, "id", j->plan->policy.clauses.items[c].id);
        mu_json_put_bool(&out, "watched", compared[c].watched == MU_WATCHED_YES);
        mu_json_put_string(&out, "verdict", mu_verdict_name(compared[c].observed));
        mu_json_put_real(&out, "value", compared[c].value);
        mu_json_put_real(&out, "predicted_median", compared[c].median);
        mu_json_put_real(&out, "predicted_low", compared[c].low);
        mu_json_put_real(&out, "predicted_high", compared[c].high);
        mu_json_put_string(&out, "against_runs", fits[compared[c].fits]);
        mu_json_close(&out, '}');
    }
    mu_json_close(&out, ']');
    mu_json_close(&out, '}');
}

static void print_text(const job *j, const mu_compared *compared) {
    uint32_t met = 0, missed = 0, unwatched = 0, worse = 0;
    for (uint32_t c = 0; c < j->plan->policy.clauses.count; c++) {
        met += compared[c].observed == MU_VERDICT_MET;
        missed += compared[c].observed == MU_VERDICT_MISSED;
        unwatched += compared[c].watched == MU_WATCHED_NO;
        worse += compared[c].fits == MU_FITS_WORSE;
    }
    printf(_("Met %u, missed %u, not watched %u; worse than predicted: %u."), met, missed,
           unwatched, worse);
    printf("\n");
    mu_text_printf(stdout,
                   _("Report: %s/evaluation-report.html; hazards.csv, measured-steps.csv and "
                     "measured-units.csv beside it."),
                   j->out);
    printf("\n");
}

static int write_all(job *j) {
    const mu_observe_def def = {.report = {.findings = j->runs,
                                           .language = mu_language(),
                                           .incident = j->incident,
                                           .policy = j->policy,
                                           .version = MU_VERSION},
                                .observed = j->observed,
                                .sheet = &j->sheet,
                                .date = say_date(j, 0, false),
                                .due = say_due(j),
                                .times = j->times_file};
    mu_pdf pdf;
    if (!mu_folder_make(j->out)) {
        return mu_refuse(usage.command, _("cannot make the folder %s: %s"), j->out,
                         strerror(errno));
    }
    mu_status status = write_text(j, "evaluation-report.html", mu_observe_page(&def));
    status = status == MU_OK ? write_hazards(j, &def) : status;
    status = status == MU_OK ? write_measured(j, "/steps/", "measured-steps.csv") : status;
    status = status == MU_OK ? write_measured(j, "/units/", "measured-units.csv") : status;
    const mu_compared *compared = status == MU_OK ? mu_observe_compare(&def, j->arena) : NULL;
    if (compared == NULL) {
        return refuse(j, status == MU_OK ? MU_ERR_MEMORY : status);
    }
    if (!j->no_pdf && mu_pdf_open(&pdf)) {
        (void)mu_pdf_print(&pdf, path_in(j, j->out, "evaluation-report.html"),
                           path_in(j, j->out, "evaluation-report.pdf"));
        mu_pdf_close(&pdf);
    }
    if (j->json) {
        print_json(j, compared);
    } else {
        print_text(j, compared);
    }
    return MU_EXIT_DONE;
}

static int observe(job *j) {
    mu_status status = load(j);
    if (status == MU_OK && j->log != NULL) {
        tell(j);
        return fill_sheet(j);
    }
    status = status == MU_OK ? judge(j) : status;
    tell(j);
    return status == MU_OK ? write_all(j) : refuse(j, status);
}

static bool read_request(const mu_given_options *given, job *out) {
    const bool fills = given->value[OPTION_FROM_LOG] != NULL;
    if (given->operand_count != (fills ? 1 : 2)) {
        (void)mu_refuse_usage(usage.command,
                              fills ? _("name one pack") : _("name a pack and a sheet of times"));
        return false;
    }
    *out = (job){.folder = given->operands[0],
                 .times_file = fills ? NULL : given->operands[1],
                 .out = given->value[OPTION_OUTPUT],
                 .incident = given->value[OPTION_INCIDENT],
                 .policy = given->value[OPTION_POLICY],
                 .log = given->value[OPTION_FROM_LOG],
                 .json = given->value[OPTION_JSON] != NULL,
                 .no_pdf = given->value[OPTION_NO_PDF] != NULL,
                 .quiet = given->value[OPTION_QUIET] != NULL};
    if (out->out == NULL || out->out[0] == 0) {
        (void)mu_refuse_usage(usage.command, _("-o is missing: where the files are to be written"));
        return false;
    }
    const char *ending = strrchr(out->out, '.');
    if (fills && ending != NULL && strcmp(ending, ".xlsx") == 0) {
        (void)mu_refuse_usage(usage.command,
                              _("the sheet is written as CSV: give -o a name that ends with .csv"));
        return false;
    }
    return mu_option_number(usage.command, "jobs", given->value[OPTION_JOBS], 0, MU_JOBS_MOST,
                            &out->jobs);
}

int mu_observe_main(int argc, char **argv) {
    mu_given_options given;
    int status = MU_EXIT_DONE;
    job j;
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
    if (!read_request(&given, &j)) {
        return MU_EXIT_USAGE;
    }
    j.arena = mu_arena_create();
    j.diags = mu_diags_create();
    status = j.arena == NULL || j.diags == NULL
                 ? mu_refuse(usage.command, _("there is not enough memory"))
                 : observe(&j);
    mu_times_destroy(&j.times);
    mu_watch_list_destroy(&j.watches);
    mu_findings_destroy(j.observed);
    mu_findings_destroy(j.runs);
    mu_plan_destroy(j.plan);
    mu_arena_destroy(j.arena);
    mu_diags_destroy(j.diags);
    return status;
}
