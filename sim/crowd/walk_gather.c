/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who matters in this step, in the order in which the kernel wants them: by area, then by rows and
 * columns of cells at least as wide as the cut-off. The three rows of cells around a walker are
 * then three runs of neighbours. Areas with few people in them get larger cells, never more than a
 * few for each person, whatever the size of the area. Bodies near an open gate are also put, as
 * images, into the area beyond. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/grow.h"
#include "crowd/walk.h"

#define CELL_M     MU_WALK_CELL_M
#define CELLS_EACH 4U
#define CELLS_FREE 256U
#define FEW        64U /* of whom no more may be in a sparse slot: it is no work to look at all */

static bool is_within_reach(const mu_mouth *m, mu_point p) {
    const double reach = (double)MU_WALK_CUTOFF_M;
    const double depth = mu_mouth_depth(m, p), across = mu_mouth_across(m, p);
    return fabs(depth) < reach && across > -reach && across < m->width_m + reach;
}

/* Doubles the room of a list that is full; what it holds is kept. */
static bool grow(mu_walk_room *room) {
    mu_walk_image *grown =
        mu_grow(room->images, room->image_count, &room->image_room, sizeof *grown);
    if (grown == NULL) {
        return false;
    }
    room->images = grown;
    return true;
}

/* An area matters in this step. */
static void mark(mu_walk_room *room, uint32_t area) {
    if (room->slot_of[area] == MU_NONE) {
        room->slot_of[area] = 0;
        room->slots[room->slot_count++] = (mu_walk_slot){.area = area};
    }
}

/* Slots are in the order of areas. A few are put in order, as in most steps of a long run; many are
 * listed again. */
#define SLOTS_FEW 24U
static void order_slots(mu_walk_room *room, uint32_t area_count) {
    if (room->slot_count > SLOTS_FEW) {
        room->slot_count = 0;
        for (uint32_t a = 0; a < area_count; a++) {
            if (room->slot_of[a] != MU_NONE) {
                room->slots[room->slot_count++] = (mu_walk_slot){.area = a};
            }
        }
    }
    for (uint32_t s = 1; s < room->slot_count; s++) {
        const uint32_t area = room->slots[s].area;
        uint32_t at = s;
        for (; at > 0 && room->slots[at - 1].area > area; at--) {
            room->slots[at].area = room->slots[at - 1].area;
        }
        room->slots[at].area = area;
    }
    for (uint32_t s = 0; s < room->slot_count; s++) {
        room->slot_of[room->slots[s].area] = s;
    }
}

/* Notes the images of a body beyond the open gates that it is near; with `marks`, what lies beyond
 * any gate that it is near matters, too, and else must do so already. */
static bool note_images(const mu_sim *sim, mu_walk_room *room, const mu_body *body, uint32_t person,
                        bool marks) {
    const mu_crowd_scratch *scratch = sim->scratch;
    uint32_t count = 0;
    const uint32_t *near = mu_mouths_near(scratch, body->area, body->at, &count);
    for (uint32_t k = 0; k < count; k++) {
        const mu_mouth *m = &scratch->mouths[near[k]];
        if (m->beyond == MU_NONE || !is_within_reach(m, body->at)) {
            continue;
        }
        if (marks) {
            mark(room, m->beyond);
        }
        if (room->slot_of[m->beyond] != MU_NONE && !mu_mouth_is_shut(sim, m)) {
            if (!grow(room)) {
                return false;
            }
            room->images[room->image_count++] = (mu_walk_image){{m->beyond}, near[k] ^ 1U, person};
        }
    }
    return true;
}

/* Where in an area somebody may be near a gate. */
typedef struct doors_box {
    mu_point low, high;
} doors_box;

/* False where nobody can be: asked once for all. */
static bool box_of_doors(const mu_sim *sim, uint32_t area, doors_box *box) {
    const mu_crowd_scratch *scratch = sim->scratch;
    const mu_mouth_grid *grid = &scratch->grids[area];
    const uint32_t *start = &scratch->mouth_start[grid->first];
    if (start[grid->columns * grid->rows] == start[0]) {
        return false;
    }
    *box = (doors_box){{INFINITY, INFINITY}, {-INFINITY, -INFINITY}};
    for (uint32_t k = 0; k < mu_walkable_area(sim->walkable, area)->gate_count; k++) {
        int side = 0;
        const uint32_t gate = mu_area_gate(sim->walkable, area, k, &side);
        const mu_mouth *m = &scratch->mouths[gate * 2 + (uint32_t)side];
        const mu_point b = {m->a.x + m->along.x * m->width_m, m->a.y + m->along.y * m->width_m};
        box->low.x = mu_less(box->low.x, mu_less(m->a.x, b.x) - MU_MOUTH_NEAR_M);
        box->low.y = mu_less(box->low.y, mu_less(m->a.y, b.y) - MU_MOUTH_NEAR_M);
        box->high.x = mu_more(box->high.x, mu_more(m->a.x, b.x) + MU_MOUTH_NEAR_M);
        box->high.y = mu_more(box->high.y, mu_more(m->a.y, b.y) + MU_MOUTH_NEAR_M);
    }
    return true;
}

