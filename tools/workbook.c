/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbook.h"

#include "core/i18n.h"

#ifdef MU_HAS_XLSX

#include <xlsxwriter.h>

bool mu_workbook_can(void) {
    return true;
}

mu_status mu_workbook_failed(const char *path, int error, mu_diags *diags) {
    const mu_where where = {.file = path};
    mu_diags_add(diags, MU_ERROR, "xlsx", &where, NULL, _("cannot write the workbook: %s"),
                 lxw_strerror((lxw_error)error));
    return MU_ERR_IO;
}

const char *mu_workbook_path(const mu_file_out *out) {
    return out->beside != NULL ? out->beside : out->path;
}

mu_status mu_workbook_finish(mu_file_out *out, int error, mu_diags *diags) {
    if (error == LXW_NO_ERROR) {
        return mu_file_out_commit(out, diags);
    }
    const mu_status status = mu_workbook_failed(out->path, error, diags);
    mu_file_out_abandon(out);
    return status;
}

#else

bool mu_workbook_can(void) {
    return false;
}

mu_status mu_workbook_failed(const char *path, int error, mu_diags *diags) {
    const mu_where where = {.file = path};
    (void)error;
    mu_diags_add(diags, MU_ERROR, "xlsx", &where, NULL,
                 _("this program was built without libxlsxwriter"));
    return MU_ERR_IO;
}

#endif
