/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The crowd's sections of the world, everyone's state and the counts, which are changed in one
 * place so that they always sum to all occupants. */
#include "crowd/crowd.h"

#include "core/i18n.h"
#include "crowd/beliefs.h"
#include "crowd/flow.h"
#include "crowd/guides.h"
#include "crowd/lift.h"
#include "crowd/minds.h"
#include "crowd/motion.h"
#include "crowd/parties.h"
#include "crowd/place.h"
#include "crowd/refuge.h"
#include "crowd/scratch.h"

/* PD 7974-6 grades buildings B1 (simple, one space) to B3 (large and complex); B2 is the simple
 * building of several spaces. */
#define USUAL_COMPLEXITY 2U

const char *mu_occupant_state_name(mu_occupant_state state) {
    switch (state) {
    case MU_OCCUPANT_EXPECTED:
        return N_("not yet arrived");
    case MU_OCCUPANT_INSIDE:
        return N_("inside");
    case MU_OCCUPANT_SHELTERING:
        return N_("sheltering");
    case MU_OCCUPANT_HELD:
        return N_("held");
    case MU_OCCUPANT_CASUALTY:
        return N_("casualty");
    case MU_OCCUPANT_OUT:
        return N_("out");
    case MU_OCCUPANT_TAKEN:
        return N_("taken away");
    case MU_OCCUPANT_REFUGE:
        return N_("at a place of refuge");
    case MU_OCCUPANT_STATE_COUNT:
        break;
    }
    return "";
}

void mu_crowd_register(const mu_site *site, const mu_people *people, mu_layout *layout) {
    mu_layout_add(layout, MU_SECTION_BODY, sizeof(mu_body), people->list.count);
    mu_layout_add(layout, MU_SECTION_MIND, sizeof(mu_mind), people->list.count);
    mu_layout_add(layout, MU_SECTION_CROWD, sizeof(mu_crowd_now), 1);
    mu_layout_add(layout, MU_SECTION_METER, sizeof(mu_time), 2 * site->portals.count);
    mu_belief_register(site, layout);
    mu_flow_register(layout);
    mu_lift_register(site, layout);
    mu_refuge_register(people, layout);
    mu_party_register(people, layout);
    mu_guides_register(layout);
}

static bool is_occupant(const mu_sim *sim, uint32_t person) {
    return sim->people->list.items[person].kind == MU_PERSON_OCCUPANT;
}

mu_status mu_crowd_begin(mu_sim *sim) {
    mu_crowd_now *now = mu_crowd(sim);
    *now = (mu_crowd_now){.incremental = 1,
                          .premovement_factor = 1,
                          .complexity = USUAL_COMPLEXITY,
                          .step_us = (uint32_t)mu_time_from_s(mu_motion_walk.step_s)};
    mu_belief_begin(sim);
    mu_party_begin(sim);
    mu_guides_begin(sim);
    const mu_status status = mu_place_everyone(sim);
    if (status != MU_OK) {
        return status;
    }
    for (uint32_t i = 0; i < sim->people->list.count; i++) {
        const bool present = mu_bodies(sim)[i].mode != MU_BODY_ABSENT;
        mu_minds(sim)[i] = (mu_mind){
            .gathering = mu_bodies(sim)[i].at,
            .walk_record = MU_NO_RECORD,
            .state = present ? MU_OCCUPANT_INSIDE : MU_OCCUPANT_EXPECTED,
            .alerted_record = MU_NO_RECORD,
            .moves_record = MU_NO_RECORD,
            .left_record = MU_NO_RECORD,
            .avoid = MU_NONE,
            .carrier = MU_NONE,
            .exit = MU_NONE,
        };
        if (is_occupant(sim, i)) {
            now->in_state[mu_minds(sim)[i].state]++;
        }
        mu_body_moved_house(sim, i);
    }
    mu_lift_begin(sim);
    mu_refuge_begin(sim);
    return MU_OK;
}

mu_status mu_crowd_reserve(mu_sim *sim) {
    return mu_belief_reserve(sim);
}

