/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An import from beginning to end. */
#ifndef MU_TOOLS_IMPORT_IMPORT_H
#define MU_TOOLS_IMPORT_IMPORT_H

#include "tools/import/draft.h"

/* Reads the sources of the draft's options, applies the overlay and writes all files. */
MU_MUST_USE mu_status mu_import_plan(mu_draft *draft);

#endif
