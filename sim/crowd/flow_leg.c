/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One person's way across one area: choosing, setting off with a speed that the crowd there allows,
 * getting to a gate or to the end, and passing into the next area. */
#include <math.h>

#include "crowd/carry.h"
#include "crowd/flow.h"
#include "crowd/hearsay.h"
#include "crowd/lift.h"
#include "crowd/minds.h"
#include "crowd/parties.h"
#include "crowd/queueing.h"
#include "site/plane.h"

#define SEEN_FROM_M 5.0  /* a closed door is seen to be closed from here */
#define OVER_SILL_M 0.05 /* how far inside somebody begins who has come through a gate */
#define AT_POINT_M  0.05
#define SLOWEST_MPS 0.05
#define STREAM_M                                                                                   \
    2.0 /* breadth of a stream of people behind a door, calibrated on doors in series */
#define DISSOLVING    0.7 /* a crowd in which one sets off dissolves from the front on one's way */
#define NARROWS_M     1.5 /* of way through a door, walked as slowly as a dense stream does … */
#define PRESSED_GAPS  1 /* … by whoever passes within so many gaps after the gate was free again */
#define ABREAST_LEAST 1.0 /* persons per m2 on a flight from which on nobody overtakes */
#define SOON          4U  /* events at the head of the queue: the next is one of them */
#define CACHED        4000U /* people whose legs, bodies and minds fit into the nearer caches */

void mu_flow_end_crossing(mu_sim *sim, uint32_t person) {
    mu_flow_leg *leg = &mu_flow_legs(sim)[person];
    if (leg->from != MU_NONE) {
        mu_flow_side_of(sim, leg->from)->entered--;
        leg->from = MU_NONE;
    }
}

void mu_flow_halt(mu_sim *sim, uint32_t person) {
    if (!mu_flow_is_on(sim) || mu_flow_legs(sim)[person].doing == MU_FLOW_NOTHING) {
        return;
    }
    mu_body *body = &mu_bodies(sim)[person];
    mu_flow_leg *leg = &mu_flow_legs(sim)[person];
    body->at = mu_crowd_at(sim, person);
    body->speed_mps = 0;
    if (leg->doing == MU_FLOW_WAITING) {
        mu_flow_leave_queue(sim, person);
        mu_flow_call(sim, leg->mouth / 2, mu_sim_now(sim));
    }
    if (leg->mouth != MU_NONE) {
        mu_flow_side_of(sim, leg->mouth)->coming--;
        leg->mouth = MU_NONE;
    }
    mu_flow_end_crossing(sim, person);
    leg->doing = MU_FLOW_NOTHING;
    leg->number++;
    mu_rings_turn(sim, person);
}

void mu_flow_set_off(mu_sim *sim, uint32_t person) {
    if (mu_flow_is_on(sim)) {
        mu_flow_leg *leg = &mu_flow_legs(sim)[person];
        leg->doing = MU_FLOW_CHOOSING;
        leg->start_us = leg->reach_us = mu_sim_now(sim);
        mu_rings_turn(sim, person);
        mu_sim_schedule(sim, 0, MU_EVENT_FLOW_PERSON, person, MU_NO_RECORD, ++leg->number);
    }
}

/* Persons per square metre of those who walk in an area, on the ground that the queues leave. */
static double density_of(const mu_sim *sim, uint32_t area) {
    const mu_flow_area *now = &mu_flow_areas(sim)[area];
    const double ground = now->ground_m2 - now->waiting / mu_flow_rules_now(sim)->most_per_m2;
    const double walking = now->walkers - now->waiting;
    return ground > walking * 0.1 ? walking / ground : 10;
}

/* The same in the stream of those who came in by a mouth, and who keep together however large the
 * area is. */
static double density_of_stream(const mu_sim *sim, uint32_t from, double metres) {
    const double width = sim->scratch->mouths[from].width_m;
    const double ground = metres * (width > STREAM_M ? width : STREAM_M);
    const double walking = mu_flow_side_of(sim, from)->entered;
    return walking > 1 && ground > walking * 0.1 ? walking / ground : 0;
}

