/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sessions of the head-office incident: going to a time is exact whichever way one comes, frames
 * account for everybody, clocks agree with the judge, and answers say what and why. MUSTER_SOURCE
 * names the source folder. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drill/picture/inside.h"
#include "effort.h"
#include "loaded_plan.h"
#include "runner.h"

static const mu_time HALF_AN_HOUR = 1800 * MU_SECOND;

/* Under the sanitizers people move by the cheap model; test_run plays the other one there. */
static void load(const char *incident) {
    load_incident(incident);
    plan->incident.motion = EFFORT(plan->incident.motion, MU_MOTION_FLOW);
}

static void load_plan(void) {
    load("scenarios/head-office/package.json");
}

static mu_session *open_session(uint64_t memory_bytes) {
    mu_session_def def = mu_default_session_def(plan);
    def.memory_bytes = memory_bytes != 0 ? memory_bytes : def.memory_bytes;
    mu_session *session = NULL;
    ck_assert_int_eq(mu_session_create(&def, &session), MU_OK);
    return session;
}

/* Times in no order, from a fixed little generator. */
static mu_time some_time(uint32_t k) {
    uint64_t x = (k + 1) * UINT64_C(0x9e3779b97f4a7c15);
    x ^= x >> 29;
    return (mu_time)(x % (uint64_t)HALF_AN_HOUR);
}

enum { TIMES = EFFORT(24, 5) };

static int compare_times(const void *a, const void *b) {
    const mu_time x = *(const mu_time *)a, y = *(const mu_time *)b;
    return (x > y) - (x < y);
}

/* The hash at each time, by walking there once without any copy. */
static void walk_there(const mu_time *sorted, uint64_t *hashes) {
    mu_session *session = open_session(0);
    for (int i = 0; i < TIMES; i++) {
        ck_assert(mu_session_seek(session, sorted[i], 0));
        hashes[i] = mu_session_hash(session);
    }
    ck_assert_uint_eq(mu_session_copies(session, NULL), 0);
    mu_session_destroy(session);
}

static uint64_t hash_at(mu_time time, const mu_time *sorted, const uint64_t *hashes) {
    const mu_time *found = bsearch(&time, sorted, TIMES, sizeof *sorted, compare_times);
    ck_assert_ptr_nonnull(found);
    return hashes[found - sorted];
}

static void check_jumps(uint64_t memory_bytes, bool look_ahead_first) {
    mu_time sorted[TIMES];
    uint64_t hashes[TIMES];
    for (uint32_t i = 0; i < TIMES; i++) {
        sorted[i] = some_time(i);
    }
    qsort(sorted, TIMES, sizeof *sorted, compare_times);
    walk_there(sorted, hashes);
    mu_session *session = open_session(memory_bytes);
    while (look_ahead_first && !mu_session_look_ahead(session, 10000)) {
    }
    for (uint32_t i = 0; i < TIMES; i++) {
        const mu_time time = some_time(i);
        (void)mu_session_look_ahead(session, 2000);
        while (!mu_session_seek(session, time, i % 2 == 0 ? 0 : 50)) {
        }
        ck_assert_int_eq(mu_session_now(session), time);
        ck_assert_uint_eq(mu_session_hash(session), hash_at(time, sorted, hashes));
    }
    mu_session_destroy(session);
}

START_TEST(jumps_are_exact) {
    check_jumps(0, true);
}
END_TEST

START_TEST(jumps_are_exact_while_the_end_is_unknown) {
    check_jumps(0, false);
}
END_TEST

START_TEST(jumps_are_exact_with_little_memory) {
    check_jumps(2 << 20, true);
}
END_TEST

START_TEST(copies_stay_within_their_memory) {
    mu_session *session = open_session(4 << 20);
    while (!mu_session_look_ahead(session, 10000)) {
    }
    uint64_t bytes = 0;
    ck_assert_uint_gt(mu_session_copies(session, &bytes), 2);
    ck_assert_uint_le(bytes, 4 << 20);
    mu_session_destroy(session);
}
END_TEST

START_TEST(frames_account_for_everybody) {
    mu_session *session = open_session(0);
    for (int minute = 0; minute <= 30; minute++) {
        ck_assert(mu_session_seek(session, minute * 60 * MU_SECOND, 0));
        const mu_frame *frame = mu_session_frame(session, "en");
        ck_assert_ptr_nonnull(frame);
        const mu_frame_counts *c = &frame->counts;
        ck_assert_uint_eq(c->occupants, plan->people.occupants);
        ck_assert_uint_eq(c->expected + c->usual + c->told + c->leaving + c->stuck + c->sheltering +
                              c->refuge + c->held + c->hurt + c->out + c->taken,
                          c->occupants);
        uint32_t responders = 0, on_site = 0;
        for (uint32_t p = 0; p < frame->people_count; p++) {
            responders += frame->people[p].kind != MU_FRAME_OCCUPANT;
            ck_assert(isfinite(frame->people[p].at.x) && isfinite(frame->people[p].at.y));
            ck_assert_uint_lt(frame->people[p].level, mu_session_scene(session)->level_count);
            ck_assert_uint_lt(frame->people[p].team, frame->team_count);
        }
        for (uint32_t t = 0; t < frame->team_count; t++) {
            on_site += frame->teams[t].on_site;
        }
        ck_assert_uint_eq(responders, c->responders);
        ck_assert_uint_eq(on_site, frame->people_count);
    }
    mu_session_destroy(session);
}
END_TEST

