/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Well-mixed zones against closed forms: every worked number here follows from the equations of
 * hazard/air.h by hand (Axley NBSIR 87-3661 for the matrix form). Times in the cases are hours,
 * volumes and flows per hour: the solver sees seconds. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"
#include "hazard/air.h"
#include "runner.h"

#define H 3600.0

/* One zone or two; flows in m3/h. */
typedef struct house {
    mu_air_zone zones[3];
    mu_air_flow flows[16];
    mu_air air;
    double state[16];
    double now_s;
} house;

static void add_flow(house *h, uint32_t from, uint32_t to, double m3_h, double filter) {
    h->flows[h->air.flow_count++] = (mu_air_flow){
        .from = from, .to = to, .rate_m3_s = m3_h / H, .filter = filter};
}

static house *make(uint32_t zones, const double *volumes) {
    house *h = calloc(1, sizeof *h);
    h->air = (mu_air){.zones = h->zones, .flows = h->flows, .zone_count = zones};
    h->air.drive.stops_s = INFINITY;
    for (uint32_t z = 0; z < zones; z++) {
        h->zones[z].volume_m3 = volumes[z];
    }
    return h;
}

static house *one_zone(double volume, double changes_h) {
    house *h = make(1, &volume);
    add_flow(h, MU_AIR_OUTDOORS, 0, volume * changes_h, 0);
    add_flow(h, 0, MU_AIR_OUTDOORS, volume * changes_h, 0);
    return h;
}

static house *pair(double exchange, double outdoors) {
    house *h = make(2, (double[]){200, 300});
    add_flow(h, 0, 1, exchange, 0);
    add_flow(h, 1, 0, exchange, 0);
    if (outdoors > 0) {
        add_flow(h, MU_AIR_OUTDOORS, 0, outdoors, 0);
        add_flow(h, 0, MU_AIR_OUTDOORS, outdoors, 0);
    }
    return h;
}

static void go_to(house *h, double hours) {
    ck_assert_int_eq(mu_air_advance(&h->air, h->now_s, hours * H, h->state), MU_OK);
    h->now_s = hours * H;
}

static double dose_h(const house *h, uint32_t zone) {
    return mu_air_integral(h->state, h->air.zone_count, zone) / H;
}

/* What was there and came in is there, outdoors, or removed. */
static void check_mass(const house *h, double at_start) {
    const double in = at_start + mu_air_amount(h->state, h->air.zone_count, MU_AIR_EMITTED);
    const double found = mu_air_mass(&h->air, h->state) +
                         mu_air_amount(h->state, h->air.zone_count, MU_AIR_LEFT) +
                         mu_air_amount(h->state, h->air.zone_count, MU_AIR_REMOVED);
    ck_assert_double_eq_tol(found, in, 1e-8 * (1 + fabs(in)));
}

#define CLOSE(a, b) ck_assert_double_eq_tol((a), (b), 1e-5 * fabs(b))

static void hold_outdoors(house *h, const mu_air_point *points, uint32_t count) {
    h->air.drive = (mu_air_drive){MU_AIR_HELD, MU_AIR_OUTDOORS, points, count, INFINITY};
}

START_TEST(one_zone_fills_from_outdoors) {
    house *h = one_zone(500, 0.5);
    const mu_air_point held[] = {{0, 100}, {100 * H, 100}};
    hold_outdoors(h, held, 2);
    go_to(h, 1);
    CLOSE(h->state[0], 39.3469340);
    go_to(h, 2);
    CLOSE(h->state[0], 63.2120559);
    check_mass(h, 0);
    free(h);
}
END_TEST

START_TEST(a_plume_passes_and_the_air_clears) {
    house *h = one_zone(500, 0.5);
    const mu_air_point plume[] = {{0, 100}, {H, 100}};
    hold_outdoors(h, plume, 2);
    go_to(h, 1);
    CLOSE(dose_h(h, 0), 21.3061319);
    CLOSE(100 / dose_h(h, 0), 4.6934844); /* outdoor over indoor dose */
    go_to(h, 3);
    CLOSE(h->state[0], 14.4749);
    go_to(h, 60);
    CLOSE(dose_h(h, 0), 100.0); /* staying on, one breathes it all */
    check_mass(h, 0);
    free(h);
}
END_TEST

START_TEST(airing_after_the_plume_saves_most_of_the_dose) {
    house *h = one_zone(500, 0.5);
    const mu_air_point plume[] = {{0, 100}, {H, 100}};
    hold_outdoors(h, plume, 2);
    go_to(h, 1);
    h->flows[0].rate_m3_s = h->flows[1].rate_m3_s = 6 * 500 / H;
    go_to(h, 40);
    CLOSE(dose_h(h, 0), 27.86395);
    free(h);
}
END_TEST

