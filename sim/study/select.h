/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choosing the best of several arms: those that fall behind play no more, and all stop once the
 * best is known to be the best, or within the indifference zone of it, in 95 of 100 studies. */
#ifndef MU_STUDY_SELECT_H
#define MU_STUDY_SELECT_H

#include "study/store.h"

/* Lowers runs[cell] to `count` for the arms that are dropped after their first `count` runs, by
 * clauses missed. The first arm, with which they are compared, is no candidate and plays on. */
MU_MUST_USE mu_status mu_select_look(const mu_study_plan *study, mu_store *store, uint32_t count,
                                     uint32_t *runs, mu_diags *diags);

#endif
