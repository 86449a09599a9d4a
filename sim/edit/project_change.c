/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changing what is drawn: moved, copied, removed, given the same member, corner by corner. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "edit/lift_shaft.h"
#include "edit/project.h"
#include "edit/project_plane.h"
#include "site/plane.h"

enum { POINTER = sizeof(mu_place) };

static uint32_t site_paper(const mu_project *project) {
    return mu_project_find_paper(project, MU_PAPER_SITE);
}

/* --- moving --- */

static bool is_point(const cJSON *json) {
    return cJSON_GetArraySize(json) == 2 && cJSON_IsNumber(json->child) &&
           cJSON_IsNumber(json->child->next);
}

void mu_points_shift(cJSON *json, mu_point by) {
    if (is_point(json)) {
        cJSON_SetNumberValue(json->child, round((json->child->valuedouble + by.x) * 1000) / 1000);
        cJSON_SetNumberValue(json->child->next,
                             round((json->child->next->valuedouble + by.y) * 1000) / 1000);
        return;
    }
    for (cJSON *part = json->child; part != NULL; part = part->next) {
        mu_points_shift(part, by);
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
    mu_points_shift(json, by);
    return mu_project_put(project, site_paper(project), place, json) == MU_OK;
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
    if (subject.kind == MU_SUBJECT_HOLE) {
        char *slash = strrchr(pointer, '/'), key[20];
        (void)snprintf(key, sizeof key, "%s", slash + 1);
        *slash = '\0';
        return shift_member(project, pointer, key, by);
    }
    static const char *const keys[] = {"polygon", "holes", "line", "upper_line", "at", "course"};
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
        (void)snprintf(place + strlen(place), sizeof place - strlen(place), "/space");
        return mu_project_set(project, site_paper(project), place, id) == MU_OK;
    }
    return true;
}

/* The other cars of lifts of which one is among them. */
static void add_cars(const mu_scenery *scene, mu_subject *all, uint32_t *count) {
    for (uint32_t k = 0, given = *count; k < given; k++) {
        const uint32_t lift = all[k].kind == MU_SUBJECT_ROOM && all[k].index < scene->room_count
                                  ? scene->rooms[all[k].index].lift
                                  : MU_NOWHERE;
        for (uint32_t c = 0; lift != MU_NOWHERE && c < scene->lifts[lift].cars.count; c++) {
            const uint32_t car = scene->refs[scene->lifts[lift].cars.first + c];
            if (!is_among(all, *count, MU_SUBJECT_ROOM, car)) {
                all[(*count)++] = (mu_subject){MU_SUBJECT_ROOM, car};
            }
        }
    }
}

mu_subject *mu_project_company(mu_project *project, const mu_subject *subjects, uint32_t count,
                               uint32_t *all) {
    const mu_scenery *scene = mu_project_scene(project);
    mu_subject *out =
        malloc(((size_t)count + scene->room_count + scene->portal_count + scene->mark_count + 1) *
               sizeof *out);
    *all = count;
    if (out == NULL) {
        return NULL;
    }
    memcpy(out, subjects, count * sizeof *out);
    add_cars(scene, out, all);
    const uint32_t rooms = *all;
    for (uint32_t p = 0; p < scene->portal_count; p++) {
        if (!is_among(subjects, count, MU_SUBJECT_PORTAL, p) &&
            goes_along(project, p, out, rooms)) {
            out[(*all)++] = (mu_subject){MU_SUBJECT_PORTAL, p};
        }
    }
    for (uint32_t m = 0; m < scene->mark_count; m++) {
        const mu_scenery_mark *mark = &scene->marks[m];
        const uint32_t room = mu_room_at(scene, mark->level, mark->at);
        if (!is_among(subjects, count, mark->subject.kind, mark->subject.index) &&
            room != MU_NOWHERE && is_among(out, rooms, MU_SUBJECT_ROOM, room)) {
            out[(*all)++] = mark->subject;
        }
    }
    return out;
}