/* Everybody in a queue is counted in one, stands, and makes for the opening that it is at. Returns
 * how many wait at stairs. */
static uint32_t check_queues(const mu_session *session, const mu_frame *frame) {
    uint32_t in_queues = 0, waiting = 0, at_stairs = 0;
    for (uint32_t q = 0; q < frame->queue_count; q++) {
        const mu_frame_queue *queue = &frame->queues[q];
        in_queues += queue->count;
        at_stairs += queue->kind == MU_QUEUE_AT_STAIR ? queue->count : 0;
        ck_assert_uint_ge(queue->count, 3);
        ck_assert_uint_lt(queue->portal, session->scene.portal_count);
        uint32_t there = 0;
        for (uint32_t p = 0; p < frame->people_count; p++) {
            const mu_frame_person *one = &frame->people[p];
            there += one->waits != 0 && one->level == queue->level &&
                     hypot(one->next.x - queue->at.x, one->next.y - queue->at.y) < 1e-9;
        }
        ck_assert_uint_eq(there, queue->count);
    }
    for (uint32_t p = 0; p < frame->people_count; p++) {
        const mu_frame_person *one = &frame->people[p];
        waiting += one->waits;
        ck_assert(one->waits == 0 || (one->walking != 0 && one->speed_mps < 0.6F));
    }
    ck_assert_uint_eq(in_queues, waiting);
    return at_stairs;
}

START_TEST(queues_are_those_who_stand) {
    load("scenarios/tower/evacuation.json");
    mu_session *session = open_session(0);
    ck_assert_uint_eq(check_queues(session, mu_session_frame(session, "en")), 0);
    ck_assert(mu_session_seek(session, 110 * MU_SECOND, 0));
    const mu_frame *frame = mu_session_frame(session, "en");
    ck_assert_uint_gt(check_queues(session, frame), 50);
    mu_session_destroy(session);
    drop_plan();
}
END_TEST

/* Where a clause is judged on the first of its occurrences, the clock at the end of the run says
 * what the judge says of the whole log. */
START_TEST(clocks_agree_with_the_judge) {
    mu_session *session = open_session(0);
    ck_assert(mu_session_seek(session, 8 * 3600 * MU_SECOND, 0));
    const mu_frame *frame = mu_session_frame(session, "en");
    ck_assert(frame->over);
    mu_log *log = mu_log_create();
    mu_run_end end;
    ck_assert_int_eq(mu_run(plan, session->def.seed, 0, log, &end), MU_OK);
    ck_assert_uint_eq(mu_log_count(log), mu_log_count(session->shown_log));
    const uint32_t count = plan->policy.clauses.count, occupants = plan->people.occupants;
    mu_judgement *verdicts = calloc(count, sizeof *verdicts);
    mu_time *never = calloc(occupants, sizeof *never);
    const mu_run_facts facts = {.end_us = end.end_us,
                                .quiet = end.quiet,
                                .occupants = occupants,
                                .alerted_us = never,
                                .left_us = never};
    mu_judge(plan->clauses, count, log, &facts, verdicts);
    uint32_t compared = 0;
    for (uint32_t i = 0; i < frame->clock_count; i++) {
        const mu_frame_clock *clock = &frame->clocks[i];
        const mu_judgement *verdict = &verdicts[clock->clause];
        if (plan->clauses[clock->clause].clause->statistic == MU_STATISTIC_FIRST) {
            ck_assert_msg((clock->state == MU_CLOCK_MET) == (verdict->verdict == MU_VERDICT_MET),
                          "clause %s", clock->id);
            if (clock->state == MU_CLOCK_MET) {
                ck_assert_int_eq(clock->took_us, verdict->value_us);
            }
            compared++;
        }
    }
    ck_assert_uint_gt(compared, 8);
    free(never);
    free(verdicts);
    mu_log_destroy(log);
    mu_session_destroy(session);
}
END_TEST

static uint32_t find_id(const mu_session *session, const char *id) {
    for (uint32_t p = 0; p < session->frame.people_count; p++) {
        if (strcmp(plan->people.list.items[session->frame.people[p].person].id, id) == 0) {
            return p;
        }
    }
    ck_abort_msg("nobody has the id %s", id);
    return 0;
}

static bool says(const mu_answer *answer, const char *part) {
    for (uint32_t i = 0; i < answer->line_count; i++) {
        if (strstr(answer->lines[i], part) != NULL) {
            return true;
        }
    }
    return false;
}

