/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside the walk model: its parameters, its arrays, and its three phases. A step first gathers
 * those who matter (everyone in an area where somebody walks or is about to enter) into one array
 * sorted by area and cell; then everyone chooses a direction and a speed from where all stood at
 * the start of the step; then bodies that touch and bodies at walls are set apart. Each phase reads
 * only what the one before has finished, so the order of persons has no influence. */
#ifndef MU_CROWD_WALK_H
#define MU_CROWD_WALK_H

#include "crowd/motion.h"
#include "crowd/scratch.h"

/* Parameters. CSM: Tordeux, Chraibi & Seyfried 2016, 'Collision-free speed model for pedestrian
 * dynamics'. AVM: Xu, Chraibi & Seyfried 2021, 'Anticipation in a velocity-based model for
 * pedestrian dynamics', Transp. Res. C 133:103464. */
#define MU_WALK_STEP_S      0.05
#define MU_WALK_CUTOFF_M    1.4 /* bodies further away than this do not matter */
#define MU_WALK_TIME_GAP_S  0.5 /* T of V(s) = s / T; provisional */
#define MU_WALK_REACTION_S  0.3 /* AVM: to turn to a new direction */
#define MU_WALK_FORESIGHT_S 0.5 /* AVM: how far ahead gaps are anticipated; 1 s there */
#define MU_WALK_AVOID       8.0 /* AVM: strength of avoiding one that is about to be touched */
#define MU_WALK_AVOID_M     0.5 /* range; k (1 - s / range)^4 in place of k exp(-s / 0.1 m) */
#define MU_WALK_OVERTAKE                                                                           \
    5U /* with no more than these in front, gaps are anticipated at the free                       \
          speed, so that who is faster passes; else at one's own */
#define MU_WALK_TURN_MOST   2.0 /* tangent of the most that neighbours turn one aside: 63 degrees */
#define MU_WALK_CORE        0.85 /* of the radius: bodies nearer than this are set apart */
#define MU_WALK_WALL        0.90 /* of the radius: what stays clear of walls */
#define MU_WALK_WALL_NEAR_M 0.10 /* further than that: where one begins to turn along a wall */
#define MU_WALK_ASIDE_MPS   0.5  /* of those who stand and are asked to step aside */
#define MU_WALK_ASIDE_M     1.0  /* from how far they are */
#define MU_WALK_FASTEST_MPS 2.4  /* of any displacement, pushing included */
#define MU_WALK_PATIENCE    20U  /* steps without progress before one begins to squeeze through */
#define MU_WALK_PRESSED     100U /* steps after which one makes oneself as narrow as can be */
#define MU_WALK_CREEP       0.3  /* of the free speed: how hard one presses on then */
#define MU_WALK_NARROWEST   0.62 /* of the radius: 0.14 m, half a body's depth (Fruin 1971) */

/* How far over a gate's line somebody may be who has not been passed on yet. */
#define MU_WALK_SILL_M 0.15
/* Occasions of MU_PURPOSE_CHOICE: the place where a walk ends; sides that are tried. */
#define MU_CHOICE_PLACE 0U
#define MU_CHOICE_SIDE  16U

#define MU_WALK_CONTACTS 24U /* bodies that can be touched in one step */

/* One body as its neighbours see it: a real one, or the image of one beyond a gate. */
typedef struct mu_walker {
    double x, y;
    double vx, vy;
    float ex, ey;    /* heading */
    float radius;    /* now: squeezed */
    uint32_t stands; /* 1 = resting */
    uint32_t stream; /* mouth headed for, or MU_NONE */
    uint32_t person;
    uint32_t real; /* of an image: the one it is of; else itself */
    uint32_t via;  /* of an image: the mouth it is seen through; else MU_NONE */
} mu_walker;
_Static_assert(sizeof(mu_walker) == 64, "one neighbour is one line of the cache");

/* Three runs of walkers: the cells around one, row by row. */
typedef struct mu_walk_window {
    uint32_t from[3], to[3];
} mu_walk_window;

/* What one has decided to do in this step. */
typedef struct mu_stride {
    mu_point wanted;  /* where one would go if alone: unit vector, or 0 */
    mu_point heading; /* where one goes */
    double speed_mps;
    uint32_t hindered; /* 1 = held up by somebody who does not go the same way, or by nothing */
    uint32_t contacts;
    uint32_t walled; /* 1 = a wall is so near that it may matter in this step */
    uint32_t gated;  /* 1 = a gate is */
} mu_stride;

typedef struct mu_walk_room {
    uint32_t *areas; /* that matter in this step, ascending */
    uint32_t *start; /* area_count + 1: their walkers */
    uint32_t area_count;
    uint32_t *slot_of; /* per area: its place in `areas`, or MU_NONE */

    uint32_t count, capacity; /* of walkers */
    mu_walker *who;
    mu_point *at; /* where they are: again, packed for the search */
    mu_walk_window *window;
    mu_stride *stride;
    mu_point *next;    /* where they will stand */
    mu_point *shift;   /* by which they are set apart */
    uint32_t *contact; /* MU_WALK_CONTACTS each */

    /* For sorting. */
    mu_walker *raw;
    uint32_t *slot, *order, *other, *column;
    uint32_t *by_column, *by_row;
    uint32_t *place_of; /* per person: the walker */
} mu_walk_room;

static inline double mu_less(double a, double b) {
    return a < b ? a : b;
}
static inline double mu_more(double a, double b) {
    return a > b ? a : b;
}
/* part / whole, kept within 0 and 1; 0 of nothing. */
static inline double mu_walk_share(double part, double whole) {
    return !(part > 0) || whole <= 0 ? 0 : part >= whole ? 1 : part / whole;
}

mu_walk_room *mu_walk_room_create(const mu_walkable *walkable, uint32_t people_count);
size_t mu_walk_room_bytes(const mu_walk_room *room);
void mu_walk_room_destroy(mu_walk_room *room);

/* The phases. Gathering fails only where there is no memory. */
bool mu_walk_gather(mu_sim *sim);
void mu_walk_choose(mu_sim *sim, double step_s);
void mu_walk_settle(mu_sim *sim, double step_s);

/* The radius of a body that has been held up for so long. */
double mu_walk_radius(const mu_body *body);
/* Can a walker see an image through the gate between them? */
static inline bool mu_walk_sees(const mu_crowd_scratch *scratch, const mu_walker *me,
                                const mu_walker *image) {
    const mu_mouth *m = &scratch->mouths[image->via];
    const mu_point here = {me->x, me->y}, there = {image->x, image->y};
    double in = mu_mouth_depth(m, here), out = -mu_mouth_depth(m, there);
    if (in < -MU_WALK_SILL_M || out < -MU_WALK_SILL_M) {
        return false; /* behind a gate that stands free */
    }
    in = in > 0 ? in + 1e-9 : 1e-9;
    out = out > 0 ? out + 1e-9 : 1e-9;
    const double across =
        (mu_mouth_across(m, here) * out + mu_mouth_across(m, there) * in) / (in + out);
    return across >= 0 && across <= m->width_m;
}

#endif
