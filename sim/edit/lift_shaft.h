/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A lift's cars one above the other, while they are drawn and changed. */
#ifndef MU_EDIT_LIFT_SHAFT_H
#define MU_EDIT_LIFT_SHAFT_H

#include "edit/project.h"

enum { MU_LIFT_LEVELS_MOST = 64 };

typedef struct mu_shaft {
    mu_project *project;
    mu_point low, high;
    char id[80];
    char cars[MU_LIFT_LEVELS_MOST][100]; /* ids, from the lowest */
    uint32_t levels[MU_LIFT_LEVELS_MOST];
    uint32_t count;
} mu_shaft;

/* project_lift.c: the next car, at a level, cut out of the rooms there; a door of the car
 * `cars[count]`, in the side that leads best (false where none does: the car is gone); the ride
 * from a car to the one above. */
bool mu_shaft_add_car(mu_shaft *shaft, uint32_t level);
bool mu_shaft_add_door(mu_shaft *shaft);
bool mu_shaft_add_ride(const mu_shaft *shaft, uint32_t from);
/* Where riders of that ride stand, as JSON; the caller frees it. */
char *mu_shaft_ride_line(const mu_shaft *shaft, uint32_t from);
bool mu_shaft_cut_out(const mu_shaft *shaft, uint32_t level);
/* A room's outline, or its holes, written. */
bool mu_room_set_ring(mu_project *project, uint32_t room, const char *member, const mu_ring *rings,
                      uint32_t count, bool list);

/* A ring of a scene's list, as the site has it; and its square metres. */
mu_ring mu_ring_of(const mu_scenery *scene, uint32_t ring);
double mu_shaft_area(const mu_ring *ring);

/* lift_change.c: the lift that a room of the scene is a car of; false where it is none, or serves a
 * level that has no bit among MU_LIFT_LEVELS_MOST. */
bool mu_shaft_read(mu_project *project, uint32_t car, mu_shaft *out);
/* Gives the floor of a shaft that is gone back to the rooms that it was cut out of. */
bool mu_floor_heal(mu_project *project, uint32_t level, mu_point low, mu_point high);
uint64_t mu_shaft_levels(const mu_shaft *shaft);
/* Has it serve these levels (a bit each); within a step. */
bool mu_shaft_serve(const mu_shaft *before, uint64_t levels);
/* Cars that were moved by so much: floors and doors follow. `before`: as they were. */
bool mu_shaft_settle(const mu_shaft *before, mu_point by);

/* project_change.c: removes a record of the site with what cannot be without it. */
bool mu_project_remove_place(mu_project *project, const char *pointer);

#endif
