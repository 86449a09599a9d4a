/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which door to the open somebody makes for, and why. Left to themselves people take the door that
 * is nearest by the cost of the way. They may be bound to another: to the one they came in by (Sime
 * 1985: movement toward the familiar), to one that a sign has shown them, to one that others make
 * for (Kinateder, Comunale and Warren 2018: both a familiar door and neighbours who leave draw
 * people), or to their party's. Being bound to a door is routing as if all other doors to the open
 * were closed; whoever finds no way by it any more goes by whichever is nearest. */
#ifndef MU_CROWD_EXITS_H
#define MU_CROWD_EXITS_H

#include "crowd/crowd.h"

/* Why somebody makes for a door to the open: `value` of a CHOSE record. */
typedef enum mu_exit_why {
    MU_EXIT_UNDECIDED, /* has not set out yet */
    MU_EXIT_NEAREST,
    MU_EXIT_CAME_BY, /* came in by it */
    MU_EXIT_SIGN,    /* a sign points to it */
    MU_EXIT_OTHERS,  /* others in sight make for it */
    MU_EXIT_PARTY,   /* the party that they keep together with does */
    MU_EXIT_QUEUE,   /* the queue at another promised to take longer (never in the log) */
    MU_EXIT_GUIDE,   /* a guide leads there */
    MU_EXIT_WHY_COUNT
} mu_exit_why;
/* The word that files use: "nearest", "came_by", "sign", "others", "party", "queue", "guide". */
const char *mu_exit_why_name(mu_exit_why why);

/* What a person believes closed, and if they are bound to a door, all other doors to the open as
 * well; whoever has left a building does not go into another, if there is a way round. `avoid` and
 * `avoid_too`: portals left out of account; MU_NONE. Whoever leaves out the door that they are
 * bound to is not bound. `bound` tells whether they are. */
mu_belief mu_exit_belief(const mu_sim *sim, uint32_t person, const mu_goal *goal, uint32_t avoid,
                         uint32_t avoid_too, bool *bound);

/* The same, not bound to any. */
mu_belief mu_exit_unbound(const mu_sim *sim, uint32_t person, uint32_t avoid, uint32_t avoid_too);

/* Cost of somebody's way to a goal outside by one door to the open; infinite: none that they know. */
double mu_exit_cost(mu_sim *sim, uint32_t person, const mu_goal *goal, uint32_t portal);
/* Somebody is about to choose their first way out: are they bound to the door they came in by? */
void mu_exit_decide(mu_sim *sim, uint32_t person);
/* Looks for guides and signs in their area, from a point of it. */
void mu_exit_look_for_signs(mu_sim *sim, uint32_t person, mu_point from);
/* Binds somebody to a door, writes CHOSE if that is new, and has them choose their way again. False
 * if there is no way by it. */
bool mu_exit_bind(mu_sim *sim, uint32_t person, uint32_t portal, mu_exit_why why, uint32_t cause);

/* The door to the open that somebody's way leads to as they believe now; MU_NONE: none, or they are
 * in the open. */
uint32_t mu_exit_of(mu_sim *sim, uint32_t person);

/* Why they make for that door: what binds them to it, else that it is the nearest that is left. */
mu_exit_why mu_exit_because(const mu_sim *sim, uint32_t person, uint32_t door);

/* A door to the open that somebody could take from where they are. */
typedef struct mu_exit_option {
    uint32_t portal;
    double cost;      /* of the whole way to their goal by it, level metres */
    uint32_t waiting; /* people who head straight for it now */
} mu_exit_option;
/* The cheapest ways out of those they know, at most `most`, the cheapest first; returns how many.
 */
uint32_t mu_exit_options(mu_sim *sim, uint32_t person, mu_exit_option *out, uint32_t most);

/* PERSON_LOOKS: somebody who may follow others looks where those in sight go. */
void mu_crowd_on_looks(mu_sim *sim, const mu_event *event);

#endif
