/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Papers to be written on, the page that everybody gets, and the plans. */
#include "core/i18n.h"
#include "drill/pack/sheet.h"
#include "drill/report/chart.h"

enum {
    MOST_BUILDINGS = 16,
    LOG_PAGES = 2,
    LOG_ROWS_FIRST = 7,
    LOG_ROWS = 12,
    SIGN_ROWS = 24,
    MISSING_ROWS = 8
};

void mu_sheet_decisions(mu_sheet *s) {
    const mu_column columns[] = {{_("No."), "id"},
                                 {_("Time"), "clock"},
                                 {_("Who decided"), NULL},
                                 {_("Decision"), "wide"},
                                 {_("Why; what was known"), NULL},
                                 {_("What was rejected"), NULL},
                                 {_("Inject, clause"), "id"}};
    static const char *const names[] = {N_("Log kept by"), N_("Place"), N_("Date"), N_("Sheet no."),
                                        NULL};
    mu_sheet_paragraph(s, _("Write each decision when it is taken, in the words in which it was "
                            "taken, with the time of day. Cross out, never erase: the log is "
                            "evidence for the evaluation."));
    for (int page = 0; page < LOG_PAGES; page++) {
        mu_sheet_open(s, page == 0 ? "first" : "", _("Decision log"));
        mu_sheet_blanks(s, names);
        mu_doc_table(&s->doc, "grid entries", columns, 7);
        mu_sheet_empty_rows(s, page == 0 ? LOG_ROWS_FIRST : LOG_ROWS, 7);
        mu_doc_table_end(&s->doc);
        mu_sheet_close(s);
    }
}

void mu_sheet_attendance(mu_sheet *s) {
    const mu_column columns[] = {
        {_("No."), "id"},   {_("Name"), "wide"}, {_("Organisation, post"), NULL},
        {_("Part"), NULL},  {_("In"), "clock"},  {_("Safety page read"), "clock"},
        {_("Out"), "clock"}};
    static const char *const names[] = {N_("Date"), N_("Entrance"), NULL};
    mu_sheet_paragraph(s, _("Everybody who takes part signs in and out: whoever is not signed out "
                            "at the end is looked for. Parts: P player, C control, E evaluator, O "
                            "observer, R role-player."));
    mu_sheet_blanks(s, names);
    mu_doc_table(&s->doc, "grid", columns, 7);
    for (uint32_t row = 1; row <= SIGN_ROWS; row++) {
        mu_doc_cell(&s->doc, "line", mu_say(&s->view, "%u", row));
        mu_sheet_empty_rows(s, 1, 6);
    }
    mu_doc_table_end(&s->doc);
}

/* One group's part of a row; empty behind the last. */
static void put_group(mu_sheet *s, uint32_t g) {
    const mu_roster *roster = &s->view.plan->roster;
    const char *name = "", *count = "";
    if (g < roster->groups.count) {
        const mu_group *group = &roster->groups.items[g];
        name = mu_say_text(&s->view, &group->name);
        name = name[0] != 0 ? name : mu_say_role(&s->view, group->role);
        count = mu_say(&s->view, "%lld", (long long)group->count);
    } else if (g == roster->groups.count) {
        name = _("All");
        count = mu_say(&s->view, "%u", s->view.findings->occupants);
    }
    mu_doc_cell(&s->doc, "name", name);
    mu_doc_cell(&s->doc, "number", count);
    for (int hand = 0; hand < 3; hand++) {
        mu_doc_cell(&s->doc, NULL, "");
    }
}

