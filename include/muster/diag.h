/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with a planner's files: a list of diagnostics, each with file, line, column, path
 * in the file and what to do about it. Readers collect every fault in one go. */
#ifndef MUSTER_DIAG_H
#define MUSTER_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "muster/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mu_severity {
    MU_NOTE,    /* worth knowing: what was assumed */
    MU_WARNING, /* works, but probably not as meant */
    MU_ERROR    /* cannot be used */
} mu_severity;

/* A place in a file. Strings are borrowed by whoever holds a mu_where; mu_diags copies them. */
typedef struct mu_where {
    const char *file; /* as the user named it; NULL where no file is concerned */
    const char *path; /* JSON path, "$.spaces[3].polygon[0]"; NULL where there is none */
    uint32_t line;    /* 1-based; 0 = unknown */
    uint32_t column;  /* 1-based, in bytes; 0 = unknown */
} mu_where;

typedef struct mu_diag {
    mu_severity severity;
    const char *code; /* stable, short, untranslated: "json.syntax", "site.no-exit" */
    mu_where where;
    char *text;   /* what is wrong, in the reader's language, without a full stop */
    char *advice; /* what to do about it; may be NULL */
} mu_diag;

typedef struct mu_diags mu_diags;

/* Returns NULL only where there is no memory. */
mu_diags *mu_diags_create(void);
void mu_diags_destroy(mu_diags *diags);

/* Adds one diagnostic. `code` must be a string literal; `where` and `advice` may be NULL; the text
 * is made from a printf format. Never fails: without memory it keeps a count only. */
void mu_diags_add(mu_diags *diags, mu_severity severity, const char *code, const mu_where *where,
                  const char *advice, const char *format, ...) MU_PRINTF(6, 7);

/* The number of diagnostics of at least this severity. */
size_t mu_diags_count(const mu_diags *diags, mu_severity least);
/* Was there no memory for something, be it for a diagnostic? Then what is missing from the list says
 * nothing about the files. Whoever adds that there is no memory gives it the code "memory". */
bool mu_diags_lacks_memory(const mu_diags *diags);
/* All diagnostics in the order they were added; index < mu_diags_count(diags, MU_NOTE). */
const mu_diag *mu_diags_get(const mu_diags *diags, size_t index);

#ifdef __cplusplus
}
#endif
#endif
