/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The floor of an experiment as a scene: the walkable area less the obstacles, and behind each exit
 * some metres more, so that people walk on and nobody is taken away in the face of a queue. */
#ifndef MU_VERIFY_EXPERIMENT_FLOOR_H
#define MU_VERIFY_EXPERIMENT_FLOOR_H

#include "verify/experiment.h"

typedef struct mu_experiment_floor {
    uint32_t exit_count;
    uint32_t portal[MU_EXPERIMENT_EXITS_MOST]; /* by exit */
    mu_point middle[MU_EXPERIMENT_EXITS_MOST]; /* of the way out, on the floor's border */
} mu_experiment_floor;

/* Draws the floor into a new scene, as its area 0. */
MU_MUST_USE mu_status mu_experiment_draw(const mu_experiment *experiment, mu_scene *scene,
                                         mu_diags *diags, mu_experiment_floor *out);

#endif
