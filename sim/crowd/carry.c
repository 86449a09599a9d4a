/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whoever lies takes part in no step of the motion model; a carried one's place is the carrier's.
 */
#include "crowd/carry.h"

#include "crowd/minds.h"
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
    mu_mind *mind = &mu_minds(sim)[person];
    mu_crowd(sim)->burdened += burdened;
    mu_crowd(sim)->burdened -= mind->burdened;
    mind->burdened = burdened;
}

void mu_crowd_take_away(mu_sim *sim, uint32_t person) {
    mu_crowd_lay_down(sim, person);
    mu_sim_restamp(sim, MU_STAMPED_PERSON, person);
    mu_crowd_rest(sim, person);
    mu_body_set_mode(sim, person, MU_BODY_ABSENT);
}

double mu_crowd_pace(const mu_sim *sim, uint32_t person) {
    const double burden = mu_minds(sim)[person].burdened != 0 ? STRETCHER_PACE : 1;
    return burden * mu_smoke_pace(mu_smoke_in(sim, mu_bodies(sim)[person].area));
}

/* Most walk next to somebody of their own area in the list, and nobody carries anything. */
void mu_crowd_set_paces(mu_sim *sim) {
    const mu_crowd_scratch *scratch = sim->scratch;
    mu_body *bodies = mu_bodies(sim);
    const bool any_burdened = mu_crowd(sim)->burdened > 0;
    uint32_t area = MU_NONE;
    float in_area = 1;
    for (uint32_t w = 0; w < scratch->walker_count; w++) {
        const uint32_t person = scratch->walkers[w];
        if (bodies[person].area != area) {
            area = bodies[person].area;
            in_area = (float)mu_smoke_pace(mu_smoke_in(sim, area));
        }
        bodies[person].pace = any_burdened ? (float)mu_crowd_pace(sim, person) : in_area;
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
