/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads JSON values into structs by field tables. The text has been scanned: cJSON's tree and the
 * scan's numbering of values agree. Only the reading layer includes this. */
#ifndef MU_CORE_JSON_READ_H
#define MU_CORE_JSON_READ_H

#include <cjson/cJSON.h>

#include "core/arena.h"
#include "core/dist.h"
#include "core/field.h"
#include "core/json_doc.h"
#include "core/registry.h"

typedef struct mu_json_reader {
    mu_arena *arena;
    mu_registry *registry;
    mu_json_doc *doc; /* takes the faults */
    uint32_t doc_index;
} mu_json_reader;

/* A value as cJSON and the scan know it. */
typedef struct mu_json_item {
    const cJSON *json; /* NULL: there is none */
    uint32_t node;
} mu_json_item;

/* The first value inside one, and the one after another; `json` is NULL where there is none. */
mu_json_item mu_json_first(mu_json_item within);
mu_json_item mu_json_next(const mu_json_reader *reader, mu_json_item item);

/* The file's root: an object of type `root`, beside whose own keys "format", "version" and
 * "$schema" are let pass. */
void mu_json_read_root(mu_json_reader *reader, const mu_record_type *root, mu_json_item item,
                       void *out);
/* What a record holds where the file says nothing. */
void mu_json_set_fallbacks(const mu_record_type *type, void *out);
/* Bytes of one value of the field (of one item, where it is a list). */
size_t mu_json_value_size(const mu_field *field);

/* One value of the field's kind, not a list and not a record (json_value.c). */
void mu_json_read_value(mu_json_reader *reader, const mu_field *field, mu_json_item item,
                        void *out);
/* A distribution (json_dist.c). */
void mu_json_read_dist(mu_json_reader *reader, const mu_field *field, mu_json_item item,
                       mu_dist *out);
/* A string of 1 to MU_FIELD_STRING_MOST characters without control characters, in the arena; NULL
 * with faults noted. */
const char *mu_json_read_string(mu_json_reader *reader, mu_json_item item, bool may_break_lines);
/* Whether the item is a finite number within the limits; faults are noted, in the field's unit. */
bool mu_json_check_number(mu_json_reader *reader, const mu_field *field, mu_json_item item,
                          mu_field_limits limits);
/* The index into `names` of the item's text; -1 with faults noted. */
int mu_json_read_keyword(mu_json_reader *reader, mu_json_item item, const char *const *names);

/* How many bytes of a text a message shows: at most 60, whole characters. */
int mu_json_shown(const char *text);

/* Notes an error at a value. */
#define mu_json_complain(reader, item, ...)                                                        \
    mu_json_doc_complain((reader)->doc, (item).node, (reader)->doc->values[(item).node].at,        \
                         __VA_ARGS__)
/* The fault "json.type": what was expected (translated) and what was found. */
void mu_json_complain_type(mu_json_reader *reader, mu_json_item item, const char *expected);
/* The fault "json.unknown-key" at the item's key; the nearest of `names` is the advice. */
void mu_json_complain_key(mu_json_reader *reader, mu_json_item item, const char *const *names,
                          uint32_t count);

#endif
