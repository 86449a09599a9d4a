/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An experiment with real people, as a file tells of it: the floor, when and where each person came
 * into view and how fast, and what was measured. A run begins from the same state, and the same is
 * measured.
 *
 * The form of such a file is not ours (it has no "format"): one object with `geometry` (`walkable`,
 * `obstacles`, exits, lines, areas), `agents` with their `agents_columns`, `frame_rate`,
 * `t_start_s`, `t_end_s`, `how_to_start` and `measured`, an object of figures that are known by
 * their names (figure.h). */
#ifndef MU_VERIFY_EXPERIMENT_H
#define MU_VERIFY_EXPERIMENT_H

#include "core/loader.h"
#include "verify/figure.h"
#include "verify/measure.h"

enum { MU_EXPERIMENT_EXITS_MOST = 8, MU_EXPERIMENT_LINES_MOST = 32 };

typedef struct mu_named_line {
    const char *name;
    mu_line line;
} mu_named_line;

typedef struct mu_experiment_agent {
    double enter_s; /* in the file's time */
    mu_point at, velocity;
    uint32_t exit; /* index; MU_NONE = by the velocity */
    mu_where where;
} mu_experiment_agent;

typedef struct mu_experiment {
    const char *id, *reference, *description, *direction;
    double frame_rate, start_s, end_s;
    mu_ring walkable;
    MU_LIST_OF(mu_ring) obstacles;
    mu_named_line exits[MU_EXPERIMENT_EXITS_MOST];
    uint32_t exit_count;
    mu_named_line lines[MU_EXPERIMENT_LINES_MOST];
    uint32_t line_count;
    mu_ring area;                            /* measuring area; empty: none */
    mu_point ways[MU_EXPERIMENT_EXITS_MOST]; /* directions of walking, unit vectors */
    uint32_t way_count;
    double bottleneck_length_m; /* 0 = not given */
    MU_LIST_OF(mu_experiment_agent) agents;
    mu_figure measured;
    uint64_t hash; /* of the file's bytes */
} mu_experiment;

/* Everything in it lives in the loader's arena. Faults have line and path; what is not understood
 * but does no harm is a note. */
MU_MUST_USE mu_status mu_experiment_read(mu_loader *loader, const char *file, mu_diags *diags,
                                         mu_experiment *out);

/* How a run went, beside what was measured in it. */
typedef struct mu_experiment_run {
    mu_trail *trail;
    char *wkt;        /* of the floor, with what was added behind the exits */
    uint32_t clamped; /* had to be moved off a wall to begin with */
    double clamped_most_m;
    uint32_t delayed; /* found their place taken and came in later */
    double delayed_mean_s, delayed_most_s;
    uint32_t inside; /* at the end */
} mu_experiment_run;

typedef struct mu_experiment_def {
    uint64_t seed;
    mu_motion_mode mode;
    uint32_t step_us; /* 0 = the model's own */
} mu_experiment_def;

/* Plays it once. MU_ERR_INPUT: people cannot be put into this floor; the reason is in `diags`. The
 * caller clears it. */
MU_MUST_USE mu_status mu_experiment_play(const mu_experiment *experiment,
                                         const mu_experiment_def *def, mu_diags *diags,
                                         mu_experiment_run *out);

void mu_experiment_run_clear(mu_experiment_run *run);

/* Measures every figure in a trail and adds it to the figure's own mean. False without memory. */
bool mu_experiment_measure(mu_experiment *experiment, const mu_trail *trail);

/* The line that unnamed figures are about, and crossings of it. */
mu_line mu_experiment_main_line(const mu_experiment *experiment);

/* Does it hold: are all judged figures within MU_EXPERIMENT_TOLERANCE of the measured ones? */
#define MU_EXPERIMENT_TOLERANCE 0.20
bool mu_experiment_holds(const mu_experiment *experiment);

#endif
