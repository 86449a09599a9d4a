/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Third phase: bodies that would overlap are set apart, each by half and all at once (Jacobi), then
 * put off the walls; and nobody's centre may have crossed a wall or a gate that is not theirs on
 * the way. That last rule is absolute: whoever would break it stays where they were, so from a
 * place inside an area nobody ever gets to a place outside it except through a gate. */
#include <math.h>

#include "crowd/pair.h"
#include "crowd/walk.h"

#define ROUNDS         3
#define PUSH_UNIT      1e6F
#define RELAXATION     0.8F /* of a sum of pushes: several neighbours push against each other */
#define HELD_MOST_MS   5000000U
#define CLEARLY_QUEUED (MU_WALK_QUEUE_BELOW * 1.01) /* not to be told from it by rounding */
#define OPEN_SILL      0.02 /* what those who do not go through keep off an open gate's line */

typedef struct settling {
    mu_sim *sim;
    mu_crowd_scratch *scratch;
    mu_walk_room *room;
    mu_body *bodies;
    uint32_t moved_count;                 /* in room->moved */
    uint32_t always_count, stirred_count; /* in room->stirred, those first who always are */
    uint32_t step_ms;
    double step_s, per_s; /* of the step, and steps in a second */
} settling;

/* Images go where the ones they are of go. */
static void move_images(const settling *s) {
    mu_walk_room *room = s->room;
    for (uint32_t k = 0; k < room->image_count; k++) {
        const mu_walk_image *image = &room->images[k];
        const mu_gate *gate = mu_walkable_gate(s->sim->walkable, image->mouth / 2);
        const uint32_t real = room->place_of[image->person];
        const mu_point moved = {(double)room->mx[real], (double)room->my[real]};
        const mu_point turned = mu_gate_turn(gate, 1 - (int)(image->mouth % 2), moved);
        room->mx[image->place] = (float)turned.x;
        room->my[image->place] = (float)turned.y;
    }
}

/* Overlaps are shared out by half and added up in whole parts of a micrometre. */
static uint32_t person_of(const mu_walk_room *room, uint32_t i) {
    return (room->tag[i] & MU_WALKER_IMAGE) != 0 ? room->images[room->who[i]].person : room->who[i];
}

static bool is_before(const mu_walk_room *room, uint32_t i, uint32_t other) {
    return person_of(room, i) < person_of(room, other);
}

/* How far from each other two want to be: those who face each other, and want to go on so, turn a
 * shoulder. In a queue people face each other, too, and want the same way. */
static inline float apart(const mu_walk_room *room, uint32_t i, uint32_t k) {
    const mu_walker *one = &room->walkers[i], *other = &room->walkers[k];
    const float both = one->radius + other->radius;
    const bool face = one->ex * other->ex + one->ey * other->ey < -0.5F;
    const bool opposed = room->wx[i] * room->wx[k] + room->wy[i] * room->wy[k] < -0.5F;
    return (face & opposed) ? mu_lessf(both, MU_WALK_PASSING_M) : both;
}

static void push(mu_walk_room *room, uint32_t i) {
    const float x = room->x[i] + room->mx[i], y = room->y[i] + room->my[i];
    int32_t push_x = 0, push_y = 0;
    for (uint32_t k = room->contact_first[i]; k < room->contact_first[i + 1]; k++) {
        const uint32_t other = room->contacts[k];
        const float dx = x - (room->x[other] + room->mx[other]);
        const float dy = y - (room->y[other] + room->my[other]);
        const float core = MU_WALK_CORE * apart(room, i, other);
        const float square = dx * dx + dy * dy;
        if (square >= core * core || other == i) {
            continue;
        }
        const float distance = sqrtf(square), half = (core - distance) / 2 * PUSH_UNIT;
        if (distance > 1e-6F) {
            push_x += (int32_t)(half * dx / distance);
            push_y += (int32_t)(half * dy / distance);
        } else { /* on one spot */
            push_x += (int32_t)(is_before(room, i, other) ? half : -half);
        }
    }
    room->sx[i] = (float)push_x / PUSH_UNIT;
    room->sy[i] = (float)push_y / PUSH_UNIT;
}

