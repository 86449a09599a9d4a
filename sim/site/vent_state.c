/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site/vent_state.h"

void mu_vent_register(const mu_site *site, mu_layout *layout) {
    mu_layout_add(layout, MU_SECTION_VENT, sizeof(mu_vent_now), site->air_units.count);
}

void mu_vent_begin(mu_sim *sim) {
    for (uint32_t u = 0; u < sim->site->air_units.count; u++) {
        mu_vents(sim)[u] = (mu_vent_now){.state = (uint32_t)sim->site->air_units.items[u].state,
                                         .cause = MU_NO_RECORD};
    }
}
