/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run told: what happened when, and who was on what meanwhile. Both in the run whose log stands
 * beside the report, so that every bar can be looked up there. */
#include <string.h>

#include "core/i18n.h"
#include "drill/report/chart.h"
#include "drill/report/section.h"
#include "drill/report/words.h"

/* Much happens in the first minutes and little later: what is longer is drawn in two windows. */
#define FIRST_US (20 * 60 * MU_SECOND)

/* An occupant is told of by what they are; their number says nothing to anybody. */
static const char *say_subject(const mu_view *view, const mu_record *record) {
    const uint32_t index = mu_handle_index(record->subject);
    const mu_people *people = &view->plan->people;
    if (mu_handle_thing(record->subject) == MU_THING_PERSON && index < people->list.count &&
        people->list.items[index].kind == MU_PERSON_OCCUPANT) {
        return mu_say_role(view, people->roles.items[people->list.items[index].role]);
    }
    return mu_say_thing(view, record->subject);
}

static const char *say_object(const mu_view *view, const mu_record *record) {
    return mu_say_thing(view, record->object);
}

/* "radius (item)": a zone by its kind and by where it is. */
static const char *say_zone(const mu_view *view, const mu_record *record) {
    return record->place == 0 ? say_object(view, record)
                              : mu_say(view, _("%s (%s)"), say_object(view, record),
                                       mu_say_thing(view, record->place));
}

/* What an intruder, a vehicle or an outage does, and what the site's systems make of it; NULL. */
static const char *say_system(const mu_view *view, const mu_record *record) {
    const char *who = say_subject(view, record);
    switch ((mu_record_kind)record->kind) {
    case MU_RECORD_DISTURBED:
        return mu_say(view, _("The intruder is at what is in the way to: %s"), who);
    case MU_RECORD_ENTERED:
        return mu_say(view, _("Gets in: %s"), who);
    case MU_RECORD_DENIED:
        return mu_say(view, _("Is stopped at: %s"), who);
    case MU_RECORD_DETECTED:
        return mu_say(view,
                      mu_is_climate_alarm(view->plan, record)
                          ? _("Sensors report temperature or humidity out of range: %s")
                          : _("Sensors report an intrusion: %s"),
                      mu_say_thing(view, record->place));
    case MU_RECORD_OUT_OF_RANGE:
        return mu_say(view, _("Temperature or humidity out of range: %s"),
                      say_object(view, record));
    case MU_RECORD_DISCHARGED:
        return mu_say(view,
                      P_("%s goes off with %u person inside", "%s goes off with %u people inside",
                         record->value),
                      who, record->value);
    case MU_RECORD_OUTAGE:
        return mu_say(view, _("Out of order: %s"), say_object(view, record));
    case MU_RECORD_BACK:
        return mu_say(view, _("Works again: %s"), say_object(view, record));
    case MU_RECORD_RECEIVED:
        return record->place == 0 ? _("A threat comes by telephone")
                                  : mu_say(view, _("A report reaches the intelligence desk: %s"),
                                           mu_say_thing(view, record->place));
    case MU_RECORD_WARNED:
        return mu_say(view, _("The intelligence desk warns: %s"), say_object(view, record));
    case MU_RECORD_RUNS_LOW:
        return _("Food, water and medicine last less than a day more");
    case MU_RECORD_EXHAUSTED:
        return _("Food, water and medicine are used up");
    default:
        return NULL;
    }
}

/* After a level that is above it? */
static bool is_declared_late(const mu_view *view, const mu_record *record) {
    const mu_timeline *t = view->def.timeline;
    bool late = false;
    for (uint32_t i = 0; i < t->alert_count && t->alerts[i].time_us <= record->time_us; i++) {
        late = late || mu_alert_stays(view->plan, &t->alerts[i], record);
    }
    return late;
}

