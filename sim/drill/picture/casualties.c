/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Casualties of the exercise: the tag that each carries, and what has been done for them when. */
#include "core/i18n.h"
#include "drill/picture/inside.h"

mu_tag mu_tag_of(const mu_session *session, uint32_t person) {
    const mu_casualty_now *now = &mu_casualties(&session->shown)[person];
    if (now->injured == MU_NO_RECORD) {
        return MU_TAG_NONE;
    }
    if (now->tagged != MU_NO_RECORD) {
        return (mu_tag)(MU_TAG_GREEN + now->tag);
    }
    return now->found != MU_NO_RECORD ? MU_TAG_FOUND : MU_TAG_UNFOUND;
}

static const char *say_tag(mu_tag tag) {
    switch (tag) {
    case MU_TAG_GREEN:
        return _("Tag: green, minor");
    case MU_TAG_YELLOW:
        return _("Tag: yellow, delayed");
    case MU_TAG_RED:
        return _("Tag: red, immediate");
    case MU_TAG_BLACK:
        return _("Tag: black");
    case MU_TAG_UNFOUND:
        return _("Nobody of the response knows of it yet");
    case MU_TAG_FOUND:
        return _("Has been found, and waits to be sorted");
    case MU_TAG_NONE:
    case MU_TAG_COUNT:
        break;
    }
    return "";
}

static void tell_when(mu_session *s, const char *format, uint32_t record, mu_answer *out) {
    if (record != MU_NO_RECORD) {
        mu_answer_add(out, mu_print(s, format, mu_say_time_of(s, record)));
    }
}

static void tell_found(mu_session *s, uint32_t found, const char *language, mu_answer *out) {
    const mu_record *record = mu_shown_record(s, found);
    if (record == NULL) {
        return;
    }
    const char *when = mu_say_clock(s, record->time_us);
    mu_answer_add(out, record->holder == 0
                           ? mu_print(s, _("Found at %s, told by a bystander"), when)
                           : mu_print(s, _("Found at %s by: %s"), when,
                                      mu_plan_name(s->plan, record->holder, language)));
}

static void tell_breath(mu_session *s, uint32_t person, mu_answer *out) {
    if (s->plan->threat.release.given == NULL) {
        return;
    }
    const mu_breath *breath = &mu_breaths(&s->shown)[person];
    if (breath->exposure.band > 0) {
        mu_answer_add(out, mu_print(s, _("Has breathed as much as AEGL-%u allows, or more"),
                                    breath->exposure.band));
    }
    if (breath->masked != 0) {
        mu_answer_add(out, _("Wears breathing protection"));
    }
}

void mu_casualty_tell(mu_session *session, uint32_t person, const char *language, mu_answer *out) {
    const mu_casualty_now *now = &mu_casualties(&session->shown)[person];
    if (now->injured != MU_NO_RECORD) {
        mu_answer_add(out, say_tag(mu_tag_of(session, person)));
        tell_when(session, _("Hurt at %s"), now->injured, out);
        tell_found(session, now->found, language, out);
        tell_when(session, _("Sorted at %s"), now->tagged, out);
        tell_when(session, _("Treated at %s"), now->treated, out);
        tell_when(session, _("At the collection point since %s"), now->gathered, out);
    }
    tell_breath(session, person, out);
}

void mu_casualties_tell(mu_session *session, mu_answer *out) {
    uint32_t hurt = 0, found = 0, tagged = 0, taken = 0;
    for (uint32_t p = 0; p < session->plan->people.list.count; p++) {
        const mu_casualty_now *now = &mu_casualties(&session->shown)[p];
        hurt += now->injured != MU_NO_RECORD;
        found += now->found != MU_NO_RECORD;
        tagged += now->tagged != MU_NO_RECORD;
        taken += now->taken != MU_NO_RECORD;
    }
    if (hurt > 0) {
        mu_answer_add(out, mu_print(session,
                                    _("Casualties: %u; found %u, sorted %u, taken to hospital %u"),
                                    hurt, found, tagged, taken));
    }
}
