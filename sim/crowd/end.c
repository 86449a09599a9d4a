/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many go to one point, and a point holds one body. At an assembly point everyone gets a place of
 * their own, drawn from their own stream, over so much ground as its capacity asks for; elsewhere
 * the place of arrival widens with those who are there. Whoever is held up short of it by others
 * who stand has arrived too. */
#include "crowd/end.h"

#include <math.h>

#include "crowd/scratch.h"
#include "crowd/walk.h"
#include "site/plane.h"

#define AT_POINT_M      0.05
#define AT_PLACE_M      0.3
#define TAKEN_M         1.5     /* a place is taken: near enough if held up … */
#define HELD_UP_MS      1000U   /* … for so long */
#define HELD_FAR_MS     2000U   /* the same in the crowd, but not near one's own place in it */
#define STUCK_MS        300000U /* closed up for so long, twice as long before a door, with one … */
#define BESIDE_M        1.0     /* … of the crowd standing so near: one gets on no further */
#define BEFORE_DOORS_M  4.0
#define ROOM_M2         1.0  /* for each of a crowd that stands and waits */
#define USUAL_CAPACITY  100  /* of an assembly point whose capacity is not given, at least */
#define GATHERED_M      3.0  /* one is at a crowd this far from its middle, and further … */
#define CROWD_MOST_M    60.0 /* … the larger it is, but no further */
#define OFF_THE_DOORS_M 2.5  /* nobody chooses to wait nearer to one */
#define SEEN_FROM_M     8.0
#define TRIES           8

/* How far a crowd of so many reaches, if it is round. */
static double reach_of(double people) {
    const double pi = 3.14159265358979323846;
    return sqrt(people * ROOM_M2 / pi);
}

/* Nobody who is held up there has arrived: those behind want to come out. */
static bool is_before_a_gate(const mu_sim *sim, uint32_t area, mu_point at) {
    for (uint32_t k = 0; k < mu_walkable_area(sim->walkable, area)->gate_count; k++) {
        int side = 0;
        const uint32_t gate = mu_area_gate(sim->walkable, area, k, &side);
        const mu_mouth *m = &sim->scratch->mouths[gate * 2 + (uint32_t)side];
        const double across = mu_mouth_across(m, at);
        if (fabs(mu_mouth_depth(m, at)) < BEFORE_DOORS_M && across > -BEFORE_DOORS_M &&
            across < m->width_m + BEFORE_DOORS_M) {
            return true;
        }
    }
    return false;
}

static bool is_in_a_mouth(const mu_sim *sim, uint32_t area, mu_point at) {
    uint32_t count = 0;
    const uint32_t *near = mu_mouths_near(sim->scratch, area, at, &count);
    for (uint32_t k = 0; k < count; k++) {
        const mu_mouth *m = &sim->scratch->mouths[near[k]];
        const double across = mu_mouth_across(m, at);
        if (fabs(mu_mouth_depth(m, at)) < OFF_THE_DOORS_M && across > -OFF_THE_DOORS_M / 2 &&
            across < m->width_m + OFF_THE_DOORS_M / 2) {
            return true;
        }
    }
    return false;
}

/* Can one wait here, having come from there? */
static bool is_free_ground(const mu_sim *sim, const mu_body *body, mu_point from, mu_point *at) {
    mu_point clear;
    if (!mu_area_contains(sim->walkable, body->area, *at) ||
        !mu_area_clamp(sim->walkable, body->area, *at, (double)body->radius_m, &clear) ||
        is_in_a_mouth(sim, body->area, clear) ||
        !mu_area_sees(sim->walkable, body->area, from, clear, 0)) {
        return false;
    }
    *at = clear;
    return true;
}

static void open_choice(const mu_sim *sim, uint32_t person, mu_stream *stream) {
    mu_sim_stream(sim, stream, MU_PURPOSE_CHOICE, sim->people->list.items[person].hash,
                  MU_CHOICE_PLACE);
}

/* In the open, with nowhere in particular to go: some way off from the door, so that those who
 * follow find room. */
static mu_point place_in_the_open(const mu_sim *sim, uint32_t person) {
    const mu_body *body = &mu_bodies(sim)[person];
    mu_stream stream;
    open_choice(sim, person, &stream);
    double ahead = 5 + 10 * mu_stream_uniform(&stream);
    double aside = 16 * mu_stream_uniform(&stream) - 8;
    for (int tries = 0; tries < TRIES; tries++, ahead *= 0.7, aside *= 0.7) {
        mu_point at = {body->at.x + ahead * body->heading.x - aside * body->heading.y,
                       body->at.y + ahead * body->heading.y + aside * body->heading.x};
        if (is_free_ground(sim, body, body->at, &at)) {
            return at;
        }
    }
    return body->at;
}

/* Room for so many. A point whose capacity is not given is laid out for its share of all occupants:
 * a crowd that gathers closer than that stands in front of the doors that others come out of. */
static double capacity_of(const mu_sim *sim, uint32_t area, mu_point point) {
    const mu_site *site = sim->site;
    for (uint32_t p = 0; p < site->assembly_points.count; p++) {
        const mu_assembly *assembly = &site->assembly_points.items[p];
        if (assembly->space.index == area && assembly->capacity > 0 &&
            mu_plane_distance(assembly->at, point) < AT_POINT_M) {
            return (double)assembly->capacity;
        }
    }
    const double share = (double)sim->people->occupants / mu_more(site->assembly_points.count, 1);
    return mu_more(share, USUAL_CAPACITY);
}

