/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults of a site: each is found, once, where it is, and all of them in one go. */
#include "runner.h"
#include "sketch.h"

/* Two offices on a corridor, a stair to an upper hall, the open in front. */
typedef struct house {
    sketch s;
    uint32_t corridor, left, right, hall, open;
    uint32_t left_door, right_door, exit, stair;
} house;

static house house_new(void) {
    house h = {.s = sketch_new()};
    sketch *s = &h.s;
    const double line[4] = {0, 0.3, 0, 1.7};
    h.corridor = sketch_room(s, MU_USE_CORRIDOR, 0, 0, 0, 12, 2);
    h.left = sketch_room(s, MU_USE_OFFICE, 0, 0, 2.2, 6, 7);
    h.right = sketch_room(s, MU_USE_OFFICE, 0, 6.2, 2.2, 12, 7);
    h.hall = sketch_room(s, MU_USE_LOBBY, 1, 0, 0, 12, 7);
    h.open = sketch_room(s, MU_USE_OUTDOOR, 0, 12.3, -5, 30, 12);
    h.left_door = sketch_door(s, h.left, h.corridor, 2, 2.2, 3, 2.2);
    h.right_door = sketch_door(s, h.right, h.corridor, 8, 2.2, 9, 2.2);
    h.exit = sketch_door(s, h.corridor, h.open, 12, 0.4, 12, 1.6);
    h.stair = sketch_stair(s, h.corridor, h.hall, line, line);
    return h;
}

static void check_faults(house *h) {
    mu_walkable *made = mu_walkable_create(&h->s.site, h->s.diags);
    mu_walkable_destroy(h->s.walkable);
    h->s.walkable = made;
}

/* Exactly one error, with this code, at this place. */
static void expect_only(house *h, const char *code, const char *path) {
    uint32_t count;
    check_faults(h);
    const mu_diag *diag = sketch_find(&h->s, code, &count);
    if (count != 1 || mu_diags_count(h->s.diags, MU_ERROR) != 1) {
        sketch_print(&h->s);
    }
    ck_assert_msg(diag != NULL, "no %s", code);
    ck_assert_uint_eq(count, 1);
    ck_assert_uint_eq(mu_diags_count(h->s.diags, MU_ERROR), 1);
    ck_assert_ptr_null(h->s.walkable);
    ck_assert_str_eq(diag->where.path, path);
    ck_assert_str_eq(diag->where.file, "sketch");
    sketch_free(&h->s);
}

static mu_space *space(house *h, uint32_t index) {
    return &h->s.site.spaces.items[index];
}

static mu_portal *portal(house *h, uint32_t index) {
    return &h->s.site.portals.items[index];
}

START_TEST(a_sound_site_has_no_faults) {
    house h = house_new();
    check_faults(&h);
    sketch_print(&h.s);
    ck_assert_ptr_nonnull(h.s.walkable);
    ck_assert_uint_eq(mu_diags_count(h.s.diags, MU_NOTE), 0);
    sketch_free(&h.s);
}
END_TEST

START_TEST(beyond_is_the_other_side) {
    house h = house_new();
    ck_assert_uint_eq(mu_site_beyond(&h.s.site, h.left_door, h.left), h.corridor);
    ck_assert_uint_eq(mu_site_beyond(&h.s.site, h.left_door, h.corridor), h.left);
    ck_assert_uint_eq(mu_site_beyond(&h.s.site, h.left_door, h.right), MU_NONE);
    uint32_t edge = sketch_door(&h.s, h.open, MU_NONE, 30, 0, 30, 4);
    ck_assert_uint_eq(mu_site_beyond(&h.s.site, edge, h.open), MU_NONE);
    sketch_free(&h.s);
}
END_TEST

START_TEST(crossed_ring) {
    house h = house_new();
    const double bow[8] = {0, 2.2, 6, 7, 6, 2.2, 0, 7};
    space(&h, h.left)->polygon = sketch_ring(&h.s, 4, bow);
    expect_only(&h, "site.ring-crosses", "$.spaces[1]");
}
END_TEST

START_TEST(no_area) {
    house h = house_new();
    const double flat[6] = {0, 2.2, 3, 2.2, 6, 2.2};
    space(&h, h.left)->polygon = sketch_ring(&h.s, 3, flat);
    expect_only(&h, "site.no-area", "$.spaces[1]");
}
END_TEST

START_TEST(hole_outside) {
    house h = house_new();
    const double far[8] = {50, 50, 51, 50, 51, 51, 50, 51};
    sketch_hole(&h.s, h.left, 4, far);
    expect_only(&h, "site.hole", "$.spaces[1]");
}
END_TEST

