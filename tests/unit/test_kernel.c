/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The walk model's inner loops: both builds give the same bits, in whatever order walkers stand. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crowd/walk.h"
#include "crowd/walk_body.h"
#include "crowd/walk_kernel.h"
#include "crowd/walk_numbers.h"
#include "runner.h"
#include "site/plane.h"

enum { CROWD = 90, TRIES = 400 };

typedef struct scene {
    mu_kernel_packing packing;
    mu_walker walkers[CROWD + MU_KERNEL_PADDING];
    float x[CROWD + MU_KERNEL_PADDING], y[CROWD + MU_KERNEL_PADDING];
    float wx[CROWD + MU_KERNEL_PADDING], wy[CROWD + MU_KERNEL_PADDING];
    float speed[CROWD + MU_KERNEL_PADDING];
    uint32_t me;
    mu_kernel_crowd crowd;
} scene;

/* The runs, as if the walkers of three rows of cells stood in this order. */
static const uint32_t run_first[3] = {0, 30, 60}, run_end[3] = {30, 60, CROWD};

static float draw(uint64_t *state, float low, float high) {
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return low + (high - low) * (float)(*state >> 40) / 16777216.0F;
}

static void set(scene *s, uint32_t i, mu_walker walker) {
    s->walkers[i] = walker;
    s->x[i] = walker.x;
    s->y[i] = walker.y;
}

static void point_crowd_at(scene *s) {
    s->crowd = (mu_kernel_crowd){.packing = &s->packing,
                                 .walkers = s->walkers,
                                 .x = s->x,
                                 .y = s->y,
                                 .wx = s->wx,
                                 .wy = s->wy,
                                 .speed = s->speed,
                                 .cutoff_m = MU_WALK_CUTOFF_M,
                                 .core = 1,
                                 .reach_m = 0.4F};
}

/* A crowd as dense as in a queue, everyone with a heading of their own; some stand. */
static void fill_scene(scene *s, uint64_t *state) {
    mu_kernel_make_packing(&s->packing);
    memset(s->walkers, 0, sizeof s->walkers);
    for (uint32_t i = 0; i < CROWD; i++) {
        const float angle = draw(state, 0, 6.2831853F), speed = draw(state, 0, 1.5F);
        const float ex = cosf(angle), ey = sinf(angle), stands = draw(state, 0, 1) < 0.2F;
        const float walks = (1 - stands) * speed;
        set(s, i,
            (mu_walker){draw(state, 0, 4.2F), draw(state, 0, 4.2F), ex * walks, ey * walks, ex, ey,
                        draw(state, 0.2F, 0.25F), stands});
    }
    for (uint32_t i = 0; i < CROWD; i++) {
        const float angle = draw(state, 0, 6.2831853F);
        s->wx[i] = cosf(angle);
        s->wy[i] = sinf(angle);
        s->speed[i] = draw(state, 0.5F, 1.5F);
    }
    s->me = run_first[1] + (uint32_t)draw(state, 0, 29.5F);
    point_crowd_at(s);
}

/* What one makes of them who looks about together with all in the cell. */
static mu_kernel_answer look(const mu_kernel *kernel, const scene *s, uint32_t *contacts,
                             uint32_t *count) {
    mu_kernel_ring ring;
    mu_kernel_batch batch = {.count = 0};
    uint32_t first[CROWD + 1] = {0};
    memcpy(ring.first, run_first, sizeof ring.first);
    memcpy(ring.end, run_end, sizeof ring.end);
    const mu_kernel_contacts notes = {first, contacts, 40, 32};
    ck_assert(kernel->surround(&ring, &s->crowd));
    ck_assert_uint_eq(kernel->seek(&batch, &ring, &s->crowd, &notes, s->me, s->me + 1), s->me + 1);
    float turn[CROWD] = {0}, room_m[CROWD] = {0};
    uint32_t told[CROWD] = {0};
    kernel->decide(&batch, &s->crowd, &(mu_kernel_answers){turn, room_m, told});
    *count = first[s->me + 1] - first[s->me];
    ck_assert_uint_eq(told[s->me] >> MU_TOLD_NEAR_AT, batch.near[0]);
    return (mu_kernel_answer){turn[s->me], room_m[s->me],
                              told[s->me] & ((1U << MU_TOLD_NEAR_AT) - 1)};
}

