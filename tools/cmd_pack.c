/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster pack`: an incident played, and everything on paper that a real exercise of it needs. */
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "core/file_out.h"
#include "core/i18n.h"
#include "diagnose.h"
#include "drill/pack/pack_file.h"
#include "folder.h"
#include "grid.h"
#include "language.h"
#include "options.h"
#include "playing.h"
#include "progress.h"
#include "study/replications.h"
#include "table.h"
#include "times_sheet.h"
#include "to_pdf.h"
#include "workbook.h"

enum {
    OPTION_OUTPUT,
    OPTION_POLICY,
    OPTION_MOTION,
    OPTION_MOTION_MODE,
    OPTION_SEED,
    OPTION_REPS,
    OPTION_JOBS,
    OPTION_NO_PDF,
    OPTION_QUIET
};

static const mu_option options[] = {
    {'o', "output", N_("DIR"), N_("folder that the pack is written to (needed)")},
    {'p', "policy", N_("FILE"), N_("judge by this policy instead of the incident's")},
    {0, "motion", N_("MODEL"), N_("move people by walk or by flow (the incident's)")},
    {0, "motion-mode", N_("MODE"), N_("flow through doors: free or regulatory (the incident's)")},
    {0, "seed", N_("N"), N_("seed of all luck (the incident's)")},
    {'n', "reps", N_("N"), N_("how many runs the expected times come from (20)")},
    {'j', "jobs", N_("N"), N_("threads; 0 = one per processor (0)")},
    {0, "no-pdf", NULL, N_("write pages of HTML only")},
    {'q', "quiet", NULL, N_("no progress on standard error")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "pack",
    .synopsis = N_("INCIDENT [OPTION]… -o DIR"),
    .summary = N_(
        "Writes everything on paper that a real exercise of an incident needs: exercise plan, "
        "situation manual, list of injects, evaluation sheets with expected times, role cards, "
        "decision log, sign-in and roll-call sheets, safety page, floor plans with routes and "
        "cordons, facilitator's guide; as pages of HTML, as PDF where Chromium is installed, and "
        "the sheet that observed times are typed into (muster observe)."),
    .details = N_("Exit status: 0 done; 2 wrong usage, or input that cannot be used (then nothing "
                  "is written)."),
    .options = options,
};

typedef struct request {
    const char *incident, *policy, *folder;
    mu_playing play;
    bool no_pdf, quiet;
} request;

static bool read_request(const mu_given_options *given, request *out) {
    *out = (request){.policy = given->value[OPTION_POLICY],
                     .folder = given->value[OPTION_OUTPUT],
                     .no_pdf = given->value[OPTION_NO_PDF] != NULL,
                     .quiet = given->value[OPTION_QUIET] != NULL,
                     .play = {.reps = 20}};
    return mu_playing_operand(&usage, given, out->folder, &out->incident) &&
           mu_playing_motion(&usage, given->value[OPTION_MOTION], given->value[OPTION_MOTION_MODE],
                             &out->play) &&
           mu_playing_runs(&usage, given->value[OPTION_SEED], given->value[OPTION_REPS],
                           given->value[OPTION_JOBS], &out->play);
}

/* The path of `file` as seen from the folder, in the plan's arena; NULL of no file, or without
 * memory. */
static const char *seen_from(const mu_plan *plan, const char *folder, const char *file) {
    char from[PATH_MAX], to[PATH_MAX];
    errno = 0;
    if (file == NULL || realpath(folder, from) == NULL || realpath(file, to) == NULL) {
        return errno == ENOMEM ? NULL : file;
    }
    size_t same = 0;
    for (size_t i = 0; from[i] == to[i] && from[i] != 0; i++) {
        same = to[i] == '/' ? i : same;
    }
    const size_t length = strlen(from);
    if (to[length] == '/' && strncmp(from, to, length) == 0) {
        return mu_arena_copy(plan->arena, to + length + 1);
    }
    const char *up = "";
    for (const char *c = from + same; *c != 0; c++) {
        up = *c == '/' ? mu_arena_print(plan->arena, "%s../", up) : up;
    }
    return mu_arena_print(plan->arena, "%s%s", up, to + same + 1);
}

static const char *path_in(const mu_plan *plan, const char *folder, const char *name,
                           const char *ending) {
    const char *path = mu_arena_print(plan->arena, "%s/%s%s", folder, name, ending);
    return path != NULL ? path : name;
}

static mu_status write_page(const char *path, char *text, mu_diags *diags) {
    const mu_status status =
        text == NULL ? MU_ERR_MEMORY : mu_file_out_write(path, text, strlen(text), diags);
    free(text);
    return status;
}

static void put_cell(void *to, const char *cell) {
    mu_grid_put(to, cell);
}

static mu_status write_msel(const mu_pack_def *def, const char *folder, mu_diags *diags) {
    static const double widths[] = {8,  12, 10, 10, 12, 16, 16, 12, 24, 24, 40,
                                    40, 36, 36, 20, 16, 14, 14, 12, 12, 30, 24};
    enum { COLUMNS = sizeof widths / sizeof widths[0], FIRST_BY_HAND = 16 };
    const mu_plan *plan = def->report.findings->plan;
    mu_grid_column columns[COLUMNS];
    for (uint32_t c = 0; c < COLUMNS; c++) {
        columns[c] = (mu_grid_column){mu_msel_columns[c], widths[c], c >= FIRST_BY_HAND};
    }
    mu_grid grid = {.name = "MSEL", .columns = columns, .column_count = COLUMNS};
    mu_msel list;
    if (mu_pack_msel(plan, def->watches, &list) != MU_OK) {
        return MU_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < list.count; i++) {
        grid.no_memory = !mu_msel_cells(def, &list.items[i], put_cell, &grid) || grid.no_memory;
    }
    mu_msel_destroy(&list);
    mu_status status = mu_grid_csv(&grid, path_in(plan, folder, "msel", ".csv"), diags);
    if (status == MU_OK && mu_workbook_can()) {
        status = mu_grid_xlsx(&grid, 1, path_in(plan, folder, "msel", ".xlsx"), diags);
    }
    mu_grid_destroy(&grid);
    return status;
}

static mu_status write_papers(const mu_pack_def *def, const char *folder, mu_diags *diags) {
    const mu_plan *plan = def->report.findings->plan;
    mu_status status = MU_OK;
    for (int p = 0; status == MU_OK && p < MU_PACK_PAPERS; p++) {
        status = write_page(path_in(plan, folder, mu_pack_file((mu_pack_paper)p), ".html"),
                            mu_pack_html(def, (mu_pack_paper)p), diags);
    }
    return status;
}

/* How many papers were printed. */
static int print_papers(const mu_plan *plan, const request *asked, const mu_pdf *pdf) {
    const char *folder = asked->folder;
    int printed = 0;
    for (int p = 0; p < MU_PACK_PAPERS; p++) {
        if (!asked->quiet) {
            (void)fprintf(stderr, _("PDF %d of %d: %s"), p + 1, (int)MU_PACK_PAPERS,
                          mu_pack_title((mu_pack_paper)p));
            (void)fputc('\n', stderr);
        }
        const char *name = mu_pack_file((mu_pack_paper)p);
        printed += mu_pdf_print(pdf, path_in(plan, folder, name, ".html"),
                                path_in(plan, folder, name, ".pdf"));
    }
    return printed;
}

static void tell(const mu_pack_def *def, const request *asked, bool has_browser, int printed) {
    mu_table *table = mu_table_create(2);
    for (int p = 0; p < MU_PACK_PAPERS; p++) {
        mu_table_add(table, mu_pack_title((mu_pack_paper)p), mu_pack_file((mu_pack_paper)p));
    }
    mu_table_print(table, stdout);
    mu_table_destroy(table);
    if (!has_browser && !asked->no_pdf) {
        printf("%s\n", _("No PDF: Chromium is not installed (apt-get install chromium). Each page "
                         "prints on A4 from any browser."));
    } else if (has_browser && printed < MU_PACK_PAPERS) {
        printf(_("Chromium printed %d of %d papers; the others print from any browser."), printed,
               (int)MU_PACK_PAPERS);
        (void)putchar('\n');
    }
    mu_text_printf(stdout, _("%u boxes to watch. Begin with %s/index.html"), def->watches->count,
                   asked->folder);
    (void)putchar('\n');
}

static mu_status write_all(const mu_pack_def *def, const request *asked, mu_diags *diags) {
    const mu_plan *plan = def->report.findings->plan;
    mu_status status = write_papers(def, asked->folder, diags);
    if (status == MU_OK) {
        status = write_msel(def, asked->folder, diags);
    }
    if (status == MU_OK) {
        status = mu_times_write(def, asked->folder, diags);
    }
    if (status == MU_OK) {
        const char *incident = seen_from(plan, asked->folder, asked->incident);
        const char *policy = seen_from(plan, asked->folder, asked->policy);
        const bool enough = incident != NULL && (policy != NULL || asked->policy == NULL);
        status = enough ? mu_pack_write(def, incident, policy,
                                        path_in(plan, asked->folder, "pack", ".json"), diags)
                        : MU_ERR_MEMORY;
    }
    return status;
}

static int write_pack(const mu_pack_def *def, const request *asked, mu_diags *diags) {
    const mu_plan *plan = def->report.findings->plan;
    mu_status status = write_all(def, asked, diags);
    mu_pdf pdf;
    const bool has_browser = status == MU_OK && !asked->no_pdf && mu_pdf_open(&pdf);
    int printed = 0;
    if (has_browser) {
        printed = print_papers(plan, asked, &pdf);
        mu_pdf_close(&pdf);
    }
    if (status == MU_OK) {
        status = write_page(path_in(plan, asked->folder, "index", ".html"),
                            mu_pack_index(def, printed == MU_PACK_PAPERS), diags);
    }
    if (status != MU_OK) {
        return mu_refuse_status(usage.command, status, diags);
    }
    tell(def, asked, has_browser, printed);
    return MU_EXIT_DONE;
}

static mu_status hear(void *to, const mu_log *log, const mu_run_end *end, uint32_t replication) {
    mu_heard *heard = to;
    return mu_watch_hear(heard->plan, log, end, &heard->runs[replication]);
}

mu_status mu_play_heard(const mu_plan *plan, uint64_t seed, uint32_t reps, uint32_t jobs,
                        bool quiet, mu_findings **findings, mu_watch_list *watches,
                        mu_diags *diags) {
    mu_heard heard = {.plan = plan, .runs = calloc(reps, sizeof *heard.runs)};
    const mu_study_hearer hearer = {hear, &heard};
    mu_progress *progress = quiet ? NULL : mu_progress_start(reps);
    mu_status status = heard.runs == NULL ? MU_ERR_MEMORY
                                          : mu_study_run_heard(plan, seed, reps, jobs,
                                                               mu_progress_counter(progress), NULL,
                                                               &hearer, findings, diags);
    mu_progress_stop(progress);
    if (status == MU_OK) {
        status = mu_watch_make(plan, heard.runs, reps, watches);
        if (status != MU_OK) {
            mu_findings_destroy(*findings);
            *findings = NULL;
        }
    }
    for (uint32_t r = 0; heard.runs != NULL && r < reps; r++) {
        mu_watched_run_destroy(&heard.runs[r]);
    }
    free(heard.runs);
    return status;
}

static int play(const mu_plan *plan, const request *asked, mu_diags *diags) {
    mu_findings *findings = NULL;
    mu_watch_list watches = {0};
    if (!mu_folder_make(asked->folder)) {
        return mu_refuse(usage.command, _("cannot make the folder %s: %s"), asked->folder,
                         strerror(errno));
    }
    const uint64_t seed = asked->play.has_seed ? asked->play.seed : (uint64_t)plan->incident.seed;
    const mu_status status =
        mu_play_heard(plan, seed, (uint32_t)asked->play.reps, (uint32_t)asked->play.jobs,
                      asked->quiet, &findings, &watches, diags);
    if (status != MU_OK) {
        return mu_refuse_status(usage.command, status, diags);
    }
    const mu_pack_def def = {.report = {.findings = findings,
                                        .language = mu_language(),
                                        .incident = asked->incident,
                                        .policy = asked->policy,
                                        .motion = asked->play.motion,
                                        .motion_mode = asked->play.motion_mode,
                                        .version = MU_VERSION},
                             .watches = &watches};
    const int result = write_pack(&def, asked, diags);
    mu_watch_list_destroy(&watches);
    mu_findings_destroy(findings);
    return result;
}

int mu_pack_main(int argc, char **argv) {
    mu_given_options given;
    int status = MU_EXIT_DONE;
    request asked;
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
    if (!read_request(&given, &asked)) {
        return MU_EXIT_USAGE;
    }
    mu_diags *diags = mu_diags_create();
    if (diags == NULL) {
        return mu_refuse(usage.command, _("there is not enough memory"));
    }
    mu_plan *plan = mu_plan_load(asked.incident, asked.policy, diags);
    mu_playing_apply(&asked.play, plan);
    const size_t told = mu_diags_count(diags, MU_NOTE);
    mu_diags_print(diags, 0, MU_WARNING, stderr);
    status = plan != NULL ? play(plan, &asked, diags)
                          : mu_refuse_status(usage.command, MU_ERR_MEMORY, diags);
    mu_diags_print(diags, told, MU_WARNING, stderr);
    mu_plan_destroy(plan);
    mu_diags_destroy(diags);
    return status;
}
