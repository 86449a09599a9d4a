/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Patches of sparse slots. A large area with few people in it would have more cells than people,
 * and with larger cells a queue in a corner of it would be one cell, all of whom look at all
 * others. So there only the cells in which somebody is are listed, in the order of rows and
 * columns, into which their walkers are sorted; what that costs depends on the people alone. */
#include <stdlib.h>

#include "core/grow.h"
#include "crowd/walk.h"

#define ROUNDING  4e-7 /* of a length in single precision, and of what is reckoned with it */
#define BINS_EACH 8U   /* rows, or columns, for each who is in the slot */

static bool reserve_bins(mu_walk_room *room, uint32_t bins) {
    if (bins <= room->bin_room) {
        return true;
    }
    uint32_t *grown = realloc(room->bins, 2 * (size_t)bins * sizeof *grown);
    if (grown == NULL) {
        return false;
    }
    room->bins = grown;
    room->bin_room = 2 * bins;
    return true;
}

bool mu_walk_lay_patches(mu_walk_room *room, mu_walk_slot *slot, double width, double height) {
    const double longer = mu_more(width, height);
    const double most = mu_less(BINS_EACH * (slot->end - slot->first), MU_PATCH_ROW - 4);
    double side = MU_WALK_CELL_M + ROUNDING * longer;
    while (longer / side > most) {
        side *= 2;
    }
    slot->per_patch = (float)(1 / side);
    slot->last_patch_column = (float)(uint32_t)(width / side);
    slot->last_patch_row = (float)(uint32_t)(height / side);
    room->sparse = true;
    return reserve_bins(room, (uint32_t)(longer / side) + 4);
}

/* Walkers, and the keys of their patches. */
typedef struct keyed {
    uint32_t *who, *key;
} keyed;

/* A counting sort by the 16 bits of the keys from `shift` on; whoever was before somebody else in
 * the same place still is. */
static void sort_by(uint32_t *bins, uint32_t bin_count, uint32_t shift, uint32_t count, keyed from,
                    keyed to) {
    for (uint32_t b = 0; b <= bin_count; b++) {
        bins[b] = 0;
    }
    for (uint32_t k = 0; k < count; k++) {
        bins[(from.key[k] >> shift & (MU_PATCH_ROW - 1)) + 1]++;
    }
    for (uint32_t b = 1; b <= bin_count; b++) {
        bins[b] += bins[b - 1];
    }
    for (uint32_t k = 0; k < count; k++) {
        const uint32_t place = bins[from.key[k] >> shift & (MU_PATCH_ROW - 1)]++;
        to.who[place] = from.who[k];
        to.key[place] = from.key[k];
    }
}

static bool add_patch(mu_walk_room *room, uint32_t key, uint32_t first) {
    mu_walk_patch *patches =
        mu_grow(room->patches, room->patch_count, &room->patch_room, sizeof *patches);
    if (patches == NULL) {
        return false;
    }
    room->patches = patches;
    room->patches[room->patch_count++] = (mu_walk_patch){key, first, 0};
    return true;
}

bool mu_walk_sort_patches(mu_walk_room *room, mu_walk_slot *slot) {
    const uint32_t first = slot->first, count = slot->end - first;
    const keyed sorted = {room->who + first, room->contact_first + first};
    const keyed aside = {room->raw_who + first, room->raw_cell + first};
    sort_by(room->bins, (uint32_t)slot->last_patch_column + 2, 0, count, sorted, aside);
    sort_by(room->bins, (uint32_t)slot->last_patch_row + 2, 16, count, aside, sorted);
    slot->first_patch = room->patch_count;
    bool whole = true;
    for (uint32_t k = 0, key = 0; k < count && whole; k++) {
        if (sorted.key[k] != key) {
            key = sorted.key[k];
            whole = add_patch(room, key, first + k);
        }
    }
    slot->end_patch = room->patch_count;
    return whole && add_patch(room, UINT32_MAX, slot->end);
}
