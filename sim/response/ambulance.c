/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An ambulance loads patients at the collection point, one after the other, until it is full or
 * nobody more is ready; drives to the hospital, hands over, comes back, and begins again. Its crew
 * is its unit. */
#include "crowd/carry.h"
#include "response/hospital.h"
#include "response/inside.h"

enum { TRIP_OUT, TRIP_HANDOVER, TRIP_BACK, TRIP_PARTS };

static const mu_unit *unit_of(const mu_sim *sim, uint32_t lead) {
    return &sim->people->roster->units.items[sim->people->list.items[lead].from];
}

static mu_handle unit_handle(const mu_sim *sim, uint32_t lead) {
    return MU_HANDLE(MU_THING_UNIT, sim->people->list.items[lead].from);
}

/* Of the way to where it drives now, and of the way back from there. */
static double road_m(const mu_sim *sim, uint32_t lead) {
    const mu_round *round = &mu_rounds(sim)[lead];
    const mu_unit *unit = unit_of(sim, lead);
    if (round->hospital != MU_NONE) {
        return sim->people->roster->hospitals.items[round->hospital].road_m;
    }
    return unit->hospital_m > 0 ? unit->hospital_m : unit->distance_m;
}

/* How long a part of this trip takes; each trip of each vehicle has luck of its own. */
static double part_s(const mu_sim *sim, uint32_t lead, int part) {
    const mu_unit *unit = unit_of(sim, lead);
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_ROAD, mu_name_hash(unit->id),
                  mu_rounds(sim)[lead].serial * TRIP_PARTS + (uint32_t)part + 1);
    if (part == TRIP_HANDOVER) {
        return mu_dist_draw(&unit->handover_s, &stream.rng);
    }
    const double speed_mps = mu_dist_draw(&unit->speed_mps, &stream.rng);
    return road_m(sim, lead) / (speed_mps > 1 ? speed_mps : 1);
}

/* How many of each tag are aboard. */
static void count_aboard(const mu_sim *sim, uint32_t lead, uint32_t *tags) {
    for (int tag = 0; tag < MU_START_TAG_COUNT; tag++) {
        tags[tag] = 0;
    }
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        const mu_casualty_now *c = &mu_casualties(sim)[p];
        if (c->injured != MU_NO_RECORD && c->carer == lead) {
            tags[c->tag % MU_START_TAG_COUNT]++;
        }
    }
}

/* Everyone aboard leaves the site. */
static uint32_t take_away(mu_sim *sim, uint32_t step, uint32_t lead) {
    uint32_t last = mu_rounds(sim)[lead].last;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        mu_casualty_now *c = &mu_casualties(sim)[p];
        if (c->injured == MU_NO_RECORD || c->carer != lead || c->taken != MU_NO_RECORD) {
            continue;
        }
        c->taken = mu_sim_write(
            sim, (mu_record){.kind = MU_RECORD_TAKEN,
                             .cause = mu_rounds(sim)[lead].last,
                             .subject = MU_HANDLE(MU_THING_PERSON, p),
                             .object = MU_HANDLE(MU_THING_WORD, sim->threat->word_casualty),
                             .place = unit_handle(sim, lead),
                             .step = MU_HANDLE(MU_THING_STEP, step),
                             .holder = MU_HANDLE(MU_THING_PERSON, lead),
                             .value = c->tag});
        mu_crowd_set_state(sim, p, MU_OCCUPANT_TAKEN, c->taken);
        mu_crowd_take_away(sim, p);
        last = c->taken;
    }
    return last;
}

static void drive_off(mu_sim *sim, uint32_t step, uint32_t lead) {
    mu_round *round = &mu_rounds(sim)[lead];
    uint32_t team[MU_CREW_MOST];
    const uint32_t count = mu_round_team(sim, step, lead, team);
    uint32_t tags[MU_START_TAG_COUNT];
    count_aboard(sim, lead, tags);
    bool expected;
    round->hospital = mu_hospital_choose(sim, tags, &expected);
    round->expected = expected;
    round->last = take_away(sim, step, lead);
    round->stage = MU_ROUND_AWAY;
    round->serial++;
    for (uint32_t k = 0; k < count; k++) {
        mu_crowd_take_away(sim, team[k]);
    }
    mu_sim_schedule(sim, mu_time_from_s(part_s(sim, lead, TRIP_OUT)), MU_EVENT_ROUND_DELIVERED,
                    lead, round->last, round->serial);
}

void mu_ambulance_loaded(mu_sim *sim, uint32_t step, uint32_t lead) {
    mu_round *round = &mu_rounds(sim)[lead];
    round->last = mu_step_record(sim, step, MU_RECORD_WORKED, round->last,
                                 MU_HANDLE(MU_THING_PERSON, round->person));
    round->aboard++;
    const uint32_t next = round->aboard < (uint32_t)unit_of(sim, lead)->patients
                              ? mu_care_choose(sim, step, lead)
                              : MU_NONE;
    if (next == MU_NONE) {
        drive_off(sim, step, lead);
        return;
    }
    mu_casualties(sim)[next].carer = lead;
    round->person = next;
    mu_round_work(sim, lead, mu_round_draw(sim, step, next));
}

