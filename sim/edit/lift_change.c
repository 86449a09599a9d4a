/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A lift that is there, changed: other levels, another place, or gone. Floors that its shaft was
 * cut out of are made whole where it no longer is. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "edit/lift_shaft.h"
#include "edit/project.h"
#include "edit/project_plane.h"
#include "site/geometry_geos.h"

static const double LEAST_M = 0.05; /* narrower pieces of a shaft are the walls about it */
static const double SAME_M = 0.002;

static uint32_t site_paper(const mu_project *project) {
    return mu_project_find_paper(project, MU_PAPER_SITE);
}

bool mu_shaft_read(mu_project *project, uint32_t car, mu_shaft *out) {
    const mu_scenery *scene = mu_project_scene(project);
    const uint32_t lift = car < scene->room_count ? scene->rooms[car].lift : MU_NOWHERE;
    if (lift == MU_NOWHERE) {
        return false;
    }
    *out = (mu_shaft){
        .project = project, .low = scene->rooms[car].low, .high = scene->rooms[car].high};
    (void)snprintf(out->id, sizeof out->id, "%s", scene->lifts[lift].id);
    const mu_span cars = scene->lifts[lift].cars;
    for (uint32_t k = 0; k < cars.count && k < MU_LIFT_LEVELS_MOST; k++) {
        const mu_scenery_room *room = &scene->rooms[scene->refs[cars.first + k]];
        if (room->level >= MU_LIFT_LEVELS_MOST) {
            return false;
        }
        (void)snprintf(out->cars[k], sizeof out->cars[k], "%s", room->id);
        out->levels[out->count++] = room->level;
    }
    return true;
}

/* --- floors made whole --- */

/* A corner of the piece that was put in is none of the whole where the line goes straight on. */
static uint32_t drop_straight(mu_point *ring, uint32_t count, mu_point low, mu_point high) {
    uint32_t kept = 0;
    for (uint32_t k = 0; k < count; k++) {
        const mu_point a = ring[kept > 0 ? kept - 1 : count - 1], b = ring[k];
        const mu_point c = ring[(k + 1) % count];
        const bool corner = (fabs(b.x - low.x) < SAME_M || fabs(b.x - high.x) < SAME_M) &&
                            (fabs(b.y - low.y) < SAME_M || fabs(b.y - high.y) < SAME_M);
        const double off = fabs((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));
        if (!corner || off > SAME_M * hypot(c.x - a.x, c.y - a.y)) {
            ring[kept++] = b;
        }
    }
    return kept;
}

/* Holes without what of the shaft lies in them; false where none has any. */
static bool heal_holes(mu_project *project, uint32_t room, const mu_ring *piece, mu_arena *arena) {
    const mu_scenery *scene = mu_project_scene(project);
    const mu_span rings = scene->rooms[room].rings;
    mu_ring *left = mu_arena_array(arena, 4U * rings.count + 4, sizeof *left);
    uint32_t count = 0;
    bool any = false;
    for (uint32_t h = 1; left != NULL && h < rings.count; h++) {
        const mu_ring hole = mu_ring_of(scene, rings.first + h);
        mu_floor_list rest;
        if (mu_geometry_cut(arena, &hole, 1, piece, 1, &rest) != MU_OK) {
            return false;
        }
        double area = mu_shaft_area(&hole);
        for (uint32_t k = 0; k < rest.count && k < 4; k++) {
            area -= mu_shaft_area(&rest.items[k].outline);
            left[count++] = rest.items[k].outline;
        }
        any = any || area > LEAST_M * LEAST_M;
    }
    mu_place place;
    if (any && count == 0 &&
        mu_project_pointer(project, (mu_subject){MU_SUBJECT_ROOM, room}, place,
                           sizeof place - 10)) {
        (void)snprintf(place + strlen(place), sizeof place - strlen(place), "/holes");
        return mu_project_remove(project, site_paper(project), place) == MU_OK;
    }
    return any && mu_room_set_ring(project, room, "holes", left, count, true);
}

/* The outline with the piece, where that is simpler: then it was cut out there. */
static bool heal_outline(mu_project *project, uint32_t room, const mu_ring *piece,
                         mu_arena *arena) {
    const mu_scenery *scene = mu_project_scene(project);
    const mu_ring covered[2] = {mu_ring_of(scene, scene->rooms[room].rings.first), *piece};
    mu_floor_list whole;
    if (mu_geometry_cut(arena, covered, 2, NULL, 0, &whole) != MU_OK || whole.count != 1 ||
        whole.items[0].holes.count > 0) {
        return true; /* it was never part of it */
    }
    mu_ring ring = whole.items[0].outline;
    ring.count = drop_straight(ring.items, ring.count, piece->items[0], piece->items[2]);
    return ring.count >= covered[0].count ||
           mu_room_set_ring(project, room, "polygon", &ring, 1, false);
}