/* The same alone. */
static mu_kernel_answer look_alone(const mu_kernel *kernel, const scene *s, uint32_t *contacts,
                                   uint32_t *count) {
    const uint32_t me = s->me;
    const mu_kernel_ring ring = {.first = {run_first[0], run_first[1], run_first[2]},
                                 .end = {run_end[0], run_end[1], run_end[2]}};
    const mu_kernel_eye eye = {.me = me,
                               .bx = s->wx[me] + s->walkers[me].ex,
                               .by = s->wy[me] + s->walkers[me].ey,
                               .wx = s->wx[me],
                               .wy = s->wy[me],
                               .ex = s->walkers[me].ex,
                               .ey = s->walkers[me].ey,
                               .free_mps = s->speed[me]};
    mu_kernel_view view;
    uint32_t first[CROWD + 1] = {0};
    const mu_kernel_contacts notes = {first, contacts, 40, 32};
    kernel->find(&view, &ring, &s->crowd, &eye, &notes);
    *count = first[me + 1] - first[me];
    return kernel->judge(&view, &s->crowd, &eye);
}

static bool is_same(const mu_kernel_answer *a, const mu_kernel_answer *b) {
    return memcmp(&a->turn, &b->turn, sizeof a->turn) == 0 &&
           memcmp(&a->room_m, &b->room_m, sizeof a->room_m) == 0 && a->told == b->told;
}

START_TEST(both_builds_give_the_same_bits) {
    const mu_kernel *best = mu_kernel_best();
    if (best == &mu_kernel_plain) {
        puts("this processor or build has one kernel only: nothing to compare");
        return;
    }
    uint64_t state = 1;
    scene s;
    for (int try = 0; try < TRIES; try++) {
        fill_scene(&s, &state);
        uint32_t a[40], b[40], a_count = 0, b_count = 0;
        const mu_kernel_answer plain = look(&mu_kernel_plain, &s, a, &a_count);
        const mu_kernel_answer wide = look(best, &s, b, &b_count);
        ck_assert(is_same(&plain, &wide));
        ck_assert_uint_eq(a_count, b_count);
        ck_assert_int_eq(memcmp(a, b, a_count * sizeof *a), 0);
    }
}
END_TEST

START_TEST(together_and_alone_all_see_the_same) {
    uint64_t state = 3;
    scene s;
    for (int try = 0; try < TRIES; try++) {
        fill_scene(&s, &state);
        uint32_t a[40], b[40], a_count = 0, b_count = 0;
        const mu_kernel_answer together = look(mu_kernel_best(), &s, a, &a_count);
        const mu_kernel_answer alone = look_alone(mu_kernel_best(), &s, b, &b_count);
        ck_assert(is_same(&together, &alone));
        ck_assert_uint_eq(a_count, b_count);
        ck_assert_int_eq(memcmp(a, b, a_count * sizeof *a), 0);
        for (uint32_t k = 0; k < a_count; k++) {
            ck_assert_uint_ne(a[k], s.me);
        }
    }
}
END_TEST

START_TEST(the_order_of_walkers_has_no_influence) {
    uint64_t state = 2;
    scene s, turned;
    for (int try = 0; try < TRIES; try++) {
        fill_scene(&s, &state);
        turned = s;
        for (uint32_t i = 0; i < CROWD; i++) {
            const uint32_t k = CROWD - 1 - i;
            set(&turned, k, s.walkers[i]);
            turned.wx[k] = s.wx[i];
            turned.wy[k] = s.wy[i];
            turned.speed[k] = s.speed[i];
        }
        turned.me = CROWD - 1 - s.me;
        point_crowd_at(&turned);
        uint32_t a[40], b[40], a_count = 0, b_count = 0;
        const mu_kernel_answer there = look(mu_kernel_best(), &s, a, &a_count);
        const mu_kernel_answer back = look(mu_kernel_best(), &turned, b, &b_count);
        ck_assert(is_same(&there, &back));
        ck_assert_uint_eq(a_count, b_count);
    }
}
END_TEST