START_TEST(too_large) {
    house h = house_new();
    const double huge[8] = {12.3, -5, 1e6, -5, 1e6, 12, 12.3, 12};
    space(&h, h.open)->polygon = sketch_ring(&h.s, 4, huge);
    expect_only(&h, "site.too-large", "$.spaces[4]");
}
END_TEST

START_TEST(overlap) {
    const double wide[8] = {6.2, 2.2, 12, 2.2, 12, 7, 5.5, 7};
    house h = house_new();
    space(&h, h.right)->polygon = sketch_ring(&h.s, 4, wide);
    check_faults(&h);
    const mu_diag *diag = sketch_find(&h.s, "site.overlap", NULL);
    ck_assert_ptr_nonnull(diag);
    /* A triangle: its slanted side meets x = 6 at y, its base is half a metre at y = 7. */
    double y = 2.2 + 4.8 * (0.2 / 0.7);
    char text[32];
    snprintf(text, sizeof text, "%.2f m²", 0.5 * 0.5 * (7 - y));
    ck_assert_msg(strstr(diag->text, text) != NULL, "%s in %s", text, diag->text);
    sketch_free(&h.s);
    h = house_new();
    space(&h, h.right)->polygon = sketch_ring(&h.s, 4, wide);
    expect_only(&h, "site.overlap", "$.spaces[2]");
}
END_TEST

START_TEST(door_in_no_wall) {
    house h = house_new();
    const double inside[4] = {2, 3.2, 3, 3.2};
    portal(&h, h.left_door)->line = sketch_ring(&h.s, 2, inside);
    check_faults(&h);
    uint32_t count;
    const mu_diag *diag = sketch_find(&h.s, "site.door-in-no-wall", &count);
    ck_assert_ptr_nonnull(diag);
    ck_assert_uint_eq(count, 1);
    ck_assert_msg(strstr(diag->text, "1.00 m") != NULL, "%s", diag->text);
    ck_assert_str_eq(diag->where.path, "$.portals[0]");
    sketch_free(&h.s);
}
END_TEST

START_TEST(door_across_the_wall) {
    house h = house_new();
    const double across[4] = {3, 2.0, 3, 2.9};
    portal(&h, h.left_door)->line = sketch_ring(&h.s, 2, across);
    check_faults(&h);
    ck_assert_ptr_nonnull(sketch_find(&h.s, "site.door-in-no-wall", NULL));
    sketch_free(&h.s);
}
END_TEST

START_TEST(door_between_spaces_that_do_not_face) {
    house h = house_new();
    portal(&h, h.left_door)->between.items[1].index = h.right; /* beside it, not opposite */
    check_faults(&h);
    ck_assert_ptr_nonnull(sketch_find(&h.s, "site.door-in-no-wall", NULL));
    sketch_free(&h.s);
}
END_TEST

START_TEST(narrow_door) {
    house h = house_new();
    portal(&h, h.left_door)->width_m = 0.4;
    expect_only(&h, "site.door-narrow", "$.portals[0]");
}
END_TEST

START_TEST(door_with_one_side) {
    house h = house_new();
    portal(&h, h.left_door)->between.count = 1;
    expect_only(&h, "site.portal-sides", "$.portals[0]");
}
END_TEST

START_TEST(edge_with_two_sides) {
    house h = house_new();
    portal(&h, h.exit)->kind = MU_PORTAL_OUTDOOR_EDGE;
    expect_only(&h, "site.portal-sides", "$.portals[2]");
}
END_TEST

START_TEST(door_to_nowhere) {
    house h = house_new();
    portal(&h, h.left_door)->between.items[1].index = MU_NONE;
    expect_only(&h, "site.portal-nowhere", "$.portals[0]");
}
END_TEST

START_TEST(door_back_into_itself) {
    house h = house_new();
    portal(&h, h.left_door)->between.items[1].index = h.left;
    expect_only(&h, "site.portal-loop", "$.portals[0]");
}
END_TEST

START_TEST(line_of_one_point) {
    house h = house_new();
    portal(&h, h.left_door)->line.count = 1;
    expect_only(&h, "site.portal-line", "$.portals[0]");
}
END_TEST

START_TEST(stair_without_head) {
    house h = house_new();
    portal(&h, h.stair)->upper_line.count = 0;
    expect_only(&h, "site.portal-line", "$.portals[3]");
}
END_TEST

START_TEST(door_with_head) {
    house h = house_new();
    portal(&h, h.left_door)->upper_line = portal(&h, h.left_door)->line;
    expect_only(&h, "site.portal-line", "$.portals[0]");
}
END_TEST

START_TEST(door_between_levels) {
    house h = house_new();
    portal(&h, h.stair)->kind = MU_PORTAL_DOOR;
    portal(&h, h.stair)->upper_line.count = 0;
    expect_only(&h, "site.portal-levels", "$.portals[3]");
}
END_TEST