/* The speed of this leg, and the density that it comes from. */
static double speed_of(const mu_sim *sim, uint32_t person, double *per_m2) {
    const mu_body *body = &mu_bodies(sim)[person];
    const mu_flow_leg *leg = &mu_flow_legs(sim)[person];
    const uint32_t mouth = leg->mouth;
    const mu_area *area = mu_walkable_area(sim->walkable, body->area);
    double own = (double)body->level_mps;
    if (area->stair != MU_NONE) {
        const double end_y = mouth != MU_NONE ? sim->scratch->mouths[mouth].a.y : body->target.y;
        own = (double)(end_y > body->at.y ? body->up_mps : body->down_mps);
    }
    own *= mu_crowd_pace(sim, person);
    *per_m2 = density_of(sim, body->area);
    if (leg->from != MU_NONE) {
        *per_m2 = fmax(*per_m2, density_of_stream(sim, leg->from, leg->metres));
    } else {
        *per_m2 *= DISSOLVING;
    }
    const double mps = mu_flow_speed(mu_flow_rules_now(sim), own, area->stair != MU_NONE, *per_m2);
    return mps > SLOWEST_MPS ? mps : SLOWEST_MPS;
}

static double metres_of(const mu_sim *sim, uint32_t person, uint32_t mouth, uint32_t from) {
    const mu_body *body = &mu_bodies(sim)[person];
    if (mouth == MU_NONE) {
        const mu_mind *mind = &mu_minds(sim)[person];
        const double metres = mu_flow_end_metres(sim, person);
        const double near = mind->tolerance_m > AT_POINT_M ? mind->tolerance_m : AT_POINT_M;
        return mind->goal.kind != MU_GOAL_POINT ? metres : metres > near ? metres - near : 0;
    }
    const double metres =
        from != MU_NONE
            ? mu_gate_distance(sim->walkable, body->area, from / 2, mouth / 2)
            : mu_field_distance(sim->walkable, body->area,
                                mu_walkable_field(sim->walkable, body->area, mouth / 2), body->at);
    return isfinite(metres) ? metres : 0; /* the route has found a way: only a corner of no width */
}

/* Is the gate at the end of a leg closed in a way that one turns back from? */
static bool is_closed_to(const mu_sim *sim, uint32_t person, uint32_t mouth) {
    const mu_mouth *m = &sim->scratch->mouths[mouth];
    return !mu_mouth_lets(sim, m, &mu_bodies(sim)[person]) && !mu_mouth_waits(sim, m);
}

/* When it will be seen to be closed. */
static mu_time sees_closed_us(const mu_sim *sim, const mu_flow_leg *leg) {
    const double seen_m = SEEN_FROM_M + sim->scratch->mouths[leg->mouth].width_m / 2;
    return leg->reach_us - mu_time_from_s(seen_m / leg->mps);
}

static void schedule_leg(mu_sim *sim, uint32_t person) {
    const mu_flow_leg *leg = &mu_flow_legs(sim)[person];
    const mu_time now = mu_sim_now(sim);
    mu_time at_us = leg->reach_us;
    if (leg->mouth != MU_NONE && is_closed_to(sim, person, leg->mouth)) {
        const mu_time sees_us = sees_closed_us(sim, leg);
        at_us = sees_us > now ? sees_us : now;
    }
    mu_sim_schedule(sim, at_us - now, MU_EVENT_FLOW_PERSON, person, MU_NO_RECORD, leg->number);
}

/* What it costs to go through a door in a dense stream rather than alone. */
static mu_time narrows_us(const mu_sim *sim, uint32_t from, double mps) {
    const uint32_t portal = sim->scratch->mouths[from].portal;
    if (mu_portal_is_flight(&sim->site->portals.items[portal])) {
        return 0;
    }
    const double dense_mps =
        mu_flow_speed(mu_flow_rules_now(sim), MU_FLOW_LEVEL_MPS, false, MU_FLOW_DENSE);
    if (mps <= dense_mps) {
        return 0;
    }
    return mu_time_from_s(NARROWS_M * (1 / dense_mps - 1 / mps));
}

