/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hostage-taking, lockdown, ways that keep clear, cordons, negotiation and asking those inside. */
#include "wing.h"

#include <math.h>

#include "runner.h"
#include "site/line_of_sight.h"
#include "site/lock.h"

/* The whole of it: lockdown where it happens, the others out by ways that keep clear, talk, end. */
#define LOCKDOWN                                                                                   \
    "{\"id\":\"lock\",\"when\":{\"all\":[\"noticed:hostage\"]},\"who\":{\"role\":\"operator\"},"   \
    "\"verb\":\"lock_down\",\"object\":\"store\",\"avoids\":[\"@line_of_sight\"],"                 \
    "\"over\":[\"pa\"],\"reacts_s\":4,\"takes_s\":5}"
#define LEAVE(AVOIDS)                                                                              \
    "{\"id\":\"leave\",\"when\":{\"all\":[\"noticed:hostage\"]},\"who\":{\"role\":\"operator\"},"  \
    "\"verb\":\"evacuate\",\"object\":\"wing\",\"except\":[\"store\"]," AVOIDS                     \
    "\"over\":[\"weak\",\"sms\"],\"takes_s\":5}"
#define AVOIDS "\"avoids\":[\"@line_of_sight\"],"
#define TALK                                                                                       \
    "{\"id\":\"talk\",\"when\":{\"all\":[\"noticed:hostage\"]},\"who\":{\"role\":\"ert\","         \
    "\"skill\":\"negotiator\",\"count\":2},\"verb\":\"negotiate\",\"object\":\"hostage\","         \
    "\"takes_s\":{\"dist\":\"lognormal\",\"median\":10981,\"sigma\":0.70363}}"
#define ESCORT                                                                                     \
    "{\"id\":\"escort\",\"when\":{\"all\":[\"resolved:hostage\"],\"wait_s\":60},"                  \
    "\"who\":{\"role\":\"ert\"},\"verb\":\"evacuate\",\"object\":\"site\",\"place\":\"@hostage\"," \
    "\"over\":[\"pa\",\"voice\"],\"takes_s\":5}"
#define WHOLE LOCKDOWN "," LEAVE(AVOIDS) "," TALK "," ESCORT

static uint32_t in_state(const mu_sim *sim, mu_occupant_state state) {
    return mu_crowd(sim)->in_state[state];
}

static bool is_occupant(const wing *w, uint32_t person) {
    return w->plan->people.list.items[person].kind == MU_PERSON_OCCUPANT;
}

START_TEST(only_what_is_in_line_with_the_doors_is_in_sight) {
    wing w = wing_load(WING_HOSTAGE, WHOLE);
    const mu_hostage_plan *h = &w.plan->threat.hostage;
    const char *const seen[] = {"place", "hall"}, *const hidden[] = {"a", "b", "c", "store",
                                                                     "yard"};
    for (int i = 0; i < 2; i++) {
        ck_assert(h->exposed[wing_space(&w, seen[i])]);
    }
    for (int i = 0; i < 5; i++) {
        ck_assert(!h->exposed[wing_space(&w, hidden[i])]);
    }
    /* Through the door at x 2..3 one sees the corridor below it, and not along it. */
    const uint32_t place = wing_space(&w, "place"), hall = wing_space(&w, "hall");
    const mu_point from = {7, 20};
    ck_assert(mu_line_of_sight_has(w.plan->walkable, place, from, hall, (mu_point){0.9, 11}));
    ck_assert(!mu_line_of_sight_has(w.plan->walkable, place, from, hall, (mu_point){20, 11.5}));
    ck_assert(!h->exposed[h->approach.area]);
    wing_close(&w);
}
END_TEST

/* The planner's own list adds to what geometry gives. */
START_TEST(listed_spaces_are_in_sight_too) {
    wing w = wing_load("{\"space\":\"place\",\"at\":[7,20],\"notice_s\":2,"
                       "\"line_of_sight\":[\"store\"]}",
                       TALK);
    ck_assert(w.plan->threat.hostage.exposed[wing_space(&w, "store")]);
    wing_close(&w);
}
END_TEST

