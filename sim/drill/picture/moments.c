/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moments that matter, read from the look-ahead's log, and records in a few words. */
#include <stdlib.h>
#include <string.h>

#include "core/grow.h"
#include "core/i18n.h"
#include "drill/picture/inside.h"
#include "drill/timeline.h"

mu_alert mu_alert_of(const mu_plan *plan, const mu_record *record) {
    static const struct {
        const char *word;
        mu_alert alert;
    } known[] = {{"yellow", MU_ALERT_YELLOW}, {"orange", MU_ALERT_ORANGE}, {"red", MU_ALERT_RED}};
    if (record->kind == MU_RECORD_ALL_CLEAR) {
        return MU_ALERT_OVER;
    }
    const char *word = mu_plan_id(plan, record->object);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(known[i].word, word) == 0) {
            return known[i].alert;
        }
    }
    return MU_ALERT_OTHER;
}

/* What a record is to somebody who watches; false for the many that are of no note. */
static bool is_moment(const mu_plan *plan, const mu_record *record, uint32_t *kind) {
    switch ((mu_record_kind)record->kind) {
    case MU_RECORD_STARTED:
    case MU_RECORD_ALARM:
    case MU_RECORD_PLACED:
    case MU_RECORD_NOTICED:
    case MU_RECORD_EXPLODED:
    case MU_RECORD_FOUND:
        *kind = MU_MOMENT_THREAT;
        return true;
    case MU_RECORD_ACCOUNTED: /* each who is counted is too many; that nobody is missing is not */
        *kind = MU_MOMENT_HELP;
        return record->subject == 0;
    case MU_RECORD_TAKEN:
    case MU_RECORD_REFUGE:
    case MU_RECORD_HELP_CALLED:
    case MU_RECORD_BROUGHT_DOWN:
        *kind = MU_MOMENT_HELP;
        return true;
    case MU_RECORD_LIFTS_RECALLED:
        *kind = MU_MOMENT_ORDER;
        return true;
    case MU_RECORD_DECLARED:
    case MU_RECORD_ALL_CLEAR:
        *kind = MU_MOMENT_ALERT;
        return true;
    case MU_RECORD_ORDERED:
    case MU_RECORD_CLEARED:
    case MU_RECORD_SECURED:
    case MU_RECORD_VENTILATION_SHUT:
    case MU_RECORD_DECONTAMINATED:
        *kind = MU_MOMENT_ORDER;
        return true;
    case MU_RECORD_ON_SITE:
        *kind = MU_MOMENT_HELP;
        return true;
    case MU_RECORD_STEP:
        *kind = MU_MOMENT_STEP;
        return true;
    case MU_RECORD_INTERVENED:
        *kind = MU_MOMENT_ACT;
        return true;
    case MU_RECORD_ENDED:
        *kind = MU_MOMENT_END;
        return true;
    case MU_RECORD_MEASURED: /* numbers for clauses */
    case MU_RECORD_ASSESSED:
    case MU_RECORD_CROWDED:
        return false;
    case MU_RECORD_DETECTED:
        *kind = MU_MOMENT_THREAT;
        return mu_is_alarm_of_note(plan, record);
    default: /* whatever else can happen is too small or too many for a timeline, unless it is a
                milestone that no step of a playbook brought about */
        *kind = MU_MOMENT_THREAT;
        return mu_record_is_milestone((mu_record_kind)record->kind) && record->step == 0 &&
               record->kind != MU_RECORD_DISPATCHED && record->kind != MU_RECORD_ARRIVED;
    }
}

/* A step that has just been told by what it brought about need not be told again. */
static bool is_told(const mu_session *s, const mu_record *record) {
    if (record->kind != MU_RECORD_STEP || s->moments.count == 0) {
        return false;
    }
    const mu_record *last = mu_log_get(s->ahead_log, s->moments.items[s->moments.count - 1].record);
    return last->step == record->step && last->time_us == record->time_us;
}

