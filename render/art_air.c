/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is in the air of rooms and what can be seen from them, as tints that let the plan through.
 */
#include "render/art.h"

static void tint(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                 const mu_sheet *sheet, const mu_scenery_room *room, mu_colour colour) {
    mu_draw_fill(pen->list, colour);
    for (uint32_t r = 0; r < room->rings.count; r++) {
        const mu_span ring = art->scene->rings[room->rings.first + r];
        mu_draw_ring_start(pen->list);
        for (uint32_t i = 0; i < ring.count; i++) {
            const mu_vec p = mu_camera_map(camera, sheet, art->scene->points[ring.first + i]);
            mu_draw_point(pen->list, (double)p.x, (double)p.y);
        }
    }
}

static void draw_room(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                      const mu_sheet *sheet, uint32_t room, const mu_frame_room *now) {
    const mu_theme *t = pen->theme;
    const mu_scenery_room *given = &art->scene->rooms[room];
    if (now->sight != MU_SIGHT_NONE) {
        const bool held = now->sight == MU_SIGHT_HELD;
        tint(pen, art, camera, sheet, given,
             held ? mu_fade(t->held, 130) : mu_fade(t->in_sight, 120));
    }
    if (now->gas != MU_GAS_NONE) {
        tint(pen, art, camera, sheet, given, mu_fade(t->gas[now->gas], 140));
    }
    if (now->smoke != MU_SMOKE_NONE) {
        tint(pen, art, camera, sheet, given, mu_fade(t->smoke[now->smoke], 150));
    }
}

void mu_art_air(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                const mu_frame *frame) {
    for (uint32_t i = 0; i < camera->sheet_count; i++) {
        const mu_sheet *sheet = &camera->sheets[i];
        mu_draw_clip(pen->list, mu_camera_clip(camera, sheet));
        for (uint32_t r = 0; r < art->scene->room_count; r++) {
            if (art->scene->rooms[r].level == sheet->level) {
                draw_room(pen, art, camera, sheet, r, &frame->rooms[r]);
            }
        }
    }
    mu_draw_clip(pen->list, camera->view);
}
