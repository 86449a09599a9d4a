/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A compact record of where everyone was, for replay: a tenth or less of the SQLite form. Positions
 * are whole millimetres; a frame holds only who moved, came or went, and every so many frames there
 * is a key frame with everybody, from which reading can start.
 *
 * The file, numbers being little-endian and `v` a number of 7 bits a byte, the last byte without
 * the eighth bit (LEB128), `z` a signed number as v: 0, -1, 1, -2, …
 *
 *     "MUSTRPL1"
 *     v frame_us, v persons, v levels, text title, text program       text: v bytes, then UTF-8
 *     levels × { text id, text floor as WKT }
 *     persons × { text id }
 *     frames: byte 1 = key frame or 2 = changes, v bytes that follow, then
 *         v entries, each { v (person after the one before) * 4 + kind, then
 *                           kind 0: z dx, z dy · 1: v level, z x, z y · 2: gone }
 *     byte 0
 *     index: v key frames, each { v frames since the one before, v bytes since the one before }
 *     8 bytes: where the index begins; 8 bytes: number of frames; 8 bytes: FNV-1a of all before it
 *
 * Files of later versions have another eighth letter. */
#ifndef MU_VERIFY_REPLAY_H
#define MU_VERIFY_REPLAY_H

#include "verify/trajectory.h"

#define MU_REPLAY_PER_M  1000.0 /* steps that positions are rounded to */
#define MU_REPLAY_KEYS   128U   /* frames from one key frame to the next */
#define MU_REPLAY_ENDING ".replay"

typedef struct mu_replay_level {
    const char *id;
    const char *wkt;
} mu_replay_level;

/* What the file says once. Borrowed. */
typedef struct mu_replay_head {
    uint64_t frame_us;
    uint32_t persons, levels;
    const char *title, *program;
    const mu_replay_level *level;
    const char *const *names;
} mu_replay_head;

typedef struct mu_replay_writer mu_replay_writer;
/* NULL: the reason is in `diags`. */
mu_replay_writer *mu_replay_writer_open(const mu_replay_head *head, const char *file,
                                        mu_diags *diags);
void mu_replay_writer_put(mu_replay_writer *writer, const mu_track_place *frame);
/* Only now does the file have its name; on failure nothing is left of it. */
MU_MUST_USE mu_status mu_replay_writer_close(mu_replay_writer *writer, mu_diags *diags);
void mu_replay_writer_abandon(mu_replay_writer *writer);

/* Does the file begin as a replay does, of whatever version? */
bool mu_replay_is_one(const char *file);

typedef struct mu_replay mu_replay;
/* Reads a file and checks every byte of it, so that nothing can fail later. NULL: the fault is in
 * `diags`, with where it is. */
mu_replay *mu_replay_read(const char *file, mu_diags *diags);
/* The same from memory, which is copied. */
mu_replay *mu_replay_parse(const void *bytes, size_t count, const char *file, mu_diags *diags);
void mu_replay_destroy(mu_replay *replay);
const mu_replay_head *mu_replay_head_of(const mu_replay *replay);
uint32_t mu_replay_frames(const mu_replay *replay);
/* Everyone's place in a frame: on from the frame that was asked for last, or from the key frame
 * before it. A frame that there is not says that nobody is there. */
void mu_replay_frame(mu_replay *replay, uint32_t frame, mu_track_place *out);

#endif
