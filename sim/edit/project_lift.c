/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A lift drawn as one rectangle: cars one above the other, a door on each level, the rides between.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "edit/lift_shaft.h"
#include "edit/project.h"
#include "edit/project_plane.h"
#include "site/geometry_geos.h"

/* EN 81-70:2021, table 3: 900 mm clear for a car of type 2 and up. */
static const double DOOR_M = 0.9;
static const double INSET_M = 0.12; /* riders keep off the walls */
static const double KEPT_M = 0.01;  /* rooms that overlap by less only touch */
static const double SAME_M2 = 0.001;
static const double RIDE_LEAST_M = 0.5; /* narrower gates are none (walkable.h) */

bool mu_room_set_ring(mu_project *project, uint32_t room, const char *member, const mu_ring *rings,
                      uint32_t count, bool list) {
    mu_place place;
    char *text = NULL;
    size_t length = 0;
    const bool there =
        mu_project_pointer(project, (mu_subject){MU_SUBJECT_ROOM, room}, place, sizeof place - 10);
    FILE *out = there ? open_memstream(&text, &length) : NULL;
    if (out == NULL) {
        return false;
    }
    (void)fprintf(out, list ? "[" : "");
    for (uint32_t k = 0; k < count; k++) {
        char *ring = mu_ring_print(rings[k].items, rings[k].count);
        (void)fprintf(out, "%s%s", k > 0 ? ", " : "", ring != NULL ? ring : "[]");
        free(ring);
    }
    (void)fprintf(out, list ? "]" : "");
    (void)snprintf(place + strlen(place), sizeof place - strlen(place), "/%s", member);
    const bool fine =
        fclose(out) == 0 && mu_project_set(project, mu_project_find_paper(project, MU_PAPER_SITE),
                                           place, text) == MU_OK;
    free(text);
    return fine;
}

/* The ring of a scene's list, as the site has it. */
mu_ring mu_ring_of(const mu_scenery *scene, uint32_t ring) {
    return (mu_ring){.items = (mu_point *)(uintptr_t)(scene->points + scene->rings[ring].first),
                     .count = scene->rings[ring].count};
}

double mu_shaft_area(const mu_ring *ring) {
    double twice = 0;
    for (uint32_t i = 0, j = ring->count - 1; i < ring->count; j = i++) {
        twice += ring->items[j].x * ring->items[i].y - ring->items[i].x * ring->items[j].y;
    }
    return fabs(twice) / 2;
}

/* What is left of a room without the shaft; false where that is in two pieces, or nothing. */
static bool cut_room(const mu_shaft *s, uint32_t room, mu_ring *car, mu_arena *arena) {
    const mu_scenery *scene = mu_project_scene(s->project);
    const mu_span rings = scene->rooms[room].rings;
    mu_ring *cut = mu_arena_array(arena, rings.count + 1U, sizeof *cut);
    const mu_ring outline = mu_ring_of(scene, rings.first);
    mu_floor_list left;
    if (cut == NULL) {
        return false;
    }
    for (uint32_t h = 1; h < rings.count; h++) {
        cut[h - 1] = mu_ring_of(scene, rings.first + h);
    }
    cut[rings.count - 1] = *car;
    if (mu_geometry_cut(arena, &outline, 1, cut, rings.count, &left) != MU_OK || left.count != 1) {
        return false;
    }
    const mu_floor *floor = &left.items[0];
    double area = mu_shaft_area(&floor->outline);
    for (uint32_t h = 0; h < floor->holes.count; h++) {
        area -= mu_shaft_area((const mu_ring *)&floor->holes.items[h]);
    }
    if (mu_project_area(s->project, room) - area < SAME_M2) { /* it only lies beside it */
        return true;
    }
    return mu_room_set_ring(s->project, room, "polygon", &floor->outline, 1, false) &&
           (floor->holes.count == 0 ||
            mu_room_set_ring(s->project, room, "holes", (const mu_ring *)floor->holes.items,
                             floor->holes.count, true));
}

