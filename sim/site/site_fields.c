/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The site file as tables of fields: what a planner may write, within which limits. */
#include "site/site.h"

#include "core/field.h"
#include "core/i18n.h"

const char *const mu_use_words[] = {
    [MU_USE_OFFICE] = "office",         [MU_USE_LOBBY] = "lobby",
    [MU_USE_CORRIDOR] = "corridor",     [MU_USE_STAIR] = "stair",
    [MU_USE_MEETING] = "meeting",       [MU_USE_CLASSROOM] = "classroom",
    [MU_USE_ASSEMBLY] = "assembly",     [MU_USE_RETAIL] = "retail",
    [MU_USE_LABORATORY] = "laboratory", [MU_USE_LIBRARY] = "library",
    [MU_USE_SANITARY] = "sanitary",     [MU_USE_STORE] = "store",
    [MU_USE_PLANT] = "plant",           [MU_USE_CONTROL_ROOM] = "control_room",
    [MU_USE_COMMAND] = "command",       [MU_USE_DATA_CENTRE] = "data_centre",
    [MU_USE_ARCHIVE] = "archive",       [MU_USE_LIFT] = "lift",
    [MU_USE_PARKING] = "parking",       [MU_USE_ROOF] = "roof",
    [MU_USE_OUTDOOR] = "outdoor",       [MU_USE_OTHER] = "other",
    [MU_USE_OTHER + 1] = NULL,
};

static const char *const portal_kind_words[] = {
    [MU_PORTAL_DOOR] = "door",
    [MU_PORTAL_GATE] = "gate",
    [MU_PORTAL_OPENING] = "opening",
    [MU_PORTAL_STAIR] = "stair",
    [MU_PORTAL_OUTDOOR_EDGE] = "outdoor_edge",
    [MU_PORTAL_ESCALATOR] = "escalator",
    [MU_PORTAL_LIFT] = "lift",
    [MU_PORTAL_TURNSTILE] = "turnstile",
    [MU_PORTAL_TURNSTILE + 1] = NULL,
};

static const char *const portal_state_words[] = {
    [MU_PORTAL_OPEN] = "open",       [MU_PORTAL_CLOSED] = "closed",
    [MU_PORTAL_WAIT] = "wait",       [MU_PORTAL_EXIT_ONLY] = "exit_only",
    [MU_PORTAL_ONE_WAY] = "one_way", [MU_PORTAL_ONE_WAY + 1] = NULL,
};

static const char *const belt_words[] = {
    [MU_BELT_UP] = "up", [MU_BELT_DOWN] = "down", [MU_BELT_DOWN + 1] = NULL};

static const char *const access_words[] = {
    [MU_ACCESS_FREE] = "free",
    [MU_ACCESS_PASS] = "pass",
    [MU_ACCESS_KEY] = "key",
    [MU_ACCESS_KEY + 1] = NULL,
};

const char *const mu_equipment_words[] = {
    [MU_EQUIPMENT_CAMERA] = "camera",
    [MU_EQUIPMENT_BLAST_BLANKET] = "blast_blanket",
    [MU_EQUIPMENT_EOD_KIT] = "eod_kit",
    [MU_EQUIPMENT_PROTECTIVE_KIT] = "protective_kit",
    [MU_EQUIPMENT_MEDICAL_KIT] = "medical_kit",
    [MU_EQUIPMENT_RADIO] = "radio",
    [MU_EQUIPMENT_BARRIER_TAPE] = "barrier_tape",
    [MU_EQUIPMENT_GENERATOR] = "generator",
    [MU_EQUIPMENT_GAS_DETECTOR] = "gas_detector",
    [MU_EQUIPMENT_DURESS_BUTTON] = "duress_button",
    [MU_EQUIPMENT_STRETCHER] = "stretcher",
    [MU_EQUIPMENT_EVACUATION_CHAIR] = "evacuation_chair",
    [MU_EQUIPMENT_CARRY_CHAIR] = "carry_chair",
    [MU_EQUIPMENT_VIBRATION_CABLE] = "vibration_cable",
    [MU_EQUIPMENT_DOOR_CONTACT] = "door_contact",
    [MU_EQUIPMENT_INFRARED] = "infrared",
    [MU_EQUIPMENT_THERMAL_CAMERA] = "thermal_camera",
    [MU_EQUIPMENT_SUPPRESSION] = "suppression",
    [MU_EQUIPMENT_CLIMATE_SENSOR] = "climate_sensor",
    [MU_EQUIPMENT_PARKING_GUIDANCE] = "parking_guidance",
    [MU_EQUIPMENT_OTHER] = "other",
    [MU_EQUIPMENT_OTHER + 1] = NULL,
};

