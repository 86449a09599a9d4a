/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster compare`: what a results file says about its arms, as a table, JSON or a page. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "core/file_out.h"
#include "core/i18n.h"
#include "core/json_out.h"
#include "diagnose.h"
#include "language.h"
#include "options.h"
#include "study/results.h"
#include "table.h"

enum {
    OPTION_BASE,
    OPTION_ARM,
    OPTION_ALL,
    OPTION_TABLE,
    OPTION_HTML,
    OPTION_IMPROVEMENT,
    OPTION_SHARE,
    OPTION_DRAWS,
    OPTION_JSON
};

static const mu_option options[] = {
    {0, "base", N_("ARM"), N_("compare with this arm, by number or name (0)")},
    {0, "arm", N_("ARM"), N_("only this arm (all)")},
    {'a', "all", NULL, N_("a table, also of what does not differ or may be luck")},
    {'t', "table", NULL, N_("a table instead of sentences")},
    {0, "html", N_("FILE"), N_("write a page with charts, too")},
    {0, "improvement", NULL, N_("the page is about before and after (needs one arm)")},
    {0, "share", N_("PERCENT"),
     N_("with --improvement: runs in which a clause has to be met, or it is a gap (90)")},
    {0, "draws", N_("N"), N_("samples of each bootstrap, at the most (1000)")},
    {0, "json", NULL, N_("print JSON")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "compare",
    .synopsis = N_("RESULTS [OPTION]…"),
    .summary = N_("Compares the arms of a study in pairs of runs that had the same luck: mean "
                  "differences with 95 % intervals, clauses met or missed by McNemar's test, "
                  "all corrected after Holm. Incidents are not compared with each other."),
    .details = N_("Times that never came count as the end of the run (its horizon). Exit status: 0 "
                  "done; 2 wrong usage, or a file that cannot be used."),
    .options = options,
};

typedef struct telling {
    bool all, table;
    mu_json_out *json;
    const char *language;
} telling;

static const char *const kind_words[MU_FINDING_KIND_COUNT] = {
    [MU_FINDING_CLAUSE] = "clause",
    [MU_FINDING_CLAUSE_TIME] = "clause_time",
    [MU_FINDING_MEASURE] = "metric",
};

static void put_interval(mu_json_out *out, const char *key, double low, double high) {
    mu_json_open_flat(out, key, '[');
    mu_json_put_real(out, NULL, low);
    mu_json_put_real(out, NULL, high);
    mu_json_close(out, ']');
}

static void put_quantile(mu_json_out *out, const char *key, const mu_stat_quantile *quantile) {
    mu_json_open_flat(out, key, '{');
    mu_json_put_real(out, "base", quantile->x);
    mu_json_put_real(out, "arm", quantile->y);
    mu_json_put_real(out, "difference", quantile->difference);
    put_interval(out, "ci95", quantile->low, quantile->high);
    mu_json_close(out, '}');
}

static void put_finding(const telling *t, const mu_results *results,
                        const mu_comparison *comparison, const mu_pair_finding *finding) {
    mu_json_out *out = t->json;
    mu_json_open(out, NULL, '{');
    mu_json_put_string(out, "incident", results->incidents.items[comparison->incident].id);
    mu_json_put_string(out, "base", results->arms.items[comparison->arm_x].id);
    mu_json_put_string(out, "arm", results->arms.items[comparison->arm_y].id);
    const bool is_value = finding->kind == MU_FINDING_CLAUSE_TIME && !finding->is_elapsed;
    mu_json_put_string(out, "kind", is_value ? "clause_value" : kind_words[finding->kind]);
    mu_json_put_string(out, "name",
                       finding->kind == MU_FINDING_MEASURE
                           ? mu_measure_get(finding->number).name
                           : results->clauses.items[finding->number].id);
    mu_json_put_string(out, "unit", finding->unit);
    mu_json_put_count(out, "n", finding->pair.count);
    mu_json_put_count(out, "differing", finding->pair.differing);
    mu_json_put_real(out, "base_mean", finding->pair.mean_x);
    mu_json_put_real(out, "arm_mean", finding->pair.mean_y);
    mu_json_put_real(out, "mean_difference", finding->pair.mean);
    put_interval(out, "ci95", finding->pair.low, finding->pair.high);
    mu_json_put_real(out, "p", finding->pair.p);
    mu_json_put_real(out, "p_holm", finding->p_holm);
    mu_json_put_real(out, "correlation", finding->pair.correlation);
    mu_json_put_real(out, "variance_reduction", finding->pair.reduction);
    mu_json_put_int(out, "sign", mu_finding_sign(finding));
    if (finding->is_elapsed) {
        mu_json_put_count(out, "base_never", finding->never_x);
        mu_json_put_count(out, "arm_never", finding->never_y);
    }
    if (finding->kind == MU_FINDING_CLAUSE) {
        mu_json_put_count(out, "gained", finding->gained);
        mu_json_put_count(out, "lost", finding->lost);
    }
    if (finding->has_quantiles) {
        put_quantile(out, "median", &finding->median);
        put_quantile(out, "p90", &finding->p90);
    }
    mu_json_close(out, '}');
}

static bool is_shown(const telling *t, const mu_pair_finding *finding) {
    return t->all || mu_finding_survives(finding);
}

static void print_findings(const telling *t, const mu_results *results,
                           const mu_comparison *comparison) {
    mu_table *table = mu_table_create(7);
    mu_table_add(table, _("what"), _("base"), _("this arm"), _("difference"), _("95 % interval"),
                 _("p, corrected"), "");
    for (uint32_t i = 0; i < comparison->count; i++) {
        const mu_pair_finding *finding = &comparison->findings[i];
        if (!is_shown(t, finding)) {
            continue;
        }
        mu_said name, x, y, difference, interval, p;
        mu_results_say_name(results, finding, t->language, name);
        mu_results_say_means(finding, x, y);
        mu_results_say_difference(finding, true, difference);
        mu_results_say_interval(finding, interval);
        mu_results_say_p(finding->p_holm, p);
        mu_table_add(table, name, x, y, difference, interval, p, mu_results_say_sign(finding));
    }
    mu_table_print(table, stdout);
    mu_table_destroy(table);
}

static uint32_t count_shown(const telling *t, const mu_comparison *comparison) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < comparison->count; i++) {
        count += is_shown(t, &comparison->findings[i]);
    }
    return count;
}

static int compare_reals(const void *a, const void *b) {
    const double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

enum { MOST_SAID = 1000 }; /* beyond it, the pairs differ by rounding only */

/* How much the common random numbers helped: the median over the times that differ. */
static void print_reduction(const mu_comparison *comparison) {
    double *values = malloc(((size_t)comparison->count + 1) * sizeof *values);
    uint32_t count = 0;
    for (uint32_t i = 0; values != NULL && i < comparison->count; i++) {
        const mu_pair_finding *finding = &comparison->findings[i];
        if (strcmp(finding->unit, "s") == 0 && finding->pair.reduction > 0) {
            values[count++] = finding->pair.reduction;
        }
    }
    if (count > 0) {
        qsort(values, count, sizeof *values, compare_reals);
        if (values[count / 2] > MOST_SAID) {
            printf(_("The same luck in both arms did the work of more than %d times as many runs "
                     "(median over the times that differ)."),
                   MOST_SAID);
        } else {
            printf(_("The same luck in both arms did the work of %.3g times as many runs (median "
                     "over the times that differ)."),
                   values[count / 2]);
        }
        (void)putchar('\n');
    }
    free(values);
}

static void print_sentences(const telling *t, const mu_results *results,
                            const mu_comparison *comparison) {
    for (uint32_t i = 0; i < comparison->count; i++) {
        const mu_pair_finding *finding = &comparison->findings[i];
        if (mu_finding_survives(finding)) {
            mu_said said;
            char told[MU_SAID_ROOM + 40], line[sizeof told + 2];
            const char *sign = mu_results_say_sign(finding);
            mu_results_say(results, finding, t->language, said);
            (void)snprintf(told, sizeof told, sign[0] != 0 ? _("%s: %s") : "%s%s", sign, said);
            (void)snprintf(line, sizeof line, "  %s", told);
            mu_text_print_line(line, stdout);
        }
    }
}

static void print_comparison(const telling *t, const mu_results *results,
                             const mu_comparison *comparison) {
    const mu_results_incident *incident = &results->incidents.items[comparison->incident];
    const char *name = mu_text_in(incident->name, t->language);
    char line[1200];
    (void)snprintf(line, sizeof line, _("%.300s: \"%.300s\" against \"%.300s\", %u pairs of runs"),
                   name[0] != 0 ? name : incident->id,
                   mu_results_arm_name(results, comparison->arm_y, t->language),
                   mu_results_arm_name(results, comparison->arm_x, t->language), comparison->pairs);
    mu_text_print_line(line, stdout);
    if (count_shown(t, comparison) == 0) {
        mu_text_print_line(_("No difference that is more than luck."), stdout);
    } else if (t->table) {
        print_findings(t, results, comparison);
    } else {
        print_sentences(t, results, comparison);
    }
    print_reduction(comparison);
    (void)putchar('\n');
}

static void visit(void *context, const mu_results *results, const mu_comparison *comparison,
                  const mu_compare_given *given) {
    const telling *t = context;
    (void)given;
    if (t->json == NULL) {
        print_comparison(t, results, comparison);
        return;
    }
    for (uint32_t i = 0; i < comparison->count; i++) {
        put_finding(t, results, comparison, &comparison->findings[i]);
    }
}

/* An arm by number or id. */
static bool find_arm(const mu_results *results, const char *text, uint32_t *out) {
    char *rest;
    const unsigned long number = strtoul(text, &rest, 10);
    if (text[0] >= '0' && text[0] <= '9' && *rest == 0 && number < results->arms.count) {
        *out = (uint32_t)number;
        return true;
    }
    for (uint32_t a = 0; a < results->arms.count; a++) {
        if (strcmp(results->arms.items[a].id, text) == 0) {
            *out = a;
            return true;
        }
    }
    (void)mu_refuse(usage.command, _("there is no arm '%s' in these results: 0 to %u, or a name"),
                    text, results->arms.count - 1);
    return false;
}

static mu_status write_html(const mu_results *results, const mu_compare_options *asked,
                            const mu_given_options *given, mu_diags *diags) {
    uint64_t percent = 90;
    if (!mu_option_number(usage.command, "share", given->value[OPTION_SHARE], 1, 100, &percent)) {
        return MU_ERR_INPUT;
    }
    const double share = given->value[OPTION_IMPROVEMENT] != NULL ? (double)percent / 100 : 0;
    char *page = mu_results_html(results, asked, mu_language(), share, MU_VERSION, diags);
    if (page == NULL) {
        return MU_ERR_MEMORY;
    }
    const mu_status status =
        mu_file_out_write(given->value[OPTION_HTML], page, strlen(page), diags);
    free(page);
    return status;
}

static mu_status tell(const mu_results *results, const mu_compare_options *asked,
                      const mu_given_options *given, mu_diags *diags) {
    mu_json_out json = {.stream = stdout};
    telling t = {.all = given->value[OPTION_ALL] != NULL,
                 .table = given->value[OPTION_ALL] != NULL || given->value[OPTION_TABLE] != NULL,
                 .json = given->value[OPTION_JSON] != NULL ? &json : NULL,
                 .language = mu_language()};
    if (t.json != NULL) {
        mu_json_open(&json, NULL, '{');
        mu_json_put_string(&json, "study", results->study);
        mu_json_put_string(&json, "program", results->program);
        mu_json_put_string(&json, "seed", results->seed);
        mu_json_put_count(&json, "runs", results->runs);
        mu_json_put_bool(&json, "complete", results->complete);
        mu_json_open(&json, "pairs", '[');
    } else if (!results->complete) {
        mu_text_print_line(
            _("The study is not complete: these are the runs that there are so far."), stdout);
        (void)putchar('\n');
    }
    mu_compare_options wanted = *asked;
    wanted.draws = t.json != NULL ? asked->draws : 0; /* sentences and tables have no quantiles */
    const mu_status status = mu_results_compare(results, &wanted, visit, &t, diags);
    if (t.json != NULL) {
        mu_json_close(&json, ']');
        mu_json_close(&json, '}');
        (void)putchar('\n');
    }
    return status;
}

static int compare(const mu_given_options *given, mu_store *store, mu_arena *arena,
                   mu_diags *diags) {
    mu_results results;
    mu_compare_options asked = {.other = MU_NONE};
    uint64_t draws = 1000;
    const mu_status read = mu_results_read(store, arena, diags, &results);
    if (read != MU_OK) {
        return mu_refuse_status(usage.command, read, diags);
    }
    if ((given->value[OPTION_BASE] != NULL &&
         !find_arm(&results, given->value[OPTION_BASE], &asked.base)) ||
        (given->value[OPTION_ARM] != NULL &&
         !find_arm(&results, given->value[OPTION_ARM], &asked.other)) ||
        !mu_option_number(usage.command, "draws", given->value[OPTION_DRAWS], 100, 100000,
                          &draws)) {
        return MU_EXIT_USAGE;
    }
    asked.draws = (uint32_t)draws;
    if (results.arms.count < 2) {
        return mu_refuse(usage.command, _("the results have one arm only: there is nothing to "
                                          "compare it with"));
    }
    if (given->value[OPTION_IMPROVEMENT] != NULL && results.arms.count > 2 &&
        asked.other == MU_NONE) {
        return mu_refuse_usage(usage.command, _("--improvement needs --arm: which one is 'after'"));
    }
    mu_status status = tell(&results, &asked, given, diags);
    if (status == MU_OK && given->value[OPTION_HTML] != NULL) {
        status = write_html(&results, &asked, given, diags);
        if (status == MU_OK && given->value[OPTION_JSON] == NULL) {
            mu_text_printf(stdout, _("Page: %s\n"), given->value[OPTION_HTML]);
        }
    }
    return status == MU_OK ? MU_EXIT_DONE : mu_refuse_status(usage.command, MU_ERR_MEMORY, diags);
}

int mu_compare_main(int argc, char **argv) {
    mu_given_options given;
    int status = MU_EXIT_DONE;
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
    if (given.operand_count != 1) {
        return mu_refuse_usage(usage.command, _("give one results file"));
    }
    mu_diags *diags = mu_diags_create();
    mu_arena *arena = mu_arena_create();
    mu_store *store = NULL;
    mu_status read = MU_OK;
    if (diags == NULL || arena == NULL) {
        status = mu_refuse(usage.command, _("there is not enough memory"));
    } else {
        read = mu_store_read(given.operands[0], diags, &store);
    }
    if (store != NULL && read == MU_OK) {
        status = compare(&given, store, arena, diags);
    }
    if (diags != NULL) {
        mu_diags_print(diags, 0, MU_ERROR, stderr);
    }
    if (read != MU_OK) {
        status = mu_refuse_status(usage.command, read, diags);
    }
    mu_store_close(store);
    mu_arena_destroy(arena);
    mu_diags_destroy(diags);
    return status;
}