START_TEST(states_sum_at_every_event_and_all_are_out_in_the_end) {
    wing w = wing_load(WING_HOSTAGE, WHOLE);
    for (uint32_t replication = 0; replication < 40; replication++) {
        mu_log *log = mu_log_create();
        mu_sim sim;
        ck_assert_int_eq(mu_run_begin(w.plan, 5, replication, log, &sim), MU_OK);
        uint32_t most_held = 0, most_in_shelter = 0;
        do {
            ck_assert(mu_crowd_conserved(&sim));
            const uint32_t held = in_state(&sim, MU_OCCUPANT_HELD);
            const uint32_t shelter = in_state(&sim, MU_OCCUPANT_SHELTERING);
            most_held = held > most_held ? held : most_held;
            most_in_shelter = shelter > most_in_shelter ? shelter : most_in_shelter;
        } while (mu_run_next(&sim));
        ck_assert_int_eq(mu_run_status(&sim), MU_OK);
        ck_assert_uint_eq(most_held, 5);
        ck_assert_uint_eq(most_in_shelter, 2);
        ck_assert_uint_eq(in_state(&sim, MU_OCCUPANT_OUT), w.plan->people.occupants);
        ck_assert_uint_eq(wing_count(log, MU_RECORD_RESOLVED), 1);
        mu_run_destroy(&sim);
        mu_log_destroy(log);
    }
    wing_close(&w);
}
END_TEST

static void check_same_log(const mu_log *a, const mu_log *b) {
    ck_assert_uint_eq(mu_log_count(a), mu_log_count(b));
    for (uint32_t i = 0; i < mu_log_count(a); i++) {
        ck_assert_mem_eq(mu_log_get(a, i), mu_log_get(b, i), sizeof(mu_record));
    }
}

/* Put back while doors are being locked, and in the middle of the siege: as if never stopped. */
START_TEST(restore_in_mid_siege_changes_nothing) {
    wing w = wing_load(WING_HOSTAGE, WHOLE);
    mu_log *whole = mu_log_create(), *log = mu_log_create();
    mu_run_end expected, got;
    ck_assert_int_eq(mu_run(w.plan, 3, 1, whole, &expected), MU_OK);
    mu_sim sim;
    ck_assert_int_eq(mu_run_begin(w.plan, 3, 1, log, &sim), MU_OK);
    const double stops_s[] = {25, 55, 2000};
    for (int k = 0; k < 3; k++) {
        while (mu_sim_now(&sim) < mu_time_from_s(stops_s[k])) {
            ck_assert(mu_run_next(&sim));
        }
        mu_world snapshot;
        ck_assert_int_eq(mu_world_copy(&sim.world, &snapshot), MU_OK);
        while (mu_run_next(&sim)) {
        }
        mu_run_result(&sim, &got);
        ck_assert_uint_eq(got.state_hash, expected.state_hash);
        check_same_log(log, whole);
        ck_assert_int_eq(mu_run_restore(&sim, &snapshot), MU_OK);
        mu_world_destroy(&snapshot);
    }
    mu_run_destroy(&sim);
    mu_log_destroy(log);
    mu_log_destroy(whole);
    wing_close(&w);
}
END_TEST

/* How often somebody who had been told to leave came into an exposed area before the end. */
static uint32_t count_crossings(const wing *w, uint32_t replication) {
    const bool *exposed = w->plan->threat.hostage.exposed;
    mu_log *log = mu_log_create();
    mu_sim sim;
    ck_assert_int_eq(mu_run_begin(w->plan, 7, replication, log, &sim), MU_OK);
    uint32_t *area = calloc(w->plan->people.list.count, sizeof *area);
    bool *told = calloc(w->plan->people.list.count, sizeof *told);
    uint32_t crossings = 0, told_count = 0;
    ck_assert(area != NULL && told != NULL);
    while (mu_run_next(&sim) && wing_count(log, MU_RECORD_RESOLVED) == 0) {
        for (uint32_t p = 0; p < w->plan->people.list.count; p++) {
            const mu_body *body = &mu_bodies(&sim)[p];
            if (!is_occupant(w, p) || body->mode == MU_BODY_ABSENT) {
                continue;
            }
            crossings += told[p] && body->area != area[p] && exposed[body->area];
            area[p] = body->area;
            told_count += !told[p] && mu_orders(&sim)[p].step != MU_NONE;
            told[p] = mu_orders(&sim)[p].step != MU_NONE;
        }
    }
    ck_assert_uint_ge(told_count, 12);
    free(area);
    free(told);
    mu_run_destroy(&sim);
    mu_log_destroy(log);
    return crossings;
}

