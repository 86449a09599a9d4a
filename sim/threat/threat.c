/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every means takes part in registering, beginning and ending; those that the incident does not
 * have answer at once. */
#include "threat/threat.h"

void mu_threat_register(const mu_threat_plan *plan, const mu_site *site, const mu_people *people,
                        mu_layout *layout) {
    mu_item_register(&plan->item, people, layout);
    mu_release_register(&plan->release, site, people, layout);
    mu_casualty_register(people, layout);
    mu_blast_register(plan->blasts, site, layout);
    mu_second_register(&plan->second, layout);
    mu_hostage_register(&plan->hostage, people, layout);
    mu_intruder_register(&plan->intruder, layout);
}

void mu_threat_clear(mu_sim *sim) {
    mu_casualty_clear(sim);
}

void mu_threat_begin(mu_sim *sim, uint32_t started) {
    mu_item_begin(sim, started);
    mu_release_begin(sim, started);
    mu_second_begin(sim, started);
    mu_blast_begin(sim, started);
    mu_hostage_begin(sim, started);
    mu_intruder_begin(sim, started);
    mu_outage_begin(sim, started);
    mu_call_begin(sim, started);
    mu_vehicle_begin(sim, started);
}

void mu_threat_hear(mu_sim *sim, uint32_t record) {
    mu_hostage_hear(sim, record);
    mu_intruder_hear(sim, record);
    mu_outage_hear(sim, record);
}

void mu_threat_look(mu_sim *sim) {
    mu_hostage_look(sim);
}

bool mu_threat_is_open(const mu_sim *sim) {
    return mu_item_is_open(sim) || mu_release_is_open(sim) || mu_casualty_is_open(sim) ||
           mu_intruder_is_open(sim);
}
