/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking shelter: whoever is in a room that can be locked, and out of sight of the place, stays in
 * it; everyone else makes for the nearest such room, or in a lockdown out of the building if that
 * is nearer (run first, then hide: US DHS and CISA's order). Whoever finds no such room hides where
 * they are. People tell those around them. In a lockdown those in a room lock its doors, one each,
 * and then the next; who comes later finds them locked and looks for another room. */
#include <math.h>

#include "response/inside.h"
#include "site/lock.h"

#define ROOMS_TRIED 8U /* nearest on the plan: their ways are compared */
#define TRIES_MOST  6U /* rooms found locked, then hides where they are */
#define INTO_ROOM_M                                                                                \
    2.0             /* is in shelter this near to the middle of it, or to those who stand there */
#define ROOM_M2 1.0 /* floor for each who comes in: a room with less is full */

static mu_order_kind kind_of(const mu_step_plan *plan) {
    return plan->verb == MU_VERB_LOCK_DOWN ? MU_ORDER_LOCK : MU_ORDER_SHELTER;
}

static const mu_room *room_at(const mu_sim *sim, uint32_t room) {
    return &sim->response->rooms.items[room];
}

static const mu_shun *shun_of(const mu_sim *sim, uint32_t person) {
    return &mu_step_plan_of(sim, mu_orders(sim)[person].step)->shun;
}

static bool is_shunned(const mu_sim *sim, uint32_t person, uint32_t area) {
    const mu_shun *shun = shun_of(sim, person);
    return shun->areas != NULL && shun->areas[area];
}

static uint32_t count_in(const mu_sim *sim, uint32_t area) {
    uint32_t count = 0;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        count += mu_bodies(sim)[p].mode != MU_BODY_ABSENT && mu_bodies(sim)[p].area == area;
    }
    return count;
}

static bool has_room_for(const mu_sim *sim, const mu_room *room) {
    const double floor_m2 = mu_walkable_area(sim->walkable, room->space)->area_m2;
    return (count_in(sim, room->space) + 1) * ROOM_M2 <= floor_m2;
}

typedef struct choice {
    uint32_t room;
    double metres;
} choice;

/* Keeps the nearest few, in order. */
static void insert(choice *list, uint32_t *count, choice one) {
    uint32_t at = *count < ROOMS_TRIED ? (*count)++ : ROOMS_TRIED - 1;
    if (at == ROOMS_TRIED - 1 && *count == ROOMS_TRIED && list[at].metres <= one.metres &&
        list[at].room != MU_NONE) {
        return;
    }
    while (at > 0 && list[at - 1].metres > one.metres) {
        list[at] = list[at - 1];
        at--;
    }
    list[at] = one;
}

static uint32_t list_near(const mu_sim *sim, uint32_t person, choice *out) {
    const mu_body *body = &mu_bodies(sim)[person];
    uint32_t level = MU_NONE, count = 0;
    const mu_point at = mu_area_on_plan(sim->walkable, body->area, mu_crowd_at(sim, person), &level);
    for (uint32_t k = 0; k < ROOMS_TRIED; k++) {
        out[k] = (choice){.room = MU_NONE, .metres = INFINITY};
    }
    for (uint32_t r = 0; r < sim->response->rooms.count; r++) {
        const mu_room *room = room_at(sim, r);
        if (sim->site->spaces.items[room->space].level.index == level &&
            !is_shunned(sim, person, room->space) && room->space != body->area) {
            const double dx = room->at.x - at.x, dy = room->at.y - at.y;
            insert(out, &count, (choice){.room = r, .metres = sqrt(dx * dx + dy * dy)});
        }
    }
    return count;
}

static mu_goal goal_of(const mu_room *room) {
    return (mu_goal){.kind = MU_GOAL_POINT, .area = room->space, .at = room->at};
}

/* The room with the shortest way among those near; MU_NONE where there is none, or where the open
 * is nearer in a lockdown. *goal is where to go then, or of kind NONE. */
static uint32_t choose(mu_sim *sim, uint32_t person, mu_goal *goal) {
    choice near[ROOMS_TRIED];
    const uint32_t count = list_near(sim, person, near);
    const mu_shun *shun = shun_of(sim, person);
    uint32_t best = MU_NONE;
    double best_way = INFINITY;
    for (uint32_t k = 0; k < count; k++) {
        const mu_room *room = room_at(sim, near[k].room);
        const double way = has_room_for(sim, room)
                               ? mu_crowd_clear_way(sim, person, shun, goal_of(room))
                               : INFINITY;
        if (way < best_way) {
            best = near[k].room;
            best_way = way;
        }
    }
    *goal = (mu_goal){.kind = MU_GOAL_NONE};
    if (mu_orders(sim)[person].kind == MU_ORDER_LOCK) {
        const mu_goal out = {.kind = MU_GOAL_ASSEMBLY};
        if (mu_crowd_clear_way(sim, person, shun, (mu_goal){.kind = MU_GOAL_OUTSIDE}) < best_way &&
            isfinite(mu_crowd_clear_way(sim, person, shun, out))) {
            *goal = out;
            return MU_NONE;
        }
    }
    if (best != MU_NONE) {
        *goal = goal_of(room_at(sim, best));
    }
    return best;
}

