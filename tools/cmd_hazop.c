/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster hazop`: what the plan stands on. Everything that the runs use is taken away, delayed or
 * weakened in turn: screened with few runs, confirmed with more; then the planner's levers are
 * tried against each single point of failure. Three studies, in three files side by side, so that
 * an interrupted one goes on. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "command.h"
#include "core/file_out.h"
#include "core/i18n.h"
#include "diagnose.h"
#include "from_year.h"
#include "hazop_tell.h"
#include "language.h"
#include "options.h"
#include "study/replications.h"
#include "table.h"
#include "workbook.h"

enum {
    OPTION_OUTPUT,
    OPTION_LEVERS,
    OPTION_GUIDES,
    OPTION_KINDS,
    OPTION_LATE,
    OPTION_YEAR,
    OPTION_SCREEN,
    OPTION_REPS,
    OPTION_SEED,
    OPTION_JOBS,
    OPTION_HTML,
    OPTION_REDACTED,
    OPTION_XLSX,
    OPTION_JSON,
    OPTION_QUIET
};

static const mu_option options[] = {
    {'o', "output", N_("FILE"), N_("results file, made or gone on with (needed)")},
    {'l', "levers", N_("FILE"), N_("catalogue of levers, from which remedies come (needed)")},
    {0, "guides", N_("WORDS"), N_("which of lost,late,weak to try (all)")},
    {0, "kinds", N_("WORDS"), N_("which of step,person,channel,equipment to try (all)")},
    {0, "late", N_("SECONDS"), N_("how late a late step or message is (300)")},
    {0, "year", N_("FILE"), N_("say how likely things are to fail, from this year file")},
    {0, "screen", N_("N"), N_("runs of each deviation to begin with (20)")},
    {'n', "reps", N_("N"), N_("runs of each deviation that was felt (200)")},
    {0, "seed", N_("N"), N_("seed of all luck (1)")},
    {'j', "jobs", N_("N"), N_("threads; 0 = one per processor (0)")},
    {0, "html", N_("FILE"), N_("write a page: internal")},
    {0, "redacted", N_("FILE"), N_("write a page without any names")},
    {0, "xlsx", N_("FILE"), N_("write a workbook: internal")},
    {0, "json", NULL, N_("print JSON: internal")},
    {'q', "quiet", NULL, N_("no progress on standard error")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "hazop",
    .synopsis = N_("INCIDENT --levers FILE [OPTION]… -o FILE"),
    .summary = N_("Finds what must not fail: each step, person on duty, channel and piece of "
                  "equipment that the runs use is lost, late or weaker, in turn, with the same "
                  "luck. Single points of failure are ranked and each is told with its best remedy "
                  "among the levers. What comes out is internal."),
    .details =
        N_("Exit status: 0 done; 1 stopped by Ctrl-C (start it again to go on); 2 wrong usage, "
           "or input that cannot be used."),
    .options = options,
};

enum { BASE_RUNS = 10, CONFIRMED_MOST = 60, REMEDIED_MOST = 30 };

typedef struct looking {
    const mu_given_options *given;
    mu_arena *arena;
    mu_diags *diags;
    mu_plan *plan;
    mu_hazop hazop;
    mu_levers catalogue;
    mu_string_list incidents;
    const char *incident;
    bool guides[MU_HAZOP_GUIDES], kinds[MU_HAZOP_KINDS];
    bool *fits;
    uint64_t screen, reps, seed, jobs, late_s;
    mu_hazop_finding *findings;
    uint32_t count, screened;
    mu_results results;
    mu_store *store; /* of the confirming study, open as long as the results are used */
    bool stopped;
} looking;

/* Words with commas between them; none given: all. False where a word is none of them. */
static bool read_words(const char *option, const char *text, const char *const *words, int count,
                       bool *flags) {
    for (int w = 0; w < count; w++) {
        flags[w] = text == NULL;
    }
    for (const char *at = text; at != NULL && *at != '\0';) {
        const size_t own = strcspn(at, ",");
        int w = 0;
        while (w < count && (strlen(words[w]) != own || strncmp(at, words[w], own) != 0)) {
            w++;
        }
        if (w == count) {
            (void)mu_refuse_usage(usage.command, _("--%s: '%s' is not understood"), option, at);
            return false;
        }
        flags[w] = true;
        at += own + (at[own] == ',');
    }
    return true;
}

static bool read_request(const mu_given_options *given, looking *out) {
    out->given = given;
    out->screen = 20;
    out->reps = 200;
    out->seed = 1;
    out->late_s = 300;
    if (given->operand_count != 1) {
        (void)mu_refuse_usage(usage.command, _("give one incident file"));
        return false;
    }
    if (given->value[OPTION_OUTPUT] == NULL || given->value[OPTION_OUTPUT][0] == 0) {
        (void)mu_refuse_usage(usage.command, _("-o is missing: which file the results go to"));
        return false;
    }
    if (given->value[OPTION_LEVERS] == NULL) {
        (void)mu_refuse_usage(usage.command,
                              _("--levers is missing: no point is told without its remedy"));
        return false;
    }
    out->incident = given->operands[0];
    out->incidents.items = &out->incident;
    out->incidents.count = 1;
    return read_words("guides", given->value[OPTION_GUIDES], mu_hazop_guide_words, MU_HAZOP_GUIDES,
                      out->guides) &&
           read_words("kinds", given->value[OPTION_KINDS], mu_hazop_kind_words, MU_HAZOP_KINDS,
                      out->kinds) &&
           mu_option_number(usage.command, "late", given->value[OPTION_LATE], 1, 86400,
                            &out->late_s) &&
           mu_option_number(usage.command, "screen", given->value[OPTION_SCREEN], 5,
                            MU_STUDY_REPS_MOST, &out->screen) &&
           mu_option_number(usage.command, "reps", given->value[OPTION_REPS], 5, MU_STUDY_REPS_MOST,
                            &out->reps) &&
           mu_option_number(usage.command, "seed", given->value[OPTION_SEED], 0,
                            (uint64_t)MU_FIELD_INT_MOST, &out->seed) &&
           mu_option_number(usage.command, "jobs", given->value[OPTION_JOBS], 0, MU_JOBS_MOST,
                            &out->jobs);
}

/* Plays a study of levers into its file, and opens what came of it. */
static mu_status play(looking *l, const mu_levers *levers, bool *fits, uint64_t reps,
                      const char *path, mu_store **store, mu_results *results) {
    mu_study_plan study;
    mu_batch_end end = {0};
    *store = NULL;
    mu_status status = path == NULL ? MU_ERR_MEMORY
                                    : mu_levers_study(levers, &l->incidents, l->plan, l->arena,
                                                      fits, l->diags, &study);
    if (status == MU_OK) {
        study.given.reps = (int64_t)reps;
        study.given.seed = (int64_t)l->seed;
        const mu_store_origin origin = {.program = MU_VERSION, .study = &study, .shards = 1};
        const bool quiet = l->given->value[OPTION_QUIET] != NULL;
        const uint32_t jobs = (uint32_t)l->jobs;
        status = strcmp(path, l->given->value[OPTION_OUTPUT]) == 0
                     ? mu_batch_watch(&origin, path, jobs, quiet, &end, l->diags)
                     : mu_batch_watch_anew(&origin, path, jobs, quiet, &end, l->diags);
        l->stopped = end.stopped;
    }
    if (status == MU_OK && !l->stopped) {
        status = mu_store_read(path, l->diags, store);
    }
    if (status == MU_OK && !l->stopped) {
        status = mu_results_read(*store, l->arena, l->diags, results);
    }
    return status;
}

static mu_status measure(looking *l, const mu_results *results) {
    return mu_hazop_measure(&l->hazop, results, l->plan->policy.required_share, l->arena,
                            &l->findings, &l->count, l->diags);
}

/* Felt at all: fewer clauses met, or some clause lost that is more than luck. */
static bool is_felt(const mu_hazop_finding *finding) {
    return finding->losses.count > 0 || finding->fewer > 0.05;
}

/* The deviations that were felt, as a catalogue of their own. */
static mu_levers felt(looking *l) {
    mu_levers out = {.id = "hazop-confirmed", .lenient = true};
    out.levers.items = mu_arena_array(l->arena, (size_t)l->count + 1, sizeof *out.levers.items);
    for (uint32_t i = 0;
         out.levers.items != NULL && i < l->count && out.levers.count < CONFIRMED_MOST; i++) {
        if (is_felt(&l->findings[i])) {
            out.levers.items[out.levers.count++] =
                l->hazop.levers.levers.items[l->findings[i].deviation];
        }
    }
    return out;
}

static mu_status confirm(looking *l) {
    const mu_levers confirmed = felt(l);
    bool *fits = mu_arena_array(l->arena, (size_t)l->count + 1, sizeof *fits);
    if (fits == NULL || confirmed.levers.items == NULL) {
        return MU_ERR_MEMORY;
    }
    const char *path = mu_arena_print(l->arena, "%s.confirmed", l->given->value[OPTION_OUTPUT]);
    const mu_status status = play(l, &confirmed, fits, l->reps, path, &l->store, &l->results);
    return status == MU_OK && !l->stopped ? measure(l, &l->results) : status;
}

static mu_status remedy(looking *l) {
    mu_levers tried;
    mu_results results;
    mu_store *store = NULL;
    mu_status status = mu_hazop_remedies(&l->hazop, &l->catalogue, l->findings, l->count,
                                         REMEDIED_MOST, l->arena, &tried);
    if (status != MU_OK || tried.levers.count == 0) {
        return status;
    }
    bool *fits = mu_arena_array(l->arena, (size_t)tried.levers.count + 1, sizeof *fits);
    const char *path = mu_arena_print(l->arena, "%s.remedies", l->given->value[OPTION_OUTPUT]);
    status =
        fits == NULL ? MU_ERR_MEMORY : play(l, &tried, fits, l->screen, path, &store, &results);
    if (status == MU_OK && !l->stopped) {
        status = mu_hazop_measure_remedies(&l->hazop, &l->catalogue, &results, &l->results,
                                           l->arena, l->findings, l->count, l->diags);
    }
    mu_store_close(store);
    return status;
}

static mu_status screen(looking *l) {
    mu_results results;
    mu_store *store = NULL;
    l->fits = mu_arena_array(l->arena, (size_t)l->hazop.levers.levers.count + 1, sizeof *l->fits);
    mu_status status = l->fits == NULL ? MU_ERR_MEMORY
                                       : play(l, &l->hazop.levers, l->fits, l->screen,
                                              l->given->value[OPTION_OUTPUT], &store, &results);
    if (status == MU_OK && !l->stopped) {
        status = measure(l, &results);
        l->screened = l->count;
    }
    mu_store_close(store);
    return status;
}

static mu_status read_levers(looking *l) {
    mu_loader *loader = mu_loader_create(l->arena, l->diags);
    if (loader == NULL) {
        return MU_ERR_MEMORY;
    }
    const mu_status status =
        mu_loader_read(loader, l->given->value[OPTION_LEVERS], &mu_levers_file, &l->catalogue);
    mu_loader_destroy(loader);
    return status;
}

static mu_status look_at_year(looking *l) {
    mu_year_plan *year = mu_from_year_plan(l->plan, l->given->value[OPTION_YEAR], l->diags);
    const mu_status status =
        year == NULL
            ? MU_ERR_INPUT
            : mu_hazop_likelihood(&l->hazop, year, mu_from_year_hour(l->plan), l->seed, l->arena);
    mu_year_plan_destroy(year);
    return status;
}

static mu_status look(looking *l) {
    mu_status status = read_levers(l);
    if (status == MU_OK) {
        l->plan = mu_plan_load(l->incident, NULL, l->diags);
        status = l->plan == NULL ? MU_ERR_INPUT : MU_OK;
    }
    if (status == MU_OK) {
        l->plan->incident.motion = MU_MOTION_FLOW; /* as the studies below */
        l->plan->incident.motion_mode = MU_MOTION_FREE;
        status = mu_hazop_find(l->plan, l->seed, BASE_RUNS, l->arena, l->diags, &l->hazop);
    }
    if (status == MU_OK) {
        status = mu_hazop_make(&l->hazop, l->guides, l->kinds, (double)l->late_s, l->arena);
    }
    if (status == MU_OK && l->given->value[OPTION_YEAR] != NULL) {
        status = look_at_year(l);
    }
    if (status == MU_OK) {
        status = screen(l);
    }
    if (status == MU_OK && !l->stopped) {
        status = confirm(l);
    }
    return status == MU_OK && !l->stopped ? remedy(l) : status;
}

static mu_hazop_report report_of(const looking *l) {
    return (mu_hazop_report){.hazop = &l->hazop,
                             .catalogue = &l->catalogue,
                             .results = &l->results,
                             .findings = l->findings,
                             .count = l->count,
                             .screened = l->screened,
                             .screen_reps = (uint32_t)l->screen,
                             .reps = (uint32_t)l->reps,
                             .fits = l->fits,
                             .language = mu_language(),
                             .version = MU_VERSION};
}

static mu_status write_page(const looking *l, int option, bool redacted) {
    mu_hazop_report report = report_of(l);
    report.redacted = redacted;
    char *page = mu_hazop_html(&report);
    const mu_status status =
        page == NULL ? MU_ERR_MEMORY
                     : mu_file_out_write(l->given->value[option], page, strlen(page), l->diags);
    free(page);
    return status;
}

static mu_status write_files(const looking *l) {
    mu_status status = MU_OK;
    if (l->given->value[OPTION_HTML] != NULL) {
        status = write_page(l, OPTION_HTML, false);
    }
    if (status == MU_OK && l->given->value[OPTION_REDACTED] != NULL) {
        status = write_page(l, OPTION_REDACTED, true);
    }
    if (status == MU_OK && l->given->value[OPTION_XLSX] != NULL) {
        const mu_hazop_report report = report_of(l);
        status = mu_hazop_xlsx(&report, l->given->value[OPTION_XLSX], l->diags);
    }
    return status;
}

static void print_files(const looking *l) {
    const struct {
        int option;
        const char *format;
    } files[] = {{OPTION_HTML, _("Page: %s\n")},
                 {OPTION_REDACTED, _("Redacted page: %s\n")},
                 {OPTION_XLSX, _("Workbook: %s\n")}};
    for (size_t k = 0; k < sizeof files / sizeof files[0]; k++) {
        if (l->given->value[files[k].option] != NULL) {
            mu_text_printf(stdout, files[k].format, l->given->value[files[k].option]);
        }
    }
}

static int tell(const looking *l, mu_status status) {
    if (status == MU_OK && !l->stopped) {
        status = write_files(l);
    }
    if (status != MU_OK) {
        return mu_refuse_status(usage.command, MU_ERR_MEMORY, l->diags);
    }
    if (l->stopped) {
        printf("%s\n", _("Stopped. The same command goes on from here."));
        return MU_EXIT_NO;
    }
    const mu_hazop_report report = report_of(l);
    if (l->given->value[OPTION_JSON] != NULL) {
        mu_hazop_print_json(&report);
    } else {
        mu_hazop_print(&report);
        print_files(l);
    }
    return MU_EXIT_DONE;
}

int mu_hazop_main(int argc, char **argv) {
    mu_given_options given;
    int status = MU_EXIT_DONE;
    looking l = {.given = NULL};
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
    if (!read_request(&given, &l)) {
        return MU_EXIT_USAGE;
    }
    if (given.value[OPTION_XLSX] != NULL && !mu_workbook_can()) {
        return mu_refuse(usage.command, _("this program was built without libxlsxwriter"));
    }
    l.diags = mu_diags_create();
    l.arena = mu_arena_create();
    if (l.diags == NULL || l.arena == NULL) {
        status = mu_refuse(usage.command, _("there is not enough memory"));
    } else {
        status = tell(&l, look(&l));
    }
    if (l.diags != NULL) {
        mu_diags_print(l.diags, 0, MU_ERROR, stderr);
    }
    mu_store_close(l.store);
    mu_plan_destroy(l.plan);
    mu_arena_destroy(l.arena);
    mu_diags_destroy(l.diags);
    return status;
}
