/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells on standard error how far a study is, from a thread of its own. */
#ifndef MUSTER_TOOLS_PROGRESS_H
#define MUSTER_TOOLS_PROGRESS_H

#include "study/replications.h"

typedef struct mu_progress mu_progress;

/* `total` replications. NULL where it cannot be started; the other functions accept that. */
mu_progress *mu_progress_start(uint32_t total);
/* The same of a number that may change on the way, counted elsewhere: with the rate and the time
 * left. Both must outlive it. */
mu_progress *mu_progress_watch(const _Atomic uint32_t *done, const _Atomic uint32_t *total);
/* What the study counts in; NULL for NULL. */
mu_study_progress *mu_progress_counter(mu_progress *progress);
/* Waits for the thread and frees everything. */
void mu_progress_stop(mu_progress *progress);

#endif
