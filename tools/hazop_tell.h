/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `muster hazop` prints and writes besides its page. */
#ifndef MUSTER_TOOLS_HAZOP_TELL_H
#define MUSTER_TOOLS_HAZOP_TELL_H

#include "study/hazop.h"

void mu_hazop_print(const mu_hazop_report *report);
void mu_hazop_print_json(const mu_hazop_report *report);

/* One sheet of single points with remedies and empty columns for likelihood and who sees to it, one
 * of everything that was confirmed. */
MU_MUST_USE mu_status mu_hazop_xlsx(const mu_hazop_report *report, const char *path,
                                    mu_diags *diags);

#endif
