/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exercise plan, in the order of AQ/T 9007: purpose, scenario, scale and time, who takes part
 * with which duties, preparation, main steps, means, safety, evaluation and summing up. */
#include <math.h>
#include <string.h>

#include "core/i18n.h"
#include "drill/pack/sheet.h"
#include "drill/report/section.h"

enum { GAPS_MOST = 8 };

static const mu_watch *find_kind(const mu_sheet *s, uint32_t kind) {
    for (uint32_t w = 0; w < s->watches->count; w++) {
        if (s->watches->items[w].what == MU_WATCH_TIME && s->watches->items[w].kind == kind &&
            s->watches->items[w].seen > 0) {
            return &s->watches->items[w];
        }
    }
    return NULL;
}

static void put_purpose(mu_sheet *s) {
    mu_sheet_chapter(s, _("Purpose and goals"));
    mu_sheet_paragraph(s, _("To try the plan with the people who would carry it out, to find out "
                            "which clauses of the policy are met and which are missed, and why. "
                            "Plans are tried, not persons: nobody is blamed for what comes out."));
    mu_sheet_goals(s);
    mu_sheet_chapter_end(s);
}

static void put_scenario(mu_sheet *s) {
    mu_sheet_chapter(s, _("Scenario"));
    mu_sheet_paragraph(s, mu_say_text(&s->view, &s->view.plan->incident.story));
    mu_sheet_chapter_end(s);
}

static void put_scale(mu_sheet *s) {
    const mu_view *view = &s->view;
    const mu_watch *clear = find_kind(s, MU_RECORD_ALL_CLEAR);
    mu_sheet_chapter(s, _("Scale and time"));
    mu_doc_facts(&s->doc, 1);
    mu_doc_fact(&s->doc, _("Venue"), mu_say_text(view, &view->plan->site.name));
    mu_doc_fact(
        &s->doc, _("Date and begin"),
        view->plan->incident.starts_at == NULL
            ? _("to be filled in")
            : mu_say(view, "%.10s %s", view->plan->incident.starts_at, mu_say_day_time(view, 0)));
    mu_doc_fact(&s->doc, _("People on the site"), mu_say(view, "%u", view->findings->occupants));
    mu_doc_fact(&s->doc, _("Becomes known"),
                mu_say(view, _("typically at %s"), mu_say_day_time(view, s->watches->known_s)));
    if (clear != NULL) {
        mu_doc_fact(&s->doc, _("The all-clear"),
                    mu_say(view, _("typically at %s, in %u of %u runs"),
                           mu_say_day_time(view, clear->from_start_s), clear->seen,
                           s->watches->runs));
    }
    mu_doc_facts_end(&s->doc);
    mu_sheet_chapter_end(s);
}

static void put_schedule(mu_sheet *s) {
    static const char *const rows[] = {
        N_("Controllers and evaluators are briefed, watches are set to one clock"),
        N_("Players are briefed: safety page, stop-word, limits of the exercise"),
        N_("Everybody is told: an exercise begins (also police and neighbours)"),
        N_("Start of the exercise"),
        N_("End of the exercise; everybody is told"),
        N_("Roll-call of all who took part; training items counted back in"),
        N_("Talk on the spot: each player one thing that worked and one that did not"),
        N_("Evaluators hand in their sheets")};
    const mu_column columns[] = {
        {_("What"), "wide"}, {_("Planned"), "hand"}, {_("Really"), "hand"}};
    mu_doc_heading(&s->doc, 3, NULL, _("Schedule of the day"));
    mu_doc_table(&s->doc, "grid", columns, 3);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        mu_doc_cell(&s->doc, NULL, _(rows[i]));
        mu_doc_cell(&s->doc, "number", i == 3 ? mu_say_day_time(&s->view, 0) : "");
        mu_doc_cell(&s->doc, "hand", "");
    }
    mu_doc_table_end(&s->doc);
}

static const char *list_steps(const mu_sheet *s, uint32_t role, uint32_t most) {
    const char *said = "";
    uint32_t count = 0;
    for (uint32_t i = 0; i < s->view.plan->response.steps.count; i++) {
        if (mu_sheet_does(s, i, role) && count++ < most) {
            said = mu_say_joined(
                &s->view, said, _("; "),
                mu_say_text(&s->view, &s->view.plan->response.steps.items[i].given->name));
        }
    }
    return count > most ? mu_say(&s->view, _("%s; and %u more"), said, count - most) : said;
}

