/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/stop.h"

#include <math.h>

#include "core/i18n.h"
#include "study/stats.h"

typedef struct width {
    mu_stat_running difference;
    bool alone; /* of the mean itself: there is one arm */
} width;

static void visit(void *context, double a, double b) {
    width *w = context;
    mu_stat_add(&w->difference, w->alone ? a : b - a);
}

/* By which the store knows what a rule is about. Once all cells were played, it has every clause.
 */
static mu_status find_number(const mu_stop_rule *rule, mu_store *store, uint32_t *number,
                             mu_diags *diags) {
    if (rule->metric != NULL) {
        *number = mu_measure_find(rule->metric);
        return MU_OK;
    }
    const uint32_t clause = mu_store_clause(store, rule->clause);
    *number = MU_MEASURE_COUNT + clause;
    if (clause != MU_NONE) {
        return MU_OK;
    }
    mu_diags_add(diags, MU_ERROR, "study.stop", rule->origin, _("name a clause of the policy"),
                 _("there is no clause \"%s\""), rule->clause);
    return MU_ERR_INPUT;
}

/* Whether the difference of two cells is known well enough. A rule about what no run says anything
 * of is never reached. */
static mu_status is_reached(const mu_stop_rule *rule, mu_store *store, uint32_t base, uint32_t cell,
                            uint32_t count, bool *reached, mu_diags *diags) {
    uint32_t number;
    width w = {.alone = base == cell};
    mu_status status = find_number(rule, store, &number, diags);
    if (status == MU_OK) {
        status = mu_store_pairs(store, base, cell, count, number, visit, &w, diags);
    }
    *reached =
        w.difference.count >= 2 && mu_stat_half_width(&w.difference, 0.95) <= rule->half_width;
    return status;
}

static mu_status look_at(const mu_study_plan *study, mu_store *store, uint32_t base, uint32_t cell,
                         uint32_t count, bool *all, mu_diags *diags) {
    mu_status status = MU_OK;
    *all = true;
    for (uint32_t k = 0; k < study->given.stop.count && status == MU_OK && *all; k++) {
        status = is_reached(&study->given.stop.items[k], store, base, cell, count, all, diags);
    }
    return status;
}

mu_status mu_stop_look(const mu_study_plan *study, mu_store *store, uint32_t count, uint32_t *runs,
                       mu_diags *diags) {
    const uint32_t arms = study->arms.count;
    mu_status status = MU_OK;
    for (uint32_t k = 0; k < study->given.stop.count && status == MU_OK; k++) {
        uint32_t number;
        status = find_number(&study->given.stop.items[k], store, &number, diags);
    }
    for (uint32_t i = 0; i < study->incidents.count && status == MU_OK; i++) {
        const uint32_t base = i * arms;
        bool all = true;
        for (uint32_t a = arms > 1; a < arms && status == MU_OK; a++) {
            bool reached = true;
            if (runs[base + a] > count) {
                status = look_at(study, store, base, base + a, count, &reached, diags);
                runs[base + a] = reached ? count : runs[base + a];
            }
            all = all && reached;
        }
        if (all && runs[base] > count) {
            runs[base] = count;
        }
    }
    return status;
}
