/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From factors to arms. Sobol points are GSL's (Bratley and Fox's algorithm 659 up to 40
 * dimensions); the first point of the sequence that GSL gives is the middle of the cube. */
#include <gsl/gsl_qrng.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/i18n.h"
#include "core/json_out.h"
#include "core/random.h"
#include "study/measure.h"
#include "study/sensitivity.h"
#include "study/study.h"

enum { NAME_ROOM = 600, SOBOL_DIMENSIONS_MOST = 40 };

typedef struct laying {
    mu_study_plan *plan;
    mu_arena *arena;
    mu_diags *diags;
    uint32_t room; /* arms */
    bool full, no_memory;
} laying;

static uint32_t factor_count(const laying *l) {
    return l->plan->given.factors.count;
}

static const mu_factor *factor_at(const laying *l, uint32_t k) {
    return &l->plan->given.factors.items[k];
}

static bool has_range(const mu_factor *factor) {
    return factor->least != 0 || factor->most != 0;
}

static uint32_t value_count(const mu_factor *factor) {
    return factor->values.count > 0 ? factor->values.count
           : has_range(factor)      ? (uint32_t)factor->levels
                                    : 0;
}

/* A number within the range: `share` of the way, 0 to 1. */
static const char *value_within(laying *l, const mu_factor *factor, double share) {
    char text[32];
    double value = factor->least + share * (factor->most - factor->least);
    if (factor->whole) { /* every whole number gets an equal part of the way */
        const double count = floor(factor->most) - ceil(factor->least) + 1;
        value = ceil(factor->least) + fmin(floor(share * count), count - 1);
    }
    mu_json_print_real(value, text);
    const char *kept = mu_arena_copy(l->arena, text);
    l->no_memory = l->no_memory || kept == NULL;
    return kept;
}

static const char *value_at(laying *l, const mu_factor *factor, uint32_t k) {
    return factor->values.count > 0
               ? factor->values.items[k]
               : value_within(l, factor, (double)k / (double)(factor->levels - 1));
}

static const char **no_settings(laying *l) {
    const char **settings = mu_arena_array(l->arena, (size_t)factor_count(l) + 1, sizeof *settings);
    l->no_memory = l->no_memory || settings == NULL;
    return settings;
}

static const char *last_part(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

/* Values that are no plain words are named by their first letters. */
static const char *name_arm(laying *l, const char *policy, const char *const *settings) {
    char name[NAME_ROOM] = "";
    size_t length = 0;
    if (policy != NULL) {
        length = (size_t)snprintf(name, sizeof name, "%s", last_part(policy));
    }
    for (uint32_t k = 0; settings != NULL && k < factor_count(l) && length < sizeof name; k++) {
        if (settings[k] != NULL) {
            length += (size_t)snprintf(name + length, sizeof name - length, "%s%s=%.40s",
                                       length > 0 ? "; " : "", factor_at(l, k)->id, settings[k]);
        }
    }
    const char *kept = mu_arena_copy(l->arena, length > 0 ? name : "as given");
    l->no_memory = l->no_memory || kept == NULL;
    return kept;
}

static void add_arm(laying *l, const char *policy, const char *const *settings, const char *name) {
    mu_study_plan *plan = l->plan;
    if (plan->arms.count == MU_STUDY_ARMS_MOST || l->no_memory) {
        l->full = plan->arms.count == MU_STUDY_ARMS_MOST;
        return;
    }
    if (plan->arms.count == l->room) {
        const uint32_t room = l->room == 0 ? 16 : 2 * l->room;
        mu_arm *arms = mu_arena_array(l->arena, room, sizeof *arms);
        if (arms == NULL) {
            l->no_memory = true;
            return;
        }
        if (l->room > 0) {
            memcpy(arms, plan->arms.items, l->room * sizeof *arms);
        }
        plan->arms.items = arms;
        l->room = room;
    }
    plan->arms.items[plan->arms.count++] = (mu_arm){
        .name = name != NULL ? name : name_arm(l, policy, settings),
        .policy = policy,
        .settings = settings,
    };
}

/* Counts through all combinations, the last factor fastest. */
static void lay_grid(laying *l, const char *policy) {
    uint32_t at[100] = {0};
    const uint32_t count = factor_count(l);
    for (bool more = true; more && !l->full && !l->no_memory;) {
        const char **settings = no_settings(l);
        for (uint32_t k = 0; settings != NULL && k < count; k++) {
            settings[k] = value_at(l, factor_at(l, k), at[k]);
        }
        add_arm(l, policy, settings, NULL);
        uint32_t k = count;
        while (k > 0 && ++at[k - 1] == value_count(factor_at(l, k - 1))) {
            at[--k] = 0;
        }
        more = k > 0;
    }
}

static void lay_one_at_a_time(laying *l, const char *policy) {
    add_arm(l, policy, no_settings(l), NULL);
    for (uint32_t k = 0; k < factor_count(l); k++) {
        for (uint32_t v = 0; v < value_count(factor_at(l, k)) && !l->no_memory; v++) {
            const char **settings = no_settings(l);
            if (settings != NULL) {
                settings[k] = value_at(l, factor_at(l, k), v);
            }
            add_arm(l, policy, settings, NULL);
        }
    }
}

static const char *value_on_the_way(laying *l, const mu_factor *factor, double share) {
    const uint32_t count = factor->values.count;
    if (count == 0) {
        return value_within(l, factor, share);
    }
    const uint32_t k = (uint32_t)(share * count);
    return factor->values.items[k < count ? k : count - 1];
}

static void add_point(laying *l, const char *policy, const double *shares) {
    const char **settings = no_settings(l);
    for (uint32_t k = 0; settings != NULL && k < factor_count(l); k++) {
        settings[k] = value_on_the_way(l, factor_at(l, k), shares[k]);
    }
    add_arm(l, policy, settings, NULL);
}

static void lay_sobol(laying *l, const char *policy) {
    add_arm(l, policy, no_settings(l), NULL);
    gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, factor_count(l));
    l->no_memory = l->no_memory || sequence == NULL;
    for (int64_t i = 0; i < l->plan->given.points && !l->no_memory; i++) {
        double point[SOBOL_DIMENSIONS_MOST];
        (void)gsl_qrng_get(sequence, point);
        add_point(l, policy, point);
    }
    if (sequence != NULL) {
        gsl_qrng_free(sequence);
    }
}

