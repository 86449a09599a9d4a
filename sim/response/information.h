/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a team knows is as old as what it was told. A report is as of the moment at which it fell
 * due; whoever passes on what they have been told passes on its age with it, and every wait, every
 * line and every talk on the way adds to it. A warning of the intelligence desk is as old as what
 * was reported to it. */
#ifndef MU_RESPONSE_INFORMATION_H
#define MU_RESPONSE_INFORMATION_H

#include "response/response.h"

/* The record of what a message tells, as seen from one on its way; read off the causes. */
uint32_t mu_information_root(const mu_log *log, uint32_t record);
/* A message has been told in full, at a milestone: how old was it? */
void mu_information_arrived(mu_sim *sim, uint32_t step, uint32_t milestone);

/* Can whoever does the step see what it is decided by, now? Else it takes longer. */
double mu_information_factor(const mu_sim *sim, uint32_t step);

#endif
