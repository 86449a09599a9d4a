/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Zones as sets of areas, so that asking who is in one costs a look into a table; and the rooms
 * that people can lock themselves into. */
#include <string.h>

#include "core/i18n.h"
#include "response/compile.h"
#include "site/lock.h"

/* The space whose level and building count for an area: of a flight, the one at its foot. */
static uint32_t space_of(const mu_compiler *c, uint32_t area) {
    const mu_area *a = mu_walkable_area(c->given->walkable, area);
    return a->space != MU_NONE ? a->space
                               : c->given->site->portals.items[a->stair].between.items[0].index;
}

static bool is_label(const mu_site *site, const char *word) {
    for (uint32_t s = 0; s < site->spaces.count; s++) {
        if (site->spaces.items[s].building != NULL &&
            strcmp(site->spaces.items[s].building, word) == 0) {
            return true;
        }
    }
    return false;
}

typedef enum area_rule {
    RULE_ALL,
    RULE_INDOORS,
    RULE_CORE,
    RULE_EXPOSED,
    RULE_LEVEL,
    RULE_FLOOR,
    RULE_AROUND,
    RULE_SPACE,
    RULE_AIR,
    RULE_DOWNWIND,
    RULE_LABEL,
    RULE_NONE
} area_rule;

/* The label of the building that it happens in; NULL. */
static const char *building_of(const mu_compiler *c) {
    return c->given->site->spaces.items[c->given->scene.space].building;
}

static bool is_of(const mu_compiler *c, const char *label, uint32_t space) {
    const char *own = c->given->site->spaces.items[space].building;
    return label != NULL && own != NULL && strcmp(own, label) == 0;
}

/* Does a door lead from this space into the building? */
static bool adjoins(const mu_compiler *c, const char *label, uint32_t space) {
    const mu_site *site = c->given->site;
    for (uint32_t p = 0; p < site->portals.count; p++) {
        const mu_ref_list *between = &site->portals.items[p].between;
        bool here = false, there = false;
        for (uint32_t k = 0; k < between->count; k++) {
            here = here || between->items[k].index == space;
            there = there || (between->items[k].index < site->spaces.count &&
                              is_of(c, label, between->items[k].index));
        }
        if (here && there) {
            return true;
        }
    }
    return false;
}

static area_rule rule_of(const mu_compiler *c, const char *word, uint32_t *index) {
    const mu_incident_zones *scene = &c->given->scene;
    *index = MU_NONE;
    if (strcmp(word, "site") == 0) {
        return RULE_ALL;
    }
    if (strcmp(word, "building") == 0) {
        return RULE_INDOORS;
    }
    if (strcmp(word, "@core") == 0 && scene->space != MU_NONE) {
        return RULE_CORE;
    }
    if (strcmp(word, "@line_of_sight") == 0 && scene->exposed != NULL) {
        return RULE_EXPOSED;
    }
    if (strcmp(word, "@level") == 0 && scene->space != MU_NONE) {
        *index = c->given->site->spaces.items[scene->space].level.index;
        return building_of(c) == NULL ? RULE_LEVEL : RULE_FLOOR;
    }
    if (strcmp(word, "@around") == 0 && scene->space != MU_NONE) {
        *index = c->given->site->spaces.items[scene->space].level.index;
        return RULE_AROUND;
    }
    if (strcmp(word, "@downwind") == 0 && scene->downwind != NULL) {
        return RULE_DOWNWIND;
    }
    *index = mu_loader_find(c->given->loader, MU_ENTITY_AIR_ZONE, word);
    if (*index != MU_NONE) {
        return RULE_AIR;
    }
    *index = mu_loader_find(c->given->loader, MU_ENTITY_LEVEL, word);
    if (*index != MU_NONE) {
        return RULE_LEVEL;
    }
    *index = mu_loader_find(c->given->loader, MU_ENTITY_SPACE, word);
    if (*index != MU_NONE) {
        return RULE_SPACE;
    }
    return is_label(c->given->site, word) ? RULE_LABEL : RULE_NONE;
}

