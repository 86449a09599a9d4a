/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each air-handling unit is doing now: a part of the world. */
#ifndef MU_SITE_VENT_STATE_H
#define MU_SITE_VENT_STATE_H

#include "core/sim.h"
#include "site/site.h"

typedef struct mu_vent_now {
    uint32_t state; /* mu_air_unit_state */
    uint32_t cause; /* record that follows its last change; MU_NO_RECORD */
} mu_vent_now;

/* One mu_vent_now per unit of the site. */
void mu_vent_register(const mu_site *site, mu_layout *layout);
void mu_vent_begin(mu_sim *sim);
static inline mu_vent_now *mu_vents(const mu_sim *sim) {
    return (mu_vent_now *)mu_world_section(&sim->world, MU_SECTION_VENT);
}

#endif
