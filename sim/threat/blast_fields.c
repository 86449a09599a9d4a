/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the planner writes of an explosion, and of a second item, as tables of fields. */
#include "core/field.h"
#include "core/i18n.h"
#include "threat/item.h"
#include "threat/second.h"

static const mu_field smoke_fields[] = {
    {MU_FIELD_AT(mu_smoke_given, space), .kind = MU_FIELD_REF, .flags = MU_FIELD_REQUIRED,
     .target = MU_ENTITY_SPACE, .meaning = N_("Space that fills with it")},
    {MU_FIELD_AT(mu_smoke_given, extinction_per_m), .kind = MU_FIELD_REAL,
     .flags = MU_FIELD_REQUIRED, .least = 0, .most = 50, .unit = "1/m",
     .meaning =
         N_("Extinction coefficient: people walk more slowly (Frantzich and Nilsson) and see "
            "3 m divided by it")},
    {MU_FIELD_AT(mu_smoke_given, clears_after_s), .kind = MU_FIELD_REAL, .least = 0, .most = 604800,
     .unit = "s", .meaning = N_("Until it is gone again; 0: it stays")},
};

static const mu_record_type smoke_type = {
    .name = "smoke",
    .meaning = N_("Smoke in a space"),
    .size = sizeof(mu_smoke_given),
    MU_FIELD_ROWS(smoke_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field explosion_fields[] = {
    {MU_FIELD_AT(mu_explosion_given, at_s), .kind = MU_FIELD_REAL, .least = 0, .most = 604800,
     .unit = "s", .meaning = N_("When, from the start of the incident; 0: never")},
    {MU_FIELD_AT(mu_explosion_given, unless), .kind = MU_FIELD_STRING,
     .meaning = N_("Milestone that makes it safe if it comes before: searched:item")},
    {MU_FIELD_AT(mu_explosion_given, casualties), .kind = MU_FIELD_RECORD,
     .record = &mu_casualties_type, .meaning = N_("Who plays a casualty")},
    {MU_FIELD_AT(mu_explosion_given, fear_radius_m), .kind = MU_FIELD_REAL, .least = 0,
     .most = 5000, .unit = "m",
     .meaning = N_("Who is within it on the same level, or in the same space, runs off at once")},
    {MU_FIELD_AT(mu_explosion_given, heard_radius_m), .kind = MU_FIELD_REAL, .least = 0,
     .most = 5000, .unit = "m",
     .meaning = N_("Who is within it, on any level, hears it and leaves as at an alarm")},
    {MU_FIELD_AT(mu_explosion_given, smoke), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &smoke_type, .meaning = N_("Spaces that fill with smoke")},
    {MU_FIELD_AT(mu_explosion_given, doors_lost), .kind = MU_FIELD_REF, .flags = MU_FIELD_LIST,
     .target = MU_ENTITY_PORTAL, .meaning = N_("Portals that nobody passes any more")},
};

const mu_record_type mu_explosion_type = {
    .name = "explosion",
    .meaning = N_("An explosion, as an exercise writes it down"),
    .size = sizeof(mu_explosion_given),
    MU_FIELD_ROWS(explosion_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field second_fields[] = {
    {MU_FIELD_AT(mu_second_given, space), .kind = MU_FIELD_REF, .flags = MU_FIELD_REQUIRED,
     .target = MU_ENTITY_SPACE, .meaning = N_("Space in which it stands")},
    {MU_FIELD_AT(mu_second_given, at), .kind = MU_FIELD_POINT, .flags = MU_FIELD_REQUIRED,
     .unit = "m", .meaning = N_("Where it stands in that space")},
    {MU_FIELD_AT(mu_second_given, appears_at_s), .kind = MU_FIELD_REAL, .least = 0, .most = 604800,
     .unit = "s", .meaning = N_("When it is put there, from the start of the incident")},
    {MU_FIELD_AT(mu_second_given, by_inject), .kind = MU_FIELD_BOOL,
     .meaning = N_("Whether it is there only once an inject or a decision of a tabletop puts it "
                   "there; then it cannot explode")},
    {MU_FIELD_AT(mu_second_given, search_chance), .kind = MU_FIELD_REAL, .flags = MU_FIELD_REQUIRED,
     .least = 0, .most = 1, .unit = "1",
     .meaning = N_("Chance that one search of the place finds it")},
    {MU_FIELD_AT(mu_second_given, explosion), .kind = MU_FIELD_RECORD, .record = &mu_explosion_type,
     .meaning = N_("Whether and when it explodes")},
};

const mu_record_type mu_second_type = {
    .name = "second_item",
    .meaning = N_("A second item, where people are sent or elsewhere"),
    .size = sizeof(mu_second_given),
    MU_FIELD_ROWS(second_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};
