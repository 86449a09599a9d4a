/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Second phase: where everyone would go, who is in the way, and so which direction and speed they
 * take. Everything is read as it was at the start of the step. */
#include <math.h>

#include "crowd/walk.h"

#define NEIGHBOURS_MOST 128U
#define WALLS_MOST      16U
#define AIM_FROM_M      1.0 /* from here one walks straight through one's gate */
#define STRAIGHT_FROM_M 0.3 /* from here straight to a point */

typedef struct neighbour {
    double dx, dy, square;
    const mu_walker *other;
} neighbour;

typedef struct wall_near {
    mu_point off; /* from its nearest point to the body */
    double distance;
} wall_near;

typedef struct view {
    mu_sim *sim;
    const mu_crowd_scratch *scratch;
    mu_walk_room *room;
    double step_s;
    uint32_t area;
    const mu_walker *me;
    const mu_body *body;
    mu_stride *stride;
    mu_point eager; /* velocity that gaps are anticipated with */
    uint32_t count;
    neighbour near[NEIGHBOURS_MOST];
    uint32_t found[NEIGHBOURS_MOST + 1];
    uint32_t wall_count;
    wall_near wall[WALLS_MOST];
} view;

static mu_point unit(double x, double y) {
    const double length = sqrt(x * x + y * y);
    return length > 0 ? (mu_point){x / length, y / length} : (mu_point){0, 0};
}

double mu_walk_radius(const mu_body *body) {
    const double radius = (double)body->radius_m;
    if (body->blocked_steps <= MU_WALK_PATIENCE) {
        return radius;
    }
    if (body->blocked_steps >= MU_WALK_PRESSED) {
        return radius * MU_WALK_NARROWEST;
    }
    const double pressed = (double)(body->blocked_steps - MU_WALK_PATIENCE) /
                           (double)(MU_WALK_PRESSED - MU_WALK_PATIENCE);
    return radius * (1 - pressed * (1 - MU_WALK_NARROWEST));
}

/* Straight through the opening, keeping off its jambs; from either side of a gate that stands
 * free. */
static bool aim_through(const mu_mouth *m, mu_point at, double radius, mu_point *out) {
    const double depth = mu_mouth_depth(m, at), across = mu_mouth_across(m, at);
    if (fabs(depth) > AIM_FROM_M || across < 0 || across > m->width_m) {
        return false;
    }
    const double keep = mu_less(MU_WALK_WALL * radius + 0.02, m->width_m / 2);
    const double aim = mu_less(mu_more(across, keep), m->width_m - keep) - across;
    const double ahead = depth >= 0 || m->on_border ? -(fabs(depth) + 0.3) : fabs(depth) + 0.3;
    *out = unit(m->along.x * aim + m->inward.x * ahead, m->along.y * aim + m->inward.y * ahead);
    return true;
}

static mu_point direction_to_gate(const view *v, uint32_t mouth) {
    const mu_mouth *m = &v->scratch->mouths[mouth];
    mu_point direction;
    if (aim_through(m, v->body->at, (double)v->me->radius, &direction)) {
        return direction;
    }
    const mu_field_grid *field = mu_walkable_field(v->sim->walkable, v->area, mouth / 2);
    direction = mu_field_direction(v->sim->walkable, v->area, field, v->body->at);
    if (direction.x == 0 && direction.y == 0) {
        const double half = m->width_m / 2;
        return unit(m->a.x + half * m->along.x - v->body->at.x,
                    m->a.y + half * m->along.y - v->body->at.y);
    }
    return direction;
}

static mu_point direction_to_target(const view *v) {
    const mu_mind *mind = &mu_minds(v->sim)[v->me->person];
    const mu_point at = v->body->at;
    const mu_point to = mind->goal.kind == MU_GOAL_ASSEMBLY ? mind->gathering : v->body->target;
    const double dx = to.x - at.x, dy = to.y - at.y;
    if (mind->straight == 0 && dx * dx + dy * dy > STRAIGHT_FROM_M * STRAIGHT_FROM_M) {
        const mu_field_grid *field = mu_route_field(v->sim->routes, v->area, to);
        if (field != NULL) {
            return mu_field_direction(v->sim->walkable, v->area, field, at);
        }
    }
    return unit(v->body->target.x - at.x, v->body->target.y - at.y);
}

