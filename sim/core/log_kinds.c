/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names and properties of the kinds of record, expanded from their one list. */
#include "muster/log.h"

#include <stddef.h>
#include <string.h>

#include "core/i18n.h"

typedef struct kind_row {
    const char *token;
    mu_part part;
    int is_milestone;
} kind_row;

static const kind_row rows[MU_RECORD_KIND_COUNT] = {
#define MU_RECORD(NAME, token, part, milestone) {token, MU_PART_##part, milestone},
#include "muster/record_kinds.h"
#undef MU_RECORD
};

static const char *const part_names[MU_PART_COUNT] = {
    [MU_PART_NONE] = N_("no time"),
    [MU_PART_UNNOTICED] = N_("until noticed"),
    [MU_PART_DECISION] = N_("decision"),
    [MU_PART_WAIT] = N_("waiting"),
    [MU_PART_TRAVEL] = N_("walking"),
    [MU_PART_WORK] = N_("work"),
    [MU_PART_MESSAGE] = N_("message under way"),
    [MU_PART_MECHANISM] = N_("mechanism"),
    [MU_PART_PREMOVEMENT] = N_("pre-movement"),
    [MU_PART_EVACUATION] = N_("evacuation"),
    [MU_PART_DISPATCH] = N_("dispatch"),
    [MU_PART_ROAD] = N_("on the road"),
    [MU_PART_AIR] = N_("air clearing"),
    [MU_PART_SHELTERING] = N_("taking shelter"),
};

const char *mu_record_token(mu_record_kind kind) {
    return rows[kind].token;
}

mu_part mu_record_part(mu_record_kind kind) {
    return rows[kind].part;
}

int mu_record_is_milestone(mu_record_kind kind) {
    return rows[kind].is_milestone;
}

mu_record_kind mu_record_find(const char *token, uint32_t length) {
    for (int kind = 0; kind < MU_RECORD_KIND_COUNT; kind++) {
        if (strlen(rows[kind].token) == length && memcmp(rows[kind].token, token, length) == 0) {
            return (mu_record_kind)kind;
        }
    }
    return MU_RECORD_KIND_COUNT;
}

const char *mu_part_name(mu_part part) {
    return part_names[part];
}
