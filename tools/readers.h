/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reads floor plans and workbooks through GDAL. GDAL brings a hundred libraries, which take
 * the linker four times as long as most commands take: they are a module that is loaded when asked
 * for. */
#ifndef MUSTER_TOOLS_READERS_H
#define MUSTER_TOOLS_READERS_H

#include "sheet_in.h"
#include "tools/import/draft.h"

typedef struct mu_readers {
    mu_status (*imdf)(mu_draft *draft);
    mu_status (*drawing)(mu_draft *draft);
    mu_status (*project)(mu_draft *draft);
    mu_status (*workbook)(const char *path, mu_sheet_in *sheet, mu_diags *diags);
    const char *(*version)(void);
} mu_readers;

/* NULL: this program was built without, or the module does not lie where it was installed. */
const mu_readers *mu_readers_of(void);

#endif
