/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns of a run that no shipped incident takes at a moment known beforehand: a run is stopped, the
 * state is set, and the handler is called as the event would call it. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "crowd/crowd.h"
#include "crowd/minds.h"
#include "crowd/refuge.h"
#include "crowd/throughput.h"
#include "drill/run.h"
#include "response/desk.h"
#include "response/inside.h"
#include "response/response.h"
#include "response/wash.h"
#include "runner.h"
#include "threat/blast.h"
#include "threat/intruder.h"
#include "threat/release.h"
#include "threat/threat.h"

#include "loaded_plan.h"

static mu_log *told;
static mu_sim sim;

/* Each test has a process of its own. */
static void begin(const char *incident, int until_s) {
    load_incident(incident);
    plan->incident.motion = MU_MOTION_FLOW;
    told = mu_log_create();
    ck_assert_int_eq(mu_run_begin(plan, 1, 0, told, &sim), MU_OK);
    while (mu_sim_now(&sim) < until_s * MU_SECOND) {
        ck_assert(mu_run_next(&sim));
    }
}

static void end(void) {
    mu_run_destroy(&sim);
    mu_log_destroy(told);
    drop_plan();
}

/* Records of a kind about somebody, from the number `from` on. */
static uint32_t count(mu_record_kind kind, uint32_t person, uint32_t from) {
    uint32_t found = 0;
    for (uint32_t id = from; id < mu_log_count(told); id++) {
        const mu_record *record = mu_log_get(told, id);
        found += record->kind == kind && record->subject == MU_HANDLE(MU_THING_PERSON, person);
    }
    return found;
}

static uint32_t first_of(mu_person_kind kind) {
    for (uint32_t p = 0; p < plan->people.list.count; p++) {
        if (plan->people.list.items[p].kind == kind && mu_bodies(&sim)[p].mode != MU_BODY_ABSENT) {
            return p;
        }
    }
    ck_abort_msg("nobody");
}

static uint32_t step_with(mu_verb verb) {
    for (uint32_t s = 0; s < plan->response.steps.count; s++) {
        if (plan->response.steps.items[s].verb == verb) {
            return s;
        }
    }
    ck_abort_msg("no such step");
}

static const mu_event no_way = {.argument = 1};

static mu_event event_of(uint32_t subject, uint64_t argument) {
    return (mu_event){.subject = subject, .argument = argument, .cause = 0};
}

START_TEST(no_way_to_the_stations) {
    begin("scenarios/campus/chlorine.json", 60);
    const uint32_t person = first_of(MU_PERSON_OCCUPANT);
    mu_washed *washed = &mu_washed_of(&sim)[person];
    *washed = (mu_washed){.state = MU_WASHED_COMING, .line = 0};
    mu_washes(&sim)[0].inside = 3;
    const uint32_t before = mu_log_count(told);
    ck_assert(mu_wash_arrived(&sim, person, &no_way));
    ck_assert_uint_eq(washed->state, MU_WASHED_CLEAN);
    ck_assert_uint_eq(mu_washes(&sim)[0].inside, 2);
    ck_assert_uint_eq(mu_log_count(told), before); /* queues nowhere */
    ck_assert(!mu_wash_arrived(&sim, person, &no_way));
    end();
}
END_TEST

START_TEST(no_way_to_the_other_desk) {
    begin("scenarios/campus/chlorine.json", 60);
    const uint32_t person = first_of(MU_PERSON_MEMBER);
    mu_hand *hand = &mu_hands(&sim)[person];
    hand->desk = MU_DESK_GOING;
    ck_assert(mu_desk_arrived(&sim, person, true));
    ck_assert_uint_eq(hand->desk, MU_DESK_LEFT);
    ck_assert(!mu_desk_arrived(&sim, person, false)); /* and takes up none */
    end();
}
END_TEST

