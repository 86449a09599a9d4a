/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the projector, and what is read from a log, says of states that the shipped incidents pass
 * through at no moment that a test looks at: the state is set in the world that is shown, and
 * whoever is asked must tell it. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "crowd/lift.h"
#include "crowd/minds.h"
#include "crowd/refuge.h"
#include "drill/picture/inside.h"
#include "drill/siege.h"
#include "loaded_plan.h"
#include "response/wash.h"
#include "runner.h"
#include "threat/release.h"

static mu_session *session;

/* Chlorine on the campus, which has lifts, refuges and a line of stations. Each test has a process
 * of its own, and may change the plan. */
static void load(void) {
    load_incident("scenarios/campus/chlorine.json");
    plan->incident.motion = MU_MOTION_FLOW;
}

static void begin(void) {
    const mu_session_def def = mu_default_session_def(plan);
    ck_assert_int_eq(mu_session_create(&def, &session), MU_OK);
    ck_assert(mu_session_seek(session, 120 * MU_SECOND, 0));
    ck_assert_ptr_nonnull(mu_session_frame(session, "en"));
}

static void end(void) {
    mu_session_destroy(session);
}

static const mu_frame *frame_again(void) {
    const mu_frame *frame = mu_session_frame(session, "en");
    ck_assert_ptr_nonnull(frame);
    return frame;
}

/* The lines of an answer, and its title and kind, have such a piece. */
static bool tells(mu_subject subject, const char *piece) {
    mu_answer answer;
    ck_assert(mu_session_ask(session, subject, "en", &answer));
    bool found = strstr(answer.title, piece) != NULL || strstr(answer.kind, piece) != NULL;
    for (uint32_t l = 0; l < answer.line_count; l++) {
        found = found || strstr(answer.lines[l], piece) != NULL;
    }
    return found;
}

/* Its place among those whom the frame shows. */
static uint32_t shown_as(uint32_t person) {
    const mu_frame *frame = frame_again();
    for (uint32_t p = 0; p < frame->people_count; p++) {
        if (frame->people[p].person == person) {
            return p;
        }
    }
    ck_abort_msg("%u is not shown", person);
}

/* Somebody who is indoors and has not heard of anything. */
static uint32_t somebody(void) {
    const mu_frame *frame = frame_again();
    for (uint32_t p = 0; p < frame->people_count; p++) {
        const mu_frame_person *one = &frame->people[p];
        if (one->kind == MU_FRAME_OCCUPANT && one->doing == MU_DOING_USUAL && one->walking == 0) {
            return one->person;
        }
    }
    ck_abort_msg("nobody");
}

static mu_subject person_subject(uint32_t person) {
    return (mu_subject){MU_SUBJECT_PERSON, shown_as(person)};
}

START_TEST(people_tell_their_state) {
    begin();
    const uint32_t person = somebody();
    mu_mind *mind = &mu_minds(&session->shown)[person];
    mu_body *body = &mu_bodies(&session->shown)[person];
    const uint32_t stuck_before = frame_again()->counts.stuck;
    mind->stuck = MU_STUCK_STAIRS;
    ck_assert(tells(person_subject(person), "Cannot go on: every way has stairs"));
    ck_assert_uint_eq(frame_again()->counts.stuck, stuck_before + 1);
    mind->stuck = MU_STUCK_NO_WAY;
    ck_assert(tells(person_subject(person), "Cannot go on: knows no way that is open"));
    ck_assert_uint_eq(frame_again()->counts.stuck, stuck_before + 1);
    mind->stuck = MU_STUCK_NOT;
    ck_assert(tells(person_subject(person), "Has not been told"));
    body->mode = MU_BODY_WALKING;
    body->gate = MU_GATE_UNCHOSEN;
    ck_assert(tells(person_subject(person), "Walks about, and has not been told"));
    mind->goal = (mu_goal){.kind = MU_GOAL_OUTSIDE};
    ck_assert(tells(person_subject(person), "On the way to: the open air"));
    mu_breaths(&session->shown)[person].exposure.band = 2;
    ck_assert(tells(person_subject(person), "Has breathed as much as AEGL-2 allows, or more"));
    ck_assert(!tells(person_subject(person), "Wears breathing protection"));
    mu_breaths(&session->shown)[person].masked = 1;
    ck_assert(tells(person_subject(person), "Wears breathing protection"));
    end();
}
END_TEST

