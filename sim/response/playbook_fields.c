/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The playbook file as tables of fields. Triggers and terms are texts here; their grammar is
 * checked when the plan is compiled. */
#include "response/playbook.h"

#include "core/field.h"
#include "core/i18n.h"
#include "hazard/start.h"
#include "response/verb.h"
#include "site/site.h"

static const char *const verb_words[MU_VERB_COUNT + 1] = {
#define MU_VERB(NAME, word, milestone, object, meaning) word,
#include "response/verb_list.h"
#undef MU_VERB
    NULL};

static const char *const informed_words[] = {"nothing", "live_picture", "car_park", NULL};

static const mu_field trigger_fields[] = {
    {MU_FIELD_AT(mu_trigger, all), .kind = MU_FIELD_STRING, .flags = MU_FIELD_LIST,
     .meaning = N_("Milestones that must all have happened: declared:red, step:verify")},
    {MU_FIELD_AT(mu_trigger, any), .kind = MU_FIELD_STRING, .flags = MU_FIELD_LIST,
     .meaning = N_("Milestones of which one must have happened")},
    {MU_FIELD_AT(mu_trigger, wait_s), .kind = MU_FIELD_DIST, .least = 0, .most = 604800,
     .unit = "s", .meaning = N_("Time to decide, from the trigger to the step being due")},
};

