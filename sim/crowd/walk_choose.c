/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Second phase: where everyone would go, who is in the way, and so which direction and speed they
 * take. Everything is read as it was at the start of the step. */
#include <math.h>

#include "crowd/walk.h"
#include "site/steer.h"

#define WALLS_MOST      16U
#define AIM_FROM_M      1.0      /* from here one walks straight through one's gate */
#define STRAIGHT_FROM_M 0.3      /* from here straight to a point */
#define ASIDE_UNIT      65536.0F /* steps aside are added up in whole parts of this */

typedef struct wall_near {
    float x, y; /* from its nearest point to the body */
    float distance;
} wall_near;

typedef struct view {
    mu_sim *sim;
    const mu_crowd_scratch *scratch;
    mu_walk_room *room;
    const mu_walk_slot *slot;
    double step_s;
    bool on_stair;
    uint32_t from[3], to[3]; /* the runs of neighbours */
    uint32_t holds;          /* MU_CELL_…: what their cells hold */
    uint32_t me;
    const mu_body *bodies, *body;
    uint32_t person;
    float radius;
    mu_kernel_view near;
    uint32_t wall_count;
    wall_near wall[WALLS_MOST];
} view;

typedef struct arrow {
    float x, y;
} arrow;

static arrow unit(float x, float y) {
    const float length = sqrtf(x * x + y * y);
    return length > 0 ? (arrow){x / length, y / length} : (arrow){0, 0};
}

static mu_point unit_of(double x, double y) {
    const double length = sqrt(x * x + y * y);
    return length > 0 ? (mu_point){x / length, y / length} : (mu_point){0, 0};
}

/* From 0 to 1 as somebody is held up for longer. */
static double pressed(const mu_body *body) {
    return mu_walk_share((double)body->held_ms - MU_WALK_PATIENCE_MS,
                         MU_WALK_PRESSED_MS - MU_WALK_PATIENCE_MS);
}

double mu_walk_radius(const mu_body *body) {
    const double radius = (double)body->radius_m;
    return body->held_ms <= MU_WALK_PATIENCE_MS
               ? radius
               : radius * (1 - pressed(body) * (1 - MU_WALK_NARROWEST));
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
    *out = unit_of(m->along.x * aim + m->inward.x * ahead, m->along.y * aim + m->inward.y * ahead);
    return true;
}

static mu_steer steer_to_gate(const view *v, uint32_t mouth) {
    const mu_mouth *m = &v->scratch->mouths[mouth];
    const mu_point at = v->body->at;
    mu_steer steer = {{0, 0}, 0};
    if (aim_through(m, at, (double)v->radius, &steer.way)) {
        return steer;
    }
    const mu_field_grid *field = mu_walkable_field(v->sim->walkable, v->slot->area, mouth / 2);
    steer = mu_field_steer(v->sim->walkable, v->slot->area, field, at);
    if (steer.way.x == 0 && steer.way.y == 0) {
        const double half = m->width_m / 2;
        steer.way = unit_of(m->a.x + half * m->along.x - at.x, m->a.y + half * m->along.y - at.y);
    }
    return steer;
}

static mu_steer steer_to_target(const view *v) {
    const mu_mind *mind = &mu_minds(v->sim)[v->person];
    const mu_point at = v->body->at;
    const mu_point to = mind->goal.kind == MU_GOAL_ASSEMBLY ? mind->gathering : v->body->target;
    const double dx = to.x - at.x, dy = to.y - at.y;
    if (mind->straight == 0 && dx * dx + dy * dy > STRAIGHT_FROM_M * STRAIGHT_FROM_M) {
        const mu_field_grid *field = mu_route_field(v->sim->routes, v->slot->area, to);
        if (field != NULL) {
            return mu_field_steer(v->sim->walkable, v->slot->area, field, at);
        }
    }
    return (mu_steer){unit_of(v->body->target.x - at.x, v->body->target.y - at.y), 0};
}

