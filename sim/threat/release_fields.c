/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Release and wind of an incident file as tables of fields. */
#include "core/field.h"
#include "core/i18n.h"
#include "threat/release.h"

static const char *const substance_words[] = {
    [MU_SUBSTANCE_CHLORINE] = "chlorine",
    [MU_SUBSTANCE_AMMONIA] = "ammonia",
    [MU_SUBSTANCE_HYDROGEN_CHLORIDE] = "hydrogen_chloride",
    [MU_SUBSTANCE_COUNT] = NULL,
};

static const char *const spill_words[] = {
    [MU_SPILL_SMALL] = "small",
    [MU_SPILL_RAIL_TANK_CAR] = "rail_tank_car",
    [MU_SPILL_HIGHWAY_TANK] = "highway_tank",
    [MU_SPILL_TON_CYLINDERS] = "ton_cylinders",
    [MU_SPILL_SMALL_CYLINDERS] = "small_cylinders",
    [MU_SPILL_NURSE_TANK] = "nurse_tank",
    [MU_SPILL_COUNT] = NULL,
};

static const mu_field wind_fields[] = {
    {MU_FIELD_AT(mu_wind, from_deg), .kind = MU_FIELD_REAL, .least = 0, .most = 360, .unit = "deg",
     .meaning = N_("Where it blows from, clockwise from north (the y axis): 270 is a west wind")},
    {MU_FIELD_AT(mu_wind, speed_mps), .kind = MU_FIELD_REAL, .least = 0, .most = 60, .fallback = 2,
     .unit = "m/s", .meaning = N_("Its speed")},
};

const mu_record_type mu_wind_type = {
    .name = "wind",
    .meaning = N_("The day's wind"),
    .size = sizeof(mu_wind),
    MU_FIELD_ROWS(wind_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field point_fields[] = {
    {MU_FIELD_AT(mu_air_point, at_s), .kind = MU_FIELD_REAL, .flags = MU_FIELD_REQUIRED, .least = 0,
     .most = 604800, .unit = "s", .meaning = N_("When, from the start of the leak")},
    {MU_FIELD_AT(mu_air_point, value), .kind = MU_FIELD_REAL, .flags = MU_FIELD_REQUIRED,
     .least = 0, .most = 1000000, .meaning = N_("How much then; straight in between")},
};

static const mu_record_type point_type = {
    .name = "curve_point",
    .meaning = N_("A point of a curve over time"),
    .size = sizeof(mu_air_point),
    MU_FIELD_ROWS(point_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field release_fields[] = {
    {MU_FIELD_AT(mu_release_given, substance), .kind = MU_FIELD_ENUM, .flags = MU_FIELD_REQUIRED,
     .names = substance_words, .meaning = N_("Which gas: a row of the public guideline levels")},
    {MU_FIELD_AT(mu_release_given, space), .kind = MU_FIELD_REF, .flags = MU_FIELD_REQUIRED,
     .target = MU_ENTITY_SPACE,
     .meaning = N_("Space in which it is; if that is in no air zone, the gas is in the open air")},
    {MU_FIELD_AT(mu_release_given, at), .kind = MU_FIELD_POINT, .flags = MU_FIELD_REQUIRED,
     .unit = "m", .meaning = N_("Where in that space: the middle of the circle to be kept clear")},
    {MU_FIELD_AT(mu_release_given, starts_at_s), .kind = MU_FIELD_REAL, .least = 0, .most = 604800,
     .unit = "s", .meaning = N_("When it begins, from the start of the incident")},
    {MU_FIELD_AT(mu_release_given, rate_g_s), .kind = MU_FIELD_REAL, .least = 0, .most = 10000,
     .unit = "g/s", .meaning = N_("A steady source; or give a curve")},
    {MU_FIELD_AT(mu_release_given, lasts_s), .kind = MU_FIELD_REAL, .least = 0, .most = 604800,
     .fallback = 600, .unit = "s", .meaning = N_("How long the steady source lasts")},
    {MU_FIELD_AT(mu_release_given, source_g_s), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .least = 0, .most = 1000, .record = &point_type,
     .meaning = N_("The source as a curve in g/s; none before its first point and after its last")},
    {MU_FIELD_AT(mu_release_given, concentration_ppm), .kind = MU_FIELD_RECORD,
     .flags = MU_FIELD_LIST, .least = 0, .most = 1000, .record = &point_type,
     .meaning = N_("Instead of a source: the concentration there as a curve in ppm")},
    {MU_FIELD_AT(mu_release_given, in_open_air), .kind = MU_FIELD_BOOL,
     .meaning = N_("That curve is of the air outdoors, which the ventilation draws in")},
    {MU_FIELD_AT(mu_release_given, intake), .kind = MU_FIELD_REF, .target = MU_ENTITY_AIR_UNIT,
     .meaning = N_("That curve is of the air that this unit draws in from outdoors, and of no "
                   "other")},
    {MU_FIELD_AT(mu_release_given, spill), .kind = MU_FIELD_ENUM, .names = spill_words,
     .fallback = MU_SPILL_SMALL,
     .meaning = N_("Row of the Emergency Response Guidebook for distances to keep")},
    {MU_FIELD_AT(mu_release_given, night), .kind = MU_FIELD_BOOL,
     .meaning = N_("Between sunset and sunrise: the Guidebook's distances are larger")},
    {MU_FIELD_AT(mu_release_given, smell_ppm), .kind = MU_FIELD_REAL, .flags = MU_FIELD_REQUIRED,
     .least = 0.001, .most = 1000000, .unit = "ppm",
     .meaning = N_("From which people notice it by smell or irritation")},
    {MU_FIELD_AT(mu_release_given, smell_s), .kind = MU_FIELD_DIST, .least = 0, .most = 86400,
     .unit = "s", .meaning = N_("Time spent in such air until one person has noticed and leaves")},
    {MU_FIELD_AT(mu_release_given, operator_chance), .kind = MU_FIELD_REAL, .least = 0, .most = 1,
     .unit = "1", .meaning = N_("Chance that an instrument of the plant tells the operator")},
    {MU_FIELD_AT(mu_release_given, operator_s), .kind = MU_FIELD_DIST, .least = 0, .most = 86400,
     .unit = "s", .meaning = N_("And when, from the start of the leak")},
    {MU_FIELD_AT(mu_release_given, clear_ppm), .kind = MU_FIELD_REAL, .flags = MU_FIELD_REQUIRED,
     .least = 0.001, .most = 1000000, .unit = "ppm",
     .meaning = N_("It is gone when every air zone is below this")},
};

const mu_record_type mu_release_type = {
    .name = "release",
    .meaning = N_("A gas that leaks, given as a source or as a concentration"),
    .size = sizeof(mu_release_given),
    MU_FIELD_ROWS(release_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};
