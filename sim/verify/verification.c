/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads, plays and judges one file after another. */
#include "verify/verification.h"

#include <stdlib.h>

#include "core/grow.h"
#include "core/i18n.h"
#include "verify/trajectory.h"

mu_verification *mu_verification_create(const mu_verification_def *def, mu_diags *diags) {
    mu_verification *made = calloc(1, sizeof *made);
    if (made == NULL) {
        return NULL;
    }
    made->def = *def;
    made->diags = diags;
    made->arena = mu_arena_create();
    if (made->arena == NULL) {
        mu_verification_destroy(made);
        return NULL;
    }
    return made;
}

/* What an item holds outside the arena. */
static void forget(mu_verified *item) {
    if (item->trial != NULL) {
        mu_figure_clear((mu_figure *)&item->trial->experiment.measured);
    }
}

void mu_verification_destroy(mu_verification *verification) {
    if (verification == NULL) {
        return;
    }
    for (uint32_t i = 0; i < verification->count; i++) {
        forget(&verification->items[i]);
    }
    while (verification->joined != NULL) {
        mu_verification *other = verification->joined;
        verification->joined = other->next;
        mu_verification_destroy(other);
    }
    free(verification->items);
    mu_arena_destroy(verification->arena);
    free(verification);
}

static bool has_room(mu_verification *v) {
    mu_verified *items = mu_grow(v->items, v->count, &v->room, sizeof *items);
    if (items == NULL) {
        return false;
    }
    v->items = items;
    return true;
}

static mu_verified *add_item(mu_verification *v, const char *file) {
    if (!has_room(v)) {
        return NULL;
    }
    v->items[v->count] = (mu_verified){.file = mu_arena_copy(v->arena, file)};
    return &v->items[v->count++];
}

mu_status mu_verification_join(mu_verification *verification, mu_verification *other) {
    other->next = verification->joined;
    verification->joined = other;
    uint32_t taken = 0;
    for (; taken < other->count && has_room(verification); taken++) {
        verification->items[verification->count++] = other->items[taken];
    }
    const bool whole = taken == other->count;
    for (uint32_t i = taken; i < other->count; i++) {
        forget(&other->items[i]);
    }
    other->count = 0;
    return whole ? MU_OK : MU_ERR_MEMORY;
}

static mu_status write_trajectory(mu_verification *v, const mu_trail *trail, const char *wkt,
                                  const char *title) {
    const mu_trajectory_def def = {.start_s = trail->start_s,
                                   .frame_s = trail->frame_s,
                                   .persons = trail->person_count,
                                   .level = MU_NONE,
                                   .wkt = wkt,
                                   .title = title,
                                   .program = v->def.program};
    return mu_trajectory_write(&def, trail, v->def.trajectory, v->diags);
}

/* One run more: measured, and counted in the means. */
static mu_status play_once(mu_verification *v, mu_trial *trial, uint32_t k) {
    const mu_experiment_def def = {.seed = v->def.first_seed + k, .mode = trial->mode};
    mu_experiment_run run;
    mu_status status = mu_experiment_play(&trial->experiment, &def, v->diags, &run);
    if (status != MU_OK) {
        return status;
    }
    if (!mu_experiment_measure(&trial->experiment, run.trail)) {
        status = MU_ERR_MEMORY;
    } else if (k == 0 && v->def.trajectory != NULL) {
        status = write_trajectory(v, run.trail, run.wkt, trial->experiment.id);
    }
    trial->clamped += run.clamped / (double)trial->seeds;
    trial->clamped_most_m =
        run.clamped_most_m > trial->clamped_most_m ? run.clamped_most_m : trial->clamped_most_m;
    trial->delayed += run.delayed / (double)trial->seeds;
    trial->delayed_mean_s += run.delayed_mean_s / trial->seeds;
    trial->delayed_most_s =
        run.delayed_most_s > trial->delayed_most_s ? run.delayed_most_s : trial->delayed_most_s;
    trial->inside += run.inside / (double)trial->seeds;
    mu_experiment_run_clear(&run);
    return status;
}

