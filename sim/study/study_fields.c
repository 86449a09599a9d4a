/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The study file as tables of fields. */
#include "core/field.h"
#include "core/i18n.h"
#include "crowd/crowd.h"
#include "study/replications.h"
#include "study/study.h"

const char *const mu_factor_words[] = {
    [MU_FACTOR_POLICY] = "policy", [MU_FACTOR_PLAYBOOK] = "playbook",
    [MU_FACTOR_ROSTER] = "roster", [MU_FACTOR_EQUIPMENT] = "equipment",
    [MU_FACTOR_SITE] = "site",     [MU_FACTOR_SITE + 1] = NULL,
};

static const char *const design_words[] = {
    [MU_DESIGN_GRID] = "grid",   [MU_DESIGN_ONE_AT_A_TIME] = "one_at_a_time",
    [MU_DESIGN_SOBOL] = "sobol", [MU_DESIGN_LIST] = "list",
    [MU_DESIGN_MORRIS] = "morris", [MU_DESIGN_INDICES] = "sobol_indices",
    [MU_DESIGN_INDICES + 1] = NULL,
};

static const mu_field factor_fields[] = {
    {MU_FIELD_AT(mu_factor, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name of the factor in results")},
    {MU_FIELD_AT(mu_factor, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_factor, in), .kind = MU_FIELD_ENUM, .flags = MU_FIELD_REQUIRED,
     .names = mu_factor_words,
     .meaning =
         N_("Which file it changes. An incident's place, time and means are given and can be "
            "no factor")},
    {MU_FIELD_AT(mu_factor, file), .kind = MU_FIELD_STRING,
     .meaning = N_("Name of the file, without its folder, where several could be meant")},
    {MU_FIELD_AT(mu_factor, pointer), .kind = MU_FIELD_STRING, .flags = MU_FIELD_REQUIRED,
     .meaning =
         N_("JSON pointer to the value, such as /members/operator.2/count: in a list, the id "
            "of the entry, or its number from 0; - is a new entry at the end")},
    {MU_FIELD_AT(mu_factor, values), .kind = MU_FIELD_JSON, .flags = MU_FIELD_LIST, .least = 0,
     .most = 1000, .meaning = N_("Values that it takes; null takes the entry out of the file")},
    {MU_FIELD_AT(mu_factor, least), .kind = MU_FIELD_REAL, .least = -1e9, .most = 1e9,
     .meaning = N_("A range instead of values: from here")},
    {MU_FIELD_AT(mu_factor, most), .kind = MU_FIELD_REAL, .least = -1e9, .most = 1e9,
     .meaning = N_("to here")},
    {MU_FIELD_AT(mu_factor, levels), .kind = MU_FIELD_INT, .least = 2, .most = 100, .fallback = 3,
     .meaning = N_("Values that a range gives to designs other than sobol, ends included")},
    {MU_FIELD_AT(mu_factor, whole), .kind = MU_FIELD_BOOL,
     .meaning = N_("The range has whole numbers only")},
};

static const mu_record_type factor_type = {
    .name = "factor",
    .meaning = N_("Something of the defender's side that is varied"),
    .size = sizeof(mu_factor),
    MU_FIELD_ROWS(factor_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_ORIGIN(mu_factor),
};

static const mu_field setting_fields[] = {
    {MU_FIELD_AT(mu_setting, factor), .kind = MU_FIELD_WORD, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Id of a factor of this study")},
    {MU_FIELD_AT(mu_setting, value), .kind = MU_FIELD_JSON, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("What it is set to")},
};

static const mu_record_type setting_type = {
    .name = "setting",
    .meaning = N_("One factor at one value"),
    .size = sizeof(mu_setting),
    MU_FIELD_ROWS(setting_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field row_fields[] = {
    {MU_FIELD_AT(mu_study_row, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name of the row in results")},
    {MU_FIELD_AT(mu_study_row, name), .kind = MU_FIELD_TEXT,
     .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_study_row, set), .kind = MU_FIELD_RECORD,
     .flags = MU_FIELD_REQUIRED | MU_FIELD_LIST | MU_FIELD_NOT_EMPTY, .least = 1, .most = 100,
     .record = &setting_type,
     .meaning = N_("What is changed; other factors stay as the files have them")},
};

static const mu_record_type row_type = {
    .name = "row",
    .meaning = N_("One variant of the design list"),
    .size = sizeof(mu_study_row),
    MU_FIELD_ROWS(row_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_ORIGIN(mu_study_row),
};

static const mu_field stop_fields[] = {
    {MU_FIELD_AT(mu_stop_rule, metric), .kind = MU_FIELD_WORD,
     .meaning = N_("A metric of the results, by its name; or else")},
    {MU_FIELD_AT(mu_stop_rule, clause), .kind = MU_FIELD_WORD,
     .meaning = N_("a clause, of which the share of runs that meet it counts")},
    {MU_FIELD_AT(mu_stop_rule, half_width), .kind = MU_FIELD_REAL, .flags = MU_FIELD_REQUIRED,
     .least = 1e-9, .most = 1e9,
     .meaning = N_("Half of the 95 % interval's width that is wanted, in the metric's unit")},
};

static const mu_record_type stop_type = {
    .name = "stop",
    .meaning =
        N_("How precise a difference from the first arm must become (the mean, where there is "
           "one arm)"),
    .size = sizeof(mu_stop_rule),
    MU_FIELD_ROWS(stop_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_ORIGIN(mu_stop_rule),
};

static const mu_field study_fields[] = {
    {MU_FIELD_AT(mu_study, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name of the study in results")},
    {MU_FIELD_AT(mu_study, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_study, story), .kind = MU_FIELD_TEXT,
     .meaning = N_("What this file is about, in a few sentences")},
    {MU_FIELD_AT(mu_study, incidents), .kind = MU_FIELD_STRING,
     .flags = MU_FIELD_REQUIRED | MU_FIELD_LIST | MU_FIELD_NOT_EMPTY, .least = 1,
     .most = MU_STUDY_INCIDENTS_MOST,
     .meaning = N_("Incident files, relative to this one. Each is compared with itself only")},
    {MU_FIELD_AT(mu_study, policies), .kind = MU_FIELD_STRING, .flags = MU_FIELD_LIST, .least = 0,
     .most = 100,
     .meaning =
         N_("Policy files, relative to this one, instead of each incident's own. The first is "
            "what the others are compared with")},
    {MU_FIELD_AT(mu_study, factors), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST, .least = 0,
     .most = 100, .record = &factor_type, .meaning = N_("What is varied")},
    {MU_FIELD_AT(mu_study, design), .kind = MU_FIELD_ENUM, .names = design_words,
     .fallback = MU_DESIGN_ONE_AT_A_TIME,
     .meaning =
         N_("How values are combined: grid, every combination, the first of all values being "
            "what the others are compared with; one_at_a_time, each value alone against the "
            "files as they stand; sobol, points spread evenly over all ranges; list, the rows; morris and sobol_indices, "
            "for muster sensitivity")},
    {MU_FIELD_AT(mu_study, points), .kind = MU_FIELD_INT, .least = 1, .most = 8192, .fallback = 16,
     .meaning = N_("Design sobol: number of points; morris: trajectories; sobol_indices: samples")},
    {MU_FIELD_AT(mu_study, design_seed), .kind = MU_FIELD_INT, .least = 0, .most = 9007199254740991,
     .fallback = 1, .meaning = N_("Design morris: seed of the trajectories")},
    {MU_FIELD_AT(mu_study, rows), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST, .least = 0,
     .most = 1000, .record = &row_type, .meaning = N_("Design list: the variants")},
    {MU_FIELD_AT(mu_study, reps), .kind = MU_FIELD_INT, .least = 1, .most = MU_STUDY_REPS_MOST,
     .fallback = 200, .meaning = N_("Replications of each arm, at the most")},
    {MU_FIELD_AT(mu_study, block), .kind = MU_FIELD_INT, .least = 10, .most = 100000,
     .fallback = 50, .meaning = N_("Replications between two looks at the stop rules")},
    {MU_FIELD_AT(mu_study, stop), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST, .least = 0,
     .most = 50, .record = &stop_type,
     .meaning = N_("An arm stops early once all of these are reached")},
    {MU_FIELD_AT(mu_study, motion), .kind = MU_FIELD_ENUM, .names = mu_motion_words,
     .fallback = MU_MOTION_FLOW, .meaning = N_("What moves people: walk or flow")},
    {MU_FIELD_AT(mu_study, motion_mode), .kind = MU_FIELD_ENUM, .names = mu_motion_mode_words,
     .meaning = N_("What limits the flow through doors: free or regulatory")},
    {MU_FIELD_AT(mu_study, seed), .kind = MU_FIELD_INT, .least = 0, .most = 9007199254740991,
     .fallback = 1,
     .meaning = N_("Seed of the random draws: every arm meets the same people with the same luck")},
};

static const mu_record_type study_type = {
    .name = "study",
    .meaning = N_("One study"),
    .size = sizeof(mu_study),
    MU_FIELD_ROWS(study_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

const mu_file_kind mu_study_file = {
    .format = "muster.study",
    .version = 1,
    .root = &study_type,
    .meaning =
        N_("A study: incidents played under several policies or settings, with the same luck, "
           "to see which is better and by how much"),
};
