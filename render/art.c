/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ground, rooms and walls. Walls are drawn as an architect draws a cut: dark and of one thickness;
 * ground has thin edges; what stands free in a room (columns) is filled. */
#include "render/art.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double TITLE = 14; /* letters of a level's name */

/* Of a room's rings (FNV-1a over their points); never 0. */
static uint64_t shape_of(const mu_scenery *scene, const mu_scenery_room *room) {
    uint64_t hash = 14695981039346656037u;
    for (uint32_t r = 0; r < room->rings.count; r++) {
        const mu_span ring = scene->rings[room->rings.first + r];
        for (uint32_t i = 0; i < ring.count; i++) {
            uint64_t bits[2];
            memcpy(bits, &scene->points[ring.first + i], sizeof bits);
            hash = ((hash ^ bits[0]) * 1099511628211u ^ bits[1]) * 1099511628211u;
        }
        hash = (hash ^ ring.count) * 1099511628211u;
    }
    return hash | 1;
}

/* Where the room of this shape was among `count` others: rooms come and go one at a time. */
static uint32_t old_place(const mu_art *old, uint32_t count, uint32_t room, uint64_t shape) {
    const uint32_t places[] = {room, room - 1, room + 1};
    for (size_t k = 0; k < sizeof places / sizeof places[0]; k++) {
        if (places[k] < count && old->shapes[places[k]] == shape) {
            return places[k];
        }
    }
    return MU_NOWHERE;
}

static bool make(const mu_art *old, uint32_t old_count, const mu_scenery *scene, mu_art *out) {
    const size_t rooms = (size_t)scene->room_count + 1;
    *out = (mu_art){.scene = scene,
                    .labels = calloc(rooms, sizeof *out->labels),
                    .shapes = calloc(rooms, sizeof *out->shapes),
                    .names = calloc(rooms, sizeof *out->names),
                    .room_count = scene->room_count};
    if (out->labels == NULL || out->shapes == NULL || out->names == NULL) {
        mu_art_destroy(out);
        return false;
    }
    for (uint32_t r = 0; r < scene->room_count; r++) {
        out->shapes[r] = shape_of(scene, &scene->rooms[r]);
        const uint32_t place =
            old != NULL ? old_place(old, old_count, r, out->shapes[r]) : MU_NOWHERE;
        if (place != MU_NOWHERE) {
            memcpy(out->labels[r], old->labels[place], sizeof out->labels[r]);
        } else {
            mu_art_find_label(out, r);
        }
    }
    return true;
}

bool mu_art_create(const mu_scenery *scene, mu_art *out) {
    return make(NULL, 0, scene, out);
}

bool mu_art_renew(mu_art *art, const mu_scenery *scene) {
    mu_art new;
    if (!make(art, art->room_count, scene, &new)) {
        return false;
    }
    mu_art_destroy(art);
    *art = new;
    return true;
}

void mu_art_destroy(mu_art *art) {
    free(art->labels);
    free(art->shapes);
    free(art->names);
    *art = (mu_art){0};
}

static bool is_ground(const mu_scenery_room *room) {
    return room->look == MU_ROOM_OPEN || room->look == MU_ROOM_PARKING;
}

static mu_colour ground_of(const mu_theme *theme, uint32_t look) {
    const mu_colour colours[MU_ROOM_LOOK_COUNT] = {
        [MU_ROOM_OPEN] = theme->ground,     [MU_ROOM_PARKING] = theme->parking,
        [MU_ROOM_ROOF] = theme->roof,       [MU_ROOM_PLAIN] = theme->room,
        [MU_ROOM_WAY] = theme->way,         [MU_ROOM_STAIR] = theme->stair,
        [MU_ROOM_SERVICE] = theme->service, [MU_ROOM_KEY] = theme->key};
    return colours[look];
}

static void put_ring(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                     const mu_sheet *sheet, uint32_t ring) {
    const mu_span span = art->scene->rings[ring];
    for (uint32_t i = 0; i < span.count; i++) {
        const mu_vec p = mu_camera_map(camera, sheet, art->scene->points[span.first + i]);
        mu_draw_point(pen->list, (double)p.x, (double)p.y);
    }
}

void mu_art_fill_room(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                      const mu_sheet *sheet, const mu_scenery_room *room, mu_colour colour) {
    mu_draw_fill(pen->list, colour);
    for (uint32_t r = 0; r < room->rings.count; r++) {
        mu_draw_ring_start(pen->list);
        put_ring(pen, art, camera, sheet, room->rings.first + r);
    }
}

static double wall_width(const mu_pen *pen, const mu_camera *camera) {
    return fmin(fmax(0.22 * camera->scale, 1.4 * pen->unit), 9 * pen->unit);
}

/* Setting: what is larger than a column is a void: paper with a wall round it. */
static const double COLUMN_M2 = 4;

