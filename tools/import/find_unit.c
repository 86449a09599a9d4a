/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which unit is at a point: asked for every few centimetres of every border, so that units are kept
 * by the stripes of the plan that they lie in. */
#include "tools/import/draft.h"

#include <math.h>

enum { STRIPES = 256 };

typedef MU_LIST_OF(uint32_t) unit_list;

struct mu_unit_index {
    double west, width_m; /* of a stripe */
    unit_list stripes[STRIPES];
};

static uint32_t stripe_of(const mu_unit_index *index, double x) {
    return (uint32_t)fmin(STRIPES - 1, fmax(0, floor((x - index->west) / index->width_m)));
}

void mu_draft_index_units(mu_draft *draft) {
    mu_unit_index *index = mu_draft_alloc(draft, 1, sizeof *index);
    double west = INFINITY;
    double east = -INFINITY;
    for (uint32_t i = 0; i < draft->units.count; i++) {
        const mu_draft_unit *unit = &draft->units.items[i];
        west = unit->kept ? fmin(west, unit->outline.low.x) : west;
        east = unit->kept ? fmax(east, unit->outline.high.x) : east;
    }
    index->west = west;
    index->width_m = east > west ? (east - west) / STRIPES : 1;
    for (uint32_t i = 0; i < draft->units.count; i++) {
        const mu_draft_unit *unit = &draft->units.items[i];
        const uint32_t last = unit->kept ? stripe_of(index, unit->outline.high.x) : 0;
        for (uint32_t s = stripe_of(index, unit->outline.low.x); unit->kept && s <= last; s++) {
            *(uint32_t *)mu_draft_append(draft, &index->stripes[s], sizeof(uint32_t)) = i;
        }
    }
    draft->index = index;
}

uint32_t mu_draft_unit_at(const mu_draft *draft, uint32_t level, mu_point at) {
    const unit_list *near = &draft->index->stripes[stripe_of(draft->index, at.x)];
    for (uint32_t k = 0; k < near->count; k++) {
        const mu_draft_unit *unit = &draft->units.items[near->items[k]];
        if (unit->level == level && mu_outline_holds(&unit->outline, at)) {
            return near->items[k];
        }
    }
    return MU_NONE;
}
