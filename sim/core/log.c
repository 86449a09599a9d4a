/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log as one growing array of plain records. */
#include "core/log.h"

#include <stdlib.h>

struct mu_log {
    mu_record *records;
    uint32_t count, capacity;
};

mu_log *mu_log_create(void) {
    return calloc(1, sizeof(mu_log));
}

void mu_log_destroy(mu_log *log) {
    if (log != NULL) {
        free(log->records);
        free(log);
    }
}

uint32_t mu_log_count(const mu_log *log) {
    return log->count;
}

const mu_record *mu_log_get(const mu_log *log, uint32_t id) {
    return &log->records[id];
}

uint32_t mu_log_append(mu_log *log, const mu_record *record) {
    if (log->count == log->capacity) {
        const uint32_t capacity = log->capacity == 0 ? 1024 : log->capacity * 2;
        if (capacity < log->capacity) { /* before anything is freed: so many have no numbers */
            return MU_NO_RECORD;
        }
        mu_record *records = realloc(log->records, capacity * sizeof *records);
        if (records == NULL) {
            return MU_NO_RECORD;
        }
        log->records = records;
        log->capacity = capacity;
    }
    log->records[log->count] = *record;
    return log->count++;
}

void mu_log_truncate(mu_log *log, uint32_t count) {
    if (count < log->count) {
        log->count = count;
    }
}
