/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fills a plan with people by what its units are for: one group for each level and kind of use, so
 * that the roster stays readable; the engine spreads a group over its spaces by area. */
#include "tools/import/draft.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void add_unit(mu_draft *draft, mu_draft_group *group, uint32_t unit) {
    uint32_t *item = mu_draft_append(draft, &group->units, sizeof *group->units.items);
    *item = unit;
    group->area_m2 += draft->units.items[unit].area_m2;
}

static void fill_level(mu_draft *draft, uint32_t level, uint32_t loading) {
    uint32_t kinds;
    const mu_loading *load = &mu_loadings(&kinds)[loading];
    mu_draft_group group = {0};
    for (uint32_t i = 0; i < draft->units.count; i++) {
        const mu_draft_unit *unit = &draft->units.items[i];
        if (unit->kept && unit->level == level &&
            mu_loading_of(unit->category, unit->use) == loading) {
            add_unit(draft, &group, i);
        }
    }
    double persons = group.area_m2 / load->m2_per_person * draft->options->occupancy;
    group.count = (int64_t)floor(persons + 0.5);
    if (group.count < 1) {
        return;
    }
    group.id = mu_draft_print(draft, "%s-%s", draft->levels.items[level].id, load->word);
    group.level = level;
    group.loading = loading;
    mu_draft_group *made = MU_DRAFT_APPEND(draft, groups);
    *made = group;
}

double mu_draft_persons(const mu_draft *draft, uint32_t building) {
    uint32_t kinds;
    const mu_loading *loads = mu_loadings(&kinds);
    double persons = 0;
    for (uint32_t i = 0; i < draft->units.count; i++) {
        const mu_draft_unit *unit = &draft->units.items[i];
        if (unit->kept && draft->levels.items[unit->level].kept &&
            draft->levels.items[unit->level].building == building) {
            const double load = loads[mu_loading_of(unit->category, unit->use)].m2_per_person;
            persons += load > 0 ? unit->area_m2 / load * draft->options->occupancy : 0;
        }
    }
    return persons;
}

static int by_id(const void *left, const void *right) {
    return strcmp(((const mu_draft_group *)left)->id, ((const mu_draft_group *)right)->id);
}

void mu_draft_fill(mu_draft *draft) {
    uint32_t kinds;
    const mu_loading *loads = mu_loadings(&kinds);
    for (uint32_t level = 0; level < draft->levels.count; level++) {
        for (uint32_t loading = 0; loading < kinds; loading++) {
            if (draft->levels.items[level].kept && loads[loading].m2_per_person > 0) {
                fill_level(draft, level, loading);
            }
        }
    }
    if (draft->groups.count > 1) {
        qsort(draft->groups.items, draft->groups.count, sizeof *draft->groups.items, by_id);
    }
}
