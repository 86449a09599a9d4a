/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changing what is drawn: moved, copied, removed, given the same member, corner by corner. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "edit/project.h"
#include "edit/project_plane.h"

enum { POINTER = 200 };

static uint32_t site_paper(const mu_project *project) {
    return mu_project_find_paper(project, MU_PAPER_SITE);
}

/* --- moving --- */

static bool is_point(const cJSON *json) {
    return cJSON_GetArraySize(json) == 2 && cJSON_IsNumber(json->child) &&
           cJSON_IsNumber(json->child->next);
}

static void shift(cJSON *json, mu_point by) {
    if (is_point(json)) {
        cJSON_SetNumberValue(json->child, round((json->child->valuedouble + by.x) * 1000) / 1000);
        cJSON_SetNumberValue(json->child->next,
                             round((json->child->next->valuedouble + by.y) * 1000) / 1000);
        return;
    }
    for (cJSON *part = json->child; part != NULL; part = part->next) {
        shift(part, by);
    }
}

/* A member that holds points, moved; nothing where there is none. */
static bool shift_member(mu_project *project, const char *pointer, const char *key, mu_point by) {
    char place[POINTER + 20];
    (void)snprintf(place, sizeof place, "%s/%s", pointer, key);
    char *text = mu_project_value(project, site_paper(project), place);
    if (text == NULL) {
        return true;
    }
    cJSON *json = cJSON_Parse(text);
    free(text);
    shift(json, by);
    char *moved = cJSON_PrintUnformatted(json);
    const bool fine =
        moved != NULL && mu_project_set(project, site_paper(project), place, moved) == MU_OK;
    cJSON_Delete(json);
    free(moved);
    return fine;
}

static bool is_among(const mu_subject *subjects, uint32_t count, uint32_t kind, uint32_t index) {
    for (uint32_t k = 0; k < count; k++) {
        if (subjects[k].kind == kind && subjects[k].index == index) {
            return true;
        }
    }
    return false;
}

/* Are all the rooms that a portal joins among these? */
static bool goes_along(const mu_project *project, uint32_t portal, const mu_subject *subjects,
                       uint32_t count) {
    const mu_ref_list *between = &project->site.portals.items[portal].between;
    for (uint32_t k = 0; k < between->count; k++) {
        if (!is_among(subjects, count, MU_SUBJECT_ROOM, between->items[k].index)) {
            return false;
        }
    }
    return between->count > 0;
}

static bool move_one(mu_project *project, mu_subject subject, mu_point by) {
    char pointer[POINTER];
    if (!mu_project_pointer(project, subject, pointer, sizeof pointer)) {
        return false;
    }
    static const char *const keys[] = {"polygon", "holes", "line", "upper_line", "at"};
    bool fine = true;
    for (uint32_t k = 0; k < sizeof keys / sizeof keys[0]; k++) {
        fine = shift_member(project, pointer, keys[k], by) && fine;
    }
    return fine;
}

/* What was moved by itself may stand in another room now. */
static bool name_room(mu_project *project, mu_subject subject, mu_point by) {
    const mu_scenery *scene = mu_project_scene(project);
    char place[POINTER], id[100];
    for (uint32_t m = 0; m < scene->mark_count; m++) {
        const mu_scenery_mark *mark = &scene->marks[m];
        if (mark->subject.kind != subject.kind || mark->subject.index != subject.index) {
            continue;
        }
        const uint32_t room =
            mu_room_at(scene, mark->level, (mu_point){mark->at.x + by.x, mark->at.y + by.y});
        if (room == MU_NOWHERE || !mu_project_pointer(project, subject, place, sizeof place - 10)) {
            return true;
        }
        (void)snprintf(id, sizeof id, "\"%s\"", scene->rooms[room].id);
        strcat(place, "/space");
        return mu_project_set(project, site_paper(project), place, id) == MU_OK;
    }
    return true;
}

/* Everything that moves with some things: doors with the rooms that they join, and what stands in a
 * room with that. The caller frees it. */
