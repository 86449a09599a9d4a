/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By `flow` somebody's way gets shorter by their pace on the leg, and by what moves the queue
 * before them; everything else about them is in what they want and know. */
#include "crowd/party_calm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "crowd/flow.h"
#include "crowd/scratch.h"

#define EARLY_US 1000 /* what rounding may make of a moment, and much more */
#define LONG_S   3600

static mu_party_calm *calm_of(const mu_sim *sim, uint32_t party) {
    mu_crowd_scratch *scratch = sim->scratch;
    if (scratch->party_calm == NULL) {
        scratch->party_calm =
            calloc((size_t)sim->people->parties.count + 1, sizeof *scratch->party_calm);
    }
    return scratch->party_calm != NULL ? &scratch->party_calm[party] : NULL;
}

static uint64_t mix(uint64_t sum, uint64_t word) {
    sum = (sum ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return sum ^ sum >> 32;
}

/* What somebody wants and knows (all that matters stands in the first line of their mind), where
 * they are, and how the queue stands that they make for. */
static uint64_t mix_person(const mu_sim *sim, uint64_t sum, uint32_t person) {
    const mu_body *body = &mu_bodies(sim)[person];
    const mu_flow_leg *leg = &mu_flow_legs(sim)[person];
    uint64_t mind[8];
    memcpy(mind, &mu_minds(sim)[person], sizeof mind);
    for (size_t k = 0; k < sizeof mind / sizeof mind[0]; k++) {
        sum = mix(sum, mind[k]);
    }
    sum = mix(sum, (uint64_t)body->area << 32 | body->mode << 8 | leg->doing);
    sum = mix(sum, (uint64_t)leg->number << 32 | leg->mouth);
    if (leg->mouth != MU_NONE) {
        const mu_flow_side *side = mu_flow_side_of(sim, leg->mouth);
        sum = mix(sum, (uint64_t)side->waiting << 32 | side->tickets);
    }
    return sum;
}

static uint64_t stand_of(const mu_sim *sim, uint32_t party) {
    const mu_party *given = &sim->people->parties.items[party];
    uint64_t sum = (uint64_t)mu_crowd(sim)->alarm << 32 | mu_crowd(sim)->all_by_lift;
    for (uint32_t k = 0; k < given->count; k++) {
        sum = mix_person(sim, sum, given->members[k]);
    }
    return sum;
}

const mu_party_calm *mu_party_is_calm(const mu_sim *sim, uint32_t party, uint32_t mood) {
    const mu_party_calm *calm = mu_flow_is_on(sim) ? calm_of(sim, party) : NULL;
    const bool holds = calm != NULL && calm->known && calm->mood == mood &&
                       mu_sim_now(sim) < calm->until_us && calm->seen == stand_of(sim, party);
    return holds ? calm : NULL;
}

void mu_party_keep_calm(const mu_sim *sim, uint32_t party, uint32_t mood, bool waiting,
                        mu_time until_us) {
    mu_party_calm *calm = mu_flow_is_on(sim) ? calm_of(sim, party) : NULL;
    if (calm != NULL && until_us > mu_sim_now(sim)) {
        *calm = (mu_party_calm){.known = true,
                                .waiting = waiting,
                                .mood = mood,
                                .seen = stand_of(sim, party),
                                .until_us = until_us};
    }
}

/* Level metres a second that somebody gets nearer, at the most. */
static double pace_of(const mu_sim *sim, uint32_t person) {
    const mu_body *body = &mu_bodies(sim)[person];
    const mu_flow_leg *leg = &mu_flow_legs(sim)[person];
    return body->mode != MU_BODY_WALKING || leg->doing == MU_FLOW_WAITING
               ? 0
               : leg->mps * mu_walkable_area(sim->walkable, body->area)->slope;
}

/* Until when they are sure to keep that pace, as the queue before them stands; 0: not even now. */
static mu_time keeps_pace_us(const mu_sim *sim, uint32_t person) {
    const mu_flow_leg *leg = &mu_flow_legs(sim)[person];
    const double free_m =
        leg->metres - mu_flow_queue_m(sim, leg->mouth, mu_flow_side_of(sim, leg->mouth)->waiting);
    return free_m <= 0 || leg->start_us > mu_sim_now(sim)
               ? 0
               : leg->start_us + mu_time_from_s(free_m / leg->mps) - EARLY_US;
}

mu_time mu_party_gains_us(const mu_sim *sim, uint32_t one, uint32_t other, double metres) {
    const mu_time now_us = mu_sim_now(sim);
    double pace = pace_of(sim, one);
    mu_time until_us = now_us + LONG_S * MU_SECOND;
    const double others = pace > 0 ? pace_of(sim, other) : 0;
    if (others > 0 && keeps_pace_us(sim, other) > now_us) {
        until_us = keeps_pace_us(sim, other);
        pace -= others;
    }
    const double s = pace > 0 ? metres / pace : LONG_S;
    const mu_time gains_us = now_us + mu_time_from_s(s < LONG_S ? s : LONG_S) - EARLY_US;
    return gains_us < until_us ? gains_us : until_us;
}
