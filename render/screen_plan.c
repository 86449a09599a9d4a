/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What moves on the plan, from the floor up. */
#include "render/screen.h"

void mu_screen_draw_plan(mu_screen *view) {
    const mu_pen *pen = &view->pen;
    mu_draw_clip(pen->list, view->camera.view);
    mu_art_air(pen, &view->art, &view->camera, view->frame);
    if ((view->layers & MU_LAYER_DENSITY) != 0) {
        mu_art_density(pen, &view->camera, view->scene, view->frame);
    }
    mu_art_lifts(pen, &view->art, &view->camera, view->frame);
    mu_art_doors(pen, &view->art, &view->camera, view->frame);
    mu_art_marks(pen, &view->art, &view->camera, view->frame, view->layers);
    mu_art_hazards(pen, &view->camera, view->frame, view->layers);
    if ((view->layers & MU_LAYER_TRAILS) != 0) {
        mu_art_trails(pen, &view->camera, view->frame, &view->wake);
    }
    if ((view->layers & MU_LAYER_QUEUES) != 0) {
        mu_art_waiting(pen, &view->camera, view->frame);
    }
    mu_art_people(pen, &view->camera, view->frame, view->layers,
                  view->chosen.kind == MU_SUBJECT_PERSON ? view->chosen.index : MU_NOWHERE);
    if ((view->layers & MU_LAYER_CORDON) != 0) {
        mu_art_ring_numbers(pen, &view->art, &view->camera, view->frame);
    }
    mu_art_gathered(pen, &view->art, &view->camera, view->frame);
    if ((view->layers & MU_LAYER_QUEUES) != 0) {
        mu_art_queues(pen, &view->art, &view->camera, view->frame);
    }
    if ((view->layers & MU_LAYER_TEAMS) != 0) {
        mu_art_crews(pen, &view->art, &view->camera, view->frame, view->layers);
    }
}
