/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing side of the log. The world's clock holds the cursor: restoring a snapshot and going on
 * truncates the log to where the world stands. */
#ifndef MU_CORE_LOG_H
#define MU_CORE_LOG_H

#include "muster/log.h"

/* A record 'measured' holds its number in parts of this: 1500 is one and a half. */
#define MU_MEASURE_PARTS 1000.0

/* Appends and returns the record's id; MU_NO_RECORD where there is no memory. */
uint32_t mu_log_append(mu_log *log, const mu_record *record);
/* Forgets every record from `count` on. */
void mu_log_truncate(mu_log *log, uint32_t count);

#endif