static void put_people(mu_sheet *s) {
    const mu_people *people = &s->view.plan->people;
    const mu_column columns[] = {
        {_("Role"), NULL}, {_("Number"), "number"}, {_("Duties by the playbooks"), "wide"}};
    mu_sheet_chapter(s, _("Who takes part, and their duties"));
    mu_sheet_parts(s);
    mu_doc_table(&s->doc, "grid duties", columns, 3);
    for (uint32_t r = 0; r < people->roles.count; r++) {
        const char *steps = list_steps(s, r, 6);
        if (steps[0] != 0) {
            mu_doc_cell(&s->doc, NULL, mu_say_role(&s->view, people->roles.items[r]));
            mu_doc_cell(&s->doc, "number", mu_say(&s->view, "%u", mu_sheet_count_role(s, r)));
            mu_doc_cell(&s->doc, NULL, steps);
        }
    }
    mu_doc_table_end(&s->doc);
    mu_sheet_chapter_end(s);
}

static void put_preparation(mu_sheet *s) {
    static const char *const lines[] = {
        N_("The director has approved this plan; date and signature"),
        N_("Police, fire brigade, ambulance and neighbours know date, time and the stop-word"),
        N_("Alarm lines to the outside are on test, and somebody is named who puts them back"),
        N_("Radio, public address and telephones to be used have been tried in the last day"),
        N_("Training items are marked, numbered and listed; nothing that looks real leaves the "
           "site"),
        N_("Role-players are briefed, carry a card, and know where they go when it is over"),
        N_("Persons who need help on stairs are asked whether they want to take part"),
        N_("First aid is on the spot and does not take part"),
        N_("The pack is printed; the facilitator has two copies of the guide"),
        N_("A real alarm in the next hour: everybody knows that the exercise ends then")};
    mu_sheet_chapter(s, _("Preparation"));
    mu_sheet_ticks(s, lines, sizeof lines / sizeof lines[0]);
    put_schedule(s);
    mu_sheet_chapter_end(s);
}

static bool is_main(uint32_t kind) {
    return kind == MU_RECORD_NOTICED || kind == MU_RECORD_ALARM || kind == MU_RECORD_VERIFIED ||
           kind == MU_RECORD_DECLARED || kind == MU_RECORD_ORDERED || kind == MU_RECORD_CLEARED ||
           kind == MU_RECORD_ON_SITE || kind == MU_RECORD_ALL_CLEAR || kind == MU_RECORD_EXPLODED ||
           kind == MU_RECORD_SEIZED || kind == MU_RECORD_RESOLVED || kind == MU_RECORD_SECURED ||
           kind == MU_RECORD_SWEPT || kind == MU_RECORD_CORDONED;
}

static void put_main_steps(mu_sheet *s) {
    const mu_column columns[] = {{_("Typically"), "clock"},
                                 {_("After it is known"), NULL},
                                 {_("What"), "wide"},
                                 {_("In runs"), "number"}};
    mu_sheet_chapter(s, _("Main steps, as predicted"));
    mu_doc_table(&s->doc, "grid steps", columns, 4);
    for (uint32_t w = 0; w < s->watches->count; w++) {
        const mu_watch *watch = &s->watches->items[w];
        if (watch->what == MU_WATCH_TIME && watch->seen > 0 && is_main(watch->kind)) {
            mu_doc_cell(&s->doc, "number", mu_say_day_time(&s->view, watch->from_start_s));
            mu_doc_cell(&s->doc, "number", mu_say_expected(&s->view, watch));
            mu_doc_cell(&s->doc, NULL, mu_say_watch(&s->view, watch));
            mu_doc_cell(&s->doc, "number",
                        mu_say(&s->view, "%u / %u", watch->seen, s->watches->runs));
        }
    }
    mu_doc_table_end(&s->doc);
    mu_sheet_chapter_end(s);
}

static uint32_t count_needed(const mu_sheet *s, int equipment) {
    uint32_t most = 0;
    for (uint32_t i = 0; i < s->view.plan->response.steps.count; i++) {
        const mu_step *step = s->view.plan->response.steps.items[i].given;
        for (uint32_t n = 0; n < step->needs.count; n++) {
            most += step->needs.items[n].equipment == equipment
                        ? (uint32_t)step->needs.items[n].count
                        : 0;
        }
    }
    return most;
}

static uint32_t count_stored(const mu_sheet *s, int equipment) {
    const mu_site *site = &s->view.plan->site;
    uint32_t count = 0;
    for (uint32_t e = 0; e < site->equipment.count; e++) {
        count += (int)site->equipment.items[e].kind == equipment
                     ? (uint32_t)site->equipment.items[e].count
                     : 0;
    }
    return count;
}

