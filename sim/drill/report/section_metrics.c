/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The drill metrics that clause 4.1.3d asks for: evacuation, casualty treatment, communications;
 * and how each capability did. */
#include "core/i18n.h"
#include "drill/report/chart.h"
#include "drill/report/section.h"
#include "drill/report/words.h"

static void put_evacuation(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_findings *f = view->findings;
    mu_doc_heading(doc, 3, NULL, _("Evacuation"));
    if (!mu_view_moves_people(view)) {
        mu_doc_paragraph(doc, NULL,
                         f->ordered_runs == 0
                             ? _("Nobody was told to leave or to take shelter in any run.")
                             : _("An order to leave was given, and reached nobody: nobody was "
                                 "where it applies, or nobody could hear it."));
        return;
    }
    if (f->evacuation_runs == 0) {
        mu_doc_paragraph(doc, NULL, _("Nobody left the building in any run."));
        return;
    }
    mu_doc_facts(doc, 2);
    mu_doc_fact(doc, _("First order to leave"),
                f->ordered_runs == 0
                    ? _("none")
                    : mu_say(view, _("after %s, in %u of %u runs"), mu_say_time(view, f->ordered_s),
                             f->ordered_runs, f->reps));
    mu_doc_fact(doc, _("Out of the building"), mu_say_percent(view, f->evacuated_share));
    mu_doc_fact(doc, _("Mean time"), mu_say_time(view, f->evacuation_mean_s));
    mu_doc_fact(doc, /* xgettext:no-c-format */ _("95 % are out after"),
                mu_say_time(view, f->evacuation_p95_s));
    mu_doc_fact(doc, _("The last one is out after"), mu_say_time(view, f->evacuation_last_s));
    mu_doc_facts_end(doc);
    mu_doc_paragraph(doc, "small",
                     _("Times count from the start of the incident and are means over runs of each "
                       "run's value, among those who left."));
}

static void put_states(mu_doc *doc) {
    const mu_view *view = doc->view;
    static const char *const names[MU_OCCUPANT_STATE_COUNT] = {
        [MU_OCCUPANT_EXPECTED] = N_("not yet arrived"),
        [MU_OCCUPANT_INSIDE] = N_("still inside"),
        [MU_OCCUPANT_SHELTERING] = N_("in shelter"),
        [MU_OCCUPANT_HELD] = N_("held"),
        [MU_OCCUPANT_CASUALTY] = N_("casualties"),
        [MU_OCCUPANT_OUT] = N_("out"),
        [MU_OCCUPANT_TAKEN] = N_("taken away"),
        [MU_OCCUPANT_REFUGE] = N_("waiting at a place of refuge")};
    const char *said = "";
    for (int state = 0; state < MU_OCCUPANT_STATE_COUNT; state++) {
        if (view->findings->by_state[state] > 0) {
            said = mu_say(view, "%s%s%s %s", said, said[0] != 0 ? _(", ") : "", _(names[state]),
                          mu_say_mean(view, view->findings->by_state[state]));
        }
    }
    mu_doc_paragraph(doc, NULL,
                     mu_say(view,
                            _("At the end of a run, on average over runs, of %u occupants: %s."),
                            view->findings->occupants, said));
}

static const char *say_reached(const mu_view *view, double seconds, uint32_t never) {
    if (never == 0 || never == view->findings->reps) {
        return mu_say_time(view, seconds);
    }
    return mu_say(view, P_("%s (in %u run never)", "%s (in %u runs never)", never),
                  mu_say_time(view, seconds), never);
}

static void put_notification(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_findings *f = view->findings;
    mu_doc_heading(doc, 3, NULL, _("Notification and communications"));
    mu_doc_facts(doc, 2);
    if (mu_view_moves_people(view)) {
        mu_doc_fact(doc, _("Occupants reached"), mu_say_percent(view, f->reached_share));
        mu_doc_fact(doc, _("Half are reached after"), say_reached(view, f->t50_s, f->t50_never));
        mu_doc_fact(doc, /* xgettext:no-c-format */ _("95 % are reached after"),
                    say_reached(view, f->t95_s, f->t95_never));
    }
    mu_doc_fact(doc, _("Messages"),
                mu_say(view, _("%s sent, %s delivered, %s lost (means over runs)"),
                       mu_say_mean(view, f->sent), mu_say_mean(view, f->delivered),
                       mu_say_mean(view, f->lost)));
    mu_doc_facts_end(doc);
}