/* The doors of a room, one after the other by as many people as are in it. */
static void lock_doors(mu_sim *sim, uint32_t person, uint32_t cause) {
    const mu_room *room = room_at(sim, mu_orders(sim)[person].room);
    const uint32_t hands = count_in(sim, room->space);
    double done_s[64] = {0};
    uint32_t turn = 0;
    const uint32_t most = hands < 64 ? (hands > 0 ? hands : 1) : 64;
    for (uint32_t i = 0; i < room->portals.count; i++) {
        const uint32_t portal = room->portals.items[i];
        mu_portal_now *door = &mu_portals(sim)[portal];
        if (door->target == MU_PORTAL_LOCKED || door->target == MU_PORTAL_CLOSED) {
            continue;
        }
        mu_stream stream;
        mu_sim_stream(sim, &stream, MU_PURPOSE_LOCK,
                      mu_name_hash(sim->site->portals.items[portal].id), 0);
        done_s[turn % most] += mu_lock_draw(&sim->site->portals.items[portal], &stream);
        door->target = MU_PORTAL_LOCKED;
        door->order = cause;
        mu_sim_schedule(sim, mu_time_from_s(done_s[turn % most]), MU_EVENT_DOOR_LOCKED, portal,
                        cause, (uint64_t)room->space << 32 | person);
        turn++;
    }
}

void mu_response_on_door_locked(mu_sim *sim, const mu_event *event) {
    const uint32_t portal = event->subject;
    const uint32_t space = (uint32_t)(event->argument >> 32);
    mu_portal_now *door = &mu_portals(sim)[portal];
    if (door->target != MU_PORTAL_LOCKED) {
        return; /* ordered otherwise meanwhile */
    }
    door->state = MU_PORTAL_LOCKED;
    door->from = space;
    mu_crowd_on_portal(sim, portal);
    const uint32_t person = (uint32_t)event->argument;
    door->cause = mu_sim_write(
        sim, (mu_record){.kind = MU_RECORD_LOCKED,
                         .cause = event->cause,
                         .subject = MU_HANDLE(MU_THING_PERSON, person),
                         .object = MU_HANDLE(MU_THING_PORTAL, portal),
                         .place = MU_HANDLE(MU_THING_SPACE, space),
                         .step = MU_HANDLE(MU_THING_STEP, mu_orders(sim)[person].step)});
}

bool mu_shelter_is_locking(const mu_sim *sim, uint32_t step) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    for (uint32_t r = 0; plan->verb == MU_VERB_LOCK_DOWN && r < sim->response->rooms.count; r++) {
        const mu_room *room = room_at(sim, r);
        for (uint32_t i = 0; plan->areas[room->space] && i < room->portals.count; i++) {
            const mu_portal_now *door = &mu_portals(sim)[room->portals.items[i]];
            if (door->target == MU_PORTAL_LOCKED && door->state != MU_PORTAL_LOCKED) {
                return true;
            }
        }
    }
    return false;
}

/* Is where they stay from now on. */
static void settle(mu_sim *sim, uint32_t person, uint32_t cause) {
    mu_order_now *order = &mu_orders(sim)[person];
    order->room = sim->response->room_of[mu_bodies(sim)[person].area];
    mu_crowd_stay(sim, person);
    const bool in_sight = is_shunned(sim, person, mu_bodies(sim)[person].area);
    if (order->kind == MU_ORDER_LOCK && order->room != MU_NONE && !in_sight) {
        lock_doors(sim, person, cause);
    }
    mu_crowd_set_state(sim, person, MU_OCCUPANT_SHELTERING, cause);
}

static void walk_to(mu_sim *sim, uint32_t person, mu_goal goal, uint32_t cause) {
    if (goal.kind == MU_GOAL_NONE ||
        !mu_crowd_keep_clear(sim, person, shun_of(sim, person), goal)) {
        settle(sim, person, cause);
        return;
    }
    if (goal.kind == MU_GOAL_ASSEMBLY) {
        mu_orders(sim)[person].kind = MU_ORDER_LEAVE;
        (void)mu_crowd_leave_at_once(sim, person, goal, cause);
        return;
    }
    const uint32_t moves =
        mu_sim_record(sim, MU_RECORD_MOVES, cause, MU_HANDLE(MU_THING_PERSON, person), 0,
                      MU_HANDLE(MU_THING_SPACE, goal.area));
    mu_minds(sim)[person].moves_record = moves;
    mu_minds(sim)[person].evacuating = 0;
    mu_crowd_set_state(sim, person, MU_OCCUPANT_INSIDE, moves);
    mu_crowd_send(sim, person, goal, INTO_ROOM_M, moves);
}

