/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every clause of the policy in one table, and those without a verdict with the reason. What was
 * not exercised is never shown as met. */
#include "core/i18n.h"
#include "drill/report/section.h"
#include "drill/report/words.h"

static void put_open(mu_doc *doc) {
    const mu_view *view = doc->view;
    if (view->open.count == 0) {
        return;
    }
    mu_doc_heading(doc, 3, NULL, _("Undecided"));
    mu_doc_paragraph(doc, NULL,
                     _("The runs ended before these limits had passed, so nothing can be said."));
    mu_doc_list(doc);
    for (uint32_t k = 0; k < view->open.count; k++) {
        const mu_clause *clause = mu_view_clause(view, view->open.items[k]);
        mu_doc_item(doc,
                    mu_say(view, _("%s %s (%s)"), clause->id, mu_say_text(view, &clause->title),
                           mu_say_limit(view, view->open.items[k])));
    }
    mu_doc_list_end(doc);
}

static bool has_reason(const mu_view *view, uint32_t clause, mu_reason reason) {
    const mu_clause_finding *finding = mu_view_finding(view, clause);
    return finding->verdict == MU_VERDICT_NOT_EXERCISED && finding->reason == reason;
}

static const char *list_with_reason(const mu_view *view, mu_reason reason, uint32_t *count) {
    const char *said = "";
    *count = 0;
    for (uint32_t i = 0; i < view->plan->policy.clauses.count; i++) {
        if (has_reason(view, i, reason)) {
            (*count)++;
            said = mu_say(view, _("%s%s%s %s"), said, said[0] != 0 ? _("; ") : "",
                          mu_view_clause(view, i)->id,
                          mu_say_text(view, &mu_view_clause(view, i)->title));
        }
    }
    return said;
}

void mu_section_unjudged(mu_doc *doc) {
    const mu_view *view = doc->view;
    put_open(doc);
    /* What a planner can mend comes first. */
    static const mu_reason order[] = {MU_REASON_NO_STEP, MU_REASON_NO_START, MU_REASON_NO_MEASURE,
                                      MU_REASON_OFF,     MU_REASON_NOT_HERE, MU_REASON_NONE};
    for (size_t k = 0; k < sizeof order / sizeof order[0]; k++) {
        uint32_t count = 0;
        const char *said = list_with_reason(view, order[k], &count);
        if (count > 0) {
            mu_doc_heading(doc, 3, NULL,
                           mu_say(view, P_("%s: %u clause", "%s: %u clauses", count),
                                  mu_say_reason_title(order[k]), count));
            mu_doc_paragraph(doc, NULL, mu_say_reason(order[k]));
            mu_doc_paragraph(
                doc, "small",
                order[k] == MU_REASON_NOT_HERE
                    ? _("“muster year” plays the year and “muster audit” looks through "
                        "what is written down; the clauses are among those of the "
                        "table of all clauses.")
                    : said);
        }
    }
}

static const char *class_of(mu_verdict verdict) {
    return verdict == MU_VERDICT_MET      ? "mark met"
           : verdict == MU_VERDICT_MISSED ? "mark missed"
                                          : "mark";
}

static void put_row(mu_doc *doc, uint32_t clause) {
    const mu_view *view = doc->view;
    const mu_clause *given = mu_view_clause(view, clause);
    const mu_clause_finding *finding = mu_view_finding(view, clause);
    const bool judged = finding->verdict != MU_VERDICT_NOT_EXERCISED;
    mu_doc_cell(doc, "id", given->id);
    mu_doc_cell(doc, NULL, mu_say_text(view, &given->title));
    mu_doc_cell(doc, "mark", mu_say_limit(view, clause));
    mu_doc_cell(doc, given->basis == MU_BASIS_STATED ? NULL : "weak",
                given->basis == MU_BASIS_STATED ? mu_say_basis(given->basis)
                                                : mu_say(view, "▲ %s", mu_say_basis(given->basis)));
    mu_doc_cell(doc, class_of(finding->verdict), mu_say_verdict(finding->verdict));
    mu_doc_cell(doc, NULL, judged ? mu_say_how(finding->how) : "–");
    mu_doc_cell(doc, "number", judged ? mu_say_value(view, clause, finding->median) : "–");
    mu_doc_cell(doc, "number", judged ? mu_say_percent(view, finding->share) : "–");
}

void mu_section_clauses(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_column columns[] = {{_("Clause"), "id"},      {_("Demand"), "wide"},
                                 {_("Limit"), "mark"},     {_("Basis"), NULL},
                                 {_("Verdict"), "mark"},   {_("How"), NULL},
                                 {_("Typical"), "number"}, {_("Met in"), "number"}};
    mu_doc_paragraph(
        doc, "small",
        _("✓ met, ✕ missed, ? undecided, – not exercised. ▲ marks a limit whose number the "
          "source does not state: assumed by the policy file, or given as an example."));
    mu_doc_table(doc, "clauses", columns, 8);
    for (uint32_t i = 0; i < view->plan->policy.clauses.count; i++) {
        put_row(doc, i);
    }
    mu_doc_table_end(doc);
}
