/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workbooks are written by libxlsxwriter, where the program was built with it. */
#ifndef MUSTER_TOOLS_WORKBOOK_H
#define MUSTER_TOOLS_WORKBOOK_H

#include <stdbool.h>

#include "muster/diag.h"

/* False in a build without libxlsxwriter. */
bool mu_workbook_can(void);
/* Says in `diags` that there is no workbook at `path`: by which of the library's errors, or, in a
 * build without it, that. Always MU_ERR_IO. */
mu_status mu_workbook_failed(const char *path, int error, mu_diags *diags);

#endif