static mu_point off_a_wall(const mu_wall *w, double clear, mu_point p) {
    const double wx = w->b.x - w->a.x, wy = w->b.y - w->a.y;
    const double px = p.x - w->a.x, py = p.y - w->a.y;
    const double t = mu_walk_share(px * wx + py * wy, wx * wx + wy * wy);
    const double nx = px - t * wx, ny = py - t * wy;
    const double off = nx * nx + ny * ny;
    if (off < clear * clear && off > 0) {
        const double distance = sqrt(off);
        p.x += nx / distance * (clear - distance);
        p.y += ny / distance * (clear - distance);
    }
    return p;
}

/* Off those that are noted; false if that leads so far that others might be near. */
static bool off_noted_walls(const settling *s, const mu_body *body, const uint32_t *noted,
                            double clear, mu_point *p) {
    const mu_wall *walls = mu_area_walls(s->sim->walkable, body->area);
    const uint32_t count = mu_walk_noted_count(noted);
    const double most = MU_WALK_FASTEST_MPS * s->step_s;
    mu_point q = *p;
    for (uint32_t k = 1; k <= count; k++) {
        q = off_a_wall(&walls[noted[k]], clear, q);
    }
    const double dx = q.x - body->at.x, dy = q.y - body->at.y;
    if (dx * dx + dy * dy > most * most * 1.0001) {
        return false;
    }
    *p = q;
    return true;
}

/* Off one wall after the other; up to the first that is too near, nothing is to be done. */
static mu_point off_the_walls(const settling *s, const mu_body *body, double clear, mu_point p) {
    const mu_walk_walls walls = mu_walk_walls_at(s->sim->walkable, body->area, body->at);
    for (uint32_t from = 0; from < walls.count; from += MU_KERNEL_WALLS) {
        const uint64_t near = s->room->kernel->near_walls(
            walls.walls, walls.near + from, mu_walk_walls_some(&walls, from), p, clear);
        if (near != 0) {
            for (uint32_t k = from + (uint32_t)__builtin_ctzll(near); k < walls.count; k++) {
                p = off_a_wall(&walls.walls[walls.near[k]], clear, p);
            }
            return p;
        }
    }
    return p;
}

/* Gates that this body does not go through are walls to it. Shut ones keep it as far away; so do
 * open ones in time, or who wants to pass a doorway could be held for good behind its jamb. */
static bool is_closed_to(const settling *s, const mu_body *body, const mu_mouth *m, uint32_t mouth,
                         uint32_t own) {
    return m->on_border && (mouth != own || !mu_mouth_lets(s->sim, m, body) ||
                            !mu_gate_is_ready(s->sim, mouth / 2));
}