static mu_steer steer(const view *v) {
    if (v->body->gate == MU_GATE_UNCHOSEN) {
        return (mu_steer){{0, 0}, 0};
    }
    const uint32_t mouth = mu_body_mouth(v->scratch, v->body);
    return mouth == MU_NONE ? steer_to_target(v) : steer_to_gate(v, mouth);
}

static double free_speed(const view *v, mu_point wanted) {
    const mu_body *body = v->body;
    double speed = (double)body->level_mps;
    if (v->on_stair) {
        speed = (double)(wanted.y > 0 ? body->up_mps : body->down_mps);
    }
    if (body->gate == MU_NONE) {
        const double dx = body->target.x - body->at.x, dy = body->target.y - body->at.y;
        speed = mu_less(speed, sqrt(dx * dx + dy * dy) / v->step_s);
    }
    return speed;
}

/* Can this one see an image through the gate between them? */
static bool sees_image(const view *v, uint32_t other) {
    const mu_walk_room *room = v->room;
    const mu_walk_image *image = &room->images[room->who[other]];
    const mu_mouth *m = &v->scratch->mouths[image->mouth];
    const mu_point here = v->body->at,
                   there = mu_walk_point(v->slot, room->x[other], room->y[other]);
    double in = mu_mouth_depth(m, here), out = -mu_mouth_depth(m, there);
    if (image->person == v->person || in < -MU_WALK_SILL_M || out < -MU_WALK_SILL_M) {
        return false; /* itself, or behind a gate that stands free */
    }
    in = in > 0 ? in + 1e-9 : 1e-9;
    out = out > 0 ? out + 1e-9 : 1e-9;
    const double across =
        (mu_mouth_across(m, here) * out + mu_mouth_across(m, there) * in) / (in + out);
    return across >= 0 && across <= m->width_m;
}

/* Takes images that cannot be seen from a list. */
static uint32_t keep_visible(const view *v, uint32_t *list, uint32_t count) {
    uint32_t kept = 0;
    for (uint32_t k = 0; k < count; k++) {
        const uint32_t other = list[k], image = v->room->tag[other] & MU_WALKER_IMAGE;
        list[kept] = other;
        v->room->tag[v->me] |= image != 0 ? MU_WALKER_AT_IMAGE : 0;
        kept += image == 0 || sees_image(v, other);
    }
    return kept;
}

/* Finds those near who are not behind for both directions (two of 0: all), and whom one could touch
 * in this step. */
static void look_around(view *v, float wx, float wy, float ex, float ey) {
    mu_walk_room *room = v->room;
    const uint32_t first = room->contact_first[v->me];
    const mu_kernel_eye eye = {.x = room->x,
                               .y = room->y,
                               .walkers = room->walkers,
                               .me = v->me,
                               .wx = wx,
                               .wy = wy,
                               .ex = ex,
                               .ey = ey,
                               .cutoff_m = MU_WALK_CUTOFF_M,
                               .touch_m = MU_WALK_CORE * (v->radius + v->slot->widest) +
                                          (float)(2 * MU_WALK_FASTEST_MPS * v->step_s)};
    uint32_t *contacts = room->contacts + first;
    const uint32_t most = room->contact_room - first >= MU_WALK_CONTACTS ? MU_WALK_CONTACTS : 16;
    uint32_t count = room->kernel->find(&v->near, &eye, v->from, v->to, contacts, most);
    if ((v->holds & MU_CELL_IMAGE) != 0) {
        count = keep_visible(v, contacts, count);
        v->near.count = keep_visible(v, v->near.found, v->near.count);
    }
    room->contact_first[v->me + 1] = first + (most == MU_WALK_CONTACTS ? count : 0);
    room->kernel->fill(&v->near, &eye);
}

