/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exercise casualties of an incident file as a table of fields. */
#include "core/field.h"
#include "core/i18n.h"
#include "threat/casualty.h"

static const mu_field casualties_fields[] = {
    {MU_FIELD_AT(mu_casualties_given, red), .kind = MU_FIELD_INT, .least = 0, .most = 1000,
     .unit = "persons", .meaning = N_("How many play 'immediate' of START")},
    {MU_FIELD_AT(mu_casualties_given, yellow), .kind = MU_FIELD_INT, .least = 0, .most = 1000,
     .unit = "persons", .meaning = N_("How many play 'delayed'")},
    {MU_FIELD_AT(mu_casualties_given, green), .kind = MU_FIELD_INT, .least = 0, .most = 1000,
     .unit = "persons", .meaning = N_("How many play 'minor': they can walk")},
    {MU_FIELD_AT(mu_casualties_given, black), .kind = MU_FIELD_INT, .least = 0, .most = 1000,
     .unit = "persons", .meaning = N_("How many play 'deceased'")},
    {MU_FIELD_AT(mu_casualties_given, in), .kind = MU_FIELD_REF, .flags = MU_FIELD_LIST,
     .target = MU_ENTITY_SPACE,
     .meaning = N_("Spaces in which they are; if left out, the space where it happens")},
    {MU_FIELD_AT(mu_casualties_given, within_m), .kind = MU_FIELD_REAL, .least = 0, .most = 5000,
     .unit = "m",
     .meaning = N_("If too few people are there, the nearest others within this distance play too; "
                   "0: then there are fewer casualties")},
    {MU_FIELD_AT(mu_casualties_given, report_s), .kind = MU_FIELD_DIST, .least = 0, .most = 604800,
     .unit = "s",
     .meaning = N_("Until an unhurt person who saw one of them has told somebody; 0: nobody does")},
};

const mu_record_type mu_casualties_type = {
    .name = "casualties",
    .meaning = N_("Exercise casualties: numbers and START mix as for role-players"),
    .size = sizeof(mu_casualties_given),
    MU_FIELD_ROWS(casualties_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};