/* Whoever holds a post and smells the gas is no longer of that step. */
START_TEST(gas_ends_what_is_held) {
    begin("scenarios/campus/chlorine.json", 120);
    const uint32_t person = first_of(MU_PERSON_MEMBER), step = 0, before = mu_log_count(told);
    mu_hand *hand = &mu_hands(&sim)[person];
    hand->state = MU_HAND_STEP;
    hand->step = step;
    mu_step_of(&sim, step)->state = MU_STEP_WORKING;
    mu_breaths(&sim)[person].smelt = 0;
    mu_breaths(&sim)[person].masked = 1;
    ck_assert(mu_release_is_open(&sim));
    const uint32_t smelt =
        mu_sim_record(&sim, MU_RECORD_SMELT, 0, MU_HANDLE(MU_THING_PERSON, person), 0, 0);
    ck_assert_uint_eq(hand->state, MU_HAND_STEP);
    mu_step_of(&sim, step)->state = MU_STEP_HOLDING;
    mu_gas_hear(&sim, smelt);
    ck_assert_uint_eq(hand->state, MU_HAND_STEP); /* with a mask they stay */
    mu_breaths(&sim)[person].masked = 0;
    mu_step_of(&sim, step)->state = MU_STEP_WORKING;
    mu_gas_hear(&sim, smelt);
    ck_assert_uint_eq(hand->state, MU_HAND_STEP); /* work is broken off elsewhere */
    mu_step_of(&sim, step)->state = MU_STEP_HOLDING;
    mu_gas_hear(&sim, smelt);
    ck_assert_uint_ne(hand->state, MU_HAND_STEP);
    ck_assert_uint_eq(count(MU_RECORD_RELEASED, person, before), 1);
    end();
}
END_TEST

/* Not where they were last seen: at their workplace perhaps; not there either: given up. */
START_TEST(the_missing_are_sought_twice) {
    begin("scenarios/campus/explosion.json", 60);
    const uint32_t person = first_of(MU_PERSON_OCCUPANT), before = mu_log_count(told);
    const uint32_t workplace = plan->people.list.items[person].space;
    mu_roll *roll = &mu_rolls(&sim)[person];
    roll->seen_in = workplace == 0 ? 1 : 0;
    mu_missing_give_up(&sim, person);
    ck_assert_uint_eq(roll->seen_in, workplace);
    ck_assert_uint_eq(roll->given_up, 0);
    ck_assert_uint_eq(count(MU_RECORD_FAILED, person, before), 0);
    mu_missing_give_up(&sim, person);
    ck_assert_uint_eq(roll->given_up, 1);
    ck_assert_uint_eq(count(MU_RECORD_FAILED, person, before), 1);
    end();
}
END_TEST

/* A team that finds no way to somebody gives them up, and one alone whoever must be carried. */
START_TEST(searchers_give_up) {
    begin("scenarios/campus/explosion.json", 60);
    const uint32_t step = step_with(MU_VERB_SEARCH), before = mu_log_count(told);
    const uint32_t lead = first_of(MU_PERSON_MEMBER), person = first_of(MU_PERSON_OCCUPANT);
    mu_roll *roll = &mu_rolls(&sim)[person];
    roll->seen_in = plan->people.list.items[person].space;
    mu_rounds(&sim)[lead] = (mu_round){.person = person, .stage = MU_ROUND_WALKING, .missing = 1};
    mu_hands(&sim)[lead].state = MU_HAND_STEP;
    mu_hands(&sim)[lead].step = step;
    mu_round_give_up(&sim, step, lead);
    ck_assert_uint_eq(roll->given_up, 1);
    ck_assert_uint_eq(count(MU_RECORD_FAILED, person, before), 1);
    ck_assert_uint_eq(mu_minds(&sim)[person].carrier, MU_NONE);
    /* one alone */
    *roll = (mu_roll){.seen_in = mu_bodies(&sim)[person].area,
                      .accounted = MU_NO_RECORD,
                      .missing = MU_NO_RECORD,
                      .helpless = 1};
    plan->response.steps.items[step].team = 1;
    plan->people.list.items[person].space = roll->seen_in;
    mu_rounds(&sim)[lead] = (mu_round){.person = person, .last = 0, .stage = MU_ROUND_WORKING};
    mu_missing_looked(&sim, step, lead);
    ck_assert_uint_eq(roll->given_up, 1);
    ck_assert_uint_eq(count(MU_RECORD_FAILED, person, before), 2);
    end();
}
END_TEST

