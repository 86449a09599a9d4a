/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People for steps. A step takes all of its people at once or waits: nobody stands idle half
 * promised. Among those who are free the nearest by walking cost go. */
#include "response/inside.h"

#include <math.h>
#include <string.h>

#include "crowd/guides.h"
#include "response/desk.h"
#include "response/relief.h"
#include "threat/threat.h"

bool mu_person_is_idle(const mu_sim *sim, uint32_t person) {
    return mu_hands(sim)[person].state == MU_HAND_FREE &&
           mu_bodies(sim)[person].mode != MU_BODY_ABSENT &&
           mu_minds(sim)[person].state != MU_OCCUPANT_HELD;
}

bool mu_person_is_free(const mu_sim *sim, uint32_t person) {
    return mu_person_is_idle(sim, person) && mu_desk_serves(sim, person);
}

/* Only those who must go somewhere, or fetch something, have to leave where they stand. */
static bool is_said_from_afar(const mu_sim *sim, const mu_step_plan *plan) {
    bool afar = plan->verb == MU_VERB_NOTIFY && plan->place == MU_PLACE_NONE &&
                plan->given->needs.count == 0 && plan->given->over.count > 0;
    for (uint32_t c = 0; c < plan->given->over.count; c++) {
        const uint32_t channel = plan->given->over.items[c].index;
        afar = afar && sim->site->channels.items[channel].kind != MU_CHANNEL_IN_PERSON;
    }
    return afar;
}

/* Whoever holds a post or a line can tell what they have seen there without leaving it. */
static bool can_speak_up(const mu_sim *sim, uint32_t step, uint32_t person) {
    const mu_hand *hand = &mu_hands(sim)[person];
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    return plan->by_actor && is_said_from_afar(sim, plan) && hand->state == MU_HAND_STEP &&
           hand->there == 1 && mu_step_of(sim, hand->step)->state == MU_STEP_HOLDING &&
           mu_bodies(sim)[person].mode != MU_BODY_ABSENT &&
           mu_minds(sim)[person].state != MU_OCCUPANT_HELD;
}

/* Everyone who could ever do the step, whether free or not. */
static uint32_t candidates(const mu_sim *sim, uint32_t step, uint32_t *out) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    if (plan->by_actor) {
        out[0] = mu_step_of(sim, step)->actor;
        return out[0] != MU_NONE;
    }
    uint32_t count = 0;
    if (plan->role != MU_NONE) {
        const uint32_t *first = sim->response->role_first;
        for (uint32_t i = first[plan->role]; i < first[plan->role + 1] && count < MU_CREW_MOST;
             i++) {
            const uint32_t person = sim->response->by_role[i];
            if (mu_person_has_skill(sim->people, person, plan->given->who.skill)) {
                out[count++] = person;
            }
        }
    }
    return count;
}

uint32_t mu_crew_list(const mu_sim *sim, uint32_t step, uint32_t *out) {
    uint32_t all[MU_CREW_MOST];
    const uint32_t count = candidates(sim, step, all);
    uint32_t crew = 0;
    for (uint32_t i = 0; i < count; i++) {
        const mu_hand *hand = &mu_hands(sim)[all[i]];
        if (hand->state == MU_HAND_STEP && hand->step == step) {
            out[crew++] = all[i];
        }
    }
    return crew;
}

uint32_t mu_crew_find_free(const mu_sim *sim, uint32_t role) {
    const uint32_t *first = sim->response->role_first;
    for (uint32_t i = first[role]; i < first[role + 1]; i++) {
        if (mu_person_is_free(sim, sim->response->by_role[i])) {
            return sim->response->by_role[i];
        }
    }
    return MU_NONE;
}

static mu_goal goal_at(uint32_t space, mu_point at) {
    return (mu_goal){.kind = MU_GOAL_POINT, .area = space, .at = at};
}

static mu_goal place_goal(const mu_sim *sim, uint32_t step, uint32_t person) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    switch (plan->place) {
    case MU_PLACE_NONE:
        break;
    case MU_PLACE_POINT:
        return plan->at;
    case MU_PLACE_POSTS: {
        const uint32_t post = plan->posts.items[mu_hands(sim)[person].post];
        return goal_at(sim->site->posts.items[post].space.index, sim->site->posts.items[post].at);
    }
    case MU_PLACE_ACTOR: {
        const uint32_t actor = mu_step_of(sim, step)->actor;
        if (actor != MU_NONE && actor != person) {
            const mu_body *body = &mu_bodies(sim)[actor];
            return goal_at(body->area, mu_crowd_at(sim, actor));
        }
        break;
    }
    }
    return (mu_goal){.kind = MU_GOAL_NONE};
}

