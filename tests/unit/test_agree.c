/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What flow is calibrated on: components, each played by both motion models with the same people
 * and the same luck. flow_rules.c and flow_leg.c have one set of numbers for all of them. */
#include "stage.h"

#include "effort.h"
#include "runner.h"

#ifndef SEEDS
#define SEEDS 1U
#endif

typedef struct component {
    const char *name;
    void (*build)(stage *s, double size);
    double size;   /* of what the component is about, in metres */
    double within; /* so much of walk's mean and 95 % flow may be off */
    int64_t people;
} component;

static void put_out(stage *s, uint32_t room, double x0, double y0, double x1, double y1) {
    stage_portal(s, MU_PORTAL_OUTDOOR_EDGE, room, MU_NONE, x0, y0, x1, y1);
}

/* A full room, a door in the middle of a wall. */
static void door(stage *s, double width) {
    const uint32_t room = stage_room(s, MU_USE_OFFICE, 0, 0, 0, 14, 14);
    const uint32_t open = stage_room(s, MU_USE_OUTDOOR, 0, 14, -20, 60, 40);
    stage_portal(s, MU_PORTAL_DOOR, room, open, 14, 7 - width / 2, 14, 7 + width / 2);
    stage_group(s, "g", "staff", 160, room);
}

/* A door in the long side of a corridor, people from both ends of it. */
static void side_door(stage *s, double width) {
    const uint32_t corridor = stage_room(s, MU_USE_CORRIDOR, 0, 0, 0, 80, 3.8);
    const uint32_t open = stage_room(s, MU_USE_OUTDOOR, 0, 0, -60, 80, 0);
    const uint32_t west = stage_room(s, MU_USE_OFFICE, 0, -12, -4, 0, 8);
    const uint32_t east = stage_room(s, MU_USE_OFFICE, 0, 80, -4, 92, 8);
    stage_portal(s, MU_PORTAL_DOOR, corridor, open, 40 - width / 2, 0, 40 + width / 2, 0);
    stage_portal(s, MU_PORTAL_OPENING, corridor, west, 0, 0.4, 0, 3.4);
    stage_portal(s, MU_PORTAL_OPENING, corridor, east, 80, 0.4, 80, 3.4);
    stage_group(s, "w", "staff", 120, west);
    stage_group(s, "e", "staff", 120, east);
}

/* Out of a room along a corridor of 40 m. */
static void corridor(stage *s, double width) {
    const uint32_t room = stage_room(s, MU_USE_OFFICE, 0, 0, 0, 14, 14);
    const uint32_t way = stage_room(s, MU_USE_CORRIDOR, 0, 14, 7 - width / 2, 54, 7 + width / 2);
    stage_portal(s, MU_PORTAL_DOOR, room, way, 14, 6.4, 14, 7.6);
    put_out(s, way, 54, 7 - width / 2, 54, 7 + width / 2);
    stage_group(s, "g", "staff", 120, room);
}

/* Rooms along a corridor whose people come out of doors of 0.9 m into those who pass. */
static void rooms_on_corridor(stage *s, double width) {
    const uint32_t way = stage_room(s, MU_USE_CORRIDOR, 0, 0, 0, 50, width);
    static const char *const names[5] = {"a", "b", "c", "d", "e"};
    for (int k = 0; k < 5; k++) {
        const uint32_t room =
            stage_room(s, MU_USE_CLASSROOM, 0, 10.0 * k, width, 10.0 * k + 10, width + 8);
        stage_portal(s, MU_PORTAL_DOOR, room, way, 10.0 * k + 5, width, 10.0 * k + 5.9, width);
        stage_group(s, names[k], "staff", 30, room);
    }
    put_out(s, way, 50, 0.2, 50, width - 0.2);
}

static void flight(stage *s, double width, bool up) {
    const uint32_t lower = stage_room(s, MU_USE_LOBBY, 0, 0, 0, 20, 14);
    const uint32_t upper = stage_room(s, MU_USE_LOBBY, 1, 30, 0, 50, 14);
    stage_stair(s, lower, upper, (mu_point){5, 14}, (mu_point){5 + width, 14}, (mu_point){35, 14},
                (mu_point){35 + width, 14}, 8);
    if (up) {
        put_out(s, upper, 32, 0, 48, 0);
    } else {
        put_out(s, lower, 2, 0, 18, 0);
    }
    stage_group(s, "g", "staff", 120, up ? lower : upper);
}
static void flight_down(stage *s, double width) {
    flight(s, width, false);
}
static void flight_up(stage *s, double width) {
    flight(s, width, true);
}

/* Four storeys on one stair: on each landing those from above meet those of the floor. */
static void stair_of_storeys(stage *s, double width) {
    static const char *const names[4] = {"k", "l", "m", "n"};
    uint32_t below = MU_NONE;
    for (uint32_t l = 0; l < 4; l++) {
        const double x = 40.0 * l;
        const uint32_t hall = stage_room(s, MU_USE_STAIR, l, x, 0, x + 2 * width + 0.4, 4.6);
        const uint32_t floor =
            stage_room(s, l == 0 ? MU_USE_LOBBY : MU_USE_OFFICE, l, x, -14, x + 16, 0);
        stage_portal(s, MU_PORTAL_DOOR, floor, hall, x + 1, 0, x + 1 + width, 0);
        if (below != MU_NONE) {
            const double b = x - 40;
            stage_stair(s, below, hall, (mu_point){b, 4.6}, (mu_point){b + width, 4.6},
                        (mu_point){x + width + 0.2, 4.6}, (mu_point){x + 2 * width + 0.2, 4.6}, 8);
            stage_group(s, names[l], "staff", 60, floor);
        } else {
            put_out(s, floor, 1, -14, 15, -14);
        }
        below = hall;
    }
}

