/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people want, know and decide: orders to go, what they hear and learn, and the way they take.
 * Where they get to is for step.c and the motion model. */
#include "crowd/minds.h"

#include <gsl/gsl_randist.h>
#include <math.h>

#include "crowd/beliefs.h"
#include "crowd/end.h"
#include "crowd/exits.h"
#include "crowd/flow.h"
#include "crowd/motion.h"
#include "crowd/parties.h"
#include "crowd/premovement.h"
#include "crowd/refuge.h"
#include "crowd/scratch.h"
#include "crowd/walk.h"
#include "site/plane.h"
#include "site/reach.h"

/* Another way is as good as the way back if it is no longer than this and the gate's width. */
#define TURN_BACK_M     2.0
#define OVER_THE_SILL_M 0.05

void mu_body_moved_house(mu_sim *sim, uint32_t person) {
    const mu_body *body = &mu_bodies(sim)[person];
    mu_crowd_now *now = mu_crowd(sim);
    const uint64_t before = now->places;
    now->places = mu_hash_with(before ^ ((uint64_t)body->area << 2 | body->mode), person);
    mu_scratch_note(sim, person, before);
}

mu_handle mu_body_place(const mu_sim *sim, uint32_t person) {
    const mu_body *body = &mu_bodies(sim)[person];
    if (body->mode == MU_BODY_ABSENT) {
        return 0;
    }
    const mu_area *area = mu_walkable_area(sim->walkable, body->area);
    return area->stair != MU_NONE ? MU_HANDLE(MU_THING_PORTAL, area->stair)
                                  : MU_HANDLE(MU_THING_SPACE, area->space);
}

void mu_body_set_mode(mu_sim *sim, uint32_t person, mu_body_mode mode) {
    mu_body *body = &mu_bodies(sim)[person];
    if (body->mode == (uint32_t)mode) {
        return;
    }
    mu_crowd_now *now = mu_crowd(sim);
    now->walking -= body->mode == MU_BODY_WALKING;
    now->walking += mode == MU_BODY_WALKING;
    mu_flow_on_mode(sim, person, (mu_body_mode)body->mode, mode);
    body->mode = (uint32_t)mode;
    body->speed_mps = 0;
    body->held_ms = 0;
    body->packed_ms = body->queued_ms = 0;
    mu_body_moved_house(sim, person);
}

static void set_stuck(mu_sim *sim, uint32_t person, mu_stuck stuck) {
    mu_mind *mind = &mu_minds(sim)[person];
    mu_crowd_now *now = mu_crowd(sim);
    now->stuck -= mind->stuck != MU_STUCK_NOT;
    now->stuck += stuck != MU_STUCK_NOT;
    mind->stuck = (uint8_t)stuck;
}

mu_walker_class mu_mind_class(const mu_sim *sim, uint32_t person) {
    const uint8_t given = sim->scratch->given[person];
    const mu_mind *mind = &mu_minds(sim)[person];
    mu_walker_class walker = {
        .access = MU_ACCESS_KEY,
        .evacuating = mind->evacuating != 0,
        .no_stairs = (given & MU_GIVEN_WHEELCHAIR) != 0,
    };
    if (mu_crowd(sim)->alarm != 0) {
        walker.alarm = true;
        walker.lifts = mind->burdened != 0 ? MU_LIFTS_EVACUATION : MU_LIFTS_NONE;
    } else if (!walker.evacuating || walker.no_stairs || mu_crowd(sim)->all_by_lift != 0) {
        walker.lifts = MU_LIFTS_ALL;
    }
    if ((given & MU_GIVEN_OCCUPANT) != 0) {
        walker.access = (given & MU_GIVEN_VISITOR) != 0 ? MU_ACCESS_FREE : MU_ACCESS_PASS;
    }
    return walker;
}

/* Steps happen at whole multiples of the step, so that people elsewhere do not shift anyone's. */
static void keep_stepping(mu_sim *sim) {
    mu_crowd_now *now = mu_crowd(sim);
    if (now->stepping == 0 && now->motion == MU_MOTION_WALK) {
        now->stepping = 1;
        const mu_time step = now->step_us;
        mu_sim_schedule(sim, step - mu_sim_now(sim) % step, MU_EVENT_CROWD_STEP, 0, MU_NO_RECORD,
                        0);
    }
}

