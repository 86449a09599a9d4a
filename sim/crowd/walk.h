/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside the walk model: its parameters, its arrays, and its three phases. A step first gathers
 * those who matter (everyone in an area where somebody walks or is about to enter) into arrays
 * sorted by area and cell; then everyone chooses a direction and a speed from where all stood at
 * the start of the step; then bodies that touch and bodies at walls are set apart. Each phase reads
 * only what the one before has finished, and what neighbours add up to is summed in whole numbers,
 * so neither the order of persons nor that of cells has any influence. */
#ifndef MU_CROWD_WALK_H
#define MU_CROWD_WALK_H

#include "crowd/motion.h"
#include "crowd/scratch.h"
#include "crowd/walk_body.h"
#include "crowd/walk_kernel.h"
#include "crowd/walk_numbers.h"

/* How far over a gate's line somebody may be who has not been passed on yet. */
#define MU_WALK_SILL_M 0.15
/* Occasions of MU_PURPOSE_CHOICE: the place where a walk ends; sides that are tried. */
#define MU_CHOICE_PLACE 0U
#define MU_CHOICE_SIDE  16U

#define MU_WALK_CELL_M   ((double)MU_WALK_CUTOFF_M + 0.001) /* side of a cell, at least */
#define MU_WALK_AHEAD    8U  /* by so many: at most MU_KERNEL_PADDING */
#define MU_WALK_CONTACTS 32U /* bodies that one can touch in one step */

/* What is known of a walker. */
enum {
    MU_WALKER_STANDS = 1,
    MU_WALKER_IMAGE = 2,     /* of a body beyond a gate; `who` is the image's index */
    MU_WALKER_HINDERED = 4,  /* held up by somebody who does not go the same way, or by nothing */
    MU_WALKER_WALLED = 8,    /* a wall or a gate is so near that it may matter in this step */
    MU_WALKER_STIRRED = 16,  /* has been moved aside, or one that it touches has */
    MU_WALKER_AT_IMAGE = 64, /* is near one */
    MU_WALKER_DUE = 256,     /* may come to the end or to a gate in this step */
    MU_WALKER_MET = 1024,    /* others come the other way */
    MU_WALKER_HELD = 128,    /* has been held up for longer than patience lasts */
    MU_WALKER_FILE = 2048,   /* in a passage where nobody can walk beside anybody */
    MU_WALKER_NOTE_AT = 12   /* from this bit on: where the walls near it are noted; 0: nowhere */
};

/* What a cell holds. */
enum { MU_CELL_WALKER = 1, MU_CELL_IMAGE = 2, MU_CELL_OTHER = 4 /* an image, or who stands */ };

/* The image of a body beyond an open gate, as those in the gate's other area see it. */
typedef struct mu_walk_image {
    union {
        uint32_t slot;  /* of the area where it is seen */
        uint32_t place; /* once it is entered: the walker that it is there */
    };
    uint32_t mouth;  /* of that area: through which it is seen */
    uint32_t person; /* whose it is */
} mu_walk_image;

/* A cell of a sparse slot in which somebody is, of the least size: that of the search. */
typedef struct mu_walk_patch {
    uint32_t key;   /* row and column (MU_PATCH_ROW) */
    uint32_t first; /* its walkers, up to those of the next one */
    uint32_t holds; /* MU_CELL_… */
} mu_walk_patch;
/* Rows and columns of patches count from 1, so that there is a place on each side of all. */
#define MU_PATCH_ROW UINT32_C(0x10000)

/* One area that matters in this step, and its cells. Those of an area with few people in it are
 * large: such a slot is sparse if enough are in it that a search of them would take long, and its
 * walkers are in the order of its patches. */
typedef struct mu_walk_slot {
    uint32_t area;
    uint32_t first, end; /* its walkers */
    uint32_t first_cell, columns, rows;
    mu_point low;
    float per_cell; /* cells per metre */
    float last_column, last_row;
    float per_patch; /* the same of patches; 0: the slot is not sparse */
    float last_patch_column, last_patch_row;
    uint32_t first_patch, end_patch; /* and one more, in which nobody is */
    uint32_t walled, walled_end;     /* into the room's list */
    bool on_stair;
    bool mixed;   /* some here stand, or are images */
    bool held;    /* some here may be held up for longer than patience lasts */
    float widest; /* largest radius in here */
} mu_walk_slot;

