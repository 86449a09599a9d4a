/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run of an experiment: everybody comes in when, where and as fast as they were first seen, or
 * as soon as their place is free. */
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>

#include "core/i18n.h"
#include "crowd/walk_body.h"
#include "site/plane.h"
#include "verify/experiment_floor.h"
#include "verify/population.h"
#include "verify/trajectory.h"

#define OUTSIDE_MOST_M 0.5  /* a first place further outside the floor is a fault of the file */
#define OFF_WALL_M     0.05 /* least distance of a first place from a wall */
#define TAKEN          0.7  /* of two radii: nearer to somebody, a place is taken */
#define STROLL_MPS     0.3  /* slower than this one shifts about, and goes to the far exit */
#define LONGEST        2.5  /* of the experiment's duration, and a minute: then a run is given up */

typedef struct play {
    const mu_experiment *e;
    mu_scene *scene;
    mu_experiment_floor floor;
    mu_experiment_run *out;
    uint32_t *waiting; /* agents who are still to come, by time */
    uint32_t waiting_count;
} play;

static uint32_t exit_of(const play *p, const mu_experiment_agent *agent) {
    if (agent->exit != MU_NONE) {
        return agent->exit;
    }
    const mu_point way = mu_plane_unit(agent->velocity);
    const bool moves = mu_plane_length(agent->velocity) > STROLL_MPS;
    uint32_t best = 0;
    double most = -INFINITY;
    for (uint32_t k = 0; k < p->floor.exit_count; k++) {
        const mu_point there = mu_plane_sub(p->floor.middle[k], agent->at);
        const double worth =
            moves ? mu_plane_dot(way, mu_plane_unit(there)) : mu_plane_length(there);
        if (worth > most) {
            most = worth;
            best = k;
        }
    }
    return best;
}

/* The person's first place, off the walls. */
static bool find_place(const play *p, uint32_t agent, mu_diags *diags, mu_point *out) {
    const mu_experiment_agent *who = &p->e->agents.items[agent];
    const bool found = mu_area_clamp(p->scene->walkable, 0, who->at, OFF_WALL_M, out);
    const double moved = found ? mu_plane_distance(who->at, *out) : INFINITY;
    if (moved > OUTSIDE_MOST_M) {
        mu_diags_add(diags, MU_ERROR, "experiment.outside", &who->where, NULL,
                     _("the person begins outside the floor, at %.3f, %.3f"), who->at.x, who->at.y);
        return false;
    }
    return true;
}

static bool is_taken(const play *p, uint32_t agent, mu_point at) {
    const mu_body *bodies = mu_bodies(&p->scene->sim);
    for (uint32_t i = 0; i < p->e->agents.count; i++) {
        const double both = (double)bodies[i].radius_m + (double)bodies[agent].radius_m;
        if (i != agent && bodies[i].mode != MU_BODY_ABSENT &&
            mu_plane_distance(bodies[i].at, at) < TAKEN * both) {
            return true;
        }
    }
    return false;
}

/* Whoever had to wait until their place was free comes in out of a queue. */
static void enter(play *p, uint32_t agent, mu_point at, double waited_s) {
    mu_sim *sim = &p->scene->sim;
    const mu_experiment_agent *who = &p->e->agents.items[agent];
    mu_body *body = &mu_bodies(sim)[agent];
    const double speed = mu_plane_length(who->velocity), moved = mu_plane_distance(who->at, at);
    p->out->clamped += moved > 1e-9;
    p->out->clamped_most_m = mu_plane_max(p->out->clamped_most_m, moved);
    mu_scene_put(p->scene, agent, 0, at);
    mu_scene_send_out(p->scene, agent, p->floor.portal[exit_of(p, who)]);
    body->queued_ms = mu_walk_close_up(0, (uint32_t)(1000 * waited_s));
    if (speed > 0) {
        /* Whoever is first seen walking faster than we drew can walk that fast. */
        body->level_mps = (float)mu_plane_max(
            (double)body->level_mps, mu_plane_min(speed, mu_population_laboratory.most_mps));
        body->heading = mu_plane_unit(who->velocity);
        body->speed_mps = mu_plane_min(speed, (double)body->level_mps);
    }
}