static bool falls_under(const mu_compiler *c, area_rule rule, uint32_t index, const char *word,
                        uint32_t area) {
    const mu_incident_zones *scene = &c->given->scene;
    const uint32_t space = space_of(c, area);
    const bool is_space = mu_walkable_area(c->given->walkable, area)->space != MU_NONE;
    const bool outdoor = mu_walkable_area(c->given->walkable, area)->outdoor;
    const bool on_level = c->given->site->spaces.items[space].level.index == index;
    switch (rule) {
    case RULE_ALL:
        return true;
    case RULE_INDOORS:
        return !outdoor;
    case RULE_CORE:
        return is_space && (scene->core != NULL ? scene->core[space] : space == scene->space);
    case RULE_EXPOSED:
        return is_space && scene->exposed[space];
    case RULE_LEVEL:
        return on_level;
    case RULE_FLOOR:
        return on_level && is_of(c, building_of(c), space);
    case RULE_AROUND:
        return on_level && outdoor && adjoins(c, building_of(c), space);
    case RULE_SPACE:
        return area == index;
    case RULE_AIR:
        return is_space && mu_airspace_of(c->given->site, space) == index;
    case RULE_DOWNWIND:
        return is_space && scene->downwind[space] && !outdoor;
    case RULE_LABEL:
        return is_of(c, word, space);
    case RULE_NONE:
        break;
    }
    return false;
}

static bool mark(const mu_compiler *c, const char *word, bool value, bool *areas) {
    uint32_t index;
    const area_rule rule = rule_of(c, word, &index);
    for (uint32_t a = 0; areas != NULL && a < mu_walkable_area_count(c->given->walkable); a++) {
        if (falls_under(c, rule, index, word, a)) {
            areas[a] = value;
        }
    }
    return rule != RULE_NONE;
}

bool mu_compile_area_word(const mu_compiler *c, const char *word, bool *areas) {
    return mark(c, word, true, areas);
}

static void mark_all(mu_compiler *c, const mu_step_plan *step, const mu_string_list *words,
                     bool value, bool *areas) {
    for (uint32_t i = 0; i < words->count; i++) {
        if (!mark(c, words->items[i], value, areas)) {
            mu_diags_add(
                c->diags, MU_ERROR, "playbook.no-zone", step->given->origin,
                _("use a level, a space, an air zone, a building's label, or @core, @level, "
                  "@around, @line_of_sight or @downwind where the incident has them"),
                _("step '%s': there is no zone '%s'"), step->given->id, words->items[i]);
        }
    }
}

static bool is_order(mu_verb verb) {
    return verb == MU_VERB_EVACUATE || verb == MU_VERB_SHELTER || verb == MU_VERB_LOCK_DOWN;
}

static void check_is_order(mu_compiler *c, const mu_step_plan *step) {
    const mu_step *given = step->given;
    const bool excepts = given->except.count > 0 && given->posts_in.count == 0;
    if ((excepts || given->avoids.count > 0) && !is_order(step->verb)) {
        mu_diags_add(c->diags, MU_ERROR, "playbook.not-an-order", given->origin,
                     _("take 'except' and 'avoids' out, or use evacuate, shelter or lock_down"),
                     _("step '%s' orders nobody to go anywhere, so nothing can be left out or "
                       "avoided"),
                     given->id);
    }
}

static void *make(mu_compiler *c, size_t count, size_t size) {
    void *items = mu_arena_array(c->arena, count + 1, size);
    c->no_memory = c->no_memory || items == NULL;
    return items;
}

static void compile_shun(mu_compiler *c, mu_step_plan *step) {
    if (step->given->avoids.count == 0) {
        return;
    }
    bool *areas = make(c, mu_walkable_area_count(c->given->walkable), sizeof *areas);
    uint64_t *portals = make(c, mu_belief_words(c->given->site->portals.count), sizeof *portals);
    if (areas == NULL || portals == NULL) {
        return;
    }
    if (!mu_limit_holds(MU_LIMIT_SHUN_PORTALS, c->given->site->portals.count, c->diags,
                        step->given->origin)) {
        return;
    }
    mark_all(c, step, &step->given->avoids, true, areas);
    step->shun = mu_shun_of(c->given->site, c->given->walkable, areas, portals);
}

