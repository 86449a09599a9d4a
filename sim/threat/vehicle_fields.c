/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The vehicle at a gate as a table of fields. */
#include "core/field.h"
#include "core/i18n.h"
#include "threat/vehicle.h"

static const mu_field vehicle_fields[] = {
    {MU_FIELD_AT(mu_vehicle_given, at_s), .kind = MU_FIELD_REAL, .least = 0, .most = 604800,
     .unit = "s", .meaning = N_("When it stands at the gate, from the start of the incident")},
    {MU_FIELD_AT(mu_vehicle_given, gate), .kind = MU_FIELD_REF, .flags = MU_FIELD_REQUIRED,
     .target = MU_ENTITY_PORTAL, .meaning = N_("The gate")},
    {MU_FIELD_AT(mu_vehicle_given, space), .kind = MU_FIELD_REF, .flags = MU_FIELD_REQUIRED,
     .target = MU_ENTITY_SPACE, .meaning = N_("Space in which it stands")},
    {MU_FIELD_AT(mu_vehicle_given, at), .kind = MU_FIELD_POINT, .flags = MU_FIELD_REQUIRED,
     .unit = "m", .meaning = N_("Where in that space")},
    {MU_FIELD_AT(mu_vehicle_given, mass_t), .kind = MU_FIELD_REAL, .flags = MU_FIELD_REQUIRED,
     .least = 0, .most = 100, .unit = "t", .meaning = N_("Its mass")},
    {MU_FIELD_AT(mu_vehicle_given, notice_chance), .kind = MU_FIELD_REAL, .least = 0, .most = 1,
     .fallback = 1, .unit = "1",
     .meaning = N_("Chance that the guards there see that something is wrong with it")},
    {MU_FIELD_AT(mu_vehicle_given, notice_m), .kind = MU_FIELD_REAL, .least = 0, .most = 1000,
     .fallback = 15, .unit = "m",
     .meaning = N_("Guards within this distance can notice it (speaking distance, a planning "
                   "assumption); with none there, the first who comes by")},
    {MU_FIELD_AT(mu_vehicle_given, notice_s), .kind = MU_FIELD_DIST, .flags = MU_FIELD_REQUIRED,
     .least = 0, .most = 86400, .unit = "s", .meaning = N_("And how long until they do")},
    {MU_FIELD_AT(mu_vehicle_given, drives_at_s), .kind = MU_FIELD_REAL, .least = 0,
     .most = 604800, .unit = "s",
     .meaning = N_("When it drives on, from the start of the incident; 0 is never")},
    {MU_FIELD_AT(mu_vehicle_given, seen_m), .kind = MU_FIELD_REAL, .least = 0, .most = 1000,
     .fallback = 60, .unit = "m",
     .meaning = N_("Whoever is outdoors within this distance then sees it break in or be stopped, if "
                   "nobody has noticed it before (a planning assumption); with nobody there, the "
                   "first who comes by")},
};

const mu_record_type mu_vehicle_type = {
    .name = "vehicle",
    .meaning = N_("A vehicle at a gate"),
    .size = sizeof(mu_vehicle_given),
    MU_FIELD_ROWS(vehicle_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};
