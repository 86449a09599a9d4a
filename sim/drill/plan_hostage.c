/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hostage incident checked against the site, surveyed, and given its words. */
#include <string.h>

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
    if (!mu_area_contains(plan->walkable, given->space.index, given->at)) {
        mu_diags_add(diags, MU_ERROR, "incident.hostage-outside", &where,
                     _("move it, or name the space that it is in"),
                     _("the point (%.2f, %.2f) is not in space '%s'"), given->at.x, given->at.y,
                     given->space.id);
    }
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

static uint32_t word_of(const mu_plan *plan, const char *word) {
    return mu_words_find(&plan->words, word, strlen(word));
}

void mu_hostage_compile(mu_plan *plan) {
    mu_hostage_plan *hostage = &plan->threat.hostage;
    if (hostage->given != NULL) {
        hostage->word_hostage = word_of(plan, "hostage");
        hostage->word_staff = word_of(plan, "staff");
        hostage->word_visitor = word_of(plan, "visitor");
        hostage->word_guard = word_of(plan, "guard");
        hostage->word_camera = word_of(plan, "camera");
        hostage->word_button = word_of(plan, "button");
        hostage->word_call = word_of(plan, "call");
        hostage->word_sight = word_of(plan, "line_of_sight");
    }
}