static mu_point wanted_direction(const view *v) {
    if (v->body->gate == MU_GATE_UNCHOSEN) {
        return (mu_point){0, 0};
    }
    return v->me->stream == MU_NONE ? direction_to_target(v) : direction_to_gate(v, v->me->stream);
}

static double free_speed(const view *v, mu_point wanted) {
    const mu_body *body = v->body;
    double speed = (double)body->level_mps;
    if (mu_walkable_area(v->sim->walkable, v->area)->stair != MU_NONE) {
        speed = (double)(wanted.y > 0 ? body->up_mps : body->down_mps);
    }
    speed *= (double)body->pace;
    if (body->gate == MU_NONE) {
        const double dx = body->target.x - body->at.x, dy = body->target.y - body->at.y;
        speed = mu_less(speed, sqrt(dx * dx + dy * dy) / v->step_s);
    }
    return speed;
}

/* Those of a run of walkers that are within the cut-off: written always, counted if so, since a
 * branch that is taken half of the time costs more than a store. */
static uint32_t scan(const mu_point *at, uint32_t from, uint32_t to, mu_point me, uint32_t *found,
                     uint32_t count) {
    for (uint32_t j = from; j < to; j++) {
        const double dx = at[j].x - me.x, dy = at[j].y - me.y;
        found[count] = j;
        count += (uint32_t)(dx * dx + dy * dy < MU_WALK_CUTOFF_M * MU_WALK_CUTOFF_M) &
                 (uint32_t)(count < NEIGHBOURS_MOST);
    }
    return count;
}

/* Finds those within the cut-off whom one can see, apart from those who are behind both for the
 * direction wanted and for the heading (two vectors of 0: nobody is); and all whom one could touch
 * in this step. */
static void look_around(view *v, uint32_t i, mu_point e0, mu_point e) {
    const mu_walk_room *room = v->room;
    const mu_walk_window *window = &room->window[i];
    const mu_point me = room->at[i];
    const double reach = (double)v->me->radius + 2 * MU_WALK_FASTEST_MPS * v->step_s;
    uint32_t *contact = room->contact + (size_t)i * MU_WALK_CONTACTS;
    uint32_t *found = v->found, all = 0, contacts = 0, count = 0;
    for (int k = 0; k < 3; k++) {
        all = scan(room->at, window->from[k], window->to[k], me, found, all);
    }
    for (uint32_t k = 0; k < all; k++) {
        const mu_walker *other = &room->who[found[k]];
        if (other->real == i ||
            (other->via != MU_NONE && !mu_walk_sees(v->scratch, v->me, other))) {
            continue;
        }
        const double dx = other->x - me.x, dy = other->y - me.y;
        const double square = dx * dx + dy * dy, touch = reach + (double)other->radius;
        v->near[count] = (neighbour){dx, dy, square, other};
        count += (uint32_t)(e0.x * dx + e0.y * dy >= 0) | (uint32_t)(e.x * dx + e.y * dy >= 0);
        if (square < touch * touch && contacts < MU_WALK_CONTACTS) {
            contact[contacts++] = found[k];
        }
    }
    v->count = count;
    v->stride->contacts = contacts;
}

