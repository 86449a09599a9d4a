/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Third phase: bodies that would overlap are set apart, each by half and all at once (Jacobi), then
 * put off the walls; and nobody's centre may have crossed a wall or a gate that is not theirs on
 * the way. That last rule is absolute: whoever would break it stays where they were, so from a
 * place inside an area nobody ever gets to a place outside it except through a gate. */
#include <math.h>

#include "crowd/walk.h"

#define ROUNDS     3
#define RELAXATION 0.8  /* of a sum of pushes: several neighbours push against each other */
#define OPEN_SILL  0.02 /* what those who do not go through keep off an open gate's line */

typedef struct settling {
    mu_sim *sim;
    const mu_crowd_scratch *scratch;
    mu_walk_room *room;
    uint32_t area;
    double step_s;
} settling;

/* Images go where the ones they are of go. */
static void move_images(const settling *s) {
    mu_walk_room *room = s->room;
    for (uint32_t i = 0; i < room->count; i++) {
        const mu_walker *w = &room->who[i];
        if (w->via != MU_NONE) {
            const mu_gate *gate = mu_walkable_gate(s->sim->walkable, w->via / 2);
            room->next[i] = mu_gate_map(gate, 1 - (int)(w->via % 2), room->next[w->real]);
        }
    }
}

static mu_point push_of_others(const mu_walk_room *room, uint32_t i) {
    const mu_walker *me = &room->who[i];
    const uint32_t *contact = room->contact + (size_t)i * MU_WALK_CONTACTS;
    mu_point push = {0, 0};
    for (uint32_t k = 0; k < room->stride[i].contacts; k++) {
        const mu_walker *other = &room->who[contact[k]];
        const double dx = room->next[i].x - room->next[contact[k]].x;
        const double dy = room->next[i].y - room->next[contact[k]].y;
        const double core = MU_WALK_CORE * ((double)me->radius + (double)other->radius);
        const double square = dx * dx + dy * dy;
        if (square >= core * core) {
            continue;
        }
        const double distance = sqrt(square);
        const double half = (core - distance) / 2;
        if (distance > 1e-9) {
            push.x += half * dx / distance;
            push.y += half * dy / distance;
        } else {
            push.x += me->person < other->person ? half : -half; /* on one spot */
        }
    }
    return push;
}

static mu_point off_the_walls(const settling *s, const mu_body *body, double clear, mu_point p) {
    const mu_wall *walls = mu_area_walls(s->sim->walkable, s->area);
    uint32_t count = 0;
    const uint32_t *near = mu_area_walls_near(s->sim->walkable, s->area, body->at, &count);
    for (uint32_t k = 0; k < count; k++) {
        const mu_wall *w = &walls[near[k]];
        const double wx = w->b.x - w->a.x, wy = w->b.y - w->a.y;
        const double px = p.x - w->a.x, py = p.y - w->a.y;
        const double square = wx * wx + wy * wy;
        const double t = mu_walk_share(px * wx + py * wy, square);
        const double nx = px - t * wx, ny = py - t * wy;
        const double off = nx * nx + ny * ny;
        if (off < clear * clear && off > 0) {
            const double distance = sqrt(off);
            p.x += nx / distance * (clear - distance);
            p.y += ny / distance * (clear - distance);
        }
    }
    return p;
}

/* Gates that this body does not go through are walls to it; shut ones keep it as far away. */
static bool is_closed_to(const settling *s, const mu_body *body, const mu_mouth *m, uint32_t mouth,
                         uint32_t own) {
    return m->on_border && (mouth != own || !mu_mouth_lets(s->sim, m, body));
}

static mu_point off_the_gates(const settling *s, const mu_body *body, uint32_t own, double clear,
                              mu_point p) {
    uint32_t count = 0;
    const uint32_t *near = mu_mouths_near(s->scratch, s->area, body->at, &count);
    for (uint32_t k = 0; k < count; k++) {
        const mu_mouth *m = &s->scratch->mouths[near[k]];
        const double across = mu_mouth_across(m, p);
        if (across < 0 || across > m->width_m || !is_closed_to(s, body, m, near[k], own)) {
            continue;
        }
        const double keep = mu_mouth_is_shut(s->sim, m) ? clear : OPEN_SILL;
        const double depth = mu_mouth_depth(m, p);
        if (depth < keep && depth > -1) {
            p.x += m->inward.x * (keep - depth);
            p.y += m->inward.y * (keep - depth);
        }
    }
    return p;
}

/* Does the way from p to q leave the left-hand side of the line from a to a + (wx, wy)? */
static bool crosses(mu_point a, double wx, double wy, mu_point p, mu_point q) {
    const double before = wx * (p.y - a.y) - wy * (p.x - a.x);
    const double after = wx * (q.y - a.y) - wy * (q.x - a.x);
    if (!(before >= 0 && after < 0)) {
        return false;
    }
    const double t = before / (before - after);
    const double x = p.x + t * (q.x - p.x) - a.x, y = p.y + t * (q.y - p.y) - a.y;
    const double along = x * wx + y * wy, square = wx * wx + wy * wy;
    return along >= -1e-6 * square && along <= (1 + 1e-6) * square;
}

/* The same for a gate's line, whose inside is where `inward` points. */
static bool crosses_out(const mu_mouth *m, mu_point p, mu_point q) {
    const double wx = m->along.x * m->width_m, wy = m->along.y * m->width_m;
    const bool left = wx * m->inward.y - wy * m->inward.x > 0;
    const mu_point b = {m->a.x + wx, m->a.y + wy};
    return left ? crosses(m->a, wx, wy, p, q) : crosses(b, -wx, -wy, p, q);
}

