/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A milestone that one step alone brings about goes by the step's name, which the planner gave in
 * both languages; the others by a phrase for their kind. */
#include "drill/pack/words_watch.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "policy/measure.h"

typedef struct phrase {
    uint32_t kind;
    const char *format; /* with a place for what it is about, or with none */
} phrase;

static const phrase phrases[] = {
    {MU_RECORD_STARTED, N_("The incident begins")},
    {MU_RECORD_ALARM, N_("The alarm is raised")},
    {MU_RECORD_PLACED, N_("Stands there: %s")},
    {MU_RECORD_NOTICED, N_("Noticed: %s")},
    {MU_RECORD_EXPLODED, N_("The explosion")},
    {MU_RECORD_FOUND, N_("Found: %s")},
    {MU_RECORD_ACCOUNTED, N_("Accounted for: %s")},
    {MU_RECORD_MISSING, N_("The roll-call names somebody missing")},
    {MU_RECORD_REGISTERED, N_("Every visitor counted was on the register")},
    {MU_RECORD_SEIZED, N_("People are held")},
    {MU_RECORD_RESOLVED, N_("It is over: nobody is held any more")},
    {MU_RECORD_DISTURBED, N_("Somebody is at the barrier: %s")},
    {MU_RECORD_ENTERED, N_("Somebody gets in: %s")},
    {MU_RECORD_DENIED, N_("Stopped at: %s")},
    {MU_RECORD_DETECTED, N_("A sensor raises the alarm: %s")},
    {MU_RECORD_ASSESSED, N_("The desk has looked at the alarm: %s")},
    {MU_RECORD_DISCHARGED, N_("The gas suppression goes off")},
    {MU_RECORD_OUTAGE, N_("Out of order: %s")},
    {MU_RECORD_BACK, N_("Works again: %s")},
    {MU_RECORD_RECEIVED, N_("A threat comes by telephone")},
    {MU_RECORD_OUT_OF_RANGE, N_("Temperature or humidity out of range: %s")},
    {MU_RECORD_CROWDED, N_("Too crowded: %s")},
    {MU_RECORD_LEAKS, N_("Gas begins to escape")},
    {MU_RECORD_DISPERSED, N_("The air is clear again")},
    {MU_RECORD_NOTIFIED, N_("Told: %s")},
    {MU_RECORD_VERIFIED, N_("Looked at and confirmed: %s")},
    {MU_RECORD_DECLARED, N_("Level declared: %s")},
    {MU_RECORD_ASSEMBLED, N_("Assembled: %s")},
    {MU_RECORD_POSTED, N_("At their posts: %s")},
    {MU_RECORD_CLOSED, N_("Closed: %s")},
    {MU_RECORD_OPENED, N_("Opened: %s")},
    {MU_RECORD_ORDERED, N_("Order to leave given: %s")},
    {MU_RECORD_CLEARED, N_("Everybody is out: %s")},
    {MU_RECORD_SHELTERED, N_("Order to take shelter given: %s")},
    {MU_RECORD_LOCKED_DOWN, N_("Order to lock the rooms given: %s")},
    {MU_RECORD_SECURED, N_("All in shelter, all doors locked: %s")},
    {MU_RECORD_CORDONED, N_("Cordon held: %s")},
    {MU_RECORD_SEARCHED, N_("Searched: %s")},
    {MU_RECORD_CONTAINED, N_("Under control: %s")},
    {MU_RECORD_TRIAGED, N_("The injured are sorted")},
    {MU_RECORD_CARRIED, N_("The injured are carried away")},
    {MU_RECORD_RECORDED, N_("Recorded: %s")},
    {MU_RECORD_REPORTED, N_("Reported: %s")},
    {MU_RECORD_HANDED_OVER, N_("Handed over: %s")},
    {MU_RECORD_SWEPT, N_("Gone through: %s")},
    {MU_RECORD_ALL_CLEAR, N_("The all-clear")},
    {MU_RECORD_RESTORED, N_("Restored: %s")},
    {MU_RECORD_DISPATCHED, N_("Sets out: %s")},
    {MU_RECORD_ON_SITE, N_("On the site: %s")},
    {MU_RECORD_ARRIVED, N_("In place: %s")},
    {MU_RECORD_GUIDED, N_("The first people are led out by a guide")},
    {MU_RECORD_RELIEVED, N_("The next shift has taken over: %s")},
    {MU_RECORD_LEFT_DESK, N_("Driven from the desk by the air: %s")},
    {MU_RECORD_DESK_TAKEN, N_("At work again at another desk: %s")},
    {MU_RECORD_EXHAUSTED, N_("Food, water and medicine are used up")},
    {MU_RECORD_DECONTAMINATED, N_("Nobody is left who needs decontamination")},
    {MU_RECORD_VENTILATION_SHUT, N_("The ventilation stands still")},
    {MU_RECORD_TAKEN, N_("The first casualty is on the way to hospital")},
    {MU_RECORD_LET_GO, N_("Some of those held are let go")},
    {MU_RECORD_CHALLENGED, N_("Somebody without a pass is asked")},
    {MU_RECORD_LANE_BLOCKED, N_("A parked car blocks the fire lane")},
    {MU_RECORD_LANE_CLEARED, N_("The fire lane is free again")},
    {MU_RECORD_RUNS_LOW, N_("Food, water and medicine last less than a day more")},
    {MU_RECORD_REFUGE, N_("Somebody waits at a place of refuge")},
    {MU_RECORD_HELP_CALLED, N_("A call for help comes from a place of refuge")},
    {MU_RECORD_BROUGHT_DOWN, N_("Somebody has been brought down and out")},
    {MU_RECORD_LIFTS_RECALLED, N_("Lifts are recalled, escalators stop, turnstiles open")},
    {MU_RECORD_ABANDONED, N_("Given up: %s")},
    {MU_RECORD_COVERED, N_("Covered: %s")},
    {MU_RECORD_TREATED, N_("The injured are treated")},
    {MU_RECORD_TRANSPORTED, N_("The injured are taken away")},
    {MU_RECORD_NEGOTIATED, N_("An end has been agreed")},
    {MU_RECORD_POWER_SWITCHED, N_("Another supply is on")},
    {MU_RECORD_CHANNEL_SWITCHED, N_("Another channel is up")},
    {MU_RECORD_SUPPORTED, N_("Support has been offered")},
    {MU_RECORD_INVESTIGATED, N_("The investigation team is formed")},
};

