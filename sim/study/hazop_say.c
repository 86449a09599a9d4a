/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HAZOP in words. */
#include <stdio.h>

#include "core/i18n.h"
#include "study/hazop.h"

const char *mu_hazop_say_kind(mu_hazop_kind kind) {
    switch (kind) {
    case MU_HAZOP_STEP:
        return _("step of a playbook");
    case MU_HAZOP_MEMBER:
        return _("person on duty");
    case MU_HAZOP_CHANNEL:
        return _("channel");
    case MU_HAZOP_EQUIPMENT:
        return _("equipment");
    case MU_HAZOP_KINDS:
        break;
    }
    return "";
}

const char *mu_hazop_say_guide(mu_hazop_guide guide) {
    switch (guide) {
    case MU_HAZOP_LOST:
        return _("lost");
    case MU_HAZOP_LATE:
        return _("late");
    case MU_HAZOP_WEAK:
        return _("weaker");
    case MU_HAZOP_GUIDES:
        break;
    }
    return "";
}

const char *mu_hazop_say_band(int band) {
    static const char *const words[MU_HAZOP_BANDS + 1] = {
        N_("not in the year"),  N_("below 0.1 % of days"), N_("0.1 to 1 % of days"),
        N_("1 to 5 % of days"), N_("5 to 20 % of days"),   N_("20 % of days or more")};
    return _(words[band]);
}

const char *mu_hazop_say(const mu_hazop *hazop, uint32_t deviation, const char *language,
                         mu_said out) {
    const mu_deviation *what = &hazop->deviations.items[deviation];
    const mu_hazop_element *element = &hazop->elements.items[what->element];
    const char *name = mu_text_in(element->name, language);
    (void)snprintf(out, MU_SAID_ROOM, _("%.200s: %s"), name[0] != '\0' ? name : element->id,
                   mu_hazop_say_guide(what->guide));
    return out;
}

const char *mu_hazop_advice(mu_hazop_kind kind, mu_hazop_guide guide) {
    switch (kind) {
    case MU_HAZOP_STEP:
        return guide == MU_HAZOP_LATE
                   ? _("give the step a deadline of its own, and somebody who asks for it")
                   : _("name a second role that does the step when the first does not");
    case MU_HAZOP_MEMBER:
        return guide == MU_HAZOP_WEAK ? _("keep a spare radio at the post")
                                      : _("train a deputy who is on duty at the same time");
    case MU_HAZOP_CHANNEL:
        return _("give the steps that use it a second channel of another kind, and test both");
    case MU_HAZOP_EQUIPMENT:
        return _("keep a second piece in another place");
    case MU_HAZOP_KINDS:
        break;
    }
    return "";
}
