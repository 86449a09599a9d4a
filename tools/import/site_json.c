/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the draft to the files that the engine reads: site, roster and a plain evacuation. Lists are
 * in the order of their ids and coordinates rounded to a millimetre, so that the same plan gives
 * the same bytes. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/loader.h"
#include "tools/import/output.h"

/* Declared here, since these drafts have names that the engine's headers have too. */
extern const mu_file_kind mu_site_file, mu_roster_file, mu_incident_file;

#define SITE_ID_MOST 48
#define HORIZON_S    3600

void mu_json_number(cJSON *object, const char *name, double value, int decimals) {
    double steps = pow(10, decimals);
    cJSON_AddNumberToObject(object, name, round(value * steps) / steps + 0.0);
}

cJSON *mu_json_point(mu_point at) {
    mu_point rounded = mu_point_round(at);
    const double pair[2] = {rounded.x, rounded.y};
    return cJSON_CreateDoubleArray(pair, 2);
}

typedef struct named {
    const char *id;
    uint32_t index;
} named;

static int by_id(const void *left, const void *right) {
    return strcmp(((const named *)left)->id, ((const named *)right)->id);
}

static uint32_t *sorted_indices(mu_draft *draft, named *all, uint32_t count) {
    uint32_t *sorted = mu_draft_alloc(draft, count, sizeof *sorted);
    qsort(all, count, sizeof *all, by_id);
    for (uint32_t i = 0; i < count; i++) {
        sorted[i] = all[i].index;
    }
    return sorted;
}

uint32_t *mu_units_by_id(mu_draft *draft, uint32_t *count) {
    named *all = mu_draft_alloc(draft, draft->units.count, sizeof *all);
    *count = 0;
    for (uint32_t i = 0; i < draft->units.count; i++) {
        if (draft->units.items[i].kept) {
            all[(*count)++] = (named){draft->units.items[i].id, i};
        }
    }
    return sorted_indices(draft, all, *count);
}

uint32_t *mu_portals_by_id(mu_draft *draft) {
    named *all = mu_draft_alloc(draft, draft->portals.count, sizeof *all);
    for (uint32_t i = 0; i < draft->portals.count; i++) {
        all[i] = (named){draft->portals.items[i].id, i};
    }
    return sorted_indices(draft, all, draft->portals.count);
}

bool mu_portal_is_exit(const mu_draft *draft, const mu_draft_portal *portal) {
    return draft->units.items[portal->between[0]].outdoor ||
           draft->units.items[portal->between[1]].outdoor;
}

static void add_text(cJSON *object, const char *name, const char *en, const char *zh) {
    cJSON *text = cJSON_AddObjectToObject(object, name);
    cJSON_AddStringToObject(text, "en", en);
    cJSON_AddStringToObject(text, "zh", zh);
}

static cJSON *document(const mu_file_kind *kind) {
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "format", kind->format);
    cJSON_AddNumberToObject(root, "version", kind->version);
    return root;
}

const char *mu_site_id(mu_draft *draft) {
    if (draft->options->id != NULL) {
        return draft->options->id;
    }
    const char *slug = draft->venue != NULL ? mu_text_slug(draft, draft->venue, SITE_ID_MOST) : "";
    return slug[0] != '\0' ? slug : "imported-site";
}

/* The exterior ring counter-clockwise, holes clockwise. */
static cJSON *ring_json(const mu_outline *outline, uint32_t ring) {
    cJSON *list = cJSON_CreateArray();
    uint32_t first = outline->starts[ring];
    uint32_t count = outline->starts[ring + 1] - first;
    bool is_left = mu_ring_area(outline->points + first, count) >= 0;
    bool forward = is_left == (ring == 0);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = forward ? i : count - 1 - i;
        cJSON_AddItemToArray(list, mu_json_point(outline->points[first + at]));
    }
    return list;
}

static cJSON *line_json(const mu_point line[2]) {
    cJSON *list = cJSON_CreateArray();
    cJSON_AddItemToArray(list, mu_json_point(line[0]));
    cJSON_AddItemToArray(list, mu_json_point(line[1]));
    return list;
}

uint32_t *mu_levels_by_id(mu_draft *draft, uint32_t *count) {
    named *all = mu_draft_alloc(draft, draft->levels.count, sizeof *all);
    *count = 0;
    for (uint32_t i = 0; i < draft->levels.count; i++) {
        if (draft->levels.items[i].kept) {
            all[(*count)++] = (named){draft->levels.items[i].id, i};
        }
    }
    return sorted_indices(draft, all, *count);
}

static cJSON *levels_json(mu_draft *draft) {
    uint32_t count;
    const uint32_t *order = mu_levels_by_id(draft, &count);
    cJSON *list = cJSON_CreateArray();
    for (uint32_t i = 0; i < count; i++) {
        const mu_draft_level *level = &draft->levels.items[order[i]];
        const char *building = draft->buildings.items[level->building].name;
        const char *own = level->name != NULL ? level->name : level->id;
        cJSON *item = cJSON_CreateObject();
        cJSON_AddStringToObject(item, "id", level->id);
        cJSON_AddStringToObject(
            item, "name", building != NULL ? mu_draft_print(draft, "%s, %s", building, own) : own);
        mu_json_number(item, "elevation_m", level->elevation_m, 3);
        cJSON_AddItemToArray(list, item);
    }
    return list;
}

