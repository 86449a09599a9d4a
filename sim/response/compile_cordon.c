/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which way is in: the inside of a cordon is what hangs together with the incident's place when the
 * cordon's own portals are taken away. */
#include <string.h>

#include "core/i18n.h"
#include "response/compile.h"

static bool has_label(const mu_site *site, uint32_t portal, const char *label) {
    const char *zone = site->portals.items[portal].zone;
    return zone != NULL && strcmp(zone, label) == 0;
}

static bool is_on_line(const mu_site *site, uint32_t portal, const mu_string_list *labels) {
    for (uint32_t i = 0; i < labels->count; i++) {
        if (has_label(site, portal, labels->items[i])) {
            return true;
        }
    }
    return false;
}

/* Can one go in by this gate, out of its area on `side`, as the site gives the portal? */
static bool lets_in(const mu_site *site, const mu_gate *gate, int side) {
    switch (site->portals.items[gate->portal].state) {
    case MU_PORTAL_OPEN:
    case MU_PORTAL_WAIT:
    case MU_PORTAL_LOCKED:
        return true;
    case MU_PORTAL_CLOSED:
        return false;
    case MU_PORTAL_EXIT_ONLY:
    case MU_PORTAL_ONE_WAY:
        return side == 0;
    }
    return false;
}

/* Marks every area from which those marked can be reached without a portal on the line. */
static void spread(const mu_compiler *c, const mu_string_list *labels, bool *inside) {
    const mu_walkable *walkable = c->given->walkable;
    for (bool more = true; more;) {
        more = false;
        for (uint32_t g = 0; g < 2 * mu_walkable_gate_count(walkable); g++) {
            const mu_gate *gate = mu_walkable_gate(walkable, g / 2);
            const int side = (int)(g % 2);
            const uint32_t here = gate->area[side], there = gate->area[1 - side];
            if (here != MU_NONE && there != MU_NONE && inside[there] && !inside[here] &&
                lets_in(c->given->site, gate, side) &&
                !is_on_line(c->given->site, gate->portal, labels)) {
                inside[here] = more = true;
            }
        }
    }
}

/* The side of a portal that is inside, as a space; MU_NONE if it does not divide. */
static uint32_t inside_of(const mu_compiler *c, uint32_t portal, const bool *inside) {
    const mu_portal *given = &c->given->site->portals.items[portal];
    const bool first = inside[given->between.items[0].index];
    const bool second = given->between.count > 1 && inside[given->between.items[1].index];
    return first == second ? MU_NONE : given->between.items[first ? 0 : 1].index;
}

static void list_portals(mu_compiler *c, mu_step_plan *step, const bool *inside) {
    uint32_t within = 0;
    for (uint32_t p = 0; p < c->given->site->portals.count; p++) {
        const mu_portal_state state = c->given->site->portals.items[p].state;
        if (!is_on_line(c->given->site, p, &step->given->closes) || state == MU_PORTAL_CLOSED) {
            continue;
        }
        const uint32_t space = inside_of(c, p, inside);
        within +=
            space == MU_NONE && inside[c->given->site->portals.items[p].between.items[0].index];
        if (space != MU_NONE) {
            step->cordon.items[step->cordon.count++] = (mu_cordon_portal){p, space};
        }
    }
    if (within > 0 || step->cordon.count == 0) {
        mu_diags_add(c->diags, MU_WARNING, "playbook.no-inside", step->given->origin,
                     _("label every portal on the line of the cordon: one can still get round it"),
                     _("step '%s': %u portals with its labels have the inside of the cordon on "
                       "both sides, and %u divide it from the outside"),
                     step->given->id, within, step->cordon.count);
    }
}

static void check_labels(mu_compiler *c, const mu_step_plan *step) {
    const mu_string_list *labels = &step->given->closes;
    for (uint32_t i = 0; i < labels->count; i++) {
        bool used = false;
        for (uint32_t p = 0; p < c->given->site->portals.count; p++) {
            used = used || has_label(c->given->site, p, labels->items[i]);
        }
        if (!used) {
            mu_diags_add(c->diags, MU_ERROR, "playbook.no-portals", step->given->origin,
                         _("give the portals this label as their 'zone'"),
                         _("step '%s': no portal of the site is labelled '%s'"), step->given->id,
                         labels->items[i]);
        }
    }
}

void mu_compile_cordon(mu_compiler *c, mu_step_plan *step) {
    if (step->given->closes.count == 0) {
        return;
    }
    check_labels(c, step);
    const uint32_t areas = mu_walkable_area_count(c->given->walkable);
    bool *inside = mu_arena_array(c->arena, (size_t)areas + 1, sizeof *inside);
    step->cordon.items = mu_arena_array(c->arena, (size_t)c->given->site->portals.count + 1,
                                        sizeof *step->cordon.items);
    if (inside == NULL || step->cordon.items == NULL) {
        c->no_memory = true;
        return;
    }
    if (c->given->scene.space == MU_NONE) {
        mu_diags_add(c->diags, MU_ERROR, "playbook.no-item", step->given->origin,
                     _("use this playbook with an incident that has a place"),
                     _("step '%s' closes a cordon, but the incident has no place to close off"),
                     step->given->id);
        return;
    }
    inside[c->given->scene.space] = true;
    spread(c, &step->given->closes, inside);
    list_portals(c, step, inside);
}
