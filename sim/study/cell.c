/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From an arm's settings to changes in the texts of files, and from there to a plan by the loader
 * that reads any plan: what a study varies is checked like what a planner writes. */
#include "study/cell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/file_out.h"
#include "core/i18n.h"
#include "core/json_edit.h"
#include "core/random.h"

/* The changes that an arm makes; as many as there are factors, or fewer. */
static mu_edit *edits_of(const mu_study_plan *study, const mu_arm *arm, uint32_t *count) {
    const uint32_t factors = study->given.factors.count;
    mu_edit *edits = calloc((size_t)factors + 1, sizeof *edits);
    *count = 0;
    for (uint32_t k = 0; edits != NULL && k < factors; k++) {
        const mu_factor *factor = &study->given.factors.items[k];
        if (arm->settings != NULL && arm->settings[k] != NULL) {
            edits[(*count)++] = (mu_edit){.format = mu_factor_format(factor),
                                          .file = factor->file,
                                          .pointer = factor->pointer,
                                          .value = arm->settings[k]};
        }
    }
    return edits;
}

static void complain_of_lost(const mu_study_plan *study, const mu_edit *edit, const char *incident,
                             mu_diags *diags) {
    for (uint32_t k = 0; k < study->given.factors.count; k++) {
        const mu_factor *factor = &study->given.factors.items[k];
        if (factor->pointer == edit->pointer) {
            mu_diags_add(diags, MU_ERROR, "study.nowhere", factor->origin,
                         _("a pointer names keys, and entries of lists by their id: "
                           "/members/operator.2/count"),
                         _("factor '%s': %s leads nowhere in the files of %s"), factor->id,
                         factor->pointer, incident);
        }
    }
}

static mu_plan *load(const mu_study_plan *study, uint32_t incident, uint32_t arm,
                     mu_plan_given *given, mu_diags *diags) {
    mu_edit *edits = edits_of(study, &study->arms.items[arm], &given->edit_count);
    if (edits == NULL) {
        mu_diags_add(diags, MU_ERROR, "memory", NULL, NULL, _("there is not enough memory"));
        return NULL;
    }
    given->incident = study->incidents.items[incident];
    given->policy = study->arms.items[arm].policy;
    given->edits = edits;
    const size_t before = mu_diags_count(diags, MU_ERROR);
    mu_plan *plan = mu_plan_load_given(given, diags);
    for (uint32_t i = 0; plan != NULL && i < given->edit_count; i++) {
        if (!edits[i].done) {
            complain_of_lost(study, &edits[i], given->incident, diags);
        }
    }
    free(edits);
    if (plan != NULL && mu_diags_count(diags, MU_ERROR) > before) {
        mu_plan_destroy(plan);
        return NULL;
    }
    if (plan != NULL) {
        plan->incident.motion = study->given.motion;
        plan->incident.motion_mode = study->given.motion_mode;
    } else {
        mu_diags_add(diags, MU_ERROR, "study.arm", NULL, NULL,
                     _("this was in the arm \"%s\" of %s"), study->arms.items[arm].name,
                     given->incident);
    }
    return plan;
}

mu_plan *mu_cell_load(const mu_study_plan *study, uint32_t incident, uint32_t arm,
                      const mu_plan *near, mu_diags *diags) {
    mu_plan_given given = {.near = near != NULL ? near : study->near};
    return load(study, incident, arm, &given, diags);
}

uint64_t mu_cell_hash(const mu_plan *plan) {
    uint64_t hash = mu_name_hash("cell");
    for (uint32_t i = 0; i < plan->files.count; i++) {
        hash = mu_hash_with(hash, plan->files.items[i].hash);
    }
    hash = mu_hash_with(hash, (uint64_t)plan->incident.motion);
    return mu_hash_with(hash, (uint64_t)plan->incident.motion_mode);
}

/* The texts of a plan's files in the order in which they are read. */
typedef struct texts {
    char **items;
    size_t *lengths;
    uint32_t count, room;
    bool no_memory;
} texts;

static void keep_text(void *context, const char *file, const char *text, size_t length) {
    texts *all = context;
    (void)file;
    if (all->count == all->room) {
        const uint32_t room = all->room == 0 ? 8 : 2 * all->room;
        char **items = realloc(all->items, room * sizeof *items);
        all->items = items != NULL ? items : all->items;
        size_t *lengths = realloc(all->lengths, room * sizeof *lengths);
        all->lengths = lengths != NULL ? lengths : all->lengths;
        all->room = items != NULL && lengths != NULL ? room : all->room;
    }
    char *copy = all->count < all->room ? malloc(length + 1) : NULL;
    if (copy == NULL) {
        all->no_memory = true;
        return;
    }
    memcpy(copy, text, length);
    copy[length] = '\0';
    all->items[all->count] = copy;
    all->lengths[all->count++] = length;
}

