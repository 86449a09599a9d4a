/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The motion models there are, and the choice between them. */
#include "crowd/motion.h"

#include "crowd/flow.h"

const char *const mu_motion_words[] = {
    [MU_MOTION_WALK] = "walk", [MU_MOTION_FLOW] = "flow", [MU_MOTION_KIND_COUNT] = NULL};
const char *const mu_motion_mode_words[] = {
    [MU_MOTION_FREE] = "free",
    [MU_MOTION_REGULATORY] = "regulatory",
    [MU_MOTION_MODE_COUNT] = NULL,
};

const mu_motion *mu_motion_of(mu_motion_kind kind) {
    static const mu_motion *const models[MU_MOTION_KIND_COUNT] = {&mu_motion_walk, &mu_motion_flow};
    return models[kind < MU_MOTION_KIND_COUNT ? kind : MU_MOTION_WALK];
}

mu_status mu_crowd_move_by(mu_sim *sim, mu_motion_kind motion, mu_motion_mode mode) {
    mu_crowd(sim)->motion = (uint32_t)motion;
    mu_crowd(sim)->motion_mode = (uint32_t)mode;
    return motion == MU_MOTION_FLOW ? mu_flow_begin(sim) : MU_OK;
}
