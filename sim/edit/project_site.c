/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New things of a site: rooms, doors, stairs, what stands at a point, levels. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/json_out.h"
#include "edit/project.h"
#include "edit/project_plane.h"

/* --- numbers as text --- */

/* To a millimetre, with as few digits as that takes. */
void mu_point_print(mu_point at, char out[80]) {
    char x[32], y[32];
    mu_json_print_real(round(at.x * 1000) / 1000 + 0.0, x);
    mu_json_print_real(round(at.y * 1000) / 1000 + 0.0, y);
    (void)snprintf(out, 80, "[%s, %s]", x, y);
}

char *mu_ring_print(const mu_point *points, uint32_t count) {
    const size_t room = (size_t)count * 82 + 3;
    char *text = malloc(room);
    if (text == NULL) {
        return NULL;
    }
    size_t length = 0;
    text[length++] = '[';
    for (uint32_t i = 0; i < count; i++) {
        char point[80];
        mu_point_print(points[i], point);
        length += (size_t)snprintf(text + length, room - length, "%s%s", i > 0 ? ", " : "", point);
    }
    (void)snprintf(text + length, room - length, "]");
    return text;
}

/* --- where things are --- */

mu_point mu_room_point(const mu_scenery *scene, const mu_scenery_room *room) {
    mu_point out = {0, 0};
    for (int step = 1; step < 40; step++) {
        const double across = (step * 7 % 40) / 40.0, along = (step * 11 % 40) / 40.0;
        const double x = step == 1 ? 0.5 : across, y = step == 1 ? 0.5 : along;
        out = (mu_point){room->low.x + x * (room->high.x - room->low.x),
                         room->low.y + y * (room->high.y - room->low.y)};
        if (mu_scenery_holds(scene, room, out)) {
            return out;
        }
    }
    return out;
}

uint32_t mu_room_at(const mu_scenery *scene, uint32_t level, mu_point at) {
    for (uint32_t r = 0; r < scene->room_count; r++) {
        if (scene->rooms[r].level == level && mu_scenery_holds(scene, &scene->rooms[r], at)) {
            return r;
        }
    }
    return MU_NOWHERE;
}

double mu_project_area(mu_project *project, uint32_t room) {
    const mu_scenery *scene = mu_project_scene(project);
    double area = 0;
    const mu_span rings = scene->rooms[room].rings;
    for (uint32_t r = 0; r < rings.count; r++) {
        const mu_span ring = scene->rings[rings.first + r];
        double twice = 0;
        for (uint32_t i = 0, j = ring.count - 1; i < ring.count; j = i++) {
            const mu_point a = scene->points[ring.first + j], b = scene->points[ring.first + i];
            twice += a.x * b.y - b.x * a.y;
        }
        area += r == 0 ? fabs(twice) / 2 : -fabs(twice) / 2;
    }
    return area;
}

/* --- new things --- */

bool mu_project_insert_site(mu_project *project, const char *list, const char *json) {
    char pointer[60];
    (void)snprintf(pointer, sizeof pointer, "/%s", list);
    return mu_project_insert(project, mu_project_find_paper(project, MU_PAPER_SITE), pointer,
                             UINT32_MAX, json) == MU_OK;
}

void mu_project_free_site_id(mu_project *project, const char *list, const char *stem, char id[80]) {
    char pointer[60];
    (void)snprintf(pointer, sizeof pointer, "/%s", list);
    mu_project_free_id(project, mu_project_find_paper(project, MU_PAPER_SITE), pointer, stem, id,
                       80);
}

bool mu_project_add_space(mu_project *project, uint32_t level, const char *use,
                          const mu_point *ring, uint32_t count, char *id) {
    const mu_scenery *scene = mu_project_scene(project);
    char own[80], *points = level < scene->level_count ? mu_ring_print(ring, count) : NULL;
    if (points == NULL) {
        return false;
    }
    mu_project_free_site_id(project, "spaces", use, own);
    const size_t room = strlen(points) + 400;
    char *json = malloc(room);
    if (json != NULL) {
        (void)snprintf(json, room,
                       "{\"id\": \"%s\", \"level\": \"%s\", \"use\": \"%s\", \"polygon\": %s}", own,
                       scene->levels[level].id, use, points);
    }
    const bool fine = json != NULL && mu_project_insert_site(project, "spaces", json);
    free(points);
    free(json);
    if (id != NULL) {
        (void)snprintf(id, 80, "%s", own);
    }
    return fine;
}

