/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One step of the crowd: everyone looks, the motion model moves them, and then whoever has come
 * through a gate is passed on and whoever has got there has arrived. */
#include <math.h>

#include "crowd/carry.h"
#include "crowd/end.h"
#include "crowd/hearsay.h"
#include "crowd/lift.h"
#include "crowd/minds.h"
#include "crowd/motion.h"
#include "crowd/parties.h"
#include "crowd/queueing.h"
#include "crowd/scratch.h"
#include "crowd/throughput.h"
#include "crowd/walk.h"
#include "site/plane.h"

#define SEEN_FROM_M 5.0  /* a closed door is seen to be closed from here */
#define AT_LINE_M   0.05 /* at a gate's line */
#define SILL_M      0.25
#define ACROSS_M    0.01 /* how far inside somebody stands who has come through a gate */

/* Does somebody see that the gate they head for is closed to them? */
static void look_at_gate(mu_sim *sim, uint32_t person, const mu_mouth *m) {
    const mu_body *body = &mu_bodies(sim)[person];
    /* On the near side of the sill, so that it is seen from along the wall as well. */
    const mu_point middle = mu_mouth_inside(m, SILL_M);
    if (mu_mouth_lets(sim, m, body) || mu_mouth_waits(sim, m) ||
        mu_plane_distance(body->at, middle) > SEEN_FROM_M + m->width_m / 2 ||
        !mu_area_sees(sim->walkable, body->area, body->at, middle, 0)) {
        return;
    }
    const uint32_t belief = mu_minds(sim)[person].belief;
    mu_crowd_learn(sim, person, m->portal, true);
    if (mu_minds(sim)[person].belief != belief) {
        mu_sim_record(sim, MU_RECORD_REROUTED, mu_portals(sim)[m->portal].order,
                      MU_HANDLE(MU_THING_PERSON, person), MU_HANDLE(MU_THING_PORTAL, m->portal),
                      mu_body_place(sim, person));
    }
}

/* Is there nothing to do before a step for somebody who walks towards a gate? It is open, and is
 * not thought about at the moment. */
static bool goes_on(const mu_sim *sim, const mu_body *body, bool is_turn) {
    if (is_turn || body->gate == MU_GATE_UNCHOSEN) {
        return false;
    }
    return mu_portals(sim)[sim->scratch->mouths[body->gate * 2].portal].state == MU_PORTAL_OPEN;
}

/* What somebody who walks towards a gate does before each step. */
static void look(mu_sim *sim, const mu_body *body, uint32_t person, bool is_turn) {
    const uint32_t mouth = mu_body_mouth(sim->scratch, body);
    const mu_mouth *m = &sim->scratch->mouths[mouth];
    if (mu_portals(sim)[m->portal].state == MU_PORTAL_WAIT) {
        mu_lift_wait(sim, person, mouth);
    } else if (mu_portals(sim)[m->portal].state != MU_PORTAL_OPEN) {
        look_at_gate(sim, person, m);
    }
    if (is_turn && body->speed_mps <= MU_QUEUE_STANDING * (double)body->level_mps &&
        !mu_party_keeps(sim, person)) {
        mu_crowd_reconsider(sim, person);
    }
    if (body->gate == MU_GATE_UNCHOSEN) {
        mu_mind_choose_way(sim, person);
    }
}

/* Whose turn it is to look about in this step: MU_LOOK_PHASES if nobody's. */
static uint32_t phase_of(const mu_sim *sim) {
    const mu_time moment = mu_time_from_s(MU_QUEUE_LOOK_S) / MU_LOOK_PHASES;
    const mu_time now = mu_sim_now(sim);
    const mu_time into = now % moment;
    return into < mu_crowd(sim)->step_us ? (uint32_t)(now / moment % MU_LOOK_PHASES)
                                         : MU_LOOK_PHASES;
}

