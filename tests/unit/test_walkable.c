/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where people can walk: gates and their maps, walls, places, walking distances against exact
 * values, and bodies that follow the directions to every gate without touching a wall. */
#include <pthread.h>
#include <string.h>

#include "runner.h"
#include "site/field.h"
#include "site/flight.h"
#include "site/grid.h"
#include "site/panorama.h"
#include "site/sight.h"
#include "site/views.h"
#include "sketch.h"

static const double BODY_M = 0.2; /* radius of the body that is marched */

static mu_point point(double x, double y) {
    return (mu_point){x, y};
}

static double apart(mu_point p, mu_point q) {
    return sqrt((p.x - q.x) * (p.x - q.x) + (p.y - q.y) * (p.y - q.y));
}

static mu_point middle(const mu_gate *gate, int side) {
    return point((gate->a[side].x + gate->b[side].x) / 2, (gate->a[side].y + gate->b[side].y) / 2);
}

static int side_of(const mu_gate *gate, uint32_t area) {
    return gate->area[0] == area ? 0 : 1;
}

/* Walks from p along the field's directions to a gate; returns the metres, and the least distance
 * to the walls on the way. Fails where it does not arrive. */
static double march(const sketch *s, uint32_t area, uint32_t gate, mu_point p, double *clear) {
    const mu_field_grid *field = mu_walkable_field(s->walkable, area, gate);
    const mu_gate *to = mu_walkable_gate(s->walkable, gate);
    const double step = 0.05;
    const mu_point from = p;
    *clear = INFINITY;
    for (int n = 1; n < 10000; n++) {
        mu_point way = mu_field_direction(s->walkable, area, field, p);
        ck_assert_msg(fabs(way.x * way.x + way.y * way.y - 1) < 1e-9, "no direction at %g %g", p.x,
                      p.y);
        mu_point next = point(p.x + step * way.x, p.y + step * way.y);
        if (mu_gate_reached(to, side_of(to, area), p, next)) {
            return n * step;
        }
        p = next;
        *clear = fmin(*clear, sketch_off_walls(s, area, p));
    }
    ck_abort_msg("from %g %g the gate %u is never reached: at %g %g", from.x, from.y, gate, p.x,
                 p.y);
    return 0;
}

/* Random bodies walk to every gate of the area: none touches a wall, none takes a way that is much
 * longer or shorter than the field says. */
static void march_everywhere(const sketch *s, uint32_t area, int bodies) {
    const mu_area *in = mu_walkable_area(s->walkable, area);
    uint64_t random = 1;
    for (uint32_t k = 0; k < in->gate_count; k++) {
        int side;
        uint32_t gate = mu_area_gate(s->walkable, area, k, &side);
        const mu_field_grid *field = mu_walkable_field(s->walkable, area, gate);
        for (int b = 0; b < bodies; b++) {
            double u = sketch_random(&random), v = sketch_random(&random), clear;
            mu_point p = mu_area_sample(s->walkable, area, BODY_M, u, v);
            ck_assert_double_ge(sketch_off_walls(s, area, p), BODY_M - 1e-9);
            double metres = mu_field_distance(s->walkable, area, field, p);
            double walked = march(s, area, gate, p, &clear);
            ck_assert_msg(clear > BODY_M - 0.03, "%.3f m off the wall from %g %g to gate %u", clear,
                          p.x, p.y, gate);
            ck_assert_msg(fabs(metres - walked) < 0.03 * metres + 0.1,
                          "from %g %g to gate %u: %.3f m by the field, %.3f m walked", p.x, p.y,
                          gate, metres, walked);
        }
    }
}

static double distance(const sketch *s, uint32_t area, uint32_t gate, double x, double y) {
    return mu_field_distance(s->walkable, area, mu_walkable_field(s->walkable, area, gate),
                             point(x, y));
}

static void expect_near(double value, double exact, double share, const char *what) {
    ck_assert_msg(fabs(value - exact) <= share * exact, "%s: %.4f, exactly %.4f", what, value,
                  exact);
}

/* A rectangle turned by an angle with this sine and cosine. */
static void turn(uint32_t count, double *xy, double sine, double cosine) {
    for (uint32_t i = 0; i < count; i++) {
        double x = xy[2 * i], y = xy[2 * i + 1];
        xy[2 * i] = cosine * x - sine * y;
        xy[2 * i + 1] = sine * x + cosine * y;
    }
}

/* ---- gates ---- */

/* Two rooms 0.6 m apart, the door drawn on the first one's border. */
static sketch thick_wall(void) {
    sketch s = sketch_new();
    sketch_room(&s, MU_USE_OFFICE, 0, 0, 0, 6, 5);
    sketch_room(&s, MU_USE_OUTDOOR, 0, 6.6, -3, 14, 8);
    uint32_t door = sketch_door(&s, 0, 1, 6, 2, 6, 3.2);
    s.site.portals.items[door].width_m = 0.9;
    return s;
}

START_TEST(a_thick_wall_has_a_gate_on_either_side) {
    sketch s = thick_wall();
    sketch_open(&s);
    const mu_gate *gate = mu_walkable_gate(s.walkable, 0);
    ck_assert_double_eq_tol(gate->width_m, 0.9, 1e-12);
    for (int side = 0; side < 2; side++) {
        ck_assert_double_eq_tol(apart(gate->a[side], gate->b[side]), 0.9, 1e-12);
        ck_assert_double_eq_tol(gate->a[side].x, side ? 6.6 : 6.0, 1e-12);
        ck_assert_double_eq_tol(gate->inward[side].x, side ? 1 : -1, 1e-12);
        ck_assert(!gate->standing[side]);
    }
    ck_assert_double_eq_tol(middle(gate, 0).y, 2.6, 1e-12);
    ck_assert_double_eq_tol(gate->a[0].y, gate->a[1].y, 1e-12);
    /* Just before the line on one side is just behind it on the other. */
    mu_point through = mu_gate_map(gate, 0, point(6.1, 2.4));
    ck_assert_double_eq_tol(through.x, 6.7, 1e-12);
    ck_assert_double_eq_tol(through.y, 2.4, 1e-12);
    march_everywhere(&s, 0, 40);
    march_everywhere(&s, 1, 40);
    sketch_free(&s);
}
END_TEST