static bool is_car(const mu_shaft *s, const char *id) {
    bool is = false;
    for (uint32_t k = 0; k < s->count && !is; k++) {
        is = strcmp(s->cars[k], id) == 0;
    }
    return is;
}

/* A shaft that is drawn into rooms is cut out of them. */
bool mu_shaft_cut_out(const mu_shaft *s, uint32_t level) {
    mu_point corners[4] = {s->low, {s->high.x, s->low.y}, s->high, {s->low.x, s->high.y}};
    mu_ring car = {.items = corners, .count = 4};
    bool fine = true;
    const uint32_t count = mu_project_scene(s->project)->room_count;
    for (uint32_t r = 0; r < count && fine; r++) {
        const mu_scenery_room *room = &mu_project_scene(s->project)->rooms[r];
        if (room->level != level || is_car(s, room->id) || room->low.x > s->high.x - KEPT_M ||
            room->high.x < s->low.x + KEPT_M || room->low.y > s->high.y - KEPT_M ||
            room->high.y < s->low.y + KEPT_M) {
            continue;
        }
        mu_arena *arena = mu_arena_create();
        fine = arena != NULL && cut_room(s, r, &car, arena);
        mu_arena_destroy(arena);
    }
    return fine;
}

bool mu_shaft_add_car(mu_shaft *s, uint32_t level) {
    const mu_scenery *scene = mu_project_scene(s->project);
    mu_point ring[4] = {s->low, {s->high.x, s->low.y}, s->high, {s->low.x, s->high.y}};
    char *points = mu_shaft_cut_out(s, level) ? mu_ring_print(ring, 4) : NULL, json[700];
    char *id = s->cars[s->count];
    (void)snprintf(id, sizeof s->cars[0], "%.60s.%.30s", s->id, scene->levels[level].id);
    if (mu_project_room_named(s->project, id) != MU_NOWHERE) {
        mu_project_free_site_id(s->project, "spaces", s->id, id);
    }
    (void)snprintf(json, sizeof json,
                   "{\"id\": \"%s\", \"level\": \"%s\", \"use\": \"lift\", \"polygon\": %s}", id,
                   scene->levels[level].id, points != NULL ? points : "[]");
    const bool fine = points != NULL && mu_project_insert_site(s->project, "spaces", json);
    free(points);
    s->levels[s->count] = level;
    return fine;
}

/* How well a door leads: into a corridor or lobby, into another room, into the open. */
static int rank(const mu_scenery *scene, const mu_door_place *place, uint32_t car) {
    if (!place->found || (place->rooms[0] != car && place->rooms[1] != car)) {
        return 0;
    }
    const uint32_t other = place->rooms[0] == car ? place->rooms[1] : place->rooms[0];
    const uint32_t look = other < scene->room_count ? scene->rooms[other].look : MU_ROOM_OPEN;
    return look == MU_ROOM_WAY ? 3 : look == MU_ROOM_OPEN || look == MU_ROOM_PARKING ? 1 : 2;
}

/* A door in the side that leads best; false where no side borders a room. */
bool mu_shaft_add_door(mu_shaft *s) {
    char pointer[140];
    (void)snprintf(pointer, sizeof pointer, "/spaces/%s", s->cars[s->count]);
    const uint32_t car = mu_project_subject(s->project, pointer).index;
    const mu_scenery *scene = mu_project_scene(s->project);
    const double x = (s->low.x + s->high.x) / 2, y = (s->low.y + s->high.y) / 2;
    const mu_point sides[4] = {{x, s->low.y}, {s->high.x, y}, {x, s->high.y}, {s->low.x, y}};
    mu_door_place best = {.found = false};
    for (int k = 0; k < 4; k++) {
        const mu_door_place place =
            mu_project_find_door(s->project, s->levels[s->count], sides[k], DOOR_M);
        if (rank(scene, &place, car) > rank(scene, &best, car)) {
            best = place;
        }
    }
    if (rank(scene, &best, car) == 0) {
        (void)!mu_project_remove(s->project, mu_project_find_paper(s->project, MU_PAPER_SITE),
                                 pointer);
        return false;
    }
    return mu_project_add_door(s->project, "door", &best, NULL);
}

