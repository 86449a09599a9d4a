/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cameras with a picture, lanes of roads, and holes of rooms. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/json_out.h"
#include "edit/project.h"
#include "edit/project_plane.h"

static const double DEGREES = 57.29577951308232; /* a radian */
static const double SEEN_LEAST_M2 = 1;           /* of a space that is covered */
static const double LOOK_M = 0.5;                /* between points that are looked at */

/* --- what a camera covers --- */

/* Adds to `seen`, per room, the square metres along one ray of the picture. */
static void add_ray(const mu_scenery *scene, uint32_t level, mu_point from, mu_point to,
                    double angle, double *seen) {
    const double length = hypot(to.x - from.x, to.y - from.y);
    uint32_t room = MU_NOWHERE;
    for (double away = LOOK_M / 2; away < length; away += LOOK_M) {
        const mu_point at = {from.x + (to.x - from.x) * away / length,
                             from.y + (to.y - from.y) * away / length};
        if (room == MU_NOWHERE || !mu_scenery_holds(scene, &scene->rooms[room], at)) {
            room = mu_room_at(scene, level, at);
        }
        if (room != MU_NOWHERE) {
            seen[room] += away * angle * LOOK_M;
        }
    }
}

/* "["lobby", "yard"]"; the caller frees it. NULL without memory. */
static char *print_covered(const mu_scenery *scene, const double *seen) {
    size_t room = 3;
    for (uint32_t r = 0; r < scene->room_count; r++) {
        room += seen[r] >= SEEN_LEAST_M2 ? strlen(scene->rooms[r].id) + 4 : 0;
    }
    char *out = malloc(room);
    size_t length = out != NULL ? (size_t)snprintf(out, room, "[") : 0;
    for (uint32_t r = 0; out != NULL && r < scene->room_count; r++) {
        if (seen[r] >= SEEN_LEAST_M2) {
            length += (size_t)snprintf(out + length, room - length, "%s\"%s\"",
                                       length > 1 ? ", " : "", scene->rooms[r].id);
        }
    }
    if (out != NULL) {
        (void)snprintf(out + length, room - length, "]");
    }
    return out;
}

static char *covered(const mu_scenery *scene, uint32_t level, mu_point at, double faces,
                     double wide, double reach_m) {
    mu_point ring[MU_VIEW_POINTS];
    const uint32_t count =
        mu_scenery_look(scene, level, at, faces, wide, reach_m, ring, MU_VIEW_POINTS);
    double *seen = calloc((size_t)scene->room_count + 1, sizeof *seen);
    for (uint32_t k = 1; seen != NULL && k < count; k++) {
        add_ray(scene, level, at, ring[k], wide / (count - 2), seen);
    }
    char *out = seen != NULL ? print_covered(scene, seen) : NULL;
    free(seen);
    return out;
}

/* Whole degrees and decimetres: nobody aims finer. */
static double in_degrees(double angle) {
    return remainder(round(angle * DEGREES), 360) + 0.0;
}

bool mu_project_add_camera(mu_project *project, const char *kind, uint32_t level, mu_point at,
                           double faces, double wide, double reach_m, char *id) {
    char own[80], pointer[120];
    mu_project_begin(project);
    bool fine = mu_project_add_thing(project, "equipment", kind, level, at, own);
    (void)snprintf(pointer, sizeof pointer, "/equipment/%s", own);
    fine =
        fine && mu_project_aim(project, mu_project_subject(project, pointer), faces, wide, reach_m);
    mu_project_end(project);
    if (id != NULL && fine) {
        (void)snprintf(id, 80, "%s", own);
    }
    return fine;
}

bool mu_project_aim(mu_project *project, mu_subject camera, double faces, double wide,
                    double reach_m) {
    const mu_scenery *scene = mu_project_scene(project);
    const mu_scenery_mark *mark = mu_mark_of(scene, camera);
    char pointer[200];
    if (mark == NULL || !mu_project_pointer(project, camera, pointer, sizeof pointer)) {
        return false;
    }
    const double degrees[2] = {in_degrees(faces), fmin(fmax(round(wide * DEGREES), 1), 360)};
    const double reach = fmin(fmax(round(reach_m * 10) / 10, 1), 1000);
    char *covers =
        covered(scene, mark->level, mark->at, degrees[0] / DEGREES, degrees[1] / DEGREES, reach);
    const uint32_t site = mu_project_find_paper(project, MU_PAPER_SITE);
    char texts[3][32], place[240];
    mu_json_print_real(degrees[0], texts[0]);
    mu_json_print_real(degrees[1], texts[1]);
    mu_json_print_real(reach, texts[2]);
    const char *const keys[] = {"covers", "faces_deg", "view_deg", "reach_m"};
    const char *const values[] = {covers, texts[0], texts[1], texts[2]};
    bool fine = covers != NULL;
    mu_project_begin(project);
    for (int k = 0; k < 4 && fine; k++) {
        (void)snprintf(place, sizeof place, "%s/%s", pointer, keys[k]);
        fine = mu_project_set(project, site, place, values[k]) == MU_OK;
    }
    mu_project_end(project);
    free(covers);
    return fine;
}

/* --- roads --- */

bool mu_project_add_road(mu_project *project, uint32_t level, const mu_point *course,
                         uint32_t count, double width_m, char *id) {
    char own[80], place[140], width[32];
    char *points = count > 1 ? mu_ring_print(course, count) : NULL;
    const uint32_t site = mu_project_find_paper(project, MU_PAPER_SITE);
    mu_json_print_real(round(width_m * 100) / 100, width);
    mu_project_begin(project);
    bool fine = points != NULL &&
                mu_project_add_thing(project, "roads", NULL, level, course[count - 1], own);
    if (fine) {
        (void)snprintf(place, sizeof place, "/roads/%s/course", own);
        fine = mu_project_set(project, site, place, points) == MU_OK;
        (void)snprintf(place, sizeof place, "/roads/%s/width_m", own);
        fine = mu_project_set(project, site, place, width) == MU_OK && fine;
    }
    mu_project_end(project);
    free(points);
    if (id != NULL && fine) {
        (void)snprintf(id, 80, "%s", own);
    }
    return fine;
}

/* --- holes --- */

uint32_t mu_project_hole_room(mu_project *project, uint32_t ring, uint32_t *hole) {
    const mu_scenery *scene = mu_project_scene(project);
    for (uint32_t r = 0; r < scene->room_count; r++) {
        const mu_span rings = scene->rooms[r].rings;
        if (ring > rings.first && ring < rings.first + rings.count) {
            *hole = ring - rings.first - 1;
            return r;
        }
    }
    return MU_NOWHERE;
}

bool mu_project_add_hole(mu_project *project, uint32_t room, const mu_point *ring, uint32_t count) {
    char pointer[200], *points = mu_ring_print(ring, count);
    const bool there = mu_project_pointer(project, (mu_subject){MU_SUBJECT_ROOM, room}, pointer,
                                          sizeof pointer - 10);
    if (there) {
        (void)snprintf(pointer + strlen(pointer), 10, "/holes");
    }
    const bool fine = points != NULL && there &&
                      mu_project_insert(project, mu_project_find_paper(project, MU_PAPER_SITE),
                                        pointer, UINT32_MAX, points) == MU_OK;
    free(points);
    return fine;
}