START_TEST(nobody_who_was_told_comes_into_sight) {
    wing clear = wing_load(WING_HOSTAGE, WHOLE);
    for (uint32_t replication = 0; replication < 30; replication++) {
        ck_assert_uint_eq(count_crossings(&clear, replication), 0);
    }
    wing_close(&clear);
    /* And it is the order that does it: without it they take the short way through. */
    wing blind = wing_load(WING_HOSTAGE, LOCKDOWN "," LEAVE("") "," TALK "," ESCORT);
    ck_assert_uint_gt(count_crossings(&blind, 0), 0);
    wing_close(&blind);
}
END_TEST

START_TEST(as_many_are_held_as_the_planner_says) {
    wing w = wing_load("{\"space\":\"place\",\"at\":[7,20],\"seized_at_s\":10,\"notice_s\":2,"
                       "\"holds\":3,\"holds_responders\":false,"
                       "\"lets_go\":[{\"at_s\":100,\"share\":0.5}]}",
                       TALK);
    mu_log *log = mu_log_create();
    mu_run_end end;
    ck_assert_int_eq(mu_run(w.plan, 1, 0, log, &end), MU_OK);
    ck_assert_uint_eq(wing_find(log, MU_RECORD_SEIZED, 0)->value, 3);
    ck_assert_int_eq(wing_find(log, MU_RECORD_SEIZED, 0)->time_us, 10 * MU_SECOND);
    ck_assert_uint_eq(wing_find(log, MU_RECORD_LET_GO, 0)->value, 2); /* half of 3, rounded up */
    ck_assert_int_eq(wing_find(log, MU_RECORD_LET_GO, 0)->time_us, 100 * MU_SECOND);
    ck_assert_uint_eq(wing_find(log, MU_RECORD_RESOLVED, 0)->value, 1);
    mu_log_destroy(log);
    wing_close(&w);
}
END_TEST

/* A guard who is held can do nothing until it is over. */
START_TEST(held_responders_are_out_of_the_response) {
    wing w = wing_load("{\"space\":\"place\",\"at\":[7,20],\"seized_at_s\":10,\"notice_s\":2,"
                       "\"call_s\":30,\"holds_responders\":true}",
                       "{\"id\":\"guarded\",\"when\":{\"all\":[\"seized:hostage\"]},"
                       "\"who\":{\"role\":\"guard\"},\"verb\":\"verify\",\"object\":\"x\"},"
                       "{\"id\":\"talk\",\"when\":{\"all\":[\"noticed:hostage\"]},"
                       "\"who\":{\"role\":\"ert\"},\"verb\":\"negotiate\",\"object\":\"hostage\","
                       "\"takes_s\":500}");
    mu_log *log = mu_log_create();
    mu_run_end end;
    ck_assert_int_eq(mu_run(w.plan, 1, 0, log, &end), MU_OK);
    const mu_record *resolved = wing_find(log, MU_RECORD_RESOLVED, 0);
    const mu_record *verified = wing_find(log, MU_RECORD_VERIFIED, 0);
    ck_assert(resolved != NULL && verified != NULL);
    ck_assert_int_ge(verified->time_us, resolved->time_us);
    ck_assert_int_eq(resolved->time_us, (40 + 500) * MU_SECOND);
    mu_log_destroy(log);
    wing_close(&w);
}
END_TEST

