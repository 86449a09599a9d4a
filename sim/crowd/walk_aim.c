/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each brings into a step: how neighbours see them, where they would go if they were alone,
 * and how fast. Bodies are read here and written at the end of the step; in between the walk model
 * works on its own arrays. */
#include <math.h>
#include <string.h>

#include "crowd/pair.h"
#include "crowd/walk.h"
#include "site/steer.h"

#define AIM_FROM_M      1.0 /* from here one walks straight through one's gate */
#define STRAIGHT_FROM_M 0.3 /* from here straight to a point */

static mu_point unit_of(double x, double y) {
    const double square = x * x + y * y, inverse = square > 0 ? 1 / sqrt(square) : 0;
    return (mu_point){x * inverse, y * inverse};
}

/* Some who stand next to each other in the arrays are entered together. */
#define BATCH 64U

/* What is the same for all who make for one gate. */
typedef struct bound {
    uint32_t gate, mouth;
    const mu_field_grid *field;
    /* Around the gate, in the slot's frame: in here one just follows the field only if walls and
     * gates are at least so far, whoever one is. */
    float x, y, half_x, half_y, far_least_m;
} bound;

typedef struct entering {
    mu_sim *sim;
    const mu_walk_room *room;
    const mu_walk_slot *slot;
    const mu_body *bodies;
    double step_s;
    float reach_m; /* further than the radius: where walls may matter */
    bound last;    /* of the one before */
    uint32_t first, count;
    uint32_t mouth[BATCH];             /* that each makes for, or MU_NONE */
    const mu_field_grid *field[BATCH]; /* to it; NULL: nothing to ask */
    float far_m[BATCH]; /* with no wall and no gate nearer than this one just follows the field */
    float clear_m[BATCH + MU_KERNEL_PADDING]; /* what the field answers, or MU_KERNEL_… */
    uint32_t odd[BATCH], odd_count; /* who is in a queue, out of one for not long, or held up */
    float widest;
    bool held; /* is anyone, for longer than patience lasts? */
} entering;

/* One of them. */
typedef struct aiming {
    const entering *all;
    const mu_body *body;
    uint32_t person;
    uint32_t k, i; /* in the batch and in the room's arrays */
    double wall_radius;
} aiming;

/* A way, and a distance within which there is no wall. */
typedef struct course {
    mu_point way;
    float clear_m;
} course;

/* So near an opening that one walks straight through it. */
static bool is_at_gate(const mu_mouth *m, mu_point at) {
    const double across = mu_mouth_across(m, at);
    return fabs(mu_mouth_depth(m, at)) <= AIM_FROM_M && across >= 0 && across <= m->width_m;
}

/* Straight through the opening, keeping off its jambs; from either side of a gate that stands
 * free. */
static bool aim_through(const mu_mouth *m, mu_point at, double radius, mu_point *out) {
    if (!is_at_gate(m, at)) {
        return false;
    }
    const double depth = mu_mouth_depth(m, at), across = mu_mouth_across(m, at);
    const double keep = mu_less(MU_WALK_WALL * radius + 0.02, m->width_m / 2);
    const double aim = mu_less(mu_more(across, keep), m->width_m - keep) - across;
    const double ahead = depth >= 0 || m->on_border ? -(fabs(depth) + 0.3) : fabs(depth) + 0.3;
    *out = unit_of(m->along.x * aim + m->inward.x * ahead, m->along.y * aim + m->inward.y * ahead);
    return true;
}

/* What one is shown by a field's grid as it is. */
static course read_grid(const aiming *a, const mu_field_grid *field) {
    const entering *all = a->all;
    float wx[MU_KERNEL_PADDING], wy[MU_KERNEL_PADDING], clear_m[MU_KERNEL_PADDING];
    mu_steer_grid grid;
    if (!mu_steer_grid_of(all->sim->walkable, all->slot->area, field, &grid)) {
        return (course){{0, 0}, MU_KERNEL_PREPARE};
    }
    all->room->kernel->steer(&grid, 1, all->room->x + a->i, all->room->y + a->i, wx, wy, clear_m);
    return (course){{(double)wx[0], (double)wy[0]}, clear_m[0]};
}

