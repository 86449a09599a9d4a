/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the exercise was, how it was played, and what it comes to. */
#include <string.h>

#include "core/i18n.h"
#include "drill/report/section.h"
#include "drill/report/words.h"

enum { GRAVEST = 6 };

static void put_tile(mu_doc *doc, const char *class_name, const char *value, const char *name) {
    mu_page_print(&doc->page, "<div class=\"tile %s\"><b>", class_name);
    mu_page_text(&doc->page, value);
    mu_page_put(&doc->page, "</b><span>");
    mu_page_text(&doc->page, name);
    mu_page_put(&doc->page, "</span></div>\n");
}

/* What became of the people: where most of them stay, that is no time to leave. */
static void put_people_tile(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_findings *f = view->findings;
    if (f->siege.sheltered > f->indoors * f->evacuated_share) {
        put_tile(doc, "", mu_say_mean(view, f->siege.sheltered),
                 mu_say(view, _("of %u people in shelter"), f->occupants));
    } else if (f->evacuation_runs == 0) {
        put_tile(doc, "", "0", mu_say(view, _("of %u people left the building"), f->occupants));
    } else {
        put_tile(doc, "", mu_say_time(view, f->evacuation_p95_s),
                 /* xgettext:no-c-format */ _("95 % of those who leave are out"));
    }
}

static void put_tiles(mu_doc *doc) {
    const mu_view *view = doc->view;
    if (doc->face != MU_FACE_HTML) {
        return;
    }
    mu_page_put(&doc->page, "<div class=\"tiles\">\n");
    put_tile(doc, "", mu_say(view, "%u", view->exercised),
             mu_say(view, _("of %u clauses exercised"), view->plan->policy.clauses.count));
    put_tile(doc, "good", mu_say(view, "✓ %u", view->met), _("met"));
    put_tile(doc, "bad", mu_say(view, "✕ %u", view->missed), _("missed"));
    put_people_tile(doc);
    mu_page_put(&doc->page, "</div>\n");
}

/* For whoever reads this page only. */
static void put_gravest(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_column columns[] = {{_("Clause"), "id"}, {_("Gravest gaps"), "wide"},
                                 {_("Limit"), NULL},  {_("Typical"), "number"},
                                 {_("Met in"), NULL}, {_("Owner"), NULL}};
    if (view->gaps.count == 0) {
        return;
    }
    mu_doc_table(doc, "gravest", columns, 6);
    for (uint32_t k = 0; k < view->gaps.count && k < GRAVEST; k++) {
        const uint32_t clause = view->gaps.items[k];
        mu_put_gap_cells(doc, clause);
        mu_doc_cell(doc, NULL, mu_say_role(view, mu_view_clause(view, clause)->owner));
    }
    mu_doc_table_end(doc);
}

void mu_section_cover(mu_doc *doc) {
    const mu_view *view = doc->view;
    mu_doc_paragraph(doc, "band", _("EXERCISE – internal – results predicted by simulation"));
    mu_doc_paragraph(doc, "kicker", _("After-action report and improvement plan (predicted)"));
    mu_doc_heading(doc, 1, NULL, mu_say_text(view, &view->plan->incident.name));
    mu_doc_paragraph(doc, "place", mu_say_text(view, &view->plan->site.name));
    mu_doc_paragraph(doc, "headline", mu_say_headline(view));
    put_tiles(doc);
    put_gravest(doc);
    mu_doc_paragraph(
        doc, "stamp",
        _("Every rating in this report is predicted: it comes from runs of a model, not "
          "from people who were watched. Ratings proper are given by evaluators at a "
          "real exercise."));
}

static const char *say_kind(mu_incident_kind kind) {
    switch (kind) {
    case MU_INCIDENT_EVACUATION:
        return _("fire alarm without a threat: plain evacuation");
    case MU_INCIDENT_PACKAGE:
        return _("suspicious package");
    case MU_INCIDENT_CHEMICAL:
        return _("chemical release");
    case MU_INCIDENT_HOSTAGE:
        return _("people held");
    case MU_INCIDENT_INTRUSION:
        return _("intruder over the perimeter");
    case MU_INCIDENT_CALL:
        return _("threat by telephone");
    case MU_INCIDENT_VEHICLE:
        return _("vehicle at the gate");
    }
    return "";
}

static const char *say_motion(mu_motion_kind motion) {
    return motion == MU_MOTION_FLOW ? _("flow: a queueing network of spaces and doors")
                                    : _("walk: every body in continuous space");
}

