/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The incident file as tables of fields: one place, one time, one means, all given by the planner.
 */
#include "drill/incident.h"

#include "core/field.h"
#include "core/i18n.h"

static const char *const incident_kind_words[] = {
    [MU_INCIDENT_EVACUATION] = "evacuation",
    [MU_INCIDENT_PACKAGE] = "package",
    [MU_INCIDENT_PACKAGE + 1] = NULL,
};

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
};

static const mu_record_type item_type = {
    .name = "item",
    .meaning = N_("A suspicious item"),
    .size = sizeof(mu_item_given),
    MU_FIELD_ROWS(item_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const char *const motion_mode_words[] = {"free", "regulatory", NULL};

static const mu_field incident_fields[] = {
    {MU_FIELD_AT(mu_incident, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name of the incident in results")},
    {MU_FIELD_AT(mu_incident, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_incident, story), .kind = MU_FIELD_TEXT,
     .meaning = N_("What this file is about, in a few sentences")},
    {MU_FIELD_AT(mu_incident, kind), .kind = MU_FIELD_ENUM, .flags = MU_FIELD_REQUIRED,
     .names = incident_kind_words, .meaning = N_("What happens")},
    {MU_FIELD_AT(mu_incident, site), .kind = MU_FIELD_STRING, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Site file, relative to this one")},
    {MU_FIELD_AT(mu_incident, roster), .kind = MU_FIELD_STRING, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Roster file, relative to this one")},
    {MU_FIELD_AT(mu_incident, policy), .kind = MU_FIELD_STRING,
     .meaning = N_("Policy file, relative to this one")},
    {MU_FIELD_AT(mu_incident, playbooks), .kind = MU_FIELD_STRING, .flags = MU_FIELD_LIST,
     .meaning = N_("Playbook files, relative to this one")},
    {MU_FIELD_AT(mu_incident, starts_at), .kind = MU_FIELD_DATE,
     .meaning = N_("Date and time of day, for the report")},
    {MU_FIELD_AT(mu_incident, alarm_at_s), .kind = MU_FIELD_REAL, .least = 0, .most = 604800,
     .unit = "s", .meaning = N_("Kind evacuation: when the alarm is raised")},
    {MU_FIELD_AT(mu_incident, item), .kind = MU_FIELD_RECORD, .record = &item_type,
     .meaning = N_("Kind package: the item")},
    {MU_FIELD_AT(mu_incident, horizon_s), .kind = MU_FIELD_REAL, .least = 1, .most = 604800,
     .fallback = 7200, .unit = "s", .meaning = N_("The run ends then at the latest")},
    {MU_FIELD_AT(mu_incident, incremental_premovement), .kind = MU_FIELD_BOOL, .fallback = 1,
     .meaning = N_("The spread of pre-movement times counts from the first occupants on (a reading "
                   "of PD 7974-6); else from the alarm")},
    {MU_FIELD_AT(mu_incident, motion_mode), .kind = MU_FIELD_ENUM, .names = motion_mode_words,
     .meaning = N_("What limits the flow through doors: bodies alone (free), or at most 1.33 "
                   "persons per metre and second as regulators reckon (regulatory)")},
    {MU_FIELD_AT(mu_incident, seed), .kind = MU_FIELD_INT, .least = 0, .most = 9007199254740991,
     .fallback = 1, .meaning = N_("Seed of the random draws")},
};

static const mu_record_type incident_type = {
    .name = "incident",
    .meaning = N_("One incident"),
    .size = sizeof(mu_incident),
    MU_FIELD_ROWS(incident_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

const mu_file_kind mu_incident_file = {
    .format = "muster.incident",
    .version = 1,
    .root = &incident_type,
    .meaning = N_("The incident: which site, people, policy and playbooks, and what happens"),
};
