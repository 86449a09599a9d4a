/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the writer and the reader of replays have in common. */
#ifndef MU_VERIFY_REPLAY_FORM_H
#define MU_VERIFY_REPLAY_FORM_H

#include <stddef.h>
#include <stdint.h>

#define MU_REPLAY_MAGIC       "MUSTRPL1"
#define MU_REPLAY_MAGIC_BYTES 8U
#define MU_REPLAY_TAIL_BYTES  24U  /* index, frames, hash */
#define MU_REPLAY_FAR         1e12 /* steps: nobody is further off */

enum { MU_REPLAY_END, MU_REPLAY_KEY, MU_REPLAY_CHANGES };      /* what a frame begins with */
enum { MU_REPLAY_MOVES, MU_REPLAY_COMES, MU_REPLAY_GOES };     /* kinds of entries */
enum { MU_REPLAY_FRAME_HEAD = 64, MU_REPLAY_ENTRY_MOST = 32 }; /* bytes, at most */

typedef struct mu_replay_place {
    int64_t x, y; /* steps */
    uint32_t level;
    uint32_t padding;
} mu_replay_place;

/* FNV-1a, 64 bits. */
#define MU_REPLAY_HASH_START UINT64_C(0xCBF29CE484222325)
static inline uint64_t mu_replay_hash(uint64_t hash, const void *bytes, size_t count) {
    const uint8_t *at = bytes;
    for (size_t k = 0; k < count; k++) {
        hash = (hash ^ at[k]) * UINT64_C(0x100000001B3);
    }
    return hash;
}

#endif
