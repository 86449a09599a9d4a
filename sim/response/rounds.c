/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps whose teams go from person to person: medics, bearers, ambulances, searchers. A team takes
 * one person at a time, walks there, works, and looks for the next; the step is done when nobody is
 * left who needs it. What is done for a person, and who comes next, is care.c's and missing.c's. */
#include <math.h>

#include "crowd/refuge.h"
#include "response/inside.h"

static mu_round *round_of(const mu_sim *sim, uint32_t lead) {
    return &mu_rounds(sim)[lead];
}

static bool by_vehicle(const mu_sim *sim, uint32_t step) {
    return mu_step_plan_of(sim, step)->verb == MU_VERB_TRANSPORT;
}

static bool is_active(const mu_sim *sim, uint32_t step) {
    const uint32_t state = mu_step_of(sim, step)->state;
    return (state == MU_STEP_ROUNDS || state == MU_STEP_HOLDING) &&
           mu_step_plan_of(sim, step)->rounds;
}

/* A vehicle is manned by its unit; other teams are so many of the crew, in order. */
static bool is_together(const mu_sim *sim, uint32_t step, const uint32_t *crew, uint32_t a,
                        uint32_t b) {
    if (by_vehicle(sim, step)) {
        return sim->people->list.items[crew[a]].from == sim->people->list.items[crew[b]].from;
    }
    const uint32_t team = mu_step_plan_of(sim, step)->team;
    return a / team == b / team;
}

static bool is_whole(const mu_sim *sim, uint32_t step, uint32_t members) {
    return by_vehicle(sim, step) || members == mu_step_plan_of(sim, step)->team;
}

uint32_t mu_round_team(const mu_sim *sim, uint32_t step, uint32_t lead, uint32_t *out) {
    uint32_t crew[MU_CREW_MOST], count = 0, first = 0;
    const uint32_t all = mu_crew_list(sim, step, crew);
    while (first < all && crew[first] != lead) {
        first++;
    }
    for (uint32_t k = first; k < all; k++) {
        if (is_together(sim, step, crew, first, k)) {
            out[count++] = crew[k];
        }
    }
    return count;
}

/* The first of each whole team. */
static uint32_t list_leads(const mu_sim *sim, uint32_t step, uint32_t *out) {
    uint32_t crew[MU_CREW_MOST], count = 0;
    const uint32_t all = mu_crew_list(sim, step, crew);
    for (uint32_t k = 0; k < all; k++) {
        bool begins = true;
        for (uint32_t before = 0; before < k; before++) {
            begins = begins && !is_together(sim, step, crew, before, k);
        }
        uint32_t members = 0;
        for (uint32_t with = k; begins && with < all; with++) {
            members += is_together(sim, step, crew, k, with);
        }
        if (begins && is_whole(sim, step, members)) {
            out[count++] = crew[k];
        }
    }
    return count;
}

static uint32_t lead_of(const mu_sim *sim, uint32_t step, uint32_t person) {
    uint32_t crew[MU_CREW_MOST], own = 0;
    const uint32_t all = mu_crew_list(sim, step, crew);
    while (own < all && crew[own] != person) {
        own++;
    }
    for (uint32_t k = 0; k < own; k++) {
        if (is_together(sim, step, crew, k, own)) {
            return crew[k];
        }
    }
    return person;
}

bool mu_rounds_has(const mu_sim *sim, uint32_t person) {
    return is_active(sim, mu_hands(sim)[person].step);
}

void mu_round_go(mu_sim *sim, uint32_t step, uint32_t lead, mu_goal goal, mu_round_stage stage) {
    uint32_t team[MU_CREW_MOST];
    const uint32_t count = mu_round_team(sim, step, lead, team);
    mu_round *round = round_of(sim, lead);
    round->stage = (uint32_t)stage;
    round->missing = count;
    for (uint32_t k = 0; k < count; k++) {
        mu_crowd_send(sim, team[k], goal, 1.0, round->last);
    }
}

