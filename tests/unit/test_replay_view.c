/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A replay looked at: who is where between two frames, what the picture says it does not know, and
 * that nothing can be done to a recording. */
#include <check.h>
#include <string.h>
#include <unistd.h>

#include "runner.h"
#include "verify/floor_wkt.h"
#include "verify/replay.h"
#include "verify/replay_view.h"

static char path[] = "/tmp/muster-view-XXXXXX";
static const mu_replay_level levels[] = {
    {"ground", "POLYGON ((0 0, 10 0, 10 8, 0 8, 0 0), (2 2, 3 2, 3 3, 2 2))"},
    {"first", "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0)), ((6 0, 9 0, 9 4, 6 0)))"},
    {"roof", "POLYGON EMPTY"}};
static const char *const names[] = {"walker", "lift", "late", "up"};

/* A walker at 1 m/s; one whom a lift takes up after the second frame; one who comes with the
 * third; one who is far off on the roof. */
static mu_session *record(const char *ground) {
    mu_diags *diags = mu_diags_create();
    mu_replay_level given[3];
    memcpy(given, levels, sizeof given);
    given[0].wkt = ground;
    const mu_replay_head head = {.frame_us = 500000,
                                 .persons = 4,
                                 .levels = 3,
                                 .title = "a test",
                                 .program = "muster",
                                 .level = given,
                                 .names = names};
    mu_replay_writer *writer = mu_replay_writer_open(&head, path, diags);
    ck_assert_ptr_nonnull(writer);
    for (uint32_t f = 0; f < 5; f++) {
        const mu_track_place frame[] = {{.x = 1 + 0.5 * f, .y = 5},
                                        {.x = 1, .y = 1, .level = f < 2 ? 0 : 1},
                                        {.x = 8, .y = 2, .level = f < 2 ? MU_NONE : 0},
                                        {.x = 30, .y = -20, .level = 2}};
        mu_replay_writer_put(writer, frame);
    }
    ck_assert_int_eq(mu_replay_writer_close(writer, diags), MU_OK);
    mu_session *session = NULL;
    const mu_status status = mu_replay_session(path, &session, diags);
    ck_assert_int_eq(status == MU_OK, mu_diags_count(diags, MU_ERROR) == 0);
    mu_diags_destroy(diags);
    return session;
}

static const mu_frame *frame_at(mu_session *session, double at_s) {
    ck_assert(mu_session_seek(session, mu_time_from_s(at_s), 1));
    const mu_frame *frame = mu_session_frame(session, "en");
    ck_assert_ptr_nonnull(frame);
    ck_assert(frame->recorded);
    return frame;
}

START_TEST(everyone_is_where_they_were) {
    mu_session *s = record(levels[0].wkt);
    ck_assert_int_eq(mu_session_known(s), 2 * MU_SECOND);
    static const double times[] = {0.25, 1.75, 0.6, 0.25, 0.75, 1.0, 1.75, 2.0};
    for (size_t k = 0; k < sizeof times / sizeof times[0]; k++) {
        const double t = times[k];
        const mu_frame *frame = frame_at(s, t);
        ck_assert_uint_eq(frame->people_count, t < 1 ? 3 : 4);
        const mu_frame_person *walker = &frame->people[0], *lift = &frame->people[1];
        ck_assert_double_eq_tol(walker->at.x, 1 + t, 1e-3);
        ck_assert_uint_eq(walker->walking, t < 2);
        ck_assert_uint_eq(lift->level, t < 1 ? 0 : 1);
        ck_assert_double_eq_tol(lift->at.x, 1, 1e-3);
        ck_assert_uint_eq(lift->walking, 0);
        ck_assert_int_eq(frame->over, t >= 2);
    }
    ck_assert_double_eq_tol((double)frame_at(s, 0.1)->people[0].speed_mps, 1, 2e-3);
    (void)frame_at(s, 1e6);
    ck_assert_int_eq(mu_session_now(s), 2 * MU_SECOND);
    mu_session_destroy(s);
}
END_TEST

START_TEST(floors_are_the_scene) {
    mu_session *s = record(levels[0].wkt);
    const mu_scenery *scene = mu_session_scene(s);
    ck_assert_uint_eq(scene->level_count, 3);
    ck_assert_uint_eq(scene->room_count, 3);
    ck_assert_uint_eq(scene->rooms[0].rings.count, 2);
    ck_assert_uint_eq(scene->rings[scene->rooms[0].rings.first].count, 4);
    ck_assert_uint_eq(scene->rooms[2].level, 1);
    ck_assert_double_eq_tol(scene->levels[0].high.x, 10, 1e-9);
    ck_assert_double_eq_tol(scene->rooms[2].low.x, 6, 1e-9);
    /* No floor: as large as where people were. */
    ck_assert_double_le(scene->levels[2].low.y, -20);
    ck_assert_double_ge(scene->levels[2].high.x, 30);
    mu_session_destroy(s);
}
END_TEST

