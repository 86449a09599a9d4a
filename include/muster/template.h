/* SPDX-License-Identifier: GPL-3.0-or-later */
/* First scenarios of usual kinds of buildings: drawn by rule, so that there is something to change.
 * No real building. */
#ifndef MUSTER_TEMPLATE_H
#define MUSTER_TEMPLATE_H

#include "muster/project.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mu_template {
    const char *word;    /* as it is asked for: "office" */
    const char *meaning; /* marked with N_() */
    uint32_t floors;     /* unless asked otherwise, */
    uint32_t persons;    /* and so many people */
} mu_template;

/* Ends with a NULL word. */
extern const mu_template mu_templates[];

typedef struct mu_template_given {
    const char *word;
    const char *name; /* of the site */
    uint32_t floors;
    uint32_t persons;
} mu_template_given;

enum { MU_TEMPLATE_FLOORS_MOST = 20, MU_TEMPLATE_PERSONS_MOST = 20000 };

/* Draws it into a project that has just been begun: rooms, doors, stairs, grounds, people, and a
 * suspicious package in the lobby. False where something could not be made. */
bool mu_template_draw(mu_project *project, const mu_template_given *given);

#ifdef __cplusplus
}
#endif
#endif