static mu_handle hospital_handle(const mu_sim *sim, uint32_t lead) {
    const uint32_t hospital = mu_rounds(sim)[lead].hospital;
    return hospital == MU_NONE ? unit_handle(sim, lead) : MU_HANDLE(MU_THING_HOSPITAL, hospital);
}

/* At a hospital that did not expect them and has no room they are sent on. */
static bool is_sent_on(mu_sim *sim, uint32_t lead, uint32_t cause) {
    mu_round *round = &mu_rounds(sim)[lead];
    uint32_t tags[MU_START_TAG_COUNT];
    if (round->hospital == MU_NONE || round->expected != 0) {
        return false;
    }
    count_aboard(sim, lead, tags);
    const uint32_t from = round->hospital;
    const uint32_t to = mu_hospital_at_door(sim, from, tags);
    if (to == from) {
        return false;
    }
    const uint32_t sent = mu_sim_record(sim, MU_RECORD_SENT_ON, cause, unit_handle(sim, lead),
                                        MU_HANDLE(MU_THING_WORD, sim->threat->word_casualty),
                                        MU_HANDLE(MU_THING_HOSPITAL, from));
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_ROAD, mu_name_hash(unit_of(sim, lead)->id),
                  round->serial * TRIP_PARTS + TRIP_OUT + 1);
    const double speed_mps = mu_dist_draw(&unit_of(sim, lead)->speed_mps, &stream.rng);
    const double onward_m = sim->people->roster->hospitals.items[from].onward_m;
    round->hospital = to;
    round->expected = 1;
    mu_sim_schedule(sim, mu_time_from_s(onward_m / (speed_mps > 1 ? speed_mps : 1)),
                    MU_EVENT_ROUND_DELIVERED, lead, sent, round->serial);
    return true;
}

void mu_round_on_delivered(mu_sim *sim, const mu_event *event) {
    const uint32_t lead = event->subject;
    mu_round *round = &mu_rounds(sim)[lead];
    if (round->stage != MU_ROUND_AWAY || round->serial != (uint32_t)event->argument ||
        is_sent_on(sim, lead, event->cause)) {
        return;
    }
    const bool sent_on = mu_log_get(sim->log, event->cause)->kind == MU_RECORD_SENT_ON;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        mu_casualty_now *c = &mu_casualties(sim)[p];
        if (c->injured != MU_NO_RECORD && c->carer == lead) {
            c->carer = MU_NONE;
            (void)mu_sim_write(
                sim, (mu_record){.kind = MU_RECORD_ADMITTED,
                                 .cause = sent_on ? event->cause : c->taken,
                                 .subject = MU_HANDLE(MU_THING_PERSON, p),
                                 .object = MU_HANDLE(MU_THING_WORD, sim->threat->word_casualty),
                                 .place = hospital_handle(sim, lead),
                                 .value = c->tag});
        }
    }
    round->aboard = 0;
    const double back_s = part_s(sim, lead, TRIP_HANDOVER) + part_s(sim, lead, TRIP_BACK);
    mu_sim_schedule(sim, mu_time_from_s(back_s), MU_EVENT_ROUND_BACK, lead, event->cause,
                    round->serial);
    round->last = event->cause;
    mu_step_of(sim, mu_hands(sim)[lead].step)->last = round->last;
    mu_rounds_settle(sim, mu_hands(sim)[lead].step);
}

/* The vehicle drives up to the collection point; where the step has no place, it stops on the road
 * that it came by. */
static mu_goal stand_of(const mu_sim *sim, uint32_t step, uint32_t lead) {
    const mu_goal goal = mu_crew_goal(sim, step, lead);
    if (goal.kind == MU_GOAL_POINT) {
        return goal;
    }
    const mu_road *road = &sim->site->roads.items[unit_of(sim, lead)->road.index];
    return (mu_goal){.kind = MU_GOAL_POINT, .area = road->space.index, .at = road->at};
}

void mu_round_on_back(mu_sim *sim, const mu_event *event) {
    const uint32_t lead = event->subject;
    mu_round *round = &mu_rounds(sim)[lead];
    if (round->stage != MU_ROUND_AWAY || round->serial != (uint32_t)event->argument) {
        return;
    }
    const uint32_t step = mu_hands(sim)[lead].step;
    uint32_t team[MU_CREW_MOST];
    const uint32_t count = mu_round_team(sim, step, lead, team);
    const mu_goal stand = stand_of(sim, step, lead);
    for (uint32_t k = 0; k < count; k++) {
        mu_crowd_enter(sim, team[k], stand.area, stand.at);
    }
    mu_round_next(sim, step, lead);
}

void mu_ambulance_join(mu_sim *sim, uint32_t step) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    if (plan->verb != MU_VERB_TRANSPORT || plan->crew != 0 || plan->role == MU_NONE) {
        return;
    }
    const uint32_t *first = sim->response->role_first;
    for (uint32_t i = first[plan->role]; i < first[plan->role + 1]; i++) {
        const uint32_t person = sim->response->by_role[i];
        if (mu_person_is_free(sim, person)) {
            mu_crew_add(sim, step, person);
        }
    }
}