/* Finds the walls that one may come near to in this step, and whether there is a gate. */
static bool look_at_walls(view *v) {
    const double reach =
        (double)v->radius + MU_WALK_WALL_NEAR_M + MU_WALK_FASTEST_MPS * v->step_s;
    const mu_wall *walls = mu_area_walls(v->sim->walkable, v->slot->area);
    const mu_point at = v->body->at;
    uint32_t count = 0;
    const uint32_t *near = mu_area_walls_near(v->sim->walkable, v->slot->area, at, &count);
    bool found = false;
    for (uint32_t k = 0; k < count; k++) {
        const mu_wall *w = &walls[near[k]];
        const double wx = w->b.x - w->a.x, wy = w->b.y - w->a.y;
        const double px = at.x - w->a.x, py = at.y - w->a.y;
        const double square = wx * wx + wy * wy;
        const double t = mu_walk_share(px * wx + py * wy, square);
        const double nx = px - t * wx, ny = py - t * wy, off = nx * nx + ny * ny;
        if (off < reach * reach) {
            found = true;
            if (off > 0 && v->wall_count < WALLS_MOST) {
                v->wall[v->wall_count++] = (wall_near){(float)nx, (float)ny, (float)sqrt(off)};
            }
        }
    }
    const uint32_t *mouths = mu_mouths_near(v->scratch, v->slot->area, at, &count);
    for (uint32_t k = 0; k < count && !found; k++) {
        const mu_mouth *m = &v->scratch->mouths[mouths[k]];
        const double depth = mu_mouth_depth(m, at), across = mu_mouth_across(m, at);
        found = depth > -1 && depth < reach && across > -reach && across < m->width_m + reach;
    }
    return found;
}

/* Whoever has been held up for long tries the other side from time to time. */
static float restless(const view *v) {
    const uint32_t held = v->body->held_ms;
    if (held < 2 * MU_WALK_PATIENCE_MS) {
        return 0;
    }
    mu_stream stream;
    mu_sim_stream(v->sim, &stream, MU_PURPOSE_CHOICE, v->sim->people->list.items[v->person].hash,
                  MU_CHOICE_SIDE + held / MU_WALK_PATIENCE_MS);
    return (float)(mu_stream_uniform(&stream) - 0.5) * 2 * MU_WALK_TURN_MOST;
}

/* Takes from a direction what leads into walls that are near. */
static arrow along_walls(const view *v, arrow e) {
    const float reach = (float)MU_WALK_WALL * v->radius + (float)MU_WALK_WALL_NEAR_M;
    for (uint32_t k = 0; k < v->wall_count; k++) {
        const wall_near *n = &v->wall[k];
        const float into = -(e.x * n->x + e.y * n->y) / n->distance;
        if (into > 0 && n->distance < reach) {
            const float share =
                mu_lessf((reach - n->distance) / (float)MU_WALK_WALL_NEAR_M, 1) * into;
            e.x += share * n->x / n->distance;
            e.y += share * n->y / n->distance;
        }
    }
    return e;
}

static arrow choose_heading(const view *v, float wx, float wy, float free_mps) {
    const uint32_t i = v->me;
    const bool open = v->near.count <= MU_WALK_OVERTAKE; /* gaps are anticipated at the free speed */
    const mu_walker *me = &v->room->walkers[i];
    float turn = v->room->kernel->turn(&v->near, v->radius, wx, wy, open ? wx * free_mps : me->vx,
                                       open ? wy * free_mps : me->vy) +
                 restless(v);
    turn = mu_lessf(mu_moref(turn, -MU_WALK_TURN_MOST), MU_WALK_TURN_MOST);
    arrow e = unit(wx - turn * wy, wy + turn * wx);
    const float relax = (float)mu_less(v->step_s / MU_WALK_REACTION_S, 1);
    const float nowx = me->ex, nowy = me->ey;
    e = unit(nowx + (e.x - nowx) * relax, nowy + (e.y - nowy) * relax);
    if (e.x * wx + e.y * wy < 0) {
        e = (arrow){wx, wy}; /* nobody walks backwards while turning round */
    }
    if (v->wall_count == 0) {
        return e;
    }
    const arrow freed = along_walls(v, e);
    return freed.x * freed.x + freed.y * freed.y > 1e-12F ? unit(freed.x, freed.y) : e;
}

