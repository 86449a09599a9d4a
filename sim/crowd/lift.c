/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The control of lifts: doors, calls, the way up and down, and recall. Collective control, as
 * common: a car goes on in its direction as long as somebody in it or before it wants that, stops
 * where it is called and where somebody wants out, and then turns. Acceleration is left out: times
 * are those of a constant speed, as in the worked lift of NIST TN 1822. */
#include "crowd/lift.h"

#include "crowd/flow.h"
#include "crowd/minds.h"
#include "crowd/refuge.h"
#include "crowd/scratch.h"
#include "crowd/throughput.h"
#include "site/plane.h"

#define LOOK_US    (MU_SECOND / 4)  /* while doors are open: is somebody still getting in or out? */
#define PASSING_US (MU_SECOND / 2)  /* nobody has for so long: doors close */
#define OPEN_US    (30 * MU_SECOND) /* whatever those do who stand before it */
#define FULL_US    (10 * MU_SECOND) /* nobody has got in for so long though they try: it is full */
#define CALL_M     1.0              /* whoever is as near to the door calls it */
#define COMING_M   2.5              /* whoever is as near is waited for */

static const mu_lift *given_of(const mu_sim *sim, uint32_t lift) {
    return &sim->site->lifts.items[lift];
}

static uint32_t space_of(const mu_sim *sim, uint32_t lift, uint32_t car) {
    return given_of(sim, lift)->cars.items[car].index;
}

static bool is_ride(const mu_sim *sim, uint32_t portal) {
    return sim->site->portals.items[portal].kind == MU_PORTAL_LIFT;
}

/* What the people in a car and before it want. */
typedef struct wishes {
    bool up, down; /* on in it */
    bool out;      /* here */
    bool coming;   /* somebody is about to get in here */
    bool moving;   /* in the car, and has not chosen yet */
} wishes;

static void add_rider(const mu_sim *sim, const mu_body *body, wishes *w) {
    if (body->mode != MU_BODY_WALKING || body->gate == MU_NONE) {
        return;
    }
    if (body->gate == MU_GATE_UNCHOSEN) {
        w->moving = true;
        return;
    }
    const mu_mouth *m = &sim->scratch->mouths[mu_body_mouth(sim->scratch, body)];
    if (!is_ride(sim, m->portal)) {
        w->out = true;
        return;
    }
    const uint32_t here = mu_walkable_area(sim->walkable, m->area)->car;
    const uint32_t there = mu_walkable_area(sim->walkable, m->beyond)->car;
    w->up = w->up || there > here;
    w->down = w->down || there < here;
}

static void add_coming(const mu_sim *sim, uint32_t person, uint32_t space, wishes *w) {
    const mu_body *body = &mu_bodies(sim)[person];
    if (body->mode != MU_BODY_WALKING || w->coming) {
        return;
    }
    const uint32_t mouth = mu_body_mouth(sim->scratch, body);
    if (mouth == MU_NONE || sim->scratch->mouths[mouth].beyond != space) {
        return;
    }
    const mu_point middle = mu_mouth_middle(&sim->scratch->mouths[mouth]);
    w->coming = mu_plane_distance(mu_crowd_at(sim, person), middle) < COMING_M;
}

static wishes ask_people(const mu_sim *sim, uint32_t lift) {
    const uint32_t space = space_of(sim, lift, mu_lifts(sim)[lift].car);
    const mu_body *bodies = mu_bodies(sim);
    wishes w = {0};
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (bodies[p].mode != MU_BODY_ABSENT && bodies[p].area == space) {
            add_rider(sim, &bodies[p], &w);
        } else {
            add_coming(sim, p, space, &w);
        }
    }
    return w;
}

static uint32_t count_riders(const mu_sim *sim, uint32_t space) {
    const mu_body *bodies = mu_bodies(sim);
    uint32_t riders = 0;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        riders += bodies[p].mode != MU_BODY_ABSENT && bodies[p].area == space;
    }
    return riders;
}

static void count_again(mu_sim *sim, uint32_t lift) {
    mu_lift_now *now = &mu_lifts(sim)[lift];
    now->riders = count_riders(sim, space_of(sim, lift, now->car));
    now->most = now->riders > now->most ? now->riders : now->most;
}

