/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Studies as `muster batch` plays them; `muster fix` does, too. */
#ifndef MUSTER_TOOLS_BATCH_H
#define MUSTER_TOOLS_BATCH_H

#include "study/batch.h"

/* Plays replication `replication` of cell `cell` again, says whether it ends in the state that the
 * results have, and writes the cell's files and the log into `folder`. An exit status. */
int mu_batch_replay(const mu_study_plan *study, const char *results, uint32_t cell,
                    uint32_t replication, const char *folder, mu_diags *diags);

/* mu_batch_watch that does not go on with the results of another study, but takes them away: for
 * files whose study is made by the program and may be another one each time. */
MU_MUST_USE mu_status mu_batch_watch_anew(const mu_store_origin *origin, const char *results,
                                          uint32_t jobs, bool quiet, mu_batch_end *end,
                                          mu_diags *diags);

/* mu_batch_run that tells how far it is unless `quiet`, makes runs safe once a second, and stops in
 * good order at SIGINT and SIGTERM. */
MU_MUST_USE mu_status mu_batch_watch(const mu_store_origin *origin, const char *results,
                                     uint32_t jobs, bool quiet, mu_batch_end *end, mu_diags *diags);

#endif
