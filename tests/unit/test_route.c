/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ways over gates: the shortest that one believes open, and its exact cost. */
#include "runner.h"
#include "sketch.h"

/* A corridor of 20 m with an office in its middle, an exit at either end onto separate open ground,
 * and a stair from the corridor's far end to an upper hall with its own exit over a second stair.
 */
typedef struct building {
    sketch s;
    uint32_t corridor, office, west, east, hall;
    uint32_t office_door, west_exit, east_exit, stair, back_stair;
    mu_route_cache *cache;
    uint64_t closed[1];
} building;

static const mu_walker_class leaver = {.access = MU_ACCESS_FREE, .evacuating = true};
static const mu_goal outside = {.kind = MU_GOAL_OUTSIDE};

static building building_new(void) {
    building b = {.s = sketch_new()};
    sketch *s = &b.s;
    const double foot[4] = {19, 2, 20, 2}, head[4] = {19, 2, 20, 2};
    const double back_foot[4] = {-3, 2, -2, 2}, back_head[4] = {1, 0, 2, 0};
    b.corridor = sketch_room(s, MU_USE_CORRIDOR, 0, 0, 0, 20, 2);
    b.office = sketch_room(s, MU_USE_OFFICE, 0, 6, 2.2, 10, 6);
    b.west = sketch_room(s, MU_USE_OUTDOOR, 0, -10, -5, -0.3, 10);
    b.east = sketch_room(s, MU_USE_OUTDOOR, 0, 20.3, -5, 30, 10);
    b.hall = sketch_room(s, MU_USE_LOBBY, 1, 0, 0, 20, 2);
    b.office_door = sketch_door(s, b.office, b.corridor, 7.5, 2.2, 8.5, 2.2);
    b.west_exit = sketch_door(s, b.corridor, b.west, 0, 0.5, 0, 1.5);
    b.east_exit = sketch_door(s, b.corridor, b.east, 20, 0.5, 20, 1.5);
    b.stair = sketch_stair(s, b.corridor, b.hall, foot, head);
    b.back_stair = sketch_stair(s, b.west, b.hall, back_foot, back_head);
    s->site.portals.items[b.stair].length_m = 6;
    s->site.portals.items[b.back_stair].length_m = 8;
    return b;
}

static void building_open(building *b) {
    sketch_open(&b->s);
    b->cache = mu_route_cache_create(b->s.walkable);
    ck_assert_ptr_nonnull(b->cache);
}

static void building_free(building *b) {
    mu_route_cache_destroy(b->cache);
    sketch_free(&b->s);
}

static void close_portal(building *b, uint32_t portal) {
    b->closed[portal / 64] |= UINT64_C(1) << (portal % 64);
}

/* The portal of the next gate; MU_NONE without one. */
static uint32_t next_portal(building *b, const mu_goal *goal, mu_walker_class walker, uint32_t area,
                            double x, double y, double *cost) {
    mu_point target;
    uint32_t gate =
        mu_route_next(b->cache, goal, walker, b->closed, area, (mu_point){x, y}, cost, &target);
    return gate == MU_NONE ? MU_NONE : mu_walkable_gate(b->s.walkable, gate)->portal;
}

static uint32_t way_out(building *b, uint32_t area, double x, double y, double *cost) {
    return next_portal(b, &outside, leaver, area, x, y, cost);
}

START_TEST(the_nearer_exit) {
    building b = building_new();
    double cost;
    building_open(&b);
    ck_assert_uint_eq(way_out(&b, b.corridor, 3, 1, &cost), b.west_exit);
    ck_assert_double_eq_tol(cost, 3, 1e-6);
    ck_assert_uint_eq(way_out(&b, b.corridor, 18, 1, &cost), b.east_exit);
    ck_assert_double_eq_tol(cost, 2, 1e-6);
    ck_assert_uint_eq(way_out(&b, b.office, 8, 4, &cost), b.office_door);
    /* 1.8 m to the door, and from its middle at (8, 2) round its jamb to the west exit. */
    ck_assert_double_eq_tol(cost, 1.8 + sqrt(64 + 0.49), 0.15);
    ck_assert_uint_eq(way_out(&b, b.west, -5, 0, &cost), MU_NONE); /* in the open already */
    ck_assert_double_eq(cost, 0);
    building_free(&b);
}
END_TEST

