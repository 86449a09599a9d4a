/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inner loops of the walk model: of runs of walkers, those who are near one and not behind; and
 * what these do to the one's direction and speed. Several at a time and without branches, which
 * depend on luck here and would cost more than the arithmetic.
 *
 * There are two builds of them, with four lanes for any processor and with eight for those that
 * have AVX2; both do the same arithmetic on each pair of walkers, and what is added up is added in
 * whole numbers, so they give the same bits. */
#ifndef MU_CROWD_WALK_KERNEL_H
#define MU_CROWD_WALK_KERNEL_H

#include <stdbool.h>
#include <stdint.h>

#include "site/steer.h"

#define MU_KERNEL_MOST                                                                             \
    160U /* rooms in a list, including what a vector may write beyond its last                     \
          */
#define MU_KERNEL_PADDING 16U  /* walkers that a vector may read beyond the last */
#define MU_KERNEL_RING    256U /* walkers around a cell that are searched side by side */

/* What neighbours see of a walker; lengths are metres from the low corner of the area. */
typedef struct mu_walker {
    float x, y, vx, vy;
    float ex, ey; /* heading */
    float radius;
    float stands; /* 1, or 0 */
} mu_walker;

/* For each set of eight lanes, the numbers of those in it: what packs them side by side. */
typedef struct mu_kernel_packing {
    uint8_t lane[256][8];
    uint8_t count[256];
} mu_kernel_packing;
void mu_kernel_make_packing(mu_kernel_packing *out);

/* Whom each walker could touch in a step, others than itself: a list for each, one after the other.
 * Where there is no room left, none are noted. Whole vectors are written: behind the room there are
 * MU_KERNEL_PADDING more. */
typedef struct mu_kernel_contacts {
    uint32_t *first; /* walkers + 1: into the list */
    uint32_t *list;
    uint32_t room, most; /* in the list; for each, more than 16 */
} mu_kernel_contacts;

/* All walkers, and what is the same for each who looks. */
typedef struct mu_kernel_crowd {
    const mu_kernel_packing *packing;
    const mu_walker *walkers;
    const float *x, *y;   /* again, packed for the search */
    const float *wx, *wy; /* unit vectors: where each would go if alone, or 0 */
    const float *speed;   /* then */
    float cutoff_m;
    float core, widest_m, reach_m; /* that part of the radii, and so much more, is a contact */
} mu_kernel_crowd;

/* The walkers in a cell and around it, side by side. */
typedef struct mu_kernel_ring {
    uint32_t first[3], end[3]; /* the runs of walkers among whom all are who may be near */
    uint32_t count;
    uint32_t who[MU_KERNEL_RING + MU_KERNEL_PADDING];
    float x[MU_KERNEL_RING + MU_KERNEL_PADDING], y[MU_KERNEL_RING + MU_KERNEL_PADDING];
} mu_kernel_ring;

/* Who looks, and which way. */
typedef struct mu_kernel_eye {
    uint32_t me;
    float bx, by; /* who is behind this direction does not matter */
    float wx, wy; /* unit vector: the way that one would go */
    float ex, ey; /* and the one that one is going now */
    float free_mps;
} mu_kernel_eye;
/* Of one who walks. */
static inline mu_kernel_eye mu_kernel_eye_of(const mu_kernel_crowd *crowd, uint32_t me) {
    const float wx = crowd->wx[me], wy = crowd->wy[me], ex = crowd->walkers[me].ex,
                ey = crowd->walkers[me].ey;
    return (mu_kernel_eye){.me = me,
                           .bx = wx + ex,
                           .by = wy + ey,
                           .wx = wx,
                           .wy = wy,
                           .ex = ex,
                           .ey = ey,
                           .free_mps = crowd->speed[me]};
}

/* Those who are near. */
typedef struct mu_kernel_view {
    uint32_t count;
    uint32_t found[MU_KERNEL_MOST];
} mu_kernel_view;

/* Who is in one's way: somebody who goes the same way; somebody else, close by; and whether
 * anybody comes the other way. */
enum { MU_TOLD_FOLLOWED = 1, MU_TOLD_OPPOSED = 2, MU_TOLD_MET = 4, MU_TOLD_NEAR_AT = 3 };

/* What neighbours make of one's way. */
typedef struct mu_kernel_answer {
    float turn;    /* how strongly they turn one aside: a tangent, positive to the left */
    float room_m;  /* how far one can go along the heading, at most as far as matters */
    uint32_t told; /* MU_TOLD_… */
} mu_kernel_answer;

/* The answers to all, one a walker; in `told`, from bit MU_TOLD_NEAR_AT on, how many are near. */
typedef struct mu_kernel_answers {
    float *turn, *room_m;
    uint32_t *told;
} mu_kernel_answers;
static inline void mu_kernel_tell(const mu_kernel_answers *all, uint32_t me,
                                  const mu_kernel_answer *answer, uint32_t near) {
    all->turn[me] = answer->turn;
    all->room_m[me] = answer->room_m;
    all->told[me] = answer->told | near << MU_TOLD_NEAR_AT;
}

/* Some walkers whose neighbours have been found, to be judged at once: lists of those found, one
 * after the other, each with room behind it for what a vector may write. */
#define MU_KERNEL_BATCH 64U
#define MU_KERNEL_FOUND 2048U
typedef struct mu_kernel_batch {
    uint32_t count, used;
    uint32_t me[MU_KERNEL_BATCH];
    uint32_t first[MU_KERNEL_BATCH]; /* into found */
    uint32_t near[MU_KERNEL_BATCH];  /* how many are found */
    uint32_t found[MU_KERNEL_FOUND];
} mu_kernel_batch;
/* Is there room for one more, of so many, in a batch of `count` of whom `used` are found? */
static inline bool mu_kernel_may_take(uint32_t count, uint32_t used, uint32_t around) {
    return count < MU_KERNEL_BATCH && used + around + 2 * MU_KERNEL_PADDING <= MU_KERNEL_FOUND;
}
static inline bool mu_kernel_has_room(const mu_kernel_batch *batch, uint32_t around) {
    return mu_kernel_may_take(batch->count, batch->used, around);
}