/* The planner may have the police declare it; a negotiation alone then ends nothing. */
START_TEST(the_end_is_the_one_that_is_given) {
    wing w = wing_load("{\"space\":\"place\",\"at\":[7,20],\"notice_s\":2,\"call_s\":30,"
                       "\"ends\":\"contained\"}",
                       "{\"id\":\"talk\",\"when\":{\"all\":[\"noticed:hostage\"]},"
                       "\"who\":{\"role\":\"ert\"},\"verb\":\"negotiate\",\"object\":\"hostage\","
                       "\"takes_s\":50},"
                       "{\"id\":\"police\",\"when\":{\"all\":[\"negotiated:hostage\"]},"
                       "\"who\":{\"role\":\"ert\"},\"verb\":\"contain\",\"object\":\"hostage\","
                       "\"takes_s\":100}");
    mu_log *log = mu_log_create();
    mu_run_end end;
    ck_assert_int_eq(mu_run(w.plan, 1, 0, log, &end), MU_OK);
    ck_assert_int_eq(wing_find(log, MU_RECORD_RESOLVED, 0)->time_us,
                     wing_find(log, MU_RECORD_CONTAINED, 0)->time_us);
    ck_assert_uint_eq(wing_count(log, MU_RECORD_RESOLVED), 1);
    mu_log_destroy(log);
    wing_close(&w);
}
END_TEST

/* A step that fails for good is heard of, so that a playbook can go on. */
START_TEST(a_failed_negotiation_lets_the_plan_go_on) {
    wing w = wing_load(WING_HOSTAGE,
                       "{\"id\":\"talk\",\"when\":{\"all\":[\"noticed:hostage\"]},"
                       "\"who\":{\"role\":\"ert\"},\"verb\":\"negotiate\",\"object\":\"hostage\","
                       "\"takes_s\":50,\"chance\":0},"
                       "{\"id\":\"more\",\"when\":{\"all\":[\"abandoned:hostage\"]},"
                       "\"who\":{\"role\":\"ert\"},\"verb\":\"negotiate\",\"object\":\"hostage\","
                       "\"takes_s\":70}");
    ck_assert(!wing_has_diag(&w, "playbook.dead-step"));
    mu_log *log = mu_log_create();
    mu_run_end end;
    ck_assert_int_eq(mu_run(w.plan, 1, 0, log, &end), MU_OK);
    ck_assert_int_eq(wing_find(log, MU_RECORD_RESOLVED, 0)->time_us, (12 + 50 + 70) * MU_SECOND);
    mu_log_destroy(log);
    wing_close(&w);
}
END_TEST

/* Buttons, cameras and a call tell of it when nobody gets away. */
START_TEST(equipment_and_a_call_tell_of_it) {
    static const struct {
        const char *hostage, *means;
        double at_s;
    } cases[] = {
        {"\"button_chance\":1,\"button_s\":3", "button", 13},
        {"\"camera_notice_chance\":1,\"camera_notice_s\":20", "camera", 30},
        {"\"camera_notice_chance\":0,\"camera_notice_s\":20,\"call_s\":300", "call", 310},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char hostage[300];
        snprintf(hostage, sizeof hostage,
                 "{\"space\":\"place\",\"at\":[7,20],\"seized_at_s\":10,\"holds_responders\":true,"
                 "\"notice_s\":5000,%s}",
                 cases[k].hostage);
        wing w = wing_load(hostage, TALK);
        mu_log *log = mu_log_create();
        mu_run_end end;
        ck_assert_int_eq(mu_run(w.plan, 1, 0, log, &end), MU_OK);
        const mu_record *noticed = wing_find(log, MU_RECORD_NOTICED, 0);
        ck_assert_ptr_nonnull(noticed);
        ck_assert_str_eq(mu_plan_id(w.plan, noticed->place), cases[k].means);
        ck_assert_int_eq(noticed->time_us, mu_time_from_s(cases[k].at_s));
        mu_log_destroy(log);
        wing_close(&w);
    }
}
END_TEST

/* Lockdown. */