static const mu_record_type trigger_type = {
    .name = "trigger",
    .meaning = N_("When a step is due"),
    .size = sizeof(mu_trigger),
    MU_FIELD_ROWS(trigger_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field who_fields[] = {
    {MU_FIELD_AT(mu_who, role), .kind = MU_FIELD_STRING, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Role of the roster, or @actor: whoever the trigger names")},
    {MU_FIELD_AT(mu_who, skill), .kind = MU_FIELD_WORD, .meaning = N_("Skill that they need; those with the skill hazmat bring breathing protection of "
                   "their own")},
    {MU_FIELD_AT(mu_who, count), .kind = MU_FIELD_INT, .least = 0, .most = MU_CREW_MOST,
     .fallback = 1, .unit = "persons", .meaning = N_("How many; 0 is everyone on duty with that role and skill")},
};

static const mu_record_type who_type = {
    .name = "who",
    .meaning = N_("Who does a step"),
    .size = sizeof(mu_who),
    MU_FIELD_ROWS(who_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field need_fields[] = {
    {MU_FIELD_AT(mu_need, equipment), .kind = MU_FIELD_ENUM, .flags = MU_FIELD_REQUIRED,
     .names = mu_equipment_words, .meaning = N_("Kind of equipment")},
    {MU_FIELD_AT(mu_need, count), .kind = MU_FIELD_INT, .least = 1, .most = 1000, .fallback = 1,
     .unit = "pieces", .meaning = N_("Pieces")},
};

static const mu_record_type need_type = {
    .name = "need",
    .meaning = N_("Equipment that a step needs"),
    .size = sizeof(mu_need),
    MU_FIELD_ROWS(need_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field step_fields[] = {
    {MU_FIELD_AT(mu_step, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name by which other records refer to it")},
    {MU_FIELD_AT(mu_step, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_step, when), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_REQUIRED,
     .record = &trigger_type, .meaning = N_("When it is due")},
    {MU_FIELD_AT(mu_step, who), .kind = MU_FIELD_RECORD, .record = &who_type,
     .meaning = N_("Who does it; nobody if left out")},
    {MU_FIELD_AT(mu_step, verb), .kind = MU_FIELD_ENUM, .flags = MU_FIELD_REQUIRED,
     .names = verb_words, .meaning = N_("What is done")},
    {MU_FIELD_AT(mu_step, object), .kind = MU_FIELD_STRING,
     .meaning = N_("What the verb acts on: police, red, item, a zone")},
    {MU_FIELD_AT(mu_step, to), .kind = MU_FIELD_STRING,
     .meaning = N_("Notify and report: role or unit that receives it, or @sheltering; the object "
                   "if left out. Evacuate: @upwind for the assembly points that a gas does not "
                   "drift to")},
    {MU_FIELD_AT(mu_step, place), .kind = MU_FIELD_STRING,
     .meaning = N_("Where: a post, a space, an assembly point, @item, a kind of post, or @ and a kind "
                   "of post for the nearest of them")},
    {MU_FIELD_AT(mu_step, over), .kind = MU_FIELD_REF, .flags = MU_FIELD_LIST,
     .target = MU_ENTITY_CHANNEL, .meaning = N_("Channels over which it is said")},
    {MU_FIELD_AT(mu_step, takes_s), .kind = MU_FIELD_DIST, .least = 0, .most = 604800, .unit = "s",
     .meaning = N_("The work itself, without waiting and walking")},
    {MU_FIELD_AT(mu_step, chance), .kind = MU_FIELD_REAL, .least = 0, .most = 1, .fallback = 1,
     .unit = "1", .meaning = N_("Chance that one try succeeds")},
    {MU_FIELD_AT(mu_step, tries), .kind = MU_FIELD_INT, .least = 1, .most = 20, .fallback = 1,
     .unit = "1", .meaning = N_("Tries at most")},
    {MU_FIELD_AT(mu_step, radius_m), .kind = MU_FIELD_REAL, .least = 0, .most = 5000, .unit = "m",
     .meaning = N_("Evacuate and cordon: radius around the place; 0 is none")},
    {MU_FIELD_AT(mu_step, from_band), .kind = MU_FIELD_INT, .least = 0, .most = 3, .fallback = 1,
     .unit = "1",
     .meaning = N_("Decontaminate: those whose exposure reached this band; 0 is all who came out")},
    {MU_FIELD_AT(mu_step, posts_in), .kind = MU_FIELD_STRING, .flags = MU_FIELD_LIST,
     .meaning = N_("A kind of post as place: only the posts in these zones")},
    {MU_FIELD_AT(mu_step, except), .kind = MU_FIELD_STRING, .flags = MU_FIELD_LIST,
     .meaning = N_("Zones that are left out of the object of an order to people, or of posts_in")},
    {MU_FIELD_AT(mu_step, avoids), .kind = MU_FIELD_STRING, .flags = MU_FIELD_LIST,
     .meaning = N_("Orders to people: zones that they keep out of, such as @line_of_sight")},
    {MU_FIELD_AT(mu_step, reacts_s), .kind = MU_FIELD_DIST, .least = 0, .most = 3600, .unit = "s",
     .meaning = N_("Shelter and lock_down: from hearing the order to acting on it")},
    {MU_FIELD_AT(mu_step, closes), .kind = MU_FIELD_WORD, .flags = MU_FIELD_LIST,
     .meaning = N_("Labels of the portals on the line of a cordon: while the step holds, only "
                   "responders go in by them")},
    {MU_FIELD_AT(mu_step, reply_chance), .kind = MU_FIELD_REAL, .least = 0, .most = 1, .unit = "1",
     .meaning = N_("Notify to @sheltering: chance that one who gets the message answers it")},
    {MU_FIELD_AT(mu_step, replies_s), .kind = MU_FIELD_DIST, .least = 0, .most = 86400, .unit = "s",
     .meaning = N_("Notify to @sheltering: how long until the answer")},
    {MU_FIELD_AT(mu_step, needs), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST, .least = 0,
     .most = 4, .record = &need_type, .meaning = N_("Equipment that it needs")},
    {MU_FIELD_AT(mu_step, holds), .kind = MU_FIELD_BOOL,
     .meaning = N_("Whether those who do it stay there until the end that is given in until")},
    {MU_FIELD_AT(mu_step, until), .kind = MU_FIELD_STRING,
     .meaning = N_("Milestone that ends it; the end of the incident if left out")},
    {MU_FIELD_AT(mu_step, every_s), .kind = MU_FIELD_REAL, .least = 0, .most = 604800, .unit = "s",
     .meaning = N_("Repeated at this interval until then; 0 is once")},
    {MU_FIELD_AT(mu_step, priority), .kind = MU_FIELD_INT, .least = -1000, .most = 1000,
     .unit = "1", .meaning = N_("Among waiting requests the higher goes first")},
    {MU_FIELD_AT(mu_step, serves), .kind = MU_FIELD_REF, .flags = MU_FIELD_LIST,
     .target = MU_ENTITY_CLAUSE, .meaning = N_("Clauses that it serves")},
    {MU_FIELD_AT(mu_step, says), .kind = MU_FIELD_TEXT, .meaning = N_("What is said")},
    {MU_FIELD_AT(mu_step, unless), .kind = MU_FIELD_STRING,
     .flags = MU_FIELD_LIST | MU_FIELD_OR_ONE,
     .meaning = N_("Milestones any of which calls it off, begun or not, or keeps it from starting "
                   "if it has come before")},
    {MU_FIELD_AT(mu_step, gather_at), .kind = MU_FIELD_REF, .flags = MU_FIELD_LIST,
     .target = MU_ENTITY_ASSEMBLY,
     .meaning = N_("Evacuate: assembly points that people are sent to; any if left out")},
    {MU_FIELD_AT(mu_step, leads_to), .kind = MU_FIELD_REF, .flags = MU_FIELD_LIST,
     .target = MU_ENTITY_PORTAL,
     .meaning = N_("Guides who hold where they stand: doors to the open of the plan's routes; each "
                   "leads whoever leaves in their sight to the nearest of them")},
    {MU_FIELD_AT(mu_step, informed_by), .kind = MU_FIELD_ENUM, .names = informed_words,
     .meaning = N_("What those who decide or do it go by, if it is there: the live picture from the "
                   "field, or the count of the car park")},
    {MU_FIELD_AT(mu_step, blind_factor), .kind = MU_FIELD_REAL, .least = 1, .most = 20,
     .fallback = 1, .unit = "1",
     .meaning = N_("How much longer its wait and its work take without that")},
    {MU_FIELD_AT(mu_step, one_way), .kind = MU_FIELD_BOOL,
     .meaning = N_("Close: only to those who come against the flow; whoever goes with it passes")},
    {MU_FIELD_AT(mu_step, spaces), .kind = MU_FIELD_REF, .flags = MU_FIELD_LIST,
     .target = MU_ENTITY_SPACE,
     .meaning = N_("Search and sweep: spaces that are gone through besides the place")},
    {MU_FIELD_AT(mu_step, team), .kind = MU_FIELD_INT, .least = 0, .most = 8, .unit = "persons",
     .meaning = N_("Triage, treat, carry: persons who work on one patient together; 0: carry 2, "
                   "else 1. An ambulance is manned by its unit")},
    {MU_FIELD_AT(mu_step, tags), .kind = MU_FIELD_ENUM, .flags = MU_FIELD_LIST,
     .names = mu_start_tag_words,
     .meaning = N_("Treat, carry, transport: patients with these tags; left out: treat and "
                   "transport all but black, carry red and yellow")},
    {MU_FIELD_AT(mu_step, under_triage), .kind = MU_FIELD_REAL, .least = 0, .most = 1, .unit = "1",
     .meaning = N_("Triage: share of red patients who are tagged yellow by mistake. START in the "
                   "field: 0.20 (AJDM 2017;12:27-33)")},
    {MU_FIELD_AT(mu_step, over_triage), .kind = MU_FIELD_REAL, .least = 0, .most = 1, .unit = "1",
     .meaning = N_("Triage: share of yellow and green patients who are tagged one worse")},
    {MU_FIELD_AT(mu_step, each_s), .kind = MU_FIELD_DIST, .least = 0, .most = 3600, .unit = "s",
     .meaning = N_("Roll-call: time for each person counted, besides takes_s")},
};

static const mu_record_type step_type = {
    .name = "step",
    .meaning = N_("One step of a playbook"),
    .size = sizeof(mu_step),
    MU_FIELD_ROWS(step_fields),
    .defines = MU_ENTITY_STEP,
    MU_FIELD_ORIGIN(mu_step),
};

static const mu_field revision_fields[] = {
    {MU_FIELD_AT(mu_revision, date), .kind = MU_FIELD_DATE, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("When")},
    {MU_FIELD_AT(mu_revision, what), .kind = MU_FIELD_TEXT, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("What was changed")},
    {MU_FIELD_AT(mu_revision, was), .kind = MU_FIELD_JSON, .flags = MU_FIELD_LIST,
     .meaning = N_("Steps of this playbook as they were before it: in an incident that starts from "
                   "a day of a year, people who have not been taught the revision go by them")},
};

static const mu_record_type revision_type = {
    .name = "revision",
    .meaning = N_("A revision of the playbook"),
    .size = sizeof(mu_revision),
    MU_FIELD_ROWS(revision_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field playbook_fields[] = {
    {MU_FIELD_AT(mu_playbook, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name by which other records refer to it")},
    {MU_FIELD_AT(mu_playbook, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_playbook, story), .kind = MU_FIELD_TEXT,
     .meaning = N_("What this file is about, in a few sentences")},
    {MU_FIELD_AT(mu_playbook, threat), .kind = MU_FIELD_WORD, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Threat that it is for: evacuation, bombing, hostage, chemical")},
    {MU_FIELD_AT(mu_playbook, approved_by), .kind = MU_FIELD_TEXT,
     .meaning = N_("Who approved it")},
    {MU_FIELD_AT(mu_playbook, effective), .kind = MU_FIELD_DATE,
     .meaning = N_("Since when it is in force")},
    {MU_FIELD_AT(mu_playbook, reviewed_by), .kind = MU_FIELD_STRING, .flags = MU_FIELD_LIST,
     .meaning = N_("Who reviewed it")},
    {MU_FIELD_AT(mu_playbook, revisions), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &revision_type, .meaning = N_("Earlier revisions")},
    {MU_FIELD_AT(mu_playbook, steps), .kind = MU_FIELD_RECORD,
     .flags = MU_FIELD_REQUIRED | MU_FIELD_LIST | MU_FIELD_NOT_EMPTY, .record = &step_type,
     .meaning = N_("Steps")},
};

static const mu_record_type playbook_type = {
    .name = "playbook",
    .meaning = N_("The response to one threat"),
    .size = sizeof(mu_playbook),
    MU_FIELD_ROWS(playbook_fields),
    .defines = MU_ENTITY_PLAYBOOK,
    MU_FIELD_NO_ORIGIN,
};

const mu_file_kind mu_playbook_file = {
    .format = "muster.playbook",
    .version = 1,
    .root = &playbook_type,
    .meaning = N_("The playbook: who does what, when and where, against one threat"),
};
