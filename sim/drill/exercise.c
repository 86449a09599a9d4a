/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of fields of an exercise, and its acts resolved. */
#include "drill/exercise.h"

#include <string.h>

#include "core/field.h"
#include "core/i18n.h"
#include "drill/plan.h"

static const char *const act_words[] = {"none",  "close",  "open",    "cut",   "restore",
                                        "delay", "summon", "declare", "start", "call_off",
                                        "place", "arrive", NULL};
_Static_assert(sizeof act_words / sizeof act_words[0] == MU_ACT_KIND_COUNT + 1, "one per kind");

static const char *const part_words[] = {"facilitator", "safety",   "evaluator",
                                         "player",      "observer", NULL};

static const mu_field act_fields[] = {
    {MU_FIELD_AT(mu_inject_act, kind), .kind = MU_FIELD_ENUM, .names = act_words,
     .meaning = N_("What the simulation does: close or open a portal, cut or restore a channel (or "
                   "mains power where none is named), delay or summon a unit, declare a level, "
                   "start or call off a step of a playbook, put the second item there, let a group "
                   "arrive that is not there at first")},
    {MU_FIELD_AT(mu_inject_act, portal), .kind = MU_FIELD_REF, .target = MU_ENTITY_PORTAL,
     .meaning = N_("Portal that is closed or opened")},
    {MU_FIELD_AT(mu_inject_act, channel), .kind = MU_FIELD_REF, .target = MU_ENTITY_CHANNEL,
     .meaning = N_("Channel that fails or works again")},
    {MU_FIELD_AT(mu_inject_act, unit), .kind = MU_FIELD_REF, .target = MU_ENTITY_UNIT,
     .meaning = N_("Unit from outside that is delayed or called")},
    {MU_FIELD_AT(mu_inject_act, step), .kind = MU_FIELD_REF, .target = MU_ENTITY_STEP,
     .meaning = N_("Step of a playbook that is started or called off")},
    {MU_FIELD_AT(mu_inject_act, level), .kind = MU_FIELD_WORD,
     .meaning = N_("Alert level that is declared, as a playbook calls it")},
    {MU_FIELD_AT(mu_inject_act, group), .kind = MU_FIELD_REF, .target = MU_ENTITY_GROUP,
     .meaning = N_("Group of the roster that arrives; it has an 'arrives_by'")},
    {MU_FIELD_AT(mu_inject_act, by_s), .kind = MU_FIELD_REAL, .least = 0, .most = 86400,
     .unit = "s", .meaning = N_("By how much the unit is delayed")},
};