START_TEST(a_closure_changes_the_way) {
    building b = building_new();
    double cost;
    building_open(&b);
    close_portal(&b, b.west_exit);
    ck_assert_uint_eq(way_out(&b, b.corridor, 3, 1, &cost), b.east_exit);
    ck_assert_double_eq_tol(cost, 17, 1e-6);
    close_portal(&b, b.east_exit); /* left is the upper hall and its back stair */
    ck_assert_uint_eq(way_out(&b, b.corridor, 3, 1, &cost), b.stair);
    ck_assert_double_gt(cost, 16 + MU_STAIR_COST * 14 + 17);
    ck_assert_double_lt(cost, 17 + MU_STAIR_COST * 14 + 19);
    close_portal(&b, b.stair);
    ck_assert_uint_eq(way_out(&b, b.corridor, 3, 1, &cost), MU_NONE);
    ck_assert(isinf(cost));
    b.closed[0] = 0; /* and back */
    ck_assert_uint_eq(way_out(&b, b.corridor, 3, 1, &cost), b.west_exit);
    building_free(&b);
}
END_TEST

START_TEST(one_way_portals) {
    building b = building_new();
    double cost;
    mu_portal *exit = &b.s.site.portals.items[b.west_exit];
    exit->state = MU_PORTAL_EXIT_ONLY; /* corridor to west */
    building_open(&b);
    ck_assert_uint_eq(way_out(&b, b.corridor, 3, 1, &cost), b.west_exit);
    mu_goal inside = {.kind = MU_GOAL_POINT, .area = b.corridor, .at = {10, 1}};
    ck_assert_uint_eq(next_portal(&b, &inside, leaver, b.west, -1, 1, &cost), b.back_stair);
    ck_assert(cost < INFINITY);
    building_free(&b);
    b = building_new();
    exit = &b.s.site.portals.items[b.west_exit];
    exit->state = MU_PORTAL_ONE_WAY;
    exit->between.items[0].index = b.west; /* in only */
    exit->between.items[1].index = b.corridor;
    building_open(&b);
    ck_assert_uint_eq(way_out(&b, b.corridor, 3, 1, &cost), b.east_exit);
    ck_assert_uint_eq(next_portal(&b, &inside, leaver, b.west, -1, 1, &cost), b.west_exit);
    building_free(&b);
}
END_TEST

START_TEST(access) {
    building b = building_new();
    double cost;
    const mu_walker_class visitor = {.access = MU_ACCESS_FREE}, staff = {.access = MU_ACCESS_PASS},
                          responder = {.access = MU_ACCESS_KEY};
    b.s.site.portals.items[b.west_exit].access = MU_ACCESS_PASS;
    b.s.site.portals.items[b.east_exit].access = MU_ACCESS_KEY;
    building_open(&b);
    ck_assert_uint_eq(next_portal(&b, &outside, visitor, b.corridor, 3, 1, &cost), b.stair);
    ck_assert_uint_eq(next_portal(&b, &outside, staff, b.corridor, 18, 1, &cost), b.west_exit);
    ck_assert_uint_eq(next_portal(&b, &outside, leaver, b.corridor, 18, 1, &cost), b.west_exit);
    ck_assert_uint_eq(next_portal(&b, &outside, responder, b.corridor, 18, 1, &cost), b.east_exit);
    building_free(&b);
}
END_TEST

START_TEST(stairs_for_those_who_can) {
    building b = building_new();
    double cost, hurried;
    const mu_walker_class wheels = {.evacuating = true, .no_stairs = true};
    building_open(&b);
    ck_assert_uint_eq(next_portal(&b, &outside, wheels, b.hall, 10, 1, &cost), MU_NONE);
    ck_assert(isinf(cost));
    ck_assert_uint_eq(way_out(&b, b.hall, 15, 1, &cost), b.stair);
    ck_assert_uint_eq(way_out(&b, b.hall, 3, 1, &hurried), b.back_stair);
    /* To the head's line shortened by 0.2 m, down 8 m of slope, out. */
    ck_assert_double_eq_tol(hurried, sqrt(1 + 1.2 * 1.2) + 8 * MU_STAIR_COST, 0.2);
    building_free(&b);
}
END_TEST

