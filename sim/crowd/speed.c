/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The published tables behind mu_gait_draw, one row per kind of mobility. */
#include "crowd/speed.h"

#include <gsl/gsl_randist.h>

/* Stair speed over level speed from the mid-points of MSC.1/Circ.1533, Annex 3, Tables 3.4 and 3.5,
 * women and men equally: sum of stair speeds over sum of level speeds of these rows. */
typedef struct stairs {
    double down, up;
} stairs;
/* Under 30 and 30–50: level 1.24, 0.95, 1.48, 1.295; down 0.75, 0.65, 1.01, 0.855; up 0.63, 0.59,
 * 0.67, 0.63. */
static const stairs adult_stairs = {3.265 / 4.965, 2.52 / 4.965};
/* Over 50: level 0.75, 1.12; down 0.60, 0.67; up 0.49, 0.51. */
static const stairs elderly_stairs = {1.27 / 1.87, 1.00 / 1.87};
/* Over 50, impaired 1 and 2: level 0.57, 0.49, 0.85, 0.73; down 0.45, 0.39, 0.51, 0.44; up 0.37,
 * 0.31, 0.39, 0.33. */
static const stairs impaired_stairs = {1.79 / 2.64, 1.40 / 2.64};
static const stairs no_stairs = {0, 0};

typedef struct walking {
    double mean_mps;
    double sd_mps; /* 0 = uniform between least and most */
    double least_mps, most_mps;
    const stairs *on_stairs;
} walking;

static walking walking_of(mu_mobility mobility) {
    switch (mobility) {
    case MU_MOBILITY_ADULT:
        break;
    case MU_MOBILITY_ELDERLY:
        return (walking){0.80, 0, 0.50, 1.10, &elderly_stairs};
    case MU_MOBILITY_STICK:
        return (walking){0.81, 0.38, 0.26, 1.60, &impaired_stairs};
    case MU_MOBILITY_CRUTCHES:
        return (walking){0.94, 0.30, 0.63, 1.35, &impaired_stairs};
    case MU_MOBILITY_FRAME:
        return (walking){0.57, 0.29, 0.10, 1.02, &impaired_stairs};
    case MU_MOBILITY_WHEELCHAIR:
        return (walking){0.69, 0.35, 0.13, 1.35, &no_stairs};
    }
    return (walking){1.25, 0, 0.95, 1.55, &adult_stairs};
}

static double draw_speed(const walking *w, mu_stream *stream) {
    if (w->sd_mps <= 0) {
        return w->least_mps + (w->most_mps - w->least_mps) * mu_stream_uniform(stream);
    }
    for (int tries = 0; tries < 1000; tries++) {
        const double speed = w->mean_mps + gsl_ran_gaussian(&stream->rng, w->sd_mps);
        if (speed >= w->least_mps && speed <= w->most_mps) {
            return speed;
        }
    }
    return w->mean_mps;
}

mu_gait mu_gait_draw(mu_mobility mobility, mu_stream *stream) {
    const walking w = walking_of(mobility);
    const double breadth = mu_stream_uniform(stream);
    const double level_mps = draw_speed(&w, stream);
    return (mu_gait){
        .radius_m = mobility == MU_MOBILITY_WHEELCHAIR ? 0.35 : 0.20 + 0.05 * breadth,
        .level_mps = level_mps,
        .down_mps = level_mps * w.on_stairs->down,
        .up_mps = level_mps * w.on_stairs->up,
    };
}