START_TEST(answers_say_what_and_why) {
    mu_session *session = open_session(0);
    ck_assert(mu_session_seek(session, 700 * MU_SECOND, 0));
    const mu_frame *frame = mu_session_frame(session, "en");
    mu_answer answer;
    ck_assert(mu_session_ask(session,
                             (mu_subject){MU_SUBJECT_PERSON, find_id(session, "guard_captain")},
                             "en", &answer));
    ck_assert_str_eq(answer.title, "Guard captain");
    ck_assert(says(&answer, "Step: Guard captain takes up field command"));
    ck_assert(says(&answer, "Because at "));
    uint32_t leaving = 0;
    while (frame->people[leaving].doing != MU_DOING_LEAVING) {
        leaving++;
    }
    ck_assert(mu_session_ask(session, (mu_subject){MU_SUBJECT_PERSON, leaving}, "en", &answer));
    ck_assert(says(&answer, "Is leaving since "));
    ck_assert(says(&answer, "Learned of it at "));
    bool told = false; /* somebody's door, and why that one */
    for (uint32_t p = 0; p < frame->people_count && !told; p++) {
        told = frame->people[p].doing == MU_DOING_LEAVING && frame->people[p].walking != 0 &&
               mu_session_ask(session, (mu_subject){MU_SUBJECT_PERSON, p}, "en", &answer) &&
               says(&answer, "Leaves by: ");
    }
    ck_assert(told);
    for (uint32_t p = 0; p < mu_session_scene(session)->portal_count; p++) {
        ck_assert(mu_session_ask(session, (mu_subject){MU_SUBJECT_PORTAL, p}, "zh", &answer));
        ck_assert_uint_ge(answer.line_count, 3);
    }
    for (uint32_t m = 0; m < mu_session_scene(session)->mark_count; m++) {
        ck_assert(
            mu_session_ask(session, mu_session_scene(session)->marks[m].subject, "en", &answer));
        ck_assert_str_ne(answer.title, "");
    }
    for (uint32_t r = 0; r < mu_session_scene(session)->room_count; r++) {
        ck_assert(mu_session_ask(session, (mu_subject){MU_SUBJECT_ROOM, r}, "en", &answer));
    }
    ck_assert(mu_session_ask(session, (mu_subject){MU_SUBJECT_HAZARD, 0}, "en", &answer));
    ck_assert(says(&answer, "Noticed at "));
    ck_assert(!mu_session_ask(session, (mu_subject){MU_SUBJECT_PERSON, 100000}, "en", &answer));
    ck_assert(!mu_session_ask(session, (mu_subject){MU_SUBJECT_NOTHING, 0}, "en", &answer));
    mu_session_destroy(session);
}
END_TEST

START_TEST(moments_come_in_order_and_words) {
    mu_session *session = open_session(0);
    while (!mu_session_look_ahead(session, 10000)) {
    }
    ck_assert_ptr_nonnull(mu_session_frame(session, "en"));
    uint32_t count;
    const mu_moment *moments = mu_session_moments(session, &count);
    ck_assert_uint_gt(count, 20);
    bool red = false;
    for (uint32_t i = 0; i < count; i++) {
        ck_assert(i == 0 || moments[i].time_us >= moments[i - 1].time_us);
        ck_assert_str_ne(mu_session_say_moment(session, i, "en"), "");
        red = red || (moments[i].kind == MU_MOMENT_ALERT && moments[i].alert == MU_ALERT_RED);
    }
    ck_assert(red);
    ck_assert_uint_eq(moments[count - 1].kind, MU_MOMENT_END);
    ck_assert_int_eq(moments[count - 1].time_us, mu_session_known(session));
    mu_session_destroy(session);
}
END_TEST

/* The one hazard of a kind; its index. */
static uint32_t find_hazard(const mu_frame *frame, mu_hazard_kind kind) {
    uint32_t found = MU_NOWHERE;
    for (uint32_t h = 0; h < frame->hazard_count; h++) {
        if (frame->hazards[h].kind == kind) {
            ck_assert_uint_eq(found, MU_NOWHERE);
            found = h;
        }
    }
    return found;
}

static mu_answer ask_hazard(mu_session *session, mu_hazard_kind kind) {
    mu_answer answer;
    const uint32_t hazard = find_hazard(&session->frame, kind);
    ck_assert_uint_ne(hazard, MU_NOWHERE);
    ck_assert(mu_session_ask(session, (mu_subject){MU_SUBJECT_HAZARD, hazard}, "en", &answer));
    return answer;
}

static bool has_moment(mu_session *session, const char *said) {
    uint32_t count;
    while (mu_session_known(session) < 400 * MU_SECOND) {
        (void)mu_session_look_ahead(session, 1000);
    }
    (void)mu_session_moments(session, &count);
    for (uint32_t m = 0; m < count; m++) {
        if (strcmp(mu_session_say_moment(session, m, "en"), said) == 0) {
            return true;
        }
    }
    return false;
}