void mu_flow_start_leg(mu_sim *sim, uint32_t person, uint32_t from, bool pressed) {
    mu_body *body = &mu_bodies(sim)[person];
    mu_flow_leg *leg = &mu_flow_legs(sim)[person];
    const uint32_t mouth = mu_body_mouth(sim->scratch, body);
    double per_m2;
    leg->mouth = mouth;
    leg->metres = metres_of(sim, person, mouth, from);
    leg->from = leg->came = from;
    if (from != MU_NONE) {
        mu_flow_side_of(sim, from)->entered++;
    }
    leg->mps = speed_of(sim, person, &per_m2);
    leg->doing = MU_FLOW_CROSSING;
    leg->number++;
    mu_rings_turn(sim, person);
    leg->start_us = mu_sim_now(sim);
    leg->reach_us = leg->start_us + mu_time_from_s(leg->metres / leg->mps);
    if (pressed) {
        leg->start_us += narrows_us(sim, from, leg->mps);
        leg->reach_us += leg->start_us - mu_sim_now(sim);
    }
    body->speed_mps = leg->mps;
    if (mouth != MU_NONE) {
        mu_flow_side *side = mu_flow_side_of(sim, mouth);
        side->coming++;
        if (sim->scratch->mouths[mouth].from_flight) {
            if (per_m2 >= ABREAST_LEAST && leg->reach_us < side->slow_us) {
                leg->reach_us = side->slow_us;
            }
            side->slow_us = leg->reach_us > side->slow_us ? leg->reach_us : side->slow_us;
        }
    }
    schedule_leg(sim, person);
}

/* Who comes from where a door is closed tells those who are on their way there. */
static void tell_those_coming(mu_sim *sim, uint32_t teller, uint32_t mouth) {
    if (mu_minds(sim)[teller].belief == 0 || mu_flow_side_of(sim, mouth)->coming == 0) {
        return;
    }
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (p != teller && mu_flow_legs(sim)[p].mouth == mouth &&
            mu_minds(sim)[p].belief != mu_minds(sim)[teller].belief) {
            mu_crowd_tell(sim, teller, p);
        }
    }
}

/* Leaves the queue that they have just come to, if another way is plainly quicker. */
static bool leaves_again(mu_sim *sim, uint32_t person, uint32_t mouth) {
    mu_mind *mind = &mu_minds(sim)[person];
    const mu_body *body = &mu_bodies(sim)[person];
    const mu_mouth *m = &sim->scratch->mouths[mouth];
    const uint32_t before = mu_flow_side_of(sim, mouth)->waiting - 1;
    if (before == 0 || mind->avoid != MU_NONE || m->from_flight) {
        return false;
    }
    const double wait_s = mu_crowd_wait_s(sim, m, before) -
                          mu_flow_queue_m(sim, mouth, before) / (double)body->level_mps;
    if (wait_s < MU_QUEUE_GAIN_LEAST_S || mu_party_keeps(sim, person) ||
        !mu_crowd_has_better(sim, person, mu_flow_near_gate(sim, person), m, wait_s)) {
        return false;
    }
    mind->avoid = m->portal;
    mu_mind_look_again(sim, person);
    return true;
}

/* At the end of a queue. Who comes at the very same moment is let come first, so that their order
 * is the queue's. */
static void stand_in_queue(mu_sim *sim, uint32_t person) {
    const uint32_t mouth = mu_flow_legs(sim)[person].mouth;
    mu_flow_end_crossing(sim, person);
    mu_flow_join(sim, person, mouth);
    mu_bodies(sim)[person].speed_mps = 0;
    if (leaves_again(sim, person, mouth)) {
        return;
    }
    mu_lift_wait(sim, person, mouth);
    if (mu_flow_gates(sim)[mouth / 2].due != 0 || mu_flow_side_of(sim, mouth)->blocked != 0) {
        return; /* the gate is looked at anyhow, or the first waits for room */
    }
    const mu_queue_view queue = mu_queue_of(&sim->world);
    if (queue.clock->pending > 0 && mu_queue_first(queue)->time_us == queue.clock->now_us) {
        mu_flow_call(sim, mouth / 2, queue.clock->now_us);
    } else {
        mu_flow_serve(sim, mouth / 2);
    }
}

static void end_walk(mu_sim *sim, uint32_t person) {
    mu_body *body = &mu_bodies(sim)[person];
    mu_flow_leg *leg = &mu_flow_legs(sim)[person];
    body->at =
        mu_minds(sim)[person].goal.kind == MU_GOAL_POINT ? mu_crowd_at(sim, person) : body->target;
    leg->doing = MU_FLOW_CHOOSING; /* nowhere to be worked out any more */
    mu_mind_end_walk(sim, person, 0);
}