START_TEST(stair_that_goes_down) {
    house h = house_new();
    portal(&h, h.stair)->between.items[0].index = h.hall;
    portal(&h, h.stair)->between.items[1].index = h.corridor;
    expect_only(&h, "site.stair-rise", "$.portals[3]");
}
END_TEST

START_TEST(stair_on_one_level) {
    house h = house_new();
    h.s.site.levels.items[1].elevation_m = 0;
    expect_only(&h, "site.stair-rise", "$.portals[3]");
}
END_TEST

START_TEST(stair_shorter_than_its_rise) {
    house h = house_new();
    portal(&h, h.stair)->length_m = 2;
    expect_only(&h, "site.stair-length", "$.portals[3]");
}
END_TEST

static void add_post(house *h, uint32_t in, double x, double y) {
    mu_site *site = &h->s.site;
    site->posts.items[site->posts.count] =
        (mu_post){.origin = sketch_origin(&h->s, "posts", site->posts.count),
                  .id = "desk",
                  .space = {"s", in},
                  .at = {x, y}};
    site->posts.count++;
}

START_TEST(post_outside_its_space) {
    house h = house_new();
    add_post(&h, h.left, 8, 4);
    check_faults(&h);
    const mu_diag *diag = sketch_find(&h.s, "site.point-outside", NULL);
    ck_assert_ptr_nonnull(diag);
    ck_assert_msg(strstr(diag->text, "2.00 m") && strstr(diag->text, "'s2'"), "%s", diag->text);
    sketch_free(&h.s);
    h = house_new();
    add_post(&h, h.left, 8, 4);
    expect_only(&h, "site.point-outside", "$.posts[0]");
}
END_TEST

START_TEST(post_on_the_border_is_inside) {
    house h = house_new();
    add_post(&h, h.left, 6, 4);
    check_faults(&h);
    ck_assert_uint_eq(mu_diags_count(h.s.diags, MU_WARNING), 0);
    sketch_free(&h.s);
}
END_TEST

START_TEST(post_in_a_lift) {
    house h = house_new();
    add_post(&h, h.left, 3, 4);
    space(&h, h.left)->use = MU_USE_LIFT;
    expect_only(&h, "site.point-unreachable", "$.posts[0]");
}
END_TEST

START_TEST(assembly_point_outside) {
    house h = house_new();
    mu_site *site = &h.s.site;
    site->assembly_points.items[0] =
        (mu_assembly){.origin = sketch_origin(&h.s, "assembly_points", 0),
                      .id = "lawn",
                      .space = {"s", h.open},
                      .at = {0, 40}};
    site->assembly_points.count = 1;
    expect_only(&h, "site.point-outside", "$.assembly_points[0]");
}
END_TEST

START_TEST(all_faults_in_one_go) {
    house h = house_new();
    const double bow[8] = {6.2, 2.2, 12, 7, 12, 2.2, 6.2, 7}, inside[4] = {2, 3.2, 3, 3.2};
    space(&h, h.right)->polygon = sketch_ring(&h.s, 4, bow);
    portal(&h, h.left_door)->line = sketch_ring(&h.s, 2, inside);
    portal(&h, h.exit)->width_m = 0.3;
    portal(&h, h.stair)->length_m = 1;
    add_post(&h, h.corridor, 3, 9);
    check_faults(&h);
    const char *codes[] = {"site.ring-crosses", "site.door-in-no-wall", "site.door-narrow",
                           "site.stair-length", "site.point-outside",   NULL};
    for (size_t k = 0; codes[k]; k++) {
        ck_assert_msg(sketch_find(&h.s, codes[k], NULL) != NULL, "%s is missing", codes[k]);
    }
    ck_assert_uint_eq(mu_diags_count(h.s.diags, MU_ERROR), 5);
    sketch_free(&h.s);
}
END_TEST

START_TEST(door_given_twice) {
    house h = house_new();
    sketch_door(&h.s, h.corridor, h.left, 3.05, 2.1, 2.05, 2.1);
    check_faults(&h);
    uint32_t count;
    const mu_diag *diag = sketch_find(&h.s, "site.portal-twice", &count);
    ck_assert_ptr_nonnull(diag);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(diag->severity, MU_WARNING);
    ck_assert_ptr_nonnull(h.s.walkable);
    sketch_free(&h.s);
}
END_TEST

/* The only diagnostic is about ways out; returns it. */
static const mu_diag *expect_no_exit(house *h, mu_severity severity) {
    check_faults(h);
    uint32_t count;
    const mu_diag *diag = sketch_find(&h->s, "site.no-exit", &count);
    ck_assert_ptr_nonnull(h->s.walkable);
    ck_assert_ptr_nonnull(diag);
    ck_assert_uint_eq(count, 1);
    ck_assert_uint_eq(mu_diags_count(h->s.diags, MU_NOTE), 1);
    ck_assert_int_eq(diag->severity, severity);
    return diag;
}

