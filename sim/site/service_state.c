/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site/service_state.h"

void mu_service_register(const mu_site *site, mu_layout *layout) {
    mu_layout_add(layout, MU_SECTION_SERVICE, sizeof(mu_service_now), site->channels.count + 1);
}

void mu_service_begin(mu_sim *sim) {
    for (uint32_t i = 0; i <= sim->site->channels.count; i++) {
        mu_services(sim)[i] = (mu_service_now){.since = MU_NO_RECORD};
    }
}

bool mu_power_is_on(const mu_sim *sim) {
    return mu_services(sim)[0].down == 0 || mu_services(sim)[0].standby != 0;
}

bool mu_channel_is_up(const mu_sim *sim, uint32_t channel) {
    return mu_services(sim)[channel + 1].down == 0 &&
           (!sim->site->channels.items[channel].needs_power || mu_power_is_on(sim));
}

uint32_t mu_channel_lines(const mu_sim *sim, uint32_t channel) {
    const mu_channel *given = &sim->site->channels.items[channel];
    const bool relief = mu_services(sim)[channel + 1].relief != 0 && given->relief_lines > 0;
    return (uint32_t)(relief ? given->relief_lines : given->lines);
}

bool mu_space_has_radio(const mu_site *site, uint32_t space) {
    bool has = site->spaces.items[space].use == MU_USE_LIFT;
    for (uint32_t c = 0; c < site->channels.count; c++) {
        const mu_channel *channel = &site->channels.items[c];
        has = has ||
              (channel->kind == MU_CHANNEL_RADIO && !mu_ref_list_has(&channel->dead_spaces, space));
    }
    return has;
}