static void start_walking(mu_sim *sim, uint32_t person) {
    mu_flow_halt(sim, person);
    mu_bodies(sim)[person].gate = MU_GATE_UNCHOSEN;
    mu_minds(sim)[person].gathering = mu_bodies(sim)[person].at;
    mu_minds(sim)[person].avoid = MU_NONE;
    set_stuck(sim, person, MU_STUCK_NOT);
    mu_body_set_mode(sim, person, MU_BODY_WALKING);
    mu_flow_set_off(sim, person);
    keep_stepping(sim);
}

void mu_crowd_send(mu_sim *sim, uint32_t person, mu_goal goal, double tolerance_m, uint32_t cause) {
    mu_mind *mind = &mu_minds(sim)[person];
    if (mu_bodies(sim)[person].mode == MU_BODY_ABSENT) {
        return;
    }
    mu_sim_restamp(sim, MU_STAMPED_PERSON, person);
    mind->goal = goal;
    mind->tolerance_m = tolerance_m;
    mind->walk_record = cause;
    mind->keeps &= MU_KEEPS_READY;
    if (goal.kind == MU_GOAL_NONE) {
        mu_crowd_rest(sim, person);
    } else {
        start_walking(sim, person);
    }
}

void mu_crowd_rest(mu_sim *sim, uint32_t person) {
    mu_body *body = &mu_bodies(sim)[person];
    if (body->mode == MU_BODY_WALKING) {
        mu_flow_halt(sim, person);
        body->gate = MU_NONE;
        body->target = body->at;
        mu_body_set_mode(sim, person, MU_BODY_RESTING);
    }
}

void mu_mind_end_walk(mu_sim *sim, uint32_t person, uint64_t no_way) {
    mu_body *body = &mu_bodies(sim)[person];
    body->gate = MU_NONE;
    if (body->mode == MU_BODY_WALKING) {
        mu_body_set_mode(sim, person, MU_BODY_RESTING);
    }
    mu_sim_schedule(sim, 0, MU_EVENT_PERSON_ARRIVED, person, mu_minds(sim)[person].walk_record,
                    no_way);
}

uint32_t mu_mind_next_gate(mu_sim *sim, uint32_t person, const mu_goal *goal,
                           mu_walker_class walker, mu_point from, uint32_t avoid,
                           uint32_t avoid_too, double *cost, mu_point *target) {
    const uint32_t area = mu_bodies(sim)[person].area;
    bool bound;
    const mu_belief known = mu_exit_belief(sim, person, goal, avoid, avoid_too, &bound);
    const uint32_t gate = mu_route_next(sim->routes, goal, walker, known, area, from, cost, target);
    if (!bound || !isinf(*cost)) {
        return gate;
    }
    return mu_route_next(sim->routes, goal, walker, mu_exit_unbound(sim, person, avoid, avoid_too),
                         area, from, cost, target);
}

/* From where they stand; past the queue that they have left, unless there is no other way. */
static uint32_t next_gate(mu_sim *sim, uint32_t person, const mu_goal *goal, mu_walker_class walker,
                          double *cost, mu_point *target) {
    const mu_point at = mu_crowd_at(sim, person);
    const uint32_t avoid = mu_minds(sim)[person].avoid;
    const uint32_t gate =
        mu_mind_next_gate(sim, person, goal, walker, at, avoid, MU_NONE, cost, target);
    if (avoid == MU_NONE || gate != MU_NONE || !isinf(*cost)) {
        return gate;
    }
    return mu_mind_next_gate(sim, person, goal, walker, at, MU_NONE, MU_NONE, cost, target);
}

/* The next gate from the middle of a mouth that somebody has come in by. Where people are points of
 * a network, distances between gates serve; else those of the very place just over the sill. */
static uint32_t gate_after(mu_sim *sim, uint32_t person, mu_walker_class walker, uint32_t mouth,
                           uint32_t avoid_too, double *cost, mu_point *target) {
    const mu_mind *mind = &mu_minds(sim)[person];
    const mu_mouth *m = &sim->scratch->mouths[mouth];
    if (mu_flow_is_on(sim)) {
        return mu_flow_way_on(sim, person, walker, mouth, avoid_too, cost, target);
    }
    return mu_mind_next_gate(sim, person, &mind->goal, walker, mu_mouth_inside(m, OVER_THE_SILL_M),
                             mind->avoid, avoid_too, cost, target);
}

/* The next gate for somebody in the middle of the mouth that they have come in by. If that would be
 * the way back, another one is taken if it is as good but for the width of the gate. */
