/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stock: of what a store keeps, an incident has what is on the shelf and not expired. */
#include <math.h>

#include "audit/audit.h"
#include "core/i18n.h"
#include "study/year_start_inside.h"

static double usable(const mu_year_sim *y, uint32_t store) {
    double good = 0;
    for (uint32_t k = 0; k < MU_YEAR_LOTS; k++) {
        good += mu_year_lot_of(y, store * MU_YEAR_LOTS + k)->good;
    }
    return good / MU_YEAR_LOTS;
}

static void set(const mu_year_plan *plan, mu_year_start *out, const char *equipment,
                const char *field, double value) {
    mu_start_change(plan, out,
                    (mu_edit){.format = "muster.site",
                              .pointer = mu_audit_say(plan, "/equipment/%s/%s", equipment, field),
                              .value = mu_audit_say(plan, "%.10g", value)});
}

static void take_from(const mu_year_plan *plan, const mu_equipment *thing, double share,
                      const mu_year_moment *moment, mu_year_start *out) {
    const char *name = mu_start_name(&thing->name, thing->id, moment->language);
    if (thing->person_days > 0) {
        set(plan, out, thing->id, "person_days", floor(thing->person_days * share));
        mu_start_tell(plan, out,
                      mu_audit_say(plan, _("%s: %.0f of %.0f person-days are usable"), name,
                                   floor(thing->person_days * share), thing->person_days));
        return;
    }
    const double left = floor((double)thing->count * share);
    if (left >= 1) {
        set(plan, out, thing->id, "count", left);
    } else {
        mu_start_change(plan, out,
                        (mu_edit){.format = "muster.site",
                                  .pointer = mu_audit_say(plan, "/equipment/%s", thing->id),
                                  .value = "null"});
    }
    mu_start_tell(
        plan, out,
        mu_audit_say(plan, _("%s: %.0f of %.0f are usable"), name, left, (double)thing->count));
}

void mu_start_stock(const mu_year_sim *y, const mu_year_moment *moment, mu_year_start *out) {
    const mu_year_plan *plan = y->plan;
    for (uint32_t s = 0; s < plan->year.stores.count; s++) {
        const double share = usable(y, s);
        const mu_ref_list *equipment = &plan->year.stores.items[s].equipment;
        for (uint32_t k = 0; k < equipment->count && share < 1; k++) {
            take_from(plan, &plan->site.equipment.items[equipment->items[k].index], share, moment,
                      out);
        }
    }
}
