/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The evaluation report of a real exercise. HSEEP and AQ/T 9009 put the same matter in different
 * orders; each language has its own outline. Ratings are suggested from times, and left for the
 * evaluators to give. */
#include <math.h>
#include <string.h>

#include "core/i18n.h"
#include "drill/pack/sheet.h"
#include "study/observe.h"

enum { EXPLAINED_MOST = 4, PARTICIPANT_ROWS = 8 };

typedef struct page {
    mu_doc doc;
    mu_view view; /* of the runs */
    const mu_observe_def *def;
    const mu_compared *compared;
    mu_explaining_list explained;
    uint32_t met, missed, undecided, unwatched, within, worse, better;
} page;

static uint32_t clause_count(const page *p) {
    return p->view.plan->policy.clauses.count;
}

static const char *say_value(const page *p, uint32_t clause, double value) {
    return isnan(value) ? "–" : mu_say_value(&p->view, clause, value);
}

/* The gaps that are listed once: a clause that only repeats another is left out. */
static bool is_missed(const page *p, uint32_t clause) {
    const uint32_t same = p->view.plan->clauses[clause].same_as;
    return p->compared[clause].observed == MU_VERDICT_MISSED &&
           (same == MU_NONE || p->compared[same].observed != MU_VERDICT_MISSED);
}

static void count(page *p) {
    for (uint32_t c = 0; c < clause_count(p); c++) {
        const mu_compared *one = &p->compared[c];
        p->met += one->observed == MU_VERDICT_MET;
        p->missed += one->observed == MU_VERDICT_MISSED;
        p->undecided += one->observed == MU_VERDICT_UNDECIDED;
        p->unwatched += one->watched == MU_WATCHED_NO;
        p->within += one->fits == MU_FITS_WITHIN;
        p->worse += one->fits == MU_FITS_WORSE;
        p->better += one->fits == MU_FITS_BETTER;
    }
}

static void put_cover(page *p) {
    mu_doc *doc = &p->doc;
    mu_doc_paragraph(doc, "band", _("EXERCISE / 演练 – internal – observed at a real exercise"));
    mu_doc_paragraph(doc, "kicker", _("After-action report and improvement plan"));
    mu_doc_heading(doc, 1, NULL, mu_say_text(&p->view, &p->view.plan->incident.name));
    mu_doc_paragraph(doc, "place", mu_say_text(&p->view, &p->view.plan->site.name));
    mu_doc_paragraph(doc, "headline",
                     mu_say(&p->view,
                            _("%u clauses were met and %u missed; %u could not be decided and %u "
                              "were not watched. Against the runs: %u came out as nine of ten runs "
                              "have it, %u worse, %u better."),
                            p->met, p->missed, p->undecided, p->unwatched, p->within, p->worse,
                            p->better));
    if (p->def->due != NULL) {
        mu_doc_paragraph(doc, "verdict",
                         mu_say(&p->view, _("This report is due by %s."), p->def->due));
    }
}

static void put_overview(page *p) {
    const mu_view *view = &p->view;
    mu_doc *doc = &p->doc;
    const mu_time end_us = p->def->sheet->end_us;
    mu_doc_facts(doc, 1);
    mu_doc_fact(doc, _("Exercise name"), mu_say_text(view, &view->plan->incident.name));
    mu_doc_fact(doc, _("Exercise date"), p->def->date != NULL ? p->def->date : _("not given"));
    mu_doc_fact(doc, _("Scope"),
                mu_say(view, _("real exercise, %s from start to end"),
                       mu_say_time(view, mu_time_to_s(end_us))));
    mu_doc_fact(doc, _("Venue"), mu_say_text(view, &view->plan->site.name));
    mu_doc_fact(doc, _("Policy"), mu_say_text(view, &view->plan->policy.name));
    mu_doc_fact(doc, _("Sponsor and point of contact"), _("to be filled in"));
    mu_doc_facts_end(doc);
    mu_doc_heading(doc, 3, NULL, _("Scenario"));
    mu_doc_paragraph(doc, NULL, mu_say_text(view, &view->plan->incident.story));
}

static void put_method(page *p) {
    const mu_view *view = &p->view;
    mu_doc_paragraph(
        &p->doc, NULL,
        mu_say(view,
               _("Evaluators wrote times of day on the sheets of the drill pack; they "
                 "were typed into %s and judged by the rules by which runs are judged. "
                 "A box that was left empty was not watched: nothing is concluded from "
                 "it. A dash means that it was watched for and did not happen."),
               p->def->times));
    mu_doc_paragraph(&p->doc, NULL,
                     mu_say(view,
                            P_("Predictions come from %u run with seed %llu. One exercise decides "
                               "each clause once: it shows what can happen, not how often.",
                               "Predictions come from %u runs with seed %llu. One exercise decides "
                               "each clause once: it shows what can happen, not how often.",
                               view->findings->reps),
                            view->findings->reps, (unsigned long long)view->findings->seed));
}

