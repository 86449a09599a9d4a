/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where people are who walk by events. Somebody is so far along their way as their speed has
 * brought them, but no nearer to the gate than the end of the queue before it, or their place in
 * it. Asking changes nothing. */
#include <math.h>

#include "crowd/flow.h"
#include "site/plane.h"

static const double PI = 3.14159265358979323846;

/* A queue is half a disc round the gate; on a flight as broad as that. */
double mu_flow_queue_m(const mu_sim *sim, uint32_t mouth, uint32_t before) {
    const mu_mouth *m = &sim->scratch->mouths[mouth];
    const double ground = before / mu_flow_rules_now(sim)->most_per_m2;
    return m->from_flight ? ground / m->width_m : sqrt(2 * ground / PI);
}

uint32_t mu_flow_queue_within(const mu_sim *sim, uint32_t mouth, double metres) {
    const mu_mouth *m = &sim->scratch->mouths[mouth];
    const double ground = m->from_flight ? metres * m->width_m : metres * metres * PI / 2;
    const double most = ground * mu_flow_rules_now(sim)->most_per_m2;
    return !(metres > 0) ? 0 : most < MU_NONE ? (uint32_t)most : MU_NONE;
}

mu_point mu_flow_near_gate(const mu_sim *sim, uint32_t person) {
    const mu_flow_leg *leg = &mu_flow_legs(sim)[person];
    const mu_mouth *m = &sim->scratch->mouths[leg->mouth];
    const mu_point from = mu_bodies(sim)[person].at;
    const mu_point gate = mu_mouth_inside(m, 0.05);
    const double back = mu_flow_queue_m(sim, leg->mouth, mu_flow_side_of(sim, leg->mouth)->waiting);
    const double all = mu_plane_distance(from, gate);
    if (all > 1.05 * leg->metres + 0.5 || all < 0.1 || all < back) {
        return all < back ? from : gate;
    }
    const double share = back / all;
    return (mu_point){gate.x + share * (from.x - gate.x), gate.y + share * (from.y - gate.y)};
}

double mu_flow_end_metres(const mu_sim *sim, uint32_t person) {
    const mu_body *body = &mu_bodies(sim)[person];
    const mu_mind *mind = &mu_minds(sim)[person];
    const double straight = mu_plane_distance(body->at, body->target);
    if (mind->straight != 0) {
        return straight;
    }
    /* As far as the point that all make for, and from there, or from near it, to the place. */
    const mu_field_grid *field = mu_route_field(sim->routes, body->area, mind->gathering);
    if (field == NULL) {
        return straight;
    }
    const double round = mu_field_distance(sim->walkable, body->area, field, body->at) -
                         mu_plane_distance(body->at, mind->gathering);
    return isfinite(round) && round > 0 ? straight + round : straight;
}

/* Metres that somebody is along their way. */
static double way_walked(const mu_sim *sim, const mu_flow_leg *leg) {
    const mu_time since_us = mu_sim_now(sim) - leg->start_us;
    const double gone = since_us > 0 ? mu_time_to_s(since_us) * leg->mps : 0;
    double most = leg->metres;
    if (leg->mouth != MU_NONE) {
        const mu_flow_side *side = mu_flow_side_of(sim, leg->mouth);
        const uint32_t first = side->tickets - side->waiting;
        const uint32_t place = leg->ticket > first ? leg->ticket - first : 0;
        most -=
            mu_flow_queue_m(sim, leg->mouth, leg->doing == MU_FLOW_WAITING ? place : side->waiting);
    }
    return leg->doing == MU_FLOW_WAITING || gone > most ? (most > 0 ? most : 0) : gone;
}

double mu_flow_left_m(const mu_sim *sim, uint32_t person) {
    const mu_flow_leg *leg = &mu_flow_legs(sim)[person];
    return leg->metres - way_walked(sim, leg);
}

double mu_flow_stretch(const mu_sim *sim, uint32_t person, const mu_flow_path *path) {
    const mu_flow_leg *leg = &mu_flow_legs(sim)[person];
    const bool to_point = leg->mouth == MU_NONE && mu_minds(sim)[person].goal.kind == MU_GOAL_POINT;
    return to_point ? 1 : path->metres[path->count - 1] / leg->metres;
}

double mu_flow_along(const mu_sim *sim, uint32_t person, const mu_flow_path *path) {
    return way_walked(sim, &mu_flow_legs(sim)[person]) * mu_flow_stretch(sim, person, path);
}

mu_point mu_flow_point(const mu_flow_path *path, double along) {
    uint32_t k = 1;
    while (k + 1 < path->count && path->metres[k] < along) {
        k++;
    }
    const double part = path->metres[k] - path->metres[k - 1];
    const double share = part > 0 ? (along - path->metres[k - 1]) / part : 1;
    const mu_point p = path->at[k - 1], q = path->at[k];
    return (mu_point){p.x + share * (q.x - p.x), p.y + share * (q.y - p.y)};
}

mu_point mu_crowd_at(const mu_sim *sim, uint32_t person) {
    const mu_body *body = &mu_bodies(sim)[person];
    if (!mu_flow_is_on(sim) || body->mode != MU_BODY_WALKING) {
        return body->at;
    }
    const mu_flow_leg *leg = &mu_flow_legs(sim)[person];
    if (leg->doing == MU_FLOW_CHOOSING || leg->doing == MU_FLOW_NOTHING || leg->metres <= 0) {
        return body->at;
    }
    const mu_flow_path *path = mu_flow_path_of(sim, person);
    if (path == NULL || !(path->metres[path->count - 1] > 0)) {
        return body->at;
    }
    return mu_flow_point(path, mu_flow_along(sim, person, path));
}
