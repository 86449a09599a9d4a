/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Evaluators' sheets: one list of all that is to be written down, in the order in which it is
 * expected, and one sheet for each capability with its clauses, as HSEEP's evaluation guides and
 * AQ/T 9009's tables have them. */
#include <math.h>
#include <string.h>

#include "core/i18n.h"
#include "drill/pack/sheet.h"
#include "policy/measure.h"

static const char *code_of(const mu_sheet *s, uint32_t watch) {
    return watch == MU_NONE ? "" : s->watches->items[watch].code;
}

/* "N07, N08": every number of a clause, one for each place or demand. */
static const char *say_numbers(const mu_sheet *s, uint32_t clause) {
    const char *said = "";
    for (uint32_t w = 0; w < s->watches->count; w++) {
        const mu_watch *watch = &s->watches->items[w];
        if (watch->what == MU_WATCH_NUMBER && mu_watch_ends(s->view.plan, watch, clause)) {
            said = mu_say_joined(&s->view, said, _(", "), watch->code);
        }
    }
    return said;
}

/* "P04 → P09": the two boxes between which a clause is judged. */
static const char *say_span(const mu_sheet *s, uint32_t clause) {
    const char *from = code_of(s, mu_watch_find_start(s->view.plan, s->watches, clause));
    const char *numbers = say_numbers(s, clause);
    const char *to =
        numbers[0] != 0 ? numbers : code_of(s, mu_watch_find_end(s->view.plan, s->watches, clause));
    return from[0] == 0 ? to : mu_say(&s->view, "%s → %s", from, to);
}

static bool is_listed(const mu_sheet *s, uint32_t clause, const char *capability) {
    const mu_clause *given = mu_view_clause(&s->view, clause);
    return strcmp(given->capability, capability) == 0 && !given->off &&
           mu_view_finding(&s->view, clause)->verdict != MU_VERDICT_NOT_EXERCISED &&
           mu_watch_find_end(s->view.plan, s->watches, clause) != MU_NONE;
}

static const char *say_prediction(const mu_sheet *s, uint32_t clause) {
    const mu_clause_finding *finding = mu_view_finding(&s->view, clause);
    const char *typical = mu_say_value(&s->view, clause, finding->median);
    if (finding->median == finding->p90) {
        return typical;
    }
    if (isinf(finding->p90)) {
        return mu_say(&s->view, _("%s; never in 1 of 10 runs or more"), typical);
    }
    /* Nine runs in ten are as good as this: below the middle where more is better. */
    const char *format =
        finding->p90 < finding->median ? _("%s; 9 of 10 at least %s") : _("%s; 9 of 10 at most %s");
    return mu_say(&s->view, format, typical, mu_say_value(&s->view, clause, finding->p90));
}

static void put_clauses(mu_sheet *s, const char *capability) {
    const mu_column columns[] = {{_("Clause"), "id"},        {_("Target"), "wide"},
                                 {_("Limit"), "demand"},     {_("Boxes"), NULL},
                                 {_("Predicted"), "expect"}, {_("Observed"), "hand"},
                                 {_("Met? Notes"), "note"}};
    mu_doc_table(&s->doc, "grid hands", columns, 7);
    for (uint32_t c = 0; c < s->view.plan->policy.clauses.count; c++) {
        if (!is_listed(s, c, capability)) {
            continue;
        }
        const mu_clause *clause = mu_view_clause(&s->view, c);
        mu_doc_cell(&s->doc, "id", clause->id);
        mu_doc_cell(&s->doc, NULL,
                    mu_say(&s->view, _("%s: %s"), mu_say_text(&s->view, &clause->title),
                           mu_say_text(&s->view, &clause->text)));
        mu_doc_cell(&s->doc, NULL, mu_say_limit(&s->view, c));
        mu_doc_cell(&s->doc, "mark", say_span(s, c));
        mu_doc_cell(&s->doc, NULL, say_prediction(s, c));
        mu_doc_cell(&s->doc, "hand", "");
        mu_doc_cell(&s->doc, NULL, _("□ yes □ no"));
    }
    mu_doc_table_end(&s->doc);
}

/* Boxes that the clauses of one capability need. */
static bool serves(const mu_sheet *s, const mu_watch *watch, const char *capability) {
    for (uint32_t c = 0; c < s->view.plan->policy.clauses.count; c++) {
        if (is_listed(s, c, capability) &&
            (mu_watch_starts(s->view.plan, watch, c) || mu_watch_ends(s->view.plan, watch, c))) {
            return true;
        }
    }
    return false;
}

static const char *say_amount(const mu_sheet *s, const mu_watch *watch) {
    return watch->what == MU_WATCH_NUMBER   ? mu_say_number(&s->view, watch)
           : watch->what == MU_WATCH_PEOPLE ? mu_say(&s->view, "%.4g", watch->value)
                                            : mu_say_expected(&s->view, watch);
}

/* Which of several numbers the clause is judged by. */
static const char *say_each(const mu_sheet *s, const mu_watch *watch) {
    const uint32_t clause = mu_watch_judged(s->view.plan, watch);
    if (clause == MU_NONE) {
        return _("%s (each time)");
    }
    const mu_clause *given = mu_view_clause(&s->view, clause);
    switch (given->statistic) {
    case MU_STATISTIC_FIRST:
        return _("%s (each time; the first counts)");
    case MU_STATISTIC_MEAN:
        return _("%s (each time; the mean counts)");
    case MU_STATISTIC_LEAST:
    case MU_STATISTIC_MOST:
    case MU_STATISTIC_EACH:
        break;
    }
    return mu_measure_is_most(given) ? _("%s (each time; the highest counts)")
                                     : _("%s (each time; the lowest counts)");
}

