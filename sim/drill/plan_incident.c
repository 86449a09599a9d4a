/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The incident checked against the site, and the threat's plan made from it. */
#include <string.h>

#include "core/i18n.h"
#include "drill/plan_inside.h"

static const char *const evacuation_brings[] = {"started:evacuation", "alarm:general", NULL};
static const char *const package_brings[] = {"started:package",     "placed:item",
                                             "noticed:item@staff",  "noticed:item@guard",
                                             "noticed:item@camera", NULL};
static const char *const package_speaks[] = {"policy_radius", "card_mandatory", NULL};
static const char *const hostage_brings[] = {"started:hostage",
                                             "seized:hostage",
                                             "noticed:hostage@staff",
                                             "noticed:hostage@visitor",
                                             "noticed:hostage@guard",
                                             "noticed:hostage@camera",
                                             "noticed:hostage@button",
                                             "noticed:hostage@call",
                                             "let_go:hostage",
                                             "resolved:hostage",
                                             NULL};
static const char *const hostage_speaks[] = {"line_of_sight", NULL};
static const char *const nothing[] = {NULL};

static const mu_incident_words kinds[] = {
    [MU_INCIDENT_EVACUATION] = {"evacuation", evacuation_brings, nothing},
    [MU_INCIDENT_PACKAGE] = {"package", package_brings, package_speaks},
    [MU_INCIDENT_HOSTAGE] = {"hostage", hostage_brings, hostage_speaks},
};

const mu_incident_words *mu_incident_words_of(const mu_incident *incident) {
    return &kinds[incident->kind];
}

mu_goal mu_incident_core(const mu_incident *incident) {
    if (incident->kind != MU_INCIDENT_PACKAGE) {
        return (mu_goal){.kind = MU_GOAL_NONE};
    }
    return (mu_goal){
        .kind = MU_GOAL_POINT, .area = incident->item.space.index, .at = incident->item.at};
}

mu_scene mu_incident_scene(const mu_plan *plan) {
    const mu_hostage_plan *hostage = &plan->threat.hostage;
    if (hostage->given != NULL) {
        return (mu_scene){
            .space = hostage->area,
            .core = hostage->core,
            .exposed = hostage->exposed,
            .approach = hostage->approach,
            .place = {.kind = MU_GOAL_POINT, .area = hostage->area, .at = hostage->given->at}};
    }
    const mu_goal core = mu_incident_core(&plan->incident);
    return (mu_scene){.space = core.kind == MU_GOAL_POINT ? core.area : MU_NONE};
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

static void compile_item(const mu_plan *plan, mu_item_plan *item) {
    item->given = &plan->incident.item;
    item->area = plan->incident.item.space.index;
    item->level = plan->site.spaces.items[item->area].level.index;
    item->word_item = word_of(plan, "item");
    item->word_staff = word_of(plan, "staff");
    item->word_guard = word_of(plan, "guard");
    item->word_camera = word_of(plan, "camera");
    item->ring_m[0] = policy_radius(&plan->policy);
    item->ring_m[1] = mu_standoff_of((mu_item_category)plan->incident.item.category)->mandatory_m;
    item->word_ring[0] = word_of(plan, "policy_radius");
    item->word_ring[1] = word_of(plan, "card_mandatory");
}

void mu_threat_compile(mu_plan *plan) {
    mu_threat_plan *threat = &plan->threat;
    mu_hostage_compile(plan);
    if (plan->incident.kind == MU_INCIDENT_PACKAGE) {
        compile_item(plan, &threat->item);
    }
}