void mu_round_carry(mu_sim *sim, uint32_t step, uint32_t lead, mu_burden burden, mu_goal goal) {
    uint32_t team[MU_CREW_MOST];
    const uint32_t count = mu_round_team(sim, step, lead, team);
    mu_crowd_lift(sim, round_of(sim, lead)->person, lead);
    for (uint32_t k = 0; k < count; k++) {
        mu_crowd_burden(sim, team[k], burden);
    }
    mu_round_go(sim, step, lead, goal, MU_ROUND_BRINGING);
}

uint32_t mu_round_nearest(mu_sim *sim, uint32_t lead, uint32_t (*next)(const mu_sim *, uint32_t),
                          mu_goal (*goal_of)(const mu_sim *, uint32_t)) {
    uint32_t best = MU_NONE;
    double best_way = (double)INFINITY;
    for (uint32_t p = next(sim, 0); p != MU_NONE; p = next(sim, p + 1)) {
        const double way = mu_crowd_way(sim, lead, goal_of(sim, p));
        if (best == MU_NONE || way < best_way) {
            best = p;
            best_way = way;
        }
    }
    return best;
}

mu_goal mu_round_way_out(const mu_sim *sim, uint32_t step, uint32_t lead) {
    const mu_goal place = mu_crew_goal(sim, step, lead);
    return place.kind == MU_GOAL_NONE ? mu_step_plan_of(sim, step)->gather : place;
}

void mu_round_work(mu_sim *sim, uint32_t lead, double takes_s) {
    mu_round *round = round_of(sim, lead);
    round->stage = MU_ROUND_WORKING;
    round->serial++;
    mu_sim_schedule(sim, mu_time_from_s(takes_s), MU_EVENT_ROUND_WORKED, lead, round->last,
                    round->serial);
}

static bool brings_down(const mu_sim *sim, uint32_t step) {
    return mu_step_plan_of(sim, step)->brings_down;
}

static uint32_t choose(mu_sim *sim, uint32_t step, uint32_t lead) {
    if (brings_down(sim, step)) {
        return mu_bring_down_choose(sim, lead);
    }
    return mu_step_plan_of(sim, step)->verb == MU_VERB_SEARCH ? mu_missing_choose(sim, lead)
                                                              : mu_care_choose(sim, step, lead);
}

static bool is_left(const mu_sim *sim, uint32_t step, uint32_t person) {
    if (brings_down(sim, step)) {
        return mu_bring_down_need(sim, person) != MU_NEEDS_NOTHING;
    }
    return mu_step_plan_of(sim, step)->verb == MU_VERB_SEARCH
               ? mu_missing_is_sought(sim, person)
               : mu_care_need(sim, step, person) != MU_NEEDS_NOTHING;
}

/* A vehicle's patients are brought to it; everybody else walks to theirs. */
static bool take_next(mu_sim *sim, uint32_t step, uint32_t lead) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    mu_round *round = round_of(sim, lead);
    const uint32_t person = choose(sim, step, lead);
    if (person == MU_NONE) {
        return false;
    }
    round->person = person;
    round->last = mu_sim_write(sim, (mu_record){.kind = MU_RECORD_SET_OUT,
                                                .cause = round->last,
                                                .subject = MU_HANDLE(MU_THING_PERSON, lead),
                                                .object = mu_word_handle(plan->object_word),
                                                .place = MU_HANDLE(MU_THING_PERSON, person),
                                                .step = MU_HANDLE(MU_THING_STEP, step)});
    if (plan->verb == MU_VERB_TRANSPORT) {
        mu_casualties(sim)[person].carer = lead;
        mu_round_work(sim, lead, mu_round_draw(sim, step, person));
    } else if (plan->verb == MU_VERB_SEARCH) {
        mu_round_go(sim, step, lead, mu_missing_goal(sim, person), MU_ROUND_WALKING);
    } else {
        if (plan->brings_down) {
            mu_helps(sim)[person].helper = lead;
        } else {
            mu_casualties(sim)[person].carer = lead;
        }
        mu_round_go(sim, step, lead, mu_care_goal(sim, person), MU_ROUND_WALKING);
    }
    return true;
}

