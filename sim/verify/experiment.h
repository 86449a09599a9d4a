/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A laboratory experiment with real people: where they could walk, when and where each came into
 * view, and what was measured. The model is started from the same state with its default
 * parameters and measured in the same way. */
#ifndef MU_VERIFY_EXPERIMENT_H
#define MU_VERIFY_EXPERIMENT_H

#include "verify/scene.h"

typedef struct mu_experiment_agent {
    double enters_s; /* from the start */
    mu_point at, velocity;
} mu_experiment_agent;

/* A line that people cross, and what is measured there. */
typedef struct mu_experiment_line {
    const char *name; /* as in the file's "measured"; "" = at the top */
    mu_point a, b;
    double width_m;
} mu_experiment_line;

enum { MU_EXPERIMENT_LINES_MOST = 8, MU_EXPERIMENT_FIGURES_MOST = 48 };

/* One number, beside the experiment's own (NaN where it has none). */
typedef struct mu_experiment_figure {
    const char *name; /* as in the file's "measured", parts joined by "." */
    double simulated, measured;
} mu_experiment_figure;

typedef struct mu_experiment mu_experiment;

/* NULL where the file cannot be used; the reason is in `diags`. */
mu_experiment *mu_experiment_read(const char *file, mu_diags *diags);
void mu_experiment_destroy(mu_experiment *experiment);
const char *mu_experiment_id(const mu_experiment *experiment);
const char *mu_experiment_reference(const mu_experiment *experiment);

/* What one run gave. */
typedef struct mu_experiment_result {
    mu_experiment_figure figures[MU_EXPERIMENT_FIGURES_MOST];
    uint32_t count;
    uint32_t agents;
    uint32_t moved_in;    /* began a little outside the walkable area and were moved into it */
    uint32_t delayed;     /* had to wait for their place to be free */
    double delay_s;       /* for how long on average */
    uint32_t still_there; /* when the run was given up */
} mu_experiment_result;

/* Plays it once. False without memory. */
bool mu_experiment_play(const mu_experiment *experiment, uint64_t seed, mu_motion_mode mode,
                        mu_experiment_result *out);

#endif
