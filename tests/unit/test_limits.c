/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of limits: every row whole; the one question at, below and above each; and those that a
 * file cannot reach cheaply, at their own places with smaller numbers. (The others are tried with
 * real files by tests/command/test_limits_files.py.) */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/limits.h"
#include "drill/log_jsonl.h"
#include "muster/project.h"
#include "render/picture_head.h"
#include "runner.h"
#include "tiny_plan.h"

START_TEST(every_row_is_whole) {
    for (int k = 0; k < MU_LIMIT_COUNT; k++) {
        const mu_limit *limit = mu_limit_get((mu_limit_kind)k);
        ck_assert_ptr_nonnull(limit->word);
        ck_assert_msg(limit->most > 0, "%s", limit->word);
        ck_assert_msg(strlen(limit->what) > 5 && strlen(limit->why) > 5 &&
                          strlen(limit->advice) > 5,
                      "%s", limit->word);
        for (int other = 0; other < k; other++) {
            ck_assert_str_ne(limit->word, mu_limit_get((mu_limit_kind)other)->word);
        }
    }
}
END_TEST

START_TEST(at_below_and_above_each) {
    for (int k = 0; k < MU_LIMIT_COUNT; k++) {
        const mu_limit *limit = mu_limit_get((mu_limit_kind)k);
        const mu_where where = {.file = "a file", .path = "$.there", .line = 7};
        mu_diags *diags = mu_diags_create();
        ck_assert(mu_limit_holds((mu_limit_kind)k, limit->most - 1, diags, &where));
        ck_assert(mu_limit_holds((mu_limit_kind)k, limit->most, diags, &where));
        ck_assert_uint_eq(mu_diags_count(diags, MU_NOTE), 0);
        ck_assert(!mu_limit_holds((mu_limit_kind)k, limit->most + 1, diags, &where));
        const mu_diag *said = mu_diags_get(diags, 0);
        char most[MU_LIMIT_ROOM];
        ck_assert_int_eq(said->severity, MU_ERROR);
        ck_assert_str_eq(said->where.file, "a file");
        ck_assert_uint_eq(said->where.line, 7);
        ck_assert_ptr_nonnull(strstr(said->text, limit->word));
        ck_assert_ptr_nonnull(strstr(said->text, mu_limit_say(limit->most, limit->unit, most)));
        ck_assert_ptr_nonnull(said->advice);
        mu_diags_destroy(diags);
    }
}
END_TEST

START_TEST(numbers_are_said_as_people_write_them) {
    char out[MU_LIMIT_ROOM];
    ck_assert_str_eq(mu_limit_say(64 << 20, "B", out), "64 MiB");
    ck_assert_str_eq(mu_limit_say(65536, "B", out), "64 KiB");
    ck_assert_str_eq(mu_limit_say(65537, "B", out), "65,537 B");
    ck_assert_str_eq(mu_limit_say(1234567, "1", out), "1,234,567");
    ck_assert_str_eq(mu_limit_say(999, "m", out), "999 m");
    ck_assert_str_eq(mu_limit_say(UINT64_MAX, "px", out), "18,446,744,073,709,551,615 px");
}
END_TEST

/* Plays the tiny plan within a budget; the status, and how much it took. */
static mu_status play_within(const tiny *t, const mu_run_budget *budget, mu_run_end *end,
                             uint32_t *records) {
    mu_log *log = mu_log_create();
    mu_sim sim;
    ck_assert_int_eq(mu_run_begin(t->plan, 1, 0, log, &sim), MU_OK);
    sim.budget = budget;
    while (mu_run_next(&sim)) {
    }
    const mu_status status = mu_run_status(&sim);
    mu_run_result(&sim, end);
    *records = mu_log_count(log);
    mu_run_destroy(&sim);
    mu_log_destroy(log);
    return status;
}

static const char *const steps =
    "{\"id\":\"call\",\"when\":{\"all\":[\"alarm\"]},\"who\":{\"role\":\"operator\"},\"verb\":"
    "\"notify\","
    "\"object\":\"head\",\"to\":\"head\",\"over\":[\"phone\"],\"takes_s\":5}";

