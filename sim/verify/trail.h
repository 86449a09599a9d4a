/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where everyone was: the positions of a run, frame by frame, as a camera from above would give
 * them. What measuring methods and trajectory files stand on. */
#ifndef MU_VERIFY_TRAIL_H
#define MU_VERIFY_TRAIL_H

#include <stdbool.h>

#include "core/given.h"
#include "verify/scene.h"

typedef struct mu_trail_point {
    double x, y;    /* on the plan of its level; on a flight between foot and head */
    uint32_t area;  /* of the walkable */
    uint32_t level; /* of the site; of a flight, that of its foot */
} mu_trail_point;

/* One person: present in `count` frames from `first` on. */
typedef struct mu_trail_person {
    uint32_t first, count, room;
    mu_trail_point *at;
} mu_trail_person;

typedef struct mu_trail {
    double start_s, frame_s; /* time of frame 0, and between frames */
    uint32_t frames;
    uint32_t person_count;
    mu_trail_person *persons;
    bool no_memory; /* sticky */
} mu_trail;

/* NULL without memory. */
mu_trail *mu_trail_create(uint32_t persons, double start_s, double frame_s);
void mu_trail_destroy(mu_trail *trail);

/* Adds a position of a person in the frame being written. Who was present and is so again after a
 * gap stood still in between. */
void mu_trail_add(mu_trail *trail, uint32_t person, mu_trail_point at);
/* Ends the frame. */
void mu_trail_next(mu_trail *trail);
/* One whole frame: everyone who is on the site. */
void mu_trail_take(mu_trail *trail, const mu_sim *sim);

static inline double mu_trail_time(const mu_trail *trail, double frame) {
    return trail->start_s + frame * trail->frame_s;
}
/* Where a person is in a frame; NULL: not on the site. */
const mu_trail_point *mu_trail_at(const mu_trail *trail, uint32_t person, uint32_t frame);

#endif