typedef struct mu_walk_room {
    mu_walk_slot *slots; /* by area */
    uint32_t slot_count;
    uint32_t *slot_of; /* per area: its slot, or MU_NONE */

    uint32_t cell_count, cell_room;
    uint32_t *cell_first; /* cells + 1: their walkers, slot by slot, row by row */
    uint8_t *cell_holds;  /* MU_CELL_… */

    bool sparse; /* is any slot? */
    mu_walk_patch *patches;
    uint32_t patch_count, patch_room;
    uint32_t *bins; /* to sort by rows and columns of patches */
    uint32_t bin_room;

    mu_walk_image *images;
    uint32_t image_count, image_room;

    /* The walkers, by slot and cell. Lengths are metres from the slot's low corner: close enough to
     * 0 for single precision to hold a hundredth of a millimetre. */
    uint32_t count, capacity;
    const mu_kernel *kernel;
    mu_kernel_packing packing;
    mu_walker *walkers; /* as others see them */
    float *x, *y;       /* where they are: again, packed for the search */
    float *turn;        /* by how much neighbours turn one aside: a tangent */
    float *wx, *wy;     /* where they would go if alone: unit vector, or 0 */
    union {
        float *mx, *turned; /* by how much they will move; before: the answer to the turn */
    };
    float *my;
    union { /* by how much they are set apart in a round; later the next heading */
        float *sx,
            *ahead; /* before: what share of the way ahead counts; then how far they can go */
    };
    union {
        float *sy, *least; /* before: how far the way is free; then how fast they go whatever is
                              in front */
    };
    float *speed;            /* free; later the one chosen */
    uint32_t *who;           /* person, or image */
    uint32_t *tag;           /* MU_WALKER_… */
    uint32_t *contact_first; /* count + 1: into contacts */
    uint32_t *contacts;
    uint32_t contact_room;
    /* Of the end of contacts, which holds what walls are near those near any: words, at most so
     * many. */
    uint32_t noted, noted_most;

    /* Lists that one phase needs: everyone and their cells before they are sorted; then those who
     * walk near walls, slot by slot; later who was moved aside, and whom that may move. */
    union {
        uint32_t *raw_who, *walled, *moved;
    };
    uint32_t walled_count;
    union {
        uint32_t *raw_cell, *told, *stirred;
    };
    uint32_t people;
    uint32_t *place_of; /* per person: the walker; MU_NONE: none in this step */
} mu_walk_room;

static inline double mu_less(double a, double b) {
    return a < b ? a : b;
}
static inline double mu_more(double a, double b) {
    return a > b ? a : b;
}
static inline float mu_lessf(float a, float b) {
    return a < b ? a : b;
}
static inline float mu_moref(float a, float b) {
    return a > b ? a : b;
}

/* The walls of an area that are near a point; they are asked for by MU_KERNEL_WALLS at a time. */
typedef struct mu_walk_walls {
    const mu_wall *walls;
    const uint32_t *near; /* into walls */
    uint32_t count;
} mu_walk_walls;
static inline mu_walk_walls mu_walk_walls_at(const mu_walkable *walkable, uint32_t area,
                                             mu_point at) {
    mu_walk_walls out = {.walls = mu_area_walls(walkable, area)};
    out.near = mu_area_walls_near(walkable, area, at, &out.count);
    return out;
}
static inline uint32_t mu_walk_walls_some(const mu_walk_walls *w, uint32_t from) {
    return w->count - from < MU_KERNEL_WALLS ? w->count - from : MU_KERNEL_WALLS;
}

/* The walls and gates that somebody may come near to in this step, found once: a word that holds
 * how many walls there are, a bit if there are gates too, and how far the nearest wall is at least;
 * then which of the area's walls they are. */