static const char *phrase_of(uint32_t kind) {
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
        if (phrases[i].kind == kind) {
            return _(phrases[i].format);
        }
    }
    return NULL;
}

/* Fills the one place of a phrase; our own formats only, and they have at most one. */
static const char *fill(const mu_view *view, const char *format, const char *about) {
    const char *hole = strstr(format, "%s");
    return hole == NULL ? format
                        : mu_say(view, "%.*s%s%s", (int)(hole - format), format, about, hole + 2);
}

static const char *say_phrase(const mu_view *view, uint32_t kind, const char *object,
                              const char *place) {
    const char *about = object[0] == 0  ? place
                        : place[0] == 0 ? object
                                        : mu_say(view, _("%s (%s)"), object, place);
    const char *format = phrase_of(kind);
    if (format == NULL) {
        return mu_say(view, "%s: %s", mu_record_token((mu_record_kind)kind), about);
    }
    if (about[0] == 0) { /* nothing to say after the colon */
        const char *colon = strstr(format, "：");
        colon = colon != NULL ? colon : strchr(format, ':');
        return colon == NULL ? format : mu_say(view, "%.*s", (int)(colon - format), format);
    }
    return fill(view, format, about);
}

static const char *say_handle(const mu_view *view, mu_handle handle) {
    return handle == 0 ? "" : mu_say_thing(view, handle);
}

/* A step's name would say when it begins, or something else than what comes about. */
static bool goes_by_phrase(uint32_t kind) {
    return kind == MU_RECORD_DECLARED || kind == MU_RECORD_ON_SITE || kind == MU_RECORD_CLEARED ||
           kind == MU_RECORD_SECURED || kind == MU_RECORD_DISPATCHED ||
           kind == MU_RECORD_ALL_CLEAR || kind == MU_RECORD_ARRIVED || kind == MU_RECORD_GUIDED;
}

/* A number goes by the title of a clause that judges it. */
static const char *say_number(const mu_view *view, const mu_watch *watch) {
    for (uint32_t c = 0; c < view->plan->policy.clauses.count; c++) {
        if (mu_watch_ends(view->plan, watch, c)) {
            const mu_clause *clause = mu_view_clause(view, c);
            const char *title = mu_say_text(view, &clause->title);
            return watch->place == 0
                       ? title
                       : mu_say(view, _("%s (%s)"), title, mu_say_thing(view, watch->place));
        }
    }
    return say_handle(view, watch->object);
}

static const char *step_name(const mu_view *view, uint32_t step) {
    return mu_say_thing(view, MU_HANDLE(MU_THING_STEP, step));
}

