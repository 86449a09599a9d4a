/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each brings into a step: how neighbours see them, where they would go if they were alone,
 * and how fast. Bodies are read here and written at the end of the step; in between the walk model
 * works on its own arrays. */
#include <math.h>

#include "crowd/walk.h"
#include "site/steer.h"

#define AIM_FROM_M      1.0 /* from here one walks straight through one's gate */
#define STRAIGHT_FROM_M 0.3 /* from here straight to a point */

static mu_point unit_of(double x, double y) {
    const double square = x * x + y * y, inverse = square > 0 ? 1 / sqrt(square) : 0;
    return (mu_point){x * inverse, y * inverse};
}

double mu_walk_pressed(const mu_body *body) {
    return mu_walk_share((double)body->held_ms - MU_WALK_PATIENCE_MS,
                         MU_WALK_PRESSED_MS - MU_WALK_PATIENCE_MS);
}

double mu_walk_radius(const mu_body *body) {
    const double radius = (double)body->radius_m;
    return body->held_ms <= MU_WALK_PATIENCE_MS
               ? radius
               : radius * (1 - mu_walk_pressed(body) * (1 - MU_WALK_NARROWEST));
}

typedef struct aiming {
    mu_sim *sim;
    const mu_walk_slot *slot;
    const mu_body *body;
    uint32_t person;
    double step_s;
    double radius;
} aiming;

/* Straight through the opening, keeping off its jambs; from either side of a gate that stands
 * free. */
static bool aim_through(const mu_mouth *m, mu_point at, double radius, mu_point *out) {
    const double depth = mu_mouth_depth(m, at);
    if (fabs(depth) > AIM_FROM_M) {
        return false;
    }
    const double across = mu_mouth_across(m, at);
    if (across < 0 || across > m->width_m) {
        return false;
    }
    const double keep = mu_less(MU_WALK_WALL * radius + 0.02, m->width_m / 2);
    const double aim = mu_less(mu_more(across, keep), m->width_m - keep) - across;
    const double ahead = depth >= 0 || m->on_border ? -(fabs(depth) + 0.3) : fabs(depth) + 0.3;
    *out = unit_of(m->along.x * aim + m->inward.x * ahead, m->along.y * aim + m->inward.y * ahead);
    return true;
}

static mu_steer steer_to_gate(const aiming *a, uint32_t mouth) {
    const mu_mouth *m = &a->sim->scratch->mouths[mouth];
    const mu_point at = a->body->at;
    mu_steer steer = {{0, 0}, 0};
    if (aim_through(m, at, a->radius, &steer.way)) {
        return steer;
    }
    steer = mu_field_steer(a->sim->walkable, a->slot->area, m->field, at);
    if (steer.way.x == 0 && steer.way.y == 0) {
        const double half = m->width_m / 2;
        steer.way = unit_of(m->a.x + half * m->along.x - at.x, m->a.y + half * m->along.y - at.y);
    }
    return steer;
}

static mu_steer steer_to_target(const aiming *a) {
    const mu_mind *mind = &mu_minds(a->sim)[a->person];
    const mu_point at = a->body->at;
    const mu_point to = mind->goal.kind == MU_GOAL_ASSEMBLY ? mind->gathering : a->body->target;
    const double dx = to.x - at.x, dy = to.y - at.y;
    if (mind->straight == 0 && dx * dx + dy * dy > STRAIGHT_FROM_M * STRAIGHT_FROM_M) {
        const mu_field_grid *field = mu_route_field(a->sim->routes, a->slot->area, to);
        if (field != NULL) {
            return mu_field_steer(a->sim->walkable, a->slot->area, field, at);
        }
    }
    return (mu_steer){unit_of(a->body->target.x - at.x, a->body->target.y - at.y), 0};
}

static mu_steer steer(const aiming *a, uint32_t *tag) {
    if (a->body->gate == MU_GATE_UNCHOSEN) {
        return (mu_steer){{0, 0}, 0};
    }
    const uint32_t mouth = mu_body_mouth(a->sim->scratch, a->body);
    const bool last = mouth == MU_NONE;
    *tag |= last || !a->sim->scratch->mouths[mouth].on_border ? MU_WALKER_DUE : 0;
    return last ? steer_to_target(a) : steer_to_gate(a, mouth);
}