static void go_on(mu_sim *sim, uint32_t person) {
    const mu_flow_leg *leg = &mu_flow_legs(sim)[person];
    const uint32_t number = leg->number, mouth = leg->mouth;
    if (mouth == MU_NONE) {
        end_walk(sim, person);
        return;
    }
    if (is_closed_to(sim, person, mouth)) {
        mu_crowd_find_closed(sim, person, sim->scratch->mouths[mouth].portal);
        if (leg->number != number) {
            tell_those_coming(sim, person, mouth);
            return;
        }
    }
    if (leg->reach_us > mu_sim_now(sim)) {
        mu_sim_schedule(sim, leg->reach_us - mu_sim_now(sim), MU_EVENT_FLOW_PERSON, person,
                        MU_NO_RECORD, number);
    } else {
        stand_in_queue(sim, person);
    }
}

/* Sends for those whom one event will ask about. */
static void expect_event(const mu_sim *sim, const mu_event *event) {
    if (event->kind == MU_EVENT_FLOW_PERSON) {
        mu_flow_expect(sim, event->subject);
    } else if (event->kind == MU_EVENT_FLOW_GATE) {
        const mu_flow_gate *gate = &mu_flow_gates(sim)[event->subject];
        for (int side = 0; side < 2; side++) {
            if (gate->side[side].first != MU_NONE) {
                mu_flow_expect(sim, gate->side[side].first);
            }
        }
    }
}

/* Sends for the queue that somebody will come to, whose leg has been sent for before. */
static void expect_queue(const mu_sim *sim, uint32_t person) {
    const mu_flow_leg *legs = mu_flow_legs(sim);
    const uint32_t mouth = legs[person].mouth;
    const uint32_t last = mouth == MU_NONE ? MU_NONE : mu_flow_side_of(sim, mouth)->last;
    if (last != MU_NONE) {
        mu_fetch(&legs[last]);
    }
}

/* People are many, and each is looked at once in a long while. */
void mu_flow_foresee(const mu_sim *sim) {
    if (sim->people->list.count <= CACHED) {
        return;
    }
    const mu_queue_view queue = mu_queue_of(&sim->world);
    const uint32_t count = queue.clock->pending;
    const mu_event *soon = mu_queue_all(queue);
    for (uint32_t k = 0; k < SOON && k < count; k++) {
        expect_event(sim, &soon[k]);
    }
    if (count > 0) {
        const mu_event *next = mu_queue_first(queue);
        if (next->kind == MU_EVENT_FLOW_PERSON) {
            expect_queue(sim, next->subject);
        }
    }
}

void mu_crowd_on_flow_person(mu_sim *sim, const mu_event *event) {
    const uint32_t person = event->subject;
    const mu_flow_leg *leg = &mu_flow_legs(sim)[person];
    mu_flow_foresee(sim);
    if (leg->number != (uint32_t)event->argument) {
        return;
    }
    if (leg->doing == MU_FLOW_CHOOSING) {
        mu_mind_choose_way(sim, person);
        if (leg->doing == MU_FLOW_CHOOSING) {
            mu_flow_start_leg(sim, person, MU_NONE, false);
        }
    } else if (leg->doing == MU_FLOW_CROSSING) {
        go_on(sim, person);
    }
}

/* Just inside the area beyond a mouth, in the middle of it. */
static void enter_by(mu_sim *sim, uint32_t person, uint32_t mouth) {
    mu_body *body = &mu_bodies(sim)[person];
    const mu_mouth *m = &sim->scratch->mouths[mouth];
    body->at = mu_mouth_inside(m, OVER_SILL_M);
    body->heading = m->inward;
    body->area = m->area;
    mu_flow_areas(sim)[m->area].walkers++;
    mu_body_moved_house(sim, person);
}

static bool leads_to_flight(const mu_sim *sim, const mu_mouth *m) {
    return m->beyond != MU_NONE && mu_walkable_area(sim->walkable, m->beyond)->stair != MU_NONE;
}

/* Does whoever comes in by one mouth turn right round to go out by another? By more than 60 degrees
 * to walk to it, and as much again to go through it; a gate that stands free has two sides. */
static bool turns_back(const mu_mouth *in, const mu_mouth *out) {
    const mu_point p = mu_mouth_middle(in), q = mu_mouth_middle(out);
    const double dx = q.x - p.x, dy = q.y - p.y, half = mu_plane_distance(p, q) / 2;
    return dx * in->inward.x + dy * in->inward.y < half &&
           (!out->on_border || -dx * out->inward.x - dy * out->inward.y < half);
}

