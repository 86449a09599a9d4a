/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measuring methods on trails that are written by hand, so that the answers are known. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runner.h"
#include "site/geometry_geos.h"
#include "verify/case_measure.h"
#include "verify/figure.h"
#include "verify/measure.h"

#define NEAR(a, b) ck_assert_double_eq_tol((a), (b), 1e-6)

/* Persons one behind the other along y = aside, all at one speed: number k is at -k * spacing when
 * the clock starts at `start_s`, and leaves after `seconds`. */
static mu_trail *file_of(uint32_t count, double spacing, double speed, double aside, double start_s,
                         double seconds) {
    mu_trail *trail = mu_trail_create(count, start_s, 0.1);
    ck_assert_ptr_nonnull(trail);
    for (uint32_t f = 0; f * 0.1 <= seconds + 1e-9; f++) {
        for (uint32_t p = 0; p < count; p++) {
            mu_trail_add(trail, p, (mu_trail_point){speed * f * 0.1 - p * spacing, aside, 0, 0});
        }
        mu_trail_next(trail);
    }
    return trail;
}

static const mu_line line_at_1 = {{1.03, -1}, {1.03, 1}};

START_TEST(test_crossing_lies_between_frames) {
    mu_trail *trail = file_of(1, 0, 1, 0, 5, 4);
    NEAR(mu_measure_crossing(trail, 0, line_at_1, MU_WAY_ANY, -INFINITY), 6.03);
    NEAR(mu_measure_crossing(trail, 0, line_at_1, MU_WAY_RIGHTWARD, -INFINITY), 6.03);
    ck_assert(isnan(mu_measure_crossing(trail, 0, line_at_1, MU_WAY_LEFTWARD, -INFINITY)));
    ck_assert(isnan(mu_measure_crossing(trail, 0, line_at_1, MU_WAY_ANY, 7)));
    const mu_line beside = {{1.03, 1}, {1.03, 2}};
    ck_assert(isnan(mu_measure_crossing(trail, 0, beside, MU_WAY_ANY, -INFINITY)));
    mu_trail_destroy(trail);
}
END_TEST

/* Eleven persons, one each half second: two a second. */
START_TEST(test_flow) {
    mu_trail *trail = file_of(11, 0.5, 1, 0, 0, 10);
    mu_times times;
    ck_assert(mu_measure_crossings(trail, line_at_1, MU_WAY_ANY, &times));
    ck_assert_uint_eq(times.count, 11);
    NEAR(times.s[0], 1.03);
    NEAR(mu_times_flow(&times), 2);
    NEAR(mu_times_steady_flow(&times), 2);
    NEAR(mu_times_window_flow(&times, 2, 4.1), 2);
    ck_assert(isnan(mu_times_window_flow(&times, 2, 2.1)));
    NEAR(mu_times_at(&times, 0), 1.03);
    NEAR(mu_times_at(&times, 0.2), 1.03 + 2 * 0.5); /* of 11: the third */
    NEAR(mu_times_at(&times, 1), 1.03 + 10 * 0.5);
    free(times.s);
    mu_trail_destroy(trail);
}
END_TEST

/* A flow that stops for a while: the mean sees it, the steady part need not. */
START_TEST(test_steady_flow_leaves_the_ends_out) {
    double s[10] = {0, 10, 11, 12, 13, 14, 15, 16, 30, 60};
    const mu_times times = {10, s};
    NEAR(mu_times_flow(&times), 9 / 60.0);
    NEAR(mu_times_steady_flow(&times), 6 / 6.0); /* second to eighth */
    const mu_times one = {1, s};
    ck_assert(isnan(mu_times_flow(&one)) && isnan(mu_times_steady_flow(&one)));
}
END_TEST

/* 0.8 m apart at 1.2 m/s in an area of 2 m by 1.5 m: while one is in there, so are the two next to
 * them for 1.2 of the 2 m and the two after those for 0.4: 2.6 persons on 3 square metres. */
START_TEST(test_method_b) {
    mu_trail *trail = file_of(60, 0.8, 1.2, 0, 0, 40);
    mu_point corners[4] = {{0.5, -0.75}, {2.5, -0.75}, {2.5, 0.75}, {0.5, 0.75}};
    const mu_ring area = {corners, 4};
    mu_pairs pairs;
    ck_assert(mu_measure_method_b(trail, &area, 10, 30, &pairs));
    ck_assert_uint_eq(pairs.count, 30); /* 1.5 a second for 20 s */
    ck_assert_double_eq_tol(mu_pairs_mean_speed(&pairs), 1.2, 1e-4);
    ck_assert_double_eq_tol(mu_pairs_mean_density(&pairs), 2.6 / 3, 1e-4);
    free(pairs.items);
    mu_trail_destroy(trail);
}
END_TEST

