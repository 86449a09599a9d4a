/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The summary shows the worst few gaps; the report has them all. */
#include "summary.h"

#include "core/i18n.h"
#include "core/json_out.h"
#include "drill/report/words.h"
#include "table.h"

enum { SHOWN_MOST = 5 };

static void print_gaps(const mu_view *view, bool has_report) {
    mu_table *table = mu_table_create(6);
    mu_table_add(table, _("clause"), _("demand"), _("limit"), _("typical"), _("met in"),
                 _("rating (predicted)"));
    for (uint32_t k = 0; k < view->gaps.count && k < SHOWN_MOST; k++) {
        const uint32_t clause = view->gaps.items[k];
        const mu_clause_finding *finding = mu_view_finding(view, clause);
        mu_table_add(table, mu_view_clause(view, clause)->id,
                     mu_say_text(view, &mu_view_clause(view, clause)->title),
                     mu_say_limit(view, clause), mu_say_value(view, clause, finding->median),
                     mu_say_runs(view, clause), mu_say_rating_letter(finding->rating));
    }
    mu_table_print(table, stdout);
    mu_table_destroy(table);
    if (view->gaps.count > SHOWN_MOST) {
        mu_text_print(mu_say(view,
                             has_report ? _("The %u worst of %u; the report has them all.")
                                        : _("The %u worst of %u; the metrics have them all."),
                             (unsigned)SHOWN_MOST, view->gaps.count),
                      stdout);
        (void)putchar('\n');
    }
    const char *repeats = mu_say_repeats(view);
    if (repeats[0] != '\0') {
        mu_text_print(repeats, stdout);
        (void)putchar('\n');
    }
}

void mu_summary_print(const mu_view *view, const char *folder, bool has_report) {
    mu_text_print(mu_say_headline(view), stdout);
    (void)puts("\n");
    if (view->gaps.count > 0) {
        print_gaps(view, has_report);
        (void)putchar('\n');
    }
    mu_text_print(mu_say(view,
                         has_report ? _("Report: %s/report.html") : _("Metrics: %s/metrics.json"),
                         folder),
                  stdout);
    (void)putchar('\n');
}

static void print_chain(const mu_view *view, uint32_t clause) {
    const mu_clause_finding *finding = mu_view_finding(view, clause);
    mu_table *table = mu_table_create(4);
    mu_table_add(table, _("from"), _("took"), _("kind"), _("what happened"));
    for (uint32_t k = 0; k < finding->chain_count; k++) {
        const int64_t took = mu_part_took_s(finding, k);
        mu_table_add(table, mu_say_seconds(view, mu_part_from_s(finding, k)),
                     took > 0 ? mu_say_seconds(view, took) : _("< 0:01"),
                     _(mu_part_name(finding->chain[k].part)), mu_say_part(view, clause, k));
    }
    mu_table_print(table, stdout);
    mu_table_destroy(table);
    mu_text_print(mu_say(view, _("Run %u, counted from 0; the parts add up to %s."),
                         finding->typical,
                         mu_say_seconds(view, mu_part_from_s(finding, finding->chain_count))),
                  stdout);
    (void)putchar('\n');
}

void mu_summary_print_why(const mu_view *view, uint32_t clause) {
    const mu_clause *given = mu_view_clause(view, clause);
    const mu_clause_finding *finding = mu_view_finding(view, clause);
    mu_text_print(mu_say(view, "%s  %s", given->id, mu_say_text(view, &given->title)), stdout);
    (void)putchar('\n');
    const bool judged = finding->verdict != MU_VERDICT_NOT_EXERCISED;
    mu_text_print(judged ? mu_say(view, _("%s: %s, typically %s, met in %s"),
                                  mu_say_verdict(finding->verdict), mu_say_limit(view, clause),
                                  mu_say_value(view, clause, finding->median),
                                  mu_say_runs(view, clause))
                         : mu_say(view, _("%s: %s"), mu_say_verdict(finding->verdict),
                                  mu_say_reason(finding->reason)),
                  stdout);
    (void)putchar('\n');
    if (judged) {
        mu_text_print(mu_say_cause(view, clause), stdout);
        (void)puts("\n");
    }
    if (finding->chain_count > 0) {
        print_chain(view, clause);
    }
}

static void put_gap(mu_json_out *out, const mu_view *view, uint32_t clause) {
    const mu_clause *given = mu_view_clause(view, clause);
    const mu_clause_finding *finding = mu_view_finding(view, clause);
    const char rating[2] = {finding->rating, 0};
    mu_json_open_flat(out, NULL, '{');
    mu_json_put_string(out, "id", given->id);
    mu_json_put_text(out, "title", &given->title);
    mu_json_put_int(out, "severity", given->severity);
    mu_json_put_count(out, "runs", finding->runs);
    mu_json_put_count(out, "met", finding->met);
    mu_json_put_real(out, "limit", finding->limit);
    mu_json_put_real(out, "median", finding->median);
    mu_json_put_real(out, "p90", finding->p90);
    mu_json_put_string(out, "unit", mu_judge_unit(given));
    mu_json_put_string(out, "rating", rating);
    mu_json_put_string(out, "cause", mu_say_cause(view, clause));
    mu_json_close(out, '}');
}

static void put_counts(mu_json_out *out, const mu_view *view) {
    mu_json_open_flat(out, "clauses", '{');
    mu_json_put_count(out, "total", view->plan->policy.clauses.count);
    mu_json_put_count(out, "exercised", view->exercised);
    mu_json_put_count(out, "met", view->met);
    mu_json_put_count(out, "missed", view->missed);
    mu_json_put_count(out, "undecided", view->undecided);
    mu_json_close(out, '}');
}

void mu_summary_print_json(const mu_view *view, const char *folder, bool has_report) {
    static const char *const files[] = {"metrics.json", "log.jsonl", "report.html",
                                        "report.md"}; /* the report's come last */
    mu_json_out out = {.stream = stdout};
    mu_json_open(&out, NULL, '{');
    mu_json_put_string(&out, "program", view->def.version);
    mu_json_put_string(&out, "incident", view->def.incident);
    mu_json_put_count(&out, "seed", view->findings->seed);
    mu_json_put_count(&out, "reps", view->findings->reps);
    mu_json_put_string(&out, "headline", mu_say_headline(view));
    put_counts(&out, view);
    mu_json_open(&out, "gaps", '[');
    for (uint32_t k = 0; k < view->gaps.count; k++) {
        put_gap(&out, view, view->gaps.items[k]);
    }
    mu_json_close(&out, ']');
    mu_json_open(&out, "files", '[');
    const size_t written = sizeof files / sizeof files[0] - (has_report ? 0 : 2);
    for (size_t i = 0; i < written; i++) {
        mu_json_put_string(&out, NULL, mu_say(view, "%s/%s", folder, files[i]));
    }
    mu_json_close(&out, ']');
    mu_json_close(&out, '}');
    (void)putchar('\n');
}