/* The planner gives 5 red, 7 yellow, 10 green and 2 black, two doors lost, and two rooms of smoke
 * that clear after a quarter of an hour and after twenty minutes. */
START_TEST(an_explosion_shows_what_the_planner_gave) {
    load("scenarios/campus/explosion.json");
    mu_session *session = open_session(0);
    ck_assert(mu_session_seek(session, 359 * MU_SECOND, 0));
    const mu_frame *frame = mu_session_frame(session, "en");
    ck_assert_uint_ne(find_hazard(frame, MU_HAZARD_ITEM), MU_NOWHERE);
    ck_assert_uint_eq(find_hazard(frame, MU_HAZARD_BLAST), MU_NOWHERE);
    ck_assert(mu_session_seek(session, 361 * MU_SECOND, 0));
    frame = mu_session_frame(session, "en");
    ck_assert_uint_eq(find_hazard(frame, MU_HAZARD_ITEM), MU_NOWHERE);
    uint32_t hurt = 0, lying = 0, lost = 0, thick = 0, medium = 0;
    for (uint32_t p = 0; p < frame->people_count; p++) {
        hurt += frame->people[p].tag != MU_TAG_NONE;
        lying += frame->people[p].lying;
        ck_assert_uint_lt(frame->people[p].tag, MU_TAG_GREEN); /* nobody is sorted yet */
    }
    for (uint32_t p = 0; p < session->scene.portal_count; p++) {
        lost += frame->portals[p].lost;
    }
    for (uint32_t r = 0; r < session->scene.room_count; r++) {
        thick += frame->rooms[r].smoke == MU_SMOKE_THICK;
        medium += frame->rooms[r].smoke == MU_SMOKE_MEDIUM;
    }
    ck_assert_uint_eq(hurt, 24);
    ck_assert_uint_eq(lying, 14); /* all but the green ones */
    ck_assert_uint_eq(lost, 2);
    ck_assert_uint_eq(thick, 1);
    ck_assert_uint_eq(medium, 1);
    mu_answer answer = ask_hazard(session, MU_HAZARD_BLAST);
    ck_assert(says(&answer, "Exploded at 6:00"));
    ck_assert(says(&answer, "Doors lost: 2; rooms with smoke now: 2"));
    ck_assert(has_moment(session, "The item explodes"));
    /* Back before it, there is nothing of it. */
    ck_assert(mu_session_seek(session, 300 * MU_SECOND, 0));
    frame = mu_session_frame(session, "en");
    ck_assert_uint_eq(find_hazard(frame, MU_HAZARD_BLAST), MU_NOWHERE);
    ck_assert_uint_eq(frame->rooms[0].smoke, MU_SMOKE_NONE);
    mu_session_destroy(session);
    drop_plan();
}
END_TEST

START_TEST(people_who_are_held_and_locked_doors_show) {
    load("scenarios/campus/hostage.json");
    mu_session *session = open_session(0);
    ck_assert(mu_session_seek(session, 300 * MU_SECOND, 0));
    const mu_frame *frame = mu_session_frame(session, "en");
    ck_assert_uint_eq(frame->counts.held, 12);
    uint32_t held = 0, seen = 0, locked = 0;
    for (uint32_t r = 0; r < session->scene.room_count; r++) {
        held += frame->rooms[r].sight == MU_SIGHT_HELD;
        seen += frame->rooms[r].sight == MU_SIGHT_SEEN;
    }
    for (uint32_t p = 0; p < session->scene.portal_count; p++) {
        const mu_frame_portal *portal = &frame->portals[p];
        if (portal->state == MU_DOOR_LOCKED) {
            ck_assert_double_eq_tol(hypot(portal->out.x, portal->out.y), 1, 1e-9);
            locked++;
        }
    }
    ck_assert_uint_eq(held, 1);
    ck_assert_uint_gt(seen, 0);
    ck_assert_uint_gt(locked, 0);
    mu_answer answer = ask_hazard(session, MU_HAZARD_HOSTAGE);
    ck_assert_str_eq(answer.title, "People are held here");
    ck_assert(says(&answer, "Held now: 12 occupants"));
    ck_assert(has_moment(session, "People are held: 12 occupants"));
    mu_session_destroy(session);
    drop_plan();
}
END_TEST

/* A lane's queue is what the model counts, at the lane, with a token behind the other for as many
 * as its line has room for; the mark says the same in words. */
