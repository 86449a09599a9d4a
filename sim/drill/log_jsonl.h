/* SPDX-License-Identifier: GPL-3.0-or-later */
/* log.jsonl: a run's log as lines of JSON, one record a line, between a first line that says which
 * run it is and a last one that says how it ended. Written by ids, so that it can be read without
 * the program, and read back so that a stored log can be judged again.
 *
 * A record's subject, object, place and holder are words as they stand ("police", "item"), and
 * anything else with its kind before it ("person:guard-1", "space:lobby"); a word with a colon in
 * it has another before it (":space:lobby"). What a record does not have is left out; `cause` is
 * left out where the planner brought it about; `value` where it is 0.
 */
#ifndef MU_DRILL_LOG_JSONL_H
#define MU_DRILL_LOG_JSONL_H

#include <stdio.h>

#include "core/log.h"
#include "drill/run.h"

#define MU_LOG_FORMAT "muster.log"
enum { MU_LOG_VERSION = 1 };

/* Which run a log is of. */
typedef struct mu_log_origin {
    uint64_t seed;
    uint32_t replication;
} mu_log_origin;

/* Writes to a stream (errors stick to it). `program` is the program's version, "0.1.0". */
void mu_log_print(const mu_plan *plan, const mu_log *log, const mu_log_origin *origin,
                  const mu_run_end *end, const char *program, FILE *stream);
/* The same into a file, whole or not at all. */
MU_MUST_USE mu_status mu_log_write(const mu_plan *plan, const mu_log *log,
                                   const mu_log_origin *origin, const mu_run_end *end,
                                   const char *program, const char *path, mu_diags *diags);

/* Reads a log of this plan. A name that the plan does not know, a record out of order, a cause that
 * comes after its record, a missing last line: each is MU_ERR_INPUT with the line. A log written
 * from other input files is read with a warning. The caller destroys *log. */
MU_MUST_USE mu_status mu_log_read(const mu_plan *plan, const char *path, mu_log **log,
                                  mu_log_origin *origin, mu_run_end *end, mu_diags *diags);

#endif
