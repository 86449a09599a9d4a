/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From files to findings: load a plan, play it many times, write what came of it.
 *
 *     mu_diags *diags = mu_diags_create();
 *     mu_plan *plan = mu_plan_load("scenarios/head-office/package.json", NULL, diags);
 *     mu_findings *findings;
 *     if (plan != NULL && mu_study_run(plan, 1, 20, 0, NULL, &findings, diags) == MU_OK) {
 *         mu_status written = mu_metrics_write(findings, "my-tool 1.0", "metrics.json", diags);
 *         mu_findings_destroy(findings);
 *     }
 *     mu_plan_destroy(plan);
 *     mu_diags_destroy(diags);
 *
 * Every …_destroy takes NULL as well, and does nothing. Names of files are UTF-8, relative to the
 * folder that the program runs in; files that a file names are relative to that one. */
#ifndef MUSTER_DRILL_H
#define MUSTER_DRILL_H

#include <stdint.h>

#include "muster/diag.h"
#include "muster/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Everything given, read, checked and compiled; immutable, and shared by all runs. */
typedef struct mu_plan mu_plan;
/* What the runs of one incident say. */
typedef struct mu_findings mu_findings;
/* How far a study is, and how it is stopped: for programs within the source
 * (study/replications.h). */
struct mu_study_progress;

/* Reads the incident file and every file that it names, checks all of them together, compiles.
 * `policy` replaces the incident's policy file where it is not NULL. NULL on any error: see diags. */
mu_plan *mu_plan_load(const char *incident, const char *policy, mu_diags *diags);
void mu_plan_destroy(mu_plan *plan);

/* Runs replications 0 … reps-1 (at least 1), then those that are typical of a clause once more for
 * their cause chains. The same plan and seed give the same findings, whatever the number of `jobs`
 * (threads; 0 = one per processor; without OpenMP always one). `progress` may be NULL. On failure
 * the first replication that could not go on is named in `diags`. The plan must outlive the
 * findings, which the caller destroys. */
MU_MUST_USE mu_status mu_study_run(const mu_plan *plan, uint64_t seed, uint32_t reps, uint32_t jobs,
                                   struct mu_study_progress *progress, mu_findings **out,
                                   mu_diags *diags);
void mu_findings_destroy(mu_findings *findings);

/* Writes metrics.json, whole or not at all. `program` names who wrote it. */
MU_MUST_USE mu_status mu_metrics_write(const mu_findings *findings, const char *program,
                                       const char *path, mu_diags *diags);

#ifdef __cplusplus
}
#endif
#endif
