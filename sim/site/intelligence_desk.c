/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The intelligence desk as a table of fields. */
#include "site/intelligence_desk.h"

#include "core/field.h"
#include "core/i18n.h"

static const mu_field desk_fields[] = {
    {MU_FIELD_AT(mu_intelligence_desk, role), .kind = MU_FIELD_WORD,
     .meaning = N_("Role that works on reports of threats")},
    {MU_FIELD_AT(mu_intelligence_desk, screen_s), .kind = MU_FIELD_DIST, .least = 0, .most = 86400,
     .unit = "s",
     .meaning = N_("First level: from turning to a report until it is ruled out or not")},
    {MU_FIELD_AT(mu_intelligence_desk, assess_s), .kind = MU_FIELD_DIST, .least = 0, .most = 86400,
     .unit = "s", .meaning = N_("Second level: until it is known whether it is credible")},
    {MU_FIELD_AT(mu_intelligence_desk, confirm_s), .kind = MU_FIELD_DIST, .least = 0,
     .most = 604800, .unit = "s", .meaning = N_("Third level: until it is confirmed or not")},
    {MU_FIELD_AT(mu_intelligence_desk, others_per_h), .kind = MU_FIELD_REAL, .least = 0,
     .most = 1000, .unit = "1/h",
     .meaning =
         N_("Reports that come to nothing; played in incidents that give one that does not")},
    {MU_FIELD_AT(mu_intelligence_desk, others_screened), .kind = MU_FIELD_REAL, .least = 0,
     .most = 1, .unit = "1",
     .meaning = N_("Share of those that the first level does not rule out")},
    {MU_FIELD_AT(mu_intelligence_desk, others_assessed), .kind = MU_FIELD_REAL, .least = 0,
     .most = 1, .unit = "1",
     .meaning = N_("And the share of what is left that the second level does not rule out")},
};

const mu_record_type mu_intelligence_desk_type = {
    .name = "intelligence_desk",
    .meaning = N_("Who screens, assesses and confirms reports of threats"),
    .size = sizeof(mu_intelligence_desk),
    MU_FIELD_ROWS(desk_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};