static void free_texts(texts *all) {
    for (uint32_t i = 0; i < all->count; i++) {
        free(all->items[i]);
    }
    free(all->items);
    free(all->lengths);
}

/* Replaces a value in one of the texts. */
static mu_status put(texts *all, uint32_t index, const char *pointer, const char *value) {
    char *changed;
    size_t length;
    mu_status status =
        mu_json_edit(all->items[index], all->lengths[index], pointer, value, &changed, &length);
    if (status == MU_OK && changed != NULL) {
        free(all->items[index]);
        all->items[index] = changed;
        all->lengths[index] = length;
    }
    return status;
}

/* The names under which the files are written: known once the order is. */
static void name_file(const mu_plan *plan, uint32_t index, char name[32]) {
    static const char *const first[] = {"incident.json", "site.json", "roster.json", "policy.json"};
    const uint32_t based = plan->policy.based_on != NULL;
    if (index < 4) {
        (void)snprintf(name, 32, "%s", first[index]);
    } else if (index == 4 && based) {
        (void)snprintf(name, 32, "policy-base.json");
    } else {
        (void)snprintf(name, 32, "playbook-%u.json", index - 3 - based);
    }
}

static mu_status rename_all(const mu_study_plan *study, const mu_plan *plan, texts *all) {
    char list[40 * 64] = "[", name[32], seed[32];
    const uint32_t first = plan->policy.based_on != NULL ? 5 : 4;
    for (uint32_t i = first; i < all->count && strlen(list) + 48 < sizeof list; i++) {
        name_file(plan, i, name);
        (void)snprintf(list + strlen(list), sizeof list - strlen(list), "%s\"%s\"",
                       i > first ? ", " : "", name);
    }
    (void)snprintf(list + strlen(list), sizeof list - strlen(list), "]");
    (void)snprintf(seed, sizeof seed, "%lld", (long long)study->given.seed);
    (void)snprintf(name, sizeof name, "\"%s\"", mu_motion_words[plan->incident.motion]);
    mu_status status = put(all, 0, "/site", "\"site.json\"");
    status = status == MU_OK ? put(all, 0, "/roster", "\"roster.json\"") : status;
    status = status == MU_OK ? put(all, 0, "/policy", "\"policy.json\"") : status;
    status = status == MU_OK ? put(all, 0, "/playbooks", list) : status;
    status = status == MU_OK ? put(all, 0, "/seed", seed) : status;
    status = status == MU_OK ? put(all, 0, "/motion", name) : status;
    (void)snprintf(name, sizeof name, "\"%s\"", mu_motion_mode_words[plan->incident.motion_mode]);
    status = status == MU_OK ? put(all, 0, "/motion_mode", name) : status;
    return status == MU_OK && first == 5 ? put(all, 3, "/based_on", "\"policy-base.json\"")
                                         : status;
}

static mu_status write_texts(const mu_plan *plan, const texts *all, const char *folder,
                             mu_diags *diags) {
    mu_status status = MU_OK;
    for (uint32_t i = 0; i < all->count && status == MU_OK; i++) {
        char name[32], path[4096];
        name_file(plan, i, name);
        (void)snprintf(path, sizeof path, "%s/%s", folder, name);
        status = mu_file_out_write(path, all->items[i], all->lengths[i], diags);
    }
    return status;
}

mu_status mu_cell_write(const mu_study_plan *study, uint32_t incident, uint32_t arm,
                        const char *folder, mu_diags *diags) {
    texts all = {0};
    mu_plan_given given = {.watcher = keep_text, .watching = &all};
    mu_plan *plan = load(study, incident, arm, &given, diags);
    mu_status status = plan == NULL ? MU_ERR_INPUT : all.no_memory ? MU_ERR_MEMORY : MU_OK;
    if (status == MU_OK) {
        status = rename_all(study, plan, &all);
    }
    if (status == MU_OK) {
        status = write_texts(plan, &all, folder, diags);
    }
    mu_plan_destroy(plan);
    free_texts(&all);
    return status;
}