static mu_subject *with_company(mu_project *project, const mu_subject *subjects, uint32_t count,
                                uint32_t *all) {
    const mu_scenery *scene = mu_project_scene(project);
    mu_subject *out =
        malloc(((size_t)count + scene->portal_count + scene->mark_count + 1) * sizeof *out);
    *all = count;
    if (out == NULL) {
        return NULL;
    }
    memcpy(out, subjects, count * sizeof *out);
    for (uint32_t p = 0; p < scene->portal_count; p++) {
        if (!is_among(subjects, count, MU_SUBJECT_PORTAL, p) &&
            goes_along(project, p, subjects, count)) {
            out[(*all)++] = (mu_subject){MU_SUBJECT_PORTAL, p};
        }
    }
    for (uint32_t m = 0; m < scene->mark_count; m++) {
        const mu_scenery_mark *mark = &scene->marks[m];
        const uint32_t room = mu_room_at(scene, mark->level, mark->at);
        if (!is_among(subjects, count, mark->subject.kind, mark->subject.index) &&
            room != MU_NOWHERE && is_among(subjects, count, MU_SUBJECT_ROOM, room)) {
            out[(*all)++] = mark->subject;
        }
    }
    return out;
}

/* Things are known by index only while nothing changes: each is named by its pointer first. */
static char (*pointers_of(mu_project *project, const mu_subject *subjects,
                          uint32_t count))[POINTER] {
    char(*out)[POINTER] = calloc((size_t)count + 1, sizeof *out);
    for (uint32_t k = 0; out != NULL && k < count; k++) {
        (void)mu_project_pointer(project, subjects[k], out[k], POINTER);
    }
    return out;
}

bool mu_project_move(mu_project *project, const mu_subject *subjects, uint32_t count, mu_point by) {
    uint32_t all;
    mu_subject *moved = with_company(project, subjects, count, &all);
    if (moved == NULL) {
        return false;
    }
    bool fine = true;
    mu_project_begin(project);
    for (uint32_t k = 0; k < count; k++) {
        fine = name_room(project, subjects[k], by) && fine;
    }
    for (uint32_t k = 0; k < all; k++) { /* ids, and so indices, stay as they are */
        fine = move_one(project, moved[k], by) && fine;
    }
    mu_project_end(project);
    free(moved);
    return fine;
}

/* --- removing --- */

/* Does a record refer to an id, in any of its members? */
static bool refers_to(const cJSON *json, const char *id) {
    if (cJSON_IsString(json)) {
        return strcmp(json->valuestring, id) == 0;
    }
    for (const cJSON *part = json->child; part != NULL; part = part->next) {
        const bool is_own = part->string != NULL && strcmp(part->string, "id") == 0;
        if (!is_own && refers_to(part, id)) {
            return true;
        }
    }
    return false;
}

/* Removes from a list of the site what refers to a room that goes: portals, and what stands in it.
 */
static bool remove_referring(mu_project *project, const char *list, const char *id) {
    mu_document *site = mu_project_site(project);
    bool fine = true;
    char pointer[POINTER];
    (void)snprintf(pointer, sizeof pointer, "/%s", list);
    for (uint32_t k = mu_document_count(site, pointer); k > 0; k--) {
        (void)snprintf(pointer, sizeof pointer, "/%s/#%u", list, k - 1);
        char *text = mu_document_value(site, pointer);
        cJSON *json = text != NULL ? cJSON_Parse(text) : NULL;
        if (json != NULL && refers_to(json, id)) {
            fine = mu_project_remove(project, site_paper(project), pointer) == MU_OK && fine;
        }
        cJSON_Delete(json);
        free(text);
    }
    return fine;
}

