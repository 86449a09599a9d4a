/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The walk model's arrays: made once for everyone in the plan, so that a step allocates nothing. */
#include <stdlib.h>
#include <string.h>

#include "crowd/walk.h"

#define CONTACTS_EACH 6U /* as many touch one in the closest packing; four in the densest jams */

/* The arrays that hold one value a walker. */
#define FLOATS(X)  X(x) X(y) X(turn) X(wx) X(wy) X(mx) X(my) X(sx) X(sy) X(speed)
#define NUMBERS(X) X(who) X(tag) X(contact_first) X(raw_who) X(raw_cell)

mu_walk_room *mu_walk_room_create(const mu_walkable *walkable, uint32_t people_count) {
    const uint32_t areas = mu_walkable_area_count(walkable);
    mu_walk_room *room = calloc(1, sizeof *room);
    if (room == NULL) {
        return NULL;
    }
    room->slots = calloc((size_t)areas + 1, sizeof *room->slots);
    room->slot_of = malloc(((size_t)areas + 1) * sizeof *room->slot_of);
    room->people = people_count;
    room->place_of = malloc(((size_t)people_count + 1) * sizeof *room->place_of);
    room->kernel = mu_kernel_best();
    mu_kernel_make_packing(&room->packing);
    room->cell_room = 1024;
    room->cell_first = calloc(room->cell_room, sizeof *room->cell_first);
    room->cell_holds = calloc(room->cell_room + sizeof(uint32_t), 1);
    if (room->slots == NULL || room->slot_of == NULL || room->cell_first == NULL ||
        room->cell_holds == NULL || room->place_of == NULL ||
        !mu_walk_room_reserve(room, people_count + people_count / 32 + 16)) {
        mu_walk_room_destroy(room);
        return NULL;
    }
    memset(room->slot_of, 0xff, ((size_t)areas + 1) * sizeof *room->slot_of);
    memset(room->place_of, 0xff, ((size_t)people_count + 1) * sizeof *room->place_of);
    return room;
}

void mu_walk_room_destroy(mu_walk_room *room) {
    if (room == NULL) {
        return;
    }
#define FREE(array) free(room->array);
    FREE(walkers)
    FLOATS(FREE)
    NUMBERS(FREE)
#undef FREE
    free(room->slots);
    free(room->slot_of);
    free(room->cell_first);
    free(room->cell_holds);
    free(room->patches);
    free(room->bins);
    free(room->images);
    free(room->contacts);
    free(room->place_of);
    free(room);
}

size_t mu_walk_room_bytes(const mu_walk_room *room) {
#define SIZE(array) +sizeof *room->array
    const size_t each = sizeof *room->walkers FLOATS(SIZE) NUMBERS(SIZE);
#undef SIZE
    return room->capacity * each + room->people * sizeof *room->place_of +
           room->contact_room * sizeof *room->contacts + room->image_room * sizeof *room->images +
           room->patch_room * sizeof *room->patches;
}

/* What the arrays held before this step is of no use, so nothing is copied. */
bool mu_walk_room_reserve(mu_walk_room *room, uint32_t walkers) {
    if (walkers <= room->capacity) {
        return true;
    }
    const size_t n = (size_t)walkers + MU_KERNEL_PADDING;
    bool whole = true;
#define RENEW(array)                                                                               \
    free(room->array);                                                                             \
    room->array = calloc(n, sizeof *room->array);                                                  \
    whole = whole && room->array != NULL;
    RENEW(walkers)
    FLOATS(RENEW)
    NUMBERS(RENEW)
#undef RENEW
    room->contact_room = CONTACTS_EACH * walkers + 256;
    free(room->contacts);
    room->contacts = calloc(room->contact_room + MU_KERNEL_PADDING, sizeof *room->contacts);
    room->capacity = whole && room->contacts != NULL ? walkers : 0;
    return room->capacity > 0;
}

#define NOTES_MOST ((UINT32_C(1) << (32 - MU_WALKER_NOTE_AT)) - 1) /* what a tag can point to */

void mu_walk_begin_notes(mu_walk_room *room, uint32_t first) {
    const uint32_t part = room->contact_room / CONTACTS_EACH / 2;
    const uint32_t left = room->contact_room - room->contact_first[first];
    const uint32_t most = part < left ? part : left;
    room->noted_most = most < NOTES_MOST ? most : NOTES_MOST;
}

void mu_walk_note(mu_walk_room *room, uint32_t i, const uint32_t *walls, uint32_t count, bool gates,
                  float off_m) {
    if (room->noted + count + 1 > room->noted_most) {
        return;
    }
    room->noted += count + 1;
    uint32_t *to = room->contacts + room->contact_room - room->noted;
    to[0] = count | (gates ? MU_WALK_GATES_BIT : 0) |
            (uint32_t)(int32_t)(mu_lessf(off_m, 1) * MU_WALK_OFF_PER_M) << MU_WALK_OFF_AT;
    memcpy(to + 1, walls, count * sizeof *walls);
    room->tag[i] |= room->noted << MU_WALKER_NOTE_AT;
}