static void look_about(mu_sim *sim) {
    const mu_crowd_scratch *scratch = sim->scratch;
    const uint32_t phase = phase_of(sim);
    const mu_body *bodies = mu_bodies(sim); /* nothing in here makes the world grow */
    uint32_t open = MU_NONE;                /* a gate that is */
    for (uint32_t w = 0; w < scratch->walker_count; w++) {
        const uint32_t person = scratch->walkers[w];
        const mu_body *body = &bodies[person];
        const bool is_turn = scratch->phase[person] == phase;
        if (!is_turn && body->gate == open) {
            continue; /* most go on to where the one before goes, too */
        }
        if (body->gate == MU_GATE_UNCHOSEN) {
            mu_mind_choose_way(sim, person);
        }
        open = MU_NONE;
        if (body->mode == MU_BODY_WALKING && body->gate != MU_NONE) {
            if (goes_on(sim, body, is_turn)) {
                open = body->gate;
            } else {
                look(sim, body, person, is_turn);
            }
        }
    }
}

/* The last door to the open, or the edge of the model: told once. */
void mu_body_note_left(mu_sim *sim, uint32_t person, uint32_t mouth) {
    const mu_mouth *m = &sim->scratch->mouths[mouth];
    mu_mind *mind = &mu_minds(sim)[person];
    const bool was_out = mu_walkable_area(sim->walkable, m->area)->outdoor;
    const bool is_out = m->beyond == MU_NONE || mu_walkable_area(sim->walkable, m->beyond)->outdoor;
    if (mind->evacuating != 0 && mind->left_record == MU_NO_RECORD && !was_out && is_out) {
        mind->left_record = mu_sim_record(
            sim, MU_RECORD_LEFT, mind->moves_record, MU_HANDLE(MU_THING_PERSON, person),
            MU_HANDLE(MU_THING_PORTAL, m->portal), mu_body_place(sim, person));
    }
}

void mu_body_leave_site(mu_sim *sim, uint32_t person) {
    const mu_mind *mind = &mu_minds(sim)[person];
    mu_mind_end_walk(sim, person, 0);
    mu_body_set_mode(sim, person, MU_BODY_ABSENT);
    if (mind->evacuating != 0) {
        mu_crowd_set_state(sim, person, MU_OCCUPANT_OUT,
                           mind->left_record != MU_NO_RECORD ? mind->left_record
                                                             : mind->walk_record);
    }
}

/* The place of somebody who has come through a gate: a little inside, within its width. */
static mu_point just_inside(const mu_sim *sim, const mu_mouth *m, uint32_t area, mu_point p) {
    const double keep = mu_less(ACROSS_M, m->width_m / 2);
    const double depth = mu_mouth_depth(m, p), across = mu_mouth_across(m, p);
    const double in = mu_more(ACROSS_M - depth, 0);
    const double aside = mu_less(mu_more(across, keep), m->width_m - keep) - across;
    p.x += m->inward.x * in + m->along.x * aside;
    p.y += m->inward.y * in + m->along.y * aside;
    mu_point clear = p;
    if (!mu_area_contains(sim->walkable, area, p) &&
        mu_area_clamp(sim->walkable, area, p, ACROSS_M, &clear)) {
        return clear; /* the plan's lines do not meet to the centimetre */
    }
    return p;
}

/* The next may pass so much later that the flow stays within the regulators' limit; what a step is
 * too long for is carried over. */
static void meter(mu_sim *sim, uint32_t gate, double width_m) {
    const mu_mouth *m = &sim->scratch->mouths[gate * 2];
    double most = mu_portal_most_per_s(sim, m->portal);
    if (mu_crowd(sim)->motion_mode == MU_MOTION_REGULATORY) {
        most = mu_less(most, MU_REGULATORY_FLOW * width_m);
    }
    if (isfinite(most)) {
        const mu_time apart = mu_time_from_s(1 / most);
        mu_time *next = &mu_meters(sim)[gate];
        const mu_time now_us = mu_sim_now(sim);
        const bool idle = *next == 0 || *next < now_us - apart; /* 0: nobody has passed yet */
        *next = (idle ? now_us : *next) + apart;
    }
}

