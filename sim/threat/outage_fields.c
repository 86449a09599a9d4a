/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What fails during an incident, as a table of fields. */
#include "core/field.h"
#include "core/i18n.h"
#include "threat/outage.h"

static const mu_field outage_fields[] = {
    {MU_FIELD_AT(mu_outage, at_s), .kind = MU_FIELD_REAL, .flags = MU_FIELD_REQUIRED, .least = 0,
     .most = 604800, .unit = "s", .meaning = N_("When it fails, from the start of the incident")},
    {MU_FIELD_AT(mu_outage, until_s), .kind = MU_FIELD_REAL, .least = 0, .most = 604800,
     .unit = "s", .meaning = N_("When it is back by itself; 0 is not within the incident")},
    {MU_FIELD_AT(mu_outage, mains), .kind = MU_FIELD_BOOL,
     .meaning = N_("Mains power fails; else a channel")},
    {MU_FIELD_AT(mu_outage, standby_fails), .kind = MU_FIELD_BOOL,
     .meaning = N_("With mains power: the standby supply does not start by itself")},
    {MU_FIELD_AT(mu_outage, channel), .kind = MU_FIELD_REF, .target = MU_ENTITY_CHANNEL,
     .meaning = N_("Channel over which nothing gets through: cut, or jammed")},
};

const mu_record_type mu_outage_type = {
    .name = "outage",
    .meaning = N_("Something that the site lives on fails"),
    .size = sizeof(mu_outage),
    MU_FIELD_ROWS(outage_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};
