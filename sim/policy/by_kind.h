/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A log sorted by the kinds of its records: a policy has some hundred clauses, and each of them
 * asks for records of two kinds among all that have thousands. */
#ifndef MU_POLICY_BY_KIND_H
#define MU_POLICY_BY_KIND_H

#include "policy/term.h"

typedef struct mu_by_kind {
    const mu_log *log;
    uint32_t *ids; /* ascending, kind after kind; NULL without memory: the whole log is read then */
    uint32_t first[MU_RECORD_KIND_COUNT + 1]; /* of each kind in `ids` */
} mu_by_kind;

/* Of a log that does not grow any more while this is in use. */
mu_by_kind mu_by_kind_make(const mu_log *log);
void mu_by_kind_free(mu_by_kind *sorted);
/* As mu_log_find. */
uint32_t mu_by_kind_find(const mu_by_kind *sorted, const mu_term *term, uint32_t id, mu_time at_us);

#endif