START_TEST(a_room_is_secured_with_its_last_door) {
    wing w = wing_load(WING_HOSTAGE, "{\"id\":\"lock\",\"when\":{\"all\":[\"noticed:hostage\"]},"
                                     "\"who\":{\"role\":\"operator\"},\"verb\":\"lock_down\","
                                     "\"object\":\"wing\",\"except\":[\"place\"],\"over\":[\"pa\"],"
                                     "\"avoids\":[\"@line_of_sight\"],\"reacts_s\":4}");
    for (uint32_t replication = 0; replication < 20; replication++) {
        mu_log *log = mu_log_create();
        mu_sim sim;
        ck_assert_int_eq(mu_run_begin(w.plan, 2, replication, log, &sim), MU_OK);
        while (mu_run_next(&sim)) {
        }
        const mu_record *secured = wing_find(log, MU_RECORD_SECURED, 0);
        ck_assert_ptr_nonnull(secured);
        mu_time last_us = 0;
        uint32_t ran = 0;
        for (uint32_t i = 0; i < mu_log_count(log); i++) {
            const mu_record *r = mu_log_get(log, i);
            ran += r->kind == MU_RECORD_LEFT;
            if (r->kind == MU_RECORD_LOCKED ||
                (r->kind == MU_RECORD_STATE && r->value == MU_OCCUPANT_SHELTERING)) {
                last_us = r->time_us > last_us ? r->time_us : last_us;
            }
        }
        ck_assert_uint_ge(wing_count(log, MU_RECORD_LOCKED), 4);
        ck_assert_int_ge(secured->time_us, last_us);
        ck_assert(ran > 0 || secured->time_us == last_us);
        for (uint32_t p = 0; p < w.plan->people.list.count; p++) {
            const uint32_t state = mu_minds(&sim)[p].state;
            ck_assert(!is_occupant(&w, p) || state != MU_OCCUPANT_INSIDE);
        }
        mu_run_destroy(&sim);
        mu_log_destroy(log);
    }
    wing_close(&w);
}
END_TEST

START_TEST(locking_takes_what_the_site_says_or_5_to_30_s) {
    wing w = wing_load(WING_HOSTAGE, TALK);
    const mu_portal *own = NULL, *usual = NULL;
    for (uint32_t p = 0; p < w.plan->site.portals.count; p++) {
        const mu_portal *portal = &w.plan->site.portals.items[p];
        own = strcmp(portal->id, "door.c") == 0 ? portal : own;
        usual = strcmp(portal->id, "door.a") == 0 ? portal : usual;
    }
    const int draws = 20000;
    double sum = 0, low = 1e9, high = 0;
    for (int i = 0; i < draws; i++) {
        mu_stream stream;
        mu_stream_open(&stream, 1, 0, MU_PURPOSE_LOCK, 9, (uint32_t)i);
        ck_assert_double_eq(mu_lock_draw(own, &stream), 7);
        const double t = mu_lock_draw(usual, &stream);
        sum += t;
        low = t < low ? t : low;
        high = t > high ? t : high;
    }
    ck_assert(low >= 5 && low < 5.1 && high <= 30 && high > 29.9);
    const double error = 25 / sqrt(12.0) / sqrt(draws);
    ck_assert_double_le(fabs(sum / draws - 17.5), 3 * error);
    wing_close(&w);
}
END_TEST

/* Who comes to a locked door finds another room; who has none hides where they are. */
START_TEST(a_locked_door_keeps_out_and_lets_out) {
    wing w = wing_load(WING_HOSTAGE, WHOLE);
    mu_log *log = mu_log_create();
    mu_sim sim;
    ck_assert_int_eq(mu_run_begin(w.plan, 1, 0, log, &sim), MU_OK);
    uint32_t door = 0;
    while (strcmp(w.plan->site.portals.items[door].id, "door.store") != 0) {
        door++;
    }
    while (mu_portals(&sim)[door].state != MU_PORTAL_LOCKED) {
        ck_assert(mu_run_next(&sim));
    }
    ck_assert(mu_portal_passable(&sim, door, wing_space(&w, "store")));
    ck_assert(!mu_portal_passable(&sim, door, wing_space(&w, "hall")));
    mu_run_destroy(&sim);
    mu_log_destroy(log);
    wing_close(&w);
}
END_TEST

