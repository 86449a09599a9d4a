/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A frame from the world: who is where and doing what, what each portal is, and the rest from the
 * files beside this one. It reads and changes nothing. */
#include <math.h>

#include "drill/picture/inside.h"

static const double GATHERED_M = 20; /* whoever is out within this of an assembly point is at it */

static mu_doing occupant_doing(const mu_mind *mind) {
    switch ((mu_occupant_state)mind->state) {
    case MU_OCCUPANT_SHELTERING:
        return MU_DOING_SHELTERING;
    case MU_OCCUPANT_HELD:
        return MU_DOING_HELD;
    case MU_OCCUPANT_CASUALTY:
        return MU_DOING_HURT;
    case MU_OCCUPANT_REFUGE:
        return MU_DOING_REFUGE;
    case MU_OCCUPANT_OUT:
    case MU_OCCUPANT_TAKEN:
        return MU_DOING_OUT;
    case MU_OCCUPANT_EXPECTED:
    case MU_OCCUPANT_INSIDE:
    case MU_OCCUPANT_STATE_COUNT:
        break;
    }
    if (mind->stuck != MU_STUCK_NOT) {
        return MU_DOING_STUCK;
    }
    return mind->evacuating != 0                  ? MU_DOING_LEAVING
           : mind->alerted_record != MU_NO_RECORD ? MU_DOING_TOLD
                                                  : MU_DOING_USUAL;
}

static mu_doing responder_doing(const mu_session *s, uint32_t person) {
    const mu_hand *hand = &mu_hands(&s->shown)[person];
    switch ((mu_hand_state)hand->state) {
    case MU_HAND_FREE:
        return MU_DOING_ON_DUTY;
    case MU_HAND_ROUTINE:
        return MU_DOING_ROUTINE;
    case MU_HAND_CALL:
        return MU_DOING_TALKING;
    case MU_HAND_ISSUE:
        return hand->there != 0 ? MU_DOING_WORKING : MU_DOING_GOING;
    case MU_HAND_RELIEF:
        return MU_DOING_TALKING;
    case MU_HAND_OFF:
        return MU_DOING_LEAVING;
    case MU_HAND_STEP:
        break;
    }
    const mu_step_state state = (mu_step_state)mu_steps(&s->shown)[hand->step].state;
    return state == MU_STEP_HOLDING && hand->there != 0 ? MU_DOING_HOLDING
           : hand->there != 0 || state == MU_STEP_WORKING ||
                   mu_bodies(&s->shown)[person].mode != MU_BODY_WALKING
               ? MU_DOING_WORKING
               : MU_DOING_GOING;
}

static mu_point on_plan(const mu_session *s, uint32_t area, mu_point at, uint32_t *level) {
    const mu_point p = mu_area_on_plan(s->plan->walkable, area, at, level);
    *level = s->level_of_site[*level];
    return p;
}

/* Where the present walk leads next; `at` where it leads nowhere, or to another level. */
static mu_point next_of(const mu_session *s, const mu_body *body, mu_point at) {
    uint32_t level;
    if (body->mode != MU_BODY_WALKING || body->gate == MU_GATE_UNCHOSEN) {
        return at;
    }
    if (body->gate == MU_NONE) {
        return on_plan(s, body->area, body->target, &level);
    }
    const mu_gate *gate = mu_walkable_gate(s->plan->walkable, body->gate);
    const int side = gate->area[0] == body->area ? 0 : 1;
    const mu_point middle = {(gate->a[side].x + gate->b[side].x) / 2,
                             (gate->a[side].y + gate->b[side].y) / 2};
    return on_plan(s, body->area, middle, &level);
}

/* A heading as the plan shows it: a flight's own frame may be turned. */
static mu_point heading_of(const mu_session *s, uint32_t person, mu_point at) {
    uint32_t level;
    const mu_body *body = &mu_bodies(&s->shown)[person];
    const mu_point here = mu_crowd_at(&s->shown, person);
    const mu_point ahead = {here.x + 0.1 * body->heading.x, here.y + 0.1 * body->heading.y};
    const mu_point p = on_plan(s, body->area, ahead, &level);
    const double length = hypot(p.x - at.x, p.y - at.y);
    return length > 1e-6 ? (mu_point){(p.x - at.x) / length, (p.y - at.y) / length}
                         : (mu_point){0, 0};
}

