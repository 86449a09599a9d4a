/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All runs of a results file as one tidy table: a line per run and measure, and per run and clause.
 */
#ifndef MU_STUDY_RESULTS_CSV_H
#define MU_STUDY_RESULTS_CSV_H

#include "study/store.h"

/* Columns: incident, arm, replication, name, unit, value, verdict. A time that never came is "Inf";
 * what a run says nothing about has no line. RFC 4180, UTF-8. */
MU_MUST_USE mu_status mu_results_csv(mu_store *store, const char *path, mu_diags *diags);

#endif