static mu_point place_at_assembly(const mu_sim *sim, uint32_t person, mu_point point) {
    const mu_body *body = &mu_bodies(sim)[person];
    const double reach = reach_of(capacity_of(sim, body->area, point));
    mu_stream stream;
    open_choice(sim, person, &stream);
    for (int tries = 0; tries < TRIES; tries++) {
        const double x = (2 * mu_stream_uniform(&stream) - 1) * reach;
        const double y = (2 * mu_stream_uniform(&stream) - 1) * reach;
        mu_point at = {point.x + x, point.y + y};
        if (x * x + y * y <= reach * reach && is_free_ground(sim, body, point, &at)) {
            return at;
        }
    }
    return point;
}

void mu_end_choose(mu_sim *sim, uint32_t person, mu_point point) {
    mu_body *body = &mu_bodies(sim)[person];
    mu_mind *mind = &mu_minds(sim)[person];
    mind->straight = 0;
    mind->closed_up_ms = 0;
    switch ((mu_goal_kind)mind->goal.kind) {
    case MU_GOAL_NONE:
        return;
    case MU_GOAL_POINT:
        body->target = mind->gathering = mind->goal.at;
        return;
    case MU_GOAL_ASSEMBLY:
        body->target = place_at_assembly(sim, person, point);
        mind->gathering = point;
        return;
    case MU_GOAL_OUTSIDE:
        body->target = mind->gathering = place_in_the_open(sim, person);
        mind->straight = 1;
        return;
    }
}

void mu_end_look(mu_sim *sim, uint32_t person) {
    const mu_body *body = &mu_bodies(sim)[person];
    mu_mind *mind = &mu_minds(sim)[person];
    if (mind->goal.kind == MU_GOAL_ASSEMBLY && mind->straight == 0 &&
        mu_plane_distance(body->at, mind->gathering) <
            mu_plane_distance(body->target, mind->gathering) + SEEN_FROM_M &&
        mu_area_sees(sim->walkable, body->area, body->at, body->target, 0)) {
        mind->straight = 1;
    }
}

/* Does one of those who have gathered at the same point stand beside this person? */
static bool is_beside_the_crowd(const mu_sim *sim, uint32_t person) {
    const mu_crowd_scratch *scratch = sim->scratch;
    const mu_body *bodies = mu_bodies(sim), *body = &bodies[person];
    const mu_point point = mu_minds(sim)[person].gathering;
    const uint32_t end = scratch->area_first[body->area + 1];
    for (uint32_t k = scratch->area_first[body->area]; k < end; k++) {
        const mu_body *other = &bodies[scratch->members[k]];
        const mu_point theirs = mu_minds(sim)[scratch->members[k]].gathering;
        if (other->mode == MU_BODY_RESTING && theirs.x == point.x && theirs.y == point.y &&
            mu_plane_distance(other->at, body->at) < BESIDE_M) {
            return true;
        }
    }
    return false;
}

/* A crowd on ground that is too small for it, or that is not round, reaches further than is
 * reckoned. Those at its edge push and are pushed, so that for how long they have been held up says
 * little of them; but they stay closed up. To say so sooner, or as soon before a door, would stop
 * those who come behind. */
static bool is_stuck_at_the_crowd(const mu_sim *sim, uint32_t person) {
    const mu_body *body = &mu_bodies(sim)[person];
    mu_mind *mind = &mu_minds(sim)[person];
    if (mind->goal.kind != MU_GOAL_ASSEMBLY || body->packed_ms < MU_WALK_PACK_MS / 2) {
        mind->closed_up_ms = 0;
        return false;
    }
    mind->closed_up_ms += mind->closed_up_ms < 2 * STUCK_MS ? mu_crowd(sim)->step_us / 1000 : 0;
    return mind->closed_up_ms >= STUCK_MS && is_beside_the_crowd(sim, person) &&
           (mind->closed_up_ms >= 2 * STUCK_MS || !is_before_a_gate(sim, body->area, body->at));
}

bool mu_end_is_reached(mu_sim *sim, uint32_t person) {
    const mu_body *body = &mu_bodies(sim)[person];
    const mu_mind *mind = &mu_minds(sim)[person];
    const bool point = mind->goal.kind == MU_GOAL_POINT;
    const double left = mu_plane_distance(body->at, body->target);
    const double middle = mu_plane_distance(body->at, mind->gathering);
    double enough = mu_more(mind->tolerance_m, point ? AT_POINT_M : AT_PLACE_M);
    if (left <= enough) {
        return enough < 1 || mu_area_sees(sim->walkable, body->area, body->at, body->target, 0);
    }
    if (is_stuck_at_the_crowd(sim, person)) {
        return true;
    }
    if (middle > CROWD_MOST_M) {
        return false;
    }
    const uint32_t there = mu_scratch_gathered(sim->scratch, sim, body->area, mind->gathering);
    const double crowd = reach_of((double)there);
    if (point && left <= enough + crowd) {
        return mu_area_sees(sim->walkable, body->area, body->at, body->target, 0);
    }
    const bool near = left <= enough + TAKEN_M ||
                      (body->held_ms >= HELD_FAR_MS && there > 0 && middle <= GATHERED_M + crowd);
    return body->held_ms >= HELD_UP_MS && near && !is_before_a_gate(sim, body->area, body->at);
}