/* Where a field's grid has no answer, or none yet. If it had none yet it is read once more whoever
 * has made its words since, be it for another walker or in another run: who came first must not
 * matter. */
static course ask_exactly(const aiming *a, const mu_field_grid *field, float clear_m) {
    const mu_walkable *walkable = a->all->sim->walkable;
    const mu_walk_room *room = a->all->room;
    const uint32_t area = a->all->slot->area;
    if (clear_m <= MU_KERNEL_PREPARE) {
        mu_steer_prepare(walkable, area, field, room->x[a->i], room->y[a->i]);
        const course shown = read_grid(a, field);
        if (shown.clear_m >= 0) {
            return shown;
        }
    }
    const mu_steer exactly = mu_steer_exactly(walkable, area, field, a->body->at);
    return (course){exactly.way, exactly.clear_m};
}

static course ask(const aiming *a, const mu_field_grid *field) {
    const course shown = read_grid(a, field);
    return shown.clear_m >= 0 ? shown : ask_exactly(a, field, shown.clear_m);
}

static course course_to_gate(const aiming *a, uint32_t mouth) {
    const entering *all = a->all;
    const mu_walk_room *room = all->room;
    const mu_mouth *m = &all->sim->scratch->mouths[mouth];
    const mu_point at = a->body->at;
    course to = {{(double)room->wx[a->i], (double)room->wy[a->i]}, all->clear_m[a->k]};
    if (m->on_border && to.clear_m > (float)(AIM_FROM_M + MU_GATE_OFF_M)) {
        return to;
    }
    if (aim_through(m, at, a->wall_radius, &to.way)) {
        to.clear_m = 0;
        return to;
    }
    if (to.clear_m < 0) {
        to = ask_exactly(a, m->field, to.clear_m);
    }
    if (to.way.x == 0 && to.way.y == 0) {
        const double half = m->width_m / 2;
        to.way = unit_of(m->a.x + half * m->along.x - at.x, m->a.y + half * m->along.y - at.y);
    }
    return to;
}

static course course_to_target(const aiming *a) {
    const mu_sim *sim = a->all->sim;
    const mu_mind *mind = &mu_minds(sim)[a->person];
    const mu_point at = a->body->at;
    const mu_point to = mind->goal.kind == MU_GOAL_ASSEMBLY ? mind->gathering : a->body->target;
    const double dx = to.x - at.x, dy = to.y - at.y;
    if (mind->straight == 0 && dx * dx + dy * dy > STRAIGHT_FROM_M * STRAIGHT_FROM_M) {
        const mu_field_grid *field = mu_route_field(sim->routes, a->all->slot->area, to);
        if (field != NULL) {
            return ask(a, field);
        }
    }
    return (course){unit_of(a->body->target.x - at.x, a->body->target.y - at.y), 0};
}

static double free_speed(const aiming *a, mu_point wanted) {
    const mu_body *body = a->body;
    double speed = (double)body->level_mps;
    if (a->all->slot->on_stair) {
        speed = (double)(wanted.y > 0 ? body->up_mps : body->down_mps);
    }
    speed *= (double)body->pace;
    if (body->gate == MU_NONE) {
        const double dx = body->target.x - body->at.x, dy = body->target.y - body->at.y;
        speed = mu_less(speed, sqrt(dx * dx + dy * dy) / a->all->step_s);
    }
    return speed;
}

/* How others see somebody whose place and heading, in the slot's frame, are these, and who takes so
 * much room. */