bool mu_floor_heal(mu_project *project, uint32_t level, mu_point low, mu_point high) {
    bool fine = true;
    const uint32_t count = mu_project_scene(project)->room_count;
    for (uint32_t r = 0; r < count && fine; r++) { /* ids, and so indices, stay as they are */
        const mu_scenery_room *room = &mu_project_scene(project)->rooms[r];
        const mu_point a = {fmax(low.x, room->low.x), fmax(low.y, room->low.y)};
        const mu_point b = {fmin(high.x, room->high.x), fmin(high.y, room->high.y)};
        if (room->level != level || room->lift != MU_NOWHERE || b.x - a.x < LEAST_M ||
            b.y - a.y < LEAST_M) {
            continue;
        }
        mu_point corners[4] = {a, {b.x, a.y}, b, {a.x, b.y}};
        const mu_ring piece = {.items = corners, .count = 4};
        mu_arena *arena = mu_arena_create();
        fine = arena != NULL &&
               (heal_holes(project, r, &piece, arena) || heal_outline(project, r, &piece, arena));
        mu_arena_destroy(arena);
    }
    return fine;
}

/* --- levels --- */

static uint32_t car_at(const mu_shaft *s, uint32_t level) {
    for (uint32_t k = 0; k < s->count; k++) {
        if (s->levels[k] == level) {
            return k;
        }
    }
    return MU_NOWHERE;
}

static bool write_cars(const mu_shaft *s) {
    mu_place place;
    char json[MU_LIFT_LEVELS_MOST * 110 + 4] = "[";
    for (uint32_t k = 0; k < s->count; k++) {
        (void)snprintf(json + strlen(json), sizeof json - strlen(json), "%s\"%s\"",
                       k > 0 ? ", " : "", s->cars[k]);
    }
    (void)snprintf(json + strlen(json), sizeof json - strlen(json), "]");
    (void)snprintf(place, sizeof place, "/lifts/%.80s/cars", s->id);
    return mu_project_set(s->project, site_paper(s->project), place, json) == MU_OK;
}

/* Which of the cars of a portal the two that it joins are: true where it is a ride of this lift. */
static bool joins(const mu_shaft *s, uint32_t portal, uint32_t ends[2]) {
    const mu_scenery *scene = mu_project_scene(s->project);
    const mu_portal *p = &s->project->site.portals.items[portal];
    ends[0] = ends[1] = MU_NOWHERE;
    for (uint32_t e = 0; e < 2 && e < p->between.count; e++) {
        const char *id = scene->rooms[p->between.items[e].index].id;
        for (uint32_t k = 0; k < s->count; k++) {
            ends[e] = strcmp(s->cars[k], id) == 0 ? k : ends[e];
        }
    }
    return p->kind == MU_PORTAL_LIFT && ends[0] != MU_NOWHERE && ends[1] != MU_NOWHERE;
}

/* A ride from each car to the next: those that there are keep what is said of them. */
static bool set_rides(const mu_shaft *s) {
    bool has[MU_LIFT_LEVELS_MOST] = {false}, fine = true;
    for (uint32_t p = mu_project_scene(s->project)->portal_count; p-- > 0 && fine;) {
        uint32_t ends[2];
        mu_place place;
        if (!joins(s, p, ends) ||
            !mu_project_pointer(s->project, (mu_subject){MU_SUBJECT_PORTAL, p}, place,
                                sizeof place - 10)) {
            continue;
        }
        const uint32_t from = ends[0] < ends[1] ? ends[0] : ends[1];
        if (ends[0] + ends[1] != 2 * from + 1 || has[from]) {
            fine = mu_project_remove_place(s->project, place);
            continue;
        }
        char *line = mu_shaft_ride_line(s, from);
        (void)snprintf(place + strlen(place), sizeof place - strlen(place), "/line");
        has[from] = true;
        fine = line != NULL &&
               mu_project_set(s->project, site_paper(s->project), place, line) == MU_OK;
        free(line);
    }
    for (uint32_t k = 0; k + 1 < s->count && fine; k++) {
        fine = has[k] || mu_shaft_add_ride(s, k);
    }
    return fine;
}

