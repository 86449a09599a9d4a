/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a roster to persons: whole numbers by largest remainders, stable ids, faults explained. */
#include "runner.h"
#include "stage.h"

/* Three rooms of 20, 30 and 50 m2 on one outdoor space. */
static void three_rooms(stage *s) {
    stage_room(s, MU_USE_OFFICE, 0, 0, 0, 5, 4);
    stage_room(s, MU_USE_OFFICE, 0, 5, 0, 12.5, 4);
    stage_room(s, MU_USE_OFFICE, 0, 12.5, 0, 25, 4);
    const uint32_t open = stage_room(s, MU_USE_OUTDOOR, 0, 0, -10, 30, 0);
    for (uint32_t r = 0; r < 3; r++) {
        const double x = r == 0 ? 1 : r == 1 ? 6 : 14;
        stage_portal(s, MU_PORTAL_DOOR, r, open, x, 0, x + 1, 0);
    }
}

static mu_status make(stage *s) {
    s->walkable = mu_walkable_create(&s->site, s->diags);
    ck_assert_ptr_nonnull(s->walkable);
    return mu_people_create(&s->site, s->walkable, &s->roster, s->arena, s->diags, &s->people);
}

static void drop(stage *s) {
    mu_walkable_destroy(s->walkable);
    mu_diags_destroy(s->diags);
    mu_arena_destroy(s->arena);
    free(s);
}

static const mu_diag *only_error(const stage *s) {
    ck_assert_uint_eq(mu_diags_count(s->diags, MU_ERROR), 1);
    for (size_t i = 0; i < mu_diags_count(s->diags, MU_NOTE); i++) {
        if (mu_diags_get(s->diags, i)->severity == MU_ERROR) {
            return mu_diags_get(s->diags, i);
        }
    }
    return NULL;
}

static uint32_t count_in(const stage *s, uint32_t space) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < s->people.list.count; i++) {
        count += s->people.list.items[i].space == space;
    }
    return count;
}

static mu_group *group_in_all(stage *s, int64_t count) {
    static mu_ref refs[4];
    mu_group *group = stage_group(s, "staff", "staff", count, 0);
    /* Out of order, and one of them twice. */
    const uint32_t order[4] = {2, 0, 1, 2};
    for (int i = 0; i < 4; i++) {
        refs[i] = (mu_ref){s->spaces[order[i]].id, order[i]};
    }
    group->in.items = refs;
    group->in.count = 4;
    return group;
}

/* Largest remainders over 20, 30 and 50 m2, worked out by hand. */
static const struct {
    int64_t count;
    uint32_t in[3];
} spread[] = {
    {10, {2, 3, 5}}, {11, {2, 3, 6}}, {1, {0, 0, 1}}, {3, {1, 1, 1}}, {37, {7, 11, 19}},
};

START_TEST(spread_by_area) {
    stage *s = stage_new();
    three_rooms(s);
    group_in_all(s, spread[_i].count);
    ck_assert_int_eq(make(s), MU_OK);
    ck_assert_uint_eq(s->people.occupants, (uint32_t)spread[_i].count);
    for (uint32_t r = 0; r < 3; r++) {
        ck_assert_uint_eq(count_in(s, r), spread[_i].in[r]);
    }
    drop(s);
}
END_TEST

START_TEST(mobility_shares) {
    stage *s = stage_new();
    three_rooms(s);
    mu_group *group = group_in_all(s, 50);
    s->shares[0] = (mu_mobility_share){MU_MOBILITY_ELDERLY, 0.2};
    s->shares[1] = (mu_mobility_share){MU_MOBILITY_WHEELCHAIR, 0.05};
    group->mobility.items = s->shares;
    group->mobility.count = 2;
    ck_assert_int_eq(make(s), MU_OK);
    uint32_t of_kind[MU_MOBILITY_WHEELCHAIR + 1] = {0}, elderly_in[3] = {0};
    for (uint32_t i = 0; i < 50; i++) {
        const mu_person *person = &s->people.list.items[i];
        of_kind[person->mobility]++;
        elderly_in[person->space] += person->mobility == MU_MOBILITY_ELDERLY;
    }
    /* 37.5, 10 and 2.5 persons: the remainders tie, the lower kind gets the one left over. */
    ck_assert_uint_eq(of_kind[MU_MOBILITY_ADULT], 38);
    ck_assert_uint_eq(of_kind[MU_MOBILITY_ELDERLY], 10);
    ck_assert_uint_eq(of_kind[MU_MOBILITY_WHEELCHAIR], 2);
    for (uint32_t r = 0; r < 3; r++) {
        ck_assert_uint_ge(elderly_in[r], 1); /* each room has its part: 2, 3 and 5 */
    }
    drop(s);
}
END_TEST

