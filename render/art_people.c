/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People: to scale where one looks closely, and never smaller than can be seen. Occupants first, so
 * that the few who respond are not lost among the many who leave. */
#include <math.h>

#include "render/art.h"

double mu_art_person_radius(const mu_pen *pen, const mu_camera *camera,
                            const mu_frame_person *person) {
    const double least = person->kind == MU_FRAME_OCCUPANT ? 2.7 : 4;
    const double to_scale = (double)person->radius_m * camera->scale;
    return fmin(fmax(to_scale, least * pen->unit), 16 * pen->unit);
}

static bool is_in_view(const mu_camera *camera, mu_vec p, double room) {
    return (double)p.x > (double)camera->view.x - room &&
           (double)p.y > (double)camera->view.y - room &&
           (double)p.x < (double)camera->view.x + (double)camera->view.width + room &&
           (double)p.y < (double)camera->view.y + (double)camera->view.height + room;
}

static void draw_route(const mu_pen *pen, const mu_camera *camera, const mu_sheet *sheet,
                       const mu_frame_person *person, bool chosen) {
    const mu_vec a = mu_camera_map(camera, sheet, person->at);
    const mu_vec b = mu_camera_map(camera, sheet, person->next);
    const mu_colour colour =
        person->kind == MU_FRAME_UNIT ? pen->theme->unit : pen->theme->doing[person->doing];
    mu_draw_segment(pen->list, mu_fade(colour, chosen ? 255 : 110),
                    (chosen ? 2.2 : 1.1) * pen->unit, a.x, a.y, b.x, b.y);
    if (chosen) {
        mu_draw_dashed(pen->list, 6 * pen->unit, 4 * pen->unit);
        mu_draw_disc(pen->list, b.x, b.y, 3 * pen->unit, colour);
    }
}

static void draw_chosen(const mu_pen *pen, const mu_camera *camera, const mu_sheet *sheet,
                        const mu_frame_person *person) {
    const mu_vec p = mu_camera_map(camera, sheet, person->at);
    const double r = mu_art_person_radius(pen, camera, person) * 2.1 + 2 * pen->unit;
    mu_draw_circle(pen->list, p.x, p.y, r + 1.5 * pen->unit, 2 * pen->unit, pen->theme->panel);
    mu_draw_circle(pen->list, p.x, p.y, r, 2 * pen->unit, pen->theme->accent);
}

/* Who is carried lies above those who carry them. */
static int pass_of(const mu_frame_person *person) {
    return person->carried != 0 ? 2 : person->kind == MU_FRAME_OCCUPANT ? 0 : 1;
}

void mu_art_people(const mu_pen *pen, const mu_camera *camera, const mu_frame *frame,
                   uint32_t layers, uint32_t chosen) {
    for (uint32_t i = 0; i < frame->people_count; i++) {
        const mu_frame_person *person = &frame->people[i];
        const mu_sheet *sheet = mu_camera_shows(camera, person->level, person->at);
        const bool pointed = person->person == chosen;
        if (sheet != NULL && person->walking != 0 && (pointed || (layers & MU_LAYER_ROUTES) != 0)) {
            draw_route(pen, camera, sheet, person, pointed);
        }
    }
    for (int pass = 0; pass < 3; pass++) {
        for (uint32_t i = 0; i < frame->people_count; i++) {
            const mu_frame_person *person = &frame->people[i];
            const mu_sheet *sheet = mu_camera_shows(camera, person->level, person->at);
            if (sheet == NULL || pass_of(person) != pass) {
                continue;
            }
            const mu_vec at = mu_camera_map(camera, sheet, person->at);
            const double r = mu_art_person_radius(pen, camera, person);
            if (!is_in_view(camera, at, 3 * r)) {
                continue;
            }
            if (person->person == chosen) {
                draw_chosen(pen, camera, sheet, person);
            }
            mu_symbol_person(pen, at, (mu_vec){(float)person->heading.x, -(float)person->heading.y},
                             r, person);
        }
    }
}