static void put_capabilities(page *p) {
    const mu_column columns[] = {{_("Capability"), "wide"},
                                 {_("Met"), "number"},
                                 {_("Missed"), "number"},
                                 {_("Suggested by the times"), NULL},
                                 {_("Rating given by evaluators"), "blank"}};
    mu_doc_table(&p->doc, "grid", columns, 5);
    for (uint32_t i = 0; i < p->view.capabilities.count; i++) {
        const char *word = p->view.capabilities.items[i].word;
        const char rating = mu_observe_rating(p->def, p->compared, word);
        uint32_t met = 0, missed = 0;
        for (uint32_t c = 0; c < clause_count(p); c++) {
            const bool own = strcmp(mu_view_clause(&p->view, c)->capability, word) == 0;
            met += own && p->compared[c].observed == MU_VERDICT_MET;
            missed += own && p->compared[c].observed == MU_VERDICT_MISSED;
        }
        if (rating == 'N') {
            continue;
        }
        mu_doc_cell(&p->doc, NULL, mu_say_capability(&p->view, word));
        mu_doc_cell(&p->doc, "number", mu_say(&p->view, "%u", met));
        mu_doc_cell(&p->doc, "number", mu_say(&p->view, "%u", missed));
        mu_doc_cell(&p->doc, NULL, mu_say_rating(rating));
        mu_doc_cell(&p->doc, "hand", "");
    }
    mu_doc_table_end(&p->doc);
    mu_doc_paragraph(&p->doc, "small",
                     _("Suggested: P where every watched clause was met; S where only clauses of "
                       "severity 1 to 3 were missed; M where at least half were met; else U. "
                       "Evaluators see more than times: their rating counts."));
}

static void put_strengths(page *p) {
    const mu_column columns[] = {{_("Clause"), "id"},
                                 {_("Demand"), "wide"},
                                 {_("Limit"), NULL},
                                 {_("Observed"), "number"},
                                 {_("Predicted"), "number"}};
    mu_doc_table(&p->doc, "grid", columns, 5);
    for (uint32_t c = 0; c < clause_count(p); c++) {
        if (p->compared[c].observed == MU_VERDICT_MET) {
            mu_doc_cell(&p->doc, "id", mu_view_clause(&p->view, c)->id);
            mu_doc_cell(&p->doc, NULL, mu_say_text(&p->view, &mu_view_clause(&p->view, c)->title));
            mu_doc_cell(&p->doc, NULL, mu_say_limit(&p->view, c));
            mu_doc_cell(&p->doc, "number", say_value(p, c, p->compared[c].value));
            mu_doc_cell(&p->doc, "number", say_value(p, c, p->compared[c].median));
        }
    }
    mu_doc_table_end(&p->doc);
}

static const char *say_range(const page *p, uint32_t clause) {
    const mu_compared *one = &p->compared[clause];
    const bool same = !isnan(one->low) && !(one->low < one->high);
    return isnan(one->low) ? _("not predicted")
           : same ? mu_say(&p->view, _("%s in all runs"), say_value(p, clause, one->median))
                  : mu_say(&p->view, _("%s (nine of ten runs: %s to %s)"),
                           say_value(p, clause, one->median), say_value(p, clause, one->low),
                           say_value(p, clause, one->high));
}

static const char *say_fits(mu_fits fits) {
    switch (fits) {
    case MU_FITS_WITHIN:
        return _("as predicted");
    case MU_FITS_BETTER:
        return _("better than predicted");
    case MU_FITS_WORSE:
        return _("worse than predicted");
    case MU_FITS_UNKNOWN:
        break;
    }
    return "–";
}

static const char *say_amount(const page *p, double value, const char *unit) {
    return isnan(value) ? "–"
           : strcmp(unit, "s") == 0
               ? mu_say_time(&p->view, value)
               : mu_say(&p->view, "%.3g %s", value, mu_say_word(&p->view, unit));
}

/* What was measured, and whether that is nearer to what would explain it than to the typical run.
 */
static const char *say_measured(const page *p, const mu_explaining *one) {
    const char *amount = say_amount(p, one->measured, one->unit);
    return isnan(one->measured) ? _("not measured")
           : fabs(one->measured - one->wanted) < fabs(one->measured - one->took)
               ? mu_say(&p->view, _("%s: this is it"), amount)
               : mu_say(&p->view, _("%s: not the cause"), amount);
}

