/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kinds of file in the order in which a planner meets them. */
#include "kinds.h"

#include "crowd/roster.h"
#include "drill/incident.h"
#include "policy/policy.h"
#include "response/playbook.h"
#include "site/site.h"

mu_kind mu_kind_get(int k) {
    const mu_kind kinds[MU_KIND_COUNT] = {
        {"site", &mu_site_file},         {"roster", &mu_roster_file},
        {"policy", &mu_policy_file},     {"playbook", &mu_playbook_file},
        {"incident", &mu_incident_file},
    };
    return kinds[k];
}