static bool remove_one(mu_project *project, const char *pointer) {
    static const char *const lists[] = {"portals", "equipment", "posts",  "assembly_points",
                                        "roads",   "signs",     "refuges"};
    bool fine = mu_project_remove(project, site_paper(project), pointer) == MU_OK;
    const char *id = strrchr(pointer, '/') + 1;
    for (uint32_t k = 0; strncmp(pointer, "/spaces/", 8) == 0 && k < 7; k++) {
        fine = remove_referring(project, lists[k], id) && fine;
    }
    if (strncmp(pointer, "/portals/", 9) == 0) {
        fine = remove_referring(project, "signs", id) && fine;
    }
    return fine;
}

bool mu_project_delete(mu_project *project, const mu_subject *subjects, uint32_t count) {
    char(*pointers)[POINTER] = pointers_of(project, subjects, count);
    bool fine = pointers != NULL;
    mu_project_begin(project);
    for (uint32_t k = 0; pointers != NULL && k < count; k++) {
        /* a door may have gone with its room already */
        const bool is_there = pointers[k][0] != '\0' &&
                              mu_document_find(mu_project_site(project), pointers[k]) != MU_NONE;
        fine = (!is_there || remove_one(project, pointers[k])) && fine;
    }
    mu_project_end(project);
    free(pointers);
    return fine;
}

/* --- the same for many --- */

bool mu_project_set_all(mu_project *project, const mu_subject *subjects, uint32_t count,
                        const char *key, const char *json) {
    bool fine = true;
    mu_project_begin(project);
    for (uint32_t k = 0; k < count; k++) {
        char pointer[POINTER], place[POINTER + 60];
        if (!mu_project_pointer(project, subjects[k], pointer, sizeof pointer)) {
            continue;
        }
        (void)snprintf(place, sizeof place, "%s/%s", pointer, key);
        fine = mu_project_set(project, site_paper(project), place, json) == MU_OK && fine;
    }
    mu_project_end(project);
    return fine;
}

/* --- copies --- */

static void rename_refs(cJSON *json, char (*from)[POINTER], char (*to)[80], uint32_t count) {
    for (cJSON *part = json->child; part != NULL; part = part->next) {
        for (uint32_t k = 0; cJSON_IsString(part) && k < count; k++) {
            const char *slash = strrchr(from[k], '/');
            if (slash != NULL && strcmp(part->valuestring, slash + 1) == 0) {
                (void)cJSON_SetValuestring(part, to[k]);
                break;
            }
        }
        rename_refs(part, from, to, count);
    }
}

/* A free id for each copy: "office.3" of "office.1". */
static void name_copies(mu_project *project, char (*from)[POINTER], char (*to)[80],
                        uint32_t count) {
    for (uint32_t k = 0; k < count; k++) {
        char list[60] = "", stem[80] = "", probe[POINTER];
        (void)sscanf(from[k], "/%59[^/]/%79[^\n]", list, stem);
        char *dot = strrchr(stem, '.');
        if (dot != NULL && dot[1] >= '0' && dot[1] <= '9') {
            *dot = '\0';
        }
        stem[60] = '\0';
        uint32_t n = 1;
        bool taken = true;
        while (taken) {
            n++;
            (void)snprintf(to[k], 80, "%s.%u", stem, n);
            (void)snprintf(probe, sizeof probe, "/%s/%s", list, to[k]);
            taken = mu_document_find(mu_project_site(project), probe) != MU_NONE;
            for (uint32_t other = 0; other < k; other++) {
                taken = taken || strcmp(to[other], to[k]) == 0;
            }
        }
    }
}

static bool copy_one(mu_project *project, char (*from)[POINTER], char (*to)[80], uint32_t count,
                     uint32_t k, mu_point by) {
    char *text = mu_project_value(project, site_paper(project), from[k]);
    cJSON *json = text != NULL ? cJSON_Parse(text) : NULL;
    free(text);
    if (json == NULL) {
        return false;
    }
    rename_refs(json, from, to, count);
    shift(json, by);
    char *copy = cJSON_PrintUnformatted(json), list[80] = "";
    (void)sscanf(from[k], "%79[^\n]", list);
    char *slash = strchr(list + 1, '/');
    if (slash != NULL) {
        *slash = '\0';
    }
    const bool fine = copy != NULL && mu_project_insert(project, site_paper(project), list,
                                                        UINT32_MAX, copy) == MU_OK;
    cJSON_Delete(json);
    free(copy);
    return fine;
}

