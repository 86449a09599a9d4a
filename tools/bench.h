/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `muster bench` measures. Times are of the processor, not of the wall. */
#ifndef MUSTER_TOOLS_BENCH_H
#define MUSTER_TOOLS_BENCH_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "core/json_out.h"
#include "crowd/crowd.h"
#include "verify/scene.h"

/* Seconds of processor time that this process has used so far. */
double mu_bench_now(void);

typedef struct mu_bench_request {
    const char *scene; /* only this one; NULL = all */
    const char *model; /* "walk" or "flow"; NULL = both */
    uint64_t people;   /* only so many; 0 = every number that the scene is measured with */
    uint64_t repeats;  /* of each; the fastest counts */
    int json;
} mu_bench_request;

/* The scene that is read from files: the campus. */
#define MU_BENCH_CAMPUS "S3"

/* What was measured of a scene; not every scene says everything. */
typedef struct mu_bench_whole {
    uint32_t people, inside; /* inside: still walking at the end */
    double cpu_s, simulated_s, dt_s;
    double person_steps, events;
    double bytes_per_person;
} mu_bench_whole;

typedef enum mu_bench_outcome {
    MU_BENCH_MEASURED,
    MU_BENCH_LEFT_OUT, /* its files are not there; that has been said */
    MU_BENCH_FAILED
} mu_bench_outcome;
/* Plays a scene in its own way; false where it fails. */
typedef bool mu_bench_play(mu_scene *scene, const void *what, mu_bench_whole *out);
/* The fastest of so many repeats, each from where the scene stands now. */
bool mu_bench_fastest(mu_scene *scene, mu_bench_play *how, const void *what, uint64_t repeats,
                      mu_bench_whole *best);
/* The fastest of so many repeats. */
mu_bench_outcome mu_bench_campus(const mu_bench_request *request, mu_motion_kind motion,
                                 mu_bench_whole *best);

/* Measures the motion models and prints tables or JSON; returns an exit status. */
int mu_bench_motion(const mu_bench_request *request, FILE *out);
/* What moving people by flow needs for each. */
double mu_bench_flow_bytes(const mu_sim *sim);
/* The part of the flow model: prints its table, or puts its rows into `json`; adds their number. */
bool mu_bench_flow(const mu_bench_request *request, mu_json_out *json, FILE *out, uint32_t *rows);

/* `muster bench agree`: both models on the same incidents with the same luck. */
typedef struct mu_agree_request {
    char *const *incidents; /* files; none: those that come with the program */
    int count;
    uint64_t reps, jobs;
    uint64_t seed;
    bool has_seed;   /* else each incident's own */
    int motion_mode; /* mu_motion_mode; -1: both */
    int json;
} mu_agree_request;
/* Prints a table or JSON; returns an exit status. */
int mu_bench_agree(const mu_agree_request *request, FILE *out);
/* Measures pictures of a crowd, and going back in a session. */
int mu_bench_render(const mu_bench_request *request, FILE *out);
/* Measures pictures of the editor. */
int mu_bench_editor(const mu_bench_request *request, FILE *out);

/* Measures the event queue, a model of one server on it, and the fork of a world. */
int mu_bench_queue(const mu_bench_request *request, FILE *out);

#endif
