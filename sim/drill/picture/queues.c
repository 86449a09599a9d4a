/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who waits for what: people who make for the same opening and stand, each not far behind another,
 * from the opening back; and those whom a line of stations has not taken yet. */
#include <math.h>
#include <stdlib.h>

#include "crowd/flow.h"
#include "crowd/queueing.h"
#include "drill/picture/inside.h"
#include "response/wash.h"

/* Setting: fewer than this at a door or stair are people who let each other pass. Before a lift or
 * at a station even one waits. */
enum { PERSONS_LEAST = 3 };
/* Setting: whoever stands farther behind the last one belongs to another knot of people. */
static const double GAP_M = 2.5;

typedef struct waiter {
    uint32_t mouth;  /* gate * 2 + side; from STATION on: a station */
    uint32_t index;  /* into frame.people */
    uint32_t portal; /* MU_NOWHERE at a station */
    double away_m;   /* from the head */
} waiter;
static const uint32_t STATION = UINT32_C(1) << 31;

static int by_place(const void *a, const void *b) {
    const waiter *x = a, *y = b;
    return x->mouth != y->mouth    ? (x->mouth > y->mouth) - (x->mouth < y->mouth)
           : x->away_m < y->away_m ? -1
           : x->away_m > y->away_m ? 1
                                   : (x->index > y->index) - (x->index < y->index);
}

/* The line of stations that somebody waits for; MU_NONE. */
static uint32_t station_of(const mu_session *s, uint32_t person) {
    if (s->plan->site.decontamination.count == 0) {
        return MU_NONE;
    }
    const mu_washed *washed = &mu_washed_of(&s->shown)[person];
    return washed->state == MU_WASHED_QUEUES ? washed->line : MU_NONE;
}

static bool stands(const mu_session *s, uint32_t person) {
    const mu_body *body = &mu_bodies(&s->shown)[person];
    if (body->mode != MU_BODY_WALKING || body->gate == MU_NONE || body->gate == MU_GATE_UNCHOSEN) {
        return false;
    }
    return mu_flow_is_on(&s->shown)
               ? mu_flow_legs(&s->shown)[person].doing == MU_FLOW_WAITING
               : body->speed_mps <= MU_QUEUE_STANDING * (double)body->level_mps;
}

static bool find_waiter(const mu_session *s, const mu_frame_person *one, waiter *out) {
    const uint32_t station = station_of(s, one->person);
    if (station != MU_NONE) {
        const mu_point at = s->plan->site.decontamination.items[station].at;
        *out = (waiter){.mouth = STATION + station,
                        .portal = MU_NOWHERE,
                        .away_m = hypot(one->at.x - at.x, one->at.y - at.y)};
        return true;
    }
    if (!stands(s, one->person)) {
        return false;
    }
    const mu_body *body = &mu_bodies(&s->shown)[one->person];
    const mu_gate *gate = mu_walkable_gate(s->plan->walkable, body->gate);
    if (gate->portal != MU_NOWHERE && s->scene.portals[gate->portal].look == MU_PORTAL_LOOK_RIDE) {
        return false; /* is in the car already */
    }
    *out = (waiter){.mouth = body->gate * 2 + (gate->area[0] == body->area ? 0 : 1),
                    .portal = gate->portal,
                    .away_m = hypot(one->at.x - one->next.x, one->at.y - one->next.y)};
    return true;
}

static mu_queue_kind kind_of(const mu_session *s, const waiter *first) {
    if (first->portal == MU_NOWHERE) {
        return MU_QUEUE_AT_DESK;
    }
    const uint32_t look = s->scene.portals[first->portal].look;
    return look == MU_PORTAL_LOOK_STAIR  ? MU_QUEUE_AT_STAIR
           : look == MU_PORTAL_LOOK_LIFT ? MU_QUEUE_AT_LIFT
                                         : MU_QUEUE_AT_DOOR;
}

/* How many of a mouth's, nearest first, stand close behind each other. Where `flow` moves people,
 * and at a station, it is known who waits. */
static uint32_t length_of(const mu_session *s, const waiter *first, uint32_t count) {
    uint32_t length = 0;
    const bool known = first->portal == MU_NOWHERE || mu_flow_is_on(&s->shown);
    for (double reach = 0; length < count && (known || first[length].away_m <= reach + GAP_M);
         length++) {
        reach = first[length].away_m;
    }
    return length;
}

static bool make_queue(const mu_session *s, mu_frame_person *people, const waiter *first,
                       uint32_t count, mu_frame_queue *out) {
    const mu_queue_kind kind = kind_of(s, first);
    const mu_frame_person *head = &people[first->index];
    const uint32_t length = length_of(s, first, count);
    const bool one_is_enough = kind == MU_QUEUE_AT_LIFT || kind == MU_QUEUE_AT_DESK;
    if (length < (one_is_enough ? 1 : PERSONS_LEAST)) {
        return false;
    }
    *out =
        (mu_frame_queue){.kind = kind,
                         .portal = first->portal,
                         .level = head->level,
                         .count = length,
                         .at = kind == MU_QUEUE_AT_DESK
                                   ? s->plan->site.decontamination.items[first->mouth - STATION].at
                                   : head->next};
    for (uint32_t i = 0; i < length; i++) {
        mu_frame_person *one = &people[first[i].index];
        one->waits = 1;
        out->middle.x += one->at.x / length;
        out->middle.y += one->at.y / length;
    }
    return true;
}

mu_status mu_queues_frame(mu_session *session, mu_frame_person *people, mu_frame *frame) {
    const size_t most = (size_t)frame->people_count + 1;
    waiter *waiters = mu_arena_array(session->frame_arena, most, sizeof *waiters);
    if (waiters == NULL) {
        return MU_ERR_MEMORY;
    }
    uint32_t count = 0, mouths = 0;
    for (uint32_t p = 0; p < frame->people_count; p++) {
        if (find_waiter(session, &people[p], &waiters[count])) {
            waiters[count++].index = p;
        }
    }
    qsort(waiters, count, sizeof *waiters, by_place);
    for (uint32_t i = 0; i < count; i++) {
        mouths += i == 0 || waiters[i].mouth != waiters[i - 1].mouth;
    }
    mu_frame_queue *queues = mu_arena_array(
        session->frame_arena, (size_t)mouths + session->plan->site.lanes.count + 1, sizeof *queues);
    if (queues == NULL) {
        return MU_ERR_MEMORY;
    }
    for (uint32_t i = 0, next; i < count; i = next) {
        next = i + 1;
        while (next < count && waiters[next].mouth == waiters[i].mouth) {
            next++;
        }
        frame->queue_count +=
            make_queue(session, people, &waiters[i], next - i, &queues[frame->queue_count]);
    }
    frame->queues = queues;
    return mu_lanes_frame(session, frame, queues);
}