/* One neighbour, by hand: straight ahead, standing, its edge 0.3 m off. */
START_TEST(the_gap_to_one_who_stands) {
    static scene s;
    mu_kernel_make_packing(&s.packing);
    for (uint32_t i = 0; i < CROWD; i++) { /* out of sight */
        set(&s, i, (mu_walker){.x = 100, .y = (float)i});
    }
    s.me = 31;
    set(&s, 31, (mu_walker){.ex = 1, .radius = 0.2F});
    set(&s, 32, (mu_walker){.x = 0.7F, .ex = 1, .radius = 0.2F, .stands = 1});
    s.wx[31] = 1;
    s.speed[31] = 2;
    point_crowd_at(&s);
    uint32_t contacts[40], count = 0;
    const mu_kernel_answer answer = look(mu_kernel_best(), &s, contacts, &count);
    ck_assert_float_eq_tol(answer.room_m, 0.3F, 1e-6F);
    ck_assert_uint_eq(answer.told, 0);
    ck_assert_uint_eq(count, 0); /* not oneself */
    set(&s, 32, (mu_walker){.x = 0.7F, .y = 0.5F, .ex = -1, .radius = 0.2F});
    uint32_t told = look(mu_kernel_best(), &s, contacts, &count).told;
    ck_assert((told & MU_TOLD_MET) != 0); /* comes the other way */
    set(&s, 32, (mu_walker){.x = 0.7F, .y = 0.5F, .ey = 1, .radius = 0.2F});
    told = look(mu_kernel_best(), &s, contacts, &count).told;
    ck_assert((told & MU_TOLD_MET) == 0); /* crosses */
}
END_TEST

static float gap_out_of_a_queue(const mu_body *body) {
    return mu_walk_time_gap(body, MU_WALK_TIME_GAP_S, MU_WALK_QUEUE_GAP_S);
}

/* Closer out of a queue, but only once it moves: from 0.60 s to 0.36 s between 0.22 and 0.44 of
 * the free speed. */
START_TEST(the_time_gap_out_of_a_queue) {
    mu_body body = {.level_mps = 1, .pace = 1, .speed_mps = 1};
    ck_assert_float_eq_tol(gap_out_of_a_queue(&body), 0.60F, 1e-6F);
    body.queued_ms = mu_walk_close_up(3990, 50);
    ck_assert_uint_eq(body.queued_ms, 4000);
    ck_assert_float_eq_tol(gap_out_of_a_queue(&body), 0.36F, 1e-6F);
    body.speed_mps = 0.33;
    ck_assert_float_eq_tol(gap_out_of_a_queue(&body), 0.48F, 1e-4F);
    body.speed_mps = 0.18;
    ck_assert_float_eq_tol(gap_out_of_a_queue(&body), 0.60F, 1e-6F);
    ck_assert_uint_eq(mu_walk_unpack(4000, 12000, 12000), 0);
    ck_assert_uint_eq(mu_walk_unpack(4000, 6000, 12000), 2000);
    ck_assert_uint_eq(mu_walk_unpack(4000, 10, 6000), 3993); /* 6.7 of them */
}
END_TEST

/* Whoever walks has room again soon, whoever still creeps does not: 6 s, and 1.2 s at the free
 * speed.
 */
START_TEST(the_time_until_one_has_room_again) {
    ck_assert_uint_eq(mu_walk_unpack_ms(0), 6000);
    ck_assert_uint_eq(mu_walk_unpack_ms(1), 1200);
    ck_assert_uint_eq(mu_walk_unpack_ms(0.2), 5172);
}
END_TEST

