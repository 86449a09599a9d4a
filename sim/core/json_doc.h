/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of one JSON file with the place of every value in it, and the faults found so far. */
#ifndef MU_CORE_JSON_DOC_H
#define MU_CORE_JSON_DOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/limits.h"
#include "muster/diag.h"

enum { MU_JSON_FAULTS_MOST = 1000 /* listed of one file; more are counted */ };

/* One value. Values are numbered in preorder: the root is 0, the first value inside value i is i+1,
 * and the one after value j in the same list or object is values[j].end. */
typedef struct mu_json_value {
    uint32_t at;     /* byte offset of the value */
    uint32_t key_at; /* byte offset of its key's opening quote; as `at` where it has no key */
    uint32_t end;    /* number of the first value behind it and all inside it */
} mu_json_value;

typedef struct mu_json_fault {
    uint32_t at;   /* byte offset */
    uint32_t node; /* the value whose path is shown */
    const char *code;
    char *text, *advice;
} mu_json_fault;

typedef struct mu_json_doc {
    const char *file; /* borrowed */
    char *text;       /* owned, with a 0 behind its last byte */
    uint32_t length;
    mu_json_value *values;
    uint32_t value_count, value_room;
    uint32_t *lines; /* byte offsets at which lines 2, 3, … start */
    uint32_t line_count, line_room;
    mu_json_fault *faults;
    uint32_t fault_count, fault_room;
    uint32_t faults_unlisted;
    bool no_memory; /* sticky */
} mu_json_doc;

/* Takes over `text`, which must have been got from malloc and have a 0 at [length]; `length` at
 * most MU_JSON_BYTES_MOST. NULL (and `text` freed) where there is no memory. */
mu_json_doc *mu_json_doc_create(const char *file, char *text, size_t length);
void mu_json_doc_destroy(mu_json_doc *doc);

/* Appends a value and returns its number; 0 and `no_memory` set where there is none. */
uint32_t mu_json_doc_push(mu_json_doc *doc, uint32_t at, uint32_t key_at);
void mu_json_doc_add_line(mu_json_doc *doc, uint32_t at);

/* The place of a byte; the path is left NULL. */
mu_where mu_json_doc_place(const mu_json_doc *doc, uint32_t at);
/* The path of a value, "$.spaces[3].polygon[0]", in the arena. Time grows with the number of values
 * before it, list by list: made for messages. */
const char *mu_json_doc_path(const mu_json_doc *doc, uint32_t node, mu_arena *arena);

/* Notes an error at a byte. `code` must be a literal, `advice` may be NULL. */
void mu_json_doc_complain(mu_json_doc *doc, uint32_t node, uint32_t at, const char *code,
                          const char *advice, const char *format, ...) MU_PRINTF(6, 7);
/* The number of errors noted since the last report, listed or not. */
uint32_t mu_json_doc_faults(const mu_json_doc *doc);
/* Moves all noted errors to `diags`, in the order of their places in the file. */
void mu_json_doc_report(mu_json_doc *doc, mu_diags *diags, mu_arena *arena);

#endif