static uint32_t next_gate_from(mu_sim *sim, uint32_t person, mu_walker_class walker, uint32_t mouth,
                               double *cost, mu_point *target) {
    const mu_goal *goal = &mu_minds(sim)[person].goal;
    const mu_mouth *m = &sim->scratch->mouths[mouth];
    const uint32_t gate = gate_after(sim, person, walker, mouth, MU_NONE, cost, target);
    if (gate == MU_NONE && isinf(*cost)) {
        return next_gate(sim, person, goal, walker, cost, target);
    }
    if (gate != mouth / 2) {
        return gate;
    }
    double other_cost;
    mu_point other_target;
    const uint32_t other =
        gate_after(sim, person, walker, mouth, m->portal, &other_cost, &other_target);
    if (other_cost > *cost + m->width_m + TURN_BACK_M) {
        return gate;
    }
    *cost = other_cost;
    *target = other_target;
    return other;
}

/* Whoever cannot leave but by stairs that they cannot use goes to a place of refuge. */
static bool makes_for_refuge(mu_sim *sim, uint32_t person) {
    mu_mind *mind = &mu_minds(sim)[person];
    if (mind->evacuating == 0 || !mu_goal_leads_out(&mind->goal) ||
        !mu_refuge_seek(sim, person, &mind->goal)) {
        return false;
    }
    mu_mind_choose_way(sim, person);
    return true;
}

static void give_up(mu_sim *sim, uint32_t person, mu_walker_class walker) {
    mu_stuck why = MU_STUCK_NO_WAY;
    if (walker.no_stairs) {
        double cost;
        mu_point target;
        walker.no_stairs = false;
        next_gate(sim, person, &mu_minds(sim)[person].goal, walker, &cost, &target);
        why = isinf(cost) ? MU_STUCK_NO_WAY : MU_STUCK_STAIRS;
    }
    if (why == MU_STUCK_STAIRS && makes_for_refuge(sim, person)) {
        return;
    }
    set_stuck(sim, person, why);
    mu_mind_end_walk(sim, person, 1);
}

/* Takes the gate, or the point where it is in this area; without a way, gives up. */
static void take_way(mu_sim *sim, uint32_t person, mu_walker_class walker, uint32_t gate,
                     double cost, mu_point target) {
    if (gate == MU_NONE && isinf(cost)) {
        give_up(sim, person, walker);
        return;
    }
    mu_bodies(sim)[person].gate = gate;
    if (gate == MU_NONE) {
        mu_end_choose(sim, person, target);
    }
}

void mu_mind_choose_way(mu_sim *sim, uint32_t person) {
    mu_mind *mind = &mu_minds(sim)[person];
    const mu_walker_class walker = mu_mind_class(sim, person);
    if (mind->goal.kind == MU_GOAL_ASSEMBLY && sim->site->assembly_points.count == 0) {
        mind->goal.kind = MU_GOAL_OUTSIDE;
    }
    mu_exit_decide(sim, person);
    double cost;
    mu_point target;
    const uint32_t gate = next_gate(sim, person, &mind->goal, walker, &cost, &target);
    take_way(sim, person, walker, gate, cost, target);
}

void mu_mind_choose_on(mu_sim *sim, uint32_t person, uint32_t mouth) {
    const mu_walker_class walker = mu_mind_class(sim, person);
    mu_bodies(sim)[person].gate = MU_GATE_UNCHOSEN;
    mu_exit_look_for_signs(sim, person,
                           mu_mouth_inside(&sim->scratch->mouths[mouth], OVER_THE_SILL_M));
    double cost;
    mu_point target;
    const uint32_t gate = next_gate_from(sim, person, walker, mouth, &cost, &target);
    take_way(sim, person, walker, gate, cost, target);
}

void mu_mind_look_again(mu_sim *sim, uint32_t person) {
    mu_flow_halt(sim, person);
    mu_bodies(sim)[person].gate = MU_GATE_UNCHOSEN;
    mu_flow_set_off(sim, person);
}

void mu_mind_try_again(mu_sim *sim, uint32_t person) {
    if (mu_minds(sim)[person].stuck != MU_STUCK_NOT) {
        start_walking(sim, person);
    }
}

void mu_crowd_learn(mu_sim *sim, uint32_t person, uint32_t portal, bool closed) {
    mu_mind *mind = &mu_minds(sim)[person];
    const uint32_t belief = mu_belief_with(sim, mind->belief, portal, closed);
    if (belief == mind->belief) {
        return;
    }
    mind->belief = belief;
    if (mu_bodies(sim)[person].mode == MU_BODY_WALKING) {
        mu_mind_look_again(sim, person);
    } else if (mind->stuck != MU_STUCK_NOT && !closed) {
        start_walking(sim, person);
    }
}

