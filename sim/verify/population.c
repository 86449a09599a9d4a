/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws a free speed, and keeps the crowd's ratio of stairs to level. */
#include "verify/population.h"

#include "crowd/crowd.h"

enum { TRIES_MOST = 1000, OCCASION = 1 }; /* 0 is the crowd's own draw of a body */

const mu_population mu_population_laboratory = {
    .speed_mps = {.kind = MU_DIST_NORMAL, .a = 1.34, .b = 0.26},
    .least_mps = 0.5,
    .most_mps = 2.2,
};

static double draw_speed(const mu_population *population, mu_stream *stream) {
    double speed = 0;
    for (int tries = 0; tries < TRIES_MOST; tries++) {
        speed = mu_dist_draw(&population->speed_mps, &stream->rng);
        if (population->most_mps <= 0 ||
            (speed >= population->least_mps && speed <= population->most_mps)) {
            return speed;
        }
    }
    return speed < population->least_mps ? population->least_mps : population->most_mps;
}

void mu_population_make(const mu_sim *sim, uint32_t person, const mu_population *population) {
    mu_body *body = &mu_bodies(sim)[person];
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_BODY, sim->people->list.items[person].hash, OCCASION);
    const double speed = draw_speed(population, &stream);
    const double share = body->level_mps > 0 ? speed / (double)body->level_mps : 1;
    body->level_mps = (float)speed;
    body->up_mps =
        population->up_mps > 0 ? (float)population->up_mps : (float)(share * (double)body->up_mps);
    body->down_mps = population->down_mps > 0 ? (float)population->down_mps
                                              : (float)(share * (double)body->down_mps);
    if (population->radius_m > 0) {
        body->radius_m = (float)population->radius_m;
    }
}
