/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is in an area, for whoever asks about the people of one area only. */
#ifndef MU_CROWD_ROOMS_H
#define MU_CROWD_ROOMS_H

#include <stdbool.h>

#include "core/sim.h"

/* The people of every area, brought up to date when asked for; part of the scratch, no state. */
typedef struct mu_rooms {
    bool made;
    uint64_t seen;  /* changes in the scratch, up to which it holds */
    uint32_t words; /* of an area's set of people */
    uint64_t *who;  /* [area][word] */
    uint32_t *area; /* per person: in whose set they are; MU_NONE */
} mu_rooms;

void mu_rooms_free(mu_rooms *rooms);

/* The first person from index `from` on who is present in an area; MU_NONE: no more. */
uint32_t mu_room_next(const mu_sim *sim, uint32_t area, uint32_t from);

#endif
