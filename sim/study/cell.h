/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A cell of a study: one incident with one arm. Cells are numbered incident by incident, arm by arm
 * within each. */
#ifndef MU_STUDY_CELL_H
#define MU_STUDY_CELL_H

#include "drill/plan.h"
#include "study/study.h"

/* The plan of a cell: the incident's files with the arm's settings put in. `near` as in
 * mu_plan_given. NULL with the reason in `diags`: also where a setting leads nowhere. */
mu_plan *mu_cell_load(const mu_study_plan *study, uint32_t incident, uint32_t arm,
                      const mu_plan *near, mu_diags *diags);

/* One hash over everything that the cell's runs depend on: the texts of all its files as changed,
 * and motion. */
uint64_t mu_cell_hash(const mu_plan *plan);

/* Writes the cell's files as changed into `folder` (which exists), with an incident.json that names
 * them: a plan like any other. */
MU_MUST_USE mu_status mu_cell_write(const mu_study_plan *study, uint32_t incident, uint32_t arm,
                                    const char *folder, mu_diags *diags);

#endif