START_TEST(maps_are_rigid_and_lead_back) {
    sketch s = thick_wall();
    const double line[4] = {1, 0, 3, 0}, upper[4] = {4, 5, 4, 3.8};
    sketch_room(&s, MU_USE_LOBBY, 1, 0, 0, 6, 5);
    sketch_stair(&s, 0, 2, line, upper);
    sketch_open(&s);
    uint64_t random = 5;
    ck_assert_uint_eq(mu_walkable_gate_count(s.walkable), 3);
    for (uint32_t g = 0; g < 3; g++) {
        const mu_gate *gate = mu_walkable_gate(s.walkable, g);
        for (int n = 0; n < 100; n++) {
            int side = n % 2;
            mu_point p = point(10 * sketch_random(&random), 10 * sketch_random(&random));
            mu_point q = point(10 * sketch_random(&random), 10 * sketch_random(&random));
            mu_point there_p = mu_gate_map(gate, side, p), there_q = mu_gate_map(gate, side, q);
            ck_assert_double_eq_tol(apart(there_p, there_q), apart(p, q), 1e-9);
            ck_assert_double_eq_tol(apart(mu_gate_map(gate, 1 - side, there_p), p), 0, 1e-9);
        }
        ck_assert_double_eq_tol(apart(mu_gate_map(gate, 0, gate->a[0]), gate->a[1]), 0, 1e-9);
        ck_assert_double_eq_tol(apart(mu_gate_map(gate, 0, gate->b[0]), gate->b[1]), 0, 1e-9);
        mu_point out = mu_gate_turn(gate, 0, point(-gate->inward[0].x, -gate->inward[0].y));
        ck_assert_double_eq_tol(apart(out, gate->inward[1]), 0, 1e-9);
    }
    sketch_free(&s);
}
END_TEST

START_TEST(a_flight_leads_up_from_its_line) {
    sketch s = sketch_new();
    const double line[4] = {1, 0, 2.4, 0}, upper[4] = {1, 5, 2.4, 5};
    uint32_t below = sketch_room(&s, MU_USE_LOBBY, 0, 0, 0, 6, 5);
    uint32_t above = sketch_room(&s, MU_USE_LOBBY, 1, 0, 0, 6, 5);
    uint32_t stair = sketch_stair(&s, below, above, line, upper);
    s.site.portals.items[stair].length_m = 6;
    sketch_door(&s, below, MU_NONE, 6, 1, 6, 2);
    sketch_open(&s);
    const mu_area *flight = mu_walkable_area(s.walkable, 2);
    ck_assert_uint_eq(flight->space, MU_NONE);
    ck_assert_uint_eq(flight->stair, stair);
    ck_assert_double_eq_tol(flight->high.x, 1.4, 1e-12);
    ck_assert_double_eq_tol(flight->high.y, 6, 1e-12);
    ck_assert_double_eq(flight->slope, MU_STAIR_COST);
    ck_assert_uint_eq(flight->wall_count, 2);
    const mu_gate *foot = mu_walkable_gate(s.walkable, 0), *head = mu_walkable_gate(s.walkable, 1);
    ck_assert_uint_eq(foot->area[0], below);
    ck_assert_uint_eq(head->area[1], above);
    /* Seen going out of the lower hall at y = 0, towards -y, left is +x; on the flight it is -x. */
    mu_point up = mu_gate_map(foot, 0, point(2.4, -0.5));
    ck_assert_double_eq_tol(apart(up, point(0, 0.5)), 0, 1e-9);
    mu_point top = mu_gate_map(head, 0, point(0.3, 6.25));
    ck_assert_double_eq_tol(top.y, 4.75, 1e-9);
    uint32_t level;
    mu_point plan = mu_area_on_plan(s.walkable, 2, point(0.7, 3), &level);
    ck_assert_double_eq_tol(apart(plan, point(1.7, 2.5)), 0, 1e-9);
    ck_assert_uint_eq(level, 0);
    expect_near(distance(&s, 2, 1, 0.7, 1), 5, 1e-6, "up the flight");
    ck_assert_double_eq_tol(mu_gate_distance(s.walkable, 2, 0, 1), 6, 1e-5);
    for (uint32_t area = 0; area < 3; area++) {
        march_everywhere(&s, area, 30);
    }
    sketch_free(&s);
}
END_TEST

START_TEST(a_flight_beside_its_own_head_turns_on_the_plan) {
    sketch s = sketch_new();
    const double line[4] = {1, 0, 2.4, 0}, upper[4] = {2.6, 0, 4, 0};
    uint32_t below = sketch_room(&s, MU_USE_LOBBY, 0, 0, 0, 6, 5);
    uint32_t above = sketch_room(&s, MU_USE_LOBBY, 1, 0, 0, 6, 5);
    s.site.portals.items[sketch_stair(&s, below, above, line, upper)].length_m = 6;
    sketch_open(&s);
    ck_assert(mu_flight_turns(s.walkable, 2));
    /* Rises 3 on 6 m of slope; the lanes are 1.6 m apart, and half of the rest is the first run. */
    const double run = (sqrt(6.0 * 6 - 3.0 * 3) - 1.6) / 2;
    const mu_point at[5] = {
        {1.7, 0}, {1.7, -run / 2}, {2.5, -run - 0.8}, {3.3, -run / 2}, {3.3, 0}};
    const double up[5] = {0, run / 2 / (2 * run + 1.6), 0.5, 1 - run / 2 / (2 * run + 1.6), 1};
    for (int i = 0; i < 5; i++) {
        mu_point plan = mu_flight_on_plan(s.walkable, 2, point(0.7, 6 * up[i]));
        ck_assert_double_eq_tol(apart(plan, at[i]), 0, 1e-9);
    }
    for (int i = 0; i <= 20; i++) { /* who keeps to one side of the strip stays on the outside */
        mu_point outer = mu_flight_on_plan(s.walkable, 2, point(1.4, 0.3 * i));
        mu_point inner = mu_flight_on_plan(s.walkable, 2, point(0, 0.3 * i));
        ck_assert_double_eq_tol(apart(outer, inner), 1.4, 1e-9);
    }
    sketch_free(&s);
}
END_TEST

