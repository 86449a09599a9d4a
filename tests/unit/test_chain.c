/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of cause chains, on logs typed in by hand: parts add up to the microsecond, a wait
 * names who held what was waited for, and no time is called 'other'. */
#include "runner.h"
#include "typed_log.h"

enum { MOST = 64 };

static mu_log *log_;
static mu_chain_part parts[MOST];

static void setup(void) {
    log_ = mu_log_create();
}

static void teardown(void) {
    mu_log_destroy(log_);
}

static uint32_t put(double at_s, mu_record_kind kind, uint32_t cause) {
    return type_record(log_, at_s, kind, cause, NULL, NULL);
}

/* What must hold of every chain. */
static void check_whole(uint32_t start, uint32_t end, const mu_chain_part *chain, uint32_t count) {
    mu_time at = start == MU_NO_RECORD ? 0 : mu_log_get(log_, start)->time_us;
    for (uint32_t i = 0; i < count; i++) {
        ck_assert_int_eq(chain[i].from_us, at);
        ck_assert_int_gt(chain[i].to_us, chain[i].from_us);
        ck_assert_int_gt(chain[i].part, MU_PART_NONE);
        ck_assert_int_lt(chain[i].part, MU_PART_COUNT);
        ck_assert_uint_lt(chain[i].record, mu_log_count(log_));
        at = chain[i].to_us;
    }
    ck_assert_int_eq(at, mu_log_get(log_, end)->time_us);
}

static uint32_t chain_of(uint32_t start, uint32_t end) {
    const uint32_t count = mu_chain(log_, start, end, parts, MOST);
    check_whole(start, end, parts, count);
    return count;
}

static void expect(uint32_t i, mu_part part, double long_s, uint32_t record) {
    ck_assert_str_eq(mu_part_name(parts[i].part), mu_part_name(part));
    ck_assert_int_eq(parts[i].to_us - parts[i].from_us, seconds(long_s));
    ck_assert_uint_eq(parts[i].record, record);
}

/* One step from trigger to milestone, as the response writes it. */
typedef struct step_ids {
    uint32_t due, granted, reached, worked, milestone;
} step_ids;

static step_ids put_step(double trigger_s, uint32_t trigger, double decision_s, double wait_s,
                         double walk_s, double work_s, mu_handle holder) {
    step_ids ids;
    double at = trigger_s + decision_s;
    ids.due = put(at, MU_RECORD_DUE, trigger);
    const uint32_t requested = put(at, MU_RECORD_REQUESTED, ids.due);
    at += wait_s;
    const mu_record granted = {
        .time_us = seconds(at), .kind = MU_RECORD_GRANTED, .cause = requested, .holder = holder};
    ids.granted = mu_log_append(log_, &granted);
    const uint32_t set_out = put(at, MU_RECORD_SET_OUT, ids.granted);
    at += walk_s;
    ids.reached = put(at, MU_RECORD_REACHED, set_out);
    const uint32_t began = put(at, MU_RECORD_BEGAN, ids.reached);
    at += work_s;
    ids.worked = put(at, MU_RECORD_WORKED, began);
    ids.milestone = put(at, MU_RECORD_COVERED, ids.worked);
    return ids;
}

START_TEST(a_step_falls_into_its_parts) {
    const uint32_t start = put(10, MU_RECORD_DECLARED, MU_NO_RECORD);
    const mu_handle holder = MU_HANDLE(MU_THING_PERSON, 7);
    const step_ids ids = put_step(10, start, 5, 20, 40, 60, holder);
    ck_assert_uint_eq(chain_of(start, ids.milestone), 4);
    expect(0, MU_PART_DECISION, 5, ids.due);
    expect(1, MU_PART_WAIT, 20, ids.granted);
    expect(2, MU_PART_TRAVEL, 40, ids.reached);
    expect(3, MU_PART_WORK, 60, ids.worked);
    ck_assert_uint_eq(mu_log_get(log_, parts[1].record)->holder, holder);
}
END_TEST

START_TEST(parts_of_no_length_are_left_out) {
    const uint32_t start = put(10, MU_RECORD_DECLARED, MU_NO_RECORD);
    const step_ids ids = put_step(10, start, 0, 0, 40, 0, 0);
    ck_assert_uint_eq(chain_of(start, ids.milestone), 1);
    expect(0, MU_PART_TRAVEL, 40, ids.reached);
    ck_assert_uint_eq(chain_of(start, start), 0);
}
END_TEST

