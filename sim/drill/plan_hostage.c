/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hostage incident checked against the site, surveyed, and given its words. */
#include "core/i18n.h"
#include "drill/plan_inside.h"

static void check(const mu_plan *plan, const char *file, mu_diags *diags) {
    const mu_hostage_given *given = &plan->incident.hostage;
    const mu_where where = {.file = file, .path = "$.hostage"};
    if (given->space.id == NULL) {
        mu_diags_add(diags, MU_ERROR, "incident.no-hostage", &where,
                     _("say in 'hostage' where people are held"),
                     _("an incident of kind 'hostage' needs a place"));
        return;
    }
    mu_check_point(plan, "incident.hostage-outside", &given->space, given->at, &where, diags);
}

static void warn_if_in_the_open(const mu_plan *plan, const char *file, mu_diags *diags) {
    const mu_hostage_plan *hostage = &plan->threat.hostage;
    const mu_where where = {.file = file, .path = "$.hostage"};
    if (hostage->exposed[hostage->approach.area]) {
        mu_diags_add(diags, MU_WARNING, "incident.no-cover", &where,
                     _("steps at @core happen in the place itself"),
                     _("nothing next to what is in sight of '%s' is out of its sight"),
                     hostage->given->space.id);
    }
}

mu_status mu_hostage_prepare(mu_plan *plan, const char *file, mu_diags *diags) {
    if (plan->incident.kind != MU_INCIDENT_HOSTAGE) {
        return MU_OK;
    }
    check(plan, file, diags);
    if (mu_diags_count(diags, MU_ERROR) > 0) {
        return MU_ERR_INPUT;
    }
    if (!mu_hostage_survey(&plan->site, plan->walkable, &plan->incident.hostage, plan->arena,
                           &plan->threat.hostage)) {
        return MU_ERR_MEMORY;
    }
    warn_if_in_the_open(plan, file, diags);
    return MU_OK;
}

void mu_hostage_compile(mu_plan *plan) {
    mu_hostage_plan *hostage = &plan->threat.hostage;
    if (hostage->given != NULL) {
        hostage->word_hostage = mu_plan_word(plan, "hostage");
        hostage->word_staff = mu_plan_word(plan, "staff");
        hostage->word_visitor = mu_plan_word(plan, "visitor");
        hostage->word_guard = mu_plan_word(plan, "guard");
        hostage->word_camera = mu_plan_word(plan, "camera");
        hostage->word_button = mu_plan_word(plan, "button");
        hostage->word_call = mu_plan_word(plan, "call");
        hostage->word_sight = mu_plan_word(plan, "line_of_sight");
    }
}