/* A lock that was ordered is not turned if something else has been ordered since. */
START_TEST(a_lock_that_is_not_wanted_any_more) {
    begin("scenarios/campus/hostage.json", 30);
    const uint32_t person = first_of(MU_PERSON_OCCUPANT);
    mu_portal_now *door = &mu_portals(&sim)[0];
    const uint32_t state = door->state, before = mu_log_count(told);
    const mu_event locked = event_of(0, (uint64_t)mu_bodies(&sim)[person].area << 32 | person);
    door->target = MU_PORTAL_OPEN;
    mu_response_on_door_locked(&sim, &locked);
    ck_assert_uint_eq(door->state, state);
    ck_assert_uint_eq(mu_log_count(told), before);
    mu_orders(&sim)[person].step = 0;
    door->target = MU_PORTAL_LOCKED;
    mu_response_on_door_locked(&sim, &locked);
    ck_assert_uint_eq(door->state, MU_PORTAL_LOCKED);
    ck_assert_uint_eq(count(MU_RECORD_LOCKED, person, before), 1);
    end();
}
END_TEST

/* After six rooms that were locked before they came, people stay where they are. */
START_TEST(people_who_find_every_room_locked) {
    begin("scenarios/campus/hostage.json", 30);
    const uint32_t person = first_of(MU_PERSON_OCCUPANT);
    mu_order_now *order = &mu_orders(&sim)[person];
    mu_minds(&sim)[person].state = MU_OCCUPANT_INSIDE;
    *order = (mu_order_now){
        .step = step_with(MU_VERB_LOCK_DOWN), .kind = MU_ORDER_LOCK, .room = MU_NONE, .tries = 6};
    const uint32_t before = mu_log_count(told);
    mu_event arrived = event_of(person, 1);
    mu_shelter_arrived(&sim, &arrived);
    ck_assert_uint_eq(order->tries, 7);
    ck_assert_uint_eq(mu_minds(&sim)[person].state, MU_OCCUPANT_SHELTERING);
    ck_assert_uint_eq(count(MU_RECORD_MOVES, person, before), 0);
    ck_assert_uint_eq(order->room, sim.response->room_of[mu_bodies(&sim)[person].area]);
    end();
}
END_TEST

/* Who waits at a refuge and has called is not missing; who has not called is. */
START_TEST(the_roll_knows_who_has_called) {
    begin("scenarios/campus/package.json", 60);
    uint32_t two[2] = {0}, found = 0;
    plan->response.steps.items[0].roll = MU_ROLL_COMPARE;
    for (uint32_t p = 0; p < plan->people.list.count && found < 2; p++) {
        if (plan->people.list.items[p].kind == MU_PERSON_OCCUPANT && mu_roll_lists(&sim, p) &&
            mu_bodies(&sim)[p].mode != MU_BODY_ABSENT) {
            two[found++] = p;
        }
    }
    ck_assert_uint_eq(found, 2);
    for (int k = 0; k < 2; k++) {
        mu_minds(&sim)[two[k]].state = MU_OCCUPANT_REFUGE;
        mu_helps(&sim)[two[k]].called = k == 0 ? 0 : MU_NO_RECORD;
    }
    const uint32_t before = mu_log_count(told);
    mu_roll_worked(&sim, 0, 0);
    ck_assert_uint_eq(count(MU_RECORD_MISSING, two[0], before), 0);
    ck_assert_uint_eq(count(MU_RECORD_MISSING, two[1], before), 1);
    end();
}
END_TEST

/* An explosion far off makes those go at once who had been told to move a little, and nobody else
 * of those who know already. */