mu_goal mu_crew_goal(const mu_sim *sim, uint32_t step, uint32_t person) {
    const mu_hand *hand = &mu_hands(sim)[person];
    const mu_step_now *now = mu_step_of(sim, step);
    for (uint32_t n = 0; n < MU_STEP_NEEDS_MOST; n++) {
        if ((hand->fetching & (1U << n)) != 0) {
            const mu_equipment *thing = &sim->site->equipment.items[now->stock[n]];
            return goal_at(thing->space.index, thing->at);
        }
    }
    return place_goal(sim, step, person);
}

/* The walking cost to a goal, where it matters only if it is less than `most`; nothing where there
 * is nowhere to go. */
static double way_to(mu_sim *sim, uint32_t person, mu_goal goal, double most) {
    return goal.kind == MU_GOAL_NONE ? 0 : mu_crowd_way_within(sim, person, goal, most);
}

/* The nearest of `free` to a goal that can get there; MU_NONE. */
static uint32_t nearest(mu_sim *sim, const uint32_t *free, uint32_t count, const bool *taken,
                        mu_goal goal) {
    uint32_t best = MU_NONE;
    double best_way = INFINITY;
    for (uint32_t i = 0; i < count; i++) {
        if (!taken[i]) {
            const double way = way_to(sim, free[i], goal, best_way);
            if (way < best_way) {
                best = i;
                best_way = way;
            }
        }
    }
    return best;
}

static mu_goal goal_of_place(const mu_sim *sim, uint32_t step, uint32_t k) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    if (plan->place == MU_PLACE_POSTS) {
        const mu_post *post = &sim->site->posts.items[plan->posts.items[k % plan->posts.count]];
        return goal_at(post->space.index, post->at);
    }
    return place_goal(sim, step, MU_NONE);
}

/* Chooses `wanted` of the free ones, each the nearest to their own place. False: not enough. */
static bool choose(mu_sim *sim, uint32_t step, const uint32_t *free, uint32_t count,
                   uint32_t wanted, uint32_t *chosen) {
    bool taken[MU_CREW_MOST] = {false};
    for (uint32_t k = 0; k < wanted; k++) {
        const uint32_t i = nearest(sim, free, count, taken, goal_of_place(sim, step, k));
        if (i == MU_NONE) {
            return false;
        }
        taken[i] = true;
        chosen[k] = free[i];
    }
    return true;
}

/* Writes that the people were granted. If they had to be waited for, the one who became free last
 * names what was waited for; someone who came from outside is the cause themself. */
static void write_grant(mu_sim *sim, uint32_t step, const uint32_t *chosen, uint32_t count) {
    mu_step_now *now = mu_step_of(sim, step);
    uint32_t last = MU_NONE;
    for (uint32_t k = 0; k < count; k++) {
        const uint32_t freed = mu_hands(sim)[chosen[k]].freed;
        if (freed != MU_NO_RECORD && freed > now->request &&
            (last == MU_NONE || freed > mu_hands(sim)[last].freed)) {
            last = chosen[k];
        }
    }
    mu_record grant = {.kind = MU_RECORD_GRANTED,
                       .cause = now->request,
                       .subject = MU_HANDLE(MU_THING_PERSON, last == MU_NONE ? chosen[0] : last),
                       .step = MU_HANDLE(MU_THING_STEP, step)};
    if (last != MU_NONE) {
        const mu_hand *hand = &mu_hands(sim)[last];
        if (mu_log_get(sim->log, hand->freed)->kind == MU_RECORD_ON_SITE) {
            grant.cause = hand->freed;
        } else {
            grant.holder = mu_desk_held_by(sim, last, now->request, hand->held_by);
        }
    } else if (mu_hands(sim)[chosen[0]].state == MU_HAND_STEP &&
               mu_sim_now(sim) > mu_log_get(sim->log, now->request)->time_us) {
        /* Was busy with it until they stood where they hold. */
        grant.holder = MU_HANDLE(MU_THING_STEP, mu_hands(sim)[chosen[0]].step);
    }
    now->last = mu_sim_write(sim, grant);
}

static void assign(mu_sim *sim, uint32_t step, uint32_t person, uint32_t k) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    mu_hand *hand = &mu_hands(sim)[person];
    if (hand->state == MU_HAND_STEP) { /* speaks up */
        hand->holds = hand->step + 1;
        hand->step = step;
        return;
    }
    hand->state = MU_HAND_STEP;
    hand->step = step;
    hand->there = 0;
    hand->fetching = 0;
    hand->walk = MU_WALK_NONE;
    hand->post = plan->place == MU_PLACE_POSTS ? k % plan->posts.count : 0;
}

