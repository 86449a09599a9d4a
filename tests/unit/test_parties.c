/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parties: who is of which, and that they gather, leave as one, walk as one and wait no longer than
 * they are told to. A hall with a door at each end. */
#include "stage.h"

#include "crowd/flee.h"
#include "runner.h"

typedef struct hall {
    uint32_t room, other, west, east;
} hall;

static stage *open_hall(hall *h) {
    stage *s = stage_new();
    h->room = stage_room(s, MU_USE_ASSEMBLY, 0, 0, 0, 30, 12);
    h->other = stage_room(s, MU_USE_OFFICE, 0, 0, 12, 30, 20);
    (void)stage_portal(s, MU_PORTAL_DOOR, h->other, h->room, 14, 12, 16, 12);
    h->west = stage_portal(s, MU_PORTAL_OUTDOOR_EDGE, h->room, MU_NONE, 0, 5, 0, 7);
    h->east = stage_portal(s, MU_PORTAL_OUTDOOR_EDGE, h->room, MU_NONE, 30, 5, 30, 7);
    return s;
}

static mu_group *family(stage *s, const char *id, int64_t count, uint32_t space, int64_t size) {
    mu_group *group = stage_group(s, id, "visitor", count, space);
    group->party = size;
    group->party_waits_s = 120;
    return group;
}

static void alert(stage *s, uint32_t person) {
    (void)mu_crowd_alert(&s->sim, person, 0, 1, (mu_goal){.kind = MU_GOAL_OUTSIDE}, MU_NO_RECORD);
}

static void alert_all(stage *s) {
    for (uint32_t p = 0; p < s->people.list.count; p++) {
        alert(s, p);
    }
}

/* When somebody did something, in seconds; -1: never. */
static double time_of(const stage *s, mu_record_kind kind, uint32_t person, mu_handle *object) {
    const uint32_t r = stage_find(s, kind, person);
    if (r == MU_NO_RECORD) {
        return -1;
    }
    const mu_record *record = mu_log_get(s->sim.log, r);
    *object = record->object;
    return mu_time_to_s(record->time_us);
}

typedef struct span {
    double first, last;
    bool one_door;
} span;

/* From the first to the last of a party who did something, and whether all by the same door. */
static span span_of(const stage *s, mu_record_kind kind, const mu_party *party) {
    span out = {INFINITY, -INFINITY, true};
    mu_handle door = 0;
    for (uint32_t k = 0; k < party->count; k++) {
        mu_handle object = 0;
        const double time = time_of(s, kind, party->members[k], &object);
        ck_assert_double_ge(time, 0);
        out.first = fmin(out.first, time);
        out.last = fmax(out.last, time);
        out.one_door = out.one_door && (k == 0 || object == door);
        door = object;
    }
    return out;
}

START_TEST(parties_are_made_of_groups) {
    hall h;
    stage *s = open_hall(&h);
    family(s, "families", 10, h.room, 3);
    stage_group(s, "staff", "staff", 4, h.room);
    stage_open(s, 3, 0);
    ck_assert_uint_eq(s->people.parties.count, 4);
    uint32_t in_parties = 0;
    for (uint32_t p = 0; p < s->people.parties.count; p++) {
        const mu_party *party = &s->people.parties.items[p];
        ck_assert_uint_eq(party->count, p < 3 ? 3 : 1);
        ck_assert_double_eq(party->waits_s, 120);
        in_parties += party->count;
        for (uint32_t k = 0; k < party->count; k++) {
            const mu_body *a = &mu_bodies(&s->sim)[party->members[0]];
            const mu_body *b = &mu_bodies(&s->sim)[party->members[k]];
            ck_assert_uint_eq(s->people.list.items[party->members[k]].party, p);
            ck_assert_double_le(hypot(a->at.x - b->at.x, a->at.y - b->at.y), 2.0);
        }
    }
    ck_assert_uint_eq(in_parties, 10);
    stage_close(s);
}
END_TEST