/* Metres between the nearest ends of two mouths. */
static double eye_of(const mu_mouth *in, const mu_mouth *out) {
    double least = INFINITY;
    for (int k = 0; k < 4; k++) {
        const double i = k % 2 * in->width_m, o = k / 2 * out->width_m;
        const mu_point p = {in->a.x + i * in->along.x, in->a.y + i * in->along.y};
        const mu_point q = {out->a.x + o * out->along.x, out->a.y + o * out->along.y};
        least = fmin(least, mu_plane_distance(p, q));
    }
    return least;
}

/* What turning back from flight to flight takes; 0 where nobody does. */
static mu_time turn_us(const mu_sim *sim, uint32_t came, uint32_t mouth) {
    const mu_mouth *in = &sim->scratch->mouths[came], *out = &sim->scratch->mouths[mouth];
    if (!leads_to_flight(sim, in) || !leads_to_flight(sim, out) || !turns_back(in, out)) {
        return 0;
    }
    return mu_time_from_s(1 / mu_flow_turning(out->width_m, eye_of(in, out)));
}

/* Until the next may pass after somebody who came into the area by one mouth and leaves by another:
 * turning back takes longer. */
static mu_time gap_behind(const mu_sim *sim, uint32_t came, uint32_t mouth) {
    const mu_time gap_us = mu_flow_side_of(sim, mouth)->gap_us;
    const mu_flow_room *room = mu_flow_room_of(sim);
    if (came == MU_NONE || mu_flow_rules_now(sim)->turns == 0 || room == NULL) {
        return gap_us;
    }
    mu_flow_turn *turn = &room->turns[mouth];
    if (turn->came != came) {
        *turn = (mu_flow_turn){.came = came, .us = turn_us(sim, came, mouth)};
    }
    return turn->us > gap_us ? turn->us : gap_us;
}

void mu_flow_pass_first(mu_sim *sim, uint32_t mouth) {
    mu_flow_side *side = mu_flow_side_of(sim, mouth);
    mu_flow_gate *gate = &mu_flow_gates(sim)[mouth / 2];
    const uint32_t person = side->first, area = sim->scratch->mouths[mouth].area;
    mu_flow_leg *leg = &mu_flow_legs(sim)[person];
    const mu_time now = mu_sim_now(sim);
    const bool pressed = gate->free_us + PRESSED_GAPS * side->gap_us > now && gate->free_us > 0;
    gate->free_us = (gate->free_us > now ? gate->free_us : now) + gap_behind(sim, leg->came, mouth);
    mu_flow_leave_queue(sim, person);
    side->coming--;
    leg->mouth = MU_NONE;
    leg->doing = MU_FLOW_CHOOSING;
    mu_body_note_left(sim, person, mouth);
    if (sim->scratch->mouths[mouth].beyond == MU_NONE) {
        mu_body_leave_site(sim, person);
        return;
    }
    mu_flow_areas(sim)[area].walkers--;
    mu_flow_offer_room(sim, area); /* first: what is due at once goes into the queue cheaply */
    enter_by(sim, person, mouth ^ 1U);
    mu_crowd_bring_along(sim);
    mu_lift_passed(sim, person, mouth);
    mu_mind_choose_on(sim, person, mouth ^ 1U);
    if (leg->doing == MU_FLOW_CHOOSING) {
        mu_flow_start_leg(sim, person, mouth ^ 1U, pressed);
        tell_those_coming(sim, person, mouth ^ 1U);
    }
}

/* Those who make for a gate that has been closed to them look again where they are. */
static void look_again(mu_sim *sim, uint32_t mouth) {
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (mu_flow_legs(sim)[p].mouth == mouth && is_closed_to(sim, p, mouth)) {
            mu_mind_look_again(sim, p);
        }
    }
}

void mu_crowd_on_portal(mu_sim *sim, uint32_t portal) {
    if (!mu_flow_is_on(sim)) {
        return;
    }
    for (uint32_t m = 0; m < 2 * mu_walkable_gate_count(sim->walkable); m++) {
        const mu_mouth *mouth = &sim->scratch->mouths[m];
        if (mouth->portal != portal || mouth->area == MU_NONE ||
            mu_flow_side_of(sim, m)->coming == 0) {
            continue;
        }
        look_again(sim, m);
        mu_flow_call(sim, m / 2, mu_sim_now(sim));
    }
}