/* "staff 112, visitor 28": persons of one kind, counted by role. */
static const char *count_roles(const mu_view *view, mu_person_kind kind) {
    const mu_people *people = &view->plan->people;
    const char *said = "";
    for (uint32_t r = 0; r < people->roles.count; r++) {
        uint32_t count = 0;
        for (uint32_t i = 0; i < people->list.count; i++) {
            const mu_person *person = &people->list.items[i];
            count += person->kind == (uint8_t)kind && person->role == r;
        }
        if (count > 0) {
            said = mu_say(view, "%s%s%s %u", said, said[0] != 0 ? _(", ") : "",
                          mu_say_role(view, people->roles.items[r]), count);
        }
    }
    return said[0] != 0 ? said : _("none");
}

static const char *list_playbooks(const mu_view *view) {
    const char *said = "";
    for (uint32_t i = 0; i < view->plan->playbooks.count; i++) {
        const mu_playbook *book = &view->plan->playbooks.items[i];
        const char *name = mu_say_text(view, &book->name);
        const char *by = mu_say_text(view, &book->approved_by);
        if (by[0] != 0 && book->effective != NULL) {
            name =
                mu_say(view, _("%s (approved by %s, in force from %s)"), name, by, book->effective);
        }
        said = mu_say_joined(view, said, _("; "), name);
    }
    return said[0] != 0 ? said : _("none");
}

static void put_people(mu_doc *doc) {
    const mu_view *view = doc->view;
    mu_doc_fact(doc, _("Occupants"),
                mu_say(view, _("%u (%s)"), view->findings->occupants,
                       count_roles(view, MU_PERSON_OCCUPANT)));
    mu_doc_fact(doc, _("Responders on duty"), count_roles(view, MU_PERSON_MEMBER));
    mu_doc_fact(doc, _("Help from outside"), count_roles(view, MU_PERSON_UNIT));
}

/* "2026-09-15 10:10" of a date that may have a time of day behind a T. */
static const char *say_moment(const mu_view *view, const char *iso) {
    const char *time = strchr(iso, 'T');
    return time != NULL ? mu_say(view, "%.*s %s", (int)(time - iso), iso, time + 1) : iso;
}

void mu_section_overview(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_incident *incident = &view->plan->incident;
    mu_doc_facts(doc, 1);
    mu_doc_fact(doc, _("Exercise name"), mu_say_text(view, &incident->name));
    mu_doc_fact(doc, _("Exercise date"),
                incident->starts_at != NULL
                    ? mu_say(view, _("simulated time %s"), say_moment(view, incident->starts_at))
                    : _("not given"));
    mu_doc_fact(doc, _("Scope"),
                mu_say(view,
                       P_("simulated exercise, %u run of at most %s",
                          "simulated exercise, %u runs of "
                          "at most %s each",
                          view->findings->reps),
                       view->findings->reps, mu_say_time(view, incident->horizon_s)));
    mu_doc_fact(doc, _("Motion model"), say_motion((mu_motion_kind)incident->motion));
    mu_doc_fact(doc, _("Motion mode"),
                incident->motion_mode == MU_MOTION_REGULATORY
                    ? _("regulatory: at most 1.33 persons per metre and second through a door")
                    : _("free: the flow through doors follows from the people"));
    mu_doc_fact(doc, _("Mission area"), _("Response"));
    mu_doc_fact(doc, _("Threat or hazard"), say_kind(incident->kind));
    mu_doc_fact(doc, _("Venue"), mu_say_text(view, &view->plan->site.name));
    put_people(doc);
    mu_doc_fact(doc, _("Policy"), mu_say_text(view, &view->plan->policy.name));
    mu_doc_fact(doc, _("Playbooks"), list_playbooks(view));
    mu_doc_fact(doc, _("Sponsor and point of contact"), _("to be filled in"));
    mu_doc_facts_end(doc);
    mu_doc_heading(doc, 3, NULL, _("Scenario"));
    mu_doc_paragraph(doc, NULL, mu_say_text(view, &incident->story));
    mu_doc_heading(doc, 3, NULL, _("Objective"));
    mu_doc_paragraph(doc, NULL,
                     _("To find out, before any real exercise, which clauses of the policy this "
                       "response would miss, how often, and why."));
}

static void put_rating_rule(mu_doc *doc) {
    static const char ratings[] = "PSMU";
    static const char *const rules[] = {
        /* xgettext:no-c-format */ N_(
            "at least 90 % of runs meet the clause, and the 95 % interval agrees"),
        /* xgettext:no-c-format */
        N_("at least 90 % of runs meet the clause, but the interval reaches below"),
        /* xgettext:no-c-format */ N_("between 50 % and 90 % of runs meet the clause"),
        N_("fewer than half of the runs meet the clause, or it never happens")};
    mu_doc_facts(doc, 1);
    for (int i = 0; i < 4; i++) {
        mu_doc_fact(doc, mu_say_rating(ratings[i]), _(rules[i]));
    }
    mu_doc_facts_end(doc);
}