static inline bool is_in_box(const doors_box *box, mu_point p) {
    return p.x > box->low.x && p.x < box->high.x && p.y > box->low.y && p.y < box->high.y;
}

/* Notes the images of those of an area who walk, or of those who stand. */
static bool note_all_images(const mu_sim *sim, mu_walk_room *room, uint32_t area, bool walk) {
    const mu_crowd_scratch *scratch = sim->scratch;
    const mu_body *bodies = mu_bodies(sim);
    const uint32_t mode = walk ? MU_BODY_WALKING : MU_BODY_RESTING;
    const uint32_t end = scratch->area_first[area + 1];
    doors_box box;
    bool whole = true;
    if (!box_of_doors(sim, area, &box)) {
        return true;
    }
    for (uint32_t k = scratch->area_first[area]; k < end && whole; k++) {
        const mu_body *body = &bodies[scratch->members[k]];
        if (is_in_box(&box, body->at) && body->mode == mode) {
            whole = note_images(sim, room, body, scratch->members[k], walk);
        }
    }
    return whole;
}

/* Finds where somebody walks, what lies beyond the gates that they are near, and the images there
 * of those who walk; then the images of those who stand. */
static bool mark_areas(const mu_sim *sim, mu_walk_room *room) {
    const mu_crowd_scratch *scratch = sim->scratch;
    bool whole = true;
    room->image_count = room->slot_count = 0;
    for (uint32_t a = 0; a < scratch->area_count && whole; a++) {
        const uint32_t members = scratch->area_first[a + 1] - scratch->area_first[a];
        if (members > scratch->area_rests[a]) {
            mark(room, a);
            whole = note_all_images(sim, room, a, true);
        }
    }
    order_slots(room, scratch->area_count);
    for (uint32_t s = 0; s < room->slot_count && whole; s++) {
        const uint32_t area = room->slots[s].area;
        whole = scratch->area_rests[area] == 0 || note_all_images(sim, room, area, false);
    }
    for (uint32_t i = 0; i < room->image_count; i++) {
        room->images[i].slot = room->slot_of[room->images[i].slot];
    }
    return whole;
}

static bool lay_cells(mu_walk_room *room, mu_walk_slot *slot, const mu_area *area) {
    const uint32_t most = CELLS_EACH * (slot->end - slot->first) + CELLS_FREE;
    const double width = area->high.x - area->low.x, height = area->high.y - area->low.y;
    double cell = CELL_M;
    while ((floor(width / cell) + 1) * (floor(height / cell) + 1) > most) {
        cell *= 2;
    }
    slot->low = area->low;
    slot->on_stair = area->stair != MU_NONE;
    slot->per_cell = (float)(1 / cell);
    slot->columns = (uint32_t)(width / cell) + 1;
    slot->rows = (uint32_t)(height / cell) + 1;
    slot->last_column = (float)(slot->columns - 1);
    slot->last_row = (float)(slot->rows - 1);
    slot->first_cell = room->cell_count;
    slot->per_patch = 0;
    if (cell > CELL_M && slot->end - slot->first > FEW &&
        !mu_walk_lay_patches(room, slot, width, height)) {
        return false;
    }
    room->cell_count += slot->columns * slot->rows;
    if (room->cell_count + 2 <= room->cell_room) {
        return true;
    }
    const uint32_t more = 2 * room->cell_count + 1024;
    uint32_t *first = realloc(room->cell_first, more * sizeof *first);
    room->cell_first = first != NULL ? first : room->cell_first;
    uint8_t *stirs = realloc(room->cell_holds, more + sizeof(uint32_t)); /* read by words */
    room->cell_holds = stirs != NULL ? stirs : room->cell_holds;
    room->cell_room = first != NULL && stirs != NULL ? more : room->cell_room;
    return first != NULL && stirs != NULL;
}

/* Sets every slot's walkers and cells; false without memory. */
static bool lay_out(const mu_sim *sim, mu_walk_room *room) {
    const mu_crowd_scratch *scratch = sim->scratch;
    for (uint32_t i = 0; i < room->image_count; i++) {
        room->slots[room->images[i].slot].end++;
    }
    room->count = room->cell_count = 0;
    room->sparse = false;
    for (uint32_t s = 0; s < room->slot_count; s++) {
        mu_walk_slot *slot = &room->slots[s];
        const uint32_t members =
            scratch->area_first[slot->area + 1] - scratch->area_first[slot->area];
        slot->mixed = slot->end > 0 || scratch->area_rests[slot->area] > 0;
        slot->first = room->count;
        room->count += members + slot->end;
        slot->end = room->count;
        if (!lay_cells(room, slot, mu_walkable_area(sim->walkable, slot->area))) {
            return false;
        }
    }
    return mu_walk_room_reserve(room, room->count);
}

static inline uint32_t cell_of(const mu_walk_slot *slot, mu_point at) {
    const float x = (float)(at.x - slot->low.x), y = (float)(at.y - slot->low.y);
    return slot->first_cell +
           mu_walk_cell_along(y, slot->per_cell, slot->last_row) * slot->columns +
           mu_walk_cell_along(x, slot->per_cell, slot->last_column);
}