static void lay_morris(laying *l, const char *policy) {
    const uint32_t count = mu_morris_points(factor_count(l), (uint32_t)l->plan->given.points);
    add_arm(l, policy, no_settings(l), NULL);
    for (uint32_t p = 0; p < count && !l->full && !l->no_memory; p++) {
        double shares[MU_SENSITIVITY_FACTORS];
        mu_morris_point((uint64_t)l->plan->given.design_seed, factor_count(l), p, shares);
        add_point(l, policy, shares);
    }
}

static void lay_indices(laying *l, const char *policy) {
    const uint32_t factors = factor_count(l);
    const uint32_t count = mu_indices_points(factors, (uint32_t)l->plan->given.points);
    gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, 2 * factors);
    double sample[2 * MU_SENSITIVITY_FACTORS], shares[MU_SENSITIVITY_FACTORS];
    l->no_memory = l->no_memory || sequence == NULL;
    add_arm(l, policy, no_settings(l), NULL);
    for (uint32_t p = 0; p < count && !l->full && !l->no_memory; p++) {
        if (p % (factors + 2) == 0) {
            (void)gsl_qrng_get(sequence, sample);
        }
        mu_indices_point(factors, p, sample, shares);
        add_point(l, policy, shares);
    }
    if (sequence != NULL) {
        gsl_qrng_free(sequence);
    }
}

static uint32_t find_factor(const laying *l, const char *id) {
    uint32_t k = 0;
    while (k < factor_count(l) && strcmp(factor_at(l, k)->id, id) != 0) {
        k++;
    }
    return k;
}

static void lay_row(laying *l, const char *policy, const mu_study_row *row) {
    const char **settings = no_settings(l);
    for (uint32_t i = 0; settings != NULL && i < row->set.count; i++) {
        const uint32_t k = find_factor(l, row->set.items[i].factor);
        if (k == factor_count(l)) {
            mu_diags_add(l->diags, MU_ERROR, "study.no-factor", row->origin, NULL,
                         _("the study has no factor '%s'"), row->set.items[i].factor);
            return;
        }
        settings[k] = row->set.items[i].value;
    }
    const char *name =
        policy == NULL ? row->id : mu_arena_print(l->arena, "%s; %s", last_part(policy), row->id);
    add_arm(l, policy, settings, name);
}

static void lay_list(laying *l, const char *policy) {
    add_arm(l, policy, no_settings(l), NULL);
    for (uint32_t i = 0; i < l->plan->given.rows.count; i++) {
        lay_row(l, policy, &l->plan->given.rows.items[i]);
    }
}

static void lay_policy(laying *l, const char *policy) {
    switch ((mu_design)l->plan->given.design) {
    case MU_DESIGN_GRID:
        lay_grid(l, policy);
        break;
    case MU_DESIGN_ONE_AT_A_TIME:
        lay_one_at_a_time(l, policy);
        break;
    case MU_DESIGN_SOBOL:
        lay_sobol(l, policy);
        break;
    case MU_DESIGN_LIST:
        lay_list(l, policy);
        break;
    case MU_DESIGN_MORRIS:
        lay_morris(l, policy);
        break;
    case MU_DESIGN_INDICES:
        lay_indices(l, policy);
        break;
    }
}

