/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The roster file as tables of fields. What no planner can mean (a thousand million visitors, a
 * share above one) is kept out by the ranges. */
#include "crowd/roster.h"

#include "core/field.h"
#include "core/i18n.h"

static const char *const training_words[] = {
    [MU_TRAINING_M1] = "M1",
    [MU_TRAINING_M2] = "M2",
    [MU_TRAINING_M3] = "M3",
    [MU_TRAINING_M3 + 1] = NULL,
};

static const char *const mobility_words[] = {
    [MU_MOBILITY_ADULT] = "adult",       [MU_MOBILITY_ELDERLY] = "elderly",
    [MU_MOBILITY_STICK] = "stick",       [MU_MOBILITY_CRUTCHES] = "crutches",
    [MU_MOBILITY_FRAME] = "frame",       [MU_MOBILITY_WHEELCHAIR] = "wheelchair",
    [MU_MOBILITY_WHEELCHAIR + 1] = NULL,
};

const char *const mu_weekday_words[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL};

const char *const mu_day_kind_words[] = {
    [MU_DAY_ALWAYS] = "always", [MU_DAY_OFFICE] = "office",     [MU_DAY_SHOP] = "shop",
    [MU_DAY_SCHOOL] = "school", [MU_DAY_HOSPITAL] = "hospital", [MU_DAY_KIND_COUNT] = NULL,
};

static const mu_field mobility_fields[] = {
    {MU_FIELD_AT(mu_mobility_share, kind), .kind = MU_FIELD_ENUM, .flags = MU_FIELD_REQUIRED,
     .names = mobility_words, .meaning = N_("How they move")},
    {MU_FIELD_AT(mu_mobility_share, share), .kind = MU_FIELD_REAL, .flags = MU_FIELD_REQUIRED,
     .least = 0, .most = 1, .unit = "1", .meaning = N_("Their share of the group")},
};