START_TEST(who_waits_at_a_refuge_tells_for_what) {
    begin();
    const uint32_t person = somebody();
    mu_minds(&session->shown)[person].state = MU_OCCUPANT_REFUGE;
    mu_help *help = &mu_helps(&session->shown)[person];
    *help = (mu_help){.refuge = 0, .reached = 0, .called = MU_NO_RECORD, .helper = MU_NONE};
    ck_assert(tells(person_subject(person), "nobody has been told yet"));
    help->called = 0;
    ck_assert(tells(person_subject(person), "since 0:00; has called at 0:00"));
    help->helper = person;
    ck_assert(tells(person_subject(person), "helpers are on their way"));
    help->given_up = 1;
    ck_assert(tells(person_subject(person), "helpers found no way to them"));
    end();
}
END_TEST

START_TEST(rooms_and_doors_tell_their_state) {
    begin();
    mu_lift_now *lift = mu_lifts(&session->shown);
    uint32_t car = MU_NONE;
    for (uint32_t r = 0; r < session->scene.room_count && car == MU_NONE; r++) {
        car = tells((mu_subject){MU_SUBJECT_ROOM, r}, "Stands, doors closed") ? r : MU_NONE;
    }
    ck_assert_uint_ne(car, MU_NONE);
    for (uint32_t l = 0; l < plan->site.lifts.count; l++) {
        lift[l].phase = MU_LIFT_OPEN;
    }
    ck_assert(tells((mu_subject){MU_SUBJECT_ROOM, car}, "Stands, doors open"));
    /* Rooms and doors of a frame are made for it alone. */
    mu_frame_room *room = (mu_frame_room *)&session->frame.rooms[0];
    ck_assert(!tells((mu_subject){MU_SUBJECT_ROOM, 0}, "Smoke"));
    room->smoke_per_m = 0.1F;
    ck_assert(tells((mu_subject){MU_SUBJECT_ROOM, 0}, "extinction 0.1 per metre"));
    room->sight = MU_SIGHT_HELD;
    ck_assert(tells((mu_subject){MU_SUBJECT_ROOM, 0}, "People are held here"));
    room->sight = MU_SIGHT_SEEN;
    ck_assert(
        tells((mu_subject){MU_SUBJECT_ROOM, 0}, "In sight of the place where people are held"));
    mu_frame_portal *door = (mu_frame_portal *)&session->frame.portals[0];
    *door = (mu_frame_portal){.state = MU_DOOR_LOCKED};
    ck_assert(
        tells((mu_subject){MU_SUBJECT_PORTAL, 0}, "Locked from inside against whoever is outside"));
    door->moving = 1;
    ck_assert(tells((mu_subject){MU_SUBJECT_PORTAL, 0}, "Is moving to where it was ordered"));
    door->lost = 1;
    ck_assert(tells((mu_subject){MU_SUBJECT_PORTAL, 0}, "Lost in the explosion"));
    end();
}
END_TEST

/* One waits at the line of stations: a queue of one, whose place is the station's. */
START_TEST(a_station_has_its_queue) {
    begin();
    mu_wash_now *wash = mu_washes(&session->shown);
    mu_subject station = {MU_SUBJECT_NOTHING, 0};
    for (uint32_t m = 0; m < session->scene.mark_count; m++) {
        const mu_subject mark = session->scene.marks[m].subject;
        station = mark.kind == MU_SUBJECT_WASH ? mark : station;
    }
    ck_assert_int_eq((int)station.kind, MU_SUBJECT_WASH);
    const uint32_t line = station.index, person = somebody();
    wash[line].step = MU_NONE;
    wash[line].opened = MU_NO_RECORD;
    (void)frame_again();
    ck_assert(tells(station, "Not set up"));
    wash[line].step = 0;
    wash[line].opened = 0;
    ck_assert(tells(station, "Set up at 0:00"));
    ck_assert(tells(station, "waiting: 0"));
    mu_washed_of(&session->shown)[person].state = MU_WASHED_QUEUES;
    mu_washed_of(&session->shown)[person].line = line;
    const uint32_t shown = shown_as(person); /* which draws a frame of its own */
    const mu_frame *frame = frame_again();
    ck_assert(tells(station, "waiting: 1"));
    uint32_t queues = 0;
    for (uint32_t q = 0; q < frame->queue_count; q++) {
        const mu_frame_queue *queue = &frame->queues[q];
        if (queue->kind == MU_QUEUE_AT_DESK) {
            const mu_point at = plan->site.decontamination.items[line].at;
            ck_assert_uint_eq(queue->count, 1);
            ck_assert_uint_eq(queue->portal, MU_NOWHERE);
            ck_assert_double_eq(queue->at.x, at.x);
            ck_assert_double_eq(queue->at.y, at.y);
            queues++;
        }
    }
    ck_assert_uint_eq(queues, 1);
    ck_assert_uint_eq(frame->people[shown].waits, 1);
    end();
}
END_TEST