bool mu_project_copy(mu_project *project, mu_subject *subjects, uint32_t count, mu_point by) {
    uint32_t all;
    mu_subject *copied = with_company(project, subjects, count, &all);
    char(*from)[POINTER] = copied != NULL ? pointers_of(project, copied, all) : NULL;
    char(*to)[80] = calloc((size_t)all + 1, sizeof *to);
    bool fine = from != NULL && to != NULL;
    mu_project_begin(project);
    if (fine) {
        name_copies(project, from, to, all);
    }
    for (uint32_t k = 0; fine && k < all; k++) {
        fine = copy_one(project, from, to, all, k, by);
    }
    mu_project_end(project);
    for (uint32_t k = 0; fine && k < count; k++) {
        char *slash = strrchr(from[k], '/');
        (void)snprintf(slash + 1, POINTER - (size_t)(slash + 1 - from[k]), "%s", to[k]);
        subjects[k] = mu_project_subject(project, from[k]);
    }
    free(copied);
    free(from);
    free(to);
    return fine;
}

/* --- corners --- */

static bool corner_place(mu_project *project, uint32_t room, uint32_t corner, char *out) {
    char pointer[POINTER - 30];
    if (!mu_project_pointer(project, (mu_subject){MU_SUBJECT_ROOM, room}, pointer,
                            sizeof pointer)) {
        return false;
    }
    (void)snprintf(out, POINTER, "%s/polygon/%u", pointer, corner);
    return true;
}

bool mu_project_move_corner(mu_project *project, uint32_t room, uint32_t corner, mu_point to) {
    char place[POINTER], point[80];
    mu_point_print(to, point);
    return corner_place(project, room, corner, place) &&
           mu_project_set(project, site_paper(project), place, point) == MU_OK;
}

bool mu_project_add_corner(mu_project *project, uint32_t room, uint32_t after, mu_point at) {
    char place[POINTER], point[80];
    mu_point_print(at, point);
    if (!corner_place(project, room, after, place)) {
        return false;
    }
    *strrchr(place, '/') = '\0';
    return mu_project_insert(project, site_paper(project), place, after + 1, point) == MU_OK;
}

bool mu_project_drop_corner(mu_project *project, uint32_t room, uint32_t corner) {
    const mu_scenery *scene = mu_project_scene(project);
    char place[POINTER];
    return room < scene->room_count && scene->rings[scene->rooms[room].rings.first].count > 3 &&
           corner_place(project, room, corner, place) &&
           mu_project_remove(project, site_paper(project), place) == MU_OK;
}

bool mu_project_fit_room(mu_project *project, uint32_t room, mu_point low, mu_point size) {
    const mu_scenery *scene = mu_project_scene(project);
    char place[POINTER];
    if (room >= scene->room_count || !(size.x > 0) || !(size.y > 0) ||
        !corner_place(project, room, 0, place)) {
        return false;
    }
    *strrchr(place, '/') = '\0';
    const mu_scenery_room *r = &scene->rooms[room];
    const mu_span ring = scene->rings[r->rings.first];
    const double wide = r->high.x - r->low.x, tall = r->high.y - r->low.y;
    mu_point *points = malloc(((size_t)ring.count + 1) * sizeof *points);
    for (uint32_t i = 0; points != NULL && i < ring.count; i++) {
        const mu_point p = scene->points[ring.first + i];
        points[i] = (mu_point){low.x + (p.x - r->low.x) * size.x / wide,
                               low.y + (p.y - r->low.y) * size.y / tall};
    }
    char *text = points != NULL ? mu_ring_print(points, ring.count) : NULL;
    const bool fine =
        text != NULL && mu_project_set(project, site_paper(project), place, text) == MU_OK;
    free(points);
    free(text);
    return fine;
}
