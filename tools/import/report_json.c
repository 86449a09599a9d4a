/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The import report for programs: everything that the Markdown form tells, and the source ids. */
#include <inttypes.h>
#include <string.h>

#include "tools/import/output.h"

static void add_files(cJSON *root, const mu_draft *draft) {
    cJSON *list = cJSON_AddArrayToObject(root, "files");
    for (uint32_t i = 0; i < draft->files.count; i++) {
        const mu_draft_file *file = &draft->files.items[i];
        char hash[20];
        snprintf(hash, sizeof hash, "%016" PRIx64, file->hash);
        cJSON *item = cJSON_CreateObject();
        cJSON_AddStringToObject(item, "name", file->name);
        cJSON_AddBoolToObject(item, "used", file->used);
        if (file->used) {
            cJSON_AddNumberToObject(item, "features", file->features);
            cJSON_AddStringToObject(item, "fnv1a64", hash);
        }
        cJSON_AddItemToArray(list, item);
    }
}

static void add_projection(cJSON *root, const mu_draft *draft) {
    cJSON *item = cJSON_AddObjectToObject(root, "projection");
    if (draft->metric) {
        cJSON_AddStringToObject(item, "kind", "metric");
        mu_json_number(item, "unit_m", draft->unit_m, 6);
        cJSON_AddStringToObject(item, "unit_why", draft->unit_why);
        cJSON_AddItemToObject(item, "shift_m", mu_json_point(draft->shift_m));
    } else {
        cJSON_AddStringToObject(item, "kind", "transverse_mercator");
        cJSON_AddStringToObject(item, "datum", "WGS84");
        mu_json_number(item, "origin_lon", draft->origin_lon, 6);
        mu_json_number(item, "origin_lat", draft->origin_lat, 6);
        cJSON_AddBoolToObject(item, "origin_from_overlay", draft->origin_given);
    }
    cJSON_AddItemToObject(item, "low", mu_json_point(draft->low));
    cJSON_AddItemToObject(item, "high", mu_json_point(draft->high));
}

static void add_tally(cJSON *root, const char *name, mu_draft *draft, int when) {
    mu_tally tally = mu_draft_tally(draft, when);
    cJSON *item = cJSON_AddObjectToObject(root, name);
    cJSON_AddNumberToObject(item, "units_with_way_out", tally.out);
    cJSON_AddNumberToObject(item, "units_without_way_out", tally.lost);
    cJSON_AddNumberToObject(item, "lifts", tally.lifts);
    cJSON_AddNumberToObject(item, "exits", tally.exits);
    cJSON *components = cJSON_AddArrayToObject(item, "components");
    uint32_t *sizes = mu_draft_alloc(draft, (size_t)draft->units.count + 1, sizeof *sizes);
    uint32_t most = 0;
    for (uint32_t i = 0; i < draft->units.count; i++) {
        const mu_draft_unit *unit = &draft->units.items[i];
        if (unit->kept && !unit->outdoor && unit->use != MU_USE_LIFT) {
            sizes[unit->component[when]]++;
            most = unit->component[when] > most ? unit->component[when] : most;
        }
    }
    for (uint32_t i = 0; i <= most; i++) {
        if (sizes[i] > 0) {
            cJSON_AddItemToArray(components, cJSON_CreateNumber(sizes[i]));
        }
    }
}

