/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an incident of each kind cannot be without, as a first guess whose numbers name their
 * source; and another kind for an incident that there is. The planner gives the place. */
#include "edit/project_kind.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/read_real.h"
#include "edit/project_plane.h"

#define LOGNORMAL(median, sigma, source)                                                           \
    "{\"dist\": \"lognormal\", \"median\": " median ", \"sigma\": " sigma                          \
    ", \"source\": \"" source "\"}"

static const mu_kind_given kinds[] = {
    {"package", "item", "starter-package.json", ":item",
     "{\"category\": \"suitcase\", \"space\": \"%s\", \"at\": %s, \"appears_at_s\": 60, "
     "\"notice_radius_m\": 6, \"staff_notice_s\": " LOGNORMAL(
         "900", "0.8",
         "planning assumption: being near it until one person finds it odd") ", "
                                                                             "\"guard_notice_"
                                                                             "chance\": 0.3}",
     "Unattended item", "无人看管的物品"},
    {"chemical", "release", "starter-chemical.json", ":gas",
     "{\"substance\": \"chlorine\", \"space\": \"%s\", \"at\": %s, \"starts_at_s\": 60, "
     "\"rate_g_s\": 4, \"lasts_s\": 600, \"spill\": \"small\", \"smell_ppm\": 0.3, "
     "\"smell_s\": " LOGNORMAL(
         "15", "0.6",
         "planning assumption; chlorine is noticed from about 0.3 ppm by smell, AEGL-1 is 0.5 "
         "ppm (NRC 2004)") ", \"clear_ppm\": 0.5}",
     "Chlorine released", "氯气泄漏"},
    {"hostage", "hostage", "starter-hostage.json", ":hostage",
     "{\"space\": \"%s\", \"at\": %s, \"seized_at_s\": 60, \"notice_s\": " LOGNORMAL(
         "15", "0.7",
         "planning assumption: recognised, and run from") ", \"call_s\": " LOGNORMAL("600", "0.5",
                                                                                     "planning "
                                                                                     "assumption: "
                                                                                     "those who "
                                                                                     "hold them "
                                                                                     "make "
                                                                                     "themselves "
                                                                                     "known") "}",
     "People held", "人质劫持"},
    {"intrusion", "intruder", "starter-intrusion.json", "assessed:intrusion",
     "{\"starts_at_s\": 60, \"speed_mps\": 2, \"path\": [{\"space\": \"%s\", \"at\": %s, \"as\": "
     "\"target\"}]}",
     "Intruder", "非法闯入"},
    {"call", "call", "starter-call.json", ":threat",
     "{\"at_s\": 60, \"lasts_s\": " LOGNORMAL(
         "60", "0.4", "planning assumption") ", \"role\": "
                                             "\"operator\", \"space\": \"%s\", \"at\": %s}",
     "Threat by telephone", "电话威胁"},
    {"vehicle", "vehicle", "starter-vehicle.json", ":vehicle",
     "{\"at_s\": 60, \"gate\": \"%s\", \"space\": \"%s\", \"at\": %s, \"mass_t\": 3.5, "
     "\"notice_chance\": 0.95, \"notice_s\": " LOGNORMAL(
         "40", "0.5", "planning assumption: the driver is spoken to") "}",
     "Vehicle that does not belong", "可疑车辆"},
    {"evacuation", NULL, "evacuation.json", "\"alarm:general\"", NULL, "Evacuation", "疏散"},
};

const mu_kind_given *mu_kind_given_of(const char *kind) {
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        if (strcmp(kinds[k].kind, kind) == 0) {
            return &kinds[k];
        }
    }
    return NULL;
}

/* --- where --- */

bool mu_room_is_outdoors(const mu_project *project, uint32_t room) {
    const mu_use use = project->site.spaces.items[room].use;
    return use == MU_USE_OUTDOOR || use == MU_USE_PARKING;
}

/* The gate, door or opening that is nearest; NULL. */
static const char *nearest_portal(const mu_project *project, uint32_t level, mu_point at) {
    const mu_scenery *scene = &project->scene;
    const char *found = NULL;
    double least = DBL_MAX;
    for (uint32_t p = 0; p < scene->portal_count; p++) {
        const mu_scenery_portal *portal = &scene->portals[p];
        const double far = hypot((portal->line[0].x + portal->line[1].x) / 2 - at.x,
                                 (portal->line[0].y + portal->line[1].y) / 2 - at.y);
        if (portal->level == level && far < least) {
            least = far;
            found = portal->id;
        }
    }
    return found;
}

/* A vehicle stands in the open. */
static bool move_outdoors(mu_project *project, const mu_kind_given *given, uint32_t *room,
                          mu_point *at) {
    if (strcmp(given->kind, "vehicle") != 0 || mu_room_is_outdoors(project, *room)) {
        return true;
    }
    for (uint32_t s = 0; s < project->site.spaces.count; s++) {
        if (mu_room_is_outdoors(project, s)) {
            *at = mu_room_point(&project->scene, &project->scene.rooms[s]);
            *room = s;
            return true;
        }
    }
    return false;
}