static uint32_t hazard_of(mu_hazard_kind kind, uint32_t of) {
    const mu_frame *frame = frame_again();
    for (uint32_t h = 0; h < frame->hazard_count; h++) {
        if (frame->hazards[h].kind == kind && frame->hazards[h].of == of) {
            return h;
        }
    }
    return MU_NONE;
}

START_TEST(hazards_tell_their_state) {
    begin();
    mu_subject gas = {MU_SUBJECT_HAZARD, hazard_of(MU_HAZARD_GAS, 0)};
    ck_assert(!tells(gas, "The leak was closed at"));
    mu_release(&session->shown)->stops_s = 100;
    ck_assert(tells(gas, "The leak was closed at 1:40"));
    static const mu_second_given second = {.at = {1, 1}};
    static const mu_explosion_given bang = {.at_s = 1};
    mu_second_now *now = mu_world_section(&session->shown.world, MU_SECTION_SECOND);
    ck_assert_uint_eq(hazard_of(MU_HAZARD_SECOND, 0), MU_NONE);
    plan->threat.second.given = &second;
    plan->threat.blasts[MU_BLAST_SECOND].given = &bang;
    *now = (mu_second_now){.placed = 0, .found = MU_NO_RECORD};
    const mu_subject item = {MU_SUBJECT_HAZARD, hazard_of(MU_HAZARD_SECOND, 0)};
    ck_assert(tells(item, "A second item"));
    ck_assert(tells(item, "No search has found it yet"));
    now->found = 0;
    ck_assert_uint_eq(hazard_of(MU_HAZARD_SECOND, 0), item.index);
    ck_assert(tells(item, "Found by a search at 0:00"));
    session->exploded[MU_BLAST_SECOND] = 0;
    ck_assert_uint_eq(hazard_of(MU_HAZARD_SECOND, 0), MU_NONE);
    const mu_subject blast = {MU_SUBJECT_HAZARD, hazard_of(MU_HAZARD_BLAST, MU_BLAST_SECOND)};
    ck_assert(tells(blast, "The second item has exploded here"));
    ck_assert(tells(blast, "Exploded at 0:00"));
    end();
}
END_TEST