/* The fewest runs after which the interval's lower bound can reach the required share. */
static uint32_t runs_for_best(double share) {
    double low = 0, high = 0;
    uint32_t runs = 1;
    for (mu_wilson(runs, runs, &low, &high); low < share && runs < 100000; runs++) {
        mu_wilson(runs + 1, runs + 1, &low, &high);
    }
    return runs;
}

void mu_section_method(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_findings *findings = view->findings;
    mu_doc_paragraph(
        doc, NULL,
        mu_say(
            view,
            P_("The incident was played %u time. Every time in this report comes from people, "
               "places and queues in the model; none was typed in as a result.",
               "The incident was played %u times, each time with other luck. Every time in this "
               "report comes from people, places and queues in the model; none was typed in as a "
               "result.",
               findings->reps),
            findings->reps));
    mu_doc_paragraph(
        doc, NULL,
        mu_say(view,
               _("A clause counts as met if at least %s of the runs that decide it meet it. Shares "
                 "come with their 95 %% interval (Wilson). A run that ends before a limit does not "
                 "decide; a clause that nothing started is shown as not exercised, never as met."),
               mu_say_percent(view, view->plan->policy.required_share)));
    mu_doc_paragraph(doc, NULL, _("Predicted ratings follow this rule:"));
    put_rating_rule(doc);
    if (findings->reps < runs_for_best(view->plan->policy.required_share)) {
        mu_doc_paragraph(
            doc, "small",
            mu_say(
                view,
                _("With %u runs the interval is too wide for the best rating even where every run "
                  "meets a clause; %u runs would do."),
                findings->reps, runs_for_best(view->plan->policy.required_share)));
    }
    mu_doc_paragraph(
        doc, NULL,
        _("A capability is rated by the lowest of its clauses whose severity is 4 or 5, or "
          "by the lowest of all where it has none of these; the whole by its weakest "
          "capability."));
}

static const char *say_rating_counts(const mu_view *view) {
    const char *said = "";
    for (const char *rating = "PSMU"; *rating != 0; rating++) {
        uint32_t count = 0;
        for (uint32_t i = 0; i < view->capabilities.count; i++) {
            count += view->capabilities.items[i].rating == *rating;
        }
        if (count > 0) {
            said = mu_say(view, "%s%s%u × %s", said, said[0] != 0 ? _("; ") : "", count,
                          mu_say_rating(*rating));
        }
    }
    return said;
}

static const char *say_risk_counts(const mu_view *view) {
    const char *said = "";
    for (int level = 3; level >= 0; level--) {
        uint32_t count = 0;
        for (uint32_t k = 0; k < view->gaps.count; k++) {
            count += mu_view_risk(view, view->gaps.items[k]) == level;
        }
        if (count > 0) {
            said = mu_say_joined(view, said, _("; "),
                                 mu_say(view, "%u × %s", count, mu_say_risk(level)));
        }
    }
    return said;
}

/* Who owns the gravest gaps, each once. */
static const char *list_owners(const mu_view *view) {
    const char *said = "";
    for (uint32_t k = 0; k < view->gaps.count && k < GRAVEST; k++) {
        const char *owner = mu_view_clause(view, view->gaps.items[k])->owner;
        bool again = false;
        for (uint32_t i = 0; i < k; i++) {
            again = again || strcmp(mu_view_clause(view, view->gaps.items[i])->owner, owner) == 0;
        }
        if (!again) {
            said = mu_say_joined(view, said, _(", "), mu_say_role(view, owner));
        }
    }
    return said;
}

void mu_section_conclusion(mu_doc *doc) {
    const mu_view *view = doc->view;
    mu_doc_paragraph(doc, "verdict",
                     mu_say(view, _("Predicted overall rating: %s"), mu_say_rating(view->rating)));
    if (view->rating == 'N') {
        return;
    }
    mu_doc_paragraph(doc, NULL,
                     mu_say(view,
                            _("By capability: %s. The whole is rated by its weakest capability."),
                            say_rating_counts(view)));
    if (view->gaps.count > 0) {
        mu_doc_paragraph(doc, NULL,
                         mu_say(view,
                                P_("%u gap, by risk: %s. First to act: %s.",
                                   "%u gaps, by risk: %s. First to act: %s.", view->gaps.count),
                                view->gaps.count, say_risk_counts(view), list_owners(view)));
    }
}
