/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stands in for the readers of floor plans where Muster was built without GDAL. */
#include "muster/diag.h"
#include "tools/import/draft.h"

static mu_status tell(mu_draft *draft) {
    mu_where where = {draft->options->folder, NULL, 0, 0};
    mu_diags_add(draft->diags, MU_ERROR, "import.no-gdal", &where,
                 _("install GDAL's development files (Debian: libgdal-dev) and build Muster again"),
                 _("this Muster was built without GDAL, which reads floor plans"));
    return MU_ERR_RUN;
}

mu_status mu_imdf_read(mu_draft *draft) {
    return tell(draft);
}

mu_status mu_drawing_read(mu_draft *draft) {
    return tell(draft);
}

mu_status mu_draft_project(mu_draft *draft) {
    (void)draft;
    return MU_ERR_RUN;
}