bool mu_project_add_door(mu_project *project, const char *kind, const mu_door_place *place,
                         char *id) {
    const mu_scenery *scene = mu_project_scene(project);
    char own[80], a[80], b[80], json[900], second[100] = "";
    if (!place->found) {
        return false;
    }
    mu_project_free_site_id(project, "portals", kind, own);
    mu_point_print(place->line[0], a);
    mu_point_print(place->line[1], b);
    if (place->rooms[1] != MU_NOWHERE) {
        (void)snprintf(second, sizeof second, ", \"%s\"", scene->rooms[place->rooms[1]].id);
    }
    (void)snprintf(json, sizeof json,
                   "{\"id\": \"%s\", \"kind\": \"%s\", \"between\": [\"%s\"%s], \"line\": [%s, "
                   "%s]}",
                   own, kind, scene->rooms[place->rooms[0]].id, second, a, b);
    if (id != NULL) {
        (void)snprintf(id, 80, "%s", own);
    }
    return mu_project_insert_site(project, "portals", json);
}

static mu_point middle(const mu_point line[2]) {
    return (mu_point){(line[0].x + line[1].x) / 2, (line[0].y + line[1].y) / 2};
}

bool mu_project_add_stair(mu_project *project, uint32_t level, const mu_point foot[2],
                          uint32_t upper_level, const mu_point head[2], char *id) {
    const mu_scenery *scene = mu_project_scene(project);
    const uint32_t low = mu_room_at(scene, level, middle(foot));
    const uint32_t high = mu_room_at(scene, upper_level, middle(head));
    if (low == MU_NOWHERE || high == MU_NOWHERE || low == high) {
        return false;
    }
    char own[80], json[1200], *line = mu_ring_print(foot, 2), *upper = mu_ring_print(head, 2);
    bool fine = line != NULL && upper != NULL;
    if (fine) {
        mu_project_free_site_id(project, "portals", "stair", own);
        (void)snprintf(json, sizeof json,
                       "{\"id\": \"%s\", \"kind\": \"stair\", \"between\": [\"%s\", \"%s\"], "
                       "\"line\": %s, \"upper_line\": %s}",
                       own, scene->rooms[low].id, scene->rooms[high].id, line, upper);
        fine = mu_project_insert_site(project, "portals", json);
        if (id != NULL) {
            (void)snprintf(id, 80, "%s", own);
        }
    }
    free(line);
    free(upper);
    return fine;
}

bool mu_project_add_thing(mu_project *project, const char *list, const char *kind, uint32_t level,
                          mu_point at, char *id) {
    const mu_scenery *scene = mu_project_scene(project);
    const uint32_t room = mu_room_at(scene, level, at);
    if (room == MU_NOWHERE) {
        return false;
    }
    static const char *const stems[][2] = {{"assembly_points", "assembly"}, {"roads", "road"}};
    const char *stem = kind != NULL ? kind : list;
    for (uint32_t k = 0; k < 2; k++) {
        stem = strcmp(list, stems[k][0]) == 0 ? stems[k][1] : stem;
    }
    char own[80], point[80], kind_is[120] = "", json[600];
    mu_project_free_site_id(project, list, stem, own);
    mu_point_print(at, point);
    if (kind != NULL) {
        (void)snprintf(kind_is, sizeof kind_is, "\"kind\": \"%s\", ", kind);
    }
    (void)snprintf(json, sizeof json, "{\"id\": \"%s\", %s\"space\": \"%s\", \"at\": %s}", own,
                   kind_is, scene->rooms[room].id, point);
    if (id != NULL) {
        (void)snprintf(id, 80, "%s", own);
    }
    return mu_project_insert_site(project, list, json);
}

bool mu_project_add_level(mu_project *project, double rise_m, char *id) {
    const mu_scenery *scene = mu_project_scene(project);
    const uint32_t top = scene->level_count;
    const double elevation = top > 0 ? scene->levels[top - 1].elevation_m + rise_m : 0;
    char own[80], number[32], json[300];
    (void)snprintf(own, sizeof own, "L%u", top);
    char pointer[100];
    (void)snprintf(pointer, sizeof pointer, "/levels/%s", own);
    if (mu_document_find(mu_project_site(project), pointer) != MU_NONE) {
        mu_project_free_site_id(project, "levels", "L", own);
    }
    mu_json_print_real(elevation, number);
    (void)snprintf(json, sizeof json, "{\"id\": \"%s\", \"elevation_m\": %s}", own, number);
    if (id != NULL) {
        (void)snprintf(id, 80, "%s", own);
    }
    return mu_project_insert_site(project, "levels", json);
}
