/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two logs held against each other: which record first differs, and from when each person and thing
 * goes another way. Records are compared as lines of log.jsonl; no plan is needed, so that the logs
 * may be of other versions, or of plans that are not at hand. */
#ifndef MUSTER_TOOLS_LOG_DIFF_H
#define MUSTER_TOOLS_LOG_DIFF_H

#include <stdbool.h>
#include <stdint.h>

#include "muster/diag.h"
#include "muster/time.h"

/* One record; its texts lie in the log. "" and MU_LOG_LINE_NONE are what it does not have. */
typedef struct mu_log_line {
    const char *line;       /* as it stands in the file */
    const char *what;       /* the same without its number and its cause's: they shift */
    const char *kind, *who; /* who: its subject, else its object, else its place */
    mu_time time_us;
    uint32_t cause;
    uint32_t at; /* its place in the file */
} mu_log_line;
#define MU_LOG_LINE_NONE UINT32_MAX

typedef struct mu_log_lines {
    char *text; /* of the file, cut into lines */
    const char *head, *end;
    mu_log_line *items;
    uint32_t count;
} mu_log_lines;

/* `path` is a log, or a folder of results that has one. */
MU_MUST_USE mu_status mu_log_lines_read(const char *path, mu_log_lines *out, mu_diags *diags);
void mu_log_lines_free(mu_log_lines *log);

/* Somebody or something, and the first of their own records that differs; NULL: there is none left
 * in that log. */
typedef struct mu_log_parting {
    const char *who;
    const mu_log_line *a, *b;
} mu_log_parting;

typedef struct mu_log_kind_count {
    const char *kind;
    uint32_t a, b;
} mu_log_kind_count;

typedef struct mu_log_diff {
    bool same;      /* records and ends; heads may differ */
    uint32_t first; /* record at which they part; the shorter log's length where it just ends */
    mu_log_parting *partings; /* the earliest first */
    uint32_t parting_count;
    mu_log_kind_count *kinds; /* of which there are more in one, by name */
    uint32_t kind_count;
} mu_log_diff;

/* The logs must outlive what comes out. */
MU_MUST_USE mu_status mu_log_diff_make(const mu_log_lines *a, const mu_log_lines *b,
                                       mu_log_diff *out);
void mu_log_diff_free(mu_log_diff *diff);

/* When the earlier of the two differing records was. */
mu_time mu_log_parting_time(const mu_log_parting *parting);

#endif