bool mu_crew_take(mu_sim *sim, uint32_t step) {
    uint32_t all[MU_CREW_MOST], free[MU_CREW_MOST], chosen[MU_CREW_MOST];
    const uint32_t known = candidates(sim, step, all);
    uint32_t count = 0, present = 0;
    for (uint32_t i = 0; i < known; i++) {
        present += mu_is_on_duty(sim, all[i]);
        if (mu_person_is_free(sim, all[i]) || can_speak_up(sim, step, all[i])) {
            free[count++] = all[i];
        }
    }
    const uint32_t crew = mu_step_plan_of(sim, step)->crew;
    const bool more_will_join = mu_step_plan_of(sim, step)->verb == MU_VERB_TRANSPORT;
    const uint32_t all_now = more_will_join ? count : present;
    const uint32_t wanted = crew == 0 ? all_now : crew;
    if (wanted == 0 || count < wanted || !choose(sim, step, free, count, wanted, chosen)) {
        return false;
    }
    write_grant(sim, step, chosen, wanted);
    for (uint32_t k = 0; k < wanted; k++) {
        assign(sim, step, chosen[k], k);
    }
    return true;
}

void mu_crew_add(mu_sim *sim, uint32_t step, uint32_t person) {
    mu_round *round = &mu_rounds(sim)[person];
    assign(sim, step, person, 0);
    mu_hands(sim)[person].there = 1;
    *round =
        (mu_round){.person = MU_NONE, .last = mu_hands(sim)[person].freed, .serial = round->serial};
}

/* Has spoken up, and goes on holding. */
static bool holds_on(mu_sim *sim, uint32_t person) {
    mu_hand *hand = &mu_hands(sim)[person];
    const uint32_t held = hand->holds - 1;
    const bool holds = hand->holds > 0 && mu_step_of(sim, held)->state == MU_STEP_HOLDING;
    hand->holds = 0;
    if (holds) {
        hand->step = held;
    }
    return holds;
}

void mu_person_free(mu_sim *sim, uint32_t person, mu_handle held_by, uint32_t step,
                    uint32_t cause) {
    mu_hand *hand = &mu_hands(sim)[person];
    if (holds_on(sim, person)) {
        return;
    }
    hand->state = MU_HAND_FREE;
    mu_release_mask(sim, person, false);
    mu_guide_leave(sim, person);
    hand->step = MU_NONE;
    hand->fetching = 0;
    hand->held_by = held_by;
    hand->freed = mu_sim_write(
        sim, (mu_record){.kind = MU_RECORD_RELEASED,
                         .cause = cause,
                         .subject = MU_HANDLE(MU_THING_PERSON, person),
                         .step = step == MU_NONE ? 0 : MU_HANDLE(MU_THING_STEP, step)});
    (void)mu_relief_freed(sim, person);
}

void mu_crew_release(mu_sim *sim, uint32_t step, uint32_t cause) {
    uint32_t crew[MU_CREW_MOST];
    const uint32_t count = mu_crew_list(sim, step, crew);
    if (mu_step_plan_of(sim, step)->rounds) {
        mu_rounds_stop(sim, step);
    }
    mu_issue_release(sim, step, cause);
    for (uint32_t i = 0; i < count; i++) {
        if (mu_hands(sim)[crew[i]].there == 0 &&
            sim->people->list.items[crew[i]].kind != MU_PERSON_OCCUPANT) {
            mu_crowd_rest(sim, crew[i]); /* let go on the way */
        }
        mu_person_free(sim, crew[i], MU_HANDLE(MU_THING_STEP, step), step, cause);
    }
}

void mu_person_go_home(mu_sim *sim, uint32_t person) {
    if (mu_gas_drives_out(sim, person)) {
        return;
    }
    const mu_person *p = &sim->people->list.items[person];
    mu_hand *hand = &mu_hands(sim)[person];
    const bool idle = mu_person_may_go_home(sim, person) && p->kind == MU_PERSON_MEMBER &&
                      mu_person_is_free(sim, person);
    if (!idle || mu_bodies(sim)[person].mode == MU_BODY_WALKING) {
        return;
    }
    const bool reserve = hand->desk == MU_DESK_RESERVE;
    const mu_post *post = &sim->site->posts.items[reserve ? hand->seat : p->post];
    hand->walk = MU_WALK_HOME;
    mu_crowd_send(sim, person, goal_at(post->space.index, post->at), 1.0, hand->freed);
}

void mu_crew_hear(mu_sim *sim, uint32_t record) {
    const mu_record_kind kind = (mu_record_kind)mu_log_get(sim->log, record)->kind;
    for (uint32_t p = 0; kind == MU_RECORD_SEIZED && p < sim->people->list.count; p++) {
        const mu_hand *hand = &mu_hands(sim)[p];
        if (sim->people->list.items[p].kind != MU_PERSON_OCCUPANT &&
            mu_minds(sim)[p].state == MU_OCCUPANT_HELD && hand->state == MU_HAND_STEP) {
            mu_step_abandon(sim, hand->step, record);
        } else if (mu_minds(sim)[p].state == MU_OCCUPANT_HELD && hand->state == MU_HAND_ISSUE) {
            mu_issue_lost(sim, hand->step, record);
        }
    }
    if (kind == MU_RECORD_RESOLVED) {
        mu_step_retry_waiting(sim);
    }
}