const char *const mu_post_words[] = {
    [MU_POST_GUARD] = "guard",
    [MU_POST_KEY] = "key",
    [MU_POST_OUTER_CORDON] = "outer_cordon",
    [MU_POST_INNER_CORDON] = "inner_cordon",
    [MU_POST_COMMAND] = "command",
    [MU_POST_MEDICAL] = "medical",
    [MU_POST_DESK] = "desk",
    [MU_POST_NEGOTIATION] = "negotiation",
    [MU_POST_NEGOTIATION + 1] = NULL,
};

static const char *const channel_kind_words[] = {
    [MU_CHANNEL_PA] = "pa",
    [MU_CHANNEL_SMS] = "sms",
    [MU_CHANNEL_CHAT] = "chat",
    [MU_CHANNEL_RADIO] = "radio",
    [MU_CHANNEL_TELEPHONE] = "telephone",
    [MU_CHANNEL_SATELLITE] = "satellite",
    [MU_CHANNEL_IN_PERSON] = "in_person",
    [MU_CHANNEL_ALARM] = "alarm",
    [MU_CHANNEL_ALARM + 1] = NULL,
};

static const mu_field level_fields[] = {
    {MU_FIELD_AT(mu_level, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name by which other records refer to it")},
    {MU_FIELD_AT(mu_level, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_level, elevation_m), .kind = MU_FIELD_REAL, .flags = MU_FIELD_REQUIRED,
     .least = -500, .most = 9000, .unit = "m",
     .meaning = N_("Height of the floor above the site's datum")},
};

static const mu_record_type level_type = {
    .name = "level",
    .meaning = N_("A storey, or the open ground"),
    .size = sizeof(mu_level),
    MU_FIELD_ROWS(level_fields),
    .defines = MU_ENTITY_LEVEL,
    MU_FIELD_ORIGIN(mu_level),
};

static const mu_field space_fields[] = {
    {MU_FIELD_AT(mu_space, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name by which other records refer to it")},
    {MU_FIELD_AT(mu_space, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_space, level), .kind = MU_FIELD_REF, .flags = MU_FIELD_REQUIRED,
     .target = MU_ENTITY_LEVEL, .meaning = N_("Level on which it lies")},
    {MU_FIELD_AT(mu_space, use), .kind = MU_FIELD_ENUM, .flags = MU_FIELD_REQUIRED,
     .names = mu_use_words, .meaning = N_("What it is used for")},
    {MU_FIELD_AT(mu_space, building), .kind = MU_FIELD_STRING,
     .meaning = N_("Label that groups spaces in reports")},
    {MU_FIELD_AT(mu_space, polygon), .kind = MU_FIELD_RING, .flags = MU_FIELD_REQUIRED, .unit = "m",
     .meaning = N_("Outline, without repeating the first point")},
    {MU_FIELD_AT(mu_space, holes), .kind = MU_FIELD_RING, .flags = MU_FIELD_LIST, .unit = "m",
     .meaning = N_("Outlines of pillars and voids within it")},
    {MU_FIELD_AT(mu_space, capacity), .kind = MU_FIELD_INT, .least = 0, .most = 200000,
     .unit = "persons", .meaning = N_("Persons allowed in it; 0 if not given")},
};

static const mu_record_type space_type = {
    .name = "space",
    .meaning = N_("A room, a corridor, a stair hall or a piece of open ground"),
    .size = sizeof(mu_space),
    MU_FIELD_ROWS(space_fields),
    .defines = MU_ENTITY_SPACE,
    MU_FIELD_ORIGIN(mu_space),
};

static const mu_field portal_fields[] = {
    {MU_FIELD_AT(mu_portal, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name by which other records refer to it")},
    {MU_FIELD_AT(mu_portal, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_portal, kind), .kind = MU_FIELD_ENUM, .flags = MU_FIELD_REQUIRED,
     .names = portal_kind_words,
     .meaning = N_("What it is; an outdoor_edge is the edge of the model")},
    {MU_FIELD_AT(mu_portal, between), .kind = MU_FIELD_REF,
     .flags = MU_FIELD_REQUIRED | MU_FIELD_LIST, .least = 1, .most = 2, .target = MU_ENTITY_SPACE,
     .meaning = N_("The two spaces that it joins, of a stair, an escalator or a lift the lower "
                   "first; one for an outdoor_edge")},
    {MU_FIELD_AT(mu_portal, line), .kind = MU_FIELD_RING, .flags = MU_FIELD_REQUIRED, .least = 2,
     .most = 2, .unit = "m",
     .meaning = N_("Its two ends, on the level of the first space; of a stair or escalator, its "
                   "foot; of a lift, where its riders stand, on both levels")},
    {MU_FIELD_AT(mu_portal, upper_line), .kind = MU_FIELD_RING, .least = 2, .most = 2, .unit = "m",
     .meaning = N_("Stairs and escalators: the two ends of its head, on the level of the upper "
                   "space")},
    {MU_FIELD_AT(mu_portal, width_m), .kind = MU_FIELD_REAL, .least = 0, .most = 100, .unit = "m",
     .meaning = N_("Clear width; 0 takes the length of the line")},
    {MU_FIELD_AT(mu_portal, length_m), .kind = MU_FIELD_REAL, .least = 0, .most = 500, .unit = "m",
     .meaning = N_("Stairs and escalators: length along the slope; 0 takes it from the lines and "
                   "the levels")},
    {MU_FIELD_AT(mu_portal, state), .kind = MU_FIELD_ENUM, .names = portal_state_words,
     .fallback = MU_PORTAL_OPEN,
     .meaning = N_("State at the start; exit_only and one_way lead from the first space into the "
                   "second")},
    {MU_FIELD_AT(mu_portal, access), .kind = MU_FIELD_ENUM, .names = access_words,
     .fallback = MU_ACCESS_FREE,
     .meaning = N_("Who may pass: all, staff until an evacuation, or responders")},
    {MU_FIELD_AT(mu_portal, non_essential), .kind = MU_FIELD_BOOL,
     .meaning = N_("Closed when non-essential passages are ordered closed")},
    {MU_FIELD_AT(mu_portal, closes_in_s), .kind = MU_FIELD_DIST, .least = 0, .most = 3600,
     .unit = "s", .meaning = N_("How long the mechanism takes from the order to being closed")},
    {MU_FIELD_AT(mu_portal, zone), .kind = MU_FIELD_WORD,
     .meaning = N_("Label by which orders to close and open name it")},
    {MU_FIELD_AT(mu_portal, needs_persons), .kind = MU_FIELD_INT, .least = 0, .most = 9,
     .unit = "persons",
     .meaning = N_("Persons who have to show their passes together; 0 and 1 are no such rule")},
    {MU_FIELD_AT(mu_portal, locks), .kind = MU_FIELD_INT, .least = 0, .most = 9, .unit = "1",
     .meaning = N_("Locks that have to be opened one after the other")},
    {MU_FIELD_AT(mu_portal, stops_t), .kind = MU_FIELD_REAL, .least = 0, .most = 100, .unit = "t",
     .meaning = N_("Gates: mass of a vehicle that it stops when it is closed; 0 is none")},
    {MU_FIELD_AT(mu_portal, interlock), .kind = MU_FIELD_REF, .target = MU_ENTITY_PORTAL,
     .meaning = N_("Other door of a lock: this one opens to a pass only while that one is shut")},
    {MU_FIELD_AT(mu_portal, one_per_pass), .kind = MU_FIELD_BOOL,
     .meaning = N_("Whether it is a turnstile that lets nobody follow somebody else")},
    {MU_FIELD_AT(mu_portal, lockable), .kind = MU_FIELD_BOOL, .fallback = 1,
     .meaning = N_("Kind door: whether whoever is in the room can lock it by hand")},
    {MU_FIELD_AT(mu_portal, locks_in_s), .kind = MU_FIELD_DIST, .least = 0, .most = 3600,
     .unit = "s",
     .meaning = N_("How long locking it by hand takes; 5 to 30 s, uniform, if left out or 0")},
    {MU_FIELD_AT(mu_portal, belt), .kind = MU_FIELD_ENUM, .names = belt_words,
     .fallback = MU_BELT_UP, .meaning = N_("Escalators: which way the belt runs")},
    {MU_FIELD_AT(mu_portal, belt_mps), .kind = MU_FIELD_REAL, .least = 0.1, .most = 1,
     .fallback = MU_BELT_MPS, .unit = "m/s", .meaning = N_("Escalators: speed of the belt")},
    {MU_FIELD_AT(mu_portal, belt_walked), .kind = MU_FIELD_BOOL,
     .meaning = N_("Escalators: whether people walk on the running belt rather than stand")},
    {MU_FIELD_AT(mu_portal, belt_stops), .kind = MU_FIELD_BOOL, .fallback = 1,
     .meaning = N_("Escalators: whether an alarm stops the belt, and it is a stair from then on")},
    {MU_FIELD_AT(mu_portal, per_hour), .kind = MU_FIELD_REAL, .least = 0, .most = 20000,
     .unit = "persons/h",
     .meaning = N_("Escalators: persons that the running belt takes; 0 takes it from width and "
                   "speed (EN 115-1, table H.1)")},
    {MU_FIELD_AT(mu_portal, lanes), .kind = MU_FIELD_INT, .least = 1, .most = 100, .fallback = 1,
     .unit = "lanes", .meaning = N_("Turnstiles: lanes side by side")},
    {MU_FIELD_AT(mu_portal, lane_per_min), .kind = MU_FIELD_REAL, .least = 1, .most = 120,
     .fallback = MU_LANE_PER_MIN, .unit = "persons/min",
     .meaning = N_("Turnstiles: persons who pass one lane in a minute, until an alarm releases "
                   "it")},
};

static const mu_record_type portal_type = {
    .name = "portal",
    .meaning = N_("A way between two spaces: door, gate, opening, turnstile, stair, escalator, ride of a "
                  "lift, or the edge of the model"),
    .size = sizeof(mu_portal),
    MU_FIELD_ROWS(portal_fields),
    .defines = MU_ENTITY_PORTAL,
    MU_FIELD_ORIGIN(mu_portal),
};

static const mu_field equipment_fields[] = {
    {MU_FIELD_AT(mu_equipment, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name by which other records refer to it")},
    {MU_FIELD_AT(mu_equipment, name), .kind = MU_FIELD_TEXT,
     .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_equipment, kind), .kind = MU_FIELD_ENUM, .flags = MU_FIELD_REQUIRED,
     .names = mu_equipment_words, .meaning = N_("What it is")},
    {MU_FIELD_AT(mu_equipment, space), .kind = MU_FIELD_REF, .flags = MU_FIELD_REQUIRED,
     .target = MU_ENTITY_SPACE, .meaning = N_("Space in which it is")},
    {MU_FIELD_AT(mu_equipment, at), .kind = MU_FIELD_POINT, .flags = MU_FIELD_REQUIRED, .unit = "m",
     .meaning = N_("Where it is in that space")},
    {MU_FIELD_AT(mu_equipment, count), .kind = MU_FIELD_INT, .least = 0, .most = 10000,
     .fallback = 1, .unit = "pieces", .meaning = N_("Pieces kept here")},
    {MU_FIELD_AT(mu_equipment, covers), .kind = MU_FIELD_REF, .flags = MU_FIELD_LIST,
     .target = MU_ENTITY_SPACE,
     .meaning = N_("Cameras: spaces in view; gas detectors: spaces whose air they draw, their "
                   "own if left out")},
    {MU_FIELD_AT(mu_equipment, detects_in_s), .kind = MU_FIELD_DIST, .least = 0, .most = 86400,
     .unit = "s",
     .meaning = N_("Cameras with analytics: from a thing being left to the alarm; gas detectors: "
                   "from the level being reached")},
    {MU_FIELD_AT(mu_equipment, detect_chance), .kind = MU_FIELD_REAL, .least = 0, .most = 1,
     .unit = "1",
     .meaning = N_("Chance that a camera's analytics, or a gas detector, raise the alarm at all; 0 "
                   "if they do not work")},
    {MU_FIELD_AT(mu_equipment, alarm_ppm), .kind = MU_FIELD_REAL, .least = 0, .most = 1000000,
     .unit = "ppm", .meaning = N_("Gas detectors: concentration at which they alarm")},
    {MU_FIELD_AT(mu_equipment, guards), .kind = MU_FIELD_WORD,
     .meaning = N_("Intrusion sensors and suppression: what they protect, a word by which "
                   "playbooks and clauses name their alarms")},
    {MU_FIELD_AT(mu_equipment, watches), .kind = MU_FIELD_REF, .flags = MU_FIELD_LIST,
     .target = MU_ENTITY_PORTAL, .meaning = N_("Door contacts: the doors that they are on")},
    {MU_FIELD_AT(mu_equipment, spots_chance), .kind = MU_FIELD_REAL, .least = 0, .most = 1,
     .unit = "1",
     .meaning = N_("Cameras: chance that analytics find somebody who climbs, or is where nobody "
                   "should be; 0 if they do not look for people")},
    {MU_FIELD_AT(mu_equipment, spots_in_s), .kind = MU_FIELD_DIST, .least = 0, .most = 86400,
     .unit = "s", .meaning = N_("Cameras: from somebody being in view to that alarm")},
    {MU_FIELD_AT(mu_equipment, dark_share), .kind = MU_FIELD_REAL, .least = 0, .most = 1,
     .fallback = 1, .unit = "1",
     .meaning = N_("Share of its chance of finding somebody that is left outdoors in the dark")},
    {MU_FIELD_AT(mu_equipment, person_days), .kind = MU_FIELD_REAL, .least = 0, .most = 10000000,
     .unit = "d", .meaning = N_("Food, water and medicine: days that they last one person")},
    {MU_FIELD_AT(mu_equipment, needs_power), .kind = MU_FIELD_BOOL,
     .meaning = N_("Sensors and cameras: whether they are blind without power")},
    {MU_FIELD_AT(mu_equipment, false_per_day), .kind = MU_FIELD_REAL, .least = 0, .most = 10000,
     .unit = "1/d", .meaning = N_("Intrusion sensors and cameras: alarms a day without a cause")},
    {MU_FIELD_AT(mu_equipment, tier), .kind = MU_FIELD_INT, .least = 0, .most = 9,
     .meaning = N_("Tier of the stock that it belongs to: 1 on the spot, 2 of a department, 3 "
                   "central; 0 is none")},
    {MU_FIELD_AT(mu_equipment, issued_by), .kind = MU_FIELD_WORD,
     .meaning = N_("Role of those who open the store; if left out, whoever fetches it takes it")},
    {MU_FIELD_AT(mu_equipment, usual_c), .kind = MU_FIELD_REAL, .least = -30, .most = 60,
     .fallback = 22, .unit = "°C", .meaning = N_("Climate sensors: temperature of the cooled room")},
    {MU_FIELD_AT(mu_equipment, alarm_c), .kind = MU_FIELD_REAL, .least = -30, .most = 100,
     .fallback = 30, .unit = "°C", .meaning = N_("Climate sensors: temperature at which they alarm")},
    {MU_FIELD_AT(mu_equipment, rise_c_per_min), .kind = MU_FIELD_REAL, .least = 0, .most = 20,
     .unit = "°C/min",
     .meaning = N_("Climate sensors: how fast the room warms up without power to cool it; 0: it "
                   "does not")},
    {MU_FIELD_AT(mu_equipment, usual_rh), .kind = MU_FIELD_REAL, .least = 0, .most = 1,
     .fallback = 0.5, .unit = "1",
     .meaning = N_("Climate sensors: usual relative humidity of the room, a share")},
    {MU_FIELD_AT(mu_equipment, dry_rh), .kind = MU_FIELD_REAL, .least = 0, .most = 1, .unit = "1",
     .meaning =
         N_("Climate sensors: relative humidity at which they alarm because it is too dry; 0: "
            "they do not")},
    {MU_FIELD_AT(mu_equipment, damp_rh), .kind = MU_FIELD_REAL, .least = 0, .most = 1, .unit = "1",
     .meaning = N_("Climate sensors: relative humidity at which they alarm because it is too damp; "
                   "0: they do not")},
    {MU_FIELD_AT(mu_equipment, air_changes_per_h), .kind = MU_FIELD_REAL, .least = 0, .most = 100,
     .unit = "1/h",
     .meaning = N_("Climate sensors: how often an hour the room's air is replaced by air from "
                   "outside while nothing conditions it")},
    {MU_FIELD_AT(mu_equipment, outside_dew_c), .kind = MU_FIELD_REAL, .least = -60, .most = 40,
     .fallback = 10, .unit = "°C", .meaning = N_("Climate sensors: dew point of the air outside")},
    {MU_FIELD_AT(mu_equipment, issue_persons), .kind = MU_FIELD_INT, .least = 0, .most = 8,
     .fallback = 1, .unit = "persons", .meaning = N_("So many of them open it together")},
    {MU_FIELD_AT(mu_equipment, issue_s), .kind = MU_FIELD_DIST, .least = 0, .most = 86400,
     .unit = "s", .meaning = N_("Handing it out and entering it in the book")},
    {MU_FIELD_AT(mu_equipment, faces_deg), .kind = MU_FIELD_REAL, .least = -360, .most = 360,
     .unit = "°",
     .meaning = N_("Cameras: where the middle of the picture lies, from the x axis to the left")},
    {MU_FIELD_AT(mu_equipment, view_deg), .kind = MU_FIELD_REAL, .least = 0, .most = 360,
     .unit = "°",
     .meaning = N_("Cameras: how wide the picture is; within it and in straight sight is what they "
                   "see of the spaces that they cover. 0: all of those")},
    {MU_FIELD_AT(mu_equipment, reach_m), .kind = MU_FIELD_REAL, .least = 1, .most = 1000,
     .fallback = MU_VIEW_REACH_M, .unit = "m",
     .meaning = N_("Cameras whose picture has a width: how far they see")},
};

static const mu_record_type equipment_type = {
    .name = "equipment",
    .meaning = N_("Equipment kept at one place"),
    .size = sizeof(mu_equipment),
    MU_FIELD_ROWS(equipment_fields),
    .defines = MU_ENTITY_EQUIPMENT,
    MU_FIELD_ORIGIN(mu_equipment),
};

static const mu_field post_fields[] = {
    {MU_FIELD_AT(mu_post, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name by which other records refer to it")},
    {MU_FIELD_AT(mu_post, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_post, kind), .kind = MU_FIELD_ENUM, .flags = MU_FIELD_REQUIRED,
     .names = mu_post_words, .meaning = N_("What is done there")},
    {MU_FIELD_AT(mu_post, space), .kind = MU_FIELD_REF, .flags = MU_FIELD_REQUIRED,
     .target = MU_ENTITY_SPACE, .meaning = N_("Space in which it is")},
    {MU_FIELD_AT(mu_post, at), .kind = MU_FIELD_POINT, .flags = MU_FIELD_REQUIRED, .unit = "m",
     .meaning = N_("Where it is in that space")},
};

static const mu_record_type post_type = {
    .name = "post",
    .meaning = N_("A place that somebody mans: a guard post, a desk, a point of a cordon"),
    .size = sizeof(mu_post),
    MU_FIELD_ROWS(post_fields),
    .defines = MU_ENTITY_POST,
    MU_FIELD_ORIGIN(mu_post),
};

static const mu_field assembly_fields[] = {
    {MU_FIELD_AT(mu_assembly, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name by which other records refer to it")},
    {MU_FIELD_AT(mu_assembly, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_assembly, space), .kind = MU_FIELD_REF, .flags = MU_FIELD_REQUIRED,
     .target = MU_ENTITY_SPACE, .meaning = N_("Space in which it is")},
    {MU_FIELD_AT(mu_assembly, at), .kind = MU_FIELD_POINT, .flags = MU_FIELD_REQUIRED, .unit = "m",
     .meaning = N_("Where it is in that space")},
    {MU_FIELD_AT(mu_assembly, capacity), .kind = MU_FIELD_INT, .least = 0, .most = 200000,
     .unit = "persons", .meaning = N_("Persons it takes; 0 if not given")},
};

static const mu_record_type assembly_type = {
    .name = "assembly_point",
    .meaning = N_("Where people gather after leaving"),
    .size = sizeof(mu_assembly),
    MU_FIELD_ROWS(assembly_fields),
    .defines = MU_ENTITY_ASSEMBLY,
    MU_FIELD_ORIGIN(mu_assembly),
};

static const mu_field sign_fields[] = {
    {MU_FIELD_AT(mu_sign, id), .kind = MU_FIELD_WORD, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name of the sign")},
    {MU_FIELD_AT(mu_sign, space), .kind = MU_FIELD_REF, .flags = MU_FIELD_REQUIRED,
     .target = MU_ENTITY_SPACE, .meaning = N_("Space in which it hangs")},
    {MU_FIELD_AT(mu_sign, at), .kind = MU_FIELD_POINT, .flags = MU_FIELD_REQUIRED, .unit = "m",
     .meaning = N_("Where it is in that space")},
    {MU_FIELD_AT(mu_sign, to), .kind = MU_FIELD_REF, .flags = MU_FIELD_REQUIRED,
     .target = MU_ENTITY_PORTAL, .meaning = N_("The door to the open that it points to")},
    {MU_FIELD_AT(mu_sign, seen_m), .kind = MU_FIELD_REAL, .least = 0.1, .most = 200, .fallback = 20,
     .unit = "m", .meaning = N_("How far off it can be read, in clear air")},
    {MU_FIELD_AT(mu_sign, noticed_share), .kind = MU_FIELD_REAL, .least = 0, .most = 1,
     .fallback = MU_SIGN_NOTICED, .unit = "1",
     .meaning = N_("Share of those with it in sight who notice it (static signs: 0.38, Galea, Xie "
                   "and Lawrence 2014)")},
    {MU_FIELD_AT(mu_sign, followed_share), .kind = MU_FIELD_REAL, .least = 0, .most = 1,
     .fallback = MU_SIGN_FOLLOWED, .unit = "1",
     .meaning = N_("Share of those who notice it who go by it (0.97, Xie and others 2012)")},
};

static const mu_record_type sign_type = {
    .name = "sign",
    .meaning = N_("An exit sign: turns those who go back the way they came in to another door"),
    .size = sizeof(mu_sign),
    MU_FIELD_ROWS(sign_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_ORIGIN(mu_sign),
};

static const mu_field road_fields[] = {
    {MU_FIELD_AT(mu_road, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name by which other records refer to it")},
    {MU_FIELD_AT(mu_road, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_road, space), .kind = MU_FIELD_REF, .flags = MU_FIELD_REQUIRED,
     .target = MU_ENTITY_SPACE, .meaning = N_("Space in which it is")},
    {MU_FIELD_AT(mu_road, at), .kind = MU_FIELD_POINT, .flags = MU_FIELD_REQUIRED, .unit = "m",
     .meaning = N_("Where it is in that space")},
    {MU_FIELD_AT(mu_road, blocked_chance), .kind = MU_FIELD_REAL, .least = 0, .most = 1,
     .unit = "1", .meaning = N_("Chance that a parked car blocks its fire lane")},
    {MU_FIELD_AT(mu_road, cleared_s), .kind = MU_FIELD_DIST, .least = 0, .most = 86400, .unit = "s",
     .meaning = N_("How long it takes until that is out of the way")},
    {MU_FIELD_AT(mu_road, watched_by), .kind = MU_FIELD_REF, .target = MU_ENTITY_EQUIPMENT,
     .meaning = N_("Camera that catches illegal parking in the lane")},
    {MU_FIELD_AT(mu_road, caught_share), .kind = MU_FIELD_REAL, .least = 0, .most = 1, .unit = "1",
     .meaning = N_("Share of such cars that are moved in time while the camera works")},
    {MU_FIELD_AT(mu_road, course), .kind = MU_FIELD_RING, .least = 2, .most = 1000, .unit = "m",
     .meaning = N_("Middle of its fire lane on the site, point by point, as far as `at`")},
    {MU_FIELD_AT(mu_road, width_m), .kind = MU_FIELD_REAL, .least = 1, .most = 60,
     .fallback = MU_FIRE_LANE_M, .unit = "m", .meaning = N_("Width of that lane")},
};

static const mu_record_type road_type = {
    .name = "road",
    .meaning = N_("Where help from outside enters the model"),
    .size = sizeof(mu_road),
    MU_FIELD_ROWS(road_fields),
    .defines = MU_ENTITY_ROAD,
    MU_FIELD_ORIGIN(mu_road),
};

static const mu_field channel_fields[] = {
    {MU_FIELD_AT(mu_channel, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name by which other records refer to it")},
    {MU_FIELD_AT(mu_channel, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_channel, kind), .kind = MU_FIELD_ENUM, .flags = MU_FIELD_REQUIRED,
     .names = channel_kind_words, .meaning = N_("How it works, and so whom it reaches")},
    {MU_FIELD_AT(mu_channel, latency_s), .kind = MU_FIELD_DIST, .least = 0, .most = 86400,
     .unit = "s", .meaning = N_("From sending to being there, for each receiver")},
    {MU_FIELD_AT(mu_channel, delivery_chance), .kind = MU_FIELD_REAL, .least = 0, .most = 1,
     .fallback = 1, .unit = "1",
     .meaning = N_("Chance that one message reaches one receiver in reach")},
    {MU_FIELD_AT(mu_channel, lines), .kind = MU_FIELD_INT, .least = 0, .most = 10000,
     .unit = "messages",
     .meaning = N_("Messages between two persons at the same time; 0 is no limit")},
    {MU_FIELD_AT(mu_channel, dead_spaces), .kind = MU_FIELD_REF, .flags = MU_FIELD_LIST,
     .target = MU_ENTITY_SPACE, .meaning = N_("Spaces that it does not reach")},
    {MU_FIELD_AT(mu_channel, response_factor), .kind = MU_FIELD_REAL, .least = 0.1, .most = 100,
     .fallback = 1, .unit = "1",
     .meaning = N_("Factor on the pre-movement time of those it alerts: a live voice 1, a tone 2 "
                   "and more")},
    {MU_FIELD_AT(mu_channel, needs_power), .kind = MU_FIELD_BOOL,
     .meaning = N_("Whether nothing gets through while there is no power")},
    {MU_FIELD_AT(mu_channel, retry_s), .kind = MU_FIELD_DIST, .least = 0, .most = 86400,
     .fallback = 10, .unit = "s",
     .meaning = N_("Between two persons: until a lost message is noticed and sent again")},
    {MU_FIELD_AT(mu_channel, relief_lines), .kind = MU_FIELD_INT, .least = 0, .most = 10000,
     .unit = "messages",
     .meaning = N_("Messages at the same time once other means have brought it up again, such as a "
                   "mobile base station; 0: as many as before")},
};

static const mu_record_type channel_type = {
    .name = "channel",
    .meaning = N_("A means by which a message travels"),
    .size = sizeof(mu_channel),
    MU_FIELD_ROWS(channel_fields),
    .defines = MU_ENTITY_CHANNEL,
    MU_FIELD_ORIGIN(mu_channel),
};

static const mu_field building_fields[] = {
    {MU_FIELD_AT(mu_building, label), .kind = MU_FIELD_STRING, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("The label that its spaces carry as 'building'")},
    {MU_FIELD_AT(mu_building, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
};

static const mu_record_type building_type = {
    .name = "building",
    .meaning = N_("The name of a building; each gets a plan of its own in reports"),
    .size = sizeof(mu_building),
    MU_FIELD_ROWS(building_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_ORIGIN(mu_building),
};

#define SITE_LIST(member, type, text)                                                              \
    {                                                                                              \
        MU_FIELD_AT(mu_site, member), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,             \
                                      .record = &(type), .meaning = (text)                         \
    }

static const mu_field alarm_desk_fields[] = {
    {MU_FIELD_AT(mu_alarm_desk, role), .kind = MU_FIELD_WORD,
     .meaning = N_("Role that looks at the alarms of sensors")},
    {MU_FIELD_AT(mu_alarm_desk, assess_s), .kind = MU_FIELD_DIST, .least = 0, .most = 3600,
     .unit = "s", .meaning = N_("From turning to an alarm to knowing what it is")},
    {MU_FIELD_AT(mu_alarm_desk, reserve), .kind = MU_FIELD_REF, .flags = MU_FIELD_LIST,
     .target = MU_ENTITY_POST,
     .meaning = N_("Reserve desks elsewhere, for when bad air drives people from theirs; without "
                   "one they stop working until they can go back")},
    {MU_FIELD_AT(mu_alarm_desk, takes_over_s), .kind = MU_FIELD_DIST, .least = 0, .most = 3600,
     .unit = "s",
     .meaning = N_("Logging on at another desk, and having the telephones put through to it")},
};

static const mu_record_type alarm_desk_type = {
    .name = "alarm_desk",
    .meaning = N_("Who looks at the alarms of sensors, one after the other"),
    .size = sizeof(mu_alarm_desk),
    MU_FIELD_ROWS(alarm_desk_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field site_fields[] = {
    {MU_FIELD_AT(mu_site, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name of the site in results")},
    {MU_FIELD_AT(mu_site, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_site, story), .kind = MU_FIELD_TEXT,
     .meaning = N_("What this file is about, in a few sentences")},
    {MU_FIELD_AT(mu_site, source), .kind = MU_FIELD_TEXT,
     .meaning = N_("Where the geometry comes from, and its licence")},
    {MU_FIELD_AT(mu_site, levels), .kind = MU_FIELD_RECORD,
     .flags = MU_FIELD_REQUIRED | MU_FIELD_LIST | MU_FIELD_NOT_EMPTY, .least = 1,
     .most = MU_LEVELS_MOST, .record = &level_type,
     .meaning = N_("Levels")},
    {MU_FIELD_AT(mu_site, spaces), .kind = MU_FIELD_RECORD,
     .flags = MU_FIELD_REQUIRED | MU_FIELD_LIST | MU_FIELD_NOT_EMPTY, .least = 1,
     .most = MU_SPACES_MOST, .record = &space_type,
     .meaning = N_("Spaces")},
    {MU_FIELD_AT(mu_site, portals), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST, .least = 0,
     .most = MU_PORTALS_MOST, .record = &portal_type, .meaning = N_("Portals")},
    SITE_LIST(equipment, equipment_type, N_("Equipment")),
    SITE_LIST(posts, post_type, N_("Posts")),
    {MU_FIELD_AT(mu_site, assembly_points), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .least = 0, .most = MU_ASSEMBLY_MOST, .record = &assembly_type,
     .meaning = N_("Assembly points")},
    SITE_LIST(roads, road_type, N_("Roads in")),
    SITE_LIST(channels, channel_type, N_("Channels")),
    {MU_FIELD_AT(mu_site, air_zones), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST, .least = 0,
     .most = MU_AIR_ZONES_MOST, .record = &mu_airspace_type, .meaning = N_("Air zones")},
    SITE_LIST(air_units, mu_air_unit_type, N_("Air-handling units and fans")),
    {MU_FIELD_AT(mu_site, air_flows), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST, .least = 0,
     .most = MU_AIR_FLOWS_MOST, .record = &mu_air_path_type, .meaning = N_("Flows of air")},
    SITE_LIST(decontamination, mu_wash_type, N_("Decontamination lines")),
    SITE_LIST(buildings, building_type, N_("Names of buildings")),
    SITE_LIST(signs, sign_type, N_("Exit signs")),
    {MU_FIELD_AT(mu_site, lifts), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST, .least = 0,
     .most = MU_LIFTS_MOST, .record = &mu_lift_type, .meaning = N_("Lifts")},
    SITE_LIST(refuges, mu_refuge_type, N_("Places of refuge")),
    {MU_FIELD_AT(mu_site, alarm_desk), .kind = MU_FIELD_RECORD, .record = &alarm_desk_type,
     .meaning = N_("Who looks at the alarms of sensors")},
    {MU_FIELD_AT(mu_site, intelligence_desk), .kind = MU_FIELD_RECORD,
     .record = &mu_intelligence_desk_type,
     .meaning = N_("Who works on reports of threats")},
    SITE_LIST(lanes, mu_lane_type, N_("Screening lanes and vehicle checks")),
    {MU_FIELD_AT(mu_site, standby_starts), .kind = MU_FIELD_BOOL,
     .meaning = N_("Whether the standby supply starts by itself when the mains fail")},
    {MU_FIELD_AT(mu_site, standby_s), .kind = MU_FIELD_DIST, .least = 0, .most = 3600,
     .unit = "s", .meaning = N_("How long it then takes until it carries the load")},
    {MU_FIELD_AT(mu_site, wall_height_m), .kind = MU_FIELD_REAL, .least = 0, .most = 20,
     .unit = "m", .meaning = N_("Height of the perimeter wall; 0 is not stated")},
    {MU_FIELD_AT(mu_site, wall_topped), .kind = MU_FIELD_BOOL,
     .meaning = N_("Whether something on the wall keeps people from climbing it")},
};

static const mu_record_type site_type = {
    .name = "site",
    .meaning = N_("A site: levels of spaces joined by portals, and what stands in them"),
    .size = sizeof(mu_site),
    MU_FIELD_ROWS(site_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

const mu_file_kind mu_site_file = {
    .format = "muster.site",
    .version = 1,
    .root = &site_type,
    .meaning = N_("The site: levels, spaces, portals, equipment, posts and channels"),
};