static inline void appear(const mu_walk_room *room, uint32_t i, const mu_walk_slot *slot,
                          const mu_body *body, mu_point at, mu_point heading, float radius) {
    const bool stands = body->mode != MU_BODY_WALKING;
    const float speed = stands ? 0 : (float)body->speed_mps;
    const mu_pairf place = mu_pair_narrow(mu_pair_read(&at) - mu_pair_read(&slot->low));
    const mu_pairf e = mu_pair_narrow(mu_pair_read(&heading)), v = e * speed;
    mu_walker *seen = &room->walkers[i];
    memcpy(&seen->x, &place, sizeof place);
    memcpy(&seen->vx, &v, sizeof v);
    memcpy(&seen->ex, &e, sizeof e);
    seen->radius = radius;
    seen->stands = stands;
    room->x[i] = place[0];
    room->y[i] = place[1];
}

/* Whoever does nothing of their own in this step. */
static void stay(entering *all, uint32_t k) {
    const mu_walk_room *room = all->room;
    const uint32_t i = all->first + k;
    room->wx[i] = room->wy[i] = room->speed[i] = room->turn[i] = 0;
    all->mouth[k] = MU_NONE;
    all->field[k] = NULL;
    all->far_m[k] = -INFINITY;
}

/* All from where one is at a mouth (is_at_gate), and a little more: its box. */
static void set_box(bound *to, const mu_mouth *m, mu_point low) {
    const mu_point middle = mu_mouth_middle(m);
    const double half = m->width_m / 2, more = 0.01;
    to->x = (float)(middle.x - low.x);
    to->y = (float)(middle.y - low.y);
    to->half_x = (float)(fabs(m->along.x) * half + fabs(m->inward.x) * AIM_FROM_M + more);
    to->half_y = (float)(fabs(m->along.y) * half + fabs(m->inward.y) * AIM_FROM_M + more);
}

static bound bound_for(const entering *all, uint32_t gate) {
    const mu_crowd_scratch *scratch = all->sim->scratch;
    bound to = {.gate = gate,
                .mouth = MU_NONE,
                .half_x = INFINITY,
                .half_y = INFINITY,
                .far_least_m = INFINITY};
    if (gate != MU_NONE && gate != MU_GATE_UNCHOSEN) {
        to.mouth = mu_mouth_in(scratch, all->slot->area, gate);
        const mu_mouth *m = &scratch->mouths[to.mouth];
        to.field = m->field;
        if (m->on_border && !all->slot->on_stair) {
            to.far_least_m = (float)(AIM_FROM_M + MU_GATE_OFF_M);
            set_box(&to, m, all->slot->low);
        }
    }
    return to;
}

/* Notes walker k of the batch as others see it, and what to ask for it; as if it were in no queue,
 * which is seen to afterwards (see_queuers). */
static inline void enter_one(entering *all, uint32_t k, uint32_t person) {
    const mu_walk_room *room = all->room;
    const uint32_t i = all->first + k;
    const mu_body *body = &all->bodies[person];
    const float radius = MU_WALK_LOOSE * body->radius_m;
    appear(room, i, all->slot, body, body->at, body->heading, radius);
    all->widest = mu_moref(all->widest, radius);
    all->odd[all->odd_count] = k;
    all->odd_count += mu_walk_is_odd(body);
    room->place_of[person] = i;
    if (body->mode != MU_BODY_WALKING) {
        stay(all, k);
        room->tag[i] = MU_WALKER_STANDS | MU_WALKER_WALLED;
        return;
    }
    if (body->gate != all->last.gate) {
        all->last = bound_for(all, body->gate);
    }
    room->tag[i] = 0;
    room->turn[i] = room->ahead[i] = 1;
    room->speed[i] = body->level_mps * body->pace;
    all->mouth[k] = all->last.mouth;
    all->field[k] = all->last.field;
    const bool by_gate = (fabsf(room->x[i] - all->last.x) <= all->last.half_x) &
                         (fabsf(room->y[i] - all->last.y) <= all->last.half_y);
    all->far_m[k] = mu_moref(by_gate ? all->last.far_least_m : 0, body->radius_m + all->reach_m);
}

/* Whoever stands packed in a queue takes less room, looks ahead, and minds less who is beside; and
 * whoever comes out of one follows closer, which is so much more of the way ahead. */
