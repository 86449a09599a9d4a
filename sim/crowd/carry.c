/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whoever lies takes part in no step of the motion model; a carried one's place is the carrier's.
 */
#include "crowd/carry.h"

#include <math.h>

#include "core/i18n.h"
#include "crowd/minds.h"
#include "crowd/parties.h"
#include "crowd/scratch.h"
#include "crowd/throughput.h"
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

void mu_crowd_burden(mu_sim *sim, uint32_t person, mu_burden burden) {
    mu_mind *mind = &mu_minds(sim)[person];
    mu_crowd(sim)->burdened += burden != MU_BURDEN_NONE;
    mu_crowd(sim)->burdened -= mind->burdened != MU_BURDEN_NONE;
    mind->burdened = (uint32_t)burden;
}

const char *mu_burden_name(mu_burden burden) {
    static const char *const names[MU_BURDEN_COUNT] = {
        [MU_BURDEN_NONE] = "",
        [MU_BURDEN_STRETCHER] = N_("a stretcher"),
        [MU_BURDEN_EVACUATION_CHAIR] = N_("an evacuation chair"),
        [MU_BURDEN_CARRY_CHAIR] = N_("a carry chair"),
        [MU_BURDEN_BY_HAND] = N_("their hands"),
    };
    return names[burden < MU_BURDEN_COUNT ? burden : MU_BURDEN_NONE];
}

double mu_burden_stair_mps(mu_burden burden) {
    return burden == MU_BURDEN_EVACUATION_CHAIR ? 0.81 : 0.57;
}

uint32_t mu_burden_bearers(mu_burden burden) {
    return burden == MU_BURDEN_NONE ? 0 : burden == MU_BURDEN_EVACUATION_CHAIR ? 1 : 2;
}

void mu_crowd_take_away(mu_sim *sim, uint32_t person) {
    mu_crowd_lay_down(sim, person);
    mu_sim_restamp(sim, MU_STAMPED_PERSON, person);
    mu_crowd_rest(sim, person);
    mu_body_set_mode(sim, person, MU_BODY_ABSENT);
}

/* An evacuation chair rolls on the level; down stairs everything has a speed of its own. */
static double burden_pace(const mu_sim *sim, uint32_t person) {
    const mu_burden burden = (mu_burden)mu_minds(sim)[person].burdened;
    const mu_body *body = &mu_bodies(sim)[person];
    if (burden == MU_BURDEN_NONE) {
        return 1;
    }
    if (mu_walkable_area(sim->walkable, body->area)->stair != MU_NONE && body->down_mps > 0) {
        return fmin(mu_burden_stair_mps(burden) / (double)body->down_mps, 1);
    }
    return burden == MU_BURDEN_EVACUATION_CHAIR ? 1 : STRETCHER_PACE;
}

/* What a running belt makes of somebody's own speed on a stair. */
static double belt_pace(const mu_sim *sim, uint32_t person) {
    const mu_body *body = &mu_bodies(sim)[person];
    const uint32_t portal = mu_walkable_area(sim->walkable, body->area)->stair;
    if (portal == MU_NONE || !mu_belt_runs(sim, portal)) {
        return 1;
    }
    const uint32_t mouth = mu_body_mouth(sim->scratch, body);
    const bool up = mouth != MU_NONE ? sim->scratch->mouths[mouth].a.y > body->at.y
                                     : sim->site->portals.items[portal].belt == MU_BELT_UP;
    const double own = (double)(up ? body->up_mps : body->down_mps);
    return own > 0 ? mu_belt_speed(sim, portal, up, own) / own : 1;
}

double mu_crowd_pace(const mu_sim *sim, uint32_t person) {
    const double pace = mu_smoke_pace(mu_smoke_in(sim, mu_bodies(sim)[person].area));
    return pace * burden_pace(sim, person) * belt_pace(sim, person) * mu_party_pace(sim, person);
}

/* Most walk next to somebody of their own area in the list, on no belt; and where nobody carries
 * anything or belongs to a party, all there have one pace. */
void mu_crowd_set_paces(mu_sim *sim) {
    const mu_crowd_scratch *scratch = sim->scratch;
    mu_body *bodies = mu_bodies(sim);
    const bool any_own = mu_crowd(sim)->burdened > 0 || sim->people->parties.count > 0;
    uint32_t area = MU_NONE;
    float in_area = 1;
    bool on_belt = false;
    for (uint32_t w = 0; w < scratch->walker_count; w++) {
        const uint32_t person = scratch->walkers[w];
        mu_body *body = &bodies[person];
        if (body->area != area) {
            area = body->area;
            in_area = (float)mu_smoke_pace(mu_smoke_in(sim, area));
            const uint32_t stair = mu_walkable_area(sim->walkable, area)->stair;
            on_belt = stair != MU_NONE && mu_belt_runs(sim, stair);
        }
        const float pace = any_own || on_belt ? (float)mu_crowd_pace(sim, person) : in_area;
        if (body->pace != pace) { /* as a rule it is the same, and nothing need be written */
            body->pace = pace;
        }
    }
}

/* Are those who were carried when last asked, all of them? */
static bool are_known(const mu_sim *sim, uint32_t count) {
    const uint32_t *known = sim->scratch->carried;
    bool same = count <= MU_CARRIED_KEPT;
    for (uint32_t k = 0; same && k < count; k++) {
        same = (k == 0 || known[k] > known[k - 1]) && mu_minds(sim)[known[k]].carrier != MU_NONE;
    }
    return same;
}

void mu_crowd_bring_along(mu_sim *sim) {
    const uint32_t count = mu_crowd(sim)->carried;
    uint32_t *known = sim->scratch->carried;
    const mu_mind *minds = mu_minds(sim);
    if (are_known(sim, count)) {
        for (uint32_t k = 0; k < count; k++) {
            follow(sim, known[k], minds[known[k]].carrier);
        }
        return;
    }
    uint32_t left = count;
    for (uint32_t p = 0; left > 0 && p < sim->people->list.count; p++) {
        if (minds[p].carrier != MU_NONE) {
            follow(sim, p, minds[p].carrier);
            if (count - left < MU_CARRIED_KEPT) {
                known[count - left] = p;
            }
            left--;
        }
    }
}