START_TEST(a_source_reaches_its_steady_state) {
    house *h = one_zone(500, 0.5);                                        /* 250 m3/h */
    const mu_air_point source[] = {{0, 0.01 / 60}, {200 * H, 0.01 / 60}}; /* 10 mg/min */
    h->air.drive = (mu_air_drive){MU_AIR_SOURCE, 0, source, 2, INFINITY};
    go_to(h, 1);
    CLOSE(h->state[0] * 1000, 0.944326);
    go_to(h, 100);
    CLOSE(h->state[0] * 1000, 2.4);
    check_mass(h, 0);
    free(h);
}
END_TEST

START_TEST(a_puff_decays) {
    house *h = one_zone(500, 0.5);
    h->state[0] = 50.0 / 500; /* 50 g */
    go_to(h, 1);
    CLOSE(h->state[0] * 1000, 60.6530660);
    go_to(h, 4.60517);
    CLOSE(h->state[0] * 1000, 10.0);
    check_mass(h, 50);
    free(h);
}
END_TEST

START_TEST(surfaces_and_filters_take_their_share) {
    house *h = one_zone(500, 0.5);
    h->zones[0].deposition_per_s = 0.3 / H;
    h->flows[0].filter = 0.9;
    const mu_air_point held[] = {{0, 100}, {100 * H, 100}};
    hold_outdoors(h, held, 2);
    go_to(h, 1);
    /* C_ss = A C_o (1 - f) / (A + k), rate A + k */
    CLOSE(h->state[0], 0.5 * 10 / 0.8 * (1 - exp(-0.8)));
    check_mass(h, 0);
    free(h);
}
END_TEST

START_TEST(a_sealed_pair_evens_out) {
    house *h = pair(100, 0);
    h->state[0] = 100;
    go_to(h, 1);
    CLOSE(h->state[0], 66.0759);
    CLOSE(h->state[1], 22.6161);
    check_mass(h, 20000);
    /* the difference dies away at q (1/V1 + 1/V2) = 0.833333 per hour */
    CLOSE(log(100 / (h->state[0] - h->state[1])), 0.8333333);
    go_to(h, 40);
    CLOSE(h->state[0], 40.0);
    CLOSE(h->state[1], 40.0);
    ck_assert_double_eq(mu_air_amount(h->state, 2, MU_AIR_LEFT), 0);
    free(h);
}
END_TEST

START_TEST(two_zones_and_the_open) {
    static const double rows[][3] = {{0.5, 68.5491, 12.6705},
                                     {1, 49.3979, 19.6185},
                                     {2, 30.1748, 24.7707},
                                     {5, 15.9714, 21.6852}};
    house *h = pair(100, 60);
    h->state[0] = 100;
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        go_to(h, rows[r][0]);
        CLOSE(h->state[0], rows[r][1]);
        CLOSE(h->state[1], rows[r][2]);
        check_mass(h, 20000);
    }
    go_to(h, 300);
    CLOSE(dose_h(h, 0), 333.3333333); /* initial mass over the flow to the open */
    CLOSE(dose_h(h, 1), 333.3333333);
    free(h);
}
END_TEST

START_TEST(two_zones_decay_at_their_eigenvalues) {
    house *h = pair(100, 60);
    h->state[0] = 100;
    go_to(h, 30);
    const double before = h->state[1];
    go_to(h, 31);
    ck_assert_double_eq_tol(log(h->state[1] / before), -0.0964421, 1e-6);
    /* along the fast one: its vector is (1, v) with v = (lambda + 0.8) / 0.5 */
    memset(h->state, 0, sizeof h->state);
    const double lambda = (-0.8 - 1.0 / 3 - sqrt(pow(0.8 + 1.0 / 3, 2) - 4 * 0.1)) / 2;
    ck_assert_double_eq_tol(lambda, -1.03689, 1e-5);
    h->state[0] = 1;
    h->state[1] = (lambda + 0.8) / 0.5;
    h->now_s = 0;
    go_to(h, 1);
    ck_assert_double_eq_tol(log(h->state[0]), lambda, 1e-6);
    free(h);
}
END_TEST

START_TEST(two_zones_with_a_steady_source) {
    house *h = pair(100, 60);
    const mu_air_point source[] = {{0, 0.6 / H}, {1000 * H, 0.6 / H}}; /* 600 mg/h */
    h->air.drive = (mu_air_drive){MU_AIR_SOURCE, 0, source, 2, INFINITY};
    go_to(h, 200);
    CLOSE(h->state[0] * 1000, 10.0);
    CLOSE(h->state[1] * 1000, 10.0);
    check_mass(h, 0);
    free(h);
}
END_TEST

START_TEST(a_zone_can_be_held_and_is_then_left_to_itself) {
    house *h = pair(100, 60);
    const mu_air_point held[] = {{0, 0}, {H, 8}, {2 * H, 8}};
    h->air.drive = (mu_air_drive){MU_AIR_HELD, 0, held, 3, INFINITY};
    go_to(h, 0.25);
    CLOSE(h->state[0], 2.0);
    go_to(h, 1.5);
    CLOSE(h->state[0], 8.0);
    check_mass(h, 0);
    go_to(h, 3);
    ck_assert_double_lt(h->state[0], 8);
    check_mass(h, 0);
    free(h);
}
END_TEST