START_TEST(a_lane_has_its_queue) {
    load_incident("scenarios/campus/vehicle.json");
    plan->incident.motion = MU_MOTION_FLOW;
    mu_session *session = open_session(0);
    ck_assert(mu_session_seek(session, 1200 * MU_SECOND, 0));
    const mu_frame *frame = mu_session_frame(session, "en");
    const mu_lane *gate = &plan->site.lanes.items[1];
    const mu_frame_queue *queue = NULL;
    for (uint32_t q = 0; q < frame->queue_count; q++) {
        const bool here =
            hypot(frame->queues[q].at.x - gate->at.x, frame->queues[q].at.y - gate->at.y) < 1e-9;
        queue = frame->queues[q].kind == MU_QUEUE_AT_LANE && here ? &frame->queues[q] : queue;
    }
    ck_assert_ptr_nonnull(queue);
    ck_assert_uint_gt(queue->count, 3);
    uint32_t vehicles = 0;
    for (uint32_t t = 0; t < frame->token_count; t++) {
        const mu_frame_token *one = &frame->tokens[t];
        if (one->vehicle != 0) {
            ck_assert_double_ge(hypot(one->at.x - gate->at.x, one->at.y - gate->at.y),
                                6.0 * vehicles);
            ck_assert_double_lt(fabs(one->at.y - gate->queue.items[1].y), 1.3);
            vehicles++;
        }
    }
    ck_assert_uint_eq(vehicles, queue->count < 13 ? queue->count : vehicles);
    ck_assert_uint_ge(vehicles, queue->count < 13 ? 0 : 13);
    char waiting[64];
    mu_answer answer;
    (void)snprintf(waiting, sizeof waiting, "waiting: %u", queue->count);
    ck_assert(mu_session_ask(session, (mu_subject){MU_SUBJECT_LANE, 1}, "en", &answer));
    ck_assert(says(&answer, waiting));
    ck_assert(mu_session_ask(session, (mu_subject){MU_SUBJECT_WASH, 0}, "en", &answer));
    ck_assert(says(&answer, "Not set up"));
    mu_session_destroy(session);
    drop_plan();
}
END_TEST

/* The plant's ventilation is shut within the first minutes; before, the answer says that it runs.
 * The bands of the rooms are those of the 60-minute values: chlorine 0.5, 2 and 20 ppm. */
START_TEST(gas_shows_by_band_and_ventilation_is_told) {
    load("scenarios/campus/chlorine.json");
    mu_session *session = open_session(0);
    ck_assert(mu_session_seek(session, 59 * MU_SECOND, 0));
    const mu_frame *frame = mu_session_frame(session, "en");
    ck_assert_uint_eq(frame->hazard_count, 0);
    ck_assert(mu_session_seek(session, 120 * MU_SECOND, 0));
    frame = mu_session_frame(session, "en");
    mu_answer answer = ask_hazard(session, MU_HAZARD_GAS);
    ck_assert(says(&answer, "Plant ventilation: runs"));
    ck_assert(says(&answer, "Wind from the north, 2.5 m/s"));
    ck_assert(mu_session_seek(session, 600 * MU_SECOND, 0));
    frame = mu_session_frame(session, "en");
    answer = ask_hazard(session, MU_HAZARD_GAS);
    ck_assert(says(&answer, "Plant ventilation: shut since "));
    uint32_t worst = MU_GAS_NONE;
    for (uint32_t r = 0; r < session->scene.room_count; r++) {
        const mu_frame_room *room = &frame->rooms[r];
        const uint32_t wanted = room->gas_ppm >= 20     ? MU_GAS_BAND_3
                                : room->gas_ppm >= 2    ? MU_GAS_BAND_2
                                : room->gas_ppm >= 0.5F ? MU_GAS_BAND_1
                                : room->gas_ppm >= 0.3F ? MU_GAS_SMELT
                                                        : MU_GAS_NONE;
        ck_assert_uint_eq(room->gas, wanted);
        worst = room->gas > worst ? room->gas : worst;
    }
    ck_assert_uint_eq(worst, MU_GAS_BAND_3);
    ck_assert(has_moment(session, "Gas leaks: Chlorine dosing room"));
    mu_session_destroy(session);
    drop_plan();
}
END_TEST