START_TEST(test_method_c) {
    mu_trail *trail = file_of(60, 0.8, 1.2, 0, 0, 40);
    mu_point corners[4] = {{0, -0.75}, {8, -0.75}, {8, 0.75}, {0, 0.75}};
    const mu_ring area = {corners, 4};
    mu_pairs pairs;
    ck_assert(mu_measure_method_c(trail, &area, 10, 30, 1, 0.4, &pairs));
    ck_assert_uint_eq(pairs.count, 21);
    ck_assert_double_eq_tol(mu_pairs_mean_density(&pairs), 10 / 12.0, 0.02);
    NEAR(mu_pairs_mean_speed(&pairs), 1.2);
    free(pairs.items);
    ck_assert(mu_measure_method_c(trail, &area, 39.5, 39.6, 1, 0.4, &pairs));
    NEAR(pairs.items[0].density_per_m2, 10 / 12.0);
    free(pairs.items);
    mu_trail_destroy(trail);
}
END_TEST

START_TEST(test_nobody_gives_no_number) {
    mu_trail *trail = file_of(1, 0, 1, 5, 0, 2);
    mu_point corners[4] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
    const mu_ring area = {corners, 4};
    mu_pairs pairs;
    ck_assert(mu_measure_method_b(trail, &area, 0, 2, &pairs));
    ck_assert_uint_eq(pairs.count, 0);
    ck_assert(isnan(mu_pairs_mean_density(&pairs)) && isnan(mu_pairs_mean_speed(&pairs)));
    free(pairs.items);
    ck_assert(mu_measure_method_c(trail, &area, 0, 2, 1, 0.4, &pairs));
    NEAR(mu_pairs_mean_density(&pairs), 0);
    ck_assert(isnan(mu_pairs_mean_speed(&pairs)));
    free(pairs.items);
    ck_assert(isnan(mu_measure_quantile(NULL, 0, 0.5)) && isnan(mu_measure_mean(NULL, 0)));
    mu_trail_destroy(trail);
}
END_TEST

START_TEST(test_quantile_and_ring) {
    const double values[5] = {1, 2, 3, 4, 10};
    NEAR(mu_measure_quantile(values, 5, 0.5), 3);
    NEAR(mu_measure_quantile(values, 5, 0.9), 7.6);
    NEAR(mu_measure_quantile(values, 5, 1), 10);
    mu_point points[5] = {{0, 0}, {4, 0}, {4, 4}, {2, 1}, {0, 4}}; /* with a notch */
    const mu_ring ring = {points, 5};
    NEAR(mu_measure_ring_m2(&ring), 10);
    ck_assert(mu_measure_inside(&ring, (mu_point){0.5, 2}));
    ck_assert(!mu_measure_inside(&ring, (mu_point){2, 2}));
}
END_TEST

/* Who comes back after a gap stood still in it. */
START_TEST(test_trail_fills_gaps) {
    mu_trail *trail = mu_trail_create(1, 0, 1);
    mu_trail_next(trail);
    mu_trail_add(trail, 0, (mu_trail_point){1, 1, 0, 0});
    mu_trail_next(trail);
    mu_trail_next(trail);
    mu_trail_add(trail, 0, (mu_trail_point){2, 1, 0, 0});
    mu_trail_next(trail);
    ck_assert_ptr_null(mu_trail_at(trail, 0, 0));
    NEAR(mu_trail_at(trail, 0, 2)->x, 1);
    NEAR(mu_trail_at(trail, 0, 3)->x, 2);
    ck_assert_ptr_null(mu_trail_at(trail, 0, 4));
    mu_trail_destroy(trail);
}
END_TEST

/* Samples at the middles of ten equal parts are 0.05 off at most; Stephens' factor for ten
 * is 3.317, and Kolmogorov's chance beyond 0.166 is 1. Squeezed into a half they are 0.5
 * off: 1.658, 0.0082. */
