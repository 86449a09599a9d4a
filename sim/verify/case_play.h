/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One scene of a case, played once: what measures are taken from. */
#ifndef MU_VERIFY_CASE_PLAY_H
#define MU_VERIFY_CASE_PLAY_H

#include "verify/case.h"
#include "verify/trail.h"

/* Turns a case's coordinates into the scene's: mirrored, turned, shifted. */
typedef struct mu_case_map {
    double cosine, sine, mirror;
    mu_point shift;
} mu_case_map;

/* One person, in the order of the file. */
typedef struct mu_case_person {
    uint32_t group;   /* of the scene's people */
    double free_mps;  /* given to them */
    double starts_s;  /* told to set out then */
    double set_out_s; /* moved 5 cm; NAN = never */
    double out_s;     /* left the site; NAN = has not */
    uint32_t exit;    /* door of the scene by which they left; MU_NONE */
} mu_case_person;

typedef struct mu_case_run {
    mu_trail *trail;
    uint32_t count;
    mu_case_person *persons;
    mu_case_map map;
    uint32_t outside;       /* person-frames outside the floor */
    uint32_t not_conserved; /* frames in which people did not add up */
    double overlap;         /* deepest that two bodies kept up for 0.5 s, over the diameter */
    double end_s;
    uint32_t lift_trips; /* of all lifts, with somebody in them */
    uint32_t lift_load;  /* most in one at a time */
    char *wkt; /* of the lowest level's floor */
} mu_case_run;

/* What a scene is made of, those of the scene it is like filled in. */
mu_case_scene mu_case_whole_scene(const mu_case *given, uint32_t scene);
/* A door by its id; MU_NONE, also where the id is NULL. */
uint32_t mu_case_find_door(const mu_case_scene *what, const char *id);
mu_point mu_case_map_point(const mu_case_map *map, mu_point p);

MU_MUST_USE mu_status mu_case_play(const mu_case *given, uint32_t scene, uint64_t seed,
                                   mu_diags *diags, mu_case_run *out);
void mu_case_run_clear(mu_case_run *run);

#endif
