/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GeoJSON (RFC 7946) of a site. The standard asks for longitude and latitude, which a site does not
 * have: coordinates are its own metres, and a member says so. */
#include <math.h>
#include <stdlib.h>

#include <cjson/cJSON.h>

#include "tools/export/export.h"

static cJSON *point_json(mu_point at) {
    const double pair[2] = {at.x, at.y};
    return cJSON_CreateDoubleArray(pair, 2);
}

/* A ring closed as the standard asks, or a line. */
static cJSON *points_json(const mu_ring *ring, bool closed) {
    cJSON *list = cJSON_CreateArray();
    for (uint32_t i = 0; i < ring->count + (closed ? 1 : 0); i++) {
        cJSON_AddItemToArray(list, point_json(ring->items[i % ring->count]));
    }
    return list;
}

static cJSON *geometry(const char *type, cJSON *coordinates) {
    cJSON *made = cJSON_CreateObject();
    cJSON_AddStringToObject(made, "type", type);
    cJSON_AddItemToObject(made, "coordinates", coordinates);
    return made;
}

/* Storeys from the datum: levels of one elevation are one storey. */
static int ordinal_of(const mu_site *site, uint32_t level) {
    const double own = site->levels.items[level].elevation_m;
    int ordinal = 0;
    for (uint32_t i = 0; i < site->levels.count; i++) {
        const double other = site->levels.items[i].elevation_m;
        bool again = false; /* an elevation that was counted before */
        for (uint32_t j = 0; j < i; j++) {
            again = again || site->levels.items[j].elevation_m == other;
        }
        if (!again) {
            ordinal += own > 0 ? other > 0 && other <= own : own < 0 && other < 0 && other >= own;
        }
    }
    return own < 0 ? -ordinal : ordinal;
}

static void add_text(cJSON *to, const mu_text *text) {
    if (text->en != NULL) {
        cJSON_AddStringToObject(to, "name", text->en);
    }
    if (text->zh != NULL) {
        cJSON_AddStringToObject(to, "name:zh", text->zh);
    }
}

/* A feature with what all of them have; the properties are returned. */
static cJSON *add_feature(cJSON *features, const char *id, const mu_text *name, cJSON *shape,
                          const mu_site *site, uint32_t level) {
    cJSON *feature = cJSON_CreateObject();
    cJSON_AddStringToObject(feature, "type", "Feature");
    cJSON_AddStringToObject(feature, "id", id);
    cJSON *properties = cJSON_AddObjectToObject(feature, "properties");
    cJSON_AddStringToObject(properties, "id", id);
    add_text(properties, name);
    cJSON_AddNumberToObject(properties, "level", ordinal_of(site, level));
    cJSON_AddStringToObject(properties, "level_id", site->levels.items[level].id);
    cJSON_AddItemToObject(feature, "geometry", shape);
    cJSON_AddItemToArray(features, feature);
    return properties;
}

static void add_space(cJSON *features, const mu_site *site, const mu_space *space) {
    cJSON *rings = cJSON_CreateArray();
    cJSON_AddItemToArray(rings, points_json(&space->polygon, true));
    for (uint32_t i = 0; i < space->holes.count; i++) {
        cJSON_AddItemToArray(rings, points_json(&space->holes.items[i], true));
    }
    cJSON *properties = add_feature(features, space->id, &space->name, geometry("Polygon", rings),
                                    site, space->level.index);
    const bool outdoor = space->use == MU_USE_OUTDOOR;
    const bool way = space->use == MU_USE_CORRIDOR || space->use == MU_USE_LOBBY;
    cJSON_AddStringToObject(properties, outdoor ? "outdoor" : "indoor",
                            outdoor ? "yes"
                            : way   ? "corridor"
                                    : "room");
    cJSON_AddStringToObject(properties, "use", mu_use_words[space->use]);
    if (space->building != NULL) {
        cJSON_AddStringToObject(properties, "building_label", space->building);
    }
}