void mu_compile_posts_in(mu_compiler *c, mu_step_plan *step) {
    if (step->given->posts_in.count == 0 || step->place != MU_PLACE_POSTS) {
        return;
    }
    bool *areas = make(c, mu_walkable_area_count(c->given->walkable), sizeof *areas);
    if (areas == NULL) {
        return;
    }
    mark_all(c, step, &step->given->posts_in, true, areas);
    mark_all(c, step, &step->given->except, false, areas);
    uint32_t count = 0;
    for (uint32_t i = 0; i < step->posts.count; i++) {
        const uint32_t post = step->posts.items[i];
        if (areas[c->given->site->posts.items[post].space.index]) {
            step->posts.items[count++] = post;
        }
    }
    step->posts.count = count;
    if (count == 0) {
        mu_diags_add(c->diags, MU_ERROR, "playbook.no-post", step->given->origin,
                     _("add a post of this kind there to the site"),
                     _("step '%s': the site has no post of kind '%s' in these zones"),
                     step->given->id, step->given->place);
        step->place = MU_PLACE_NONE;
    }
}

void mu_compile_areas(mu_compiler *c, mu_step_plan *step) {
    check_is_order(c, step);
    if (!is_order(step->verb) || step->given->object == NULL) {
        return;
    }
    bool *areas = make(c, mu_walkable_area_count(c->given->walkable), sizeof *areas);
    if (areas == NULL) {
        return;
    }
    const char *object = step->zone == MU_ZONE_RADIUS ? "site" : step->given->object;
    (void)mark(c, object, true, areas);
    mark_all(c, step, &step->given->except, false, areas);
    step->areas = areas;
    if (step->given->except.count > 0 && step->zone != MU_ZONE_RADIUS) {
        bool *whole = make(c, mu_walkable_area_count(c->given->walkable), sizeof *whole);
        if (whole != NULL) {
            (void)mark(c, object, true, whole);
        }
        step->whole = whole;
        step->elsewhere_word = mu_words_find(c->words, MU_ELSEWHERE, strlen(MU_ELSEWHERE));
    }
    compile_shun(c, step);
}

/* Rooms. */

static bool is_passage(mu_use use) {
    return use == MU_USE_CORRIDOR || use == MU_USE_LOBBY || use == MU_USE_STAIR ||
           use == MU_USE_LIFT || use == MU_USE_PARKING || use == MU_USE_ROOF ||
           use == MU_USE_OUTDOOR;
}

/* Its portals into `out`, where not NULL; 0 if any of them cannot be locked. */
static uint32_t lockable_portals(const mu_compiler *c, uint32_t space, uint32_t *out) {
    const mu_walkable *walkable = c->given->walkable;
    uint32_t count = 0;
    for (uint32_t k = 0; k < mu_walkable_area(walkable, space)->gate_count; k++) {
        int side = 0;
        const uint32_t portal =
            mu_walkable_gate(walkable, mu_area_gate(walkable, space, k, &side))->portal;
        if (!mu_lock_is_there(&c->given->site->portals.items[portal])) {
            return 0;
        }
        if (out != NULL) {
            out[count] = portal;
        }
        count++;
    }
    return count;
}

static uint32_t doors_of_room(const mu_compiler *c, uint32_t space) {
    const mu_area *area = mu_walkable_area(c->given->walkable, space);
    const bool fits =
        area->walkable && !area->outdoor && !is_passage(c->given->site->spaces.items[space].use);
    return fits ? lockable_portals(c, space, NULL) : 0;
}

bool mu_compile_rooms(mu_compiler *c) {
    mu_response_plan *plan = c->plan;
    const uint32_t areas = mu_walkable_area_count(c->given->walkable);
    plan->room_of = make(c, areas, sizeof *plan->room_of);
    plan->rooms.items = make(c, c->given->site->spaces.count, sizeof *plan->rooms.items);
    for (uint32_t a = 0; a < areas && !c->no_memory; a++) {
        plan->room_of[a] = MU_NONE;
        const uint32_t doors = a < c->given->site->spaces.count ? doors_of_room(c, a) : 0;
        uint32_t *portals = doors > 0 ? make(c, doors, sizeof *portals) : NULL;
        if (portals != NULL) {
            mu_room *room = &plan->rooms.items[plan->rooms.count];
            room->space = a;
            room->at = mu_area_sample(c->given->walkable, a, 0.5, 0.5, 0.5);
            room->portals.items = portals;
            room->portals.count = lockable_portals(c, a, portals);
            plan->room_of[a] = plan->rooms.count++;
        }
    }
    return !c->no_memory;
}
