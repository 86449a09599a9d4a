/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The interface of a motion model, and the models there are. */
#ifndef MU_CROWD_MOTION_H
#define MU_CROWD_MOTION_H

#include "crowd/crowd.h"

typedef struct mu_motion {
    const char *name;
    const char *documentation; /* what is implemented, after which publications, and departures */
    double step_s;             /* 0 = event-driven */
    /* Moves every walking body by one step; resting ones step aside. Does not decide arrivals. NULL
     * of an event-driven model. */
    void (*step)(mu_sim *sim, double step_s);
} mu_motion;

extern const mu_motion mu_motion_walk;
extern const mu_motion mu_motion_flow;

const mu_motion *mu_motion_of(mu_motion_kind kind);

#endif
