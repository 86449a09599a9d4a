/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scene: a small site drawn in code, people put on it by hand, and a run of the crowd alone. What
 * benchmarks, verification cases and experiments stand on. First draw, then open, then put people
 * in place, send them off and step. Errors are sticky: a scene that could not be made says so when
 * it is opened. */
#ifndef MU_VERIFY_SCENE_H
#define MU_VERIFY_SCENE_H

#include "crowd/crowd.h"

typedef struct mu_scene {
    mu_arena *arena;
    mu_diags *diags;
    mu_site site;
    mu_roster roster;
    uint32_t group_count; /* set it before the scene is opened; 0 = 1 */
    mu_group *groups;
    const uint32_t *party_of;   /* per person, equal numbers keep together; NULL = nobody does */
    const uint8_t *mobility_of; /* mu_mobility per person; NULL = all walk without aids */
    mu_people people;
    mu_walkable *walkable;
    mu_sim sim;
    bool failed; /* no memory, or the site has faults (in diags) */
} mu_scene;

/* NULL only without memory. */
mu_scene *mu_scene_create(void);
void mu_scene_destroy(mu_scene *scene);

/* Drawing. Each returns the index of what it has added. */
uint32_t mu_scene_level(mu_scene *scene, double elevation_m);
uint32_t mu_scene_space(mu_scene *scene, mu_use use, uint32_t level, const mu_point *ring,
                        uint32_t count);
uint32_t mu_scene_room(mu_scene *scene, mu_use use, uint32_t level, mu_point low, mu_point high);
void mu_scene_hole(mu_scene *scene, uint32_t space, const mu_point *ring, uint32_t count);
/* `to` MU_NONE: the edge of the model. */
uint32_t mu_scene_portal(mu_scene *scene, mu_portal_kind kind, uint32_t from, uint32_t to,
                         mu_point a, mu_point b);
uint32_t mu_scene_stair(mu_scene *scene, uint32_t lower, uint32_t upper, const mu_point foot[2],
                        const mu_point head[2], double length_m);
/* Of spaces that are of use `lift`; the refs are copied. */
uint32_t mu_scene_lift(mu_scene *scene, const mu_lift *lift, const uint32_t *cars, uint32_t count);
uint32_t mu_scene_assembly(mu_scene *scene, uint32_t space, mu_point at, int64_t capacity);

/* Makes the run: `count` people, alike until put in place, all of them absent. */
MU_MUST_USE mu_status mu_scene_open(mu_scene *scene, uint32_t count, uint64_t seed);

/* Puts an absent person in place exactly there, whoever else is: an occupant who is inside. */
void mu_scene_put(mu_scene *scene, uint32_t person, uint32_t area, mu_point at);
/* Sends everyone who is present off to a goal. */
void mu_scene_send_all(mu_scene *scene, mu_goal_kind goal);
/* Sends a person out of the site, through this portal and no other that leads off it. */
void mu_scene_send_out(mu_scene *scene, uint32_t person, uint32_t portal);
/* Handles what is due until `until_us`; false on an error of the run. Returns early once nothing is
 * left to happen. */
bool mu_scene_run(mu_scene *scene, mu_time until_us);

/* The same, and lets the clock go on to `until_us` where nothing more happens until then. */
bool mu_scene_run_to(mu_scene *scene, mu_time until_us);
/* MU_OK where it can go on; also of what was put into it between runs. */
mu_status mu_scene_status(mu_scene *scene);

/* The scenes of the motion benchmark. */
typedef enum mu_bench_scene {
    MU_BENCH_S1,  /* a room of 50 m by 50 m, a door of 5 m, a corridor of 10 m behind it */
    MU_BENCH_S2,  /* the same with 100 pillars of 1 m */
    MU_BENCH_S1L, /* S1, its room as large as 2 persons per square metre ask for */
    MU_BENCH_S4   /* a tower of ten storeys with two stairs */
} mu_bench_scene;

/* A scene with `count` people in place and on their way out; NULL without memory, `failed` if it
 * could not be made. */
mu_scene *mu_bench_scene_create(mu_bench_scene kind, uint32_t count, uint64_t seed);

#endif