static void add_portal(cJSON *features, const mu_site *site, const mu_portal *portal) {
    static const char *const kinds[] = {
        [MU_PORTAL_DOOR] = "door",         [MU_PORTAL_GATE] = "gate",
        [MU_PORTAL_OPENING] = "opening",   [MU_PORTAL_STAIR] = "stair",
        [MU_PORTAL_OUTDOOR_EDGE] = "edge", [MU_PORTAL_ESCALATOR] = "escalator",
        [MU_PORTAL_LIFT] = "lift",         [MU_PORTAL_TURNSTILE] = "turnstile",
    };
    if (portal->line.count != 2) {
        return;
    }
    const uint32_t from = portal->between.items[0].index;
    cJSON *properties = add_feature(features, portal->id, &portal->name,
                                    geometry("LineString", points_json(&portal->line, false)), site,
                                    site->spaces.items[from].level.index);
    cJSON_AddStringToObject(properties, "portal", kinds[portal->kind]);
    const bool door = portal->kind == MU_PORTAL_DOOR || portal->kind == MU_PORTAL_GATE ||
                      portal->kind == MU_PORTAL_OPENING;
    if (door) {
        cJSON_AddStringToObject(properties, "door",
                                portal->kind == MU_PORTAL_OPENING ? "no" : "yes");
    }
    const mu_point *line = portal->line.items;
    cJSON_AddNumberToObject(properties, "width",
                            portal->width_m > 0
                                ? portal->width_m
                                : hypot(line[1].x - line[0].x, line[1].y - line[0].y));
    cJSON *between = cJSON_AddArrayToObject(properties, "between");
    for (uint32_t i = 0; i < portal->between.count; i++) {
        cJSON_AddItemToArray(
            between, cJSON_CreateString(site->spaces.items[portal->between.items[i].index].id));
    }
}

static void add_point(cJSON *features, const mu_site *site, const char *id, const mu_text *name,
                      const char *key, const char *kind, uint32_t space, mu_point at) {
    cJSON *properties = add_feature(features, id, name, geometry("Point", point_json(at)), site,
                                    site->spaces.items[space].level.index);
    cJSON_AddStringToObject(properties, key, kind);
    cJSON_AddStringToObject(properties, "space", site->spaces.items[space].id);
}

static void add_points(cJSON *features, const mu_site *site, uint32_t level) {
    for (uint32_t i = 0; i < site->assembly_points.count; i++) {
        const mu_assembly *at = &site->assembly_points.items[i];
        if (level == MU_NONE || site->spaces.items[at->space.index].level.index == level) {
            add_point(features, site, at->id, &at->name, "emergency", "assembly_point",
                      at->space.index, at->at);
        }
    }
    for (uint32_t i = 0; i < site->equipment.count; i++) {
        const mu_equipment *at = &site->equipment.items[i];
        if (level == MU_NONE || site->spaces.items[at->space.index].level.index == level) {
            add_point(features, site, at->id, &at->name, "equipment", mu_equipment_words[at->kind],
                      at->space.index, at->at);
        }
    }
}

mu_status mu_export_geojson(const mu_site *site, uint32_t level, FILE *out) {
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "type", "FeatureCollection");
    cJSON_AddStringToObject(root, "name", site->id);
    cJSON_AddStringToObject(root, "coordinates_are", "metres, x east, y north, of the site's own");
    cJSON *features = cJSON_AddArrayToObject(root, "features");
    for (uint32_t i = 0; i < site->spaces.count; i++) {
        const mu_space *space = &site->spaces.items[i];
        if (level == MU_NONE || space->level.index == level) {
            add_space(features, site, space);
        }
    }
    for (uint32_t i = 0; i < site->portals.count; i++) {
        const mu_portal *portal = &site->portals.items[i];
        const uint32_t on = site->spaces.items[portal->between.items[0].index].level.index;
        if (level == MU_NONE || on == level) {
            add_portal(features, site, portal);
        }
    }
    add_points(features, site, level);
    char *text = cJSON_Print(root);
    if (text != NULL) {
        (void)fprintf(out, "%s\n", text); /* a failed write sticks to the stream */
    }
    const mu_status status = text != NULL ? MU_OK : MU_ERR_MEMORY;
    free(text);
    cJSON_Delete(root);
    return status;
}