/* Records as the moments of a run, each told by its own sentence. */
START_TEST(moments_tell_their_record) {
    begin();
    static const mu_second_given second = {.at = {1, 1}};
    static const mu_hostage_given hostage = {.at = {1, 1}};
    const uint32_t words = plan->words.count;
    ck_assert_uint_gt(words, 3);
    plan->threat.second = (mu_second_plan){.given = &second, .word = 0};
    plan->threat.hostage.given = &hostage;
    plan->threat.hostage.word_hostage = 1;
    uint32_t sensor = MU_NONE;
    for (uint32_t e = 0; e < plan->site.equipment.count; e++) {
        sensor = plan->site.equipment.items[e].kind == MU_EQUIPMENT_CLIMATE_SENSOR ? e : sensor;
    }
    ck_assert_uint_ne(sensor, MU_NONE);
    const mu_handle hall = MU_HANDLE(MU_THING_SPACE, 0), who = MU_HANDLE(MU_THING_PERSON, 0);
    const struct {
        mu_record record;
        const char *said;
    } told[] = {
        {{.kind = MU_RECORD_NOTICED, .object = MU_HANDLE(MU_THING_WORD, 1), .place = hall},
         "The hostage-taking is noticed: "},
        {{.kind = MU_RECORD_FOUND, .object = MU_HANDLE(MU_THING_WORD, 0)},
         "A search finds the second item"},
        {{.kind = MU_RECORD_FOUND, .subject = who}, "The first casualty is found"},
        {{.kind = MU_RECORD_PLACED, .object = MU_HANDLE(MU_THING_WORD, 0)},
         "A second item stands elsewhere; nobody knows of it yet"},
        {{.kind = MU_RECORD_EXPLODED, .object = MU_HANDLE(MU_THING_WORD, 0)},
         "The second item explodes"},
        {{.kind = MU_RECORD_MISSING, .subject = who}, "Roll-call: missing, "},
        {{.kind = MU_RECORD_DETECTED,
          .subject = MU_HANDLE(MU_THING_EQUIPMENT, sensor),
          .place = hall},
         "Sensors report temperature or humidity out of range: "},
        {{.kind = MU_RECORD_RUNS_LOW}, "Food, water and medicine last less than a day more"},
        {{.kind = MU_RECORD_EXHAUSTED}, "Food, water and medicine are used up"},
        {{.kind = MU_RECORD_RELIEVED, .subject = who}, "The shift changes; has taken over: "},
        {{.kind = MU_RECORD_INTERVENED,
          .subject = MU_HANDLE(MU_THING_PORTAL, 0),
          .value = MU_ACT_CLOSE},
         "The table: Closed: "},
        {{.kind = MU_RECORD_DISPATCHED, .object = MU_HANDLE(MU_THING_WORD, 2)}, "Sets out: "},
    };
    enum { TOLD = sizeof told / sizeof told[0] };
    mu_moment moments[TOLD] = {{0}};
    for (uint32_t k = 0; k < TOLD; k++) {
        moments[k].time_us = (mu_time)k * MU_SECOND;
        moments[k].record = mu_log_append(session->ahead_log, &told[k].record);
    }
    mu_moment *own = session->moments.items;
    const uint32_t own_count = session->moments.count;
    session->moments.items = moments;
    session->moments.count = TOLD;
    for (uint32_t k = 0; k < TOLD; k++) {
        const char *said = mu_session_say_moment(session, k, "en");
        ck_assert_msg(strncmp(said, told[k].said, strlen(told[k].said)) == 0, "%s", said);
        ck_assert(said[strlen(said) - 1] != ' ');
        mu_answer answer;
        ck_assert(mu_session_ask(session, (mu_subject){MU_SUBJECT_MOMENT, k}, "en", &answer));
        ck_assert_str_eq(answer.title, said);
        ck_assert_int_eq(answer.kind[0], '0');
        ck_assert_int_eq(answer.kind[strlen(answer.kind) - 1], (int)('0' + k % 10));
    }
    mu_answer answer;
    ck_assert(!mu_session_ask(session, (mu_subject){MU_SUBJECT_MOMENT, TOLD}, "en", &answer));
    session->moments.items = own;
    session->moments.count = own_count;
    end();
}
END_TEST

START_TEST(acts_have_their_sentence) {
    begin();
    const mu_handle door = MU_HANDLE(MU_THING_PORTAL, 0), unit = MU_HANDLE(MU_THING_UNIT, 0);
    const struct {
        mu_act act;
        const char *said;
    } acts[] = {{{.kind = MU_ACT_DELAY, .what = unit}, "Delayed: "},
                {{.kind = MU_ACT_DELAY, .what = unit, .by_s = 120}, "Delayed by 2 min: "},
                {{.kind = MU_ACT_DELAY, .what = unit, .by_s = 90}, "Delayed by 90 s: "},
                {{.kind = MU_ACT_PLACE, .what = MU_HANDLE(MU_THING_SPACE, 0)}, "A second item: "},
                {{.kind = MU_ACT_CLOSE, .what = door}, "Closed: "},
                {{.kind = MU_ACT_OPEN, .what = door}, "Opened: "},
                {{.kind = MU_ACT_CUT}, "Fails: mains power"},
                {{.kind = MU_ACT_RESTORE}, "Works again: mains power"},
                {{.kind = MU_ACT_NONE}, ""}};
    for (size_t k = 0; k < sizeof acts / sizeof acts[0]; k++) {
        const char *said = mu_session_say_act(session, &acts[k].act, "en");
        ck_assert_msg(strncmp(said, acts[k].said, strlen(acts[k].said)) == 0, "%s", said);
        ck_assert(said[0] == 0 || (acts[k].said[0] != 0 && said[strlen(said) - 1] != ' '));
    }
    end();
}
END_TEST

/* Crossings into sight of where people are held: of those whom an order to keep clear had reached
 * while they could heed it and were out of sight, and of all others; of occupants only. */
