/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The walk model's inner loops: both builds give the same bits, in whatever order walkers stand. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crowd/walk_kernel.h"
#include "crowd/walk_numbers.h"

enum { CROWD = 90, TRIES = 400 };

typedef struct scene {
    mu_kernel_packing packing;
    mu_walker walkers[CROWD + MU_KERNEL_PADDING];
    float x[CROWD + MU_KERNEL_PADDING], y[CROWD + MU_KERNEL_PADDING];
    mu_kernel_crowd crowd;
    mu_kernel_eye eye;
} scene;

static float draw(uint64_t *state, float low, float high) {
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return low + (high - low) * (float)(*state >> 40) / 16777216.0F;
}

static void set(scene *s, uint32_t i, mu_walker walker) {
    s->walkers[i] = walker;
    s->x[i] = walker.x;
    s->y[i] = walker.y;
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
    s->crowd = (mu_kernel_crowd){&s->packing, s->walkers, s->x, s->y, MU_WALK_CUTOFF_M};
    const uint32_t me = (uint32_t)draw(state, 0, CROWD - 0.5F);
    const float angle = draw(state, 0, 6.2831853F);
    s->eye = (mu_kernel_eye){.me = me,
                             .first = {0, 31, 62},
                             .end = {31, 62, CROWD},
                             .wx = cosf(angle),
                             .wy = sinf(angle),
                             .ex = s->walkers[me].ex,
                             .ey = s->walkers[me].ey,
                             .free_mps = draw(state, 0.5F, 1.5F),
                             .touch_m = 0.6F};
    s->eye.bx = s->eye.wx + s->eye.ex;
    s->eye.by = s->eye.wy + s->eye.ey;
}

static mu_kernel_answer look(const mu_kernel *kernel, const scene *s, uint32_t *contacts,
                             uint32_t *count) {
    mu_kernel_view view;
    return kernel->look(&view, &s->crowd, &s->eye, contacts, 32, count);
}

static bool is_same(const mu_kernel_answer *a, const mu_kernel_answer *b) {
    return memcmp(&a->turn, &b->turn, sizeof a->turn) == 0 &&
           memcmp(&a->room_m, &b->room_m, sizeof a->room_m) == 0 && a->followed == b->followed &&
           a->opposed == b->opposed;
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

START_TEST(the_order_of_walkers_has_no_influence) {
    uint64_t state = 2;
    scene s, turned;
    for (int try = 0; try < TRIES; try++) {
        fill_scene(&s, &state);
        turned = s;
        turned.crowd = (mu_kernel_crowd){&turned.packing, turned.walkers, turned.x, turned.y,
                                         MU_WALK_CUTOFF_M};
        for (uint32_t i = 0; i < CROWD; i++) {
            set(&turned, CROWD - 1 - i, s.walkers[i]);
        }
        turned.eye.me = CROWD - 1 - s.eye.me;
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
    set(&s, 0, (mu_walker){.ex = 1, .radius = 0.2F});
    set(&s, 1, (mu_walker){.x = 0.7F, .ex = 1, .radius = 0.2F, .stands = 1});
    s.crowd = (mu_kernel_crowd){&s.packing, s.walkers, s.x, s.y, MU_WALK_CUTOFF_M};
    s.eye = (mu_kernel_eye){
        .me = 0, .end = {2, 0, 0}, .bx = 1, .wx = 1, .ex = 1, .free_mps = 2, .touch_m = 0.6F};
    uint32_t contacts[40], count = 0;
    const mu_kernel_answer answer = look(mu_kernel_best(), &s, contacts, &count);
    ck_assert_float_eq_tol(answer.room_m, 0.3F, 1e-6F);
    ck_assert(answer.opposed == (0.3F < 0.15F));
    ck_assert(!answer.followed);
    ck_assert_uint_eq(count, 1); /* oneself */
}
END_TEST

int main(void) {
    Suite *suite = suite_create("kernel");
    TCase *tc = tcase_create("walk");
    tcase_add_test(tc, both_builds_give_the_same_bits);
    tcase_add_test(tc, the_order_of_walkers_has_no_influence);
    tcase_add_test(tc, the_gap_to_one_who_stands);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
