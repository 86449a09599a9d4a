/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the site lives on and may lose: mains power, and its channels. What hangs on power works
 * again as soon as the standby supply does. */
#ifndef MU_SITE_SERVICE_STATE_H
#define MU_SITE_SERVICE_STATE_H

#include "core/sim.h"
#include "site/site.h"

/* One for power (the first), then one per channel. */
typedef struct mu_service_now {
    uint32_t down;    /* 1 = lost */
    uint32_t standby; /* power: 1 = the standby supply runs */
    uint32_t since;   /* record that it went down, or came back, with; MU_NO_RECORD */
    uint32_t relief; /* channel: 1 = brought up again by other means, a mobile base station */
} mu_service_now;

void mu_service_register(const mu_site *site, mu_layout *layout);
void mu_service_begin(mu_sim *sim);
static inline mu_service_now *mu_services(const mu_sim *sim) {
    return (mu_service_now *)mu_world_section(&sim->world, MU_SECTION_SERVICE);
}
/* Is there power, of the mains or standby? */
bool mu_power_is_on(const mu_sim *sim);
/* Is the channel up, and has it the power that it needs? */
bool mu_channel_is_up(const mu_sim *sim, uint32_t channel);
/* Messages that the channel carries at the same time, as it is now; 0 = no limit. */
uint32_t mu_channel_lines(const mu_sim *sim, uint32_t channel);
/* What is blind for want of power is looked at again so often: once it has power, it sees. */
#define MU_BLIND_LOOK_US (60 * MU_SECOND)

/* Has a sensor or camera the power that it needs? */
static inline bool mu_equipment_works(const mu_sim *sim, const mu_equipment *thing) {
    return !thing->needs_power || mu_power_is_on(sim);
}

/* Does any radio channel, as long as it is up, reach this space? Lifts need none. */
bool mu_space_has_radio(const mu_site *site, uint32_t space);

#endif