static bool is_column(const mu_art *art, uint32_t ring) {
    const mu_span span = art->scene->rings[ring];
    const mu_point *p = art->scene->points + span.first;
    double twice = 0;
    for (uint32_t i = 0, j = span.count - 1; i < span.count; j = i++) {
        twice += (p[j].x - p[0].x) * (p[i].y - p[0].y) - (p[i].x - p[0].x) * (p[j].y - p[0].y);
    }
    return fabs(twice) < 2 * COLUMN_M2;
}

static void draw_walls(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                       const mu_sheet *sheet, const mu_scenery_room *room) {
    const mu_theme *t = pen->theme;
    const double width = is_ground(room) ? pen->unit : wall_width(pen, camera);
    const mu_colour colour = is_ground(room) ? t->ground_line : t->wall;
    mu_draw_path(pen->list, colour, width, true);
    put_ring(pen, art, camera, sheet, room->rings.first);
    for (uint32_t h = 1; h < room->rings.count; h++) {
        if (is_ground(room) || !is_column(art, room->rings.first + h)) {
            mu_draw_path(pen->list, colour, width, true);
            put_ring(pen, art, camera, sheet, room->rings.first + h);
            continue;
        }
        mu_draw_fill(pen->list, t->wall);
        mu_draw_ring_start(pen->list);
        put_ring(pen, art, camera, sheet, room->rings.first + h);
    }
}

static bool is_in_view(const mu_camera *camera, const mu_sheet *sheet, mu_point low,
                       mu_point high) {
    const mu_vec a = mu_camera_map(camera, sheet, low), b = mu_camera_map(camera, sheet, high);
    return b.x >= camera->view.x - 20 && a.x <= camera->view.x + camera->view.width + 20 &&
           a.y >= camera->view.y - 20 && b.y <= camera->view.y + camera->view.height + 20;
}

/* Ground below, rooms on it, then their walls, so that every wall lies on top of both its rooms. */
static void draw_sheet(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                       const mu_sheet *sheet) {
    enum { GROUND, GROUND_EDGES, ROOMS, WALLS, PASSES };
    mu_draw_clip(pen->list, mu_camera_clip(camera, sheet));
    for (int pass = 0; pass < PASSES; pass++) {
        for (uint32_t r = 0; r < art->scene->room_count; r++) {
            const mu_scenery_room *room = &art->scene->rooms[r];
            const bool ground_pass = pass == GROUND || pass == GROUND_EDGES;
            if (room->level != sheet->level || is_ground(room) != ground_pass ||
                !is_in_view(camera, sheet, room->low, room->high)) {
                continue;
            }
            if (pass == GROUND || pass == ROOMS) {
                mu_art_fill_room(pen, art, camera, sheet, room, ground_of(pen->theme, room->look));
            } else {
                draw_walls(pen, art, camera, sheet, room);
            }
        }
    }
}

static const char *title_of(const mu_pen *pen, const mu_art *art, const mu_sheet *sheet) {
    const mu_scenery_level *level = &art->scene->levels[sheet->level];
    const char *name = mu_text_in(level->name, pen->language);
    return name[0] != 0 ? name : level->id;
}

mu_box mu_art_title_box(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                        const mu_sheet *sheet) {
    const mu_point upper_left = {sheet->low.x - sheet->offset.x, sheet->high.y - sheet->offset.y};
    const mu_vec corner = mu_camera_map(camera, sheet, upper_left);
    const double wide = mu_pen_width(pen, TITLE, true, title_of(pen, art, sheet));
    return (mu_box){corner.x, corner.y - (float)((7 + TITLE) * pen->unit), (float)wide,
                    (float)(TITLE * pen->unit)};
}

static void draw_title(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                       const mu_sheet *sheet) {
    const mu_point upper_left = {sheet->low.x - sheet->offset.x, sheet->high.y - sheet->offset.y};
    const mu_vec corner = mu_camera_map(camera, sheet, upper_left);
    mu_draw_clip(pen->list, camera->view);
    mu_pen_text(pen, corner.x, (double)corner.y - 7 * pen->unit, MU_ALIGN_LEFT, TITLE, true,
                pen->theme->ink, title_of(pen, art, sheet));
}

void mu_art_under(const mu_pen *pen, const mu_art *art, const mu_camera *camera, uint32_t layers) {
    mu_draw_rect(pen->list, camera->view, pen->theme->paper);
    for (uint32_t i = 0; i < camera->sheet_count; i++) {
        draw_sheet(pen, art, camera, &camera->sheets[i]);
        if (camera->sheet_count > 1) {
            draw_title(pen, art, camera, &camera->sheets[i]);
        }
    }
    mu_draw_clip(pen->list, camera->view);
    mu_art_labels(pen, art, camera, (layers & MU_LAYER_NAMES) != 0);
}
