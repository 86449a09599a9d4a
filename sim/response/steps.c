/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life of a step, stage by stage. Each stage writes what it did with the record before as its
 * cause and keeps its own record in `last`, so that the log holds one unbroken chain from trigger
 * to milestone. */
#include "crowd/guides.h"
#include "response/alarms.h"
#include "response/desk.h"
#include "response/information.h"
#include "response/inside.h"
#include "response/intelligence.h"
#include "response/measures.h"
#include "response/relief.h"
#include "response/wash.h"
#include "threat/release.h"

uint32_t mu_step_record(mu_sim *sim, uint32_t step, mu_record_kind kind, uint32_t cause,
                        mu_handle subject) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    return mu_sim_write(sim, (mu_record){.kind = (uint16_t)kind,
                                         .cause = cause,
                                         .subject = subject,
                                         .object = mu_word_handle(plan->object_word),
                                         .place = mu_word_handle(plan->place_word),
                                         .step = MU_HANDLE(MU_THING_STEP, step)});
}

void mu_response_on_due(mu_sim *sim, const mu_event *event) {
    const uint32_t step = event->subject;
    mu_step_now *now = mu_step_of(sim, step);
    now->runs++;
    now->tries = 0;
    now->channel = 0;
    now->receiver = MU_NONE;
    now->due_us = mu_sim_now(sim);
    now->last = now->due = mu_step_record(sim, step, MU_RECORD_DUE, event->cause, 0);
    mu_step_seek_crew(sim, step);
}

static void request(mu_sim *sim, uint32_t step, mu_step_state state) {
    mu_step_now *now = mu_step_of(sim, step);
    now->state = state;
    now->request = mu_step_record(sim, step, MU_RECORD_REQUESTED, now->last, 0);
}

/* Nobody can wait for people whom there are not. */
static void give_up_short(mu_sim *sim, uint32_t step) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    mu_step_now *now = mu_step_of(sim, step);
    now->last = mu_sim_write(
        sim, (mu_record){.kind = MU_RECORD_SHORT_OF,
                         .cause = now->last,
                         .object = mu_word_named(sim, sim->people->roles.items[plan->role]),
                         .step = MU_HANDLE(MU_THING_STEP, step),
                         .value = plan->crew - plan->holders});
    now->state = MU_STEP_PENDING;
    mu_step_abandon(sim, step, now->last);
}

void mu_step_seek_crew(mu_sim *sim, uint32_t step) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    const bool nobody = plan->role == MU_NONE && !plan->by_actor;
    const bool by_machine = plan->by_actor && mu_step_of(sim, step)->actor == MU_NONE;
    if (nobody || by_machine) {
        mu_step_seek_stock(sim, step);
        return;
    }
    if (plan->role != MU_NONE && plan->crew > plan->holders) {
        give_up_short(sim, step);
        return;
    }
    request(sim, step, MU_STEP_WANTS_CREW);
    if (mu_crew_take(sim, step)) {
        mu_step_seek_stock(sim, step);
    }
}

void mu_step_seek_stock(mu_sim *sim, uint32_t step) {
    if (mu_step_plan_of(sim, step)->given->needs.count > 0) {
        request(sim, step, MU_STEP_WANTS_STOCK);
        if (!mu_stock_take(sim, step)) {
            return;
        }
    }
    mu_step_gather(sim, step);
}

/* Sends one of the crew on the next leg: to what they fetch, or to the place. False: no leg left.
 */
static bool send_on(mu_sim *sim, uint32_t step, uint32_t person, uint32_t cause) {
    const mu_goal goal = mu_crew_goal(sim, step, person);
    if (goal.kind == MU_GOAL_NONE) {
        return false;
    }
    const uint32_t set_out =
        mu_step_record(sim, step, MU_RECORD_SET_OUT, cause, MU_HANDLE(MU_THING_PERSON, person));
    mu_crowd_send(sim, person, goal, 1.0, set_out);
    return true;
}