static mu_status play_experiment(mu_verification *v, mu_loader *loader, mu_verified *item) {
    mu_trial *trial = mu_arena_alloc(v->arena, sizeof *trial);
    if (trial == NULL) {
        return MU_ERR_MEMORY;
    }
    *trial = (mu_trial){.seeds = v->def.seeds > 0 ? v->def.seeds : MU_TRIAL_SEEDS,
                        .mode = v->def.has_mode ? v->def.mode : MU_MOTION_FREE};
    mu_status status = mu_experiment_read(loader, item->file, v->diags, &trial->experiment);
    item->trial = trial;
    item->hash = trial->experiment.hash;
    item->seeds = trial->seeds;
    for (uint32_t k = 0; status == MU_OK && k < trial->seeds; k++) {
        status = play_once(v, trial, k);
    }
    item->outcome = status == MU_OK && trial->inside <= 0 && mu_experiment_holds(&trial->experiment)
                        ? MU_OUTCOME_PASSED
                        : MU_OUTCOME_FAILED;
    return status;
}

static mu_outcome judge(const mu_case *given, const mu_case_result *results) {
    uint32_t judged = 0, holding = 0;
    for (uint32_t c = 0; c < given->checks.count; c++) {
        judged += results[c].judged;
        holding += results[c].judged && results[c].holds;
    }
    return judged > 0 && holding >= given->holds_share * judged ? MU_OUTCOME_PASSED
                                                                : MU_OUTCOME_FAILED;
}

static mu_status play_case(mu_verification *v, mu_loader *loader, mu_verified *item) {
    mu_case *given = mu_arena_alloc(v->arena, sizeof *given);
    if (given == NULL) {
        return MU_ERR_MEMORY;
    }
    mu_status status = mu_loader_read(loader, item->file, &mu_case_file, given);
    if (status != MU_OK) {
        return status;
    }
    item->given = given;
    item->hash = mu_loader_file_hash(loader, mu_loader_file_count(loader) - 1);
    item->seeds = v->def.seeds > 0 ? v->def.seeds : (uint32_t)given->seeds;
    const size_t faults = mu_diags_count(v->diags, MU_ERROR);
    mu_case_check_file(given, item->file, v->diags);
    if (mu_diags_count(v->diags, MU_ERROR) > faults) {
        return MU_ERR_INPUT;
    }
    if (given->not_covered.en != NULL) {
        item->outcome = MU_OUTCOME_NOT_COVERED;
        return MU_OK;
    }
    mu_case_run first = {0};
    item->results = mu_arena_array(v->arena, given->checks.count, sizeof *item->results);
    status = item->results == NULL ? MU_ERR_MEMORY
                                   : mu_case_verify(given, v->def.first_seed, item->seeds, v->diags,
                                                    item->results, &first);
    if (status == MU_OK) {
        item->outcome = judge(given, item->results);
        if (v->def.trajectory != NULL) {
            status = write_trajectory(v, first.trail, first.wkt, given->id);
        }
    }
    mu_case_run_clear(&first);
    return status;
}

mu_status mu_verification_add(mu_verification *v, const char *file) {
    const mu_file_kind *const kinds[] = {&mu_case_file};
    const mu_file_kind *kind = NULL;
    mu_verified *item = add_item(v, file);
    mu_loader *loader = item != NULL ? mu_loader_create(v->arena, v->diags) : NULL;
    if (loader == NULL || item->file == NULL) {
        mu_loader_destroy(loader);
        return MU_ERR_MEMORY;
    }
    mu_status status = mu_loader_identify(loader, file, kinds, 1, &kind);
    if (status == MU_OK) {
        status = kind != NULL ? play_case(v, loader, item) : play_experiment(v, loader, item);
    }
    mu_loader_destroy(loader);
    if (status != MU_OK) {
        forget(&v->items[--v->count]);
    }
    return status;
}

const char *mu_verified_id(const mu_verified *item) {
    const char *id = item->given != NULL ? item->given->id : item->trial->experiment.id;
    return id != NULL ? id : "";
}

mu_text mu_verified_source(const mu_verified *item) {
    return item->given != NULL
               ? item->given->source
               : (mu_text){item->trial->experiment.reference, item->trial->experiment.reference};
}
