/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gaps, worst first: what was demanded, how often and by how much it was missed, and where the
 * time went. */

#include <string.h>

#include "core/i18n.h"
#include "drill/report/chart.h"
#include "drill/report/section.h"
#include "drill/report/words.h"
#include "policy/measure.h"

const char *mu_clause_anchor(const mu_view *view, uint32_t clause) {
    return mu_say(view, "c-%s", mu_view_clause(view, clause)->id);
}

static void put_matrix(mu_doc *doc) {
    mu_doc_heading(doc, 3, NULL, _("Risk matrix"));
    if (mu_doc_figure(doc, "chart")) {
        mu_chart_matrix(&doc->page, doc->view);
    }
    mu_doc_figure_end(doc,
                      _("Clauses that the runs decide, by the share of runs that miss them and by "
                        "how much is at stake. ✕ marks missed clauses."));
}

void mu_put_gap_cells(mu_doc *doc, uint32_t clause) {
    const mu_view *view = doc->view;
    mu_doc_cell_link(doc, "id", mu_clause_anchor(view, clause), mu_view_clause(view, clause)->id);
    mu_doc_cell(doc, NULL, mu_say_text(view, &mu_view_clause(view, clause)->title));
    mu_doc_cell(doc, NULL, mu_say_limit(view, clause));
    mu_doc_cell(doc, "number", mu_say_value(view, clause, mu_view_finding(view, clause)->median));
    mu_doc_cell(doc, NULL, mu_say_runs(view, clause));
}

static void put_overview(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_column columns[] = {{_("No."), "number"},     {_("Clause"), "id"},
                                 {_("Demand"), "wide"},    {_("Limit"), NULL},
                                 {_("Typical"), "number"}, {_("Met in"), NULL},
                                 {_("Risk"), NULL},        {_("Rating"), "mark"}};
    mu_doc_table(doc, "gaps", columns, 8);
    for (uint32_t k = 0; k < view->gaps.count; k++) {
        const uint32_t clause = view->gaps.items[k];
        const char rating = mu_view_finding(view, clause)->rating;
        mu_doc_cell(doc, "number", mu_say(view, "%u", k + 1));
        mu_put_gap_cells(doc, clause);
        mu_doc_cell(doc, NULL, mu_say_risk(mu_view_risk(view, clause)));
        mu_doc_cell(doc, "mark", mu_say_rating_letter(rating));
    }
    mu_doc_table_end(doc);
}

static const char *list_repeats(const mu_view *view, uint32_t clause) {
    const char *said = "";
    uint32_t repeat = mu_view_repeat(view, clause, 0);
    for (uint32_t k = 1; repeat != MU_NONE; k++) {
        said = mu_say_joined(view, said, _(", "), mu_view_clause(view, repeat)->id);
        repeat = mu_view_repeat(view, clause, k);
    }
    return said;
}

static void put_facts(mu_doc *doc, uint32_t clause) {
    const mu_view *view = doc->view;
    const mu_clause *given = mu_view_clause(view, clause);
    const mu_clause_finding *finding = mu_view_finding(view, clause);
    const int likelihood = mu_view_likelihood(mu_view_miss_share(view, clause));
    mu_doc_facts(doc, 2);
    mu_doc_fact(doc, _("Limit"),
                mu_say(view, _("%s (%s)"), mu_say_limit(view, clause), mu_say_basis(given->basis)));
    mu_doc_fact(doc, _("Met in"),
                mu_say(view, _("%s: %s"), mu_say_runs(view, clause), mu_say_share(view, clause)));
    mu_doc_fact(doc, _("Median; reached in 9 of 10 runs"),
                mu_say(view, _("%s; %s"), mu_say_value(view, clause, finding->median),
                       mu_say_value(view, clause, finding->p90)));
    mu_doc_fact(doc, _("Risk"),
                mu_say(view, _("%s (missed %s, severity %d)"),
                       mu_say_risk(mu_view_risk(view, clause)), mu_say_likelihood(likelihood),
                       (int)given->severity));
    mu_doc_fact(doc, _("Owner"), mu_say_role(view, given->owner));
    mu_doc_fact(doc, _("Predicted rating"), mu_say_rating(finding->rating));
    mu_doc_fact(doc, _("Reference"), mu_say_source(view, given));
    if (list_repeats(view, clause)[0] != 0) {
        mu_doc_fact(doc, _("Also demanded by"), list_repeats(view, clause));
    }
    mu_doc_facts_end(doc);
}