START_TEST(the_all_clear_opens_doors_and_ends_shelter) {
    wing w =
        wing_load(WING_HOSTAGE, LOCKDOWN
                  ",{\"id\":\"over\",\"when\":{\"all\":[\"secured:store\"],\"wait_s\":60},"
                  "\"who\":{\"role\":\"operator\"},\"verb\":\"all_clear\",\"object\":\"site\"}");
    mu_log *log = mu_log_create();
    mu_sim sim;
    ck_assert_int_eq(mu_run_begin(w.plan, 1, 0, log, &sim), MU_OK);
    while (wing_count(log, MU_RECORD_SECURED) == 0) {
        ck_assert(mu_run_next(&sim));
    }
    ck_assert_uint_eq(in_state(&sim, MU_OCCUPANT_SHELTERING), 2);
    while (mu_run_next(&sim)) {
    }
    ck_assert_uint_eq(in_state(&sim, MU_OCCUPANT_SHELTERING), 0);
    for (uint32_t p = 0; p < w.plan->site.portals.count; p++) {
        ck_assert_uint_eq(mu_portals(&sim)[p].state, MU_PORTAL_OPEN);
    }
    mu_run_destroy(&sim);
    mu_log_destroy(log);
    wing_close(&w);
}
END_TEST

/* Cordons: occupants outside stay outside, responders go in. */
START_TEST(a_cordon_lets_in_responders_only) {
    wing w = wing_load(
        WING_HOSTAGE,
        "{\"id\":\"line\",\"when\":{\"all\":[\"noticed:hostage\"]},\"who\":{\"role\":\"ert\"},"
        "\"verb\":\"cordon\",\"object\":\"outer\",\"closes\":[\"line\"],\"holds\":true,"
        "\"until\":\"negotiated:hostage\"},"
        "{\"id\":\"go.in\",\"when\":{\"all\":[\"cordoned:outer\"]},\"who\":{\"role\":\"ert\"},"
        "\"verb\":\"verify\",\"object\":\"x\",\"place\":\"c\"},"
        "{\"id\":\"talk\",\"when\":{\"all\":[\"verified:x\"]},\"who\":{\"role\":\"operator\"},"
        "\"verb\":\"negotiate\",\"object\":\"hostage\",\"takes_s\":600}");
    const uint32_t back = wing_space(&w, "c"), yard = wing_space(&w, "yard");
    mu_log *log = mu_log_create();
    mu_sim sim;
    ck_assert_int_eq(mu_run_begin(w.plan, 1, 0, log, &sim), MU_OK);
    while (wing_count(log, MU_RECORD_CORDONED) == 0) {
        ck_assert(mu_run_next(&sim));
    }
    for (uint32_t p = 0; p < w.plan->site.portals.count; p++) {
        const mu_portal *portal = &w.plan->site.portals.items[p];
        if (portal->zone != NULL) {
            const uint32_t first = portal->between.items[0].index;
            const uint32_t second = portal->between.items[1].index;
            ck_assert(!mu_portal_passable(&sim, p, yard));
            ck_assert(mu_portal_passable(&sim, p, first == yard ? second : first));
        }
    }
    while (wing_count(log, MU_RECORD_VERIFIED) == 0) {
        ck_assert(mu_run_next(&sim)); /* a responder got in */
    }
    ck_assert_uint_eq(
        mu_bodies(&sim)[mu_handle_index(wing_find(log, MU_RECORD_ARRIVED, 0)->subject)].area, back);
    while (mu_run_next(&sim)) {
    }
    for (uint32_t p = 0; p < w.plan->site.portals.count; p++) {
        ck_assert_uint_eq(mu_portals(&sim)[p].state, MU_PORTAL_OPEN);
    }
    mu_run_destroy(&sim);
    mu_log_destroy(log);
    wing_close(&w);
}
END_TEST