static void put_explaining(page *p, const mu_explaining *one) {
    mu_doc_cell(&p->doc, NULL, mu_say_part(&p->view, one->clause, one->part));
    mu_doc_cell(&p->doc, "pointer", one->pointer);
    mu_doc_cell(&p->doc, "number", say_amount(p, one->took, one->unit));
    mu_doc_cell(&p->doc, "number", say_amount(p, one->wanted, one->unit));
    mu_doc_cell(&p->doc, "number",
                isnan(one->share)    ? _("fixed in the files")
                : one->share < 0.001 ? /* xgettext:no-c-format */ _("below 0.1 %")
                                     : mu_say_percent(&p->view, one->share));
    mu_doc_cell(&p->doc, NULL, say_measured(p, one));
}

/* The settings that would explain one clause; false: there are none. */
static bool put_why(page *p, uint32_t clause) {
    const mu_column columns[] = {{_("Part of the time"), "wide"}, {_("Setting"), NULL},
                                 {_("Typical run"), "number"},    {_("Would have been"), "number"},
                                 {_("So far off in"), "number"},  {_("Measured"), "number"}};
    uint32_t rows = 0;
    for (uint32_t i = 0; i < p->explained.count && rows < EXPLAINED_MOST; i++) {
        if (p->explained.items[i].clause == clause) {
            if (rows++ == 0) {
                mu_doc_table(&p->doc, "grid why", columns, 6);
            }
            put_explaining(p, &p->explained.items[i]);
        }
    }
    if (rows > 0) {
        mu_doc_table_end(&p->doc);
    }
    return rows > 0;
}

static void put_gap(page *p, uint32_t clause, uint32_t number) {
    const mu_clause *given = mu_view_clause(&p->view, clause);
    const mu_compared *one = &p->compared[clause];
    mu_doc_open(&p->doc, "gap", NULL);
    mu_doc_heading(&p->doc, 3, NULL,
                   mu_say(&p->view, _("%u. %s (%s)"), number, mu_say_text(&p->view, &given->title),
                          given->id));
    mu_doc_paragraph(&p->doc, "demand", mu_say_text(&p->view, &given->text));
    mu_doc_facts(&p->doc, 1);
    mu_doc_fact(&p->doc, _("Reference"), mu_say_source(&p->view, given));
    mu_doc_fact(&p->doc, _("Limit"), mu_say_limit(&p->view, clause));
    mu_doc_fact(&p->doc, _("Observed"), say_value(p, clause, one->value));
    mu_doc_fact(&p->doc, _("Predicted"), say_range(p, clause));
    mu_doc_fact(&p->doc, _("Against the runs"), say_fits(one->fits));
    if (p->view.findings->clauses[clause].verdict == MU_VERDICT_MISSED) {
        mu_doc_fact(&p->doc, _("What the runs hold for the cause"), mu_say_cause(&p->view, clause));
    }
    mu_doc_fact(&p->doc, _("Root cause, by the evaluators"), _("to be filled in"));
    mu_doc_facts_end(&p->doc);
    if ((one->fits == MU_FITS_WORSE || one->fits == MU_FITS_BETTER) && !put_why(p, clause)) {
        mu_doc_paragraph(&p->doc, "small",
                         _("No single setting of the files explains the difference: look at who "
                           "waited for whom, and at the ways."));
    }
    mu_doc_close(&p->doc);
}

static void put_gaps(page *p) {
    uint32_t number = 0;
    for (int64_t severity = 5; severity >= 0; severity--) {
        for (uint32_t c = 0; c < clause_count(p); c++) {
            if (is_missed(p, c) && mu_view_clause(&p->view, c)->severity == severity) {
                put_gap(p, c, ++number);
            }
        }
    }
    if (number == 0) {
        mu_doc_paragraph(&p->doc, NULL, _("No clause that was watched was missed."));
    }
}

static void put_comparison(page *p) {
    const mu_column columns[] = {{_("Clause"), "id"},
                                 {_("Demand"), "wide"},
                                 {_("Limit"), NULL},
                                 {_("Observed"), "number"},
                                 {_("Verdict"), "mark"},
                                 {_("Predicted"), NULL},
                                 {_("Against the runs"), "fits"}};
    mu_doc_table(&p->doc, "grid compared", columns, 7);
    for (uint32_t c = 0; c < clause_count(p); c++) {
        const mu_compared *one = &p->compared[c];
        if (one->watched != MU_WATCHED_YES || one->observed == MU_VERDICT_NOT_EXERCISED) {
            continue;
        }
        mu_doc_cell(&p->doc, "id", mu_view_clause(&p->view, c)->id);
        mu_doc_cell(&p->doc, NULL, mu_say_text(&p->view, &mu_view_clause(&p->view, c)->title));
        mu_doc_cell(&p->doc, NULL, mu_say_limit(&p->view, c));
        mu_doc_cell(&p->doc, "number", say_value(p, c, one->value));
        mu_doc_cell(&p->doc, "mark", mu_say_verdict(one->observed));
        mu_doc_cell(&p->doc, NULL, say_range(p, c));
        mu_doc_cell(&p->doc, NULL, say_fits(one->fits));
    }
    mu_doc_table_end(&p->doc);
}

