/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A vehicle at a gate: somebody may notice that something is wrong with it, and at a time that the
 * planner gives it drives on. Whether it gets through is a matter of the barrier: is it up, and is
 * it rated for that mass? */
#ifndef MU_THREAT_VEHICLE_H
#define MU_THREAT_VEHICLE_H

#include "core/dist.h"
#include "core/given.h"
#include "core/sim.h"

typedef struct mu_vehicle_given {
    double at_s;  /* it stands at the gate, from the start of the incident */
    mu_ref gate;  /* portal */
    mu_ref space; /* where it stands */
    mu_point at;
    double mass_t;
    double notice_chance; /* that the guards there see that something is wrong */
    double notice_m;      /* guards who are that near can notice it */
    mu_dist notice_s;
    double drives_at_s; /* it drives on; 0 = it does not */
    double seen_m;      /* people outdoors who are that near see it break in, or be stopped */
} mu_vehicle_given;

extern const struct mu_record_type mu_vehicle_type;

typedef struct mu_vehicle_plan {
    const mu_vehicle_given *given; /* NULL: this incident has none */
    uint32_t word_vehicle, word_guard, word_staff, word_barrier, word_bollards;
} mu_vehicle_plan;

void mu_vehicle_begin(mu_sim *sim, uint32_t started);

/* Handlers. */
void mu_vehicle_on_arrives(mu_sim *sim, const mu_event *event);
void mu_vehicle_on_noticed(mu_sim *sim, const mu_event *event);
void mu_vehicle_on_drives(mu_sim *sim, const mu_event *event);

#endif
