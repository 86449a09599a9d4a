/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/levers.h"

#include <string.h>

#include "core/field.h"
#include "core/i18n.h"
#include "crowd/crowd.h"
#include "study/cell.h"

static const mu_field change_fields[] = {
    {MU_FIELD_AT(mu_lever_change, in), .kind = MU_FIELD_ENUM, .flags = MU_FIELD_REQUIRED,
     .names = mu_factor_words, .meaning = N_("Which file it changes")},
    {MU_FIELD_AT(mu_lever_change, file), .kind = MU_FIELD_STRING,
     .meaning = N_("Name of the file, without its folder, where several could be meant")},
    {MU_FIELD_AT(mu_lever_change, pointer), .kind = MU_FIELD_STRING, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("JSON pointer to the value, as in a study")},
    {MU_FIELD_AT(mu_lever_change, value), .kind = MU_FIELD_JSON, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("What it is set to; null takes the entry out of the file")},
};

static const mu_record_type change_type = {
    .name = "lever_change",
    .meaning = N_("One value that a lever changes"),
    .size = sizeof(mu_lever_change),
    MU_FIELD_ROWS(change_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field lever_fields[] = {
    {MU_FIELD_AT(mu_lever, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name of the lever in results")},
    {MU_FIELD_AT(mu_lever, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_lever, changes), .kind = MU_FIELD_RECORD,
     .flags = MU_FIELD_REQUIRED | MU_FIELD_LIST | MU_FIELD_NOT_EMPTY, .least = 1, .most = 20,
     .record = &change_type, .meaning = N_("What it changes")},
    {MU_FIELD_AT(mu_lever, cost), .kind = MU_FIELD_REAL, .least = 0, .most = 1e12,
     .meaning = N_("What it costs, in the catalogue's unit; your own number")},
    {MU_FIELD_AT(mu_lever, persons), .kind = MU_FIELD_REAL, .least = 0, .most = 10000,
     .meaning = N_("How many more people it takes on duty; your own number")},
    {MU_FIELD_AT(mu_lever, lead_d), .kind = MU_FIELD_REAL, .least = 0, .most = 3660, .unit = "d",
     .meaning = N_("Days until it is in place; 0: not stated")},
    {MU_FIELD_AT(mu_lever, needs), .kind = MU_FIELD_TEXT,
     .meaning = N_("What else it needs: things, approvals, who sees to it")},
};

static const mu_record_type lever_type = {
    .name = "lever",
    .meaning = N_("Something that the organisation could change about itself"),
    .size = sizeof(mu_lever),
    MU_FIELD_ROWS(lever_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_ORIGIN(mu_lever),
};

static const mu_field levers_fields[] = {
    {MU_FIELD_AT(mu_levers, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name of the catalogue in results")},
    {MU_FIELD_AT(mu_levers, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_levers, story), .kind = MU_FIELD_TEXT,
     .meaning = N_("What this file is about, in a few sentences")},
    {MU_FIELD_AT(mu_levers, cost_unit), .kind = MU_FIELD_TEXT,
     .meaning = N_("Unit of all costs, as people write it")},
    {MU_FIELD_AT(mu_levers, levers), .kind = MU_FIELD_RECORD,
     .flags = MU_FIELD_REQUIRED | MU_FIELD_LIST | MU_FIELD_NOT_EMPTY, .least = 1, .most = 100,
     .record = &lever_type, .meaning = N_("The levers")},
};

static const mu_record_type levers_type = {
    .name = "levers",
    .meaning = N_("A catalogue of levers"),
    .size = sizeof(mu_levers),
    MU_FIELD_ROWS(levers_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

const mu_file_kind mu_levers_file = {
    .format = "muster.levers",
    .version = 1,
    .root = &levers_type,
    .meaning = N_("Levers: what the organisation could change, and what each costs"),
};

/* Every change of every lever is a factor of its own, in order. */
static mu_status make_factors(const mu_levers *levers, mu_arena *arena, mu_study_plan *out) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < levers->levers.count; i++) {
        count += levers->levers.items[i].changes.count;
    }
    mu_factor *factors = mu_arena_array(arena, (size_t)count + 1, sizeof *factors);
    if (factors == NULL) {
        return MU_ERR_MEMORY;
    }
    count = 0;
    for (uint32_t i = 0; i < levers->levers.count; i++) {
        const mu_lever *lever = &levers->levers.items[i];
        for (uint32_t k = 0; k < lever->changes.count; k++) {
            const mu_lever_change *change = &lever->changes.items[k];
            factors[count++] = (mu_factor){.origin = lever->origin,
                                           .id = mu_arena_print(arena, "%s.%u", lever->id, k),
                                           .in = change->in,
                                           .file = change->file,
                                           .pointer = change->pointer};
        }
    }
    out->given.factors.items = factors;
    out->given.factors.count = count;
    return MU_OK;
}

/* A row that has the changes of all levers that are flagged. */
static mu_status make_row(const mu_levers *levers, const bool *taken, mu_arena *arena,
                          mu_study_plan *study, mu_study_row *row) {
    mu_setting *settings =
        mu_arena_array(arena, (size_t)study->given.factors.count + 1, sizeof *settings);
    uint32_t factor = 0;
    if (settings == NULL) {
        return MU_ERR_MEMORY;
    }
    row->set.items = settings;
    for (uint32_t i = 0; i < levers->levers.count; i++) {
        const mu_lever *lever = &levers->levers.items[i];
        for (uint32_t k = 0; k < lever->changes.count; k++, factor++) {
            if (taken[i]) {
                settings[row->set.count++] =
                    (mu_setting){.factor = study->given.factors.items[factor].id,
                                 .value = lever->changes.items[k].value};
            }
        }
    }
    return MU_OK;
}

static mu_status start_study(const mu_levers *levers, const mu_string_list *incidents,
                             mu_arena *arena, mu_study_plan *out) {
    *out = (mu_study_plan){.file = incidents->items[0],
                           .incidents = *incidents,
                           .given = {.id = levers->id,
                                     .name = levers->name,
                                     .design = MU_DESIGN_LIST,
                                     .block = 50,
                                     .reps = 200,
                                     .seed = 1,
                                     .motion = MU_MOTION_FLOW}};
    return make_factors(levers, arena, out);
}

/* Whether the lever can be set in the files of every incident. What is wrong with it is only told
 * if it is a fault, not that it has nothing to hold on to here. */
static mu_status try_lever(const mu_study_plan *study, uint32_t arm, mu_plan *const *near,
                           bool lenient, bool *fits, mu_diags *diags) {
    bool starved = false;
    for (uint32_t i = 0; i < study->incidents.count && !starved; i++) {
        mu_diags *own = mu_diags_create();
        if (own == NULL) {
            return MU_ERR_MEMORY;
        }
        mu_plan *plan = mu_cell_load(study, i, arm, near[i], own);
        *fits = *fits && plan != NULL;
        starved = plan == NULL && mu_diags_lacks_memory(own);
        for (size_t k = 0; plan == NULL && !lenient && k < mu_diags_count(own, MU_NOTE); k++) {
            const mu_diag *diag = mu_diags_get(own, k);
            if (diag->severity == MU_ERROR && strcmp(diag->code, "study.nowhere") != 0 &&
                strcmp(diag->code, "study.arm") != 0) {
                mu_diags_add(diags, MU_ERROR, diag->code, &diag->where, diag->advice, "%s",
                             diag->text);
            }
        }
        mu_plan_destroy(plan);
        mu_diags_destroy(own);
    }
    return starved ? MU_ERR_MEMORY : MU_OK;
}

static mu_status try_all(const mu_study_plan *study, mu_arena *arena, bool lenient, bool *fits,
                         mu_diags *diags) {
    mu_plan **near = mu_arena_array(arena, (size_t)study->incidents.count + 1, sizeof(mu_plan *));
    mu_status status = near != NULL ? MU_OK : MU_ERR_MEMORY;
    for (uint32_t i = 0; i < study->incidents.count && status == MU_OK; i++) {
        near[i] = mu_cell_load(study, i, 0, NULL, diags);
        status = near[i] != NULL ? MU_OK : MU_ERR_INPUT;
    }
    for (uint32_t arm = 1; arm < study->arms.count && status == MU_OK; arm++) {
        fits[arm - 1] = true;
        status = try_lever(study, arm, near, lenient, &fits[arm - 1], diags);
    }
    for (uint32_t i = 0; near != NULL && i < study->incidents.count; i++) {
        mu_plan_destroy(near[i]);
    }
    return status == MU_OK && mu_diags_count(diags, MU_ERROR) > 0 ? MU_ERR_INPUT : status;
}

/* One row for each lever that is flagged; NULL flags all. */
static mu_status make_rows(const mu_levers *levers, const bool *fits, mu_arena *arena,
                           mu_study_plan *out) {
    const uint32_t count = levers->levers.count;
    mu_study_row *rows = mu_arena_array(arena, (size_t)count + 1, sizeof *rows);
    bool *alone = mu_arena_array(arena, (size_t)count + 1, sizeof *alone);
    if (rows == NULL || alone == NULL) {
        return MU_ERR_MEMORY;
    }
    out->given.rows.items = rows;
    out->given.rows.count = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (fits != NULL && !fits[i]) {
            continue;
        }
        mu_study_row *row = &rows[out->given.rows.count++];
        *row =
            (mu_study_row){.id = levers->levers.items[i].id, .name = levers->levers.items[i].name};
        memset(alone, 0, count);
        alone[i] = true;
        const mu_status status = make_row(levers, alone, arena, out, row);
        if (status != MU_OK) {
            return status;
        }
    }
    return MU_OK;
}

mu_status mu_levers_study(const mu_levers *levers, const mu_string_list *incidents,
                          const mu_plan *near, mu_arena *arena, bool *fits, mu_diags *diags,
                          mu_study_plan *out) {
    mu_status status = start_study(levers, incidents, arena, out);
    out->near = near;
    if (status == MU_OK) {
        status = make_rows(levers, NULL, arena, out);
    }
    if (status == MU_OK) {
        status = mu_study_lay_out(out, arena, diags);
    }
    if (status == MU_OK) {
        status = try_all(out, arena, levers->lenient, fits, diags);
    }
    if (status == MU_OK) {
        status = make_rows(levers, fits, arena, out);
    }
    out->arms.items = NULL; /* laid out again, without those that do not fit */
    out->arms.count = 0;
    out->hash = 0;
    return status == MU_OK ? mu_study_lay_out(out, arena, diags) : status;
}

mu_status mu_levers_sets(const mu_levers *levers, const bool *taken, uint32_t count,
                         const mu_string_list *incidents, mu_arena *arena, mu_diags *diags,
                         mu_study_plan *out) {
    mu_status status = start_study(levers, incidents, arena, out);
    mu_study_row *rows = mu_arena_array(arena, (size_t)count + 1, sizeof *rows);
    if (status != MU_OK || rows == NULL) {
        return MU_ERR_MEMORY;
    }
    out->given.rows.items = rows;
    out->given.rows.count = count;
    for (uint32_t k = 0; k < count && status == MU_OK; k++) {
        rows[k] = (mu_study_row){.id = mu_arena_print(arena, "set.%u", k + 1)};
        status = rows[k].id == NULL ? MU_ERR_MEMORY
                                    : make_row(levers, taken + (size_t)k * levers->levers.count,
                                               arena, out, &rows[k]);
    }
    return status == MU_OK ? mu_study_lay_out(out, arena, diags) : status;
}

double mu_levers_cost(const mu_levers *levers, const bool *taken) {
    double cost = 0;
    for (uint32_t i = 0; i < levers->levers.count; i++) {
        cost += taken[i] ? levers->levers.items[i].cost : 0;
    }
    return cost;
}

/* A set of candidates, a bit for each. */
typedef struct lever_set {
    uint32_t bits;
    double closed;
} lever_set;

/* Keeps the list in order and as long as it may be. */
static void insert(lever_set *sets, uint32_t *count, uint32_t most, lever_set set) {
    uint32_t at = *count;
    while (at > 0 && sets[at - 1].closed < set.closed) {
        at--;
    }
    if (at >= most) {
        return;
    }
    *count += *count < most;
    memmove(sets + at + 1, sets + at, (*count - at - 1) * sizeof *sets);
    sets[at] = set;
}

enum { SETS_MOST = 64 };

static uint32_t best_sets(const mu_levers *levers, const mu_lever_effect *const *candidates,
                          uint32_t count, double budget, uint32_t most, lever_set *sets) {
    uint32_t found = 0;
    for (uint32_t bits = 1; bits < 1U << count; bits++) {
        double cost = 0;
        lever_set set = {.bits = bits};
        for (uint32_t k = 0; k < count; k++) {
            if ((bits >> k & 1) != 0) {
                cost += levers->levers.items[candidates[k]->lever].cost;
                set.closed += candidates[k]->closed;
            }
        }
        if (cost <= budget) {
            insert(sets, &found, most, set);
        }
    }
    return found;
}

uint32_t mu_levers_choose(const mu_levers *levers, const mu_lever_effect *effects, uint32_t count,
                          double budget, uint32_t most, bool *taken) {
    const mu_lever_effect *candidates[MU_LEVER_CANDIDATES];
    lever_set sets[SETS_MOST + 1];
    uint32_t chosen = 0;
    for (uint32_t i = 0; i < count && chosen < MU_LEVER_CANDIDATES; i++) {
        if (effects[i].p < 0.05 && effects[i].closed > 0) {
            candidates[chosen++] = &effects[i];
        }
    }
    const uint32_t found =
        best_sets(levers, candidates, chosen, budget, most < SETS_MOST ? most : SETS_MOST, sets);
    memset(taken, 0, (size_t)most * levers->levers.count * sizeof *taken);
    for (uint32_t s = 0; s < found; s++) {
        for (uint32_t k = 0; k < chosen; k++) {
            taken[(size_t)s * levers->levers.count + candidates[k]->lever] =
                (sets[s].bits >> k & 1) != 0;
        }
    }
    return found;
}