static void put_watch(mu_sheet *s, const mu_watch *watch) {
    const bool number = watch->what == MU_WATCH_NUMBER || watch->what == MU_WATCH_PEOPLE;
    mu_doc_cell(&s->doc, "id", watch->code);
    mu_doc_cell(&s->doc, NULL,
                watch->most > 1
                    ? mu_say(&s->view, say_each(s, watch), mu_say_watch(&s->view, watch))
                    : mu_say_watch(&s->view, watch));
    mu_doc_cell(&s->doc, NULL, say_amount(s, watch));
    mu_doc_cell(&s->doc, "number", number ? "" : mu_say_day_time(&s->view, watch->from_start_s));
    mu_doc_cell(&s->doc, "hand", "");
    mu_doc_cell(&s->doc, "hand", "");
}

static void open_watches(mu_sheet *s) {
    const mu_column columns[] = {{_("Box"), "id"},
                                 {_("What to watch for"), "wide"},
                                 {_("Expected after it is known"), "expect"},
                                 {_("By the clock"), NULL},
                                 {_("Observed"), "hand"},
                                 {_("Notes"), "note"}};
    mu_doc_table(&s->doc, "grid hands", columns, 6);
}

static void put_rating(mu_sheet *s) {
    mu_page *page = &s->doc.page;
    mu_page_put(page, "<div class=\"keep\"><div class=\"rating\">");
    for (const char *rating = "PSMUN"; *rating != 0; rating++) {
        mu_page_put(page, "<span>");
        mu_page_text(page, mu_say_rating(*rating));
        mu_page_put(page, "</span>");
    }
    mu_page_put(page, "</div>\n<div class=\"write\">");
    mu_page_text(page, _("Observations: what worked, what did not, why (root cause)"));
    mu_page_put(page, "</div></div>\n");
}

static void put_capability(mu_sheet *s, const mu_capability_row *row) {
    static const char *const names[] = {N_("Evaluator"), N_("Place of watch"), N_("Telephone"),
                                        N_("Sheet handed in at"), NULL};
    uint32_t clauses = 0;
    for (uint32_t c = 0; c < s->view.plan->policy.clauses.count; c++) {
        clauses += is_listed(s, c, row->word);
    }
    if (clauses == 0) {
        return;
    }
    mu_sheet_open(
        s, "", mu_say(&s->view, _("Evaluation sheet: %s"), mu_say_capability(&s->view, row->word)));
    mu_sheet_blanks(s, names);
    open_watches(s);
    for (uint32_t w = 0; w < s->watches->count; w++) {
        if (serves(s, &s->watches->items[w], row->word)) {
            put_watch(s, &s->watches->items[w]);
        }
    }
    mu_doc_table_end(&s->doc);
    mu_doc_heading(&s->doc, 3, NULL, _("Targets"));
    put_clauses(s, row->word);
    put_rating(s);
    mu_sheet_close(s);
}

static void put_steps(mu_sheet *s) {
    const mu_column columns[] = {
        {_("Box"), "id"},  {_("Step"), "wide"},         {_("Expected: begins"), NULL},
        {_("done"), NULL}, {_("Begun at (a)"), "hand"}, {_("Done at (b)"), "hand"}};
    mu_sheet_open(s, "", _("Times of single steps"));
    mu_sheet_small(s,
                   _("Optional, for evaluators who stand beside a team: how long the work itself "
                     "takes. From several exercises these times replace assumptions (muster "
                     "fit)."));
    mu_doc_table(&s->doc, "grid hands", columns, 6);
    for (uint32_t w = 0; w < s->watches->count; w++) {
        const mu_watch *one = &s->watches->items[w];
        if (one->what != MU_WATCH_DONE || one->seen == 0) {
            continue;
        }
        const mu_watch *began = w > 0 && s->watches->items[w - 1].what == MU_WATCH_BEGAN &&
                                        s->watches->items[w - 1].step == one->step
                                    ? &s->watches->items[w - 1]
                                    : NULL;
        mu_doc_cell(&s->doc, "id", mu_say(&s->view, "%.*s", (int)strlen(one->code) - 1, one->code));
        mu_doc_cell(&s->doc, NULL, mu_say_thing(&s->view, MU_HANDLE(MU_THING_STEP, one->step)));
        mu_doc_cell(&s->doc, NULL, began == NULL ? "–" : mu_say_expected(&s->view, began));
        mu_doc_cell(&s->doc, NULL, mu_say_expected(&s->view, one));
        mu_doc_cell(&s->doc, "hand", began == NULL ? "–" : "");
        mu_doc_cell(&s->doc, "hand", "");
    }
    mu_doc_table_end(&s->doc);
    mu_sheet_close(s);
}

void mu_sheet_evaluation(mu_sheet *s) {
    mu_doc_list(&s->doc);
    mu_sheet_item(s, _("Set your watch to the clock of exercise control before the start."));
    mu_sheet_item(s, _("Write times of day with seconds (10:07:30). What you did not see stays "
                       "empty; what did not happen gets a dash."));
    mu_sheet_item(s, _("“Expected” is what the runs predict, counted from when the incident "
                       "becomes known: typical, and in brackets the tenth and the ninetieth of a "
                       "hundred runs. It is no target."));
    mu_sheet_item(s, _("A box with the same number on two sheets is watched twice on purpose: the "
                       "lead evaluator settles which time goes into times.xlsx."));
    mu_sheet_item(s, _("Do not help, do not answer players, do not stand in the way. The stop-word "
                       "holds for you, too."));
    mu_doc_list_end(&s->doc);
    for (uint32_t i = 0; i < s->view.capabilities.count; i++) {
        put_capability(s, &s->view.capabilities.items[i]);
    }
    put_steps(s);
}
