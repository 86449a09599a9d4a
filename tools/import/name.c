/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gives everything an id that a person can read and that the next import gives again: building,
 * level, category and the first digits of the source id. Ids are made before anything is left out,
 * so that importing a part names it as importing the whole does. */
#include "tools/import/draft.h"

#include <stdlib.h>
#include <string.h>

#include "muster/diag.h"

#define BUILDING_MOST 24 /* bytes of an id; all parts together stay below 80 */
#define LEVEL_MOST    12
#define CATEGORY_MOST 16

static uint32_t add_building(mu_draft *draft) {
    for (uint32_t i = 0; i < draft->buildings.count; i++) {
        if (draft->buildings.items[i].source_id[0] == '\0') {
            return i;
        }
    }
    mu_draft_building *building = MU_DRAFT_APPEND(draft, buildings);
    building->source_id = "";
    building->ground = MU_NONE;
    return draft->buildings.count - 1;
}

static void name_buildings(mu_draft *draft) {
    for (uint32_t i = 0; i < draft->buildings.count; i++) {
        mu_draft_building *building = &draft->buildings.items[i];
        const char *slug =
            building->name != NULL ? mu_text_slug(draft, building->name, BUILDING_MOST) : "";
        building->id = slug[0] != '\0' ? slug : "building";
        bool again = slug[0] == '\0' && building->source_id[0] != '\0';
        for (uint32_t other = 0; other < i && !again; other++) {
            again = strcmp(draft->buildings.items[other].id, building->id) == 0;
        }
        if (again) {
            building->id = mu_draft_print(draft, "%s-%s", building->id,
                                          mu_text_tag(draft, building->source_id, false));
        }
    }
}

static void name_levels(mu_draft *draft) {
    for (uint32_t i = 0; i < draft->levels.count; i++) {
        mu_draft_level *level = &draft->levels.items[i];
        if (level->building == MU_NONE) {
            level->building = add_building(draft);
        }
    }
    name_buildings(draft);
    for (uint32_t i = 0; i < draft->levels.count; i++) {
        mu_draft_level *level = &draft->levels.items[i];
        const char *short_name =
            level->short_name != NULL ? mu_text_slug(draft, level->short_name, LEVEL_MOST) : "";
        if (short_name[0] == '\0') {
            short_name = mu_draft_print(draft, "%lld", (long long)level->ordinal);
        }
        if (strspn(short_name, "-0123456789") == strlen(short_name)) {
            short_name = mu_draft_print(draft, "l%s", short_name); /* a bare number tells little */
        }
        level->id =
            mu_draft_print(draft, "%s-%s", draft->buildings.items[level->building].id, short_name);
        for (uint32_t other = 0; other < i; other++) {
            if (strcmp(draft->levels.items[other].id, level->id) == 0) {
                level->id = mu_draft_print(draft, "%s-%s", level->id,
                                           mu_text_tag(draft, level->source_id, false));
                break;
            }
        }
    }
}

/* Something to be named: `base` and a tag of its source id. */
typedef struct nameless {
    const char **id;
    const char *base;
    const char *source_id;
} nameless;

static int by_id(const void *left, const void *right) {
    return strcmp(*((const nameless *)left)->id, *((const nameless *)right)->id);
}

static void give_id(mu_draft *draft, const nameless *to, bool longer) {
    *to->id = mu_draft_print(draft, "%s-%s", to->base, mu_text_tag(draft, to->source_id, longer));
}

/* Those whose short ids are the same get longer ones: each of them, so that order has no say. */
static void give_ids(mu_draft *draft, nameless *all, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        give_id(draft, &all[i], false);
    }
    qsort(all, count, sizeof *all, by_id);
    for (uint32_t first = 0, end = 0; first < count; first = end) {
        end = first + 1;
        while (end < count && strcmp(*all[end].id, *all[first].id) == 0) {
            end++;
        }
        for (uint32_t i = first; i < end && end - first > 1; i++) {
            give_id(draft, &all[i], true);
        }
    }
}

static void name_units(mu_draft *draft) {
    nameless *all = mu_draft_alloc(draft, draft->units.count, sizeof *all);
    uint32_t count = 0;
    for (uint32_t i = 0; i < draft->units.count; i++) {
        mu_draft_unit *unit = &draft->units.items[i];
        unit->id = unit->source_id;
        if (unit->level != MU_NONE) {
            const char *category = mu_text_slug(draft, unit->drawn_category, CATEGORY_MOST);
            const char *base = mu_draft_print(draft, "%s-%s", draft->levels.items[unit->level].id,
                                              category[0] != '\0' ? category : "unit");
            all[count++] = (nameless){&unit->id, base, unit->source_id};
        }
    }
    give_ids(draft, all, count);
}

static void name_openings(mu_draft *draft) {
    nameless *all = mu_draft_alloc(draft, draft->openings.count, sizeof *all);
    for (uint32_t i = 0; i < draft->openings.count; i++) {
        mu_draft_opening *opening = &draft->openings.items[i];
        const char *base = mu_draft_print(draft, "%s-door", draft->levels.items[opening->level].id);
        all[i] = (nameless){&opening->id, base, opening->source_id};
    }
    give_ids(draft, all, draft->openings.count);
}

/* The ground level is the one with ordinal 0, as IMDF defines it; else the lowest above it; else
 * the highest below it. */
