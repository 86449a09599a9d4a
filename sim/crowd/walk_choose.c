/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Second phase: where everyone would go, who is in the way, and so which direction and speed they
 * take. Everything is read as it was at the start of the step. */
#include <math.h>
#include <string.h>

#include "crowd/walk.h"

#define WALLS_MOST 16U
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ /* what several cells hold, read as one word */
enum { CELLS_ONE = (int)0xff000000, CELLS_TWO = (int)0xffff0000, CELLS_THREE = (int)0xffffff00 };
#else
enum { CELLS_ONE = 0xff, CELLS_TWO = 0xffff, CELLS_THREE = 0xffffff };
#endif
#define BATCH      32U      /* walkers of one cell who look about at once */
#define ASIDE_UNIT 65536.0F /* steps aside are added up in whole parts of this */

typedef struct wall_near {
    float x, y; /* from its nearest point to the body */
    float distance;
} wall_near;

typedef struct view {
    mu_sim *sim;
    const mu_crowd_scratch *scratch;
    mu_walk_room *room;
    const mu_walk_slot *slot;
    const mu_body *bodies;
    double step_s;
    double wall_reach_m; /* further than the radius: where walls may matter */
    uint32_t holds;      /* MU_CELL_…: what the cells around hold */
    uint32_t me;
    uint32_t person;
    const mu_body *body;
    float radius;
    mu_kernel_crowd crowd;
    mu_kernel_contacts contacts;
    mu_kernel_answers answers;
    mu_kernel_ring ring;
    mu_kernel_batch batch;
    mu_kernel_view near;
    uint32_t wall_count;
    double least_off; /* square of how far the nearest of them is */
    wall_near wall[WALLS_MOST];
    uint32_t noted_count; /* more than WALLS_MOST: not all are noted */
    uint32_t noted[WALLS_MOST];
    mu_kernel_walls measured;
} view;

typedef struct arrow {
    float x, y;
} arrow;

static arrow unit(float x, float y) {
    const float square = x * x + y * y, inverse = square > 0 ? 1 / sqrtf(square) : 0;
    return (arrow){x * inverse, y * inverse};
}