void mu_step_gather(mu_sim *sim, uint32_t step) {
    mu_step_now *now = mu_step_of(sim, step);
    uint32_t crew[MU_CREW_MOST];
    const uint32_t count = mu_crew_list(sim, step, crew);
    now->state = MU_STEP_GATHERING;
    now->missing = 0;
    const uint32_t cause = now->last;
    for (uint32_t i = 0; i < count; i++) {
        mu_hands(sim)[crew[i]].there = 0;
        mu_release_mask(sim, crew[i], mu_step_plan_of(sim, step)->masked);
        now->missing += send_on(sim, step, crew[i], cause);
    }
    if (now->missing == 0) {
        mu_step_start_work(sim, step, cause);
    }
}

/* Whoever is there before the step's equipment has not arrived for it: that comes with whoever
 * brings the last of it. */
static bool is_still_fetched_for(const mu_sim *sim, uint32_t step) {
    uint32_t crew[MU_CREW_MOST];
    const uint32_t count = mu_crew_list(sim, step, crew);
    for (uint32_t i = 0; i < count; i++) {
        if (mu_hands(sim)[crew[i]].fetching != 0) {
            return true;
        }
    }
    return false;
}

static void note_arrival(mu_sim *sim, uint32_t step, uint32_t person, uint32_t cause) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    const char *role = sim->people->roles.items[sim->people->list.items[person].role];
    const mu_handle word = mu_word_named(sim, role);
    if (plan->place_word != MU_NONE && word != 0 && !is_still_fetched_for(sim, step)) {
        mu_sim_write(sim, (mu_record){.kind = MU_RECORD_ARRIVED,
                                      .cause = cause,
                                      .subject = MU_HANDLE(MU_THING_PERSON, person),
                                      .object = word,
                                      .place = mu_word_handle(plan->place_word),
                                      .step = MU_HANDLE(MU_THING_STEP, step)});
    }
}

static void is_there(mu_sim *sim, uint32_t step, uint32_t person, uint32_t cause) {
    mu_hands(sim)[person].there = 1;
    if (--mu_step_of(sim, step)->missing == 0) {
        mu_step_start_work(sim, step, cause);
    }
}

void mu_step_fetched(mu_sim *sim, uint32_t step, uint32_t person, uint32_t cause) {
    mu_hand *hand = &mu_hands(sim)[person];
    hand->fetching &= hand->fetching - 1; /* has it: the lowest bit goes */
    if (!send_on(sim, step, person, cause)) {
        is_there(sim, step, person, cause);
    }
}

uint32_t mu_step_reached_store(mu_sim *sim, uint32_t step, uint32_t need, uint32_t person,
                               mu_handle passed, uint32_t cause) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    return mu_sim_write(
        sim, (mu_record){.kind = MU_RECORD_REACHED,
                         .cause = cause,
                         .subject = MU_HANDLE(MU_THING_PERSON, person),
                         .object = mu_word_handle(plan->object_word),
                         .place = MU_HANDLE(MU_THING_EQUIPMENT, mu_step_of(sim, step)->stock[need]),
                         .holder = passed,
                         .step = MU_HANDLE(MU_THING_STEP, step)});
}

/* The fetcher is at a store: which one, and which nearer one was left aside for it. */
static uint32_t reached_store(mu_sim *sim, uint32_t step, uint32_t person, uint32_t cause) {
    const uint32_t fetching = mu_hands(sim)[person].fetching;
    const uint32_t passed = mu_step_of(sim, step)->passed;
    uint32_t need = 0;
    while ((fetching >> need & 1U) == 0) {
        need++;
    }
    return mu_step_reached_store(sim, step, need, person,
                                 passed == MU_NONE ? 0 : MU_HANDLE(MU_THING_EQUIPMENT, passed),
                                 cause);
}

