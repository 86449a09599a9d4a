/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is in the air of rooms and what can be seen from them, as tints that let the plan through.
 */
#include "render/art.h"

static void draw_room(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                      const mu_sheet *sheet, uint32_t room, const mu_frame_room *now) {
    const mu_theme *t = pen->theme;
    const mu_scenery_room *given = &art->scene->rooms[room];
    if (now->sight != MU_SIGHT_NONE) {
        mu_art_fill_room(pen, art, camera, sheet, given, mu_theme_sight(t, now->sight));
    }
    if (now->gas != MU_GAS_NONE) {
        mu_art_fill_room(pen, art, camera, sheet, given, mu_theme_gas(t, now->gas));
    }
    if (now->smoke != MU_SMOKE_NONE) {
        mu_art_fill_room(pen, art, camera, sheet, given, mu_theme_smoke(t, now->smoke));
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