START_TEST(a_flight_without_length_is_as_steep_as_stairs_may_be) {
    sketch s = sketch_new();
    const double line[4] = {0, 1, 0, 2.4};
    sketch_room(&s, MU_USE_LOBBY, 0, 0, 0, 6, 5);
    sketch_room(&s, MU_USE_LOBBY, 1, 0, 0, 6, 5);
    sketch_stair(&s, 0, 1, line, line);
    sketch_open(&s);
    double pitch = sqrt(178.0 * 178 + 279.0 * 279) / 178;
    ck_assert_double_eq_tol(mu_walkable_area(s.walkable, 2)->high.y, 3 * pitch, 0.01);
    sketch_free(&s);
}
END_TEST

START_TEST(a_line_in_the_middle_of_a_hall_stands_free) {
    sketch s = sketch_new();
    const double line[4] = {3, 2, 4.4, 2};
    sketch_room(&s, MU_USE_STAIR, 0, 0, 0, 8, 8);
    sketch_room(&s, MU_USE_STAIR, 1, 0, 0, 8, 8);
    sketch_stair(&s, 0, 1, line, line);
    sketch_door(&s, 0, MU_NONE, 0, 6, 0, 7);
    sketch_open(&s);
    for (uint32_t g = 0; g < 2; g++) {
        const mu_gate *gate = mu_walkable_gate(s.walkable, g);
        int side = (int)g; /* the hall's */
        ck_assert(gate->standing[side]);
        ck_assert(!gate->standing[1 - side]);
        ck_assert_double_eq_tol(gate->inward[side].y, 1, 1e-12); /* six metres free, not two */
        ck_assert_double_eq_tol(gate->width_m, 1.4, 1e-12);
    }
    /* From in front and from behind one comes onto the foot of the flight. */
    const mu_gate *foot = mu_walkable_gate(s.walkable, 0);
    double clear;
    march(&s, 0, 0, point(3.5, 7), &clear);
    march(&s, 0, 0, point(3.5, 0.5), &clear);
    march(&s, 0, 0, point(1, 1.9), &clear);
    ck_assert_double_eq_tol(mu_gate_map(foot, 0, point(3.5, 1.96)).y, 0.04, 1e-9);
    march_everywhere(&s, 2, 30);
    ck_assert_uint_eq(mu_walkable_area(s.walkable, 0)->wall_count, 5); /* the line is no wall */
    sketch_free(&s);
}
END_TEST

START_TEST(a_slanting_wall_keeps_both_sides_equal) {
    sketch s = sketch_new();
    const double left[8] = {0, 0, 5, 0, 4.6, 5, 0, 5}; /* its wall leans by 4.6 degrees */
    sketch_space(&s, MU_USE_OFFICE, 0, 4, left);
    sketch_room(&s, MU_USE_OUTDOOR, 0, 5.1, 0, 9, 5);
    sketch_door(&s, 0, 1, 4.85, 2, 4.85, 3);
    sketch_open(&s);
    const mu_gate *gate = mu_walkable_gate(s.walkable, 0);
    ck_assert_double_eq_tol(apart(gate->a[0], gate->b[0]), gate->width_m, 1e-9);
    ck_assert_double_eq_tol(apart(gate->a[1], gate->b[1]), gate->width_m, 1e-9);
    ck_assert_double_lt(gate->inward[0].y, -0.05); /* at right angles to its own wall */
    march_everywhere(&s, 0, 30);
    march_everywhere(&s, 1, 30);
    sketch_free(&s);
}
END_TEST

START_TEST(a_lift_is_not_walkable) {
    sketch s = thick_wall();
    uint32_t lift = sketch_room(&s, MU_USE_LIFT, 0, -2.2, 1, -0.2, 3);
    sketch_door(&s, 0, lift, 0, 1.5, 0, 2.5);
    sketch_open(&s);
    ck_assert(!mu_walkable_area(s.walkable, lift)->walkable);
    ck_assert_uint_eq(mu_walkable_gate_count(s.walkable), 1);
    ck_assert_uint_eq(mu_walkable_area(s.walkable, 0)->gate_count, 1);
    ck_assert_double_lt(sketch_off_walls(&s, 0, point(0.1, 2)), 0.11); /* its door is a wall */
    ck_assert_int_eq(mu_area_way_out(s.walkable, lift), MU_WAY_OUT_NOT_WALKABLE);
    ck_assert_uint_eq(mu_diags_count(s.diags, MU_NOTE), 0);
    sketch_free(&s);
}
END_TEST

/* ---- walls and places ---- */

static const double U_SHAPE[16] = {0, 0, 8, 0, 8, 12, 4.1, 12, 4.1, 2, 3.9, 2, 3.9, 12, 0, 12};

/* A hall with two pillars, one door. */
static sketch pillars(void) {
    const double big[8] = {5, 3, 7, 3, 7, 7, 5, 7}, small[8] = {9, 4.7, 9.4, 4.7, 9.4, 5.1, 9, 5.1};
    sketch s = sketch_new();
    sketch_room(&s, MU_USE_LOBBY, 0, 0, 0, 12, 10);
    sketch_hole(&s, 0, 4, big);
    sketch_hole(&s, 0, 4, small);
    sketch_door(&s, 0, MU_NONE, 12, 4.5, 12, 5.5);
    return s;
}