START_TEST(test_ks) {
    const mu_dist uniform = {.kind = MU_DIST_UNIFORM, .a = 0, .b = 1};
    double even[10], half[10];
    for (int i = 0; i < 10; i++) {
        even[i] = (i + 0.5) / 10;
        half[i] = even[i] / 2;
    }
    NEAR(mu_measure_ks(even, 10, &uniform, 0, 0), 1);
    ck_assert_double_eq_tol(mu_measure_ks(half, 10, &uniform, 0, 0), 0.0058, 0.004);
    const mu_dist normal = {.kind = MU_DIST_NORMAL, .a = 0.5, .b = 100};
    ck_assert_double_gt(mu_measure_ks(even, 10, &normal, 0, 1), 0.99); /* cut flat */
}
END_TEST

static mu_figure_meaning read(const char *group, const char *name) {
    static const char *const lines[] = {"in", "corner", "out"};
    static const mu_point ways[] = {{1, 0}, {-1, 0}};
    const mu_figure_names names = {lines, 3, ways, 2};
    return mu_figure_read_name(&names, &group, group != NULL ? 1 : 0, name);
}

/* Samples at the quantiles of a distribution follow it as closely as so many can; the same ones,
 * all half as large again, do not. */
START_TEST(test_ks_of_every_distribution) {
    static const mu_dist all[] = {{.kind = MU_DIST_CONSTANT, .a = 2},
                                  {.kind = MU_DIST_UNIFORM, .a = 1, .b = 3},
                                  {.kind = MU_DIST_TRIANGULAR, .a = 1, .b = 2, .c = 4},
                                  {.kind = MU_DIST_NORMAL, .a = 5, .b = 1},
                                  {.kind = MU_DIST_LOGNORMAL, .a = 30, .b = 0.5},
                                  {.kind = MU_DIST_EXPONENTIAL, .a = 4},
                                  {.kind = MU_DIST_GAMMA, .a = 4, .b = 2},
                                  {.kind = MU_DIST_WEIBULL, .a = 4, .b = 1.5}};
    enum { SAMPLES = 400 };
    for (size_t d = 0; d < sizeof all / sizeof all[0]; d++) {
        double own[SAMPLES], larger[SAMPLES], smaller[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            own[i] = mu_dist_quantile(&all[d], (i + 0.5) / SAMPLES);
            larger[i] = 1.5 * own[i];
            smaller[i] = own[i] / 1.5;
        }
        ck_assert_double_gt(mu_measure_ks(own, SAMPLES, &all[d], 0, 0), 0.999);
        ck_assert_double_lt(mu_measure_ks(larger, SAMPLES, &all[d], 0, 0), 1e-6);
        ck_assert_double_lt(mu_measure_ks(smaller, SAMPLES, &all[d], 0, 0), 1e-6);
    }
}
END_TEST

START_TEST(test_names_of_flow) {
    ck_assert_int_eq(read(NULL, "N_crossed").quantity, MU_QUANTITY_CROSSED);
    ck_assert_int_eq(read(NULL, "t_first_s").quantity, MU_QUANTITY_FIRST);
    ck_assert_int_eq(read(NULL, "duration_first_to_last_s").quantity, MU_QUANTITY_DURATION);
    ck_assert_int_eq(read(NULL, "mean_flow_per_s").quantity, MU_QUANTITY_FLOW);
    const mu_figure_meaning steady = read(NULL, "steady_flow_20_80_per_s");
    ck_assert(steady.quantity == MU_QUANTITY_FLOW_STEADY && steady.by_share && !steady.specific);
    const mu_figure_meaning exit = read("exit_flow_y-4", "specific_mean_flow_per_m_s");
    ck_assert(exit.quantity == MU_QUANTITY_FLOW && exit.specific);
    ck_assert(exit.place.spot == MU_SPOT_ACROSS && exit.place.axis == 'y');
    NEAR(exit.place.coordinate, -4);
    ck_assert_int_eq(read("exit_flow_y-4", "window_flow_per_s").quantity, MU_QUANTITY_FLOW_WINDOW);
    ck_assert_int_eq(read("exit_flow_y-4", "width_m").quantity, MU_QUANTITY_GIVEN);
    ck_assert_int_eq(read(NULL, "steady_state_window_s").quantity, MU_QUANTITY_GIVEN);
    const mu_figure_meaning share = read("t_at_fraction_s", "95");
    ck_assert_int_eq(share.quantity, MU_QUANTITY_AT_SHARE);
    NEAR(share.share, 0.95);
    ck_assert_int_eq(read("left", "steady_flow_20_80_per_s").way, 1);
    ck_assert_int_eq(read(NULL, "mood").quantity, MU_QUANTITY_UNKNOWN);
}
END_TEST