/* What is told of incidents, by the kind of the record: each is in the log of that incident. */
static const struct {
    const char *incident;
    mu_record_kind kind;
    const char *said;
} told[] = {
    {"air-intake", MU_RECORD_LEFT_DESK, "The air drives people from the control room: "},
    {"air-intake", MU_RECORD_DESK_TAKEN, "At work again at a desk: "},
    {"air-intake", MU_RECORD_VENTILATION_SHUT, "Stands still: "},
    {"air-intake", MU_RECORD_DECONTAMINATED, "Nobody is left who needs decontamination"},
    {"air-intake", MU_RECORD_CLEARED, "Everybody is out: "},
    {"bomb-threat", MU_RECORD_RECEIVED, "A threat comes by telephone"},
    {"cooling-lost", MU_RECORD_ALARM, "The alarm is raised"},
    {"cooling-lost", MU_RECORD_LIFTS_RECALLED,
     "Lifts are recalled, escalators stop, turnstiles open"},
    {"cooling-lost", MU_RECORD_OUTAGE, "Out of order: "},
    {"cooling-lost", MU_RECORD_OUT_OF_RANGE, "Temperature or humidity out of range: "},
    {"cooling-lost", MU_RECORD_DETECTED, "Sensors report temperature or humidity out of range: "},
    {"evacuation-evening", MU_RECORD_REFUGE, "Waits at a place of refuge: "},
    {"evacuation-evening", MU_RECORD_HELP_CALLED, "A call for help has got through: "},
    {"evacuation-evening", MU_RECORD_BROUGHT_DOWN, "Brought down and out: "},
    {"explosion", MU_RECORD_FOUND, "The first casualty is found"},
    {"explosion", MU_RECORD_TAKEN, "The first casualty is on the way to hospital"},
    {"explosion", MU_RECORD_REGISTERED, "Roll-call: every visitor was on the register"},
    {"explosion", MU_RECORD_ACCOUNTED, "Roll-call: nobody is missing any more"},
    {"hostage-mall", MU_RECORD_SECURED, "All in shelter, all doors locked: "},
    {"hostage-mall", MU_RECORD_LET_GO, "Some are let go: 6 occupants"},
    {"hostage-mall", MU_RECORD_RESOLVED, "It is over: 14 occupants come free"},
    {"intruder", MU_RECORD_DISTURBED, "The intruder is at what is in the way to: "},
    {"intruder", MU_RECORD_ENTERED, "Gets in: "},
    {"intruder", MU_RECORD_DETECTED, "Sensors report an intrusion: "},
    {"intruder", MU_RECORD_DENIED, "Is stopped at: "},
    {"intruder-archive", MU_RECORD_DISCHARGED, "Inert-gas suppression, archive goes off with "},
    {"radio-jammed", MU_RECORD_BACK, "Works again: "},
    {"warning", MU_RECORD_RECEIVED, "A report reaches the intelligence desk: "},
    {"warning", MU_RECORD_WARNED, "The intelligence desk warns: "},
};

static void load_campus(const char *incident) {
    char path[100];
    (void)snprintf(path, sizeof path, "scenarios/campus/%s.json", incident);
    load_incident(path);
    plan->incident.motion = MU_MOTION_FLOW;
}

/* Every moment of that kind is told so, and there is one. The name of what it is about is in it,
 * where it is about something. */
static void check_told(mu_session *session, mu_record_kind kind, const char *said) {
    uint32_t count, found = 0;
    const mu_moment *moments = mu_session_moments(session, &count);
    for (uint32_t m = 0; m < count; m++) {
        const mu_record *record = mu_log_get(session->ahead_log, moments[m].record);
        if (record->kind == kind) {
            const char *own = mu_session_say_moment(session, m, "en");
            ck_assert_msg(strncmp(own, said, strlen(said)) == 0, "'%s', not '%s…'", own, said);
            ck_assert_uint_gt(strlen(own) + 1, strlen(said) + (said[strlen(said) - 1] == ' '));
            found++;
        }
    }
    ck_assert_msg(found > 0, "nothing tells '%s'", said);
}

START_TEST(every_incident_tells_its_own_moments) {
    const size_t count = EFFORT(sizeof told / sizeof told[0], 9);
    for (size_t i = EFFORT(0, 5); i < count;) {
        const char *incident = told[i].incident;
        load_campus(incident);
        mu_session *session = open_session(0);
        while (!mu_session_look_ahead(session, 100000)) {
        }
        ck_assert_ptr_nonnull(mu_session_frame(session, "en"));
        for (; i < count && strcmp(told[i].incident, incident) == 0; i++) {
            check_told(session, told[i].kind, told[i].said);
        }
        mu_session_destroy(session);
        drop_plan();
    }
}
END_TEST

/* Subjects of a kind that the frame shows; marks have their own. */
static uint32_t subjects_of(mu_session *session, mu_subject_kind kind) {
    uint32_t moments;
    (void)mu_session_moments(session, &moments);
    return kind == MU_SUBJECT_PERSON   ? session->frame.people_count
           : kind == MU_SUBJECT_ROOM   ? session->scene.room_count
           : kind == MU_SUBJECT_PORTAL ? session->scene.portal_count
           : kind == MU_SUBJECT_HAZARD ? session->frame.hazard_count
           : kind == MU_SUBJECT_CLAUSE ? plan->policy.clauses.count
           : kind == MU_SUBJECT_MOMENT ? moments
                                       : session->scene.mark_count;
}

static mu_subject subject_of(const mu_session *session, mu_subject_kind kind, uint32_t k) {
    const bool is_mark = kind != MU_SUBJECT_PERSON && kind != MU_SUBJECT_ROOM &&
                         kind != MU_SUBJECT_PORTAL && kind != MU_SUBJECT_HAZARD &&
                         kind != MU_SUBJECT_CLAUSE && kind != MU_SUBJECT_MOMENT;
    return is_mark ? session->scene.marks[k].subject : (mu_subject){kind, k};
}

/* How many subjects of a kind have a line that begins so. No line of any of them ends in the
 * middle. */