START_TEST(a_run_ends_within_its_budget) {
    tiny t = tiny_load(steps);
    mu_run_end whole, end;
    uint32_t records, less;
    const mu_run_budget plenty = {1000000, 1000000, 1000000};
    ck_assert_int_eq(play_within(&t, &plenty, &whole, &records), MU_OK);
    ck_assert_uint_gt(whole.events, 3);
    mu_run_budget budget = plenty;
    budget.events = whole.events; /* at: the last event is the one that is allowed */
    ck_assert_int_eq(play_within(&t, &budget, &end, &less), MU_OK);
    ck_assert_uint_eq(end.state_hash, whole.state_hash);
    budget.events = whole.events - 1;
    ck_assert_int_eq(play_within(&t, &budget, &end, &less), MU_ERR_LIMIT);
    ck_assert_uint_eq(end.events, whole.events - 1);
    budget = plenty;
    budget.records = records + 1;
    ck_assert_int_eq(play_within(&t, &budget, &end, &less), MU_OK);
    budget.records = 3;
    ck_assert_int_eq(play_within(&t, &budget, &end, &less), MU_ERR_LIMIT);
    ck_assert_uint_lt(less, records);
    tiny_close(&t);
}
END_TEST

/* Events that come one after the other at the same moment: as many as are allowed, and one more. */
START_TEST(time_that_stands_still_ends_a_run) {
    tiny t = tiny_load(steps);
    for (uint32_t more = 0; more < 2; more++) {
        mu_log *log = mu_log_create();
        mu_sim sim;
        mu_event event;
        const mu_run_budget budget = {1000000, 50, 1000000};
        ck_assert_int_eq(mu_run_begin(t.plan, 1, 0, log, &sim), MU_OK);
        sim.budget = &budget;
        while (mu_sim_next(&sim, &event)) { /* nothing handles them, so none schedules another */
        }
        ck_assert_int_eq(mu_run_status(&sim), MU_OK);
        for (uint32_t i = 0; i < 50 + more; i++) {
            mu_sim_schedule(&sim, 0, MU_EVENT_HORIZON, 0, MU_NO_RECORD, 0);
        }
        sim.instant_us = -1; /* a moment of its own */
        uint32_t come = 0;
        while (come < 50 + more && mu_sim_next(&sim, &event)) {
            come++;
        }
        ck_assert_uint_eq(come, 50);
        ck_assert_int_eq(mu_run_status(&sim), more == 0 ? MU_OK : MU_ERR_LIMIT);
        mu_run_destroy(&sim);
        mu_log_destroy(log);
    }
    tiny_close(&t);
}
END_TEST

/* A log whose first line has so many bytes, its end included. */
static bool is_refused_for_its_line(const tiny *t, size_t bytes) {
    char path[] = "/tmp/muster-line-XXXXXX";
    const int made = mkstemp(path);
    FILE *file = fdopen(made, "w");
    ck_assert_ptr_nonnull(file);
    for (size_t i = 0; i + 1 < bytes; i++) {
        (void)fputc(' ', file);
    }
    (void)fputs("\n", file);
    ck_assert_int_eq(fclose(file), 0);
    mu_diags *diags = mu_diags_create();
    mu_log *log = NULL;
    mu_log_origin origin;
    mu_run_end end;
    ck_assert_int_eq(mu_log_read(t->plan, path, &log, &origin, &end, diags), MU_ERR_INPUT);
    const bool refused = strcmp(mu_diags_get(diags, 0)->code, "limit") == 0;
    ck_assert_uint_eq(mu_diags_get(diags, 0)->where.line, 1);
    mu_diags_destroy(diags);
    (void)remove(path);
    return refused;
}

START_TEST(lines_of_a_log_end) {
    tiny t = tiny_load(steps);
    ck_assert(!is_refused_for_its_line(&t, MU_LOG_LINE_MOST - 1));
    ck_assert(!is_refused_for_its_line(&t, MU_LOG_LINE_MOST)); /* no JSON, but not too long */
    ck_assert(is_refused_for_its_line(&t, MU_LOG_LINE_MOST + 1));
    tiny_close(&t);
}
END_TEST

