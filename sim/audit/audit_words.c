/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of clauses in words. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "audit/audit.h"
#include "core/i18n.h"
#include "policy/measure.h"

static bool is_share(const mu_demand *demand) {
    static const char *const names[] = {"coverage", "share", "ratio", "pass", "weight", "drop"};
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
        if (strcmp(demand->name, names[k]) == 0) {
            return true;
        }
    }
    return false;
}

static const char *say_unit(const char *unit, double value) {
    const unsigned long n = value == 1 ? 1 : 2;
    return strcmp(unit, "persons") == 0          ? P_("person", "persons", n)
           : strcmp(unit, "months") == 0         ? P_("month", "months", n)
           : strcmp(unit, "d") == 0              ? P_("day", "days", n)
           : strcmp(unit, "h") == 0              ? P_("hour", "hours", n)
           : strcmp(unit, "working_days") == 0   ? P_("working day", "working days", n)
           : strcmp(unit, "per_year") == 0       ? _("a year")
           : strcmp(unit, "per_vehicle") == 0    ? _("per vehicle")
           : strcmp(unit, "hours_per_week") == 0 ? P_("hour a week", "hours a week", n)
                                                 : unit;
}

/* A long time in the unit that people think in. */
static const char *say_seconds(const mu_year_plan *plan, double seconds) {
    return seconds >= 172800 ? mu_audit_say(plan, _("%.3g days"), seconds / 86400)
           : seconds >= 3600 ? mu_audit_say(plan, _("%.3g h"), seconds / 3600)
           : seconds >= 120  ? mu_audit_say(plan, _("%.3g min"), seconds / 60)
                             : mu_audit_say(plan, _("%.3g s"), seconds);
}

const char *mu_audit_value(const mu_year_plan *plan, const mu_demand *demand, double value) {
    if (!isfinite(value)) {
        return "–";
    }
    if (strcmp(demand->name, "required") == 0) {
        return value >= 1 ? _("yes") : _("no");
    }
    if (is_share(demand)) {
        return mu_audit_say(plan, "%.4g %%", 100 * value);
    }
    if (strcmp(demand->unit, "s") == 0) {
        return say_seconds(plan, value);
    }
    return strcmp(demand->unit, "1") == 0
               ? mu_audit_say(plan, "%.4g", value)
               : mu_audit_say(plan, _("%.4g %s"), value, say_unit(demand->unit, value));
}

const char *mu_audit_demand(const mu_year_plan *plan, const mu_clause *clause, uint32_t demand) {
    if (clause->demands.count == 0) {
        return "–";
    }
    const mu_demand *given = &clause->demands.items[demand];
    if (strcmp(given->name, "required") == 0) {
        return _("must be");
    }
    const char *value = mu_audit_value(plan, given, given->value);
    return mu_demand_is_most(clause, demand) ? mu_audit_say(plan, _("at most %s"), value)
                                             : mu_audit_say(plan, _("at least %s"), value);
}

/* The policy that comes with Muster writes its sources in one language, always in the same way. */
const char *mu_audit_source(const mu_year_plan *plan, const mu_clause *clause) {
    int chapter, section, part, item;
    if (clause->source == NULL) {
        return "";
    }
    return sscanf(clause->source, "security work system, chapter %6d, section %6d.%6d, item %6d",
                  &chapter, &section, &part, &item) == 4
               ? mu_audit_say(plan, _("security work system, chapter %d, section %d.%d, item %d"),
                              chapter, section, part, item)
               : clause->source;
}