/* How those between the first few and the last few set off by this kernel; every fifth stands. */
typedef struct setting_off {
    float speed[CROWD + MU_KERNEL_PADDING], mx[CROWD + MU_KERNEL_PADDING];
    float my[CROWD + MU_KERNEL_PADDING];
} setting_off;

static void set_off(const mu_kernel *kernel, const scene *s, const float *ahead, setting_off *out) {
    uint32_t tag[CROWD + MU_KERNEL_PADDING] = {0};
    float least[CROWD + MU_KERNEL_PADDING] = {0};
    memset(out, 0, sizeof *out);
    for (uint32_t i = 0; i < CROWD; i++) {
        out->speed[i] = s->speed[i];
        tag[i] = i % 5 == 0 ? 3 : 4;
        least[i] = i % 7 == 0 ? 0.2F : 0;
    }
    const mu_kernel_pace pace = {0.05F, tag, 1, ahead, least, out->speed, out->mx, out->my};
    kernel->pace(&pace, &s->crowd, 3, CROWD - 2);
}

START_TEST(both_builds_set_off_alike) {
    uint64_t state = 5;
    static scene s;
    setting_off plain, wide;
    float ahead[CROWD + MU_KERNEL_PADDING] = {0};
    for (int try = 0; try < 20; try++) {
        fill_scene(&s, &state);
        for (int i = 0; i < CROWD; i++) {
            ahead[i] = draw(&state, 0, 1);
        }
        set_off(&mu_kernel_plain, &s, ahead, &plain);
        set_off(mu_kernel_best(), &s, ahead, &wide);
        ck_assert_int_eq(memcmp(&plain, &wide, sizeof plain), 0);
        for (uint32_t i = 0; i < CROWD;
             i++) { /* who stands, or is not asked for, stays as it was */
            const bool walks = i >= 3 && i < CROWD - 2 && i % 5 != 0;
            ck_assert(walks ? plain.speed[i] <= s.speed[i] : plain.speed[i] == s.speed[i]);
            ck_assert(walks || (plain.mx[i] == 0 && plain.my[i] == 0));
            ck_assert_float_eq_tol(hypotf(plain.mx[i], plain.my[i]),
                                   walks ? 0.05F * plain.speed[i] : 0, 1e-6F);
        }
    }
}
END_TEST

/* What those between the first few and the last few make of their answers; every fifth stands. */
typedef struct taken {
    float turned[CROWD + MU_KERNEL_PADDING], room_m[CROWD + MU_KERNEL_PADDING];
    float ahead[CROWD + MU_KERNEL_PADDING], turn[CROWD + MU_KERNEL_PADDING];
    float speed[CROWD + MU_KERNEL_PADDING];
    uint32_t told[CROWD + MU_KERNEL_PADDING], tag[CROWD + MU_KERNEL_PADDING];
} taken;

static void draw_answers(taken *out, uint64_t *state) {
    memset(out, 0, sizeof *out);
    for (uint32_t i = 0; i < CROWD; i++) {
        out->turned[i] = draw(state, -2, 2);
        out->room_m[i] = draw(state, 0, 1);
        out->ahead[i] = draw(state, 0, 1) < 0.5F ? 1.3F : 0.7F;
        out->turn[i] = draw(state, 0.1F, 1);
        out->speed[i] = draw(state, 0.5F, 1.5F);
        out->told[i] = (uint32_t)draw(state, 0, 8) | (i % 9) << MU_TOLD_NEAR_AT;
        out->tag[i] = i % 5 == 0;
    }
}

static taken take(const mu_kernel *kernel, const taken *in, bool on_stair) {
    taken out = *in;
    const mu_kernel_taking taking = {.answers = {out.turned, out.room_m, out.told},
                                     .tag = out.tag,
                                     .hindered = 4,
                                     .met = 8,
                                     .others = 1,
                                     .ahead = out.ahead,
                                     .turn = out.turn,
                                     .speed = out.speed,
                                     .on_stair = on_stair};
    kernel->take(&taking, 3, CROWD - 2);
    return out;
}

