/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the files of the crowd: whoever changes where or whether a body walks goes through here,
 * so that counts and lists stay right. */
#ifndef MU_CROWD_MINDS_H
#define MU_CROWD_MINDS_H

#include "crowd/crowd.h"

/* To be called after a body's area or mode has changed. */
void mu_body_moved_house(mu_sim *sim, uint32_t person);
/* Handle of the space where somebody is, of the portal on a flight of stairs; 0 if absent. */
mu_handle mu_body_place(const mu_sim *sim, uint32_t person);
/* Changes a body's mode and the counts that go with it. */
void mu_body_set_mode(mu_sim *sim, uint32_t person, mu_body_mode mode);

/* Which doors open for this person, and whether stairs do. */
mu_walker_class mu_mind_class(const mu_sim *sim, uint32_t person);
/* Chooses the next gate or the last point, or gives up where there is no way. */
void mu_mind_choose_way(mu_sim *sim, uint32_t person);
/* The same for somebody who has just come through a gate into their area by this mouth of it.
 * Ways are compared from the middle of the mouth, where the costs are known exactly, so that what
 * was chosen on the other side is gone on with and nobody turns back in a doorway. */
void mu_mind_choose_on(mu_sim *sim, uint32_t person, uint32_t mouth);
/* The next gate from a point of the person's area towards a goal, and the cost of the way, as
 * mu_route_next, with up to two portals left out of account (MU_NONE: none). */
uint32_t mu_mind_next_gate(mu_sim *sim, uint32_t person, const mu_goal *goal,
                           mu_walker_class walker, mu_point from, uint32_t avoid,
                           uint32_t avoid_too, double *cost, mu_point *target);
/* Somebody passes out of this mouth: told once if it is their last door to the open, or the edge of
 * the model. */
void mu_body_note_left(mu_sim *sim, uint32_t person, uint32_t mouth);
/* Somebody has gone off the site. */
void mu_body_leave_site(mu_sim *sim, uint32_t person);
/* Whoever walks stops, and looks where to go from there. */
void mu_mind_look_again(mu_sim *sim, uint32_t person);
/* Who stood still because there was no way looks again, from where they have been taken. */
void mu_mind_try_again(mu_sim *sim, uint32_t person);
/* A walk is over: stands still, and PERSON_ARRIVED is due. `no_way`: 1 = because there is none. */
void mu_mind_end_walk(mu_sim *sim, uint32_t person, uint64_t no_way);

#endif