double mu_round_draw(const mu_sim *sim, uint32_t step, uint32_t person) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_CARE,
                  mu_hash_with(plan->hash, sim->people->list.items[person].hash),
                  mu_step_of(sim, step)->runs);
    return mu_dist_draw(&plan->given->takes_s, &stream.rng);
}

/* A vehicle on its way back from the hospital keeps nobody waiting. */
bool mu_round_is_busy(const mu_round *round) {
    return round->stage != MU_ROUND_IDLE && (round->stage != MU_ROUND_AWAY || round->aboard > 0);
}

static bool is_anyone_busy(const mu_sim *sim, uint32_t step) {
    uint32_t crew[MU_CREW_MOST];
    const uint32_t all = mu_crew_list(sim, step, crew);
    for (uint32_t k = 0; k < all; k++) {
        if (mu_round_is_busy(round_of(sim, crew[k]))) {
            return true;
        }
    }
    return false;
}

static bool is_anyone_left(const mu_sim *sim, uint32_t step) {
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (is_left(sim, step, p)) {
            return true;
        }
    }
    return false;
}

/* Nobody needs it any more: the milestone, unless there was nobody at all, and the step is done. */
void mu_rounds_settle(mu_sim *sim, uint32_t step) {
    mu_step_now *now = mu_step_of(sim, step);
    if (now->state != MU_STEP_ROUNDS || is_anyone_busy(sim, step) || is_anyone_left(sim, step)) {
        return;
    }
    const uint32_t seen_to = now->missing;
    if (seen_to == 0 && mu_step_plan_of(sim, step)->given->holds) {
        return; /* they stay until there is somebody */
    }
    now->missing = 0;
    if (seen_to > 0) {
        mu_step_bring_about(sim, step, now->last);
    } else {
        mu_step_finish(sim, step, now->last);
    }
    mu_step_retry_waiting(sim);
}

static void give_work(mu_sim *sim, uint32_t step) {
    uint32_t leads[MU_CREW_MOST];
    const uint32_t count = list_leads(sim, step, leads);
    for (uint32_t k = 0; k < count; k++) {
        if (round_of(sim, leads[k])->stage == MU_ROUND_IDLE) {
            (void)take_next(sim, step, leads[k]);
        }
    }
    mu_rounds_settle(sim, step);
}

void mu_rounds_start(mu_sim *sim, uint32_t step) {
    mu_step_now *now = mu_step_of(sim, step);
    uint32_t crew[MU_CREW_MOST];
    const uint32_t count = mu_crew_list(sim, step, crew);
    now->state = MU_STEP_ROUNDS;
    now->missing = 0;
    for (uint32_t k = 0; k < count; k++) {
        mu_hands(sim)[crew[k]].there = 1;
        mu_round *round = round_of(sim, crew[k]);
        *round = (mu_round){.person = MU_NONE, .last = now->last, .serial = round->serial};
    }
    give_work(sim, step);
}

void mu_round_next(mu_sim *sim, uint32_t step, uint32_t lead) {
    mu_round *round = round_of(sim, lead);
    mu_step_of(sim, step)->last = round->last;
    round->stage = MU_ROUND_IDLE;
    round->person = MU_NONE;
    if (!take_next(sim, step, lead)) {
        mu_rounds_settle(sim, step);
    }
}