START_TEST(crossings_are_counted) {
    uint32_t occupants[3], count = 0, other = MU_NONE;
    for (uint32_t p = 0; p < plan->people.list.count; p++) {
        if (plan->people.list.items[p].kind != MU_PERSON_OCCUPANT) {
            other = p;
        } else if (count < 3) {
            occupants[count++] = p;
        }
    }
    ck_assert(count == 3 && other != MU_NONE);
    bool areas[1] = {true};
    plan->response.steps.items[0].shun.areas = areas;
    plan->response.steps.items[0].asks = false;
    const mu_handle keep_clear = MU_HANDLE(MU_THING_STEP, 0);
    const struct {
        uint32_t person, value;
    } crossings[] = {{occupants[0], 0}, {occupants[0], 1}, {occupants[1], 0}, {other, 0}};
    mu_log *log = mu_log_create();
    ck_assert_ptr_nonnull(log);
    mu_record record = {.kind = MU_RECORD_STARTED};
    (void)mu_log_append(log, &record);
    record = (mu_record){.kind = MU_RECORD_DELIVERED,
                         .subject = MU_HANDLE(MU_THING_PERSON, occupants[0]),
                         .step = keep_clear};
    (void)mu_log_append(log, &record);
    for (size_t k = 0; k < sizeof crossings / sizeof crossings[0]; k++) {
        record = (mu_record){.kind = MU_RECORD_CROSSED,
                             .time_us = MU_SECOND,
                             .subject = MU_HANDLE(MU_THING_PERSON, crossings[k].person),
                             .value = crossings[k].value};
        (void)mu_log_append(log, &record);
    }
    mu_siege siege;
    ck_assert_int_eq(mu_siege_read(plan, log, 10 * MU_SECOND, &siege), MU_OK);
    ck_assert_uint_eq(siege.crossed_told, 1);
    ck_assert_uint_eq(siege.crossed_untold,
                      2); /* one was in sight already; one had not been told */
    mu_siege_destroy(&siege);
    mu_log_destroy(log);
}
END_TEST

static uint32_t put_term(const mu_term *term, mu_time time_us) {
    const mu_record record = {
        .kind = (uint16_t)term->kind,
        .time_us = time_us,
        .cause = 0,
        .object = MU_HANDLE(MU_THING_WORD, term->object),
        .place = term->place == MU_NONE ? 0 : MU_HANDLE(MU_THING_WORD, term->place)};
    return mu_log_append(session->shown_log, &record);
}

/* A clause that is judged each time, with a limit in hours: the present time is shown, until one is
 * missed, which stays. */
START_TEST(a_clock_of_each_time) {
    uint32_t c = 0;
    while (strcmp(plan->policy.clauses.items[c].id, "3.2.1c") != 0) {
        c++;
    }
    mu_clause *clause = (mu_clause *)plan->clauses[c].clause;
    clause->statistic = MU_STATISTIC_EACH;
    clause->demands.items[0].value = 0.25;
    clause->demands.items[0].unit = "h";
    begin();
    const mu_term start = plan->clauses[c].start, stop = plan->clauses[c].end;
    static const struct {
        int begins_s, ends_s;
        bool shown;
    } times[] = {{200, 260, true}, {1000, 3000, true}, {4000, 4010, false}};
    mu_clause_clock clock;
    uint32_t last = MU_NO_RECORD, last_end = MU_NO_RECORD;
    for (size_t k = 0; k < sizeof times / sizeof times[0]; k++) {
        const uint32_t began = put_term(&start, times[k].begins_s * MU_SECOND);
        const uint32_t ended = put_term(&stop, times[k].ends_s * MU_SECOND);
        last = times[k].shown ? began : last;
        last_end = times[k].shown ? ended : last_end;
        mu_clocks_read(session);
        ck_assert(mu_clocks_find(session, c, &clock));
        ck_assert_int_eq(clock.limit_us, 900 * MU_SECOND);
        ck_assert_uint_eq(clock.start, last);
        ck_assert_uint_eq(clock.end, last_end);
    }
    end();
}
END_TEST

int main(void) {
    Suite *suite = suite_create("told");
    TCase *tests = tcase_create("told");
    tcase_set_timeout(tests, 60);
    tcase_add_unchecked_fixture(tests, load, drop_plan);
    tcase_add_test(tests, people_tell_their_state);
    tcase_add_test(tests, who_waits_at_a_refuge_tells_for_what);
    tcase_add_test(tests, rooms_and_doors_tell_their_state);
    tcase_add_test(tests, a_station_has_its_queue);
    tcase_add_test(tests, hazards_tell_their_state);
    tcase_add_test(tests, moments_tell_their_record);
    tcase_add_test(tests, acts_have_their_sentence);
    tcase_add_test(tests, crossings_are_counted);
    tcase_add_test(tests, a_clock_of_each_time);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