/* Casualties are found and taken away one by one, a shift changes one by one, and rooms warm up one
 * by one: only the first of them is told. */
static bool is_repeated(const mu_session *s, const mu_record *record) {
    if (record->kind != MU_RECORD_FOUND && record->kind != MU_RECORD_TAKEN &&
        record->kind != MU_RECORD_RELIEVED && record->kind != MU_RECORD_LEFT_DESK &&
        record->kind != MU_RECORD_DESK_TAKEN && record->kind != MU_RECORD_OUT_OF_RANGE &&
        record->kind != MU_RECORD_DETECTED) {
        return false;
    }
    for (uint32_t m = 0; m < s->moments.count; m++) {
        if (mu_is_same_moment(mu_log_get(s->ahead_log, s->moments.items[m].record), record)) {
            return true;
        }
    }
    return false;
}

static mu_status add(mu_session *s, const mu_moment *moment) {
    mu_moment *items =
        mu_grow(s->moments.items, s->moments.count, &s->moment_capacity, sizeof *items);
    if (items == NULL) {
        return MU_ERR_MEMORY;
    }
    s->moments.items = items;
    s->moments.items[s->moments.count++] = *moment;
    return MU_OK;
}

mu_status mu_moments_read(mu_session *session) {
    mu_session *s = session;
    for (; s->moments_read < mu_log_count(s->ahead_log); s->moments_read++) {
        const mu_record *record = mu_log_get(s->ahead_log, s->moments_read);
        mu_moment moment = {.time_us = record->time_us, .record = s->moments_read};
        if (is_moment(s->plan, record, &moment.kind) && !is_told(s, record) &&
            !is_repeated(s, record)) {
            moment.alert = moment.kind == MU_MOMENT_ALERT ? mu_alert_of(s->plan, record) : 0;
            if (add(s, &moment) != MU_OK) {
                return MU_ERR_MEMORY;
            }
        }
    }
    return MU_OK;
}

const mu_moment *mu_session_moments(const mu_session *session, uint32_t *count) {
    *count = session->moments.count;
    return session->moments.items;
}

/* A word that is the id of an air-handling unit stands for it. */
static const char *unit_of(const mu_session *s, const char *word, const char *language) {
    for (uint32_t u = 0; u < s->plan->site.air_units.count; u++) {
        const mu_air_unit *unit = &s->plan->site.air_units.items[u];
        if (strcmp(unit->id, word) == 0) {
            const char *name = mu_text_in(unit->name, language);
            return name[0] != 0 ? name : NULL;
        }
    }
    return NULL;
}

static const char *say_word(mu_session *session, mu_handle handle, const char *language) {
    const char *name = mu_plan_name(session->plan, handle, language);
    if (mu_handle_thing(handle) != MU_THING_WORD) {
        return name;
    }
    const char *unit = unit_of(session, name, language);
    return unit != NULL ? unit : mu_say_role_word(session, language, name);
}

static bool is_word(mu_handle handle, uint32_t word, const void *given) {
    return given != NULL && handle == MU_HANDLE(MU_THING_WORD, word);
}

static bool is_vehicle(const mu_session *s) {
    return s->plan->incident.kind == MU_INCIDENT_VEHICLE;
}

static const char *say_noticed(mu_session *s, const mu_record *record, const char *language) {
    const mu_threat_plan *threat = &s->plan->threat;
    const char *format =
        is_word(record->object, threat->hostage.word_hostage, threat->hostage.given)
            ? _("The hostage-taking is noticed: %s")
        : is_word(record->object, threat->release.word_gas, threat->release.given)
            ? _("The gas is noticed: %s")
        : is_vehicle(s) ? _("Somebody sees that the vehicle is not right: %s")
                        : _("The item is noticed: %s");
    return mu_print(s, format,
                    say_word(s, record->subject != 0 ? record->subject : record->place, language));
}

