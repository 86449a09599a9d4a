/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tokens of JSON (RFC 8259), strictly: strings, numbers, the three words, white space. */
#ifndef MU_CORE_JSON_LEX_H
#define MU_CORE_JSON_LEX_H

#include "core/json_doc.h"

/* Where a scan stands. A function that returns false has noted a fault and left `at` on it. */
typedef struct mu_json_cursor {
    mu_json_doc *doc;
    uint32_t at;
    uint32_t node; /* the value that faults are put down to */
} mu_json_cursor;

/* Skips blanks, tabs and line ends, and notes where lines start. */
void mu_json_skip_space(mu_json_cursor *cursor);
/* From the opening quote to behind the closing one. */
MU_MUST_USE bool mu_json_skip_string(mu_json_cursor *cursor);
/* From '-' or a digit to behind the number. A number too large for a double is noted as a fault but
 * skipped all the same. */
MU_MUST_USE bool mu_json_skip_number(mu_json_cursor *cursor);
/* true, false or null; whatever else stands there is the fault "json.syntax". */
MU_MUST_USE bool mu_json_skip_word(mu_json_cursor *cursor);

/* Notes that `expected` (translated) should stand here, and what stands here instead. False. */
bool mu_json_refuse(const mu_json_cursor *cursor, const char *expected, const char *advice);

/* The next character of a string that has been skipped, escapes resolved; -1 at its end. */
int32_t mu_json_next_char(const char **at);

#endif
