/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kinds of incidents, as far as a new one has to know them. */
#ifndef MU_EDIT_PROJECT_KIND_H
#define MU_EDIT_PROJECT_KIND_H

#include "edit/project.h"

typedef struct mu_kind_given {
    const char *kind, *key; /* of the incident's record; NULL = it has none */
    const char *playbook;   /* that comes with Muster, to begin with */
    const char *token;      /* that a playbook which answers it has in a trigger */
    const char *record;     /* a format: space and point; of a vehicle the gate before them */
    const char *en, *zh;    /* what the incident is called to begin with */
} mu_kind_given;

const mu_kind_given *mu_kind_given_of(const char *kind);
/* The record of a kind at a place; the caller frees it. NULL: it cannot be there, or needs none. */
char *mu_kind_record(mu_project *project, const mu_kind_given *given, const char *space,
                     mu_point at);
bool mu_room_is_outdoors(const mu_project *project, uint32_t room);
/* Gives the site what such an incident is played with, where it has none: a zone of air, a sensor.
 */
bool mu_kind_need(mu_project *project, const mu_kind_given *given, const char *space, mu_point at);

/* project_add.c */
/* A copy beside the site of a playbook that comes with Muster, which the incident then
 * goes by. */
bool mu_project_add_playbook(mu_project *project, const char *name);

#endif
