/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A gas: where it got to, who breathed how much of it, what was shut and when, decontamination. */
#include <math.h>

#include "core/i18n.h"
#include "drill/report/chart.h"
#include "drill/report/section.h"
#include "drill/report/words.h"

static const char *say_number(const mu_view *view, double number) {
    return mu_say(view, number < 10 && number != floor(number) ? "%.1f" : "%.0f", number);
}

static const char *say_distance(const mu_view *view, double metres) {
    return metres < 1000 ? mu_say(view, "%.0f m", metres) : mu_say(view, "%.1f km", metres / 1000);
}

static const char *say_bearing(double from_deg) {
    static const char *const points[] = {N_("north"),      N_("north-east"), N_("east"),
                                         N_("south-east"), N_("south"),      N_("south-west"),
                                         N_("west"),       N_("north-west")};
    return _(points[(int)floor(from_deg / 45 + 0.5) % 8]);
}

static void put_given(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_release_given *given = &view->plan->incident.release;
    const mu_wind *wind = &view->plan->incident.wind;
    mu_erg erg;
    mu_doc_facts(doc, 2);
    mu_doc_fact(doc, _("Substance"), _(mu_aegl_of((mu_substance)given->substance)->name));
    mu_doc_fact(doc, _("Wind"),
                mu_say(view, _("from the %s (%.0f°), %.1f m/s"), say_bearing(wind->from_deg),
                       wind->from_deg, wind->speed_mps));
    if (mu_erg_of((mu_substance)given->substance, (mu_spill)given->spill, given->night,
                  wind->speed_mps, &erg)) {
        mu_doc_fact(doc, _("Isolate in all directions (ERG 2024)"),
                    say_distance(view, erg.isolate_m));
        mu_doc_fact(doc, _("Protect downwind (ERG 2024)"),
                    mu_say(view, erg.at_least ? _("%s and more") : "%s",
                           say_distance(view, erg.protect_m)));
    }
    const mu_gas_finding *gas = &view->findings->gas;
    mu_doc_fact(doc, _("Air clear again"),
                gas->gone_runs == 0
                    ? _("not within the run")
                    : mu_say(view, _("after %s, in %u of %u runs"), mu_say_time(view, gas->gone_s),
                             gas->gone_runs, view->findings->reps));
    mu_doc_facts_end(doc);
}

static void put_bands(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_gas_finding *gas = &view->findings->gas;
    static const char *const names[] = {N_("AEGL-1: irritation"), N_("AEGL-2: needs care"),
                                        N_("AEGL-3: severe")};
    const mu_column columns[] = {{_("Largest exposure band reached"), "wide"},
                                 {_("Occupants"), "number"},
                                 {_("Responders"), "number"},
                                 {_("Person-minutes in such air"), "number"}};
    mu_doc_table(doc, NULL, columns, 4);
    for (int b = 0; b < MU_AEGL_BANDS; b++) {
        mu_doc_cell(doc, NULL, _(names[b]));
        mu_doc_cell(doc, "number", say_number(view, gas->occupants[b + 1]));
        mu_doc_cell(doc, "number", say_number(view, gas->responders[b + 1]));
        mu_doc_cell(doc, "number", say_number(view, gas->above_min[b]));
    }
    mu_doc_table_end(doc);
    mu_doc_paragraph(
        doc, "small",
        _("Means over runs. Bands compare what each person breathed with the public guideline "
          "levels for 10 minutes to 8 hours, by load (C to the power n, times t); the minutes "
          "count air at or above the 60-minute values. They are for decisions: nothing here says "
          "who would come to harm."));
}

static void put_units(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_gas_finding *gas = &view->findings->gas;
    const mu_column columns[] = {{_("Ventilation"), "wide"},
                                 {_("Shut after the leak began"), "number"},
                                 {_("Shut in"), NULL},
                                 {_("Shut for"), "number"}};
    mu_doc_table(doc, NULL, columns, 4);
    for (uint32_t u = 0; u < view->plan->site.air_units.count; u++) {
        const mu_air_unit *unit = &view->plan->site.air_units.items[u];
        mu_doc_cell(doc, NULL, mu_say_text(view, &unit->name));
        mu_doc_cell(doc, "number",
                    unit->state == MU_AIR_UNIT_SHUT ? _("from the start")
                                                    : mu_say_time(view, gas->units[u].after_s));
        mu_doc_cell(doc, NULL,
                    mu_say(view, _("%u of %u runs"), gas->units[u].runs, view->findings->reps));
        mu_doc_cell(doc, "number", mu_say_time(view, gas->units[u].shut_s));
    }
    mu_doc_table_end(doc);
}

static void put_decontamination(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_gas_finding *gas = &view->findings->gas;
    if (view->plan->site.decontamination.count == 0) {
        return;
    }
    mu_doc_facts(doc, 2);
    mu_doc_fact(doc, _("Came to decontamination"), say_number(view, gas->queued));
    mu_doc_fact(doc, _("Left it clean"), say_number(view, gas->processed));
    mu_doc_fact(doc, _("Mean wait in front of it"), mu_say_time(view, gas->wait_s));
    mu_doc_facts_end(doc);
}

void mu_section_gas(mu_doc *doc) {
    if (!doc->view->findings->gas.is_given) {
        return;
    }
    mu_doc_heading(doc, 3, NULL, _("Gas and exposure"));
    put_given(doc);
    if (mu_chart_air_is_worth(doc->view)) {
        if (mu_doc_figure(doc, "chart")) {
            mu_chart_air(&doc->page, doc->view);
        }
        mu_doc_figure_end(doc, _("Concentration in each air zone, mean over runs, on a scale of "
                                 "powers of ten; dotted: the 60-minute guideline levels. Air "
                                 "outdoors is not computed."));
    }
    put_bands(doc);
    put_units(doc);
    put_decontamination(doc);
}