/* Hosts who share the room come first; whoever has no host is told of. */
START_TEST(each_party_has_its_host) {
    hall h;
    stage *s = open_hall(&h);
    mu_group *guests = family(s, "guests", 9, h.room, 3);
    stage_group(s, "hosts", "staff", 1, h.other);
    stage_group(s, "staff", "staff", 1, h.room);
    guests->host = (mu_ref){"hosts", 1};
    stage_open(s, 3, 0);
    const uint32_t host = stage_person(s, "hosts/001");
    ck_assert_uint_eq(s->people.parties.items[s->people.list.items[host].party].count, 4);
    ck_assert_uint_eq(s->people.list.items[stage_person(s, "staff/001")].party, MU_NONE);
    ck_assert_uint_eq(mu_diags_count(s->diags, MU_WARNING), 1);
    ck_assert_str_eq(mu_diags_get(s->diags, 0)->code, "roster.hosts");
    stage_close(s);
}
END_TEST

START_TEST(they_leave_as_one) {
    hall h;
    stage *s = open_hall(&h);
    family(s, "families", 24, h.room, 4);
    stage_open(s, 5, 0);
    stage_move_by(s, _i);
    alert_all(s);
    stage_run(s, 600);
    double apart = 0;
    for (uint32_t p = 0; p < s->people.parties.count; p++) {
        const mu_party *party = &s->people.parties.items[p];
        const span ready = span_of(s, MU_RECORD_MOVES, party);
        const span left = span_of(s, MU_RECORD_LEFT, party);
        ck_assert_double_ge(left.first, ready.last); /* the first waits for the last */
        ck_assert_double_le(left.last - left.first, 12);
        ck_assert(left.one_door);
        apart += ready.last - ready.first;
    }
    ck_assert_double_gt(apart / s->people.parties.count, 5); /* else nobody had to wait */
    ck_assert_uint_eq(s->outside, 0);
    stage_close(s);
}
END_TEST

/* A host in another room comes to the guests. */
START_TEST(a_host_comes_first) {
    hall h;
    stage *s = open_hall(&h);
    mu_group *guests = family(s, "guests", 3, h.room, 3);
    stage_group(s, "hosts", "staff", 1, h.other);
    guests->host = (mu_ref){"hosts", 1};
    stage_open(s, 3, 0);
    stage_move_by(s, _i);
    alert_all(s);
    stage_run(s, 600);
    const span left = span_of(s, MU_RECORD_LEFT, &s->people.parties.items[0]);
    const span ready = span_of(s, MU_RECORD_MOVES, &s->people.parties.items[0]);
    ck_assert_uint_eq(s->people.parties.items[0].count, 4);
    ck_assert_double_ge(left.first, ready.last);
    ck_assert_double_le(left.last - left.first, 12);
    ck_assert(left.one_door);
    stage_close(s);
}
END_TEST

START_TEST(at_the_pace_of_the_slowest) {
    hall h;
    stage *s = open_hall(&h);
    family(s, "pair", 2, h.room, 2);
    stage_open(s, 3, 0);
    stage_move_by(s, _i);
    const mu_point start = {15, 5};
    mu_bodies(&s->sim)[0].at = start;
    mu_bodies(&s->sim)[1].at = (mu_point){15.6, 5};
    mu_bodies(&s->sim)[0].level_mps = 1.4F;
    mu_bodies(&s->sim)[1].level_mps = 0.4F;
    alert_all(s);
    stage_run(s, 600);
    const span left = span_of(s, MU_RECORD_LEFT, &s->people.parties.items[0]);
    const span ready = span_of(s, MU_RECORD_MOVES, &s->people.parties.items[0]);
    const double way = fmin(start.x, 30 - start.x); /* at least so far, straight to a door */
    ck_assert_double_le(left.last - left.first, 8);
    ck_assert_double_ge(left.first - ready.last, (way - 4) / 0.4);
    ck_assert_double_gt((way - 4) / 0.4, way / 1.4); /* the quick one alone would be sooner */
    stage_close(s);
}
END_TEST

