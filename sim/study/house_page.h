/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit and the lint as pages to print, in the style of the reports. */
#ifndef MU_STUDY_HOUSE_PAGE_H
#define MU_STUDY_HOUSE_PAGE_H

#include "audit/lint.h"

/* HTML; the caller frees the text. NULL: memory ran out. `judged` has one row per clause. */
char *mu_audit_page(const mu_audit *audit, const mu_judgement *judged, const char *version);
char *mu_lint_page(const mu_lint *lint, const char *version);

#endif
