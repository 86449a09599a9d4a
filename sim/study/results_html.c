/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page about a study: what each arm changes, how sure that is, and how the times are spread. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "drill/report/section.h"
#include "study/results.h"
#include "study/results_charts.h"
#include "study/results_improvement.h"

enum { FOREST_MOST = 24, DISTRIBUTIONS_MOST = 4 };

typedef struct writing {
    mu_page page;
    const char *language;
    bool improvement;
    double share; /* of runs in which a clause has to be met */
    mu_diags *diags;
    mu_status status;
} writing;

#define STYLE                                                                                      \
    MU_FOREST_STYLE                                                                                \
    ".arm-x{fill:none;stroke:#7b858d;stroke-width:2.2;stroke-dasharray:7 4}"                       \
    ".arm-y{fill:none;stroke:var(--accent);stroke-width:2.6}\n"                                    \
    ".arm-band-x{fill:#7b858d;fill-opacity:.16}"                                                   \
    ".arm-band-y{fill:var(--accent);fill-opacity:.16}\n"                                           \
    ".differences .number{white-space:normal}.differences th,.differences td{padding-right:6px}\n"

static void put_element(mu_page *page, const char *tag, const char *class_name, const char *text) {
    mu_page_print(page, "<%s%s%s%s>", tag, class_name != NULL ? " class=\"" : "",
                  class_name != NULL ? class_name : "", class_name != NULL ? "\"" : "");
    mu_page_text(page, text);
    mu_page_print(page, "</%s>\n", tag);
}

static const char *text_of(mu_text text, const char *language, const char *otherwise) {
    const char *found = mu_text_in(text, language);
    return found[0] != '\0' ? found : otherwise;
}

static void write_head(writing *w, const mu_results *results, const char *version) {
    mu_page *page = &w->page;
    const char *title = w->improvement ? _("Improvement report: before and after")
                                       : _("Comparison of arms of a study");
    const char *band = _("EXERCISE – INTERNAL – PREDICTED BY SIMULATION");
    mu_report_head_styled(page, w->language, title, band, (const char *const[]){STYLE, NULL});
    put_element(page, "p", "band", band);
    put_element(page, "p", "kicker", title);
    put_element(page, "h1", NULL, text_of(results->name, w->language, results->study));
    mu_page_put(page, "<p class=\"stamp\">");
    mu_page_say(page, _("%llu runs, seed %s, made by %s, written by muster %s."),
                (unsigned long long)results->runs, results->seed, results->program, version);
    mu_page_put(page, "</p>\n");
    if (!results->complete) {
        put_element(page, "p", "verdict",
                    _("The study is not complete: these are the runs that there are so far."));
    }
    put_element(page, "p", NULL,
                _("In each pair of runs both arms meet the same people with the same luck, so what "
                  "differs is the change's doing. Intervals are of 95 %; p is corrected for the "
                  "number of things looked at (Holm), and only what stays below 0.05 is called "
                  "better or worse. A time that never came counts as the end of the run."));
}

static uint32_t count_signs(const mu_comparison *comparison, int sign) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < comparison->count; i++) {
        count += mu_finding_sign(&comparison->findings[i]) == sign;
    }
    return count;
}

static void write_lines(writing *w, const mu_results *results, const mu_comparison *comparison,
                        int sign, const char *heading) {
    if (count_signs(comparison, sign) == 0) {
        return;
    }
    put_element(&w->page, "h3", NULL, heading);
    mu_page_put(&w->page, "<ul>\n");
    for (uint32_t i = 0; i < comparison->count; i++) {
        if (mu_finding_sign(&comparison->findings[i]) == sign) {
            mu_said said;
            mu_results_say(results, &comparison->findings[i], w->language, said);
            put_element(&w->page, "li", NULL, said);
        }
    }
    mu_page_put(&w->page, "</ul>\n");
}

static void close_figure(mu_page *page, const char *caption) {
    put_element(page, "figcaption", NULL, caption);
    mu_page_put(page, "</figure>\n");
}

/* Which findings go into one forest: those of this kind and unit that differ, the surest first. */
static int by_surety(const void *a, const void *b) {
    const mu_pair_finding *left = *(const mu_pair_finding *const *)a;
    const mu_pair_finding *right = *(const mu_pair_finding *const *)b;
    const int by_p = (left->p_holm > right->p_holm) - (left->p_holm < right->p_holm);
    const double x = fabs(left->pair.mean), y = fabs(right->pair.mean);
    return by_p != 0 ? by_p : x != y ? (x < y) - (x > y) : (left > right) - (left < right);
}

