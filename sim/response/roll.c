/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The roll-call: wardens count who stands at an assembly point; then the counts are compared with
 * the roster of staff and the registers of those who were entered. Who is on a list, was not
 * counted and is no known casualty is missing, with the place where they were last seen. Who is on
 * no list is missed by nobody. */
#include <math.h>

#include "crowd/refuge.h"
#include "response/inside.h"

/* As for an order that clears an assembly point: its people stand within this of it, or further
 * where it is made for more. */
#define AT_POINT_LEAST_M 20.0

static bool is_occupant(const mu_sim *sim, uint32_t person) {
    return sim->people->list.items[person].kind == MU_PERSON_OCCUPANT;
}

bool mu_roll_lists(const mu_sim *sim, uint32_t person) {
    const mu_person *p = &sim->people->list.items[person];
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_REGISTER, p->hash, 0);
    return mu_stream_uniform(&stream) < sim->people->roster->groups.items[p->from].registered_share;
}

static bool is_counted_at(const mu_sim *sim, const mu_step_plan *plan, uint32_t person) {
    const mu_body *body = &mu_bodies(sim)[person];
    const mu_point at = mu_crowd_at(sim, person);
    const double dx = at.x - plan->at.at.x, dy = at.y - plan->at.at.y;
    return is_occupant(sim, person) && body->mode != MU_BODY_ABSENT &&
           plan->place == MU_PLACE_POINT && body->area == plan->at.area &&
           dx * dx + dy * dy <= plan->reach_m * plan->reach_m;
}

double mu_roll_reach_m(const mu_site *site, const mu_step_plan *plan) {
    double reach_m = AT_POINT_LEAST_M;
    for (uint32_t p = 0; p < site->assembly_points.count; p++) {
        const mu_assembly *point = &site->assembly_points.items[p];
        if (point->space.index == plan->at.area && point->at.x == plan->at.at.x &&
            point->at.y == plan->at.at.y) {
            reach_m = fmax(reach_m, sqrt((double)point->capacity));
        }
    }
    return reach_m;
}

double mu_roll_counting_s(const mu_sim *sim, uint32_t step) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    if (plan->roll != MU_ROLL_COUNT) {
        return 0;
    }
    double sum_s = 0;
    mu_stream stream;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (is_counted_at(sim, plan, p)) {
            mu_sim_stream(sim, &stream, MU_PURPOSE_REGISTER, sim->people->list.items[p].hash, 1);
            sum_s += mu_dist_draw(&plan->given->each_s, &stream.rng);
        }
    }
    return sum_s;
}

uint32_t mu_roll_account(mu_sim *sim, uint32_t person, uint32_t by, uint32_t cause) {
    mu_roll *roll = &mu_rolls(sim)[person];
    if (roll->accounted != MU_NO_RECORD) {
        return roll->accounted;
    }
    roll->accounted =
        mu_sim_write(sim, (mu_record){.kind = MU_RECORD_ACCOUNTED,
                                      .cause = cause,
                                      .subject = MU_HANDLE(MU_THING_PERSON, person),
                                      .object = mu_word_handle(sim->response->word_people),
                                      .place = mu_care_place(sim, person),
                                      .holder = by == MU_NONE ? 0 : MU_HANDLE(MU_THING_PERSON, by),
                                      .value = mu_roll_lists(sim, person)});
    return roll->accounted;
}

static void count_present(mu_sim *sim, uint32_t step, uint32_t recorded) {
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (is_counted_at(sim, mu_step_plan_of(sim, step), p)) {
            (void)mu_roll_account(sim, p, MU_NONE, recorded);
        }
    }
}

/* Known to be somewhere, though not at an assembly point. */
static bool is_known_to_be(const mu_sim *sim, uint32_t person) {
    if (mu_minds(sim)[person].state == MU_OCCUPANT_REFUGE &&
        mu_helps(sim)[person].called != MU_NO_RECORD) {
        return true;
    }
    return mu_casualties(sim)[person].found != MU_NO_RECORD &&
           mu_casualties(sim)[person].injured != MU_NO_RECORD;
}

