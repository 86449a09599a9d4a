/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the product has ready for a project: its policy, and playbooks for each kind of incident. */
#ifndef MUSTER_TOOLS_SHIPPED_H
#define MUSTER_TOOLS_SHIPPED_H

#include "language.h"
#include "muster/project.h"

typedef struct mu_shipped {
    char policy[MU_DATA_PATH_MOST], playbooks[MU_DATA_PATH_MOST];
} mu_shipped;

/* A project of the file `path`, with what is found; what is not is NULL. The paths lie in *room. */
mu_project_def mu_shipped_project(const char *path, mu_shipped *room);

#endif