START_TEST(walls_are_the_border_without_the_gates) {
    sketch s = pillars();
    sketch_open(&s);
    const mu_area *area = mu_walkable_area(s.walkable, 0);
    const mu_wall *walls = mu_area_walls(s.walkable, 0);
    double length = 0;
    for (uint32_t w = 0; w < area->wall_count; w++) {
        length += apart(walls[w].a, walls[w].b);
        /* The walkable side is to the left. */
        double dx = walls[w].b.x - walls[w].a.x, dy = walls[w].b.y - walls[w].a.y;
        double l = sqrt(dx * dx + dy * dy);
        mu_point in = point((walls[w].a.x + walls[w].b.x) / 2 - 0.01 * dy / l,
                            (walls[w].a.y + walls[w].b.y) / 2 + 0.01 * dx / l);
        ck_assert(mu_area_contains(s.walkable, 0, in));
    }
    ck_assert_double_eq_tol(length, 44 + 12 + 1.6 - 1, 1e-5);
    ck_assert_double_eq_tol(area->area_m2, 120 - 8 - 0.16, 1e-9);
    sketch_free(&s);
}
END_TEST

START_TEST(the_order_of_a_ring_does_not_matter) {
    sketch s = sketch_new(), t = sketch_new();
    double back[16];
    for (int i = 0; i < 8; i++) {
        back[2 * i] = U_SHAPE[2 * (7 - i)];
        back[2 * i + 1] = U_SHAPE[2 * (7 - i) + 1];
    }
    sketch_space(&s, MU_USE_LOBBY, 0, 8, U_SHAPE);
    sketch_space(&t, MU_USE_LOBBY, 0, 8, back);
    sketch_door(&s, 0, MU_NONE, 1, 12, 2, 12);
    sketch_door(&t, 0, MU_NONE, 1, 12, 2, 12);
    sketch_open(&s);
    sketch_open(&t);
    ck_assert_double_eq_tol(mu_walkable_area(s.walkable, 0)->area_m2,
                            mu_walkable_area(t.walkable, 0)->area_m2, 1e-9);
    for (int n = 0; n < 15; n++) {
        double y = 1 + 0.7 * n;
        ck_assert_double_eq_tol(distance(&s, 0, 0, 6, y), distance(&t, 0, 0, 6, y), 1e-5);
    }
    sketch_free(&s);
    sketch_free(&t);
}
END_TEST

START_TEST(near_walls_are_all_that_can_be_touched) {
    sketch s = pillars();
    sketch_open(&s);
    const mu_wall *walls = mu_area_walls(s.walkable, 0);
    uint32_t count = mu_walkable_area(s.walkable, 0)->wall_count, near_count;
    uint64_t random = 2;
    for (int n = 0; n < 500; n++) {
        mu_point p = point(-1 + 14 * sketch_random(&random), -1 + 12 * sketch_random(&random));
        const uint32_t *near = mu_area_walls_near(s.walkable, 0, p, &near_count);
        bool inside = mu_area_contains(s.walkable, 0, p);
        for (uint32_t w = 0, k = 0; w < count; w++) {
            bool listed = k < near_count && near[k] == w;
            k += listed;
            mu_point a = walls[w].a, b = walls[w].b;
            double t = ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) /
                       (apart(a, b) * apart(a, b));
            t = fmax(0, fmin(1, t));
            double off = apart(p, point(a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)));
            ck_assert_msg(listed || !inside || off > 2, "wall %u at %.2f m is not listed", w, off);
        }
    }
    sketch_free(&s);
}
END_TEST

START_TEST(inside_is_inside) {
    sketch s = pillars();
    sketch_open(&s);
    uint64_t random = 3;
    for (int n = 0; n < 2000; n++) {
        mu_point p = point(-1 + 14 * sketch_random(&random), -1 + 12 * sketch_random(&random));
        bool in = p.x > 0 && p.x < 12 && p.y > 0 && p.y < 10 &&
                  !(p.x > 5 && p.x < 7 && p.y > 3 && p.y < 7) &&
                  !(p.x > 9 && p.x < 9.4 && p.y > 4.7 && p.y < 5.1);
        ck_assert(mu_area_contains(s.walkable, 0, p) == in);
    }
    sketch_free(&s);
}
END_TEST

START_TEST(samples_cover_the_area_and_keep_clear) {
    sketch s = pillars();
    sketch_open(&s);
    uint64_t random = 4;
    int seen[12][10] = {{0}};
    for (int n = 0; n < 4000; n++) {
        double u = sketch_random(&random), v = sketch_random(&random);
        mu_point p = mu_area_sample(s.walkable, 0, 0.3, u, v);
        ck_assert_double_ge(sketch_off_walls(&s, 0, p), 0.3 - 1e-9);
        mu_point again = mu_area_sample(s.walkable, 0, 0.3, u, v);
        ck_assert(p.x == again.x && p.y == again.y);
        seen[(int)p.x][(int)p.y]++;
    }
    for (int i = 1; i < 11; i++) {
        for (int j = 1; j < 9; j++) {
            bool pillar = (i == 5 || i == 6) && j >= 3 && j < 7;
            ck_assert_msg(pillar || seen[i][j] > 5, "only %d in cell %d %d", seen[i][j], i, j);
        }
    }
    /* A cupboard in which only one spot has that much room. */
    sketch t = sketch_new();
    sketch_room(&t, MU_USE_STORE, 0, 0, 0, 0.93, 0.93);
    sketch_door(&t, 0, MU_NONE, 0.1, 0, 0.8, 0);
    sketch_open(&t);
    mu_point p = mu_area_sample(t.walkable, 0, 0.46, 0.3, 0.9);
    ck_assert_double_ge(sketch_off_walls(&t, 0, p), 0.46 - 1e-9);
    sketch_free(&t);
    sketch_free(&s);
}
END_TEST

