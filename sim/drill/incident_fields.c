/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The incident file as tables of fields: one place, one time, one means, all given by the planner.
 */
#include "drill/incident.h"

#include "core/field.h"
#include "core/i18n.h"

const char *const mu_incident_kind_words[] = {
    [MU_INCIDENT_EVACUATION] = "evacuation", [MU_INCIDENT_PACKAGE] = "package",
    [MU_INCIDENT_CHEMICAL] = "chemical",     [MU_INCIDENT_HOSTAGE] = "hostage",
    [MU_INCIDENT_INTRUSION] = "intrusion",   [MU_INCIDENT_CALL] = "call",
    [MU_INCIDENT_VEHICLE] = "vehicle",       [MU_INCIDENT_VEHICLE + 1] = NULL,
};

static const mu_field incident_fields[] = {
    {MU_FIELD_AT(mu_incident, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name of the incident in results")},
    {MU_FIELD_AT(mu_incident, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_incident, story), .kind = MU_FIELD_TEXT,
     .meaning = N_("What this file is about, in a few sentences")},
    {MU_FIELD_AT(mu_incident, kind), .kind = MU_FIELD_ENUM, .flags = MU_FIELD_REQUIRED,
     .names = mu_incident_kind_words, .meaning = N_("What happens")},
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
    {MU_FIELD_AT(mu_incident, item), .kind = MU_FIELD_RECORD, .record = &mu_item_type,
     .meaning = N_("Kind package: the item")},
    {MU_FIELD_AT(mu_incident, release), .kind = MU_FIELD_RECORD, .record = &mu_release_type,
     .meaning = N_("Kind chemical: the gas")},
    {MU_FIELD_AT(mu_incident, wind), .kind = MU_FIELD_RECORD, .record = &mu_wind_type,
     .meaning = N_("The day's wind")},
    {MU_FIELD_AT(mu_incident, second_item), .kind = MU_FIELD_RECORD, .record = &mu_second_type,
     .meaning = N_("Kind package: a second item, if there is one")},
    {MU_FIELD_AT(mu_incident, hostage), .kind = MU_FIELD_RECORD, .record = &mu_hostage_type,
     .meaning = N_("Kind hostage: where, when, who is held, how it becomes known and ends")},
    {MU_FIELD_AT(mu_incident, intruder), .kind = MU_FIELD_RECORD, .record = &mu_intruder_type,
     .meaning = N_("Kind intrusion: when, and along which path")},
    {MU_FIELD_AT(mu_incident, call), .kind = MU_FIELD_RECORD, .record = &mu_call_type,
     .meaning = N_("Kind call: when, who takes it, and the place that is named")},
    {MU_FIELD_AT(mu_incident, vehicle), .kind = MU_FIELD_RECORD, .record = &mu_vehicle_type,
     .meaning = N_("Kind vehicle: where and when it stands, and whether it drives on")},
    {MU_FIELD_AT(mu_incident, outages), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &mu_outage_type, .meaning = N_("What fails meanwhile: mains power, channels")},
    {MU_FIELD_AT(mu_incident, tips), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST, .least = 0,
     .most = 64, .record = &mu_tip_type,
     .meaning = N_("Reports that reach the intelligence desk")},
    {MU_FIELD_AT(mu_incident, shift_changes), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &mu_shift_change_type,
     .meaning = N_("Changes of shift meanwhile that the roster does not say")},
    {MU_FIELD_AT(mu_incident, exercise), .kind = MU_FIELD_RECORD, .record = &mu_exercise_type,
     .meaning = N_("A tabletop played on this incident: goals, parts and injects")},
    {MU_FIELD_AT(mu_incident, horizon_s), .kind = MU_FIELD_REAL, .least = 1,
     .most = MU_HORIZON_S_MOST,
     .fallback = 7200, .unit = "s", .meaning = N_("The run ends then at the latest")},
    {MU_FIELD_AT(mu_incident, incremental_premovement), .kind = MU_FIELD_BOOL, .fallback = 1,
     .meaning = N_("The spread of pre-movement times counts from the first occupants on (a reading "
                   "of PD 7974-6); else from the alarm")},
    {MU_FIELD_AT(mu_incident, premovement_factor), .kind = MU_FIELD_REAL, .least = 0, .most = 10,
     .fallback = 1,
     .meaning = N_("Every pre-movement time is multiplied by this: at 0 everyone sets off when the "
                   "alarm reaches them, as comparisons of motion models ask")},
    {MU_FIELD_AT(mu_incident, motion), .kind = MU_FIELD_ENUM, .names = mu_motion_words,
     .meaning =
         N_("What moves people: walk, every body in continuous space, step by step; or flow, "
            "a queueing network of spaces and doors, for many runs")},
    {MU_FIELD_AT(mu_incident, motion_mode), .kind = MU_FIELD_ENUM, .names = mu_motion_mode_words,
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