mu_place *mu_project_places(mu_project *project, const mu_subject *subjects, uint32_t count) {
    mu_place *out = calloc((size_t)count + 1, sizeof *out);
    for (uint32_t k = 0; out != NULL && k < count; k++) {
        (void)mu_project_pointer(project, subjects[k], out[k], sizeof out[k]);
    }
    return out;
}

/* A door goes along the borders of rooms, to the place that is nearest. */
static bool slide_door(mu_project *project, uint32_t portal, mu_point by) {
    const mu_scenery *scene = mu_project_scene(project);
    const mu_scenery_portal *p = &scene->portals[portal];
    const mu_point to = {(p->line[0].x + p->line[1].x) / 2 + by.x,
                         (p->line[0].y + p->line[1].y) / 2 + by.y};
    const mu_door_place place = mu_project_find_door(
        project, p->level, to, hypot(p->line[1].x - p->line[0].x, p->line[1].y - p->line[0].y));
    char pointer[POINTER], member[POINTER + 20], between[300];
    if (!place.found || place.rooms[1] == MU_NOWHERE ||
        !mu_project_pointer(project, (mu_subject){MU_SUBJECT_PORTAL, portal}, pointer, POINTER)) {
        return false;
    }
    /* the order of the two says which way a one-way door leads */
    const mu_ref_list *sides = &project->site.portals.items[portal].between;
    const bool turned =
        sides->items[0].index == place.rooms[1] || sides->items[1].index == place.rooms[0];
    (void)snprintf(between, sizeof between, "[\"%s\", \"%s\"]",
                   scene->rooms[place.rooms[turned]].id, scene->rooms[place.rooms[!turned]].id);
    char *line = mu_ring_print(place.line, 2);
    (void)snprintf(member, sizeof member, "%s/between", pointer);
    bool fine =
        line != NULL && mu_project_set(project, site_paper(project), member, between) == MU_OK;
    (void)snprintf(member, sizeof member, "%s/line", pointer);
    fine = fine && mu_project_set(project, site_paper(project), member, line) == MU_OK;
    free(line);
    return fine;
}

static bool is_flat_door(const mu_project *project, mu_subject subject) {
    return subject.kind == MU_SUBJECT_PORTAL && subject.index < project->scene.portal_count &&
           project->scene.portals[subject.index].level ==
               project->scene.portals[subject.index].upper_level &&
           project->site.portals.items[subject.index].between.count == 2 &&
           project->site.portals.items[subject.index].kind != MU_PORTAL_LIFT;
}

static bool move_door(mu_project *project, uint32_t portal, mu_point by) {
    mu_project_begin(project);
    const bool fine = slide_door(project, portal, by);
    mu_project_end(project);
    return fine;
}

/* The shafts of lifts that have a car among some things, each once; the caller frees them. */
static mu_shaft *shafts_among(mu_project *project, const mu_subject *subjects, uint32_t count,
                              uint32_t *found) {
    const uint32_t most = mu_project_scene(project)->lift_count + 1;
    mu_shaft *out = calloc(most, sizeof *out);
    *found = 0;
    for (uint32_t k = 0; out != NULL && k < count && *found + 1 < most; k++) {
        mu_shaft *one = &out[*found];
        bool is_new =
            subjects[k].kind == MU_SUBJECT_ROOM && mu_shaft_read(project, subjects[k].index, one);
        for (uint32_t other = 0; other < *found; other++) {
            is_new = is_new && strcmp(out[other].id, one->id) != 0;
        }
        *found += is_new;
    }
    return out;
}

/* Lifts that are moved by themselves, through floors that stay. */
static bool are_lifts(const mu_project *project, const mu_subject *subjects, uint32_t count) {
    bool any = false;
    for (uint32_t k = 0; k < count; k++) {
        if (subjects[k].kind == MU_SUBJECT_ROOM) {
            any = true;
            if (project->scene.rooms[subjects[k].index].lift == MU_NOWHERE) {
                return false;
            }
        }
    }
    return any;
}

