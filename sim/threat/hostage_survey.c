/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the place means for the spaces around it: which are in sight, and from where it can be
 * closed off without being seen. Made once, with the plan. */
#include <math.h>

#include "site/line_of_sight.h"
#include "site/plane.h"
#include "threat/hostage.h"

#define OFF_THE_DOOR_M 1.5 /* of those who wait beside it, out of sight */

static void mark_refs(const mu_ref_list *list, bool *areas) {
    for (uint32_t i = 0; i < list->count; i++) {
        areas[list->items[i].index] = true;
    }
}

static bool is_passage(const mu_site *site, const mu_area *area) {
    if (area->space == MU_NONE) {
        return false;
    }
    const mu_use use = site->spaces.items[area->space].use;
    return use == MU_USE_CORRIDOR || use == MU_USE_LOBBY || use == MU_USE_STAIR ||
           use == MU_USE_OUTDOOR;
}

/* Beside a gate that leads into what is in sight, in an area that is not. */
static bool stand_beside(const mu_walkable *walkable, const mu_gate *gate, int side,
                         mu_point *out) {
    const mu_point middle = mu_plane_scale(mu_plane_add(gate->a[side], gate->b[side]), 0.5);
    const mu_point along = mu_plane_unit(mu_plane_sub(gate->b[side], gate->a[side]));
    const mu_point in = mu_plane_along(middle, gate->inward[side], OFF_THE_DOOR_M / 2);
    const mu_point beside = mu_plane_along(in, along, gate->width_m / 2 + OFF_THE_DOOR_M / 2);
    return mu_area_clamp(walkable, gate->area[side], beside, 0.3, out) ||
           mu_area_clamp(walkable, gate->area[side], in, 0.3, out);
}

/* The nearest such place; passages before rooms, where people may have locked themselves in. */
static mu_goal find_approach(const mu_site *site, const mu_walkable *walkable,
                             const mu_hostage_plan *plan) {
    mu_goal best = {.kind = MU_GOAL_POINT, .area = plan->area, .at = plan->given->at};
    double best_m = INFINITY;
    for (int only_passages = 1; only_passages >= 0 && isinf(best_m); only_passages--) {
        for (uint32_t g = 0; g < 2 * mu_walkable_gate_count(walkable); g++) {
            const mu_gate *gate = mu_walkable_gate(walkable, g / 2);
            const int side = (int)(g % 2);
            const uint32_t here = gate->area[side], there = gate->area[1 - side];
            mu_point at;
            if (here == MU_NONE || there == MU_NONE || plan->exposed[here] ||
                !plan->exposed[there] || mu_walkable_area(walkable, here)->space == MU_NONE ||
                (only_passages != 0 && !is_passage(site, mu_walkable_area(walkable, here))) ||
                !stand_beside(walkable, gate, side, &at)) {
                continue;
            }
            const double metres = mu_plane_distance(at, plan->given->at);
            if (metres < best_m) {
                best_m = metres;
                best = (mu_goal){.kind = MU_GOAL_POINT, .area = here, .at = at};
            }
        }
    }
    return best;
}

bool mu_hostage_survey(const mu_site *site, const mu_walkable *walkable,
                       const mu_hostage_given *given, mu_arena *arena, mu_hostage_plan *out) {
    const uint32_t areas = mu_walkable_area_count(walkable);
    bool *core = mu_arena_array(arena, (size_t)areas + 1, sizeof *core);
    bool *exposed = mu_arena_array(arena, (size_t)areas + 1, sizeof *exposed);
    uint64_t *portals =
        mu_arena_array(arena, (size_t)mu_belief_words(site->portals.count) + 1, sizeof *portals);
    if (core == NULL || exposed == NULL || portals == NULL) {
        return false;
    }
    *out = (mu_hostage_plan){.given = given, .area = given->space.index};
    core[out->area] = given->holds_in.count == 0;
    mark_refs(&given->holds_in, core);
    exposed[out->area] = true;
    mark_refs(&given->holds_in, exposed);
    mark_refs(&given->line_of_sight, exposed);
    mu_line_of_sight_mark(walkable, out->area, given->at, exposed);
    out->core = core;
    out->exposed = exposed;
    out->shun = mu_shun_of(site, walkable, exposed, portals);
    out->approach = find_approach(site, walkable, out);
    return true;
}
