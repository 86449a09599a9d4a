/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster sensitivity`: a study over inputs that nobody knows well, and which of them matters most.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "command.h"
#include "core/file_out.h"
#include "core/i18n.h"
#include "core/json_out.h"
#include "diagnose.h"
#include "language.h"
#include "options.h"
#include "study/results.h"
#include "study/sensitivity.h"
#include "study/study_page.h"
#include "table.h"

enum {
    OPTION_OUTPUT,
    OPTION_METRIC,
    OPTION_CLAUSE,
    OPTION_JOBS,
    OPTION_HTML,
    OPTION_JSON,
    OPTION_QUIET
};

static const mu_option options[] = {
    {'o', "output", N_("FILE"), N_("results file, made or gone on with (needed)")},
    {'m', "metric", N_("NAME"), N_("what is explained: a metric of the results (clauses_missed)")},
    {'c', "clause", N_("ID"), N_("what is explained: the share of runs that meet a clause")},
    {'j', "jobs", N_("N"), N_("threads; 0 = one per processor (0)")},
    {0, "html", N_("FILE"), N_("write a page, too")},
    {0, "json", NULL, N_("print JSON")},
    {'q', "quiet", NULL, N_("no progress on standard error")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "sensitivity",
    .synopsis = N_("STUDY [OPTION]… -o FILE"),
    .summary =
        N_("Plays a study of the design morris or sobol_indices and says which unknown input "
           "matters most: Morris's mean absolute effect of the whole range, or Sobol's share "
           "of the variance, alone and with its interactions."),
    .details = N_("Exit status: 0 done; 1 stopped by Ctrl-C (start it again to go on); 2 wrong "
                  "usage, or input that cannot be used."),
    .options = options,
};

typedef struct telling {
    const mu_given_options *given;
    const mu_study_plan *study;
    const mu_results *results;
    uint32_t number;
    mu_json_out *json;
} telling;

static bool is_morris(const telling *t) {
    return t->study->given.design == MU_DESIGN_MORRIS;
}

static mu_unknowns_report report_of(const telling *t, const mu_sensitivity *of) {
    return (mu_unknowns_report){.study = t->study,
                                .results = t->results,
                                .number = t->number,
                                .of = of,
                                .language = mu_language(),
                                .version = MU_VERSION};
}

/* Effects are in the unit of what is explained, so it is named before them. */
static void print_explained(const telling *t) {
    const mu_unknowns_report report = report_of(t, NULL);
    char line[600];
    mu_said said;
    (void)snprintf(line, sizeof line, _("What is explained: %.400s"),
                   mu_unknowns_say(&report, said));
    mu_text_print_line(line, stdout);
}

static const char *factor_name(const telling *t, const mu_sensitivity *of) {
    const mu_factor *factor = &t->study->given.factors.items[of->factor];
    const char *name = mu_text_in(factor->name, mu_language());
    return name[0] != 0 ? name : factor->id;
}

static void print(const telling *t, uint32_t incident, const mu_sensitivity *of) {
    const uint32_t count = t->study->given.factors.count;
    const mu_results_incident *in = &t->results->incidents.items[incident];
    const char *name = mu_text_in(in->name, mu_language());
    mu_table *table = mu_table_create(4);
    char line[700], cells[3][60];
    mu_text_print_line(name[0] != 0 ? name : in->id, stdout);
    mu_table_add(table, _("input"), is_morris(t) ? _("mean absolute effect") : _("total index"),
                 is_morris(t) ? _("mean effect") : _("alone"),
                 is_morris(t) ? _("scatter of effects") : "");
    for (uint32_t k = 0; k < count; k++) {
        (void)snprintf(cells[0], sizeof cells[0], "%.3g ± %.2g", of[k].total, of[k].half_width);
        const bool nothing = fabs(of[k].first) < 1e-9; /* effects that cancel, but for rounding */
        (void)snprintf(cells[1], sizeof cells[1], "%.3g", nothing ? 0 : of[k].first);
        cells[2][0] = 0;
        if (is_morris(t)) {
            (void)snprintf(cells[2], sizeof cells[2], "%.3g", of[k].spread);
        }
        mu_table_add(table, factor_name(t, &of[k]), cells[0], cells[1], cells[2]);
    }
    mu_table_print(table, stdout);
    mu_table_destroy(table);
    if (!(of[0].total > 0)) {
        mu_text_print_line(_("None of these inputs makes a difference here."), stdout);
        return;
    }
    (void)snprintf(line, sizeof line, _("What matters most here is: %.300s."),
                   factor_name(t, &of[0]));
    mu_text_print_line(line, stdout);
}

static void put(const telling *t, uint32_t incident, const mu_sensitivity *of) {
    mu_json_open(t->json, NULL, '{');
    mu_json_put_string(t->json, "incident", t->results->incidents.items[incident].id);
    mu_json_open(t->json, "inputs", '[');
    for (uint32_t k = 0; k < t->study->given.factors.count; k++) {
        mu_json_open_flat(t->json, NULL, '{');
        mu_json_put_string(t->json, "factor", t->study->given.factors.items[of[k].factor].id);
        mu_json_put_real(t->json, is_morris(t) ? "mean_absolute_effect" : "total", of[k].total);
        mu_json_put_real(t->json, "half_width", of[k].half_width);
        mu_json_put_real(t->json, is_morris(t) ? "mean_effect" : "first", of[k].first);
        if (is_morris(t)) {
            mu_json_put_real(t->json, "scatter", of[k].spread);
        }
        mu_json_close(t->json, '}');
    }
    mu_json_close(t->json, ']');
    mu_json_close(t->json, '}');
}

static mu_status tell_incident(const telling *t, uint32_t incident, mu_sensitivity *of,
                               mu_diags *diags) {
    bool said;
    const mu_status status =
        mu_sensitivity_measure(t->study, t->results->store, incident, t->number, of, &said, diags);
    if (status == MU_OK && !said) {
        mu_diags_add(diags, MU_ERROR, "sensitivity", NULL, _("choose another metric or clause"),
                     _("the runs of %s say nothing of it"),
                     t->results->incidents.items[incident].id);
        return MU_ERR_INPUT;
    }
    if (status == MU_OK && t->json != NULL) {
        put(t, incident, of);
    } else if (status == MU_OK) {
        print(t, incident, of);
    }
    return status;
}

static mu_status write_page(const telling *t, const mu_sensitivity *of, mu_diags *diags) {
    const mu_unknowns_report report = report_of(t, of);
    char *page = mu_unknowns_html(&report);
    const mu_status status =
        page == NULL ? MU_ERR_MEMORY
                     : mu_file_out_write(t->given->value[OPTION_HTML], page, strlen(page), diags);
    free(page);
    return status;
}

/* The number by which the store knows what is asked for. */
static bool find_number(const mu_given_options *given, mu_store *store, uint32_t *out) {
    const char *metric = given->value[OPTION_METRIC], *clause = given->value[OPTION_CLAUSE];
    if (clause != NULL) {
        const uint32_t found = mu_store_clause(store, clause);
        *out = MU_MEASURE_COUNT + found;
        if (found == MU_NONE) {
            (void)mu_refuse(usage.command, _("there is no clause '%s' in these results"), clause);
        }
        return found != MU_NONE;
    }
    *out = mu_measure_find(metric != NULL ? metric : "clauses_missed");
    if (*out == MU_MEASURE_COUNT) {
        (void)mu_refuse(usage.command, _("there is no metric '%s'"), metric);
    }
    return *out != MU_MEASURE_COUNT;
}

static int tell(const mu_given_options *given, const mu_study_plan *study, mu_arena *arena,
                mu_diags *diags) {
    mu_store *store;
    mu_results results;
    mu_json_out json = {.stream = stdout};
    telling t = {.given = given,
                 .study = study,
                 .results = &results,
                 .json = given->value[OPTION_JSON] != NULL ? &json : NULL};
    if (mu_store_read(given->value[OPTION_OUTPUT], diags, &store) != MU_OK) {
        return MU_EXIT_USAGE;
    }
    mu_status status = mu_results_read(store, arena, diags, &results);
    if (status == MU_OK && !find_number(given, store, &t.number)) {
        status = MU_ERR_INPUT;
    }
    if (t.json != NULL && status == MU_OK) {
        mu_json_open(&json, NULL, '{');
        mu_json_put_string(&json, "study", study->given.id);
        mu_json_put_string(&json, "method", is_morris(&t) ? "morris" : "sobol_indices");
        mu_json_open(&json, "incidents", '[');
    }
    if (t.json == NULL && status == MU_OK) {
        print_explained(&t);
    }
    const uint32_t factors = study->given.factors.count;
    mu_sensitivity *of =
        mu_arena_array(arena, (size_t)factors * study->incidents.count + 1, sizeof *of);
    status = status == MU_OK && of == NULL ? MU_ERR_MEMORY : status;
    for (uint32_t i = 0; i < study->incidents.count && status == MU_OK; i++) {
        status = tell_incident(&t, i, of + (size_t)i * factors, diags);
    }
    if (t.json != NULL && status == MU_OK) {
        mu_json_close(&json, ']');
        mu_json_close(&json, '}');
        (void)putchar('\n');
    }
    if (status == MU_OK && given->value[OPTION_HTML] != NULL) {
        status = write_page(&t, of, diags);
        if (status == MU_OK && t.json == NULL) {
            mu_text_printf(stdout, _("Page: %s\n"), given->value[OPTION_HTML]);
        }
    }
    mu_store_close(store);
    return status == MU_OK ? MU_EXIT_DONE : mu_refuse_status(usage.command, status, diags);
}

static int play(const mu_given_options *given, uint32_t jobs, mu_arena *arena, mu_diags *diags) {
    mu_study_plan study;
    const mu_status read = mu_study_read(given->operands[0], arena, diags, &study);
    if (read != MU_OK) {
        return mu_refuse_status(usage.command, read, diags);
    }
    if (study.given.design != MU_DESIGN_MORRIS && study.given.design != MU_DESIGN_INDICES) {
        return mu_refuse(usage.command, _("the study's design has to be morris or sobol_indices"));
    }
    if (study.given.policies.count > 1) {
        return mu_refuse(usage.command, _("give one policy: inputs are ranked for one at a time"));
    }
    const mu_store_origin origin = {.program = MU_VERSION, .study = &study, .shards = 1};
    mu_batch_end end;
    const mu_status status = mu_batch_watch(&origin, given->value[OPTION_OUTPUT], jobs,
                                            given->value[OPTION_QUIET] != NULL, &end, diags);
    if (status != MU_OK) {
        return mu_refuse_status(usage.command, MU_ERR_MEMORY, diags);
    }
    if (end.stopped) {
        mu_text_print_line(_("Stopped. The same command goes on from here."), stdout);
        return MU_EXIT_NO;
    }
    return tell(given, &study, arena, diags);
}

int mu_sensitivity_main(int argc, char **argv) {
    mu_given_options given;
    int status = MU_EXIT_DONE;
    uint64_t jobs = 0;
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
    if (given.operand_count != 1) {
        return mu_refuse_usage(usage.command, _("no study file given"));
    }
    if (given.value[OPTION_OUTPUT] == NULL || given.value[OPTION_OUTPUT][0] == 0) {
        return mu_refuse_usage(usage.command, _("-o is missing: which file the results go to"));
    }
    if (!mu_option_number(usage.command, "jobs", given.value[OPTION_JOBS], 0, MU_JOBS_MOST,
                          &jobs)) {
        return MU_EXIT_USAGE;
    }
    mu_diags *diags = mu_diags_create();
    mu_arena *arena = mu_arena_create();
    if (diags == NULL || arena == NULL) {
        status = mu_refuse(usage.command, _("there is not enough memory"));
    } else {
        status = play(&given, (uint32_t)jobs, arena, diags);
    }
    if (diags != NULL) {
        mu_diags_print(diags, 0, MU_ERROR, stderr);
    }
    mu_arena_destroy(arena);
    mu_diags_destroy(diags);
    return status;
}