/* All of two: the last one completes the trigger. Take it away and the time moves by as much. */
START_TEST(all_of_several_is_caused_by_the_last) {
    const uint32_t start = put(0, MU_RECORD_DECLARED, MU_NO_RECORD);
    const uint32_t quick = put(30, MU_RECORD_NOTIFIED, start);
    const uint32_t slow = put(90, MU_RECORD_WORKED, start);
    const uint32_t verified = put(90, MU_RECORD_VERIFIED, slow);
    const step_ids both = put_step(90, verified, 5, 0, 0, 60, 0);
    ck_assert_uint_eq(chain_of(start, both.milestone), 3);
    expect(0, MU_PART_WORK, 90, slow);
    expect(1, MU_PART_DECISION, 5, both.due);
    expect(2, MU_PART_WORK, 60, both.worked);
    for (uint32_t i = 0; i < 3; i++) {
        ck_assert_uint_ne(parts[i].record, quick);
    }
}
END_TEST

/* Any of two: the first one completes it; the other is in no part. */
START_TEST(any_of_several_is_caused_by_the_first) {
    const uint32_t start = put(0, MU_RECORD_DECLARED, MU_NO_RECORD);
    const uint32_t sent = put(0, MU_RECORD_SENT, start);
    const uint32_t first = put(8, MU_RECORD_DELIVERED, sent);
    const uint32_t notified = put(8, MU_RECORD_NOTIFIED, first);
    const uint32_t due = put(10, MU_RECORD_DUE, notified);
    const uint32_t second = put(20, MU_RECORD_DELIVERED, sent);
    const uint32_t worked = put(70, MU_RECORD_WORKED, due);
    ck_assert_uint_eq(chain_of(start, worked), 3);
    expect(0, MU_PART_MESSAGE, 8, first);
    expect(1, MU_PART_DECISION, 2, due);
    expect(2, MU_PART_WORK, 60, worked);
    ck_assert_uint_ne(parts[0].record, second);
}
END_TEST

START_TEST(a_cause_before_the_start_is_cut_off_there) {
    const uint32_t placed = put(0, MU_RECORD_PLACED, MU_NO_RECORD);
    const uint32_t due = put(100, MU_RECORD_DUE, placed);
    const uint32_t start = put(130, MU_RECORD_DECLARED, MU_NO_RECORD); /* while the work is on */
    const uint32_t worked = put(160, MU_RECORD_WORKED, due);
    const uint32_t closed = put(165, MU_RECORD_CLOSED, worked);
    ck_assert_uint_eq(chain_of(start, closed), 2);
    expect(0, MU_PART_WORK, 30, worked);
    expect(1, MU_PART_MECHANISM, 5, closed);
    ck_assert_int_eq(parts[0].from_us, seconds(130));
    ck_assert_uint_eq(chain_of(MU_NO_RECORD, closed), 3); /* from the start of the run */
    expect(0, MU_PART_DECISION, 100, due);
}
END_TEST

START_TEST(time_without_a_part_belongs_to_the_next_one) {
    const uint32_t start = put(0, MU_RECORD_STARTED, MU_NO_RECORD);
    const uint32_t placed = put(60, MU_RECORD_PLACED, start); /* takes no time of its own */
    const uint32_t noticed = put(200, MU_RECORD_NOTICED, placed);
    const uint32_t sent = put(200, MU_RECORD_SENT, noticed);
    const uint32_t lost = put(205, MU_RECORD_LOST, sent);
    const uint32_t again = put(215, MU_RECORD_SENT, lost); /* after a while */
    const uint32_t delivered = put(218, MU_RECORD_DELIVERED, again);
    ck_assert_uint_eq(chain_of(start, delivered), 3);
    expect(0, MU_PART_UNNOTICED, 200, noticed);
    expect(1, MU_PART_MESSAGE, 5, lost);
    expect(2, MU_PART_MESSAGE, 13, delivered);
}
END_TEST

/* Even where the next record with a part took no time itself. */
START_TEST(the_next_part_may_be_of_no_length) {
    const uint32_t start = put(0, MU_RECORD_DECLARED, MU_NO_RECORD);
    const uint32_t sent = put(10, MU_RECORD_SENT, start);
    const uint32_t delivered = put(10, MU_RECORD_DELIVERED, sent);
    const uint32_t due = put(15, MU_RECORD_DUE, delivered);
    ck_assert_uint_eq(chain_of(start, due), 2);
    expect(0, MU_PART_MESSAGE, 10, delivered);
    expect(1, MU_PART_DECISION, 5, due);
}
END_TEST

START_TEST(where_none_follows_it_belongs_to_the_part_before) {
    const uint32_t start = put(0, MU_RECORD_DECLARED, MU_NO_RECORD);
    const uint32_t worked = put(10, MU_RECORD_WORKED, start);
    const uint32_t sheltered = put(25, MU_RECORD_SHELTERED, worked);
    ck_assert_uint_eq(chain_of(start, sheltered), 1);
    expect(0, MU_PART_WORK, 25, worked);
}
END_TEST

