/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clause_id.h"

#include <string.h>

#include "command.h"
#include "core/i18n.h"
#include "core/near.h"
#include "diagnose.h"

uint32_t mu_clause_named(const char *command, const mu_policy *policy, const char *id) {
    char advice[256];
    mu_near near = mu_near_start(id);
    for (uint32_t i = 0; i < policy->clauses.count; i++) {
        if (strcmp(policy->clauses.items[i].id, id) == 0) {
            return i;
        }
        mu_near_offer(&near, policy->clauses.items[i].id);
    }
    const bool found = mu_near_advise(&near, advice, sizeof advice);
    (void)mu_refuse(
        command, found ? _("the policy has no clause %s; %s") : _("the policy has no clause %s%s"),
        id, found ? advice : "");
    return MU_NONE;
}