static void crew_arrived(mu_sim *sim, uint32_t person, const mu_event *event) {
    mu_hand *hand = &mu_hands(sim)[person];
    const uint32_t step = hand->step;
    mu_step_now *now = mu_step_of(sim, step);
    if (now->state != MU_STEP_GATHERING || hand->there != 0) {
        return;
    }
    if (event->argument != 0) { /* no way there */
        mu_step_abandon(sim, step, event->cause);
        return;
    }
    const uint32_t reached = hand->fetching != 0
                                 ? reached_store(sim, step, person, event->cause)
                                 : mu_step_record(sim, step, MU_RECORD_REACHED, event->cause,
                                                  MU_HANDLE(MU_THING_PERSON, person));
    if (hand->fetching == 0) {
        note_arrival(sim, step, person, reached);
        is_there(sim, step, person, reached);
    } else if (!mu_issue_waits(sim, step, person, reached)) {
        mu_step_fetched(sim, step, person, reached);
    }
}

void mu_response_on_arrived(mu_sim *sim, const mu_event *event) {
    const uint32_t person = event->subject;
    const mu_hand *hand = &mu_hands(sim)[person];
    if (mu_desk_arrived(sim, person, event->argument != 0)) {
        return;
    }
    if ((hand->state == MU_HAND_RELIEF || hand->state == MU_HAND_OFF) &&
        mu_relief_arrived(sim, person)) {
        return;
    }
    if (hand->state == MU_HAND_ISSUE) {
        mu_issue_arrived(sim, person, event);
        return;
    }
    if (hand->state == MU_HAND_STEP && mu_rounds_has(sim, person)) {
        mu_round_arrived(sim, person, event);
    } else if (hand->state == MU_HAND_STEP) {
        crew_arrived(sim, person, event);
    }
    mu_care_arrived(sim, event);
    if (sim->people->list.items[person].kind == MU_PERSON_OCCUPANT) {
        (void)mu_wash_arrived(sim, person, event);
        mu_crowd_on_arrived(sim, event); /* a member of staff may report while leaving */
        mu_shelter_arrived(sim, event);
    } else if (hand->state == MU_HAND_FREE && hand->walk == MU_WALK_PATROL) {
        mu_patrol_arrived(sim, person);
    }
}

static bool is_message(const mu_step_plan *plan) {
    return (plan->verb == MU_VERB_NOTIFY || plan->verb == MU_VERB_REPORT) && !plan->asks &&
           plan->given->over.count > 0;
}

/* Talks that the planner lets go on until a given time: so long from now at least. */
static double talks_least_s(const mu_sim *sim, const mu_step_plan *plan) {
    const mu_hostage_given *given = sim->threat->hostage.given;
    return given != NULL && plan->verb == MU_VERB_NEGOTIATE &&
                   mu_word_handle(plan->object_word) == mu_word(sim->threat->hostage.word_hostage)
               ? given->agreed_after_s - mu_time_to_s(mu_sim_now(sim))
               : 0;
}

void mu_step_start_work(mu_sim *sim, uint32_t step, uint32_t cause) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    mu_step_now *now = mu_step_of(sim, step);
    now->last = mu_step_record(sim, step, MU_RECORD_BEGAN, cause, 0);
    mu_measure_entry(sim, step, now->last);
    now->tries++;
    if (is_message(plan)) {
        mu_message_start(sim, step);
        return;
    }
    if (plan->rounds) {
        mu_rounds_start(sim, step);
        return;
    }
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_WORK, plan->hash, now->runs * 32 + now->tries);
    now->state = MU_STEP_WORKING;
    const double takes_s =
        mu_information_factor(sim, step) * mu_dist_draw(&plan->given->takes_s, &stream.rng);
    const double least_s = talks_least_s(sim, plan);
    mu_sim_schedule(
        sim, mu_time_from_s(takes_s > least_s ? takes_s + mu_roll_counting_s(sim, step) : least_s),
        MU_EVENT_STEP_WORKED, step, now->last, 0);
}

static bool succeeds(mu_sim *sim, uint32_t step) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    const mu_step_now *now = mu_step_of(sim, step);
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_SUCCESS, plan->hash, now->runs * 32 + now->tries);
    return mu_stream_uniform(&stream) < plan->given->chance;
}