/* Is what was judged the time that the chain explains? A number or a share is not. */
static bool is_timed(const mu_view *view, uint32_t clause) {
    return mu_view_finding(view, clause)->chain_count > 0 &&
           mu_view_clause(view, clause)->kind != MU_CLAUSE_COVERAGE &&
           !mu_is_measured(&view->plan->clauses[clause]);
}

static void put_parts(mu_doc *doc, uint32_t clause) {
    const mu_view *view = doc->view;
    const mu_clause_finding *finding = mu_view_finding(view, clause);
    const mu_column columns[] = {{_("No."), "part-key"},
                                 {_("From"), "number"},
                                 {_("Took"), "number"},
                                 {_("Kind"), NULL},
                                 {_("What happened"), "wide"}};
    mu_doc_table(doc, "parts", columns, 5);
    for (uint32_t k = 0; k < finding->chain_count; k++) {
        const int64_t took = mu_part_took_s(finding, k);
        mu_doc_cell_part(doc, k + 1, finding->chain[k].part);
        mu_doc_cell(doc, "number", mu_say_seconds(view, mu_part_from_s(finding, k)));
        mu_doc_cell(doc, "number", took > 0 ? mu_say_seconds(view, took) : _("< 0:01"));
        mu_doc_cell(doc, NULL, _(mu_part_name(finding->chain[k].part)));
        mu_doc_cell(doc, NULL, mu_say_part(view, clause, k));
    }
    mu_doc_table_end(doc);
}

static void put_analysis(mu_doc *doc, uint32_t clause) {
    const mu_view *view = doc->view;
    const mu_clause_finding *finding = mu_view_finding(view, clause);
    mu_doc_paragraph(doc, "cause", mu_say(view, _("Analysis: %s."), mu_say_cause(view, clause)));
    if (!is_timed(view, clause)) {
        return;
    }
    if (mu_doc_figure(doc, "chain")) {
        mu_chart_chain(&doc->page, view, clause);
    }
    mu_doc_figure_end(
        doc, mu_say(view,
                    _("Where the time went in run %u, the median of those that missed: %s in "
                      "all. The parts add up to the whole."),
                    finding->typical,
                    mu_say_seconds(view, mu_part_from_s(finding, finding->chain_count))));
}

/* Candidate fixes are those that were measured, and nothing else. */
static void put_fixes(mu_doc *doc, uint32_t clause) {
    const mu_report_def *def = &doc->view->def;
    const char *id = mu_view_clause(doc->view, clause)->id;
    bool any = false;
    if (def->fixes == NULL) {
        return;
    }
    mu_doc_heading(doc, 4, NULL, _("Candidate fixes, measured"));
    mu_doc_list(doc);
    for (uint32_t k = 0; k < def->fix_count; k++) {
        if (strcmp(def->fixes[k].clause, id) == 0) {
            mu_doc_item(doc, def->fixes[k].said);
            any = true;
        }
    }
    if (!any) {
        mu_doc_item(doc, _("no single lever of those that were tried mends it for certain"));
    }
    mu_doc_list_end(doc);
}

static void put_gap(mu_doc *doc, uint32_t rank, uint32_t clause) {
    const mu_view *view = doc->view;
    const mu_clause *given = mu_view_clause(view, clause);
    mu_doc_open(doc, "gap", mu_clause_anchor(view, clause));
    mu_doc_open(doc, "keep", NULL);
    mu_doc_heading(
        doc, 3, NULL,
        mu_say(view, _("Gap %u: %s (%s)"), rank, mu_say_text(view, &given->title), given->id));
    mu_doc_paragraph(doc, "demand", mu_say_text(view, &given->text));
    put_facts(doc, clause);
    put_analysis(doc, clause);
    mu_doc_close(doc);
    if (is_timed(view, clause) && mu_view_finding(view, clause)->chain_count > 1) {
        put_parts(doc, clause);
    }
    put_fixes(doc, clause);
    mu_doc_close(doc);
}

