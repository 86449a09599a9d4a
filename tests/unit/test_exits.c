/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which door to the open people take: the one they came in by, one that a sign shows, one that
 * others take, and what is told of it. A hall with a door at each end: west is far from those who
 * stand in the east. */
#include "stage.h"

#include "runner.h"

typedef struct hall {
    uint32_t room, west, east;
    mu_ref came_by;
    mu_sign sign;
} hall;

static stage *open_hall(hall *h, int64_t count, double came_by_share, double follows_share) {
    stage *s = stage_new();
    h->room = stage_room(s, MU_USE_ASSEMBLY, 0, 0, 0, 40, 10);
    const uint32_t stand = stage_room(s, MU_USE_ASSEMBLY, 0, 40, 0, 50, 10);
    h->west = stage_portal(s, MU_PORTAL_OUTDOOR_EDGE, h->room, MU_NONE, 0, 4, 0, 6);
    h->east = stage_portal(s, MU_PORTAL_OUTDOOR_EDGE, stand, MU_NONE, 50, 4, 50, 6);
    (void)stage_portal(s, MU_PORTAL_OPENING, h->room, stand, 40, 1, 40, 9);
    mu_group *group = stage_group(s, "guests", "visitor", count, stand);
    h->came_by = (mu_ref){s->portals[h->west].id, h->west};
    group->came_by.items = &h->came_by;
    group->came_by.count = 1;
    group->came_by_share = came_by_share;
    group->follows_share = follows_share;
    return s;
}

static void put_sign(stage *s, hall *h, double noticed, double followed) {
    h->sign = (mu_sign){.id = "exit",
                        .space = {s->spaces[1].id, 1},
                        .at = {49, 5},
                        .to = {s->portals[h->east].id, h->east},
                        .seen_m = 20,
                        .noticed_share = noticed,
                        .followed_share = followed};
    s->site.signs.items = &h->sign;
    s->site.signs.count = 1;
}

static uint32_t left_by(const stage *s, uint32_t portal) {
    uint32_t count = 0;
    for (uint32_t r = 0; r < mu_log_count(s->sim.log); r++) {
        const mu_record *record = mu_log_get(s->sim.log, r);
        count +=
            record->kind == MU_RECORD_LEFT && record->object == MU_HANDLE(MU_THING_PORTAL, portal);
    }
    return count;
}

static uint32_t chose(const stage *s, mu_exit_why why) {
    uint32_t count = 0;
    for (uint32_t r = 0; r < mu_log_count(s->sim.log); r++) {
        const mu_record *record = mu_log_get(s->sim.log, r);
        count += record->kind == MU_RECORD_CHOSE && record->value == (uint32_t)why;
    }
    return count;
}

/* By the motion model `_i`. */
START_TEST(back_the_way_they_came) {
    hall h;
    stage *s = open_hall(&h, 12, 1, 0);
    stage_open(s, 7, 0);
    stage_move_by(s, _i);
    stage_evacuate(s, MU_GOAL_OUTSIDE);
    stage_run(s, 0.1);
    for (uint32_t p = 0; p < 12; p++) {
        ck_assert_uint_eq(mu_exit_of(&s->sim, p), h.west);
    }
    stage_run(s, 300);
    ck_assert_uint_eq(left_by(s, h.west), 12);
    ck_assert_uint_eq(chose(s, MU_EXIT_CAME_BY), 12);
    stage_close(s);
}
END_TEST

START_TEST(without_it_the_nearest) {
    hall h;
    stage *s = open_hall(&h, 12, 0, 0);
    stage_open(s, 7, 0);
    stage_move_by(s, _i);
    stage_evacuate(s, MU_GOAL_OUTSIDE);
    stage_run(s, 300);
    ck_assert_uint_eq(left_by(s, h.east), 12);
    ck_assert_uint_eq(chose(s, MU_EXIT_CAME_BY), 0);
    stage_close(s);
}
END_TEST

/* A share is of people, each with luck of their own: a bystander elsewhere shifts nobody's. */
START_TEST(a_share_goes_back) {
    uint32_t bound[2] = {0, 0};
    for (int k = 0; k < 2; k++) {
        hall h;
        stage *s = open_hall(&h, 100, 0.6, 0);
        if (k == 1) {
            stage_group(s, "a-bystander", "staff", 1, h.room);
        }
        stage_open(s, 11, 0);
        stage_evacuate(s, MU_GOAL_OUTSIDE);
        stage_run(s, 0.1);
        for (uint32_t p = 0; p < s->people.list.count; p++) {
            bound[k] += mu_minds(&s->sim)[p].exit == h.west;
        }
        stage_close(s);
    }
    ck_assert_uint_eq(bound[0], bound[1]);
    ck_assert(bound[0] > 45 && bound[0] < 75); /* 60, within three standard deviations */
}
END_TEST

