/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The situation manual: what players may know. No expected times, no injects, no place of the item:
 * nothing here comes from a run. */
#include "core/i18n.h"
#include "drill/pack/sheet.h"

static void put_rules(mu_sheet *s) {
    mu_sheet_chapter(s, _("How the exercise works"));
    mu_sheet_paragraph(s, _("You act as you would on that day, with what your plan gives you. "
                            "Exercise control tells you what you would see and hear; whoever does "
                            "not take part is played by the simulation cell. Evaluators watch and "
                            "write down times; they do not help and do not answer questions."));
    mu_sheet_rules(s);
    mu_sheet_chapter_end(s);
}

static void put_scenario(mu_sheet *s) {
    const mu_view *view = &s->view;
    mu_sheet_chapter(s, _("The situation at the start"));
    mu_doc_facts(&s->doc, 1);
    mu_doc_fact(&s->doc, _("Where"), mu_say_text(view, &view->plan->site.name));
    if (view->plan->incident.starts_at != NULL) {
        mu_doc_fact(
            &s->doc, _("When"),
            mu_say(view, "%.10s %s", view->plan->incident.starts_at, mu_say_day_time(view, 0)));
    }
    mu_doc_fact(&s->doc, _("People on the site"), mu_say(view, "%u", view->findings->occupants));
    mu_doc_facts_end(&s->doc);
    mu_sheet_paragraph(s, mu_say_text(view, &view->plan->incident.story));
    mu_sheet_chapter_end(s);
}

static void put_numbers(mu_sheet *s) {
    const mu_people *people = &s->view.plan->people;
    const mu_column columns[] = {
        {_("Role"), NULL}, {_("Number"), "number"}, {_("Reached by (telephone, radio)"), "wide"}};
    mu_sheet_chapter(s, _("Who plays what, and how to reach them"));
    mu_sheet_parts(s);
    mu_doc_table(&s->doc, "grid", columns, 3);
    for (uint32_t r = 0; r < people->roles.count; r++) {
        if (mu_sheet_count_role(s, r) > 0) {
            mu_doc_cell(&s->doc, NULL, mu_say_role(&s->view, people->roles.items[r]));
            mu_doc_cell(&s->doc, "number", mu_say(&s->view, "%u", mu_sheet_count_role(s, r)));
            mu_doc_cell(&s->doc, "hand", "");
        }
    }
    mu_doc_table_end(&s->doc);
    mu_sheet_chapter_end(s);
}

static void put_artificialities(mu_sheet *s) {
    mu_sheet_chapter(s, _("Assumptions and artificialities"));
    mu_doc_list(&s->doc);
    mu_sheet_item(s, _("The scenario could happen as it is told. Do not argue with it while the "
                       "exercise runs; tell us in the talk afterwards."));
    mu_sheet_item(s, _("There is no hidden agenda and no trick question."));
    mu_sheet_item(s, _("Help from outside comes when it would come, even where nobody is seen to "
                       "drive up."));
    mu_sheet_item(s, _("What would take hours may be shortened; exercise control says so aloud."));
    mu_doc_list_end(&s->doc);
    mu_sheet_chapter_end(s);
}

static void put_levels(mu_sheet *s) {
    mu_sheet_chapter(s, _("Plans in force"));
    mu_doc_list(&s->doc);
    mu_sheet_item(s, mu_say_text(&s->view, &s->view.plan->policy.name));
    for (uint32_t i = 0; i < s->view.plan->playbooks.count; i++) {
        mu_sheet_item(s, mu_say_text(&s->view, &s->view.plan->playbooks.items[i].name));
    }
    mu_doc_list_end(&s->doc);
    mu_sheet_chapter_end(s);
}

void mu_sheet_manual(mu_sheet *s) {
    mu_sheet_chapter(s, _("Goals"));
    mu_sheet_goals(s);
    mu_sheet_chapter_end(s);
    put_rules(s);
    put_scenario(s);
    put_numbers(s);
    put_artificialities(s);
    put_levels(s);
    mu_sheet_plans(s, true);
}
