/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A branch of a tabletop, judged by the same evaluator as a batch run. */
#ifndef MU_DRILL_TABLETOP_FINDINGS_H
#define MU_DRILL_TABLETOP_FINDINGS_H

#include "drill/findings.h"
#include "drill/played.h"
#include "muster/tabletop.h"

/* Ends the branch where it has been seen to and reads what its log says. `session` shows that run
 * and is the caller's; `played` borrows its log and is only to be read. */
MU_MUST_USE mu_status mu_tabletop_judge(mu_tabletop *tabletop, uint32_t branch,
                                        mu_findings **findings, mu_session **session,
                                        mu_run_end *end);

#endif
