/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hazard ledger (隐患台账): what exercises found, who mends it until when, and how it was
 * accepted. */
#ifndef MUSTER_TOOLS_LEDGER_H
#define MUSTER_TOOLS_LEDGER_H

#include "grid.h"

/* Its columns, in order; the headings stay English words, since they are looked for. */
enum {
    MU_LEDGER_ID,
    MU_LEDGER_FOUND,  /* date */
    MU_LEDGER_SOURCE, /* exercise */
    MU_LEDGER_CLAUSE,
    MU_LEDGER_FINDING,
    MU_LEDGER_SEVERITY, /* 1..5 */
    MU_LEDGER_INTERIM,  /* measure until it is mended */
    MU_LEDGER_ACTION,
    MU_LEDGER_ELEMENT, /* planning, organization, equipment, training, exercises */
    MU_LEDGER_OWNER,
    MU_LEDGER_DEADLINE,   /* date */
    MU_LEDGER_STATUS,     /* open, done, accepted */
    MU_LEDGER_ACCEPTANCE, /* what shows that it is mended */
    MU_LEDGER_ACCEPTED_BY,
    MU_LEDGER_ACCEPTED_ON, /* date */
    MU_LEDGER_NOTE,
    MU_LEDGER_COLUMNS
};

extern const mu_grid_column mu_ledger_columns[MU_LEDGER_COLUMNS];

#endif