void mu_section_gaps(mu_doc *doc) {
    const mu_view *view = doc->view;
    if (view->gaps.count == 0) {
        mu_doc_paragraph(doc, NULL, _("No clause that this incident exercises was missed."));
        return;
    }
    put_overview(doc);
    const char *repeats = mu_say_repeats(view);
    if (repeats[0] != '\0') {
        mu_doc_paragraph(doc, "small", repeats);
    }
    put_matrix(doc);
    for (uint32_t k = 0; k < view->gaps.count; k++) {
        put_gap(doc, k + 1, view->gaps.items[k]);
    }
}

void mu_section_strengths(mu_doc *doc) {
    const mu_view *view = doc->view;
    if (view->strengths.count == 0) {
        mu_doc_paragraph(doc, NULL, _("No clause was met."));
        return;
    }
    const mu_column columns[] = {{_("Clause"), "id"},
                                 {_("Demand"), "wide"},
                                 {_("Limit"), NULL},
                                 {_("Typical"), "number"},
                                 {_("Reached in 9 of 10"), "number"},
                                 {_("Met in"), NULL},
                                 {_("Rating"), "mark"}};
    mu_doc_table(doc, NULL, columns, 7);
    for (uint32_t k = 0; k < view->strengths.count; k++) {
        const uint32_t clause = view->strengths.items[k];
        const mu_clause_finding *finding = mu_view_finding(view, clause);
        mu_doc_cell(doc, "id", mu_view_clause(view, clause)->id);
        mu_doc_cell(doc, NULL, mu_say_text(view, &mu_view_clause(view, clause)->title));
        mu_doc_cell(doc, NULL, mu_say_limit(view, clause));
        mu_doc_cell(doc, "number", mu_say_value(view, clause, finding->median));
        mu_doc_cell(doc, "number", mu_say_value(view, clause, finding->p90));
        mu_doc_cell(doc, NULL, mu_say_runs(view, clause));
        mu_doc_cell(doc, "mark", mu_say_rating_letter(finding->rating));
    }
    mu_doc_table_end(doc);
}

/* What the policy itself says of how long an improvement may take; NULL. */
static const char *say_improvement_limit(const mu_view *view) {
    for (uint32_t i = 0; i < view->plan->policy.clauses.count; i++) {
        const mu_clause *clause = mu_view_clause(view, i);
        if (!clause->off && clause->kind == MU_CLAUSE_DEADLINE &&
            strcmp(clause->system, "improvement") == 0) {
            return mu_say(view, _("The policy's own limit (%s): %s"), clause->id,
                          mu_say_text(view, &clause->text));
        }
    }
    return NULL;
}

void mu_section_actions(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_column columns[] = {{_("Issue"), "wide"},      {_("Corrective action"), "blank"},
                                 {_("Element"), "element"}, {_("Owner"), "owner"},
                                 {_("Deadline"), "date"},   {_("Acceptance"), "check"}};
    if (view->gaps.count == 0) {
        mu_doc_paragraph(doc, NULL, _("No gap was found, so there is nothing to correct."));
        return;
    }
    mu_doc_paragraph(doc, NULL,
                     _("Actions, elements and deadlines are for their owners to fill in: specific, "
                       "one owner each, with a date."));
    if (say_improvement_limit(view) != NULL) {
        mu_doc_paragraph(doc, NULL, say_improvement_limit(view));
    }
    mu_doc_table(doc, "actions", columns, 6);
    for (uint32_t k = 0; k < view->gaps.count; k++) {
        const uint32_t clause = view->gaps.items[k];
        const mu_clause *given = mu_view_clause(view, clause);
        mu_doc_cell(doc, NULL,
                    mu_say(view, _("%u. %s (%s, %s): %s"), k + 1, mu_say_text(view, &given->title),
                           given->id, mu_say_capability(view, given->capability),
                           mu_say_cause(view, clause)));
        mu_doc_cell(doc, "blank", "");
        mu_doc_cell(doc, "element",
                    _("□ planning □ organization □ equipment □ training □ exercises"));
        mu_doc_cell(doc, NULL, mu_say_role(view, given->owner));
        mu_doc_cell(doc, "blank", "");
        mu_doc_cell(doc, NULL,
                    mu_say(view, _("%s in at least %s of runs, and at the next drill"),
                           mu_say_limit(view, clause),
                           mu_say_percent(view, view->plan->policy.required_share)));
    }
    mu_doc_table_end(doc);
}