void mu_response_on_worked(mu_sim *sim, const mu_event *event) {
    const uint32_t step = event->subject;
    mu_step_now *now = mu_step_of(sim, step);
    const bool done = succeeds(sim, step);
    now->last =
        mu_step_record(sim, step, done ? MU_RECORD_WORKED : MU_RECORD_FAILED, event->cause, 0);
    mu_message_end(sim, step, now->last);
    if (done) {
        mu_step_bring_about(sim, step, now->last);
    } else if (now->tries < (uint32_t)mu_step_plan_of(sim, step)->given->tries) {
        mu_step_start_work(sim, step, now->last);
    } else {
        mu_step_abandon(sim, step, now->last);
    }
    mu_step_retry_waiting(sim);
}

/* A verb's milestone, and what else it sets going. Close and open bring theirs about when the last
 * portal has moved. */
void mu_step_bring_about(mu_sim *sim, uint32_t step, uint32_t cause) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    if (plan->verb == MU_VERB_CLOSE) {
        mu_portal_order(sim, step, cause,
                        plan->given->one_way ? MU_PORTAL_ONE_WAY : MU_PORTAL_CLOSED);
        return;
    }
    if (plan->verb == MU_VERB_OPEN) {
        mu_portal_order(sim, step, cause, MU_PORTAL_OPEN);
        return;
    }
    if (plan->units.count > 0) {
        mu_air_order(sim, step, cause);
        return;
    }
    if (plan->wash != MU_NONE) {
        mu_wash_open(sim, step, cause);
        return;
    }
    if (mu_search_finds(sim, step, cause)) {
        mu_step_finish(sim, step, cause);
        return;
    }
    const uint32_t milestone = mu_step_record(sim, step, mu_verb_milestone(plan->verb), cause, 0);
    if (plan->stops_leak) {
        mu_release_stop(sim, milestone);
    }
    mu_cordon_close(sim, step, milestone);
    if (plan->verb == MU_VERB_ALL_CLEAR) {
        mu_shelter_release(sim, milestone);
    } else if (plan->verb == MU_VERB_EVACUATE || mu_step_shelters(plan)) {
        mu_zone_watch(sim, step, milestone);
        mu_broadcast(sim, step, milestone);
    } else if (plan->asks) {
        mu_inquiry_send(sim, step, milestone);
    } else if (plan->verb == MU_VERB_NOTIFY) {
        mu_unit_tell(sim, plan->receiver, milestone);
    }
    mu_information_arrived(sim, step, milestone);
    mu_roll_worked(sim, step, milestone);
    mu_step_finish(sim, step, milestone);
}

static bool until_has_come(const mu_sim *sim, const mu_step_plan *plan) {
    return plan->until != MU_NONE && mu_term_is_met(sim, plan->until);
}

static void begin_to_lead(mu_sim *sim, uint32_t step) {
    const mu_ref_list *doors = &mu_step_plan_of(sim, step)->given->leads_to;
    uint32_t crew[MU_CREW_MOST];
    const uint32_t count = doors->count > 0 ? mu_crew_list(sim, step, crew) : 0;
    for (uint32_t i = 0; i < count; i++) {
        mu_guide_place(sim, crew[i], doors, mu_step_of(sim, step)->last);
    }
}

void mu_step_finish(mu_sim *sim, uint32_t step, uint32_t cause) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    mu_step_now *now = mu_step_of(sim, step);
    now->last = mu_sim_write(sim, (mu_record){.kind = MU_RECORD_STEP,
                                              .cause = cause,
                                              .object = mu_word_handle(plan->id_word),
                                              .place = mu_word_handle(plan->place_word),
                                              .step = MU_HANDLE(MU_THING_STEP, step)});
    if (plan->given->holds && !until_has_come(sim, plan)) {
        now->state = MU_STEP_HOLDING;
        begin_to_lead(sim, step);
        return;
    }
    now->state = MU_STEP_DONE;
    mu_cordon_open(sim, step, now->last);
    mu_stock_return(sim, step, now->last);
    mu_crew_release(sim, step, now->last);
    if (plan->given->every_s > 0 && !until_has_come(sim, plan)) {
        now->state = MU_STEP_PENDING;
        const mu_time next = now->due_us + mu_time_from_s(plan->given->every_s);
        mu_sim_schedule(sim, next - mu_sim_now(sim), MU_EVENT_STEP_DUE, step, now->last, 0);
    }
}