static mu_frame_person person_now(const mu_session *s, uint32_t person) {
    const mu_person *given = &s->plan->people.list.items[person];
    const mu_body *body = &mu_bodies(&s->shown)[person];
    uint32_t level;
    const mu_point at = on_plan(s, body->area, mu_crowd_at(&s->shown, person), &level);
    const bool occupant = given->kind == MU_PERSON_OCCUPANT;
    const uint32_t team =
        given->kind == MU_PERSON_UNIT ? s->plan->people.roles.count + given->from : given->role;
    return (mu_frame_person){
        .at = at,
        .heading = heading_of(s, person, at),
        .next = next_of(s, body, at),
        .person = person,
        .level = (uint16_t)level,
        .team = (uint16_t)team,
        .kind = given->kind == MU_PERSON_OCCUPANT ? MU_FRAME_OCCUPANT
                : given->kind == MU_PERSON_MEMBER ? MU_FRAME_MEMBER
                                                  : MU_FRAME_UNIT,
        .doing = (uint8_t)(occupant ? occupant_doing(&mu_minds(&s->shown)[person])
                                    : responder_doing(s, person)),
        .walking = body->mode == MU_BODY_WALKING,
        .wheels = given->mobility == MU_MOBILITY_WHEELCHAIR,
        .tag = (uint8_t)mu_tag_of(s, person),
        .lying = body->mode == MU_BODY_LYING,
        .carried = mu_minds(&s->shown)[person].carrier != MU_NONE,
        .radius_m = body->radius_m,
        .speed_mps = body->mode == MU_BODY_WALKING ? (float)body->speed_mps : 0};
}

static void count_occupant(mu_frame_counts *counts, const mu_mind *mind) {
    counts->occupants++;
    switch ((mu_occupant_state)mind->state) {
    case MU_OCCUPANT_EXPECTED:
        counts->expected++;
        return;
    case MU_OCCUPANT_TAKEN:
        counts->taken++;
        return;
    case MU_OCCUPANT_INSIDE:
    case MU_OCCUPANT_SHELTERING:
    case MU_OCCUPANT_HELD:
    case MU_OCCUPANT_CASUALTY:
    case MU_OCCUPANT_OUT:
    case MU_OCCUPANT_REFUGE:
    case MU_OCCUPANT_STATE_COUNT:
        break;
    }
    switch (occupant_doing(mind)) {
    case MU_DOING_TOLD:
        counts->told++;
        break;
    case MU_DOING_LEAVING:
        counts->leaving++;
        break;
    case MU_DOING_STUCK:
        counts->stuck++;
        break;
    case MU_DOING_SHELTERING:
        counts->sheltering++;
        break;
    case MU_DOING_REFUGE:
        counts->refuge++;
        break;
    case MU_DOING_HELD:
        counts->held++;
        break;
    case MU_DOING_HURT:
        counts->hurt++;
        break;
    case MU_DOING_OUT:
        counts->out++;
        break;
    default:
        counts->usual++;
    }
}

static mu_status make_people(mu_session *s, mu_frame *frame) {
    const uint32_t count = s->plan->people.list.count;
    mu_frame_person *people = mu_arena_array(s->frame_arena, (size_t)count + 1, sizeof *people);
    if (people == NULL) {
        return MU_ERR_MEMORY;
    }
    for (uint32_t p = 0; p < count; p++) {
        const bool occupant = s->plan->people.list.items[p].kind == MU_PERSON_OCCUPANT;
        if (occupant) {
            count_occupant(&frame->counts, &mu_minds(&s->shown)[p]);
        }
        if (mu_bodies(&s->shown)[p].mode != MU_BODY_ABSENT) {
            people[frame->people_count++] = person_now(s, p);
            frame->counts.responders += !occupant;
        }
    }
    frame->people = people;
    return mu_queues_frame(s, people, frame);
}

static mu_door door_of(uint32_t state) {
    switch ((mu_portal_state)state) {
    case MU_PORTAL_OPEN:
        return MU_DOOR_OPEN;
    case MU_PORTAL_CLOSED:
        return MU_DOOR_SHUT;
    case MU_PORTAL_LOCKED:
        return MU_DOOR_LOCKED;
    case MU_PORTAL_WAIT:
        return MU_DOOR_WAIT;
    case MU_PORTAL_EXIT_ONLY:
    case MU_PORTAL_ONE_WAY:
        return MU_DOOR_ONE_WAY;
    }
    return MU_DOOR_OPEN;
}