/* --- what the site has to have for it --- */

static bool has_air(const mu_project *project, uint32_t room) {
    for (uint32_t z = 0; z < project->site.air_zones.count; z++) {
        const mu_ref_list *spaces = &project->site.air_zones.items[z].spaces;
        for (uint32_t i = 0; i < spaces->count; i++) {
            if (spaces->items[i].index == room) {
                return true;
            }
        }
    }
    return false;
}

/* A gas is followed from zone to zone of air: the room becomes one, where it is in none. */
static bool need_air(mu_project *project, uint32_t room) {
    const uint32_t site = mu_project_find_paper(project, MU_PAPER_SITE);
    char id[80], json[400];
    if (has_air(project, room)) {
        return true;
    }
    mu_project_free_id(project, site, "/air_zones", "air", id, sizeof id);
    (void)snprintf(json, sizeof json, "{\"id\": \"%s\", \"height_m\": 3, \"spaces\": [\"%s\"]}", id,
                   project->scene.rooms[room].id);
    return mu_project_insert(project, site, "/air_zones", UINT32_MAX, json) == MU_OK;
}

/* Nobody notices an intruder without a sensor and somebody at the desk. */
static bool need_sensor(mu_project *project, uint32_t room, mu_point at) {
    static const char desk[] = "{\"role\": \"operator\", \"assess_s\": " LOGNORMAL(
        "15", "0.5",
        "planning assumption: the camera beside the sensor is called up and looked at") "}";
    const uint32_t site = mu_project_find_paper(project, MU_PAPER_SITE);
    char id[80], point[80], json[700];
    for (uint32_t k = 0; k < project->site.equipment.count; k++) {
        if (project->site.equipment.items[k].guards != NULL) {
            return true;
        }
    }
    mu_point_print(at, point);
    mu_project_free_id(project, site, "/equipment", "infrared", id, sizeof id);
    (void)snprintf(json, sizeof json,
                   "{\"id\": \"%s\", \"kind\": \"infrared\", \"space\": \"%s\", \"at\": %s, "
                   "\"covers\": [\"%s\"], \"guards\": \"target\", \"detect_chance\": 0.95, "
                   "\"detects_in_s\": {\"dist\": \"uniform\", \"low\": 1, \"high\": 3, \"source\": "
                   "\"planning assumption: two pulses\"}}",
                   id, project->scene.rooms[room].id, point, project->scene.rooms[room].id);
    return mu_project_insert(project, site, "/equipment", UINT32_MAX, json) == MU_OK &&
           mu_project_set(project, site, "/alarm_desk", desk) == MU_OK;
}

bool mu_kind_need(mu_project *project, const mu_kind_given *given, const char *space, mu_point at) {
    const uint32_t room = mu_project_room_named(project, space);
    return room != MU_NOWHERE &&
           (strcmp(given->kind, "chemical") != 0 || need_air(project, room)) &&
           (strcmp(given->kind, "intrusion") != 0 || need_sensor(project, room, at));
}

char *mu_kind_record(mu_project *project, const mu_kind_given *given, const char *space,
                     mu_point at) {
    uint32_t room = mu_project_room_named(project, space);
    char point[80], *out = malloc(2000);
    if (out == NULL || given->record == NULL || room == MU_NOWHERE ||
        !move_outdoors(project, given, &room, &at)) {
        free(out);
        return NULL;
    }
    const char *id = project->scene.rooms[room].id;
    mu_point_print(at, point);
    if (strcmp(given->kind, "vehicle") == 0) {
        const char *gate = nearest_portal(project, project->scene.rooms[room].level, at);
        (void)snprintf(out, 2000, given->record, gate != NULL ? gate : "gate", id, point);
    } else {
        (void)snprintf(out, 2000, given->record, id, point);
    }
    return out;
}

/* --- another kind --- */

static bool answers(mu_project *project, uint32_t paper, const mu_kind_given *given) {
    char *steps = project->papers[paper].kind == MU_PAPER_PLAYBOOK
                      ? mu_project_value(project, paper, "/steps")
                      : NULL;
    const bool found = steps != NULL && strstr(steps, given->token) != NULL;
    free(steps);
    return found;
}

/* As an incident names a paper: from its folder where that is in the way. */
static const char *name_of(const mu_project *project, uint32_t paper) {
    char folder[2048];
    const char *path = project->papers[paper].document.path;
    mu_project_folder(project, folder, sizeof folder);
    const size_t length = strlen(folder);
    return strncmp(path, folder, length) == 0 ? path + length : path;
}

static bool is_named(mu_project *project, uint32_t incident, uint32_t paper) {
    char *list = mu_project_value(project, incident, "/playbooks");
    char word[4100];
    (void)snprintf(word, sizeof word, "\"%s\"", name_of(project, paper));
    const bool found = list != NULL && strstr(list, word) != NULL;
    free(list);
    return found;
}

