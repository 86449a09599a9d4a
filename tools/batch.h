/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of `muster batch` share. */
#ifndef MUSTER_TOOLS_BATCH_H
#define MUSTER_TOOLS_BATCH_H

#include "study/batch.h"

/* Plays replication `replication` of cell `cell` again, says whether it ends in the state that the
 * results have, and writes the cell's files and the log into `folder`. An exit status. */
int mu_batch_replay(const mu_study_plan *study, const char *results, uint32_t cell,
                    uint32_t replication, const char *folder, mu_diags *diags);

/* Makes the folder unless it is there; false with errno set. */
bool mu_batch_make_folder(const char *folder);

#endif
