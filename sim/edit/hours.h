/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What day.c and duty.c keep for a project, as long as nothing changes. */
#ifndef MU_EDIT_HOURS_H
#define MU_EDIT_HOURS_H

#include "edit/project.h"
#include "muster/hours.h"
#include "site/site.h"

typedef struct mu_hours_kept {
    mu_arena *day_arena, *duty_arena;
    mu_day day;
    mu_duty duty;
    uint64_t day_version, duty_version; /* one more than the project's; 0 = none yet */
    char day_language[4], duty_language[4];
} mu_hours_kept;

/* Made when it is first asked for; NULL without memory. */
mu_hours_kept *mu_hours_of(mu_project *project);
void mu_hours_destroy(mu_hours_kept *kept);

#endif