START_TEST(a_closed_door_binds_nobody) {
    hall h;
    stage *s = open_hall(&h, 6, 1, 0);
    stage_open(s, 7, 0);
    stage_move_by(s, _i);
    mu_portals(&s->sim)[h.west].state = MU_PORTAL_CLOSED;
    stage_evacuate(s, MU_GOAL_OUTSIDE);
    stage_run(s, 400);
    ck_assert_uint_eq(chose(s, MU_EXIT_CAME_BY), 6); /* nobody knows of it yet */
    ck_assert_uint_eq(left_by(s, h.east), 6);
    ck_assert_uint_eq(s->no_way, 0);
    stage_close(s);
}
END_TEST

START_TEST(a_sign_shows_another) {
    hall h;
    stage *s = open_hall(&h, 20, 1, 0);
    put_sign(s, &h, 1, 1);
    stage_open(s, 7, 0);
    stage_move_by(s, _i);
    stage_evacuate(s, MU_GOAL_OUTSIDE);
    stage_run(s, 300);
    ck_assert_uint_eq(chose(s, MU_EXIT_SIGN), 20);
    ck_assert_uint_eq(left_by(s, h.east), 20);
    stage_close(s);
}
END_TEST

/* 0.38 of those with it in sight, and 0.97 of them: 37 in 100, within three standard deviations. */
START_TEST(not_everybody_notices_a_sign) {
    hall h;
    stage *s = open_hall(&h, 100, 1, 0);
    put_sign(s, &h, MU_SIGN_NOTICED, MU_SIGN_FOLLOWED);
    stage_open(s, 7, 0);
    stage_evacuate(s, MU_GOAL_OUTSIDE);
    stage_run(s, 0.1);
    const uint32_t turned = chose(s, MU_EXIT_SIGN);
    ck_assert(turned >= 23 && turned <= 51);
    stage_close(s);
}
END_TEST

START_TEST(smoke_hides_a_sign) {
    hall h;
    stage *s = open_hall(&h, 10, 1, 0);
    put_sign(s, &h, 1, 1);
    stage_open(s, 7, 0);
    mu_smoke_set(&s->sim, 1, 40); /* lit signs are seen from 0.2 m */
    stage_evacuate(s, MU_GOAL_OUTSIDE);
    stage_run(s, 0.1);
    ck_assert_uint_eq(chose(s, MU_EXIT_SIGN), 0);
    stage_close(s);
}
END_TEST

/* Nine go back west; one who would go east follows them. */
START_TEST(one_follows_the_others) {
    hall h;
    stage *s = open_hall(&h, 9, 1, 0);
    mu_group *one = stage_group(s, "stray", "visitor", 1, 1);
    one->follows_share = 1;
    stage_open(s, 7, 0);
    stage_move_by(s, _i);
    stage_evacuate(s, MU_GOAL_OUTSIDE);
    stage_run(s, 300);
    ck_assert_uint_eq(chose(s, MU_EXIT_OTHERS), 1);
    ck_assert_uint_eq(left_by(s, h.west), 10);
    stage_close(s);
}
END_TEST

static uint32_t went_back;

static int watch_the_hall(stage *s) {
    for (uint32_t p = 0; p < s->people.list.count; p++) {
        went_back += mu_minds(&s->sim)[p].left_record != MU_NO_RECORD &&
                     mu_bodies(&s->sim)[p].mode != MU_BODY_ABSENT &&
                     mu_bodies(&s->sim)[p].area == 0;
    }
    return 0;
}

/* North of the hall, with the assembly point in the south: round by the lane, not back through. */
START_TEST(who_has_left_does_not_go_back_in) {
    stage *s = stage_new();
    const uint32_t room = stage_room(s, MU_USE_ASSEMBLY, 0, 0, 0, 10, 10);
    const uint32_t north = stage_room(s, MU_USE_OUTDOOR, 0, 0, 10, 10, 20);
    const uint32_t south = stage_room(s, MU_USE_OUTDOOR, 0, 0, -10, 10, 0);
    const uint32_t lane = stage_room(s, MU_USE_OUTDOOR, 0, 10, -10, 40, 20);
    const uint32_t door = stage_portal(s, MU_PORTAL_DOOR, room, north, 4, 10, 6, 10);
    (void)stage_portal(s, MU_PORTAL_DOOR, room, south, 4, 0, 6, 0);
    (void)stage_portal(s, MU_PORTAL_OPENING, north, lane, 10, 17, 10, 19);
    (void)stage_portal(s, MU_PORTAL_OPENING, south, lane, 10, -9, 10, -7);
    (void)stage_assembly(s, south, 3, -5);
    mu_group *group = stage_group(s, "guests", "visitor", 8, room);
    mu_ref came_by = {s->portals[door].id, door};
    group->came_by.items = &came_by;
    group->came_by.count = 1;
    group->came_by_share = 1;
    stage_open(s, 7, 0);
    stage_move_by(s, _i);
    went_back = 0;
    s->watch = watch_the_hall;
    stage_evacuate(s, MU_GOAL_ASSEMBLY);
    stage_run(s, 300);
    ck_assert_uint_eq(left_by(s, door), 8);
    ck_assert_uint_eq(mu_crowd(&s->sim)->in_state[MU_OCCUPANT_OUT], 8);
    ck_assert_uint_eq(went_back, 0);
    stage_close(s);
}
END_TEST

