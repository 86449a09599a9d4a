/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lockdown, shelter and people held, under the metrics; nothing where an incident has none. */
#include "core/i18n.h"
#include "drill/report/chart.h"
#include "drill/report/section.h"
#include "drill/report/words.h"

static const char *say_after(const mu_view *view, double seconds, uint32_t runs, uint32_t of) {
    if (runs == 0) {
        return _("never");
    }
    return runs == of
               ? mu_say_time(view, seconds)
               : mu_say(view, _("%s, in %u of %u runs"), mu_say_time(view, seconds), runs, of);
}

static void put_shelter(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_siege_finding *s = &view->findings->siege;
    mu_doc_heading(doc, 3, NULL, _("Lockdown and shelter"));
    mu_doc_facts(doc, 2);
    mu_doc_fact(doc, _("Most in shelter at once"), mu_say_mean(view, s->sheltered));
    mu_doc_fact(doc, _("Stayed in to the end, as they were told"), mu_say_mean(view, s->stayed_in));
    if (s->locked_down_runs > 0) {
        mu_doc_fact(doc, _("Lockdown secured, from the order"),
                    say_after(view, s->secured_s, s->secured_runs, s->locked_down_runs));
        mu_doc_fact(doc, _("Doors locked by hand"), mu_say_mean(view, s->doors));
    }
    if (s->asked > 0) {
        mu_doc_fact(doc, _("Asked how they are, in shelter"), mu_say_mean(view, s->asked));
        mu_doc_fact(doc, _("Of them known by an answer"), mu_say_mean(view, s->known));
        mu_doc_fact(doc, _("Half of those in shelter known, from the order"),
                    say_after(view, s->known_half_s, s->known_half_runs, view->findings->reps));
    }
    mu_doc_facts_end(doc);
}

static void put_held(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_siege_finding *s = &view->findings->siege;
    mu_doc_heading(doc, 3, NULL, _("People held"));
    mu_doc_facts(doc, 2);
    mu_doc_fact(doc, _("Held at the start"), mu_say_mean(view, s->held));
    mu_doc_fact(doc, _("Let go before the end"), mu_say_mean(view, s->let_go));
    mu_doc_fact(doc, _("Time held, all together"),
                mu_say(view, _("%s person-hours"), mu_say_mean(view, s->held_person_s / 3600)));
    mu_doc_fact(doc, _("Until the end: half of the runs"),
                say_after(view, s->lasted_median_s, s->resolved_runs, s->seized_runs));
    mu_doc_fact(doc, /* xgettext:no-c-format */ _("Until the end: 95 % of the runs"),
                say_after(view, s->lasted_p95_s, s->resolved_runs, s->seized_runs));
    mu_doc_fact(doc, _("Came into sight of the place, told to keep clear"),
                mu_say_mean(view, s->crossed_told));
    mu_doc_fact(doc, _("Came into sight of it, not told"), mu_say_mean(view, s->crossed_untold));
    mu_doc_facts_end(doc);
    mu_doc_paragraph(doc, "small",
                     s->crossed_told > 0
                         ? _("Somebody who had been told to keep clear came into sight of the "
                             "place: look at the routes that the plan leaves open.")
                         : _("Who came into sight without being told saw it happen, was let go, or "
                             "had not been reached yet. How long a siege lasts is drawn from the "
                             "distribution that the playbook gives, and no response shortens it."));
}

void mu_section_siege(mu_doc *doc) {
    const mu_siege_finding *s = &doc->view->findings->siege;
    if (s->sheltered > 0 || s->locked_down_runs > 0) {
        put_shelter(doc);
    }
    if (s->seized_runs > 0) {
        put_held(doc);
    }
    if (s->sheltered <= 0 && s->seized_runs == 0) {
        return;
    }
    if (mu_doc_figure(doc, "chart")) {
        mu_chart_states(&doc->page, doc->view);
    }
    mu_doc_figure_end(doc, _("Occupants by their state, mean over runs: the first minutes, and the "
                             "whole of it."));
}
