/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moments that matter, read from the look-ahead's log, and records in a few words. */
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "drill/picture/inside.h"

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
static bool is_moment(const mu_record *record, uint32_t *kind) {
    switch ((mu_record_kind)record->kind) {
    case MU_RECORD_STARTED:
    case MU_RECORD_ALARM:
    case MU_RECORD_PLACED:
    case MU_RECORD_NOTICED:
        *kind = MU_MOMENT_THREAT;
        return true;
    case MU_RECORD_DECLARED:
    case MU_RECORD_ALL_CLEAR:
        *kind = MU_MOMENT_ALERT;
        return true;
    case MU_RECORD_ORDERED:
    case MU_RECORD_CLEARED:
        *kind = MU_MOMENT_ORDER;
        return true;
    case MU_RECORD_ON_SITE:
        *kind = MU_MOMENT_HELP;
        return true;
    case MU_RECORD_STEP:
        *kind = MU_MOMENT_STEP;
        return true;
    case MU_RECORD_ENDED:
        *kind = MU_MOMENT_END;
        return true;
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

static mu_status add(mu_session *s, const mu_moment *moment) {
    if (s->moments.count == s->moment_capacity) {
        const uint32_t capacity = s->moment_capacity == 0 ? 128 : 2 * s->moment_capacity;
        mu_moment *items = realloc(s->moments.items, capacity * sizeof *items);
        if (items == NULL) {
            return MU_ERR_MEMORY;
        }
        s->moments.items = items;
        s->moment_capacity = capacity;
    }
    s->moments.items[s->moments.count++] = *moment;
    return MU_OK;
}

mu_status mu_moments_read(mu_session *session) {
    mu_session *s = session;
    for (; s->moments_read < mu_log_count(s->ahead_log); s->moments_read++) {
        const mu_record *record = mu_log_get(s->ahead_log, s->moments_read);
        mu_moment moment = {.time_us = record->time_us, .record = s->moments_read};
        if (is_moment(record, &moment.kind) && !is_told(s, record)) {
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

static const char *say_word(mu_session *session, mu_handle handle, const char *language) {
    const char *name = mu_plan_name(session->plan, handle, language);
    return mu_handle_thing(handle) == MU_THING_WORD ? mu_say_role_word(session, name) : name;
}

/* What happens without anybody doing a step. */
static const char *say_happening(mu_session *session, const mu_record *record,
                                 const char *language) {
    const char *object = say_word(session, record->object, language);
    switch ((mu_record_kind)record->kind) {
    case MU_RECORD_STARTED:
        return _("The incident begins");
    case MU_RECORD_ALARM:
        return _("The alarm is raised");
    case MU_RECORD_PLACED:
        return _("The item stands there; nobody has noticed it yet");
    case MU_RECORD_NOTICED:
        return mu_print(session, _("The item is noticed: %s"),
                        say_word(session, record->subject, language));
    case MU_RECORD_DISPATCHED:
        return mu_print(session, _("Sets out: %s"), object);
    case MU_RECORD_ON_SITE:
        return mu_print(session, _("On the site: %s"),
                        say_word(session, record->subject, language));
    case MU_RECORD_CLEARED:
        return mu_print(session, _("Everybody is out: %s"), object);
    case MU_RECORD_ENDED:
        return _("The run ends");
    default:
        return mu_print(session, "%s: %s", mu_record_token((mu_record_kind)record->kind), object);
    }
}

const char *mu_say_record(mu_session *session, const mu_record *record, const char *language) {
    const bool of_step =
        record->step != 0 && record->kind != MU_RECORD_CLEARED && record->kind != MU_RECORD_ON_SITE;
    return of_step ? mu_plan_name(session->plan, record->step, language)
                   : say_happening(session, record, language);
}

const char *mu_session_say_moment(mu_session *session, uint32_t moment, const char *language) {
    if (moment >= session->moments.count) {
        return "";
    }
    return mu_say_record(
        session, mu_log_get(session->ahead_log, session->moments.items[moment].record), language);
}