START_TEST(names_and_roles) {
    stage *s = stage_new();
    three_rooms(s);
    group_in_all(s, 2);
    mu_member *guard = stage_member(s, "guard", "guard", stage_post(s, 1, 6, 2));
    guard->count = 2;
    guard->phone = true;
    guard->radio = true;
    guard->name = (mu_text){"Guard", "保安"};
    stage_member(s, "chief", "duty_head", stage_post(s, 0, 1, 1))->name =
        (mu_text){"Chief", "负责人"};
    s->units[0] =
        (mu_unit){.id = "police", .name = {"Police", "警察"}, .role = "police", .count = 2};
    s->roster.units.count = 1;
    ck_assert_int_eq(make(s), MU_OK);
    static const char *const ids[] = {"chief",    "guard",     "guard/2",  "police/1",
                                      "police/2", "staff/001", "staff/002"};
    ck_assert_uint_eq(s->people.list.count, 7);
    for (uint32_t i = 0; i < 7; i++) {
        ck_assert_str_eq(s->people.list.items[i].id, ids[i]);
        ck_assert_uint_eq(s->people.list.items[i].hash, mu_name_hash(ids[i]));
    }
    ck_assert_uint_eq(s->people.roles.count, 4);
    ck_assert_uint_eq(mu_people_role(&s->people, "duty_head"), 0);
    ck_assert_uint_eq(mu_people_role(&s->people, "staff"), 3);
    ck_assert_uint_eq(mu_people_role(&s->people, "nobody"), MU_NONE);
    ck_assert_uint_eq(s->people.list.items[1].role, mu_people_role(&s->people, "guard"));
    ck_assert_uint_eq(s->people.list.items[1].space, 1);
    ck_assert(s->people.list.items[2].phone_given && s->people.list.items[2].radio);
    ck_assert(!s->people.list.items[0].phone_given);
    ck_assert_uint_eq(s->people.list.items[3].space, MU_NONE);
    ck_assert_str_eq(mu_person_name(&s->people, 0).zh, "负责人");
    ck_assert_str_eq(mu_person_name(&s->people, 2).en, "Guard (no. 2)");
    ck_assert_str_eq(mu_person_name(&s->people, 4).zh, "警察（2号）");
    ck_assert_str_eq(mu_person_name(&s->people, 5).en, "staff/001");
    drop(s);
}
END_TEST

START_TEST(too_many) {
    stage *s = stage_new();
    three_rooms(s);
    group_in_all(s, _i == 0 ? INT64_C(1000000000) : 150000);
    stage_group(s, "visitors", "visitor", _i == 0 ? 1 : 50001, 0);
    ck_assert_int_eq(make(s), MU_ERR_INPUT);
    ck_assert_str_eq(only_error(s)->code, "roster.too-many");
    drop(s);
}
END_TEST

START_TEST(nowhere_to_be) {
    stage *s = stage_new();
    three_rooms(s);
    s->spaces[0].use = MU_USE_STAIR;
    stage_group(s, "staff", "staff", 3, 0);
    ck_assert_int_eq(make(s), MU_ERR_INPUT);
    ck_assert_str_eq(only_error(s)->code, "roster.no-room");
    ck_assert_ptr_nonnull(strstr(only_error(s)->text, "staff"));
    drop(s);
}
END_TEST

