/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A log comes back from log.jsonl as it was written, and whatever is broken is refused with its
 * line. */
#include <stdio.h>
#include <unistd.h>

#include "drill/log_jsonl.h"
#include "drill/log_names.h"
#include "runner.h"
#include "typed_plan.h"

static void write_temporary(char path[64], const char *text) {
    (void)snprintf(path, 64, "/tmp/muster-findings-XXXXXX");
    const int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, text, strlen(text)), (ssize_t)strlen(text));
    close(file);
}

/* A log that was written and read again, and what it says of where it comes from. */
typedef struct reread {
    mu_log *log;
    mu_log_origin origin;
    mu_run_end end;
} reread;

static reread write_and_read(const mu_log *log, const mu_log_origin *origin,
                             const mu_run_end *end) {
    reread back;
    char path[64];
    write_temporary(path, "");
    ck_assert_int_eq(mu_log_write(&plan, log, origin, end, "0.1.0", path, diags), MU_OK);
    ck_assert_int_eq(mu_log_read(&plan, path, &back.log, &back.origin, &back.end, diags), MU_OK);
    unlink(path);
    ck_assert_uint_eq(mu_log_count(back.log), mu_log_count(log));
    return back;
}

START_TEST(a_log_comes_back_as_it_was) {
    mu_log *log = make_log(70);
    mu_record *odd = calloc(1, sizeof *odd);
    *odd = (mu_record){.time_us = seconds(90),
                       .cause = 3,
                       .kind = MU_RECORD_GRANTED,
                       .subject = MU_HANDLE(MU_THING_CHANNEL, 1),
                       .object = MU_HANDLE(MU_THING_SPACE, 1),
                       .place = word("core"),
                       .holder = MU_HANDLE(MU_THING_PERSON, 4),
                       .value = UINT32_MAX};
    mu_log_append(log, odd);
    free(odd);
    const mu_log_origin origin = {.seed = 1234567890123, .replication = 5};
    const mu_run_end end = {seconds(100), true, 0xfedcba9876543210U, 77};
    const reread again = write_and_read(log, &origin, &end);
    mu_log *back = again.log;
    ck_assert_uint_eq(mu_diags_count(diags, MU_NOTE), 0);
    for (uint32_t id = 0; id < mu_log_count(log); id++) {
        ck_assert_mem_eq(mu_log_get(back, id), mu_log_get(log, id), sizeof(mu_record));
    }
    ck_assert_uint_eq(again.origin.seed, origin.seed);
    ck_assert_uint_eq(again.origin.replication, 5);
    ck_assert_int_eq(again.end.end_us, end.end_us);
    ck_assert(again.end.quiet);
    ck_assert_uint_eq(again.end.state_hash, end.state_hash);
    ck_assert_uint_eq(again.end.events, 77);
    mu_replicate a, b; /* judged alike */
    ck_assert_int_eq(mu_replicate_read(&plan, log, end.end_us, true, 0, 0, &a), MU_OK);
    ck_assert_int_eq(mu_replicate_read(&plan, back, again.end.end_us, again.end.quiet, 0, 0, &b),
                     MU_OK);
    for (int i = 0; i < CLAUSES; i++) {
        ck_assert_int_eq(a.judgements[i].verdict, b.judgements[i].verdict);
        ck_assert_int_eq(a.judgements[i].value_us, b.judgements[i].value_us);
    }
    mu_replicate_destroy(&a);
    mu_replicate_destroy(&b);
    mu_log_destroy(log);
    mu_log_destroy(back);
}
END_TEST

/* A word that reads as a space does: neither is taken for the other, nor is a word of an old log.
 */
START_TEST(a_word_is_no_space) {
    static const char *texts[] = {":hall", "item", "room:12", "space:hall"};
    plan.words = (mu_words){.items = texts, .count = 4, .sealed = 1};
    const mu_handle said[] = {MU_HANDLE(MU_THING_WORD, 0), MU_HANDLE(MU_THING_WORD, 1),
                              MU_HANDLE(MU_THING_WORD, 2), MU_HANDLE(MU_THING_WORD, 3),
                              MU_HANDLE(MU_THING_SPACE, 0)};
    mu_log *log = mu_log_create();
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        const mu_record one = {.time_us = seconds((double)i),
                               .kind = MU_RECORD_STARTED,
                               .cause = MU_NO_RECORD,
                               .object = said[i]};
        mu_log_append(log, &one);
    }
    const mu_log_origin origin = {.seed = 1};
    const mu_run_end end = {seconds(9), true, 1, 5};
    const reread again = write_and_read(log, &origin, &end);
    mu_log *back = again.log;
    for (uint32_t id = 0; id < mu_log_count(back); id++) {
        ck_assert_uint_eq(mu_log_get(back, id)->object, said[id]);
    }
    mu_log_destroy(log);
    mu_log_destroy(back);
    mu_log_names *names = mu_log_names_create(&plan);
    ck_assert_uint_eq(mu_log_names_find(names, "room:12"), said[2]);
    ck_assert_uint_eq(mu_log_names_find(names, "space:hall"), said[4]);
    mu_log_names_destroy(names);
}
END_TEST

#define HEAD                                                                                       \
    "{\"format\":\"muster.log\",\"version\":1,\"seed\":1,\"replication\":0,\"inputs\":"            \
    "[{\"name\":\"x\",\"hash\":\"0123456789abcdef\"}]}\n"