static bool is_of_second(const mu_session *s, const mu_record *record) {
    return is_word(record->object, s->plan->threat.second.word, s->plan->threat.second.given);
}

/* What the threat does, and how the hurt and the missing fare; NULL: nothing of the kind. */
static const char *say_threat(mu_session *s, const mu_record *record, const char *language) {
    switch ((mu_record_kind)record->kind) {
    case MU_RECORD_PLACED:
        return is_of_second(s, record) ? _("A second item stands elsewhere; nobody knows of it yet")
               : is_vehicle(s)         ? _("The vehicle stands at the gate")
                                       : _("The item stands there; nobody has noticed it yet");
    case MU_RECORD_NOTICED:
        return say_noticed(s, record, language);
    case MU_RECORD_EXPLODED:
        return is_of_second(s, record) ? _("The second item explodes") : _("The item explodes");
    case MU_RECORD_FOUND:
        return is_of_second(s, record) ? _("A search finds the second item")
                                       : _("The first casualty is found");
    case MU_RECORD_TAKEN:
        return _("The first casualty is on the way to hospital");
    case MU_RECORD_ACCOUNTED:
        return _("Roll-call: nobody is missing any more");
    case MU_RECORD_MISSING:
        return mu_print(s, _("Roll-call: missing, %s"), say_word(s, record->subject, language));
    case MU_RECORD_REGISTERED:
        return _("Roll-call: every visitor was on the register");
    case MU_RECORD_SEIZED:
        return mu_print(s, _("People are held: %u occupants"), record->value);
    case MU_RECORD_LET_GO:
        return mu_print(s, _("Some are let go: %u occupants"), record->value);
    case MU_RECORD_RESOLVED:
        return mu_print(s, _("It is over: %u occupants come free"), record->value);
    case MU_RECORD_REFUGE:
        return mu_print(s, _("Waits at a place of refuge: %s"),
                        mu_plan_name(s->plan, record->place, language));
    case MU_RECORD_HELP_CALLED:
        return mu_print(s, _("A call for help has got through: %s"),
                        mu_plan_name(s->plan, record->object, language));
    case MU_RECORD_BROUGHT_DOWN:
        return mu_print(s, _("Brought down and out: %s"),
                        mu_plan_name(s->plan, record->subject, language));
    case MU_RECORD_LIFTS_RECALLED:
        return _("Lifts are recalled, escalators stop, turnstiles open");
    case MU_RECORD_LEAKS:
        return mu_print(s, _("Gas leaks: %s"), mu_plan_name(s->plan, record->place, language));
    case MU_RECORD_DISPERSED:
        return _("The gas is gone: every zone is clear");
    default:
        return NULL;
    }
}

