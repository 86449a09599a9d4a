/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Acts of a tabletop in words, and what there is to act on. */
#include "core/i18n.h"
#include "drill/picture/inside.h"
#include "response/act.h"

static const char *name_of(mu_session *session, mu_handle what, const char *language) {
    const char *name = mu_plan_name(session->plan, what, language);
    return mu_handle_thing(what) == MU_THING_WORD ? mu_say_role_word(session, language, name)
                                                  : name;
}

static const char *say_delay(mu_session *session, const char *name, uint32_t by_s) {
    return by_s == 0        ? mu_print(session, _("Delayed: %s"), name)
           : by_s % 60 == 0 ? mu_print(session, _("Delayed by %u min: %s"), by_s / 60, name)
                            : mu_print(session, _("Delayed by %u s: %s"), by_s, name);
}

const char *mu_say_act(mu_session *session, const mu_act *act, const char *language) {
    const char *name = act->what == 0 ? _("mains power") : name_of(session, act->what, language);
    switch ((mu_act_kind)act->kind) {
    case MU_ACT_CLOSE:
        return mu_print(session, _("Closed: %s"), name);
    case MU_ACT_OPEN:
        return mu_print(session, _("Opened: %s"), name);
    case MU_ACT_CUT:
        return mu_print(session, _("Fails: %s"), name);
    case MU_ACT_RESTORE:
        return mu_print(session, _("Works again: %s"), name);
    case MU_ACT_DELAY:
        return say_delay(session, name, act->by_s);
    case MU_ACT_SUMMON:
        return mu_print(session, _("Called: %s"), name);
    case MU_ACT_DECLARE:
        return mu_print(session, _("Declared: %s"), name);
    case MU_ACT_START:
        return mu_print(session, _("Begun: %s"), name);
    case MU_ACT_CALL_OFF:
        return mu_print(session, _("Called off: %s"), name);
    case MU_ACT_PLACE:
        return mu_print(session, _("A second item: %s"), name);
    case MU_ACT_ARRIVE:
        return mu_print(session, _("Arrive: %s"), name);
    case MU_ACT_NONE:
    case MU_ACT_KIND_COUNT:
        break;
    }
    return "";
}

const char *mu_session_say_act(mu_session *session, const mu_act *act, const char *language) {
    return mu_session_is_recording(session) ? "" : mu_say_act(session, act, language);
}

static uint32_t things_of(const mu_plan *plan, mu_act_kind kind, mu_thing *thing) {
    switch (kind) {
    case MU_ACT_CLOSE:
    case MU_ACT_OPEN:
        *thing = MU_THING_PORTAL;
        return plan->site.portals.count;
    case MU_ACT_CUT:
    case MU_ACT_RESTORE:
        *thing = MU_THING_CHANNEL;
        return plan->site.channels.count;
    case MU_ACT_DELAY:
    case MU_ACT_SUMMON:
        *thing = MU_THING_UNIT;
        return plan->roster.units.count;
    case MU_ACT_DECLARE:
        *thing = MU_THING_WORD;
        return plan->words.count;
    case MU_ACT_START:
    case MU_ACT_CALL_OFF:
        *thing = MU_THING_STEP;
        return plan->response.steps.count;
    case MU_ACT_PLACE:
        *thing = MU_THING_SPACE;
        return plan->site.spaces.count;
    case MU_ACT_ARRIVE:
        *thing = MU_THING_GROUP;
        return plan->roster.groups.count;
    case MU_ACT_NONE:
    case MU_ACT_KIND_COUNT:
        break;
    }
    *thing = MU_THING_NOTHING;
    return 0;
}

/* Levels are the objects of steps that declare one. */
static bool is_level(const mu_plan *plan, uint32_t word) {
    for (uint32_t s = 0; s < plan->response.steps.count; s++) {
        const mu_step_plan *step = &plan->response.steps.items[s];
        if (step->verb == MU_VERB_DECLARE && step->object_word == word) {
            return true;
        }
    }
    return false;
}

uint32_t mu_session_choices(const mu_session *session, mu_act_kind kind, uint32_t by_s, mu_act *out,
                            uint32_t most) {
    mu_thing thing;
    if (mu_session_is_recording(session)) {
        return 0;
    }
    const uint32_t count = things_of(session->plan, kind, &thing);
    uint32_t found = 0;
    const mu_act mains = {.kind = (uint32_t)kind};
    if ((kind == MU_ACT_CUT || kind == MU_ACT_RESTORE) && mu_session_can_act(session, &mains)) {
        out[found++] = mains;
    }
    for (uint32_t i = 0; i < count && found < most; i++) {
        const mu_act act = {.kind = (uint32_t)kind, .what = MU_HANDLE(thing, i), .by_s = by_s};
        if ((kind != MU_ACT_DECLARE || is_level(session->plan, i)) &&
            (kind != MU_ACT_PLACE || act.what == mu_plan_second_place(session->plan)) &&
            mu_session_can_act(session, &act)) {
            out[found++] = act;
        }
    }
    return found;
}