/* It is off, its people and things are free, and nobody is there to end what was at work. */
static void give_up(mu_sim *sim, uint32_t step, mu_record_kind kind, uint32_t cause) {
    mu_step_now *now = mu_step_of(sim, step);
    mu_sim_restamp(sim, MU_STAMPED_STEP, step);
    now->state = MU_STEP_ABANDONED;
    now->last = mu_step_record(sim, step, kind, cause, 0);
    mu_message_end(sim, step, now->last);
    mu_stock_return(sim, step, now->last);
    mu_crew_release(sim, step, now->last);
    mu_step_retry_waiting(sim);
}

void mu_step_abandon(mu_sim *sim, uint32_t step, uint32_t cause) {
    give_up(sim, step, MU_RECORD_ABANDONED, cause);
}

void mu_step_call_off(mu_sim *sim, uint32_t step, uint32_t cause) {
    mu_step_now *now = mu_step_of(sim, step);
    const bool over = now->state == MU_STEP_DONE || now->state == MU_STEP_ABANDONED ||
                      now->state == MU_STEP_MOVING; /* what moves, moves on */
    if (over) {
        return;
    }
    if (now->state == MU_STEP_IDLE) {
        mu_sim_restamp(sim, MU_STAMPED_STEP, step);
        now->state = MU_STEP_ABANDONED;
    } else {
        give_up(sim, step, MU_RECORD_CALLED_OFF, cause);
    }
}

void mu_step_break_off(mu_sim *sim, uint32_t step, uint32_t person) {
    mu_step_now *now = mu_step_of(sim, step);
    const bool is_at_work = now->state == MU_STEP_WANTS_STOCK || now->state == MU_STEP_GATHERING ||
                            now->state == MU_STEP_WANTS_LINE || now->state == MU_STEP_SENDING ||
                            now->state == MU_STEP_WANTS_RECEIVER || now->state == MU_STEP_WORKING;
    if (!is_at_work) {
        return; /* what was set going goes on by itself */
    }
    mu_sim_restamp(sim, MU_STAMPED_STEP, step);
    now->last = mu_step_record(sim, step, MU_RECORD_BROKEN_OFF, now->last,
                               MU_HANDLE(MU_THING_PERSON, person));
    mu_message_end(sim, step, now->last);
    mu_stock_return(sim, step, now->last);
    mu_crew_release(sim, step, now->last);
    mu_step_seek_crew(sim, step);
}

/* Still waiting for people or things, or on the way. */
static bool has_not_begun(const mu_step_now *now) {
    return now->state == MU_STEP_WANTS_CREW || now->state == MU_STEP_WANTS_STOCK ||
           now->state == MU_STEP_GATHERING;
}

void mu_step_end_hold(mu_sim *sim, uint32_t step, uint32_t cause) {
    mu_step_now *now = mu_step_of(sim, step);
    if (now->state == MU_STEP_HOLDING || now->state == MU_STEP_ROUNDS) {
        now->state = MU_STEP_DONE;
        mu_cordon_open(sim, step, cause);
        mu_stock_return(sim, step, cause);
        mu_crew_release(sim, step, cause);
        mu_step_retry_waiting(sim);
    } else if (mu_step_plan_of(sim, step)->given->holds && has_not_begun(now)) {
        mu_step_abandon(sim, step, cause); /* what was to be held is over */
    } else if (now->state == MU_STEP_PENDING && now->runs > 0) {
        mu_sim_restamp(sim, MU_STAMPED_STEP, step); /* the next repetition will not come */
        now->state = MU_STEP_DONE;
    }
}

