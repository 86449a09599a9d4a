/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kinds of file that the program knows. */
#ifndef MUSTER_TOOLS_KINDS_H
#define MUSTER_TOOLS_KINDS_H

#include "core/loader.h"

typedef struct mu_kind {
    const char *name; /* as `muster schema` is asked for it */
    const mu_file_kind *file;
    bool is_input; /* a planner writes it; else Muster does */
} mu_kind;

enum { MU_KIND_COUNT = 15 };

/* The k-th kind; k < MU_KIND_COUNT. */
mu_kind mu_kind_get(int k);

#endif
