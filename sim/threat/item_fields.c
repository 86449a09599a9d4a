/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The item of an incident file as a table of fields. */
#include "core/field.h"
#include "core/i18n.h"
#include "threat/item.h"

static const char *const item_category_words[] = {
    [MU_ITEM_PIPE] = "pipe",
    [MU_ITEM_VEST] = "vest",
    [MU_ITEM_SUITCASE] = "suitcase",
    [MU_ITEM_CAR] = "car",
    [MU_ITEM_VAN] = "van",
    [MU_ITEM_SMALL_TRUCK] = "small_truck",
    [MU_ITEM_TANKER] = "tanker",
    [MU_ITEM_SEMITRAILER] = "semitrailer",
    [MU_ITEM_SEMITRAILER + 1] = NULL,
};

static const mu_field item_fields[] = {
    {MU_FIELD_AT(mu_item_given, category), .kind = MU_FIELD_ENUM, .flags = MU_FIELD_REQUIRED,
     .names = item_category_words,
     .meaning = N_("What it looks like: a row of the public stand-off card")},
    {MU_FIELD_AT(mu_item_given, space), .kind = MU_FIELD_REF, .flags = MU_FIELD_REQUIRED,
     .target = MU_ENTITY_SPACE, .meaning = N_("Space in which it stands")},
    {MU_FIELD_AT(mu_item_given, at), .kind = MU_FIELD_POINT, .flags = MU_FIELD_REQUIRED,
     .unit = "m", .meaning = N_("Where it stands in that space")},
    {MU_FIELD_AT(mu_item_given, appears_at_s), .kind = MU_FIELD_REAL, .least = 0, .most = 604800,
     .unit = "s", .meaning = N_("When it is put there, from the start of the incident")},
    {MU_FIELD_AT(mu_item_given, notice_radius_m), .kind = MU_FIELD_REAL, .least = 0, .most = 1000,
     .fallback = 10, .unit = "m", .meaning = N_("Within which staff and guards may notice it")},
    {MU_FIELD_AT(mu_item_given, staff_notice_s), .kind = MU_FIELD_DIST, .flags = MU_FIELD_REQUIRED,
     .least = 0, .most = 604800, .unit = "s",
     .meaning = N_("Time that one member of staff spends within that radius until noticing it")},
    {MU_FIELD_AT(mu_item_given, guard_notice_chance), .kind = MU_FIELD_REAL,
     .flags = MU_FIELD_REQUIRED, .least = 0, .most = 1, .unit = "1",
     .meaning = N_("Chance that a guard who passes within the radius notices it")},
    {MU_FIELD_AT(mu_item_given, explosion), .kind = MU_FIELD_RECORD, .record = &mu_explosion_type,
     .meaning = N_("Whether and when it explodes")},
};

const mu_record_type mu_item_type = {
    .name = "item",
    .meaning = N_("A suspicious item"),
    .size = sizeof(mu_item_given),
    MU_FIELD_ROWS(item_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};