static const mu_pair_finding **choose(const mu_comparison *comparison, mu_finding_kind kind,
                                      const char *unit, uint32_t *count) {
    const mu_pair_finding **chosen =
        malloc(((size_t)comparison->count + 1) * sizeof(const mu_pair_finding *));
    *count = 0;
    for (uint32_t i = 0; chosen != NULL && i < comparison->count; i++) {
        const mu_pair_finding *finding = &comparison->findings[i];
        if (finding->kind == kind && strcmp(finding->unit, unit) == 0 &&
            finding->is_elapsed == (strcmp(unit, "s") == 0) && finding->pair.differing > 0) {
            chosen[(*count)++] = finding;
        }
    }
    if (chosen != NULL) {
        qsort(chosen, *count, sizeof *chosen, by_surety);
    }
    return chosen;
}

static void write_forest(writing *w, const mu_results *results, const mu_comparison *comparison,
                         mu_finding_kind kind, const char *unit, const char *caption) {
    uint32_t count;
    const mu_pair_finding **chosen = choose(comparison, kind, unit, &count);
    if (chosen == NULL) {
        w->page.no_memory = true;
    } else if (count > 0) {
        mu_page_put(&w->page, "<figure>\n");
        mu_results_forest(&w->page, results, chosen, count < FOREST_MOST ? count : FOREST_MOST,
                          w->language);
        close_figure(&w->page, caption);
    }
    free(chosen);
}

static void write_distributions(writing *w, const mu_results *results,
                                const mu_comparison *comparison, const mu_compare_given *given,
                                const mu_arm_names *names) {
    uint32_t count, drawn = 0;
    const mu_pair_finding **chosen = choose(comparison, MU_FINDING_CLAUSE_TIME, "s", &count);
    for (uint32_t i = 0; chosen != NULL && i < count && drawn < DISTRIBUTIONS_MOST; i++) {
        if (!mu_finding_survives(chosen[i])) {
            continue;
        }
        mu_said name;
        mu_results_say_name(results, chosen[i], w->language, name);
        mu_page_put(&w->page, "<figure>\n");
        mu_results_distribution(&w->page, given, chosen[i], names);
        close_figure(&w->page, name);
        drawn++;
    }
    w->page.no_memory = w->page.no_memory || chosen == NULL;
    free(chosen);
}

static void write_row(writing *w, const mu_results *results, const mu_pair_finding *finding) {
    mu_said said, other;
    const int sign = mu_finding_sign(finding);
    mu_page_put(&w->page, "<tr>");
    mu_results_say_name(results, finding, w->language, said);
    put_element(&w->page, "td", NULL, said);
    mu_results_say_means(finding, said, other);
    put_element(&w->page, "td", "number", said);
    put_element(&w->page, "td", "number", other);
    mu_results_say_difference(finding, true, said);
    put_element(&w->page, "td", "number", said);
    if (w->improvement) {
        mu_improvement_relative(finding, said);
        put_element(&w->page, "td", "number", said);
    }
    mu_results_say_interval(finding, said);
    put_element(&w->page, "td", "number", said);
    said[0] = '\0'; /* the value that nine runs in ten do not exceed: how much that moves */
    if (finding->has_quantiles) {
        mu_results_say_value(finding, finding->p90.difference, true, said);
    }
    put_element(&w->page, "td", "number", said);
    mu_results_say_p(finding->p_holm, said);
    put_element(&w->page, "td", "number", said);
    put_element(&w->page, "td",
                sign > 0   ? "better"
                : sign < 0 ? "worse"
                           : NULL,
                mu_results_say_sign(finding));
    mu_page_put(&w->page, "</tr>\n");
}

static void write_table(writing *w, const mu_results *results, const mu_comparison *comparison) {
    const char *const headings[] = {_("what"),
                                    w->improvement ? _("before") : _("base"),
                                    w->improvement ? _("after") : _("this arm"),
                                    _("difference"),
                                    w->improvement ? _("of before") : NULL,
                                    _("95 % interval"),
                                    _("nine runs in ten"),
                                    _("p, corrected"),
                                    ""};
    put_element(&w->page, "h3", NULL, _("Everything that differs in any run"));
    mu_page_put(&w->page, "<table class=\"differences\">\n<thead><tr>");
    for (int k = 0; k < 9; k++) {
        if (headings[k] != NULL) {
            put_element(&w->page, "th", k == 0 || k == 8 ? NULL : "number", headings[k]);
        }
    }
    mu_page_put(&w->page, "</tr></thead>\n<tbody>\n");
    for (uint32_t i = 0; i < comparison->count; i++) {
        if (comparison->findings[i].pair.differing > 0) {
            write_row(w, results, &comparison->findings[i]);
        }
    }
    mu_page_put(&w->page, "</tbody>\n</table>\n");
}

