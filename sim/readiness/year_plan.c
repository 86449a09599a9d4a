/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a year with everything that it refers to, in one go, so that every fault is named. */
#include "readiness/year_plan.h"

#include <string.h>

#include "core/i18n.h"

static mu_status read_files(mu_year_plan *plan, mu_loader *loader, const mu_year_given *given,
                            mu_diags *diags) {
    mu_status status = mu_loader_read(loader, given->site, &mu_site_file, &plan->site);
    plan->has_roster = given->roster != NULL;
    plan->has_year = given->year != NULL;
    if (plan->has_roster) {
        status = mu_status_first(
            status, mu_loader_read(loader, given->roster, &mu_roster_file, &plan->roster));
    }
    status = mu_status_first(
        status, mu_policy_read(loader, plan->arena, given->policy, diags, &plan->policy));
    if (plan->has_year) {
        status = mu_status_first(status,
                                 mu_loader_read(loader, given->year, &mu_year_file, &plan->year));
    }
    if (status != MU_OK) {
        mu_loader_complain_dangling(loader);
        return status;
    }
    return mu_loader_resolve(loader);
}

static bool add_word(mu_year_plan *plan, const char *word) {
    return word == NULL || mu_words_add(&plan->words, plan->arena, word, strlen(word));
}

static bool add_year_words(mu_year_plan *plan) {
    const mu_year *year = &plan->year;
    bool fine = true;
    for (uint32_t i = 0; i < year->duties.count; i++) {
        fine = fine && add_word(plan, year->duties.items[i].id);
    }
    for (uint32_t i = 0; i < year->stations.count; i++) {
        fine = fine && add_word(plan, year->stations.items[i].id);
    }
    for (uint32_t i = 0; i < year->equipment.count; i++) {
        fine = fine && add_word(plan, year->equipment.items[i].id);
    }
    for (uint32_t i = 0; i < year->occasions.count; i++) {
        fine = fine && add_word(plan, year->occasions.items[i].id);
    }
    for (uint32_t i = 0; i < year->topics.count; i++) {
        fine = fine && add_word(plan, year->topics.items[i].id);
    }
    for (uint32_t i = 0; i < year->stores.count; i++) {
        fine = fine && add_word(plan, year->stores.items[i].id);
    }
    for (uint32_t i = 0; i < year->staff.count; i++) {
        fine = fine && add_word(plan, year->staff.items[i].id) &&
               add_word(plan, year->staff.items[i].department);
    }
    return fine;
}

static mu_status make_words(mu_year_plan *plan) {
    bool fine = add_word(plan, "year") && add_year_words(plan);
    for (uint32_t i = 0; i < plan->policy.clauses.count; i++) {
        const mu_clause *clause = &plan->policy.clauses.items[i];
        fine = fine && add_word(plan, clause->id);
        for (uint32_t d = 0; d < clause->demands.count; d++) {
            fine = fine && add_word(plan, clause->demands.items[d].name);
        }
    }
    if (!fine) {
        return MU_ERR_MEMORY;
    }
    mu_words_seal(&plan->words);
    return MU_OK;
}

mu_handle mu_year_word(const mu_year_plan *plan, const char *word) {
    const uint32_t found = word == NULL ? MU_NONE : mu_words_find(&plan->words, word, strlen(word));
    return found == MU_NONE ? 0 : MU_HANDLE(MU_THING_WORD, found);
}

mu_handle mu_year_clause_word(const mu_year_plan *plan, uint32_t clause) {
    return MU_HANDLE(MU_THING_WORD, plan->clauses[clause].end.object);
}

bool mu_clause_judged_by(const mu_clause *clause, mu_how how) {
    for (uint32_t i = 0; i < clause->judged_by.count; i++) {
        if (clause->judged_by.items[i] == (int)how) {
            return true;
        }
    }
    return false;
}

mu_how mu_clause_mode(const mu_clause *clause) {
    const bool simulated = mu_clause_judged_by(clause, MU_HOW_SIMULATED);
    const bool scheduled = mu_clause_judged_by(clause, MU_HOW_SCHEDULED);
    const bool declared = mu_clause_judged_by(clause, MU_HOW_DECLARED);
    if (simulated && (clause->start != NULL || clause->end != NULL || (!scheduled && !declared))) {
        return MU_HOW_SIMULATED;
    }
    return scheduled ? MU_HOW_SCHEDULED : MU_HOW_DECLARED;
}

static uint32_t find_word(const mu_year_plan *plan, const char *word) {
    return mu_words_find(&plan->words, word, strlen(word));
}

/* Every clause that is not an incident's alone is judged on the numbers that are filed under its
 * id. An incident may be judged on the first of several occurrences; a year on every one. */
static mu_status make_clauses(mu_year_plan *plan) {
    const uint32_t count = plan->policy.clauses.count;
    plan->clauses = mu_arena_array(plan->arena, (size_t)count + 1, sizeof *plan->clauses);
    mu_clause *yearly = mu_arena_array(plan->arena, (size_t)count + 1, sizeof *yearly);
    if (plan->clauses == NULL || yearly == NULL) {
        return MU_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        mu_clause *clause = &yearly[i];
        *clause = plan->policy.clauses.items[i];
        if (clause->statistic == MU_STATISTIC_FIRST) {
            clause->statistic = MU_STATISTIC_EACH;
        }
        mu_judged_clause *judged = &plan->clauses[i];
        judged->clause = clause;
        judged->end = (mu_term){MU_RECORD_MEASURED, find_word(plan, clause->id), MU_NONE};
        judged->has_end = true;
        judged->same_as = clause->same_as.id == NULL ? MU_NONE : clause->same_as.index;
        for (uint32_t d = 0; d < MU_DEMANDS_MOST; d++) {
            judged->demand_word[d] = d < clause->demands.count
                                         ? find_word(plan, clause->demands.items[d].name)
                                         : MU_NONE;
        }
    }
    return MU_OK;
}

static mu_status make(mu_year_plan *plan, mu_loader *loader, const mu_year_given *given,
                      mu_diags *diags) {
    mu_status status = read_files(plan, loader, given, diags);
    status = mu_status_first(status, mu_loader_keep_files(loader, plan->arena, &plan->files));
    if (status != MU_OK) {
        return status;
    }
    mu_policy_apply(&plan->policy, diags);
    status = make_words(plan);
    if (status == MU_OK) {
        status = make_clauses(plan);
    }
    if (status == MU_OK && plan->has_year) {
        status = mu_year_compile(plan, diags);
    }
    return mu_status_first(status, mu_diags_count(diags, MU_ERROR) > 0 ? MU_ERR_INPUT : MU_OK);
}

mu_year_plan *mu_year_plan_load(const mu_year_given *given, mu_diags *diags) {
    mu_arena *arena = mu_arena_create();
    mu_year_plan *plan = arena == NULL ? NULL : mu_arena_alloc(arena, sizeof *plan);
    mu_loader *loader = plan == NULL ? NULL : mu_loader_create(arena, diags);
    if (loader == NULL) {
        mu_arena_destroy(arena);
        return NULL;
    }
    plan->arena = arena;
    const mu_status status = make(plan, loader, given, diags);
    mu_loader_destroy(loader);
    if (status != MU_OK) {
        if (mu_diags_count(diags, MU_ERROR) == 0) {
            mu_diags_add(diags, MU_ERROR, "memory", NULL, NULL,
                         _("there is not enough memory"));
        }
        mu_arena_destroy(arena);
        return NULL;
    }
    return plan;
}

void mu_year_plan_destroy(mu_year_plan *plan) {
    if (plan != NULL) {
        mu_arena_destroy(plan->arena);
    }
}