START_TEST(whoever_is_on_a_flight_gets_off) {
    building b = building_new();
    double cost;
    building_open(&b);
    uint32_t flight = 5; /* after the five spaces: of the first stair */
    ck_assert_uint_eq(mu_walkable_area(b.s.walkable, flight)->stair, b.stair);
    close_portal(&b, b.stair);
    mu_point target, at = {0.5, 3};
    uint32_t gate = mu_route_next(b.cache, &outside, leaver, b.closed, flight, at, &cost, &target);
    ck_assert_uint_eq(gate, 3); /* the foot: doors have gates 0 to 2 */
    ck_assert_double_eq_tol(cost, 3 * MU_STAIR_COST + 1, 0.7);
    ck_assert_uint_eq(way_out(&b, b.hall, 19.5, 1, &cost), b.back_stair); /* but nobody gets on */
    building_free(&b);
}
END_TEST

START_TEST(to_a_point) {
    building b = building_new();
    double cost;
    mu_point target;
    building_open(&b);
    const mu_goal here = {.kind = MU_GOAL_POINT, .area = b.corridor, .at = {15, 1}};
    uint32_t gate = mu_route_next(b.cache, &here, leaver, b.closed, b.corridor, (mu_point){5, 1},
                                  &cost, &target);
    ck_assert_uint_eq(gate, MU_NONE);
    ck_assert(target.x == 15 && target.y == 1);
    ck_assert_double_eq_tol(cost, 10, 1e-6);
    ck_assert_uint_eq(next_portal(&b, &here, leaver, b.east, 24, 1, &cost), b.east_exit);
    ck_assert_double_eq_tol(cost, 3.7 + 5, 0.05);
    /* Of two doors, the one with the shorter whole way. */
    const mu_goal office = {.kind = MU_GOAL_POINT, .area = b.office, .at = {8, 5}};
    ck_assert_uint_eq(next_portal(&b, &office, leaver, b.west, -2, 1, &cost), b.west_exit);
    const mu_field_grid *field = mu_route_field(b.cache, b.office, (mu_point){8, 5});
    ck_assert_double_eq_tol(mu_field_distance(b.s.walkable, b.office, field, (mu_point){8, 3}), 2,
                            1e-6);
    ck_assert_ptr_eq(mu_route_field(b.cache, b.office, (mu_point){8, 5}), field);
    building_free(&b);
}
END_TEST

/* A point of the office in which all see each other, one of many. */
static mu_point office_point(uint32_t n) {
    const uint32_t column = n % 64, row = n / 64;
    return (mu_point){6.6 + 0.04 * column, 2.8 + 0.05 * row};
}

/* More points than there is room for, one after the other and then all again. */
START_TEST(fields_come_and_go) {
    building b = building_new();
    building_open(&b);
    const mu_point from = {8, 3};
    const uint32_t points = 3 * MU_ROUTE_FIELDS;
    for (uint32_t n = 0; n < 2 * points; n++) {
        const mu_point to = office_point(n % points);
        const mu_field_grid *field = mu_route_field(b.cache, b.office, to);
        ck_assert_ptr_nonnull(field);
        ck_assert_double_eq_tol(mu_field_distance(b.s.walkable, b.office, field, from),
                                hypot(to.x - from.x, to.y - from.y), 1e-6);
        ck_assert_ptr_eq(mu_route_field(b.cache, b.office, to), field);
    }
    building_free(&b);
}
END_TEST

/* What is kept is told of that point and gate only; the one asked for last is always kept. */
START_TEST(lines_come_and_go) {
    building b = building_new();
    building_open(&b);
    const uint32_t points = 3 * MU_ROUTE_LINES / 2, mouths = 2;
    for (uint32_t n = 0; n < 2 * points * mouths; n++) {
        const uint32_t k = n / mouths % points, mouth = n % mouths;
        mu_route_line *line = mu_route_line_of(b.cache, office_point(k), mouth);
        if (line->count == 0) {
            line->count = 2;
            line->metres[1] = n % (points * mouths);
        }
        ck_assert(line->metres[1] == n % (points * mouths));
        ck_assert_ptr_eq(mu_route_line_of(b.cache, office_point(k), mouth), line);
        ck_assert_uint_eq(line->count, 2);
    }
    building_free(&b);
}
END_TEST

