/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The wait is reckoned as a person can: so many are nearer to the door than I am, and so many go
 * through it in a second; at the other door as at this one, if it is in sight. What waits behind a
 * door nobody sees; so a gain has to be plain before anyone gives up a place in a queue, and
 * plainer before they do so again. */
#include "crowd/queueing.h"

#include <math.h>

#include "crowd/crowd.h"
#include "crowd/flow.h"
#include "crowd/minds.h"
#include "crowd/motion.h"
#include "crowd/scratch.h"
#include "site/plane.h"

#define GAIN_AGAIN_S 40.0 /* for those who have left a queue on this walk before */
#define GAIN_SHARE   0.33 /* of the wait: between long queues a small difference is not seen */
/* Highest specific flow through doors and down stairs, persons per metre and second: SFPE Handbook,
 * 5th edition, chapter 59, 'Employing the hydraulic model'. */
#define DOOR_FLOW  1.3
#define STAIR_FLOW 1.0

static uint32_t bin_of(double metres) {
    const double bin = metres / MU_QUEUE_BIN_M;
    return bin < MU_QUEUE_BINS - 1 ? (uint32_t)bin : MU_QUEUE_BINS - 1;
}

/* The queue at a mouth, counted once in a step for all who ask. */
static const mu_queue_count *queue_at(const mu_sim *sim, uint32_t mouth) {
    mu_crowd_scratch *scratch = sim->scratch;
    mu_queue_count *queue = &scratch->queues[mouth % MU_QUEUES_KEPT];
    if (queue->round == scratch->round && queue->mouth == mouth) {
        return queue;
    }
    const mu_body *bodies = mu_bodies(sim);
    const mu_mouth *m = &scratch->mouths[mouth];
    const mu_point door = mu_mouth_middle(m);
    *queue = (mu_queue_count){.round = scratch->round, .mouth = mouth};
    for (uint32_t k = scratch->area_first[m->area]; k < scratch->area_first[m->area + 1]; k++) {
        const mu_body *other = &bodies[scratch->members[k]];
        if (other->mode == MU_BODY_WALKING && other->gate == mouth / 2) {
            queue->nearer[bin_of(mu_plane_distance(other->at, door))]++;
        }
    }
    for (uint32_t b = 0, sum = 0; b < MU_QUEUE_BINS; b++) {
        const uint32_t here = queue->nearer[b];
        queue->nearer[b] = sum;
        sum += here;
    }
    return queue;
}

/* How many who make for a mouth are in front of somebody at a point of its area. */
static uint32_t before_at(const mu_sim *sim, mu_point at, uint32_t mouth) {
    if (mu_flow_is_on(sim)) {
        return mu_flow_side_of(sim, mouth)->waiting;
    }
    const double own = mu_plane_distance(at, mu_mouth_middle(&sim->scratch->mouths[mouth]));
    return queue_at(sim, mouth)->nearer[bin_of(own)];
}

/* Seconds that somebody at a point would still wait at a mouth, once they had walked there. */
static double wait_at(const mu_sim *sim, mu_point at, uint32_t mouth, double mps) {
    const mu_mouth *m = &sim->scratch->mouths[mouth];
    const double to_door_m = mu_plane_distance(at, mu_mouth_middle(m));
    return mu_crowd_wait_s(sim, m, before_at(sim, at, mouth)) - to_door_m / mps;
}

/* Members of staff know their building; others trust only what they see. */
static bool knows_the_building(const mu_sim *sim, uint32_t person) {
    const mu_person *who = &sim->people->list.items[person];
    return who->kind == MU_PERSON_MEMBER || (who->kind == MU_PERSON_OCCUPANT &&
                                             sim->people->roster->groups.items[who->from].familiar);
}

double mu_crowd_wait_s(const mu_sim *sim, const mu_mouth *m, uint32_t before) {
    const bool stair =
        m->beyond != MU_NONE && mu_walkable_area(sim->walkable, m->beyond)->stair != MU_NONE;
    return before / ((stair ? STAIR_FLOW : DOOR_FLOW) * m->width_m);
}

bool mu_crowd_has_better(mu_sim *sim, uint32_t person, mu_point at, const mu_mouth *m,
                         double wait_s) {
    const mu_mind *mind = &mu_minds(sim)[person];
    const mu_body *body = &mu_bodies(sim)[person];
    const double least_s = mind->avoid != MU_NONE ? GAIN_AGAIN_S : MU_QUEUE_GAIN_LEAST_S;
    const double gain_s = fmax(least_s, GAIN_SHARE * wait_s);
    double here_m, there_m;
    mu_point target;
    if (m->from_flight || wait_s < gain_s) {
        return false;
    }
    const mu_walker_class walker = mu_mind_class(sim, person);
    const uint32_t gate = mu_mind_next_gate(sim, person, &mind->goal, walker, at, m->portal,
                                            MU_NONE, &there_m, &target);
    if (gate == MU_NONE) {
        return false;
    }
    mu_mind_next_gate(sim, person, &mind->goal, walker, at, MU_NONE, MU_NONE, &here_m, &target);
    const double mps = (double)body->level_mps, more_s = (there_m - here_m) / mps + gain_s;
    if (more_s >= wait_s) {
        return false;
    }
    const uint32_t mouth = mu_mouth_in(sim->scratch, body->area, gate);
    const bool if_seen = more_s + fmax(wait_at(sim, at, mouth, mps), 0) < wait_s;
    const bool if_not = knows_the_building(sim, person);
    if (if_seen == if_not) {
        return if_seen;
    }
    const mu_point other = mu_mouth_middle(&sim->scratch->mouths[mouth]);
    return mu_area_sees(sim->walkable, body->area, at, other, 0) ? if_seen : if_not;
}

void mu_crowd_reconsider(mu_sim *sim, uint32_t person) {
    mu_body *body = &mu_bodies(sim)[person];
    const uint32_t mouth = mu_body_mouth(sim->scratch, body);
    if (mouth == MU_NONE || mu_walkable_area(sim->walkable, body->area)->gate_count < 2) {
        return; /* with no other gate, nobody need be counted who waits at this one */
    }
    const mu_mouth *m = &sim->scratch->mouths[mouth];
    const double wait_s = wait_at(sim, body->at, mouth, (double)(body->level_mps * body->pace));
    if (mu_crowd_has_better(sim, person, body->at, m, wait_s)) {
        mu_minds(sim)[person].avoid = m->portal;
        body->gate = MU_GATE_UNCHOSEN;
    }
}
