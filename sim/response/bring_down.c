/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Teams who bring down those who wait at places of refuge: a step that carries 'refuge'. They go to
 * whoever has called and is nearest, get them into what there is to bring them down in, and take
 * them out, by stairs or by an evacuation lift. */
#include "crowd/census.h"
#include "crowd/refuge.h"
#include "response/inside.h"

/* May still come to wait at a refuge: is about to leave, or on the way and not out yet. */
static bool may_come_to_need(const mu_sim *sim, uint32_t person) {
    const mu_person *who = &sim->people->list.items[person];
    const mu_mind *mind = &mu_minds(sim)[person];
    return who->kind == MU_PERSON_OCCUPANT && who->mobility == MU_MOBILITY_WHEELCHAIR &&
           mind->state == MU_OCCUPANT_INSIDE && mind->left_record == MU_NO_RECORD &&
           (mind->moves_record != MU_NO_RECORD
                ? mind->evacuating != 0 && mu_bodies(sim)[person].mode == MU_BODY_WALKING
                : mind->alerted_record != MU_NO_RECORD && mind->told.kind != MU_GOAL_NONE);
}

mu_need_of mu_bring_down_need(const mu_sim *sim, uint32_t person) {
    const mu_help *help = &mu_helps(sim)[person];
    if (mu_minds(sim)[person].state != MU_OCCUPANT_REFUGE) {
        return may_come_to_need(sim, person) ? MU_NEEDS_LATER : MU_NEEDS_NOTHING;
    }
    if (help->given_up != 0) {
        return MU_NEEDS_NOTHING;
    }
    return help->called != MU_NO_RECORD && help->helper == MU_NONE ? MU_NEEDS_NOW : MU_NEEDS_LATER;
}

static bool is_at_refuge(const mu_sim *sim, const void *of, uint32_t person) {
    (void)of;
    return mu_minds(sim)[person].state == MU_OCCUPANT_REFUGE;
}

static uint32_t next_who_calls(const mu_sim *sim, uint32_t from) {
    uint32_t p = mu_crowd_census_next(sim, is_at_refuge, NULL, from);
    while (p != MU_NONE && mu_bring_down_need(sim, p) != MU_NEEDS_NOW) {
        p = mu_crowd_census_next(sim, is_at_refuge, NULL, p + 1);
    }
    return p;
}

uint32_t mu_bring_down_choose(mu_sim *sim, uint32_t lead) {
    return mu_crowd(sim)->in_state[MU_OCCUPANT_REFUGE] == 0
               ? MU_NONE
               : mu_round_nearest(sim, lead, next_who_calls, mu_care_goal);
}

static mu_burden burden_of(int equipment) {
    switch (equipment) {
    case MU_EQUIPMENT_EVACUATION_CHAIR:
        return MU_BURDEN_EVACUATION_CHAIR;
    case MU_EQUIPMENT_CARRY_CHAIR:
        return MU_BURDEN_CARRY_CHAIR;
    case MU_EQUIPMENT_STRETCHER:
        return MU_BURDEN_STRETCHER;
    default:
        return MU_BURDEN_NONE;
    }
}

static mu_burden better(mu_burden a, mu_burden b, uint32_t team) {
    if (b == MU_BURDEN_NONE || mu_burden_bearers(b) > team) {
        return a;
    }
    return mu_burden_stair_mps(b) > mu_burden_stair_mps(a) || a == MU_BURDEN_BY_HAND ? b : a;
}

/* The fastest of what the team has brought and what is kept at the refuge, which is then gone. */
static mu_burden take_burden(mu_sim *sim, uint32_t step, uint32_t lead, uint32_t team) {
    const mu_step *given = mu_step_plan_of(sim, step)->given;
    const uint32_t area = mu_bodies(sim)[mu_rounds(sim)[lead].person].area;
    mu_burden found = MU_BURDEN_BY_HAND;
    uint32_t taken = MU_NONE;
    for (uint32_t n = 0; n < given->needs.count; n++) {
        found = better(found, burden_of(given->needs.items[n].equipment), team);
    }
    for (uint32_t e = 0; e < sim->site->equipment.count; e++) {
        const mu_equipment *kept = &sim->site->equipment.items[e];
        if (kept->space.index == area && mu_stocks(sim)[e].free > 0) {
            const mu_burden before = found;
            found = better(found, burden_of((int)kept->kind), team);
            taken = found != before ? e : taken;
        }
    }
    if (taken != MU_NONE) {
        mu_stocks(sim)[taken].free--;
        mu_stocks(sim)[taken].held_by = MU_HANDLE(MU_THING_PERSON, lead);
    }
    return found;
}

static uint32_t write(mu_sim *sim, uint32_t step, uint32_t lead, mu_record_kind kind,
                      uint32_t value) {
    mu_round *round = &mu_rounds(sim)[lead];
    round->last =
        mu_sim_write(sim, (mu_record){.kind = (uint16_t)kind,
                                      .cause = round->last,
                                      .subject = MU_HANDLE(MU_THING_PERSON, round->person),
                                      .place = mu_care_place(sim, round->person),
                                      .step = MU_HANDLE(MU_THING_STEP, step),
                                      .holder = MU_HANDLE(MU_THING_PERSON, lead),
                                      .value = value});
    return round->last;
}

void mu_bring_down_start(mu_sim *sim, uint32_t step, uint32_t lead) {
    uint32_t team[MU_CREW_MOST];
    const uint32_t count = mu_round_team(sim, step, lead, team);
    const mu_burden burden = take_burden(sim, step, lead, count);
    (void)write(sim, step, lead, MU_RECORD_HELPED, (uint32_t)burden);
    mu_round_carry(sim, step, lead, burden, mu_round_way_out(sim, step, lead));
}

/* Out, if nothing has happened to them on the way. */
void mu_bring_down_end(mu_sim *sim, uint32_t step, uint32_t lead) {
    const uint32_t person = mu_rounds(sim)[lead].person;
    mu_mind *mind = &mu_minds(sim)[person];
    mu_care_drop(sim, step, lead);
    const uint32_t brought = write(sim, step, lead, MU_RECORD_BROUGHT_DOWN, 0);
    if (mind->state == MU_OCCUPANT_REFUGE) {
        mu_crowd_get_up(sim, person);
        if (mind->left_record == MU_NO_RECORD) {
            mind->left_record =
                mu_sim_record(sim, MU_RECORD_LEFT, brought, MU_HANDLE(MU_THING_PERSON, person), 0,
                              mu_care_place(sim, person));
        }
        mu_crowd_set_state(sim, person, MU_OCCUPANT_OUT, mind->left_record);
    }
    mu_round_next(sim, step, lead);
}

void mu_bring_down_give_up(mu_sim *sim, uint32_t step, uint32_t lead) {
    const uint32_t person = mu_rounds(sim)[lead].person;
    mu_helps(sim)[person].given_up = 1;
    mu_care_drop(sim, step, lead);
    (void)mu_sim_write(sim, (mu_record){.kind = MU_RECORD_FAILED,
                                        .cause = mu_rounds(sim)[lead].last,
                                        .subject = MU_HANDLE(MU_THING_PERSON, person),
                                        .place = mu_care_place(sim, person),
                                        .step = MU_HANDLE(MU_THING_STEP, step),
                                        .holder = MU_HANDLE(MU_THING_PERSON, lead)});
}