static void add_assembly(building *b, uint32_t in, double x, double y) {
    mu_site *site = &b->s.site;
    site->assembly_points.items[site->assembly_points.count] = (mu_assembly){
        .id = sketch_id(&b->s, 'a', site->assembly_points.count), .space = {"s", in}, .at = {x, y}};
    site->assembly_points.count++;
}

START_TEST(to_an_assembly_point) {
    building b = building_new();
    const mu_goal assembly = {.kind = MU_GOAL_ASSEMBLY};
    double cost;
    mu_point target;
    add_assembly(&b, b.west, -9, 9);
    add_assembly(&b, b.east, 22, 1);
    building_open(&b);
    /* The nearer by the whole way, not the nearer exit. */
    ck_assert_uint_eq(next_portal(&b, &assembly, leaver, b.corridor, 8, 1, &cost), b.east_exit);
    ck_assert_double_eq_tol(cost, 12 + 1.7, 0.05);
    ck_assert_uint_eq(mu_route_next(b.cache, &assembly, leaver, b.closed, b.west, (mu_point){-5, 9},
                                    &cost, &target),
                      MU_NONE);
    ck_assert(target.x == -9 && target.y == 9);
    ck_assert_double_eq_tol(cost, 4, 1e-6);
    /* With the east exit closed, west; with no way to either, just out; else nothing. */
    close_portal(&b, b.east_exit);
    ck_assert_uint_eq(next_portal(&b, &assembly, leaver, b.corridor, 8, 1, &cost), b.west_exit);
    close_portal(&b, b.west_exit);
    close_portal(&b, b.stair);
    ck_assert_uint_eq(next_portal(&b, &assembly, leaver, b.corridor, 8, 1, &cost), MU_NONE);
    ck_assert(isinf(cost));
    building_free(&b);
}
END_TEST

START_TEST(without_an_assembly_point_in_reach_out_is_enough) {
    building b = building_new();
    const mu_goal assembly = {.kind = MU_GOAL_ASSEMBLY};
    double cost;
    building_open(&b); /* none at all */
    ck_assert_uint_eq(next_portal(&b, &assembly, leaver, b.corridor, 3, 1, &cost), b.west_exit);
    ck_assert_double_eq_tol(cost, 3, 1e-6);
    building_free(&b);
    b = building_new();
    add_assembly(&b, b.west, -9, 9);
    building_open(&b);
    close_portal(&b, b.west_exit);
    close_portal(&b, b.stair);
    ck_assert_uint_eq(next_portal(&b, &assembly, leaver, b.corridor, 3, 1, &cost), b.east_exit);
    building_free(&b);
}
END_TEST

START_TEST(off_the_site_only_to_get_out) {
    building b = building_new();
    uint32_t edge = sketch_door(&b.s, b.office, MU_NONE, 7, 6, 8, 6);
    double cost;
    add_assembly(&b, b.west, -9, 9);
    building_open(&b);
    const mu_goal assembly = {.kind = MU_GOAL_ASSEMBLY},
                  point = {.kind = MU_GOAL_POINT, .area = b.corridor, .at = {2, 1}};
    ck_assert_uint_eq(way_out(&b, b.office, 8, 5, &cost), edge);
    ck_assert_uint_eq(next_portal(&b, &assembly, leaver, b.office, 8, 5, &cost), b.office_door);
    ck_assert_uint_eq(next_portal(&b, &point, leaver, b.office, 8, 5, &cost), b.office_door);
    building_free(&b);
}
END_TEST

START_TEST(no_goal_no_way) {
    building b = building_new();
    const mu_goal none = {.kind = MU_GOAL_NONE};
    double cost;
    building_open(&b);
    ck_assert_uint_eq(next_portal(&b, &none, leaver, b.corridor, 3, 1, &cost), MU_NONE);
    ck_assert(isinf(cost));
    building_free(&b);
}
END_TEST