START_TEST(clamping_finds_a_clear_place_close_by) {
    sketch s = pillars();
    sketch_open(&s);
    uint64_t random = 6;
    mu_point out;
    for (int n = 0; n < 1000; n++) {
        mu_point p = point(-0.5 + 13 * sketch_random(&random), -0.5 + 11 * sketch_random(&random));
        ck_assert(mu_area_clamp(s.walkable, 0, p, 0.25, &out));
        ck_assert(mu_area_contains(s.walkable, 0, out));
        ck_assert_double_ge(sketch_off_walls(&s, 0, out), 0.25 - 1e-9);
        bool clear = mu_area_contains(s.walkable, 0, p) && sketch_off_walls(&s, 0, p) >= 0.25;
        ck_assert(!clear || (out.x == p.x && out.y == p.y));
        bool in_pillar = p.x > 5 && p.x < 7 && p.y > 3 && p.y < 7;
        ck_assert_double_lt(apart(p, out), in_pillar ? 1.3 : 1.1);
    }
    ck_assert(!mu_area_clamp(s.walkable, 0, point(1, 1), 1.99, &out) ||
              sketch_off_walls(&s, 0, out) >= 1.98);
    sketch t = sketch_new();
    sketch_room(&t, MU_USE_STORE, 0, 0, 0, 0.8, 3);
    sketch_door(&t, 0, MU_NONE, 0.1, 0, 0.7, 0);
    sketch_open(&t);
    ck_assert(!mu_area_clamp(t.walkable, 0, point(0.4, 1), 0.6, &out));
    sketch_free(&t);
    sketch_free(&s);
}
END_TEST

START_TEST(sight_is_blocked_by_pillars_and_ends_at_gates) {
    sketch s = pillars();
    sketch_open(&s);
    const mu_walkable *w = s.walkable;
    ck_assert(mu_area_sees(w, 0, point(1, 1), point(11, 1), 0.3));
    ck_assert(!mu_area_sees(w, 0, point(1, 5), point(11, 5), 0));
    ck_assert(mu_area_sees(w, 0, point(1, 2.5), point(8, 2.5), 0.4));
    ck_assert(!mu_area_sees(w, 0, point(1, 2.5), point(8, 2.5), 0.6));
    ck_assert(mu_area_sees(w, 0, point(11, 5), point(12, 5), 0.2));
    ck_assert(!mu_area_sees(w, 0, point(11, 5), point(13, 5), 0.2)); /* out through the door */
    sketch_free(&s);
}
END_TEST

/* ---- distances ---- */

START_TEST(straight_corridor) {
    sketch s = sketch_new();
    sketch_room(&s, MU_USE_CORRIDOR, 0, 0, 0, 40, 2);
    sketch_door(&s, 0, MU_NONE, 40, 0.4, 40, 1.6);
    sketch_door(&s, 0, MU_NONE, 0, 0.4, 0, 1.6);
    sketch_open(&s);
    for (int n = 0; n < 24; n++) {
        double x = 0.3 + 1.7 * n;
        expect_near(distance(&s, 0, 0, x, 1), 40 - x, 1e-6, "corridor");
    }
    expect_near(mu_gate_distance(s.walkable, 0, 0, 1), 40, 1e-6, "door to door");
    march_everywhere(&s, 0, 40);
    sketch_free(&s);
}
END_TEST

/* The corner of the L is at (2, 2); a body goes round it at 0.25 m. */
START_TEST(round_a_corner) {
    const double shape[12] = {0, 0, 10, 0, 10, 2, 2, 2, 2, 12, 0, 12};
    const mu_point corner = {2, 2}, round = {2 - 0.25, 2 - 0.25};
    sketch s = sketch_new();
    sketch_space(&s, MU_USE_CORRIDOR, 0, 6, shape);
    sketch_door(&s, 0, MU_NONE, 10, 0.2, 10, 1.8);
    sketch_open(&s);
    for (int n = 0; n < 10; n++) {
        mu_point p = point(1.2, 3 + 0.9 * n);
        /* To the nearest point of the shortened line, (10, 1.6). */
        double tight = apart(p, corner) + apart(corner, point(10, 1.6));
        double body = apart(p, round) + apart(round, point(10, 1.6));
        double metres = distance(&s, 0, 0, p.x, p.y);
        expect_near(metres, body, 0.005, "round the corner");
        expect_near(metres, tight, 0.04, "round the corner, without a body");
    }
    march_everywhere(&s, 0, 60);
    sketch_free(&s);
}
END_TEST

START_TEST(round_a_pillar) {
    sketch s = pillars();
    sketch_open(&s);
    /* From straight behind the big pillar, over its lower corners and past the small one. */
    mu_point p = point(3, 4.2), q = point(5 - 0.25, 3 - 0.25), r = point(7.25, 2.75);
    double least = apart(p, point(5, 3)) + 2 + apart(point(7, 3), point(12, 4.7));
    double metres = distance(&s, 0, 0, p.x, p.y);
    double body = apart(p, q) + apart(q, r) + apart(r, point(12, 4.7));
    expect_near(metres, body, 0.01, "round the pillar");
    expect_near(metres, least, 0.04, "round the pillar, without a body");
    march_everywhere(&s, 0, 100);
    sketch_free(&s);
}
END_TEST

START_TEST(round_a_thin_wall) {
    sketch s = sketch_new();
    sketch_space(&s, MU_USE_LOBBY, 0, 8, U_SHAPE);
    sketch_door(&s, 0, MU_NONE, 1, 12, 2, 12);
    sketch_open(&s);
    for (int n = 0; n < 9; n++) {
        /* Over the two corners of the wall's end to the shortened line's nearest end, (1.8, 12). */
        mu_point p = point(6, 4 + 0.9 * n), q = point(4.35, 1.75), r = point(3.65, 1.75);
        double least = apart(p, point(4.1, 2)) + 0.2 + apart(point(3.9, 2), point(1.8, 12));
        double body = apart(p, q) + apart(q, r) + apart(r, point(1.8, 12));
        expect_near(distance(&s, 0, 0, p.x, p.y), body, 0.01, "round the wall");
        ck_assert_double_gt(distance(&s, 0, 0, p.x, p.y), least - 1e-3);
    }
    /* Distances do not leak through the wall. */
    ck_assert_double_gt(distance(&s, 0, 0, 4.35, 11), 18);
    ck_assert_double_lt(distance(&s, 0, 0, 3.65, 11), 3);
    march_everywhere(&s, 0, 60);
    sketch_free(&s);
}
END_TEST