START_TEST(a_drive_has_steps_and_can_be_shut_off) {
    const mu_air_point points[] = {{10, 2}, {20, 4}, {20, 1}, {40, 1}};
    mu_air_drive drive = {MU_AIR_SOURCE, 0, points, 4, INFINITY};
    ck_assert_double_eq(mu_air_drive_at(&drive, 9.9), 0);
    ck_assert_double_eq(mu_air_drive_at(&drive, 10), 2);
    ck_assert_double_eq(mu_air_drive_at(&drive, 15), 3);
    ck_assert_double_eq(mu_air_drive_at(&drive, 20), 1);
    ck_assert_double_eq(mu_air_drive_at(&drive, 40), 0);
    ck_assert(mu_air_drive_lasts(&drive, 39));
    ck_assert(!mu_air_drive_lasts(&drive, 40));
    house *h = one_zone(100, 0);
    h->air.flow_count = 0;
    h->air.drive = drive;
    go_to(h, 1);
    CLOSE(mu_air_mass(&h->air, h->state), 30.0 + 20.0);
    memset(h->state, 0, sizeof h->state);
    h->now_s = 0;
    h->air.drive.stops_s = 15;
    go_to(h, 1);
    CLOSE(mu_air_mass(&h->air, h->state), 12.5);
    free(h);
}
END_TEST

/* Whatever the flows: mass is kept, and going there in parts is the same as going at once. */
START_TEST(mass_is_kept_in_any_house) {
    for (uint32_t k = 0; k < 200; k++) {
        mu_stream stream;
        mu_stream_open(&stream, 1, k, MU_PURPOSE_STUDY, 7, 0);
        house *h = make(3, (double[]){20 + 400 * mu_stream_uniform(&stream),
                                      20 + 400 * mu_stream_uniform(&stream),
                                      20 + 400 * mu_stream_uniform(&stream)});
        for (int f = 0; f < 8; f++) {
            const uint32_t a = (uint32_t)(4 * mu_stream_uniform(&stream));
            const uint32_t b = (a + 1 + (uint32_t)(3 * mu_stream_uniform(&stream))) % 4;
            const double rate = 2000 * mu_stream_uniform(&stream);
            const double filter = mu_stream_uniform(&stream);
            add_flow(h, a == 3 ? MU_AIR_OUTDOORS : a, b == 3 ? MU_AIR_OUTDOORS : b, rate, filter);
        }
        h->zones[1].deposition_per_s = 1e-4;
        h->state[2] = 5;
        const double start = mu_air_mass(&h->air, h->state);
        const mu_air_point source[] = {{100, 1}, {700, 3}};
        h->air.drive = (mu_air_drive){MU_AIR_SOURCE, 0, source, 2, INFINITY};
        house *parts = malloc(sizeof *parts);
        memcpy(parts, h, sizeof *parts);
        parts->air.zones = parts->zones;
        parts->air.flows = parts->flows;
        go_to(h, 1);
        for (int i = 1; i <= 100; i++) {
            go_to(parts, i / 100.0);
        }
        check_mass(h, start);
        check_mass(parts, start);
        for (uint32_t z = 0; z < 3; z++) {
            ck_assert_double_ge(h->state[z], -1e-12);
            ck_assert_double_eq_tol(h->state[z], parts->state[z], 1e-7 * (1e-3 + h->state[z]));
        }
        free(parts);
        free(h);
    }
}
END_TEST

START_TEST(balance_and_air_changes) {
    house *h = pair(100, 60);
    ck_assert_double_eq_tol(mu_air_balance(&h->air, 0) * H, 0, 1e-12);
    ck_assert_double_eq_tol(mu_air_changes(&h->air, 0) * H, 0.8, 1e-12);
    h->flows[0].rate_m3_s += 5 / H;
    ck_assert_double_eq_tol(mu_air_balance(&h->air, 0) * H, -5, 1e-9);
    ck_assert_double_eq_tol(mu_air_balance(&h->air, 1) * H, 5, 1e-9);
    free(h);
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("air");
    tcase_add_test(tcase, one_zone_fills_from_outdoors);
    tcase_add_test(tcase, a_plume_passes_and_the_air_clears);
    tcase_add_test(tcase, airing_after_the_plume_saves_most_of_the_dose);
    tcase_add_test(tcase, a_source_reaches_its_steady_state);
    tcase_add_test(tcase, a_puff_decays);
    tcase_add_test(tcase, surfaces_and_filters_take_their_share);
    tcase_add_test(tcase, a_sealed_pair_evens_out);
    tcase_add_test(tcase, two_zones_and_the_open);
    tcase_add_test(tcase, two_zones_decay_at_their_eigenvalues);
    tcase_add_test(tcase, two_zones_with_a_steady_source);
    tcase_add_test(tcase, a_zone_can_be_held_and_is_then_left_to_itself);
    tcase_add_test(tcase, a_drive_has_steps_and_can_be_shut_off);
    tcase_add_test(tcase, mass_is_kept_in_any_house);
    tcase_add_test(tcase, balance_and_air_changes);
    Suite *suite = suite_create("air");
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