/* Somebody has stepped over a gate's line: into the frame of the area beyond. */
static void pass(mu_sim *sim, uint32_t person, uint32_t mouth) {
    const mu_crowd_scratch *scratch = sim->scratch;
    const mu_mouth *m = &scratch->mouths[mouth];
    mu_body *body = &mu_bodies(sim)[person];
    mu_body_note_left(sim, person, mouth);
    meter(sim, mouth / 2, m->width_m);
    if (m->beyond == MU_NONE) {
        mu_body_leave_site(sim, person);
        return;
    }
    const mu_gate *gate = mu_walkable_gate(sim->walkable, mouth / 2);
    const int side = (int)(mouth % 2);
    const mu_mouth *there = &scratch->mouths[mouth ^ 1U];
    body->at = mu_gate_map(gate, side, body->at);
    body->heading = mu_gate_turn(gate, side, body->heading);
    body->at = just_inside(sim, there, m->beyond, body->at);
    body->area = m->beyond;
    mu_body_moved_house(sim, person);
    mu_lift_passed(sim, person, mouth);
    mu_mind_choose_on(sim, person, mouth ^ 1U);
}

/* Over the line of the gate headed for? In a border it is enough to be at the line, whatever side
 * of it the step began on; one that stands free has to be met. */
static bool has_come_through(const mu_sim *sim, uint32_t person, uint32_t mouth) {
    const mu_mouth *m = &sim->scratch->mouths[mouth];
    const mu_point now = mu_bodies(sim)[person].at;
    if (!m->on_border) {
        const mu_point moved = mu_walk_moved(sim->scratch, person);
        return mu_gate_reached(mu_walkable_gate(sim->walkable, mouth / 2), (int)(mouth % 2),
                               (mu_point){now.x - moved.x, now.y - moved.y}, now);
    }
    const double across = mu_mouth_across(m, now), depth = mu_mouth_depth(m, now);
    return depth < AT_LINE_M && depth > -(double)MU_WALK_CUTOFF_M && across >= 0 &&
           across <= m->width_m;
}

/* Several may have come to a metered gate in one step: the first passes, the others step back. */
static void come_through(mu_sim *sim, uint32_t person, uint32_t mouth) {
    const mu_mouth *m = &sim->scratch->mouths[mouth];
    mu_body *body = &mu_bodies(sim)[person];
    if (mu_gate_is_ready(sim, mouth / 2)) {
        pass(sim, person, mouth);
    } else if (m->on_border && mu_mouth_depth(m, body->at) < ACROSS_M) {
        body->at = just_inside(sim, m, body->area, body->at);
    }
}

static void advance(mu_sim *sim, uint32_t person) {
    const mu_body *body = &mu_bodies(sim)[person];
    const uint32_t mouth = mu_body_mouth(sim->scratch, body);
    if (body->gate == MU_NONE) {
        if (mu_end_is_reached(sim, person)) {
            mu_mind_end_walk(sim, person, 0);
        } else {
            mu_end_look(sim, person);
        }
    } else if (mouth != MU_NONE && mu_mouth_lets(sim, &sim->scratch->mouths[mouth], body) &&
               has_come_through(sim, person, mouth)) {
        come_through(sim, person, mouth);
    }
}

void mu_crowd_step(mu_sim *sim) {
    mu_crowd_now *now = mu_crowd(sim);
    mu_crowd_scratch *scratch = sim->scratch;
    now->last_step_us = mu_sim_now(sim);
    scratch->round++;
    mu_scratch_refresh(scratch, sim);
    mu_crowd_share(sim);
    mu_crowd_set_paces(sim);
    look_about(sim);
    mu_scratch_refresh(scratch, sim);
    mu_motion_of((mu_motion_kind)now->motion)->step(sim, mu_time_to_s(now->step_us));
    for (uint32_t w = 0; w < scratch->walker_count; w++) {
        const uint32_t person = scratch->walkers[w];
        if (scratch->due[person] != 0) {
            advance(sim, person);
        }
    }
    mu_crowd_bring_along(sim);
}

void mu_crowd_on_step(mu_sim *sim, const mu_event *event) {
    (void)event;
    mu_crowd_now *now = mu_crowd(sim);
    if (now->motion == MU_MOTION_WALK) {
        mu_crowd_step(sim);
    }
    if (now->motion == MU_MOTION_WALK && now->walking > 0) {
        mu_sim_schedule(sim, now->step_us, MU_EVENT_CROWD_STEP, 0, MU_NO_RECORD, 0);
    } else {
        now->stepping = 0;
    }
}
