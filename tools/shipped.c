/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shipped.h"

#include <string.h>

mu_project_def mu_shipped_project(const char *path, mu_shipped *room) {
    const bool has_policy = mu_data_find("scenarios/policy/baseline.json", room->policy);
    const bool has_playbooks = mu_data_find("scenarios/playbooks/evacuation.json", room->playbooks);
    if (has_playbooks) {
        *strrchr(room->playbooks, '/') = '\0';
    }
    return (mu_project_def){.path = path,
                            .policy = has_policy ? room->policy : NULL,
                            .playbooks = has_playbooks ? room->playbooks : NULL};
}