START_TEST(a_second_bang_is_heard) {
    begin("scenarios/campus/explosion.json", 5);
    mu_explosion_given bang = *plan->threat.blasts[MU_BLAST_ITEM].given;
    bang.fear_radius_m = -1;
    bang.heard_radius_m = 1e6;
    bang.casualties = (mu_casualties_given){0};
    plan->threat.blasts[MU_BLAST_ITEM].given = &bang;
    uint32_t three[3] = {0}, found = 0;
    for (uint32_t p = 0; p < plan->people.list.count && found < 3; p++) {
        if (plan->people.list.items[p].kind == MU_PERSON_OCCUPANT &&
            mu_bodies(&sim)[p].mode != MU_BODY_ABSENT &&
            mu_minds(&sim)[p].state == MU_OCCUPANT_INSIDE &&
            mu_bodies(&sim)[p].area != plan->threat.blasts[MU_BLAST_ITEM].area) {
            three[found++] = p;
        }
    }
    ck_assert_uint_eq(found, 3);
    for (int k = 0; k < 3; k++) {
        mu_mind *mind = &mu_minds(&sim)[three[k]];
        mind->alerted_record = 0;
        mind->evacuating = k != 1;
        mind->goal.kind = k == 2 ? MU_GOAL_ASSEMBLY : MU_GOAL_POINT;
    }
    const uint32_t before = mu_log_count(told);
    const mu_event due = event_of(MU_BLAST_ITEM, 0);
    mu_blast_on_due(&sim, &due);
    ck_assert_int_eq((int)mu_minds(&sim)[three[0]].goal.kind, MU_GOAL_ASSEMBLY);
    ck_assert_uint_eq(count(MU_RECORD_MOVES, three[0], before), 1);
    ck_assert_int_eq((int)mu_minds(&sim)[three[1]].goal.kind, MU_GOAL_POINT);
    ck_assert_uint_eq(count(MU_RECORD_MOVES, three[1], before), 0);
    ck_assert_uint_eq(count(MU_RECORD_MOVES, three[2], before), 0);
    end();
}
END_TEST

/* Guards who have taken control wait at the end of the path. */
START_TEST(an_intruder_is_awaited) {
    begin("scenarios/campus/intruder-archive.json", 5);
    const uint32_t last = plan->incident.intruder.path.count - 1;
    const mu_event enters = event_of(last, 1);
    const uint32_t other = mu_sim_record(&sim, MU_RECORD_CONTAINED, 0, 0, 0, 0);
    mu_intruder_hear(&sim, other);
    const uint32_t taken =
        mu_sim_record(&sim, MU_RECORD_CONTAINED, 0, 0,
                      MU_HANDLE(MU_THING_WORD, plan->threat.intruder.word_suspect), 0);
    mu_intruder_hear(&sim, taken);
    const uint32_t before = mu_log_count(told);
    mu_intruder_on_moves(&sim, &enters);
    ck_assert(!mu_intruder_is_open(&sim));
    uint32_t entered = 0, at_target = 0;
    for (uint32_t id = before; id < mu_log_count(told); id++) {
        const mu_record *record = mu_log_get(told, id);
        entered += record->kind == MU_RECORD_ENTERED;
        at_target += record->kind == MU_RECORD_ENTERED &&
                     record->object == MU_HANDLE(MU_THING_WORD, plan->threat.intruder.word_target);
    }
    ck_assert_uint_eq(entered, 1);
    ck_assert_uint_eq(at_target, 0); /* does not get what they came for */
    const mu_intruder_now *now = mu_world_section(&sim.world, MU_SECTION_INTRUDER);
    ck_assert_uint_eq(now->over, taken);
    end();
}
END_TEST

/* Air flows of the same ends and the same unit are summed in one order, whatever the file's. */
START_TEST(flows_in_any_order) {
    load_incident("scenarios/campus/chlorine.json");
    const mu_air_path one = plan->site.air_flows.items[0];
    mu_air_path three[3] = {one, one, one}, turned[3];
    const double m3_h[3] = {300, 100, 100}, shut_m3_h[3] = {5, 7, 6};
    for (int k = 0; k < 3; k++) {
        three[k].unit = (mu_ref){.id = "unit", .index = 0};
        three[k].m3_h = m3_h[k];
        three[k].shut_m3_h = shut_m3_h[k];
        turned[2 - k] = three[k];
    }
    for (int turn = 0; turn < 2; turn++) {
        mu_site site = plan->site;
        site.air_flows.items = turn == 0 ? three : turned;
        site.air_flows.count = 3;
        mu_release_plan out = {.given = &plan->incident.release};
        mu_arena *arena = mu_arena_create();
        ck_assert_int_eq(
            mu_release_compile(&site, &plan->incident.release, &plan->incident.wind, arena, &out),
            MU_OK);
        ck_assert_uint_eq(out.flow_count, 3);
        const double sorted[3] = {100, 100, 300}, shut[3] = {6, 7, 5};
        for (int k = 0; k < 3; k++) {
            ck_assert_double_eq_tol(out.running_m3_s[k] * 3600, sorted[k], 1e-9);
            ck_assert_double_eq_tol(out.shut_m3_s[k] * 3600, shut[k], 1e-9);
        }
        mu_arena_destroy(arena);
    }
    drop_plan();
}
END_TEST