START_TEST(a_turned_maze) {
    double shape[32] = {0, 0,   8, 0,   8, 6, 7, 6, 7, 1, 6, 1, 6, 6, 4, 6,
                        4, 5.2, 5, 5.2, 5, 1, 2, 1, 2, 4, 3, 4, 3, 6, 0, 6};
    double door[4] = {8, 4.5, 8, 5.5};
    sketch s = sketch_new();
    turn(16, shape, 0.6, 0.8);
    turn(2, door, 0.6, 0.8);
    sketch_space(&s, MU_USE_LOBBY, 0, 16, shape);
    sketch_door(&s, 0, MU_NONE, door[0], door[1], door[2], door[3]);
    sketch_open(&s);
    march_everywhere(&s, 0, 150);
    sketch_free(&s);
}
END_TEST

START_TEST(a_jamb_at_a_corner) {
    /* The stair's line ends at a corner round which people come from behind. */
    const double shape[16] = {0, 0, 3.6, 0, 3.6, 9.6, 0, 9.6, 0, 8, 1.4, 8, 1.4, 1.8, 0, 1.8};
    sketch s = sketch_new();
    sketch_space(&s, MU_USE_STAIR, 0, 8, shape);
    sketch_door(&s, 0, MU_NONE, 0, 8, 1.4, 8);
    sketch_door(&s, 0, MU_NONE, 1.6, 0, 3.2, 0);
    sketch_open(&s);
    march_everywhere(&s, 0, 100);
    sketch_free(&s);
}
END_TEST

START_TEST(many_doors_along_a_wall) {
    sketch s = sketch_new();
    sketch_room(&s, MU_USE_CORRIDOR, 0, 0, 0, 36, 2);
    for (int k = 0; k < 12; k++) {
        sketch_room(&s, MU_USE_OFFICE, 0, 3 * k + 0.05, 2.2, 3 * k + 2.95, 6);
        sketch_door(&s, (uint32_t)k + 1, 0, 3 * k + 1, 2.2, 3 * k + 2, 2.2);
    }
    sketch_door(&s, 0, MU_NONE, 36, 0.5, 36, 1.5);
    sketch_open(&s);
    march_everywhere(&s, 0, 8);
    /* From one door's line to the next along the same wall. */
    double clear;
    march(&s, 0, 1, middle(mu_walkable_gate(s.walkable, 0), 1), &clear);
    ck_assert_double_gt(clear, 0.17);
    sketch_free(&s);
}
END_TEST

START_TEST(a_narrow_gap_is_found) {
    /* Two halls joined by a slit of 0.5 m, at no multiple of the grid's step. */
    const double shape[24] = {0,  0, 6,   0, 6,   3.11, 6.4, 3.11, 6.4, 0, 12, 0,
                              12, 7, 6.4, 7, 6.4, 3.61, 6,   3.61, 6,   7, 0,  7};
    sketch s = sketch_new();
    sketch_space(&s, MU_USE_LOBBY, 0, 12, shape);
    sketch_door(&s, 0, MU_NONE, 12, 3, 12, 4);
    sketch_open(&s);
    ck_assert_uint_eq(mu_diags_count(s.diags, MU_NOTE), 0);
    uint64_t random = 7;
    double clear;
    for (int n = 0; n < 60; n++) {
        double u = sketch_random(&random), v = sketch_random(&random);
        mu_point p = mu_area_sample(s.walkable, 0, BODY_M, u, v);
        march(&s, 0, 0, p, &clear);
        ck_assert_double_gt(clear, 0.15);
    }
    expect_near(distance(&s, 0, 0, 1, 3.36), 11, 0.03, "through the gap");
    sketch_free(&s);
}
END_TEST

START_TEST(a_gap_too_narrow_is_told) {
    const double shape[24] = {0,  0, 6,   0, 6,   3.1, 6.4, 3.1, 6.4, 0, 12, 0,
                              12, 7, 6.4, 7, 6.4, 3.3, 6,   3.3, 6,   7, 0,  7};
    sketch s = sketch_new();
    sketch_space(&s, MU_USE_LOBBY, 0, 12, shape);
    sketch_door(&s, 0, MU_NONE, 12, 3, 12, 4);
    sketch_door(&s, 0, MU_NONE, 0, 3, 0, 4);
    sketch_open(&s);
    ck_assert_ptr_nonnull(sketch_find(&s, "site.cut-off", NULL));
    sketch_free(&s);
}
END_TEST

START_TEST(no_way_is_infinite) {
    /* A room pinched to nothing in the middle. */
    const double shape[16] = {0, 0, 4, 0, 4, 3, 4.5, 0, 9, 0, 9, 3.005, 4, 3.005, 0, 3.005};
    sketch s = sketch_new();
    sketch_space(&s, MU_USE_LOBBY, 0, 8, shape);
    sketch_door(&s, 0, MU_NONE, 9, 1, 9, 2);
    s.walkable = mu_walkable_create(&s.site, s.diags);
    ck_assert_ptr_nonnull(s.walkable);
    ck_assert(isinf(distance(&s, 0, 0, 2, 1.5)));
    mu_point way =
        mu_field_direction(s.walkable, 0, mu_walkable_field(s.walkable, 0, 0), point(2, 1.5));
    ck_assert(way.x == 0 && way.y == 0);
    sketch_free(&s);
}
END_TEST

START_TEST(anywhere_around_there_is_a_sane_answer) {
    sketch s = pillars();
    sketch_open(&s);
    const mu_field_grid *to_gate = mu_walkable_field(s.walkable, 0, 0);
    mu_field_grid *to_point = mu_field_to_point(s.walkable, 0, point(3, 5));
    uint64_t random = 8;
    for (int n = 0; n < 5000; n++) {
        mu_point p = point(-3 + 18 * sketch_random(&random), -3 + 16 * sketch_random(&random));
        const mu_field_grid *fields[2] = {to_gate, to_point};
        for (int f = 0; f < 2; f++) {
            double metres = mu_field_distance(s.walkable, 0, fields[f], p);
            mu_point way = mu_field_direction(s.walkable, 0, fields[f], p);
            ck_assert(metres >= 0 && metres < 40);
            ck_assert_double_eq_tol(way.x * way.x + way.y * way.y, 1, 1e-9);
        }
    }
    mu_field_destroy(to_point);
    sketch_free(&s);
}
END_TEST