static void put_settings(page *p) {
    bool any = false;
    mu_doc_paragraph(&p->doc, NULL,
                     _("For each clause that came out otherwise than in nine of ten runs: what one "
                       "setting would have to have been if the whole difference were its own, and "
                       "in what share of its draws it is so far off. A setting that two boxes "
                       "measured stands first, with what was measured."));
    for (uint32_t c = 0; c < clause_count(p); c++) {
        const mu_compared *one = &p->compared[c];
        bool has = false;
        for (uint32_t i = 0; i < p->explained.count; i++) {
            has = has || p->explained.items[i].clause == c;
        }
        if (has) {
            mu_doc_heading(&p->doc, 3, NULL,
                           mu_say(&p->view, _("%s %s: %s instead of %s"),
                                  mu_view_clause(&p->view, c)->id,
                                  mu_say_text(&p->view, &mu_view_clause(&p->view, c)->title),
                                  say_value(p, c, one->value), say_value(p, c, one->median)));
            any = put_why(p, c) || any;
        }
    }
    if (!any) {
        mu_doc_paragraph(&p->doc, NULL, _("Nothing to explain."));
    }
}

static void put_unwatched(page *p) {
    mu_doc_list(&p->doc);
    for (uint32_t c = 0; c < clause_count(p); c++) {
        if (p->compared[c].watched == MU_WATCHED_NO ||
            p->compared[c].observed == MU_VERDICT_UNDECIDED) {
            const char *why = p->compared[c].watched == MU_WATCHED_NO
                                  ? _("not watched: its boxes were left empty")
                                  : _("undecided: the exercise ended before its limit");
            mu_doc_item(&p->doc,
                        mu_say(&p->view, _("%s %s: %s"), mu_view_clause(&p->view, c)->id,
                               mu_say_text(&p->view, &mu_view_clause(&p->view, c)->title), why));
        }
    }
    mu_doc_list_end(&p->doc);
}

static void put_conclusion(page *p) {
    const char rating = mu_observe_rating(p->def, p->compared, NULL);
    mu_doc_paragraph(&p->doc, "verdict",
                     mu_say(&p->view, _("Suggested by the times: %s"), mu_say_rating(rating)));
    mu_doc_paragraph(&p->doc, NULL,
                     _("Rating given by the evaluation team: ______________   Signed: "
                       "______________   Date: ______________"));
}

static void put_actions(page *p) {
    const mu_column columns[] = {{_("Issue"), "wide"},      {_("Corrective action"), "blank"},
                                 {_("Element"), "element"}, {_("Owner"), NULL},
                                 {_("Deadline"), "date"},   {_("Acceptance"), "check"}};
    uint32_t number = 0;
    mu_doc_paragraph(&p->doc, NULL,
                     _("The same rows are in hazards.xlsx, to be filled in and followed up with "
                       "muster ledger: an action, one owner, a deadline, and how it is accepted."));
    mu_doc_table(&p->doc, "actions", columns, 6);
    for (uint32_t c = 0; c < clause_count(p); c++) {
        if (!is_missed(p, c)) {
            continue;
        }
        const mu_clause *given = mu_view_clause(&p->view, c);
        mu_doc_cell(&p->doc, NULL,
                    mu_say(&p->view, _("%u. %s (%s)"), ++number,
                           mu_say_text(&p->view, &given->title), given->id));
        mu_doc_cell(&p->doc, "blank", "");
        mu_doc_cell(&p->doc, "element",
                    _("□ planning □ organization □ equipment □ training □ exercises"));
        mu_doc_cell(&p->doc, NULL, mu_say_role(&p->view, given->owner));
        mu_doc_cell(&p->doc, "blank", "");
        mu_doc_cell(&p->doc, NULL,
                    mu_say(&p->view, _("%s at the next exercise"), mu_say_limit(&p->view, c)));
    }
    mu_doc_table_end(&p->doc);
}