static double draw_premovement(const mu_sim *sim, uint32_t person) {
    const mu_crowd_now *now = mu_crowd(sim);
    const mu_person *who = &sim->people->list.items[person];
    const mu_group *group = &sim->people->roster->groups.items[who->from];
    const mu_premovement time = mu_premovement_of(group->familiar, (mu_training)group->training,
                                                  (int)now->complexity, now->incremental != 0);
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_PREMOVEMENT, who->hash, 0);
    return now->premovement_factor * gsl_ran_lognormal(&stream.rng, time.mu, time.sigma);
}

static bool may_move(const mu_mind *mind) {
    return mind->state == MU_OCCUPANT_INSIDE || mind->state == MU_OCCUPANT_SHELTERING;
}

uint32_t mu_crowd_hear(mu_sim *sim, uint32_t person, mu_handle channel, uint32_t cause) {
    mu_mind *mind = &mu_minds(sim)[person];
    if (sim->people->list.items[person].kind != MU_PERSON_OCCUPANT ||
        mind->alerted_record != MU_NO_RECORD || mu_bodies(sim)[person].mode == MU_BODY_ABSENT) {
        return MU_NO_RECORD;
    }
    mind->alerted_record = mu_sim_record(sim, MU_RECORD_ALERTED, cause,
                                         MU_HANDLE(MU_THING_PERSON, person), 0, channel);
    return mind->alerted_record;
}

uint32_t mu_crowd_alert(mu_sim *sim, uint32_t person, mu_handle channel, double response_factor,
                        mu_goal goal, uint32_t cause) {
    mu_mind *mind = &mu_minds(sim)[person];
    if (mu_crowd_hear(sim, person, channel, cause) == MU_NO_RECORD) {
        return MU_NO_RECORD;
    }
    if (may_move(mind)) {
        mind->told = goal;
        mu_sim_schedule(sim, mu_time_from_s(draw_premovement(sim, person) * response_factor),
                        MU_EVENT_PERSON_MOVES, person, mind->alerted_record, 0);
    }
    return mind->alerted_record;
}

void mu_crowd_on_moves(mu_sim *sim, const mu_event *event) {
    const uint32_t person = event->subject;
    mu_mind *mind = &mu_minds(sim)[person];
    if (!may_move(mind) || mu_bodies(sim)[person].mode == MU_BODY_ABSENT) {
        return;
    }
    mind->moves_record =
        mu_sim_record(sim, MU_RECORD_MOVES, event->cause, MU_HANDLE(MU_THING_PERSON, person), 0,
                      mu_body_place(sim, person));
    mind->evacuating = 1;
    mu_crowd_set_state(sim, person, MU_OCCUPANT_INSIDE, mind->moves_record);
    if (!mu_party_takes(sim, person)) {
        mu_crowd_send(sim, person, mind->told, 0, mind->moves_record);
    }
}

void mu_crowd_on_arrived(mu_sim *sim, const mu_event *event) {
    mu_refuge_arrived(sim, event);
    const mu_mind *mind = &mu_minds(sim)[event->subject];
    if (event->argument == 0 && mind->evacuating != 0 && mu_goal_leads_out(&mind->goal) &&
        may_move(mind)) {
        mu_crowd_set_state(sim, event->subject, MU_OCCUPANT_OUT, event->cause);
    }
}

double mu_crowd_distance(const mu_sim *sim, uint32_t person, uint32_t level, mu_point at) {
    const mu_body *body = &mu_bodies(sim)[person];
    if (body->mode == MU_BODY_ABSENT ||
        mu_walkable_area(sim->walkable, body->area)->level != level) {
        return INFINITY;
    }
    uint32_t here;
    const mu_point p = mu_area_on_plan(sim->walkable, body->area, mu_crowd_at(sim, person), &here);
    return mu_plane_distance(p, at);
}

static double beyond_box(double at, double low, double high) {
    return at < low ? low - at : at > high ? at - high : 0;
}

bool mu_area_may_be_within(const mu_walkable *walkable, uint32_t index, uint32_t level, mu_point at,
                           double metres) {
    const mu_area *area = mu_walkable_area(walkable, index);
    if (area->level != level) {
        return false;
    }
    if (area->space != MU_NONE) { /* the frame of a flight is its own */
        const double x = beyond_box(at.x, area->low.x, area->high.x);
        const double y = beyond_box(at.y, area->low.y, area->high.y);
        const double least = metres + MU_AREA_BOX_M;
        if (x > least || y > least || x * x + y * y > least * least) {
            return false;
        }
    }
    return true;
}