/* What a step brought about is called by the step's own name. */
static const char *say_moment(const mu_view *view, const mu_record *record) {
    const char *system = say_system(view, record);
    if (system != NULL) {
        return system;
    }
    switch ((mu_record_kind)record->kind) {
    case MU_RECORD_ALARM:
        return _("The alarm is raised");
    case MU_RECORD_PLACED:
        return view->plan->incident.kind == MU_INCIDENT_VEHICLE
                   ? _("The vehicle stands at the gate")
               : strcmp(mu_plan_id(view->plan, record->object), "second_item") == 0
                   ? _("The second item stands there; nobody has noticed it yet")
                   : _("The item stands there; nobody has noticed it yet");
    case MU_RECORD_NOTICED:
        return mu_say(view, _("First noticed by: %s"), say_subject(view, record));
    case MU_RECORD_EXPLODED:
        return _("The explosion");
    case MU_RECORD_SEIZED:
        return mu_say(view, P_("%u person is held", "%u people are held", record->value),
                      record->value);
    case MU_RECORD_RESOLVED:
        return _("It is over: nobody is held any more");
    case MU_RECORD_LEAKS:
        return mu_say(view, _("Gas begins to escape: %s"), mu_say_thing(view, record->place));
    case MU_RECORD_DISPERSED:
        return _("The air is clear again");
    case MU_RECORD_DECLARED:
        return mu_say(view,
                      is_declared_late(view, record)
                          ? _("Declared under a higher level, which stays in force: %s")
                          : _("Level declared: %s"),
                      say_object(view, record));
    case MU_RECORD_ALL_CLEAR:
        return _("The all-clear");
    case MU_RECORD_CLEARED:
        return mu_say(view, _("Everybody is out: %s"), say_zone(view, record));
    case MU_RECORD_SECURED:
        return mu_say(view, _("In shelter, doors locked: %s"), say_zone(view, record));
    case MU_RECORD_ACCOUNTED:
        return _("Nobody is missing any more");
    default:
        return record->step != 0 ? mu_say_thing(view, record->step) : say_object(view, record);
    }
}

static void put_moments(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_timeline *t = view->def.timeline;
    const mu_column columns[] = {{_("No."), "number"}, {_("Time"), "number"}, {_("What"), NULL}};
    mu_doc_table(doc, "moments", columns, 3);
    for (uint32_t i = 0; i < t->moment_count; i++) {
        mu_doc_cell(doc, "number", mu_say(view, "%u", i + 1));
        mu_doc_cell(doc, "number", mu_say_seconds(view, t->moments[i].time_us / MU_SECOND));
        mu_doc_cell(doc, NULL, say_moment(view, &t->moments[i]));
    }
    mu_doc_table_end(doc);
}

static void put_window(mu_doc *doc, mu_time from_us, mu_time to_us, const char *caption) {
    const mu_teams *teams = mu_teams_lay(doc->view, from_us, to_us);
    const uint32_t rows = teams == NULL ? 0 : mu_teams_rows(teams);
    for (uint32_t row = 0; row < rows;) {
        const uint32_t next = mu_teams_next_page(teams, row);
        if (mu_doc_figure(doc, "chart")) {
            mu_chart_teams(&doc->page, doc->view, teams, row, next);
        }
        mu_doc_figure_end(doc,
                          row == 0 ? caption : mu_say(doc->view, _("%s (continued)"), caption));
        row = next;
    }
}

static void put_charts(mu_doc *doc) {
    mu_time from_us = 0, to_us = 0;
    mu_teams_span(doc->view, &from_us, &to_us);
    const mu_time middle_us = from_us + FIRST_US;
    const char *whole = _("Who was on what when. Numbers above: the moments of the list.");
    if (to_us <= middle_us + FIRST_US / 2) {
        put_window(doc, from_us, to_us, whole);
        return;
    }
    put_window(doc, from_us, middle_us, whole);
    put_window(
        doc, middle_us, to_us,
        mu_say(doc->view, _("From %s on."), mu_say_seconds(doc->view, middle_us / MU_SECOND)));
}

void mu_section_timeline(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_timeline *t = view->def.timeline;
    mu_doc_paragraph(doc, NULL,
                     mu_say(view,
                            _("One run of the %u: number %u, counted from 0, whose log stands "
                              "beside this report. Other runs differ in their times. A bar is a "
                              "step of the plan, from being due to its people being free again; "
                              "the name behind it is the step's."),
                            view->findings->reps, t->replication));
    put_moments(doc);
    put_charts(doc);
}
