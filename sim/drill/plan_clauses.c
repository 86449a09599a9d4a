/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clauses and incident made ready: terms become words, and each clause learns whether anything in
 * this plan could ever end it. */
#include <string.h>

#include "core/i18n.h"
#include "drill/plan_inside.h"

static bool collect(mu_plan *plan, const mu_clause *clause, const char *term, mu_diags *diags) {
    const char *why;
    if (term == NULL || mu_term_collect(term, &plan->words, plan->arena, &why)) {
        return true;
    }
    if (why != NULL) {
        mu_diags_add(diags, MU_ERROR, "policy.bad-term", clause->origin,
                     _("write it as milestone, milestone:object or milestone:object@place"),
                     _("clause %s: '%s' is not a milestone: %s"), clause->id, term, why);
        return true;
    }
    return false;
}

/* Numbers may be told apart by the demand that they are for. */
static bool collect_demands(mu_plan *plan, const mu_clause *clause) {
    static const char measured[] = "measured:";
    bool fine = true;
    for (uint32_t d = 0; clause->end != NULL && d < clause->demands.count &&
                         strncmp(clause->end, measured, sizeof measured - 1) == 0;
         d++) {
        const char *name = clause->demands.items[d].name;
        fine = fine && mu_words_add(&plan->words, plan->arena, name, strlen(name));
    }
    return fine;
}

mu_status mu_clauses_collect(mu_plan *plan, mu_diags *diags) {
    bool fine = true;
    for (uint32_t i = 0; i < plan->policy.clauses.count; i++) {
        const mu_clause *clause = &plan->policy.clauses.items[i];
        fine = fine && collect(plan, clause, clause->start, diags) &&
               collect(plan, clause, clause->end, diags) && collect_demands(plan, clause);
    }
    return fine ? MU_OK : MU_ERR_MEMORY;
}

mu_status mu_clauses_compile(mu_plan *plan) {
    const uint32_t count = plan->policy.clauses.count;
    plan->clauses = mu_arena_array(plan->arena, (size_t)count + 1, sizeof *plan->clauses);
    if (plan->clauses == NULL) {
        return MU_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        const mu_clause *clause = &plan->policy.clauses.items[i];
        mu_judged_clause *judged = &plan->clauses[i];
        judged->clause = clause;
        judged->has_start = clause->start != NULL;
        judged->has_end = clause->end != NULL;
        judged->same_as = clause->same_as.id == NULL ? MU_NONE : clause->same_as.index;
        for (uint32_t d = 0; d < MU_DEMANDS_MOST; d++) {
            const char *name = d < clause->demands.count ? clause->demands.items[d].name : "";
            judged->demand_word[d] = mu_words_find(&plan->words, name, strlen(name));
        }
        if (judged->has_start) {
            judged->start = mu_term_read(clause->start, &plan->words);
        }
        if (judged->has_end) {
            judged->end = mu_term_read(clause->end, &plan->words);
            judged->can_end = mu_response_can(&plan->response, &judged->end);
        }
    }
    return MU_OK;
}