/* In a sparse slot all are listed for its first cell, and sorted by their patches afterwards: until
 * then their tags hold the keys of these. */
static uint32_t list_by_patch(const mu_walk_room *room, const mu_walk_slot *slot, mu_point at,
                              uint32_t next) {
    room->tag[next] =
        mu_walk_patch_key(slot, (float)(at.x - slot->low.x), (float)(at.y - slot->low.y));
    return slot->first_cell;
}

/* Lists the people of a slot with their cells, and counts these; returns how many are listed. */
static uint32_t list_slot(const mu_sim *sim, const mu_walk_room *room, const mu_walk_slot *slot,
                          uint32_t next) {
    const mu_crowd_scratch *scratch = sim->scratch;
    const mu_body *bodies = mu_bodies(sim);
    const uint32_t *members = scratch->members, end = scratch->area_first[slot->area + 1];
    uint32_t *who = room->raw_who, *cells = room->raw_cell, *counts = room->cell_first + 2;
    const mu_walk_slot at = *slot; /* what is written here is none of it */
    for (uint32_t k = scratch->area_first[at.area]; k < end; k++, next++) {
        const mu_body *body = &bodies[members[k]];
        uint32_t cell = cell_of(&at, body->at);
        if (at.per_patch > 0) {
            cell = list_by_patch(room, &at, body->at, next);
        } else if (at.mixed) {
            const bool walks = body->mode == MU_BODY_WALKING;
            room->cell_holds[cell] |= walks ? MU_CELL_WALKER : MU_CELL_OTHER;
        }
        who[next] = members[k];
        cells[next] = cell;
        counts[cell]++;
    }
    return next;
}

/* Lists everyone with their cell, and counts the cells. */
static void list_raw(const mu_sim *sim, mu_walk_room *room) {
    const mu_body *bodies = mu_bodies(sim);
    uint32_t next = 0;
    memset(room->cell_first, 0, ((size_t)room->cell_count + 2) * sizeof *room->cell_first);
    memset(room->cell_holds, 0, room->cell_count);
    for (uint32_t s = 0; s < room->slot_count; s++) {
        next = list_slot(sim, room, &room->slots[s], next);
    }
    for (uint32_t i = 0; i < room->image_count; i++, next++) {
        const mu_walk_image *image = &room->images[i];
        const mu_walk_slot *slot = &room->slots[image->slot];
        const mu_point at = mu_walk_image_at(sim, image);
        uint32_t cell = cell_of(slot, at);
        room->cell_holds[cell] |= MU_CELL_IMAGE | MU_CELL_OTHER;
        room->cell_holds[cell] |=
            bodies[image->person].mode == MU_BODY_WALKING ? MU_CELL_WALKER : 0;
        if (slot->per_patch > 0) {
            cell = list_by_patch(room, slot, at, next);
        }
        room->raw_who[next] = i | MU_WALK_IMAGE_BIT;
        room->raw_cell[next] = cell;
        room->cell_first[cell + 2]++;
    }
}

/* The walkers of sparse slots are in the order of their patches. */
static bool sort_sparse(mu_walk_room *room) {
    bool whole = true;
    room->patch_count = 0;
    for (uint32_t s = 0; s < room->slot_count && whole; s++) {
        mu_walk_slot *slot = &room->slots[s];
        whole = slot->per_patch <= 0 || mu_walk_sort_patches(room, slot);
    }
    return whole;
}

/* A counting sort; cell_first is one further on while it counts and fills. */
static bool sort_walkers(mu_sim *sim, mu_walk_room *room, double step_s) {
    uint32_t *first = room->cell_first, *who = room->who;
    const uint32_t *raw_who = room->raw_who, *raw_cell = room->raw_cell;
    const uint32_t count = room->count, cells = room->cell_count;
    for (uint32_t c = 2; c < cells + 2; c++) {
        first[c] += first[c - 1];
    }
    for (uint32_t k = 0; k < count; k++) {
        const uint32_t place = first[raw_cell[k] + 1]++;
        who[place] = raw_who[k];
        if (room->sparse) {
            room->contact_first[place] = room->tag[k];
        }
    }
    if (room->sparse && !sort_sparse(room)) {
        return false;
    }
    room->walled_count = 0;
    for (uint32_t s = 0; s < room->slot_count; s++) {
        mu_walk_enter(sim, &room->slots[s], step_s);
    }
    return true;
}

bool mu_walk_gather(mu_sim *sim, double step_s) {
    mu_crowd_scratch *scratch = sim->scratch;
    mu_walk_room *room = scratch->walk;
    mu_scratch_refresh(scratch, sim);
    bool whole = mark_areas(sim, room) && lay_out(sim, room);
    if (whole) {
        list_raw(sim, room);
        whole = sort_walkers(sim, room, step_s);
    }
    for (uint32_t s = 0; s < room->slot_count; s++) {
        room->slot_of[room->slots[s].area] = MU_NONE;
    }
    return whole;
}