static bool keeps_off_walls(const settling *s, const mu_body *body, mu_point to) {
    const mu_wall *walls = mu_area_walls(s->sim->walkable, s->area);
    uint32_t count = 0;
    const uint32_t *near = mu_area_walls_near(s->sim->walkable, s->area, body->at, &count);
    for (uint32_t k = 0; k < count; k++) {
        const mu_wall *w = &walls[near[k]];
        if (crosses(w->a, w->b.x - w->a.x, w->b.y - w->a.y, body->at, to)) {
            return false;
        }
    }
    return true;
}

static bool keeps_off_gates(const settling *s, const mu_body *body, uint32_t own, mu_point to) {
    uint32_t count = 0;
    const uint32_t *gates = mu_mouths_near(s->scratch, s->area, body->at, &count);
    for (uint32_t k = 0; k < count; k++) {
        const mu_mouth *m = &s->scratch->mouths[gates[k]];
        if (!m->on_border || !crosses_out(m, body->at, to)) {
            continue;
        }
        const double across = mu_mouth_across(m, to);
        if (is_closed_to(s, body, m, gates[k], own) || across < 0 || across > m->width_m) {
            return false; /* not their gate, or aslant past its end */
        }
    }
    return true;
}

static mu_point no_further(mu_point from, mu_point to, double most) {
    const double dx = to.x - from.x, dy = to.y - from.y, square = dx * dx + dy * dy;
    if (square <= most * most) {
        return to;
    }
    const double part = most / sqrt(square);
    return (mu_point){from.x + dx * part, from.y + dy * part};
}

static void settle_walker(const settling *s, uint32_t i) {
    mu_walk_room *room = s->room;
    const mu_walker *me = &room->who[i];
    const mu_body *body = &mu_bodies(s->sim)[me->person];
    const double clear = MU_WALK_WALL * (double)me->radius;
    const double fastest = me->stands ? MU_WALK_ASIDE_MPS : MU_WALK_FASTEST_MPS;
    mu_point p = {room->next[i].x + RELAXATION * room->shift[i].x,
                  room->next[i].y + RELAXATION * room->shift[i].y};
    p = no_further(body->at, p, fastest * s->step_s);
    if (room->stride[i].walled != 0) {
        p = off_the_walls(s, body, clear, p);
    }
    if (room->stride[i].gated != 0) {
        p = off_the_gates(s, body, me->stream, clear, p);
    }
    room->next[i] = no_further(body->at, p, MU_WALK_FASTEST_MPS * s->step_s);
}

/* Applies one function to every real walker, area by area. */
static void for_each(settling *s, void (*act)(const settling *, uint32_t)) {
    for (uint32_t a = 0; a < s->room->area_count; a++) {
        s->area = s->room->areas[a];
        for (uint32_t i = s->room->start[a]; i < s->room->start[a + 1]; i++) {
            if (s->room->who[i].via == MU_NONE) {
                act(s, i);
            }
        }
    }
}

static void push_walker(const settling *s, uint32_t i) {
    s->room->shift[i] = push_of_others(s->room, i);
}

/* Counts how long somebody has made no headway against people who do not go their way. Waiting in
 * a queue, or at a gate that is shut for the moment, makes nobody squeeze. */
static uint32_t patience_of(const settling *s, const mu_stride *stride, const mu_body *body,
                            uint32_t own, double headway_mps) {
    const double free_mps = (double)(body->level_mps * body->pace);
    const bool shut = own != MU_NONE && mu_mouth_is_shut(s->sim, &s->scratch->mouths[own]);
    if (stride->hindered && headway_mps < 0.15 * free_mps && !shut) {
        return body->blocked_steps + (body->blocked_steps < 100000U);
    }
    if (headway_mps > 0.4 * free_mps) {
        return body->blocked_steps > 5 ? body->blocked_steps - 5 : 0;
    }
    return body->blocked_steps > 0 ? body->blocked_steps - 1 : 0;
}

static void commit_walker(const settling *s, uint32_t i) {
    const mu_walker *me = &s->room->who[i];
    const mu_stride *stride = &s->room->stride[i];
    mu_body *body = &mu_bodies(s->sim)[me->person];
    const mu_point from = body->at;
    const mu_point to = s->room->next[i];
    if ((stride->walled == 0 || keeps_off_walls(s, body, to)) &&
        (stride->gated == 0 || keeps_off_gates(s, body, me->stream, to))) {
        body->at = to;
    }
    if (me->stands) {
        return;
    }
    const double dx = (body->at.x - from.x) / s->step_s, dy = (body->at.y - from.y) / s->step_s;
    const double along = dx * stride->heading.x + dy * stride->heading.y;
    const double headway = dx * stride->wanted.x + dy * stride->wanted.y;
    body->heading = stride->heading;
    body->speed_mps = mu_less(mu_more(along, 0), stride->speed_mps);
    body->blocked_steps = patience_of(s, stride, body, me->stream, headway);
}

void mu_walk_settle(mu_sim *sim, double step_s) {
    settling s = {
        .sim = sim, .scratch = sim->scratch, .room = sim->scratch->walk, .step_s = step_s};
    for (int round = 0; round < ROUNDS; round++) {
        move_images(&s);
        for_each(&s, push_walker);
        for_each(&s, settle_walker);
    }
    for_each(&s, commit_walker);
}