#define TAIL "{\"end_us\":9,\"quiet\":true,\"state_hash\":\"00\"}\n"

START_TEST(broken_logs_are_refused_by_line) {
    const struct {
        const char *text, *code;
        uint32_t line;
    } rows[] = {
        {"", "log.cut-off", 0},
        {"nonsense\n", "log.syntax", 1},
        {"{\"format\":\"muster.site\"}\n", "log.bad-format", 1},
        {"{\"format\":\"muster.log\",\"version\":2,\"seed\":1,\"replication\":0}\n",
         "log.bad-version", 1},
        {HEAD, "log.cut-off", 1},
        {HEAD "{\"id\":0,\"t_us\":1,\"kind\":\"started\"} x\n", "log.syntax", 2},
        {HEAD "{\"id\":0,\"t_us\":1,\"kind\":\"started\"\n", "log.syntax", 2},
        {HEAD "{\"id\":0,\"t_us\":1,\"kind\":\"stopped\"}\n", "log.bad-kind", 2},
        {HEAD "{\"id\":0,\"t_us\":1,\"kind\":3}\n", "log.bad-kind", 2},
        {HEAD "{\"id\":0,\"t_us\":1,\"kind\":\"started\",\"object\":3}\n", "log.bad-name", 2},
        {HEAD "{\"end_us\":10,\"quiet\":1,\"state_hash\":\"1\"}\n", "log.bad-end", 2},
        {"{\"format\":\"muster.log\",\"version\":1,\"seed\":-1,\"replication\":0}\n",
         "log.bad-number", 1},
        {HEAD "{\"id\":1,\"t_us\":1,\"kind\":\"started\"}\n", "log.bad-order", 2},
        {HEAD "{\"id\":0,\"t_us\":-1,\"kind\":\"started\"}\n", "log.bad-number", 2},
        {HEAD "{\"id\":0,\"t_us\":1.5,\"kind\":\"started\"}\n", "log.bad-number", 2},
        {HEAD "{\"id\":0,\"t_us\":1e999,\"kind\":\"started\"}\n", "log.bad-number", 2},
        {HEAD "{\"id\":0,\"t_us\":1,\"kind\":\"started\",\"cause\":0}\n", "log.bad-cause", 2},
        {HEAD "{\"id\":0,\"t_us\":1,\"kind\":\"started\",\"why\":0}\n", "log.unknown-key", 2},
        {HEAD "{\"id\":0,\"id\":0,\"t_us\":1,\"kind\":\"started\"}\n", "log.duplicate-key", 2},
        {HEAD "{\"id\":0,\"t_us\":1,\"kind\":\"started\",\"object\":\"moon\"}\n",
         "log.unknown-name", 2},
        {HEAD "{\"id\":0,\"t_us\":1,\"kind\":\"left\",\"subject\":\"person:nobody\"}\n",
         "log.unknown-name", 2},
        {HEAD "{\"id\":0,\"t_us\":1,\"kind\":\"started\"}\n{\"id\":1,\"t_us\":0,\"kind\":"
              "\"started\"}\n",
         "log.bad-order", 3},
        {HEAD TAIL "{\"id\":0,\"t_us\":10,\"kind\":\"started\"}\n", "log.after-end", 3},
        {HEAD "{\"id\":0,\"t_us\":10,\"kind\":\"started\"}\n" TAIL, "log.bad-order", 3},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char path[64];
        write_temporary(path, rows[i].text);
        mu_diags *own = mu_diags_create();
        mu_log *log = NULL;
        mu_log_origin origin;
        mu_run_end end;
        ck_assert_int_eq(mu_log_read(&plan, path, &log, &origin, &end, own), MU_ERR_INPUT);
        ck_assert_ptr_null(log);
        ck_assert_uint_eq(mu_diags_count(own, MU_ERROR), 1);
        ck_assert_str_eq(mu_diags_get(own, 0)->code, rows[i].code);
        ck_assert_uint_eq(mu_diags_get(own, 0)->where.line, rows[i].line);
        mu_diags_destroy(own);
        unlink(path);
    }
}
END_TEST

START_TEST(a_log_of_other_inputs_is_read_with_a_warning) {
    char path[64];
    write_temporary(path, HEAD TAIL);
    mu_log *log;
    mu_log_origin origin;
    mu_run_end end;
    files[0].hash++;
    ck_assert_int_eq(mu_log_read(&plan, path, &log, &origin, &end, diags), MU_OK);
    ck_assert_uint_eq(mu_diags_count(diags, MU_WARNING), 1);
    ck_assert_str_eq(mu_diags_get(diags, 0)->code, "log.other-inputs");
    mu_log_destroy(log);
    unlink(path);
    ck_assert_int_eq(mu_log_read(&plan, path, &log, &origin, &end, diags), MU_ERR_IO);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("log_jsonl");
    TCase *one = tcase_create("log");
    tcase_add_checked_fixture(one, make_plan, drop_plan);
    tcase_add_test(one, a_log_comes_back_as_it_was);
    tcase_add_test(one, a_word_is_no_space);
    tcase_add_test(one, broken_logs_are_refused_by_line);
    tcase_add_test(one, a_log_of_other_inputs_is_read_with_a_warning);
    suite_add_tcase(suite, one);
    return run_suite(suite);
}
