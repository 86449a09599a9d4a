/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Casualty treatment and the roll-call: how far care got and when, patient by patient in one run,
 * and who was missing. */
#include <math.h>

#include "core/i18n.h"
#include "drill/report/chart.h"
#include "drill/report/section.h"
#include "drill/report/words.h"

/* Patients in the table; metrics.json has them all. */
#define ROWS_MOST 60U

static const char *const stage_names[MU_CARE_STAGE_COUNT] = {
    [MU_CARE_FOUND] = N_("Found"),      [MU_CARE_TAGGED] = N_("Sorted"),
    [MU_CARE_TREATED] = N_("Treated"),  [MU_CARE_GATHERED] = N_("At the collection point"),
    [MU_CARE_TAKEN] = N_("Taken away"), [MU_CARE_ADMITTED] = N_("At the hospital")};

static const char *tag_name(uint32_t tag) {
    static const char *const names[MU_START_TAG_COUNT] = {[MU_START_GREEN] = N_("green, minor"),
                                                          [MU_START_YELLOW] = N_("yellow, delayed"),
                                                          [MU_START_RED] = N_("red, immediate"),
                                                          [MU_START_BLACK] = N_("black, deceased")};
    return tag < MU_START_TAG_COUNT ? _(names[tag]) : "–";
}

static const char *say_number(const mu_view *view, double number) {
    return mu_say(view, number != floor(number) ? "%.1f" : "%.0f", number);
}

static const char *say_mix(const mu_view *view) {
    const char *said = "";
    for (int tag = MU_START_TAG_COUNT - 1; tag >= 0; tag--) {
        const double count = view->findings->care.by_tag[tag];
        if (count > 0) {
            said = mu_say(view, "%s%s%s %s", said, said[0] != 0 ? _("; ") : "",
                          tag_name((uint32_t)tag), say_number(view, count));
        }
    }
    return said;
}

static const char *say_reached(const mu_view *view, double seconds, uint32_t never) {
    if (never == 0 || never == view->findings->care.runs) {
        return mu_say_time(view, seconds);
    }
    return mu_say(view, P_("%s (in %u run never)", "%s (in %u runs never)", never),
                  mu_say_time(view, seconds), never);
}

static void put_stages(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_care_findings *care = &view->findings->care;
    const mu_column columns[] = {{_("Stage of care"), "wide"},
                                 {_("Casualties"), "number"},
                                 {_("Half after"), "number"},
                                 {/* xgettext:no-c-format */ _("95 % after"), "number"},
                                 {_("The last after"), "number"}};
    mu_doc_table(doc, NULL, columns, 5);
    for (int stage = 0; stage < MU_CARE_STAGE_COUNT; stage++) {
        const mu_care_sum *sum = &care->stages[stage];
        mu_doc_cell(doc, NULL, _(stage_names[stage]));
        mu_doc_cell(doc, "number", mu_say_percent(view, sum->share));
        mu_doc_cell(doc, "number", say_reached(view, sum->t50_s, sum->t50_never));
        mu_doc_cell(doc, "number", say_reached(view, sum->t95_s, sum->t95_never));
        mu_doc_cell(doc, "number", mu_say_time(view, sum->last_s));
    }
    mu_doc_table_end(doc);
}

static const char *say_places(const mu_view *view, const mu_hospital *given) {
    return mu_say(view, "%lld / %lld / %lld", (long long)given->red, (long long)given->yellow,
                  (long long)given->green);
}

/* Who went where, and whether there was room for them. */
static void put_hospitals(mu_doc *doc) {
    const mu_view *view = doc->view;
    const uint32_t count = view->plan->roster.hospitals.count;
    if (count == 0) {
        return;
    }
    const mu_column columns[] = {{_("Hospital"), "wide"},
                                 {_("Road"), "number"},
                                 {_("Places red / yellow / green"), "number"},
                                 {_("Patients"), "number"},
                                 {_("Red"), "number"},
                                 {_("Yellow"), "number"},
                                 {_("Green"), "number"},
                                 {_("Vehicles sent on"), "number"}};
    static const mu_start_tag shown[] = {MU_START_RED, MU_START_YELLOW, MU_START_GREEN};
    mu_doc_paragraph(
        doc, NULL,
        _("Who went to which hospital, means over runs with casualties. A hospital that "
          "was not told beforehand cannot say that it is full: vehicles find out at its "
          "door and are sent on."));
    mu_doc_table(doc, NULL, columns, 8);
    for (uint32_t h = 0; h < count; h++) {
        const mu_hospital *given = &view->plan->roster.hospitals.items[h];
        const mu_hospital_sum *sum = &view->findings->care.hospitals[h];
        mu_doc_cell(doc, NULL, mu_say_thing(view, MU_HANDLE(MU_THING_HOSPITAL, h)));
        mu_doc_cell(doc, "number", mu_say(view, _("%.1f km"), given->road_m / 1000));
        mu_doc_cell(doc, "number", say_places(view, given));
        mu_doc_cell(doc, "number", say_number(view, sum->patients));
        for (size_t k = 0; k < sizeof shown / sizeof shown[0]; k++) {
            mu_doc_cell(doc, "number", say_number(view, sum->by_tag[shown[k]]));
        }
        mu_doc_cell(doc, "number", say_number(view, sum->sent_on));
    }
    mu_doc_table_end(doc);
}

