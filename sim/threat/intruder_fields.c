/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The intruder of an incident file as a table of fields. */
#include "core/field.h"
#include "core/i18n.h"
#include "threat/intruder.h"

static const char *const how_words[] = {
    [MU_LEG_WALKS] = "walks",     [MU_LEG_CLIMBS] = "climbs", [MU_LEG_FORCES] = "forces",
    [MU_LEG_FOLLOWS] = "follows", [MU_LEG_BADGES] = "badges", [MU_LEG_BADGES + 1] = NULL,
};

static const mu_field leg_fields[] = {
    {MU_FIELD_AT(mu_leg, space), .kind = MU_FIELD_REF, .flags = MU_FIELD_REQUIRED,
     .target = MU_ENTITY_SPACE, .meaning = N_("Space that the leg leads into")},
    {MU_FIELD_AT(mu_leg, at), .kind = MU_FIELD_POINT, .flags = MU_FIELD_REQUIRED, .unit = "m",
     .meaning = N_("Where in that space it ends")},
    {MU_FIELD_AT(mu_leg, as), .kind = MU_FIELD_WORD, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("What the space is to the site: a word for triggers and clauses, such as "
                   "grounds, data_centre, archive or plant")},
    {MU_FIELD_AT(mu_leg, how), .kind = MU_FIELD_ENUM, .names = how_words,
     .fallback = MU_LEG_WALKS,
     .meaning = N_("How it gets there: walks where nothing is shut, climbs over the perimeter, "
                   "forces a door, follows close behind somebody, or badges with a pass alone")},
    {MU_FIELD_AT(mu_leg, through), .kind = MU_FIELD_REF, .target = MU_ENTITY_PORTAL,
     .meaning = N_("Door or gate in the way, if there is one")},
    {MU_FIELD_AT(mu_leg, delay_s), .kind = MU_FIELD_DIST, .least = 0, .most = 86400, .unit = "s",
     .meaning = N_("How long what is in the way holds, from the site's own acceptance test")},
    {MU_FIELD_AT(mu_leg, stays_s), .kind = MU_FIELD_REAL, .least = 0, .most = 86400, .unit = "s",
     .meaning = N_("Time spent there before the next leg")},
};

static const mu_record_type leg_type = {
    .name = "leg",
    .meaning = N_("One leg of the intruder's path"),
    .size = sizeof(mu_leg),
    MU_FIELD_ROWS(leg_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field intruder_fields[] = {
    {MU_FIELD_AT(mu_intruder_given, starts_at_s), .kind = MU_FIELD_REAL, .least = 0,
     .most = 604800, .unit = "s",
     .meaning = N_("When they are at the first thing in their way, from the start of the "
                   "incident")},
    {MU_FIELD_AT(mu_intruder_given, speed_mps), .kind = MU_FIELD_REAL, .least = 0.1, .most = 10,
     .fallback = 2, .unit = "m/s", .meaning = N_("How fast they move between the points")},
    {MU_FIELD_AT(mu_intruder_given, dark), .kind = MU_FIELD_BOOL,
     .meaning = N_("Whether it is dark outdoors")},
    {MU_FIELD_AT(mu_intruder_given, path), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &leg_type, .meaning = N_("The path that the planner gives, leg by leg")},
};

const mu_record_type mu_intruder_type = {
    .name = "intruder",
    .meaning = N_("Somebody comes in over the perimeter"),
    .size = sizeof(mu_intruder_given),
    MU_FIELD_ROWS(intruder_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};