/* Finds the walls that one may come near to in this step, and whether there is a gate. */
static void look_at_walls(view *v) {
    const double reach =
        (double)v->me->radius + MU_WALK_WALL_NEAR_M + MU_WALK_FASTEST_MPS * v->step_s;
    const mu_wall *walls = mu_area_walls(v->sim->walkable, v->area);
    const mu_point at = v->body->at;
    uint32_t count = 0;
    const uint32_t *near = mu_area_walls_near(v->sim->walkable, v->area, at, &count);
    v->wall_count = 0;
    v->stride->walled = 0;
    for (uint32_t k = 0; k < count; k++) {
        const mu_wall *w = &walls[near[k]];
        const double wx = w->b.x - w->a.x, wy = w->b.y - w->a.y;
        const double px = at.x - w->a.x, py = at.y - w->a.y;
        const double square = wx * wx + wy * wy;
        const double t = mu_walk_share(px * wx + py * wy, square);
        const double nx = px - t * wx, ny = py - t * wy, off = nx * nx + ny * ny;
        if (off < reach * reach) {
            v->stride->walled = 1;
            if (off > 0 && v->wall_count < WALLS_MOST) {
                v->wall[v->wall_count++] = (wall_near){{nx, ny}, sqrt(off)};
            }
        }
    }
    const uint32_t *mouths = mu_mouths_near(v->scratch, v->area, at, &count);
    v->stride->gated = 0;
    for (uint32_t k = 0; k < count; k++) {
        const mu_mouth *m = &v->scratch->mouths[mouths[k]];
        const double depth = mu_mouth_depth(m, at), across = mu_mouth_across(m, at);
        v->stride->gated |= (uint32_t)(depth > -1 && depth < reach && across > -reach &&
                                       across < m->width_m + reach);
    }
}

/* How strongly one neighbour turns the walker aside: positive to the left. */
static double turn_by(const view *v, const neighbour *n, mu_point e0) {
    const mu_walker *me = v->me, *other = n->other;
    const double both = (double)me->radius + (double)other->radius + MU_WALK_AVOID_M;
    const double approach = (v->eager.x - other->vx) * n->dx + (v->eager.y - other->vy) * n->dy;
    if (approach <= 0 && n->square >= both * both) {
        return 0;
    }
    const double distance = mu_more(sqrt(n->square), 1e-6);
    const double gap =
        distance - both + MU_WALK_AVOID_M - mu_more(approach, 0) / distance * MU_WALK_FORESIGHT_S;
    if (gap >= MU_WALK_AVOID_M) {
        return 0;
    }
    const double near = 1 - mu_more(gap, 0) / MU_WALK_AVOID_M;
    const double along = other->stands ? 0 : e0.x * (double)other->ex + e0.y * (double)other->ey;
    const double strength = MU_WALK_AVOID * near * near * near * near * (1 + (1 - along) / 2);
    const double left = -e0.y * (n->dx + other->vx * MU_WALK_FORESIGHT_S) +
                        e0.x * (n->dy + other->vy * MU_WALK_FORESIGHT_S);
    if (along < -0.5 && fabs(left) < 0.25) {
        return -strength; /* face to face: keep to the right */
    }
    return left > 0 ? -strength : strength;
}

/* Whoever has been held up for long tries the other side from time to time. */
static double restless(const view *v) {
    const uint32_t blocked = v->body->blocked_steps;
    if (blocked < 2 * MU_WALK_PATIENCE) {
        return 0;
    }
    mu_stream stream;
    mu_sim_stream(v->sim, &stream, MU_PURPOSE_CHOICE,
                  v->sim->people->list.items[v->me->person].hash,
                  MU_CHOICE_SIDE + blocked / MU_WALK_PATIENCE);
    return (mu_stream_uniform(&stream) - 0.5) * 2 * MU_WALK_TURN_MOST;
}

/* Takes from a direction what leads into walls that are near. */
static mu_point along_walls(const view *v, mu_point e) {
    const double reach = MU_WALK_WALL * (double)v->me->radius + MU_WALK_WALL_NEAR_M;
    for (uint32_t k = 0; k < v->wall_count; k++) {
        const mu_point n = v->wall[k].off;
        const double distance = v->wall[k].distance;
        const double into = -(e.x * n.x + e.y * n.y) / distance;
        if (into > 0 && distance < reach) {
            const double share = mu_less((reach - distance) / MU_WALK_WALL_NEAR_M, 1) * into;
            e.x += share * n.x / distance;
            e.y += share * n.y / distance;
        }
    }
    return e;
}