static void enter(view *v) {
    v->person = v->room->who[v->me];
    v->body = &v->bodies[v->person];
    v->radius = v->room->walkers[v->me].radius;
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

/* Looks about, one alone: who is near and not behind, and whom one could touch in this step. */
static void look_around(view *v, const mu_kernel_eye *eye) {
    mu_walk_room *room = v->room;
    uint32_t *contact_first = room->contact_first + v->me;
    room->kernel->find(&v->near, &v->ring, &v->crowd, eye, &v->contacts);
    if ((v->holds & MU_CELL_IMAGE) != 0) {
        contact_first[1] = contact_first[0] + keep_visible(v, room->contacts + contact_first[0],
                                                           contact_first[1] - contact_first[0]);
        v->near.count = keep_visible(v, v->near.found, v->near.count);
    }
}

/* Measures the walls that are near, from this one of the list on. */
static void measure(view *v, const mu_walk_walls *walls, uint32_t from) {
    const double reach[2] = {mu_walk_wall_radius(v->body) + v->wall_reach_m, MU_WALK_ABREAST_M};
    v->room->kernel->measure_walls(walls->walls, walls->near + from,
                                   mu_walk_walls_some(walls, from), v->body->at, reach,
                                   &v->measured);
}

/* A wall that one may come near to in this step: notes it. Is one beside it, not before its end? */
static bool note_wall(view *v, uint32_t wall, uint32_t k) {
    const double off = v->measured.square[k];
    v->noted[v->noted_count % WALLS_MOST] = wall;
    v->noted_count++;
    v->least_off = mu_less(v->least_off, off);
    if (off <= 0 || v->wall_count == WALLS_MOST) {
        return false;
    }
    v->wall[v->wall_count++] =
        (wall_near){(float)v->measured.x[k], (float)v->measured.y[k], (float)sqrt(off)};
    return (v->measured.beside >> k & 1U) != 0;
}

/* Is there a wall opposite one that one is beside, so near that nobody can walk abreast here? The
 * walls are measured, unless they are too many to be so at once. */
static bool is_narrow(view *v, const mu_walk_walls *walls, const wall_near *beside) {
    const mu_point at = v->body->at;
    const double left = MU_WALK_ABREAST_M - (double)beside->distance;
    for (uint32_t from = 0; from < walls->count; from += MU_KERNEL_WALLS) {
        if (walls->count > MU_KERNEL_WALLS) {
            measure(v, walls, from);
        }
        for (uint64_t near = v->measured.within[1] & v->measured.beside; near != 0;
             near &= near - 1) {
            const uint32_t k = (uint32_t)__builtin_ctzll(near);
            const mu_wall *w = &walls->walls[walls->near[from + k]];
            if (!(v->measured.square[k] < left * left)) {
                continue;
            }
            const double wx = w->b.x - w->a.x, wy = w->b.y - w->a.y;
            const double px = at.x - w->a.x, py = at.y - w->a.y;
            const double square = wx * wx + wy * wy, along = px * wx + py * wy;
            const double nx = px * square - along * wx, ny = py * square - along * wy;
            if (along > 0 && along < square &&
                nx * (double)beside->x + ny * (double)beside->y < 0) {
                return true;
            }
        }
    }
    return false;
}

/* In file one turns aside only for who comes, and keeps a longer distance; but not on the way out
 * of a queue. */
static void go_in_file(view *v) {
    const mu_walk_room *room = v->room;
    const bool queued = v->body->queued_ms >= MU_WALK_PACK_MS / 2;
    const float usual_s = queued ? MU_WALK_TIME_GAP_S : MU_WALK_FILE_GAP_S;
    const float gap_s = mu_walk_time_gap(v->body, usual_s, MU_WALK_FILE_OUT_S);
    room->tag[v->me] |= MU_WALKER_FILE;
    room->ahead[v->me] = (MU_WALK_TIME_GAP_S + MU_WALK_LEAD_S) / (gap_s + MU_WALK_LEAD_S);
    if (!queued) {
        room->turn[v->me] = 0;
    }
}

/* Finds the walls that one may come near to in this step, and whether there is a gate. */
static bool look_at_walls(view *v) {
    const double reach = mu_walk_wall_radius(v->body) + v->wall_reach_m;
    const mu_point at = v->body->at;
    const mu_walk_walls walls = mu_walk_walls_at(v->sim->walkable, v->slot->area, at);
    uint32_t count = 0;
    wall_near beside = {0, 0, -1};
    for (uint32_t from = 0; from < walls.count; from += MU_KERNEL_WALLS) {
        measure(v, &walls, from);
        for (uint64_t near = v->measured.within[0]; near != 0; near &= near - 1) {
            const uint32_t k = (uint32_t)__builtin_ctzll(near);
            if (note_wall(v, walls.near[from + k], k) && beside.distance < 0) {
                beside = v->wall[v->wall_count - 1];
            }
        }
    }
    if (beside.distance > 0 && !v->slot->on_stair && is_narrow(v, &walls, &beside)) {
        go_in_file(v);
    }
    bool found = v->noted_count > 0;
    const uint32_t *mouths = mu_mouths_near(v->scratch, v->slot->area, at, &count);
    for (uint32_t k = 0; k < count && !found; k++) {
        const mu_mouth *m = &v->scratch->mouths[mouths[k]];
        const double depth = mu_mouth_depth(m, at), across = mu_mouth_across(m, at);
        found = depth > -1 && depth < reach && across > -reach && across < m->width_m + reach;
    }
    if (found && v->noted_count <= WALLS_MOST) {
        mu_walk_note(v->room, v->me, v->noted, v->noted_count, count > 0,
                     (float)sqrt(v->least_off));
    }
    return found;
}

/* Whoever has been held up for long tries the other side from time to time, and minds less and less
 * how close the others are who would turn them aside: between bodies that touch these would decide
 * alone, and keep people where they are. */
static float restless(const view *v, float turn) {
    const uint32_t held = v->body->held_ms;
    turn = mu_lessf(mu_moref(turn, -MU_WALK_TURN_MOST), MU_WALK_TURN_MOST);
    if (held < 2 * MU_WALK_PATIENCE_MS) {
        return turn;
    }
    mu_stream stream;
    mu_sim_stream(v->sim, &stream, MU_PURPOSE_CHOICE, v->sim->people->list.items[v->person].hash,
                  MU_CHOICE_SIDE + held / MU_WALK_PATIENCE_MS);
    return turn * (1 - (float)mu_walk_pressed(v->body)) +
           (float)(mu_stream_uniform(&stream) - 0.5) * 2 * MU_WALK_TURN_MOST;
}

/* Takes from a direction what leads into walls that are near. */
static arrow along_walls(const view *v, arrow e) {
    const float reach = (float)(MU_WALK_WALL * mu_walk_wall_radius(v->body) + MU_WALK_WALL_NEAR_M);
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

/* How hard somebody who has been held up for long presses on, whatever is in front. */
static float creep(const view *v, float free_mps) {
    return MU_WALK_CREEP * (float)mu_walk_pressed(v->body) * free_mps;
}

/* Whoever is near walls may come to a gate unless it is known that there is none. */
static bool may_come_to_gate(const view *v) {
    const uint32_t *noted = mu_walk_noted(v->room, v->me);
    return noted == NULL || (noted[0] & MU_WALK_GATES_BIT) != 0;
}

/* The heading goes along walls that are near; others see it so, too. */
static void keep_to_walls(view *v) {
    mu_walk_room *room = v->room;
    const uint32_t i = v->me;
    v->wall_count = v->noted_count = 0;
    v->least_off = INFINITY;
    if (!look_at_walls(v)) {
        room->tag[i] ^= MU_WALKER_WALLED;
    } else if (may_come_to_gate(v)) {
        room->tag[i] |= MU_WALKER_DUE;
    }
    if (v->wall_count > 0) {
        const arrow freed = along_walls(v, (arrow){room->walkers[i].ex, room->walkers[i].ey});
        if (freed.x * freed.x + freed.y * freed.y > 1e-12F) {
            const arrow e = unit(freed.x, freed.y);
            room->walkers[i].ex = e.x;
            room->walkers[i].ey = e.y;
        }
    }
}

/* Those of the slot who have been held up for long press on and look for a way (mu_kernel.take). */
static void set_restless(view *v) {
    const mu_walk_room *room = v->room;
    for (uint32_t i = v->slot->first; i < v->slot->end; i++) {
        if ((room->tag[i] & MU_WALKER_HELD) != 0) {
            v->me = i;
            enter(v);
            room->least[i] = creep(v, room->speed[i]);
            room->turn[i] = restless(v, room->turned[i]);
        }
    }
}

/* One alone, near images or in a great crowd. */
static void choose_walk(view *v) {
    const mu_kernel_eye eye = mu_kernel_eye_of(&v->crowd, v->me);
    look_around(v, &eye);
    const mu_kernel_answer answer = v->room->kernel->judge(&v->near, &v->crowd, &eye);
    mu_kernel_tell(&v->answers, v->me, &answer, v->near.count);
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

/* An image, or somebody who stands with nobody about: does nothing and is moved by nobody's leave.
 */
static void skip(view *v) {
    mu_walk_room *room = v->room;
    const uint32_t i = v->me;
    room->mx[i] = room->my[i] = 0;
    room->contact_first[i + 1] = room->contact_first[i];
}

/* Those who stand step aside for those who come their way; with nobody near who walks they are left
 * alone, even if they overlap. */
static void choose_rest(view *v) {
    mu_walk_room *room = v->room;
    const uint32_t i = v->me;
    const mu_kernel_view *near = &v->near;
    look_around(v, &(mu_kernel_eye){.me = i});
    int32_t away_x = 0, away_y = 0;
    bool passed = false;
    for (uint32_t k = 0; k < near->count; k++) {
        const mu_walker *other = &room->walkers[near->found[k]];
        const float ex = other->ex, ey = other->ey;
        const float dx = other->x - room->x[i], dy = other->y - room->y[i];
        const float ahead = -(ex * dx + ey * dy); /* of the walker is this one */
        const float left = ey * dx - ex * dy;     /* and so far to the left */
        const float touch = v->radius + other->radius;
        if (other->stands > 0) {
            continue;
        }
        passed = true;
        if (ahead > 0 && ahead < touch + MU_WALK_ASIDE_M && fabsf(left) < touch + 0.1F) {
            const bool coin = (v->sim->people->list.items[v->person].hash & 1U) != 0;
            /* In the middle of the way always to the same side, or one would go to and fro. */
            const bool to_left = left > MU_WALK_TIE_M || (left >= -MU_WALK_TIE_M && coin);
            const float side = to_left ? ASIDE_UNIT : -ASIDE_UNIT;
            away_x -= (int32_t)(side * ey);
            away_y += (int32_t)(side * ex);
        }
    }
    if (!passed) {
        skip(v);
        return;
    }
    const arrow out = out_of_the_door(v);
    const arrow away = unit((float)away_x / ASIDE_UNIT + out.x, (float)away_y / ASIDE_UNIT + out.y);
    room->mx[i] = away.x * (float)(MU_WALK_ASIDE_MPS * v->step_s);
    room->my[i] = away.y * (float)(MU_WALK_ASIDE_MPS * v->step_s);
}

static void choose(view *v) {
    mu_walk_room *room = v->room;
    const uint32_t tag = room->tag[v->me];
    if ((tag & MU_WALKER_IMAGE) != 0 ||
        ((tag & MU_WALKER_STANDS) != 0 && (v->holds & MU_CELL_WALKER) == 0)) {
        skip(v);
        return;
    }
    enter(v);
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
    v->ring.first[k] = v->room->cell_first[first + west];
    v->ring.end[k] = v->room->cell_first[first + east + 1];
    if (slot->mixed) { /* two or three cells at once */
        uint32_t holds;
        memcpy(&holds, v->room->cell_holds + first + west, sizeof holds);
        holds &= east - west == 2 ? CELLS_THREE : east - west == 1 ? CELLS_TWO : CELLS_ONE;
        v->holds |= holds | holds >> 8 | holds >> 16;
    }
}

/* Those who have looked about together are answered. */
static void decide(view *v) {
    v->room->kernel->decide(&v->batch, &v->crowd, &v->answers);
    v->batch.count = v->batch.used = 0;
}

/* Walkers in a ring without images. */
static void choose_together(view *v, uint32_t first, uint32_t end) {
    while (first < end) {
        if (!mu_kernel_has_room(&v->batch, v->ring.count)) {
            decide(v);
        }
        first = v->room->kernel->seek(&v->batch, &v->ring, &v->crowd, &v->contacts, first, end);
    }
}

/* Up to where those from `first` on all walk. */
static uint32_t end_of_walkers(const view *v, uint32_t first, uint32_t end) {
    while (first < end && (v->room->tag[first] & (MU_WALKER_STANDS | MU_WALKER_IMAGE)) == 0) {
        first++;
    }
    return first;
}

/* Those of a cell; what the runs of its ring hold is known. */
static void choose_from(view *v, uint32_t first, uint32_t end, bool all_walk) {
    const bool together =
        (v->holds & MU_CELL_IMAGE) == 0 && v->room->kernel->surround(&v->ring, &v->crowd);
    for (uint32_t i = first; i < end;) {
        const uint32_t last = !together ? i : all_walk ? end : end_of_walkers(v, i, end);
        if (last > i) {
            choose_together(v, i, last);
            i = last;
        } else {
            v->me = i++;
            choose(v);
        }
    }
}

static void choose_in_cell(view *v, uint32_t row, uint32_t column) {
    const mu_walk_slot *slot = v->slot;
    const uint32_t cell = slot->first_cell + row * slot->columns + column;
    const uint32_t first = v->room->cell_first[cell], end = v->room->cell_first[cell + 1];
    if (first == end) {
        return;
    }
    v->holds = slot->mixed ? 0 : MU_CELL_WALKER;
    for (int k = 0; k < 3; k++) {
        v->ring.first[k] = v->ring.end[k] = 0;
        if ((k > 0 || row > 0) && (k < 2 || row + 1 < slot->rows)) {
            set_run(v, k, row + (uint32_t)k - 1, column);
        }
    }
    choose_from(v, first, end, !slot->mixed || (v->room->cell_holds[cell] & MU_CELL_OTHER) == 0);
}

static void choose_in_cells(view *v) {
    const mu_walk_slot *slot = v->slot;
    for (uint32_t row = 0; row < slot->rows; row++) {
        const uint32_t *first = &v->room->cell_first[slot->first_cell + row * slot->columns];
        if (first[0] == first[slot->columns]) {
            continue; /* nobody in the whole row */
        }
        for (uint32_t column = 0; column < slot->columns; column++) {
            choose_in_cell(v, row, column);
        }
    }
}

/* What the patches of a sparse slot hold. */
static void set_holds(const view *v) {
    mu_walk_patch *patches = v->room->patches;
    for (uint32_t p = v->slot->first_patch; p < v->slot->end_patch; p++) {
        patches[p].holds = 0;
        for (uint32_t i = patches[p].first; i < patches[p + 1].first; i++) {
            const uint32_t tag = v->room->tag[i];
            patches[p].holds |= (tag & MU_WALKER_STANDS) != 0 ? MU_CELL_OTHER : MU_CELL_WALKER;
            patches[p].holds |= (tag & MU_WALKER_IMAGE) != 0 ? MU_CELL_IMAGE | MU_CELL_OTHER : 0;
        }
    }
}

/* From patch to patch, with the ends of the three runs around it, which only move on. */
static void choose_in_patches(view *v) {
    const mu_walk_slot *slot = v->slot;
    const mu_walk_patch *patches = v->room->patches;
    uint32_t from[3] = {slot->first_patch, slot->first_patch, slot->first_patch};
    uint32_t to[3] = {slot->first_patch, slot->first_patch, slot->first_patch};
    if (slot->mixed) {
        set_holds(v);
    }
    for (uint32_t p = slot->first_patch; p < slot->end_patch; p++) {
        v->holds = slot->mixed ? 0 : MU_CELL_WALKER;
        for (uint32_t k = 0; k < 3; k++) {
            const uint32_t amid = patches[p].key + k * MU_PATCH_ROW - MU_PATCH_ROW;
            while (patches[from[k]].key < amid - 1) {
                from[k]++;
            }
            while (patches[to[k]].key <= amid + 1) {
                to[k]++;
            }
            v->ring.first[k] = patches[from[k]].first;
            v->ring.end[k] = patches[to[k]].first;
            for (uint32_t n = from[k]; slot->mixed && n < to[k]; n++) {
                v->holds |= patches[n].holds;
            }
        }
        choose_from(v, patches[p].first, patches[p + 1].first,
                    (patches[p].holds & MU_CELL_OTHER) == 0);
    }
}

/* Everyone in the slot who walks and may be near a wall. */
static void look_for_walls(view *v) {
    const uint32_t *walled = v->room->walled, *who = v->room->who;
    const uint32_t end = v->slot->walled_end;
    for (uint32_t n = v->slot->walled; n < end; n++) {
        const uint32_t ahead = n + MU_WALK_AHEAD < end ? n + MU_WALK_AHEAD : n;
        mu_walk_fetch(v->bodies, who[walled[ahead]]);
        v->me = walled[n];
        enter(v);
        keep_to_walls(v);
    }
}

static mu_kernel_crowd crowd_of(const mu_walk_room *room, double step_s) {
    return (mu_kernel_crowd){.packing = &room->packing,
                             .walkers = room->walkers,
                             .x = room->x,
                             .y = room->y,
                             .wx = room->wx,
                             .wy = room->wy,
                             .speed = room->speed,
                             .cutoff_m = MU_WALK_CUTOFF_M,
                             .core = MU_WALK_CORE,
                             .reach_m = (float)(2 * MU_WALK_USUAL_MPS * step_s)};
}

void mu_walk_choose(mu_sim *sim, double step_s) {
    mu_walk_room *room = sim->scratch->walk;
    view v = {.sim = sim,
              .scratch = sim->scratch,
              .room = room,
              .bodies = mu_bodies(sim),
              .step_s = step_s,
              .wall_reach_m = MU_WALK_WALL_NEAR_M + MU_WALK_FASTEST_MPS * step_s,
              .crowd = crowd_of(room, step_s),
              .contacts = {room->contact_first, room->contacts, 0, MU_WALK_CONTACTS},
              .answers = {room->turned, room->least, room->told}};
    mu_kernel_taking taking = {.answers = v.answers,
                               .tag = room->tag,
                               .hindered = MU_WALKER_HINDERED,
                               .met = MU_WALKER_MET,
                               .others = MU_WALKER_STANDS | MU_WALKER_IMAGE,
                               .ahead = room->ahead,
                               .turn = room->turn,
                               .speed = room->speed};
    const mu_kernel_pace pace = {.step_s = (float)step_s,
                                 .tag = room->tag,
                                 .others = MU_WALKER_STANDS | MU_WALKER_IMAGE,
                                 .ahead = room->ahead,
                                 .least = room->least,
                                 .speed = room->speed,
                                 .mx = room->mx,
                                 .my = room->my};
    room->contact_first[0] = room->noted = 0;
    for (uint32_t s = 0; s < room->slot_count; s++) {
        v.slot = &room->slots[s];
        v.crowd.widest_m = v.slot->widest;
        mu_walk_begin_notes(room, v.slot->first);
        look_for_walls(&v);
        v.contacts.room = room->contact_room - room->noted;
        if (v.slot->per_patch > 0) {
            choose_in_patches(&v);
        } else {
            choose_in_cells(&v);
        }
        decide(&v);
        taking.on_stair = v.slot->on_stair;
        room->kernel->take(&taking, v.slot->first, v.slot->end);
        if (v.slot->held) {
            set_restless(&v);
        }
        room->kernel->pace(&pace, &v.crowd, v.slot->first, v.slot->end);
    }
}
