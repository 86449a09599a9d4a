/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reader needs to check the report: plans, assumptions with their sources, and how to get
 * the same result again. */
#include <inttypes.h>
#include <string.h>

#include "core/i18n.h"
#include "drill/report/chart.h"
#include "drill/report/section.h"
#include "drill/report/words.h"

enum { MOST_BUILDINGS = 16 };

static void put_plan(mu_doc *doc, uint32_t level, mu_plan_cut cut, const char *building) {
    if (mu_doc_figure(doc, "plan")) {
        mu_chart_plan(&doc->page, doc->view, level, cut, building);
    }
    mu_doc_figure_end(doc, building == NULL ? NULL : mu_say_building(doc->view, building));
}

static void put_plans(mu_doc *doc, uint32_t level) {
    if (mu_chart_plan_is_worth(doc->view, level, MU_PLAN_GROUND)) {
        put_plan(doc, level, MU_PLAN_GROUND, NULL);
    }
    const char *labels[MOST_BUILDINGS];
    const uint32_t count = mu_chart_plan_buildings(doc->view, level, labels, MOST_BUILDINGS);
    for (uint32_t i = 0; i < count; i++) {
        put_plan(doc, level, MU_PLAN_CLOSE, labels[i]);
    }
    if (count == 0 && mu_chart_plan_is_worth(doc->view, level, MU_PLAN_CLOSE)) {
        put_plan(doc, level, MU_PLAN_CLOSE, NULL);
    }
}

void mu_section_plans(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_site *site = &view->plan->site;
    mu_doc_paragraph(doc, NULL, mu_say_text(view, &site->source));
    if (doc->face == MU_FACE_MARKDOWN) {
        mu_doc_paragraph(doc, NULL, _("The plans are in the HTML report."));
        return;
    }
    for (uint32_t level = 0; level < site->levels.count; level++) {
        mu_doc_heading(doc, 3, NULL, mu_say_text(view, &site->levels.items[level].name));
        put_plans(doc, level);
    }
}

/* What is given of the item itself, and what is not modelled. */
static void put_threat(mu_doc *doc) {
    const mu_threat_plan *threat = &doc->view->plan->threat;
    bool explodes = false;
    for (int which = 0; which < MU_BLASTS; which++) {
        explodes = explodes || threat->blasts[which].given != NULL;
    }
    if (explodes) {
        mu_doc_item(doc,
                    _("The explosion has no model: its time, the number and START mix of the "
                      "exercise casualties, smoke and lost doors are written by the planner, as "
                      "for a drill with role-players. Distances come from the public stand-off "
                      "card."));
    } else {
        mu_doc_item(doc,
                    _("The item never goes off. Distances come from the public stand-off card."));
    }
}

void mu_section_assumptions(mu_doc *doc) {
    mu_doc_list(doc);
    mu_doc_item(doc,
                _("The incident is given: one place, one time, one means. Nothing was varied or "
                  "searched on the attacker's side."));
    mu_doc_item(
        doc, _("People follow the orders and signs that reach them; panic, refusal and injury on "
               "the way are not simulated."));
    put_threat(doc);
    mu_doc_list_end(doc);
    mu_section_settings(doc);
}

/* A word quoted for a POSIX shell, where it needs it. */
static const char *quote(const mu_view *view, const char *word) {
    if (word[0] != 0 && strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "0123456789._/+:@%-") == strlen(word)) {
        return word;
    }
    char *said = mu_arena_alloc(view->arena, 4 * strlen(word) + 3);
    if (said == NULL) {
        return "";
    }
    char *at = said;
    *at++ = '\'';
    for (const char *c = word; *c != 0; c++) {
        for (const char *escape = *c == '\'' ? "'\\'" : ""; *escape != 0; escape++) {
            *at++ = *escape;
        }
        *at++ = *c;
    }
    *at = '\'';
    return said;
}

static void put_command(mu_doc *doc, uint32_t replication) {
    const mu_view *view = doc->view;
    if (view->def.tabletop != NULL) {
        mu_doc_code(
            doc,
            mu_say(view, "muster report %s --branch %s -o DIR", quote(view, view->def.session),
                   quote(view, mu_tabletop_branch(view->def.tabletop, view->def.branch)->name)));
        return;
    }
    const char *policy =
        view->def.policy != NULL ? mu_say(view, " --policy %s", quote(view, view->def.policy)) : "";
    const char *motion =
        view->def.motion != NULL ? mu_say(view, " --motion %s", view->def.motion) : "";
    const char *mode = view->def.motion_mode != NULL
                           ? mu_say(view, " --motion-mode %s", view->def.motion_mode)
                           : "";
    const char *start = view->def.from_year != NULL ? mu_say(view, " %s", view->def.from_year) : "";
    mu_doc_code(
        doc, mu_say(view, "muster run %s%s%s%s%s --seed %" PRIu64 " --reps %u --log-rep %u -o DIR",
                    quote(view, view->def.incident), policy, motion, mode, start,
                    view->findings->seed, view->findings->reps, replication));
}

/* An incident that starts from a day of a year: what is otherwise than in the files. */
static void put_start(mu_doc *doc) {
    const mu_report_def *def = &doc->view->def;
    if (def->from_year == NULL) {
        return;
    }
    mu_doc_paragraph(doc, NULL,
                     def->otherwise_count == 0
                         ? _("The incident starts from a day of a year, on which all is as in the "
                             "files.")
                         : _("The incident starts from a day of a year. Otherwise than in the "
                             "files:"));
    mu_doc_list(doc);
    for (uint32_t i = 0; i < def->otherwise_count; i++) {
        mu_doc_item(doc, def->otherwise[i]);
    }
    mu_doc_list_end(doc);
}

void mu_section_reproduce(mu_doc *doc) {
    const mu_view *view = doc->view;
    mu_doc_facts(doc, 2);
    mu_doc_fact(doc, _("Program"), mu_say(view, "muster %s", view->def.version));
    mu_doc_fact(doc, _("Seed"), mu_say(view, "%" PRIu64, view->findings->seed));
    mu_doc_fact(doc, _("Runs"), mu_say(view, "%u", view->findings->reps));
    mu_doc_fact(doc, _("Log kept"),
                mu_say(view, _("log.jsonl, of run %u"), view->def.log_replication));
    mu_doc_facts_end(doc);
    put_start(doc);
    mu_doc_paragraph(doc, NULL, _("This report and its log come from:"));
    put_command(doc, view->def.log_replication);
    if (view->gaps.count > 0) {
        const uint32_t worst = view->gaps.items[0];
        const uint32_t typical = mu_view_finding(view, worst)->typical;
        if (typical != MU_NONE && typical != view->def.log_replication) {
            mu_doc_paragraph(doc, NULL,
                             mu_say(view, _("The run that the worst gap (%s) is explained by:"),
                                    mu_view_clause(view, worst)->id));
            put_command(doc, typical);
        }
    }
    const mu_column columns[] = {{_("Input file"), "wide"}, {_("Hash of its bytes"), "hash"}};
    mu_doc_table(doc, NULL, columns, 2);
    for (uint32_t i = 0; i < view->plan->files.count; i++) {
        mu_doc_cell(doc, NULL, view->plan->files.items[i].name);
        mu_doc_cell(doc, "hash", mu_say(view, "%016" PRIx64, view->plan->files.items[i].hash));
    }
    mu_doc_table_end(doc);
}