static void write_summary(writing *w, const mu_results *results, const mu_comparison *comparison) {
    const uint32_t better = count_signs(comparison, 1), worse = count_signs(comparison, -1);
    mu_page_put(&w->page, "<p class=\"headline\">");
    if (better == 0 && worse == 0) {
        mu_page_say(&w->page, _("No difference that is more than luck, in %u pairs of runs."),
                    comparison->pairs);
    } else {
        mu_page_say(&w->page, _("%u things are better and %u worse, in %u pairs of runs."), better,
                    worse, comparison->pairs);
    }
    mu_page_put(&w->page, "</p>\n");
    write_lines(w, results, comparison, 1, _("Better"));
    write_lines(w, results, comparison, -1, _("Worse"));
}

static void write_figures(writing *w, const mu_results *results, const mu_comparison *comparison,
                          const mu_compare_given *given) {
    const mu_arm_names names = {.x = mu_results_arm_name(results, comparison->arm_x, w->language),
                                .y = mu_results_arm_name(results, comparison->arm_y, w->language)};
    write_forest(w, results, comparison, MU_FINDING_CLAUSE, "1",
                 _("Clauses: change of the share of runs that meet each. Grey: may be luck."));
    write_forest(w, results, comparison, MU_FINDING_CLAUSE_TIME, "s",
                 _("Clauses: change of the time that each takes. To the left: sooner."));
    write_forest(w, results, comparison, MU_FINDING_MEASURE, "s",
                 _("The drill as a whole: change of times. To the left: sooner."));
    write_distributions(w, results, comparison, given, &names);
    mu_page_put(&w->page, "<figure>\n");
    const bool drawn = mu_results_bands(&w->page, given, &names);
    close_figure(&w->page,
                 drawn ? _("Evacuation: share of those indoors who have left. Lines: median "
                           "over runs; bands: from 5 % to 95 % of them.")
                       : _("Evacuation: nobody leaves in most runs."));
}

static void write_improvement(writing *w, const mu_results *results,
                              const mu_comparison *comparison, const mu_compare_given *given) {
    const mu_improvement of = {.results = results,
                               .comparison = comparison,
                               .given = given,
                               .share = w->share,
                               .language = w->language};
    mu_improvement_headline(&w->page, &of);
    if (mu_improvement_changes(&w->page, &of, w->diags) != MU_OK) {
        w->status = MU_ERR_IO;
    }
    mu_improvement_gaps(&w->page, &of);
}

static void visit(void *context, const mu_results *results, const mu_comparison *comparison,
                  const mu_compare_given *given) {
    writing *w = context;
    const mu_results_incident *incident = &results->incidents.items[comparison->incident];
    mu_page_put(&w->page, "<section class=\"chapter\">\n<h2>");
    mu_page_text(&w->page, text_of(incident->name, w->language, incident->id));
    mu_page_put(&w->page, "</h2>\n<p class=\"place\">");
    mu_page_say(&w->page, w->improvement ? _("After: %s. Before: %s.") : _("%s, against: %s"),
                mu_results_arm_name(results, comparison->arm_y, w->language),
                mu_results_arm_name(results, comparison->arm_x, w->language));
    mu_page_put(&w->page, "</p>\n");
    if (w->improvement) {
        write_improvement(w, results, comparison, given);
    }
    write_summary(w, results, comparison);
    write_figures(w, results, comparison, given);
    write_table(w, results, comparison);
    mu_page_put(&w->page, "</section>\n");
}

char *mu_results_html(const mu_results *results, const mu_compare_options *options,
                      const char *language, double improvement_share, const char *version,
                      mu_diags *diags) {
    writing w = {.language = language,
                 .improvement = improvement_share > 0,
                 .share = improvement_share,
                 .diags = diags};
    write_head(&w, results, version);
    const mu_status status = mu_results_compare(results, options, visit, &w, diags);
    mu_page_put(&w.page, "</main>\n</body>\n</html>\n");
    char *text = mu_page_take(&w.page);
    if (status != MU_OK || w.status != MU_OK) {
        free(text);
        return NULL;
    }
    return text;
}
