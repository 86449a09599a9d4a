/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Searchers go to where the missing were last seen. Whoever is there is found: the hurt are left to
 * the medics, who can walk is sent out, who cannot get out alone is carried by a team of two. */
#include <math.h>

#include "crowd/carry.h"
#include "crowd/flee.h"
#include "response/inside.h"

bool mu_missing_is_sought(const mu_sim *sim, uint32_t person) {
    const mu_roll *roll = &mu_rolls(sim)[person];
    const bool is_missed = roll->missing != MU_NO_RECORD && roll->accounted == MU_NO_RECORD;
    return (is_missed || roll->helpless != 0) && roll->given_up == 0;
}

static bool is_being_sought(const mu_sim *sim, uint32_t person) {
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        const mu_round *round = &mu_rounds(sim)[p];
        if (round->stage != MU_ROUND_IDLE && round->person == person) {
            return true;
        }
    }
    return false;
}

mu_goal mu_missing_goal(const mu_sim *sim, uint32_t person) {
    const uint32_t space = mu_rolls(sim)[person].seen_in;
    return (mu_goal){.kind = MU_GOAL_POINT,
                     .area = space,
                     .at = mu_area_sample(sim->walkable, space, 0.5, 0.5, 0.5)};
}

static bool waits_for_search(const mu_sim *sim, uint32_t person) {
    return mu_missing_is_sought(sim, person) && !is_being_sought(sim, person);
}

static uint32_t next_to_search_for(const mu_sim *sim, uint32_t from) {
    uint32_t p = from;
    while (p < sim->people->list.count && !waits_for_search(sim, p)) {
        p++;
    }
    return p < sim->people->list.count ? p : MU_NONE;
}

uint32_t mu_missing_choose(mu_sim *sim, uint32_t lead) {
    return mu_round_nearest(sim, lead, next_to_search_for, mu_missing_goal);
}

/* Not where they were last seen: at their workplace perhaps; else nobody knows where to look. */
void mu_missing_give_up(mu_sim *sim, uint32_t person) {
    mu_roll *roll = &mu_rolls(sim)[person];
    const uint32_t workplace = sim->people->list.items[person].space;
    if (roll->seen_in != workplace) {
        roll->seen_in = workplace;
        return;
    }
    roll->given_up = 1;
    (void)mu_sim_write(sim, (mu_record){.kind = MU_RECORD_FAILED,
                                        .cause = roll->missing,
                                        .subject = MU_HANDLE(MU_THING_PERSON, person),
                                        .object = mu_word_handle(sim->response->word_missing),
                                        .place = MU_HANDLE(MU_THING_SPACE, roll->seen_in)});
}

static uint32_t found(mu_sim *sim, uint32_t step, uint32_t lead, uint32_t person) {
    return mu_sim_write(sim, (mu_record){.kind = MU_RECORD_FOUND,
                                         .cause = mu_rounds(sim)[lead].last,
                                         .subject = MU_HANDLE(MU_THING_PERSON, person),
                                         .object = mu_word_handle(sim->response->word_missing),
                                         .place = mu_care_place(sim, person),
                                         .step = MU_HANDLE(MU_THING_STEP, step),
                                         .holder = MU_HANDLE(MU_THING_PERSON, lead)});
}

static void carry_out(mu_sim *sim, uint32_t step, uint32_t lead, uint32_t person) {
    mu_rounds(sim)[lead].person = person;
    mu_round_carry(sim, step, lead, MU_BURDEN_STRETCHER, mu_round_way_out(sim, step, lead));
}

/* Sends somebody out who can go; who cannot waits to be carried. */
static void help_out(mu_sim *sim, uint32_t step, uint32_t person, uint32_t record) {
    const mu_goal out = mu_step_plan_of(sim, step)->gather;
    const uint32_t state = mu_minds(sim)[person].state;
    if (state != MU_OCCUPANT_INSIDE && state != MU_OCCUPANT_SHELTERING) {
        return;
    }
    mu_minds(sim)[person].evacuating = 1; /* doors open for them */
    if (isinf(mu_crowd_way(sim, person, out))) {
        mu_rolls(sim)[person].helpless = 1;
        mu_rolls(sim)[person].seen_in = mu_bodies(sim)[person].area;
        return;
    }
    mu_crowd_flee(sim, person, out, mu_word_handle(sim->response->word_searchers), record);
}

static bool is_there(const mu_sim *sim, uint32_t person, uint32_t space) {
    return sim->people->list.items[person].kind == MU_PERSON_OCCUPANT &&
           mu_bodies(sim)[person].mode != MU_BODY_ABSENT && mu_bodies(sim)[person].area == space;
}

/* Missed, or of those who never set out. */
static bool is_to_be_helped(const mu_sim *sim, uint32_t person) {
    const mu_mind *mind = &mu_minds(sim)[person];
    return mu_rolls(sim)[person].helpless == 0 && !mu_is_casualty(sim, person) &&
           (mu_missing_is_sought(sim, person) ||
            (mind->state == MU_OCCUPANT_INSIDE &&
             (mind->evacuating == 0 || mind->stuck != MU_STUCK_NOT)));
}

/* The first in the space who waits to be carried; MU_NONE. */
static uint32_t one_to_carry(const mu_sim *sim, uint32_t space) {
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (mu_rolls(sim)[p].helpless != 0 && mu_minds(sim)[p].carrier == MU_NONE &&
            is_there(sim, p, space)) {
            return p;
        }
    }
    return MU_NONE;
}

/* Everyone in the space is found, whether missed or not. */
void mu_missing_looked(mu_sim *sim, uint32_t step, uint32_t lead) {
    mu_round *round = &mu_rounds(sim)[lead];
    const uint32_t sought = round->person, space = mu_rolls(sim)[sought].seen_in;
    round->last =
        mu_step_record(sim, step, MU_RECORD_WORKED, round->last, MU_HANDLE(MU_THING_PERSON, lead));
    mu_search_people(sim, space, lead, round->last);
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (is_there(sim, p, space) && is_to_be_helped(sim, p)) {
            help_out(sim, step, p, found(sim, step, lead, p));
        }
    }
    if (!is_there(sim, sought, space)) {
        mu_missing_give_up(sim, sought);
    }
    const uint32_t to_carry = one_to_carry(sim, space);
    if (to_carry != MU_NONE && mu_step_plan_of(sim, step)->team > 1) {
        carry_out(sim, step, lead, to_carry);
        return;
    }
    if (mu_rolls(sim)[sought].helpless != 0) {
        mu_missing_give_up(sim, sought); /* one alone cannot carry them */
    }
    mu_round_next(sim, step, lead);
}

void mu_missing_brought(mu_sim *sim, uint32_t person, uint32_t cause) {
    mu_mind *mind = &mu_minds(sim)[person];
    mu_rolls(sim)[person].helpless = 0;
    mu_crowd_get_up(sim, person);
    if (mind->left_record == MU_NO_RECORD) {
        mind->left_record =
            mu_sim_record(sim, MU_RECORD_LEFT, cause, MU_HANDLE(MU_THING_PERSON, person), 0,
                          mu_care_place(sim, person));
    }
    mu_crowd_set_state(sim, person, MU_OCCUPANT_OUT, mind->left_record);
}