START_TEST(test_names_of_areas) {
    const mu_figure_meaning front = read(NULL, "density_in_front_0.8x0.8_p90_per_m2");
    ck_assert(front.quantity == MU_QUANTITY_IN_AREA && front.aspect == MU_ASPECT_DENSITY);
    ck_assert(front.place.spot == MU_SPOT_FRONT && front.reduction == MU_REDUCTION_QUANTILE);
    NEAR(front.width_m, 0.8);
    NEAR(front.depth_m, 0.8);
    NEAR(front.share, 0.9);
    const mu_figure_meaning neck = read(NULL, "bottleneck_speed_mean_10_45s_m_s");
    ck_assert(neck.aspect == MU_ASPECT_SPEED && neck.place.spot == MU_SPOT_BOTTLENECK);
    ck_assert(neck.windowed);
    NEAR(neck.from_s, 10);
    NEAR(neck.to_s, 45);
    const mu_figure_meaning b = read("method_B_mean", "rho");
    ck_assert(b.quantity == MU_QUANTITY_METHOD_B && b.aspect == MU_ASPECT_DENSITY);
    ck_assert_int_eq(read("method_B_mean", "v").aspect, MU_ASPECT_SPEED);
    ck_assert_int_eq(read("method_C_mean", "n").aspect, MU_ASPECT_COUNT);
    const mu_figure_meaning after = read(NULL, "density_speed_after_corner_method_C_1s");
    ck_assert(after.quantity == MU_QUANTITY_METHOD_C && after.place.spot == MU_SPOT_AFTER);
    NEAR(after.every_s, 1);
    const mu_figure_meaning transit = read("transit_x3_to_y3.5_s", "p10");
    ck_assert(transit.quantity == MU_QUANTITY_TRANSIT && transit.place.axis == 'x' &&
              transit.to.axis == 'y');
    NEAR(transit.to.coordinate, 3.5);
}
END_TEST

/* An obstacle that touches the border becomes part of the outline; one inside it, a hole. */
START_TEST(test_floor_less_obstacles) {
    mu_arena *arena = mu_arena_create();
    mu_point room[4] = {{0, 0}, {10, 0}, {10, 5}, {0, 5}};
    mu_point jamb[4] = {{4, 0}, {5, 0}, {5, 2}, {4, 2}},
             pillar[4] = {{7, 2}, {8, 2}, {8, 3}, {7, 3}};
    const mu_ring covered[1] = {{room, 4}}, cut[2] = {{jamb, 4}, {pillar, 4}};
    mu_floor_list floors;
    ck_assert_int_eq(mu_geometry_cut(arena, covered, 1, cut, 2, &floors), MU_OK);
    ck_assert_uint_eq(floors.count, 1);
    ck_assert_uint_eq(floors.items[0].holes.count, 1);
    NEAR(mu_measure_ring_m2(&floors.items[0].outline), 48);
    mu_point crossed[4] = {{0, 0}, {4, 4}, {4, 0}, {0, 4}};
    const mu_ring bad[1] = {{crossed, 4}};
    ck_assert_int_eq(mu_geometry_cut(arena, covered, 1, bad, 1, &floors), MU_ERR_INPUT);
    mu_arena_destroy(arena);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("measure");
    TCase *lines = tcase_create("lines"), *areas = tcase_create("areas"),
          *names = tcase_create("names");
    tcase_add_test(lines, test_crossing_lies_between_frames);
    tcase_add_test(lines, test_flow);
    tcase_add_test(lines, test_steady_flow_leaves_the_ends_out);
    tcase_add_test(lines, test_trail_fills_gaps);
    tcase_add_test(areas, test_method_b);
    tcase_add_test(areas, test_method_c);
    tcase_add_test(areas, test_nobody_gives_no_number);
    tcase_add_test(areas, test_quantile_and_ring);
    tcase_add_test(areas, test_ks);
    tcase_add_test(areas, test_ks_of_every_distribution);
    tcase_add_test(areas, test_floor_less_obstacles);
    tcase_add_test(names, test_names_of_flow);
    tcase_add_test(names, test_names_of_areas);
    suite_add_tcase(suite, lines);
    suite_add_tcase(suite, areas);
    suite_add_tcase(suite, names);
    return run_suite(suite);
}
