/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Portal states at the start of a run and the rule of who may pass which way. */
#include "site/portal_state.h"

void mu_portal_register(const mu_site *site, mu_layout *layout) {
    mu_layout_add(layout, MU_SECTION_PORTAL, sizeof(mu_portal_now), site->portals.count);
}

void mu_portal_begin(mu_sim *sim) {
    mu_portal_now *now = mu_portals(sim);
    for (uint32_t p = 0; p < sim->site->portals.count; p++) {
        const uint32_t state = (uint32_t)sim->site->portals.items[p].state;
        now[p] = (mu_portal_now){.state = state,
                                 .target = state,
                                 .order = MU_NO_RECORD,
                                 .cause = MU_NO_RECORD,
                                 .from = sim->site->portals.items[p].between.items[0].index};
    }
}

bool mu_portal_passable(const mu_sim *sim, uint32_t portal, uint32_t from_space) {
    if (mu_portals(sim)[portal].waits == from_space + 1) {
        return false;
    }
    switch ((mu_portal_state)mu_portals(sim)[portal].state) {
    case MU_PORTAL_OPEN:
        return true;
    case MU_PORTAL_CLOSED:
    case MU_PORTAL_WAIT:
        return false;
    case MU_PORTAL_EXIT_ONLY:
    case MU_PORTAL_ONE_WAY:
    case MU_PORTAL_LOCKED:
        return mu_portals(sim)[portal].from == from_space;
    }
    return false;
}