static uint32_t how_many_say(mu_session *session, mu_subject_kind kind, const char *said) {
    uint32_t found = 0;
    for (uint32_t k = 0; k < subjects_of(session, kind); k++) {
        mu_answer answer;
        bool says_so = false;
        if (!mu_session_ask(session, subject_of(session, kind, k), "en", &answer)) {
            continue;
        }
        for (uint32_t l = 0; l < answer.line_count; l++) {
            const char *line = answer.lines[l];
            ck_assert_msg(line[0] != 0 && line[strlen(line) - 1] != ' ', "'%s'", line);
            says_so = says_so || strncmp(line, said, strlen(said)) == 0;
        }
        found += says_so;
    }
    return found;
}

static const struct {
    const char *incident;
    int at_s;
    mu_subject_kind kind;
    const char *said;
} asked[] = {
    {"air-intake", 90, MU_SUBJECT_ROOM, "In the air: a trace of hydrogen chloride"},
    {"air-intake", 180, MU_SUBJECT_ROOM, "In the air: 1.5 ppm of hydrogen chloride, which can be "},
    {"air-intake", 180, MU_SUBJECT_ROOM, "Is going up, level "},
    {"air-intake", 180, MU_SUBJECT_PERSON, "Leaves what cannot be breathed"},
    {"air-intake", 180, MU_SUBJECT_PERSON, "On the way to another desk; cannot work meanwhile"},
    {"air-intake", 180, MU_SUBJECT_PERSON, "On the stairs: "},
    {"air-intake", 180, MU_SUBJECT_PERSON, "On the way to: the nearest assembly point"},
    {"air-intake", 210, MU_SUBJECT_ROOM, "Is going down, level "},
    {"air-intake", 390, MU_SUBJECT_PERSON, "Listens to a message: "},
    {"air-intake", 390, MU_SUBJECT_PERSON, "On the round"},
    {"air-intake", 480, MU_SUBJECT_PERSON, "Opens a store: "},
    {"air-intake", 660, MU_SUBJECT_CLAUSE, "Ended at "},
    {"air-intake", 660, MU_SUBJECT_CLAUSE, "Limit: 1:00"},
    {"air-intake", 660, MU_SUBJECT_EQUIPMENT, "Taken by: "},
    {"air-intake", 10200, MU_SUBJECT_HAZARD, "Gone at 2:46:45: every zone is clear"},
    {"cooling-lost", 60, MU_SUBJECT_LANE, "Closed: people have been ordered out"},
    {"cooling-lost", 60, MU_SUBJECT_ROOM, "Its doors are opening, level "},
    {"cooling-lost", 90, MU_SUBJECT_ROOM, "Recalled: stands open and takes nobody, level "},
    {"cooling-lost", 180, MU_SUBJECT_PERSON, "Is in the open"},
    {"cooling-lost", 210, MU_SUBJECT_PERSON, "Waits at a place of refuge since 3:00; nobody has "},
    {"cooling-lost", 210, MU_SUBJECT_REFUGE, "Waiting here: 1 of "},
    {"cooling-lost", 330, MU_SUBJECT_PERSON, "Waits until the rest of the party has caught up"},
    {"evacuation-evening", 450, MU_SUBJECT_PERSON, "Goes to the others of the party"},
    {"evacuation-evening", 570, MU_SUBJECT_PERSON, "Is being brought down, with an evacuation "},
    {"hostage-mall", 60, MU_SUBJECT_PERSON, "Is held"},
    {"hostage-mall", 300, MU_SUBJECT_PERSON, "Stays in shelter"},
    {"hostage-mall", 12000, MU_SUBJECT_HAZARD, "Over at 3:13:45"},
    {"intruder", 60, MU_SUBJECT_MOMENT, ""}, /* of a moment there is its title only */
    {"intruder", 130, MU_SUBJECT_HAZARD, "Nothing and nobody has noticed it"},
    {"intruder", 400, MU_SUBJECT_HAZARD, "Sensors have reported it at "},
    {"intruder", 3000, MU_SUBJECT_HAZARD, "Over at "},
    {"siege", 35400, MU_SUBJECT_PERSON, "The shift changes: takes over, or hands over"},
    {"siege", 35760, MU_SUBJECT_PERSON, "Off duty, on the way out"},
};

START_TEST(answers_tell_what_goes_on) {
    const size_t count = sizeof asked / sizeof asked[0];
    for (size_t i = 0; i < count;) {
        const char *incident = asked[i].incident;
        load_campus(incident);
        mu_session *session = open_session(0);
        for (; i < count && strcmp(asked[i].incident, incident) == 0; i++) {
            ck_assert(mu_session_seek(session, asked[i].at_s * MU_SECOND, 0));
            ck_assert_ptr_nonnull(mu_session_frame(session, "en"));
            ck_assert_msg(how_many_say(session, asked[i].kind, asked[i].said) > 0 ||
                              asked[i].said[0] == 0,
                          "%s at %d s: nothing says '%s'", incident, asked[i].at_s, asked[i].said);
        }
        mu_session_destroy(session);
        drop_plan();
    }
}
END_TEST