/* One is never told: the others wait as long as they are to, and leave. */
START_TEST(patience_ends) {
    hall h;
    stage *s = open_hall(&h);
    mu_group *group = family(s, "family", 3, h.room, 3);
    group->party_waits_s = 50;
    stage_open(s, 3, 0);
    stage_move_by(s, _i);
    alert(s, 0);
    alert(s, 1);
    stage_run(s, 600);
    mu_handle door;
    const double first =
        fmin(time_of(s, MU_RECORD_MOVES, 0, &door), time_of(s, MU_RECORD_MOVES, 1, &door));
    for (uint32_t p = 0; p < 2; p++) {
        const double left = time_of(s, MU_RECORD_LEFT, p, &door);
        ck_assert_double_ge(left, first + 50);
        ck_assert_double_le(left, first + 50 + 60);
    }
    ck_assert_double_eq(time_of(s, MU_RECORD_LEFT, 2, &door), -1);
    ck_assert_uint_eq(mu_world_clock(&s->sim.world)->pending, 0);
    /* Who is told later goes alone. */
    const double told = mu_time_to_s(mu_sim_now(&s->sim));
    alert(s, 2);
    stage_run(s, 1200);
    ck_assert_double_ge(time_of(s, MU_RECORD_LEFT, 2, &door), told);
    stage_close(s);
}
END_TEST

START_TEST(they_turn_at_a_closed_door_together) {
    hall h;
    stage *s = open_hall(&h);
    family(s, "families", 12, h.room, 4);
    stage_open(s, 9, 0);
    stage_move_by(s, _i);
    mu_portals(&s->sim)[h.west].state = MU_PORTAL_CLOSED;
    alert_all(s);
    stage_run(s, 900);
    for (uint32_t p = 0; p < s->people.parties.count; p++) {
        const span left = span_of(s, MU_RECORD_LEFT, &s->people.parties.items[p]);
        ck_assert(left.one_door);
        ck_assert_double_le(left.last - left.first, 20);
    }
    stage_close(s);
}
END_TEST

/* Whoever runs from danger waits for nobody. */
START_TEST(danger_comes_first) {
    hall h;
    stage *s = open_hall(&h);
    family(s, "family", 3, h.room, 3);
    stage_open(s, 3, 0);
    alert(s, 0);
    stage_run(s, 100);
    mu_handle door;
    ck_assert_double_ge(time_of(s, MU_RECORD_MOVES, 0, &door), 0);
    mu_crowd_flee(&s->sim, 0, (mu_goal){.kind = MU_GOAL_OUTSIDE}, 0, MU_NO_RECORD);
    const double fled = mu_time_to_s(mu_sim_now(&s->sim));
    stage_run(s, fled + 60);
    ck_assert_double_le(time_of(s, MU_RECORD_LEFT, 0, &door), fled + 40);
    ck_assert_double_ge(time_of(s, MU_RECORD_LEFT, 0, &door), fled);
    stage_close(s);
}
END_TEST

/* Neither the order of groups in the file nor a copy of the world on the way changes anything. */
START_TEST(order_and_copies_change_nothing) {
    uint64_t hash[3];
    for (int k = 0; k < 3; k++) {
        hall h;
        stage *s = open_hall(&h);
        family(s, k == 1 ? "b" : "a", k == 1 ? 6 : 9, h.room, 3);
        family(s, k == 1 ? "a" : "b", k == 1 ? 9 : 6, h.room, 3);
        stage_open(s, 9, 0);
        stage_move_by(s, _i);
        alert_all(s);
        stage_run(s, 60);
        if (k == 2) {
            mu_world copy;
            ck_assert_int_eq(mu_world_copy(&s->sim.world, &copy), MU_OK);
            stage_run(s, 90);
            ck_assert_int_eq(mu_world_load(&s->sim.world, copy.block, mu_world_bytes(&copy)),
                             MU_OK);
            mu_log_truncate(s->sim.log, mu_world_clock(&s->sim.world)->log_count);
            mu_world_destroy(&copy);
        }
        stage_run(s, 600);
        hash[k] = mu_world_hash(&s->sim.world);
        stage_close(s);
    }
    ck_assert_uint_eq(hash[0], hash[1]);
    ck_assert_uint_eq(hash[0], hash[2]);
}
END_TEST