static void set_doors(mu_sim *sim, uint32_t lift, mu_portal_state state, bool takes) {
    const uint32_t space = space_of(sim, lift, mu_lifts(sim)[lift].car);
    for (uint32_t k = 0; k < mu_walkable_area(sim->walkable, space)->gate_count; k++) {
        int side = 0;
        const uint32_t gate = mu_area_gate(sim->walkable, space, k, &side);
        const mu_gate *g = mu_walkable_gate(sim->walkable, gate);
        mu_portal_now *door = &mu_portals(sim)[g->portal];
        if (is_ride(sim, g->portal) || door->lost != 0) {
            continue;
        }
        const uint32_t waits = takes ? 0 : g->area[1 - side] + 1;
        if (door->state != (uint32_t)state || door->waits != waits) {
            door->state = door->target = (uint32_t)state;
            door->waits = waits;
            mu_crowd_on_portal(sim, g->portal);
        }
    }
}

/* Who comes with somebody on a stretcher takes two places. */
static bool has_room(const mu_sim *sim, uint32_t lift) {
    const mu_lift_now *now = &mu_lifts(sim)[lift];
    const uint32_t needed = mu_crowd(sim)->carried > 0 ? 2 : 1;
    return now->full == 0 && now->riders + needed <= (uint32_t)given_of(sim, lift)->capacity;
}

/* Opens, for others to get in too, unless somebody wants out or it is full. */
static void let_in(mu_sim *sim, uint32_t lift, bool out) {
    set_doors(sim, lift, MU_PORTAL_OPEN, has_room(sim, lift) && !out);
}

static void act_in(mu_sim *sim, uint32_t lift, mu_lift_phase phase, mu_time delay_us) {
    mu_lift_now *now = &mu_lifts(sim)[lift];
    now->phase = (uint32_t)phase;
    mu_sim_schedule(sim, delay_us, MU_EVENT_LIFT_ACTS, lift, now->recalled, ++now->serial);
}

static void open_doors(mu_sim *sim, uint32_t lift) {
    mu_lift_now *now = &mu_lifts(sim)[lift];
    now->trips += now->loaded;
    now->loaded = 0;
    act_in(sim, lift, MU_LIFT_OPENING, mu_time_from_s(given_of(sim, lift)->doors_s));
}

static void close_doors(mu_sim *sim, uint32_t lift) {
    set_doors(sim, lift, MU_PORTAL_WAIT, true);
    act_in(sim, lift, MU_LIFT_CLOSING, mu_time_from_s(given_of(sim, lift)->doors_s));
}

static void move_on(mu_sim *sim, uint32_t lift, mu_lift_heading heading) {
    mu_lift_now *now = &mu_lifts(sim)[lift];
    const uint32_t lower = heading == MU_LIFT_UP ? now->car : now->car - 1;
    now->heading = (uint32_t)heading;
    act_in(sim, lift, MU_LIFT_MOVING,
           mu_time_from_s(mu_lift_rise_m(sim->site, lift, lower) / given_of(sim, lift)->speed_mps));
}

static bool is_called_above(const mu_lift_now *now) {
    return now->car + 1 < MU_LIFT_CARS_MOST && now->calls >> (now->car + 1) != 0;
}

static bool is_called_below(const mu_lift_now *now) {
    return (now->calls & (((uint64_t)1 << now->car) - 1)) != 0;
}

/* With an alarm it goes to its recall level first; helpers may use it from there on. */
static bool is_on_its_way_down(const mu_sim *sim, uint32_t lift) {
    const mu_lift_now *now = &mu_lifts(sim)[lift];
    return now->recalled != MU_NO_RECORD && now->phase != MU_LIFT_PARKED;
}

static void go_to_recall(mu_sim *sim, uint32_t lift) {
    const mu_lift_now *now = &mu_lifts(sim)[lift];
    const uint32_t to = mu_lift_recall_car(sim->site, lift);
    if (now->car == to) {
        open_doors(sim, lift);
    } else {
        move_on(sim, lift, now->car < to ? MU_LIFT_UP : MU_LIFT_DOWN);
    }
}

/* Those who stand in the flow model's queues come to the door once, and call whenever it leaves
 * without them. */
static void hear_queues(mu_sim *sim, uint32_t lift) {
    mu_lift_now *now = &mu_lifts(sim)[lift];
    for (uint32_t c = 0; mu_flow_is_on(sim) && c < given_of(sim, lift)->cars.count; c++) {
        const uint32_t space = space_of(sim, lift, c);
        for (uint32_t k = 0; k < mu_walkable_area(sim->walkable, space)->gate_count; k++) {
            int side = 0;
            const uint32_t gate = mu_area_gate(sim->walkable, space, k, &side);
            const uint32_t mouth = gate * 2 + (uint32_t)(1 - side);
            if (!is_ride(sim, sim->scratch->mouths[mouth].portal) &&
                mu_flow_side_of(sim, mouth)->waiting > 0) {
                now->calls |= (uint64_t)1 << c;
            }
        }
    }
}