START_TEST(fields_to_points) {
    sketch s = pillars();
    sketch_open(&s);
    uint64_t random = 9;
    for (int n = 0; n < 20; n++) {
        double u = sketch_random(&random), v = sketch_random(&random);
        mu_point target = mu_area_sample(s.walkable, 0, 0.1, u, v);
        mu_field_grid *field = mu_field_to_point(s.walkable, 0, target);
        ck_assert_double_lt(mu_field_distance(s.walkable, 0, field, target), 1e-9);
        mu_point at = mu_field_direction(s.walkable, 0, field, target);
        ck_assert(at.x == 0 && at.y == 0);
        for (int k = 0; k < 20; k++) {
            u = sketch_random(&random);
            v = sketch_random(&random);
            mu_point p = mu_area_sample(s.walkable, 0, BODY_M, u, v);
            double metres = mu_field_distance(s.walkable, 0, field, p), walked = 0;
            ck_assert_double_ge(metres, apart(p, target) - 1e-6);
            while (apart(p, target) > 0.06 && walked < 60) {
                mu_point way = mu_field_direction(s.walkable, 0, field, p);
                p = point(p.x + 0.05 * way.x, p.y + 0.05 * way.y);
                walked += 0.05;
                ck_assert_double_gt(sketch_off_walls(&s, 0, p), 0.05);
            }
            ck_assert_double_lt(fabs(walked - metres), 0.03 * metres + 0.2);
        }
        mu_field_destroy(field);
    }
    sketch_free(&s);
}
END_TEST

/* A point by the wall, another in a corner: people get to where things stand. */
START_TEST(fields_to_points_by_the_wall) {
    sketch s = pillars();
    sketch_open(&s);
    const mu_point targets[3] = {{0.05, 5}, {0.1, 0.1}, {4.95, 4}};
    for (int n = 0; n < 3; n++) {
        mu_field_grid *field = mu_field_to_point(s.walkable, 0, targets[n]);
        mu_point p = point(10, 8);
        double metres = mu_field_distance(s.walkable, 0, field, p), walked = 0;
        while (apart(p, targets[n]) > 0.3 && walked < 60) {
            mu_point way = mu_field_direction(s.walkable, 0, field, p);
            p = point(p.x + 0.05 * way.x, p.y + 0.05 * way.y);
            walked += 0.05;
        }
        ck_assert_double_lt(fabs(walked + 0.3 - metres), 0.03 * metres + 0.2);
        mu_field_destroy(field);
    }
    sketch_free(&s);
}
END_TEST

START_TEST(the_same_site_gives_the_same_bits) {
    sketch s = pillars(), t = pillars();
    sketch_open(&s);
    sketch_open(&t);
    uint64_t random = 10;
    for (int n = 0; n < 1000; n++) {
        double x = 12 * sketch_random(&random), y = 10 * sketch_random(&random);
        ck_assert(distance(&s, 0, 0, x, y) == distance(&t, 0, 0, x, y));
    }
    sketch_free(&s);
    sketch_free(&t);
}
END_TEST

/* A standpoint of the panorama: nodes, then steps off walls, each in words of their own. */
static mu_point standpoint(const sketch *s, const mu_panorama *views, uint32_t p, uint32_t *bit) {
    const mu_area_parts *parts = &s->walkable->parts[0];
    const uint32_t off = p - parts->node_count;
    if (p < parts->node_count) {
        *bit = p;
        return mu_grid_point(mu_walkable_area(s->walkable, 0), parts->place[p]);
    }
    *bit = mu_panorama_words(parts->node_count) * MU_STANDPOINTS + off;
    return point(views->off_x[off], views->off_y[off]);
}

/* What fields look up is what asking from each standpoint says. */
static void expect_panorama(const sketch *s) {
    const mu_area *in = &s->walkable->areas[0];
    const mu_area_parts *parts = &s->walkable->parts[0];
    const mu_views *from = mu_views_of(s->walkable, 0);
    const mu_panorama *views = &from->panorama;
    uint32_t seen = 0, hidden = 0;
    for (uint32_t p = 0; p < parts->node_count + views->off_count; p++) {
        uint32_t bit;
        const mu_point at = standpoint(s, views, p, &bit);
        const uint32_t word = bit / MU_STANDPOINTS;
        uint32_t next = views->first[word];
        for (uint32_t c = 0; c < from->corner_count; c++) {
            double metres;
            mu_point way;
            const bool known = next < views->first[word + 1] && views->corners[next] == c;
            const bool listed = known && (views->seen[next] >> bit % MU_STANDPOINTS & 1) != 0;
            ck_assert(mu_sight_sees(&from->corners[c].sight, at, &metres, &way) == listed);
            ck_assert(!listed || metres == apart(from->corners[c].at, at));
            ck_assert(mu_sight_sees_alone(in, parts, &from->corners[c].sight, at, &metres, &way) ==
                      listed);
            next += known;
            seen += listed;
            hidden += !listed;
        }
        ck_assert_uint_eq(next, views->first[word + 1]);
    }
    ck_assert(seen > 100 && hidden > 100 && views->off_count > 0);
}

/* Looking at a gate from all standpoints at once is what asking from each one says. */
static void expect_look(const sketch *s) {
    const mu_sight *gate = &mu_walkable_field(s->walkable, 0, 0)->sight;
    const mu_area_parts *parts = &s->walkable->parts[0];
    const mu_panorama *views = &mu_views_of(s->walkable, 0)->panorama;
    const uint32_t count = parts->node_count;
    double *x = calloc(3 * (size_t)count, sizeof *x), *y = x + count, *metres = y + count;
    uint32_t seen = 0;
    ck_assert_ptr_nonnull(x);
    mu_panorama_nodes(&s->walkable->areas[0], parts, 0, count, x, y);
    mu_sight_runs runs;
    mu_sight_runs_make(gate, &runs);
    mu_sight_look(gate, &runs, count, x, y, views->boxes, metres);
    for (uint32_t n = 0; n < count; n++) {
        double alone;
        mu_point way;
        const bool is_seen = mu_sight_sees(gate, point(x[n], y[n]), &alone, &way);
        ck_assert(metres[n] == (is_seen ? alone : INFINITY));
        seen += is_seen;
    }
    ck_assert(seen > 100 && seen < count - 100);
    free(x);
}

