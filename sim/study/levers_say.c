/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a lever needs, in words. */
#include <stdio.h>

#include "core/i18n.h"
#include "study/levers.h"

const char *mu_levers_unit(const mu_levers *levers, const char *language) {
    return mu_text_in(levers->cost_unit, language);
}

void mu_levers_say_cost(const mu_levers *levers, const char *language, char *out, size_t room) {
    const char *unit = mu_levers_unit(levers, language);
    (void)snprintf(out, room, unit[0] != '\0' ? _("%s (%s)") : "%s", _("cost"), unit);
}

void mu_lever_say_needs(const mu_lever *lever, const char *language, char *out, size_t room) {
    const char *needs = mu_text_in(lever->needs, language);
    char persons[80] = "", ready[80] = "";
    if (lever->persons > 0) {
        (void)snprintf(persons, sizeof persons, _("persons on duty: %g"), lever->persons);
    }
    if (lever->lead_d > 0) {
        (void)snprintf(ready, sizeof ready, _("ready in %g days"), lever->lead_d);
    }
    (void)snprintf(
        out, room, "%s%s%s%s%s", persons, persons[0] != '\0' && ready[0] != '\0' ? _("; ") : "",
        ready, needs[0] != '\0' && (persons[0] != '\0' || ready[0] != '\0') ? _("; ") : "", needs);
}
