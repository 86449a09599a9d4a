/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sequential stopping in fixed blocks: after each block the half-widths of the wanted intervals are
 * looked at, and arms that have reached them all play no more. Looking a few times makes an
 * interval cover a little less often than its level says (Law 2015, section 9.4.1); blocks are
 * large to keep that small. */
#ifndef MU_STUDY_STOP_H
#define MU_STUDY_STOP_H

#include "study/store.h"

/* Lowers runs[cell] to `count` for each cell that needs no more than its first `count` runs. The
 * first arm of an incident stops with the last of the others. */
MU_MUST_USE mu_status mu_stop_look(const mu_study_plan *study, mu_store *store, uint32_t count,
                                   uint32_t *runs, mu_diags *diags);

#endif
