/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The project as it is loaded for a run, from the texts as they are now: what the loader complains
 * of are the project's faults, and what it makes can be played. */
#ifndef MU_EDIT_CHECK_H
#define MU_EDIT_CHECK_H

#include "drill/plan.h"
#include "edit/project.h"

/* The plans of the present version, once the check is done: a plain evacuation of the site, and the
 * project's incident, where it has one. NULL where they cannot be loaded. The incident's plan may
 * share the other's walking distances. */
typedef struct mu_checked {
    mu_plan *evacuation, *incident;
    bool people_are_guessed;
    struct mu_route_cache *routes; /* of the evacuation; NULL until somebody asks for a way */
} mu_checked;

/* Waits for the check of the present version. */
const mu_checked *mu_project_checked(mu_project *project);

/* The incident's plan once more, with changes to the files of the present version. NULL: see diags. */
mu_plan *mu_project_load_with(mu_project *project, struct mu_edit *edits, uint32_t count,
                              mu_diags *diags);

/* The same without waiting: NULL while there is no result for the present version. */
mu_checked *mu_project_checked_now(mu_project *project);

/* guess.c: a roster of one group a use of rooms, by their area; the caller frees it. NULL only
 * where there is no memory. */
char *mu_people_guess(mu_project *project);
/* Square metres a person in rooms of a use; 0: nobody is placed there. */
double mu_use_metres_each(mu_use use);

#endif