/* How hard somebody who has been held up for long presses on, whatever is in front. */
static float creep(const view *v, float free_mps) {
    return v->body->held_ms <= MU_WALK_PATIENCE_MS
               ? 0
               : MU_WALK_CREEP * (float)pressed(v->body) * free_mps;
}

static float choose_speed(view *v, arrow e, float wx, float wy, float free_mps) {
    const mu_kernel_way way = v->room->kernel->ahead(&v->near, v->radius, wx, wy, e.x, e.y,
                                                     free_mps * MU_WALK_TIME_GAP_S);
    v->room->tag[v->me] |= way.opposed || !way.followed ? MU_WALKER_HINDERED : 0;
    return mu_lessf(mu_moref(way.room_m / MU_WALK_TIME_GAP_S, creep(v, free_mps)), free_mps);
}

static void choose_walk(view *v) {
    mu_walk_room *room = v->room;
    const uint32_t i = v->me;
    const mu_steer to = steer(v);
    const float wx = (float)to.way.x, wy = (float)to.way.y;
    const float free_mps = (float)free_speed(v, to.way);
    const double near = (double)v->radius + MU_WALK_WALL_NEAR_M + MU_WALK_FASTEST_MPS * v->step_s;
    v->wall_count = 0;
    if (to.clear_m <= near && look_at_walls(v)) {
        room->tag[i] |= MU_WALKER_WALLED;
    }
    arrow e = {room->walkers[i].ex, room->walkers[i].ey};
    look_around(v, wx, wy, e.x, e.y);
    float speed = 0;
    if ((wx != 0 || wy != 0) && free_mps > 0) {
        e = choose_heading(v, wx, wy, free_mps);
        speed = choose_speed(v, e, wx, wy, free_mps);
    }
    room->wx[i] = wx;
    room->wy[i] = wy;
    room->hx[i] = e.x;
    room->hy[i] = e.y;
    room->speed[i] = speed;
    room->mx[i] = e.x * speed * (float)v->step_s;
    room->my[i] = e.y * speed * (float)v->step_s;
}

/* Whoever stands leaves the mouth of a gate free while others are about. */
static arrow out_of_the_door(const view *v) {
    mu_point away = {0, 0};
    uint32_t count = 0;
    const uint32_t *near = mu_mouths_near(v->scratch, v->slot->area, v->body->at, &count);
    for (uint32_t k = 0; k < count; k++) {
        const mu_mouth *m = &v->scratch->mouths[near[k]];
        const double depth = mu_mouth_depth(m, v->body->at);
        const double across = mu_mouth_across(m, v->body->at) - m->width_m / 2;
        const double free = m->width_m / 2 + (double)v->radius;
        if (depth > -MU_WALK_SILL_M && depth < (double)MU_WALK_ASIDE_M && fabs(across) < free &&
            !mu_mouth_is_shut(v->sim, m)) {
            const double side = across < 0 ? -0.5 : 0.5;
            away.x += m->inward.x + side * m->along.x;
            away.y += m->inward.y + side * m->along.y;
        }
    }
    return (arrow){(float)away.x, (float)away.y};
}

/* Those who stand step aside for those who come their way. */
static void choose_rest(view *v) {
    mu_walk_room *room = v->room;
    const uint32_t i = v->me;
    const mu_kernel_view *near = &v->near;
    look_around(v, 0, 0, 0, 0);
    int32_t away_x = 0, away_y = 0;
    bool passed = false;
    for (uint32_t k = 0; k < near->count; k++) {
        const float ex = near->ex[k], ey = near->ey[k], dx = near->dx[k], dy = near->dy[k];
        const float ahead = -(ex * dx + ey * dy); /* of the walker is this one */
        const float left = ey * dx - ex * dy;     /* and so far to the left */
        const float touch = v->radius + near->radius[k];
        if (near->stands[k] > 0) {
            continue;
        }
        passed = true;
        if (ahead > 0 && ahead < touch + MU_WALK_ASIDE_M && fabsf(left) < touch + 0.1F) {
            const bool coin = (v->sim->people->list.items[v->person].hash & 1U) != 0;
            const float side = left > 0 || (left == 0 && coin) ? ASIDE_UNIT : -ASIDE_UNIT;
            away_x -= (int32_t)(side * ey);
            away_y += (int32_t)(side * ex);
        }
    }
    arrow away = {0, 0};
    if (passed) {
        const arrow out = out_of_the_door(v);
        away = unit((float)away_x / ASIDE_UNIT + out.x, (float)away_y / ASIDE_UNIT + out.y);
    }
    room->tag[i] |= MU_WALKER_WALLED;
    room->wx[i] = room->wy[i] = room->speed[i] = 0;
    room->hx[i] = room->walkers[i].ex;
    room->hy[i] = room->walkers[i].ey;
    room->mx[i] = away.x * (float)(MU_WALK_ASIDE_MPS * v->step_s);
    room->my[i] = away.y * (float)(MU_WALK_ASIDE_MPS * v->step_s);
}