/* What walkers are going to do about what they have been answered. */
typedef struct mu_kernel_taking {
    mu_kernel_answers answers;   /* room_m becomes how fast one goes however far one can: 0 */
    uint32_t *tag;               /* gets the bits of who is … */
    uint32_t hindered, met;      /* … held up by others than a queue, and meets somebody */
    uint32_t others;             /* whoever has one of these bits is left out */
    float *ahead, *turn, *speed; /* what share of the way ahead counts, of the turn, and the free
                                    speed; then how far one can go, the turn and the speed */
    bool on_stair;
} mu_kernel_taking;

/* How walkers set off then. */
typedef struct mu_kernel_pace {
    float step_s;
    const uint32_t *tag;
    uint32_t others;            /* whoever has one of these bits is left out */
    const float *ahead, *least; /* how far each can go, and how fast it goes however far */
    float *speed;               /* free; then the one chosen */
    float *mx, *my;             /* by how much each moves */
} mu_kernel_pace;

/* Some walls as seen from a point: the ways there from the nearest point of each, the squares of
 * their lengths, and a bit for each that is within each of two reaches, and whose nearest point is
 * none of its ends. */
#define MU_KERNEL_WALLS 64U
typedef struct mu_kernel_walls {
    double x[MU_KERNEL_WALLS], y[MU_KERNEL_WALLS], square[MU_KERNEL_WALLS];
    uint64_t within[2], beside;
} mu_kernel_walls;

typedef struct mu_kernel {
    /* Lists those of a ring's runs who are within the cut-off, and notes contacts. */
    void (*find)(mu_kernel_view *view, const mu_kernel_ring *ring, const mu_kernel_crowd *crowd,
                 const mu_kernel_eye *eye, const mu_kernel_contacts *contacts);
    /* From the list of those found. */
    mu_kernel_answer (*judge)(mu_kernel_view *view, const mu_kernel_crowd *crowd,
                              const mu_kernel_eye *eye);
    /* Puts the walkers of its runs side by side; false: they are too many. */
    bool (*surround)(mu_kernel_ring *ring, const mu_kernel_crowd *crowd);
    /* Finds for as many as there is room for in a batch of the walkers from `me` up to `end`, who
     * are in the ring's middle run, and notes their contacts. Returns up to whom it came. */
    uint32_t (*seek)(mu_kernel_batch *batch, const mu_kernel_ring *ring,
                     const mu_kernel_crowd *crowd, const mu_kernel_contacts *contacts, uint32_t me,
                     uint32_t end);
    /* Judges for all in a batch. */
    void (*decide)(const mu_kernel_batch *batch, const mu_kernel_crowd *crowd,
                   const mu_kernel_answers *out);
    /* What the walkers from `first` up to `end` make of the answers. */
    void (*take)(const mu_kernel_taking *taking, uint32_t first, uint32_t end);
    /* Lists who of the walkers from `first` up to `end` has, of these bits of its tag, just those;
     * returns how many. Writes whole vectors, never beyond where `end` would be listed. */
    uint32_t (*list)(const mu_kernel_packing *packing, const uint32_t *tag, uint32_t bits,
                     uint32_t just, uint32_t first, uint32_t end, uint32_t *out);
    /* The same of those who have contacts and none of these bits. */
    uint32_t (*list_touching)(const mu_kernel_packing *packing, const uint32_t *tag, uint32_t bits,
                              const uint32_t *contact_first, uint32_t end, uint32_t *out);
    /* Speed and move of the walkers from `first` up to `end`. */
    void (*pace)(const mu_kernel_pace *pace, const mu_kernel_crowd *crowd, uint32_t first,
                 uint32_t end);
    /* The ways, unit vectors, that a field shows `count` walkers at (x, y), and a distance within
     * which there is no wall and no gate of the border, or MU_KERNEL_…. Writes whole vectors. */
    void (*steer)(const mu_steer_grid *grid, uint32_t count, const float *x, const float *y,
                  float *wx, float *wy, float *clear_m);
    /* Turns `count` headings by the share `relax` towards (wx, wy) turned aside by `turn`:
     * the new ones in (nx, ny). */
    void (*head)(uint32_t count, const mu_walker *walkers, const float *wx, const float *wy,
                 const float *turn, float relax, float *nx, float *ny);
    /* Of `count` walls, at most MU_KERNEL_WALLS: a bit for each that is within `reach` of a point,
     * and for each on whose line's other side the way from a point ends that begins on its left. */
    uint64_t (*near_walls)(const mu_wall *walls, const uint32_t *which, uint32_t count, mu_point at,
                           double reach);
    /* The same of two reaches, and how far each of the walls is. */
    void (*measure_walls)(const mu_wall *walls, const uint32_t *which, uint32_t count, mu_point at,
                          const double reach[2], mu_kernel_walls *out);
    uint64_t (*crossed_lines)(const mu_wall *walls, const uint32_t *which, uint32_t count,
                              mu_point from, mu_point to);
} mu_kernel;
/* Less than 0 in place of a distance: the field has to be asked for the exact way; or it may have
 * to be, its words not all being made yet. */
#define MU_KERNEL_ASK     (-1.0F)
#define MU_KERNEL_PREPARE (-2.0F)

extern const mu_kernel mu_kernel_plain, mu_kernel_avx2;
/* The faster one that this processor can run. */
const mu_kernel *mu_kernel_best(void);

#endif
