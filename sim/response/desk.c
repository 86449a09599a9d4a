/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The nearest reserve desk that nobody has and whose air is not known to be bad; without one they
 * wait outside with the others. */
#include "response/desk.h"

#include <math.h>

#include "response/inside.h"

static const mu_post *post_at(const mu_sim *sim, uint32_t post) {
    return &sim->site->posts.items[post];
}

static const mu_post *own_desk(const mu_sim *sim, uint32_t person) {
    return post_at(sim, sim->people->list.items[person].post);
}

bool mu_desk_has(const mu_sim *sim, uint32_t person) {
    const mu_person *p = &sim->people->list.items[person];
    const char *role = sim->site->alarm_desk.role;
    return role != NULL && p->kind == MU_PERSON_MEMBER && p->post != MU_NONE &&
           post_at(sim, p->post)->kind == MU_POST_DESK &&
           p->role == mu_people_role(sim->people, role);
}

bool mu_desk_serves(const mu_sim *sim, uint32_t person) {
    switch ((mu_desk_state)mu_hands(sim)[person].desk) {
    case MU_DESK_OWN:
        return !mu_release_drives_out(sim, person) || !mu_desk_has(sim, person);
    case MU_DESK_RESERVE:
        return true;
    case MU_DESK_LEFT:
    case MU_DESK_GOING:
    case MU_DESK_LOGGING_ON:
        break;
    }
    return false;
}

bool mu_desk_comes(const mu_sim *sim, uint32_t person) {
    const uint32_t desk = mu_hands(sim)[person].desk;
    return desk == MU_DESK_GOING || desk == MU_DESK_LOGGING_ON;
}

static bool is_taken(const mu_sim *sim, uint32_t post) {
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        const mu_hand *hand = &mu_hands(sim)[p];
        if (hand->desk > MU_DESK_LEFT && hand->seat == post) {
            return true;
        }
    }
    return false;
}

static mu_goal goal_of(const mu_post *post) {
    return (mu_goal){.kind = MU_GOAL_POINT, .area = post->space.index, .at = post->at};
}

static uint32_t nearest_reserve(mu_sim *sim, uint32_t person) {
    const mu_ref_list *reserve = &sim->site->alarm_desk.reserve;
    uint32_t best = MU_NONE;
    double least_m = (double)INFINITY;
    for (uint32_t i = 0; i < reserve->count; i++) {
        const uint32_t post = reserve->items[i].index;
        if (is_taken(sim, post) || mu_release_is_smelt_in(sim, post_at(sim, post)->space.index)) {
            continue;
        }
        const double way_m = mu_crowd_way(sim, person, goal_of(post_at(sim, post)));
        if (way_m < least_m) {
            best = post;
            least_m = way_m;
        }
    }
    return best;
}

static uint32_t tell(mu_sim *sim, mu_record_kind kind, uint32_t person, uint32_t space,
                     uint32_t cause) {
    return mu_sim_record(sim, kind, cause, MU_HANDLE(MU_THING_PERSON, person),
                         mu_word_named(sim, sim->site->alarm_desk.role),
                         MU_HANDLE(MU_THING_SPACE, space));
}

static void walk_to(mu_sim *sim, uint32_t person, uint32_t post, uint32_t cause) {
    mu_hand *hand = &mu_hands(sim)[person];
    const bool own = post == sim->people->list.items[person].post;
    hand->seat = own ? MU_NONE : post;
    hand->desk = MU_DESK_GOING;
    hand->walk = MU_WALK_DESK;
    mu_crowd_send(sim, person, goal_of(post_at(sim, post)), 1.0, cause);
}

void mu_desk_leave(mu_sim *sim, uint32_t person) {
    mu_hand *hand = &mu_hands(sim)[person];
    if (hand->desk != MU_DESK_OWN) {
        return;
    }
    hand->desk = MU_DESK_LEFT;
    hand->left = tell(sim, MU_RECORD_LEFT_DESK, person, own_desk(sim, person)->space.index,
                      mu_breaths(sim)[person].smelt);
    if (hand->state == MU_HAND_STEP) {
        mu_step_break_off(sim, hand->step, person);
    }
    const uint32_t reserve = nearest_reserve(sim, person);
    if (reserve != MU_NONE) {
        walk_to(sim, person, reserve, hand->left);
    } else {
        mu_gas_go_out(sim, person);
    }
}

bool mu_desk_arrived(mu_sim *sim, uint32_t person, bool fails) {
    mu_hand *hand = &mu_hands(sim)[person];
    if (hand->desk != MU_DESK_GOING) {
        return false;
    }
    if (fails) {
        hand->desk = MU_DESK_LEFT;
        return true;
    }
    hand->desk = MU_DESK_LOGGING_ON;
    hand->walk = MU_WALK_NONE;
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_DESK, sim->people->list.items[person].hash,
                  hand->seat != MU_NONE);
    const double takes_s = mu_dist_draw(&sim->site->alarm_desk.takes_over_s, &stream.rng);
    mu_sim_schedule(sim, mu_time_from_s(takes_s), MU_EVENT_DESK_READY, person,
                    mu_breaths(sim)[person].smelt, 0);
    return true;
}

void mu_desk_on_ready(mu_sim *sim, const mu_event *event) {
    const uint32_t person = event->subject;
    mu_hand *hand = &mu_hands(sim)[person];
    const mu_post *desk = hand->seat == MU_NONE ? own_desk(sim, person) : post_at(sim, hand->seat);
    hand->desk = hand->seat == MU_NONE ? MU_DESK_OWN : MU_DESK_RESERVE;
    hand->taken = tell(sim, MU_RECORD_DESK_TAKEN, person, desk->space.index, event->cause);
    hand->freed = hand->taken;
    hand->held_by = MU_HANDLE(MU_THING_SPACE, own_desk(sim, person)->space.index);
    mu_step_retry_waiting(sim);
}

static mu_time time_of(const mu_sim *sim, uint32_t record) {
    return mu_log_get(sim->log, record)->time_us;
}

mu_handle mu_desk_held_by(const mu_sim *sim, uint32_t person, uint32_t request, mu_handle held_by) {
    const mu_hand *hand = &mu_hands(sim)[person];
    if (hand->taken == MU_NO_RECORD || hand->taken < request) {
        return held_by;
    }
    const uint32_t from = hand->left > request ? hand->left : request;
    const mu_time away_us = time_of(sim, hand->taken) - time_of(sim, from);
    return 2 * away_us >= mu_sim_now(sim) - time_of(sim, request)
               ? MU_HANDLE(MU_THING_SPACE, own_desk(sim, person)->space.index)
               : held_by;
}

void mu_desk_hear(mu_sim *sim, uint32_t record) {
    const mu_record_kind kind = (mu_record_kind)mu_log_get(sim->log, record)->kind;
    const mu_desk_state until = kind == MU_RECORD_DISPERSED   ? MU_DESK_LEFT
                                : kind == MU_RECORD_ALL_CLEAR ? MU_DESK_RESERVE
                                                              : MU_DESK_OWN;
    for (uint32_t p = 0; until != MU_DESK_OWN && p < sim->people->list.count; p++) {
        if (mu_hands(sim)[p].desk == (uint32_t)until && mu_person_is_idle(sim, p)) {
            walk_to(sim, p, sim->people->list.items[p].post, record);
        }
    }
}
