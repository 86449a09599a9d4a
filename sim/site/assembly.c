/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One field per assembly point that lies where people can walk. */
#include "site/assembly.h"

#include <stdlib.h>

bool mu_assembly_fields_make(mu_walkable *walkable) {
    const mu_site *site = walkable->site;
    walkable->assembly = calloc((size_t)site->assembly_points.count + 1, sizeof(mu_field_grid *));
    if (walkable->assembly == NULL) {
        return false;
    }
    for (uint32_t p = 0; p < site->assembly_points.count; p++) {
        const mu_assembly *point = &site->assembly_points.items[p];
        if (mu_area_exists(walkable, point->space.index)) {
            walkable->assembly[p] = mu_field_to_point(walkable, point->space.index, point->at);
            if (walkable->assembly[p] == NULL) {
                return false;
            }
        }
    }
    return true;
}

void mu_assembly_fields_destroy(mu_walkable *walkable) {
    for (uint32_t p = 0; walkable->assembly != NULL && p < walkable->site->assembly_points.count;
         p++) {
        mu_field_destroy(walkable->assembly[p]);
    }
    free(walkable->assembly);
}

const mu_field_grid *mu_assembly_field(const mu_walkable *walkable, uint32_t area, mu_point at) {
    const mu_site *site = walkable->site;
    for (uint32_t p = 0; p < site->assembly_points.count; p++) {
        const mu_assembly *point = &site->assembly_points.items[p];
        if (point->space.index == area && point->at.x == at.x && point->at.y == at.y) {
            return walkable->assembly[p];
        }
    }
    return NULL;
}
