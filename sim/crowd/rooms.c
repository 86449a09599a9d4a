/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A set of bits per area; whoever has changed area since the last question is moved from one to
 * another. */
#include "crowd/rooms.h"

#include <stdlib.h>
#include <string.h>

#include "crowd/scratch.h"

void mu_rooms_free(mu_rooms *rooms) {
    free(rooms->who);
    free(rooms->area);
}

static bool has_room(const mu_sim *sim, mu_rooms *rooms) {
    const size_t people = sim->scratch->people_count, areas = sim->scratch->area_count;
    if (rooms->who == NULL) {
        rooms->words = (uint32_t)(people / 64 + 1);
        rooms->who = calloc((areas + 1) * rooms->words, sizeof *rooms->who);
    }
    if (rooms->area == NULL) {
        rooms->area = malloc((people + 1) * sizeof *rooms->area);
        if (rooms->area != NULL) {
            memset(rooms->area, 0xff, (people + 1) * sizeof *rooms->area); /* MU_NONE */
        }
    }
    return rooms->who != NULL && rooms->area != NULL;
}

static void look_at(const mu_sim *sim, mu_rooms *rooms, uint32_t person) {
    const mu_body *body = &mu_bodies(sim)[person];
    const uint32_t area = body->mode == MU_BODY_ABSENT ? MU_NONE : body->area;
    const uint64_t bit = UINT64_C(1) << (person % 64);
    uint32_t *listed = &rooms->area[person];
    if (*listed == area) {
        return;
    }
    if (*listed != MU_NONE) {
        rooms->who[(size_t)*listed * rooms->words + person / 64] &= ~bit;
    }
    if (area != MU_NONE) {
        rooms->who[(size_t)area * rooms->words + person / 64] |= bit;
    }
    *listed = area;
}

static void refresh(const mu_sim *sim, mu_rooms *rooms) {
    const mu_changes *changes = &sim->scratch->changes;
    if (mu_scratch_has_changes(sim, &rooms->seen) && rooms->made) {
        for (; rooms->seen < changes->count; rooms->seen++) {
            look_at(sim, rooms, changes->person[rooms->seen % MU_CHANGES_KEPT]);
        }
        return;
    }
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        look_at(sim, rooms, p);
    }
    rooms->seen = changes->count;
    rooms->made = true;
}

/* Without memory for it. */
static uint32_t next_of_all(const mu_sim *sim, uint32_t area, uint32_t from) {
    for (uint32_t p = from; p < sim->people->list.count; p++) {
        if (mu_bodies(sim)[p].mode != MU_BODY_ABSENT && mu_bodies(sim)[p].area == area) {
            return p;
        }
    }
    return MU_NONE;
}

/* The usual case: nobody has changed since the last question. */
static bool still_holds(const mu_sim *sim, const mu_rooms *rooms) {
    const mu_changes *changes = &sim->scratch->changes;
    return rooms->made && rooms->seen == changes->count && changes->places == mu_crowd(sim)->places;
}

uint32_t mu_room_next(const mu_sim *sim, uint32_t area, uint32_t from) {
    mu_rooms *rooms = &sim->scratch->rooms;
    if (!still_holds(sim, rooms)) {
        if (!has_room(sim, rooms)) {
            return next_of_all(sim, area, from);
        }
        refresh(sim, rooms);
    }
    const uint64_t *who = &rooms->who[(size_t)area * rooms->words];
    for (uint32_t w = from / 64; w < rooms->words; w++) {
        const uint64_t left = w == from / 64 ? who[w] & (UINT64_MAX << (from % 64)) : who[w];
        if (left != 0) {
            return w * 64 + (uint32_t)__builtin_ctzll(left);
        }
    }
    return MU_NONE;
}