/* The first run that has any; NULL. */
static const mu_replicate *run_with_casualties(const mu_findings *findings) {
    for (uint32_t i = 0; i < findings->reps; i++) {
        if (findings->replicates != NULL && findings->replicates[i].care.count > 0) {
            return &findings->replicates[i];
        }
    }
    return NULL;
}

static void put_patient(mu_doc *doc, const mu_care_case *one) {
    static const mu_care_stage shown[] = {MU_CARE_FOUND, MU_CARE_TAGGED, MU_CARE_TREATED,
                                          MU_CARE_TAKEN};
    const mu_view *view = doc->view;
    mu_doc_cell(doc, NULL, mu_say_thing(view, MU_HANDLE(MU_THING_PERSON, one->person)));
    mu_doc_cell(doc, NULL, tag_name(one->plays));
    mu_doc_cell(doc, NULL, tag_name(one->tag));
    for (size_t k = 0; k < sizeof shown / sizeof shown[0]; k++) {
        const mu_time at_us = one->at_us[shown[k]];
        mu_doc_cell(doc, "number",
                    at_us == MU_NEVER ? "–" : mu_say_time(view, mu_time_to_s(at_us)));
    }
}

static void put_patients(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_replicate *run = run_with_casualties(view->findings);
    if (run == NULL) {
        return;
    }
    const mu_column columns[] = {{_("Patient"), "id"},       {_("Plays"), NULL},
                                 {_("Tag given"), NULL},     {_("Found"), "number"},
                                 {_("Sorted"), "number"},    {_("Treated"), "number"},
                                 {_("Taken away"), "number"}};
    mu_doc_paragraph(doc, NULL,
                     mu_say(view,
                            _("Patient by patient in run %u, from the start of the incident:"),
                            run->replication));
    mu_doc_table(doc, NULL, columns, 7);
    for (uint32_t i = 0; i < run->care.count && i < ROWS_MOST; i++) {
        put_patient(doc, &run->care.cases[i]);
    }
    mu_doc_table_end(doc);
}

static void put_care(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_care_findings *care = &view->findings->care;
    mu_doc_heading(doc, 3, NULL, _("Casualty treatment"));
    if (care->runs == 0) {
        mu_doc_paragraph(
            doc, NULL,
            _("None: this incident gives no casualties, so treatment was not exercised."));
        return;
    }
    mu_doc_paragraph(
        doc, NULL,
        mu_say(view, _("Exercise casualties in %u of %u runs, %s each on average: %s."), care->runs,
               view->findings->reps, say_number(view, care->count), say_mix(view)));
    put_stages(doc);
    if (mu_doc_figure(doc, "chart")) {
        mu_chart_care(&doc->page, view);
    }
    mu_doc_figure_end(doc,
                      _("Share of casualties who have been found, sorted, treated and taken to "
                        "hospital: means over runs with casualties. Those who play 'deceased' "
                        "count until they are sorted."));
    put_hospitals(doc);
    put_patients(doc);
}

static void put_roll(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_care_findings *care = &view->findings->care;
    if (care->roll_runs == 0) {
        return;
    }
    mu_doc_heading(doc, 3, NULL, _("Roll-call"));
    mu_doc_facts(doc, 2);
    mu_doc_fact(doc, _("Lists compared"),
                mu_say(view, _("after %s, in %u of %u runs"),
                       mu_say_time(view, care->roll_compared_s), care->roll_runs,
                       view->findings->reps));
    mu_doc_fact(doc, _("On roster or register"),
                say_number(view, care->roll_present + care->roll_known + care->roll_missing));
    mu_doc_fact(doc, _("Counted"), say_number(view, care->roll_present));
    mu_doc_fact(doc, _("Known casualties elsewhere"), say_number(view, care->roll_known));
    mu_doc_fact(doc, _("Missing"), say_number(view, care->roll_missing));
    mu_doc_fact(doc, _("Of them found or come later"), say_number(view, care->roll_found));
    mu_doc_fact(doc, _("Counted, but on no list"), say_number(view, care->roll_unlisted));
    mu_doc_fact(doc, _("Nobody missing any more"),
                care->roll_closed_runs == 0 ? _("never")
                                            : mu_say(view, _("after %s, in %u of %u runs"),
                                                     mu_say_time(view, care->roll_closed_s),
                                                     care->roll_closed_runs, care->roll_runs));
    mu_doc_facts_end(doc);
}

void mu_section_care(mu_doc *doc) {
    put_care(doc);
    put_roll(doc);
}