START_TEST(posts_can_be_those_of_a_zone) {
    wing w = wing_load(WING_HOSTAGE,
                       "{\"id\":\"inner\",\"when\":{\"all\":[\"noticed:hostage\"]},"
                       "\"who\":{\"role\":\"ert\",\"count\":0},\"verb\":\"cordon\","
                       "\"object\":\"inner\",\"place\":\"inner_cordon\",\"posts_in\":[\"wing\"]}");
    mu_log *log = mu_log_create();
    mu_run_end end;
    ck_assert_int_eq(mu_run(w.plan, 1, 0, log, &end), MU_OK);
    ck_assert_uint_eq(wing_count(log, MU_RECORD_ARRIVED), 1);
    ck_assert_uint_eq(wing_count(log, MU_RECORD_CORDONED), 1);
    mu_log_destroy(log);
    wing_close(&w);
}
END_TEST

/* Asking those in shelter: with certain answers everybody becomes known. */
START_TEST(those_in_shelter_answer) {
    wing w = wing_load(WING_HOSTAGE, LOCKDOWN
                       ",{\"id\":\"ask\",\"when\":{\"all\":[\"secured:store\"]},"
                       "\"who\":{\"role\":\"operator\"},\"verb\":\"notify\",\"object\":\"inside\","
                       "\"to\":\"@sheltering\",\"over\":[\"sms\"],\"takes_s\":10,"
                       "\"reply_chance\":1,\"replies_s\":20}");
    mu_log *log = mu_log_create();
    mu_run_end end;
    ck_assert_int_eq(mu_run(w.plan, 1, 0, log, &end), MU_OK);
    const mu_record *asked = wing_find(log, MU_RECORD_NOTIFIED, 0);
    ck_assert_uint_eq(wing_count(log, MU_RECORD_REPLIED), 2);
    const mu_record *last = wing_find(log, MU_RECORD_REPLIED, 1);
    ck_assert_uint_eq(last->value, 2);
    ck_assert_int_eq(last->time_us, asked->time_us + (3 + 20 + 3) * MU_SECOND);
    mu_log_destroy(log);
    wing_close(&w);
}
END_TEST

/* Published: FBI-derived durations, log-normal with mu 1.11524 and sigma 0.70363 (hours): median
 * 3.05, mean 3.91, p95 9.70; CDF at 2, 4, 6 and 9 h 0.274, 0.650, 0.832, 0.938. */