static mu_point off_the_gates(const settling *s, const mu_body *body, uint32_t own, double clear,
                              mu_point p) {
    uint32_t count = 0;
    const uint32_t *near = mu_mouths_near(s->scratch, body->area, body->at, &count);
    for (uint32_t k = 0; k < count; k++) {
        const mu_mouth *m = &s->scratch->mouths[near[k]];
        const double across = mu_mouth_across(m, p);
        if (across < 0 || across > m->width_m || !is_closed_to(s, body, m, near[k], own)) {
            continue;
        }
        const double held = mu_mouth_is_shut(s->sim, m) ? 1 : mu_walk_pressed(body);
        const double keep = OPEN_SILL + held * (clear - OPEN_SILL);
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

static bool keeps_off_noted_walls(const settling *s, const mu_body *body, const uint32_t *noted,
                                  mu_point to) {
    const mu_wall *walls = mu_area_walls(s->sim->walkable, body->area);
    const uint32_t count = mu_walk_noted_count(noted);
    for (uint32_t k = 1; k <= count; k++) {
        const mu_wall *w = &walls[noted[k]];
        if (crosses(w->a, w->b.x - w->a.x, w->b.y - w->a.y, body->at, to)) {
            return false;
        }
    }
    return true;
}

static bool keeps_off_walls(const settling *s, const mu_body *body, mu_point to) {
    const mu_walk_walls walls = mu_walk_walls_at(s->sim->walkable, body->area, body->at);
    for (uint32_t from = 0; from < walls.count; from += MU_KERNEL_WALLS) {
        uint64_t over = s->room->kernel->crossed_lines(
            walls.walls, walls.near + from, mu_walk_walls_some(&walls, from), body->at, to);
        for (; over != 0; over &= over - 1) {
            const mu_wall *w = &walls.walls[walls.near[from + (uint32_t)__builtin_ctzll(over)]];
            if (crosses(w->a, w->b.x - w->a.x, w->b.y - w->a.y, body->at, to)) {
                return false;
            }
        }
    }
    return true;
}

static bool keeps_off_gates(const settling *s, const mu_body *body, uint32_t own, mu_point to) {
    uint32_t count = 0;
    const uint32_t *gates = mu_mouths_near(s->scratch, body->area, body->at, &count);
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

/* Does somebody who moves by (x, y) stay further than `clear` from all walls that are noted, and
 * more than rounding makes? */
static inline bool stays_clear(const uint32_t *noted, float x, float y, float clear) {
    const float left = mu_walk_noted_off(noted) - clear - 1e-4F;
    return left > 0 && x * x + y * y < left * left;
}

static void no_further(float *x, float *y, float most) {
    const float square = *x * *x + *y * *y;
    if (square > most * most) {
        const float part = most / sqrtf(square);
        *x *= part;
        *y *= part;
    }
}

/* Asks ahead for the body of whoever comes later in a list and is near walls. */
static inline void fetch_walled(const settling *s, const uint32_t *list, uint32_t count,
                                uint32_t k) {
    const uint32_t i = list[k + MU_WALK_AHEAD < count ? k + MU_WALK_AHEAD : k];
    if ((s->room->tag[i] & MU_WALKER_WALLED) != 0) {
        mu_walk_fetch(s->bodies, s->room->who[i]);
    }
}

/* Moves one aside by the push, and off walls and gates; is that any move? */
static bool settle_walker(const settling *s, uint32_t i) {
    mu_walk_room *room = s->room;
    const bool stands = (room->tag[i] & MU_WALKER_STANDS) != 0;
    const float fastest = (float)((stands ? MU_WALK_ASIDE_MPS : MU_WALK_FASTEST_MPS) * s->step_s);
    float mx = room->mx[i] + RELAXATION * room->sx[i], my = room->my[i] + RELAXATION * room->sy[i];
    no_further(&mx, &my, fastest);
    if ((room->tag[i] & MU_WALKER_WALLED) != 0) {
        const mu_body *body = &s->bodies[room->who[i]];
        const double clear = MU_WALK_WALL * mu_walk_wall_radius(body);
        mu_point p = {body->at.x + (double)mx, body->at.y + (double)my};
        const uint32_t *noted = mu_walk_noted(room, i);
        const bool far = noted != NULL && stays_clear(noted, mx, my, (float)clear);
        if (!far && (noted == NULL || !off_noted_walls(s, body, noted, clear, &p))) {
            p = off_the_walls(s, body, clear, p);
        }
        if (noted == NULL || (noted[0] & MU_WALK_GATES_BIT) != 0) {
            p = off_the_gates(s, body, mu_body_mouth(s->scratch, body), clear, p);
        }
        mx = (float)(p.x - body->at.x);
        my = (float)(p.y - body->at.y);
        no_further(&mx, &my, (float)(MU_WALK_FASTEST_MPS * s->step_s));
    }
    const bool moved = mx != room->mx[i] || my != room->my[i];
    room->mx[i] = mx;
    room->my[i] = my;
    return moved;
}

/* Lists whom the first round may move: those near walls, and those who only touch somebody; and
 * what pushes each. Returns how many are near walls. */
static uint32_t push_all(settling *s) {
    mu_walk_room *room = s->room;
    uint32_t *list = room->moved;
    const uint32_t walled = room->kernel->list(&room->packing, room->tag, MU_WALKER_WALLED,
                                               MU_WALKER_WALLED, 0, room->count, list);
    s->moved_count =
        walled + room->kernel->list_touching(&room->packing, room->tag, MU_WALKER_WALLED,
                                             room->contact_first, room->count, list + walled);
    for (uint32_t k = 0; k < s->moved_count; k++) {
        push(room, list[k]);
    }
    return walled;
}

/* Lists those who are near an image, of whom it is not known whether it moves. */
static void list_near_images(settling *s) {
    const mu_walk_room *room = s->room;
    s->always_count = room->image_count == 0
                          ? 0
                          : room->kernel->list(&room->packing, room->tag, MU_WALKER_AT_IMAGE,
                                               MU_WALKER_AT_IMAGE, 0, room->count, room->stirred);
}

/* The first round: everyone, all at once; first what pushes each, then the moves. Lists those who
 * were moved, which are never more than have been read of the list in the same place. */
static void settle_all(settling *s) {
    const mu_walk_room *room = s->room;
    const uint32_t walled = push_all(s), listed = s->moved_count;
    s->moved_count = 0;
    for (uint32_t k = 0; k < walled; k++) {
        const uint32_t i = room->moved[k];
        fetch_walled(s, room->moved, walled, k);
        if (settle_walker(s, i)) {
            room->moved[s->moved_count++] = i;
        }
    }
    for (uint32_t k = walled; k < listed; k++) {
        const uint32_t i = room->moved[k];
        const bool pushed = room->sx[i] != 0 || room->sy[i] != 0;
        if (pushed && (room->tag[i] & MU_WALKER_IMAGE) == 0 && settle_walker(s, i)) {
            room->moved[s->moved_count++] = i;
        }
    }
}

static void add_stirred(settling *s, uint32_t i) {
    if ((s->room->tag[i] & (MU_WALKER_STIRRED | MU_WALKER_IMAGE)) == 0) {
        s->room->tag[i] |= MU_WALKER_STIRRED;
        s->room->stirred[s->stirred_count++] = i;
    }
}

/* Lists whoever was moved aside, or touches somebody who was. */
static void stir(settling *s) {
    mu_walk_room *room = s->room;
    for (uint32_t k = s->always_count; k < s->stirred_count; k++) {
        room->tag[room->stirred[k]] ^= MU_WALKER_STIRRED;
    }
    for (uint32_t k = 0; k < s->always_count; k++) {
        room->tag[room->stirred[k]] |= MU_WALKER_STIRRED;
    }
    s->stirred_count = s->always_count;
    for (uint32_t k = 0; k < s->moved_count; k++) {
        const uint32_t i = room->moved[k];
        add_stirred(s, i);
        for (uint32_t c = room->contact_first[i]; c < room->contact_first[i + 1]; c++) {
            add_stirred(s, room->contacts[c]);
        }
    }
    s->moved_count = 0;
}

/* A further round, of those who are stirred. */
static void settle_again(settling *s) {
    mu_walk_room *room = s->room;
    for (uint32_t k = 0; k < s->stirred_count; k++) {
        push(room, room->stirred[k]);
    }
    for (uint32_t k = 0; k < s->stirred_count; k++) {
        const uint32_t i = room->stirred[k];
        fetch_walled(s, room->stirred, s->stirred_count, k);
        if (settle_walker(s, i)) {
            room->moved[s->moved_count++] = i;
        }
    }
}

/* Waiting in a queue, or at a gate that is shut for the moment, makes nobody squeeze. */
static bool waits_at_gate(const settling *s, const mu_body *body) {
    const uint32_t own = mu_body_mouth(s->scratch, body);
    const mu_mouth *mouth = own == MU_NONE ? NULL : &s->scratch->mouths[own];
    return mouth != NULL &&
           ((mu_mouth_is_shut(s->sim, mouth) && !mu_mouth_lets(s->sim, mouth, body)) ||
            !mu_gate_is_ready(s->sim, own / 2));
}

/* Counts how long somebody has made no headway against people who do not go their way. */
static inline uint32_t patience_of(const settling *s, bool hindered, const mu_body *body,
                                   double headway_mps, double free_mps) {
    const uint32_t held = body->held_ms, step_ms = s->step_ms;
    if ((hindered & (headway_mps < 0.15 * free_mps)) && !waits_at_gate(s, body)) {
        return held < HELD_MOST_MS ? held + step_ms : held;
    }
    const uint32_t back = headway_mps > 0.4 * free_mps ? 5 * step_ms : step_ms;
    return held > back ? held - back : 0;
}

/* Whoever steps through a door walks, and needs the room of shoulders for it. A gate is a line;
 * this is what stands for the depth of a doorway. Who is blocked there stays as narrow as they are,
 * lest an arch forms. */
static bool is_in_doorway(const settling *s, const mu_body *body) {
    const uint32_t own = mu_body_mouth(s->scratch, body);
    if (own == MU_NONE) {
        return false;
    }
    const mu_mouth *m = &s->scratch->mouths[own];
    const double across = mu_mouth_across(m, body->at);
    return fabs(mu_mouth_depth(m, body->at)) < MU_WALK_DOORWAY_M && across > 0 &&
           across < m->width_m;
}

/* Has somebody who heads for no gate, and so waits for nobody's turn, got on no more for long?
 * Three who want past each other can have turned so that each takes the next one for somebody who
 * walks ahead. */
static bool is_in_no_queue(const mu_body *body) {
    return body->gate == MU_NONE && body->packed_ms >= MU_WALK_PACK_MS;
}

/* How far a walker has closed up after this step, and is still out of a queue. In file people keep
 * their distance. Whoever is on the way out of a queue stays on it until they walk freely: that
 * tells those who pour out of one, be the opening as wide as it may, from a crowd that walks as
 * fast along a corridor. */
static void note_queue(const settling *s, mu_body *body, uint32_t tag, double free_mps) {
    const double pace = mu_walk_share(body->speed_mps, free_mps);
    const bool met = (tag & MU_WALKER_MET) != 0, in_file = (tag & MU_WALKER_FILE) != 0;
    const uint32_t turned_ms = MU_WALK_SIDEWAYS * s->step_ms;
    if (!in_file && pace < MU_WALK_QUEUE_BELOW) {
        body->queued_ms = mu_walk_close_up(body->queued_ms, s->step_ms);
        if (pace < MU_WALK_PACK_BELOW) {
            body->packed_ms = mu_walk_close_up(body->packed_ms, met ? turned_ms : s->step_ms);
            return;
        }
    } else if (body->queued_ms > 0 && (pace < MU_WALK_QUEUE_GOES || pace > MU_WALK_QUEUE_FREE)) {
        body->queued_ms = mu_walk_unpack(body->queued_ms, s->step_ms, MU_WALK_QUEUED_MS);
    }
    if (body->packed_ms > 0 && is_in_doorway(s, body)) {
        body->packed_ms = mu_walk_unpack(body->packed_ms, 20 * s->step_ms, MU_WALK_UNPACK_MS);
    } else if (met) { /* turns sideways */
        body->packed_ms = mu_walk_close_up(body->packed_ms, turned_ms);
    } else if (body->packed_ms > 0) {
        body->packed_ms = mu_walk_unpack(body->packed_ms, s->step_ms, mu_walk_unpack_ms(pace));
    }
}

static bool stays_inside(const settling *s, uint32_t i, const mu_body *body, mu_point to) {
    const uint32_t *noted = mu_walk_noted(s->room, i);
    if (noted == NULL ? !keeps_off_walls(s, body, to)
                      : !keeps_off_noted_walls(s, body, noted, to)) {
        return false;
    }
    return (noted != NULL && (noted[0] & MU_WALK_GATES_BIT) == 0) ||
           keeps_off_gates(s, body, mu_body_mouth(s->scratch, body), to);
}

/* Whoever of those near walls would get through one, or through a gate that is not theirs, stays
 * where they are. */
static void keep_inside(const settling *s) {
    const mu_walk_room *room = s->room;
    uint32_t *list = room->moved;
    const uint32_t count = room->kernel->list(&room->packing, room->tag, MU_WALKER_WALLED,
                                              MU_WALKER_WALLED, 0, room->count, list);
    for (uint32_t k = 0; k < count; k++) {
        const uint32_t i = list[k];
        fetch_walled(s, list, count, k);
        const uint32_t *noted = mu_walk_noted(room, i);
        if ((room->mx[i] == 0 && room->my[i] == 0) ||
            (noted != NULL && (noted[0] & MU_WALK_GATES_BIT) == 0 &&
             stays_clear(noted, room->mx[i], room->my[i], 0))) {
            continue;
        }
        const mu_body *body = &s->bodies[room->who[i]];
        const mu_point to = {body->at.x + (double)room->mx[i], body->at.y + (double)room->my[i]};
        if (!stays_inside(s, i, body, to)) {
            room->mx[i] = room->my[i] = 0;
        }
    }
}

/* A walker has moved: its place, heading and speed, and what becomes of it. Most are in no queue
 * and out of every one, which needs no closer look. */
static inline void note_step(const settling *s, uint32_t i, mu_body *body, uint32_t tag) {
    const mu_walk_room *room = s->room;
    const mu_walker *seen = &room->walkers[i];
    const bool hindered = (tag & MU_WALKER_HINDERED) != 0;
    const double free_mps = (double)(body->level_mps * body->pace);
    const mu_pair from = mu_pair_read(&body->at), to = from + mu_pair_of(room->mx[i], room->my[i]);
    const mu_pair moves = (to - from) * s->per_s;
    const double along = mu_pair_dot(moves, mu_pair_of(seen->ex, seen->ey));
    const double headway = mu_pair_dot(moves, mu_pair_of(room->wx[i], room->wy[i]));
    const double speed = mu_less(mu_more(along, 0), (double)room->speed[i]);
    mu_pair_write(&body->at, to);
    mu_pair_write(&body->heading, mu_pair_of(room->sx[i], room->sy[i]));
    body->speed_mps = speed;
    const bool flows = (free_mps > 0) & (speed > CLEARLY_QUEUED * free_mps);
    if (!flows || (body->packed_ms | body->queued_ms | (tag & MU_WALKER_MET)) != 0) {
        note_queue(s, body, tag, free_mps);
    }
    body->held_ms = patience_of(s, hindered || is_in_no_queue(body), body, headway, free_mps);
}

static inline void commit_walker(const settling *s, uint32_t i, uint32_t tag) {
    const mu_walk_room *room = s->room;
    const uint32_t person = room->who[i];
    const bool stands = (tag & MU_WALKER_STANDS) != 0;
    if (stands && room->mx[i] == 0 && room->my[i] == 0) {
        return;
    }
    mu_body *body = &s->bodies[person];
    if (stands) {
        body->at = (mu_point){body->at.x + (double)room->mx[i], body->at.y + (double)room->my[i]};
    } else {
        s->scratch->due[person] = (tag & MU_WALKER_DUE) != 0;
        note_step(s, i, body, tag);
    }
}

void mu_walk_settle(mu_sim *sim, double step_s) {
    settling s = {.sim = sim,
                  .scratch = sim->scratch,
                  .room = sim->scratch->walk,
                  .bodies = mu_bodies(sim),
                  .step_ms = mu_crowd(sim)->step_us / 1000,
                  .step_s = step_s,
                  .per_s = 1 / step_s};
    mu_walk_room *room = s.room;
    move_images(&s);
    list_near_images(&s);
    settle_all(&s);
    for (int round = 1; round < ROUNDS; round++) {
        stir(&s);
        move_images(&s);
        settle_again(&s);
    }
    keep_inside(&s);
    room->kernel->head(room->count, room->walkers, room->wx, room->wy, room->turn,
                       (float)mu_less(step_s / MU_WALK_REACTION_S, 1), room->sx, room->sy);
    for (uint32_t k = 0; k < room->slot_count; k++) {
        for (uint32_t i = room->slots[k].first; i < room->slots[k].end; i++) {
            mu_walk_fetch(s.bodies, room->who[i + MU_WALK_AHEAD]);
            const uint32_t tag = room->tag[i];
            if ((tag & MU_WALKER_IMAGE) == 0) {
                commit_walker(&s, i, tag);
            }
        }
    }
}