START_TEST(shares_over_one) {
    stage *s = stage_new();
    three_rooms(s);
    mu_group *group = group_in_all(s, 50);
    s->shares[0] = (mu_mobility_share){MU_MOBILITY_ELDERLY, 0.7};
    s->shares[1] = (mu_mobility_share){MU_MOBILITY_STICK, 0.4};
    group->mobility.items = s->shares;
    group->mobility.count = 2;
    ck_assert_int_eq(make(s), MU_ERR_INPUT);
    ck_assert_str_eq(only_error(s)->code, "roster.shares");
    drop(s);
}
END_TEST

START_TEST(member_nowhere_and_one_name_twice) {
    stage *s = stage_new();
    three_rooms(s);
    if (_i == 0) {
        stage_member(s, "guard", "guard", stage_post(s, 1, 6, 2))->post = (mu_ref){NULL, MU_NONE};
    } else {
        stage_member(s, "police", "guard", stage_post(s, 1, 6, 2))->count = 2;
        s->units[0] = (mu_unit){.id = "police", .role = "police", .count = 2};
        s->roster.units.count = 1;
    }
    ck_assert_int_eq(make(s), MU_ERR_INPUT);
    ck_assert_str_eq(only_error(s)->code, _i == 0 ? "roster.nowhere" : "roster.same-person");
    drop(s);
}
END_TEST

START_TEST(nobody_at_all) {
    stage *s = stage_new();
    three_rooms(s);
    ck_assert_int_eq(make(s), MU_OK);
    ck_assert_uint_eq(s->people.list.count, 0);
    ck_assert_uint_eq(mu_people_role(&s->people, "staff"), MU_NONE);
    drop(s);
}
END_TEST

/* Of several who are alike the last have no radio, and those before them a dead one. */
START_TEST(radios_of_several) {
    static const struct {
        bool radio, works;
        int64_t away, dead;
        int wanted[4];
    } given[] = {
        {true, true, 0, 0, {MU_RADIO_WORKS, MU_RADIO_WORKS, MU_RADIO_WORKS, MU_RADIO_WORKS}},
        {true, true, 1, 2, {MU_RADIO_WORKS, MU_RADIO_DEAD, MU_RADIO_DEAD, MU_RADIO_NONE}},
        {true, true, 3, 9, {MU_RADIO_DEAD, MU_RADIO_NONE, MU_RADIO_NONE, MU_RADIO_NONE}},
        {true, false, 2, 0, {MU_RADIO_DEAD, MU_RADIO_DEAD, MU_RADIO_NONE, MU_RADIO_NONE}},
        {false, true, 0, 2, {MU_RADIO_NONE, MU_RADIO_NONE, MU_RADIO_NONE, MU_RADIO_NONE}}};
    stage *s = stage_new();
    three_rooms(s);
    mu_member *guard = stage_member(s, "guard", "guard", stage_post(s, 1, 6, 2));
    guard->count = 4;
    guard->radio = given[_i].radio;
    guard->radio_works = given[_i].works;
    guard->radios_away = given[_i].away;
    guard->radios_dead = given[_i].dead;
    ck_assert_int_eq(make(s), MU_OK);
    for (uint32_t k = 0; k < 4; k++) {
        ck_assert_int_eq(s->people.list.items[k].radio, given[_i].wanted[k]);
    }
    drop(s);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("people");
    TCase *tc = tcase_create("roster to persons");
    tcase_add_loop_test(tc, spread_by_area, 0, (int)(sizeof spread / sizeof spread[0]));
    tcase_add_test(tc, mobility_shares);
    tcase_add_test(tc, names_and_roles);
    tcase_add_loop_test(tc, too_many, 0, 2);
    tcase_add_test(tc, nowhere_to_be);
    tcase_add_test(tc, shares_over_one);
    tcase_add_loop_test(tc, member_nowhere_and_one_name_twice, 0, 2);
    tcase_add_test(tc, nobody_at_all);
    tcase_add_loop_test(tc, radios_of_several, 0, 5);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
