/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "crowd/roster.h"

const mu_text *mu_roster_role_name(const mu_roster *roster, const char *role) {
    for (size_t i = 0; i < roster->roles.count; i++) {
        if (strcmp(roster->roles.items[i].role, role) == 0) {
            return &roster->roles.items[i].name;
        }
    }
    return NULL;
}
