/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lies beyond the gate that somebody makes for stays the same until they choose again, and who
 * stands has always the same way: both are kept with what they depend on. */
#include "crowd/party_ways.h"

#include <math.h>
#include <stdlib.h>

#include "crowd/exits.h"
#include "crowd/flow.h"
#include "crowd/minds.h"

static bool is_same_goal(const mu_goal *p, const mu_goal *q) {
    return p->kind == q->kind && p->area == q->area && p->at.x == q->at.x && p->at.y == q->at.y;
}

/* Does what is known of somebody still hold? */
static bool still_holds(const mu_sim *sim, const mu_party_known *known, uint32_t person) {
    const mu_mind *mind = &mu_minds(sim)[person];
    const mu_body *body = &mu_bodies(sim)[person];
    const mu_crowd_now *crowd = mu_crowd(sim);
    return known->known && known->leg == mu_flow_legs(sim)[person].number &&
           known->area == body->area && known->belief == mind->belief &&
           known->avoid == mind->avoid && known->exit == mind->exit &&
           known->alarm == (crowd->alarm != 0) && known->all_by_lift == (crowd->all_by_lift != 0) &&
           known->evacuating == (mind->evacuating != 0) &&
           known->burdened == (mind->burdened != 0) && is_same_goal(&known->goal, &mind->goal) &&
           known->at.x == body->at.x && known->at.y == body->at.y;
}

static mu_party_known asked_of(const mu_sim *sim, uint32_t person) {
    const mu_mind *mind = &mu_minds(sim)[person];
    const mu_body *body = &mu_bodies(sim)[person];
    return (mu_party_known){.known = true,
                            .alarm = mu_crowd(sim)->alarm != 0,
                            .all_by_lift = mu_crowd(sim)->all_by_lift != 0,
                            .evacuating = mind->evacuating != 0,
                            .burdened = mind->burdened != 0,
                            .leg = mu_flow_legs(sim)[person].number,
                            .area = body->area,
                            .belief = mind->belief,
                            .avoid = mind->avoid,
                            .exit = mind->exit,
                            .goal = mind->goal,
                            .at = body->at,
                            .door = MU_NONE};
}

/* On a way across an area, or in the queue at its end. */
static bool is_on_leg(const mu_sim *sim, uint32_t person) {
    const mu_flow_leg *leg = &mu_flow_legs(sim)[person];
    return mu_bodies(sim)[person].mode == MU_BODY_WALKING && leg->metres > 0 &&
           (leg->doing == MU_FLOW_CROSSING || leg->doing == MU_FLOW_WAITING);
}

/* Does one who is on such a way leave by it through a gate of the site? */
static bool leads_to_gate(const mu_sim *sim, uint32_t person) {
    const uint32_t mouth = mu_flow_legs(sim)[person].mouth;
    return mouth != MU_NONE && sim->scratch->mouths[mouth].beyond != MU_NONE;
}

static bool has_gate(const mu_sim *sim, uint32_t person) {
    return is_on_leg(sim, person) && leads_to_gate(sim, person);
}

static double beyond_gate(mu_sim *sim, uint32_t person) {
    const mu_mind *mind = &mu_minds(sim)[person];
    const mu_walker_class walker = mu_mind_class(sim, person);
    const uint32_t mouth = mu_flow_legs(sim)[person].mouth;
    const int side = (int)(mouth % 2);
    bool bound;
    const mu_belief known = mu_exit_belief(sim, person, &mind->goal, mind->avoid, MU_NONE, &bound);
    const double cost = mu_route_through(sim->routes, &mind->goal, walker, known, mouth / 2, side);
    if (!bound || !isinf(cost)) {
        return cost;
    }
    return mu_route_through(sim->routes, &mind->goal, walker,
                            mu_exit_unbound(sim, person, mind->avoid, MU_NONE), mouth / 2, side);
}

/* What is known of somebody, brought up to date; NULL without memory. */
static mu_party_known *known_of(mu_sim *sim, uint32_t person) {
    mu_crowd_scratch *scratch = sim->scratch;
    if (scratch->party_known == NULL) {
        scratch->party_known =
            calloc((size_t)scratch->people_count + 1, sizeof *scratch->party_known);
    }
    mu_party_known *known = scratch->party_known != NULL ? &scratch->party_known[person] : NULL;
    if (known == NULL || still_holds(sim, known, person)) {
        return known;
    }
    mu_party_known now = asked_of(sim, person);
    now.beyond =
        has_gate(sim, person) ? beyond_gate(sim, person) : mu_crowd_way(sim, person, now.goal);
    *known = now;
    return known;
}

/* Across the area to where all gather; what the crowd leaves of room there is each one's own. */
static double to_gathering(mu_sim *sim, uint32_t person) {
    const uint32_t area = mu_bodies(sim)[person].area;
    const mu_field_grid *field = mu_route_field(sim->routes, area, mu_minds(sim)[person].gathering);
    return field == NULL
               ? INFINITY
               : mu_walkable_area(sim->walkable, area)->slope *
                     mu_field_distance(sim->walkable, area, field, mu_crowd_at(sim, person));
}

double mu_party_way(mu_sim *sim, uint32_t person) {
    const mu_goal *goal = &mu_minds(sim)[person].goal;
    if (!mu_flow_is_on(sim)) {
        return mu_crowd_way(sim, person, *goal);
    }
    const bool on_leg = is_on_leg(sim, person), gate = on_leg && leads_to_gate(sim, person);
    if (on_leg && !gate && mu_flow_legs(sim)[person].mouth == MU_NONE &&
        goal->kind == MU_GOAL_ASSEMBLY) {
        return to_gathering(sim, person);
    }
    if (mu_bodies(sim)[person].mode == MU_BODY_WALKING && !gate) {
        return mu_crowd_way(sim, person, *goal);
    }
    const mu_party_known *known = known_of(sim, person);
    if (known == NULL) {
        return mu_crowd_way(sim, person, *goal);
    }
    return gate ? mu_flow_left_m(sim, person) *
                          mu_walkable_area(sim->walkable, mu_bodies(sim)[person].area)->slope +
                      known->beyond
                : known->beyond;
}

uint32_t mu_party_door_again(mu_sim *sim, uint32_t person) {
    const mu_party_known *known = sim->scratch->party_known;
    return known != NULL && mu_flow_is_on(sim) && known[person].has_door && has_gate(sim, person)
               ? known[person].door
               : mu_party_door(sim, person);
}

uint32_t mu_party_door(mu_sim *sim, uint32_t person) {
    mu_party_known *known =
        mu_flow_is_on(sim) && has_gate(sim, person) ? known_of(sim, person) : NULL;
    if (known == NULL) {
        return mu_exit_of(sim, person);
    }
    if (!known->has_door) {
        known->has_door = true;
        known->door = mu_exit_of(sim, person);
    }
    return known->door;
}
