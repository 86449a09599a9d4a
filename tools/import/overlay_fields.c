/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The overlay file as tables of fields. */
#include "core/field.h"
#include "core/i18n.h"
#include "tools/import/overlay.h"

#define UNIT_MEANING N_("Unit, by its id in the import report or by its id in the source")
#define WHY_MEANING  N_("Why; it is repeated in the import report")

static const mu_field door_fields[] = {
    {MU_FIELD_AT(mu_overlay_door, id), .kind = MU_FIELD_WORD, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name of the door in the site file")},
    {MU_FIELD_AT(mu_overlay_door, unit), .kind = MU_FIELD_STRING, .flags = MU_FIELD_REQUIRED,
     .meaning = UNIT_MEANING},
    {MU_FIELD_AT(mu_overlay_door, to), .kind = MU_FIELD_STRING,
     .meaning = N_("Unit on the other side; absent: outdoors, so that the door is an exit")},
    {MU_FIELD_AT(mu_overlay_door, line), .kind = MU_FIELD_RING, .least = 2, .most = 2, .unit = "m",
     .meaning = N_("The two ends of the door, in the frame of the import report")},
    {MU_FIELD_AT(mu_overlay_door, at), .kind = MU_FIELD_RING, .least = 1, .most = 1, .unit = "m",
     .meaning = N_("Instead of a line: one point, the door being laid on the nearest border of the "
                   "unit")},
    {MU_FIELD_AT(mu_overlay_door, width_m), .kind = MU_FIELD_REAL, .least = 0.5, .most = 50,
     .fallback = MU_DRAFT_EXIT_WIDTH_M, .unit = "m",
     .meaning = N_("Clear width of a door given by one point")},
    {MU_FIELD_AT(mu_overlay_door, why), .kind = MU_FIELD_STRING, .meaning = WHY_MEANING},
};

static const mu_record_type door_type = {
    .name = "door",
    .meaning = N_("A door or an exit that the plan lacks"),
    .size = sizeof(mu_overlay_door),
    MU_FIELD_ROWS(door_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field stair_fields[] = {
    {MU_FIELD_AT(mu_overlay_stair, lower), .kind = MU_FIELD_STRING, .flags = MU_FIELD_REQUIRED,
     .meaning = UNIT_MEANING},
    {MU_FIELD_AT(mu_overlay_stair, upper), .kind = MU_FIELD_STRING, .flags = MU_FIELD_REQUIRED,
     .meaning = UNIT_MEANING},
    {MU_FIELD_AT(mu_overlay_stair, width_m), .kind = MU_FIELD_REAL, .least = 0, .most = 20,
     .unit = "m", .meaning = N_("Clear width of the flight; 0 takes the importer's")},
    {MU_FIELD_AT(mu_overlay_stair, why), .kind = MU_FIELD_STRING, .meaning = WHY_MEANING},
};

static const mu_record_type stair_type = {
    .name = "stairs",
    .meaning = N_("A flight between two stair units of consecutive levels"),
    .size = sizeof(mu_overlay_stair),
    MU_FIELD_ROWS(stair_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field use_fields[] = {
    {MU_FIELD_AT(mu_overlay_use, unit), .kind = MU_FIELD_STRING, .flags = MU_FIELD_REQUIRED,
     .meaning = UNIT_MEANING},
    {MU_FIELD_AT(mu_overlay_use, use), .kind = MU_FIELD_ENUM, .flags = MU_FIELD_REQUIRED,
     .names = mu_use_words, .meaning = N_("What it is used for")},
    {MU_FIELD_AT(mu_overlay_use, why), .kind = MU_FIELD_STRING, .meaning = WHY_MEANING},
};

static const mu_record_type use_type = {
    .name = "use",
    .meaning = N_("Another use of a unit than its category says"),
    .size = sizeof(mu_overlay_use),
    MU_FIELD_ROWS(use_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field drop_fields[] = {
    {MU_FIELD_AT(mu_overlay_drop, unit), .kind = MU_FIELD_STRING, .flags = MU_FIELD_REQUIRED,
     .meaning = UNIT_MEANING},
    {MU_FIELD_AT(mu_overlay_drop, why), .kind = MU_FIELD_STRING, .meaning = WHY_MEANING},
};

static const mu_record_type drop_type = {
    .name = "drop",
    .meaning = N_("A unit that is left out"),
    .size = sizeof(mu_overlay_drop),
    MU_FIELD_ROWS(drop_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field overlay_fields[] = {
    {MU_FIELD_AT(mu_overlay, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name of the overlay")},
    {MU_FIELD_AT(mu_overlay, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_overlay, story), .kind = MU_FIELD_TEXT,
     .meaning = N_("What this file is about, in a few sentences")},
    {MU_FIELD_AT(mu_overlay, source), .kind = MU_FIELD_TEXT,
     .meaning = N_("Where the plan comes from, and its licence; repeated in the site file")},
    {MU_FIELD_AT(mu_overlay, origin_lon), .kind = MU_FIELD_REAL, .least = -180, .most = 360,
     .fallback = 360, .unit = "deg",
     .meaning = N_("Longitude of the origin of its coordinates; 360: the centre of the data")},
    {MU_FIELD_AT(mu_overlay, origin_lat), .kind = MU_FIELD_REAL, .least = -90, .most = 90,
     .unit = "deg", .meaning = N_("Latitude of the origin of its coordinates")},
    {MU_FIELD_AT(mu_overlay, accept), .kind = MU_FIELD_STRING, .flags = MU_FIELD_LIST,
     .meaning = N_("Proposals of the import report that are accepted, by id")},
    {MU_FIELD_AT(mu_overlay, doors), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &door_type, .meaning = N_("Doors and exits that are added")},
    {MU_FIELD_AT(mu_overlay, stairs), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &stair_type, .meaning = N_("Flights of stairs that are added")},
    {MU_FIELD_AT(mu_overlay, uses), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &use_type, .meaning = N_("Units whose use is changed")},
    {MU_FIELD_AT(mu_overlay, drops), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &drop_type, .meaning = N_("Units that are left out")},
};

static const mu_record_type overlay_type = {
    .name = "overlay",
    .meaning = N_("What a planner adds to an imported plan"),
    .size = sizeof(mu_overlay),
    MU_FIELD_ROWS(overlay_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

const mu_file_kind mu_overlay_file = {
    .format = "muster.overlay",
    .version = 1,
    .root = &overlay_type,
    .meaning = N_("An overlay: what a planner adds to an imported plan"),
};
