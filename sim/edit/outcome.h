/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was tried last. */
#ifndef MU_EDIT_OUTCOME_H
#define MU_EDIT_OUTCOME_H

#include "edit/project.h"

typedef struct mu_outcomes {
    mu_arena *preview_arena, *run_arena;
    mu_preview preview;
    mu_outcome outcome;
} mu_outcomes;

/* The project's; made when it is first asked for. NULL without memory. */
mu_outcomes *mu_project_outcomes(mu_project *project);
void mu_outcomes_destroy(mu_outcomes *outcomes);

#endif