static void take_shelter(mu_sim *sim, uint32_t person, uint32_t cause) {
    const uint32_t area = mu_bodies(sim)[person].area;
    mu_order_now *order = &mu_orders(sim)[person];
    if (sim->response->room_of[area] != MU_NONE && !is_shunned(sim, person, area)) {
        settle(sim, person, cause);
        return;
    }
    mu_goal goal;
    order->room = choose(sim, person, &goal);
    const mu_goal out = {.kind = MU_GOAL_ASSEMBLY};
    if (goal.kind == MU_GOAL_NONE && is_shunned(sim, person, area) &&
        isfinite(mu_crowd_way(sim, person, out))) {
        order->kind = MU_ORDER_LEAVE; /* in sight, and no room out of it: run */
        (void)mu_crowd_leave_at_once(sim, person, out, cause);
        return;
    }
    walk_to(sim, person, goal, cause);
}

void mu_shelter_told(mu_sim *sim, uint32_t step, uint32_t person, mu_handle over,
                     uint32_t delivered) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    mu_order_now *order = &mu_orders(sim)[person];
    if (order->step == step || mu_minds(sim)[person].state != MU_OCCUPANT_INSIDE) {
        return; /* by another channel already, or in shelter */
    }
    const uint32_t alerted = mu_crowd_hear(sim, person, over, delivered);
    *order = (mu_order_now){.step = step, .kind = kind_of(plan), .room = MU_NONE};
    const uint32_t cause = alerted == MU_NO_RECORD ? delivered : alerted;
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_REACT, sim->people->list.items[person].hash,
                  (uint32_t)plan->hash);
    mu_sim_restamp(sim, MU_STAMPED_PERSON, person); /* what they were about to do */
    mu_sim_schedule(sim, mu_time_from_s(mu_dist_draw(&plan->given->reacts_s, &stream.rng)),
                    MU_EVENT_PERSON_MOVES, person, cause, step + UINT64_C(1));
    mu_tell_in_person(sim, step, person, cause);
}

void mu_response_on_moves(mu_sim *sim, const mu_event *event) {
    const uint32_t person = event->subject;
    const mu_order_now *order = &mu_orders(sim)[person];
    if (event->argument == 0) {
        mu_crowd_on_moves(sim, event);
    } else if (order->step + UINT64_C(1) == event->argument && order->kind != MU_ORDER_LEAVE &&
               mu_minds(sim)[person].state == MU_OCCUPANT_INSIDE) {
        take_shelter(sim, person, event->cause);
    }
}

/* The door was locked before they came, or there is no way: another room, or here. */
static void look_for_another(mu_sim *sim, uint32_t person, uint32_t cause) {
    mu_order_now *order = &mu_orders(sim)[person];
    if (++order->tries > TRIES_MOST) {
        settle(sim, person, cause);
    } else {
        take_shelter(sim, person, cause);
    }
}

void mu_shelter_arrived(mu_sim *sim, const mu_event *event) {
    const uint32_t person = event->subject;
    mu_order_now *order = &mu_orders(sim)[person];
    const bool no_way = event->argument != 0;
    if (order->step == MU_NONE || mu_minds(sim)[person].state != MU_OCCUPANT_INSIDE) {
        return;
    }
    if (order->kind == MU_ORDER_LEAVE) {
        if (no_way && mu_step_plan_of(sim, order->step)->shun.areas != NULL) {
            order->kind = MU_ORDER_SHELTER; /* no way out that keeps clear */
            look_for_another(sim, person, event->cause);
        }
        return;
    }
    if (no_way) {
        look_for_another(sim, person, event->cause);
    } else if (order->room != MU_NONE &&
               mu_bodies(sim)[person].area == room_at(sim, order->room)->space) {
        settle(sim, person, event->cause);
    }
}

void mu_shelter_release(mu_sim *sim, uint32_t cause) {
    for (uint32_t p = 0; p < sim->site->portals.count; p++) {
        mu_portal_now *door = &mu_portals(sim)[p];
        if (door->target == MU_PORTAL_LOCKED) {
            door->state = door->target = (uint32_t)sim->site->portals.items[p].state;
            door->order = door->cause = cause;
            door->from = sim->site->portals.items[p].between.items[0].index;
            mu_crowd_on_portal(sim, p);
        }
    }
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (mu_minds(sim)[p].state == MU_OCCUPANT_SHELTERING) {
            mu_orders(sim)[p] =
                (mu_order_now){.step = MU_NONE, .room = MU_NONE, .known = mu_orders(sim)[p].known};
            mu_crowd_set_state(sim, p, MU_OCCUPANT_INSIDE, cause);
        }
    }
}
