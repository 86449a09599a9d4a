/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a site file that lift.h holds, as tables of fields. */
#include "site/lift.h"

#include "core/field.h"
#include "core/i18n.h"

static const mu_field lift_fields[] = {
    {MU_FIELD_AT(mu_lift, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name by which other records refer to it")},
    {MU_FIELD_AT(mu_lift, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_lift, cars), .kind = MU_FIELD_REF, .flags = MU_FIELD_REQUIRED | MU_FIELD_LIST,
     .least = 1, .most = MU_LIFT_CARS_MOST, .target = MU_ENTITY_SPACE,
     .meaning = N_("The space of use 'lift' that its car stands in on each level, from the lowest "
                   "up; portals of kind 'lift' join them, doors lead out of them")},
    {MU_FIELD_AT(mu_lift, capacity), .kind = MU_FIELD_INT, .least = 1, .most = 200,
     .fallback = MU_LIFT_CAPACITY, .unit = "persons", .meaning = N_("Persons that the car takes")},
    {MU_FIELD_AT(mu_lift, speed_mps), .kind = MU_FIELD_REAL, .least = 0.1, .most = 20,
     .fallback = MU_LIFT_SPEED_MPS, .unit = "m/s", .meaning = N_("Speed of the car")},
    {MU_FIELD_AT(mu_lift, doors_s), .kind = MU_FIELD_REAL, .least = 0, .most = 60,
     .fallback = MU_LIFT_DOORS_S, .unit = "s",
     .meaning = N_("Time that the doors take to open, and to close")},
    {MU_FIELD_AT(mu_lift, stays_s), .kind = MU_FIELD_REAL, .least = 0, .most = 600,
     .fallback = MU_LIFT_STAYS_S, .unit = "s",
     .meaning = N_("Time that the doors stay open at least")},
    {MU_FIELD_AT(mu_lift, recall), .kind = MU_FIELD_REF, .target = MU_ENTITY_SPACE,
     .meaning = N_("The car's space to which an alarm calls it, where it opens and stays; left "
                   "out: the lowest from which a door of its level leads into the open, else the "
                   "lowest")},
    {MU_FIELD_AT(mu_lift, evacuation), .kind = MU_FIELD_BOOL,
     .meaning = N_("Whether helpers use it after an alarm to bring down people who cannot use "
                   "stairs")},
};

const mu_record_type mu_lift_type = {
    .name = "lift",
    .meaning = N_("A lift: one car and the levels that it serves"),
    .size = sizeof(mu_lift),
    MU_FIELD_ROWS(lift_fields),
    .defines = MU_ENTITY_LIFT,
    MU_FIELD_ORIGIN(mu_lift),
};

static const mu_field refuge_fields[] = {
    {MU_FIELD_AT(mu_refuge, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name by which other records refer to it")},
    {MU_FIELD_AT(mu_refuge, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_refuge, space), .kind = MU_FIELD_REF, .flags = MU_FIELD_REQUIRED,
     .target = MU_ENTITY_SPACE, .meaning = N_("Space in which it is")},
    {MU_FIELD_AT(mu_refuge, at), .kind = MU_FIELD_POINT, .flags = MU_FIELD_REQUIRED, .unit = "m",
     .meaning = N_("Where it is in that space, out of the way of those who pass")},
    {MU_FIELD_AT(mu_refuge, capacity), .kind = MU_FIELD_INT, .least = 1, .most = 1000,
     .fallback = MU_REFUGE_CAPACITY, .unit = "persons",
     .meaning = N_("Persons who can wait there")},
    {MU_FIELD_AT(mu_refuge, calls), .kind = MU_FIELD_REF, .target = MU_ENTITY_CHANNEL,
     .meaning = N_("Channel of its call point; left out: whoever waits uses their own telephone, "
                   "and without one is found only by those who search")},
};

const mu_record_type mu_refuge_type = {
    .name = "refuge",
    .meaning = N_("A place of refuge, where people who cannot use stairs wait for help"),
    .size = sizeof(mu_refuge),
    MU_FIELD_ROWS(refuge_fields),
    .defines = MU_ENTITY_REFUGE,
    MU_FIELD_ORIGIN(mu_refuge),
};
