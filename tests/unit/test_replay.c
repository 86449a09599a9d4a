/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replays: what is put in comes out to the half millimetre, from wherever one asks; damage is
 * found; the file has its name only when it is whole. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runner.h"
#include "verify/replay.h"
#include "verify/replay_form.h"

enum { PERSONS = 5, FRAMES = 300 };

static char path[] = "/tmp/muster-replay-XXXXXX";
static const mu_replay_level levels[] = {{"ground", "POLYGON EMPTY"}, {"first", "POLYGON EMPTY"}};
static const char *const names[PERSONS] = {"a", "b", "c", "d", "e/日"};

/* Person 0 stands, 1 walks, 2 comes late and goes, 3 climbs a level, 4 never comes. */
static void place_all(uint32_t f, mu_track_place *frame) {
    frame[0] = (mu_track_place){.x = -3.14159, .y = 2.71828};
    frame[1] = (mu_track_place){.x = 0.6543 * f, .y = -100000.0 + 0.1 * f};
    frame[2] = (mu_track_place){.x = f, .y = 1, .level = f >= 140 && f < 200 ? 0 : MU_NONE};
    frame[3] = (mu_track_place){.x = 5, .y = f % 7, .level = f / 100 % 2};
    frame[4] = (mu_track_place){.level = MU_NONE};
}

static mu_replay_writer *begin(mu_diags *diags) {
    const mu_replay_head head = {.frame_us = 500000,
                                 .persons = PERSONS,
                                 .levels = 2,
                                 .title = "a test",
                                 .program = "muster",
                                 .level = levels,
                                 .names = names};
    mu_replay_writer *writer = mu_replay_writer_open(&head, path, diags);
    ck_assert_ptr_nonnull(writer);
    for (uint32_t f = 0; f < FRAMES; f++) {
        mu_track_place frame[PERSONS];
        place_all(f, frame);
        mu_replay_writer_put(writer, frame);
    }
    return writer;
}

static size_t read_all(uint8_t *bytes, size_t room) {
    FILE *file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    const size_t count = fread(bytes, 1, room, file);
    fclose(file);
    return count;
}

static void check_frame(mu_replay *replay, uint32_t f) {
    mu_track_place wanted[PERSONS], got[PERSONS];
    place_all(f, wanted);
    mu_replay_frame(replay, f, got);
    for (uint32_t p = 0; p < PERSONS; p++) {
        ck_assert_uint_eq(got[p].level, wanted[p].level);
        if (wanted[p].level != MU_NONE) {
            ck_assert_double_eq_tol(got[p].x, wanted[p].x, 0.5 / MU_REPLAY_PER_M + 1e-9);
            ck_assert_double_eq_tol(got[p].y, wanted[p].y, 0.5 / MU_REPLAY_PER_M + 1e-9);
        }
    }
}

START_TEST(comes_out_as_put_in) {
    mu_diags *diags = mu_diags_create();
    ck_assert_int_eq(mu_replay_writer_close(begin(diags), diags), MU_OK);
    mu_replay *replay = mu_replay_read(path, diags);
    ck_assert_ptr_nonnull(replay);
    const mu_replay_head *head = mu_replay_head_of(replay);
    ck_assert_uint_eq(mu_replay_frames(replay), FRAMES);
    ck_assert_uint_eq(head->frame_us, 500000);
    ck_assert_str_eq(head->names[4], "e/日");
    ck_assert_str_eq(head->level[1].id, "first");
    for (uint32_t f = 0; f < FRAMES; f++) {
        check_frame(replay, f);
    }
    static const uint32_t asked[] = {299, 0, 127, 128, 129, 5, 256, 255, 255};
    for (size_t k = 0; k < sizeof asked / sizeof asked[0]; k++) {
        check_frame(replay, asked[k]);
    }
    mu_track_place beyond[PERSONS];
    mu_replay_frame(replay, FRAMES, beyond);
    ck_assert_uint_eq(beyond[0].level, MU_NONE);
    check_frame(replay, 200);
    mu_replay_destroy(replay);
    mu_diags_destroy(diags);
}
END_TEST

START_TEST(damage_is_found) {
    static uint8_t bytes[65536], changed[65536];
    mu_diags *diags = mu_diags_create();
    ck_assert_int_eq(mu_replay_writer_close(begin(diags), diags), MU_OK);
    const size_t count = read_all(bytes, sizeof bytes);
    for (size_t at = 0; at < count; at += 7) {
        memcpy(changed, bytes, count);
        changed[at] ^= 0x20;
        ck_assert_ptr_null(mu_replay_parse(changed, count, "changed", diags));
        ck_assert_ptr_null(mu_replay_parse(bytes, at, "cut", diags));
    }
    /* With the hash set right, whatever is read is a replay whose frames can all be asked for. */
    for (size_t at = MU_REPLAY_MAGIC_BYTES; at < count - 8; at++) {
        memcpy(changed, bytes, count);
        changed[at] = (uint8_t)(changed[at] * 31 + 77);
        const uint64_t hash = mu_replay_hash(MU_REPLAY_HASH_START, changed, count - 8);
        for (int k = 0; k < 8; k++) {
            changed[count - 8 + (size_t)k] = (uint8_t)(hash >> (8 * k));
        }
        mu_replay *replay = mu_replay_parse(changed, count, "changed", diags);
        for (uint32_t f = 0; replay != NULL && f < mu_replay_frames(replay); f += 50) {
            mu_track_place *frame =
                calloc((size_t)mu_replay_head_of(replay)->persons + 1, sizeof *frame);
            mu_replay_frame(replay, f, frame);
            free(frame);
        }
        mu_replay_destroy(replay);
    }
    mu_diags_destroy(diags);
}
END_TEST

START_TEST(has_its_name_when_whole) {
    mu_diags *diags = mu_diags_create();
    unlink(path);
    mu_replay_writer *writer = begin(diags);
    ck_assert_int_ne(access(path, F_OK), 0);
    mu_replay_writer_abandon(writer);
    ck_assert_int_ne(access(path, F_OK), 0);
    ck_assert_int_eq(mu_replay_writer_close(begin(diags), diags), MU_OK);
    ck_assert_int_eq(access(path, F_OK), 0);
    ck_assert_uint_eq(mu_diags_count(diags, MU_ERROR), 0);
    mu_diags_destroy(diags);
}
END_TEST

int main(void) {
    const int descriptor = mkstemp(path);
    if (descriptor < 0) {
        return EXIT_FAILURE;
    }
    close(descriptor);
    Suite *suite = suite_create("replay");
    TCase *tcase = tcase_create("file");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, comes_out_as_put_in);
    tcase_add_test(tcase, damage_is_found);
    tcase_add_test(tcase, has_its_name_when_whole);
    suite_add_tcase(suite, tcase);
    const int status = run_suite(suite);
    unlink(path);
    return status;
}
