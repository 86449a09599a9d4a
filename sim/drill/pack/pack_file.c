/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of fields, and writing by hand in its order. */
#include "drill/pack/pack_file.h"

#include <stdio.h>
#include <string.h>

#include "core/field.h"
#include "core/file_out.h"
#include "core/i18n.h"
#include "core/json_out.h"

static const char *const what_words[] = {"time", "number", "people", "began", "done", NULL};
static const char *const motion_words[] = {"incident", "walk", "flow", NULL};
static const char *const mode_words[] = {"incident", "free", "regulatory", NULL};

static const mu_field box_fields[] = {
    {MU_FIELD_AT(mu_pack_box, code), .kind = MU_FIELD_WORD, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Number of the box on the sheets")},
    {MU_FIELD_AT(mu_pack_box, what), .kind = MU_FIELD_ENUM, .flags = MU_FIELD_REQUIRED,
     .names = what_words,
     .meaning = N_("What is written into it: when a milestone came, a number, a head count, when a "
                   "step began or was done")},
    {MU_FIELD_AT(mu_pack_box, term), .kind = MU_FIELD_STRING, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("The milestone, as clauses and triggers name it")},
};

static const mu_record_type box_type = {
    .name = "box",
    .meaning = N_("One box of the evaluators' sheets"),
    .size = sizeof(mu_pack_box),
    MU_FIELD_ROWS(box_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field input_fields[] = {
    {MU_FIELD_AT(mu_pack_input, name), .kind = MU_FIELD_STRING, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name of the file")},
    {MU_FIELD_AT(mu_pack_input, hash), .kind = MU_FIELD_STRING, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Hash of its bytes, 16 hexadecimal digits")},
};

static const mu_record_type input_type = {
    .name = "pack_input",
    .meaning = N_("A file that the pack was made from"),
    .size = sizeof(mu_pack_input),
    MU_FIELD_ROWS(input_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field pack_fields[] = {
    {MU_FIELD_AT(mu_pack_given, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name of the incident")},
    {MU_FIELD_AT(mu_pack_given, program), .kind = MU_FIELD_STRING,
     .meaning = N_("Program that wrote the pack")},
    {MU_FIELD_AT(mu_pack_given, incident), .kind = MU_FIELD_STRING, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("File of the incident, relative to the pack")},
    {MU_FIELD_AT(mu_pack_given, policy), .kind = MU_FIELD_STRING,
     .meaning = N_("File of the policy that was given in place of the incident's own")},
    {MU_FIELD_AT(mu_pack_given, seed), .kind = MU_FIELD_INT, .flags = MU_FIELD_REQUIRED, .least = 0,
     .most = MU_FIELD_INT_MOST, .meaning = N_("Seed of the runs")},
    {MU_FIELD_AT(mu_pack_given, reps), .kind = MU_FIELD_INT, .flags = MU_FIELD_REQUIRED, .least = 1,
     .most = 1000000, .meaning = N_("How many runs the predictions come from")},
    {MU_FIELD_AT(mu_pack_given, motion), .kind = MU_FIELD_ENUM, .names = motion_words,
     .meaning = N_("Motion model, where it was not the incident's own")},
    {MU_FIELD_AT(mu_pack_given, motion_mode), .kind = MU_FIELD_ENUM, .names = mode_words,
     .meaning = N_("Motion mode, where it was not the incident's own")},
    {MU_FIELD_AT(mu_pack_given, inputs), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &input_type, .least = 0, .most = 200,
     .meaning = N_("The files that the pack was made from")},
    {MU_FIELD_AT(mu_pack_given, boxes), .kind = MU_FIELD_RECORD,
     .flags = MU_FIELD_LIST | MU_FIELD_REQUIRED, .record = &box_type, .least = 0, .most = 4000,
     .meaning = N_("What each box of the sheets stands for")},
};

static const mu_record_type pack_type = {
    .name = "pack",
    .meaning = N_("What a drill pack was made from"),
    .size = sizeof(mu_pack_given),
    MU_FIELD_ROWS(pack_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

const mu_file_kind mu_pack_kind = {
    .format = "muster.pack",
    .version = 1,
    .root = &pack_type,
    .meaning =
        N_("A drill pack: the incident it is of, and what each box of its sheets stands for"),
};

static void put_inputs(mu_json_out *out, const mu_plan *plan) {
    mu_json_open(out, "inputs", '[');
    for (uint32_t i = 0; i < plan->files.count; i++) {
        const char *slash = strrchr(plan->files.items[i].name, '/');
        mu_json_open_flat(out, NULL, '{');
        mu_json_put_string(out, "name", slash != NULL ? slash + 1 : plan->files.items[i].name);
        mu_json_put_hash(out, "hash", plan->files.items[i].hash);
        mu_json_close(out, '}');
    }
    mu_json_close(out, ']');
}

static void put_boxes(mu_json_out *out, const mu_plan *plan, const mu_watch_list *watches) {
    mu_json_open(out, "boxes", '[');
    for (uint32_t w = 0; w < watches->count; w++) {
        char term[256];
        mu_watch_term(plan, &watches->items[w], term);
        mu_json_open_flat(out, NULL, '{');
        mu_json_put_string(out, "code", watches->items[w].code);
        mu_json_put_string(out, "what", what_words[watches->items[w].what]);
        mu_json_put_string(out, "term", term);
        mu_json_close(out, '}');
    }
    mu_json_close(out, ']');
}

mu_status mu_pack_write(const mu_pack_def *def, const char *incident, const char *policy,
                        const char *path, mu_diags *diags) {
    const mu_plan *plan = def->report.findings->plan;
    mu_file_out file;
    char program[64];
    const mu_status status = mu_file_out_open(path, &file, diags);
    if (status != MU_OK) {
        return status;
    }
    (void)snprintf(program, sizeof program, "muster %s", def->report.version);
    mu_json_out out = {.stream = file.stream};
    mu_json_open(&out, NULL, '{');
    mu_json_put_string(&out, "format", mu_pack_kind.format);
    mu_json_put_int(&out, "version", mu_pack_kind.version);
    mu_json_put_string(&out, "id", plan->incident.id);
    mu_json_put_string(&out, "program", program);
    mu_json_put_string(&out, "incident", incident);
    if (policy != NULL) {
        mu_json_put_string(&out, "policy", policy);
    }
    mu_json_put_count(&out, "seed", def->report.findings->seed);
    mu_json_put_count(&out, "reps", def->report.findings->reps);
    if (def->report.motion != NULL) {
        mu_json_put_string(&out, "motion", def->report.motion);
    }
    if (def->report.motion_mode != NULL) {
        mu_json_put_string(&out, "motion_mode", def->report.motion_mode);
    }
    put_inputs(&out, plan);
    put_boxes(&out, plan, def->watches);
    mu_json_close(&out, '}');
    return mu_file_out_commit(&file, diags);
}