static void check_factor(const laying *l, const mu_factor *factor) {
    const char *refusal = mu_factor_refusal(factor);
    if (refusal != NULL) {
        mu_diags_add(l->diags, MU_ERROR, "study.refused", factor->origin,
                     _("vary policy, playbooks, people, equipment, doors or channels instead"),
                     "%s", refusal);
    }
    if (has_range(factor) && factor->values.count > 0) {
        mu_diags_add(l->diags, MU_ERROR, "study.two-ranges", factor->origin, NULL,
                     _("factor '%s' has both values and a range"), factor->id);
    } else if (has_range(factor) && factor->least >= factor->most) {
        mu_diags_add(l->diags, MU_ERROR, "study.range", factor->origin, NULL,
                     _("the range of factor '%s' is empty"), factor->id);
    } else if (value_count(factor) == 0 && l->plan->given.design != MU_DESIGN_LIST) {
        mu_diags_add(l->diags, MU_ERROR, "study.no-values", factor->origin,
                     _("give it \"values\", or \"least\" and \"most\""),
                     _("factor '%s' takes no value"), factor->id);
    }
}

static void check_stop(const laying *l, const mu_stop_rule *rule) {
    if ((rule->metric == NULL) == (rule->clause == NULL)) {
        mu_diags_add(l->diags, MU_ERROR, "study.stop", rule->origin, NULL,
                     _("a stop rule names either a metric or a clause"));
    } else if (rule->metric != NULL && mu_measure_find(rule->metric) == MU_MEASURE_COUNT) {
        mu_diags_add(l->diags, MU_ERROR, "study.stop", rule->origin,
                     _("docs/results.md lists them"), _("there is no metric '%s'"), rule->metric);
    }
}

static void check_given(const laying *l) {
    const mu_study *given = &l->plan->given;
    for (uint32_t k = 0; k < given->factors.count; k++) {
        check_factor(l, &given->factors.items[k]);
        for (uint32_t j = 0; j < k; j++) {
            if (strcmp(given->factors.items[j].id, given->factors.items[k].id) == 0) {
                mu_diags_add(l->diags, MU_ERROR, "study.same-id", given->factors.items[k].origin,
                             NULL, _("two factors are called '%s'"), given->factors.items[k].id);
            }
        }
    }
    for (uint32_t k = 0; k < given->stop.count; k++) {
        check_stop(l, &given->stop.items[k]);
    }
    const bool ranks = given->design == MU_DESIGN_MORRIS || given->design == MU_DESIGN_INDICES;
    const uint32_t most = ranks ? MU_SENSITIVITY_FACTORS : SOBOL_DIMENSIONS_MOST;
    if ((given->design == MU_DESIGN_SOBOL || ranks) &&
        (given->factors.count < 1 || given->factors.count > most)) {
        const mu_where where = {.file = l->plan->file, .path = "$.design"};
        mu_diags_add(l->diags, MU_ERROR, "study.sobol", &where, NULL,
                     _("this design has 1 to %u factors"), most);
    }
}

/* Stands for the study where no file does: what its arms are. */
static uint64_t hash_arms(const mu_study_plan *plan) {
    uint64_t hash = mu_name_hash("arms");
    for (uint32_t a = 0; a < plan->arms.count; a++) {
        const mu_arm *arm = &plan->arms.items[a];
        hash = mu_hash_with(hash, mu_name_hash(arm->name));
        hash = mu_hash_with(hash, mu_name_hash(arm->policy != NULL ? arm->policy : ""));
        for (uint32_t k = 0; arm->settings != NULL && k < plan->given.factors.count; k++) {
            const char *value = arm->settings[k];
            hash = mu_hash_with(hash, mu_name_hash(plan->given.factors.items[k].pointer));
            hash = mu_hash_with(hash, value != NULL ? mu_name_hash(value) : 0);
        }
    }
    for (uint32_t i = 0; i < plan->incidents.count; i++) {
        hash = mu_hash_with(hash, mu_name_hash(plan->incidents.items[i]));
    }
    return hash;
}

mu_status mu_study_lay_out(mu_study_plan *plan, mu_arena *arena, mu_diags *diags) {
    laying l = {.plan = plan, .arena = arena, .diags = diags};
    const size_t before = mu_diags_count(diags, MU_ERROR);
    check_given(&l);
    if (mu_diags_count(diags, MU_ERROR) > before) {
        return MU_ERR_INPUT;
    }
    const mu_string_list *policies = &plan->given.policies;
    for (uint32_t i = 0; i < policies->count; i++) {
        lay_policy(&l, policies->items[i]);
    }
    if (policies->count == 0) {
        lay_policy(&l, NULL);
    }
    if (l.full) {
        const mu_where where = {.file = plan->file, .path = "$"};
        mu_diags_add(diags, MU_ERROR, "study.too-many", &where,
                     _("leave out values, or use another design"),
                     _("the study has more than %d arms"), (int)MU_STUDY_ARMS_MOST);
        return MU_ERR_INPUT;
    }
    plan->hash = plan->hash != 0 ? plan->hash : hash_arms(plan);
    return l.no_memory                                ? MU_ERR_MEMORY
           : mu_diags_count(diags, MU_ERROR) > before ? MU_ERR_INPUT
                                                      : MU_OK;
}
