/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine's core against published answers and against simpler versions of itself. */
#include <check.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/event.h"
#include "core/grow.h"
#include "core/log.h"
#include "core/random.h"
#include "core/sim.h"
#include "core/words.h"
#include "effort.h"
#include "runner.h"

/* Known-answer vectors of Philox4x32-10 as published with Random123 (Salmon et al. 2011). */
START_TEST(philox_gives_published_answers) {
    static const struct {
        uint32_t counter[4], key[2], answer[4];
    } vectors[] = {
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         {0xffffffff, 0xffffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t v = 0; v < sizeof vectors / sizeof *vectors; v++) {
        uint32_t out[4];
        mu_philox(vectors[v].counter, vectors[v].key, out);
        ck_assert_mem_eq(out, vectors[v].answer, sizeof out);
    }
}
END_TEST

/* What cannot be counted or held is refused, and the list is what it was. */
START_TEST(a_list_grows_by_doubling_or_stays_as_it_was) {
    uint32_t *items = NULL, room = 0;
    for (uint32_t count = 0; count < 1000; count++) {
        uint32_t *grown = mu_grow(items, count, &room, sizeof *grown);
        ck_assert_ptr_nonnull(grown);
        items = grown;
        items[count] = count;
        ck_assert_uint_le(room, count < 32 ? 32 : 2 * count);
    }
    for (uint32_t k = 0; k < 1000; k++) {
        ck_assert_uint_eq(items[k], k);
    }
    uint32_t uncountable = UINT32_C(1) << 31, unheld = UINT32_C(1) << 30;
    ck_assert_ptr_null(mu_grow(items, uncountable, &uncountable, sizeof *items));
    ck_assert_uint_eq(uncountable, UINT32_C(1) << 31);
    if (EFFORT(true, false)) { /* the address sanitizer ends the program at such a request */
        ck_assert_ptr_null(mu_grow(items, unheld, &unheld, SIZE_MAX >> 32));
        ck_assert_uint_eq(unheld, UINT32_C(1) << 30);
    }
    free(items);
}
END_TEST

START_TEST(streams_are_functions_of_their_key) {
    const uint64_t anna = mu_name_hash("anna"), bert = mu_name_hash("bert");
    mu_stream a, again, other;
    mu_stream_open(&a, 7, 3, MU_PURPOSE_BODY, anna, 0);
    mu_stream_open(&again, 7, 3, MU_PURPOSE_BODY, anna, 0);
    for (int i = 0; i < 100; i++) {
        ck_assert_double_eq(mu_stream_uniform(&a), mu_stream_uniform(&again));
    }
    const double first =
        (mu_stream_open(&a, 7, 3, MU_PURPOSE_BODY, anna, 0), mu_stream_uniform(&a));
    mu_stream_open(&other, 7, 3, MU_PURPOSE_BODY, bert, 0);
    ck_assert_double_ne(first, mu_stream_uniform(&other));
    mu_stream_open(&other, 7, 3, MU_PURPOSE_PLACE, anna, 0);
    ck_assert_double_ne(first, mu_stream_uniform(&other));
    mu_stream_open(&other, 7, 4, MU_PURPOSE_BODY, anna, 0);
    ck_assert_double_ne(first, mu_stream_uniform(&other));
    mu_stream_open(&other, 8, 3, MU_PURPOSE_BODY, anna, 0);
    ck_assert_double_ne(first, mu_stream_uniform(&other));
    mu_stream_open(&other, 7, 3, MU_PURPOSE_BODY, anna, 1);
    ck_assert_double_ne(first, mu_stream_uniform(&other));
}
END_TEST

/* By GSL's own hand, as a library does that takes a generator and sets it. */
START_TEST(gsl_can_seed_a_stream) {
    mu_stream stream;
    double first[3];
    mu_stream_open(&stream, 1, 0, MU_PURPOSE_STUDY, 0, 0);
    for (int i = 0; i < 3; i++) {
        gsl_rng_set(&stream.rng, i < 2 ? 42 : 43);
        first[i] = gsl_rng_uniform(&stream.rng);
        (void)gsl_rng_uniform(&stream.rng);
    }
    ck_assert_double_eq(first[0], first[1]);
    ck_assert_double_ne(first[0], first[2]);
}
END_TEST

START_TEST(gsl_draws_from_the_stream) {
    mu_stream stream;
    mu_stream_open(&stream, 1, 0, MU_PURPOSE_STUDY, 0, 0);
    const int n = 20000;
    double sum = 0, squares = 0;
    for (int i = 0; i < n; i++) {
        const double x = gsl_ran_gaussian(&stream.rng, 2.0);
        sum += x;
        squares += x * x;
    }
    /* Three standard errors of mean and variance of N(0, 2). */
    ck_assert_double_lt(fabs(sum / n), 3 * 2 / sqrt(n));
    ck_assert_double_lt(fabs(squares / n - 4), 3 * 4 * sqrt(2.0 / n));
}
END_TEST

START_TEST(time_rounds_to_microseconds) {
    ck_assert_int_eq(mu_time_from_s(1.0000004), 1000000);
    ck_assert_int_eq(mu_time_from_s(1.0000006), 1000001);
    ck_assert_int_eq(mu_time_from_s(INFINITY), MU_NEVER);
    ck_assert_int_eq(mu_time_from_s(1e300), MU_NEVER);
}
END_TEST

static mu_world world_with_queue(uint32_t capacity) {
    mu_layout layout = {0};
    mu_layout_add(&layout, MU_SECTION_QUEUE, sizeof(mu_event), capacity);
    mu_layout_add(&layout, MU_SECTION_STAMP, sizeof(uint16_t), 16);
    mu_world world;
    ck_assert_int_eq(mu_world_create(&layout, &world), MU_OK);
    return world;
}

static int by_time_then_sequence(const void *a, const void *b) {
    const mu_event *x = a, *y = b;
    if (x->time_us != y->time_us) {
        return x->time_us < y->time_us ? -1 : 1;
    }
    return x->sequence < y->sequence ? -1 : 1;
}

/* The heap against a sorted array, under random pushes and pops with many ties. */
START_TEST(queue_equals_a_sorted_array) {
    enum { MOST = 600 };
    mu_world world = world_with_queue(MOST);
    mu_event sorted[MOST];
    uint32_t count = 0, sequence = 0;
    mu_stream stream;
    mu_stream_open(&stream, 5, 0, MU_PURPOSE_STUDY, 0, 0);
    for (int i = 0; i < 20000; i++) {
        const mu_queue_view queue = mu_queue_of(&world);
        if (count < MOST && (count == 0 || mu_stream_uniform(&stream) < 0.52)) {
            const mu_event event = {.time_us = (mu_time)(mu_stream_uniform(&stream) * 50),
                                    .sequence = sequence++,
                                    .subject = (uint32_t)i};
            mu_queue_push(queue, event);
            sorted[count++] = event;
            qsort(sorted, count, sizeof *sorted, by_time_then_sequence);
        } else {
            const mu_event event = mu_queue_pop(queue);
            ck_assert_mem_eq(&event, &sorted[0], sizeof event);
            memmove(sorted, sorted + 1, --count * sizeof *sorted);
        }
        ck_assert_uint_eq(mu_world_clock(&world)->pending, count);
    }
    mu_world_destroy(&world);
}
END_TEST

START_TEST(full_queue_is_a_status_not_a_crash) {
    mu_world world = world_with_queue(2);
    for (int i = 0; i < 3; i++) {
        mu_queue_push(mu_queue_of(&world), (mu_event){.time_us = i});
    }
    ck_assert_int_eq((int)mu_world_clock(&world)->status, MU_ERR_LIMIT);
    ck_assert_uint_eq(mu_world_clock(&world)->pending, 2);
    mu_world_destroy(&world);
}
END_TEST

START_TEST(hash_forgets_what_went_through_the_queue) {
    mu_world a = world_with_queue(8), b = world_with_queue(8);
    mu_queue_push(mu_queue_of(&a), (mu_event){.time_us = 9, .subject = 77});
    (void)mu_queue_pop(mu_queue_of(&a));
    mu_world_clock(&a)->next_sequence = 0;
    ck_assert_uint_eq(mu_world_hash(&a), mu_world_hash(&b));
    mu_world_clock(&a)->now_us = 1;
    ck_assert_uint_ne(mu_world_hash(&a), mu_world_hash(&b));
    mu_world_destroy(&a);
    mu_world_destroy(&b);
}
END_TEST

START_TEST(world_grows_copies_and_refuses_a_bad_image) {
    mu_world world = world_with_queue(4);
    for (int i = 0; i < 4; i++) {
        mu_queue_push(mu_queue_of(&world), (mu_event){.time_us = 10 - i});
    }
    ck_assert_int_eq(mu_world_grow(&world, MU_SECTION_QUEUE, 100), MU_OK);
    ck_assert_uint_eq(mu_world_count(&world, MU_SECTION_QUEUE), 100);
    mu_world copy;
    ck_assert_int_eq(mu_world_copy(&world, &copy), MU_OK);
    const uint64_t hash = mu_world_hash(&world);
    ck_assert_uint_eq(mu_world_hash(&copy), hash);
    ck_assert_int_eq(mu_queue_pop(mu_queue_of(&world)).time_us, 7);
    ck_assert_uint_ne(mu_world_hash(&world), hash);
    ck_assert_int_eq(mu_world_load(&world, copy.block, mu_world_bytes(&copy) - 64), MU_ERR_INPUT);
    ck_assert_uint_eq(mu_world_clock(&world)->pending, 3);
    ck_assert_int_eq(mu_world_load(&world, copy.block, mu_world_bytes(&copy)), MU_OK);
    ck_assert_uint_eq(mu_world_hash(&world), hash);
    copy.block[8] ^= 1; /* the length that the image claims */
    ck_assert_int_eq(mu_world_load(&world, copy.block, mu_world_bytes(&world)), MU_ERR_INPUT);
    mu_world_destroy(&copy);
    mu_world_destroy(&world);
}
END_TEST

START_TEST(stale_events_are_dropped_in_one_place) {
    mu_sim sim = {.world = world_with_queue(8), .log = mu_log_create()};
    mu_sim_schedule(&sim, 5, MU_EVENT_PERSON_MOVES, 2, MU_NO_RECORD, 0);
    mu_sim_schedule(&sim, 6, MU_EVENT_PERSON_MOVES, 3, MU_NO_RECORD, 0);
    mu_sim_restamp(&sim, MU_STAMPED_PERSON, 2);
    mu_sim_schedule(&sim, 7, MU_EVENT_PERSON_MOVES, 2, MU_NO_RECORD, 1);
    mu_event event;
    ck_assert(mu_sim_next(&sim, &event));
    ck_assert_uint_eq(event.subject, 3);
    ck_assert(mu_sim_next(&sim, &event));
    ck_assert_uint_eq(event.argument, 1);
    ck_assert(!mu_sim_next(&sim, &event));
    ck_assert_uint_eq(mu_world_clock(&sim.world)->dropped, 1);
    mu_world_destroy(&sim.world);
    mu_log_destroy(sim.log);
}
END_TEST

START_TEST(words_have_numbers_by_spelling_not_by_order) {
    static const char *const orders[2][4] = {{"red", "police", "item", "police"},
                                             {"item", "red", "red", "police"}};
    for (int o = 0; o < 2; o++) {
        mu_arena *arena = mu_arena_create();
        mu_words words = {0};
        for (int i = 0; i < 4; i++) {
            ck_assert(mu_words_add(&words, arena, orders[o][i], strlen(orders[o][i])));
        }
        mu_words_seal(&words);
        ck_assert_uint_eq(words.count, 3);
        ck_assert_uint_eq(mu_words_find(&words, "item", 4), 0);
        ck_assert_uint_eq(mu_words_find(&words, "police", 6), 1);
        ck_assert_uint_eq(mu_words_find(&words, "red@x", 3), 2);
        ck_assert_uint_eq(mu_words_find(&words, "re", 2), MU_NONE);
        ck_assert_uint_eq(mu_words_find(&words, "reds", 4), MU_NONE);
        mu_arena_destroy(arena);
    }
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("core");
    tcase_add_test(tcase, philox_gives_published_answers);
    tcase_add_test(tcase, streams_are_functions_of_their_key);
    tcase_add_test(tcase, gsl_draws_from_the_stream);
    tcase_add_test(tcase, gsl_can_seed_a_stream);
    tcase_add_test(tcase, time_rounds_to_microseconds);
    tcase_add_test(tcase, queue_equals_a_sorted_array);
    tcase_add_test(tcase, full_queue_is_a_status_not_a_crash);
    tcase_add_test(tcase, hash_forgets_what_went_through_the_queue);
    tcase_add_test(tcase, world_grows_copies_and_refuses_a_bad_image);
    tcase_add_test(tcase, stale_events_are_dropped_in_one_place);
    tcase_add_test(tcase, words_have_numbers_by_spelling_not_by_order);
    tcase_add_test(tcase, a_list_grows_by_doubling_or_stays_as_it_was);
    Suite *suite = suite_create("core");
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