bool mu_crowd_is_within(const mu_sim *sim, uint32_t person, uint32_t level, mu_point at,
                        double metres) {
    const mu_body *body = &mu_bodies(sim)[person];
    return body->mode != MU_BODY_ABSENT &&
           mu_area_may_be_within(sim->walkable, body->area, level, at, metres) &&
           mu_crowd_distance(sim, person, level, at) <= metres;
}

double mu_crowd_way(mu_sim *sim, uint32_t person, mu_goal goal) {
    if (mu_bodies(sim)[person].mode == MU_BODY_ABSENT) {
        return INFINITY;
    }
    double cost;
    mu_point target;
    next_gate(sim, person, &goal, mu_mind_class(sim, person), &cost, &target);
    return cost;
}

/* What somebody believes closed on the way to a point, where no door binds them. */
static mu_belief known_closed(mu_sim *sim, uint32_t person, bool avoids) {
    return mu_exit_unbound(sim, person, avoids ? mu_minds(sim)[person].avoid : MU_NONE, MU_NONE);
}

static bool has_way(mu_sim *sim, uint32_t person, const mu_goal *goal, bool avoids) {
    return mu_route_exists(sim->routes, goal, mu_mind_class(sim, person),
                           known_closed(sim, person, avoids), mu_bodies(sim)[person].area,
                           mu_crowd_at(sim, person));
}

bool mu_crowd_has_way(mu_sim *sim, uint32_t person, mu_goal goal) {
    return mu_bodies(sim)[person].mode != MU_BODY_ABSENT &&
           (has_way(sim, person, &goal, true) ||
            (mu_minds(sim)[person].avoid != MU_NONE && has_way(sim, person, &goal, false)));
}

double mu_crowd_way_within(mu_sim *sim, uint32_t person, mu_goal goal, double most) {
    if (mu_bodies(sim)[person].mode == MU_BODY_ABSENT) {
        return INFINITY;
    }
    const mu_point at = mu_crowd_at(sim, person);
    const uint32_t area = mu_bodies(sim)[person].area;
    const mu_walker_class walker = mu_mind_class(sim, person);
    double cost;
    mu_point target;
    (void)mu_route_within(sim->routes, &goal, walker, known_closed(sim, person, true), area, at,
                          most, &cost, &target);
    if (cost >= most && mu_minds(sim)[person].avoid != MU_NONE &&
        !has_way(sim, person, &goal, true)) {
        (void)mu_route_within(sim->routes, &goal, walker, known_closed(sim, person, false), area,
                              at, most, &cost, &target);
    }
    return cost;
}

static bool is_within(mu_sim *sim, uint32_t person, const mu_goal *goal, double most, bool avoids) {
    return mu_route_is_within(sim->routes, goal, mu_mind_class(sim, person),
                              known_closed(sim, person, avoids), mu_bodies(sim)[person].area,
                              mu_crowd_at(sim, person), most);
}

bool mu_crowd_is_way_within(mu_sim *sim, uint32_t person, mu_goal goal, double most) {
    return mu_bodies(sim)[person].mode != MU_BODY_ABSENT &&
           (is_within(sim, person, &goal, most, true) ||
            (mu_minds(sim)[person].avoid != MU_NONE && !has_way(sim, person, &goal, true) &&
             is_within(sim, person, &goal, most, false)));
}

/* The last digits of a sum depend on which end it was begun at. */
static double rounded_up(double metres) {
    return metres * (1 + 1e-9) + 1e-6;
}

bool mu_crowd_reach(mu_sim *sim, uint32_t person, double most, double *metres) {
    const uint32_t area = mu_bodies(sim)[person].area;
    if (mu_bodies(sim)[person].mode == MU_BODY_ABSENT || mu_minds(sim)[person].avoid != MU_NONE ||
        !mu_reach_areas(sim->walkable, mu_mind_class(sim, person), known_closed(sim, person, true),
                        area, mu_crowd_at(sim, person), rounded_up(most), metres)) {
        return false;
    }
    for (uint32_t a = 0; a < mu_walkable_area_count(sim->walkable); a++) {
        metres[a] = isinf(metres[a]) ? metres[a] : fmax(2 * metres[a] - rounded_up(metres[a]), 0);
    }
    return true;
}