/* The doors are closed and it stands, or goes by: what next? */
static void think(mu_sim *sim, uint32_t lift) {
    mu_lift_now *now = &mu_lifts(sim)[lift];
    if (is_on_its_way_down(sim, lift)) {
        go_to_recall(sim, lift);
        return;
    }
    hear_queues(sim, lift);
    const wishes w = ask_people(sim, lift);
    const bool called_here = (now->calls >> now->car & 1) != 0;
    if (w.out || (called_here && has_room(sim, lift))) {
        open_doors(sim, lift);
        return;
    }
    const bool up = now->car + 1 < given_of(sim, lift)->cars.count &&
                    (w.up || (is_called_above(now) && has_room(sim, lift)));
    const bool down = now->car > 0 && (w.down || (is_called_below(now) && has_room(sim, lift)));
    if (up && (now->heading != MU_LIFT_DOWN || !down)) {
        move_on(sim, lift, MU_LIFT_UP);
    } else if (down) {
        move_on(sim, lift, MU_LIFT_DOWN);
    } else if (w.moving) {
        act_in(sim, lift, MU_LIFT_CLOSING, LOOK_US); /* until they know where to */
    } else {
        now->heading = MU_LIFT_NOWHERE;
        now->phase = MU_LIFT_IDLE;
        now->serial++;
    }
}

/* Everyone in the car's space is where the car is now, and whoever walks looks where to go. */
static void take_along(mu_sim *sim, uint32_t from, uint32_t to) {
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        mu_body *body = &mu_bodies(sim)[p];
        if (body->mode == MU_BODY_ABSENT || body->area != from) {
            continue;
        }
        const mu_body_mode mode = (mu_body_mode)body->mode;
        mu_flow_halt(sim, p);
        mu_body_set_mode(sim, p, MU_BODY_ABSENT);
        body->area = to;
        mu_point clear = body->at;
        if (!mu_area_contains(sim->walkable, to, body->at) &&
            mu_area_clamp(sim->walkable, to, body->at, (double)body->radius_m, &clear)) {
            body->at = clear;
        }
        body->target = body->at;
        mu_body_set_mode(sim, p, mode);
        if (mode == MU_BODY_WALKING) {
            mu_mind_look_again(sim, p);
        }
    }
}

/* Whoever rode along and knew of no way from between the floors looks again once the doors are
 * open: for the open again, if it was a refuge of a floor that they have left. Where they are let
 * out in the middle of what they were told to keep clear of, any way is better than none. */
static void look_out(mu_sim *sim, uint32_t space) {
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        const mu_body *body = &mu_bodies(sim)[p];
        mu_mind *mind = &mu_minds(sim)[p];
        if (body->mode == MU_BODY_RESTING && body->area == space) {
            if (mind->stuck != MU_STUCK_NOT && isinf(mu_crowd_way(sim, p, mind->goal))) {
                mu_refuge_drop(sim, p);
            }
            if (mind->stuck != MU_STUCK_NOT && isinf(mu_crowd_way(sim, p, mind->goal))) {
                mind->belief = 0;
            }
            mu_mind_try_again(sim, p);
        }
    }
}

static void arrive(mu_sim *sim, uint32_t lift) {
    mu_lift_now *now = &mu_lifts(sim)[lift];
    const uint32_t from = space_of(sim, lift, now->car);
    now->loaded = now->loaded != 0 || now->riders > 0;
    now->car += now->heading == MU_LIFT_UP ? 1U : UINT32_MAX;
    take_along(sim, from, space_of(sim, lift, now->car));
    if (now->riders > 0) { /* they choose where to go at this very moment, but after this */
        act_in(sim, lift, MU_LIFT_CLOSING, mu_flow_is_on(sim) ? 0 : mu_crowd(sim)->step_us);
    } else {
        think(sim, lift);
    }
}

