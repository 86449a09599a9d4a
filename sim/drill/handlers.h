/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one table from kinds of events to what happens next. */
#ifndef MU_DRILL_HANDLERS_H
#define MU_DRILL_HANDLERS_H

#include "core/sim.h"

typedef void (*mu_handler)(mu_sim *sim, const mu_event *event);
mu_handler mu_handler_of(mu_event_kind kind);
/* Must the run wait for events of this kind? Routine work and patrols go on for ever. */
int mu_event_is_essential(mu_event_kind kind);

#endif