static void put_participants(page *p) {
    const mu_column columns[] = {
        {_("Organisation"), "wide"}, {_("Number"), "number"}, {_("Point of contact"), "wide"}};
    mu_doc_table(&p->doc, "grid", columns, 3);
    for (int row = 0; row < PARTICIPANT_ROWS * 3; row++) {
        mu_doc_cell(&p->doc, "line", "");
    }
    mu_doc_table_end(&p->doc);
}

typedef struct part {
    const char *heading; /* marked with N_() */
    char kind;           /* 'c' chapter, 's' section, 'a' annex */
    void (*write)(page *p);
} part;

static const part english[] = {
    {N_("Exercise overview"), 'c', put_overview},
    {N_("Evaluation method"), 'c', put_method},
    {N_("Analysis of core capabilities"), 'c', put_capabilities},
    {N_("Strengths"), 'c', put_strengths},
    {N_("Areas for improvement"), 'c', put_gaps},
    {N_("Predicted against observed"), 'c', put_comparison},
    {N_("What would explain the differences"), 'c', put_settings},
    {N_("Clauses without a verdict"), 'c', put_unwatched},
    {N_("Conclusion"), 'c', put_conclusion},
    {N_("Improvement plan"), 'a', put_actions},
    {N_("Exercise participants"), 'a', put_participants},
    {NULL, 0, NULL},
};

static const part chinese[] = {
    {N_("Exercise overview"), 'c', put_overview},
    {N_("Evaluation method"), 'c', put_method},
    {N_("Analysis of the exercise"), 'c', put_capabilities},
    {N_("Strengths"), 's', put_strengths},
    {N_("Areas for improvement"), 's', put_gaps},
    {N_("Predicted against observed"), 's', put_comparison},
    {N_("What would explain the differences"), 's', put_settings},
    {N_("Clauses without a verdict"), 's', put_unwatched},
    {N_("Improvement plan"), 'c', put_actions},
    {N_("Conclusion"), 'c', put_conclusion},
    {N_("Exercise participants"), 'a', put_participants},
    {NULL, 0, NULL},
};

static void put_part(page *p, const part *one, int at[3]) {
    static const char *const digits[] = {"〇", "一", "二", "三", "四", "五",
                                         "六", "七", "八", "九", "十"};
    const bool zh = p->view.def.language[0] == 'z';
    const char *heading = _(one->heading), *said;
    if (one->kind == 'a') {
        at[2]++;
        said = zh ? mu_say(&p->view, "附件%d　%s", at[2], heading)
                  : mu_say(&p->view, "Appendix %c: %s", 'A' + at[2] - 1, heading);
    } else if (one->kind == 's') {
        at[1]++;
        said = mu_say(&p->view, "（%s）%s", digits[at[1]], heading);
    } else {
        at[0]++;
        at[1] = 0;
        said = zh ? mu_say(&p->view, "%s、%s", digits[at[0]], heading)
                  : mu_say(&p->view, "%d. %s", at[0], heading);
    }
    mu_doc_open(&p->doc,
                one->kind == 'a'   ? "chapter annex"
                : one->kind == 's' ? "section"
                                   : "chapter",
                NULL);
    mu_doc_heading(&p->doc, 2, NULL, said);
    one->write(p);
    mu_doc_close(&p->doc);
}

char *mu_observe_page(const mu_observe_def *def) {
    page p = {.def = def};
    if (mu_view_create(&def->report, &p.view) != MU_OK) {
        return NULL;
    }
    p.doc = (mu_doc){.face = MU_FACE_HTML, .view = &p.view};
    p.compared = mu_observe_compare(def, p.view.arena);
    if (p.compared == NULL) {
        mu_view_destroy(&p.view);
        return NULL;
    }
    p.explained = mu_observe_explain(def, p.compared, p.view.arena);
    count(&p);
    mu_report_head_styled(&p.doc.page, p.view.def.language,
                          mu_say_text(&p.view, &p.view.plan->incident.name),
                          p.view.def.language[0] == 'z' ? "演练 / EXERCISE · 内部资料，不得外传"
                                                        : "EXERCISE / 演练 · INTERNAL – OBSERVED",
                          mu_pack_style);
    put_cover(&p);
    int at[3] = {0};
    for (const part *one = p.view.def.language[0] == 'z' ? chinese : english; one->heading != NULL;
         one++) {
        put_part(&p, one, at);
    }
    mu_doc_paragraph(&p.doc, "small", mu_say(&p.view, "muster %s", p.view.def.version));
    mu_page_put(&p.doc.page, "</main>\n</body>\n</html>\n");
    mu_view_destroy(&p.view);
    return mu_page_take(&p.doc.page);
}