static void stand_open(mu_sim *sim, uint32_t lift) {
    mu_lift_now *now = &mu_lifts(sim)[lift];
    const bool parks = is_on_its_way_down(sim, lift);
    now->calls &= ~((uint64_t)1 << now->car);
    now->since_us = mu_sim_now(sim);
    if (parks && now->car == mu_lift_recall_car(sim->site, lift)) {
        (void)mu_sim_record(sim, MU_RECORD_LIFT_STANDS, now->recalled, 0, 0,
                            MU_HANDLE(MU_THING_SPACE, space_of(sim, lift, now->car)));
        const bool serves = given_of(sim, lift)->evacuation;
        now->phase = MU_LIFT_PARKED;
        set_doors(sim, lift, MU_PORTAL_OPEN, serves);
        look_out(sim, space_of(sim, lift, now->car));
        return;
    }
    let_in(sim, lift, ask_people(sim, lift).out);
    act_in(sim, lift, MU_LIFT_OPEN, LOOK_US);
}

/* First those get out who want to, then others get in, while there is room. */
static void look_at_doors(mu_sim *sim, uint32_t lift) {
    mu_lift_now *now = &mu_lifts(sim)[lift];
    const mu_time open_us = mu_sim_now(sim) - now->since_us;
    const wishes w = ask_people(sim, lift);
    if (w.coming && !w.out && !w.moving && now->riders > 0 && open_us >= FULL_US) {
        now->full = 1;
    }
    const bool room = has_room(sim, lift);
    let_in(sim, lift, w.out);
    const bool waits = w.out || w.moving || (w.coming && room);
    const bool stays = open_us < mu_time_from_s(given_of(sim, lift)->stays_s) ||
                       open_us < PASSING_US || (waits && open_us < OPEN_US);
    if (stays && !is_on_its_way_down(sim, lift)) {
        act_in(sim, lift, MU_LIFT_OPEN, LOOK_US);
    } else {
        close_doors(sim, lift);
    }
}

void mu_lift_on_acts(mu_sim *sim, const mu_event *event) {
    const uint32_t lift = event->subject;
    const mu_lift_now *now = &mu_lifts(sim)[lift];
    if (now->serial != (uint32_t)event->argument) {
        return;
    }
    switch ((mu_lift_phase)now->phase) {
    case MU_LIFT_OPENING:
        stand_open(sim, lift);
        break;
    case MU_LIFT_OPEN:
        look_at_doors(sim, lift);
        break;
    case MU_LIFT_CLOSING:
        count_again(sim, lift);
        think(sim, lift);
        break;
    case MU_LIFT_MOVING:
        arrive(sim, lift);
        break;
    case MU_LIFT_IDLE:
    case MU_LIFT_PARKED:
        break;
    }
}

/* A helper in a parked evacuation lift wants to go: it leaves its place with them. */
static void set_going(mu_sim *sim, uint32_t lift) {
    mu_lift_now *now = &mu_lifts(sim)[lift];
    if (now->phase == MU_LIFT_IDLE) {
        think(sim, lift);
    } else if (now->phase == MU_LIFT_PARKED && given_of(sim, lift)->evacuation) {
        now->recalled = MU_NO_RECORD;
        now->since_us = mu_sim_now(sim);
        act_in(sim, lift, MU_LIFT_OPEN, LOOK_US);
    }
}

void mu_lift_wait(mu_sim *sim, uint32_t person, uint32_t mouth) {
    const mu_mouth *m = &sim->scratch->mouths[mouth];
    if (m->beyond == MU_NONE || sim->site->lifts.count == 0) {
        return;
    }
    const mu_area *here = mu_walkable_area(sim->walkable, m->area);
    const mu_area *there = mu_walkable_area(sim->walkable, m->beyond);
    const uint32_t lift = here->lift != MU_NONE ? here->lift : there->lift;
    if (lift == MU_NONE) {
        return;
    }
    if (here->lift == MU_NONE) {
        const uint64_t call = (uint64_t)1 << there->car;
        if ((mu_lifts(sim)[lift].calls & call) != 0 ||
            mu_plane_distance(mu_crowd_at(sim, person), mu_mouth_middle(m)) > CALL_M) {
            return;
        }
        mu_lifts(sim)[lift].calls |= call;
    }
    set_going(sim, lift);
}

static void write_passage(mu_sim *sim, uint32_t person, mu_record_kind kind, uint32_t car) {
    (void)mu_sim_record(sim, kind, mu_minds(sim)[person].walk_record,
                        MU_HANDLE(MU_THING_PERSON, person), 0, MU_HANDLE(MU_THING_SPACE, car));
}