static bool is_better_ground(int64_t ordinal, int64_t than) {
    if ((ordinal >= 0) != (than >= 0)) {
        return ordinal >= 0;
    }
    return ordinal >= 0 ? ordinal < than : ordinal > than;
}

static void find_grounds(mu_draft *draft) {
    for (uint32_t i = 0; i < draft->levels.count; i++) {
        mu_draft_building *building = &draft->buildings.items[draft->levels.items[i].building];
        if (building->ground == MU_NONE ||
            is_better_ground(draft->levels.items[i].ordinal,
                             draft->levels.items[building->ground].ordinal)) {
            building->ground = i;
        }
    }
    for (uint32_t i = 0; i < draft->levels.count; i++) {
        mu_draft_level *level = &draft->levels.items[i];
        const mu_draft_building *building = &draft->buildings.items[level->building];
        int64_t storeys = level->ordinal - draft->levels.items[building->ground].ordinal;
        level->elevation_m = (double)storeys * draft->options->storey_m;
        if (building->ground == i && level->ordinal != 0) {
            mu_draft_remark(draft, MU_SECTION_GUESSED, "ground", level->id,
                            _("no level of this building has ordinal 0; this one, with ordinal "
                              "%lld, is taken as its ground level"),
                            (long long)level->ordinal);
        }
    }
}

static bool is_listed(const mu_string_list *list, const char *id, const char *source_id,
                      const char *name) {
    for (uint32_t i = 0; i < list->count; i++) {
        const char *wanted = list->items[i];
        if (strcmp(wanted, id) == 0 || strcmp(wanted, source_id) == 0 ||
            (name != NULL && strcmp(wanted, name) == 0)) {
            return true;
        }
    }
    return false;
}

static void choose(mu_draft *draft) {
    const mu_import_options *options = draft->options;
    for (uint32_t i = 0; i < draft->levels.count; i++) {
        mu_draft_level *level = &draft->levels.items[i];
        mu_draft_building *building = &draft->buildings.items[level->building];
        bool all = options->levels.count == 0 && options->buildings.count == 0;
        level->kept =
            all || is_listed(&options->levels, level->id, level->source_id, NULL) ||
            is_listed(&options->buildings, building->id, building->source_id, building->name);
        building->kept = building->kept || level->kept;
    }
    for (uint32_t i = 0; i < draft->units.count; i++) {
        mu_draft_unit *unit = &draft->units.items[i];
        unit->kept = unit->level != MU_NONE && draft->levels.items[unit->level].kept;
        if (unit->level == MU_NONE) {
            mu_draft_leave_out(draft, i, _("it names no level that exists"));
        }
    }
}

/* Every name given with --levels or --buildings must fit something. */
static mu_status check_choice(mu_draft *draft) {
    mu_status status = MU_OK;
    for (uint32_t kind = 0; kind < 2; kind++) {
        const mu_string_list *list =
            kind == 0 ? &draft->options->levels : &draft->options->buildings;
        for (uint32_t i = 0; i < list->count; i++) {
            bool fits = false;
            const char *known = "";
            const mu_string_list one = {&list->items[i], 1};
            for (uint32_t l = 0; l < draft->levels.count; l++) {
                const mu_draft_level *level = &draft->levels.items[l];
                const mu_draft_building *building = &draft->buildings.items[level->building];
                const char *id = kind == 0 ? level->id : building->id;
                fits =
                    fits || (kind == 0 ? is_listed(&one, id, level->source_id, NULL)
                                       : is_listed(&one, id, building->source_id, building->name));
                if (strstr(known, id) == NULL) {
                    known = mu_draft_print(draft, "%s%s%s", known, known[0] ? ", " : "", id);
                }
            }
            if (!fits) {
                mu_where where = {draft->options->folder, NULL, 0, 0};
                mu_diags_add(draft->diags, MU_ERROR, "import.choice", &where,
                             mu_draft_print(draft, _("choose from: %s"), known),
                             _("nothing here is called \"%s\""), list->items[i]);
                status = MU_ERR_INPUT;
            }
        }
    }
    return status;
}

static void tell_uses(mu_draft *draft) {
    for (uint32_t i = 0; i < draft->units.count; i++) {
        mu_draft_unit *unit = &draft->units.items[i];
        const mu_category *category = mu_category_find(unit->category);
        unit->use = category != NULL ? category->use : MU_USE_OTHER;
        if (unit->use_unknown) {
            unit->use = draft->options->default_use;
            unit->category = unit->drawn_category = mu_use_words[unit->use];
        }
        if (unit->kept && category == NULL) {
            mu_draft_remark(draft, MU_SECTION_GUESSED, "category", unit->id,
                            _("the category \"%s\" is not known: use \"other\", nobody placed"),
                            unit->category);
        }
        if (unit->kept && category != NULL && category->solid) {
            mu_draft_leave_out(
                draft, i,
                mu_draft_print(draft, _("\"%s\" is no space that people walk in"), unit->category));
        }
    }
}

mu_status mu_draft_name(mu_draft *draft) {
    name_levels(draft);
    name_units(draft);
    name_openings(draft);
    if (check_choice(draft) != MU_OK) {
        return MU_ERR_INPUT;
    }
    choose(draft);
    find_grounds(draft);
    tell_uses(draft);
    return MU_OK;
}