/* What the head of a file says of the picture in it. */
static bool read_head(const char *bytes, size_t count, mu_picture_head *out) {
    char path[] = "/tmp/muster-head-XXXXXX";
    FILE *file = fdopen(mkstemp(path), "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, count, file), count);
    ck_assert_int_eq(fclose(file), 0);
    const bool read = mu_picture_head_read(path, out);
    (void)remove(path);
    return read;
}

/* The check of IHDR, and the last chunk, as in a file that is whole. */
#define PNG_END          "\0\0\0\0\0\0\0\0IEND\0\0\0\0"
#define HEAD(bytes, out) read_head(bytes, sizeof(bytes) - 1, out)

START_TEST(pictures_tell_their_size_before_they_are_read) {
    mu_picture_head head;
    ck_assert(
        HEAD("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x27\x10\0\0\x27\x10\x08\x06\0\0\0" PNG_END, &head));
    ck_assert_uint_eq(head.width, 10000);
    ck_assert(mu_picture_head_fits(&head)); /* 100 million: at */
    head.height = 9999;
    ck_assert(mu_picture_head_fits(&head));
    head.height = 10001;
    ck_assert(!mu_picture_head_fits(&head));
    ck_assert(
        HEAD("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff\x08\x06\0\0\0" PNG_END,
             &head));
    ck_assert(!mu_picture_head_fits(&head));
    ck_assert(
        !HEAD("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\x06\0\0\0\0\0\0\0\0\0\1\0IDAT",
              &head)); /* cut off */
    ck_assert(
        HEAD("\xff\xd8\xff\xe0\0\x04JF\xff\xc0\0\x11\x08\x01\x02\x03\x04\x03\x01\x11\0", &head));
    ck_assert_uint_eq(head.height, 0x102);
    ck_assert_uint_eq(head.width, 0x304);
    ck_assert(!HEAD("GIF89a\x02\x01\x04\x03\0\0\0,\0\0\0\0\x01\0\x01\0\0", &head));
    ck_assert(HEAD("BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x40\x01\0\0\x38\xff\xff\xff\x01\0\x18\0",
                   &head));
    ck_assert_uint_eq(head.width, 320);
    ck_assert_uint_eq(head.height, 200); /* from top to bottom */
    ck_assert(HEAD(
        "II*\0\x08\0\0\0\x02\0\0\x01\x03\0\x01\0\0\0\x40\x01\0\0\x01\x01\x04\0\x01\0\0\0\xf0\0\0\0",
        &head));
    ck_assert_uint_eq(head.width, 320);
    ck_assert_uint_eq(head.height, 240);
    ck_assert(!HEAD(
        "II*\0\x08\0\0\0\x02\0\0\x01\x10\0\x01\0\0\0\x40\x01\0\0\x01\x01\x04\0\x01\0\0\0\xf0\0\0\0",
        &head)); /* its width stands elsewhere, in 64 bits */
    ck_assert(!HEAD("\xff\xd8\xff\x01\xff\xc0\0\x11\x08\x01\x02\x03\x04\x03\x01\x11\0", &head));
    ck_assert(!HEAD("<svg xmlns='http://www.w3.org/2000/svg'/>", &head));
    ck_assert(!HEAD("\xff\xd8\xff\xe0\0\x02", &head));
    ck_assert(!HEAD("\xff\xd8\xff\xe0\0\0\xff\xe0\0\0\xff\xe0\0\0",
                    &head)); /* segments without a length */
    ck_assert(!HEAD("", &head));
    ck_assert(!mu_picture_head_read("/dev/zero", &head));
    ck_assert(!mu_picture_head_read("/nowhere", &head));
    head = (mu_picture_head){.bytes = MU_PICTURE_BYTES_MOST, .width = 1, .height = 1};
    ck_assert(mu_picture_head_fits(&head));
    head.bytes++;
    ck_assert(!mu_picture_head_fits(&head));
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("limits");
    tcase_add_test(tcase, every_row_is_whole);
    tcase_add_test(tcase, at_below_and_above_each);
    tcase_add_test(tcase, numbers_are_said_as_people_write_them);
    tcase_add_test(tcase, a_run_ends_within_its_budget);
    tcase_add_test(tcase, time_that_stands_still_ends_a_run);
    tcase_add_test(tcase, lines_of_a_log_end);
    tcase_add_test(tcase, pictures_tell_their_size_before_they_are_read);
    Suite *suite = suite_create("limits");
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