START_TEST(both_builds_take_answers_alike) {
    uint64_t state = 6;
    taken in;
    for (int try = 0; try < 40; try++) {
        draw_answers(&in, &state);
        const taken plain = take(&mu_kernel_plain, &in, try % 2 != 0);
        const taken wide = take(mu_kernel_best(), &in, try % 2 != 0);
        ck_assert_int_eq(memcmp(&plain, &wide, sizeof plain), 0);
        for (uint32_t i = 0; i < CROWD; i++) {
            const bool walks = i >= 3 && i < CROWD - 2 && i % 5 != 0;
            const uint32_t near = in.told[i] >> MU_TOLD_NEAR_AT;
            const bool met = (in.told[i] & MU_TOLD_MET) != 0;
            ck_assert(walks || (plain.speed[i] == in.speed[i] && plain.tag[i] == in.tag[i]));
            if (walks) {
                const bool slower = try % 2 == 0 && near > 0;
                ck_assert(slower ? plain.speed[i] < in.speed[i] : plain.speed[i] == in.speed[i]);
                ck_assert(plain.turn[i] == in.turned[i] * (met ? 1 : in.turn[i]));
                ck_assert_uint_eq(plain.tag[i],
                                  (met ? 8U : 0U) | ((in.told[i] & 3) != 1 ? 4U : 0U));
                ck_assert(plain.room_m[i] == 0);
            }
        }
    }
}
END_TEST

/* Lists of those with some bits, and of those who touch somebody. */
START_TEST(both_builds_list_the_same) {
    mu_kernel_packing packing;
    uint32_t tag[CROWD + MU_KERNEL_PADDING] = {0}, first[CROWD + 1 + MU_KERNEL_PADDING] = {0};
    uint32_t a[CROWD + MU_KERNEL_PADDING], b[CROWD + MU_KERNEL_PADDING], listed = 0, touching = 0;
    mu_kernel_make_packing(&packing);
    for (uint32_t i = 0; i < CROWD; i++) {
        tag[i] = i * 7 % 8;
        first[i + 1] = first[i] + i % 3;
        listed += i >= 5 && i < CROWD - 3 && (tag[i] & 3) == 2;
        touching += (tag[i] & 4) == 0 && i % 3 > 0;
    }
    const uint32_t count = mu_kernel_plain.list(&packing, tag, 3, 2, 5, CROWD - 3, a);
    ck_assert_uint_eq(count, listed);
    ck_assert_uint_eq(mu_kernel_best()->list(&packing, tag, 3, 2, 5, CROWD - 3, b), count);
    ck_assert_int_eq(memcmp(a, b, count * sizeof *a), 0);
    for (uint32_t k = 0; k < count; k++) {
        ck_assert_uint_eq(tag[a[k]] & 3, 2);
    }
    ck_assert_uint_eq(mu_kernel_plain.list_touching(&packing, tag, 4, first, CROWD, a), touching);
    ck_assert_uint_eq(mu_kernel_best()->list_touching(&packing, tag, 4, first, CROWD, b), touching);
    ck_assert_int_eq(memcmp(a, b, touching * sizeof *a), 0);
}
END_TEST

enum { COLUMNS = 6, ROWS = 5, ASKED = 43 };

/* A grid of words, some of which are missing or have corners that cannot speak. */
static void draw_words(_Atomic uint32_t *words, uint64_t *state) {
    for (int k = 0; k < COLUMNS * ROWS; k++) {
        const float angle = draw(state, 0, 1.5F);
        const uint32_t x = (uint32_t)(MU_STEER_BIAS + MU_STEER_UNITS * cosf(angle));
        const uint32_t y = (uint32_t)(MU_STEER_BIAS + MU_STEER_UNITS * sinf(angle));
        const uint32_t use = draw(state, 0, 1) < 0.7F ? MU_STEER_USE_ALL : 5;
        const uint32_t clear = (uint32_t)draw(state, 0, MU_STEER_CLEAR_MOST);
        words[k] = draw(state, 0, 1) < 0.05F
                       ? 0
                       : UINT32_C(0x80000000) | clear << MU_STEER_CLEAR_AT |
                             use << MU_STEER_USE_AT | y << MU_STEER_PART_BITS | x;
    }
}