/* Playbooks of another kind refer to what this one has not (@item): where none that is named
 * answers, one that does takes their place. */
static mu_status find_playbook(mu_project *project, uint32_t incident, const mu_kind_given *given,
                               bool *added) {
    uint32_t found = MU_NOWHERE;
    for (uint32_t p = 0; p < project->paper_count; p++) {
        if (answers(project, p, given)) {
            if (is_named(project, incident, p)) {
                return MU_OK;
            }
            found = p;
        }
    }
    char list[4200];
    if (found == MU_NOWHERE) {
        *added = true;
        return mu_project_add_playbook(project, given->playbook) ? MU_OK : MU_ERR_INPUT;
    }
    (void)snprintf(list, sizeof list, "[\"%s\"]", name_of(project, found));
    return mu_project_set(project, incident, "/playbooks", list);
}

/* "[x, y]", and perhaps more. */
static bool read_point(const char *text, mu_point *out) {
    const char *from = text + 1, *end;
    out->x = mu_read_real(from, &end);
    if (text[0] != '[' || end == from || end[strspn(end, " ")] != ',') {
        return false;
    }
    from = strchr(end, ',') + 1;
    out->y = mu_read_real(from, &end);
    return end != from && isfinite(out->x) && isfinite(out->y);
}

/* Where the present kind happens. */
static bool place_of(mu_project *project, uint32_t incident, char *space, size_t room,
                     mu_point *at) {
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        char pointer[80];
        if (kinds[k].key == NULL) {
            continue;
        }
        const bool path = strcmp(kinds[k].key, "intruder") == 0;
        (void)snprintf(pointer, sizeof pointer, path ? "/%s/path/#0/space" : "/%s/space",
                       kinds[k].key);
        char *id = mu_project_string(project, incident, pointer);
        (void)snprintf(pointer, sizeof pointer, path ? "/%s/path/#0/at" : "/%s/at", kinds[k].key);
        char *point = mu_project_value(project, incident, pointer);
        const bool read = id != NULL && point != NULL && read_point(point, at);
        (void)snprintf(space, room, "%s", id != NULL ? id : "");
        free(id);
        free(point);
        if (read) {
            return true;
        }
    }
    for (uint32_t s = 0; s < project->site.spaces.count; s++) {
        if (!mu_room_is_outdoors(project, s)) {
            *at = mu_room_point(&project->scene, &project->scene.rooms[s]);
            (void)snprintf(space, room, "%s", project->scene.rooms[s].id);
            return true;
        }
    }
    return false;
}

/* Takes the other kinds' records away, but for those of no kind: a wind, an outage. */
static mu_status drop_others(mu_project *project, uint32_t incident, const mu_kind_given *given) {
    static const char *const package_only[] = {"/second_item", "/alarm_at_s"};
    mu_status status = MU_OK;
    char pointer[80];
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0] + 2; k++) {
        const bool extra = k >= sizeof kinds / sizeof kinds[0];
        if (!extra && (kinds[k].key == NULL || &kinds[k] == given)) {
            continue;
        }
        (void)snprintf(pointer, sizeof pointer, "%s%s", extra ? "" : "/",
                       extra ? package_only[k - sizeof kinds / sizeof kinds[0]] : kinds[k].key);
        char *there = mu_project_value(project, incident, pointer);
        if (there != NULL) {
            status = mu_status_first(status, mu_project_remove(project, incident, pointer));
        }
        free(there);
    }
    return status;
}

mu_status mu_project_set_kind(mu_project *project, const char *kind, bool *added_playbook) {
    const uint32_t incident = mu_project_find_paper(project, MU_PAPER_INCIDENT);
    const mu_kind_given *given = mu_kind_given_of(kind);
    char space[120], word[80], pointer[80];
    mu_point at;
    *added_playbook = false;
    (void)mu_project_scene(project);
    if (given == NULL || incident == MU_NOWHERE ||
        !place_of(project, incident, space, sizeof space, &at)) {
        return MU_ERR_INPUT;
    }
    char *record = mu_kind_record(project, given, space, at);
    if (record == NULL && given->record != NULL) {
        return MU_ERR_INPUT;
    }
    mu_project_begin(project);
    (void)snprintf(word, sizeof word, "\"%s\"", kind);
    mu_status status = mu_project_set(project, incident, "/kind", word);
    if (given->record != NULL && !mu_kind_need(project, given, space, at)) {
        status = MU_ERR_INPUT;
    }
    status = mu_status_first(status, drop_others(project, incident, given));
    if (record != NULL) {
        (void)snprintf(pointer, sizeof pointer, "/%s", given->key);
        status = mu_status_first(status, mu_project_set(project, incident, pointer, record));
    }
    free(record);
    if (status == MU_OK) {
        status = find_playbook(project, incident, given, added_playbook);
    }
    mu_project_end(project);
    return status;
}
