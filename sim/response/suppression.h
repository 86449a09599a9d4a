/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inert gas against fire that a site lets go off on an intrusion: after its warning time it
 * discharges, whoever is still inside. The log says how many that are. */
#ifndef MU_RESPONSE_SUPPRESSION_H
#define MU_RESPONSE_SUPPRESSION_H

#include "response/response.h"

/* Something was written: does it set one off? An intrusion into what it guards does. */
void mu_suppression_hear(mu_sim *sim, uint32_t record);
void mu_suppression_on_due(mu_sim *sim, const mu_event *event);

#endif