static mu_point choose_heading(const view *v, mu_point e0) {
    double turn = restless(v);
    for (uint32_t k = 0; k < v->count; k++) {
        turn += turn_by(v, &v->near[k], e0);
    }
    turn = mu_less(mu_more(turn, -MU_WALK_TURN_MOST), MU_WALK_TURN_MOST);
    mu_point e = unit(e0.x - turn * e0.y, e0.y + turn * e0.x);
    const double relax = mu_less(v->step_s / MU_WALK_REACTION_S, 1);
    const mu_point now = v->body->heading;
    e = unit(now.x + (e.x - now.x) * relax, now.y + (e.y - now.y) * relax);
    if (e.x * e0.x + e.y * e0.y < 0) {
        e = e0; /* nobody walks backwards while turning round */
    }
    const mu_point freed = along_walls(v, e);
    const double left = freed.x * freed.x + freed.y * freed.y;
    return left > 1e-12 ? unit(freed.x, freed.y) : e;
}

/* Does the other have to wait for this one? Of two who would meet, the one that is further along
 * goes first; that settles arches at doors and crossings without a word. Whoever comes the other
 * way, or stands, is simply in the way. */
static bool goes_first(const mu_walker *other, const neighbour *n, mu_point e, double ahead) {
    const double ox = (double)other->ex, oy = (double)other->ey;
    if (other->stands || e.x * ox + e.y * oy < -0.5) {
        return false;
    }
    return -(ox * n->dx + oy * n->dy) > ahead;
}

/* How hard somebody who has been held up for long presses on, whatever is in front. */
static double creep(const view *v, double free_mps) {
    const uint32_t blocked = v->body->blocked_steps;
    if (blocked <= MU_WALK_PATIENCE) {
        return 0;
    }
    const double pressed = mu_less(
        (double)(blocked - MU_WALK_PATIENCE) / (double)(MU_WALK_PRESSED - MU_WALK_PATIENCE), 1);
    return MU_WALK_CREEP * pressed * free_mps;
}

static double choose_speed(view *v, mu_point e, double free_mps) {
    double room_m = free_mps * MU_WALK_TIME_GAP_S;
    bool followed = false, opposed = false;
    for (uint32_t k = 0; k < v->count; k++) {
        const neighbour *n = &v->near[k];
        const double ahead = e.x * n->dx + e.y * n->dy;
        const double touch = (double)v->me->radius + (double)n->other->radius;
        const double aside = n->square - ahead * ahead;
        if (ahead <= 0 || aside >= touch * touch) {
            continue;
        }
        const double gap = mu_more(ahead - sqrt(touch * touch - mu_more(aside, 0)), 0);
        if (gap >= free_mps * MU_WALK_TIME_GAP_S || goes_first(n->other, n, e, ahead)) {
            continue;
        }
        room_m = mu_less(room_m, gap);
        const double same =
            v->stride->wanted.x * (double)n->other->ex + v->stride->wanted.y * (double)n->other->ey;
        if (n->other->stands || same < 0.3) {
            opposed = opposed || gap < 0.15;
        } else {
            followed = true;
        }
    }
    v->stride->hindered = opposed || !followed;
    return mu_less(mu_more(room_m / MU_WALK_TIME_GAP_S, creep(v, free_mps)), free_mps);
}

static void choose_walk(view *v, uint32_t i) {
    mu_stride *stride = v->stride;
    const mu_point wanted = wanted_direction(v);
    const double free_mps = free_speed(v, wanted);
    stride->wanted = wanted;
    look_around(v, i, wanted, v->body->heading);
    v->eager = v->count <= MU_WALK_OVERTAKE ? (mu_point){wanted.x * free_mps, wanted.y * free_mps}
                                            : (mu_point){v->me->vx, v->me->vy};
    if ((wanted.x == 0 && wanted.y == 0) || free_mps <= 0) {
        stride->heading = v->body->heading;
        stride->speed_mps = 0;
        stride->hindered = 0;
    } else {
        stride->heading = choose_heading(v, wanted);
        stride->speed_mps = choose_speed(v, stride->heading, free_mps);
    }
    v->room->next[i] =
        (mu_point){v->body->at.x + stride->heading.x * stride->speed_mps * v->step_s,
                   v->body->at.y + stride->heading.y * stride->speed_mps * v->step_s};
}

