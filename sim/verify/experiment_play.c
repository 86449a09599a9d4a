/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plays an experiment: whoever comes into view is put there as soon as the place is free, and
 * everyone walks on to the edge of the model. */
#include <math.h>
#include <stdlib.h>

#include "crowd/walk.h"
#include "verify/experiment_parts.h"

static const double LONGEST = 3; /* of the recording's length, before a run is given up */

static bool is_free(const mu_scene *scene, uint32_t person, mu_point at) {
    const mu_body *bodies = mu_bodies(&scene->sim);
    for (uint32_t k = 0; k < scene->people.list.count; k++) {
        if (k == person || bodies[k].mode == MU_BODY_ABSENT) {
            continue;
        }
        const double dx = bodies[k].at.x - at.x, dy = bodies[k].at.y - at.y;
        const double core =
            (double)MU_WALK_CORE * (double)(bodies[k].radius_m + bodies[person].radius_m);
        if (dx * dx + dy * dy < core * core) {
            return false;
        }
    }
    return true;
}

static void let_in(mu_scene *scene, uint32_t person, const mu_experiment_agent *agent,
                   mu_experiment_result *out) {
    mu_sim *sim = &scene->sim;
    mu_body *body = &mu_bodies(sim)[person];
    mu_point at = agent->at;
    if (!mu_area_contains(scene->walkable, 0, at)) {
        (void)mu_area_clamp(scene->walkable, 0, at, 0.1, &at);
        out->moved_in++;
    }
    mu_scene_put(scene, person, 0, at);
    const double speed =
        sqrt(agent->velocity.x * agent->velocity.x + agent->velocity.y * agent->velocity.y);
    mu_minds(sim)[person].evacuating = 1;
    mu_crowd_send(sim, person, (mu_goal){.kind = MU_GOAL_OUTSIDE}, 0, MU_NO_RECORD);
    if (speed > 0.01) {
        body->heading = (mu_point){agent->velocity.x / speed, agent->velocity.y / speed};
        body->speed_mps = speed;
    }
}

/* Those whose time has come and whose place is free; returns how many are still to come. */
static uint32_t let_in_due(mu_scene *scene, const mu_experiment *e, double now_s, bool *in,
                           mu_experiment_result *out) {
    uint32_t waiting = 0;
    for (uint32_t k = 0; k < e->agent_count; k++) {
        const mu_experiment_agent *agent = &e->agents[k];
        if (in[k]) {
            continue;
        }
        if (agent->enters_s > now_s + 1e-9 ||
            (agent->enters_s > 0 && !is_free(scene, k, agent->at))) {
            waiting++;
            continue;
        }
        in[k] = true;
        const double late = now_s - agent->enters_s;
        out->delayed += late > 0.1;
        out->delay_s += late > 0.1 ? late : 0;
        let_in(scene, k, agent, out);
    }
    return waiting;
}

static mu_scene *draw(const mu_experiment *e, uint64_t seed) {
    mu_scene *scene = mu_scene_create();
    if (scene == NULL) {
        return NULL;
    }
    const uint32_t level = mu_scene_level(scene, 0);
    const uint32_t space =
        mu_scene_space(scene, MU_USE_CORRIDOR, level, e->border.items, e->border.count);
    for (uint32_t h = 0; h < e->holes.count; h++) {
        mu_scene_hole(scene, space, e->holes.items[h].items, e->holes.items[h].count);
    }
    (void)mu_scene_portal(scene, MU_PORTAL_OUTDOOR_EDGE, space, MU_NONE, e->exit[0], e->exit[1]);
    if (mu_scene_open(scene, e->agent_count, seed) != MU_OK) {
        mu_scene_destroy(scene);
        return NULL;
    }
    return scene;
}

static void track(const mu_scene *scene, mu_tracks *tracks) {
    const mu_body *bodies = mu_bodies(&scene->sim);
    mu_point *at = tracks->at + (size_t)tracks->steps++ * tracks->agents;
    for (uint32_t k = 0; k < tracks->agents; k++) {
        at[k] = bodies[k].mode == MU_BODY_ABSENT ? (mu_point){NAN, NAN} : bodies[k].at;
    }
}

bool mu_experiment_play(const mu_experiment *e, uint64_t seed, mu_motion_mode mode,
                        mu_experiment_result *out) {
    *out = (mu_experiment_result){.agents = e->agent_count};
    mu_scene *scene = draw(e, seed);
    const double step_s = MU_WALK_STEP_S;
    const uint32_t most = (uint32_t)(LONGEST * e->ends_s / step_s) + 2;
    mu_tracks tracks = {.step_s = step_s, .agents = e->agent_count};
    tracks.at = calloc((size_t)most * e->agent_count, sizeof *tracks.at);
    bool *in = calloc(e->agent_count, sizeof *in);
    const bool whole = scene != NULL && tracks.at != NULL && in != NULL;
    if (whole) {
        mu_crowd(&scene->sim)->motion_mode = (uint32_t)mode;
        uint32_t waiting = e->agent_count;
        while (tracks.steps < most && (waiting > 0 || mu_crowd(&scene->sim)->walking > 0)) {
            waiting = let_in_due(scene, e, tracks.steps * step_s, in, out);
            track(scene, &tracks);
            mu_world_clock(&scene->sim.world)->now_us += mu_crowd(&scene->sim)->step_us;
            mu_crowd_step(&scene->sim);
            mu_world_clock(&scene->sim.world)->pending = 0;
        }
        out->still_there = waiting + mu_crowd(&scene->sim)->walking;
        out->delay_s = out->delayed > 0 ? out->delay_s / out->delayed : 0;
        mu_experiment_measure(e, &tracks, out);
    }
    free(tracks.at);
    free(in);
    mu_scene_destroy(scene);
    return whole;
}