START_TEST(both_builds_are_shown_the_same_way) {
    _Atomic uint32_t words[COLUMNS * ROWS];
    const mu_steer_grid grid = {words, COLUMNS, ROWS, 4, 0.25F};
    enum { ROOM = ASKED + MU_KERNEL_PADDING };
    float x[ROOM] = {0}, y[ROOM] = {0}, plain[3][ROOM], wide[3][ROOM];
    uint64_t state = 4;
    int known = 0;
    for (int try = 0; try < TRIES; try++) {
        draw_words(words, &state);
        for (int k = 0; k < ASKED; k++) { /* some of them outside the grid */
            x[k] = draw(&state, -0.1F, 0.25F * COLUMNS);
            y[k] = draw(&state, -0.1F, 0.25F * ROWS);
        }
        mu_kernel_plain.steer(&grid, ASKED, x, y, plain[0], plain[1], plain[2]);
        mu_kernel_best()->steer(&grid, ASKED, x, y, wide[0], wide[1], wide[2]);
        for (int k = 0; k < ASKED; k++) {
            ck_assert_int_eq(memcmp(&plain[2][k], &wide[2][k], sizeof(float)), 0);
            if (plain[2][k] >= 0) {
                known++;
                ck_assert_int_eq(memcmp(&plain[0][k], &wide[0][k], sizeof(float)), 0);
                ck_assert_int_eq(memcmp(&plain[1][k], &wide[1][k], sizeof(float)), 0);
                ck_assert_float_eq_tol(hypotf(wide[0][k], wide[1][k]), 1, 1e-6F);
            }
        }
    }
    ck_assert_int_gt(known, TRIES * ASKED / 2);
}
END_TEST

/* By hand: a tenth of the way from a node that shows east to one that shows north. It is as clear
 * of walls as the node that says most, less the way there. */
START_TEST(the_way_between_two_nodes) {
    _Atomic uint32_t words[4];
    const uint32_t east = MU_STEER_BIAS << MU_STEER_PART_BITS | (MU_STEER_BIAS + 1023);
    const uint32_t north = (uint32_t)(MU_STEER_BIAS + 1023) << MU_STEER_PART_BITS | MU_STEER_BIAS;
    const uint32_t known = UINT32_C(0x80000000) | 20U << MU_STEER_CLEAR_AT |
                           (uint32_t)MU_STEER_USE_ALL << MU_STEER_USE_AT;
    words[0] = words[2] = known | east;
    words[1] = words[3] = known | north;
    const mu_steer_grid grid = {words, 2, 2, 4, 0.25F};
    const float x[MU_KERNEL_PADDING] = {0.025F, 0.125F}, y[MU_KERNEL_PADDING] = {0.1F, 0.1F};
    float wx[MU_KERNEL_PADDING], wy[MU_KERNEL_PADDING], clear_m[MU_KERNEL_PADDING];
    mu_kernel_best()->steer(&grid, 2, x, y, wx, wy, clear_m);
    ck_assert_float_eq_tol(wx[0], 0.9F / sqrtf(0.82F), 1e-6F);
    ck_assert_float_eq_tol(wy[0], 0.1F / sqrtf(0.82F), 1e-6F);
    ck_assert_float_eq_tol(clear_m[0], 20 * MU_STEER_CLEAR_M - hypotf(0.025F, 0.1F), 1e-6F);
    ck_assert(clear_m[1] == MU_KERNEL_ASK); /* they agree too little: 0.5 of the square */
    words[3] = 0;
    mu_kernel_best()->steer(&grid, 2, x, y, wx, wy, clear_m);
    ck_assert(clear_m[0] == MU_KERNEL_PREPARE && clear_m[1] == MU_KERNEL_PREPARE);
    words[0] = known & ~((uint32_t)MU_STEER_USE_ALL << MU_STEER_USE_AT); /* none will be made */
    mu_kernel_best()->steer(&grid, 2, x, y, wx, wy, clear_m);
    ck_assert(clear_m[0] == MU_KERNEL_ASK);
}
END_TEST