/* Those whom no channel was the first to reach. */
static void put_otherwise(mu_doc *doc) {
    const mu_view *view = doc->view;
    double share = view->findings->reached_share;
    for (uint32_t c = 0; c < view->plan->site.channels.count; c++) {
        share -= view->findings->channel_share[c];
    }
    if (share >= 0.005) {
        mu_doc_paragraph(doc, "small",
                         mu_say(view,
                                _("Another %s noticed it by themselves or saw others leave before "
                                  "any channel reached them."),
                                mu_say_percent(view, share)));
    }
}

static void put_channels(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_column columns[] = {{_("Channel"), NULL},
                                 {_("First to reach"), "number"},
                                 {_("Sent"), "number"},
                                 {_("Delivered"), "number"},
                                 {_("Lost"), "number"}};
    const char *idle = "";
    mu_doc_table(doc, NULL, columns, 5);
    for (uint32_t c = 0; c < view->plan->site.channels.count; c++) {
        const char *name = mu_say_text(view, &view->plan->site.channels.items[c].name);
        if (view->findings->channel_sent[c] == 0) {
            idle = mu_say_joined(view, idle, _(", "), name);
            continue;
        }
        mu_doc_cell(doc, NULL, name);
        mu_doc_cell(doc, "number", mu_say_percent(view, view->findings->channel_share[c]));
        mu_doc_cell(doc, "number", mu_say_mean(view, view->findings->channel_sent[c]));
        mu_doc_cell(doc, "number", mu_say_mean(view, view->findings->channel_delivered[c]));
        mu_doc_cell(doc, "number", mu_say_mean(view, view->findings->channel_lost[c]));
    }
    mu_doc_table_end(doc);
    put_otherwise(doc);
    if (idle[0] != 0) {
        mu_doc_paragraph(doc, "small",
                         mu_say(view, _("Nothing was sent in any run by: %s."), idle));
    }
}

static void put_exposure(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_item_plan *item = &view->plan->threat.item;
    if (item->given == NULL || item->ring_m[0] <= 0) {
        return;
    }
    mu_doc_heading(doc, 3, NULL, _("People near the item"));
    mu_doc_facts(doc, 2);
    mu_doc_fact(doc, mu_say(view, _("Most at once within %g m"), item->ring_m[0]),
                mu_say_mean(view, view->findings->exposed_peak));
    mu_doc_fact(doc, _("Time spent there, all together"),
                mu_say(view, _("%s person-minutes"),
                       mu_say_mean(view, view->findings->exposed_person_s / 60)));
    mu_doc_facts_end(doc);
}

static void put_curves(mu_doc *doc) {
    if (mu_doc_figure(doc, "chart")) {
        mu_chart_curves(&doc->page, doc->view);
    }
    mu_doc_figure_end(
        doc, /* xgettext:no-c-format */
        _("Share of occupants that an alarm or message has reached, and share out of "
          "the building. Lines: mean over runs; bands: from the 5 % to the 95 % run."));
}

void mu_section_metrics(mu_doc *doc) {
    put_evacuation(doc);
    if (mu_view_moves_people(doc->view)) {
        put_curves(doc);
        put_states(doc);
        mu_section_remaining(doc);
    }
    mu_section_assisted(doc);
    mu_section_siege(doc);
    mu_section_care(doc);
    put_notification(doc);
    put_channels(doc);
    put_exposure(doc);
    mu_section_gas(doc);
}

void mu_section_capabilities(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_column columns[] = {{_("Capability"), "wide"},  {_("Clauses"), "number"},
                                 {_("Exercised"), "number"}, {_("P"), "number"},
                                 {_("S"), "number"},         {_("M"), "number"},
                                 {_("U"), "number"},         {_("Predicted rating"), NULL}};
    const char *idle = "";
    mu_doc_table(doc, "capabilities", columns, 8);
    for (uint32_t i = 0; i < view->capabilities.count; i++) {
        const mu_capability_row *row = &view->capabilities.items[i];
        if (row->exercised == 0) {
            idle = mu_say_joined(view, idle, _(", "), mu_say_capability(view, row->word));
            continue;
        }
        const uint32_t numbers[] = {row->clauses, row->exercised, row->performed,
                                    row->some,    row->major,     row->unable};
        mu_doc_cell(doc, NULL, mu_say_capability(view, row->word));
        for (int k = 0; k < 6; k++) {
            mu_doc_cell(doc, "number", numbers[k] > 0 ? mu_say(view, "%u", numbers[k]) : "–");
        }
        mu_doc_cell(doc, NULL, mu_say_rating(row->rating));
    }
    mu_doc_table_end(doc);
    if (idle[0] != 0) {
        mu_doc_paragraph(doc, "small",
                         mu_say(view, _("Not exercised by this incident: %s."), idle));
    }
}