void mu_round_arrived(mu_sim *sim, uint32_t person, const mu_event *event) {
    const uint32_t step = mu_hands(sim)[person].step;
    const uint32_t lead = lead_of(sim, step, person);
    mu_round *round = round_of(sim, lead);
    const bool walks = round->stage == MU_ROUND_WALKING || round->stage == MU_ROUND_BRINGING;
    if (!walks || round->missing == 0) {
        return;
    }
    if (event->argument != 0) { /* no way */
        round->missing = 0;
        mu_round_give_up(sim, step, lead);
        return;
    }
    if (--round->missing > 0) {
        return;
    }
    round->last =
        mu_step_record(sim, step, MU_RECORD_REACHED, round->last, MU_HANDLE(MU_THING_PERSON, lead));
    if (round->stage == MU_ROUND_BRINGING && brings_down(sim, step)) {
        mu_bring_down_end(sim, step, lead);
    } else if (round->stage == MU_ROUND_BRINGING) {
        mu_care_brought(sim, step, lead);
    } else {
        mu_round_work(sim, lead, mu_round_draw(sim, step, round->person));
    }
}

void mu_round_give_up(mu_sim *sim, uint32_t step, uint32_t lead) {
    if (mu_step_plan_of(sim, step)->verb == MU_VERB_SEARCH) {
        mu_missing_give_up(sim, round_of(sim, lead)->person);
        mu_care_drop(sim, step, lead);
    } else if (brings_down(sim, step)) {
        mu_bring_down_give_up(sim, step, lead);
    } else {
        mu_care_give_up(sim, step, lead);
    }
    mu_round_next(sim, step, lead);
}

void mu_round_on_worked(mu_sim *sim, const mu_event *event) {
    const uint32_t lead = event->subject;
    const uint32_t step = mu_hands(sim)[lead].step;
    const mu_round *round = round_of(sim, lead);
    if (round->stage != MU_ROUND_WORKING || round->serial != (uint32_t)event->argument) {
        return;
    }
    mu_step_of(sim, step)->missing += mu_step_of(sim, step)->state == MU_STEP_ROUNDS;
    if (mu_step_plan_of(sim, step)->verb == MU_VERB_SEARCH) {
        mu_missing_looked(sim, step, lead);
    } else if (brings_down(sim, step)) {
        mu_bring_down_start(sim, step, lead);
    } else {
        mu_care_worked(sim, step, lead);
    }
}

void mu_rounds_stop(mu_sim *sim, uint32_t step) {
    uint32_t crew[MU_CREW_MOST];
    const uint32_t count = mu_crew_list(sim, step, crew);
    for (uint32_t k = 0; k < count; k++) {
        mu_round *round = round_of(sim, crew[k]);
        mu_care_drop(sim, step, crew[k]);
        *round = (mu_round){.person = MU_NONE, .last = MU_NO_RECORD, .serial = round->serial + 1};
    }
}

static bool gives_work(mu_record_kind kind) {
    return kind == MU_RECORD_FOUND || kind == MU_RECORD_TAGGED || kind == MU_RECORD_CARED ||
           kind == MU_RECORD_LAID || kind == MU_RECORD_MISSING || kind == MU_RECORD_ON_SITE ||
           kind == MU_RECORD_RELEASED || kind == MU_RECORD_HELP_CALLED || kind == MU_RECORD_STATE;
}

/* An occupant who was making a report has been hurt: nobody finishes it. */
static void hear_injured(mu_sim *sim, uint32_t person, uint32_t record) {
    const mu_hand *hand = &mu_hands(sim)[person];
    if (hand->state == MU_HAND_STEP) {
        mu_step_abandon(sim, hand->step, record);
    }
}

void mu_rounds_hear(mu_sim *sim, uint32_t record) {
    const mu_record heard = *mu_log_get(sim->log, record);
    if (heard.kind == MU_RECORD_INJURED) {
        hear_injured(sim, mu_handle_index(heard.subject), record);
        return;
    }
    if (!gives_work((mu_record_kind)heard.kind)) {
        return;
    }
    for (uint32_t k = 0; k < sim->response->of_rounds.count; k++) {
        const uint32_t s = sim->response->of_rounds.items[k];
        if (is_active(sim, s)) {
            mu_ambulance_join(sim, s);
            give_work(sim, s);
        }
    }
}
