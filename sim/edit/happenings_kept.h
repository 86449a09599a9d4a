/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happenings.c keeps for a project, as long as nothing changes. */
#ifndef MU_EDIT_HAPPENINGS_KEPT_H
#define MU_EDIT_HAPPENINGS_KEPT_H

#include "edit/project.h"
#include "muster/happenings.h"

typedef struct mu_happenings_kept {
    mu_arena *arena;
    mu_happenings happenings;
    uint64_t version; /* one more than the project's */
    char language[4];
} mu_happenings_kept;

void mu_happenings_destroy(mu_happenings_kept *kept);

#endif