/* As many walls as can be asked about at once, in all directions; and which of them, in no order.
 */
static void set_walls(mu_wall *walls, uint32_t *which) {
    for (uint32_t k = 0; k < MU_KERNEL_WALLS; k++) {
        const double x = 0.37 * (k % 8), y = 0.41 * (k / 8.0);
        walls[k] = (mu_wall){{x, y}, {x + 0.3 * (k % 3) - 0.3, y + 0.25 * (k % 4) - 0.2}};
        which[k] = k * 29 % MU_KERNEL_WALLS;
    }
}

/* Walls that are near or crossed: both kernels say the same, whatever the number of walls. */
START_TEST(kernels_agree_on_walls) {
    mu_wall walls[MU_KERNEL_WALLS];
    uint32_t which[MU_KERNEL_WALLS], seen = 0;
    set_walls(walls, which);
    walls[7].b = walls[7].a; /* a point */
    for (uint32_t count = 0; count <= MU_KERNEL_WALLS; count++) {
        const mu_point from = {0.05 * count, 3 - 0.04 * count}, to = {from.x + 0.2, from.y - 0.3};
        const uint64_t near = mu_kernel_plain.near_walls(walls, which, count, from, 0.4);
        const uint64_t over = mu_kernel_plain.crossed_lines(walls, which, count, from, to);
        ck_assert(mu_kernel_best()->near_walls(walls, which, count, from, 0.4) == near);
        ck_assert(mu_kernel_best()->crossed_lines(walls, which, count, from, to) == over);
        for (uint32_t k = 0; k < count; k++) {
            const mu_wall *w = &walls[which[k]];
            const bool is_near = mu_plane_off(w->a, w->b, from) < 0.4;
            ck_assert(is_near == ((near >> k & 1) != 0));
            seen += is_near;
        }
        ck_assert(count == MU_KERNEL_WALLS || (near >> count) == 0);
    }
    ck_assert_uint_gt(seen, 100);
}
END_TEST

/* What is measured of walls at once is what is asked of them one by one, and the same by both
 * kernels; a point is beside a wall if it is before neither end. */
START_TEST(walls_are_measured_at_once) {
    const double reach[2] = {0.4, 0.9};
    mu_wall walls[MU_KERNEL_WALLS];
    uint32_t which[MU_KERNEL_WALLS], beside = 0;
    set_walls(walls, which);
    for (uint32_t count = 0; count <= MU_KERNEL_WALLS; count++) {
        const mu_point at = {0.05 * count, 3 - 0.04 * count};
        mu_kernel_walls plain, wide;
        mu_kernel_plain.measure_walls(walls, which, count, at, reach, &plain);
        mu_kernel_best()->measure_walls(walls, which, count, at, reach, &wide);
        for (int r = 0; r < 2; r++) {
            ck_assert(plain.within[r] == wide.within[r]);
            ck_assert(plain.within[r] ==
                      mu_kernel_plain.near_walls(walls, which, count, at, reach[r]));
        }
        ck_assert(plain.beside == wide.beside);
        ck_assert(count == MU_KERNEL_WALLS || plain.beside >> count == 0);
        for (uint32_t k = 0; k < count; k++) {
            const mu_wall *w = &walls[which[k]];
            const double wx = w->b.x - w->a.x, wy = w->b.y - w->a.y;
            const double along = (at.x - w->a.x) * wx + (at.y - w->a.y) * wy;
            const bool is_beside = along > 0 && along < wx * wx + wy * wy;
            ck_assert(is_beside == ((plain.beside >> k & 1) != 0));
            beside += is_beside;
            ck_assert_double_eq_tol(hypot(plain.x[k], plain.y[k]), mu_plane_off(w->a, w->b, at),
                                    1e-12);
            ck_assert(plain.x[k] == wide.x[k] && plain.y[k] == wide.y[k]);
            ck_assert(plain.square[k] == wide.square[k]);
            ck_assert(plain.square[k] == plain.x[k] * plain.x[k] + plain.y[k] * plain.y[k]);
        }
    }
    ck_assert_uint_gt(beside, 100);
}
END_TEST