START_TEST(nodes_see_the_corners_that_are_listed) {
    sketch s = pillars(), t = sketch_new();
    sketch_open(&s);
    expect_panorama(&s);
    expect_look(&s);
    sketch_space(&t, MU_USE_LOBBY, 0, 8, U_SHAPE);
    sketch_door(&t, 0, MU_NONE, 1, 12, 2, 12);
    sketch_open(&t);
    expect_panorama(&t);
    expect_look(&t);
    sketch_free(&s);
    sketch_free(&t);
}
END_TEST

static void *make_ways(void *walkable) {
    for (uint32_t gate = 0; gate < mu_walkable_gate_count(walkable); gate++) {
        ck_assert_ptr_nonnull(mu_field_ways_of(mu_walkable_field(walkable, 0, gate)));
    }
    return NULL;
}

/* A hall with pillars and a door in the middle of each of its three other sides. */
static sketch doors_all_round(void) {
    sketch s = pillars();
    sketch_door(&s, 0, MU_NONE, 0, 4.5, 0, 5.5);
    sketch_door(&s, 0, MU_NONE, 5.5, 0, 6.5, 0);
    sketch_door(&s, 0, MU_NONE, 5.5, 10, 6.5, 10);
    return s;
}

START_TEST(threads_make_the_same_ways_together) {
    sketch s = doors_all_round(), t = doors_all_round();
    sketch_open(&s);
    sketch_open(&t);
    pthread_t threads[4];
    for (int k = 0; k < 4; k++) {
        ck_assert_int_eq(pthread_create(&threads[k], NULL, make_ways, s.walkable), 0);
    }
    for (int k = 0; k < 4; k++) {
        (void)pthread_join(threads[k], NULL);
    }
    const size_t nodes = s.walkable->parts[0].node_count;
    for (uint32_t gate = 0; gate < 4; gate++) {
        const mu_field_ways *p = mu_field_ways_of(mu_walkable_field(s.walkable, 0, gate));
        const mu_field_ways *q = mu_field_ways_of(mu_walkable_field(t.walkable, 0, gate));
        ck_assert_int_eq(memcmp(p->metres, q->metres, nodes * sizeof *p->metres), 0);
        ck_assert_int_eq(memcmp(p->via, q->via, nodes * sizeof *p->via), 0);
    }
    sketch_free(&s);
    sketch_free(&t);
}
END_TEST

START_TEST(large_ground_has_a_coarser_grid) {
    const double house[8] = {50, 40, 150, 40, 150, 100, 50, 100};
    sketch s = sketch_new();
    sketch_room(&s, MU_USE_OUTDOOR, 0, 0, 0, 400, 300);
    sketch_hole(&s, 0, 4, house);
    for (int k = 0; k < 6; k++) {
        sketch_door(&s, 0, MU_NONE, 400, 20 + 40 * k, 400, 30 + 40 * k);
    }
    sketch_open(&s);
    double step = mu_walkable_area(s.walkable, 0)->step_m;
    ck_assert(step > 0.25 && step <= 0.5);
    /* Over two corners of the house to the sixth gate, y = 220.2 … 229.8. */
    double exact =
        apart(point(20, 70), point(49.75, 100.25)) + apart(point(49.75, 100.25), point(400, 220.2));
    expect_near(distance(&s, 0, 5, 20, 70), exact, 0.01, "round the house");
    march_everywhere(&s, 0, 3);
    sketch_free(&s);
}
END_TEST

static Suite *walkable_suite(void) {
    Suite *suite = suite_create("walkable");
    const TTest *gates[] = {a_thick_wall_has_a_gate_on_either_side,
                            maps_are_rigid_and_lead_back,
                            a_flight_leads_up_from_its_line,
                            a_flight_beside_its_own_head_turns_on_the_plan,
                            a_flight_without_length_is_as_steep_as_stairs_may_be,
                            a_line_in_the_middle_of_a_hall_stands_free,
                            a_slanting_wall_keeps_both_sides_equal,
                            a_lift_is_not_walkable,
                            NULL};
    const TTest *places[] = {
        walls_are_the_border_without_the_gates,        the_order_of_a_ring_does_not_matter,
        near_walls_are_all_that_can_be_touched,        inside_is_inside,
        samples_cover_the_area_and_keep_clear,         clamping_finds_a_clear_place_close_by,
        sight_is_blocked_by_pillars_and_ends_at_gates, NULL};
    const TTest *fields[] = {straight_corridor,
                             round_a_corner,
                             round_a_pillar,
                             round_a_thin_wall,
                             a_turned_maze,
                             a_jamb_at_a_corner,
                             many_doors_along_a_wall,
                             a_narrow_gap_is_found,
                             a_gap_too_narrow_is_told,
                             no_way_is_infinite,
                             anywhere_around_there_is_a_sane_answer,
                             fields_to_points,
                             fields_to_points_by_the_wall,
                             the_same_site_gives_the_same_bits,
                             nodes_see_the_corners_that_are_listed,
                             threads_make_the_same_ways_together,
                             large_ground_has_a_coarser_grid,
                             NULL};
    TCase *cases[3] = {tcase_create("gates"), tcase_create("places"), tcase_create("fields")};
    for (size_t k = 0; gates[k]; k++) {
        tcase_add_test(cases[0], gates[k]);
    }
    for (size_t k = 0; places[k]; k++) {
        tcase_add_test(cases[1], places[k]);
    }
    for (size_t k = 0; fields[k]; k++) {
        tcase_add_test(cases[2], fields[k]);
    }
    for (int c = 0; c < 3; c++) {
        tcase_set_timeout(cases[c], 60);
        suite_add_tcase(suite, cases[c]);
    }
    return suite;
}

int main(void) {
    return run_suite(walkable_suite());
}