/* Whatever the luck, whoever has been told gets out: parties of two to six in both rooms, some with
 * a host, some without all of theirs, and a door that closes on the way. Seed and motion model by
 * `_i`. */
START_TEST(nobody_is_left_waiting) {
    hall h;
    stage *s = open_hall(&h);
    family(s, "couples", 8, h.room, 2);
    family(s, "families", 12, h.other, 4)->party_waits_s = 40;
    mu_group *guests = family(s, "guests", 12, h.room, 6);
    stage_group(s, "hosts", "staff", 2, h.other);
    guests->host = (mu_ref){"hosts", 3};
    stage_open(s, 100 + (uint64_t)_i / 2, 0);
    stage_move_by(s, _i % 2);
    uint32_t told = 0;
    for (uint32_t p = 0; p < s->people.list.count; p++) {
        if ((s->people.list.items[p].hash + (uint64_t)_i) % 7 != 0) {
            alert(s, p);
            told++;
        }
    }
    stage_run(s, 100);
    mu_portals(&s->sim)[_i % 3 == 0 ? h.west : h.east].state = MU_PORTAL_CLOSED;
    mu_crowd_on_portal(&s->sim, _i % 3 == 0 ? h.west : h.east);
    stage_run(s, 1500);
    ck_assert_uint_eq(mu_crowd(&s->sim)->in_state[MU_OCCUPANT_OUT], told);
    ck_assert_uint_eq(mu_world_clock(&s->sim.world)->pending, 0);
    ck_assert_uint_eq(s->no_way, 0);
    stage_close(s);
}
END_TEST

static uint32_t waited_on_stairs;

static int watch_who_waits(stage *s) {
    for (uint32_t p = 0; p < s->people.list.count; p++) {
        const uint32_t area = mu_bodies(&s->sim)[p].area;
        const bool stairs = mu_walkable_area(s->walkable, area)->stair != MU_NONE;
        if ((mu_minds(&s->sim)[p].keeps & MU_KEEPS_WAITS) != 0) {
            waited_on_stairs += stairs;
        }
    }
    return 0;
}

/* Parties come down a long stair among others, who would be held up: nobody stops upon it. */
START_TEST(nobody_waits_on_a_stair) {
    stage *s = stage_new();
    const uint32_t lower = stage_room(s, MU_USE_LOBBY, 0, 0, 0, 40, 14);
    const uint32_t upper = stage_room(s, MU_USE_LOBBY, 1, 60, 0, 80, 14);
    stage_stair(s, lower, upper, (mu_point){5, 14}, (mu_point){7, 14}, (mu_point){65, 14},
                (mu_point){67, 14}, 12);
    (void)stage_portal(s, MU_PORTAL_OUTDOOR_EDGE, lower, MU_NONE, 40, 5, 40, 7);
    family(s, "families", 20, upper, 5);
    stage_group(s, "staff", "staff", 50, upper);
    stage_open(s, 3, 0);
    stage_move_by(s, _i);
    waited_on_stairs = 0;
    s->watch = watch_who_waits;
    alert_all(s);
    stage_run(s, 1500);
    ck_assert_uint_eq(mu_crowd(&s->sim)->in_state[MU_OCCUPANT_OUT], 70);
    ck_assert_uint_eq(waited_on_stairs, 0);
    stage_close(s);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("parties");
    TCase *tc = tcase_create("keeping together");
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, parties_are_made_of_groups);
    tcase_add_test(tc, each_party_has_its_host);
    tcase_add_loop_test(tc, they_leave_as_one, 0, 2);
    tcase_add_loop_test(tc, a_host_comes_first, 0, 2);
    tcase_add_loop_test(tc, at_the_pace_of_the_slowest, 0, 2);
    tcase_add_loop_test(tc, patience_ends, 0, 2);
    tcase_add_loop_test(tc, they_turn_at_a_closed_door_together, 0, 2);
    tcase_add_test(tc, danger_comes_first);
    tcase_add_loop_test(tc, order_and_copies_change_nothing, 0, 2);
    tcase_add_loop_test(tc, nobody_is_left_waiting, 0, 24);
    tcase_add_loop_test(tc, nobody_waits_on_a_stair, 0, 2);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
