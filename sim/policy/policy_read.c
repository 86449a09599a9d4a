/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A policy may be based on another and change a few clauses of it, so that a planner's own file
 * says just what differs. One level deep: the other policy may not be based on a third. */
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "policy/policy.h"

static const mu_clause *find(const mu_policy *policy, const char *id) {
    for (uint32_t i = 0; i < policy->clauses.count; i++) {
        if (strcmp(policy->clauses.items[i].id, id) == 0) {
            return &policy->clauses.items[i];
        }
    }
    return NULL;
}

static int by_id(const void *a, const void *b) {
    return strcmp(((const mu_clause *)a)->id, ((const mu_clause *)b)->id);
}

/* The clauses of `base` that `own` does not have, and all of `own`, sorted. */
static mu_status merge(mu_loader *loader, mu_arena *arena, const mu_policy *base, mu_policy *own) {
    const size_t most = (size_t)base->clauses.count + own->clauses.count;
    mu_clause *all = mu_arena_array(arena, most + 1, sizeof *all);
    if (all == NULL) {
        return MU_ERR_MEMORY;
    }
    uint32_t count = 0;
    for (uint32_t i = 0; i < base->clauses.count; i++) {
        if (find(own, base->clauses.items[i].id) == NULL) {
            all[count++] = base->clauses.items[i];
        }
    }
    for (uint32_t i = 0; i < own->clauses.count; i++) {
        all[count++] = own->clauses.items[i];
    }
    qsort(all, count, sizeof *all, by_id);
    own->clauses.items = all;
    own->clauses.count = count;
    const mu_list list = {.items = all, .count = count};
    return mu_loader_redefine(loader, &mu_clause_type, &list);
}

static const char *or_else(const char *given, const char *otherwise) {
    return given != NULL ? given : otherwise;
}

/* A clause of a planner's own may say as little as its id and kind: everything that reads clauses
 * finds words all the same. */
static void fill_absent(mu_policy *policy) {
    for (uint32_t i = 0; i < policy->clauses.count; i++) {
        mu_clause *clause = &policy->clauses.items[i];
        clause->source = or_else(clause->source, policy->id);
        clause->system = or_else(clause->system, "other");
        clause->owner = or_else(clause->owner, "unassigned");
        clause->capability = or_else(clause->capability, "other");
        if (clause->title.en == NULL && clause->title.zh == NULL) {
            clause->title.en = clause->id;
        }
        if (clause->text.en == NULL && clause->text.zh == NULL) {
            clause->text = clause->title;
        }
    }
}

mu_status mu_policy_read(mu_loader *loader, mu_arena *arena, const char *file, mu_diags *diags,
                         mu_policy *out) {
    const mu_status status = mu_loader_read(loader, file, &mu_policy_file, out);
    if (status == MU_OK) {
        fill_absent(out);
    } else if (out->based_on != NULL) {
        mu_loader_lacks(loader, MU_ENTITY_CLAUSE); /* its base is not read */
    }
    if (status != MU_OK || out->based_on == NULL) {
        return status;
    }
    mu_policy base;
    const char *base_file = mu_loader_beside(loader, file, out->based_on);
    const mu_status base_status = mu_loader_read(loader, base_file, &mu_policy_file, &base);
    if (base_status != MU_OK) {
        mu_loader_lacks(loader, MU_ENTITY_CLAUSE);
        const mu_where where = {.file = file, .path = "$.based_on"};
        mu_diags_add(diags, MU_WARNING, "policy.base", &where,
                     _("the path counts from the folder of this file"),
                     _("it is based on '%s', which cannot be used"), out->based_on);
        return base_status;
    }
    fill_absent(&base);
    if (base.based_on != NULL) {
        const mu_where where = {.file = file, .path = "$.based_on"};
        mu_diags_add(diags, MU_ERROR, "policy.based-twice", &where,
                     _("base it on the first of them, and repeat the second one's changes"),
                     _("'%s' is based on another policy itself"), out->based_on);
        return MU_ERR_INPUT;
    }
    return merge(loader, arena, &base, out);
}

static mu_demand *demand_of(mu_clause *clause, const char *name) {
    for (uint32_t d = 0; d < clause->demands.count; d++) {
        if (name == NULL || strcmp(clause->demands.items[d].name, name) == 0) {
            return &clause->demands.items[d];
        }
    }
    return NULL;
}

static bool demand_the_same(const mu_clause *a, const mu_clause *b) {
    bool same = a->demands.count == b->demands.count;
    for (uint32_t d = 0; same && d < a->demands.count; d++) {
        const double x = a->demands.items[d].value, y = b->demands.items[d].value;
        same = !(x < y || x > y) && strcmp(a->demands.items[d].unit, b->demands.items[d].unit) == 0;
    }
    return same;
}

/* Whoever changes the number of a clause that is judged elsewhere changes nothing. */
static void complain_of_unheard(const mu_policy *policy, mu_diags *diags) {
    for (uint32_t i = 0; i < policy->clauses.count; i++) {
        const mu_clause *clause = &policy->clauses.items[i];
        if (clause->same_as.id == NULL || clause->same_as.index >= policy->clauses.count) {
            continue;
        }
        const mu_clause *judged = &policy->clauses.items[clause->same_as.index];
        if (!demand_the_same(clause, judged)) {
            mu_diags_add(diags, MU_WARNING, "policy.unheard", clause->origin,
                         _("change both, or take \"same_as\" out"),
                         _("clause %s is judged as %s, whose demand is another: its own number is "
                           "not looked at"),
                         clause->id, judged->id);
        }
    }
}

static void apply_changes(mu_policy *policy, mu_diags *diags) {
    for (uint32_t i = 0; i < policy->changes.count; i++) {
        const mu_change *change = &policy->changes.items[i];
        mu_clause *clause = &policy->clauses.items[change->clause.index];
        if (change->switches) {
            clause->off = change->off;
            continue;
        }
        if (change->off || change->value < 0) {
            mu_diags_add(diags, MU_ERROR, "policy.no-change", change->origin,
                         _("give its new \"value\", or \"switches\": true and \"off\""),
                         _("this change of clause %s gives it no number and does not switch it"),
                         clause->id);
            continue;
        }
        mu_demand *demand = demand_of(clause, change->demand);
        if (demand == NULL) {
            mu_diags_add(diags, MU_ERROR, "policy.no-demand", change->origin,
                         _("see 'muster clauses' for the names of its numbers"),
                         _("clause %s has no number '%s'"), clause->id,
                         change->demand == NULL ? "limit" : change->demand);
            continue;
        }
        demand->value = change->value;
        demand->unit = change->unit == NULL ? demand->unit : change->unit;
    }
}

void mu_policy_apply(mu_policy *policy, mu_diags *diags) {
    apply_changes(policy, diags);
    complain_of_unheard(policy, diags);
}
