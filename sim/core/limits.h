/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much of everything is taken: one table (limit_list.h), so that what the code refuses, what a
 * message says and what the documentation prints are the same. */
#ifndef MU_CORE_LIMITS_H
#define MU_CORE_LIMITS_H

#include <stdbool.h>
#include <stdint.h>

#include "muster/diag.h"

enum {
#define MU_LIMIT(NAME, value, ...) MU_##NAME##_MOST = (value),
#define MU_LIMIT_OF(...)
#include "core/limit_list.h"
#undef MU_LIMIT
#undef MU_LIMIT_OF
};

typedef enum mu_limit_kind {
#define MU_LIMIT(NAME, ...)    MU_LIMIT_##NAME,
#define MU_LIMIT_OF(NAME, ...) MU_LIMIT_##NAME,
#include "core/limit_list.h"
#undef MU_LIMIT
#undef MU_LIMIT_OF
    MU_LIMIT_COUNT
} mu_limit_kind;

typedef struct mu_limit {
    const char *word; /* "json-depth" */
    const char *unit; /* "B", "m", "s", "px"; "1": a number of things */
    uint64_t most;
    const char *what, *why, *advice; /* marked with N_() */
} mu_limit;

const mu_limit *mu_limit_get(mu_limit_kind kind);

enum { MU_LIMIT_ROOM = 40 };
/* "64 MiB", "20,000": what a person reads. Returns `out`. */
const char *mu_limit_say(uint64_t value, const char *unit, char out[MU_LIMIT_ROOM]);

/* False where there is more than the limit; then it has been said, with what to do. */
bool mu_limit_holds(mu_limit_kind kind, uint64_t value, mu_diags *diags, const mu_where *where);

#endif