/* What an intruder, a vehicle or an outage does, and what the site's systems make of it; NULL. */
static const char *say_system(mu_session *s, const mu_record *record, const char *language) {
    const char *who = mu_plan_name(s->plan, record->subject, language);
    switch ((mu_record_kind)record->kind) {
    case MU_RECORD_DISTURBED:
        return mu_print(s, _("The intruder is at what is in the way to: %s"), who);
    case MU_RECORD_ENTERED:
        return mu_print(s, _("Gets in: %s"), who);
    case MU_RECORD_DENIED:
        return mu_print(s, _("Is stopped at: %s"), who);
    case MU_RECORD_DETECTED:
        return mu_print(s,
                        mu_is_climate_alarm(s->plan, record)
                            ? _("Sensors report temperature or humidity out of range: %s")
                            : _("Sensors report an intrusion: %s"),
                        say_word(s, record->place, language));
    case MU_RECORD_OUT_OF_RANGE:
        return mu_print(s, _("Temperature or humidity out of range: %s"),
                        say_word(s, record->object, language));
    case MU_RECORD_DISCHARGED:
        return mu_print(s,
                        P_("%s goes off with %u person inside", "%s goes off with %u people inside",
                           record->value),
                        who, record->value);
    case MU_RECORD_OUTAGE:
        return mu_print(s, _("Out of order: %s"), say_word(s, record->object, language));
    case MU_RECORD_BACK:
        return mu_print(s, _("Works again: %s"), say_word(s, record->object, language));
    case MU_RECORD_RECEIVED:
        return record->place == 0 ? _("A threat comes by telephone")
                                  : mu_print(s, _("A report reaches the intelligence desk: %s"),
                                             say_word(s, record->place, language));
    case MU_RECORD_WARNED:
        return mu_print(s, _("The intelligence desk warns: %s"),
                        say_word(s, record->object, language));
    case MU_RECORD_RUNS_LOW:
        return _("Food, water and medicine last less than a day more");
    case MU_RECORD_EXHAUSTED:
        return _("Food, water and medicine are used up");
    case MU_RECORD_LEFT_DESK:
        return mu_print(s, _("The air drives people from the control room: %s"), who);
    case MU_RECORD_DESK_TAKEN:
        return mu_print(s, _("At work again at a desk: %s"), who);
    case MU_RECORD_RELIEVED:
        return mu_print(s, _("The shift changes; has taken over: %s"), who);
    default:
        return NULL;
    }
}

/* What happens without anybody doing a step, or long after it was done. */
static const char *say_happening(mu_session *session, const mu_record *record,
                                 const char *language) {
    const char *said = say_threat(session, record, language);
    said = said != NULL ? said : say_system(session, record, language);
    if (said != NULL) {
        return said;
    }
    const char *object = say_word(session, record->object, language);
    switch ((mu_record_kind)record->kind) {
    case MU_RECORD_STARTED:
        return _("The incident begins");
    case MU_RECORD_INTERVENED: {
        const mu_act act = {.kind = record->value, .what = record->subject};
        return mu_print(session, _("The table: %s"), mu_say_act(session, &act, language));
    }
    case MU_RECORD_ALARM:
        return _("The alarm is raised");
    case MU_RECORD_DISPATCHED:
        return mu_print(session, _("Sets out: %s"), object);
    case MU_RECORD_ON_SITE:
        return mu_print(session, _("On the site: %s"),
                        say_word(session, record->subject, language));
    case MU_RECORD_CLEARED:
        return mu_print(session, _("Everybody is out: %s"), object);
    case MU_RECORD_SECURED:
        return mu_print(session, _("All in shelter, all doors locked: %s"), object);
    case MU_RECORD_VENTILATION_SHUT:
        return mu_print(session, _("Stands still: %s"), object);
    case MU_RECORD_DECONTAMINATED:
        return _("Nobody is left who needs decontamination");
    case MU_RECORD_ENDED:
        return _("The run ends");
    default:
        return mu_print(session, "%s: %s", mu_record_token((mu_record_kind)record->kind), object);
    }
}

/* Is it told best by the step's name? */
static bool is_of_step(const mu_record *record) {
    switch ((mu_record_kind)record->kind) {
    case MU_RECORD_CLEARED:
    case MU_RECORD_ON_SITE:
    case MU_RECORD_SECURED:
    case MU_RECORD_VENTILATION_SHUT:
    case MU_RECORD_DECONTAMINATED:
    case MU_RECORD_FOUND:
    case MU_RECORD_TAKEN:
    case MU_RECORD_BROUGHT_DOWN:
        return false;
    default:
        return record->step != 0;
    }
}

const char *mu_say_record(mu_session *session, const mu_record *record, const char *language) {
    return is_of_step(record) ? mu_plan_name(session->plan, record->step, language)
                              : say_happening(session, record, language);
}

const char *mu_session_say_moment(mu_session *session, uint32_t moment, const char *language) {
    if (moment >= session->moments.count) {
        return "";
    }
    return mu_say_record(
        session, mu_log_get(session->ahead_log, session->moments.items[moment].record), language);
}
