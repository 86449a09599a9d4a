/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The times of an incident in one row: what happens, what fails, what is told, who changes, and the
 * injects of a tabletop, each with the field that says when. */
#ifndef MUSTER_HAPPENINGS_H
#define MUSTER_HAPPENINGS_H

#include "muster/project.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mu_happening_of {
    MU_HAPPENING_EVENT, /* of the incident's kind */
    MU_HAPPENING_OUTAGE,
    MU_HAPPENING_TIP,
    MU_HAPPENING_SHIFT,
    MU_HAPPENING_INJECT,
    MU_HAPPENING_OF_COUNT
} mu_happening_of;

typedef struct mu_happening {
    mu_happening_of of;
    const char *record, *key; /* pointer of the record, and of the field in it */
    const char *title;        /* of the record, or what the field means */
    const char *meaning;      /* of the field */
    double at_s;
    bool can_go; /* the record is one of a list */
} mu_happening;

typedef struct mu_happenings {
    const mu_happening *list; /* by kind, then by time */
    uint32_t count;
    double last_s, horizon_s;
    const char *kind, *starts_at; /* "" where it is not said */
    const char *place;            /* pointer of the record that says where it happens; "" */
    const char *space;            /* its space; "" */
} mu_happenings;

/* Of the project's incident; borrowed until the next call. NULL: there is none, or no memory. */
const mu_happenings *mu_project_happenings(mu_project *project, const char *language);
/* Another time, in whole seconds. One step. */
MU_MUST_USE mu_status mu_project_move_happening(mu_project *project, const mu_happening *moment,
                                                double at_s);
/* A new one of a list at this time; its record's pointer goes to `out`. One step. */
MU_MUST_USE mu_status mu_project_add_happening(mu_project *project, mu_happening_of of, double at_s,
                                               char *out, size_t room);

#ifdef __cplusplus
}
#endif
#endif
