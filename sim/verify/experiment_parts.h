/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the files that read, play and measure an experiment. */
#ifndef MU_VERIFY_EXPERIMENT_PARTS_H
#define MU_VERIFY_EXPERIMENT_PARTS_H

#include <cjson/cJSON.h>

#include "verify/experiment.h"

struct mu_experiment {
    mu_arena *arena;
    cJSON *file;
    const char *id, *reference;
    mu_ring border;
    MU_LIST_OF(mu_ring) holes;
    mu_point exit[2]; /* the edge of the model that everyone makes for */
    mu_experiment_line lines[MU_EXPERIMENT_LINES_MOST];
    uint32_t line_count;
    mu_ring area;       /* where density and speed are measured; may be empty */
    double window_s[2]; /* steady state there; 0, 0: not given */
    double ends_s;      /* of the recording */
    mu_experiment_agent *agents;
    uint32_t agent_count;
};

/* Where everyone was at every step; NaN while they were not there. */
typedef struct mu_tracks {
    double step_s;
    uint32_t agents, steps;
    mu_point *at; /* [step * agents + agent] */
} mu_tracks;

/* What is left of the walkable polygon without the obstacles, as far as most agents are in it;
 * false (with a fault) where nothing is. Made with GEOS. */
bool mu_experiment_cut(mu_experiment *experiment, const mu_ring *walkable, const mu_ring *obstacles,
                       uint32_t obstacle_count, mu_diags *diags);

void mu_experiment_measure(const mu_experiment *experiment, const mu_tracks *tracks,
                           mu_experiment_result *out);

#endif
