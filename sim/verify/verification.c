/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads, plays and judges one file after another. */
#include "verify/verification.h"

#include <stdlib.h>

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
    made->loader = made->arena != NULL ? mu_loader_create(made->arena, diags) : NULL;
    if (made->loader == NULL) {
        mu_verification_destroy(made);
        return NULL;
    }
    return made;
}

void mu_verification_destroy(mu_verification *verification) {
    if (verification == NULL) {
        return;
    }
    for (uint32_t i = 0; i < verification->count; i++) {
        if (verification->items[i].trial != NULL) {
            mu_trial *trial = (mu_trial *)verification->items[i].trial;
            mu_figure_clear(&trial->experiment.measured);
        }
    }
    free(verification->items);
    mu_loader_destroy(verification->loader);
    mu_arena_destroy(verification->arena);
    free(verification);
}

static mu_verified *add_item(mu_verification *v, const char *file) {
    if (v->count == v->room) {
        const uint32_t room = v->room > 0 ? 2 * v->room : 32;
        mu_verified *items = realloc(v->items, room * sizeof *items);
        if (items == NULL) {
            return NULL;
        }
        v->items = items;
        v->room = room;
    }
    v->items[v->count] = (mu_verified){.file = mu_arena_copy(v->arena, file)};
    return &v->items[v->count++];
}

static mu_status write_trajectory(mu_verification *v, const mu_trail *trail, const char *wkt,
                                  const char *title) {
    const mu_trajectory_def def = {
        .trail = trail, .wkt = wkt, .title = title, .program = v->def.program};
    return mu_trajectory_write(&def, v->def.trajectory, v->diags);
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

static mu_status play_experiment(mu_verification *v, mu_verified *item) {
    mu_trial *trial = mu_arena_alloc(v->arena, sizeof *trial);
    if (trial == NULL) {
        return MU_ERR_MEMORY;
    }
    *trial = (mu_trial){.seeds = v->def.seeds > 0 ? v->def.seeds : MU_TRIAL_SEEDS,
                        .mode = v->def.has_mode ? v->def.mode : MU_MOTION_FREE};
    mu_status status = mu_experiment_read(v->loader, item->file, v->diags, &trial->experiment);
    item->trial = trial;
    item->hash = trial->experiment.hash;
    for (uint32_t k = 0; status == MU_OK && k < trial->seeds; k++) {
        status = play_once(v, trial, k);
    }
    item->outcome = status == MU_OK && trial->inside <= 0 && mu_experiment_holds(&trial->experiment)
                        ? MU_OUTCOME_PASSED
                        : MU_OUTCOME_FAILED;
    return status;
}

mu_status mu_verification_add(mu_verification *v, const char *file) {
    mu_verified *item = add_item(v, file);
    if (item == NULL || item->file == NULL) {
        return MU_ERR_MEMORY;
    }
    return play_experiment(v, item);
}
