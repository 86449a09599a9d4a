/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a study that was cut up for several machines, put together again: the file is then
 * that of the study played in one piece, row for row. */
#ifndef MU_STUDY_MERGE_H
#define MU_STUDY_MERGE_H

#include "study/store.h"

/* All parts of one study, each complete, in any order, into a new file. MU_ERR_INPUT: a part is of
 * another study, not complete, missing or there twice. On failure nothing is left behind. */
MU_MUST_USE mu_status mu_results_merge(const char *const *parts, uint32_t count, const char *path,
                                       mu_diags *diags);

#endif