static bool is_waiting(const mu_step_now *now) {
    return now->state == MU_STEP_WANTS_CREW || now->state == MU_STEP_WANTS_STOCK ||
           now->state == MU_STEP_WANTS_LINE || now->state == MU_STEP_WANTS_RECEIVER;
}

static bool goes_first(const mu_sim *sim, uint32_t a, uint32_t b) {
    const int64_t pa = mu_step_plan_of(sim, a)->given->priority;
    const int64_t pb = mu_step_plan_of(sim, b)->given->priority;
    return pa > pb || (pa == pb && mu_step_of(sim, a)->request < mu_step_of(sim, b)->request);
}

static uint32_t list_waiting(const mu_sim *sim, uint32_t *out) {
    uint32_t count = 0;
    for (uint32_t s = 0; s < sim->response->steps.count; s++) {
        if (!is_waiting(mu_step_of(sim, s))) {
            continue;
        }
        uint32_t at = count++;
        while (at > 0 && goes_first(sim, s, out[at - 1])) {
            out[at] = out[at - 1];
            at--;
        }
        out[at] = s;
    }
    return count;
}

static void try_again(mu_sim *sim, uint32_t step) {
    switch ((mu_step_state)mu_step_of(sim, step)->state) {
    case MU_STEP_WANTS_CREW:
        if (mu_crew_take(sim, step)) {
            mu_step_seek_stock(sim, step);
        }
        break;
    case MU_STEP_WANTS_STOCK:
        if (mu_stock_take(sim, step)) {
            mu_step_gather(sim, step);
        }
        break;
    case MU_STEP_WANTS_LINE:
        mu_message_seek_line(sim, step);
        break;
    case MU_STEP_WANTS_RECEIVER:
        mu_message_seek_receiver(sim, step);
        break;
    case MU_STEP_IDLE:
    case MU_STEP_PENDING:
    case MU_STEP_GATHERING:
    case MU_STEP_SENDING:
    case MU_STEP_WORKING:
    case MU_STEP_MOVING:
    case MU_STEP_ROUNDS:
    case MU_STEP_HOLDING:
    case MU_STEP_DONE:
    case MU_STEP_ABANDONED:
        break;
    }
}

void mu_step_retry_waiting(mu_sim *sim) {
    uint32_t waiting[MU_STEPS_MOST];
    const uint32_t count = list_waiting(sim, waiting);
    for (uint32_t i = 0; i < count; i++) {
        try_again(sim, waiting[i]);
    }
    mu_alarms_retry(sim);
    mu_intelligence_retry(sim);
    const mu_response_plan *plan = sim->response;
    if (mu_release_is_open(sim)) { /* drives out whoever is in it, freed or not */
        for (uint32_t k = 0; k < plan->staff.count; k++) {
            mu_person_go_home(sim, plan->staff.items[k]);
        }
        return;
    }
    for (uint32_t k = 0; k < plan->posted.count; k++) {
        if (mu_person_may_go_home(sim, plan->posted.items[k])) {
            mu_person_go_home(sim, plan->posted.items[k]);
        }
    }
}

bool mu_response_is_active(const mu_sim *sim) {
    bool routine = false;
    if (mu_alarms_wait(sim) || mu_intelligence_waits(sim)) {
        return true;
    }
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        routine = routine || mu_hands(sim)[p].state == MU_HAND_ROUTINE || mu_desk_comes(sim, p);
        if (mu_round_is_busy(&mu_rounds(sim)[p]) || mu_care_walks(sim, p)) {
            return true;
        }
    }
    for (uint32_t s = 0; s < sim->response->steps.count; s++) {
        const mu_step_now *now = mu_step_of(sim, s);
        const bool at_rest = now->state == MU_STEP_IDLE || now->state == MU_STEP_HOLDING ||
                             now->state == MU_STEP_DONE || now->state == MU_STEP_ABANDONED ||
                             now->state == MU_STEP_ROUNDS; /* busy teams count below */
        /* What waits will go on only if somebody becomes free who is busy with routine work, or on
         * the way to a desk. */
        if (!at_rest && (!is_waiting(now) || routine)) {
            return true;
        }
    }
    return false;
}