/* The cars of these levels: those that there are, and new ones. */
static bool take_cars(const mu_shaft *before, uint64_t levels, mu_shaft *after) {
    const uint32_t count = mu_project_scene(before->project)->level_count;
    bool fine = true;
    after->count = 0;
    for (uint32_t level = 0; level < count && level < MU_LIFT_LEVELS_MOST && fine; level++) {
        const uint32_t old = car_at(before, level);
        if ((levels >> level & 1) == 0) {
            continue;
        }
        if (old != MU_NOWHERE) {
            (void)snprintf(after->cars[after->count], sizeof after->cars[0], "%s",
                           before->cars[old]);
            after->levels[after->count++] = level;
            continue;
        }
        fine = mu_shaft_add_car(after, level) && mu_shaft_add_door(after);
        after->count += fine;
        if (!fine) { /* nothing borders on it there */
            (void)mu_floor_heal(after->project, level, after->low, after->high);
        }
    }
    return fine && after->count > 1;
}

static bool drop_cars(const mu_shaft *before, uint64_t levels) {
    bool fine = true;
    for (uint32_t k = 0; k < before->count && fine; k++) {
        if ((levels >> before->levels[k] & 1) == 0) {
            mu_place place;
            (void)snprintf(place, sizeof place, "/spaces/%.100s", before->cars[k]);
            fine = mu_project_remove_place(before->project, place) &&
                   mu_floor_heal(before->project, before->levels[k], before->low, before->high);
        }
    }
    return fine;
}

bool mu_shaft_serve(const mu_shaft *before, uint64_t levels) {
    mu_shaft after = *before;
    return take_cars(before, levels, &after) && write_cars(&after) && drop_cars(before, levels) &&
           set_rides(&after);
}

uint64_t mu_shaft_levels(const mu_shaft *shaft) {
    uint64_t out = 0;
    for (uint32_t k = 0; k < shaft->count; k++) {
        out |= 1ULL << shaft->levels[k];
    }
    return out;
}

uint64_t mu_project_lift_levels(mu_project *project, uint32_t car) {
    mu_shaft s;
    return mu_shaft_read(project, car, &s) ? mu_shaft_levels(&s) : 0;
}

bool mu_project_set_lift_levels(mu_project *project, uint32_t car, uint64_t levels) {
    mu_shaft before;
    if (!mu_shaft_read(project, car, &before)) {
        return false;
    }
    mu_project_begin(project);
    const bool fine = mu_shaft_serve(&before, levels);
    mu_project_end(project);
    if (!fine) {
        mu_project_cancel(project);
    }
    return fine;
}

/* --- another place --- */

/* Doors of a car, but for rides: they go along, or one is made in the side that leads best. */
static bool move_doors(mu_shaft *s, uint32_t car, mu_point by) {
    uint32_t left = 0, ends[2];
    mu_place place;
    for (uint32_t p = mu_project_scene(s->project)->portal_count; p-- > 0;) {
        const mu_subject door = {MU_SUBJECT_PORTAL, p};
        (void)joins(s, p, ends);
        const mu_portal *portal = &s->project->site.portals.items[p]; /* of the present scene */
        if (portal->kind == MU_PORTAL_LIFT || portal->between.count != 2 ||
            (ends[0] != car && ends[1] != car)) {
            continue;
        }
        bool stays = mu_project_move(s->project, &door, 1, by);
        (void)joins(s, p, ends);
        stays = stays && (ends[0] == car || ends[1] == car); /* else it slid to other rooms */
        left += stays;
        if (!stays && mu_project_pointer(s->project, door, place, sizeof place)) {
            (void)!mu_project_remove(s->project, site_paper(s->project), place);
        }
    }
    s->count = car; /* the car that a door is sought for */
    return left > 0 || mu_shaft_add_door(s);
}

bool mu_shaft_settle(const mu_shaft *before, mu_point by) {
    bool fine = true;
    for (uint32_t k = 0; k < before->count && fine; k++) {
        mu_shaft now = *before;
        now.low = (mu_point){before->low.x + by.x, before->low.y + by.y};
        now.high = (mu_point){before->high.x + by.x, before->high.y + by.y};
        fine = mu_floor_heal(now.project, now.levels[k], before->low, before->high) &&
               mu_shaft_cut_out(&now, now.levels[k]) && move_doors(&now, k, by);
    }
    return fine;
}
