/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changing one value in the text of a JSON file, so that a study can vary what a planner wrote
 * without a second copy of the file, and the changed text is read and checked like any other.
 *
 * A pointer is that of RFC 6901, "/members/operator.2/count", with one addition: in a list, a token
 * may be the "id" of the object that is meant, which stays right when the list is put in another
 * order. Ids are tried first, then indexes; "#3" is an index only, where
 * ids may be numbers. "-" stands for a new item at the end. */
#ifndef MU_CORE_JSON_EDIT_H
#define MU_CORE_JSON_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/json_doc.h"

/* One change to come: to the first file of this format, in order of reading, in which the pointer
 * leads somewhere. */
typedef struct mu_edit {
    const char *format;  /* "muster.roster" */
    const char *file;    /* only the file of this name (its last part); NULL = any */
    const char *pointer; /* "/members/operator.2/count" */
    const char *value;   /* JSON text; "null" takes the value away */
    bool done;           /* set once it has been made */
} mu_edit;

/* The byte behind a value. The text has been scanned without faults. */
uint32_t mu_json_value_end(const mu_json_doc *doc, uint32_t node);

/* The value that a pointer leads to; MU_NONE where it leads nowhere. "" is the whole file. */
uint32_t mu_json_find(const mu_json_doc *doc, const char *pointer);

/* The text (well formed, `length` bytes) with one value replaced, added (the last token is a key
 * that the object does not have, or "-") or taken away, in *out, got from malloc, with a 0 behind
 * it. *out is NULL where the pointer leads nowhere. MU_ERR_INPUT: the text is malformed. */
MU_MUST_USE mu_status mu_json_edit(const char *text, size_t length, const char *pointer,
                                   const char *value, char **out, size_t *out_length);

/* The text of the value that a pointer leads to, in *out, got from malloc; NULL where it leads
 * nowhere. MU_ERR_INPUT: the text is malformed. */
MU_MUST_USE mu_status mu_json_pick(const char *text, size_t length, const char *pointer, char **out);

#endif