/* Responders have the phone that the roster gives them; against a belt one gets off it at last. */
START_TEST(phones_and_belts) {
    begin("scenarios/campus/chlorine.json", 1);
    const uint32_t member = first_of(MU_PERSON_MEMBER);
    for (uint8_t phone = 0; phone < 2; phone++) {
        plan->people.list.items[member].phone_given = phone;
        ck_assert_int_eq(mu_person_has_phone(&sim, member), phone);
    }
    mu_portal *belt = &plan->site.portals.items[0];
    belt->belt = MU_BELT_UP;
    belt->belt_mps = 0.5;
    belt->belt_walked = true;
    ck_assert_double_eq_tol(mu_belt_speed(&sim, 0, true, 1.2), 1.7, 1e-12);
    ck_assert_double_eq_tol(mu_belt_speed(&sim, 0, false, 1.2), 0.7, 1e-12);
    ck_assert_double_eq_tol(mu_belt_speed(&sim, 0, false, 0.55), 0.1, 1e-12);
    end();
}
END_TEST

/* The only portal of the space that somebody is in; MU_NONE. */
static uint32_t only_way_out(uint32_t person) {
    const mu_body *body = &mu_bodies(&sim)[person];
    const uint32_t space =
        body->mode == MU_BODY_ABSENT ? MU_NONE : mu_walkable_area(sim.walkable, body->area)->space;
    uint32_t found = MU_NONE, count = 0;
    for (uint32_t p = 0; space != MU_NONE && p < sim.site->portals.count; p++) {
        const mu_ref_list *between = &sim.site->portals.items[p].between;
        for (uint32_t e = 0; e < between->count; e++) {
            found = between->items[e].index == space ? p : found;
            count += between->items[e].index == space;
        }
    }
    return count == 1 ? found : MU_NONE;
}

/* Who has left the queue at the only door of a room still has that way, and no other. */
START_TEST(the_only_way_is_not_avoided) {
    begin("scenarios/head-office/package.json", 5);
    const uint32_t count = plan->people.list.count;
    uint32_t person = 0;
    while (person < count && only_way_out(person) == MU_NONE) {
        person++;
    }
    ck_assert_uint_lt(person, count);
    uint32_t other = 0;
    while (mu_bodies(&sim)[other].mode == MU_BODY_ABSENT ||
           mu_bodies(&sim)[other].area == mu_bodies(&sim)[person].area) {
        other++;
    }
    const mu_goal goal = {.kind = MU_GOAL_POINT,
                          .area =
                              mu_walkable_area(sim.walkable, mu_bodies(&sim)[other].area)->space,
                          .at = mu_crowd_at(&sim, other)};
    const double metres = mu_crowd_way(&sim, person, goal);
    ck_assert(isfinite(metres));
    mu_minds(&sim)[person].avoid = only_way_out(person);
    ck_assert(mu_crowd_is_way_within(&sim, person, goal, metres + 1));
    ck_assert(!mu_crowd_is_way_within(&sim, person, goal, metres - 1));
    ck_assert_double_eq_tol(mu_crowd_way_within(&sim, person, goal, metres + 1), metres, 0.1);
    end();
}
END_TEST

int main(void) {
    Suite *suite = suite_create("seldom");
    TCase *tc = tcase_create("turns");
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, no_way_to_the_stations);
    tcase_add_test(tc, no_way_to_the_other_desk);
    tcase_add_test(tc, gas_ends_what_is_held);
    tcase_add_test(tc, the_missing_are_sought_twice);
    tcase_add_test(tc, searchers_give_up);
    tcase_add_test(tc, a_lock_that_is_not_wanted_any_more);
    tcase_add_test(tc, people_who_find_every_room_locked);
    tcase_add_test(tc, the_roll_knows_who_has_called);
    tcase_add_test(tc, a_second_bang_is_heard);
    tcase_add_test(tc, an_intruder_is_awaited);
    tcase_add_test(tc, flows_in_any_order);
    tcase_add_test(tc, phones_and_belts);
    tcase_add_test(tc, the_only_way_is_not_avoided);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
