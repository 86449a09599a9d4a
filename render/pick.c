/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lies under a pixel. Small things come before large ones, and what can be pointed at is a
 * little larger than it looks. */
#include <math.h>

#include "render/art.h"

static double away(mu_vec p, double x, double y) {
    return hypot((double)p.x - x, (double)p.y - y);
}

static bool pick_person(const mu_pen *pen, const mu_camera *camera, const mu_frame *frame, double x,
                        double y, mu_subject *out) {
    double best = INFINITY;
    for (uint32_t i = 0; i < frame->people_count; i++) {
        const mu_frame_person *person = &frame->people[i];
        const mu_sheet *sheet = mu_camera_shows(camera, person->level, person->at);
        if (sheet == NULL) {
            continue;
        }
        const double d = away(mu_camera_map(camera, sheet, person->at), x, y);
        const double r = mu_art_person_radius(pen, camera, person) + 3 * pen->unit;
        /* Responders lie on top, and are fewer. */
        const double rank = person->kind == MU_FRAME_OCCUPANT ? d : d / 2;
        if (d <= r && rank < best) {
            best = rank;
            *out = (mu_subject){MU_SUBJECT_PERSON, i};
        }
    }
    return best < INFINITY;
}

static bool pick_hazard(const mu_pen *pen, const mu_camera *camera, const mu_frame *frame, double x,
                        double y, mu_subject *out) {
    for (uint32_t h = 0; h < frame->hazard_count; h++) {
        const mu_sheet *sheet =
            mu_camera_shows(camera, frame->hazards[h].level, frame->hazards[h].at);
        if (sheet != NULL && away(mu_camera_map(camera, sheet, frame->hazards[h].at), x, y) <
                                 fmax(0.4 * camera->scale, 9 * pen->unit)) {
            *out = (mu_subject){MU_SUBJECT_HAZARD, h};
            return true;
        }
    }
    return false;
}

static bool pick_mark(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                      uint32_t layers, double x, double y, mu_subject *out) {
    double best = mu_art_mark_radius(pen, camera) * 1.3;
    bool found = false;
    for (uint32_t m = 0; m < art->scene->mark_count; m++) {
        const mu_scenery_mark *mark = &art->scene->marks[m];
        const mu_sheet *sheet = mu_camera_shows(camera, mark->level, mark->at);
        if (sheet == NULL || !mu_art_shows_mark(mark, layers)) {
            continue;
        }
        const double d = away(mu_camera_map(camera, sheet, mark->at), x, y);
        if (d < best) {
            best = d;
            *out = mark->subject;
            found = true;
        }
    }
    return found;
}

static double from_segment(mu_vec a, mu_vec b, double x, double y) {
    const double dx = (double)b.x - (double)a.x, dy = (double)b.y - (double)a.y;
    const double square = dx * dx + dy * dy;
    const double t =
        square > 0 ? fmin(fmax(((x - (double)a.x) * dx + (y - (double)a.y) * dy) / square, 0), 1)
                   : 0;
    return hypot((double)a.x + t * dx - x, (double)a.y + t * dy - y);
}

static bool pick_portal(const mu_pen *pen, const mu_art *art, const mu_camera *camera, double x,
                        double y, mu_subject *out) {
    double best = fmax(6 * pen->unit, 0.3 * camera->scale);
    bool found = false;
    for (uint32_t p = 0; p < art->scene->portal_count; p++) {
        const mu_scenery_portal *portal = &art->scene->portals[p];
        if (portal->look == MU_PORTAL_LOOK_RIDE) {
            continue;
        }
        for (int end = 0; end < 2; end++) {
            const mu_sheet *sheet =
                mu_camera_sheet(camera, end == 0 ? portal->level : portal->upper_level);
            const mu_point *line = end == 0 ? portal->line : portal->upper;
            if (sheet == NULL) {
                continue;
            }
            const double d = from_segment(mu_camera_map(camera, sheet, line[0]),
                                          mu_camera_map(camera, sheet, line[1]), x, y);
            if (d < best) {
                best = d;
                *out = (mu_subject){MU_SUBJECT_PORTAL, p};
                found = true;
            }
        }
    }
    return found;
}

static bool pick_room(const mu_art *art, const mu_camera *camera, double x, double y,
                      mu_subject *out) {
    uint32_t level;
    mu_point at;
    if (!mu_camera_at(camera, x, y, &level, &at)) {
        return false;
    }
    for (uint32_t r = 0; r < art->scene->room_count; r++) {
        const mu_scenery_room *room = &art->scene->rooms[r];
        if (room->level == level && mu_scenery_holds(art->scene, room, at)) {
            *out = (mu_subject){MU_SUBJECT_ROOM, r};
            return true;
        }
    }
    return false;
}

mu_subject mu_art_pick(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                       const mu_frame *frame, uint32_t layers, double x, double y) {
    mu_subject found = {MU_SUBJECT_NOTHING, 0};
    if (mu_box_has(camera->view, x, y) && !pick_person(pen, camera, frame, x, y, &found) &&
        !pick_hazard(pen, camera, frame, x, y, &found) &&
        !pick_mark(pen, art, camera, layers, x, y, &found) &&
        !pick_portal(pen, art, camera, x, y, &found)) {
        (void)pick_room(art, camera, x, y, &found);
    }
    return found;
}
