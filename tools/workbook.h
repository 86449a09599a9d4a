/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workbooks are written by libxlsxwriter, where the program was built with it. */
#ifndef MUSTER_TOOLS_WORKBOOK_H
#define MUSTER_TOOLS_WORKBOOK_H

#include <stdbool.h>

#include "core/file_out.h"
#include "muster/diag.h"

/* False in a build without libxlsxwriter. */
bool mu_workbook_can(void);
/* Where the library is to write the workbook that is to become `out`. */
const char *mu_workbook_path(const mu_file_out *out);
/* Gives the workbook its name, or takes it away where it ended with an error of the library. */
MU_MUST_USE mu_status mu_workbook_finish(mu_file_out *out, int error, mu_diags *diags);
/* Says in `diags` that there is no workbook at `path`: by which of the library's errors, or, in a
 * build without it, that. Always MU_ERR_IO. */
mu_status mu_workbook_failed(const char *path, int error, mu_diags *diags);

#endif
