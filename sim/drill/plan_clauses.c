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

mu_status mu_clauses_collect(mu_plan *plan, mu_diags *diags) {
    bool fine = true;
    for (uint32_t i = 0; i < plan->policy.clauses.count; i++) {
        const mu_clause *clause = &plan->policy.clauses.items[i];
        fine = fine && collect(plan, clause, clause->start, diags) &&
               collect(plan, clause, clause->end, diags);
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

mu_status mu_incident_check(const mu_plan *plan, const char *file, mu_diags *diags) {
    const mu_incident *incident = &plan->incident;
    if (incident->kind != MU_INCIDENT_PACKAGE) {
        return MU_OK;
    }
    const mu_where where = {.file = file, .path = "$.item"};
    if (incident->item.space.id == NULL) {
        mu_diags_add(diags, MU_ERROR, "incident.no-item", &where,
                     _("say in 'item' what stands where"),
                     _("an incident of kind 'package' needs an item"));
        return MU_ERR_INPUT;
    }
    if (!mu_area_contains(plan->walkable, incident->item.space.index, incident->item.at)) {
        mu_diags_add(diags, MU_ERROR, "incident.item-outside", &where,
                     _("move it, or name the space that it is in"),
                     _("the item at (%.2f, %.2f) is not in space '%s'"), incident->item.at.x,
                     incident->item.at.y, incident->item.space.id);
        return MU_ERR_INPUT;
    }
    return MU_OK;
}

/* The radius that the policy asks to clear: the largest 'radius' among its clauses, in metres. */
static double policy_radius(const mu_policy *policy) {
    double radius = 0;
    for (uint32_t i = 0; i < policy->clauses.count; i++) {
        const mu_clause *clause = &policy->clauses.items[i];
        for (uint32_t d = 0; d < clause->demands.count && !clause->off; d++) {
            const mu_demand *demand = &clause->demands.items[d];
            if (strcmp(demand->name, "radius") == 0 && strcmp(demand->unit, "m") == 0 &&
                demand->value > radius) {
                radius = demand->value;
            }
        }
    }
    return radius;
}

static uint32_t word_of(const mu_plan *plan, const char *word) {
    return mu_words_find(&plan->words, word, strlen(word));
}

void mu_threat_compile(mu_plan *plan) {
    mu_threat_plan *threat = &plan->threat;
    *threat = (mu_threat_plan){.has_item = plan->incident.kind == MU_INCIDENT_PACKAGE,
                               .item = &plan->incident.item};
    if (!threat->has_item) {
        return;
    }
    threat->area = plan->incident.item.space.index;
    threat->level = plan->site.spaces.items[threat->area].level.index;
    threat->word_item = word_of(plan, "item");
    threat->word_staff = word_of(plan, "staff");
    threat->word_guard = word_of(plan, "guard");
    threat->word_camera = word_of(plan, "camera");
    threat->ring_m[0] = policy_radius(&plan->policy);
    threat->ring_m[1] = mu_standoff_of((mu_item_category)plan->incident.item.category)->mandatory_m;
    threat->word_ring[0] = word_of(plan, "policy_radius");
    threat->word_ring[1] = word_of(plan, "card_mandatory");
}
