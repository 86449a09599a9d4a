/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The threat by telephone as a table of fields. */
#include "core/field.h"
#include "core/i18n.h"
#include "threat/call.h"

static const mu_field call_fields[] = {
    {MU_FIELD_AT(mu_call_given, at_s), .kind = MU_FIELD_REAL, .least = 0, .most = 604800,
     .unit = "s", .meaning = N_("When the telephone rings, from the start of the incident")},
    {MU_FIELD_AT(mu_call_given, lasts_s), .kind = MU_FIELD_DIST, .flags = MU_FIELD_REQUIRED,
     .least = 0, .most = 86400, .unit = "s", .meaning = N_("How long the call lasts")},
    {MU_FIELD_AT(mu_call_given, role), .kind = MU_FIELD_WORD, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Role of the roster whose telephone it is")},
    {MU_FIELD_AT(mu_call_given, space), .kind = MU_FIELD_REF, .flags = MU_FIELD_REQUIRED,
     .target = MU_ENTITY_SPACE, .meaning = N_("Space that the caller names")},
    {MU_FIELD_AT(mu_call_given, at), .kind = MU_FIELD_POINT, .flags = MU_FIELD_REQUIRED,
     .unit = "m", .meaning = N_("A point of it, where those who search begin")},
};

const mu_record_type mu_call_type = {
    .name = "call",
    .meaning = N_("A threat by telephone"),
    .size = sizeof(mu_call_given),
    MU_FIELD_ROWS(call_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};
