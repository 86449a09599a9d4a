/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster fix`: each lever of a catalogue is played alone against the files as they stand, with the
 * same luck, and ranked by the gaps that it closes. What a budget buys is chosen from that and
 * played together, since effects need not add up. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "command.h"
#include "core/file_out.h"
#include "core/i18n.h"
#include "core/json_out.h"
#include "core/random.h"
#include "diagnose.h"
#include "language.h"
#include "options.h"
#include "study/levers.h"
#include "study/replications.h"
#include "study/results.h"
#include "study/study_page.h"
#include "table.h"

enum {
    OPTION_OUTPUT,
    OPTION_LEVERS,
    OPTION_BUDGET,
    OPTION_INDIFFERENCE,
    OPTION_REPS,
    OPTION_SEED,
    OPTION_JOBS,
    OPTION_HTML,
    OPTION_JSON,
    OPTION_QUIET
};

static const mu_option options[] = {
    {'o', "output", N_("FILE"), N_("results file, made or gone on with (needed)")},
    {'l', "levers", N_("FILE"), N_("catalogue of levers (needed)")},
    {'b', "budget", N_("N"), N_("choose levers of this cost in all, and play them together")},
    {0, "indifference", N_("N"),
     N_("choose the best set of levers; hundredths of a clause by which another must be better to "
        "matter (50)")},
    {'n', "reps", N_("N"), N_("replications of each lever (200)")},
    {0, "seed", N_("N"), N_("seed of all luck (1)")},
    {'j', "jobs", N_("N"), N_("threads; 0 = one per processor (0)")},
    {0, "html", N_("FILE"), N_("write a page, too, with what gets better and what gets worse")},
    {0, "json", NULL, N_("print JSON")},
    {'q', "quiet", NULL, N_("no progress on standard error")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "fix",
    .synopsis = N_("INCIDENT… --levers FILE [OPTION]… -o FILE"),
    .summary =
        N_("Measures what each lever would change: how many clauses fewer are missed in a run, "
           "with its interval, and at what cost. Levers change the organisation's own side "
           "only. The results are those of a study: muster compare shows every detail."),
    .details =
        N_("Exit status: 0 done; 1 stopped by Ctrl-C (start it again to go on); 2 wrong usage, "
           "or input that cannot be used."),
    .options = options,
};

typedef struct fixing {
    const mu_given_options *given;
    mu_arena *arena;
    mu_diags *diags;
    const char *results, *together; /* files */
    mu_string_list incidents;
    mu_levers levers;
    bool *fits;
    bool *taken;         /* sets x levers */
    const bool *chosen;  /* the best of them; NULL: none */
    uint32_t sets, left; /* tried; not dropped */
    mu_lever_effect *effects;
    uint32_t effect_count;
    uint64_t reps, seed, jobs, budget, indifference; /* in hundredths */
    uint64_t selected_runs;
    double together_closed, together_low, together_high;
    bool stopped;
} fixing;

static bool read_request(const mu_given_options *given, fixing *out) {
    out->given = given;
    out->results = given->value[OPTION_OUTPUT];
    out->reps = 200;
    out->seed = 1;
    out->indifference = 50;
    out->budget = 1000000000000ULL;
    if (given->operand_count == 0) {
        (void)mu_refuse_usage(usage.command, _("no incident file given"));
        return false;
    }
    if (out->results == NULL || out->results[0] == 0) {
        (void)mu_refuse_usage(usage.command, _("-o is missing: which file the results go to"));
        return false;
    }
    if (given->value[OPTION_LEVERS] == NULL) {
        (void)mu_refuse_usage(usage.command, _("--levers is missing: which changes to try"));
        return false;
    }
    out->incidents.items = (const char **)(void *)given->operands;
    out->incidents.count = (uint32_t)given->operand_count;
    return mu_option_number(usage.command, "reps", given->value[OPTION_REPS], 2, MU_STUDY_REPS_MOST,
                            &out->reps) &&
           mu_option_number(usage.command, "seed", given->value[OPTION_SEED], 0,
                            (uint64_t)MU_FIELD_INT_MOST, &out->seed) &&
           mu_option_number(usage.command, "budget", given->value[OPTION_BUDGET], 0,
                            1000000000000ULL, &out->budget) &&
           mu_option_number(usage.command, "indifference", given->value[OPTION_INDIFFERENCE], 1,
                            100000, &out->indifference) &&
           mu_option_number(usage.command, "jobs", given->value[OPTION_JOBS], 0, MU_JOBS_MOST,
                            &out->jobs);
}

/* Another choice than last time has other results; the same one goes on where it was. */
static mu_status play(fixing *f, mu_study_plan *study, const char *results, bool anew) {
    study->given.reps = (int64_t)f->reps;
    study->given.seed = (int64_t)f->seed;
    const mu_store_origin origin = {.program = MU_VERSION, .study = study, .shards = 1};
    mu_batch_end end;
    const bool quiet = f->given->value[OPTION_QUIET] != NULL;
    const uint32_t jobs = (uint32_t)f->jobs;
    const mu_status status =
        anew ? mu_batch_watch_anew(&origin, results, jobs, quiet, &end, f->diags)
             : mu_batch_watch(&origin, results, jobs, quiet, &end, f->diags);
    f->stopped = end.stopped;
    return status;
}

static mu_status measure(fixing *f, const char *path, mu_lever_effect *effects, uint32_t *count) {
    mu_store *store;
    mu_results results;
    mu_status status = mu_store_read(path, f->diags, &store);
    if (status != MU_OK) {
        return status;
    }
    status = mu_results_read(store, f->arena, f->diags, &results);
    if (status == MU_OK) {
        status = mu_levers_measure(&f->levers, &results, effects, count, f->diags);
    }
    mu_store_close(store);
    return status;
}

static bool wants_sets(const fixing *f) {
    return f->given->value[OPTION_BUDGET] != NULL || f->given->value[OPTION_INDIFFERENCE] != NULL;
}

enum { SETS_TRIED = 10, FIRST_RUNS = 20 };

/* The best of those that were never dropped: they have as many runs as the base. */
static void pick(fixing *f, const mu_lever_effect *effects, uint32_t count) {
    const mu_lever_effect *best = NULL;
    uint64_t most = 0;
    for (uint32_t i = 0; i < count; i++) {
        most = effects[i].pairs > most ? effects[i].pairs : most;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (effects[i].pairs == most) {
            f->left++;
            best = best == NULL || effects[i].closed > best->closed ? &effects[i] : best;
        }
    }
    if (best != NULL) {
        f->chosen = f->taken + (size_t)(best->arm - 1) * f->levers.levers.count;
        f->together_closed = best->closed;
        f->together_low = best->low;
        f->together_high = best->high;
        f->selected_runs = best->pairs;
    }
}

/* The sets are a study of their own, in a file beside the other; the best is selected. */
static mu_status play_together(fixing *f) {
    mu_study_plan study;
    uint32_t count;
    const uint64_t reps = f->reps;
    f->sets = mu_levers_choose(&f->levers, f->effects, f->effect_count, (double)f->budget,
                               SETS_TRIED, f->taken);
    if (f->sets == 0) {
        return MU_OK;
    }
    mu_lever_effect *effects = mu_arena_array(f->arena, (size_t)f->sets + 1, sizeof *effects);
    f->together = mu_arena_print(f->arena, "%s.together", f->results);
    mu_status status = f->together == NULL || effects == NULL
                           ? MU_ERR_MEMORY
                           : mu_levers_sets(&f->levers, f->taken, f->sets, &f->incidents, f->arena,
                                            f->diags, &study);
    if (status == MU_OK) {
        study.given.indifference = (double)f->indifference / 100;
        study.given.block = FIRST_RUNS;
        study.hash = mu_hash_with(study.hash, f->indifference);
        f->reps = 4 * reps;
        status = play(f, &study, f->together, true);
        f->reps = reps;
    }
    if (status == MU_OK && !f->stopped) {
        status = measure(f, f->together, effects, &count);
    }
    if (status == MU_OK && !f->stopped) {
        pick(f, effects, count);
    }
    return status;
}

static const char *lever_name(const mu_lever *lever) {
    const char *name = mu_text_in(lever->name, mu_language());
    return name[0] != 0 ? name : lever->id;
}

static void print_effect(const fixing *f, mu_table *table, const mu_lever_effect *effect) {
    const mu_lever *lever = &f->levers.levers.items[effect->lever];
    char cost[80], moved[80];
    mu_said closed, range, p;
    mu_results_say_number(effect->closed, true, closed);
    mu_results_say_range(effect->low, effect->high, range);
    mu_results_say_p(effect->p, p);
    (void)snprintf(cost, sizeof cost, "%g", lever->cost);
    (void)snprintf(moved, sizeof moved, "%u / %u", effect->better, effect->worse);
    mu_table_add(table, lever_name(lever), closed, range, p, cost, moved);
}

static void print_together(const fixing *f) {
    char line[400];
    if (f->chosen == NULL) {
        mu_text_print_line(_("Nothing within the budget closes a gap for certain."), stdout);
        (void)snprintf(line, sizeof line,
                       _("Intervals are those of %u runs of each lever; more (-n, with a new file) "
                         "make them narrower."),
                       (unsigned)f->reps);
        mu_text_print_line(line, stdout);
        return;
    }
    (void)snprintf(line, sizeof line,
                   _("Within the budget, the best of %u sets played together, at a cost of %g:"),
                   f->sets, mu_levers_cost(&f->levers, f->chosen));
    mu_text_print_line(line, stdout);
    for (uint32_t i = 0; i < f->levers.levers.count; i++) {
        if (f->chosen[i]) {
            (void)snprintf(line, sizeof line, "  %s", lever_name(&f->levers.levers.items[i]));
            mu_text_print_line(line, stdout);
        }
    }
    (void)snprintf(line, sizeof line,
                   _("Gaps closed a run: %+.2f (95 %% interval %+.2f to %+.2f)."),
                   f->together_closed, f->together_low, f->together_high);
    mu_text_print_line(line, stdout);
    (void)snprintf(line, sizeof line,
                   _("It is the best, or within %g clauses a run of the best, in 95 of 100 such "
                     "studies (Kim and Nelson); %llu runs, %u sets were not told apart."),
                   (double)f->indifference / 100, (unsigned long long)f->selected_runs, f->left);
    mu_text_print_line(line, stdout);
}

static void print_table(const fixing *f) {
    mu_table *table = mu_table_create(6);
    char cost[120];
    mu_levers_say_cost(&f->levers, mu_language(), cost, sizeof cost);
    mu_table_add(table, _("lever"), _("gaps closed a run"), _("95 % interval"), _("p, corrected"),
                 cost, _("better / worse"));
    for (uint32_t i = 0; i < f->effect_count; i++) {
        print_effect(f, table, &f->effects[i]);
    }
    mu_table_print(table, stdout);
    mu_table_destroy(table);
    for (uint32_t i = 0; i < f->levers.levers.count; i++) {
        if (!f->fits[i]) {
            char line[300];
            (void)snprintf(line, sizeof line, _("Does not apply to these incidents: %.200s"),
                           lever_name(&f->levers.levers.items[i]));
            mu_text_print_line(line, stdout);
        }
    }
    if (wants_sets(f)) {
        print_together(f);
    }
}

static void put_lever(mu_json_out *out, const fixing *f, const mu_lever_effect *effect) {
    const mu_lever *lever = &f->levers.levers.items[effect->lever];
    mu_json_open_flat(out, NULL, '{');
    mu_json_put_string(out, "lever", lever->id);
    mu_json_put_real(out, "gaps_closed", effect->closed);
    mu_json_open_flat(out, "ci95", '[');
    mu_json_put_real(out, NULL, effect->low);
    mu_json_put_real(out, NULL, effect->high);
    mu_json_close(out, ']');
    mu_json_put_real(out, "p_holm", effect->p);
    mu_json_put_real(out, "cost", lever->cost);
    mu_json_put_count(out, "better", effect->better);
    mu_json_put_count(out, "worse", effect->worse);
    mu_json_put_bool(out, "chosen", f->chosen != NULL && f->chosen[effect->lever]);
    mu_json_close(out, '}');
}

static void print_json(const fixing *f) {
    mu_json_out out = {.stream = stdout};
    mu_json_open(&out, NULL, '{');
    mu_json_put_string(&out, "levers", f->levers.id);
    mu_json_open(&out, "ranking", '[');
    for (uint32_t i = 0; i < f->effect_count; i++) {
        put_lever(&out, f, &f->effects[i]);
    }
    mu_json_close(&out, ']');
    mu_json_open(&out, "not_applicable", '[');
    for (uint32_t i = 0; i < f->levers.levers.count; i++) {
        if (!f->fits[i]) {
            mu_json_put_string(&out, NULL, f->levers.levers.items[i].id);
        }
    }
    mu_json_close(&out, ']');
    if (f->chosen != NULL) {
        mu_json_open_flat(&out, "together", '{');
        mu_json_put_real(&out, "gaps_closed", f->together_closed);
        mu_json_put_real(&out, "low", f->together_low);
        mu_json_put_real(&out, "high", f->together_high);
        mu_json_put_real(&out, "cost", mu_levers_cost(&f->levers, f->chosen));
        mu_json_put_count(&out, "sets", f->sets);
        mu_json_put_count(&out, "not_told_apart", f->left);
        mu_json_put_count(&out, "runs", f->selected_runs);
        mu_json_put_real(&out, "indifference", (double)f->indifference / 100);
        mu_json_close(&out, '}');
    }
    mu_json_close(&out, '}');
    (void)putchar('\n');
}

static mu_status read_levers(fixing *f) {
    mu_loader *loader = mu_loader_create(f->arena, f->diags);
    if (loader == NULL) {
        return MU_ERR_MEMORY;
    }
    const mu_status status =
        mu_loader_read(loader, f->given->value[OPTION_LEVERS], &mu_levers_file, &f->levers);
    mu_loader_destroy(loader);
    const size_t room = (size_t)f->levers.levers.count + 1;
    f->fits = mu_arena_array(f->arena, room, sizeof *f->fits);
    f->taken = mu_arena_array(f->arena, SETS_TRIED * room, sizeof *f->taken);
    f->effects = mu_arena_array(f->arena, room, sizeof *f->effects);
    return status != MU_OK                                             ? status
           : f->fits == NULL || f->taken == NULL || f->effects == NULL ? MU_ERR_MEMORY
                                                                       : MU_OK;
}

static mu_status fix(fixing *f) {
    mu_study_plan study;
    mu_status status = read_levers(f);
    if (status == MU_OK) {
        status =
            mu_levers_study(&f->levers, &f->incidents, NULL, f->arena, f->fits, f->diags, &study);
    }
    if (status == MU_OK) {
        status = play(f, &study, f->results, false);
    }
    if (status != MU_OK || f->stopped) {
        return status;
    }
    status = measure(f, f->results, f->effects, &f->effect_count);
    return status == MU_OK && wants_sets(f) ? play_together(f) : status;
}

static mu_fix_report report_of(const fixing *f, const mu_results *results) {
    return (mu_fix_report){.catalogue = &f->levers,
                           .results = results,
                           .effects = f->effects,
                           .count = f->effect_count,
                           .fits = f->fits,
                           .reps = f->reps,
                           .has_budget = wants_sets(f),
                           .budget = f->given->value[OPTION_BUDGET] != NULL ? (double)f->budget
                                                                            : HUGE_VAL,
                           .chosen = f->chosen,
                           .sets = f->sets,
                           .left = f->left,
                           .closed = f->together_closed,
                           .low = f->together_low,
                           .high = f->together_high,
                           .selected_runs = f->selected_runs,
                           .indifference = (double)f->indifference / 100,
                           .language = mu_language(),
                           .version = MU_VERSION};
}

static mu_status write_page(const fixing *f) {
    mu_store *store;
    mu_results results;
    mu_status status = mu_store_read(f->results, f->diags, &store);
    if (status != MU_OK) {
        return status;
    }
    status = mu_results_read(store, f->arena, f->diags, &results);
    if (status == MU_OK) {
        const mu_fix_report report = report_of(f, &results);
        char *page = mu_fix_html(&report, f->diags);
        status = page == NULL ? MU_ERR_MEMORY
                              : mu_file_out_write(f->given->value[OPTION_HTML], page, strlen(page),
                                                  f->diags);
        free(page);
    }
    mu_store_close(store);
    return status;
}

static int tell(const fixing *f, mu_status status) {
    if (status == MU_OK && !f->stopped && f->given->value[OPTION_HTML] != NULL) {
        status = write_page(f);
    }
    if (status != MU_OK) {
        return mu_refuse_status(usage.command, MU_ERR_MEMORY, f->diags);
    }
    if (f->stopped) {
        mu_text_print_line(_("Stopped. The same command goes on from here."), stdout);
        return MU_EXIT_NO;
    }
    if (f->given->value[OPTION_JSON] != NULL) {
        print_json(f);
    } else {
        print_table(f);
        if (f->given->value[OPTION_HTML] != NULL) {
            mu_text_printf(stdout, _("Page: %s\n"), f->given->value[OPTION_HTML]);
        }
    }
    return MU_EXIT_DONE;
}

int mu_fix_main(int argc, char **argv) {
    mu_given_options given;
    int status = MU_EXIT_DONE;
    fixing f = {.given = NULL};
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
    if (!read_request(&given, &f)) {
        return MU_EXIT_USAGE;
    }
    f.diags = mu_diags_create();
    f.arena = mu_arena_create();
    if (f.diags == NULL || f.arena == NULL) {
        status = mu_refuse(usage.command, _("there is not enough memory"));
    } else {
        status = tell(&f, fix(&f));
    }
    if (f.diags != NULL) {
        mu_diags_print(f.diags, 0, MU_ERROR, stderr);
    }
    mu_arena_destroy(f.arena);
    mu_diags_destroy(f.diags);
    return status;
}
