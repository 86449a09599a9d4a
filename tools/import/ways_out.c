/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who can get out: spaces and portals as a graph, walked from the outdoor spaces inward. Lifts
 * carry nobody, so a way that passes a lift is none. */
#include "tools/import/draft.h"

#include <string.h>

static bool is_passable(const mu_draft *draft, const mu_draft_portal *portal) {
    const mu_draft_unit *a = &draft->units.items[portal->between[0]];
    const mu_draft_unit *b = &draft->units.items[portal->between[1]];
    return a->kept && b->kept && a->use != MU_USE_LIFT && b->use != MU_USE_LIFT;
}

/* Spreads a component number from one unit over all that it is joined to. */
static void spread(mu_draft *draft, uint32_t from, uint32_t component, int when,
                   uint32_t *waiting) {
    uint32_t count = 0;
    waiting[count++] = from;
    draft->units.items[from].component[when] = component;
    while (count > 0) {
        uint32_t at = waiting[--count];
        for (uint32_t i = 0; i < draft->portals.count; i++) {
            const mu_draft_portal *portal = &draft->portals.items[i];
            uint32_t side = portal->between[0] == at ? 0 : portal->between[1] == at ? 1 : 2;
            if (side == 2 || !is_passable(draft, portal)) {
                continue;
            }
            uint32_t next = portal->between[1 - side];
            if (draft->units.items[next].component[when] == MU_NONE) {
                draft->units.items[next].component[when] = component;
                waiting[count++] = next;
            }
        }
    }
}

static void count_portals(mu_draft *draft, int when) {
    for (uint32_t i = 0; i < draft->portals.count; i++) {
        const mu_draft_portal *portal = &draft->portals.items[i];
        if (is_passable(draft, portal)) {
            draft->units.items[portal->between[0]].portals[when]++;
            draft->units.items[portal->between[1]].portals[when]++;
        }
    }
}

void mu_draft_trace(mu_draft *draft, int with_overlay) {
    uint32_t count = draft->units.count;
    uint32_t *waiting = mu_draft_alloc(draft, count, sizeof *waiting);
    bool *is_out = mu_draft_alloc(draft, count, sizeof *is_out);
    for (uint32_t i = 0; i < count; i++) {
        draft->units.items[i].component[with_overlay] = MU_NONE;
        draft->units.items[i].portals[with_overlay] = 0;
    }
    count_portals(draft, with_overlay);
    uint32_t components = 0;
    for (uint32_t i = 0; i < count; i++) {
        const mu_draft_unit *unit = &draft->units.items[i];
        if (unit->kept && unit->component[with_overlay] == MU_NONE) {
            spread(draft, i, components++, with_overlay, waiting);
        }
        if (unit->kept && unit->outdoor) {
            is_out[unit->component[with_overlay]] = true;
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        mu_draft_unit *unit = &draft->units.items[i];
        unit->reaches_out[with_overlay] = unit->kept && is_out[unit->component[with_overlay]];
    }
}

/* The first units that a unit's portals lead to, as a list of ids. */
static const char *neighbours_of(mu_draft *draft, uint32_t unit) {
    const char *list = "";
    uint32_t count = 0;
    for (uint32_t i = 0; i < draft->portals.count; i++) {
        const mu_draft_portal *portal = &draft->portals.items[i];
        uint32_t side = portal->between[0] == unit ? 0 : portal->between[1] == unit ? 1 : 2;
        if (side == 2) {
            continue;
        }
        const char *id = draft->units.items[portal->between[1 - side]].id;
        if (count < 3 && strstr(list, id) == NULL) {
            list = mu_draft_print(draft, "%s%s%s", list, count > 0 ? ", " : "", id);
            count++;
        }
    }
    return list;
}

static bool has_exit(const mu_draft *draft, uint32_t building, int when) {
    for (uint32_t i = 0; i < draft->units.count; i++) {
        const mu_draft_unit *unit = &draft->units.items[i];
        if (unit->kept && unit->outdoor && unit->portals[when] > 0 &&
            draft->levels.items[unit->level].building == building) {
            return true;
        }
    }
    return false;
}

const char *mu_draft_why_no_way_out(mu_draft *draft, uint32_t unit, int with_overlay,
                                    const char **code) {
    const mu_draft_unit *lost = &draft->units.items[unit];
    const char *told;
    const char *word;
    if (lost->portals[with_overlay] == 0) {
        const char *leads = neighbours_of(draft, unit);
        word = leads[0] != '\0' ? "lift-only" : "no-opening";
        told = leads[0] != '\0' ? mu_draft_print(draft, _("opens only to a lift: %s"), leads)
                                : _("has no opening at all");
    } else if (!has_exit(draft, draft->levels.items[lost->level].building, with_overlay)) {
        word = "no-exterior-door";
        told = mu_draft_print(draft, _("leads to %s, but the building has no door to the outside"),
                              neighbours_of(draft, unit));
    } else {
        word = "leads-nowhere";
        told = mu_draft_print(draft, _("leads only to %s, from where there is no way out"),
                              neighbours_of(draft, unit));
    }
    if (code != NULL) {
        *code = word;
    }
    return told;
}