START_TEST(says_what_it_has_not) {
    mu_session *s = record(levels[0].wkt);
    mu_answer answer;
    (void)frame_at(s, 0.25);
    ck_assert(mu_session_ask(s, (mu_subject){MU_SUBJECT_PERSON, 0}, "en", &answer));
    ck_assert_str_eq(answer.title, "walker");
    ck_assert_ptr_nonnull(strstr(answer.lines[1], "1.0 m/s"));
    ck_assert_ptr_nonnull(strstr(answer.lines[2], "not in the recording"));
    ck_assert(mu_session_ask(s, (mu_subject){MU_SUBJECT_PERSON, 1}, "en", &answer));
    ck_assert_str_eq(answer.lines[1], "Stands still");
    ck_assert(mu_session_ask(s, (mu_subject){MU_SUBJECT_ROOM, 0}, "en", &answer));
    ck_assert_str_eq(answer.lines[0], "2 people on this level");
    ck_assert(mu_session_ask(s, (mu_subject){MU_SUBJECT_NOTHING, 0}, "en", &answer));
    ck_assert_ptr_nonnull(strstr(answer.lines[2], "does not hold"));
    ck_assert(!mu_session_ask(s, (mu_subject){MU_SUBJECT_PERSON, 9}, "en", &answer));
    ck_assert(!mu_session_ask(s, (mu_subject){MU_SUBJECT_PORTAL, 0}, "en", &answer));
    mu_session_destroy(s);
}
END_TEST

START_TEST(nothing_can_be_done_to_it) {
    mu_session *s = record(levels[0].wkt), *branch = NULL;
    const mu_act act = {.kind = MU_ACT_CLOSE};
    mu_act choices[4];
    uint32_t count = 1;
    ck_assert(mu_session_is_recording(s));
    ck_assert(mu_session_look_ahead(s, 100));
    ck_assert(mu_session_end_is_known(s));
    ck_assert(!mu_session_can_act(s, &act));
    ck_assert_int_ne(mu_session_act(s, &act), MU_OK);
    ck_assert_uint_eq(mu_session_choices(s, MU_ACT_CLOSE, 0, choices, 4), 0);
    ck_assert_int_ne(mu_session_branch(s, 1000, &branch), MU_OK);
    (void)mu_session_moments(s, &count);
    ck_assert_uint_eq(count, 0);
    ck_assert_uint_eq(mu_log_count(mu_session_log(s)), 0);
    ck_assert_int_eq(mu_session_status(s), MU_OK);
    mu_session_destroy(s);
}
END_TEST

START_TEST(floors_that_are_none) {
    static const char *const wrong[] = {"",
                                        "POINT (1 2)",
                                        "POLYGON",
                                        "POLYGON (",
                                        "POLYGON (())",
                                        "POLYGON ((0 0, 1 0, 1 1))",
                                        "POLYGON ((0 0, 1 0, 1 1, 0 1))",
                                        "POLYGON ((0 0, nan 0, 1 1, 0 0))",
                                        "POLYGON ((0 0, 1 0, 1 1, 0 0)) and more",
                                        "POLYGON ((0 0, 1 0, 1 1, 0 0), )",
                                        "MULTIPOLYGON ((0 0, 1 0, 1 1, 0 0))",
                                        "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0))"};
    for (size_t k = 0; k < sizeof wrong / sizeof wrong[0]; k++) {
        mu_arena *arena = mu_arena_create();
        mu_floor_list list;
        ck_assert_msg(mu_floor_read_wkt(wrong[k], arena, &list) == MU_ERR_INPUT, "%s", wrong[k]);
        mu_arena_destroy(arena);
    }
    mu_arena *arena = mu_arena_create(); /* nought is nought, whatever its sign */
    mu_floor_list list;
    ck_assert_int_eq(mu_floor_read_wkt("POLYGON ((0 0, 4 0, 4 4, 0 4, -0 0))", arena, &list),
                     MU_OK);
    mu_arena_destroy(arena);
    ck_assert_ptr_null(record(wrong[1]));
}
END_TEST

int main(void) {
    const int descriptor = mkstemp(path);
    if (descriptor < 0) {
        return EXIT_FAILURE;
    }
    close(descriptor);
    Suite *suite = suite_create("replay view");
    TCase *tcase = tcase_create("session");
    tcase_add_test(tcase, everyone_is_where_they_were);
    tcase_add_test(tcase, floors_are_the_scene);
    tcase_add_test(tcase, says_what_it_has_not);
    tcase_add_test(tcase, nothing_can_be_done_to_it);
    tcase_add_test(tcase, floors_that_are_none);
    suite_add_tcase(suite, tcase);
    const int status = run_suite(suite);
    unlink(path);
    return status;
}
