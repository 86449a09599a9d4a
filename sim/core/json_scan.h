/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks a text strictly before cJSON reads it, and numbers and places every value in it. */
#ifndef MU_CORE_JSON_SCAN_H
#define MU_CORE_JSON_SCAN_H

#include "core/json_doc.h"

/* Fills in doc->values and doc->lines and notes faults. MU_OK: the text is well formed and cJSON
 * will read it, though there may be faults that do not hinder reading on: duplicate keys, numbers
 * too large for a double. MU_ERR_INPUT: malformed, more than MU_JSON_DEPTH_MOST levels deep or more
 * than MU_JSON_VALUES_MOST values; the scan ends at the first such fault. Takes time in proportion
 * to the text (n log n in the keys of one object) and a fixed amount of stack. */
MU_MUST_USE mu_status mu_json_scan(mu_json_doc *doc);

/* The member of object `node` with this key; 0 if there is none. For keys without escapes. */
uint32_t mu_json_member(const mu_json_doc *doc, uint32_t node, const char *key);

#endif