static void put_means(mu_sheet *s) {
    const mu_site *site = &s->view.plan->site;
    const mu_column columns[] = {{_("Equipment"), "wide"},
                                 {_("Asked for by all steps"), "number"},
                                 {_("On the site"), "number"},
                                 {_("Checked by, at"), "hand"}};
    const char *channels = "";
    mu_sheet_chapter(s, _("Means and safeguards"));
    for (uint32_t c = 0; c < site->channels.count; c++) {
        channels = mu_say_joined(&s->view, channels, _(", "),
                                 mu_say_text(&s->view, &site->channels.items[c].name));
    }
    mu_sheet_paragraph(s, mu_say(&s->view, _("Channels: %s."), channels));
    mu_doc_table(&s->doc, "grid", columns, 4);
    for (int kind = 0; mu_equipment_words[kind] != NULL; kind++) {
        if (count_needed(s, kind) > 0) {
            mu_doc_cell(&s->doc, NULL, mu_say_word(&s->view, mu_equipment_words[kind]));
            mu_doc_cell(&s->doc, "number", mu_say(&s->view, "%u", count_needed(s, kind)));
            mu_doc_cell(&s->doc, "number", mu_say(&s->view, "%u", count_stored(s, kind)));
            mu_doc_cell(&s->doc, "hand", "");
        }
    }
    mu_doc_table_end(&s->doc);
    mu_doc_heading(&s->doc, 3, NULL, _("Safety"));
    mu_sheet_rules(s);
    mu_sheet_chapter_end(s);
}

static void put_weak_points(mu_sheet *s) {
    const mu_view *view = &s->view;
    const mu_column columns[] = {{_("Clause"), "id"},
                                 {_("Demand"), "wide"},
                                 {_("Limit"), NULL},
                                 {_("Typical"), "number"},
                                 {_("Met in"), NULL}};
    if (view->gaps.count == 0) {
        return;
    }
    mu_doc_heading(&s->doc, 3, NULL, _("What the runs expect to be missed"));
    mu_sheet_small(s, _("Evaluators look here first. Players are not told."));
    mu_doc_table(&s->doc, "grid", columns, 5);
    for (uint32_t k = 0; k < view->gaps.count && k < GAPS_MOST; k++) {
        const uint32_t clause = view->gaps.items[k];
        mu_doc_cell(&s->doc, "id", mu_view_clause(view, clause)->id);
        mu_doc_cell(&s->doc, NULL, mu_say_text(view, &mu_view_clause(view, clause)->title));
        mu_doc_cell(&s->doc, NULL, mu_say_limit(view, clause));
        mu_doc_cell(&s->doc, "number",
                    mu_say_value(view, clause, mu_view_finding(view, clause)->median));
        mu_doc_cell(&s->doc, NULL, mu_say_runs(view, clause));
    }
    mu_doc_table_end(&s->doc);
}

/* The clause that says by when the report is due; NULL. */
static const mu_clause *report_clause(const mu_view *view) {
    for (uint32_t c = 0; c < view->plan->policy.clauses.count; c++) {
        const mu_clause *clause = mu_view_clause(view, c);
        if (strcmp(clause->id, "4.1.3c") == 0 && !clause->off) {
            return clause;
        }
    }
    return NULL;
}

static void put_evaluation(mu_sheet *s) {
    const mu_clause *report = report_clause(&s->view);
    mu_sheet_chapter(s, _("Evaluation and summing up"));
    mu_sheet_paragraph(
        s, mu_say(&s->view,
                  P_("The incident calls on %u clause of the policy. Evaluators write times of day "
                     "on their sheets; the lead evaluator types them into times.xlsx, and muster "
                     "observe judges them by the rules by which the runs were judged.",
                     "The incident calls on %u clauses of the policy. Evaluators write times of "
                     "day on their sheets; the lead evaluator types them into times.xlsx, and "
                     "muster observe judges them by the rules by which the runs were judged.",
                     s->view.exercised),
                  s->view.exercised));
    if (report != NULL) {
        mu_sheet_paragraph(s, mu_say(&s->view, _("When the report is due (%s): %s"), report->id,
                                     mu_say_text(&s->view, &report->text)));
    }
    put_weak_points(s);
    mu_sheet_chapter_end(s);
}

void mu_sheet_plan(mu_sheet *s) {
    static const char *const names[] = {N_("Drawn up by, date"), N_("Approved by, date"), NULL};
    mu_sheet_blanks(s, names);
    put_purpose(s);
    put_scenario(s);
    put_scale(s);
    put_people(s);
    put_preparation(s);
    put_main_steps(s);
    put_means(s);
    put_evaluation(s);
}
