/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cars of lifts: a frame where one stands, filled while somebody is in it; elsewhere the cross of
 * an empty shaft. */
#include <math.h>

#include "render/art.h"

static void draw_shaft(const mu_pen *pen, mu_vec low, mu_vec high) {
    const mu_colour ink = mu_fade(pen->theme->leaf, 110);
    mu_draw_segment(pen->list, ink, 0.8 * pen->unit, low.x, low.y, high.x, high.y);
    mu_draw_segment(pen->list, ink, 0.8 * pen->unit, low.x, high.y, high.x, low.y);
}

static void draw_car(const mu_pen *pen, mu_vec low, mu_vec high, bool ridden) {
    const float inset = 0.14F;
    const float x = fminf(low.x, high.x), y = fminf(low.y, high.y);
    const float wide = fabsf(high.x - low.x), deep = fabsf(high.y - low.y);
    const mu_box box = {x + inset * wide, y + inset * deep, wide * (1 - 2 * inset),
                        deep * (1 - 2 * inset)};
    mu_draw_rect(pen->list, box, ridden ? mu_fade(pen->theme->road, 90) : pen->theme->panel);
    mu_draw_frame(pen->list, box, fmax(1, 0.8 * pen->unit), pen->theme->road);
}

void mu_art_lifts(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                  const mu_frame *frame) {
    for (uint32_t r = 0; r < art->scene->room_count; r++) {
        const mu_scenery_room *room = &art->scene->rooms[r];
        const mu_car car = (mu_car)frame->rooms[r].car;
        const mu_sheet *sheet =
            car != MU_CAR_NONE ? mu_camera_shows(camera, room->level, room->low) : NULL;
        if (sheet == NULL || mu_camera_shows(camera, room->level, room->high) != sheet) {
            continue;
        }
        const mu_vec low = mu_camera_map(camera, sheet, room->low);
        const mu_vec high = mu_camera_map(camera, sheet, room->high);
        if (car == MU_CAR_ELSEWHERE) {
            draw_shaft(pen, low, high);
        } else {
            draw_car(pen, low, high, car == MU_CAR_RIDDEN);
        }
    }
}