/* Whoever stands leaves the mouth of a gate free while others are about. */
static mu_point out_of_the_door(const view *v) {
    mu_point away = {0, 0};
    uint32_t count = 0;
    const uint32_t *near = mu_mouths_near(v->scratch, v->area, v->body->at, &count);
    for (uint32_t k = 0; k < count; k++) {
        const mu_mouth *m = &v->scratch->mouths[near[k]];
        const double depth = mu_mouth_depth(m, v->body->at);
        const double across = mu_mouth_across(m, v->body->at) - m->width_m / 2;
        const double free = m->width_m / 2 + (double)v->me->radius;
        if (depth > -MU_WALK_SILL_M && depth < MU_WALK_ASIDE_M && fabs(across) < free &&
            !mu_mouth_is_shut(v->sim, m)) {
            const double side = across < 0 ? -0.5 : 0.5;
            away.x += m->inward.x + side * m->along.x;
            away.y += m->inward.y + side * m->along.y;
        }
    }
    return away;
}

/* Those who stand step aside for those who come their way. */
static void choose_rest(view *v, uint32_t i) {
    mu_stride *stride = v->stride;
    look_around(v, i, (mu_point){0, 0}, (mu_point){0, 0});
    mu_point away = {0, 0};
    bool passed = false;
    for (uint32_t k = 0; k < v->count; k++) {
        const neighbour *n = &v->near[k];
        const double ex = (double)n->other->ex, ey = (double)n->other->ey;
        const double ahead = -(ex * n->dx + ey * n->dy); /* of the walker is this one */
        const double left = ey * n->dx - ex * n->dy;     /* and so far to the left */
        const double touch = (double)v->me->radius + (double)n->other->radius;
        if (n->other->stands) {
            continue;
        }
        passed = true;
        if (ahead > 0 && ahead < touch + MU_WALK_ASIDE_M && fabs(left) < touch + 0.1) {
            const bool coin = (v->sim->people->list.items[v->me->person].hash & 1U) != 0;
            const double side = left > 0 || (left == 0 && coin) ? 1 : -1;
            away.x -= side * ey;
            away.y += side * ex;
        }
    }
    if (passed) {
        const mu_point out = out_of_the_door(v);
        away = unit(away.x + out.x, away.y + out.y);
    }
    stride->wanted = (mu_point){0, 0};
    stride->heading = v->body->heading;
    stride->speed_mps = 0;
    stride->hindered = 0;
    v->room->next[i] = (mu_point){v->body->at.x + away.x * MU_WALK_ASIDE_MPS * v->step_s,
                                  v->body->at.y + away.y * MU_WALK_ASIDE_MPS * v->step_s};
}

void mu_walk_choose(mu_sim *sim, double step_s) {
    mu_walk_room *room = sim->scratch->walk;
    const mu_body *bodies = mu_bodies(sim);
    view v = {.sim = sim, .scratch = sim->scratch, .room = room, .step_s = step_s};
    for (uint32_t s = 0; s < room->area_count; s++) {
        v.area = room->areas[s];
        for (uint32_t i = room->start[s]; i < room->start[s + 1]; i++) {
            v.me = &room->who[i];
            v.body = &bodies[v.me->person];
            v.stride = &room->stride[i];
            if (v.me->via != MU_NONE) {
                continue;
            }
            look_at_walls(&v);
            if (v.me->stands) {
                choose_rest(&v, i);
            } else {
                choose_walk(&v, i);
            }
        }
    }
}