/* Lets in everybody whose time has come and whose place is free; at the start, everybody. */
static bool let_in(play *p, double now_s, mu_diags *diags) {
    uint32_t left = 0;
    for (uint32_t k = 0; k < p->waiting_count; k++) {
        const uint32_t agent = p->waiting[k];
        const double due_s = p->e->agents.items[agent].enter_s;
        mu_point at;
        if (due_s > now_s + 1e-9) {
            p->waiting[left++] = agent;
        } else if (!find_place(p, agent, diags, &at)) {
            return false;
        } else if (due_s > p->e->start_s && is_taken(p, agent, at)) {
            p->waiting[left++] = agent;
        } else {
            const double step_s = mu_time_to_s(mu_crowd(&p->scene->sim)->step_us);
            enter(p, agent, at, now_s - due_s);
            if (now_s - due_s > step_s) {
                p->out->delayed++;
                p->out->delayed_mean_s += now_s - due_s;
                p->out->delayed_most_s = mu_plane_max(p->out->delayed_most_s, now_s - due_s);
            }
        }
    }
    p->waiting_count = left;
    return true;
}

static mu_status walk(play *p, mu_diags *diags) {
    mu_sim *sim = &p->scene->sim;
    const mu_time step_us = mu_crowd(sim)->step_us;
    const double longest_s = LONGEST * (p->e->end_s - p->e->start_s) + 60;
    bool going = true;
    for (mu_time now_us = 0; going && mu_time_to_s(now_us) < longest_s; now_us += step_us) {
        if (!mu_scene_run_to(p->scene, now_us)) {
            return mu_scene_status(p->scene);
        }
        if (!let_in(p, p->e->start_s + mu_time_to_s(now_us), diags)) {
            return MU_ERR_INPUT;
        }
        mu_trail_take(p->out->trail, sim);
        going = p->waiting_count > 0 || mu_crowd(sim)->walking > 0;
    }
    p->out->inside = mu_crowd(sim)->walking + p->waiting_count;
    if (p->out->delayed > 0) {
        p->out->delayed_mean_s /= p->out->delayed;
    }
    return p->out->trail->no_memory ? MU_ERR_MEMORY : mu_scene_status(p->scene);
}

static mu_status start(play *p, const mu_experiment_def *def, mu_diags *diags) {
    mu_status status = mu_experiment_draw(p->e, p->scene, diags, &p->floor);
    if (status == MU_OK) {
        status = mu_scene_open(p->scene, p->e->agents.count, def->seed);
    }
    for (size_t i = 0; status != MU_OK && i < mu_diags_count(p->scene->diags, MU_NOTE); i++) {
        const mu_diag *d = mu_diags_get(p->scene->diags, i);
        mu_diags_add(diags, d->severity, d->code, NULL, NULL, "%s", d->text);
    }
    if (status != MU_OK) {
        return status;
    }
    mu_crowd_now *crowd = mu_crowd(&p->scene->sim);
    crowd->motion_mode = (uint32_t)def->mode;
    crowd->step_us = def->step_us > 0 ? def->step_us : crowd->step_us;
    for (uint32_t i = 0; i < p->e->agents.count; i++) {
        mu_population_make(&p->scene->sim, i, &mu_population_laboratory);
        p->waiting[p->waiting_count++] = i;
    }
    p->out->trail =
        mu_trail_create(p->e->agents.count, p->e->start_s, mu_time_to_s(crowd->step_us));
    p->out->wkt = mu_trajectory_wkt(&p->scene->site, 0);
    return p->out->trail == NULL || p->out->wkt == NULL ? MU_ERR_MEMORY : walk(p, diags);
}

mu_status mu_experiment_play(const mu_experiment *experiment, const mu_experiment_def *def,
                             mu_diags *diags, mu_experiment_run *out) {
    *out = (mu_experiment_run){0};
    play p = {.e = experiment, .out = out, .scene = mu_scene_create()};
    p.waiting = calloc((size_t)experiment->agents.count + 1, sizeof *p.waiting);
    const mu_status status =
        p.scene == NULL || p.waiting == NULL ? MU_ERR_MEMORY : start(&p, def, diags);
    free(p.waiting);
    mu_scene_destroy(p.scene);
    if (status != MU_OK) {
        mu_experiment_run_clear(out);
    }
    return status;
}

void mu_experiment_run_clear(mu_experiment_run *run) {
    mu_trail_destroy(run->trail);
    free(run->wkt);
    *run = (mu_experiment_run){0};
}