/* Each tag is told of as many as the frame shows of it; whoever is sorted was hurt and found. */
START_TEST(casualties_tell_their_tag) {
    static const struct {
        mu_tag tag;
        const char *said;
    } tags[] = {{MU_TAG_GREEN, "Tag: green, minor"},
                {MU_TAG_YELLOW, "Tag: yellow, delayed"},
                {MU_TAG_RED, "Tag: red, immediate"},
                {MU_TAG_BLACK, "Tag: black"},
                {MU_TAG_FOUND, "Has been found, and waits to be sorted"},
                {MU_TAG_UNFOUND, "Nobody of the response knows of it yet"}};
    enum { TAGS = sizeof tags / sizeof tags[0] };
    uint32_t ever[TAGS] = {0};
    load_campus("explosion");
    mu_session *session = open_session(0);
    for (int at_s = 360; at_s <= 1710; at_s += 150) {
        ck_assert(mu_session_seek(session, at_s * MU_SECOND, 0));
        const mu_frame *frame = mu_session_frame(session, "en");
        uint32_t sorted = 0, lying = 0, carried = 0;
        for (size_t t = 0; t < TAGS; t++) {
            uint32_t shown = 0;
            for (uint32_t p = 0; p < frame->people_count; p++) {
                shown += frame->people[p].tag == tags[t].tag;
            }
            ck_assert_uint_eq(how_many_say(session, MU_SUBJECT_PERSON, tags[t].said), shown);
            ever[t] += shown;
            sorted += t < 4 ? shown : 0;
        }
        for (uint32_t p = 0; p < frame->people_count; p++) {
            const mu_frame_person *one = &frame->people[p];
            carried += one->doing == MU_DOING_HURT && one->carried != 0;
            lying += one->doing == MU_DOING_HURT && one->lying != 0 && one->carried == 0;
        }
        ck_assert_uint_eq(how_many_say(session, MU_SUBJECT_PERSON, "Is hurt, and is being carried"),
                          carried);
        ck_assert_uint_eq(how_many_say(session, MU_SUBJECT_PERSON, "Is hurt, and lies there"),
                          lying);
        ck_assert_uint_eq(how_many_say(session, MU_SUBJECT_PERSON, "Sorted at "), sorted);
        ck_assert_uint_ge(how_many_say(session, MU_SUBJECT_PERSON, "Hurt at 6:00"), sorted);
        ck_assert_uint_ge(how_many_say(session, MU_SUBJECT_PERSON, "Found at "), sorted);
    }
    for (size_t t = 0; t < TAGS; t++) {
        ck_assert_msg(ever[t] > 0, "nobody was '%s'", tags[t].said);
    }
    ck_assert_uint_gt(how_many_say(session, MU_SUBJECT_PERSON, "Treated at "), 0);
    ck_assert_uint_gt(how_many_say(session, MU_SUBJECT_PERSON, "At the collection point since "),
                      0);
    const mu_answer second = ask_hazard(session, MU_HAZARD_SECOND);
    ck_assert_str_eq(second.title, "A second item");
    ck_assert(says(&second, "Stands there since 0:00"));
    ck_assert_uint_eq(
        how_many_say(session, MU_SUBJECT_PORTAL, "Lost in the explosion: nobody can pass any more"),
        2);
    mu_session_destroy(session);
    drop_plan();
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("session");
    tcase_set_timeout(tcase, 240);
    tcase_add_unchecked_fixture(tcase, load_plan, drop_plan);
    tcase_add_test(tcase, jumps_are_exact);
    tcase_add_test(tcase, jumps_are_exact_while_the_end_is_unknown);
    tcase_add_test(tcase, jumps_are_exact_with_little_memory);
    tcase_add_test(tcase, copies_stay_within_their_memory);
    tcase_add_test(tcase, frames_account_for_everybody);
    tcase_add_test(tcase, clocks_agree_with_the_judge);
    tcase_add_test(tcase, answers_say_what_and_why);
    tcase_add_test(tcase, moments_come_in_order_and_words);
    TCase *campus = tcase_create("campus"); /* each loads a plan of its own */
    tcase_set_timeout(campus, 240);
    tcase_add_test(campus, an_explosion_shows_what_the_planner_gave);
    tcase_add_test(campus, people_who_are_held_and_locked_doors_show);
    tcase_add_test(campus, gas_shows_by_band_and_ventilation_is_told);
    tcase_add_test(campus, queues_are_those_who_stand);
    tcase_add_test(campus, a_lane_has_its_queue);
    tcase_add_test(campus, every_incident_tells_its_own_moments);
    if (EFFORT(true, false)) { /* a minute there */
        tcase_add_test(campus, answers_tell_what_goes_on);
        tcase_add_test(campus, casualties_tell_their_tag);
    }
    Suite *suite = suite_create("session");
    suite_add_tcase(suite, tcase);
    suite_add_tcase(suite, campus);
    return run_suite(suite);
}