static const mu_record_type mobility_type = {
    .name = "mobility_share",
    .meaning = N_("The share of a group that moves in one way; the rest are adults on foot"),
    .size = sizeof(mu_mobility_share),
    MU_FIELD_ROWS(mobility_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field group_fields[] = {
    {MU_FIELD_AT(mu_group, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name by which other records refer to it")},
    {MU_FIELD_AT(mu_group, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_group, role), .kind = MU_FIELD_WORD, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Word by which playbooks name them: staff, visitor, contractor")},
    {MU_FIELD_AT(mu_group, count), .kind = MU_FIELD_INT, .flags = MU_FIELD_REQUIRED, .least = 0,
     .most = 100000, .unit = "persons", .meaning = N_("How many there are")},
    {MU_FIELD_AT(mu_group, in), .kind = MU_FIELD_REF,
     .flags = MU_FIELD_REQUIRED | MU_FIELD_LIST | MU_FIELD_NOT_EMPTY, .target = MU_ENTITY_SPACE,
     .meaning = N_("Spaces over which they are spread, in proportion to area")},
    {MU_FIELD_AT(mu_group, familiar), .kind = MU_FIELD_BOOL, .fallback = 1,
     .meaning = N_("Whether they know the building (category A of PD 7974-6; else B)")},
    {MU_FIELD_AT(mu_group, training), .kind = MU_FIELD_ENUM, .fallback = MU_TRAINING_M2,
     .names = training_words,
     .meaning =
         N_("How well they are trained and led in an alarm (management level of PD 7974-6)")},
    {MU_FIELD_AT(mu_group, registered_share), .kind = MU_FIELD_REAL, .least = 0, .most = 1,
     .fallback = 1, .unit = "1",
     .meaning =
         N_("Share who are on the roster or were entered in a register: the roll-call misses "
            "nobody else")},
    {MU_FIELD_AT(mu_group, phone_share), .kind = MU_FIELD_REAL, .least = 0, .most = 1,
     .fallback = 1, .unit = "1", .meaning = N_("Share who carry a phone that gets messages")},
    {MU_FIELD_AT(mu_group, mobility), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &mobility_type, .meaning = N_("Shares who move otherwise than adults on foot")},
    {MU_FIELD_AT(mu_group, came_by), .kind = MU_FIELD_REF, .flags = MU_FIELD_LIST,
     .target = MU_ENTITY_PORTAL,
     .meaning = N_("The entrance that they came in by: its doors to the open")},
    {MU_FIELD_AT(mu_group, came_by_share), .kind = MU_FIELD_REAL, .least = 0, .most = 1,
     .unit = "1",
     .meaning = N_("Share who go back by the door that they came in by, whatever is nearer (Sime "
                   "1985); the rest take the nearest")},
    {MU_FIELD_AT(mu_group, follows_share), .kind = MU_FIELD_REAL, .least = 0, .most = 1,
     .unit = "1",
     .meaning = N_("Share who go where most others go that they see leaving (Kinateder, Comunale "
                   "and Warren 2018)")},
    {MU_FIELD_AT(mu_group, party), .kind = MU_FIELD_INT, .least = 0, .most = 200, .unit = "persons",
     .meaning = N_("Size of the parties that keep together: a family 3, a class 25; 0: each goes "
                   "alone")},
    {MU_FIELD_AT(mu_group, host), .kind = MU_FIELD_REF, .target = MU_ENTITY_GROUP,
     .meaning = N_("Group of which one keeps together with each party, in the same room if there "
                   "is one: visitors' hosts, teachers of a class")},
    {MU_FIELD_AT(mu_group, party_waits_s), .kind = MU_FIELD_REAL, .least = 0, .most = 86400,
     .fallback = MU_PARTY_WAITS_S, .unit = "s",
     .meaning = N_("How long a party waits for its own before it sets out, and again on the way; "
                   "a planning assumption")},
    {MU_FIELD_AT(mu_group, arrives_by), .kind = MU_FIELD_REF, .target = MU_ENTITY_ROAD,
     .meaning = N_("More visitors: the group is not on the site at first, and comes in by this road "
                   "when a tabletop's inject or decision brings it. Of incidents with an "
                   "'exercise' only")},
    {MU_FIELD_AT(mu_group, day), .kind = MU_FIELD_ENUM, .names = mu_day_kind_words,
     .meaning = N_("Which share of them is there at which hour, where the incident says when it "
                   "begins: always all, or a curve of the DOE prototype buildings (ASHRAE 90.1)")},
    {MU_FIELD_AT(mu_group, by_hour), .kind = MU_FIELD_REAL, .flags = MU_FIELD_LIST, .least = 24,
     .most = 24, .unit = "1",
     .meaning = N_("Your own curve instead: the share that is there in each of the 24 hours from "
                   "midnight on, 0 to 1")},
};

static const mu_record_type group_type = {
    .name = "group",
    .meaning = N_("A group of occupants"),
    .size = sizeof(mu_group),
    MU_FIELD_ROWS(group_fields),
    .defines = MU_ENTITY_GROUP,
    MU_FIELD_ORIGIN(mu_group),
};

static const mu_field routine_fields[] = {
    {MU_FIELD_AT(mu_routine, every_s), .kind = MU_FIELD_DIST, .least = 0, .most = 604800,
     .unit = "s", .meaning = N_("From the end of one task to the start of the next; 0 is none")},
    {MU_FIELD_AT(mu_routine, lasts_s), .kind = MU_FIELD_DIST, .least = 0, .most = 86400,
     .unit = "s", .meaning = N_("How long one takes")},
};

static const mu_record_type routine_type = {
    .name = "routine",
    .meaning = N_("Background work that keeps somebody busy"),
    .size = sizeof(mu_routine),
    MU_FIELD_ROWS(routine_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field shift_fields[] = {
    {MU_FIELD_AT(mu_shift, days), .kind = MU_FIELD_ENUM, .flags = MU_FIELD_LIST,
     .names = mu_weekday_words, .meaning = N_("Days on which it begins; every day if left out")},
    {MU_FIELD_AT(mu_shift, from_h), .kind = MU_FIELD_REAL, .flags = MU_FIELD_REQUIRED, .least = 0,
     .most = 24, .unit = "h", .meaning = N_("Time of day at which it begins")},
    {MU_FIELD_AT(mu_shift, to_h), .kind = MU_FIELD_REAL, .flags = MU_FIELD_REQUIRED, .least = 0,
     .most = 24, .unit = "h",
     .meaning = N_("Time of day at which it ends; not after 'from_h': on the next day")},
};

static const mu_record_type shift_type = {
    .name = "shift",
    .meaning = N_("Hours on duty"),
    .size = sizeof(mu_shift),
    MU_FIELD_ROWS(shift_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field member_fields[] = {
    {MU_FIELD_AT(mu_member, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name by which other records refer to it")},
    {MU_FIELD_AT(mu_member, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_member, role), .kind = MU_FIELD_WORD, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Word by which playbooks name them: guard, operator, duty_head")},
    {MU_FIELD_AT(mu_member, skills), .kind = MU_FIELD_WORD, .flags = MU_FIELD_LIST,
     .meaning = N_("What they are trained for: eod, medic, negotiator")},
    {MU_FIELD_AT(mu_member, count), .kind = MU_FIELD_INT, .least = 1, .most = 10000, .fallback = 1,
     .unit = "persons", .meaning = N_("That many alike")},
    {MU_FIELD_AT(mu_member, post), .kind = MU_FIELD_REF, .target = MU_ENTITY_POST,
     .meaning = N_("Post at which they stand when idle")},
    {MU_FIELD_AT(mu_member, space), .kind = MU_FIELD_REF, .target = MU_ENTITY_SPACE,
     .meaning = N_("Space in which they are when idle, if they have no post")},
    {MU_FIELD_AT(mu_member, radio), .kind = MU_FIELD_BOOL,
     .meaning = N_("Whether they carry a radio")},
    {MU_FIELD_AT(mu_member, radio_works), .kind = MU_FIELD_BOOL, .fallback = 1,
     .meaning = N_("Whether it works; a dead one is tried in vain before another way is")},
    {MU_FIELD_AT(mu_member, radios_away), .kind = MU_FIELD_INT, .least = 0, .most = 10000,
     .unit = "persons",
     .meaning = N_("Of several: that many have none, whatever the others carry")},
    {MU_FIELD_AT(mu_member, radios_dead), .kind = MU_FIELD_INT, .least = 0, .most = 10000,
     .unit = "persons", .meaning = N_("Of several: with that many more it does not work")},
    {MU_FIELD_AT(mu_member, phone), .kind = MU_FIELD_BOOL, .fallback = 1,
     .meaning = N_("Whether they carry a phone that gets messages")},
    {MU_FIELD_AT(mu_member, patrol), .kind = MU_FIELD_REF, .target = MU_ENTITY_PATROL,
     .meaning = N_("Patrol that they walk when idle")},
    {MU_FIELD_AT(mu_member, routine), .kind = MU_FIELD_RECORD, .record = &routine_type,
     .meaning = N_("Background work that keeps them busy")},
    {MU_FIELD_AT(mu_member, off_duty), .kind = MU_FIELD_BOOL,
     .meaning = N_("Not on the site when the incident begins; comes to relieve somebody")},
    {MU_FIELD_AT(mu_member, relieves), .kind = MU_FIELD_REF, .target = MU_ENTITY_MEMBER,
     .meaning = N_("Member whose place they take when their shift begins, one for one")},
    {MU_FIELD_AT(mu_member, comes_at_h), .kind = MU_FIELD_REAL, .least = -1, .most = 24,
     .fallback = -1, .unit = "h",
     .meaning = N_("Time of day at which their shift begins; -1: only where the incident says so")},
    {MU_FIELD_AT(mu_member, handover_s), .kind = MU_FIELD_DIST, .least = 0, .most = 86400,
     .unit = "s", .meaning = N_("How long one takes to hand over to the other")},
    {MU_FIELD_AT(mu_member, road), .kind = MU_FIELD_REF, .target = MU_ENTITY_ROAD,
     .meaning = N_("Road on which they come and go")},
    {MU_FIELD_AT(mu_member, shifts), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &shift_type,
     .meaning = N_("Hours on duty, where the incident says when it begins; none: always. Who is "
                   "not on duty then comes only to relieve somebody")},
};

static const mu_record_type member_type = {
    .name = "member",
    .meaning = N_("A member of staff on duty who responds"),
    .size = sizeof(mu_member),
    MU_FIELD_ROWS(member_fields),
    .defines = MU_ENTITY_MEMBER,
    MU_FIELD_ORIGIN(mu_member),
};

static const mu_field stop_fields[] = {
    {MU_FIELD_AT(mu_stop, post), .kind = MU_FIELD_REF, .flags = MU_FIELD_REQUIRED,
     .target = MU_ENTITY_POST, .meaning = N_("Post to walk to")},
    {MU_FIELD_AT(mu_stop, stays_s), .kind = MU_FIELD_REAL, .least = 0, .most = 86400, .unit = "s",
     .meaning = N_("Time spent there")},
};

static const mu_record_type stop_type = {
    .name = "stop",
    .meaning = N_("A stop of a patrol"),
    .size = sizeof(mu_stop),
    MU_FIELD_ROWS(stop_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field patrol_fields[] = {
    {MU_FIELD_AT(mu_patrol, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name by which other records refer to it")},
    {MU_FIELD_AT(mu_patrol, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_patrol, stops), .kind = MU_FIELD_RECORD,
     .flags = MU_FIELD_REQUIRED | MU_FIELD_LIST | MU_FIELD_NOT_EMPTY, .record = &stop_type,
     .meaning = N_("Stops, in the order in which they are walked to")},
    {MU_FIELD_AT(mu_patrol, every_s), .kind = MU_FIELD_REAL, .flags = MU_FIELD_REQUIRED, .least = 1,
     .most = 604800, .unit = "s",
     .meaning = N_("From the start of one round to the start of the next")},
};

static const mu_record_type patrol_type = {
    .name = "patrol",
    .meaning = N_("A round that guards walk"),
    .size = sizeof(mu_patrol),
    MU_FIELD_ROWS(patrol_fields),
    .defines = MU_ENTITY_PATROL,
    MU_FIELD_ORIGIN(mu_patrol),
};

static const mu_field unit_fields[] = {
    {MU_FIELD_AT(mu_unit, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name by which other records refer to it")},
    {MU_FIELD_AT(mu_unit, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_unit, role), .kind = MU_FIELD_WORD, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Word by which playbooks name them: police, medical, fire")},
    {MU_FIELD_AT(mu_unit, skills), .kind = MU_FIELD_WORD, .flags = MU_FIELD_LIST,
     .meaning = N_("What they are trained for")},
    {MU_FIELD_AT(mu_unit, count), .kind = MU_FIELD_INT, .least = 1, .most = 1000, .fallback = 1,
     .unit = "persons", .meaning = N_("How many come")},
    {MU_FIELD_AT(mu_unit, road), .kind = MU_FIELD_REF, .flags = MU_FIELD_REQUIRED,
     .target = MU_ENTITY_ROAD, .meaning = N_("Road on which they enter")},
    {MU_FIELD_AT(mu_unit, dispatched_in_s), .kind = MU_FIELD_DIST, .flags = MU_FIELD_REQUIRED,
     .least = 0, .most = 86400, .unit = "s", .meaning = N_("From being told to setting out")},
    {MU_FIELD_AT(mu_unit, distance_m), .kind = MU_FIELD_REAL, .flags = MU_FIELD_REQUIRED,
     .least = 0, .most = 1000000, .unit = "m", .meaning = N_("Length of their road to the site")},
    {MU_FIELD_AT(mu_unit, speed_mps), .kind = MU_FIELD_DIST, .flags = MU_FIELD_REQUIRED,
     .least = 0.1, .most = 100, .unit = "m/s", .meaning = N_("Mean driving speed of one trip")},
    {MU_FIELD_AT(mu_unit, patients), .kind = MU_FIELD_INT, .least = 1, .most = 20, .fallback = 1,
     .unit = "persons", .meaning = N_("Ambulances: patients that it takes at once")},
    {MU_FIELD_AT(mu_unit, hospital_m), .kind = MU_FIELD_REAL, .least = 0, .most = 1000000,
     .unit = "m",
     .meaning = N_("Ambulances: length of the road to the hospital, where the roster lists no "
                   "hospitals; 0: as far as they came")},
    {MU_FIELD_AT(mu_unit, handover_s), .kind = MU_FIELD_DIST, .least = 0, .most = 86400,
     .unit = "s", .meaning = N_("Ambulances: time at the hospital until they are free again")},
};

static const mu_record_type unit_type = {
    .name = "unit",
    .meaning = N_("Help from outside that comes when it has been told"),
    .size = sizeof(mu_unit),
    MU_FIELD_ROWS(unit_fields),
    .defines = MU_ENTITY_UNIT,
    MU_FIELD_ORIGIN(mu_unit),
};

static const mu_field passes_fields[] = {
    {MU_FIELD_AT(mu_passes, challenged_by), .kind = MU_FIELD_WORD,
     .meaning = N_("Role whose task it is to ask people without a pass; nobody's if left out")},
    {MU_FIELD_AT(mu_passes, buildings), .kind = MU_FIELD_STRING, .flags = MU_FIELD_LIST,
     .meaning = N_("Labels of the buildings in which passes are worn")},
    {MU_FIELD_AT(mu_passes, worn_share), .kind = MU_FIELD_REAL, .least = 0, .most = 1,
     .fallback = 1, .unit = "1",
     .meaning = N_("Share of staff who wear their pass; others have a badge if they are registered")},
    {MU_FIELD_AT(mu_passes, challenge_chance), .kind = MU_FIELD_REAL, .least = 0, .most = 1,
     .unit = "1",
     .meaning = N_("Chance that whoever has the task looks for people without one around them")},
    {MU_FIELD_AT(mu_passes, challenge_s), .kind = MU_FIELD_DIST, .least = 0, .most = 3600,
     .unit = "s", .meaning = N_("Time for each one whom they ask")},
    {MU_FIELD_AT(mu_passes, holds_s), .kind = MU_FIELD_DIST, .least = 0, .most = 3600, .unit = "s",
     .meaning = N_("How long a stranger is kept by being asked")},
};

static const mu_record_type passes_type = {
    .name = "passes",
    .meaning = N_("Work passes: who wears them and who asks those who do not"),
    .size = sizeof(mu_passes),
    MU_FIELD_ROWS(passes_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

#define PLACES(tag, said)                                                                          \
    {MU_FIELD_AT(mu_hospital, tag), .kind = MU_FIELD_INT, .flags = MU_FIELD_REQUIRED, .least = 0,  \
     .most = 10000, .unit = "persons", .meaning = said}

static const mu_field hospital_fields[] = {
    {MU_FIELD_AT(mu_hospital, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name by which other records refer to it")},
    {MU_FIELD_AT(mu_hospital, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_hospital, road_m), .kind = MU_FIELD_REAL, .flags = MU_FIELD_REQUIRED,
     .least = 1, .most = 1000000, .unit = "m", .meaning = N_("Length of the road from the site")},
    {MU_FIELD_AT(mu_hospital, onward_m), .kind = MU_FIELD_REAL, .least = 0, .most = 1000000,
     .unit = "m",
     .meaning = N_("Length of the road to another hospital, where it has no room and had not been "
                   "told")},
    PLACES(red, N_("Places for patients who are tagged red")),
    PLACES(yellow, N_("Places for patients who are tagged yellow")),
    PLACES(green, N_("Places for patients who are tagged green")),
};

static const mu_record_type hospital_type = {
    .name = "hospital",
    .meaning = N_("A hospital that ambulances take patients to"),
    .size = sizeof(mu_hospital),
    MU_FIELD_ROWS(hospital_fields),
    .defines = MU_ENTITY_HOSPITAL,
    MU_FIELD_ORIGIN(mu_hospital),
};

static const mu_field role_fields[] = {
    {MU_FIELD_AT(mu_role_name, role), .kind = MU_FIELD_WORD, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Word that groups, members and units give as their role")},
    {MU_FIELD_AT(mu_role_name, name), .kind = MU_FIELD_TEXT, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name that people read")},
};

static const mu_record_type role_type = {
    .name = "role",
    .meaning = N_("What people call a role"),
    .size = sizeof(mu_role_name),
    MU_FIELD_ROWS(role_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field roster_fields[] = {
    {MU_FIELD_AT(mu_roster, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name of the roster in results")},
    {MU_FIELD_AT(mu_roster, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_roster, story), .kind = MU_FIELD_TEXT,
     .meaning = N_("What this file is about, in a few sentences")},
    {MU_FIELD_AT(mu_roster, roles), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &role_type, .meaning = N_("Names of roles; the usual ones have theirs already")},
    {MU_FIELD_AT(mu_roster, groups), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &group_type, .meaning = N_("Occupants")},
    {MU_FIELD_AT(mu_roster, members), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &member_type, .meaning = N_("Staff on duty who respond")},
    {MU_FIELD_AT(mu_roster, units), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &unit_type, .meaning = N_("Help from outside")},
    {MU_FIELD_AT(mu_roster, patrols), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &patrol_type, .meaning = N_("Rounds that guards walk")},
    {MU_FIELD_AT(mu_roster, passes), .kind = MU_FIELD_RECORD, .record = &passes_type,
     .meaning = N_("Work passes and who asks for them")},
    {MU_FIELD_AT(mu_roster, hospitals), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &hospital_type,
     .meaning = N_("Where ambulances go; left out: each to one of its own, as far as it says")},
};

static const mu_record_type roster_type = {
    .name = "roster",
    .meaning = N_("Who is on the site and who comes to it"),
    .size = sizeof(mu_roster),
    MU_FIELD_ROWS(roster_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

const mu_file_kind mu_roster_file = {
    .format = "muster.roster",
    .version = 2,
    .root = &roster_type,
    .meaning = N_("The roster: occupants, staff on duty, units from outside, patrols"),
    .older = mu_roster_older,
};