/* Which way a portal that can be passed one way only is passed. */
static mu_point way_through(const mu_session *s, uint32_t portal) {
    const uint32_t from = mu_portals(&s->shown)[portal].from;
    for (uint32_t g = 0; g < mu_walkable_gate_count(s->plan->walkable); g++) {
        const mu_gate *gate = mu_walkable_gate(s->plan->walkable, g);
        if (gate->portal == portal) {
            const int side = gate->area[0] == from ? 0 : 1;
            return gate->area[side] == from
                       ? (mu_point){-gate->inward[side].x, -gate->inward[side].y}
                       : (mu_point){0, 0};
        }
    }
    return (mu_point){0, 0};
}

static mu_status make_portals(mu_session *s, mu_frame *frame) {
    const uint32_t count = s->scene.portal_count;
    mu_frame_portal *portals = mu_arena_array(s->frame_arena, (size_t)count + 1, sizeof *portals);
    if (portals == NULL) {
        return MU_ERR_MEMORY;
    }
    for (uint32_t p = 0; p < count; p++) {
        const mu_portal_now *now = &mu_portals(&s->shown)[p];
        const mu_access access = s->plan->site.portals.items[p].access;
        portals[p] = (mu_frame_portal){.state = (uint8_t)door_of(now->state),
                                       .moving = now->target != now->state,
                                       .locked = access == MU_ACCESS_KEY    ? 1
                                                 : access == MU_ACCESS_PASS ? 2
                                                                            : 0,
                                       .lost = now->lost != 0};
        if (portals[p].state == MU_DOOR_ONE_WAY || portals[p].state == MU_DOOR_LOCKED) {
            portals[p].out = way_through(s, p);
        }
    }
    frame->portals = portals;
    return MU_OK;
}

/* A post is manned where somebody holds it for a step; an assembly point counts who is there. */
static mu_status make_marks(mu_session *s, mu_frame *frame) {
    const uint32_t count = s->scene.mark_count;
    uint8_t *manned = mu_arena_array(s->frame_arena, (size_t)count + 1, sizeof *manned);
    uint32_t *gathered = mu_arena_array(s->frame_arena, (size_t)count + 1, sizeof *gathered);
    if (manned == NULL || gathered == NULL) {
        return MU_ERR_MEMORY;
    }
    for (uint32_t p = 0; p < frame->people_count; p++) {
        const mu_frame_person *person = &frame->people[p];
        const bool holds = person->doing == MU_DOING_HOLDING;
        const bool out = person->doing == MU_DOING_OUT;
        double nearest = GATHERED_M;
        uint32_t best = MU_NONE;
        for (uint32_t m = 0; (holds || out) && m < count; m++) {
            const mu_scenery_mark *mark = &s->scene.marks[m];
            const double away = hypot(person->at.x - mark->at.x, person->at.y - mark->at.y);
            if (mark->level != person->level) {
                continue;
            }
            if (holds && mark->subject.kind == MU_SUBJECT_POST && away < 1.5) {
                manned[m] = 1;
            }
            if (out && mark->kind == MU_MARK_ASSEMBLY && away <= nearest) {
                nearest = away;
                best = m;
            }
        }
        if (best != MU_NONE) {
            gathered[best]++;
        }
    }
    for (uint32_t m = 0; m < count; m++) {
        manned[m] |= mu_station_works(s, s->scene.marks[m].subject);
    }
    frame->manned = manned;
    frame->gathered = gathered;
    return MU_OK;
}

const mu_frame *mu_session_frame(mu_session *session, const char *language) {
    if (mu_session_is_recording(session)) {
        return session->recording.frame(session->recording.with, session->at_us, language);
    }
    mu_arena_destroy(session->frame_arena);
    session->frame_arena = mu_arena_create();
    session->lacks_words = false;
    mu_frame *frame = &session->frame;
    *frame = (mu_frame){.time_us = session->at_us};
    if (session->frame_arena == NULL || session->shown.world.block == NULL) {
        return NULL;
    }
    /* Who walks by `flow` is where the time says, which may be later than the last event. */
    mu_clock *clock = mu_world_clock(&session->shown.world);
    const mu_time now_us = clock->now_us;
    frame->over = clock->over != 0;
    clock->now_us = frame->over || session->at_us < now_us ? now_us : session->at_us;
    const bool made =
        make_people(session, frame) == MU_OK && make_portals(session, frame) == MU_OK &&
        make_marks(session, frame) == MU_OK && mu_hazards_frame(session, frame) == MU_OK &&
        mu_rooms_frame(session, frame) == MU_OK &&
        mu_crews_frame(session, language, frame) == MU_OK &&
        mu_clocks_frame(session, language, frame) == MU_OK;
    clock->now_us = now_us;
    return made ? frame : NULL;
}