START_TEST(room_without_a_portal) {
    house h = house_new();
    h.s.site.portals.items[h.left_door] = h.s.site.portals.items[h.stair];
    h.s.site.portals.count = 3; /* the stair takes the place of the left door */
    const mu_diag *diag = expect_no_exit(&h, MU_WARNING);
    ck_assert_ptr_nonnull(strstr(diag->text, "s1"));
    ck_assert_str_eq(diag->where.path, "$.spaces[1]");
    ck_assert_int_eq(mu_area_way_out(h.s.walkable, h.left), MU_WAY_OUT_NO_PORTAL);
    ck_assert_int_eq(mu_area_way_out(h.s.walkable, h.right), MU_WAY_OUT_OPEN);
    sketch_free(&h.s);
}
END_TEST

START_TEST(building_without_an_exit) {
    house h = house_new();
    h.s.site.portals.items[h.exit] = h.s.site.portals.items[h.stair];
    h.s.site.portals.count = 3;
    const mu_diag *diag = expect_no_exit(&h, MU_WARNING);
    ck_assert_msg(strstr(diag->text, "4 spaces") && strstr(diag->text, "s0, s1, s2, s3"), "%s",
                  diag->text);
    ck_assert_int_eq(mu_area_way_out(h.s.walkable, h.hall), MU_WAY_OUT_ENCLOSED);
    ck_assert_int_eq(mu_area_way_out(h.s.walkable, h.open), MU_WAY_OUT_OPEN);
    sketch_free(&h.s);
}
END_TEST

START_TEST(room_behind_a_closed_door) {
    house h = house_new();
    portal(&h, h.left_door)->state = MU_PORTAL_CLOSED;
    expect_no_exit(&h, MU_WARNING);
    ck_assert_int_eq(mu_area_way_out(h.s.walkable, h.left), MU_WAY_OUT_CLOSED);
    sketch_free(&h.s);
}
END_TEST

START_TEST(room_behind_a_key) {
    house h = house_new();
    portal(&h, h.left_door)->access = MU_ACCESS_KEY;
    expect_no_exit(&h, MU_NOTE);
    ck_assert_int_eq(mu_area_way_out(h.s.walkable, h.left), MU_WAY_OUT_KEY);
    sketch_free(&h.s);
}
END_TEST

START_TEST(room_that_is_only_entered) {
    house h = house_new();
    mu_portal *door = portal(&h, h.left_door);
    door->state = MU_PORTAL_EXIT_ONLY; /* out of the first space: still an exit */
    check_faults(&h);
    ck_assert_uint_eq(mu_diags_count(h.s.diags, MU_NOTE), 0);
    door->between.items[0].index = h.corridor;
    door->between.items[1].index = h.left;
    expect_no_exit(&h, MU_WARNING);
    ck_assert_int_eq(mu_area_way_out(h.s.walkable, h.left), MU_WAY_OUT_AGAINST);
    sketch_free(&h.s);
}
END_TEST

START_TEST(pass_doors_open_for_all) {
    house h = house_new();
    portal(&h, h.left_door)->access = MU_ACCESS_PASS;
    check_faults(&h);
    ck_assert_uint_eq(mu_diags_count(h.s.diags, MU_NOTE), 0);
    sketch_free(&h.s);
}
END_TEST

static Suite *site_suite(void) {
    Suite *suite = suite_create("site");
    TCase *faults = tcase_create("faults");
    const TTest *tests[] = {a_sound_site_has_no_faults,
                            beyond_is_the_other_side,
                            crossed_ring,
                            no_area,
                            hole_outside,
                            too_large,
                            overlap,
                            door_in_no_wall,
                            door_across_the_wall,
                            door_between_spaces_that_do_not_face,
                            narrow_door,
                            door_with_one_side,
                            edge_with_two_sides,
                            door_to_nowhere,
                            door_back_into_itself,
                            line_of_one_point,
                            stair_without_head,
                            door_with_head,
                            door_between_levels,
                            stair_that_goes_down,
                            stair_on_one_level,
                            stair_shorter_than_its_rise,
                            post_outside_its_space,
                            post_on_the_border_is_inside,
                            post_in_a_lift,
                            assembly_point_outside,
                            all_faults_in_one_go,
                            door_given_twice,
                            room_without_a_portal,
                            building_without_an_exit,
                            room_behind_a_closed_door,
                            room_behind_a_key,
                            room_that_is_only_entered,
                            pass_doors_open_for_all,
                            NULL};
    for (size_t k = 0; tests[k]; k++) {
        tcase_add_test(faults, tests[k]);
    }
    suite_add_tcase(suite, faults);
    return suite;
}

int main(void) {
    return run_suite(site_suite());
}