/* Two rooms whose people meet in a hall before one door. */
static void merge(stage *s, double width) {
    const uint32_t hall = stage_room(s, MU_USE_CORRIDOR, 0, 12, 0, 18, 6);
    const uint32_t west = stage_room(s, MU_USE_OFFICE, 0, 0, 0, 12, 12);
    const uint32_t east = stage_room(s, MU_USE_OFFICE, 0, 18, 0, 30, 12);
    const uint32_t open = stage_room(s, MU_USE_OUTDOOR, 0, 0, -40, 40, 0);
    stage_portal(s, MU_PORTAL_DOOR, west, hall, 12, 3, 12, 4.2);
    stage_portal(s, MU_PORTAL_DOOR, east, hall, 18, 3, 18, 4.2);
    stage_portal(s, MU_PORTAL_DOOR, hall, open, 15 - width / 2, 0, 15 + width / 2, 0);
    stage_group(s, "west", "staff", 80, west);
    stage_group(s, "east", "staff", 80, east);
}

static const component components[] = {
    {"door", door, 0.8, 0.10, 0},
    {"door", door, 1.2, 0.10, 0},
    {"door", door, 2.0, 0.10, 0},
    {"side door", side_door, 1.2, 0.10, 0},
    {"side door", side_door, 2.0, 0.10, 0},
    {"corridor", corridor, 1.6, 0.10, 0},
    {"corridor", corridor, 3.0, 0.10, 0},
    {"rooms on a corridor", rooms_on_corridor, 2.4, 0.12, 0},
    {"flight down", flight_down, 1.2, 0.10, 0},
    {"flight down", flight_down, 1.8, 0.10, 0},
    {"flight up", flight_up, 1.2, 0.10, 0},
    {"stair of four storeys", stair_of_storeys, 1.2, 0.10, 0},
    {"stair of four storeys", stair_of_storeys, 1.8, 0.10, 0},
    {"merging", merge, 1.2, 0.10, 0},
};
enum { COMPONENTS = sizeof components / sizeof components[0] };

typedef struct times {
    double mean_s, p95_s;
} times;

static times play(const component *what, mu_motion_kind motion, mu_motion_mode mode,
                  uint32_t replication) {
    stage *s = stage_new();
    double sum = 0, p95 = 0;
    uint32_t left = 0;
    what->build(s, what->size);
    stage_open(s, 7, replication);
    ck_assert_int_eq(mu_crowd_move_by(&s->sim, motion, mode), MU_OK);
    stage_evacuate(s, MU_GOAL_OUTSIDE);
    stage_run(s, 2000);
    const uint32_t people = s->people.list.count;
    for (uint32_t i = 0; i < mu_log_count(s->sim.log); i++) {
        const mu_record *record = mu_log_get(s->sim.log, i);
        if (record->kind == MU_RECORD_LEFT) { /* in order of time */
            const double at_s = mu_time_to_s(record->time_us);
            sum += at_s;
            p95 = ++left == (95 * people + 99) / 100 ? at_s : p95;
        }
    }
    ck_assert_uint_eq(left, people);
    stage_close(s);
    return (times){sum / people, p95};
}

static void compare(mu_motion_mode mode) {
    for (int c = 0; c < COMPONENTS; c += EFFORT(1, 4)) {
        times sum[2] = {{0, 0}, {0, 0}};
        for (uint32_t r = 0; r < SEEDS; r++) {
            for (int m = 0; m < 2; m++) {
                const times one = play(&components[c], (mu_motion_kind)m, mode, r);
                sum[m].mean_s += one.mean_s / SEEDS;
                sum[m].p95_s += one.p95_s / SEEDS;
            }
        }
        const double mean = sum[1].mean_s / sum[0].mean_s - 1;
        const double p95 = sum[1].p95_s / sum[0].p95_s - 1;
        printf("%-22s %.1f m: mean %6.1f %6.1f %+5.1f %%, 95 %% %6.1f %6.1f %+5.1f %%\n",
               components[c].name, components[c].size, sum[0].mean_s, sum[1].mean_s, 100 * mean,
               sum[0].p95_s, sum[1].p95_s, 100 * p95);
#ifndef EXPLORE
        ck_assert_double_le(fabs(mean), components[c].within);
        ck_assert_double_le(fabs(p95), components[c].within);
#endif
    }
}

START_TEST(components_agree_in_free_mode) {
    compare(MU_MOTION_FREE);
}
END_TEST

START_TEST(components_agree_in_regulatory_mode) {
    compare(MU_MOTION_REGULATORY);
}
END_TEST

static Suite *suite(void) {
    Suite *s = suite_create("agree");
    TCase *t = tcase_create("components");
    tcase_set_timeout(t, 120);
    tcase_add_test(t, components_agree_in_free_mode);
    tcase_add_test(t, components_agree_in_regulatory_mode);
    suite_add_tcase(s, t);
    return s;
}

int main(void) {
    return run_suite(suite());
}