static bool settle_lifts(const mu_shaft *shafts, uint32_t count, mu_point by) {
    bool fine = true;
    for (uint32_t s = 0; s < count; s++) {
        fine = mu_shaft_settle(&shafts[s], by) && fine;
    }
    return fine;
}

bool mu_project_move(mu_project *project, const mu_subject *subjects, uint32_t count, mu_point by) {
    (void)mu_project_scene(project);
    if (count == 1 && is_flat_door(project, subjects[0])) {
        return move_door(project, subjects[0].index, by);
    }
    uint32_t all;
    mu_subject *moved = mu_project_company(project, subjects, count, &all);
    if (moved == NULL) {
        return false;
    }
    uint32_t shaft_count = 0;
    mu_shaft *shafts =
        are_lifts(project, moved, all) ? shafts_among(project, moved, all, &shaft_count) : NULL;
    bool fine = true;
    mu_project_begin(project);
    for (uint32_t k = 0; k < count; k++) {
        fine = name_room(project, subjects[k], by) && fine;
    }
    for (uint32_t k = 0; k < all; k++) { /* ids, and so indices, stay as they are */
        fine = move_one(project, moved[k], by) && fine;
    }
    const bool settled = settle_lifts(shafts, shaft_count, by);
    mu_project_end(project);
    if (!settled) {
        mu_project_cancel(project);
    }
    free(shafts);
    free(moved);
    return fine && settled;
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

/* A lift without this car; without fewer than two it is none. */
static bool shrink_lifts(mu_project *project, const char *car) {
    mu_document *site = mu_project_site(project);
    bool fine = true;
    for (uint32_t l = mu_document_count(site, "/lifts"); l > 0; l--) {
        char cars[40], pointer[80];
        (void)snprintf(cars, sizeof cars, "/lifts/#%u/cars", l - 1);
        const uint32_t count = mu_document_count(site, cars);
        for (uint32_t k = count; k > 0; k--) {
            (void)snprintf(pointer, sizeof pointer, "%s/#%u", cars, k - 1);
            char *id = mu_document_string(site, pointer);
            if (id != NULL && strcmp(id, car) == 0) {
                *strrchr(cars, '/') = '\0';
                fine = mu_project_remove(project, site_paper(project),
                                         count > 2 ? pointer : cars) == MU_OK &&
                       fine;
                k = 1;
            }
            free(id);
        }
    }
    return fine;
}

bool mu_project_remove_place(mu_project *project, const char *pointer) {
    if (strstr(pointer, "/holes/") != NULL) {
        return mu_project_remove(project, site_paper(project), pointer) == MU_OK;
    }
    static const char *const lists[] = {"portals", "equipment", "posts",  "assembly_points",
                                        "roads",   "signs",     "refuges"};
    bool fine = mu_project_remove(project, site_paper(project), pointer) == MU_OK;
    const char *id = strrchr(pointer, '/') + 1;
    for (uint32_t k = 0; strncmp(pointer, "/spaces/", 8) == 0 && k < 7; k++) {
        fine = remove_referring(project, lists[k], id) && fine;
    }
    if (strncmp(pointer, "/spaces/", 8) == 0) {
        fine = shrink_lifts(project, id) && fine;
    }
    if (strncmp(pointer, "/portals/", 9) == 0) {
        fine = remove_referring(project, "signs", id) && fine;
    }
    return fine;
}

/* Holes are counted, not named: the last ones first. */
static int last_first(const void *a, const void *b) {
    const mu_subject *left = a, *right = b;
    const uint32_t x = left->kind == MU_SUBJECT_HOLE ? left->index + 1 : 0;
    const uint32_t y = right->kind == MU_SUBJECT_HOLE ? right->index + 1 : 0;
    return (x < y) - (x > y);
}

static bool heal_floors(const mu_shaft *shafts, uint32_t count) {
    bool fine = true;
    for (uint32_t s = 0; s < count; s++) {
        for (uint32_t k = 0; k < shafts[s].count; k++) {
            fine = mu_floor_heal(shafts[s].project, shafts[s].levels[k], shafts[s].low,
                                 shafts[s].high) &&
                   fine;
        }
    }
    return fine;
}

bool mu_project_delete(mu_project *project, const mu_subject *subjects, uint32_t count) {
    const mu_scenery *scene = mu_project_scene(project);
    mu_subject *sorted = malloc(((size_t)count + scene->room_count + 1) * sizeof *sorted);
    if (sorted != NULL) {
        memcpy(sorted, subjects, count * sizeof *sorted);
        add_cars(scene, sorted, &count); /* a lift goes as a whole */
        qsort(sorted, count, sizeof *sorted, last_first);
    }
    mu_place *places = sorted != NULL ? mu_project_places(project, sorted, count) : NULL;
    uint32_t shaft_count = 0;
    mu_shaft *shafts = places != NULL ? shafts_among(project, sorted, count, &shaft_count) : NULL;
    bool fine = shafts != NULL;
    mu_project_begin(project);
    for (uint32_t k = 0; fine && k < count; k++) {
        /* a door may have gone with its room already */
        const bool is_there = places[k][0] != '\0' &&
                              mu_document_find(mu_project_site(project), places[k]) != MU_NONE;
        fine = !is_there || mu_project_remove_place(project, places[k]);
    }
    fine = fine && heal_floors(shafts, shaft_count);
    mu_project_end(project);
    free(shafts);
    free(places);
    free(sorted);
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

/* --- exact sizes --- */

/* The outline that a pointer leads to, with its lower left corner there and stretched to a size. */
static bool fit(mu_project *project, const char *pointer, uint32_t ring, mu_point to,
                mu_point size) {
    const mu_scenery *scene = mu_project_scene(project);
    const mu_span span = scene->rings[ring];
    mu_point low = scene->points[span.first], high = low;
    for (uint32_t i = 1; i < span.count; i++) {
        mu_plane_grow(&low, &high, scene->points[span.first + i]);
    }
    mu_point *points = malloc(((size_t)span.count + 1) * sizeof *points);
    for (uint32_t i = 0; points != NULL && i < span.count; i++) {
        const mu_point p = scene->points[span.first + i];
        points[i] = (mu_point){to.x + (p.x - low.x) * size.x / (high.x - low.x),
                               to.y + (p.y - low.y) * size.y / (high.y - low.y)};
    }
    char *text = points != NULL ? mu_ring_print(points, span.count) : NULL;
    const bool fine =
        text != NULL && mu_project_set(project, site_paper(project), pointer, text) == MU_OK;
    free(points);
    free(text);
    return fine;
}

bool mu_project_fit_room(mu_project *project, uint32_t room, mu_point low, mu_point size) {
    const mu_scenery *scene = mu_project_scene(project);
    char place[POINTER];
    if (!(size.x > 0) || !(size.y > 0) ||
        !mu_project_pointer(project, (mu_subject){MU_SUBJECT_ROOM, room}, place, POINTER - 10)) {
        return false;
    }
    (void)snprintf(place + strlen(place), sizeof place - strlen(place), "/polygon");
    return fit(project, place, scene->rooms[room].rings.first, low, size);
}

bool mu_project_fit_hole(mu_project *project, uint32_t ring, mu_point low, mu_point size) {
    char place[POINTER];
    return size.x > 0 && size.y > 0 &&
           mu_project_pointer(project, (mu_subject){MU_SUBJECT_HOLE, ring}, place, POINTER) &&
           fit(project, place, ring, low, size);
}