static double free_speed(const aiming *a, mu_point wanted) {
    const mu_body *body = a->body;
    double speed = (double)body->level_mps;
    if (a->slot->on_stair) {
        speed = (double)(wanted.y > 0 ? body->up_mps : body->down_mps);
    }
    if (body->gate == MU_NONE) {
        const double dx = body->target.x - body->at.x, dy = body->target.y - body->at.y;
        speed = mu_less(speed, sqrt(dx * dx + dy * dy) / a->step_s);
    }
    return speed;
}

/* How others see somebody whose place and heading, in the slot's frame, are these. */
static void appear(mu_walk_room *room, uint32_t i, const mu_walk_slot *slot, const mu_body *body,
                   mu_point at, mu_point heading) {
    const bool stands = body->mode != MU_BODY_WALKING;
    const float speed = stands ? 0 : (float)body->speed_mps;
    const float ex = (float)heading.x, ey = (float)heading.y;
    room->x[i] = (float)(at.x - slot->low.x);
    room->y[i] = (float)(at.y - slot->low.y);
    room->walkers[i] = (mu_walker){.x = room->x[i],
                                   .y = room->y[i],
                                   .vx = ex * speed,
                                   .vy = ey * speed,
                                   .ex = ex,
                                   .ey = ey,
                                   .radius = (float)mu_walk_radius(body),
                                   .stands = stands};
    room->tag[i] = stands ? MU_WALKER_STANDS : 0;
}

void mu_walk_enter(mu_sim *sim, const mu_walk_slot *slot, uint32_t i, uint32_t person,
                   const mu_body *body, double step_s) {
    mu_walk_room *room = sim->scratch->walk;
    appear(room, i, slot, body, body->at, body->heading);
    room->wx[i] = room->wy[i] = room->speed[i] = room->turn[i] = 0;
    room->hx[i] = room->walkers[i].ex;
    room->hy[i] = room->walkers[i].ey;
    if (body->mode != MU_BODY_WALKING) {
        room->tag[i] |= MU_WALKER_WALLED;
        return;
    }
    const aiming a = {sim, slot, body, person, step_s, (double)room->walkers[i].radius};
    const mu_steer to = steer(&a, &room->tag[i]);
    room->wx[i] = (float)to.way.x;
    room->wy[i] = (float)to.way.y;
    room->speed[i] = (float)free_speed(&a, to.way);
    const double reach = a.radius + MU_WALK_WALL_NEAR_M + MU_WALK_FASTEST_MPS * step_s;
    if (room->hx[i] * room->wx[i] + room->hy[i] * room->wy[i] < 0) {
        room->hx[i] = room->walkers[i].ex = room->wx[i]; /* nobody walks backwards in turning */
        room->hy[i] = room->walkers[i].ey = room->wy[i];
    }
    room->tag[i] |= to.clear_m <= reach ? MU_WALKER_WALLED : 0;
    room->tag[i] |= body->held_ms > MU_WALK_PATIENCE_MS ? MU_WALKER_HELD : 0;
}

mu_point mu_walk_image_at(const mu_sim *sim, const mu_walk_image *image) {
    const mu_gate *gate = mu_walkable_gate(sim->walkable, image->mouth / 2);
    return mu_gate_map(gate, 1 - (int)(image->mouth % 2), mu_bodies(sim)[image->person].at);
}

void mu_walk_enter_image(mu_sim *sim, uint32_t i, uint32_t index) {
    mu_walk_room *room = sim->scratch->walk;
    const mu_walk_image *image = &room->images[index];
    const mu_body *body = &mu_bodies(sim)[image->person];
    const mu_gate *gate = mu_walkable_gate(sim->walkable, image->mouth / 2);
    appear(room, i, &room->slots[image->slot], body, mu_walk_image_at(sim, image),
           mu_gate_turn(gate, 1 - (int)(image->mouth % 2), body->heading));
    room->tag[i] |= MU_WALKER_IMAGE;
    room->who[i] = index;
    room->wx[i] = room->wy[i] = room->speed[i] = room->turn[i] = 0;
    room->hx[i] = room->walkers[i].ex;
    room->hy[i] = room->walkers[i].ey;
}