static void declare_missing(mu_sim *sim, uint32_t person, uint32_t cause) {
    mu_roll *roll = &mu_rolls(sim)[person];
    const bool told =
        roll->seen_by != MU_NONE && mu_rolls(sim)[roll->seen_by].accounted != MU_NO_RECORD;
    if (!told) { /* whoever saw them has not been asked: their workplace, or whom they visit */
        roll->seen_in = sim->people->list.items[person].space;
        roll->seen_by = MU_NONE;
    }
    roll->missing = mu_sim_write(
        sim, (mu_record){.kind = MU_RECORD_MISSING,
                         .cause = cause,
                         .subject = MU_HANDLE(MU_THING_PERSON, person),
                         .object = mu_word_handle(sim->response->word_people),
                         .place = MU_HANDLE(MU_THING_SPACE, roll->seen_in),
                         .holder = told ? MU_HANDLE(MU_THING_PERSON, roll->seen_by) : 0});
}

/* Nobody is missing any more: told once after every comparison that had named somebody or nobody.
 */
void mu_roll_close(mu_sim *sim, uint32_t cause) {
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (mu_rolls(sim)[p].missing != MU_NO_RECORD &&
            mu_rolls(sim)[p].accounted == MU_NO_RECORD) {
            return;
        }
    }
    (void)mu_sim_record(sim, MU_RECORD_ACCOUNTED, cause, 0, mu_word_handle(sim->response->word_all),
                        0);
}

static bool is_visitor(const mu_sim *sim, uint32_t person) {
    return sim->people->list.items[person].role == mu_people_role(sim->people, "visitor");
}

/* Was every visitor who was counted on the register? */
static void check_register(mu_sim *sim, uint32_t cause) {
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (is_occupant(sim, p) && is_visitor(sim, p) &&
            mu_rolls(sim)[p].accounted != MU_NO_RECORD && !mu_roll_lists(sim, p)) {
            return;
        }
    }
    (void)mu_sim_record(sim, MU_RECORD_REGISTERED, cause, 0,
                        mu_word_handle(sim->response->word_visitors), 0);
}

static void compare(mu_sim *sim, uint32_t cause) {
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        const mu_roll *roll = &mu_rolls(sim)[p];
        if (is_occupant(sim, p) && roll->accounted == MU_NO_RECORD &&
            roll->missing == MU_NO_RECORD && !is_known_to_be(sim, p) &&
            mu_minds(sim)[p].state != MU_OCCUPANT_EXPECTED && mu_roll_lists(sim, p)) {
            declare_missing(sim, p, cause);
        }
    }
    check_register(sim, cause);
    mu_roll_close(sim, cause);
}

void mu_roll_worked(mu_sim *sim, uint32_t step, uint32_t milestone) {
    switch (mu_step_plan_of(sim, step)->roll) {
    case MU_ROLL_NONE:
        break;
    case MU_ROLL_COUNT:
        count_present(sim, step, milestone);
        break;
    case MU_ROLL_COMPARE:
        compare(sim, milestone);
        break;
    }
}

/* Who goes was in sight of those who stay behind in the same space, and will say so. */
static void note_last_seen(mu_sim *sim, uint32_t teller) {
    const uint32_t area = mu_bodies(sim)[teller].area;
    if (mu_bodies(sim)[teller].mode == MU_BODY_ABSENT || area >= sim->site->spaces.count) {
        return;
    }
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (p != teller && mu_bodies(sim)[p].mode != MU_BODY_ABSENT &&
            mu_bodies(sim)[p].area == area) {
            mu_rolls(sim)[p].seen_in = area;
            mu_rolls(sim)[p].seen_by = teller;
        }
    }
}

void mu_roll_hear(mu_sim *sim, uint32_t record) {
    const mu_record heard = *mu_log_get(sim->log, record);
    const uint32_t person = mu_handle_index(heard.subject);
    if (heard.kind == MU_RECORD_MOVES && sim->response->rolls) {
        note_last_seen(sim, person);
    }
    const bool is_back = heard.kind == MU_RECORD_STATE && heard.value == MU_OCCUPANT_OUT;
    const bool is_known = heard.kind == MU_RECORD_FOUND && heard.subject != 0;
    if ((is_back || is_known) && mu_rolls(sim)[person].missing != MU_NO_RECORD &&
        mu_rolls(sim)[person].accounted == MU_NO_RECORD &&
        mu_bodies(sim)[person].mode != MU_BODY_ABSENT) {
        mu_roll_close(sim, mu_roll_account(sim, person, MU_NONE, record));
    }
}