static void see_queuers(entering *all) {
    const mu_walk_room *room = all->room;
    const float usual_s = MU_WALK_TIME_GAP_S + MU_WALK_LEAD_S;
    for (uint32_t n = 0; n < all->odd_count; n++) {
        const uint32_t i = all->first + all->odd[n];
        const mu_body *body = &all->bodies[room->who[i]];
        const float radius = (float)mu_walk_radius(body);
        room->walkers[i].radius = radius;
        all->widest = mu_moref(all->widest, radius);
        if (body->mode == MU_BODY_WALKING) {
            const bool held = body->held_ms > MU_WALK_PATIENCE_MS;
            all->held |= held;
            room->tag[i] = held ? MU_WALKER_HELD : 0;
            room->turn[i] = 1 - MU_WALK_PACK_CALM * (float)mu_walk_packed(body);
            room->ahead[i] =
                usual_s /
                (mu_walk_time_gap(body, MU_WALK_TIME_GAP_S, MU_WALK_QUEUE_GAP_S) + MU_WALK_LEAD_S);
        }
    }
}

/* Asks the fields, for as many at once as ask the same one, in their order: what is written beyond
 * the last of them is theirs who come next. */
static void ask_fields(entering *all) {
    const mu_walk_room *room = all->room;
    for (uint32_t k = 0, end = 0; k < all->count; k = end) {
        mu_steer_grid grid;
        const uint32_t i = all->first + k;
        const mu_field_grid *field = all->field[k];
        for (end = k + 1; end < all->count && all->field[end] == field;) {
            end++;
        }
        if (field != NULL && mu_steer_grid_of(all->sim->walkable, all->slot->area, field, &grid)) {
            room->kernel->steer(&grid, end - k, room->x + i, room->y + i, room->wx + i,
                                room->wy + i, all->clear_m + k);
            continue;
        }
        for (uint32_t n = 0; n < end - k; n++) {
            room->wx[i + n] = room->wy[i + n] = 0;
            all->clear_m[k + n] = MU_KERNEL_PREPARE;
        }
    }
}

static course course_of(const aiming *a) {
    const uint32_t mouth = a->all->mouth[a->k];
    if (a->body->gate == MU_GATE_UNCHOSEN) {
        return (course){{0, 0}, 0};
    }
    return mouth == MU_NONE ? course_to_target(a) : course_to_gate(a, mouth);
}

static uint32_t walled(const entering *all, const mu_body *body, float clear_m) {
    return clear_m <= (float)mu_walk_wall_radius(body) + all->reach_m ? MU_WALKER_WALLED : 0;
}

/* Where walker k of the batch would go if it were alone, and how fast, near walls and gates or with
 * no gate to go to. */
static void set_out(const entering *all, uint32_t k) {
    const mu_walk_room *room = all->room;
    const uint32_t i = all->first + k, person = room->who[i], mouth = all->mouth[k];
    const mu_body *body = &all->bodies[person];
    const aiming a = {all, body, person, k, i, mu_walk_wall_radius(body)};
    const course to = course_of(&a);
    const bool last = mouth == MU_NONE && body->gate != MU_GATE_UNCHOSEN;
    room->wx[i] = (float)to.way.x;
    room->wy[i] = (float)to.way.y;
    room->speed[i] = (float)free_speed(&a, to.way);
    room->tag[i] |= last || (mouth != MU_NONE && !all->sim->scratch->mouths[mouth].on_border)
                        ? MU_WALKER_DUE
                        : 0;
    room->tag[i] |= walled(all, body, to.clear_m);
}

/* Does walker k follow the field, near walls as it may be? */
static bool follows(const entering *all, uint32_t k) {
    return all->far_m[k] < INFINITY && all->clear_m[k] >= 0 &&
           !is_at_gate(&all->sim->scratch->mouths[all->mouth[k]],
                       all->bodies[all->room->who[all->first + k]].at);
}

