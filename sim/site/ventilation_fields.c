/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Air and decontamination of a site file as tables of fields. */
#include "core/field.h"
#include "core/i18n.h"
#include "site/ventilation.h"

static const char *const unit_state_words[] = {
    [MU_AIR_UNIT_RUNNING] = "running",
    [MU_AIR_UNIT_SHUT] = "shut",
    [MU_AIR_UNIT_SHUT + 1] = NULL,
};

static const mu_field airspace_fields[] = {
    {MU_FIELD_AT(mu_airspace, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name by which other records refer to it")},
    {MU_FIELD_AT(mu_airspace, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_airspace, spaces), .kind = MU_FIELD_REF,
     .flags = MU_FIELD_REQUIRED | MU_FIELD_LIST | MU_FIELD_NOT_EMPTY, .target = MU_ENTITY_SPACE,
     .meaning = N_("Spaces that share their air")},
    {MU_FIELD_AT(mu_airspace, height_m), .kind = MU_FIELD_REAL, .least = 1, .most = 100,
     .fallback = 3, .unit = "m", .meaning = N_("Clear height")},
    {MU_FIELD_AT(mu_airspace, volume_m3), .kind = MU_FIELD_REAL, .least = 0, .most = 10000000,
     .unit = "m3", .meaning = N_("Volume of air; 0 takes floor area times height")},
    {MU_FIELD_AT(mu_airspace, deposition_per_h), .kind = MU_FIELD_REAL, .least = 0, .most = 100,
     .unit = "1/h", .meaning = N_("Share of a gas that surfaces take up per hour")},
};

const mu_record_type mu_airspace_type = {
    .name = "air_zone",
    .meaning = N_("Spaces whose air mixes: a zone of the ventilation"),
    .size = sizeof(mu_airspace),
    MU_FIELD_ROWS(airspace_fields),
    .defines = MU_ENTITY_AIR_ZONE,
    MU_FIELD_ORIGIN(mu_airspace),
};

static const mu_field unit_fields[] = {
    {MU_FIELD_AT(mu_air_unit, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name by which other records refer to it")},
    {MU_FIELD_AT(mu_air_unit, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_air_unit, state), .kind = MU_FIELD_ENUM, .names = unit_state_words,
     .fallback = MU_AIR_UNIT_RUNNING, .meaning = N_("State at the start")},
    {MU_FIELD_AT(mu_air_unit, shuts_in_s), .kind = MU_FIELD_DIST, .least = 0, .most = 3600,
     .unit = "s", .meaning = N_("From the order until its fans stand and its dampers are closed")},
    {MU_FIELD_AT(mu_air_unit, starts_in_s), .kind = MU_FIELD_DIST, .least = 0, .most = 3600,
     .unit = "s", .meaning = N_("From the order until it runs")},
};

const mu_record_type mu_air_unit_type = {
    .name = "air_unit",
    .meaning = N_("An air-handling unit or a fan"),
    .size = sizeof(mu_air_unit),
    MU_FIELD_ROWS(unit_fields),
    .defines = MU_ENTITY_AIR_UNIT,
    MU_FIELD_ORIGIN(mu_air_unit),
};

static const mu_field path_fields[] = {
    {MU_FIELD_AT(mu_air_path, from), .kind = MU_FIELD_REF, .target = MU_ENTITY_AIR_ZONE,
     .meaning = N_("Zone that the air comes from; outdoors if left out")},
    {MU_FIELD_AT(mu_air_path, to), .kind = MU_FIELD_REF, .target = MU_ENTITY_AIR_ZONE,
     .meaning = N_("Zone that it goes to; outdoors if left out")},
    {MU_FIELD_AT(mu_air_path, unit), .kind = MU_FIELD_REF, .target = MU_ENTITY_AIR_UNIT,
     .meaning = N_("Unit that drives it; leakage that is always there if left out")},
    {MU_FIELD_AT(mu_air_path, m3_h), .kind = MU_FIELD_REAL, .flags = MU_FIELD_REQUIRED, .least = 0,
     .most = 10000000, .unit = "m3/h", .meaning = N_("Air while the unit runs")},
    {MU_FIELD_AT(mu_air_path, shut_m3_h), .kind = MU_FIELD_REAL, .least = 0, .most = 10000000,
     .unit = "m3/h", .meaning = N_("Air that still passes while the unit is shut")},
    {MU_FIELD_AT(mu_air_path, filter), .kind = MU_FIELD_REAL, .least = 0, .most = 1, .unit = "1",
     .meaning = N_("Share of a gas that is held back on the way")},
};

const mu_record_type mu_air_path_type = {
    .name = "air_flow",
    .meaning = N_("A flow of air between two zones, or between a zone and outdoors"),
    .size = sizeof(mu_air_path),
    MU_FIELD_ROWS(path_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_ORIGIN(mu_air_path),
};

static const mu_field wash_fields[] = {
    {MU_FIELD_AT(mu_wash, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name by which other records refer to it")},
    {MU_FIELD_AT(mu_wash, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_wash, space), .kind = MU_FIELD_REF, .flags = MU_FIELD_REQUIRED,
     .target = MU_ENTITY_SPACE, .meaning = N_("Space in which it is")},
    {MU_FIELD_AT(mu_wash, at), .kind = MU_FIELD_POINT, .flags = MU_FIELD_REQUIRED, .unit = "m",
     .meaning = N_("Where its queue begins, in that space")},
    {MU_FIELD_AT(mu_wash, disrobe_places), .kind = MU_FIELD_INT, .least = 1, .most = 1000,
     .fallback = 4, .unit = "persons", .meaning = N_("Persons who can take their clothes off")},
    {MU_FIELD_AT(mu_wash, disrobe_s), .kind = MU_FIELD_DIST, .least = 0, .most = 3600, .unit = "s",
     .fallback = 60, .meaning = N_("Time that it takes one person")},
    {MU_FIELD_AT(mu_wash, wipe_places), .kind = MU_FIELD_INT, .least = 0, .most = 1000,
     .unit = "persons", .meaning = N_("Persons who can be wiped dry; 0: it is not done")},
    {MU_FIELD_AT(mu_wash, wipe_s), .kind = MU_FIELD_DIST, .least = 0, .most = 3600, .unit = "s",
     .fallback = 30, .meaning = N_("Time that it takes one person")},
    {MU_FIELD_AT(mu_wash, shower_heads), .kind = MU_FIELD_INT, .least = 1, .most = 1000,
     .fallback = 4, .unit = "persons", .meaning = N_("Shower heads")},
    {MU_FIELD_AT(mu_wash, shower_s), .kind = MU_FIELD_DIST, .least = 0, .most = 3600, .unit = "s",
     .fallback = 90, .meaning = N_("Time that one person is under the shower")},
    {MU_FIELD_AT(mu_wash, changeover_s), .kind = MU_FIELD_REAL, .least = 0, .most = 3600,
     .fallback = 30, .unit = "s", .meaning = N_("Until a shower head takes the next one")},
    {MU_FIELD_AT(mu_wash, rerobe_places), .kind = MU_FIELD_INT, .least = 1, .most = 1000,
     .fallback = 10, .unit = "persons", .meaning = N_("Persons who can dress again")},
    {MU_FIELD_AT(mu_wash, rerobe_s), .kind = MU_FIELD_DIST, .least = 0, .most = 3600, .unit = "s",
     .fallback = 180, .meaning = N_("Time that it takes one person")},
    {MU_FIELD_AT(mu_wash, slower_factor), .kind = MU_FIELD_REAL, .least = 1, .most = 20,
     .fallback = 3, .unit = "1", .meaning = N_("How much longer those take who need help")},
};

const mu_record_type mu_wash_type = {
    .name = "decontamination_line",
    .meaning = N_("Where people who were exposed are decontaminated"),
    .size = sizeof(mu_wash),
    MU_FIELD_ROWS(wash_fields),
    .defines = MU_ENTITY_WASH,
    MU_FIELD_ORIGIN(mu_wash),
};