static const mu_record_type act_type = {
    .name = "inject_act",
    .meaning = N_("What the simulation does when an inject is sent"),
    .size = sizeof(mu_inject_act),
    MU_FIELD_ROWS(act_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field inject_fields[] = {
    {MU_FIELD_AT(mu_inject, id), .kind = MU_FIELD_WORD, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Number or name of the inject in the list of events")},
    {MU_FIELD_AT(mu_inject, name), .kind = MU_FIELD_TEXT, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name of the inject, for the facilitator")},
    {MU_FIELD_AT(mu_inject, text), .kind = MU_FIELD_TEXT, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("What players are told when it is sent; nobody sees it before")},
    {MU_FIELD_AT(mu_inject, at_s), .kind = MU_FIELD_REAL, .least = 0, .most = 604800, .unit = "s",
     .meaning = N_("When it is planned, from the start of the run")},
    {MU_FIELD_AT(mu_inject, from), .kind = MU_FIELD_TEXT, .meaning = N_("Who seems to send it")},
    {MU_FIELD_AT(mu_inject, to), .kind = MU_FIELD_TEXT, .meaning = N_("Who gets it")},
    {MU_FIELD_AT(mu_inject, method), .kind = MU_FIELD_TEXT,
     .meaning = N_("How it reaches them: by telephone, radio, on paper")},
    {MU_FIELD_AT(mu_inject, question), .kind = MU_FIELD_TEXT,
     .meaning = N_("Question that the table answers")},
    {MU_FIELD_AT(mu_inject, expected), .kind = MU_FIELD_TEXT,
     .meaning = N_("What players are expected to do, for facilitator and evaluators")},
    {MU_FIELD_AT(mu_inject, objective), .kind = MU_FIELD_TEXT,
     .meaning = N_("Goal of the exercise that it serves")},
    {MU_FIELD_AT(mu_inject, act), .kind = MU_FIELD_RECORD, .record = &act_type,
     .meaning = N_("What it changes in the simulation")},
};

static const mu_record_type inject_type = {
    .name = "inject",
    .meaning = N_("One event of the master scenario events list"),
    .size = sizeof(mu_inject),
    MU_FIELD_ROWS(inject_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field role_fields[] = {
    {MU_FIELD_AT(mu_exercise_role, part), .kind = MU_FIELD_ENUM, .flags = MU_FIELD_REQUIRED,
     .names = part_words, .meaning = N_("Part in the exercise")},
    {MU_FIELD_AT(mu_exercise_role, name), .kind = MU_FIELD_TEXT, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Who plays it: a post or a person")},
};

static const mu_record_type role_type = {
    .name = "exercise_role",
    .meaning = N_("Who has which part in the exercise"),
    .size = sizeof(mu_exercise_role),
    MU_FIELD_ROWS(role_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field exercise_fields[] = {
    {MU_FIELD_AT(mu_exercise, goals), .kind = MU_FIELD_TEXT, .flags = MU_FIELD_LIST, .least = 0,
     .most = 12, .meaning = N_("Goals, shown before anything else")},
    {MU_FIELD_AT(mu_exercise, roles), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &role_type, .least = 0, .most = 24,
     .meaning = N_("Facilitator, safety officer, evaluators, players")},
    {MU_FIELD_AT(mu_exercise, stop_word), .kind = MU_FIELD_TEXT,
     .meaning = N_("Word with which anybody stops the exercise for safety")},
    {MU_FIELD_AT(mu_exercise, injects), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &inject_type, .least = 0, .most = 200,
     .meaning = N_("Injects in the order of time")},
};

const mu_record_type mu_exercise_type = {
    .name = "exercise",
    .meaning = N_("A tabletop played on the incident"),
    .size = sizeof(mu_exercise),
    MU_FIELD_ROWS(exercise_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

/* Steps are sorted when they are compiled: a reference's index is that of the files. */
static mu_handle step_of(const mu_plan *plan, const char *id) {
    for (uint32_t s = 0; id != NULL && s < plan->response.steps.count; s++) {
        if (strcmp(plan->response.steps.items[s].given->id, id) == 0) {
            return MU_HANDLE(MU_THING_STEP, s);
        }
    }
    return 0;
}

static mu_handle handle_of(mu_thing thing, const mu_ref *ref) {
    return ref->id == NULL ? 0 : MU_HANDLE(thing, ref->index);
}

static mu_handle level_of(const mu_plan *plan, const char *level) {
    const uint32_t word =
        level == NULL ? MU_NONE : mu_words_find(&plan->words, level, strlen(level));
    return word == MU_NONE ? 0 : MU_HANDLE(MU_THING_WORD, word);
}

/* Only a group that is not there already can arrive. */
static mu_handle arrival_of(const mu_plan *plan, const mu_ref *group) {
    return group->id != NULL && plan->roster.groups.items[group->index].arrives_by.id != NULL
               ? MU_HANDLE(MU_THING_GROUP, group->index)
               : 0;
}

void mu_exercise_leave_out(const mu_exercise *exercise, mu_roster *roster) {
    const bool played = exercise->injects.count + exercise->goals.count > 0;
    for (uint32_t g = 0; g < roster->groups.count && !played; g++) {
        if (roster->groups.items[g].arrives_by.id != NULL) {
            roster->groups.items[g].count = 0;
        }
    }
}

mu_act mu_exercise_act(const struct mu_plan *plan, const mu_inject *inject) {
    const mu_inject_act *given = &inject->act;
    mu_act act = {.kind = (uint32_t)given->kind, .by_s = (uint32_t)given->by_s};
    switch ((mu_act_kind)given->kind) {
    case MU_ACT_CLOSE:
    case MU_ACT_OPEN:
        act.what = handle_of(MU_THING_PORTAL, &given->portal);
        break;
    case MU_ACT_CUT:
    case MU_ACT_RESTORE:
        act.what = handle_of(MU_THING_CHANNEL, &given->channel);
        break;
    case MU_ACT_DELAY:
    case MU_ACT_SUMMON:
        act.what = handle_of(MU_THING_UNIT, &given->unit);
        break;
    case MU_ACT_DECLARE:
        act.what = level_of(plan, given->level);
        break;
    case MU_ACT_START:
    case MU_ACT_CALL_OFF:
        act.what = step_of(plan, given->step.id);
        break;
    case MU_ACT_PLACE:
        act.what = mu_plan_second_place(plan);
        break;
    case MU_ACT_ARRIVE:
        act.what = arrival_of(plan, &given->group);
        break;
    case MU_ACT_NONE:
    case MU_ACT_KIND_COUNT:
        break;
    }
    return act;
}

static bool may_name_nothing(int kind) {
    return kind == MU_ACT_NONE || kind == MU_ACT_CUT || kind == MU_ACT_RESTORE;
}

void mu_exercise_check(const struct mu_plan *plan, const char *file, mu_diags *diags) {
    const mu_exercise *exercise = &plan->incident.exercise;
    for (uint32_t i = 0; i < exercise->injects.count; i++) {
        const mu_inject *inject = &exercise->injects.items[i];
        const mu_where where = {
            .file = file, .path = mu_arena_print(plan->arena, "$.exercise.injects[%u].act", i)};
        if (!may_name_nothing(inject->act.kind) && mu_exercise_act(plan, inject).what == 0) {
            mu_diags_add(diags, MU_ERROR, "exercise.acts-on-nothing", &where,
                         _("name the portal, channel, unit, step or level that the plan has, or a "
                           "group that arrives"),
                         _("inject '%s' acts on nothing"), inject->id);
        }
        if (inject->act.kind == MU_ACT_DELAY && inject->act.by_s <= 0) {
            mu_diags_add(diags, MU_ERROR, "exercise.no-delay", &where, _("say in 'by_s' how long"),
                         _("inject '%s' delays by nothing"), inject->id);
        }
    }
}