/* A unit's own name, or what it is. */
static const char *unit_name(mu_draft *draft, const mu_draft_unit *unit) {
    if (unit->name != NULL && unit->name[0] != '\0') {
        return unit->name;
    }
    size_t room = strlen(unit->drawn_category) + 1;
    char *name = mu_draft_alloc(draft, room, 1);
    memcpy(name, unit->drawn_category, room);
    for (char *at = name; *at != '\0'; at++) {
        *at = *at == '.' ? ' ' : *at;
    }
    name[0] = (char)(name[0] >= 'a' && name[0] <= 'z' ? name[0] - 'a' + 'A' : name[0]);
    return name;
}

static cJSON *space_json(mu_draft *draft, const mu_draft_unit *unit) {
    const mu_draft_level *level = &draft->levels.items[unit->level];
    const mu_draft_building *building = &draft->buildings.items[level->building];
    cJSON *item = cJSON_CreateObject();
    cJSON_AddStringToObject(item, "id", unit->id);
    if (unit->outdoor) {
        add_text(item, "name", mu_draft_print(draft, "Outside %s", unit->name),
                 mu_draft_print(draft, "%s室外", unit->name));
    } else {
        cJSON_AddStringToObject(item, "name", unit_name(draft, unit));
    }
    cJSON_AddStringToObject(item, "level", level->id);
    cJSON_AddStringToObject(item, "use", mu_use_words[unit->use]);
    cJSON_AddStringToObject(item, "building",
                            building->name != NULL ? building->name : building->id);
    cJSON_AddItemToObject(item, "polygon", ring_json(&unit->outline, 0));
    if (unit->outline.ring_count > 1) {
        cJSON *holes = cJSON_AddArrayToObject(item, "holes");
        for (uint32_t ring = 1; ring < unit->outline.ring_count; ring++) {
            cJSON_AddItemToArray(holes, ring_json(&unit->outline, ring));
        }
    }
    return item;
}

static cJSON *portal_json(const mu_draft *draft, const mu_draft_portal *portal) {
    cJSON *item = cJSON_CreateObject();
    bool is_stair = portal->kind == MU_PORTAL_STAIR;
    cJSON_AddStringToObject(item, "id", portal->id);
    cJSON_AddStringToObject(item, "kind", is_stair ? "stair" : "door");
    cJSON *between = cJSON_AddArrayToObject(item, "between");
    for (uint32_t side = 0; side < 2; side++) {
        cJSON_AddItemToArray(between,
                             cJSON_CreateString(draft->units.items[portal->between[side]].id));
    }
    cJSON_AddItemToObject(item, "line", line_json(portal->line));
    if (is_stair) {
        cJSON_AddItemToObject(item, "upper_line", line_json(portal->upper_line));
        mu_json_number(item, "length_m", portal->length_m, 3);
    }
    mu_json_number(item, "width_m", portal->width_m, 3);
    if (portal->pass) {
        cJSON_AddStringToObject(item, "access", "pass");
    }
    return item;
}

static cJSON *assemblies_json(const mu_draft *draft) {
    cJSON *list = cJSON_CreateArray();
    for (uint32_t i = 0; i < draft->assemblies.count; i++) {
        const mu_draft_assembly *point = &draft->assemblies.items[i];
        cJSON *item = cJSON_CreateObject();
        cJSON_AddStringToObject(item, "id", point->id);
        add_text(item, "name", "Assembly point", "集合点");
        cJSON_AddStringToObject(item, "space", draft->units.items[point->unit].id);
        cJSON_AddItemToObject(item, "at", mu_json_point(point->at));
        cJSON_AddItemToArray(list, item);
    }
    return list;
}

static cJSON *channels_json(void) {
    cJSON *list = cJSON_CreateArray();
    cJSON *alarm = cJSON_CreateObject();
    cJSON_AddStringToObject(alarm, "id", "alarm");
    add_text(alarm, "name", "Alarm sounders", "警铃");
    cJSON_AddStringToObject(alarm, "kind", "alarm");
    cJSON_AddNumberToObject(alarm, "latency_s", 0);
    cJSON_AddNumberToObject(alarm, "delivery_chance", 1);
    cJSON_AddNumberToObject(alarm, "response_factor", 2);
    cJSON_AddItemToArray(list, alarm);
    return list;
}