START_TEST(a_log_without_causes_is_one_wait) {
    const uint32_t start = put(10, MU_RECORD_DECLARED, MU_NO_RECORD);
    const uint32_t end = put(70, MU_RECORD_ARRIVED, MU_NO_RECORD);
    ck_assert_uint_eq(chain_of(start, end), 1);
    expect(0, MU_PART_WAIT, 60, end);
}
END_TEST

START_TEST(units_from_outside) {
    const uint32_t notified = put(0, MU_RECORD_NOTIFIED, MU_NO_RECORD);
    const uint32_t dispatched = put(90, MU_RECORD_DISPATCHED, notified);
    const uint32_t on_site = put(285, MU_RECORD_ON_SITE, dispatched);
    const uint32_t granted = put(402, MU_RECORD_GRANTED, on_site);
    const uint32_t reached = put(462, MU_RECORD_REACHED, granted);
    const uint32_t arrived = put(462, MU_RECORD_ARRIVED, reached);
    ck_assert_uint_eq(chain_of(notified, arrived), 4);
    expect(0, MU_PART_DISPATCH, 90, dispatched);
    expect(1, MU_PART_ROAD, 195, on_site);
    expect(2, MU_PART_WAIT, 117, granted);
    expect(3, MU_PART_TRAVEL, 60, reached);
}
END_TEST

START_TEST(too_many_parts_merge_into_the_earliest) {
    const uint32_t start = put(0, MU_RECORD_DECLARED, MU_NO_RECORD);
    const uint32_t due = put(3, MU_RECORD_DUE, start);           /* 3 s of decision */
    const uint32_t reached = put(103, MU_RECORD_REACHED, due);   /* 100 s of walking */
    const uint32_t worked = put(110, MU_RECORD_WORKED, reached); /* 7 s of work */
    const uint32_t closed = put(112, MU_RECORD_CLOSED, worked);  /* 2 s */
    mu_chain_part two[2];
    ck_assert_uint_eq(mu_chain(log_, start, closed, two, 2), 2);
    check_whole(start, closed, two, 2);
    ck_assert_int_eq(two[0].part, MU_PART_TRAVEL); /* the longest gives its name */
    ck_assert_uint_eq(two[0].record, reached);
    ck_assert_int_eq(two[0].to_us, seconds(110));
    ck_assert_int_eq(two[1].part, MU_PART_MECHANISM);
    mu_chain_part one[1];
    ck_assert_uint_eq(mu_chain(log_, start, closed, one, 1), 1);
    check_whole(start, closed, one, 1);
    ck_assert_int_eq(one[0].part, MU_PART_TRAVEL);
}
END_TEST

START_TEST(random_chains_are_whole) {
    uint32_t seed = 99;
    for (int round = 0; round < 200; round++) {
        mu_log_truncate(log_, 0);
        mu_time at = 0;
        for (uint32_t id = 0; id < 60; id++) {
            seed = seed * 1664525U + 1013904223U;
            at += (mu_time)(seed >> 28) * 100003;
            const mu_record record = {
                .time_us = at,
                .kind = (uint16_t)((seed >> 8) % MU_RECORD_KIND_COUNT),
                .cause = id == 0 || (seed & 15) == 0 ? MU_NO_RECORD : id - 1 - (seed >> 4) % id};
            ck_assert_uint_eq(mu_log_append(log_, &record), id);
        }
        for (uint32_t start = 0; start < 60; start += 7) {
            for (uint32_t end = start; end < 60; end += 3) {
                (void)chain_of(start, end);
                mu_chain_part few[3];
                check_whole(start, end, few, mu_chain(log_, start, end, few, 3));
            }
        }
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("chain");
    TCase *one = tcase_create("rules");
    tcase_add_checked_fixture(one, setup, teardown);
    tcase_add_test(one, a_step_falls_into_its_parts);
    tcase_add_test(one, parts_of_no_length_are_left_out);
    tcase_add_test(one, all_of_several_is_caused_by_the_last);
    tcase_add_test(one, any_of_several_is_caused_by_the_first);
    tcase_add_test(one, a_cause_before_the_start_is_cut_off_there);
    tcase_add_test(one, time_without_a_part_belongs_to_the_next_one);
    tcase_add_test(one, the_next_part_may_be_of_no_length);
    tcase_add_test(one, where_none_follows_it_belongs_to_the_part_before);
    tcase_add_test(one, a_log_without_causes_is_one_wait);
    tcase_add_test(one, units_from_outside);
    tcase_add_test(one, too_many_parts_merge_into_the_earliest);
    tcase_add_test(one, random_chains_are_whole);
    suite_add_tcase(suite, one);
    return run_suite(suite);
}