START_TEST(the_ways_out_are_known) {
    hall h;
    stage *s = open_hall(&h, 1, 1, 0);
    stage_open(s, 7, 0);
    stage_evacuate(s, MU_GOAL_OUTSIDE);
    stage_run(s, 0.1);
    mu_exit_option options[3];
    ck_assert_uint_eq(mu_exit_options(&s->sim, 0, options, 3), 2);
    ck_assert_uint_eq(options[0].portal, h.east);
    ck_assert_uint_eq(options[1].portal, h.west);
    ck_assert_double_lt(options[0].cost + 25, options[1].cost);
    ck_assert_double_eq_tol(mu_crowd_way(&s->sim, 0, mu_minds(&s->sim)[0].goal), options[1].cost,
                            1e-9);
    ck_assert_uint_eq(mu_exit_options(&s->sim, 0, options, 1), 1);
    ck_assert_uint_eq(options[0].portal, h.east);
    mu_minds(&s->sim)[0].exit = MU_NONE;
    mu_bodies(&s->sim)[0].gate = MU_GATE_UNCHOSEN;
    ck_assert_uint_eq(mu_exit_of(&s->sim, 0), h.east);
    stage_close(s);
}
END_TEST

/* Two doors on, the way is as free as at the first one, where the door that binds cannot be had. */
START_TEST(who_cannot_go_where_they_are_bound_is_followed_to_the_other_door) {
    stage *s = stage_new();
    const uint32_t hall_room = stage_room(s, MU_USE_ASSEMBLY, 0, 0, 0, 40, 10);
    const uint32_t stand = stage_room(s, MU_USE_ASSEMBLY, 0, 40, 0, 50, 10);
    const uint32_t foyer = stage_room(s, MU_USE_LOBBY, 0, 50, 0, 60, 10);
    const uint32_t west = stage_portal(s, MU_PORTAL_OUTDOOR_EDGE, hall_room, MU_NONE, 0, 4, 0, 6);
    const uint32_t east = stage_portal(s, MU_PORTAL_OUTDOOR_EDGE, foyer, MU_NONE, 60, 4, 60, 6);
    const uint32_t between = stage_portal(s, MU_PORTAL_OPENING, hall_room, stand, 40, 1, 40, 9);
    (void)stage_portal(s, MU_PORTAL_DOOR, stand, foyer, 50, 4, 50, 6);
    (void)stage_group(s, "guests", "visitor", 1, stand);
    stage_open(s, 7, 0);
    stage_move_by(s, _i);
    stage_evacuate(s, MU_GOAL_OUTSIDE);
    stage_run(s, 0.1);
    mu_minds(&s->sim)[0].exit = west;
    mu_crowd_learn(&s->sim, 0, between, true);
    stage_run(s, 0.2);
    ck_assert_uint_eq(mu_exit_of(&s->sim, 0), east);
    stage_close(s);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("exits");
    TCase *tc = tcase_create("doors to the open");
    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, back_the_way_they_came, 0, 2);
    tcase_add_loop_test(tc, without_it_the_nearest, 0, 2);
    tcase_add_test(tc, a_share_goes_back);
    tcase_add_loop_test(tc, a_closed_door_binds_nobody, 0, 2);
    tcase_add_loop_test(tc, a_sign_shows_another, 0, 2);
    tcase_add_test(tc, not_everybody_notices_a_sign);
    tcase_add_test(tc, smoke_hides_a_sign);
    tcase_add_loop_test(tc, one_follows_the_others, 0, 2);
    tcase_add_loop_test(tc, who_has_left_does_not_go_back_in, 0, 2);
    tcase_add_test(tc, the_ways_out_are_known);
    tcase_add_loop_test(tc, who_cannot_go_where_they_are_bound_is_followed_to_the_other_door, 0, 2);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
