/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A libFuzzer target: whatever the bytes, reading them as a replay ends with a replay whose every
 * frame can be asked for, or with a fault that names the byte. The hash at the end is set right
 * first, or nothing but the hash would ever be looked at.
 *
 *     fuzz_replay CORPUS      a small .replay is a good seed
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "verify/replay.h"
#include "verify/replay_form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
    if (!holds) {
        abort();
    }
}

static void ask_all(mu_replay *replay) {
    const mu_replay_head *head = mu_replay_head_of(replay);
    mu_track_place *frame = calloc((size_t)head->persons + 1, sizeof *frame);
    require(frame != NULL);
    for (uint32_t f = mu_replay_frames(replay); f-- > 0;) {
        mu_replay_frame(replay, f, frame);
        for (uint32_t p = 0; p < head->persons; p++) {
            require(frame[p].level == MU_NONE || frame[p].level < head->levels);
        }
    }
    free(frame);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    uint8_t *bytes = malloc(size + 1);
    require(bytes != NULL);
    memcpy(bytes, data, size);
    if (size >= MU_REPLAY_MAGIC_BYTES + MU_REPLAY_TAIL_BYTES) {
        memcpy(bytes, MU_REPLAY_MAGIC, MU_REPLAY_MAGIC_BYTES);
        const uint64_t hash = mu_replay_hash(MU_REPLAY_HASH_START, bytes, size - 8);
        for (int k = 0; k < 8; k++) {
            bytes[size - 8 + (size_t)k] = (uint8_t)(hash >> (8 * k));
        }
    }
    mu_diags *diags = mu_diags_create();
    mu_replay *replay = mu_replay_parse(bytes, size, "fuzz", diags);
    require((replay != NULL) != (mu_diags_count(diags, MU_ERROR) > 0));
    if (replay != NULL) {
        ask_all(replay);
    }
    mu_replay_destroy(replay);
    mu_diags_destroy(diags);
    free(bytes);
    return 0;
}
