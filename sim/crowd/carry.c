/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whoever lies takes part in no step of the motion model; a carried one's place is the carrier's.
 */
#include "crowd/carry.h"

#include "crowd/minds.h"
#include "crowd/parties.h"
#include "crowd/scratch.h"
#include "hazard/smoke.h"
#include "hazard/visibility.h"

/* Share of the free speed with a stretcher between two bearers on the level: planning assumption,
 * to be replaced by the site's own drill times. */
#define STRETCHER_PACE 0.7

void mu_crowd_lie(mu_sim *sim, uint32_t person) {
    mu_sim_restamp(sim, MU_STAMPED_PERSON, person);
    mu_crowd_rest(sim, person);
    if (mu_bodies(sim)[person].mode == MU_BODY_RESTING) {
        mu_body_set_mode(sim, person, MU_BODY_LYING);
    }
}

void mu_crowd_get_up(mu_sim *sim, uint32_t person) {
    if (mu_bodies(sim)[person].mode == MU_BODY_LYING) {
        mu_body_set_mode(sim, person, MU_BODY_RESTING);
    }
}

static void follow(mu_sim *sim, uint32_t patient, uint32_t carrier) {
    mu_body *body = &mu_bodies(sim)[patient];
    const mu_body *other = &mu_bodies(sim)[carrier];
    const bool moves_house = body->area != other->area;
    body->at = body->target = other->at;
    body->heading = other->heading;
    body->area = other->area;
    if (moves_house) {
        mu_body_moved_house(sim, patient);
    }
}

void mu_crowd_lift(mu_sim *sim, uint32_t patient, uint32_t carrier) {
    mu_mind *mind = &mu_minds(sim)[patient];
    mu_crowd(sim)->carried += mind->carrier == MU_NONE;
    mind->carrier = carrier;
    mu_crowd_lie(sim, patient);
    follow(sim, patient, carrier);
}

void mu_crowd_lay_down(mu_sim *sim, uint32_t patient) {
    mu_mind *mind = &mu_minds(sim)[patient];
    if (mind->carrier != MU_NONE) {
        follow(sim, patient, mind->carrier);
        mind->carrier = MU_NONE;
        mu_crowd(sim)->carried--;
    }
}

void mu_crowd_burden(mu_sim *sim, uint32_t person, bool burdened) {
    mu_minds(sim)[person].burdened = burdened;
}

void mu_crowd_take_away(mu_sim *sim, uint32_t person) {
    mu_crowd_lay_down(sim, person);
    mu_sim_restamp(sim, MU_STAMPED_PERSON, person);
    mu_crowd_rest(sim, person);
    mu_body_set_mode(sim, person, MU_BODY_ABSENT);
}

double mu_crowd_pace(const mu_sim *sim, uint32_t person) {
    const double burden = mu_minds(sim)[person].burdened != 0 ? STRETCHER_PACE : 1;
    return burden * mu_smoke_pace(mu_smoke_in(sim, mu_bodies(sim)[person].area)) *
           mu_party_pace(sim, person);
}

void mu_crowd_set_paces(mu_sim *sim) {
    for (uint32_t w = 0; w < sim->scratch->walker_count; w++) {
        const uint32_t person = sim->scratch->walkers[w];
        mu_bodies(sim)[person].pace = (float)mu_crowd_pace(sim, person);
    }
}

void mu_crowd_bring_along(mu_sim *sim) {
    if (mu_crowd(sim)->carried == 0) {
        return;
    }
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (mu_minds(sim)[p].carrier != MU_NONE) {
            follow(sim, p, mu_minds(sim)[p].carrier);
        }
    }
}