/* An image, or somebody who stands with nobody about: does nothing and is moved by nobody's leave. */
static void skip(view *v) {
    mu_walk_room *room = v->room;
    const uint32_t i = v->me;
    room->wx[i] = room->wy[i] = room->speed[i] = room->mx[i] = room->my[i] = 0;
    room->hx[i] = room->walkers[i].ex;
    room->hy[i] = room->walkers[i].ey;
    room->contact_first[i + 1] = room->contact_first[i];
}

static void choose(view *v) {
    mu_walk_room *room = v->room;
    const uint32_t tag = room->tag[v->me];
    if ((tag & MU_WALKER_IMAGE) != 0 || ((v->holds & MU_CELL_WALKER) == 0 && (tag & MU_WALKER_STANDS) != 0)) {
        skip(v);
        return;
    }
    v->person = room->who[v->me];
    v->body = &v->bodies[v->person];
    v->radius = room->walkers[v->me].radius;
    if ((tag & MU_WALKER_STANDS) != 0) {
        choose_rest(v);
    } else {
        choose_walk(v);
    }
}

/* The cells of a row around a column: from the first walker in the first of them to the end of the
 * last. */
static void set_run(view *v, int k, uint32_t row, uint32_t column) {
    const mu_walk_slot *slot = v->slot;
    const uint32_t west = column > 0 ? column - 1 : 0;
    const uint32_t east = column + 1 < slot->columns ? column + 1 : column;
    const uint32_t first = slot->first_cell + row * slot->columns;
    v->from[k] = v->room->cell_first[first + west];
    v->to[k] = v->room->cell_first[first + east + 1];
    for (uint32_t c = west; c <= east; c++) {
        v->holds |= v->room->cell_holds[first + c];
    }
}

static void choose_in_cell(view *v, uint32_t row, uint32_t column) {
    const mu_walk_slot *slot = v->slot;
    const uint32_t cell = slot->first_cell + row * slot->columns + column;
    const uint32_t first = v->room->cell_first[cell], end = v->room->cell_first[cell + 1];
    if (first == end) {
        return;
    }
    v->holds = 0;
    for (int k = 0; k < 3; k++) {
        v->from[k] = v->to[k] = 0;
        if ((k > 0 || row > 0) && (k < 2 || row + 1 < slot->rows)) {
            set_run(v, k, row + (uint32_t)k - 1, column);
        }
    }
    for (v->me = first; v->me < end; v->me++) {
        choose(v);
    }
}

void mu_walk_choose(mu_sim *sim, double step_s) {
    mu_walk_room *room = sim->scratch->walk;
    view v = {.sim = sim,
              .scratch = sim->scratch,
              .room = room,
              .bodies = mu_bodies(sim),
              .step_s = step_s};
    room->contact_first[0] = 0;
    for (uint32_t s = 0; s < room->slot_count; s++) {
        v.slot = &room->slots[s];
        v.on_stair = mu_walkable_area(sim->walkable, v.slot->area)->stair != MU_NONE;
        for (uint32_t row = 0; row < v.slot->rows; row++) {
            for (uint32_t column = 0; column < v.slot->columns; column++) {
                choose_in_cell(&v, row, column);
            }
        }
    }
}
