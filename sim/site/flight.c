/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A flight in its own frame is a straight strip; on the plan it goes from the foot's line to the
 * head's. Where it turns, it runs out from the landing, round the newel in a half circle, and back:
 * across the strip every line keeps its distance from the newel, so nobody's way crosses another's.
 */
#include "site/flight.h"

#include <math.h>

#include "site/plane.h"
#include "site/walkable_parts.h"

static const double SAME_WAY = 0.9;     /* cosine: foot and head open to the same side */
static const double SAME_WALL_M = 0.5;  /* and lie on one line */
static const double SIDE_BY_SIDE = 0.9; /* of its width: and not on each other */

typedef struct flight {
    const mu_gate *foot, *head;
    mu_point out; /* from the landing, along the first run */
    double length;
} flight;

static flight flight_of(const mu_walkable *walkable, uint32_t area) {
    const mu_area *in = &walkable->areas[area];
    int side;
    const mu_gate *foot = &walkable->gates[mu_area_gate(walkable, area, 0, &side)];
    const mu_gate *head = &walkable->gates[mu_area_gate(walkable, area, 1, &side)];
    return (flight){foot, head, mu_plane_scale(foot->inward[0], -1), in->high.y};
}

static mu_point between(mu_point p, mu_point q, double share) {
    return mu_plane_along(mu_plane_scale(p, 1 - share), q, share);
}

static bool turns(const flight *f) {
    mu_point apart = mu_plane_sub(between(f->head->a[1], f->head->b[1], 0.5),
                                  between(f->foot->a[0], f->foot->b[0], 0.5));
    return mu_plane_dot(f->foot->inward[0], f->head->inward[1]) > SAME_WAY &&
           fabs(mu_plane_dot(apart, f->out)) < SAME_WALL_M &&
           mu_plane_length(apart) > SIDE_BY_SIDE * f->foot->width_m;
}

/* How far it runs out before it turns: half of what its length covers on the plan, less the turn.
 */
static double run_of(const mu_walkable *walkable, uint32_t area, const flight *f, double apart) {
    const mu_site *site = walkable->site;
    const mu_portal *portal = &site->portals.items[walkable->areas[area].stair];
    double at[2];
    for (int s = 0; s < 2; s++) {
        uint32_t level = site->spaces.items[portal->between.items[s].index].level.index;
        at[s] = site->levels.items[level].elevation_m;
    }
    double rise = at[1] - at[0];
    double covered = sqrt(mu_plane_max(f->length * f->length - rise * rise, 0));
    return mu_plane_max((covered - apart) / 2, 0);
}

static mu_point on_turning(const flight *f, double run, double turn, mu_point below, mu_point above,
                           double up) {
    double along = up * (2 * run + turn);
    if (along <= run) {
        return mu_plane_along(below, f->out, along);
    }
    if (along >= run + turn) {
        return mu_plane_along(above, f->out, 2 * run + turn - along);
    }
    double angle = acos(-1.0) * (along - run) / turn;
    mu_point middle = between(below, above, 0.5), arm = mu_plane_sub(below, middle);
    double radius = mu_plane_distance(below, middle);
    return mu_plane_along(mu_plane_along(middle, arm, cos(angle)), f->out,
                          run + radius * sin(angle));
}

mu_point mu_flight_on_plan(const mu_walkable *walkable, uint32_t area, mu_point p) {
    flight f = flight_of(walkable, area);
    double across = p.x / f.foot->width_m, up = mu_plane_clamp(p.y / f.length, 0, 1);
    mu_point below = between(f.foot->b[0], f.foot->a[0], across);
    mu_point above = between(f.head->b[1], f.head->a[1], across);
    if (!turns(&f)) {
        return between(below, above, up);
    }
    double apart = mu_plane_distance(between(f.foot->a[0], f.foot->b[0], 0.5),
                                     between(f.head->a[1], f.head->b[1], 0.5));
    return on_turning(&f, run_of(walkable, area, &f, apart), apart, below, above, up);
}

bool mu_flight_turns(const mu_walkable *walkable, uint32_t area) {
    flight f = flight_of(walkable, area);
    return turns(&f);
}