/* A floor of rooms in rows, each joined to its neighbours by some doors, some exits. */
static sketch random_floor(uint64_t seed, uint32_t side) {
    sketch s = sketch_new();
    uint64_t random = seed;
    for (uint32_t j = 0; j < side; j++) {
        for (uint32_t i = 0; i < side; i++) {
            sketch_room(&s, MU_USE_OFFICE, 0, 4 * i, 4 * j, 4 * i + 3.8, 4 * j + 3.8);
        }
    }
    for (uint32_t j = 0; j < side; j++) {
        for (uint32_t i = 0; i < side; i++) {
            uint32_t here = j * side + i;
            double x = 4 * i + 0.5 + 2 * sketch_random(&random);
            double y = 4 * j + 0.5 + 2 * sketch_random(&random);
            if (i + 1 < side && sketch_random(&random) < 0.7) {
                sketch_door(&s, here, here + 1, 4 * i + 3.8, y, 4 * i + 3.8, y + 1);
            }
            if (j + 1 < side && sketch_random(&random) < 0.7) {
                sketch_door(&s, here, here + side, x, 4 * j + 3.8, x + 1, 4 * j + 3.8);
            }
        }
    }
    sketch_door(&s, 0, MU_NONE, 0, 1, 0, 2);
    return s;
}

/* Bellman's equation holds everywhere: the cost is the least over the gates of the way to a gate
 * and the cost from its other side. */
START_TEST(costs_are_the_least) {
    sketch s = random_floor(11, 5);
    double cost, beyond;
    mu_point target;
    sketch_open(&s);
    mu_route_cache *cache = mu_route_cache_create(s.walkable);
    uint64_t random = 12, closed[2] = {0, 0};
    for (int n = 0; n < 60; n++) {
        closed[0] = n % 3 ? UINT64_C(1) << (n % 37) | UINT64_C(1) << (n * 7 % 37) : 0;
        uint32_t area = (uint32_t)(25 * sketch_random(&random));
        double u = sketch_random(&random), v = sketch_random(&random), least = INFINITY;
        mu_point p = mu_area_sample(s.walkable, area, 0.2, u, v);
        uint32_t next = mu_route_next(cache, &outside, leaver, closed, area, p, &cost, &target),
                 best = MU_NONE;
        for (uint32_t k = 0; k < mu_walkable_area(s.walkable, area)->gate_count; k++) {
            int side;
            uint32_t index = mu_area_gate(s.walkable, area, k, &side);
            const mu_gate *gate = mu_walkable_gate(s.walkable, index);
            if (closed[0] >> gate->portal & 1) {
                continue;
            }
            mu_point there = {(gate->a[1 - side].x + gate->b[1 - side].x) / 2,
                              (gate->a[1 - side].y + gate->b[1 - side].y) / 2};
            beyond = 0;
            if (gate->area[1 - side] != MU_NONE) {
                mu_route_next(cache, &outside, leaver, closed, gate->area[1 - side], there, &beyond,
                              &target);
            }
            double whole =
                beyond +
                mu_field_distance(s.walkable, area, mu_walkable_field(s.walkable, area, index), p);
            if (whole < least) {
                least = whole;
                best = index;
            }
        }
        if (least < INFINITY) {
            ck_assert_double_eq_tol(cost, least, 1e-3);
            ck_assert_uint_eq(next, best);
        } else {
            ck_assert(isinf(cost));
        }
    }
    mu_route_cache_destroy(cache);
    sketch_free(&s);
}
END_TEST