/* Rides use one half of the car and the other in turn, so that their lines do not meet. */
char *mu_shaft_ride_line(const mu_shaft *s, uint32_t from) {
    const bool upright = s->high.y - s->low.y >= s->high.x - s->low.x;
    const double start = (upright ? s->low.y : s->low.x) + INSET_M;
    const double end = (upright ? s->high.y : s->high.x) - INSET_M;
    const double half = (end - start) / 2 - INSET_M / 2;
    const double a = from % 2 == 0 ? start : end - half;
    const double middle = upright ? (s->low.x + s->high.x) / 2 : (s->low.y + s->high.y) / 2;
    const mu_point line[2] = {upright ? (mu_point){middle, a} : (mu_point){a, middle},
                              upright ? (mu_point){middle, a + half}
                                      : (mu_point){a + half, middle}};
    return mu_ring_print(line, 2);
}

bool mu_shaft_add_ride(const mu_shaft *s, uint32_t from) {
    char *points = mu_shaft_ride_line(s, from), json[700], id[80], stem[80];
    mu_place taken;
    (void)snprintf(id, sizeof id, "ride.%.70s", s->cars[from]);
    (void)snprintf(taken, sizeof taken, "/portals/%s", id);
    if (mu_document_find(mu_project_site(s->project), taken) != MU_NONE) {
        (void)snprintf(stem, sizeof stem, "%.70s", id);
        mu_project_free_site_id(s->project, "portals", stem, id);
    }
    (void)snprintf(json, sizeof json,
                   "{\"id\": \"%s\", \"kind\": \"lift\", \"between\": [\"%s\", \"%s\"], "
                   "\"line\": %s}",
                   id, s->cars[from], s->cars[from + 1], points != NULL ? points : "[]");
    const bool fine = points != NULL && mu_project_insert_site(s->project, "portals", json);
    free(points);
    return fine;
}

static bool add_record(const mu_shaft *s) {
    char json[MU_LIFT_LEVELS_MOST * 110 + 200];
    int length = snprintf(json, sizeof json, "{\"id\": \"%s\", \"cars\": [", s->id);
    for (uint32_t k = 0; k < s->count; k++) {
        length += snprintf(json + length, sizeof json - (size_t)length, "%s\"%s\"",
                           k > 0 ? ", " : "", s->cars[k]);
    }
    (void)snprintf(json + length, sizeof json - (size_t)length, "]}");
    return mu_project_insert_site(s->project, "lifts", json);
}

bool mu_project_add_lift(mu_project *project, mu_point low, mu_point high, uint64_t levels,
                         char *id) {
    mu_shaft s = {.project = project, .low = low, .high = high};
    const double longest = fmax(high.x - low.x, high.y - low.y);
    if (longest < 2 * RIDE_LEAST_M + 3 * INSET_M) {
        return false;
    }
    mu_project_free_site_id(project, "lifts", "lift", s.id);
    const uint32_t count = mu_project_scene(project)->level_count;
    bool fine = true;
    mu_project_begin(project);
    for (uint32_t level = 0; level < count && level < MU_LIFT_LEVELS_MOST && fine; level++) {
        if ((levels >> level & 1) != 0) {
            fine = mu_shaft_add_car(&s, level);
            s.count += fine && mu_shaft_add_door(&s);
        }
    }
    for (uint32_t k = 0; k + 1 < s.count && fine; k++) {
        fine = mu_shaft_add_ride(&s, k);
    }
    fine = fine && s.count > 1 && add_record(&s);
    mu_project_end(project);
    if (!fine) {
        mu_project_cancel(project);
    } else if (id != NULL) {
        (void)snprintf(id, 80, "%.79s", s.cars[0]);
    }
    return fine;
}