static int compare(const void *a, const void *b) {
    const double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

static double density(double hours) {
    const double mu = 1.11524, sigma = 0.70363, z = (log(hours) - mu) / sigma;
    return exp(-z * z / 2) / (hours * sigma * 2.50662827463100050242);
}

START_TEST(negotiations_last_as_published) {
    enum { RUNS = 3000 };
    static double hours[RUNS];
    static const double at_h[] = {2, 4, 6, 9}, share[] = {0.274, 0.650, 0.832, 0.938};
    wing w = wing_load("{\"space\":\"place\",\"at\":[7,20],\"notice_s\":2,\"call_s\":1}", TALK);
    uint32_t by[4] = {0};
    double sum = 0, squares = 0;
    for (uint32_t i = 0; i < RUNS; i++) {
        mu_log *log = mu_log_create();
        mu_run_end end;
        ck_assert_int_eq(mu_run(w.plan, 11, i, log, &end), MU_OK);
        const mu_record *began = wing_find(log, MU_RECORD_BEGAN, 0);
        const mu_record *done = wing_find(log, MU_RECORD_NEGOTIATED, 0);
        hours[i] = mu_time_to_s(done->time_us - began->time_us) / 3600;
        sum += hours[i];
        squares += hours[i] * hours[i];
        for (int k = 0; k < 4; k++) {
            by[k] += hours[i] <= at_h[k];
        }
        mu_log_destroy(log);
    }
    qsort(hours, RUNS, sizeof *hours, compare);
    const double n = RUNS, mean = sum / n, sd = sqrt(squares / n - mean * mean);
    ck_assert_double_le(fabs(mean - 3.91), 3 * sd / sqrt(n));
    ck_assert_double_le(fabs(hours[RUNS / 2] - 3.05), 3 * 0.5 / density(3.05) / sqrt(n));
    ck_assert_double_le(fabs(hours[RUNS * 95 / 100] - 9.70),
                        3 * sqrt(0.95 * 0.05) / density(9.70) / sqrt(n));
    for (int k = 0; k < 4; k++) {
        ck_assert_double_le(fabs(by[k] / n - share[k]),
                            3 * sqrt(share[k] * (1 - share[k]) / n) + 0.0005);
    }
    wing_close(&w);
}
END_TEST

/* What a planner can get wrong is named. */
START_TEST(broken_inputs_are_explained) {
    static const struct {
        const char *hostage, *steps, *code;
    } cases[] = {
        {"{\"space\":\"place\",\"at\":[70,20],\"notice_s\":2}", TALK, "incident.hostage-outside"},
        {WING_HOSTAGE, LEAVE("\"avoids\":[\"nowhere\"],"), "playbook.no-zone"},
        {WING_HOSTAGE,
         "{\"id\":\"x\",\"when\":{\"all\":[\"seized:hostage\"]},\"verb\":\"verify\","
         "\"object\":\"y\",\"avoids\":[\"hall\"]}",
         "playbook.not-an-order"},
        {WING_HOSTAGE,
         "{\"id\":\"x\",\"when\":{\"all\":[\"seized:hostage\"]},\"verb\":\"cordon\","
         "\"object\":\"y\",\"closes\":[\"no_label\"]}",
         "playbook.no-portals"},
        {WING_HOSTAGE,
         "{\"id\":\"x\",\"when\":{\"all\":[\"seized:hostage\"]},\"who\":{\"role\":\"ert\"},"
         "\"verb\":\"cordon\",\"object\":\"y\",\"place\":\"inner_cordon\",\"posts_in\":[\"a\"]}",
         "playbook.no-post"},
        {WING_HOSTAGE,
         "{\"id\":\"x\",\"when\":{\"all\":[\"seized:hostage\"]},\"who\":{\"role\":\"ert\"},"
         "\"verb\":\"verify\",\"object\":\"y\",\"place\":\"@item\"}",
         "playbook.no-item"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        wing w = wing_try(cases[k].hostage, cases[k].steps);
        ck_assert_msg(w.plan == NULL, "case %zu was accepted", k);
        ck_assert_msg(wing_has_diag(&w, cases[k].code), "case %zu: no %s", k, cases[k].code);
        wing_close(&w);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("hostage");
    TCase *tests = tcase_create("hostage");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, only_what_is_in_line_with_the_doors_is_in_sight);
    tcase_add_test(tests, listed_spaces_are_in_sight_too);
    tcase_add_test(tests, states_sum_at_every_event_and_all_are_out_in_the_end);
    tcase_add_test(tests, restore_in_mid_siege_changes_nothing);
    tcase_add_test(tests, nobody_who_was_told_comes_into_sight);
    tcase_add_test(tests, as_many_are_held_as_the_planner_says);
    tcase_add_test(tests, held_responders_are_out_of_the_response);
    tcase_add_test(tests, the_end_is_the_one_that_is_given);
    tcase_add_test(tests, a_failed_negotiation_lets_the_plan_go_on);
    tcase_add_test(tests, equipment_and_a_call_tell_of_it);
    tcase_add_test(tests, a_room_is_secured_with_its_last_door);
    tcase_add_test(tests, locking_takes_what_the_site_says_or_5_to_30_s);
    tcase_add_test(tests, a_locked_door_keeps_out_and_lets_out);
    tcase_add_test(tests, the_all_clear_opens_doors_and_ends_shelter);
    tcase_add_test(tests, a_cordon_lets_in_responders_only);
    tcase_add_test(tests, posts_can_be_those_of_a_zone);
    tcase_add_test(tests, those_in_shelter_answer);
    tcase_add_test(tests, negotiations_last_as_published);
    tcase_add_test(tests, broken_inputs_are_explained);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
