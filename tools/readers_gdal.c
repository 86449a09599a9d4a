/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the module shows of itself. */
#include <gdal.h>

#include "readers.h"

static const char *version(void) {
    return GDALVersionInfo("RELEASE_NAME");
}

extern const mu_readers mu_readers_gdal;
const mu_readers mu_readers_gdal = {
    .imdf = mu_imdf_read,
    .drawing = mu_drawing_read,
    .project = mu_draft_project,
    .workbook = mu_sheet_read_book,
    .version = version,
};
