/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people on duty do when nothing has happened: calls and errands that keep them busy, and
 * patrols that can be broken off. */
#include "response/inside.h"
#include "response/measures.h"

static const mu_member *member_of(const mu_sim *sim, uint32_t person) {
    const mu_person *p = &sim->people->list.items[person];
    return p->kind == MU_PERSON_MEMBER ? &sim->people->roster->members.items[p->from] : NULL;
}

static const mu_patrol *patrol_of(const mu_sim *sim, uint32_t person) {
    const mu_member *member = member_of(sim, person);
    return member == NULL || member->patrol.id == NULL
               ? NULL
               : &sim->people->roster->patrols.items[member->patrol.index];
}

static bool has_routine(const mu_member *member) {
    return member != NULL && mu_dist_mean(&member->routine.every_s) > 0;
}

/* Two draws for each round of work: until it starts, and how long it lasts. */
static mu_time draw_routine(mu_sim *sim, uint32_t person, bool lasts) {
    const mu_member *member = member_of(sim, person);
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_ROUTINE, sim->people->list.items[person].hash,
                  2 * mu_hands(sim)[person].routines + lasts);
    return mu_time_from_s(
        mu_dist_draw(lasts ? &member->routine.lasts_s : &member->routine.every_s, &stream.rng));
}

static void schedule_routine(mu_sim *sim, uint32_t person) {
    mu_hands(sim)[person].routines++;
    const mu_time delay = draw_routine(sim, person, false);
    /* At least a second, so that a zero draw cannot spin the clock. */
    mu_sim_schedule(sim, delay > MU_SECOND ? delay : MU_SECOND, MU_EVENT_ROUTINE_STARTS, person,
                    MU_NO_RECORD, 0);
}

void mu_routine_begin(mu_sim *sim) {
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (has_routine(member_of(sim, p))) {
            schedule_routine(sim, p);
        }
        const mu_patrol *patrol = patrol_of(sim, p);
        if (patrol != NULL && patrol->stops.count > 0) {
            mu_stream stream; /* the incident falls anywhere between two rounds */
            mu_sim_stream(sim, &stream, MU_PURPOSE_PATROL, sim->people->list.items[p].hash, 0);
            mu_sim_schedule(sim, mu_time_from_s(patrol->every_s * mu_stream_uniform(&stream)),
                            MU_EVENT_PATROL_STARTS, p, MU_NO_RECORD, 0);
        }
    }
}

void mu_response_on_routine_starts(mu_sim *sim, const mu_event *event) {
    const uint32_t person = event->subject;
    if (!mu_person_is_free(sim, person)) {
        schedule_routine(sim, person);
        return;
    }
    mu_hands(sim)[person].state = MU_HAND_ROUTINE;
    mu_sim_schedule(sim, draw_routine(sim, person, true), MU_EVENT_ROUTINE_ENDS, person,
                    MU_NO_RECORD, 0);
}

void mu_response_on_routine_ends(mu_sim *sim, const mu_event *event) {
    const uint32_t person = event->subject;
    mu_person_free(sim, person, MU_HANDLE(MU_THING_PERSON, person), MU_NONE, MU_NO_RECORD);
    schedule_routine(sim, person);
    mu_step_retry_waiting(sim);
}

static void walk_to_stop(mu_sim *sim, uint32_t person) {
    const mu_stop *stop = &patrol_of(sim, person)->stops.items[mu_hands(sim)[person].stop];
    const mu_post *post = &sim->site->posts.items[stop->post.index];
    mu_hands(sim)[person].walk = MU_WALK_PATROL;
    mu_crowd_send(sim, person,
                  (mu_goal){.kind = MU_GOAL_POINT, .area = post->space.index, .at = post->at}, 1.0,
                  MU_NO_RECORD);
}

/* From the first order to people on until the all-clear nobody walks rounds: guards stay where they
 * are needed, and out of sight of what they are told to keep clear of. */
static bool rounds_are_suspended(const mu_sim *sim) {
    bool ordered = false;
    for (uint32_t s = 0; s < sim->response->steps.count; s++) {
        ordered = ordered || mu_zones(sim)[s].ordered != MU_NO_RECORD;
        if (mu_step_plan_of(sim, s)->verb == MU_VERB_ALL_CLEAR &&
            mu_step_of(sim, s)->state == MU_STEP_DONE) {
            return false;
        }
    }
    return ordered;
}

void mu_response_on_patrol_starts(mu_sim *sim, const mu_event *event) {
    const uint32_t person = event->subject;
    const mu_patrol *patrol = patrol_of(sim, person);
    mu_sim_schedule(sim, mu_time_from_s(patrol->every_s), MU_EVENT_PATROL_STARTS, person,
                    MU_NO_RECORD, 0);
    if (mu_person_is_free(sim, person) && !rounds_are_suspended(sim)) {
        mu_hands(sim)[person].rounds++;
        mu_hands(sim)[person].stop = 0;
        walk_to_stop(sim, person);
    }
}

void mu_patrol_arrived(mu_sim *sim, uint32_t person) {
    const mu_stop *stop = &patrol_of(sim, person)->stops.items[mu_hands(sim)[person].stop];
    mu_measure_visit(sim, sim->site->posts.items[stop->post.index].space.index);
    mu_sim_schedule(sim, mu_time_from_s(stop->stays_s), MU_EVENT_PATROL_NEXT, person, MU_NO_RECORD,
                    0);
}

void mu_response_on_patrol_next(mu_sim *sim, const mu_event *event) {
    const uint32_t person = event->subject;
    mu_hand *hand = &mu_hands(sim)[person];
    if (!mu_person_is_free(sim, person) || hand->walk != MU_WALK_PATROL) {
        return;
    }
    if (++hand->stop < patrol_of(sim, person)->stops.count && !rounds_are_suspended(sim)) {
        walk_to_stop(sim, person);
        return;
    }
    hand->walk = MU_WALK_NONE; /* the round is over */
    const mu_person *p = &sim->people->list.items[person];
    if (p->post != MU_NONE) {
        const mu_post *post = &sim->site->posts.items[p->post];
        hand->walk = MU_WALK_HOME;
        mu_crowd_send(sim, person,
                      (mu_goal){.kind = MU_GOAL_POINT, .area = post->space.index, .at = post->at},
                      1.0, MU_NO_RECORD);
    }
}