/* Everyone who walks in the batch. With nothing near, what the field shows is all. */
static void set_all_out(const entering *all) {
    const mu_walk_room *room = all->room;
    uint32_t near[BATCH], near_count = 0;
    for (uint32_t k = 0; k < all->count; k++) {
        near[near_count] = k;
        near_count += !(all->clear_m[k] > all->far_m[k]);
    }
    for (uint32_t n = 0; n < near_count; n++) {
        const uint32_t k = near[n], i = all->first + k;
        if (follows(all, k)) {
            room->tag[i] |= walled(all, &all->bodies[room->who[i]], all->clear_m[k]);
        } else {
            set_out(all, k);
        }
    }
}

/* Nobody walks backwards in turning. Lists those who walk and are near walls. */
static void face_ahead(mu_walk_room *room, const entering *all) {
    const uint32_t first = all->first, end = all->first + all->count;
    const float *wx = room->wx, *wy = room->wy;
    mu_walker *walkers = room->walkers;
    for (uint32_t i = first; i < end; i++) {
        if (walkers[i].ex * wx[i] + walkers[i].ey * wy[i] < 0) {
            walkers[i].ex = wx[i];
            walkers[i].ey = wy[i];
        }
    }
    room->walled_count +=
        room->kernel->list(&room->packing, room->tag, MU_WALKER_WALLED | MU_WALKER_STANDS,
                           MU_WALKER_WALLED, first, end, room->walled + room->walled_count);
}

mu_point mu_walk_image_at(const mu_sim *sim, const mu_walk_image *image) {
    const mu_gate *gate = mu_walkable_gate(sim->walkable, image->mouth / 2);
    return mu_gate_map(gate, 1 - (int)(image->mouth % 2), mu_bodies(sim)[image->person].at);
}

static void enter_image(entering *all, uint32_t k, uint32_t index) {
    const mu_walk_room *room = all->room;
    const uint32_t i = all->first + k;
    mu_walk_image *image = &room->images[index];
    const mu_body *body = &all->bodies[image->person];
    image->place = i;
    const mu_gate *gate = mu_walkable_gate(all->sim->walkable, image->mouth / 2);
    const mu_point heading = mu_gate_turn(gate, 1 - (int)(image->mouth % 2), body->heading);
    const float radius = (float)mu_walk_radius(body);
    appear(room, i, all->slot, body, mu_walk_image_at(all->sim, image), heading, radius);
    all->widest = mu_moref(all->widest, radius);
    stay(all, k);
    room->tag[i] =
        MU_WALKER_IMAGE | (body->mode != MU_BODY_WALKING ? (uint32_t)MU_WALKER_STANDS : 0);
    room->who[i] = index;
}

void mu_walk_enter(mu_sim *sim, mu_walk_slot *slot, double step_s) {
    mu_walk_room *room = sim->scratch->walk;
    entering all = {.sim = sim,
                    .room = room,
                    .slot = slot,
                    .bodies = mu_bodies(sim),
                    .step_s = step_s,
                    .last = {.gate = MU_NONE,
                             .mouth = MU_NONE,
                             .half_x = INFINITY,
                             .half_y = INFINITY,
                             .far_least_m = INFINITY},
                    .reach_m = (float)(MU_WALK_WALL_NEAR_M + MU_WALK_FASTEST_MPS * step_s)};
    slot->walled = room->walled_count;
    for (all.first = slot->first; all.first < slot->end; all.first += BATCH) {
        const uint32_t *who = room->who + all.first;
        all.count = slot->end - all.first < BATCH ? slot->end - all.first : BATCH;
        all.odd_count = 0;
        for (uint32_t k = 0; k < all.count; k++) {
            mu_walk_fetch(all.bodies, who[k + MU_WALK_AHEAD] & ~MU_WALK_IMAGE_BIT);
            if ((who[k] & MU_WALK_IMAGE_BIT) != 0) {
                enter_image(&all, k, who[k] & ~MU_WALK_IMAGE_BIT);
            } else {
                enter_one(&all, k, who[k]);
            }
        }
        see_queuers(&all);
        ask_fields(&all);
        set_all_out(&all);
        face_ahead(room, &all);
    }
    slot->walled_end = room->walled_count;
    slot->widest = all.widest;
    slot->held = all.held;
}
