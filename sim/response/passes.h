/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work passes tell staff from strangers. Whoever has the task looks at those in the same space who
 * wear none and speaks to them, one after the other: so a stranger is found sooner the fewer of the
 * staff have left their passes behind, and not at all by somebody who is busy. Being asked keeps
 * the stranger for a while. */
#ifndef MU_RESPONSE_PASSES_H
#define MU_RESPONSE_PASSES_H

#include "response/response.h"

/* Something was written: has the intruder come into somebody's view? */
void mu_passes_hear(mu_sim *sim, uint32_t record);
/* Does this occupant wear a pass, or a visitor's badge? */
bool mu_pass_is_worn(const mu_sim *sim, uint32_t person);

/* Handler. Subject: who has come to the stranger among those to be asked, or turns away from the
 * last; argument: the space, and whether they ask. */
void mu_passes_on_asked(mu_sim *sim, const mu_event *event);

#endif