#define MU_WALK_GATES_BIT UINT32_C(0x80000000)
enum { MU_WALK_NOTED_MOST = 31, MU_WALK_OFF_AT = 5, MU_WALK_OFF_MOST = 0x3ffffff };
#define MU_WALK_OFF_PER_M 1e5F
static inline const uint32_t *mu_walk_noted(const mu_walk_room *room, uint32_t i) {
    const uint32_t at = room->tag[i] >> MU_WALKER_NOTE_AT;
    return at == 0 ? NULL : room->contacts + room->contact_room - at;
}
static inline uint32_t mu_walk_noted_count(const uint32_t *noted) {
    return noted[0] & MU_WALK_NOTED_MOST;
}
static inline float mu_walk_noted_off(const uint32_t *noted) {
    const uint32_t parts = noted[0] >> MU_WALK_OFF_AT & MU_WALK_OFF_MOST;
    return (float)parts * (1 / MU_WALK_OFF_PER_M);
}
/* Lets so many words be noted that those walkers before `first` have their contacts, and most
 * others room for theirs. */
void mu_walk_begin_notes(mu_walk_room *room, uint32_t first);
/* Notes them; not where there is no room. */
void mu_walk_note(mu_walk_room *room, uint32_t i, const uint32_t *walls, uint32_t count, bool gates,
                  float off_m);

mu_walk_room *mu_walk_room_create(const mu_walkable *walkable, uint32_t people_count);
void mu_walk_room_destroy(mu_walk_room *room);
/* Of the arrays that grow with the number of people. */
size_t mu_walk_room_bytes(const mu_walk_room *room);
/* Makes room for so many walkers, as a rule without allocating. */
bool mu_walk_room_reserve(mu_walk_room *room, uint32_t walkers);

/* Makes room for a sparse slot's bins; whose walkers are known, with the keys of their patches in
 * contact_first, it sorts these and lists the patches. Both fail only without memory. */
bool mu_walk_lay_patches(mu_walk_room *room, mu_walk_slot *slot, double width, double height);
bool mu_walk_sort_patches(mu_walk_room *room, mu_walk_slot *slot);

/* The place of a point in a row of cells, by a rounded distance: cells are wider than the cut-off
 * by more than that can be wrong. */
static inline uint32_t mu_walk_cell_along(float metres, float per_cell, float last) {
    const float at = metres * per_cell, from = at > 0 ? at : 0;
    return (uint32_t)(int32_t)(from < last ? from : last);
}
static inline uint32_t mu_walk_patch_key(const mu_walk_slot *slot, float x, float y) {
    return (mu_walk_cell_along(y, slot->per_patch, slot->last_patch_row) + 1) * MU_PATCH_ROW +
           mu_walk_cell_along(x, slot->per_patch, slot->last_patch_column) + 1;
}

/* The phases. Gathering fails only where there is no memory. */
bool mu_walk_gather(mu_sim *sim, double step_s);
void mu_walk_choose(mu_sim *sim, double step_s);
void mu_walk_settle(mu_sim *sim, double step_s);

/* Fills the arrays for the walkers of a slot, of whom it is known who they are; images by their
 * index, with this bit. */
#define MU_WALK_IMAGE_BIT UINT32_C(0x80000000)
void mu_walk_enter(mu_sim *sim, mu_walk_slot *slot, double step_s);
mu_point mu_walk_image_at(const mu_sim *sim, const mu_walk_image *image);

/* By how much somebody who walks was moved in this step. */
static inline mu_point mu_walk_moved(const mu_crowd_scratch *scratch, uint32_t person) {
    const mu_walk_room *room = scratch->walk;
    const uint32_t i = room->place_of[person];
    return (mu_point){(double)room->mx[i], (double)room->my[i]};
}

/* Asks for a body's memory ahead of its turn: bodies are not in the order of walkers. */
static inline void mu_walk_fetch(const mu_body *bodies, uint32_t person) {
    const char *at = (const char *)bodies + (size_t)person * sizeof *bodies;
    __builtin_prefetch(at);
    __builtin_prefetch(at + 64);
}

/* A point of a slot from metres over its low corner. */
static inline mu_point mu_walk_point(const mu_walk_slot *slot, float x, float y) {
    return (mu_point){slot->low.x + (double)x, slot->low.y + (double)y};
}

#endif
