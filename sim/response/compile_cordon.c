/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which way is in: the inside of a cordon is what hangs together with the incident's place when the
 * cordon's own portals are taken away. */
#include <string.h>

#include "core/i18n.h"
#include "response/compile.h"

static bool is_labelled(const mu_site *site, uint32_t portal, const char *label) {
    const char *zone = site->portals.items[portal].zone;
    return zone != NULL && strcmp(zone, label) == 0;
}

/* Marks every area that can be reached from those marked without a portal of this label. */
static void spread(const mu_compiler *c, const char *label, bool *inside) {
    const mu_walkable *walkable = c->given->walkable;
    for (bool more = true; more;) {
        more = false;
        for (uint32_t g = 0; g < mu_walkable_gate_count(walkable); g++) {
            const mu_gate *gate = mu_walkable_gate(walkable, g);
            const uint32_t a = gate->area[0], b = gate->area[1];
            if (b != MU_NONE && inside[a] != inside[b] &&
                !is_labelled(c->given->site, gate->portal, label)) {
                inside[a] = inside[b] = more = true;
            }
        }
    }
}

static void warn_of(mu_compiler *c, const mu_step_plan *step, uint32_t portal) {
    mu_diags_add(c->diags, MU_WARNING, "playbook.no-inside", step->given->origin,
                 _("label every portal on the line of the cordon, and no other"),
                 _("step '%s': portal '%s' does not divide the inside of the cordon from its "
                   "outside, and stays as it is"),
                 step->given->id, c->given->site->portals.items[portal].id);
}

/* The side of a portal that is inside, as a space; MU_NONE if it does not divide. */
static uint32_t inside_of(const mu_compiler *c, uint32_t portal, const bool *inside) {
    const mu_portal *given = &c->given->site->portals.items[portal];
    const bool first = inside[given->between.items[0].index];
    const bool second = given->between.count > 1 && inside[given->between.items[1].index];
    return first == second ? MU_NONE : given->between.items[first ? 0 : 1].index;
}

static void list_portals(mu_compiler *c, mu_step_plan *step, const bool *inside) {
    const char *label = step->given->closes;
    uint32_t labelled = 0;
    for (uint32_t p = 0; p < c->given->site->portals.count; p++) {
        if (!is_labelled(c->given->site, p, label)) {
            continue;
        }
        labelled++;
        const uint32_t space = inside_of(c, p, inside);
        if (space == MU_NONE) {
            warn_of(c, step, p);
        } else {
            step->cordon.items[step->cordon.count++] = (mu_cordon_portal){p, space};
        }
    }
    if (labelled == 0) {
        mu_diags_add(c->diags, MU_ERROR, "playbook.no-portals", step->given->origin,
                     _("give the portals this label as their 'zone'"),
                     _("step '%s': no portal of the site is labelled '%s'"), step->given->id,
                     label);
    }
}

void mu_compile_cordon(mu_compiler *c, mu_step_plan *step) {
    if (step->given->closes == NULL) {
        return;
    }
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
    spread(c, step->given->closes, inside);
    list_portals(c, step, inside);
}