static void add_figures(cJSON *root, mu_draft *draft) {
    cJSON *item = cJSON_AddObjectToObject(root, "figures");
    uint32_t near[3] = {0, 0, 0}; /* one, two, another number of borders */
    uint32_t doors = 0;
    uint32_t exits = 0;
    uint32_t chosen = 0;
    for (uint32_t i = 0; i < draft->openings.count; i++) {
        const mu_draft_opening *opening = &draft->openings.items[i];
        if (!draft->levels.items[opening->level].kept) {
            continue;
        }
        chosen++;
        near[opening->near_count == 1 ? 0 : opening->near_count == 2 ? 1 : 2]++;
        doors += opening->fate == MU_FATE_DOOR;
        exits += opening->fate == MU_FATE_EXIT;
    }
    mu_tally tally = mu_draft_tally(draft, 1);
    cJSON_AddNumberToObject(item, "buildings_read", draft->buildings_read);
    cJSON_AddNumberToObject(item, "levels_read", draft->levels_read);
    cJSON_AddNumberToObject(item, "units_read", draft->units_read);
    cJSON_AddNumberToObject(item, "openings_read", draft->openings_read);
    cJSON_AddNumberToObject(item, "units", tally.units);
    mu_json_number(item, "area_m2", tally.area_m2, 1);
    cJSON_AddNumberToObject(item, "openings", chosen);
    cJSON_AddNumberToObject(item, "openings_near_one_border", near[0]);
    cJSON_AddNumberToObject(item, "openings_near_two_borders", near[1]);
    cJSON_AddNumberToObject(item, "openings_near_another_number", near[2]);
    cJSON_AddNumberToObject(item, "openings_joining_two_units", doors);
    cJSON_AddNumberToObject(item, "openings_leading_outdoors", exits);
    cJSON_AddNumberToObject(item, "overlaps_above_1_m2", draft->overlaps_big);
    add_tally(item, "as_drawn", draft, 0);
    add_tally(item, "with_overlay", draft, 1);
}

static void add_uses(cJSON *root, mu_draft *draft) {
    cJSON *list = cJSON_AddArrayToObject(root, "uses");
    uint32_t count;
    const uint32_t *order = mu_levels_by_id(draft, &count);
    for (uint32_t at = 0; at < count; at++) {
        uint32_t level = order[at];
        for (int use = 0; use < MU_USE_COUNT; use++) {
            uint32_t units = 0;
            double area = 0;
            for (uint32_t i = 0; i < draft->units.count; i++) {
                const mu_draft_unit *unit = &draft->units.items[i];
                bool counts = unit->kept && unit->level == level && unit->use == (mu_use)use;
                units += counts;
                area += counts ? unit->area_m2 : 0;
            }
            if (units > 0) {
                cJSON *item = cJSON_CreateObject();
                cJSON_AddStringToObject(item, "level", draft->levels.items[level].id);
                cJSON_AddStringToObject(item, "use", mu_use_words[use]);
                cJSON_AddNumberToObject(item, "units", units);
                mu_json_number(item, "area_m2", area, 1);
                cJSON_AddItemToArray(list, item);
            }
        }
    }
}

static void add_remarks(cJSON *root, const mu_draft *draft) {
    static const char *const names[MU_SECTION_COUNT] = {
        [MU_SECTION_REPAIRED] = "repaired", [MU_SECTION_JOINED] = "joined",
        [MU_SECTION_LEFT_OUT] = "left_out", [MU_SECTION_GUESSED] = "guessed",
        [MU_SECTION_OVERLAY] = "overlay",
    };
    for (int section = 0; section < MU_SECTION_COUNT; section++) {
        cJSON *list = cJSON_AddArrayToObject(root, names[section]);
        for (uint32_t i = 0; i < draft->remarks.count; i++) {
            const mu_remark *remark = &draft->remarks.items[i];
            if (remark->section != (mu_section)section) {
                continue;
            }
            cJSON *item = cJSON_CreateObject();
            cJSON_AddStringToObject(item, "code", remark->code);
            cJSON_AddStringToObject(item, "subject", remark->subject);
            cJSON_AddStringToObject(item, "text", remark->text);
            if (section == MU_SECTION_OVERLAY) {
                cJSON_AddBoolToObject(item, "fits", !remark->unfit);
            }
            cJSON_AddItemToArray(list, item);
        }
    }
}

uint32_t *mu_loose_stairs(mu_draft *draft, uint32_t *count) {
    uint32_t units;
    uint32_t *order = mu_units_by_id(draft, &units);
    *count = 0;
    for (uint32_t i = 0; i < units; i++) {
        if (draft->units.items[order[i]].use == MU_USE_STAIR && !mu_draft_has_flight(draft, order[i])) {
            order[(*count)++] = order[i];
        }
    }
    return order;
}

