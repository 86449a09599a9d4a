/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Acts of a tabletop, carried out in the world. */
#ifndef MU_RESPONSE_ACT_H
#define MU_RESPONSE_ACT_H

#include <stdbool.h>

#include "core/sim.h"
#include "muster/act.h"

/* Could it change anything now? */
bool mu_act_is_possible(const mu_sim *sim, const mu_act *act);
/* Puts it into the queue, to be handled next. Every event up to its time must have been handled. */
void mu_act_schedule(mu_sim *sim, const mu_act *act);

/* Handler; subject: kind, argument: what and by how much. */
void mu_act_on_due(mu_sim *sim, const mu_event *event);

#endif
