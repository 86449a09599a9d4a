/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desks of the control room when their air drives people out. Whoever has left a desk takes no
 * call, looks at no alarm and does no step until they have taken over a reserve desk of the site,
 * or are back at their own. */
#ifndef MU_RESPONSE_DESK_H
#define MU_RESPONSE_DESK_H

#include "response/response.h"

/* Is this one of those who look at alarms, with a desk of their own? */
bool mu_desk_has(const mu_sim *sim, uint32_t person);
/* Do they sit where they can work? True of everybody who needs no desk. */
bool mu_desk_serves(const mu_sim *sim, uint32_t person);
/* Are they on the way to one, or logging on? */
bool mu_desk_comes(const mu_sim *sim, uint32_t person);
/* The air drives them out: what they are at is broken off, and somebody else has to do it. */
void mu_desk_leave(mu_sim *sim, uint32_t person);
/* Their walk is over. True: it was to a desk, or `fails` and there is no way to it. */
bool mu_desk_arrived(mu_sim *sim, uint32_t person, bool fails);
/* What somebody was kept by whom a request had to wait for until now: the room that they were
 * driven from, if they were away from a desk for most of the time, else `held_by`. */
mu_handle mu_desk_held_by(const mu_sim *sim, uint32_t person, uint32_t request, mu_handle held_by);
/* The air may be clear again, or everything over. */
void mu_desk_hear(mu_sim *sim, uint32_t record);

/* Handler; subject: person who has logged on. */
void mu_desk_on_ready(mu_sim *sim, const mu_event *event);

#endif