/* A large area with a queue in it and others here and there: patches come in order, each walker is
 * in one, and those who are near each other are in patches side by side. */
START_TEST(near_walkers_are_in_patches_side_by_side) {
    enum { ALL = 300, QUEUE = 200 };
    static float x[ALL], y[ALL];
    static uint32_t who[ALL], key[ALL], aside[ALL], keys[ALL];
    const double width = 2400, height = 1900;
    mu_walk_room room = {.who = who, .contact_first = key, .raw_who = aside, .raw_cell = keys};
    mu_walk_slot slot = {.first = 0, .end = ALL};
    uint64_t state = 11;
    ck_assert(mu_walk_lay_patches(&room, &slot, width, height));
    ck_assert(room.sparse && slot.per_patch > 0);
    for (uint32_t i = 0; i < ALL; i++) {
        x[i] = i < QUEUE ? draw(&state, 2300, 2307) : draw(&state, -1, 2401);
        y[i] = i < QUEUE ? draw(&state, 1800, 1807) : draw(&state, -1, 1901);
        who[i] = i;
        key[i] = mu_walk_patch_key(&slot, x[i], y[i]);
    }
    ck_assert(mu_walk_sort_patches(&room, &slot));
    bool seen[ALL] = {false};
    for (uint32_t p = slot.first_patch; p < slot.end_patch; p++) {
        const mu_walk_patch *patch = &room.patches[p];
        ck_assert(patch[0].key < patch[1].key && patch[0].first < patch[1].first);
        for (uint32_t k = patch[0].first; k < patch[1].first; k++) {
            ck_assert(!seen[who[k]]);
            seen[who[k]] = true;
            ck_assert_uint_eq(mu_walk_patch_key(&slot, x[who[k]], y[who[k]]), patch->key);
            keys[who[k]] = patch->key;
        }
    }
    ck_assert_uint_eq(room.patches[slot.end_patch].first, ALL);
    uint32_t pairs = 0;
    for (uint32_t i = 0; i < ALL; i++) {
        ck_assert(seen[i]);
        for (uint32_t k = 0; k < ALL; k++) {
            if (hypotf(x[i] - x[k], y[i] - y[k]) < MU_WALK_CUTOFF_M) {
                const int row = (int)(keys[i] / MU_PATCH_ROW) - (int)(keys[k] / MU_PATCH_ROW);
                const int column = (int)(keys[i] % MU_PATCH_ROW) - (int)(keys[k] % MU_PATCH_ROW);
                ck_assert(abs(row) <= 1 && abs(column) <= 1);
                pairs++;
            }
        }
    }
    ck_assert_uint_gt(pairs, 1000);
    free(room.patches);
    free(room.bins);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("kernel");
    TCase *tc = tcase_create("walk");
    tcase_add_test(tc, kernels_agree_on_walls);
    tcase_add_test(tc, walls_are_measured_at_once);
    tcase_add_test(tc, both_builds_give_the_same_bits);
    tcase_add_test(tc, together_and_alone_all_see_the_same);
    tcase_add_test(tc, the_order_of_walkers_has_no_influence);
    tcase_add_test(tc, the_time_gap_out_of_a_queue);
    tcase_add_test(tc, the_time_until_one_has_room_again);
    tcase_add_test(tc, the_gap_to_one_who_stands);
    tcase_add_test(tc, both_builds_set_off_alike);
    tcase_add_test(tc, both_builds_take_answers_alike);
    tcase_add_test(tc, both_builds_list_the_same);
    tcase_add_test(tc, both_builds_are_shown_the_same_way);
    tcase_add_test(tc, the_way_between_two_nodes);
    tcase_add_test(tc, near_walkers_are_in_patches_side_by_side);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
