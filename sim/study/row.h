/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a run to the row that is kept of it. */
#ifndef MU_STUDY_ROW_H
#define MU_STUDY_ROW_H

#include "study/store.h"

/* Plays one replication of one cell and reads it as a row, but for the number of the cell. `map`
 * has, for each clause of its policy, the clause's number in the results. */
MU_MUST_USE mu_status mu_row_play(const mu_plan *plan, uint64_t seed, uint32_t replication,
                                  const uint32_t *map, mu_run_row *out);

#endif