static cJSON *line_json(const mu_point line[2]) {
    cJSON *list = cJSON_CreateArray();
    cJSON_AddItemToArray(list, mu_json_point(line[0]));
    cJSON_AddItemToArray(list, mu_json_point(line[1]));
    return list;
}

static void add_ways(cJSON *root, mu_draft *draft) {
    static const char *const from[] = {[MU_FROM_OPENING] = "opening",
                                       [MU_FROM_STAIRS] = "stairs",
                                       [MU_FROM_PROPOSAL] = "proposal",
                                       [MU_FROM_OVERLAY] = "overlay"};
    cJSON *stairs = cJSON_AddArrayToObject(root, "stairs");
    cJSON *exits = cJSON_AddArrayToObject(root, "exits");
    const uint32_t *order = mu_portals_by_id(draft);
    for (uint32_t i = 0; i < draft->portals.count; i++) {
        const mu_draft_portal *portal = &draft->portals.items[order[i]];
        bool is_stair = portal->kind == MU_PORTAL_STAIR;
        if (!is_stair && !mu_portal_is_exit(draft, portal)) {
            continue;
        }
        cJSON *item = cJSON_CreateObject();
        cJSON_AddStringToObject(item, "id", portal->id);
        cJSON_AddStringToObject(item, is_stair ? "lower" : "unit",
                                draft->units.items[portal->between[0]].id);
        cJSON_AddStringToObject(item, is_stair ? "upper" : "to",
                                draft->units.items[portal->between[1]].id);
        cJSON_AddItemToObject(item, "line", line_json(portal->line));
        mu_json_number(item, "width_m", portal->width_m, 3);
        if (is_stair) {
            mu_json_number(item, "length_m", portal->length_m, 3);
        }
        cJSON_AddStringToObject(item, "from", from[portal->from]);
        cJSON_AddItemToArray(is_stair ? stairs : exits, item);
    }
    cJSON *loose = cJSON_AddArrayToObject(root, "unlinked_stairs");
    uint32_t count;
    const uint32_t *units = mu_loose_stairs(draft, &count);
    for (uint32_t i = 0; i < count; i++) {
        cJSON_AddItemToArray(loose, cJSON_CreateString(draft->units.items[units[i]].id));
    }
}

static void add_lost(cJSON *root, mu_draft *draft) {
    cJSON *list = cJSON_AddArrayToObject(root, "no_way_out");
    uint32_t count;
    const uint32_t *order = mu_units_by_id(draft, &count);
    for (uint32_t i = 0; i < count; i++) {
        const mu_draft_unit *unit = &draft->units.items[order[i]];
        if (unit->reaches_out[1] || unit->use == MU_USE_LIFT) {
            continue;
        }
        const char *code;
        const char *why = mu_draft_why_no_way_out(draft, order[i], 1, &code);
        cJSON *item = cJSON_CreateObject();
        cJSON_AddStringToObject(item, "unit", unit->id);
        cJSON_AddStringToObject(item, "use", mu_use_words[unit->use]);
        cJSON_AddNumberToObject(item, "component", unit->component[1]);
        mu_json_number(item, "area_m2", unit->area_m2, 1);
        mu_json_number(item, "persons", mu_unit_persons(draft, order[i]), 1);
        cJSON_AddStringToObject(item, "reason", code);
        cJSON_AddStringToObject(item, "text", why);
        cJSON_AddItemToArray(list, item);
    }
}