/* The groups side by side in two halves: many groups fit on one sheet. */
static void put_groups(mu_sheet *s) {
    const mu_column columns[] = {{_("Group"), "wide"},      {_("On the list"), "few"},
                                 {_("Here"), "few"},        {_("Elsewhere"), "few"},
                                 {_("Missing"), "few"},     {_("Group"), "wide"},
                                 {_("On the list"), "few"}, {_("Here"), "few"},
                                 {_("Elsewhere"), "few"},   {_("Missing"), "few"}};
    const uint32_t rows = (s->view.plan->roster.groups.count + 2) / 2;
    mu_doc_table(&s->doc, "grid roll", columns, 10);
    for (uint32_t row = 0; row < rows; row++) {
        put_group(s, row);
        put_group(s, rows + row);
    }
    mu_doc_table_end(&s->doc);
}

/* What the commander keeps: one line for each assembly point. */
static void put_points(mu_sheet *s) {
    const mu_site *site = &s->view.plan->site;
    const mu_column columns[] = {{_("Assembly point"), "wide"}, {_("Room for"), "number"},
                                 {_("Counted"), NULL},          {_("Missing"), NULL},
                                 {_("Reported at"), NULL},      {_("Reported by"), NULL}};
    mu_doc_table(&s->doc, "grid", columns, 6);
    for (uint32_t a = 0; a < site->assembly_points.count; a++) {
        const mu_assembly *point = &site->assembly_points.items[a];
        mu_doc_cell(&s->doc, NULL, mu_say_text(&s->view, &point->name));
        mu_doc_cell(&s->doc, "number",
                    point->capacity > 0 ? mu_say(&s->view, "%lld", (long long)point->capacity)
                                        : "");
        mu_sheet_empty_rows(s, 1, 4);
    }
    mu_doc_cell(&s->doc, NULL,
                mu_say(&s->view, _("All; on the lists: %u"), s->view.findings->occupants));
    mu_doc_cell(&s->doc, "number", "");
    mu_sheet_empty_rows(s, 1, 4);
    mu_doc_table_end(&s->doc);
}

static void put_missing(mu_sheet *s) {
    const mu_column columns[] = {{_("Missing: name"), "wide"},
                                 {_("Group, host"), NULL},
                                 {_("Last seen: place, time"), NULL},
                                 {_("Told by"), NULL},
                                 {_("Found: time, place"), NULL}};
    mu_page_put(&s->doc.page, "<div class=\"keep\">\n");
    mu_doc_heading(&s->doc, 3, NULL, _("Who is missing"));
    mu_doc_table(&s->doc, "grid", columns, 5);
    mu_sheet_empty_rows(s, MISSING_ROWS, 5);
    mu_doc_table_end(&s->doc);
    mu_page_put(&s->doc.page, "</div>\n");
}

void mu_sheet_roll_call(mu_sheet *s) {
    static const char *const names[] = {N_("Counted by"),
                                        N_("Deputy"),
                                        N_("Count begun at"),
                                        N_("Count complete at"),
                                        N_("Reported to"),
                                        N_("Reported at"),
                                        NULL};
    const mu_site *site = &s->view.plan->site;
    if (site->assembly_points.count == 0) {
        mu_sheet_paragraph(s, _("The site has no assembly point."));
        return;
    }
    mu_sheet_paragraph(s, _("Count heads, then names. Nobody goes back in to look: names and the "
                            "place where they were last seen go to the incident commander."));
    mu_doc_heading(&s->doc, 3, NULL, _("At the command post"));
    put_points(s);
    put_missing(s);
    for (uint32_t a = 0; a < site->assembly_points.count; a++) {
        const mu_assembly *point = &site->assembly_points.items[a];
        mu_sheet_open(s, "",
                      mu_say(&s->view, _("Roll-call: %s"), mu_say_text(&s->view, &point->name)));
        mu_sheet_blanks(s, names);
        put_groups(s);
        put_missing(s);
        mu_sheet_close(s);
    }
}