void mu_lift_passed(mu_sim *sim, uint32_t person, uint32_t mouth) {
    const mu_mouth *m = &sim->scratch->mouths[mouth];
    if (m->beyond == MU_NONE || sim->site->lifts.count == 0) {
        return;
    }
    const uint32_t in = mu_walkable_area(sim->walkable, m->beyond)->lift;
    const uint32_t out = mu_walkable_area(sim->walkable, m->area)->lift;
    if (in == MU_NONE && out == MU_NONE) {
        return;
    }
    const uint32_t lift = in != MU_NONE ? in : out;
    write_passage(sim, person, in != MU_NONE ? MU_RECORD_ENTERED_LIFT : MU_RECORD_LEFT_LIFT,
                  in != MU_NONE ? m->beyond : m->area);
    count_again(sim, lift);
    mu_lift_now *now = &mu_lifts(sim)[lift];
    now->since_us = mu_sim_now(sim);
    now->full = in != MU_NONE ? now->full : 0;
    if (now->phase == MU_LIFT_OPEN) {
        let_in(sim, lift, ask_people(sim, lift).out);
    }
}

/* Whoever makes for a lift looks where to go instead. */
static void turn_away(mu_sim *sim) {
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        const mu_body *body = &mu_bodies(sim)[p];
        if (body->mode != MU_BODY_WALKING) {
            continue;
        }
        const uint32_t mouth = mu_body_mouth(sim->scratch, body);
        const uint32_t beyond = mouth == MU_NONE ? MU_NONE : sim->scratch->mouths[mouth].beyond;
        if (beyond != MU_NONE && mu_walkable_area(sim->walkable, beyond)->lift != MU_NONE) {
            mu_mind_look_again(sim, p);
        }
    }
}

static void recall(mu_sim *sim, uint32_t lift, uint32_t record) {
    mu_lift_now *now = &mu_lifts(sim)[lift];
    now->recalled = record;
    now->calls = 0;
    if (now->phase == MU_LIFT_IDLE) {
        think(sim, lift);
    } else if (now->phase == MU_LIFT_OPEN && now->car == mu_lift_recall_car(sim->site, lift)) {
        now->serial++;
        stand_open(sim, lift);
    }
}

void mu_crowd_raise_alarm(mu_sim *sim, uint32_t cause) {
    if (mu_crowd(sim)->alarm != 0) {
        return;
    }
    mu_crowd(sim)->alarm = 1;
    if (sim->site->lifts.count == 0 && !mu_throughput_matters(sim)) {
        return;
    }
    const uint32_t record = mu_sim_record(sim, MU_RECORD_LIFTS_RECALLED, cause, 0, 0, 0);
    for (uint32_t l = 0; l < sim->site->lifts.count; l++) {
        recall(sim, l, record);
    }
    mu_throughput_released(sim);
    turn_away(sim);
}

void mu_lift_register(const mu_site *site, mu_layout *layout) {
    mu_layout_add(layout, MU_SECTION_LIFT, sizeof(mu_lift_now), site->lifts.count);
}

void mu_lift_place(mu_sim *sim, uint32_t lift, uint32_t car) {
    mu_lifts(sim)[lift].car = car;
}

void mu_lift_begin(mu_sim *sim) {
    for (uint32_t l = 0; l < sim->site->lifts.count; l++) {
        mu_lift_now *now = &mu_lifts(sim)[l];
        *now = (mu_lift_now){.phase = MU_LIFT_IDLE, .recalled = MU_NO_RECORD};
        for (uint32_t c = 0; c < given_of(sim, l)->cars.count; c++) {
            now->car = c;
            set_doors(sim, l, MU_PORTAL_WAIT, true);
        }
        now->car = mu_lift_recall_car(sim->site, l);
    }
    for (uint32_t p = 0; p < sim->site->portals.count; p++) {
        if (is_ride(sim, p)) {
            mu_portals(sim)[p].state = mu_portals(sim)[p].target = MU_PORTAL_WAIT;
        }
    }
}

bool mu_lift_is_sound(const mu_sim *sim) {
    for (uint32_t l = 0; l < sim->site->lifts.count; l++) {
        const mu_lift_now *now = &mu_lifts(sim)[l];
        uint32_t all = 0;
        for (uint32_t c = 0; c < given_of(sim, l)->cars.count; c++) {
            all += count_riders(sim, space_of(sim, l, c));
        }
        if (all != count_riders(sim, space_of(sim, l, now->car)) ||
            all > (uint32_t)given_of(sim, l)->capacity) {
            return false;
        }
    }
    return true;
}
