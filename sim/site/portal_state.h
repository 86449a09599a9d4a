/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each portal is doing now: the site's own part of the world. */
#ifndef MU_SITE_PORTAL_STATE_H
#define MU_SITE_PORTAL_STATE_H

#include "core/sim.h"
#include "site/site.h"

typedef struct mu_portal_now {
    uint32_t state;  /* mu_portal_state now */
    uint32_t target; /* what it was last ordered to be */
    uint32_t order;  /* record of that order; MU_NO_RECORD = none yet */
    uint32_t cause;  /* record that follows its movement */
    uint32_t lost;   /* 1 = destroyed: stays closed whatever is ordered */
    uint32_t from;   /* exit only, one way, locked: the space out of which it can be passed */
    uint32_t waits;  /* 1 + a space out of which nobody passes for the moment; 0 = none */
} mu_portal_now;

/* One mu_portal_now per portal of the site. */
void mu_portal_register(const mu_site *site, mu_layout *layout);
void mu_portal_begin(mu_sim *sim);
static inline mu_portal_now *mu_portals(const mu_sim *sim) {
    return (mu_portal_now *)mu_world_section(&sim->world, MU_SECTION_PORTAL);
}
/* Can anyone pass from `space` through this portal now? (Closed for the moment counts as no.) */
bool mu_portal_passable(const mu_sim *sim, uint32_t portal, uint32_t from_space);

#endif
