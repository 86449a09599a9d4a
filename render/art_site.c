/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What belongs to the site and is more than a point: the lane of a road, the shaft of a lift, what
 * a camera sees. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/art.h"

/* --- lanes --- */

/* The strip as one rectangle a piece, with round joints. */
void mu_art_strip(const mu_pen *pen, const mu_camera *camera, const mu_sheet *sheet,
                  const mu_point *points, uint32_t count, double width_m) {
    const double half = width_m / 2 * camera->scale;
    const mu_colour ground = mu_fade(pen->theme->road, 46);
    mu_draw_path(pen->list, ground, 2 * half, false);
    for (uint32_t i = 0; i < count; i++) {
        const mu_vec p = mu_camera_map(camera, sheet, points[i]);
        mu_draw_point(pen->list, (double)p.x, (double)p.y);
    }
    mu_draw_path(pen->list, pen->theme->road, 1.4 * pen->unit, false);
    for (uint32_t i = 0; i < count; i++) {
        const mu_vec p = mu_camera_map(camera, sheet, points[i]);
        mu_draw_point(pen->list, (double)p.x, (double)p.y);
    }
    mu_draw_dashed(pen->list, 10 * pen->unit, 7 * pen->unit);
    if (count > 1) { /* which way it leads */
        const mu_vec a = mu_camera_map(camera, sheet, points[count - 2]);
        const mu_vec b = mu_camera_map(camera, sheet, points[count - 1]);
        const double dx = (double)b.x - (double)a.x, dy = (double)b.y - (double)a.y;
        const double length = hypot(dx, dy), r = fmin(fmax(half, 5 * pen->unit), 12 * pen->unit);
        if (length > 0) {
            const double ux = dx / length, uy = dy / length;
            const double x = ((double)a.x + (double)b.x) / 2, y = ((double)a.y + (double)b.y) / 2;
            const mu_vec arrow[3] = {{(float)(x + ux * r), (float)(y + uy * r)},
                                     {(float)(x - ux * r * 0.6 - uy * r * 0.7),
                                      (float)(y - uy * r * 0.6 + ux * r * 0.7)},
                                     {(float)(x - ux * r * 0.6 + uy * r * 0.7),
                                      (float)(y - uy * r * 0.6 - ux * r * 0.7)}};
            mu_draw_polygon(pen->list, mu_fade(pen->theme->road, 190), arrow, 3);
        }
    }
}

void mu_art_strips(const mu_pen *pen, const mu_art *art, const mu_camera *camera) {
    const mu_scenery *scene = art->scene;
    for (uint32_t k = 0; k < scene->strip_count; k++) {
        const mu_scenery_strip *strip = &scene->strips[k];
        const mu_sheet *sheet = mu_camera_sheet(camera, scene->marks[strip->mark].level);
        if (sheet != NULL) {
            mu_art_strip(pen, camera, sheet, scene->points + strip->points.first,
                         strip->points.count, strip->width_m);
        }
    }
}

/* --- lifts --- */

static const char *level_id(const mu_scenery *scene, uint32_t room) {
    return scene->levels[scene->rooms[room].level].id;
}

/* A triangle of a lift's two arrows. */
static void arrow(const mu_pen *pen, double x, double y, double r, int up) {
    const double tip = y - up * r, foot = y + up * r * 0.55;
    const mu_vec points[3] = {{(float)x, (float)tip},
                              {(float)(x - r * 0.8), (float)foot},
                              {(float)(x + r * 0.8), (float)foot}};
    mu_draw_polygon(pen->list, pen->theme->road, points, 3);
}

static void draw_shaft(const mu_pen *pen, const mu_scenery *scene, const mu_scenery_room *room,
                       mu_vec low, mu_vec high) {
    const float x = fminf(low.x, high.x), y = fminf(low.y, high.y);
    const float wide = fabsf(high.x - low.x), deep = fabsf(high.y - low.y);
    const float inset = 0.12F * fminf(wide, deep);
    const mu_box car = {x + inset, y + inset, wide - 2 * inset, deep - 2 * inset};
    mu_draw_rect(pen->list, car, pen->theme->panel);
    mu_draw_frame(pen->list, car, fmax(1, 1.2 * pen->unit), pen->theme->road);
    const double cx = (double)(x + wide / 2), cy = (double)(y + deep / 2);
    const double r = fmin(fmin((double)wide, (double)deep) * 0.16, 9 * pen->unit);
    arrow(pen, cx - 1.3 * r, cy, r, 1);
    arrow(pen, cx + 1.3 * r, cy, r, -1);
    const mu_span cars = scene->lifts[room->lift].cars;
    if (cars.count == 0 || wide < (float)(34 * pen->unit)) {
        return;
    }
    char text[60];
    (void)snprintf(text, sizeof text, "%.20s–%.20s", level_id(scene, scene->refs[cars.first]),
                   level_id(scene, scene->refs[cars.first + cars.count - 1]));
    mu_draw_label(pen->list, cx, (double)(y + deep) - (double)inset - 3 * pen->unit,
                  MU_ALIGN_MIDDLE, mu_pen_font(pen, 10, true), pen->theme->road, pen->theme->panel,
                  text, strlen(text));
}

void mu_art_shafts(const mu_pen *pen, const mu_art *art, const mu_camera *camera) {
    const mu_scenery *scene = art->scene;
    for (uint32_t l = 0; l < scene->lift_count; l++) {
        for (uint32_t k = 0; k < scene->lifts[l].cars.count; k++) {
            const mu_scenery_room *room =
                &scene->rooms[scene->refs[scene->lifts[l].cars.first + k]];
            const mu_sheet *sheet = mu_camera_shows(camera, room->level, room->low);
            if (sheet != NULL && room->lift == l) {
                draw_shaft(pen, scene, room, mu_camera_map(camera, sheet, room->low),
                           mu_camera_map(camera, sheet, room->high));
            }
        }
    }
}

/* --- what is seen --- */

void mu_art_look(const mu_pen *pen, const mu_camera *camera, const mu_sheet *sheet,
                 const mu_point *points, uint32_t count, mu_colour colour) {
    mu_draw_fill(pen->list, mu_fade(colour, colour.a / 4));
    mu_draw_ring_start(pen->list);
    for (uint32_t i = 0; i < count; i++) {
        const mu_vec p = mu_camera_map(camera, sheet, points[i]);
        mu_draw_point(pen->list, (double)p.x, (double)p.y);
    }
    mu_draw_path(pen->list, colour, 1.2 * pen->unit, true);
    for (uint32_t i = 0; i < count; i++) {
        const mu_vec p = mu_camera_map(camera, sheet, points[i]);
        mu_draw_point(pen->list, (double)p.x, (double)p.y);
    }
}
