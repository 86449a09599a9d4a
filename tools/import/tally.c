/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures of an import, counted once for both forms of the report. */
#include "tools/import/output.h"

mu_tally mu_draft_tally(const mu_draft *draft, int when) {
    mu_tally tally = {0};
    for (uint32_t i = 0; i < draft->units.count; i++) {
        const mu_draft_unit *unit = &draft->units.items[i];
        if (!unit->kept || unit->outdoor) {
            continue;
        }
        tally.units++;
        tally.area_m2 += unit->area_m2;
        if (unit->use == MU_USE_LIFT) {
            tally.lifts++;
        } else if (unit->reaches_out[when]) {
            tally.out++;
        } else {
            tally.lost++;
            tally.lost_m2 += unit->area_m2;
        }
    }
    for (uint32_t i = 0; i < draft->portals.count; i++) {
        const mu_draft_portal *portal = &draft->portals.items[i];
        bool counts = when == 1 || portal->from == MU_FROM_OPENING;
        tally.exits += counts && mu_portal_is_exit(draft, portal);
    }
    return tally;
}

double mu_unit_persons(const mu_draft *draft, uint32_t unit) {
    const mu_draft_unit *held = &draft->units.items[unit];
    uint32_t loading = mu_loading_of(held->category, held->use);
    for (uint32_t i = 0; i < draft->groups.count; i++) {
        const mu_draft_group *group = &draft->groups.items[i];
        if (group->level == held->level && group->loading == loading && group->area_m2 > 0) {
            return (double)group->count * held->area_m2 / group->area_m2;
        }
    }
    return 0;
}