cJSON *mu_site_json(mu_draft *draft) {
    cJSON *root = document(&mu_site_file);
    cJSON_AddStringToObject(root, "id", mu_site_id(draft));
    cJSON_AddStringToObject(root, "name", draft->venue != NULL ? draft->venue : mu_site_id(draft));
    add_text(root, "story",
             "Imported from a floor plan; import-report.md beside this file says what was "
             "joined, repaired, left out and guessed.",
             "由平面图导入；同目录的 import-report.md 说明了连接、修复、舍弃和推测的内容。");
    if (draft->source.en != NULL) {
        add_text(root, "source", draft->source.en,
                 draft->source.zh != NULL ? draft->source.zh : draft->source.en);
    } else {
        add_text(root, "source",
                 "A plan given to the importer; its licence was not stated. An overlay can "
                 "state it.",
                 "导入时给出的平面图；许可未注明，可在 overlay 文件中注明。");
    }
    cJSON_AddItemToObject(root, "levels", levels_json(draft));
    cJSON *spaces = cJSON_AddArrayToObject(root, "spaces");
    uint32_t count;
    const uint32_t *order = mu_units_by_id(draft, &count);
    for (uint32_t i = 0; i < count; i++) {
        cJSON_AddItemToArray(spaces, space_json(draft, &draft->units.items[order[i]]));
    }
    cJSON *portals = cJSON_AddArrayToObject(root, "portals");
    order = mu_portals_by_id(draft);
    for (uint32_t i = 0; i < draft->portals.count; i++) {
        cJSON_AddItemToArray(portals, portal_json(draft, &draft->portals.items[order[i]]));
    }
    cJSON_AddItemToObject(root, "assembly_points", assemblies_json(draft));
    cJSON_AddItemToObject(root, "channels", channels_json());
    return root;
}

static cJSON *group_json(mu_draft *draft, const mu_draft_group *group) {
    uint32_t kinds;
    const mu_loading *load = &mu_loadings(&kinds)[group->loading];
    cJSON *item = cJSON_CreateObject();
    cJSON_AddStringToObject(item, "id", group->id);
    const mu_draft_level *level = &draft->levels.items[group->level];
    add_text(item, "name", mu_draft_print(draft, "%s, %s", load->label, level->id),
             mu_draft_print(draft, "%s，%s", load->zh, level->id));
    cJSON_AddStringToObject(item, "role", load->role);
    cJSON_AddNumberToObject(item, "count", (double)group->count);
    named *all = mu_draft_alloc(draft, group->units.count, sizeof *all);
    for (uint32_t i = 0; i < group->units.count; i++) {
        all[i] = (named){draft->units.items[group->units.items[i]].id, i};
    }
    sorted_indices(draft, all, group->units.count);
    cJSON *in = cJSON_AddArrayToObject(item, "in");
    for (uint32_t i = 0; i < group->units.count; i++) {
        cJSON_AddItemToArray(in, cJSON_CreateString(all[i].id));
    }
    cJSON_AddBoolToObject(item, "familiar", load->familiar);
    cJSON_AddStringToObject(item, "training", "M2");
    return item;
}

cJSON *mu_roster_json(mu_draft *draft) {
    cJSON *root = document(&mu_roster_file);
    cJSON_AddStringToObject(root, "id", mu_draft_print(draft, "%s-people", mu_site_id(draft)));
    double share = draft->options->occupancy;
    add_text(root, "name", "People by what the units are for", "按用途配置的人员");
    add_text(root, "story",
             mu_draft_print(draft,
                            "One group for each level and use: area divided by the occupant load "
                            "factor of the use, times an occupancy of %g. The factors are in "
                            "import-report.md. All are taken as able to walk.",
                            share),
             mu_draft_print(draft,
                            "每层每种用途一组：面积除以该用途的人均面积，再乘以在位率 %g。"
                            "人均面积见 import-report.md。假定所有人均可步行。",
                            share));
    cJSON *groups = cJSON_AddArrayToObject(root, "groups");
    for (uint32_t i = 0; i < draft->groups.count; i++) {
        cJSON_AddItemToArray(groups, group_json(draft, &draft->groups.items[i]));
    }
    return root;
}

cJSON *mu_incident_json(mu_draft *draft) {
    cJSON *root = document(&mu_incident_file);
    cJSON_AddStringToObject(root, "id", mu_draft_print(draft, "%s-evacuation", mu_site_id(draft)));
    add_text(root, "name", "Plain evacuation", "一般疏散");
    add_text(root, "story",
             "A general alarm sounds at the start, without any threat; everybody leaves by the "
             "ways that they know.",
             "开始时全楼警铃响起，没有任何威胁；所有人沿各自知道的路线离开。");
    cJSON_AddStringToObject(root, "kind", "evacuation");
    cJSON_AddStringToObject(root, "site", "site.json");
    cJSON_AddStringToObject(root, "roster", "roster.json");
    cJSON_AddStringToObject(root, "policy", draft->options->policy);
    cJSON *playbooks = cJSON_AddArrayToObject(root, "playbooks");
    cJSON_AddItemToArray(playbooks, cJSON_CreateString(draft->options->playbook));
    cJSON_AddNumberToObject(root, "alarm_at_s", 0);
    cJSON_AddNumberToObject(root, "horizon_s", HORIZON_S);
    cJSON_AddBoolToObject(root, "incremental_premovement", true);
    cJSON_AddNumberToObject(root, "seed", 1);
    return root;
}