void mu_sheet_safety(mu_sheet *s) {
    static const char *const names[] = {N_("Safety officer, telephone"), N_("First aid, place"),
                                        N_("Exercise control, telephone"),
                                        N_("Real emergencies, telephone"), NULL};
    mu_page *page = &s->doc.page;
    mu_page_put(page, "<div class=\"stop\"><b>");
    mu_page_text(page, mu_sheet_stop_word(s));
    mu_page_put(page, "</b><span>");
    mu_page_text(page, _("Anybody may say it, at any time. Everything stops at once."));
    mu_page_put(page, "</span></div>\n");
    mu_doc_open(&s->doc, "poster", NULL);
    mu_sheet_blanks(s, names);
    mu_doc_heading(&s->doc, 3, NULL, _("Rules"));
    mu_sheet_rules(s);
    mu_doc_heading(&s->doc, 3, NULL, _("When something real happens"));
    mu_doc_list(&s->doc);
    mu_sheet_item(s, mu_say(&s->view, _("Say “%s”, then “this is real” and where you are."),
                            mu_sheet_stop_word(s)));
    mu_sheet_item(s, _("A real alarm sounds: the exercise is over. Leave as on any other day."));
    mu_sheet_item(s, _("The safety officer alone says when and from where the exercise goes on."));
    mu_doc_list_end(&s->doc);
    mu_doc_heading(&s->doc, 3, NULL, _("Not in this exercise"));
    mu_doc_list(&s->doc);
    mu_sheet_item(s, _("No real substances, no bangs, no smoke, no weapons or things that look "
                       "like them outside what the safety officer has approved and marked."));
    mu_sheet_item(s, _("Training items carry the word EXERCISE / 演练 on every side, are numbered, "
                       "and are counted back in at the end."));
    mu_doc_list_end(&s->doc);
    mu_doc_close(&s->doc);
}

static void put_plan(mu_sheet *s, uint32_t level, mu_plan_cut cut, const char *building,
                     bool bare) {
    if (mu_doc_figure(&s->doc, "plan")) {
        mu_chart_plan_dressed(&s->doc.page, &s->view, level, cut, building,
                              bare ? MU_PLAN_BARE : MU_PLAN_ROUTES);
    }
    mu_doc_figure_end(&s->doc, NULL);
}

void mu_sheet_plans(mu_sheet *s, bool bare) {
    const mu_view *view = &s->view;
    const mu_site *site = &view->plan->site;
    bool first = !bare; /* under the head of the floor plans; in the manual there is no room */
    for (uint32_t level = 0; level < site->levels.count; level++) {
        const char *labels[MOST_BUILDINGS];
        const uint32_t count = mu_chart_plan_buildings(view, level, labels, MOST_BUILDINGS);
        const char *name = mu_say_text(view, &site->levels.items[level].name);
        if (mu_chart_plan_is_worth(view, level, MU_PLAN_GROUND)) {
            mu_sheet_open(s, first ? "first full" : "full", name);
            put_plan(s, level, MU_PLAN_GROUND, NULL, bare);
            mu_sheet_close(s);
            first = false;
        }
        for (uint32_t i = 0; i < count; i++) {
            mu_sheet_open(s, first ? "first full" : "full",
                          mu_say(view, "%s – %s", mu_say_building(view, labels[i]), name));
            put_plan(s, level, MU_PLAN_CLOSE, labels[i], bare);
            mu_sheet_close(s);
            first = false;
        }
        if (count == 0 && mu_chart_plan_is_worth(view, level, MU_PLAN_CLOSE)) {
            mu_sheet_open(s, first ? "first full" : "full", name);
            put_plan(s, level, MU_PLAN_CLOSE, NULL, bare);
            mu_sheet_close(s);
            first = false;
        }
    }
}

void mu_sheet_floors(mu_sheet *s) {
    mu_sheet_paragraph(s,
                       _("Broken lines are the shortest ways from the middle of each room to an "
                         "assembly point, for somebody who knows the building, with every door "
                         "as the site gives it. What the playbooks close, hold or clear is drawn "
                         "as if all of it were in force at once."));
    mu_sheet_plans(s, false);
}