const char *mu_say_watch(const mu_view *view, const mu_watch *watch) {
    switch ((mu_watch_what)watch->what) {
    case MU_WATCH_NUMBER:
        return say_number(view, watch);
    case MU_WATCH_PEOPLE:
        return watch->kind == MU_RECORD_ORDERED
                   ? _("People on the site when the order to leave came")
                   : _("Of them: how many an alarm or message reached");
    case MU_WATCH_BEGAN:
        return mu_say(view, _("%s: work begins"), step_name(view, watch->step));
    case MU_WATCH_DONE:
        return mu_say(view, _("%s: done"), step_name(view, watch->step));
    case MU_WATCH_TIME:
        break;
    }
    if (watch->step != MU_NONE && !goes_by_phrase(watch->kind)) {
        return mu_say(view, _("%s: done"), step_name(view, watch->step));
    }
    return say_phrase(view, watch->kind, say_handle(view, watch->object),
                      say_handle(view, watch->place));
}

const char *mu_say_term(const mu_view *view, const char *text) {
    const mu_term term = mu_term_read(text, &view->plan->words);
    const mu_handle object = term.object == MU_NONE ? 0 : MU_HANDLE(MU_THING_WORD, term.object);
    const mu_handle place = term.place == MU_NONE ? 0 : MU_HANDLE(MU_THING_WORD, term.place);
    for (uint32_t s = 0; s < view->plan->response.steps.count; s++) {
        const mu_step *step = view->plan->response.steps.items[s].given;
        const bool named = term.kind == MU_RECORD_STEP && object != 0 &&
                           strcmp(step->id, mu_plan_id(view->plan, object)) == 0;
        const bool brings = mu_verb_milestone((mu_verb)step->verb) == term.kind &&
                            step->object != NULL && object != 0 &&
                            strcmp(step->object, mu_plan_id(view->plan, object)) == 0 &&
                            !goes_by_phrase((uint32_t)term.kind) && phrase_of(term.kind) == NULL;
        if (named || brings) {
            return mu_say(view, _("%s: done"), mu_say_text(view, &step->name));
        }
    }
    return say_phrase(view, (uint32_t)term.kind, say_handle(view, object), say_handle(view, place));
}

const char *mu_say_watch_clauses(const mu_view *view, const mu_watch *watch) {
    const char *said = "";
    for (uint32_t c = 0; c < view->plan->policy.clauses.count; c++) {
        if (mu_watch_starts(view->plan, watch, c) || mu_watch_ends(view->plan, watch, c)) {
            said = mu_say_joined(view, said, _(", "), mu_view_clause(view, c)->id);
        }
    }
    return said;
}

const char *mu_say_day_time(const mu_view *view, double seconds) {
    if (isnan(seconds) || isinf(seconds)) {
        return "–";
    }
    if (view->plan->incident.starts_at == NULL) {
        return mu_say(view, "T+%s", mu_say_seconds(view, (int64_t)ceil(seconds - 1e-6)));
    }
    const long long day = 86400;
    const long long now =
        llround(view->plan->response.start_h * 3600) + (long long)ceil(seconds - 1e-6);
    const char *said =
        mu_say(view, "%02lld:%02lld:%02lld", now % day / 3600, now / 60 % 60, now % 60);
    return now < day ? said : mu_say(view, _("%s +%lld d"), said, now / day);
}

const char *mu_say_number(const mu_view *view, const mu_watch *watch) {
    const uint32_t clause = mu_watch_judged(view->plan, watch);
    if (clause == MU_NONE || isnan(watch->value)) { /* of no clause, or of one that had not begun */
        return "–";
    }
    const char *unit = mu_judge_unit(mu_view_clause(view, clause));
    const char *value = mu_say(view, "%.4g", watch->value);
    if (watch->value == 0 && strcmp(unit, "1") == 0) {
        return value; /* "0 = 0 %" says nothing more */
    }
    if (strcmp(unit, "1") != 0) {
        return mu_say(view, "%s %s", value, mu_say_word(view, unit));
    }
    const char *said = mu_say_value(view, clause, watch->value);
    return strcmp(said, value) == 0 ? value : mu_say(view, "%s = %s", value, said);
}

const char *mu_say_expected(const mu_view *view, const mu_watch *watch) {
    if (isnan(watch->typical_s)) {
        return watch->seen == 0 ? _("never in the runs") : "–";
    }
    if (watch->typical_s < 0) {
        return _("before it is known");
    }
    const char *typical = mu_say_time(view, watch->typical_s);
    return watch->high_s - watch->low_s < 1
               ? typical
               : mu_say(view, _("%s (%s–%s)"), typical, mu_say_time(view, fmax(watch->low_s, 0)),
                        mu_say_time(view, watch->high_s));
}