static void add_proposals(cJSON *root, const mu_draft *draft) {
    static const char *const kinds[] = {
        [MU_PROPOSAL_EXIT] = "exit", [MU_PROPOSAL_DOOR] = "door", [MU_PROPOSAL_STAIR] = "stairs"};
    cJSON *list = cJSON_AddArrayToObject(root, "proposals");
    for (uint32_t i = 0; i < draft->proposals.count; i++) {
        const mu_draft_proposal *proposal = &draft->proposals.items[i];
        cJSON *item = cJSON_CreateObject();
        cJSON_AddStringToObject(item, "id", proposal->id);
        cJSON_AddStringToObject(item, "kind", kinds[proposal->kind]);
        cJSON_AddStringToObject(item, "unit", draft->units.items[proposal->between[0]].id);
        cJSON_AddStringToObject(item, "to", draft->units.items[proposal->between[1]].id);
        if (proposal->kind != MU_PROPOSAL_STAIR) {
            cJSON_AddItemToObject(item, "line", line_json(proposal->line));
        }
        mu_json_number(item, "width_m", proposal->width_m, 3);
        cJSON_AddStringToObject(item, "reason", proposal->reason);
        cJSON_AddBoolToObject(item, "accepted", proposal->accepted);
        cJSON_AddItemToArray(list, item);
    }
}

static void add_people(cJSON *root, const mu_draft *draft) {
    cJSON *people = cJSON_AddObjectToObject(root, "people");
    uint32_t kinds;
    const mu_loading *loads = mu_loadings(&kinds);
    int64_t total = 0;
    for (uint32_t i = 0; i < draft->groups.count; i++) {
        total += draft->groups.items[i].count;
    }
    cJSON_AddNumberToObject(people, "total", (double)total);
    mu_json_number(people, "occupancy", draft->options->occupancy, 6);
    cJSON_AddStringToObject(people, "confidence", "C");
    cJSON *list = cJSON_AddArrayToObject(people, "groups");
    for (uint32_t i = 0; i < draft->groups.count; i++) {
        const mu_draft_group *group = &draft->groups.items[i];
        cJSON *item = cJSON_CreateObject();
        cJSON_AddStringToObject(item, "id", group->id);
        cJSON_AddNumberToObject(item, "count", (double)group->count);
        mu_json_number(item, "area_m2", group->area_m2, 1);
        mu_json_number(item, "m2_per_person", loads[group->loading].m2_per_person, 2);
        cJSON_AddStringToObject(item, "source", _(loads[group->loading].source));
        cJSON_AddItemToArray(list, item);
    }
}

/* Which record of the source each id stands for. */
static void add_ids(cJSON *root, mu_draft *draft) {
    cJSON *ids = cJSON_AddObjectToObject(root, "ids");
    cJSON *levels = cJSON_AddObjectToObject(ids, "levels");
    for (uint32_t i = 0; i < draft->levels.count; i++) {
        cJSON_AddStringToObject(levels, draft->levels.items[i].id,
                                draft->levels.items[i].source_id);
    }
    cJSON *units = cJSON_AddObjectToObject(ids, "units");
    uint32_t count;
    const uint32_t *order = mu_units_by_id(draft, &count);
    for (uint32_t i = 0; i < count; i++) {
        const mu_draft_unit *unit = &draft->units.items[order[i]];
        if (unit->source_id != NULL) {
            cJSON_AddStringToObject(units, unit->id, unit->source_id);
        }
    }
    cJSON *doors = cJSON_AddObjectToObject(ids, "openings");
    order = mu_portals_by_id(draft);
    for (uint32_t i = 0; i < draft->portals.count; i++) {
        const mu_draft_portal *portal = &draft->portals.items[order[i]];
        if (portal->source_id != NULL) {
            cJSON_AddStringToObject(doors, portal->id, portal->source_id);
        }
    }
}

cJSON *mu_report_json(mu_draft *draft) {
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "format", "muster.import-report");
    cJSON_AddNumberToObject(root, "version", 1);
    cJSON_AddStringToObject(root, "program", MU_VERSION);
    cJSON_AddStringToObject(root, "site", mu_site_id(draft));
    add_files(root, draft);
    add_projection(root, draft);
    add_figures(root, draft);
    add_uses(root, draft);
    add_remarks(root, draft);
    add_ways(root, draft);
    add_lost(root, draft);
    add_proposals(root, draft);
    add_people(root, draft);
    add_ids(root, draft);
    return root;
}