/* More beliefs and points than the cache holds: what it says does not depend on what it forgot. */
START_TEST(a_full_cache_says_the_same) {
    sketch s = random_floor(13, 4);
    sketch_open(&s);
    mu_route_cache *small = mu_route_cache_create(s.walkable);
    const uint32_t portals = s.site.portals.count, asked = MU_ROUTE_TABLES_MOST + 100;
    double *first = calloc(asked, sizeof *first), cost;
    mu_point target;
    for (int round = 0; round < 2; round++) {
        for (uint32_t n = 0; n < asked; n++) {
            uint64_t closed = (n * UINT64_C(2654435761) ^ n << 7) & ((UINT64_C(1) << portals) - 1);
            mu_goal goal = outside;
            uint32_t row = n % 16 / 4;
            if (n % 3 == 0) {
                goal = (mu_goal){MU_GOAL_POINT, n % 16, {4 * (n % 4) + 1 + 0.001 * n, 4 * row + 2}};
                closed = 0;
            }
            mu_route_next(small, &goal, leaver, &closed, 10, (mu_point){10, 10}, &cost, &target);
            if (round == 0) {
                first[n] = cost;
                mu_route_cache *fresh = n % 64 == 0 ? mu_route_cache_create(s.walkable) : NULL;
                if (fresh) {
                    double again;
                    mu_route_next(fresh, &goal, leaver, &closed, 10, (mu_point){10, 10}, &again,
                                  &target);
                    ck_assert(again == cost);
                }
                mu_route_cache_destroy(fresh);
            }
            ck_assert(first[n] == cost);
        }
    }
    free(first);
    mu_route_cache_destroy(small);
    sketch_free(&s);
}
END_TEST

/* Between any two points of a floor whose rooms have a screen in their middle: whether a way is
 * shorter than something is told as its length tells it, in whichever order both are asked. */
START_TEST(within_or_not) {
    sketch s = random_floor(5, 4);
    for (uint32_t room = 0; room < 16; room++) {
        const double x = 4 * (room % 4) + 1.8, y = 4 * (uint32_t)(room / 4) + 0.7;
        const double xy[] = {x, y, x, y + 2.4, x + 0.2, y + 2.4, x + 0.2, y};
        sketch_hole(&s, room, 4, xy);
    }
    sketch_open(&s);
    uint64_t random = 3, closed[2] = {0, 0};
    uint32_t within = 0;
    for (int n = 0; n < 200; n++) {
        const uint32_t to = (uint32_t)(16 * sketch_random(&random));
        const uint32_t from = n % 3 == 0 ? (uint32_t)(16 * sketch_random(&random)) : to;
        const double a = sketch_random(&random), b = sketch_random(&random);
        const double u = sketch_random(&random), v = sketch_random(&random);
        const mu_goal goal = {
            .kind = MU_GOAL_POINT, .area = to, .at = mu_area_sample(s.walkable, to, 0.2, a, b)};
        const mu_point at = mu_area_sample(s.walkable, from, 0.2, u, v);
        const double most = 1 + 9 * sketch_random(&random);
        closed[0] = n % 5 ? UINT64_C(1) << (n % 19) : 0;
        mu_route_cache *cache = mu_route_cache_create(s.walkable);
        const bool first =
            n % 2 && mu_route_is_within(cache, &goal, leaver, closed, from, at, most);
        double cost;
        mu_point target;
        mu_route_next(cache, &goal, leaver, closed, from, at, &cost, &target);
        ck_assert(mu_route_is_within(cache, &goal, leaver, closed, from, at, most) ==
                  (cost < most));
        ck_assert(n % 2 == 0 || first == (cost < most));
        ck_assert(!mu_route_is_within(cache, &goal, leaver, closed, from, at, cost));
        ck_assert(isinf(cost) || mu_route_is_within(cache, &goal, leaver, closed, from, at,
                                                    nextafter(cost, INFINITY)));
        within += cost < most;
        mu_route_cache_destroy(cache);
    }
    ck_assert(within > 40 && within < 160);
    sketch_free(&s);
}
END_TEST

static Suite *route_suite(void) {
    Suite *suite = suite_create("route");
    TCase *ways = tcase_create("ways");
    const TTest *tests[] = {the_nearer_exit,
                            a_closure_changes_the_way,
                            one_way_portals,
                            access,
                            stairs_for_those_who_can,
                            whoever_is_on_a_flight_gets_off,
                            to_a_point,
                            to_an_assembly_point,
                            without_an_assembly_point_in_reach_out_is_enough,
                            off_the_site_only_to_get_out,
                            no_goal_no_way,
                            costs_are_the_least,
                            a_full_cache_says_the_same,
                            fields_come_and_go,
                            lines_come_and_go,
                            within_or_not,
                            NULL};
    for (size_t k = 0; tests[k]; k++) {
        tcase_add_test(ways, tests[k]);
    }
    tcase_set_timeout(ways, 60);
    suite_add_tcase(suite, ways);
    return suite;
}

int main(void) {
    return run_suite(route_suite());
}