void mu_crowd_set_state(mu_sim *sim, uint32_t person, mu_occupant_state state, uint32_t cause) {
    mu_mind *mind = &mu_minds(sim)[person];
    if (!is_occupant(sim, person) || mind->state == (uint32_t)state) {
        return;
    }
    mu_crowd_now *now = mu_crowd(sim);
    now->in_state[mind->state]--;
    now->in_state[state]++;
    mind->state = (uint32_t)state;
    mu_scratch_note_state(sim, person);
    mu_sim_write(sim, (mu_record){.kind = MU_RECORD_STATE,
                                  .cause = cause,
                                  .subject = MU_HANDLE(MU_THING_PERSON, person),
                                  .place = mu_body_place(sim, person),
                                  .value = (uint32_t)state});
}

void mu_crowd_put(mu_sim *sim, uint32_t person, uint32_t area, mu_point at) {
    mu_body *body = &mu_bodies(sim)[person];
    mu_mind *mind = &mu_minds(sim)[person];
    if (body->mode != MU_BODY_ABSENT) {
        return;
    }
    body->at = at;
    body->target = body->at;
    body->area = area;
    body->gate = MU_NONE;
    body->speed_mps = 0;
    body->held_ms = 0;
    body->mode = MU_BODY_RESTING;
    mu_flow_on_mode(sim, person, MU_BODY_ABSENT, MU_BODY_RESTING);
    mu_body_moved_house(sim, person);
    if (mind->state == MU_OCCUPANT_EXPECTED) {
        mu_crowd_set_state(sim, person, MU_OCCUPANT_INSIDE, MU_NO_RECORD);
        mind->state = MU_OCCUPANT_INSIDE;
        mu_scratch_note_state(sim, person);
    }
}

void mu_crowd_enter(mu_sim *sim, uint32_t person, uint32_t area, mu_point at) {
    if (mu_bodies(sim)[person].mode == MU_BODY_ABSENT) {
        mu_crowd_put(sim, person, area, mu_place_near(sim, person, area, at));
    }
}

void mu_crowd_arrive(mu_sim *sim, uint32_t person, uint32_t area, mu_point at, uint32_t cause) {
    mu_mind *mind = &mu_minds(sim)[person];
    const mu_person *who = &sim->people->list.items[person];
    if (who->later == 0 || mind->state != MU_OCCUPANT_EXPECTED) {
        return;
    }
    mu_crowd_set_state(sim, person, MU_OCCUPANT_INSIDE, cause);
    mu_crowd_enter(sim, person, area, at);
    mind->gathering = mu_bodies(sim)[person].at;
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_PLACE, who->hash, 0);
    const double u = mu_stream_uniform(&stream), v = mu_stream_uniform(&stream);
    const double radius = (double)mu_bodies(sim)[person].radius_m;
    const mu_goal goal = {.kind = MU_GOAL_POINT,
                          .area = who->space,
                          .at = mu_area_sample(sim->walkable, who->space, radius, u, v)};
    mu_crowd_send(sim, person, goal, 1.0, cause);
}

const char *mu_motion_mode_name(mu_motion_mode mode) {
    return mu_motion_mode_words[mode < MU_MOTION_MODE_COUNT ? mode : MU_MOTION_FREE];
}

bool mu_crowd_conserved(const mu_sim *sim) {
    const mu_crowd_now *now = mu_crowd(sim);
    const mu_body *bodies = mu_bodies(sim);
    const mu_mind *minds = mu_minds(sim);
    uint32_t in_state[MU_OCCUPANT_STATE_COUNT] = {0};
    uint32_t sum = 0, walking = 0, stuck = 0;
    for (uint32_t i = 0; i < sim->people->list.count; i++) {
        walking += bodies[i].mode == MU_BODY_WALKING;
        stuck += minds[i].stuck != MU_STUCK_NOT;
        if (minds[i].state >= MU_OCCUPANT_STATE_COUNT) {
            return false;
        }
        if (is_occupant(sim, i)) {
            in_state[minds[i].state]++;
        }
    }
    for (int s = 0; s < MU_OCCUPANT_STATE_COUNT; s++) {
        if (in_state[s] != now->in_state[s]) {
            return false;
        }
        sum += in_state[s];
    }
    return sum == sim->people->occupants && walking == now->walking && stuck == now->stuck &&
           mu_flow_is_sound(sim) && mu_lift_is_sound(sim);
}
