/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `muster fix` measured, for the gap report of the same incident. */
#ifndef MU_STUDY_FIXES_H
#define MU_STUDY_FIXES_H

#include "drill/report/report.h"
#include "study/results.h"

typedef struct mu_fixes {
    mu_report_fix *items;
    uint32_t count;
} mu_fixes;

/* Of each clause of the incident the levers that mend it for certain, those first that bring most;
 * at the most three. MU_ERR_INPUT: the results say nothing of this incident. Memory is the
 * arena's. */
MU_MUST_USE mu_status mu_fixes_read(const char *results, const char *incident, const char *language,
                                    mu_arena *arena, mu_diags *diags, mu_fixes *out);

#endif
